/* Inside the ingest stage: what its files share. walk.c gives paths, source.h tells of their bytes, formats.c knows the
 * formats, reader.c asks a file's format for articles, and article.c puts each together. */
#ifndef HW_INGEST_PARTS_H
#define HW_INGEST_PARTS_H
#include "ingest/source.h"

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

/* ---- article.c --------------------------------------------------------------------------------------------------- */
typedef struct { const char *s; size_t n; } hw_slice;
static inline bool hw_is_space(char c) { return c == ' ' || c == '\t' || c == '\n' || c == '\r' || c == '\f' || c == '\v'; }
hw_slice hw_trim(hw_slice s);

typedef struct {
    hw_slice id, text, title, published, outlet, url, source;
    const char *published_from; /* of a page: where `published` is from that is taken when the page doesn't tell; the record says it */
    hewal_string *extra; /* members; may grow */
    const char *path;
    size_t line;         /* 0: none */
} hw_parts;
/* Refuses a text that is empty, too long or holds a NUL. */
hewal_status hw_article_make(hw_article **out, const hw_parts *p, hewal_error *err);
/* Brings a date to YYYY-MM-DD, with its time when it is ISO 8601; false when it is no date. */
bool hw_read_date(const char *s, size_t n, char out[40]);
/* "path" or "path:line", for messages. */
const char *hw_called(const char *path); /* "-" is «standard input» */
const char *hw_place(char *buf, size_t size, const char *path, size_t line);

/* ---- formats.c: what a file is ------------------------------------------------------------------------------------ */

/* A file that is being read, as its format sees it. */
typedef struct {
    const char *name;      /* its place, for messages: "path", "archive.zip!inner/name" */
    hw_source *in;         /* its bytes; as UTF-8 unless the format looks after that itself */
    const hw_map *map;     /* NULL: none */
    hw_source *recoded;    /* a source over `in` that a format may open; closed by the reader */
    size_t line;           /* where the article stands that was given or refused last; 0: it is the file */
    size_t articles;       /* given or refused of it before */
    size_t left_out;       /* what is no article and was passed over: counted */
    char *refused_id;      /* the id of what was refused last, where it had one */
    bool ended;            /* after a failure: it cannot be read on */
    void *state;           /* the format's own */
} hw_file;

/* The beginning of a file. */
typedef struct {
    const char *path; /* without a suffix of packing (.gz) */
    const char *s;    /* without white space at its start */
    size_t n;
    const hw_map *map;
} hw_look;

/* Whether the path ends in ".suffix" of a list "a|b". */
bool hw_has_suffix(const char *path, const char *suffixes);
/* Whether a file met in a folder or an archive looks like something that is read: by its suffix, or none. */
bool hw_may_be_article(const char *path);

typedef struct {
    const char *name;
    bool (*is)(const hw_look *l);
    bool any_encoding; /* it looks after it itself: `in` is as it lies in the file */
    hewal_status (*open)(hw_file *f, hewal_error *err); /* may be NULL */
    /* The next article; *out NULL with HEWAL_OK: there is no more. */
    hewal_status (*next)(hw_file *f, hw_article **out, hewal_error *err);
    void (*close)(hw_file *f); /* may be NULL; called also when open failed */
} hw_format;
/* The format of a file; never NULL, for a text that is nothing else is plain text. */
const hw_format *hw_format_of(const hw_look *l, hw_input input);

extern const hw_format hw_plain, hw_markdown, hw_json_lines, hw_json_whole, hw_csv, hw_html, hw_feed, hw_wiki, hw_warc, hw_mbox, hw_mail;

/* Fails with the place of the file, and of the line, before what is said. */
hewal_status hw_file_fail(const hw_file *f, hewal_error *err, hewal_status status, const char *fmt, ...) __attribute__((format(printf, 4, 5)));
/* The whole of the file, of at most `limit` bytes; else «`what` longer than `told` bytes». */
hewal_status hw_file_all(hw_file *f, const char *what, size_t limit, size_t told, const char **s, size_t *n, hewal_error *err);
/* The same, refused when it is no text in UTF-8. */
hewal_status hw_file_text(hw_file *f, const char *what, const char **s, size_t *n, hewal_error *err);

/* ---- between formats ---------------------------------------------------------------------------------------------- */

/* A page: `charset` is what was said of it from outside, or NULL. p: what is known from outside, taken where the page does
 * not say it (title, outlet, url, published, id) and where it stands. */
hewal_status hw_page_article(hw_article **out, const char *s, size_t n, const char *charset, const hw_parts *p, hewal_error *err);
/* A piece of HTML that is all text of an article (a feed's item): appends it as lines. A piece without markup is taken as
 * the lines it has. False when memory ran out. */
bool hw_fragment_text(const char *s, size_t n, hewal_string *out);
/* Broken UTF-8 replaced by U+FFFD, NULs by nothing; true when something was (then use *out). */
bool hw_mend_utf8(const char *s, size_t n, hewal_string *out);
/* Adds a member to `extra`; key and value are not yet escaped. */
bool hw_carry(hewal_string *extra, const char *key, const char *value, size_t n);
/* The part of an article that a head's key names (title, date, ...), or NULL. */
hw_slice *hw_part_called(hw_parts *p, hw_slice key);
/* What a member is carried through as: its name, or "title_given" for one that is called as a part of an article and is not
 * taken for it. */
enum { HW_MAX_EXTRA = 32 };
const char *hw_extra_name(const char *name, char other[HW_MAX_EXTRA]);
/* Whether a record writes this member itself. */
bool hw_is_own_member(hw_slice key);

/* ---- map.c -------------------------------------------------------------------------------------------------------- */
enum { HW_ID, HW_TEXT, HW_TITLE, HW_PUBLISHED, HW_OUTLET, HW_URL, HW_SOURCE, HW_N_PARTS };
struct hw_map { char *of[HW_N_PARTS]; /* the member or column that is this part; NULL: as usual */ };
extern const char *const hw_part_names[HW_N_PARTS];
hw_slice *hw_part_at(hw_parts *p, int part);

/* ---- maintext.c: inside html.c ----------------------------------------------------------------------------------- */
/* Appends the main text of the page, lines joined by one newline. `title` (or NULL) is left out where it stands as a
 * line of its own. `all`: all of it is the text. doc: an xmlDoc; its nodes' _private is used. Nothing is appended when the
 * page has no text. A line above the text that is only a date is left out and put into `date`, unless that is NULL. */
void hw_main_text(void *doc, const char *title, bool all, hewal_string *out, char date[40]);
#endif
