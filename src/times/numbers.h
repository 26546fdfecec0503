/* Numbers as news writes them: figures of any kind, words, both («2 milyon u 51 hezar»), in brackets («(13000)»), with
 * fractions («17٫5», «yek milyar u nîw»). In: words. Out: what stands at a token. Words: lang/ckb/times/numbers.tsv. */
#ifndef HW_TIMES_NUMBERS_H
#define HW_TIMES_NUMBERS_H
#include "morph/morph.h"

typedef struct {
    hw_table table;
    hw_index index;
    int value, kind; /* columns */
} hw_numbers;

typedef struct {
    double value;
    uint32_t first, last; /* tokens, with the brackets */
    uint32_t marks;       /* what the last number word carries: HW_M_ */
    uint8_t figures;      /* how many, where it is nothing but a run of figures */
    uint8_t decimals;     /* how many of figures stand behind the point, where nothing follows them */
    bool word;            /* it begins with a number word */
    bool scaled;          /* hezar or more is in it, or it ends in a fraction */
    bool rank;            /* an ordinal word */
    bool bracket;
} hw_number;

hw_numbers hw_numbers_of(const hewal_model *m);
/* The longest number that begins at token i; false when none does. */
bool hw_number_at(const hw_numbers *ns, const hw_words *w, uint32_t i, hw_number *out);
/* Whether token i is the word that joins numbers. */
bool hw_number_and(const hw_numbers *ns, const hw_words *w, uint32_t i);
#endif
