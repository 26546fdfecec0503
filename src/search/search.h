/* Search. In: words as people type them: any inflection and spelling, Arabic keyboards, Latin script. Out: the articles
 * that say so, best first, with the place where they do.
 *
 *     hw_results *res;
 *     if (hw_search(store, model, "بومەلەرزەکان", &(hw_search_options){.limit = 20}, &res, &err) != HEWAL_OK) ...
 *     for (size_t i = 0; i < res->n; i++) printf("%s %s\n", res->hits[i].id, res->hits[i].snippet);
 *     hw_results_free(res);
 *
 * How. Every word of the query is looked up under its form and all its lemmas. Articles that have all words come first;
 * when they are few, those that have some follow. The rank is BM25, a word counting once by its best kind of match (the
 * very form, the lemma, a word that begins so), more in the title. Words in quotation marks must follow one another; a
 * word after `-` must be absent. Words without weight (و, لە) are asked for only when there are no others. */
#ifndef HW_SEARCH_SEARCH_H
#define HW_SEARCH_SEARCH_H
#include "store/store.h"

typedef struct {
    size_t limit;                     /* 0: 20 */
    const char *from, *to, *outlet;   /* as hw_filter */
    const char *after;                /* `next` of an earlier answer */
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
} hw_hit;

typedef struct {
    hw_hit *hits;
    size_t n;
    bool some_words_only; /* no article had all the words */
    char next[32];        /* mark for `after`, "" at the end */
} hw_results;

/* An empty query, or one without a word, is HEWAL_EINVAL. */
hewal_status hw_search(hw_store *s, const hewal_model *m, const char *query, const hw_search_options *o, hw_results **out,
                       hewal_error *err);
void hw_results_free(hw_results *r);
/* Appends the answer as the contract has it: {"items":[{"id","score","title","published","outlet","url","snippet",
 * "hits":[{"b","e"}]}],"next":...}; hits are bytes of the article's text. */
hewal_status hw_results_json(const hw_results *r, hewal_string *out);
#endif
