/* In: a plan. Out: the articles that answer it, best first. */
#include "search/find.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

enum { LOOKED_IN_TITLE = 1000, TITLES = 20000, LOOKED_UP = 6000 /* articles with the words, where a condition must be looked up for each */, ENOUGH = 200 /* answers */, AGED = 200 /* the first so many are sorted by age, too */, MOST_MS = 1500 /* for conditions that no index helps with */ };

static const double NEWER = 0.06 /* how much more the newest weighs than what is very old */, YEARS = 4;

/* ---- one query to SQLite ------------------------------------------------------------------------------------------------------------ */

/* The condition with what stands for the article's number. */
static const char *with_number(hw_arena *a, const char *where, const char *number)
{
    const char *out = "";
    bool quoted = false;
    const char *from = where;
    for (const char *c = where; *c; c++) {
        if (*c == '\'') quoted = !quoted;
        if (*c != '@' || quoted) continue;
        out = hw_sprintf(a, "%s%.*s%s", out, (int)(c - from), from, number);
        from = c + 1;
    }
    return hw_sprintf(a, "%s%s", out, from);
}

sqlite3_stmt *hw_ask(hw_plan *p, hw_arena *a, const hw_branch *b, const char *fts, bool range, int64_t limit)
{
    const char *absent = fts ? NULL : hw_plan_absent(p, a, b), *where = with_number(a, b->where, fts && !b->joins ? "words.rowid" : "a.n"), *sql;
    sqlite3_stmt *st = NULL;
    if (fts)
        sql = hw_sprintf(a, "SELECT words.rowid, hw_rank(words, ?2) FROM words%s WHERE words MATCH ?1%s%s%s ORDER BY words.rowid DESC LIMIT %lld",
                         b->joins ? " CROSS JOIN articles a ON a.n = words.rowid" : "", range ? " AND words.rowid BETWEEN ?3 AND ?4" : "", *where ? " AND " : "", where, (long long)limit);
    else
        sql = hw_sprintf(a, "SELECT a.n, 0.0 FROM articles a WHERE %s%s%s ORDER BY a.date DESC, a.n DESC LIMIT %lld", *where ? where : "1",
                         absent ? " AND a.n NOT IN (SELECT rowid FROM words WHERE words MATCH ?1)" : "", range ? " AND a.n BETWEEN ?3 AND ?4" : "", (long long)limit);
    if (sqlite3_prepare_v2(p->s->db, sql, -1, &st, NULL) != SQLITE_OK) return NULL;
    if (fts || absent) sqlite3_bind_text(st, 1, fts ? fts : absent, -1, SQLITE_STATIC);
    if (fts) sqlite3_bind_pointer(st, 2, p, HW_PLAN_POINTER, NULL);
    return st;
}

/* ---- time ------------------------------------------------------------------------------------------------------------------------------ */

static int64_t now_ms(void)
{
    struct timespec t;
    clock_gettime(CLOCK_MONOTONIC, &t);
    return (int64_t)t.tv_sec * 1000 + t.tv_nsec / 1000000;
}

/* Conditions that no index helps with may not take for ever, within the limit that the handle has. */
typedef struct { bool had; int64_t until; } limit;

static limit set_limit(hw_store *s)
{
    limit was = {s->until || s->stop, s->until};
    int64_t mine = now_ms() + MOST_MS;
    if (!was.had) hw_store_limit(s, MOST_MS, NULL);
    else if (!s->until || mine < s->until) s->until = mine;
    return was;
}

static void reset_limit(hw_store *s, limit was)
{
    if (!was.had) {
        hw_store_limit(s, 0, NULL);
        return;
    }
    s->until = was.until;
    bool over = (was.until && now_ms() > was.until) || (s->stop && atomic_load(s->stop));
    if (!over) s->passed = false; /* what was found in the time is an answer */
}

/* ---- gathering ------------------------------------------------------------------------------------------------------------------------ */

typedef struct {
    hw_plan *p;
    hw_arena *a;
    const hw_search_options *o;
    hw_answer *out;
    hewal_error *err;
} finder;

typedef struct {
    int64_t from, to; /* articles; to 0: all */
    int64_t limit;
    int64_t oldest, n; /* of what was found */
} stretch;

