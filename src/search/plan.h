/* Inside search: what its files share. query.c reads a query into a tree, units.c finds for each of its words the ways in
 * which an article may have it, plan.c makes of both what SQLite's FTS5 is asked, fields.c the conditions on facts, estimate.c how many articles have them,
 * rank.c scores articles within FTS5, match.c finds units in a text, snippet.c shows where the hits are, likeness.c finds what may
 * have been meant, search.c puts it together. Search knows the store's tables. */
#ifndef HW_SEARCH_PLAN_H
#define HW_SEARCH_PLAN_H
#include "search/query.h"
#include "search/search.h"
#include "store/inside.h"

enum { HW_MAX_UNITS = 32, HW_MAX_WAYS = 24, HW_MAX_PHRASES = 320, HW_MAX_ELEMENTS = 16, HW_MAX_BRANCHES = 12, HW_MAX_LOOSE = 20000 /* articles that have some of the words: more are not looked at */ };

typedef enum { HW_BY_FORM, HW_BY_LEMMA, HW_BY_PREFIX, HW_BY_SOUND, HW_BY_LIKENESS, HW_BY_SYNONYM, HW_BY_PHRASE } hw_way_kind;

#define HW_SURE 0.8 /* weight of a way that means the word itself, not one like it */

typedef struct { /* a word of a phrase */
    const char *form, *lemma[4];
    unsigned n_lemmas;
    bool exact, prefix;
    unsigned char part;  /* which phrase of a NEAR it belongs to */
} hw_element;

typedef struct { /* one way to match a unit */
    hw_way_kind kind;
    const char *term;    /* folded; NULL for phrases and synonyms */
    const char *fts;     /* what FTS5 is asked */
    unsigned n_phrases;  /* how many phrases FTS5 counts in it */
    bool more;           /* FTS5 finds more than is meant: words of a title that may not follow one another */
    double weight;
    double articles;     /* about how many have it; -1: not known */
    const hw_element *element; /* of a synonym */
    unsigned n_elements;
    double idf, value;   /* set by the first row ranked */
} hw_way;

typedef struct { /* what must be there: a word, a phrase, words near one another */
    const hw_query_node *node; /* where it was asked for */
    uint32_t at;               /* byte of the node's text */
    hw_way way[HW_MAX_WAYS];
    unsigned n, n_synonyms;
    const hw_element *element; /* of a phrase; of a word that is looked up in titles by its very form */
    unsigned n_elements, near;
    const char *latin; /* the word as it stands, when it is in Latin letters */
    bool absent;  /* under a NOT */
    bool light;
    bool plain;   /* a word without any marks: it may be missing where others are there */
    bool checked; /* the index can't tell whether a title has it: its words are looked at */
    double articles;
    double idf;   /* set by the first row ranked */
} hw_unit;

typedef struct { /* words and conditions, all of which must hold */
    const hw_query_node *words; /* NULL: none */
    const char *where;          /* SQL on articles a, "" for none; @ stands for the article's number */
    bool joins;                 /* it looks at columns of the article */
    int64_t first, last;        /* articles outside are none; last 0: not known */
    bool newest;                /* it looks at the newest facts only: there are too many */
    bool dear;                  /* it takes a look-up an article */
} hw_branch;

typedef struct {
    hw_store *s;
    hw_query *query;
    hw_unit unit[HW_MAX_UNITS];
    unsigned n;
    hw_branch branch[HW_MAX_BRANCHES];
    unsigned n_branches;
    struct { unsigned char unit, way; bool counts; } phrase[HW_MAX_PHRASES]; /* of the FTS5 query, in order */
    unsigned n_phrases;
    const hw_query_node *asked; /* what the FTS5 query stands for */
    bool loose;      /* the query that some words are enough for */
    bool checks;     /* titles are looked at */
    unsigned unknown; /* words that no article has */
    bool ready;      /* idf and lengths are known */
    double mean[2];  /* mean length of title, of text */
} hw_plan;

/* ---- plan.c ---- */
/* `more`: fields that must hold beside the query. */
hewal_status hw_plan_make(hw_plan **out, hw_store *s, const hewal_model *m, hw_arena *a, const char *query,
                          const hw_query_node *const *more, unsigned n_more, hewal_error *err);
