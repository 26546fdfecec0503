/* Inside the store: what its files share. schema.c makes and checks the tables, store.c opens, commits and tells errors,
 * put.c writes articles, get.c reads one back, lists.c opens cursors by filter, counted.c and pairs.c count by them, similar.c finds articles like one, facts.c reads quotes and events from them, person.c what is
 * known of one, names.c finds entities by name with the sounds of romanize.c, terms.c makes index terms, about.c asks for words. */
#ifndef HW_STORE_INSIDE_H
#define HW_STORE_INSIDE_H
#include "base/buf.h"
#include "base/err.h"
#include "base/vec.h"
#include "store/store.h"

#include <pthread.h>
#include <sqlite3.h>

#define HW_STORE_APPLICATION 0x4857414C /* "HWAL": PRAGMA application_id */
#define HW_STORE_VERSION 2              /* PRAGMA user_version */

typedef struct hw_sounds hw_sounds;

struct hw_store {
    sqlite3 *db;
    const hewal_model *model;
    char *path;
    bool write, in_batch;
    unsigned batch_n;
    uint64_t batch_bytes;
    int64_t batch_since; /* milliseconds */
    pthread_mutex_t lock;
    struct { const char *sql; sqlite3_stmt *st; } prepared[96];
    unsigned n_prepared;
    hw_terms *terms;
    hw_sounds *sounds;
    struct hw_spell *speller; /* made by the first search that needs it */
    hw_index_text index; /* reused */
    hw_arena scratch;    /* of one call */
    int64_t until;       /* milliseconds; 0: no limit */
    const atomic_bool *stop;
    bool passed;         /* the limit */
};

/* ---- store.c ---- */
/* Public functions begin and end with these. */
void hw_store_lock(hw_store *s);
void hw_store_unlock(hw_store *s);
/* What went wrong last, as one line. */
hewal_status hw_store_fault(hw_store *s, hewal_error *err);
/* A prepared statement, reset and unbound, for a string constant; NULL on failure. */
sqlite3_stmt *hw_sql(hw_store *s, const char *constant);
/* Runs a prepared statement to its end; false on failure. */
bool hw_run(sqlite3_stmt *st);
/* The first column of the first row; `none` when there is no row. False on failure. */
bool hw_run_int(sqlite3_stmt *st, int64_t none, int64_t *out);
void hw_bind_text(sqlite3_stmt *st, int i, const char *s); /* NULL binds NULL; the string must live until the step */
void hw_bind_int(sqlite3_stmt *st, int i, int64_t v);
/* Copies of a column in an arena; NULL for NULL. */
const char *hw_column_text(hw_arena *a, sqlite3_stmt *st, int i);
bool hw_db_exec(sqlite3 *db, const char *sql);
/* A write begins a batch, tells what it added, or fails with it. */
hewal_status hw_batch_begin(hw_store *s, hewal_error *err);
hewal_status hw_batch_grown(hw_store *s, size_t bytes, hewal_error *err);
hewal_status hw_batch_failed(hw_store *s, hewal_error *err);

/* ---- schema.c ---- */
/* Makes the tables in an empty file (when it may write) or makes sure that they are ours and of this version. */
hewal_status hw_schema_check(sqlite3 *db, const char *path, bool write, hewal_error *err);

/* ---- put.c ---- */
/* Deletes what the article has; false on failure. */
bool hw_store_clear(hw_store *s, int64_t article);

/* ---- same.c ---- */
/* Links an event just stored with the first report of it in another article; false on failure. */
bool hw_link_event(hw_store *s, int64_t event);
/* Before an article goes: the next report of each event that it told of first stands for the others; false on failure. */
bool hw_unlink_events(hw_store *s, int64_t article);

/* ---- romanize.c: how names sound ---- */
hw_sounds *hw_sounds_new(const hewal_model *m); /* from table "romanization"; NULL without memory */
void hw_sounds_free(hw_sounds *s);
/* The sounds of a folded word: consonants as capitals, vowels as small letters; up to `max` readings, the likeliest first.
 * Returns how many. */
unsigned hw_sounds_of(const hw_sounds *s, hw_arena *a, const char *fold, const char **out, unsigned max);
/* A reading without its vowels and doubled letters: what names are looked up by. "" when nothing is left. */
const char *hw_skeleton(hw_arena *a, const char *sounds);
/* 0 the same, 1 nothing alike: edit distance where a vowel for a vowel costs half, over the longer length. */
double hw_sound_distance(const char *a, const char *b);

/* ---- person.c: rows as one block ---- */
typedef struct { /* where in a row its strings are */
    size_t row;
    const size_t *strings;
    size_t n_strings;
} hw_shape;
/* Copies n rows and their strings into one block, to be given away; NULL when memory runs out. */
void *hw_block_of(const void *rows, size_t n, const hw_shape *shape);

/* ---- names.c ---- */
/* Notes the words of a name under which its entity is found. */
bool hw_names_note(hw_store *s, int64_t entity, const char *name);
/* The folded words of a name (articles like «al» left out), at most `max`; returns how many. */
unsigned hw_name_words(const hewal_model *m, hw_arena *a, const char *name, const char **out, unsigned max);

/* ---- about.c: words asked for, and whether a text has them ---- */
typedef struct {
    struct { const char *term[5]; unsigned n; bool light; } word[16]; /* its form, then its lemmas */
    unsigned n;
} hw_words_asked;
/* NULL when there is no word in it. Light words are left out unless all are. */
const hw_words_asked *hw_words_ask(hw_store *s, hw_arena *a, const char *words);
/* An FTS5 query for the table `words` that asks for all of them. */
const char *hw_words_query(hw_arena *a, const hw_words_asked *w);
bool hw_words_in(hw_store *s, const hw_words_asked *w, const char *text, size_t len);
/* Adds the SQL function hw_has(article, b, e, words) to the connection: hw_words_in of these bytes, for counting. `words` is a pointer of this name. */
bool hw_words_register(hw_store *s);
#define HW_WORDS_POINTER "hewal words asked"
/* Checks YYYY, YYYY-MM or YYYY-MM-DD; NULL and "" are right. */
hewal_status hw_date_check(const char *date, hewal_error *err);

/* ---- get.c ---- */
hewal_status hw_load(hw_store *s, int64_t article, hw_stored **out, hewal_error *err);

/* ---- lists.c: what a cursor is; facts.c reads quotes and events from it ---- */
typedef enum { HW_QUOTES, HW_EVENTS, HW_ARTICLES, HW_ENTITIES, HW_WHOLES } hw_cursor_kind;
struct hw_cursor {
    hw_store *s;
    hw_cursor_kind kind;
    sqlite3_stmt *st;
    hw_arena kept; /* as long as the cursor: what it was asked */
    hw_arena row;  /* strings of the row */
    const hw_words_asked *about;
    const char *select, *tail; /* of a count: instead of the columns and the order of rows */
    bool peeked, done, failed;
    hewal_error err;
    char date[16]; /* of the last row */
    int64_t id, passed; /* its id; rows passed */
};
/* A cursor over rows of one's own making: `select` with the tables as this kind names them (q or v, a), then the filter's
 * conditions, then `tail`. Its rows are read with hw_cursor_step. */
hewal_status hw_cursor_counting(hw_store *s, hw_cursor_kind kind, const hw_filter *f, const char *select, const char *tail, hw_cursor **out,
                                hewal_error *err);
/* Steps to the next row of the statement; false at the end or on failure. */
bool hw_cursor_step(hw_cursor *c);
#endif
