// Makes the map: node web/map.mjs NODE_MODULES OUTPUT. The lands of the world from Natural Earth (public domain; the npm package
// world-atlas), detailed where most of the news is from, coarse elsewhere. Out: TopoJSON with one object, `lands`, without names.
import { createRequire } from 'node:module';
import { readFileSync, writeFileSync } from 'node:fs';
import { pathToFileURL } from 'node:url';

const [modules, output] = process.argv.slice(2);
const require = createRequire(pathToFileURL(`${modules}/x.js`));
const { presimplify, simplify } = await import(pathToFileURL(require.resolve('topojson-simplify')));
const world = JSON.parse(readFileSync(require.resolve('world-atlas/countries-50m.json')));

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
writeFileSync(output, JSON.stringify(small));
