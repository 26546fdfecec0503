/* `hewal show`. In: the id of an article in the store. Out: the article and its record, every fact with the words it rests on. */
#include "cli/commands.h"
#include "cli/session.h"

#include <stdlib.h>
#include <string.h>

const cli_option cli_show_options[] = {
    CLI_STORE_OPTION,
    {"format", "table|json|csv|turtle|bibtex|conllu|polecat-csv", "how to write it (table)"},
    {"history", NULL, "what it was before it was replaced: each version with its text"},
    {NULL, NULL, NULL}};

static const char *entity_name(const hewal_record *r, int32_t i)
{
    if (i < 0 || (size_t)i >= r->n_entities) return NULL;
    const hewal_entity *e = &r->entities[i];
    return e->name && *e->name ? e->name : e->name_ckb;
}

/* The names of several entities; free(). */
static char *entity_names(const hewal_record *r, const int32_t *v, size_t n)
{
    hewal_string s = {0};
    hw_buf b = hw_buf_on(&s);
    hw_puts(&b, "");
    for (size_t i = 0; i < n; i++) {
        const char *name = entity_name(r, v[i]);
        if (i) hw_puts(&b, "; ");
        hw_puts(&b, name ? name : "?");
    }
    if (hw_buf_ok(&b)) return s.s;
    hewal_string_free(&s);
    return NULL;
}

/* ---- a fact: what both the tables and the CSV show ---- */

typedef struct {
    const char *kind; /* "quote", "event", "name", "time", "quantity" */
    uint32_t b, e;
    const char *type, *who, *whom, *value;
    double confidence; /* below 0: none */
} fact;

typedef void (*put_fact)(void *ctx, const hewal_record *r, const fact *f);

static void each_quote(const hewal_record *r, put_fact put, void *ctx)
{
    for (size_t i = 0; i < r->n_quotes; i++) {
        const hewal_quote *q = &r->quotes[i];
        char *via = entity_names(r, q->via, q->n_via);
        const char *who = entity_name(r, q->source_entity);
        put(ctx, r, &(fact){"quote", q->b, q->e, hewal_channel_name(q->channel), who, via, hewal_kind_name(q->kind), (double)q->confidence});
        free(via);
    }
}

static void each_event(const hewal_record *r, put_fact put, void *ctx)
{
    for (size_t i = 0; i < r->n_events; i++) {
        const hewal_event *v = &r->events[i];
        char *who = entity_names(r, v->actors, v->n_actors), *whom = entity_names(r, v->targets, v->n_targets);
        put(ctx, r, &(fact){"event", v->b, v->e, hewal_event_type_name(v->type), who, whom, hewal_event_status_name(v->status), (double)v->confidence});
        free(who);
        free(whom);
    }
}

static void each_mention(const hewal_record *r, put_fact put, void *ctx)
{
    for (size_t i = 0; i < r->n_mentions; i++) {
        const hewal_mention *m = &r->mentions[i];
        put(ctx, r, &(fact){"name", m->b, m->e, hewal_type_name(m->type), entity_name(r, m->entity), NULL, NULL, (double)m->confidence});
    }
}

static void each_time(const hewal_record *r, put_fact put, void *ctx)
{
    for (size_t i = 0; i < r->n_times; i++) {
        const hewal_time *t = &r->times[i];
        put(ctx, r, &(fact){"time", t->b, t->e, hewal_timex_name(t->type), NULL, NULL, t->value, (double)t->confidence});
    }
    for (size_t i = 0; i < r->n_quantities; i++) {
        const hewal_quantity *q = &r->quantities[i];
        char value[64];
        snprintf(value, sizeof value, "%.10g", q->value);
        put(ctx, r, &(fact){"quantity", q->b, q->e, q->unit, NULL, NULL, value, (double)q->confidence});
    }
}

/* ---- CSV and JSON ---- */

static void fact_csv(void *ctx, const hewal_record *r, const fact *f)
{
    hw_buf *b = ctx;
    hw_put_cell(b, f->kind, true);
    hw_putf(b, ",%u,%u,", f->b, f->e);
    hw_put_csv(b, r->text + f->b, f->e - f->b);
    hw_put_cell(b, f->type, false);
    hw_put_cell(b, f->who, false);
    hw_put_cell(b, f->whom, false);
    hw_put_cell(b, f->value, false);
    if (f->confidence >= 0) hw_putf(b, ",%.2f\n", f->confidence);
    else hw_puts(b, ",\n");
}

static void each_fact(const hewal_record *r, put_fact put, void *ctx)
{
    each_mention(r, put, ctx);
    each_time(r, put, ctx);
    each_quote(r, put, ctx);
    each_event(r, put, ctx);
}

static bool put_machine(const hw_stored *a, bool json)
{
    hewal_string out = {0}, more = {0};
    hw_buf b = hw_buf_on(&out);
    bool ok = true;
    if (json) {
        ok = hw_article_members(&a->article, &more) == HEWAL_OK &&
             hewal_record_json(&a->record, a->article.id, more.s, &out) == HEWAL_OK;
        hw_putc(&b, '\n');
    } else {
        hw_puts(&b, "what,b,e,text,type,who,whom,value,confidence\n");
        each_fact(&a->record, fact_csv, &b);
    }
    ok = ok && hw_buf_ok(&b);
    if (ok) cli_write(out.s, out.len);
    hewal_string_free(&out);
    hewal_string_free(&more);
    return ok;
}

