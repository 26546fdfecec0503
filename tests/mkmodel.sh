#!/bin/sh
# Broken language files: mkmodel says file:line: what, ends with 1 and leaves no model.
#   tests/mkmodel.sh MKMODEL LANG_DIR     (or $MKMODEL and $HEWAL_LANG)
mkmodel=${1:-${MKMODEL:?the path of mkmodel}}
lang=${2:-${HEWAL_LANG:-$(dirname "$0")/../lang/ckb}}
dir=$(mktemp -d) || exit 2
trap 'rm -rf "$dir"' EXIT
passed=0 failed=0 tab=$(printf '\t')

fresh() { # a small language that is right
    rm -rf "$dir/l" "$dir/out"
    mkdir "$dir/l"
    printf '# comment\nwhat\tfrom\tto\tunless_after\tnote\nchar\tي\tی\t-\tyeh\ndrop\tU+200C\t-\t-\tjoiner\nfinal\tه\tە\tاۆێ\theh\n' > "$dir/l/orthography.tsv"
    printf '# comment\ntable\tfile\tindex\trecords\nplaces\tplaces.tsv\tnames:name\t-\npeople\tpeople.tsv\tnames:name\toffices\n' > "$dir/l/manifest.tsv"
    printf '# comment\nname\tenglish\nبەغدا\tBaghdad\n' > "$dir/l/places.tsv"
    printf '# comment\nname\tenglish\toffices\nکازمی\tKadhimi\tpm/IQ/2020-05-07/2022-10-27\n' > "$dir/l/people.tsv"
}
ok() { passed=$((passed + 1)); }
bad() { failed=$((failed + 1)); echo "FAILED: $1"; }

# refused WHAT PATTERN: mkmodel must end with 1 and say a line that matches
refused() {
    ${3:+env $3} "$mkmodel" "$dir/l" "$dir/out" > "$dir/said" 2>&1
    rc=$?
    if [ $rc -ne 1 ]; then bad "$1: exit $rc: $(head -3 "$dir/said")"
    elif [ "$(wc -l < "$dir/said")" -ne 1 ]; then bad "$1: not one line: $(cat "$dir/said")"
    elif ! grep -q -- "$2" "$dir/said"; then bad "$1: said $(cat "$dir/said")"
    elif [ -e "$dir/out" ]; then bad "$1: left a model"
    else ok; fi
}
accepted() {
    if "$mkmodel" "$dir/l" "$dir/out" > "$dir/said" 2>&1 && [ -s "$dir/out" ] && [ ! -s "$dir/said" ]; then ok; else bad "$1: $(head -3 "$dir/said")"; fi
}
orth() { fresh; printf "$1\n" >> "$dir/l/orthography.tsv"; }

