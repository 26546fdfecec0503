// In: tables of facts. Out: a button in the head of each column, which puts the rows of the page in order by it: first up, then down,
// then as they came. The whole list is in the order of dates, which the form beside it turns round.
import { say } from './words.js';

const order = new Intl.Collator([document.documentElement.lang, 'fa', 'ar'], { numeric: true, sensitivity: 'base' });

const key = (row, i) => {
  const cell = row.cells[i];
  return cell.querySelector('time')?.getAttribute('datetime') ?? cell.textContent.trim();
};

function sort(table, i, way) {
  const body = table.tBodies[0];
  const rows = [...body.rows];
  rows.forEach((row, n) => { row.dataset.came ??= n; });
  const came = (a, b) => a.dataset.came - b.dataset.came;
  rows.sort((a, b) => way ? way * order.compare(key(a, i), key(b, i)) || came(a, b) : came(a, b));
  body.append(...rows);
  [...table.tHead.rows[0].cells].forEach((th, n) => {
    if (n === i && way) th.setAttribute('aria-sort', way > 0 ? 'ascending' : 'descending');
    else th.removeAttribute('aria-sort');
  });
}

function prepare() {
  for (const table of document.querySelectorAll('table.facts')) {
    if (table.tBodies[0].rows.length < 2 || table.querySelector('th button')) continue;
    [...table.tHead.rows[0].cells].forEach((th, i) => {
      const button = document.createElement('button');
      button.type = 'button';
      button.title = say('js.sort');
      button.append(...th.childNodes);
      button.addEventListener('click', () => sort(table, i, { ascending: -1, descending: 0 }[th.getAttribute('aria-sort')] ?? 1));
      th.append(button);
    });
  }
}

prepare();
document.addEventListener('list-shown', prepare);
