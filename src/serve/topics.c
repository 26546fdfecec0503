/* In: quotes. Out: the words that stand in many of them, and in more of them than of other quotes: everybody says "do" and "be". */
#include "serve/topics.h"

#include "base/vec.h"
#include <math.h>
#include <stdlib.h>
#include <string.h>

enum { QUOTES = 120, LETTERS = 3 /* a shorter word says little */ };

typedef struct { const char *lemma; uint32_t quote; } word; /* of a quote, by its place among the quotes */
typedef struct { const char *lemma; uint32_t quotes, others; double weight; } counted;

typedef struct {
    HW_VEC(word) words; /* by lemma, then by quote */
    uint32_t quotes;
} collection;

static size_t letters(const char *s)
{
    size_t n = 0;
    for (; *s; s++) n += ((unsigned char)*s & 0xC0) != 0x80;
    return n;
}

static int by_lemma(const void *x, const void *y)
{
    const word *a = x, *b = y;
    int c = strcmp(a->lemma, b->lemma);
    return c ? c : (a->quote > b->quote) - (a->quote < b->quote);
}

/* The words of the newest quotes. False when there are none. */
static bool collect(hw_request *rq, hw_terms *t, const hw_filter *f, collection *out)
{
    hw_cursor *c;
    hw_quote_row q;
    hw_term w;
    if (hw_store_quotes(rq->store, f, &c, NULL) != HEWAL_OK) return false;
    for (; out->quotes < QUOTES && hw_next_quote(c, &q); out->quotes++) {
        hw_terms_begin(t, q.text, strlen(q.text));
        while (hw_terms_next(t, &w))
            if (!w.light && !w.foreign && w.n_lemmas && letters(w.lemmas[0]) >= LETTERS)
                *(word *)hw_push(&rq->arena, &out->words) = (word){hw_strdup(&rq->arena, w.lemmas[0]), out->quotes};
    }
    hw_cursor_close(c);
    if (out->words.n) qsort(out->words.v, out->words.n, sizeof *out->words.v, by_lemma);
    return out->words.n > 0;
}

/* Of the words from *i on, which are the same: in how many quotes; *i is then behind them. */
static uint32_t quotes_with(const collection *c, uint32_t *i)
{
    uint32_t n = 0;
    const char *lemma = c->words.v[*i].lemma;
    for (uint32_t last = UINT32_MAX; *i < c->words.n && !strcmp(c->words.v[*i].lemma, lemma); ++*i) {
        n += c->words.v[*i].quote != last;
        last = c->words.v[*i].quote;
    }
    return n;
}

static int by_weight(const void *x, const void *y)
{
    const counted *a = x, *b = y;
    if (a->weight != b->weight) return a->weight > b->weight ? -1 : 1;
    return strcmp(a->lemma, b->lemma);
}

/* How much more of these quotes than of others have it; a word of one quote says nothing. */
static double weight(const counted *w, const collection *mine, const collection *others)
{
    double here = (double)w->quotes / mine->quotes, elsewhere = (w->others + 1.0) / (others->quotes + 2.0);
    return w->quotes > 1 ? w->quotes * log(here / elsewhere) : 0;
}

size_t hw_topics(hw_request *rq, const hw_filter *f, size_t most, const hw_topic **out)
{
    static const hw_filter all = {0};
    collection mine = {0}, others = {0};
    hw_topic *v = HW_NEWS(&rq->arena, hw_topic, most + 1);
    size_t n = 0;
    hw_terms *t = hw_terms_new(rq->model);
    *out = v;
    if (t && collect(rq, t, f, &mine)) {
        collect(rq, t, &all, &others);
        counted *words = HW_NEWS(&rq->arena, counted, mine.words.n);
        uint32_t n_words = 0;
        for (uint32_t i = 0, k = 0; i < mine.words.n; n_words++) { /* both are in order */
            counted *w = &words[n_words];
            w->lemma = mine.words.v[i].lemma;
            w->quotes = quotes_with(&mine, &i);
            while (k < others.words.n && strcmp(others.words.v[k].lemma, w->lemma) < 0) k++;
            if (k < others.words.n && !strcmp(others.words.v[k].lemma, w->lemma)) w->others = quotes_with(&others, &k);
            w->weight = weight(w, &mine, &others);
        }
        qsort(words, n_words, sizeof *words, by_weight);
        for (uint32_t i = 0; i < n_words && n < most && words[i].weight > 0; i++) v[n++] = (hw_topic){words[i].lemma, words[i].quotes};
    }
    hw_terms_free(t);
    return n;
}
