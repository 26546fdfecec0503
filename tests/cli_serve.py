#!/usr/bin/env python3
"""hewal serve: every route, its description, its errors, and what the network may do to it. TAP."""
import csv, gzip, http.client, io, json, re, signal, socket, sqlite3, subprocess, sys, threading, time, xml.etree.ElementTree as ET
from urllib.parse import quote
from clikit import *

SAMPLE = 'a09-pope-iraq-2021.txt'
API = '/api/v1/'

class Server:
    """`with Server() as s`: a server on the store s.db of this folder, ended with SIGTERM; it must end well and say nothing bad."""
    def __init__(self, *args, store='s.db', program=HEWAL): self.args, self.store, self.program = args, store, program
    def __enter__(self):
        self.log = open('serve.log', 'w+b')
        self.p = subprocess.Popen([self.program, 'serve', f'--store={self.store}', '--port=0', *self.args], stdout=subprocess.PIPE, stderr=self.log, env=dict(os.environ, HOME=os.getcwd()))
        self.url = self.p.stdout.readline().decode().strip()
        if not self.url.startswith('http://'): raise AssertionError(f'did not start: {self.err()}')
        self.port = int(self.url.rstrip('/').rsplit(':', 1)[1])
        return self
    def err(self):
        self.log.seek(0); return self.log.read().decode(errors='replace')
    def stop(self, sig=signal.SIGTERM):
        if self.p.poll() is None: self.p.send_signal(sig)
        code = self.p.wait(60)
        if code != 0 or 'Sanitizer' in self.err() or 'runtime error' in self.err(): raise AssertionError(f'ended with {code}: {self.err()[:3000]}')
    def __exit__(self, kind, *_):
        if kind: self.p.kill(); self.p.wait()
        else: self.stop()
        self.log.close()
    def ask(self, target, method='GET', headers=None, status=200, connection=None):
        c = connection or http.client.HTTPConnection('127.0.0.1', self.port, timeout=60)
        c.request(method, target, headers=headers or {})
        r = c.getresponse(); r.body = r.read()
        if not connection: c.close()
        if status and r.status != status: raise AssertionError(f'{method} {target}: {r.status}, not {status}: {r.body[:300]!r}')
        return r
    def json(self, what, **more): return json.loads(self.ask(API + what, **more).body)
    def until(self, what, right):
        """What is asked until it is right: an answer that took long may be some seconds old."""
        end = time.time() + 60
        while True:
            r = self.ask(API + what)
            if right(r): return r
            if time.time() > end: raise AssertionError(f'{what}: does not become right: {r.body[:300]!r}')
            time.sleep(0.2)
    def raw(self, data, timeout=30):
        """What comes back for these very bytes, to the end of the connection or a pause."""
        with socket.create_connection(('127.0.0.1', self.port), timeout=timeout) as s:
            s.sendall(data); out = b''
            s.settimeout(3)
            try:
                while True:
                    piece = s.recv(65536)
                    if not piece: break
                    out += piece
            except (TimeoutError, ConnectionResetError): pass
            return out

def u(s): return quote(s, safe='')

# ---- a small validator: what docs/openapi.json uses of JSON Schema ------------------------------------------------------

KEYWORDS = {'$ref', 'type', 'enum', 'const', 'oneOf', 'properties', 'required', 'additionalProperties', 'items', 'minimum', 'maximum', 'pattern', 'description', 'default'}
KINDS = {'object': dict, 'array': list, 'string': str, 'boolean': bool, 'null': type(None)}

def resolve(doc, x):
    while '$ref' in x:
        at = doc
        for part in x['$ref'].removeprefix('#/').split('/'): at = at[part]
        x = at
    return x

def is_kind(v, kind):
    if kind == 'integer': return isinstance(v, int) and not isinstance(v, bool)
    if kind == 'number': return isinstance(v, (int, float)) and not isinstance(v, bool)
    return isinstance(v, KINDS[kind])

def fits(doc, schema, v, where='answer'):
    unknown = set(schema) - KEYWORDS
    if unknown: raise AssertionError(f'{where}: the test does not know {unknown}')
    s = resolve(doc, schema)
    if s is not schema: return fits(doc, s, v, where)
    def wrong(what): raise AssertionError(f'{where}: {json.dumps(v, ensure_ascii=False)[:150]} {what}')
    if 'type' in s and not any(is_kind(v, k) for k in (s['type'] if isinstance(s['type'], list) else [s['type']])): wrong(f'is no {s["type"]}')
    if 'enum' in s and v not in s['enum']: wrong(f'is none of {s["enum"]}')
    if 'const' in s and v != s['const']: wrong(f'is not {s["const"]}')
    if 'minimum' in s and v < s['minimum'] or 'maximum' in s and v > s['maximum']: wrong('is out of bounds')
    if 'pattern' in s and not re.search(s['pattern'], v): wrong(f'does not match {s["pattern"]}')
    if 'oneOf' in s:
        n = 0
        for x in s['oneOf']:
            try: fits(doc, x, v, where); n += 1
            except AssertionError as e: why = e
        if n == 0: raise why
        if n > 1: wrong('is several things at once')
    if isinstance(v, dict):
        for k in s.get('required', []):
            if k not in v: wrong(f'has no {k}')
        for k, x in v.items():
            if k in s.get('properties', {}): fits(doc, s['properties'][k], x, f'{where}.{k}')
            elif s.get('additionalProperties', True) is False: wrong(f'has {k}, which is not described')
    if isinstance(v, list) and 'items' in s:
        for i, x in enumerate(v): fits(doc, s['items'], x, f'{where}[{i}]')