fresh; accepted 'a small language'
fresh; sed -i 's/$/\r/' "$dir"/l/*.tsv; accepted 'lines that end as on Windows'
fresh; printf '\n\n# end' >> "$dir/l/places.tsv"; accepted 'empty lines and a comment without a line end'
fresh; printf 'name\tenglish\n' > "$dir/l/places.tsv"; accepted 'a table without rows'

# the form of tables
fresh; printf 'هەولێر\n' >> "$dir/l/places.tsv"; refused 'a column too few' 'places.tsv:4: 1 columns, not 2'
fresh; printf 'هەولێر\tErbil\tx\n' >> "$dir/l/places.tsv"; refused 'a column too many' 'places.tsv:4: 3 columns, not 2'
fresh; printf 'a\tb\n\n# c\nd\n' >> "$dir/l/places.tsv"; refused 'the line counts comments and empty lines' 'places.tsv:7: '
fresh; : > "$dir/l/places.tsv"; refused 'an empty file' 'places.tsv: no line names the columns'
fresh; printf 'ab\377\tErbil\n' >> "$dir/l/places.tsv"; refused 'broken UTF-8' 'places.tsv:4: .*UTF-8'
fresh; printf 'a\000b\tErbil\nx\ty\n' >> "$dir/l/places.tsv"; refused 'a NUL byte' 'places.tsv:4: .*NUL'
fresh; { i=0; while [ $i -lt 40 ]; do printf 'c%d\t' $i; i=$((i + 1)); done; echo z; } > "$dir/l/places.tsv"; refused 'too many columns' 'places.tsv:1: .*columns'
fresh; printf '\357\273\277name\tenglish\nبەغدا\tBaghdad\n' > "$dir/l/places.tsv"; accepted 'a byte order mark'

# the manifest
fresh; rm "$dir/l/manifest.tsv"; refused 'no manifest' 'manifest.tsv: No such file'
fresh; rm "$dir/l/places.tsv"; refused 'a table that is not there' 'manifest.tsv:3: .*places.tsv: No such file'
fresh; printf 'x\tplaces.tsv\tnames:nosuch\t-\n' >> "$dir/l/manifest.tsv"; refused 'an index over no column' 'manifest.tsv:5: no column «nosuch»'
fresh; printf 'x\tplaces.tsv\tnames\t-\n' >> "$dir/l/manifest.tsv"; refused 'an index without columns' 'manifest.tsv:5: .*INDEX:COLUMNS'
fresh; printf 'x\tplaces.tsv\t-\tnosuch\n' >> "$dir/l/manifest.tsv"; refused 'records in no column' 'manifest.tsv:5: no column «nosuch»'
fresh; printf 'x\tplaces.tsv\n' >> "$dir/l/manifest.tsv"; refused 'a short line' 'manifest.tsv:5: 2 columns, not 4'
fresh; sed -i 's/^table/tables/' "$dir/l/manifest.tsv"; refused 'a column missing' 'manifest.tsv: needs the columns'
fresh; printf 'a-name-that-is-longer-than-a-section-name-may-be\tplaces.tsv\t-\t-\n' >> "$dir/l/manifest.tsv"; refused 'a name too long' 'name too long'

# the orthography
fresh; rm "$dir/l/orthography.tsv"; refused 'no orthography' 'orthography.tsv: No such file'
orth 'chr\tي\tی\t-\tx'; refused 'an unknown rule' 'orthography.tsv:6: unknown rule «chr»'
orth 'char\t-\tی\t-\tx'; refused 'nothing to replace' 'orthography.tsv:6: nothing to replace'
orth 'char\t\tی\t-\tx'; refused 'an empty cell to replace' 'orthography.tsv:6: nothing to replace'
orth 'char\tابج\tی\t-\tx'; refused 'three characters to replace' 'orthography.tsv:6: .*too long'
orth 'char\tا\tابج\t-\tx'; refused 'three characters for one' 'orthography.tsv:6: .*too long'
orth 'char\tU+XYZ\tی\t-\tx'; refused 'no number of a character' 'orthography.tsv:6: .*U+XYZ'
orth 'char\tU+110000\tی\t-\tx'; refused 'beyond the last character' 'orthography.tsv:6: '
orth 'char\tا\tU+D800\t-\tx'; refused 'a surrogate' 'orthography.tsv:6: .*U+D800'
orth 'char\tا\tU+200Cx\t-\tx'; refused 'something behind the number' 'orthography.tsv:6: '
orth 'char\tوٚ\t-\t-\tx'; refused 'a pair for nothing' 'orthography.tsv:6: .*one character'
orth 'char\tوٚ\tاب\t-\tx'; refused 'a pair for a pair' 'orthography.tsv:6: .*one character'
orth 'initial\tر\t-\t-\tx'; refused 'an initial for nothing' 'orthography.tsv:6: .*one character'
orth 'final\tه\tە\tابجدرزسشعغ\tx'; refused 'too many letters before' 'orthography.tsv:6: .*too long'
orth 'char\tا'; refused 'a short line' 'orthography.tsv:6: 2 columns, not 5'
orth 'sign\tل\tڵ\t-\tx'; refused 'a sign without a letter' 'orthography.tsv:6: unknown rule «sign»'
fresh; sed -i 's/note$/group/; s/yeh$/letters/; s/joiner$/zwnj/; s/heh$/nosuch/' "$dir/l/orthography.tsv"; refused 'no group' 'orthography.tsv:5: there is no group «nosuch»'
words() { fresh; printf '# c\nwhere\tfrom\tto\tbefore\tafter\tunless\n'"$1"'\n' > "$dir/l/orthography-words.tsv"; }
words 'end\tیە\tییە\tبپ\t-\tا|ب'; accepted 'a rule for the end of words'
words 'top\tیە\tییە\t-\t-\t-'; refused 'an unknown place' 'orthography-words.tsv:3: unknown place «top»'
words 'end\tیە\t-\t-\t-\t-'; refused 'letters for nothing' 'orthography-words.tsv:3: nothing to replace'
words 'end\tا\tب\t-\t-\t-'; refused 'a rule for one letter' 'orthography-words.tsv:3: .*one letter'
words 'end\tab\tب\t-\t-\t-'; refused 'a rule for Latin letters' 'orthography-words.tsv:3: .*Arabic letter'
words 'end\tیە\tیییییییییییییییییی\t-\t-\t-'; refused 'too long a replacement' 'orthography-words.tsv:3: .*too long'
fresh; printf 'what\tfrom\nchar\tx\n' > "$dir/l/orthography.tsv"; refused 'columns missing' 'orthography.tsv: needs the columns'

# the command line and what is written
say() { "$mkmodel" "$@" > "$dir/said" 2>&1; rc=$?; }
fresh
say; [ $rc -eq 1 ] && grep -q usage "$dir/said" && ok || bad 'no arguments'
say "$dir/l"; [ $rc -eq 1 ] && grep -q usage "$dir/said" && ok || bad 'one argument'
say --section x "$dir/l" "$dir/out"; [ $rc -eq 1 ] && grep -q 'NAME=FILE' "$dir/said" && ok || bad 'a section without a file'
say --section x=/nonexistent "$dir/l" "$dir/out"; [ $rc -eq 1 ] && grep -q '/nonexistent: No such file' "$dir/said" && ok || bad 'a section that is not there'
say /nonexistent "$dir/out"; [ $rc -eq 1 ] && grep -q '/nonexistent' "$dir/said" && ok || bad 'no language'
say "$dir/l" "$dir/no/such/folder/out"; [ $rc -eq 1 ] && grep -q 'no/such/folder/out: No such file' "$dir/said" && ok || bad 'nowhere to write'
say "$dir/l" /dev/full; [ $rc -eq 1 ] && grep -q '/dev/full: No space left' "$dir/said" && ok || bad "a full disk: $(cat "$dir/said")"
say "$dir/l" "$dir/one" && say "$dir/l" "$dir/two" && cmp -s "$dir/one" "$dir/two" && ok || bad 'the same files give the same model'
if [ -f "$lang/manifest.tsv" ]; then say "$lang" "$dir/out"; [ $rc -eq 0 ] && [ ! -s "$dir/said" ] && ok || bad "the language itself: $(cat "$dir/said")"; fi

echo "mkmodel.sh: $passed passed, $failed failed"
[ $failed -eq 0 ]
