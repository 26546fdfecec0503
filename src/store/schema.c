/* The tables of a store. In: an open SQLite file. Out: the same with our tables in it, or a word about why not.
 *
 * Every fact belongs to an article and points into its text by bytes b..e (substr(text, b + 1, e - b) of the BLOB). Numbers
 * `i` count from 0 within the article, as in its record. Any SQLite program may read all of it.
 *
 *   meta               key, value: what made this file
 *   models             the models that read articles
 *   articles           one row an article: what is known of it, the model that read it (NULL: stored, not annotated);
 *                      published: as given (`given`), else as inferred; date: its first ten letters, or ''; language as the
 *                      language stage names it. sha256: of the text and of what is known of it, to see changes;
 *                      text_sha256: of the text. copy_of: the first report (articles.n) of the group of near-duplicates
 *                      that it belongs to, NULL when it is the first itself or alone
 *   texts              the text exactly as it was given, deflated as in SQLite archives: sqlar_uncompress(texts.text, articles.bytes)
 *                      gives its bytes (the sqlite3 program has this function; packed.c); terms: which terms the index has of it (numbers of index_terms, as
 *                      words.c writes them), to take the article out of `words` again
 *                      bands: those under which `near` has it or would have it, 8 bytes each
 *   index_terms        the terms of the index by number
 *   near, near_new     by what near-duplicates are found: bands, those of the articles added last apart (bands.c); view bands: both
 *   history            what an article was before it was replaced: version from 1, text as in texts
 *   entities           one row a real thing: key is the gazetteer's, else made of type and folded name; entities that an
 *                      article only describes («a minister») belong to that article (key with @). articles, mentions, quotes:
 *                      how many of them, each group of near-duplicates counted once
 *   names              words under which an entity is found: kind 0 folded, 1 its consonants (romanize.c), 2 those of the whole name, 3 all
 *                      words of what is only described, behind an @
 *   spellings          how articles write an entity, in standard orthography; type ROLE: what they call it; n: how often
 *                      (a group counted once), uses: in how many articles
 *   offices            on which days articles call an entity so: n articles of `date` have this spelling of type ROLE
 *   article_entities   which entities are in which article
 *   records            of each article, as JSON arrays of numbers: its entities in the record's order, mentions, times and
 *                      quantities. Read them by the views record_entities, mentions, times, quantities
 *   quotes             who said what: b..e, cue, kind, channel, source (the mention that stands for the speaker) with its place
 *                      and spelling, speaker and addressee (entities), copy: of a near-duplicate (copy_of), sb..se the sentence around it, date and outlet of
 *                      the article; w1..w2: the sentence's words, by number, in the columns form and lemma of `words`, m1..m2 in the
 *                      column more (about.c)
 *   quote_via          who passed the words on
 *   quote_names        whom and what the words of a quote name, by date: what is said about somebody
 *   events             who did what: trigger b..e, type, mode, status, place, time, in_quote (numbers i), date: when it
 *                      happened where the text tells, else the article's; same: the event's first report in another
 *                      article (an id), NULL when this is the first
 *   event_actors, event_targets   who takes part, in the text's order
 *   parties            the same by whom, with the event's date: side 0 for actors, 1 for targets; kind: (type * 8 + mode) * 8 + status, as
 *                      hewal.h numbers them; copy: as in quotes
 *   event_sides        by what reports of one event are found (same.c)
 *   totals             how many there are of what, kept with every commit: articles, annotated, copies, bytes, entities, people,
 *                      quotes, events, mentions (each group once), language:ckb, ...
 *   words              FTS5 index of all articles (rowid = articles.n): title; form, every word folded; lemma, its lemma at
 *                      the same place; more, other lemmas it may have
 *   said, happened, named   views: facts with their words
 */
#include "store/inside.h"


/* Lists of numbers as JSON: one value, so that an article's 30 mentions are one row written and not 60, and still tables to who
 * reads. "PERORGLOCROLE" and the like: the names of the numbers, cut out by place. */
#define TEXT "sqlar_uncompress(x.text, a.bytes)"
#define PART(name) " FROM records r, json_each(r." name ") j"
#define NUMBER(i) "json_extract(j.value, '$[" #i "]')"

