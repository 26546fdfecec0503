#!/usr/bin/env python3
"""hewal watch: what comes into folders is added. TAP."""
import signal, sqlite3, subprocess, sys, time
from clikit import *

TEXT = sample_text('a09-pope-iraq-2021.txt')

class Watch:
    def __init__(self, *folders, store='s.db'):
        self.store = store; e = dict(os.environ, HOME=os.getcwd())
        self.p = subprocess.Popen([HEWAL, 'watch', f'--store={store}', '--threads=2', *folders], stdout=subprocess.PIPE, stderr=subprocess.PIPE, env=e)
    def __enter__(self): return self
    def __exit__(self, *_):
        if self.p.poll() is None: self.p.kill(); self.p.wait()
        self.p.stdout.close(); self.p.stderr.close()
    def ids(self):
        try: db = sqlite3.connect(f'file:{self.store}?mode=ro', uri=True); rows = {r[0] for r in db.execute('SELECT id FROM articles')}; db.close(); return rows
        except sqlite3.Error: return set()
    def until(self, wanted, seconds=60):
        end = time.time() + seconds
        while time.time() < end:
            if wanted(self.ids()): return
            if self.p.poll() is not None: raise AssertionError(f'ended with {self.p.returncode}: {self.p.stderr.read().decode()}')
            time.sleep(0.05)
        raise AssertionError(f'in the store after {seconds} s: {len(self.ids())} {sorted(self.ids())[:20]}')
    def stop(self, sig=signal.SIGTERM):
        self.p.send_signal(sig); out, err = self.p.communicate(timeout=60); same((self.p.returncode, err.decode()), (0, '')); return out.decode()

def article(id, text=None, **more): return json.dumps({'id': id, 'text': text or f'{id} {TEXT[:300]}', **more}) + '\n'

def test_comes():
    """what is there, what comes, changes, is moved in, in new and moved folders; not hidden or half-written files"""
    os.makedirs('w/sub'); write('w/a.jsonl', article('a')); write('w/sub/b.jsonl', article('b')); write('w/.hidden.jsonl', article('hidden')); write('w/picture.png', b'\x89PNG')
    with Watch('w') as w:
        w.until(lambda x: x == {'a', 'b'})
        write('w/c.jsonl', article('c')); w.until(lambda x: 'c' in x)
        os.makedirs('w/new/deep'); write('w/new/deep/d.jsonl', article('d')); w.until(lambda x: 'd' in x)
        write('e.jsonl', article('e')); os.rename('e.jsonl', 'w/e.jsonl'); w.until(lambda x: 'e' in x)
        os.makedirs('out/er'); write('out/er/f.jsonl', article('f')); os.rename('out', 'w/in'); w.until(lambda x: 'f' in x)
        write('w/in/er/g.jsonl', article('g')); w.until(lambda x: 'g' in x)
        os.rename('w/in', 'away'); write('away/er/no.jsonl', article('no')); os.rename('w/new', 'w/renamed'); write('w/renamed/deep/h.jsonl', article('h')); w.until(lambda x: 'h' in x)
        f = open('w/slow.jsonl', 'w'); f.write(article('s1')); f.flush(); time.sleep(1); assert 's1' not in w.ids(); f.write(article('s2')); f.close(); w.until(lambda x: {'s1', 's2'} <= x)
        write('w/c.jsonl', article('c', 'دەقێکی تر.')); end = time.time() + 60
        while good('show', '--store=s.db', '--format=json', 'c').json()['text'] != 'دەقێکی تر.' and time.time() < end: time.sleep(0.1)
        same(len(good('show', '--store=s.db', '--format=json', '--history', 'c').lines()), 1)
        same(w.ids() & {'no', 'hidden'}, set()); assert 'added 2' in w.stop()
    assert good('verify', '--store=s.db')

def test_burst():
    """a burst of many files and folders: none is lost, also when the kernel's queue runs over"""
    os.makedirs('w'); n = 300 if SANITIZED else 3000
    with Watch('w') as w:
        write('w/first.jsonl', article('first')); w.until(lambda x: 'first' in x)
        os.kill(w.p.pid, signal.SIGSTOP) # the queue (16,384 events as a rule) fills up
        for i in range(n):
            if i % 100 == 0: os.makedirs(f'w/{i // 100}')
            write(f'w/{i // 100}/{i}.jsonl', article(f'n{i}', f'وشەی {i} لێرەیە.'))
        for i in range(9000): # overflow
            with open(f'w/x{i % 7}.tmp', 'w'): pass
        write('w/last.jsonl', article('last')); os.kill(w.p.pid, signal.SIGCONT)
        w.until(lambda x: len(x) == n + 2, 240); w.stop(signal.SIGINT)

def test_stops():
    """SIGTERM in the midst of adding stops it cleanly; what was committed is there, and starting again adds the rest"""
    os.makedirs('w'); write('w/many.jsonl', ''.join(article(f'n{i}', TEXT[i % 300: 900 + i % 300] + f' {i}') for i in range(6000)))
    with Watch('w') as w: time.sleep(0.7); w.stop()
    before = len(Watch.ids(w)); assert not os.path.exists('s.db') or good('verify', '--store=s.db')
    with Watch('w') as w: w.until(lambda x: len(x) == 6000, 120); assert before <= 6000; w.stop()

def test_wrong():
    """what cannot be watched is said"""
    write('file', 'x'); bad('watch', '--store=s.db', 'file', says='no folder'); bad('watch', '--store=s.db', 'nothing', says='nothing'); bad('watch', '--store=s.db', code=2)
    os.makedirs('w'); write('w/bad.jsonl', '{"id": "x"\n' + article('good'))
    with Watch('w') as w:
        w.until(lambda x: 'good' in x); w.p.send_signal(signal.SIGTERM); out, err = w.p.communicate(timeout=60); same(w.p.returncode, 0); assert b'bad.jsonl:1' in err and b'refused 1' in out, (out, err)

if __name__ == '__main__': main(sys.modules['__main__'])
