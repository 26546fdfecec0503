/* In: a word. Out: right, or what may have been meant. A word is right when the lexicon reads it and the standard spelling
 * of that reading is what stands there (standard.c). What may have been meant: that standard spelling; two words in place of
 * one; and forms that the rules of errors lead to (nearby.c). */
#include "morph/nearby.h"
#include "morph/standard.h"

#include <math.h>
#include <string.h>

#define WALK_MOST 2.0f    /* what the errors of one word may cost */
#define DEPTH 2           /* how often parts are split again */
#define FLUENT 1.3f       /* an error that costs more is any letter for any other */
#define USUAL 0.5f        /* a join that costs less is so common that the word beside it may be an unknown one */

/* Costs, in the units of errors.tsv. */
#define APART_SPLIT 0.8f  /* less for two words where there is such a reading */
#define SPLIT_WORSE 0.3f  /* how much less likely than other suggestions they may be, to say that the word is wrong */
#define UNREAD 0.8f       /* a form that the lexicon cannot read */
#define GUESSED 0.9f      /* and that is not known as a form either */
#define SPLIT 2.5f        /* two words that are not usually glued */
#define SPLIT_VERB 1.5f   /* a word glued to a finite verb */
#define DOUBLED 2.0f      /* a letter at the end that can only be two */
#define SAME 0.3f         /* less for the word itself in standard spelling */
#define MEND_MOST 1.0f    /* the errors that are looked for in a part */
#define MENDED 0.3f       /* a part with such a one */
#define PARTS 0.2f        /* the two parts of a reading */
#define SPLIT_PRIOR 0.5f  /* of the counts of these two words */
#define WALKED 0.3f       /* of the cost of a candidate's own reading */
#define DOUBT 0.8f        /* how much less a candidate says against the word when its errors are not fluent */
#define OWN_UNKNOWN 4.7f  /* what it costs to take an unread word for right */
#define OWN_LISTED 3.7f   /* one that texts have, less its prior */
#define OWN_PRIOR 0.2f    /* of the logarithm of its count */
#define SHORT 0.4f        /* less for each letter that it has less than SHORT_SIZE: short words are like too many others */
#define SHORT_SIZE 6
#define LONG 0.18f        /* more for each letter more than LONG_SIZE: long ones are seldom names */
#define LONG_SIZE 8

static float prior(const hw_spell *sp, const hw_spelt *w, bool read)
{
    uint32_t node = hw_trie_find(sp, w);
    return hw_prior_of(node ? sp->trie[node].count : 0) + (read ? 0 : UNREAD);
}

/* ---- suggestions ------------------------------------------------------------------------------------------------------ */

typedef struct { const char *s; float cost, doubt; } suggestion; /* doubt: how much less it says against the word */
typedef struct { suggestion v[64]; unsigned n; } suggestions;

static void suggest(suggestions *l, const char *s, float cost, float doubt)
{
    unsigned i = 0;
    while (i < l->n && strcmp(l->v[i].s, s) != 0) i++;
    if (i < l->n) {
        if (cost >= l->v[i].cost) return;
    } else if (l->n < 64) {
        l->n++;
    } else {
        for (unsigned j = i = 0; j < l->n; j++)
            if (l->v[j].cost > l->v[i].cost) i = j;
        if (l->v[i].cost <= cost) return;
    }
    l->v[i] = (suggestion){s, cost, doubt};
}

/* ---- two words in one --------------------------------------------------------------------------------------------------- */

typedef struct { const char *s; float cost; bool good, known; } part; /* known: to the lexicon */

static const hw_join *join_of(const hw_join *list, unsigned n, const hw_spelt *w)
{
    for (unsigned i = 0; i < n; i++)
        if (hw_spelt_same(&list[i].word, w)) return &list[i];
    return NULL;
}

/* The word, apart from a preverb that is glued to its back. */
static const char *with_after(const hw_spell *sp, hw_arena *a, const hw_spelt *w)
{
    for (unsigned i = 0; i < sp->n_after; i++) {
        const hw_spelt *p = &sp->after[i].word;
        if (p->n < 2 || w->n < p->n + 3u || memcmp(w->v + w->n - p->n, p->v, p->n) != 0) continue;
        hw_spelt x = *w;
        x.n = (uint8_t)(w->n - p->n);
        return hw_sprintf(a, "%s %s", hw_spelt_string(a, &x), hw_spelt_string(a, p));
    }
    return hw_spelt_string(a, w);
}

