/* In: words of time and numbers. Out: the parts of one expression («26î», «em mange», «katjimêr 6î êware»), joined where
 * they agree: a part that says again what another has said begins a new expression. */
#include "times/dating.h"

#include <stdlib.h>
#include <string.h>

void hw_expr_begin(hw_expr *e, uint32_t i)
{
    *e = (hw_expr){.first = i, .last = i, .rel_day = HW_REL_NONE, .rel_week = HW_REL_NONE, .rel_month = HW_REL_NONE,
                   .rel_year = HW_REL_NONE, .hour = -1, .minute = -1};
}

/* ---- joining parts ---- */
#define SAME_SLOT(f, none)                                                                                             \
    do {                                                                                                               \
        if (t->f != (none)) {                                                                                          \
            if (r.f != (none)) return false;                                                                           \
            r.f = t->f;                                                                                                \
        }                                                                                                              \
    } while (0)

static bool join(hw_expr *e, const hw_expr *t)
{
    hw_expr r = *e;
    SAME_SLOT(fixed, NULL);
    SAME_SLOT(year, 0);
    SAME_SLOT(month, 0);
    SAME_SLOT(day, 0);
    SAME_SLOT(rel_day, HW_REL_NONE);
    SAME_SLOT(rel_week, HW_REL_NONE);
    SAME_SLOT(rel_month, HW_REL_NONE);
    SAME_SLOT(back, 0);
    SAME_SLOT(weekday, 0);
    SAME_SLOT(which, 0);
    SAME_SLOT(hour, -1);
    SAME_SLOT(ampm, 0);
    SAME_SLOT(decade, 0);
    SAME_SLOT(century, 0);
    if (t->part && r.part && (t->rel_day != HW_REL_NONE || t->back)) { /* «nîweşewî emşew» */
        if (!strcmp(t->part, r.part) && e->rel_day != HW_REL_NONE) return false;
    } else {
        SAME_SLOT(part, NULL);
    }
    SAME_SLOT(season, NULL);
    SAME_SLOT(festival, NULL);
    if (r.festival && (r.month || r.weekday)) return false;
    if (t->rel_year != HW_REL_NONE && r.rel_year == HW_REL_NONE) r.rel_year = t->rel_year;
    if (t->month || t->year) {
        if (t->calendar) r.calendar = t->calendar;
        if (t->era) r.era = t->era;
    }
    if (t->back) r.back_unit = t->back_unit;
    if (t->hour >= 0) r.minute = t->minute;
    r.centuries |= t->centuries;
    r.repeated |= t->repeated;
    r.fixed_type = t->fixed ? t->fixed_type : r.fixed_type;
    *e = r;
    return true;
}

/* ---- small parts ---- */
static bool singular(const hw_lexeme *l) { return !(l->marks & (HW_M_PLURAL | HW_M_INDEF)); }

bool hw_dt_unit(const hw_dating *d, uint32_t i, const char *units)
{
    const hw_lexeme *l = hw_lex(d, i);
    if (l->cls != HW_L_UNIT) return false;
    size_t n = strlen(l->value);
    for (const char *p = units; (p = strstr(p, l->value)) != NULL; p += n)
        if ((p == units || p[-1] == ' ') && (p[n] == ' ' || !p[n])) return true;
    return false;
}

/* The word of class c right after token i's, on its line; 0 when there is none. */
static uint32_t then(const hw_dating *d, uint32_t next, hw_lex_class c)
{
    return hw_dt_joined(d, next) && hw_lex_is(d, next, c) ? next : 0;
}

static int8_t distance(const hw_dating *d, uint32_t i)
{
    const char *v = hw_lex(d, i)->value;
    return !strcmp(v, "past") ? -1 : !strcmp(v, "next") ? 1 : HW_REL_NONE;
}

/* A year in figures or words, with its era: «2015», «(2021)ی», «1357î hetawî», two figures only where `two`. */
static uint32_t read_year(const hw_dating *d, uint32_t i, bool two, hw_expr *t)
{
    hw_counted c;
    if (!hw_dt_joined(d, i) || !hw_dt_number(d, i, &c) || c.rank) return 0;
    bool four = c.n.figures == 4 && c.n.value >= 1000 && c.n.value < 3000;
    bool words = c.n.scaled && c.n.word && c.n.value >= 1900 && c.n.value < 2100;
    if (!four && !words && !(two && c.n.figures == 2)) return 0;
    t->year = (int)c.n.value;
    uint32_t era = then(d, c.next, HW_L_ERA);
    if (era) {
        t->era = (int8_t)hw_lex(d, era)->value[0];
        return hw_lex(d, era)->last + 1;
    }
    return c.next;
}

