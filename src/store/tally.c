/* In: a filter, and what to count by. Out: how many facts there are of each kind, person, outlet or time; who does what with whom.
 * SQLite counts: the conditions are those of lists.c, so that a chart shows what the list beside it has. */
#include "store/inside.h"

#include <stdlib.h>
#include <string.h>

typedef struct {
    const char *word;
    const char *key;  /* an expression */
    bool entity;      /* the key is one's number */
    const char *join; /* what it needs beside the fact and its article */
} dimension;

/* Only dates that are so exact have a day, a week, a month; an empty one has none. */
#define TIMES(date)                                                                                                    \
    {"day", "CASE WHEN length(" date ") = 10 THEN " date " END", false, ""},                                            \
    {"week", "CASE WHEN length(" date ") = 10 THEN date(" date ", '-' || ((strftime('%w', " date ") + 6) % 7) || ' days') END", false, ""}, \
    {"month", "CASE WHEN length(" date ") >= 7 THEN substr(" date ", 1, 7) END", false, ""},                            \
    {"year", "nullif(substr(" date ", 1, 4), '')", false, ""}

static const dimension quote_dimensions[] = {TIMES("q.date"), {"outlet", "a.outlet", false, ""}, {"channel", "q.channel", false, ""},
                                             {"kind", "q.kind", false, ""}, {"speaker", "q.speaker", true, ""},
                                             {"office", "k.form", false, " LEFT JOIN mentions m ON m.article = q.article AND m.i = q.source AND m.type = 'ROLE'"
                                                                         " LEFT JOIN spellings k ON k.id = m.spelling"}, {NULL, NULL, false, NULL}};
static const dimension event_dimensions[] = {TIMES("v.date"), {"outlet", "a.outlet", false, ""}, {"type", "v.type", false, ""},
                                             {"mode", "v.mode", false, ""}, {"status", "v.status", false, ""}, {"place", "v.place", true, ""},
                                             {"actor", "k.entity", true, " LEFT JOIN event_actors k ON k.event = v.id"},
                                             {"target", "k.entity", true, " LEFT JOIN event_targets k ON k.event = v.id"}, {NULL, NULL, false, NULL}};
static const dimension day_dimensions[] = {TIMES("d"), {NULL, NULL, false, NULL}};
static const dimension article_dimensions[] = {TIMES("a.date"), {"outlet", "a.outlet", false, ""}, {NULL, NULL, false, NULL}};

static const struct {
    const char *words, *table, *date, *article; /* article: joins the article, where it is asked for */
    const dimension *dimensions;
    hw_cursor_kind kind;
} tables[] = {
    [HW_TALLY_QUOTES] = {"day|week|month|year|outlet|channel|kind|speaker|office", "quotes q", "q.date", " JOIN articles a ON a.n = q.article", quote_dimensions, HW_QUOTES},
    [HW_TALLY_EVENTS] = {"day|week|month|year|outlet|type|mode|status|place|actor|target", "events v", "v.date", " JOIN articles a ON a.n = v.article", event_dimensions,
                         HW_EVENTS},
    [HW_TALLY_ARTICLES] = {"day|week|month|year|outlet", "articles a", "a.date", "", article_dimensions, HW_ARTICLES}};

const char *hw_tally_words(hw_tallied what)
{
    return tables[what].words;
}

static const dimension *dimension_of(hw_tallied what, const char *word)
{
    for (const dimension *d = tables[what].dimensions; word && d->word; d++)
        if (!strcmp(d->word, word)) return d;
    return NULL;
}

/* ---- rows ----------------------------------------------------------------------------------------------------------- */

static hw_entity_ref entity_at(hw_arena *a, sqlite3_stmt *st, int col)
{
    if (sqlite3_column_type(st, col) == SQLITE_NULL) return (hw_entity_ref){0};
    return (hw_entity_ref){sqlite3_column_int64(st, col), hw_column_text(a, st, col + 1), hw_column_text(a, st, col + 2), hw_column_text(a, st, col + 3)};
}

