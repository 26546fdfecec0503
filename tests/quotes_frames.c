/* Quotes: each way of reporting, the words cut out exactly, and what is no quote. */
#include "names_quotes.h"

/* kind | cue | words */
enum { CUT = Q_KIND | Q_CUE | Q_WORDS };
#define WHO "نەوزاد کەریم "
#define LATER "ڕێگاکە لە سبەینێوە دەکرێتەوە"

static void say(void **state)
{
    (void)state;
    static const example list[] = {
        {WHO "وتی: «ئێمە ئاشتیمان دەوێت».", "direct|وتی|ئێمە ئاشتیمان دەوێت"},
        {WHO "وتی «ئێمە ئاشتیمان دەوێت».", "direct|وتی|ئێمە ئاشتیمان دەوێت"},
        {WHO "گوتی: \"ڕێگاکە داخراوە\".", "direct|گوتی|ڕێگاکە داخراوە"},
        {WHO "گوتی: “ڕێگاکە داخراوە”.", "direct|گوتی|ڕێگاکە داخراوە"},
        {WHO "پرسی: «کەی ڕێگاکە دەکرێتەوە؟»", "direct|پرسی|کەی ڕێگاکە دەکرێتەوە؟"},
        {WHO "نووسیویەتی: ڕێگاکە داخراوە و کەس ناتوانێت بڕوات.", "direct|نووسیویەتی|ڕێگاکە داخراوە و کەس ناتوانێت بڕوات"},
        {WHO "گوتی کە ڕێگاکە داخراوە.", "indirect|گوتی|ڕێگاکە داخراوە"},
        {WHO "گوتی ڕێگاکە داخراوە.", "indirect|گوتی|ڕێگاکە داخراوە"},
        {WHO "ڕایگەیاند، " LATER ".", "indirect|ڕایگەیاند|" LATER},
        {WHO "ڕایدەگەیەنێت، " LATER ".", "indirect|ڕایدەگەیەنێت|" LATER},
        {WHO "دەڵێت، " LATER ".", "indirect|دەڵێت|" LATER},
        {WHO "وتبووی " LATER ".", "indirect|وتبووی|" LATER},
        {WHO "گوتی کە ڕێگاکە «بە تەواوی داخراوە» و کەس ناڕوات.", "mixed|گوتی|ڕێگاکە «بە تەواوی داخراوە» و کەس ناڕوات"},
    };
    CHECK_QUOTES(CUT, list);
}

static void words_before_the_cue(void **state)
{
    (void)state;
    static const example list[] = {
        {"«ئێمە ئاشتیمان دەوێت»، " WHO "وتی.", "direct|وتی|ئێمە ئاشتیمان دەوێت"},
        {"«ئێمە ئاشتیمان دەوێت.» " WHO "وا دەڵێت.", "direct|وا دەڵێت|ئێمە ئاشتیمان دەوێت."},
        {"«ڕێگاکە داخراوە» " WHO "گوتی، «باران دەبارێت».", "direct|گوتی|ڕێگاکە داخراوە; direct|گوتی|باران دەبارێت"},
    };
    CHECK_QUOTES(CUT, list);
}

static void point(void **state)
{
    (void)state;
    static const example list[] = {
        {WHO "ئاماژەی بەوە کرد کە " LATER ".", "indirect|ئاماژەی بەوە کرد|" LATER},
        {WHO "ئاماژەی بەوەشکرد، ڕێگاکە داخراوە و باران دەبارێت.", "indirect|ئاماژەی بەوەشکرد|ڕێگاکە داخراوە و باران دەبارێت"},
        {WHO "باسی لەوە کرد، کە " LATER ".", "indirect|باسی لەوە کرد|" LATER},
        {WHO "ئەوەشی ڕاگەیاند کە " LATER ".", "indirect|ئەوەشی ڕاگەیاند|" LATER},
        {WHO "ڕەتیکردەوە کە ڕێگاکە لە سبەینێوە دادەخرێت.", "indirect|ڕەتیکردەوە|ڕێگاکە لە سبەینێوە دادەخرێت"},
        {WHO "باسی لە ڕێگاکە کرد.", ""}, /* a topic, no content */
        {WHO "باسی ڕێگاکەی کرد.", ""},
    };
    CHECK_QUOTES(CUT, list);
}

