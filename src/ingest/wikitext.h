/* Inside the ingest stage: the markup of MediaWiki. */
#ifndef HW_INGEST_WIKITEXT_H
#define HW_INGEST_WIKITEXT_H
#include "ingest/parts.h"

/* The names that a wiki has for its pictures and its categories; links to them are no text. Names as the wiki writes them. */
typedef struct { char **v; size_t n; } hw_wiki_names;

/* Appends what a reader of the page sees of its text: without templates, tables, references, pictures and categories; a line
 * a paragraph, item or heading. False when memory ran out. */
bool hw_wikitext(const char *s, size_t n, const hw_wiki_names *hidden, hewal_string *out);
#endif
