/* A store that cannot be used says so in one line, and loses nothing. */
#include "store_kit.h"

#include <fcntl.h>
#include <sched.h>
#include <signal.h>
#include <sys/mount.h>
#include <sys/resource.h>

static void cannot_open(const char *path, int mode, hewal_status want, const char *why)
{
    hw_store *s;
    hewal_error err;
    hewal_status got = hw_store_open(&s, kit_model, path, mode, &err);
    if (got != want) fail_msg("%s: status %d (%s), not %d", path, got, err.message, want);
    assert_null(s);
    if (!strstr(err.message, why) || !strstr(err.message, path)) fail_msg("«%s» does not say «%s» of %s", err.message, why, path);
    assert_null(strchr(err.message, '\n'));
}

static void make_store(const char *path, int articles)
{
    hw_store *s = store_open(path, HW_STORE_WRITE);
    for (int i = 0; i < articles; i++) {
        char id[32];
        snprintf(id, sizeof id, "a%d", i);
        store_put(s, store_article(id, STORE_TEXT, "t", STORE_DATE));
    }
    store_commit(s);
    hw_store_close(s);
}

static void sql(const char *path, const char *text)
{
    sqlite3 *db;
    assert_int_equal(sqlite3_open(path, &db), SQLITE_OK);
    assert_int_equal(sqlite3_exec(db, text, NULL, NULL, NULL), SQLITE_OK);
    sqlite3_close(db);
}

static void not_a_store(void **state)
{
    (void)state;
    for (int mode = HW_STORE_READ; mode <= HW_STORE_WRITE; mode++) {
        cannot_open(folder_text("text.db", "This is a text, not a database; it is long enough to look like one ........................................................."), mode,
                    HEWAL_EFORMAT, "not a hewal store");
        size_t n;
        char *s = kit_slurp(in_folder("text.db"), &n);
        assert_int_equal(strncmp(s, "This is a text", 14), 0); /* and it is left alone */
        free(s);
        char path[1024];
        snprintf(path, sizeof path, "%s", in_folder("other.db"));
        sql(path, "CREATE TABLE IF NOT EXISTS mine(x)");
        cannot_open(path, mode, HEWAL_EFORMAT, "not a hewal store");
        assert_int_equal(store_number(path, "SELECT count(*) FROM sqlite_master"), 1);
        snprintf(path, sizeof path, "%s", in_folder("version.db"));
        make_store(path, 1);
        sql(path, "PRAGMA user_version = 99");
        cannot_open(path, mode, HEWAL_EVERSION, "a store of version 99, this program has version 4");
        sql(path, "PRAGMA user_version = 4");
        assert_int_equal(store_number(path, "SELECT count(*) FROM articles"), 1);
        cannot_open(folder_path, mode, HEWAL_EFORMAT, "a folder, not a store");
    }
    cannot_open(in_folder("missing.db"), HW_STORE_READ, HEWAL_EIO, "no store yet");
    cannot_open(folder_text("empty.db", ""), HW_STORE_READ, HEWAL_EFORMAT, "empty");
    make_store(in_folder("empty.db"), 1); /* an empty file becomes one: so SQLite leaves it when it is killed */
    folder_text("file", "x");
    cannot_open(in_folder("file/below/a.db"), HW_STORE_WRITE, HEWAL_EIO, "file");
}

static void damaged(void **state)
{
    (void)state;
    char path[1024];
    snprintf(path, sizeof path, "%s", in_folder("damaged.db"));
    make_store(path, 200);
    size_t n;
    char *s = kit_slurp(path, &n);
    /* cut, and overwritten in the middle: an error or a wrong answer, never a crash */
    for (int k = 0; k < 12; k++) {
        char *copy = malloc(n);
        size_t len = n;
        memcpy(copy, s, n);
        if (k % 2) len = n * (size_t)(k + 1) / 13 / 512 * 512;
        else memset(copy + n * (size_t)(k + 1) / 13, 0xA5, 3000);
        folder_file("damaged.db", copy, len);
        free(copy);
        hw_store *st;
        hewal_error err;
        if (hw_store_open(&st, kit_model, path, HW_STORE_READ, &err) != HEWAL_OK) {
            assert_non_null(strstr(err.message, path));
            continue;
        }
        hw_cursor *c;
        hw_quote_row q;
        if (hw_store_quotes(st, NULL, &c, &err) == HEWAL_OK) {
            while (hw_next_quote(c, &q)) {}
            hw_cursor_close(c);
        }
        hw_stored *x;
        if (hw_store_all(st, &c, &err) == HEWAL_OK) {
            while (hw_next_stored(c, &x)) hw_stored_free(x);
            hw_cursor_close(c);
        }
        hw_store_close(st);
    }
    free(s);
}

static int read_only(void *arg)
{
    (void)arg;
    hw_store *s;
    hewal_error err;
    if (hw_store_open(&s, kit_model, in_folder("ro/a.db"), HW_STORE_WRITE, &err) == HEWAL_OK || !strstr(err.message, "read-only")) {
        fprintf(stderr, "%s\n", err.message);
        return 1;
    }
    if (hw_store_open(&s, kit_model, in_folder("ro/new.db"), HW_STORE_WRITE, &err) == HEWAL_OK || !strstr(err.message, "ro/new.db")) {
        fprintf(stderr, "%s\n", err.message);
        return 2;
    }
    if (hw_store_open(&s, kit_model, in_folder("ro/a.db"), HW_STORE_READ, &err) != HEWAL_OK) { /* but read it can be */
        fprintf(stderr, "%s\n", err.message);
        return 3;
    }
    hw_store_counts c;
    int res = hw_store_count(s, &c, &err) == HEWAL_OK && c.articles == 3 ? 0 : 4;
    hw_store_close(s);
    return res;
}

