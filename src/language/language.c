/* Scores a text with the weights of the section "language". See language.h. */
#include "language/language.h"

#include "language/features.h"

#include <math.h>

static const hw_lang slots[2][HW_LANGUAGE_SLOTS] = {
    {HW_LANG_CKB, HW_LANG_KMR_ARAB, HW_LANG_SDH, HW_LANG_HAC, HW_LANG_FA, HW_LANG_AR, HW_LANG_UND, HW_N_LANGS},
    {HW_LANG_CKB_LATN, HW_LANG_KMR, HW_LANG_TR, HW_LANG_UND, HW_N_LANGS, HW_N_LANGS, HW_N_LANGS, HW_N_LANGS}};

hw_lang hw_language_slot(unsigned script, unsigned slot)
{
    return script < 2 && slot < HW_LANGUAGE_SLOTS ? slots[script][slot] : HW_N_LANGS;
}

const char *hw_lang_name(hw_lang lang)
{
    static const char *const names[HW_N_LANGS] = {"und", "ckb", "ckb-Latn", "kmr", "kmr-Arab", "sdh", "hac", "fa", "ar", "tr"};
    return (unsigned)lang < HW_N_LANGS ? names[lang] : "und";
}

typedef struct {
    const signed char *weights;
    int64_t sum[2][HW_LANGUAGE_SLOTS]; /* what is full of `part` goes here */
    int32_t part[2][HW_LANGUAGE_SLOTS];
} scores;

static inline void take(void *ctx, unsigned script, uint32_t row)
{
    scores *x = ctx;
    const signed char *w = x->weights + (size_t)row * HW_LANGUAGE_SLOTS;
    for (unsigned k = 0; k < HW_LANGUAGE_SLOTS; k++) x->part[script][k] += w[k];
}

static const hw_language_header *header_of(const hewal_model *m)
{
    size_t size = 0;
    const hw_language_header *h = hw_model_section(m, "language", &size);
    if (!h || size < sizeof *h || h->version != HW_LANGUAGE_VERSION || h->bits < 1 || h->bits > 24) return NULL;
    return (size - sizeof *h) / HW_LANGUAGE_SLOTS >= (size_t)1 << h->bits ? h : NULL;
}

bool hw_language_is_known(const hewal_model *m)
{
    return header_of(m) != NULL;
}

static hw_language best_of(const hw_language_header *h, const scores *x, const hw_language_counts *c, unsigned script)
{
    double z[HW_LANGUAGE_SLOTS] = {0}, total = 0, unit = (double)h->scale[script] / sqrt((double)c->n[script]);
    unsigned best = 0;
    for (unsigned k = 0; k < HW_LANGUAGE_SLOTS && slots[script][k] != HW_N_LANGS; k++) {
        z[k] = unit * (double)x->sum[script][k];
        if (z[k] > z[best]) best = k;
    }
    for (unsigned k = 0; k < HW_LANGUAGE_SLOTS && slots[script][k] != HW_N_LANGS; k++) total += exp(z[k] - z[best]);
    hw_language l = {slots[script][best], 1 / total};
    if (l.confidence < (double)h->least[script]) l.lang = HW_LANG_UND;
    return l;
}

/* Text is of another language when one in so many letters of the Arabic script is foreign. */
#define FOREIGN_SHARE 24

/* So much text at once that the sums of its weights stay within 32 bits. */
#define PIECE ((size_t)1 << 20)

hw_language hw_language_of(const hewal_model *m, const char *s, size_t n)
{
    const hw_language_header *h = header_of(m);
    if (!h) return (hw_language){HW_LANG_UND, 0};
    scores x = {.weights = (const signed char *)(h + 1)};
    hw_language_counts c = {{0}, 0, {0}};
    for (size_t at = 0; at < n;) {
        size_t len = n - at < PIECE ? n - at : PIECE;
        hw_language_features(s + at, len, h->bits, &c, take, &x);
        at += len;
        for (unsigned i = 0; i < 2 * HW_LANGUAGE_SLOTS; i++) {
            x.sum[i / HW_LANGUAGE_SLOTS][i % HW_LANGUAGE_SLOTS] += x.part[i / HW_LANGUAGE_SLOTS][i % HW_LANGUAGE_SLOTS];
            x.part[i / HW_LANGUAGE_SLOTS][i % HW_LANGUAGE_SLOTS] = 0;
        }
    }
    uint64_t arabic = c.letters[HW_SCRIPT_ARABIC], latin = c.letters[HW_SCRIPT_LATIN], other = c.letters[HW_SCRIPT_OTHER];
    if (!arabic && !latin && !other) return (hw_language){HW_LANG_UND, 0};
    if (other > arabic && other > latin) return (hw_language){HW_LANG_UND, (double)other / (double)(other + arabic + latin)};
    if (arabic >= latin && c.foreign * FOREIGN_SHARE >= arabic) return (hw_language){HW_LANG_UND, 1 - 1 / (1 + (double)c.foreign)};
    return best_of(h, &x, &c, arabic >= latin ? HW_SCRIPT_ARABIC : HW_SCRIPT_LATIN);
}
