/* In: paths. Out: the files they name and those in the folders they name, in order: as given, then by name in the order of
 * bytes. A real folder is read once, however many links lead to it, so that no loop of links is endless. */
#include "base/err.h"
#include "ingest/parts.h"

#include <dirent.h>
#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

typedef struct {
    char *path;
    char **names;
    size_t n, i;
} folder;

typedef struct { dev_t dev; ino_t ino; } place;

struct hw_walk {
    char **paths;
    size_t n, i;
    folder *stack;
    size_t depth, cap;
    place *seen; /* folders */
    size_t n_seen, cap_seen;
    char *current;
};

static void free_names(char **v, size_t n)
{
    for (size_t i = 0; i < n; i++) free(v[i]);
    free(v);
}

hw_walk *hw_walk_new(const char *const *paths, size_t n)
{
    hw_walk *w = calloc(1, sizeof *w);
    if (!w) return NULL;
    w->paths = calloc(n + 1, sizeof *w->paths);
    for (; w->paths && w->n < n; w->n++)
        if (!(w->paths[w->n] = strdup(paths[w->n]))) break;
    if (w->paths && w->n == n) return w;
    hw_walk_free(w);
    return NULL;
}

void hw_walk_free(hw_walk *w)
{
    if (!w) return;
    if (w->paths) free_names(w->paths, w->n);
    for (size_t i = 0; i < w->depth; i++) {
        free(w->stack[i].path);
        free_names(w->stack[i].names, w->stack[i].n);
    }
    free(w->stack);
    free(w->seen);
    free(w->current);
    free(w);
}

/* 1: new, 0: seen before, -1: out of memory. */
static int note(hw_walk *w, const struct stat *st)
{
    for (size_t i = 0; i < w->n_seen; i++)
        if (w->seen[i].ino == st->st_ino && w->seen[i].dev == st->st_dev) return 0;
    if (w->n_seen == w->cap_seen) {
        size_t cap = w->cap_seen ? w->cap_seen * 2 : 64;
        place *p = realloc(w->seen, cap * sizeof *p);
        if (!p) return -1;
        w->seen = p;
        w->cap_seen = cap;
    }
    w->seen[w->n_seen++] = (place){st->st_dev, st->st_ino};
    return 1;
}

static int by_bytes(const void *a, const void *b)
{
    return strcmp(*(char *const *)a, *(char *const *)b);
}

/* Reads the names of a folder, sorted; errno on failure. */
static bool list(const char *path, folder *f)
{
    DIR *d = opendir(path);
    if (!d) return false;
    size_t cap = 0;
    bool ok = true;
    for (struct dirent *e; ok && (errno = 0, e = readdir(d)) != NULL;) {
        if (e->d_name[0] == '.') continue;
        if (f->n == cap) {
            cap = cap ? cap * 2 : 64;
            char **p = realloc(f->names, cap * sizeof *p);
            if (!p) {
                ok = false;
                break;
            }
            f->names = p;
        }
        ok = (f->names[f->n] = strdup(e->d_name)) != NULL;
        f->n += ok;
    }
    int e = ok ? errno : ENOMEM;
    closedir(d);
    if (e) {
        free_names(f->names, f->n);
        f->names = NULL;
        f->n = 0;
        errno = e;
        return false;
    }
    if (f->n) qsort(f->names, f->n, sizeof *f->names, by_bytes);
    return true;
}

static hw_walk_result enter(hw_walk *w, const char *path, const struct stat *st, hewal_error *err)
{
    int fresh = note(w, st);
    if (!fresh) return HW_WALK_END; /* here: go on */
    folder f = {0};
    if (fresh < 0 || !(f.path = strdup(path))) goto memory;
    if (!list(path, &f)) {
        hw_fail(err, HEWAL_EIO, "%s: the folder cannot be read: %s", path, strerror(errno));
        free(f.path);
        return HW_WALK_FAULT;
    }
    if (w->depth == w->cap) {
        size_t cap = w->cap ? w->cap * 2 : 16;
        folder *p = realloc(w->stack, cap * sizeof *p);
        if (!p) {
            free_names(f.names, f.n);
            goto memory;
        }
        w->stack = p;
        w->cap = cap;
    }
    w->stack[w->depth++] = f;
    return HW_WALK_END;
memory:
    free(f.path);
    hw_fail(err, HEWAL_ENOMEM, "%s: out of memory", path);
    return HW_WALK_FAULT;
}

/* The next path, named or found; NULL at the end or without memory. *named: it was given, not found in a folder. */
static const char *next_path(hw_walk *w, bool *named)
{
    while (w->depth && w->stack[w->depth - 1].i == w->stack[w->depth - 1].n) {
        folder *f = &w->stack[--w->depth];
        free(f->path);
        free_names(f->names, f->n);
    }
    free(w->current);
    w->current = NULL;
    *named = !w->depth;
    if (!w->depth) return w->i < w->n ? (w->current = strdup(w->paths[w->i++])) : NULL;
    folder *f = &w->stack[w->depth - 1];
    size_t n = strlen(f->path);
    const char *name = f->names[f->i++];
    size_t k = strlen(name);
    char *p = malloc(n + k + 2);
    if (!p) return NULL;
    memcpy(p, f->path, n);
    if (n && p[n - 1] != '/') p[n++] = '/';
    memcpy(p + n, name, k + 1);
    return w->current = p;
}

bool hw_reader_takes(const char *path)
{
    const char *name = strrchr(path, '/');
    return (name ? name[1] : *path) != '.' && hw_may_be_article(path);
}

hw_walk_result hw_walk_next(hw_walk *w, const char **path, hewal_error *err)
{
    bool named;
    for (const char *p; (p = next_path(w, &named)) != NULL;) {
        struct stat st;
        *path = p;
        if (named && !strcmp(p, "-")) return HW_WALK_FILE;
        if (stat(p, &st) != 0) {
            hw_fail(err, HEWAL_EIO, "%s: %s", p, strerror(errno));
            return HW_WALK_FAULT;
        }
        if (S_ISDIR(st.st_mode)) {
            if (enter(w, p, &st, err) == HW_WALK_FAULT) return HW_WALK_FAULT;
        } else if (named || (S_ISREG(st.st_mode) && hw_may_be_article(p))) { /* pipes and devices only when they are asked for */
            return HW_WALK_FILE;
        }
    }
    return HW_WALK_END;
}

uint64_t hw_reader_total(const char *const *paths, size_t n)
{
    hw_walk *w = hw_walk_new(paths, n);
    uint64_t total = 0;
    const char *p;
    for (hw_walk_result r; w && (r = hw_walk_next(w, &p, NULL)) != HW_WALK_END;) {
        struct stat st;
        if (r == HW_WALK_FAULT) continue;
        if (!strcmp(p, "-") || stat(p, &st) != 0 || !S_ISREG(st.st_mode)) {
            total = 0;
            break;
        }
        total += (uint64_t)st.st_size;
    }
    hw_walk_free(w);
    return total;
}
