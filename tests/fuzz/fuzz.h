/* Shared by the fuzz targets: the model, and a main over files where there is no libFuzzer.
 *
 * With libFuzzer: clang -DHEWAL_LIBFUZZER -fsanitize=fuzzer,address,undefined. Without: PROGRAM FILE..., or `-` for what
 * comes in. A file that broke something once is run through again so. The model is found by $HEWAL_MODEL. */
#ifndef HEWAL_FUZZ_H
#define HEWAL_FUZZ_H
#include "hewal.h"
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static const hewal_model *fuzz_model(void)
{
    static hewal_model *m;
    hewal_error err = {0};
    if (!m && hewal_model_open(&m, NULL, &err) != HEWAL_OK) {
        fprintf(stderr, "%s\n", err.message);
        exit(2);
    }
    return m;
}

#define MUST(x)                                                                                                        \
    do {                                                                                                               \
        if (!(x)) {                                                                                                    \
            fprintf(stderr, "%s:%d: does not hold: %s\n", __FILE__, __LINE__, #x);                                     \
            abort();                                                                                                   \
        }                                                                                                              \
    } while (0)

#ifndef HEWAL_LIBFUZZER
int main(int argc, char **argv)
{
    for (int i = 1; i < argc; i++) {
        FILE *f = strcmp(argv[i], "-") != 0 ? fopen(argv[i], "rb") : stdin;
        if (!f) {
            perror(argv[i]);
            return 2;
        }
        size_t n = 0, cap = 65536, k;
        char *s = malloc(cap);
        while (s && (k = fread(s + n, 1, cap - n, f)) > 0)
            if ((n += k) == cap) s = realloc(s, cap *= 2);
        uint8_t *exact = malloc(n ? n : 1);
        if (!s || !exact) return 2;
        memcpy(exact, s, n);
        LLVMFuzzerTestOneInput(exact, n);
        free(exact);
        free(s);
        if (f != stdin) fclose(f);
    }
    return 0;
}
#endif
#endif
