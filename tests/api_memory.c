/* Memory that runs out, at every place where any is asked for: HEWAL_ENOMEM, nothing kept, nothing leaked (ASan).
 *
 * The files of the library that ask for memory are compiled in here anew, so that what they ask goes through `allowed`;
 * the linker then leaves the library's own out. */
#include "kit.h"

#include <jansson.h>

static long until_failure = -1; /* how many more succeed; -1: all */
static bool only_one;           /* later ones succeed again */
static long asked;

static bool allowed(void)
{
    asked++;
    if (until_failure < 0) return true;
    if (until_failure-- > 0) return true;
    until_failure = only_one ? -1 : 0;
    return false;
}

static void *test_malloc_(size_t n) { return allowed() ? malloc(n) : NULL; }
static void *test_calloc_(size_t n, size_t size) { return allowed() ? calloc(n, size) : NULL; }
static void *test_realloc_(void *p, size_t n) { return allowed() ? realloc(p, n) : NULL; }

#define malloc(n) test_malloc_(n)
#define calloc(n, size) test_calloc_((n), (size))
#define realloc(p, n) test_realloc_((p), (n))
/* Within the arena every request counts, not only those that need a new block. */
#define hw_alloc block_alloc
#define hw_calloc block_calloc
#define hw_strndup block_strndup
#include "../src/base/arena.c"
#undef hw_alloc
#undef hw_calloc
#undef hw_strndup

void *hw_alloc(hw_arena *a, size_t size);
void *hw_calloc(hw_arena *a, size_t n, size_t size);
char *hw_strndup(hw_arena *a, const char *s, size_t n);

static bool count_requests;

static void request(hw_arena *a)
{
    if (count_requests && !allowed()) out_of_memory(a);
}

void *hw_alloc(hw_arena *a, size_t size)
{
    request(a);
    return block_alloc(a, size);
}

void *hw_calloc(hw_arena *a, size_t n, size_t size)
{
    request(a);
    return block_calloc(a, n, size);
}

char *hw_strndup(hw_arena *a, const char *s, size_t n)
{
    request(a);
    return block_strndup(a, s, n);
}

#include "../src/base/buf.c"
#include "../src/record/json.c"
#include "../src/model/model.c"
#include "../src/record/record.c"
#include "../src/text/normalize.c"
#undef malloc
#undef calloc
#undef realloc

static const char text[] =
    "سەرۆکوەزیرانی عێراق مستەفا کازمی ڕۆژی ٢٦ی تەمموزی ٢٠٢١ لە واشنتن لەگەڵ جۆ بایدن کۆبووەوە.\n"
    "وتی: «ئێمە چوار هەزار سەربازمان هەیە» و سەردانی هەولێری کرد. بەگوێرەی ڕاگەیەندراوێک، ئێران هێرشی کردە سەر بەغدا.\n"
    "كوردي ھه\u200Cولێر رووداو pic. twitter. com / x ٠ Zk - Rudaw (@ Rudawkurdish) July ٢٦,٢٠٢١ \xFF";

static void allow(long n, bool one)
{
    until_failure = n;
    only_one = one;
    asked = 0;
}

static char *whole_json;

/* Annotates while the n-th request fails; true when none failed. */
static bool annotates(long n, bool one)
{
    hewal_record *r = (hewal_record *)(void *)kit_model;
    hewal_error err = {0};
    hewal_meta m = {"2021-07-26", "ڕووداو", "سەردێڕ"};
    allow(n, one);
    hewal_status s = hewal_annotate(kit_model, text, sizeof text - 1, &m, &r, &err);
    bool failed = asked > n;
    allow(-1, false);
    if (!failed) {
        assert_int_equal(s, HEWAL_OK);
    } else if (s == HEWAL_OK) { /* somebody did without: then the record is whole */
        assert_non_null(r);
    } else {
        assert_int_equal(s, HEWAL_ENOMEM);
        assert_null(r);
        assert_int_equal(err.status, HEWAL_ENOMEM);
        assert_true(*err.message);
    }
    if (s == HEWAL_OK) {
        hewal_string j = {0};
        assert_int_equal(hewal_record_json(r, "x", NULL, &j), HEWAL_OK);
        assert_string_equal(j.s, whole_json);
        hewal_string_free(&j);
        hewal_record_free(r);
    }
    return !failed;
}

