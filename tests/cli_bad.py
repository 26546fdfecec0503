#!/usr/bin/env python3
"""Bad input and bad luck: a clear line, the right exit status, nothing lost. TAP."""
import gzip, os, shutil, sqlite3, subprocess, sys, random, time
from clikit import *

TEXT = sample_text('a09-pope-iraq-2021.txt')

def counts(store='s.db'):
    return len(good('export', f'--store={store}').out.splitlines())

def test_empty_file():
    """an empty file is refused, by add and by annotate"""
    write('e.txt', ''); bad('add', '--store=s.db', 'e.txt', says='e.txt: '); bad('annotate', 'e.txt', says='e.txt: '); bad('annotate', input='', says='standard input: ')
    write('w.txt', ' \n\t\n'); bad('add', '--store=s.db', 'w.txt', says='w.txt: ')

def test_binary_file():
    """a binary file is refused"""
    write('b.txt', bytes(range(256)) * 8); bad('add', '--store=s.db', 'b.txt', says='b.txt: '); bad('annotate', 'b.txt', says='b.txt: ')
    bad('annotate', input=b'abc\0def', says='NUL at byte 3')
    shutil.copy(HEWAL, 'program'); bad('add', '--store=s.db', 'program', says='program: ')

def test_utf16():
    """UTF-16 is read by add; as raw text annotate says what it is"""
    for name, enc in (('le', 'utf-16-le'), ('be', 'utf-16-be')):
        bom = b'\xff\xfe' if name == 'le' else b'\xfe\xff'
        write(f'{name}.txt', bom + TEXT.encode(enc)); same(good('annotate', f'{name}.txt').json()['text'], TEXT)
        bad('annotate', input=bom + TEXT.encode(enc), says='UTF-16')
    good('add', '--store=s.db', 'le.txt'); same(good('add', '--store=s.db', 'be.txt').out.startswith('added 0'), True)

def test_broken_utf8():
    """broken UTF-8 in every place of a text: a record, valid JSON, the right offsets"""
    raw = TEXT.encode()[:400]
    at = range(0, len(raw) + 1, 23 if SANITIZED else 5)
    for broken in (b'\xff', b'\xd8', b'\xe2\x80', b'\xed\xa0\x80', b'\xf5\x80\x80\x80', b'\xc0\x80'):
        lines = b''
        for i in at:
            text = raw[:i] + broken + raw[i:]
            write('t', text); lines += b'{"text":"' + text.replace(b'"', b'\\"').replace(b'\n', b'\\n') + b'"}\n'
            if i % 46 == 0:
                rec = good('annotate', input=text).json()
                for m in rec['mentions']: assert 0 <= m['b'] < m['e'] <= len(text)
        out = run('annotate', '--input=jsonl', input=lines); same(len(out.lines()), len(at))
        good('normalize', input=raw[:99] + broken + raw[99:])

def test_long_line():
    """a line of 200 MB is refused in bounded memory, and the rest goes on"""
    n = 20 if SANITIZED else 200
    if SANITIZED: n = 60  # still above the limit of a line
    with open('long.jsonl', 'wb') as f:
        f.write(b'{"id":"a","text":"x"}\n{"id":"b","text":"')
        for _ in range(n): f.write(b'y' * (1 << 20))
        f.write(b'"}\n{"id":"c","text":"z"}\n')
    r = bad('annotate', '--threads=2', 'long.jsonl', says='long.jsonl:2: '); same([('error' in x) for x in r.lines()], [False, True, False])
    bad('add', '--store=s.db', 'long.jsonl', says='long.jsonl:2: '); same(counts(), 2)
    os.unlink('long.jsonl')
    bad('annotate', input=b'y' * (17 << 20), says='standard input: ')
    r = good('normalize', input=b'y' * (40 << 20)); same(len(r.raw), 40 << 20)

def test_page_without_text():
    """a page with no text, a script alone, an unclosed tag: refused, or read as far as it goes"""
    for html in ('<html><body></body></html>', '<!DOCTYPE html><title>x</title><script>var a = "text"</script>', '<html><body><p>'):
        write('p.html', html); bad('add', '--store=s.db', 'p.html', says='p.html: ')

def test_bad_json_lines():
    """lines that are no article are refused, each with its line, and the rest is added"""
    write('l.jsonl', '{"id":"a","text":"ئەمە"}\nnonsense\n{"id":"b"}\n{"id":"c","text":5}\n["text"]\n{"id":"d","text":"ئەوە"}\n\n{"id":"e","text":"ئ')
    r = bad('add', '--store=s.db', 'l.jsonl', says='l.jsonl:2: ')
    for n in (3, 4, 5, 8): assert f'l.jsonl:{n}: ' in r.err, r.err
    assert 'added 2, replaced 0, skipped 0' in r.out and 'refused 5' in r.out, r.out

def test_unreadable():
    """a file or folder that cannot be read is refused, and the rest is added"""
    os.mkdir('d'); os.mkdir('d/no'); write('d/no/x.txt', TEXT); write('d/yes.txt', TEXT); write('d/shut.txt', TEXT)
    os.chmod('d/no', 0); os.chmod('d/shut.txt', 0)
    prefix = ()
    if os.getuid() == 0:
        os.chown('.', 65534, 65534); os.chmod('.', 0o755); os.chmod('d', 0o755)
        prefix = ('setpriv', '--reuid=65534', '--regid=65534', '--clear-groups')
        if subprocess.run([*prefix, HEWAL, 'help'], capture_output=True).returncode != 0: return  # the build cannot be reached by others
    r = bad('add', '--store=s.db', 'd', says='Permission denied', prefix=prefix)
    assert 'd/no' in r.err and 'd/shut.txt' in r.err and 'added 1' in r.out, (r.err, r.out)
    bad('add', '--store=s.db', 'nosuch', says='nosuch: No such file')
    os.chmod('d/no', 0o700)

