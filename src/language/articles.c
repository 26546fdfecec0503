/* In: an article's text. Out: its language, from a sample of it. Lines in other languages are normal (names, addresses, a sentence that
 * is cited), and so are texts in two languages; so pieces are judged one by one and the majority is taken. */
#include "language/language.h"

#include <string.h>

enum { PIECE = 220, FIRST = 3, MOST = 9 }; /* bytes of a piece; pieces that suffice when they agree; pieces at most */
#define SURE 0.85
/* Shares of its language from which a text is not ours; a short post needs more, and more still where the language is so near to
 * Sorani that a headline may be either. */
#define OTHER 0.60
#define OTHER_SHORT 0.90
#define OTHER_NEAR 0.95
enum { SHORT = 100, SHORT_NEAR = 300 }; /* bytes */

typedef struct {
    double weight[HW_N_LANGS], all;
    bool agree;
    hw_lang first;
    unsigned n;
} votes;

static bool is_space(char c)
{
    return c == ' ' || c == '\n' || c == '\t' || c == '\r';
}

/* The piece of a line that begins at the first word behind s[at]. */
static size_t piece_at(const char *s, size_t n, size_t at, size_t *from)
{
    if (at) /* words are left whole, when they end soon */
        for (size_t k = 0; k < 64 && at < n && !is_space(s[at]); k++) at++;
    while (at < n && is_space(s[at])) at++;
    size_t end = at;
    while (end < n && end - at < PIECE && s[end] != '\n') end++;
    for (size_t k = 0; k < 64 && end < n && end > at + 64 && !is_space(s[end]); k++) end--;
    *from = at;
    return end - at;
}

static void vote(votes *v, const hewal_model *m, const char *s, size_t n)
{
    hw_language l = hw_language_of(m, s, n);
    if (!n || l.confidence <= 0) return;
    double w = (double)n * l.confidence;
    v->weight[l.lang] += w;
    v->all += (double)n;
    if (!v->n++) v->first = l.lang;
    v->agree = v->agree && l.lang == v->first && l.confidence >= SURE;
}

static void take(votes *v, const hewal_model *m, const char *s, size_t n, unsigned pieces)
{
    size_t last = 0;
    for (unsigned i = 0; i < pieces && last < n; i++) {
        size_t from, at = n / pieces * i;
        size_t len = piece_at(s, n, at > last ? at : last, &from);
        vote(v, m, s + from, len);
        last = from + len;
    }
}

hw_language hw_language_of_text(const hewal_model *m, const char *s, size_t n)
{
    votes v = {.agree = true};
    take(&v, m, s, n, FIRST);
    if (!v.agree || v.n < FIRST) {
        v = (votes){.agree = true};
        take(&v, m, s, n, MOST);
    }
    hw_lang best = HW_LANG_UND;
    for (unsigned i = 0; i < HW_N_LANGS; i++)
        if (v.weight[i] > v.weight[best]) best = (hw_lang)i;
    double share = v.all > 0 ? v.weight[best] / v.all : 0;
    bool ours = best != HW_LANG_CKB && v.weight[HW_LANG_CKB] > 0.25 * v.all;
    if (share < 0.5 || ours) return (hw_language){HW_LANG_UND, share};
    return (hw_language){best, share};
}

bool hw_language_is_other(hw_language l, size_t n)
{
    if (l.lang == HW_LANG_UND || l.lang == HW_LANG_CKB) return false;
    if (n < SHORT_NEAR && (l.lang == HW_LANG_SDH || l.lang == HW_LANG_HAC)) return n >= SHORT && l.confidence >= OTHER_NEAR;
    return l.confidence >= (n < SHORT ? OTHER_SHORT : OTHER);
}
