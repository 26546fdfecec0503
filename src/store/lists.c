/* In: a filter. Out: a cursor over quotes, events, articles or entities; a place to go on from. */
#include "store/inside.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* A statement being put together: text with ?, and what is bound to them. */
typedef struct {
    hw_cursor *c;
    const char *where;
    const char *value[16];
    unsigned n;
    unsigned asked; /* which value are the words asked for; 0: none */
    const char *of; /* the tables that the list begins with; NULL: the facts */
    hewal_status status;
} query;

static void add(query *q, const char *condition)
{
    q->where = hw_sprintf(&q->c->kept, "%s AND %s", q->where, condition);
}

/* A condition with one ?. */
static void add_value(query *q, const char *condition, const char *value)
{
    if (!value || !*value) return;
    q->value[q->n++] = hw_strdup(&q->c->kept, value);
    add(q, condition);
}

/* "(1,2,3)"; no id at all finds nothing. */
static const char *id_list(query *q, const int64_t *v, size_t n)
{
    hewal_string s = {0};
    hw_buf b = hw_buf_on(&s);
    hw_putc(&b, '(');
    for (size_t i = 0; i < n; i++) hw_putf(&b, "%s%lld", i ? "," : "", (long long)v[i]);
    hw_putc(&b, ')');
    if (!hw_buf_ok(&b)) q->status = HEWAL_ENOMEM;
    const char *list = hw_strdup(&q->c->kept, hw_buf_ok(&b) ? s.s : "()");
    hewal_string_free(&s);
    return list;
}

/* A condition around the list. */
static void add_ids(query *q, const char *before, const int64_t *v, size_t n, const char *after)
{
    if (v) add(q, hw_sprintf(&q->c->kept, "%s%s%s", before, id_list(q, v, n), after));
}

/* Words that a ninth of all articles have, and more: to gather these takes longer than to read sentences until twenty have the words. */
enum { MOST = 9, LEAST = 1000 };

static int64_t articles(const query *q)
{
    int64_t last = 0;
    return hw_run_int(hw_sql(q->c->s, "SELECT max(n) FROM articles"), 0, &last) ? last : 0;
}

/* So many rows of a store are many: to take them all and sort takes as long as to look from the newest on until twenty are found, which
 * grows with the store as the first shrinks. */
static int64_t many(const query *q)
{
    return (int64_t)(4 * sqrt((double)articles(q))) + 100;
}

/* Whether a list has so many of the rows that `from` selects for these ids that its first ones are found soonest by looking from the
 * newest on; else it is quicker to take them all and sort. A count has to see all of them in any case. */
static bool has_many(query *q, const char *from, const int64_t *v, size_t n)
{
    sqlite3_stmt *st = NULL;
    int64_t count = 0, most = many(q);
    if (!v || q->c->select) return false;
    const char *sql = hw_sprintf(&q->c->kept, "SELECT count(*) FROM (SELECT 1 FROM %s AND entity IN %s LIMIT %lld)", from, id_list(q, v, n), (long long)most);
    if (sqlite3_prepare_v2(q->c->s->db, sql, -1, &st, NULL) == SQLITE_OK && sqlite3_step(st) == SQLITE_ROW) count = sqlite3_column_int64(st, 0);
    sqlite3_finalize(st);
    return count >= most;
}

/* Facts of one entity stand in the order of their dates in a table of their own: a list begins there (`q->of`). */
static bool begin_with(query *q, const char *of, const int64_t *v, size_t n)
{
    if (!v || n != 1 || q->c->select || q->of) return false;
    q->of = of;
    add_ids(q, "o.entity IN ", v, n, "");
    return true;
}

