/* In: the command line. Out: an open store, the entities its names stand for, and lists in the form asked for. */
#include "cli/session.h"

#include <stdlib.h>
#include <string.h>

bool cli_session_open(cli_session *s, const cli *c, int mode)
{
    *s = (cli_session){0};
    const char *path = cli_value(c, "store");
    if (path) snprintf(s->path, sizeof s->path, "%s", path);
    else if (!hw_store_default_path(s->path, sizeof s->path))
        return cli_fail("there is no place for a store: name one with --store=FILE, $HEWAL_STORE or $HOME"), false;
    s->model = cli_model();
    if (!s->model) return false;
    hewal_error err;
    if (hw_store_open(&s->store, s->model, s->path, mode, &err) == HEWAL_OK) return true;
    cli_fail("%s", err.message);
    cli_session_close(s);
    return false;
}

void cli_session_close(cli_session *s)
{
    if (s->store) hw_store_close(s->store);
    hewal_model_close(s->model);
    *s = (cli_session){0};
}

int64_t *cli_entities_called(cli_session *s, const char *name, size_t *n)
{
    hw_entity_row *v = NULL;
    hewal_error err;
    *n = 0;
    if (hw_store_find(s->store, name, NULL, 20, &v, n, &err) != HEWAL_OK) {
        cli_fail("%s", err.message);
        return NULL;
    }
    size_t best = hw_store_best(v, *n);
    int64_t *ids = calloc(best + 1, sizeof *ids);
    if (!ids) cli_fail("out of memory");
    for (size_t i = 0; ids && i < best; i++) ids[i] = v[i].id;
    if (ids && !best) cli_fail("nobody in the store is called «%s»", name);
    *n = best;
    free(v);
    return ids;
}

/* ---- lists -------------------------------------------------------------------------------------------------------- */

static void put_out(cli_list *l)
{
    cli_write(l->out.s, l->out.len);
    l->out.len = 0;
}

void cli_list_begin(cli_list *l, const cli *c, const cli_column *columns, unsigned n, const char *csv_head)
{
    *l = (cli_list){.format = cli_is(c, "format", "json") ? CLI_JSON : cli_is(c, "format", "csv") ? CLI_CSV : CLI_TABLE};
    l->limit = cli_number(c, "limit", l->format == CLI_CSV ? 1000000000 : 20); /* a table that is counted must be whole */
    l->buf = hw_buf_on(&l->out);
    if (l->format == CLI_TABLE) l->table = cli_table_new(columns, n);
    else if (l->format == CLI_JSON) hw_puts(&l->buf, "{\"items\":[");
    else hw_putf(&l->buf, "%s\n", csv_head);
}

void cli_list_row(cli_list *l)
{
    if (l->format == CLI_JSON) hw_puts(&l->buf, l->n ? ",\n" : "\n");
    l->n++;
}

void cli_list_row_end(cli_list *l)
{
    if (l->format == CLI_CSV) hw_putc(&l->buf, '\n');
    put_out(l);
}

int cli_list_end(cli_list *l, const char *next)
{
    bool ok;
    if (l->format == CLI_JSON) {
        hw_puts(&l->buf, "],\"next\":");
        hw_put_json_s(&l->buf, *next ? next : NULL);
        hw_puts(&l->buf, "}\n");
    }
    if (l->format == CLI_TABLE) ok = cli_table_end(l->table);
    else {
        ok = hw_buf_ok(&l->buf);
        put_out(l);
    }
    hewal_string_free(&l->out);
    if (!ok) return cli_fail("out of memory");
    if (l->format == CLI_TABLE && !l->n) fputs("nothing found\n", stderr);
    return cli_finish(CLI_OK);
}

const hw_format *cli_format(const cli *c)
{
    return hw_format_named(cli_is(c, "format", "polecat-csv") ? "polecat" : cli_value(c, "format")); /* as quotes-csv and events-csv */
}

hewal_status cli_read_article(const cli_session *s, hw_terms **terms, const hw_article *a, bool annotate, hewal_record **record,
                              hw_index_text *index, hewal_error *err)
{
    *record = NULL;
    if (!*terms) *terms = hw_terms_new(s->model);
    hewal_status st = *terms ? HEWAL_OK : HEWAL_ENOMEM;
    if (st == HEWAL_OK && annotate) st = hewal_annotate(s->model, a->text, a->text_len, &a->meta, record, err);
    if (st == HEWAL_OK) st = hw_terms_index(*terms, a->title, a->text, a->text_len, *record, index);
    if (st == HEWAL_OK) return st;
    hewal_record_free(*record);
    *record = NULL;
    return st == HEWAL_ENOMEM ? hw_fail(err, st, "out of memory") : st;
}
