/* Roles: whom a title stands for, beside a name, within the article, by the day, or nobody in particular. */
#include "names_quotes.h"

static void beside_the_person(void **state)
{
    (void)state;
    static const dated_example list[] = {
        {NULL, "مستەفا کازمی، سەرۆکوەزیرانی عێراق، گەیشت.", "PER Mustafa al-Kadhimi; ROLE Mustafa al-Kadhimi; LOC Iraq"},
        {NULL, "مستەفا کازمی سەرۆکوەزیرانی عێراق گەیشت.", "PER Mustafa al-Kadhimi; ROLE Mustafa al-Kadhimi; LOC Iraq"},
        {NULL, "سەرۆکوەزیرانی عێراق مستەفا کازمی گەیشت.", "ROLE Mustafa al-Kadhimi; LOC Iraq; PER Mustafa al-Kadhimi"},
        {NULL, "سەرۆکوەزیرانی عێراق، مستەفا کازمی، گەیشت.", "ROLE Mustafa al-Kadhimi; LOC Iraq; PER Mustafa al-Kadhimi"},
        {NULL, "مستەفا کازمی (سەرۆکوەزیرانی عێراق) گەیشت.", "PER Mustafa al-Kadhimi; ROLE Mustafa al-Kadhimi; LOC Iraq"},
        {NULL, "دۆناڵد ترەمپ، سەرۆکی پێشووی ئەمریکا، قسەی کرد.", "PER Donald Trump; ROLE Donald Trump; LOC United States"},
        {NULL, "پارێزگاری هەولێر ئومێد خۆشناو گەیشت.", "ROLE Omed Khoshnaw; LOC Erbil; PER Omed Khoshnaw"},
        {NULL, "ژەنەراڵ سیامەند تاهیر فەرماندەیە.", "ROLE «سیامەند تاهیر»; PER «سیامەند تاهیر»"},
        {NULL, "نەوزاد کاوانی، وەزیری کارەبای عێراق گەیشت.", "PER «نەوزاد کاوانی»; ROLE «نەوزاد کاوانی»; LOC Iraq"},
        /* The day does not matter when the name stands beside it. */
        {"2024-05-01", "مستەفا کازمی، سەرۆکوەزیرانی عێراق، گەیشت.", "PER Mustafa al-Kadhimi; ROLE Mustafa al-Kadhimi; LOC Iraq"},
    };
    CHECK_MENTIONS(list);
}

/* What stands between the role and the name. */
static void near_the_person(void **state)
{
    (void)state;
    static const dated_example list[] = {
        {NULL, "سەرۆکی پەرلەمانی کوردستان (د. ئاسۆ کەریم) گەیشت.", "ROLE «ئاسۆ کەریم»; ORG Kurdistan Parliament; PER «ئاسۆ کەریم»"},
        {NULL, "هیوا کەریم (هەولێر)- شانۆکار", "PER «هیوا کەریم»; LOC Erbil; ROLE «هیوا کەریم»"},
        {NULL, "هیوا کەریم، کە سەرۆکی پەرلەمانی عێراقە، گەیشت.", "PER «هیوا کەریم»; ROLE «هیوا کەریم»; ORG Council of Representatives of Iraq"},
        {NULL, "کۆڵبەرێکی کورد بە ناوی \"هیوا کەریم\" کوژرا.", "ROLE «هیوا کەریم»; PER «هیوا کەریم»"},
        {NULL, "گەنجێکی تەمەن 20 ساڵ بە ناوی ئەحمەد عوسمان کوژرا.", "ROLE «ئەحمەد عوسمان»; PER «ئەحمەد عوسمان»"},
        {NULL, "هونەرمەند و شانۆکار هیوا کەریم گەیشت.", "ROLE «هیوا کەریم»; PER «هیوا کەریم»"},
        {NULL, "هیوا کەریم یەکێک لە ئەندامانی یەکێتیی نیشتمانیی کوردستان گەیشت.", "PER «هیوا کەریم»; ROLE «هیوا کەریم»; ORG Patriotic Union of Kurdistan (PUK)"},
        {NULL, "ئێوارە ژنە ڕۆژنامەنووس شنۆ کەریم گەیشت.", "ROLE «شنۆ کەریم»; PER «شنۆ کەریم»"},
        {NULL, "لاوە کوڕەیی- شانۆکار", "PER «لاوە کوڕەیی»; ROLE «لاوە کوڕەیی»"},
        {NULL, "هیوا کەریم: شانۆکار", "PER «هیوا کەریم»; ROLE «هیوا کەریم»"},
        {NULL, "هادی عامری سەرەخۆشی لە سەرۆک بارزانی دەکات.", "PER Hadi al-Amiri; ROLE «بارزانی»; PER «بارزانی»"},
        {NULL, "باوکی هیوا کەریم گەیشت.", "ROLE «باوکی هیوا کەریم»; PER «هیوا کەریم»"},
    };
    CHECK_MENTIONS(list);
}

