/* Search. In: a query in hewal's query language (docs/search.md); words as people type them: any inflection and spelling,
 * Arabic keyboards, Latin script. Out: the articles that say so, best first, with the place where they do.
 *
 *     hw_results *res;
 *     if (hw_search(store, model, "bumelerzekan", &(hw_search_options){.limit = 20}, &res, &err) != HEWAL_OK) ...
 *     for (size_t i = 0; i < res->n; i++) printf("%s %s\n", res->hits[i].id, res->hits[i].snippet);
 *     hw_results_free(res);
 *
 * How. Every word of the query is looked up under its form and all its lemmas. Articles that have all words come first;
 * when they are few, those that have some follow. The rank is BM25, a word counting once by its best kind of match (the
 * very form, the lemma, a word that begins so), more in the title; among equals the newer come first. Words without weight
 * (و, le) are asked for only when there are no others.
 *
 * Time is bounded, whatever the words: at most HW_SEARCH_LOOKED articles are ranked (those that have the words in the title
 * and those added last); `cut` tells when there were more. */
#ifndef HW_SEARCH_SEARCH_H
#define HW_SEARCH_SEARCH_H
#include "store/store.h"

enum { HW_SEARCH_LOOKED = 2000 };

typedef enum { HW_BEST_FIRST, HW_NEWEST_FIRST } hw_search_order;

typedef struct {
    size_t limit;                     /* 0: 20 */
    const char *from, *to, *outlet;   /* as hw_filter */
    const char *after;                /* `next` of an earlier answer */
    hw_search_order order;
    bool ageless;                     /* the newer are not preferred */
    bool facets;                      /* count them */
    bool groups;                      /* of near-duplicates only the best is shown, with the others' outlets */
} hw_search_options;

typedef struct { uint32_t b, e; } hw_hit_span;

typedef struct {
    const char *id, *title, *published, *outlet, *url;
    double score;                  /* higher is better; comparable within one answer */
    const char *snippet;           /* part of the text around the hits, line ends as spaces */
    uint32_t snippet_b, snippet_e; /* which part: bytes of the text */
    bool cut_before, cut_after;    /* text was left out before and after it */
    const hw_hit_span *hits;       /* in the snippet: bytes of the snippet; in the text they begin at snippet_b + b */
    size_t n_hits;
    const hw_hit_span *title_hits; /* bytes of the title */
    size_t n_title_hits;
    bool some_words_only;          /* words of the query are missing, or only like it */
    int64_t copies;                /* with `groups`: near-duplicates beside it */
    const char *outlets;           /* theirs, where another than its own, a line each; NULL for none */
} hw_hit;

typedef enum { HW_FACET_OUTLET, HW_FACET_YEAR, HW_FACET_SPEAKER, HW_FACET_TYPE, HW_FACET_CHANNEL, HW_N_FACETS } hw_facet_kind;
typedef struct {
    const char *value, *name_ckb; /* speaker: as the store names it; else value only */
    int64_t id;                   /* of a speaker */
    int64_t articles;             /* of the answer */
} hw_facet_row;
typedef struct { const hw_facet_row *row; size_t n; } hw_facet; /* most articles first; years newest first */

typedef struct { unsigned at; const char *text; } hw_search_note; /* at: character of the query, from 1 */

typedef struct {
    hw_hit *hits;
    size_t n;
    bool some_words_only; /* no article had all the words */
    char next[32];        /* mark for `after`, "" at the end */
    int64_t total;        /* articles that answer (those with all words, if any has) */
    bool about;           /* it is reckoned, not counted */
    bool cut;             /* more than were ranked */
    const hw_search_note *notes; /* on the query */
    size_t n_notes;
    const char *meant;    /* the query as it may have been meant, when articles hardly have its words; or NULL */
    hw_facet facet[HW_N_FACETS];
    int64_t counted;      /* articles that the facets were counted in; fewer than total: a sample, reckoned up */
} hw_results;

/* Errors in the query are HEWAL_EINVAL, `query:7: what` (characters from 1); so is an empty one, or one without a word. */
hewal_status hw_search(hw_store *s, const hewal_model *m, const char *query, const hw_search_options *o, hw_results **out,
                       hewal_error *err);
void hw_results_free(hw_results *r);
/* Appends the answer as the contract has it: {"items":[{"id","score","title","published","outlet","url","snippet",
 * "hits":[{"b","e"}],"title_hits":[...]}],"next":...}; hits are bytes of the article's text. What there is to say beside it follows: "total",
 * "about", "cut", "some_words_only", "notes", "meant", "facets". */
hewal_status hw_results_json(const hw_results *r, hewal_string *out);
const char *hw_facet_name(hw_facet_kind k);
#endif
