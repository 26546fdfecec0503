/* In: a text, normalised. Out: the same, where the lexicon tells what is one word and what is two: a verb whose beginning
 * stands apart (lang/ckb/particles.tsv: verb), an «and» run together with the word before it (and). Only where it knows the
 * one spelling and not the other. Also hewal_normalize_with, which asks for this last. */
#include "morph/morph.h"
#include "text/fix.h"

#include <string.h>

enum { CACHE = 4096, MAX_VERBS = 16 };
enum { UNKNOWN, KNOWN, KNOWN_VERB };
typedef struct { uint64_t hash; uint8_t what, begun; } seen;
typedef struct {
    const hewal_model *model;
    hw_arena *arena;
    const char *verb[MAX_VERBS], *and;
    unsigned n_verbs;
    seen cache[CACHE];
} respace;

/* What the lexicon says of s[0..n), from what letters alone may be guessed set aside. Names are not asked for: too many look
 * like a word and a letter. */
static unsigned known(respace *r, const char *s, size_t n)
{
    hw_token t;
    size_t at = 0;
    if (!hw_next_token(r->model, r->arena, s, n, &at, &t) || t.kind != HW_WORD || t.e != n) return UNKNOWN;
    seen *c = &r->cache[t.hash % CACHE];
    if (c->begun && c->hash == t.hash) return c->what;
    hw_word w = hw_morph_word(r->model, r->arena, &t);
    unsigned what = UNKNOWN;
    for (unsigned i = 0; i < w.n; i++) {
        const hw_analysis *x = &w.analyses[i];
        if ((x->marks & (HW_M_GUESS | HW_M_JOINED)) || x->upos == HW_X || x->upos == HW_PROPN || !*x->lemma) continue;
        if (x->upos == HW_VERB) what = KNOWN_VERB;
        else if (!what) what = KNOWN;
    }
    *c = (seen){t.hash, (uint8_t)what, 1};
    return what;
}

static bool is_verb_particle(const respace *r, const char *s, size_t n)
{
    for (unsigned i = 0; i < r->n_verbs; i++)
        if (strlen(r->verb[i]) == n && !memcmp(r->verb[i], s, n)) return true;
    return false;
}

static bool makes_verb(respace *r, const char *s, const hw_token *a, const hw_token *b)
{
    size_t k = a->e - a->b, n = b->e - b->b;
    char *joined = hw_alloc(r->arena, k + n);
    memcpy(joined, s + a->b, k);
    memcpy(joined + k, s + b->b, n);
    return known(r, s + b->b, n) == UNKNOWN && known(r, joined, k + n) == KNOWN_VERB;
}

/* Whether the word ends in an «and» of its own: three letters at least must be left. */
static bool ends_in_and(respace *r, const char *s, size_t n)
{
    size_t k = strlen(r->and);
    if (!k || n < 3 * k + k || memcmp(s + n - k, r->and, k) != 0 || !memcmp(s + n - 2 * k, r->and, k)) return false;
    return known(r, s, n) == UNKNOWN && known(r, s, n - k) != UNKNOWN;
}

static void read_particles(respace *r)
{
    hw_table t = hw_model_table(r->model, "particles");
    int what = hw_column(&t, "what"), word = hw_column(&t, "word");
    r->and = "";
    for (uint32_t i = 0; i < t.n_rows; i++) {
        const char *w = hw_cell(&t, i, what);
        if (!strcmp(w, "verb") && r->n_verbs < MAX_VERBS) r->verb[r->n_verbs++] = hw_cell(&t, i, word);
        else if (!strcmp(w, "and")) r->and = hw_cell(&t, i, word);
    }
}

static void over_text(const hewal_model *m, hw_edit *e)
{
    const char *s = e->text;
    hw_token t, before = {0};
    respace *r = HW_NEW(e->arena, respace);
    r->model = m;
    r->arena = e->arena;
    read_particles(r);
    for (size_t at = 0; hw_next_span(r->model->orth, s, e->len, &at, &t); before = t) {
        if (t.kind == HW_WORD && before.kind == HW_WORD && t.b == before.e + 1 && s[before.e] == ' ' &&
            is_verb_particle(r, s + before.b, before.e - before.b) && makes_verb(r, s, &before, &t))
            hw_edit_put(e, before.e, t.b, "", 0);
        else if (t.kind == HW_WORD && ends_in_and(r, s + t.b, t.e - t.b))
            hw_edit_put(e, t.e - strlen(r->and), t.e - strlen(r->and), " ", 1);
    }
}

hewal_status hewal_normalize_with(const hewal_model *model, const char *text, size_t len, const hewal_normalizing *how,
                                  hewal_string *out, hewal_offset **map, size_t *n_map)
{
    static const hewal_normalizing all = {HEWAL_FIX_ALL, NULL};
    if (!how) how = &all;
    return hw_normalize(model, text, len, how, how->fix & HEWAL_FIX_LEXICON ? over_text : NULL, out, map, n_map);
}
