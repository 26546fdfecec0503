/* In: a word as it was typed. Out: its norm (standard orthography) and its fold (for comparing). */
#include "text/orth.h"

#include "base/utf8.h"
#include <string.h>

const char *hewal_fix_name(unsigned i)
{
    static const char *const names[] = {"forms",   "letters", "arabic",    "vowels", "fonts",  "zwnj",      "invisible",
                                        "tatweel", "signs",   "initial-r", "double", "digits", "particles", "spaces", "lexicon"};
    return i < sizeof names / sizeof *names ? names[i] : NULL;
}

static bool wanted(uint32_t rules, uint32_t group)
{
    return rules >> group & 1;
}

static const hw_replacement *replacement(const hw_orth *o, uint16_t i)
{
    return (const hw_replacement *)(const void *)((const unsigned char *)o + o->replacements_at) + i;
}

static bool has(const uint32_t *set, size_t max, uint32_t cp)
{
    for (size_t k = 0; k < max && set[k]; k++)
        if (set[k] == cp) return true;
    return false;
}

/* The first rule for a place that is wanted; `next` 0: any; not after one of its letters. */
static const hw_orth_rule *rule(const hw_orth *o, uint32_t rules, uint32_t where, uint32_t from, uint32_t next, uint32_t before)
{
    const hw_orth_rule *r = (const hw_orth_rule *)(const void *)((const unsigned char *)o + o->rules_at);
    for (uint32_t i = 0; i < o->n_rules; i++)
        if (r[i].where == where && r[i].from == from && (!next || r[i].next == next) && wanted(rules, r[i].group) &&
            (where == HW_CF_END || !has(r[i].unless, 8, before)))
            return &r[i];
    return NULL;
}

static void add(hw_chars *c, uint32_t cp)
{
    if (c->n < sizeof c->cp / sizeof *c->cp) c->cp[c->n++] = cp;
}

/* A character by its replacement; what comes of a presentation form may itself be replaced. */
static void add_norm(const hw_orth *o, uint32_t rules, hw_chars *c, uint32_t cp, int depth)
{
    const hw_char *x = hw_char_of(o, cp);
    if (!x->norm || !wanted(rules, x->group)) {
        add(c, cp);
    } else if (x->norm > 1) {
        const hw_replacement *r = replacement(o, x->norm);
        for (int k = 0; k < 2 && r->cp[k]; k++)
            if (depth) add_norm(o, rules, c, r->cp[k], depth - 1);
            else add(c, r->cp[k]);
    }
}

/* The last two characters of out are one, if a rule says so. They are the replaced ones: the pair may have been typed
 * with a keyboard's variant, or with something invisible between. */
static void join_pair(const hw_orth *o, uint32_t rules, hw_chars *out)
{
    uint32_t *p = &out->cp[out->n - 2];
    const hw_orth_rule *r;
    if ((hw_char_of(o, *p)->flags & HW_CF_PAIR) && (r = rule(o, rules, HW_CF_PAIR, p[0], p[1], 0)) != NULL) {
        *p = r->to;
        out->n--;
    }
}

/* Whether the signs of a word are those that old fonts made letters of, and no others: else it is Arabic with its vowels. */
static bool signs_are_letters(const hw_orth *o, uint32_t rules, const uint32_t *in, size_t n)
{
    uint32_t before = 0;
    for (size_t i = 0; i < n; i++) {
        const hw_char *c = hw_char_of(o, in[i]);
        if (c->cls == HW_C_JOINER) continue;
        if (c->cls != HW_C_MARK) {
            hw_chars one;
            one.n = 0;
            add_norm(o, rules, &one, in[i], 1);
            before = one.n ? one.cp[one.n - 1] : 0;
        } else if (!(c->flags & HW_CF_SIGN) || !rule(o, rules, HW_CF_SIGN, before, in[i], 0)) {
            if (!rule(o, rules, HW_CF_PAIR, before, in[i], 0)) return false;
        }
    }
    return true;
}

/* Whether nothing but what is invisible, and perhaps one of the letters `last`, follows in[i]. */
static bool ends_here(const hw_orth *o, const uint32_t *in, size_t n, size_t i, const uint32_t *last)
{
    bool one = false;
    for (i++; i < n; i++) {
        uint8_t cls = hw_char_of(o, in[i])->cls;
        if (cls == HW_C_JOINER || cls == HW_C_MARK) continue;
        if (one || !has(last, 8, in[i])) return false;
        one = true;
    }
    return true;
}

