/* In: expressions of time, the article's day. Out: their TIMEX3 values, unknown parts as X. What an expression does not
 * say is taken from the article's day, from the day spoken of before it, or for a time of day from its sentence. */
#include "times/dating.h"

#include <stdlib.h>
#include <string.h>

typedef struct { /* what is known of a point in time: 0 is unknown */
    int year, month, day;
    int week, weekday;
    char level; /* D M W Y, 0: nothing at all */
} point;

typedef struct {
    hw_dating *d;
    point spoken;         /* the day, month or year last spoken of outside quotation marks */
    uint32_t spoken_at;   /* its sentence */
    point last;           /* the last day of the sentence `last_at`, also inside quotations */
    uint32_t last_at, last_token;
    const char *last_part;
    int years[13][32];    /* of full dates in the text: 0 none, -1 several */
} resolver;

enum { NOMINAL_SOLAR = 1399 }; /* turns a day of the solar calendar into one of ours where nothing tells the year */

static point point_of(int32_t day)
{
    hw_date g = hw_gregorian(day);
    return (point){.year = g.year, .month = g.month, .day = g.day, .level = 'D'};
}

static bool is_day(const point *p) { return p->level == 'D' && p->year && p->month && p->day; }
static int32_t day_of(const point *p) { return hw_day_of('g', (hw_date){p->year, p->month, p->day}); }

/* The day that «emrro» is at token i: inside a quotation the day its sentence speaks of, which is when it was said. */
static bool today_at(const resolver *r, uint32_t i, int32_t *day)
{
    const hw_token *t = hw_dt_tok(r->d, i);
    *day = r->d->today;
    bool fresh = r->d->known && is_day(&r->spoken) && *day - day_of(&r->spoken) <= 2 && t->sentence - r->spoken_at <= 8;
    bool near = fresh || t->sentence - r->spoken_at <= 2 || r->d->x->sentences.v[t->sentence].paragraph == r->d->x->sentences.v[r->spoken_at].paragraph;
    if (t->quotation && is_day(&r->spoken) && near && (!r->d->known || day_of(&r->spoken) <= *day)) {
        *day = day_of(&r->spoken);
        return true;
    }
    return r->d->known;
}

/* Whether the sentence speaks of what is yet to come: by a word like «birryare», else by the verb after the expression. */
static bool is_ahead(const resolver *r, const hw_expr *e)
{
    const hw_sentence *s = &r->d->x->sentences.v[hw_dt_tok(r->d, e->first)->sentence];
    uint32_t from = e->first > s->first + 12 ? e->first - 12 : s->first;
    for (uint32_t i = from; i < e->first; i++)
        if (hw_lex_is(r->d, i, HW_L_AHEAD)) return true;
    for (uint32_t i = e->last + 1; i <= s->last && i < e->last + 40; i++) {
        const hw_word *w = &r->d->w->v[i];
        if (!w->n || w->analyses[0].upos != HW_VERB) continue;
        uint32_t m = w->analyses[0].marks;
        if (m & (HW_M_PAST | HW_M_PERFECT | HW_M_PLUPERFECT)) return false;
        if (m & HW_M_PRESENT) return true;
    }
    return false;
}

/* The year in which month and day lie nearest to today. */
static int nearest_year(int32_t today, char calendar, hw_date date, bool ahead)
{
    int32_t diff = hw_day_of(calendar, date) - today;
    if (diff > 183) return date.year - 1;
    if (diff < -183 && ahead) return date.year + 1;
    return date.year;
}

static int year_now(int32_t today, char calendar)
{
    hw_date g = hw_gregorian(today);
    if (calendar == 's') return hw_day_of('s', (hw_date){g.year - 621, 1, 1}) <= today ? g.year - 621 : g.year - 622;
    if (calendar == 'h') {
        int y = (g.year - 622) * 33 / 32 + 2;
        while (hw_day_of('h', (hw_date){y, 1, 1}) > today) y--;
        return y;
    }
    return g.year;
}

