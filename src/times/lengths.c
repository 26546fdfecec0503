/* In: numbers and units. Out: lengths of time («90 roj», «sall u nîwêk»), repetitions («hemû heynîyek»), and what is so
 * many units ago or later. */
#include "times/dating.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { YEARS, MONTHS, WEEKS, DAYS, HOURS, MINUTES, SECONDS, N_UNITS };

typedef struct {
    double n[N_UNITS];
    int last;     /* the unit read last; -1 for none */
    bool unknown; /* «çend» */
} length;

static int unit_of(const char *v, double *times)
{
    static const char *const names[] = {"Y", "M", "W", "D", "H", "MIN", "S"};
    *times = 1;
    for (int k = 0; k < N_UNITS; k++)
        if (!strcmp(v, names[k])) return k;
    *times = !strcmp(v, "DE") ? 10 : 100;
    return YEARS;
}

static void add_half(length *l)
{
    static const struct { int unit; double n; } half[] = {{MONTHS, 6}, {MONTHS, 0.5}, {WEEKS, 0.5}, {HOURS, 12}, {MINUTES, 30}, {SECONDS, 30}, {SECONDS, 0.5}};
    l->n[half[l->last].unit] += half[l->last].n;
}

static const char *spelled(hw_arena *a, const length *l)
{
    static const char letter[] = "YMWDHMS";
    if (l->unknown) return hw_sprintf(a, l->last >= HOURS ? "PTX%c" : "PX%c", letter[l->last]);
    char buf[160] = "P";
    size_t n = 1;
    for (int k = 0; k < N_UNITS; k++) {
        if (k >= HOURS && l->n[k] > 0 && !strchr(buf, 'T')) n += (size_t)snprintf(buf + n, sizeof buf - n, "T");
        if (l->n[k] > 0) n += (size_t)snprintf(buf + n, sizeof buf - n, "%.10g%c", l->n[k], letter[k]);
    }
    return hw_strdup(a, n > 1 ? buf : hw_sprintf(a, l->last >= HOURS ? "PT0%c" : "P0%c", letter[l->last]));
}

/* A number and a unit at i; the token after them, 0 for none. */
static uint32_t read_one(const hw_dating *d, uint32_t i, length *l)
{
    hw_counted c;
    uint32_t unit = i;
    double n = 1, times;
    bool several = hw_lex_is(d, i, HW_L_SEVERAL), number = false;
    if (several) unit = hw_lex(d, i)->last + 1;
    else if ((number = hw_dt_number(d, i, &c)) != false) unit = c.next;
    if (number && (c.rank || c.link || c.ended)) return 0;
    if ((several || number) && !hw_dt_joined(d, unit)) return 0;
    const hw_lexeme *u = hw_lex(d, unit);
    if (u->cls != HW_L_UNIT || !strcmp(u->value, "SE")) return 0;
    if (!several && !number && !(u->marks & HW_M_INDEF)) {
        bool half = hw_dt_joined(d, u->last + 1) && hw_lex_is(d, u->last + 1, HW_L_HALF); /* «sall u nîwêk» */
        if (!half) return 0;
    }
    if (number) n = c.n.value;
    l->last = unit_of(u->value, &times);
    if (several) l->unknown = true;
    else l->n[l->last] += n * times;
    if (!several && l->last == HOURS && n == 0.5) l->n[HOURS] -= n, l->n[MINUTES] += 30;
    return u->last + 1;
}

/* «rojêk» is mostly some day: it is a length before «dway», «lemewber» or after «mawey». */
static bool is_some_day(const hw_dating *d, uint32_t i, uint32_t next)
{
    if (!hw_lex_is(d, i, HW_L_UNIT) || !hw_dt_unit(d, i, "D")) return false;
    if (hw_dt_joined(d, next) && (hw_lex_is(d, next, HW_L_BEFORE) || hw_lex_is(d, next, HW_L_AGO) || hw_lex_is(d, next, HW_L_HALF))) return false;
    return !(i > 0 && hw_dt_joined(d, i) && hw_lex_is(d, i - 1, HW_L_LEAD));
}

