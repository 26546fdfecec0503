/* Numbers and what they count. */
#include "kit.h"

#include <math.h>

typedef struct { const char *text; int n; double value[4]; const char *unit[4]; } example;

static void check(const example *e, size_t n)
{
    for (size_t i = 0; i < n; i++, e++) {
        hewal_record *r = NULL;
        assert_int_equal(hewal_annotate(kit_model, e->text, strlen(e->text), NULL, &r, NULL), HEWAL_OK);
        if ((int)r->n_quantities != e->n) fail_msg("«%s»: %zu quantities, not %d", e->text, r->n_quantities, e->n);
        for (int k = 0; k < e->n; k++) {
            const hewal_quantity *q = &r->quantities[k];
            if (fabs(q->value - e->value[k]) > 1e-9 * fmax(1, e->value[k])) fail_msg("«%s»: %g, not %g", e->text, q->value, e->value[k]);
            if (e->unit[k] && strcmp(q->unit, e->unit[k])) fail_msg("«%s»: unit «%s», not «%s»", e->text, q->unit, e->unit[k]);
        }
        hewal_record_free(r);
    }
}
#define CHECK(list) check(list, sizeof(list) / sizeof *(list))

static void figures_and_words(void **state)
{
    (void)state;
    static const example list[] = {
        {"زیاتر لە 20 هەزار کەس هاتن.", 1, {20000}, {"کەس"}},
        {"هەزار 220 کەس هاتن.", 1, {1220}, {"کەس"}},
        {"نۆ هەزار و 974 کەس هاتن.", 1, {9974}, {"کەس"}},
        {"٢ ملیۆن و ٥١ هەزار کەس هاتن.", 1, {2051000}, {"کەس"}},
        {"میلیۆنێک و 800 هەزار کەس هاتن.", 1, {1800000}, {"کەس"}},
        {"2 هەزار و 500 ملیۆن دۆلار درا.", 1, {2500000000}, {"دۆلار"}},
        {"نۆزدە ملیۆن و نیو کەس هاتن.", 1, {19500000}, {"کەس"}},
        {"نیو ملیۆن کەس هاتن.", 1, {500000}, {"کەس"}},
        {"١٧.٥ ملیار دۆلار درا.", 1, {17500000000}, {"دۆلار"}},
        {"(13000) کەس هاتن.", 1, {13000}, {"کەس"}},
        {"138,657 کەس هاتن.", 1, {138657}, {"کەس"}},
        {"دوو هەزار و پێنج سەد و بیست و یەک کەس هاتن.", 1, {2521}, {"کەس"}},
        {"شەست هەزار سەرباز هاتن.", 1, {60000}, {"سەرباز"}},
        {"دوو دادوەر و سێ پارێزگا.", 2, {2, 3}, {"دادوەر", "پارێزگا"}},
        {"150-200 منداڵ هاتن.", 2, {150, 200}, {"منداڵ", "منداڵ"}},
        {"ژمارەکە هەشت هێندە زیاد دەکات.", 1, {8}, {0}},
    };
    CHECK(list);
}

static void parts_of_a_whole(void **state)
{
    (void)state;
    static const example list[] = {
        {"لە ٪51 خاک.", 1, {51}, {"%"}},
        {"بەڕێژەی (87.4%)ی خەڵک.", 1, {87.4}, {"%"}},
        {"لە سەدا 20 زیاد بوو.", 1, {20}, {"%"}},
        {"٦٢٫٦ لە سەدی دەنگەکان.", 1, {62.6}, {"%"}},
        {"دوو لەسەر سێی ئەندامان.", 1, {0.667}, {0}},
    };
    CHECK(list);
}

static void numbers_that_count_nothing(void **state)
{
    (void)state;
    static const example list[] = {
        {"یەکێک لەوان هات و یەکتریان بینی.", 0, {0}, {0}},
        {"بەپێی ماددەی (٤)ی یاساکە.", 0, {0}, {0}},
        {"بڕیاری ژمارە 2245 دەرچوو.", 0, {0}, {0}},
        {"ڤایرۆسی کۆڤید 19 هات.", 0, {0}, {0}},
        {"ساڵی 2020 لە 26ی نیسان هات.", 0, {0}, {0}},
        {"بۆ ماوەی ٩٠ ڕۆژ.", 0, {0}, {0}},
        {"سەدان هەزار کەس هاتن.", 0, {0}, {0}},
        {"هەردوو سەرکردە هاتن.", 0, {0}, {0}},
        {"ڕێگای M4 داخرا.", 0, {0}, {0}},
    };
    CHECK(list);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(figures_and_words), cmocka_unit_test(parts_of_a_whole), cmocka_unit_test(numbers_that_count_nothing),
    };
    return cmocka_run_group_tests(tests, kit_open, kit_close);
}
