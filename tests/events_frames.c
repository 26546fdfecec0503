/* Events: which words tell of one, who takes part, and whether it happened. */
#include "kit.h"
#include "model/model.h"

typedef struct { const char *text, *want; } example;

static void names_of(const hewal_record *r, const int32_t *v, size_t n, char *out, size_t size)
{
    for (size_t i = 0; i < n; i++) {
        size_t at = strlen(out);
        assert_true(v[i] >= 0 && (size_t)v[i] < r->n_entities);
        snprintf(out + at, size - at, "%s%s", i ? "," : "", r->entities[v[i]].name);
    }
}

/* All events in order: TYPE/mode/status ACTORS>TARGETS, `;` between. Looks the record over on the way. */
static void events_of(const char *text, char *out, size_t size)
{
    hewal_record *r = NULL;
    assert_int_equal(hewal_annotate(kit_model, text, strlen(text), NULL, &r, NULL), HEWAL_OK);
    *out = 0;
    for (size_t i = 0; i < r->n_events; i++) {
        const hewal_event *e = &r->events[i];
        assert_true(e->b < e->e && e->e <= r->text_len && e->first <= e->last && e->last < r->n_tokens);
        assert_true(i == 0 || r->events[i - 1].b <= e->b);
        assert_true(e->confidence > 0 && e->confidence <= 1);
        assert_true(e->place < (int32_t)r->n_entities && e->time < (int32_t)r->n_times && e->in_quote < (int32_t)r->n_quotes);
        if (e->in_quote >= 0) assert_true(r->quotes[e->in_quote].b <= e->b && e->b < r->quotes[e->in_quote].e);
        size_t n = strlen(out);
        snprintf(out + n, size - n, "%s%s/%s/%s ", i ? "; " : "", hewal_event_type_name(e->type), hewal_mode_name(e->mode),
                 hewal_event_status_name(e->status));
        names_of(r, e->actors, e->n_actors, out, size);
        n = strlen(out);
        snprintf(out + n, size - n, ">");
        names_of(r, e->targets, e->n_targets, out, size);
    }
    hewal_record_free(r);
}

static void check(const example *e, size_t n)
{
    char got[4000];
    for (size_t i = 0; i < n; i++) {
        events_of(e[i].text, got, sizeof got);
        if (strcmp(got, e[i].want)) fail_msg("«%s»: %s, not %s", e[i].text, got, e[i].want);
    }
}
#define CHECK(list) check(list, sizeof(list) / sizeof *(list))

static void frames(void **state)
{
    (void)state;
    static const example list[] = {
        {"عێراق داوای لە ئێران کرد.", "REQUEST//occurred Iraq>Iran"},
        {"تورکیا هێرشی کردە سەر سوریا.", "ASSAULT//occurred Turkey>Syria"},
        {"سوریا لەلایەن تورکیاوە بۆردومان کرا.", "ASSAULT//occurred Turkey>Syria"},
        {"عێراق و ئێران ڕێککەوتن.", "AGREE//occurred Iraq,Iran>"},
        {"مستەفا کازمی لەگەڵ جۆ بایدن کۆبووەوە.", "CONSULT/meet/occurred Mustafa al-Kadhimi>Joe Biden"},
        {"مستەفا کازمی سەردانی مۆسکۆی کرد.", "CONSULT/visit/occurred Mustafa al-Kadhimi>Moscow"},
        {"گفتوگۆی نێوان ئەمریکا و ئێران دەستی پێکرد.", "CONSULT/meet/occurred United States,Iran>"},
        {"ئەمریکا ستایشی تورکیای کرد.", "SUPPORT//occurred United States>Turkey"},
        {"عێراق ئەمریکای تۆمەتبار کرد.", "ACCUSE//occurred Iraq>United States"},
        {"لە بەغدا، مستەفا کازمی و جۆ بایدن کۆبوونەوە.", "CONSULT/meet/occurred Mustafa al-Kadhimi,Joe Biden>"},
        {"عێراق و ئێران کۆبوونەوە. هەردوو وڵات ڕێککەوتن.", "CONSULT/meet/occurred Iraq,Iran>; AGREE//occurred Iraq,Iran>"},
        {"عێراق گلەیی کرد. ئەمریکا باڵیۆزخانەی ئەمریکا لە بەغدا دادەخات.", "ACCUSE//occurred Iraq>; SANCTION//planned United States>Iraq"},
    };
    CHECK(list);
}

