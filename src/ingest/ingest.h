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
 * and those whose suffix is not that of something that is read, are left out there), or "-" for standard input. What a file
 * is its content tells, and its name only where the content does not. What cannot be read is refused with one line that
 * names the file (and the line), and the rest goes on. Memory is bounded by the longest article; nothing is ever fetched
 * from a network, nothing written to a disk. Text is UTF-8 or UTF-16; pages, feeds and mails may have other encodings.
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
 * <meta>, <time>, <link rel=canonical>, <title>.
 *
 * Markdown (by suffix, or by front matter: `---`, lines `key: value`, `---`): the text without markup, a line a paragraph.
 * Tables (CSV, TSV) with a header row: an article a row. Feeds (RSS, Atom) and WordPress exports: an article an item, its
 * author carried through as "author". MediaWiki dumps: an article a page, "revised" carried through. WARC: an article a page
 * that was answered; "published_from" says where its date is from when it isn't the page's. Mails, alone or in an mbox.
 *
 * Any of these packed with gzip, bzip2, xz or zstd, and in zip or tar archives, in one another, within limits (hw_limits). A
 * member's place is "archive.zip!folder/file". */
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
    char *origin;    /* "path", "path:line", "archive!member:line" (of a WARC the number of the record); "-" for standard input */
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

/* Which members of JSON and which columns of a table are the parts of an article: "text=body,published=date". What is not
 * told is called as usual. HEWAL_EINVAL: it can't be understood. */
typedef struct hw_map hw_map;
hewal_status hw_map_new(hw_map **out, const char *spec, hewal_error *err);
void hw_map_free(hw_map *map);

/* What an archive may unpack to; what would be more is refused, and the file that holds it is not read on. */
typedef struct {
    unsigned depth;        /* archives and packings in one another */
    uint64_t members;      /* of a file, at all depths */
    uint64_t member_bytes; /* of one member, unpacked */
    uint64_t bytes;        /* of a file, unpacked, at all depths together */
    uint64_t free_bytes;   /* beyond these, */
    unsigned ratio;        /* not more than so many times the bytes of the file itself */
} hw_limits;
extern const hw_limits hw_usual_limits;

/* Keeps no reference to `paths`. Fails only with HEWAL_ENOMEM; paths that are not there are refused when they are come to.
 * One reader is used by one thread at a time; the articles belong to whoever got them. */
hewal_status hw_reader_open(hw_reader **out, const char *const *paths, size_t n, hw_input input, hewal_error *err);
/* One file whose bytes lie in memory, which must live as long as the reader. Its name may tell what it is. */
hewal_status hw_reader_open_bytes(hw_reader **out, const void *bytes, size_t n, const char *name, hw_input input, hewal_error *err);
/* Before the first article: other limits than hw_usual_limits, which are copied; what members and columns are called. */
void hw_reader_limit(hw_reader *r, const hw_limits *limits);
void hw_reader_name_parts(hw_reader *r, const hw_map *map); /* kept, not copied */
hw_read_result hw_reader_next(hw_reader *r, hw_article **out, hewal_error *err);
void hw_reader_close(hw_reader *r);
/* The id of what was refused last, when it had one (a JSON line with an id and no text), else NULL; and where it stood. */
const char *hw_reader_refused_id(const hw_reader *r);
const char *hw_reader_refused_origin(const hw_reader *r);

/* Whether a file met in a folder looks like an article, by its name: its suffix, and not hidden. */
bool hw_reader_takes(const char *path);

/* What was passed over so far for being no article, so that nobody wonders where it is: redirects and talk of a wiki, drafts,
 * what is no page in a WARC, members of archives that are not read. */
uint64_t hw_reader_left_out(const hw_reader *r);

/* For a progress bar: bytes of the files read so far (as they lie on disk; may be asked by any thread), and all there are,
 * by walking the folders once without reading a file; 0 when it cannot be known (standard input, a pipe). */
uint64_t hw_reader_bytes(const hw_reader *r);
uint64_t hw_reader_total(const char *const *paths, size_t n);

/* One article from bytes in memory, as a file of that content would give it (one text, one page, one JSON object). `name`
 * stands in messages and as origin. */
hewal_status hw_article_parse(hw_article **out, const char *bytes, size_t len, hw_input input, const char *name,
                              hewal_error *err);
#endif
