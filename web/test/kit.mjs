// What the tests of the pages share: stores, a server, a browser, saying in TAP how it went.
import { spawn, spawnSync } from 'node:child_process';
import { createRequire } from 'node:module';
import { mkdirSync, readFileSync, readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';

export const dir = process.argv[2], SAMPLES = process.env.HEWAL_SAMPLES, HEWAL = process.env.HEWAL, SHOTS = process.env.HEWAL_SHOTS;
export const root = new URL('../../', import.meta.url).pathname;
const require = createRequire(pathToFileURL(join(process.env.NODE_MODULES, 'x.js')));
const { chromium } = require('playwright-core');
export const axe = readFileSync(require.resolve('axe-core/axe.min.js'), 'utf8');
if (SHOTS) mkdirSync(SHOTS, { recursive: true });

let failed = 0;
export async function test(what, run) {
  const began = Date.now();
  try {
    await run();
    console.log(`ok - ${what}`);
  } catch (e) {
    failed++;
    console.log(`${String(e.message ?? e).split('\n').slice(0, 12).join('\n')}\nnot ok - ${what}`);
  }
  if (process.env.HEWAL_TIMES) console.error(`${Date.now() - began} ms ${what}`);
}
export const ended = () => failed;
export function same(a, b, what) { if (JSON.stringify(a) !== JSON.stringify(b)) throw new Error(`${what}: ${JSON.stringify(a)}, not ${JSON.stringify(b)}`); }
export function truly(x, what) { if (!x) throw new Error(what); }

export function add(store, name, articles) {
  const file = join(dir, name);
  writeFileSync(file, articles.map(a => JSON.stringify(a)).join('\n'));
  const p = spawnSync(HEWAL, ['add', `--store=${store}`, file], { encoding: 'utf8' });
  truly(p.status === 0, `hewal add: ${p.stderr}`);
}

// The samples, and three of them again as two other outlets would print them: with a paragraph less, and shortened.
export function samples(store) {
  const files = readdirSync(SAMPLES).filter(f => /\.(txt|html|jsonl)$/.test(f)).map(f => join(SAMPLES, f));
  const p = spawnSync(HEWAL, ['add', `--store=${store}`, ...files], { encoding: 'utf8' });
  truly(p.status === 0, `hewal add: ${p.stderr}`);
  const more = [];
  for (const f of ['b11-saudi-iran-beijing-2023', 'a09-pope-iraq-2021', 'a06-us-leaves-jcpoa-2018']) {
    const whole = readFileSync(join(SAMPLES, `${f}.txt`), 'utf8'), cut = whole.indexOf('\n\n');
    const meta = Object.fromEntries(whole.slice(0, cut).split('\n').map(l => l.split(/: (.*)/s).slice(0, 2)));
    const paragraphs = whole.slice(cut).split('\n').filter(l => l.trim());
    more.push({ id: `${f}-x`, title: meta.title, published: meta.published, outlet: 'Zagros', url: `https://news.example/${f}`, text: [...paragraphs.slice(0, 2), ...paragraphs.slice(3)].join('\n\n') });
    more.push({ id: `${f}-y`, title: paragraphs[0], published: meta.published, outlet: 'دەنگی چیا', text: paragraphs.slice(1, 4).join('\n\n') });
  }
  add(store, 'more.jsonl', more);
}

export async function serve(store) {
  const p = spawn(HEWAL, ['serve', `--store=${store}`, '--port=0'], { stdio: ['ignore', 'pipe', 'pipe'] });
  let said = '';
  p.stderr.on('data', d => { said += d; });
  const url = await new Promise((yes, no) => {
    p.stdout.once('data', d => yes(String(d).trim().replace(/\/$/, '')));
    p.once('exit', () => no(new Error(`hewal serve: ${said}`)));
  });
  return {
    url,
    async stop() {
      const code = new Promise(r => p.once('exit', r));
      p.kill('SIGTERM');
      same(await code, 0, `hewal serve ended (${said.slice(0, 2000)}) with`);
      truly(!/Sanitizer|runtime error/.test(said), said.slice(0, 3000));
    },
  };
}

export const browser = await chromium.launch({ executablePath: process.env.CHROMIUM ?? '/usr/bin/chromium', args: ['--no-sandbox', '--disable-gpu', '--disable-dev-shm-usage'] });

// A page that notes what must not be: errors, words of a script, requests to elsewhere.
export async function open({ width = 1200, height = 900, dark = false, scripts = true } = {}) {
  const context = await browser.newContext({ viewport: { width, height }, colorScheme: dark ? 'dark' : 'light', javaScriptEnabled: scripts, reducedMotion: 'reduce' });
  const page = await context.newPage();
  page.bad = [];
  page.on('console', m => { if (m.type() === 'error' || m.type() === 'warning') page.bad.push(`console: ${m.text()}`); });
  page.on('pageerror', e => page.bad.push(`script: ${e.message}`));
  page.on('dialog', d => { page.bad.push(`a dialog: ${d.message()}`); d.dismiss(); });
  page.on('request', r => { if (page.origin && new URL(r.url()).origin !== page.origin) page.bad.push(`a request to ${r.url()}`); });
  page.clean = what => { const b = page.bad.splice(0); truly(!b.length, `${what}: ${b.slice(0, 3).join('; ')}`); };
  page.close_all = () => context.close();
  return page;
}

export async function visit(page, server, path) {
  page.origin = server.url;
  await page.goto(server.url + path, { waitUntil: 'load' });
  await settled(page);
}

// Waits until `what` is true in the page. (Playwright's own way would want eval, which the page's policy forbids.)
export async function until(page, what, arg) {
  for (let i = 0; i < 400; i++) {
    if (await page.evaluate(what, arg).catch(() => false)) return;
    await new Promise(r => setTimeout(r, 25));
  }
  throw new Error(`waited in vain for ${what}`);
}

// Until charts are drawn and fonts are there.
export async function settled(page) {
  if (await page.evaluate(() => !document.getElementById('theme')?.hidden && document.querySelector('[data-chart]') !== null).catch(() => false)) await until(page, () => !document.querySelector('[data-chart]:not([data-drawn])'));
  await page.evaluate(() => document.fonts.ready.then(() => true));
}

export async function no_overflow(page, what) {
  const over = await page.evaluate(() => {
    const wide = document.documentElement.clientWidth;
    if (document.documentElement.scrollWidth <= wide && document.documentElement.scrollWidth <= innerWidth) return null;
    const out = [...document.querySelectorAll('body *')].filter(e => { const r = e.getBoundingClientRect(); return r.width && (r.right > wide + 1 || r.left < -1) && !e.closest('.scroll, .hidden, .skip, svg'); });
    return `${document.documentElement.scrollWidth} > ${wide}: ${out.slice(0, 3).map(e => `${e.tagName}.${e.className}`).join(' ')}`;
  });
  truly(!over, `${what} is wider than the screen: ${over}`);
}

// `only`: these rules, where the rest was looked at already.
export async function no_faults(page, what, only) {
  await page.evaluate(axe); // through the debugger: the page's policy lets in no script
  const faults = await page.evaluate(async rules => (await globalThis.axe.run(document, { resultTypes: ['violations'], ...(rules && { runOnly: { type: 'rule', values: rules } }) })).violations
    .filter(v => v.impact === 'serious' || v.impact === 'critical').map(v => `${v.id} (${v.nodes.length}): ${v.nodes[0].html.slice(0, 160)} ${v.nodes[0].failureSummary?.split('\n')[1] ?? ''}`), only);
  truly(!faults.length, `${what}: ${faults.join(' | ')}`);
}
