/* Names of places and people: with what may hang on them, by their parts, in other spellings, in short. */
#include "names_quotes.h"

static void listed_with_endings(void **state)
{
    (void)state;
    static const dated_example list[] = {
        {NULL, "کۆبوونەوەکە لە عێراقدا بەڕێوەچوو.", "LOC Iraq"},
        {NULL, "وەفدەکە گەڕایەوە و بەغداش پێشوازیی لێ کرد.", "LOC Baghdad"},
        {NULL, "دوا وێستگە ئەمریکایە.", "LOC United States"},
        {NULL, "ئەمە بۆ مۆسکۆیان گرنگە.", "LOC Moscow"},
        {NULL, "لە هەولێرەوە بۆ سلێمانی چوون.", "LOC Erbil; LOC Sulaymaniyah"},
        {NULL, "سوریاش لە کۆبوونەوەکە بوو.", "LOC Syria"},
        {NULL, "لە تورکیایشدا بەفر باری.", "LOC Turkey"},
        {NULL, "عێراق و ئێران و تورکیا کۆبوونەوە.", "LOC Iraq; LOC Iran; LOC Turkey"},
        {NULL, "شاری هەولێر گەورەیە.", "LOC Erbil"},
        {NULL, "پارێزگای دهۆک ئاوی هەیە.", "LOC Duhok"},
        {NULL, "هەرێمی کوردستان بودجەی ناردەوە.", "LOC Kurdistan Region"},
        {NULL, "ژمارەی دانیشتووانی ئەم گوندە کەمە.", ""},
    };
    CHECK_MENTIONS(list);
}

static void nations_are_no_names(void **state)
{
    (void)state;
    static const dated_example list[] = {
        {NULL, "خواردنی تورکی بەتامە.", ""},
        {NULL, "گەشتیارە ئێرانییەکان گەڕانەوە.", ""},
        {NULL, "هاووڵاتییانی عێراقی لەسەر ڕووداوەکە دەدوێن.", ""},
        {NULL, "دوو سەربازی ئەمریکی لە عێراقدا گیران.", "LOC Iraq"},
    };
    CHECK_MENTIONS(list);
}

static void ordinary_words_need_support(void **state)
{
    (void)state;
    static const dated_example list[] = {
        {NULL, "ئێستا باران دەبارێت.", ""},
        {NULL, "کەناڵی ئێستا هەواڵەکەی بڵاوکردەوە.", "ORG Esta Media"},
        {NULL, "بزووتنەوەی گۆڕان بەشداریی کرد.", "ORG Change Movement (Gorran)"},
        {NULL, "لە ژیانی خەڵکدا گۆڕانێکی گەورە ڕوویدا.", ""},
        {NULL, "ئاوەکە پاک بوو.", ""},
        {NULL, "لە مانگی نیسان باران باری.", ""},
        {NULL, "ئەمڕۆ ١٢ی نیسانە.", ""},
        {NULL, "بە پێی ڕووداوی دوێنێ کەس نەمرد.", ""},
        {NULL, "هێمن ڕەشید بە ڕووداوی ڕاگەیاند، باران دەبارێت.", "PER «هێمن ڕەشید»; ORG Rudaw"},
        {NULL, "پۆلیس بە خێزانی ڕووداوی گوت، باران دەبارێت.", ""},
        {NULL, "مرۆڤ ئازاد دەبێت.", ""},
    };
    CHECK_MENTIONS(list);
}

static void places_announced(void **state)
{
    (void)state;
    static const dated_example list[] = {
        {NULL, "شاری مەزراتۆک لە ژێر ئاودا بوو.", "LOC «مەزراتۆک»"},
        {NULL, "گوندی هەرزەنگۆ ئاوی نییە.", "LOC «هەرزەنگۆ»"},
        {NULL, "چیای هەڵگورد بەرزە.", "LOC Halgurd"},
        {NULL, "گوندێک لە سنوورەکە سووتا.", ""},
    };
    CHECK_MENTIONS(list);
}

static void people_by_their_parts(void **state)
{
    (void)state;
    static const dated_example list[] = {
        {NULL, "نەوزاد کەریم لە بازاڕ بوو.", "PER «نەوزاد کەریم»"},
        {NULL, "عەبدولڕەحمان ئەمین کتێبەکەی خوێندەوە.", "PER «عەبدولڕەحمان ئەمین»"},
        {NULL, "ئەمیرە حەسەن چوو بۆ هەڵەبجە.", "PER «ئەمیرە حەسەن»; LOC Halabja"},
        {NULL, "پیاوەکە نەوزاد کاوانی بوو.", "PER «نەوزاد کاوانی»"},
        {NULL, "ئەوان لە نەوزاد کەریمەوە هاتن.", "PER «نەوزاد کەریمەوە»"},
        {NULL, "ئەوان باوەڕیان بە نەوزاد کەریمدا نییە.", "PER «نەوزاد کەریمدا»"},
        {NULL, "جۆ بایدن لە ماڵەوە بوو.", "PER Joe Biden"},
    };
    CHECK_MENTIONS(list);
}

