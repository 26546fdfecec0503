/* `hewal search`. In: words. Out: the articles that say so, best first, each with the place where it does. */
#include "cli/commands.h"
#include "cli/session.h"
#include "search/search.h"

#include <stdlib.h>
#include <string.h>

const cli_option cli_search_options[] = {
    CLI_STORE_OPTION, CLI_DATE_OPTIONS,
    {"outlet", "NAME", "published there"},
    {"sort", "best|date|words", "best first (the newer before the older among equals), newest first, or by the words alone"},
    {"facets", NULL, "count the answer by outlet, year, speaker, type of event and channel"},
    CLI_LIST_OPTIONS,
    {NULL, NULL, NULL}};

static const cli_column columns[] = {{"ARTICLE", CLI_STRONG, 8}, {"DATE", CLI_FAINT, 0}, {"TITLE", CLI_TEXT, 14}, {"FOUND", CLI_TEXT, 24}};

/* The words of the command line as one query. */
static char *query_of(const cli *c)
{
    hewal_string s = {0};
    hw_buf b = hw_buf_on(&s);
    for (unsigned i = 0; i < c->n_args; i++) {
        if (i) hw_putc(&b, ' ');
        hw_puts(&b, c->args[i]);
    }
    if (hw_buf_ok(&b)) return s.s;
    hewal_string_free(&s);
    return NULL;
}

/* Where a cell begins to show a snippet: three words before the first hit, so that it is seen where columns are narrow. */
static size_t beginning(const hw_hit *h)
{
    size_t at = h->n_hits ? h->hits[0].b : 0;
    for (int words = 0; at; at--)
        if (h->snippet[at - 1] == ' ' && words++ == 3) break;
    return at;
}

/* The piece of the text, with the hits between their marks. */
static void put_snippet(cli_table *t, const hw_hit *h)
{
    hewal_string s = {0};
    hw_buf b = hw_buf_on(&s);
    size_t at = beginning(h);
    if (h->cut_before || at) hw_puts(&b, "\xE2\x80\xA6");
    for (size_t i = 0; i < h->n_hits; i++) {
        if (h->hits[i].b < at) continue;
        hw_put(&b, h->snippet + at, h->hits[i].b - at);
        hw_putc(&b, CLI_HIT_BEGIN);
        hw_put(&b, h->snippet + h->hits[i].b, h->hits[i].e - h->hits[i].b);
        hw_putc(&b, CLI_HIT_END);
        at = h->hits[i].e;
    }
    hw_puts(&b, h->snippet + at);
    if (h->cut_after) hw_puts(&b, "\xE2\x80\xA6");
    cli_cell_n(t, s.s, s.len);
    hewal_string_free(&s);
}

/* The title, likewise. */
static void put_title(cli_table *t, const hw_hit *h)
{
    hewal_string s = {0};
    hw_buf b = hw_buf_on(&s);
    const char *title = h->title ? h->title : "";
    size_t at = 0;
    for (size_t i = 0; i < h->n_title_hits; i++) {
        hw_put(&b, title + at, h->title_hits[i].b - at);
        hw_putc(&b, CLI_HIT_BEGIN);
        hw_put(&b, title + h->title_hits[i].b, h->title_hits[i].e - h->title_hits[i].b);
        hw_putc(&b, CLI_HIT_END);
        at = h->title_hits[i].e;
    }
    hw_puts(&b, title + at);
    cli_cell_n(t, s.s ? s.s : "", s.len);
    hewal_string_free(&s);
}

static void put_hit(cli_list *l, const hw_hit *h)
{
    cli_list_row(l);
    if (l->format == CLI_CSV) {
        hw_put_cell(&l->buf, h->id, true);
        hw_putf(&l->buf, ",%.4f", h->score);
        hw_put_cell(&l->buf, h->title, false);
        hw_put_cell(&l->buf, h->published, false);
        hw_put_cell(&l->buf, h->outlet, false);
        hw_put_cell(&l->buf, h->url, false);
        hw_put_cell(&l->buf, h->snippet, false);
    } else {
        cli_cell(l->table, h->id);
        cli_cell_n(l->table, h->published ? h->published : "", h->published ? strnlen(h->published, 10) : 0);
        put_title(l->table, h);
        put_snippet(l->table, h);
    }
    cli_list_row_end(l);
}

