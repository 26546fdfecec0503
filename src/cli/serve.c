/* `hewal serve`. In: a store. Out: a server, until it is told to end. */
#include "cli/commands.h"
#include "cli/session.h"
#include "serve/serve.h"

#include <signal.h>
#include <stdlib.h>
#include <string.h>

const cli_option cli_serve_options[] = {
    CLI_STORE_OPTION,
    {"port", "PORT", "the port; 0 takes any that is free (8080)"},
    {"host", "ADDR", "the address to listen at (127.0.0.1: this machine only)"},
    {"names", "NAME,...", "further names by which browsers may call the server, with commas between"},
    {"threads", "N", "how many requests are answered at once (4)"},
    {"verbose", NULL, "write a line a request to standard error"},
    {NULL, NULL, NULL}};

/* Until SIGINT or SIGTERM, which no thread but this one gets. */
static void wait_for_end(hw_server *s, const sigset_t *ends)
{
    const struct timespec second = {.tv_sec = 1};
    while (sigtimedwait(ends, NULL, &second) < 0) hw_server_watch(s);
}

int cli_serve(cli *c)
{
    cli_session s;
    hewal_error err;
    hw_server *server = NULL;
    sigset_t ends;
    sigemptyset(&ends);
    sigaddset(&ends, SIGINT);
    sigaddset(&ends, SIGTERM);
    sigprocmask(SIG_BLOCK, &ends, NULL);
    signal(SIGPIPE, SIG_IGN);
    if (!cli_session_open(&s, c, HW_STORE_READ)) return CLI_FAILED;
    hw_serve_options o = {.store = s.path, .host = cli_value(c, "host"), .names = cli_value(c, "names"), .port = (unsigned)cli_number(c, "port", 8080),
                          .threads = (unsigned)cli_number(c, "threads", 4), .verbose = cli_value(c, "verbose") != NULL};
    if (hw_server_start(&server, s.model, &o, &err) != HEWAL_OK) {
        int status = cli_error(&err);
        cli_session_close(&s);
        return status;
    }
    printf("%s\n", hw_server_url(server));
    int status = cli_finish(CLI_OK); /* a script waits for this line */
    if (status == CLI_OK) wait_for_end(server, &ends);
    hw_server_stop(server);
    cli_session_close(&s);
    return status;
}
