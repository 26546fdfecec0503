/* Checking a store: what verify.c (tables, index, counts) and verify_article.c (an article's text and record) share. */
#ifndef HW_STORE_VERIFY_H
#define HW_STORE_VERIFY_H
#include "store/inside.h"

typedef struct {
    hw_store *s;
    hw_verify_say say;
    void *ctx;
    hw_verify_counts *counts;
    uint32_t *with_term;  /* by number of a term: how many articles have it */
    int64_t n_terms;
    hw_arena row;         /* of an article */
    bool failed, no_memory; /* SQLite has something to say */
} hw_verifier;

/* A line about what is wrong. `id` NULL: with no article in particular. */
void hw_verify_wrong(hw_verifier *v, const char *id, const char *fmt, ...) __attribute__((format(printf, 3, 4)));
void hw_verify_article(hw_verifier *v, int64_t article);
#endif