def schema_of(doc, path): return doc['paths'][path]['get']['responses']['200']['content']['application/json']['schema']

def test_validator():
    """the validator of this test finds what is wrong"""
    doc = {'components': {'schemas': {'A': {'type': 'object', 'required': ['n'], 'additionalProperties': False, 'properties': {'n': {'type': 'integer', 'minimum': 1}}}}}}
    a = {'$ref': '#/components/schemas/A'}
    fits(doc, a, {'n': 1}); fits(doc, {'oneOf': [a, {'type': 'null'}]}, None)
    for bad_one in ({'n': 0}, {'n': 1.5}, {'n': True}, {}, {'n': 1, 'm': 1}, [], None):
        try: fits(doc, a, bad_one)
        except AssertionError: continue
        raise AssertionError(f'{bad_one} passed')

# ---- the description and the table -------------------------------------------------------------------------------------------

def test_described():
    """docs/openapi.json and the server's table have the same paths and parameters"""
    filled_store()
    with Server() as s:
        doc = s.json('openapi.json'); routes = {r['path']: r for r in s.json('routes')['items']}
        with open(os.path.join(ROOT, 'docs/openapi.json'), encoding='utf8') as f: same(doc, json.load(f), 'the file served')
        same(sorted(doc['paths']), sorted(p for p in routes if p.startswith('/api/')), 'paths')
        for path, x in doc['paths'].items():
            same(set(x), {'get'}, path)
            told = [resolve(doc, p) for p in x['get'].get('parameters', [])]
            same([p['name'] for p in told if p['in'] == 'path'], re.findall(r'\{([a-z]+)\}', path), path)
            assert all(p['required'] for p in told if p['in'] == 'path'), path
            query = {p['name']: p for p in told if p['in'] == 'query'}; table = {p['name']: p for p in routes[path]['parameters']}
            same(sorted(query), sorted(table), path)
            for name, p in query.items():
                t = table[name]; sc = p['schema']
                same((p['required'], p['description'], sc.get('default')), (t['required'], t['help'], t['default']), f'{path} {name}')
                same(sc.get('enum'), t['words'].split('|') if t['words'] else None, f'{path} {name}')
                same((sc['type'], sc.get('minimum'), sc.get('maximum')), ('integer', t['minimum'], t['maximum']) if t['kind'] == 'number' else ('string', None, None), f'{path} {name}')
            formats = table['format']['words'].split('|') if 'format' in table else []
            types = set(x['get']['responses']['200']['content'])
            same('csv' in formats or 'polecat' in formats, 'text/csv' in types, path); same('jsonl' in formats, 'application/x-ndjson' in types, path)

def some_values(s):
    """For each parameter values that are right, of this store."""
    q = next(q for q in s.json('quotes?limit=100')['items'] if q['speaker'] and q['addressee'] is None)
    v = next(v for v in s.json('events?limit=200')['items'] if v['actors'] and v['targets'] and v['place'])
    return {'q': ['ڕێککەوتن', 'rêkkewtin', '"یەک دوو"'], 'from': ['1970', '1970-01', '2021-03-05'], 'to': ['2021', '1999-12'], 'outlet': ['hewal-samples', 'نەناسراو'],
            'about': ['سەرۆک', 'کۆبوونەوە'], 'article': [q['article'], 'nothing'], 'speaker': [str(q['speaker']['id']), 'nixon', 'هیچکەس'], 'named': ['nixon', '1'],
            'actor': [str(v['actors'][0]['id']), 'nixon'], 'target': [str(v['targets'][0]['id'])], 'who': ['nixon'], 'place': [str(v['place']['id']), 'Washington'],
            'name': ['nixon', 'سادات'], 'once': ['1', '0'], 'copies': ['1', '0'], 'facets': ['1', '0'], 'groups': ['1', '0'], 'limit': ['1', '7'], 'after': [None], 'lang': ['en']}

def test_answers():
    """every answer of every route fits its schema, with every parameter and every value of those that have a list"""
    filled_store()
    with Server() as s:
        doc = s.json('openapi.json'); values = some_values(s); n = 0; seen = set()
        ids = {'articles': s.json('articles?limit=3')['items'], 'quotes': s.json('quotes?limit=3')['items'], 'events': s.json('events?limit=3')['items'], 'entities': s.json('entities?limit=3')['items']}
        for path, x in doc['paths'].items():
            content = x['get']['responses']['200']['content']
            what = path.removeprefix(API).split('/')[0]
            targets = [path.replace('{id}', u(str(i['id']))) for i in ids[what]] if '{id}' in path else [path]
            params = [resolve(doc, p) for p in x['get'].get('parameters', [])]; params = [p for p in params if p['in'] == 'query']
            needed = '&'.join(f'{p["name"]}={u(values[p["name"]][0])}' for p in params if p['required'])
            queries = [needed]
            for p in params:
                for v in p['schema'].get('enum') or values[p['name']]:
                    if v is not None and not p['required']: queries.append(f'{needed}&{p["name"]}={u(v)}')
                    elif v is not None: queries.append(f'{p["name"]}={u(v)}')
            for target in targets:
                for query in queries:
                    r = s.ask(f'{target}?{query}' if query else target); n += 1
                    kind = r.getheader('Content-Type').split(';')[0]
                    if kind not in content: raise AssertionError(f'{target}?{query}: {kind} is not described')
                    seen.add((path, kind))
                    if kind == 'application/json':
                        body = json.loads(r.body); fits(doc, content[kind]['schema'], body, f'{target}?{query}')
                    elif kind == 'application/x-ndjson': [json.loads(l) for l in r.body.decode().split('\n') if l]
                    elif kind == 'text/csv':
                        rows = list(csv.reader(io.StringIO(r.body.decode(), newline=''))); assert len({len(row) for row in rows}) == 1, target
                    elif kind == 'application/atom+xml': ET.fromstring(r.body)
                    else: assert r.body.decode(), target
        missing = {(p, k) for p, x in doc['paths'].items() for k in x['get']['responses']['200']['content']} - seen
        assert n > 200 and not missing, (n, missing)

