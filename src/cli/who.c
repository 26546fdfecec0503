/* `hewal who`. In: a name in any usual spelling. Out: what the store knows of whoever is called so: spellings, offices held, what
 * they said, whom they met. */
#include "cli/commands.h"
#include "cli/session.h"

#include <stdlib.h>
#include <string.h>

const cli_option cli_who_options[] = {
    CLI_STORE_OPTION,
    {"format", "table|json|csv", "how to write it (table)"},
    {"limit", "N", "how many spellings, offices, quotes and meetings at most (10)"},
    {NULL, NULL, NULL}};

typedef struct { /* all that is known of one; arrays are blocks of their own */
    const hw_entity_row *entity;
    hw_spelling_row *spellings;
    hw_office_row *offices;
    hw_met_row *met;
    size_t n_spellings, n_offices, n_met;
} known;

static bool know(hw_store *s, known *k, size_t limit, hewal_error *err)
{
    int64_t id = k->entity->id;
    if (hw_store_spellings(s, id, &k->spellings, &k->n_spellings, err) != HEWAL_OK ||
        hw_store_offices(s, id, &k->offices, &k->n_offices, err) != HEWAL_OK || hw_store_met(s, id, &k->met, &k->n_met, err) != HEWAL_OK)
        return false;
    if (k->n_spellings > limit) k->n_spellings = limit;
    if (k->n_offices > limit) k->n_offices = limit;
    if (k->n_met > limit) k->n_met = limit;
    return true;
}

static void forget(known *k)
{
    free(k->spellings);
    free(k->offices);
    free(k->met);
}

/* Calls `put` for the latest quotes; false with err filled. */
typedef void (*put_quote)(void *ctx, const hw_quote_row *q, size_t i);
static bool each_quote(hw_store *s, int64_t id, size_t limit, put_quote put, void *ctx, hewal_error *err)
{
    hw_filter f = {.speakers = &id, .n_speakers = 1};
    hw_cursor *cur;
    if (hw_store_quotes(s, &f, &cur, err) != HEWAL_OK) return false;
    hw_quote_row q;
    for (size_t i = 0; i < limit && hw_next_quote(cur, &q); i++) put(ctx, &q, i);
    bool ok = hw_cursor_error(cur, err) == HEWAL_OK;
    hw_cursor_close(cur);
    return ok;
}

/* ---- JSON ---- */

static void comma(hw_buf *b, size_t i)
{
    if (i) hw_putc(b, ',');
}

static void quote_json(void *ctx, const hw_quote_row *q, size_t i)
{
    comma(ctx, i);
    hw_put_quote_json(ctx, q);
}

static bool put_json(hw_store *s, const known *k, size_t limit, hw_buf *b, hewal_error *err)
{
    hw_put_entity_json(b, k->entity);
    hw_puts(b, ",\"spellings\":[");
    for (size_t i = 0; i < k->n_spellings; i++) {
        hw_puts(b, i ? ",{" : "{");
        hw_put_member(b, "form", k->spellings[i].form);
        hw_putf(b, ",\"n\":%lld}", (long long)k->spellings[i].n);
    }
    hw_puts(b, "],\"offices\":[");
    for (size_t i = 0; i < k->n_offices; i++) {
        hw_puts(b, i ? ",{" : "{");
        hw_put_member(b, "role", k->offices[i].role);
        hw_put_member(b, "first", k->offices[i].first);
        hw_put_member(b, "last", k->offices[i].last);
        hw_putf(b, ",\"n\":%lld}", (long long)k->offices[i].n);
    }
    hw_puts(b, "],\"met\":[");
    for (size_t i = 0; i < k->n_met; i++) {
        const hw_met_row *m = &k->met[i];
        hw_puts(b, i ? ",{" : "{");
        hw_put_member(b, "name", m->with.name);
        hw_put_member(b, "name_ckb", m->with.name_ckb);
        hw_put_member(b, "type", m->type);
        hw_put_member(b, "mode", m->mode && *m->mode ? m->mode : NULL);
        hw_put_member(b, "first", m->first);
        hw_put_member(b, "last", m->last);
        hw_putf(b, ",\"n\":%lld}", (long long)m->n);
    }
    hw_puts(b, "],\"said\":[");
    if (!each_quote(s, k->entity->id, limit, quote_json, b, err)) return false;
    hw_puts(b, "]}");
    return true;
}

