/* In: a store. Out: a line for each thing that is wrong with it: the file itself, the tables' references to each other, the counts,
 * the full-text index, and every article (verify_article.c). All is read in one transaction, so that a writer does not matter. */
#include "store/verify.h"

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { SAID = 20 }; /* rows said of each check; the rest is counted */

void hw_verify_wrong(hw_verifier *v, const char *id, const char *fmt, ...)
{
    char what[400], line[700];
    va_list ap;
    va_start(ap, fmt);
    vsnprintf(what, sizeof what, fmt, ap);
    va_end(ap);
    v->counts->wrong++;
    if (id) snprintf(line, sizeof line, "article «%.200s»: %s", id, what);
    else snprintf(line, sizeof line, "%s", what);
    if (v->say) v->say(v->ctx, line);
}

/* ---- references and counts ------------------------------------------------------------------------------------------------------------- */

#define BOTH_SIDES "(SELECT event, entity, 0 AS side FROM event_actors UNION ALL SELECT event, entity, 1 FROM event_targets)"
#define QUOTES_NAME "SELECT json_extract(r.entities, '$[' || (j.value ->> 3) || '][0]') AS entity, q.date, q.id AS quote FROM quotes q JOIN records r ON r.article = q.article," \
    " json_each(r.mentions) j WHERE (j.value ->> 0) >= q.b AND (j.value ->> 0) + (j.value ->> 1) <= q.e AND (j.value ->> 3) IS NOT NULL"

