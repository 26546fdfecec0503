/* The public interface: what it refuses, broken bytes in every place, many threads with one model, long texts. */
#include "record_form.h"

#include <pthread.h>

static void refuses(const char *text, size_t n, const hewal_meta *meta, hewal_status want)
{
    hewal_record *r = (hewal_record *)(void *)kit_model;
    hewal_error err = {0};
    assert_int_equal(hewal_annotate(kit_model, text, n, meta, &r, &err), want);
    assert_null(r);
    assert_int_equal(err.status, want);
    assert_true(strlen(err.message) > 5);
    assert_null(strchr(err.message, '\n'));
    assert_int_equal(hewal_annotate(kit_model, text, n, meta, &r, NULL), want);
}

static void texts_that_are_too_big(void **state)
{
    (void)state;
    size_t n;
    char *s = kit_repeat(" ", HEWAL_MAX_TEXT + 1, &n);
    refuses(s, n, NULL, HEWAL_ETOOBIG);
    hewal_string out = {0};
    hewal_offset *map = (hewal_offset *)(void *)s;
    size_t n_map = 5;
    assert_int_equal(hewal_normalize(kit_model, s, n, &out, &map, &n_map), HEWAL_ETOOBIG);
    assert_null(map);
    assert_int_equal(n_map, 0);
    hewal_record *r = NULL;
    assert_int_equal(hewal_annotate(kit_model, s, HEWAL_MAX_TEXT, NULL, &r, NULL), HEWAL_OK); /* just as long as may be */
    assert_int_equal(r->n_tokens, 0);
    hewal_record_free(r);
    hewal_string_free(&out);
    free(s);
}

static void dates_that_are_none(void **state)
{
    (void)state;
    static const char *const bad[] = {
        "", "2021", "2021-07", "2021-7-26", "26-07-2021", "2021/07/26", "2021-13-01", "2021-00-10", "2021-01-00", "2021-01-32", "2021-02-29", "2021-04-31",
        "1900-02-29", "2021-07-26x", "2021-07-2٦", "دوێنێ", "\xFF", "2021-07-261", "20210726", " 2021-07-26",
    };
    for (size_t i = 0; i < sizeof bad / sizeof *bad; i++) {
        hewal_meta m = {.published = bad[i]};
        hewal_record *r = NULL;
        if (hewal_annotate(kit_model, "x", 1, &m, &r, NULL) != HEWAL_EINVAL) fail_msg("«%s» was taken for a date", bad[i]);
        refuses("x", 1, &m, HEWAL_EINVAL);
    }
    static const char *const good[] = {"2021-07-26", "2020-02-29", "2000-02-29", "1945-10-24", "2021-07-26T10:30", "2021-07-26T10:30:00Z", "2021-07-26 10:30"};
    for (size_t i = 0; i < sizeof good / sizeof *good; i++) {
        hewal_meta m = {.published = good[i]};
        hewal_record *r = NULL;
        if (hewal_annotate(kit_model, "x", 1, &m, &r, NULL) != HEWAL_OK) fail_msg("«%s» was refused", good[i]);
        assert_non_null(r->published);
        assert_int_equal(strncmp(r->published, good[i], 10), 0);
        assert_int_equal(strlen(r->published), 10); /* YYYY-MM-DD */
        assert_false(r->published_inferred);
        hewal_record_free(r);
    }
    hewal_record_free(NULL);
}

