/* Organisations: listed, and made of a head and what follows it. */
#include "names_quotes.h"

static void listed(void **state)
{
    (void)state;
    static const dated_example list[] = {
        {NULL, "یەکێتیی ئەوروپا سزای سەپاند.", "ORG European Union"},
        {NULL, "نەتەوە یەکگرتووەکان ڕاپۆرتی دا.", "ORG United Nations"},
        {NULL, "ئەنجوومەنی ئاسایشی نەتەوە یەکگرتووەکان کۆبووەوە.", "ORG UN Security Council"},
        {NULL, "یەکێتیی نیشتمانیی کوردستان کۆبووەوە.", "ORG Patriotic Union of Kurdistan (PUK)"},
        {NULL, "حەشدی شەعبی هات.", "ORG Popular Mobilization Forces (Hashd al-Shaabi)"},
        {NULL, "پەرلەمانی کوردستان و حکومەتی هەرێمی کوردستان ڕێککەوتن.", "ORG Kurdistan Parliament; ORG Kurdistan Regional Government"},
        {NULL, "ڕێکخراوی تەندروستیی جیهانی ڕاپۆرتی دا.", "ORG World Health Organization"},
        {NULL, "زانکۆی سەلاحەدین کراوەتەوە.", "ORG Salahaddin University"},
        {NULL, "دادگای باڵای فیدراڵی عێراق بڕیاری دا.", "ORG Federal Supreme Court of Iraq"},
    };
    CHECK_MENTIONS(list);
}

static void states_and_countries(void **state)
{
    (void)state;
    static const dated_example list[] = {
        {NULL, "حکومەتی عێراق بڕیاری دا.", "ORG Government of Iraq"},
        {NULL, "دەوڵەتی تورک هێرشی کرد.", "ORG Turkish state"},
        {NULL, "ڕژێمی سوریا هێرشی کرد.", "ORG Syrian regime"},
        {NULL, "تورکیا هێرشی کرد.", "LOC Turkey"},
    };
    CHECK_MENTIONS(list);
}

static void made_of_a_head(void **state)
{
    (void)state;
    static const dated_example list[] = {
        {NULL, "وەزارەتی کشتوکاڵ پلانەکەی ئامادە کرد.", "ORG «وەزارەتی کشتوکاڵ»"},
        {NULL, "وەزارەتی دەرەوەی تورکیا باڵیۆزەکەی بانگ کرد.", "ORG Ministry of Foreign Affairs (Turkey)"},
        {NULL, "وەزارەتی خوێندنی باڵا و توێژینەوەی زانستی بڕیاری دا.", "ORG Ministry of Higher Education (Kurdistan)"},
        {NULL, "وەزارەتی دەرەوە و وەزارەتی ناوخۆ کۆبوونەوە.", "ORG «وەزارەتی دەرەوە»; ORG «وەزارەتی ناوخۆ»"},
        {NULL, "ئەنجوومەنی پارێزگای کەرکووک کۆبووەوە.", "ORG Kirkuk Provincial Council"},
        {NULL, "نووسینگەی میدیای سەرۆکایەتیی کۆماری عێراق وێنەی بڵاوکردەوە.", "ORG «نووسینگەی میدیای سەرۆکایەتیی کۆماری عێراق»"},
        {NULL, "بەڕێوەبەرایەتیی ئاوی دهۆک بۆڕییەکانی گۆڕی.", "ORG «بەڕێوەبەرایەتیی ئاوی دهۆک»"},
        {NULL, "سوپای ئوردن لە سنوور بڵاوەی کرد.", "ORG «سوپای ئوردن»"},
        {NULL, "باڵیۆزخانەی ئەمریکا لە بەغدا داخرا.", "ORG «باڵیۆزخانەی ئەمریکا»; LOC Baghdad"},
    };
    CHECK_MENTIONS(list);
}

static void heads_alone_are_no_names(void **state)
{
    (void)state;
    static const dated_example list[] = {
        {NULL, "لیژنەی تایبەت کۆبووەوە.", ""},
        {NULL, "وەزارەتەکە پلانی نییە.", ""},
        {NULL, "حکومەت پلانی نییە.", ""},
        {NULL, "وەزارەتێکی عێراق داخرا.", "LOC Iraq"},
        {NULL, "چەند ڕێکخراوێک هاتن.", ""},
        {NULL, "کۆمپانیایەکی نەوتی گەورە هات.", ""},
    };
    CHECK_MENTIONS(list);
}

static void heads_outside(void **state)
{
    (void)state;
    static const dated_example list[] = {
        {NULL, "گۆڤاری نەیچەر توێژینەوەکەی بڵاوکردەوە.", "ORG Nature (journal)"},
        {NULL, "کۆمپانیای زۆرتاک نەوت دەردەهێنێت.", "ORG «کۆمپانیای زۆرتاک»"},
        {NULL, "کەناڵی ئەلجەزیرە پەخش دەکات.", "ORG Al Jazeera"},
        {NULL, "ئاژانسی ڕۆیتەرز وێنەی گرت.", "ORG Reuters"},
    };
    CHECK_MENTIONS(list);
}

static void one_entity(void **state)
{
    (void)state;
    static const example list[] = {
        {"وەزارەتی دەرەوەی تورکیا هات. وەزارەتی دەرەوەی تورکیاش چوو.", "1 1"},
        {"وەزارەتی دەرەوەی تورکیا هات. وەزارەتی ناوخۆی تورکیا چوو.", "1 2"},
        {"یەکێتیی نیشتمانیی کوردستان هات. یەکێتی نیشتمانی چوو. ینک ڕۆیشت.", "1 1 1"},
        {"پارتی دیموکراتی کوردستان هات. پەدەکە چوو.", "1 1"},
    };
    CHECK_SAME(list);
}

static void long_and_odd_texts(void **state)
{
    (void)state;
    static const char *const repeated[] = {
        "وەزارەتی ", "وەزارەتی ناوخۆی عێراق ", "ئەنجوومەنی ", "نووسینگەی ناوەندی و ", "گۆڤاری زۆرتاک ", "یەکێتیی ", "وەزارەتی دەرەوە و ",
    };
    static const char *const pieces[] = {
        "وەزارەتی ", "دەرەوە", "ی ", "و ", "ناوخۆ ", "عێراق ", "نووسینگەی ", "میدیای ", "سەرۆکایەتیی ", "گۆڤاری ", "نەیچەر ", "ەکە ", "، ", ". ", "«", "» ", "کۆماری ", "یەکێتی ", "نیشتمانی ", "\n", "\xDA", "24 ", "دای ",
    };
    CHECK_LINEAR(repeated);
    for (int i = 0; i < (KIT_SANITIZED ? 300 : 1500); i++) {
        size_t n;
        char *s = kit_mix(pieces, sizeof pieces / sizeof *pieces, 1 + kit_random(120), &n);
        hewal_record *r = NULL;
        assert_int_equal(hewal_annotate(kit_model, s, n, NULL, &r, NULL), HEWAL_OK);
        check_record(r);
        hewal_record_free(r);
        free(s);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(listed), cmocka_unit_test(states_and_countries), cmocka_unit_test(made_of_a_head),
        cmocka_unit_test(heads_alone_are_no_names), cmocka_unit_test(heads_outside), cmocka_unit_test(one_entity),
        cmocka_unit_test(long_and_odd_texts),
    };
    return cmocka_run_group_tests(tests, kit_open, kit_close);
}