static void open_frames(void **state)
{
    (void)state;
    static const example list[] = {
        {WHO "ئاشکرای کرد، کە دوو کارمەند گیراون.", "indirect|ئاشکرای کرد|دوو کارمەند گیراون"},
        {WHO "ئاشکرایکرد، دوو کارمەند لە شارەوانی گیراون.", "indirect|ئاشکرایکرد|دوو کارمەند لە شارەوانی گیراون"},
        {WHO "هۆشداری دا، کە ڕێگاکە لە سبەینێوە دادەخرێت.", "indirect|هۆشداری دا|ڕێگاکە لە سبەینێوە دادەخرێت"},
        {WHO "هۆشداریی دا لەوەی کە ڕێگاکە لە سبەینێوە دادەخرێت.", "indirect|هۆشداریی دا|ڕێگاکە لە سبەینێوە دادەخرێت"},
    };
    CHECK_QUOTES(CUT, list);
}

static void topic(void **state)
{
    (void)state;
    static const example list[] = {
        {WHO "جەختی لە پێویستیی کردنەوەی ڕێگاکە کردەوە.", "indirect|پێویستیی کردنەوەی ڕێگاکە"},
        {WHO "جەختی لەوە کردەوە کە " LATER ".", "indirect|" LATER},
        {WHO "دووپاتی کردەوە کە " LATER ".", "indirect|" LATER},
    };
    CHECK_QUOTES(Q_KIND | Q_WORDS, list);
}

static void stand(void **state)
{
    (void)state;
    static const example list[] = {
        {"لە ڕاگەیەندراوەکەدا هاتووە، " LATER ".", "indirect|هاتووە|" LATER},
        {"لە ڕاگەیەندراوێکی وەزارەتی ناوخۆی عێراقدا هاتووە، " LATER ".", "indirect|هاتووە|" LATER},
        {"نەوزاد کەریم هاتووە، " LATER ".", ""}, /* somebody has come */
    };
    CHECK_QUOTES(CUT, list);
}

static void pair_and_name(void **state)
{
    (void)state;
    static const example list[] = {
        {WHO "داوای کرد: «ڕێگاکە بکەنەوە».", "direct|داوای کرد|ڕێگاکە بکەنەوە"},
        {WHO "داوای کردنەوەی ڕێگاکەی کرد.", ""}, /* a plain request */
        {WHO "سوپاسی کرد: «زۆر سوپاس بۆ هەمووان».", "direct|سوپاسی کرد|زۆر سوپاس بۆ هەمووان"},
        {WHO "بە «کارەساتی گەورە» ناوی برد.", "direct|ناوی برد|کارەساتی گەورە"},
        {WHO "هێرشەکەی بە «تاوانێکی قێزەون» وەسف کرد.", "direct|وەسف کرد|تاوانێکی قێزەون"},
        {"خەڵک بە «نا بۆ شەڕ» دروشمیان وتەوە.", "direct|دروشمیان وتەوە|نا بۆ شەڕ"},
    };
    CHECK_QUOTES(CUT, list);
}

static void according_to(void **state)
{
    (void)state;
    static const example list[] = {
        {"بەپێی وەزارەتی ناوخۆی عێراق، " LATER ".", "indirect|بەپێی|" LATER},
        {"بەوتەی نەوزاد کەریم، " LATER ".", "indirect|بەوتەی|" LATER},
        {"بەگوێرەی ڕاگەیەندراوەکە، " LATER ".", "indirect|بەگوێرەی|" LATER},
        {"بەپێی ئامارەکان، ڕێگاکە لە ساڵی ڕابردووەوە داخراوە.", "indirect|بەپێی|ڕێگاکە لە ساڵی ڕابردووەوە داخراوە"},
    };
    CHECK_QUOTES(CUT, list);
}

static void colons(void **state)
{
    (void)state;
    static const example list[] = {
        {"نەوزاد کەریم: " LATER ".", "direct|:|" LATER},
        {"نەوزاد کەریم: «" LATER "».", "direct|:|" LATER},
        {"سەرۆکی ئەمریکا: ئێمە دەگەڕێینەوە بۆ گفتوگۆ.", "direct|:|ئێمە دەگەڕێینەوە بۆ گفتوگۆ"},
        {"وەزیری ناوخۆی عێراق: " LATER ".", "direct|:|" LATER},
        {"وتەبێژی حکومەت: " LATER ".", "direct|:|" LATER},
        {"هەولێر: " LATER ".", ""},                                           /* a dateline */
        {"کاتژمێر 10:30 دەستی پێکرد.", ""},                                   /* a time */
        {"کۆبوونەوەی داهاتوو: ڕۆژی هەینی لە هەولێر بەڕێوە دەچێت.", ""},        /* a heading */
    };
    CHECK_QUOTES(CUT, list);
}

