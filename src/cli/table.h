/* Text on a terminal: widths of characters, tables, colours. Kurdish cells stand at the right of their column, each within
 * an isolate (U+2067 ... U+2069), so that columns of both directions keep their places. */
#ifndef HW_CLI_TABLE_H
#define HW_CLI_TABLE_H
#include "base/buf.h"

/* ---- width.c ---- */
unsigned cli_width_of(uint32_t cp);             /* columns a character takes: 0, 1 or 2 */
size_t cli_width(const char *s, size_t n);      /* of a text */
size_t cli_fit(const char *s, size_t n, size_t width); /* how many bytes of it fit; marks stay with their letter */
bool cli_rtl(const char *s, size_t n);          /* its first strong character runs right to left */

/* ---- table.c ---- */
/* Appends s for one line of a terminal: control characters and runs of white space become a space, characters that change
 * the direction are left out, broken bytes become U+FFFD. */
void cli_clean(hw_buf *b, const char *s, size_t n);

/* In a cell's text: what stands between these was found (shown bold). */
#define CLI_HIT_BEGIN '\x01'
#define CLI_HIT_END '\x02'

typedef enum { CLI_TEXT, CLI_NUMBER, CLI_STRONG, CLI_FAINT } cli_style;
typedef struct {
    const char *head;
    cli_style style;
    unsigned min; /* how narrow it may be made; 0: never narrower than its widest cell */
} cli_column;

bool cli_colours(void);  /* standard output is a terminal and NO_COLOR is not set */
size_t cli_columns(void); /* of the terminal ($COLUMNS first); 0: it is none, nothing is cut */
const char *cli_colour(cli_style style); /* the sequence that begins it, "" without colours */
const char *cli_plain(void);             /* the sequence that ends it */

typedef struct cli_table cli_table;
/* `columns` must live as long. NULL when memory runs out: every function takes that. */
cli_table *cli_table_new(const cli_column *columns, unsigned n);
/* The next cell, row by row. NULL is an empty one. */
void cli_cell(cli_table *t, const char *s);
void cli_cell_n(cli_table *t, const char *s, size_t n);
void cli_cellf(cli_table *t, const char *fmt, ...) __attribute__((format(printf, 2, 3)));
/* Writes what is left to standard output and frees the table; false when memory ran out. */
bool cli_table_end(cli_table *t);
/* A text, wrapped to the terminal; as it is, but for control characters, when there is none. */
void cli_paragraphs(const char *s, size_t n);
#endif
