/* In: the parts that read.c and lengths.c know. Out: whole expressions in running text, in order, none overlapping. */
#include "times/dating.h"

#include <string.h>

/* What must be there for an expression to be one. */
static bool is_whole(const hw_expr *e)
{
    bool rel = e->rel_day != HW_REL_NONE || e->rel_week != HW_REL_NONE || e->rel_month != HW_REL_NONE || e->rel_year != HW_REL_NONE;
    if (e->day && !e->month && e->rel_month == HW_REL_NONE && !e->back) return false;
    if (e->repeated && e->part && !e->weekday) return false;
    return e->fixed || e->month || e->year || rel || e->back || e->weekday || e->hour >= 0 || e->decade || e->century || e->season ||
           e->festival || (e->part && e->which);
}

/* What may stand between two parts of one expression: nothing, a comma, «le» before a time of day. The token where the
 * next part would begin. */
static uint32_t over_gap(const hw_dating *d, uint32_t p, const hw_expr *e)
{
    uint32_t q = p;
    bool comma = hw_dt_comma(d, q);
    if (comma || ((e->ampm || e->calendar == 'e') && (hw_dt_mark(d, q, "·") || hw_dt_mark(d, q, "-")))) q++;
    if (!hw_dt_joined(d, q) || !hw_lex_is(d, q, HW_L_OF)) return q;
    uint32_t next = hw_lex(d, q)->last + 1;
    if (e->calendar == 'e') return next;
    bool dated = e->rel_day != HW_REL_NONE || e->weekday;
    if (dated && !comma && (hw_dt_unit(d, next, "H") || hw_lex_is(d, next, HW_L_PART))) return next;
    if (comma && e->rel_year != HW_REL_NONE && (hw_dt_unit(d, next, "M") || hw_lex_is(d, next, HW_L_MONTH))) return next;
    return q;
}

static uint32_t read_whole(const hw_dating *d, uint32_t i, hw_expr *e)
{
    hw_expr_begin(e, i);
    uint32_t p = hw_dt_part(d, i, e), q;
    while (p) {
        e->last = p - 1;
        if (!hw_dt_joined(d, p) || !hw_dt_joined(d, q = over_gap(d, p, e))) break;
        hw_expr t = *e;
        p = hw_dt_part(d, q, &t);
        if (!p || (e->rel_day != HW_REL_NONE && t.year && !t.month) || (e->year && !e->month && t.rel_day != HW_REL_NONE)) break;
        *e = t;
    }
    return e->last >= i && is_whole(e) ? e->last + 1 : 0;
}

static bool is_between(const hw_dating *d, uint32_t i)
{
    return hw_lex_is(d, i, HW_L_AND) || hw_lex_is(d, i, HW_L_RANGE) || hw_dt_mark(d, i, "-") || hw_dt_mark(d, i, "–") ||
           hw_dt_mark(d, i, "/") || hw_dt_comma(d, i);
}

static hw_expr *push(hw_dating *d, const hw_expr *e)
{
    hw_expr *n = hw_push(d->a, &d->exprs);
    *n = *e;
    if (e->first > 0 && hw_dt_joined(d, e->first)) {
        uint32_t before = e->first - 1;
        n->to = hw_lex_is(d, before, HW_L_RANGE);
        n->news = hw_lex_is(d, before, HW_L_PROGRAMME);
    }
    return n;
}

/* «13 و 14î temmuz», «23-24î kanûnî duwemî 2017»: numbers that are days of the month named last. */
static uint32_t read_days(hw_dating *d, uint32_t i)
{
    uint32_t at[8], last[8], p = i;
    int day[8], n = 0;
    hw_expr e;
    hw_counted c;
    while (n < 8 && hw_dt_number(d, p, &c) && c.n.value >= 1 && c.n.value <= 31 && !c.n.scaled && c.n.figures <= 2 && !c.rank) {
        uint32_t sep = c.next;
        if (!hw_dt_joined(d, sep)) return 0;
        if (!is_between(d, sep)) break;
        at[n] = p;
        last[n] = c.next - 1;
        day[n++] = (int)c.n.value;
        p = sep + 1;
        if (!hw_dt_joined(d, p)) return 0;
    }
    if (!n || hw_lex_is(d, p, HW_L_UNIT)) return 0;
    uint32_t next = read_whole(d, p, &e);
    if (!next || !e.day) return 0;
    for (int k = 0; k < n; k++) {
        hw_expr one = e;
        one.first = at[k];
        one.last = last[k];
        one.day = day[k];
        one.weekday = 0;
        push(d, &one);
    }
    push(d, &e);
    return next;
}

