/* In: an article of the store. Out: its page: the text, and the record beside it, every fact with its words and how sure it is. */
#include "cli/report.h"
#include "serve/marked.h"

#include <stdlib.h>
#include <string.h>

static const char *shown(const hewal_entity *e)
{
    return e->name && *e->name ? e->name : e->name_ckb;
}

static void put_entity(hw_buf *b, const hw_stored *a, int32_t i)
{
    if (i < 0 || (size_t)i >= a->record.n_entities) return;
    const hewal_entity *e = &a->record.entities[i];
    report_name(b, e->type, a->entity_ids[i], e->name, e->name_ckb);
}

static void put_entities(hw_buf *b, const hw_stored *a, const int32_t *v, size_t n)
{
    for (size_t i = 0; i < n; i++) {
        if (i) hw_puts(b, ", ");
        put_entity(b, a, v[i]);
    }
}

static void put_sure(hw_buf *b, float c)
{
    hw_putf(b, "<span class=\"bar %s\" title=\"how sure the program is\">%.0f%%</span>", report_confidence(c), (double)c * 100);
}

static void put_head(hw_buf *b, const hw_stored *a)
{
    const hw_article *x = &a->article;
    hw_puts(b, "<h1 dir=\"auto\">");
    report_text(b, x->title && *x->title ? x->title : x->id);
    hw_puts(b, "</h1>\n<p class=\"soft\">");
    if (a->record.published) {
        report_text(b, a->record.published);
        hw_puts(b, a->record.published_inferred ? " (from the text) \xC2\xB7 " : " \xC2\xB7 ");
    }
    if (x->outlet) {
        report_text(b, x->outlet);
        hw_puts(b, " \xC2\xB7 ");
    }
    if (x->url && (!strncmp(x->url, "https://", 8) || !strncmp(x->url, "http://", 7))) {
        hw_puts(b, "<a rel=\"noreferrer\" href=\"");
        report_text(b, x->url);
        hw_puts(b, "\">where it was published</a> \xC2\xB7 ");
    }
    hw_puts(b, "id ");
    report_text(b, x->id);
    if (x->source) {
        hw_puts(b, "<br>Source: <span dir=\"auto\">");
        report_text(b, x->source);
        hw_puts(b, "</span>");
    }
    hw_puts(b, "</p>\n");
}

static void put_quote(hw_buf *b, const hw_stored *a, size_t i, const uint8_t *colour_of)
{
    const hewal_record *r = &a->record;
    const hewal_quote *q = &r->quotes[i];
    bool known = q->source_entity >= 0 && (size_t)q->source_entity < r->n_entities;
    hw_putf(b, "<div class=\"card q%d\">", known ? colour_of[q->source_entity] : 0);
    put_sure(b, q->confidence);
    hw_puts(b, "<p><b>");
    if (known) put_entity(b, a, q->source_entity);
    else hw_puts(b, "speaker not known");
    hw_putf(b, "</b> <span class=\"soft\">%s, %s", hewal_kind_name(q->kind), hewal_channel_name(q->channel));
    if (q->n_via) {
        hw_puts(b, ", passed on by ");
        put_entities(b, a, q->via, q->n_via);
    }
    if (q->addressee_entity >= 0) {
        hw_puts(b, ", to ");
        put_entity(b, a, q->addressee_entity);
    }
    hw_putf(b, "</span></p>\n<p class=\"ckb\" dir=\"auto\"><a href=\"#q%u-%u\">", q->b, q->e);
    hw_put_html(b, r->text + q->b, q->e - q->b);
    hw_puts(b, "</a></p>");
    if (q->cue_e > q->cue_b) {
        hw_puts(b, "<p class=\"soft\">by the words <bdi class=\"ckb\">");
        hw_put_html(b, r->text + q->cue_b, q->cue_e - q->cue_b);
        hw_puts(b, "</bdi></p>");
    }
    hw_puts(b, "</div>\n");
}

/* Bytes around b..e up to the ends of its line, at most `far` away, whole characters. */
static void around(const hewal_record *r, uint32_t *b, uint32_t *e, uint32_t far)
{
    uint32_t lo = *b > far ? *b - far : 0, hi = r->text_len - *e > far ? *e + far : (uint32_t)r->text_len;
    while (*b > lo && r->text[*b - 1] != '\n') --*b;
    while (*e < hi && r->text[*e] != '\n') ++*e;
    while (*b < *e && ((unsigned char)r->text[*b] & 0xC0) == 0x80) ++*b;
    while (*e < r->text_len && ((unsigned char)r->text[*e] & 0xC0) == 0x80) ++*e;
}

static void put_event(hw_buf *b, const hw_stored *a, size_t i)
{
    const hewal_record *r = &a->record;
    const hewal_event *v = &r->events[i];
    uint32_t from = v->b, to = v->e;
    around(r, &from, &to, 140);
    hw_puts(b, "<div class=\"card\">");
    put_sure(b, v->confidence);
    hw_putf(b, "<p><b>%s</b> <span class=\"soft\">%s%s%s", hewal_event_type_name(v->type), hewal_mode_name(v->mode), v->mode ? ", " : "",
            hewal_event_status_name(v->status));
    if (v->in_quote >= 0 && (size_t)v->in_quote < r->n_quotes)
        hw_putf(b, ", as <a href=\"#q%u-%u\">said</a>", r->quotes[v->in_quote].b, r->quotes[v->in_quote].e);
    hw_puts(b, "</span></p>\n<p>");
    put_entities(b, a, v->actors, v->n_actors);
    if (v->n_targets) hw_puts(b, v->n_actors ? " \xE2\x86\x92 " : "\xE2\x86\x92 ");
    put_entities(b, a, v->targets, v->n_targets);
    if (v->place >= 0) {
        hw_puts(b, " <span class=\"soft\">in</span> ");
        put_entity(b, a, v->place);
    }
    if (v->time >= 0 && (size_t)v->time < r->n_times) {
        hw_puts(b, " <span class=\"soft\">");
        report_text(b, r->times[v->time].value);
        hw_puts(b, "</span>");
    }
    hw_puts(b, "</p>\n<p class=\"ckb\" dir=\"auto\">");
    hw_put_html(b, r->text + from, v->b - from);
    hw_putf(b, "<a class=\"ev\" href=\"#v%u-%u\">", v->b, v->e);
    hw_put_html(b, r->text + v->b, v->e - v->b);
    hw_puts(b, "</a>");
    hw_put_html(b, r->text + v->e, to - v->e);
    hw_puts(b, "</p></div>\n");
}