/* The FTS5 query for a branch: all of it; or, `loose`, with words missing and with what is only like them. NULL when it has
 * no words that must be there. */
const char *hw_plan_query(hw_plan *p, hw_arena *a, const hw_branch *b, bool loose);
/* About how many articles have all words of a branch (`loose`: some), at most; -1: nobody knows. */
double hw_plan_most(const hw_plan *p, const hw_branch *b, bool loose);
/* What must not be there, for a branch that asks for nothing else; NULL when there is nothing. */
const char *hw_plan_absent(hw_plan *p, hw_arena *a, const hw_branch *b);
/* The same as hw_plan_query's strict one for articles that have all of it in the title; NULL when that can't be asked. */
const char *hw_plan_title_query(hw_plan *p, hw_arena *a, const hw_branch *b);
/* Whether the tree holds when `there` tells which units are; 1, 0, or -1 when no unit is asked for. */
int hw_plan_holds(const hw_plan *p, const hw_query_node *n, const bool *there);

/* ---- estimate.c ---- */
/* Finds about how many articles have each unit by the sure ways; `loose`: by the others too, of which those are dropped that
 * would cost more than they give. A prefix asked for that begins too many words is HEWAL_EINVAL. */
hewal_status hw_plan_estimate(hw_plan *p, hw_arena *a, bool loose, hewal_error *err);

/* Pages of the index that hold a word, or all words with a prefix; about. */
int64_t hw_index_pages(hw_store *s, hw_arena *a, const char *word, bool prefix);

/* ---- units.c ---- */
/* The units of a word, phrase or NEAR; false when there is no room for them. */
bool hw_units_add(hw_plan *p, const hewal_model *m, hw_arena *a, const hw_query_node *leaf, bool absent);
bool hw_is_leaf(const hw_query_node *n);

/* ---- synonyms.c ---- */
/* Adds the ways that are other words for the same. */
void hw_add_synonyms(hw_plan *p, const hewal_model *m, hw_arena *a);
/* Adds one, a word or several, to a unit. */
void hw_add_synonym(hw_plan *p, hw_arena *a, hw_unit *u, const char *s, size_t len, double weight);

/* ---- english.c ---- */
/* Adds what words in Latin letters mean as names, and takes from them what they would mean as Kurdish. */
void hw_add_english(hw_plan *p, const hewal_model *m, hw_arena *a);

/* ---- fields.c ---- */
/* The conditions of a branch, alone or beside words; `fields` are trees of fields only. */
void hw_fields_where(hw_plan *p, hw_arena *a, const hw_query_node *const *fields, unsigned n, bool with_words, hw_branch *out);

/* ---- rank.c ---- */
/* Adds to the connection the SQL functions hw_rank(words, plan), NULL for an article that does not answer, and
 * hw_named(outlet, asked). */
bool hw_rank_register(hw_store *s);
#define HW_PLAN_POINTER "hewal search plan"

/* ---- likeness.c ---- */
/* Words of the articles that are most like one that none of them has; at most `max`. */
unsigned hw_like(hw_store *s, hw_arena *a, const char *word, const char **out, unsigned max);

/* ---- match.c ---- */
typedef struct { uint32_t first, last; unsigned unit; } hw_found_at; /* terms of the text, inclusive */
typedef HW_VEC(hw_found_at) hw_matches;
/* Where a text has the units that must be there (`absent`: those that must not), in order. */
void hw_match_units(const hw_plan *p, hw_arena *a, const hw_term *t, uint32_t n, bool absent, bool only_checked, hw_matches *out);
/* The terms of a text; they live until the store's terms are used for another. */
const hw_term *hw_match_terms(hw_store *s, hw_arena *a, const char *text, size_t len, uint32_t *n);

/* ---- snippet.c ---- */
/* The hits in a title. */
const hw_hit_span *hw_title_hits(hw_store *s, hw_arena *a, const hw_plan *p, const char *title, size_t *n_hits);
/* Finds the hits in a text and the part of it to show. Strings are in the arena. */
void hw_snippet(hw_store *s, hw_arena *a, const hw_plan *p, const char *text, size_t len, hw_hit *out);
#endif
