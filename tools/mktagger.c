/* Compiles the weights of the tagger.   mktagger LANG_DIR OUT
 *
 * In: LANG_DIR/morphology/tagger.tsv, as train/tagger.c writes it. Out: the model's section "tagger", as src/morph/tagger.h
 * lays it out; without the table an empty file, and readings stay in the order of their own weights. */
#include "weights.h"

#include "morph/tagger.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>

const char tool_name[] = "mktagger";

int main(int argc, char **argv)
{
    if (argc != 3) die("usage: mktagger LANG_DIR OUT");
    tsv t = read_tsv_if_there(argv[1], "morphology/tagger.tsv");
    hw_tagger_header h = {.magic = HW_TAGGER_MAGIC};
    unsigned char *weights = NULL;
    size_t size = 0;
    if (t.n_rows) {
        double bits = weights_setting(&t, "bits");
        if (bits < 8 || bits > 24) die("%s: bits must be 8 to 24", t.path);
        h.bits = (uint32_t)bits;
        h.unit = (float)weights_setting(&t, "unit");
        size = (size_t)1 << h.bits;
        weights = weights_of(&t, size, 1);
    }
    FILE *f = fopen(argv[2], "wb");
    if (!f || (size && (fwrite(&h, sizeof h, 1, f) != 1 || fwrite(weights, 1, size, f) != size)) || fclose(f) != 0) die("%s: %s", argv[2], strerror(errno));
    free(weights);
    return 0;
}
