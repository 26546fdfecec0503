/* In: the articles and entities of a report. Out: its index (articles, speakers, the latest quotes and events) and its pages of
 * people, organisations and places. */
#include "cli/report.h"

#include <stdlib.h>
#include <string.h>

enum { LATEST = 20, SPEAKERS = 40 };

static const report_article *article_called(const report *r, const char *id)
{
    for (size_t i = 0; i < r->n_articles; i++)
        if (!strcmp(r->articles[i].id, id)) return &r->articles[i];
    return NULL;
}

static void put_date(hw_buf *b, const char *date)
{
    hw_puts(b, "<td class=\"date soft\">");
    if (date) hw_put_html(b, date, strnlen(date, 10));
    hw_puts(b, "</td>");
}

/* A link to an article of the report, or only its name. */
static void put_article(hw_buf *b, const report_article *a, const char *title)
{
    if (a) hw_putf(b, "<a dir=\"auto\" href=\"%s\">", a->file);
    else hw_puts(b, "<span dir=\"auto\">");
    report_text(b, title);
    hw_puts(b, a ? "</a>" : "</span>");
}

static const char *called(const char *title, const char *id)
{
    return title && *title ? title : id;
}

static hewal_type type_named(const char *type)
{
    return !strcmp(type, "ORG") ? HEWAL_ORG : !strcmp(type, "LOC") ? HEWAL_LOC : HEWAL_PER;
}

static const report_entity *entity_of(const report *r, int64_t id)
{
    for (size_t h = (size_t)id * 0x9E3779B97F4A7C15u;; h++) {
        uint32_t k = r->n_slots ? r->slots[h & (r->n_slots - 1)] : 0;
        if (!k) return NULL;
        if (r->entities[k - 1].id == id) return &r->entities[k - 1];
    }
}

/* A name, linked when it has a place on a page of this report. */
static void put_ref(hw_buf *b, const report *r, const hw_entity_ref *e)
{
    if (!e->id) return;
    if (entity_of(r, e->id)) report_name(b, type_named(e->type), e->id, e->name, e->name_ckb);
    else report_text(b, hw_ref_name(e));
}

static void put_refs(hw_buf *b, const report *r, const hw_entity_ref *v, size_t n)
{
    for (size_t i = 0; i < n; i++) {
        if (i) hw_puts(b, ", ");
        put_ref(b, r, &v[i]);
    }
}

static bool put_quotes(hw_buf *b, const report *r, hewal_error *err)
{
    hw_filter f = {0};
    hw_cursor *cur;
    if (hw_store_quotes(r->store, &f, &cur, err) != HEWAL_OK) return false;
    hw_quote_row q;
    hw_puts(b, "<h2>Latest quotes</h2>\n<table>\n");
    for (int i = 0; i < LATEST && hw_next_quote(cur, &q); i++) {
        hw_puts(b, "<tr>");
        put_date(b, q.article.published);
        hw_puts(b, "<td>");
        if (q.speaker.id) put_ref(b, r, &q.speaker);
        else report_text(b, q.source);
        hw_puts(b, "<br><span class=\"soft\">");
        report_text(b, q.channel);
        hw_puts(b, "</span></td><td class=\"ckb\" dir=\"auto\">");
        report_cut(b, q.text, strlen(q.text), 420);
        hw_puts(b, "</td><td class=\"wide soft\">");
        put_article(b, article_called(r, q.article.id), called(q.article.title, q.article.id));
        hw_puts(b, "</td></tr>\n");
    }
    hw_puts(b, "</table>\n");
    bool ok = hw_cursor_error(cur, err) == HEWAL_OK;
    hw_cursor_close(cur);
    return ok;
}

static bool put_events(hw_buf *b, const report *r, hewal_error *err)
{
    hw_filter f = {0};
    hw_cursor *cur;
    if (hw_store_events(r->store, &f, &cur, err) != HEWAL_OK) return false;
    hw_event_row v;
    hw_puts(b, "<h2>Latest events</h2>\n<table>\n");
    for (int i = 0; i < LATEST && hw_next_event(cur, &v); i++) {
        hw_puts(b, "<tr>");
        put_date(b, v.date);
        hw_puts(b, "<td><b>");
        report_text(b, v.type);
        hw_puts(b, "</b> <span class=\"soft\">");
        report_text(b, v.mode);
        hw_puts(b, v.mode && *v.mode ? ", " : "");
        report_text(b, v.status);
        hw_puts(b, "</span><br>");
        put_refs(b, r, v.actors, v.n_actors);
        if (v.n_targets) hw_puts(b, " \xE2\x86\x92 ");
        put_refs(b, r, v.targets, v.n_targets);
        hw_puts(b, "</td><td class=\"ckb\" dir=\"auto\">");
        report_cut(b, v.sentence ? v.sentence : v.trigger, strlen(v.sentence ? v.sentence : v.trigger), 420);
        hw_puts(b, "</td><td class=\"wide soft\">");
        put_article(b, article_called(r, v.article.id), called(v.article.title, v.article.id));
        hw_puts(b, "</td></tr>\n");
    }
    hw_puts(b, "</table>\n");
    bool ok = hw_cursor_error(cur, err) == HEWAL_OK;
    hw_cursor_close(cur);
    return ok;
}

