#!/usr/bin/env python3
"""Compiles a folder of files into a C file for src/serve/assets.h.   tools/mkassets.py FOLDER OUTPUT DEPFILE [FILE...]

Each FILE is added by its bare name. The same folder gives the same output, byte for byte."""
import gzip, hashlib, os, sys

TYPES = {'.css': 'text/css; charset=utf-8', '.js': 'text/javascript; charset=utf-8', '.mjs': 'text/javascript; charset=utf-8',
         '.json': 'application/json', '.svg': 'image/svg+xml', '.png': 'image/png', '.ico': 'image/x-icon', '.webp': 'image/webp',
         '.woff2': 'font/woff2', '.woff': 'font/woff', '.ttf': 'font/ttf', '.txt': 'text/plain; charset=utf-8', '.map': 'application/json',
         '.webmanifest': 'application/manifest+json'}

def array(name, data):
    lines = [','.join(map(str, data[i:i + 32])) for i in range(0, len(data), 32)]
    return f'static const unsigned char {name}[] = {{' + ',\n'.join(lines or ['0']) + '};\n'

def main(folder, output, depfile, *more):
    files = sorted((os.path.relpath(os.path.join(d, f), folder).replace(os.sep, '/'), os.path.join(d, f))
                   for d, _, names in os.walk(folder) for f in names if not f.startswith('.'))
    files = sorted(files + [(os.path.basename(f), f) for f in more])
    whole, rows, arrays = hashlib.sha256(), [], []
    for i, (name, path) in enumerate(files):
        ext = os.path.splitext(name)[1]
        if ext not in TYPES: sys.exit(f'mkassets: {path}: no content type is known for {ext or "a file without an extension"}')
        if not all(c.isalnum() and c.isascii() or c in '._-/' for c in name): sys.exit(f'mkassets: {path}: a name must be letters, digits, and . _ - /')
        with open(path, 'rb') as f: data = f.read()
        whole.update(name.encode() + b'\0' + len(data).to_bytes(8, 'big') + data)
        packed = gzip.compress(data, 9, mtime=0)
        arrays.append(array(f'plain_{i}', data))
        smaller = len(packed) < len(data)
        if smaller: arrays.append(array(f'gzip_{i}', packed))
        zipped = f'gzip_{i}, {len(packed)}' if smaller else 'NULL, 0'
        rows.append(f'    {{"{name}", "{TYPES[ext]}", plain_{i}, {len(data)}, {zipped}, "W/\\"{hashlib.sha256(data).hexdigest()[:16]}\\""}},\n')
    with open(output, 'w') as f:
        f.write(f'/* Made by tools/mkassets.py. */\n#include "serve/assets.h"\n\n{"".join(arrays)}\n'
                f'const char hw_assets_base[] = "/static/{whole.hexdigest()[:12]}/";\nconst hw_asset hw_assets[] = {{\n{"".join(rows)}    {{NULL, NULL, NULL, 0, NULL, 0, NULL}}}};\n')
    with open(depfile, 'w') as f: f.write(f'{output}: ' + ' '.join(p for _, p in files) + '\n')

main(*sys.argv[1:])
