/* Choosing among a word's readings by what stands beside it. In: words with their readings. Out: the same, the likeliest
 * reading first. */
#ifndef HW_MORPH_CONTEXT_H
#define HW_MORPH_CONTEXT_H
#include "morph/morph.h"
void hw_morph_context(hw_words *w);
#endif
