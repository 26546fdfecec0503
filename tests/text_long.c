/* Long and degenerate texts: time grows as the text does, and nothing breaks. */
#include "kit.h"

#include "text/text.h"

static double seconds_to_read(const char *s, size_t n)
{
    double best = 1e9;
    for (int i = 0; i < 3; i++) {
        hw_arena a;
        hw_arena_init(&a);
        double t = kit_cpu_seconds();
        hw_text *x = hw_text_read(kit_model, &a, s, n);
        t = kit_cpu_seconds() - t;
        assert_true(!x->tokens.n || x->tokens.v[x->tokens.n - 1].e <= n);
        hw_arena_free(&a);
        if (t < best) best = t;
    }
    return best;
}

static double seconds_to_normalize(const char *s, size_t n)
{
    double best = 1e9;
    for (int i = 0; i < 3; i++) {
        double t = kit_cpu_seconds();
        hewal_string out = kit_normal_n(s, n);
        t = kit_cpu_seconds() - t;
        hewal_string_free(&out);
        if (t < best) best = t;
    }
    return best;
}

/* Twice the text takes at most three times as long; three times over, since other programs run beside. */
static void assert_linear(const char *piece, size_t bytes, double (*seconds)(const char *, size_t))
{
    double once = 0, twice = 0;
    for (int attempt = 0; attempt < 3; attempt++) {
        size_t n;
        char *s = kit_repeat(piece, bytes, &n);
        once = seconds(s, n / strlen(piece) / 2 * strlen(piece));
        twice = seconds(s, n);
        free(s);
        if (twice <= 3 * once + 0.005) return;
    }
    fail_msg("«%s» × %zu: %.3f s, half of it %.3f s", piece, bytes / strlen(piece), twice, once);
}

static const char *const degenerate[] = {
    "\"", "'", "''", "«", "»", "«»", "“", "”", "\" ", " \"", "« ", "' ", " '", "\"ا ", "«\n", " \"ا\n", "\"«“‹'", "\"«“‹' ", " '«a\" ",
    "(", ")", "(@", "(@ ", "(@ a)", "#", "#ا_", "pic. twitter ", "pic. twitter. com / x ", ".", "...", "…", ".\"", ". ", "1.", "a.", "د.", "@",
    "http://", "www.", "www.)", "http://(", "\n", "   \n", "ا\n", "\xFF", "\xE2\x80", "\xF0\x9F\x98", "ا", "ر", "ه\u200C", "ـ", "\u200Fا", "َ", "9", "٣.", "a", "a'", "😀", "ﷲ", "ا ",
};

static void reading_is_linear(void **state)
{
    (void)state;
    for (size_t i = 0; i < sizeof degenerate / sizeof *degenerate; i++) assert_linear(degenerate[i], (KIT_SANITIZED ? 1u : 2u) << 17, seconds_to_read);
}

static void normalizing_is_linear(void **state)
{
    (void)state;
    for (size_t i = 0; i < sizeof degenerate / sizeof *degenerate; i++) assert_linear(degenerate[i], (KIT_SANITIZED ? 1u : 2u) << 17, seconds_to_normalize);
}

static void a_line_of_ten_megabytes(void **state)
{
    (void)state;
    static const char *const t[] = {"کوردستان", "a", "1", "«", "http://a"};
    for (size_t i = 0; i < sizeof t / sizeof *t; i++) {
        size_t n;
        char *s = kit_repeat(t[i], 10u << (KIT_SANITIZED && i > 2 ? 17 : 20), &n);
        hw_arena a;
        hw_arena_init(&a);
        double sec = kit_cpu_seconds();
        hw_text *x = hw_text_read(kit_model, &a, s, n);
        sec = kit_cpu_seconds() - sec;
        assert_int_equal(x->tokens.v[0].b, 0);
        assert_int_equal(x->tokens.v[x->tokens.n - 1].e, n);
        for (uint32_t k = 1; k < x->tokens.n; k++) assert_int_equal(x->tokens.v[k].b, x->tokens.v[k - 1].e);
        hw_arena_free(&a);
        free(s);
        assert_true(sec < 20);
    }
}

/* More quotations than an index of 16 bits can name: those beyond are not kept, and none gets another's number. */
static void very_many_quotations(void **state)
{
    (void)state;
    size_t n;
    char *s = kit_repeat("«ا» ", 80000 * strlen("«ا» "), &n);
    hw_arena a;
    hw_arena_init(&a);
    hw_text *x = hw_text_read(kit_model, &a, s, n);
    assert_int_equal(x->tokens.n, 240000);
    assert_int_equal(x->quotations.n, 65534);
    for (uint32_t i = 0; i < x->tokens.n; i++) {
        uint16_t q = x->tokens.v[i].quotation;
        assert_int_equal(q, i % 3 == 1 && i / 3 < 65534 ? i / 3 + 1 : 0);
    }
    hw_arena_free(&a);
    free(s);
}

static void very_deep_nesting(void **state)
{
    (void)state;
    char s[8000] = "";
    for (int i = 0; i < 100; i++) strcat(s, "«a ");
    for (int i = 0; i < 100; i++) strcat(s, "b» ");
    hw_arena a;
    hw_arena_init(&a);
    hw_text *x = hw_text_read(kit_model, &a, s, strlen(s));
    assert_true(x->quotations.n >= 1);
    for (uint32_t i = 0; i < x->quotations.n; i++) assert_true(x->quotations.v[i].outer <= i);
    hw_arena_free(&a);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(reading_is_linear),
        cmocka_unit_test(normalizing_is_linear),
        cmocka_unit_test(a_line_of_ten_megabytes),
        cmocka_unit_test(very_many_quotations),
        cmocka_unit_test(very_deep_nesting),
    };
    return cmocka_run_group_tests(tests, kit_open, kit_close);
}
