/* The pages of quotes, of events and of names. In: filters. Out: a form that sets them, a place for a chart over time, a table, links
 * to further rows and to downloads. */
#include "serve/page_facts.h"

#include <stdlib.h>
#include <string.h>

enum { ROWS = 30, NAMES = 50 };

static void put_title(hw_page *p, const char *id)
{
    hw_put_raw(p, "<h1>");
    hw_put_say(p, id);
    hw_put_raw(p, "</h1>\n");
}

/* What stands between the form and the table. */
static void put_order(hw_page *p, const char *api)
{
    hw_put_raw(p, "<div class=\"tools-row\">\n");
    hw_put_downloads(p, api);
    hw_put_raw(p, "</div>\n");
}

static void put_quote_form(hw_page *p)
{
    hw_form_begin(p, "/quotes");
    hw_form_who(p, "speaker", "filter.speaker");
    hw_form_who(p, "named", "filter.named");
    hw_form_text(p, "about", "filter.about", NULL, 16);
    hw_form_choice(p, "channel", "facet.channel", "channel", true);
    hw_form_choice(p, "kind", "filter.kind", "kind", true);
    hw_form_text(p, "outlet", "facet.outlet", NULL, 12);
    hw_form_dates(p);
    hw_form_choice(p, "order", "order.sort-by", "order", false);
    hw_form_hidden(p, "article");
    hw_form_end(p, "/quotes");
}

void hw_show_quotes(hw_request *rq, hw_response *rs)
{
    hw_page p;
    hw_filter f;
    hewal_error err;
    char mark[64] = "";
    if (!hw_filter_read(rq, rs, &f)) return;
    if (hw_store_quotes(rq->store, &f, &rq->cursor, &err) != HEWAL_OK) {
        hw_refuse_error(rs, &err);
        return;
    }
    hw_page_begin(&p, rq, rs, "quotes", hw_words_say(!strcmp(rq->language, "ckb"), "quotes.title"));
    put_title(&p, "quotes.title");
    put_quote_form(&p);
    hw_put_chart(&p, "time", "counts/quotes", "by", "month", hw_say(&p, "quotes.title"));
    put_order(&p, "quotes");
    hw_put_raw(&p, "<div id=\"list\" data-live>\n");
    hw_put_quote_table(&p, rq->cursor, ROWS, HW_COLUMN_SPEAKER | HW_COLUMN_ARTICLE, mark);
    hw_put_paging(&p, mark);
    hw_put_raw(&p, "</div>\n");
    hw_page_end(&p);
    if (hw_cursor_error(rq->cursor, &err) != HEWAL_OK) hw_refuse_error(rs, &err);
}

static void put_event_form(hw_page *p)
{
    hw_form_begin(p, "/events");
    hw_form_choice(p, "type", "filter.type", "event", true);
    hw_form_who(p, "who", "filter.who");
    hw_form_who(p, "actor", "filter.actor");
    hw_form_who(p, "target", "filter.target");
    hw_form_who(p, "place", "filter.place");
    hw_form_text(p, "about", "filter.about", NULL, 16);
    hw_form_choice(p, "status", "filter.status", "status", true);
    hw_form_text(p, "outlet", "facet.outlet", NULL, 12);
    hw_form_dates(p);
    hw_form_choice(p, "order", "order.sort-by", "order", false);
    hw_form_check(p, "once", "filter.once");
    hw_form_hidden(p, "article");
    hw_form_hidden(p, "mode");
    hw_form_end(p, "/events");
}