# ---- what they say --------------------------------------------------------------------------------------------------------------

def db(sql, *args):
    with sqlite3.connect('s.db') as d: return d.execute(sql, args).fetchall()

def test_counts():
    """counts: as SQL counts them, whatever they are counted by"""
    filled_store()
    with Server() as s:
        n = s.json('counts'); same(n['quotes'], db('SELECT count(*) FROM quotes')[0][0]); same(n['articles'], db('SELECT count(*) FROM articles')[0][0])
        for by, key in (('channel', 'channel'), ('kind', 'kind'), ('year', "nullif(substr(date, 1, 4), '')"), ('speaker', 'speaker')):
            got = {x['entity']['id'] if x['entity'] else x['key']: x['n'] for x in s.json(f'counts/quotes?by={by}&limit=10000')['items']}
            same(got, dict(db(f'SELECT {key}, count(*) FROM quotes GROUP BY 1')), by)
        for by, key in (('type', 'type'), ('mode', 'mode'), ('status', 'status'), ('place', 'place')):
            got = {x['entity']['id'] if x['entity'] else x['key']: x['n'] for x in s.json(f'counts/events?by={by}&limit=10000')['items']}
            same(got, dict(db(f'SELECT {key}, count(*) FROM events GROUP BY 1')), by)
        over = s.json('counts/quotes?by=channel&over=year&limit=10000')['items']
        for k, total in db('SELECT channel, count(*) FROM quotes GROUP BY 1'):
            same(sum(x['n'] for x in over if x['key'] == k), total, k); same({x['total'] for x in over if x['key'] == k}, {total})
        weeks = [x['key'] for x in s.json('counts/articles?by=week')['items'] if x['key']]
        import datetime
        assert weeks == sorted(weeks) and all(datetime.date.fromisoformat(w).weekday() == 0 for w in weeks), weeks
        # The same filter, the same number: lists and counts.
        for f in ('speaker=nixon', 'about=' + u('سەرۆک'), 'from=1970&to=1979', 'channel=statement', 'named=nixon', 'outlet=hewal-samples'):
            listed = len(s.ask(API + f'quotes?format=jsonl&{f}').body.splitlines())
            same(sum(x['n'] for x in s.json(f'counts/quotes?by=kind&{f}')['items']), listed, f)
        for f in ('who=nixon', 'type=CONSULT', 'about=' + u('سەردان'), 'once=1', 'actor=nixon&from=1972'):
            listed = len(s.ask(API + f'events?format=jsonl&{f}').body.splitlines())
            same(sum(x['n'] for x in s.json(f'counts/events?by=status&{f}')['items']), listed, f)

def test_voices():
    """voices: women and men by the lists of people and given names, and the sum is all quotes"""
    filled_store()
    with Server() as s:
        sexes = {x['key']: x['n'] for x in s.json('voices?by=sex')['items']}
        same(sum(sexes.values()), s.json('counts')['quotes']); assert sexes['f'] > 0 and sexes['m'] > sexes['f'], sexes
        over = s.json('voices?by=sex&over=year')['items']
        for k, n in sexes.items(): same(sum(x['n'] for x in over if x['key'] == k), n, k); same({x['total'] for x in over if x['key'] == k}, {n})
        people = {x['entity']['name']: x for x in s.json('voices?by=speaker&limit=10000')['items'] if x['entity']}
        same((people['Richard Nixon']['sex'], people['Richard Nixon']['sex_by']), ('m', 'person'))

def test_network():
    """network: who meets whom, each event once however many report it"""
    meeting = 'جۆرج بوش و تۆنی بلێر لە واشنتن کۆبوونەوە.'
    write('m.jsonl', ''.join(json.dumps({'id': f'm{i}', 'outlet': f'o{i}', 'published': '2003-01-31', 'text': meeting + ' ' + 'x' * i}, ensure_ascii=False) + '\n' for i in range(3)))
    good('add', '--store=s.db', 'm.jsonl')
    with Server() as s:
        pairs = s.json('network?relation=meets')['items']; same([p['n'] for p in pairs], [1], pairs)
        same({pairs[0]['a']['name'], pairs[0]['b']['name']}, {'George W. Bush', 'Tony Blair'})
        event = s.json('events?type=CONSULT')['items'][0]; same(event['reports'], 3)
        c = s.json(f'events/{event["id"]}/compare'); same(len(c['reports']), 3); same({r['event']['outlet'] for r in c['reports']}, {'o0', 'o1', 'o2'})
        same(s.json('network?relation=accuses')['items'], [])

def test_compare():
    """compare: who is quoted in which report of one event"""
    base = 'سەرۆک جۆرج بوش لەگەڵ تۆنی بلێر لە واشنتن کۆبووەوە. '
    write('m.jsonl', ''.join(json.dumps({'id': i, 'outlet': i, 'published': '2003-01-31', 'text': base + more}, ensure_ascii=False) + '\n' for i, more in (
        ('a', 'جۆرج بوش ڕایگەیاند: «کات بەسەر دەچێت».'), ('b', 'جۆرج بوش ڕایگەیاند: «کات بەسەر دەچێت». تۆنی بلێر گوتی: «ئێمە یەکگرتووین».'))))
    good('add', '--store=s.db', 'm.jsonl')
    with Server() as s:
        event = next(v for v in s.json('events?type=CONSULT&order=oldest')['items'] if v['reports'] == 2)
        c = s.json(f'events/{event["id"]}/compare')
        same({x['speaker']['name']: x['articles'] for x in c['speakers']}, {'George W. Bush': ['a', 'b'], 'Tony Blair': ['b']})

