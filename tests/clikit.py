"""What the tests of the command line share: running the program, saying in TAP how it went.

The program is $HEWAL. A test is a function whose name begins with `test_`; its first line of documentation is what is said.
It fails by an exception. main() runs all of a module, each in a new folder with an empty $HOME."""
import json, os, resource, signal, subprocess, sys, tempfile, traceback

ROOT = os.path.dirname(os.path.dirname(os.path.abspath(__file__)))
SAMPLES = os.path.join(ROOT, 'samples')
HEWAL = os.path.abspath(os.environ.get('HEWAL', os.path.join(ROOT, 'build', 'hewal')))
SANITIZED = bool(os.environ.get('HEWAL_SANITIZED'))  # slower by far

class Result:
    def __init__(self, p): self.code, self.raw, self.out, self.err = p.returncode, p.stdout, p.stdout.decode(errors='replace'), p.stderr.decode(errors='replace')
    def json(self): return json.loads(self.raw)
    def lines(self): return [json.loads(l) for l in self.raw.decode().split('\n') if l]

def run(*args, input=b'', env=None, file_limit=None, stdout=None, timeout=300, prefix=()):
    """Runs the program. file_limit: the most bytes a file may have, as on a full disk."""
    def limit():
        if file_limit is None: return
        signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
        resource.setrlimit(resource.RLIMIT_FSIZE, (file_limit, file_limit))
    e = dict(os.environ)
    for k in ('HEWAL_STORE', 'XDG_DATA_HOME', 'COLUMNS', 'NO_COLOR'): e.pop(k, None)
    e.update(HOME=os.getcwd(), **(env or {}))
    p = subprocess.run([*prefix, HEWAL, *args], input=input.encode() if isinstance(input, str) else input, env=e, timeout=timeout,
                       stdout=stdout or subprocess.PIPE, stderr=subprocess.PIPE, preexec_fn=limit)
    if p.stdout is None: p.stdout = b''
    r = Result(p)
    if p.returncode < 0 or 'Sanitizer' in r.err or 'runtime error' in r.err: raise AssertionError(f'{args}: died ({p.returncode}): {r.err[:3000]}')
    return r

def good(*args, **more):
    r = run(*args, **more)
    if r.code != 0: raise AssertionError(f'{args}: exit {r.code}: {r.err[:500]}')
    return r

def bad(*args, code=1, says='', **more):
    """Runs what must fail: with this exit status and one clear line that holds `says` (a last one, where each refusal has its own)."""
    r = run(*args, **more)
    if r.code != code: raise AssertionError(f'{args}: exit {r.code}, not {code}: {r.err[:500]}')
    lines = r.err.rstrip('\n').split('\n')
    if not all(l.startswith('hewal: ') for l in lines): raise AssertionError(f'{args}: said {r.err[:500]!r}')
    if says not in r.err: raise AssertionError(f'{args}: does not say {says!r}: {r.err[:500]!r}')
    return r

def same(a, b, what=''):
    if a != b: raise AssertionError(f'{what}: {str(a)[:400]} is not {str(b)[:400]}')

def write(path, data):
    with open(path, 'wb') as f: f.write(data if isinstance(data, bytes) else data.encode())
    return path

def samples():
    return sorted(os.path.join(SAMPLES, f) for f in os.listdir(SAMPLES) if f.endswith(('.txt', '.html', '.jsonl')))

def sample_text(name):
    """The text of a sample without its header lines."""
    with open(os.path.join(SAMPLES, name), encoding='utf8') as f: return f.read().partition('\n\n')[2].strip()

def filled_store():
    """A store with the samples."""
    good('add', '--store=s.db', *samples())
    return 's.db'

def main(module):
    tests = [(n, f) for n, f in vars(module).items() if n.startswith('test_')]
    only = sys.argv[1:]
    failed = 0
    for name, f in tests:
        if only and name not in only: continue
        with tempfile.TemporaryDirectory() as d:
            os.chdir(d)
            try: f(); print(f'ok - {f.__doc__.splitlines()[0]}', flush=True)
            except Exception as x:  # whatever it was, the other tests go on
                failed += 1
                print(f'not ok - {f.__doc__.splitlines()[0]}\n  {name}: {x}' if isinstance(x, AssertionError) else f'not ok - {f.__doc__.splitlines()[0]}\n  {name}: {traceback.format_exc()}', flush=True)
            os.chdir('/')
    sys.exit(bool(failed))
