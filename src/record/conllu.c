/* In: a record. Out: CoNLL-U, a block a sentence, byte offsets in MISC. Tokens stand as the text has them; syntax is not
 * annotated: HEAD and DEPREL are `_`. */
#include "base/buf.h"

#include <string.h>

/* Line ends and tabs may not stand in a CoNLL-U column or comment: they become spaces. */
static void put_flat(hw_buf *b, const char *s, size_t n)
{
    size_t run = 0;
    for (size_t i = 0; i < n; i++)
        if (s[i] == '\n' || s[i] == '\r' || s[i] == '\t') {
            hw_put(b, s + run, i - run);
            hw_putc(b, ' ');
            run = i + 1;
        }
    hw_put(b, s + run, n - run);
}

static void put_token(hw_buf *b, const hewal_record *r, const hewal_sentence *s, uint32_t i)
{
    const hewal_token *t = &r->tokens[i];
    bool glued = i + 1 < r->n_tokens && r->tokens[i + 1].b == t->e;
    hw_putf(b, "%u\t", i - s->first + 1);
    put_flat(b, r->text + t->b, t->e - t->b);
    hw_putc(b, '\t');
    hw_puts(b, t->lemma && *t->lemma ? t->lemma : t->norm && *t->norm ? t->norm : "_");
    hw_putf(b, "\t%s\t_\t%s\t_\t_\t_\t%sBytes=%u-%u\n", t->upos, t->feats && *t->feats ? t->feats : "_", glued ? "SpaceAfter=No|" : "", t->b, t->e);
}

hewal_status hewal_record_conllu(const hewal_record *r, hewal_string *out)
{
    hw_buf b = hw_buf_on(out);
    for (size_t k = 0; k < r->n_sentences; k++) {
        const hewal_sentence *s = &r->sentences[k];
        hw_putf(&b, "# sent_id = %zu\n# text = ", k + 1);
        put_flat(&b, r->text + s->b, s->e - s->b);
        hw_putc(&b, '\n');
        for (uint32_t i = s->first; i <= s->last; i++) put_token(&b, r, s, i);
        hw_putc(&b, '\n');
    }
    return hw_buf_ok(&b) ? HEWAL_OK : HEWAL_ENOMEM;
}
