/* How well an article answers, computed inside SQLite's FTS5 as the auxiliary function hw_rank(words, plan): NULL
 * when it does not. The title is read only when it may have what the index can't tell of titles (a phrase).
 *
 * BM25 with two fields (title, text). At each place of the text a unit counts once, by the best way in which the word there
 * matches it; a unit's weight is the idf of the commonest way that means the word itself. The sum is then lowered for units that are missing and raised
 * when units stand close together. */
#include "search/plan.h"
#include "store/fts5_api.h"
#include "text/orth.h"

#include <math.h>
#include <string.h>

static const double K1 = 1.2, B = 0.6, TITLE = 2.0, MISSING = 0.7, NEAR = 0.3;
enum { TITLE_COLUMN, FORM_COLUMN, LEMMA_COLUMN, MORE_COLUMN, WINDOW = 12 /* words */ };

/* Once a query: what each unit weighs, and how long articles are. */
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
        double df = fmin(w->articles, n);
        w->idf = df > 0 ? log(1 + (n - df + 0.5) / (df + 0.5)) : 0;
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
        if (rc != SQLITE_OK || (unsigned)phrase >= p->n_phrases || !p->phrase[phrase].counts) continue;
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

/* Of units that the index can't tell of titles: whether this title has them. */
static void look_at_title(hw_plan *p, tally *t, bool *there, sqlite3_int64 article)
{
    bool wanted = false, has[HW_MAX_UNITS] = {false};
    for (unsigned i = 0; i < p->n; i++) wanted = wanted || (p->unit[i].checked && (p->unit[i].absent || t[i].title > 0));
    sqlite3_stmt *st = wanted ? hw_sql(p->s, "SELECT title FROM articles WHERE n = ?1") : NULL;
    hw_bind_int(st, 1, article);
    const char *title = st && sqlite3_step(st) == SQLITE_ROW ? (const char *)sqlite3_column_text(st, 0) : NULL;
    if (title) {
        uint32_t n;
        hw_matches v = {0};
        hw_arena_reset(&p->s->scratch);
        const hw_term *terms = hw_match_terms(p->s, &p->s->scratch, title, strlen(title), &n);
        hw_match_units(p, &p->s->scratch, terms, n, false, true, &v);
        hw_match_units(p, &p->s->scratch, terms, n, true, true, &v);
        for (uint32_t i = 0; i < v.n; i++) has[v.v[i].unit] = true;
    }
    if (st) sqlite3_reset(st);
    for (unsigned i = 0; i < p->n; i++) {
        if (!p->unit[i].checked) continue;
        if (!has[i]) t[i].title = 0;
        there[i] = has[i] || t[i].text > 0;
    }
}

/* How much of what was asked for is there: by weight, of an OR the part that is there best. */
typedef struct { double there, all; } share;

static share covered(const hw_plan *p, const hw_query_node *n, const bool *there)
{
    share s = {0, 0}, best = {0, 0};
    if (hw_is_leaf(n)) {
        for (unsigned i = 0; i < p->n; i++) {
            if (p->unit[i].node != n) continue;
            s.all += p->unit[i].idf;
            if (there[i]) s.there += p->unit[i].idf;
        }
        return s;
    }
    for (unsigned i = 0; i < n->n; i++) {
        share one = n->kind == HW_Q_NOT || n->kid[i]->kind == HW_Q_NOT ? best : covered(p, n->kid[i], there);
        if (n->kind == HW_Q_AND && n->kid[i]->kind != HW_Q_NOT) {
            s.there += one.there;
            s.all += one.all;
        } else if (n->kind == HW_Q_OR && one.all > 0 && (best.all <= 0 || one.there / one.all > best.there / best.all)) {
            best = one;
        }
    }
    return n->kind == HW_Q_OR ? best : s;
}

