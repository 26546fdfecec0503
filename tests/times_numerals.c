/* Numbers that stand alone: words to values and back. */
#include "kit.h"

#include "times/numerals.h"

#include <math.h>

static hewal_number value_of(const char *s)
{
    hewal_number n;
    if (hewal_number_value(kit_model, s, strlen(s), &n) != HEWAL_OK) fail_msg("«%s» is not read", s);
    return n;
}

static void assert_words(const char *figures, const char *want)
{
    hewal_string s = {0};
    hewal_number n = value_of(figures);
    assert_int_equal(hewal_number_words(kit_model, &n, &s), HEWAL_OK);
    if (strcmp(s.s, want) != 0) fail_msg("%s is «%s», not «%s»", figures, s.s, want);
    hewal_string_free(&s);
}

static void assert_figures(const char *words, const char *want)
{
    hewal_string s = {0};
    hewal_number n = value_of(words);
    assert_int_equal(hw_number_figures(kit_model, &n, &s), HEWAL_OK);
    if (strcmp(s.s, want) != 0) fail_msg("«%s» is %s, not %s", words, s.s, want);
    hewal_string_free(&s);
}

/* A number in words, and these read. */
static void assert_round(hewal_number n, hewal_string *s)
{
    hewal_number again = {0};
    s->len = 0;
    assert_int_equal(hewal_number_words(kit_model, &n, s), HEWAL_OK);
    hewal_status status = hewal_number_value(kit_model, s->s, s->len, &again);
    if (status != HEWAL_OK || again.value != n.value || again.decimals != n.decimals || again.percent != n.percent || again.ordinal != n.ordinal)
        fail_msg("%.*f: «%s» is read as %.*f", (int)n.decimals, n.value, s->s, (int)again.decimals, again.value);
}

static void written(void **state)
{
    (void)state;
    static const struct { const char *figures, *words; } list[] = {
        {"0", "سفر"},
        {"7", "حەوت"},
        {"25", "بیست و پێنج"},
        {"101", "سەد و یەک"},
        {"1000", "هەزار"},
        {"1988", "هەزار و نۆسەد و هەشتا و هەشت"},
        {"2003", "دوو هەزار و سێ"},
        {"1000000", "یەک ملیۆن"},
        {"1001000", "یەک ملیۆن و هەزار"},
        {"1,250,000", "یەک ملیۆن و دووسەد و پەنجا هەزار"},
        {"٣٬٠٠٠٬٠٠٠٬٠٠١", "سێ ملیار و یەک"},
        {"۱۴۰۰", "هەزار و چوارسەد"},
        {"2 ملیۆن", "دوو ملیۆن"},
        {"٣٫٥ ملیۆن", "سێ ملیۆن و پێنجسەد هەزار"},
        {"1000000000000000", "هەزار تریلیۆن"},
        {"3.05", "سێ پۆینت سفر پێنج"},
        {"٢٫٥٠", "دوو پۆینت پەنجا"},
        {"3.1415", "سێ پۆینت یەک چوار یەک پێنج"},
        {"2.0", "دوو پۆینت سفر"},
        {"-5", "سالب پێنج"},
        {"−5.25", "سالب پێنج پۆینت بیست و پێنج"},
        {"٥٪", "لە سەدا پێنج"},
        {"%12", "لە سەدا دوازدە"},
        {"٢٫٥%", "لە سەدا دوو پۆینت پێنج"},
        {"٣ەم", "سێیەم"},
        {"21ەم", "بیست و یەکەم"},
        {"30ەمین", "سییەم"},
        {"100ەم", "سەدەم"},
        {"250ەم", "دووسەد و پەنجایەم"},
        {"2000ەم", "دوو هەزارەم"},
    };
    for (size_t i = 0; i < sizeof list / sizeof *list; i++) assert_words(list[i].figures, list[i].words);
}

static void read(void **state)
{
    (void)state;
    static const struct { const char *words, *figures; } list[] = {
        {"بیست و پێنج", "25"},
        {"سەد و یەک", "101"},
        {"دوو هەزار و سێ", "2003"},
        {"دوو سەد و سی", "230"},
        {"پێنج سەد", "500"},
        {"یەک ملیۆن و نیو", "1500000"},
        {"ملیۆنێک و دوو هەزار", "1002000"},
        {"نیو ملیۆن", "500000"},
        {"سێ و نیو", "3.5"},
        {"دوو و چارەک", "2.25"},
        {"نیو", "0.5"},
        {"سێ پۆینت پێنج ملیۆن", "3500000"},
        {"سێ فاریزە سفر پێنج", "3.05"},
        {"چوار پۆینت بیست و پێنج", "4.25"},
        {"٢٥ هەزار و ٣٠٠", "25300"},
        {"١٢٣٬٤٥٦٫٧٨", "123456.78"},
        {"نێگەتیڤ حەوت", "-7"},
        {"لەسەدا پەنجا", "50%"},
        {"سەدا بیست و پێنج", "25%"},
        {"بیست لە سەد", "20%"},
        {"دووەم", "2ەم"},
        {"بیست و یەکەمین", "21ەم"},
        {"دوو سەدەم", "200ەم"},
        {"هه‌زار و نۆسه‌د و هه‌شتا", "1980"},
        {"  پانزە ", "15"},
    };
    for (size_t i = 0; i < sizeof list / sizeof *list; i++) assert_figures(list[i].words, list[i].figures);
}

