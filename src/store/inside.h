/* Inside the store: what its files share. schema.c makes and checks the tables, store.c opens, commits and tells errors,
 * put.c and put_facts.c write articles, clear.c takes them out, words.c keeps the index, near.c finds near-duplicates by what bands.c keeps, sums.c keeps counts,
 * get.c reads one back, lists.c opens cursors by filter, counted.c and pairs.c count by them, similar.c finds articles like one, facts.c reads quotes and events from them, person.c what is known of one,
 * names.c finds entities by name with the sounds of romanize.c, terms.c makes index terms, about.c asks for words. */
#ifndef HW_STORE_INSIDE_H
#define HW_STORE_INSIDE_H
#include "base/buf.h"
#include "base/err.h"
#include "base/vec.h"
#include "store/memo.h"
#include "store/store.h"

#include <pthread.h>
#include <sqlite3.h>

#define HW_STORE_APPLICATION 0x4857414C /* "HWAL": PRAGMA application_id */
#define HW_STORE_VERSION 4 /* PRAGMA user_version */

typedef struct hw_sounds hw_sounds;

/* ---- sums.c: counts of a batch that are not yet in the store ---- */
typedef enum {
    HW_TOTAL_ARTICLES, HW_TOTAL_ANNOTATED, HW_TOTAL_COPIES, HW_TOTAL_BYTES, HW_TOTAL_ENTITIES, HW_TOTAL_PEOPLE, HW_TOTAL_QUOTES, HW_TOTAL_EVENTS,
    HW_TOTAL_MENTIONS, HW_N_TOTALS
} hw_total;
typedef struct {
    struct hw_sums_row *rows;
    uint32_t mask, n;
    int64_t totals[HW_N_TOTALS], languages[16];
} hw_sums;

