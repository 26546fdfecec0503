/* In: words and listed names. Out: organisations made of a head and what follows it by izafe («wezaretî derewey 'êraq»),
 * and names that a head announces («şarî kap»). The heads are lang/ckb/names/heads.tsv. */
#include "names/find.h"

#include <string.h>

enum { MAX_CHAIN = 9 };

typedef struct {
    uint32_t last;  /* where the chain ends */
    bool name;      /* it holds a place, an organisation, a person or a nationality */
    bool portfolio;
    bool unknown;   /* or a word in no list */
    uint32_t org;   /* where the name of an organisation begins in it, or 0 */
    unsigned words; /* after the head */
} chain;

/* What may stand inside a name: no verbs, adpositions, pronouns, and no words that make any noun phrase vague. */
static bool may_stand_inside(const hw_finder *f, uint32_t i)
{
    const hw_token *t = hw_tok(f, i);
    if (t->kind != HW_WORD && t->kind != HW_LATIN && !(t->kind == HW_NUMBER)) return false;
    if (hw_word_row(f, &f->generic, i, NULL, NULL)) return false;
    switch (hw_best_upos(f, i)) {
    case HW_VERB:
        for (unsigned k = 0; k < f->w->v[i].n; k++)
            if (f->w->v[i].analyses[k].marks & HW_M_INFINITIVE) return true;
        return false;
    case HW_AUX: case HW_ADP: case HW_PRON: case HW_DET: case HW_CCONJ: case HW_SCONJ: case HW_PART: case HW_INTJ: return false;
    default: return true;
    }
}

static bool is_and(const hw_finder *f, uint32_t i)
{
    return hw_best_upos(f, i) == HW_CCONJ && hw_tok(f, i)->fold_len == 2;
}

static bool listed_phrase(const hw_finder *f, const hw_index *ix, uint32_t i, uint32_t *last)
{
    hw_match m[4];
    if (!hw_match_at(f->w, ix, i, m, 4)) return false;
    *last = m[0].last;
    return true;
}

static bool is_org_head(const hw_finder *f, uint32_t i)
{
    return !strcmp(hw_head_at(f, i, NULL, NULL), "org");
}

/* Follows the izafe from the head on. «و» joins two modifiers only when the second goes on by izafe («bergirî şaristanî u
 * şarewanîy silêmanî»), so it is taken back when it does not end in a name. */
static chain follow(const hw_finder *f, uint32_t head_last)
{
    chain c = {.last = head_last}, good = c;
    uint32_t i = head_last, end = hw_sentence_last(f, head_last);
    bool after_and = false;
    while (i < end && i - head_last < MAX_CHAIN && (after_and || hw_links_on(f, i))) {
        uint32_t k = i + 1, last;
        hw_span s;
        if (after_and && is_org_head(f, k)) break; /* «wezaretî derewe u wezaretî nawxo» are two */
        bool plain = false;
        if (hw_listed_at(f, k, &s)) {
            if (s.type == HEWAL_PER && c.words == 0 && s.last > s.first) break;
            c.name = true;
            if (s.type == HEWAL_ORG && !c.org) c.org = k;
            k = s.last;
        } else if (listed_phrase(f, &f->demonyms, k, &last)) {
            c.name = true;
            k = last;
        } else if (listed_phrase(f, &f->portfolio_ix, k, &last)) {
            c.portfolio = true;
            k = last;
        } else if (c.name || !may_stand_inside(f, k) || (hw_best_marks(f, k) & HW_M_INDEF && !hw_is_unknown(f, k))) {
            break;
        } else if (hw_is_unknown(f, k)) {
            c.unknown = true;
        } else {
            plain = true;
        }
        c.words++;
        c.last = i = k;
        after_and = false;
        if (!hw_links_on(f, i) || c.name || (c.portfolio && !plain)) good = c;
        if (i + 1 < end && is_and(f, i + 1) && !hw_links_on(f, i) && !c.name) {
            i++;
            after_and = true;
        }
    }
    bool object = c.portfolio && c.last < end && hw_best_upos(f, c.last + 1) == HW_VERB; /* «wezaretî nawxo birryarî da» */
    if (!after_and && c.last > good.last && !object) return c; /* ran into something: what was linked still belongs */
    return good;
}

