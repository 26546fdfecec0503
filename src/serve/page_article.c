/* The page of an article. In: its id. Out: its text with what is found in it marked, and beside each paragraph who speaks and what
 * happens there; every quote and event with its evidence; names, times, numbers; similar articles, other reports of its events; how
 * to cite it. */
#include "base/vec.h"
#include "formats/formats.h"
#include "serve/marked.h"
#include "serve/page_facts.h"

#include <stdlib.h>
#include <string.h>

enum { SIMILAR = 6, GROUPS = 6, REPORTS = 6, COPIES = 50, FORMS = 5 };

typedef struct {
    hw_page *p;
    const hw_stored *a;
    const uint8_t *colour_of; /* by entity of the record */
} shown;

/* ---- the text ------------------------------------------------------------------------------------------------------- */

static void put_href(hw_buf *b, void *ctx, hewal_type type, int64_t id)
{
    shown *x = ctx;
    (void)type;
    const char *lang = hw_page_lang(x->p);
    hw_putf(b, "/entities/%lld%s%s", (long long)id, lang ? "?lang=" : "", lang ? lang : "");
}

static const char *name_of(void *ctx, const hewal_entity *e)
{
    shown *x = ctx;
    return hw_name_of(x->p, e->name, e->name_ckb);
}

static const char *say(void *ctx, const char *group, const char *word)
{
    shown *x = ctx;
    return hw_say_of(x->p, group, word);
}

static void put_names_of(shown *x, const int32_t *v, size_t n)
{
    const hewal_record *r = &x->a->record;
    for (size_t i = 0; i < n; i++) {
        if (v[i] < 0 || (size_t)v[i] >= r->n_entities) continue;
        if (i) hw_put_say(x->p, "list.comma");
        hw_put_name(x->p, r->entities[v[i]].name, r->entities[v[i]].name_ckb);
    }
}

static void put_margin_quote(shown *x, size_t i)
{
    const hewal_quote *q = &x->a->record.quotes[i];
    bool known = q->source_entity >= 0 && (size_t)q->source_entity < x->a->record.n_entities;
    hw_put_rawf(x->p, "<li class=\"said q%d\"><a href=\"#fact-q%u-%u\">", known ? x->colour_of[q->source_entity] : 0, q->b, q->e);
    if (known) put_names_of(x, &q->source_entity, 1);
    else hw_put_say(x->p, "quotes.unknown");
    hw_put_raw(x->p, "</a></li>");
}

static void put_margin_event(shown *x, size_t i)
{
    const hewal_event *v = &x->a->record.events[i];
    hw_put_rawf(x->p, "<li class=\"did\"><a href=\"#fact-v%u-%u\"><b>", v->b, v->e);
    hw_put_say_of(x->p, "event", hewal_event_type_name(v->type));
    hw_put_raw(x->p, "</b> ");
    put_names_of(x, v->actors, v->n_actors);
    if (v->n_targets) hw_put_raw(x->p, " <span class=\"arrow\" aria-hidden=\"true\"></span> ");
    put_names_of(x, v->targets, v->n_targets);
    hw_put_raw(x->p, "</a></li>");
}

static void before(hw_buf *b, void *ctx, uint32_t from, uint32_t to)
{
    (void)ctx;
    (void)from;
    (void)to;
    hw_puts(b, "<div class=\"para\">");
}

/* Beside a paragraph: who speaks in it, what happens. */
static void behind(hw_buf *b, void *ctx, uint32_t from, uint32_t to)
{
    shown *x = ctx;
    const hewal_record *r = &x->a->record;
    bool any = false;
    (void)b; /* the page's own */
    for (size_t i = 0; i < r->n_quotes; i++)
        if (r->quotes[i].b >= from && r->quotes[i].b < to) {
            hw_put_raw(x->p, any ? "" : x->p->ckb ? "<ul class=\"margin\" dir=\"rtl\">" : "<ul class=\"margin\" dir=\"ltr\">");
            any = true;
            put_margin_quote(x, i);
        }
    for (size_t i = 0; i < r->n_events; i++)
        if (r->events[i].b >= from && r->events[i].b < to) {
            hw_put_raw(x->p, any ? "" : x->p->ckb ? "<ul class=\"margin\" dir=\"rtl\">" : "<ul class=\"margin\" dir=\"ltr\">");
            any = true;
            put_margin_event(x, i);
        }
    hw_put_raw(x->p, any ? "</ul></div>\n" : "</div>\n");
}

