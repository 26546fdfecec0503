/* What pages say, by language. In: an id of lang/interface/ckb.tsv. Out: the words. Compiled in by tools/mkinterface.py. */
#ifndef HW_SERVE_WORDS_H
#define HW_SERVE_WORDS_H
#include "base/arena.h"

#include <stdbool.h>
#include <stddef.h>

typedef struct { const char *id, *say[2]; } hw_word; /* English, Kurdish */

extern const hw_word hw_words[]; /* by id */
extern const size_t hw_n_words;

/* The words of an id; the id itself where there are none (a test sees to it that there are). */
const char *hw_words_say(bool kurdish, const char *id);
/* In Kurdish, in the arena, what the program says in English of a query («no word to search for»); the English where the table's
 * lines says.* do not have it. */
const char *hw_words_translate(hw_arena *a, const char *english);
#endif