/* In a format of other programs. */
static bool put_foreign(const hewal_model *m, const hw_stored *a, const hw_format *format)
{
    hewal_string out = {0};
    bool ok = (!format->head || format->head(&out)) && format->put(&out, m, a);
    if (ok) cli_write(out.s, out.len);
    hewal_string_free(&out);
    return ok;
}

/* ---- for reading ---- */

static const cli_column quote_columns[] = {{"SPEAKER", CLI_STRONG, 12}, {"CHANNEL", CLI_TEXT, 8}, {"KIND", CLI_FAINT, 0}, {"VIA", CLI_TEXT, 6},
                                           {"SURE", CLI_NUMBER, 0}, {"WORDS", CLI_TEXT, 20}};
static const cli_column event_columns[] = {{"TYPE", CLI_STRONG, 0}, {"STATUS", CLI_FAINT, 0}, {"ACTORS", CLI_TEXT, 10}, {"TARGETS", CLI_TEXT, 10},
                                           {"SURE", CLI_NUMBER, 0}, {"TRIGGER", CLI_TEXT, 8}};
static const cli_column name_columns[] = {{"TYPE", CLI_FAINT, 0}, {"NAME", CLI_STRONG, 12}, {"TIMES", CLI_NUMBER, 0}, {"IN THE TEXT", CLI_TEXT, 12}};
static const cli_column report_columns[] = {{"DATE", CLI_FAINT, 0}, {"OUTLET", CLI_STRONG, 8}, {"ARTICLE", CLI_FAINT, 8}, {"TITLE", CLI_TEXT, 16}};
static const cli_column time_columns[] = {{"TYPE", CLI_FAINT, 0}, {"VALUE", CLI_STRONG, 0}, {"IN THE TEXT", CLI_TEXT, 12}};

static void put_sure(cli_table *t, double confidence)
{
    if (confidence < 0) cli_cell(t, "");
    else cli_cellf(t, "%.0f%%", confidence * 100);
}

static void quote_cells(void *t, const hewal_record *r, const fact *f)
{
    cli_cell(t, f->who);
    cli_cell(t, f->type);
    cli_cell(t, f->value);
    cli_cell(t, f->whom);
    put_sure(t, f->confidence);
    cli_cell_n(t, r->text + f->b, f->e - f->b);
}

static void event_cells(void *t, const hewal_record *r, const fact *f)
{
    cli_cell(t, f->type);
    cli_cell(t, f->value);
    cli_cell(t, f->who);
    cli_cell(t, f->whom);
    put_sure(t, f->confidence);
    cli_cell_n(t, r->text + f->b, f->e - f->b);
}

static void time_cells(void *t, const hewal_record *r, const fact *f)
{
    cli_cell(t, f->type);
    cli_cell(t, f->value);
    cli_cell_n(t, r->text + f->b, f->e - f->b);
}

static bool table(const char *title, size_t n, const cli_column *columns, unsigned width, const hewal_record *r,
                  void (*each)(const hewal_record *, put_fact, void *), put_fact cells)
{
    if (!n) return true;
    printf("\n%s%s%s\n", cli_colour(CLI_STRONG), title, cli_plain());
    cli_table *t = cli_table_new(columns, width);
    each(r, cells, t);
    return cli_table_end(t);
}

/* An entity a row, with how often and in which words it is first named. */
static bool name_table(const hewal_record *r)
{
    if (!r->n_entities) return true;
    printf("\n%sNames%s\n", cli_colour(CLI_STRONG), cli_plain());
    cli_table *t = cli_table_new(name_columns, 4);
    for (size_t i = 0; i < r->n_entities; i++) {
        const hewal_mention *first = NULL;
        unsigned n = 0;
        for (size_t k = 0; k < r->n_mentions; k++)
            if (r->mentions[k].entity == (int32_t)i) {
                if (!first || (first->type == HEWAL_ROLE && r->mentions[k].type != HEWAL_ROLE)) first = &r->mentions[k];
                n++;
            }
        cli_cell(t, hewal_type_name(r->entities[i].type));
        cli_cell(t, entity_name(r, (int32_t)i));
        cli_cellf(t, "%u", n);
        cli_cell_n(t, first ? r->text + first->b : "", first ? first->e - first->b : 0);
    }
    return cli_table_end(t);
}

static void put_line(const char *what, const char *value)
{
    if (!value || !*value) return;
    hewal_string s = {0};
    hw_buf b = hw_buf_on(&s);
    cli_clean(&b, value, strlen(value));
    bool rtl = s.s && cli_rtl(s.s, s.len);
    printf("%s%-10s%s %s%s%s\n", cli_colour(CLI_FAINT), what, cli_plain(), rtl ? "\xE2\x81\xA7" : "", s.s ? s.s : "", rtl ? "\xE2\x81\xA9" : "");
    hewal_string_free(&s);
}

