/* Times and their values: what news writes, against the day it is read on. */
#include "kit.h"

typedef struct { const char *published, *text, *want; } example;

/* All values in order, each as TYPE=VALUE, with a space between. */
static void values_of(const char *published, const char *text, char *out, size_t size)
{
    hewal_meta meta = {.published = published};
    hewal_record *r = NULL;
    assert_int_equal(hewal_annotate(kit_model, text, strlen(text), &meta, &r, NULL), HEWAL_OK);
    *out = 0;
    for (size_t i = 0; i < r->n_times; i++) {
        size_t n = strlen(out);
        assert_true(r->times[i].b < r->times[i].e && r->times[i].e <= r->text_len);
        assert_true(i == 0 || r->times[i - 1].e <= r->times[i].b);
        snprintf(out + n, size - n, "%s%s=%s", n ? " " : "", hewal_timex_name(r->times[i].type), r->times[i].value);
    }
    hewal_record_free(r);
}

static void check(const example *e, size_t n)
{
    char got[2000];
    for (size_t i = 0; i < n; i++) {
        values_of(e[i].published, e[i].text, got, sizeof got);
        if (strcmp(got, e[i].want)) fail_msg("«%s» (%s): %s, not %s", e[i].text, e[i].published ? e[i].published : "-", got, e[i].want);
    }
}
#define CHECK(list) check(list, sizeof(list) / sizeof *(list))

static void dates(void **state)
{
    (void)state;
    static const example list[] = {
        {NULL, "لە ١٠ی ئۆکتۆبەری ٢٠٢١ بەڕێوە دەچێت.", "DATE=2021-10-10"},
        {NULL, "26ی کانونی دووەمی 2015 هاتن.", "DATE=2015-01-26"},
        {NULL, "کۆبوونەوەکە لە 17-5-2020 بوو.", "DATE=2020-05-17"},
        {NULL, "کۆبوونەوەکە لە 8/5/2018 بوو.", "DATE=2018-05-08"},
        {NULL, "کۆبوونەوەکە لە 2020-05-17 بوو.", "DATE=2020-05-17"},
        {NULL, "لە ساڵی 2020 هات.", "DATE=2020"},
        {NULL, "لە مانگی نیساندا هات.", "DATE=XXXX-04"},
        {NULL, "لە رۆژانی 13 و 14ی تەمموزدا بوو.", "DATE=XXXX-07-13 DATE=XXXX-07-14"},
        {NULL, "23-24ی کانونی دووەمی 2017: لە ئاستانە.", "DATE=2017-01-23 DATE=2017-01-24"},
        {NULL, "لە ساڵانی 2021 و 2022دا بوو.", "DATE=2021 DATE=2022"},
        {NULL, "لە 5ی حوزەیران و 12ی ئابی 2019 هاتن.", "DATE=2019-06-05 DATE=2019-08-12"},
        {NULL, "لە سەدەی 21دا.", "DATE=20XX"},
        {NULL, "بودجەی ٢٠٢١ی عێراق.", "DATE=2021"},
        {"2021-03-10", "لە ٢٠ی تشرینی دووەم هات.", "DATE=2020-11-20"},
        {"2021-07-26", "شوباتی ئەمساڵ هات.", "DATE=2021-02"},
        {"2018-04-28", "پایزی ئەمساڵ سەردان دەکات.", "DATE=2018-FA"},
    };
    CHECK(list);
}

static void calendars(void **state)
{
    (void)state;
    static const example list[] = {
        {NULL, "ڕۆژی دووشەممە 16ی ڕەزبەری ساڵی 97 بوو.", "DATE=2018-10-08"},
        {NULL, "4ی پووشپەڕی ساڵی 1346ی هەتاوی لە دایک بوو.", "DATE=1967-06-25"},
        {NULL, "ڕێکەوتی 16ی خاکەلێوەی ساڵی 82 گیرا.", "DATE=2003-04-05"},
        {NULL, "١٠ی ڕەشەمەی ٢٧١٩ی کوردی بوو.", "DATE=2020-02-29"},
        {NULL, "لە ساڵی 1399ی هەتاوی هات.", "DATE=2020"},
    };
    CHECK(list);
}

static void relative(void **state)
{
    (void)state;
    static const example list[] = {
        {"2021-07-26", "هەینیی رابردوو هات.", "DATE=2021-07-23"},
        {"2021-07-26", "دوێنێ هات و سبەی دەڕوات.", "DATE=2021-07-25 DATE=2021-07-27"},
        {"2021-07-26", "لە ٢٦ی ئەم مانگە و 18ی مانگی ڕابردوو.", "DATE=2021-07-26 DATE=2021-06-18"},
        {"2021-03-09", "هەفتەی داهاتوو پەسەند دەکرێت.", "DATE=2021-W11"},
        {"2021-07-26", "کۆتایی ئەمساڵ تەواو دەبێت.", "DATE=2021"},
        {"2021-07-26", "لە ساڵی رابردوودا هات.", "DATE=2020"},
        {"2011-02-07", "هەشت ڕۆژ لەمەوبەر گوتی.", "DATE=2011-01-30"},
        {"1994-05-10", "ڕۆژی دووشەممەی هەفتەی ڕابردوو هات.", "DATE=1994-05-02"},
        {"1995-11-22", "دوێنێ ٢١ی تشرینی دووەم هات: «ئەمڕۆ ئاشتییە».", "DATE=1995-11-21 DATE=1995-11-21"},
        {NULL, "هەینیی رابردوو هات.", "DATE=XXXX-WXX-5"},
        {NULL, "ئەمڕۆ هات.", "DATE=PRESENT_REF"},
        {NULL, "دوێنێ هات.", "DATE=XXXX-XX-XX"},
        {NULL, "18ی مانگی ڕابردوو هات.", "DATE=XXXX-XX-18"},
    };
    CHECK(list);
}

