/* In: a query. Out: its units, and what FTS5 is asked for them.
 *
 * The tree is parted into branches, any of which may hold: in each, words and conditions on facts stand side by side, so
 * that FTS5 answers the words and SQL the conditions. Most queries have one. */
#include "search/plan.h"

#include <math.h>
#include <string.h>

typedef HW_VEC(const hw_query_node *) node_list;
typedef struct { node_list words, fields; } half_read; /* a branch: trees without fields, trees of fields only */
typedef HW_VEC(half_read) branch_list;

typedef struct {
    hw_plan *p;
    const hewal_model *m;
    hw_arena *a;
    hewal_error *err;
    hewal_status status;
} planner;

/* ---- branches ---------------------------------------------------------------------------------------------------------------------- */

enum { HAS_WORDS = 1, HAS_FIELDS = 2 };

static unsigned has(const hw_query_node *n)
{
    if (n->kind == HW_Q_FIELD) return HAS_FIELDS;
    if (hw_is_leaf(n)) return HAS_WORDS;
    unsigned both = 0;
    for (unsigned i = 0; i < n->n; i++) both |= has(n->kid[i]);
    return both;
}

static hw_query_node *node_of(hw_arena *a, hw_query_kind kind, const hw_query_node *like, unsigned n)
{
    hw_query_node *out = HW_NEW(a, hw_query_node);
    *out = (hw_query_node){.kind = kind, .b = like->b, .e = like->e, .kid = HW_NEWS(a, hw_query_node *, n + 1)};
    return out;
}

static void append(hw_arena *a, node_list *to, const node_list *from)
{
    for (uint32_t i = 0; i < from->n; i++) *(const hw_query_node **)hw_push(a, to) = from->v[i];
}

static branch_list split(planner *x, const hw_query_node *n, bool absent);

static branch_list any_of(planner *x, const hw_query_node *n, bool absent)
{
    branch_list out = {0};
    for (unsigned i = 0; i < n->n; i++) {
        branch_list more = split(x, n->kid[i], absent);
        for (uint32_t k = 0; k < more.n; k++) *(half_read *)hw_push(x->a, &out) = more.v[k];
    }
    return out;
}

static branch_list all_of(planner *x, const hw_query_node *n, bool absent)
{
    branch_list out = {0};
    hw_push(x->a, &out);
    for (unsigned i = 0; i < n->n && out.n; i++) {
        branch_list more = split(x, n->kid[i], absent), both = {0};
        if ((uint64_t)out.n * more.n > HW_MAX_BRANCHES) {
            if (x->status == HEWAL_OK) x->status = hw_query_fault(x->p->query, x->err, n->b, "too many choices between words and fields");
            return (branch_list){0};
        }
        for (uint32_t j = 0; more.n == 1 && j < out.n; j++) {
            append(x->a, &out.v[j].words, &more.v[0].words);
            append(x->a, &out.v[j].fields, &more.v[0].fields);
        }
        if (more.n == 1) continue;
        for (uint32_t j = 0; j < out.n; j++)
            for (uint32_t k = 0; k < more.n; k++) {
                half_read *b = hw_push(x->a, &both);
                append(x->a, &b->words, &out.v[j].words);
                append(x->a, &b->words, &more.v[k].words);
                append(x->a, &b->fields, &out.v[j].fields);
                append(x->a, &b->fields, &more.v[k].fields);
            }
        out = both;
    }
    return out;
}

/* Parts a tree so that no branch has words and fields under one OR. */
static branch_list split(planner *x, const hw_query_node *n, bool absent)
{
    if (n->kind == HW_Q_AND && !absent) return all_of(x, n, false);
    if (has(n) == (HAS_WORDS | HAS_FIELDS)) {
        if (n->kind == HW_Q_NOT) return split(x, n->kid[0], !absent);
        return (n->kind == HW_Q_AND) == absent ? any_of(x, n, absent) : all_of(x, n, absent);
    }
    branch_list out = {0};
    half_read *b = hw_push(x->a, &out);
    if (absent) {
        hw_query_node *not = node_of(x->a, HW_Q_NOT, n, 1);
        not->kid[not->n++] = (hw_query_node *)(uintptr_t)n;
        n = not;
    }
    *(const hw_query_node **)hw_push(x->a, has(n) & HAS_FIELDS ? &b->fields : &b->words) = n;
    return out;
}

/* ---- units ---------------------------------------------------------------------------------------------------------------------- */

static bool add_units(planner *x, const hw_query_node *n, bool absent)
{
    if (hw_is_leaf(n)) {
        for (unsigned i = 0; i < x->p->n; i++)
            if (x->p->unit[i].node == n) return true; /* in an earlier branch */
        return hw_units_add(x->p, x->m, x->a, n, absent);
    }
    if (n->kind == HW_Q_FIELD) return true;
    for (unsigned i = 0; i < n->n; i++)
        if (!add_units(x, n->kid[i], absent != (n->kind == HW_Q_NOT))) return false;
    return true;
}

