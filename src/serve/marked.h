/* The text of an article with what is found in it. In: an article of the store. Out: HTML paragraphs: quotes shaded by who speaks
 * (classes q, q1 … q8), names linked (per, org, loc), times, numbers (n) and triggers of events (ev) marked. A quote has the id
 * "qB-E", an event "vB-E", by the bytes of the text that it stands at. */
#ifndef HW_SERVE_MARKED_H
#define HW_SERVE_MARKED_H
#include "base/buf.h"
#include "store/store.h"

typedef struct { /* what the page that it stands in adds */
    const uint8_t *colour_of; /* by entity of the record: hw_speaker_colours */
    void *ctx;
    void (*put_href)(hw_buf *b, void *ctx, hewal_type type, int64_t id);            /* where a page says more of an entity */
    const char *(*name_of)(void *ctx, const hewal_entity *e);                       /* what it is called there */
    const char *(*say)(void *ctx, const char *group, const char *word);             /* "channel", "tweet" in the page's language */
    void (*before)(hw_buf *b, void *ctx, uint32_t from, uint32_t to);               /* a paragraph of those bytes; may be NULL */
    void (*behind)(hw_buf *b, void *ctx, uint32_t from, uint32_t to);
} hw_marking;

/* False when memory ran out. */
bool hw_put_marked(hw_buf *b, const hw_stored *a, const hw_marking *m);
/* A colour for each entity that speaks: 1 ... 8; free(). */
uint8_t *hw_speaker_colours(const hewal_record *r);
#endif
