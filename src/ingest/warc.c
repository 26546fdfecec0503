/* In: a WARC file (1.0 or 1.1), its records one after another. Out: an article for each page that was answered: the records
 * `response` (HTTP: chunked, gzip and deflate are undone) and `resource`. What is no page, or was no success, is left out and
 * counted. */
#include "base/buf.h"
#include "base/err.h"
#include "ingest/heads.h"

#include <stdlib.h>
#include <string.h>
#include <strings.h>
#include <zlib.h>

#define MAX_HEAD ((size_t)65536)

static hewal_status broken(hw_file *f, const char *what, hewal_error *err)
{
    f->ended = true;
    return hw_file_fail(f, err, HEWAL_EFORMAT, "%s", what);
}

/* ---- what HTTP wrapped it in ------------------------------------------------------------------------------------------ */

/* Chunks put together; false when it is not in chunks after all, as with tools that store the text and keep the head. */
static bool unchunk(hw_slice in, hewal_string *out)
{
    hw_buf b = hw_buf_on(out);
    const char *p = in.s, *end = in.s + in.n;
    for (;;) {
        size_t size = 0, digits = 0;
        for (; p < end && digits < 8; p++, digits++) {
            int d = *p >= '0' && *p <= '9' ? *p - '0' : (*p | 32) >= 'a' && (*p | 32) <= 'f' ? (*p | 32) - 'a' + 10 : -1;
            if (d < 0) break;
            size = size * 16 + (size_t)d;
        }
        const char *nl = digits ? memchr(p, '\n', (size_t)(end - p)) : NULL;
        if (!nl) return out->len > 0; /* cut off: what came counts */
        p = nl + 1;
        if (!size) return hw_buf_ok(&b);
        if (size > (size_t)(end - p)) size = (size_t)(end - p);
        hw_put(&b, p, size);
        p += size;
        while (p < end && (*p == '\r' || *p == '\n')) p++;
        if (p == end) return hw_buf_ok(&b);
    }
}

/* gzip, zlib, or bare deflate; at most `max` bytes. 1: good, 0: damaged, -1: too long. */
static int inflate_all(hw_slice in, size_t max, hewal_string *out)
{
    bool bare = in.n < 2 || ((in.s[0] != '\x1F' || in.s[1] != '\x8B') && (in.s[0] & 15) != 8);
    z_stream z = {.next_in = (unsigned char *)(uintptr_t)in.s, .avail_in = (uInt)in.n};
    char chunk[16384];
    hw_buf b = hw_buf_on(out);
    int got = Z_OK;
    if (inflateInit2(&z, bare ? -15 : 15 + 32) != Z_OK) return 0;
    while (got == Z_OK && out->len <= max && hw_buf_ok(&b)) {
        z.next_out = (unsigned char *)chunk;
        z.avail_out = sizeof chunk;
        got = inflate(&z, Z_NO_FLUSH);
        hw_put(&b, chunk, sizeof chunk - z.avail_out);
    }
    inflateEnd(&z);
    if (out->len > max) return -1;
    return hw_buf_ok(&b) && (got == Z_STREAM_END || out->len); /* cut off: what came counts */
}

/* ---- a record ----------------------------------------------------------------------------------------------------------- */

typedef struct { hw_slice type, length, target, date, content; } record;

static bool is_page(hw_slice content_type)
{
    hw_slice t = hw_head_type(content_type);
    return hw_slice_is(t, "text/html") || hw_slice_is(t, "application/xhtml+xml");
}

/* The page in `body`, whose head said so much of it. */
static hewal_status page_of(hw_file *f, hw_article **out, const record *r, hw_slice body, hw_slice content_type, hewal_error *err)
{
    char charset[24];
    hewal_string extra = {0};
    hw_parts p = {.path = f->name, .line = f->line, .extra = &extra, .url = r->target, .published = r->date, .published_from = "WARC-Date"};
    if (p.url.n > 2 && p.url.s[0] == '<') p.url.s++, p.url.n -= 2; /* WARC 1.0 as some wrote it */
    hw_slice_string(hw_head_parameter(content_type, "charset"), charset, sizeof charset);
    hewal_status st = hw_page_article(out, body.s, body.n, *charset ? charset : NULL, &p, err);
    hewal_string_free(&extra);
    return st;
}

/* The block of a response: HTTP's head, and the page. *out NULL with HEWAL_OK: none. */
static hewal_status response(hw_file *f, hw_article **out, const record *r, hw_slice block, hewal_error *err)
{
    size_t end = hw_head_end(block.s, block.n);
    hw_slice head = {block.s, end}, body = {block.s + end, block.n - end};
    const char *space = end > 12 && !strncasecmp(block.s, "HTTP/", 5) ? memchr(block.s, ' ', 12) : NULL;
    hw_slice type = hw_head_value(head, "Content-Type"), coding = hw_head_value(head, "Content-Encoding");
    if (!space || strncmp(space + 1, "200", 3) != 0 || !is_page(type) || !body.n) return f->left_out++, HEWAL_OK;
    hewal_string whole = {0}, plain = {0};
    hewal_status st = HEWAL_OK;
    if (hw_slice_is(hw_head_value(head, "Transfer-Encoding"), "chunked") && unchunk(body, &whole)) body = (hw_slice){whole.s ? whole.s : "", whole.len};
    if (hw_slice_is(coding, "gzip") || hw_slice_is(coding, "x-gzip") || hw_slice_is(coding, "deflate")) {
        bool packed = body.n > 2 && !hw_is_space(body.s[0]) && body.s[0] != '<'; /* some tools unpack and keep the head */
        int good = packed ? inflate_all(body, HW_MAX_FILE, &plain) : 1;
        if (good < 0) st = hw_file_fail(f, err, HEWAL_ETOOBIG, "a page longer than %u bytes", HEWAL_MAX_TEXT);
        else if (!good) st = hw_file_fail(f, err, HEWAL_EFORMAT, "the page is packed, and damaged");
        else if (packed) body = (hw_slice){plain.s, plain.len};
    } else if (coding.n && body.n && !hw_slice_is(coding, "identity") && body.s[0] != '<') {
        st = hw_file_fail(f, err, HEWAL_EFORMAT, "a page packed with %.*s, which is not read", (int)(coding.n < 20 ? coding.n : 20), coding.s);
    }
    if (st == HEWAL_OK) st = page_of(f, out, r, body, type, err);
    hewal_string_free(&whole);
    hewal_string_free(&plain);
    return st;
}

