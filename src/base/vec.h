/* Growing arrays in an arena. HW_VEC(T) is a struct with v, n, cap; hw_push returns a cleared new last element. Growing
 * leaves the old array in the arena: at most as much again is wasted, and it goes with the document. */
#ifndef HW_BASE_VEC_H
#define HW_BASE_VEC_H
#include "base/arena.h"
#include <string.h>

#define HW_VEC(T) struct { T *v; uint32_t n, cap; }

static inline void *hw_vec_grow(hw_arena *a, void *v, uint32_t n, uint32_t *cap, size_t size)
{
    uint32_t c = *cap ? *cap * 2 : 16;
    void *p = hw_alloc(a, (size_t)c * size);
    if (v) memcpy(p, v, (size_t)n * size);
    *cap = c;
    return p;
}

#define hw_push(a, vec)                                                                                                \
    ((vec)->n == (vec)->cap ? (void)((vec)->v = hw_vec_grow((a), (vec)->v, (vec)->n, &(vec)->cap, sizeof *(vec)->v))   \
                            : (void)0,                                                                                 \
     memset(&(vec)->v[(vec)->n], 0, sizeof *(vec)->v), &(vec)->v[(vec)->n++])
#endif
