/* In: words with their readings, likeliest first by themselves. Out: likeliest first in their sentence.
 *
 * Every reading is of a kind; transitions.tsv says what it costs that one kind follows another. The way through a
 * sentence's readings that costs least in all (Viterbi) is taken. */
#include "morph/context.h"

#include <string.h>

#define LONGEST 4096 /* tokens of a sentence that are looked at together */

unsigned hw_morph_kind(const hw_lexicon *l, const hw_analysis *r)
{
    const hw_kind_rule *k = l->kinds;
    while (!(k->upos >> r->upos & 1) || (r->marks & k->has) != k->has) k++;
    return k->kind;
}

typedef struct { float cost; uint8_t kind, from; } cell;

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

static void choose(const hw_lexicon *l, hw_words *w, uint32_t first, uint32_t n, cell *c)
{
    size_t width = l->net->width;
    cell edge = {0, 0, 0};
    const cell *before = &edge;
    unsigned n_before = 1;
    for (uint32_t i = 0; i < n; i++) {
        const hw_word *x = &w->v[first + i];
        cell *now = c + (size_t)i * HW_READINGS_MAX;
        unsigned n_now = x->n < HW_READINGS_MAX ? x->n : HW_READINGS_MAX;
        for (unsigned k = 0; k < n_now; k++) {
            unsigned kind = hw_morph_kind(l, &x->analyses[k]);
            cell best = {0, (uint8_t)kind, 0};
            for (unsigned j = 0; j < n_before; j++) {
                float cost = before[j].cost + l->costs[before[j].kind * width + kind];
                if (!j || cost < best.cost) {
                    best.cost = cost;
                    best.from = (uint8_t)j;
                }
            }
            best.cost += x->analyses[k].weight;
            now[k] = best;
        }
        before = now;
        n_before = n_now;
    }
    unsigned k = 0;
    for (unsigned j = 1; j < n_before; j++)
        if (before[j].cost + l->costs[before[j].kind * width] < before[k].cost + l->costs[before[k].kind * width]) k = j;
    for (uint32_t i = n; i-- > 0;) {
        unsigned from = c[(size_t)i * HW_READINGS_MAX + k].from;
        if (k) put_first(w->text->arena, &w->v[first + i], k);
        k = from;
    }
}

void hw_morph_context(const hw_lexicon *l, hw_words *w)
{
    if (!l->net || !l->net->width) return;
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
