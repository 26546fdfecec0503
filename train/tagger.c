/* Trains the tagger.   train-tagger [--cross] TAGS.tsv TEXT_DIR OUT.tsv
 *
 * In: the model without a tagger or with one ($HEWAL_MODEL; what it has is not used); TAGS, readings chosen by annotators
 * (train/tags); TEXT_DIR, which has SOURCE.txt or SOURCE.jsonl for the sources that TAGS names. Out: OUT, the table that
 * tools/mktagger makes a section of the model of. --cross: nothing is written; five times, four fifths are learnt and the fifth is
 * read.
 *
 * An averaged perceptron, in two steps (src/morph/tagger.h). The first learns to prefer a reading by the word alone; the second,
 * over what the first leaves likely, the best way through a sentence, and goes on with what words say alone. A reading is right when lemma, part of speech and
 * features are the annotators', or, where no reading is, lemma and part of speech, or part of speech alone; a word none of
 * whose readings is right teaches nothing. Nothing is random but by a fixed seed. */
#include "perceptron.h"

#include "base/hash.h"
#include "base/map.h"
#include "morph/context.h"
#include "morph/tagger.h"

#include <jansson.h>
#include <stdlib.h>
#include <string.h>

const char tool_name[] = "train-tagger";

enum { HIDE_BYTES = 6, BITS = 18, OWN_ROUNDS = 8, ROUNDS = 10, FOLDS = 5 };
#define RATE 0.12f  /* a correction, in units of a reading's weight */
#define UNIT 0.02f  /* a step of the table's bytes */

typedef struct {
    uint32_t lemma, feats;
    uint8_t upos; /* HW_UPOS_SHOWN; 0xFF: not annotated */
    bool any_feats;
} gold;

typedef struct {
    hw_text *text;
    const gold *gold; /* one a token */
    hw_words words;   /* with all readings, then with those that the first part leaves */
} sentence;

static struct { sentence *v; size_t n, cap; } all;
static hw_arena arena;
static hw_lexicon lexicon;
static hw_map common;

/* ---- reading the annotation ---------------------------------------------------------------------------------------- */

typedef struct { char name[40]; char **line; size_t n; } source;
static source sources[8];

static source *source_of(const char *dir, const char *name)
{
    unsigned i = 0;
    for (; i < 8 && *sources[i].name; i++)
        if (!strcmp(sources[i].name, name)) return &sources[i];
    if (i == 8) die("too many sources");
    source *s = &sources[i];
    snprintf(s->name, sizeof s->name, "%s", name);
    char path[1024];
    size_t n, cap = 0;
    bool json = false;
    snprintf(path, sizeof path, "%s/%s.txt", dir, name);
    char *text = slurp(path, &n);
    if (!text) {
        json = true;
        snprintf(path, sizeof path, "%s/%s.jsonl", dir, name);
        text = slurp(path, &n);
    }
    if (!text) die("%s: neither %s.txt nor %s.jsonl", dir, name, name);
    for (char *p = text, *e; *p; p = e) {
        e = p + strcspn(p, "\n");
        if (*e) *e++ = 0;
        if (json) { /* the first line of an article's text */
            json_t *j = json_loads(p, 0, NULL);
            const char *t = json_string_value(json_object_get(j, "text"));
            p = t ? strndup(t, strcspn(t, "\n")) : strdup("");
            json_decref(j);
        }
        if (s->n == cap) {
            cap = cap ? cap * 2 : 4096;
            s->line = realloc(s->line, cap * sizeof *s->line);
        }
        if (!s->line || !p) die("out of memory");
        s->line[s->n++] = p;
    }
    return s;
}

/* Classes that are written alike are one. */
static uint8_t shown(uint8_t upos)
{
    return upos == HW_DET ? HW_ADJ : upos == HW_AUX ? HW_VERB : upos;
}

static uint8_t upos_named(const char *s, size_t n, const char *where)
{
    for (uint8_t u = 0; u <= HW_X; u++)
        if (strlen(hw_upos_name(u)) == n && !strncmp(hw_upos_name(u), s, n)) return shown(u);
    die("%s: unknown part of speech «%.*s»", where, (int)n, s);
}

