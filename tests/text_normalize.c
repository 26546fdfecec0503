/* Normalising as a whole: groups of rules, old fonts, particles, spaces; and what must hold for any text and any choice of
 * groups: normalising again changes nothing, the map is total and rises. */
#include "language_folder.h"

static hewal_string normal(const char *s, size_t n, uint32_t fix, const char *from)
{
    hewal_string out = {0};
    hewal_normalizing how = {fix, from};
    assert_int_equal(hewal_normalize_with(kit_model, s, n, &how, &out, NULL, NULL), HEWAL_OK);
    return out;
}

static void becomes(const char *in, const char *want, uint32_t fix, const char *from)
{
    hewal_string out = normal(in, strlen(in), fix, from);
    if (strcmp(out.s, want) != 0) fail_msg("«%s» became «%s», not «%s»", in, out.s, want);
    hewal_string_free(&out);
}

typedef struct { const char *in, *want; } example;

static void all(const example *e, size_t n)
{
    for (size_t i = 0; i < n; i++) becomes(e[i].in, e[i].want, HEWAL_FIX_ALL, NULL);
}
#define ALL(examples) all(examples, sizeof examples / sizeof *examples)

/* ---- examples ------------------------------------------------------------------------------------------------------ */

static void what_old_fonts_left(void **state)
{
    (void)state;
    static const example e[] = {
        {"لەگەلأ", "لەگەڵ"}, {"سالأ", "ساڵ"}, {"كۆمەلأو", "کۆمەڵو"}, {"هەولأ\u200Cو", "هەوڵ و"}, {"موسڵأ", "موسڵ"}, {"دلء", "دڵ"},
        {"ئیكۆلۆژى", "ئیکۆلۆژی"}, {"الأول", "الئاول"}, /* inside of a word it is Arabic */
        {"دلَ", "دڵ"}, {"رِۆذ", "ڕۆذ"}, {"بەرِێز", "بەڕێز"}, {"هەولىَر", "هەولێر"}, {"گەوَرە", "گەۆرە"}, {"كوَمار", "کۆمار"},
        {"کُورِدَستّان", "کوردستان"}, /* vocalised: the signs are no letters */
        {"یَقُولُ", "یقول"}, {"وَقال", "وقال"},
    };
    ALL(e);
}

static void double_letters(void **state)
{
    (void)state;
    static const example e[] = {
        {"ڕاستیەکان", "ڕاستییەکان"}, {"زانیاریەکانیان", "زانیارییەکانیان"}, {"نەخۆشیەکە", "نەخۆشییەکە"}, {"دۆزیەوە", "دۆزییەوە"}, {"نیە", "نییە"},
        {"بریتیە", "بریتییە"}, {"ووشە", "وشە"}, {"ووڵات", "وڵات"}, {"ووتی", "وتی"},
        /* what only looks like it */
        {"هەریەکە", "هەریەکە"}, {"چواریەکی", "چواریەکی"}, {"دژیەک", "دژیەک"}, {"سەریەک", "سەریەک"}, {"تورکیە", "تورکیە"}, {"ڕانیە", "ڕانیە"}, {"ووهان", "ووهان"}, {"بوو", "بوو"},
        {"چیایەک", "چیایەک"}, {"گرنگیان", "گرنگیان"}, {"وو", "وو"},
    };
    ALL(e);
    becomes("ڕاستیەکان ووشە", "ڕاستیەکان ووشە", HEWAL_FIX_WORDS, NULL);
}

static void particles(void **state)
{
    (void)state;
    static const example e[] = {
        {"دە چێت", "دەچێت"}, {"نا کات", "ناکات"}, {"كتێب ه كان", "کتێبەکان"}, {"کتێب ە کانیان", "کتێبەکانیان"}, {"ژیان\u200Cو مردن", "ژیان و مردن"},
        {"له\u200Cبه\u200Cر", "لەبەر"}, {"گەورە ترین", "گەورەترین"}, {"ئەو یش", "ئەویش"}, {"کتێب ەکەی", "کتێبەکەی"}, {"کوردی ەکان", "کوردییەکان"},
        {"نا یەکسانی", "نایەکسانی"}, {"بۆئەوەی", "بۆ ئەوەی"}, {"لەساڵی ١٩٩١", "لە ساڵی ١٩٩١"}, {"ئه\u200Cو", "ئەو"}, {"(بەناوی", "(بە ناوی"},
        /* what only looks like it */
        {"دە ساڵ", "دە ساڵ"}, {"نا، کات", "نا، کات"}, {"نا\nکات", "نا\nکات"}, {"ە", "ە"}, {"٢٦ ە", "٢٦ ە"}, {"خوا ە", "خوا ە"}, {"نە من", "نە من"},
        {"کەسێکی تر", "کەسێکی تر"},
    };
    ALL(e);
    becomes("دە چێت نا کات", "دە چێت نا کات", HEWAL_FIX_ALL & ~(uint32_t)HEWAL_FIX_PARTICLES, NULL);
}

