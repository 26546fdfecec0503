// All tests of the pages: node web/test/all.mjs FOLDER, through tests/web.
import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { SHOTS, add, browser, dir, ended, no_faults, no_overflow, open, root, same, samples, serve, settled, test, truly, until, visit } from './kit.mjs';

const store = join(dir, 's.db'), hostile_store = join(dir, 'hostile.db');
samples(store);
const server = await serve(store);
const api = async what => (await fetch(`${server.url}/api/v1/${what}`)).json();

const person = (await api('entities?name=Trump&type=PER&limit=1')).items[0].id, place = (await api('entities?name=Iraq&type=LOC&limit=1')).items[0].id;
const organisation = (await api('entities?type=ORG&limit=1')).items[0].id;
const told = (await api('events?article=a06-us-leaves-jcpoa-2018-x&limit=50')).items.find(e => e.same || e.reports > 1);
const event = told.same ?? told.id;
const pages = {
  front: '/', search: '/?q=ڕێککەوتن', 'search-narrowed': '/?q=ئەمریکا&from=2015&to=2021&sort=newest', 'search-nothing': '/?q=قزلقورتژڤ', article: '/articles/a09-pope-iraq-2021-x', quotes: '/quotes',
  'quotes-of': `/quotes?speaker=${person}&from=2018`, events: '/events', 'events-of': '/events?type=CONSULT&who=Iran&once=1', names: '/entities', 'names-by': '/entities?name=bush', person: `/entities/${person}`,
  place: `/entities/${place}`, organisation: `/entities/${organisation}`, compare: `/events/${event}`, network: '/network', 'network-meets': '/network?relation=meets', map: '/map', voices: '/voices', 'voices-sex': '/voices?by=sex',
  help: '/help',
};
const language = (path, lang) => `${path}${path.includes('?') ? '&' : '?'}lang=${lang}`;
const ID = /\b(site|nav|search|facet|filter|order|list|quotes|events|article|names|entity|types?|kind|channel|event|mode|status|compare|network|map|voices|help|error|place|js|date|month|number)\.[a-z][a-z0-9.-]*\b/i;

async function shot(page, name) {
  if (SHOTS) await page.screenshot({ path: join(SHOTS, `${name}.png`), fullPage: true });
}

// ---- every page -----------------------------------------------------------------------------------------------------------

await Promise.all(['ckb', 'en'].map(async lang => {
  const wide = await open(), phone = await open({ width: 360, height: 740, dark: true });
  for (const [name, path] of Object.entries(pages)) {
    await test(`${name}, ${lang}: says nothing to the console, asks nobody else, has no serious fault (axe), fits a phone, dark and light`, async () => {
      await visit(wide, server, language(path, lang));
      wide.clean(name);
      same(await wide.evaluate(() => [document.documentElement.lang, document.documentElement.dir]), [lang, lang === 'ckb' ? 'rtl' : 'ltr'], 'language');
      same(await wide.locator('h1').count(), 1, 'headings of the first rank');
      const unsaid = (await wide.evaluate(() => document.body.innerText)).match(ID);
      truly(!unsaid, `${unsaid?.[0]} is an id and not said`);
      const drawn = await wide.evaluate(() => [...document.querySelectorAll('[data-chart]')].map(f => [f.hidden, f.querySelectorAll('svg').length, f.textContent.slice(0, 40)]));
      for (const [hidden, n] of drawn) truly(hidden || n === 1, `a chart was not drawn: ${JSON.stringify(drawn)}`);
      await no_faults(wide, 'light');
      await shot(wide, `${name}-${lang}-light`);
      await visit(phone, server, language(path, lang));
      phone.clean(name);
      await no_overflow(phone, name);
      await no_faults(phone, 'dark, phone', ['color-contrast', 'link-in-text-block', 'scrollable-region-focusable', 'meta-viewport']);
      await shot(phone, `${name}-${lang}-phone-dark`);
    });
  }
  await wide.close_all();
  await phone.close_all();
}));

