/* In: an article with its record. Out: the same in the form that is asked for. */
#include "serve/forms.h"

#include "store/rows.h"
#include <string.h>

static bool put_line(hewal_string *out, const hewal_model *m, const hw_stored *a)
{
    hw_buf b = hw_buf_on(out);
    (void)m;
    bool ok = hw_put_record(&b, a, true);
    hw_putc(&b, '\n');
    return ok && hw_buf_ok(&b);
}

const hw_format *hw_form_named(const char *word)
{
    static const hw_format lines = {"jsonl", "application/x-ndjson", "articles.jsonl", NULL, put_line};
    return word && !strcmp(word, lines.word) ? &lines : hw_format_named(word);
}
