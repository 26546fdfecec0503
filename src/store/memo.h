/* A map from 64-bit hashes to numbers: what the writer has looked up before. It forgets everything when it is full (a million
 * entries, 16 MB) and when memory runs out: it is a cache. */
#ifndef HW_STORE_MEMO_H
#define HW_STORE_MEMO_H
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#define HW_MEMO_MAX (1u << 20)

typedef struct {
    struct hw_memo_slot { uint64_t key; int64_t value; } *slots; /* key 0: empty */
    uint32_t mask, n;
} hw_memo; /* zeroed: empty */

static inline void hw_memo_clear(hw_memo *m)
{
    free(m->slots);
    *m = (hw_memo){0};
}

static inline struct hw_memo_slot *hw_memo_slot_of(const hw_memo *m, uint64_t key)
{
    uint32_t i = (uint32_t)(key ^ key >> 32) & m->mask;
    while (m->slots[i].key && m->slots[i].key != key) i = (i + 1) & m->mask;
    return &m->slots[i];
}

/* The number kept for the key, 0 for none. */
static inline int64_t hw_memo_get(const hw_memo *m, uint64_t key)
{
    return m->slots ? hw_memo_slot_of(m, key | (key == 0))->value : 0;
}

static inline void hw_memo_put(hw_memo *m, uint64_t key, int64_t value)
{
    if (!key) key = 1;
    if (!m->slots || m->n >= m->mask / 4 * 3) {
        uint32_t cap = m->slots ? (m->mask + 1) * 2 : 4096;
        hw_memo bigger = {calloc(cap <= HW_MEMO_MAX ? cap : 4096, sizeof *bigger.slots), (cap <= HW_MEMO_MAX ? cap : 4096) - 1, 0};
        if (!bigger.slots) {
            hw_memo_clear(m);
            return;
        }
        for (uint32_t i = 0; cap <= HW_MEMO_MAX && m->slots && i <= m->mask; i++)
            if (m->slots[i].key) {
                *hw_memo_slot_of(&bigger, m->slots[i].key) = m->slots[i];
                bigger.n++;
            }
        hw_memo_clear(m);
        *m = bigger;
    }
    struct hw_memo_slot *s = hw_memo_slot_of(m, key);
    m->n += s->key == 0;
    s->key = key;
    s->value = value;
}
#endif
