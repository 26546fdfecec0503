/* In: the fields of a query. Out: conditions in SQL on a row of `articles a`, with @ for its number.
 *
 * Fields of one fact that stand side by side are asked of the same fact: actor:X type:ASSAULT is an attack by X, and
 * speaker:X channel:tweet a tweet of X. A condition that few facts meet is a list of their articles, made once; one that
 * many meet is looked up for each article that the words have found. */
#include "search/plan.h"

#include <stdlib.h>
#include <string.h>

enum { FEW = 4000 /* facts */, FEW_OF_KIND = 1500 /* by a type, which no index has */, MAX_ENTITIES = 40 };

typedef struct {
    hw_plan *p;
    hw_arena *a;
    hw_branch *b;
    bool newest; /* there are no words: the newest facts may stand for all of them */
} asker;

typedef struct { const char *type, *channel, *actors, *targets, *speakers; bool none; } facts;

static const char *quote(hw_arena *a, const char *s)
{
    size_t n = strlen(s), k = 0;
    char *out = hw_alloc(a, 2 * n + 3);
    out[k++] = '\'';
    for (size_t i = 0; i < n; i++) {
        if (s[i] == '\'') out[k++] = '\'';
        out[k++] = s[i];
    }
    out[k++] = '\'';
    out[k] = 0;
    return out;
}

/* The entities that a value may mean, as "1,2,3"; NULL after a note when there are none. */
static const char *entities(asker *k, const hw_query_node *n, const char *type)
{
    hw_entity_row *v = NULL;
    size_t found = 0;
    const char *out = NULL;
    if (hw_store_find(k->p->s, n->text, type, MAX_ENTITIES, &v, &found, NULL) == HEWAL_OK) {
        size_t best = hw_store_best(v, found);
        for (size_t i = 0; i < best; i++) out = out ? hw_sprintf(k->a, "%s,%lld", out, (long long)v[i].id) : hw_sprintf(k->a, "%lld", (long long)v[i].id);
        free(v);
    }
    if (!out) hw_query_remark(k->p->query, k->a, n->b, hw_sprintf(k->a, "%s: the store knows nobody and nothing called «%s»", hw_query_field_name(n->field), n->text));
    return out;
}

/* Whether a query for facts gives few. */
static bool few(asker *k, const char *sql)
{
    sqlite3_stmt *st = NULL;
    int64_t n = FEW + 1;
    const char *counting = hw_sprintf(k->a, "SELECT count(*) FROM (%s LIMIT %d)", sql, FEW + 1);
    if (sqlite3_prepare_v2(k->p->s->db, counting, -1, &st, NULL) == SQLITE_OK && sqlite3_step(st) == SQLITE_ROW) n = sqlite3_column_int64(st, 0);
    sqlite3_finalize(st);
    return n <= FEW;
}

/* Whether the newest facts of this condition will do; true for one condition of a branch. */
static bool newest(asker *k)
{
    bool will = k->newest;
    if (will) k->b->newest = true;
    k->newest = false;
    return will;
}

static const char *both(hw_arena *a, const char *x, const char *y)
{
    return *x ? hw_sprintf(a, "%s AND %s", x, y) : y;
}

