#!/usr/bin/env python3
"""The command line: usage, help, man page, completion; annotate and the commands on words. TAP."""
import os, re, subprocess, sys
from clikit import *

def commands():
    return re.findall(r'^  ([a-z]+) ', good('help').out, re.M)

def options(command):
    return sorted(set(re.findall(r'^  (--[a-z]+)', good(command, '--help').out, re.M)) - {'--help'})

def test_no_command():
    """without a command: the list of commands on standard error, exit 2"""
    r = run(); same(r.code, 2); same(r.out, ''); assert 'annotate' in r.err

def test_unknown_command():
    """an unknown command: one line, exit 2"""
    bad('frobnicate', code=2, says='frobnicate')
    bad('help', 'frobnicate', code=2, says='frobnicate')

def test_help_of_each():
    """every command has --help, the same as `help COMMAND`, exit 0"""
    assert len(commands()) >= 14, commands()
    for c in commands():
        r = good(c, '--help'); assert r.out.startswith(f'usage: hewal {c}'), r.out[:80]
        same(r.err, ''); same(good('help', c).out, r.out)
        assert all(len(l) <= 200 for l in r.out.split('\n'))

def test_version():
    """version says which program and which model"""
    r = good('version'); assert re.fullmatch(r'hewal [\d.]+\nmodel \S+\n', r.out), r.out
    same(good('--version').out, r.out)

def test_wrong_options():
    """every command: an unknown option, a missing and a wrong value, exit 2"""
    for c in commands():
        bad(c, '--frobnicate', code=2, says='--frobnicate'); bad(c, '-x', code=2, says='-x')
        text = good(c, '--help').out
        for o, arg in re.findall(r'^  --([a-z]+)=(\S+)', text, re.M):
            bad(c, f'--{o}', code=2, says=f'--{o}'); bad(c, f'--{o}=', code=2, says=f'--{o}')
            if arg == 'N': bad(c, f'--{o}=many', code=2, says='number'); bad(c, f'--{o}=0', code=2, says='number'); bad(c, f'--{o}=-1', code=2)
            if arg in ('DATE', 'YYYY-MM-DD'): bad(c, f'--{o}=yesterday', code=2, says='date'); bad(c, f'--{o}=2021-13-01', code=2, says='date')
            if '|' in arg: bad(c, f'--{o}=other', code=2, says=f'--{o}')
        for o in re.findall(r'^  --([a-z]+) ', text, re.M):
            if o != 'help': bad(c, f'--{o}=1', code=2, says='no value')

def test_arguments():
    """commands that want arguments say so; those that take none refuse them"""
    for c in ('add', 'watch', 'backup', 'forget', 'search', 'who', 'show', 'inflect', 'paradigm'): bad(c, code=2, says='wants')
    for c in ('quotes', 'events', 'verify', 'export', 'report', 'version'): bad(c, 'extra', code=2, says='extra')
    bad('who', 'a', 'b', code=2, says='b')

def test_man_page():
    """the man page tells of every command and every option, and of no others"""
    man = open(os.path.join(ROOT, 'man/hewal.1'), encoding='utf8').read()
    plain = re.sub(r'\\f.', '', man).replace('\\-', '-')
    sections = dict(re.findall(r'^\.SS ([a-z]+)\b.*?\n(.*?)(?=^\.S[SH] )', plain, re.M | re.S))
    same(sorted(sections), sorted(commands()), 'commands')
    for c in commands():
        told = sorted(set(re.findall(r'--[a-z]+', sections[c])))
        same(told, options(c), f'options of {c}')

def test_man_page_is_clean():
    """the man pages format without a warning"""
    for page in ('hewal.1', 'libhewal.3'):
        p = subprocess.run(['man', '--warnings', '-l', os.path.join(ROOT, 'man', page)], capture_output=True, env=dict(os.environ, LC_ALL='C.UTF-8', MANWIDTH='100'))
        same((p.returncode, p.stderr), (0, b''))

def complete(*words):
    script = '. "$1"; shift; COMP_WORDS=("$@"); COMP_CWORD=$(($# - 1)); _hewal; printf "%s\\n" "${COMPREPLY[@]}"'
    p = subprocess.run(['bash', '-c', script, 'bash', os.path.join(ROOT, 'completions/hewal.bash'), HEWAL, *words], capture_output=True, text=True)
    same((p.returncode, p.stderr), (0, ''))
    return [l for l in p.stdout.split('\n') if l]