static void read_tally(sqlite3_stmt *st, hw_arena *a, void *row)
{
    *(hw_tally_row *)row = (hw_tally_row){.key = hw_column_text(a, st, 0), .entity = entity_at(a, st, 1), .period = hw_column_text(a, st, 5),
                                          .n = sqlite3_column_int64(st, 6), .total = sqlite3_column_int64(st, 7), .entity_key = hw_column_text(a, st, 8)};
}

static void read_pair(sqlite3_stmt *st, hw_arena *a, void *row)
{
    *(hw_pair_row *)row = (hw_pair_row){.a = entity_at(a, st, 0), .b = entity_at(a, st, 4), .type = hw_column_text(a, st, 8), .first = hw_column_text(a, st, 9),
                                        .last = hw_column_text(a, st, 10), .n = sqlite3_column_int64(st, 11)};
}

typedef struct {
    hw_store *s;
    hw_cursor_kind kind;
    const hw_filter *f;
    const char *select, *tail;
    void (*read)(sqlite3_stmt *, hw_arena *, void *);
    hw_shape shape;
} question;

/* Reads all rows of a cursor into one block. */
static hewal_status block_of_rows(hw_cursor *c, const question *q, void **out, size_t *n, hewal_error *err)
{
    char *v = NULL;
    uint32_t count = 0, cap = 0;
    while (hw_cursor_step(c)) {
        if (count == cap) v = hw_vec_grow(&c->row, v, count, &cap, q->shape.row);
        q->read(c->st, &c->row, v + count++ * q->shape.row);
    }
    if (c->failed) return hw_cursor_error(c, err);
    *out = hw_block_of(v, count, &q->shape);
    *n = count;
    return *out ? HEWAL_OK : hw_fail(err, HEWAL_ENOMEM, "out of memory");
}

static hewal_status answer(const question *q, void **out, size_t *n, hewal_error *err)
{
    hw_cursor *c;
    *out = NULL;
    *n = 0;
    if (!q->select || !q->tail) return hw_fail(err, HEWAL_ENOMEM, "out of memory");
    hw_store_lock(q->s);
    hewal_status st = hw_cursor_counting(q->s, q->kind, q->f, q->select, q->tail, &c, err);
    if (st == HEWAL_OK) {
        st = hw_arena_guard(&c->row) ? hw_fail(err, HEWAL_ENOMEM, "out of memory") : block_of_rows(c, q, out, n, err);
        c->row.guarded = 0;
        hw_cursor_close(c);
    }
    hw_store_unlock(q->s);
    return st;
}

/* ---- counts --------------------------------------------------------------------------------------------------------- */

enum { N_TIMES = 4 }; /* the first dimensions of each are times */

/* Whether conditions or the key speak of the article: to look up a row of it for every fact takes most of the time. */
static bool needs_article(const hw_filter *f, const dimension *d)
{
    return (f && ((f->outlet && *f->outlet) || (f->article && *f->article))) || (d && !strcmp(d->word, "outlet"));
}

/* The counts by key and period; of these the keys with the most; their counts, the largest first. Times stand in their order, and
 * days are counted first, for which there is an index. */
static void tally_question(question *q, hw_arena *a, hw_tallied what, const dimension *d, const dimension *t, size_t most)
{
    bool times = d - tables[what].dimensions < N_TIMES, days = times && !t;
    const char *from = hw_sprintf(a, "%s%s%s", tables[what].table, needs_article(q->f, d) ? tables[what].article : "", d->join);
    if (days) q->select = hw_sprintf(a, "WITH day AS (SELECT %s AS d, count(*) AS n FROM %s", tables[what].date, from);
    else q->select = hw_sprintf(a, "WITH base AS (SELECT %s AS k, %s AS p, count(*) AS n FROM %s", d->key, t ? t->key : "NULL", from);
    const char *base = "GROUP BY 1, 2)";
    if (days) base = hw_sprintf(a, "GROUP BY 1), base AS (SELECT %s AS k, NULL AS p, sum(n) AS n FROM day GROUP BY 1)", day_dimensions[d - tables[what].dimensions].key);
    q->tail = hw_sprintf(a,
                         " %s, top AS (SELECT k, sum(n) AS total FROM base GROUP BY k ORDER BY total DESC, k LIMIT %lld)"
                         " SELECT %s, b.p, b.n, top.total%s FROM top JOIN base b ON b.k IS top.k%s ORDER BY %s top.k, b.p",
                         base, most ? (long long)most : -1, d->entity ? "NULL, e.id, e.name, e.name_ckb, e.type" : "top.k, NULL, NULL, NULL, NULL",
                         d->entity ? ", e.key" : ", NULL", d->entity ? " LEFT JOIN entities e ON e.id = top.k" : "", times ? "" : "top.total DESC,");
}