static void several(void **state)
{
    (void)state;
    static const example list[] = {
        {WHO "گوتی: «ڕێگاکە داخراوە. باران دەبارێت. کەس نەڕوات».", "direct|گوتی|ڕێگاکە داخراوە. باران دەبارێت. کەس نەڕوات"},
        {WHO "گوتی: «ڕێگاکە داخراوە» و «باران دەبارێت».", "direct|گوتی|ڕێگاکە داخراوە; direct|گوتی|باران دەبارێت"},
        {WHO "گوتی: «ڕێگاکە داخراوە»، هەروەها گوتی: «باران دەبارێت».", "direct|گوتی|ڕێگاکە داخراوە; direct|گوتی|باران دەبارێت"},
        {WHO "گوتی: " LATER " و ئاماژەی بەوەش کرد کە باران لە هەموو شوێنێک دەبارێت.",
         "direct|گوتی|" LATER "; indirect|ئاماژەی بەوەش کرد|باران لە هەموو شوێنێک دەبارێت"},
        {WHO "گوتی: «سەرۆک بە منی وت ‹نەڕۆن بۆ شارەکە› و ڕۆیشت».",
         "direct|گوتی|سەرۆک بە منی وت ‹نەڕۆن بۆ شارەکە› و ڕۆیشت; direct|وت|نەڕۆن بۆ شارەکە"},
        {WHO "گوتی:\n«ئێمە دەچینە گوندەکە».", "direct|گوتی|ئێمە دەچینە گوندەکە"},
    };
    CHECK_QUOTES(CUT, list);
}

static void no_quotes(void **state)
{
    (void)state;
    static const example list[] = {
        {"کتێبی «ژیانی نوێ» دوێنێ چاپ کرا.", ""},
        {"پێویستە نەوزاد کەریم بڵێت کە ڕێگاکە داخراوە.", ""},
        {"ئەگەر نەوزاد کەریم بڵێت " LATER "، ئێمە دێین.", ""},
        {WHO "بیری لە ڕێگاکە کردەوە.", ""},
        {WHO "گوتی: «من دەڵێم ئێمە ناچین بۆ شەڕ».", "direct|گوتی|من دەڵێم ئێمە ناچین بۆ شەڕ"}, /* the speaker's own «I say» */
        {"", ""},
    };
    CHECK_QUOTES(CUT, list);
}

/* However many quotes stand before it, none is told twice. */
static void each_once(void **state)
{
    (void)state;
    enum { N = 150 };
    static const char piece[] = "نەوزاد کەریم وتی:\n«ئێمە دەچینە گوندەکە».\n";
    size_t n;
    char *s = kit_repeat(piece, (sizeof piece - 1) * N, &n);
    hewal_record *r = read_text(NULL, s);
    assert_int_equal(r->n_quotes, N);
    for (size_t i = 1; i < r->n_quotes; i++) assert_true(r->quotes[i - 1].e <= r->quotes[i].b);
    hewal_record_free(r);
    free(s);
}

static void long_and_odd_texts(void **state)
{
    (void)state;
    static const char *const repeated[] = {
        "وتی «ئەو» ", "وتی: ", ": ", "ئازاد: ", "« ", "ئەو وتی «", "لە ڕاگەیەندراوەکەدا هاتووە، ", "جەختی لە ", "بەپێی ", "لە زاری ",
        "نەوزاد کەریم وتی «ئێمە دێین» و «نا نا» ", "نەوزاد کەریم وتی: «ئێمە دێین بۆ ئێرە».\n«ئێمە دێین بۆ ئێرە»\n", "مرۆڤێکی نوێ: نا. ", "ئاماژەی بەوە کرد ",
    };
    static const char *const pieces[] = {
        "نەوزاد کەریم ", "وتی", ": ", "«", "» ", "\"", "‹", "› ", "و ", "، ", ". ", "\n", "کە ", "ئاماژەی ", "بەوە ", "کرد ", "بەپێی ", "لە زاری ", "ەوە ", "هاتووە ", "لە ڕاگەیەندراوەکەدا ", "جەختی لە ",
        "کردەوە ", "ناوی برد ", "دەڵێم ", "ڕێگاکە ", "داخراوە", "عێراق ", "بە ڕووداوی ", "ناوبراو ", "\xE2\x80", "(", ")", "- ", "؟ ",
    };
    CHECK_LINEAR(repeated);
    for (int i = 0; i < (KIT_SANITIZED ? 400 : 2000); i++) {
        size_t n;
        char *s = kit_mix(pieces, sizeof pieces / sizeof *pieces, 1 + kit_random(150), &n);
        hewal_record *r = NULL;
        assert_int_equal(hewal_annotate(kit_model, s, n, NULL, &r, NULL), HEWAL_OK);
        check_record(r);
        hewal_record_free(r);
        free(s);
    }
}

