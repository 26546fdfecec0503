/* In: a store. Out: how much it has, as JSON. */
#include "serve/handlers.h"

void hw_api_counts(hw_request *rq, hw_response *rs)
{
    hw_store_counts n;
    hewal_error err;
    if (hw_store_count(rq->store, &n, &err) != HEWAL_OK) {
        hw_refuse_error(rs, &err);
        return;
    }
    hw_buf b = hw_buf_on(&rs->body);
    hw_putf(&b, "{\"articles\":%lld,\"entities\":%lld,\"people\":%lld,\"speakers\":%lld,\"quotes\":%lld,\"events\":%lld,\"mentions\":%lld,\"bytes\":%llu",
            (long long)n.articles, (long long)n.entities, (long long)n.people, (long long)n.speakers, (long long)n.quotes, (long long)n.events,
            (long long)n.mentions, (unsigned long long)n.bytes);
    hw_put_member(&b, "first", n.first[0] ? n.first : NULL);
    hw_put_member(&b, "last", n.last[0] ? n.last : NULL);
    hw_puts(&b, "}\n");
    if (!hw_buf_ok(&b)) hw_refuse(rs, 503, NULL, "out of memory");
}