static hewal_status tally(question *q, hw_arena *kept, hw_tallied what, const dimension *d, const dimension *t, size_t most, void **out, size_t *n,
                          hewal_error *err)
{
    if (hw_arena_guard(kept)) return hw_fail(err, HEWAL_ENOMEM, "out of memory");
    tally_question(q, kept, what, d, t, most);
    kept->guarded = 0;
    return answer(q, out, n, err);
}

hewal_status hw_store_tally(hw_store *s, hw_tallied what, const hw_filter *f, const char *by, const char *over, size_t most, hw_tally_row **out,
                            size_t *n, hewal_error *err)
{
    static const size_t strings[] = {offsetof(hw_tally_row, key), offsetof(hw_tally_row, entity.name), offsetof(hw_tally_row, entity.name_ckb),
                                     offsetof(hw_tally_row, entity.type), offsetof(hw_tally_row, period),
                                     offsetof(hw_tally_row, entity_key)};
    const dimension *d = dimension_of(what, by), *t = dimension_of(what, over);
    question q = {.s = s, .kind = tables[what].kind, .f = f, .read = read_tally, .shape = {sizeof(hw_tally_row), strings, 6}};
    void *rows = NULL;
    hw_arena kept;
    hewal_status st;
    *n = 0;
    hw_arena_init(&kept);
    if (!d) st = hw_fail(err, HEWAL_EINVAL, "«%.40s» is nothing that these are counted by", by);
    else if (over && (!t || t - tables[what].dimensions >= N_TIMES)) st = hw_fail(err, HEWAL_EINVAL, "«%.40s» is no length of time", over);
    else st = tally(&q, &kept, what, d, t, most, &rows, n, err);
    *out = rows;
    hw_arena_free(&kept);
    return st;
}

/* ---- pairs ---------------------------------------------------------------------------------------------------------- */

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

static hewal_status pairs(question *q, hw_arena *kept, const char *types, size_t most, void **out, size_t *n, hewal_error *err)
{
    if (hw_arena_guard(kept)) return hw_fail(err, HEWAL_ENOMEM, "out of memory");
    const char *list = types ? type_list(kept, types) : "";
    if (!list) return hw_fail(err, HEWAL_EINVAL, "«%.80s» are no types of events", types);
    q->select = hw_sprintf(kept, "WITH ev AS MATERIALIZED (SELECT v.id AS id, coalesce(v.same, v.id) AS one, v.type AS type, v.date AS date FROM events v%s",
                           needs_article(q->f, NULL) ? tables[HW_TALLY_EVENTS].article : "");
    /* Who meets whom has no direction, and may be several subjects of one sentence. */
    q->tail = hw_sprintf(kept,
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
    return answer(q, out, n, err);
}

hewal_status hw_store_pairs(hw_store *s, const hw_filter *f, const char *types, size_t most, hw_pair_row **out, size_t *n, hewal_error *err)
{
    static const size_t strings[] = {offsetof(hw_pair_row, a.name), offsetof(hw_pair_row, a.name_ckb), offsetof(hw_pair_row, a.type),
                                     offsetof(hw_pair_row, b.name), offsetof(hw_pair_row, b.name_ckb), offsetof(hw_pair_row, b.type),
                                     offsetof(hw_pair_row, type), offsetof(hw_pair_row, first), offsetof(hw_pair_row, last)};
    question q = {.s = s, .kind = HW_EVENTS, .f = f, .read = read_pair, .shape = {sizeof(hw_pair_row), strings, 9}};
    void *rows = NULL;
    hw_arena kept;
    *n = 0;
    hw_arena_init(&kept);
    hewal_status st = pairs(&q, &kept, types, most, &rows, n, err);
    *out = rows;
    hw_arena_free(&kept);
    return st;
}
