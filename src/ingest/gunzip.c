/* In: a source of gzip, one member or many. Out: a source of what was packed. zlib and not libarchive, for it checks the
 * sum at the end of each member. */
#include "ingest/source.h"

#include "base/err.h"
#include <stdlib.h>
#include <string.h>
#include <zlib.h>

typedef struct {
    hw_source *in;
    hw_budget *budget;
    z_stream z;
    bool open; /* inside a member */
} gunzip;

/* Begins the member that follows; *end: none does. What lies behind the last and is no member is left out, as gzip does. */
static hewal_status begin_member(gunzip *g, bool *end, hewal_error *err)
{
    size_t n;
    bool grew = true;
    const char *s = hw_source_window(g->in, &n);
    while (n < 2 && grew) {
        hewal_status st = hw_source_more(g->in, &grew, err);
        if (st != HEWAL_OK) return st;
        s = hw_source_window(g->in, &n);
    }
    *end = n < 2 || s[0] != '\x1F' || s[1] != '\x8B';
    if (*end) return HEWAL_OK;
    memset(&g->z, 0, sizeof g->z);
    if (inflateInit2(&g->z, 15 + 16) != Z_OK) return hw_fail(err, HEWAL_ENOMEM, "%s: out of memory", hw_source_name(g->in));
    g->open = true;
    return HEWAL_OK;
}

static hewal_status inflate_some(gunzip *g, char *out, size_t room, size_t *got, hewal_error *err)
{
    const char *name = hw_source_name(g->in);
    size_t n;
    bool grew = true;
    const char *s = hw_source_window(g->in, &n);
    if (!n) {
        hewal_status st = hw_source_more(g->in, &grew, err);
        if (st != HEWAL_OK) return st;
        if (!grew) return hw_fail(err, HEWAL_EFORMAT, "%s: the gzip file is cut off", name);
        s = hw_source_window(g->in, &n);
    }
    if (n > 1u << 30) n = 1u << 30;
    g->z.next_in = (unsigned char *)(uintptr_t)s;
    g->z.avail_in = (uInt)n;
    g->z.next_out = (unsigned char *)out;
    g->z.avail_out = (uInt)room;
    int z = inflate(&g->z, Z_NO_FLUSH);
    hw_source_take(g->in, n - g->z.avail_in);
    *got = room - g->z.avail_out;
    if (z == Z_STREAM_END) {
        inflateEnd(&g->z);
        g->open = false;
    } else if (z != Z_OK && z != Z_BUF_ERROR) {
        return hw_fail(err, HEWAL_EFORMAT, "%s: the gzip file is damaged", name);
    }
    return hw_budget_spend(g->budget, *got, name, err);
}

static hewal_status pull(void *ctx, char *out, size_t room, size_t *n, hewal_error *err)
{
    gunzip *g = ctx;
    *n = 0;
    if (room > 1u << 30) room = 1u << 30;
    while (!*n) {
        hewal_status st = HEWAL_OK;
        bool end = false;
        if (!g->open) st = begin_member(g, &end, err);
        if (st != HEWAL_OK || end) return st;
        if ((st = inflate_some(g, out, room, n, err)) != HEWAL_OK) return st;
    }
    return HEWAL_OK;
}

static void close_gunzip(void *ctx)
{
    gunzip *g = ctx;
    if (g->open) inflateEnd(&g->z);
    free(g);
}

hewal_status hw_source_gunzip(hw_source **out, hw_source *in, hw_budget *b, hewal_error *err)
{
    gunzip *g = calloc(1, sizeof *g);
    *out = NULL;
    if (!g) return hw_fail(err, HEWAL_ENOMEM, "%s: out of memory", hw_source_name(in));
    g->in = in;
    g->budget = b;
    return hw_source_new(out, hw_source_name(in), pull, close_gunzip, g, err);
}
