// What every page gets beside its HTML: dark and light, the slash key, lists that change as one types, tables in another order, cards at a click, charts where
// there are places for them. Everything works without this, by links and forms.
const root = document.documentElement;

function theme() {
  const button = document.getElementById('theme');
  button.hidden = false;
  button.addEventListener('click', () => {
    const dark = root.dataset.theme ? root.dataset.theme === 'dark' : matchMedia('(prefers-color-scheme: dark)').matches;
    root.dataset.theme = dark ? 'light' : 'dark';
    try { localStorage.setItem('theme', root.dataset.theme); } catch { /* for this page only, then */ }
  });
}

function slash() {
  document.addEventListener('keydown', e => {
    if (e.key !== '/' || e.ctrlKey || e.metaKey || e.altKey || e.target.closest('input, select, textarea')) return;
    e.preventDefault();
    const q = document.getElementById('q');
    q.focus();
    q.select();
  });
}

theme();
slash();
if (document.querySelector('[data-live]')) import('./live.js');
if (document.querySelector('table.facts')) import('./sort.js');
if (document.querySelector('article .text')) import('./panel.js');
if (document.querySelector('[data-chart]')) import('./charts.js');
