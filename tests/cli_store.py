#!/usr/bin/env python3
"""The commands on a store: add, search, quotes, events, who, show, export, and how they are shown. TAP."""
import csv, io, os, pty, re, select, subprocess, sys, time, unicodedata
from clikit import *

TEXT = sample_text('a09-pope-iraq-2021.txt')

def width(s):
    """Columns, told by Python's own tables."""
    return sum(0 if unicodedata.category(c) in ('Mn', 'Me', 'Cf') else 2 if unicodedata.east_asian_width(c) in 'WF' else 1 for c in s)

def terminal(*args, env=None, columns=None):
    """What the program writes to a terminal, both streams."""
    main, side = pty.openpty()
    e = dict(os.environ, HOME=os.getcwd(), TERM='xterm')
    for k in ('NO_COLOR', 'COLUMNS', 'HEWAL_STORE'): e.pop(k, None)
    if columns: e['COLUMNS'] = str(columns)
    e.update(env or {})
    p = subprocess.Popen([HEWAL, *args], stdin=side, stdout=side, stderr=side, env=e); os.close(side)
    out = b''
    while True:
        try: piece = os.read(main, 65536)
        except OSError: break
        if not piece: break
        out += piece
    os.close(main); p.wait()
    return out.decode()

def test_add():
    """add: adds, skips what is there, replaces what has changed, and says so"""
    a = json.dumps({'id': 'a', 'text': TEXT}); write('1.jsonl', a + '\n' + json.dumps({'id': 'b', 'text': 'ئەمە دەقێکە'}) + '\n')
    same(good('add', '--store=s.db', '1.jsonl').out, 'added 2, replaced 0, skipped 0 (there already), refused 0\nlanguage ckb 2\n')
    r = good('add', '--store=s.db', '1.jsonl'); same((r.out, r.err), ('added 0, replaced 0, skipped 2 (there already), refused 0\n', ''))
    write('2.jsonl', json.dumps({'id': 'b', 'text': 'ئەمە دەقێکی نوێیە'}) + '\n')
    assert good('add', '--store=s.db', '2.jsonl').out.startswith('added 0, replaced 1, skipped 0')
    recs = {x['id']: x['text'] for x in good('export', '--store=s.db').lines()}; same(recs, {'a': TEXT, 'b': 'ئەمە دەقێکی نوێیە'})

def test_languages():
    """add: other languages than Sorani are stored, labelled and counted, not annotated; --language=any annotates them"""
    kurmanji = 'Serokwezîrê Iraqê Mistefa Kazimî li Bexdayê bi serokê Emerîkayê re civiya û got ku pêwendiyên wan baş in û wê berdewam bin.'
    arabic = 'التقى رئيس الوزراء العراقي مصطفى الكاظمي في بغداد رئيس الولايات المتحدة الأمريكية جو بايدن وقال إن العلاقات بين البلدين جيدة.'
    write('3.jsonl', ''.join(json.dumps({'id': i, 'text': t}) + '\n' for i, t in (('k', kurmanji), ('a', arabic), ('s', TEXT), ('x', 'سوپاس'))))
    out = good('add', '--store=l.db', '3.jsonl').out.splitlines(); same(out[0], 'added 4, replaced 0, skipped 0 (there already), refused 0')
    assert 'ckb 1' in out[1] and 'kmr 1 (not annotated)' in out[1] and 'ar 1 (not annotated)' in out[1], out
    recs = {x['id']: x for x in good('export', '--store=l.db').lines()}; same(set(recs), {'k', 'a', 's', 'x'}); assert recs['s']['mentions'] and not recs['k']['mentions'] and not recs['a']['mentions']
    assert good('search', '--store=l.db', '--format=json', 'الكاظمي').json()['items'][0]['id'] == 'a'
    assert 'not annotated' not in good('add', '--store=any.db', '--language=any', '3.jsonl').out
    assert good('add', '--store=l.db', '3.jsonl').out.startswith('added 0, replaced 0, skipped 4')

