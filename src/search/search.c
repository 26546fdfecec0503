/* In: a query. Out: the articles that answer it, best first, and what there is to say of it. */
#include "search/find.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { FEW = 10 /* articles with all words */ };

typedef struct {
    hw_results pub; /* first */
    hw_arena arena;
} whole;

typedef struct {
    hw_store *s;
    hw_arena *a;
    const hw_search_options *o;
    hw_plan *plan;
    const hw_query_node *fields[3]; /* from the options */
    unsigned n_fields;
    hewal_error *err;
} search;

const char *hw_article_text(hw_store *s, hw_arena *a, int64_t article, size_t *len)
{
    const char *text = hw_text_of(s, a, article, len);
    return text ? text : "";
}

/* ---- near-duplicates -------------------------------------------------------------------------------------------------------- */

static int64_t group_of(search *x, int64_t article)
{
    int64_t group;
    sqlite3_stmt *st = hw_sql(x->s, "SELECT coalesce(copy_of, n) FROM articles WHERE n = ?1");
    hw_bind_int(st, 1, article);
    return hw_run_int(st, article, &group) ? group : article;
}

/* Of each group the first that is found stays, until so many are `wanted`: what comes behind is not shown. */
static void once_a_group(search *x, hw_answer *v, size_t wanted)
{
    uint32_t n = 0, strict = 0, mask = 63;
    while (mask < 2 * v->v.n) mask = mask * 2 + 1;
    int64_t *seen = HW_NEWS(x->a, int64_t, mask + 1);
    for (uint32_t i = 0; i < v->v.n && n < wanted; i++) {
        int64_t group = group_of(x, v->v.v[i].article);
        uint32_t k = (uint32_t)((uint64_t)group * UINT64_C(0x9E3779B97F4A7C15) >> 32) & mask;
        while (seen[k] && seen[k] != group) k = (k + 1) & mask;
        if (seen[k]) continue;
        seen[k] = group;
        strict += i < v->strict;
        v->v.v[n++] = v->v.v[i];
    }
    v->v.n = n;
    v->strict = strict;
}

static void tell_copies(search *x, int64_t article, hw_hit *out)
{
    sqlite3_stmt *st = hw_sql(x->s, "WITH g(n) AS (SELECT coalesce(copy_of, n) FROM articles WHERE n = ?1), o AS (SELECT a.n, a.outlet FROM g JOIN articles a ON a.n = g.n"
                                    " UNION ALL SELECT a.n, a.outlet FROM g JOIN articles a ON a.copy_of = g.n) SELECT (SELECT count(*) FROM o WHERE n <> ?1),"
                                    " (SELECT group_concat(outlet, char(10)) FROM (SELECT DISTINCT outlet FROM o WHERE outlet <> ?2 LIMIT 100))");
    hw_bind_int(st, 1, article);
    hw_bind_text(st, 2, out->outlet ? out->outlet : "");
    if (st && sqlite3_step(st) == SQLITE_ROW) {
        out->copies = sqlite3_column_int64(st, 0);
        out->outlets = hw_column_text(x->a, st, 1);
    }
    if (st) sqlite3_reset(st);
}

