/* An averaged perceptron over hashed features, as the trainers here use it: corrections go into `w`; `sum` keeps them times the
 * step they were made at, so that the average of all steps comes out at the end. */
#ifndef TRAIN_PERCEPTRON_H
#define TRAIN_PERCEPTRON_H
#include "../tools/weights.h"

#include <math.h>
#include <stdlib.h>

typedef struct { float *w, *sum; float step; size_t n; } perceptron;

static inline perceptron perceptron_new(unsigned bits)
{
    perceptron p = {.step = 1, .n = (size_t)1 << bits};
    p.w = calloc(p.n, sizeof *p.w);
    p.sum = calloc(p.n, sizeof *p.sum);
    if (!p.w || !p.sum) die("out of memory");
    return p;
}

static inline void perceptron_free(perceptron *p)
{
    free(p->w);
    free(p->sum);
}

static inline void perceptron_correct(perceptron *p, uint32_t feature, float by)
{
    p->w[feature] += by;
    p->sum[feature] += by * p->step;
}

/* Adds the averaged weights, in steps of `unit`, to a table of bytes. */
static inline void perceptron_average(const perceptron *p, float unit, int8_t *out)
{
    for (size_t i = 0; i < p->n; i++) {
        float v = (p->w[i] - p->sum[i] / p->step) / unit + out[i];
        out[i] = (int8_t)(v > 127 ? 127 : v < -127 ? -127 : lrintf(v));
    }
}

/* The numbers below n in an order of chance, the same at every run that begins with the same seed. The caller frees. */
static inline size_t *any_order(size_t n, uint64_t *seed)
{
    size_t *v = malloc((n + 1) * sizeof *v);
    if (!v) die("out of memory");
    for (size_t i = 0; i < n; i++) {
        *seed = *seed * UINT64_C(6364136223846793005) + 1442695040888963407u;
        size_t k = (size_t)(*seed >> 33) % (i + 1);
        v[i] = v[k];
        v[k] = i;
    }
    return v;
}
#endif