#define BANDS(table) "CREATE TABLE " table "(band INTEGER NOT NULL, article INTEGER NOT NULL, PRIMARY KEY(band, article)) WITHOUT ROWID;"
#define BOTH "CREATE VIEW bands AS SELECT band, article FROM near UNION ALL SELECT band, article FROM near_new;"
/* How many bytes of words FTS5 keeps before it writes a segment (1 MB by itself): a batch's. The fewer the segments, the less often
 * they are merged. */
#define LARGE_SEGMENTS "INSERT INTO words(words, rank) VALUES('hashsize', 33554432);"
#define TEXT_OF(x) #x
#define AS_TEXT(x) TEXT_OF(x)
#define VERSION_TEXT AS_TEXT(HW_STORE_VERSION)

static const char schema[] =
    "CREATE TABLE meta(key TEXT PRIMARY KEY, value TEXT) WITHOUT ROWID;"
    "CREATE TABLE models(id INTEGER PRIMARY KEY, name TEXT NOT NULL UNIQUE);"
    "CREATE TABLE articles(n INTEGER PRIMARY KEY, id TEXT NOT NULL UNIQUE, sha256 BLOB NOT NULL, text_sha256 BLOB NOT NULL, title TEXT, published TEXT,"
    " published_inferred INTEGER NOT NULL, outlet TEXT, url TEXT, source TEXT, extra TEXT, origin TEXT, given TEXT, model INTEGER,"
    " added TEXT NOT NULL, date TEXT NOT NULL, language TEXT NOT NULL, bytes INTEGER NOT NULL, copy_of INTEGER);"
    "CREATE INDEX articles_date ON articles(date, n);"
    "CREATE INDEX articles_outlet ON articles(outlet, date, n);"
    "CREATE INDEX articles_copy ON articles(copy_of, outlet, n) WHERE copy_of IS NOT NULL;"
    "CREATE INDEX articles_model ON articles(model, n);"
    "CREATE TABLE texts(article INTEGER PRIMARY KEY, terms BLOB NOT NULL, bands BLOB NOT NULL, text BLOB NOT NULL);"
    "CREATE TABLE index_terms(id INTEGER PRIMARY KEY, term TEXT NOT NULL UNIQUE);"
    BANDS("near") BANDS("near_new") BOTH
    "CREATE TABLE history(article INTEGER NOT NULL, version INTEGER NOT NULL, sha256 BLOB NOT NULL, title TEXT, published TEXT, outlet TEXT, url TEXT,"
    " source TEXT, extra TEXT, origin TEXT, language TEXT NOT NULL, added TEXT NOT NULL, replaced TEXT NOT NULL, bytes INTEGER NOT NULL, text BLOB NOT NULL,"
    " PRIMARY KEY(article, version));"
    "CREATE TABLE entities(id INTEGER PRIMARY KEY, key TEXT NOT NULL UNIQUE, type TEXT NOT NULL, name TEXT, name_ckb TEXT, known INTEGER NOT NULL,"
    " articles INTEGER NOT NULL DEFAULT 0, mentions INTEGER NOT NULL DEFAULT 0, quotes INTEGER NOT NULL DEFAULT 0);"
    "CREATE INDEX entities_quotes ON entities(quotes, mentions, id) WHERE quotes > 0;"
    "CREATE TABLE names(key TEXT NOT NULL, kind INTEGER NOT NULL, entity INTEGER NOT NULL, PRIMARY KEY(key, kind, entity)) WITHOUT ROWID;"
    "CREATE INDEX names_entity ON names(entity);"
    "CREATE TABLE spellings(id INTEGER PRIMARY KEY, entity INTEGER NOT NULL, type TEXT NOT NULL, form TEXT NOT NULL, n INTEGER NOT NULL DEFAULT 0,"
    " uses INTEGER NOT NULL DEFAULT 0, UNIQUE(entity, type, form));"
    "CREATE TABLE offices(spelling INTEGER NOT NULL, date TEXT NOT NULL, n INTEGER NOT NULL, PRIMARY KEY(spelling, date)) WITHOUT ROWID;"
    "CREATE TABLE article_entities(entity INTEGER NOT NULL, article INTEGER NOT NULL, PRIMARY KEY(entity, article)) WITHOUT ROWID;"
    "CREATE TABLE records(article INTEGER PRIMARY KEY, entities TEXT NOT NULL, mentions TEXT NOT NULL, times TEXT NOT NULL, quantities TEXT NOT NULL);"
    "CREATE TABLE quotes(id INTEGER PRIMARY KEY, article INTEGER NOT NULL, i INTEGER NOT NULL, b INTEGER NOT NULL, e INTEGER NOT NULL,"
    " cue_b INTEGER NOT NULL, cue_e INTEGER NOT NULL, sb INTEGER NOT NULL, se INTEGER NOT NULL, kind TEXT NOT NULL, channel TEXT NOT NULL,"
    " source INTEGER, source_b INTEGER, source_e INTEGER, spelling INTEGER, speaker INTEGER, addressee INTEGER, confidence REAL, date TEXT NOT NULL,"
    " copy INTEGER NOT NULL, outlet TEXT, w1 INTEGER NOT NULL, w2 INTEGER NOT NULL, m1 INTEGER NOT NULL, m2 INTEGER NOT NULL, UNIQUE(article, i));"
    "CREATE INDEX quotes_speaker ON quotes(speaker, date, id, copy, channel, outlet);"
    "CREATE INDEX quotes_date ON quotes(date, id, copy);"
    "CREATE TABLE quote_via(quote INTEGER NOT NULL, i INTEGER NOT NULL, entity INTEGER NOT NULL, PRIMARY KEY(quote, i)) WITHOUT ROWID;"
    "CREATE TABLE quote_names(entity INTEGER NOT NULL, date TEXT NOT NULL, quote INTEGER NOT NULL, PRIMARY KEY(entity, date, quote)) WITHOUT ROWID;"
    "CREATE TABLE events(id INTEGER PRIMARY KEY, article INTEGER NOT NULL, i INTEGER NOT NULL, b INTEGER NOT NULL, e INTEGER NOT NULL,"
    " sb INTEGER NOT NULL, se INTEGER NOT NULL, type TEXT NOT NULL, mode TEXT, status TEXT NOT NULL, place INTEGER, time INTEGER,"
    " value TEXT, in_quote INTEGER, confidence REAL, date TEXT NOT NULL, copy INTEGER NOT NULL, same INTEGER, w1 INTEGER NOT NULL, w2 INTEGER NOT NULL, m1 INTEGER NOT NULL, m2 INTEGER NOT NULL, UNIQUE(article, i));"
    "CREATE INDEX events_date ON events(date, id, copy);"
    "CREATE INDEX events_place ON events(place, date, id, copy) WHERE place IS NOT NULL;"
    "CREATE INDEX events_same ON events(same) WHERE same IS NOT NULL;"
    "CREATE TABLE event_actors(event INTEGER NOT NULL, i INTEGER NOT NULL, entity INTEGER NOT NULL, PRIMARY KEY(event, i)) WITHOUT ROWID;"
    "CREATE TABLE event_targets(event INTEGER NOT NULL, i INTEGER NOT NULL, entity INTEGER NOT NULL, PRIMARY KEY(event, i)) WITHOUT ROWID;"
    "CREATE TABLE parties(entity INTEGER NOT NULL, date TEXT NOT NULL, event INTEGER NOT NULL, side INTEGER NOT NULL, kind INTEGER NOT NULL,"
    " copy INTEGER NOT NULL, PRIMARY KEY(entity, date, event, side)) WITHOUT ROWID;"
    "CREATE TABLE event_sides(actor INTEGER NOT NULL, target INTEGER NOT NULL, kind INTEGER NOT NULL, day INTEGER NOT NULL, event INTEGER NOT NULL,"
    " article INTEGER NOT NULL, PRIMARY KEY(actor, target, kind, day, event)) WITHOUT ROWID;"
    "CREATE INDEX event_sides_article ON event_sides(article);"
    "CREATE TABLE totals(what TEXT PRIMARY KEY, n INTEGER NOT NULL) WITHOUT ROWID;"
    "CREATE VIRTUAL TABLE words USING fts5(title, form, lemma, more, content='', tokenize=ascii);" LARGE_SEGMENTS
    "CREATE VIEW record_entities AS SELECT r.article, j.key AS i, " NUMBER(0) " AS entity, " NUMBER(2) " AS name, " NUMBER(3) " AS name_ckb,"
    " " NUMBER(1) " / 100.0 AS confidence" PART("entities") ";"
    "CREATE VIEW mentions AS SELECT r.article, j.key AS i, " NUMBER(0) " AS b, " NUMBER(0) " + " NUMBER(1) " AS e,"
    " substr('PERORGLOCROLE', 3 * " NUMBER(2) " + 1, 3 + (" NUMBER(2) " = 3)) AS type,"
    " json_extract(r.entities, '$[' || " NUMBER(3) " || '][0]') AS entity, " NUMBER(4) " AS spelling, " NUMBER(5) " / 100.0 AS confidence" PART("mentions") ";"
    "CREATE VIEW times AS SELECT r.article, j.key AS i, " NUMBER(0) " AS b, " NUMBER(0) " + " NUMBER(1) " AS e,"
    " rtrim(substr('DATE    TIME    DURATIONSET     ', 8 * " NUMBER(2) " + 1, 8)) AS type, " NUMBER(3) " AS value, " NUMBER(4) " / 100.0 AS confidence" PART("times") ";"
    "CREATE VIEW quantities AS SELECT r.article, j.key AS i, " NUMBER(0) " AS b, " NUMBER(0) " + " NUMBER(1) " AS e, " NUMBER(2) " AS value,"
    " " NUMBER(3) " AS unit, " NUMBER(4) " / 100.0 AS confidence" PART("quantities") ";"
    "CREATE VIEW said AS SELECT q.id, a.id AS article, a.published, a.outlet, s.name AS speaker, s.name_ckb AS speaker_ckb, q.kind, q.channel,"
    " CAST(substr(" TEXT ", q.cue_b + 1, q.cue_e - q.cue_b) AS TEXT) AS cue, CAST(substr(" TEXT ", q.b + 1, q.e - q.b) AS TEXT) AS text, q.b, q.e, q.confidence, a.copy_of"
    " FROM quotes q JOIN articles a ON a.n = q.article JOIN texts x ON x.article = q.article LEFT JOIN entities s ON s.id = q.speaker;"
    "CREATE VIEW happened AS SELECT v.id, a.id AS article, v.date, v.type, v.mode, v.status,"
    " (SELECT group_concat(e.name, '; ') FROM event_actors x JOIN entities e ON e.id = x.entity WHERE x.event = v.id) AS actors,"
    " (SELECT group_concat(e.name, '; ') FROM event_targets x JOIN entities e ON e.id = x.entity WHERE x.event = v.id) AS targets,"
    " CAST(substr(" TEXT ", v.b + 1, v.e - v.b) AS TEXT) AS \"trigger\", CAST(substr(" TEXT ", v.sb + 1, v.se - v.sb) AS TEXT) AS sentence, v.confidence, v.same, a.copy_of"
    " FROM events v JOIN articles a ON a.n = v.article JOIN texts x ON x.article = v.article;"
    "CREATE VIEW named AS SELECT a.id AS article, m.type, e.name, e.name_ckb, CAST(substr(" TEXT ", m.b + 1, m.e - m.b) AS TEXT) AS words, m.b, m.e"
    " FROM mentions m JOIN articles a ON a.n = m.article JOIN texts x ON x.article = m.article LEFT JOIN entities e ON e.id = m.entity;"
    "INSERT INTO meta VALUES('program', 'hewal " HEWAL_VERSION "'), ('version', '" VERSION_TEXT "');";

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
    return hw_db_exec(db, schema) && hw_db_exec(db, "PRAGMA application_id=" AS_TEXT(HW_STORE_APPLICATION) "; PRAGMA user_version=" VERSION_TEXT);
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
        return hw_fail(err, HEWAL_EVERSION, "%s: a store of version %lld, this program has version %d: %s", path, (long long)version, HW_STORE_VERSION,
                       version < HW_STORE_VERSION ? "add the articles to a new store" : "a newer hewal made it");
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
