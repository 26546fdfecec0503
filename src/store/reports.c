/* In: an article's id. Out: the other reports of its group of near-duplicates; what it was before it was replaced. */
#include "store/inside.h"

#include <stdlib.h>

typedef struct {
    hw_versions pub; /* first */
    hw_arena arena;
} versions;

typedef HW_VEC(hw_article_ref) refs;
typedef HW_VEC(hw_version_row) rows;

static bool read_reports(hw_store *s, versions *v, const char *id)
{
    refs out = {0};
    int rc = SQLITE_ERROR;
    sqlite3_stmt *st = hw_sql(s, "WITH first(n) AS (SELECT coalesce(copy_of, n) FROM articles WHERE id = ?1)"
                                 " SELECT a.id, a.title, a.published, a.outlet, a.url, a.published_inferred FROM first, articles a WHERE a.n = first.n"
                                 " UNION ALL SELECT * FROM (SELECT a.id, a.title, a.published, a.outlet, a.url, a.published_inferred FROM first, articles a"
                                 " WHERE a.copy_of = first.n ORDER BY a.n)");
    hw_bind_text(st, 1, id);
    while (st && (rc = sqlite3_step(st)) == SQLITE_ROW) {
        hw_article_ref *r = hw_push(&v->arena, &out);
        const char *c[5];
        for (int i = 0; i < 5; i++) c[i] = hw_column_text(&v->arena, st, i);
        *r = (hw_article_ref){.id = c[0], .title = c[1], .published = c[2], .outlet = c[3], .url = c[4], .published_inferred = sqlite3_column_int(st, 5)};
    }
    if (st) sqlite3_reset(st);
    v->pub.reports = out.v;
    v->pub.n_reports = out.n;
    return rc == SQLITE_DONE;
}

static bool read_versions(hw_store *s, versions *v, const char *id)
{
    rows out = {0};
    int rc = SQLITE_ERROR;
    sqlite3_stmt *st = hw_sql(s, "SELECT h.title, h.published, h.outlet, h.url, h.language, h.added, h.replaced, h.version, h.text, h.bytes FROM articles a"
                                 " JOIN history h ON h.article = a.n WHERE a.id = ?1 ORDER BY h.version");
    hw_bind_text(st, 1, id);
    while (st && (rc = sqlite3_step(st)) == SQLITE_ROW) {
        hw_version_row *r = hw_push(&v->arena, &out);
        const char **to[] = {&r->title, &r->published, &r->outlet, &r->url, &r->language, &r->added, &r->replaced};
        for (int i = 0; i < 7; i++) *to[i] = hw_column_text(&v->arena, st, i);
        r->version = sqlite3_column_int64(st, 7);
        r->text = hw_column_packed(&v->arena, st, 8, 9, &r->text_len);
        if (!r->text) v->pub.damaged = true;
    }
    if (st) sqlite3_reset(st);
    v->pub.versions = out.v;
    v->pub.n_versions = out.n;
    return rc == SQLITE_DONE;
}

static hewal_status read(hw_store *s, const char *id, bool (*how)(hw_store *, versions *, const char *), hw_versions **out, hewal_error *err)
{
    *out = NULL;
    versions *v = calloc(1, sizeof *v);
    if (!v) return hw_fail(err, HEWAL_ENOMEM, "out of memory");
    hw_arena_init(&v->arena);
    hw_store_lock(s);
    hewal_status st = HEWAL_OK;
    if (hw_arena_guard(&v->arena)) st = hw_fail(err, HEWAL_ENOMEM, "out of memory");
    else if (!how(s, v, id)) st = hw_store_fault(s, err);
    else if (v->pub.damaged) st = hw_fail(err, HEWAL_EFORMAT, "%s: the store is damaged: an old text of «%.200s» cannot be read", s->path, id);
    v->arena.guarded = 0;
    hw_store_unlock(s);
    if (st == HEWAL_OK) *out = &v->pub;
    else hw_versions_free(&v->pub);
    return st;
}

hewal_status hw_store_reports(hw_store *s, const char *id, hw_versions **out, hewal_error *err)
{
    return read(s, id, read_reports, out, err);
}

hewal_status hw_store_history(hw_store *s, const char *id, hw_versions **out, hewal_error *err)
{
    return read(s, id, read_versions, out, err);
}

void hw_versions_free(hw_versions *v)
{
    if (!v) return;
    hw_arena_free(&((versions *)v)->arena);
    free(v);
}
