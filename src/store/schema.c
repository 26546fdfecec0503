/* The tables of a store. In: an open SQLite file. Out: the same with our tables in it, or a word about why not.
 *
 * Every fact belongs to an article and points into its text by bytes b..e (substr(text, b + 1, e - b) of the BLOB). Numbers
 * `i` count from 0 within the article, as in its record. The views at the end show facts with their words.
 *
 *   meta               key, value: what made this file
 *   articles           one row an article: text exactly as it was given, what is known of it, the model that read it;
 *                      published: as given (`given`), else as inferred; date: its first ten letters, or ''.
 *                      sha256: of the text and of what is known of it, to see changes. terms: index text, deflated, to take
 *                      the article out of `words` again
 *   entities           one row a real thing: key is the gazetteer's, else made of type and folded name; entities that an
 *                      article only describes («a minister») belong to that article
 *   names              words under which an entity is found: kind 0 folded, 1 its consonants (romanize.c), 2 those of the whole name
 *   spellings          how articles write an entity, in standard orthography; type ROLE: what they call it
 *   article_entities   the entities of an article in its record's order; name, name_ckb where they differ from the entity's
 *   mentions           where an entity is named
 *   times, quantities  with values
 *   quotes             who said what: text b..e, cue, kind, channel, source (the mention that stands for the speaker),
 *                      speaker and addressee (entities), sb..se the sentence around it, date of the article
 *   quote_via          who passed the words on
 *   events             who did what: trigger b..e, type, mode, status, place, time, in_quote (numbers i), date: when it
 *                      happened where the text tells, else the article's; same: the event's first report in another
 *                      article (an id), NULL when this is the first
 *   event_actors, event_targets
 *   event_sides        by what reports of one event are found (same.c)
 *   words              FTS5 index of all articles (rowid = articles.n): title; form, every word folded; lemma, its lemma at
 *                      the same place; more, other lemmas it may have
 */
#include "store/inside.h"

#include <stdio.h>

