/* In: requests as libmicrohttpd gives them. Out: answers with all their headers; a line of the log. */
#include "serve/http.h"

#include <arpa/inet.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>
#include <time.h>
#include <zlib.h>

enum { STREAM_BLOCK = 64 * 1024, WORTH_GZIP = 1400, GZIP_LEVEL = 4 };

typedef struct { /* one request, from its first line to its end */
    char *target;
    struct timespec begun;
    bool answering;
    unsigned status;
    uint64_t bytes; /* of the body; of a stream: those written */
    const char *method; /* a string constant */
} exchange;

/* Scripts, styles, images and calls come from here and nowhere else; nobody may frame a page. */
static const struct { const char *name, *value; } always[] = {
    {"Content-Security-Policy", "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; font-src 'self'; connect-src 'self'; "
                                "base-uri 'none'; form-action 'self'; frame-ancestors 'none'"},
    {"X-Content-Type-Options", "nosniff"},
    {"Referrer-Policy", "no-referrer"},
    {"Cross-Origin-Resource-Policy", "same-origin"},
    {"Cross-Origin-Opener-Policy", "same-origin"},
    {"X-Frame-Options", "DENY"},
};

/* ---- host ----------------------------------------------------------------------------------------------------------- */

static bool is_address(const char *host, size_t n)
{
    char s[64];
    unsigned char a[16];
    if (n >= sizeof s) return false;
    memcpy(s, host, n);
    s[n] = 0;
    return inet_pton(AF_INET, s, a) == 1 || inet_pton(AF_INET6, s, a) == 1;
}

static bool is_listed(const char *names, const char *host, size_t n)
{
    for (const char *p = names; *p;) {
        size_t k = strcspn(p, ",");
        if (k == n && !strncasecmp(p, host, n)) return true;
        p += k + (p[k] == ',');
    }
    return false;
}

bool hw_host_is_ours(const hw_server *s, const char *host)
{
    size_t n = strcspn(host, ":");
    const char *port = host + n;
    if (host[0] == '[') { /* [::1]:8080 */
        const char *end = strchr(host, ']');
        if (!end) return false;
        port = end + 1;
        host++;
        n = (size_t)(end - host);
    }
    if (*port && (*port != ':' || port[1 + strspn(port + 1, "0123456789")])) return false;
    if (!n) return false;
    if (is_listed("localhost,127.0.0.1,::1", host, n) || is_listed(s->address, host, n) || is_listed(s->names, host, n)) return true;
    return s->any_address && is_address(host, n); /* a name may be turned against us, a number may not */
}

/* ---- asking --------------------------------------------------------------------------------------------------------- */

void *hw_http_target(void *ctx, const char *target, struct MHD_Connection *c)
{
    (void)ctx;
    (void)c;
    exchange *x = calloc(1, sizeof *x);
    if (!x) return NULL;
    clock_gettime(CLOCK_MONOTONIC, &x->begun);
    x->method = "?";
    x->target = strdup(target);
    return x;
}

/* request.c decodes. */
size_t hw_http_leave(void *ctx, struct MHD_Connection *c, char *s)
{
    (void)ctx;
    (void)c;
    return strlen(s);
}

void hw_http_log(void *ctx, const char *fmt, va_list ap)
{
    hw_server *s = ctx;
    char line[512];
    if (!s->verbose) return;
    vsnprintf(line, sizeof line, fmt, ap);
    line[strcspn(line, "\r\n")] = 0;
    fprintf(stderr, "hewal: serve: %s\n", line);
}

static const char *header(struct MHD_Connection *c, const char *name)
{
    return MHD_lookup_connection_value(c, MHD_HEADER_KIND, name);
}

static bool has_body(struct MHD_Connection *c)
{
    const char *length = header(c, "Content-Length");
    return header(c, "Transfer-Encoding") || (length && strspn(length, "0") != strlen(length));
}

typedef struct { const char *method, *host; bool several, body; } asking;

static enum MHD_Result count_host(void *ctx, enum MHD_ValueKind kind, const char *key, const char *value)
{
    (void)kind;
    asking *a = ctx;
    if (strcasecmp(key, "Host") != 0) return MHD_YES;
    a->several = a->host != NULL;
    a->host = value ? value : "";
    return MHD_YES;
}

/* What must be right before anything is read. */
static void check(const hw_server *s, struct MHD_Connection *c, const char *version, const asking *a, hw_response *rs)
{
    if (!a->method) hw_refuse(rs, 405, NULL, "only GET and HEAD are answered");
    else if (has_body(c)) hw_refuse(rs, 413, NULL, "a request with a body is not answered");
    else if (a->several || (!a->host && strcmp(version, MHD_HTTP_VERSION_1_0) != 0)) hw_refuse(rs, 400, NULL, "one Host header is wanted");
    else if (a->host && !hw_host_is_ours(s, a->host)) hw_refuse(rs, 421, NULL, "this server is not called so (see hewal serve --names)");
}