def test_copies():
    """near-duplicates: the same text in other outlets is counted once, with the outlets; --copies shows all; show names them"""
    lines = TEXT.split('\n'); rows = [('one', 'Outlet A', TEXT), ('two', 'Outlet B', '\n'.join(['سەردێڕێکی تر لێرەدا دانراوە.'] + lines[1:])), ('three', 'Outlet C', TEXT + '\nسوپاس.'), ('other', 'Outlet B', sample_text('a05-jcpoa-2015.txt'))]
    write('c.jsonl', ''.join(json.dumps({'id': i, 'outlet': o, 'text': t, 'published': '2021-03-05'}) + '\n' for i, o, t in rows))
    assert 'near-duplicates 2 ' in good('add', '--store=c.db', 'c.jsonl').out
    once, all_ = (good('quotes', '--store=c.db', '--format=json', '--limit=1000', *more).json()['items'] for more in ((), ('--copies',)))
    same({x['article'] for x in once}, {'one', 'other'}); same({x['article'] for x in all_}, {'one', 'two', 'three', 'other'})
    mine = [x for x in once if x['article'] == 'one'][0]; same((mine['copies'], mine['outlets'], mine['copy_of']), (2, ['Outlet B', 'Outlet C'], None))
    assert {x['copy_of'] for x in all_ if x['article'] in ('two', 'three')} == {'one'}
    same(len({x['article'] for x in good('events', '--store=c.db', '--format=json', '--limit=1000').json()['items']} & {'two', 'three'}), 0)
    out = good('show', '--store=c.db', 'two').out; assert 'copy of' in out and 'Outlet C' in out, out[-400:]

def test_history():
    """show --history: what an article was before it was replaced"""
    for n, text in enumerate(('یەکەم دەق لێرەیە.', 'دووەم دەق لێرەیە.', 'سێیەم دەق لێرەیە.')):
        write('h.jsonl', json.dumps({'id': 'h', 'title': f't{n}', 'text': text}) + '\n'); good('add', '--store=h.db', 'h.jsonl')
    got = good('show', '--store=h.db', '--history', '--format=json', 'h').lines()
    same([(x['version'], x['title'], x['text']) for x in got], [(1, 't0', 'یەکەم دەق لێرەیە.'), (2, 't1', 'دووەم دەق لێرەیە.')]); assert all(x['replaced'] >= x['added'] for x in got)
    assert 'Version 2' in good('show', '--store=h.db', '--history', 'h').out; same(good('export', '--store=h.db').json()['text'], 'سێیەم دەق لێرەیە.')
    bad('show', '--store=h.db', '--history', '--format=csv', 'h', code=2)

def test_add_places():
    """add: folders with all below them, standard input; the store by option, environment and XDG"""
    os.makedirs('d/e'); write('d/a.txt', TEXT); write('d/e/b.txt', TEXT[:300]); write('d/.hidden', 'x')
    assert good('add', 'd', env={'XDG_DATA_HOME': os.path.abspath('xdg')}).out.startswith('added 2'); assert os.path.exists('xdg/hewal/store.db')
    assert good('add', '-', input=TEXT, env={'HEWAL_STORE': 'mine.db'}).out.startswith('added 1'); assert os.path.exists('mine.db')
    good('add', 'd'); assert os.path.exists('.local/share/hewal/store.db'); assert good('quotes').out

def test_add_threads():
    """add: the same store for any number of threads"""
    write('m.jsonl', ''.join(json.dumps({'id': f'n{i}', 'text': TEXT[i % 90: 900 + i]}) + '\n' for i in range(60)))
    out = set()
    for n in (1, 2, 6): good('add', f'--store={n}.db', f'--threads={n}', 'm.jsonl'); out.add(good('export', f'--store={n}.db').raw)
    same(len(out), 1)

def test_samples():
    """the samples: every article is there, twice adds nothing"""
    s = filled_store(); n = len(good('export', f'--store={s}').lines()); assert n >= 29, n
    assert good('add', f'--store={s}', *samples()).out.startswith(f'added 0, replaced 0, skipped {n} ')

def test_search():
    """search: other inflections, other keyboards, Latin letters find the article; no word finds nothing"""
    s = filled_store()
    for words in ('ڕێککەوتنەکە', 'رێككه‌وتنێك', 'rêkkewtin'):
        r = good('search', f'--store={s}', '--format=json', words).json(); assert len(r['items']) >= 3, (words, len(r['items']))
        assert all(set(x) >= {'id', 'score'} for x in r['items']); scores = [x['score'] for x in r['items']]; same(scores, sorted(scores, reverse=True))
    r = good('search', f'--store={s}', 'qwertzuiop'); same(r.out, ''); same(good('search', f'--store={s}', '--format=json', 'qwertzuiop').json(), {'items': [], 'next': None})
    bad('search', f'--store={s}', '', code=2); bad('search', f'--store={s}', '«»', code=2)


