/* Choosing among a word's readings by what stands beside it. In: words with their readings. Out: the same, the likeliest
 * reading first. */
#ifndef HW_MORPH_CONTEXT_H
#define HW_MORPH_CONTEXT_H
#include "morph/lookup.h"

void hw_morph_context(const hw_lexicon *l, hw_words *w);
/* The kind of a reading, as context.tsv tells them apart (a number from 0). */
unsigned hw_morph_kind(const hw_lexicon *l, const hw_analysis *r);
#endif