/* in[i], as typed, makes another letter of the one before it. */
static bool old_font(const hw_orth *o, uint32_t rules, const uint32_t *in, size_t n, size_t i, hw_chars *out)
{
    if (out->n < 2) return false;
    uint16_t flags = hw_char_of(o, in[i])->flags;
    uint32_t *last = &out->cp[out->n - 1];
    const hw_orth_rule *r = NULL;
    if (flags & HW_CF_END) {
        r = rule(o, rules, HW_CF_END, *last, in[i], 0);
        if (r && !ends_here(o, in, n, i, r->unless)) r = NULL;
    }
    if (!r && (flags & HW_CF_SIGN)) {
        r = rule(o, rules, HW_CF_SIGN, *last, in[i], 0);
        if (r && !signs_are_letters(o, rules, in, n)) r = NULL;
    }
    if (r) *last = r->to;
    return r != NULL;
}

static void normalize(const hw_orth *o, uint32_t rules, const uint32_t *in, size_t n, hw_chars *out)
{
    const hw_orth_rule *r;
    out->n = 0;
    for (size_t i = 0; i < n; i++) {
        size_t before = out->n;
        const hw_char *c = hw_char_of(o, in[i]);
        if ((c->flags & (HW_CF_SIGN | HW_CF_END)) && old_font(o, rules, in, n, i, out)) continue;
        add_norm(o, rules, out, in[i], 1);
        if (before && out->n == before + 1) join_pair(o, rules, out);
        if (!out->n) continue;
        uint32_t last = out->cp[out->n - 1];
        if (i + 1 < n && in[i + 1] == o->joiner && (hw_char_of(o, last)->flags & HW_CF_JOINER) &&
            (r = rule(o, rules, HW_CF_JOINER, last, 0, out->n > 1 ? out->cp[out->n - 2] : 0)) != NULL) {
            out->cp[out->n - 1] = r->to;
            i++;
        }
    }
    if (out->n < 2) return;
    if ((hw_char_of(o, out->cp[0])->flags & HW_CF_INITIAL) && (r = rule(o, rules, HW_CF_INITIAL, out->cp[0], 0, 0)) != NULL)
        out->cp[0] = r->to;
    uint32_t *last = &out->cp[out->n - 1];
    if ((hw_char_of(o, *last)->flags & HW_CF_FINAL) && (r = rule(o, rules, HW_CF_FINAL, *last, 0, last[-1])) != NULL) *last = r->to;
    if (rules & o->place_groups) hw_orth_places(o, rules, out);
}

/* Characters replaced one by one, then what depends on where in the word they stand. What that makes may be for another
 * rule: again, until it stays. */
void hw_orth_norm(const hw_orth *o, uint32_t rules, const uint32_t *in, size_t n, hw_chars *out)
{
    uint32_t before[HW_WORD_MAX];
    normalize(o, rules, in, n, out);
    if (out->n == n && !memcmp(out->cp, in, n * sizeof *in)) return;
    for (int i = 0; i < 8 && out->n <= HW_WORD_MAX; i++) {
        n = out->n;
        memcpy(before, out->cp, n * sizeof *before);
        normalize(o, rules, before, n, out);
        if (out->n == n && !memcmp(out->cp, before, n * sizeof *before)) return;
    }
}

static void fold(const hw_orth *o, const hw_chars *in, hw_chars *out)
{
    out->n = 0;
    for (size_t i = 0; i < in->n; i++) {
        const hw_char *c = hw_char_of(o, in->cp[i]);
        size_t before = out->n;
        if (!c->fold) {
            add(out, in->cp[i]);
        } else if (c->fold > 1) {
            const hw_replacement *r = replacement(o, c->fold);
            add(out, r->cp[0]);
            if (r->cp[1]) add(out, r->cp[1]);
        }
        if (before && out->n == before + 1 && out->cp[before] == out->cp[before - 1] &&
            (hw_char_of(o, out->cp[before])->flags & HW_CF_DOUBLE))
            out->n--;
    }
}

static const char *encode(hw_arena *a, const hw_chars *c, uint32_t *len)
{
    char *s = hw_alloc(a, c->n * 4 + 1), *p = s;
    for (size_t i = 0; i < c->n; i++) p += hw_utf8_encode(c->cp[i], p);
    *p = 0;
    *len = (uint32_t)(p - s);
    return s;
}

size_t hw_orth_decode(const char *s, size_t n, uint32_t *out)
{
    size_t k = 0;
    for (size_t i = 0; i < n && k < HW_WORD_MAX; k++) {
        i += hw_utf8_decode(s + i, n - i, &out[k]);
        if (out[k] == HW_BROKEN) out[k] = 0xFFFD;
    }
    return k;
}

hw_spelling hw_orth_word(const hw_orth *o, hw_arena *a, const char *s, size_t n)
{
    uint32_t in[HW_WORD_MAX];
    size_t k = hw_orth_decode(s, n, in);
    hw_chars norm, folded;
    hw_orth_norm(o, HEWAL_FIX_WORDS, in, k, &norm);
    fold(o, &norm, &folded);
    hw_spelling sp;
    sp.norm = encode(a, &norm, &sp.norm_len);
    sp.fold = encode(a, &folded, &sp.fold_len);
    return sp;
}
