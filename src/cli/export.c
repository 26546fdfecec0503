/* `hewal export`. In: a store. Out: all of it: a record a line, or its quotes or events as CSV. */
#include "cli/commands.h"
#include "cli/session.h"

#include <string.h>

const cli_option cli_export_options[] = {
    CLI_STORE_OPTION,
    {"format", "jsonl|quotes-csv|events-csv", "records, or a row a quote or an event (jsonl)"},
    {NULL, NULL, NULL}};

static bool put(hewal_string *s)
{
    bool ok = cli_write(s->s, s->len);
    s->len = 0;
    return ok;
}

static bool put_record(const hw_stored *a, hewal_string *out)
{
    hewal_string more = {0};
    hw_buf b = hw_buf_on(&more);
    bool ok = hw_article_members(&a->article, &more) == HEWAL_OK;
    if (more.len) hw_putc(&b, ',');
    hw_puts(&b, "\"model\":");
    hw_put_json_s(&b, a->model);
    ok = ok && hw_buf_ok(&b) && hewal_record_json(&a->record, a->article.id, more.s, out) == HEWAL_OK;
    b = hw_buf_on(out);
    hw_putc(&b, '\n');
    hewal_string_free(&more);
    return ok && hw_buf_ok(&b);
}

/* Each writes every row of a cursor; false when memory ran out or standard output is full. */
static bool put_records(hw_cursor *cur, hewal_string *out)
{
    hw_stored *a;
    bool ok = true;
    while (ok && hw_next_stored(cur, &a)) {
        ok = put_record(a, out) && put(out);
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
        bool ok = quotes ? put_quotes(cur, &out) : events ? put_events(cur, &out) : put_records(cur, &out);
        if (hw_cursor_error(cur, &err) != HEWAL_OK) status = cli_error(&err);
        else if (!ok && !ferror(stdout)) status = cli_fail("out of memory");
        hw_cursor_close(cur);
        hewal_string_free(&out);
    }
    cli_session_close(&s);
    return cli_finish(status);
}