static bool put_reading(const hw_stored *a)
{
    const hewal_record *r = &a->record;
    put_line("article", a->article.id);
    put_line("title", a->article.title);
    put_line("published", r->published);
    put_line("outlet", a->article.outlet);
    put_line("url", a->article.url);
    put_line("source", a->article.source);
    put_line("language", a->language);
    put_line("model", a->model ? a->model : "none: not annotated");
    put_line("added", a->added);
    put_line("copy of", a->copy_of);
    putchar('\n');
    cli_paragraphs(r->text, r->text_len);
    bool ok = table("Quotes", r->n_quotes, quote_columns, 6, r, each_quote, quote_cells);
    ok = table("Events", r->n_events, event_columns, 6, r, each_event, event_cells) && ok;
    ok = name_table(r) && ok;
    return table("Times and quantities", r->n_times + r->n_quantities, time_columns, 3, r, each_time, time_cells) && ok;
}

/* Other reports of the same text. */
static bool put_reports(hw_store *s, const char *id, hewal_error *err)
{
    hw_versions *v;
    if (hw_store_reports(s, id, &v, err) != HEWAL_OK) return false;
    if (v->n_reports > 1) printf("\n%sReports of this text%s\n", cli_colour(CLI_STRONG), cli_plain());
    cli_table *t = v->n_reports > 1 ? cli_table_new(report_columns, 4) : NULL;
    for (size_t i = 0; t && i < v->n_reports; i++) {
        const hw_article_ref *r = &v->reports[i];
        cli_cell_n(t, r->published ? r->published : "", r->published ? strnlen(r->published, 10) : 0);
        cli_cell(t, r->outlet);
        cli_cell(t, r->id);
        cli_cell(t, r->title);
    }
    bool ok = v->n_reports < 2 || (t && cli_table_end(t));
    hw_versions_free(v);
    return ok || (hw_fail(err, HEWAL_ENOMEM, "out of memory"), false);
}

/* ---- history ---- */

static bool history_json(const hw_versions *v)
{
    hewal_string out = {0};
    hw_buf b = hw_buf_on(&out);
    for (size_t i = 0; i < v->n_versions; i++) {
        const hw_version_row *r = &v->versions[i];
        hw_putf(&b, "{\"version\":%lld", (long long)r->version);
        const char *const members[] = {"added", r->added, "replaced", r->replaced, "title", r->title, "published", r->published, "outlet", r->outlet,
                                       "url", r->url, "language", r->language};
        for (size_t k = 0; k < sizeof members / sizeof *members; k += 2) hw_put_member(&b, members[k], members[k + 1]);
        hw_puts(&b, ",\"text\":");
        hw_put_json(&b, r->text, r->text_len);
        hw_puts(&b, "}\n");
    }
    bool ok = hw_buf_ok(&b);
    if (ok) cli_write(out.s, out.len);
    hewal_string_free(&out);
    return ok;
}

static void history_reading(const hw_versions *v)
{
    if (!v->n_versions) puts("never changed");
    for (size_t i = 0; i < v->n_versions; i++) {
        const hw_version_row *r = &v->versions[i];
        printf("%s%sVersion %lld%s\n", i ? "\n" : "", cli_colour(CLI_STRONG), (long long)r->version, cli_plain());
        put_line("added", r->added);
        put_line("replaced", r->replaced);
        put_line("title", r->title);
        put_line("published", r->published);
        put_line("outlet", r->outlet);
        put_line("url", r->url);
        putchar('\n');
        cli_paragraphs(r->text, r->text_len);
    }
}

static int show_history(cli *c, cli_session *s)
{
    hw_versions *v;
    hewal_error err;
    if (cli_is(c, "format", "csv")) return cli_misuse(c, "--history has no CSV form");
    if (hw_store_history(s->store, c->args[0], &v, &err) != HEWAL_OK) return cli_error(&err);
    bool ok = true;
    if (cli_is(c, "format", "json")) ok = history_json(v);
    else history_reading(v);
    hw_versions_free(v);
    return ok ? CLI_OK : cli_fail("out of memory");
}

int cli_show(cli *c)
{
    cli_session s;
    if (!cli_session_open(&s, c, HW_STORE_READ)) return CLI_FAILED;
    hw_stored *a = NULL;
    hewal_error err;
    int status = CLI_OK;
    if (hw_store_get(s.store, c->args[0], &a, &err) != HEWAL_OK) status = cli_error(&err);
    else if (!a) status = cli_fail("%s: there is no article «%s»", s.path, c->args[0]);
    else if (cli_value(c, "history")) status = show_history(c, &s);
    else {
        bool json = cli_is(c, "format", "json"), csv = cli_is(c, "format", "csv");
        const hw_format *format = cli_format(c);
        bool table = !json && !csv && !format;
        bool ok = format ? put_foreign(s.model, a, format) : table ? put_reading(a) : put_machine(a, json);
        if (!ok) status = cli_fail("out of memory");
        if (table && ok && !put_reports(s.store, c->args[0], &err)) status = cli_error(&err);
    }
    if (a) hw_stored_free(a);
    cli_session_close(&s);
    return cli_finish(status);
}
