/* Inside the ingest stage: what its files share. walk.c gives paths, source.c the bytes of one file as UTF-8, reader.c
 * asks plain.c, jsonl.c and html.c for articles, and article.c puts each together. */
#ifndef HW_INGEST_PARTS_H
#define HW_INGEST_PARTS_H
#include "ingest/ingest.h"

#include <stdatomic.h>

/* The longest line of JSON: a text of HEWAL_MAX_TEXT bytes with every letter escaped (\u0626) fits. */
#define HW_MAX_LINE ((size_t)HEWAL_MAX_TEXT * 3 + 65536)
/* The longest file that is one article: its head comes on top of its text. */
#define HW_MAX_FILE ((size_t)HEWAL_MAX_TEXT + 65536)

/* ---- walk.c: paths, in order ------------------------------------------------------------------------------------ */
typedef struct hw_walk hw_walk;
hw_walk *hw_walk_new(const char *const *paths, size_t n);
void hw_walk_free(hw_walk *w);
typedef enum { HW_WALK_FILE, HW_WALK_FAULT, HW_WALK_END } hw_walk_result;
/* *path lives until the next call. HW_WALK_FAULT: err says what could not be read; the rest goes on. */
hw_walk_result hw_walk_next(hw_walk *w, const char **path, hewal_error *err);

/* ---- source.c: bytes as UTF-8, without byte order mark --------------------------------------------------------- */
typedef struct hw_source hw_source;
/* `name` for messages; path "-" is standard input; bytes != NULL: those, not a file. `counter` may be NULL. */
hewal_status hw_source_open(hw_source **out, const char *path, const void *bytes, size_t n, atomic_ullong *counter,
                            hewal_error *err);
void hw_source_close(hw_source *s);
/* What was read and not yet taken: *n bytes. It lives until the next call of more or take. */
const char *hw_source_window(const hw_source *s, size_t *n);
/* Reads on: the window grows. *grew is false at the end. */
hewal_status hw_source_more(hw_source *s, bool *grew, hewal_error *err);
void hw_source_take(hw_source *s, size_t n);
/* Reads up to `limit` bytes into the window, or to the end; *whole tells which. */
hewal_status hw_source_all(hw_source *s, size_t limit, bool *whole, hewal_error *err);
/* Why the window is no text («a binary file», ...), or NULL when it is. */
const char *hw_not_text(const char *s, size_t n, bool whole);

/* ---- article.c --------------------------------------------------------------------------------------------------- */
typedef struct { const char *s; size_t n; } hw_slice;
static inline bool hw_is_space(char c) { return c == ' ' || c == '\t' || c == '\n' || c == '\r' || c == '\f' || c == '\v'; }
hw_slice hw_trim(hw_slice s);

typedef struct {
    hw_slice id, text, title, published, outlet, url, source;
    hewal_string *extra; /* members; may grow */
    const char *path;
    size_t line;         /* 0: none */
} hw_parts;
/* Refuses a text that is empty, too long or holds a NUL. */
hewal_status hw_article_make(hw_article **out, const hw_parts *p, hewal_error *err);
/* Brings a date to YYYY-MM-DD, with its time when it is ISO 8601; false when it is no date. */
bool hw_read_date(const char *s, size_t n, char out[40]);
/* "path" or "path:line", for messages. */
const char *hw_place(char *buf, size_t size, const char *path, size_t line);

/* ---- plain.c, jsonl.c, html.c ----------------------------------------------------------------------------------- */
hewal_status hw_plain_article(hw_article **out, const char *s, size_t n, const char *path, hewal_error *err);

/* One JSON object. `id` gets its id (malloc'ed) also when it is refused. */
hewal_status hw_json_article(hw_article **out, const char *s, size_t n, const char *path, size_t line, char **id,
                             hewal_error *err);
/* An array of them, or one object over several lines: taken apart. json is a jansson value or NULL. */
typedef struct { void *root; size_t i, n; } hw_json_list;
hewal_status hw_json_open(hw_json_list *l, const char *s, size_t n, const char *path, hewal_error *err);
hewal_status hw_json_next(hw_json_list *l, hw_article **out, const char *path, char **id, hewal_error *err); /* *out NULL at the end */
void hw_json_close(hw_json_list *l);

hewal_status hw_html_article(hw_article **out, const char *s, size_t n, const char *path, hewal_error *err);
bool hw_looks_like_html(const char *s, size_t n);
/* Broken UTF-8 replaced by U+FFFD, NULs by nothing; true when something was (then use *out). */
bool hw_mend_utf8(const char *s, size_t n, hewal_string *out);

/* ---- maintext.c: inside html.c ----------------------------------------------------------------------------------- */
/* Appends the main text of the page, lines joined by one newline. `title` (or NULL) is left out where it stands as a
 * line of its own. doc: an xmlDoc; its nodes' _private is used. Nothing is appended when the page has no text. */
void hw_main_text(void *doc, const char *title, hewal_string *out);
#endif
