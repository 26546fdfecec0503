/* `hewal number`. In: numbers, one a line, in figures or in words. Out: each with the other way of writing it behind a tab;
 * nothing behind it where the line is no number. The input is read as a stream, in pieces of whole lines. */
#include "cli/commands.h"
#include "times/numerals.h"

#include <string.h>

const cli_option cli_number_options[] = {
    {"to", "words|digits|auto", "what to write (auto: words for a line with digits, digits for any other)"},
    {NULL, NULL, NULL}};

typedef enum { AUTO, WORDS, DIGITS } aim;

/* Whether a digit is in the line: ASCII, Arabic (U+0660) or Persian (U+06F0). */
static bool has_digit(const char *s, size_t n)
{
    for (size_t i = 0; i < n; i++) {
        unsigned char c = (unsigned char)s[i], next = i + 1 < n ? (unsigned char)s[i + 1] : 0;
        if ((c >= '0' && c <= '9') || (c == 0xD9 && next >= 0xA0 && next <= 0xA9) || (c == 0xDB && next >= 0xB0 && next <= 0xB9)) return true;
    }
    return false;
}

static hewal_status write_line(const hewal_model *m, aim to, const char *s, size_t n, hewal_string *out)
{
    hw_buf b = hw_buf_on(out);
    hewal_number number;
    hw_put(&b, s, n);
    hw_putc(&b, '\t');
    hewal_status status = hewal_number_value(m, s, n, &number);
    if (to == AUTO) to = has_digit(s, n) ? WORDS : DIGITS;
    if (status == HEWAL_OK) status = (to == WORDS ? hewal_number_words : hw_number_figures)(m, &number, out);
    hw_putc(&b, '\n');
    return !hw_buf_ok(&b) ? HEWAL_ENOMEM : status == HEWAL_EINVAL ? HEWAL_OK : status;
}

static hewal_status write_lines(const hewal_model *m, aim to, const char *s, size_t n, hewal_string *out)
{
    hewal_status status = HEWAL_OK;
    for (const char *end = s + n; s < end && status == HEWAL_OK;) {
        const char *nl = memchr(s, '\n', (size_t)(end - s));
        size_t len = nl ? (size_t)(nl - s) : (size_t)(end - s);
        status = write_line(m, to, s, len && s[len - 1] == '\r' ? len - 1 : len, out);
        s += len + (nl != NULL);
    }
    return status;
}

static int read_file(const hewal_model *m, aim to, const char *path)
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
        hewal_status done = HEWAL_OK;
        out.len = 0;
        if (got < 0) status = CLI_FAILED;
        else if (bad) status = cli_fail("%s: %s", cli_called(path), bad);
        else if ((done = write_lines(m, to, s, n, &out)) != HEWAL_OK)
            status = cli_fail("%s: %s", cli_called(path), done == HEWAL_ENOMEM ? "out of memory" : "the model lacks what this needs");
        else if (!cli_write(out.s, out.len) || !cli_flush()) status = CLI_FAILED;
        at += n;
    }
    hewal_string_free(&out);
    cli_lines_close(l);
    return status;
}

int cli_number_lines(cli *c)
{
    static char *standard_input[] = {"-"};
    char **files = c->n_args ? c->args : standard_input;
    unsigned n = c->n_args ? c->n_args : 1;
    hewal_model *model = cli_model();
    if (!model) return CLI_FAILED;
    aim to = cli_is(c, "to", "words") ? WORDS : cli_is(c, "to", "digits") ? DIGITS : AUTO;
    int status = CLI_OK;
    for (unsigned i = 0; i < n; i++)
        if (read_file(model, to, files[i]) != CLI_OK) status = CLI_FAILED;
    hewal_model_close(model);
    return cli_finish(status);
}