static const char *event(asker *k, const facts *f)
{
    const char *by = f->actors ? hw_sprintf(k->a, "SELECT event FROM parties WHERE side = 0 AND entity IN (%s)", f->actors) : NULL;
    const char *to = f->targets ? hw_sprintf(k->a, "SELECT event FROM parties WHERE side = 1 AND entity IN (%s)", f->targets) : NULL;
    const char *c = f->type ? hw_sprintf(k->a, "v.type = %s", quote(k->a, f->type)) : "";
    if ((by && few(k, by)) || (to && few(k, to))) {
        if (by) c = both(k->a, c, hw_sprintf(k->a, "v.id IN (%s)", by));
        if (to) c = both(k->a, c, hw_sprintf(k->a, "v.id IN (%s)", to));
        return hw_sprintf(k->a, "@ IN (SELECT v.article FROM events v WHERE %s)", c);
    }
    const char *first = by ? by : to;
    if (newest(k)) {
        if (!first) return hw_sprintf(k->a, "@ IN (SELECT v.article FROM events v WHERE %s ORDER BY v.date DESC LIMIT %d)", c, FEW_OF_KIND);
        if (by && to) c = both(k->a, c, hw_sprintf(k->a, "EXISTS (SELECT 1 FROM event_targets x WHERE x.event = v.id AND +x.entity IN (%s))", f->targets));
        return hw_sprintf(k->a, "@ IN (SELECT v.article FROM (%s ORDER BY date DESC, event DESC LIMIT %d) y CROSS JOIN events v ON v.id = y.event%s%s)", first, FEW, *c ? " WHERE " : "", c);
    }
    k->b->dear = true;
    if (by) c = both(k->a, c, hw_sprintf(k->a, "EXISTS (SELECT 1 FROM event_actors x WHERE x.event = v.id AND +x.entity IN (%s))", f->actors));
    if (to) c = both(k->a, c, hw_sprintf(k->a, "EXISTS (SELECT 1 FROM event_targets x WHERE x.event = v.id AND +x.entity IN (%s))", f->targets));
    return hw_sprintf(k->a, "EXISTS (SELECT 1 FROM events v WHERE v.article = @ AND %s)", c);
}

static const char *said(asker *k, const facts *f)
{
    const char *c = f->channel ? hw_sprintf(k->a, "q.channel = %s", quote(k->a, f->channel)) : "";
    const char *by = f->speakers ? hw_sprintf(k->a, "q.speaker IN (%s)", f->speakers) : NULL;
    if (by && few(k, hw_sprintf(k->a, "SELECT 1 FROM quotes q WHERE %s", by)))
        return hw_sprintf(k->a, "@ IN (SELECT q.article FROM quotes q WHERE %s)", both(k->a, c, by));
    if (newest(k)) return hw_sprintf(k->a, "@ IN (SELECT q.article FROM quotes q WHERE %s ORDER BY q.date DESC LIMIT %d)", by ? both(k->a, c, by) : c, by ? FEW : FEW_OF_KIND);
    k->b->dear = true;
    if (by) c = both(k->a, c, hw_sprintf(k->a, "+%s", by));
    return hw_sprintf(k->a, "EXISTS (SELECT 1 FROM quotes q WHERE q.article = @ AND %s)", c);
}

static const char *place(asker *k, const hw_query_node *n)
{
    const char *ids = entities(k, n, "LOC");
    if (!ids) return "0";
    const char *all = hw_sprintf(k->a, "SELECT article FROM article_entities WHERE entity IN (%s)", ids);
    if (few(k, all)) return hw_sprintf(k->a, "@ IN (%s)", all);
    if (newest(k)) return hw_sprintf(k->a, "@ IN (%s ORDER BY article DESC LIMIT %d)", all, FEW);
    k->b->dear = true;
    return hw_sprintf(k->a, "EXISTS (SELECT 1 FROM article_entities x WHERE x.article = @ AND x.entity IN (%s))", ids);
}

static const char *language(asker *k, const hw_query_node *n)
{
    int64_t there = 0;
    if (hw_run_int(hw_sql(k->p->s, "SELECT count(*) FROM pragma_table_info('articles') WHERE name = 'language'"), 0, &there) && there)
        return hw_sprintf(k->a, "(a.language = %s OR a.language GLOB %s)", quote(k->a, n->text), quote(k->a, hw_sprintf(k->a, "%s-*", n->text)));
    hw_query_remark(k->p->query, k->a, n->b, "this store does not tell the languages of articles: left out");
    return "1";
}

/* A field that says nothing of a fact. */
static const char *plain(asker *k, const hw_query_node *n)
{
    const char *v = quote(k->a, n->text);
    if (n->field != HW_F_PLACE) k->b->joins = k->b->dear = true;
    switch (n->field) {
    case HW_F_OUTLET: return hw_sprintf(k->a, "hw_named(a.outlet, %s)", v);
    case HW_F_FROM: return hw_sprintf(k->a, "a.date >= %s", v);
    case HW_F_TO: return hw_sprintf(k->a, "(a.date > '' AND a.date <= %s || '~')", v);
    case HW_F_URL: return hw_sprintf(k->a, "(a.url = %s OR a.id = %s)", v, v);
    case HW_F_PLACE: return place(k, n);
    case HW_F_LANGUAGE: return language(k, n);
    default: return "1"; /* title: never a field of its own */
    }
}

