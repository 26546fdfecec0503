// A click on a fact in the text shows its card: evidence, confidence, links. The cards stand below the text for who has no scripts.
import { date, say } from './words.js';

const text = document.querySelector('article .text');
const panel = document.createElement('aside');
panel.className = 'panel';
panel.hidden = true;
panel.setAttribute('role', 'dialog');
panel.setAttribute('aria-label', say('js.fact'));
panel.tabIndex = -1;
document.body.append(panel);
text.classList.add('clickable');
let from;

function close() {
  if (panel.hidden) return;
  panel.hidden = true;
  from?.focus?.();
}

function open(content, opener) {
  const button = document.createElement('button');
  button.type = 'button';
  button.className = 'quiet';
  button.textContent = say('js.close');
  button.addEventListener('click', close);
  panel.replaceChildren(button, content);
  panel.hidden = false;
  from = opener;
  panel.focus({ preventScroll: true });
}

// The card of a quote or an event, without the ids that stand once.
function cardOf(id) {
  const card = document.getElementById(`fact-${id}`)?.cloneNode(true);
  if (!card) return null;
  card.removeAttribute('id');
  const box = document.createElement('div');
  box.className = card.className;
  box.append(...card.childNodes);
  return box;
}

function plain(el) {
  const p = document.createElement('p'), words = document.createElement('bdi'), value = document.createElement('bdi');
  words.className = 'k';
  words.textContent = el.textContent;
  value.textContent = el.dateTime ? date(el.dateTime) : el.title;
  p.append(words, ': ', value);
  return p;
}

function idOf(el) { // a quote over several paragraphs has its id on the first piece
  if (el.id) return el.id;
  const all = [...text.querySelectorAll('.q, .ev')];
  for (let i = all.indexOf(el); i >= 0; i--) if (all[i].id && all[i].title === el.title) return all[i].id;
  return null;
}

text.addEventListener('click', e => {
  const margin = e.target.closest('.margin a');
  if (margin) {
    const card = cardOf(margin.hash.slice('#fact-'.length));
    if (card) { e.preventDefault(); open(card, margin); }
    return;
  }
  if (e.target.closest('a') || !getSelection().isCollapsed) return;
  const el = e.target.closest('.ev, time, .n, .q');
  if (!el) return;
  const content = el.matches('time, .n') ? plain(el) : cardOf(idOf(el));
  if (content) open(content, el);
});
document.addEventListener('keydown', e => { if (e.key === 'Escape') close(); });