/* What a month or season may go on with: a year, «sallî 97», «emsall», «sallî rabirdû». Returns i when with none. */
static uint32_t read_of_year(const hw_dating *d, uint32_t i, hw_expr *t)
{
    if (!hw_dt_joined(d, i)) return i;
    uint32_t p = read_year(d, i, false, t);
    if (p) return p;
    if (hw_lex_is(d, i, HW_L_YEAR)) {
        t->rel_year = (int8_t)atoi(hw_lex(d, i)->value);
        return hw_lex(d, i)->last + 1;
    }
    if (!hw_dt_unit(d, i, "Y") || !singular(hw_lex(d, i))) return i;
    uint32_t next = hw_lex(d, i)->last + 1;
    if ((p = read_year(d, next, true, t)) != 0) return p;
    if (then(d, next, HW_L_WHICH) && distance(d, next) != HW_REL_NONE) {
        t->rel_year = distance(d, next);
        return hw_lex(d, next)->last + 1;
    }
    return i;
}

static void set_month(const hw_dating *d, uint32_t i, hw_expr *t)
{
    const char *v = hw_lex(d, i)->value;
    t->calendar = (int8_t)v[0];
    t->month = atoi(v + 1);
}

/* «mangî nîsan», «nîsan», with its year. */
static uint32_t read_month(const hw_dating *d, uint32_t i, hw_expr *t)
{
    uint32_t m = i;
    bool sure = false;
    if (hw_dt_unit(d, i, "M") && singular(hw_lex(d, i))) {
        m = then(d, hw_lex(d, i)->last + 1, HW_L_MONTH);
        if (!m) return 0;
        sure = true;
    }
    if (!hw_lex_is(d, m, HW_L_MONTH)) return 0;
    const hw_lexeme *l = hw_lex(d, m);
    set_month(d, m, t);
    uint32_t next = read_of_year(d, l->last + 1, t);
    if (next == l->last + 1 && then(d, next, HW_L_WHICH) && distance(d, next) != HW_REL_NONE) return hw_lex(d, next)->last + 1;
    if (next == l->last + 1 && !sure && (l->ambiguous || t->calendar == 'e')) return 0;
    return next;
}

/* «July 26,2021», «March 24, 2020», «February 12». */
static uint32_t read_english(const hw_dating *d, uint32_t i, hw_expr *t)
{
    hw_counted c;
    if (!hw_lex_is(d, i, HW_L_MONTH) || hw_lex(d, i)->value[0] != 'e') return 0;
    uint32_t next = i + 1 + hw_dt_mark(d, i + 1, ".");
    if (!hw_dt_joined(d, next) || hw_dt_tok(d, next)->kind != HW_NUMBER) return 0;
    const hw_token *day = hw_dt_tok(d, next); /* «26,2021» is no number with a fraction */
    if (day->number < 1 || day->number > 31) return read_month(d, i, t);
    set_month(d, i, t);
    t->day = (int)day->number;
    next++;
    uint32_t year = next + hw_dt_comma(d, next);
    if (hw_dt_joined(d, year) && hw_dt_number(d, year, &c) && c.n.figures == 4) {
        t->year = (int)c.n.value;
        return c.n.last + 1;
    }
    return next;
}

