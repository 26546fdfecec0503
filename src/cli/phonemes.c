/* `hewal phonemes`. In: words, one a line. Out: each with its phonemes, a full stop before every syllable. The input is read
 * as a stream, in pieces of whole lines. */
#include "cli/commands.h"
#include "morph/phonemes.h"

#include <string.h>

static hewal_status write_lines(const void *p, const char *s, size_t n, hewal_string *out)
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

int cli_phonemes(cli *c)
{
    hewal_model *model = cli_model();
    if (!model) return CLI_FAILED;
    hw_phonemes *p;
    hewal_error err;
    int status = hw_phonemes_new(&p, model, &err) == HEWAL_OK ? cli_through(c, write_lines, p) : cli_fail("%s", err.message);
    hw_phonemes_free(p);
    hewal_model_close(model);
    return cli_finish(status);
}
