/* How well an article answers, computed inside SQLite's FTS5 as the auxiliary function hw_rank(words, plan).
 *
 * BM25 with two fields (title, text). At each place of the text a unit counts once, by the best way in which the word there
 * matches it; a unit's weight is the idf of the commonest way that means the word itself. The sum is then lowered for units that are missing and raised
 * when units stand close together. */
#include "search/plan.h"

#include <math.h>
#include <string.h>

static const double K1 = 1.2, B = 0.6, TITLE = 2.0, MISSING = 0.7, NEAR = 0.3;
enum { TITLE_COLUMN, FORM_COLUMN, LEMMA_COLUMN, MORE_COLUMN, WINDOW = 12 /* words */ };

static int count_row(const Fts5ExtensionApi *api, Fts5Context *c, void *n)
{
    (void)api;
    (void)c;
    ++*(sqlite3_int64 *)n;
    return SQLITE_OK;
}

/* Once a query: how many articles have each unit, and how long they are. */
static int prepare(const Fts5ExtensionApi *api, Fts5Context *c, hw_plan *p)
{
    sqlite3_int64 rows = 0, size = 0;
    int rc = api->xRowCount(c, &rows);
    double n = rows > 0 ? (double)rows : 1;
    for (int col = 0; col < 2 && rc == SQLITE_OK; col++) {
        rc = api->xColumnTotalSize(c, col == 0 ? TITLE_COLUMN : FORM_COLUMN, &size);
        p->mean[col] = (double)size / n + 1e-9;
    }
    for (unsigned i = 0; i < p->n; i++) p->unit[i].idf = 0;
    for (unsigned i = 0; i < p->n_phrases && rc == SQLITE_OK; i++) {
        hw_unit *u = &p->unit[p->phrase[i].unit];
        hw_way *w = &u->way[p->phrase[i].way];
        sqlite3_int64 df = 0;
        rc = api->xQueryPhrase(c, (int)i, &df, count_row);
        w->idf = df > 0 ? log(1 + (n - (double)df + 0.5) / ((double)df + 0.5)) : 0;
        if (df > 0 && w->weight >= HW_SURE && (u->idf <= 0 || w->idf < u->idf)) u->idf = w->idf;
    }
    /* What is meant has one weight however it is written; what is only like it, its own. */
    for (unsigned i = 0; i < p->n; i++) {
        hw_unit *u = &p->unit[i];
        bool sure = u->idf > 0;
        for (unsigned k = 0; k < u->n && !sure; k++)
            if (u->way[k].idf > u->idf) u->idf = u->way[k].idf;
        for (unsigned k = 0; k < u->n; k++) u->way[k].value = u->way[k].weight * (u->way[k].weight >= HW_SURE || u->idf <= 0 ? 1 : fmin(1, u->way[k].idf / u->idf));
    }
    p->ready = rc == SQLITE_OK;
    return rc;
}

typedef struct { int at; unsigned unit; double weight; } place;
typedef struct {
    double title, text; /* weighted counts */
    int last;           /* the place counted last */
    double last_weight;
} tally;

/* Places come in order within a column but not across ways: a small table of the last few places would miss none that
 * matter; FTS5 gives instances by column, then offset, so two ways at one place of one column follow one another. */
static int tally_up(const Fts5ExtensionApi *api, Fts5Context *c, const hw_plan *p, tally *t, place *places, int max, int *n_places)
{
    int n = 0, rc = api->xInstCount(c, &n);
    *n_places = 0;
    for (int i = 0; i < n && rc == SQLITE_OK; i++) {
        int phrase, col, at;
        rc = api->xInst(c, i, &phrase, &col, &at);
        if (rc != SQLITE_OK || (unsigned)phrase >= p->n_phrases) continue;
        unsigned unit = p->phrase[phrase].unit;
        double w = p->unit[unit].way[p->phrase[phrase].way].value;
        if (p->unit[unit].absent) continue;
        if (col == TITLE_COLUMN) {
            t[unit].title += w * 0.6; /* forms and lemmas stand side by side there */
        } else if (col == MORE_COLUMN) {
            t[unit].text += w * 0.4;
        } else {
            int k = *n_places;
            while (k-- > 0 && (places[k].at != at || places[k].unit != unit)) {}
            if (k >= 0) {
                if (w > places[k].weight) {
                    t[unit].text += w - places[k].weight;
                    places[k].weight = w;
                }
                continue;
            }
            t[unit].text += w;
            if (*n_places < max) places[(*n_places)++] = (place){at, unit, w};
        }
    }
    return rc;
}

/* The most units within a window of the text, less one. */
static unsigned closeness(const place *v, int n)
{
    unsigned best = 1;
    for (int i = 0; i < n; i++) {
        unsigned seen = 0, k = 0;
        for (int j = 0; j < n; j++)
            if (v[j].at >= v[i].at && v[j].at < v[i].at + WINDOW && !(seen >> v[j].unit & 1)) {
                seen |= 1u << v[j].unit;
                k++;
            }
        if (k > best) best = k;
    }
    return best - 1;
}

static void rank(const Fts5ExtensionApi *api, Fts5Context *c, sqlite3_context *ctx, int n_values, sqlite3_value **values)
{
    hw_plan *p = n_values == 1 ? sqlite3_value_pointer(values[0], HW_PLAN_POINTER) : NULL;
    tally t[HW_MAX_UNITS];
    place places[96];
    int n_places = 0, title = 0, text = 0, rc = p ? SQLITE_OK : SQLITE_MISUSE;
    memset(t, 0, sizeof t);
    if (rc == SQLITE_OK && !p->ready) rc = prepare(api, c, p);
    if (rc == SQLITE_OK) rc = tally_up(api, c, p, t, places, 96, &n_places);
    if (rc == SQLITE_OK) rc = api->xColumnSize(c, TITLE_COLUMN, &title);
    if (rc == SQLITE_OK) rc = api->xColumnSize(c, FORM_COLUMN, &text);
    if (rc != SQLITE_OK) {
        sqlite3_result_error_code(ctx, rc);
        return;
    }
    double score = 0, all = 0, there = 0;
    for (unsigned i = 0; i < p->n; i++) {
        if (p->unit[i].absent) continue;
        double tf = t[i].text / (1 - B + B * text / p->mean[1]) + TITLE * t[i].title / (1 - B + B * title / p->mean[0]);
        all += p->unit[i].idf;
        if (tf <= 0) continue;
        there += p->unit[i].idf;
        score += p->unit[i].idf * tf * (K1 + 1) / (tf + K1);
    }
    if (all > 0) score *= pow(there / all, MISSING);
    sqlite3_result_double(ctx, score * (1 + NEAR * closeness(places, n_places)));
}

bool hw_rank_register(sqlite3 *db)
{
    fts5_api *api = NULL;
    sqlite3_stmt *st = NULL;
    if (sqlite3_prepare_v2(db, "SELECT fts5(?1)", -1, &st, NULL) != SQLITE_OK) return false;
    sqlite3_bind_pointer(st, 1, (void *)&api, "fts5_api_ptr", NULL);
    sqlite3_step(st);
    sqlite3_finalize(st);
    return api && api->iVersion >= 2 && api->xCreateFunction(api, "hw_rank", NULL, rank, NULL) == SQLITE_OK;
}
