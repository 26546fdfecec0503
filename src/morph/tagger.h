/* The tagger: which reading of a word is meant. In: words with their readings. Out: what speaks for each.
 *
 * A linear model, an averaged structured perceptron (Collins 2002) that train/tagger.c learns from sentences annotated by reading.
 * It has two parts. What a word says by itself (its form, lemma, ending) is added to the weights
 * of its readings when they are made, so that it costs nothing at run time for the forms whose readings were made beforehand.
 * What its neighbours say is added when the sentence is read (context.c): the words and likeliest kinds beside it, and the
 * reading before it, over which the cheapest way is looked for.
 *
 * Features are hashed into one table of signed bytes, the model's section "tagger": a header (model/linear.h; `unit` is what a weight of 1 takes
 * off a reading's weight), then 2^bits weights. */
#ifndef HW_MORPH_TAGGER_H
#define HW_MORPH_TAGGER_H
#include "model/linear.h"
#include "morph/lookup.h"

#define HW_TAGGER_MAGIC UINT32_C(0x74616731)

#define HW_FEATURES_MAX 24
typedef struct {
    uint32_t id[HW_FEATURES_MAX]; /* below 2^bits */
    unsigned n;
} hw_features;

/* What the word says by itself for a reading of it. */
void hw_own_features(const hw_lexicon *l, const hw_token *t, const hw_analysis *r, hw_features *out);

/* What the neighbours are, whatever reading is taken: 0 beyond the sentence. */
typedef struct { uint64_t before, after, after2; uint32_t kind_before, kind_after; } hw_neighbours;
void hw_context_features(const hw_lexicon *l, const hw_neighbours *n, const hw_analysis *r, hw_features *out);
/* What a reading before speaks for one; NULL for either: the sentence's edge. */
void hw_pair_features(const hw_lexicon *l, const hw_analysis *before, const hw_analysis *r, hw_features *out);

/* What the features take off the weight. */
static inline float hw_tagger_sum(const hw_lexicon *l, const hw_features *f)
{
    int sum = 0;
    for (unsigned i = 0; i < f->n; i++) sum += l->tagger[f->id[i]];
    return (float)sum * l->tagger_unit;
}
#endif