/* ---- answering ------------------------------------------------------------------------------------------------------ */

typedef struct {
    hw_response rs; /* owns the stream */
    exchange *x;
    hewal_string ready;
    size_t at;
    bool ended, failed;
} stream;

static ssize_t stream_read(void *ctx, uint64_t pos, char *buf, size_t max)
{
    (void)pos;
    stream *t = ctx;
    while (t->at == t->ready.len && !t->ended && !t->failed) {
        t->ready.len = t->at = 0;
        while (t->ready.len < STREAM_BLOCK && !t->ended && !t->failed) t->ended = !t->rs.stream(t->rs.stream_ctx, &t->ready, &t->failed);
    }
    if (t->failed) return MHD_CONTENT_READER_END_WITH_ERROR;
    if (t->at == t->ready.len) return MHD_CONTENT_READER_END_OF_STREAM;
    size_t n = t->ready.len - t->at < max ? t->ready.len - t->at : max;
    memcpy(buf, t->ready.s + t->at, n);
    t->at += n;
    t->x->bytes += n;
    return (ssize_t)n;
}

static void stream_free(void *ctx)
{
    stream *t = ctx;
    hewal_string_free(&t->ready);
    hw_response_free(&t->rs);
    free(t);
}

/* Replaces the body by its gzip where that is asked for and worth it. */
static bool squeeze(const hw_request *rq, hw_response *rs)
{
    z_stream z = {0};
    if (!rq->gzip || rs->body.len < WORTH_GZIP || rs->body.len > UINT32_MAX) return false;
    if (deflateInit2(&z, GZIP_LEVEL, Z_DEFLATED, 15 + 16, 8, Z_DEFAULT_STRATEGY) != Z_OK) return false;
    uLong cap = deflateBound(&z, rs->body.len);
    char *out = malloc(cap);
    z.next_in = (Bytef *)rs->body.s;
    z.avail_in = (uInt)rs->body.len;
    z.next_out = (Bytef *)out;
    z.avail_out = (uInt)cap;
    bool ok = out && deflate(&z, Z_FINISH) == Z_STREAM_END;
    size_t n = z.total_out;
    deflateEnd(&z);
    if (!ok) {
        free(out);
        return false;
    }
    free(rs->body.s);
    rs->body = (hewal_string){out, n, cap};
    return true;
}

/* Takes what rs holds. NULL when memory runs out. */
static struct MHD_Response *make(const hw_request *rq, hw_response *rs, exchange *x, bool *gzip)
{
    struct MHD_Response *r;
    *gzip = false;
    if (rs->stream) {
        stream *t = calloc(1, sizeof *t);
        if (!t) return NULL;
        *t = (stream){.rs = *rs, .x = x};
        r = MHD_create_response_from_callback(MHD_SIZE_UNKNOWN, STREAM_BLOCK, stream_read, t, stream_free);
        if (r) rs->stream_free = NULL;
        else free(t);
        return r;
    }
    if (rs->fixed) {
        *gzip = rs->fixed_gzip;
        x->bytes = rs->n_fixed;
        return MHD_create_response_from_buffer(rs->n_fixed, (void *)(uintptr_t)rs->fixed, MHD_RESPMEM_PERSISTENT);
    }
    *gzip = squeeze(rq, rs);
    x->bytes = rs->body.len;
    r = MHD_create_response_from_buffer(rs->body.len, rs->body.s ? rs->body.s : "", rs->body.s ? MHD_RESPMEM_MUST_FREE : MHD_RESPMEM_PERSISTENT);
    if (r) rs->body = (hewal_string){0};
    return r;
}

static void add_headers(struct MHD_Response *r, const hw_request *rq, const hw_response *rs, bool gzip)
{
    for (size_t i = 0; i < sizeof always / sizeof *always; i++) MHD_add_response_header(r, always[i].name, always[i].value);
    if (rs->status != 304) MHD_add_response_header(r, "Content-Type", rs->type ? rs->type : "application/json");
    if (gzip) MHD_add_response_header(r, "Content-Encoding", "gzip");
    if (rs->etag) MHD_add_response_header(r, "ETag", rs->etag);
    if (rs->location) MHD_add_response_header(r, "Location", rs->location);
    if (rs->status == 405) MHD_add_response_header(r, "Allow", "GET, HEAD");
    if (rs->status == 503) MHD_add_response_header(r, "Retry-After", "10");
    MHD_add_response_header(r, "Cache-Control", rs->immutable ? "public, max-age=31536000, immutable" : rs->problem[0] ? "no-store" : "no-cache");
    MHD_add_response_header(r, "Vary", rq->route && rq->route->kind == HW_PAGE ? "Accept-Encoding, Accept-Language" : "Accept-Encoding");
    if (rs->file_name) {
        char s[128];
        snprintf(s, sizeof s, "attachment; filename=\"%s\"", rs->file_name);
        MHD_add_response_header(r, "Content-Disposition", s);
    }
}

