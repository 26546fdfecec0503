/* The section "morph" of the model, as tools/mkmorph writes it and morph/lookup.c reads it. All offsets are bytes from
 * its beginning; strings are NUL-terminated in `strings_at`.
 *
 * A word is read as letters (numbers below 64 of folded letters). Two automata read it in turn. The net says what may
 * follow what: prefixes, slots for stems, suffixes, with tags on its arcs; foma made it of the .lexc files and juncture
 * rules, folded. The trie holds the stems, folded; a node that ends a stem lists entries (slot, lexeme). So the lexicon
 * can have any size and be extended without compiling rules over it, the lemma is a number and never spelled out by a
 * transducer, and the same net, begun behind any letter of an unknown word, says what its ending may be.
 *
 * A second net, the same but not folded, says how forms are spelled when they are made (generate.c).
 *
 * A slot's number counts the end of its stem in: slot * HW_NET_ENDS + end. A stem in the trie lacks the letters of its
 * end (the net spells them, since suffixes change them). */
#ifndef HW_MORPH_NET_H
#define HW_MORPH_NET_H
#include <stdint.h>

#define HW_NET_MAGIC UINT32_C(0x6d724f3b)
#define HW_NET_ENDS 10 /* 0: no end spelled by the net */
#define HW_NET_SLOTS 32
#define HW_NET_LABELS (HW_NET_SLOTS * HW_NET_ENDS)

typedef struct {
    uint64_t letters; /* which letters have a child; children lie one after another in the order of letters */
    uint32_t child;   /* the first one */
    uint32_t entry;   /* the first entry + 1, 0: none */
} hw_node;

enum { HW_ENTRY_LAST = 1, HW_ENTRY_FIRST = 2 /* may be the first part of any compound */ };
typedef struct {
    uint32_t lexeme; /* of a preverb: its number; of preverb2: that of what must stand before << 16 | that of both */
    uint32_t stem;   /* string: the stem in standard orthography with its end */
    uint16_t slot;
    uint16_t behind;  /* the preverb or first part that must stand before it, or 0; a node's entries are in the order of this */
    uint8_t flags;
    uint8_t cost;     /* sixteenths */
    uint16_t reserved;
} hw_entry;

enum { HW_LEX_AGAIN = 1 /* only with the tag Again */, HW_LEX_LIGHT = 2, HW_LEX_BASE = 4 /* a verb that has a twin with Again */ };
typedef struct {
    uint64_t hash;    /* of the folded lemma */
    uint32_t lemma;   /* string */
    uint32_t feats;   /* string, "" for none */
    uint32_t marks;   /* HW_M_ of the feats */
    uint16_t preverb; /* number of what must stand before it, 0: nothing */
    uint8_t upos;
    uint8_t flags;
    float cost;
    uint32_t reserved;
} hw_lexeme;

typedef struct { /* a state's arcs over letters, rising; then those over slots, rising; then its ends */
    uint64_t letters; /* which letters there are arcs for */
    uint32_t arcs;
    uint16_t n_letters, n_slots, n_ends;
    uint16_t table; /* number of its table of slots: by slot, which of its slot arcs is the first, + 1 */
    uint32_t reserved;
} hw_state;

typedef struct {
    uint16_t label; /* letter or slot */
    uint16_t tags;  /* index into the tag lists of the tags before the label, 0-terminated there */
    uint32_t to;
} hw_arc;

typedef struct {
    uint32_t marks;
    float cost;
    uint8_t becomes; /* upos + 1, 0: stays */
    uint8_t person, subject;
    uint8_t agent;      /* the person is the subject's */
    uint16_t feats, n_feats; /* in the list of features */
    uint32_t name;
    uint32_t lemma, lemma_v; /* strings: what it adds to the lemma after a consonant, after a vowel */
} hw_tag;

typedef struct { uint32_t name, value; } hw_feat; /* strings */

/* A line of endings.tsv: what it costs to take an unknown word for NOUN, PROPN, ADJ, ADV, VERB. The last line has kind 0. */
enum { HW_GUESS_TAG = 1, HW_GUESS_BEGIN, HW_GUESS_END, HW_GUESS_WORD_END, HW_GUESS_ALL };
#define HW_GUESS_CLASSES 5
typedef struct {
    uint8_t kind, tag, n, letters[13];
    float cost[HW_GUESS_CLASSES];
} hw_guess;

/* Choice in context: kinds of readings (the first that fits holds). Kind 0 is the edge of a sentence; the last line of kinds
 * fits everything. */
#define HW_KINDS_MAX 48
typedef struct { uint32_t upos, has; uint32_t kind; } hw_kind_rule; /* upos: bits */

#define HW_M_AGAIN (1u << 31) /* among marks of tags: a verb's -ewe */
#define HW_M_GLUED (1u << 30) /* likewise: a word of its own, written together with this one */
#define HW_M_OWN (HW_M_AGAIN | HW_M_GLUED) /* those that only this folder knows */

typedef struct {
    uint32_t magic, size;
    uint32_t nodes_at, n_nodes, entries_at, n_entries, lexemes_at, n_lexemes;
    uint32_t states_at, n_states, arcs_at, n_arcs, spelled_states_at, n_spelled_states, spelled_arcs_at, n_spelled_arcs, tags_at, n_tags, lists_at, n_lists, feats_at, n_feats, guesses_at, n_guesses, kinds_at, n_kinds /* rules */, tables_at /* uint16_t[HW_NET_LABELS] each */, n_tables;
    uint32_t strings_at, n_strings;
    uint32_t root, spelled_root;
    uint32_t preverb_slot; /* slot of preverbs, and the state behind it */
    uint32_t after_preverb;
    uint32_t preverb2_slot, goal; /* the slot with end 0; the slot without its end */
    uint32_t guess[HW_NET_ENDS]; /* states behind a name that ends so, NONE if none */
    uint8_t end_of[64];       /* by its last letter, the end of an unknown stem when the letter before is no vowel */
    uint8_t end_after_vowel[64]; /* and when it is one */
    uint8_t vowel[64];
    uint8_t doubled[64];      /* a letter that the fold has once where it stands twice */
    uint8_t end_letter[16];   /* the letter that an end spells, 0: none */
    uint8_t end_bytes[16];    /* and how many bytes it has as it is spelled */
    uint8_t letter_of[256];   /* of U+0600 + i; 0: no letter */
    uint8_t meant[64];        /* the letter that writers mean by this one when their keyboard lacks it; 0: none */
    float slip;               /* what such a letter costs */
    uint16_t char_of[64];     /* the character again */
} hw_net;
#define HW_NET_NONE UINT32_C(0xFFFFFFFF)
#endif
