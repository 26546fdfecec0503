/* WARC: pages out of crawls, however HTTP packed them. */
#include "ingest_kit.h"

#include <zlib.h>

#define PAGE "<html><head><meta property='og:title' content='سەردێڕ'></head><body><article><p>" P1 "</p><p>" P2 "</p></article></body></html>"

typedef struct { char s[1 << 16]; size_t n; } crawl;

static void record(crawl *w, const char *type, const char *content_type, const char *url, const char *head, const void *body, size_t n)
{
    w->n += (size_t)sprintf(w->s + w->n, "WARC/1.0\r\nWARC-Type: %s\r\nWARC-Target-URI: %s\r\nwarc-date: 2021-07-26T10:00:00Z\r\nWARC-Record-ID: <urn:uuid:1>\r\nContent-Type: %s\r\nContent-Length: %zu\r\n\r\n", type, url,
                            content_type, strlen(head) + n);
    w->n += (size_t)sprintf(w->s + w->n, "%s", head);
    memcpy(w->s + w->n, body, n);
    w->n += n;
    w->n += (size_t)sprintf(w->s + w->n, "\r\n\r\n");
}

static void answer(crawl *w, const char *url, const char *head, const void *body, size_t n)
{
    record(w, "response", "application/http; msgtype=response", url, head, body, n);
}

static size_t pack(const char *s, size_t n, int bits, char *out, size_t room)
{
    z_stream z = {.next_in = (unsigned char *)(uintptr_t)s, .avail_in = (uInt)n, .next_out = (unsigned char *)out, .avail_out = (uInt)room};
    assert_int_equal(deflateInit2(&z, 6, Z_DEFLATED, bits, 8, Z_DEFAULT_STRATEGY), Z_OK);
    assert_int_equal(deflate(&z, Z_FINISH), Z_STREAM_END);
    deflateEnd(&z);
    return room - z.avail_out;
}

static size_t in_chunks(const char *s, size_t n, char *out)
{
    size_t k = 0;
    for (size_t i = 0; i < n; i += 100) {
        size_t m = n - i < 100 ? n - i : 100;
        k += (size_t)sprintf(out + k, "%zX;x=y\r\n", m);
        memcpy(out + k, s + i, m);
        k += m;
        k += (size_t)sprintf(out + k, "\r\n");
    }
    return k + (size_t)sprintf(out + k, "0\r\n\r\n");
}

#define OK_HEAD "HTTP/1.1 200 OK\r\nContent-Type: text/html; charset=\"utf-8\"\r\n"

static void make(crawl *w)
{
    static char z[8192], c[16384];
    size_t n = strlen(PAGE), k;
    w->n = 0;
    record(w, "warcinfo", "application/warc-fields", "x", "", "software: x\r\n", 13);
    answer(w, "https://a.example/1", OK_HEAD "\r\n", PAGE, n);
    record(w, "request", "application/http; msgtype=request", "https://a.example/1", "", "GET / HTTP/1.1\r\n\r\n", 18);
    answer(w, "https://a.example/x.png", "HTTP/1.1 200 OK\r\nContent-Type: image/png\r\n\r\n", "\x89PNG\0\0", 6);
    answer(w, "https://a.example/404", "HTTP/1.1 404 Not Found\r\nContent-Type: text/html\r\n\r\n", PAGE, n);
    k = pack(PAGE, n, 15 + 16, z, sizeof z);
    answer(w, "https://a.example/gzip", OK_HEAD "Content-Encoding: gzip\r\n\r\n", z, k);
    answer(w, "https://a.example/both", OK_HEAD "Content-Encoding: gzip\r\nTransfer-Encoding: chunked\r\n\r\n", c, in_chunks(z, k, c));
    answer(w, "https://a.example/deflate", OK_HEAD "Content-Encoding: deflate\r\n\r\n", z, pack(PAGE, n, -15, z, sizeof z));
    answer(w, "https://a.example/chunks", OK_HEAD "Transfer-Encoding: chunked\r\n\r\n", c, in_chunks(PAGE, n, c));
    answer(w, "https://a.example/unpacked", OK_HEAD "Content-Encoding: gzip\r\nTransfer-Encoding: chunked\r\n\r\n", PAGE, n); /* the head tells of what was */
    answer(w, "https://a.example/br", OK_HEAD "Content-Encoding: br\r\n\r\n", "\x8b\x02\x80zz", 5);
    record(w, "resource", "text/html", "<https://a.example/resource>", "", "<html><head><meta property='article:published_time' content='2020-01-02'></head><body><p>" P1 "</p></body></html>",
           strlen("<html><head><meta property='article:published_time' content='2020-01-02'></head><body><p>" P1 "</p></body></html>"));
    answer(w, "https://a.example/arabic", "HTTP/1.0 200 OK\r\nContent-Type: text/html; charset=windows-1256\r\n\r\n", "<html><body><p>\xCF\xE5\xE6\xDF \xE5\xE6\xE1\xED\xD1 \xCF\xE5\xE6\xDF \xE5\xE6\xE1\xED\xD1 \xCF\xE5\xE6\xDF \xE5\xE6\xE1\xED\xD1 \xCF\xE5\xE6\xDF \xE5\xE6\xE1\xED\xD1</p></body></html>", 76);
}