/* Each gives the rows that are wrong: an article's number (or NULL), and what to say of it. */
static const struct { const char *what, *sql; } checks[] = {
#define OF_ARTICLE(table) {#table " of an article that is not there", "SELECT NULL, article FROM " #table " WHERE article NOT IN (SELECT n FROM articles)"}
    OF_ARTICLE(texts), OF_ARTICLE(records), OF_ARTICLE(quotes), OF_ARTICLE(events), OF_ARTICLE(article_entities), OF_ARTICLE(event_sides), OF_ARTICLE(history), OF_ARTICLE(bands),
#undef OF_ARTICLE
    {"an annotated article without a record", "SELECT n, id FROM articles WHERE model IS NOT NULL AND n NOT IN (SELECT article FROM records)"},
    {"a model that is not there", "SELECT n, model FROM articles WHERE model NOT IN (SELECT id FROM models)"},
    {"a near-duplicate of an article that does not stand for a group", "SELECT n, copy_of FROM articles WHERE copy_of NOT IN (SELECT n FROM articles WHERE copy_of IS NULL)"},
    {"a near-duplicate that is noted as a first report", "SELECT article, band FROM bands WHERE article IN (SELECT n FROM articles WHERE copy_of IS NOT NULL)"},
    {"an entity of an article that is not there", "SELECT article, entity FROM article_entities WHERE entity NOT IN (SELECT id FROM entities)"},
    {"an entity of a record that is not noted", "SELECT r.article, j.value ->> 0 FROM records r, json_each(r.entities) j WHERE NOT EXISTS (SELECT 1 FROM article_entities y"
     " WHERE y.entity = j.value ->> 0 AND y.article = r.article)"},
    {"an entity noted that its record has not", "SELECT article, entity FROM article_entities EXCEPT SELECT r.article, j.value ->> 0 FROM records r, json_each(r.entities) j"},
    {"an entity that no article has", "SELECT NULL, key FROM entities WHERE id NOT IN (SELECT entity FROM article_entities)"},
    {"a name of an entity that is not there", "SELECT NULL, key FROM names WHERE entity NOT IN (SELECT id FROM entities)"},
    {"a spelling of an entity that is not there", "SELECT NULL, form FROM spellings WHERE entity NOT IN (SELECT id FROM entities)"},
    {"an office of a spelling that is not there", "SELECT NULL, spelling FROM offices WHERE spelling NOT IN (SELECT id FROM spellings)"},
    {"a speaker who is not there", "SELECT article, i FROM quotes WHERE speaker NOT IN (SELECT id FROM entities) OR addressee NOT IN (SELECT id FROM entities)"},
    {"a place that is not there", "SELECT article, i FROM events WHERE place NOT IN (SELECT id FROM entities)"},
    {"who passed on a quote", "SELECT NULL, quote FROM quote_via WHERE quote NOT IN (SELECT id FROM quotes) OR entity NOT IN (SELECT id FROM entities)"},
    {"an actor of an event", "SELECT NULL, event FROM event_actors WHERE event NOT IN (SELECT id FROM events) OR entity NOT IN (SELECT id FROM entities)"},
    {"a target of an event", "SELECT NULL, event FROM event_targets WHERE event NOT IN (SELECT id FROM events) OR entity NOT IN (SELECT id FROM entities)"},
    {"in which events one takes part", "SELECT NULL, event FROM (SELECT entity, date, event, side, copy FROM parties EXCEPT SELECT k.entity, v.date, v.id, k.side, v.copy"
     " FROM events v JOIN " BOTH_SIDES " k ON k.event = v.id)"},
    {"an event that one takes part in", "SELECT article, i FROM events WHERE id IN (SELECT event FROM (SELECT k.entity, v.date, v.id AS event, k.side FROM events v JOIN " BOTH_SIDES
     " k ON k.event = v.id EXCEPT SELECT entity, date, event, side FROM parties))"},
    {"whom a quote names", "SELECT NULL, quote FROM (SELECT entity, date, quote FROM quote_names EXCEPT " QUOTES_NAME ")"},
    {"a quote that names one", "SELECT NULL, quote FROM (" QUOTES_NAME " EXCEPT SELECT entity, date, quote FROM quote_names)"},
    {"the first report of an event", "SELECT article, i FROM events WHERE same NOT IN (SELECT id FROM events WHERE same IS NULL)"},
    {"an event whose first report is a near-duplicate's", "SELECT min(article), min(i) FROM events GROUP BY coalesce(same, id) HAVING sum(copy = 0) > 0 AND sum(copy = 0 AND same IS NULL) = 0"},
    {"the outlet of a quote", "SELECT q.article, q.i FROM quotes q JOIN articles a ON a.n = q.article WHERE q.outlet IS NOT a.outlet"},
    {"a quote counted or not as its article", "SELECT q.article, q.i FROM quotes q JOIN articles a ON a.n = q.article WHERE q.copy <> (a.copy_of IS NOT NULL)"},
    {"an event counted or not as its article", "SELECT v.article, v.i FROM events v JOIN articles a ON a.n = v.article WHERE v.copy <> (a.copy_of IS NOT NULL)"},
    {"the date of a quote", "SELECT q.article, q.i FROM quotes q JOIN articles a ON a.n = q.article WHERE q.date <> a.date"},
    {"how often a spelling is used", "SELECT NULL, form FROM spellings f LEFT JOIN (SELECT j.value ->> 4 AS id, count(*) AS uses, sum(a.copy_of IS NULL) AS n FROM records r JOIN articles a"
     " ON a.n = r.article, json_each(r.mentions) j GROUP BY 1) c ON c.id = f.id WHERE f.uses IS NOT c.uses OR f.n IS NOT c.n"},
    {"how many articles an entity is in", "SELECT NULL, key FROM entities e LEFT JOIN (SELECT x.entity, count(*) AS n FROM article_entities x JOIN articles a ON a.n = x.article"
     " WHERE a.copy_of IS NULL GROUP BY 1) c ON c.entity = e.id WHERE e.articles <> coalesce(c.n, 0)"},
    {"how many quotes an entity has", "SELECT NULL, key FROM entities e LEFT JOIN (SELECT q.speaker, count(*) AS n FROM quotes q JOIN articles a ON a.n = q.article WHERE a.copy_of IS NULL"
     " GROUP BY 1) c ON c.speaker = e.id WHERE e.quotes <> coalesce(c.n, 0)"},
    {"how many there are in all", "SELECT NULL, what FROM totals t WHERE n <> CASE what WHEN 'articles' THEN (SELECT count(*) FROM articles) WHEN 'annotated' THEN (SELECT count(*) FROM"
     " articles WHERE model IS NOT NULL) WHEN 'copies' THEN (SELECT count(*) FROM articles WHERE copy_of IS NOT NULL) WHEN 'bytes' THEN (SELECT coalesce(sum(bytes), 0) FROM articles)"
     " WHEN 'entities' THEN (SELECT count(*) FROM entities) WHEN 'people' THEN (SELECT count(*) FROM entities WHERE type = 'PER') WHEN 'quotes' THEN (SELECT count(*) FROM quotes q"
     " JOIN articles a ON a.n = q.article WHERE a.copy_of IS NULL) WHEN 'events' THEN (SELECT count(*) FROM events v JOIN articles a ON a.n = v.article WHERE a.copy_of IS NULL)"
     " WHEN 'mentions' THEN (SELECT coalesce(sum(json_array_length(r.mentions)), 0) FROM records r JOIN articles a ON a.n = r.article WHERE a.copy_of IS NULL)"
     " ELSE (SELECT count(*) FROM articles WHERE 'language:' || language = what) END"},
    {"an article that the index has not", "SELECT n, id FROM articles WHERE n NOT IN (SELECT id FROM words_docsize)"},
    {"an article in the index that is not there", "SELECT NULL, id FROM words_docsize WHERE id NOT IN (SELECT n FROM articles)"}};