/* «hemû sê hefte carêk», «hemû rojêk», «hemû heynîyek». */
static uint32_t read_every(const hw_dating *d, uint32_t i, hw_expr *e)
{
    length l = {.last = -1};
    uint32_t p = hw_lex(d, i)->last + 1, next;
    if (!hw_dt_joined(d, p) || (hw_lex(d, p)->marks & HW_M_DEF)) return 0;
    const hw_lexeme *k = hw_lex(d, p);
    e->fixed_type = HEWAL_SET;
    if (k->cls == HW_L_WEEKDAY) {
        e->fixed = hw_sprintf(d->a, "XXXX-WXX-%s", k->value);
        return k->last + 1;
    }
    if (k->cls == HW_L_PART && (k->marks & (HW_M_INDEF | HW_M_PLURAL)) && k->value[0] != '1' && k->value[0] != '2') {
        e->fixed = hw_sprintf(d->a, "XXXX-XX-XXT%s", k->value);
        return k->last + 1;
    }
    if (k->cls == HW_L_UNIT && !(k->marks & HW_M_INDEF) && !(k->marks & HW_M_POSS)) {
        double times;
        l.last = unit_of(k->value, &times);
        l.n[l.last] = times;
        next = k->last + 1;
    } else if (!(next = read_one(d, p, &l)) || l.unknown) {
        return 0;
    }
    e->fixed = spelled(d->a, &l);
    return next;
}

static uint32_t of_count(hw_expr *e, const length *l, char from, uint32_t next)
{
    e->count = l->n[l->last] < 10000 ? (int)l->n[l->last] : 10000;
    e->count_unit = "YMWDHHH"[l->last];
    e->count_from = from;
    return next;
}

uint32_t hw_dt_length(const hw_dating *d, uint32_t i, hw_expr *e)
{
    length l = {.last = -1};
    const hw_lexeme *first = hw_lex(d, i);
    if (first->cls == HW_L_SET) {
        if (i > 0 && hw_lex_is(d, i - 1, HW_L_THIS)) return 0; /* «ew rojane» */
        e->fixed = first->value;
        e->fixed_type = HEWAL_SET;
        return first->last + 1;
    }
    if (first->cls == HW_L_EVERY) return read_every(d, i, e);
    bool before = first->cls == HW_L_BEFORE && !strcmp(first->value, "before");
    uint32_t p = before ? first->last + 1 : i, next;
    if (before && !hw_dt_joined(d, p)) return 0;
    e->fixed_type = HEWAL_DURATION;
    /* «heftekanî dahatû» */
    if (!before && first->cls == HW_L_UNIT && (first->marks & HW_M_PLURAL) && hw_dt_joined(d, first->last + 1) &&
        hw_lex_is(d, first->last + 1, HW_L_WHICH) && strcmp(first->value, "SE")) {
        double times;
        l.last = unit_of(first->value, &times);
        l.unknown = true;
        e->fixed = spelled(d->a, &l);
        return hw_lex(d, first->last + 1)->last + 1;
    }
    next = read_one(d, p, &l);
    if (!next || (p == i && first->cls == HW_L_UNIT && is_some_day(d, i, next))) return 0;
    for (int k = 0; k < 4 && hw_number_and(&d->numbers, d->w, next) && hw_dt_joined(d, next) && hw_dt_joined(d, next + 1); k++) {
        length more = l;
        uint32_t after = hw_lex_is(d, next + 1, HW_L_UNIT) ? 0 : read_one(d, next + 1, &more);
        if (!after || more.last <= l.last || more.unknown) break;
        l = more;
        next = after;
    }
    if (hw_dt_joined(d, next) && hw_lex_is(d, next, HW_L_HALF) && !l.unknown) {
        add_half(&l);
        next = hw_lex(d, next)->last + 1;
    }
    e->fixed = spelled(d->a, &l);
    if (!hw_dt_joined(d, next)) return before && !l.unknown ? of_count(e, &l, 'a', next) : next;
    const hw_lexeme *after = hw_lex(d, next);
    if (after->cls == HW_L_WHICH && strcmp(after->value, "before")) return after->last + 1;
    if (after->cls == HW_L_AGO && after->value[0] == 'l' && (hw_dt_marks(d, next - 1) & HW_M_IZAFE)) return after->last + 1; /* «21 rojî dwatir» */
    if (after->cls == HW_L_AGO && !l.unknown) return of_count(e, &l, after->value[0], after->last + 1);
    return before && !l.unknown ? of_count(e, &l, 'a', next) : before ? 0 : next;
}
