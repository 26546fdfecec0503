/* In: a person (organisation, place), an event, or a period. Out: one HTML file that tells all that the store has on it, each fact with
 * its sentence and the number of the article that it stands in: to be mailed to somebody who has no hewal. */
#include "cli/report.h"
#include "base/err.h"
#include "base/hash.h"
#include "store/rows.h"

#include <stdlib.h>
#include <string.h>

typedef struct { char *id, *line; char *url; } source; /* an article that is cited; its line as HTML */

typedef struct {
    hw_store *store;
    hw_buf *b;
    size_t limit;
    source *sources;
    size_t n_sources, cap;
    uint32_t *slots; /* sources by the hash of their id: number; 2 * cap of them */
    bool failed; /* memory ran out */
} brief;

/* ---- sources: numbered as they are come to ---------------------------------------------------------------------------- */

static char *source_line(const hw_article_ref *a)
{
    hewal_string s = {0};
    hw_buf b = hw_buf_on(&s);
    if (a->published) hw_putf(&b, "%.10s, ", a->published);
    if (a->outlet && *a->outlet) {
        report_text(&b, a->outlet);
        hw_puts(&b, ": ");
    }
    hw_puts(&b, "<bdi>");
    report_text(&b, a->title && *a->title ? a->title : a->id);
    hw_puts(&b, "</bdi>");
    if (!hw_buf_ok(&b)) hewal_string_free(&s);
    return s.s;
}

/* Where the id's number stands, or would. */
static uint32_t *slot_of(const brief *p, const char *id)
{
    size_t h = (size_t)hw_hash(id, strlen(id)), mask = p->cap * 2 - 1;
    while (p->slots[h & mask] && strcmp(p->sources[p->slots[h & mask] - 1].id, id) != 0) h++;
    return &p->slots[h & mask];
}

static bool grow(brief *p)
{
    size_t cap = p->cap ? p->cap * 2 : 32; /* a power of two */
    source *v = realloc(p->sources, cap * sizeof *v);
    if (v) p->sources = v;
    uint32_t *slots = v ? calloc(cap * 2, sizeof *slots) : NULL;
    if (!slots) return false;
    free(p->slots);
    p->slots = slots;
    p->cap = cap;
    for (size_t i = 0; i < p->n_sources; i++) *slot_of(p, p->sources[i].id) = (uint32_t)i + 1;
    return true;
}

/* The number of the article, from 1; 0 when memory ran out. */
static size_t cite(brief *p, const hw_article_ref *a)
{
    if (p->n_sources == p->cap && !grow(p)) return p->failed = true, 0;
    uint32_t *slot = slot_of(p, a->id);
    if (*slot) return *slot;
    source *s = &p->sources[p->n_sources];
    *s = (source){strdup(a->id), source_line(a), a->url ? strdup(a->url) : NULL};
    if (!s->id || !s->line) {
        free(s->id);
        free(s->line);
        free(s->url);
        return p->failed = true, 0;
    }
    *slot = (uint32_t)++p->n_sources;
    return p->n_sources;
}

static void put_sources(brief *p)
{
    hw_puts(p->b, "<h2>Sources</h2>\n<ol>\n");
    for (size_t i = 0; i < p->n_sources; i++) {
        const source *s = &p->sources[i];
        hw_putf(p->b, "<li id=\"s%zu\">%s", i + 1, s->line);
        if (s->url && (!strncmp(s->url, "https://", 8) || !strncmp(s->url, "http://", 7))) {
            hw_puts(p->b, " <a rel=\"noreferrer\" href=\"");
            report_text(p->b, s->url);
            hw_puts(p->b, "\">where it was published</a>");
        }
        hw_puts(p->b, "</li>\n");
    }
    hw_puts(p->b, "</ol>\n");
}

/* ---- facts -------------------------------------------------------------------------------------------------------------- */

static void put_names(hw_buf *b, const hw_entity_ref *v, size_t n)
{
    for (size_t i = 0; i < n; i++) {
        hw_puts(b, i ? ", <bdi>" : "<bdi>");
        report_text(b, hw_ref_name(&v[i]));
        hw_puts(b, "</bdi>");
    }
}

