// How often each voice is heard over time: lines of those heard most; of women and men their shares in every year.
import { axisBottom, axisLeft } from 'd3-axis';
import { scaleLinear } from 'd3-scale';
import { create } from 'd3-selection';
import { line } from 'd3-shape';
import { ask } from './charts.js';
import { figures, name, number, say } from './words.js';

const LINES = 7, HEIGHT = 230, EDGE = { top: 10, right: 14, bottom: 24, left: 40 };

const labelOf = (r, by) => by === 'speaker' ? r.entity ? name(r.entity) : null : by === 'sex' ? say(`voices.${r.key}`) : by === 'channel' && r.key ? say(`channel.${r.key}`) : r.key;

function series(items, by) {
  const all = new Map();
  for (const r of items) {
    const label = labelOf(r, by);
    if (!label || !r.period || (by === 'channel' && r.key === 'unspecified')) continue;
    const id = by === 'speaker' ? r.entity.id : r.key;
    const s = all.get(id) ?? all.set(id, { id, label, total: r.total, by: new Map() }).get(id);
    s.by.set(+r.period, r.n);
  }
  return [...all.values()].sort((a, b) => b.total - a.total);
}

function frame(wide, x, y, title, percent) {
  const svg = create('svg').attr('viewBox', `0 0 ${wide} ${HEIGHT}`).attr('role', 'img').attr('aria-label', say('js.chart', title)).attr('direction', 'ltr');
  svg.append('g').attr('class', 'axis').attr('transform', `translate(0,${HEIGHT - EDGE.bottom})`).call(axisBottom(x).ticks(wide / 90).tickSizeOuter(0).tickFormat(t => Number.isInteger(t) ? figures(t) : ''));
  svg.append('g').attr('class', 'axis').attr('transform', `translate(${EDGE.left},0)`).call(axisLeft(y).ticks(4).tickFormat(n => percent ? say('number.percent', figures(Math.round(n * 100))) : Number.isInteger(n) ? number(n) : ''));
  return svg;
}

function key(list) {
  const ul = document.createElement('ul');
  ul.className = 'key';
  list.forEach((s, i) => {
    const li = document.createElement('li'), swatch = document.createElement('span');
    swatch.className = `swatch l${i}`;
    li.append(swatch, s.label);
    ul.append(li);
  });
  return ul;
}

function shares(wide, all, title) {
  const list = ['f', 'm'].map(id => all.find(s => s.id === id) ?? { id, label: say(`voices.${id}`), by: new Map() });
  const years = [...new Set(list.flatMap(s => [...s.by.keys()]))].sort((a, b) => a - b);
  if (!years.length) return [];
  const x = scaleLinear([years[0], years.at(-1) + 1], [EDGE.left, wide - EDGE.right]), y = scaleLinear([0, 1], [HEIGHT - EDGE.bottom, EDGE.top]);
  const svg = frame(wide, x, y, title, true);
  for (const year of years) {
    const [f, m] = list.map(s => s.by.get(year) ?? 0);
    let below = 0;
    [f, m].forEach((n, i) => {
      const share = n / (f + m);
      svg.append('rect').attr('class', `l${i}`).attr('fill', 'currentColor').attr('opacity', i ? .45 : .9).attr('x', x(year) + .5).attr('width', Math.max(1, x(year + 1) - x(year) - 1)).attr('y', y(below + share)).attr('height', y(below) - y(below + share))
        .append('title').text(`${figures(year)}: ${list[i].label} ${number(n)}`);
      below += share;
    });
  }
  return [svg.node(), key(list)];
}

export default async function (figure) {
  const by = new URL(figure.dataset.src, location.href).searchParams.get('by') ?? 'speaker', wide = Math.max(280, figure.parentElement.clientWidth);
  const { items } = await ask(`${figure.dataset.src}&over=year&limit=${LINES + 1}`);
  const all = series(items, by);
  if (by === 'sex') return shares(wide, all, figure.dataset.title);
  const list = all.slice(0, LINES), years = list.flatMap(s => [...s.by.keys()]);
  if (!years.length) return [];
  const x = scaleLinear([Math.min(...years), Math.max(...years, Math.min(...years) + 1)], [EDGE.left + 6, wide - EDGE.right]);
  const y = scaleLinear([0, Math.max(...list.flatMap(s => [...s.by.values()]))], [HEIGHT - EDGE.bottom, EDGE.top]).nice(4);
  const svg = frame(wide, x, y, figure.dataset.title, false);
  list.forEach((s, i) => {
    const points = [];
    for (let year = Math.min(...s.by.keys()); year <= Math.max(...s.by.keys()); year++) points.push([year, s.by.get(year) ?? 0]);
    const g = svg.append('g').attr('class', `l${i}`);
    g.append('path').attr('class', 'line').attr('d', line(p => x(p[0]), p => y(p[1]))(points));
    g.selectAll('circle').data(points.filter(p => p[1])).join('circle').attr('fill', 'currentColor').attr('r', 3).attr('cx', p => x(p[0])).attr('cy', p => y(p[1])).append('title').text(p => `${s.label}, ${figures(p[0])}: ${number(p[1])}`);
  });
  return [svg.node(), key(list)];
}
