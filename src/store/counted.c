/* In: a filter, and what to count by. Out: how many facts there are of each kind, person, outlet or time.
 *
 * The conditions are those of lists.c, so that a chart shows what the list beside it has. SQLite gives what each fact is counted by
 * and its date, in no order; the counting is ours, in a hash table: sorting millions of rows to group them takes SQLite ten times as
 * long. */
#include "store/inside.h"

#include "base/hash.h"
#include "times/calendar.h"
#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

typedef enum { NO_TIME, DAY, WEEK, MONTH, YEAR } span;

typedef struct {
    const char *word;
    const char *key;  /* an expression */
    bool entity;      /* the key is one's number */
    const char *join; /* what it needs beside the fact and its article */
} dimension;

static const dimension quote_dimensions[] = {{"outlet", "q.outlet", false, ""}, {"channel", "q.channel", false, ""}, {"kind", "q.kind", false, ""},
                                             {"speaker", "q.speaker", true, ""},
                                             {"office", "k.form", false, " LEFT JOIN spellings k ON k.id = q.spelling AND k.type = 'ROLE'"}, {NULL, NULL, false, NULL}};
static const dimension event_dimensions[] = {{"outlet", "a.outlet", false, ""}, {"type", "v.type", false, ""}, {"mode", "v.mode", false, ""},
                                             {"status", "v.status", false, ""}, {"place", "v.place", true, ""},
                                             {"actor", "k.entity", true, " LEFT JOIN event_actors k ON k.event = v.id"},
                                             {"target", "k.entity", true, " LEFT JOIN event_targets k ON k.event = v.id"}, {NULL, NULL, false, NULL}};
static const dimension article_dimensions[] = {{"outlet", "a.outlet", false, ""}, {NULL, NULL, false, NULL}};

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

static span span_called(const char *word)
{
    static const char *const words[] = {"", "day", "week", "month", "year"};
    for (span s = DAY; word && s <= YEAR; s++)
        if (!strcmp(words[s], word)) return s;
    return NO_TIME;
}

static const dimension *dimension_called(hw_tallied what, const char *word)
{
    for (const dimension *d = tables[what].dimensions; word && d->word; d++)
        if (!strcmp(d->word, word)) return d;
    return NULL;
}

/* ---- texts by number ------------------------------------------------------------------------------------------------- */

typedef struct { uint64_t hash; const char *text; uint32_t period; } text; /* period: of a date, its number + 1 when it is known */

typedef struct { int64_t key; uint32_t period, used; int64_t n; } cell;

typedef struct {
    hw_arena *a;
    HW_VEC(text) texts;          /* 0: none */
    uint32_t *by_hash, mask;     /* numbers of texts */
    cell *cells;
    uint32_t n_cells, cell_mask;
    span span;                   /* of the periods */
} counting;

static void counting_begin(counting *c, hw_arena *a, span s)
{
    *c = (counting){.a = a, .mask = 255, .cell_mask = 1023, .span = s};
    c->by_hash = HW_NEWS(a, uint32_t, c->mask + 1);
    c->cells = HW_NEWS(a, cell, c->cell_mask + 1);
    (void)hw_push(a, &c->texts);
}

static void grow_texts(counting *c)
{
    c->mask = c->mask * 2 + 1;
    c->by_hash = HW_NEWS(c->a, uint32_t, c->mask + 1);
    for (uint32_t i = 1; i < c->texts.n; i++) {
        uint32_t at = (uint32_t)c->texts.v[i].hash & c->mask;
        while (c->by_hash[at]) at = (at + 1) & c->mask;
        c->by_hash[at] = i;
    }
}

static uint32_t number_of(counting *c, const char *s, size_t n)
{
    uint64_t h = hw_hash(s, n);
    uint32_t at = (uint32_t)h & c->mask;
    for (; c->by_hash[at]; at = (at + 1) & c->mask) {
        const text *t = &c->texts.v[c->by_hash[at]];
        if (t->hash == h && !strncmp(t->text, s, n) && !t->text[n]) return c->by_hash[at];
    }
    text *t = hw_push(c->a, &c->texts);
    *t = (text){h, hw_strndup(c->a, s, n), 0};
    c->by_hash[at] = c->texts.n - 1;
    if (c->texts.n > c->mask / 2) grow_texts(c);
    return c->texts.n - 1;
}

/* ---- periods --------------------------------------------------------------------------------------------------------- */

/* How many letters of a date are a year, a month, a day: 4, 7, 10, or 0. */
static size_t exactness(const char *s)
{
    static const char form[] = "dddd-dd-dd";
    size_t n = 0;
    while (n < 10 && (form[n] == 'd' ? s[n] >= '0' && s[n] <= '9' : s[n] == form[n])) n++;
    return n == 10 ? 10 : n >= 7 ? 7 : n >= 4 ? 4 : 0;
}