struct hw_store {
    sqlite3 *db;
    const hewal_model *model;
    char *path;
    bool write, in_batch;
    unsigned batch_n;
    uint64_t batch_bytes;
    int64_t batch_since; /* milliseconds */
    pthread_mutex_t lock;
    struct { const char *sql; sqlite3_stmt *st; } prepared[128];
    unsigned n_prepared;
    hw_terms *terms;
    hw_sounds *sounds;
    struct hw_spell *speller; /* made by the first search that needs it */
    hw_index_text index; /* reused, as are these */
    hewal_string lists[4], form;
    hw_memo entities_seen, spellings_seen, terms_seen; /* what the writer has looked up; true while nobody else writes */
    int64_t data_version;
    hw_sums sums;
    bool within, ranks;  /* the connection has hw_within, hw_rank */
    int64_t *doubtful;   /* terms that perhaps no article has any more */
    size_t n_doubtful;
    int64_t bands_new;   /* rows of near_new, about; -1: not known */
    bool no_memory;      /* in something of the batch that has no other way to say it */
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

void hw_sums_entity(hw_store *s, int64_t id, int64_t articles, int64_t mentions, int64_t quotes);
void hw_sums_spelling(hw_store *s, int64_t id, int64_t n, int64_t uses);
void hw_sums_total(hw_store *s, hw_total what, int64_t n);
void hw_sums_language(hw_store *s, const char *language, int64_t n);
/* Writes what was counted; false on failure. */
bool hw_sums_flush(hw_store *s);
void hw_sums_drop(hw_store *s);
/* Counts an article's facts in or out by its rows: `n` as one that stands for its group, `uses` as one that is there. */
bool hw_count_article(hw_store *s, int64_t article, int n, int uses);
bool hw_count_office(hw_store *s, int64_t spelling, const char *date, int n);
/* The entities of an article's record, in its order; in the scratch arena. */
bool hw_article_entities(hw_store *s, int64_t article, int64_t **out, size_t *n);

/* ---- words.c: the full-text index ---- */
typedef struct { uint64_t counts[4]; int64_t *id; size_t n; } hw_article_terms;
/* What texts.terms keeps, in the scratch arena; NULL on failure. */
void *hw_words_terms(hw_store *s, const hw_index_text *x, size_t *size);
bool hw_words_put(hw_store *s, int64_t article, const hw_index_text *x);
bool hw_words_read(hw_store *s, int64_t article, hw_article_terms *out);
const char *hw_words_term(hw_store *s, int64_t id); /* NULL on failure */
bool hw_words_take_out(hw_store *s, int64_t article);
/* Takes terms that no article has any more out of the table; at the end of a batch. */
bool hw_words_tidy(hw_store *s);
void hw_words_forget_doubts(hw_store *s);

/* ---- packed.c: texts as they are kept ---- */
bool hw_unpack(const void *packed, size_t size, char *out, size_t len);
/* A text by its column and the one with its length, NUL-terminated, in the arena; NULL when it is damaged. */
const char *hw_column_packed(hw_arena *a, sqlite3_stmt *st, int text, int bytes, size_t *len);
/* The text of an article; NULL on failure. */
const char *hw_text_of(hw_store *s, hw_arena *a, int64_t article, size_t *len);
bool hw_packed_functions(sqlite3 *db);

/* ---- near.c: near-duplicates ---- */
/* The article that the text is a near-duplicate of (the first of its group), 0 for none; false on failure. */
bool hw_near_find(hw_store *s, const hw_near *near, const char *text, size_t len, const char *date, int64_t *first);
/* Its bands are forgotten. */
bool hw_near_unnote(hw_store *s, int64_t article);
/* Before the first of a group goes: another stands for the group; false on failure. */
bool hw_near_leave(hw_store *s, int64_t article);

/* ---- bands.c: where near-duplicates are looked for; all false on failure ---- */
/* The first articles that were noted under a band: *n of them, at most `most`. */
bool hw_bands_find(hw_store *s, int64_t band, int64_t most, int64_t *out, unsigned *n);
bool hw_bands_note(hw_store *s, int64_t article, const hw_near *near);
bool hw_bands_forget(hw_store *s, int64_t article, const hw_near *near);
/* At the end of a batch. */
bool hw_bands_tidy(hw_store *s);

/* ---- put.c ---- */
/* What tells that an article has changed: of its text's SHA-256 and of what is known of it. */
void hw_article_sum(const hw_article *a, const unsigned char text[32], unsigned char sum[32]);

/* ---- clear.c ---- */
/* Deletes what the article has, itself too; false on failure. */
bool hw_store_clear(hw_store *s, int64_t article);
/* Deletes its record, its text and its place in the index; it remains in its group. */
bool hw_clear_record(hw_store *s, int64_t article);

/* The keys of an article's rows in `parties`; the article is ?1. */
#define HW_PARTIES_OF_ARTICLE                                                                                                          \
    "SELECT k.entity, v.date, v.id FROM events v JOIN event_actors k ON k.event = v.id WHERE v.article = ?1"                            \
    " UNION ALL SELECT k.entity, v.date, v.id FROM events v JOIN event_targets k ON k.event = v.id WHERE v.article = ?1"

/* Type, mode and status of an event in one number, and its type of that. */
#define HW_EVENT_KIND(type, mode, status) (((type) * 8 + (mode)) * 8 + (status))

/* ---- same.c ---- */
typedef struct {
    int64_t event, article, place; /* place 0: none */
    const char *date;
    int kind;                      /* HW_EVENT_KIND */
    const int64_t *actors, *targets;
    size_t n_actors, n_targets;
} hw_event_sides;
/* Links an event just stored with the first report of it in another article; false on failure. */
bool hw_link_event(hw_store *s, const hw_event_sides *e);
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
/* Notes under what an entity is found: each word of a name, and how it sounds. */
bool hw_names_note(hw_store *s, int64_t entity, const char *name);
/* The same of what an article only describes («the spokesman of the ministry»): all words together, or the first of them. */
bool hw_names_note_described(hw_store *s, int64_t entity, const char *words);
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
/* About how many articles an FTS5 query finds, in little time however many they are: the first thousand are counted, and the rest is
 * reckoned from how far their numbers reach. */
double hw_words_articles(hw_store *s, const char *query);
bool hw_words_in(hw_store *s, const hw_words_asked *w, const char *text, size_t len);
/* Adds the FTS5 function hw_within(words, asked, w1, w2, m1, m2): whether an article has them among these words. `asked` is a pointer of this
 * name. */
bool hw_words_register(hw_store *s);
#define HW_WORDS_POINTER "hewal words asked"
/* Checks YYYY, YYYY-MM or YYYY-MM-DD; NULL and "" are right. */
hewal_status hw_date_check(const char *date, hewal_error *err);

/* ---- get.c ---- */
hewal_status hw_load(hw_store *s, int64_t article, hw_stored **out, hewal_error *err);
/* Without the record. */
hewal_status hw_load_article(hw_store *s, int64_t article, hw_stored **out, hewal_error *err);

/* ---- lists.c: what a cursor is; facts.c reads quotes and events from it ---- */
typedef enum { HW_QUOTES, HW_EVENTS, HW_ARTICLES, HW_ENTITIES, HW_WHOLES } hw_cursor_kind;
struct hw_cursor {
    hw_store *s;
    hw_cursor_kind kind;
    sqlite3_stmt *st;
    hw_arena kept; /* as long as the cursor: what it was asked */
    hw_arena row;  /* strings of the row */
    hw_arena whole; /* the text of the article whose facts are read */
    const char *text;
    size_t text_len;
    int64_t text_of;
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