static void put_legend(hw_page *p)
{
    static const struct { const char *open, *id, *close; } marks[] = {
        {"<span class=\"q q1\">", "article.legend.quote", "</span>"}, {"<span class=\"per\">", "article.legend.name", "</span>"},
        {"<span class=\"when\">", "article.legend.time", "</span>"}, {"<span class=\"n\">", "article.legend.number", "</span>"},
        {"<span class=\"ev\">", "article.legend.event", "</span>"}};
    hw_put_raw(p, "<p class=\"legend\">");
    hw_put_say(p, "article.legend");
    hw_put_raw(p, ":");
    for (size_t i = 0; i < sizeof marks / sizeof *marks; i++) {
        hw_put_raw(p, " ");
        hw_put_raw(p, marks[i].open);
        hw_put_say(p, marks[i].id);
        hw_put_raw(p, marks[i].close);
    }
    hw_put_raw(p, "</p>\n");
}

/* ---- head ----------------------------------------------------------------------------------------------------------- */

static void put_head(hw_page *p, const hw_stored *s)
{
    const hw_article *a = &s->article;
    hw_put_raw(p, "<h1><bdi>");
    hw_put_text(p, a->title && *a->title ? a->title : hw_say(p, "article.untitled"));
    hw_put_raw(p, "</bdi></h1>\n<p class=\"where\">");
    hw_article_ref ref = {.published = s->record.published, .outlet = a->outlet};
    hw_put_where(p, &ref);
    if (s->record.published && s->record.published_inferred) {
        hw_put_raw(p, " <span class=\"soft\">(");
        hw_put_say(p, "article.inferred");
        hw_put_raw(p, ")</span>");
    }
    if (hw_is_web_address(a->url)) {
        hw_put_raw(p, " \xC2\xB7 <a rel=\"noreferrer noopener external\" href=\"");
        hw_put_text(p, a->url);
        hw_put_raw(p, "\">");
        hw_put_say(p, "article.original");
        hw_put_raw(p, "</a>");
    }
    hw_put_raw(p, "</p>\n");
    if (!a->source) return;
    hw_put_raw(p, "<p class=\"soft source\">");
    hw_put_say(p, "article.source");
    hw_put_raw(p, ": <bdi>");
    hw_put_text(p, a->source);
    hw_put_raw(p, "</bdi></p>\n");
}

/* ---- facts ---------------------------------------------------------------------------------------------------------- */

static int colour_of_speaker(const shown *x, int64_t id)
{
    for (size_t i = 0; id && i < x->a->record.n_entities; i++)
        if (x->a->entity_ids[i] == id) return x->colour_of[i];
    return 0;
}

/* A card's beginning: the second of two facts at one place carries no id, for one stands once. */
static void begin_card(hw_page *p, const char *anchor, const char *before_it, const char *class)
{
    if (before_it && !strcmp(anchor, before_it)) hw_put_rawf(p, "<li class=\"fact %s\">", class);
    else hw_put_rawf(p, "<li class=\"fact %s\" id=\"fact-%s\">", class, anchor);
}

