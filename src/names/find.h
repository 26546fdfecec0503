/* Inside the names stage: what its files share while an article is read. Spans are found by gazetteer.c (listed names),
 * compose.c (organisations and places made of a head and what follows), people.c (people by their parts), settled by
 * names.c (no two overlap; look.c answers their questions about words), given entities by entities.c, and roles.c lays titles over them. */
#ifndef HW_NAMES_FIND_H
#define HW_NAMES_FIND_H
#include "base/map.h"
#include "names/names.h"

enum { HW_PEOPLE, HW_PLACES, HW_ORGANISATIONS, HW_NO_TABLE }; /* as the manifest orders the tables of index "names" */

typedef enum { HW_LISTED, HW_COMPOSED, HW_BY_PARTS, HW_AFTER_HEAD, HW_SHORT, HW_LEARNT } hw_how;

typedef struct {
    uint32_t first, last;
    hewal_type type; /* PER, ORG, LOC */
    hw_how how;
    int table;    /* HW_PEOPLE ...: of `row` */
    uint32_t row; /* of a listed name; of the head (table heads) for a composed one */
    int32_t entity; /* once settled; a short form's from the beginning */
    float confidence;
} hw_span;

typedef struct {
    const hw_words *w;
    const hw_text *x;
    hw_arena *a;
    hw_names *out;
    const hewal_meta *meta;
    hw_table tables[3], heads, offices, portfolios, given, family, held;
    hw_index names, demonyms, titles, office_holders, portfolio_ix, given_ix, family_ix, heads_ix, generic, speaking, times, role_words;
    HW_VEC(hw_span) spans;    /* found, then settled, in order */
    int32_t *span_at;         /* per token: settled span, or -1 */
    /* entities.c: */
    struct hw_entity_key *keys; /* one an entity */
    uint32_t n_keys, cap_keys;
    hw_map by_key, by_first, by_last; /* entity by its key; people by their first word, and by their last or second */
} hw_finder;

/* ---- looking at words ---- */
static inline const hw_token *hw_tok(const hw_finder *f, uint32_t i) { return &f->x->tokens.v[i]; }
static inline uint32_t hw_sentence_last(const hw_finder *f, uint32_t i) { return f->x->sentences.v[hw_tok(f, i)->sentence].last; }
hw_upos hw_best_upos(const hw_finder *f, uint32_t i);
/* All that the forms of a word may carry, taken together. */
uint32_t hw_marks_of(const hw_finder *f, uint32_t i);
/* What the reading chosen in context carries. */
uint32_t hw_best_marks(const hw_finder *f, uint32_t i);
/* Whether the word may be linked to the next one by izafe (or by the ە of «hêze emnîyekan»), with nothing between. */
bool hw_links_on(const hw_finder *f, uint32_t i);
/* The word is one the lexicon knows as something else than a name. */
bool hw_is_common(const hw_finder *f, uint32_t i);
/* The word is in no list at all. */
bool hw_is_unknown(const hw_finder *f, uint32_t i);
/* What the head of a name that begins at token i makes (heads.tsv: "org", "place", "person", "role"), "" when none does. The
 * row of heads and the head's last token are set when asked for. */
const char *hw_head_at(const hw_finder *f, uint32_t i, uint32_t *row, uint32_t *last);
/* The row that an index has for the single word i; *marks is what was taken off. False when there is none. */
bool hw_word_row(const hw_finder *f, const hw_index *ix, uint32_t i, uint32_t *row, uint32_t *marks);
/* Whether token i is this one ASCII mark, or one of the two commas. */
bool hw_is_ascii(const hw_finder *f, uint32_t i, char c);
bool hw_is_comma(const hw_finder *f, uint32_t i);
/* A verb of saying, or the noun of such a phrase, stands at token i: lang/ckb/names/speaking.tsv. */
bool hw_speaks_at(const hw_finder *f, uint32_t i, hw_match *m);
/* The word without its last endings, as the text has it: bytes of the token. */
uint32_t hw_bare_end(const hw_finder *f, uint32_t i);

/* ---- the parts ---- */
hw_finder *hw_finder_new(const hw_words *w, const hewal_meta *meta);
/* The next three, in order; names.c and the trainer of learnt.c begin so. */
void hw_find_by_rules(hw_finder *f);
void hw_find_listed(hw_finder *f);
void hw_find_composed(hw_finder *f); /* after the listed ones */
void hw_find_people(hw_finder *f);   /* after both */
void hw_people_behind_titles(hw_finder *f); /* after settling: «serok barzanî» is no place */
void hw_find_roles(hw_finder *f);    /* after entities */
/* The listed name that begins at token i and is the longest: fills *s; false when there is none. */
bool hw_listed_at(const hw_finder *f, uint32_t i, hw_span *s);
/* For words that are a name of the type by another's word: the list that has them, whatever endings they bear («'êraqêkî»). Sets how,
 * table and row; false when none has. */
bool hw_listed_as(const hw_finder *f, uint32_t first, uint32_t last, hewal_type type, hw_span *s);

/* ---- alike.c ---- */
/* Whether two words may be two spellings of one name. */
bool hw_alike(const hw_token *s, const hw_token *t);

/* ---- entities.c ---- */
int32_t hw_entity_for(hw_finder *f, const hw_span *s);
/* An entity for a person known only by a role (its key: office and holder). */
int32_t hw_entity_for_role(hw_finder *f, uint64_t key, const char *name, const char *name_ckb);
int32_t hw_entity_listed(hw_finder *f, int table, uint32_t row);
void hw_entities_link_short(hw_finder *f); /* finds «kazmî» once «mistefa kazmî» is known */
/* English for what the text has at these tokens: transliterated, capitalised. */
const char *hw_english(hw_finder *f, uint32_t first, uint32_t last);
const char *hw_kurdish(hw_finder *f, uint32_t first, uint32_t last);
#endif
