/* In: an answer. Out: how many of its articles each outlet, year, speaker, type of event and channel has.
 *
 * Up to SAMPLE articles are counted one by one. Of a larger answer that was seen whole, every k-th is; of one that was not,
 * those in BLOCKS stretches of the store, spread evenly. Counts of a sample are reckoned up to the whole. */
#include "search/find.h"

#include <stdlib.h>

enum { SAMPLE = 600, BLOCKS = 12, MOST_ROWS = 50 /* values of a facet */ };

typedef HW_VEC(int64_t) numbers;
typedef struct { int64_t id; const char *value, *name_ckb; int64_t articles, last; } row;
typedef HW_VEC(row) rows;

typedef struct {
    hw_plan *p;
    hw_arena *a;
    rows v[HW_N_FACETS];
    struct { uint32_t *slot, mask; } ids; /* of speakers, which are many */
} counter;

const char *hw_facet_name(hw_facet_kind k)
{
    static const char *const names[HW_N_FACETS] = {"outlet", "year", "speaker", "type", "channel"};
    return names[k];
}

/* ---- which articles ------------------------------------------------------------------------------------------------------------------ */

static bool take_block(counter *c, const hw_branch *b, const char *fts, int64_t from, int64_t to, numbers *out)
{
    sqlite3_stmt *st = hw_ask(c->p, c->a, b, fts, true, SAMPLE / BLOCKS);
    int rc;
    if (!st) return false;
    hw_bind_int(st, 3, from);
    hw_bind_int(st, 4, to);
    while ((rc = sqlite3_step(st)) == SQLITE_ROW)
        if (sqlite3_column_type(st, 1) != SQLITE_NULL) *(int64_t *)hw_push(c->a, out) = sqlite3_column_int64(st, 0);
    sqlite3_finalize(st);
    return rc == SQLITE_DONE;
}

/* The newest of each stretch of the store. */
static bool take_blocks(counter *c, numbers *out)
{
    int64_t last = 0;
    hw_run_int(hw_sql(c->p->s, "SELECT max(n) FROM articles"), 0, &last);
    for (unsigned i = 0; i < c->p->n_branches; i++) {
        const hw_branch *b = &c->p->branch[i];
        const char *fts = hw_plan_query(c->p, c->a, b, false);
        for (int64_t k = 0; k < BLOCKS; k++)
            if (!take_block(c, b, fts, last * k / BLOCKS + 1, last * (k + 1) / BLOCKS, out)) return false;
    }
    return true;
}

static bool choose(counter *c, const hw_answer *v, numbers *out)
{
    uint32_t n = v->strict ? v->strict : v->v.n, step = (n + SAMPLE - 1) / SAMPLE;
    bool words = false;
    for (unsigned i = 0; i < c->p->n_branches; i++) words = words || c->p->branch[i].words;
    if (v->cut && v->strict && words && v->more > 1.01 && c->p->n_branches == 1) return take_blocks(c, out);
    for (uint32_t i = 0; i < n; i += step) *(int64_t *)hw_push(c->a, out) = v->v.v[i].article;
    return true;
}

/* ---- counting ------------------------------------------------------------------------------------------------------------------------- */

static row *row_of(counter *c, hw_facet_kind k, int64_t id, const char *value)
{
    rows *v = &c->v[k];
    if (k == HW_FACET_SPEAKER) {
        uint32_t i = (uint32_t)((uint64_t)id * UINT64_C(0x9E3779B97F4A7C15) >> 40) & c->ids.mask;
        for (; c->ids.slot[i]; i = (i + 1) & c->ids.mask)
            if (v->v[c->ids.slot[i] - 1].id == id) return &v->v[c->ids.slot[i] - 1];
        if (v->n > c->ids.mask / 2) return NULL;
        c->ids.slot[i] = v->n + 1;
    } else {
        for (uint32_t i = 0; i < v->n; i++)
            if (!strcmp(v->v[i].value, value)) return &v->v[i];
        if (v->n == 1000) return NULL;
    }
    row *r = hw_push(c->a, v);
    r->id = id;
    r->value = value ? hw_strdup(c->a, value) : NULL;
    return r;
}

/* An article counts once for a value. */
static void count(counter *c, hw_facet_kind k, int64_t id, const char *value, int64_t article)
{
    row *r = value || id ? row_of(c, k, id, value) : NULL;
    if (!r || r->last == article) return;
    r->last = article;
    r->articles++;
}

