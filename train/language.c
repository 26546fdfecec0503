/* Trains the weights of `hewal language`.   train-language [--folds=N] [--bits=N] OUT LABELLED OWN WORDS [LANG=FILE]...
 *
 * In: LABELLED, a table with the columns language and text; OWN, one like it of sentences written for this, in these
 * languages and in others, which are to be `und` (train/language-other.tsv); WORDS, a table of words and forms typical of a
 * language (lang/ckb/language/words.tsv); files of further text, a line each, mostly in LANG. Out: OUT, the table that
 * tools/mklanguage makes a section of the model of. Every third line of LABELLED is left alone, so that the result can be
 * measured on it. --folds: nothing is written; the other two thirds are cross-validated, and their errors told.
 *
 * Logistic regression over the features of src/language/features.h, one for each script, learnt with AdaGrad from lines
 * and from pieces of them (a word or more), so that short texts are known and their confidence is right. A line of further
 * text is taken only when a model that was learnt before, at first without them, does not say that it is another language.
 * The scale of the softmax is set with a model that has not learnt a quarter of the lines, on these. Nothing is random but
 * by a fixed seed. */
#include "../tools/tsv.h"

#include "language/features.h"
#include "language/language.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>

const char tool_name[] = "train-language";

enum { EPOCHS = 12, PIECES = 3, MORE_LINES = 2000, ROUNDS = 2, QUARTERS = 4, ROWS_A_LINE = 48 };

typedef struct {
    uint32_t first, n; /* its features */
    uint8_t script, slot;
    bool whole; /* a line, not a piece of one */
    float weight;
} example;

typedef struct {
    example *v;
    size_t n, cap;
    uint32_t *row;
    size_t n_rows, cap_rows;
} examples;

typedef struct {
    unsigned bits;
    float *w, *g; /* weights, sums of squared gradients; HW_LANGUAGE_SLOTS a row */
    float unit[2]; /* of the weights as they are written */
    float scale[2];
} model;

static uint64_t seed;

static uint32_t below(size_t n)
{
    seed ^= seed << 13;
    seed ^= seed >> 7;
    seed ^= seed << 17;
    return (uint32_t)((seed >> 16) % n);
}

static void *more(void *p, size_t *cap, size_t size)
{
    *cap = *cap ? *cap * 2 : 4096;
    p = realloc(p, *cap * size);
    if (!p) die("out of memory");
    return p;
}

static unsigned n_slots(unsigned script)
{
    unsigned n = 0;
    while (hw_language_slot(script, n) != HW_N_LANGS) n++;
    return n;
}

/* ---- examples ----------------------------------------------------------------------------------------------------- */

typedef struct { examples *x; unsigned script; } taking;

static inline void take(void *ctx, unsigned script, uint32_t row)
{
    taking *t = ctx;
    if (script != t->script) return;
    if (t->x->n_rows == t->x->cap_rows) t->x->row = more(t->x->row, &t->x->cap_rows, sizeof *t->x->row);
    t->x->row[t->x->n_rows++] = row;
}

static void add(examples *x, unsigned bits, unsigned script, unsigned slot, const char *s, size_t n, bool whole, float weight)
{
    if (x->n == x->cap) x->v = more(x->v, &x->cap, sizeof *x->v);
    example e = {.first = (uint32_t)x->n_rows, .script = (uint8_t)script, .slot = (uint8_t)slot, .whole = whole, .weight = weight};
    taking t = {x, script};
    hw_language_counts c = {{0}, 0, {0}};
    hw_language_features(s, n, bits, &c, take, &t);
    e.n = (uint32_t)(x->n_rows - e.first);
    if (e.n) x->v[x->n++] = e;
}

/* A line, and pieces of it: of one or two words, of up to five, of up to ten. */
static void add_line(examples *x, unsigned bits, unsigned script, unsigned slot, const char *s, float weight)
{
    static const unsigned least[PIECES] = {1, 3, 6}, most[PIECES] = {2, 5, 10};
    const char *word[1024];
    size_t n = 0, len = strlen(s);
    add(x, bits, script, slot, s, len, true, weight);
    for (size_t i = 0; i < len && n < 1023; i++)
        if (s[i] != ' ' && (!i || s[i - 1] == ' ')) word[n++] = s + i;
    word[n] = s + len;
    for (unsigned p = 0; p < PIECES; p++) {
        size_t k = least[p] + below(most[p] - least[p] + 1);
        if (k >= n) continue;
        size_t at = below(n - k + 1);
        add(x, bits, script, slot, word[at], (size_t)(word[at + k] - word[at]), false, weight);
    }
}

