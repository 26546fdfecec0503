/* `hewal export`. In: a store. Out: all of it in one of many formats: records, quotes, events, for other programs. */
#include "cli/commands.h"
#include "cli/session.h"
#include "store/rows.h"

#include <string.h>

const cli_option cli_export_options[] = {
    CLI_STORE_OPTION,
    {"format", "jsonl|quotes-csv|events-csv|polecat-csv|conllu|turtle|bibtex", "records, or what else (jsonl)"},
    {NULL, NULL, NULL}};

static bool put(hewal_string *s)
{
    bool ok = cli_write(s->s, s->len);
    s->len = 0;
    return ok;
}

/* Each writes every row of a cursor; false when memory ran out or standard output is full. */
static bool put_articles(const hw_format *format, const hewal_model *m, hw_cursor *cur, hewal_string *out)
{
    hw_stored *a;
    bool ok = !format || !format->head || (format->head(out) && put(out));
    while (ok && hw_next_stored(cur, &a)) {
        if (format) ok = format->put(out, m, a);
        else {
            hw_buf b = hw_buf_on(out);
            ok = hw_put_record(&b, a, false);
            hw_putc(&b, '\n');
            ok = ok && hw_buf_ok(&b);
        }
        ok = ok && put(out);
        hw_stored_free(a);
    }
    return ok;
}

static bool put_quotes(hw_cursor *cur, hewal_string *out)
{
    hw_buf b = hw_buf_on(out);
    hw_quote_row q;
    hw_putf(&b, "%s\n", hw_quote_csv_head);
    bool ok = put(out);
    while (ok && hw_next_quote(cur, &q)) {
        hw_put_quote_csv(&b, &q);
        hw_putc(&b, '\n');
        ok = hw_buf_ok(&b) && put(out);
    }
    return ok;
}

static bool put_events(hw_cursor *cur, hewal_string *out)
{
    hw_buf b = hw_buf_on(out);
    hw_event_row v;
    hw_putf(&b, "%s\n", hw_event_csv_head);
    bool ok = put(out);
    while (ok && hw_next_event(cur, &v)) {
        hw_put_event_csv(&b, &v);
        hw_putc(&b, '\n');
        ok = hw_buf_ok(&b) && put(out);
    }
    return ok;
}

int cli_export(cli *c)
{
    cli_session s;
    if (!cli_session_open(&s, c, HW_STORE_READ)) return CLI_FAILED;
    bool quotes = cli_is(c, "format", "quotes-csv"), events = cli_is(c, "format", "events-csv");
    hw_filter all = {.oldest_first = true};
    hw_cursor *cur = NULL;
    hewal_error err;
    hewal_status got = quotes ? hw_store_quotes(s.store, &all, &cur, &err) :
                       events ? hw_store_events(s.store, &all, &cur, &err) : hw_store_all(s.store, &cur, &err);
    int status = CLI_OK;
    if (got != HEWAL_OK) status = cli_error(&err);
    else {
        hewal_string out = {0};
        bool ok = quotes ? put_quotes(cur, &out) : events ? put_events(cur, &out) : put_articles(cli_format(c), s.model, cur, &out);
        if (hw_cursor_error(cur, &err) != HEWAL_OK) status = cli_error(&err);
        else if (!ok && !ferror(stdout)) status = cli_fail("out of memory");
        hw_cursor_close(cur);
        hewal_string_free(&out);
    }
    cli_session_close(&s);
    return cli_finish(status);
}