/* One token's annotation; false when it is of another text. */
static bool read_token(const char *s, const hw_token *t, gold *g, const char *where)
{
    char *end;
    uint32_t form = (uint32_t)strtoul(s, &end, 16);
    (void)t;
    (void)form;
    *g = (gold){.upos = 0xFF};
    if (*end++ != '=') die("%s: not in order", where);
    if (*end == '-') return true;
    size_t n = strcspn(end, "/");
    g->upos = upos_named(end, n, where);
    g->lemma = (uint32_t)strtoul(end + n + 1, &end, 16);
    g->any_feats = end[1] == '?';
    g->feats = (uint32_t)strtoul(end + 1, NULL, 16);
    return true;
}

static void read_tags(const char *path, const char *dir)
{
    const char *slash = strrchr(path, '/');
    char folder[1024], where[1100];
    snprintf(folder, sizeof folder, "%.*s", slash ? (int)(slash - path) : 1, slash ? path : ".");
    tsv t = read_tsv(folder, slash ? slash + 1 : path, NULL);
    size_t other = 0;
    for (size_t r = 0; r < t.n_rows; r++) {
        snprintf(where, sizeof where, "%s:%u", path, t.line[r]);
        source *s = source_of(dir, cell(&t, r, "source"));
        size_t line = strtoul(cell(&t, r, "line"), NULL, 10);
        if (!line || line > s->n) die("%s: there is no such line", where);
        const char *raw = s->line[line - 1];
        while (*raw == ' ' || *raw == '\t') raw++;
        sentence x = {.text = hw_text_read(lexicon.model, &arena, raw, strlen(raw))};
        gold *g = HW_NEWS(&arena, gold, x.text->tokens.n + 1);
        uint32_t n = 0;
        for (const char *p = cell(&t, r, "tokens"); *p; n++) {
            if (n < x.text->tokens.n) read_token(p, &x.text->tokens.v[n], &g[n], where);
            p += strcspn(p, " ");
            p += *p == ' ';
        }
        if (n != x.text->tokens.n) {
            other++;
            continue;
        }
        x.gold = g;
        if (all.n == all.cap) {
            all.cap = all.cap ? all.cap * 2 : 4096;
            all.v = realloc(all.v, all.cap * sizeof *all.v);
            if (!all.v) die("out of memory");
        }
        all.v[all.n++] = x;
    }
    fprintf(stderr, "%zu sentences; %zu were cut into other tokens and are left out\n", all.n, other);
}

/* ---- what is right ------------------------------------------------------------------------------------------------- */

/* How right a reading is: 3 in all, 2 but for features, 1 in part of speech, 0 not. */
static int rightness(const gold *g, const hw_analysis *r)
{
    if (g->upos != shown(r->upos)) return 0;
    if (g->lemma != (uint32_t)r->lemma_hash) return 1;
    return g->any_feats || g->feats == (uint32_t)hw_hash(r->feats, strlen(r->feats)) ? 3 : 2;
}

/* The readings that are right, as bits; all of them when nothing is known. */
static uint32_t right_ones(const gold *g, const hw_word *w)
{
    int best = 1;
    uint32_t bits = 0;
    if (g->upos == 0xFF) return UINT32_MAX;
    for (unsigned k = 0; k < w->n; k++) {
        int r = rightness(g, &w->analyses[k]);
        if (r > best) {
            best = r;
            bits = 0;
        }
        if (r == best) bits |= UINT32_C(1) << k;
    }
    return bits ? bits : UINT32_MAX;
}

/* ---- learning ------------------------------------------------------------------------------------------------------ */

static float value(const perceptron *p, const hw_features *f)
{
    float v = 0;
    for (unsigned i = 0; i < f->n; i++) v += p->w[f->id[i]];
    return v;
}