static bool slot_of(const char *lang, unsigned *script, unsigned *slot)
{
    for (*script = 0; *script < 2; ++*script)
        for (*slot = 0; hw_language_slot(*script, *slot) != HW_N_LANGS; ++*slot)
            if (hw_language_slot(*script, *slot) != HW_LANG_UND && !strcmp(hw_lang_name(hw_language_slot(*script, *slot)), lang)) return true;
    return false;
}

typedef struct {
    const tsv *labelled, *own, *words;
    char **further; /* LANG=FILE, ends with NULL */
    unsigned bits;
} sources;

/* Which lines of LABELLED, beside the third of three: all but one fold of so many (0: all), or that fold only. */
typedef struct {
    unsigned folds, fold;
    bool this_only;
} share;

static bool is_left_out(const share *in, size_t r)
{
    return r % 3 == 2 || (in->folds && r / 3 % in->folds == in->fold) != in->this_only;
}

static void add_labelled(examples *x, const sources *s, const share *in)
{
    const tsv *t = s->labelled;
    for (size_t r = 0; r < t->n_rows; r++) {
        unsigned script, slot;
        if (is_left_out(in, r)) continue;
        if (!slot_of(cell(t, r, "language"), &script, &slot)) die("%s:%u: no such language", t->path, t->line[r]);
        add_line(x, s->bits, script, slot, cell(t, r, "text"), 1);
    }
}

static unsigned script_of(const char *s, unsigned bits)
{
    hw_language_counts c = {{0}, 0, {0}};
    examples none = {0};
    taking nobody = {&none, HW_SCRIPT_OTHER};
    hw_language_features(s, strlen(s), bits, &c, take, &nobody);
    return c.letters[HW_SCRIPT_LATIN] > c.letters[HW_SCRIPT_ARABIC] ? HW_SCRIPT_LATIN : HW_SCRIPT_ARABIC;
}

static void add_own(examples *x, const sources *from)
{
    for (size_t r = 0; r < from->own->n_rows; r++) {
        const char *s = cell(from->own, r, "text");
        unsigned script, slot;
        float weight = 2;
        if (!slot_of(cell(from->own, r, "language"), &script, &slot)) {
            script = script_of(s, from->bits);
            slot = n_slots(script) - 1;
            if (script == HW_SCRIPT_ARABIC) weight = 8; /* there are few */
        }
        add_line(x, from->bits, script, slot, s, weight);
    }
    for (size_t r = 0; r < from->words->n_rows; r++) {
        const char *s = cell(from->words, r, "word");
        unsigned script, slot;
        if (!slot_of(cell(from->words, r, "language"), &script, &slot))
            die("%s:%u: no such language", from->words->path, from->words->line[r]);
        add(x, from->bits, script, slot, s, strlen(s), false, 1);
    }
}

/* ---- learning ----------------------------------------------------------------------------------------------------- */

static void score(const model *m, const examples *x, const example *e, float *p)
{
    float z[HW_LANGUAGE_SLOTS] = {0}, total = 0, top = 0;
    for (uint32_t i = 0; i < e->n; i++) {
        const float *w = m->w + (size_t)x->row[e->first + i] * HW_LANGUAGE_SLOTS;
        for (unsigned k = 0; k < HW_LANGUAGE_SLOTS; k++) z[k] += w[k];
    }
    unsigned n = n_slots(e->script);
    float unit = m->scale[e->script] / sqrtf((float)e->n);
    for (unsigned k = 0; k < n; k++) {
        z[k] *= unit;
        if (!k || z[k] > top) top = z[k];
    }
    for (unsigned k = 0; k < n; k++) total += p[k] = expf(z[k] - top);
    for (unsigned k = 0; k < n; k++) p[k] /= total;
    for (unsigned k = n; k < HW_LANGUAGE_SLOTS; k++) p[k] = 0;
}

static void learn_one(model *m, const examples *x, const example *e)
{
    float p[HW_LANGUAGE_SLOTS], step[HW_LANGUAGE_SLOTS], unit = e->weight / sqrtf((float)e->n);
    score(m, x, e, p);
    p[e->slot] -= 1;
    for (unsigned k = 0; k < HW_LANGUAGE_SLOTS; k++) step[k] = p[k] * unit;
    for (uint32_t i = 0; i < e->n; i++) {
        size_t at = (size_t)x->row[e->first + i] * HW_LANGUAGE_SLOTS;
        for (unsigned k = 0; k < HW_LANGUAGE_SLOTS; k++) {
            float *g = &m->g[at + k];
            *g += step[k] * step[k];
            m->w[at + k] -= 0.03f * step[k] / sqrtf(*g + 1e-3f);
        }
    }
}

