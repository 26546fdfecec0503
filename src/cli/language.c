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

static hewal_status answer(const void *model, const char *s, size_t n, hewal_string *out)
{
    hw_buf b = hw_buf_on(out);
    for (const char *end = s + n; s < end;) {
        const char *nl = memchr(s, '\n', (size_t)(end - s));
        size_t len = nl ? (size_t)(nl - s) : (size_t)(end - s);
        put_language(model, &b, s, len && s[len - 1] == '\r' ? len - 1 : len);
        s += len + (nl != NULL);
    }
    return hw_buf_ok(&b) ? HEWAL_OK : HEWAL_ENOMEM;
}

int cli_language(cli *c)
{
    hewal_model *m = cli_model();
    if (!m) return CLI_FAILED;
    int status = hw_language_is_known(m) ? cli_through(c, answer, m) : cli_fail("the model lacks what this needs");
    hewal_model_close(m);
    return cli_finish(status);
}
