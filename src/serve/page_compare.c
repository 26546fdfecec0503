/* The page of one event. In: its number. Out: its reports beside one another: who is quoted in which of them and through which
 * channel, whom only one has; and each report with its sentence and its quotes. */
#include "serve/page_facts.h"

#include "base/vec.h"
#include <string.h>

enum { REPORTS = 24, QUOTES = 200 /* of one article */ };

typedef struct {
    hw_article_ref article;
    unsigned quotes;
} report;

typedef struct {
    hw_entity_ref who;
    const char *channels[REPORTS]; /* by report; NULL: not quoted there */
    unsigned reports;
} voice;

typedef struct {
    hw_page *p;
    HW_VEC(report) reports;
    HW_VEC(voice) voices;
} comparison;

static const char *copy(hw_arena *a, const char *s)
{
    return s ? hw_strdup(a, s) : NULL;
}

static void note(comparison *x, const hw_quote_row *q, uint32_t which)
{
    hw_arena *a = &x->p->rq->arena;
    voice *v = NULL;
    const char *channel = strcmp(q->channel, "unspecified") != 0 ? hw_say_of(x->p, "channel", q->channel) : hw_say(x->p, "compare.yes");
    for (uint32_t i = 0; i < x->voices.n && !v; i++)
        if (x->voices.v[i].who.id == q->speaker.id) v = &x->voices.v[i];
    if (!v) {
        v = hw_push(a, &x->voices);
        *v = (voice){.who = {q->speaker.id, copy(a, q->speaker.name), copy(a, q->speaker.name_ckb), copy(a, q->speaker.type)}};
    }
    const char *had = v->channels[which];
    if (!had) v->reports++;
    v->channels[which] = !had ? channel : strstr(had, channel) ? had : hw_sprintf(a, "%s%s%s", had, hw_say(x->p, "list.comma"), channel);
}

static bool read_quotes(comparison *x, uint32_t which, hewal_error *err)
{
    hw_filter f = {.article = x->reports.v[which].article.id, .oldest_first = true};
    hw_cursor *c;
    hw_quote_row q;
    if (hw_store_quotes(x->p->rq->store, &f, &c, err) != HEWAL_OK) return false;
    for (int i = 0; i < QUOTES && hw_next_quote(c, &q); i++) {
        if (q.speaker.id) note(x, &q, which);
        x->reports.v[which].quotes++;
    }
    bool ok = hw_cursor_error(c, err) == HEWAL_OK;
    hw_cursor_close(c);
    return ok;
}

static bool is_new(const comparison *x, const char *article)
{
    for (uint32_t i = 0; i < x->reports.n; i++)
        if (!strcmp(x->reports.v[i].article.id, article)) return false;
    return true;
}

/* Reads all reports, and shows of the first what the event is. */
static bool read_reports(comparison *x, int64_t first, hewal_error *err)
{
    hw_filter f = {.reports_of = first, .oldest_first = true};
    hw_arena *a = &x->p->rq->arena;
    hw_event_row v;
    hw_cursor *c;
    if (hw_store_events(x->p->rq->store, &f, &c, err) != HEWAL_OK) return false;
    while (x->reports.n < REPORTS && hw_next_event(c, &v)) {
        if (!is_new(x, v.article.id)) continue;
        if (!x->reports.n) {
            hw_put_raw(x->p, "<p class=\"event\">");
            hw_put_event_what(x->p, &v);
            hw_put_raw(x->p, ": ");
            hw_put_event_who(x->p, &v);
            hw_put_raw(x->p, " <span class=\"soft\">");
            hw_put_date(x->p, v.date);
            hw_put_raw(x->p, "</span></p>\n");
        }
        report *r = hw_push(a, &x->reports);
        *r = (report){.article = {hw_strdup(a, v.article.id), copy(a, v.article.title), copy(a, v.article.published), copy(a, v.article.outlet), NULL, false}};
    }
    bool ok = hw_cursor_error(c, err) == HEWAL_OK;
    hw_cursor_close(c);
    for (uint32_t i = 0; ok && i < x->reports.n; i++) ok = read_quotes(x, i, err);
    return ok;
}

