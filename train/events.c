/* Trains what src/events/judge.h describes.   train-events [--cross|--cross=N] OUT.tsv RECORDS.jsonl...
 *
 * In: the model ($HEWAL_MODEL; what it has learnt of events is not used); RECORDS, gold records with their texts, one a line
 * (train/passages joins ours with the texts). Out: OUT, the table that tools/mktagger makes a section of the model of. --cross:
 * nothing is written (OUT is `-`); five times, four fifths of the records are learnt and the fifth is read (=N: only the first N
 * records are read). Logistic regression by
 * stochastic gradients, averaged; nothing is random but by a fixed seed. */
#include "perceptron.h"
#include "records.h"

#include "events/judge.h"
#include "names/names.h"

const char tool_name[] = "train-events";

enum { BITS = 17, ROUNDS = 16, FOLDS = 5 };
#define UNIT 0.04f
#define RATE 0.12f
#define SHRINK 0.05f

typedef struct {
    hw_feature_set x;
    uint8_t said; /* by the rules, as hw_contender.said */
    uint8_t gold; /* bits: 1 acts, 2 is acted upon */
    bool named;   /* has a mention: counts when it is wrong */
} contender;

typedef struct {
    hw_feature_set x;
    bool believed;    /* by the rules */
    bool retold;      /* hw_cast.retold */
    int gold;         /* event of the record, or -1 */
    contender *parts;
    unsigned n;
    bool unnamed;     /* somebody without a name takes part, who makes it an event */
} candidate;

typedef struct {
    candidate *v;
    size_t n, cap;
    size_t n_gold, n_parts; /* events, participants with a name */
} record;

static struct { record *v; size_t n, cap; } all;
static hw_arena arena;

/* ---- reading -------------------------------------------------------------------------------------------------------- */

typedef struct {
    const json_t *rec;
    record *out;
    const char **gold_of; /* per entity of ours: the gold's id, or NULL */
} reading;

static uint32_t number(const json_t *o, const char *key) { return (uint32_t)json_integer_value(json_object_get(o, key)); }

/* Which gold entity each of ours is: that which shares most mentions with it. */
static const char **match_entities(const json_t *rec, const hw_names *n)
{
    const char **out = hw_calloc(&arena, n->entities.n + 1, sizeof *out);
    const json_t *entities = json_object_get(rec, "entities"), *g;
    for (uint32_t e = 0; e < n->entities.n; e++) {
        size_t k, best = 0;
        json_array_foreach(entities, k, g) {
            const char *id = json_string_value(json_object_get(g, "id"));
            size_t j, votes = 0;
            const json_t *m;
            json_array_foreach(json_object_get(rec, "mentions"), j, m) {
                const char *of = json_string_value(json_object_get(m, "entity"));
                if (!of || strcmp(of, id)) continue;
                bool role = !strcmp(json_string_value(json_object_get(m, "type")), "ROLE");
                for (uint32_t i = 0; i < n->mentions.n; i++) {
                    const hewal_mention *o = &n->mentions.v[i];
                    votes += o->entity == (int32_t)e && (o->type == HEWAL_ROLE) == role && o->b < number(m, "e") && o->e > number(m, "b");
                }
            }
            if (votes <= best) continue;
            best = votes;
            out[e] = id;
        }
    }
    return out;
}

static bool has(const json_t *event, const char *side, const char *id)
{
    size_t k;
    const json_t *e;
    json_array_foreach(json_object_get(event, side), k, e)
        if (id && !strcmp(json_string_value(e), id)) return true;
    return false;
}

static int gold_event(const hw_seeker *s, const hw_candidate *c, const json_t *rec)
{
    const hw_trigger *row = hw_trigger_row(s, c->f.row);
    const char *type = hewal_event_type_name(c->f.neg && row->neg >= 0 ? (hewal_event_type)row->neg : row->type);
    uint32_t b = hw_et(s, c->f.first)->b, e = hw_et(s, c->f.last)->e;
    size_t k;
    const json_t *g;
    json_array_foreach(json_object_get(rec, "events"), k, g)
        if (!strcmp(json_string_value(json_object_get(g, "type")), type) && number(g, "b") < e && number(g, "e") > b) return (int)k;
    return -1;
}

static bool is_named(const hw_seeker *s, int32_t entity)
{
    for (uint32_t i = 0; i < s->n->mentions.n; i++)
        if (s->n->mentions.v[i].entity == entity) return true;
    return false;
}

