/* For tests of the ingest stage: all that a reader gives of some bytes, or of paths. */
#ifndef HEWAL_TESTS_INGEST_KIT_H
#define HEWAL_TESTS_INGEST_KIT_H
#include "folder.h"

#include "ingest/ingest.h"

#define P1 "سەرۆکی هەرێمی کوردستان ئەمڕۆ لە هەولێر لەگەڵ شاندێکی باڵا کۆبووەوە."
#define P2 "لە کۆبوونەوەکەدا باس لە پەیوەندییەکانی نێوان هەولێر و بەغدا کرا و گفتوگۆ بەردەوامە."
#define P3 "بڕیارە هەفتەی داهاتوو شاندێکی تر سەردانی بەغدا بکات بۆ تەواوکردنی گفتوگۆکان."

enum { INGEST_MAX = 64 };

typedef struct {
    hw_article *a[INGEST_MAX];
    size_t n, refused;
    char said[INGEST_MAX][512];
    hewal_status status[INGEST_MAX];
    uint64_t left_out;
} outcome;

KIT_UNUSED static outcome *ingest_all(hw_reader *r)
{
    static outcome o;
    hewal_error err;
    memset(&o, 0, sizeof o);
    hw_article *a;
    for (hw_read_result got; (got = hw_reader_next(r, &a, &err)) != HW_READ_END;) {
        assert_true(o.n < INGEST_MAX && o.refused < INGEST_MAX);
        if (got == HW_READ_ARTICLE) {
            assert_int_equal(strlen(a->text), a->text_len);
            assert_true(a->text_len > 0 && a->id && *a->id && a->origin);
            o.a[o.n++] = a;
        } else {
            assert_null(a);
            assert_null(strchr(err.message, '\n'));
            assert_int_not_equal(err.status, HEWAL_OK);
            o.status[o.refused] = err.status;
            snprintf(o.said[o.refused++], sizeof o.said[0], "%s", err.message);
        }
    }
    o.left_out = hw_reader_left_out(r);
    hw_reader_close(r);
    return &o;
}

KIT_UNUSED static outcome *ingest_bytes_as(const char *name, const void *bytes, size_t n, hw_input input, const hw_map *map, const hw_limits *limits)
{
    hw_reader *r;
    assert_int_equal(hw_reader_open_bytes(&r, bytes, n, name, input, NULL), HEWAL_OK);
    if (map) hw_reader_name_parts(r, map);
    if (limits) hw_reader_limit(r, limits);
    return ingest_all(r);
}

KIT_UNUSED static outcome *ingest_bytes(const char *name, const void *bytes, size_t n)
{
    return ingest_bytes_as(name, bytes, n, HW_AUTO, NULL, NULL);
}

KIT_UNUSED static outcome *ingest_text(const char *name, const char *text)
{
    return ingest_bytes(name, text, strlen(text));
}

KIT_UNUSED static void ingest_free(outcome *o)
{
    for (size_t i = 0; i < o->n; i++) hw_article_free(o->a[i]);
    o->n = 0;
}

/* `n` articles and no refusal, and so many left out. */
KIT_UNUSED static void ingest_must(const outcome *o, size_t n, size_t refused, size_t left_out)
{
    if (o->n != n || o->refused != refused || o->left_out != left_out)
        fail_msg("%zu articles, %zu refused, %d left out, not %zu, %zu, %zu; first: %s", o->n, o->refused, (int)o->left_out, n, refused, left_out, o->refused ? o->said[0] : o->n ? o->a[0]->text : "");
}

KIT_UNUSED static void ingest_said(const outcome *o, size_t i, const char *what)
{
    assert_true(i < o->refused);
    if (!strstr(o->said[i], what)) fail_msg("«%s» does not say «%s»", o->said[i], what);
}
#endif