static int put_json(const hw_results *r)
{
    hewal_string s = {0};
    hewal_status status = hw_results_json(r, &s);
    hw_buf b = hw_buf_on(&s);
    hw_putc(&b, '\n');
    cli_write(s.s, s.len);
    hewal_string_free(&s);
    return cli_finish(status == HEWAL_OK ? CLI_OK : cli_fail("out of memory"));
}

static int put_results(const cli *c, const hw_results *r)
{
    if (cli_is(c, "format", "json")) return put_json(r);
    cli_list l;
    cli_list_begin(&l, c, columns, sizeof columns / sizeof *columns, "id,score,title,published,outlet,url,snippet");
    for (size_t i = 0; i < r->n; i++) put_hit(&l, &r->hits[i]);
    if (l.format == CLI_TABLE && r->n && r->some_words_only) fputs("no article has all the words; these have some of them, or others for the same\n", stderr);
    if (l.format == CLI_TABLE && r->cut) fprintf(stderr, "about %lld articles; those with the words in the title and those added last were ranked\n", (long long)r->total);
    return cli_list_end(&l, r->next);
}

/* What there is to say of the query, on standard error: it is no part of the answer. */
static void tell_notes(const hw_results *r)
{
    for (size_t i = 0; i < r->n_notes; i++) cli_fail("query:%u: %s", r->notes[i].at, r->notes[i].text);
    if (r->meant) fprintf(stderr, "did you mean: %s\n", r->meant);
}

static int put_facets(const hw_results *r, int status)
{
    hewal_string s = {0};
    hw_buf b = hw_buf_on(&s);
    hw_putc(&b, '\n');
    for (hw_facet_kind k = 0; k < HW_N_FACETS; k++) {
        hw_putf(&b, "%s:", hw_facet_name(k));
        for (size_t i = 0; i < r->facet[k].n && i < 10; i++) {
            const hw_facet_row *row = &r->facet[k].row[i];
            hw_putf(&b, "%s %s %lld", i ? "," : "", row->value ? row->value : row->name_ckb ? row->name_ckb : "?", (long long)row->articles);
        }
        hw_putc(&b, '\n');
    }
    if (r->counted < r->total) hw_putf(&b, "reckoned from %lld of %s%lld articles\n", (long long)r->counted, r->about ? "about " : "", (long long)r->total);
    if (hw_buf_ok(&b)) cli_write(s.s, s.len);
    else status = cli_fail("out of memory");
    hewal_string_free(&s);
    return cli_finish(status);
}

int cli_search(cli *c)
{
    cli_session s;
    if (!cli_session_open(&s, c, HW_STORE_READ)) return CLI_FAILED;
    hw_search_options o = {.limit = cli_number(c, "limit", 20), .from = cli_value(c, "from"), .to = cli_value(c, "to"),
                           .outlet = cli_value(c, "outlet"), .after = cli_value(c, "after"), .facets = cli_value(c, "facets") != NULL,
                           .order = cli_is(c, "sort", "date") ? HW_NEWEST_FIRST : HW_BEST_FIRST, .ageless = cli_is(c, "sort", "words")};
    char *query = query_of(c);
    hw_results *r = NULL;
    hewal_error err;
    int status;
    if (!query) status = cli_fail("out of memory");
    else if (hw_search(s.store, s.model, query, &o, &r, &err) != HEWAL_OK) status = cli_error(&err);
    else {
        tell_notes(r);
        status = put_results(c, r);
        if (r->counted && !strcmp(cli_value_or(c, "format", "table"), "table")) status = put_facets(r, status);
    }
    if (r) hw_results_free(r);
    free(query);
    cli_session_close(&s);
    return status;
}