/* Events in which one of these takes part, on one of the sides or (-1) on either. */
static void add_sides(query *q, int side, const int64_t *v, size_t n)
{
    const char *on = side < 0 ? "1" : side ? "side = 1" : "side = 0";
    if (!v) return;
    if (begin_with(q, "parties o CROSS JOIN events v ON v.id = o.event", v, n)) {
        /* who is on both sides of an event has it once */
        add(q, side < 0 ? "o.side = (SELECT min(x.side) FROM parties x WHERE x.entity = o.entity AND x.date = o.date AND x.event = o.event)"
                        : hw_sprintf(&q->c->kept, "o.%s", on));
        return;
    }
    const char *list = id_list(q, v, n), *from = hw_sprintf(&q->c->kept, "parties WHERE %s", on);
    if (!has_many(q, from, v, n)) {
        add(q, hw_sprintf(&q->c->kept, "v.id IN (SELECT event FROM parties WHERE %s AND entity IN %s)", on, list));
        return;
    }
    const char *taking = "EXISTS (SELECT 1 FROM %s k WHERE k.event = v.id AND k.entity IN %s)";
    const char *a = hw_sprintf(&q->c->kept, taking, "event_actors", list), *t = hw_sprintf(&q->c->kept, taking, "event_targets", list);
    add(q, side < 0 ? hw_sprintf(&q->c->kept, "(%s OR %s)", a, t) : side ? t : a);
}

static void add_id(query *q, const char *column, int64_t id)
{
    if (id) add(q, hw_sprintf(&q->c->kept, "%s = %lld", column, (long long)id));
}

/* Quotes whose words name one of them. */
static void add_named(query *q, const int64_t *v, size_t n)
{
    if (!v || begin_with(q, "quote_names o CROSS JOIN quotes q ON q.id = o.quote", v, n)) return;
    if (has_many(q, "quote_names WHERE 1", v, n)) add_ids(q, "EXISTS (SELECT 1 FROM quote_names k WHERE k.date = q.date AND k.quote = q.id AND k.entity IN ", v, n, ")");
    else add_ids(q, "q.id IN (SELECT quote FROM quote_names WHERE entity IN ", v, n, ")");
}

static void add_period(query *q, const hw_filter *f, const char *date, hewal_error *err)
{
    if (q->status == HEWAL_OK) q->status = hw_date_check(f->from, err);
    if (q->status == HEWAL_OK) q->status = hw_date_check(f->to, err);
    if (f->from && *f->from) add_value(q, hw_sprintf(&q->c->kept, "%s >= ?", date), f->from);
    /* every day of the last month or year is in; what has no date is not */
    if (f->to && *f->to) add_value(q, hw_sprintf(&q->c->kept, "%s > '' AND %s <= ? || '~'", date, date), f->to);
}

/* Words of few articles, and in a count of any: the facts whose sentence has them are taken from the index, and sorted. Of many: the
 * first rows of a list are found soonest by looking from the newest on (the plus keeps SQLite from beginning with the articles), and
 * reading their sentences; of most: without asking the index at all. */
static void add_about(query *q, const hw_filter *f, const char *fact, hewal_error *err)
{
    if (!f->about || !*f->about || q->status != HEWAL_OK) return;
    q->c->about = hw_words_ask(q->c->s, &q->c->kept, f->about);
    if (!q->c->about) {
        q->status = hw_fail(err, HEWAL_EINVAL, "«%.200s»: no word in it", f->about);
        return;
    }
    const char *words = hw_words_query(&q->c->kept, q->c->about);
    double n = q->c->select ? 0 : hw_words_articles(q->c->s, words);
    if (q->c->kind == HW_ARTICLES) {
        add_value(q, hw_sprintf(&q->c->kept, "%sa.n IN (SELECT rowid FROM words WHERE words MATCH ?)", n < (double)many(q) ? "" : "+"), words);
    } else if (n < (double)many(q)) {
        add_value(q, hw_sprintf(&q->c->kept, "%s.id IN (SELECT x.id FROM words CROSS JOIN %s x ON x.article = words.rowid WHERE words MATCH ?"
                                             " AND hw_within(words, ?, x.w1, x.w2, x.m1, x.m2))", fact, *fact == 'q' ? "quotes" : "events"), words);
        q->asked = q->n++; /* its second ? */
        if (!hw_words_register(q->c->s)) q->status = hw_store_fault(q->c->s, err);
    } else if (n < (double)articles(q) / MOST + LEAST) {
        add_value(q, hw_sprintf(&q->c->kept, "+%s.article IN (SELECT rowid FROM words WHERE words MATCH ?)", fact), words);
    }
}

