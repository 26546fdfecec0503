/* `hewal backup`. In: a store, a file's name. Out: a checked copy of the store there. */
#include "cli/commands.h"
#include "cli/session.h"

const cli_option cli_backup_options[] = {CLI_STORE_OPTION, {NULL, NULL, NULL}};

int cli_backup(cli *c)
{
    cli_session s;
    hewal_error err;
    if (!cli_session_open(&s, c, HW_STORE_READ)) return CLI_FAILED;
    hw_store_counts n;
    int status = CLI_OK;
    if (hw_store_count(s.store, &n, &err) != HEWAL_OK || hw_store_backup(s.store, c->args[0], &err) != HEWAL_OK) status = cli_error(&err);
    else printf("%s: a copy of %lld articles\n", c->args[0], (long long)n.articles);
    cli_session_close(&s);
    return cli_finish(status);
}