static const char *id_of(hw_verifier *v, int64_t article)
{
    sqlite3_stmt *st = hw_sql(v->s, "SELECT id FROM articles WHERE n = ?1");
    hw_bind_int(st, 1, article);
    const char *id = st && sqlite3_step(st) == SQLITE_ROW ? hw_column_text(&v->row, st, 0) : NULL;
    if (st) sqlite3_reset(st);
    return id ? id : hw_sprintf(&v->row, "%lld", (long long)article);
}

static void check(hw_verifier *v, const char *what, const char *sql)
{
    sqlite3_stmt *st = NULL;
    int rc = sqlite3_prepare_v2(v->s->db, sql, -1, &st, NULL);
    unsigned n = 0;
    while (rc == SQLITE_OK || rc == SQLITE_ROW) {
        if ((rc = sqlite3_step(st)) != SQLITE_ROW) break;
        if (n++ >= SAID) continue;
        const char *which = (const char *)sqlite3_column_text(st, 1);
        hw_verify_wrong(v, sqlite3_column_type(st, 0) == SQLITE_NULL ? NULL : id_of(v, sqlite3_column_int64(st, 0)), "%s: %.200s", what, which ? which : "");
    }
    sqlite3_finalize(st);
    if (n > SAID) {
        v->counts->wrong += n - SAID - 1;
        hw_verify_wrong(v, NULL, "%s: %u more", what, n - SAID);
    }
    if (rc != SQLITE_DONE) v->failed = true;
}

/* ---- the file and the index ------------------------------------------------------------------------------------------------------------- */

static void check_file(hw_verifier *v)
{
    int rc = SQLITE_ERROR;
    sqlite3_stmt *st = hw_sql(v->s, "PRAGMA integrity_check(20)");
    while (st && (rc = sqlite3_step(st)) == SQLITE_ROW) {
        const char *said = (const char *)sqlite3_column_text(st, 0);
        if (said && strcmp(said, "ok") != 0) hw_verify_wrong(v, NULL, "the file: %s", said);
    }
    if (st) sqlite3_reset(st);
    if (rc != SQLITE_DONE) v->failed = true;
}

/* FTS5's own check of the index is a statement that writes nothing and yet may not be run by who only reads: left out where the
 * file cannot be written. */
static void check_index_itself(hw_verifier *v)
{
    sqlite3 *db = NULL;
    if (sqlite3_open_v2(v->s->path, &db, SQLITE_OPEN_READWRITE | SQLITE_OPEN_NOMUTEX, NULL) == SQLITE_OK && sqlite3_db_readonly(db, "main") == 0) {
        sqlite3_busy_timeout(db, 10000);
        if (sqlite3_exec(db, "INSERT INTO words(words) VALUES('integrity-check')", NULL, NULL, NULL) != SQLITE_OK && (sqlite3_errcode(db) & 0xFF) == SQLITE_CORRUPT)
            hw_verify_wrong(v, NULL, "the full-text index is damaged");
    }
    sqlite3_close(db);
}