/* ---- days ---- */
static uint32_t read_numeric(const hw_dating *d, uint32_t i, hw_expr *t)
{
    if (i + 4 >= d->x->tokens.n) return 0;
    const hw_token *k = hw_dt_tok(d, i);
    for (uint32_t j = 0; j < 5; j++) {
        if (j && !(k[j].flags & HW_GLUED)) return 0;
        if (j % 2 == 0 && k[j].kind != HW_NUMBER) return 0;
    }
    char c = k[1].norm[0];
    if ((c != '-' && c != '/' && c != '.') || k[1].norm[1] || strcmp(k[1].norm, k[3].norm)) return 0;
    bool year_first = k[0].fold_len == 4, year_last = k[4].fold_len == 4 || (c == '/' && k[4].fold_len == 2);
    if (year_first == year_last || k[2].fold_len > 2 || k[year_first ? 4 : 0].fold_len > 2) return 0;
    int y = (int)k[year_first ? 0 : 4].number, m = (int)k[2].number, day = (int)k[year_first ? 4 : 0].number;
    if (y < 100) y += 2000;
    if (m > 12 && day <= 12) { /* month first */
        int swap = m;
        m = day;
        day = swap;
    }
    t->calendar = y >= 1300 && y < 1450 ? 's' : 'g';
    if (!hw_date_exists((char)t->calendar, (hw_date){y, m, day})) return 0;
    t->year = y;
    t->month = m;
    t->day = day;
    uint32_t next = i + 5;
    if (hw_dt_joined(d, next) && hw_lex_is(d, next, HW_L_ENDING) && (hw_dt_tok(d, next)->flags & HW_GLUED)) next++;
    return next;
}

/* «26ی» and what it is the 26th of. */
static uint32_t read_day(const hw_dating *d, uint32_t i, hw_expr *t)
{
    hw_counted c;
    if (!hw_dt_number(d, i, &c) || c.n.value < 1 || c.n.value > 31 || c.n.scaled || c.n.figures > 2) return 0;
    uint32_t p = c.next, last;
    if (!hw_dt_joined(d, p) || c.ended) return 0;
    if (i > 0 && hw_dt_joined(d, i) && !strcmp(hw_dt_counting(d, i - 1, &last), "label")) return 0;
    if (hw_lex_is(d, p, HW_L_MONTH) || (hw_dt_unit(d, p, "M") && singular(hw_lex(d, p)) && then(d, hw_lex(d, p)->last + 1, HW_L_MONTH))) {
        uint32_t m = hw_lex_is(d, p, HW_L_MONTH) ? p : hw_lex(d, p)->last + 1;
        if (!c.link && !c.rank && hw_lex(d, m)->ambiguous && c.n.word) return 0;
        set_month(d, m, t);
        t->day = (int)c.n.value;
        return read_of_year(d, hw_lex(d, m)->last + 1, t);
    }
    if (!c.link && !c.rank) return 0;
    hw_counted m; /* «24ی 4î emsall» */
    if (c.n.figures && hw_dt_tok(d, p)->kind == HW_NUMBER && hw_dt_number(d, p, &m) && m.n.figures && m.n.figures <= 2 && m.n.value >= 1 && m.n.value <= 12) {
        t->calendar = 'g';
        t->month = (int)m.n.value;
        t->day = (int)c.n.value;
        uint32_t next = read_of_year(d, m.next, t);
        return next > m.next || m.link || m.ended ? next : 0;
    }
    if (hw_lex_is(d, p, HW_L_THIS) && hw_dt_joined(d, hw_lex(d, p)->last + 1) && hw_dt_unit(d, hw_lex(d, p)->last + 1, "M")) {
        const char *v = hw_lex(d, p)->value;
        uint32_t unit = hw_lex(d, p)->last + 1;
        if (!strcmp(v, "this")) t->rel_month = 0;
        else t->back = (int8_t)v[0], t->back_unit = 'M';
        t->day = (int)c.n.value;
        return hw_lex(d, unit)->last + 1;
    }
    if (!hw_dt_unit(d, p, "M") || !singular(hw_lex(d, p))) return 0;
    t->day = (int)c.n.value;
    uint32_t next = hw_lex(d, p)->last + 1;
    if (then(d, next, HW_L_WHICH) && distance(d, next) != HW_REL_NONE) {
        t->rel_month = distance(d, next);
        return hw_lex(d, next)->last + 1;
    }
    t->rel_month = 0;
    return next;
}

/* «leser yekşemme», which says the same as the weekday before it. */
static uint32_t skip_eve(const hw_dating *d, uint32_t i)
{
    uint32_t last;
    if (hw_dt_joined(d, i) && !strcmp(hw_dt_counting(d, i, &last), "over") && then(d, last + 1, HW_L_WEEKDAY)) return hw_lex(d, last + 1)->last + 1;
    return i;
}

static uint32_t read_week(const hw_dating *d, uint32_t i, hw_expr *t);

