/* In: paths, "-" for standard input. Out: whole texts, lines, or pieces of whole lines, never more in memory than asked. */
#include "cli/cli.h"
#include "ingest/ingest.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

bool cli_map(const cli *c, hw_map **map)
{
    const char *spec = cli_value(c, "map");
    hewal_error err;
    *map = NULL;
    if (!spec || hw_map_new(map, spec, &err) == HEWAL_OK) return true;
    cli_misuse(c, "--map: %s", err.message);
    return false;
}

const char *cli_called(const char *path)
{
    return strcmp(path, "-") ? path : "standard input";
}

static FILE *open_input(const char *path)
{
    if (!strcmp(path, "-")) return stdin;
    FILE *f = fopen(path, "rbe");
    if (!f) cli_fail("%s: %s", path, strerror(errno));
    return f;
}

static void close_input(FILE *f)
{
    if (f && f != stdin) fclose(f);
}

/* Room for `more` bytes and a NUL. */
static bool grow(hewal_string *s, size_t more)
{
    if (s->len + more + 1 <= s->cap) return true;
    size_t cap = s->cap ? s->cap : 1 << 16;
    while (cap < s->len + more + 1) cap *= 2;
    char *p = realloc(s->s, cap);
    if (!p) return false;
    s->s = p;
    s->cap = cap;
    return true;
}

bool cli_read(const char *path, size_t max, hewal_string *out)
{
    FILE *f = open_input(path);
    if (!f) return false;
    bool ok = true;
    while (ok && !feof(f)) {
        if (!grow(out, 1 << 16)) {
            cli_fail("%s: out of memory", cli_called(path));
            ok = false;
            break;
        }
        errno = 0;
        out->len += fread(out->s + out->len, 1, 1 << 16, f);
        if (ferror(f)) {
            cli_fail("%s: %s", cli_called(path), errno ? strerror(errno) : "cannot be read");
            ok = false;
        } else if (out->len > max) {
            cli_fail("%s: longer than an article may be (%zu bytes)", cli_called(path), max);
            ok = false;
        }
    }
    close_input(f);
    if (ok) out->s[out->len] = 0;
    return ok;
}

struct cli_lines {
    FILE *f;
    const char *path;
    size_t max;
    hewal_string buf; /* bytes from `at` on are still to be given */
    size_t at;
    uint64_t number;
    bool ended, skipping; /* skipping: within a line that was too long */
};

cli_lines *cli_lines_open(const char *path, size_t max)
{
    FILE *f = open_input(path);
    if (!f) return NULL;
    cli_lines *l = calloc(1, sizeof *l);
    if (!l) {
        close_input(f);
        cli_fail("%s: out of memory", cli_called(path));
        return NULL;
    }
    l->f = f;
    l->path = path;
    l->max = max;
    return l;
}

void cli_lines_close(cli_lines *l)
{
    if (!l) return;
    close_input(l->f);
    hewal_string_free(&l->buf);
    free(l);
}

uint64_t cli_lines_number(const cli_lines *l)
{
    return l->number;
}

/* Reads more behind what is there: false after saying why. What was given is let go. A line that has come is not kept
 * waiting for the next one: fread on a pipe would do that, so the pipe is read as it comes. */
static bool fill(cli_lines *l)
{
    if (l->at) {
        memmove(l->buf.s, l->buf.s + l->at, l->buf.len - l->at);
        l->buf.len -= l->at;
        l->at = 0;
    }
    if (!grow(&l->buf, 1 << 16)) {
        cli_fail("%s:%llu: out of memory", cli_called(l->path), (unsigned long long)l->number + 1);
        return false;
    }
    ssize_t n;
    do n = read(fileno(l->f), l->buf.s + l->buf.len, 1 << 16);
    while (n < 0 && errno == EINTR);
    if (n < 0) {
        cli_fail("%s: %s", cli_called(l->path), strerror(errno));
        return false;
    }
    if (n == 0) l->ended = true;
    l->buf.len += (size_t)n;
    return true;
}

/* Takes n bytes that end a line. */
static void take(cli_lines *l, size_t n, const char **s, size_t *len)
{
    *s = l->skipping ? NULL : l->buf.s + l->at;
    *len = n;
    l->at += n;
    l->number++;
    l->skipping = false;
}

int cli_lines_next(cli_lines *l, const char **s, size_t *n)
{
    size_t seen = 0;
    for (;;) {
        size_t left = l->buf.len - l->at;
        char *nl = left > seen ? memchr(l->buf.s + l->at + seen, '\n', left - seen) : NULL;
        if (nl) {
            size_t len = (size_t)(nl - (l->buf.s + l->at));
            if (len > l->max) l->skipping = true;
            take(l, len, s, n);
            l->at++; /* the line end */
            if (*n && *s && (*s)[*n - 1] == '\r') --*n;
            return 1;
        }
        seen = left;
        if (left > l->max) { /* too long: passed over as it comes */
            l->skipping = true;
            l->at = l->buf.len;
            seen = 0;
        }
        if (l->ended) {
            if (!left && !l->skipping) return 0;
            take(l, l->buf.len - l->at, s, n);
            return 1;
        }
        if (!fill(l)) return -1;
    }
}

/* Where to cut a line of n bytes that is too long: behind the last space or, without one, before a character. */
static size_t cut(const char *s, size_t n)
{
    for (size_t i = n; i > n / 2; i--)
        if (s[i - 1] == ' ' || s[i - 1] == '\t') return i;
    size_t i = n;
    while (i > n - 4 && ((unsigned char)s[i - 1] & 0xC0) == 0x80) i--;
    return i > n - 4 && (unsigned char)s[i - 1] >= 0xC0 ? i - 1 : n;
}

int cli_lines_piece(cli_lines *l, const char **s, size_t *n)
{
    for (;;) {
        size_t left = l->buf.len - l->at, len = 0;
        const char *p = left ? l->buf.s + l->at : NULL;
        char *nl = left ? memrchr(p, '\n', left) : NULL;
        if (nl) len = (size_t)(nl - p) + 1;
        else if (left >= l->max || l->ended) len = left;
        if (len > l->max) len = cut(p, l->max);
        if (len) {
            *s = p;
            *n = len;
            l->at += len;
            return 1;
        }
        if (l->ended) return 0;
        if (!fill(l)) return -1;
    }
}

const char *cli_not_text(const char *s, size_t n, size_t at, char *buf, size_t size)
{
    if (!at && n >= 2 && (!memcmp(s, "\xFF\xFE", 2) || !memcmp(s, "\xFE\xFF", 2))) return "this is UTF-16, not UTF-8 text";
    const char *nul = n ? memchr(s, 0, n) : NULL;
    if (!nul) return NULL;
    snprintf(buf, size, "a NUL at byte %zu: binary data or UTF-16, not UTF-8 text", at + (size_t)(nul - s));
    return buf;
}
