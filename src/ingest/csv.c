/* In: a table with a header row: CSV (commas or semicolons) or TSV. Out: an article a row.
 *
 * A cell may be quoted, with "" for a quotation mark, and hold line ends then. A row that cannot be read is refused with its
 * line, and reading goes on at the next line. */
#include "base/buf.h"
#include "base/err.h"
#include "ingest/parts.h"

#include <stdlib.h>
#include <string.h>
#include <strings.h>

enum { MAX_COLUMNS = 1000 };
#define MAX_QUOTED ((size_t)1 << 20) /* bytes of a cell between tabs that a quotation mark may open and close */

typedef struct { size_t b, e; } cell; /* in the row's unquoted bytes */

typedef struct {
    char mark; /* between cells */
    bool literal; /* quotation marks are taken as they are: one was never closed */
    size_t lines; /* read so far */
    hewal_string bytes;
    cell cells[MAX_COLUMNS];
    size_t n_cells;
    hewal_string head; /* the names of the columns, each with a NUL behind it */
    const char *names[MAX_COLUMNS];
    int part[MAX_COLUMNS]; /* -1: carried through */
    size_t n_columns;
} table;

typedef enum { ROW_OK, ROW_END, ROW_QUOTE, ROW_AFTER_QUOTE, ROW_WIDE, ROW_LONG, ROW_FAULT } row_result;

/* ---- a row ------------------------------------------------------------------------------------------------------------ */

/* A quoted cell whose mark stands before *i; leaves *i behind its closing mark. */
static row_result scan_quoted(hw_buf *b, const char *s, size_t n, bool last, size_t *i)
{
    for (;;) {
        const char *q = *i < n ? memchr(s + *i, '"', n - *i) : NULL;
        if (!q || (q + 1 == s + n && !last)) return last && !q ? ROW_QUOTE : ROW_END;
        hw_put(b, s + *i, (size_t)(q - s) - *i);
        *i = (size_t)(q - s) + 1;
        if (*i == n || s[*i] != '"') return ROW_OK;
        hw_putc(b, '"');
        ++*i;
    }
}

static row_result scan_cell(table *t, hw_buf *b, const char *s, size_t n, bool last, size_t *i)
{
    size_t from = *i, before = t->bytes.len;
    if (from < n && s[from] == '"' && !t->literal) {
        *i = from + 1;
        row_result got = scan_quoted(b, s, n, last, i);
        if (got == ROW_OK && *i < n && s[*i] != t->mark && s[*i] != '\n' && s[*i] != '\r') got = ROW_AFTER_QUOTE;
        /* Between tabs a quotation mark is one of the text, unless it encloses a whole cell: both are in use. */
        bool text = t->mark == '\t' && (got == ROW_AFTER_QUOTE || got == ROW_QUOTE || (got == ROW_END && n - from > MAX_QUOTED));
        if (!text) return got;
        hw_buf_back(&t->bytes, before);
        *i = from;
    }
    while (*i < n && s[*i] != t->mark && s[*i] != '\n') ++*i;
    if (*i == n && !last) return ROW_END;
    hw_put(b, s + from, *i - from - (*i > from && s[*i - 1] == '\r' && (*i == n || s[*i] == '\n')));
    return ROW_OK;
}

/* One pass over the window from its start. *used: how far it came. ROW_END: the window ends before the row does. */
static row_result scan(table *t, const char *s, size_t n, bool last, size_t *used)
{
    hw_buf b = hw_buf_on(&t->bytes);
    size_t i = 0;
    t->bytes.len = t->n_cells = 0;
    for (;;) {
        if (t->n_cells == MAX_COLUMNS) return ROW_WIDE;
        size_t begin = t->bytes.len;
        row_result got = scan_cell(t, &b, s, n, last, &i);
        if (got != ROW_OK) return got;
        t->cells[t->n_cells++] = (cell){begin, t->bytes.len};
        if (i < n && s[i] == '\r') i++;
        if (i == n && !last) return ROW_END;
        if (i < n && s[i] == t->mark) {
            i++;
            continue;
        }
        *used = i + (i < n);
        return hw_buf_ok(&b) ? ROW_OK : ROW_FAULT;
    }
}

static size_t lines_in(const char *s, size_t n)
{
    size_t k = 0;
    for (const char *p = s; (p = memchr(p, '\n', n - (size_t)(p - s))) != NULL; p++) k++;
    return k;
}

