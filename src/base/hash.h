/* Hashes of words and phrases, the same at build time and at run time (they are stored in the model).
 * A word's hash is FNV-1a with a final mix (the finaliser of MurmurHash3, public domain); a phrase's is its words'
 * hashes taken in one after another, so that "a b" can be looked up while walking over tokens. */
#ifndef HW_BASE_HASH_H
#define HW_BASE_HASH_H
#include <stddef.h>
#include <stdint.h>

static inline uint64_t hw_mix(uint64_t h)
{
    h ^= h >> 33;
    h *= UINT64_C(0xff51afd7ed558ccd);
    h ^= h >> 33;
    h *= UINT64_C(0xc4ceb9fe1a85ec53);
    h ^= h >> 33;
    return h ? h : 1; /* 0 marks an empty slot */
}

static inline uint64_t hw_hash(const char *s, size_t n)
{
    uint64_t h = UINT64_C(0xcbf29ce484222325);
    for (size_t i = 0; i < n; i++) h = (h ^ (unsigned char)s[i]) * UINT64_C(0x100000001b3);
    return hw_mix(h);
}

#define HW_PHRASE_START UINT64_C(0x9e3779b97f4a7c15)
static inline uint64_t hw_phrase(uint64_t phrase, uint64_t word)
{
    return hw_mix((phrase ^ word) * UINT64_C(0x9fb21c651e98df25));
}
#endif
