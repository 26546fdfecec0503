/* Measures index terms.   bench-terms FILE
 *
 * In: a text file. Out: the terms of a round and, of five rounds on one thread after five to warm up, the median terms a second and
 * MB a second; separated by tabs (tools/lucene/SoraniTokens.java prints the same of Lucene). */
#include "store/terms.h"

#include <stdio.h>
#include <stdlib.h>
#include <time.h>

enum { ROUNDS = 5 };

static double now(void)
{
    struct timespec t;
    clock_gettime(CLOCK_MONOTONIC, &t);
    return (double)t.tv_sec + (double)t.tv_nsec * 1e-9;
}

static int by_value(const void *a, const void *b)
{
    double x = *(const double *)a, y = *(const double *)b;
    return x < y ? -1 : x > y;
}

static size_t count(const hewal_string *s)
{
    size_t n = 0; /* line ends behind something */
    for (size_t i = 1; i < s->len; i++) n += s->s[i] == '\n' && s->s[i - 1] != '\n';
    return n;
}

int main(int argc, char **argv)
{
    hewal_error err;
    hewal_model *m;
    FILE *f = argc == 2 ? fopen(argv[1], "rb") : NULL;
    if (!f || fseek(f, 0, SEEK_END) != 0) {
        fprintf(stderr, "usage: bench-terms FILE\n");
        return 2;
    }
    size_t n = (size_t)ftell(f);
    rewind(f);
    char *text = malloc(n);
    if (!text || fread(text, 1, n, f) != n) return 1;
    fclose(f);
    if (hewal_model_open(&m, NULL, &err) != HEWAL_OK) {
        fprintf(stderr, "bench-terms: %s\n", err.message);
        return 1;
    }
    hw_terms *t = hw_terms_new(m);
    hewal_string out = {0};
    double seconds[ROUNDS];
    for (int i = -ROUNDS; t && i < ROUNDS; i++) {
        double t0 = now();
        out.len = 0;
        if (hw_terms_lines(t, text, n, false, &out) != HEWAL_OK) return 1;
        if (i >= 0) seconds[i] = now() - t0;
    }
    qsort(seconds, ROUNDS, sizeof *seconds, by_value);
    printf("%zu\t%.0f\t%.1f\n", count(&out), (double)count(&out) / seconds[ROUNDS / 2], (double)n / 1e6 / seconds[ROUNDS / 2]);
    hewal_string_free(&out);
    hw_terms_free(t);
    hewal_model_close(m);
    free(text);
    return 0;
}