static enum MHD_Result answer(hw_server *s, struct MHD_Connection *c, const char *version, const asking *a, exchange *x)
{
    hw_request rq = {.model = s->model, .server = s, .head = a->method && !strcmp(a->method, "HEAD"), .if_none_match = header(c, "If-None-Match"),
                     .accept = header(c, "Accept"), .language = hw_language_wanted(header(c, "Accept-Language"), "ckb"),
                     .gzip = hw_header_has(header(c, "Accept-Encoding"), "gzip"), .path = x->target};
    hw_response rs = {0};
    hw_arena_init(&rq.arena);
    check(s, c, version, a, &rs);
    char origin[300] = "";
    if (a->host && !rs.problem[0]) snprintf(origin, sizeof origin, "http://%s", a->host); /* one of our names, then */
    else snprintf(origin, sizeof origin, "%.*s", (int)strlen(s->url) - 1, s->url);
    rq.origin = origin;
    if (!rs.problem[0] && hw_arena_guard(&rq.arena)) hw_refuse(&rs, 503, NULL, "out of memory");
    else if (!rs.problem[0]) hw_request_read(&rq, x->target, &rs);
    rq.arena.guarded = 0;
    hw_dispatch(&rq, &rs);
    if (rs.status == 500) fprintf(stderr, "hewal: serve: %s\n", rs.detail[0] ? rs.detail : rs.problem);
    bool gzip;
    struct MHD_Response *r = make(&rq, &rs, x, &gzip);
    x->status = rs.status;
    if (r) add_headers(r, &rq, &rs, gzip);
    enum MHD_Result done = r ? MHD_queue_response(c, rs.status, r) : MHD_NO;
    if (r) MHD_destroy_response(r);
    hw_response_free(&rs);
    hw_arena_free(&rq.arena);
    return done;
}

enum MHD_Result hw_http_handle(void *ctx, struct MHD_Connection *c, const char *url, const char *method, const char *version, const char *upload,
                               size_t *n_upload, void **mine)
{
    (void)url;
    (void)upload;
    hw_server *s = ctx;
    exchange *x = *mine;
    if (!x || !x->target) return MHD_NO; /* memory ran out */
    asking a = {.method = !strcmp(method, "GET") ? "GET" : !strcmp(method, "HEAD") ? "HEAD" : NULL};
    MHD_get_connection_values(c, MHD_HEADER_KIND, count_host, &a);
    if (!x->answering) {
        const union MHD_ConnectionInfo *i = MHD_get_connection_info(c, MHD_CONNECTION_INFO_SOCKET_CONTEXT);
        x->answering = true;
        x->method = a.method ? a.method : "?";
        atomic_fetch_add(&s->active, 1);
        hw_connection_busy(s, i ? i->socket_context : NULL, true);
        /* With a body to come it is answered at once: nothing is read of it, and the connection ends. */
        if (a.method && !has_body(c)) return MHD_YES;
    }
    if (*n_upload) {
        *n_upload = 0;
        return MHD_YES;
    }
    return answer(s, c, version, &a, x);
}

void hw_http_completed(void *ctx, struct MHD_Connection *c, void **mine, enum MHD_RequestTerminationCode how)
{
    hw_server *s = ctx;
    exchange *x = *mine;
    if (!x) return;
    if (x->answering) {
        const union MHD_ConnectionInfo *i = MHD_get_connection_info(c, MHD_CONNECTION_INFO_SOCKET_CONTEXT);
        hw_connection_busy(s, i ? i->socket_context : NULL, false);
        atomic_fetch_sub(&s->active, 1);
    }
    if (s->verbose && x->target) {
        struct timespec t;
        clock_gettime(CLOCK_MONOTONIC, &t);
        for (char *p = x->target; *p; p++)
            if ((unsigned char)*p <= 0x20 || (unsigned char)*p >= 0x7F) *p = '?'; /* no line of its own, no colours */
        fprintf(stderr, "%s %s %u %llu %.1fms%s\n", x->method, x->target, x->status, (unsigned long long)x->bytes,
                (double)(t.tv_sec - x->begun.tv_sec) * 1e3 + (double)(t.tv_nsec - x->begun.tv_nsec) / 1e6,
                how == MHD_REQUEST_TERMINATED_COMPLETED_OK ? "" : " cut");
    }
    free(x->target);
    free(x);
    *mine = NULL;
}
