/* In: a query. Out: the articles that answer it, best first. */
#include "search/plan.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

typedef struct {
    hw_results pub; /* first */
    hw_arena arena;
} whole;

typedef struct { int64_t article; double score; } found;

typedef struct {
    hw_store *s;
    hw_arena *a;
    const hw_search_options *o;
    hw_plan *plan;
    found *v;
    size_t n, wanted; /* wanted: from the first result on */
    hewal_error *err;
} search;

/* Runs the query; those found before keep their place, new ones follow. */
static hewal_status run(search *x, bool all)
{
    static const char sql[] = "SELECT words.rowid, hw_rank(words, ?2) AS score FROM words JOIN articles a ON a.n = words.rowid WHERE words MATCH ?1"
                              " AND (?3 IS NULL OR a.date >= ?3) AND (?4 IS NULL OR (a.date > '' AND a.date <= ?4 || '~')) AND (?5 IS NULL OR a.outlet = ?5)"
                              " ORDER BY score DESC, words.rowid LIMIT ?6";
    const hw_search_options *o = x->o;
    sqlite3_stmt *st = hw_sql(x->s, sql);
    size_t before = x->n;
    int rc = SQLITE_ERROR;
    if (!st) return hw_store_fault(x->s, x->err);
    hw_bind_text(st, 1, hw_plan_query(x->plan, x->a, all));
    sqlite3_bind_pointer(st, 2, x->plan, HW_PLAN_POINTER, NULL);
    hw_bind_text(st, 3, o->from && *o->from ? o->from : NULL);
    hw_bind_text(st, 4, o->to && *o->to ? o->to : NULL);
    hw_bind_text(st, 5, o->outlet && *o->outlet ? o->outlet : NULL);
    hw_bind_int(st, 6, (int64_t)x->wanted);
    while (x->n < x->wanted && (rc = sqlite3_step(st)) == SQLITE_ROW) {
        int64_t id = sqlite3_column_int64(st, 0);
        bool again = false;
        for (size_t i = 0; i < before && !again; i++) again = x->v[i].article == id;
        if (!again) x->v[x->n++] = (found){id, sqlite3_column_double(st, 1)};
    }
    hewal_status res = rc == SQLITE_DONE || rc == SQLITE_ROW || x->n == x->wanted ? HEWAL_OK : hw_store_fault(x->s, x->err);
    sqlite3_reset(st);
    return res;
}

static hewal_status show(search *x, const found *f, hw_hit *out)
{
    sqlite3_stmt *st = hw_sql(x->s, "SELECT id, title, published, outlet, url FROM articles WHERE n = ?1");
    hw_bind_int(st, 1, f->article);
    if (!st || sqlite3_step(st) != SQLITE_ROW) return hw_store_fault(x->s, x->err);
    *out = (hw_hit){.id = hw_column_text(x->a, st, 0), .title = hw_column_text(x->a, st, 1), .published = hw_column_text(x->a, st, 2),
                    .outlet = hw_column_text(x->a, st, 3), .url = hw_column_text(x->a, st, 4), .score = f->score};
    sqlite3_reset(st);
    size_t len = 0;
    const char *text = hw_text_of(x->s, x->a, f->article, &len);
    hw_snippet(x->s, x->a, x->plan, text ? text : "", len, out);
    return HEWAL_OK;
}

static hewal_status read_mark(const char *after, size_t *skip, hewal_error *err)
{
    unsigned long long n;
    char rest;
    *skip = 0;
    if (!after || !*after) return HEWAL_OK;
    if (sscanf(after, "@%llu%c", &n, &rest) != 1 || n > 1000000) return hw_fail(err, HEWAL_EINVAL, "«%.60s» is no place to go on from", after);
    *skip = (size_t)n;
    return HEWAL_OK;
}