/* ---- CSV: a fact a row ---- */

static void fact_csv(hw_buf *b, const hw_entity_row *e, const char *what, const char *value, const char *first, const char *last, int64_t n)
{
    hw_put_cell(b, e->name && *e->name ? e->name : e->name_ckb, true);
    hw_put_cell(b, what, false);
    hw_put_cell(b, value, false);
    hw_put_cell(b, first, false);
    hw_put_cell(b, last, false);
    hw_putf(b, ",%lld\n", (long long)n);
}

typedef struct { hw_buf *b; const hw_entity_row *e; } csv_ctx;

static void quote_csv(void *ctx, const hw_quote_row *q, size_t i)
{
    (void)i;
    csv_ctx *x = ctx;
    fact_csv(x->b, x->e, "said", q->text, q->article.published, q->article.published, 1);
}

static bool put_csv(hw_store *s, const known *k, size_t limit, hw_buf *b, hewal_error *err)
{
    for (size_t i = 0; i < k->n_spellings; i++) fact_csv(b, k->entity, "spelling", k->spellings[i].form, NULL, NULL, k->spellings[i].n);
    for (size_t i = 0; i < k->n_offices; i++)
        fact_csv(b, k->entity, "office", k->offices[i].role, k->offices[i].first, k->offices[i].last, k->offices[i].n);
    for (size_t i = 0; i < k->n_met; i++)
        fact_csv(b, k->entity, "met", hw_ref_name(&k->met[i].with), k->met[i].first, k->met[i].last, k->met[i].n);
    csv_ctx x = {b, k->entity};
    return each_quote(s, k->entity->id, limit, quote_csv, &x, err);
}

/* ---- tables ---- */

static const cli_column spelling_columns[] = {{"TIMES", CLI_NUMBER, 0}, {"SPELLING", CLI_TEXT, 20}};
static const cli_column office_columns[] = {{"FROM", CLI_FAINT, 0}, {"TO", CLI_FAINT, 0}, {"OFFICE", CLI_TEXT, 20}};
static const cli_column met_columns[] = {{"TIMES", CLI_NUMBER, 0}, {"LAST", CLI_FAINT, 0}, {"HOW", CLI_TEXT, 0}, {"WHOM", CLI_TEXT, 20}};
static const cli_column said_columns[] = {{"DATE", CLI_FAINT, 0}, {"CHANNEL", CLI_TEXT, 8}, {"ARTICLE", CLI_FAINT, 8}, {"WORDS", CLI_TEXT, 20}};

static void put_date(cli_table *t, const char *date)
{
    cli_cell_n(t, date ? date : "", date ? strnlen(date, 10) : 0);
}

static void heading(const char *what)
{
    printf("\n%s%s%s\n", cli_colour(CLI_STRONG), what, cli_plain());
}

static void quote_cells(void *ctx, const hw_quote_row *q, size_t i)
{
    cli_table **t = ctx;
    if (!i) {
        heading("Said");
        *t = cli_table_new(said_columns, 4);
    }
    put_date(*t, q->article.published);
    cli_cell(*t, q->channel);
    cli_cell(*t, q->article.id);
    cli_cell(*t, q->text);
}

static void put_facts(const known *k)
{
    cli_table *t = NULL;
    if (k->n_spellings) heading("Spelled");
    if (k->n_spellings) t = cli_table_new(spelling_columns, 2);
    for (size_t i = 0; i < k->n_spellings; i++) {
        cli_cellf(t, "%lld", (long long)k->spellings[i].n);
        cli_cell(t, k->spellings[i].form);
    }
    cli_table_end(t);
    t = NULL;
    if (k->n_offices) heading("Offices");
    if (k->n_offices) t = cli_table_new(office_columns, 3);
    for (size_t i = 0; i < k->n_offices; i++) {
        put_date(t, k->offices[i].first);
        put_date(t, k->offices[i].last);
        cli_cell(t, k->offices[i].role);
    }
    cli_table_end(t);
    t = NULL;
    if (k->n_met) heading("Met");
    if (k->n_met) t = cli_table_new(met_columns, 4);
    for (size_t i = 0; i < k->n_met; i++) {
        const hw_met_row *m = &k->met[i];
        cli_cellf(t, "%lld", (long long)m->n);
        put_date(t, m->last);
        cli_cell(t, m->mode && *m->mode ? m->mode : m->type);
        cli_cell(t, hw_ref_name(&m->with));
    }
    cli_table_end(t);
}

