/* The HTML report: what its files share. A page is built in a hewal_string and written whole; everything from an article
 * goes through hw_put_html, and every page forbids scripts to the browser. */
#ifndef HW_CLI_REPORT_H
#define HW_CLI_REPORT_H
#include "cli/session.h"

typedef struct { /* something that an entity is on record for */
    uint32_t article; /* place in report.articles */
    int32_t quote;    /* index in the article, or -1: it is only named there */
} report_note;

typedef struct {
    int64_t id;
    hewal_type type;
    char *name, *name_ckb;
    report_note *notes;
    uint32_t n_notes, cap, articles, quotes;
} report_entity;

typedef struct {
    char *id, *title, *published, *outlet;
    char file[40];
    uint32_t quotes, events;
    uint32_t *at; /* of each quote: its bytes from, to, which make its anchor */
    char **words; /* of each quote: its beginning, to be shown with the speaker */
} report_article;

typedef struct {
    const char *dir;
    hw_store *store;
    report_article *articles; /* the newest first */
    size_t n_articles;
    report_entity *entities;
    size_t n_entities, cap_entities;
    uint32_t *slots; /* hash of entities by id: place + 1 */
    size_t n_slots;
    hewal_string page;
} report;

/* ---- report_page.c: the frame of every page ---- */
/* The head alone, for a page that stands by itself; then begins and ends a page of the folder. */
void report_head(hw_buf *b, const char *title);
void report_begin(hw_buf *b, const char *title);
void report_end(hw_buf *b);
/* Writes bytes to a file, at once or not at all. False after saying why. */
bool report_write_file(const char *path, const char *s, size_t n);
/* Writes what is in r->page to a file of the folder, at once or not at all, and empties it. False after saying why. */
bool report_write(report *r, const hw_buf *b, const char *file);
void report_text(hw_buf *b, const char *s);     /* escaped; NULL is nothing */
/* The beginning of a text, at most `max` bytes, whole characters, with … when it was cut. */
void report_cut(hw_buf *b, const char *s, size_t n, size_t max);
/* Where a page says more: "people.html#e12". */
void report_entity_link(hw_buf *b, hewal_type type, int64_t id);
/* An entity's name as a link. */
void report_name(hw_buf *b, hewal_type type, int64_t id, const char *name, const char *name_ckb);
const char *report_confidence(float c); /* "sure", "likely", "unsure": a class */
extern const char report_css[];

/* ---- report_article.c ---- */
bool report_article_page(hw_buf *b, const hw_stored *a);

/* ---- report_brief.c: one file on somebody, an event or a period ---- */
typedef struct {
    const char *title;
    const int64_t *entities; /* one person under all that match the name, or none */
    size_t n_entities;
    int64_t event;           /* 0: none */
    const char *from, *to;
    size_t limit;            /* facts of each kind */
} report_brief;
bool report_brief_page(hewal_string *page, hw_store *store, const report_brief *on, hewal_error *err);

/* ---- report_pdf.c ---- */
/* Prints a file as PDF. False after saying why. */
bool report_pdf(const char *html, const char *pdf);

/* ---- report_lists.c: the index and the pages of names ---- */
bool report_index(report *r, const hw_store_counts *n);
bool report_names(report *r, hewal_type type, const char *file, const char *title);
#endif
