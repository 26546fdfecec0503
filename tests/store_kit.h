/* For tests of the store: articles made on the fly, put with their records. */
#ifndef HEWAL_TESTS_STORE_KIT_H
#define HEWAL_TESTS_STORE_KIT_H
#include "folder.h"

#include "store/store.h"
#include <sqlite3.h>

#define STORE_DATE "2021-07-26"
#define STORE_TEXT                                                                                                     \
    "مستەفا کازمی، سەرۆکوەزیرانی عێراق، لە بەغدا لەگەڵ جۆ بایدن، سەرۆکی ئەمریکا، کۆبووەوە. کازمی گوتی: «پەیوەندییەکانمان لەگەڵ ئەمریکا باشن». " \
    "بایدن لە تویتێکدا ڕایگەیاند کە پشتگیریی عێراق دەکەن."

KIT_UNUSED static hw_article *store_article(const char *id, const char *text, const char *title, const char *published)
{
    hewal_string s = {0};
    char json[16384];
    hw_article *a;
    hewal_error err;
    snprintf(json, sizeof json, "{\"id\": \"%s\", \"text\": \"%s\", \"title\": \"%s\", \"published\": \"%s\", \"outlet\": \"ڕووداو\", \"n\": 7}", id, text, title, published);
    if (hw_article_parse(&a, json, strlen(json), HW_JSONL, "test", &err) != HEWAL_OK) fail_msg("%s", err.message);
    hewal_string_free(&s);
    return a;
}

KIT_UNUSED static hw_store *store_open(const char *path, int mode)
{
    hw_store *s;
    hewal_error err;
    if (hw_store_open(&s, kit_model, path, mode, &err) != HEWAL_OK) fail_msg("%s", err.message);
    return s;
}

/* The text with words behind it that make it an article of its own, the nth, and not a near-duplicate of the others. */
KIT_UNUSED static const char *store_own_text(const char *text, unsigned n)
{
    static const char *const words[] = {"ماڵ", "دار", "ئاو", "کتێب", "ڕێگا", "شاخ", "باران", "سێو", "نان", "خاک"};
    static char out[8192];
    size_t at = (size_t)snprintf(out, sizeof out, "%s", text);
    uint32_t x = n * 2654435761u + 99;
    for (int i = 0; i < 90; i++, x = x * 1664525u + 1013904223u) at += (size_t)snprintf(out + at, sizeof out - at, " %s", words[(x >> 16) % 10]);
    snprintf(out + at, sizeof out - at, ".");
    return out;
}

/* Annotates and puts; the status of the put. Frees the article. */
KIT_UNUSED static hewal_status store_try(hw_store *s, hw_article *a, hw_put_result *did, hewal_error *err)
{
    hewal_record *r;
    assert_int_equal(hewal_annotate(kit_model, a->text, a->text_len, &a->meta, &r, NULL), HEWAL_OK);
    hewal_status st = hw_store_put(s, a, r, NULL, did, err);
    hewal_record_free(r);
    hw_article_free(a);
    return st;
}

KIT_UNUSED static hw_put_result store_put(hw_store *s, hw_article *a)
{
    hw_put_result did;
    hewal_error err;
    if (store_try(s, a, &did, &err) != HEWAL_OK) fail_msg("%s", err.message);
    return did;
}

KIT_UNUSED static void store_commit(hw_store *s)
{
    hewal_error err;
    if (hw_store_commit(s, &err) != HEWAL_OK) fail_msg("%s", err.message);
}

KIT_UNUSED static int64_t store_number(const char *path, const char *sql)
{
    sqlite3 *db;
    sqlite3_stmt *st;
    int64_t n = -1;
    assert_int_equal(sqlite3_open_v2(path, &db, SQLITE_OPEN_READWRITE, NULL), SQLITE_OK);
    if (sqlite3_prepare_v2(db, sql, -1, &st, NULL) != SQLITE_OK) fail_msg("%s: %s", sql, sqlite3_errmsg(db));
    if (sqlite3_step(st) == SQLITE_ROW) n = sqlite3_column_int64(st, 0);
    sqlite3_finalize(st);
    sqlite3_close(db);
    return n;
}

