/* In: something that gives bytes. Out: a window over them that grows and moves on; and the two that begin every chain of
 * sources: a file and memory. */
#include "ingest/source.h"

#include "base/err.h"
#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#define CHUNK ((size_t)65536)

struct hw_source {
    char *name;
    hw_pull pull;
    void (*close)(void *ctx);
    void *ctx;
    char *buf;
    size_t at, len, cap;
    bool end;
};

hewal_status hw_source_new(hw_source **out, const char *name, hw_pull pull, void (*close)(void *ctx), void *ctx, hewal_error *err)
{
    hw_source *s = *out = calloc(1, sizeof *s);
    if (s && (s->name = strdup(name)) && (s->buf = malloc(CHUNK + 1))) {
        s->cap = CHUNK + 1;
        s->pull = pull;
        s->close = close;
        s->ctx = ctx;
        return HEWAL_OK;
    }
    hw_source_close(s);
    *out = NULL;
    close(ctx);
    return hw_fail(err, HEWAL_ENOMEM, "%s: out of memory", name);
}

void hw_source_close(hw_source *s)
{
    if (!s) return;
    if (s->close) s->close(s->ctx);
    free(s->buf);
    free(s->name);
    free(s);
}

const char *hw_source_name(const hw_source *s)
{
    return s->name;
}

const char *hw_source_window(const hw_source *s, size_t *n)
{
    *n = s->len - s->at;
    return s->buf + s->at;
}

void hw_source_take(hw_source *s, size_t n)
{
    s->at += n;
}

/* Room for more behind what is there. What was taken is given up only when it is as much as what is kept, so that taking
 * little pieces of a long window costs no more than the window. */
static bool reserve(hw_source *s)
{
    size_t kept = s->len - s->at;
    if (s->at && s->at >= kept) {
        memmove(s->buf, s->buf + s->at, kept);
        s->len = kept;
        s->at = 0;
    }
    if (s->cap - s->len > CHUNK / 4) {
        if (s->cap <= 64 * CHUNK || s->len > CHUNK) return true;
    }
    size_t cap = s->cap > 64 * CHUNK && s->len <= CHUNK ? 2 * CHUNK : s->cap * 2; /* after a giant, small again */
    char *p = realloc(s->buf, cap);
    if (!p) return false;
    s->buf = p;
    s->cap = cap;
    return true;
}

hewal_status hw_source_more(hw_source *s, bool *grew, hewal_error *err)
{
    *grew = false;
    if (s->end) return HEWAL_OK;
    if (!reserve(s)) return hw_fail(err, HEWAL_ENOMEM, "%s: out of memory", s->name);
    size_t n = 0;
    hewal_status st = s->pull(s->ctx, s->buf + s->len, s->cap - s->len - 1, &n, err);
    s->end = st != HEWAL_OK || !n;
    s->len += st == HEWAL_OK ? n : 0;
    *grew = st == HEWAL_OK && n;
    return st;
}

hewal_status hw_source_all(hw_source *s, size_t limit, bool *whole, hewal_error *err)
{
    bool grew = true;
    while (grew && s->len - s->at <= limit) {
        hewal_status st = hw_source_more(s, &grew, err);
        if (st != HEWAL_OK) return st;
    }
    *whole = s->len - s->at <= limit;
    return HEWAL_OK;
}

hewal_status hw_source_skip(hw_source *s, uint64_t n, bool *all, hewal_error *err)
{
    for (bool grew = true; grew;) {
        size_t k = s->len - s->at;
        if (k > n) k = (size_t)n;
        s->at += k;
        n -= k;
        if (!n) break;
        hewal_status st = hw_source_more(s, &grew, err);
        if (st != HEWAL_OK) return st;
    }
    *all = !n;
    return HEWAL_OK;
}

hewal_status hw_budget_spend(hw_budget *b, uint64_t n, const char *name, hewal_error *err)
{
    const hw_limits *l = b->limits;
    b->unpacked += n;
    if (b->unpacked > l->bytes) {
        b->spent = true;
        return hw_fail(err, HEWAL_ETOOBIG, "%s: more than %llu bytes come out of it, not read on", name, (unsigned long long)l->bytes);
    }
    if (b->unpacked > l->free_bytes && b->unpacked / l->ratio > b->packed) {
        b->spent = true;
        return hw_fail(err, HEWAL_ETOOBIG, "%s: more than %u times its size comes out of it, not read on", name, l->ratio);
    }
    return HEWAL_OK;
}

/* ---- a file, memory ------------------------------------------------------------------------------------------------- */

typedef struct {
    int fd; /* -1: memory */
    const char *mem, *name;
    size_t left;
    atomic_ullong *counter;
    hw_budget *budget;
} origin;

static hewal_status pull_origin(void *ctx, char *out, size_t room, size_t *n, hewal_error *err)
{
    origin *o = ctx;
    ssize_t got = (ssize_t)(o->left < room ? o->left : room);
    if (o->fd < 0) {
        if (got) memcpy(out, o->mem, (size_t)got);
        o->mem += got;
        o->left -= (size_t)got;
    } else {
        do got = read(o->fd, out, room);
        while (got < 0 && errno == EINTR);
        if (got < 0) return hw_fail(err, HEWAL_EIO, "%s: %s", o->name, strerror(errno));
    }
    if (o->counter) atomic_fetch_add_explicit(o->counter, (unsigned long long)got, memory_order_relaxed);
    o->budget->packed += (uint64_t)got;
    *n = (size_t)got;
    return HEWAL_OK;
}

static void close_origin(void *ctx)
{
    origin *o = ctx;
    if (o->fd >= 0) close(o->fd);
    free(o);
}

static hewal_status begin(hw_source **out, origin from, const char *name, hewal_error *err)
{
    origin *o = malloc(sizeof *o);
    *out = NULL;
    if (!o) {
        if (from.fd >= 0) close(from.fd);
        return hw_fail(err, HEWAL_ENOMEM, "%s: out of memory", name);
    }
    *o = from;
    hewal_status st = hw_source_new(out, name, pull_origin, close_origin, o, err);
    if (*out) o->name = (*out)->name;
    return st;
}

hewal_status hw_source_file(hw_source **out, const char *path, atomic_ullong *counter, hw_budget *b, hewal_error *err)
{
    bool standard = !strcmp(path, "-");
    const char *name = standard ? "standard input" : path;
    int fd = standard ? dup(STDIN_FILENO) : open(path, O_RDONLY | O_CLOEXEC | O_NOCTTY);
    *out = NULL;
    if (fd < 0) return hw_fail(err, HEWAL_EIO, "%s: %s", name, strerror(errno));
    return begin(out, (origin){.fd = fd, .counter = counter, .budget = b}, name, err);
}

hewal_status hw_source_memory(hw_source **out, const void *bytes, size_t n, const char *name, hw_budget *b, hewal_error *err)
{
    return begin(out, (origin){.fd = -1, .mem = bytes, .left = n, .budget = b}, name, err);
}
