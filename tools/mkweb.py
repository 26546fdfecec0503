#!/usr/bin/env python3
"""Makes the files that pages need.   tools/mkweb.py WEB OUT STAMP DEPFILE (auto|enabled|disabled) [FILE...]

WEB is the folder web/ of the source, OUT the folder to fill: style, icon, the scripts bundled with what they use from npm, the map, a
Kurdish font cut down to the letters that are needed; FILEs are copied. What must come from elsewhere may be missing (npm, its
registry, the font): with auto the pages are then made without it, and a line says so; with enabled that is an error."""
import hashlib, os, shutil, subprocess, sys, tempfile

FONTS = {'naskh.woff2': 'NotoNaskhArabic-Regular.ttf', 'naskh-bold.woff2': 'NotoNaskhArabic-Bold.ttf'}
FONT_FOLDER, FONT_NOTICE = '/usr/share/fonts/truetype/noto', '/usr/share/doc/fonts-noto-core/copyright'
# Letters of Kurdish, Arabic and Persian, digits, marks, joiners; the forms that fonts keep for them come along.
LETTERS = 'U+0600-0603,U+060C,U+061B,U+061F,U+0621-063A,U+0640-0655,U+0660-066C,U+0670,U+0671,U+0679,U+067E,U+0686,U+0688,U+0691,U+0695,U+0698,U+06A4,U+06A9,U+06AF,U+06B5,U+06BA,U+06BE,U+06C0-06C9,U+06CA-06CE,U+06D0,U+06D4,U+06D5,U+06F0-06F9,U+200C-200F,U+0020,U+00AB,U+00BB'

class Missing(Exception): pass

def run(args, what, **more):
    try: done = subprocess.run(args, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, errors='replace', timeout=900, **more)
    except FileNotFoundError: raise Missing(f'{what}: {args[0]} is not there')
    except subprocess.TimeoutExpired: raise Missing(f'{what}: {args[0]} takes too long')
    if done.returncode != 0:
        lines = [l for l in done.stdout.splitlines() if l.strip()]
        why = next((l for l in lines if 'ERR!' in l or 'rror' in l), lines[-1] if lines else 'no reason given')
        raise Missing(f'{what}: {why.strip()}')

def packages(web, folder):
    """web/'s npm packages in `folder`, fetched only when web/package-lock.json has changed."""
    with open(os.path.join(web, 'package-lock.json'), 'rb') as f: lock = hashlib.sha256(f.read()).hexdigest()
    mark = os.path.join(folder, 'fetched')
    if not os.path.exists(mark) or open(mark).read() != lock:
        os.makedirs(folder, exist_ok=True)
        for name in ('package.json', 'package-lock.json', '.npmrc'): shutil.copy(os.path.join(web, name), folder)
        run(['npm', 'ci', '--omit=dev', '--prefer-offline'], 'npm', cwd=folder)
        with open(mark, 'w') as f: f.write(lock)
    return os.path.join(folder, 'node_modules')

def licences(modules, out):
    """What is compiled in keeps its notices: of the packages, and of the font."""
    parts = []
    for name in sorted(os.listdir(modules)):
        path = os.path.join(modules, name, 'LICENSE')
        if name in ('esbuild', 'commander') or not os.path.exists(path): continue # tools
        parts.append(f'{name}\n\n{open(path, encoding="utf8").read().strip()}\n')
    parts.append('The map is made of Natural Earth data (public domain).\n')
    if os.path.exists(FONT_NOTICE): parts.append(f'The font is Noto Naskh Arabic, cut down to some of its letters.\n\n{open(FONT_NOTICE, encoding="utf8").read().strip()}\n')
    with open(os.path.join(out, 'licences.txt'), 'w', encoding='utf8') as f: f.write(f'\n{"-" * 72}\n\n'.join(parts))

def scripts(web, out, folder):
    modules = packages(web, folder)
    src = os.path.join(web, 'src')
    with tempfile.TemporaryDirectory(dir=folder) as made: # all or nothing
        common = ['--minify', '--legal-comments=none', '--log-level=warning', '--charset=utf8', f'--outdir={made}']
        esbuild, env = os.path.join(modules, '.bin/esbuild'), dict(os.environ, NODE_PATH=modules)
        run([esbuild, os.path.join(src, 'app.js'), '--bundle', '--splitting', '--format=esm', '--target=es2022', *common], 'esbuild', env=env)
        run([esbuild, os.path.join(src, 'theme.js'), '--target=es2019', *common], 'esbuild', env=env)
        run(['node', os.path.join(web, 'map.mjs'), modules, made], 'the map')
        for name in os.listdir(made): shutil.copy(os.path.join(made, name), out)
    licences(modules, out)

def fonts(web, out, folder):
    for name, source in FONTS.items():
        source = os.path.join(FONT_FOLDER, source)
        if not os.path.exists(source): raise Missing(f'the font {source} is not there')
        # Contours are kept as they are; hints are for screens of the past.
        run(['pyftsubset', source, f'--unicodes={LETTERS}', '--layout-features=*', '--no-hinting', '--flavor=woff2', f'--output-file={os.path.join(out, name)}'], 'the font')

def main(web, out, stamp, depfile, wish, *files):
    shutil.rmtree(out, ignore_errors=True)
    os.makedirs(out)
    for f in (os.path.join(web, 'src/hewal.css'), os.path.join(web, 'src/hewal.svg'), *files): shutil.copy(f, out)
    for make, without in ((scripts, 'scripts'), (fonts, 'a Kurdish font of their own')):
        if wish == 'disabled': continue
        try: make(web, out, os.path.join(os.path.dirname(os.path.abspath(out)), 'npm'))
        except Missing as e:
            if wish == 'enabled': sys.exit(f'mkweb: {e} (tools/install-deps web)')
            print(f'mkweb: {e}: the pages are built without {without} (tools/install-deps web)', file=sys.stderr)
    made = sorted(os.path.join(d, f) for d, _, names in os.walk(web) for f in names if 'node_modules' not in d and '/test' not in d)
    with open(depfile, 'w') as f: f.write(f'{stamp}: ' + ' '.join(made) + '\n')
    with open(stamp, 'w') as f: f.write('\n'.join(sorted(os.listdir(out))) + '\n')

main(*sys.argv[1:])