/* Words without weight are asked for only when there are no others. */
static void drop_light(hw_plan *p)
{
    bool heavy = false;
    unsigned n = 0;
    for (unsigned i = 0; i < p->n; i++) heavy = heavy || (!p->unit[i].absent && !p->unit[i].light);
    for (unsigned i = 0; i < p->n; i++)
        if (p->unit[i].absent || !heavy || !p->unit[i].light) p->unit[n++] = p->unit[i];
    p->n = n;
}

/* What must be there: 1; nothing: 0. A tree that only forbids under an OR can't be asked. */
static bool demands(planner *x, const hw_query_node *n, bool top)
{
    if (hw_is_leaf(n)) return true;
    if (n->kind == HW_Q_NOT) {
        demands(x, n->kid[0], false);
        return false;
    }
    bool any = false, all = true;
    for (unsigned i = 0; i < n->n; i++) {
        bool one = demands(x, n->kid[i], false);
        any = any || one;
        all = all && one;
    }
    if (n->kind == HW_Q_AND ? any || top : all) return any;
    if (x->status == HEWAL_OK) x->status = hw_query_fault(x->p->query, x->err, n->b, "what only must be absent can't stand under OR");
    return any;
}

/* Whether anything must be there. */
static bool asks(const hw_query_node *all)
{
    bool any = false;
    for (unsigned i = 0; i < all->n; i++) any = any || all->kid[i]->kind != HW_Q_NOT;
    return any;
}

/* The last `n_more` fields are none of the query's. */
static void take_branch(planner *x, const half_read *h, unsigned n_more)
{
    hw_branch *b = &x->p->branch[x->p->n_branches++];
    *b = (hw_branch){.where = ""};
    if (h->words.n) {
        hw_query_node *all = node_of(x->a, HW_Q_AND, h->words.v[0], h->words.n);
        for (uint32_t i = 0; i < h->words.n; i++) all->kid[all->n++] = (hw_query_node *)(uintptr_t)h->words.v[i];
        b->words = all;
        if (!demands(x, all, true) && h->fields.n == n_more && x->status == HEWAL_OK)
            x->status = hw_query_fault(x->p->query, x->err, all->b, "no word to search for: something must be there, not only absent");
        if (!add_units(x, all, false)) hw_query_remark(x->p->query, x->a, all->e, "too many words: the last are left out");
    }
    if (x->status == HEWAL_OK) hw_fields_where(x->p, x->a, h->fields.v, h->fields.n, b->words && asks(b->words), b);
}

hewal_status hw_plan_make(hw_plan **out, hw_store *s, const hewal_model *m, hw_arena *a, const char *query,
                          const hw_query_node *const *more, unsigned n_more, hewal_error *err)
{
    hw_plan *p = HW_NEW(a, hw_plan);
    p->s = s;
    *out = NULL;
    hewal_status st = hw_query_parse(&p->query, m, a, query, err);
    if (st != HEWAL_OK) return st;
    planner x = {.p = p, .m = m, .a = a, .err = err};
    branch_list all = split(&x, p->query->root, false);
    if (x.status == HEWAL_OK && all.n > HW_MAX_BRANCHES) x.status = hw_query_fault(p->query, err, 0, "too many choices between words and fields");
    for (uint32_t i = 0; i < all.n && x.status == HEWAL_OK; i++) {
        for (unsigned k = 0; k < n_more; k++) *(const hw_query_node **)hw_push(a, &all.v[i].fields) = more[k];
        take_branch(&x, &all.v[i], n_more);
    }
    if (x.status != HEWAL_OK) return x.status;
    hw_add_english(p, m, a);
    hw_add_synonyms(p, m, a);
    drop_light(p);
    bool words = false, wanted = false;
    for (unsigned i = 0; i < p->n; i++) {
        words = words || !p->unit[i].absent;
        p->checks = p->checks || p->unit[i].checked;
    }
    for (unsigned i = 0; i < p->n_branches; i++) wanted = wanted || *p->branch[i].where;
    if (!words && !wanted) return hw_query_fault(p->query, err, 0, "no word to search for");
    *out = p;
    return HEWAL_OK;
}

/* ---- the FTS5 query ------------------------------------------------------------------------------------------------------------- */

typedef struct {
    hw_plan *p;
    hw_arena *a;
    const hw_query_node *loose; /* the node whose words may be missing, or NULL */
    bool all_ways;              /* what is only like a word, too */
    bool again;                 /* written a second time: its places count already */
    double rare;                /* words that at most so many articles have are rare */
} asker;