static void put_sure(brief *p, double confidence)
{
    hw_putf(p->b, "<div class=\"card\"><p><span class=\"bar %s\" title=\"how sure the program is\">%.0f%%</span>", report_confidence((float)confidence),
            confidence * 100);
}

static void put_cited(brief *p, const hw_article_ref *a)
{
    size_t n = cite(p, a);
    hw_putf(p->b, " <a href=\"#s%zu\">[%zu]</a>", n, n);
}

/* The sentence, with bytes b..e of its article marked. */
static void put_sentence(hw_buf *b, const char *sentence, uint32_t at, uint32_t from, uint32_t to, const char *mark)
{
    size_t n = strlen(sentence);
    if (from < at || to - at > n || to < from) {
        hw_put_html(b, sentence, n);
        return;
    }
    hw_put_html(b, sentence, from - at);
    hw_putf(b, "<span class=\"%s\">", mark);
    hw_put_html(b, sentence + (from - at), to - from);
    hw_puts(b, "</span>");
    hw_put_html(b, sentence + (to - at), n - (to - at));
}

static void put_quote(brief *p, const hw_quote_row *q)
{
    put_sure(p, q->confidence);
    hw_puts(p->b, "<b>");
    if (q->speaker.id) put_names(p->b, &q->speaker, 1);
    else report_text(p->b, q->source && *q->source ? q->source : "speaker not known");
    hw_putf(p->b, "</b> <span class=\"soft\">%.10s, %s, %s", q->article.published ? q->article.published : "", q->kind, q->channel);
    if (q->n_via) {
        hw_puts(p->b, ", passed on by ");
        put_names(p->b, q->via, q->n_via);
    }
    hw_puts(p->b, "</span>");
    put_cited(p, &q->article);
    hw_puts(p->b, "</p>\n<p class=\"ckb\" dir=\"auto\">");
    put_sentence(p->b, q->sentence && *q->sentence ? q->sentence : q->text, q->sentence_b, q->b, q->e, "q");
    hw_puts(p->b, "</p></div>\n");
}

static void put_event(brief *p, const hw_event_row *v)
{
    put_sure(p, v->confidence);
    hw_putf(p->b, "<b>%s</b> <span class=\"soft\">%s%s%s, %s</span> ", v->type, v->mode ? v->mode : "", v->mode ? ", " : "", v->status,
            v->date ? v->date : "");
    put_names(p->b, v->actors, v->n_actors);
    if (v->n_targets) hw_puts(p->b, " \xE2\x86\x92 ");
    put_names(p->b, v->targets, v->n_targets);
    if (v->place.id) {
        hw_puts(p->b, " <span class=\"soft\">in</span> ");
        put_names(p->b, &v->place, 1);
    }
    put_cited(p, &v->article);
    hw_puts(p->b, "</p>\n<p class=\"ckb\" dir=\"auto\">");
    put_sentence(p->b, v->sentence && *v->sentence ? v->sentence : v->trigger, v->sentence_b, v->b, v->e, "ev");
    hw_puts(p->b, "</p></div>\n");
}

static bool end_cursor(hw_cursor *cur, hewal_error *err)
{
    bool ok = hw_cursor_error(cur, err) == HEWAL_OK;
    hw_cursor_close(cur);
    return ok;
}

static void put_more(brief *p, size_t n)
{
    if (n >= p->limit) hw_putf(p->b, "<p class=\"soft\">Only the first %zu are shown (--limit).</p>\n", p->limit);
}

static bool put_quotes(brief *p, const char *title, const hw_filter *f, hewal_error *err)
{
    hw_cursor *cur;
    hw_quote_row q;
    size_t n = 0;
    if (hw_store_quotes(p->store, f, &cur, err) != HEWAL_OK) return false;
    for (; n < p->limit && hw_next_quote(cur, &q); n++) {
        if (!n) hw_putf(p->b, "<h2>%s</h2>\n", title);
        put_quote(p, &q);
    }
    put_more(p, n);
    return end_cursor(cur, err);
}

