/* In: an article's id. Out: the article and its record, put together again from the rows. */
#include "store/inside.h"

#include <jansson.h>
#include <stdlib.h>
#include <string.h>

typedef struct {
    hw_stored pub; /* first */
    hw_arena arena;
    int64_t *ids;  /* store ids of the entities */
    json_t *list;  /* being read */
    bool damaged;
} whole;

typedef struct { int64_t id; int32_t i; } id_place;

typedef struct {
    hw_store *s;
    whole *w;
    id_place *places; /* entities by their store ids */
    int64_t n;
    bool ok;
} loader;

/* The value that has this name among the first `count` of an enumeration. */
#define FROM_NAME(type, name_of, count, s)                                                                             \
    static type s(const char *name)                                                                                    \
    {                                                                                                                  \
        for (unsigned i = 0; name && i < (count); i++)                                                                 \
            if (!strcmp(name_of((type)i), name)) return (type)i;                                                       \
        return (type)0;                                                                                                \
    }
FROM_NAME(hewal_type, hewal_type_name, 4, type_from)
FROM_NAME(hewal_kind, hewal_kind_name, 3, kind_from)
FROM_NAME(hewal_channel, hewal_channel_name, 13, channel_from)
FROM_NAME(hewal_event_type, hewal_event_type_name, 16, event_from)
FROM_NAME(hewal_mode, hewal_mode_name, 4, mode_from)
FROM_NAME(hewal_event_status, hewal_event_status_name, 5, status_from)

/* A record that is not as it was written. */
static void spoilt(loader *l)
{
    l->w->damaged = true;
    l->ok = false;
}

static void check_span(loader *l, uint32_t b, uint32_t e)
{
    if (b > e || e > l->w->pub.record.text_len) spoilt(l);
}

/* Begins to read rows of the article; the loop over them ends with `more` false. */
static sqlite3_stmt *rows(loader *l, const char *sql)
{
    sqlite3_stmt *st = hw_sql(l->s, sql);
    hw_bind_int(st, 1, l->n);
    if (!st) l->ok = false;
    return st;
}

static bool more(loader *l, sqlite3_stmt *st)
{
    if (!st || !l->ok) return false;
    int rc = sqlite3_step(st);
    if (rc == SQLITE_ROW) return true;
    l->ok = rc == SQLITE_DONE;
    sqlite3_reset(st);
    return false;
}

static int by_id(const void *a, const void *b)
{
    const id_place *x = a, *y = b;
    return x->id < y->id ? -1 : x->id > y->id ? 1 : x->i < y->i ? -1 : x->i > y->i;
}

static int32_t local_entity(const loader *l, sqlite3_stmt *st, int col)
{
    if (sqlite3_column_type(st, col) == SQLITE_NULL) return HEWAL_NONE;
    int64_t id = sqlite3_column_int64(st, col);
    size_t from = 0, to = l->w->pub.record.n_entities;
    while (from < to) {
        size_t mid = from + (to - from) / 2;
        if (l->places[mid].id < id) from = mid + 1;
        else to = mid;
    }
    return from < l->w->pub.record.n_entities && l->places[from].id == id ? l->places[from].i : HEWAL_NONE;
}

static int32_t index_at(sqlite3_stmt *st, int col)
{
    return sqlite3_column_type(st, col) == SQLITE_NULL ? HEWAL_NONE : sqlite3_column_int(st, col);
}

static uint32_t at(sqlite3_stmt *st, int col)
{
    return (uint32_t)sqlite3_column_int64(st, col);
}

static float real_at(sqlite3_stmt *st, int col)
{
    return (float)sqlite3_column_double(st, col);
}

/* ---- the lists of numbers (schema.c: records) ---- */

static int64_t whole_at(const json_t *row, size_t i)
{
    return json_integer_value(json_array_get(row, i)); /* 0 for what is none */
}

static const char *string_at(loader *l, const json_t *row, size_t i)
{
    const json_t *s = json_array_get(row, i);
    return json_is_string(s) ? hw_strdup(&l->w->arena, json_string_value(s)) : NULL;
}

