/* libhewal_fts5.so in a program that knows nothing of hewal: it loads, finds any form from any other, marks the bytes of the
 * text as it was given, stands any input, and works in many threads. The library lies in the build folder above this test. */
#include "kit.h"

#include <pthread.h>
#include <sqlite3.h>
#include <unistd.h>

static char library[4096];

static sqlite3 *open_db(void)
{
    sqlite3 *db;
    char *why = NULL;
    if (sqlite3_open(":memory:", &db) != SQLITE_OK || sqlite3_enable_load_extension(db, 1) != SQLITE_OK) return NULL;
    if (sqlite3_load_extension(db, library, NULL, &why) == SQLITE_OK) return db;
    fprintf(stderr, "%s\n", why ? why : "?");
    sqlite3_free(why);
    sqlite3_close(db);
    return NULL;
}

static bool run(sqlite3 *db, const char *sql)
{
    return sqlite3_exec(db, sql, NULL, NULL, NULL) == SQLITE_OK;
}

/* The rows of a query with one parameter, joined by |. */
static void ask(sqlite3 *db, const char *sql, const char *query, char *out, size_t size)
{
    sqlite3_stmt *st = NULL;
    int rc;
    *out = 0;
    if (sqlite3_prepare_v2(db, sql, -1, &st, NULL) != SQLITE_OK) {
        snprintf(out, size, "%s", sqlite3_errmsg(db));
        return;
    }
    sqlite3_bind_text(st, 1, query, -1, SQLITE_STATIC);
    while ((rc = sqlite3_step(st)) == SQLITE_ROW) snprintf(out + strlen(out), size - strlen(out), "%s%s", *out ? "|" : "", (const char *)sqlite3_column_text(st, 0));
    if (rc != SQLITE_DONE) snprintf(out, size, "%s", sqlite3_errmsg(db));
    sqlite3_finalize(st);
}

static const char news[] =
    "CREATE VIRTUAL TABLE news USING fts5(title, text, tokenize = 'hewal');"
    "INSERT INTO news VALUES('', 'بوومەلەرزەیەکی بەهێز لە باکووری تورکیا ڕوویدا.'), ('لافاو لە دهۆک', 'لافاوه‌كان زیانیان گه‌یاند'), ('', 'نرخی نەوت دابەزی. 2021'), ('', 'بەرپرسەکە هیچی نەوت.'), ('', 'Kurdish news in Erbil');";

static void finds(void **state)
{
    (void)state;
    static const struct { const char *query, *marked; } all[] = {
        {"بومەلەرزەکان", "[بوومەلەرزەیەکی] بەهێز لە باکووری تورکیا ڕوویدا."}, {"بوومه‌له‌رزه", "[بوومەلەرزەیەکی] بەهێز لە باکووری تورکیا ڕوویدا."}, {"لافاو", "[لافاوه‌كان] زیانیان گه‌یاند"},
        {"lafaw", "[لافاوه‌كان] زیانیان گه‌یاند"}, {"\"نرخەکانی نەوت\"", "[نرخی نەوت] دابەزی. 2021"}, {"بومەلە*", "[بوومەلەرزەیەکی] بەهێز لە باکووری تورکیا ڕوویدا."}, {"٢٠٢١", "نرخی نەوت دابەزی. [2021]"},
        {"erbil", "Kurdish news in [Erbil]"}, {"title : لافاو", "لافاوه‌كان زیانیان گه‌یاند"}, {"باکوور AND تورکیا", "بوومەلەرزەیەکی بەهێز لە [باکووری] [تورکیا] ڕوویدا."}, {"نرخ NOT نەوت", ""}, {"qwertz", ""}};
    sqlite3 *db = open_db();
    assert_non_null(db);
    assert_true(run(db, news));
    for (size_t i = 0; i < sizeof all / sizeof *all; i++) {
        char got[1024];
        ask(db, "SELECT highlight(news, 1, '[', ']') FROM news WHERE news MATCH ?1 ORDER BY rank", all[i].query, got, sizeof got);
        if (strcmp(got, all[i].marked) != 0) fail_msg("%s: %s, not %s", all[i].query, got, all[i].marked);
    }
    char got[1024];
    ask(db, "SELECT snippet(news, 1, '[', ']', '…', 3) FROM news WHERE news MATCH ?1", "تورکیا", got, sizeof got);
    assert_non_null(strstr(got, "[تورکیا]"));
    assert_true(run(db, "CREATE VIRTUAL TABLE forms USING fts5(text, tokenize = 'hewal exact'); INSERT INTO forms VALUES('لافاوه‌كان');"));
    ask(db, "SELECT rowid FROM forms WHERE forms MATCH ?1", "لافاو", got, sizeof got);
    assert_string_equal(got, "");
    ask(db, "SELECT rowid FROM forms WHERE forms MATCH ?1", "لافاوەکان", got, sizeof got);
    assert_string_equal(got, "1");
    assert_false(run(db, "CREATE VIRTUAL TABLE bad USING fts5(text, tokenize = 'hewal nonsense')"));
    assert_true(run(db, "INSERT INTO news(news) VALUES('integrity-check')"));
    assert_true(run(db, "DELETE FROM news WHERE rowid = 1; INSERT INTO news(news) VALUES('rebuild'); INSERT INTO news(news) VALUES('integrity-check')"));
    sqlite3_close(db);
}