await test('no page has a script, a style or a handler in it', async () => {
  for (const path of Object.values(pages)) {
    const html = await (await fetch(server.url + encodeURI(path))).text();
    truly(!/<style|\sstyle=|<script(?![^>]*\ssrc=)|\son[a-z]+=|javascript:/i.test(html), `${path}: ${html.match(/<style|\sstyle=|<script(?![^>]*\ssrc=)|\son[a-z]+=|javascript:/i)?.[0]}`);
  }
});

await test('charts are drawn: bars, lines, circles on a map, a network', async () => {
  const page = await open();
  for (const [path, mark, least] of [['/quotes', '.bar', 20], ['/events', '.bar', 20], ['/network', '.node', 20], ['/map', '.spot', 15], ['/map', '.land', 100], ['/voices', 'path.line', 5], ['/voices?by=sex', 'rect.l1', 10], [`/entities/${person}`, '.bar', 2]]) {
    await visit(page, server, path);
    const n = await page.locator(`.chart ${mark}`).count();
    truly(n >= least, `${path}: ${n} ${mark}, not ${least}`);
  }
  await page.close_all();
});

// ---- what scripts add -----------------------------------------------------------------------------------------------------

await test('results change as one types, the address with them, and the count is said', async () => {
  const page = await open();
  await visit(page, server, '/?lang=en');
  await page.keyboard.press('/');
  same(await page.evaluate(() => document.activeElement.id), 'q', 'the slash key goes to');
  await page.keyboard.type('ناتۆ');
  await until(page, () => document.querySelector('#list mark') && new URL(location).searchParams.get('q') === 'ناتۆ');
  const n = await page.locator('.hits li').count();
  truly(n >= 1, 'no results');
  truly((await page.locator('body > [role=status]').textContent()).includes('article'), 'the count was not said');
  await page.locator('.facets a').first().click();
  await page.waitForSelector('.chosen a');
  same(new URL(page.url()).searchParams.get('q'), 'ناتۆ', 'the query, when narrowed down');
  page.clean('typing');
  await page.close_all();
});

await test('a form changes the table beside it, and its chart', async () => {
  const page = await open();
  await visit(page, server, '/events?lang=en');
  const before = await page.locator('.chart .bar').count();
  await page.selectOption('#f-type', 'ASSAULT');
  await until(page, () => new URL(location).searchParams.get('type') === 'ASSAULT');
  await until(page, n => document.querySelectorAll('.chart .bar').length !== n || document.querySelector('.chart').hidden, before);
  same([...new Set(await page.locator('td.type b').allTextContents())], ['assault'], 'types shown');
  truly((await page.locator('.downloads a').first().getAttribute('href')).includes('type=ASSAULT'), 'the download has another filter');
  page.clean('a filter');
  await page.close_all();
});

await test('a click on the head of a column puts the rows of the page in order, and back', async () => {
  const page = await open();
  await visit(page, server, '/quotes?lang=en');
  const dates = () => page.locator('td.date time').evaluateAll(v => v.map(t => t.getAttribute('datetime')));
  const came = await dates();
  const head = page.locator('table.facts th', { hasText: 'Date' });
  await head.getByRole('button').click();
  same(await dates(), [...came].sort(), 'rising');
  same(await head.getAttribute('aria-sort'), 'ascending', 'aria-sort');
  await head.getByRole('button').press('Enter');
  same(await dates(), [...came].sort().reverse(), 'falling');
  await head.getByRole('button').click();
  same(await dates(), came, 'as they came');
  page.clean('sorting');
  await page.close_all();
});