static float hundredth_at(const json_t *row, size_t i)
{
    return (float)(json_number_value(json_array_get(row, i)) / 100.0);
}

static void load_entities(loader *l, const json_t *rows)
{
    hw_arena *a = &l->w->arena;
    size_t n = json_array_size(rows);
    hewal_entity *v = HW_NEWS(a, hewal_entity, n + 1);
    l->w->ids = HW_NEWS(a, int64_t, n + 1);
    l->places = HW_NEWS(a, id_place, n + 1);
    for (size_t i = 0; i < n && l->ok; i++) {
        const json_t *row = json_array_get(rows, i);
        l->w->ids[i] = whole_at(row, 0);
        l->places[i] = (id_place){l->w->ids[i], (int32_t)i};
        sqlite3_stmt *st = hw_sql(l->s, "SELECT type, name, name_ckb, CASE known WHEN 1 THEN key END FROM entities WHERE id = ?1");
        hw_bind_int(st, 1, l->w->ids[i]);
        if (!st || sqlite3_step(st) != SQLITE_ROW) l->ok = false;
        else
            v[i] = (hewal_entity){type_from((const char *)sqlite3_column_text(st, 0)), string_at(l, row, 2), string_at(l, row, 3), hw_column_text(a, st, 3),
                                  hundredth_at(row, 1)};
        if (l->ok && !v[i].name) v[i].name = hw_column_text(a, st, 1);
        if (l->ok && !v[i].name_ckb) v[i].name_ckb = hw_column_text(a, st, 2);
        if (st) sqlite3_reset(st);
    }
    if (n) qsort(l->places, n, sizeof *l->places, by_id);
    l->w->pub.record.entities = v;
    l->w->pub.record.n_entities = n;
    l->w->pub.entity_ids = l->w->ids;
}

static void load_mentions(loader *l, const json_t *rows)
{
    size_t n = json_array_size(rows);
    hewal_mention *v = HW_NEWS(&l->w->arena, hewal_mention, n + 1);
    for (size_t i = 0; i < n; i++) {
        const json_t *row = json_array_get(rows, i);
        v[i].b = (uint32_t)whole_at(row, 0);
        v[i].e = v[i].b + (uint32_t)whole_at(row, 1);
        v[i].type = (hewal_type)(whole_at(row, 2) & 3);
        v[i].entity = json_is_null(json_array_get(row, 3)) ? HEWAL_NONE : (int32_t)whole_at(row, 3);
        v[i].confidence = hundredth_at(row, 5);
        check_span(l, v[i].b, v[i].e);
        if (v[i].entity < HEWAL_NONE || v[i].entity >= (int64_t)l->w->pub.record.n_entities) spoilt(l);
    }
    l->w->pub.record.mentions = v;
    l->w->pub.record.n_mentions = n;
}

static void load_times(loader *l, const json_t *rows)
{
    size_t n = json_array_size(rows);
    hewal_time *v = HW_NEWS(&l->w->arena, hewal_time, n + 1);
    for (size_t i = 0; i < n; i++) {
        const json_t *row = json_array_get(rows, i);
        v[i].b = (uint32_t)whole_at(row, 0);
        v[i].e = v[i].b + (uint32_t)whole_at(row, 1);
        check_span(l, v[i].b, v[i].e);
        v[i].type = (hewal_timex)(whole_at(row, 2) & 3);
        v[i].value = string_at(l, row, 3);
        v[i].confidence = hundredth_at(row, 4);
    }
    l->w->pub.record.times = v;
    l->w->pub.record.n_times = n;
}

static void load_quantities(loader *l, const json_t *rows)
{
    size_t n = json_array_size(rows);
    hewal_quantity *v = HW_NEWS(&l->w->arena, hewal_quantity, n + 1);
    for (size_t i = 0; i < n; i++) {
        const json_t *row = json_array_get(rows, i);
        v[i].b = (uint32_t)whole_at(row, 0);
        v[i].e = v[i].b + (uint32_t)whole_at(row, 1);
        check_span(l, v[i].b, v[i].e);
        v[i].value = json_number_value(json_array_get(row, 2));
        v[i].unit = string_at(l, row, 3);
        v[i].confidence = hundredth_at(row, 4);
    }
    l->w->pub.record.quantities = v;
    l->w->pub.record.n_quantities = n;
}

