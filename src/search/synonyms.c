/* In: the units of a query. Out: further ways: other words for the same thing.
 *
 * Two sources: the table "synonyms", and the variants that the gazetteer has of places and organisations. A phrase of the
 * query that has a synonym gives it to each of its words: an article with the synonym has them all. */
#include "search/plan.h"
#include "morph/morph.h"
#include "text/orth.h"

#include <string.h>

enum { MAX_SYNONYMS = 6 /* of a unit */, PLACES = 1, ORGANISATIONS = 2 /* tables of the index "names", as the manifest has them */ };

static const double SAME_NAME = 0.75, OTHER_WORD = 0.35;

typedef struct {
    hw_plan *p;
    const hewal_model *m;
    hw_arena *a;
} maker;

typedef struct { const char *text; uint32_t unit_at[HW_MAX_UNITS]; unsigned unit[HW_MAX_UNITS], n; } run;

/* ---- ways ------------------------------------------------------------------------------------------------------------------------------ */

void hw_add_synonym(hw_plan *p, hw_arena *a, hw_unit *u, const char *s, size_t len, double weight)
{
    HW_VEC(hw_element) v = {0};
    hw_term t;
    const char *q = "";
    if (u->n == HW_MAX_WAYS || u->n_synonyms == MAX_SYNONYMS) return;
    for (hw_terms_begin(p->s->terms, s, len); v.n < HW_MAX_ELEMENTS && hw_terms_next(p->s->terms, &t);) {
        hw_element *e = hw_push(a, &v);
        e->form = hw_strdup(a, t.form);
        e->lemma[e->n_lemmas++] = t.n_lemmas && !t.base ? hw_strdup(a, t.lemmas[0]) : e->form;
        q = hw_sprintf(a, "%s%s%s", q, *q ? " " : "", e->lemma[0]);
    }
    if (!v.n) return;
    const char *fts = hw_sprintf(a, "%s : \"%s\"", v.n > 1 ? "lemma" : v.v[0].lemma[0] == v.v[0].form ? "{title form lemma more}" : "{title lemma more}", q);
    for (unsigned i = 0; i < u->n; i++)
        if (!strcmp(u->way[i].fts, fts) || (u->way[i].term && v.n == 1 && u->way[i].kind == HW_BY_LEMMA && !strcmp(u->way[i].term, q))) return;
    u->way[u->n++] = (hw_way){.kind = HW_BY_SYNONYM, .fts = fts, .n_phrases = 1, .weight = weight, .articles = -1, .element = v.v, .n_elements = v.n};
    u->n_synonyms++;
}

/* The other pieces of a cell, for each unit of the run that the match covers. */
static void add_cell(maker *k, const run *r, uint32_t b, uint32_t e, uint64_t asked, const char *cell, double weight)
{
    for (;; cell++) {
        size_t n = strcspn(cell, "|");
        if (n && hw_phrase_of(k->m, k->a, cell, n, NULL) != asked)
            for (unsigned i = 0; i < r->n; i++)
                if (r->unit_at[i] >= b && r->unit_at[i] < e) hw_add_synonym(k->p, k->a, &k->p->unit[r->unit[i]], cell, n, weight);
        cell += n;
        if (!*cell) return;
    }
}

/* ---- looking them up ------------------------------------------------------------------------------------------------------------------ */

static void look_up(maker *k, const run *r)
{
    hw_text *x = hw_text_read(k->m, k->a, r->text, strlen(r->text));
    hw_words *w = hw_morph_read(x);
    hw_index words = hw_model_index(k->m, "synonyms"), names = hw_model_index(k->m, "names");
    hw_table synonyms = hw_model_table(k->m, "synonyms"), table[3] = {{0}, hw_model_table(k->m, "places"), hw_model_table(k->m, "organisations")};
    hw_match found[8];
    for (uint32_t i = 0; i < x->tokens.n; i++) {
        uint32_t b = x->tokens.v[i].b;
        unsigned n = hw_match_at(w, &words, i, found, 8);
        for (unsigned f = 0; f < n; f++)
            for (uint32_t at = 0; at < found[f].slot->n; at++) {
                const hw_post *post = &words.posts[found[f].slot->first + at];
                add_cell(k, r, b, x->tokens.v[found[f].last].e, found[f].slot->hash, hw_cell(&synonyms, post->row, hw_column(&synonyms, "words")), OTHER_WORD);
            }
        n = hw_match_at(w, &names, i, found, 8);
        for (unsigned f = 0; f < n; f++)
            for (uint32_t at = 0; at < found[f].slot->n; at++) {
                const hw_post *post = &names.posts[found[f].slot->first + at];
                if ((post->table != PLACES && post->table != ORGANISATIONS) || post->ambiguous) continue;
                const hw_table *t = &table[post->table];
                add_cell(k, r, b, x->tokens.v[found[f].last].e, found[f].slot->hash, hw_cell(t, post->row, hw_column(t, "name")), SAME_NAME);
                add_cell(k, r, b, x->tokens.v[found[f].last].e, found[f].slot->hash, hw_cell(t, post->row, hw_column(t, "variants")), SAME_NAME);
            }
    }
}

static bool plain(const hw_query_node *n)
{
    return n->kind == HW_Q_WORDS && !n->exact && !n->prefix && !n->title;
}

static void add_leaf(maker *k, run *r, const hw_query_node *n)
{
    uint32_t from = (uint32_t)strlen(r->text);
    r->text = hw_sprintf(k->a, "%s%s ", r->text, n->text);
    for (unsigned i = 0; i < k->p->n && r->n < HW_MAX_UNITS; i++)
        if (k->p->unit[i].node == n) {
            r->unit_at[r->n] = from + k->p->unit[i].at;
            r->unit[r->n++] = i;
        }
}

static void walk(maker *k, const hw_query_node *n)
{
    run r = {.text = ""};
    if (n->kind == HW_Q_NOT) return;
    if (plain(n)) {
        add_leaf(k, &r, n);
        if (r.n) look_up(k, &r);
        return;
    }
    if (hw_is_leaf(n)) return;
    for (unsigned i = 0; i < n->n; i++) {
        if (n->kind != HW_Q_AND || !plain(n->kid[i])) {
            walk(k, n->kid[i]);
            continue;
        }
        add_leaf(k, &r, n->kid[i]);
        if (i + 1 < n->n && plain(n->kid[i + 1])) continue;
        if (r.n) look_up(k, &r);
        r = (run){.text = ""};
    }
}

void hw_add_synonyms(hw_plan *p, const hewal_model *m, hw_arena *a)
{
    maker k = {p, m, a};
    for (unsigned i = 0; i < p->n_branches; i++)
        if (p->branch[i].words) walk(&k, p->branch[i].words);
}
