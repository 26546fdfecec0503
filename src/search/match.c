/* In: the terms of a text, and what was asked. Out: where the text has it. */
#include "search/plan.h"

#include <string.h>

static bool by_way(const hw_way *w, const hw_term *t)
{
    if (!w->term) return false;
    bool form = !strcmp(w->term, t->form);
    if (w->kind == HW_BY_FORM) return form;
    if (w->kind == HW_BY_PREFIX && !strncmp(w->term, t->form, strlen(w->term))) return true;
    for (unsigned i = 0; i < t->n_lemmas; i++)
        if (w->kind == HW_BY_PREFIX ? !strncmp(w->term, t->lemmas[i], strlen(w->term)) : !strcmp(w->term, t->lemmas[i])) return true;
    return (w->kind >= HW_BY_SOUND || !t->n_lemmas) && form;
}

static bool by_element(const hw_element *e, const hw_term *t)
{
    size_t n = strlen(e->form);
    if (e->prefix ? !strncmp(e->form, t->form, n) : !strcmp(e->form, t->form)) return true;
    if (e->exact) return false;
    for (unsigned i = 0; i < t->n_lemmas; i++) {
        if (e->prefix ? !strncmp(e->form, t->lemmas[i], n) : !strcmp(e->form, t->lemmas[i])) return true;
        for (unsigned k = 0; k < e->n_lemmas; k++)
            if (!strcmp(e->lemma[k], t->lemmas[i])) return true;
    }
    return false;
}

/* The elements of one part from `e` on, at term i: how many terms, 0 when they are not there. */
static uint32_t part_at(const hw_unit *u, unsigned e, const hw_term *t, uint32_t n, uint32_t i)
{
    uint32_t k = 0;
    for (unsigned part = u->element[e].part; e < u->n_elements && u->element[e].part == part; e++, k++)
        if (i + k >= n || !by_element(&u->element[e], &t[i + k])) return 0;
    return k;
}

static bool by_unit(const hw_unit *u, const hw_term *t)
{
    for (unsigned k = 0; k < u->n; k++)
        if (by_way(&u->way[k], t)) return true;
    return false;
}

/* How many terms a synonym at term i has, 0 when there is none. */
static uint32_t by_synonym(const hw_unit *u, const hw_term *t, uint32_t n, uint32_t i)
{
    for (unsigned k = 0; k < u->n; k++) {
        const hw_way *w = &u->way[k];
        uint32_t e = 0;
        while (e < w->n_elements && i + e < n && by_element(&w->element[e], &t[i + e])) e++;
        if (e && e == w->n_elements) return e;
    }
    return 0;
}

/* Whether each other part of a NEAR stands close enough to the one at `at`. */
static bool all_near(const hw_unit *u, const hw_term *t, uint32_t n, unsigned part, uint32_t at, uint32_t len)
{
    for (unsigned e = 0; e < u->n_elements; e++) {
        if (u->element[e].part == part || (e && u->element[e - 1].part == u->element[e].part)) continue;
        uint32_t span = 1;
        while (e + span < u->n_elements && u->element[e + span].part == u->element[e].part) span++;
        uint32_t reach = u->near + span, from = at > reach ? at - reach : 0, to = at + len + u->near;
        bool found = false;
        for (uint32_t i = from; i <= to && i < n && !found; i++) found = (i + span <= at || i >= at + len) && part_at(u, e, t, n, i);
        if (!found) return false;
    }
    return true;
}

static void match_elements(const hw_unit *u, unsigned number, hw_arena *a, const hw_term *t, uint32_t n, hw_matches *out)
{
    for (unsigned e = 0; e < u->n_elements; e++) {
        if (e && u->element[e - 1].part == u->element[e].part) continue;
        for (uint32_t i = 0; i < n; i++) {
            uint32_t len = part_at(u, e, t, n, i);
            if (len && (!u->near || all_near(u, t, n, u->element[e].part, i, len))) *(hw_found_at *)hw_push(a, out) = (hw_found_at){i, i + len - 1, number};
        }
    }
}

void hw_match_units(const hw_plan *p, hw_arena *a, const hw_term *t, uint32_t n, bool absent, bool only_checked, hw_matches *out)
{
    for (unsigned k = 0; k < p->n; k++) {
        const hw_unit *u = &p->unit[k];
        if (u->absent != absent || (only_checked && !u->checked)) continue;
        if (u->n_elements) match_elements(u, k, a, t, n, out);
        else
            for (uint32_t i = 0; i < n; i++) {
                uint32_t len = by_unit(u, &t[i]) ? 1 : by_synonym(u, t, n, i);
                if (len) *(hw_found_at *)hw_push(a, out) = (hw_found_at){i, i + len - 1, k};
            }
    }
}

const hw_term *hw_match_terms(hw_store *s, hw_arena *a, const char *text, size_t len, uint32_t *n)
{
    HW_VEC(hw_term) v = {0};
    hw_term t;
    hw_terms_begin(s->terms, text, len);
    while (hw_terms_next(s->terms, &t)) *(hw_term *)hw_push(a, &v) = t;
    *n = v.n;
    return v.v;
}
