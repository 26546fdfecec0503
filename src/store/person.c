/* In: an entity. Out: how it is written, what offices it is said to hold, whom it met. */
#include "store/inside.h"

#include <stdlib.h>
#include <string.h>

void *hw_block_of(const void *rows, size_t n, const hw_shape *sh)
{
    size_t size = n * sh->row;
    for (size_t i = 0; i < n; i++)
        for (size_t k = 0; k < sh->n_strings; k++) {
            const char *s;
            memcpy(&s, (const char *)rows + i * sh->row + sh->strings[k], sizeof s);
            size += s ? strlen(s) + 1 : 0;
        }
    char *out = malloc(size ? size : 1), *w = out ? out + n * sh->row : NULL;
    if (!out) return NULL;
    if (n) memcpy(out, rows, n * sh->row);
    for (size_t i = 0; i < n; i++)
        for (size_t k = 0; k < sh->n_strings; k++) {
            const char *s;
            memcpy(&s, out + i * sh->row + sh->strings[k], sizeof s);
            if (!s) continue;
            size_t len = strlen(s) + 1;
            memcpy(w, s, len);
            memcpy(out + i * sh->row + sh->strings[k], &w, sizeof w);
            w += len;
        }
    return out;
}

static void read_spelling(sqlite3_stmt *st, hw_arena *a, void *row)
{
    *(hw_spelling_row *)row = (hw_spelling_row){hw_column_text(a, st, 0), sqlite3_column_int64(st, 1)};
}

static void read_office(sqlite3_stmt *st, hw_arena *a, void *row)
{
    *(hw_office_row *)row = (hw_office_row){hw_column_text(a, st, 0), hw_column_text(a, st, 1), hw_column_text(a, st, 2), sqlite3_column_int64(st, 3)};
}

static void read_met(sqlite3_stmt *st, hw_arena *a, void *row)
{
    *(hw_met_row *)row = (hw_met_row){.with = {sqlite3_column_int64(st, 0), hw_column_text(a, st, 1), hw_column_text(a, st, 2), hw_column_text(a, st, 3)},
                                      .type = hw_column_text(a, st, 4), .mode = hw_column_text(a, st, 5), .first = hw_column_text(a, st, 6),
                                      .last = hw_column_text(a, st, 7), .n = sqlite3_column_int64(st, 8)};
}

typedef struct {
    const char *sql;
    void (*read)(sqlite3_stmt *, hw_arena *, void *);
    hw_shape shape;
} list;

static hewal_status collect_rows(hw_store *s, const list *l, int64_t entity, void **out, size_t *n, hewal_error *err)
{
    char *v = NULL;
    uint32_t count = 0, cap = 0;
    int rc = SQLITE_ERROR;
    hw_arena_reset(&s->scratch);
    sqlite3_stmt *st = hw_sql(s, l->sql);
    hw_bind_int(st, 1, entity);
    while (st && (rc = sqlite3_step(st)) == SQLITE_ROW) {
        if (count == cap) v = hw_vec_grow(&s->scratch, v, count, &cap, l->shape.row);
        l->read(st, &s->scratch, v + count++ * l->shape.row);
    }
    if (st) sqlite3_reset(st);
    if (rc != SQLITE_DONE) return hw_store_fault(s, err);
    if (!(*out = hw_block_of(v, count, &l->shape))) return hw_fail(err, HEWAL_ENOMEM, "out of memory");
    *n = count;
    return HEWAL_OK;
}

static hewal_status collect(hw_store *s, const list *l, int64_t entity, void **out, size_t *n, hewal_error *err)
{
    *out = NULL;
    *n = 0;
    hw_store_lock(s);
    hewal_status st = hw_arena_guard(&s->scratch) ? hw_fail(err, HEWAL_ENOMEM, "out of memory") : collect_rows(s, l, entity, out, n, err);
    s->scratch.guarded = 0;
    hw_store_unlock(s);
    return st;
}

hewal_status hw_store_spellings(hw_store *s, int64_t entity, hw_spelling_row **out, size_t *n, hewal_error *err)
{
    static const size_t strings[] = {offsetof(hw_spelling_row, form)};
    static const list l = {
        "SELECT form, sum(n) AS n FROM spellings WHERE entity = ?1 AND type <> 'ROLE' AND n > 0 GROUP BY form ORDER BY n DESC, form",
        read_spelling, {sizeof(hw_spelling_row), strings, 1}};
    void *v;
    hewal_status st = collect(s, &l, entity, &v, n, err);
    *out = v;
    return st;
}

hewal_status hw_store_offices(hw_store *s, int64_t entity, hw_office_row **out, size_t *n, hewal_error *err)
{
    static const size_t strings[] = {offsetof(hw_office_row, role), offsetof(hw_office_row, first), offsetof(hw_office_row, last)};
    static const list l = {
        "SELECT f.form, min(nullif(o.date, '')), nullif(max(o.date), ''), sum(o.n) AS n FROM spellings f JOIN offices o ON o.spelling = f.id"
        " WHERE f.entity = ?1 AND f.type = 'ROLE' GROUP BY f.form ORDER BY n DESC, f.form",
        read_office, {sizeof(hw_office_row), strings, 3}};
    void *v;
    hewal_status st = collect(s, &l, entity, &v, n, err);
    *out = v;
    return st;
}

hewal_status hw_store_met(hw_store *s, int64_t entity, hw_met_row **out, size_t *n, hewal_error *err)
{
    static const size_t strings[] = {offsetof(hw_met_row, with.name), offsetof(hw_met_row, with.name_ckb), offsetof(hw_met_row, with.type),
                                     offsetof(hw_met_row, type), offsetof(hw_met_row, mode), offsetof(hw_met_row, first), offsetof(hw_met_row, last)};
    /* Whoever takes part beside it: on the other side, or with it on a side of several. */
    static const list l = {
        "WITH mine AS (SELECT event FROM event_actors WHERE entity = ?1 UNION SELECT event FROM event_targets WHERE entity = ?1),"
        " beside AS (SELECT event, entity FROM event_actors WHERE event IN mine UNION SELECT event, entity FROM event_targets WHERE event IN mine)"
        " SELECT e.id, e.name, e.name_ckb, e.type, v.type, v.mode, min(nullif(v.date, '')), nullif(max(v.date), ''), count(DISTINCT v.id) AS n"
        " FROM beside x JOIN events v ON v.id = x.event JOIN entities e ON e.id = x.entity"
        " WHERE x.entity <> ?1 AND v.type = 'CONSULT' AND v.status IN ('occurred', 'planned') GROUP BY e.id, v.mode ORDER BY n DESC, 8 DESC, e.id",
        read_met, {sizeof(hw_met_row), strings, 7}};
    void *v;
    hewal_status st = collect(s, &l, entity, &v, n, err);
    *out = v;
    return st;
}
