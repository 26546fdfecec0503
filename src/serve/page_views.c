/* The pages that look at everything at once: network, map, voices. In: a period and filters. Out: a place for the drawing, and what it
 * draws as a table. */
#include "serve/page.h"

#include <stdlib.h>
#include <string.h>

enum { PAIRS = 100, PLACES = 200, VOICES = 50 };

/* The head of a page: title, what it shows, its form. */
static void begin(hw_page *p, const char *section)
{
    hw_put_raw(p, "<h1>");
    hw_put_say_of(p, section, "title");
    hw_put_raw(p, "</h1>\n<p>");
    hw_put_say_of(p, section, "lead");
    hw_put_raw(p, "</p>\n");
}

static const char *title_of(const hw_request *rq, const char *id)
{
    return hw_words_say(!strcmp(rq->language, "ckb"), id);
}

/* ---- network -------------------------------------------------------------------------------------------------------- */

void hw_show_network(hw_request *rq, hw_response *rs)
{
    static const char *const columns[] = {"network.a", "events.type", "network.b", "list.over-time", "network.n", NULL};
    hw_page p;
    hw_filter f;
    hw_pair_row *v = NULL;
    hewal_error err;
    size_t n;
    if (!hw_filter_read(rq, rs, &f)) return;
    if (hw_store_pairs(rq->store, &f, hw_relation_types(rq), PAIRS, &v, &n, &err) != HEWAL_OK) {
        hw_refuse_error(rs, &err);
        return;
    }
    hw_page_begin(&p, rq, rs, "network", title_of(rq, "network.title"));
    begin(&p, "network");
    hw_form_begin(&p, "/network");
    hw_form_choice(&p, "relation", "network.relation", "network", true);
    hw_form_who(&p, "who", "filter.who");
    hw_form_who(&p, "place", "filter.place");
    hw_form_text(&p, "outlet", "facet.outlet", NULL, 12);
    hw_form_dates(&p);
    hw_form_end(&p, "/network");
    hw_put_chart(&p, "time", "counts/events", "by", "month", hw_say(&p, "events.title"));
    hw_put_raw(&p, "<div id=\"list\" data-live>\n");
    hw_put_chart(&p, "network", "network", "limit", "120", hw_say(&p, "network.title"));
    hw_put_table_head(&p, "network.lead", columns, 4);
    for (size_t i = 0; i < n; i++) {
        hw_put_raw(&p, "<tr><td>");
        hw_put_entity_link(&p, &v[i].a);
        hw_put_raw(&p, "</td><td>");
        hw_put_say_of(&p, "event", v[i].type);
        hw_put_raw(&p, "</td><td>");
        hw_put_entity_link(&p, &v[i].b);
        hw_put_raw(&p, "</td><td class=\"soft\">");
        hw_put_date(&p, v[i].first);
        if (v[i].last && v[i].first && strcmp(v[i].first, v[i].last) != 0) {
            hw_put_raw(&p, " \xE2\x80\x93 ");
            hw_put_date(&p, v[i].last);
        }
        hw_put_raw(&p, "</td><td class=\"num\">");
        hw_put_number(&p, v[i].n);
        hw_put_raw(&p, "</td></tr>\n");
    }
    hw_put_table_end(&p, n);
    hw_put_raw(&p, "</div>\n");
    hw_page_end(&p);
    free(v);
}

/* ---- map ------------------------------------------------------------------------------------------------------------ */

void hw_show_map(hw_request *rq, hw_response *rs)
{
    static const char *const columns[] = {"map.place", "names.type", "map.n", NULL};
    hw_page p;
    hw_filter f;
    hw_tally_row *v = NULL;
    hewal_error err;
    size_t n, shown = 0;
    if (!hw_filter_read(rq, rs, &f)) return;
    if (hw_store_tally(rq->store, HW_TALLY_EVENTS, &f, "place", NULL, PLACES, &v, &n, &err) != HEWAL_OK) {
        hw_refuse_error(rs, &err);
        return;
    }
    hw_page_begin(&p, rq, rs, "map", title_of(rq, "map.title"));
    begin(&p, "map");
    hw_form_begin(&p, "/map");
    hw_form_choice(&p, "type", "filter.type", "event", true);
    hw_form_who(&p, "who", "filter.who");
    hw_form_text(&p, "outlet", "facet.outlet", NULL, 12);
    hw_form_dates(&p);
    hw_form_end(&p, "/map");
    hw_put_chart(&p, "time", "counts/events", "by", "month", hw_say(&p, "events.title"));
    hw_put_raw(&p, "<div id=\"list\" data-live>\n");
    hw_put_chart(&p, "map", "places", "limit", "500", hw_say(&p, "map.title"));
    hw_put_raw(&p, "<p class=\"soft\">");
    hw_put_say(&p, "map.unplaced");
    hw_put_raw(&p, "</p>\n");
    hw_put_table_head(&p, "map.lead", columns, 2);
    for (size_t i = 0; i < n; i++) {
        if (!v[i].entity.id) continue; /* events of which no place is told */
        const char *kind = hw_known_place(hw_server_known(rq->server), v[i].entity_key, "kind");
        shown++;
        hw_put_raw(&p, "<tr><td>");
        hw_put_entity_link(&p, &v[i].entity);
        hw_put_raw(&p, "</td><td class=\"soft\">");
        if (kind) hw_put_say_of(&p, "place", kind);
        hw_put_raw(&p, "</td><td class=\"num\"><a ");
        hw_put_href_same(&p, "/events", "place", hw_sprintf(&rq->arena, "%lld", (long long)v[i].entity.id));
        hw_put_raw(&p, ">");
        hw_put_number(&p, v[i].n);
        hw_put_raw(&p, "</a></td></tr>\n");
    }
    hw_put_table_end(&p, shown);
    hw_put_raw(&p, "</div>\n");
    hw_page_end(&p);
    free(v);
}

