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

/* As `parties` has them: see HW_EVENT_KIND. */
#define CONSULT "1"
#define OCCURRED "0"
#define PLANNED "1"
_Static_assert(HEWAL_CONSULT == 1 && HEWAL_OCCURRED == 0 && HEWAL_PLANNED == 1, "the numbers in SQL");

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
    hewal_mode mode = (hewal_mode)sqlite3_column_int(st, 4);
    *(hw_met_row *)row = (hw_met_row){.with = {sqlite3_column_int64(st, 0), hw_column_text(a, st, 1), hw_column_text(a, st, 2), hw_column_text(a, st, 3)},
                                      .type = hewal_event_type_name(HEWAL_CONSULT), .mode = mode ? hewal_mode_name(mode) : NULL,
                                      .first = hw_column_text(a, st, 5), .last = hw_column_text(a, st, 6), .n = sqlite3_column_int64(st, 7)};
}

static void read_act(sqlite3_stmt *st, hw_arena *a, void *row)
{
    (void)a;
    *(hw_act_row *)row = (hw_act_row){hewal_event_type_name((hewal_event_type)sqlite3_column_int(st, 0)), sqlite3_column_int(st, 1) == 1, sqlite3_column_int64(st, 2)};
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
                                     offsetof(hw_met_row, first), offsetof(hw_met_row, last)};
    /* Whoever takes part beside it: on the other side, or with it on a side of several. */
    static const list l = {
        "WITH mine AS MATERIALIZED (SELECT DISTINCT event, date, kind / 8 % 8 AS mode FROM parties WHERE entity = ?1 AND copy = 0 AND kind / 64 = " CONSULT
        " AND kind % 8 IN (" OCCURRED ", " PLANNED ")),"
        " beside AS (SELECT m.event, m.date, m.mode, x.entity FROM mine m CROSS JOIN event_actors x ON x.event = m.event"
        " UNION SELECT m.event, m.date, m.mode, x.entity FROM mine m CROSS JOIN event_targets x ON x.event = m.event),"
        " met AS (SELECT entity, mode, min(nullif(date, '')) AS first, nullif(max(date), '') AS last, count(*) AS n FROM beside WHERE entity <> ?1"
        " GROUP BY entity, mode ORDER BY n DESC, last DESC, entity LIMIT 1000)"
        " SELECT e.id, e.name, e.name_ckb, e.type, met.mode, met.first, met.last, met.n FROM met JOIN entities e ON e.id = met.entity"
        " ORDER BY met.n DESC, met.last DESC, e.id",
        read_met, {sizeof(hw_met_row), strings, 5}};
    void *v;
    hewal_status st = collect(s, &l, entity, &v, n, err);
    *out = v;
    return st;
}

hewal_status hw_store_acts(hw_store *s, int64_t entity, hw_act_row **out, size_t *n, hewal_error *err)
{
    static const list l = {"SELECT kind / 64, side, count(*) AS n FROM parties WHERE entity = ?1 AND copy = 0 GROUP BY 1, 2 ORDER BY n DESC, 1",
                           read_act, {sizeof(hw_act_row), NULL, 0}};
    void *v;
    hewal_status st = collect(s, &l, entity, &v, n, err);
    *out = v;
    return st;
}
