#!/usr/bin/env python3
"""What articles come in: tables, archives, feeds, crawls, mails; what is said of them. TAP."""
import gzip, io, os, sys, tarfile, zipfile
from clikit import *

P = 'سەرۆکی هەرێمی کوردستان ئەمڕۆ لە هەولێر لەگەڵ شاندێکی باڵا کۆبووەوە.'
Q = 'لە کۆبوونەوەکەدا باس لە پەیوەندییەکانی نێوان هەولێر و بەغدا کرا.'

def zipped(members):
    b = io.BytesIO()
    with zipfile.ZipFile(b, 'w', zipfile.ZIP_DEFLATED) as z:
        for name, data in members: z.writestr(name, data)
    return b.getvalue()

def test_map():
    """--map names columns and members, for add and annotate; what it cannot mean is told"""
    write('a.csv', f'key,words,day\n1,"{P}",2021-07-26\n'); write('a.jsonl', f'{{"words":"{Q}","headline":"ت"}}\n')
    r = good('annotate', '--map=text=words,published=day,id=key', 'a.csv').json(); same((r['text'], r['published'], r['id']), (P, '2021-07-26', '1'))
    r = good('annotate', '--map', 'text=words,title=headline', 'a.jsonl').json(); same((r['text'], r['title']), (Q, 'ت'))
    r = good('annotate', '--map=text=words', input=f'words,x\n"{P}",y\n').json(); same((r['text'], r['x']), (P, 'y'))
    good('add', '--store=s.db', '--map=text=words,published=day,id=key', 'a.csv'); same(good('export', '--store=s.db').json()['published'], '2021-07-26')
    bad('add', '--store=s.db', '--map=words=text', 'a.csv', code=2, says='no part «words»'); bad('annotate', '--map=text', 'a.csv', code=2, says='PART=NAME')
    bad('add', '--store=s.db', 'a.csv', says='a.csv:1: no column is the text')

def test_table_rows():
    """a bad row is refused with its line, and the rest is added"""
    write('a.csv', f'id,text\n1,"{P}"\n2\n3,"{Q}"\n')
    r = bad('add', '--store=s.db', 'a.csv', says='hewal: a.csv:3: a row of 1 cells, the header has 2'); same('added 2, replaced 0' in r.out and 'refused 1' in r.out, True)

def test_archives():
    """an archive in a folder: its articles, in archives within it too, with their place; what is no article is counted"""
    os.mkdir('d'); inner = zipped([('x.md', f'# ت\n\n{P}\n')])
    write('d/a.zip', zipped([('یەک.txt', Q), ('photo.jpg', b'\xff\xd8\0'), ('more/inner.zip', inner), ('bad.jsonl', '{"text":\n')]))
    r = bad('add', '--store=s.db', 'd', says='d/a.zip!bad.jsonl:1: invalid JSON'); same(r.out, 'added 2, replaced 0, skipped 0 (there already), refused 1, left out 1 (no articles)\n')
    same(sorted(x['text'] for x in good('export', '--store=s.db').lines()), sorted([P, Q]))
    same([x['id'] for x in run('annotate', 'd/a.zip').lines()][1], 'd/a.zip!more/inner.zip!x.md')
    same([n for n in os.listdir('.') if not n.startswith('s.db')], ['d']); same(sorted(os.listdir('d')), ['a.zip'])  # nothing was unpacked
    r = run('annotate', '--input=auto', '-', input=zipped([('x.txt', P)])); same(r.json()['text'], P)

def test_bomb():
    """an archive bomb is refused in bounded time and memory, and the next file is read"""
    b = io.BytesIO()
    with gzip.GzipFile(fileobj=b, mode='wb', compresslevel=9) as z:
        for _ in range(320): z.write(b'x' * (1 << 20))
    write('bomb.jsonl.gz', b.getvalue()); write('z.txt', P)
    r = bad('add', '--store=s.db', 'bomb.jsonl.gz', 'z.txt', says='bomb.jsonl.gz: more than 200 times its size comes out of it, not read on'); assert 'added 1,' in r.out, r.out

def test_feeds_and_dumps():
    """a feed, a WordPress export, a wiki's dump, a crawl, a mail: each item an article"""
    write('f.xml', f'<rss><channel><title>ماڵپەڕ</title><item><title>ت</title><guid>g1</guid><pubDate>Mon, 26 Jul 2021 10:00:00 +0300</pubDate><description>{P}</description></item></channel></rss>')
    write('w.xml', f'<mediawiki><page><title>ت</title><ns>0</ns><id>7</id><revision><text>{Q}</text></revision></page><page><title>x</title><ns>0</ns><redirect title="y"/></page></mediawiki>')
    page = f'<html><body><p>{P} {Q}</p></body></html>'.encode()
    write('c.warc.gz', gzip.compress(f'WARC/1.0\r\nWARC-Type: resource\r\nWARC-Target-URI: https://a.example/1\r\nWARC-Date: 2021-07-26T10:00:00Z\r\nContent-Type: text/html\r\nContent-Length: {len(page)}\r\n\r\n'.encode() + page + b'\r\n\r\n'))
    write('m.eml', f'From: a@a.example\nSubject: x\nMessage-ID: <m1@a.example>\nMIME-Version: 1.0\nDate: Mon, 26 Jul 2021 10:00:00 +0300\n\nوتەبێژێک گوتی: {P}\n')
    r = good('add', '--store=s.db', 'f.xml', 'w.xml', 'c.warc.gz', 'm.eml'); same(r.out, 'added 4, replaced 0, skipped 0 (there already), refused 0, left out 1 (no articles)\n')
    by = {x['id']: x for x in good('export', '--store=s.db').lines()}; same(by['g1']['outlet'], 'ماڵپەڕ'); same(by['g1']['published'], '2021-07-26'); same('7' in by and 'm1@a.example' in by, True)
    crawl = next(x for x in by.values() if x.get('url') == 'https://a.example/1'); same((crawl['published'], crawl['published_from']), ('2021-07-26', 'WARC-Date'))
    same(good('add', '--store=s.db', 'f.xml', 'w.xml', 'c.warc.gz', 'm.eml').out.startswith('added 0, replaced 0, skipped 4'), True)

if __name__ == '__main__': main(sys.modules[__name__])