/* Takes what is left of the line, however long it is. */
static hewal_status skip_line(hw_file *f, table *t, hewal_error *err)
{
    for (bool grew = true; grew;) {
        size_t n;
        const char *s = hw_source_window(f->in, &n), *nl = n ? memchr(s, '\n', n) : NULL;
        hw_source_take(f->in, nl ? (size_t)(nl - s) + 1 : n);
        t->lines += nl != NULL;
        if (nl) return HEWAL_OK;
        hewal_status st = hw_source_more(f->in, &grew, err);
        if (st != HEWAL_OK) return st;
    }
    return HEWAL_OK;
}

static hewal_status bad_row(hw_file *f, table *t, row_result what, hewal_error *err)
{
    hewal_error later;
    hewal_status st = skip_line(f, t, &later);
    if ((f->ended = st != HEWAL_OK)) {
        if (err) *err = later;
        return st;
    }
    if (what == ROW_QUOTE) return t->literal = true, hw_file_fail(f, err, HEWAL_EFORMAT, "a quotation mark that is never closed");
    if (what == ROW_AFTER_QUOTE) return hw_file_fail(f, err, HEWAL_EFORMAT, "something stands behind a closing quotation mark");
    if (what == ROW_WIDE) return hw_file_fail(f, err, HEWAL_EFORMAT, "a row of more than %d cells", MAX_COLUMNS);
    if (what == ROW_FAULT) return hw_file_fail(f, err, HEWAL_ENOMEM, "out of memory");
    t->literal = t->literal || what == ROW_LONG;
    return hw_file_fail(f, err, HEWAL_ETOOBIG, "a row longer than %zu bytes", HW_MAX_LINE);
}

/* The next row that is not empty. *end: there is none. */
static hewal_status next_row(hw_file *f, table *t, bool *end, hewal_error *err)
{
    bool grew = true;
    size_t tried = 0;
    for (*end = false;;) {
        size_t n, used = 0;
        const char *s = hw_source_window(f->in, &n);
        if (!n && !grew) return *end = true, HEWAL_OK;
        row_result got = grew && n < tried ? ROW_END : scan(t, s, n, !grew, &used);
        f->line = t->lines + 1;
        if (got == ROW_OK) {
            t->lines += lines_in(s, used);
            hw_source_take(f->in, used);
            tried = 0;
            if (t->n_cells > 1 || hw_trim((hw_slice){t->bytes.s, t->bytes.len}).n) return HEWAL_OK;
            continue;
        }
        if (got == ROW_END && n > HW_MAX_LINE) got = ROW_LONG;
        if (got != ROW_END) return bad_row(f, t, got, err);
        if (n >= tried) tried = n < 65536 ? n + 1 : 2 * n; /* not looked at again before there is twice as much: no quadratic time */
        hewal_status st = hw_source_more(f->in, &grew, err);
        if ((f->ended = st != HEWAL_OK)) return st;
    }
}

/* ---- the header row ---------------------------------------------------------------------------------------------------- */

/* The usual names of a part's column. */
static const char *const usual[HW_N_PARTS] = {
    "id|guid|article_id|articleid|_id", "text|body|content|article|article_text|full_text|fulltext", "title|headline",
    "published|date|published_at|publish_date|published_date|pubdate|pub_date|datetime|created_at",
    "outlet|publisher|site|newspaper|website|media", "url|link|href", "source"};

static bool called(const char *name, const char *list)
{
    for (const char *w = list; *w;) {
        size_t k = strcspn(w, "|");
        if (strlen(name) == k && !strncasecmp(name, w, k)) return true;
        w += k + (w[k] != 0);
    }
    return false;
}

static void name_columns(table *t, const hw_map *map)
{
    bool taken[HW_N_PARTS] = {0};
    for (size_t c = 0; c < t->n_columns; c++) t->part[c] = -1;
    for (int told = 1; told >= 0; told--) /* what was told goes before what is usual */
        for (int i = 0; i < HW_N_PARTS; i++)
            for (size_t c = 0; c < t->n_columns && !taken[i]; c++) {
                bool mapped = map && map->of[i];
                if (t->part[c] != -1 || mapped != (told == 1) || !(mapped ? !strcmp(t->names[c], map->of[i]) : called(t->names[c], usual[i]))) continue;
                t->part[c] = i;
                taken[i] = true;
            }
}

/* What --map names must be there, and there must be a text. */
static hewal_status check_columns(hw_file *f, const table *t, hewal_error *err)
{
    for (int i = 0; i < HW_N_PARTS; i++) {
        bool there = false;
        for (size_t c = 0; c < t->n_columns; c++) there = there || t->part[c] == i;
        const char *told = f->map ? f->map->of[i] : NULL;
        if (there || (!told && i != HW_TEXT)) continue;
        f->ended = true;
        if (told) return hw_file_fail(f, err, HEWAL_EFORMAT, "no column is called «%.60s»", told);
        return hw_file_fail(f, err, HEWAL_EFORMAT, "no column is the text: none is called text, body or content (name it with --map text=COLUMN)");
    }
    return HEWAL_OK;
}