/* What only the lexicon tells, and only when it is asked for. */
static void lexicon_asked(void **state)
{
    (void)state;
    static const example e[] = {
        {"ژیانو مردن", "ژیان و مردن"}, {"كوردستان و كوردو", "کوردستان و کورد و"}, {"دە گەڕێتەوە", "دەگەڕێتەوە"}, {"نا گەڕێتەوە", "ناگەڕێتەوە"},
        {"بێتو، هەیەو", "بێتو، هەیە و"}, {"پیاو", "پیاو"}, {"نە دەدا", "نە دەدا"}, {"نا ئارام", "نا ئارام"}, {"دوو", "دوو"}, {"کوردستانو", "کوردستانو"},
    };
    for (size_t i = 0; i < sizeof e / sizeof *e; i++) {
        uint32_t asked = HEWAL_FIX_ALL & ~(uint32_t)HEWAL_FIX_PARTICLES;
        becomes(e[i].in, e[i].want, asked | HEWAL_FIX_LEXICON, NULL);
    }
    becomes("ژیانو مردن", "ژیانو مردن", HEWAL_FIX_ALL, NULL);
}

static void spaces_and_digits(void **state)
{
    (void)state;
    static const example e[] = {
        {"کورد  و   عەرەب", "کورد و عەرەب"}, {"کورد\u00A0و", "کورد و"}, {"  کورد  ", "  کورد  "}, {"a  b", "a  b"}, {"کورد  a", "کورد a"},
        {"کورد\tو", "کورد\tو"}, {"کورد \n عەرەب", "کورد \n عەرەب"}, {"۱۲۳۴۵۶۷۸۹۰", "١٢٣٤٥٦٧٨٩٠"}, {"2021 ٢٠٢١ ２１", "2021 ٢٠٢١ 21"}, {"۴ی", "٤ی"},
    };
    ALL(e);
    becomes("کورد  ۱", "کورد  ۱", HEWAL_FIX_WORDS, NULL);
}

/* A group alone does what it is about and nothing else; without it that stays. */
static void groups(void **state)
{
    (void)state;
    static const struct { uint32_t fix; const char *in, *want; } e[] = {
        {HEWAL_FIX_FORMS, "ﻛﻮﺭﺩي", "كوردي"}, {HEWAL_FIX_LETTERS, "كوردي أمريكا", "کوردی أمریکا"}, {HEWAL_FIX_ARABIC, "أمريكا", "ئامريكا"},
        {HEWAL_FIX_VOWELS, "كوردستانه هه\u200Cولێر", "كوردستانە هەولێر"}, {HEWAL_FIX_FONTS, "لەگەلأ كوردي", "لەگەڵ كوردي"},
        {HEWAL_FIX_ZWNJ, "كورد\u200Cستان ژیان\u200Cو", "كوردستان ژیان و"}, {HEWAL_FIX_INVISIBLE, "كور\u200Fد", "كورد"}, {HEWAL_FIX_TATWEEL, "كـورد", "كورد"},
        {HEWAL_FIX_SIGNS, "كُورد", "كورد"}, {HEWAL_FIX_INITIAL_R, "رۆژي", "ڕۆژي"}, {HEWAL_FIX_DOUBLE, "ووشه\u200C", "وشه\u200C"},
        {HEWAL_FIX_DIGITS, "۱ كورد", "١ كورد"}, {HEWAL_FIX_PARTICLES, "دە چێت  كورد", "دەچێت  كورد"}, {HEWAL_FIX_SPACES, "كورد  و", "كورد و"},
    };
    for (size_t i = 0; i < sizeof e / sizeof *e; i++) {
        becomes(e[i].in, e[i].want, e[i].fix, NULL);
        becomes(e[i].in, e[i].in, 0, NULL);
    }
    unsigned n = 0;
    while (hewal_fix_name(n)) n++;
    assert_int_equal((UINT32_C(1) << n) - 1, HEWAL_FIX_ALL | HEWAL_FIX_LEXICON);
}