def test_search_language():
    """search: the query language: operators, fields, errors and notes with their place, facets, order, what was meant"""
    s = filled_store()
    both, either = (good('search', f'--store={s}', '--format=json', '--limit=100', q).json() for q in ('سەرۆک AND وەزیر', 'سەرۆک OR وەزیر')); assert 0 < both['total'] < either['total']
    none = good('search', f'--store={s}', '--format=json', '--limit=100', '--', '-سەرۆک', 'وەزیر').json(); ids = {x['id'] for x in both['items']}; assert not ids & {x['id'] for x in none['items']}
    r = good('search', f'--store={s}', '--format=json', 'speaker:Merkel').json(); assert r['items'], r
    bad('search', f'--store={s}', 'سەرۆک type:FOO', code=2, says='query:12: ')
    bad('search', f'--store={s}', 'from:2020-13', code=2, says='query:6: ')
    r = good('search', f'--store={s}', '"سەرۆک'); assert 'query:1: a quotation mark that nothing closes' in r.err, r.err
    r = good('search', f'--store={s}', '--format=json', '--facets', 'سەرۆک').json(); f = r['facets']; same(sorted(f), ['channel', 'counted', 'outlet', 'speaker', 'type', 'year']); same(f['counted'], r['total'])
    assert sum(x['articles'] for x in f['year']) <= r['total']; assert all(f['type'][i]['articles'] >= f['type'][i + 1]['articles'] for i in range(len(f['type']) - 1))
    assert '\ntype: ' in good('search', f'--store={s}', '--facets', 'سەرۆک').out
    d = [x['published'] or '' for x in good('search', f'--store={s}', '--format=json', '--sort=date', 'سەرۆک').json()['items']]; same(d, sorted(d, reverse=True))
    r = good('search', f'--store={s}', '--format=json', 'سەرۆکک').json(); assert r.get('meant') is None or 'سەرۆک' in r['meant'], r

def test_paging():
    """lists: --limit and --after go through all of it once"""
    s = filled_store()
    for command, key in (('quotes', 'id'), ('events', 'id')):
        want = [x[key] for x in good(command, f'--store={s}', '--format=json', '--limit=100000').json()['items']]; assert len(want) > 50
        got, after = [], ()
        while True:
            r = good(command, f'--store={s}', '--format=json', '--limit=17', *after).json(); got += [x[key] for x in r['items']]
            if not r['next']: break
            after = (f'--after={r["next"]}',)
        same(got, want)
        bad(command, f'--store={s}', '--after=nonsense', code=2)

def test_quotes():
    """quotes: by speaker in any spelling, channel and date; each with the words it rests on"""
    s = filled_store(); texts = {x['id']: x['text'].encode() for x in good('export', f'--store={s}').lines()}
    every = good('quotes', f'--store={s}', '--format=json', '--limit=1000').json()['items']
    for q in every: same(texts[q['article']][q['b']:q['e']].decode(), q['text'])
    dates = [q['published'] for q in every if q['published']]; same(dates, sorted(dates, reverse=True))
    trump = [good('quotes', f'--store={s}', '--format=json', '--by', n).json()['items'] for n in ('Trump', 'ترامپ', 'دۆناڵد ترەمپ', 'donald trump')]
    assert trump[0] and all(q['speaker']['name'] == 'Donald Trump' for q in trump[0]); assert all(t == trump[0] for t in trump), [len(t) for t in trump]
    for q in good('quotes', f'--store={s}', '--format=json', '--channel=tweet').json()['items']: same(q['channel'], 'tweet')
    r = good('quotes', f'--store={s}', '--format=json', '--from=2018', '--to=2018-12', '--limit=500').json()['items']
    same([q['id'] for q in r], [q['id'] for q in every if q['published'].startswith('2018')]); assert r
    r = run('quotes', f'--store={s}', '--format=json', '--by=Nobodyatall'); same((r.code, r.json()['items']), (0, [])); assert 'Nobodyatall' in r.err

def test_events():
    """events: by type, actor and target"""
    s = filled_store()
    r = good('events', f'--store={s}', '--format=json', '--type=CONSULT', '--limit=500').json()['items']; assert r and all(v['type'] == 'CONSULT' for v in r)
    name = [v['actors'][0] for v in r if v['actors']][0]
    a = good('events', f'--store={s}', '--format=json', '--actor', name['name']).json()['items']; assert any(x['id'] == name['id'] for v in a for x in v['actors'])
    t = [v['targets'][0] for v in r if v['targets']][0]
    assert good('events', f'--store={s}', '--format=json', '--target', t['name_ckb']).json()['items']

