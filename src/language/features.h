/* What a text is scored by: the same for the program and for the trainer (train/language.c).
 *
 * Words are runs of letters of one script, in lower case; vowel marks, tatweel and direction marks are dropped, everything
 * else (digits, punctuation, addresses, ZWNJ) parts words. U+0653 to U+065F are letters: Hawrami has them on its vowels.
 * Keyboards are made one: ي ى are ی, ك is ک, ھ is ه and ه with ZWNJ is ە, for they tell the site that a text comes from, not
 * its language. The features of a word are its 1- to 4-grams with its boundaries, and itself; each is hashed to a row of
 * the table. */
#ifndef HW_LANGUAGE_FEATURES_H
#define HW_LANGUAGE_FEATURES_H
#include "base/utf8.h"

#include <stdbool.h>
#include <string.h>

enum { HW_SCRIPT_ARABIC, HW_SCRIPT_LATIN, HW_SCRIPT_OTHER, HW_SCRIPT_NONE, HW_SCRIPT_DROPPED };

typedef struct {
    uint64_t letters[3]; /* of each script */
    uint64_t foreign;    /* Arabic letters that only other languages have */
    uint64_t n[2];       /* features of each script */
} hw_language_counts;

/* Takes a feature; hw_language_features is inlined with it. */
typedef void (*hw_language_take)(void *ctx, unsigned script, uint32_t row);

typedef struct {
    uint64_t gram;   /* the last four symbols, 16 bits each */
    uint64_t word;   /* hash of the word so far */
    unsigned n;      /* symbols since the word's beginning, which counts as one */
    unsigned script;
} hw_language_word;

#define HW_LANGUAGE_INLINE static inline __attribute__((always_inline))

HW_LANGUAGE_INLINE uint32_t hw_language_row(uint64_t key, unsigned bits)
{
    key *= UINT64_C(0x9e3779b97f4a7c15);
    key ^= key >> 32;
    return (uint32_t)(key * UINT64_C(0xff51afd7ed558ccd) >> (64 - bits));
}

/* Whether only Urdu, Pashto, Sindhi or Uyghur write it: one of ٹ ټ ځ څ ڈ ډ ڑ ړ ږ ښ ګ ڼ ں ې ے ۓ ہ ۂ ۃ ڭ ۈ ڀ ٺ ٽ ٿ ڃ ڄ ڇ ڊ ڌ ڍ ڏ ڪ ڦ ڱ ڳ ڻ. */
HW_LANGUAGE_INLINE bool hw_language_foreign(uint32_t cp)
{
    static const uint64_t set[2] = {UINT64_C(0x44ab7bbb6000000), UINT64_C(0xd010e1c0a2c40)}; /* from U+0660 */
    return cp >= 0x660 && cp < 0x6E0 && (set[(cp - 0x660) >> 6] >> ((cp - 0x660) & 63) & 1);
}

/* The script of cp, and the symbol that stands for it in *sym. */
HW_LANGUAGE_INLINE unsigned hw_language_arabic(uint32_t cp, uint32_t *sym)
{
    *sym = cp;
    if (cp == 0x64A || cp == 0x649) *sym = 0x6CC;
    else if (cp == 0x643) *sym = 0x6A9;
    else if (cp == 0x6BE) *sym = 0x647;
    else if (cp == 0x640 || (cp >= 0x64B && cp <= 0x652) || cp == 0x670 || cp == 0x61C) return HW_SCRIPT_DROPPED;
    else if (cp < 0x620 || (cp >= 0x660 && cp <= 0x66D) || (cp >= 0x6D6 && cp <= 0x6ED) || (cp >= 0x6F0 && cp <= 0x6F9) || cp == 0x6D4)
        return HW_SCRIPT_NONE;
    return HW_SCRIPT_ARABIC;
}

HW_LANGUAGE_INLINE unsigned hw_language_latin(uint32_t cp, uint32_t *sym)
{
    *sym = cp;
    if (cp < 0xC0 || cp == 0xD7 || cp == 0xF7) return HW_SCRIPT_NONE;
    if (cp < 0xDF) *sym = cp + 32;
    else if (cp == 0x130) *sym = 'i';
    else if (cp == 0x178) *sym = 0xFF;
    else if ((cp >= 0x139 && cp <= 0x148) || (cp >= 0x179 && cp <= 0x17E)) *sym = cp + (cp & 1);
    else if ((cp >= 0x100 && cp <= 0x177 && cp != 0x131 && cp != 0x138) || (cp >= 0x1E00 && cp < 0x1F00)) *sym = cp | 1;
    return HW_SCRIPT_LATIN;
}