/* The two words that a reading says the word is. */
static part parts_of(const hw_spell *sp, hw_arena *a, const hw_known *k)
{
    if (!k->part || k->part + 2u >= k->spelt.n) return (part){.good = false};
    hw_spelt x = {.n = k->part}, y = {.n = (uint8_t)(k->spelt.n - k->part)};
    memcpy(x.v, k->spelt.v, x.n);
    memcpy(y.v, k->spelt.v + x.n, y.n);
    for (unsigned i = 0; i < sp->n_joined; i++) { /* of two preverbs the second stays with the verb */
        const hw_spelt *p = &sp->joined[i].word;
        if (x.n < p->n + 2u || memcmp(x.v + x.n - p->n, p->v, p->n) != 0) continue;
        hw_spelt first = x;
        first.n = (uint8_t)(x.n - p->n);
        if (!join_of(sp->after, sp->n_after, &first)) continue;
        x = first;
        y = (hw_spelt){.n = (uint8_t)(k->spelt.n - x.n)};
        memcpy(y.v, k->spelt.v + x.n, y.n);
    }
    if (memchr(sp->vowels.v, y.v[0], sp->vowels.n)) return (part){.good = false}; /* no word begins so */
    const char *s = hw_sprintf(a, "%s %s", with_after(sp, a, &x), hw_spelt_string(a, &y));
    return (part){s, PARTS + k->cost + SPLIT_PRIOR * (prior(sp, &x, true) + prior(sp, &y, true)), true, true};
}

static part split(const hw_spell *sp, hw_arena *a, const hw_spelt *w, int depth, suggestions *all);

/* A word that is part of what was split: as it stands, in standard spelling, or split again. */
static part whole(const hw_spell *sp, hw_arena *a, const hw_spelt *w, int depth, bool guess)
{
    hw_known k = hw_spell_look(sp, a, w);
    part p = {.good = false};
    if (k.read && !k.apart) {
        const hw_spelt *best = k.exact ? w : &k.spelt;
        p = (part){hw_spelt_string(a, best), (k.exact ? 0.1f : k.cost) + prior(sp, best, true), true, true};
    } else if (!k.read) {
        uint32_t node = hw_trie_find(sp, w);
        if (node && sp->trie[node].count > 4 && w->n > 2) p = (part){hw_spelt_string(a, w), prior(sp, w, false), true, false};
        else if (guess && w->n > 1) p = (part){hw_spelt_string(a, w), prior(sp, w, false) + GUESSED, true, false};
    }
    if (depth > 0 && (!k.exact || k.apart)) {
        part q = split(sp, a, k.apart ? &k.spelt : w, depth - 1, NULL);
        part two = k.apart ? parts_of(sp, a, &k) : (part){.good = false};
        if (two.good && (!q.good || two.cost < q.cost)) q = two;
        if (q.good && (!p.good || q.cost < p.cost)) p = q;
    }
    return p;
}

/* The likeliest word that a usual error makes of a part that is no word itself. */
static part mended(const hw_spell *sp, hw_arena *a, const hw_spelt *w)
{
    part best = {.good = false};
    hw_near_list l = w->n > 3 ? hw_spell_nearby(sp, a, w, MEND_MOST) : (hw_near_list){NULL, 0};
    for (unsigned i = 0; i < l.n; i++) {
        hw_known k = hw_spell_look(sp, a, &l.v[i].w);
        const hw_spelt *x = k.exact ? &l.v[i].w : &k.spelt;
        float cost = l.v[i].cost + WALKED * k.cost + prior(sp, x, true) + MENDED;
        if (k.read && !k.apart && (!best.good || cost < best.cost)) best = (part){hw_spelt_string(a, x), cost, true, false};
    }
    return best;
}

static part split(const hw_spell *sp, hw_arena *a, const hw_spelt *w, int depth, suggestions *all)
{
    part best = {.good = false};
    for (unsigned i = 1; i < w->n; i++) {
        hw_spelt x = {.n = (uint8_t)i}, y = {.n = (uint8_t)(w->n - i)};
        memcpy(x.v, w->v, i);
        memcpy(y.v, w->v + i, y.n);
        if (memchr(sp->vowels.v, y.v[0], sp->vowels.n)) continue; /* no word begins so */
        const hw_join *before = join_of(sp->before, sp->n_before, &x), *after = join_of(sp->after, sp->n_after, &y);
        if (!before && !after && (x.n < 2 || y.n < 3)) continue;
        if (after && y.n == 1 && x.v[i - 1] == y.v[0] && (i < 2 || x.v[i - 2] != y.v[0])) continue; /* one long vowel */
        part p, q;
        float cost = SPLIT;
        if (before) {
            if (y.n < 2 || (x.n == 1 && depth < DEPTH)) continue; /* one letter is a word only at the beginning */
            cost = before->cost;
            p = (part){hw_spelt_string(a, &before->word), 0, true, false};
            q = whole(sp, a, &y, depth, before->cost < USUAL);
        } else if (after) {
            cost = after->cost;
            q = (part){hw_spelt_string(a, &after->word), 0, true, false};
            p = whole(sp, a, &x, depth, after->cost < USUAL);
        } else {
            hw_known v = hw_spell_look(sp, a, &y);
            if (!v.read || v.apart || (v.finite && join_of(sp->joined, sp->n_joined, &x))) continue;
            q = (part){hw_spelt_string(a, v.exact ? &y : &v.spelt), (v.exact ? 0.1f : v.cost) + SPLIT_PRIOR * prior(sp, v.exact ? &y : &v.spelt, true), true, false};
            if (v.finite) cost = SPLIT_VERB;
            p = whole(sp, a, &x, 0, v.finite && y.n > 4);
            p.cost *= SPLIT_PRIOR;
        }
        if (all && (before ? before->cost < USUAL : after && after->cost < USUAL && !p.known)) {
            part m = mended(sp, a, before ? &y : &x);
            if (m.good) suggest(all, before ? hw_sprintf(a, "%s %s", p.s, m.s) : hw_sprintf(a, "%s %s", m.s, q.s), cost + m.cost, 0);
        }
        if (!p.good || !q.good) continue;
        part r = {hw_sprintf(a, "%s %s", p.s, q.s), cost + p.cost + q.cost, true, false};
        if (all) suggest(all, r.s, r.cost, 0);
        if (!best.good || r.cost < best.cost) best = r;
    }
    return best;
}