/* Words of titles that mean nobody. */
static void no_roles(void **state)
{
    (void)state;
    static const dated_example list[] = {
        {NULL, "کۆنفڕانسی ڕۆژنامەنووسیی پارێزگاری هەولێر.", "ROLE «پارێزگاری هەولێر»; LOC Erbil"},
        {NULL, "2 ئەندامی پەرلەمانی عێراق هاتن.", "ORG Council of Representatives of Iraq"},
        {NULL, "چەند پەرلەمانتارێکی عێراق هاتن.", "LOC Iraq"},
        {NULL, "ژمارەیەک ئەندامی پەرلەمانی عێراق هاتن.", "ORG Council of Representatives of Iraq"},
        {NULL, "هاوڵاتییان لە پزیشکی دادوەری بوون.", ""},
        {NULL, "باسی پۆستی سەرۆکوەزیرانی عێراق کرا.", "LOC Iraq"},
        {NULL, "سەرکردە کوردەکان هاتن.", ""},
        {NULL, "دایک: نەسرین باوک: ئەحمەد", "PER «ئەحمەد»"},
    };
    CHECK_MENTIONS(list);
}

static void within_the_article(void **state)
{
    (void)state;
    static const example list[] = { /* the mentions: PER ROLE LOC, then ROLE LOC, ... */
        {"نەوزاد کەمال، وەزیری کارەبای عێراق گەیشت. سبەی وەزیری کارەبای عێراق دەگەڕێتەوە.", "1 1 2 1 2"},
        {"نەوزاد کەمال، وەزیری کارەبای عێراق گەیشت. وەزیری کارەبا گەڕایەوە.", "1 1 2 1"},
        {"وەزیری دەرەوەی عێراق گەیشت. وەزیری ناوخۆی عێراق گەڕایەوە. وەزیری دەرەوەی عێراق ڕۆیشت.", "1 2 3 2 1 2"},
        {"وەزیری دەرەوەی عێراق گەیشت. وەزیری دەرەوەی ئێران گەڕایەوە.", "1 2 3 4"},
    };
    CHECK_SAME(list);
}

static void by_the_day(void **state)
{
    (void)state;
    static const dated_example list[] = {
        {"2020-03-01", "سەرۆکی ئەمریکا هات.", "ROLE Donald Trump; LOC United States"},
        {"2021-03-01", "سەرۆکی ئەمریکا هات.", "ROLE Joe Biden; LOC United States"},
        {"2025-03-01", "سەرۆکی ئەمریکا هات.", "ROLE Donald Trump; LOC United States"},
        {"2021-07-01", "سەرۆکوەزیرانی عێراق هات.", "ROLE Mustafa al-Kadhimi; LOC Iraq"},
        {"2023-07-01", "سەرۆکوەزیرانی عێراق هات.", "ROLE Mohammed Shia al-Sudani; LOC Iraq"},
        {"2015-07-01", "سەرۆکی هەرێمی کوردستان هات.", "ROLE Masoud Barzani; LOC Kurdistan Region"},
        {"2021-07-01", "سەرۆکی هەرێمی کوردستان هات.", "ROLE Nechirvan Barzani; LOC Kurdistan Region"},
        {"2021-07-10", "سەرۆککۆماری فەڕەنسا هات.", "ROLE Emmanuel Macron; LOC France"},
        {"2019-07-10", "وەزیری دەرەوەی تورکیا هات.", "ROLE Mevlüt Çavuşoğlu; LOC Turkey"},
        {"2021-05-01", "سکرتێری گشتیی نەتەوە یەکگرتووەکان گەیشت.", "ROLE António Guterres; ORG United Nations"},
        /* Without a day nobody is guessed. */
        {NULL, "سەرۆکی ئەمریکا هات.", "ROLE «سەرۆکی ئەمریکا»; LOC United States"},
    };
    CHECK_MENTIONS(list);
}

