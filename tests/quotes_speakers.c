/* Quotes: who speaks, through which channel, to whom, and who passed it on. */
#include "names_quotes.h"

#define LATER "، ڕێگاکە لە سبەینێوە دەکرێتەوە."
#define WHO "نەوزاد کەریم "
#define FIRST WHO "گوتی: «ڕێگاکە داخراوە». "

/* source | speaker */
static void the_speaker(void **state)
{
    (void)state;
    static const example list[] = {
        {WHO "ڕایگەیاند" LATER, "نەوزاد کەریم|«نەوزاد کەریم»"},
        {"جۆ بایدن ڕایگەیاند" LATER, "جۆ بایدن|Joe Biden"},
        {"تورکیا ڕایگەیاند" LATER, "تورکیا|Turkey"},
        {"وەزارەتی ناوخۆی عێراق ڕایگەیاند" LATER, "وەزارەتی ناوخۆی عێراق|Ministry of Interior (Iraq)"},
        {"ئاژانسی ڕۆیتەرز ڕایگەیاند" LATER, "ڕۆیتەرز|Reuters"},
        {"کەناڵی ئەلجەزیرە بڵاویکردەوە" LATER, "ئەلجەزیرە|Al Jazeera"},
        {"وەزیری ناوخۆی عێراق ڕایگەیاند" LATER, "وەزیری ناوخۆی عێراق|«وەزیری ناوخۆی عێراق»"},
        {"وەزیری دەرەوەی عێراق، فوئاد حوسێن ڕایگەیاند" LATER, "فوئاد حوسێن|Fuad Hussein"},
        {"بەپێی وەزارەتی ناوخۆی عێراق" LATER, "وەزارەتی ناوخۆی عێراق|Ministry of Interior (Iraq)"},
        {"بەوتەی نەوزاد کەریم" LATER, "نەوزاد کەریم|«نەوزاد کەریم»"},
        {"نەوزاد کەریم: «ڕێگاکە داخراوە».", "نەوزاد کەریم|«نەوزاد کەریم»"},
        /* Not who is spoken with or of. */
        {WHO "لە کۆبوونەوەیەک لەگەڵ شیلان ڕەشید گوتی" LATER, "نەوزاد کەریم|«نەوزاد کەریم»"},
        /* Nor where the news comes from. */
        {"هەولێر (ڕووداو) - " WHO "ڕایگەیاند" LATER, "نەوزاد کەریم|«نەوزاد کەریم»"},
        {"هەولێر، ٥ی ئابی ٢٠٢١ - " WHO "ڕایگەیاند" LATER, "نەوزاد کەریم|«نەوزاد کەریم»"},
        {"هەولێر- وەزارەتی ناوخۆی عێراق ڕایگەیاند" LATER, "وەزارەتی ناوخۆی عێراق|Ministry of Interior (Iraq)"},
    };
    CHECK_QUOTES(Q_SOURCE | Q_SPEAKER, list);
}

static void the_last_speaker(void **state)
{
    (void)state;
    static const example list[] = {
        {FIRST "هەروەها گوتی: «باران دەبارێت».", "نەوزاد کەریم|«نەوزاد کەریم»; -|«نەوزاد کەریم»"},
        {FIRST "ناوبراو ڕایگەیاند" LATER, "نەوزاد کەریم|«نەوزاد کەریم»; -|«نەوزاد کەریم»"},
        {FIRST "ئەو ئاماژەی بەوەش کرد کە باران لە هەموو شوێنێک دەبارێت.", "نەوزاد کەریم|«نەوزاد کەریم»; -|«نەوزاد کەریم»"},
        {FIRST "\nهەروەها گوتی: «باران دەبارێت».\nدەشڵێت، بەفر لە چیاکان دەبارێت.", "نەوزاد کەریم|«نەوزاد کەریم»; -|«نەوزاد کەریم»; -|«نەوزاد کەریم»"},
        {FIRST "شیلان ڕەشید گوتی: «باران دەبارێت».", "نەوزاد کەریم|«نەوزاد کەریم»; شیلان ڕەشید|«شیلان ڕەشید»"},
        {WHO "ڕاگەیەندراوێکی بڵاوکردەوە. بەگوێرەی ڕاگەیەندراوەکە" LATER, "-|«نەوزاد کەریم»"},
        {WHO "گوتی: «ڕێگاکە داخراوە» و «باران دەبارێت».", "نەوزاد کەریم|«نەوزاد کەریم»; -|«نەوزاد کەریم»"},
    };
    CHECK_QUOTES(Q_SOURCE | Q_SPEAKER, list);
}

