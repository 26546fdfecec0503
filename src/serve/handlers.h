/* The handlers: whoever answers a route of routes.c. */
#ifndef HW_SERVE_HANDLERS_H
#define HW_SERVE_HANDLERS_H
#include "serve/inside.h"

void hw_get_asset(hw_request *rq, hw_response *rs);  /* assets.c */

/* ---- api_*.c ---- */
void hw_api_counts(hw_request *rq, hw_response *rs);

/* ---- pages ---- */
void hw_page_front(hw_request *rq, hw_response *rs);
#endif