/* The year of another calendar that a point in time lies in. */
static int year_of_point(const point *p, char calendar)
{
    return year_now(hw_day_of('g', (hw_date){p->year, p->month ? p->month : 7, p->day ? p->day : 1}), calendar);
}

static void shift_months(point *p, int by)
{
    int m = p->year * 12 + p->month - 1 + by;
    p->year = m / 12;
    p->month = m % 12 + 1;
}

/* ---- month and day ---- */
/* A month of another calendar without a day: ours that holds most of it. */
static point month_point(char calendar, int year, int month)
{
    point p = point_of(hw_day_of(calendar, (hw_date){year, month, 15}));
    p.day = 0;
    p.level = 'M';
    return p;
}

static bool resolve_month(resolver *r, const hw_expr *e, point *p)
{
    char c = e->calendar == 'e' ? 'g' : (char)e->calendar;
    int32_t today = 0, day;
    bool known = today_at(r, e->first, &today), sure = false;
    hw_date date = {0, e->month, e->day ? e->day : 15};
    if (e->year) {
        hw_expr t = *e;
        t.day = date.day;
        if (!hw_dt_full_date(r->d, &t, &day)) {
            if (!e->day || e->day < 29) return false;
            t.day = 28;
            if (!hw_dt_full_date(r->d, &t, &day)) return false;
        }
        *p = e->day ? point_of(day) : (point){0};
        if (!e->day) {
            hw_date g = hw_gregorian(day);
            *p = (point){.year = g.year, .month = g.month, .level = 'M'};
        }
        return true;
    }
    if (e->rel_year != HW_REL_NONE && known) date.year = year_now(today, c) + e->rel_year;
    else if (e->back && r->spoken.year) date.year = c == 'g' ? r->spoken.year : year_of_point(&r->spoken, c), sure = true;
    else if (known) {
        date.year = year_now(today, c);
        date.year = nearest_year(today, c, date, is_ahead(r, e));
    }
    if (e->weekday && e->day && date.year && !sure) { /* the weekday tells when the year is another one */
        for (int k = 0; k < 4; k++) {
            hw_date t = {date.year - k, date.month, date.day};
            if (hw_date_exists(c, t) && hw_weekday(hw_day_of(c, t)) == e->weekday) {
                date.year = t.year;
                break;
            }
        }
    }
    if (c == 'g') {
        if (!date.year && e->day) date.year = r->years[e->month][e->day] > 0 ? r->years[e->month][e->day] : 0;
        if (e->day > hw_month_days(2000, e->month)) return false;
        *p = (point){.year = date.year, .month = e->month, .day = e->day, .level = e->day ? 'D' : 'M'};
        return true;
    }
    bool nominal = !date.year;
    if (nominal && c == 'h') {
        *p = (point){.level = e->day ? 'D' : 'M'};
        return true;
    }
    if (nominal) date.year = NOMINAL_SOLAR;
    for (int k = 0; nominal && e->weekday && e->day && k < 7; k++) {
        hw_date t = {NOMINAL_SOLAR + (k % 2 ? -(k + 1) / 2 : k / 2), date.month, date.day};
        if (hw_weekday(hw_day_of(c, t)) != e->weekday) continue;
        date.year = t.year;
        break;
    }
    if (!hw_date_exists(c, date)) return false;
    *p = e->day ? point_of(hw_day_of(c, date)) : month_point(c, date.year, date.month);
    if (c == 'h' && !e->day) p->month = 0;
    if (nominal) p->year = 0;
    return true;
}

/* ---- days by their distance ---- */
static bool resolve_back(resolver *r, const hw_expr *e, point *p)
{
    const point *s = &r->spoken;
    switch (e->back_unit) {
    case 'D':
        if (is_day(&r->last) && r->last_at == hw_dt_tok(r->d, e->first)->sentence && e->back != 'b') s = &r->last;
        if (!is_day(s)) return false;
        *p = e->back == 'b' ? point_of(day_of(s) - 1) : *s;
        return true;
    case 'M':
        if (!s->month || (!s->year && e->back == 'b')) return false;
        *p = (point){.year = s->year, .month = s->month, .day = e->day, .level = e->day ? 'D' : 'M'};
        if (e->back == 'b') shift_months(p, -1);
        return true;
    default:
        if (!s->year) return false;
        *p = (point){.year = s->year - (e->back == 'b'), .level = 'Y'};
        return true;
    }
}

