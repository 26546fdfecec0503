/* The page of a person, an organisation or a place. In: its number. Out: how it is written, which offices it is said to hold, what it
 * said and about what, whom it met, what was said about it, what it did and what was done to it, over time. */
#include "serve/page_facts.h"
#include "serve/topics.h"

#include <stdlib.h>
#include <string.h>

enum { SPELLINGS = 16, OFFICES = 12, MET = 20, FACTS = 8, TIMELINE = 16, TOPICS = 24 };

static void begin(hw_page *p, const char *title_id)
{
    hw_put_raw(p, "<section>\n<h2>");
    hw_put_say(p, title_id);
    hw_put_raw(p, "</h2>\n");
}

static void end(hw_page *p)
{
    hw_put_raw(p, "</section>\n");
}

static void put_head(hw_page *p, const hw_entity_row *e)
{
    const char *other = p->ckb ? e->name : e->name_ckb, *how = NULL, *sex = NULL, *kind = NULL;
    const hw_known *k = hw_server_known(p->rq->server);
    hw_put_raw(p, "<h1>");
    hw_put_name(p, e->name, e->name_ckb);
    if (other && strcmp(other, hw_name_of(p, e->name, e->name_ckb)) != 0) {
        hw_put_raw(p, " <bdi class=\"soft\">");
        hw_put_text(p, other);
        hw_put_raw(p, "</bdi>");
    }
    hw_put_raw(p, "</h1>\n<p class=\"where\">");
    hw_put_say_of(p, "type", e->type);
    if (!strcmp(e->type, "PER")) sex = hw_known_sex(k, e->key, e->name_ckb, &how);
    if (!strcmp(e->type, "LOC")) kind = hw_known_place(k, e->key, "kind");
    if (sex) {
        hw_put_say(p, "list.comma");
        hw_put_say(p, !strcmp(sex, "f") ? "entity.woman" : "entity.man");
        if (!strcmp(how, "given-name")) {
            hw_put_raw(p, " (");
            hw_put_say(p, "entity.by-name");
            hw_put_raw(p, ")");
        }
    }
    if (kind) {
        hw_put_say(p, "list.comma");
        hw_put_say_of(p, "place", kind);
    }
    hw_put_raw(p, " \xC2\xB7 ");
    hw_put_says(p, "entity.counts", hw_number_text(p, e->articles), hw_number_text(p, e->mentions), hw_number_text(p, e->quotes));
    hw_put_raw(p, " \xC2\xB7 <a ");
    hw_put_href(p, "/", "q", hw_sprintf(&p->rq->arena, "\"%s\"", e->name_ckb && *e->name_ckb ? e->name_ckb : hw_name_of(p, e->name, NULL)), NULL);
    hw_put_raw(p, ">");
    hw_put_say(p, "entity.articles");
    hw_put_raw(p, "</a></p>\n");
}

static bool put_spellings(hw_page *p, int64_t id, hewal_error *err)
{
    hw_spelling_row *v = NULL;
    size_t n;
    if (hw_store_spellings(p->rq->store, id, &v, &n, err) != HEWAL_OK) return false;
    if (n) {
        begin(p, "entity.spellings");
        hw_put_raw(p, "<ul class=\"tags k\" lang=\"ckb\">");
        for (size_t i = 0; i < n && i < SPELLINGS; i++) {
            hw_put_raw(p, "<li><bdi>");
            hw_put_text(p, v[i].form);
            hw_put_raw(p, "</bdi> <span class=\"n\">");
            hw_put_number(p, v[i].n);
            hw_put_raw(p, "</span></li>");
        }
        hw_put_raw(p, "</ul>\n");
        end(p);
    }
    free(v);
    return true;
}

static void put_span(hw_page *p, const char *first, const char *last)
{
    hw_put_raw(p, "<td class=\"soft\">");
    if (first && *first) {
        hw_put_date(p, first);
        if (last && *last && strcmp(first, last) != 0) {
            hw_put_raw(p, " \xE2\x80\x93 ");
            hw_put_date(p, last);
        }
    }
    hw_put_raw(p, "</td><td class=\"num\">");
}

static bool put_offices(hw_page *p, int64_t id, hewal_error *err)
{
    static const char *const columns[] = {"entity.office", "list.over-time", "entity.times", NULL};
    hw_office_row *v = NULL;
    size_t n;
    if (hw_store_offices(p->rq->store, id, &v, &n, err) != HEWAL_OK) return false;
    if (n) {
        begin(p, "entity.offices");
        hw_put_table_head(p, "entity.offices", columns, 2);
        for (size_t i = 0; i < n && i < OFFICES; i++) {
            hw_put_raw(p, "<tr><td>");
            hw_put_quoted(p, "span", "office", v[i].role);
            hw_put_raw(p, "</td>");
            put_span(p, v[i].first, v[i].last);
            hw_put_number(p, v[i].n);
            hw_put_raw(p, "</td></tr>\n");
        }
        hw_put_table_end(p, n);
        end(p);
    }
    free(v);
    return true;
}