/* The different words by which the text names entity i, at most five. */
static unsigned put_forms(hw_buf *b, const hewal_record *r, int32_t i)
{
    const hewal_mention *seen[5];
    unsigned n = 0, all = 0;
    for (size_t k = 0; k < r->n_mentions; k++) {
        const hewal_mention *m = &r->mentions[k];
        if (m->entity != i) continue;
        all++;
        bool again = n == 5;
        for (unsigned j = 0; j < n && !again; j++)
            again = seen[j]->e - seen[j]->b == m->e - m->b && !memcmp(r->text + seen[j]->b, r->text + m->b, m->e - m->b);
        if (again) continue;
        if (n) hw_puts(b, " \xC2\xB7 ");
        hw_puts(b, "<bdi>");
        hw_put_html(b, r->text + m->b, m->e - m->b);
        hw_puts(b, "</bdi>");
        seen[n++] = m;
    }
    return all;
}

static void put_names(hw_buf *b, const hw_stored *a)
{
    static const char *const titles[] = {"person", "organisation", "place", "person"};
    const hewal_record *r = &a->record;
    hw_puts(b, "<table>\n");
    for (size_t i = 0; i < r->n_entities; i++) {
        const hewal_entity *e = &r->entities[i];
        if (!shown(e)) continue;
        hw_puts(b, "<tr><td>");
        put_entity(b, a, (int32_t)i);
        hw_putf(b, "<br><span class=\"soft\">%s</span></td><td class=\"ckb\">", titles[e->type]);
        unsigned n = put_forms(b, r, (int32_t)i);
        hw_putf(b, "</td><td class=\"num\">%u\xC3\x97</td><td class=\"num soft %s\">%.0f%%</td></tr>\n", n, report_confidence(e->confidence),
                (double)e->confidence * 100);
    }
    hw_puts(b, "</table>\n");
}

static void put_times(hw_buf *b, const hewal_record *r)
{
    hw_puts(b, "<table>\n");
    for (size_t i = 0; i < r->n_times; i++) {
        const hewal_time *t = &r->times[i];
        hw_puts(b, "<tr><td>");
        report_text(b, t->value);
        hw_puts(b, "</td><td class=\"ckb\">");
        hw_put_html(b, r->text + t->b, t->e - t->b);
        hw_putf(b, "</td><td class=\"num soft %s\">%.0f%%</td></tr>\n", report_confidence(t->confidence), (double)t->confidence * 100);
    }
    for (size_t i = 0; i < r->n_quantities; i++) {
        const hewal_quantity *q = &r->quantities[i];
        hw_putf(b, "<tr><td>%.10g <bdi class=\"ckb\">", q->value);
        report_text(b, q->unit);
        hw_puts(b, "</bdi></td><td class=\"ckb\">");
        hw_put_html(b, r->text + q->b, q->e - q->b);
        hw_puts(b, "</td><td></td></tr>\n");
    }
    hw_puts(b, "</table>\n");
}

static void put_href(hw_buf *b, void *ctx, hewal_type type, int64_t id)
{
    (void)ctx;
    report_entity_link(b, type, id);
}

static const char *name_of(void *ctx, const hewal_entity *e)
{
    (void)ctx;
    return shown(e);
}

/* The report speaks as the JSON does. */
static const char *say(void *ctx, const char *group, const char *word)
{
    (void)ctx;
    return strcmp(group, "list") != 0 ? word : ", ";
}

bool report_article_page(hw_buf *b, const hw_stored *a)
{
    const hewal_record *r = &a->record;
    uint8_t *colour_of = hw_speaker_colours(r);
    const hw_marking m = {.colour_of = colour_of, .put_href = put_href, .name_of = name_of, .say = say};
    if (!colour_of) return false;
    report_begin(b, a->article.title && *a->article.title ? a->article.title : a->article.id);
    put_head(b, a);
    hw_puts(b, "<div class=\"two\">\n<div class=\"text ckb\" lang=\"ckb\" dir=\"rtl\">\n");
    bool ok = hw_put_marked(b, a, &m);
    hw_puts(b, "</div>\n<div class=\"record\">\n");
    if (r->n_quotes) hw_puts(b, "<h2>Who said what</h2>\n");
    for (size_t i = 0; i < r->n_quotes; i++) put_quote(b, a, i, colour_of);
    if (r->n_events) hw_puts(b, "<h2>Who did what</h2>\n");
    for (size_t i = 0; i < r->n_events; i++) put_event(b, a, i);
    if (r->n_entities) {
        hw_puts(b, "<h2>Who and what is named</h2>\n");
        put_names(b, a);
    }
    if (r->n_times + r->n_quantities) {
        hw_puts(b, "<h2>When and how many</h2>\n");
        put_times(b, r);
    }
    hw_puts(b, "<p class=\"soft\">Record made with model ");
    report_text(b, a->model);
    hw_puts(b, ".</p>\n</div>\n</div>\n");
    report_end(b);
    free(colour_of);
    return ok;
}