static void count_article(counter *c, int64_t article)
{
    hw_store *s = c->p->s;
    sqlite3_stmt *st = hw_sql(s, "SELECT outlet, substr(date, 1, 4) FROM articles WHERE n = ?1");
    hw_bind_int(st, 1, article);
    if (st && sqlite3_step(st) == SQLITE_ROW) {
        const char *outlet = (const char *)sqlite3_column_text(st, 0), *year = (const char *)sqlite3_column_text(st, 1);
        count(c, HW_FACET_OUTLET, 0, outlet && *outlet ? outlet : NULL, article);
        count(c, HW_FACET_YEAR, 0, year && *year ? year : NULL, article);
    }
    if (st) sqlite3_reset(st);
    st = hw_sql(s, "SELECT speaker, channel FROM quotes WHERE article = ?1");
    hw_bind_int(st, 1, article);
    while (st && sqlite3_step(st) == SQLITE_ROW) {
        count(c, HW_FACET_SPEAKER, sqlite3_column_int64(st, 0), NULL, article);
        count(c, HW_FACET_CHANNEL, 0, (const char *)sqlite3_column_text(st, 1), article);
    }
    if (st) sqlite3_reset(st);
    st = hw_sql(s, "SELECT type FROM events WHERE article = ?1");
    hw_bind_int(st, 1, article);
    while (st && sqlite3_step(st) == SQLITE_ROW) count(c, HW_FACET_TYPE, 0, (const char *)sqlite3_column_text(st, 0), article);
    if (st) sqlite3_reset(st);
}

/* ---- the answer ------------------------------------------------------------------------------------------------------------------------ */

static int most_first(const void *a, const void *b)
{
    const row *x = a, *y = b;
    if (x->articles != y->articles) return x->articles > y->articles ? -1 : 1;
    if (x->value && y->value) return strcmp(x->value, y->value);
    return x->id < y->id ? -1 : x->id > y->id;
}

static int newest_first(const void *a, const void *b)
{
    return strcmp(((const row *)b)->value, ((const row *)a)->value);
}

static void name_speakers(counter *c, uint32_t n)
{
    for (uint32_t i = 0; i < n; i++) {
        row *r = &c->v[HW_FACET_SPEAKER].v[i];
        sqlite3_stmt *st = hw_sql(c->p->s, "SELECT name, name_ckb FROM entities WHERE id = ?1");
        hw_bind_int(st, 1, r->id);
        if (st && sqlite3_step(st) == SQLITE_ROW) {
            r->value = hw_column_text(c->a, st, 0);
            r->name_ckb = hw_column_text(c->a, st, 1);
        }
        if (st) sqlite3_reset(st);
    }
}

static void put(counter *c, hw_facet_kind k, double scale, hw_facet *out)
{
    rows *v = &c->v[k];
    if (v->n > 1) qsort(v->v, v->n, sizeof *v->v, k == HW_FACET_YEAR ? newest_first : most_first);
    uint32_t n = v->n > MOST_ROWS && k != HW_FACET_YEAR ? MOST_ROWS : v->n;
    if (k == HW_FACET_SPEAKER) name_speakers(c, n);
    hw_facet_row *r = HW_NEWS(c->a, hw_facet_row, n + 1);
    for (uint32_t i = 0; i < n; i++) r[i] = (hw_facet_row){v->v[i].value, v->v[i].name_ckb, v->v[i].id, (int64_t)((double)v->v[i].articles * scale + 0.5)};
    *out = (hw_facet){r, n};
}

hewal_status hw_count_facets(hw_plan *p, hw_arena *a, const hw_answer *v, hw_results *out, hewal_error *err)
{
    counter c = {.p = p, .a = a};
    numbers chosen = {0};
    c.ids.mask = (1u << 15) - 1;
    c.ids.slot = HW_NEWS(a, uint32_t, c.ids.mask + 1);
    if (!choose(&c, v, &chosen)) return hw_store_fault(p->s, err);
    for (uint32_t i = 0; i < chosen.n; i++) count_article(&c, chosen.v[i]);
    out->counted = chosen.n;
    double scale = chosen.n && out->total > (int64_t)chosen.n ? (double)out->total / chosen.n : 1;
    for (hw_facet_kind k = 0; k < HW_N_FACETS; k++) put(&c, k, scale, &out->facet[k]);
    return HEWAL_OK;
}
