/* In: a record. Out: CoNLL-U, a block a sentence, byte offsets in MISC. Tokens stand as the text has them; syntax is not
 * annotated: HEAD and DEPREL are `_`. */
#include "base/buf.h"
#include "base/utf8.h"

#include <string.h>

/* No column or comment may hold a line end, a tab, another control or a broken character: line ends and tabs become spaces, the
 * rest U+FFFD. */
static void put_flat(hw_buf *b, const char *s, size_t n)
{
    size_t run = 0;
    for (size_t i = 0; i < n;) {
        uint32_t cp;
        size_t k = hw_utf8_decode(s + i, n - i, &cp);
        bool space = (cp >= '\t' && cp <= '\r') || cp == 0x85 || cp == 0x2028 || cp == 0x2029;
        if (space || cp < 0x20 || cp == 0x7F || cp == HW_BROKEN) {
            hw_put(b, s + run, i - run);
            hw_puts(b, space ? " " : "\xEF\xBF\xBD");
            run = i + k;
        }
        i += k;
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
    const char *lemma = t->lemma && *t->lemma ? t->lemma : t->norm && *t->norm ? t->norm : "_";
    put_flat(b, lemma, strlen(lemma));
    hw_putf(b, "\t%s\t_\t%s\t_\t_\t_\t%s%sBytes=%u-%u\n", t->upos, t->feats && *t->feats ? t->feats : "_", t->guessed ? "Guess=Yes|" : "", glued ? "SpaceAfter=No|" : "", t->b, t->e);
}

hewal_status hewal_record_conllu(const hewal_record *r, hewal_string *out)
{
    const size_t start = out->len;
    hw_buf b = hw_buf_on(out);
    for (size_t k = 0; k < r->n_sentences; k++) {
        const hewal_sentence *s = &r->sentences[k];
        hw_putf(&b, "# sent_id = %zu\n# text = ", k + 1);
        put_flat(&b, r->text + s->b, s->e - s->b);
        hw_putc(&b, '\n');
        for (uint32_t i = s->first; i <= s->last; i++) put_token(&b, r, s, i);
        hw_putc(&b, '\n');
    }
    if (hw_buf_ok(&b)) return HEWAL_OK;
    hw_buf_back(out, start);
    return HEWAL_ENOMEM;
}
