/* In: an article. Out: others that tell of the same people, organisations and places: the more of them, and the rarer they are, the
 * more alike. Everybody writes of the government; two that name one village are about one thing. */
#include "store/inside.h"

#include <stddef.h>

#define RARE "2000" /* whoever is in so many articles says nothing of one */

/* ?1 the article's id. The rarest of its entities, counted no further than needed; who else has them. */
static const char sql[] =
    "WITH mine AS (SELECT DISTINCT x.entity AS entity, (SELECT count(*) FROM (SELECT 1 FROM article_entities y WHERE y.entity = x.entity LIMIT " RARE ")) AS n"
    " FROM (SELECT j.value ->> 0 AS entity FROM articles a JOIN records r ON r.article = a.n, json_each(r.entities) j WHERE a.id = ?1) x),"
    " rare AS (SELECT entity, n FROM mine WHERE n > 1 AND n < " RARE " ORDER BY n, entity LIMIT 12),"
    " like_it AS (SELECT x.article AS article, count(*) AS shared, sum(1.0 / (10 + rare.n)) AS weight FROM rare"
    " JOIN (SELECT DISTINCT article, entity FROM article_entities WHERE entity IN (SELECT entity FROM rare)) x ON x.entity = rare.entity GROUP BY x.article)"
    " SELECT a.id, a.title, a.published, a.outlet, a.url, a.published_inferred, l.shared, l.weight FROM like_it l JOIN articles a ON a.n = l.article"
    " WHERE a.id <> ?1 AND a.copy_of IS NULL ORDER BY l.weight DESC, a.date DESC, a.n DESC LIMIT ?2";

static hewal_status collect(hw_store *s, const char *id, size_t max, hw_similar_row **out, size_t *n, hewal_error *err)
{
    static const size_t strings[] = {offsetof(hw_similar_row, article.id), offsetof(hw_similar_row, article.title), offsetof(hw_similar_row, article.published),
                                     offsetof(hw_similar_row, article.outlet), offsetof(hw_similar_row, article.url)};
    static const hw_shape shape = {sizeof(hw_similar_row), strings, 5};
    HW_VEC(hw_similar_row) v = {0};
    int rc = SQLITE_ERROR;
    hw_arena *a = &s->scratch;
    hw_arena_reset(a);
    sqlite3_stmt *st = hw_sql(s, sql);
    hw_bind_text(st, 1, id);
    hw_bind_int(st, 2, (int64_t)max);
    while (st && (rc = sqlite3_step(st)) == SQLITE_ROW) {
        hw_similar_row *r = hw_push(a, &v);
        *r = (hw_similar_row){{hw_column_text(a, st, 0), hw_column_text(a, st, 1), hw_column_text(a, st, 2), hw_column_text(a, st, 3), hw_column_text(a, st, 4),
                               sqlite3_column_int(st, 5), 0, NULL, NULL}, sqlite3_column_int64(st, 6), sqlite3_column_double(st, 7)};
    }
    if (st) sqlite3_reset(st);
    if (rc != SQLITE_DONE) return hw_store_fault(s, err);
    *n = v.n;
    *out = hw_block_of(v.v, v.n, &shape);
    return *out ? HEWAL_OK : hw_fail(err, HEWAL_ENOMEM, "out of memory");
}

hewal_status hw_store_similar(hw_store *s, const char *id, size_t max, hw_similar_row **out, size_t *n, hewal_error *err)
{
    *out = NULL;
    *n = 0;
    hw_store_lock(s);
    hewal_status st = hw_arena_guard(&s->scratch) ? hw_fail(err, HEWAL_ENOMEM, "out of memory") : collect(s, id, max, out, n, err);
    s->scratch.guarded = 0;
    hw_store_unlock(s);
    return st;
}
