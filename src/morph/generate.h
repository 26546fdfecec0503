/* Making forms. In: a lemma, and what is wanted of it. Out: its forms in standard orthography.
 *
 *     hw_maker *g = hw_maker_new(model, arena, lemma, upos);       // NULL: no such lemma
 *     hw_made_list forms = hw_make(g, "Case=Loc|Number=Plur");
 *
 * A maker lives in its arena and belongs to one thread. */
#ifndef HW_MORPH_GENERATE_H
#define HW_MORPH_GENERATE_H
#include "morph/morph.h"

typedef struct hw_maker hw_maker;

typedef struct {
    const char *form;
    uint8_t upos; /* of the form: an infinitive is a noun */
    float cost;   /* lower is commoner */
} hw_made;
typedef HW_VEC(hw_made) hw_made_list; /* the commonest first, each form once */

/* The lemma in any spelling. upos: of the lemma, or -1: any. Closed-class words have but the forms that the lexicon lists
 * and their clitics. */
hw_maker *hw_maker_new(const hewal_model *m, hw_arena *a, const char *lemma, int upos);
/* The parts of speech of the lemma, as bits (1u << HW_NOUN ...). */
uint32_t hw_maker_upos(const hw_maker *g);
/* The forms that have these UD features and no others, as `hewal analyze` would print them. */
hw_made_list hw_make(hw_maker *g, const char *feats);
#endif
