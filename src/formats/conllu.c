/* In: an article of the store. Out: CoNLL-U, with what is known of the article as comments before its first sentence. */
#include "formats/formats.h"

#include "base/err.h"

/* A comment is one line. */
static void put_comment(hw_buf *b, const char *key, const char *value)
{
    if (!value || !*value) return;
    hw_putf(b, "# %s = ", key);
    for (const char *p = value; *p; p++) hw_putc(b, *p == '\n' || *p == '\r' ? ' ' : *p);
    hw_putc(b, '\n');
}

hewal_status hw_put_conllu(hewal_string *out, const hewal_model *m, const hw_stored *a, hewal_error *err)
{
    size_t before = out->len;
    hewal_record *r = NULL;
    hewal_status st = hewal_annotate(m, a->article.text, a->article.text_len, &a->article.meta, &r, err);
    if (st != HEWAL_OK) return st;
    hw_buf b = hw_buf_on(out);
    put_comment(&b, "newdoc id", a->article.id);
    put_comment(&b, "meta::title", a->article.title);
    put_comment(&b, "meta::published", r->published);
    put_comment(&b, "meta::outlet", a->article.outlet);
    put_comment(&b, "meta::url", a->article.url);
    bool ok = hw_buf_ok(&b) && hewal_record_conllu(r, out) == HEWAL_OK;
    hewal_record_free(r);
    if (ok) return HEWAL_OK;
    hw_buf_back(out, before);
    return hw_fail(err, HEWAL_ENOMEM, "out of memory");
}
