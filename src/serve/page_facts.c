/* In: quotes and events of the store. Out: their parts as HTML, and tables of them. */
#include "serve/page_facts.h"

#include <string.h>

void hw_put_quote_how(hw_page *p, const hw_quote_row *q)
{
    hw_put_say_of(p, "kind", q->kind);
    if (strcmp(q->channel, "unspecified") != 0) {
        hw_put_say(p, "list.comma");
        hw_put_say_of(p, "channel", q->channel);
    }
    for (size_t i = 0; i < q->n_via; i++) {
        hw_put_say(p, "list.comma");
        hw_put_says(p, "article.via", hw_name_of(p, q->via[i].name, q->via[i].name_ckb));
    }
    if (q->addressee.id) {
        hw_put_say(p, "list.comma");
        hw_put_says(p, "article.to", hw_name_of(p, q->addressee.name, q->addressee.name_ckb));
    }
}

void hw_put_event_what(hw_page *p, const hw_event_row *v)
{
    hw_put_raw(p, "<b>");
    hw_put_say_of(p, "event", v->type);
    hw_put_raw(p, "</b>");
    if (v->mode && *v->mode) {
        hw_put_say(p, "list.comma");
        hw_put_say_of(p, "mode", v->mode);
    }
    if (!strcmp(v->status, "occurred")) return;
    hw_put_raw(p, " <span class=\"status\">");
    hw_put_say_of(p, "status", v->status);
    hw_put_raw(p, "</span>");
}

void hw_put_event_who(hw_page *p, const hw_event_row *v)
{
    hw_put_entity_links(p, v->actors, v->n_actors);
    if (v->n_targets) hw_put_raw(p, " <span class=\"arrow\" aria-hidden=\"true\"></span> ");
    hw_put_entity_links(p, v->targets, v->n_targets);
    if (!v->place.id) return;
    hw_put_raw(p, " <span class=\"soft\">");
    hw_put_says(p, "article.in", hw_name_of(p, v->place.name, v->place.name_ckb));
    hw_put_raw(p, "</span>");
}

void hw_put_event_sentence(hw_page *p, const hw_event_row *v)
{
    size_t n = strlen(v->sentence);
    hw_put_raw(p, "<span class=\"k\" lang=\"ckb\" dir=\"auto\">");
    if (v->b >= v->sentence_b && v->e <= v->sentence_b + n && v->b <= v->e) {
        uint32_t b = v->b - v->sentence_b, e = v->e - v->sentence_b;
        hw_put_text_n(p, v->sentence, b);
        hw_put_raw(p, "<span class=\"ev\">");
        hw_put_text_n(p, v->sentence + b, e - b);
        hw_put_raw(p, "</span>");
        hw_put_text(p, v->sentence + e);
    } else hw_put_text(p, v->sentence);
    hw_put_raw(p, "</span>");
}

const char *hw_quote_anchor(hw_page *p, const hw_quote_row *q)
{
    return hw_sprintf(&p->rq->arena, "q%u-%u", q->b, q->e);
}

const char *hw_event_anchor(hw_page *p, const hw_event_row *v)
{
    return hw_sprintf(&p->rq->arena, "v%u-%u", v->b, v->e);
}

void hw_put_reports(hw_page *p, const hw_event_row *v)
{
    if (v->reports < 2) return;
    hw_put_raw(p, "<a ");
    hw_put_href(p, hw_sprintf(&p->rq->arena, "/events/%lld", (long long)(v->same ? v->same : v->id)), NULL);
    hw_put_raw(p, ">");
    hw_put_says(p, "events.reports", hw_number_text(p, v->reports));
    hw_put_raw(p, "</a>");
}

static void head(hw_page *p, const char *caption_id, const char *const *columns)
{
    hw_put_raw(p, "<table class=\"facts\">\n<caption class=\"hidden\">");
    hw_put_say(p, caption_id);
    hw_put_raw(p, "</caption>\n<thead><tr>");
    for (; *columns; columns++) {
        hw_put_raw(p, "<th scope=\"col\">");
        hw_put_say(p, *columns);
        hw_put_raw(p, "</th>");
    }
    hw_put_raw(p, "</tr></thead>\n<tbody>\n");
}

static void end(hw_page *p, const hw_cursor *c, size_t n)
{
    hewal_error err;
    hw_put_raw(p, "</tbody>\n</table>\n");
    if (hw_cursor_error(c, &err) != HEWAL_OK) {
        hw_page_failed(p, &err);
        return;
    }
    if (n) return;
    hw_put_raw(p, "<p class=\"none\">");
    hw_put_say(p, "list.none");
    hw_put_raw(p, "</p>\n");
}