static hewal_status search_all(hw_store *s, const hewal_model *m, const char *query, const hw_search_options *o, whole *w, hewal_error *err)
{
    size_t skip, limit = o->limit ? o->limit : 20;
    search x = {.s = s, .a = &w->arena, .o = o, .err = err};
    hewal_status st = read_mark(o->after, &skip, err);
    if (st == HEWAL_OK) st = hw_date_check(o->from, err);
    if (st == HEWAL_OK) st = hw_date_check(o->to, err);
    if (st != HEWAL_OK) return st;
    if (limit > 10000) limit = 10000;
    if (!(x.plan = hw_plan_make(s, m, x.a, query))) return hw_fail(err, HEWAL_EINVAL, "«%.200s»: no word to search for", query);
    if (!hw_rank_register(s->db)) return hw_store_fault(s, err);
    x.wanted = skip + limit + 1; /* one more tells whether there are more */
    x.v = HW_NEWS(x.a, found, x.wanted);
    st = run(&x, true);
    w->pub.some_words_only = st == HEWAL_OK && !x.n && x.plan->n > 1;
    if (st == HEWAL_OK && x.n < x.wanted && x.plan->n > 1) st = run(&x, false);
    size_t end = skip + limit < x.n ? skip + limit : x.n;
    hw_hit *hits = HW_NEWS(x.a, hw_hit, limit + 1);
    for (size_t i = skip; i < end && st == HEWAL_OK; i++) st = show(&x, &x.v[i], &hits[w->pub.n++]);
    w->pub.hits = hits;
    if (x.n > end) snprintf(w->pub.next, sizeof w->pub.next, "@%zu", end);
    return st;
}

hewal_status hw_search(hw_store *s, const hewal_model *m, const char *query, const hw_search_options *o, hw_results **out, hewal_error *err)
{
    static const hw_search_options plain;
    *out = NULL;
    whole *w = calloc(1, sizeof *w);
    if (!w) return hw_fail(err, HEWAL_ENOMEM, "out of memory");
    hw_arena_init(&w->arena);
    hw_store_lock(s);
    hewal_status st = hw_arena_guard(&w->arena) ? hw_fail(err, HEWAL_ENOMEM, "out of memory") : search_all(s, m, query, o ? o : &plain, w, err);
    w->arena.guarded = 0;
    hw_store_unlock(s);
    if (st == HEWAL_OK) *out = &w->pub;
    else hw_results_free(&w->pub);
    return st;
}

void hw_results_free(hw_results *r)
{
    if (!r) return;
    whole *w = (whole *)r;
    hw_arena_free(&w->arena);
    free(w);
}

hewal_status hw_results_json(const hw_results *r, hewal_string *out)
{
    hw_buf b = hw_buf_on(out);
    hw_puts(&b, "{\"items\":[");
    for (size_t i = 0; i < r->n; i++) {
        const hw_hit *h = &r->hits[i];
        const struct { const char *name, *value; } text[] = {{"title", h->title}, {"published", h->published}, {"outlet", h->outlet}, {"url", h->url}, {"snippet", h->snippet}};
        hw_puts(&b, i ? ",{\"id\":" : "{\"id\":");
        hw_put_json_s(&b, h->id);
        hw_putf(&b, ",\"score\":%.4f", h->score);
        for (size_t k = 0; k < sizeof text / sizeof *text; k++) {
            hw_putf(&b, ",\"%s\":", text[k].name);
            hw_put_json_s(&b, text[k].value);
        }
        hw_puts(&b, ",\"hits\":[");
        for (size_t k = 0; k < h->n_hits; k++) hw_putf(&b, "%s{\"b\":%u,\"e\":%u}", k ? "," : "", h->snippet_b + h->hits[k].b, h->snippet_b + h->hits[k].e);
        hw_puts(&b, "]}");
    }
    hw_puts(&b, "],\"next\":");
    hw_put_json_s(&b, r->next[0] ? r->next : NULL);
    hw_putc(&b, '}');
    return hw_buf_ok(&b) ? HEWAL_OK : HEWAL_ENOMEM;
}
