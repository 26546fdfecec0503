/* Other programs' formats. In: an article of the store with its record. Out: the same for a reference manager, a triple store, a
 * researcher's table of events, a corpus tool.
 *
 * Every function appends to a string and leaves it as it was when memory runs out (false). They look at nothing but what they are
 * given, and may be called from any thread. */
#ifndef HW_FORMATS_FORMATS_H
#define HW_FORMATS_FORMATS_H
#include "base/buf.h"
#include "store/store.h"

/* BibTeX for citing the article (an entry of type online, as biblatex knows it; UTF-8). */
bool hw_put_bibtex(hewal_string *out, const hw_article *a, const char *published);

/* RDF in Turtle: schema.org's NewsArticle, Quotation, Event, Person, Organization and Place; Web Annotations that point at the bytes
 * each fact rests on; PROV for what made it. The prefixes stand once, before the first article. */
bool hw_put_turtle_head(hewal_string *out);
bool hw_put_turtle(hewal_string *out, const hw_stored *a);

/* Events in the columns of POLECAT, then columns of our own: a row for each pair of an actor and a recipient. What POLECAT has and
 * a record does not tell stays empty. The model is asked for the countries and kinds of what the gazetteers know. */
bool hw_put_polecat_head(hewal_string *out);
bool hw_put_polecat(hewal_string *out, const hewal_model *m, const hw_stored *a);

/* CoNLL-U: the text is read again with the model, for a store keeps no tokens. HEWAL_OK, or what hewal_annotate says. */
hewal_status hw_put_conllu(hewal_string *out, const hewal_model *m, const hw_stored *a, hewal_error *err);

/* ---- all of them, by a word (formats.c) ---- */
typedef struct {
    const char *word;      /* "bibtex", "turtle", "polecat", "conllu" */
    const char *type;      /* of the content */
    const char *file_name; /* of a download */
    bool (*head)(hewal_string *out); /* once, before the first; may be NULL */
    bool (*put)(hewal_string *out, const hewal_model *m, const hw_stored *a);
} hw_format;

/* NULL when it is none of those, as for NULL. */
const hw_format *hw_format_named(const char *word);
#endif