static void resolve_weekday(resolver *r, const hw_expr *e, point *p)
{
    int32_t today;
    *p = (point){.weekday = e->weekday, .level = 'D'};
    if (!today_at(r, e->first, &today)) return;
    int now = hw_weekday(today), past = (now - e->weekday + 7) % 7, ahead = (e->weekday - now + 7) % 7;
    int32_t day;
    if (e->rel_week != HW_REL_NONE) day = today - now + e->weekday + 7 * e->rel_week;
    else if (e->which == 'p') day = today - (past ? past : 7);
    else if (e->which == 'n') day = today + (ahead ? ahead : 7);
    else day = is_ahead(r, e) ? today + ahead : today - past;
    *p = point_of(day);
}

static bool resolve_count(resolver *r, hw_expr *e, point *p)
{
    int32_t today;
    point from = {0};
    bool known = today_at(r, e->first, &today);
    int n = e->count_from == 'l' ? e->count : -e->count;
    if (e->count_from == 'l') from = r->spoken;
    else if (e->count_unit == 'H' && is_day(&r->spoken) && (!known || (today - day_of(&r->spoken) < 4 && today >= day_of(&r->spoken)))) from = r->spoken;
    else if (known) from = point_of(today);
    if (e->count_unit == 'H') { /* the value tells the day */
        if (!is_day(&from)) return false;
        *p = from;
        e->type = HEWAL_TIME;
        return true;
    }
    *p = (point){.level = e->count_unit};
    if (e->count_unit == 'Y' && from.year) {
        p->year = from.year + n;
        return p->year > 0;
    }
    if (e->count_unit == 'M' && from.year && from.month) {
        *p = (point){.year = from.year, .month = from.month, .level = 'M'};
        shift_months(p, n);
        return p->year > 0;
    }
    if (!is_day(&from)) return e->count_from == 'a';
    int32_t day = day_of(&from) + (e->count_unit == 'W' ? 7 * n : n);
    *p = point_of(day);
    if (e->count_unit == 'W') *p = (point){.week = hw_iso_week(day, &p->year), .level = 'W', .year = p->year};
    return true;
}

static bool resolve_point(resolver *r, hw_expr *e, point *p)
{
    int32_t today;
    bool known = today_at(r, e->first, &today);
    *p = (point){0};
    if (e->festival) {
        if (!strcmp(e->festival, "XX")) {
            p->level = 'Y';
            return true;
        }
        hw_expr t = *e;
        t.calendar = 'g';
        t.month = atoi(e->festival);
        t.day = atoi(e->festival + 3);
        return resolve_month(r, &t, p);
    }
    if (e->month) return resolve_month(r, e, p);
    if (e->back) return resolve_back(r, e, p);
    if (e->day) {
        *p = (point){.day = e->day, .level = 'D'};
        if (known) {
            hw_date g = hw_gregorian(today);
            p->year = g.year;
            p->month = g.month;
            shift_months(p, e->rel_month);
        }
        return true;
    }
    if (e->rel_day != HW_REL_NONE) {
        *p = known ? point_of(today + e->rel_day) : (point){.weekday = e->weekday, .level = 'D'};
        return true;
    }
    if (e->weekday) {
        resolve_weekday(r, e, p);
        return true;
    }
    if (e->which) { /* «şewî rabirdû» */
        *p = known ? point_of(today - (e->which == 'p')) : (point){.level = 'D'};
        return true;
    }
    if (e->rel_week != HW_REL_NONE) {
        p->level = 'W';
        if (known) p->week = hw_iso_week(today + 7 * e->rel_week, &p->year);
        return true;
    }
    if (e->rel_month != HW_REL_NONE) {
        p->level = 'M';
        if (known) {
            hw_date g = hw_gregorian(today);
            *p = (point){.year = g.year, .month = g.month, .level = 'M'};
            shift_months(p, e->rel_month);
        }
        return true;
    }
    if (e->year) {
        hw_expr t = *e;
        bool solar = e->era == 's' || e->era == 'k' || (!e->era && e->year >= 1300 && e->year < 1450) || (e->year < 100 && r->d->solar);
        t.calendar = solar ? 's' : e->era == 'h' ? 'h' : 'g';
        t.month = t.day = 1;
        int32_t day;
        if (!hw_dt_full_date(r->d, &t, &day)) return false;
        *p = (point){.year = hw_gregorian(day).year, .level = 'Y'};
        return true;
    }
    if (e->rel_year != HW_REL_NONE) {
        p->level = 'Y';
        if (known) p->year = hw_gregorian(today).year + e->rel_year;
        return true;
    }
    return e->hour >= 0;
}