static void put_quote(shown *x, const hw_quote_row *q, const char *anchor, const char *before_it)
{
    hw_page *p = x->p;
    begin_card(p, anchor, before_it, hw_sprintf(&p->rq->arena, "said q%d", colour_of_speaker(x, q->speaker.id)));
    hw_put_raw(p, "<p><b>");
    if (q->speaker.id) hw_put_entity_link(p, &q->speaker);
    else hw_put_say(p, "quotes.unknown");
    hw_put_raw(p, "</b> <span class=\"soft\">");
    hw_put_quote_how(p, q);
    hw_put_rawf(p, "</span></p>\n<p><a class=\"plain\" href=\"#%s\">", anchor);
    hw_put_quoted(p, "q", q->kind[0] == 'd' ? "direct" : "indirect", q->text);
    hw_put_raw(p, "</a></p>\n<p class=\"soft\">");
    if (q->cue && *q->cue) {
        hw_put_say(p, "article.by-words");
        hw_put_raw(p, " ");
        hw_put_quoted(p, "bdi", "cue", q->cue);
        hw_put_raw(p, " \xC2\xB7 ");
    }
    hw_put_sure(p, q->confidence);
    hw_put_raw(p, "</p></li>\n");
}

static bool put_quotes(shown *x, const hw_filter *f, hewal_error *err)
{
    hw_page *p = x->p;
    hw_cursor *c;
    hw_quote_row q;
    const char *last = NULL;
    if (hw_store_quotes(p->rq->store, f, &c, err) != HEWAL_OK) return false;
    while (hw_next_quote(c, &q)) {
        if (!last) {
            hw_put_raw(p, "<section>\n<h2>");
            hw_put_say(p, "article.quotes");
            hw_put_raw(p, "</h2>\n<ol class=\"cards\">\n");
        }
        const char *anchor = hw_quote_anchor(p, &q);
        put_quote(x, &q, anchor, last);
        last = anchor;
    }
    if (last) hw_put_raw(p, "</ol>\n</section>\n");
    bool ok = hw_cursor_error(c, err) == HEWAL_OK;
    hw_cursor_close(c);
    return ok;
}

static void put_event(hw_page *p, const hw_event_row *v, const char *anchor, bool again)
{
    begin_card(p, anchor, again ? anchor : NULL, "did");
    hw_put_raw(p, "<p>");
    hw_put_event_what(p, v);
    hw_put_raw(p, " <span class=\"soft\">");
    hw_put_date(p, v->date);
    hw_put_raw(p, "</span></p>\n<p>");
    hw_put_event_who(p, v);
    hw_put_rawf(p, "</p>\n<p><a class=\"plain\" href=\"#%s\">", anchor);
    hw_put_event_sentence(p, v);
    hw_put_raw(p, "</a></p>\n<p class=\"soft\">");
    if (v->in_quote) {
        hw_put_say(p, "article.in-quote");
        hw_put_raw(p, " \xC2\xB7 ");
    }
    hw_put_sure(p, v->confidence);
    if (v->reports > 1) hw_put_raw(p, " \xC2\xB7 ");
    hw_put_reports(p, v);
    hw_put_raw(p, "</p></li>\n");
}

typedef struct { int64_t first[GROUPS]; unsigned n; } groups; /* events of the article that others report too */

static bool put_events(hw_page *p, const hw_filter *f, groups *g, hewal_error *err)
{
    hw_cursor *c;
    hw_event_row v;
    HW_VEC(const char *) seen = {0};
    if (hw_store_events(p->rq->store, f, &c, err) != HEWAL_OK) return false;
    while (hw_next_event(c, &v)) {
        if (!seen.n) {
            hw_put_raw(p, "<section>\n<h2>");
            hw_put_say(p, "article.events");
            hw_put_raw(p, "</h2>\n<ol class=\"cards\">\n");
        }
        const char *anchor = hw_event_anchor(p, &v);
        bool again = false;
        for (uint32_t i = 0; i < seen.n && i < 400 && !again; i++) again = !strcmp(seen.v[i], anchor);
        put_event(p, &v, anchor, again || seen.n >= 400);
        *(const char **)hw_push(&p->rq->arena, &seen) = anchor;
        if (v.reports > 1 && g->n < GROUPS) g->first[g->n++] = v.same ? v.same : v.id;
    }
    if (seen.n) hw_put_raw(p, "</ol>\n</section>\n");
    bool ok = hw_cursor_error(c, err) == HEWAL_OK;
    hw_cursor_close(c);
    return ok;
}

/* ---- names, times and numbers --------------------------------------------------------------------------------------- */