static void near_forms(const hw_spell *sp, hw_arena *a, const hw_spelt *w, float most, suggestions *out)
{
    hw_near_list l = hw_spell_nearby(sp, a, w, most);
    for (unsigned i = 0; i < l.n; i++) {
        const hw_near *f = &l.v[i];
        hw_known x = hw_spell_look(sp, a, &f->w);
        uint32_t node = hw_trie_find(sp, &f->w);
        if (x.apart || hw_spelt_same(&f->w, w)) continue;
        if (!x.read && !(node && sp->trie[node].count > 2)) continue;
        const hw_spelt *best = x.read && !x.exact ? &x.spelt : &f->w;
        suggest(out, hw_spelt_string(a, best), f->cost + (x.read ? WALKED * x.cost : 0) + prior(sp, best, x.read), f->cost > FLUENT ? DOUBT : 0);
    }
}

/* ---- the verdict ------------------------------------------------------------------------------------------------------ */

static bool seems_right(const suggestions *l, float own)
{
    bool right = true;
    for (unsigned i = 0; i < l->n; i++) right &= l->v[i].cost + l->v[i].doubt > own;
    return right;
}

/* Are two words about as likely as the likeliest suggestion, the first one? */
static bool splits_well(const suggestions *l)
{
    for (unsigned i = 0; i < l->n && l->v[i].cost < l->v[0].cost + SPLIT_WORSE; i++)
        if (strchr(l->v[i].s, ' ')) return true;
    return false;
}

hw_verdict hw_spell_word(const hw_spell *sp, hw_arena *a, const char *s, size_t n)
{
    hw_verdict out = {.ok = true};
    hw_spelt w;
    hw_spelling norm = hw_orth_word(sp->model->orth, a, s, n);
    if (!hw_spelt_of(&w, norm.norm, norm.norm_len) || w.n < 2) return out;
    hw_known k = hw_spell_look(sp, a, &w);
    bool odd = hw_spell_odd(sp, &w, &k);
    if (k.exact && !k.apart && !odd) return out;
    suggestions *all = hw_alloc(a, sizeof *all);
    all->n = 0;
    if (k.read && !k.apart) suggest(all, hw_spelt_string(a, &k.spelt), k.cost + prior(sp, &k.spelt, true) - SAME, 0);
    if (hw_spell_odd_end(sp, &w, &k) && w.n < HW_SPELT_MAX && !memchr(sp->before_final.v, w.v[w.n - 2], sp->before_final.n)) {
        hw_spelt twice = w;
        twice.v[twice.n++] = sp->final;
        suggest(all, hw_spelt_string(a, &twice), DOUBLED + prior(sp, &twice, k.read), 0);
    }
    uint32_t node = hw_trie_find(sp, &w);
    uint32_t count = node ? sp->trie[node].count : 0;
    float size = w.n < SHORT_SIZE ? SHORT * (float)(SHORT_SIZE - w.n) : w.n > LONG_SIZE ? -LONG * (float)(w.n - LONG_SIZE) : 0;
    float own = odd || (k.read && !k.apart) ? 99 : (count ? OWN_LISTED - OWN_PRIOR * logf((float)count) : OWN_UNKNOWN) - size;
    split(sp, a, &w, DEPTH, all);
    if (k.apart) {
        if (!k.exact) split(sp, a, &k.spelt, DEPTH, all);
        part two = parts_of(sp, a, &k);
        if (two.good) suggest(all, two.s, two.cost, 0);
        for (unsigned i = 0; i < all->n; i++) all->v[i].cost -= APART_SPLIT;
    }
    if (own < WALK_MOST) { /* first those alone that could say that the word is wrong: it is likely right */
        near_forms(sp, a, &w, own, all);
        if (!k.apart && seems_right(all, own)) return out;
    }
    near_forms(sp, a, &w, WALK_MOST, all);
    for (unsigned i = 1; i < all->n; i++) {
        suggestion x = all->v[i];
        unsigned j = i;
        for (; j && all->v[j - 1].cost > x.cost; j--) all->v[j] = all->v[j - 1];
        all->v[j] = x;
    }
    const char *self = hw_spelt_string(a, &w);
    for (unsigned i = 0; i < all->n && out.n < HW_SUGGESTIONS; i++) {
        if (strcmp(all->v[i].s, self) != 0) out.v[out.n++] = all->v[i].s;
    }
    out.ok = !odd && !(k.apart && splits_well(all)) && seems_right(all, own);
    return out;
}