static void correct(perceptron *p, const hw_features *f, float by)
{
    for (unsigned i = 0; i < f->n; i++) perceptron_correct(p, f->id[i], by);
}

static uint64_t seed;

/* The lexicon was written with these texts in sight, so what it lacks here are slips of the pen; elsewhere they are names and
 * rare words. So that those are learnt, half of the rare words are read as if it lacked them. */
static bool hidden(const hw_token *t)
{
    return t->fold_len >= HIDE_BYTES && t->hash >> 40 & 1 && hw_map_get(&common, t->hash) < 0;
}

static void read_words(sentence *x, unsigned how, bool hide)
{
    x->words.text = x->text;
    x->words.v = HW_NEWS(&arena, hw_word, x->text->tokens.n + 1);
    for (uint32_t i = 0; i < x->text->tokens.n; i++) {
        hw_token *t = &x->text->tokens.v[i];
        unsigned guess = hide && hidden(t) ? HW_READ_GUESSES : 0;
        x->words.v[i] = t->kind == HW_WORD ? hw_read_word(&lexicon, &arena, t, how | guess) : hw_morph_word(lexicon.model, &arena, t);
    }
}

/* Words that texts have three times or more. */
static void read_common(void)
{
    hw_table t = hw_model_table(lexicon.model, "spelling-forms");
    int col = hw_column(&t, "form");
    for (uint32_t r = 0; r < t.n_rows; r++) {
        hw_spelling s = hw_orth_word(lexicon.model->orth, &arena, hw_cell(&t, r, col), strlen(hw_cell(&t, r, col)));
        hw_map_set(&arena, &common, hw_hash(s.fold, s.fold_len), 0);
    }
}

static void learn_own(perceptron *p, const sentence *x)
{
    for (uint32_t i = 0; i < x->text->tokens.n; i++) {
        const hw_word *w = &x->words.v[i];
        uint32_t right = right_ones(&x->gold[i], w);
        if (w->n < 2 || right == UINT32_MAX) continue;
        hw_features f[HW_READINGS_MAX];
        int best = -1, best_right = -1;
        float cost[HW_READINGS_MAX];
        for (int k = 0; k < w->n; k++) {
            hw_own_features(&lexicon, &x->text->tokens.v[i], &w->analyses[k], &f[k]);
            cost[k] = w->analyses[k].weight - value(p, &f[k]);
            if (best < 0 || cost[k] < cost[best]) best = k;
            if (right >> k & 1 && (best_right < 0 || cost[k] < cost[best_right])) best_right = k;
        }
        p->step++;
        if (right >> best & 1) continue;
        correct(p, &f[best_right], RATE);
        correct(p, &f[best], -RATE);
    }
}

/* ---- the way through a sentence, as context.c looks for it, but with weights that are being learnt ------------------ */

typedef struct { float cost; uint8_t from; } cell_of;
typedef struct { uint32_t first, end; } span;

static uint64_t hash_at(const sentence *x, span s, uint32_t i) { return i >= s.first && i < s.end ? x->text->tokens.v[i].hash : 0; }
static uint32_t kind_at(const sentence *x, span s, uint32_t i)
{
    return i >= s.first && i < s.end ? x->words.v[i].analyses->kind : 0;
}

static void near_features(const sentence *x, span s, uint32_t i, unsigned k, hw_features *f)
{
    const hw_analysis *r = &x->words.v[i].analyses[k];
    hw_neighbours near = {hash_at(x, s, i - 1), hash_at(x, s, i + 1), hash_at(x, s, i + 2), kind_at(x, s, i - 1), kind_at(x, s, i + 1)};
    hw_features own;
    hw_context_features(&lexicon, &near, r, f);
    hw_own_features(&lexicon, &x->text->tokens.v[i], r, &own);
    for (unsigned j = 0; j < own.n; j++) f->id[f->n++] = own.id[j];
}

static void pair_features(const sentence *x, span s, uint32_t i, unsigned j, unsigned k, hw_features *f)
{
    const hw_analysis *before = i > s.first ? &x->words.v[i - 1].analyses[j] : NULL, *r = i < s.end ? &x->words.v[i].analyses[k] : NULL;
    hw_pair_features(&lexicon, before, r, f);
}