def test_similar():
    """similar: those that name the same come first, the article itself not at all"""
    texts = {'a': 'جۆرج بوش لەگەڵ تۆنی بلێر لە کامپ دەیڤید کۆبووەوە.', 'b': 'تۆنی بلێر گەیشتە کامپ دەیڤید.', 'c': 'تۆنی بلێر لە لەندەنە.', 'd': 'ئەمڕۆ باران باری.'}
    write('m.jsonl', ''.join(json.dumps({'id': i, 'text': t}, ensure_ascii=False) + '\n' for i, t in texts.items())); good('add', '--store=s.db', 'm.jsonl')
    with Server() as s:
        same([x['id'] for x in s.json('articles/a/similar')['items']], ['b', 'c']); same(s.json('articles/d/similar')['items'], []); same(s.json('articles/none/similar')['items'], [])
        same(len(s.json('articles/a/similar?limit=1')['items']), 1)

def test_paging():
    """paging: going on by next gives every row once, in the order of the whole"""
    filled_store()
    with Server() as s:
        for what in ('articles', 'quotes', 'events', 'quotes?order=oldest', 'entities', f'search?q={u("سەرۆک")}'):
            sep = '&' if '?' in what else '?'; ids, after = [], None
            for _ in range(2000):
                a = s.json(f'{what}{sep}limit=7' + (f'&after={u(after)}' if after else '')); ids += [x['id'] for x in a['items']]; after = a['next']
                assert len(a['items']) <= 7
                if not after: break
            whole = s.json(f'{what}{sep}limit=500')
            same(ids, [x['id'] for x in whole['items']], what) if not whole['next'] else same(ids[:500], [x['id'] for x in whole['items']], what)
            same(len(ids), len(set(ids)), what); assert len(ids) > 10, what

def test_downloads():
    """downloads: everything, as CSV and JSON lines, the same rows as the pages have"""
    filled_store()
    with Server() as s:
        for what, table in (('quotes', 'quotes'), ('events', 'events'), ('articles', 'articles')):
            n = db(f'SELECT count(*) FROM {table}')[0][0]
            r = s.ask(API + what + '?format=jsonl'); lines = [json.loads(l) for l in r.body.decode().split('\n') if l]; same(len(lines), n, what)
            assert r.getheader('Content-Disposition') == f'attachment; filename="{what}.jsonl"'
            rows = list(csv.DictReader(io.StringIO(s.ask(API + what + '?format=csv').body.decode(), newline=''))); same(len(rows), n, what)
            same(len(s.ask(API + what + '?format=csv&limit=3').body.decode().split('\r\n')), 5, what)
        quotes = [json.loads(l) for l in s.ask(API + 'quotes?format=jsonl').body.decode().split('\n') if l]; same(quotes[:100], s.json('quotes?limit=100')['items'])
        record = json.loads(s.ask(API + 'articles?format=jsonl&limit=1').body)
        same(record, s.json('articles/' + u(record['id'])))
        raw = record['text'].encode()
        for q in record['quotes']: assert raw[q['b']:q['e']].decode()
        exported = {x['id']: x for x in good('export', '--store=s.db').lines()}[record['id']]
        same({k: v for k, v in record.items() if k != 'entity_ids'}, exported)
        for form, export in (('bibtex', 'bibtex'), ('turtle', 'turtle'), ('polecat', 'polecat-csv'), ('conllu', 'conllu')):
            same(sorted(s.ask(API + f'articles?order=oldest&format={form}').body.split(b'\n')), sorted(good('export', '--store=s.db', f'--format={export}').raw.split(b'\n')), form)
            assert s.ask(API + f'articles/{u(record["id"])}?format={form}').body

def test_atom():
    """Atom: what RFC 4287 asks of a feed and its entries; ids stay, links are whole"""
    write('a.jsonl', json.dumps({'id': 'a/b?c', 'title': '<b>&x</b>', 'outlet': 'o', 'published': '2021-03-05', 'url': 'javascript:alert(1)', 'text': sample_text(SAMPLE).replace('، ', '، \u0001\ufffe')}, ensure_ascii=False) + '\n' +
          json.dumps({'id': 'c', 'url': 'https://example.org/?a=1&b=2', 'text': sample_text(SAMPLE)[:900]}, ensure_ascii=False))
    good('add', '--store=s.db', 'a.jsonl')
    ns = {'a': 'http://www.w3.org/2005/Atom'}; stamp = re.compile(r'^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ$')
    with Server() as s:
        for what in ('articles.atom', 'quotes.atom?limit=50', 'events.atom?about=' + u('پاپا'), 'search.atom?q=' + u('پاپا'), 'search.atom?q=zzzzqqqq'):
            r = s.ask(API + what); f = ET.fromstring(r.body); again = ET.fromstring(s.ask(API + what, headers={'Host': f'localhost:{s.port}'}).body)
            same(f.tag, '{http://www.w3.org/2005/Atom}feed'); same(r.getheader('Content-Type').split(';')[0], 'application/atom+xml')
            for x in [f] + f.findall('a:entry', ns):
                for one in ('id', 'title', 'updated'): same(len(x.findall(f'a:{one}', ns)), 1, one)
                assert stamp.match(x.find('a:updated', ns).text), x.find('a:updated', ns).text
                assert re.match(r'^urn:uuid:[0-9a-f]{8}-[0-9a-f]{4}-8[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$', x.find('a:id', ns).text)
            assert f.find('a:author/a:name', ns) is not None
            entries = f.findall('a:entry', ns); same(len({e.find('a:id', ns).text for e in entries}), len(entries), what)
            same([x.text for x in f.iter('{http://www.w3.org/2005/Atom}id')], [x.text for x in again.iter('{http://www.w3.org/2005/Atom}id')])
            for l in f.iter('{http://www.w3.org/2005/Atom}link'): assert re.match(r'^https?://[^\s"<>]+$', l.get('href')), l.get('href')
            same(s.ask(f.find("a:link[@rel='self']", ns).get('href').replace(s.url.rstrip('/'), '')).status, 200)
        titles = [e.find('a:title', ns).text for e in ET.fromstring(s.ask(API + 'articles.atom').body).findall('a:entry', ns)]
        assert '<b>&x</b>' in titles, titles
        assert '\ufffd\ufffd' in s.ask(API + 'quotes.atom').body.decode(), 'characters that XML cannot hold'