static bool put_table(hw_store *s, const known *k, size_t limit, hewal_error *err)
{
    const hw_entity_row *e = k->entity;
    hewal_string line = {0};
    hw_buf b = hw_buf_on(&line);
    if (e->name) cli_clean(&b, e->name, strlen(e->name));
    printf("%s%s%s", cli_colour(CLI_STRONG), line.s ? line.s : "", cli_plain());
    line.len = 0;
    if (e->name_ckb) cli_clean(&b, e->name_ckb, strlen(e->name_ckb));
    if (line.len) printf("  \xE2\x81\xA7%s\xE2\x81\xA9", line.s);
    hewal_string_free(&line);
    printf("  %s; in %lld article%s, named %lld time%s, quoted %lld time%s\n", e->type, (long long)e->articles, e->articles == 1 ? "" : "s",
           (long long)e->mentions, e->mentions == 1 ? "" : "s", (long long)e->quotes, e->quotes == 1 ? "" : "s");
    put_facts(k);
    cli_table *t = NULL;
    bool ok = each_quote(s, e->id, limit, quote_cells, &t, err);
    cli_table_end(t);
    return ok;
}

/* ---- all ---- */

static int put_all(const cli *c, hw_store *s, const hw_entity_row *v, size_t n)
{
    size_t limit = cli_number(c, "limit", 10);
    bool json = cli_is(c, "format", "json"), csv = cli_is(c, "format", "csv"), ok = true;
    hewal_string out = {0};
    hw_buf b = hw_buf_on(&out);
    hewal_error err = {0};
    if (json) hw_puts(&b, "{\"items\":[");
    if (csv) hw_puts(&b, "name,what,value,first,last,n\n");
    for (size_t i = 0; ok && i < n; i++) {
        known k = {.entity = &v[i]};
        ok = know(s, &k, limit, &err);
        if (json) hw_puts(&b, i ? ",\n" : "\n");
        else if (!csv && i) putchar('\n');
        if (ok) ok = json ? put_json(s, &k, limit, &b, &err) : csv ? put_csv(s, &k, limit, &b, &err) : put_table(s, &k, limit, &err);
        forget(&k);
    }
    if (json) hw_puts(&b, "],\"next\":null}\n");
    if (ok) cli_write(out.s, out.len);
    bool whole = hw_buf_ok(&b);
    hewal_string_free(&out);
    if (!ok) return cli_error(&err);
    return cli_finish(whole ? CLI_OK : cli_fail("out of memory"));
}

int cli_who(cli *c)
{
    cli_session s;
    if (!cli_session_open(&s, c, HW_STORE_READ)) return CLI_FAILED;
    hw_entity_row *v = NULL;
    size_t n = 0;
    hewal_error err;
    int status;
    if (hw_store_find(s.store, c->args[0], NULL, 20, &v, &n, &err) != HEWAL_OK) status = cli_error(&err);
    else {
        size_t best = hw_store_best(v, n);
        if (!best) cli_fail("nobody in the store is called «%s»", c->args[0]);
        status = put_all(c, s.store, v, best);
        for (size_t i = best; i < n && i < best + 5 && !cli_value(c, "format"); i++)
            fprintf(stderr, "%s%s", i == best ? "\nalso like this: " : ", ", v[i].name && *v[i].name ? v[i].name : v[i].name_ckb);
        if (n > best && !cli_value(c, "format")) fputc('\n', stderr);
    }
    free(v);
    cli_session_close(&s);
    return status;
}