/* The caller's strings may go when hewal_annotate has returned. */
static void the_record_is_its_own(void **state)
{
    (void)state;
    char *text = strdup("سەرۆککۆماری عێراق بەرهەم ساڵح وتی «دێم» لە بەغدا."), *date = strdup("2021-07-26"), *outlet = strdup("ڕووداو"), *title = strdup("سەردێڕ");
    assert_true(text && date && outlet && title);
    hewal_record *r = NULL;
    hewal_string a = {0}, b = {0};
    hewal_meta m = {date, outlet, title};
    assert_int_equal(hewal_annotate(kit_model, text, strlen(text), &m, &r, NULL), HEWAL_OK);
    assert_int_equal(hewal_record_json(r, "x", NULL, &a), HEWAL_OK);
    memset(text, 'q', strlen(text));
    memset(date, 'q', strlen(date));
    memset(outlet, 'q', strlen(outlet));
    memset(title, 'q', strlen(title));
    free(text);
    free(date);
    free(outlet);
    free(title);
    assert_int_equal(hewal_record_json(r, "x", NULL, &b), HEWAL_OK);
    assert_string_equal(a.s, b.s);
    hewal_string_free(&a);
    hewal_string_free(&b);
    hewal_record_free(r);
}

static const char *const broken[] = {
    "\x80", "\xBF", "\x80\xBF\x80", "\xC0\x80", "\xC0\xAF", "\xC1\xBF", "\xE0\x80\x80", "\xE0\x9F\xBF", "\xF0\x80\x80\x80", "\xF0\x8F\xBF\xBF",
    "\xED\xA0\x80", "\xED\xBF\xBF", "\xED\xA0\xBD\xED\xB8\x80", "\xF4\x90\x80\x80", "\xF5\x80\x80\x80", "\xF7\xBF\xBF\xBF", "\xF8\x88\x80\x80\x80",
    "\xFC\x84\x80\x80\x80\x80", "\xFE", "\xFF", "\xFF\xFE", "\xD9", "\xDB", "\xE2", "\xE2\x80", "\xEF\xBB", "\xF0", "\xF0\x9F", "\xF0\x9F\x98", "\x01", "\x7F", "\xC2\x85",
};

/* Every broken sequence before every byte of an article: inside letters too. */
static void broken_bytes_everywhere(void **state)
{
    (void)state;
    const char *s = "د. رووداو وتی: «کازمی ٢٦ی تەمموزی 2021 لە بەغدا گەیشت» pic. twitter. com / x (@ R) July ٢٦";
    const size_t n = strlen(s), step = KIT_SANITIZED ? 3 : 1;
    char buf[400];
    for (size_t i = 0; i < sizeof broken / sizeof *broken; i++) {
        size_t k = strlen(broken[i]);
        for (size_t at = i % step; at <= n; at += step) {
            memcpy(buf, s, at);
            memcpy(buf + at, broken[i], k);
            memcpy(buf + at + k, s + at, n - at);
            form_check(buf, n + k, NULL, "a broken sequence");
            memcpy(buf, s, n); /* and in the place of what stands there */
            if (at + k <= n) {
                memcpy(buf + at, broken[i], k);
                form_check(buf, n, NULL, "a broken sequence in place");
            }
        }
    }
    for (size_t at = 0; at <= n; at++) form_check(s, at, NULL, "a text cut off"); /* inside letters too */
    for (size_t at = 0; at <= n; at++) form_check(s + at, n - at, NULL, "a text begun late");
}

static void broken_samples(void **state)
{
    (void)state;
    kit_read_samples();
    for (size_t i = 0; i < kit_n_samples; i++)
        for (int round = 0; round < 4; round++) {
            char *s = malloc(kit_samples[i].n);
            assert_non_null(s);
            memcpy(s, kit_samples[i].s, kit_samples[i].n);
            for (size_t k = 0; k < kit_samples[i].n; k += 1 + kit_random(200)) s[k] = (char)kit_random(256);
            form_check(s, kit_samples[i].n, NULL, kit_samples[i].name);
            free(s);
        }
    kit_free_samples();
}

