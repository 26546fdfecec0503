/* The text stage. In: the bytes of an article. Out: tokens, sentences and quotations, with offsets into those bytes.
 *
 * Every byte is either white space or in exactly one token; tokens rise. A token is a word (a run of letters of one
 * script, with what is invisible inside it), a number (a run of digits of any kind), or a single mark; "26ی" is a number
 * and a word with HW_GLUED. Sentences cover all tokens. Linear in the length of the text. */
#ifndef HW_TEXT_TEXT_H
#define HW_TEXT_TEXT_H
#include "base/vec.h"
#include "model/model.h"
#include "text/orth.h"

typedef enum { HW_WORD, HW_LATIN, HW_NUMBER, HW_PUNCT, HW_QUOTE, HW_SYMBOL, HW_URL } hw_token_kind;

enum {
    HW_GLUED = 1,     /* no white space before it */
    HW_NEWLINE = 2,   /* a line ends before it */
    HW_WIDE = 4,      /* three spaces or more before it: where crawlers ran paragraphs and captions together */
    HW_JUNK = 8,      /* left by a crawler (pic. twitter. com / ...), or a URL: says nothing */
    HW_HASHTAG = 16,  /* a word of a #tag, joined to the next by _ */
    HW_CAPITAL = 32   /* a Latin word that begins with a capital */
};

typedef struct {
    uint32_t b, e;
    uint32_t sentence;
    uint8_t kind, flags;
    uint16_t quotation; /* innermost quotation it stands in, +1; 0: none (those past 65,534 are not kept) */
    uint32_t norm_len, fold_len;
    const char *norm, *fold; /* NUL-terminated; equal for marks */
    uint64_t hash;           /* hw_hash of fold */
    double number;           /* value of a HW_NUMBER */
} hw_token;

typedef struct {
    uint32_t b, e;        /* bytes, from its first to its last token */
    uint32_t first, last; /* tokens, inclusive */
    uint32_t paragraph;
} hw_sentence;

typedef struct { /* what stands between quotation marks */
    uint32_t b, e;        /* bytes inside the marks */
    uint32_t open, close; /* tokens that are the marks; close == open when none closes: it ends with the paragraph */
    uint32_t first, last; /* tokens inside, first > last when empty */
    uint16_t outer;       /* the quotation around it, +1 */
} hw_quotation;

typedef struct hw_text {
    const hewal_model *model;
    hw_arena *arena;
    const char *raw;
    uint32_t len;
    HW_VEC(hw_token) tokens;
    HW_VEC(hw_sentence) sentences;
    HW_VEC(hw_quotation) quotations;
} hw_text;

/* A run of more tokens without an end is cut here: the stages after this one look around within a sentence, and what they
 * do must stay linear in the length of the text. */
#define HW_SENTENCE_MAX 400

/* Reads raw[0..len) (len <= HEWAL_MAX_TEXT), which must outlive the arena. */
hw_text *hw_text_read(const hewal_model *m, hw_arena *a, const char *raw, size_t len);

/* The tokenizer alone, a token a call, for those who need no sentences: fills `t` but for sentence and quotation.
 * *at is where to begin, and then where to go on; false at the end. */
bool hw_next_token(const hewal_model *m, hw_arena *a, const char *raw, size_t len, size_t *at, hw_token *t);
/* The same without norm, fold and hash. */
bool hw_next_span(const hw_orth *o, const char *raw, size_t len, size_t *at, hw_token *t);

/* Hash of a phrase of folded words as the model's indexes have it; words of s are what the tokenizer makes of it. *n_words
 * may be NULL. */
uint64_t hw_phrase_of(const hewal_model *m, hw_arena *a, const char *s, size_t len, unsigned *n_words);
#endif
