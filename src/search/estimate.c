/* In: the ways of the units. Out: about how many articles each finds, in little time however many there are.
 *
 * Words are counted by hw_words_articles. How long the lists of all words with a prefix are is read off the index's own table of
 * pages: joining them is the one thing in FTS5 that can't be broken off. */
#include "search/plan.h"

#include <math.h>
#include <string.h>

enum { PAGES_FOR_LIKENESS = 60 /* of 4 kB: what a prefix that nobody asked for may cost */, PAGES_AT_ALL = 3000,
       FEW_PAGES = 15 /* so few are counted */, A_PAGE = 600 /* articles in a page, about */ };

int64_t hw_index_pages(hw_store *s, hw_arena *a, const char *word, bool prefix)
{
    static const char sql[] =
        "WITH RECURSIVE g(x) AS (SELECT min(segid) FROM words_idx UNION ALL SELECT (SELECT min(segid) FROM words_idx WHERE segid > x) FROM g WHERE x IS NOT NULL)"
        " SELECT coalesce(sum(coalesce((SELECT min(pgno) FROM words_idx WHERE segid = x AND term > ?2), (SELECT max(pgno) FROM words_idx WHERE segid = x))"
        " - coalesce((SELECT max(pgno) FROM words_idx WHERE segid = x AND term <= ?1), 0)), 0) / 2 FROM g WHERE x IS NOT NULL";
    int64_t n = 0;
    const char *from = hw_sprintf(a, "0%s", word), *to = hw_sprintf(a, prefix ? "0%s\xFF" : "0%s\x01", word);
    sqlite3_stmt *st = hw_sql(s, sql);
    if (!st) return 0;
    sqlite3_bind_blob(st, 1, from, (int)strlen(from), SQLITE_STATIC);
    sqlite3_bind_blob(st, 2, to, (int)strlen(to), SQLITE_STATIC);
    return hw_run_int(st, 0, &n) ? n : 0;
}

static void drop(hw_unit *u, unsigned k)
{
    memmove(&u->way[k], &u->way[k + 1], (u->n - k - 1) * sizeof *u->way);
    u->n--;
}

static hewal_status one(hw_plan *p, hw_arena *a, hw_unit *u, bool loose, double last, hewal_error *err)
{
    if (loose && u->n_elements > 1) return HEWAL_OK;
    for (unsigned e = 0; e < u->n_elements && !loose; e++)
        if (u->element[e].prefix && (strlen(u->element[e].form) < 2 || hw_index_pages(p->s, a, u->element[e].form, true) > PAGES_AT_ALL))
            return hw_query_fault(p->query, err, u->node->b, "too many words begin so: give more of it");
    if (u->n_elements > 1) { /* a phrase that few have is looked for to the end: once for all its ways */
        const char *any = "";
        for (unsigned k = 0; k < u->n; k++) any = hw_sprintf(a, "%s%s(%s)", any, k ? " OR " : "", u->way[k].fts);
        u->articles = u->n ? hw_words_articles(p->s, any) : 0;
        for (unsigned k = 0; k < u->n; k++) u->way[k].articles = u->articles;
        return HEWAL_OK;
    }
    for (unsigned k = 0; k < u->n; k++) {
        hw_way *w = &u->way[k];
        if (w->articles >= 0 || (w->weight >= HW_SURE) == loose) continue;
        const char *prefix = w->kind == HW_BY_PREFIX ? w->term : u->n_elements == 1 && u->element[0].prefix ? u->element[0].form : NULL;
        int64_t pages = prefix ? hw_index_pages(p->s, a, prefix, true) : 0;
        if (w->kind == HW_BY_PREFIX && pages > PAGES_FOR_LIKENESS) {
            drop(u, k--);
            continue;
        }
        w->articles = pages > FEW_PAGES ? fmin(last, (double)(pages * A_PAGE)) : hw_words_articles(p->s, w->fts);
        if (w->articles > u->articles) u->articles = w->articles;
    }
    return HEWAL_OK;
}

hewal_status hw_plan_estimate(hw_plan *p, hw_arena *a, bool loose, hewal_error *err)
{
    int64_t last = 0;
    hewal_status st = HEWAL_OK;
    hw_run_int(hw_sql(p->s, "SELECT max(n) FROM articles"), 0, &last);
    for (unsigned i = 0; i < p->n && st == HEWAL_OK; i++) st = one(p, a, &p->unit[i], loose, (double)last, err);
    return st;
}