static bool put_met(hw_page *p, int64_t id, hewal_error *err)
{
    static const char *const columns[] = {"entity.with", "entity.what", "list.over-time", "entity.times", NULL};
    hw_met_row *v = NULL;
    size_t n;
    if (hw_store_met(p->rq->store, id, &v, &n, err) != HEWAL_OK) return false;
    if (n) {
        begin(p, "entity.met");
        hw_put_table_head(p, "entity.met", columns, 3);
        for (size_t i = 0; i < n && i < MET; i++) {
            hw_put_raw(p, "<tr><td>");
            hw_put_entity_link(p, &v[i].with);
            hw_put_raw(p, "</td><td>");
            hw_put_say_of(p, "event", v[i].type);
            if (v[i].mode && *v[i].mode) {
                hw_put_say(p, "list.comma");
                hw_put_say_of(p, "mode", v[i].mode);
            }
            hw_put_raw(p, "</td>");
            put_span(p, v[i].first, v[i].last);
            hw_put_number(p, v[i].n);
            hw_put_raw(p, "</td></tr>\n");
        }
        hw_put_table_end(p, n);
        end(p);
    }
    free(v);
    return true;
}

/* Counts as bars, each a link to the rows it counts: `key` of `by`, n of at most `most`. */
static void put_bar(hw_page *p, const char *key, int64_t n, int64_t most, const char *by, const char *group, const char *path, const char *filter, const char *id)
{
    hw_put_raw(p, "<li><a ");
    hw_put_href(p, path, filter, id, by, key, NULL);
    hw_put_raw(p, ">");
    hw_put_say_of(p, group, key);
    hw_put_rawf(p, "</a><svg viewBox=\"0 0 100 10\" preserveAspectRatio=\"none\" aria-hidden=\"true\"><rect width=\"%.1f\" height=\"10\"/></svg><span class=\"n\">",
                100.0 * (double)n / (double)most);
    hw_put_number(p, n);
    hw_put_raw(p, "</span></li>");
}

static bool put_bars(hw_page *p, hw_tallied what, const hw_filter *f, const char *by, const char *group, const char *path, const char *filter, const char *id, hewal_error *err)
{
    hw_tally_row *v = NULL;
    size_t n;
    if (hw_store_tally(p->rq->store, what, f, by, NULL, 0, &v, &n, err) != HEWAL_OK) return false;
    if (n) hw_put_raw(p, "<ul class=\"bars\">");
    for (size_t i = 0; i < n; i++)
        if (v[i].key) put_bar(p, v[i].key, v[i].n, v[0].n, by, group, path, filter, id);
    if (n) hw_put_raw(p, "</ul>\n");
    free(v);
    return true;
}

static void put_topics(hw_page *p, const hw_filter *said, const char *id)
{
    const hw_topic *v;
    size_t n = hw_topics(p->rq, said, TOPICS, &v);
    if (!n) return;
    hw_put_raw(p, "<h3>");
    hw_put_say(p, "entity.topics");
    hw_put_raw(p, "</h3>\n<ul class=\"tags k\" lang=\"ckb\">");
    for (size_t i = 0; i < n; i++) {
        hw_put_raw(p, "<li><a ");
        hw_put_href(p, "/quotes", "speaker", id, "about", v[i].word, NULL);
        hw_put_raw(p, "><bdi>");
        hewal_string spelt = {0}; /* a lemma is folded: some letters are one */
        bool ok = hewal_normalize_with(p->rq->model, v[i].word, strlen(v[i].word), NULL, &spelt, NULL, NULL) == HEWAL_OK && spelt.s;
        hw_put_text(p, ok ? spelt.s : v[i].word);
        hewal_string_free(&spelt);
        hw_put_raw(p, "</bdi></a> <span class=\"n\">");
        hw_put_number(p, v[i].quotes);
        hw_put_raw(p, "</span></li>");
    }
    hw_put_raw(p, "</ul>\n");
}

static void put_all_link(hw_page *p, const char *path, const char *filter, const char *id, const char *say_id)
{
    hw_put_raw(p, "<p><a ");
    hw_put_href(p, path, filter, id, NULL);
    hw_put_raw(p, ">");
    hw_put_say(p, say_id);
    hw_put_raw(p, "</a></p>\n");
}

static bool put_said(hw_page *p, const hw_filter *said, const char *id, hewal_error *err)
{
    hw_cursor *c;
    begin(p, "entity.said");
    put_topics(p, said, id);
    hw_put_raw(p, "<h3>");
    hw_put_say(p, "entity.channels");
    hw_put_raw(p, "</h3>\n");
    if (!put_bars(p, HW_TALLY_QUOTES, said, "channel", "channel", "/quotes", "speaker", id, err) || hw_store_quotes(p->rq->store, said, &c, err) != HEWAL_OK) return false;
    hw_put_quote_table(p, c, FACTS, HW_COLUMN_ARTICLE, NULL);
    hw_cursor_close(c);
    put_all_link(p, "/quotes", "speaker", id, "entity.said-all");
    end(p);
    return true;
}