await test('dragging over a chart chooses a period', async () => {
  const page = await open();
  await visit(page, server, '/quotes?lang=en');
  const box = await page.locator('.chart svg').boundingBox();
  await page.mouse.move(box.x + box.width * .7, box.y + 60);
  await page.mouse.down();
  await page.mouse.move(box.x + box.width * .85, box.y + 60, { steps: 5 });
  await page.mouse.up();
  await until(page, () => new URL(location).searchParams.get('from'));
  const u = new URL(page.url()), from = +u.searchParams.get('from'), to = +u.searchParams.get('to');
  truly(from > 1990 && to > from && to < 2024, `${from} to ${to}`);
  await page.waitForSelector('.chart .selection');
  const years = (await page.locator('td.date time').evaluateAll(v => v.map(t => +t.dateTime.slice(0, 4))));
  truly(years.length && years.every(y => y >= from && y <= to), `quotes of ${years}`);
  await page.goBack({ waitUntil: 'load' });
  await until(page, () => !new URL(location).searchParams.get('from'));
  truly(!new URL(page.url()).searchParams.get('from'), 'going back');
  page.clean('dragging');
  await page.close_all();
});

await test('a click on a quote, an event, a time shows what the program found, with its confidence; Escape closes it', async () => {
  const page = await open();
  await visit(page, server, '/articles/a09-pope-iraq-2021-x?lang=en');
  for (const [mark, says] of [['.text .ev', /confidence/], ['.text .margin .said a', /confidence/], ['.text time', /\d/]]) {
    await page.locator(mark).first().click();
    const text = await page.locator('.panel').innerText();
    truly(says.test(text), `${mark}: ${text}`);
    await page.keyboard.press('Escape');
    truly(await page.locator('.panel').isHidden(), `${mark}: the card stays`);
  }
  await page.locator('.text a.per, .text a.loc').first().click();
  await page.waitForURL(/\/entities\/\d+/);
  page.clean('the article');
  await page.close_all();
});

await test('dark and light are kept, whatever the system has', async () => {
  const page = await open({ dark: true });
  await visit(page, server, '/?lang=en');
  const paper = () => page.evaluate(() => getComputedStyle(document.body).backgroundColor);
  const dark = await paper();
  await page.locator('#theme').click();
  truly(await paper() !== dark, 'the switch changes nothing');
  await visit(page, server, '/help?lang=en');
  truly(await paper() !== dark, 'the next page forgot');
  await page.close_all();
});

await test('by keyboard: the first stop leads to the content, every stop is to be seen', async () => {
  const page = await open();
  await visit(page, server, '/quotes?lang=en');
  await page.keyboard.press('Tab');
  same(await page.evaluate(() => [document.activeElement.className, document.activeElement.getBoundingClientRect().top >= 0]), ['skip', true], 'the first stop');
  for (let i = 0; i < 30; i++) {
    await page.keyboard.press('Tab');
    const [what, seen] = await page.evaluate(() => { const e = document.activeElement, s = getComputedStyle(e); return [e.outerHTML.slice(0, 80), e === document.body || s.outlineStyle !== 'none' || s.boxShadow !== 'none']; });
    truly(seen, `not to be seen: ${what}`);
  }
  await page.close_all();
});

await test('it prints without menus and forms', async () => {
  const page = await open();
  await visit(page, server, '/articles/a09-pope-iraq-2021-x?lang=en');
  await page.emulateMedia({ media: 'print' });
  for (const what of ['nav', '.find', '.tools']) truly(await page.locator(what).isHidden(), what);
  truly(await page.locator('.text .q').first().isVisible(), 'the text is gone');
  await page.close_all();
});

// ---- without scripts ------------------------------------------------------------------------------------------------------

