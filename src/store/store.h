/* The store: articles and their records in one SQLite file, with every fact's evidence. src/store/schema.c documents the
 * tables; any SQLite program may read them.
 *
 *     hw_store *s;
 *     if (hw_store_open(&s, model, path, HW_STORE_WRITE, &err) != HEWAL_OK) ...
 *     hw_put_result did;
 *     if (hw_store_put(s, article, record, NULL, &did, &err) != HEWAL_OK) ...
 *     if (hw_store_commit(s, &err) != HEWAL_OK) ...
 *     hw_store_close(s);
 *
 * Articles are committed in batches. Killing the program at any moment loses what was not yet committed and leaves no half
 * of an article; running it again adds the rest. When a put or commit fails (disk full, ...) the batch is taken back whole:
 * nothing of it is kept, everything before it is. A store has one writer at a time and any number of readers.
 *
 * A handle may be used by several threads, one call at a time is served; cursors belong to the thread that opened them.
 * Strings that cursors return live until the next call with that cursor; NULL stands for what is not known.
 *
 * Errors: HEWAL_EIO no such file, cannot be written, disk full, in use; HEWAL_EFORMAT not a store; HEWAL_EVERSION a store
 * of another version; HEWAL_EINVAL an argument (a date, a cursor mark) that makes no sense. */
#ifndef HW_STORE_STORE_H
#define HW_STORE_STORE_H
#include "ingest/ingest.h"
#include "store/terms.h"

#include <stdatomic.h>

typedef struct hw_store hw_store;
typedef struct hw_stored hw_stored;

enum { HW_STORE_READ = 0, HW_STORE_WRITE = 1 /* made, with the folders above it, when it is not there */, HW_STORE_THERE = 2 /* with WRITE: only when it is there */ };

/* $HEWAL_STORE, else $XDG_DATA_HOME/hewal/store.db, else ~/.local/share/hewal/store.db. False when none fits. */
bool hw_store_default_path(char *buf, size_t size);

/* The model is asked for spellings and names; it outlives the store. */
hewal_status hw_store_open(hw_store **out, const hewal_model *m, const char *path, int mode, hewal_error *err);
/* What is not committed is dropped. */
void hw_store_close(hw_store *s);

/* ---- writing ---------------------------------------------------------------------------------------------------- */

typedef enum { HW_ADDED, HW_SKIPPED, HW_REPLACED } hw_put_result;

/* What a put would do: HW_SKIPPED when this article is there with the same text and metadata, so that it need not be
 * annotated again. */
hewal_status hw_store_check(hw_store *s, const hw_article *a, hw_put_result *would, hewal_error *err);
/* `index` may be NULL: the store makes it then (slower: annotating threads should). */
hewal_status hw_store_put(hw_store *s, const hw_article *a, const hewal_record *r, const hw_index_text *index,
                          hw_put_result *did, hewal_error *err);
/* The next article whose record another model made, from the newest back: *before (INT64_MAX at first) says where to go on. Its
 * text and what is known of it, not its record; NULL in *out when there is none. Going back keeps the first report of an event
 * in its place until all that tell of it are renewed. */
hewal_status hw_store_old(hw_store *s, int64_t *before, hw_stored **out, hewal_error *err);
/* Puts a new record in the place of the old one. HW_SKIPPED when the article has gone or changed since, or is renewed already. */
hewal_status hw_store_again(hw_store *s, const hw_article *a, const hewal_record *r, const hw_index_text *index, hw_put_result *did,
                            hewal_error *err);
/* Commits what was put. hw_store_put does so by itself every few hundred articles and once a second. */
hewal_status hw_store_commit(hw_store *s, hewal_error *err);
/* Takes out one article, its record and its history. `*found` may be NULL. */
hewal_status hw_store_remove(hw_store *s, const char *id, bool *found, hewal_error *err);

/* ---- counts ----------------------------------------------------------------------------------------------------- */

typedef struct {
    int64_t articles, annotated, copies; /* copies: near-duplicates of an earlier article */
    int64_t entities, people, speakers, quotes, events, mentions; /* those of copies are not counted again */
    char first[11], last[11]; /* published; "" when nothing is dated */
    uint64_t bytes;           /* of the texts */
} hw_store_counts;
hewal_status hw_store_count(hw_store *s, hw_store_counts *out, hewal_error *err);

/* ---- names ------------------------------------------------------------------------------------------------------ */