/* Makes the languages of a script weigh the same, but for `und`. */
static void balance(examples *x)
{
    float sum[2][HW_LANGUAGE_SLOTS] = {{0}};
    for (size_t i = 0; i < x->n; i++) sum[x->v[i].script][x->v[i].slot] += x->v[i].weight;
    for (size_t i = 0; i < x->n; i++) {
        example *e = &x->v[i];
        unsigned n = n_slots(e->script) - 1;
        float mean = 0;
        for (unsigned k = 0; k < n; k++) mean += sum[e->script][k] / (float)n;
        if (e->slot < n) e->weight *= mean / sum[e->script][e->slot];
    }
}

static model learn(examples *x, unsigned bits)
{
    balance(x);
    size_t n = ((size_t)1 << bits) * HW_LANGUAGE_SLOTS;
    model m = {.bits = bits, .w = calloc(n, sizeof(float)), .g = calloc(n, sizeof(float)), .scale = {1, 1}};
    uint32_t *order = malloc((x->n + 1) * sizeof *order);
    if (!m.w || !m.g || !order) die("out of memory");
    seed = 88172645463325252u;
    for (uint32_t i = 0; i < x->n; i++) order[i] = i;
    for (unsigned epoch = 0; epoch < EPOCHS; epoch++)
        for (size_t i = x->n; i-- > 0;) {
            size_t j = below(i + 1);
            uint32_t o = order[j];
            order[j] = order[i];
            order[i] = o;
            learn_one(&m, x, &x->v[o]);
        }
    free(order);
    free(m.g);
    m.g = NULL;
    return m;
}

/* What the weights are when written as signed bytes: m->w becomes that, m->unit their unit. */
static void to_bytes(model *m)
{
    size_t n = ((size_t)1 << m->bits) * HW_LANGUAGE_SLOTS;
    float most = 0;
    for (size_t i = 0; i < n; i++) most = fmaxf(most, fabsf(m->w[i]));
    float unit = most / 127 / 2; /* few are in the upper half: they are cut */
    for (size_t i = 0; i < n; i++) m->w[i] = unit * fmaxf(-127, fminf(127, roundf(m->w[i] / unit)));
    m->unit[0] = m->unit[1] = unit;
}

/* ---- measuring ---------------------------------------------------------------------------------------------------- */

static double loss(model *m, const examples *x, unsigned script, float scale)
{
    double sum = 0;
    m->scale[script] = scale;
    for (size_t i = 0; i < x->n; i++) {
        float p[HW_LANGUAGE_SLOTS];
        if (x->v[i].script != script) continue;
        score(m, x, &x->v[i], p);
        sum -= (double)x->v[i].weight * log(fmax((double)p[x->v[i].slot], 1e-9));
    }
    return sum;
}

static void set_scales(model *m, const examples *x)
{
    for (unsigned script = 0; script < 2; script++) {
        float best = 1;
        double least = loss(m, x, script, 1);
        for (unsigned i = 10; i <= 200; i++) {
            float s = 0.03f * (float)i;
            double l = loss(m, x, script, s);
            if (l < least) least = l, best = s;
        }
        m->scale[script] = best;
    }
}

static void measure(const model *m, const examples *x, bool whole)
{
    unsigned n = 0, right = 0, ckb = 0, in[10] = {0}, ok[10] = {0};
    for (size_t i = 0; i < x->n; i++) {
        const example *e = &x->v[i];
        float p[HW_LANGUAGE_SLOTS];
        if (e->whole != whole) continue;
        score(m, x, e, p);
        unsigned best = 0;
        for (unsigned k = 1; k < n_slots(e->script); k++)
            if (p[k] > p[best]) best = k;
        n++;
        right += best == e->slot;
        ckb += (e->script == 0 && best == 0) == (e->script == 0 && e->slot == 0);
        unsigned tenth = p[best] >= 1 ? 9 : (unsigned)(p[best] * 10);
        in[tenth]++;
        ok[tenth] += best == e->slot;
    }
    printf("%s: %u, right %.4f, ckb or not %.4f\n  right by confidence:", whole ? "lines" : "pieces", n, right / (double)n, ckb / (double)n);
    for (unsigned i = 0; i < 10; i++)
        if (in[i]) printf(" .%u %.3f (%u)", i, ok[i] / (double)in[i], in[i]);
    printf("\n");
}

