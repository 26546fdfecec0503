/* UTF-8, decoded strictly: overlong forms, surrogates and what lies beyond U+10FFFF are broken. */
#ifndef HW_BASE_UTF8_H
#define HW_BASE_UTF8_H
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#define HW_BROKEN 0xFFFFFFFFu

/* Decodes one character of the n > 0 bytes at s into *cp and returns its length in bytes. At a broken sequence *cp is
 * HW_BROKEN and the length is that of the longest part that could have begun a character, at least 1 (as Unicode
 * recommends for U+FFFD). */
static inline size_t hw_utf8_decode(const char *s, size_t n, uint32_t *cp)
{
    const unsigned char *p = (const unsigned char *)s;
    unsigned char c = p[0];
    if (c < 0x80) {
        *cp = c;
        return 1;
    }
    *cp = HW_BROKEN;
    if (c < 0xC2 || c > 0xF4) return 1;
    if (c < 0xE0) {
        if (n < 2 || (p[1] & 0xC0) != 0x80) return 1;
        *cp = ((uint32_t)(c & 0x1F) << 6) | (p[1] & 0x3Fu);
        return 2;
    }
    if (n < 2) return 1;
    unsigned lo = c == 0xE0 ? 0xA0 : c == 0xF0 ? 0x90 : 0x80, hi = c == 0xED ? 0x9F : c == 0xF4 ? 0x8F : 0xBF;
    if (p[1] < lo || p[1] > hi) return 1;
    if (n < 3 || (p[2] & 0xC0) != 0x80) return 2;
    if (c < 0xF0) {
        *cp = ((uint32_t)(c & 0x0F) << 12) | ((uint32_t)(p[1] & 0x3F) << 6) | (p[2] & 0x3Fu);
        return 3;
    }
    if (n < 4 || (p[3] & 0xC0) != 0x80) return 3;
    *cp = ((uint32_t)(c & 0x07) << 18) | ((uint32_t)(p[1] & 0x3F) << 12) | ((uint32_t)(p[2] & 0x3F) << 6) | (p[3] & 0x3Fu);
    return 4;
}

/* Writes cp at out (up to 4 bytes) and returns how many. */
static inline size_t hw_utf8_encode(uint32_t cp, char *out)
{
    unsigned char *p = (unsigned char *)out;
    if (cp < 0x80) {
        p[0] = (unsigned char)cp;
        return 1;
    }
    if (cp < 0x800) {
        p[0] = (unsigned char)(0xC0 | cp >> 6);
        p[1] = (unsigned char)(0x80 | (cp & 0x3F));
        return 2;
    }
    if (cp < 0x10000) {
        p[0] = (unsigned char)(0xE0 | cp >> 12);
        p[1] = (unsigned char)(0x80 | ((cp >> 6) & 0x3F));
        p[2] = (unsigned char)(0x80 | (cp & 0x3F));
        return 3;
    }
    p[0] = (unsigned char)(0xF0 | cp >> 18);
    p[1] = (unsigned char)(0x80 | ((cp >> 12) & 0x3F));
    p[2] = (unsigned char)(0x80 | ((cp >> 6) & 0x3F));
    p[3] = (unsigned char)(0x80 | (cp & 0x3F));
    return 4;
}

/* Copies s, Arabic and Persian digits as ASCII ones, NUL-terminated; false when it does not fit. */
static inline bool hw_ascii_digits(const char *s, size_t n, char *out, size_t size)
{
    size_t k = 0;
    for (size_t i = 0; i < n;) {
        uint32_t cp;
        size_t len = hw_utf8_decode(s + i, n - i, &cp);
        if (k + len >= size) return false;
        if (cp >= 0x660 && cp <= 0x669) out[k++] = (char)('0' + (cp - 0x660));
        else if (cp >= 0x6F0 && cp <= 0x6F9) out[k++] = (char)('0' + (cp - 0x6F0));
        else {
            for (size_t j = 0; j < len; j++) out[k++] = s[i + j];
        }
        i += len;
    }
    out[k] = 0;
    return true;
}
#endif