/* How many articles have a term, by the index and by the articles' own lists. */
static void check_terms(hw_verifier *v)
{
    static const char sql[] = "SELECT y.id, y.term, coalesce(x.doc, 0) FROM index_terms y LEFT JOIN temp.hw_terms x ON x.term = y.term";
    sqlite3_stmt *st = NULL;
    hw_db_exec(v->s->db, "CREATE VIRTUAL TABLE IF NOT EXISTS temp.hw_terms USING fts5vocab(main, words, row)");
    check(v, "a term of the index that the vocabulary has not", "SELECT NULL, term FROM temp.hw_terms WHERE term NOT IN (SELECT term FROM index_terms)");
    int rc = sqlite3_prepare_v2(v->s->db, sql, -1, &st, NULL);
    unsigned n = 0;
    while (rc == SQLITE_OK || rc == SQLITE_ROW) {
        if ((rc = sqlite3_step(st)) != SQLITE_ROW) break;
        int64_t id = sqlite3_column_int64(st, 0), doc = sqlite3_column_int64(st, 2);
        int64_t want = id > 0 && id <= v->n_terms ? v->with_term[id] : 0;
        if (doc != want && n++ < SAID)
            hw_verify_wrong(v, NULL, "the index has %lld articles with the term «%.100s», by their texts there are %lld", (long long)doc, sqlite3_column_text(st, 1), (long long)want);
    }
    sqlite3_finalize(st);
    if (n > SAID) hw_verify_wrong(v, NULL, "the index and the texts do not agree on %u terms more", n - SAID);
    if (rc != SQLITE_DONE) v->failed = true;
}

static void check_articles(hw_verifier *v)
{
    sqlite3_stmt *st = NULL;
    int rc = sqlite3_prepare_v2(v->s->db, "SELECT n FROM articles ORDER BY n", -1, &st, NULL);
    while (rc == SQLITE_OK || rc == SQLITE_ROW) {
        if ((rc = sqlite3_step(st)) != SQLITE_ROW) break;
        hw_verify_article(v, sqlite3_column_int64(st, 0));
    }
    sqlite3_finalize(st);
    if (rc != SQLITE_DONE) v->failed = true;
}

static void verify(hw_verifier *v)
{
    check_file(v);
    if (v->counts->wrong) return; /* a file that cannot be trusted gives nothing but more of the same */
    if (!hw_run_int(hw_sql(v->s, "SELECT coalesce(max(id), 0) FROM index_terms"), 0, &v->n_terms)) v->failed = true;
    v->with_term = calloc((size_t)v->n_terms + 1, sizeof *v->with_term);
    if (!v->with_term) {
        v->no_memory = true;
        return;
    }
    for (size_t i = 0; i < sizeof checks / sizeof *checks; i++) check(v, checks[i].what, checks[i].sql);
    check_articles(v);
    check_terms(v);
}

/* False when memory ran out. */
static bool verify_guarded(hw_verifier *v)
{
    if (hw_arena_guard(&v->row) || hw_arena_guard(&v->s->scratch)) return false;
    verify(v);
    return !v->no_memory;
}

hewal_status hw_store_verify(hw_store *s, hw_verify_say say, void *ctx, hw_verify_counts *counts, hewal_error *err)
{
    hw_verifier *v = calloc(1, sizeof *v);
    hewal_status st = HEWAL_OK;
    *counts = (hw_verify_counts){0};
    if (!v) return hw_fail(err, HEWAL_ENOMEM, "out of memory");
    *v = (hw_verifier){.s = s, .say = say, .ctx = ctx, .counts = counts};
    hw_arena_init(&v->row);
    hw_store_lock(s);
    bool began = hw_db_exec(s->db, "BEGIN");
    bool enough = verify_guarded(v);
    s->scratch.guarded = v->row.guarded = 0;
    if (!enough) st = hw_fail(err, HEWAL_ENOMEM, "out of memory");
    else if (v->failed || !began) st = hw_store_fault(s, err);
    if (began) hw_db_exec(s->db, "ROLLBACK");
    if (st == HEWAL_OK) check_index_itself(v);
    hw_store_unlock(s);
    hw_arena_free(&v->row);
    free(v->with_term);
    free(v);
    return st;
}