/* Adds what a query finds in a stretch of the store. */
static hewal_status gather(finder *x, const hw_branch *b, const char *fts, bool loose, stretch *g)
{
    sqlite3_stmt *st = hw_ask(x->p, x->a, b, fts, g->to > 0, g->limit);
    int rc = SQLITE_ERROR;
    if (!st) return hw_store_fault(x->p->s, x->err);
    if (g->to > 0) {
        hw_bind_int(st, 3, g->from);
        hw_bind_int(st, 4, g->to);
    }
    for (g->n = 0; (rc = sqlite3_step(st)) == SQLITE_ROW; g->n++) {
        g->oldest = sqlite3_column_int64(st, 0);
        if (sqlite3_column_type(st, 1) == SQLITE_NULL) continue;
        *(hw_found *)hw_push(x->a, &x->out->v) = (hw_found){.article = g->oldest, .score = sqlite3_column_double(st, 1), .loose = loose};
    }
    hewal_status res = rc == SQLITE_DONE || rc == SQLITE_INTERRUPT ? HEWAL_OK : hw_store_fault(x->p->s, x->err);
    if (rc == SQLITE_INTERRUPT) x->out->cut = true;
    sqlite3_finalize(st);
    return res;
}

/* Conditions that must be looked up for each article that has the words: from the newest back, in ever longer stretches,
 * until there are enough answers. */
static hewal_status gather_dear(finder *x, const hw_branch *b, const char *fts, bool loose, double most, int64_t first, int64_t last)
{
    int64_t to = last, looked = LOOKED_UP, found = 0;
    for (int i = 0; i < 3 && to >= first && found < ENOUGH; i++, looked *= 2) {
        int64_t from = to - (int64_t)((double)(last - first + 1) * (double)looked / most);
        stretch g = {from > first ? from : first, to, HW_SEARCH_LOOKED, 0, 0};
        hewal_status st = gather(x, b, fts, loose, &g);
        if (st != HEWAL_OK) return st;
        found += g.n;
        to = (g.n == HW_SEARCH_LOOKED ? g.oldest : g.from) - 1;
    }
    if (to < first) return HEWAL_OK;
    x->out->cut = true;
    if (!loose) x->out->more = fmax(x->out->more, (double)(last - first + 1) / (double)(last - to));
    return HEWAL_OK;
}

static hewal_status gather_branch(finder *x, const hw_branch *b, bool loose, int64_t newest)
{
    const char *all = loose ? hw_plan_query(x->p, x->a, b, false) : NULL, *fts = hw_plan_query(x->p, x->a, b, loose);
    if (loose && (!fts || (all && !strcmp(all, fts)))) return HEWAL_OK; /* nothing in it can be missing */
    bool range = fts && b->last > 0;
    int64_t first = range ? b->first : 1, last = range ? b->last : newest;
    double most = b->dear && fts ? hw_plan_most(x->p, b, loose) * (double)(last - first + 1) / (double)(newest + 1) : 0;
    if (most > LOOKED_UP) return gather_dear(x, b, fts, loose, most, first, last);
    stretch g = {first, range ? last : 0, HW_SEARCH_LOOKED, 0, 0};
    hewal_status st = gather(x, b, fts, loose, &g);
    x->out->cut = x->out->cut || b->newest;
    if (st != HEWAL_OK || g.n < HW_SEARCH_LOOKED) return st;
    x->out->cut = true;
    if (fts && !loose && last > g.oldest) x->out->more = fmax(x->out->more, (double)(last - first + 1) / (double)(last - g.oldest + 1));
    const char *title = fts && !loose ? hw_plan_title_query(x->p, x->a, b) : NULL;
    /* What is in titles is looked for among the newest articles that have the words: to look through all takes too long. */
    most = fts ? hw_plan_most(x->p, b, loose) : 0;
    if (most > TITLES) first = last - (int64_t)((double)(last - first + 1) * TITLES / most);
    stretch in_title = {first, last, LOOKED_IN_TITLE, 0, 0};
    return title ? gather(x, b, title, false, &in_title) : st;
}

/* ---- order ------------------------------------------------------------------------------------------------------------------------------ */

static int by_article(const void *a, const void *b)
{
    const hw_found *x = a, *y = b;
    if (x->article != y->article) return x->article < y->article ? -1 : 1;
    if (x->loose != y->loose) return x->loose ? 1 : -1;
    return x->score > y->score ? -1 : x->score < y->score;
}

static int by_score(const void *a, const void *b)
{
    const hw_found *x = a, *y = b;
    if (x->loose != y->loose) return x->loose ? 1 : -1;
    if (x->score > y->score || x->score < y->score) return x->score > y->score ? -1 : 1;
    int dates = strcmp(y->date, x->date);
    return dates ? dates : x->article < y->article ? -1 : x->article > y->article;
}

static int by_date(const void *a, const void *b)
{
    const hw_found *x = a, *y = b;
    int dates = strcmp(y->date, x->date);
    if (x->loose != y->loose) return x->loose ? 1 : -1;
    return dates ? dates : by_score(a, b);
}

