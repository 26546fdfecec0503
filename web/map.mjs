// Makes the map: node web/map.mjs NODE_MODULES FOLDER. The lands of the world from Natural Earth (public domain; the npm package
// world-atlas), detailed where most of the news is from, coarse elsewhere. Out: map.json, TopoJSON with one object, `lands`, without
// names; places.json, where places lie by their English names in lang/ckb/gazetteer/places.tsv: countries in the middle of their
// largest part, the rest from web/coordinates.tsv.
import { createRequire } from 'node:module';
import { readFileSync, writeFileSync } from 'node:fs';
import { pathToFileURL } from 'node:url';

const [modules, folder] = process.argv.slice(2);
const require = createRequire(pathToFileURL(`${modules}/x.js`));
const { presimplify, simplify } = await import(pathToFileURL(require.resolve('topojson-simplify')));
const world = JSON.parse(readFileSync(require.resolve('world-atlas/countries-50m.json')));

const { geoArea, geoCentroid } = await import(pathToFileURL(require.resolve('d3-geo')));
const { feature } = await import(pathToFileURL(require.resolve('topojson-client')));

// What the map calls otherwise than the gazetteer.
const OTHERWISE = {
  'United States of America': 'United States', 'S. Sudan': 'South Sudan', 'Bosnia and Herz.': 'Bosnia and Herzegovina', 'Dem. Rep. Congo': 'DR Congo', Georgia: 'Georgia (country)',
  Czechia: 'Czech Republic', Macedonia: 'North Macedonia', 'Central African Rep.': 'Central African Republic', Vatican: 'Vatican City', 'N. Cyprus': 'Northern Cyprus', 'W. Sahara': 'Western Sahara',
  "Côte d'Ivoire": 'Ivory Coast', 'Dominican Rep.': 'Dominican Republic', 'Cabo Verde': 'Cape Verde', eSwatini: 'Eswatini', 'Eq. Guinea': 'Equatorial Guinea', 'Solomon Is.': 'Solomon Islands',
};
const degrees = ([x, y]) => [Math.round(x * 100) / 100, Math.round(y * 100) / 100];
const places = {};
for (const f of feature(world, world.objects.countries).features) {
  const parts = f.geometry.type === 'MultiPolygon' ? f.geometry.coordinates.map(coordinates => ({ type: 'Polygon', coordinates })) : [f.geometry];
  const largest = parts.reduce((a, b) => geoArea(b) > geoArea(a) ? b : a);
  places[OTHERWISE[f.properties.name] ?? f.properties.name] = degrees(geoCentroid(largest));
}
for (const line of readFileSync(new URL('coordinates.tsv', import.meta.url), 'utf8').split('\n').filter(l => l && !l.startsWith('#')).slice(1)) {
  const [name, latitude, longitude] = line.split('\t');
  places[name] = degrees([+longitude, +latitude]);
}
writeFileSync(`${folder}/places.json`, JSON.stringify(places));

const near = ([x, y]) => x > 22 && x < 66 && y > 10 && y < 47;
for (const g of world.objects.countries.geometries) { delete g.properties; }
delete world.objects.land;
const weighed = presimplify(world);
// A point near Kurdistan counts thirty times as much as one far away.
for (const arc of weighed.arcs) for (const p of arc) if (near(p)) p[2] *= 30;
const small = simplify(weighed, 0.12);

// Whole numbers again, as differences: a third of the size.
const k = 1e4 / 360, round = ([x, y]) => [Math.round((x + 180) * k), Math.round((y + 90) * k)];
small.transform = { scale: [1 / k, 1 / k], translate: [-180, -90] };
delete small.bbox;
small.arcs = small.arcs.map(arc => {
  let [px, py] = round(arc[0]);
  const out = [[px, py]];
  for (const p of arc.slice(1)) {
    const [x, y] = round(p);
    if (x !== px || y !== py) out.push([x - px, y - py]);
    [px, py] = [x, y];
  }
  if (out.length === 1) out.push([0, 0]);
  return out;
});
small.objects = { lands: small.objects.countries };
writeFileSync(`${folder}/map.json`, JSON.stringify(small));
