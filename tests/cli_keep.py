#!/usr/bin/env python3
"""Keeping a store: verify, backup, forget, annotate --again, and stores of other versions. TAP."""
import glob, shutil, signal, sqlite3, subprocess, sys, threading, time, zlib
from clikit import *

TEXT = sample_text('a09-pope-iraq-2021.txt')
SECRET = ('هەنارفرۆشەکانی', 'زیبەرستانی') # words that no other article has

def store(name, rows):
    write(f'{name}.jsonl', ''.join(json.dumps(r) + '\n' for r in rows)); good('add', f'--store={name}.db', f'{name}.jsonl'); return f'{name}.db'

def filled(name):
    return store(name, [{'id': 'pope', 'text': TEXT, 'outlet': 'A'}, {'id': 'copy', 'text': TEXT + '\nسوپاس.', 'outlet': 'B'}, {'id': 'oslo', 'text': sample_text('a03-oslo-1993.txt'), 'title': 'ئۆسلۆ'}])

def change(path, sql, *values):
    db = sqlite3.connect(path); db.execute(sql, values); db.commit(); db.close()

def test_verify():
    """verify: a whole store is whole; what is wrong is said, with the article, and the status is 1"""
    s = filled('v'); assert good('verify', f'--store={s}').out.startswith('3 articles, ')
    text = zlib.compress(TEXT.replace('پاپا', 'بابا', 1).encode())
    damages = (('UPDATE texts SET text = ? WHERE article = 1', (text,), 'pope', 'SHA-256'), ("UPDATE articles SET title = 'x' WHERE id = 'oslo'", (), 'oslo', 'SHA-256'),
               ("UPDATE texts SET text = X'78' WHERE article = 1", (), 'pope', 'damaged'), ('UPDATE quotes SET b = b + 1 WHERE id = (SELECT min(id) FROM quotes)', (), 'pope', 'between characters'),
               ('UPDATE events SET e = 9999999 WHERE id = (SELECT min(id) FROM events)', (), 'pope', 'outside'), ("UPDATE spellings SET form = 'هیچ' WHERE id = 1", (), 'pope', 'spelling'),
               ('DELETE FROM spellings WHERE id = 1', (), 'pope', 'spelling'), ('DELETE FROM entities WHERE id = 1', (), 'pope', 'entity'), ('UPDATE quotes SET speaker = 77777 WHERE id = 1', (), 'pope', 'speaker'),
               ('UPDATE quotes SET source_b = source_b + 2 WHERE id = (SELECT min(id) FROM quotes WHERE source IS NOT NULL)', (), 'pope', 'source'),
               ("UPDATE records SET mentions = '[[1' WHERE article = 3", (), 'oslo', None), ('DELETE FROM records WHERE article = 3', (), 'oslo', 'record'), ('DELETE FROM texts WHERE article = 3', (), 'oslo', 'no text'),
               ("UPDATE entities SET articles = articles + 1 WHERE id = 2", (), None, 'how many articles'), ("UPDATE totals SET n = 99 WHERE what = 'quotes'", (), None, 'in all'),
               ("UPDATE articles SET copy_of = 3 WHERE id = 'pope'", (), 'copy', 'near-duplicate'), ("DELETE FROM index_terms WHERE id = 5", (), None, 'term'),
               ("INSERT INTO words(rowid, form) VALUES(77, 'zzz')", (), None, 'index'), ("UPDATE texts SET terms = X'00000000' WHERE article = 3", (), None, 'by their texts'))
    for sql, values, article, word in damages:
        shutil.copy(s, 'd.db'); change('d.db', sql, *values); r = run('verify', '--store=d.db'); same(r.code, 1)
        assert (not article or f'«{article}»' in r.err) and (not word or word in r.err) and 'things are wrong' in r.err or word is None and r.err, (sql, r.err)
        assert all(l.startswith('hewal: d.db: ') for l in r.err.splitlines()), r.err
    with open(s, 'rb') as f: whole = bytearray(f.read())
    for at in range(4096 * 5, len(whole) - 4096, len(whole) // 12): # pages overwritten: said, no crash
        half = bytearray(whole); half[at:at + 3000] = b'\xa5' * 3000
        with open('h.db', 'wb') as f: f.write(half)
        r = run('verify', '--store=h.db'); assert r.code in (0, 1) and (r.code == 0 or r.err.startswith('hewal: h.db')), r.err
    bad('verify', '--store=nothing.db')

def test_backup():
    """backup: a whole copy, also while articles are added; what is there is replaced at once or not at all"""
    s = filled('b'); good('backup', f'--store={s}', 'copy.db'); same(good('export', '--store=copy.db').raw, good('export', f'--store={s}').raw); assert good('verify', '--store=copy.db')
    assert not glob.glob('copy.db*-wal') and not glob.glob('*.part*')
    bad('backup', f'--store={s}', s, code=2); bad('backup', f'--store={s}', 'no/such/folder/x.db'); os.mkdir('adir'); bad('backup', f'--store={s}', 'adir', code=2)
    assert good('verify', f'--store={s}')
    write('many.jsonl', ''.join(json.dumps({'id': f'n{i}', 'text': TEXT[i % 300: 700 + i % 400]}) + '\n' for i in range(1500)))
    p = subprocess.Popen([HEWAL, 'add', f'--store={s}', 'many.jsonl'], stdout=subprocess.DEVNULL)
    n = 0
    while p.poll() is None: good('backup', f'--store={s}', 'copy.db'); assert good('verify', '--store=copy.db'); n += 1
    same(p.returncode, 0); assert n

def bytes_of(path):
    return b''.join(open(p, 'rb').read() for p in glob.glob(path + '*'))

def test_forget_names():
    """forget: who is left is found by what the articles that are left call him, and by nothing else"""
    rows = [{'id': f'{i}-{k}', 'published': f'2021-0{k + 1}-10', 'outlet': f'o{k}', 'text': line} for i, name in enumerate(sorted(os.listdir(SAMPLES))[:24]) if name.endswith('.txt') for k, line in enumerate(sample_text(name).split('\n')[:9]) if len(line) > 60]
    names = "SELECT n.key, n.kind, e.key FROM names n JOIN entities e ON e.id = n.entity WHERE instr(e.key, '@') = 0 ORDER BY 1, 2, 3"
    rest = [x for i, x in enumerate(rows) if i % 3 == 0]; gone = [x['id'] for i, x in enumerate(rows) if i % 3]; assert len(rest) > 30
    s, alone = store('names', rows), store('alone', rest)
    good('forget', f'--store={s}', *gone); assert good('verify', f'--store={s}')
    a, b = (sqlite3.connect(x).execute(names).fetchall() for x in (s, alone)); same(a, b)

def test_forget():
    """forget: the article, its facts, entities and history are gone, and their words are in no byte of the file"""
    secret, name = SECRET
    old = f'{secret} لە بازاڕ بوون. هێمن {name} گوتی: «نرخی نەوت بەرز بووەوە».'
    rows = [{'id': 'keep', 'text': TEXT}, {'id': 'gone', 'text': old, 'title': f'دەربارەی {secret}', 'outlet': 'ئاوەنامە'}]
    s = store('f', rows); good('add', f'--store={s}', '--threads=1', 'f.jsonl')
    rows[1]['text'] = f'هێمن {name} لە بەغدا لەگەڵ جۆ بایدن کۆبووەوە و داوای لێبوردنی کرد.'; rows[1]['title'] = None; store('f', [rows[1]]) # its history has the word
    before = good('export', f'--store={s}').lines(); same(len(before), 2)
    assert name.encode() in bytes_of(s) and len(good('show', f'--store={s}', '--history', '--format=json', 'gone').lines()) == 1
    assert good('forget', f'--store={s}', 'gone').out == 'forgotten 1\n'
    for word in (secret, name, 'ئاوەنامە', 'gone'): assert word.encode() not in bytes_of(s), word
    assert zlib.compress(old.encode(), 1)[:40] not in bytes_of(s)
    same(good('export', f'--store={s}').lines(), [x for x in before if x['id'] == 'keep']); assert good('verify', f'--store={s}')
    db = sqlite3.connect(s); same(db.execute("SELECT count(*) FROM history").fetchone(), (0,)); same(db.execute("SELECT count(*) FROM entities WHERE key LIKE '%@gone'").fetchone(), (0,)); db.close()
    for i in range(4): # killed at any moment it has done all or can be run again
        good('add', f'--store={s}', 'f.jsonl'); p = subprocess.Popen([HEWAL, 'forget', f'--store={s}', 'gone'], stdout=subprocess.DEVNULL); time.sleep(0.02 * i); p.kill(); p.wait()
        assert good('verify', f'--store={s}'); run('forget', f'--store={s}', 'gone'); assert name.encode() not in bytes_of(s) and secret.encode() not in bytes_of(s)
    bad('forget', f'--store={s}', 'gone'); bad('forget', '--store=none.db', 'x'); assert not os.path.exists('none.db'); bad('forget', f'--store={s}', code=2)
    same(good('forget', f'--store={s}', 'keep').out, 'forgotten 1\n'); same(good('export', f'--store={s}').raw, b''); assert good('verify', f'--store={s}')

def test_again():
    """annotate --again: records of another model are made anew; killed at any moment it goes on; readers go on"""
    rows = [{'id': f'n{i}', 'text': TEXT[i % 300: 700 + i % 400], 'outlet': f'o{i % 3}', 'published': f'2021-{1 + i % 12:02}-10'} for i in range(400)] + [{'id': 'ar', 'text': 'التقى رئيس الوزراء العراقي في بغداد رئيس الولايات المتحدة.'}]
    s = store('g', rows); want = good('export', f'--store={s}').lines(); model = sqlite3.connect(s).execute('SELECT name FROM models').fetchone()[0]
    totals = sqlite3.connect(s).execute('SELECT * FROM totals').fetchall()
    change(s, "UPDATE models SET name = 'an older one'"); change(s, "UPDATE quotes SET channel = 'letter' WHERE article IN (7, 8, 9)")
    for wait in (0.1, 0.3, 0.5, 0.8):
        p = subprocess.Popen([HEWAL, 'annotate', '--again', f'--store={s}'], stdout=subprocess.DEVNULL); time.sleep(wait); p.send_signal(signal.SIGKILL); p.wait()
        same(len(good('export', f'--store={s}').lines()), len(rows)); assert good('verify', f'--store={s}')
    good('annotate', '--again', f'--store={s}'); same(good('annotate', '--again', f'--store={s}').out, 'annotated again 0\n')
    same(good('export', f'--store={s}').lines(), want); assert good('verify', f'--store={s}')
    same(sqlite3.connect(s).execute('SELECT DISTINCT m.name FROM articles a JOIN models m ON m.id = a.model').fetchall(), [(model,)]); same(sqlite3.connect(s).execute('SELECT * FROM totals').fetchall(), totals)
    bad('annotate', '--again', f'--store={s}', 'file.txt', code=2); bad('annotate', f'--store={s}', 'file.txt', code=2)

def test_old_version():
    """a store of version 2 is refused with what to do"""
    s = filled('w'); change(s, 'PRAGMA user_version = 2')
    for command in (('add', f'--store={s}', 'w.jsonl'), ('quotes', f'--store={s}'), ('verify', f'--store={s}')): assert 'add the articles to a new store' in bad(*command).err

if __name__ == '__main__': main(sys.modules['__main__'])