static const char *const pieces[] = {
    "سەرۆککۆماری ", "عێراق ", "بەرهەم ساڵح ", "مستەفا کازمی ", "ڕایگەیاند ", "وتی", "دەڵێت", "کە ", "لەگەڵ ", "کۆبووەوە ", "سەردانی ", "کرد", "بەپێی ", "ڕاگەیەندراوێک", "تویتێکی ", "لە ",
    "بەغدا", "هەولێر ", "ئەمریکا ", "وەزارەتی دەرەوەی ", "سەرۆکوەزیرانی ", "د. ", "ئەمڕۆ ", "دوێنێ ", "٢٦ی تەمموزی ٢٠٢١ ", "2021-07-26", "سەعات 10 ", "چوار هەزار ", "٪٥٠ ", "3.5 ملیۆن ", "دۆلار ",
    "کەس ", "ڕۆژی هەینی ", "هەفتەی داهاتوو ", "٩٩٩٩٩٩٩٩٩٩٩٩٩٩٩٩٩٩٩٩٩٩", "/", "0/0/0 ", "32/13/2021 ", "«", "»", "\"", "“", "”", "'", "(", ")", ":", ".", "،", "؟", "...", " ", "   ", "\n", "\n\n",
    "pic. twitter. com / x", "- Rudaw (@ Rudawkurdish) July ٢٦,٢٠٢١", "#", "@", "ەکە", "یان", "ە", "\u200C", "😀", "\xFF", "\xE2\x80", "ئاگربەست ", "هێرشی کردە سەر ", "سزای ", "ڕێککەوتن",
};

static void random_articles(void **state)
{
    (void)state;
    for (int i = 0; i < (KIT_SANITIZED ? 4000 : 20000); i++) {
        size_t n;
        char *s = kit_mix(pieces, sizeof pieces / sizeof *pieces, 1 + kit_random(80), &n);
        hewal_meta m = {.published = "2021-07-26"};
        form_check(s, n, i % 2 ? &m : NULL, "a random article");
        free(s);
    }
}

/* ---- threads ----------------------------------------------------------------------------------------------------------- */

enum { THREADS = 8 };
static char *expected[256];
static volatile int differs;

static char *json_of(const kit_text *t)
{
    hewal_record *r = NULL;
    hewal_string s = {0};
    hewal_meta m = {.published = "2021-07-26"};
    if (hewal_annotate(kit_model, t->s, t->n, &m, &r, NULL) != HEWAL_OK || hewal_record_json(r, t->name, NULL, &s) != HEWAL_OK || hewal_record_conllu(r, &s) != HEWAL_OK ||
        hewal_normalize(kit_model, t->s, t->n, &s, NULL, NULL) != HEWAL_OK) {
        hewal_string_free(&s);
        s.s = strdup("failed");
    }
    hewal_record_free(r);
    return s.s;
}

static void *worker(void *arg)
{
    size_t first = (size_t)(uintptr_t)arg;
    for (size_t k = 0; k < 2 * kit_n_samples; k++) {
        size_t i = (first * 7 + k) % kit_n_samples;
        char *s = json_of(&kit_samples[i]);
        if (!s || strcmp(s, expected[i]) != 0) __atomic_store_n(&differs, 1, __ATOMIC_RELAXED);
        free(s);
    }
    return NULL;
}

static void many_threads_one_model(void **state)
{
    (void)state;
    kit_read_samples();
    for (size_t i = 0; i < kit_n_samples; i++) {
        expected[i] = json_of(&kit_samples[i]);
        assert_non_null(expected[i]);
        assert_string_not_equal(expected[i], "failed");
    }
    pthread_t t[THREADS];
    for (size_t i = 0; i < THREADS; i++) assert_int_equal(pthread_create(&t[i], NULL, worker, (void *)(uintptr_t)i), 0);
    for (size_t i = 0; i < THREADS; i++) pthread_join(t[i], NULL);
    assert_int_equal(differs, 0);
    for (size_t i = 0; i < kit_n_samples; i++) free(expected[i]);
    kit_free_samples();
}

/* ---- long texts through all stages --------------------------------------------------------------------------------------- */