static uint32_t read_weekday(const hw_dating *d, uint32_t i, hw_expr *t)
{
    if (!hw_lex_is(d, i, HW_L_WEEKDAY)) return 0;
    const hw_lexeme *l = hw_lex(d, i);
    t->weekday = (int8_t)atoi(l->value);
    t->repeated = (l->marks & HW_M_PLURAL) != 0;
    uint32_t next = skip_eve(d, l->last + 1);
    if (then(d, next, HW_L_WHICH) && distance(d, next) != HW_REL_NONE) {
        t->which = distance(d, next) < 0 ? 'p' : 'n';
        return hw_lex(d, next)->last + 1;
    }
    uint32_t week = hw_dt_joined(d, next) ? read_week(d, next, t) : 0;
    return week ? week : next;
}

/* «heftey dahatû», «em hefteye». */
static uint32_t read_week(const hw_dating *d, uint32_t i, hw_expr *t)
{
    uint32_t unit = hw_lex_is(d, i, HW_L_THIS) ? hw_lex(d, i)->last + 1 : i;
    if (!hw_dt_unit(d, unit, "W") || !singular(hw_lex(d, unit)) || (unit > i && !hw_dt_joined(d, unit))) return 0;
    uint32_t next = hw_lex(d, unit)->last + 1;
    if (unit > i) {
        if (strcmp(hw_lex(d, i)->value, "this")) return 0;
        t->rel_week = 0;
        return next;
    }
    if (!then(d, next, HW_L_WHICH) || distance(d, next) == HW_REL_NONE) return 0;
    t->rel_week = distance(d, next);
    return hw_lex(d, next)->last + 1;
}

/* «mangî rabirdû», «rojî pêştir», «sedey 21», «sallî 2020». */
static uint32_t read_unit(const hw_dating *d, uint32_t i, hw_expr *t)
{
    if (!hw_dt_unit(d, i, "D M Y C")) return 0;
    const hw_lexeme *l = hw_lex(d, i);
    uint32_t next = l->last + 1, p;
    hw_counted c;
    if (l->marks & HW_M_INDEF) return 0;
    if (l->value[0] == 'Y' && (p = read_year(d, next, true, t)) != 0) {
        if ((l->marks & HW_M_PLURAL) && t->year % 10 == 0) t->repeated = true; /* «sallanî 1990»: a decade, unless «و 1991» follows */
        return p;
    }
    if (l->marks & HW_M_PLURAL) return 0;
    if (l->value[0] == 'C' && hw_dt_joined(d, next) && hw_dt_number(d, next, &c) && c.n.value >= 1 && c.n.value <= 30) {
        t->century = (int16_t)c.n.value;
        return c.next;
    }
    if (!then(d, next, HW_L_WHICH)) return 0;
    int8_t by = distance(d, next);
    next = hw_lex(d, next)->last + 1;
    if (by == HW_REL_NONE) {
        if (l->value[0] == 'C') return 0;
        t->back = 'b';
        t->back_unit = (int8_t)l->value[0];
        return next;
    }
    if (l->value[0] == 'D') t->rel_day = by;
    else if (l->value[0] == 'M') t->rel_month = by;
    else t->rel_year = by, t->centuries = l->value[0] == 'C';
    return next;
}

/* «em mange», «lew salleda», «heman şew». */
static uint32_t read_this(const hw_dating *d, uint32_t i, hw_expr *t)
{
    if (!hw_lex_is(d, i, HW_L_THIS)) return 0;
    const char *v = hw_lex(d, i)->value;
    uint32_t p = hw_lex(d, i)->last + 1;
    const hw_lexeme *l = hw_lex(d, p);
    if (!hw_dt_joined(d, p) || !singular(l)) return 0;
    bool now = !strcmp(v, "this");
    if (l->cls == HW_L_PART && !(l->marks & HW_M_POSS)) {
        t->part = l->value;
        if (now) t->rel_day = 0;
        else t->back = (int8_t)v[0], t->back_unit = 'D';
        return l->last + 1;
    }
    if (!hw_dt_unit(d, p, "D M Y C")) return 0;
    if (!now) {
        if (l->value[0] == 'C') return 0;
        t->back = (int8_t)v[0];
        t->back_unit = (int8_t)l->value[0];
    } else if (l->value[0] == 'D') {
        t->rel_day = 0;
    } else if (l->value[0] == 'M') {
        t->rel_month = 0;
    } else {
        t->rel_year = 0;
        t->centuries = l->value[0] == 'C';
    }
    return l->last + 1;
}