/* One of the four lists; nothing when the article is not annotated. */
static void load_list(loader *l, int column, void (*load)(loader *, const json_t *))
{
    sqlite3_stmt *st = rows(l, "SELECT entities, mentions, times, quantities FROM records WHERE article = ?1");
    if (!more(l, st)) return;
    const char *s = (const char *)sqlite3_column_text(st, column);
    l->w->list = s ? json_loadb(s, (size_t)sqlite3_column_bytes(st, column), 0, NULL) : NULL;
    sqlite3_reset(st);
    if (json_is_array(l->w->list)) load(l, l->w->list);
    else spoilt(l);
    json_decref(l->w->list);
    l->w->list = NULL;
}

/* The entities of a fact: rows of one column. */
static const int32_t *party(loader *l, const char *sql, int64_t fact, size_t *n)
{
    HW_VEC(int32_t) v = {0};
    sqlite3_stmt *st = hw_sql(l->s, sql);
    hw_bind_int(st, 1, fact);
    if (!st) l->ok = false;
    while (more(l, st)) {
        int32_t *e = hw_push(&l->w->arena, &v);
        *e = local_entity(l, st, 0);
    }
    *n = v.n;
    return v.v;
}

static void load_quotes(loader *l)
{
    HW_VEC(hewal_quote) v = {0};
    sqlite3_stmt *st = rows(l, "SELECT id, b, e, cue_b, cue_e, kind, channel, source, speaker, addressee, confidence FROM quotes WHERE article = ?1 ORDER BY i");
    while (more(l, st)) {
        hewal_quote *q = hw_push(&l->w->arena, &v);
        *q = (hewal_quote){.b = at(st, 1), .e = at(st, 2), .cue_b = at(st, 3), .cue_e = at(st, 4), .kind = kind_from((const char *)sqlite3_column_text(st, 5)),
                           .channel = channel_from((const char *)sqlite3_column_text(st, 6)), .source = index_at(st, 7), .source_entity = local_entity(l, st, 8),
                           .addressee_entity = local_entity(l, st, 9), .confidence = real_at(st, 10)};
        q->via = party(l, "SELECT entity FROM quote_via WHERE quote = ?1 ORDER BY i", sqlite3_column_int64(st, 0), &q->n_via);
    }
    l->w->pub.record.quotes = v.v;
    l->w->pub.record.n_quotes = v.n;
}

static void load_events(loader *l)
{
    HW_VEC(hewal_event) v = {0};
    sqlite3_stmt *st = rows(l, "SELECT id, b, e, type, mode, status, place, time, in_quote, confidence FROM events WHERE article = ?1 ORDER BY i");
    while (more(l, st)) {
        hewal_event *e = hw_push(&l->w->arena, &v);
        *e = (hewal_event){.b = at(st, 1), .e = at(st, 2), .type = event_from((const char *)sqlite3_column_text(st, 3)),
                           .mode = mode_from((const char *)sqlite3_column_text(st, 4)), .status = status_from((const char *)sqlite3_column_text(st, 5)),
                           .place = local_entity(l, st, 6), .time = index_at(st, 7), .in_quote = index_at(st, 8), .confidence = real_at(st, 9)};
        e->actors = party(l, "SELECT entity FROM event_actors WHERE event = ?1 ORDER BY i", sqlite3_column_int64(st, 0), &e->n_actors);
        e->targets = party(l, "SELECT entity FROM event_targets WHERE event = ?1 ORDER BY i", sqlite3_column_int64(st, 0), &e->n_targets);
    }
    l->w->pub.record.events = v.v;
    l->w->pub.record.n_events = v.n;
}