/* ---- voices --------------------------------------------------------------------------------------------------------- */

/* What a row counts, with a link to its quotes where there is one. */
static void put_voice(hw_page *p, const hw_tally_row *r, const char *by)
{
    if (!strcmp(by, "speaker")) {
        if (r->entity.id) hw_put_entity_link(p, &r->entity);
        else hw_put_say(p, "quotes.unknown");
    } else if (!r->key) hw_put_say(p, "voices.unknown");
    else if (!strcmp(by, "sex")) hw_put_say_of(p, "voices", r->key);
    else if (!strcmp(by, "office")) hw_put_quoted(p, "span", "office", r->key);
    else {
        bool channel = !strcmp(by, "channel");
        hw_put_raw(p, "<a ");
        hw_put_href_same(p, "/quotes", by, r->key);
        hw_put_raw(p, "><bdi>");
        hw_put_text(p, channel ? hw_say_of(p, "channel", r->key) : r->key);
        hw_put_raw(p, "</bdi></a>");
    }
}

static void put_voices(hw_page *p, const hw_tally_row *v, size_t n, const char *by)
{
    static const char *const columns[] = {"voices.who", "voices.n", "voices.share", NULL};
    int64_t sum = 0;
    for (size_t i = 0; i < n; i++) sum += v[i].n;
    hw_put_table_head(p, "voices.lead", columns, 1);
    for (size_t i = 0; i < n; i++) {
        hw_put_raw(p, "<tr><td>");
        put_voice(p, &v[i], by);
        hw_put_raw(p, "</td><td class=\"num\">");
        hw_put_number(p, v[i].n);
        hw_put_raw(p, "</td><td class=\"num\">");
        hw_put_text(p, hw_percent_text(p, (double)v[i].n / (double)sum));
        hw_put_raw(p, "</td></tr>\n");
    }
    hw_put_table_end(p, n);
}

void hw_show_voices(hw_request *rq, hw_response *rs)
{
    hw_page p;
    hw_filter f;
    hw_tally_row *v = NULL;
    hewal_error err;
    size_t n;
    const char *by = hw_value(rq, "by");
    bool sex = !strcmp(by, "sex");
    if (!hw_filter_read(rq, rs, &f)) return;
    if (hw_store_tally(rq->store, HW_TALLY_QUOTES, &f, sex ? "speaker" : by, NULL, sex ? 0 : VOICES, &v, &n, &err) != HEWAL_OK) {
        hw_refuse_error(rs, &err);
        return;
    }
    if (sex) n = hw_tally_by_sex(hw_server_known(rq->server), v, n);
    hw_page_begin(&p, rq, rs, "voices", title_of(rq, "voices.title"));
    begin(&p, "voices");
    hw_form_begin(&p, "/voices");
    hw_form_choice(&p, "by", "voices.by", "voices", false);
    hw_form_choice(&p, "channel", "facet.channel", "channel", true);
    hw_form_text(&p, "outlet", "facet.outlet", NULL, 12);
    hw_form_text(&p, "about", "filter.about", NULL, 16);
    hw_form_dates(&p);
    hw_form_end(&p, "/voices");
    hw_put_chart(&p, "time", "counts/quotes", "by", "month", hw_say(&p, "quotes.title"));
    hw_put_raw(&p, "<div id=\"list\" data-live>\n");
    hw_put_chart(&p, "voices", "voices", "by", by, hw_say(&p, "voices.title"));
    if (sex) {
        hw_put_raw(&p, "<p class=\"soft\">");
        hw_put_say(&p, "voices.sex-note");
        hw_put_raw(&p, "</p>\n");
    }
    put_voices(&p, v, n, by);
    hw_put_raw(&p, "</div>\n");
    hw_page_end(&p);
    free(v);
}