static void sort(hw_found *v, uint32_t n, int (*order)(const void *, const void *))
{
    if (n > 1) qsort(v, n, sizeof *v, order);
}

/* An article once, by its best. */
static void once(hw_answer *out)
{
    uint32_t n = 0;
    sort(out->v.v, out->v.n, by_article);
    for (uint32_t i = 0; i < out->v.n; i++)
        if (!n || out->v.v[n - 1].article != out->v.v[i].article) out->v.v[n++] = out->v.v[i];
    out->v.n = n;
}

static void read_dates(hw_store *s, hw_found *v, uint32_t n)
{
    for (uint32_t i = 0; i < n; i++) {
        sqlite3_stmt *st = v[i].date[0] ? NULL : hw_sql(s, "SELECT date FROM articles WHERE n = ?1");
        if (!st) continue;
        hw_bind_int(st, 1, v[i].article);
        const char *date = sqlite3_step(st) == SQLITE_ROW ? (const char *)sqlite3_column_text(st, 0) : NULL;
        snprintf(v[i].date, sizeof v[i].date, "%s", date ? date : "");
        sqlite3_reset(st);
    }
}

static double years(const char *date)
{
    int y = 0, m = 1, d = 1;
    return sscanf(date, "%4d-%2d-%2d", &y, &m, &d) >= 1 ? y + (m - 1) / 12.0 + (d - 1) / 365.0 : 0;
}

/* The newer weigh a little more, as seen from the newest article of the store. */
static void prefer_newer(hw_store *s, hw_found *v, uint32_t n)
{
    char newest[11] = "";
    sqlite3_stmt *st = hw_sql(s, "SELECT max(date) FROM articles");
    if (st && sqlite3_step(st) == SQLITE_ROW && sqlite3_column_text(st, 0)) snprintf(newest, sizeof newest, "%s", (const char *)sqlite3_column_text(st, 0));
    if (st) sqlite3_reset(st);
    if (n > AGED) n = AGED;
    read_dates(s, v, n);
    for (uint32_t i = 0; i < n; i++)
        if (v[i].date[0]) v[i].score *= 1 + NEWER * exp((years(v[i].date) - years(newest)) / YEARS);
}

/* Scores fall from the first article to the last: what has some of the words weighs less than what has all. */
static void keep_below(hw_answer *out)
{
    double least = out->strict ? out->v.v[out->strict - 1].score : 0, most = 0;
    for (uint32_t i = out->strict; i < out->v.n; i++) most = fmax(most, out->v.v[i].score);
    if (!out->strict || most <= least) return;
    for (uint32_t i = out->strict; i < out->v.n; i++) out->v.v[i].score *= least / most;
}

static void put_in_order(finder *x)
{
    hw_answer *out = x->out;
    if (!out->v.n) return;
    once(out);
    sort(out->v.v, out->v.n, by_score);
    for (out->strict = 0; out->strict < out->v.n && !out->v.v[out->strict].loose;) out->strict++;
    bool no_words = !x->p->n;
    if (x->o->order == HW_NEWEST_FIRST || no_words) {
        read_dates(x->p->s, out->v.v, out->v.n);
        sort(out->v.v, out->v.n, by_date);
    } else if (!x->o->ageless) {
        prefer_newer(x->p->s, out->v.v, out->strict);
        prefer_newer(x->p->s, out->v.v + out->strict, out->v.n - out->strict);
        sort(out->v.v, out->strict < AGED ? out->strict : AGED, by_score);
        uint32_t loose = out->v.n - out->strict;
        sort(out->v.v + out->strict, loose < AGED ? loose : AGED, by_score);
    }
    if (x->o->order == HW_BEST_FIRST) keep_below(out);
}

hewal_status hw_find(hw_plan *p, hw_arena *a, const hw_search_options *o, size_t wanted, hw_answer *out, hewal_error *err)
{
    finder x = {p, a, o, out, err};
    int64_t last = 0;
    hw_run_int(hw_sql(p->s, "SELECT max(n) FROM articles"), 0, &last);
    hewal_status st = hw_plan_estimate(p, a, false, err);
    limit was = set_limit(p->s);
    for (unsigned i = 0; i < p->n_branches && st == HEWAL_OK; i++) st = gather_branch(&x, &p->branch[i], false, last);
    out->strict = out->v.n;
    if (st == HEWAL_OK && out->strict < wanted && !p->query->strict) {
        st = hw_plan_estimate(p, a, true, err);
        for (unsigned i = 0; i < p->n_branches && st == HEWAL_OK; i++) st = gather_branch(&x, &p->branch[i], true, last);
    }
    reset_limit(p->s, was);
    if (st == HEWAL_OK) put_in_order(&x);
    return st;
}