/* The different words by which the text names entity i. Returns how often. */
static unsigned put_forms(hw_page *p, const hewal_record *r, int32_t i)
{
    const hewal_mention *seen[FORMS];
    unsigned n = 0, all = 0;
    for (size_t k = 0; k < r->n_mentions; k++) {
        const hewal_mention *m = &r->mentions[k];
        if (m->entity != i || m->e > r->text_len) continue;
        all++;
        bool again = n == FORMS;
        for (unsigned j = 0; j < n && !again; j++) again = seen[j]->e - seen[j]->b == m->e - m->b && !memcmp(r->text + seen[j]->b, r->text + m->b, m->e - m->b);
        if (again) continue;
        if (n) hw_put_say(p, "list.comma");
        hw_put_raw(p, "<bdi>");
        hw_put_text_n(p, r->text + m->b, m->e - m->b);
        hw_put_raw(p, "</bdi>");
        seen[n++] = m;
    }
    return all;
}

static void put_names(hw_page *p, const hw_stored *a)
{
    const hewal_record *r = &a->record;
    if (!r->n_entities) return;
    hw_put_raw(p, "<section>\n<h2>");
    hw_put_say(p, "article.names");
    hw_put_raw(p, "</h2>\n<ul class=\"named\">\n");
    for (size_t i = 0; i < r->n_entities; i++) {
        const hewal_entity *e = &r->entities[i];
        hw_put_raw(p, "<li>");
        hw_put_entity_link(p, &(hw_entity_ref){a->entity_ids[i], e->name, e->name_ckb, NULL});
        hw_put_raw(p, " <span class=\"soft\">");
        hw_put_say_of(p, "type", hewal_type_name(e->type));
        hw_put_raw(p, "</span> <bdi class=\"k\" lang=\"ckb\" dir=\"auto\">");
        unsigned n = put_forms(p, r, (int32_t)i);
        hw_put_raw(p, "</bdi> <span class=\"soft\">");
        hw_put_says(p, "article.named", hw_number_text(p, n));
        hw_put_raw(p, "</span></li>\n");
    }
    hw_put_raw(p, "</ul>\n</section>\n");
}

static void put_times(hw_page *p, const hewal_record *r)
{
    if (!r->n_times && !r->n_quantities) return;
    hw_put_raw(p, "<section>\n<h2>");
    hw_put_say(p, "article.times");
    hw_put_raw(p, "</h2>\n<ul class=\"named\">\n");
    for (size_t i = 0; i < r->n_times; i++) {
        hw_put_raw(p, "<li><bdi class=\"k\" lang=\"ckb\">");
        hw_put_text_n(p, r->text + r->times[i].b, r->times[i].e - r->times[i].b);
        hw_put_raw(p, "</bdi> ");
        hw_put_date(p, r->times[i].value);
        hw_put_raw(p, "</li>\n");
    }
    for (size_t i = 0; i < r->n_quantities; i++) {
        const hewal_quantity *q = &r->quantities[i];
        hw_put_raw(p, "<li><bdi class=\"k\" lang=\"ckb\">");
        hw_put_text_n(p, r->text + q->b, q->e - q->b);
        hw_put_raw(p, "</bdi> <bdi>");
        hw_put_text(p, hw_figures_text(p, hw_sprintf(&p->rq->arena, "%.10g", q->value)));
        hw_put_raw(p, "</bdi> <bdi>");
        hw_put_text(p, q->unit);
        hw_put_raw(p, "</bdi></li>\n");
    }
    hw_put_raw(p, "</ul>\n</section>\n");
}

/* ---- other articles ------------------------------------------------------------------------------------------------- */

static void put_other(hw_page *p, const hw_article_ref *a)
{
    hw_put_raw(p, "<li>");
    hw_put_article(p, a, NULL);
    hw_put_raw(p, " <span class=\"soft\">");
    hw_put_where(p, a);
    hw_put_raw(p, "</span></li>\n");
}

