// Who with whom: names as circles, what is between them as lines. Laid out once, without moving: the same pairs give the same drawing.
import { forceCollide, forceLink, forceManyBody, forceSimulation, forceX, forceY } from 'd3-force';
import { create } from 'd3-selection';
import { ask } from './charts.js';
import { fitting } from './labels.js';
import { link, name, number, say } from './words.js';

const TICKS = 320, ON_A_PHONE = 36;

function graph(items) {
  const nodes = new Map(), edges = new Map();
  const node = e => nodes.get(e.id) ?? nodes.set(e.id, { id: e.id, name: name(e), n: 0 }).get(e.id);
  for (const r of items) {
    const a = node(r.a), b = node(r.b), key = a.id < b.id ? `${a.id} ${b.id}` : `${b.id} ${a.id}`;
    if (a === b) continue;
    const edge = edges.get(key) ?? edges.set(key, { source: a, target: b, n: 0, types: new Map() }).get(key);
    edge.n += r.n; a.n += r.n; b.n += r.n;
    edge.types.set(r.type, (edge.types.get(r.type) ?? 0) + r.n);
  }
  return { nodes: [...nodes.values()].filter(n => n.n), edges: [...edges.values()] };
}

export default async function (figure) {
  const { items } = await ask(figure.dataset.src);
  const { nodes, edges } = graph(innerWidth < 640 ? items.slice(0, ON_A_PHONE) : items); // those with the most events come first
  if (!edges.length) return [];
  const wide = Math.max(280, figure.parentElement.clientWidth), high = Math.round(Math.min(Math.max(wide * .62, 380), 680));
  const radius = n => 3.5 + 2.4 * Math.sqrt(n.n);
  forceSimulation(nodes).force('link', forceLink(edges).distance(e => 62 / Math.sqrt(e.n)).strength(.5)).force('charge', forceManyBody().strength(-110).distanceMax(300))
    .force('x', forceX().strength(.11 * high / wide)).force('y', forceY().strength(.13)).force('collide', forceCollide(n => radius(n) + 7)).stop().tick(TICKS);

  // Fitted into the frame, with room for names.
  const span = (k, pad) => { const v = nodes.map(n => n[k]); return [Math.min(...v) - pad, Math.max(...v) + pad]; };
  const [x0, x1] = span('x', 60), [y0, y1] = span('y', 26), scale = Math.min(wide / (x1 - x0), high / (y1 - y0), 1.6);
  for (const n of nodes) {
    n.x = (n.x - (x0 + x1) / 2) * scale + wide / 2;
    n.y = (n.y - (y0 + y1) / 2) * scale + high / 2;
  }

  const svg = create('svg').attr('viewBox', `0 0 ${wide} ${high}`).attr('role', 'group').attr('aria-label', figure.dataset.title);
  const line = svg.append('g').attr('aria-hidden', 'true').selectAll('line').data(edges).join('line').attr('class', 'edge').attr('stroke-width', e => 1 + 1.3 * Math.sqrt(e.n - 1))
    .attr('x1', e => e.source.x).attr('y1', e => e.source.y).attr('x2', e => e.target.x).attr('y2', e => e.target.y);
  line.append('title').text(e => `${e.source.name} – ${e.target.name}: ${[...e.types].map(([t, n]) => `${say(`event.${t}`)} ${number(n)}`).join(', ')}`);

  const byWeight = [...nodes].sort((a, b) => b.n - a.n);
  const fit = fitting(byWeight.map(n => ({ node: n, text: n.name, x: n.x, y: n.y + radius(n) + 2 })), wide, high), shown = new Set([...fit].map(b => b.node));
  const node = svg.append('g').selectAll('a').data(nodes).join('a').attr('class', 'node').attr('href', n => link(`/entities/${n.id}`)).attr('transform', n => `translate(${n.x},${n.y})`)
    .attr('aria-label', n => `${n.name}: ${number(n.n)}`);
  node.append('circle').attr('r', radius);
  node.append('title').text(n => `${n.name}: ${number(n.n)}`);
  node.append('text').attr('text-anchor', 'middle').attr('y', n => radius(n) + 12).attr('aria-hidden', 'true').text(n => shown.has(n) ? n.name : '');

  function light(of) {
    const near = new Set(of ? [of] : nodes);
    for (const e of edges) if (of && (e.source === of || e.target === of)) near.add(e.source).add(e.target);
    line.classed('on', e => of && (e.source === of || e.target === of)).classed('off', e => of && e.source !== of && e.target !== of);
    node.classed('off', n => !near.has(n)).classed('on', n => n === of);
    node.select('text').text(n => shown.has(n) || (of && near.has(n)) ? n.name : '');
  }
  node.on('pointerenter focus', (_, n) => light(n)).on('pointerleave blur', () => light(null));
  figure.classList.add('wide');
  return [svg.node()];
}
