/* In: rows of cells. Out: a table on standard output, its columns cut to the terminal. The first rows decide how wide the
 * columns are; later ones are written as they come, so that a table may be of any length. */
#include "cli/table.h"
#include "base/utf8.h"

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <unistd.h>

enum { MAX_COLUMNS = 12, FIRST_ROWS = 400, GAP = 2 };
#define ISOLATE "\xE2\x81\xA7"     /* U+2067 */
#define POP_ISOLATE "\xE2\x81\xA9" /* U+2069 */
#define ELLIPSIS "\xE2\x80\xA6"    /* U+2026 */

struct cli_table {
    const cli_column *columns;
    unsigned n, at; /* cells of the row that have come */
    size_t width[MAX_COLUMNS];
    bool begun; /* the head is written */
    hewal_string text; /* cells, NUL-terminated, of the rows that are not yet written */
    size_t *cells, n_cells, cap;
    bool failed;
};

bool cli_colours(void)
{
    const char *no = getenv("NO_COLOR"), *term = getenv("TERM");
    return isatty(STDOUT_FILENO) && !(no && *no) && !(term && !strcmp(term, "dumb"));
}

size_t cli_columns(void)
{
    const char *env = getenv("COLUMNS");
    long n = env ? strtol(env, NULL, 10) : 0;
    if (n > 0) return (size_t)n < 20 ? 20 : (size_t)n;
    struct winsize w;
    if (isatty(STDOUT_FILENO)) return ioctl(STDOUT_FILENO, TIOCGWINSZ, &w) == 0 && w.ws_col >= 20 ? w.ws_col : 80;
    return 0;
}

const char *cli_colour(cli_style style)
{
    static const char *const codes[] = {"", "", "\033[1m", "\033[2m"};
    return cli_colours() ? codes[style] : "";
}

const char *cli_plain(void)
{
    return cli_colours() ? "\033[0m" : "";
}

static bool changes_direction(uint32_t cp)
{
    return (cp >= 0x202A && cp <= 0x202E) || (cp >= 0x2066 && cp <= 0x2069) || cp == 0x200E || cp == 0x200F || cp == 0x61C;
}

static bool is_space(uint32_t cp)
{
    return cp == ' ' || (cp < 0x20 && cp != CLI_HIT_BEGIN && cp != CLI_HIT_END) || (cp >= 0x7F && cp <= 0xA0) || cp == 0x2028 || cp == 0x2029;
}

void cli_clean(hw_buf *b, const char *s, size_t n)
{
    bool space = true; /* none at the beginning */
    for (size_t i = 0; i < n;) {
        uint32_t cp;
        size_t k = hw_utf8_decode(s + i, n - i, &cp);
        if (cp == HW_BROKEN) hw_puts(b, "\xEF\xBF\xBD");
        else if (is_space(cp)) {
            if (!space) hw_putc(b, ' ');
        } else if (!changes_direction(cp)) hw_put(b, s + i, k);
        space = cp != HW_BROKEN && (is_space(cp) || (space && changes_direction(cp)));
        i += k;
    }
    if (b->str->len && space && b->str->s[b->str->len - 1] == ' ') b->str->s[--b->str->len] = 0;
}

/* ---- writing ------------------------------------------------------------------------------------------------------ */

static void spaces(size_t n)
{
    for (; n; n--) putchar(' ');
}

/* Bytes with the hits made bold, or without their marks. */
static void put_hits(const char *s, size_t n, const char *colour)
{
    bool colours = cli_colours();
    for (size_t i = 0; i < n; i++)
        if (s[i] == CLI_HIT_BEGIN) fputs(colours ? "\033[1;33m" : "", stdout);
        else if (s[i] == CLI_HIT_END) {
            fputs(cli_plain(), stdout);
            fputs(colour, stdout);
        } else putchar(s[i]);
}

/* A cell in its place: `width` columns of it, but the last one is not filled up at its right. */
static void put_cell(const char *s, size_t width, bool number, bool last, const char *colour)
{
    size_t n = strlen(s), w = cli_width(s, n);
    bool cut = width && w > width, rtl = cli_rtl(s, n);
    if (cut) {
        n = cli_fit(s, n, width - 1);
        w = cli_width(s, n) + 1;
    }
    size_t pad = width > w ? width - w : 0;
    if (rtl || number) spaces(pad);
    if (*s) fputs(colour, stdout);
    if (rtl) fputs(ISOLATE, stdout);
    put_hits(s, n, colour);
    if (cut) fputs(ELLIPSIS, stdout);
    if (rtl) fputs(POP_ISOLATE, stdout);
    if (*s && *colour) fputs(cli_plain(), stdout);
    if (!rtl && !number && !last) spaces(pad);
}

static void put_row(const cli_table *t, const size_t *cells)
{
    for (unsigned k = 0; k < t->n; k++) {
        bool last = k + 1 == t->n;
        if (k) spaces(GAP);
        /* without a terminal the last column has no width: it is given whole, where it begins */
        put_cell(t->text.s + cells[k], last && !cli_columns() ? 0 : t->width[k], t->columns[k].style == CLI_NUMBER, last,
                 cli_colour(t->columns[k].style));
    }
    putchar('\n');
}