static void put_similar(hw_page *p, const hw_stored *a)
{
    hw_similar_row *v = NULL;
    size_t n;
    if (hw_store_similar(p->rq->store, a->article.id, SIMILAR, &v, &n, NULL) != HEWAL_OK) return;
    if (n) {
        hw_put_raw(p, "<section>\n<h2>");
        hw_put_say(p, "article.similar");
        hw_put_raw(p, "</h2>\n<ul>\n");
        for (size_t i = 0; i < n; i++) put_other(p, &v[i].article);
        hw_put_raw(p, "</ul>\n</section>\n");
    }
    free(v);
}

static void put_other_reports(hw_page *p, const hw_stored *a, const groups *g)
{
    HW_VEC(const char *) seen = {0};
    for (unsigned i = 0; i < g->n; i++) {
        hw_filter f = {.reports_of = g->first[i]};
        hw_cursor *c;
        hw_event_row v;
        if (hw_store_events(p->rq->store, &f, &c, NULL) != HEWAL_OK) continue;
        while (seen.n < REPORTS && hw_next_event(c, &v)) {
            bool again = !strcmp(v.article.id, a->article.id);
            for (uint32_t k = 0; k < seen.n && !again; k++) again = !strcmp(seen.v[k], v.article.id);
            if (again) continue;
            if (!seen.n) {
                hw_put_raw(p, "<section>\n<h2>");
                hw_put_say(p, "article.reports");
                hw_put_raw(p, "</h2>\n<ul>\n");
            }
            *(const char **)hw_push(&p->rq->arena, &seen) = hw_strdup(&p->rq->arena, v.article.id);
            put_other(p, &v.article);
        }
        hw_cursor_close(c);
    }
    if (!seen.n) return;
    hw_put_raw(p, "</ul>\n<p><a ");
    hw_put_href(p, hw_sprintf(&p->rq->arena, "/events/%lld", (long long)g->first[0]), NULL);
    hw_put_raw(p, ">");
    hw_put_say(p, "article.compare");
    hw_put_raw(p, "</a></p>\n</section>\n");
}

/* The other outlets' that have nearly the same text; the first of them says so. */
static void put_copies(hw_page *p, const hw_stored *a)
{
    hw_versions *v = NULL;
    if (hw_store_reports(p->rq->store, a->article.id, &v, NULL) != HEWAL_OK || !v) return;
    if (v->n_reports > 1) {
        hw_put_raw(p, "<section>\n<h2>");
        hw_put_say(p, "article.copies-title");
        hw_put_raw(p, "</h2>\n<ul>\n");
        for (size_t i = 0; i < v->n_reports && i < COPIES; i++)
            if (strcmp(v->reports[i].id, a->article.id) != 0) put_other(p, &v->reports[i]);
        hw_put_raw(p, "</ul>\n</section>\n");
    }
    hw_versions_free(v);
}

/* What it was before it was corrected. */
static void put_history(hw_page *p, const hw_stored *a)
{
    hw_versions *v = NULL;
    if (hw_store_history(p->rq->store, a->article.id, &v, NULL) != HEWAL_OK || !v) return;
    if (v->n_versions) {
        hw_put_raw(p, "<section>\n<h2>");
        hw_put_say(p, "article.history");
        hw_put_raw(p, "</h2>\n");
    }
    for (size_t i = v->n_versions; i-- > 0;) {
        const hw_version_row *old = &v->versions[i];
        char added[11], replaced[11];
        snprintf(added, sizeof added, "%.10s", old->added ? old->added : "");
        snprintf(replaced, sizeof replaced, "%.10s", old->replaced ? old->replaced : "");
        hw_put_raw(p, "<details><summary>");
        hw_put_says(p, "article.version", hw_number_text(p, old->version), hw_date_text(p, added), hw_date_text(p, replaced));
        hw_put_raw(p, "</summary><h3><bdi>");
        hw_put_text(p, old->title);
        hw_put_raw(p, "</bdi></h3><p class=\"k\" dir=\"auto\">");
        for (size_t from = 0; old->text && from < old->text_len;) {
            const char *nl = memchr(old->text + from, '\n', old->text_len - from);
            size_t to = nl ? (size_t)(nl - old->text) : old->text_len;
            hw_put_text_n(p, old->text + from, to - from);
            hw_put_raw(p, "<br>");
            from = to + 1;
        }
        hw_put_raw(p, "</p></details>\n");
    }
    if (v->n_versions) hw_put_raw(p, "</section>\n");
    hw_versions_free(v);
}