def test_once():
    """events --once: reports of one meeting are one event, another day's is another; the next report stands in for one that goes"""
    meets = 'مستەفا کازمی لەگەڵ جۆ بایدن کۆبووەوە.'
    def put(*rows): write('e.jsonl', ''.join(json.dumps({'id': i, 'published': d, 'text': t}) + '\n' for i, d, t in rows)); good('add', '--store=e.db', 'e.jsonl')
    def reports(*args): return {x['article']: x['reports'] for x in csv.DictReader(io.StringIO(good('events', '--store=e.db', '--format=csv', *args).out))}
    put(('a', '2021-05-01', meets), ('b', '2021-05-02', meets + ' بەغدا.'), ('c', '2021-05-02', meets + ' هەولێر.'), ('d', '2021-05-20', meets)) # not the same text: no near-duplicates
    same(reports(), {'a': '3', 'b': '3', 'c': '3', 'd': '1'}); same(reports('--once'), {'a': '3', 'd': '1'})
    put(('a', '2021-05-01', 'هیچ.')); same(reports('--once'), {'b': '2', 'd': '1'})

def test_same_id():
    """one id several times in one file: the last of them stays, also when it is what the store had before"""
    def line(text): return json.dumps({'id': 'x', 'text': text}) + '\n'
    def text(): return good('show', '--store=i.db', '--format=json', 'x').json()['text']
    write('1.jsonl', line('یەکەم دەق.')); good('add', '--store=i.db', '1.jsonl'); write('2.jsonl', line('دووەم دەق.') + line('یەکەم دەق.'))
    for threads in ('1', '3'):
        assert 'replaced 2' in good('add', '--store=i.db', f'--threads={threads}', '2.jsonl').out; same(text(), 'یەکەم دەق.')

def test_two_writers():
    """one who adds an article while another adds many waits for the gap between two batches"""
    body = sample_text('a09-pope-iraq-2021.txt'); write('many.jsonl', ''.join(json.dumps({'id': f'n{i}', 'text': body[i % 300: 3000 + i % 300] + f' {i}'}) + '\n' for i in range(12000)))
    p = subprocess.Popen([HEWAL, 'add', '--store=t.db', '--threads=1', 'many.jsonl'], stdout=subprocess.PIPE, stderr=subprocess.PIPE, env=dict(os.environ, HOME=os.getcwd()))
    try:
        time.sleep(1); write('one.jsonl', json.dumps({'id': 'one', 'text': 'یەک هەواڵ.'})); good('add', '--store=t.db', 'one.jsonl'); assert p.poll() is None, 'the other was done before'
    finally: p.terminate(); p.communicate()
    good('verify', '--store=t.db')

def test_who():
    """who: spellings, offices, meetings, quotes; as table, JSON and CSV"""
    s = filled_store(); x = good('who', f'--store={s}', '--format=json', 'Trump').json()['items'][0]
    same(x['name'], 'Donald Trump'); assert x['spellings'] and x['said'] and x['offices'] and 'met' in x
    assert 'Donald Trump' in good('who', f'--store={s}', 'Trump').out
    rows = list(csv.reader(io.StringIO(good('who', f'--store={s}', '--format=csv', 'Trump').out))); assert all(len(r) == 6 for r in rows) and len(rows) > 3
    r = run('who', f'--store={s}', 'Nobodyatall'); same((r.code, r.out), (0, '')); assert 'Nobodyatall' in r.err

def test_show():
    """show: an article for reading, as JSON that annotate would write, as CSV; an unknown id is an error"""
    s = filled_store(); x = good('show', f'--store={s}', '--format=json', 'b14-1').json(); same(x['id'], 'b14-1')
    y = [r for r in good('annotate', os.path.join(SAMPLES, 'b14-posts.jsonl')).lines() if r['id'] == 'b14-1'][0]
    for k in ('text', 'entities', 'mentions', 'times', 'quantities', 'quotes', 'events', 'published', 'title', 'outlet'): same(x.get(k), y.get(k), k)
    r = good('show', f'--store={s}', 'b14-1').out
    for line in y['text'].split('\n'): assert line.strip() in r
    rows = list(csv.DictReader(io.StringIO(good('show', f'--store={s}', '--format=csv', 'b14-1').out))); raw = y['text'].encode()
    assert rows and all(raw[int(w['b']):int(w['e'])].decode() == w['text'] for w in rows)
    bad('show', f'--store={s}', 'none', says='none')