/* The newest quotes that name it; nothing when there are none. */
static bool put_named(hw_page *p, const hw_filter *named, const char *id, hewal_error *err)
{
    hw_cursor *c;
    size_t back = p->b.str->len;
    if (hw_store_quotes(p->rq->store, named, &c, err) != HEWAL_OK) return false;
    begin(p, "entity.about");
    size_t n = hw_put_quote_table(p, c, FACTS, HW_COLUMN_SPEAKER | HW_COLUMN_ARTICLE, NULL);
    hw_cursor_close(c);
    put_all_link(p, "/quotes", "named", id, "entity.said-all");
    end(p);
    if (!n) hw_buf_back(p->b.str, back);
    return true;
}

/* Events counted by type; nothing when there are none. */
static void put_side(hw_page *p, const hw_act_row *v, size_t n, bool suffered, const char *id)
{
    int64_t most = 0;
    for (size_t i = 0; i < n; i++) {
        if (v[i].suffered != suffered) continue;
        if (!most) {
            begin(p, suffered ? "entity.suffered" : "entity.did");
            hw_put_raw(p, "<ul class=\"bars\">");
            most = v[i].n;
        }
        put_bar(p, v[i].type, v[i].n, most, "type", "event", "/events", suffered ? "target" : "actor", id);
    }
    if (!most) return;
    hw_put_raw(p, "</ul>\n");
    end(p);
}

static bool put_acts(hw_page *p, int64_t entity, const char *id, hewal_error *err)
{
    hw_act_row *v = NULL;
    size_t n;
    if (hw_store_acts(p->rq->store, entity, &v, &n, err) != HEWAL_OK) return false;
    put_side(p, v, n, false, id);
    put_side(p, v, n, true, id);
    free(v);
    return true;
}

/* The same of those that happened there. */
static bool put_happened(hw_page *p, const hw_filter *here, const char *id, hewal_error *err)
{
    size_t back = p->b.str->len;
    begin(p, "entity.happened-here");
    size_t empty = p->b.str->len;
    bool ok = put_bars(p, HW_TALLY_EVENTS, here, "type", "event", "/events", "place", id, err);
    bool any = p->b.str->len > empty;
    end(p);
    if (!any) hw_buf_back(p->b.str, back);
    return ok;
}

static bool put_timeline(hw_page *p, const hw_filter *f, const char *filter, const char *id, hewal_error *err)
{
    hw_cursor *c;
    size_t back = p->b.str->len;
    if (hw_store_events(p->rq->store, f, &c, err) != HEWAL_OK) return false;
    begin(p, "entity.timeline");
    size_t n = hw_put_event_table(p, c, TIMELINE, NULL);
    hw_cursor_close(c);
    put_all_link(p, "/events", filter, id, "entity.all-events");
    end(p);
    if (!n) hw_buf_back(p->b.str, back);
    return true;
}

static bool put_all(hw_page *p, const hw_entity_row *e, hewal_error *err)
{
    const char *id = hw_sprintf(&p->rq->arena, "%lld", (long long)e->id);
    const hw_filter said = {.speakers = &e->id, .n_speakers = 1}, named = {.named = &e->id, .n_named = 1}, either = {.either = &e->id, .n_either = 1, .once = true}, here = {.places = &e->id, .n_places = 1, .once = true};
    put_head(p, e);
    if (e->quotes) hw_put_chart(p, "time", hw_sprintf(&p->rq->arena, "counts/quotes?speaker=%s&amp;by=month", id), NULL, NULL, hw_say(p, "entity.said"));
    hw_put_raw(p, "<div class=\"two\">\n");
    if (!put_spellings(p, e->id, err) || !put_offices(p, e->id, err)) return false;
    hw_put_raw(p, "</div>\n");
    if (e->quotes && !put_said(p, &said, id, err)) return false;
    hw_put_raw(p, "<div class=\"two\">\n");
    if (!put_met(p, e->id, err) || !put_acts(p, e->id, id, err)) return false;
    hw_put_raw(p, "</div>\n");
    if (!put_named(p, &named, id, err)) return false;
    if (!strcmp(e->type, "LOC") && !put_happened(p, &here, id, err)) return false;
    return put_timeline(p, &either, "who", id, err);
}

void hw_show_entity(hw_request *rq, hw_response *rs)
{
    hw_page p;
    hw_entity_row *e;
    hewal_error err;
    if (!hw_entity_asked(rq, rs, &e)) return;
    hw_page_init(&p, rq, rs);
    hw_page_begin(&p, rq, rs, "names", hw_name_of(&p, e->name, e->name_ckb));
    if (!put_all(&p, e, &err)) hw_page_failed(&p, &err);
    hw_page_end(&p);
    free(e);
}
