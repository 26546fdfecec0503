/* In: a word of the text. Out: what the parts of the names stage ask about it: its part of speech, what its endings may
 * carry, whether izafe links it to the next, whether the lexicon knows it as an ordinary word. */
#include "names/find.h"

#include "base/hash.h"
#include <string.h>

hw_upos hw_best_upos(const hw_finder *f, uint32_t i)
{
    const hw_word *w = &f->w->v[i];
    return w->n ? (hw_upos)w->analyses[0].upos : HW_X;
}

uint32_t hw_marks_of(const hw_finder *f, uint32_t i)
{
    const hw_word *w = &f->w->v[i];
    uint32_t m = 0;
    for (unsigned k = 0; k < w->n_forms; k++)
        if (!w->forms[k].lemma) m |= w->forms[k].marks;
    for (unsigned k = 0; k < w->n; k++) m |= w->analyses[k].marks;
    return m;
}

uint32_t hw_best_marks(const hw_finder *f, uint32_t i)
{
    const hw_word *w = &f->w->v[i];
    return w->n ? w->analyses[0].marks : 0;
}

bool hw_links_on(const hw_finder *f, uint32_t i)
{
    if (i + 1 > hw_sentence_last(f, i)) return false;
    const hw_token *next = hw_tok(f, i + 1);
    if ((next->kind != HW_WORD && next->kind != HW_LATIN) || (next->flags & HW_WIDE)) return false;
    if (hw_tok(f, i)->quotation != next->quotation) return false;
    uint32_t m = hw_marks_of(f, i);
    if (m & HW_M_IZAFE) return true;
    uint32_t open_izafe = HW_M_DEF | HW_M_COPULA | HW_M_OBLIQUE;
    return (m & open_izafe) && (hw_marks_of(f, i + 1) & HW_M_DEF) && (hw_marks_of(f, i + 1) & HW_M_PLURAL);
}

bool hw_is_common(const hw_finder *f, uint32_t i)
{
    const hw_word *w = &f->w->v[i];
    const float far = 0.9f; /* a reading so much less likely than the name does not count («pekînî» as an adjective) */
    float name = 1e9f;
    for (unsigned k = 0; k < w->n; k++)
        if (w->analyses[k].upos == HW_PROPN && !(w->analyses[k].marks & HW_M_GUESS) && w->analyses[k].weight < name) name = w->analyses[k].weight;
    for (unsigned k = 0; k < w->n; k++) {
        const hw_analysis *a = &w->analyses[k];
        if (!(a->marks & HW_M_GUESS) && a->upos != HW_PROPN && a->upos != HW_X && a->weight <= name + far) return true;
    }
    return false;
}

bool hw_is_unknown(const hw_finder *f, uint32_t i)
{
    const hw_word *w = &f->w->v[i];
    if (hw_tok(f, i)->kind != HW_WORD) return false;
    for (unsigned k = 0; k < w->n; k++)
        if (!(w->analyses[k].marks & HW_M_GUESS)) return false;
    return true;
}

const char *hw_head_at(const hw_finder *f, uint32_t i, uint32_t *row, uint32_t *last)
{
    hw_match m[1];
    if (!hw_match_at(f->w, &f->heads_ix, i, m, 1)) return "";
    uint32_t found = f->heads_ix.posts[m[0].slot->first].row;
    if (row) *row = found;
    if (last) *last = m[0].last;
    return hw_cell(&f->heads, found, hw_column(&f->heads, "makes"));
}

bool hw_word_row(const hw_finder *f, const hw_index *ix, uint32_t i, uint32_t *row, uint32_t *marks)
{
    const hw_word *w = &f->w->v[i];
    if (!(w->begins & ix->bit)) return false;
    for (unsigned k = 0; k < w->n_forms; k++) {
        const hw_slot *s = hw_index_find(ix, hw_phrase(HW_PHRASE_START, w->forms[k].hash));
        if (!s || !s->n || w->forms[k].lemma) continue;
        if (row) *row = ix->posts[s->first].row;
        if (marks) *marks = w->forms[k].marks;
        return true;
    }
    return false;
}

bool hw_speaks_at(const hw_finder *f, uint32_t i, hw_match *m)
{
    if (!hw_match_at(f->w, &f->speaking, i, m, 1) || hw_best_upos(f, i) == HW_ADP) return false; /* «dway» is behind */
    return !(m->marks & HW_M_NEG) || hw_best_upos(f, i) == HW_VERB; /* «newtî» is oil */
}

bool hw_is_ascii(const hw_finder *f, uint32_t i, char c)
{
    if (i >= f->x->tokens.n) return false;
    const hw_token *t = hw_tok(f, i);
    return t->e - t->b == 1 && f->x->raw[t->b] == c;
}

bool hw_is_comma(const hw_finder *f, uint32_t i)
{
    static const char arabic_comma[] = "\xD8\x8C", arabic_semicolon[] = "\xD8\x9B";
    if (hw_is_ascii(f, i, ',')) return true;
    if (i >= f->x->tokens.n || hw_tok(f, i)->e - hw_tok(f, i)->b != 2) return false;
    const char *p = f->x->raw + hw_tok(f, i)->b;
    return !memcmp(p, arabic_comma, 2) || !memcmp(p, arabic_semicolon, 2);
}

uint32_t hw_bare_end(const hw_finder *f, uint32_t i)
{
    return hw_tok(f, i)->e;
}
