// In: the places for charts in a page (hw_put_chart). Out: the charts in them, drawn anew when the list beside them is another.
import { say } from './words.js';

const kinds = {
  time: () => import('./chart-time.js'), network: () => import('./chart-network.js'),
  map: () => import('./chart-map.js'), voices: () => import('./chart-voices.js'),
};

export async function ask(address) {
  const answer = await fetch(address);
  if (!answer.ok) throw new Error(`${answer.status}`);
  return answer.json();
}

async function draw(figure) {
  const mine = figure.dataset.drawing = `${Math.random()}`;
  delete figure.dataset.drawn;
  try {
    const { default: chart } = await kinds[figure.dataset.chart]();
    const parts = await chart(figure);
    if (figure.dataset.drawing !== mine) return; // asked for again meanwhile
    figure.replaceChildren(...parts);
    figure.hidden = !parts.length;
  } catch (e) {
    if (figure.dataset.drawing !== mine) return;
    const p = document.createElement('figcaption');
    p.textContent = say('js.failed');
    figure.replaceChildren(p);
    figure.hidden = false;
  }
  figure.dataset.drawn = ''; // for who waits for it
}

export function caption(text) {
  const p = document.createElement('figcaption');
  p.textContent = text;
  return p;
}

for (const f of document.querySelectorAll('[data-chart]')) draw(f);

document.addEventListener('list-shown', e => {
  const fresh = [...e.detail.querySelectorAll('[data-chart]')];
  [...document.querySelectorAll('[data-chart]')].forEach((f, i) => {
    if (fresh[i] && fresh[i].dataset.src !== f.dataset.src) { f.dataset.src = fresh[i].dataset.src; draw(f); }
    else if (!f.dataset.drawing) draw(f); // came with the list
  });
});

// A drawing as wide as its place.
let width = innerWidth, timer;
addEventListener('resize', () => {
  if (innerWidth === width) return;
  width = innerWidth;
  clearTimeout(timer);
  timer = setTimeout(() => { for (const f of document.querySelectorAll('[data-chart]')) draw(f); }, 250);
});
