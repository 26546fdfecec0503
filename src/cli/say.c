/* In: what went wrong. Out: one line on standard error and the exit status. */
#include "cli/cli.h"

#include <errno.h>
#include <stdarg.h>
#include <stdatomic.h>
#include <string.h>

/* One line: what a file's name or a word of the command line brings in must not begin another. */
static void say(const char *before, const char *fmt, va_list ap)
{
    char line[2048];
    vsnprintf(line, sizeof line, fmt, ap);
    for (char *p = line; *p; p++)
        if ((unsigned char)*p < 0x20 || *p == 0x7f) *p = ' ';
    cli_flush();
    fprintf(stderr, "hewal: %s%s", before, line);
}

int cli_fail(const char *fmt, ...)
{
    va_list ap;
    va_start(ap, fmt);
    say("", fmt, ap);
    va_end(ap);
    fputc('\n', stderr);
    return CLI_FAILED;
}

int cli_error(const hewal_error *err)
{
    cli_fail("%s", err->message);
    return err->status == HEWAL_EINVAL ? CLI_USAGE : CLI_FAILED;
}

int cli_misuse(const cli *c, const char *fmt, ...)
{
    char before[64] = "";
    if (c) snprintf(before, sizeof before, "%s: ", c->command->name);
    va_list ap;
    va_start(ap, fmt);
    say(before, fmt, ap);
    va_end(ap);
    fprintf(stderr, " (see hewal %s%s)\n", c ? c->command->name : "help", c ? " --help" : "");
    return CLI_USAGE;
}

/* Why standard output could first not be written: stdio forgets it. */
static atomic_int write_error;

bool cli_write(const char *s, size_t n)
{
    errno = 0;
    if (n && fwrite(s, 1, n, stdout) != n && !write_error) write_error = errno;
    return !ferror(stdout);
}

bool cli_flush(void)
{
    errno = 0;
    if (fflush(stdout) != 0 && !write_error) write_error = errno;
    return !ferror(stdout);
}

int cli_finish(int status)
{
    if (cli_flush()) return status;
    return cli_fail("standard output: %s", write_error ? strerror(write_error) : "could not be written");
}

hewal_model *cli_model(void)
{
    hewal_model *m = NULL;
    hewal_error err;
    if (hewal_model_open(&m, NULL, &err) != HEWAL_OK) cli_fail("%s", err.message);
    return m;
}