static const char *put_unit(asker *k, unsigned i, const char *q)
{
    const hw_unit *u = &k->p->unit[i];
    const char *begin = *q ? " AND (" : "(", *before = begin;
    for (unsigned w = 0; w < u->n; w++) {
        const hw_way *way = &u->way[w];
        if (k->p->n_phrases + way->n_phrases > HW_MAX_PHRASES || (!k->all_ways && way->weight < HW_SURE) || (u->absent && (way->weight < HW_SURE || way->more))) continue;
        for (unsigned n = 0; n < way->n_phrases; n++, k->p->n_phrases++) {
            k->p->phrase[k->p->n_phrases].unit = (unsigned char)i;
            k->p->phrase[k->p->n_phrases].way = (unsigned char)w;
            k->p->phrase[k->p->n_phrases].counts = !n && !k->again;
        }
        q = hw_sprintf(k->a, "%s%s%s", q, before, way->fts);
        before = " OR ";
    }
    return before == begin ? q : hw_sprintf(k->a, "%s)", q);
}

static const char *put_leaf(asker *k, const hw_query_node *n)
{
    const char *q = "";
    for (unsigned i = 0; i < k->p->n; i++)
        if (k->p->unit[i].node == n) q = put_unit(k, i, q);
    return *q ? q : NULL;
}

static const char *put_tree(asker *k, const hw_query_node *n);

/* Whether a leaf is nothing but words that may be missing. */
static bool may_miss(const hw_query_node *n)
{
    return n->kind == HW_Q_WORDS && !n->title && !n->exact && !n->prefix;
}

/* About how many articles have the rarest word of a leaf. */
static double leaf_articles(const hw_plan *p, const hw_query_node *n)
{
    double least = -1;
    for (unsigned i = 0; i < p->n; i++)
        if (p->unit[i].node == n && (least < 0 || p->unit[i].articles < least)) least = p->unit[i].articles;
    return least;
}

/* The most articles that a word may have to count as rare: the rarest word does, and others as long as all of them
 * together are not in too many. */
static double rare_enough(const hw_plan *p, const hw_query_node *n)
{
    double v[HW_MAX_UNITS], sum = 0;
    unsigned k = 0, i = 0;
    for (i = 0; i < n->n && k < HW_MAX_UNITS; i++) {
        double x = may_miss(n->kid[i]) ? leaf_articles(p, n->kid[i]) : -1;
        unsigned at = k;
        if (x <= 0) continue; /* in none: no help */
        for (k++; at && v[at - 1] > x; at--) v[at] = v[at - 1];
        v[at] = x;
    }
    for (i = 0; i < k && (!i || sum + v[i] <= HW_MAX_LOOSE); i++) sum += v[i];
    return i ? v[i - 1] : 0;
}

typedef enum { EVERYTHING, MUST, MAY, RARE_ONES, COMMON_ONES } part;

static bool belongs(const asker *k, const hw_query_node *n, part which)
{
    if (n->kind == HW_Q_NOT) return false;
    if (which == EVERYTHING) return true;
    if (which == MUST) return !may_miss(n);
    return may_miss(n) && (which == MAY || (leaf_articles(k->p, n) <= k->rare) == (which == RARE_ONES));
}

static const char *put_joined(asker *k, const hw_query_node *n, const char *by, part which)
{
    const char *q = NULL;
    for (unsigned i = 0; i < n->n; i++) {
        const char *one = belongs(k, n->kid[i], which) ? put_tree(k, n->kid[i]) : NULL;
        if (one) q = q ? hw_sprintf(k->a, "%s %s (%s)", q, by, one) : hw_sprintf(k->a, "(%s)", one);
    }
    return q;
}

/* What must be there, and what may be, so that its places count: `X AND (Y OR X)`. When nothing must be, one of the rare
 * words must: an article that has only words that everybody has is no answer, and there are too many of them to look at. */
static const char *put_loose(asker *k, const hw_query_node *n)
{
    k->rare = rare_enough(k->p, n);
    const char *must = put_joined(k, n, "AND", MUST);
    part which = must ? MUST : RARE_ONES;
    if (!must) must = put_joined(k, n, "OR", RARE_ONES);
    if (!must) return NULL;
    unsigned before = k->p->n_phrases;
    const char *may = put_joined(k, n, "OR", which == MUST ? MAY : COMMON_ONES);
    if (!may || k->p->n_phrases * 2 > HW_MAX_PHRASES) {
        k->p->n_phrases = before;
        return must;
    }
    k->again = true;
    const char *again = put_joined(k, n, which == MUST ? "AND" : "OR", which);
    k->again = false;
    return hw_sprintf(k->a, "(%s) AND ((%s) OR (%s))", must, may, again);
}

