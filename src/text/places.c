/* In: a word, its characters replaced one by one. Out: the same where letters are others beside some letters
 * (lang/ckb/orthography-words.tsv): at the beginning or the end of a word, inside, or the word as a whole. */
#include "text/orth.h"

#include <string.h>

static size_t length(const uint32_t *s, size_t max)
{
    size_t n = 0;
    while (n < max && s[n]) n++;
    return n;
}

static bool one_of(const uint32_t *set, size_t max, uint32_t cp)
{
    for (size_t k = 0; k < max && set[k]; k++)
        if (set[k] == cp) return true;
    return false;
}

static bool begins_with(const hw_chars *w, const uint32_t *s, size_t max)
{
    size_t n = length(s, max);
    return n <= w->n && !memcmp(w->cp, s, n * sizeof *s);
}

static bool holds_at(const hw_place *p, const hw_chars *w, size_t at, size_t n)
{
    if (n > w->n - at || memcmp(w->cp + at, p->from, n * sizeof *p->from) != 0) return false;
    bool first = at == 0, last = at + n == w->n;
    switch (p->where) {
    case HW_PLACE_WORD: if (!first || !last) return false; break;
    case HW_PLACE_BEGIN: if (!first || last) return false; break;
    case HW_PLACE_END: if (first || !last) return false; break;
    default: if (first) return false; break;
    }
    if (p->before[0] && (first || !one_of(p->before, 48, w->cp[at - 1]))) return false;
    if (p->after[0] && (last || !one_of(p->after, 48, w->cp[at + n]))) return false;
    for (size_t k = 0; k < 24 && p->unless[k][0]; k++)
        if (begins_with(w, p->unless[k], 12)) return false;
    return true;
}

/* Puts what the rule says in the place of n characters; how many it put, 0 when there is no room. */
static size_t replace(const hw_place *p, hw_chars *w, size_t at, size_t n)
{
    size_t k = length(p->to, 16);
    if (w->n - n + k > sizeof w->cp / sizeof *w->cp) return 0;
    memmove(w->cp + at + k, w->cp + at + n, (w->n - at - n) * sizeof *w->cp);
    memcpy(w->cp + at, p->to, k * sizeof *p->to);
    w->n = w->n - n + k;
    return k;
}

void hw_orth_places(const hw_orth *o, uint32_t rules, hw_chars *w)
{
    const hw_place *places = (const hw_place *)(const void *)((const unsigned char *)o + o->places_at);
    for (size_t at = 0; at < w->n; at++) {
        uint32_t cp = w->cp[at];
        if (cp < 0x600 || cp > 0x6FF || !(hw_char_of(o, cp)->flags & (at ? HW_CF_PLACE : HW_CF_PLACE_FIRST))) continue;
        if (at + 1 == w->n || !(hw_char_of(o, w->cp[at + 1])->flags & HW_CF_PLACE_NEXT)) continue;
        for (uint32_t i = o->place_of[cp - 0x600]; i < o->n_places && places[i].from[0] == cp; i++) {
            size_t n = length(places[i].from, 16);
            if (!(rules >> places[i].group & 1) || !holds_at(&places[i], w, at, n)) continue;
            size_t k = replace(&places[i], w, at, n);
            if (k) at += k - 1;
            break;
        }
    }
}
