/* A linear model over hashed features, as a section of the model file. In: features, each a hash of what it is and its value. Out: a
 * score for each label.
 *
 * The section is a header and 2^bits signed bytes: a row for a feature, a byte for each of its labels (a power of two); `unit` is what a weight of 1 is worth.
 * tools/mktagger makes it of a table that a command in train/ wrote. Read-only, any number of threads. */
#ifndef HW_MODEL_LINEAR_H
#define HW_MODEL_LINEAR_H
#include "base/hash.h"
#include "model/model.h"

enum { HW_FEATURES = 64 };

typedef struct {
    uint32_t magic, bits;
    float unit;
    uint32_t reserved;
} hw_linear_header;

typedef struct { const int8_t *w; unsigned shift; float unit; } hw_linear; /* w NULL: the model has none */

static inline hw_linear hw_linear_of(const hewal_model *m, const char *section, uint32_t magic)
{
    size_t size;
    const hw_linear_header *h = hw_model_section(m, section, &size);
    if (!h || size < sizeof *h || h->magic != magic || h->bits > 24 || size < sizeof *h + ((size_t)1 << h->bits)) return (hw_linear){0};
    return (hw_linear){(const int8_t *)(h + 1), 64 - h->bits, h->unit};
}

typedef struct { uint64_t v[HW_FEATURES]; unsigned n; } hw_feature_set;

/* One feature of the kind `template`; those past HW_FEATURES are left out. */
static inline void hw_feature(hw_feature_set *f, unsigned template, uint64_t value)
{
    if (f->n < HW_FEATURES) f->v[f->n++] = hw_mix((value + 1) * UINT64_C(0xff51afd7ed558ccd) ^ (uint64_t)template * UINT64_C(0xc4ceb9fe1a85ec53));
}

/* Where a feature's weights begin. */
static inline uint32_t hw_feature_row(uint64_t feature, unsigned shift, uint32_t labels)
{
    return (uint32_t)((feature * UINT64_C(0x9e3779b97f4a7c15)) >> shift) & ~(labels - 1);
}

/* What the features give to each of `labels` labels. */
static inline void hw_linear_scores(const hw_linear *m, const hw_feature_set *f, unsigned labels, float *out)
{
    int sum[8] = {0};
    for (unsigned k = 0; k < f->n; k++) {
        const int8_t *w = m->w + hw_feature_row(f->v[k], m->shift, labels);
        for (unsigned b = 0; b < labels; b++) sum[b] += w[b];
    }
    for (unsigned b = 0; b < labels; b++) out[b] = (float)sum[b] * m->unit;
}
#endif