# ---- HTTP ------------------------------------------------------------------------------------------------------------------------

def test_headers():
    """headers: a strict policy, no sniffing, no referrer, on every kind of answer"""
    filled_store()
    with Server() as s:
        for target, status in (('/', 200), ('/nothing', 404), (API + 'counts', 200), (API + 'quotes?limit=x', 400), (API + 'quotes?format=csv', 200), (API + 'quotes.atom', 200), ('/static/x/none.css', 404)):
            r = s.ask(target, status=status)
            csp = r.getheader('Content-Security-Policy'); assert csp.startswith("default-src 'none'; script-src 'self'; style-src 'self';") and 'unsafe' not in csp and "frame-ancestors 'none'" in csp
            same((r.getheader('X-Content-Type-Options'), r.getheader('Referrer-Policy'), r.getheader('Access-Control-Allow-Origin')), ('nosniff', 'no-referrer', None), target)

def test_head():
    """HEAD: the headers of GET, no body; other methods are refused"""
    filled_store()
    with Server() as s:
        for target in ('/', API + 'counts', API + 'quotes', API + 'quotes?format=csv'):
            g, h = s.ask(target), s.ask(target, 'HEAD')
            same((h.body, h.getheader('Content-Type'), h.getheader('ETag')), (b'', g.getheader('Content-Type'), g.getheader('ETag')), target)
            same(h.getheader('Content-Length'), g.getheader('Content-Length'), target)
        same(s.ask(API + 'none', 'HEAD', status=404).body, b'')
        for m in ('POST', 'PUT', 'DELETE', 'PATCH', 'OPTIONS', 'TRACE', 'NONSENSE'): same(s.ask(API + 'counts', m, status=405).getheader('Allow'), 'GET, HEAD', m)
        same(s.raw(b'GET /api/v1/counts HTTP/1.1\r\nHost: localhost\r\nContent-Length: 5\r\n\r\nhello')[:12], b'HTTP/1.1 413')
        same(s.raw(b'GET /api/v1/counts HTTP/1.1\r\nHost: localhost\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nhello\r\n0\r\n\r\n')[:12], b'HTTP/1.1 413')

def test_etag():
    """ETag: the same until something is added; If-None-Match gives 304 without a body"""
    filled_store()
    with Server() as s:
        for target in ('/', API + 'quotes', API + 'counts', API + 'quotes.atom', API + 'openapi.json'):
            tag = s.ask(target).getheader('ETag'); assert tag, target; same(s.ask(target).getheader('ETag'), tag)
            for sent in (tag, tag.removeprefix('W/'), f'"x", {tag}', '*'):
                r = s.ask(target, headers={'If-None-Match': sent}, status=304); same((r.body, r.getheader('ETag')), (b'', tag), target)
            s.ask(target, headers={'If-None-Match': '"other"'})
        a = s.ask(API + 'quotes').getheader('ETag'); assert a != s.ask(API + 'quotes?limit=3').getheader('ETag')
        write('n.txt', 'جۆرج بوش ڕایگەیاند: «کات بەسەر دەچێت».'); good('add', '--store=s.db', 'n.txt')
        s.until('quotes', lambda r: r.getheader('ETag') != a)

def test_gzip():
    """gzip: where the client takes it, the same content"""
    filled_store()
    with Server() as s:
        plain = s.ask(API + 'quotes?limit=50')
        for accept, packed in (('gzip', True), ('br, gzip;q=0.5', True), ('gzip;q=0', False), ('identity', False), ('', False)):
            r = s.ask(API + 'quotes?limit=50', headers={'Accept-Encoding': accept})
            same(r.getheader('Content-Encoding'), 'gzip' if packed else None, accept); same(gzip.decompress(r.body) if packed else r.body, plain.body); assert 'Accept-Encoding' in r.getheader('Vary')

def test_static():
    """files of pages: kept for ever under their hash, asked for again under another, nothing outside"""
    filled_store()
    with Server() as s:
        href = re.search(r'href="(/static/[0-9a-f]+/hewal\.css)"', s.ask('/').body.decode()).group(1)
        r = s.ask(href); assert 'immutable' in r.getheader('Cache-Control') and r.getheader('Content-Type') == 'text/css; charset=utf-8'
        assert 'immutable' not in s.ask('/static/0123456789ab/hewal.css').getheader('Cache-Control')
        z = s.ask(href, headers={'Accept-Encoding': 'gzip'}); same(gzip.decompress(z.body) if z.getheader('Content-Encoding') else z.body, r.body)
        for evil in ('/static/../meson.build', '/static/x/../../etc/passwd', '/static/x/%2e%2e/%2e%2e/etc/passwd', '/static/x/..%2f..%2fetc%2fpasswd', '//etc/passwd', '/static/x//etc/passwd', '/%00', '/static/x/hewal.css%00'):
            assert s.ask(evil, status=None).status in (400, 404), evil

