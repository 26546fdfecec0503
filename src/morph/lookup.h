/* Reading a word with the net and the trie of the model's section "morph" (net.h). In: the letters of a word. Out: ways
 * through it. Shared by the files of this folder only. */
#ifndef HW_MORPH_LOOKUP_H
#define HW_MORPH_LOOKUP_H
#include "morph/morph.h"
#include "morph/net.h"

typedef struct { /* the section, its parts found */
    const hewal_model *model;
    const hw_net *net;
    const hw_node *nodes;
    const hw_entry *entries;
    const hw_lexeme *lexemes;
    const hw_state *states;
    const hw_arc *arcs;
    const hw_state *spelled_states;
    const hw_arc *spelled_arcs;
    const hw_tag *tags;
    const uint8_t *lists;
    const hw_feat *feats;
    const hw_guess *guesses;
    const hw_kind_rule *kinds;
    const int8_t *tagger; /* NULL: the model has no tagger (tagger.h) */
    unsigned tagger_shift;
    float tagger_unit;
    const uint16_t (*tables)[HW_NET_LABELS];
    const char *strings;
} hw_lexicon;

/* False when the model has no such section or one of another build. */
bool hw_lexicon_of(const hewal_model *m, hw_lexicon *l);

#define HW_MORPH_LETTERS 64 /* longer words are read as unknown */
typedef struct {
    uint8_t v[HW_MORPH_LETTERS + 1];        /* numbers of the folded letters; 0: one the lexicon does not have */
    uint16_t norm_at[HW_MORPH_LETTERS + 1]; /* where in the norm each begins, and the end */
    uint16_t fold_at[HW_MORPH_LETTERS + 1]; /* the same in the fold */
    unsigned n;                             /* 0: too long, or nothing */
} hw_letters;
void hw_letters_of(const hewal_model *m, const hw_lexicon *l, const hw_token *t, hw_letters *out);

#define HW_PATH_TAGS 24
typedef struct {
    uint8_t tag[HW_PATH_TAGS], at[HW_PATH_TAGS]; /* tags and the letter each stands before */
    uint8_t n, stem_at, stem_end; /* letters */
    bool productive; /* `first` is any word before a light verb */
    uint8_t slips;   /* letters of the stem read as what was meant */
    uint16_t preverb;
    const hw_entry *first, *stem, *goal;
    float cost; /* of tags, lexeme and entry */
} hw_path;

#define HW_PATHS_MAX 96
typedef struct {
    hw_path v[HW_PATHS_MAX];
    unsigned n;
} hw_paths;

/* How a word is read: as stems of the lexicon with what the net allows around them; the same with a preposition or conjunction
 * glued to it; as a noun or adjective and a light verb written together; as the first, but with letters of the stem that were
 * meant otherwise (slips.tsv). Each is tried when those before found nothing. */
typedef enum { HW_READ_PLAIN, HW_READ_GLUED, HW_READ_PRODUCTIVE, HW_READ_SLIPS } hw_read_mode;
/* All ways to read the word so. */
void hw_lexicon_read(const hw_lexicon *l, const hw_letters *w, hw_read_mode mode, hw_paths *out);

/* The ways to read the letters from `at` on as the ending of an unknown name (its end may be what the letters before say).
 * No way costlier than `limit` is kept. */
void hw_lexicon_endings(const hw_lexicon *l, const hw_letters *w, unsigned at, float limit, hw_paths *out);

/* ---- what is made of them (readings.c, guess.c, forms.c) ---------------------------------------------------------- */

#define HW_READINGS_MAX 64 /* before the unlikely ones go */
typedef struct { hw_analysis v[HW_READINGS_MAX]; unsigned n; } hw_readings;
/* Adds the reading of a path unless a better one of the same lemma and part of speech with the same marks is there. */
void hw_add_reading(const hw_lexicon *l, hw_arena *a, const hw_letters *w, const hw_token *t, const hw_path *p, hw_readings *out);
void hw_sort_readings(hw_readings *r, bool prune); /* prune: the unlikely ones go */
/* The tags' features as a UD string. */
const char *hw_path_feats(const hw_lexicon *l, hw_arena *a, const hw_path *p, const char *own);
/* Features as a UD string has them: sorted by name, each name once. */
const char *hw_sorted_feats(hw_arena *a, const char *feats);
/* The readings of a word, best first, and the forms it may be looked up by; not from those made beforehand. HW_READ_ALL: also
 * the unlikely ones; HW_READ_GUESSES: as if the lexicon did not have it. */
enum { HW_READ_ALL = 1, HW_READ_GUESSES = 2 };
hw_word hw_read_word(const hw_lexicon *l, hw_arena *a, const hw_token *t, unsigned how);
/* Readings of a word that the lexicon does not have. */
void hw_guess_readings(const hw_lexicon *l, hw_arena *a, const hw_letters *w, const hw_token *t, hw_readings *out);
#endif
