#!/usr/bin/env python3
"""libhewal_fts5.so as people use it: from the sqlite3 program and from Python. TAP."""
import os, shutil, sqlite3, subprocess, sys
from clikit import HEWAL, ROOT, SANITIZED, main, same

LIBRARY = os.path.join(os.path.dirname(HEWAL), 'libhewal_fts5')
SQL = '''CREATE VIRTUAL TABLE news USING fts5(title, text, tokenize = 'hewal');
INSERT INTO news VALUES('', 'بوومەلەرزەیەکی بەهێز لە باکووری تورکیا ڕوویدا.');
'''
ASK = "SELECT highlight(news, 1, '[', ']') FROM news WHERE news MATCH 'بومەلەرزەکان';"
WANT = '[بوومەلەرزەیەکی] بەهێز لە باکووری تورکیا ڕوویدا.'

def environment():
    """A library with the sanitizer in it wants the sanitizer first."""
    e = dict(os.environ)
    if SANITIZED:
        asan, ubsan = (subprocess.run(['gcc', f'-print-file-name=lib{x}.so'], capture_output=True, text=True).stdout.strip() for x in ('asan', 'ubsan'))
        e.update(LD_PRELOAD=f'{asan} {ubsan}', ASAN_OPTIONS='detect_leaks=0')
    return e

def test_sqlite3_program():
    """the sqlite3 program loads it with one line"""
    p = subprocess.run(['sqlite3', ':memory:'], input=f'.load {LIBRARY}\n{SQL}{ASK}', capture_output=True, text=True, env=environment())
    same((p.stdout.strip(), p.stderr, p.returncode), (WANT, '', 0))

def test_python():
    """Python's sqlite3 loads it"""
    if not hasattr(sqlite3.Connection, 'enable_load_extension'): print('# this Python cannot load extensions'); return
    code = f'import sqlite3, sys; d = sqlite3.connect(":memory:"); d.enable_load_extension(True); d.load_extension({LIBRARY!r}); d.executescript(sys.argv[1]); print(d.execute(sys.argv[2]).fetchone()[0])'
    p = subprocess.run([sys.executable, '-c', code, SQL, ASK], capture_output=True, text=True, env=environment())
    same((p.stdout.strip(), p.stderr, p.returncode), (WANT, '', 0))

def test_readme():
    """the lines of the README and of docs/fts5.md work"""
    for page in ('README.md', 'docs/fts5.md'):
        text = open(os.path.join(ROOT, page), encoding='utf8').read(); block = text[text.index('```sql\n') + 7:]; block = block[:block.index('```')]
        assert "load_extension('libhewal_fts5')" in block, page
        block = block.replace("load_extension('libhewal_fts5')", f"load_extension('{LIBRARY}')")
        rows = "INSERT INTO news(title, text) VALUES('', 'بوومەلەرزەیەکی بەهێز');\n"; head, ask = block.split('SELECT snippet', 1)
        p = subprocess.run(['sqlite3', ':memory:'], input=head + rows + 'SELECT snippet' + ask, capture_output=True, text=True, env=environment())
        same((p.stderr, p.returncode), ('', 0)); assert '[بوومەلەرزەیەکی]' in p.stdout, (page, p.stdout)

if __name__ == '__main__': main(sys.modules['__main__'])
