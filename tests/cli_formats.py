#!/usr/bin/env python3
"""Formats for other programs: Turtle, BibTeX, POLECAT's table, CoNLL-U. TAP."""
import csv, io, re
from clikit import *

ODD = {'id': 'a/b "c"\\#é', 'title': 'Half {a} title_50% & more\\', 'published': '2021-07-26', 'outlet': 'A "B" <c>\nd',
       'url': 'https://example.org/x?a={1}&b=2 3', 'text': sample_text('a09-pope-iraq-2021.txt') + '\n"\\\t<end>'}

def export(form, *articles):
    """The export of a store with the samples, or with these articles."""
    if not articles: store = filled_store()
    else:
        write('in.jsonl', ''.join(json.dumps(a) + '\n' for a in articles)); good('add', '--store=o.db', 'in.jsonl'); store = 'o.db'
    return good('export', f'--store={store}', f'--format={form}').raw.decode(), good('export', f'--store={store}').lines()

def triples(turtle):
    """Read by another program: rapper, of the Raptor library."""
    p = subprocess.run(['rapper', '-q', '-i', 'turtle', '-o', 'ntriples', '-', 'http://example.org/'], input=turtle.encode(), stdout=subprocess.PIPE, stderr=subprocess.PIPE)
    same((p.returncode, p.stderr.decode()), (0, ''))
    return [re.fullmatch(r'(\S+) <(\S+)> (.*) \.', l).groups() for l in p.stdout.decode().splitlines()]

def kinds(t): return [o.rsplit('/', 1)[-1].strip('>') for s, p, o in t if p.endswith('#type')]

def test_turtle():
    """turtle: another program reads it; a quotation, event and annotation for each of the record's, and each mention"""
    out, recs = export('turtle'); t = triples(out); k = kinds(t)
    same(k.count('NewsArticle'), len(recs)); same(k.count('Quotation'), sum(len(r['quotes']) for r in recs)); same(k.count('Event'), sum(len(r['events']) for r in recs))
    facts = sum(len(r[x]) for r in recs for x in ('quotes', 'events', 'mentions')); same(sum(x.endswith('#Annotation') for x in k), facts)
    assert any(p.endswith('/creator') for s, p, o in t) and any(p.endswith('#wasAssociatedWith') for s, p, o in t)

def test_turtle_evidence():
    """turtle: an annotation's bytes are the words that it quotes"""
    out, recs = export('turtle', ODD); text = recs[0]['text'].encode(); n = 0
    for b, e, exact in re.findall(r'oa:start (\d+) ; oa:end (\d+) \], \[ a oa:TextQuoteSelector ; oa:exact ("(?:[^"\\]|\\.)*")', out):
        same(text[int(b):int(e)].decode(), json.loads(exact)); n += 1
    assert n > 20, n

def test_turtle_odd():
    """turtle: quotation marks, backslashes, line ends and foreign letters in ids, titles and texts"""
    out, recs = export('turtle', ODD); t = triples(out)
    subjects = {s for s, p, o in t}; assert '<urn:hewal:article:a%2Fb%20%22c%22%5C%23%C3%A9>' in subjects, sorted(subjects)[:3]
    headline = [o for s, p, o in t if p.endswith('/headline')]; same(json.loads(headline[0]), ODD['title'])

def test_bibtex():
    """bibtex: an entry an article, braces that match, keys all different, what TeX would take for its own escaped"""
    out, recs = export('bibtex'); same(len(re.findall(r'^@online\{', out, re.M)), len(recs)); keys = re.findall(r'^@online\{([^,]+),', out, re.M); same(len(set(keys)), len(keys))
    odd, _ = export('bibtex', ODD, dict(ODD, id='a/b c'), dict(ODD, id='x', title=None))
    for entry in re.split(r'(?m)^(?=@)', out + odd)[1:]:
        depth, bare = 0, re.sub(r'\\[{}]', '', entry)
        for c in bare:
            depth += (c == '{') - (c == '}'); assert depth >= 0, entry
        same(depth, 0)
    assert r'title = {{Half \{a\} title\_50\% \& more\textbackslash{}}}' in odd, odd; assert 'url = {https://example.org/x?a=%7B1%7D&b=2%203}' in odd, odd
    keys = re.findall(r'^@online\{([^,]+),', odd, re.M); same(len(set(keys)), 3); assert all(re.fullmatch(r'[A-Za-z0-9.-]+', k) for k in keys), keys
    s = filled_store(); i = good('export', f'--store={s}').lines()[0]['id']; assert good('show', f'--store={s}', '--format=bibtex', i).out in out

def test_polecat():
    """polecat: its columns; a row for each pair of actor and recipient; countries and sectors from the gazetteers; the evidence"""
    out, recs = export('polecat-csv'); rows = list(csv.DictReader(io.StringIO(out, newline='')))
    same(list(rows[0])[:9], ['Event ID', 'Event Date', 'Event Type', 'Event Mode', 'Intensity', 'Quad Code', 'Contexts', 'Actor Name', 'Actor Country'])
    same(list(rows[0])[35:40], ['Story People', 'Story Organizations', 'Story Locations', 'Language', 'Version'])
    same(len({r['Event ID'] for r in rows}), len(rows)); pairs = 0; texts = {r['id']: r['text'].encode() for r in recs}
    for r in recs:
        for v in r['events']:
            a, t = len(v['actors']), len(v['targets']); joint = v['type'] in ('CONSULT', 'AGREE', 'COOPERATE') and a > 1 and not t
            pairs += a * (a - 1) // 2 if joint else max(a, 1) * max(t, 1)
    same(len(rows), pairs)
    for r in rows:
        same(texts[r['Article']][int(r['Sentence Start']):int(r['Sentence End'])].decode(), r['Sentence']); assert r['Trigger'] in r['Sentence'], r
    known = {(r['Actor Name'], r['Actor Country'], r['Primary Actor Sector']) for r in rows}
    assert ('Anwar Sadat', 'EGY', 'GOV') in known and ('Iran', 'IRN', 'GOV') in known, sorted(known)[:20]
    same({r['Quad Code'] for r in rows if r['Event Type'] in ('CONSULT', 'AGREE')}, {'VERBAL COOPERATION'}); same({r['Quad Code'] for r in rows if r['Event Type'] == 'ASSAULT'}, {'MATERIAL CONFLICT'})

def test_conllu():
    """conllu: what annotate writes, with the article's id before it"""
    out, recs = export('conllu'); same(re.findall(r'^# newdoc id = (.*)$', out, re.M), [r['id'] for r in recs])
    r = recs[0]; write('t.txt', r['text']); alone = good('annotate', '--format=conllu', '--input=text', 't.txt').out
    assert alone.split('# text = ', 1)[1][:400] in out

if __name__ == '__main__': main(sys.modules['__main__'])
