// Counts over time as bars. Dragging over them sets the form's period, and so the list.
import { axisBottom, axisLeft } from 'd3-axis';
import { brushX } from 'd3-brush';
import { scaleLinear } from 'd3-scale';
import { create, select } from 'd3-selection';
import { ask, caption } from './charts.js';
import { date, figures, number, say } from './words.js';

const MOST_MONTHS = 96, EDGE = { top: 8, right: 6, bottom: 22, left: 40 };

// Months since year 0.
const monthOf = key => { const [y, m] = key.split('-'); return y * 12 + (m ? m - 1 : 0); };
const nameOf = (i, step) => step === 12 ? `${Math.floor(i / 12)}` : `${Math.floor(i / 12)}-${String(i % 12 + 1).padStart(2, '0')}`;

// Bars without holes: every month, or where they are many every year.
export function bars(items) {
  const dated = items.filter(r => /^\d{4}(-\d\d)?$/.test(r.key ?? ''));
  if (!dated.length) return { step: 1, list: [] };
  const at = dated.map(r => monthOf(r.key)), first = Math.min(...at), last = Math.max(...at);
  const step = last - first > MOST_MONTHS ? 12 : 1;
  const begin = Math.floor(first / step) * step;
  const list = Array.from({ length: Math.floor((last - begin) / step) + 1 }, (_, i) => ({ at: begin + i * step, n: 0 }));
  dated.forEach((r, i) => { list[Math.floor((at[i] - begin) / step)].n += r.n; });
  return { step, list };
}

// Months at which something is written: beginnings of years where there is room for no more.
function ticksOf(first, last, most, step) {
  const every = [1, 3, 6, 12, 24, 60, 120, 240, 600].find(n => n >= step && (last - first) / n <= most) ?? 1200, out = [];
  for (let t = Math.ceil(first / every) * every; t <= last; t += every) out.push(t);
  return out;
}

export default async function (figure) {
  const { items } = await ask(figure.dataset.src);
  const { step, list } = bars(items);
  if (list.length < 2) return [];
  const high = figure.closest('.network, .map, .voices') ? 84 : 150; // there it only chooses the time
  const wide = Math.max(280, figure.parentElement.clientWidth);
  const x = scaleLinear([list[0].at, list.at(-1).at + step], [EDGE.left, wide - EDGE.right]);
  const y = scaleLinear([0, Math.max(...list.map(b => b.n))], [high - EDGE.bottom, EDGE.top]).nice(3);
  const svg = create('svg').attr('viewBox', `0 0 ${wide} ${high}`).attr('role', 'img').attr('aria-label', say('js.chart', figure.dataset.title)).attr('direction', 'ltr');

  const ticks = ticksOf(list[0].at, list.at(-1).at + step, Math.floor(wide / 80), step);
  svg.append('g').attr('class', 'axis').attr('transform', `translate(0,${high - EDGE.bottom})`)
    .call(axisBottom(x).tickValues(ticks).tickSizeOuter(0).tickFormat(t => step === 12 || t % 12 === 0 ? figures(Math.floor(t / 12)) : figures(nameOf(t, 1).replace('-', '/'))));
  svg.append('g').attr('class', 'axis').attr('transform', `translate(${EDGE.left},0)`).call(axisLeft(y).ticks(3).tickFormat(n => Number.isInteger(n) ? number(n) : ''));
  svg.append('g').selectAll('rect').data(list).join('rect').attr('class', 'bar')
    .attr('x', b => x(b.at) + .5).attr('width', b => Math.max(1, x(b.at + step) - x(b.at) - 1))
    .attr('y', b => y(b.n)).attr('height', b => y(0) - y(b.n)).append('title').text(b => `${date(nameOf(b.at, step))}: ${number(b.n)}`);

  const form = document.querySelector('form.filter'), from = form?.elements.from, to = form?.elements.to;
  if (!from || !to) return [svg.node(), caption(figure.dataset.title)];
  const brush = brushX().extent([[EDGE.left, EDGE.top], [wide - EDGE.right, high - EDGE.bottom]]).on('end', e => {
    if (!e.sourceEvent) return;
    const range = e.selection?.map(x.invert).map(v => Math.floor((v - list[0].at) / step) * step + list[0].at);
    from.value = range ? nameOf(range[0], step) : '';
    to.value = range ? nameOf(Math.min(range[1], list.at(-1).at), step) : '';
    form.requestSubmit();
  });
  const layer = svg.append('g').call(brush);
  // The period that the form has already.
  if (from.value || to.value) {
    const b = from.value ? monthOf(from.value) : x.domain()[0], e = to.value ? monthOf(to.value) + (to.value.length > 4 ? 1 : 12) : x.domain()[1];
    const clamp = v => Math.min(Math.max(v, x.domain()[0]), x.domain()[1]);
    if (clamp(e) > clamp(b)) layer.call(brush.move, [x(clamp(b)), x(clamp(e))]);
  }
  select(svg.node()).selectAll('.overlay, .selection, .handle').attr('aria-hidden', 'true');
  return [svg.node(), caption(`${figure.dataset.title} · ${say('js.brush')}`)];
}