await test('without scripts: searching, narrowing, reading, tables, paging and downloads work by links and forms', async () => {
  const page = await open({ scripts: false });
  await visit(page, server, '/?lang=en');
  await page.fill('#q', 'ڕێککەوتنەکان');
  await page.locator('.find button').click();
  await page.waitForSelector('.hits mark');
  await page.locator('.facets a').first().click();
  await page.waitForSelector('.chosen a');
  await page.locator('.hits h3 a').first().click();
  await page.waitForSelector('.text p');
  truly(await page.locator('.fact').count() > 2, 'no facts');
  await visit(page, server, '/quotes?lang=en');
  same(await page.locator('tbody tr').count(), 30, 'rows');
  await page.locator('[rel=next]').click();
  await page.waitForSelector('.paging a');
  await page.fill('#f-speaker', 'trump');
  await page.locator('.filter button').click();
  await page.waitForURL(/speaker=trump/);
  same([...new Set(await page.locator('td.who').allInnerTexts())], ['Donald Trump'], 'speakers');
  const csv = await (await fetch(new URL(await page.locator('.downloads a').first().getAttribute('href'), server.url))).text();
  truly(csv.split('\r\n').length > 5, 'CSV');
  for (const path of ['/network', '/map', '/voices']) {
    await visit(page, server, `${path}?lang=en`);
    truly(await page.locator('tbody tr').count() > 3, `${path} has no table`);
  }
  await page.close_all();
});

// ---- hostile articles -----------------------------------------------------------------------------------------------------

const evil = '"><script>globalThis.hacked=1</script><img src=x onerror="globalThis.hacked=2"><svg onload=globalThis.hacked=3>\'`${globalThis.hacked=4}`{{hacked}}';
add(hostile_store, 'hostile.jsonl', [
  { id: `h1${evil}`, title: `ڕێککەوتن ${evil}`, outlet: evil, published: '2021-03-05', url: 'javascript:globalThis.hacked=5', source: evil, text: `سەرۆکی ئەمریکا جۆ بایدن گوتی: «${evil} ڕێککەوتن باشە».\n\nجۆ بایدن لە هەولێر لەگەڵ ${evil} کۆبووەوە.\n${evil}\n</p></div><h1>` },
  { id: 'h2', title: '</title><script>globalThis.hacked=6</script>', outlet: 'https://evil.example/"onmouseover="globalThis.hacked=7', published: '2021-03-05', url: 'https://news.example/"><script>globalThis.hacked=8</script>', text: `${evil.repeat(3)} ڕێککەوتن` },
  { id: '../../h3?x=1#y', title: '‮ڕێککەوتن\u0001<b>', outlet: 'data:text/html,<script>globalThis.hacked=9</script>', published: '2021-03-06', url: 'data:text/html,<script>globalThis.hacked=9</script>', text: `${'x'.repeat(4000)}ڕێککەوتن ${'ئ'.repeat(900)}\n\n<!--<script>globalThis.hacked=10</script>` },
]);
const hostile = await serve(hostile_store);

await test('scripts in articles, titles, outlets, ids and queries never run', async () => {
  const page = await open(), narrow = await open({ width: 360, height: 740 });
  const e = encodeURIComponent(evil);
  const list = await (await fetch(`${hostile.url}/api/v1/articles?limit=10`)).json(), names = await (await fetch(`${hostile.url}/api/v1/entities?limit=50`)).json();
  const paths = ['/', '/?q=ڕێککەوتن', `/?q=${e}`, `/?q=x&outlet=${e}&speaker=${e}`, `/?q=${encodeURIComponent('outlet:"<script>hacked=1</script>"')}`, '/quotes', `/quotes?speaker=${e}&about=${e}&outlet=${e}`, `/quotes?about=x${encodeURIComponent('</script>')}`,
    '/events', `/events?who=${e}`, '/entities', `/entities?name=${e}`, '/voices?by=outlet', '/network', '/map', ...list.items.map(a => `/articles/${encodeURIComponent(a.id)}`), ...names.items.slice(0, 6).map(n => `/entities/${n.id}`)];
  same(list.items.length, 3, 'hostile articles');
  for (const path of paths) {
    await visit(page, hostile, path);
    page.bad = page.bad.filter(b => !/status of 400/.test(b)); // a query that makes no sense may be told so
    page.clean(path);
    same(await page.evaluate(() => globalThis.hacked ?? null), null, path);
    same(await page.locator('main script, main img, main iframe, a[href^="javascript:"], a[href^="data:"], a[href^="https://evil"]').count(), 0, `elements of theirs in ${path}`);
  }
  await visit(page, hostile, '/');
  await page.fill('#q', evil);
  await until(page, () => new URL(location).searchParams.get('q'));
  same(await page.evaluate(() => globalThis.hacked ?? null), null, 'typed');
  for (const a of list.items) {
    await visit(narrow, hostile, `/articles/${encodeURIComponent(a.id)}`);
    await no_overflow(narrow, a.id.slice(0, 20));
    await visit(narrow, hostile, `/articles/${encodeURIComponent(a.id)}?lang=en`);
    const facts = narrow.locator('.text .q, .text .ev');
    if (await facts.count()) await facts.first().click();
    same(await narrow.evaluate(() => globalThis.hacked ?? null), null, 'a card');
  }
  await page.close_all();
  await narrow.close_all();
});

