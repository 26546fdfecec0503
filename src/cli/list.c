/* `hewal quotes` and `hewal events`. In: a filter on the command line. Out: the quotes or events of the store that pass it, the
 * newest first. */
#include "cli/commands.h"
#include "cli/session.h"

#include <stdlib.h>
#include <string.h>

const cli_option cli_quotes_options[] = {
    CLI_STORE_OPTION,
    {"by", "NAME", "who said it, in Kurdish or Latin letters, any usual spelling"},
    {"about", "WORDS", "words that are in it, in any inflection"},
    {"channel", "statement|tweet|social-post|press-conference|interview|meeting|phone-call|speech|letter|document|media-report|video|unspecified", "how it was said"},
    {"kind", "direct|indirect|mixed", "whose words they are"},
    {"copies", NULL, "near-duplicates too: else what several outlets print stands there once, by the first report"},
    CLI_DATE_OPTIONS, CLI_LIST_OPTIONS,
    {NULL, NULL, NULL}};
const cli_option cli_events_options[] = {
    CLI_STORE_OPTION,
    {"type", "AGREE|CONSULT|SUPPORT|CONCEDE|COOPERATE|AID|RETREAT|REQUEST|ACCUSE|REJECT|THREATEN|PROTEST|SANCTION|MOBILIZE|COERCE|ASSAULT", "what happened"},
    {"actor", "NAME", "who did it, in Kurdish or Latin letters, any usual spelling"},
    {"target", "NAME", "to whom it was done"},
    {"about", "WORDS", "words that are in its sentence, in any inflection"},
    {"copies", NULL, "near-duplicates too: else what several outlets print stands there once, by the first report"},
    {"once", NULL, "an event that several articles tell of only once, by the first of them"},
    CLI_DATE_OPTIONS, CLI_LIST_OPTIONS,
    {NULL, NULL, NULL}};

/* The article, and how many others have the same text. */
static void put_report(cli_table *t, const hw_article_ref *a)
{
    if (a->copies) cli_cellf(t, "%s +%lld", a->id, (long long)a->copies);
    else cli_cell(t, a->id);
}

static const cli_column quote_columns[] = {{"DATE", CLI_FAINT, 0}, {"SPEAKER", CLI_STRONG, 12}, {"CHANNEL", CLI_TEXT, 8},
                                           {"ARTICLE", CLI_FAINT, 8}, {"WORDS", CLI_TEXT, 20}};
static const cli_column event_columns[] = {{"DATE", CLI_FAINT, 0}, {"TYPE", CLI_STRONG, 8}, {"STATUS", CLI_TEXT, 6}, {"ACTORS", CLI_TEXT, 10},
                                           {"TARGETS", CLI_TEXT, 10}, {"ARTICLE", CLI_FAINT, 8}, {"SENTENCE", CLI_TEXT, 16}};

/* What an option that takes a name stands for. 1: found, or not asked for; 0: nobody is called so; -1: an error, said. */
static int names(cli_session *s, const cli *c, const char *option, const int64_t **ids, size_t *n)
{
    const char *name = cli_value(c, option);
    if (!name) return 1;
    int64_t *found = cli_entities_called(s, name, n);
    *ids = found;
    return !found ? -1 : *n > 0;
}

static int end(cli_list *l, hw_cursor *cur)
{
    char mark[64] = "";
    hewal_error err;
    hewal_status s = HEWAL_OK;
    if (cur) {
        if (l->n == l->limit) hw_cursor_mark(cur, mark, sizeof mark);
        s = hw_cursor_error(cur, &err);
        hw_cursor_close(cur);
    }
    int status = cli_list_end(l, mark);
    return s == HEWAL_OK ? status : cli_error(&err);
}

/* ---- quotes ---- */