/* Any bytes: marks stand between characters, and without them the text is what it was. */
static void any_text(void **state)
{
    (void)state;
    static const char *const pieces[] = {"لافاو", "ه‌", "كان ", " ", "\xFF", "\xD9", "٣", "a", "\n", "ـ", "\xEF\xBB\xBF", "‏", "،", "\"", "و", "ئەوەی ", "\xF0\x9F\x98\x80", "زۆر"};
    sqlite3 *db = open_db();
    sqlite3_stmt *put, *get;
    assert_non_null(db);
    assert_true(run(db, "CREATE VIRTUAL TABLE news USING fts5(text, tokenize = 'hewal')"));
    assert_int_equal(sqlite3_prepare_v2(db, "INSERT INTO news VALUES(?1)", -1, &put, NULL), SQLITE_OK);
    for (int i = 0; i < 300; i++) {
        size_t n;
        char *s = kit_mix(pieces, sizeof pieces / sizeof *pieces, 1 + kit_random(40), &n);
        sqlite3_bind_text(put, 1, s, (int)n, SQLITE_TRANSIENT);
        assert_int_equal(sqlite3_step(put), SQLITE_DONE);
        sqlite3_reset(put);
        free(s);
    }
    unsigned rows = 0;
    assert_int_equal(sqlite3_prepare_v2(db, "SELECT replace(replace(highlight(news, 0, '[[', ']]'), '[[', ''), ']]', '') = text FROM news WHERE news MATCH 'لافاو OR زۆر OR ٣ OR a'", -1, &get, NULL), SQLITE_OK);
    for (; sqlite3_step(get) == SQLITE_ROW; rows++) assert_int_equal(sqlite3_column_int(get, 0), 1);
    assert_true(rows > 50);
    sqlite3_finalize(put);
    sqlite3_finalize(get);
    for (int i = 0; i < 300; i++) { /* queries, too */
        size_t n;
        char *s = kit_mix(pieces, sizeof pieces / sizeof *pieces, 1 + kit_random(6), &n), *z = strndup(s, n), got[64];
        ask(db, "SELECT count(*) FROM news WHERE news MATCH ?1", z, got, sizeof got);
        free(s);
        free(z);
    }
    assert_true(run(db, "INSERT INTO news(news) VALUES('integrity-check')"));
    sqlite3_close(db);
}

static void *one_thread(void *failed)
{
    char got[256] = "";
    for (int i = 0; i < 3; i++) {
        sqlite3 *db = open_db();
        if (!db || !run(db, news)) *(bool *)failed = true;
        else ask(db, "SELECT highlight(news, 1, '[', ']') FROM news WHERE news MATCH ?1", "بومەلەرزەکان", got, sizeof got);
        if (!strstr(got, "[بوومەلەرزەیەکی]")) *(bool *)failed = true;
        sqlite3_close(db);
    }
    return NULL;
}

static void threads(void **state)
{
    (void)state;
    pthread_t t[6];
    bool failed[6] = {false};
    for (int i = 0; i < 6; i++) assert_int_equal(pthread_create(&t[i], NULL, one_thread, &failed[i]), 0);
    for (int i = 0; i < 6; i++) pthread_join(t[i], NULL);
    for (int i = 0; i < 6; i++) assert_false(failed[i]);
}

static void no_model(void **state)
{
    (void)state;
    char *before = getenv("HEWAL_MODEL"), *kept = before ? strdup(before) : NULL, *why = NULL;
    sqlite3 *db;
    setenv("HEWAL_MODEL", "/nowhere/ckb.model", 1);
    assert_int_equal(sqlite3_open(":memory:", &db), SQLITE_OK);
    sqlite3_enable_load_extension(db, 1);
    assert_int_not_equal(sqlite3_load_extension(db, library, NULL, &why), SQLITE_OK);
    assert_non_null(strstr(why, "hewal: /nowhere/ckb.model: "));
    sqlite3_free(why);
    sqlite3_close(db);
    if (kept) setenv("HEWAL_MODEL", kept, 1);
    else unsetenv("HEWAL_MODEL");
    free(kept);
}

int main(void)
{
    ssize_t n = readlink("/proc/self/exe", library, sizeof library - 64);
    if (n <= 0) return 1;
    library[n] = 0;
    strcpy(strrchr(library, '/'), "/../libhewal_fts5.so");
    const struct CMUnitTest tests[] = {cmocka_unit_test(finds), cmocka_unit_test(any_text), cmocka_unit_test(threads), cmocka_unit_test(no_model)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
