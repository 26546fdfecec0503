/* Compiles the weights of a linear model over hashed features.   mktagger LANG_DIR TABLE MAGIC OUT
 *
 * In: LANG_DIR/TABLE, as train/tagger.c and train/names.c write it. Out: a section of the model: a header with the number MAGIC
 * (hexadecimal), then the weights, as src/model/linear.h lays them out; without the table an empty file, and
 * the program does without. */
#include "weights.h"

#include "model/linear.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>

const char tool_name[] = "mktagger";

int main(int argc, char **argv)
{
    if (argc != 5) die("usage: mktagger LANG_DIR TABLE MAGIC OUT");
    tsv t = read_tsv_if_there(argv[1], argv[2]);
    hw_linear_header h = {.magic = (uint32_t)strtoul(argv[3], NULL, 16)};
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
    FILE *f = fopen(argv[4], "wb");
    if (!f || (size && (fwrite(&h, sizeof h, 1, f) != 1 || fwrite(weights, 1, size, f) != size)) || fclose(f) != 0) die("%s: %s", argv[4], strerror(errno));
    free(weights);
    return 0;
}
