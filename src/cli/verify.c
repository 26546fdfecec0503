/* `hewal verify`. In: a store. Out: what is wrong with it, a line each; status 1 when anything is. */
#include "cli/commands.h"
#include "cli/session.h"

const cli_option cli_verify_options[] = {CLI_STORE_OPTION, {NULL, NULL, NULL}};

static void say(void *ctx, const char *line)
{
    const cli_session *s = ctx;
    cli_fail("%s: %s", s->path, line);
}

int cli_verify(cli *c)
{
    cli_session s;
    hewal_error err;
    hw_verify_counts n;
    if (!cli_session_open(&s, c, HW_STORE_READ)) return CLI_FAILED;
    int status = CLI_OK;
    if (hw_store_verify(s.store, say, &s, &n, &err) != HEWAL_OK) status = cli_error(&err);
    else if (n.wrong) status = cli_fail("%s: %lld things are wrong in %lld articles", s.path, (long long)n.wrong, (long long)n.articles);
    else printf("%lld articles, %lld spans: all is as it should be\n", (long long)n.articles, (long long)n.spans);
    cli_session_close(&s);
    return cli_finish(status);
}