static const char *put_all(asker *k, const hw_query_node *n)
{
    const hw_query_node *loose = k->loose;
    const char *q = n == loose ? put_loose(k, n) : put_joined(k, n, "AND", EVERYTHING);
    bool all_ways = k->all_ways;
    k->loose = NULL;
    k->all_ways = false;
    for (unsigned i = 0; i < n->n && q; i++) {
        const char *absent = n->kid[i]->kind == HW_Q_NOT ? put_tree(k, n->kid[i]->kid[0]) : NULL;
        if (absent) q = hw_sprintf(k->a, "(%s) NOT (%s)", q, absent);
    }
    k->loose = loose;
    k->all_ways = all_ways;
    return q;
}

static const char *put_tree(asker *k, const hw_query_node *n)
{
    switch (n->kind) {
    case HW_Q_AND: return put_all(k, n);
    case HW_Q_OR: return put_joined(k, n, "OR", EVERYTHING);
    case HW_Q_NOT:
    case HW_Q_FIELD: return NULL;
    default: return put_leaf(k, n);
    }
}

const char *hw_plan_query(hw_plan *p, hw_arena *a, const hw_branch *b, bool loose)
{
    asker k = {.p = p, .a = a, .loose = loose ? b->words : NULL, .all_ways = loose};
    p->n_phrases = 0;
    p->ready = false;
    p->asked = b->words;
    p->loose = loose;
    return b->words ? put_tree(&k, b->words) : NULL;
}

static bool forbids(const hw_query_node *n)
{
    bool any = n->kind == HW_Q_NOT;
    for (unsigned i = 0; i < n->n && !any; i++) any = !hw_is_leaf(n) && forbids(n->kid[i]);
    return any;
}

const char *hw_plan_title_query(hw_plan *p, hw_arena *a, const hw_branch *b)
{
    asker k = {.p = p, .a = a, .again = true};
    p->n_phrases = 0;
    p->ready = false;
    p->asked = b->words;
    p->loose = false;
    const char *in_title = b->words && !forbids(b->words) ? put_tree(&k, b->words) : NULL;
    if (!in_title || p->n_phrases * 2 > HW_MAX_PHRASES) return NULL;
    k.again = false;
    return hw_sprintf(a, "(title : (%s)) AND (%s)", in_title, put_tree(&k, b->words));
}

double hw_plan_most(const hw_plan *p, const hw_branch *b, bool loose)
{
    double most = -1, sum = 0;
    for (unsigned i = 0; b->words && i < b->words->n; i++) {
        const hw_query_node *n = b->words->kid[i];
        double k = hw_is_leaf(n) ? leaf_articles(p, n) : -1;
        if (k >= 0 && (!loose || !may_miss(n)) && (most < 0 || k < most)) most = k;
        if (k >= 0 && may_miss(n)) sum += k;
    }
    return most < 0 && loose ? fmin(sum, HW_MAX_LOOSE) : most;
}

const char *hw_plan_absent(hw_plan *p, hw_arena *a, const hw_branch *b)
{
    asker k = {.p = p, .a = a};
    const char *q = NULL;
    p->n_phrases = 0;
    for (unsigned i = 0; b->words && i < b->words->n; i++) {
        const char *one = b->words->kid[i]->kind == HW_Q_NOT ? put_tree(&k, b->words->kid[i]->kid[0]) : NULL;
        if (one) q = q ? hw_sprintf(a, "%s OR (%s)", q, one) : hw_sprintf(a, "(%s)", one);
    }
    return q;
}

/* ---- whether it holds -------------------------------------------------------------------------------------------------------------- */

static int leaf_holds(const hw_plan *p, const hw_query_node *n, const bool *there)
{
    int holds = -1;
    for (unsigned i = 0; i < p->n; i++)
        if (p->unit[i].node == n) holds = holds && there[i];
    return holds;
}

int hw_plan_holds(const hw_plan *p, const hw_query_node *n, const bool *there)
{
    if (hw_is_leaf(n)) return leaf_holds(p, n, there);
    int holds = -1;
    bool missed = false, met = false;
    for (unsigned i = 0; i < n->n; i++) {
        int one = hw_plan_holds(p, n->kid[i], there);
        bool may = p->loose && n == p->asked && may_miss(n->kid[i]);
        if (one < 0) continue;
        if (n->kind == HW_Q_NOT) return !one;
        if (may) {
            met = met || one;
            missed = missed || !one;
            continue;
        }
        holds = holds < 0 ? one : n->kind == HW_Q_OR ? holds || one : holds && one;
    }
    return holds < 0 && (met || missed) ? met : holds;
}
