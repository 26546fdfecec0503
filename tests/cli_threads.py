#!/usr/bin/env python3
"""The commands that work on many threads, built with the thread sanitizer ($HEWAL_TSAN): no race. TAP."""
import os, sys
if os.environ.get('HEWAL_TSAN'): os.environ['HEWAL'] = os.environ['HEWAL_TSAN']
from clikit import *

TEXT = sample_text('a09-pope-iraq-2021.txt')
MANY = ''.join(json.dumps({'id': f'n{i}', 'text': TEXT[i % 200: 600 + i]}) + ('\n' if i % 9 else '\n{bad\n') for i in range(80))

def test_annotate():
    """annotate: no race, JSON and CoNLL-U, bad lines among the good"""
    for f in ('json', 'conllu'):
        same(run('annotate', '--input=jsonl', f'--format={f}', '--threads=6', input=MANY).code, 1)
    good('annotate', '--threads=4', *samples())

def test_add():
    """add: no race, new, skipped and refused articles"""
    write('m.jsonl', MANY)
    for _ in range(2): same(run('add', '--store=s.db', '--threads=6', 'm.jsonl', *samples()).code, 1)

def test_tokens():
    """tokens: no race"""
    good('tokens', '--search', '--threads=6', input=(TEXT + '\n') * 300)

def test_full():
    """output that is full stops all threads"""
    with open('/dev/full', 'wb') as f: bad('annotate', '--input=jsonl', '--threads=6', input=MANY * 5, stdout=f, says='standard output')

if __name__ == '__main__': main(sys.modules['__main__'])
