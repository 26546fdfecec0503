/* Inside search: what its files share. plan.c turns a query into units with ways to match them, rank.c scores articles
 * within SQLite's FTS5, likeness.c finds what may have been meant, snippet.c shows where the hits are, search.c puts it together. Search knows the store's tables. */
#ifndef HW_SEARCH_PLAN_H
#define HW_SEARCH_PLAN_H
#include "search/search.h"
#include "store/inside.h"

enum { HW_MAX_UNITS = 16, HW_MAX_WAYS = 16, HW_MAX_PHRASES = 128 };

typedef enum { HW_BY_FORM, HW_BY_LEMMA, HW_BY_PREFIX, HW_BY_SOUND, HW_BY_LIKENESS } hw_way_kind;

#define HW_SURE 0.8 /* weight of a way that means the word itself, not one like it */

typedef struct { /* one way to match a unit */
    hw_way_kind kind;
    const char *term; /* folded; several joined by spaces in a phrase */
    double weight;
    double idf, value; /* set by the first row ranked */
} hw_way;

typedef struct { /* what must be there: a word, or a phrase in quotation marks */
    hw_way way[HW_MAX_WAYS];
    unsigned n;
    bool absent; /* after a minus: must not be there */
    bool light;
    double idf;  /* set by the first row ranked */
} hw_unit;

typedef struct {
    hw_unit unit[HW_MAX_UNITS];
    unsigned n;
    struct { unsigned char unit, way; } phrase[HW_MAX_PHRASES]; /* of the FTS5 query, in order */
    unsigned n_phrases;
    bool ready;      /* idf and lengths are known */
    double mean[2];  /* mean length of title, of text */
} hw_plan;

/* NULL when the query has no word. */
hw_plan *hw_plan_make(hw_store *s, const hewal_model *m, hw_arena *a, const char *query);
/* The FTS5 query: all units, or any of them. */
const char *hw_plan_query(hw_plan *p, hw_arena *a, bool all);

/* Adds the SQL function hw_rank(words, plan) to the connection. */
bool hw_rank_register(sqlite3 *db);
#define HW_PLAN_POINTER "hewal search plan"

/* Words of the articles that are most like one that none of them has; at most `max`. */
unsigned hw_like(hw_store *s, hw_arena *a, const char *word, const char **out, unsigned max);

/* Finds the hits in a text and the part of it to show. Strings are in the arena. */
void hw_snippet(hw_store *s, hw_arena *a, const hw_plan *p, const char *text, size_t len, hw_hit *out);
#endif