/* Takes a field of a fact in; false when it is none, or another of its kind is there already. */
static bool take(asker *k, facts *f, const hw_query_node *n)
{
    const char **at, *ids;
    switch (n->kind == HW_Q_FIELD ? n->field : HW_N_FIELDS) {
    case HW_F_TYPE:
        if (f->type) return false;
        f->type = n->text;
        return true;
    case HW_F_CHANNEL:
        if (f->channel) return false;
        f->channel = n->text;
        return true;
    case HW_F_ACTOR: at = &f->actors; break;
    case HW_F_TARGET: at = &f->targets; break;
    case HW_F_SPEAKER: at = &f->speakers; break;
    default: return false;
    }
    if (*at) return false;
    if ((ids = entities(k, n, NULL))) *at = ids;
    else f->none = true;
    return true;
}

static const char *facts_of(asker *k, const facts *f)
{
    const char *c = f->none ? "0" : "";
    if (f->none) return c;
    if (f->type || f->actors || f->targets) c = event(k, f);
    if (f->channel || f->speakers) c = both(k->a, c, said(k, f));
    return c;
}

static const char *condition(asker *k, const hw_query_node *n);

static const char *all_of(asker *k, const hw_query_node *const *v, unsigned n)
{
    facts together = {0};
    bool *taken = HW_NEWS(k->a, bool, n + 1);
    for (unsigned i = 0; i < n; i++) taken[i] = take(k, &together, v[i]);
    const char *c = facts_of(k, &together);
    for (unsigned i = 0; i < n; i++)
        if (!taken[i]) c = *c ? both(k->a, c, condition(k, v[i])) : condition(k, v[i]);
    return c;
}

static const char *condition(asker *k, const hw_query_node *n)
{
    const char *c = "";
    if (n->kind == HW_Q_NOT || n->kind == HW_Q_OR) k->newest = false;
    if (n->kind == HW_Q_NOT) return hw_sprintf(k->a, "NOT (%s)", condition(k, n->kid[0]));
    if (n->kind == HW_Q_AND) return hw_sprintf(k->a, "(%s)", all_of(k, (const hw_query_node *const *)n->kid, n->n));
    if (n->kind == HW_Q_OR) {
        for (unsigned i = 0; i < n->n; i++) c = hw_sprintf(k->a, "%s%s%s", c, i ? " OR " : "", condition(k, n->kid[i]));
        return hw_sprintf(k->a, "(%s)", c);
    }
    facts f = {0};
    return take(k, &f, n) ? facts_of(k, &f) : plain(k, n);
}

/* The numbers between which all articles of the dates lie: stores that grow day by day have them in order. */
static void find_range(asker *k, const hw_query_node *const *fields, unsigned n)
{
    const char *from = "", *to = "\x7F";
    for (unsigned i = 0; i < n; i++)
        if (fields[i]->kind == HW_Q_FIELD && fields[i]->field == HW_F_FROM) from = strcmp(fields[i]->text, from) > 0 ? fields[i]->text : from;
        else if (fields[i]->kind == HW_Q_FIELD && fields[i]->field == HW_F_TO) to = strcmp(fields[i]->text, to) < 0 ? hw_sprintf(k->a, "%s~", fields[i]->text) : to;
    if (!*from && *to == 0x7F) return;
    sqlite3_stmt *st = hw_sql(k->p->s, "SELECT min(n), max(n) FROM (SELECT n FROM articles WHERE date >= ?1 AND date <= ?2 AND date > '' LIMIT 400000)");
    hw_bind_text(st, 1, from);
    hw_bind_text(st, 2, to);
    if (st && sqlite3_step(st) == SQLITE_ROW) {
        k->b->first = sqlite3_column_int64(st, 0);
        k->b->last = sqlite3_column_int64(st, 1);
    }
    if (st) sqlite3_reset(st);
}

void hw_fields_where(hw_plan *p, hw_arena *a, const hw_query_node *const *fields, unsigned n, bool with_words, hw_branch *out)
{
    asker k = {p, a, out, !with_words};
    out->where = n ? all_of(&k, fields, n) : "";
    if (with_words) find_range(&k, fields, n);
}