/* ---- writing ---- */
static const char *date_text(hw_arena *a, const point *p)
{
    const char *y = p->year ? hw_sprintf(a, "%04d", p->year) : "XXXX";
    switch (p->level) {
    case 'W': return p->week ? hw_sprintf(a, "%s-W%02d", y, p->week) : hw_sprintf(a, "%s-WXX", y);
    case 'Y': return y;
    case 'M': return p->month ? hw_sprintf(a, "%s-%02d", y, p->month) : hw_sprintf(a, "%s-XX", y);
    default: break;
    }
    if (!p->day && p->weekday) return hw_sprintf(a, "%s-WXX-%d", y, p->weekday);
    const char *m = p->month ? hw_sprintf(a, "%02d", p->month) : "XX";
    return p->day ? hw_sprintf(a, "%s-%s-%02d", y, m, p->day) : hw_sprintf(a, "%s-%s-XX", y, m);
}

/* «katjimêr 6î êware» is 18:00; midnight ends a day after «heta» and begins one elsewhere. */
static const char *clock_text(hw_arena *a, const hw_expr *e, const char *part)
{
    int h = e->hour;
    bool night = part && (!strcmp(part, "NI") || !strcmp(part, "24:00")), noon = part && !strcmp(part, "12:00");
    bool late = (part && (!strcmp(part, "EV") || !strcmp(part, "AF"))) || e->ampm == 'P';
    if (e->ampm == 'A' && h == 12) h = 0;
    else if (night && h == 12) h = e->to ? 24 : 0;
    else if ((late && h < 12) || (night && h >= 6 && h < 12) || (noon && h >= 1 && h <= 4)) h += 12;
    else if (e->news && !part && h >= 6 && h < 12 && !e->minute) h += 12;
    return hw_sprintf(a, "T%02d:%02d", h, e->minute);
}

static const char *century_text(resolver *r, const hw_expr *e)
{
    int32_t today;
    int c = e->century ? e->century - 1 : 19;
    if (e->centuries) {
        if (!today_at(r, e->first, &today)) {
            if (!e->decade) return "XXXX";
        } else {
            c = hw_gregorian(today).year / 100 + e->rel_year;
        }
    }
    return e->decade ? hw_sprintf(r->d->a, "%02d%dX", c, e->decade) : hw_sprintf(r->d->a, "%02dXX", c);
}

static void remember(resolver *r, const hw_expr *e, const point *p)
{
    const hw_token *t = hw_dt_tok(r->d, e->first);
    if (p->level == 'D') {
        r->last = *p;
        r->last_at = t->sentence;
        r->last_token = e->last;
    }
    if (e->part) r->last_part = e->part;
    if (t->quotation || !p->year || p->level == 'W') return;
    if (p->level == 'D' && e->month && (hw_dt_marks(r->d, e->last) & HW_M_ABL)) return; /* «le 29î nîsanewe» only says since when */
    r->spoken = *p;
    r->spoken_at = t->sentence;
}

/* A time of day without a day is on that of its sentence, else on the article's. */
static void borrow_day(resolver *r, const hw_expr *e, point *p)
{
    int32_t today;
    uint32_t s = hw_dt_tok(r->d, e->first)->sentence;
    if (p->level) return;
    if (r->last.level && r->last_at == s) *p = r->last;
    else if (today_at(r, e->first, &today)) *p = point_of(today);
    else p->level = 'D';
}