static bool put_events(brief *p, const char *title, const hw_filter *f, hewal_error *err)
{
    hw_cursor *cur;
    hw_event_row v;
    size_t n = 0;
    if (hw_store_events(p->store, f, &cur, err) != HEWAL_OK) return false;
    for (; n < p->limit && hw_next_event(cur, &v); n++) {
        if (!n) hw_putf(p->b, "<h2>%s</h2>\n", title);
        put_event(p, &v);
    }
    put_more(p, n);
    return end_cursor(cur, err);
}

/* ---- on somebody ---------------------------------------------------------------------------------------------------------- */

static bool put_offices(brief *p, int64_t id, hewal_error *err)
{
    hw_office_row *v = NULL;
    size_t n;
    if (hw_store_offices(p->store, id, &v, &n, err) != HEWAL_OK) return false;
    if (n) hw_puts(p->b, "<h2>Offices and titles</h2>\n<table>\n");
    for (size_t i = 0; i < n; i++) {
        hw_puts(p->b, "<tr><td class=\"ckb\" dir=\"auto\">");
        report_text(p->b, v[i].role);
        hw_putf(p->b, "</td><td class=\"num\">%lld</td><td class=\"date soft\">%.10s</td><td class=\"date soft\">%.10s</td></tr>\n", (long long)v[i].n,
                v[i].first ? v[i].first : "", v[i].last ? v[i].last : "");
    }
    if (n) hw_puts(p->b, "</table>\n");
    free(v);
    return true;
}

static bool put_spellings(brief *p, int64_t id, hewal_error *err)
{
    hw_spelling_row *v = NULL;
    size_t n;
    if (hw_store_spellings(p->store, id, &v, &n, err) != HEWAL_OK) return false;
    if (n) hw_puts(p->b, "<p class=\"soft\">Written: ");
    for (size_t i = 0; i < n && i < 12; i++) {
        hw_puts(p->b, i ? ", <bdi class=\"ckb\">" : "<bdi class=\"ckb\">");
        report_text(p->b, v[i].form);
        hw_putf(p->b, "</bdi> (%lld)", (long long)v[i].n);
    }
    if (n) hw_puts(p->b, "</p>\n");
    free(v);
    return true;
}

static bool put_met(brief *p, int64_t id, hewal_error *err)
{
    hw_met_row *v = NULL;
    size_t n;
    if (hw_store_met(p->store, id, &v, &n, err) != HEWAL_OK) return false;
    if (n) hw_puts(p->b, "<h2>With whom</h2>\n<table>\n");
    for (size_t i = 0; i < n && i < 60; i++) {
        hw_puts(p->b, "<tr><td>");
        put_names(p->b, &v[i].with, 1);
        hw_putf(p->b, "</td><td>%s%s%s</td><td class=\"num\">%lld</td><td class=\"date soft\">%.10s</td><td class=\"date soft\">%.10s</td></tr>\n", v[i].type,
                v[i].mode && *v[i].mode ? ", " : "", v[i].mode ? v[i].mode : "", (long long)v[i].n, v[i].first ? v[i].first : "", v[i].last ? v[i].last : "");
    }
    if (n) hw_puts(p->b, "</table>\n");
    free(v);
    return true;
}

static bool put_somebody(brief *p, const report_brief *on, hewal_error *err)
{
    hw_entity_row *e = NULL;
    if (hw_store_entity(p->store, on->entities[0], &e, err) != HEWAL_OK) return false;
    hw_filter said = {.from = on->from, .to = on->to, .speakers = on->entities, .n_speakers = on->n_entities};
    hw_filter about = {.from = on->from, .to = on->to, .named = on->entities, .n_named = on->n_entities};
    hw_filter did = {.from = on->from, .to = on->to, .either = on->entities, .n_either = on->n_entities, .once = true};
    if (e) {
        hw_puts(p->b, "<h1 dir=\"auto\">");
        report_text(p->b, e->name && *e->name ? e->name : e->name_ckb);
        hw_puts(p->b, " <bdi class=\"ckb soft\">");
        report_text(p->b, e->name_ckb);
        hw_putf(p->b, "</bdi></h1>\n<p class=\"soft\">articles: %lld; named: %lld; quoted: %lld</p>\n", (long long)e->articles, (long long)e->mentions,
                (long long)e->quotes);
    }
    bool ok = put_spellings(p, on->entities[0], err) && put_offices(p, on->entities[0], err) && put_met(p, on->entities[0], err) &&
              put_quotes(p, "Said", &said, err) && put_events(p, "Did, and what was done", &did, err) && put_quotes(p, "Was spoken of", &about, err);
    free(e);
    return ok;
}

