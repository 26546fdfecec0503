/* The language of lines: sentences written for this test, what is no language, hostile bytes, long texts. */
#include "kit.h"

#include "language/language.h"

static hw_language of(const char *s)
{
    return hw_language_of(kit_model, s, strlen(s));
}

static void languages(void **state)
{
    (void)state;
    static const struct { const char *lang, *text; } want[] = {
        {"ckb", "سەرۆکی حکومەت ڕایگەیاند کە دەرگای زانکۆکان سبەینێ دەکرێنەوە و هیچ خوێندکارێک بێبەش نابێت."},
        {"ckb", "سه‌رۆكی حكومه‌ت ڕایگه‌یاند كه‌ ده‌رگای زانكۆكان سبه‌ینێ ده‌كرێنه‌وه‌."},
        {"ckb-Latn", "Serokî ḧikûmet rayigeyand ke dergay zankokan sibeynê dekrênewe û hîç xwêndkarêk bêbeş nabêt."},
        {"kmr", "Serokê hikûmetê da zanîn ku deriyên zanîngehan dê sibê vebin û ti xwendekar bêpar namîne."},
        {"kmr-Arab", "سەرۆکێ حکوومەتێ دیار کر کو دەرگەهێن زانکۆیان دێ سوباهی ڤەبن و چ قوتابی بێ پار نامینن."},
        {"sdh", "سەرووک حکوومەت وت ک دەروازەی زانکووەیل سوو واز کریەێد و هیچ خوێنەرێگ بێ بەش نیەود."},
        {"hac", "سەرۆکو حکوومەتی واچێش کە بەرەو زانکۆیەکا سەواێ مەکریۆوە و هیچ وانیارێ بێبەش مەبۆ."},
        {"kmr-Arab", "ئەز نزانم کەنگی دێ ڤەگەڕیێت."},
        {"sdh", "نیەزانم چەوەخت تیەیدەو ئەرا ماڵ."},
        {"hac", "مەزانو کەی مەیۆوە پەی یانەی."},
        {"ckb", "نازانم کەی دەگەڕێتەوە بۆ ماڵەوە."},
        {"fa", "رئیس دولت گفت که دانشگاه‌ها فردا باز می‌شوند و هیچ دانشجویی محروم نخواهد شد."},
        {"ar", "قال رئيس الحكومة إن الجامعات ستفتح أبوابها غدا ولن يحرم أي طالب من الدراسة."},
        {"tr", "Hükümet başkanı üniversitelerin yarın açılacağını ve hiçbir öğrencinin mahrum kalmayacağını söyledi."},
        {"und", "The head of the government said that the universities would open tomorrow."},
        {"und", "Der Regierungschef sagte, dass die Universitäten morgen wieder öffnen."},
        {"und", "وزیر اعظم نے کہا کہ یونیورسٹیاں کل کھلیں گی اور کوئی طالب علم محروم نہیں رہے گا۔"},
        {"und", "Глава правительства сказал, что университеты откроются завтра."}};
    for (size_t i = 0; i < sizeof want / sizeof *want; i++) {
        hw_language l = of(want[i].text);
        if (strcmp(hw_lang_name(l.lang), want[i].lang) != 0)
            fail_msg("«%s» is %s, taken for %s (%.3f)", want[i].text, want[i].lang, hw_lang_name(l.lang), l.confidence);
        assert_true(l.confidence > 0.5 && l.confidence <= 1);
    }
}

static void nothing(void **state)
{
    (void)state;
    static const char *const none[] = {"", " ", "\t", "12,5 ٪ — ٣٤!", "\xE2\x80\x8C\xE2\x80\x8F", "\xFF\xFE\xC0", "🙂🙂", "https://example.org/abc"};
    for (size_t i = 0; i < sizeof none / sizeof *none; i++) {
        hw_language l = of(none[i]);
        assert_int_equal(l.lang, HW_LANG_UND);
        assert_true(l.confidence >= 0 && l.confidence < 1e-9);
    }
    assert_int_equal(hw_language_of(kit_model, NULL, 0).lang, HW_LANG_UND);
}

static void scripts(void **state)
{
    (void)state;
    assert_int_equal(of("Καλημέρα σας").lang, HW_LANG_UND);
    assert_int_equal(of("中文新闻").lang, HW_LANG_UND);
    /* An address does not make a line Latin. */
    assert_int_equal(of("وەزارەتی تەندروستی ڕایگەیاند https://www.example.org/a-very-long-address/of-a-page-with-many-letters.html").lang, HW_LANG_CKB);
}

/* The keyboard a text was typed on says nothing of its language. */
static void keyboards(void **state)
{
    (void)state;
    hw_language a = of("وەزیری دارایی کوردستان"), b = of("وەزيرى دارايى كوردستان"), c = of("وه‌زیری دارایی كوردستان");
    assert_int_equal(a.lang, b.lang);
    assert_int_equal(a.lang, c.lang);
    assert_true(a.confidence - b.confidence < 1e-9 && b.confidence - a.confidence < 1e-9);
    assert_true(a.confidence - c.confidence < 1e-9 && c.confidence - a.confidence < 1e-9);
}

/* A word is less sure than the line it stands in. */
static void short_lines(void **state)
{
    (void)state;
    assert_true(of("سەرۆک").confidence < 0.9);
    assert_true(of("سەرۆک").confidence < of("سەرۆکی حکومەت ڕایگەیاند کە دەرگای زانکۆکان سبەینێ دەکرێنەوە").confidence);
}

static void hostile(void **state)
{
    (void)state;
    static const char *const pieces[] = {"\xD9", "\xD9\x87", "\xE2\x80\x8C", "\xE2\x80", "h", "http", "www.", "www", "ە", "a", "İ", " ",
                                         "\xF0\x9F\x99\x82", "\xFF", "ێ", "\xE1\xB8\xA7", "\xC3", "ڵ", "\n", "٣", "ﻻ", "中", "\xED\xA0\x80"};
    for (unsigned i = 0; i < 20000; i++) {
        size_t n;
        char *s = kit_mix(pieces, sizeof pieces / sizeof *pieces, kit_random(30), &n);
        hw_language l = hw_language_of(kit_model, s, n), again = hw_language_of(kit_model, s, n);
        assert_true((unsigned)l.lang < HW_N_LANGS && l.lang == again.lang);
        assert_true(l.confidence >= 0 && l.confidence <= 1);
        free(s);
    }
}

static void long_texts(void **state)
{
    (void)state;
    size_t n;
    char *s = kit_repeat("سەرۆکی حکومەت ڕایگەیاند کە دەرگای زانکۆکان سبەینێ دەکرێنەوە. ", (size_t)8 << 20, &n);
    double t = kit_cpu_seconds();
    hw_language l = hw_language_of(kit_model, s, n);
    t = kit_cpu_seconds() - t;
    assert_int_equal(l.lang, HW_LANG_CKB);
    assert_true(l.confidence > 0.999);
    if (!KIT_SANITIZED && t > 0.4) fail_msg("%.1f MB/s: 20 at least are asked for", (double)n / t * 1e-6);
    memset(s, 'e', n); /* one word without an end */
    hw_language_of(kit_model, s, n);
    free(s);
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(languages),   cmocka_unit_test(nothing), cmocka_unit_test(scripts),
                                       cmocka_unit_test(keyboards),   cmocka_unit_test(short_lines), cmocka_unit_test(hostile),
                                       cmocka_unit_test(long_texts)};
    return cmocka_run_group_tests(tests, kit_open, kit_close);
}