def test_export():
    """export: records a line; CSV that a reader of CSV reads, with every quote and event"""
    s = filled_store(); recs = good('export', f'--store={s}').lines(); assert all(r['hewal'] == 1 and r['model'] for r in recs)
    q = list(csv.DictReader(io.StringIO(good('export', f'--store={s}', '--format=quotes-csv').raw.decode(), newline=''))); same(len(q), sum(len(r['quotes']) for r in recs))
    v = list(csv.DictReader(io.StringIO(good('export', f'--store={s}', '--format=events-csv').raw.decode(), newline=''))); same(len(v), sum(len(r['events']) for r in recs))
    by = {r['id']: r['text'].encode() for r in recs}; assert all(by[x['article']][int(x['b']):int(x['e'])].decode() == x['text'] for x in q)
    assert not any(None in x or None in x.values() for x in q + v)
    rows = list(csv.DictReader(io.StringIO(good('quotes', f'--store={s}', '--format=csv', '--limit=7').raw.decode(), newline=''))); same(len(rows), 7)
    assert not list(csv.DictReader(io.StringIO(good('search', f'--store={s}', '--format=csv', 'qwertz').out)))

def test_tables():
    """tables: no line is wider than the terminal, columns stand under each other, Kurdish within isolates"""
    s = filled_store()
    for args in (('quotes', '--limit=40'), ('events', '--limit=40'), ('search', 'سەرۆک'), ('show', 'b14-3'), ('who', 'Trump')):
        for columns in (80, 100, 133):
            out = good(args[0], f'--store={s}', *args[1:], env={'COLUMNS': str(columns)}).out
            for l in out.split('\n'):
                if l.startswith(('article', 'title', 'source', 'url', 'model', 'Donald')): continue
                if width(l) > columns: raise AssertionError(f'{args}: {width(l)} columns: {l}')
                same(l.count('\u2067'), l.count('\u2069'), l)
    out = good('quotes', f'--store={s}', env={'COLUMNS': '100'}).out.split('\n'); at = out[0].index('WORDS')
    for l in out[1:-1]:
        k = l.index('\u2067') if '\u2067' in l else None
        if k is not None: assert width(l[:k]) >= at - 1, l
    wide = good('quotes', f'--store={s}', '--limit=100').out; assert '…' not in wide.replace('\u2067…', ''), 'nothing is cut in a pipe'

def test_colours():
    """colours: on a terminal only, not with NO_COLOR, not with TERM=dumb"""
    s = filled_store()
    assert '\x1b[' not in good('search', f'--store={s}', 'سەرۆک').out
    assert '\x1b[1;33m' in terminal('search', f'--store={s}', 'سەرۆک')
    for env in ({'NO_COLOR': '1'}, {'TERM': 'dumb'}):
        for args in (('search', 'سەرۆک'), ('who', 'Trump'), ('show', 'b14-1'), ('quotes',)): assert '\x1b' not in terminal(args[0], f'--store={s}', *args[1:], env=env), args
    assert '\x1b[' in terminal('quotes', f'--store={s}', env={'NO_COLOR': ''})
    assert all(width(re.sub(r'\x1b\[[0-9;]*m', '', l).strip('\r')) <= 90 for l in terminal('quotes', f'--store={s}', columns=90).split('\n'))

def test_escapes():
    """what articles say cannot reach the terminal as an escape or turn its direction"""
    write('x.jsonl', json.dumps({'id': 'e\x1b]0;x\x07', 'title': '\x1b[2Jtitle\u202e', 'text': 'سەرۆک\x1b[31m گوتی: «ئەمە \u202eباشە\u2066».\nSECOND \x9b31m سەرۆک'}) + '\n'); good('add', '--store=s.db', 'x.jsonl')
    i = good('export', '--store=s.db').lines()[0]['id']
    for args in (('show', i), ('search', 'سەرۆک'), ('quotes',)):
        out = good(args[0], '--store=s.db', *args[1:]).out
        assert not set(out) & set('\x1b\x07\x9b\u202e\u2066'), (args, out)

def test_progress():
    """add: a bar on a terminal, with articles, speed and share; silence in a pipe"""
    write('m.jsonl', ''.join(json.dumps({'id': f'n{i}', 'text': TEXT[i % 90: 900 + i]}) + '\n' for i in range(200)))
    out = terminal('add', '--store=s.db', 'm.jsonl'); assert ' articles ' in out and 'MB/s' in out and '[#' in out and '%' in out, out[:300]
    assert 'added 200, replaced 0, skipped 0 (there already), refused 0' in out and 'language ckb 200' in out
    same(good('add', '--store=t.db', 'm.jsonl').err, '')

if __name__ == '__main__': main(sys.modules['__main__'])
