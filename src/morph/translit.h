/* provisional */
#ifndef HW_MORPH_TRANSLIT_H
#define HW_MORPH_TRANSLIT_H
#include "model/model.h"
#include "base/arena.h"
const char *hw_latin(const hewal_model *m, hw_arena *a, const char *s, size_t n);
#endif
