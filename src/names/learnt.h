/* What a trained model makes of names. In: words, and the spans that lists and rules found. Out: spans again: those that it believes,
 * some with other borders, and names that no list has, by their shape and what stands around them.
 *
 * A linear model over the tokens of a sentence, each of which begins, goes on with, or lies outside a name of one of three
 * types; the best sequence is looked for with Viterbi's algorithm. Learnt as an averaged perceptron (Collins 2002) by train/names.c
 * from passages annotated by reading. What the lists and rules say is among its features, so it is a judge of theirs first.
 * Features are hashed into one table of signed bytes, the model's section "names": a header, then 2^bits weights, eight a feature (one
 * a label). */
#ifndef HW_NAMES_LEARNT_H
#define HW_NAMES_LEARNT_H
#include "model/linear.h"
#include "names/find.h"

#define HW_LEARNT_MAGIC UINT32_C(0x6e616d31)

/* Labels: outside; begins a PER, ORG, LOC; goes on with one. */
enum { HW_OUTSIDE, HW_BEGINS, HW_INSIDE = HW_BEGINS + 3, HW_LABELS = HW_INSIDE + 3 };
/* Whether label b may stand behind label a (HW_OUTSIDE at a sentence's beginning). */
static inline bool hw_label_follows(unsigned a, unsigned b)
{
    return b < HW_INSIDE || a == b || a + 3 == b;
}

/* What is known of each token before the model is asked: what the rules say, before they are settled; in which lists it stands; how
 * it is read. Found once a text. */
typedef struct {
    uint8_t label, how, length, links; /* links: 1 by izafe to the next, 2 from the one before */
    uint32_t lists;
    uint32_t readings;
    bool common, unknown;
} hw_said;
hw_said *hw_rules_say(const hw_finder *f);
/* What a label is worth before anything is learnt: the rules are believed until something speaks against them. */
#define HW_TRUST 0.5f
/* What speaks for token i's label. */
void hw_name_features_of(const hw_finder *f, const hw_said *said, uint32_t i, hw_feature_set *out);
/* Where a feature's weights begin, one a label; what a label gets when another stands before it is a feature too. */
enum { HW_LABELS_A_ROW = 8 };
static inline uint32_t hw_name_row(uint64_t feature, unsigned shift) { return hw_feature_row(feature, shift, HW_LABELS_A_ROW); }
static inline uint64_t hw_name_step(unsigned before) { return UINT64_C(0x5354455000000000) + (uint64_t)before * 64; }

/* Puts what the model believes in the place of f->spans. Does nothing without a model. */
void hw_learnt_names(hw_finder *f);
#endif
