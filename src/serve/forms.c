/* In: an article with its record. Out: the same in the form that is asked for. */
#include "serve/forms.h"

#include "formats/formats.h"
#include "serve/handlers.h"
#include <string.h>

static bool jsonl(hewal_string *out, const hewal_model *m, const hw_stored *a)
{
    hw_buf b = hw_buf_on(out);
    (void)m;
    bool ok = hw_put_record(&b, a, true);
    hw_putc(&b, '\n');
    return ok && hw_buf_ok(&b);
}

static bool bibtex(hewal_string *out, const hewal_model *m, const hw_stored *a)
{
    (void)m;
    return hw_put_bibtex(out, &a->article, a->record.published);
}

static bool turtle(hewal_string *out, const hewal_model *m, const hw_stored *a)
{
    (void)m;
    return hw_put_turtle(out, a);
}

static bool conllu(hewal_string *out, const hewal_model *m, const hw_stored *a)
{
    return hw_put_conllu(out, m, a, NULL) == HEWAL_OK;
}

static const hw_form forms[] = {
    {"jsonl", "application/x-ndjson", "articles.jsonl", NULL, jsonl},
    {"bibtex", "application/x-bibtex; charset=utf-8", "articles.bib", NULL, bibtex},
    {"turtle", "text/turtle; charset=utf-8", "articles.ttl", hw_put_turtle_head, turtle},
    {"polecat", "text/csv; charset=utf-8; header=present", "polecat.csv", hw_put_polecat_head, hw_put_polecat},
    {"conllu", "text/plain; charset=utf-8", "articles.conllu", NULL, conllu}};

const hw_form *hw_form_named(const char *word)
{
    for (size_t i = 0; word && i < sizeof forms / sizeof *forms; i++)
        if (!strcmp(forms[i].word, word)) return &forms[i];
    return NULL;
}
