// What scripts say, in the language of the page (lang/interface). Loaded once; the page tells where from.
const root = document.documentElement;
export const rtl = root.dir === 'rtl';
const { default: words } = await import(root.dataset.words);
const digits = words['number.digits'].split(' ');

export const say = (id, ...with_) => (words[id] ?? id).replace(/\{(\d)\}/g, (_, n) => with_[n - 1] ?? '');
export const figures = s => String(s).replace(/[0-9]/g, d => digits[d]);
export const number = n => figures(String(n).replace(/\B(?=(\d{3})+$)/g, n >= 10000 ? words['number.thousands'] : ''));

// "2021-03-05", "2021-03", "2021" as the page writes dates.
export function date(iso) {
  const [y, m, d] = String(iso).split('-');
  if (d) return say('date.day', figures(+d), say(`month.${+m}`), figures(y));
  return m ? say('date.month', say(`month.${+m}`), figures(y)) : figures(y);
}

// An entity's name in the language of the page.
export const name = e => (rtl ? e.name_ckb || e.name : e.name || e.name_ckb) || '?';

// With the language that links must carry.
export function link(path) {
  const lang = new URLSearchParams(location.search).get('lang');
  return lang ? `${path}${path.includes('?') ? '&' : '?'}lang=${encodeURIComponent(lang)}` : path;
}
