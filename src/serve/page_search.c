/* The first page. In: words, and what narrows them down. Out: the articles that say so with the place where they do, counts by outlet,
 * year, speaker, type and channel to narrow down further; without words the newest articles and who is heard most. */
#include "serve/page.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { HITS = 20, NEWEST = 30, HEARD = 12, NAMED = 3, FACET_ROWS = 8 };

static const struct { const char *name, *group; } narrowing[] = {{"outlet", NULL}, {"from", NULL}, {"to", NULL}, {"speaker", NULL}, {"type", "event"}, {"channel", "channel"}};
enum { N_NARROWING = sizeof narrowing / sizeof *narrowing };

static bool narrowed(const hw_page *p)
{
    for (size_t i = 0; i < N_NARROWING; i++)
        if (hw_value(p->rq, narrowing[i].name)) return true;
    return false;
}

/* What was chosen, each with a link that takes it back. */
static void put_chosen(hw_page *p)
{
    if (!narrowed(p)) return;
    hw_put_raw(p, "<ul class=\"chosen\">");
    for (size_t i = 0; i < N_NARROWING; i++) {
        const char *v = hw_value(p->rq, narrowing[i].name);
        if (!v) continue;
        const char *shown = narrowing[i].group ? hw_say_of(p, narrowing[i].group, v) : v;
        if (!strcmp(narrowing[i].name, "from") || !strcmp(narrowing[i].name, "to")) shown = hw_date_text(p, v);
        hw_put_raw(p, "<li><a ");
        hw_put_href_with(p, narrowing[i].name, NULL);
        hw_put_raw(p, " title=\"");
        hw_put_says(p, "filter.remove", shown);
        hw_put_raw(p, "\">");
        hw_put_say_of(p, i == 1 || i == 2 ? "filter" : "facet", narrowing[i].name);
        hw_put_raw(p, ": <bdi>");
        hw_put_text(p, shown);
        hw_put_raw(p, "</bdi> <span aria-hidden=\"true\">\xC3\x97</span></a></li>");
    }
    hw_put_raw(p, "</ul>\n");
}

/* ---- results -------------------------------------------------------------------------------------------------------- */

static void put_snippet(hw_page *p, const hw_hit *h)
{
    size_t at = 0, n = strlen(h->snippet);
    hw_put_raw(p, "<p class=\"k snippet\" lang=\"ckb\" dir=\"auto\">");
    if (h->cut_before) hw_put_raw(p, "\xE2\x80\xA6 ");
    for (size_t i = 0; i < h->n_hits; i++) {
        if (h->hits[i].b < at || h->hits[i].e > n) continue;
        hw_put_text_n(p, h->snippet + at, h->hits[i].b - at);
        hw_put_raw(p, "<mark>");
        hw_put_text_n(p, h->snippet + h->hits[i].b, h->hits[i].e - h->hits[i].b);
        hw_put_raw(p, "</mark>");
        at = h->hits[i].e;
    }
    hw_put_text_n(p, h->snippet + at, n - at);
    if (h->cut_after) hw_put_raw(p, " \xE2\x80\xA6");
    hw_put_raw(p, "</p>");
}

static void put_hits(hw_page *p, const hw_results *r)
{
    hw_put_raw(p, "<ol class=\"hits\">\n");
    for (size_t i = 0; i < r->n; i++) {
        const hw_hit *h = &r->hits[i];
        hw_article_ref a = {.id = h->id, .title = h->title, .published = h->published, .outlet = h->outlet, .url = h->url, .copies = h->copies, .outlets = h->outlets};
        hw_put_raw(p, "<li><h3>");
        hw_put_article(p, &a, NULL);
        hw_put_raw(p, "</h3><p class=\"where\">");
        hw_put_where(p, &a);
        if (h->some_words_only && !r->some_words_only) {
            hw_put_raw(p, " \xC2\xB7 ");
            hw_put_say(p, "search.some-hit");
        }
        hw_put_raw(p, "</p>");
        put_snippet(p, h);
        hw_put_raw(p, "</li>\n");
    }
    hw_put_raw(p, "</ol>\n");
}