static bool enough(const char *needs, const chain *c, const hw_finder *f, uint32_t head_last)
{
    if (!c->words) return false;
    if (!strcmp(needs, "name")) return c->name;
    if (!strcmp(needs, "portfolio")) return c->name || c->portfolio || c->words >= 2;
    if (c->name || c->unknown) return true;
    /* Ordinary words only: a name when the head stands alone in the singular and is modified twice, or by a portfolio. */
    uint32_t marks = hw_best_marks(f, head_last);
    return (c->words >= 2 || c->portfolio) && !(marks & (HW_M_PLURAL | HW_M_POSS));
}

static void organisation(hw_finder *f, uint32_t i, uint32_t head_last, uint32_t row)
{
    const char *needs = hw_cell(&f->heads, row, hw_column(&f->heads, "needs"));
    if (hw_best_marks(f, head_last) & HW_M_INDEF) return;
    uint32_t last;
    if (i > 0 && listed_phrase(f, &f->portfolio_ix, i, &last) && hw_tok(f, i - 1)->sentence == hw_tok(f, i)->sentence && hw_links_on(f, i - 1)) return;
    chain c = follow(f, head_last);
    if (!enough(needs, &c, f, head_last)) return;
    hw_span listed; /* a listed name that the chain only lengthens by ordinary words */
    if (hw_listed_at(f, i, &listed) && listed.type == HEWAL_ORG && listed.last > head_last && c.last > listed.last && !c.name && !c.portfolio) return;
    bool outside = !strcmp(hw_cell(&f->heads, row, hw_column(&f->heads, "keeps")), "rest");
    if (outside && c.org) return; /* the listed name alone */
    if (outside && c.unknown && !c.name && c.words == 1) i = head_last + 1;
    *hw_push(f->a, &f->spans) = (hw_span){.first = i, .last = c.last, .type = HEWAL_ORG, .how = HW_COMPOSED, .table = HW_NO_TABLE,
                                          .row = row, .entity = HEWAL_NONE, .confidence = c.name || c.portfolio ? 0.85f : 0.65f};
}

/* «fermandey yepege» is its commander, though the fold writes «fermandeyî» so too. */
static bool is_title(const hw_finder *f, uint32_t i, uint32_t row)
{
    hw_match m[1];
    if (!hw_match_at(f->w, &f->titles, i, m, 1)) return false;
    const hw_word *w = &f->w->v[i];
    const char *head = hw_cell(&f->heads, row, hw_column(&f->heads, "head"));
    return w->n && (w->analyses[0].marks & HW_M_IZAFE) && strcmp(w->analyses[0].lemma, head) != 0;
}

/* «şarî X», «gerrekî X»: the word after the head when no list has it. */
static void announced(hw_finder *f, uint32_t head_last, uint32_t row)
{
    if (!hw_links_on(f, head_last) || (hw_best_marks(f, head_last) & (HW_M_PLURAL | HW_M_INDEF))) return;
    uint32_t k = head_last + 1;
    hw_span s;
    if (hw_listed_at(f, k, &s) || !may_stand_inside(f, k) || !hw_is_unknown(f, k)) return;
    uint32_t last = k;
    if (hw_links_on(f, k) == false && k < hw_sentence_last(f, k) && hw_is_unknown(f, k + 1) && !hw_is_comma(f, k + 1) &&
        !hw_marks_of(f, k) && may_stand_inside(f, k + 1))
        last = k + 1;
    *hw_push(f->a, &f->spans) = (hw_span){.first = k, .last = last, .type = HEWAL_LOC, .how = HW_AFTER_HEAD, .table = HW_NO_TABLE,
                                          .row = row, .entity = HEWAL_NONE, .confidence = 0.6f};
}

void hw_find_composed(hw_finder *f)
{
    int makes = hw_column(&f->heads, "makes");
    for (uint32_t i = 0; i < f->x->tokens.n; i++) {
        if (hw_tok(f, i)->kind != HW_WORD) continue;
        hw_match m[4];
        if (!hw_match_at(f->w, &f->heads_ix, i, m, 4)) continue;
        if (m[0].marks & (HW_M_PAST | HW_M_PRESENT)) continue;
        uint32_t row = f->heads_ix.posts[m[0].slot->first].row;
        const char *what = hw_cell(&f->heads, row, makes);
        if (!strcmp(what, "org") && m[0].last == i && is_title(f, i, row)) continue;
        if (!strcmp(what, "org")) organisation(f, i, m[0].last, row);
        else if (!strcmp(what, "place")) announced(f, m[0].last, row);
    }
}