static hewal_status show(search *x, const hw_found *f, hw_hit *out)
{
    sqlite3_stmt *st = hw_sql(x->s, "SELECT id, title, published, outlet, url FROM articles WHERE n = ?1");
    hw_bind_int(st, 1, f->article);
    if (!st || sqlite3_step(st) != SQLITE_ROW) return hw_store_fault(x->s, x->err);
    *out = (hw_hit){.id = hw_column_text(x->a, st, 0), .title = hw_column_text(x->a, st, 1), .published = hw_column_text(x->a, st, 2),
                    .outlet = hw_column_text(x->a, st, 3), .url = hw_column_text(x->a, st, 4), .score = f->score, .some_words_only = f->loose};
    sqlite3_reset(st);
    if (x->o->groups) tell_copies(x, f->article, out);
    size_t len;
    if (out->title) out->title_hits = hw_title_hits(x->s, x->a, x->plan, out->title, &out->n_title_hits);
    const char *text = hw_article_text(x->s, x->a, f->article, &len);
    hw_snippet(x->s, x->a, x->plan, text, len, out);
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

/* What the options ask for beside the query, as fields of it. */
static unsigned option_fields(search *x, const hw_query_node **out)
{
    const hw_search_options *o = x->o;
    const struct { hw_query_field field; const char *value; } all[] = {{HW_F_FROM, o->from}, {HW_F_TO, o->to}, {HW_F_OUTLET, o->outlet}};
    unsigned n = 0;
    for (size_t k = 0; k < sizeof all / sizeof *all; k++) {
        if (!all[k].value || !*all[k].value) continue;
        hw_query_node *f = HW_NEW(x->a, hw_query_node);
        *f = (hw_query_node){.kind = HW_Q_FIELD, .field = all[k].field, .text = all[k].value};
        out[n++] = f;
    }
    return n;
}

static void take_notes(search *x, hw_results *out)
{
    const hw_query *q = x->plan->query;
    hw_search_note *notes = HW_NEWS(x->a, hw_search_note, q->notes.n + 1);
    for (uint32_t i = 0; i < q->notes.n; i++) notes[i] = (hw_search_note){q->notes.v[i].at, q->notes.v[i].text};
    out->notes = notes;
    out->n_notes = q->notes.n;
}

/* Another spelling of the query, when articles have all words of it. */
static const char *meant(search *x, const hewal_model *m, const hw_answer *found)
{
    hewal_error err;
    hw_answer other = {0};
    search y = *x;
    const char *q = hw_suggest(x->plan, m, x->a, found->strict < FEW);
    if (!q || hw_plan_make(&y.plan, x->s, m, x->a, q, x->fields, x->n_fields, &err) != HEWAL_OK) return NULL;
    if (hw_find(y.plan, x->a, x->o, 0, &other, &err) != HEWAL_OK) return NULL;
    /* What sounds like the word as it was typed may have found the same already: then the spelling is still worth a line. */
    return other.strict > 2 && 2 * other.strict >= found->strict ? q : NULL;
}

/* What is shown of an answer: each group once, and what has only some of the words where there are too few groups of those that have
 * all. */
static hewal_status group(search *x, size_t wanted, hw_answer *found)
{
    bool all = found->v.n > found->strict || x->plan->query->strict;
    hw_answer more = {0};
    once_a_group(x, found, wanted);
    if (all || found->v.n >= wanted) return HEWAL_OK;
    hewal_status st = hw_find(x->plan, x->a, x->o, SIZE_MAX, &more, x->err);
    if (st != HEWAL_OK) return st;
    once_a_group(x, &more, wanted);
    *found = more;
    return HEWAL_OK;
}

static hewal_status search_all(hw_store *s, const hewal_model *m, const char *query, const hw_search_options *o, whole *w, hewal_error *err)
{
    size_t skip, limit = o->limit ? o->limit : 20;
    hw_results *out = &w->pub;
    hw_answer found = {0};
    search x = {.s = s, .a = &w->arena, .o = o, .err = err};
    hewal_status st = read_mark(o->after, &skip, err);
    if (st == HEWAL_OK) st = hw_date_check(o->from, err);
    if (st == HEWAL_OK) st = hw_date_check(o->to, err);
    if (st == HEWAL_OK && !hw_rank_register(s)) st = hw_store_fault(s, err);
    x.n_fields = option_fields(&x, x.fields);
    if (st == HEWAL_OK) st = hw_plan_make(&x.plan, s, m, x.a, query, x.fields, x.n_fields, err);
    if (st != HEWAL_OK) return st;
    if (limit > 10000) limit = 10000;
    st = hw_find(x.plan, x.a, o, skip + limit + 1 /* one more tells whether there are more */, &found, err);
    if (st != HEWAL_OK) return st;
    uint32_t answers = found.strict ? found.strict : found.v.n;
    out->cut = found.cut;
    out->about = found.cut;
    out->total = found.more > 1 ? (int64_t)(found.more * (double)answers) : answers;
    out->some_words_only = found.v.n && !found.strict;
    if (!*(o->after ? o->after : "")) out->meant = meant(&x, m, &found);
    if (o->facets) st = hw_count_facets(x.plan, x.a, &found, out, err);
    if (st == HEWAL_OK && o->groups) st = group(&x, skip + limit + 1, &found);
    size_t end = skip + limit < found.v.n ? skip + limit : found.v.n;
    hw_hit *hits = HW_NEWS(x.a, hw_hit, limit + 1);
    for (size_t i = skip; i < end && st == HEWAL_OK; i++) st = show(&x, &found.v.v[i], &hits[out->n++]);
    out->hits = hits;
    if (found.v.n > end) snprintf(out->next, sizeof out->next, "@%zu", end);
    take_notes(&x, out);
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
    /* One state of the store for all that is asked of it, and one lock for a thousand small questions. */
    bool own = sqlite3_get_autocommit(s->db) && hw_db_exec(s->db, "BEGIN");
    hewal_status st = hw_arena_guard(&w->arena) ? hw_fail(err, HEWAL_ENOMEM, "out of memory") : search_all(s, m, query, o ? o : &plain, w, err);
    w->arena.guarded = 0;
    if (own) hw_db_exec(s->db, "COMMIT");
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
