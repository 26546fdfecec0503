/* Reading as a server needs it: one state of the store for several calls, a version, a limit of time. */
#include "store_kit.h"

#include <time.h>

static const char *path;
static hw_store *writer, *reader;

static int open_both(void **state)
{
    if (folder_make(state) != 0) return -1;
    path = in_folder("s.db");
    writer = store_open(path, HW_STORE_WRITE);
    store_put(writer, store_article("1", STORE_TEXT, "", STORE_DATE));
    store_commit(writer);
    reader = store_open(path, HW_STORE_READ);
    return 0;
}

static int close_both(void **state)
{
    hw_store_close(reader);
    hw_store_close(writer);
    return folder_remove(state);
}

static int64_t articles(hw_store *s)
{
    hw_store_counts n;
    hewal_error err;
    if (hw_store_count(s, &n, &err) != HEWAL_OK) fail_msg("%s", err.message);
    return n.articles;
}

static void put_another(const char *id)
{
    store_put(writer, store_article(id, STORE_TEXT, "", STORE_DATE));
    store_commit(writer);
}

static void one_state(void **state)
{
    (void)state;
    hewal_error err;
    int64_t before = articles(reader);
    assert_int_equal(hw_store_read_begin(reader, &err), HEWAL_OK);
    assert_int_equal(articles(reader), before); /* the state is that of the first look */
    put_another("2");
    assert_int_equal(articles(reader), before);
    hw_store_read_end(reader);
    assert_int_equal(articles(reader), before + 1);
    hw_store_read_end(reader); /* nothing to end */
}

static void versions(void **state)
{
    (void)state;
    uint64_t v = hw_store_version(reader);
    articles(reader);
    assert_int_equal(hw_store_version(reader), v);
    put_another("3");
    assert_int_not_equal(hw_store_version(reader), v);
}

/* Counts all pairs of a large table over and over: only the limit ends it. */
static hewal_status long_call(hewal_error *err)
{
    hw_tally_row *v = NULL;
    size_t n;
    hewal_status st = HEWAL_OK;
    for (int i = 0; i < 1000000 && st == HEWAL_OK; i++) {
        st = hw_store_tally(reader, HW_TALLY_EVENTS, NULL, "actor", "month", 0, &v, &n, err);
        free(v);
    }
    return st;
}

static void limits(void **state)
{
    (void)state;
    hewal_error err;
    static atomic_bool stop;
    for (int i = 0; i < 40; i++) {
        char id[16];
        snprintf(id, sizeof id, "l%d", i);
        store_put(writer, store_article(id, STORE_TEXT STORE_TEXT STORE_TEXT STORE_TEXT, "", STORE_DATE));
    }
    store_commit(writer);
    struct timespec a, b;
    clock_gettime(CLOCK_MONOTONIC, &a);
    hw_store_limit(reader, 200, NULL);
    assert_int_not_equal(long_call(&err), HEWAL_OK);
    assert_true(hw_store_limit_passed(reader));
    clock_gettime(CLOCK_MONOTONIC, &b);
    assert_true(b.tv_sec - a.tv_sec < 30);
    hw_store_limit(reader, 0, &stop);
    assert_false(hw_store_limit_passed(reader));
    assert_true(articles(reader) > 0);
    atomic_store(&stop, true);
    assert_int_not_equal(long_call(&err), HEWAL_OK);
    assert_true(hw_store_limit_passed(reader));
    hw_store_limit(reader, 0, NULL);
    assert_true(articles(reader) > 0);
}

static void tallies(void **state)
{
    (void)state;
    hw_tally_row *v = NULL;
    size_t n;
    hewal_error err;
    static const char *const wrong[] = {"colour", "", "day; DROP TABLE quotes", "type"};
    for (size_t i = 0; i < sizeof wrong / sizeof *wrong; i++) {
        assert_int_equal(hw_store_tally(reader, HW_TALLY_QUOTES, NULL, wrong[i], NULL, 0, &v, &n, &err), HEWAL_EINVAL);
        assert_null(v);
    }
    assert_int_equal(hw_store_tally(reader, HW_TALLY_QUOTES, NULL, "speaker", "channel", 0, &v, &n, &err), HEWAL_EINVAL);
    assert_int_equal(hw_store_tally(reader, HW_TALLY_QUOTES, NULL, "speaker", "year", 1, &v, &n, &err), HEWAL_OK);
    assert_int_equal(n, 1);
    assert_string_equal(v[0].period, "2021");
    assert_string_equal(v[0].entity.type, "PER");
    assert_int_equal(v[0].n, v[0].total);
    free(v);
    hw_pair_row *p = NULL;
    static const char *const types[] = {"consult", "CONSULT'", "CONSULT) OR (1", ",", ""};
    for (size_t i = 0; i < sizeof types / sizeof *types; i++) assert_int_equal(hw_store_pairs(reader, NULL, types[i], 0, &p, &n, &err), HEWAL_EINVAL);
    assert_int_equal(hw_store_pairs(reader, NULL, "CONSULT,SUPPORT", 0, &p, &n, &err), HEWAL_OK);
    assert_true(n > 0);
    free(p);
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(one_state), cmocka_unit_test(versions), cmocka_unit_test(limits), cmocka_unit_test(tallies)};
    return cmocka_run_group_tests_name("store_reading", tests, open_both, close_both);
}
