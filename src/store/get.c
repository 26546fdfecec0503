/* In: an article's id. Out: the article and its record, put together again from the rows. */
#include "store/inside.h"

#include <stdlib.h>
#include <string.h>

typedef struct {
    hw_stored pub; /* first */
    hw_arena arena;
    int64_t *ids;  /* store ids of the entities */
} whole;

typedef struct {
    hw_store *s;
    whole *w;
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
FROM_NAME(hewal_timex, hewal_timex_name, 4, timex_from)
FROM_NAME(hewal_kind, hewal_kind_name, 3, kind_from)
FROM_NAME(hewal_channel, hewal_channel_name, 13, channel_from)
FROM_NAME(hewal_event_type, hewal_event_type_name, 16, event_from)
FROM_NAME(hewal_mode, hewal_mode_name, 4, mode_from)
FROM_NAME(hewal_event_status, hewal_event_status_name, 5, status_from)

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

static int32_t local_entity(const loader *l, sqlite3_stmt *st, int col)
{
    if (sqlite3_column_type(st, col) == SQLITE_NULL) return HEWAL_NONE;
    int64_t id = sqlite3_column_int64(st, col);
    for (size_t i = 0; i < l->w->pub.record.n_entities; i++)
        if (l->w->ids[i] == id) return (int32_t)i;
    return HEWAL_NONE;
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

static void load_entities(loader *l)
{
    hw_arena *a = &l->w->arena;
    HW_VEC(hewal_entity) v = {0};
    HW_VEC(int64_t) ids = {0};
    sqlite3_stmt *st = rows(l, "SELECT e.id, e.type, coalesce(x.name, e.name), coalesce(x.name_ckb, e.name_ckb), CASE e.known WHEN 1 THEN e.key END, x.confidence"
                               " FROM article_entities x JOIN entities e ON e.id = x.entity WHERE x.article = ?1 ORDER BY x.i");
    while (more(l, st)) {
        hewal_entity *e = hw_push(a, &v);
        *(int64_t *)hw_push(a, &ids) = sqlite3_column_int64(st, 0);
        *e = (hewal_entity){type_from((const char *)sqlite3_column_text(st, 1)), hw_column_text(a, st, 2), hw_column_text(a, st, 3), hw_column_text(a, st, 4),
                            real_at(st, 5)};
    }
    l->w->pub.record.entities = v.v;
    l->w->pub.record.n_entities = v.n;
    l->w->pub.entity_ids = l->w->ids = ids.v;
}

static void load_mentions(loader *l)
{
    HW_VEC(hewal_mention) v = {0};
    sqlite3_stmt *st = rows(l, "SELECT b, e, type, entity, confidence FROM mentions WHERE article = ?1 ORDER BY i");
    while (more(l, st)) {
        hewal_mention *m = hw_push(&l->w->arena, &v);
        m->b = at(st, 0);
        m->e = at(st, 1);
        m->type = type_from((const char *)sqlite3_column_text(st, 2));
        m->entity = local_entity(l, st, 3);
        m->confidence = real_at(st, 4);
    }
    l->w->pub.record.mentions = v.v;
    l->w->pub.record.n_mentions = v.n;
}

static void load_times(loader *l)
{
    HW_VEC(hewal_time) v = {0};
    HW_VEC(hewal_quantity) u = {0};
    sqlite3_stmt *st = rows(l, "SELECT b, e, type, value, confidence FROM times WHERE article = ?1 ORDER BY i");
    while (more(l, st)) {
        hewal_time *t = hw_push(&l->w->arena, &v);
        t->b = at(st, 0);
        t->e = at(st, 1);
        t->type = timex_from((const char *)sqlite3_column_text(st, 2));
        t->value = hw_column_text(&l->w->arena, st, 3);
        t->confidence = real_at(st, 4);
    }
    st = rows(l, "SELECT b, e, value, unit, confidence FROM quantities WHERE article = ?1 ORDER BY i");
    while (more(l, st)) {
        hewal_quantity *q = hw_push(&l->w->arena, &u);
        q->b = at(st, 0);
        q->e = at(st, 1);
        q->value = sqlite3_column_double(st, 2);
        q->unit = hw_column_text(&l->w->arena, st, 3);
        q->confidence = real_at(st, 4);
    }
    l->w->pub.record.times = v.v;
    l->w->pub.record.n_times = v.n;
    l->w->pub.record.quantities = u.v;
    l->w->pub.record.n_quantities = u.n;
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
    sqlite3_stmt *st = rows(l, "SELECT id, text, title, given, outlet, url, source, extra, origin, model, published, published_inferred FROM articles WHERE n = ?1");
    if (!more(l, st)) return false;
#define COLUMN(i) ((char *)(uintptr_t)hw_column_text(a, st, (i)))
    *x = (hw_article){.id = COLUMN(0), .title = COLUMN(2), .published = COLUMN(3), .outlet = COLUMN(4), .url = COLUMN(5), .source = COLUMN(6), .extra = COLUMN(7),
                      .origin = COLUMN(8)};
    const void *text = sqlite3_column_blob(st, 1);
    x->text_len = (size_t)sqlite3_column_bytes(st, 1);
    x->text = hw_strndup(a, text ? text : "", x->text_len);
    x->meta = (hewal_meta){.published = x->published, .outlet = x->outlet, .title = x->title};
    l->w->pub.model = COLUMN(9);
    r->published = COLUMN(10);
    r->published_inferred = sqlite3_column_int(st, 11);
#undef COLUMN
    r->text = x->text;
    r->text_len = x->text_len;
    sqlite3_reset(st);
    return true;
}

/* False when there is no such article, or on a failure (l->ok). */
static bool load_all(loader *l)
{
    if (!load_article(l)) return false;
    load_entities(l);
    load_mentions(l);
    load_times(l);
    load_quotes(l);
    load_events(l);
    return l->ok;
}

hewal_status hw_load(hw_store *s, int64_t article, hw_stored **out, hewal_error *err)
{
    *out = NULL;
    whole *w = calloc(1, sizeof *w);
    if (!w) return hw_fail(err, HEWAL_ENOMEM, "out of memory");
    hw_arena_init(&w->arena);
    loader l = {.s = s, .w = w, .n = article, .ok = true};
    bool memory = !hw_arena_guard(&w->arena), loaded = memory && load_all(&l);
    w->arena.guarded = 0;
    hewal_status st = !memory ? hw_fail(err, HEWAL_ENOMEM, "out of memory") : l.ok ? HEWAL_OK : hw_store_fault(s, err);
    if (loaded) *out = &w->pub;
    else hw_stored_free(&w->pub);
    return st;
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
