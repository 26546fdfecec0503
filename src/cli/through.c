/* In: the files of a command line, or standard input, and what makes lines of lines. Out: what it made, on standard output, file by
 * file, in pieces of whole lines. */
#include "cli/commands.h"

static int one_file(const char *path, cli_piece_fn make, const void *ctx, hewal_string *out)
{
    cli_lines *l = cli_lines_open(path, HEWAL_MAX_TEXT);
    if (!l) return CLI_FAILED;
    const char *s;
    size_t n, at = 0;
    int got, status = CLI_OK;
    while (status == CLI_OK && (got = cli_lines_piece(l, &s, &n)) != 0) {
        char why[80];
        const char *bad = got == 1 ? cli_not_text(s, n, at, why, sizeof why) : NULL;
        hewal_status done = HEWAL_OK;
        out->len = 0;
        if (got < 0) status = CLI_FAILED;
        else if (bad) status = cli_fail("%s: %s", cli_called(path), bad);
        else if ((done = make(ctx, s, n, out)) != HEWAL_OK)
            status = cli_fail("%s: %s", cli_called(path), done == HEWAL_ENOMEM ? "out of memory" : "the model lacks what this needs");
        else if (!cli_write(out->s ? out->s : "", out->len) || !cli_flush()) status = CLI_FAILED;
        at += n;
    }
    cli_lines_close(l);
    return status;
}

int cli_through(const cli *c, cli_piece_fn make, const void *ctx)
{
    static char *standard_input[] = {"-"};
    char **files = c->n_args ? c->args : standard_input;
    unsigned n = c->n_args ? c->n_args : 1;
    hewal_string out = {0};
    int status = CLI_OK;
    for (unsigned i = 0; i < n; i++)
        if (one_file(files[i], make, ctx, &out) != CLI_OK) status = CLI_FAILED;
    hewal_string_free(&out);
    return status;
}