static void not_named(void **state)
{
    (void)state;
    static const example list[] = {
        {"بەرپرسێکی ئەمریکی ڕایگەیاند" LATER, "بەرپرسێکی ئەمریکی|«بەرپرسێکی ئەمریکی»"},
        {"لە ڕێککەوتننامەکەدا هاتووە، هەردوو لا ئاگربەست دەکەن.", "-|-"}, /* a treaty has no speaker */
        {"بەپێی ڕێککەوتننامەکە، هەردوو لا ئاگربەست لە سنوورەکە دەکەن.", "-|-"},
        {FIRST "لە ڕێککەوتننامەکەدا هاتووە، هەردوو لا ئاگربەست دەکەن.", "نەوزاد کەریم|«نەوزاد کەریم»; -|-"},
    };
    CHECK_QUOTES(Q_SOURCE | Q_SPEAKER, list);
}

static void two_together(void **state)
{
    (void)state;
    hewal_record *r = read_text(NULL, "نەوزاد کەریم و شیلان ڕەشید ڕایانگەیاند" LATER);
    assert_int_equal(r->n_quotes, 1);
    assert_int_equal(r->n_mentions, 2);
    assert_int_equal(r->quotes[0].source, HEWAL_NONE);
    assert_int_not_equal(r->quotes[0].source_entity, r->mentions[0].entity); /* neither alone */
    assert_int_not_equal(r->quotes[0].source_entity, r->mentions[1].entity);
    hewal_record_free(r);
}

static void channels(void **state)
{
    (void)state;
    static const example list[] = {
        {WHO "گوتی" LATER, "unspecified"},
        {WHO "لە تویتێکدا نووسی" LATER, "tweet"},
        {WHO "لە پۆستێکی فەیسبووکدا نووسی" LATER, "social-post"},
        {WHO "لە ڕاگەیەندراوێکدا ڕایگەیاند" LATER, "statement"},
        {WHO "لە کۆنفڕانسێکی ڕۆژنامەوانیدا ڕایگەیاند" LATER, "press-conference"},
        {WHO "لە چاوپێکەوتنێکدا گوتی" LATER, "interview"},
        {WHO "لە کۆبوونەوەکەدا گوتی" LATER, "meeting"},
        {WHO "لە پەیوەندییەکی تەلەفۆنیدا گوتی" LATER, "phone-call"},
        {WHO "لە وتارێکدا گوتی" LATER, "speech"},
        {WHO "لە نامەیەکدا نووسی" LATER, "letter"},
        {WHO "لە ڤیدیۆیەکدا گوتی" LATER, "video"},
        {"لە ڕاگەیەندراوەکەدا هاتووە" LATER, "statement"},
        {"لە ڕێککەوتننامەکەدا هاتووە، هەردوو لا ئاگربەست دەکەن.", "document"},
        {"بەپێی ئامارەکان، ڕێگاکە لە ساڵی ڕابردووەوە داخراوە.", "document"},
        {"بەپێی بڕیارەکە، ڕێگاکە لە سبەینێوە دادەخرێت.", "document"},
        {"ئاژانسی ڕۆیتەرز ڕایگەیاند" LATER, "media-report"},
    };
    CHECK_QUOTES(Q_CHANNEL, list);
}

/* channel | speaker | addressee */
static void told_to_an_outlet(void **state)
{
    (void)state;
    static const example list[] = {
        {WHO "بە ڕووداوی ڕاگەیاند" LATER, "interview|«نەوزاد کەریم»|Rudaw"},
        {WHO "بە تۆڕی میدیایی ڕووداوی ڕاگەیاند" LATER, "interview|«نەوزاد کەریم»|Rudaw"},
        {WHO "بە کەناڵی ڕووداوی ڕاگەیاند" LATER, "interview|«نەوزاد کەریم»|Rudaw"},
        {WHO "بە کوردستان ٢٤ی ڕاگەیاند" LATER, "interview|«نەوزاد کەریم»|Kurdistan 24"},
        {WHO "بە ڕۆیتەرزی گوت" LATER, "interview|«نەوزاد کەریم»|Reuters"},
        {WHO "بە (باسنیوز)ی ڕاگەیاند" LATER, "interview|«نەوزاد کەریم»|BasNews"},
    };
    CHECK_QUOTES(Q_CHANNEL | Q_SPEAKER | Q_ADDRESSEE, list);
}

