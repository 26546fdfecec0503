/* `hewal phonemes`. In: words, one a line. Out: each with its phonemes, a full stop before every syllable. The input is read
 * as a stream, in pieces of whole lines. */
#include "cli/commands.h"
#include "morph/phonemes.h"

#include <string.h>

static hewal_status write_lines(const hw_phonemes *p, const char *s, size_t n, hewal_string *out)
{
    hw_buf b = hw_buf_on(out);
    for (const char *end = s + n; s < end;) {
        const char *nl = memchr(s, '\n', (size_t)(end - s));
        size_t len = nl ? (size_t)(nl - s) : (size_t)(end - s), word = len;
        if (word && s[word - 1] == '\r') word--;
        if (word) {
            hw_put(&b, s, word);
            hw_putc(&b, '\t');
            hw_phonemes_write(p, s, word, &b);
        }
        hw_putc(&b, '\n');
        s += len + (nl != NULL);
    }
    return hw_buf_ok(&b) ? HEWAL_OK : HEWAL_ENOMEM;
}

static int read_words(const hw_phonemes *p, const char *path)
{
    cli_lines *l = cli_lines_open(path, HEWAL_MAX_TEXT);
    if (!l) return CLI_FAILED;
    hewal_string out = {0};
    const char *s;
    size_t n, at = 0;
    int got, status = CLI_OK;
    while (status == CLI_OK && (got = cli_lines_piece(l, &s, &n)) != 0) {
        char why[80];
        const char *bad = got == 1 ? cli_not_text(s, n, at, why, sizeof why) : NULL;
        out.len = 0;
        if (got < 0) status = CLI_FAILED;
        else if (bad) status = cli_fail("%s: %s", cli_called(path), bad);
        else if (write_lines(p, s, n, &out) != HEWAL_OK) status = cli_fail("%s: out of memory", cli_called(path));
        else if (!cli_write(out.s, out.len) || !cli_flush()) status = CLI_FAILED;
        at += n;
    }
    hewal_string_free(&out);
    cli_lines_close(l);
    return status;
}

int cli_phonemes(cli *c)
{
    static char *standard_input[] = {"-"};
    char **files = c->n_args ? c->args : standard_input;
    unsigned n = c->n_args ? c->n_args : 1;
    hewal_model *model = cli_model();
    if (!model) return CLI_FAILED;
    hw_phonemes *p;
    hewal_error err;
    int status = hw_phonemes_new(&p, model, &err) == HEWAL_OK ? CLI_OK : cli_fail("%s", err.message);
    for (unsigned i = 0; p && i < n; i++)
        if (read_words(p, files[i]) != CLI_OK) status = CLI_FAILED;
    hw_phonemes_free(p);
    hewal_model_close(model);
    return cli_finish(status);
}
