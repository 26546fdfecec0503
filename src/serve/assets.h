/* The files that pages need (style sheets, scripts, fonts), compiled into the program from web/dist by tools/mkassets.py.
 * Their address holds a hash of them all: /static/HASH/NAME. So they may be kept for ever, and find each other by name. */
#ifndef HW_SERVE_ASSETS_H
#define HW_SERVE_ASSETS_H
#include <stddef.h>

typedef struct {
    const char *name; /* "hewal.css", "fonts/naskh.woff2" */
    const char *type; /* "text/css; charset=utf-8" */
    const unsigned char *bytes;
    size_t n;
    const unsigned char *gzip; /* the same, compressed; NULL where that makes it no smaller */
    size_t n_gzip;
    const char *etag;
} hw_asset;

extern const hw_asset hw_assets[]; /* by name, ended by one without a name */
extern const char hw_assets_base[]; /* "/static/HASH/" */

const hw_asset *hw_asset_named(const char *name); /* NULL when there is none */
#endif
