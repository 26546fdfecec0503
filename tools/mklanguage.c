/* Compiles the weights of `hewal language`.   mklanguage LANG_DIR OUT
 *
 * In: LANG_DIR/language/weights.tsv, as train/language.c writes it. Out: the model's section "language", as
 * src/language/language.h lays it out. */
#include "weights.h"

#include "language/language.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

const char tool_name[] = "mklanguage";

int main(int argc, char **argv)
{
    if (argc != 3) die("usage: mklanguage LANG_DIR OUT");
    tsv t = read_tsv(argv[1], "language/weights.tsv", NULL);
    hw_language_header h = {.version = HW_LANGUAGE_VERSION};
    double bits = weights_setting(&t, "bits");
    if (bits < 8 || bits > 18) die("%s: bits must be 8 to 18", t.path);
    h.bits = (uint32_t)bits;
    h.scale[0] = (float)weights_setting(&t, "scale-arabic");
    h.scale[1] = (float)weights_setting(&t, "scale-latin");
    h.least[0] = (float)weights_setting(&t, "least-arabic");
    h.least[1] = (float)weights_setting(&t, "least-latin");
    size_t rows = (size_t)1 << h.bits, size = rows * HW_LANGUAGE_SLOTS;
    unsigned char *weights = weights_of(&t, size, HW_LANGUAGE_SLOTS);
    FILE *f = fopen(argv[2], "wb");
    if (!f || fwrite(&h, sizeof h, 1, f) != 1 || fwrite(weights, 1, size, f) != size || fclose(f) != 0) die("%s: %s", argv[2], strerror(errno));
    free(weights);
    return 0;
}
