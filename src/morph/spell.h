/* Spelling. In: a word. Out: whether it is written as it should be, and what may have been meant. The lists are
 * lang/ckb/spelling; what the lexicon can read as it stands is right. */
#ifndef HW_MORPH_SPELL_H
#define HW_MORPH_SPELL_H
#include "base/arena.h"
#include "model/model.h"

typedef struct hw_spell hw_spell; /* the lists made ready: read-only, for any number of threads */

/* NULL when memory runs out or the model lacks orthography or lexicon. The model must outlive it. */
hw_spell *hw_spell_new(const hewal_model *m);
void hw_spell_free(hw_spell *s);

#define HW_SUGGESTIONS 10
typedef struct {
    bool ok;
    unsigned n;
    const char *v[HW_SUGGESTIONS]; /* best first; may be several words with spaces between; in the arena */
} hw_verdict;

/* Judges the word s[0..n). What holds letters of no Kurdish word is ok: it is none. */
hw_verdict hw_spell_word(const hw_spell *sp, hw_arena *a, const char *s, size_t n);
#endif