def test_completion():
    """the completion offers every command, every option, and their values"""
    same(sorted(complete('')), sorted(commands())); same(complete('ann'), ['annotate'])
    for c in commands(): same(sorted(x.rstrip('=') for x in complete(c, '--')), sorted(options(c) + ['--help']), c)
    same(complete('annotate', '--format', '=', ''), ['json', 'conllu']); same(complete('annotate', '--format', '=', 'c'), ['conllu'])
    same(complete('annotate', '--format', '='), ['json', 'conllu']); same(complete('transliterate', '--to', 'l'), ['latin'])
    assert 'press-conference' in complete('quotes', '--channel', '=', 'p'); same(sorted(complete('help', '')), sorted(commands()))
    write('file.txt', 'x'); same(complete('add', 'fil'), ['file.txt'])

def test_readme():
    """the README uses only commands and options that there are"""
    path = os.path.join(ROOT, 'README.md')
    if not os.path.exists(path): raise AssertionError('there is no README.md')
    text = open(path, encoding='utf8').read(); fenced = re.findall(r'^```.*?\n(.*?)^```', text, re.M | re.S); inline = re.findall(r'`([^`\n]+)`', text)
    used = re.findall(r'^(?:\$ )?(?:\S*/)?hewal ([a-z]+)([^\n|]*)', '\n'.join(fenced + inline), re.M); assert used
    for command, rest in used:
        assert command in commands(), f'hewal {command}'
        for o in re.findall(r'--[a-z-]+', rest): assert o in options(command) + ['--help'], f'hewal {command} {o}'

# ---- annotate ----

TEXT = sample_text('a09-pope-iraq-2021.txt')

def test_annotate_json():
    """annotate: raw text gives one line of JSON whose spans are the text's own words"""
    r = good('annotate', '--format=json', '--published=2021-03-08', '--id=x7', input=TEXT)
    same(r.out.count('\n'), 1); rec = r.json(); raw = TEXT.encode()
    same((rec['hewal'], rec['id'], rec['published'], rec['text']), (1, 'x7', '2021-03-08', TEXT))
    assert rec['mentions'] and rec['quotes'] and rec['entities']
    for what in ('mentions', 'times', 'quantities', 'quotes', 'events'):
        for x in rec[what]: raw[x['b']:x['e']].decode(); assert 0 <= x['b'] < x['e'] <= len(raw)

def test_annotate_conllu():
    """annotate: CoNLL-U has ten columns, rising ids, and bytes that are the form"""
    raw = TEXT.encode(); n = 0
    for block in good('annotate', '--format=conllu', input=TEXT).out.strip().split('\n\n'):
        last = 0
        for l in block.split('\n'):
            if l.startswith('#'): continue
            c = l.split('\t'); same(len(c), 10, l); same(int(c[0]), last + 1); last += 1; n += 1
            b, e = map(int, re.search(r'Bytes=(\d+)-(\d+)', c[9]).groups()); same(raw[b:e].decode(), c[1])
    assert n > 100

def test_annotate_jsonl():
    """annotate: lines of JSON come out in order, with their fields; a bad line says so and the rest goes on"""
    lines = [{'id': 'a', 'text': TEXT, 'outlet': 'o', 'x': {'y': [1, None, 'ئ']}}, None, {'id': 'c'}, {'id': 4, 'text': 'x'}, {'text': TEXT, 'published': '2020-01-01'}]
    text = '\n'.join('{oh' if l is None else json.dumps(l) for l in lines) + '\n\n'
    r = bad('annotate', '--input=jsonl', input=text, says='standard input:2: '); out = r.lines()
    same([x.get('id') for x in out], ['a', None, 'c', '4', None]); same([('error' in x) for x in out], [False, True, True, False, False])
    same((out[0]['x'], out[0]['outlet'], out[4]['published']), ({'y': [1, None, 'ئ']}, 'o', '2020-01-01'))
    same(r.err.count('\n'), 1)
    assert '2 of 5' in r.err, r.err

def test_number():
    """number: words for digits, digits for words, nothing for what is no number; --to says which"""
    lines = '25\nسەد و یەک\n٥٪\r\n٣ەم\nکوردستان\n\n1,5'
    same(good('number', input=lines).out, '25\tبیست و پێنج\nسەد و یەک\t101\n٥٪\tلە سەدا پێنج\n٣ەم\tسێیەم\nکوردستان\t\n\t\n1,5\tیەک پۆینت پێنج\n')
    same(good('number', '--to=digits', input=lines).out.split('\n')[:4], ['25\t25', 'سەد و یەک\t101', '٥٪\t5%', '٣ەم\t3ەم'])
    same(good('number', '--to=words', input='دووسەد هەزار').out, 'دووسەد هەزار\tدووسەد هەزار\n'); same(good('number', input='').out, '')