/* The file is whole, and every fact belongs to an article and to entities that are there. */
KIT_UNUSED static void store_assert_whole(const char *path)
{
    sqlite3 *db;
    sqlite3_stmt *st;
    assert_int_equal(sqlite3_open_v2(path, &db, SQLITE_OPEN_READWRITE, NULL), SQLITE_OK);
    assert_int_equal(sqlite3_prepare_v2(db, "PRAGMA integrity_check", -1, &st, NULL), SQLITE_OK);
    assert_int_equal(sqlite3_step(st), SQLITE_ROW);
    assert_string_equal((const char *)sqlite3_column_text(st, 0), "ok");
    sqlite3_finalize(st);
    sqlite3_close(db);
    static const char *const orphans[] = {
        "SELECT count(*) FROM mentions WHERE article NOT IN (SELECT n FROM articles)",
        "SELECT count(*) FROM records WHERE article NOT IN (SELECT n FROM articles)",
        "SELECT count(*) FROM texts WHERE article NOT IN (SELECT n FROM articles)",
        "SELECT count(*) FROM bands WHERE article NOT IN (SELECT n FROM articles WHERE copy_of IS NULL)",
        "SELECT count(*) FROM articles WHERE copy_of NOT IN (SELECT n FROM articles WHERE copy_of IS NULL)",
        "SELECT count(*) FROM quotes WHERE article NOT IN (SELECT n FROM articles)",
        "SELECT count(*) FROM events WHERE article NOT IN (SELECT n FROM articles)",
        "SELECT count(*) FROM article_entities WHERE article NOT IN (SELECT n FROM articles)",
        "SELECT count(*) FROM article_entities WHERE entity NOT IN (SELECT id FROM entities)",
        "SELECT count(*) FROM mentions WHERE entity NOT IN (SELECT id FROM entities)",
        "SELECT count(*) FROM mentions WHERE spelling NOT IN (SELECT id FROM spellings)",
        "SELECT count(*) FROM quotes WHERE speaker NOT IN (SELECT id FROM entities)",
        "SELECT count(*) FROM event_actors WHERE entity NOT IN (SELECT id FROM entities) OR event NOT IN (SELECT id FROM events)",
        "SELECT count(*) FROM event_targets WHERE entity NOT IN (SELECT id FROM entities) OR event NOT IN (SELECT id FROM events)",
        "SELECT count(*) FROM quote_via WHERE entity NOT IN (SELECT id FROM entities) OR quote NOT IN (SELECT id FROM quotes)",
        "SELECT count(*) FROM parties WHERE event NOT IN (SELECT id FROM events)",
        "SELECT count(*) FROM parties p JOIN events v ON v.id = p.event WHERE p.date <> v.date OR p.copy <> v.copy",
        "SELECT count(*) FROM (SELECT entity, event, 0 FROM event_actors UNION SELECT entity, event, 1 FROM event_targets EXCEPT SELECT entity, event, side FROM parties)",
        "SELECT count(*) FROM (SELECT 1 FROM events GROUP BY coalesce(same, id) HAVING sum(copy = 0) > 0 AND sum(copy = 0 AND same IS NULL) = 0)",
        "SELECT count(*) FROM quote_names WHERE quote NOT IN (SELECT id FROM quotes)",
        "SELECT count(*) FROM entities WHERE id NOT IN (SELECT entity FROM article_entities)",
        "SELECT count(*) FROM (SELECT article, entity FROM article_entities EXCEPT SELECT article, entity FROM record_entities)",
        "SELECT count(*) FROM (SELECT article, entity FROM record_entities EXCEPT SELECT article, entity FROM article_entities)",
        "SELECT count(*) FROM offices WHERE spelling NOT IN (SELECT id FROM spellings WHERE type = 'ROLE')",
        "SELECT count(*) FROM spellings s WHERE uses <> (SELECT count(*) FROM mentions m WHERE m.spelling = s.id)",
        "SELECT count(*) FROM spellings s WHERE n <> (SELECT count(*) FROM mentions m JOIN articles a ON a.n = m.article WHERE m.spelling = s.id AND a.copy_of IS NULL)",
        "SELECT count(*) FROM entities e WHERE articles <> (SELECT count(*) FROM article_entities x JOIN articles a ON a.n = x.article WHERE x.entity = e.id AND a.copy_of IS NULL)",
        "SELECT count(*) FROM entities e WHERE quotes <> (SELECT count(*) FROM quotes q JOIN articles a ON a.n = q.article WHERE q.speaker = e.id AND a.copy_of IS NULL)",
        "SELECT count(*) FROM totals WHERE what = 'articles' AND n <> (SELECT count(*) FROM articles)",
        "SELECT count(*) FROM totals WHERE what = 'copies' AND n <> (SELECT count(*) FROM articles WHERE copy_of IS NOT NULL)",
        "SELECT count(*) FROM totals WHERE what = 'entities' AND n <> (SELECT count(*) FROM entities)",
        "SELECT count(*) FROM totals WHERE what = 'events' AND n <> (SELECT count(*) FROM events v JOIN articles a ON a.n = v.article WHERE a.copy_of IS NULL)",
        "SELECT count(*) FROM totals WHERE what = 'quotes' AND n <> (SELECT count(*) FROM quotes q JOIN articles a ON a.n = q.article WHERE a.copy_of IS NULL)",
        "SELECT count(*) FROM totals WHERE what = 'bytes' AND n <> (SELECT sum(bytes) FROM articles)",
        "SELECT count(*) FROM spellings WHERE id NOT IN (SELECT spelling FROM mentions WHERE spelling IS NOT NULL)",
        "SELECT count(*) FROM names WHERE entity NOT IN (SELECT id FROM entities)",
        "SELECT count(*) FROM words_docsize WHERE id NOT IN (SELECT n FROM articles)",
        "SELECT count(*) FROM articles WHERE n NOT IN (SELECT id FROM words_docsize)"};
    for (size_t i = 0; i < sizeof orphans / sizeof *orphans; i++)
        if (store_number(path, orphans[i]) != 0) fail_msg("%s: %lld", orphans[i], (long long)store_number(path, orphans[i]));
}

KIT_UNUSED static hw_store_counts store_counts(hw_store *s)
{
    hw_store_counts c;
    hewal_error err;
    if (hw_store_count(s, &c, &err) != HEWAL_OK) fail_msg("%s", err.message);
    return c;
}
#endif