/* A cell, with the name of its column for screens too narrow for columns. */
static void cell(hw_page *p, const char *class, const char *label_id)
{
    hw_put_rawf(p, "<td class=\"%s\" data-label=\"", class);
    hw_put_say(p, label_id);
    hw_put_raw(p, "\">");
}

static void put_quote_row(hw_page *p, const hw_quote_row *q, unsigned columns)
{
    hw_put_raw(p, "<tr>");
    if (columns & HW_COLUMN_SPEAKER) {
        cell(p, "who", "quotes.speaker");
        if (q->speaker.id) hw_put_entity_link(p, &q->speaker);
        else {
            hw_put_raw(p, "<span class=\"soft\">");
            hw_put_say(p, "quotes.unknown");
            hw_put_raw(p, "</span>");
        }
        hw_put_raw(p, "</td>");
    }
    cell(p, "words", "quotes.words");
    hw_put_quoted(p, "q", q->kind[0] == 'd' ? "direct" : "indirect", q->text);
    hw_put_raw(p, "<p class=\"soft\">");
    hw_put_quote_how(p, q);
    hw_put_raw(p, " \xC2\xB7 ");
    hw_put_sure(p, q->confidence);
    hw_put_raw(p, "</p></td>");
    if (columns & HW_COLUMN_ARTICLE) {
        cell(p, "date", "list.date");
        hw_put_date(p, q->article.published);
        hw_put_raw(p, "</td>");
        cell(p, "article", "quotes.article");
        hw_put_article(p, &q->article, hw_quote_anchor(p, q));
        if (q->article.outlet || q->article.copies) {
            hw_put_raw(p, "<p class=\"soft\">");
            hw_put_outlets(p, &q->article);
            hw_put_raw(p, "</p>");
        }
        hw_put_raw(p, "</td>");
    }
    hw_put_raw(p, "</tr>\n");
}

size_t hw_put_quote_table(hw_page *p, hw_cursor *c, size_t most, unsigned columns, char *mark)
{
    const char *names[5];
    unsigned k = 0;
    hw_quote_row q;
    size_t n = 0;
    if (columns & HW_COLUMN_SPEAKER) names[k++] = "quotes.speaker";
    names[k++] = "quotes.words";
    if (columns & HW_COLUMN_ARTICLE) {
        names[k++] = "list.date";
        names[k++] = "quotes.article";
    }
    names[k] = NULL;
    head(p, "list.caption.quotes", names);
    while (n < most && hw_next_quote(c, &q)) {
        put_quote_row(p, &q, columns);
        n++;
    }
    end(p, c, n);
    if (mark && n == most) hw_cursor_mark(c, mark, 64);
    return n;
}

size_t hw_put_event_table(hw_page *p, hw_cursor *c, size_t most, char *mark)
{
    static const char *const columns[] = {"events.type", "events.actors", "events.sentence", "list.date", "quotes.article", NULL};
    hw_event_row v;
    size_t n = 0;
    head(p, "list.caption.events", columns);
    while (n < most && hw_next_event(c, &v)) {
        n++;
        hw_put_raw(p, "<tr>");
        cell(p, "type", "events.type");
        hw_put_event_what(p, &v);
        hw_put_raw(p, "</td>");
        cell(p, "who", "events.actors");
        hw_put_event_who(p, &v);
        hw_put_raw(p, "</td>");
        cell(p, "words", "events.sentence");
        hw_put_event_sentence(p, &v);
        hw_put_raw(p, "<p class=\"soft\">");
        hw_put_sure(p, v.confidence);
        hw_put_raw(p, "</p></td>");
        cell(p, "date", "list.date");
        hw_put_date(p, v.date);
        hw_put_raw(p, "</td>");
        cell(p, "article", "quotes.article");
        hw_put_article(p, &v.article, hw_event_anchor(p, &v));
        if (v.article.outlet || v.article.copies || v.reports > 1) {
            hw_put_raw(p, "<p class=\"soft\">");
            hw_put_outlets(p, &v.article);
            hw_put_raw(p, " ");
            hw_put_reports(p, &v);
            hw_put_raw(p, "</p>");
        }
        hw_put_raw(p, "</td></tr>\n");
    }
    end(p, c, n);
    if (mark && n == most) hw_cursor_mark(c, mark, 64);
    return n;
}
