/* What the commands on a store share: opening it, names to entities, and lists. */
#ifndef HW_CLI_SESSION_H
#define HW_CLI_SESSION_H
#include "cli/cli.h"
#include "cli/table.h"
#include "formats/formats.h"
#include "store/rows.h"

/* The options that all commands on a store have, and those that list. */
#define CLI_STORE_OPTION {"store", "FILE", "the store ($HEWAL_STORE, else ~/.local/share/hewal/store.db)"}
#define CLI_LIST_OPTIONS                                                                                               \
    {"format", "table|json|csv", "how to write it (table)"}, {"limit", "N", "how many at most (20)"},                  \
        {"after", "MARK", "go on behind an earlier answer: its \"next\""}
#define CLI_DATE_OPTIONS                                                                                               \
    {"from", "DATE", "published on that day or later: YYYY, YYYY-MM or YYYY-MM-DD"},                                   \
        {"to", "DATE", "published on that day or earlier"}

typedef struct {
    hewal_model *model;
    hw_store *store;
    char path[4096];
} cli_session;

/* Opens the model and the store that --store, or the environment, names. False after saying why. */
bool cli_session_open(cli_session *s, const cli *c, int mode);
void cli_session_close(cli_session *s);

/* What the store needs of an article: its record (none without `annotate`) and its index text. `terms` is the thread's own, NULL at
 * first. On failure there is no record. */
hewal_status cli_read_article(const cli_session *s, hw_terms **terms, const hw_article *a, bool annotate, hewal_record **record,
                              hw_index_text *index, hewal_error *err);

/* The entities that a name stands for: their ids, *n of them; free(). NULL after saying why; *n is 0 and the answer not
 * NULL when nobody in the store is called so (which is said). */
int64_t *cli_entities_called(cli_session *s, const char *name, size_t *n);

/* The format of other programs that --format names; NULL for our own. */
const hw_format *cli_format(const cli *c);

/* ---- a list as it is written: a table, JSON or CSV --------------------------------------------------------------- */
typedef struct {
    enum { CLI_TABLE, CLI_JSON, CLI_CSV } format;
    size_t limit, n;  /* rows asked for, rows written */
    hewal_string out; /* JSON and CSV */
    hw_buf buf;
    cli_table *table; /* tables */
} cli_list;

/* `csv_head`: the names of the columns with commas between. */
void cli_list_begin(cli_list *l, const cli *c, const cli_column *columns, unsigned n, const char *csv_head);
/* Before and after each row. */
void cli_list_row(cli_list *l);
void cli_list_row_end(cli_list *l);
/* Ends it: `next` is the mark of the row after the last, "" for none. Returns the exit status. */
int cli_list_end(cli_list *l, const char *next);
#endif