/* ---- the time of day ---- */
/* «10», «8:33», «no u nîw» at i. */
uint32_t hw_dt_hour(const hw_dating *d, uint32_t i, hw_expr *t, bool *minutes)
{
    hw_counted c;
    *minutes = false;
    if (!hw_dt_number(d, i, &c) || c.rank || c.n.value < 0 || c.n.value > 24.5) return 0;
    const hw_token *k = hw_dt_tok(d, i);
    uint32_t colon = i + 1, min = i + 2;
    bool figures = k->kind == HW_NUMBER && min < d->x->tokens.n && (hw_dt_mark(d, colon, ":") || hw_dt_mark(d, colon, ".")) &&
                   (hw_dt_tok(d, colon)->flags & HW_GLUED) && (hw_dt_tok(d, min)->flags & HW_GLUED) &&
                   hw_dt_tok(d, min)->kind == HW_NUMBER && hw_dt_tok(d, min)->fold_len == 2;
    if (figures) {
        if (k->number > 24 || hw_dt_tok(d, min)->number > 59) return 0;
        t->hour = (int8_t)k->number;
        t->minute = (int8_t)hw_dt_tok(d, min)->number;
        *minutes = true;
        uint32_t next = min + 1;
        bool ending = hw_dt_joined(d, next) && hw_lex_is(d, next, HW_L_ENDING);
        return next + (ending && ((hw_dt_tok(d, next)->flags & HW_GLUED) || !strcmp(hw_lex(d, next)->value, "link")));
    }
    if (c.n.figures > 2) return 0;
    t->hour = (int8_t)c.n.value;
    t->minute = (int8_t)((c.n.value - (double)t->hour) * 60);
    hw_counted m;
    if (hw_number_and(&d->numbers, d->w, c.next) && hw_dt_joined(d, c.next + 1) && hw_dt_number(d, c.next + 1, &m) && m.n.value < 60 &&
        hw_dt_joined(d, m.next) && hw_dt_unit(d, m.next, "MIN")) {
        t->minute = (int8_t)m.n.value;
        return hw_lex(d, m.next)->last + 1;
    }
    return c.next;
}

static uint32_t read_clock(const hw_dating *d, uint32_t i, hw_expr *t)
{
    bool minutes;
    if (!hw_dt_unit(d, i, "H") || !singular(hw_lex(d, i))) return 0;
    uint32_t p = hw_lex(d, i)->last + 1;
    if (hw_dt_mark(d, p, ":")) p++;
    if (!hw_dt_joined(d, p)) return 0;
    uint32_t next = hw_dt_hour(d, p, t, &minutes);
    if (!next || (hw_dt_joined(d, next) && hw_dt_unit(d, next, "H MIN S"))) return 0;
    if (then(d, next, HW_L_LEAD) && !strcmp(hw_lex(d, next)->value, "zone")) next = hw_lex(d, next)->last + 1;
    return next;
}

/* Without «katjimêr»: «4î beyanî», «8:33 AM», «emşew 9:30». */
static uint32_t read_bare_clock(const hw_dating *d, uint32_t i, const hw_expr *e, hw_expr *t)
{
    bool minutes;
    uint32_t next = hw_dt_hour(d, i, t, &minutes);
    if (!next) return 0;
    bool dated = e->rel_day != HW_REL_NONE || e->weekday || e->day || e->part;
    if (hw_dt_joined(d, next) && hw_lex_is(d, next, HW_L_AMPM)) return next;
    if (minutes) return dated && hw_dt_mark(d, i + 1, ":") ? next : 0;
    hw_counted c;
    bool part = hw_dt_joined(d, next) && hw_lex_is(d, next, HW_L_PART) && !(hw_lex(d, next)->marks & (HW_M_PLURAL | HW_M_POSS));
    return part && t->hour <= 12 && hw_dt_number(d, i, &c) && c.link ? next : 0;
}

