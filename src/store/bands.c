/* In: an article's bands (near.h). Out: which articles share one.
 *
 * Bands are hashes: each of an article's eight falls on another page of a table, and in a store of a million articles a quarter of
 * all pages that an article writes were these. So the bands of the articles added last stand in a table of their own, near_new, whose
 * pages stay in memory; when it has a sixteenth as many as `near` it is merged into that in order, which writes each page of `near`
 * once (two levels of a log-structured merge-tree, O'Neil et al. 1996).
 */
#include "store/inside.h"

enum { LEAST = 1 << 16 /* bands in near_new before it is merged */, SHARE = 2 /* of the number of articles: half a band each */ };

bool hw_bands_find(hw_store *s, int64_t band, int64_t most, int64_t *out, unsigned *n)
{
    *n = 0;
    /* Each part by itself: a form that thousands fill in has one band thousands of times. */
    sqlite3_stmt *st = hw_sql(s, "SELECT article FROM (SELECT article FROM near WHERE band = ?1 ORDER BY article LIMIT ?2)"
                                 " UNION ALL SELECT article FROM (SELECT article FROM near_new WHERE band = ?1 ORDER BY article LIMIT ?2) LIMIT ?2");
    int rc = SQLITE_ERROR;
    hw_bind_int(st, 1, band);
    hw_bind_int(st, 2, most);
    while (st && (rc = sqlite3_step(st)) == SQLITE_ROW) out[(*n)++] = sqlite3_column_int64(st, 0);
    if (st) sqlite3_reset(st);
    return rc == SQLITE_DONE;
}

bool hw_bands_note(hw_store *s, int64_t article, const hw_near *near)
{
    bool ok = true;
    for (int i = 0; near->words && i < HW_NEAR_BANDS && ok; i++) {
        sqlite3_stmt *st = hw_sql(s, "INSERT OR IGNORE INTO near_new(band, article) VALUES(?1, ?2)");
        hw_bind_int(st, 1, near->band[i]);
        hw_bind_int(st, 2, article);
        ok = hw_run(st);
    }
    if (s->bands_new >= 0) s->bands_new += HW_NEAR_BANDS;
    return ok;
}

bool hw_bands_forget(hw_store *s, int64_t article, const hw_near *near)
{
    bool ok = true;
    for (int i = 0; ok && near->words && i < 2 * HW_NEAR_BANDS; i++) {
        sqlite3_stmt *st = i % 2 ? hw_sql(s, "DELETE FROM near WHERE band = ?1 AND article = ?2") : hw_sql(s, "DELETE FROM near_new WHERE band = ?1 AND article = ?2");
        hw_bind_int(st, 1, near->band[i / 2]);
        hw_bind_int(st, 2, article);
        ok = hw_run(st);
    }
    return ok;
}

bool hw_bands_tidy(hw_store *s)
{
    int64_t last;
    if (s->bands_new < 0 && !hw_run_int(hw_sql(s, "SELECT count(*) FROM near_new"), 0, &s->bands_new)) return false;
    if (s->bands_new < LEAST) return true;
    if (!hw_run_int(hw_sql(s, "SELECT max(n) FROM articles"), 0, &last)) return false;
    if (s->bands_new < last / SHARE) return true;
    s->bands_new = 0;
    return hw_run(hw_sql(s, "INSERT OR IGNORE INTO near(band, article) SELECT band, article FROM near_new ORDER BY band, article"))
           && hw_run(hw_sql(s, "DELETE FROM near_new"));
}