static void forms_of_address_stay_outside(void **state)
{
    (void)state;
    static const dated_example list[] = {
        {NULL, "دکتۆر شیلان ڕەشید قسەی کرد.", "PER «شیلان ڕەشید»"},
        {NULL, "د. هێمن عومەر لە نەخۆشخانە بوو.", "PER «هێمن عومەر»"},
        {NULL, "بەڕێز سەردار عەلی هات.", "PER «سەردار عەلی»"},
        {NULL, "کاک ڕێبین هات.", "PER «ڕێبین»"},
        {NULL, "مامۆستا ئاسۆ جەمال وانەی وتەوە.", "PER «ئاسۆ جەمال»"},
        {NULL, "کاک ئاسۆ ئازاد کرا.", "PER «ئاسۆ»"},
        {NULL, "بەڕێز عادل عەبدولمەهدی هات.", "PER Adil Abdul-Mahdi"},
        {NULL, "دکتۆر بەرهەم ساڵح قسەی کرد.", "PER Barham Salih"},
    };
    CHECK_MENTIONS(list);
}

static void one_entity(void **state)
{
    (void)state;
    static const example list[] = {
        {"مستەفا کازمی گەیشت. موستەفا کازمی گەڕایەوە. کازمیش ڕۆیشت.", "1 1 1"},
        {"نێچیرڤان بارزانی و مەسرور بارزانی کۆبوونەوە.", "1 2"},
        {"نەوزاد کەریم گەیشت. کەریم دواتر ڕۆیشت.", "1 1"},
        {"نەوزاد كەريم گەیشت. نەوزاد کەریم ڕۆیشت.", "1 1"},
        {"نەوزاد عومەر هات. ئەوان لە نەوزاد عومەرەوە هاتن. نەوزاد عومەریش چوو.", "1 1 1"},
        {"نەوزاد کەریم هات. شیلان ڕەشید چوو. نەوزاد کەریمیش چوو.", "1 2 1"},
        {"ئەنتۆنی بلینکن گەیشت. بلینکن گەڕایەوە. بلینکنیش هات.", "1 1 1"},
        {"حەسەن ڕۆحانی گەیشت. ڕۆحانی گەڕایەوە.", "1 1"},
        {"تورکیا هات. توركیا ڕۆیشت. تورکيا مایەوە.", "1 1 1"},
        {"هه‌ولێر گەورەیە. هەولێر جوانە.", "1 1"},
        {"عێراق ناردی. لە عێراقدا مایەوە. عیراق وەریگرت. کۆماری عێراق ڕازی بوو.", "1 1 1 1"},
    };
    CHECK_SAME(list);
}

/* The exact bytes of a name, whichever letters it is written with. */
static void spans_are_exact(void **state)
{
    (void)state;
    static const char *const names[] = {"جۆ بایدن", "نەوزاد كەريم", "هه‌ولێر", "USA"};
    for (size_t i = 0; i < sizeof names / sizeof *names; i++) {
        char text[300];
        int at = snprintf(text, sizeof text, "\xEF\xBB\xBF  ئەوە ");
        snprintf(text + at, sizeof text - (size_t)at, "%s ە.", names[i]);
        hewal_record *r = read_text(NULL, text);
        assert_true(r->n_mentions >= 1);
        assert_int_equal(r->mentions[0].b, at);
        assert_true(r->mentions[0].e >= (uint32_t)at + strlen(names[i]));
        hewal_record_free(r);
    }
}

static void long_and_odd_texts(void **state)
{
    (void)state;
    static const char *const repeated[] = {
        "مستەفا کازمی ", "نەوزاد کەریم ", "عێراق ", "کەریم ", "شاری زۆرتاک ", "شیلان ", "بەڕێز ", "نەوزاد کەریم هات. ", "هێمن_", "SAUL LOEB / ",
    };
    static const char *const pieces[] = {
        "نەوزاد ", "کەریم", "ەوە ", "عێراق", "دا ", "بەڕێز ", "د. ", "شاری ", "زۆرتاک ", "_", "، ", "و ", "«", "» ", "(", ") ", "\n", ". ", "USA ", "#", "@", "ئەمریکا", "یە ", "\xD8", "\xF0\x9F", "\xE2\x80\x8C", "12 ",
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
        cmocka_unit_test(listed_with_endings), cmocka_unit_test(nations_are_no_names), cmocka_unit_test(ordinary_words_need_support),
        cmocka_unit_test(places_announced), cmocka_unit_test(people_by_their_parts), cmocka_unit_test(forms_of_address_stay_outside),
        cmocka_unit_test(one_entity), cmocka_unit_test(spans_are_exact), cmocka_unit_test(long_and_odd_texts),
    };
    return cmocka_run_group_tests(tests, kit_open, kit_close);
}
