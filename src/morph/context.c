/* In: words with their readings, likeliest first by themselves. Out: likeliest first in their sentence.
 *
 * The tagger says what speaks for each reading beside its neighbours and behind the reading before it; the way through a
 * sentence's readings that costs least in all (Viterbi) is taken. */
#include "morph/context.h"

#include "morph/tagger.h"

#include <string.h>

#define LONGEST 4096 /* tokens of a sentence that are looked at together */

unsigned hw_morph_kind(const hw_lexicon *l, const hw_analysis *r)
{
    const hw_kind_rule *k = l->kinds;
    while (!(k->upos >> r->upos & 1) || (r->marks & k->has) != k->has) k++;
    return k->kind;
}

typedef struct { float cost; uint8_t from; } cell;

/* Puts reading `k` first; readings and forms may be shared with other tokens, so they are copied. */
static void put_first(hw_arena *a, hw_word *w, unsigned k)
{
    hw_analysis *v = hw_alloc(a, w->n * sizeof *v);
    v[0] = w->analyses[k];
    memcpy(v + 1, w->analyses, k * sizeof *v);
    memcpy(v + k + 1, w->analyses + k + 1, (w->n - k - 1) * sizeof *v);
    hw_form *f = hw_alloc(a, w->n_forms * sizeof *f);
    memcpy(f, w->forms, w->n_forms * sizeof *f);
    for (unsigned i = 0; i < w->n_forms; i++) {
        if (f[i].lemma == k + 1) f[i].lemma = 1;
        else if (f[i].lemma && f[i].lemma <= k) f[i].lemma++;
    }
    w->analyses = v;
    w->forms = f;
}

static uint64_t token_at(const hw_words *w, uint32_t i, uint32_t first, uint32_t end)
{
    return i >= first && i < end ? w->text->tokens.v[i].hash : 0; /* i before the first is not below `end` either */
}

static uint32_t kind_at(const hw_words *w, uint32_t i, uint32_t first, uint32_t end)
{
    return i >= first && i < end ? w->v[i].analyses->kind : 0;
}

/* The cost of each reading of token i by itself and beside its neighbours. */
static unsigned begin_cells(const hw_lexicon *l, const hw_words *w, uint32_t i, uint32_t first, uint32_t end, cell *now)
{
    const hw_word *x = &w->v[i];
    unsigned n = x->n < HW_READINGS_MAX ? x->n : HW_READINGS_MAX;
    hw_neighbours near = {token_at(w, i - 1, first, end), token_at(w, i + 1, first, end), token_at(w, i + 2, first, end),
                          kind_at(w, i - 1, first, end), kind_at(w, i + 1, first, end)};
    for (unsigned k = 0; k < n; k++) {
        const hw_analysis *r = &x->analyses[k];
        now[k] = (cell){r->weight, 0};
        if (n == 1) break; /* no choice */
        hw_features f;
        hw_context_features(l, &near, r, &f);
        now[k].cost -= hw_tagger_sum(l, &f);
    }
    return n;
}

/* Which of the readings before is the cheapest before this one, and what comes of it. `before` NULL: the edge. */
static void join(const hw_lexicon *l, const cell *before, unsigned n_before, const hw_analysis *v_before, const hw_analysis *r, cell *c)
{
    float best = 0;
    for (unsigned j = 0; j < n_before; j++) {
        hw_features f;
        hw_pair_features(l, v_before ? &v_before[j] : NULL, r, &f);
        float cost = before[j].cost - hw_tagger_sum(l, &f);
        if (j && cost >= best) continue;
        best = cost;
        c->from = (uint8_t)j;
    }
    c->cost += best;
}

static void choose(const hw_lexicon *l, hw_words *w, uint32_t first, uint32_t n, cell *c)
{
    cell edge = {0, 0}, last = {0, 0};
    const cell *before = &edge;
    const hw_analysis *v_before = NULL;
    unsigned n_before = 1;
    for (uint32_t i = 0; i < n; i++) {
        cell *now = c + (size_t)i * HW_READINGS_MAX;
        unsigned n_now = begin_cells(l, w, first + i, first, first + n, now);
        const hw_analysis *v = w->v[first + i].analyses;
        for (unsigned k = 0; k < n_now && (n_now > 1 || n_before > 1); k++) join(l, before, n_before, v_before, &v[k], &now[k]);
        before = now;
        n_before = n_now;
        v_before = v;
    }
    join(l, before, n_before, v_before, NULL, &last);
    unsigned k = last.from;
    for (uint32_t i = n; i-- > 0;) {
        unsigned from = c[(size_t)i * HW_READINGS_MAX + k].from;
        if (k) put_first(w->text->arena, &w->v[first + i], k);
        k = from;
    }
}

void hw_morph_context(const hw_lexicon *l, hw_words *w)
{
    if (!l->net || !l->tagger) return;
    const hw_text *x = w->text;
    cell *c = NULL;
    size_t room = 0;
    for (uint32_t i = 0, e; i < x->tokens.n; i = e) {
        for (e = i; e < x->tokens.n && e - i < LONGEST && x->tokens.v[e].sentence == x->tokens.v[i].sentence;) e++;
        if (e - i > room) {
            room = (size_t)(e - i) * 2;
            c = hw_alloc(x->arena, room * HW_READINGS_MAX * sizeof *c);
        }
        choose(l, w, i, e - i, c);
    }
}
