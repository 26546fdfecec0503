/* In: the name of a file that pages need. Out: the file; and over HTTP its bytes. */
#include "serve/assets.h"
#include "serve/handlers.h"

#include <string.h>

const hw_asset *hw_asset_named(const char *name)
{
    for (const hw_asset *a = hw_assets; a->name; a++)
        if (!strcmp(a->name, name)) return a;
    return NULL;
}

/* /static/HASH/NAME, /static/HASH/FOLDER/NAME. A page from before an update asks for another hash: it gets the file as it is
 * now, but must ask again. */
void hw_get_asset(hw_request *rq, hw_response *rs)
{
    const char *name = rq->segments[2];
    for (unsigned i = 3; i < rq->n_segments; i++) name = hw_sprintf(&rq->arena, "%s/%s", name, rq->segments[i]);
    const hw_asset *a = hw_asset_named(name);
    if (!a) {
        hw_refuse(rs, 404, NULL, "there is no such file");
        return;
    }
    const char *hash = hw_assets_base + strlen("/static/");
    rs->immutable = !strncmp(hash, rq->segments[1], strlen(hash) - 1) && strlen(rq->segments[1]) == strlen(hash) - 1;
    rs->type = a->type;
    rs->etag = a->etag;
    rs->fixed_gzip = rq->gzip && a->gzip;
    rs->fixed = rs->fixed_gzip ? a->gzip : a->bytes;
    rs->n_fixed = rs->fixed_gzip ? a->n_gzip : a->n;
}

/* docs/openapi.json. */
void hw_api_openapi(hw_request *rq, hw_response *rs)
{
    const hw_asset *a = hw_asset_named("openapi.json");
    if (!a) {
        hw_refuse(rs, 404, NULL, "the description was not built in");
        return;
    }
    rs->etag = a->etag;
    rs->fixed_gzip = rq->gzip && a->gzip;
    rs->fixed = rs->fixed_gzip ? a->gzip : a->bytes;
    rs->n_fixed = rs->fixed_gzip ? a->n_gzip : a->n;
}