static void on_candidate(void *ctx, const hw_seeker *s, const hw_candidate *c)
{
    reading *r = ctx;
    record *out = r->out;
    if (out->n == out->cap) {
        out->cap = out->cap ? out->cap * 2 : 16;
        out->v = realloc(out->v, out->cap * sizeof *out->v);
        if (!out->v) die("out of memory");
    }
    candidate *k = &out->v[out->n++];
    *k = (candidate){.believed = c->doubt == HW_BELIEVED, .gold = gold_event(s, c, r->rec)};
    hw_event_features(s, c, &k->x);
    hw_contender v[HW_MAX_CONTENDERS];
    k->n = hw_contenders(s, c, v);
    k->parts = HW_NEWS(&arena, contender, k->n + 1);
    const json_t *event = k->gold >= 0 ? json_array_get(json_object_get(r->rec, "events"), (size_t)k->gold) : NULL;
    for (unsigned i = 0; i < k->n; i++) {
        const char *id = r->gold_of[v[i].entity];
        k->parts[i] = (contender){.said = v[i].said, .gold = (uint8_t)(has(event, "actors", id) | has(event, "targets", id) << 1), .named = is_named(s, v[i].entity)};
        hw_contender_features(s, c, v, k->n, i, &k->parts[i].x);
    }
    k->retold = c->cast.retold;
    k->unnamed = c->cast.unnamed != HW_NO_TOKEN && (s->cue[c->cast.unnamed] & HW_Q_OFFICIAL);
}

/* Participants of the gold that it names somewhere. */
static size_t named_parts(const json_t *rec)
{
    size_t n = 0, k, j, i;
    const json_t *v, *e, *m;
    static const char *const sides[] = {"actors", "targets"};
    json_array_foreach(json_object_get(rec, "events"), k, v)
        for (unsigned side = 0; side < 2; side++)
            json_array_foreach(json_object_get(v, sides[side]), j, e) {
                bool named = false;
                json_array_foreach(json_object_get(rec, "mentions"), i, m) {
                    const char *of = json_string_value(json_object_get(m, "entity"));
                    named |= of && !strcmp(of, json_string_value(e));
                }
                n += named;
            }
    return n;
}

static void add_record(const hewal_model *m, const json_t *rec)
{
    const char *text = json_string_value(json_object_get(rec, "text")), *published = json_string_value(json_object_get(rec, "published"));
    if (!text) return;
    hewal_meta meta = {.published = published};
    const hewal_meta *known = published ? &meta : NULL;
    hw_text *x = hw_text_read(m, &arena, hw_strdup(&arena, text), strlen(text));
    hw_words *w = hw_morph_read(x);
    hw_names *n = hw_names_read(w, known);
    hw_times *t = hw_times_read(w, n, known);
    hw_quotes *q = hw_quotes_read(w, n, t);
    record out = {.n_gold = json_array_size(json_object_get(rec, "events")), .n_parts = named_parts(rec)};
    reading r = {.rec = rec, .out = &out};
    r.gold_of = match_entities(rec, n);
    hw_events_seek(w, n, t, q, on_candidate, &r);
    if (all.n == all.cap) {
        all.cap = all.cap ? all.cap * 2 : 1024;
        all.v = realloc(all.v, all.cap * sizeof *all.v);
        if (!all.v) die("out of memory");
    }
    all.v[all.n++] = out;
}

/* ---- learning ------------------------------------------------------------------------------------------------------- */

static float score(const perceptron *p, const hw_feature_set *x, unsigned label)
{
    float sum = 0;
    for (unsigned k = 0; k < x->n; k++) sum += p->w[hw_feature_row(x->v[k], 64 - BITS, HW_J_LABELS) + label];
    return sum;
}

/* One step towards `gold`; `prior` is what is believed before anything is learnt. */
static void step(perceptron *p, const hw_feature_set *x, unsigned label, bool gold, float prior, float rate)
{
    float v = score(p, x, label) + prior, chance = 1 / (1 + expf(-v));
    float by = rate * ((gold ? 1.0f : 0.0f) - chance);
    p->step++;
    for (unsigned k = 0; k < x->n; k++) {
        uint32_t i = hw_feature_row(x->v[k], 64 - BITS, HW_J_LABELS) + label;
        perceptron_correct(p, i, by - rate * SHRINK * p->w[i]);
    }
}

static void learn_candidate(perceptron *p, const candidate *c, float rate)
{
    step(p, &c->x, HW_J_EVENT, c->gold >= 0, hw_judge_prior(c->believed), rate);
    if (c->gold < 0) return;
    for (unsigned i = 0; i < c->n; i++) {
        const contender *k = &c->parts[i];
        step(p, &k->x, HW_J_ACTOR, k->gold & 1, hw_judge_prior(k->said == 1), rate);
        step(p, &k->x, HW_J_TARGET, (k->gold & 2) != 0, hw_judge_prior(k->said == 2), rate);
    }
}

/* Learns from the records that are not of fold `out` (-1: from all). */
static void learn(int out, int8_t *table)
{
    perceptron p = perceptron_new(BITS);
    uint64_t seed = 88172645463325252u;
    memset(table, 0, (size_t)1 << BITS);
    for (int round = 0; round < ROUNDS; round++) {
        size_t *order = any_order(all.n, &seed);
        float rate = RATE / (1 + 0.3f * (float)round);
        for (size_t k = 0; k < all.n; k++) {
            if ((int)(order[k] % FOLDS) == out) continue;
            const record *r = &all.v[order[k]];
            for (size_t j = 0; j < r->n; j++) learn_candidate(&p, &r->v[j], rate);
        }
        free(order);
    }
    perceptron_average(&p, UNIT, table);
    perceptron_free(&p);
}