/* The parameter of a facet's link and its value; the link is to the first page of what is left. */
static void put_facet_link(hw_page *p, hw_facet_kind kind, const hw_facet_row *row)
{
    static const char *const names[] = {"outlet", NULL, "speaker", "type", "channel"};
    static const char *const groups[] = {NULL, NULL, NULL, "event", "channel"};
    hw_put_raw(p, "<li><a rel=\"nofollow\" ");
    if (kind == HW_FACET_YEAR) {
        hw_put_href(p, "/", "q", hw_value(p->rq, "q"), "outlet", hw_value(p->rq, "outlet"), "speaker", hw_value(p->rq, "speaker"), "type", hw_value(p->rq, "type"), "channel",
                    hw_value(p->rq, "channel"), "sort", hw_value(p->rq, "sort"), "from", row->value, "to", row->value, NULL);
    } else hw_put_href_with(p, names[kind], kind == HW_FACET_SPEAKER && row->name_ckb && *row->name_ckb ? row->name_ckb : row->value);
    hw_put_raw(p, ">");
    if (kind == HW_FACET_SPEAKER) hw_put_name(p, row->value, row->name_ckb);
    else {
        hw_put_raw(p, "<bdi>");
        hw_put_text(p, groups[kind] ? hw_say_of(p, groups[kind], row->value) : kind == HW_FACET_YEAR ? hw_date_text(p, row->value) : row->value);
        hw_put_raw(p, "</bdi>");
    }
    hw_put_raw(p, "</a> <span class=\"n\">");
    hw_put_number(p, row->articles);
    hw_put_raw(p, "</span></li>");
}

static void put_facets(hw_page *p, const hw_results *r)
{
    static const char *const labels[] = {"facet.outlet", "facet.year", "facet.speaker", "facet.type", "facet.channel"};
    hw_put_raw(p, "<aside class=\"facets\" id=\"facets\" aria-labelledby=\"facets-title\">\n<h2 id=\"facets-title\">");
    hw_put_say(p, "search.facets");
    hw_put_raw(p, "</h2>\n");
    for (int k = 0; k < HW_N_FACETS; k++) {
        const hw_facet *f = &r->facet[k];
        if (!f->n) continue;
        hw_put_raw(p, "<section><h3>");
        hw_put_say(p, labels[k]);
        hw_put_raw(p, "</h3><ul>");
        for (size_t i = 0; i < f->n && i < FACET_ROWS; i++) put_facet_link(p, (hw_facet_kind)k, &f->row[i]);
        hw_put_raw(p, "</ul></section>\n");
    }
    hw_put_raw(p, "</aside>\n");
}

/* People, organisations and places that are called so. */
static void put_names(hw_page *p, const char *q)
{
    hw_entity_row *v = NULL;
    size_t n = 0;
    if (strlen(q) > 100 || strpbrk(q, ":\"*=()|") || hw_store_find(p->rq->store, q, NULL, NAMED, &v, &n, NULL) != HEWAL_OK) return;
    if (n && v[0].match >= 0.5) {
        hw_put_raw(p, "<ul class=\"called\">");
        for (size_t i = 0; i < n && v[i].match >= 0.5; i++) {
            hw_put_raw(p, "<li><a ");
            hw_put_href(p, hw_sprintf(&p->rq->arena, "/entities/%lld", (long long)v[i].id), NULL);
            hw_put_raw(p, ">");
            hw_put_name(p, v[i].name, v[i].name_ckb);
            hw_put_raw(p, "</a> <span class=\"soft\">");
            hw_put_say_of(p, "type", v[i].type);
            hw_put_raw(p, " \xC2\xB7 ");
            hw_put_says(p, "entity.counts", hw_number_text(p, v[i].articles), hw_number_text(p, v[i].mentions), hw_number_text(p, v[i].quotes));
            hw_put_raw(p, "</span></li>");
        }
        hw_put_raw(p, "</ul>\n");
    }
    free(v);
}

/* What is said before the {1} of an id; the rest is returned. For links, which are no text. */
static const char *put_up_to_gap(hw_page *p, const char *id)
{
    const char *say = hw_say(p, id), *gap = strstr(say, "{1}");
    hw_put_text_n(p, say, gap ? (size_t)(gap - say) : strlen(say));
    return gap ? gap + 3 : "";
}

static void put_count(hw_page *p, const hw_results *r)
{
    hw_put_raw(p, "<p class=\"count\" data-status>");
    if (!r->n) hw_put_say(p, "search.none");
    else hw_put_says(p, r->about ? "search.about" : r->total == 1 ? "search.one" : "search.n", hw_number_text(p, r->total));
    if (r->n && r->some_words_only) {
        hw_put_raw(p, " \xC2\xB7 ");
        hw_put_say(p, "search.some");
    }
    hw_put_raw(p, "</p>\n");
    if (r->n) return;
    hw_put_raw(p, "<p>");
    const char *rest = put_up_to_gap(p, "search.none-hint");
    hw_put_raw(p, "<a ");
    hw_put_href(p, "/help", NULL);
    hw_put_raw(p, ">");
    hw_put_say(p, "nav.help");
    hw_put_raw(p, "</a>");
    hw_put_text(p, rest);
    hw_put_raw(p, "</p>\n");
}

