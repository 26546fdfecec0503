/* In: a filter. Out: quotes, events or articles: a page of them as JSON, or all of them as a download, a line each, written as they
 * are read. One quote or event by its number. */
#include "serve/forms.h"
#include "serve/handlers.h"

#include <stdlib.h>
#include <string.h>

enum { PAGE = 20 };

typedef union {
    hw_quote_row quote;
    hw_event_row event;
    struct { hw_article_ref ref; size_t bytes; } article;
} row;

typedef struct list { /* what a kind of list has */
    hewal_status (*open)(hw_store *s, const hw_filter *f, hw_cursor **out, hewal_error *err);
    bool (*next)(hw_cursor *c, row *r);
    void (*json)(hw_buf *b, const row *r);
    void (*csv)(hw_buf *b, const row *r);
    const char *csv_head, *csv_name;
    const char *jsonl_name; /* NULL: JSON lines have whole records (forms.h) */
} list;

static bool next_quote(hw_cursor *c, row *r) { return hw_next_quote(c, &r->quote); }
static bool next_event(hw_cursor *c, row *r) { return hw_next_event(c, &r->event); }
static bool next_article(hw_cursor *c, row *r) { return hw_next_article(c, &r->article.ref, &r->article.bytes); }
static void quote_json(hw_buf *b, const row *r) { hw_put_quote_json(b, &r->quote); }
static void event_json(hw_buf *b, const row *r) { hw_put_event_json(b, &r->event); }
static void quote_csv(hw_buf *b, const row *r) { hw_put_quote_csv(b, &r->quote); }
static void event_csv(hw_buf *b, const row *r) { hw_put_event_csv(b, &r->event); }

static void article_json(hw_buf *b, const row *r)
{
    const hw_article_ref *a = &r->article.ref;
    hw_putc(b, '{');
    hw_put_member(b, "id", a->id);
    hw_put_member(b, "title", a->title);
    hw_put_member(b, "published", a->published);
    hw_putf(b, ",\"published_inferred\":%s", a->published_inferred ? "true" : "false");
    hw_put_member(b, "outlet", a->outlet);
    hw_put_member(b, "url", a->url);
    hw_putf(b, ",\"bytes\":%zu}", r->article.bytes);
}

static void article_csv(hw_buf *b, const row *r)
{
    const hw_article_ref *a = &r->article.ref;
    hw_put_cell(b, a->id, true);
    hw_put_cell(b, a->title, false);
    hw_put_cell(b, a->published, false);
    hw_put_cell(b, a->outlet, false);
    hw_put_cell(b, a->url, false);
    hw_putf(b, ",%zu", r->article.bytes);
}

static const list quotes = {hw_store_quotes, next_quote, quote_json, quote_csv, hw_quote_csv_head, "quotes.csv", "quotes.jsonl"};
static const list events = {hw_store_events, next_event, event_json, event_csv, hw_event_csv_head, "events.csv", "events.jsonl"};
static const list articles = {hw_store_articles, next_article, article_json, article_csv, "id,title,published,outlet,url,bytes", "articles.csv", NULL};

/* ---- downloads ------------------------------------------------------------------------------------------------------ */

typedef struct {
    hw_server *server;
    hw_store *store;
    hw_cursor *cursor;
    const list *list;
    const hw_format *form; /* of articles, with their records; NULL: rows */
    const hewal_model *model;
    bool csv, begun;
    size_t left;
} download;

static void download_free(void *ctx)
{
    download *d = ctx;
    hw_cursor_close(d->cursor);
    hw_handle_close(d->server, d->store);
    free(d);
}

/* The article's record; nothing when it has just been removed. */
static bool put_form(download *d, hewal_string *out, const char *id)
{
    hw_stored *a = NULL;
    if (hw_store_get(d->store, id, &a, NULL) != HEWAL_OK) return false;
    bool ok = !a || d->form->put(out, d->model, a);
    hw_stored_free(a);
    return ok;
}

static bool download_more(void *ctx, hewal_string *out, bool *failed)
{
    download *d = ctx;
    hw_buf b = hw_buf_on(out);
    row r;
    bool ok = true;
    if (!d->begun && d->csv) hw_putf(&b, "%s\r\n", d->list->csv_head);
    if (!d->begun && d->form && d->form->head) ok = d->form->head(out);
    d->begun = true;
    if (ok && d->left && d->list->next(d->cursor, &r)) {
        d->left--;
        if (d->form) ok = put_form(d, out, r.article.ref.id);
        else if (d->csv) d->list->csv(&b, &r);
        else d->list->json(&b, &r);
        if (!d->form) hw_puts(&b, d->csv ? "\r\n" : "\n");
        *failed = !ok || !hw_buf_ok(&b);
        return !*failed;
    }
    *failed = !ok || !hw_buf_ok(&b) || hw_cursor_error(d->cursor, NULL) != HEWAL_OK;
    return false;
}

