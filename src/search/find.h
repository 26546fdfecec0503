/* Inside search: what finds articles and what is done with them. find.c runs a plan, facets.c counts its answer, suggest.c
 * finds what may have been meant, json.c writes it. */
#ifndef HW_SEARCH_FIND_H
#define HW_SEARCH_FIND_H
#include "search/plan.h"

typedef struct {
    int64_t article;
    double score;
    bool loose;
    char date[11]; /* "" until somebody needed it */
} hw_found;

typedef struct {
    HW_VEC(hw_found) v; /* in the order of the answer, an article once */
    uint32_t strict;    /* the first of them, which have all that was asked */
    bool cut;           /* there were more than are looked at */
    double more;        /* then: how many there are for one that was found, about */
} hw_answer;

/* How FTS5 and SQL are asked for a branch: `range` limits to articles ?3..?4. NULL when it has nothing to ask. The statement
 * has the columns article, score; the plan and the query are bound. */
sqlite3_stmt *hw_ask(hw_plan *p, hw_arena *a, const hw_branch *b, const char *fts, bool range, int64_t limit);

/* Finds at least `wanted` articles where there are so many. */
hewal_status hw_find(hw_plan *p, hw_arena *a, const hw_search_options *o, size_t wanted, hw_answer *out, hewal_error *err);
/* The text of an article, in the arena; "" when it has none. */
const char *hw_article_text(hw_store *s, hw_arena *a, int64_t article, size_t *len);
/* Counts the articles of the answer by outlet, year, speaker, type and channel; those with all words, if any has. */
hewal_status hw_count_facets(hw_plan *p, hw_arena *a, const hw_answer *v, hw_results *out, hewal_error *err);
/* Another spelling of the query, or NULL. `few`: it has hardly any answer, so that more trouble is worth it. */
const char *hw_suggest(hw_plan *p, const hewal_model *m, hw_arena *a, bool few);
#endif