/* source | speaker | via */
static void passed_on(void **state)
{
    (void)state;
    static const example list[] = {
        {"ڕۆیتەرز لە زاری جۆ بایدنەوە بڵاویکردەوە" LATER, "جۆ بایدنەوە|Joe Biden|Reuters"},
        {"ڕۆیتەرز لە زاری وەزیری ناوخۆی عێراقەوە بڵاویکردەوە" LATER, "وەزیری ناوخۆی عێراقەوە|«وەزیری ناوخۆی عێراقەوە»|Reuters"},
        {"ئاژانسی ڕۆیتەرز لە زاری نەوزاد کەریمەوە بڵاویکردەوە" LATER, "نەوزاد کەریمەوە|«نەوزاد کەریمەوە»|Reuters"},
        {WHO "گوتی: «وەزیری ناوخۆی عێراق دەڵێت: ‹ڕێگاکە لە سبەینێوە دەکرێتەوە›».",
         "نەوزاد کەریم|«نەوزاد کەریم»|-; وەزیری ناوخۆی عێراق|«وەزیری ناوخۆی عێراق»|«نەوزاد کەریم»"},
        {WHO "ڕایگەیاند" LATER, "نەوزاد کەریم|«نەوزاد کەریم»|-"},
    };
    CHECK_QUOTES(Q_SOURCE | Q_SPEAKER | Q_VIA, list);
}

static void long_texts(void **state)
{
    (void)state;
    static const char *const repeated[] = {
        WHO "ڕایگەیاند" LATER " ", "ناوبراو وتی ڕێگاکە داخراوە. ", "بە ڕووداوی ڕاگەیاند، ", "سەرچاوەیەک گوتی" LATER " ", "ڕۆیتەرز لە زاری جۆ بایدنەوە بڵاویکردەوە" LATER " ",
        "بەپێی ڕۆیتەرز، " WHO "گوتی" LATER " ", WHO "و شیلان ڕەشید ڕایانگەیاند" LATER " ", "ناوبراو وتی نا نا نا، ",
    };
    CHECK_LINEAR(repeated);
}

/* channel | speaker */
static void told_elsewhere(void **state)
{
    (void)state;
    static const example list[] = {
        /* a statement behind the words, or in a line of its own; an interview in a caption */
        {WHO "ڕایگەیاند" LATER "\nنەوزاد کەریم ڕاگەیێندراوێکی بڵاو کردەوە.", "statement|«نەوزاد کەریم»"},
        {WHO ": ڕێگاکە لە سبەینێوە دەکرێتەوە\n\nڕاگەیێندراوێک لە نەوزاد کەریم ەوە", "statement|«نەوزاد کەریم»"},
        {WHO ": ڕێگاکە لە سبەینێوە دەکرێتەوە\n\nنەوزاد کەریم لە چاوپێکەوتنێکدا", "interview|«نەوزاد کەریم»"},
        /* somebody else's is not his */
        {WHO "ڕایگەیاند" LATER "\nشیلان ڕەشید ڕاگەیێندراوێکی بڵاو کردەوە.", "unspecified|«نەوزاد کەریم»"},
        /* by the verb before; words gone on with */
        {WHO "قسەی کرد و ڕایگەیاند" LATER, "speech|«نەوزاد کەریم»"},
        {WHO "لە کۆنفرانسێکی ڕۆژنامەوانیدا وتی: «باران دەبارێت». لە بەشێکی دیکەی قسەکانیدا، نەوزاد کەریم وتی: «ڕێگاکە داخراوە».",
         "press-conference|«نەوزاد کەریم»; press-conference|«نەوزاد کەریم»"},
        /* nobody's: hearsay; the author's: a letter */
        {FIRST "دەوترێت باران لە چیاکان زۆر دەبارێت.", "unspecified|«نەوزاد کەریم»; unspecified|-"},
        {"لە نامەکەی جۆ بایدندا ئاماژە بەوە کراوە، ڕێگاکە داخراوە.", "letter|Joe Biden"},
    };
    CHECK_QUOTES(Q_SPEAKER | Q_CHANNEL, list);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_speaker), cmocka_unit_test(the_last_speaker), cmocka_unit_test(not_named), cmocka_unit_test(two_together),
        cmocka_unit_test(channels), cmocka_unit_test(told_to_an_outlet), cmocka_unit_test(passed_on), cmocka_unit_test(told_elsewhere),
        cmocka_unit_test(long_texts),
    };
    return cmocka_run_group_tests(tests, kit_open, kit_close);
}