/* ---- further text ------------------------------------------------------------------------------------------------- */

/* Up to MORE_LINES lines of `path`, from all of it, that `judge` does not take for another language. */
static void add_more(examples *x, const model *judge, const char *lang, const char *path)
{
    unsigned script, slot;
    if (!slot_of(lang, &script, &slot)) die("%s: no such language", lang);
    char *text = slurp(path, NULL);
    if (!text) die("%s: cannot be read", path);
    size_t lines = 0;
    for (char *p = text; (p = strchr(p, '\n')) != NULL; p++) lines++;
    size_t step = lines / MORE_LINES + 1, i = 0;
    for (char *save, *line = strtok_r(text, "\n", &save); line; line = strtok_r(NULL, "\n", &save)) {
        if (i++ % step || strlen(line) < 40) continue;
        examples one = {0};
        float p[HW_LANGUAGE_SLOTS];
        add(&one, judge->bits, script, slot, line, strlen(line), true, 1);
        if (one.n) score(judge, &one, &one.v[0], p);
        bool good = one.n && one.v[0].n > 60 && p[slot] > 0.2f;
        if (good) add_line(x, judge->bits, script, slot, line, 1);
        free(one.v);
        free(one.row);
    }
    free(text);
}

static examples gather(const sources *s, const share *in)
{
    examples x = {0};
    seed = 362436069362436069u;
    add_labelled(&x, s, in);
    add_own(&x, s);
    size_t labelled = x.n;
    for (unsigned round = 0; *s->further && round < ROUNDS; round++) {
        model judge = learn(&x, s->bits);
        x.n = labelled;
        for (char **e = s->further; *e; e++) {
            char lang[16];
            size_t len = strcspn(*e, "=");
            if (!(*e)[len] || len >= sizeof lang) die("%s: not LANG=FILE", *e);
            memcpy(lang, *e, len);
            lang[len] = 0;
            add_more(&x, &judge, lang, *e + len + 1);
        }
        free(judge.w);
    }
    return x;
}

static model learn_from(const sources *s, const share *in)
{
    examples x = gather(s, in);
    model m = learn(&x, s->bits);
    free(x.v);
    free(x.row);
    return m;
}

/* ---- what was not learnt ------------------------------------------------------------------------------------------ */

/* The languages' probabilities for line r of LABELLED; false when nothing of it is in the script of its label. */
static bool judge_line(const sources *s, const model *m, size_t r, unsigned *script, unsigned *slot, float *p)
{
    const char *line = cell(s->labelled, r, "text");
    examples one = {0};
    if (!slot_of(cell(s->labelled, r, "language"), script, slot)) die("%s:%u: no such language", s->labelled->path, s->labelled->line[r]);
    add(&one, s->bits, *script, *slot, line, strlen(line), true, 1);
    bool any = one.n > 0;
    if (any) score(m, &one, &one.v[0], p);
    free(one.v);
    free(one.row);
    return any;
}

static unsigned best_of(const float *p)
{
    unsigned best = 0;
    for (unsigned k = 1; k < HW_LANGUAGE_SLOTS; k++)
        if (p[k] > p[best]) best = k;
    return best;
}

static void cross_validate(const sources *s, unsigned folds)
{
    unsigned n = 0, right = 0, ckb = 0;
    for (unsigned fold = 0; fold < folds; fold++) {
        share in = {folds, fold, false}, held = {folds, fold, true};
        model m = learn_from(s, &in);
        to_bytes(&m);
        m.scale[0] = m.scale[1] = 1.5f;
        for (size_t r = 0; r < s->labelled->n_rows; r++) {
            float p[HW_LANGUAGE_SLOTS];
            unsigned script, slot;
            if (is_left_out(&held, r)) continue;
            n++;
            if (!judge_line(s, &m, r, &script, &slot, p)) continue;
            unsigned best = best_of(p);
            right += best == slot;
            ckb += (script == HW_SCRIPT_ARABIC && best == 0) == (script == HW_SCRIPT_ARABIC && slot == 0);
            if (best != slot)
                printf("%u: %s taken for %s (%.3f): %s\n", s->labelled->line[r], cell(s->labelled, r, "language"),
                       hw_lang_name(hw_language_slot(script, best)), (double)p[best], cell(s->labelled, r, "text"));
        }
        free(m.w);
    }
    printf("%u lines, right %.4f, ckb or not %.4f\n", n, right / (double)n, ckb / (double)n);
}

