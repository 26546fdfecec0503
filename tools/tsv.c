/* In: paths of files. Out: their bytes, their tables. */
#include "tsv.h"

#include "base/utf8.h"
#include <errno.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

/* Everything lives until the program ends: the leak checker need not look. */
const char *__asan_default_options(void); /* NOLINT(bugprone-reserved-identifier): the sanitizer asks for it by this name */
const char *__asan_default_options(void) { return "detect_leaks=0"; }

void die(const char *fmt, ...)
{
    va_list ap;
    va_start(ap, fmt);
    fprintf(stderr, "%s: ", tool_name);
    vfprintf(stderr, fmt, ap);
    fputc('\n', stderr);
    va_end(ap);
    exit(1);
}

size_t put(bytes *b, const void *p, size_t n)
{
    size_t at = b->n;
    if (b->n + n > b->cap) {
        b->cap = (b->n + n) * 2 + 64;
        b->p = realloc(b->p, b->cap);
        if (!b->p) die("out of memory");
    }
    if (p && n) memcpy(b->p + b->n, p, n);
    else if (n) memset(b->p + b->n, 0, n);
    b->n += n;
    return at;
}

char *slurp(const char *path, size_t *size)
{
    FILE *f = fopen(path, "rb");
    if (!f) return NULL;
    bytes b = {0};
    char buf[65536];
    size_t n;
    while ((n = fread(buf, 1, sizeof buf, f)) > 0) put(&b, buf, n);
    if (ferror(f)) die("%s: %s", path, strerror(errno));
    fclose(f);
    if (size) *size = b.n;
    put(&b, "", 1);
    return (char *)b.p;
}

enum { MAX_COLUMNS = 32 };

/* How many there are; more than max: too many. */
static size_t split_tabs(char *line, char **out, size_t max)
{
    size_t n = 0;
    for (;;) {
        if (n == max) return n + 1;
        out[n++] = line;
        char *tab = strchr(line, '\t');
        if (!tab) return n;
        *tab = 0;
        line = tab + 1;
    }
}

static void check_bytes(const tsv *t, size_t size)
{
    unsigned line = 1;
    for (size_t i = 0; i < size;) {
        uint32_t cp;
        i += hw_utf8_decode(t->text + i, size - i, &cp);
        if (cp == HW_BROKEN) die("%s:%u: not UTF-8", t->path, line);
        if (cp == 0) die("%s:%u: a NUL byte", t->path, line);
        line += cp == '\n';
    }
}

tsv read_tsv(const char *dir, const char *file, const char *from)
{
    tsv t = {0};
    size_t cap = 0;
    unsigned n = 0;
    snprintf(t.path, sizeof t.path, "%s/%s", dir, file);
    if (from && access(t.path, R_OK) != 0) die("%s: %s: %s", from, t.path, strerror(errno));
    size_t size;
    t.text = slurp(t.path, &size);
    if (!t.text) die("%s: %s", t.path, strerror(errno));
    check_bytes(&t, size);
    char *start = t.text;
    if (!strncmp(start, "\xEF\xBB\xBF", 3)) start += 3;
    for (char *next, *line = start; line && *line; line = next) {
        n++;
        if ((next = strchr(line, '\n')) != NULL) *next++ = 0;
        size_t len = strlen(line);
        if (len && line[len - 1] == '\r') line[--len] = 0;
        if (!len || *line == '#') continue;
        char *cells[MAX_COLUMNS];
        size_t k = split_tabs(line, cells, MAX_COLUMNS);
        if (k > MAX_COLUMNS) die("%s:%u: more than %d columns", t.path, n, MAX_COLUMNS);
        if (!t.column) {
            t.n_cols = k;
            t.column = malloc(k * sizeof *t.column);
            if (!t.column) die("out of memory");
            memcpy(t.column, cells, k * sizeof *cells);
            continue;
        }
        if (k != t.n_cols) die("%s:%u: %zu columns, not %zu", t.path, n, k, t.n_cols);
        if (t.n_rows == cap) {
            cap = cap ? cap * 2 : 256;
            t.cell = realloc(t.cell, cap * t.n_cols * sizeof *t.cell);
            t.line = realloc(t.line, cap * sizeof *t.line);
            if (!t.cell || !t.line) die("out of memory");
        }
        memcpy(t.cell + t.n_rows * t.n_cols, cells, k * sizeof *cells);
        t.line[t.n_rows++] = n;
    }
    if (!t.column) die("%s: no line names the columns", t.path);
    return t;
}

int column_of(const tsv *t, const char *name)
{
    for (size_t i = 0; i < t->n_cols; i++)
        if (!strcmp(t->column[i], name)) return (int)i;
    return -1;
}

tsv read_tsv_if_there(const char *dir, const char *file)
{
    tsv none = {0};
    snprintf(none.path, sizeof none.path, "%s/%s", dir, file);
    return access(none.path, F_OK) == 0 ? read_tsv(dir, file, NULL) : none;
}

const char *cell(const tsv *t, size_t row, const char *column)
{
    for (size_t i = 0; i < t->n_cols; i++)
        if (!strcmp(t->column[i], column)) {
            const char *s = t->cell[row * t->n_cols + i];
            return strcmp(s, "-") ? s : "";
        }
    return "";
}
