/* Rows of the store as JSON and CSV, as the commands print them and the server answers: with their article and their evidence. */
#ifndef HW_STORE_ROWS_H
#define HW_STORE_ROWS_H
#include "base/buf.h"
#include "store/store.h"

void hw_put_quote_json(hw_buf *b, const hw_quote_row *q);
void hw_put_event_json(hw_buf *b, const hw_event_row *v);
/* An object left open: the caller adds members, and ends it. */
void hw_put_entity_json(hw_buf *b, const hw_entity_row *e);
void hw_put_ref_json(hw_buf *b, const hw_entity_ref *e); /* null for none */

/* The whole record of an article (docs/record.md) with what is known of it and the model that made it; `ids`: also the numbers of its
 * entities in the store. False when memory ran out. */
bool hw_put_record(hw_buf *b, const hw_stored *a, bool ids);

extern const char hw_quote_csv_head[], hw_event_csv_head[]; /* names of the columns, commas between */
void hw_put_quote_csv(hw_buf *b, const hw_quote_row *q);    /* without the line end */
void hw_put_event_csv(hw_buf *b, const hw_event_row *v);

/* A member of a JSON object, with the comma before it unless it is the first. */
void hw_put_member(hw_buf *b, const char *key, const char *value);
/* A cell of CSV, with the comma before it unless it is the first of its row. */
void hw_put_cell(hw_buf *b, const char *s, bool first);
/* What an entity is called; NULL for none. */
const char *hw_ref_name(const hw_entity_ref *e);
/* The names of several, `between` between them. NULL when memory runs out; free(). */
char *hw_ref_names(const hw_entity_ref *v, size_t n, const char *between);
#endif
