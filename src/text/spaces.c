/* In: a text. Out: the same with each word, number and gap by itself in standard orthography. Nothing here looks at a
 * second word. */
#include "text/fix.h"

#include "base/utf8.h"
#include <string.h>

/* The tokenizer cuts what is too long for a word. */
static bool goes_on(const hw_orth *o, const char *text, size_t len, size_t at)
{
    uint32_t cp;
    if (at >= len) return false;
    hw_utf8_decode(text + at, len - at, &cp);
    uint8_t cls = hw_char_of(o, cp == HW_BROKEN ? 0x110000 : cp)->cls;
    return cls == HW_C_ARABIC || cls == HW_C_MARK || cls == HW_C_JOINER;
}

static size_t encode(const hw_chars *c, char *out)
{
    size_t k = 0;
    for (size_t i = 0; i < c->n; i++) k += hw_utf8_encode(c->cp[i], out + k);
    return k;
}

/* Whether the last letter of s[b..e), behind a non-joiner, is a word of its own (orthography.tsv: apart): s[from..to) stands
 * between it and the word. */
static bool apart(const hw_orth *o, const char *s, size_t b, size_t e, size_t *from, size_t *to)
{
    uint32_t cp, last = 0, before = 0; /* the last letter; the one before it, when a non-joiner is between */
    size_t end = b, letters = 0;
    bool joiner = false;
    for (size_t i = b, n; i < e; i += n) {
        n = hw_utf8_decode(s + i, e - i, &cp);
        if (cp == HW_BROKEN) return false;
        if (hw_char_of(o, cp)->cls == HW_C_JOINER) {
            joiner |= cp == o->joiner;
            continue;
        }
        before = joiner ? last : 0;
        *from = end;
        *to = i;
        last = cp;
        end = i + n;
        joiner = false;
        letters++;
    }
    if (letters < 2 || !before || !(hw_char_of(o, last)->flags & HW_CF_APART)) return false;
    const hw_orth_rule *r = (const hw_orth_rule *)(const void *)((const unsigned char *)o + o->rules_at);
    for (uint32_t i = 0; i < o->n_rules; i++) {
        if (r[i].where != HW_CF_APART || r[i].from != last) continue;
        for (int j = 0; j < 8 && r[i].unless[j]; j++)
            if (r[i].unless[j] == before) return false;
    }
    return true;
}

/* A word most of whose letters are what they should be, and the others are another keyboard's: written to out (of as many
 * bytes as s, and some), in one go. 0: rules that look further may have something to say. */
static size_t letter_by_letter(const hw_orth *o, uint32_t rules, const char *s, size_t n, char *out)
{
    unsigned against = HW_CF_INITIAL, begins = HW_CF_PLACE_FIRST, before = 0, flags = 0;
    const hw_replacement *replacements = (const hw_replacement *)(const void *)((const unsigned char *)o + o->replacements_at);
    char *p = out;
    for (size_t i = 0; i < n;) {
        uint32_t cp;
        i += hw_utf8_decode(s + i, n - i, &cp);
        if (cp == HW_BROKEN) return 0;
        const hw_char *c = hw_char_of(o, cp);
        if (c->norm) {
            if (c->flags || c->cls != HW_C_ARABIC || !(rules >> c->group & 1) || c->norm == 1) return 0;
            const hw_replacement *r = &replacements[c->norm];
            c = hw_char_of(o, cp = r->cp[0]);
            if (r->cp[1] || c->norm) return 0;
        }
        flags = c->flags;
        if ((flags & against) || (before && (flags & HW_CF_PLACE_NEXT))) return 0;
        before = flags & begins;
        against = HW_CF_SECOND;
        begins = HW_CF_PLACE;
        p += hw_utf8_encode(cp, p);
    }
    return flags & HW_CF_FINAL ? 0 : (size_t)(p - out);
}

static void part(const hw_orth *o, uint32_t rules, const char *s, size_t b, size_t e, hw_edit *edit)
{
    char bytes[4 * (4 * HW_WORD_MAX + 2)];
    size_t k = letter_by_letter(o, rules, s + b, e - b, bytes);
    if (!k) {
        uint32_t in[HW_WORD_MAX];
        hw_chars out;
        hw_orth_norm(o, rules, in, hw_orth_decode(s + b, e - b, in), &out);
        k = encode(&out, bytes);
    }
    if (k != e - b || memcmp(bytes, s + b, k) != 0) hw_edit_put(edit, b, e, bytes, k);
}

static void word(const hw_orth *o, uint32_t rules, const char *s, size_t b, size_t e, hw_edit *edit)
{
    size_t from = b, to = b;
    if ((rules & HEWAL_FIX_ZWNJ) && e - b > 6 && memmem(s + b, e - b, "\xE2\x80\x8C", 3) && apart(o, s, b, e, &from, &to)) {
        part(o, rules, s, b, from, edit);
        hw_edit_put(edit, from, to, " ", 1);
        b = to;
    }
    part(o, rules, s, b, e, edit);
}

static void number(const hw_orth *o, uint32_t rules, const char *s, size_t b, size_t e, hw_edit *edit)
{
    for (size_t i = b, n; i < e; i += n) {
        uint32_t cp;
        n = hw_utf8_decode(s + i, e - i, &cp);
        const hw_char *c = hw_char_of(o, cp == HW_BROKEN ? 0x110000 : cp);
        if (!c->norm || !(rules >> c->group & 1)) continue;
        hw_chars out;
        char bytes[64];
        hw_orth_norm(o, rules, &cp, 1, &out);
        hw_edit_put(edit, i, i + n, bytes, encode(&out, bytes));
    }
}

/* What stands between two tokens of a line, one of them a word, is one space where it is only spaces. */
static void gap(const hw_orth *o, const char *s, size_t b, size_t e, hw_edit *edit)
{
    if (b == e || (e == b + 1 && s[b] == ' ')) return;
    for (size_t i = b; i < e;) {
        uint32_t cp;
        i += hw_utf8_decode(s + i, e - i, &cp);
        if (cp == '\t' || hw_char_of(o, cp == HW_BROKEN ? 0x110000 : cp)->cls != HW_C_SPACE) return;
    }
    hw_edit_put(edit, b, e, " ", 1);
}

void hw_fix_words(const hw_orth *o, uint32_t rules, hw_edit *edit, size_t from, size_t to)
{
    bool cut = false; /* the token before was the piece of an endless word: such words are copied as they are */
    hw_token t, before = {0};
    for (size_t at = from, n = 0; hw_next_span(o, edit->text, to, &at, &t); before = t, n++) {
        bool piece = cut && (t.flags & HW_GLUED);
        cut = t.kind == HW_WORD && goes_on(o, edit->text, to, t.e);
        if ((rules & HEWAL_FIX_SPACES) && n && !(t.flags & HW_NEWLINE) && (t.kind == HW_WORD || before.kind == HW_WORD))
            gap(o, edit->text, before.e, t.b, edit);
        if (t.kind == HW_WORD && !cut && !piece) word(o, rules, edit->text, t.b, t.e, edit);
        else if (t.kind == HW_NUMBER && (rules & HEWAL_FIX_DIGITS)) number(o, rules, edit->text, t.b, t.e, edit);
    }
}
