/* `hewal forget`. In: ids of articles. Out: a store without them and without all that came from them. */
#include "cli/commands.h"
#include "cli/session.h"

const cli_option cli_forget_options[] = {CLI_STORE_OPTION, {NULL, NULL, NULL}};

int cli_forget(cli *c)
{
    cli_session s;
    hewal_error err;
    unsigned n = 0;
    int status = CLI_OK;
    if (!cli_session_open(&s, c, HW_STORE_WRITE | HW_STORE_THERE)) return CLI_FAILED;
    for (unsigned i = 0; i < c->n_args; i++) {
        bool found = false;
        if (hw_store_remove(s.store, c->args[i], &found, &err) != HEWAL_OK) { /* the batch is taken back: none is forgotten */
            n = 0;
            status = cli_error(&err);
            break;
        }
        if (!found) status = cli_fail("%s: there is no article «%s»", s.path, c->args[i]);
        n += found;
    }
    /* also when none was there: an earlier run may have been stopped before the words had left the file */
    if (hw_store_wipe(s.store, &err) != HEWAL_OK) status = cli_error(&err);
    else printf("forgotten %u\n", n);
    cli_session_close(&s);
    return cli_finish(status);
}
