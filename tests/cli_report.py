#!/usr/bin/env python3
"""The HTML report: it is whole, its links lead somewhere, and nothing in an article becomes markup. TAP."""
import os, re, sys
from html.parser import HTMLParser
from clikit import *

VOID = {'meta', 'br', 'link', 'hr', 'img'}
ALLOWED = {'html', 'head', 'meta', 'title', 'style', 'body', 'header', 'nav', 'main', 'footer', 'section', 'div', 'p', 'a', 'span', 'time', 'b', 'bdi', 'h1', 'h2',
           'h3', 'ul', 'ol', 'li', 'table', 'tr', 'td', 'th', 'br'}

class Page(HTMLParser):
    """Reads a page strictly: every element closed in order, ids once, only elements and attributes that the report has."""
    def __init__(self, name, text):
        super().__init__(convert_charrefs=True)
        self.name, self.stack, self.ids, self.links, self.said, self.in_text, self.text, self.classes = name, [], set(), [], '', 0, '', set()
        self.feed(text); self.close()
        if self.stack: raise AssertionError(f'{name}: open at the end: {self.stack}')
    def handle_starttag(self, tag, attrs):
        a = dict(attrs)
        if tag not in ALLOWED: raise AssertionError(f'{self.name}: <{tag}>')
        for k, v in attrs:
            if k.startswith('on') or k == 'src' or k == 'style': raise AssertionError(f'{self.name}: {k}={v}')
        if len(a) != len(attrs): raise AssertionError(f'{self.name}: an attribute twice: {attrs}')
        if 'id' in a:
            if a['id'] in self.ids: raise AssertionError(f'{self.name}: id {a["id"]} twice')
            self.ids.add(a['id'])
        if tag == 'a' and 'a' in self.stack: raise AssertionError(f'{self.name}: a link in a link')
        if tag == 'a': self.links.append(a['href'])
        self.classes |= set(a.get('class', '').split())
        if tag in VOID: return
        self.stack.append(tag)
        if a.get('class') == 'text ckb': self.in_text = len(self.stack)
    def handle_endtag(self, tag):
        if not self.stack or self.stack.pop() != tag: raise AssertionError(f'{self.name}: </{tag}> closes {self.stack}')
        if len(self.stack) < self.in_text: self.in_text = 0
        if tag == 'p' and self.in_text: self.text = self.text.rstrip('\n') + '\n'
    def handle_data(self, data):
        self.said += data
        if self.in_text: self.text += data

def pages(folder):
    out = {f: Page(f, open(os.path.join(folder, f), encoding='utf8').read()) for f in sorted(os.listdir(folder))}
    for name, p in out.items():
        for l in p.links:
            if re.match('https?://', l): continue
            file, _, anchor = l.partition('#'); file = file or name
            if file not in out: raise AssertionError(f'{name}: the link {l} leads nowhere')
            if anchor and anchor not in out[file].ids: raise AssertionError(f'{name}: {l}: there is no such place')
    return out

def squeeze(s): return re.sub(r'\s+', ' ', s).strip()

def test_samples():
    """the samples: a page an article with its whole text, links that lead somewhere"""
    s = filled_store(); r = good('report', f'--store={s}', '--out=r/deep'); assert 'r/deep/index.html' in r.out
    p = pages('r/deep'); recs = good('export', f'--store={s}').lines(); articles = {n: x for n, x in p.items() if n.startswith('article-')}
    same(len(articles), len(recs)); texts = {squeeze(x.text) for x in articles.values()}
    for rec in recs: assert squeeze(rec['text']) in texts, rec['id']
    for n in ('index.html', 'people.html', 'organisations.html', 'places.html'): assert n in p
    assert {'q', 'per', 'loc', 'org', 'ev'} <= set().union(*(x.classes for x in articles.values()))
    same(sorted(x for x in p['index.html'].links if x.startswith('article-') and '#' not in x and x in articles) != [], True)
    for rec in recs:
        for q in rec['quotes']: assert any(squeeze(rec['text'].encode()[q['b']:q['e']].decode()) in squeeze(x.said) for x in articles.values())

def test_alone():
    """every page stands alone: no script, nothing from elsewhere, scripts forbidden to the browser; dark, narrow and printed"""
    s = filled_store(); good('report', f'--store={s}', '--out=r')
    for f in os.listdir('r'):
        t = open(f'r/{f}', encoding='utf8').read()
        assert '<script' not in t.lower() and "default-src 'none'" in t and '@import' not in t and 'url(' not in t
        assert 'prefers-color-scheme:dark' in t and '@media print' in t and 'max-width' in t and 'width=device-width' in t

HOSTILE = ['<script>alert(1)</script>', '"><img src=x onerror=alert(1)>', "' onmouseover='alert(1)", '</title><script>x</script>', '</style><svg onload=x>', '<!--', '&lt;script&gt;', ']]>', 'javascript:alert(1)']

