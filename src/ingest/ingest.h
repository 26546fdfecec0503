/* The ingest stage. In: paths. Out: articles, one after another: a text and what is known of it.
 *
 *     hw_reader *r;
 *     if (hw_reader_open(&r, paths, n, HW_AUTO, &err) != HEWAL_OK) ...
 *     for (hw_article *a;;) {
 *         hw_read_result got = hw_reader_next(r, &a, &err);
 *         if (got == HW_READ_END) break;
 *         if (got == HW_READ_REFUSED) { fprintf(stderr, "hewal: %s\n", err.message); refused++; continue; }
 *         ... hewal_annotate(model, a->text, a->text_len, &a->meta, &rec, &err) ...
 *         hw_article_free(a);
 *     }
 *     hw_reader_close(r);
 *
 * A path is a file, a folder (read with all below it, by name in the order of bytes, each real folder once; hidden files,
 * and those whose suffix is not that of a text, a page, JSON or gzip, are left out there), or "-" for standard input. What a file is its content tells, not its name alone: plain text with
 * or without header lines, one JSON object a line, an HTML page; each in UTF-8 or UTF-16, and compressed with gzip or not.
 * What cannot be read is refused with one line that names the file (and the line), and the rest goes on. Memory is
 * bounded by the largest article; nothing is ever fetched from a network.
 *
 * Plain text may begin with header lines `key: value` and an empty line after them; the keys are id, title, published,
 * outlet, url and source (also date, publisher and link), in ASCII. What follows is the text. Without such a head all is
 * text. White space at the end of a text stays out, and at the start of one that follows a head.
 *
 * JSON: {"id", "text", "title", "published", "outlet", "url", "source", ...}; only `text` must be there; other members are
 * carried through as they are (`extra`), but for those that a record has itself (entities, quotes, ...). A file that is one
 * JSON array of such objects is read too. Broken UTF-8 becomes U+FFFD, for JSON is UTF-8.
 *
 * HTML: the main text, its paragraphs joined by one newline; title, date, outlet and URL from Open Graph, JSON-LD,
 * <meta>, <time>, <link rel=canonical>, <title>. */
#ifndef HW_INGEST_INGEST_H
#define HW_INGEST_INGEST_H
#include "hewal.h"

typedef struct hw_article {
    char *id;        /* as given, else "h" and 16 hexadecimal digits of the SHA-256 of the text */
    bool id_given;
    char *text;      /* the exact bytes to annotate: NUL-terminated, without a NUL inside; never empty */
    size_t text_len;
    char *title, *outlet, *url, *source; /* NULL where not known */
    char *published; /* YYYY-MM-DD with or without a time; NULL where not known or no date */
    char *extra;     /* further JSON members without braces: "\"a\":1,\"b\":\"x\""; NULL for none */
    char *origin;    /* "path" or "path:line"; "-" for standard input */
    hewal_meta meta; /* the above for hewal_annotate */
} hw_article;

void hw_article_free(hw_article *a);

/* Appends title, outlet, url, source and extra as JSON members: the `more` of hewal_record_json. Appends nothing when
 * there is none. */
hewal_status hw_article_members(const hw_article *a, hewal_string *out);

/* HW_AUTO tells by content. HW_JSONL treats every line as a JSON object, whatever it looks like. */
typedef enum { HW_AUTO, HW_PLAIN, HW_JSONL, HW_HTML } hw_input;

/* HW_READ_REFUSED: one article, file or folder could not be read, err says which and why; call again for the rest. */
typedef enum { HW_READ_ARTICLE, HW_READ_REFUSED, HW_READ_END } hw_read_result;

typedef struct hw_reader hw_reader;

/* Keeps no reference to `paths`. Fails only with HEWAL_ENOMEM; paths that are not there are refused when they are come to.
 * One reader is used by one thread at a time; the articles belong to whoever got them. */
hewal_status hw_reader_open(hw_reader **out, const char *const *paths, size_t n, hw_input input, hewal_error *err);
hw_read_result hw_reader_next(hw_reader *r, hw_article **out, hewal_error *err);
void hw_reader_close(hw_reader *r);
/* The id of what was refused last, when it had one (a JSON line with an id and no text), else NULL; and where it stood. */
const char *hw_reader_refused_id(const hw_reader *r);
const char *hw_reader_refused_origin(const hw_reader *r);

/* Whether a file met in a folder looks like an article, by its name: its suffix, and not hidden. */
bool hw_reader_takes(const char *path);

/* For a progress bar: bytes of the files read so far (as they lie on disk; may be asked by any thread), and all there are,
 * by walking the folders once without reading a file; 0 when it cannot be known (standard input, a pipe). */
uint64_t hw_reader_bytes(const hw_reader *r);
uint64_t hw_reader_total(const char *const *paths, size_t n);

/* One article from bytes in memory, as a file of that content would give it (one text, one page, one JSON object). `name`
 * stands in messages and as origin. */
hewal_status hw_article_parse(hw_article **out, const char *bytes, size_t len, hw_input input, const char *name,
                              hewal_error *err);
#endif
