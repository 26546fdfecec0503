/* In: words. Out: the articles that say so, best first, as JSON, CSV or JSON lines. */
#include "serve/handlers.h"

#include <string.h>

enum { MOST_HITS = 10000 }; /* of a download: what comes behind is not worth reading */

hw_results *hw_search_run(hw_request *rq, hw_response *rs, size_t limit)
{
    hw_search_options o = {.limit = limit, .from = hw_value(rq, "from"), .to = hw_value(rq, "to"), .outlet = hw_value(rq, "outlet"), .after = hw_value(rq, "after"),
                           .order = hw_value_is(rq, "sort", "date") ? HW_NEWEST_FIRST : HW_BEST_FIRST, .ageless = hw_value_is(rq, "sort", "words"), .facets = hw_value_is(rq, "facets", "1"),
                           .groups = rq->route->kind == HW_FEED || hw_value_is(rq, "groups", "1")};
    hw_results *r = NULL;
    hewal_error err;
    if (hw_search(rq->store, rq->model, hw_value(rq, "q"), &o, &r, &err) == HEWAL_OK) return r;
    hw_refuse_error(rs, &err);
    if (rs->status == 400) rs->parameter = strstr(err.message, "go on from") ? "after" : "q";
    return NULL;
}

static void put_csv(hw_buf *b, const hw_results *r)
{
    hw_puts(b, "id,score,title,published,outlet,url,snippet\r\n");
    for (size_t i = 0; i < r->n; i++) {
        const hw_hit *h = &r->hits[i];
        hw_put_cell(b, h->id, true);
        hw_putf(b, ",%.4f", h->score);
        hw_put_cell(b, h->title, false);
        hw_put_cell(b, h->published, false);
        hw_put_cell(b, h->outlet, false);
        hw_put_cell(b, h->url, false);
        hw_put_cell(b, h->snippet, false);
        hw_puts(b, "\r\n");
    }
}

/* The answer has an array of items: each on a line of its own. */
static void put_lines(hw_buf *b, const hw_results *r)
{
    for (size_t i = 0; i < r->n; i++) {
        const hw_hit *h = &r->hits[i];
        hw_putc(b, '{');
        hw_put_member(b, "id", h->id);
        hw_putf(b, ",\"score\":%.4f", h->score);
        hw_put_member(b, "title", h->title);
        hw_put_member(b, "published", h->published);
        hw_put_member(b, "outlet", h->outlet);
        hw_put_member(b, "url", h->url);
        hw_put_member(b, "snippet", h->snippet);
        hw_puts(b, "}\n");
    }
}

void hw_api_search(hw_request *rq, hw_response *rs)
{
    bool csv = hw_value_is(rq, "format", "csv"), lines = hw_value_is(rq, "format", "jsonl");
    size_t limit = MOST_HITS;
    if (csv || lines) limit = hw_limit_read(rq, MOST_HITS) < MOST_HITS ? hw_limit_read(rq, MOST_HITS) : MOST_HITS;
    else if (!hw_page_size(rq, rs, &limit)) return;
    hw_results *r = hw_search_run(rq, rs, limit);
    if (!r) return;
    hw_buf b = hw_buf_on(&rs->body);
    if (csv) {
        rs->type = "text/csv; charset=utf-8; header=present";
        rs->file_name = "search.csv";
        put_csv(&b, r);
    } else if (lines) {
        rs->type = "application/x-ndjson";
        rs->file_name = "search.jsonl";
        put_lines(&b, r);
    } else {
        b.failed = hw_results_json(r, &rs->body) != HEWAL_OK;
        if (rs->body.len) rs->body.len--; /* open again, for one more member */
        hw_puts(&b, r->some_words_only ? "}\n" : ",\"some_words_only\":false}\n");
    }
    hw_results_free(r);
    if (!hw_buf_ok(&b)) hw_refuse(rs, 503, NULL, "out of memory");
}