static void old_fonts(void **state)
{
    (void)state;
    static const example ali_k[] = {
        {"بطؤرِنةءة", "بگۆڕنەوە"}, {"مريشكيَك", "مریشکێک"}, {"ثيَلاَو", "پێڵاو"}, {"بةلآم", "بەڵام"}, {"بةلَآ", "بەڵێ"}, {"ثرِضيَذ", "پڕچێژ"}, {"زانيبآ", "زانیبێ"},
        {"ضونكة زؤربةي رِؤذنامة", "چونکە زۆربەی ڕۆژنامە"}, {"طةلَ", "گەڵ"}, {"ذيانء مردن", "ژیان و مردن"}, {"ئةء", "ئەو"}, {"ظيَنوس", "ڤێنوس"}, {"(2) a", "(2) a"},
    };
    static const example ali_web[] = {{"ثيَش ئأص", "پێش ئڕێ"}, {"ضؤن", "چۆن"}};
    static const example dylan[] = {{"هةوصثر", "هەوڵێر"}, {"ذؤژ", "ڕۆژ"}, {"بةلأم", "بەڵام"}};
    static const example zarnegar[] = {{"دهولٌهت", "دهوڵهت"}, {"هه\u200Cولیٌر", "هەولێر"}, {"كوٌمار", "کۆمار"}, {"گهرٍان", "گهڕان"}};
    for (size_t i = 0; i < sizeof ali_k / sizeof *ali_k; i++) becomes(ali_k[i].in, ali_k[i].want, HEWAL_FIX_ALL, "ali-k");
    for (size_t i = 0; i < sizeof ali_web / sizeof *ali_web; i++) becomes(ali_web[i].in, ali_web[i].want, HEWAL_FIX_ALL, "ali-web");
    for (size_t i = 0; i < sizeof dylan / sizeof *dylan; i++) becomes(dylan[i].in, dylan[i].want, HEWAL_FIX_ALL, "dylan");
    for (size_t i = 0; i < sizeof zarnegar / sizeof *zarnegar; i++) becomes(zarnegar[i].in, zarnegar[i].want, HEWAL_FIX_ALL, "zarnegar");
    hewal_string out = {0};
    hewal_normalizing how = {HEWAL_FIX_ALL, "wingdings"};
    hewal_offset *map;
    size_t n;
    assert_int_equal(hewal_normalize_with(kit_model, "x", 1, &how, &out, &map, &n), HEWAL_EINVAL);
    assert_true(!out.len && !map && !n);
    hewal_string_free(&out);
}

/* Where a word of the output comes from, through three steps. */
static void maps_of_several_steps(void **state)
{
    (void)state;
    static const struct { const char *in, *out_word, *in_words, *from; } e[] = {
        {"x كتێب ه كان  باش", "کتێبەکان", "كتێب ه كان", NULL}, {"كتێب ه كان  باش", "باش", "باش", NULL}, {"بۆئەوەی دە چێت", "دەچێت", "دە چێت", NULL},
        {"ذيانء  ثيَلاَو", "پێڵاو", "ثيَلاَو", "ali-k"}, {"ذيانء  ثيَلاَو", "ژیان", "ذيان", "ali-k"},
    };
    for (size_t i = 0; i < sizeof e / sizeof *e; i++) {
        hewal_string out = {0};
        hewal_normalizing how = {HEWAL_FIX_ALL, e[i].from};
        hewal_offset *map;
        size_t n, k = 0;
        assert_int_equal(hewal_normalize_with(kit_model, e[i].in, strlen(e[i].in), &how, &out, &map, &n), HEWAL_OK);
        const char *at = strstr(out.s, e[i].out_word), *want = strstr(e[i].in, e[i].in_words);
        assert_true(at && want);
        size_t b = (size_t)(at - out.s), end = b + strlen(e[i].out_word), from = 0, to = 0;
        for (k = 0; k < n && map[k].out <= b; k++) from = map[k].in + (b - map[k].out);
        for (k = n; k-- && map[k].out >= end;) to = map[k].in - (map[k].out - end);
        if (from != (size_t)(want - e[i].in) || to != from + strlen(e[i].in_words))
            fail_msg("«%s»: «%s» comes from %zu to %zu, not %zu", e[i].in, e[i].out_word, from, to, (size_t)(want - e[i].in));
        free(map);
        hewal_string_free(&out);
    }
}

/* ---- properties ---------------------------------------------------------------------------------------------------- */