static void assert_crawl(outcome *o)
{
    static const char *const urls[] = {"1", "gzip", "both", "deflate", "chunks", "unpacked", "resource", "arabic"};
    ingest_must(o, 8, 1, 2);
    ingest_said(o, 0, "packed with br");
    for (size_t i = 0; i < 8; i++) {
        char url[64];
        snprintf(url, sizeof url, "https://a.example/%s", urls[i]);
        assert_string_equal(o->a[i]->url, url);
        if (i < 6) assert_string_equal(o->a[i]->text, P1 "\n" P2);
        if (i < 6) assert_string_equal(o->a[i]->title, "سەردێڕ");
        assert_string_equal(o->a[i]->published, i == 6 ? "2020-01-02" : "2021-07-26T10:00:00Z");
        if (i == 6) assert_null(o->a[i]->extra);
        else assert_string_equal(o->a[i]->extra, "\"published_from\":\"WARC-Date\"");
    }
    assert_string_equal(o->a[7]->text, "دهوك هولير دهوك هولير دهوك هولير دهوك هولير");
    ingest_free(o);
}

static void records(void **state)
{
    (void)state;
    static crawl w;
    make(&w);
    outcome *o = ingest_bytes("x.warc", w.s, w.n);
    assert_string_equal(o->a[0]->origin, "x.warc:2");
    assert_crawl(o);
    /* gzip, a member a record */
    static char z[1 << 17];
    size_t n = 0;
    for (size_t at = 0, next; at < w.n; at = next) {
        char *p = memmem(w.s + at + 1, w.n - at - 1, "WARC/1.0", 8);
        next = p ? (size_t)(p - w.s) : w.n;
        n += pack(w.s + at, next - at, 15 + 16, z + n, sizeof z - n);
    }
    assert_crawl(ingest_bytes("x.warc.gz", z, n));
    for (size_t cut = 0; cut < w.n; cut += 97) ingest_free(ingest_bytes("cut.warc", w.s, cut));
}

static void broken(void **state)
{
    (void)state;
    static const struct { const char *s, *why; } bad[] = {
        {"WARC/1.0\r\nWARC-Type: response\r\n\r\n", "x.warc:1: the record does not say how long it is"},
        {"WARC/1.0\r\nContent-Length: 99999999999999999999\r\n\r\n", "how long"},
        {"WARC/1.0\r\nContent-Length: -5\r\n\r\n", "how long"},
        {"WARC/1.0\r\nContent-Length: 500\r\n\r\nshort", "breaks off"},
        {"WARC/1.0\r\nWARC-Type: response\r\nContent-Type: application/http\r\nContent-Length: 500\r\n\r\nshort", "breaks off"},
        {"WARC/1.0\r\nContent-Length: 5\r\n\r\nshort\r\n\r\nnonsense\r\n\r\n", "x.warc:2: no record begins here"},
        {"WARC/1.0\r\nContent-Length: 5\r\n\r\nshort\r\n\r\n", "no article in it"},
        {"WARC/1.0\r\nContent-Len", "breaks off"}};
    for (size_t i = 0; i < sizeof bad / sizeof *bad; i++) {
        outcome *o = ingest_text("x.warc", bad[i].s);
        ingest_must(o, 0, 1, 0);
        ingest_said(o, 0, bad[i].why);
    }
    /* a record of 60 MB in the midst is passed over, and the next is read */
    size_t n, k;
    char *s = kit_repeat("<p>دەق ", 60u << 20, &n), *all = malloc(n + 4096);
    static crawl w;
    assert_non_null(all);
    k = (size_t)sprintf(all, "WARC/1.0\r\nWARC-Type: resource\r\nContent-Type: text/html\r\nContent-Length: %zu\r\n\r\n", n);
    memcpy(all + k, s, n);
    k += n;
    w.n = 0;
    answer(&w, "https://a.example/1", OK_HEAD "\r\n", PAGE, strlen(PAGE));
    memcpy(all + k, "\r\n\r\n", 4);
    memcpy(all + k + 4, w.s, w.n);
    k += w.n + 4;
    outcome *o = ingest_bytes("x.warc", all, k);
    ingest_must(o, 1, 1, 0);
    ingest_said(o, 0, "x.warc:1: a page longer than");
    ingest_free(o);
    free(s);
    free(all);
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(records), cmocka_unit_test(broken)};
    return cmocka_run_group_tests_name("ingest_warc", tests, folder_make, folder_remove);
}
