/* In: a text and what was asked. Out: the hits, and the part of the text that shows most of them. */
#include "search/plan.h"

#include <stdlib.h>
#include <string.h>

enum { SHOWN = 360 /* bytes of a snippet, about 180 letters */, BEFORE = 80 /* of them before the first hit */ };

typedef struct { uint32_t b, e; unsigned unit; } hit;

static int in_order(const void *a, const void *b)
{
    const hw_found_at *x = a, *y = b;
    if (x->first != y->first) return x->first < y->first ? -1 : 1;
    return x->last > y->last ? -1 : x->last < y->last;
}

/* Hits in the order of the text, none over another. */
static uint32_t hits_of(hw_arena *a, hw_matches *m, const hw_term *t, hit **out)
{
    uint32_t n = 0;
    if (m->n > 1) qsort(m->v, m->n, sizeof *m->v, in_order);
    *out = HW_NEWS(a, hit, m->n + 1);
    for (uint32_t i = 0; i < m->n; i++)
        if (!n || t[m->v[i].first].b >= (*out)[n - 1].e) (*out)[n++] = (hit){t[m->v[i].first].b, t[m->v[i].last].e, m->v[i].unit};
    return n;
}

/* The first hit of the window with most units, then most hits. */
static uint32_t best_window(const hit *v, uint32_t n)
{
    uint32_t best = 0;
    unsigned best_units = 0, best_hits = 0;
    for (uint32_t i = 0; i < n; i++) {
        unsigned seen = 0, units = 0, hits = 0;
        for (uint32_t j = i; j < n && v[j].e <= v[i].b + SHOWN - BEFORE; j++, hits++)
            if (!(seen >> v[j].unit & 1)) {
                seen |= 1u << v[j].unit;
                units++;
            }
        if (units > best_units || (units == best_units && hits > best_hits)) {
            best = i;
            best_units = units;
            best_hits = hits;
        }
    }
    return best;
}

static bool is_space(char c)
{
    return c == ' ' || c == '\n' || c == '\r' || c == '\t';
}

/* Where to begin so that no word is cut; at the beginning of a line when one is near. */
static size_t begin_at(const char *s, size_t first)
{
    size_t at = first > BEFORE ? first - BEFORE : 0;
    for (size_t i = first; i > at; i--)
        if (s[i - 1] == '\n') return i;
    while (at && at < first && !is_space(s[at - 1])) at++;
    return at;
}

static size_t end_at(const char *s, size_t len, size_t b, size_t least)
{
    size_t e = b + SHOWN < len ? b + SHOWN : len;
    if (e < least) e = least;
    if (e == len) return e;
    while (e > least && !is_space(s[e])) e--;
    return e;
}

const hw_hit_span *hw_title_hits(hw_store *s, hw_arena *a, const hw_plan *p, const char *title, size_t *n_hits)
{
    uint32_t n_terms;
    const hw_term *t = hw_match_terms(s, a, title, strlen(title), &n_terms);
    hw_matches m = {0};
    hit *v;
    hw_match_units(p, a, t, n_terms, false, false, &m);
    uint32_t n = hits_of(a, &m, t, &v);
    hw_hit_span *spans = HW_NEWS(a, hw_hit_span, n + 1);
    for (uint32_t i = 0; i < n; i++) spans[i] = (hw_hit_span){v[i].b, v[i].e};
    *n_hits = n;
    return spans;
}

void hw_snippet(hw_store *s, hw_arena *a, const hw_plan *p, const char *text, size_t len, hw_hit *out)
{
    uint32_t n_terms;
    const hw_term *t = hw_match_terms(s, a, text, len, &n_terms);
    hw_matches m = {0};
    hit *v;
    hw_match_units(p, a, t, n_terms, false, false, &m);
    uint32_t n = hits_of(a, &m, t, &v), i = best_window(v, n);
    size_t first = n ? v[i].b : 0, b = begin_at(text, first), e = end_at(text, len, b, n ? v[i].e : 0);
    while (b < first && is_space(text[b])) b++;
    while (e > b && is_space(text[e - 1])) e--;
    char *snippet = hw_strndup(a, text + b, e - b);
    for (char *c = snippet; *c; c++)
        if (*c == '\n' || *c == '\r' || *c == '\t') *c = ' ';
    hw_hit_span *spans = HW_NEWS(a, hw_hit_span, n + 1);
    for (uint32_t k = 0; k < n; k++)
        if (v[k].b >= b && v[k].e <= e) spans[out->n_hits++] = (hw_hit_span){(uint32_t)(v[k].b - b), (uint32_t)(v[k].e - b)};
    out->snippet = snippet;
    out->snippet_b = (uint32_t)b;
    out->snippet_e = (uint32_t)e;
    out->cut_before = b > 0;
    out->cut_after = e < len;
    out->hits = spans;
}
