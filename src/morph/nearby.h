/* Part of spell.c: the forms to which the errors of writers lead from a word. */
#ifndef HW_MORPH_NEARBY_H
#define HW_MORPH_NEARBY_H
#include "morph/spellings.h"

typedef struct { hw_spelt w; float cost, rank; } hw_near;
typedef struct { hw_near *v; unsigned n; } hw_near_list;

/* The forms to which errors of at most `most` lead, and stems with what stands behind them in the word. */
hw_near_list hw_spell_nearby(const hw_spell *sp, hw_arena *a, const hw_spelt *w, float most);
#endif