def test_bad_parameters():
    """parameters: what is wrong is refused, with its name, and nothing else happens"""
    filled_store()
    with Server() as s:
        for target, parameter in (('quotes?limit=0', 'limit'), ('quotes?limit=501', 'limit'), ('quotes?limit=-1', 'limit'), ('quotes?limit=1e3', 'limit'), ('quotes?limit=99999999999999999999', 'limit'), ('quotes?nonsense=1', 'nonsense'),
                                  ('quotes?from=2021-13', 'from'), ('quotes?from=yesterday', 'from'), ('quotes?channel=radio', 'channel'), ('quotes?limit=3&limit=4', 'limit'), ('events?type=consult', 'type'), ('events?once=2', 'once'),
                                  ('search', 'q'), ('search?q=', 'q'), ('search?q=%20', None), ('counts/quotes?by=colour', 'by'), ('counts/quotes?over=decade', 'over'), ('quotes?speaker=' + 'x' * 300, 'speaker'), ('quotes?about=' + 'x' * 1001, 'about'),
                                  ('quotes?after=x', None), ('search?q=a&after=x', 'after'), ('quotes?about=%D9%AA%D8', 'about'), ('quotes?about=...', None), ('entities?after=1,2', None), ('network?relation=hates', 'relation')):
            e = json.loads(s.ask(API + target, status=400).body); assert e['error'] and set(e) == {'error', 'parameter'}, target
            if parameter: same(e['parameter'], parameter, target)
        for target in ('quotes/0', 'quotes/x', 'quotes/999999999', 'quotes/1e5', 'events/99999999999999999999', 'events/-1', 'events/7777777/compare', 'entities/0', 'entities/88888888', 'articles/none', 'nothing', '', 'quotes/1/2/3/4/5/6/7', 'QUOTES'):
            e = json.loads(s.ask(API + target, status=404).body); assert e['error'], target
        same(len(s.json('quotes?channel=&from=&speaker=')['items']), 20, 'empty ones count as not given')

def test_says():
    """what is said of a query is said in Kurdish on the Kurdish pages, all of it that the sources have"""
    said = {line.split('\t')[1] for line in open(os.path.join(ROOT, 'lang/interface/ckb.tsv'), encoding='utf8') if line.startswith('says.')}; shapes = [re.compile(re.sub(r'\\\{\d\\\}', '.+', re.escape(x))) for x in said]
    for name in sorted(os.listdir(os.path.join(ROOT, 'src/search'))):
        if not name.endswith('.c'): continue
        text = open(os.path.join(ROOT, 'src/search', name), encoding='utf8').read()
        for m in re.finditer(r'(?:hw_query_fault|hw_query_remark|fault)\((?:[^";]|"%s")*?"([^"]+)"', text):
            if m.group(1) in ('query:%u: %s', '«%s:» %s'): continue
            one = re.sub(r'%\.\*s|%s|%d', 'x', m.group(1))
            if not any(s.fullmatch(one) for s in shapes): raise AssertionError(f'{name}: {one!r} is not in lang/interface')
    filled_store()
    with Server() as s:
        for q in ['-نەوت', 'NEAR/0 x', 'نەوت NEAR/0 گاز', '"نەوت', '(نەوت', 'نەوت)', 'from:x', 'type:BAD', 'title:', 'speaker:qqqqzzzz نەوت', 'OR نەوت', 'نەوت OR', 'نەوت NOT', 'abcd:zz نەوت', '?!', 'language:xx', 'x ' * 3000]:
            body = s.ask('/?lang=ckb&q=' + quote(q), status=None).body.decode()
            notes = re.findall(r'<p class="note"[^>]*>.*?</p>', body)
            if any('lang="en"' in n for n in notes): raise AssertionError(f'{q[:40]!r}: {notes}')
        assert 'پێویستە' in s.ask('/?lang=ckb&q=title:', status=400).body.decode() and 'wants a value' in s.ask('/?lang=en&q=title:', status=400).body.decode()

def test_broken_encoding():
    """percent-encoding and UTF-8: what is broken is refused, control characters too; a plus is a space"""
    filled_store()
    with Server() as s:
        for x in ('%', '%0', '%zz', '%C3', '%FF', '%ED%A0%80', '%C0%AF', '%F4%90%80%80', '%00', '%0D%0AX-Evil:%201', '%0a', '%1b[31m', '%7f', '%C2%85'):
            for target in (f'search?q={x}', f'search?{x}=1', f'articles/{x}', f'quotes?speaker=a{x}'):
                r = s.ask(API + target, status=400); assert r.getheader('X-Evil') is None and json.loads(r.body)['error'], target
        same(s.json('search?q=' + u('ڕێککەوتن') + '+' + u('ئەتۆمی')), s.json('search?q=' + u('ڕێککەوتن ئەتۆمی')))
        assert s.raw(b'GET /api/v1/search?q=\xda\x95\xff HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n').startswith(b'HTTP/1.1 400')
        assert s.raw('GET /api/v1/search?q=ڕێککەوتن HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n'.encode()).startswith(b'HTTP/1.1 200')