/* ---- writing ------------------------------------------------------------------------------------------------------- */

static void put_base64(FILE *f, const unsigned char *p, size_t n)
{
    static const char digit[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    for (size_t i = 0; i + 2 < n; i += 3) {
        uint32_t v = (uint32_t)p[i] << 16 | (uint32_t)p[i + 1] << 8 | p[i + 2];
        fprintf(f, "%c%c%c%c", digit[v >> 18], digit[v >> 12 & 63], digit[v >> 6 & 63], digit[v & 63]);
    }
}

static void write_out(const char *path, const model *m)
{
    FILE *f = fopen(path, "w");
    if (!f) die("%s: cannot be written", path);
    fprintf(f, "# Weights of `hewal language`, made by train/language.c; tools/mklanguage compiles them. `bits`: the table has 2^bits rows of\n"
               "# %u signed bytes (the languages of a script). `scale-…`: the worth of a unit. `least-…`: with less confidence it is und.\n"
               "# A number: the row at which the bytes begin (base64, %u rows); rows not given are zero.\nat\tvalue\n",
            HW_LANGUAGE_SLOTS, ROWS_A_LINE);
    fprintf(f, "bits\t%u\nscale-arabic\t%.6g\nscale-latin\t%.6g\nleast-arabic\t0.25\nleast-latin\t0.35\n",
            m->bits, (double)(m->scale[0] * m->unit[0]), (double)(m->scale[1] * m->unit[1]));
    size_t rows = (size_t)1 << m->bits;
    for (size_t r = 0; r < rows; r += ROWS_A_LINE) {
        unsigned char b[ROWS_A_LINE * HW_LANGUAGE_SLOTS] = {0};
        bool any = false;
        for (size_t i = 0; i < sizeof b && r * HW_LANGUAGE_SLOTS + i < rows * HW_LANGUAGE_SLOTS; i++) {
            b[i] = (unsigned char)(signed char)lrintf(m->w[r * HW_LANGUAGE_SLOTS + i] / m->unit[0]);
            any |= b[i] != 0;
        }
        if (!any) continue;
        fprintf(f, "%zu\t", r);
        put_base64(f, b, sizeof b);
        fputc('\n', f);
    }
    if (fclose(f) != 0) die("%s: cannot be written", path);
}

static tsv table(const char *path)
{
    const char *slash = strrchr(path, '/');
    char dir[1024];
    if (!slash) return read_tsv(".", path, NULL);
    snprintf(dir, sizeof dir, "%.*s", (int)(slash - path), path);
    return read_tsv(dir, slash + 1, NULL);
}

int main(int argc, char **argv)
{
    unsigned bits = 17, folds = 0;
    int i = 1;
    for (; i < argc && !strncmp(argv[i], "--", 2); i++) {
        if (!strncmp(argv[i], "--folds=", 8)) folds = (unsigned)strtoul(argv[i] + 8, NULL, 10);
        else if (!strncmp(argv[i], "--bits=", 7)) bits = (unsigned)strtoul(argv[i] + 7, NULL, 10);
        else die("%s: no such option", argv[i]);
    }
    if (argc - i < 4 || bits < 8 || bits > 18) die("usage: train-language [--folds=N] [--bits=8..18] OUT LABELLED OWN WORDS [LANG=FILE]...");
    tsv t = table(argv[i + 1]), own = table(argv[i + 2]), words = table(argv[i + 3]);
    sources s = {&t, &own, &words, argv + i + 4, bits};
    if (folds) {
        cross_validate(&s, folds);
        return 0;
    }
    model m = learn_from(&s, &(share){QUARTERS, 0, false});
    to_bytes(&m);
    examples unlearnt = {0};
    seed = 521288629521288629u;
    add_labelled(&unlearnt, &s, &(share){QUARTERS, 0, true});
    set_scales(&m, &unlearnt);
    printf("scales %.2f %.2f; measured on a quarter that was not learnt:\n", (double)m.scale[0], (double)m.scale[1]);
    measure(&m, &unlearnt, true);
    measure(&m, &unlearnt, false);
    model last = learn_from(&s, &(share){0});
    to_bytes(&last);
    last.scale[0] = m.scale[0];
    last.scale[1] = m.scale[1];
    write_out(argv[i], &last);
    return 0;
}