typedef struct { /* a real thing: one person, organisation or place across all articles */
    int64_t id;
    const char *key;  /* the gazetteer's ("people:Mustafa al-Kadhimi"), or made of type and name */
    const char *type; /* "PER", "ORG", "LOC" */
    const char *name, *name_ckb;
    bool known;       /* in the gazetteer */
    int64_t articles, mentions, quotes;
    double match;     /* by hw_store_find: 1 the very name, less for a part or a likely spelling */
} hw_entity_row;

/* Entities by a name in Kurdish letters, any spelling or inflection of it, or in Latin letters, any usual romanisation
 * ("Kadhimi", "kazmi", "Mustafa Al-Kazimi"); a part of the name is enough. Best first, at most `max`. `type` may be NULL.
 * The array and its strings are one block: free(). An empty answer is HEWAL_OK with *n 0. */
hewal_status hw_store_find(hw_store *s, const char *name, const char *type, size_t max, hw_entity_row **out, size_t *n,
                           hewal_error *err);
/* Those of an answer that are good enough to stand for the name in a filter: all as good as the best. How many of the
 * first. */
size_t hw_store_best(const hw_entity_row *v, size_t n);
hewal_status hw_store_entity(hw_store *s, int64_t id, hw_entity_row **out, hewal_error *err); /* NULL when there is none */

/* ---- cursors ---------------------------------------------------------------------------------------------------- */

typedef struct hw_cursor hw_cursor;
void hw_cursor_close(hw_cursor *c); /* NULL is allowed */

/* A place to go on from: an ASCII string for `after` of a later query with the same filter; "" at the end of all rows.
 * Valid after the last row wanted was read. */
void hw_cursor_mark(hw_cursor *c, char *buf, size_t size); /* 64 bytes are enough */

typedef struct { /* what to show; zero shows everything */
    const char *from, *to; /* YYYY, YYYY-MM or YYYY-MM-DD, both inclusive */
    const char *outlet;
    const char *about;     /* quotes, events: words, any inflection, all of which are in it or its sentence */
    const char *article;   /* id */
    const char *channel, *kind;        /* quotes: as the JSON writes them */
    const char *type, *mode, *status;  /* events, and `type` for entities */
    const int64_t *speakers; size_t n_speakers; /* quotes; entity ids, any of them */
    const int64_t *named; size_t n_named;       /* quotes: whose words name one of them */
    const int64_t *actors; size_t n_actors;     /* events */
    const int64_t *targets; size_t n_targets;
    const int64_t *either; size_t n_either;     /* events: on either side */
    const int64_t *places; size_t n_places;     /* events: where */
    int64_t id;            /* quotes, events: this one */
    int64_t reports_of;    /* events: all reports of the event that was first reported by this one */
    bool once;             /* events: only the first report of each */
    bool copies;           /* quotes, events: near-duplicates too. Else of each group the first report, or the first of the outlet asked for;
                              and always of the article asked for */
    bool oldest_first;     /* else the newest come first */
    const char *after;     /* a mark */
} hw_filter;

typedef struct { /* what every fact says of its article */
    const char *id, *title, *published, *outlet, *url;
    bool published_inferred;
    int64_t copies;      /* near-duplicates that this first report stands for */
    const char *outlets; /* theirs, where another than its own, a line each (of a hundred at most); NULL for none */
    const char *copy_of; /* id of the first report that this is a near-duplicate of, or NULL */
} hw_article_ref; /* of hw_store_reports: the first six */

typedef struct { int64_t id; const char *name, *name_ckb, *type; } hw_entity_ref; /* id 0: none */

typedef struct {
    int64_t id;
    hw_article_ref article;
    uint32_t b, e;
    const char *text;      /* the words: article[b..e) */
    uint32_t cue_b, cue_e;
    const char *cue;       /* "" for none */
    const char *kind, *channel;
    hw_entity_ref speaker, addressee;
    const char *source;    /* the words that stand for the speaker */
    uint32_t source_b, source_e;
    const hw_entity_ref *via; size_t n_via;
    uint32_t sentence_b, sentence_e; /* the sentence or paragraph around it */
    const char *sentence;
    double confidence;
} hw_quote_row;

typedef struct {
    int64_t id;
    hw_article_ref article;
    uint32_t b, e;
    const char *trigger;
    const char *type, *mode, *status; /* mode NULL for none */
    const char *date;      /* when it happened, as far as the text tells, else when it was published */
    const char *time;      /* TIMEX3 value of its own time, or NULL */
    const hw_entity_ref *actors; size_t n_actors;
    const hw_entity_ref *targets; size_t n_targets;
    hw_entity_ref place;
    int64_t in_quote;      /* id of a quote, 0 for none */
    uint32_t sentence_b, sentence_e;
    const char *sentence;
    double confidence;
    int64_t same;          /* id of the event's first report, 0 when this is it */
    int64_t reports;       /* how many articles' events are this one */
} hw_event_row;

