/* Compiles the weights of `hewal language`.   mklanguage LANG_DIR OUT
 *
 * In: LANG_DIR/language/weights.tsv, as train/language.c writes it. Out: the model's section "language", as
 * src/language/language.h lays it out. */
#include "tsv.h"

#include "language/language.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

const char tool_name[] = "mklanguage";

static unsigned digit_of(char c, const char *where)
{
    static const char digits[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
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

static double setting(const tsv *t, const char *name)
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

int main(int argc, char **argv)
{
    if (argc != 3) die("usage: mklanguage LANG_DIR OUT");
    tsv t = read_tsv(argv[1], "language/weights.tsv", NULL);
    hw_language_header h = {.version = HW_LANGUAGE_VERSION};
    double bits = setting(&t, "bits");
    if (bits < 8 || bits > 16) die("%s: bits must be 8 to 16", t.path);
    h.bits = (uint32_t)bits;
    h.scale[0] = (float)setting(&t, "scale-arabic");
    h.scale[1] = (float)setting(&t, "scale-latin");
    h.least[0] = (float)setting(&t, "least-arabic");
    h.least[1] = (float)setting(&t, "least-latin");
    size_t rows = (size_t)1 << h.bits, size = rows * HW_LANGUAGE_SLOTS;
    unsigned char *weights = calloc(size, 1);
    if (!weights) die("out of memory");
    for (size_t r = 0; r < t.n_rows; r++) {
        const char *at = cell(&t, r, "at");
        if (*at < '0' || *at > '9') continue;
        char where[1100], *end;
        snprintf(where, sizeof where, "%s:%u", t.path, t.line[r]);
        size_t row = strtoul(at, &end, 10);
        if (*end || row >= rows) die("%s: no such row", where);
        put_weights(cell(&t, r, "value"), row * HW_LANGUAGE_SLOTS, weights, size, where);
    }
    FILE *f = fopen(argv[2], "wb");
    if (!f || fwrite(&h, sizeof h, 1, f) != 1 || fwrite(weights, 1, size, f) != size || fclose(f) != 0) die("%s: %s", argv[2], strerror(errno));
    free(weights);
    return 0;
}