/* ---- on an event ---------------------------------------------------------------------------------------------------------- */

static bool put_one_event(brief *p, const report_brief *on, hewal_error *err)
{
    int64_t first;
    if (hw_store_first_report(p->store, on->event, &first, err) != HEWAL_OK) return false;
    if (!first) return hw_fail(err, HEWAL_EIO, "there is no event of the number %lld", (long long)on->event), false;
    hw_filter reports = {.reports_of = first, .oldest_first = true};
    hw_putf(p->b, "<h1>Event %lld</h1>\n", (long long)first);
    if (!put_events(p, "Its reports", &reports, err)) return false;
    size_t n = p->n_sources;
    for (size_t i = 0; i < n; i++) {
        hw_filter said = {.article = p->sources[i].id, .oldest_first = true};
        char title[64];
        snprintf(title, sizeof title, "Who is quoted in [%zu]", i + 1);
        if (!put_quotes(p, title, &said, err)) return false;
    }
    return true;
}

/* ---- on a period ---------------------------------------------------------------------------------------------------------- */

static bool put_speakers(brief *p, const hw_filter *f, hewal_error *err)
{
    hw_tally_row *v = NULL;
    size_t n;
    if (hw_store_tally(p->store, HW_TALLY_QUOTES, f, "speaker", NULL, 40, &v, &n, err) != HEWAL_OK) return false;
    if (n) hw_puts(p->b, "<h2>Who is quoted most</h2>\n<table>\n");
    for (size_t i = 0; i < n; i++) {
        if (!v[i].entity.id) continue;
        hw_puts(p->b, "<tr><td>");
        put_names(p->b, &v[i].entity, 1);
        hw_puts(p->b, "</td><td class=\"ckb\">");
        report_text(p->b, v[i].entity.name_ckb);
        hw_putf(p->b, "</td><td class=\"num\">%lld</td></tr>\n", (long long)v[i].n);
    }
    if (n) hw_puts(p->b, "</table>\n");
    free(v);
    return true;
}

static bool put_period(brief *p, const report_brief *on, hewal_error *err)
{
    hw_filter f = {.from = on->from, .to = on->to, .oldest_first = true}, events = f;
    events.once = true;
    hw_putf(p->b, "<h1>%s%s%s</h1>\n", on->from ? on->from : "until ", on->from && on->to ? " to " : on->from ? " and later" : "", on->to ? on->to : "");
    return put_speakers(p, &f, err) && put_events(p, "Events", &events, err) && put_quotes(p, "Quotes", &f, err);
}

bool report_brief_page(hewal_string *page, hw_store *store, const report_brief *on, hewal_error *err)
{
    hw_buf b = hw_buf_on(page);
    brief p = {.store = store, .b = &b, .limit = on->limit};
    report_head(&b, on->title);
    hw_puts(&b, "<main>\n");
    bool ok = on->n_entities ? put_somebody(&p, on, err) : on->event ? put_one_event(&p, on, err) : put_period(&p, on, err);
    put_sources(&p);
    report_end(&b);
    for (size_t i = 0; i < p.n_sources; i++) {
        free(p.sources[i].id);
        free(p.sources[i].line);
        free(p.sources[i].url);
    }
    free(p.sources);
    free(p.slots);
    if (ok && (p.failed || !hw_buf_ok(&b))) return hw_fail(err, HEWAL_ENOMEM, "out of memory"), false;
    return ok;
}