static void what_a_role_holds(void **state)
{
    (void)state;
    static const dated_example list[] = {
        {NULL, "وتەبێژی وەزارەتی بەرگریی ئەمریکا گەیشت.", "ROLE «وتەبێژی وەزارەتی بەرگریی ئەمریکا»; ORG Pentagon"},
        {NULL, "ئەندامی مەکتەبی سیاسیی یەکێتیی نیشتمانیی کوردستان گەیشت.",
         "ROLE «ئەندامی مەکتەبی سیاسیی یەکێتیی نیشتمانیی کوردستان»; ORG PUK Political Bureau"},
        {NULL, "قائیمقامی چەمچەماڵ گەیشت.", "ROLE «قائیمقامی چەمچەماڵ»; LOC Chamchamal"},
        {NULL, "باڵیۆزی ئێران لە بەغدا گەیشت.", "ROLE «باڵیۆزی ئێران لە بەغدا»; LOC Iran; LOC Baghdad"},
        {NULL, "باڵیۆزی ئێران لە بەغدادا وتی.", "ROLE «باڵیۆزی ئێران»; LOC Iran; LOC Baghdad"},
        {NULL, "سەرۆکی ئێران لە بەغدا گەیشت.", "ROLE «سەرۆکی ئێران»; LOC Iran; LOC Baghdad"},
        {NULL, "لە زیندانی سەقز گەیشت.", "LOC Saqqez Prison"},
        {NULL, "هیوا ئەحمەد، بەرپرسی ناوەندی هەواڵی ڕووداو گەیشت.", "PER «هیوا ئەحمەد»; ROLE «هیوا ئەحمەد»; ORG Rudaw"},
        {NULL, "بەڕێوەبەری دارستان و پاوانی سلێمانی گەیشت.", "ROLE «بەڕێوەبەری دارستان و پاوانی سلێمانی»; LOC Sulaymaniyah"},
        {NULL, "گوتەبێژ وەزارەتی بەرگریی ئەمریکا گەیشت.", "ROLE «گوتەبێژ وەزارەتی بەرگریی ئەمریکا»; ORG Pentagon"},
        {NULL, "وەزیری تەندروستی وەڵام دەداتەوە.", "ROLE «وەزیری تەندروستی»"},
        {NULL, "هیوا ئەحمەد، زیندانیی سیاسی، گەیشت.", "PER «هیوا ئەحمەد»; ROLE «هیوا ئەحمەد»"},
    };
    CHECK_MENTIONS(list);
}

static void nobody_in_particular(void **state)
{
    (void)state;
    static const example same[] = {
        {"پەرلەمانتارێکی عێراق هات. پەرلەمانتارێکی عێراق چوو.", "1 2 3 2"},
        {"سەرۆکی ئێران هات. سەرۆکێکی ئێران چوو.", "1 2 3 2"},
        {"هیوا ئەحمەد، زیندانیی سیاسی، هات. حوکمی ئەو زیندانییە سیاسییە درا.", "1 1 1"},
    };
    CHECK_SAME(same);
    static const dated_example list[] = {
        {"2021-05-01", "سەرۆکەکان کۆبوونەوە.", ""},
        {"2021-05-01", "وەزیرێکی عێراق گەیشت.", "ROLE «وەزیرێکی عێراق»; LOC Iraq"},
    };
    CHECK_MENTIONS(list);
}

static void long_and_odd_texts(void **state)
{
    (void)state;
    static const char *const repeated[] = {
        "سەرۆکی ئەمریکا ", "سەرۆکی ", "وەزیری ناوخۆ ", "پەرلەمانتارێکی عێراق ", "پەرلەمانتارێکی عێراق هات. ", "سەرۆکی ئەمریکا هات.\n", "وەزیری ناوخۆی عێراق، ", "وەزیری دەرەوەی عێراق هات. وەزیری دەرەوە چوو. ",
    };
    static const char *const pieces[] = {
        "سەرۆکی ", "وەزیری ", "ناوخۆی ", "عێراق", " ", "، ", "مستەفا کازمی ", "نەوزاد ", "کەریم ", "پەرلەمانتارێکی ", "(", ") ", "- ", "وتی: ", "ئەمریکا ", "کارەبا ", "لە ", "پەرلەمانی کوردستان ", ".\n", "ئەندامی ", "مەکتەبی سیاسیی ",
    };
    CHECK_LINEAR(repeated);
    for (int i = 0; i < (KIT_SANITIZED ? 300 : 1500); i++) {
        size_t n;
        char *s = kit_mix(pieces, sizeof pieces / sizeof *pieces, 1 + kit_random(120), &n);
        hewal_meta meta = {.published = "2021-06-01"};
        hewal_record *r = NULL;
        assert_int_equal(hewal_annotate(kit_model, s, n, &meta, &r, NULL), HEWAL_OK);
        check_record(r);
        hewal_record_free(r);
        free(s);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(beside_the_person), cmocka_unit_test(near_the_person), cmocka_unit_test(no_roles), cmocka_unit_test(within_the_article), cmocka_unit_test(by_the_day),
        cmocka_unit_test(what_a_role_holds), cmocka_unit_test(nobody_in_particular), cmocka_unit_test(long_and_odd_texts),
    };
    return cmocka_run_group_tests(tests, kit_open, kit_close);
}
