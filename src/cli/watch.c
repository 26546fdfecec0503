/* `hewal watch`. In: folders. Out: a store that has what is in them, and goes on having it, until a signal stops it. Events are
 * gathered until it has been quiet for a moment, so that a burst is added as one batch. */
#include "cli/add.h"
#include "cli/commands.h"
#include "cli/watches.h"

#include <errno.h>
#include <poll.h>
#include <signal.h>
#include <string.h>
#include <sys/signalfd.h>
#include <time.h>
#include <unistd.h>

const cli_option cli_watch_options[] = {
    CLI_STORE_OPTION,
    {"language", "sorani|any", "annotate articles in Sorani only, or in any language (sorani)"},
    CLI_MAP_OPTION,
    {"threads", "N", "how many threads work (one a core)"},
    {NULL, NULL, NULL}};

enum { QUIET_MS = 200, LONGEST_MS = 2000, RETRY_MS = 10000 }; /* how long it must be quiet; when it is added all the same; after a failure */

typedef struct {
    cli_adder *adder;
    watches *watches;
    int signals;
    bool stopped;
} job;

static int64_t now_ms(void)
{
    struct timespec t;
    clock_gettime(CLOCK_MONOTONIC, &t);
    return (int64_t)t.tv_sec * 1000 + t.tv_nsec / 1000000;
}

static bool go_on(void *ctx)
{
    job *j = ctx;
    struct signalfd_siginfo s;
    if (read(j->signals, &s, sizeof s) == (ssize_t)sizeof s) j->stopped = true;
    return !j->stopped;
}

/* Adds what is due; false when the store could not be written (what is due remains so). */
static bool add_due(job *j)
{
    size_t n;
    cli_added did;
    const char *const *paths = watches_due(j->watches, &n);
    if (!n) return true;
    cli_adder_add(j->adder, paths, n, false, go_on, j, &did);
    if (did.failed) return false;
    watches_done(j->watches);
    if (did.added || did.replaced || did.refused) {
        printf("added %lu, replaced %lu, skipped %lu, refused %lu%s%s\n", did.added, did.replaced, did.skipped, did.refused, *did.languages ? "; language " : "",
               did.languages);
        fflush(stdout);
    }
    return true;
}

/* Waits for events, at most until `until` (milliseconds; below 0: for ever). False when nothing came. */
static bool wait_for_events(job *j, int64_t until)
{
    struct pollfd p[] = {{j->signals, POLLIN, 0}, {watches_fd(j->watches), POLLIN, 0}};
    int64_t left = until < 0 ? -1 : until - now_ms();
    int n = poll(p, 2, until < 0 ? -1 : left > 0 ? (int)left : 0);
    if (p[0].revents) go_on(j);
    return n > 0 && p[1].revents;
}

static bool run(job *j)
{
    bool added = add_due(j);
    while (!j->stopped) {
        bool came = wait_for_events(j, added ? -1 : now_ms() + RETRY_MS);
        int64_t first = now_ms();
        while (came && !j->stopped && now_ms() - first < LONGEST_MS) { /* more of the same burst */
            if (!watches_read(j->watches)) return false;
            came = wait_for_events(j, now_ms() + QUIET_MS);
        }
        if (!watches_read(j->watches)) return false;
        if (!j->stopped) added = add_due(j);
    }
    return true;
}

int cli_watch(cli *c)
{
    sigset_t set;
    sigemptyset(&set);
    sigaddset(&set, SIGINT);
    sigaddset(&set, SIGTERM);
    pthread_sigmask(SIG_BLOCK, &set, NULL); /* before there are threads: they have it too */
    job j = {.signals = signalfd(-1, &set, SFD_NONBLOCK | SFD_CLOEXEC)};
    if (j.signals < 0) return cli_fail("signals cannot be waited for: %s", strerror(errno));
    int status = CLI_FAILED;
    j.watches = watches_new((const char *const *)(uintptr_t)c->args, c->n_args);
    if (j.watches) j.adder = cli_adder_open(c, &status);
    if (j.adder && run(&j)) status = CLI_OK;
    if (j.adder) cli_adder_close(j.adder);
    watches_free(j.watches);
    close(j.signals);
    return cli_finish(status);
}