static void annotating(void **state)
{
    (void)state;
    hewal_record *r = NULL;
    hewal_string j = {0};
    hewal_meta m = {"2021-07-26", "ڕووداو", "سەردێڕ"};
    assert_int_equal(hewal_annotate(kit_model, text, sizeof text - 1, &m, &r, NULL), HEWAL_OK);
    assert_int_equal(hewal_record_json(r, "x", NULL, &j), HEWAL_OK);
    hewal_record_free(r);
    whole_json = j.s;
    count_requests = false;
    for (long n = 0; !annotates(n, true); n++) assert_true(n < 1000);
    for (long n = 0; !annotates(n, false); n++) assert_true(n < 1000);
    count_requests = true;
    for (long n = 0; !annotates(n, true); n += 1 + (KIT_SANITIZED ? n / 400 : 0)) assert_true(n < 1000000);
    count_requests = false;
    hewal_string_free(&j);
}

typedef hewal_status (*writer)(const hewal_record *r, hewal_string *out);

static hewal_status as_json(const hewal_record *r, hewal_string *out)
{
    return hewal_record_json(r, "id", "\"title\":\"x\"", out);
}

/* A string that holds something already keeps it, and nothing else, when writing fails. */
static void writing(void **state)
{
    (void)state;
    hewal_record *r = NULL;
    assert_int_equal(hewal_annotate(kit_model, text, sizeof text - 1, NULL, &r, NULL), HEWAL_OK);
    static const writer writers[] = {as_json, hewal_record_conllu};
    for (size_t w = 0; w < 2; w++)
        for (int before = 0; before < 2; before++)
            for (long n = 0;; n++) {
                hewal_string s = {0};
                if (before) {
                    hw_buf b = hw_buf_on(&s);
                    hw_puts(&b, "before");
                }
                allow(n, true);
                hewal_status st = writers[w](r, &s);
                bool failed = asked > n;
                allow(-1, false);
                assert_int_equal(st, failed ? HEWAL_ENOMEM : HEWAL_OK);
                if (failed) {
                    assert_int_equal(s.len, before ? 6 : 0);
                    if (s.s) assert_string_equal(s.s, before ? "before" : "");
                }
                hewal_string_free(&s);
                if (!failed) break;
                assert_true(n < 1000);
            }
    hewal_record_free(r);
}

static void normalizing(void **state)
{
    (void)state;
    static const hewal_normalizing some[] = {{HEWAL_FIX_WORDS, NULL}, {HEWAL_FIX_ALL, NULL}, {HEWAL_FIX_ALL | HEWAL_FIX_LEXICON, "ali-k"}};
    for (int requests = 0; requests < 6; requests++)
        for (int with_map = 0; with_map < 2; with_map++)
            for (long n = 0;; n += requests < 2 ? 1 : 1 + n / 40) {
                hewal_string s = {0};
                hewal_offset *map = (hewal_offset *)(void *)kit_model;
                size_t n_map = 7;
                count_requests = requests & 1;
                allow(n, true);
                hewal_status st = hewal_normalize_with(kit_model, text, sizeof text - 1, &some[requests / 2], &s, with_map ? &map : NULL, with_map ? &n_map : NULL);
                bool failed = asked > n;
                allow(-1, false);
                count_requests = false;
                assert_int_equal(st, failed ? HEWAL_ENOMEM : HEWAL_OK);
                if (failed) {
                    assert_int_equal(s.len, 0);
                    if (with_map) assert_null(map);
                    if (with_map) assert_int_equal(n_map, 0);
                } else if (with_map) {
                    free(map);
                }
                hewal_string_free(&s);
                if (!failed) break;
                assert_true(n < 100000);
            }
}

static void opening(void **state)
{
    (void)state;
    for (long n = 0;; n++) {
        hewal_model *m = kit_model;
        hewal_error err = {0};
        allow(n, true);
        hewal_status s = hewal_model_open(&m, NULL, &err);
        bool failed = asked > n;
        allow(-1, false);
        assert_int_equal(s, failed ? HEWAL_ENOMEM : HEWAL_OK);
        if (failed) assert_null(m);
        hewal_model_close(m);
        if (!failed) break;
        assert_true(n < 100);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(annotating),
        cmocka_unit_test(writing),
        cmocka_unit_test(normalizing),
        cmocka_unit_test(opening),
    };
    return cmocka_run_group_tests(tests, kit_open, kit_close);
}