static const char schema[] =
    "CREATE TABLE meta(key TEXT PRIMARY KEY, value TEXT) WITHOUT ROWID;"
    "CREATE TABLE articles(n INTEGER PRIMARY KEY, id TEXT NOT NULL UNIQUE, sha256 BLOB NOT NULL, title TEXT, published TEXT,"
    " published_inferred INTEGER NOT NULL, outlet TEXT, url TEXT, source TEXT, extra TEXT, origin TEXT, given TEXT, model TEXT NOT NULL,"
    " added TEXT NOT NULL, date TEXT NOT NULL, bytes INTEGER NOT NULL, text BLOB NOT NULL, terms BLOB NOT NULL);"
    "CREATE INDEX articles_date ON articles(date, n);"
    "CREATE INDEX articles_outlet ON articles(outlet, date, n);"
    "CREATE TABLE entities(id INTEGER PRIMARY KEY, key TEXT NOT NULL UNIQUE, type TEXT NOT NULL, name TEXT, name_ckb TEXT, known INTEGER NOT NULL);"
    "CREATE TABLE names(key TEXT NOT NULL, kind INTEGER NOT NULL, entity INTEGER NOT NULL, PRIMARY KEY(key, kind, entity)) WITHOUT ROWID;"
    "CREATE INDEX names_entity ON names(entity);"
    "CREATE TABLE spellings(id INTEGER PRIMARY KEY, entity INTEGER NOT NULL, type TEXT NOT NULL, form TEXT NOT NULL, UNIQUE(entity, type, form));"
    "CREATE TABLE article_entities(article INTEGER NOT NULL, i INTEGER NOT NULL, entity INTEGER NOT NULL, name TEXT, name_ckb TEXT, confidence REAL,"
    " PRIMARY KEY(article, i)) WITHOUT ROWID;"
    "CREATE INDEX article_entities_entity ON article_entities(entity);"
    "CREATE TABLE mentions(article INTEGER NOT NULL, i INTEGER NOT NULL, b INTEGER NOT NULL, e INTEGER NOT NULL, type TEXT NOT NULL,"
    " entity INTEGER, spelling INTEGER, confidence REAL, PRIMARY KEY(article, i)) WITHOUT ROWID;"
    "CREATE INDEX mentions_entity ON mentions(entity, spelling);"
    "CREATE TABLE times(article INTEGER NOT NULL, i INTEGER NOT NULL, b INTEGER NOT NULL, e INTEGER NOT NULL, type TEXT NOT NULL, value TEXT,"
    " confidence REAL, PRIMARY KEY(article, i)) WITHOUT ROWID;"
    "CREATE TABLE quantities(article INTEGER NOT NULL, i INTEGER NOT NULL, b INTEGER NOT NULL, e INTEGER NOT NULL, value REAL, unit TEXT, confidence REAL,"
    " PRIMARY KEY(article, i)) WITHOUT ROWID;"
    "CREATE TABLE quotes(id INTEGER PRIMARY KEY, article INTEGER NOT NULL, i INTEGER NOT NULL, b INTEGER NOT NULL, e INTEGER NOT NULL,"
    " cue_b INTEGER NOT NULL, cue_e INTEGER NOT NULL, sb INTEGER NOT NULL, se INTEGER NOT NULL, kind TEXT NOT NULL, channel TEXT NOT NULL,"
    " source INTEGER, speaker INTEGER, addressee INTEGER, confidence REAL, date TEXT NOT NULL, text TEXT NOT NULL, UNIQUE(article, i));"
    "CREATE INDEX quotes_speaker ON quotes(speaker, date, id);"
    "CREATE INDEX quotes_date ON quotes(date, id);"
    "CREATE TABLE quote_via(quote INTEGER NOT NULL, i INTEGER NOT NULL, entity INTEGER NOT NULL, PRIMARY KEY(quote, i)) WITHOUT ROWID;"
    "CREATE TABLE events(id INTEGER PRIMARY KEY, article INTEGER NOT NULL, i INTEGER NOT NULL, b INTEGER NOT NULL, e INTEGER NOT NULL,"
    " sb INTEGER NOT NULL, se INTEGER NOT NULL, type TEXT NOT NULL, mode TEXT, status TEXT NOT NULL, place INTEGER, time INTEGER,"
    " in_quote INTEGER, confidence REAL, date TEXT NOT NULL, same INTEGER, UNIQUE(article, i));"
    "CREATE INDEX events_date ON events(date, id);"
    "CREATE INDEX events_place ON events(place, date, id) WHERE place IS NOT NULL;"
    "CREATE INDEX events_same ON events(same) WHERE same IS NOT NULL;"
    "CREATE TABLE event_actors(event INTEGER NOT NULL, i INTEGER NOT NULL, entity INTEGER NOT NULL, PRIMARY KEY(event, i)) WITHOUT ROWID;"
    "CREATE INDEX event_actors_entity ON event_actors(entity);"
    "CREATE TABLE event_targets(event INTEGER NOT NULL, i INTEGER NOT NULL, entity INTEGER NOT NULL, PRIMARY KEY(event, i)) WITHOUT ROWID;"
    "CREATE INDEX event_targets_entity ON event_targets(entity);"
    "CREATE TABLE event_sides(actor INTEGER NOT NULL, target INTEGER NOT NULL, kind TEXT NOT NULL, date TEXT NOT NULL, event INTEGER NOT NULL,"
    " article INTEGER NOT NULL, PRIMARY KEY(actor, target, kind, date, event)) WITHOUT ROWID;"
    "CREATE INDEX event_sides_article ON event_sides(article);"
    "CREATE VIRTUAL TABLE words USING fts5(title, form, lemma, more, content='', tokenize=ascii);"
    "CREATE VIEW said AS SELECT q.id, a.id AS article, a.published, a.outlet, s.name AS speaker, s.name_ckb AS speaker_ckb, q.kind, q.channel,"
    " CAST(substr(a.text, q.cue_b + 1, q.cue_e - q.cue_b) AS TEXT) AS cue, q.text, q.b, q.e, q.confidence"
    " FROM quotes q JOIN articles a ON a.n = q.article LEFT JOIN entities s ON s.id = q.speaker;"
    "CREATE VIEW happened AS SELECT v.id, a.id AS article, v.date, v.type, v.mode, v.status,"
    " (SELECT group_concat(e.name, '; ') FROM event_actors x JOIN entities e ON e.id = x.entity WHERE x.event = v.id) AS actors,"
    " (SELECT group_concat(e.name, '; ') FROM event_targets x JOIN entities e ON e.id = x.entity WHERE x.event = v.id) AS targets,"
    " CAST(substr(a.text, v.b + 1, v.e - v.b) AS TEXT) AS \"trigger\", CAST(substr(a.text, v.sb + 1, v.se - v.sb) AS TEXT) AS sentence, v.confidence, v.same"
    " FROM events v JOIN articles a ON a.n = v.article;"
    "CREATE VIEW named AS SELECT a.id AS article, m.type, e.name, e.name_ckb, CAST(substr(a.text, m.b + 1, m.e - m.b) AS TEXT) AS words, m.b, m.e"
    " FROM mentions m JOIN articles a ON a.n = m.article LEFT JOIN entities e ON e.id = m.entity;"
    "INSERT INTO meta VALUES('program', 'hewal " HEWAL_VERSION "'), ('version', '2');";