/* False when there is no such row. */
static bool load_article(loader *l)
{
    hw_arena *a = &l->w->arena;
    hw_article *x = &l->w->pub.article;
    hewal_record *r = &l->w->pub.record;
    sqlite3_stmt *st = rows(l, "SELECT a.id, x.text, a.title, a.given, a.outlet, a.url, a.source, a.extra, a.origin, m.name, a.published, a.published_inferred, a.language, a.added,"
                               " (SELECT f.id FROM articles f WHERE f.n = a.copy_of), a.bytes FROM articles a JOIN texts x ON x.article = a.n LEFT JOIN models m ON m.id = a.model"
                               " WHERE a.n = ?1");
    if (!more(l, st)) return false;
#define COLUMN(i) ((char *)(uintptr_t)hw_column_text(a, st, (i)))
    *x = (hw_article){.id = COLUMN(0), .title = COLUMN(2), .published = COLUMN(3), .outlet = COLUMN(4), .url = COLUMN(5), .source = COLUMN(6), .extra = COLUMN(7),
                      .origin = COLUMN(8)};
    x->text = (char *)(uintptr_t)hw_column_packed(a, st, 1, 15, &x->text_len);
    if (!x->text) spoilt(l);
    x->meta = (hewal_meta){.published = x->published, .outlet = x->outlet, .title = x->title};
    l->w->pub.model = COLUMN(9);
    r->published = COLUMN(10);
    r->published_inferred = sqlite3_column_int(st, 11);
    l->w->pub.language = COLUMN(12);
    l->w->pub.added = COLUMN(13);
    l->w->pub.copy_of = COLUMN(14);
#undef COLUMN
    r->text = x->text;
    r->text_len = x->text_len;
    sqlite3_reset(st);
    return l->ok;
}

/* False when there is no such article, or on a failure (l->ok). */
static bool load_all(loader *l)
{
    if (!load_article(l)) return false;
    static void (*const loads[])(loader *, const json_t *) = {load_entities, load_mentions, load_times, load_quantities};
    for (int i = 0; i < 4 && l->ok; i++) load_list(l, i, loads[i]);
    if (l->ok) load_quotes(l);
    if (l->ok) load_events(l);
    return l->ok;
}

static hewal_status load(hw_store *s, int64_t article, bool (*what)(loader *), hw_stored **out, hewal_error *err)
{
    *out = NULL;
    whole *w = calloc(1, sizeof *w);
    if (!w) return hw_fail(err, HEWAL_ENOMEM, "out of memory");
    hw_arena_init(&w->arena);
    loader l = {.s = s, .w = w, .n = article, .ok = true};
    bool memory = !hw_arena_guard(&w->arena), loaded = memory && what(&l);
    w->arena.guarded = 0;
    json_decref(w->list);
    hewal_status st = w->damaged ? hw_fail(err, HEWAL_EFORMAT, "%s: the store is damaged: the record of article %lld is not as it was written (hewal verify)", s->path, (long long)article)
                      : !memory ? hw_fail(err, HEWAL_ENOMEM, "out of memory") : l.ok ? HEWAL_OK : hw_store_fault(s, err);
    if (loaded) *out = &w->pub;
    else hw_stored_free(&w->pub);
    return st;
}

hewal_status hw_load(hw_store *s, int64_t article, hw_stored **out, hewal_error *err)
{
    return load(s, article, load_all, out, err);
}

hewal_status hw_load_article(hw_store *s, int64_t article, hw_stored **out, hewal_error *err)
{
    return load(s, article, load_article, out, err);
}

hewal_status hw_store_get(hw_store *s, const char *id, hw_stored **out, hewal_error *err)
{
    int64_t n;
    *out = NULL;
    hw_store_lock(s);
    sqlite3_stmt *st = hw_sql(s, "SELECT n FROM articles WHERE id = ?1");
    hw_bind_text(st, 1, id);
    hewal_status res = hw_run_int(st, 0, &n) ? HEWAL_OK : hw_store_fault(s, err);
    if (res == HEWAL_OK && n) res = hw_load(s, n, out, err);
    hw_store_unlock(s);
    return res;
}

void hw_stored_free(hw_stored *a)
{
    if (!a) return;
    whole *w = (whole *)a;
    hw_arena_free(&w->arena);
    free(w);
}