static bool resolve_one(resolver *r, hw_expr *e)
{
    hw_arena *a = r->d->a;
    point p;
    if (e->count_unit && resolve_count(r, e, &p)) {
        if (e->type != HEWAL_TIME) e->type = HEWAL_DATE;
        e->value = date_text(a, &p);
        remember(r, e, &p);
        return true;
    }
    if (e->fixed) {
        e->type = e->fixed_type;
        e->value = e->fixed;
        return true;
    }
    if (e->repeated && e->weekday) {
        e->type = HEWAL_SET;
        e->value = hw_sprintf(a, e->part ? "XXXX-WXX-%dT%s" : "XXXX-WXX-%d", e->weekday, e->part ? e->part : "");
        return true;
    }
    e->type = HEWAL_DATE;
    if (e->decade || e->century || e->centuries) {
        e->value = century_text(r, e);
        return true;
    }
    if (e->repeated && e->year && !e->month) {
        e->value = hw_sprintf(a, "%03dX", e->year / 10);
        return true;
    }
    uint32_t s = hw_dt_tok(r->d, e->first)->sentence;
    bool bare_today = e->rel_day == 0 && !e->weekday && !e->month && !e->part && e->hour < 0;
    if (!resolve_point(r, e, &p)) return false;
    if (bare_today && !p.year) { /* «30î nîsanda (emrro)» */
        bool same = r->last.level && r->last_at == s && e->first - r->last_token <= 3;
        e->value = same ? date_text(a, &r->last) : "PRESENT_REF";
        return true;
    }
    if (e->season) {
        e->value = hw_sprintf(a, "%s-%s", date_text(a, &p), e->season);
        return true;
    }
    const char *part = e->part;
    if (e->hour >= 0 && !part && r->last_at == s && e->hour < 12) part = r->last_part;
    if (e->hour >= 0 || part) borrow_day(r, e, &p);
    e->value = date_text(a, &p);
    if (e->hour >= 0 || e->part) {
        e->type = HEWAL_TIME;
        e->value = hw_sprintf(a, "%s%s%s", e->value, e->hour < 0 ? "T" : "", e->hour < 0 ? e->part : clock_text(a, e, part));
    }
    if (r->last_at != s) r->last_part = NULL;
    remember(r, e, &p);
    return true;
}

/* «5î ḧuzeyran u 12î abî 2019»: the year stands with the last. */
static void share_years(hw_dating *d)
{
    for (uint32_t i = d->exprs.n; i-- > 1;) {
        const hw_expr *e = &d->exprs.v[i];
        hw_expr *b = &d->exprs.v[i - 1];
        bool apart = e->first > b->last + 1 && (hw_lex_is(d, b->last + 1, HW_L_AND) || hw_lex_is(d, b->last + 1, HW_L_RANGE) || hw_dt_comma(d, b->last + 1));
        if (!apart || e->first > b->last + 3 || !e->year || !e->month || !b->month || b->year || b->rel_year != HW_REL_NONE) continue;
        if (b->calendar != e->calendar || b->rel_day != HW_REL_NONE || b->month > e->month) continue;
        b->year = e->year;
        b->era = e->era;
    }
}

void hw_dt_resolve(hw_dating *d)
{
    resolver *r = HW_NEW(d->a, resolver);
    r->d = d;
    r->last_at = UINT32_MAX;
    share_years(d);
    for (uint32_t i = 0; i < d->exprs.n; i++) {
        int32_t day;
        if (!hw_dt_full_date(d, &d->exprs.v[i], &day)) continue;
        hw_date g = hw_gregorian(day);
        int *y = &r->years[g.month][g.day];
        *y = *y == 0 || *y == g.year ? g.year : -1;
    }
    for (uint32_t i = 0; i < d->exprs.n; i++) {
        hw_expr *e = &d->exprs.v[i];
        if (hw_dt_tok(d, e->first)->sentence != r->last_at) r->last_part = NULL;
        if (!resolve_one(r, e)) e->value = NULL;
    }
}
