// In: a form whose fields change. Out: the list beside it as the server writes it for them, and the address of it. The page that comes
// is HTML of ours, parsed and not run.
import { say } from './words.js';

const WAIT = 180; // ms without a key

const list = document.getElementById('list');
const forms = [document.querySelector('form.filter'), list?.hasAttribute('data-live') && document.body.querySelector('main.search') && document.querySelector('form.find')].filter(Boolean);
const status = document.createElement('p');
status.className = 'hidden';
status.setAttribute('role', 'status');
document.body.append(status);

let timer, running;

function addressOf(form) {
  const u = new URL(form.getAttribute('action'), location.href);
  for (const [k, v] of new FormData(form)) if (v !== '') u.searchParams.append(k, v);
  return u;
}

export async function show(address, push) {
  running?.abort();
  const mine = running = new AbortController();
  try {
    const answer = await fetch(address, { signal: mine.signal, headers: { Accept: 'text/html' } });
    const page = new DOMParser().parseFromString(await answer.text(), 'text/html');
    const fresh = page.getElementById('list');
    if (!fresh || mine.signal.aborted) return;
    list.replaceChildren(...document.importNode(fresh, true).childNodes);
    document.title = page.title;
    status.textContent = list.querySelector('[data-status]')?.textContent ?? '';
    for (const id of ['.tools [hreflang]', '.downloads']) {
      const now = document.querySelector(id), then = page.querySelector(id);
      if (now && then) now.replaceWith(document.importNode(then, true));
    }
    if (push) history.pushState(null, '', address);
    else history.replaceState(null, '', address);
    document.dispatchEvent(new CustomEvent('list-shown', { detail: page }));
  } catch (e) {
    if (e.name !== 'AbortError') location.assign(address);
  }
}

for (const form of forms) {
  const soon = wait => { clearTimeout(timer); timer = setTimeout(() => { if (form.checkValidity()) show(addressOf(form)); }, wait); };
  form.addEventListener('input', e => soon(e.target.matches('select, [type=checkbox]') ? 0 : WAIT));
  form.addEventListener('submit', e => { e.preventDefault(); clearTimeout(timer); show(addressOf(form), true); });
  // Typed before this was here.
  const q = form.elements.q;
  if (q && q.value !== (new URLSearchParams(location.search).get('q') ?? '')) soon(0);
}
// On a phone a form without anything chosen is folded away.
const form = document.querySelector('form.filter');
if (form && matchMedia('(max-width: 40rem)').matches && ![...new URLSearchParams(location.search).keys()].some(k => k !== 'lang')) {
  const button = document.createElement('button');
  button.type = 'button';
  button.className = 'fold';
  button.textContent = say('js.filter');
  const set = open => { form.hidden = !open; button.setAttribute('aria-expanded', String(open)); };
  button.addEventListener('click', () => set(form.hidden));
  form.before(button);
  set(false);
}

addEventListener('popstate', () => location.reload());
