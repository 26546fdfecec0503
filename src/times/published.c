/* In: expressions of time, and what is known beside the text. Out: the day the article is of: as given, else as the text
 * itself fixes it (the lines of posts, a dateline, «emrro yekşemme 17-5-2020»). */
#include "times/dating.h"

#include <string.h>

static int lunar_year_in(int year, int month)
{
    int guess = (year - 622) * 33 / 32 + 1;
    for (int y = guess - 2; y <= guess + 2; y++)
        if (hw_gregorian(hw_day_of('h', (hw_date){y, month, 1})).year == year) return y;
    return guess;
}

/* The year of e in the calendar of its month. */
static int own_year(const hw_dating *d, const hw_expr *e)
{
    int y = e->year;
    if (e->calendar == 's') {
        if (y < 100) return y < 20 ? 1400 + y : 1300 + y;
        if (e->era == 'k' || (y >= 2600 && y < 2900)) return y - 1321;
        return y < 1700 ? y : e->month <= 10 ? y - 621 : y - 622;
    }
    if (e->calendar == 'h') return y < 1700 ? y : lunar_year_in(y, e->month ? e->month : 1);
    if (y < 100) return y < 50 ? 2000 + y : 1900 + y;
    (void)d;
    return y;
}

bool hw_dt_full_date(const hw_dating *d, const hw_expr *e, int32_t *day)
{
    if (!e->year || !e->month || !e->day || e->fixed) return false;
    char c = e->calendar == 'e' ? 'g' : (char)e->calendar;
    hw_date date = {own_year(d, e), e->month, e->day};
    if (!hw_date_exists(c, date)) return false;
    *day = hw_day_of(c, date);
    return true;
}

/* «hewlêr, 26î temmuzî 2021 (…)», «waşintin, 8î kanûnî yekemî 1987 -»: near the beginning of a paragraph among the first. */
static bool is_dateline(const hw_dating *d, const hw_expr *e)
{
    uint32_t s = hw_dt_tok(d, e->first)->sentence, from = d->x->sentences.v[s].first, next = e->last + 1;
    if (d->x->sentences.v[s].paragraph > 3 || e->first == from || e->first - from > 6 || next >= d->x->tokens.n) return false;
    if (!hw_dt_comma(d, e->first - 1) && !hw_dt_mark(d, e->first - 1, "-") && !hw_dt_mark(d, e->first - 1, "/")) return false;
    return hw_dt_mark(d, next, "(") || hw_dt_mark(d, next, "-") || hw_dt_mark(d, next, "–") || hw_dt_mark(d, next, "—") || hw_dt_mark(d, next, "\u0640");
}

/* «emrro şemme 23î xakelêwe»: the first year, from the latest that the text speaks of, in which that day is that weekday. */
static bool by_weekday(const hw_dating *d, const hw_expr *e, int32_t latest, int32_t *day)
{
    if (!e->weekday || !e->month || !e->day || e->year || latest == INT32_MIN) return false;
    hw_date last = hw_gregorian(latest);
    for (int k = 0; k <= 6; k++) {
        hw_expr t = *e;
        t.year = t.calendar == 's' ? last.year - 622 + k : last.year + k;
        if (hw_dt_full_date(d, &t, day) && *day >= latest && hw_weekday(*day) == e->weekday) return true;
    }
    return false;
}

static void infer(hw_dating *d)
{
    int32_t latest = INT32_MIN, post = INT32_MIN, day;
    for (uint32_t i = 0; i < d->exprs.n; i++) {
        const hw_expr *e = &d->exprs.v[i];
        if (!hw_dt_full_date(d, e, &day)) continue;
        if (e->calendar == 'e' && day > post) post = day;
        if (day > latest) latest = day;
    }
    if (post != INT32_MIN) {
        d->known = true;
        d->today = post;
        return;
    }
    for (uint32_t i = 0; i < d->exprs.n; i++) {
        const hw_expr *e = &d->exprs.v[i];
        bool full = hw_dt_full_date(d, e, &day), near = e->rel_day != HW_REL_NONE && hw_dt_tok(d, e->first)->quotation == 0;
        if (full && near) day -= e->rel_day;
        else if (full ? !is_dateline(d, e) : !(near && e->rel_day == 0 && by_weekday(d, e, latest, &day))) continue;
        d->today = d->known && d->today > day ? d->today : day;
        d->known = true;
    }
}

static int digits(const char *s, int n)
{
    int v = 0;
    for (int k = 0; k < n; k++) v = v * 10 + (s[k] - '0');
    return v;
}

void hw_dt_publish(hw_dating *d, const hewal_meta *meta)
{
    if (meta && meta->published && strlen(meta->published) >= 10) {
        hw_date date = {digits(meta->published, 4), digits(meta->published + 5, 2), digits(meta->published + 8, 2)};
        d->out->published = hw_strndup(d->a, meta->published, 10);
        d->known = hw_date_exists('g', date);
        if (d->known) d->today = hw_day_of('g', date);
        return;
    }
    infer(d);
    if (!d->known) return;
    hw_date t = hw_gregorian(d->today);
    d->out->published = hw_sprintf(d->a, "%04d-%02d-%02d", t.year, t.month, t.day);
    d->out->inferred = true;
}