static void put_cite(hw_page *p, const hw_stored *a)
{
    hewal_string s = {0};
    hw_put_raw(p, "<section>\n<h2>");
    hw_put_say(p, "article.cite");
    hw_put_raw(p, "</h2>\n<details><summary>");
    hw_put_say(p, "article.bibtex");
    hw_put_raw(p, "</summary><pre dir=\"ltr\" tabindex=\"0\">");
    if (hw_put_bibtex(&s, &a->article, a->record.published)) hw_put_text_n(p, s.s ? s.s : "", s.len);
    hewal_string_free(&s);
    hw_put_raw(p, "</pre></details>\n<p class=\"soft\">");
    hw_put_say(p, "article.id");
    hw_put_raw(p, " <bdi>");
    hw_put_text(p, a->article.id);
    hw_put_raw(p, "</bdi> \xC2\xB7 <a href=\"/api/v1/articles/");
    hw_put_encoded(&p->b, a->article.id);
    hw_put_raw(p, "\">");
    hw_put_say(p, "article.json");
    hw_put_raw(p, "</a></p>\n</section>\n");
}

/* ---- the page ------------------------------------------------------------------------------------------------------- */

static void put_page(hw_page *p, const hw_stored *a, const uint8_t *colour_of)
{
    shown x = {p, a, colour_of};
    const hw_marking m = {.colour_of = colour_of, .ctx = &x, .put_href = put_href, .name_of = name_of, .say = say, .before = before, .behind = behind};
    const hw_filter f = {.article = a->article.id, .oldest_first = true};
    groups g = {0};
    hewal_error err;
    hw_put_raw(p, "<article>\n<header>\n");
    put_head(p, a);
    hw_put_raw(p, "</header>\n");
    put_legend(p);
    bool kurdish = !a->language || !strcmp(a->language, "ckb");
    hw_put_raw(p, kurdish ? "<div class=\"text k\" lang=\"ckb\" dir=\"rtl\">\n" : "<div class=\"text k\" dir=\"auto\">\n");
    if (!hw_put_marked(&p->b, a, &m)) p->b.failed = true;
    hw_put_raw(p, "</div>\n<div class=\"record\">\n");
    if (!a->record.n_quotes && !a->record.n_events) {
        hw_put_raw(p, "<p class=\"soft\">");
        hw_put_say(p, a->model ? "article.none" : "article.not-annotated");
        hw_put_raw(p, "</p>\n");
    }
    if (!put_quotes(&x, &f, &err) || !put_events(p, &f, &g, &err)) hw_page_failed(p, &err);
    hw_put_raw(p, "</div>\n<div class=\"more\">\n");
    put_names(p, a);
    put_times(p, &a->record);
    put_copies(p, a);
    put_other_reports(p, a, &g);
    put_similar(p, a);
    put_history(p, a);
    put_cite(p, a);
    hw_put_raw(p, "</div>\n</article>\n");
}

void hw_show_article(hw_request *rq, hw_response *rs)
{
    hw_page p;
    hw_stored *a = NULL;
    hewal_error err;
    if (hw_store_get(rq->store, hw_segment(rq, 0), &a, &err) != HEWAL_OK) {
        hw_refuse_error(rs, &err);
        return;
    }
    if (!a) {
        hw_refuse(rs, 404, NULL, "there is no article of this id");
        return;
    }
    uint8_t *colour_of = hw_speaker_colours(&a->record);
    hw_page_begin(&p, rq, rs, "article", a->article.title);
    if (colour_of) put_page(&p, a, colour_of);
    else p.b.failed = true;
    hw_page_end(&p);
    free(colour_of);
    hw_stored_free(a);
}