/* Makes the widest of the columns that may be narrower so, until all fit. */
static void fit(cli_table *t)
{
    size_t room = cli_columns(), total = (size_t)(t->n - 1) * GAP;
    if (!room) return;
    for (unsigned k = 0; k < t->n; k++) total += t->width[k];
    while (total > room) {
        unsigned widest = t->n;
        for (unsigned k = 0; k < t->n; k++) {
            bool may = t->columns[k].min && t->width[k] > t->columns[k].min;
            if (may && (widest == t->n || t->width[k] > t->width[widest])) widest = k;
        }
        if (widest == t->n) break;
        t->width[widest]--;
        total--;
    }
}

static void begin(cli_table *t)
{
    t->begun = true;
    for (unsigned k = 0; k < t->n; k++) {
        t->width[k] = strlen(t->columns[k].head);
        for (size_t i = k; i < t->n_cells; i += t->n) {
            size_t w = cli_width(t->text.s + t->cells[i], strlen(t->text.s + t->cells[i]));
            if (w > t->width[k]) t->width[k] = w;
        }
    }
    fit(t);
    for (unsigned k = 0; k < t->n; k++) {
        if (k) spaces(GAP);
        put_cell(t->columns[k].head, t->width[k], t->columns[k].style == CLI_NUMBER, k + 1 == t->n, cli_colour(CLI_FAINT));
    }
    putchar('\n');
}

static void flush_rows(cli_table *t)
{
    if (!t->begun) begin(t);
    for (size_t i = 0; i + t->n <= t->n_cells; i += t->n) put_row(t, t->cells + i);
    t->n_cells = 0;
    t->text.len = 0;
}

/* ---- filling ------------------------------------------------------------------------------------------------------ */

cli_table *cli_table_new(const cli_column *columns, unsigned n)
{
    cli_table *t = calloc(1, sizeof *t);
    if (!t) return NULL;
    t->columns = columns;
    t->n = n > MAX_COLUMNS ? MAX_COLUMNS : n;
    return t;
}

void cli_cell_n(cli_table *t, const char *s, size_t n)
{
    if (!t || t->failed) return;
    if (t->n_cells == t->cap) {
        size_t cap = t->cap ? t->cap * 2 : 256;
        size_t *p = realloc(t->cells, cap * sizeof *p);
        if (!p) {
            t->failed = true;
            return;
        }
        t->cells = p;
        t->cap = cap;
    }
    t->cells[t->n_cells++] = t->text.len;
    hw_buf b = hw_buf_on(&t->text);
    cli_clean(&b, s, n);
    hw_putc(&b, 0);
    if (!hw_buf_ok(&b)) t->failed = true;
    if (++t->at < t->n) return;
    t->at = 0;
    if (!t->failed && (t->begun || t->n_cells >= (size_t)FIRST_ROWS * t->n)) flush_rows(t);
}

void cli_cell(cli_table *t, const char *s)
{
    cli_cell_n(t, s ? s : "", s ? strlen(s) : 0);
}

void cli_cellf(cli_table *t, const char *fmt, ...)
{
    char *s = NULL;
    va_list ap;
    va_start(ap, fmt);
    int n = vasprintf(&s, fmt, ap);
    va_end(ap);
    if (n < 0) {
        if (t) t->failed = true;
        return;
    }
    cli_cell_n(t, s, (size_t)n);
    free(s);
}

bool cli_table_end(cli_table *t)
{
    if (!t) return false;
    if (!t->failed && t->n_cells) flush_rows(t);
    bool ok = !t->failed;
    hewal_string_free(&t->text);
    free(t->cells);
    free(t);
    return ok;
}

/* ---- paragraphs --------------------------------------------------------------------------------------------------- */

/* How many bytes of s make a line: up to the last space that fits. */
static size_t line_of(const char *s, size_t n, size_t width)
{
    size_t k = cli_fit(s, n, width);
    if (k == n) return n;
    size_t i = k;
    while (i && s[i] != ' ') i--;
    return i ? i : k ? k : n;
}

static void put_paragraph(const char *s, size_t n, size_t width)
{
    bool rtl = cli_rtl(s, n);
    while (n) {
        size_t k = line_of(s, n, width), w = cli_width(s, k);
        if (rtl) {
            spaces(width > w ? width - w : 0);
            fputs(ISOLATE, stdout);
        }
        fwrite(s, 1, k, stdout);
        fputs(rtl ? POP_ISOLATE "\n" : "\n", stdout);
        s += k;
        n -= k;
        while (n && *s == ' ') s++, n--;
    }
}

void cli_paragraphs(const char *s, size_t n)
{
    size_t width = cli_columns();
    if (width > 100) width = 100;
    hewal_string line = {0};
    for (const char *end = s + n; s < end;) {
        const char *nl = memchr(s, '\n', (size_t)(end - s));
        size_t len = nl ? (size_t)(nl - s) : (size_t)(end - s);
        hw_buf b = hw_buf_on(&line);
        line.len = 0;
        cli_clean(&b, s, len);
        if (width) put_paragraph(line.s, line.len, width);
        else fwrite(line.s, 1, line.len, stdout);
        if (!width || !line.len) putchar('\n');
        s += len + (nl != NULL);
    }
    hewal_string_free(&line);
}