hewal_status hw_store_quotes(hw_store *s, const hw_filter *f, hw_cursor **out, hewal_error *err);
hewal_status hw_store_events(hw_store *s, const hw_filter *f, hw_cursor **out, hewal_error *err);
hewal_status hw_store_articles(hw_store *s, const hw_filter *f, hw_cursor **out, hewal_error *err);
hewal_status hw_store_entities(hw_store *s, const hw_filter *f, hw_cursor **out, hewal_error *err); /* most quoted first */

/* The number of the first report of an event; 0 when there is no such event. */
hewal_status hw_store_first_report(hw_store *s, int64_t event, int64_t *first, hewal_error *err);

/* True with a row; false at the end or on an error, which hw_cursor_error tells. */
bool hw_next_quote(hw_cursor *c, hw_quote_row *row);
bool hw_next_event(hw_cursor *c, hw_event_row *row);
bool hw_next_article(hw_cursor *c, hw_article_ref *row, size_t *text_len);
bool hw_next_entity(hw_cursor *c, hw_entity_row *row);
hewal_status hw_cursor_error(const hw_cursor *c, hewal_error *err);

/* ---- reading for others: what a server needs -------------------------------------------------------------------- */

/* From the next call on a handle sees the store as it is then, whatever is written meanwhile, until hw_store_read_end. */
hewal_status hw_store_read_begin(hw_store *s, hewal_error *err);
void hw_store_read_end(hw_store *s);
/* A number that changes when another handle commits something; only this handle's numbers compare. */
uint64_t hw_store_version(hw_store *s);
/* Calls that take longer than `ms` from now on, or still run when `*stop` becomes true, fail; 0 ms: no limit. */
void hw_store_limit(hw_store *s, unsigned ms, const atomic_bool *stop);
/* Whether a call has failed so since the limit was set. */
bool hw_store_limit_passed(hw_store *s);

/* ---- counts by what facts have in common (counted.c) ------------------------------------------------------------------ */

typedef enum { HW_TALLY_QUOTES, HW_TALLY_EVENTS, HW_TALLY_ARTICLES } hw_tallied;

typedef struct {
    const char *key;      /* what `by` says of them: "statement", "2021-07", an outlet; NULL: they have none */
    hw_entity_ref entity; /* by speaker, place, actor or target: who or where; id 0: nobody */
    const char *entity_key; /* as in hw_entity_row */
    const char *period;   /* by `over`; NULL without */
    int64_t n;            /* how many of this key and period */
    int64_t total;        /* of this key in all periods */
} hw_tally_row;

/* What facts can be counted by: quotes "day|week|month|year|outlet|channel|kind|speaker|
 * office" (the words that stand for a speaker and tell an office), events "day|week|month|year|outlet|type|
 * mode|status|place|actor|target", articles "day|week|month|year|outlet". Periods are written as in ISO 8601, a week as the date
 * of its Monday; an event or article of which only the month is known has no day and no week. */
const char *hw_tally_words(hw_tallied what);
/* The `most` keys with the most facts (0: all), these first; periods in their own order. With `over`, one of day, week, month,
 * year, or NULL, each key's facts are counted by period (times are not: for them it is passed over). One block: free(). */
hewal_status hw_store_tally(hw_store *s, hw_tallied what, const hw_filter *f, const char *by, const char *over, size_t most, hw_tally_row **out,
                            size_t *n, hewal_error *err);

typedef struct { /* two that take part in events together */
    hw_entity_ref a, b;   /* actor and target; of CONSULT in no order */
    const char *type;     /* of the events */
    const char *first, *last;
    int64_t n;
} hw_pair_row;

/* Who with whom: pairs with the most events first, at most `most`, each event counted once however many report it. `types` has
 * types with commas between ("SUPPORT,AID"), or is NULL: all. One block: free(). */
hewal_status hw_store_pairs(hw_store *s, const hw_filter *f, const char *types, size_t most, hw_pair_row **out, size_t *n, hewal_error *err);

/* ---- one person (organisation, place) ----------------------------------------------------------------------------- */