/* Marks are "DATE,ID" (DATE may be empty), for entities "#PASSED". */
static void add_mark(query *q, const hw_filter *f, const char *date, const char *id, hewal_error *err)
{
    long long n;
    char day[16] = "", rest;
    if (!f->after || !*f->after || q->status != HEWAL_OK) return;
    if (sscanf(f->after, ",%lld%c", &n, &rest) != 1 && (sscanf(f->after, "%10[0-9-],%lld%c", day, &n, &rest) != 2 || strlen(day) > 10)) {
        q->status = hw_fail(err, HEWAL_EINVAL, "«%.60s» is no place to go on from", f->after);
        return;
    }
    const char *op = f->oldest_first ? ">" : "<";
    add(q, hw_sprintf(&q->c->kept, "(%s, %s) %s ('%s', %lld)", date, id, op, day, n));
}

static hw_cursor *new_cursor(hw_store *s, hw_cursor_kind kind)
{
    hw_cursor *c = calloc(1, sizeof *c);
    if (!c) return NULL;
    c->s = s;
    c->kind = kind;
    hw_arena_init(&c->kept);
    hw_arena_init(&c->row);
    hw_arena_init(&c->whole);
    return c;
}

void hw_cursor_close(hw_cursor *c)
{
    if (!c) return;
    hw_store_lock(c->s);
    sqlite3_finalize(c->st);
    hw_store_unlock(c->s);
    hw_arena_free(&c->kept);
    hw_arena_free(&c->row);
    hw_arena_free(&c->whole);
    free(c);
}

/* `columns` of `facts` (or of what the list begins with) and of what `joins` adds to them. */
static hewal_status prepare(query *q, const char *columns, const char *facts, const char *joins, const char *tail, hewal_error *err)
{
    hw_cursor *c = q->c;
    if (q->status != HEWAL_OK) return q->status;
    const char *select = c->select ? c->select : hw_sprintf(&c->kept, "SELECT %s FROM %s%s", columns, q->of ? q->of : facts, joins);
    const char *sql = hw_sprintf(&c->kept, "%s WHERE 1%s %s", select, q->where, c->select ? c->tail : tail);
    if (sqlite3_prepare_v2(c->s->db, sql, -1, &c->st, NULL) != SQLITE_OK) return hw_store_fault(c->s, err);
    for (unsigned i = 0; i < q->n; i++)
        if (q->asked && i == q->asked) sqlite3_bind_pointer(c->st, (int)i + 1, (void *)(uintptr_t)c->about, HW_WORDS_POINTER, NULL);
        else sqlite3_bind_text(c->st, (int)i + 1, q->value[i], -1, SQLITE_STATIC);
    if (q->asked) c->about = NULL; /* nothing more to look at */
    return HEWAL_OK;
}

/* Near-duplicates stay out but for the outlet's own first report, where one outlet is asked for, and the article asked for. */
static void add_copies(query *q, const hw_filter *f, const char *is_copy)
{
    if (f->copies || f->id || f->reports_of || (f->article && *f->article)) return;
    if (f->outlet && *f->outlet)
        add(q, "(a.copy_of IS NULL OR (NOT EXISTS (SELECT 1 FROM articles o WHERE o.n = a.copy_of AND o.outlet IS a.outlet)"
               " AND NOT EXISTS (SELECT 1 FROM articles o WHERE o.copy_of = a.copy_of AND o.n < a.n AND o.outlet IS a.outlet)))");
    else add(q, is_copy);
}

