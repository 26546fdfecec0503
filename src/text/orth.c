/* In: a word as it was typed. Out: its norm (standard orthography) and its fold (for comparing). */
#include "text/orth.h"

#include "base/utf8.h"

typedef struct {
    uint32_t cp[2 * HW_WORD_MAX + 2];
    size_t n;
} chars;

static const hw_replacement *replacement(const hw_orth *o, uint16_t i)
{
    return (const hw_replacement *)(const void *)((const unsigned char *)o + o->replacements_at) + i;
}

static const hw_orth_rule *rule(const hw_orth *o, uint32_t where, uint32_t from, uint32_t next, uint32_t before)
{
    const hw_orth_rule *r = (const hw_orth_rule *)(const void *)((const unsigned char *)o + o->rules_at);
    for (uint32_t i = 0; i < o->n_rules; i++) {
        if (r[i].where != where || r[i].from != from || (next && r[i].next != next)) continue;
        bool blocked = false;
        for (int k = 0; k < 8 && r[i].unless[k]; k++) blocked |= r[i].unless[k] == before;
        if (!blocked) return &r[i];
    }
    return NULL;
}

static void add(chars *c, uint32_t cp)
{
    if (c->n < sizeof c->cp / sizeof *c->cp) c->cp[c->n++] = cp;
}

static void add_mapped(const hw_orth *o, chars *c, uint32_t cp, uint16_t how)
{
    if (how == 0) {
        add(c, cp);
    } else if (how > 1) {
        const hw_replacement *r = replacement(o, how);
        add(c, r->cp[0]);
        if (r->cp[1]) add(c, r->cp[1]);
    }
}

/* The last two characters of out are one, if a rule says so. They are the replaced ones: the pair may have been typed
 * with a keyboard's variant, or with something invisible between. */
static void join_pair(const hw_orth *o, chars *out)
{
    uint32_t *p = &out->cp[out->n - 2];
    const hw_orth_rule *r;
    if ((hw_char_of(o, *p)->flags & HW_CF_PAIR) && (r = rule(o, HW_CF_PAIR, p[0], p[1], 0)) != NULL) {
        *p = r->to;
        out->n--;
    }
}

/* Characters replaced one by one, then what depends on where in the word they stand. */
static void normalize(const hw_orth *o, const uint32_t *in, size_t n, chars *out)
{
    const hw_orth_rule *r;
    out->n = 0;
    for (size_t i = 0; i < n; i++) {
        size_t before = out->n;
        add_mapped(o, out, in[i], hw_char_of(o, in[i])->norm);
        if (before && out->n == before + 1) join_pair(o, out);
        if (i + 1 < n && in[i + 1] == o->joiner && out->n) {
            uint32_t last = out->cp[out->n - 1], previous = out->n > 1 ? out->cp[out->n - 2] : 0;
            if ((hw_char_of(o, last)->flags & HW_CF_JOINER) && (r = rule(o, HW_CF_JOINER, last, 0, previous)) != NULL)
                out->cp[out->n - 1] = r->to;
        }
    }
    if (out->n < 2) return;
    if ((hw_char_of(o, out->cp[0])->flags & HW_CF_INITIAL) && (r = rule(o, HW_CF_INITIAL, out->cp[0], 0, 0)) != NULL)
        out->cp[0] = r->to;
    uint32_t *last = &out->cp[out->n - 1];
    if ((hw_char_of(o, *last)->flags & HW_CF_FINAL) && (r = rule(o, HW_CF_FINAL, *last, 0, last[-1])) != NULL) *last = r->to;
}

static void fold(const hw_orth *o, const chars *in, chars *out)
{
    out->n = 0;
    for (size_t i = 0; i < in->n; i++) {
        const hw_char *c = hw_char_of(o, in->cp[i]);
        size_t before = out->n;
        add_mapped(o, out, in->cp[i], c->fold);
        if (before && out->n == before + 1 && out->cp[before] == out->cp[before - 1] &&
            (hw_char_of(o, out->cp[before])->flags & HW_CF_DOUBLE))
            out->n--;
    }
}

static const char *encode(hw_arena *a, const chars *c, uint32_t *len)
{
    char *s = hw_alloc(a, c->n * 4 + 1), *p = s;
    for (size_t i = 0; i < c->n; i++) p += hw_utf8_encode(c->cp[i], p);
    *p = 0;
    *len = (uint32_t)(p - s);
    return s;
}

hw_spelling hw_orth_word(const hw_orth *o, hw_arena *a, const char *s, size_t n)
{
    uint32_t in[HW_WORD_MAX];
    size_t k = 0;
    for (size_t i = 0; i < n && k < HW_WORD_MAX;) {
        i += hw_utf8_decode(s + i, n - i, &in[k]);
        if (in[k] == HW_BROKEN) in[k] = 0xFFFD;
        k++;
    }
    chars norm, folded;
    normalize(o, in, k, &norm);
    fold(o, &norm, &folded);
    hw_spelling sp;
    sp.norm = encode(a, &norm, &sp.norm_len);
    sp.fold = encode(a, &folded, &sp.fold_len);
    return sp;
}
