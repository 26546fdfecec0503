/* In: a text and what was asked. Out: the hits, and the part of the text that shows most of them. */
#include "search/plan.h"

#include <string.h>

enum { SHOWN = 360 /* bytes of a snippet, about 180 letters */, BEFORE = 80 /* of them before the first hit */ };

typedef struct { uint32_t b, e; unsigned unit; } hit;

static bool by_way(const hw_way *w, const hw_term *t)
{
    bool form = !strcmp(w->term, t->form);
    if (w->kind == HW_BY_FORM) return form;
    if (w->kind == HW_BY_PREFIX && !strncmp(w->term, t->form, strlen(w->term))) return true;
    for (unsigned i = 0; i < t->n_lemmas; i++)
        if (w->kind == HW_BY_PREFIX ? !strncmp(w->term, t->lemmas[i], strlen(w->term)) : !strcmp(w->term, t->lemmas[i])) return true;
    return (w->kind >= HW_BY_SOUND || !t->n_lemmas) && form;
}

/* The words of a phrase are shown wherever they stand. */
static bool by_phrase(const hw_way *w, const hw_term *t)
{
    for (const char *s = w->term; *s;) {
        size_t n = strcspn(s, " ");
        hw_way one = *w;
        char word[512];
        if (n < sizeof word) {
            memcpy(word, s, n);
            word[n] = 0;
            one.term = word;
            if (by_way(&one, t)) return true;
        }
        s += n + (s[n] != 0);
    }
    return false;
}

static int unit_of(const hw_plan *p, const hw_term *t)
{
    for (unsigned i = 0; i < p->n; i++)
        for (unsigned k = 0; k < p->unit[i].n && !p->unit[i].absent; k++) {
            const hw_way *w = &p->unit[i].way[k];
            if (strchr(w->term, ' ') ? by_phrase(w, t) : by_way(w, t)) return (int)i;
        }
    return -1;
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

void hw_snippet(hw_store *s, hw_arena *a, const hw_plan *p, const char *text, size_t len, hw_hit *out)
{
    HW_VEC(hit) v = {0};
    hw_term t;
    hw_terms_begin(s->terms, text, len);
    while (hw_terms_next(s->terms, &t)) {
        int unit = unit_of(p, &t);
        if (unit >= 0) *(hit *)hw_push(a, &v) = (hit){t.b, t.e, (unsigned)unit};
    }
    uint32_t i = best_window(v.v, v.n);
    size_t first = v.n ? v.v[i].b : 0, b = begin_at(text, first), e = end_at(text, len, b, v.n ? v.v[i].e : 0);
    while (b < first && is_space(text[b])) b++;
    while (e > b && is_space(text[e - 1])) e--;
    char *snippet = hw_strndup(a, text + b, e - b);
    for (char *c = snippet; *c; c++)
        if (*c == '\n' || *c == '\r' || *c == '\t') *c = ' ';
    hw_hit_span *spans = HW_NEWS(a, hw_hit_span, v.n + 1);
    for (uint32_t k = 0; k < v.n; k++)
        if (v.v[k].b >= b && v.v[k].e <= e) spans[out->n_hits++] = (hw_hit_span){(uint32_t)(v.v[k].b - b), (uint32_t)(v.v[k].e - b)};
    out->snippet = snippet;
    out->snippet_b = (uint32_t)b;
    out->snippet_e = (uint32_t)e;
    out->cut_before = b > 0;
    out->cut_after = e < len;
    out->hits = spans;
}