static void put_matrix(comparison *x)
{
    hw_page *p = x->p;
    hw_put_raw(p, "<h2>");
    hw_put_say(p, "compare.who");
    hw_put_raw(p, "</h2>\n<div class=\"scroll\" tabindex=\"0\" role=\"region\" aria-label=\"");
    hw_put_say(p, "compare.who");
    hw_put_raw(p, "\">\n<table class=\"matrix\">\n<thead><tr><th scope=\"col\">");
    hw_put_say(p, "compare.speaker");
    hw_put_raw(p, "</th>");
    for (uint32_t i = 0; i < x->reports.n; i++) {
        const hw_article_ref *a = &x->reports.v[i].article;
        hw_put_raw(p, "<th scope=\"col\"><bdi>");
        hw_put_text(p, a->outlet && *a->outlet ? a->outlet : a->title && *a->title ? a->title : a->id);
        hw_put_raw(p, "</bdi><br>");
        hw_put_date(p, a->published);
        hw_put_raw(p, "</th>");
    }
    hw_put_raw(p, "</tr></thead>\n<tbody>\n");
    for (uint32_t k = 0; k < x->voices.n; k++) {
        const voice *v = &x->voices.v[k];
        hw_put_raw(p, "<tr><th scope=\"row\">");
        hw_put_entity_link(p, &v->who);
        if (v->reports == 1 && x->reports.n > 1) {
            hw_put_raw(p, " <span class=\"status\">");
            hw_put_say(p, "compare.only-one");
            hw_put_raw(p, "</span>");
        }
        hw_put_raw(p, "</th>");
        for (uint32_t i = 0; i < x->reports.n; i++) {
            hw_put_raw(p, v->channels[i] ? "<td class=\"yes\">" : "<td class=\"soft\"><span aria-hidden=\"true\">\xE2\x80\x93</span><span class=\"hidden\">");
            hw_put_text(p, v->channels[i] ? v->channels[i] : hw_say(p, "compare.not"));
            hw_put_raw(p, v->channels[i] ? "</td>" : "</span></td>");
        }
        hw_put_raw(p, "</tr>\n");
    }
    hw_put_raw(p, "</tbody></table>\n</div>\n");
}

static bool put_reports(comparison *x, int64_t first, hewal_error *err)
{
    hw_page *p = x->p;
    hw_filter f = {.reports_of = first, .oldest_first = true};
    hw_cursor *c;
    if (hw_store_events(p->rq->store, &f, &c, err) != HEWAL_OK) return false;
    hw_put_raw(p, "<h2>");
    hw_put_say(p, "compare.reports");
    hw_put_raw(p, "</h2>\n");
    hw_put_event_table(p, c, REPORTS, NULL);
    hw_cursor_close(c);
    for (uint32_t i = 0; i < x->reports.n; i++) {
        const report *r = &x->reports.v[i];
        hw_filter of = {.article = r->article.id, .oldest_first = true};
        hw_put_raw(p, "<section>\n<h3>");
        hw_put_article(p, &r->article, NULL);
        hw_put_raw(p, " <span class=\"soft\">");
        hw_put_where(p, &r->article);
        hw_put_raw(p, "</span></h3>\n");
        if (!r->quotes) {
            hw_put_raw(p, "<p class=\"soft\">");
            hw_put_say(p, "compare.no-quotes");
            hw_put_raw(p, "</p>\n");
        } else {
            if (hw_store_quotes(p->rq->store, &of, &c, err) != HEWAL_OK) return false;
            hw_put_quote_table(p, c, QUOTES, HW_COLUMN_SPEAKER, NULL);
            hw_cursor_close(c);
        }
        hw_put_raw(p, "</section>\n");
    }
    return true;
}

void hw_show_compare(hw_request *rq, hw_response *rs)
{
    hw_page p;
    comparison x = {.p = &p};
    hewal_error err;
    int64_t first;
    if (!hw_event_asked(rq, rs, &first)) return;
    hw_page_begin(&p, rq, rs, "events", hw_words_say(!strcmp(rq->language, "ckb"), "compare.title"));
    hw_put_raw(&p, "<h1>");
    hw_put_say(&p, "compare.title");
    hw_put_raw(&p, "</h1>\n");
    bool ok = read_reports(&x, first, &err);
    if (ok) {
        hw_put_raw(&p, "<p>");
        if (x.reports.n > 1) hw_put_says(&p, "compare.lead", hw_number_text(&p, x.reports.n));
        else hw_put_say(&p, "compare.one");
        hw_put_raw(&p, "</p>\n");
        if (x.voices.n) put_matrix(&x);
        ok = put_reports(&x, first, &err);
    }
    if (!ok) hw_page_failed(&p, &err);
    hw_page_end(&p);
}
