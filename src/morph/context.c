/* In: words with their readings, likeliest first by themselves. Out: likeliest first in their sentence. */
#include "morph/context.h"

void hw_morph_context(hw_words *w)
{
    (void)w;
}
