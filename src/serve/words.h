/* What pages say, by language. In: an id of lang/interface/ckb.tsv. Out: the words. Compiled in by tools/mkinterface.py. */
#ifndef HW_SERVE_WORDS_H
#define HW_SERVE_WORDS_H
#include <stdbool.h>
#include <stddef.h>

typedef struct { const char *id, *say[2]; } hw_word; /* English, Kurdish */

extern const hw_word hw_words[]; /* by id */
extern const size_t hw_n_words;

/* The words of an id; the id itself where there are none (a test sees to it that there are). */
const char *hw_words_say(bool kurdish, const char *id);
#endif
