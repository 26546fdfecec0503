/* What tells near-duplicates: the shingles of a text (three words in a row, folded) and its signature. In: the hashes of its words,
 * one after another. Out: bands of MinHash values, equal in texts that share most shingles.
 *
 * MinHash (Broder 1997) in one permutation: each shingle falls into one of the bins and each bin keeps its least (Li, Owen and
 * Zhang 2012); an empty one borrows from the next (Shrivastava and Li 2014). Three bins make a band (locality-sensitive hashing,
 * Indyk and Motwani 1998): of 8 bands one agrees with probability 1 - (1 - J^3)^8 where J of all shingles of two texts are in
 * both: 0.97 at J = 0.7, 0.7 at 0.5, and 1 in 5,000 at 0.03. */
#ifndef HW_STORE_NEAR_H
#define HW_STORE_NEAR_H
#include "base/hash.h"

#include <stdbool.h>

enum { HW_NEAR_BANDS = 8, HW_NEAR_BAND = 3, HW_NEAR_BINS = HW_NEAR_BANDS * HW_NEAR_BAND };

typedef struct {
    uint64_t first, second; /* hashes of the two words before */
    uint32_t words;
    uint64_t bin[HW_NEAR_BINS]; /* UINT64_MAX: empty */
} hw_near_maker;

typedef struct { int64_t band[HW_NEAR_BANDS]; uint32_t words; } hw_near; /* words 0: nothing to compare */

static inline void hw_near_begin(hw_near_maker *m)
{
    m->words = 0;
    m->first = m->second = 0;
    for (int i = 0; i < HW_NEAR_BINS; i++) m->bin[i] = UINT64_MAX;
}

/* The shingle that a word ends; 0 when it is none yet. */
static inline uint64_t hw_near_shingle(hw_near_maker *m, uint64_t word)
{
    uint64_t s = m->words >= 2 ? hw_mix((m->first * 3 ^ m->second) * UINT64_C(0x9fb21c651e98df25) + word) : 0;
    m->first = m->second;
    m->second = word;
    m->words++;
    return s;
}

static inline void hw_near_word(hw_near_maker *m, uint64_t word)
{
    uint64_t s = hw_near_shingle(m, word);
    if (!s) return;
    uint64_t *bin = &m->bin[(s >> 32) * HW_NEAR_BINS >> 32];
    if ((s & UINT32_MAX) < *bin) *bin = s & UINT32_MAX;
}

static inline void hw_near_end(const hw_near_maker *m, hw_near *out)
{
    out->words = m->words >= 3 ? m->words : 0;
    if (!out->words) return;
    uint64_t v[HW_NEAR_BINS];
    for (unsigned i = 0; i < HW_NEAR_BINS; i++) {
        unsigned far = 0;
        while (m->bin[(i + far) % HW_NEAR_BINS] == UINT64_MAX) far++;
        v[i] = m->bin[(i + far) % HW_NEAR_BINS] + ((uint64_t)far << 32);
    }
    for (unsigned i = 0; i < HW_NEAR_BANDS; i++) {
        uint64_t h = i + 1;
        for (unsigned k = 0; k < HW_NEAR_BAND; k++) h = hw_phrase(h, v[i * HW_NEAR_BAND + k]);
        out->band[i] = (int64_t)(h >> 1);
    }
}
#endif