static void going_on(void **state)
{
    (void)state;
    static const example list[] = {
        /* over lines in which the speaker speaks of himself */
        {WHO "وتی، ئێمە ڕێگاکەمان کردەوە.\nئێستا چاوەڕێی یارمەتی دەکەین.\nباران دەبارێت.", "direct|وتی|ئێمە ڕێگاکەمان کردەوە.\nئێستا چاوەڕێی یارمەتی دەکەین"},
        /* to the end of the line, where each line is a sentence */
        {"باران باری.\nبەفر باری.\n" WHO "ڕایگەیاند، ڕێگاکە داخراوە. پردەکە ڕووخاوە.\nهەوا ساردە.", "indirect|ڕایگەیاند|ڕێگاکە داخراوە. پردەکە ڕووخاوە"},
        {WHO "ڕایگەیاند، ڕێگاکە داخراوە. پردەکە ڕووخاوە.", "indirect|ڕایگەیاند|ڕێگاکە داخراوە"},
        /* to a mark that nobody opened; but not over another speaker */
        {WHO "وتی، ڕێگاکە داخراوە.\nپردەکە ڕووخاوە.\"\nهەوا ساردە.", "direct|وتی|ڕێگاکە داخراوە.\nپردەکە ڕووخاوە."},
        {WHO "وتی، ڕێگاکە داخراوە.\nشیلان ڕەشید وتی، باران دەبارێت.\"\nهەوا ساردە.", "indirect|وتی|ڕێگاکە داخراوە; direct|وتی|باران دەبارێت."},
        /* a mark that nobody closed: as far as the reporter speaks again */
        {WHO "وتی، \"ڕێگاکە داخراوە.\nپردەکە ڕووخاوە.\nشیلان ڕەشید ڕایگەیاند، باران دەبارێت.", "direct|وتی|ڕێگاکە داخراوە.\nپردەکە ڕووخاوە; indirect|ڕایگەیاند|باران دەبارێت"},
        {WHO "وتی:\"ڕێگاکە داخراوە و وتی:\" پردەکە ڕووخاوە.\"", "direct|وتی|ڕێگاکە داخراوە; direct|وتی|پردەکە ڕووخاوە."},
        /* and no farther than what the reporter adds */
        {WHO "ڕایگەیاند، ڕێگاکە داخراوە و داواشی لە هاووڵاتییان کرد لە ماڵ بن.", "indirect|ڕایگەیاند|ڕێگاکە داخراوە"},
        {WHO "ڕایگەیاند، ڕێگاکە داخراوە و جەختیشی کردەوە کە پردەکە ڕووخاوە.", "indirect|ڕایگەیاند|ڕێگاکە داخراوە; indirect|جەختیشی کردەوە|پردەکە ڕووخاوە"},
    };
    CHECK_QUOTES(CUT, list);
}

