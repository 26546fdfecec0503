/* A quote or an event with its evidence, as cards on the page of an article and rows of tables show it. */
#ifndef HW_SERVE_PAGE_FACTS_H
#define HW_SERVE_PAGE_FACTS_H
#include "serve/page.h"

/* Who says it, in which way, through which channel, passed on by whom, to whom. */
void hw_put_quote_how(hw_page *p, const hw_quote_row *q);
/* The type of an event, how, whether it happened. */
void hw_put_event_what(hw_page *p, const hw_event_row *v);
/* Actors → targets, in a place. */
void hw_put_event_who(hw_page *p, const hw_event_row *v);
/* The sentence of an event with its trigger marked. */
void hw_put_event_sentence(hw_page *p, const hw_event_row *v);
/* Where a fact stands in its article: "q120-180". In the request's arena. */
const char *hw_quote_anchor(hw_page *p, const hw_quote_row *q);
const char *hw_event_anchor(hw_page *p, const hw_event_row *v);
/* A link to the page that compares the reports of an event, where it has several. */
void hw_put_reports(hw_page *p, const hw_event_row *v);
/* The tables of quotes and of events: up to `most` rows of the cursor; the mark for those behind goes to `mark` (64 bytes, or NULL).
 * `columns`: which of those that may go without saying stand there. Returns how many rows. */
enum { HW_COLUMN_SPEAKER = 1, HW_COLUMN_ARTICLE = 2 };
size_t hw_put_quote_table(hw_page *p, hw_cursor *c, size_t most, unsigned columns, char *mark);
size_t hw_put_event_table(hw_page *p, hw_cursor *c, size_t most, char *mark);
#endif