static void rank(const Fts5ExtensionApi *api, Fts5Context *c, sqlite3_context *ctx, int n_values, sqlite3_value **values)
{
    hw_plan *p = n_values == 1 ? sqlite3_value_pointer(values[0], HW_PLAN_POINTER) : NULL;
    tally t[HW_MAX_UNITS];
    place places[96];
    bool is_there[HW_MAX_UNITS];
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
    for (unsigned i = 0; i < p->n; i++) is_there[i] = t[i].text > 0 || t[i].title > 0;
    if (p->checks) {
        look_at_title(p, t, is_there, api->xRowid(c));
        if (!hw_plan_holds(p, p->asked, is_there)) return;
    }
    double score = 0;
    for (unsigned i = 0; i < p->n; i++) {
        if (p->unit[i].absent) continue;
        double tf = t[i].text / (1 - B + B * text / p->mean[1]) + TITLE * t[i].title / (1 - B + B * title / p->mean[0]);
        if (tf > 0) score += p->unit[i].idf * tf * (K1 + 1) / (tf + K1);
    }
    share s = covered(p, p->asked, is_there);
    if (s.all > 0) score *= pow(s.there / s.all, MISSING);
    sqlite3_result_double(ctx, score * (1 + NEAR * closeness(places, p->n > 1 ? n_places : 0)));
}

/* ---- outlets ---------------------------------------------------------------------------------------------------------------------- */

static const char *folded(hw_store *s, sqlite3_value *v)
{
    const char *name = (const char *)sqlite3_value_text(v);
    int n = sqlite3_value_bytes(v);
    if (!name || n > HW_WORD_MAX) return "";
    char *out = hw_strdup(&s->scratch, hw_orth_word(s->model->orth, &s->scratch, name, (size_t)n).fold);
    for (char *c = out; *c; c++)
        if (*c >= 'A' && *c <= 'Z') *c = (char)(*c + 32);
    return out;
}

static bool named_so(const char *name, const char *asked)
{
    for (const char *at = name; *asked && (at = strstr(at, asked)); at++) {
        unsigned char before = at > name ? (unsigned char)at[-1] : ' ';
        if (before < 0x80 && !(before >= '0' && before <= '9') && !(before >= 'a' && before <= 'z')) return true;
    }
    return false;
}

/* Of the outlets seen last: they are few, and asked about for each article. */
typedef struct { struct { char name[56]; int is; } seen[16]; unsigned n; } outlets;

/* hw_named(outlet, asked): whether it is called so, or a word of its name begins so. */
static void named(sqlite3_context *ctx, int n_values, sqlite3_value **values)
{
    hw_store *s = sqlite3_user_data(ctx);
    outlets *known = sqlite3_get_auxdata(ctx, 1);
    const char *name = (const char *)sqlite3_value_text(values[0]);
    (void)n_values;
    for (unsigned i = 0; name && known && i < known->n; i++)
        if (!strcmp(known->seen[i].name, name)) {
            sqlite3_result_int(ctx, known->seen[i].is);
            return;
        }
    hw_arena_reset(&s->scratch);
    int is = named_so(folded(s, values[0]), folded(s, values[1]));
    sqlite3_result_int(ctx, is);
    bool made = !known && (known = sqlite3_malloc(sizeof *known));
    if (made) known->n = 0;
    if (name && known && known->n < 16 && strlen(name) < sizeof known->seen[0].name) {
        memcpy(known->seen[known->n].name, name, strlen(name) + 1);
        known->seen[known->n++].is = is;
    }
    if (made) sqlite3_set_auxdata(ctx, 1, known, sqlite3_free);
}

bool hw_rank_register(hw_store *s)
{
    fts5_api *api = s->ranks ? NULL : hw_fts5(s->db); /* FTS5 keeps each that it is given */
    s->ranks = s->ranks || (api && api->xCreateFunction(api, "hw_rank", NULL, rank, NULL) == SQLITE_OK
                            && sqlite3_create_function(s->db, "hw_named", 2, SQLITE_UTF8, s, named, NULL, NULL) == SQLITE_OK);
    return s->ranks;
}