static void alone_in_a_line(void **state)
{
    (void)state;
    static const example list[] = {
        {"\"ڕێگاکە لە سبەینێوە دادەخرێت\"\n\nد. نەوزاد کەریم- سەرۆکی پەرلەمان", "direct||ڕێگاکە لە سبەینێوە دادەخرێت"},
        {"نەوزاد کەریم، سەرۆکی پەرلەمان\n\n\"ڕێگاکە لە سبەینێوە دادەخرێت\"", "direct||ڕێگاکە لە سبەینێوە دادەخرێت"},
        {"\"ئێمە ڕێگاکە لە سبەینێوە دادەخەین\"\n\nنەوزاد کەریم لە هەولێر ڕێگایەکی نوێ دەکاتەوە", "direct||ئێمە ڕێگاکە لە سبەینێوە دادەخەین"},
        {"\"ڕێگاکە لە سبەینێوە دادەخرێت\"\n\nنەوزاد کەریم هاتە دەنگ", "direct|هاتە دەنگ|ڕێگاکە لە سبەینێوە دادەخرێت"},
        /* a headline, an advert, a heading among words in other marks */
        {"\"کۆتایی بە سەردانەکەی دەهێنێت\"\n\nنەوزاد کەریم دەگەڕێتەوە بەغدا", ""},
        {"نەوزاد کەریم گوتی: \"ڕێگاکە داخراوە\"\n\"بۆ خوێندنەوەی هەواڵەکە کلیک لە وێنەکە بکە\"", "direct|گوتی|ڕێگاکە داخراوە"},
        {"'ڕێگاکە لە سبەینێوە دادەخرێت'\nنەوزاد کەریم گوتی، \"ڕێگاکە داخراوە\".", "direct|گوتی|ڕێگاکە داخراوە"},
    };
    CHECK_QUOTES(CUT, list);
}

static void what_is_none(void **state)
{
    (void)state;
    static const example list[] = {
        {"بەپێی تواناکانیان کار بۆ کردنەوەی ڕێگاکە دەکەن.", ""},
        {"بەپێی هەلومەرجی گونجاو، ڕێگاکە لە سبەینێوە دەکرێتەوە.", ""},
        {"گۆرانییەکی نوێی بە ناوی \"لە چیاوە بەرەو دەریا\" بڵاوکردەوە.", ""},
        {"دیمەنەکان بڵاوکرانەوە، پۆلیس لێکۆڵینەوەی کرد.", ""},
        {"دوای ئەوەی " WHO "ڕایگەیاند، پۆلیس ڕێگاکەی داخست.", ""},
        {"ئەوە ڕوون نەکراوەتەوە کە ڕێگاکە بۆچی داخراوە.", ""},
        {"پۆلیس ناسنامەی گیراوەکەی ئاشکرا کرد کە لە هەولێر دەژیا.", ""},
        {"ئەمریکا: 132 هەزار تووشبوو و 65 هەزار مردوو", ""},
        {"هەولێر: ڕێگاکە لە سبەینێوە دەکرێتەوە", ""}, /* a dateline */
    };
    CHECK_QUOTES(CUT, list);
}

static void whole_cues_and_goals(void **state)
{
    (void)state;
    static const example list[] = {
        {"وەزارەتی ناوخۆی عێراق ڕاگەیێندراوێکی بڵاو کردەوە کە بەم شێوەیەیە: \"ڕێگاکە داخراوە.\"", "direct|بەم شێوەیەیە|ڕێگاکە داخراوە."},
        {"نەوزاد کەریم دڵنیایی داوەتە شیلان ڕەشید، کە ڕێگاکە دەکرێتەوە.", "indirect|دڵنیایی داوەتە|ڕێگاکە دەکرێتەوە"},
        {WHO "بەڵێنی دا ڕێگاکە بکاتەوە.", "indirect|بەڵێنی دا|ڕێگاکە بکاتەوە"},
        {"ئەمریکا: ڕێگاکە لە سبەینێوە دەکرێتەوە", "direct|:|ڕێگاکە لە سبەینێوە دەکرێتەوە"},
        {"شارەزایان: باران زۆر دەبارێت", "direct|:|باران زۆر دەبارێت"},
    };
    CHECK_QUOTES(CUT, list);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(say), cmocka_unit_test(words_before_the_cue), cmocka_unit_test(point), cmocka_unit_test(open_frames),
        cmocka_unit_test(topic), cmocka_unit_test(stand), cmocka_unit_test(pair_and_name), cmocka_unit_test(according_to),
        cmocka_unit_test(colons), cmocka_unit_test(several), cmocka_unit_test(no_quotes), cmocka_unit_test(each_once),
        cmocka_unit_test(going_on), cmocka_unit_test(alone_in_a_line), cmocka_unit_test(what_is_none), cmocka_unit_test(whole_cues_and_goals),
        cmocka_unit_test(long_and_odd_texts),
    };
    return cmocka_run_group_tests(tests, kit_open, kit_close);
}