HW_LANGUAGE_INLINE unsigned hw_language_symbol(uint32_t cp, uint32_t *sym)
{
    *sym = 0;
    if (cp >= 0x600 && cp < 0x700) return hw_language_arabic(cp, sym);
    if (cp < 0x250) return hw_language_latin(cp, sym);
    if (cp < 0x300) return HW_SCRIPT_OTHER;
    if (cp < 0x370 || (cp >= 0x200D && cp <= 0x200F) || (cp >= 0x202A && cp <= 0x202E) || (cp >= 0x2066 && cp <= 0x2069) || cp == 0xFEFF)
        return HW_SCRIPT_DROPPED;
    *sym = cp & 0xFFFF;
    if ((cp >= 0x750 && cp < 0x780) || (cp >= 0x8A0 && cp < 0x900) || (cp >= 0xFB50 && cp < 0xFE00) || (cp >= 0xFE70 && cp < 0xFEFD))
        return HW_SCRIPT_ARABIC;
    if (cp >= 0x1E00 && cp < 0x1F00) return hw_language_latin(cp, sym);
    if ((cp >= 0x2000 && cp < 0x2C00) || (cp >= 0x3000 && cp < 0x3040) || (cp >= 0xD800 && cp < 0xF900) || cp >= 0x1F000 ||
        (cp >= 0xFE00 && cp < 0xFE70) || (cp >= 0xFF00 && cp < 0x10000))
        return HW_SCRIPT_NONE;
    return HW_SCRIPT_OTHER;
}

HW_LANGUAGE_INLINE void hw_language_grams(hw_language_word *w, hw_language_counts *c, unsigned bits, hw_language_take take, void *ctx)
{
    take(ctx, w->script, hw_language_row(w->gram & 0xFFFFFFFF, bits));
    c->n[w->script]++;
    if (w->n < 3) return;
    take(ctx, w->script, hw_language_row(w->gram & 0xFFFFFFFFFFFF, bits));
    c->n[w->script]++;
    if (w->n < 4) return;
    take(ctx, w->script, hw_language_row(w->gram, bits));
    c->n[w->script]++;
}

HW_LANGUAGE_INLINE void hw_language_end(hw_language_word *w, hw_language_counts *c, unsigned bits, hw_language_take take, void *ctx)
{
    if (!w->n) return;
    w->gram = w->gram << 16 | ' ';
    w->n++;
    hw_language_grams(w, c, bits, take, ctx);
    take(ctx, w->script, hw_language_row(w->word, bits));
    c->n[w->script]++;
    w->n = 0;
}

HW_LANGUAGE_INLINE void hw_language_letter(hw_language_word *w, hw_language_counts *c, unsigned script, uint32_t sym, unsigned bits,
                                           hw_language_take take, void *ctx)
{
    if (w->n && w->script != script) hw_language_end(w, c, bits, take, ctx);
    if (!w->n) *w = (hw_language_word){.gram = ' ', .word = UINT64_C(0xcbf29ce484222325), .n = 1, .script = script};
    w->gram = w->gram << 16 | sym;
    w->word = (w->word ^ sym) * UINT64_C(0x100000001b3);
    w->n++;
    c->letters[script]++;
    take(ctx, script, hw_language_row(sym, bits));
    c->n[script]++;
    hw_language_grams(w, c, bits, take, ctx);
}

/* Where an address that begins at s ends; s when none does. */
HW_LANGUAGE_INLINE const char *hw_language_address(const char *s, const char *end)
{
    size_t n = (size_t)(end - s);
    if (!((n > 4 && !memcmp(s, "http", 4)) || (n > 4 && !memcmp(s, "www.", 4)))) return s;
    while (s < end && *s > ' ' && *s < 0x7F) s++;
    return s;
}

HW_LANGUAGE_INLINE void hw_language_features(const char *s, size_t len, unsigned bits, hw_language_counts *c, hw_language_take take, void *ctx)
{
    hw_language_word w = {0, 0, 0, HW_SCRIPT_ARABIC};
    const char *end = s + len;
    while (s < end) {
        uint32_t cp, sym = 0;
        if (!w.n && (*s == 'h' || *s == 'w')) {
            const char *after = hw_language_address(s, end);
            if (after != s) {
                s = after;
                continue;
            }
        }
        unsigned char first = (unsigned char)*s;
        unsigned script;
        if (first < 0x80) {
            s++;
            sym = first | 0x20u;
            script = sym >= 'a' && sym <= 'z' ? HW_SCRIPT_LATIN : HW_SCRIPT_NONE;
        } else {
            s += hw_utf8_decode(s, (size_t)(end - s), &cp);
            script = hw_language_symbol(cp, &sym);
            if (sym == 0x647 && end - s >= 3 && !memcmp(s, "\u200c", 3)) {
                sym = 0x6D5;
                s += 3;
            }
        }
        c->foreign += hw_language_foreign(sym);
        if (script <= HW_SCRIPT_LATIN) hw_language_letter(&w, c, script, sym, bits, take, ctx);
        else if (script != HW_SCRIPT_DROPPED) {
            c->letters[HW_SCRIPT_OTHER] += script == HW_SCRIPT_OTHER;
            hw_language_end(&w, c, bits, take, ctx);
        }
    }
    hw_language_end(&w, c, bits, take, ctx);
}
#endif