static void times_of_day(void **state)
{
    (void)state;
    static const example list[] = {
        {"2020-03-08", "كاتژمێر 10 ئەمشەو دەست پێ دەکات.", "TIME=2020-03-08T22:00"},
        {NULL, "لە کاتژمێر 6ی ئێوارە هەتاوەکو 12ی شەو.", "TIME=XXXX-XX-XXT18:00 TIME=XXXX-XX-XXT24:00"},
        {NULL, "لە 27ی نیساندا و لە کاتژمێر 12:00 هات.", "DATE=XXXX-04-27 TIME=XXXX-04-27T12:00"},
        {"2018-04-28", "کاتژمێر نۆ و نیوی بەیانیی دوێنێ هەینی هات.", "TIME=2018-04-27T09:30"},
        {"1956-11-07", "دوێنێ ئێوارە هات.", "TIME=1956-11-06TEV"},
        {"2020-05-17", "شەوی ڕابردوو هات.", "TIME=2020-05-16TNI"},
        {"2020-05-17", "نیوەڕۆی ئەمڕۆ هات.", "TIME=2020-05-17T12:00"},
        {"2020-03-24", "XYZ\nMarch 24, 2020 at 8:33 AM", "TIME=2020-03-24T08:33"},
        {"2021-02-12", "Rudaw Radio February 12 at 4:26 PM", "TIME=2021-02-12T16:26"},
    };
    CHECK(list);
}

static void lengths_and_repetitions(void **state)
{
    (void)state;
    static const example list[] = {
        {NULL, "بۆ ماوەی ٩٠ ڕۆژ دایدەخات.", "DURATION=P90D"},
        {NULL, "لە 24 کاتژمێری رابردوودا.", "DURATION=PT24H"},
        {NULL, "لە چەند رۆژی رابردوودا.", "DURATION=PXD"},
        {NULL, "ساڵ و نیوێک لەوێ بوو.", "DURATION=P1Y6M"},
        {NULL, "سزای 7 ساڵ و 6 مانگی درا.", "DURATION=P7Y6M"},
        {NULL, "گەنجێکی تەمەن (19) ساڵ کوژرا.", "DURATION=P19Y"},
        {NULL, "32 رۆژە قەدەغەیە.", "DURATION=P32D"},
        {NULL, "رۆژانە هەموو هەینییەک دێت.", "SET=P1D SET=XXXX-WXX-5"},
        {NULL, "رۆژانی هەینی جمەی دێت، شەوانی هەینی ناچنەوە.", "SET=XXXX-WXX-5 SET=XXXX-WXX-5TNI"},
        {NULL, "ئێستا و دواتر و پێشتر.", ""},
    };
    CHECK(list);
}

static void published(const char *text, const char *want)
{
    hewal_record *r = NULL;
    assert_int_equal(hewal_annotate(kit_model, text, strlen(text), NULL, &r, NULL), HEWAL_OK);
    if (!want) assert_null(r->published);
    else assert_string_equal(r->published ? r->published : "(none)", want);
    assert_int_equal(r->published_inferred, want != NULL);
    hewal_record_free(r);
}

static void the_articles_own_day(void **state)
{
    (void)state;
    published("    - Rudaw (@ Rudawkurdish) July ٢٦,٢٠٢١  سەبارەت بە سەردانەکە", "2021-07-26");
    published("هەولێر، ٢٦ی تەمموزی ٢٠٢١ (ڕووداو) - سەرۆک هات.", "2021-07-26");
    published("ئەمڕۆ یەکشەممە 17-5-2020 کازمی سەردانی وەزارەتی کرد.", "2020-05-17");
    published("دوێنێ ١٧ی شوباتی ٢٠٠٨ هات.", "2008-02-18");
    published("26ی کانونی دووەمی 2015: شەڕڤانان هاتن.", NULL);
    published("هیچ ڕۆژێکی تێدا نییە.", NULL);
}

/* Nothing said twice, no overlap, time in proportion to length. */
static void long_and_odd_texts(void **state)
{
    (void)state;
    static const char *const pieces[] = {"ڕۆژی ", "سەرەتای ", "5 و ", "هەزار ", "ملیۆن و ", "کاتژمێر ", "2021 - ", "( ", "ئەمڕۆ، ", "یەک ", "٣ی ", "نیسان ", "1/", "لە سەدا "};
    char got[64];
    for (size_t k = 0; k < sizeof pieces / sizeof *pieces; k++) {
        size_t n;
        char *s = kit_repeat(pieces[k], 400000, &n);
        hewal_record *r = NULL;
        assert_int_equal(hewal_annotate(kit_model, s, n, NULL, &r, NULL), HEWAL_OK);
        hewal_record_free(r);
        free(s);
    }
    values_of(NULL, "", got, sizeof got);
    values_of("2021-01-01", "\xD8", got, sizeof got);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(dates), cmocka_unit_test(calendars), cmocka_unit_test(relative), cmocka_unit_test(times_of_day),
        cmocka_unit_test(lengths_and_repetitions), cmocka_unit_test(the_articles_own_day), cmocka_unit_test(long_and_odd_texts),
    };
    return cmocka_run_group_tests(tests, kit_open, kit_close);
}