/* Who is named again by a common noun, or not meant himself. */
static void echoes(void **state)
{
    (void)state;
    static const example list[] = {
        {"پەرلەمانی کوردستان کۆبووەوە. پەرلەمانەکە داوای لە عێراق کرد.", "CONSULT/meet/occurred Kurdistan Parliament>; REQUEST//occurred Kurdistan Parliament>Iraq"},
        {"سەدان کەس لە بەغدا کۆبوونەوە.", ""},
        {"عێراق داوا دەکات ئێران بکشێتەوە.", "REQUEST//occurred Iraq>Iran; RETREAT//requested Iran>"},
    };
    CHECK(list);
}

static void standing(void **state)
{
    (void)state;
    static const example list[] = {
        {"مستەفا کازمی سەردانی تاران دەکات.", "CONSULT/visit/planned Mustafa al-Kadhimi>Tehran"},
        {"تورکیا هێرشی نەکردە سەر سوریا.", "ASSAULT//denied Turkey>Syria"},
        {"ئێران پێشنیازەکەی قبوڵ نەکرد.", "REJECT//occurred Iran>"},
        {"ئەگەر تورکیا هێرش بکاتە سەر سوریا.", "ASSAULT//hypothetical Turkey>Syria"},
    };
    CHECK(list);
}

/* Who acts and who suffers where the order alone does not tell. */
static void sides(void **state)
{
    (void)state;
    static const example list[] = {
        {"تورکیا، کە سەرێکانیی داگیرکردووە بەرپرسە.", "ASSAULT//occurred Turkey>Ras al-Ayn (Serekaniye)"},
        {"فڕۆکە جەنگییەکانی سوپای تورکیا کەمپی مەخمووریان بۆردومان کرد.", "ASSAULT//occurred Turkish Armed Forces>Makhmur Camp"},
        {"هاووڵاتییەکی کورد بە ناوی ئەحمەد ئەحمەدی لەلایەن سوپای پاسدارانەوە دەسبەسەر کرا.",
         "COERCE//occurred Islamic Revolutionary Guard Corps (IRGC)>Ahmad Ahmadi"},
        {"ئێران ڕەتی دەکاتەوە.", "REJECT//occurred Iran>"},
        {"عێراق و ئێران کۆبوونەوە. هەردوو وڵات ڕازی بوون لە گفتوگۆ.", "CONSULT/meet/occurred Iraq,Iran>; AGREE//occurred Iraq,Iran>; CONSULT/meet/occurred Iraq,Iran>"},
        {"ڕێبەر ئۆجالان ٢٢ ساڵە لە گۆشەگیریدایە.", "COERCE//occurred >Abdullah Öcalan"},
        {"چین ڕایگەیاند، ئەگەر ئەمریکا هێرش بکات وەڵامی توند دەداتەوە.",
         "ASSAULT//hypothetical United States>; THREATEN//hypothetical China>"},
        {"ئەمڕۆ شاندێکی باڵای پارتی گەیشتە سلێمانی.", "CONSULT/visit/occurred Kurdistan Democratic Party (KDP)>Sulaymaniyah"},
    };
    CHECK(list);
}

