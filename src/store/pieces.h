/* What was made of pieces of text before: a cache from bytes to bytes. In: a piece (what stands between two white spaces).
 * Out: what was kept for it. Words come back again and again, so that most text need not be tokenized at all.
 *
 * One a thread. It holds at most about 20 MB; when it is full it begins anew. */
#ifndef HW_STORE_PIECES_H
#define HW_STORE_PIECES_H
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#define HW_PIECE_MAX 96 /* longer pieces are not kept, nor what makes more bytes than HW_PIECE_OUT */
#define HW_PIECE_OUT 192

typedef struct {
    struct hw_piece_slot { uint32_t tag, at; } *slots; /* at: of its record + 1; 0: empty */
    unsigned char *bytes;                              /* records: two lengths, the piece, what was made of it */
    uint32_t mask, n;
    size_t used, cap;
} hw_pieces; /* zeroed: empty */

void hw_pieces_free(hw_pieces *p);
/* Keeps `out` for the piece. Does nothing when memory runs out: it is a cache. */
void hw_pieces_keep(hw_pieces *p, const char *s, size_t n, uint64_t hash, const char *out, size_t out_len);

/* Reads the piece that begins at s and ends before the next space, tab or line end, or at `end`. Its hash goes to *hash. */
static inline size_t hw_piece_length(const char *s, const char *end, uint64_t *hash)
{
    const uint64_t ones = UINT64_C(0x0101010101010101), tops = ones * 0x80;
    uint64_t h = UINT64_C(0x9e3779b97f4a7c15);
    const char *p = s;
    for (; end - p >= 8; p += 8) {
        uint64_t x;
        memcpy(&x, p, 8);
        uint64_t low = (x - ones * 0x21) & ~x & tops; /* the lowest bit set is in the first byte of 0x20 or less */
        if (low) {
            unsigned k = (unsigned)__builtin_ctzll(low) / 8;
            if (k) h = (h ^ (x & ((UINT64_C(1) << (8 * k)) - 1)) ^ k) * UINT64_C(0x9fb21c651e98df25);
            *hash = h ^ (h >> 32);
            return (size_t)(p - s) + k;
        }
        h = (h ^ x) * UINT64_C(0x9fb21c651e98df25);
        h ^= h >> 32;
    }
    uint64_t x = 0;
    unsigned k = 0;
    while (p + k < end && (unsigned char)p[k] > 0x20) {
        x |= (uint64_t)(unsigned char)p[k] << (8 * k);
        k++;
    }
    if (k) h = (h ^ x ^ k) * UINT64_C(0x9fb21c651e98df25);
    *hash = h ^ (h >> 32);
    return (size_t)(p - s) + k;
}

/* What was kept for the piece, or NULL. */
static inline const char *hw_pieces_find(const hw_pieces *p, const char *s, size_t n, uint64_t hash, size_t *out_len)
{
    if (!p->slots || n > HW_PIECE_MAX) return NULL;
    for (uint32_t i = (uint32_t)hash & p->mask; p->slots[i].at; i = (i + 1) & p->mask) {
        if (p->slots[i].tag != (uint32_t)(hash >> 32)) continue;
        const unsigned char *r = p->bytes + p->slots[i].at - 1;
        if (r[0] != n || memcmp(r + 2, s, n) != 0) continue;
        *out_len = r[1];
        return (const char *)r + 2 + n;
    }
    return NULL;
}
#endif