static void read_only_folder(void **state)
{
    (void)state;
    mkdir(in_folder("ro"), 0755);
    make_store(in_folder("ro/a.db"), 3);
    chmod(in_folder("ro/a.db"), 0444);
    chmod(in_folder("ro"), 0555);
    assert_int_equal(in_child(read_only, NULL, true), 0);
    chmod(in_folder("ro"), 0755);
}

static void locked(void **state)
{
    (void)state;
    char path[1024];
    snprintf(path, sizeof path, "%s", in_folder("locked.db"));
    make_store(path, 2);
    sqlite3 *db;
    assert_int_equal(sqlite3_open(path, &db), SQLITE_OK);
    assert_int_equal(sqlite3_exec(db, "BEGIN IMMEDIATE", NULL, NULL, NULL), SQLITE_OK);
    hw_store *s = store_open(path, HW_STORE_WRITE); /* opening waits for nobody */
    hewal_error err;
    assert_int_equal(store_try(s, store_article("new", STORE_TEXT, "t", STORE_DATE), NULL, &err), HEWAL_EIO);
    assert_non_null(strstr(err.message, "in use by another program"));
    assert_int_equal(store_counts(s).articles, 2); /* reading goes on */
    assert_int_equal(sqlite3_exec(db, "COMMIT", NULL, NULL, NULL), SQLITE_OK);
    sqlite3_close(db);
    assert_int_equal(store_put(s, store_article("new", STORE_TEXT, "t", STORE_DATE)), HW_ADDED);
    store_commit(s);
    hw_store_close(s);
    assert_int_equal(store_number(path, "SELECT count(*) FROM articles"), 3);
}

/* Adds until it fails; how many were committed goes to the file "kept". */
static int add_until_full(void *dir)
{
    char path[1024], kept_path[1024];
    hw_store *s;
    hewal_error err;
    snprintf(path, sizeof path, "%s/full.db", (const char *)dir);
    snprintf(kept_path, sizeof kept_path, "%s", in_folder("kept"));
    int kept = 0;
    hewal_status st = hw_store_open(&s, kit_model, path, HW_STORE_WRITE, &err);
    if (st != HEWAL_OK) return 1;
    for (int i = 0; i < 4000 && st == HEWAL_OK; i++) {
        char id[32];
        snprintf(id, sizeof id, "f%d", i);
        st = store_try(s, store_article(id, STORE_TEXT, "t", STORE_DATE), NULL, &err);
        if (st == HEWAL_OK && i % 10 == 9) {
            st = hw_store_commit(s, &err);
            if (st == HEWAL_OK) kept = i + 1;
        }
    }
    if (st != HEWAL_EIO || (!strstr(err.message, "the disk is full") && !strstr(err.message, "may not grow")) || !strstr(err.message, path)) {
        fprintf(stderr, "status %d: %s\n", st, err.message);
        return 2;
    }
    /* reading goes on in the same store */
    hw_store_counts c;
    if (hw_store_count(s, &c, &err) != HEWAL_OK || c.articles < kept) return 3;
    hw_store_close(s);
    return kept >= 10 ? (kept / 10 > 90 ? 90 : kept / 10) + 5 : 4;
}

static int limited_file(void *arg)
{
    struct rlimit small = {1200000, 1200000};
    signal(SIGXFSZ, SIG_IGN);
    if (setrlimit(RLIMIT_FSIZE, &small) != 0) return 99;
    return add_until_full(arg);
}

static int full_tmpfs(void *arg)
{
    (void)arg;
    if (unshare(CLONE_NEWNS) != 0 || mount("none", "/", NULL, MS_REC | MS_PRIVATE, NULL) != 0 || mount("hewal", in_folder("small"), "tmpfs", 0, "size=1500k") != 0) return 98;
    char dir[1024];
    snprintf(dir, sizeof dir, "%s", in_folder("small"));
    int res = add_until_full(dir);
    char db[1100];
    snprintf(db, sizeof db, "%s/full.db", dir);
    if (res >= 5 && (store_number(db, "SELECT count(*) FROM articles") < (res - 5) * 10 || store_number(db, "SELECT count(*) FROM articles WHERE n NOT IN (SELECT article FROM mentions)"))) res = 6 + 80;
    return res;
}

static void full_disk(void **state)
{
    (void)state;
    char path[1024];
    int res = in_child(limited_file, folder_path, false);
    if (res < 5 || res > 95) fail_msg("ended with %d", res);
    snprintf(path, sizeof path, "%s", in_folder("full.db"));
    store_assert_whole(path);
    int64_t kept = store_number(path, "SELECT count(*) FROM articles");
    assert_true(kept >= (res - 5) * 10);
    hw_store *s = store_open(path, HW_STORE_WRITE); /* with room again it goes on where it was */
    for (int i = 0; i < 300; i++) {
        char id[32];
        snprintf(id, sizeof id, "f%d", i);
        assert_int_equal(store_put(s, store_article(id, STORE_TEXT, "t", STORE_DATE)), i < kept ? HW_SKIPPED : HW_ADDED);
    }
    store_commit(s);
    hw_store_close(s);
    store_assert_whole(path);
    mkdir(in_folder("small"), 0755);
    res = in_child(full_tmpfs, NULL, false);
    if (res == 98) {
        print_message("no tmpfs to be had: only the file limit was tested\n");
        return;
    }
    if (res < 5 || res > 95 || res == 86) fail_msg("on a full tmpfs: ended with %d", res);
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(not_a_store), cmocka_unit_test(damaged), cmocka_unit_test(read_only_folder), cmocka_unit_test(locked),
                                       cmocka_unit_test(full_disk)};
    return cmocka_run_group_tests_name("store_faults", tests, folder_make, folder_remove);
}