/* ---- measuring ------------------------------------------------------------------------------------------------------ */

typedef struct { size_t right, found, gold; } counts;
typedef struct { counts events, parts, ruled_events, ruled_parts; } measured;

typedef struct { bool event; uint8_t part[HW_MAX_CONTENDERS]; } verdict;

static verdict ruled(const candidate *c)
{
    verdict v = {.event = c->believed};
    for (unsigned i = 0; i < c->n; i++) v.part[i] = c->parts[i].said;
    return v;
}

static void scores_of(const perceptron *p, const hw_feature_set *x, float out[HW_J_LABELS])
{
    for (unsigned b = 0; b < HW_J_LABELS; b++) out[b] = score(p, x, b);
}

static verdict judged(const perceptron *p, const candidate *c)
{
    verdict v;
    float w[HW_J_LABELS], strongest = -HW_J_STRONGEST;
    for (unsigned i = 0; i < c->n; i++) {
        scores_of(p, &c->parts[i].x, w);
        v.part[i] = c->retold ? c->parts[i].said : hw_judge_part(w, c->parts[i].said, &strongest);
    }
    scores_of(p, &c->x, w);
    v.event = hw_judge_event(w, c->believed, strongest) > 0;
    return v;
}

static void count(const record *r, size_t k, const verdict *v, uint8_t *seen, counts *events, counts *parts)
{
    const candidate *c = &r->v[k];
    bool anybody = c->unnamed;
    for (unsigned i = 0; i < c->n; i++) anybody |= v->part[i] != 0;
    if (!v->event || !anybody) return;
    events->found++;
    bool right = c->gold >= 0 && !seen[c->gold];
    if (right) {
        seen[c->gold] = 1;
        events->right++;
    }
    for (unsigned i = 0; i < c->n; i++) {
        if (!v->part[i]) continue;
        parts->found += c->parts[i].named;
        parts->right += right && c->parts[i].gold & v->part[i];
    }
}

static void measure(int out, size_t n, const int8_t *table, measured *m)
{
    perceptron p = perceptron_new(BITS);
    for (size_t i = 0; i < p.n; i++) p.w[i] = (float)table[i] * UNIT;
    for (size_t k = (size_t)out; k < n; k += FOLDS) {
        const record *r = &all.v[k];
        uint8_t *seen = hw_calloc(&arena, r->n_gold + 1, 1), *seen_rules = hw_calloc(&arena, r->n_gold + 1, 1);
        m->events.gold += r->n_gold;
        m->parts.gold += r->n_parts;
        for (size_t j = 0; j < r->n; j++) {
            verdict a = judged(&p, &r->v[j]), b = ruled(&r->v[j]);
            count(r, j, &a, seen, &m->events, &m->parts);
            count(r, j, &b, seen_rules, &m->ruled_events, &m->ruled_parts);
        }
    }
    perceptron_free(&p);
}

static void print(const char *what, counts c, size_t gold)
{
    double p = (double)c.right / (double)c.found, r = (double)c.right / (double)gold;
    printf("%-28s precision %.3f, recall %.3f, F1 %.3f\n", what, p, r, 2 * p * r / (p + r));
}

int main(int argc, char **argv)
{
    bool cross = argc > 1 && !strncmp(argv[1], "--cross", 7);
    if (argc - cross < 3) die("usage: train-events [--cross|--cross=N] OUT.tsv RECORDS.jsonl...");
    hewal_error err;
    hewal_model *m;
    if (hewal_model_open(&m, NULL, &err) != HEWAL_OK) die("%s", err.message);
    hw_arena_init(&arena);
    if (hw_arena_guard(&arena)) die("out of memory");
    for (int i = 2 + cross; i < argc; i++) read_records(m, argv[i], add_record);
    static int8_t table[1 << BITS];
    if (!cross) {
        learn(-1, table);
        weights_save(argv[1], "events", "train/events.c", BITS, (double)UNIT, table);
        return 0;
    }
    measured c = {0};
    size_t n = argv[1][7] == '=' ? strtoul(argv[1] + 8, NULL, 10) : all.n;
    if (n > all.n) n = all.n;
    for (int k = 0; k < FOLDS; k++) {
        learn(k, table);
        measure(k, n, table, &c);
    }
    printf("%zu records, %zu read\n", all.n, n);
    print("events, by rules", c.ruled_events, c.events.gold);
    print("events, judged", c.events, c.events.gold);
    print("participants, by rules", c.ruled_parts, c.parts.gold);
    print("participants, judged", c.parts, c.parts.gold);
    return 0;
}
