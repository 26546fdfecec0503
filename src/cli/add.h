/* Adding articles to a store: what `hewal add` and `hewal watch` share. */
#ifndef HW_CLI_ADD_H
#define HW_CLI_ADD_H
#include "cli/session.h"

typedef struct cli_adder cli_adder;

/* Opens the store that the command line names, to add with the options it gives. NULL after saying why, with the exit
 * status in *status. */
cli_adder *cli_adder_open(const cli *c, int *status);
void cli_adder_close(cli_adder *a);

typedef struct {
    unsigned long added, replaced, skipped, refused;
    int64_t copies;    /* near-duplicates among those added and replaced */
    unsigned long left_out; /* what was passed over for being no article */
    char languages[300]; /* "ckb 18, ar 3 (not annotated)"; "" when none was added */
    bool failed;       /* the store could not be written, which was said: what is committed is kept, the rest is not added */
} cli_added;

/* Adds what the paths have and commits. `progress`: with a bar on a terminal. `go_on` (may be NULL) is asked between articles; when
 * it says no, what was read so far is added and the rest left. Refusals are said as they come. */
void cli_adder_add(cli_adder *a, const char *const *paths, size_t n, bool progress, bool (*go_on)(void *), void *ctx, cli_added *out);
#endif
