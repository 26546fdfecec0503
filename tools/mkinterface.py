#!/usr/bin/env python3
"""Compiles what pages say for src/serve/words.h and for the scripts.   tools/mkinterface.py TABLE OUTPUT.c ENGLISH.js KURDISH.js

TABLE: id, English, Kurdish, with tabs between; see its first lines. The scripts get the lines whose id begins with js., and those
that name values (SHARED)."""
import json, re, sys

SHARED = ('js.', 'type.', 'kind.', 'channel.', 'event.', 'status.', 'mode.', 'month.', 'number.', 'date.', 'network.', 'voices.', 'map.')

def read(path):
    rows, header = {}, None
    for n, line in enumerate(open(path, encoding='utf8'), 1):
        line = line.rstrip('\n')
        if not line or line.startswith('#'): continue
        cells = line.split('\t')
        if header is None: header = cells; continue
        if len(cells) != 3 or not cells[0] or not cells[1] or not cells[2]: sys.exit(f'{path}:{n}: an id, the English and the Kurdish are wanted, with tabs between')
        if cells[0] in rows: sys.exit(f'{path}:{n}: {cells[0]} stands here for the second time')
        if set(re.findall(r'\{\d\}', cells[1])) != set(re.findall(r'\{\d\}', cells[2])): sys.exit(f'{path}:{n}: English and Kurdish put in different things')
        rows[cells[0]] = cells[1:]
    return rows

def c(s): return '"' + ''.join(f'\\{b:03o}' if b < 32 or b > 126 or b in b'"\\?' else chr(b) for b in s.encode()) + '"'

def main(table, out, english, kurdish):
    rows = read(table)
    with open(out, 'w') as f:
        f.write('/* Made by tools/mkinterface.py. */\n#include "serve/words.h"\n\nconst hw_word hw_words[] = {\n')
        for k in sorted(rows, key=lambda s: s.encode()): f.write(f'    {{{c(k)}, {{{c(rows[k][0])}, {c(rows[k][1])}}}}},\n')
        f.write('};\nconst size_t hw_n_words = sizeof hw_words / sizeof *hw_words;\n')
    for path, column in ((english, 0), (kurdish, 1)):
        words = {k: v[column] for k, v in sorted(rows.items()) if k.startswith(SHARED)}
        with open(path, 'w', encoding='utf8') as f: f.write(f'export default {json.dumps(words, ensure_ascii=False, separators=(",", ":"))};\n')

main(*sys.argv[1:])