/* ---- what each kind asks --------------------------------------------------------------------------------------------------- */

#define ARTICLE_COLUMNS "a.id, a.title, a.published, a.outlet, a.url, a.published_inferred," \
    " (SELECT count(*) FROM articles o WHERE o.copy_of = a.n), (SELECT group_concat(o.outlet, char(10)) FROM (SELECT DISTINCT o.outlet FROM articles o" \
    " WHERE o.copy_of = a.n AND o.outlet <> coalesce(a.outlet, '') LIMIT 100) o), (SELECT o.id FROM articles o WHERE o.n = a.copy_of)"
#define ENTITY(x) x ".id, " x ".name, " x ".name_ckb, " x ".type"

static const char *in_order(query *q, const hw_filter *f, const char *date, const char *id)
{
    const char *down = f->oldest_first ? "" : " DESC";
    return hw_sprintf(&q->c->kept, "ORDER BY %s%s, %s%s", date, down, id, down);
}

static hewal_status ask_quotes(query *q, const hw_filter *f, hewal_error *err)
{
    add_named(q, f->named, f->n_named);
    const char *date = q->of ? "o.date" : "q.date", *id = q->of ? "o.quote" : "q.id";
    add_period(q, f, date, err);
    add_value(q, "a.outlet = ?", f->outlet);
    add_value(q, "a.id = ?", f->article);
    add_value(q, "q.channel = ?", f->channel);
    add_value(q, "q.kind = ?", f->kind);
    add_id(q, "q.id", f->id);
    add_ids(q, "q.speaker IN ", f->speakers, f->n_speakers, "");
    add_about(q, f, "q", err);
    add_copies(q, f, "q.copy = 0");
    add_mark(q, f, date, id, err);
    return prepare(q,
                   "q.date, q.id, " ARTICLE_COLUMNS ", q.b, q.e, q.sb, q.se, q.article, q.confidence,"
                   " q.cue_b, q.cue_e, q.kind, q.channel, " ENTITY("s") ", " ENTITY("d") ","
                   " q.source_b, q.source_e",
                   "quotes q", " JOIN articles a ON a.n = q.article LEFT JOIN entities s ON s.id = q.speaker LEFT JOIN entities d ON d.id = q.addressee",
                   in_order(q, f, date, id), err);
}

static hewal_status ask_events(query *q, const hw_filter *f, hewal_error *err)
{
    add_sides(q, 0, f->actors, f->n_actors);
    add_sides(q, 1, f->targets, f->n_targets);
    add_sides(q, -1, f->either, f->n_either);
    const char *date = q->of ? "o.date" : "v.date", *id = q->of ? "o.event" : "v.id";
    add_period(q, f, date, err);
    add_value(q, "a.outlet = ?", f->outlet);
    add_value(q, "a.id = ?", f->article);
    add_value(q, "v.type = ?", f->type);
    add_value(q, "v.mode = ?", f->mode);
    add_value(q, "v.status = ?", f->status);
    if (f->once) add(q, "v.same IS NULL");
    add_id(q, "v.id", f->id);
    if (f->reports_of) add(q, hw_sprintf(&q->c->kept, "v.id IN (SELECT %lld UNION ALL SELECT id FROM events WHERE same = %lld)", (long long)f->reports_of, (long long)f->reports_of));
    add_ids(q, "v.place IN ", f->places, f->n_places, "");
    add_about(q, f, "v", err);
    add_copies(q, f, "v.copy = 0");
    add_mark(q, f, date, id, err);
    return prepare(q,
                   "v.date, v.id, " ARTICLE_COLUMNS ", v.b, v.e, v.sb, v.se, v.article, v.confidence,"
                   " v.type, v.mode, v.status, " ENTITY("p") ","
                   " v.value, (SELECT id FROM quotes q WHERE q.article = v.article AND q.i = v.in_quote), v.same,"
                   " (SELECT count(*) FROM events o WHERE o.same = coalesce(v.same, v.id)) + 1",
                   "events v", " JOIN articles a ON a.n = v.article LEFT JOIN entities p ON p.id = v.place", in_order(q, f, date, id), err);
}