/* The cheapest way among the readings allowed (NULL: all). */
static void best_way(const perceptron *p, const sentence *x, span s, const uint32_t *allowed, uint8_t *way)
{
    static cell_of c[HW_SENTENCE_MAX + 2][HW_READINGS_MAX];
    unsigned n_before = 1;
    for (uint32_t i = s.first; i <= s.end; i++) {
        unsigned n = i < s.end ? x->words.v[i].n : 1;
        cell_of *now = c[i - s.first];
        for (unsigned k = 0; k < n; k++) {
            hw_features f;
            now[k].cost = 0;
            if (i < s.end && n > 1) {
                near_features(x, s, i, k, &f);
                now[k].cost = x->words.v[i].analyses[k].weight - value(p, &f);
            }
            if (i < s.end && allowed && !(allowed[i] >> k & 1)) now[k].cost += 1e6f;
            float best = 0;
            for (unsigned j = 0; j < n_before; j++) {
                pair_features(x, s, i, j, k, &f);
                float cost = (i > s.first ? c[i - s.first - 1][j].cost : 0) - value(p, &f);
                if (j && cost >= best) continue;
                best = cost;
                now[k].from = (uint8_t)j;
            }
            now[k].cost += best;
        }
        n_before = n;
    }
    unsigned k = c[s.end - s.first][0].from;
    for (uint32_t i = s.end; i-- > s.first;) {
        way[i] = (uint8_t)k;
        k = c[i - s.first][k].from;
    }
}

static void correct_way(perceptron *p, const sentence *x, span s, const uint8_t *way, const uint8_t *other, float by)
{
    for (uint32_t i = s.first; i <= s.end; i++) {
        bool here = i < s.end && way[i] != other[i], before = i > s.first && way[i - 1] != other[i - 1];
        hw_features f;
        if (here) {
            near_features(x, s, i, way[i], &f);
            correct(p, &f, by);
        }
        if (!here && !before) continue;
        pair_features(x, s, i, i > s.first ? way[i - 1] : 0, i < s.end ? way[i] : 0, &f);
        correct(p, &f, by);
    }
}

static void learn_context(perceptron *p, const sentence *x)
{
    uint32_t *right = malloc((x->text->tokens.n + 1) * sizeof *right);
    uint8_t *way = malloc(x->text->tokens.n + 1), *good = malloc(x->text->tokens.n + 1);
    if (!right || !way || !good) die("out of memory");
    for (uint32_t i = 0; i < x->text->tokens.n; i++) right[i] = right_ones(&x->gold[i], &x->words.v[i]);
    for (uint32_t k = 0; k < x->text->sentences.n; k++) {
        span s = {x->text->sentences.v[k].first, x->text->sentences.v[k].last + 1};
        best_way(p, x, s, NULL, way);
        bool wrong = false;
        for (uint32_t i = s.first; i < s.end; i++) wrong |= !(right[i] >> way[i] & 1);
        p->step++;
        if (!wrong) continue;
        best_way(p, x, s, right, good);
        correct_way(p, x, s, good, way, RATE);
        correct_way(p, x, s, way, good, -RATE);
    }
    free(right);
    free(way);
    free(good);
}

/* ---- the whole ----------------------------------------------------------------------------------------------------- */

