/* In: a word. Out: forms that the rules of errors lead to, found by walking through the trie of forms and stems with a limit
 * to the cost. */
#include "morph/nearby.h"

#include <math.h>
#include <string.h>

#define STEPS_MAX 8000    /* of one walk */
#define FOUND_MAX 96
#define WALK_MAX 2.0f     /* what the errors of one word may cost; of a short one: */
#define WALK_SHORT 1.8f
#define OF_LETTERS 0.1f   /* by how much a longer stem and a shorter ending are better, a letter */
#define STEM_MIN 3        /* letters of a stem before an ending with errors */

typedef struct {
    const hw_spell *sp;
    const hw_spelt *in;
    unsigned steps;
    float limit;
    hw_spelt at;
    float begin;    /* what the beginning cost */
    bool ending;    /* behind a stem, which ranks: */
    float stem;
    hw_near v[FOUND_MAX];
    unsigned n;
} walk;

static void find(walk *k, const hw_spelt *w, float cost, float rank)
{
    unsigned i = 0, worst = 0;
    for (; i < k->n; i++) {
        if (hw_spelt_same(&k->v[i].w, w)) {
            if (rank < k->v[i].rank) k->v[i] = (hw_near){*w, cost, rank};
            return;
        }
        if (k->v[i].rank > k->v[worst].rank) worst = i;
    }
    if (i < FOUND_MAX) k->n++;
    else if (k->v[worst].rank <= rank) return;
    else i = worst;
    k->v[i] = (hw_near){*w, cost, rank};
}

static void from(walk *k, uint32_t node, unsigned i, float cost);

/* The errors of an ending are looked for behind a stem without any. */
static void behind_stem(walk *k, const hw_trie_node *stem, unsigned i, float cost)
{
    if (k->at.n < STEM_MIN || i == k->in->n) return;
    k->ending = true;
    k->stem = hw_prior_of(stem->count) - OF_LETTERS * (float)k->at.n;
    from(k, k->sp->endings, i, cost);
    k->ending = false;
}

static void arrive(walk *k, uint32_t node, unsigned i, float cost)
{
    const hw_trie_node *t = &k->sp->trie[node];
    const hw_spelt *in = k->in;
    if (k->ending) {
        if (i == in->n && t->count && cost > 0) find(k, &k->at, cost, cost + k->stem + hw_prior_of(t->count));
        return;
    }
    if (i == in->n && (t->count || t->stem)) find(k, &k->at, cost, cost + hw_prior_of(t->count));
    if (!t->stem) return;
    if (cost > 0 && i < in->n && k->at.n > 1 && in->n - i < 14 && k->at.n + in->n - i <= HW_SPELT_MAX) {
        hw_spelt w = k->at;
        memcpy(w.v + w.n, in->v + i, in->n - i);
        w.n = (uint8_t)(w.n + in->n - i);
        find(k, &w, cost, cost + hw_prior_of(t->count) + OF_LETTERS * (float)(in->n - i) - OF_LETTERS * (float)k->at.n);
    }
    if (cost <= k->begin) behind_stem(k, t, i, cost);
}

static void go(walk *k, uint32_t node, const uint8_t *letters, unsigned n, unsigned i, float cost)
{
    unsigned old = k->at.n;
    if (cost > k->limit || old + n > HW_SPELT_MAX) return;
    for (unsigned j = 0; j < n; j++) {
        if (!(node = hw_trie_child(k->sp->trie, node, letters[j]))) return;
        k->at.v[old + j] = letters[j];
    }
    k->at.n = (uint8_t)(old + n);
    from(k, node, i, cost);
    k->at.n = (uint8_t)old;
}

static void rules_of(walk *k, uint8_t first, uint32_t node, unsigned i, float cost)
{
    const hw_spell *sp = k->sp;
    for (unsigned r = sp->rule_at[first]; r < sp->rule_at[first + 1u]; r++) {
        const hw_error_rule *x = &sp->rules[r];
        if (i + x->n_from > k->in->n || memcmp(k->in->v + i, x->from, x->n_from) != 0) continue;
        go(k, node, x->to, x->n_to, i + x->n_from, cost + x->cost);
    }
}

static void from(walk *k, uint32_t node, unsigned i, float cost)
{
    const hw_spell *sp = k->sp;
    const hw_spelt *in = k->in;
    if (++k->steps > STEPS_MAX) return;
    arrive(k, node, i, cost);
    if (i < in->n) go(k, node, in->v + i, 1, i + 1, cost);
    if (cost + 0.3f > k->limit) return;
    if (i < in->n) rules_of(k, in->v[i], node, i, cost);
    rules_of(k, 0, node, i, cost);
    if (i < in->n && cost + sp->drop <= k->limit) go(k, node, NULL, 0, i + 1, cost + sp->drop);
    if (i + 1 < in->n && in->v[i] != in->v[i + 1]) go(k, node, (const uint8_t[]){in->v[i + 1], in->v[i]}, 2, i + 2, cost + sp->swap);
    if (cost + sp->insert > k->limit && cost + sp->change > k->limit) return;
    for (uint32_t c = sp->trie[node].child; c; c = sp->trie[c].next) {
        if (k->at.n == HW_SPELT_MAX) break;
        k->at.v[k->at.n++] = sp->trie[c].letter;
        if (cost + sp->insert <= k->limit) from(k, c, i, cost + sp->insert);
        if (cost + sp->change <= k->limit && i < in->n && in->v[i] != sp->trie[c].letter) from(k, c, i + 1, cost + sp->change);
        k->at.n--;
    }
}

hw_near_list hw_spell_nearby(const hw_spell *sp, hw_arena *a, const hw_spelt *w, float most)
{
    walk *k = hw_alloc(a, sizeof *k);
    k->sp = sp;
    k->in = w;
    k->steps = k->n = k->at.n = 0;
    k->ending = false;
    k->begin = 0;
    k->limit = fminf(most, w->n < 4 ? WALK_SHORT : WALK_MAX);
    from(k, 0, 0, 0);
    for (unsigned i = 0; i < sp->n_prefix; i++) {
        const hw_prefix *p = &sp->prefix[i];
        if (w->n < p->written.n + 3u || memcmp(w->v, p->written.v, p->written.n) != 0) continue;
        k->at = p->meant;
        k->begin = p->cost;
        k->steps = 0;
        k->limit = fminf(most, WALK_SHORT);
        from(k, 0, p->written.n, p->cost);
    }
    return (hw_near_list){k->v, k->n};
}
