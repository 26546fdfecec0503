/* In: a plan. Out: the articles that answer it, best first. */
#include "search/find.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <time.h>

enum { LOOKED_IN_TITLE = 3000, LOOKED_UP = 15000 /* articles with the words, where a condition must be looked up for each */, AGED = 500 /* the first so many are sorted by age, too */, MOST_MS = 1500 /* for conditions that no index helps with */ };

static const double NEWER = 0.06 /* how much more the newest weighs than what is very old */, YEARS = 4;

/* ---- one query to SQLite ------------------------------------------------------------------------------------------------------------ */

sqlite3_stmt *hw_ask(hw_plan *p, hw_arena *a, const hw_branch *b, const char *fts, bool range, int64_t limit)
{
    const char *where = *b->where ? b->where : "1", *absent = fts ? NULL : hw_plan_absent(p, a, b), *sql;
    sqlite3_stmt *st = NULL;
    if (fts)
        sql = hw_sprintf(a, "SELECT words.rowid, hw_rank(words, ?2) FROM words%s WHERE words MATCH ?1%s%s%s ORDER BY words.rowid DESC LIMIT %lld",
                         *b->where ? " CROSS JOIN articles a ON a.n = words.rowid" : "", range ? " AND words.rowid BETWEEN ?3 AND ?4" : "",
                         *b->where ? " AND " : "", b->where, (long long)limit);
    else
        sql = hw_sprintf(a, "SELECT a.n, 0.0 FROM articles a WHERE %s%s%s ORDER BY a.date DESC, a.n DESC LIMIT %lld", where,
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

static int too_late(void *until)
{
    return now_ms() > *(int64_t *)until;
}

/* ---- gathering ------------------------------------------------------------------------------------------------------------------------ */

typedef struct {
    hw_plan *p;
    hw_arena *a;
    const hw_search_options *o;
    hw_answer *out;
    hewal_error *err;
} finder;

/* Adds what a query finds; `limit` more than all there are means that all were seen. */
static hewal_status gather(finder *x, const hw_branch *b, const char *fts, bool loose, int64_t limit, int64_t from, int64_t *oldest, int64_t *n)
{
    sqlite3_stmt *st = hw_ask(x->p, x->a, b, fts, from > 0, limit);
    int rc = SQLITE_ERROR;
    if (!st) return hw_store_fault(x->p->s, x->err);
    if (from > 0) {
        hw_bind_int(st, 3, from);
        hw_bind_int(st, 4, INT64_MAX);
    }
    for (*n = 0; (rc = sqlite3_step(st)) == SQLITE_ROW; ++*n) {
        *oldest = sqlite3_column_int64(st, 0);
        if (sqlite3_column_type(st, 1) == SQLITE_NULL) continue;
        *(hw_found *)hw_push(x->a, &x->out->v) = (hw_found){.article = *oldest, .score = sqlite3_column_double(st, 1), .loose = loose};
    }
    hewal_status res = rc == SQLITE_DONE || rc == SQLITE_INTERRUPT ? HEWAL_OK : hw_store_fault(x->p->s, x->err);
    if (rc == SQLITE_INTERRUPT) x->out->cut = true;
    sqlite3_finalize(st);
    return res;
}

static hewal_status gather_branch(finder *x, const hw_branch *b, bool loose, int64_t last)
{
    const char *fts = hw_plan_query(x->p, x->a, b, loose);
    int64_t oldest = 0, n = 0, in_title = 0, from = 0;
    if (!fts && loose) return HEWAL_OK;
    double most = b->dear && fts ? hw_plan_most(x->p, b) : 0;
    if (most > LOOKED_UP) from = last - (int64_t)((double)last * LOOKED_UP / most);
    hewal_status st = gather(x, b, fts, loose, HW_SEARCH_LOOKED, from, &oldest, &n);
    x->out->cut = x->out->cut || b->newest || from > 0;
    if (from > 0) x->out->more = fmax(x->out->more, (double)last / (double)(last - from + 1));
    if (st != HEWAL_OK || n < HW_SEARCH_LOOKED || from > 0) return st;
    x->out->cut = true;
    if (fts && !loose && last > oldest) x->out->more = fmax(x->out->more, (double)last / (double)(last - oldest + 1));
    const char *title = fts && !loose ? hw_plan_title_query(x->p, x->a, b) : NULL;
    return title ? gather(x, b, title, false, LOOKED_IN_TITLE, 0, &oldest, &in_title) : st;
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
    int64_t last = 0, until = now_ms() + MOST_MS;
    hw_run_int(hw_sql(p->s, "SELECT max(n) FROM articles"), 0, &last);
    hewal_status st = hw_plan_estimate(p, a, false, err);
    sqlite3_progress_handler(p->s->db, 2000, too_late, &until);
    for (unsigned i = 0; i < p->n_branches && st == HEWAL_OK; i++) st = gather_branch(&x, &p->branch[i], false, last);
    out->strict = out->v.n;
    if (st == HEWAL_OK && out->strict < wanted && !p->query->strict) {
        st = hw_plan_estimate(p, a, true, err);
        for (unsigned i = 0; i < p->n_branches && st == HEWAL_OK; i++) st = gather_branch(&x, &p->branch[i], true, last);
    }
    sqlite3_progress_handler(p->s->db, 0, NULL, NULL);
    if (st == HEWAL_OK) put_in_order(&x);
    return st;
}
