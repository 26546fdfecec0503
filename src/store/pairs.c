/* In: a filter. Out: who does what with whom, how often. SQLite counts, under the conditions of lists.c. */
#include "store/inside.h"

#include <stddef.h>
#include <string.h>

static hw_entity_ref entity_at(hw_arena *a, sqlite3_stmt *st, int col)
{
    return (hw_entity_ref){sqlite3_column_int64(st, col), hw_column_text(a, st, col + 1), hw_column_text(a, st, col + 2), hw_column_text(a, st, col + 3)};
}

/* Reads all rows of a cursor into one block. */
static hewal_status read_all(hw_cursor *c, void **out, size_t *n, hewal_error *err)
{
    static const size_t strings[] = {offsetof(hw_pair_row, a.name), offsetof(hw_pair_row, a.name_ckb), offsetof(hw_pair_row, a.type),
                                     offsetof(hw_pair_row, b.name), offsetof(hw_pair_row, b.name_ckb), offsetof(hw_pair_row, b.type),
                                     offsetof(hw_pair_row, type), offsetof(hw_pair_row, first), offsetof(hw_pair_row, last)};
    static const hw_shape shape = {sizeof(hw_pair_row), strings, 9};
    HW_VEC(hw_pair_row) v = {0};
    hw_arena *a = &c->row;
    while (hw_cursor_step(c)) {
        hw_pair_row *r = hw_push(a, &v);
        *r = (hw_pair_row){.a = entity_at(a, c->st, 0), .b = entity_at(a, c->st, 4), .type = hw_column_text(a, c->st, 8), .first = hw_column_text(a, c->st, 9),
                           .last = hw_column_text(a, c->st, 10), .n = sqlite3_column_int64(c->st, 11)};
    }
    if (c->failed) return hw_cursor_error(c, err);
    *out = hw_block_of(v.v, v.n, &shape);
    *n = v.n;
    return *out ? HEWAL_OK : hw_fail(err, HEWAL_ENOMEM, "out of memory");
}

/* A list of types as SQL has it; NULL when a word of it could be anything else than a type. */
static const char *type_list(hw_arena *a, const char *types)
{
    const char *list = "";
    for (const char *p = types; *p;) {
        size_t k = strcspn(p, ",");
        if (!k || k > 20 || strspn(p, "ABCDEFGHIJKLMNOPQRSTUVWXYZ") != k) return NULL;
        list = hw_sprintf(a, "%s%s'%.*s'", list, *list ? "," : "", (int)k, p);
        p += k + (p[k] == ',');
    }
    return *list ? list : NULL;
}

static hewal_status pairs(hw_store *s, hw_arena *kept, const hw_filter *f, const char *types, size_t most, void **out, size_t *n, hewal_error *err)
{
    hw_cursor *c;
    if (hw_arena_guard(kept)) return hw_fail(err, HEWAL_ENOMEM, "out of memory");
    const char *list = types ? type_list(kept, types) : "";
    if (!list) return hw_fail(err, HEWAL_EINVAL, "«%.80s» are no types of events", types);
    bool articles = f && ((f->outlet && *f->outlet) || (f->article && *f->article)); /* conditions speak of them */
    const char *select = hw_sprintf(kept, "WITH ev AS MATERIALIZED (SELECT v.id AS id, coalesce(v.same, v.id) AS one, v.type AS type, v.date AS date FROM events v%s",
                                    articles ? " JOIN articles a ON a.n = v.article" : "");
    /* Who meets whom has no direction, and may be several subjects of one sentence. */
    const char *tail = hw_sprintf(kept,
                        "%s%s%s),"
                        " side AS (SELECT ev.one AS one, ev.type AS type, ev.date AS date, x.entity AS a, y.entity AS b FROM ev JOIN event_actors x ON x.event = ev.id"
                        " JOIN event_targets y ON y.event = ev.id"
                        " UNION ALL SELECT ev.one, ev.type, ev.date, x.entity, y.entity FROM ev JOIN event_actors x ON x.event = ev.id"
                        " JOIN event_actors y ON y.event = ev.id AND y.i > x.i WHERE ev.type = 'CONSULT' AND NOT EXISTS (SELECT 1 FROM event_targets z WHERE z.event = ev.id)),"
                        " pair AS (SELECT iif(type = 'CONSULT', min(a, b), a) AS a, iif(type = 'CONSULT', max(a, b), b) AS b, type, date, one FROM side WHERE a <> b),"
                        " sum AS (SELECT a, b, type, min(nullif(date, '')) AS first, nullif(max(date), '') AS last, count(DISTINCT one) AS n FROM pair GROUP BY a, b, type"
                        " ORDER BY n DESC, a, b, type LIMIT %lld)"
                        " SELECT e.id, e.name, e.name_ckb, e.type, o.id, o.name, o.name_ckb, o.type, sum.type, sum.first, sum.last, sum.n FROM sum"
                        " JOIN entities e ON e.id = sum.a JOIN entities o ON o.id = sum.b ORDER BY sum.n DESC, sum.a, sum.b, sum.type",
                         *list ? " AND v.type IN (" : "", list, *list ? ")" : "", most ? (long long)most : -1);
    kept->guarded = 0;
    hewal_status st = hw_cursor_counting(s, HW_EVENTS, f, select, tail, &c, err);
    if (st != HEWAL_OK) return st;
    st = hw_arena_guard(&c->row) ? hw_fail(err, HEWAL_ENOMEM, "out of memory") : read_all(c, out, n, err);
    c->row.guarded = 0;
    hw_cursor_close(c);
    return st;
}

hewal_status hw_store_pairs(hw_store *s, const hw_filter *f, const char *types, size_t most, hw_pair_row **out, size_t *n, hewal_error *err)
{
    void *rows = NULL;
    hw_arena kept;
    *n = 0;
    hw_arena_init(&kept);
    hw_store_lock(s);
    hewal_status st = pairs(s, &kept, f, types, most, &rows, n, err);
    hw_store_unlock(s);
    hw_arena_free(&kept);
    *out = rows;
    return st;
}