static void put_order(hw_page *p)
{
    static const char *const words[] = {"best", "newest"};
    const char *now = hw_value(p->rq, "sort");
    hw_put_raw(p, "<p class=\"order\">");
    for (int i = 0; i < 2; i++) {
        bool chosen = now && !strcmp(now, words[i]);
        if (i) hw_put_raw(p, " \xC2\xB7 ");
        hw_put_raw(p, "<a ");
        hw_put_href_with(p, "sort", i ? words[i] : NULL);
        hw_put_raw(p, chosen ? " aria-current=\"true\">" : ">");
        hw_put_say_of(p, "search.sort", words[i]);
        hw_put_raw(p, "</a>");
    }
    hw_put_raw(p, " \xC2\xB7 <a type=\"application/atom+xml\" ");
    hw_put_href(p, "/api/v1/search.atom", "q", hw_value(p->rq, "q"), "from", hw_value(p->rq, "from"), "to", hw_value(p->rq, "to"), "outlet", hw_value(p->rq, "outlet"), NULL);
    hw_put_raw(p, ">");
    hw_put_say(p, "search.feed");
    hw_put_raw(p, "</a></p>\n");
}

/* A remark on the query, or what is wrong with it, in the page's language: `at` which letter, 0 for none in particular. */
static void put_note(hw_page *p, unsigned at, const char *text)
{
    const char *said = p->ckb ? hw_words_translate(&p->rq->arena, text) : text;
    hw_put_raw(p, said == text && p->ckb ? "<p class=\"note\" data-status lang=\"en\" dir=\"ltr\">" : "<p class=\"note\" data-status>");
    if (at) hw_put_says(p, "search.note", hw_number_text(p, at), said);
    else hw_put_text(p, said);
    hw_put_raw(p, "</p>\n");
}

/* "query:7: what". */
static void put_fault(hw_page *p, const char *message)
{
    unsigned at = 0;
    int n = 0;
    if (sscanf(message, "query:%u: %n", &at, &n) != 1 || !n) at = 0, n = 0;
    put_note(p, at, message + n);
}

static void put_hints(hw_page *p, const hw_results *r)
{
    for (size_t i = 0; i < r->n_notes; i++) put_note(p, r->notes[i].at, r->notes[i].text);
    if (!r->meant) return;
    hw_put_raw(p, "<p class=\"note\">");
    const char *rest = put_up_to_gap(p, "search.meant");
    hw_put_raw(p, "<a ");
    hw_put_href_with(p, "q", r->meant);
    hw_put_raw(p, "><bdi>");
    hw_put_text(p, r->meant);
    hw_put_raw(p, "</bdi></a>");
    hw_put_text(p, rest);
    hw_put_raw(p, "</p>\n");
}

/* The words, with what was chosen beside them as the query language says it. */
static const char *whole_query(hw_page *p)
{
    static const char *const fields[] = {"speaker", "type", "channel"};
    const char *q = hw_value(p->rq, "q");
    hw_arena *a = &p->rq->arena;
    q = q ? q : "";
    for (size_t i = 0; i < sizeof fields / sizeof *fields; i++) {
        const char *v = hw_value(p->rq, fields[i]);
        if (!v) continue;
        char *word = hw_strdup(a, v);
        for (char *c = word; *c; c++)
            if (*c == '"') *c = ' ';
        q = hw_sprintf(a, "%s%s%s:\"%s\"", q, *q ? " " : "", fields[i], word);
    }
    return q;
}

static void put_results(hw_page *p, const char *query)
{
    hw_search_options o = {.limit = HITS, .from = hw_value(p->rq, "from"), .to = hw_value(p->rq, "to"), .outlet = hw_value(p->rq, "outlet"), .after = hw_value(p->rq, "after"),
                           .order = hw_value_is(p->rq, "sort", "newest") ? HW_NEWEST_FIRST : HW_BEST_FIRST, .facets = true, .groups = true};
    hw_results *r = NULL;
    hewal_error err;
    const char *q = hw_value(p->rq, "q");
    if (hw_search(p->rq->store, p->rq->model, query, &o, &r, &err) != HEWAL_OK) {
        if (err.status != HEWAL_EINVAL) {
            hw_page_failed(p, &err);
            return;
        }
        p->rs->status = 400; /* and the form stays, to be mended */
        hw_put_raw(p, "<div class=\"results\">\n");
        put_chosen(p);
        put_fault(p, err.message);
        hw_put_raw(p, "</div>\n");
        return;
    }
    hw_put_raw(p, "<div class=\"results\">\n<h2 class=\"hidden\">");
    hw_put_say(p, "search.results");
    hw_put_raw(p, "</h2>\n");
    put_chosen(p);
    put_count(p, r);
    put_hints(p, r);
    if (q && !hw_value(p->rq, "after")) put_names(p, q);
    if (r->n) put_order(p);
    if (r->n) put_hits(p, r);
    hw_put_paging(p, r->next);
    hw_put_raw(p, "</div>\n");
    if (r->n) put_facets(p, r);
    hw_results_free(r);
}

