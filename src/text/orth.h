/* Orthography: what keyboards and encodings write, made one.
 *
 * Two levels. The norm is standard orthography with nothing lost that the writer meant. The fold is coarser, for
 * comparing and finding: ڕ as ر, ڵ as ل, doubled و and ی as one, Latin in lower case, digits as ASCII. The rules are
 * lang/ckb/orthography.tsv (characters) and orthography-words.tsv (letters beside others); the model's section "orth"
 * holds them compiled, as laid out here. Every rule is of a group (HEWAL_FIX_ of hewal.h), so that one may want less. */
#ifndef HW_TEXT_ORTH_H
#define HW_TEXT_ORTH_H
#include "base/arena.h"
#include "hewal.h"

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

enum {
    HW_CF_PAIR = 1, HW_CF_INITIAL = 2, HW_CF_FINAL = 4, HW_CF_JOINER = 8, HW_CF_DOUBLE = 16, HW_CF_UPPER = 32,
    HW_CF_SIGN = 64,  /* as typed: with the letter before it another letter (old fonts) */
    HW_CF_END = 128,  /* the same, at the end of a word */
    HW_CF_APART = 256, /* a word of its own behind a non-joiner, at the end of another */
    HW_CF_PLACE = 512,  /* begins what a rule of orthography-words.tsv replaces, not at the beginning of a word */
    HW_CF_PLACE_FIRST = 1024, /* the same, at the beginning */
    HW_CF_PLACE_NEXT = 2048,  /* the second letter of such a rule */
    HW_CF_SECOND = 4096       /* the second character of a pair, a sign or an end */
};

typedef struct {
    uint8_t cls;   /* hw_class */
    uint8_t digit; /* value of a HW_C_DIGIT */
    uint8_t group; /* number of the group of rules that `norm` is of */
    uint8_t reserved;
    uint16_t flags; /* HW_CF_ */
    uint16_t norm, fold; /* 0: itself; 1: dropped; else a replacement */
} hw_char;

typedef struct { uint32_t cp[2]; } hw_replacement; /* one or two characters; cp[1] is 0 for one */

typedef struct { /* a character and its follower (pairs, signs), or a rule for a place in the word */
    uint32_t from, next, to;
    uint32_t where;     /* HW_CF_PAIR, _INITIAL, _FINAL, _JOINER, _SIGN, _END or _APART */
    uint32_t unless[8]; /* letters after which the rule does not hold, 0-terminated; _END: which may still follow it */
    uint32_t group;
} hw_orth_rule;

typedef enum { HW_PLACE_WORD, HW_PLACE_BEGIN, HW_PLACE_INSIDE, HW_PLACE_END } hw_place_where;
typedef struct { /* some letters that are others beside some; all 0-terminated; rules of one first letter follow one another */
    uint32_t from[16], to[16];
    uint32_t before[48], after[48]; /* letters of which one must stand before, and behind; empty: any, or none */
    uint32_t unless[24][12];        /* beginnings of words that are left alone */
    uint32_t where, group;
} hw_place;

typedef struct hw_orth { /* the section: this, then pages, replacements, rules and places at their offsets */
    uint32_t n_pages, n_replacements, n_rules, joiner; /* joiner: U+200C */
    uint32_t pages_at, replacements_at, rules_at, places_at, n_places, place_groups;
    uint16_t page_of[0x1100]; /* page of cp >> 8 */
    uint8_t place_of[256];    /* of letter U+0600 + i: the first place that begins with it */
} hw_orth;

/* A word of at most HW_WORD_MAX characters; longer ones are cut into several by the tokenizer. */
#define HW_WORD_MAX 200

static inline const hw_char *hw_char_of(const hw_orth *o, uint32_t cp)
{
    const hw_char *pages = (const hw_char *)(const void *)((const unsigned char *)o + o->pages_at);
    return &pages[((size_t)(cp > 0x10FFFF ? 0 : o->page_of[cp >> 8]) << 8) | (cp > 0x10FFFF ? 0 : cp & 0xFF)];
}

/* What a word becomes: characters. */
typedef struct {
    uint32_t cp[4 * HW_WORD_MAX + 2];
    size_t n;
} hw_chars;

/* The norm of in[0..n), n <= HW_WORD_MAX, by the groups of rules in `rules` (HEWAL_FIX_). Broken bytes are U+FFFD. */
void hw_orth_norm(const hw_orth *o, uint32_t rules, const uint32_t *in, size_t n, hw_chars *out);
/* Applies the places (orthography-words.tsv) to a word. */
void hw_orth_places(const hw_orth *o, uint32_t rules, hw_chars *word);
/* Decodes at most HW_WORD_MAX characters; how many. */
size_t hw_orth_decode(const char *s, size_t n, uint32_t *out);

/* A character as the fold has it; 0 when it has none. (The first of two, where it has two.) */
static inline uint32_t hw_folded_char(const hw_orth *o, uint32_t cp)
{
    const hw_char *c = hw_char_of(o, cp);
    if (c->fold < 2) return c->fold ? 0 : cp;
    return ((const hw_replacement *)(const void *)((const unsigned char *)o + o->replacements_at))[c->fold].cp[0];
}

/* Norm and fold of the word s[0..n): written NUL-terminated into the arena, lengths in bytes without the NUL. Broken
 * bytes become U+FFFD. */
typedef struct {
    const char *norm, *fold;
    uint32_t norm_len, fold_len;
} hw_spelling;
hw_spelling hw_orth_word(const hw_orth *o, hw_arena *a, const char *s, size_t n);
#endif
