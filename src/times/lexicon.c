/* In: words. Out: for each token the word of time that begins there, and small questions about tokens. */
#include "times/dating.h"

#include <string.h>

static const char *const classes[] = {"", "month", "weekday", "festival", "part", "ampm", "day", "year", "unit", "which", "this",
    "lead", "edge", "of", "era", "season", "decade", "set", "every", "several", "half", "ago", "before", "range", "and", "ahead",
    "programme", "ending"};

static hw_lex_class class_of(const char *s)
{
    for (unsigned k = 1; k < sizeof classes / sizeof *classes; k++)
        if (!strcmp(s, classes[k])) return (hw_lex_class)k;
    return HW_L_NONE;
}

/* What may be taken off a word of each class. */
static bool may_carry(hw_lex_class c, uint32_t marks)
{
    const uint32_t verbal = HW_M_PAST | HW_M_PRESENT | HW_M_SUBJUNCTIVE | HW_M_INFINITIVE | HW_M_NEG | HW_M_PASSIVE | HW_M_AGENT | HW_M_IMPERATIVE;
    if (marks & (marks & HW_M_COPULA ? verbal & ~(uint32_t)HW_M_PRESENT : verbal)) return false;
    switch (c) {
    case HW_L_MONTH: return !(marks & (HW_M_PLURAL | HW_M_INDEF | HW_M_POSS));
    case HW_L_THIS: case HW_L_OF: case HW_L_AND: case HW_L_RANGE: case HW_L_BEFORE: case HW_L_SEVERAL: case HW_L_EVERY:
    case HW_L_AMPM: return marks == 0;
    case HW_L_YEAR: return !(marks & (HW_M_PLURAL | HW_M_INDEF | HW_M_DEF | HW_M_POSS | HW_M_OBLIQUE | HW_M_COPULA));
    case HW_L_AGO: case HW_L_WHICH: return !(marks & (HW_M_PLURAL | HW_M_INDEF));
    default: return true;
    }
}

static bool in_person(const hw_dating *d, uint32_t i)
{
    int32_t m = d->names && d->names->mention_at ? d->names->mention_at[i] : HEWAL_NONE;
    return m != HEWAL_NONE && d->names->mentions.v[m].type == HEWAL_PER;
}

void hw_dt_look_up(hw_dating *d)
{
    uint32_t n = d->x->tokens.n;
    d->lex = HW_NEWS(d->a, hw_lexeme, n + 1);
    for (uint32_t i = 0; i < n; i++) {
        const hw_token *t = hw_dt_tok(d, i);
        hw_match m[4];
        uint32_t last;
        if ((t->kind != HW_WORD && t->kind != HW_LATIN) || (t->flags & HW_JUNK)) continue;
        unsigned k = hw_match_at(d->w, &d->index, i, m, 4);
        for (unsigned j = 0; j < k; j++) {
            const hw_post *p = &d->index.posts[m[j].slot->first];
            hw_lex_class c = class_of(hw_cell(&d->table, p->row, d->cls));
            if (!may_carry(c, m[j].marks) || (in_person(d, i) && (c == HW_L_MONTH || c == HW_L_WEEKDAY || c == HW_L_DAY || c == HW_L_YEAR || c == HW_L_FESTIVAL))) continue;
            if (c == HW_L_UNIT && !strncmp(hw_dt_counting(d, i, &last), "percent", 7)) continue;
            if (d->lex[i].value && (c != HW_L_SET || m[j].last < d->lex[i].last)) continue; /* «rojaney» is no plural */
            d->lex[i] = (hw_lexeme){hw_cell(&d->table, p->row, d->value), m[j].last, m[j].marks, (uint8_t)c, p->ambiguous != 0};
            if (c == HW_L_MONTH && d->lex[i].value[0] == 's' && !p->ambiguous) d->solar = true;
        }
    }
}

bool hw_dt_joined(const hw_dating *d, uint32_t i)
{
    return i > 0 && i < d->x->tokens.n && hw_dt_tok(d, i)->sentence == hw_dt_tok(d, i - 1)->sentence &&
           !(hw_dt_tok(d, i)->flags & (HW_NEWLINE | HW_WIDE));
}

bool hw_dt_mark(const hw_dating *d, uint32_t i, const char *mark)
{
    return i < d->x->tokens.n && !strcmp(hw_dt_tok(d, i)->norm, mark);
}

bool hw_dt_comma(const hw_dating *d, uint32_t i)
{
    return hw_dt_mark(d, i, ",") || hw_dt_mark(d, i, "\xD8\x8C") /* the Arabic one */;
}

const char *hw_dt_counting(const hw_dating *d, uint32_t i, uint32_t *last)
{
    hw_match m;
    if (i >= d->x->tokens.n || !hw_match_at(d->w, &d->counting, i, &m, 1)) return "";
    uint32_t never = HW_M_PLURAL | HW_M_INDEF | HW_M_PAST | (m.marks & HW_M_COPULA ? 0 : HW_M_PRESENT);
    if (m.marks & never) return "";
    *last = m.last;
    const char *c = hw_cell(&d->counts, d->counting.posts[m.slot->first].row, d->counts_class);
    if (!strcmp(c, "label") && (m.marks & (HW_M_DEF | HW_M_POSS | HW_M_AGENT))) return "";
    return (m.marks & HW_M_COPULA) && strcmp(c, "percent-after") ? "" : c;
}

bool hw_dt_number(const hw_dating *d, uint32_t i, hw_counted *c)
{
    *c = (hw_counted){0};
    if (!hw_number_at(&d->numbers, d->w, i, &c->n)) return false;
    c->next = c->n.last + 1;
    c->rank = c->n.rank;
    c->link = (c->n.marks & HW_M_IZAFE) != 0;
    if (c->n.word && hw_dt_tok(d, c->n.last)->kind == HW_WORD) return true;
    if (!hw_dt_joined(d, c->next)) return true;
    const hw_lexeme *l = hw_lex(d, c->next);
    bool glued = (hw_dt_tok(d, c->next)->flags & HW_GLUED) != 0;
    if (l->cls != HW_L_ENDING || l->last != c->next || (!glued && strcmp(l->value, "link"))) return true;
    c->link = !strcmp(l->value, "link");
    c->rank = !strcmp(l->value, "rank");
    c->ended = !strcmp(l->value, "end");
    c->next++;
    return true;
}

uint32_t hw_dt_marks(const hw_dating *d, uint32_t i)
{
    const hw_word *w = &d->w->v[i];
    uint32_t marks = 0;
    for (uint32_t k = 0; k < w->n_forms; k++) marks |= w->forms[k].marks;
    return marks;
}
