/* In: a request. Out: an answer. This file is the table of all that may be asked; docs/openapi.json says the same to programs. */
#include "serve/handlers.h"

#include "base/hash.h"
#include <stdlib.h>
#include <string.h>

#define END {NULL, HW_PARAM_TEXT, NULL, NULL, 0, 0, false, NULL}
#define LANGUAGE {"lang", HW_PARAM_ONE_OF, NULL, "ckb|en", 0, 0, false, "the language of the page"}

static const hw_param page_params[] = {LANGUAGE, END};

const hw_route hw_routes[] = {
    {HW_PAGE, "/", page_params, hw_page_front, "the first page"},
    {HW_FILE, "/static/{hash}/{name*}", NULL, hw_get_asset, "a file that pages need"},
    {HW_API, "/api/v1/counts", NULL, hw_api_counts, "how much the store has"},
    {HW_API, NULL, NULL, NULL, NULL}};

/* ---- finding the route ---------------------------------------------------------------------------------------------- */

static bool fits(const hw_request *rq, const char *pattern)
{
    unsigned at = 0;
    for (const char *p = pattern + 1;; p++, at++) {
        size_t k = strcspn(p, "/");
        if (at >= rq->n_segments) return false;
        const char *s = rq->segments[at];
        if (*p == '{' && p[k - 2] == '*') return *s != 0;
        if (*p == '{' ? !*s : strlen(s) != k || memcmp(s, p, k) != 0) return false;
        p += k;
        if (!*p) return at + 1 == rq->n_segments;
    }
}

static const hw_route *route_of(const hw_request *rq)
{
    for (const hw_route *r = hw_routes; r->pattern; r++)
        if (fits(rq, r->pattern)) return r;
    return NULL;
}

/* ---- answering ------------------------------------------------------------------------------------------------------ */

/* The store's version and the question: answers with the same tag are the same. */
static const char *etag_of(hw_request *rq)
{
    uint64_t h = hw_hash(rq->target, strlen(rq->target));
    h = hw_phrase(h, hw_hash(rq->language, strlen(rq->language)));
    return hw_sprintf(&rq->arena, "W/\"%llx-%llx\"", (unsigned long long)hw_server_version(rq->server), (unsigned long long)h);
}

static bool has_tag(hw_request *rq, const char *tag)
{
    const char *header = rq->if_none_match, *bare = !strncmp(tag, "W/", 2) ? tag + 2 : tag;
    return header && (!strcmp(header, "*") || hw_header_has(header, bare) || hw_header_has(header, hw_sprintf(&rq->arena, "W/%s", bare)));
}

static void answer(hw_request *rq, hw_response *rs)
{
    hewal_error err;
    rq->route = route_of(rq);
    if (!rq->route) {
        hw_refuse(rs, 404, NULL, "there is nothing at this address");
        return;
    }
    if (!hw_request_check(rq, rs)) return;
    const char *language = hw_value(rq, "lang");
    if (language) rq->language = language;
    if (rq->route->kind != HW_FILE) {
        rs->etag = etag_of(rq);
        if (has_tag(rq, rs->etag)) {
            rs->status = 304;
            return;
        }
        hw_store_limit(rq->store, HW_QUERY_SECONDS * 1000, hw_server_ending(rq->server));
        if (hw_store_read_begin(rq->store, &err) != HEWAL_OK) {
            hw_refuse_error(rs, &err);
            return;
        }
    }
    rq->route->handler(rq, rs);
    if (rq->route->kind == HW_FILE && !rs->problem[0] && has_tag(rq, rs->etag)) rs->status = 304;
}

/* After an answer, also one that memory ran out over. */
static void tidy(hw_request *rq, hw_response *rs)
{
    hw_cursor_close(rq->cursor);
    rq->cursor = NULL;
    if (!rq->store) return;
    if (rs->problem[0] && hw_store_limit_passed(rq->store)) hw_refuse(rs, 503, NULL, "the answer takes too long: ask for less");
    hw_store_read_end(rq->store);
    hw_store_limit(rq->store, 0, NULL);
}

void hw_dispatch(hw_request *rq, hw_response *rs)
{
    if (hw_arena_guard(&rq->arena)) hw_refuse(rs, 503, NULL, "out of memory");
    else if (!rs->problem[0]) answer(rq, rs);
    rq->arena.guarded = 0;
    tidy(rq, rs);
    if (!rs->status) rs->status = 200;
    if (rs->problem[0]) hw_response_error(rq, rs);
}
