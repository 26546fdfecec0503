/* The lists behind spell.h, shared by spell.c and spellings.c. A letter is its code point less U+0600, never 0. */
#ifndef HW_MORPH_SPELLINGS_H
#define HW_MORPH_SPELLINGS_H
#include "morph/lookup.h"
#include "morph/spell.h"

#define HW_SPELT_MAX 48
typedef struct { uint8_t v[HW_SPELT_MAX], n; } hw_spelt; /* a word in letters */

/* False when it is too long or holds other characters. */
bool hw_spelt_of(hw_spelt *w, const char *s, size_t n);
static inline bool hw_spelt_same(const hw_spelt *x, const hw_spelt *y) { return x->n == y->n && !memcmp(x->v, y->v, x->n); }
char *hw_spelt_string(hw_arena *a, const hw_spelt *w);

typedef struct {
    uint32_t child, next; /* the first child, the next sibling; 0: none */
    uint32_t count;       /* of the form that ends here */
    uint16_t standard;    /* what stands for the stem that ends here in standard orthography, + 1; 0: itself */
    uint8_t letter;
    bool stem;            /* a stem of the lexicon ends here */
    bool right;           /* one that standard.tsv says is right ends here */
} hw_trie_node;

typedef struct { uint8_t from[2], to[3], n_from, n_to; float cost; } hw_error_rule;
typedef struct { hw_spelt word; float cost; } hw_join;
typedef struct { hw_spelt written, meant; float cost; } hw_prefix;
typedef struct { uint8_t v[8], n; } hw_letter_list;
#define HW_JOINS 192

/* Of standard.tsv. For a stem or a verb's stem: wherever a reading has it, or an unread word begins with it. For a beginning:
 * wherever any word begins with it. For a tag: where a reading that has the tag is written so. */
typedef struct { hw_spelt written, meant; uint8_t tag; bool begins, verb; } hw_standard;

struct hw_spell {
    const hewal_model *model;
    hw_lexicon lexicon;
    hw_arena arena;
    hw_trie_node *trie; /* 0 is the root */
    uint32_t n_nodes, cap_nodes;
    uint32_t endings;   /* the root of the endings in it; no letter leads there */
    hw_standard *standards; /* those of tags first */
    unsigned n_standards, n_of_tags;
    hw_error_rule *rules; /* sorted by the first letter written; those that add letters first */
    unsigned rule_at[257];
    float insert, drop, change, swap; /* of any letter */
    hw_join before[HW_JOINS], after[HW_JOINS], joined[HW_JOINS], kept[HW_JOINS];
    hw_prefix prefix[HW_JOINS];
    unsigned n_before, n_after, n_joined, n_kept, n_prefix;
    uint8_t apart[8], n_apart;   /* tags of what should stand apart */
    uint8_t clitic[8], n_clitic; /* tags of persons behind a preverb */
    hw_letter_list glide_of_stem, glide_of_ending;
    hw_letter_list vowels;      /* never at the beginning, never one after another */
    hw_letter_list before_final, before_final_unread; /* what may stand before `final` at the end of a word */
    struct { uint8_t tag, letter, add; } full; /* an ending that lacks its last letter */
    uint8_t glide, longer, final;
};

/* The node behind the word, 0 when there is none. */
uint32_t hw_trie_find(const hw_spell *sp, const hw_spelt *w);
float hw_prior_of(uint32_t count); /* what a word costs by how often texts have it */
static inline uint32_t hw_trie_child(const hw_trie_node *t, uint32_t node, uint8_t letter)
{
    uint32_t c = t[node].child;
    while (c && t[c].letter != letter) c = t[c].next;
    return c;
}
#endif
