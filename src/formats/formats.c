/* In: an article with its record, and a word. Out: the same in the format of that word. */
#include "formats/formats.h"

#include <string.h>

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

/* A text that was read before can only want memory. */
static bool conllu(hewal_string *out, const hewal_model *m, const hw_stored *a)
{
    return hw_put_conllu(out, m, a, NULL) == HEWAL_OK;
}

static const hw_format formats[] = {
    {"bibtex", "application/x-bibtex; charset=utf-8", "articles.bib", NULL, bibtex},
    {"turtle", "text/turtle; charset=utf-8", "articles.ttl", hw_put_turtle_head, turtle},
    {"polecat", "text/csv; charset=utf-8; header=present", "polecat.csv", hw_put_polecat_head, hw_put_polecat},
    {"conllu", "text/plain; charset=utf-8", "articles.conllu", NULL, conllu}};

const hw_format *hw_format_named(const char *word)
{
    for (size_t i = 0; word && i < sizeof formats / sizeof *formats; i++)
        if (!strcmp(formats[i].word, word)) return &formats[i];
    return NULL;
}
