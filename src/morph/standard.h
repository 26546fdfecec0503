/* Part of spell.c: what the lexicon knows of a word, in standard spelling. */
#ifndef HW_MORPH_STANDARD_H
#define HW_MORPH_STANDARD_H
#include "morph/spellings.h"

typedef struct {
    hw_spelt spelt; /* of the likeliest reading */
    float cost;     /* of the way there, and of the reading */
    float choice;   /* by which it is chosen among the readings */
    bool read, exact, finite;
    bool open;      /* it is of an open class */
    bool compound;  /* what stands before its stem is an entry of its own */
    uint8_t part;   /* the letters of that; 0: there is none */
    bool apart;     /* only as a finite verb with what should stand apart before it */
} hw_known;

/* Does it have letters where no word has them? */
bool hw_spell_odd(const hw_spell *sp, const hw_spelt *w, const hw_known *k);
/* Does it end as only a word and the one glued to it can? */
bool hw_spell_odd_end(const hw_spell *sp, const hw_spelt *w, const hw_known *k);

hw_known hw_spell_look(const hw_spell *sp, hw_arena *a, const hw_spelt *word);
#endif