/* The number of the period that a date lies in; 0 when it is not exact enough to tell. */
static uint32_t period_of(counting *c, const char *date)
{
    size_t n = exactness(date);
    char monday[48];
    switch (c->span) {
    case DAY: return n == 10 ? number_of(c, date, 10) : 0;
    case MONTH: return n >= 7 ? number_of(c, date, 7) : 0;
    case YEAR: return n ? number_of(c, date, 4) : 0;
    case WEEK: break;
    case NO_TIME: return 0;
    }
    hw_date d = {atoi(date), n == 10 ? atoi(date + 5) : 0, n == 10 ? atoi(date + 8) : 0};
    if (n != 10 || !hw_date_exists('g', d)) return 0;
    int32_t day = hw_day_of('g', d);
    d = hw_gregorian(day - hw_weekday(day) + 1);
    snprintf(monday, sizeof monday, "%04d-%02d-%02d", d.year, d.month, d.day);
    return number_of(c, monday, strlen(monday));
}

/* The same, remembered by date. */
static uint32_t period_at(counting *c, sqlite3_stmt *st, int col)
{
    const char *date = (const char *)sqlite3_column_text(st, col);
    if (!date || !*date || !c->span) return 0;
    uint32_t i = number_of(c, date, (size_t)sqlite3_column_bytes(st, col));
    if (!c->texts.v[i].period) {
        uint32_t p = period_of(c, c->texts.v[i].text) + 1;
        c->texts.v[i].period = p;
    }
    return c->texts.v[i].period - 1;
}

/* ---- cells ----------------------------------------------------------------------------------------------------------- */

static cell *cell_at(cell *v, uint32_t mask, int64_t key, uint32_t period)
{
    uint32_t at = (uint32_t)hw_mix((uint64_t)key * UINT64_C(0x9E3779B97F4A7C15) + period) & mask;
    while (v[at].used && (v[at].key != key || v[at].period != period)) at = (at + 1) & mask;
    return &v[at];
}

static void count_one(counting *c, int64_t key, uint32_t period)
{
    cell *x = cell_at(c->cells, c->cell_mask, key, period);
    if (!x->used) {
        *x = (cell){key, period, 1, 0};
        c->n_cells++;
    }
    x->n++;
    if (c->n_cells <= c->cell_mask / 2) return;
    uint32_t mask = c->cell_mask * 2 + 1;
    cell *bigger = HW_NEWS(c->a, cell, mask + 1);
    for (uint32_t i = 0; i <= c->cell_mask; i++)
        if (c->cells[i].used) *cell_at(bigger, mask, c->cells[i].key, c->cells[i].period) = c->cells[i];
    c->cells = bigger;
    c->cell_mask = mask;
}

/* ---- from cells to rows ---------------------------------------------------------------------------------------------- */

static int by_text(const char *a, const char *b)
{
    return strcmp(a ? a : "", b ? b : "");
}

static int by_key(const void *x, const void *y)
{
    const hw_tally_row *a = x, *b = y;
    int c = by_text(a->key, b->key);
    if (!c) c = (a->entity.id > b->entity.id) - (a->entity.id < b->entity.id);
    return c ? c : by_text(a->period, b->period);
}

static int by_total(const void *x, const void *y)
{
    const hw_tally_row *a = x, *b = y;
    return a->total != b->total ? (a->total < b->total ? 1 : -1) : by_key(x, y);
}

static bool same_key(const hw_tally_row *a, const hw_tally_row *b)
{
    return a->entity.id == b->entity.id && !by_text(a->key, b->key);
}

/* Gives the rows of one key their total; they stand together. */
static void sum_up(hw_tally_row *v, size_t n)
{
    for (size_t i = 0, end = 0; i < n; i = end) {
        int64_t total = 0;
        for (end = i; end < n && same_key(&v[i], &v[end]); end++) total += v[end].n;
        for (size_t k = i; k < end; k++) v[k].total = total;
    }
}

/* How many rows the first `most` keys have. */
static size_t first_keys(const hw_tally_row *v, size_t n, size_t most)
{
    size_t keys = 0;
    for (size_t i = 0; i < n; i++)
        if ((!i || !same_key(&v[i], &v[i - 1])) && keys++ == most) return i;
    return n;
}

static bool name_entities(hw_store *s, hw_arena *a, hw_tally_row *v, size_t n)
{
    for (size_t i = 0; i < n; i++) {
        if (i && same_key(&v[i], &v[i - 1])) {
            v[i].entity = v[i - 1].entity;
            v[i].entity_key = v[i - 1].entity_key;
            continue;
        }
        if (!v[i].entity.id) continue;
        sqlite3_stmt *st = hw_sql(s, "SELECT name, name_ckb, type, key FROM entities WHERE id = ?1");
        hw_bind_int(st, 1, v[i].entity.id);
        int rc = st ? sqlite3_step(st) : SQLITE_ERROR;
        if (rc == SQLITE_ROW) {
            v[i].entity = (hw_entity_ref){v[i].entity.id, hw_column_text(a, st, 0), hw_column_text(a, st, 1), hw_column_text(a, st, 2)};
            v[i].entity_key = hw_column_text(a, st, 3);
        }
        if (st) sqlite3_reset(st);
        if (rc != SQLITE_ROW) return false;
    }
    return true;
}