static hewal_status read_head(hw_file *f, table *t, hewal_error *err)
{
    bool end;
    hewal_status st = next_row(f, t, &end, err);
    if (st != HEWAL_OK || end) return f->ended = true, st;
    hw_buf b = hw_buf_on(&t->head);
    for (size_t c = 0; c < t->n_cells; c++) {
        hw_slice name = hw_trim((hw_slice){t->bytes.s + t->cells[c].b, t->cells[c].e - t->cells[c].b});
        hw_put(&b, name.s, name.n);
        hw_put(&b, "", 1);
    }
    if (!hw_buf_ok(&b)) return f->ended = true, hw_file_fail(f, err, HEWAL_ENOMEM, "out of memory");
    const char *at = t->head.s;
    for (t->n_columns = 0; t->n_columns < t->n_cells; at += strlen(at) + 1) t->names[t->n_columns++] = at;
    name_columns(t, f->map);
    return check_columns(f, t, err);
}

/* What stands between the cells of the first line: the mark that is most often there, outside quotation marks. */
static char mark_of(const char *s, size_t n, bool tsv)
{
    size_t comma = 0, semicolon = 0, tab = 0;
    bool quoted = false;
    for (size_t i = 0; i < n && (quoted || s[i] != '\n'); i++) {
        if (s[i] == '"') quoted = !quoted;
        if (quoted) continue;
        comma += s[i] == ',';
        semicolon += s[i] == ';';
        tab += s[i] == '\t';
    }
    if (tsv || (tab > comma && tab > semicolon)) return '\t';
    return semicolon > comma ? ';' : ',';
}

/* ---- the format -------------------------------------------------------------------------------------------------------- */

static hewal_status article_of(hw_file *f, hw_article **out, const table *t, hewal_error *err)
{
    char other[HW_MAX_EXTRA];
    hewal_string extra = {0};
    hw_parts p = {.path = f->name, .line = f->line, .extra = &extra};
    bool ok = true;
    for (size_t c = 0; c < t->n_cells; c++) {
        hw_slice v = {t->bytes.s + t->cells[c].b, t->cells[c].e - t->cells[c].b};
        const char *name = t->names[c];
        if (t->part[c] >= 0) *hw_part_at(&p, t->part[c]) = t->part[c] == HW_TEXT ? hw_trim(v) : v;
        else if (v.n && *name && !hw_is_own_member((hw_slice){name, strlen(name)})) ok = ok && hw_carry(&extra, hw_extra_name(name, other), v.s, v.n);
    }
    hewal_status st = ok ? hw_article_make(out, &p, err) : hw_file_fail(f, err, HEWAL_ENOMEM, "out of memory");
    hewal_string_free(&extra);
    return st;
}

static hewal_status open_table(hw_file *f, hewal_error *err)
{
    table *t = f->state = calloc(1, sizeof *t);
    if (!t) return hw_file_fail(f, err, HEWAL_ENOMEM, "out of memory");
    size_t n;
    const char *s = hw_source_window(f->in, &n);
    t->mark = mark_of(s, n, hw_has_suffix(f->name, "tsv"));
    return HEWAL_OK;
}

static hewal_status next(hw_file *f, hw_article **out, hewal_error *err)
{
    table *t = f->state;
    bool end = false;
    hewal_status st = t->n_columns ? HEWAL_OK : read_head(f, t, err);
    if (st != HEWAL_OK || f->ended) return st;
    st = next_row(f, t, &end, err);
    if (st != HEWAL_OK || end) return st;
    if (t->n_cells != t->n_columns) return hw_file_fail(f, err, HEWAL_EFORMAT, "a row of %zu cells, the header has %zu", t->n_cells, t->n_columns);
    return article_of(f, out, t, err);
}

static void close_table(hw_file *f)
{
    table *t = f->state;
    if (!t) return;
    hewal_string_free(&t->bytes);
    hewal_string_free(&t->head);
    free(t);
}

/* By its name; or its first line holds the column that is told to be the text. */
static bool is(const hw_look *l)
{
    if (hw_has_suffix(l->path, "csv|tsv")) return true;
    const char *told = l->map ? l->map->of[HW_TEXT] : NULL, *nl = memchr(l->s, '\n', l->n);
    return told && nl && l->s[0] != '{' && l->s[0] != '[' && l->s[0] != '<' && memmem(l->s, (size_t)(nl - l->s), told, strlen(told));
}

const hw_format hw_csv = {.name = "table", .is = is, .open = open_table, .next = next, .close = close_table};
