/* In: words and an index of phrases. Out: the phrases that begin with a word. Each word may stand for several forms, so
 * the way through the index branches; a branch ends where no phrase of the index begins so, which is soon. */
#include "morph/morph.h"

#include "base/hash.h"

#define INNER (HW_M_IZAFE | HW_M_DEF | HW_M_PLURAL | HW_M_ISH | HW_M_INDEF) /* what a word inside a phrase may carry */

typedef struct {
    const hw_words *w;
    const hw_index *ix;
    hw_match *out;
    unsigned n, max;
    uint32_t end; /* behind the sentence */
} finding;

static void add(finding *f, const hw_slot *s, uint32_t last, uint32_t marks, bool exact)
{
    for (unsigned i = 0; i < f->n; i++)
        if (f->out[i].slot == s && f->out[i].last == last) {
            if (exact && !f->out[i].exact) f->out[i] = (hw_match){s, last, marks, exact};
            return;
        }
    hw_match m = {s, last, marks, exact};
    unsigned i = 0; /* longest first, exact ones before others */
    while (i < f->n && (f->out[i].last > last || (f->out[i].last == last && (f->out[i].exact || !exact)))) i++;
    if (i == f->max) return;
    if (f->n < f->max) f->n++;
    for (unsigned j = f->n - 1; j > i; j--) f->out[j] = f->out[j - 1];
    f->out[i] = m;
}

static void from(finding *f, uint32_t at, uint64_t phrase, bool exact, unsigned depth)
{
    const hw_word *x = &f->w->v[at];
    for (unsigned i = 0; i < x->n_forms; i++) {
        const hw_form *form = &x->forms[i];
        uint64_t h = hw_phrase(phrase, form->hash);
        const hw_slot *s = hw_index_find(f->ix, h);
        if (!s) continue;
        if (s->n) add(f, s, at, form->marks, exact && !form->marks && !form->lemma);
        bool inside = !(form->marks & ~(uint32_t)INNER);
        if (s->longer && inside && at + 1 < f->end && depth < 12) {
            bool so = exact && !(form->marks & ~(uint32_t)HW_M_IZAFE) && !form->lemma;
            from(f, at + 1, h, so, depth + 1);
        }
    }
}

unsigned hw_match_at(const hw_words *w, const hw_index *ix, uint32_t first, hw_match *out, unsigned max)
{
    const hw_text *x = w->text;
    if (!ix->slots || !max || first >= x->tokens.n || !(w->v[first].begins & ix->bit)) return 0;
    uint32_t sentence = x->tokens.v[first].sentence, end = x->tokens.n;
    if (sentence < x->sentences.n && x->sentences.v[sentence].last + 1 < end) end = x->sentences.v[sentence].last + 1;
    finding f = {w, ix, out, 0, max, end};
    from(&f, first, HW_PHRASE_START, true, 0);
    return f.n;
}
