/* What the tools that make the model share: bytes that grow, files read whole, .tsv tables. The tools end at the first
 * fault, with one line that names the file and the line; so nothing here returns an error, and nothing is freed. */
#ifndef TOOLS_TSV_H
#define TOOLS_TSV_H
#include <stddef.h>
#include <stdint.h>

/* The tool's name, before its messages; each tool defines it. */
extern const char tool_name[];
_Noreturn void die(const char *fmt, ...) __attribute__((format(printf, 1, 2)));

typedef struct { unsigned char *p; size_t n, cap; } bytes;
size_t put(bytes *b, const void *p, size_t n); /* where it was put; p NULL: zeros */

typedef struct {
    char *text;    /* the file, cut up in place */
    char **cell;   /* n_rows * n_cols */
    char **column; /* names of the n_cols columns */
    unsigned *line;
    size_t n_rows, n_cols;
    char path[1024];
} tsv;

char *slurp(const char *path, size_t *size); /* NULL when it cannot be opened (errno); NUL-terminated; size may be NULL */
/* `from` is the file and line that names this one, or NULL. Dies when there is no such file or a line is not in order. */
tsv read_tsv(const char *dir, const char *file, const char *from);
tsv read_tsv_if_there(const char *dir, const char *file); /* no rows when there is no such file */
int column_of(const tsv *t, const char *name);            /* -1 when there is none */
const char *cell(const tsv *t, size_t row, const char *column); /* "" for - and for an absent column */
#endif