/* A record whose head was read: its block is taken whatever it is. */
static hewal_status block_of(hw_file *f, hw_article **out, const record *r, uint64_t length, hewal_error *err)
{
    bool answer = hw_slice_is(r->type, "response") && hw_slice_is(hw_head_type(r->content), "application/http");
    bool resource = hw_slice_is(r->type, "resource") && is_page(r->content), all, told = false;
    hewal_status st;
    if ((!answer && !resource) || length > HW_MAX_FILE) {
        if (answer || resource) told = true;
        else f->left_out += hw_slice_is(r->type, "resource") || hw_slice_is(r->type, "revisit") || hw_slice_is(r->type, "response");
        if ((st = hw_source_skip(f->in, length, &all, err)) != HEWAL_OK) return f->ended = true, st;
        if (!all) return broken(f, "the record breaks off", err);
        return told ? hw_file_fail(f, err, HEWAL_ETOOBIG, "a page longer than %u bytes", HEWAL_MAX_TEXT) : HEWAL_OK;
    }
    size_t n;
    if ((st = hw_source_all(f->in, (size_t)length, &all, err)) != HEWAL_OK) return f->ended = true, st;
    const char *s = hw_source_window(f->in, &n);
    if (n < length) return broken(f, "the record breaks off", err);
    hw_slice block = {s, (size_t)length};
    st = answer ? response(f, out, r, block, err) : page_of(f, out, r, block, r->content, err);
    hw_source_take(f->in, (size_t)length);
    return st;
}

/* The head of the next record, copied; n 0: there is none. */
static hewal_status next_head(hw_file *f, hewal_string *head, hewal_error *err)
{
    for (bool grew = true;;) {
        size_t n, skip = 0;
        const char *s = hw_source_window(f->in, &n);
        while (skip < n && (s[skip] == '\r' || s[skip] == '\n')) skip++;
        hw_source_take(f->in, skip);
        s = hw_source_window(f->in, &n);
        size_t end = hw_head_end(s, n < MAX_HEAD ? n : MAX_HEAD);
        if (n && end) {
            f->line++;
            if (n < 5 || memcmp(s, "WARC/", 5) != 0) return broken(f, "no record begins here", err);
            hw_buf b = hw_buf_on(head);
            hw_put(&b, s, end);
            hw_source_take(f->in, end);
            return hw_buf_ok(&b) ? HEWAL_OK : broken(f, "out of memory", err);
        }
        if (n >= MAX_HEAD) return f->line++, broken(f, "the head of the record does not end", err);
        if (!grew) return n ? (f->line++, broken(f, "the record breaks off", err)) : HEWAL_OK;
        hewal_status st = hw_source_more(f->in, &grew, err);
        if (st != HEWAL_OK) return f->ended = true, st;
    }
}

static hewal_status next_record(hw_file *f, hw_article **out, bool *end, hewal_error *err)
{
    hewal_string head = {0};
    hewal_status st = next_head(f, &head, err);
    *end = !head.len;
    if (st == HEWAL_OK && head.len) {
        hw_slice h = {head.s, head.len};
        record r = {hw_head_value(h, "WARC-Type"), hw_head_value(h, "Content-Length"), hw_head_value(h, "WARC-Target-URI"),
                    hw_head_value(h, "WARC-Date"), hw_head_value(h, "Content-Type")};
        uint64_t length = 0;
        bool good = r.length.n && r.length.n < 16;
        for (size_t i = 0; good && i < r.length.n; i++) {
            good = r.length.s[i] >= '0' && r.length.s[i] <= '9';
            length = length * 10 + (uint64_t)(r.length.s[i] - '0');
        }
        st = good ? block_of(f, out, &r, length, err) : broken(f, "the record does not say how long it is", err);
    }
    hewal_string_free(&head);
    return st;
}

static hewal_status next(hw_file *f, hw_article **out, hewal_error *err)
{
    bool end = false;
    while (!end && !*out) {
        hewal_status st = next_record(f, out, &end, err);
        if (st != HEWAL_OK) return st;
    }
    return HEWAL_OK;
}

static bool is(const hw_look *l)
{
    return l->n >= 7 && !memcmp(l->s, "WARC/1.", 7);
}

/* Where lines are told elsewhere it is records here: pages.warc:7 is the seventh. */
const hw_format hw_warc = {.name = "WARC", .is = is, .any_encoding = true, .next = next};