static uint32_t read_part_of_day(const hw_dating *d, uint32_t i, hw_expr *t)
{
    const hw_lexeme *l = hw_lex(d, i);
    if (l->cls != HW_L_PART || (l->marks & HW_M_INDEF)) return 0;
    if ((l->marks & HW_M_POSS) && !(l->marks & HW_M_DEF)) return 0;
    t->part = l->value;
    if (l->marks & HW_M_PLURAL) t->repeated = true;
    else if (l->marks & HW_M_DEF) t->back = 's', t->back_unit = 'D'; /* «êwarekey» */
    uint32_t next = l->last + 1;
    if (!then(d, next, HW_L_WHICH) || t->repeated) return next;
    if (distance(d, next) == HW_REL_NONE) t->back = 'b', t->back_unit = 'D';
    else t->which = distance(d, next) < 0 ? 'p' : 'n';
    return hw_lex(d, next)->last + 1;
}

/* ---- other parts ---- */
static uint32_t read_word(const hw_dating *d, uint32_t i, const hw_expr *e, hw_expr *t)
{
    const hw_lexeme *l = hw_lex(d, i);
    uint32_t next = l->last + 1;
    switch (l->cls) {
    case HW_L_DAY: {
        char *rest;
        t->rel_day = (int8_t)strtol(l->value, &rest, 10);
        if (*rest == ' ') t->part = rest + 1;
        return next;
    }
    case HW_L_YEAR: t->rel_year = (int8_t)atoi(l->value); return next;
    case HW_L_AMPM:
        if (e->hour < 0) return 0;
        t->ampm = (int8_t)l->value[0];
        return next;
    case HW_L_FESTIVAL: t->festival = l->value; return read_of_year(d, next, t);
    case HW_L_SEASON: {
        t->season = l->value;
        uint32_t p = read_of_year(d, next, t);
        bool called = i > 0 && hw_dt_joined(d, i) && hw_dt_unit(d, i - 1, "SE");
        return p > next || called ? p : 0;
    }
    case HW_L_DECADE: {
        t->decade = (int8_t)atoi(l->value);
        uint32_t p = hw_dt_joined(d, next) && hw_dt_unit(d, next, "C") ? read_unit(d, next, t) : 0;
        return p ? p : next;
    }
    default: return 0;
    }
}

typedef uint32_t reader(const hw_dating *d, uint32_t i, hw_expr *t);

uint32_t hw_dt_part(const hw_dating *d, uint32_t i, hw_expr *e)
{
    static reader *const readers[] = {read_numeric, read_english, read_clock, read_day, read_month, read_weekday, read_week, read_unit,
                                      read_this, read_part_of_day};
    hw_expr t;
    uint32_t p = i, next;
    bool edge = false, days = false;
    for (int k = 0; k < 3; k++) { /* «rêkewtî», «kotayî», «rojî» before the date itself */
        hw_expr_begin(&t, p);
        if (hw_dt_unit(d, p, "D") && hw_dt_joined(d, hw_lex(d, p)->last + 1) && !(hw_lex(d, p)->marks & HW_M_INDEF)) {
            if (read_unit(d, p, &t)) break;
            days |= (hw_lex(d, p)->marks & HW_M_PLURAL) != 0;
        } else if (hw_lex_is(d, p, HW_L_EDGE)) {
            edge = true;
        } else if (!hw_lex_is(d, p, HW_L_LEAD) || strcmp(hw_lex(d, p)->value, "date")) {
            break;
        }
        uint32_t after = hw_lex(d, p)->last + 1;
        if (!hw_dt_joined(d, after)) break;
        p = after;
    }
    for (unsigned k = 0; k < sizeof readers / sizeof *readers; k++) {
        hw_expr_begin(&t, p);
        if ((next = readers[k](d, p, &t)) == 0) continue;
        t.repeated |= days && t.weekday && !t.day;
        if (p > i && !edge && !t.weekday && !t.day && t.rel_day == HW_REL_NONE && !t.back) return 0;
        return join(e, &t) ? next : 0;
    }
    hw_expr_begin(&t, p);
    next = read_bare_clock(d, p, e, &t);
    if (!next || p > i) {
        hw_expr_begin(&t, p);
        next = read_word(d, p, e, &t);
    }
    if (!next && edge) {
        hw_expr_begin(&t, p);
        next = read_year(d, p, false, &t);
    }
    if (!next || (p > i && !edge && t.rel_day == HW_REL_NONE && !t.festival)) return 0;
    return join(e, &t) ? next : 0;
}
