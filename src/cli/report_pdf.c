/* In: a page of HTML. Out: the same as PDF, printed by Chromium without a window, where it is installed. */
#include "cli/report.h"

#include <errno.h>
#include <fcntl.h>
#include <spawn.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

/* A name of the browser that the PATH has, or NULL. */
static const char *browser(void)
{
    static const char *const names[] = {"chromium", "chromium-browser", "google-chrome", "google-chrome-stable"};
    const char *path = getenv("PATH");
    for (unsigned i = 0; path && i < sizeof names / sizeof *names; i++)
        for (const char *p = path; *p;) {
            size_t n = strcspn(p, ":");
            char file[4096];
            if (snprintf(file, sizeof file, "%.*s/%s", (int)n, p, names[i]) < (int)sizeof file && access(file, X_OK) == 0) return names[i];
            p += n + (p[n] == ':');
        }
    return NULL;
}

/* Percent signs, question marks and hashes of a path have a meaning in a URL. */
static void put_url(hw_buf *b, const char *path)
{
    hw_puts(b, "file://");
    for (; *path; path++)
        if (strchr("%?#", *path)) hw_putf(b, "%%%02X", (unsigned char)*path);
        else hw_putc(b, *path);
}

static bool run(char *const *argv)
{
    posix_spawn_file_actions_t quiet;
    pid_t pid;
    int status = 1;
    if (posix_spawn_file_actions_init(&quiet) != 0) return false;
    bool ok = posix_spawn_file_actions_addopen(&quiet, 1, "/dev/null", O_WRONLY, 0) == 0 && posix_spawn_file_actions_addopen(&quiet, 2, "/dev/null", O_WRONLY, 0) == 0 &&
              posix_spawnp(&pid, argv[0], &quiet, NULL, argv, environ) == 0;
    posix_spawn_file_actions_destroy(&quiet);
    while (ok && waitpid(pid, &status, 0) < 0)
        if (errno != EINTR) ok = false;
    return ok && WIFEXITED(status) && WEXITSTATUS(status) == 0;
}

bool report_pdf(const char *html, const char *pdf)
{
    const char *name = browser();
    if (!name) return cli_fail("%s: PDF is printed by Chromium, which is not installed (package chromium)", pdf), false;
    char *page = realpath(html, NULL), *argv[8];
    hewal_string url = {0}, to = {0};
    hw_buf u = hw_buf_on(&url), t = hw_buf_on(&to);
    if (page) put_url(&u, page);
    hw_putf(&t, "--print-to-pdf=%s", pdf);
    bool ok = page && hw_buf_ok(&u) && hw_buf_ok(&t);
    unsigned n = 0;
    char headless[] = "--headless", gpu[] = "--disable-gpu", bare[] = "--no-pdf-header-footer", root[] = "--no-sandbox";
    argv[n++] = (char *)(uintptr_t)name;
    argv[n++] = headless;
    argv[n++] = gpu;
    argv[n++] = bare;
    if (geteuid() == 0) argv[n++] = root; /* it refuses root otherwise; the page has no script and asks for nothing */
    argv[n++] = to.s;
    argv[n++] = url.s;
    argv[n] = NULL;
    struct stat s;
    unlink(pdf);
    ok = ok && run(argv) && stat(pdf, &s) == 0 && s.st_size > 0;
    if (!ok) cli_fail("%s: %s could not print it", pdf, name);
    hewal_string_free(&url);
    hewal_string_free(&to);
    free(page);
    return ok;
}