static void begin_download(hw_request *rq, hw_response *rs, const list *l, const hw_filter *f)
{
    hewal_error err;
    const char *format = hw_value(rq, "format");
    bool csv = !strcmp(format, "csv");
    const hw_format *form = l->jsonl_name ? NULL : hw_form_named(format);
    hw_store *s = hw_handle_open(rq->server, rs);
    download *d = s ? calloc(1, sizeof *d) : NULL;
    if (!s) return;
    if (!d) {
        hw_handle_close(rq->server, s);
        hw_refuse(rs, 503, NULL, "out of memory");
        return;
    }
    *d = (download){.server = rq->server, .store = s, .list = l, .csv = csv, .form = form, .model = rq->model, .left = hw_limit_read(rq, SIZE_MAX)};
    rs->stream = download_more;
    rs->stream_free = download_free;
    rs->stream_ctx = d;
    rs->type = form ? form->type : csv ? "text/csv; charset=utf-8; header=present" : "application/x-ndjson";
    rs->file_name = form ? form->file_name : csv ? l->csv_name : l->jsonl_name;
    if (l->open(s, f, &d->cursor, &err) != HEWAL_OK) hw_refuse_error(rs, &err);
}

/* ---- pages ---------------------------------------------------------------------------------------------------------- */

bool hw_page_size(const hw_request *rq, hw_response *rs, size_t *limit)
{
    *limit = hw_limit_read(rq, PAGE);
    if (*limit <= HW_MAX_LIST) return true;
    hw_refuse(rs, 400, "limit", "limit: at most %d at a time; format=jsonl and format=csv give as many as there are", HW_MAX_LIST);
    return false;
}

static void put_page(hw_request *rq, hw_response *rs, const list *l, size_t limit)
{
    hewal_error err;
    hw_buf b = hw_buf_on(&rs->body);
    row r;
    size_t n = 0;
    hw_puts(&b, "{\"items\":[");
    while (n < limit && l->next(rq->cursor, &r)) {
        hw_puts(&b, n++ ? ",\n" : "\n");
        l->json(&b, &r);
    }
    char mark[64] = "";
    if (n == limit) hw_cursor_mark(rq->cursor, mark, sizeof mark);
    hw_puts(&b, "],\"next\":");
    hw_put_json_s(&b, mark[0] ? mark : NULL);
    hw_puts(&b, "}\n");
    if (hw_cursor_error(rq->cursor, &err) != HEWAL_OK) hw_refuse_error(rs, &err);
    else if (!hw_buf_ok(&b)) hw_refuse(rs, 503, NULL, "out of memory");
}

static void answer(hw_request *rq, hw_response *rs, const list *l)
{
    hw_filter f;
    hewal_error err;
    size_t limit;
    if (!hw_filter_read(rq, rs, &f)) return;
    if (!hw_value_is(rq, "format", "json")) begin_download(rq, rs, l, &f);
    else if (!hw_page_size(rq, rs, &limit)) return;
    else if (l->open(rq->store, &f, &rq->cursor, &err) != HEWAL_OK) hw_refuse_error(rs, &err);
    else put_page(rq, rs, l, limit);
}

void hw_api_quotes(hw_request *rq, hw_response *rs) { answer(rq, rs, &quotes); }
void hw_api_events(hw_request *rq, hw_response *rs) { answer(rq, rs, &events); }
void hw_api_articles(hw_request *rq, hw_response *rs) { answer(rq, rs, &articles); }

/* ---- one ------------------------------------------------------------------------------------------------------------ */

static void answer_one(hw_request *rq, hw_response *rs, const list *l, const char *what)
{
    hw_filter f = {0};
    hewal_error err;
    row r;
    if (!hw_id_read(rq, rs, &f.id)) return;
    if (l->open(rq->store, &f, &rq->cursor, &err) != HEWAL_OK) {
        hw_refuse_error(rs, &err);
        return;
    }
    hw_buf b = hw_buf_on(&rs->body);
    if (l->next(rq->cursor, &r)) l->json(&b, &r);
    else if (hw_cursor_error(rq->cursor, &err) != HEWAL_OK) hw_refuse_error(rs, &err);
    else hw_refuse(rs, 404, NULL, "there is no %s of the number %lld", what, (long long)f.id);
    hw_putc(&b, '\n');
    if (!hw_buf_ok(&b)) hw_refuse(rs, 503, NULL, "out of memory");
}

void hw_api_quote(hw_request *rq, hw_response *rs) { answer_one(rq, rs, &quotes, "quote"); }
void hw_api_event(hw_request *rq, hw_response *rs) { answer_one(rq, rs, &events, "event"); }

void hw_api_article(hw_request *rq, hw_response *rs)
{
    hw_stored *a = NULL;
    hewal_error err;
    const hw_format *form = hw_form_named(hw_value(rq, "format"));
    if (hw_store_get(rq->store, hw_segment(rq, 0), &a, &err) != HEWAL_OK) {
        hw_refuse_error(rs, &err);
        return;
    }
    hw_buf b = hw_buf_on(&rs->body);
    if (!a) hw_refuse(rs, 404, NULL, "there is no article of this id");
    else if (form) {
        rs->type = form->type;
        if ((form->head && !form->head(&rs->body)) || !form->put(&rs->body, rq->model, a)) hw_refuse(rs, 503, NULL, "out of memory");
    } else {
        b.failed = !hw_put_record(&b, a, true);
        hw_putc(&b, '\n');
    }
    hw_stored_free(a);
    if (!hw_buf_ok(&b)) hw_refuse(rs, 503, NULL, "out of memory");
}
