/* In: a word that the lexicon does not have. Out: what it may be, by its beginning and its endings. The net of affixes,
 * begun behind any of the word's letters, says which endings it may carry; endings.tsv says what that makes likely. */
#include "morph/lookup.h"

#include "base/hash.h"
#include <string.h>

#define GUESSES 3
#define SUFFIX_LETTERS 14
static const uint8_t classes[HW_GUESS_CLASSES] = {HW_NOUN, HW_PROPN, HW_ADJ, HW_ADV, HW_VERB};

typedef struct { hw_path path; unsigned len; uint8_t upos; float cost; } guess;

static bool matches(const hw_guess *g, const hw_letters *w, unsigned len, const hw_path *p)
{
    switch (g->kind) {
    case HW_GUESS_ALL: return true;
    case HW_GUESS_TAG: return memchr(p->tag, g->tag, p->n) != NULL;
    case HW_GUESS_BEGIN: return w->n > g->n && !memcmp(w->v, g->letters, g->n);
    case HW_GUESS_END: return len > g->n && !memcmp(w->v + len - g->n, g->letters, g->n);
    case HW_GUESS_WORD_END: return w->n > g->n && !memcmp(w->v + w->n - g->n, g->letters, g->n);
    default: return false;
    }
}

static void keep(guess *best, unsigned *n, const guess *g)
{
    for (unsigned i = 0; i < *n; i++)
        if (best[i].len == g->len && best[i].upos == g->upos) {
            if (best[i].cost > g->cost) best[i] = *g;
            return;
        }
    if (*n < GUESSES) {
        best[(*n)++] = *g;
        return;
    }
    unsigned worst = 0;
    for (unsigned i = 1; i < *n; i++)
        if (best[i].cost > best[worst].cost) worst = i;
    if (g->cost < best[worst].cost) best[worst] = *g;
}

/* Where the stem of the first `len` letters ends in the norm. A letter that the norm has twice belongs to the stem once,
 * but after a vowel (alef, yeh, yeh). */
static uint16_t lemma_end(const hw_lexicon *l, const hw_letters *w, unsigned len)
{
    unsigned size = w->fold_at[len] - w->fold_at[len - 1];
    bool twice = w->norm_at[len] - w->norm_at[len - 1] >= (int)(2 * size);
    return twice && len > 1 && !l->net->vowel[w->v[len - 2]] ? (uint16_t)(w->norm_at[len] - size) : w->norm_at[len];
}

static void add_guess(const hw_lexicon *l, hw_arena *a, const hw_letters *w, const hw_token *t, const guess *g, hw_readings *out)
{
    hw_analysis r = {.upos = g->upos, .marks = HW_M_GUESS, .weight = 4 + g->cost};
    for (unsigned i = 0; i < g->path.n; i++) {
        const hw_tag *tag = &l->tags[g->path.tag[i]];
        r.marks |= tag->marks & ~HW_M_OWN;
        if (tag->person) r.person = tag->person;
        if (tag->subject) r.subject = tag->subject;
    }
    r.lemma = g->len == w->n ? t->norm : hw_strndup(a, t->norm, lemma_end(l, w, g->len));
    r.lemma_hash = hw_hash(t->fold, w->fold_at[g->len]);
    r.feats = hw_path_feats(l, a, &g->path, "");
    if (out->n < HW_READINGS_MAX) out->v[out->n++] = r;
}

void hw_guess_readings(const hw_lexicon *l, hw_arena *a, const hw_letters *w, const hw_token *t, hw_readings *out)
{
    guess best[GUESSES];
    unsigned n = 0;
    hw_paths paths;
    for (unsigned len = w->n; len >= 2 && len + SUFFIX_LETTERS > w->n; len--) {
        hw_lexicon_endings(l, w, len, 4, &paths);
        for (unsigned i = 0; i < paths.n; i++) {
            if (len == w->n && paths.v[i].n) continue; /* an ending that no letter shows */
            float cost[HW_GUESS_CLASSES];
            for (int c = 0; c < HW_GUESS_CLASSES; c++) cost[c] = paths.v[i].cost + (len < 3 ? 1.5f : 0);
            for (const hw_guess *g = l->guesses; g->kind; g++)
                if (matches(g, w, len, &paths.v[i]))
                    for (int c = 0; c < HW_GUESS_CLASSES; c++) cost[c] += g->cost[c];
            for (int c = 0; c < HW_GUESS_CLASSES; c++) {
                guess g = {paths.v[i], len, classes[c], cost[c]};
                if (classes[c] != HW_VERB || len == w->n) keep(best, &n, &g);
            }
        }
    }
    for (unsigned i = 0; i < n; i++) add_guess(l, a, w, t, &best[i], out);
}