static void check(const char *s, size_t n, uint32_t fix, const char *from)
{
    hewal_string one = {0};
    hewal_normalizing how = {fix, from};
    hewal_offset *map;
    size_t n_map;
    assert_int_equal(hewal_normalize_with(kit_model, s, n, &how, &one, &map, &n_map), HEWAL_OK);
    assert_true(map && n_map >= 1);
    if (map[0].out || map[0].in || map[n_map - 1].out != one.len || map[n_map - 1].in != n) fail_msg("«%.*s»: the map is not total", (int)n, s);
    for (size_t i = 1; i < n_map; i++)
        if (map[i].out < map[i - 1].out || map[i].in < map[i - 1].in || (map[i].out == map[i - 1].out && map[i].in == map[i - 1].in))
            fail_msg("«%.*s», groups %x: the map falls or stands at pair %zu", (int)n, s, fix, i);
    if (kit_utf8(s, n)) assert_true(kit_utf8(one.s, one.len));
    hewal_string two = normal(one.s, one.len, fix, NULL);
    if (two.len != one.len || memcmp(two.s, one.s, one.len) != 0)
        fail_msg("groups %x: «%.*s» becomes «%s» and then «%s»", fix, (int)(n < 400 ? n : 400), s, one.s, two.s);
    free(map);
    hewal_string_free(&one);
    hewal_string_free(&two);
}

static const uint32_t some_choices[] = {HEWAL_FIX_ALL, HEWAL_FIX_WORDS, HEWAL_FIX_ALL & ~(uint32_t)HEWAL_FIX_LETTERS, HEWAL_FIX_ALL & ~(uint32_t)HEWAL_FIX_ZWNJ,
                                        HEWAL_FIX_DOUBLE | HEWAL_FIX_PARTICLES | HEWAL_FIX_SPACES, HEWAL_FIX_ALL | HEWAL_FIX_LEXICON};

static void check_choices(const char *s, size_t n, void *ctx)
{
    (void)ctx;
    for (size_t i = 0; i < sizeof some_choices / sizeof *some_choices; i++) check(s, n, some_choices[i], NULL);
}

static void lemma(const char *s, void *ctx)
{
    check_choices(s, strlen(s), ctx);
}

/* The lexicon is in standard orthography already; only what writers run together is in it, too. */
static void lemma_stays(const char *s, void *ctx)
{
    size_t *changed = ctx;
    hewal_string out = normal(s, strlen(s), HEWAL_FIX_ALL & ~(uint32_t)HEWAL_FIX_PARTICLES, NULL);
    *changed += strcmp(out.s, s) != 0;
    hewal_string_free(&out);
}

static void lexicon(void **state)
{
    (void)state;
    size_t changed = 0;
    assert_true(each_lemma(lemma, NULL) > 10000);
    size_t n = each_lemma(lemma_stays, &changed);
    if (changed * 5000 > n) fail_msg("%zu of %zu lemmas are changed", changed, n);
}

static void samples(void **state)
{
    (void)state;
    kit_read_samples();
    for (size_t i = 0; i < kit_n_samples; i++) check_choices(kit_samples[i].s, kit_samples[i].n, NULL);
    kit_free_samples();
}

static void shared_texts(void **state)
{
    (void)state;
    if (!each_shared_line(KIT_SANITIZED ? 40 : 2, check_choices, NULL)) skip();
}

static const char *const pieces[] = {
    "ا", "ب", "ر", "ڕ", "ه", "ھ", "ە", "ۀ", "ة", "ي", "ى", "ی", "ێ", "ې", "ك", "ک", "و", "ۆ", "ؤ", "ۊ", "وو", "ل", "ڵ", "لل", "أ", "إ", "آ", "ء", "ئ", "ڒ", "ش", "ن",
    "ٚ", "ٛ", "ٕ", "ٔ", "َ", "ِ", "ً", "ٌ", "ٍ", "ّ", "\u200C", "\u200D", "\u200E", "\u200F", "\u202A", "\uFEFF", "\u00AD", "ـ", "ﻻ", "ﻵ", "ﺭ", "ﻪ", "ﻫ", "ﮐ", "ﻲ", "ﷲ", "ﷺ", "ﹱ", "ﱞ",
    " ", "  ", "\u00A0", "\t", "\n", ".", "،", "(", ")", "'", "1", "٢", "۳", "２", "a", "é", "\xF0\x9F\x98\x80", "\xE2\x80", "\xFF", "\xD9", "\xED\xA0\x80",
    "یە", "یەکان", "یەک", "نیە", "هەر", "\u200Cو", "لأ", "لَ",
};
static const char *const words[] = {
    "دە", "نا", "ئە", "ە", "ه", "کان", "كان", "کانی", "ەکە", "ەکان", "ەوە", "یش", "ترین", "چێت", "کات", "یەکسان", "کتێب", "کوردی", "گەورە", "بۆئەوەی", "لەساڵی", "لە",
    "ئەوەی", "نیە", "رۆژ", "ڕۆژ", "و", "\u200Cو", "وو", "ووشە", "a", "ژیانو", "گەڕێتەوە", "٢٦", "۴", "،", " ", " ", " ", " ", " ", " ", "  ", "\n", "\u200C", "ـ", "لأ", "ئ", "بۆ",
};

