/* Orthography: what keyboards and encodings write, made one.
 *
 * Two levels. The norm is standard orthography with nothing lost that the writer meant. The fold is coarser, for
 * comparing and finding: ڕ as ر, ڵ as ل, doubled و and ی as one, Latin in lower case, digits as ASCII. The rules are
 * lang/ckb/orthography.tsv; the model's section "orth" holds them compiled, as laid out here. */
#ifndef HW_TEXT_ORTH_H
#define HW_TEXT_ORTH_H
#include "base/arena.h"
#include <stdbool.h>

typedef enum {
    HW_C_OTHER,   /* controls, unassigned, broken bytes */
    HW_C_SPACE,
    HW_C_NEWLINE,
    HW_C_ARABIC,  /* a letter of the Arabic script */
    HW_C_LATIN,   /* a letter of another script */
    HW_C_MARK,    /* a combining mark: belongs to the letter before it */
    HW_C_JOINER,  /* an invisible character that may stand in words: ZWNJ, tatweel, direction marks */
    HW_C_DIGIT,
    HW_C_PUNCT,
    HW_C_QUOTE,
    HW_C_SYMBOL
} hw_class;

enum { HW_CF_PAIR = 1, HW_CF_INITIAL = 2, HW_CF_FINAL = 4, HW_CF_JOINER = 8, HW_CF_DOUBLE = 16, HW_CF_UPPER = 32 };

typedef struct {
    uint8_t cls;   /* hw_class */
    uint8_t digit; /* value of a HW_C_DIGIT */
    uint8_t flags; /* HW_CF_ */
    uint8_t reserved;
    uint16_t norm, fold; /* 0: itself; 1: dropped; else a replacement */
} hw_char;

typedef struct { uint32_t cp[2]; } hw_replacement; /* one or two characters; cp[1] is 0 for one */

typedef struct { /* a character and its follower (pairs), or a rule for a place in the word */
    uint32_t from, next, to;
    uint32_t where;     /* HW_CF_PAIR, _INITIAL, _FINAL or _JOINER */
    uint32_t unless[8]; /* letters after which the rule does not hold, 0-terminated */
} hw_orth_rule;

typedef struct hw_orth { /* the section: this, then pages, replacements and rules at their offsets */
    uint32_t n_pages, n_replacements, n_rules, joiner; /* joiner: U+200C */
    uint32_t pages_at, replacements_at, rules_at, reserved;
    uint16_t page_of[0x1100]; /* page of cp >> 8 */
} hw_orth;

/* A word of at most HW_WORD_MAX characters; longer ones are cut into several by the tokenizer. */
#define HW_WORD_MAX 200

static inline const hw_char *hw_char_of(const hw_orth *o, uint32_t cp)
{
    const hw_char *pages = (const hw_char *)(const void *)((const unsigned char *)o + o->pages_at);
    return &pages[((size_t)(cp > 0x10FFFF ? 0 : o->page_of[cp >> 8]) << 8) | (cp > 0x10FFFF ? 0 : cp & 0xFF)];
}

/* Norm and fold of the word s[0..n): written NUL-terminated into the arena, lengths in bytes without the NUL. Broken
 * bytes become U+FFFD. */
typedef struct {
    const char *norm, *fold;
    uint32_t norm_len, fold_len;
} hw_spelling;
hw_spelling hw_orth_word(const hw_orth *o, hw_arena *a, const char *s, size_t n);
#endif
