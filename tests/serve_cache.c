/* Answers that are kept: given again, noted when they are old, dropped when there are too many; by many threads at once. */
#include "kit.h"

#include "serve/cache.h"
#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>

enum { SLOW = 500 };

static void keep(hw_cache *c, const char *key, const char *body, size_t n, uint64_t version, int64_t ms)
{
    hw_cache_put(c, key, &(hw_cached){.body = {(char *)(uintptr_t)body, n, n}, .type = "t", .version = version}, ms);
}

/* "" when nothing is kept. */
static const char *kept(hw_cache *c, const char *key, uint64_t version, uint64_t *of)
{
    static char text[100];
    hw_cached out;
    text[0] = 0;
    if (!hw_cache_get(c, key, version, &out)) return text;
    snprintf(text, sizeof text, "%.90s", out.body.s);
    if (of) *of = out.version;
    hewal_string_free(&out.body);
    return text;
}

static void gives_again(void **state)
{
    (void)state;
    hw_cache *c = hw_cache_new();
    uint64_t of = 0;
    assert_string_equal(kept(c, "a", 1, NULL), "");
    keep(c, "a", "one", 3, 1, SLOW);
    keep(c, "b", "quick", 5, 1, 1);
    assert_string_equal(kept(c, "a", 1, &of), "one");
    assert_string_equal(kept(c, "b", 1, NULL), "");
    assert_string_equal(kept(c, "a", 2, &of), "one"); /* old, and said to be */
    assert_int_equal(of, 1);
    keep(c, "a", "", 0, 2, 0); /* quick now: no longer kept */
    assert_string_equal(kept(c, "a", 2, NULL), "");
    hw_cache_free(c);
}

static void later_stands(void **state)
{
    (void)state;
    hw_cache *c = hw_cache_new();
    keep(c, "a", "new", 3, 2, 60);
    keep(c, "a", "old", 3, 1, 60000); /* began a minute before */
    assert_string_equal(kept(c, "a", 2, NULL), "new");
    hw_cache_free(c);
}

static void wishes(void **state)
{
    (void)state;
    hw_cache *c = hw_cache_new();
    char *key, name[16];
    for (int i = 0; i < 3; i++) hw_cache_wish(c, "w"); /* once is enough, */
    key = hw_cache_next(c);
    assert_string_equal(key, "w");
    hw_cache_wish(c, "w"); /* also while it is being made */
    free(key);
    for (int i = 0; i < 1000; i++) { /* more than there is room for */
        snprintf(name, sizeof name, "w%d", i);
        hw_cache_wish(c, name);
    }
    key = hw_cache_next(c);
    assert_string_equal(key, "w0");
    free(key);
    hw_cache_end(c);
    assert_null(hw_cache_next(c));
    hw_cache_free(c);
}

static void room(void **state)
{
    (void)state;
    hw_cache *c = hw_cache_new();
    size_t n = 3 << 20;
    char *large = calloc(1, n + (2 << 20));
    char key[16];
    for (int i = 0; i < 40; i++) {
        snprintf(key, sizeof key, "k%d", i);
        large[0] = (char)('A' + i % 26);
        keep(c, key, large, n, 1, SLOW);
        if (i) assert_true(kept(c, "k0", 1, NULL)[0] == 'A'); /* in use */
    }
    assert_string_equal(kept(c, "k1", 1, NULL), "");
    assert_true(kept(c, "k39", 1, NULL)[0] != 0);
    keep(c, "too large", large, n + (2 << 20), 1, SLOW);
    assert_string_equal(kept(c, "too large", 1, NULL), "");
    for (int i = 0; i < 2000; i++) {
        snprintf(key, sizeof key, "s%d", i);
        keep(c, key, "x", 1, 1, SLOW);
    }
    assert_string_equal(kept(c, "s1999", 1, NULL), "x");
    assert_string_equal(kept(c, "s0", 1, NULL), "");
    free(large);
    hw_cache_free(c);
}

static void *work(void *ctx)
{
    hw_cache *c = ctx;
    char key[16], body[20];
    hw_cached out;
    for (int i = 0; i < 3000; i++) {
        snprintf(key, sizeof key, "k%d", i % 700);
        snprintf(body, sizeof body, "%s!", key);
        if (hw_cache_get(c, key, (uint64_t)i, &out)) {
            if (strcmp(out.body.s, body) != 0) abort();
            hewal_string_free(&out.body);
        } else keep(c, key, body, strlen(body), (uint64_t)i, SLOW);
    }
    return NULL;
}

static void *make(void *ctx)
{
    for (char *key; (key = hw_cache_next(ctx)); free(key)) {}
    return NULL;
}

static void threads(void **state)
{
    (void)state;
    hw_cache *c = hw_cache_new();
    pthread_t t[5];
    for (int i = 0; i < 5; i++) pthread_create(&t[i], NULL, i ? work : make, c);
    for (int i = 1; i < 5; i++) pthread_join(t[i], NULL);
    hw_cache_end(c);
    pthread_join(t[0], NULL);
    hw_cache_free(c);
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(gives_again), cmocka_unit_test(later_stands), cmocka_unit_test(wishes), cmocka_unit_test(room),
                                       cmocka_unit_test(threads)};
    return cmocka_run_group_tests_name("serve_cache", tests, NULL, NULL);
}
