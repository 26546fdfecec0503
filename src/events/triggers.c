/* In: words, lexicon, clauses. Out: the words that tell of an event, each with its line of triggers.tsv and its verb. */
#include "events/find.h"

#include <string.h>

typedef struct { uint32_t row, last; uint32_t marks; const hw_analysis *verb; bool nominal; } reading;

enum { MAX_READINGS = 48 };

static bool is_verbal(const hw_analysis *a)
{
    return (a->upos == HW_VERB || a->upos == HW_AUX) && !(a->marks & (HW_M_INFINITIVE | HW_M_PARTICIPLE));
}

static unsigned add(const hw_seeker *s, const hw_slot *slot, reading r, reading *out, unsigned n)
{
    for (uint32_t k = 0; k < slot->n && n < MAX_READINGS; k++) {
        r.row = s->triggers.posts[slot->first + k].row;
        bool there = false;
        for (unsigned j = 0; j < n; j++) there |= out[j].row == r.row && out[j].last == r.last && !out[j].verb == !r.verb;
        if (there) continue;
        unsigned at = n++;
        for (; at > 0 && out[at - 1].last == r.last && out[at - 1].row > r.row; at--) out[at] = out[at - 1];
        out[at] = r;
    }
    return n;
}

/* All lines that token i may begin a trigger of: longer phrases first, then by their order in the file. */
static unsigned readings_at(const hw_seeker *s, uint32_t i, reading *out)
{
    unsigned n = 0;
    hw_match m[6];
    unsigned n_matches = hw_match_at(s->w, &s->triggers, i, m, 6);
    for (unsigned k = 0; k < n_matches; k++)
        if (m[k].last > i) n = add(s, m[k].slot, (reading){.last = m[k].last, .marks = m[k].marks, .nominal = true}, out, n);
    const hw_word *w = &s->w->v[i];
    for (unsigned k = 0; k < w->n_forms; k++) {
        const hw_slot *slot = hw_index_find(&s->triggers, hw_phrase(HW_PHRASE_START, w->forms[k].hash));
        if (!slot || !slot->n) continue;
        reading r = {.last = i, .marks = w->forms[k].marks, .nominal = true};
        if (w->forms[k].lemma) {
            const hw_analysis *a = &w->analyses[w->forms[k].lemma - 1];
            r.marks |= a->marks;
            if (is_verbal(a)) r.verb = a;
        }
        r.nominal = !r.verb;
        n = add(s, slot, r, out, n);
    }
    return n;
}

static hw_tense tense_of(uint32_t marks)
{
    if (marks & (HW_M_SUBJUNCTIVE | HW_M_IMPERATIVE)) return HW_T_SUBJUNCTIVE;
    if (marks & (HW_M_PAST | HW_M_PERFECT | HW_M_PLUPERFECT)) return HW_T_PAST;
    return marks & (HW_M_PRESENT | HW_M_COPULA) ? HW_T_PRESENT : HW_T_NONE;
}

static void take_verb(hw_found *f, const hw_analysis *a)
{
    f->tense = tense_of(a->marks);
    f->neg = (a->marks & HW_M_NEG) != 0;
    f->passive = (a->marks & HW_M_PASSIVE) != 0 || (hw_marks_become(a) && !f->noun);
    f->person = a->subject;
    if (a->marks & HW_M_AGENT) f->person = a->person;
}

/* Whether the row lists the verb at token j: by itself, or with the word before it («ئەنجام دا»). */
static const hw_analysis *light_verb(hw_seeker *s, const hw_trigger *row, uint32_t j, uint32_t after, bool infinitive)
{
    const hw_word *w = &s->w->v[j];
    for (unsigned k = 0; k < w->n; k++) {
        const hw_analysis *a = &w->analyses[k];
        if (a->upos != HW_VERB && a->upos != HW_AUX) continue;
        if (infinitive != ((a->marks & HW_M_INFINITIVE) != 0)) continue;
        for (unsigned v = 0; v < row->n_verbs; v++)
            if (row->verbs[v] == a->lemma_hash) return a;
        if (j <= after + 1 || !a->lemma) continue;
        const hw_token *p = hw_et(s, j - 1);
        char both[128];
        hw_spelling sp = hw_orth_word(s->x->model->orth, s->a, a->lemma, strlen(a->lemma));
        if (p->fold_len + sp.fold_len > sizeof both) continue;
        memcpy(both, p->fold, p->fold_len);
        memcpy(both + p->fold_len, sp.fold, sp.fold_len);
        uint64_t h = hw_hash(both, p->fold_len + sp.fold_len);
        for (unsigned v = 0; v < row->n_verbs; v++)
            if (row->verbs[v] == h) return a;
    }
    return NULL;
}
