/* `hewal language`. In: texts, one a line. Out: for each its language, how sure that is, and the text. It reads its input
 * as a stream and answers what has come before it waits for more. */
#include "base/buf.h"
#include "cli/commands.h"
#include "language/language.h"

#include <string.h>

const cli_option cli_language_options[] = {{NULL, NULL, NULL}};

static void put_language(const hewal_model *m, hw_buf *b, const char *s, size_t n)
{
    hw_language l = hw_language_of(m, s, n);
    hw_putf(b, "%s\t%.3f\t", hw_lang_name(l.lang), l.confidence);
    hw_put(b, s, n);
    hw_putc(b, '\n');
}

static bool answer(const hewal_model *m, hewal_string *out, const char *s, size_t n)
{
    out->len = 0;
    hw_buf b = hw_buf_on(out);
    for (const char *end = s + n; s < end;) {
        const char *nl = memchr(s, '\n', (size_t)(end - s));
        size_t len = nl ? (size_t)(nl - s) : (size_t)(end - s);
        put_language(m, &b, s, len && s[len - 1] == '\r' ? len - 1 : len);
        s += len + (nl != NULL);
    }
    if (!hw_buf_ok(&b)) {
        cli_fail("out of memory");
        return false;
    }
    return cli_write(out->s, out->len) && cli_flush();
}

static bool read_file(const hewal_model *m, hewal_string *out, const char *path)
{
    cli_lines *l = cli_lines_open(path, HEWAL_MAX_TEXT);
    if (!l) return false;
    const char *s;
    size_t n, at = 0;
    int got;
    bool on = true;
    while (on && (got = cli_lines_piece(l, &s, &n)) == 1) {
        char why[80];
        const char *bad = cli_not_text(s, n, at, why, sizeof why);
        if (bad) cli_fail("%s: %s", cli_called(path), bad);
        on = !bad && answer(m, out, s, n);
        at += n;
    }
    cli_lines_close(l);
    return on && got == 0;
}

int cli_language(cli *c)
{
    static char *standard_input[] = {"-"};
    char **files = c->n_args ? c->args : standard_input;
    unsigned n = c->n_args ? c->n_args : 1;
    hewal_model *m = cli_model();
    if (!m) return CLI_FAILED;
    int status = hw_language_is_known(m) ? CLI_OK : cli_fail("the model lacks what this needs");
    bool known = status == CLI_OK;
    hewal_string out = {0};
    for (unsigned i = 0; known && i < n; i++)
        if (!read_file(m, &out, files[i])) status = CLI_FAILED;
    hewal_string_free(&out);
    hewal_model_close(m);
    return cli_finish(status);
}