typedef struct { const char *form; int64_t n; } hw_spelling_row;
typedef struct { const char *role; const char *first, *last; int64_t n; } hw_office_row; /* dates of the articles, or NULL */
typedef struct {
    hw_entity_ref with;
    const char *type, *mode; /* of the events between the two */
    const char *first, *last;
    int64_t n;
} hw_met_row;
/* The commonest first. Arrays with their strings are one block: free(). */
hewal_status hw_store_spellings(hw_store *s, int64_t entity, hw_spelling_row **out, size_t *n, hewal_error *err);
hewal_status hw_store_offices(hw_store *s, int64_t entity, hw_office_row **out, size_t *n, hewal_error *err);
hewal_status hw_store_met(hw_store *s, int64_t entity, hw_met_row **out, size_t *n, hewal_error *err);
/* In how many events of each type it acts, or is acted upon. */
typedef struct { const char *type; bool suffered; int64_t n; } hw_act_row;
hewal_status hw_store_acts(hw_store *s, int64_t entity, hw_act_row **out, size_t *n, hewal_error *err);

/* ---- articles like one ------------------------------------------------------------------------------------------------ */

typedef struct {
    hw_article_ref article;
    int64_t shared; /* how many people, organisations and places both name, of those that are in few articles */
    double weight;  /* only ranks */
} hw_similar_row;
/* The most alike first, at most `max`; none when there is no such article. One block: free(). */
hewal_status hw_store_similar(hw_store *s, const char *id, size_t max, hw_similar_row **out, size_t *n, hewal_error *err);

/* ---- one article, and everything ---------------------------------------------------------------------------------- */

struct hw_stored {
    hw_article article;   /* as it was added; `extra` too */
    const char *model;    /* that made the record; NULL: not annotated */
    const char *language; /* as hw_lang_name has it */
    const char *added;    /* when: YYYY-MM-DDTHH:MM:SSZ */
    const char *copy_of;  /* id of the first report that it is a near-duplicate of, or NULL */
    hewal_record record;  /* entities, mentions, times, quantities, quotes, events; no tokens, no sentences. Entity indexes
                             are the record's own, `known` is set where it was */
    const int64_t *entity_ids; /* of record.entities, in the store */
};

/* NULL in *out when there is no such article. */
hewal_status hw_store_get(hw_store *s, const char *id, hw_stored **out, hewal_error *err);
void hw_stored_free(hw_stored *a);

typedef struct { /* what an article was before it was replaced; the dates of its coming and going as YYYY-MM-DDTHH:MM:SSZ */
    int64_t version; /* from 1 */
    const char *title, *published, *outlet, *url, *language, *added, *replaced, *text;
    size_t text_len;
} hw_version_row;
typedef struct {
    const hw_article_ref *reports; size_t n_reports;
    const hw_version_row *versions; size_t n_versions;
    bool damaged;
} hw_versions;
/* All reports of the group of near-duplicates that an article belongs to, the first first; itself when it is alone, nothing when
 * there is no such article. */
hewal_status hw_store_reports(hw_store *s, const char *id, hw_versions **out, hewal_error *err);
/* The versions of it that are no more, the oldest first. */
hewal_status hw_store_history(hw_store *s, const char *id, hw_versions **out, hewal_error *err);
void hw_versions_free(hw_versions *v); /* NULL is allowed */

/* ---- keeping it ------------------------------------------------------------------------------------------------------- */

typedef struct { int64_t articles, spans, wrong; } hw_verify_counts;
typedef void (*hw_verify_say)(void *ctx, const char *line);
/* Checks the file, every article's text (SHA-256) and spans, the full-text index and what tables say of each other. `say` gets a
 * line for each thing that is wrong; that there are some is no failure. A store that is being read only is enough. */
hewal_status hw_store_verify(hw_store *s, hw_verify_say say, void *ctx, hw_verify_counts *counts, hewal_error *err);
/* Copies the store as it is now, while it may be read and written, to another file, which is checked; a file that is there is
 * replaced only by a whole one. */
hewal_status hw_store_backup(hw_store *s, const char *path, hewal_error *err);
/* After hw_store_remove: makes sure that nothing of what was taken out is left in the file. Commits. */
hewal_status hw_store_wipe(hw_store *s, hewal_error *err);

/* The whole store, an article a call, in the order they were added: for export (hewal_record_json) and reports. */
hewal_status hw_store_all(hw_store *s, hw_cursor **out, hewal_error *err);
bool hw_next_stored(hw_cursor *c, hw_stored **out);
#endif