static void not_read(void **state)
{
    (void)state;
    static const char *const list[] = {"", " ", "کوردستان", "بیست کەس", "و", "بیست و", "پۆینت پێنج", "سێ پۆینت", "سێ پۆینت کورد", "سالب",
                                       "سالب سالب سێ", "-٣ەم", "٣ەم٪", "M4", "12a", "9999999999999999", "0.1234567890123456", "(24)",
                                       "1/2", "12.5.2021", "\xFF", "سێ چوار", "سەدا"};
    for (size_t i = 0; i < sizeof list / sizeof *list; i++) {
        hewal_number n = {1, 1, true, true};
        if (hewal_number_value(kit_model, list[i], strlen(list[i]), &n) != HEWAL_EINVAL) fail_msg("«%s» is read as %f", list[i], n.value);
        assert_true(n.value == 0 && !n.decimals && !n.percent && !n.ordinal);
    }
    static const hewal_number bad[] = {{-1, 0, false, true}, {1, 0, true, true}, {1.5, 1, false, true}, {1.5, 0, false, true},
                                       {1e16, 0, false, false}, {1, 16, false, false}, {NAN, 0, false, false}, {INFINITY, 0, false, false}};
    for (size_t i = 0; i < sizeof bad / sizeof *bad; i++) {
        hewal_string s = {0};
        assert_int_equal(hewal_number_words(kit_model, &bad[i], &s), HEWAL_EINVAL);
        assert_true(s.len == 0);
        hewal_string_free(&s);
    }
}

static void round_trip(void **state)
{
    (void)state;
    hewal_string s = {0};
    for (unsigned v = 0; v <= 100000; v++) {
        assert_round((hewal_number){v, 0, false, false}, &s);
        if (v % 7 == 0 || v < 2000) assert_round((hewal_number){v, 0, false, true}, &s);
    }
    for (double p = 1; p <= 1e15; p *= 10)
        for (double d = -1; d <= 1; d++) {
            assert_round((hewal_number){p + d, 0, false, false}, &s);
            assert_round((hewal_number){p + d, 0, false, true}, &s);
            assert_round((hewal_number){-p - 1, 0, true, false}, &s);
        }
    for (unsigned i = 0; i < 100000; i++) {
        double v = floor(((double)kit_random(1u << 30) * (1u << 20) + kit_random(1u << 20)) / (double)(1ull << 50) * pow(10, 1 + kit_random(15)));
        assert_round((hewal_number){v, 0, false, kit_random(8) == 0}, &s);
        unsigned decimals = 1 + kit_random(6);
        double unit = pow(10, decimals), n = floor(fmod(v, 1e9));
        assert_round((hewal_number){(kit_random(2) ? n : -n - 1) / unit, decimals, kit_random(2) == 0, false}, &s);
    }
    hewal_string_free(&s);
}

static void hostile(void **state)
{
    (void)state;
    static const char *const pieces[] = {"سەد", "هەزار", "ملیۆن", " ", " و ", "سێ", "نیو", "٣", "12", "٫", ",", ".", "-", "%", "ەم", "(", ")", "سفر",
                                         "پۆینت", "لە سەدا", "سالب", "\xD9", "\n", "یەکەم", "بیست", "9999999999", "چارەک", "تریلیۆن", "M"};
    hewal_string s = {0};
    for (unsigned i = 0; i < 20000; i++) {
        size_t n;
        char *text = kit_mix(pieces, sizeof pieces / sizeof *pieces, kit_random(12), &n);
        hewal_number v;
        if (hewal_number_value(kit_model, text, n, &v) == HEWAL_OK) assert_round(v, &s);
        free(text);
    }
    hewal_string_free(&s);
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(written), cmocka_unit_test(read), cmocka_unit_test(not_read),
                                       cmocka_unit_test(round_trip), cmocka_unit_test(hostile)};
    return cmocka_run_group_tests(tests, kit_open, kit_close);
}
