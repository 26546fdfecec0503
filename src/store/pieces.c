/* In: pieces of text and what was made of them. Out: a cache of both. */
#include "store/pieces.h"

#include <stdlib.h>

#define SLOTS (UINT32_C(1) << 18)
#define BYTES_MAX ((size_t)16 << 20)

void hw_pieces_free(hw_pieces *p)
{
    free(p->slots);
    free(p->bytes);
    *p = (hw_pieces){0};
}

static bool room(hw_pieces *p, size_t more)
{
    if (!p->slots) {
        p->slots = calloc(SLOTS, sizeof *p->slots);
        if (!p->slots) return false;
        p->mask = SLOTS - 1;
    }
    if (p->n > SLOTS / 2 || p->used + more > BYTES_MAX) {
        memset(p->slots, 0, SLOTS * sizeof *p->slots);
        p->n = 0;
        p->used = 0;
    }
    if (p->used + more <= p->cap) return true;
    size_t cap = p->cap ? p->cap * 2 : (size_t)1 << 18;
    unsigned char *bytes = realloc(p->bytes, cap);
    if (!bytes) return false;
    p->bytes = bytes;
    p->cap = cap;
    return true;
}

void hw_pieces_keep(hw_pieces *p, const char *s, size_t n, uint64_t hash, const char *out, size_t out_len)
{
    if (n > HW_PIECE_MAX || out_len > HW_PIECE_OUT || !room(p, n + out_len + 2)) return;
    uint32_t i = (uint32_t)hash & p->mask;
    while (p->slots[i].at) i = (i + 1) & p->mask;
    p->slots[i].tag = (uint32_t)(hash >> 32);
    p->slots[i].at = (uint32_t)p->used + 1;
    unsigned char *r = p->bytes + p->used;
    r[0] = (unsigned char)n;
    r[1] = (unsigned char)out_len;
    memcpy(r + 2, s, n);
    memcpy(r + 2 + n, out, out_len);
    p->used += n + out_len + 2;
    p->n++;
}