void hw_show_events(hw_request *rq, hw_response *rs)
{
    hw_page p;
    hw_filter f;
    hewal_error err;
    char mark[64] = "";
    if (!hw_filter_read(rq, rs, &f)) return;
    if (hw_store_events(rq->store, &f, &rq->cursor, &err) != HEWAL_OK) {
        hw_refuse_error(rs, &err);
        return;
    }
    hw_page_begin(&p, rq, rs, "events", hw_words_say(!strcmp(rq->language, "ckb"), "events.title"));
    put_title(&p, "events.title");
    put_event_form(&p);
    hw_put_chart(&p, "time", "counts/events", "by", "month", hw_say(&p, "events.title"));
    put_order(&p, "events");
    hw_put_raw(&p, "<div id=\"list\" data-live>\n");
    hw_put_event_table(&p, rq->cursor, ROWS, mark);
    hw_put_paging(&p, mark);
    hw_put_raw(&p, "</div>\n");
    hw_page_end(&p);
    if (hw_cursor_error(rq->cursor, &err) != HEWAL_OK) hw_refuse_error(rs, &err);
}

/* ---- names ---------------------------------------------------------------------------------------------------------- */

static void put_name_head(hw_page *p)
{
    static const char *const columns[] = {"filter.name", "names.type", "names.quotes", "names.mentions", "names.articles", NULL};
    hw_put_table_head(p, "names.caption", columns, 2);
}

static void put_name_row(hw_page *p, const hw_entity_row *e)
{
    const int64_t numbers[] = {e->quotes, e->mentions, e->articles};
    const char *other = p->ckb ? e->name : e->name_ckb;
    hw_put_raw(p, "<tr><td>");
    hw_put_entity_link(p, &(hw_entity_ref){e->id, e->name, e->name_ckb, e->type});
    if (other && strcmp(other, hw_name_of(p, e->name, e->name_ckb)) != 0) {
        hw_put_raw(p, " <bdi class=\"soft\">");
        hw_put_text(p, other);
        hw_put_raw(p, "</bdi>");
    }
    hw_put_raw(p, "</td><td>");
    hw_put_say_of(p, "type", e->type);
    hw_put_raw(p, "</td>");
    for (int i = 0; i < 3; i++) {
        hw_put_raw(p, "<td class=\"num\">");
        hw_put_number(p, numbers[i]);
        hw_put_raw(p, "</td>");
    }
    hw_put_raw(p, "</tr>\n");
}

/* By name, the likeliest first; without one all, the most quoted first. Returns how many. */
static size_t put_name_rows(hw_page *p, char *mark)
{
    hw_request *rq = p->rq;
    hewal_error err = {0};
    size_t n = 0;
    if (hw_value(rq, "name")) {
        hw_entity_row *v = NULL;
        if (hw_store_find(rq->store, hw_value(rq, "name"), hw_value(rq, "type"), NAMES, &v, &n, &err) != HEWAL_OK) hw_page_failed(p, &err);
        else
            for (size_t i = 0; i < n; i++) put_name_row(p, &v[i]);
        free(v);
        return n;
    }
    hw_filter f = {.type = hw_value(rq, "type"), .after = hw_value(rq, "after")};
    hw_entity_row e;
    if (hw_store_entities(rq->store, &f, &rq->cursor, &err) != HEWAL_OK) {
        hw_page_failed(p, &err);
        return 0;
    }
    while (n < NAMES && hw_next_entity(rq->cursor, &e)) {
        put_name_row(p, &e);
        n++;
    }
    if (n == NAMES) hw_cursor_mark(rq->cursor, mark, 64);
    if (hw_cursor_error(rq->cursor, &err) != HEWAL_OK) hw_page_failed(p, &err);
    return n;
}

void hw_show_entities(hw_request *rq, hw_response *rs)
{
    hw_page p;
    char mark[64] = "";
    hw_page_begin(&p, rq, rs, "names", hw_words_say(!strcmp(rq->language, "ckb"), "names.title"));
    put_title(&p, "names.title");
    hw_form_begin(&p, "/entities");
    hw_form_text(&p, "name", "filter.name", "filter.name-hint", 24);
    hw_form_choice(&p, "type", "names.type", "types", true);
    hw_form_end(&p, "/entities");
    hw_put_raw(&p, "<div id=\"list\" data-live>\n");
    put_name_head(&p);
    size_t n = put_name_rows(&p, mark);
    hw_put_table_end(&p, n);
    hw_put_paging(&p, mark);
    hw_put_raw(&p, "</div>\n");
    hw_page_end(&p);
}