static hewal_status ask_articles(query *q, const hw_filter *f, hewal_error *err)
{
    add_period(q, f, "a.date", err);
    add_value(q, "a.outlet = ?", f->outlet);
    add_value(q, "a.id = ?", f->article);
    add_about(q, f, "a", err);
    add_mark(q, f, "a.date", "a.n", err);
    q->c->about = NULL; /* the whole text has them: nothing more to look at */
    return prepare(q, "a.date, a.n, " ARTICLE_COLUMNS ", a.bytes", "articles a", "", in_order(q, f, "a.date", "a.n"), err);
}

static hewal_status ask_entities(query *q, const hw_filter *f, hewal_error *err)
{
    long long passed = 0;
    char rest;
    add_value(q, "e.type = ?", f->type);
    if (f->after && *f->after && (sscanf(f->after, "#%lld%c", &passed, &rest) != 1 || passed < 0))
        return hw_fail(err, HEWAL_EINVAL, "«%.60s» is no place to go on from", f->after);
    q->c->passed = passed;
    return prepare(q, "'', e.id, e.key, e.type, e.name, e.name_ckb, e.known, e.articles, e.mentions, e.quotes", "entities e", "",
                   hw_sprintf(&q->c->kept, "ORDER BY quotes DESC, mentions DESC, e.id LIMIT -1 OFFSET %lld", passed), err);
}

static hewal_status ask_wholes(query *q, const hw_filter *f, hewal_error *err)
{
    (void)f;
    return prepare(q, "'', n", "articles", "", "ORDER BY n", err);
}

static hewal_status ask_by_kind(hw_cursor *c, const hw_filter *f, hewal_error *err)
{
    static hewal_status (*const asks[])(query *, const hw_filter *, hewal_error *) = {ask_quotes, ask_events, ask_articles, ask_entities, ask_wholes};
    query q = {.c = c, .where = ""};
    return asks[c->kind](&q, f, err);
}

hewal_status hw_cursor_counting(hw_store *s, hw_cursor_kind kind, const hw_filter *f, const char *select, const char *tail, hw_cursor **out,
                                hewal_error *err)
{
    static const hw_filter everything;
    *out = NULL;
    hw_cursor *c = new_cursor(s, kind);
    if (!c) return hw_fail(err, HEWAL_ENOMEM, "out of memory");
    c->select = select;
    c->tail = tail;
    hw_store_lock(s);
    hewal_status st = hw_arena_guard(&c->kept) ? hw_fail(err, HEWAL_ENOMEM, "out of memory") : ask_by_kind(c, f ? f : &everything, err);
    c->kept.guarded = 0;
    hw_store_unlock(s);
    if (st == HEWAL_OK) *out = c;
    else hw_cursor_close(c);
    return st;
}

static hewal_status ask(hw_store *s, hw_cursor_kind kind, const hw_filter *f, hw_cursor **out, hewal_error *err)
{
    return hw_cursor_counting(s, kind, f, NULL, NULL, out, err);
}

hewal_status hw_store_quotes(hw_store *s, const hw_filter *f, hw_cursor **out, hewal_error *err)
{
    return ask(s, HW_QUOTES, f, out, err);
}

hewal_status hw_store_events(hw_store *s, const hw_filter *f, hw_cursor **out, hewal_error *err)
{
    return ask(s, HW_EVENTS, f, out, err);
}

hewal_status hw_store_articles(hw_store *s, const hw_filter *f, hw_cursor **out, hewal_error *err)
{
    return ask(s, HW_ARTICLES, f, out, err);
}

