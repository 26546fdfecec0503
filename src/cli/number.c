/* `hewal number`. In: numbers, one a line, in figures or in words. Out: each with the other way of writing it behind a tab;
 * nothing behind it where the line is no number. The input is read as a stream, in pieces of whole lines. */
#include "cli/commands.h"
#include "times/numerals.h"

#include <string.h>

const cli_option cli_number_options[] = {
    {"to", "words|digits|auto", "what to write (auto: words for a line with digits, digits for any other)"},
    {NULL, NULL, NULL}};

typedef enum { AUTO, WORDS, DIGITS } aim;
typedef struct { const hewal_model *model; aim to; } job;

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

static hewal_status write_lines(const void *ctx, const char *s, size_t n, hewal_string *out)
{
    const job *j = ctx;
    hewal_status status = HEWAL_OK;
    for (const char *end = s + n; s < end && status == HEWAL_OK;) {
        const char *nl = memchr(s, '\n', (size_t)(end - s));
        size_t len = nl ? (size_t)(nl - s) : (size_t)(end - s);
        status = write_line(j->model, j->to, s, len && s[len - 1] == '\r' ? len - 1 : len, out);
        s += len + (nl != NULL);
    }
    return status;
}

int cli_number_lines(cli *c)
{
    hewal_model *model = cli_model();
    if (!model) return CLI_FAILED;
    const job j = {model, cli_is(c, "to", "words") ? WORDS : cli_is(c, "to", "digits") ? DIGITS : AUTO};
    int status = cli_through(c, write_lines, &j);
    hewal_model_close(model);
    return cli_finish(status);
}
