/* For tests that need files: a folder of their own under $TMPDIR, taken away at the end. */
#ifndef HEWAL_TESTS_FOLDER_H
#define HEWAL_TESTS_FOLDER_H
#include "kit.h"

#include <ftw.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

static char folder_path[512];

KIT_UNUSED static int folder_remove_one(const char *path, const struct stat *st, int type, struct FTW *f)
{
    (void)st;
    (void)f;
    if (type == FTW_DNR) chmod(path, 0700);
    return remove(path);
}

KIT_UNUSED static int folder_make(void **state)
{
    const char *tmp = getenv("TMPDIR");
    snprintf(folder_path, sizeof folder_path, "%s/hewal-test-XXXXXX", tmp && *tmp ? tmp : "/tmp");
    if (!mkdtemp(folder_path)) return -1;
    chmod(folder_path, 0755);
    return kit_open(state);
}

KIT_UNUSED static int folder_remove(void **state)
{
    nftw(folder_path, folder_remove_one, 16, FTW_DEPTH | FTW_PHYS);
    return kit_close(state);
}

/* The path of a name in the folder; the last eight stay valid. */
KIT_UNUSED static const char *in_folder(const char *name)
{
    static char paths[8][1024];
    static unsigned i;
    char *p = paths[i++ % 8];
    snprintf(p, sizeof paths[0], "%s/%s", folder_path, name);
    return p;
}

KIT_UNUSED static const char *folder_file(const char *name, const void *bytes, size_t n)
{
    const char *p = in_folder(name);
    FILE *f = fopen(p, "wb");
    assert_non_null(f);
    assert_int_equal(fwrite(bytes, 1, n, f), n);
    assert_int_equal(fclose(f), 0);
    return p;
}

KIT_UNUSED static const char *folder_text(const char *name, const char *text)
{
    return folder_file(name, text, strlen(text));
}

/* Runs `work` in a child process, as nobody when we are root and `lowly`; its result, or 100 + the signal that ended it. */
KIT_UNUSED static int in_child(int (*work)(void *), void *arg, bool lowly)
{
    fflush(NULL);
    pid_t pid = fork();
    assert_true(pid >= 0);
    if (pid == 0) {
        if (lowly && geteuid() == 0 && (setgid(65534) != 0 || setuid(65534) != 0)) _exit(99);
        _exit(work(arg));
    }
    int status;
    assert_int_equal(waitpid(pid, &status, 0), pid);
    return WIFEXITED(status) ? WEXITSTATUS(status) : 100 + WTERMSIG(status);
}
#endif