/* «sallanî 2021 و 2022», «katjimêr 11:30 و 12:30»: what goes on after an expression with a year or a time of day. */
static uint32_t read_more(hw_dating *d, uint32_t next, const hw_expr *e)
{
    while (hw_dt_joined(d, next) && is_between(d, next) && hw_dt_joined(d, next + 1)) {
        hw_expr more = *e;
        hw_counted c;
        bool minutes;
        more.first = next + 1;
        if (e->year && !e->month && !e->season && !e->era && hw_dt_number(d, next + 1, &c) && c.n.figures == 4 && c.n.value >= 1900 && c.n.value < 2100) {
            more.year = (int)c.n.value;
            d->exprs.v[d->exprs.n - 1].repeated = false;
            more.repeated = false;
            next = c.next;
        } else if (e->hour >= 0) {
            hw_expr t;
            hw_expr_begin(&t, next + 1);
            uint32_t p = hw_dt_hour(d, next + 1, &t, &minutes);
            if (!p || !minutes) break;
            more.hour = t.hour;
            more.minute = t.minute;
            next = p;
        } else {
            break;
        }
        more.last = next - 1;
        push(d, &more);
    }
    return next;
}

/* A number that can only be a year: «budcey 2021», «le 2015 ta 2018». */
static uint32_t read_bare_year(const hw_dating *d, uint32_t i, hw_expr *e)
{
    hw_counted c;
    uint32_t last;
    if (!hw_dt_number(d, i, &c) || c.n.figures != 4 || c.rank || c.n.value < 1900 || c.n.value > 2035) return 0;
    bool in_line = hw_dt_joined(d, i), called = false;
    if (in_line) {
        const hw_token *t = hw_dt_tok(d, i - 1);
        if (t->kind == HW_NUMBER || t->kind == HW_LATIN || ((t->kind == HW_WORD || t->kind == HW_PUNCT) && (hw_dt_tok(d, i)->flags & HW_GLUED) && !c.n.bracket && t->kind == HW_WORD)) return 0;
        if (!strcmp(hw_dt_counting(d, i - 1, &last), "label")) return 0;
        called = (t->kind == HW_WORD && (hw_dt_marks(d, i - 1) & HW_M_IZAFE)) || hw_lex_is(d, i - 1, HW_L_OF) || hw_lex_is(d, i - 1, HW_L_RANGE) ||
                 hw_lex_is(d, i - 1, HW_L_EDGE) || hw_lex_is(d, i - 1, HW_L_BEFORE);
    }
    bool counts = false; /* a noun follows that it may count */
    if (hw_dt_joined(d, c.next) && !c.ended && !c.link) {
        const hw_token *t = hw_dt_tok(d, c.next);
        if (t->flags & HW_GLUED && (t->kind == HW_WORD || t->kind == HW_NUMBER || t->kind == HW_LATIN || t->kind == HW_SYMBOL)) return 0;
        if (t->kind == HW_NUMBER || !strncmp(hw_dt_counting(d, c.next, &last), "percent", 7)) return 0;
        bool between = is_between(d, c.next) || hw_lex_is(d, c.next, HW_L_OF);
        counts = (t->kind == HW_WORD || t->kind == HW_LATIN) && !between && strcmp(hw_dt_counting(d, c.next, &last), "no-unit");
        hw_upos u = d->w->v[c.next].n ? (hw_upos)d->w->v[c.next].analyses[0].upos : HW_X;
        if (u == HW_VERB || u == HW_AUX || u == HW_ADP || u == HW_CCONJ || u == HW_SCONJ || u == HW_PRON || u == HW_DET) counts = false;
    }
    if (counts && (!called || (int)c.n.value % 100 == 0)) return 0;
    if (!called && (c.n.bracket || c.link)) return 0;
    hw_expr_begin(e, i);
    e->year = (int)c.n.value;
    e->loose_year = true;
    e->last = c.next - 1;
    return c.next;
}

void hw_dt_find(hw_dating *d)
{
    for (uint32_t i = 0; i < d->x->tokens.n;) {
        hw_expr e;
        const hw_token *t = hw_dt_tok(d, i);
        uint32_t next = 0;
        bool number = t->kind == HW_NUMBER || hw_dt_mark(d, i, "(");
        if (t->flags & HW_JUNK || (!number && !hw_lex(d, i)->value && t->kind != HW_WORD)) {
            i++;
            continue;
        }
        if ((next = read_days(d, i)) == 0) {
            if ((next = read_whole(d, i, &e)) == 0) {
                hw_expr_begin(&e, i);
                if ((next = hw_dt_length(d, i, &e)) == 0 && number) next = read_bare_year(d, i, &e);
            }
            if (next) {
                e.last = next - 1;
                push(d, &e);
                next = read_more(d, next, &e);
            }
        }
        i = next ? next : i + 1;
    }
}
