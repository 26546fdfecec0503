/* Trains what src/names/learnt.h describes.   train-names [--cross] OUT.tsv RECORDS.jsonl...
 *
 * In: the model ($HEWAL_MODEL; what it has learnt of names is not used); RECORDS, gold records with their texts, one a line
 * (train/passages joins ours with the texts). Out: OUT, the table that tools/mktagger makes a section of the model of. --cross:
 * nothing is written (OUT is `-`); five times, four fifths of the records are learnt and the fifth is read. Nothing is random but by a
 * fixed seed. */
#include "perceptron.h"
#include "records.h"

#include "names/learnt.h"

const char tool_name[] = "train-names";

enum { BITS = 20, ROUNDS = 12, FOLDS = 5 };
#define UNIT 0.02f
#define RATE 0.1f

typedef struct {
    uint32_t first, last;
    hw_feature_set *x; /* one a token */
    const hw_said *said;
    uint8_t *gold;
} sentence;

typedef struct { sentence *v; size_t n; } record;
static struct { record *v; size_t n, cap; } all;
static hw_arena arena;

static hewal_type type_named(const char *s)
{
    return !strcmp(s, "PER") ? HEWAL_PER : !strcmp(s, "ORG") ? HEWAL_ORG : HEWAL_LOC;
}

/* The labels of the record's mentions, on the tokens that lie in them. */
static uint8_t *labels_of(const json_t *rec, const hw_text *x)
{
    uint8_t *gold = hw_calloc(&arena, x->tokens.n + 1, 1);
    size_t k;
    const json_t *m;
    json_array_foreach(json_object_get(rec, "mentions"), k, m) {
        const char *type = json_string_value(json_object_get(m, "type"));
        if (!type || !strcmp(type, "ROLE")) continue;
        uint32_t b = (uint32_t)json_integer_value(json_object_get(m, "b")), e = (uint32_t)json_integer_value(json_object_get(m, "e"));
        bool begun = false;
        for (uint32_t i = 0; i < x->tokens.n; i++) {
            const hw_token *t = &x->tokens.v[i];
            if (t->b >= e || t->e <= b) continue;
            gold[i] = (uint8_t)((begun ? HW_INSIDE : HW_BEGINS) + (unsigned)type_named(type));
            begun = true;
        }
    }
    return gold;
}

static void add_record(const hewal_model *m, const json_t *rec)
{
    const char *text = json_string_value(json_object_get(rec, "text")), *published = json_string_value(json_object_get(rec, "published"));
    if (!text) return;
    hw_text *x = hw_text_read(m, &arena, hw_strdup(&arena, text), strlen(text));
    hewal_meta meta = {.published = published};
    hw_finder *f = hw_finder_new(hw_morph_read(x), published ? &meta : NULL);
    hw_find_by_rules(f);
    hw_said *said = hw_rules_say(f);
    uint8_t *gold = labels_of(rec, x);
    hw_feature_set *features = HW_NEWS(&arena, hw_feature_set, x->tokens.n + 1);
    for (uint32_t i = 0; i < x->tokens.n; i++) hw_name_features_of(f, said, i, &features[i]);
    record r = {HW_NEWS(&arena, sentence, x->sentences.n + 1), x->sentences.n};
    for (uint32_t k = 0; k < x->sentences.n; k++) {
        uint32_t first = x->sentences.v[k].first, last = x->sentences.v[k].last;
        r.v[k] = (sentence){first, last, features + first, said + first, gold + first};
    }
    if (all.n == all.cap) {
        all.cap = all.cap ? all.cap * 2 : 1024;
        all.v = realloc(all.v, all.cap * sizeof *all.v);
        if (!all.v) die("out of memory");
    }
    all.v[all.n++] = r;
}

/* ---- learning ------------------------------------------------------------------------------------------------------- */

static float score(const perceptron *p, const hw_feature_set *x, unsigned label)
{
    float sum = 0;
    for (unsigned k = 0; k < x->n; k++) sum += p->w[hw_name_row(x->v[k], 64 - BITS) + label];
    return sum;
}

static float step_score(const perceptron *p, unsigned a, unsigned b)
{
    return hw_label_follows(a, b) ? p->w[hw_name_row(hw_name_step(a), 64 - BITS) + b] : -1e9f;
}