static void random_mixes(void **state)
{
    (void)state;
    for (int i = 0; i < (KIT_SANITIZED ? 4000 : 40000); i++) {
        size_t n;
        bool of_words = i & 1;
        char *s = of_words ? kit_mix(words, sizeof words / sizeof *words, 1 + kit_random(16), &n) : kit_mix(pieces, sizeof pieces / sizeof *pieces, 1 + kit_random(20), &n);
        check_choices(s, n, NULL);
        check(s, n, kit_random((HEWAL_FIX_ALL | HEWAL_FIX_LEXICON) + 1), NULL);
        free(s);
    }
}

/* Each group alone, and all without it, over all threes of the pieces. */
static void every_three_pieces(void **state)
{
    (void)state;
    const size_t n = sizeof pieces / sizeof *pieces;
    unsigned turn = 0;
    for (size_t i = 0; i < n; i++)
        for (size_t j = 0; j < n; j++)
            for (size_t k = 0; k < n; k += 1 + (size_t)KIT_SANITIZED * 3, turn++) {
                char s[200];
                snprintf(s, sizeof s, "%s%s%s", pieces[i], pieces[j], pieces[k]);
                uint32_t one = UINT32_C(1) << turn % 14;
                check(s, strlen(s), turn & 1 ? one : HEWAL_FIX_ALL & ~one, NULL);
            }
}

static void endless_words(void **state)
{
    (void)state;
    static const char *const letters[] = {"ر", "ه", "ە", "ا", "و", "ي", "یە", "\u200C", "ک", "ﻻ", "ﻵ", "آ", "َ", "ـ", "ﷺ"};
    for (int i = 0; i < 300; i++) {
        size_t n;
        char *s = kit_mix(letters, sizeof letters / sizeof *letters, 100 + kit_random(600), &n);
        check_choices(s, n, NULL);
        free(s);
    }
}

/* Any text may be taken for one of an old font: what comes out is normal, and mapped. */
static void any_text_from_old_fonts(void **state)
{
    (void)state;
    static const char *const fonts[] = {"ali-k", "ali-web", "dylan", "zarnegar"};
    for (int i = 0; i < (KIT_SANITIZED ? 2000 : 20000); i++) {
        size_t n;
        char *s = kit_mix(pieces, sizeof pieces / sizeof *pieces, 1 + kit_random(20), &n);
        check(s, n, i & 4 ? HEWAL_FIX_ALL : kit_random(HEWAL_FIX_ALL + 1), fonts[i & 3]);
        free(s);
    }
}

/* All groups together go through 50 MB a second on any machine of these years; here only that nothing is slow beyond reason. */
static void speed(void **state)
{
    (void)state;
    size_t n;
    char *s = kit_repeat("سه\u200Cرۆكی هه\u200Cرێمی كوردستان له\u200Cگه\u200Cڵ وەزیری دەرەوەی ئێران دە چێت  نیە. The end.\n", 8 << 20, &n);
    double began = kit_cpu_seconds();
    hewal_string out = normal(s, n, HEWAL_FIX_ALL, NULL);
    double took = kit_cpu_seconds() - began;
    if (took > (KIT_SANITIZED ? 20 : 1.6)) fail_msg("8 MB took %.2f s", took);
    hewal_string_free(&out);
    free(s);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(what_old_fonts_left), cmocka_unit_test(double_letters), cmocka_unit_test(particles), cmocka_unit_test(lexicon_asked), cmocka_unit_test(spaces_and_digits),
        cmocka_unit_test(groups), cmocka_unit_test(old_fonts), cmocka_unit_test(maps_of_several_steps), cmocka_unit_test(lexicon),
        cmocka_unit_test(samples), cmocka_unit_test(shared_texts), cmocka_unit_test(random_mixes), cmocka_unit_test(every_three_pieces),
        cmocka_unit_test(endless_words), cmocka_unit_test(any_text_from_old_fonts), cmocka_unit_test(speed),
    };
    return cmocka_run_group_tests(tests, kit_open, kit_close);
}