def test_hostile():
    """a hostile article: markup in the text, the title, the id, the outlet, the address stays text"""
    lines = []
    for i, h in enumerate(HOSTILE):
        text = f'{h} سەرۆک کۆماری عێراق گوتی: «{h} ئەمڕۆ {h}» لە بەغدا {h}\n{h}'
        lines.append(json.dumps({'id': f'{i}{h}', 'title': h, 'outlet': h, 'source': h, 'url': h if i % 2 else f'https://x/{h}', 'text': text, 'published': '2021-01-01'}))
    lines.append(json.dumps({'id': 'js', 'text': 'دەقێک', 'url': 'javascript:alert(1)', 'title': 't'}))
    lines.append(json.dumps({'id': '../../up', 'text': 'دەقێکی تر'}))
    write('h.jsonl', '\n'.join(lines)); good('add', '--store=s.db', 'h.jsonl'); good('report', '--store=s.db', '--out=r')
    p = pages('r'); same(len([n for n in p if n.startswith('article-')]), len(lines))
    for f in os.listdir('r'): assert '<script' not in open(f'r/{f}', encoding='utf8').read().lower()
    for x in p.values(): assert not [l for l in x.links if l.lower().startswith('javascript')]
    assert any(HOSTILE[0] in x.text for x in p.values()), 'it is shown as what it is'
    assert not os.path.exists('up') and not os.path.exists('../up')

def test_again():
    """written again, with --limit: the same files; the index says what is left out"""
    s = filled_store(); good('report', f'--store={s}', '--out=r'); a = {f: open(f'r/{f}', 'rb').read() for f in os.listdir('r')}
    good('report', f'--store={s}', '--out=r'); same({f: open(f'r/{f}', 'rb').read() for f in os.listdir('r')} == a, True)
    good('report', f'--store={s}', '--out=few', '--limit=3'); p = pages('few'); same(len([n for n in p if n.startswith('article-')]), 3); assert 'more' in p['index.html'].said

def test_empty():
    """a store without an article gives a report without one"""
    write('e.txt', ''); run('add', '--store=s.db', 'e.txt'); good('report', '--store=s.db', '--out=r'); pages('r')

def test_one_file():
    """--on, --event, --from: one file with every fact's sentence and source, whole and alone"""
    s = filled_store(); recs = {r['id']: r for r in good('export', f'--store={s}').lines()}
    said = [q for q in good('quotes', f'--store={s}', '--by=Trump', '--format=json', '--limit=500').json()['items']]; assert said
    os.makedirs('one'); r = good('report', f'--store={s}', '--on=Trump', '--out=one/t.html'); same(r.out, 'one/t.html\n')
    p = pages('one')['t.html']; assert 'Donald Trump' in p.said and 'Sources' in p.said
    for q in said: assert squeeze(q['text'] if 'text' in q else q['words']) in squeeze(p.said), q
    for article in {q['article'] if isinstance(q['article'], str) else q['article']['id'] for q in said}:
        assert (recs[article].get('title') or article) in p.said, article
    v = good('events', f'--store={s}', '--format=json', '--limit=500').json()['items']; n = v[0]['event'] if 'event' in v[0] else v[0]['id']
    good('report', f'--store={s}', f'--event={n}', '--out=one/v.html'); p = pages('one')['v.html']; assert v[0]['type'] in p.said and 'Its reports' in p.said
    good('report', f'--store={s}', '--from=1990', '--to=1995', '--out=one/w.html'); p = pages('one')['w.html']; assert '1990 to 1995' in p.said and 'Who is quoted most' in p.said

def test_one_file_limits():
    """--limit is told; nobody called so, two subjects, --pdf alone and without Chromium are clear errors"""
    s = filled_store(); good('report', f'--store={s}', '--from=1900', '--limit=3', '--out=w.html'); t = open('w.html', encoding='utf8').read()
    assert 'Only the first 3 are shown' in t; same(len(re.findall('<div class="card">', t)), 6)
    bad('report', f'--store={s}', '--event=999999999', '--out=x.html', says='no event'); assert not os.path.exists('x.html')
    bad('report', f'--store={s}', '--on=Nobody Anywhere', '--out=x.html'); bad('report', f'--store={s}', '--on=a', '--event=1', code=2, says='two reports'); bad('report', f'--store={s}', '--pdf', code=2, says='--pdf')
    bad('report', f'--store={s}', '--on=Trump', '--out=x.html', '--pdf', env={'PATH': '/nowhere'}, says='not installed'); assert os.path.exists('x.html')

def test_pdf():
    """--pdf: a PDF beside the page, where Chromium is installed"""
    import shutil
    if not shutil.which('chromium'): return
    s = filled_store(); same(good('report', f'--store={s}', '--on=Trump', '--out=r.html', '--pdf').out, 'r.html r.pdf\n'); assert open('r.pdf', 'rb').read(5) == b'%PDF-'

if __name__ == '__main__': main(sys.modules['__main__'])
