/* A hash map from 64-bit keys (hashes already: they are not hashed again) to 32-bit values, in an arena. Key 0 is not
 * allowed. Lookups of absent keys give -1. */
#ifndef HW_BASE_MAP_H
#define HW_BASE_MAP_H
#include "base/arena.h"

typedef struct { uint64_t key; int32_t value; } hw_map_slot;
typedef struct { hw_map_slot *v; uint32_t n, mask; } hw_map; /* zeroed: empty */

static inline int32_t hw_map_get(const hw_map *m, uint64_t key)
{
    if (!m->v) return -1;
    for (uint32_t i = (uint32_t)key & m->mask;; i = (i + 1) & m->mask) {
        if (m->v[i].key == key) return m->v[i].value;
        if (!m->v[i].key) return -1;
    }
}

/* Sets key to value, in place of an older one. */
static inline void hw_map_set(hw_arena *a, hw_map *m, uint64_t key, int32_t value)
{
    if (!m->v || m->n * 2 > m->mask) {
        hw_map old = *m;
        uint32_t size = old.v ? (old.mask + 1) * 2 : 64;
        m->v = HW_NEWS(a, hw_map_slot, size);
        m->mask = size - 1;
        m->n = 0;
        for (uint32_t i = 0; old.v && i <= old.mask; i++)
            if (old.v[i].key) hw_map_set(a, m, old.v[i].key, old.v[i].value);
    }
    uint32_t i = (uint32_t)key & m->mask;
    while (m->v[i].key && m->v[i].key != key) i = (i + 1) & m->mask;
    if (!m->v[i].key) m->n++;
    m->v[i] = (hw_map_slot){key, value};
}
#endif