/* Types that the object or the place of a participant tells. */
static void senses(void **state)
{
    (void)state;
    static const example list[] = {
        {"پۆلیسی هەولێر هاوکاریی منداڵێک دەکات.", "AID//occurred Erbil Police>"},
        {"پێشمەرگە هاوکاری لەگەڵ سوپای عێراق دەکات.", "COOPERATE//planned Peshmerga>Iraqi Army"},
        {"سەلاحەدین دەمیرتاش لە زیندان ئازاد کرا.", "CONCEDE//occurred >Selahattin Demirtaş"},
        {"ئێران سنوورەکانی لەگەڵ هەرێمی کوردستان داخست.", "SANCTION//occurred Iran>Kurdistan Region"},
        {"حکومەتی هەرێم سێ ڕۆژ قەدەغەکردنی هاتوچۆی درێژکردەوە.", "COERCE//occurred Kurdistan Regional Government>"},
        {"کۆریای باکوور مووشەکێکی بالیستی تاقی کردەوە.", "MOBILIZE//occurred North Korea>"},
    };
    CHECK(list);
}

/* An attack and those it killed are one event; an attack told of again is one more. */
static void attacks(void **state)
{
    (void)state;
    static const example list[] = {
        {"لە هێرشی سوپای تورکیادا شێروان شێروانی کوژرا.", "ASSAULT//occurred Turkish Armed Forces>Sherwan Sherwani"},
        {"تورکیا هێرشی کردە سەر شەنگال. لەو هێرشەدا زیانی زۆر بە خەڵک گەیشت.", "ASSAULT//occurred Turkey>Sinjar; ASSAULT//occurred Turkey>Sinjar"},
        {"نێچیرڤان بارزانی هێرشەکەی سەر فڕۆکەخانەی هەولێری شەرمەزار کرد.",
         "ASSAULT//occurred >Erbil International Airport; ACCUSE//occurred Nechirvan Barzani>"},
        {"لە ڕووداوێکی هاتوچۆدا لە هەولێر چوار کەس کوژران.", ""},
    };
    CHECK(list);
}

/* What holds a trigger and is no event. */
static void no_events(void **state)
{
    (void)state;
    static const example list[] = {
        {"فڕۆکەی جەنگی ئەمریکا گەیشت.", ""},
        {"وەزارەتی بەرگریی عێراق گەورەیە.", ""},
        {"", ""},
        {"هێرش", ""},
        {"بێریڤان ئاگاداری نەخۆشییەکە بوو.", ""},
        {"چەتەیەک کوژرا و دوو کەس بریندار بوون.", ""},
        {"تورکیا گەورەیە. مامۆستایان داوای مووچە دەکەن.", ""},
    };
    CHECK(list);
}

static void any_text(void **state)
{
    (void)state;
    static const char *const pieces[] = {"هێرش ", "کرد ", "لە ", "عێراق ", "کردە ", "سەر ", "و ", "، ", "کە ", "داوا ", "کۆ ", "بووەوە ", "ئاگربەست ",
                                         "هەردوولا ", "وڵاتەکەی ", ". ", "«", "» ", "دان ", "بە ", "نا ", "کازمی ", "ئەگەر ", "\n", "خرایە خوارەوە "};
    char got[1 << 16];
    for (int i = 0; i < 300; i++) {
        size_t n;
        char *mix = kit_mix(pieces, sizeof pieces / sizeof *pieces, 1 + kit_random(120), &n), *s = malloc(n + 1);
        assert_non_null(s);
        memcpy(s, mix, n);
        s[n] = 0;
        events_of(s, got, sizeof got);
        free(mix);
        free(s);
    }
}

/* What weights make of it is measured on annotated texts (./evaluate), not here. */
static int open_for_rules(void **state)
{
    int failed = kit_open(state);
    if (!failed) kit_model->rules_only = true;
    return failed;
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(frames), cmocka_unit_test(echoes), cmocka_unit_test(standing), cmocka_unit_test(sides), cmocka_unit_test(senses), cmocka_unit_test(attacks),
                                       cmocka_unit_test(no_events), cmocka_unit_test(any_text)};
    return cmocka_run_group_tests_name("events_frames", tests, open_for_rules, kit_close);
}
