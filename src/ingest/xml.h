/* Inside the ingest stage: XML as a stream of elements, for feeds and dumps. libxml2's push parser does the reading, with what
 * makes XML dangerous turned off: no document type is read, so no entity expands but the five of XML and those of HTML; no
 * network; no tree is built. What is not well-formed is read as far as it makes sense. */
#ifndef HW_INGEST_XML_H
#define HW_INGEST_XML_H
#include "ingest/parts.h"

typedef struct hw_xml hw_xml;

typedef struct { /* what a format is told; names are without prefix, `ns` is the namespace or "" */
    void (*start)(void *ctx, hw_xml *x, const char *ns, const char *name);
    void (*end)(void *ctx, hw_xml *x, const char *ns, const char *name);
    void (*text)(void *ctx, const char *s, size_t n); /* in pieces */
} hw_xml_calls;

hewal_status hw_xml_open(hw_xml **out, hw_file *f, const hw_xml_calls *calls, void *ctx, hewal_error *err);
void hw_xml_close(hw_xml *x);
/* In the calls: an article is ready, or was refused as err says; it began at that line. */
void hw_xml_give(hw_xml *x, hw_article *a, const hewal_error *err, size_t line);
/* The next of them, reading on as far as it takes. What is broken in the file is told at its end when something is missing. */
hewal_status hw_xml_next(hw_xml *x, hw_article **out, hewal_error *err);
hw_file *hw_xml_file(hw_xml *x);
/* In `start`: an attribute, without its prefix; NULL when there is none. */
const char *hw_xml_attribute(hw_xml *x, const char *name);
size_t hw_xml_line(const hw_xml *x);
unsigned hw_xml_depth(const hw_xml *x); /* of the element that begins or ends: 1 the root */

/* The local name of the root element in the beginning of a file; false when it is no XML. */
bool hw_xml_root(const char *s, size_t n, char name[32]);

/* Texts that grow in pieces and have an end: what comes beyond `max` is not kept. */
typedef struct { hewal_string s; bool cut, failed; } hw_piece;
void hw_piece_add(hw_piece *p, const char *s, size_t n, size_t max);
void hw_piece_clear(hw_piece *p); /* keeps its memory, unless it is much */
void hw_piece_free(hw_piece *p);
static inline hw_slice hw_piece_slice(const hw_piece *p) { return hw_trim((hw_slice){p->s.s, p->s.len}); }
#endif