def test_injection():
    """injection: SQL, FTS5, paths, headers and scripts are words like others"""
    write('e.jsonl', json.dumps({'id': "<script>alert('id')</script>", 'title': '<script>alert(1)</script>', 'outlet': '"><img src=x onerror=alert(1)>', 'text': sample_text(SAMPLE)}, ensure_ascii=False)); good('add', '--store=s.db', 'e.jsonl')
    before = db('SELECT count(*) FROM quotes')
    with Server() as s:
        for x in ("' OR 1=1 --", "'; DROP TABLE quotes; --", '" OR "" = "', '1) OR (1=1', '%', '_', '*', 'a" NEAR "b', 'words MATCH', '{', '../../../etc/passwd', '\\', "x' UNION SELECT sql FROM sqlite_master --", '$(id)', '<script>'):
            for target in ('quotes?outlet=', 'quotes?article=', 'quotes?speaker=', 'events?who=', 'articles?outlet=', 'entities?name=', 'search?q=', 'quotes?about=', 'quotes?after=', 'articles/'):
                r = s.ask(API + target + u(x), status=None); body = json.loads(r.body)
                assert r.status in (200, 400, 404), (target, x, r.status)
                assert not (r.status == 200 and target not in ('search?q=', 'quotes?about=', 'entities?name=', 'quotes?speaker=', 'events?who=') and body.get('items')), (target, x)
                assert r.getheader('Content-Type') == 'application/json'
        page = s.ask('/' + u('<script>alert(1)</script>'), status=404).body; assert b'<script>alert' not in page
        r = s.ask(API + 'articles/' + u("<script>alert('id')</script>")); same(json.loads(r.body)['title'], '<script>alert(1)</script>')
        assert b'<script>' not in s.ask(API + 'articles.atom').body
    same(db('SELECT count(*) FROM quotes'), before)

def test_host():
    """Host: other names than ours are turned away (DNS rebinding); ports do not matter"""
    filled_store()
    with Server('--names=archive.example,hewal') as s:
        for h in ('localhost', f'localhost:{s.port}', '127.0.0.1', 'LOCALHOST:1', '[::1]:80', 'archive.example', 'Hewal:8080'): s.ask(API + 'counts', headers={'Host': h})
        for h in ('evil.example', 'localhost.evil.example', '127.0.0.1.evil.example', '10.0.0.1', 'evil.example:8080', '127.0.0.1:x', '[::1', '', ':80', 'archive.example,evil.example', 'archive'):
            assert s.ask(API + 'counts', headers={'Host': h}, status=None).status in (400, 421), h
        assert s.raw(b'GET /api/v1/counts HTTP/1.1\r\nHost: localhost\r\nHost: evil.example\r\nConnection: close\r\n\r\n').startswith(b'HTTP/1.1 400')
        assert s.raw(b'GET /api/v1/counts HTTP/1.1\r\nConnection: close\r\n\r\n').startswith(b'HTTP/1.1 400')

def test_long():
    """long addresses and headers: refused, and the server goes on"""
    filled_store()
    with Server() as s:
        for n in (8000, 9000, 20000, 100000, 2000000):
            got = s.raw(b'GET /api/v1/search?q=' + b'x' * n + b' HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n')
            assert not got or got[9:12] in (b'400', b'413', b'414', b'431'), (n, got[:100])
            got = s.raw(b'GET /api/v1/counts HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\nX-Long: ' + b'x' * n + b'\r\n\r\n')
            assert not got or got[9:12] in (b'200', b'431', b'413', b'400'), (n, got[:100])
        same(s.ask(API + 'search?q=' + 'x' * 8200, status=414).getheader('X-Content-Type-Options'), 'nosniff')
        s.ask(API + 'search?' + '&'.join(f'p{i}=1' for i in range(60)), status=400)
        s.ask('/' + 'a/' * 3000, status=404)
        for junk in (b'\x00' * 100, b'\x16\x03\x01\x02\x00\x01\x00', b'GET\r\n\r\n', b'GET /\r\n\r\n', b'GET  HTTP/1.1\r\n\r\n', b'\r\n' * 2000, b'GET / HTTP/9.9\r\nHost: localhost\r\n\r\n', b'GET http://localhost/ HTTP/1.1\r\nHost: localhost\r\n\r\n'): s.raw(junk)
        s.ask(API + 'counts')

def test_slow():
    """slow clients: a request that does not come to its end is cut off, and meanwhile the others are answered"""
    filled_store()
    with Server('--threads=2') as s:
        slow = []
        for i in range(40):
            c = socket.create_connection(('127.0.0.1', s.port)); c.sendall(b'GET /api/v1/counts HTTP/1.1\r\nHost: localhost\r\n'); slow.append(c)
        began = time.time(); open_still = set(range(len(slow)))
        while open_still and time.time() - began < 50:
            for i in list(open_still):
                try:
                    slow[i].sendall(b'X-A: b\r\n')
                    slow[i].settimeout(0.001)
                    if slow[i].recv(100) == b'': open_still.discard(i)
                except TimeoutError: pass
                except OSError: open_still.discard(i)
            a = time.time(); s.ask(API + 'quotes?limit=1'); assert time.time() - a < (20 if SANITIZED else 5)
            time.sleep(1)
        took = time.time() - began
        assert not open_still and took > 20, (len(open_still), took)
        for c in slow: c.close()