/* The best labels, as learnt.c looks for them, with weights that are being learnt. */
static void decode(const perceptron *p, const sentence *s, uint8_t *out)
{
    static uint8_t from[1 << 12][HW_LABELS];
    float before[HW_LABELS], now[HW_LABELS];
    uint32_t n = s->last - s->first + 1;
    for (unsigned a = 0; a < HW_LABELS; a++) before[a] = a ? -1e9f : 0;
    for (uint32_t i = 0; i < n; i++) {
        for (unsigned b = 0; b < HW_LABELS; b++) {
            float best = -4e9f;
            for (unsigned a = 0; a < HW_LABELS; a++) {
                float v = before[a] + step_score(p, a, b);
                if (v <= best) continue;
                best = v;
                from[i][b] = (uint8_t)a;
            }
            now[b] = best + score(p, &s->x[i], b) + (b == s->said[i].label ? HW_TRUST : 0);
        }
        memcpy(before, now, sizeof before);
    }
    unsigned best = 0;
    for (unsigned a = 1; a < HW_LABELS; a++)
        if (before[a] > before[best]) best = a;
    for (uint32_t i = n; i-- > 0;) {
        out[i] = (uint8_t)best;
        best = from[i][best];
    }
}

static void correct(perceptron *p, const sentence *s, const uint8_t *labels, float by)
{
    unsigned before = HW_OUTSIDE;
    for (uint32_t i = 0; i <= s->last - s->first; i++) {
        for (unsigned k = 0; k < s->x[i].n; k++) perceptron_correct(p, hw_name_row(s->x[i].v[k], 64 - BITS) + labels[i], by);
        perceptron_correct(p, hw_name_row(hw_name_step(before), 64 - BITS) + labels[i], by);
        before = labels[i];
    }
}

/* Learns from the records that are not of fold `out` (-1: from all). */
static void learn(int out, int8_t *table)
{
    perceptron p = perceptron_new(BITS);
    uint64_t seed = 88172645463325252u;
    uint8_t labels[1 << 12];
    memset(table, 0, (size_t)1 << BITS);
    for (int round = 0; round < ROUNDS; round++) {
        size_t *order = any_order(all.n, &seed);
        for (size_t k = 0; k < all.n; k++) {
            if ((int)(order[k] % FOLDS) == out) continue;
            const record *r = &all.v[order[k]];
            for (size_t j = 0; j < r->n; j++) {
                const sentence *s = &r->v[j];
                decode(&p, s, labels);
                p.step++;
                if (!memcmp(labels, s->gold, s->last - s->first + 1)) continue;
                correct(&p, s, s->gold, RATE);
                correct(&p, s, labels, -RATE);
            }
        }
        free(order);
    }
    perceptron_average(&p, UNIT, table);
    perceptron_free(&p);
}

/* ---- measuring ------------------------------------------------------------------------------------------------------ */

typedef struct { size_t right, found, gold; } counts;

static size_t name_end(const uint8_t *v, size_t i, size_t n)
{
    size_t e = i + 1;
    while (e < n && v[e] == v[i] + 3) e++;
    return e;
}

static void count(const sentence *s, const uint8_t *labels, counts *c)
{
    size_t n = s->last - s->first + 1;
    for (size_t i = 0; i < n; i++) {
        bool a = s->gold[i] >= HW_BEGINS && s->gold[i] < HW_INSIDE, b = labels[i] >= HW_BEGINS && labels[i] < HW_INSIDE;
        c->gold += a;
        c->found += b;
        c->right += a && b && s->gold[i] == labels[i] && name_end(s->gold, i, n) == name_end(labels, i, n);
    }
}

static void measure(int out, const int8_t *table, counts *c)
{
    perceptron p = perceptron_new(BITS);
    uint8_t labels[1 << 12];
    for (size_t i = 0; i < p.n; i++) p.w[i] = (float)table[i];
    for (size_t k = (size_t)out; k < all.n; k += FOLDS)
        for (size_t j = 0; j < all.v[k].n; j++) {
            decode(&p, &all.v[k].v[j], labels);
            count(&all.v[k].v[j], labels, c);
        }
    perceptron_free(&p);
}

int main(int argc, char **argv)
{
    bool cross = argc > 1 && !strcmp(argv[1], "--cross");
    if (argc - cross < 3) die("usage: train-names [--cross] OUT.tsv RECORDS.jsonl...");
    hewal_error err;
    hewal_model *m;
    if (hewal_model_open(&m, NULL, &err) != HEWAL_OK) die("%s", err.message);
    hw_arena_init(&arena);
    if (hw_arena_guard(&arena)) die("out of memory");
    for (int i = 2 + cross; i < argc; i++) read_records(m, argv[i], add_record);
    static int8_t table[1 << BITS];
    if (!cross) {
        learn(-1, table);
        weights_save(argv[1], "names", "train/names.c", BITS, (double)UNIT, table);
        return 0;
    }
    counts c = {0};
    for (int k = 0; k < FOLDS; k++) {
        learn(k, table);
        measure(k, table, &c);
    }
    double p = (double)c.right / (double)c.found, r = (double)c.right / (double)c.gold;
    printf("%zu records; names: precision %.3f, recall %.3f, F1 %.3f\n", all.n, p, r, 2 * p * r / (p + r));
    return 0;
}