def test_full_disk():
    """a full disk: a clear line, what was committed stays, the rest is added later"""
    filled_store(); before = counts()
    size = os.path.getsize('s.db')
    lines = ''.join(json.dumps({'id': f'n{i}', 'text': TEXT[: 500 + i]}) + '\n' for i in range(400)); write('m.jsonl', lines)
    bad('add', '--store=s.db', 'm.jsonl', file_limit=size + 200000, says='s.db')
    assert counts() >= before; good('add', '--store=s.db', 'm.jsonl'); same(counts(), before + 400)
    bad('add', '--store=new.db', 'm.jsonl', file_limit=4096, says='new.db')
    good('add', '--store=new.db', 'm.jsonl')

def test_full_output():
    """standard output that is full: a clear line, exit 1"""
    filled_store()
    for args in (('annotate', *samples()), ('export', '--store=s.db'), ('quotes', '--store=s.db'), ('help',), ('normalize', *samples())):
        with open('/dev/full', 'wb') as f: bad(*args, stdout=f, says='standard output: No space left')

def test_full_report():
    """a report that cannot be written: a clear line, no half of a page"""
    filled_store()
    bad('report', '--store=s.db', '--out=r', file_limit=40000, says='r/')
    for f in os.listdir('r'): assert open(f'r/{f}', encoding='utf8').read().endswith('</html>\n'), f
    write('file', 'x'); bad('report', '--store=s.db', '--out=file', says='file'); bad('report', '--store=s.db', '--out=file/x', says='file')

def test_bad_stores():
    """a store of another version, a file that is no store, a folder, one that is not there: refused and left alone"""
    filled_store()
    db = sqlite3.connect('s.db'); v = db.execute('PRAGMA user_version').fetchone()[0]; db.execute(f'PRAGMA user_version={v + 900}'); db.commit(); db.close()
    data = open('s.db', 'rb').read()
    for args in (('quotes',), ('add', samples()[0])): bad(*args, '--store=s.db', says='s.db: ')
    same(open('s.db', 'rb').read() == data, True)
    write('n.db', 'this is no store, only text\n' * 100)
    for args in (('search', 'x'), ('add', samples()[0])): bad(*args, '--store=n.db', says='n.db: ')
    same(open('n.db').read(), 'this is no store, only text\n' * 100)
    other = sqlite3.connect('o.db'); other.execute('CREATE TABLE cats (name TEXT)'); other.commit(); other.close()
    bad('add', '--store=o.db', samples()[0], says='o.db: ')
    os.mkdir('d'); bad('quotes', '--store=d', says='d: '); bad('quotes', '--store=none.db', says='none.db: '); assert not os.path.exists('none.db')

def test_bad_model():
    """a model that is none, is cut, or is not there: a clear line"""
    write('m', 'no model'); bad('normalize', input='x', env={'HEWAL_MODEL': 'm'}, says='m: ')
    bad('normalize', input='x', env={'HEWAL_MODEL': 'none'}, says='none: ')
    model = os.environ.get('HEWAL_MODEL') or os.path.join(os.path.dirname(HEWAL), 'ckb.model')
    write('cut', open(model, 'rb').read()[:50000]); bad('normalize', input='x', env={'HEWAL_MODEL': 'cut'}, says='cut: ')

def test_killed():
    """add, killed at ten random moments and run again: every article is there once"""
    n = 200 if SANITIZED else 2500
    write('m.jsonl', ''.join(json.dumps({'id': f'n{i}', 'text': TEXT[i % 200: 700 + i % 700]}) + '\n' for i in range(n)))
    t = time.time(); good('add', '--store=whole.db', 'm.jsonl'); whole = time.time() - t
    rnd = random.Random(7); env = dict(os.environ, HOME=os.getcwd())
    for _ in range(10):
        p = subprocess.Popen([HEWAL, 'add', '--store=s.db', 'm.jsonl'], env=env, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        time.sleep(rnd.random() * whole); p.kill(); p.wait()
    good('add', '--store=s.db', 'm.jsonl')
    a, b = good('export', '--store=s.db').lines(), good('export', '--store=whole.db').lines()
    same(sorted(x['id'] for x in a), sorted(f'n{i}' for i in range(n)))
    same(sorted(json.dumps(x, sort_keys=True) for x in a) == sorted(json.dumps(x, sort_keys=True) for x in b), True, 'the records')

def test_broken_pipe():
    """a reader that goes away ends the program quietly"""
    p = subprocess.Popen([HEWAL, 'normalize', *(samples() * 50)], stdout=subprocess.PIPE, stderr=subprocess.PIPE)
    p.stdout.read(10); p.stdout.close(); same(p.stderr.read(), b''); p.wait()

def test_hostile_names():
    """file names with line ends and escapes cannot forge messages"""
    name = 'a\nhewal: all is well\x1b[31m.txt'
    write(name, ''); r = run('add', '--store=s.db', name); same(r.code, 1); same(r.err.count('\n'), 1); assert '\x1b' not in r.err

if __name__ == '__main__': main(sys.modules['__main__'])