def test_many():
    """many at once: 200 connections, every answer whole and right; more than the limit does no harm"""
    filled_store()
    with Server('--threads=4') as s:
        want = {t: s.ask(t).body for t in (API + 'quotes?limit=50', API + 'counts', API + 'search?q=' + u('سەرۆک'), API + 'quotes?format=csv&limit=40', API + 'entities?name=nixon')}
        wrong = []
        def work(k):
            try:
                c = http.client.HTTPConnection('127.0.0.1', s.port, timeout=120)
                for i in range(5):
                    t = list(want)[(i + k) % len(want)]; r = s.ask(t, connection=c, status=None)
                    if r.status == 503 and 'format=csv' in t: continue
                    if r.status != 200 or r.body != want[t]: wrong.append((t, r.status))
                c.close()
            except OSError as x: wrong.append(x)
        threads = [threading.Thread(target=work, args=(k,)) for k in range(200)]
        for t in threads: t.start()
        for t in threads: t.join()
        assert not wrong, wrong[:3]
        idle = []
        for _ in range(700):
            try: idle.append(socket.create_connection(('127.0.0.1', s.port), timeout=0.2))
            except OSError: break
        for c in idle: c.close()
        time.sleep(0.5); s.ask(API + 'counts')

def test_while_adding():
    """reading while articles are added: every answer is of one state, pages and counts go on"""
    lines = [json.dumps({'id': f'n{i}', 'published': '2021-03-05', 'outlet': f'o{i % 3}', 'text': sample_text(SAMPLE)[: 700 + i]}, ensure_ascii=False) for i in range(120 if SANITIZED else 400)]
    write('0.jsonl', lines[0]); write('m.jsonl', '\n'.join(lines)); good('add', '--store=s.db', '0.jsonl')
    with Server() as s:
        p = subprocess.Popen([HEWAL, 'add', '--store=s.db', '--threads=1', 'm.jsonl'], stdout=subprocess.DEVNULL)
        seen = []
        while p.poll() is None:
            n = s.json('counts'); seen.append(n['articles'])
            over = s.json('counts/articles?by=outlet&over=year')['items']; assert all(sum(y['n'] for y in over if y['key'] == x['key']) == x['total'] for x in over)
            r = s.json('articles?limit=1'); article = s.json('articles/' + r['items'][0]['id'])
            same(len(article['mentions']) > 0, True)
            lines_now = s.ask(API + 'quotes?format=jsonl').body; assert lines_now.endswith(b'\n')
            time.sleep(0.02)
        same(p.returncode, 0); assert seen == sorted(seen), seen
        s.until('counts', lambda r: json.loads(r.body)['articles'] == len(lines)); s.until('articles?limit=500', lambda r: len(json.loads(r.body)['items']) == len(lines))

def test_stop():
    """stopping: running requests are answered, downloads end, the exit is clean; by both signals"""
    filled_store()
    for sig in (signal.SIGINT, signal.SIGTERM):
        s = Server(); s.__enter__(); wrong = []
        def work():
            while True:
                try: c = http.client.HTTPConnection('127.0.0.1', s.port, timeout=30); r = s.ask(API + 'quotes?limit=100', connection=c, status=None); json.loads(r.body); c.close()
                except (ConnectionError, http.client.HTTPException, TimeoutError): return  # no longer there
                except Exception as x: wrong.append(x); return
        threads = [threading.Thread(target=work) for _ in range(6)]
        for t in threads: t.start()
        held = socket.create_connection(('127.0.0.1', s.port)); held.sendall(b'GET /api/v1/quotes?format=jsonl HTTP/1.1\r\nHost: localhost\r\n\r\n')
        time.sleep(0.5); began = time.time(); s.stop(sig)
        for t in threads: t.join()
        held.close(); assert not wrong, wrong[0]; assert time.time() - began < 30
        s.log.close()

def test_usage():
    """the command: a port that is taken, a store that is none, names and numbers that make no sense"""
    filled_store(); write('x', 'no store')
    with Server() as s: bad('serve', '--store=s.db', f'--port={s.port}', says='in use')
    bad('serve', '--store=none.db', '--port=0', says='none.db'); bad('serve', '--store=x', '--port=0', says='x')
    bad('serve', '--store=s.db', '--port=70000', code=2, says='port'); bad('serve', '--store=s.db', '--port=-1', code=2); bad('serve', '--store=s.db', '--port=0', '--host=no such host', code=2, says='no such host')
    bad('serve', 'extra', code=2)
    with Server('--verbose') as s: s.ask('/x%0Ay', status=400); s.ask(API + 'counts')
    with open('serve.log') as f: log = f.read()
    same(sorted(l.split()[1:3] for l in log.split('\n') if l), [['/api/v1/counts', '200'], ['/x%0Ay', '400']], log)

def test_one_thread():
    """one thread; and the thread sanitizer's own program, when it is there"""
    filled_store()
    with Server('--threads=1') as s: s.ask(API + 'counts')
    program = os.environ.get('HEWAL_TSAN')
    if not program: return
    with Server('--threads=8', program=program) as s:
        wrong = []
        def work(k):
            try:
                for i in range(6):
                    for t in ('counts', 'quotes?limit=3', 'quotes?format=csv&limit=9', f'search?q={u("سەرۆک")}', 'counts/quotes?by=speaker', 'events.atom', f'entities?name=n{k}', 'network'):
                        r = s.ask(API + t, status=None)
                        if r.status not in (200, 503): wrong.append((t, r.status))
            except OSError as x: wrong.append(x)
        threads = [threading.Thread(target=work, args=(k,)) for k in range(12)]
        for t in threads: t.start()
        write('n.txt', sample_text(SAMPLE)); good('add', '--store=s.db', 'n.txt')
        for t in threads: t.join()
        assert not wrong, wrong[:3]

if __name__ == '__main__': main(sys.modules[__name__])
