/* In: folders. Out: the files in them that are to be read: those that are there, then each that is closed after writing or moved in.
 * New folders are watched before they are listed, so that no file falls between. When the kernel's queue runs over, all is listed
 * again: what is in the store already costs a look. */
#include "cli/watches.h"

#include "cli/cli.h"
#include "ingest/ingest.h"
#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <sys/inotify.h>
#include <sys/stat.h>
#include <unistd.h>

#define EVENTS (IN_CLOSE_WRITE | IN_MOVED_TO | IN_CREATE | IN_MOVED_FROM | IN_DELETE_SELF | IN_ONLYDIR | IN_EXCL_UNLINK)
enum { DEEPEST = 100 };

struct watches {
    int fd;
    char **folder;  /* by watch descriptor; NULL: none */
    int n_folders;
    char **root;
    size_t n_roots;
    char **due;
    size_t n_due, cap_due;
    bool no_memory, said_limit;
};

/* ---- what is due ---- */

static void add_due(watches *w, const char *path)
{
    if (w->n_due == w->cap_due) {
        size_t cap = w->cap_due ? w->cap_due * 2 : 64;
        char **more = realloc(w->due, cap * sizeof *more);
        if (!more) {
            w->no_memory = true;
            return;
        }
        w->due = more;
        w->cap_due = cap;
    }
    if ((w->due[w->n_due] = strdup(path))) w->n_due++;
    else w->no_memory = true;
}

/* Nobody has it open for writing, as far as the kernel tells (of files of ours): who has will close it, and it will be due then. */
static bool is_closed(const char *path)
{
    int fd = open(path, O_RDONLY | O_NONBLOCK | O_CLOEXEC);
    if (fd < 0) return true; /* the reader says what is wrong */
    bool open_elsewhere = fcntl(fd, F_SETLEASE, F_RDLCK) != 0 && errno == EAGAIN;
    close(fd);
    return !open_elsewhere;
}

static void file_met(watches *w, const char *path, bool closed)
{
    struct stat st;
    if (hw_reader_takes(path) && stat(path, &st) == 0 && S_ISREG(st.st_mode) && (closed || is_closed(path))) add_due(w, path);
}

/* ---- folders ---- */

static bool watch(watches *w, const char *path)
{
    int wd = inotify_add_watch(w->fd, path, EVENTS);
    if (wd < 0) {
        if (errno != ENOSPC) return errno == ENOENT || errno == ENOTDIR || (cli_fail("%s: cannot be watched: %s", path, strerror(errno)), false);
        if (!w->said_limit) cli_fail("%s: cannot be watched: the system allows no more watches (fs.inotify.max_user_watches)", path);
        w->said_limit = true;
        return false;
    }
    if (wd >= w->n_folders) {
        int n = wd * 2 + 16;
        char **more = realloc(w->folder, (size_t)n * sizeof *more);
        if (!more) return w->no_memory = true, false;
        memset(more + w->n_folders, 0, (size_t)(n - w->n_folders) * sizeof *more);
        w->folder = more;
        w->n_folders = n;
    }
    free(w->folder[wd]);
    if (!(w->folder[wd] = strdup(path))) w->no_memory = true;
    return true;
}

static char *join(const char *folder, const char *name)
{
    size_t n = strlen(folder), k = strlen(name);
    char *p = malloc(n + k + 2);
    if (!p) return NULL;
    memcpy(p, folder, n);
    if (n && p[n - 1] != '/') p[n++] = '/';
    memcpy(p + n, name, k + 1);
    return p;
}

/* Watches a folder and all below it, and notes the files that are there. */
static void enter(watches *w, const char *path, unsigned depth)
{
    if (depth > DEEPEST) return (void)cli_fail("%s: too deep: not watched", path);
    watch(w, path);
    DIR *d = opendir(path);
    if (!d) {
        if (errno != ENOENT && errno != ENOTDIR) cli_fail("%s: cannot be read: %s", path, strerror(errno));
        return;
    }
    for (struct dirent *e; (e = readdir(d)) && !w->no_memory;) {
        struct stat st;
        char *p = e->d_name[0] == '.' ? NULL : join(path, e->d_name); /* hidden ones stay out, as in `hewal add` */
        if (e->d_name[0] != '.' && !p) w->no_memory = true;
        if (p && lstat(p, &st) == 0) {
            if (S_ISDIR(st.st_mode)) enter(w, p, depth + 1);
            else file_met(w, p, false);
        }
        free(p);
    }
    closedir(d);
}

