/* From one script into the other. hewal_to_latin and hewal_to_arabic of hewal.h stand on this; the tables are
 * lang/ckb/translit.tsv. */
#ifndef HW_MORPH_TRANSLIT_H
#define HW_MORPH_TRANSLIT_H
#include "base/arena.h"
#include "model/model.h"

/* s[0..n), a name in Arabic script, as English would spell it: capitalised, without diacritics. What is Latin already stays. */
const char *hw_latin(const hewal_model *m, hw_arena *a, const char *s, size_t n);
#endif