/* Keys with the most facts first; times, which are counted by themselves, in their own order. */
static size_t rows_of(const counting *c, bool entity, bool times, size_t most, hw_tally_row **out)
{
    hw_tally_row *v = HW_NEWS(c->a, hw_tally_row, c->n_cells + 1);
    size_t n = 0;
    for (uint32_t i = 0; i <= c->cell_mask; i++) {
        const cell *x = &c->cells[i];
        if (!x->used) continue;
        v[n] = (hw_tally_row){.n = x->n, .period = c->texts.v[x->period].text};
        if (entity) v[n].entity.id = x->key;
        else v[n].key = c->texts.v[x->key].text;
        n++;
    }
    qsort(v, n, sizeof *v, by_key);
    sum_up(v, n);
    if (!times) qsort(v, n, sizeof *v, by_total);
    *out = v;
    return most ? first_keys(v, n, most) : n;
}

/* ---- counting -------------------------------------------------------------------------------------------------------- */

typedef struct {
    hw_store *s;
    hw_tallied what;
    const hw_filter *f;
    const dimension *by; /* NULL: by time */
    span span;           /* of the key or of the periods */
    size_t most;
} question;

static hewal_status count(const question *q, hw_cursor *c, void **out, size_t *n, hewal_error *err)
{
    static const size_t strings[] = {offsetof(hw_tally_row, key), offsetof(hw_tally_row, entity.name), offsetof(hw_tally_row, entity.name_ckb),
                                     offsetof(hw_tally_row, entity.type), offsetof(hw_tally_row, entity_key), offsetof(hw_tally_row, period)};
    static const hw_shape shape = {sizeof(hw_tally_row), strings, 6};
    bool entity = q->by && q->by->entity;
    counting x;
    hw_tally_row *v;
    counting_begin(&x, &c->row, q->span);
    while (hw_cursor_step(c)) {
        uint32_t period = period_at(&x, c->st, 0);
        const char *s = !q->by || entity ? NULL : (const char *)sqlite3_column_text(c->st, 1);
        if (!q->by) count_one(&x, period, 0);
        else if (entity) count_one(&x, sqlite3_column_int64(c->st, 1), period);
        else count_one(&x, s && *s ? number_of(&x, s, (size_t)sqlite3_column_bytes(c->st, 1)) : 0, period);
    }
    if (c->failed) return hw_cursor_error(c, err);
    *n = rows_of(&x, entity, !q->by, q->most, &v);
    if (!name_entities(q->s, &c->row, v, *n)) return hw_store_fault(q->s, err);
    *out = hw_block_of(v, *n, &shape);
    return *out ? HEWAL_OK : hw_fail(err, HEWAL_ENOMEM, "out of memory");
}

/* To look up the article of every fact takes longer than all else, so it is joined only where it is spoken of. */
static bool needs_article(const question *q)
{
    const hw_filter *f = q->f;
    return (f && ((f->outlet && *f->outlet) || (f->article && *f->article))) || (q->by && !strncmp(q->by->key, "a.", 2));
}

static hewal_status ask(const question *q, hw_arena *kept, void **out, size_t *n, hewal_error *err)
{
    hw_cursor *c;
    if (hw_arena_guard(kept)) return hw_fail(err, HEWAL_ENOMEM, "out of memory");
    const char *select = hw_sprintf(kept, "SELECT %s, %s FROM %s%s%s", q->span ? tables[q->what].date : "NULL", q->by ? q->by->key : "NULL", tables[q->what].table,
                                    needs_article(q) ? tables[q->what].article : "", q->by ? q->by->join : "");
    kept->guarded = 0;
    hewal_status st = hw_cursor_counting(q->s, tables[q->what].kind, q->f, select, "", &c, err);
    if (st != HEWAL_OK) return st;
    st = hw_arena_guard(&c->row) ? hw_fail(err, HEWAL_ENOMEM, "out of memory") : count(q, c, out, n, err);
    c->row.guarded = 0;
    hw_cursor_close(c);
    return st;
}

hewal_status hw_store_tally(hw_store *s, hw_tallied what, const hw_filter *f, const char *by, const char *over, size_t most, hw_tally_row **out,
                            size_t *n, hewal_error *err)
{
    question q = {.s = s, .what = what, .f = f, .by = dimension_called(what, by), .most = most};
    void *rows = NULL;
    hw_arena kept;
    hewal_status st;
    *n = 0;
    q.span = span_called(q.by ? over : by);
    hw_arena_init(&kept);
    hw_store_lock(s);
    if (!q.by && !q.span) st = hw_fail(err, HEWAL_EINVAL, "«%.40s» is nothing that these are counted by", by);
    else if (over && !span_called(over)) st = hw_fail(err, HEWAL_EINVAL, "«%.40s» is no length of time", over);
    else st = ask(&q, &kept, &rows, n, err);
    hw_store_unlock(s);
    *out = rows;
    hw_arena_free(&kept);
    return st;
}
