/* In: an id. Out: what it stands for. */
#include "serve/words.h"

#include <string.h>

const char *hw_words_say(bool kurdish, const char *id)
{
    for (size_t lo = 0, hi = hw_n_words; lo < hi;) {
        size_t mid = (lo + hi) / 2;
        int c = strcmp(id, hw_words[mid].id);
        if (!c) return hw_words[mid].say[kurdish];
        if (c < 0) hi = mid;
        else lo = mid + 1;
    }
    return id;
}
