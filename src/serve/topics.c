/* In: quotes. Out: the words that stand in most of them. */
#include "serve/topics.h"

#include "base/hash.h"
#include "base/map.h"
#include "base/vec.h"
#include <stdlib.h>
#include <string.h>

enum { QUOTES = 300, LETTERS = 3 /* a shorter word says little */ };

typedef struct { const char *lemma; uint32_t quotes, last; } counted;

typedef struct {
    hw_arena *a;
    hw_map by_lemma;
    HW_VEC(counted) words;
} counts;

static size_t letters(const char *s)
{
    size_t n = 0;
    for (; *s; s++) n += ((unsigned char)*s & 0xC0) != 0x80;
    return n;
}

static void count(counts *c, const char *lemma, uint32_t quote)
{
    uint64_t h = hw_hash(lemma, strlen(lemma)) | 1;
    int32_t i = hw_map_get(&c->by_lemma, h);
    if (i < 0) {
        i = (int32_t)c->words.n;
        hw_map_set(c->a, &c->by_lemma, h, i);
        *(counted *)hw_push(c->a, &c->words) = (counted){hw_strdup(c->a, lemma), 0, UINT32_MAX};
    }
    if (c->words.v[i].last == quote) return; /* once a quote */
    c->words.v[i].last = quote;
    c->words.v[i].quotes++;
}

static int by_quotes(const void *x, const void *y)
{
    const counted *a = x, *b = y;
    if (a->quotes != b->quotes) return a->quotes > b->quotes ? -1 : 1;
    return strcmp(a->lemma, b->lemma);
}

static void count_quotes(counts *c, hw_terms *t, hw_cursor *cur)
{
    hw_quote_row q;
    hw_term w;
    for (uint32_t i = 0; i < QUOTES && hw_next_quote(cur, &q); i++) {
        hw_terms_begin(t, q.text, strlen(q.text));
        while (hw_terms_next(t, &w))
            if (!w.light && !w.foreign && w.n_lemmas && letters(w.lemmas[0]) >= LETTERS) count(c, w.lemmas[0], i);
    }
}

size_t hw_topics(hw_request *rq, const hw_filter *f, size_t most, const hw_topic **out)
{
    counts c = {.a = &rq->arena};
    hw_cursor *cur;
    hw_terms *t = hw_terms_new(rq->model);
    if (t && hw_store_quotes(rq->store, f, &cur, NULL) == HEWAL_OK) {
        count_quotes(&c, t, cur);
        hw_cursor_close(cur);
    }
    hw_terms_free(t);
    if (c.words.n) qsort(c.words.v, c.words.n, sizeof *c.words.v, by_quotes);
    hw_topic *v = HW_NEWS(&rq->arena, hw_topic, most + 1);
    size_t n = 0;
    for (uint32_t i = 0; i < c.words.n && n < most && c.words.v[i].quotes > 1; i++) v[n++] = (hw_topic){c.words.v[i].lemma, c.words.v[i].quotes};
    *out = v;
    return n;
}