static double seconds(const char *s, size_t n)
{
    double best = 1e9;
    for (int i = 0; i < 2; i++) {
        hewal_record *r = NULL;
        double t = kit_cpu_seconds();
        if (hewal_annotate(kit_model, s, n, NULL, &r, NULL) != HEWAL_OK) fail_msg("cannot annotate %zu bytes", n);
        t = kit_cpu_seconds() - t;
        if (t < best) best = t;
        hewal_record_free(r);
    }
    return best;
}

/* Twice the text takes at most about three times as long, whatever is repeated: each piece is one that some stage counts,
 * pairs or looks around for. */
static void all_stages_are_linear(void **state)
{
    (void)state;
    static const char *const t[] = {
        "\"", "'", "''", "«", "»", "« ", "\"ا ", "(", "(@ ", "ا", "ا ", "1", "1 ", "1.", ".", ". ", "…", "\n", "،", ":", ": ", "\xFF", "a ", "😀", "#", "-", "/", "1/", "%",
        "کورد", "کازمی ", "بەغدا ", "بەغدا، ", "بەغدا و ", "وتی ", "وتی: ", "وتی «", "کە ", "سەرۆکی ", "سەرۆکوەزیرانی عێراق ", "مستەفا کازمی وتی «دێم». ", "ڕایگەیاند کە ", "بەپێی ",
        "کۆبووەوە ", "سەردانی ", "هێرش ", "هێرش بۆ بەغدا ", "ئەو ", "هەزار ", "ملیۆن ", "دوو ", "٢٦ی تەمموز ", "ئەمڕۆ ", "2021 ", "2021-07-26 ", "سەعات ", "لە ", "لەگەڵ ", "ی ", "ڕۆژی ",
        "وەزارەتی ", "وەزیری دەرەوەی ", "بەرپرسێکی ئەمریکی وتی ", "pic. twitter. com ", "- Rudaw (@ R) July ٢٦,٢٠٢١ ", "ئاگربەست لەنێوان عێراق و ئێران ",
    };
    char slow[2000] = "";
    for (size_t i = 0; i < sizeof t / sizeof *t; i++) {
        size_t n, k = strlen(t[i]);
        char *s = kit_repeat(t[i], 1u << (KIT_SANITIZED ? 17 : 18), &n);
        double once = 0, twice = 0;
        bool linear = false;
        for (int attempt = 0; attempt < 3 && !linear; attempt++) {
            once = seconds(s, n / k / 2 * k);
            twice = seconds(s, n);
            linear = twice <= 3 * once + 0.005;
        }
        free(s);
        if (!linear) {
            size_t at = strlen(slow);
            snprintf(slow + at, sizeof slow - at, "\n  «%s» %.2f s, half of it %.2f s", t[i], twice, once);
        }
    }
    if (*slow) fail_msg("more than linear:%s", slow);
}

/* A megabyte of what no article has is read in seconds. */
static void a_megabyte_of_anything(void **state)
{
    (void)state;
    static const char *const t[] = {"\"", "(", "«", "9", "ا", "وتی «ئەو» ", "\xFF", ".\n"};
    for (size_t i = 0; i < sizeof t / sizeof *t; i++) {
        size_t n;
        char *s = kit_repeat(t[i], 1u << 20, &n);
        double sec = seconds(s, n);
        if (sec > (KIT_SANITIZED ? 30 : 3)) fail_msg("1 MB of «%s»: %.1f s", t[i], sec);
        free(s);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(texts_that_are_too_big),
        cmocka_unit_test(dates_that_are_none),
        cmocka_unit_test(the_record_is_its_own),
        cmocka_unit_test(broken_bytes_everywhere),
        cmocka_unit_test(broken_samples),
        cmocka_unit_test(random_articles),
        cmocka_unit_test(many_threads_one_model),
        cmocka_unit_test(all_stages_are_linear),
        cmocka_unit_test(a_megabyte_of_anything),
    };
    return cmocka_run_group_tests(tests, kit_open, kit_close);
}