def test_annotate_threads():
    """annotate: the same bytes for any number of threads, many articles"""
    many = ''.join(json.dumps({'id': f'n{i}', 'text': TEXT[i % 300:300 + i % 900 + i % 7 * 90]}) + ('\n' if i % 13 else '\n{bad\n') for i in range(150 if SANITIZED else 1500))
    one = run('annotate', '--input=jsonl', '--threads=1', input=many)
    for n in (2, 3, 8):
        r = run('annotate', '--input=jsonl', f'--threads={n}', input=many); same(r.raw == one.raw, True, f'{n} threads'); same((r.code, r.err), (one.code, one.err))
    same(one.code, 1)

def test_annotate_files():
    """annotate: files are what they are: header lines, HTML, JSON lines; the id is their path"""
    r = good('annotate', *samples()); recs = r.lines(); assert len(recs) > 28
    page = [x for x in recs if str(x['id']).endswith('.html')][0]
    assert page['published'] == '2011-02-07' and page['title'] and '<' not in page['text']
    assert any(x['id'] == 'b14-1' for x in recs)
    same(good('annotate', '--input=text', samples()[0]).json()['text'], open(samples()[0], encoding='utf8').read())

def test_annotate_streams():
    """annotate: a record is written as soon as its line has come, not when the next one does"""
    p = subprocess.Popen([HEWAL, 'annotate', '--input=jsonl', '--threads=2'], stdin=subprocess.PIPE, stdout=subprocess.PIPE)
    for i in range(3):
        p.stdin.write(json.dumps({'id': str(i), 'text': 'x'}).encode() + b'\n'); p.stdin.flush()
        same(json.loads(p.stdout.readline())['id'], str(i))
    p.stdin.close(); same(p.wait(), 0)

def test_annotate_usage():
    """annotate: --id is for one text; dates are dates"""
    write('a', TEXT); write('b', TEXT)
    bad('annotate', '--id=x', 'a', 'b', code=2, says='--id'); bad('annotate', '--published=2021', code=2, says='date')

# ---- words ----

def test_normalize():
    """normalize: spaces and lines stay, text of any length goes through, twice is once"""
    r = good('normalize', input=TEXT + '\n\n  x \t y\r\n'); assert r.out.endswith('\n\n  x \t y\r\n'), r.out[-20:]
    same(good('normalize', input=r.out).out, r.out)
    big = (TEXT + '\n') * (300 if SANITIZED else 3000); same(good('normalize', input=big).out == good('normalize', input=TEXT + '\n').out * (300 if SANITIZED else 3000), True)
    same(good('normalize', input='').out, '')

def test_normalize_groups():
    """normalize: --only and --keep take groups; --from reads old fonts; what is no group is said"""
    text = 'كوردي دە چێت  ۴ رۆژ\n'
    same(good('normalize', input=text).out, 'کوردی دەچێت ٤ ڕۆژ\n')
    same(good('normalize', '--only=letters', input=text).out, 'کوردی دە چێت  ۴ رۆژ\n')
    same(good('normalize', '--only=digits,initial-r', input=text).out, 'كوردي دە چێت  ٤ ڕۆژ\n')
    same(good('normalize', '--keep=particles,spaces,digits', input=text).out, 'کوردی دە چێت  ۴ ڕۆژ\n')
    same(good('normalize', '--only=letters,spaces', '--keep=letters', input=text).out, 'كوردي دە چێت ۴ رۆژ\n')
    same(good('normalize', '--from=ali-k', input='بطؤرِنةءة ثيَلاَو\n').out, 'بگۆڕنەوە پێڵاو\n')
    same(good('normalize', '--lexicon', input='ژیانو مردن\n').out, 'ژیان و مردن\n'); same(good('normalize', input='ژیانو مردن\n').out, 'ژیانو مردن\n')
    bad('normalize', '--only=letters,nosuch', code=2, says='«nosuch»'); bad('normalize', '--keep=letters,', code=2, says='«»'); bad('normalize', '--only=LIST', code=2, says='LIST')
    listed = re.search(r'--only=LIST.*groups: (\S+)', good('normalize', '--help').out).group(1).split(',')
    for g in listed: same(good('normalize', f'--only={g}', input='x\n').out, 'x\n')
    man = re.sub(r'\\f.', '', open(os.path.join(ROOT, 'man/hewal.1'), encoding='utf8').read()).replace('\\-', '-'); man = man[man.index('.SS normalize'):man.index('.SS tokens')]
    for g in listed: assert re.search(rf'^\.BR? {g}\b', man, re.M), g
    alone = ''.join(good('normalize', f'--only={g}', input=text).out != text and g + ' ' or '' for g in listed); same(alone.split(), ['letters', 'initial-r', 'digits', 'particles', 'spaces'])

