/* The handlers: whoever answers a route of routes.c; and what they share. */
#ifndef HW_SERVE_HANDLERS_H
#define HW_SERVE_HANDLERS_H
#include "serve/inside.h"
#include "serve/known.h"

/* ---- filters.c: parameters as the store has them; pages use these too ---- */
/* The filter that the route's parameters mean: from, to, outlet, about, article, channel, kind, type, mode, status, once, order,
 * after, and names: speaker, named, actor, target, who (either side), place. False when the store failed: rs says how. */
bool hw_filter_read(hw_request *rq, hw_response *rs, hw_filter *f);
/* The number that the first {…} of the pattern stands for; false (404) when it is none. */
bool hw_id_read(hw_request *rq, hw_response *rs, int64_t *id);
/* What the path's number stands for: the first report of an event; an entity, to be freed. False after refusing. */
bool hw_event_asked(hw_request *rq, hw_response *rs, int64_t *first);
bool hw_entity_asked(hw_request *rq, hw_response *rs, hw_entity_row **e);
size_t hw_limit_read(const hw_request *rq, size_t otherwise);
/* The same for a page of JSON: at most HW_MAX_LIST. */
bool hw_page_size(const hw_request *rq, hw_response *rs, size_t *limit);
/* What the model's lists know of sexes and places. */
const hw_known *hw_server_known(const hw_server *s);

void hw_get_asset(hw_request *rq, hw_response *rs);   /* assets.c */
void hw_api_openapi(hw_request *rq, hw_response *rs);

/* ---- api_*.c ---- */
void hw_api_routes(hw_request *rq, hw_response *rs);  /* routes.c */
void hw_api_counts(hw_request *rq, hw_response *rs);
void hw_api_quote_counts(hw_request *rq, hw_response *rs);
void hw_api_event_counts(hw_request *rq, hw_response *rs);
void hw_api_article_counts(hw_request *rq, hw_response *rs);
void hw_api_voices(hw_request *rq, hw_response *rs);
void hw_api_search(hw_request *rq, hw_response *rs);
void hw_api_articles(hw_request *rq, hw_response *rs);
void hw_api_article(hw_request *rq, hw_response *rs);
void hw_api_similar(hw_request *rq, hw_response *rs);  /* api_compare.c */
void hw_api_quotes(hw_request *rq, hw_response *rs);
void hw_api_quote(hw_request *rq, hw_response *rs);
void hw_api_events(hw_request *rq, hw_response *rs);
void hw_api_event(hw_request *rq, hw_response *rs);
void hw_api_compare(hw_request *rq, hw_response *rs);
void hw_api_entities(hw_request *rq, hw_response *rs);
void hw_api_entity(hw_request *rq, hw_response *rs);
void hw_api_network(hw_request *rq, hw_response *rs);
/* PLOVER's types that the parameter `relation` means, or NULL: all. */
const char *hw_relation_types(const hw_request *rq);
/* Rows by speaker become rows by the speakers' sex: "f", "m", "unknown", "organisation", NULL. Returns how many. */
size_t hw_tally_by_sex(const hw_known *k, hw_tally_row *v, size_t n);
/* The search that the parameters q, from, to, outlet, after ask for; NULL when rs says why not. */
hw_results *hw_search_run(hw_request *rq, hw_response *rs, size_t limit);

/* ---- atom.c ---- */
void hw_atom_search(hw_request *rq, hw_response *rs);
void hw_atom_quotes(hw_request *rq, hw_response *rs);
void hw_atom_events(hw_request *rq, hw_response *rs);
void hw_atom_articles(hw_request *rq, hw_response *rs);

/* ---- pages ---- */
void hw_show_front(hw_request *rq, hw_response *rs);   /* page_*.c */
void hw_show_article(hw_request *rq, hw_response *rs);
void hw_show_quotes(hw_request *rq, hw_response *rs);
void hw_show_events(hw_request *rq, hw_response *rs);
void hw_show_entities(hw_request *rq, hw_response *rs);
void hw_show_entity(hw_request *rq, hw_response *rs);
void hw_show_network(hw_request *rq, hw_response *rs);
void hw_show_map(hw_request *rq, hw_response *rs);
void hw_show_voices(hw_request *rq, hw_response *rs);
void hw_show_compare(hw_request *rq, hw_response *rs);
void hw_show_help(hw_request *rq, hw_response *rs);
#endif