/* A folder has been moved away: what happens in it is no more of ours. */
static void leave(watches *w, const char *path)
{
    size_t n = strlen(path);
    for (int i = 0; i < w->n_folders; i++)
        if (w->folder[i] && !strncmp(w->folder[i], path, n) && (w->folder[i][n] == '/' || !w->folder[i][n])) inotify_rm_watch(w->fd, i);
}

/* ---- events ---- */

static void take(watches *w, const struct inotify_event *e)
{
    if (e->mask & IN_Q_OVERFLOW) {
        for (size_t i = 0; i < w->n_roots; i++) enter(w, w->root[i], 0);
        return;
    }
    if (e->wd < 0 || e->wd >= w->n_folders || !w->folder[e->wd]) return;
    if (e->mask & IN_IGNORED) { /* its watch is gone; its number may come again */
        free(w->folder[e->wd]);
        w->folder[e->wd] = NULL;
        return;
    }
    if (!e->len || e->name[0] == '.') return;
    char *path = join(w->folder[e->wd], e->name);
    if (!path) {
        w->no_memory = true;
        return;
    }
    if (e->mask & IN_ISDIR) {
        if (e->mask & (IN_CREATE | IN_MOVED_TO)) enter(w, path, 0);
        if (e->mask & IN_MOVED_FROM) leave(w, path);
    } else if (e->mask & (IN_CLOSE_WRITE | IN_MOVED_TO)) {
        file_met(w, path, true);
    }
    free(path);
}

bool watches_read(watches *w)
{
    _Alignas(struct inotify_event) char buf[64 * 1024];
    for (ssize_t n; (n = read(w->fd, buf, sizeof buf)) > 0;)
        for (char *p = buf; p < buf + n;) {
            const struct inotify_event *e = (const struct inotify_event *)(const void *)p;
            p += sizeof *e + e->len;
            take(w, e);
        }
    if (w->no_memory) return cli_fail("out of memory"), false;
    return true;
}

static int by_name(const void *a, const void *b)
{
    return strcmp(*(char *const *)a, *(char *const *)b);
}

const char *const *watches_due(watches *w, size_t *n)
{
    size_t k = 0;
    if (w->n_due) qsort(w->due, w->n_due, sizeof *w->due, by_name);
    for (size_t i = 0; i < w->n_due; i++)
        if ((k && !strcmp(w->due[k - 1], w->due[i])) || access(w->due[i], F_OK) != 0) free(w->due[i]); /* twice, or gone again */
        else w->due[k++] = w->due[i];
    *n = w->n_due = k;
    return (const char *const *)(uintptr_t)w->due;
}

void watches_done(watches *w)
{
    for (size_t i = 0; i < w->n_due; i++) free(w->due[i]);
    w->n_due = 0;
}

int watches_fd(const watches *w)
{
    return w->fd;
}

watches *watches_new(const char *const *folders, size_t n)
{
    watches *w = calloc(1, sizeof *w);
    if (!w || !(w->root = calloc(n + 1, sizeof *w->root))) return free(w), cli_fail("out of memory"), NULL;
    w->fd = inotify_init1(IN_NONBLOCK | IN_CLOEXEC);
    bool ok = w->fd >= 0 || (cli_fail("folders cannot be watched: %s", strerror(errno)), false);
    for (size_t i = 0; i < n && ok; i++) {
        struct stat st;
        if (stat(folders[i], &st) != 0) ok = (cli_fail("%s: %s", folders[i], strerror(errno)), false);
        else if (!S_ISDIR(st.st_mode)) ok = (cli_fail("%s: no folder: only folders can be watched", folders[i]), false);
        else if (!(w->root[w->n_roots++] = strdup(folders[i]))) ok = (cli_fail("out of memory"), false);
    }
    for (size_t i = 0; i < w->n_roots && ok; i++) enter(w, w->root[i], 0);
    if (ok && w->no_memory) ok = (cli_fail("out of memory"), false);
    if (ok) return w;
    watches_free(w);
    return NULL;
}

void watches_free(watches *w)
{
    if (!w) return;
    watches_done(w);
    for (int i = 0; i < w->n_folders; i++) free(w->folder[i]);
    for (size_t i = 0; i < w->n_roots; i++) free(w->root[i]);
    free(w->folder);
    free(w->root);
    free(w->due);
    if (w->fd >= 0) close(w->fd);
    free(w);
}