hewal_status hw_store_entities(hw_store *s, const hw_filter *f, hw_cursor **out, hewal_error *err)
{
    return ask(s, HW_ENTITIES, f, out, err);
}

hewal_status hw_store_all(hw_store *s, hw_cursor **out, hewal_error *err)
{
    return ask(s, HW_WHOLES, NULL, out, err);
}

/* ---- going on ---------------------------------------------------------------------------------------------------------------- */

bool hw_cursor_step(hw_cursor *c)
{
    if (c->done) return false;
    if (c->peeked) {
        c->peeked = false;
        return true;
    }
    int rc = sqlite3_step(c->st);
    if (rc == SQLITE_ROW) return true;
    c->done = true;
    if (rc != SQLITE_DONE) {
        c->failed = true;
        hw_store_fault(c->s, &c->err);
    }
    return false;
}

hewal_status hw_cursor_error(const hw_cursor *c, hewal_error *err)
{
    if (!c->failed) return HEWAL_OK;
    if (err) *err = c->err;
    return c->err.status;
}

void hw_cursor_mark(hw_cursor *c, char *buf, size_t size)
{
    hw_store_lock(c->s);
    if (!c->peeked && !hw_cursor_step(c)) {
        snprintf(buf, size, "%s", "");
    } else {
        c->peeked = true;
        if (c->kind == HW_ENTITIES) snprintf(buf, size, "#%lld", (long long)c->passed);
        else snprintf(buf, size, "%s,%lld", c->date, (long long)c->id);
    }
    hw_store_unlock(c->s);
}

/* ---- articles and entities ---------------------------------------------------------------------------------------------------- */

static bool next_row(hw_cursor *c)
{
    if (!hw_cursor_step(c)) return false;
    const char *date = (const char *)sqlite3_column_text(c->st, 0);
    hw_arena_reset(&c->row);
    snprintf(c->date, sizeof c->date, "%s", date ? date : "");
    c->id = sqlite3_column_int64(c->st, 1);
    c->passed++;
    return true;
}

bool hw_next_article(hw_cursor *c, hw_article_ref *r, size_t *text_len)
{
    hw_store_lock(c->s);
    bool got = next_row(c);
    if (got) {
        hw_arena *a = &c->row;
        sqlite3_stmt *st = c->st;
        *r = (hw_article_ref){hw_column_text(a, st, 2), hw_column_text(a, st, 3), hw_column_text(a, st, 4), hw_column_text(a, st, 5),
                              hw_column_text(a, st, 6), sqlite3_column_int(st, 7), sqlite3_column_int64(st, 8), hw_column_text(a, st, 9), hw_column_text(a, st, 10)};
        if (text_len) *text_len = (size_t)sqlite3_column_int64(st, 11);
    }
    hw_store_unlock(c->s);
    return got;
}

bool hw_next_entity(hw_cursor *c, hw_entity_row *r)
{
    hw_store_lock(c->s);
    bool got = next_row(c);
    if (got) {
        hw_arena *a = &c->row;
        sqlite3_stmt *st = c->st;
        *r = (hw_entity_row){.id = c->id, .key = hw_column_text(a, st, 2), .type = hw_column_text(a, st, 3), .name = hw_column_text(a, st, 4),
                             .name_ckb = hw_column_text(a, st, 5), .known = sqlite3_column_int(st, 6), .articles = sqlite3_column_int64(st, 7),
                             .mentions = sqlite3_column_int64(st, 8), .quotes = sqlite3_column_int64(st, 9), .match = 1};
    }
    hw_store_unlock(c->s);
    return got;
}

bool hw_next_stored(hw_cursor *c, hw_stored **out)
{
    *out = NULL;
    hw_store_lock(c->s);
    bool got = next_row(c);
    if (got && hw_load(c->s, c->id, out, &c->err) != HEWAL_OK) {
        c->failed = c->done = true;
        got = false;
    }
    hw_store_unlock(c->s);
    return got && *out;
}