static bool get(sqlite3 *db, const char *sql, int64_t *out)
{
    sqlite3_stmt *st = NULL;
    bool ok = sqlite3_prepare_v2(db, sql, -1, &st, NULL) == SQLITE_OK && sqlite3_step(st) == SQLITE_ROW;
    if (ok) *out = sqlite3_column_int64(st, 0);
    sqlite3_finalize(st);
    return ok;
}

static bool make(sqlite3 *db)
{
    char ids[160];
    snprintf(ids, sizeof ids, "PRAGMA application_id=%d; PRAGMA user_version=%d;", HW_STORE_APPLICATION, HW_STORE_VERSION);
    return hw_db_exec(db, schema) && hw_db_exec(db, ids);
}

/* `*fault` is set when SQLite has something to say. */
static hewal_status check(sqlite3 *db, const char *path, bool write, bool *fault, hewal_error *err)
{
    int64_t app = 0, version = 0, tables = 0;
    if (!get(db, "PRAGMA application_id", &app) || !get(db, "PRAGMA user_version", &version) || !get(db, "SELECT count(*) FROM sqlite_master", &tables)) {
        *fault = true;
        return HEWAL_EIO;
    }
    if (app == HW_STORE_APPLICATION && version == HW_STORE_VERSION) return HEWAL_OK;
    if (app == HW_STORE_APPLICATION)
        return hw_fail(err, HEWAL_EVERSION, "%s: a store of version %lld, this program has version %d", path, (long long)version, HW_STORE_VERSION);
    if (app || version || tables) return hw_fail(err, HEWAL_EFORMAT, "%s: a database, but not a hewal store", path);
    if (!write) return hw_fail(err, HEWAL_EFORMAT, "%s: an empty file, not a store", path);
    if (make(db)) return HEWAL_OK;
    *fault = true;
    return HEWAL_EIO;
}

hewal_status hw_schema_check(sqlite3 *db, const char *path, bool write, hewal_error *err)
{
    bool fault = false;
    err->status = HEWAL_OK;
    err->message[0] = 0;
    hewal_status st = check(db, path, false, &fault, err);
    if (!write || fault || st != HEWAL_EFORMAT) return st;
    /* Perhaps empty. Under the write lock one of several programs makes the tables. */
    if (!hw_db_exec(db, "BEGIN IMMEDIATE")) {
        err->message[0] = 0;
        return HEWAL_EIO;
    }
    err->message[0] = 0;
    st = check(db, path, true, &fault, err);
    if (st == HEWAL_OK && hw_db_exec(db, "COMMIT")) return HEWAL_OK;
    if (st == HEWAL_OK) st = HEWAL_EIO;
    if (st == HEWAL_EIO) return st; /* the caller asks SQLite, then closes */
    hw_db_exec(db, "ROLLBACK");
    return st;
}
