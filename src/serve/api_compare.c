/* In: an event. Out: its reports, an article each: whom each outlet quotes and through which channel; who is quoted by which of them,
 * so that one sees what one has and another leaves out. In: an article. Out: articles like it. */
#include "serve/handlers.h"

#include "base/vec.h"
#include <stdlib.h>
#include <string.h>

enum { MOST_REPORTS = 100, MOST_QUOTES = 200 /* of one article */ };

typedef struct { int64_t id; const char *name, *name_ckb, *type; uint32_t reports; } speaker;

typedef struct {
    hw_request *rq;
    hw_buf *b;
    HW_VEC(speaker) speakers;
    HW_VEC(const char *) articles; /* in order; an article may report an event twice */
} comparison;

/* Notes that the article `report` quotes somebody; the bits of `reports` stand for the first 32. */
static void note(comparison *x, const hw_entity_ref *e, uint32_t report)
{
    speaker *s = NULL;
    if (!e->id) return;
    for (uint32_t i = 0; i < x->speakers.n && !s; i++)
        if (x->speakers.v[i].id == e->id) s = &x->speakers.v[i];
    hw_arena *a = &x->rq->arena;
    if (!s) {
        s = hw_push(a, &x->speakers);
        *s = (speaker){e->id, e->name ? hw_strdup(a, e->name) : NULL, e->name_ckb ? hw_strdup(a, e->name_ckb) : NULL, hw_strdup(a, e->type), 0};
    }
    if (report < 32) s->reports |= UINT32_C(1) << report;
}

static bool put_quotes(comparison *x, const char *article, uint32_t report, hewal_error *err)
{
    hw_filter f = {.article = article, .oldest_first = true};
    hw_cursor *c;
    hw_quote_row q;
    if (hw_store_quotes(x->rq->store, &f, &c, err) != HEWAL_OK) return false;
    hw_puts(x->b, ",\"quotes\":[");
    for (size_t i = 0; i < MOST_QUOTES && hw_next_quote(c, &q); i++) {
        hw_puts(x->b, i ? ",\n" : "\n");
        hw_put_quote_json(x->b, &q);
        note(x, &q.speaker, report);
    }
    hw_putc(x->b, ']');
    bool ok = hw_cursor_error(c, err) == HEWAL_OK;
    hw_cursor_close(c);
    return ok;
}

static bool is_new(comparison *x, const char *article)
{
    for (uint32_t i = 0; i < x->articles.n; i++)
        if (!strcmp(x->articles.v[i], article)) return false;
    const char **a = hw_push(&x->rq->arena, &x->articles);
    *a = hw_strdup(&x->rq->arena, article);
    return true;
}

static bool put_reports(comparison *x, int64_t first, hewal_error *err)
{
    hw_filter f = {.reports_of = first, .oldest_first = true};
    hw_event_row v;
    if (hw_store_events(x->rq->store, &f, &x->rq->cursor, err) != HEWAL_OK) return false;
    hw_puts(x->b, ",\"reports\":[");
    bool ok = true;
    while (ok && x->articles.n < MOST_REPORTS && hw_next_event(x->rq->cursor, &v)) {
        if (!is_new(x, v.article.id)) continue;
        hw_puts(x->b, x->articles.n > 1 ? ",\n{\"event\":" : "\n{\"event\":");
        hw_put_event_json(x->b, &v);
        ok = put_quotes(x, v.article.id, x->articles.n - 1, err);
        hw_putc(x->b, '}');
    }
    hw_putc(x->b, ']');
    return ok && hw_cursor_error(x->rq->cursor, err) == HEWAL_OK;
}

static void put_speakers(comparison *x)
{
    hw_puts(x->b, ",\"speakers\":[");
    for (uint32_t i = 0; i < x->speakers.n; i++) {
        const speaker *s = &x->speakers.v[i];
        hw_puts(x->b, i ? ",\n{\"speaker\":" : "\n{\"speaker\":");
        hw_put_ref_json(x->b, &(hw_entity_ref){s->id, s->name, s->name_ckb, s->type});
        hw_puts(x->b, ",\"articles\":[");
        for (uint32_t k = 0, n = 0; k < x->articles.n && k < 32; k++)
            if (s->reports >> k & 1) {
                if (n++) hw_putc(x->b, ',');
                hw_put_json_s(x->b, x->articles.v[k]);
            }
        hw_puts(x->b, "]}");
    }
    hw_puts(x->b, "]}\n");
}

void hw_api_compare(hw_request *rq, hw_response *rs)
{
    hw_buf b = hw_buf_on(&rs->body);
    comparison x = {.rq = rq, .b = &b};
    hewal_error err;
    int64_t first;
    if (!hw_event_asked(rq, rs, &first)) return;
    hw_putf(&b, "{\"event\":%lld", (long long)first);
    if (!put_reports(&x, first, &err)) hw_refuse_error(rs, &err);
    else put_speakers(&x);
    if (!hw_buf_ok(&b)) hw_refuse(rs, 503, NULL, "out of memory");
}

/* ---- articles like one ---------------------------------------------------------------------------------------------- */

void hw_api_similar(hw_request *rq, hw_response *rs)
{
    hw_similar_row *v = NULL;
    hewal_error err;
    size_t n, limit;
    if (!hw_page_size(rq, rs, &limit)) return;
    if (hw_store_similar(rq->store, hw_segment(rq, 0), limit, &v, &n, &err) != HEWAL_OK) {
        hw_refuse_error(rs, &err);
        return;
    }
    hw_buf b = hw_buf_on(&rs->body);
    hw_puts(&b, "{\"items\":[");
    for (size_t i = 0; i < n; i++) {
        const hw_article_ref *a = &v[i].article;
        hw_puts(&b, i ? ",\n{" : "\n{");
        hw_put_member(&b, "id", a->id);
        hw_put_member(&b, "title", a->title);
        hw_put_member(&b, "published", a->published);
        hw_put_member(&b, "outlet", a->outlet);
        hw_put_member(&b, "url", a->url);
        hw_putf(&b, ",\"shared\":%lld}", (long long)v[i].shared);
    }
    hw_puts(&b, "],\"next\":null}\n");
    free(v);
    if (!hw_buf_ok(&b)) hw_refuse(rs, 503, NULL, "out of memory");
}
