/* From one script into the other. hewal_to_latin and hewal_to_arabic of hewal.h stand on this; the tables are
 * lang/ckb/translit.tsv. */
#ifndef HW_MORPH_TRANSLIT_H
#define HW_MORPH_TRANSLIT_H
#include "base/arena.h"
#include "base/buf.h"
#include "base/utf8.h"
#include "model/model.h"
#include "morph/phonemes.h"

#include <string.h>

/* The kinds of letters in translit.tsv; HW_ALSO: a way to write one in Latin that is read and not written. */
typedef enum { HW_NO_LETTER, HW_CONSONANT, HW_VOWEL, HW_GLIDE, HW_BEARER, HW_MARK_LETTER, HW_ALSO } hw_letter_kind;

static inline hw_letter_kind hw_letter_kind_of(const char *s)
{
    static const char kinds[] = "cvghma";
    const char *at = *s ? strchr(kinds, *s) : NULL;
    return at ? (hw_letter_kind)(at - kinds + 1) : HW_NO_LETTER;
}

/* s[0..n), a name in Arabic script, as English would spell it: capitalised, without diacritics. What is Latin already stays. */
const char *hw_latin(const hewal_model *m, hw_arena *a, const char *s, size_t n);

/* latin.c: appends a text in Latin script: Hawar, its vowels as they are spoken (p), or as English spells names. p may be
 * NULL: then the vowels are those that letters and syllables suggest. */
void hw_to_latin(const hewal_model *m, const hw_phonemes *p, hw_arena *a, const char *s, size_t n, bool english, hw_buf *b);
/* translit.c: appends a text in Arabic script. */
void hw_to_arabic(const hewal_model *m, hw_arena *a, const char *s, size_t n, hw_buf *b);
#endif