await test('wrong addresses get a page that says so, with its status', async () => {
  for (const [path, status] of [['/nowhere', 404], ['/articles/none', 404], ['/entities/x', 404], ['/entities/99999999', 404], ['/events/0', 404], ['/quotes?from=yesterday', 400], ['/voices?by=shoe', 400], [`/?q=${encodeURIComponent('from:yesterday')}`, 400]]) {
    const r = await fetch(server.url + path, { headers: { 'Accept-Language': 'en' } }), html = await r.text();
    same(r.status, status, path);
    truly(/<h1/.test(html) && /<html lang="en"/.test(html), `${path} is no page`);
  }
});

// ---- weight and time ------------------------------------------------------------------------------------------------------

await test('the first page: under 150 kB as sent, interactive in under a second', async () => {
  for (const lang of ['ckb', 'en']) {
    const page = await open(), client = await page.context().newCDPSession(page);
    let bytes = 0;
    await client.send('Network.enable');
    client.on('Network.loadingFinished', e => { bytes += e.encodedDataLength; });
    page.origin = server.url;
    await page.goto(`${server.url}/?lang=${lang}`, { waitUntil: 'networkidle' }); // all that is sent, fonts too
    const ready = await page.evaluate(() => Math.round(Math.max(performance.getEntriesByType('navigation')[0].domContentLoadedEventEnd, ...performance.getEntriesByType('resource').filter(r => r.initiatorType !== 'css').map(r => r.responseEnd))));
    console.log(`# the first page, ${lang}: ${bytes} bytes, ready after ${ready} ms`);
    truly(bytes > 5000 && bytes < 150000, `${bytes} bytes`);
    if (!process.env.HEWAL_SANITIZED) truly(ready < 1000, `${ready} ms`);
    await page.close_all();
  }
});

// ---- texts ----------------------------------------------------------------------------------------------------------------

await test('every id that the pages and scripts say is in lang/interface, and no Kurdish stands in code', async () => {
  const ids = new Set(readFileSync(join(root, 'lang/interface/ckb.tsv'), 'utf8').split('\n').filter(l => l && !l.startsWith('#')).map(l => l.split('\t')[0]));
  const groups = new Set([...ids].map(i => i.split('.')[0]));
  const files = [...readdirSync(join(root, 'src/serve')).filter(f => /^(page|words|topics|marked)/.test(f)).map(f => `src/serve/${f}`), ...readdirSync(join(root, 'web/src')).map(f => `web/src/${f}`)];
  for (const f of files) {
    const text = readFileSync(join(root, f), 'utf8');
    truly(!/[\u0600-\u06ff]/.test(text), `${f} has Kurdish in it`);
    if (!/\.(c|js)$/.test(f)) continue;
    for (const m of text.matchAll(/["']([a-z]+\.[a-z][a-z0-9.-]*)["']/g)) if (groups.has(m[1].split('.')[0]) && !/\.(js|css|json|svg)$/.test(m[1]) && !(f.endsWith('.js') && /addEventListener/.test(m[1]))) truly(ids.has(m[1]) || [...ids].some(i => i.startsWith(`${m[1]}.`)), `${f}: ${m[1]} is not in lang/interface`);
  }
});

await server.stop();
await hostile.stop();
await browser.close();
process.exit(ended() ? 1 : 0);