static bool put_speakers(hw_buf *b, const report *r, hewal_error *err)
{
    hw_filter f = {0};
    hw_cursor *cur;
    if (hw_store_entities(r->store, &f, &cur, err) != HEWAL_OK) return false;
    hw_entity_row e;
    hw_puts(b, "<h2>Who is quoted most</h2>\n<table>\n<tr><th>speaker</th><th></th><th>quotes</th><th>articles</th></tr>\n");
    for (int i = 0; i < SPEAKERS && hw_next_entity(cur, &e) && e.quotes; i++) {
        hw_puts(b, "<tr><td>");
        put_ref(b, r, &(hw_entity_ref){e.id, e.name, e.name_ckb, e.type});
        hw_puts(b, "</td><td class=\"ckb\">");
        report_text(b, e.name_ckb);
        hw_putf(b, "</td><td class=\"num\">%lld</td><td class=\"num\">%lld</td></tr>\n", (long long)e.quotes, (long long)e.articles);
    }
    hw_puts(b, "</table>\n");
    bool ok = hw_cursor_error(cur, err) == HEWAL_OK;
    hw_cursor_close(cur);
    return ok;
}

static void put_articles(hw_buf *b, const report *r, int64_t in_store)
{
    hw_puts(b, "<h2>Articles</h2>\n<table>\n<tr><th>date</th><th>title</th><th class=\"wide\">outlet</th><th>quotes</th><th>events</th></tr>\n");
    for (size_t i = 0; i < r->n_articles; i++) {
        const report_article *a = &r->articles[i];
        hw_puts(b, "<tr>");
        put_date(b, a->published);
        hw_puts(b, "<td>");
        put_article(b, a, called(a->title, a->id));
        hw_puts(b, "</td><td class=\"wide soft\">");
        report_text(b, a->outlet);
        hw_putf(b, "</td><td class=\"num\">%u</td><td class=\"num\">%u</td></tr>\n", a->quotes, a->events);
    }
    hw_puts(b, "</table>\n");
    if (in_store > (int64_t)r->n_articles)
        hw_putf(b, "<p class=\"soft\">The store has %lld more, older ones (hewal report --limit=N).</p>\n", (long long)(in_store - (int64_t)r->n_articles));
}

bool report_index(report *r, const hw_store_counts *n)
{
    hw_buf b = hw_buf_on(&r->page);
    hewal_error err;
    report_begin(&b, "Record of the news");
    hw_puts(&b, "<h1>Record of the news</h1>\n");
    if (n->first[0]) hw_putf(&b, "<p class=\"soft\">Central Kurdish articles from %s to %s, read by a program.</p>\n", n->first, n->last);
    hw_putf(&b, "<ul class=\"counts\"><li><b>%lld</b>articles</li><li><b>%lld</b>speakers</li><li><b>%lld</b>quotes</li><li><b>%lld</b>events</li></ul>\n",
            (long long)n->articles, (long long)n->speakers, (long long)n->quotes, (long long)n->events);
    put_articles(&b, r, n->articles);
    if (!put_speakers(&b, r, &err) || !put_quotes(&b, r, &err) || !put_events(&b, r, &err)) return cli_fail("%s", err.message), false;
    report_end(&b);
    return report_write(r, &b, "index.html");
}

/* ---- names -------------------------------------------------------------------------------------------------------- */

static int by_weight(const void *x, const void *y)
{
    const report_entity *a = *(report_entity *const *)x, *b = *(report_entity *const *)y;
    if (a->quotes != b->quotes) return a->quotes > b->quotes ? -1 : 1;
    if (a->articles != b->articles) return a->articles > b->articles ? -1 : 1;
    return a->id < b->id ? -1 : a->id > b->id;
}

static void put_notes(hw_buf *b, const report *r, const report_entity *e)
{
    const uint32_t none = UINT32_MAX;
    uint32_t last = none;
    hw_puts(b, "<table>\n");
    for (uint32_t i = 0; i < e->n_notes; i++) {
        const report_note *n = &e->notes[i];
        const report_article *a = &r->articles[n->article];
        if (n->quote < 0 && n->article == last) continue;
        hw_puts(b, "<tr>");
        put_date(b, a->published);
        hw_puts(b, "<td>");
        put_article(b, a, called(a->title, a->id));
        hw_puts(b, "</td><td class=\"ckb\" dir=\"auto\">");
        if (n->quote >= 0 && a->words && a->at) {
            hw_putf(b, "<a href=\"%s#q%u-%u\">", a->file, a->at[(size_t)n->quote * 2], a->at[(size_t)n->quote * 2 + 1]);
            report_text(b, a->words[n->quote]);
            hw_puts(b, "</a>");
        }
        hw_puts(b, "</td></tr>\n");
        last = n->article;
    }
    hw_puts(b, "</table>\n");
}

bool report_names(report *r, hewal_type type, const char *file, const char *title)
{
    report_entity **v = calloc(r->n_entities + 1, sizeof *v);
    if (!v) return cli_fail("out of memory"), false;
    size_t n = 0;
    for (size_t i = 0; i < r->n_entities; i++)
        if (r->entities[i].type == type) v[n++] = &r->entities[i];
    if (n) qsort(v, n, sizeof *v, by_weight);
    hw_buf b = hw_buf_on(&r->page);
    report_begin(&b, title);
    hw_putf(&b, "<h1>%s</h1>\n", title);
    for (size_t i = 0; i < n; i++) {
        hw_putf(&b, "<section id=\"e%lld\"><h3 dir=\"auto\">", (long long)v[i]->id);
        report_text(&b, v[i]->name && *v[i]->name ? v[i]->name : v[i]->name_ckb);
        hw_puts(&b, " <bdi class=\"ckb soft\">");
        report_text(&b, v[i]->name_ckb);
        hw_putf(&b, "</bdi></h3>\n<p class=\"soft\">in %u article%s, quoted %u time%s</p>\n", v[i]->articles, v[i]->articles == 1 ? "" : "s", v[i]->quotes,
                v[i]->quotes == 1 ? "" : "s");
        put_notes(&b, r, v[i]);
        hw_puts(&b, "</section>\n");
    }
    report_end(&b);
    free(v);
    return report_write(r, &b, file);
}