/* Learns from the sentences that are not of fold `out` (-1: from all). The table is the caller's, and the lexicon's from now on. */
static void learn(int out, int8_t *table)
{
    memset(table, 0, (size_t)1 << BITS);
    perceptron own = perceptron_new(BITS), context = perceptron_new(BITS);
    seed = 88172645463325252u;
    lexicon.tagger = NULL;
    for (size_t i = 0; i < all.n; i++) read_words(&all.v[i], HW_READ_ALL, true);
    for (int round = 0; round < OWN_ROUNDS; round++) {
        size_t *order = any_order(all.n, &seed);
        for (size_t i = 0; i < all.n; i++)
            if ((int)(order[i] % FOLDS) != out) learn_own(&own, &all.v[order[i]]);
        free(order);
    }
    perceptron_average(&own, UNIT, table);
    lexicon.tagger = table;
    for (size_t i = 0; i < all.n; i++) read_words(&all.v[i], 0, true);
    for (int round = 0; round < ROUNDS; round++) {
        size_t *order = any_order(all.n, &seed);
        for (size_t i = 0; i < all.n; i++)
            if ((int)(order[i] % FOLDS) != out) learn_context(&context, &all.v[order[i]]);
        free(order);
    }
    perceptron_average(&context, UNIT, table);
    perceptron_free(&own);
    perceptron_free(&context);
}

typedef struct { size_t n, first_upos, first_lemma, upos, lemma, whole, with_feats, possible; } figures;

/* Reads the sentences of fold `out` with the table. */
static void measure(int out, figures *m)
{
    for (size_t i = (size_t)out; i < all.n; i += FOLDS) {
        sentence x = all.v[i];
        read_words(&x, 0, false);
        hw_words w = x.words;
        size_t n = x.text->tokens.n;
        hw_analysis *first = malloc((n + 1) * sizeof *first);
        if (!first) die("out of memory");
        for (size_t k = 0; k < n; k++) first[k] = w.v[k].analyses[0];
        hw_morph_context(&lexicon, &w);
        for (size_t k = 0; k < n; k++) {
            const gold *g = &x.gold[k];
            if (g->upos == 0xFF || x.text->tokens.v[k].kind != HW_WORD) continue;
            int a = rightness(g, &first[k]), b = rightness(g, &w.v[k].analyses[0]), best = 0;
            for (unsigned j = 0; j < w.v[k].n; j++) {
                int r = rightness(g, &w.v[k].analyses[j]);
                if (r > best) best = r;
            }
            m->n++;
            m->first_upos += a >= 1;
            m->first_lemma += a >= 2;
            m->upos += b >= 1;
            m->lemma += b >= 2;
            m->possible += best >= 2;
            if (g->any_feats) continue;
            m->with_feats++;
            m->whole += b == 3;
        }
        free(first);
    }
}

int main(int argc, char **argv)
{
    bool cross = argc > 1 && !strcmp(argv[1], "--cross");
    if (argc - cross != (cross ? 3 : 4)) die("usage: train-tagger [--cross] TAGS.tsv TEXT_DIR OUT.tsv (no OUT with --cross)");
    hewal_error err;
    hewal_model *m;
    if (hewal_model_open(&m, NULL, &err) != HEWAL_OK) die("%s", err.message);
    if (!hw_lexicon_of(m, &lexicon)) die("the model has no lexicon");
    hw_arena_init(&arena);
    if (hw_arena_guard(&arena)) die("out of memory");
    lexicon.tagger_shift = 64 - BITS;
    lexicon.tagger_unit = UNIT;
    read_common();
    read_tags(argv[1 + cross], argv[2 + cross]);
    static int8_t table[1 << BITS];
    if (!cross) {
        learn(-1, table);
        weights_save(argv[3], "readings", "train/tagger.c", BITS, (double)UNIT, table);
        return 0;
    }
    figures sum = {0};
    for (int k = 0; k < FOLDS; k++) {
        learn(k, table);
        measure(k, &sum);
    }
    double n = (double)sum.n;
    printf("words                                  %zu\nlemma and part of speech possible      %.4f\n", sum.n, (double)sum.possible / n);
    printf("part of speech, the word alone         %.4f\nlemma and part of speech, the word alone %.4f\n", (double)sum.first_upos / n, (double)sum.first_lemma / n);
    printf("part of speech, in context             %.4f\nlemma and part of speech, in context   %.4f\n", (double)sum.upos / n, (double)sum.lemma / n);
    printf("with all features, in context          %.4f\n", (double)sum.whole / (double)sum.with_feats);
    return 0;
}
