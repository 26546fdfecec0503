/* In: rows of base64. Out: bytes; and back. */
#include "weights.h"

#include <stdbool.h>
#include <stdlib.h>
#include <string.h>

static const char digits[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";

static unsigned digit_of(char c, const char *where)
{
    const char *d = c ? strchr(digits, c) : NULL;
    if (!d) die("%s: not base64", where);
    return (unsigned)(d - digits);
}

/* Writes what `s` says from `at` of `out` on; bytes beyond `size` must be zero. */
static void put_weights(const char *s, size_t at, unsigned char *out, size_t size, const char *where)
{
    size_t len = strlen(s);
    if (len % 4) die("%s: base64 of odd length", where);
    for (size_t i = 0; i < len; i += 4) {
        uint32_t v = 0;
        for (size_t k = 0; k < 4; k++) v = v << 6 | digit_of(s[i + k], where);
        for (int k = 16; k >= 0; k -= 8, at++) {
            unsigned char b = (unsigned char)(v >> k);
            if (at < size) out[at] = b;
            else if (b) die("%s: weights past the end of the table", where);
        }
    }
}

double weights_setting(const tsv *t, const char *name)
{
    for (size_t r = 0; r < t->n_rows; r++)
        if (!strcmp(cell(t, r, "at"), name)) {
            char *end;
            double v = strtod(cell(t, r, "value"), &end);
            if (*end || !(v > 0)) die("%s:%u: %s must be a number above 0", t->path, t->line[r], name);
            return v;
        }
    die("%s: no line %s", t->path, name);
}

unsigned char *weights_of(const tsv *t, size_t size, size_t unit)
{
    unsigned char *out = calloc(size, 1);
    if (!out) die("out of memory");
    for (size_t r = 0; r < t->n_rows; r++) {
        const char *at = cell(t, r, "at");
        if (*at < '0' || *at > '9') continue;
        char where[1100], *end;
        snprintf(where, sizeof where, "%s:%u", t->path, t->line[r]);
        size_t row = strtoul(at, &end, 10);
        if (*end || row >= size / unit) die("%s: no such row", where);
        put_weights(cell(t, r, "value"), row * unit, out, size, where);
    }
    return out;
}

void weights_write(FILE *f, const unsigned char *w, size_t size, size_t unit)
{
    enum { ROW = 144 };
    for (size_t at = 0; at < size; at += ROW) {
        char line[ROW / 3 * 4 + 1];
        size_t n = 0;
        bool any = false;
        for (size_t i = at; i < at + ROW; i += 3) {
            uint32_t v = 0;
            for (size_t k = i; k < i + 3; k++) {
                unsigned char b = k < size ? w[k] : 0;
                any |= b != 0;
                v = v << 8 | b;
            }
            for (int k = 18; k >= 0; k -= 6) line[n++] = digits[v >> k & 63];
        }
        line[n] = 0;
        if (any) fprintf(f, "%zu\t%s\n", at / unit, line);
    }
}

void weights_save(const char *path, const char *what, const char *by, int bits, double unit, const int8_t *w)
{
    FILE *f = fopen(path, "w");
    if (!f) die("%s: cannot be written", path);
    fprintf(f, "# Weights of the model of %s, made by %s; tools/mktagger compiles them. `bits`: the table has 2^bits signed bytes.\n"
               "# `unit`: what a weight of 1 is worth. A number: where the bytes begin (base64); bytes not given are zero.\nat\tvalue\nbits\t%d\nunit\t%g\n",
            what, by, bits, unit);
    weights_write(f, (const unsigned char *)w, (size_t)1 << bits, 1);
    if (fclose(f) != 0) die("%s: cannot be written", path);
}
