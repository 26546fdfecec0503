/* SHA-256 (FIPS 180-4). In: bytes, in any number of pieces. Out: 32 bytes that stand for them. */
#ifndef HW_BASE_SHA256_H
#define HW_BASE_SHA256_H
#include <stddef.h>
#include <stdint.h>

typedef struct {
    uint32_t h[8];
    uint64_t size; /* bytes so far */
    unsigned char block[64];
} hw_sha256;

void hw_sha256_begin(hw_sha256 *s);
void hw_sha256_add(hw_sha256 *s, const void *p, size_t n);
void hw_sha256_end(hw_sha256 *s, unsigned char out[32]);
/* The first 2 * n_bytes hexadecimal digits and a NUL; n_bytes <= 32. */
void hw_hex(const unsigned char *p, size_t n_bytes, char *out);
#endif