/* ---- without words -------------------------------------------------------------------------------------------------- */

static void put_store(hw_page *p)
{
    hw_store_counts n;
    if (hw_store_count(p->rq->store, &n, NULL) != HEWAL_OK) return;
    hw_put_raw(p, "<p class=\"count\" data-status>");
    hw_put_says(p, "search.counts", hw_number_text(p, n.articles), hw_number_text(p, n.quotes), hw_number_text(p, n.events), hw_number_text(p, n.people));
    if (n.first[0]) {
        hw_put_say(p, "list.comma");
        hw_put_says(p, "search.period", hw_date_text(p, n.first), hw_date_text(p, n.last));
    }
    hw_put_raw(p, "</p>\n");
}

static void put_articles(hw_page *p)
{
    hw_filter f;
    hw_article_ref a;
    hewal_error err;
    char mark[64] = "";
    size_t n = 0;
    if (!hw_filter_read(p->rq, p->rs, &f)) return;
    f.type = f.channel = NULL;
    f.speakers = NULL;
    if (hw_store_articles(p->rq->store, &f, &p->rq->cursor, &err) != HEWAL_OK) {
        hw_page_failed(p, &err);
        return;
    }
    hw_put_raw(p, "<div class=\"results\">\n<h2>");
    hw_put_say(p, narrowed(p) ? "search.articles" : "search.newest");
    hw_put_raw(p, "</h2>\n");
    put_chosen(p);
    hw_put_raw(p, "<ol class=\"hits short\">\n");
    while (n < NEWEST && hw_next_article(p->rq->cursor, &a, NULL)) {
        n++;
        hw_put_raw(p, "<li><h3>");
        hw_put_article(p, &a, NULL);
        hw_put_raw(p, "</h3><p class=\"where\">");
        hw_put_where(p, &a);
        hw_put_raw(p, "</p></li>\n");
    }
    hw_put_raw(p, "</ol>\n");
    if (n == NEWEST) hw_cursor_mark(p->rq->cursor, mark, sizeof mark);
    if (!n) {
        hw_put_raw(p, "<p>");
        hw_put_say(p, "list.none");
        hw_put_raw(p, "</p>\n");
    }
    hw_put_paging(p, mark);
    hw_put_raw(p, "</div>\n");
    if (hw_cursor_error(p->rq->cursor, &err) != HEWAL_OK) hw_page_failed(p, &err);
}

static void put_heard(hw_page *p)
{
    hw_filter f = {0};
    hw_cursor *c;
    hw_entity_row e;
    if (hw_store_entities(p->rq->store, &f, &c, NULL) != HEWAL_OK) return;
    hw_put_raw(p, "<aside class=\"facets\" aria-labelledby=\"heard\">\n<h2 id=\"heard\">");
    hw_put_say(p, "nav.voices");
    hw_put_raw(p, "</h2>\n<section><ul>");
    for (int i = 0; i < HEARD && hw_next_entity(c, &e); i++) {
        if (!e.quotes) break;
        hw_put_raw(p, "<li>");
        hw_put_entity_link(p, &(hw_entity_ref){e.id, e.name, e.name_ckb, e.type});
        hw_put_raw(p, " <span class=\"n\">");
        hw_put_number(p, e.quotes);
        hw_put_raw(p, "</span></li>");
    }
    hw_put_raw(p, "</ul></section>\n</aside>\n");
    hw_cursor_close(c);
}

void hw_show_front(hw_request *rq, hw_response *rs)
{
    hw_page p;
    const char *q = hw_value(rq, "q");
    hw_page_begin(&p, rq, rs, "search", q);
    hw_put_raw(&p, "<h1 class=\"hidden\">");
    hw_put_say(&p, "search.title");
    hw_put_raw(&p, "</h1>\n<div class=\"columns\" id=\"list\" data-live>\n");
    const char *query = whole_query(&p);
    if (*query) put_results(&p, query);
    else {
        if (!narrowed(&p)) {
            hw_put_raw(&p, "<div class=\"lead\"><p class=\"motto\">");
            hw_put_say(&p, "site.motto");
            hw_put_raw(&p, "</p>\n");
            put_store(&p);
            hw_put_raw(&p, "</div>\n");
        }
        put_articles(&p);
        put_heard(&p);
    }
    hw_put_raw(&p, "</div>\n");
    hw_page_end(&p);
}