def test_normalize_map():
    """normalize: --map writes pairs that rise, over all files and pieces, and lead to the words"""
    text = 'كوردي  و x\nدە چێت رۆژ\n'; write('a', text); write('b', text * (2000 if SANITIZED else 30000))
    r = good('normalize', '--map=m', 'a', 'b'); raw = (open('a').read() + open('b').read()).encode()
    pairs = [tuple(map(int, l.split('\t'))) for l in open('m')]
    same((pairs[0], pairs[-1]), ((0, 0), (len(r.raw), len(raw))))
    assert all(a <= c and b <= d and (a, b) != (c, d) for (a, b), (c, d) in zip(pairs, pairs[1:]))
    for (a, b), (c, d) in zip(pairs[:400], pairs[1:400]): x, y = raw[b:d].decode(), r.raw[a:c].decode(); assert x == y or (x.strip(), y.strip()) in (('كوردي', 'کوردی'), ('', ''), ('رۆژ', 'ڕۆژ')), (x, y)
    bad('normalize', '--map=/nonexistent/m', input='x', says='/nonexistent/m: No such file')
    if os.path.exists('/dev/full'): bad('normalize', '--map=/dev/full', input=text, says='/dev/full')

def test_analyze():
    """analyze: a block a word, best first; an unknown word has the part of speech X"""
    words = ['کوردستان', 'دەڵێم', 'qwertz9', 'سەرۆکەکانیان']
    blocks = good('analyze', input='\n'.join(words) + '\n').out.split('\n\n'); same(blocks[-1], ''); same(len(blocks), len(words) + 1)
    for w, b in zip(words, blocks):
        for l in b.split('\n'): c = l.split('\t'); same(len(c), 4, l); same(c[0], w)
    same(blocks[2].split('\t')[1:3], ['', 'X'])

def test_inflect():
    """inflect: the form with just these features, in any order; paradigm: a line a form, read back by analyze"""
    same(good('inflect', 'کتێب', 'Number=Plur|Definite=Def|Case=Loc').out, 'کتێبەکاندا\n')
    same(good('inflect', 'کتێب', '').out, 'کتێب\n')
    same(good('inflect', '--upos=VERB', 'چوون', 'Mood=Ind|Number=Plur|Person=1|Polarity=Neg|Tense=Pres|VerbForm=Fin').out, 'ناچین\n')
    bad('inflect', 'کتێب', 'Tense=Past', code=1, says='Tense=Past'); bad('inflect', 'ژژژ', '', code=1, says='ژژژ')
    bad('inflect', '--upos=NOUNS', 'کتێب', '', code=1, says='NOUNS')
    rows = [l.split('\t') for l in good('paradigm', 'گەڕانەوە').out.split('\n') if l]
    assert len(rows) > 150 and all(len(r) == 4 and r[3] for r in rows), rows[:3]
    row = next(r for r in rows if r[:2] == ['VERB', 'present 3p'])
    assert f'گەڕانەوە\tVERB\t{row[2]}' in good('analyze', '--all', input=row[3].split('|')[0] + '\n').out
    bad('paradigm', 'لەگەڵ', '--upos=NOUN', code=1)

def test_tokens():
    """tokens: an empty line after each line of the input; --search the same for any number of threads"""
    r = good('tokens', input='سڵاو، جیهان\nx\n\n1'); same(r.out.split('\n').count(''), 5)
    same(r.out, 'سڵاو\n،\nجیهان\n\nx\n\n\n1\n\n')
    text = (TEXT + '\n') * (30 if SANITIZED else 300)
    a = good('tokens', '--search', '--threads=1', input=text); assert a.out.count('\n\n') == text.count('\n') or True
    for n in (2, 7): same(good('tokens', '--search', f'--threads={n}', input=text).raw == a.raw, True)
    same(good('tokens', '--search', '--all', input='کتێبەکان\n').out, 'کتێب\t=کتێبەکان\n\n')
    x, y = good('tokens', '--search', input='سەرۆکەکان\n').out, good('tokens', '--search', input='سەرۆكێك\n').out; same(x, y, 'inflections of a word')

def test_transliterate():
    """transliterate: to Latin and back"""
    latin = good('transliterate', '--to=latin', input='کوردستان ١٢٣\n').out; same(latin.split()[0], 'kurdistan')
    assert good('transliterate', '--to=arabic', input='kurdistan\n').out.startswith('کوردستان')

def test_words_refuse_binary():
    """normalize, tokens, analyze, transliterate: binary data and UTF-16 are refused with the byte"""
    for c in ('normalize', 'tokens', 'analyze', 'transliterate'):
        bad(c, input=b'ab\0cd\n', says='standard input: a NUL at byte 2'); bad(c, input=b'\xff\xfea\0', says='UTF-16'); bad(c, 'nosuch', says='nosuch: No such file')

if __name__ == '__main__': main(sys.modules['__main__'])
