// Where: a circle for each place whose position is known, on lands from Natural Earth. Nothing is fetched from elsewhere.
import { geoMercator, geoPath } from 'd3-geo';
import { create } from 'd3-selection';
import { zoom, zoomIdentity } from 'd3-zoom';
import { feature } from 'topojson-client';
import { ask } from './charts.js';
import { fitting } from './labels.js';
import { link, name, number, say } from './words.js';

const here = file => new URL(file, import.meta.url);

export default async function (figure) {
  const [{ items }, world, positions] = await Promise.all([ask(figure.dataset.src), ask(here('map.json')), ask(here('places.json'))]);
  // By its English name, and only what the gazetteer knows: another place of that name is not it.
  const at = items.filter(r => r.entity?.id && r.country && positions[r.entity.name]).map(r => ({ ...r, where: positions[r.entity.name] })).sort((a, b) => b.n - a.n);
  const wide = Math.max(280, figure.parentElement.clientWidth), high = Math.round(Math.min(Math.max(wide * .55, 300), 620));
  const view = at.length > 1 ? { type: 'MultiPoint', coordinates: at.map(r => r.where) } : { type: 'MultiPoint', coordinates: [[38, 29], [54, 40]] };
  const projection = geoMercator().fitExtent([[40, 40], [wide - 40, high - 40]], view);
  projection.scale(Math.min(projection.scale(), 3200));
  if (at.length === 1) projection.center(at[0].where).translate([wide / 2, high / 2]);
  const path = geoPath(projection), most = Math.max(1, ...at.map(r => r.n)), radius = r => wide < 500 ? 2 + 9 * Math.sqrt(r.n / most) : 4 + 20 * Math.sqrt(r.n / most);

  const svg = create('svg').attr('viewBox', `0 0 ${wide} ${high}`).attr('role', 'group').attr('aria-label', figure.dataset.title);
  const clip = `map-${wide}`;
  svg.append('clipPath').attr('id', clip).append('rect').attr('width', wide).attr('height', high);
  const frame = svg.append('g').attr('clip-path', `url(#${clip})`), all = frame.append('g');
  all.append('g').attr('aria-hidden', 'true').selectAll('path').data(feature(world, world.objects.lands).features).join('path').attr('class', 'land').attr('d', path);
  const place = all.append('g').selectAll('a').data(at).join('a').attr('class', 'spot').attr('href', r => placeLink(r)).attr('aria-label', r => `${name(r.entity)}: ${number(r.n)}`)
    .attr('transform', r => `translate(${projection(r.where)})`);
  const mark = place.append('g');
  mark.append('circle').attr('class', 'at').attr('r', radius);
  mark.append('title').text(r => `${name(r.entity)}: ${number(r.n)}`);
  mark.append('text').attr('text-anchor', 'middle').attr('y', r => radius(r) + 12).attr('aria-hidden', 'true');
  function label(t) {
    const fit = fitting(at.map(r => { const [x, y] = t.apply(projection(r.where)); return { r, text: name(r.entity), x, y: y + radius(r) + 2 }; }), wide, high);
    const shown = new Set([...fit].map(b => b.r));
    mark.select('text').text(r => shown.has(r) ? name(r.entity) : '');
  }
  label(zoomIdentity);

  // The wheel scrolls the page; with Ctrl, or by the buttons, it is the map that moves.
  const zooming = zoom().scaleExtent([.5, 24]).filter(e => e.type === 'wheel' ? e.ctrlKey : !e.button && (e.pointerType !== 'touch')).on('zoom', e => {
    all.attr('transform', e.transform);
    mark.attr('transform', `scale(${1 / e.transform.k})`);
    label(e.transform);
  });
  svg.call(zooming).on('dblclick.zoom', null);
  const buttons = document.createElement('p');
  buttons.className = 'zoom';
  for (const [text, id, k] of [['+', 'js.larger', 1.6], ['−', 'js.smaller', 1 / 1.6], ['○', 'js.whole', 0]]) {
    const b = document.createElement('button');
    b.type = 'button';
    b.textContent = text;
    b.setAttribute('aria-label', say(id));
    b.addEventListener('click', () => k ? zooming.scaleBy(svg, k) : zooming.transform(svg, zoomIdentity));
    buttons.append(b);
  }
  figure.classList.add('wide');
  return [buttons, svg.node()];
}

// To the events of the place, with this page's filters.
function placeLink(r) {
  const u = new URL(location.href), p = new URLSearchParams();
  for (const [k, v] of u.searchParams) if (['type', 'who', 'outlet', 'from', 'to'].includes(k) && v) p.set(k, v);
  p.set('place', r.entity.id);
  return link(`/events?${p}`);
}