static void put_quote(cli_list *l, const hw_quote_row *q)
{
    cli_list_row(l);
    if (l->format == CLI_JSON) hw_put_quote_json(&l->buf, q);
    else if (l->format == CLI_CSV) hw_put_quote_csv(&l->buf, q);
    else {
        const char *speaker = hw_ref_name(&q->speaker);
        cli_cell_n(l->table, q->article.published ? q->article.published : "", q->article.published ? 10 : 0);
        cli_cell(l->table, speaker ? speaker : q->source);
        cli_cell(l->table, q->channel);
        put_report(l->table, &q->article);
        cli_cell(l->table, q->text);
    }
    cli_list_row_end(l);
}

int cli_quotes(cli *c)
{
    cli_session s;
    if (!cli_session_open(&s, c, HW_STORE_READ)) return CLI_FAILED;
    hw_filter f = {.from = cli_value(c, "from"), .to = cli_value(c, "to"), .about = cli_value(c, "about"),
                   .channel = cli_value(c, "channel"), .kind = cli_value(c, "kind"), .copies = cli_value(c, "copies") != NULL, .after = cli_value(c, "after")};
    hewal_error err;
    hw_cursor *cur = NULL;
    int known = names(&s, c, "by", &f.speakers, &f.n_speakers), status = CLI_FAILED;
    if (known > 0 && hw_store_quotes(s.store, &f, &cur, &err) != HEWAL_OK) {
        status = cli_error(&err);
        known = -1;
    }
    if (known >= 0) {
        cli_list l;
        cli_list_begin(&l, c, quote_columns, sizeof quote_columns / sizeof *quote_columns, hw_quote_csv_head);
        hw_quote_row q;
        while (cur && l.n < l.limit && hw_next_quote(cur, &q)) put_quote(&l, &q);
        status = end(&l, cur);
    }
    free((void *)(uintptr_t)f.speakers);
    cli_session_close(&s);
    return status;
}

/* ---- events ---- */

static void put_event_cells(cli_table *t, const hw_event_row *v)
{
    char *actors = hw_ref_names(v->actors, v->n_actors, ", "), *targets = hw_ref_names(v->targets, v->n_targets, ", ");
    cli_cell_n(t, v->date ? v->date : "", v->date ? strnlen(v->date, 10) : 0);
    if (v->mode && *v->mode) cli_cellf(t, "%s/%s", v->type, v->mode);
    else cli_cell(t, v->type);
    cli_cell(t, v->status);
    cli_cell(t, actors);
    cli_cell(t, targets);
    put_report(t, &v->article);
    cli_cell(t, v->sentence);
    free(actors);
    free(targets);
}

static void put_event(cli_list *l, const hw_event_row *v)
{
    cli_list_row(l);
    if (l->format == CLI_JSON) hw_put_event_json(&l->buf, v);
    else if (l->format == CLI_CSV) hw_put_event_csv(&l->buf, v);
    else put_event_cells(l->table, v);
    cli_list_row_end(l);
}

int cli_events(cli *c)
{
    cli_session s;
    if (!cli_session_open(&s, c, HW_STORE_READ)) return CLI_FAILED;
    hw_filter f = {.from = cli_value(c, "from"), .to = cli_value(c, "to"), .about = cli_value(c, "about"),
                   .type = cli_value(c, "type"), .once = cli_value(c, "once") != NULL, .copies = cli_value(c, "copies") != NULL, .after = cli_value(c, "after")};
    hewal_error err;
    hw_cursor *cur = NULL;
    int known = names(&s, c, "actor", &f.actors, &f.n_actors), status = CLI_FAILED;
    if (known > 0) known = names(&s, c, "target", &f.targets, &f.n_targets);
    if (known > 0 && hw_store_events(s.store, &f, &cur, &err) != HEWAL_OK) {
        status = cli_error(&err);
        known = -1;
    }
    if (known >= 0) {
        cli_list l;
        cli_list_begin(&l, c, event_columns, sizeof event_columns / sizeof *event_columns, hw_event_csv_head);
        hw_event_row v;
        while (cur && l.n < l.limit && hw_next_event(cur, &v)) put_event(&l, &v);
        status = end(&l, cur);
    }
    free((void *)(uintptr_t)f.actors);
    free((void *)(uintptr_t)f.targets);
    cli_session_close(&s);
    return status;
}
