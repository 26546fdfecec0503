/* In: quotes. Out: the words that stand in many of them, and in more of them than of other quotes: everybody says "do" and "be". */
#include "serve/topics.h"

#include "base/hash.h"
#include "base/map.h"
#include "base/vec.h"
#include <math.h>
#include <stdlib.h>
#include <string.h>

enum { QUOTES = 120, LETTERS = 3 /* a shorter word says little */ };

typedef struct { const char *lemma; uint32_t quotes, others, last; double weight; } counted;

typedef struct {
    hw_arena *a;
    hw_map by_lemma;
    HW_VEC(counted) words;
    uint32_t n, n_others; /* quotes counted */
} counts;

static size_t letters(const char *s)
{
    size_t n = 0;
    for (; *s; s++) n += ((unsigned char)*s & 0xC0) != 0x80;
    return n;
}

/* Of other quotes only words that are there already are counted. */
static void count(counts *c, const char *lemma, uint32_t quote, bool other)
{
    uint64_t h = hw_hash(lemma, strlen(lemma)) | 1;
    int32_t i = hw_map_get(&c->by_lemma, h);
    counted *w = i < 0 ? NULL : &c->words.v[i];
    if (!w && other) return;
    if (!w) {
        hw_map_set(c->a, &c->by_lemma, h, (int32_t)c->words.n);
        w = hw_push(c->a, &c->words);
        *w = (counted){hw_strdup(c->a, lemma), 0, 0, UINT32_MAX, 0};
    }
    if (w->last == quote) return; /* once a quote */
    w->last = quote;
    w->quotes += !other;
    w->others += other;
}

static void count_quotes(counts *c, hw_terms *t, hw_cursor *cur, bool other)
{
    hw_quote_row q;
    hw_term w;
    for (uint32_t i = 0; i < QUOTES && hw_next_quote(cur, &q); i++) {
        *(other ? &c->n_others : &c->n) += 1;
        hw_terms_begin(t, q.text, strlen(q.text));
        while (hw_terms_next(t, &w))
            if (!w.light && !w.foreign && w.n_lemmas && letters(w.lemmas[0]) >= LETTERS) count(c, w.lemmas[0], other ? i + QUOTES : i, other);
    }
}

static int by_weight(const void *x, const void *y)
{
    const counted *a = x, *b = y;
    if (a->weight != b->weight) return a->weight > b->weight ? -1 : 1;
    return strcmp(a->lemma, b->lemma);
}

/* How much more of these quotes than of others have it; a word of one quote says nothing. */
static void weigh(counts *c)
{
    for (uint32_t i = 0; i < c->words.n; i++) {
        counted *w = &c->words.v[i];
        double here = (double)w->quotes / c->n, elsewhere = (w->others + 1.0) / (c->n_others + 2.0);
        w->weight = w->quotes > 1 ? w->quotes * log(here / elsewhere) : 0;
    }
}

size_t hw_topics(hw_request *rq, const hw_filter *f, size_t most, const hw_topic **out)
{
    counts c = {.a = &rq->arena};
    hw_cursor *cur;
    hw_terms *t = hw_terms_new(rq->model);
    const hw_filter all = {0};
    for (int other = 0; t && other < 2; other++)
        if ((!other || c.words.n) && hw_store_quotes(rq->store, other ? &all : f, &cur, NULL) == HEWAL_OK) {
            count_quotes(&c, t, cur, other);
            hw_cursor_close(cur);
        }
    hw_terms_free(t);
    weigh(&c);
    if (c.words.n) qsort(c.words.v, c.words.n, sizeof *c.words.v, by_weight);
    hw_topic *v = HW_NEWS(&rq->arena, hw_topic, most + 1);
    size_t n = 0;
    for (uint32_t i = 0; i < c.words.n && n < most && c.words.v[i].weight > 0; i++) v[n++] = (hw_topic){c.words.v[i].lemma, c.words.v[i].quotes};
    *out = v;
    return n;
}
