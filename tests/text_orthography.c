/* What keyboards and encodings do is made one; what the writer meant stays. */
#include "kit.h"

#include "text/text.h"

static void keyboards(void **state)
{
    (void)state;
    kit_assert_normal("كوردي", "کوردی");                   /* Arabic kaf and yeh */
    kit_assert_normal("كوردى", "کوردی");                   /* alef maksura */
    kit_assert_normal("ڪوردۍ", "کوردی");
    kit_assert_normal("هەولێر", "هەولێر");
    kit_assert_normal("ھەولێر", "هەولێر");                 /* heh doachashmee */
    kit_assert_normal("ہەولېر", "هەولێر");
    kit_assert_normal("سەرۆكوەزیرانی عێراق", "سەرۆکوەزیرانی عێراق");
    kit_assert_normal("سلێماني", "سلێمانی");
    kit_assert_normal("كۆبوونەوە", "کۆبوونەوە");
    kit_assert_normal("ئيران", "ئیران");
    kit_assert_normal("أمریکا", "ئامریکا");
    kit_assert_normal("آمریکا", "ئامریکا");
    kit_assert_normal("حكومة", "حکومە");
}

/* ae as keyboards wrote it before there was one: heh and a non-joiner, or heh at the end of a word. */
static void the_vowel_ae(void **state)
{
    (void)state;
    kit_assert_normal("ه\u200Cه\u200Cولێر", "ەەولێر"); /* every heh before a non-joiner */
    kit_assert_normal("هه\u200Cولێر", "هەولێر");
    kit_assert_normal("ھه\u200Cولێر", "هەولێر");
    kit_assert_normal("هھ\u200Cولێر", "هەولێر");
    kit_assert_normal("كوردستانه", "کوردستانە");
    kit_assert_normal("کۆنفرانسه\u200Cکه", "کۆنفرانسەکە");
    kit_assert_normal("ده\u200Cوڵه\u200Cت", "دەوڵەت");
    kit_assert_normal("په\u200Cرله\u200Cمان", "پەرلەمان");
    kit_assert_normal("ەکە\u200D", "ەکە");
    kit_assert_normal("شاه", "شاه");                       /* this heh is one */
    kit_assert_normal("کۆه", "کۆه");
    kit_assert_normal("ه", "ه");                           /* a letter alone is named, not read */
    kit_assert_normal("هێز", "هێز");
    kit_assert_normal("کوردستانه، هه\u200Cولێره.", "کوردستانە، هەولێرە.");
}

static void invisible_characters(void **state)
{
    (void)state;
    kit_assert_normal("کورد\u200Cستان", "کوردستان");
    kit_assert_normal("کـــوردستـان", "کوردستان");
    kit_assert_normal("کورد\u200Dستان", "کوردستان");
    kit_assert_normal("\u200Fکورد\u200Eستان\u200F", "\u200Fکوردستان"); /* outside words nothing is touched */
    kit_assert_normal("کور\u00ADدستان", "کوردستان");
    kit_assert_normal("کور\uFEFFدستان", "کوردستان");
    kit_assert_normal("کُورِدَستّان", "کوردستان");
    kit_assert_normal("بغدادٌ", "بغداد");
}

static void initial_reh(void **state)
{
    (void)state;
    kit_assert_normal("رووداو", "ڕووداو");
    kit_assert_normal("ڕووداو", "ڕووداو");
    kit_assert_normal("«رووداو» رایگەیاند", "«ڕووداو» ڕایگەیاند");
    kit_assert_normal("کورد، رۆژ", "کورد، ڕۆژ");
    kit_assert_normal("ـرۆژ", "ـڕۆژ"); /* also after an invisible one */
    kit_assert_normal("هەرێم برا پار", "هەرێم برا پار");
}

/* Letters that are typed as two. */
static void letters_of_two_characters(void **state)
{
    (void)state;
    kit_assert_normal("کوردی یٚ", "کوردی ێ");
    kit_assert_normal("هەولیٚر", "هەولێر");
    kit_assert_normal("گەلٚ", "گەڵ");
    kit_assert_normal("کوٚمار", "کۆمار");
    kit_assert_normal("گەرٕان", "گەڕان");
    /* also when the first one is a keyboard's variant, or something invisible stands between */
    kit_assert_normal("هەوليٚر", "هەولێر");
    kit_assert_normal("هەولىٚر", "هەولێر");
    kit_assert_normal("هەولیـٚر", "هەولێر");
    kit_assert_normal("ﮔەﻟٚ", "گەڵ");
}

static void presentation_forms(void **state)
{
    (void)state;
    kit_assert_normal("ﻛﻮﺭﺩﺳﺘﺎﻥ", "کوردستان");
    kit_assert_normal("ﮐﻮﺭﺩﯼ", "کوردی");
    kit_assert_normal("ﺳﻼﻡ", "سلام");  /* lam-alef is two letters */
    kit_assert_normal("ﺳﻠﻴﻤﺎﻧﻲ", "سلیمانی");
    kit_assert_normal("ﺭﯙﮊ", "ڕۆژ");
    kit_assert_normal("ﻫﻪ", "هە");
}

/* Digits of three kinds are one number and one word in the index; the text keeps its own. */
static void digits(void **state)
{
    (void)state;
    static const char *const same[] = {"2021", "٢٠٢١", "۲۰۲۱", "２０２１", "٢0۲1"};
    uint64_t hash = 0;
    hw_arena a;
    hw_arena_init(&a);
    for (size_t i = 0; i < sizeof same / sizeof *same; i++) {
        hw_token t;
        size_t at = 0;
        assert_true(hw_next_token(kit_model, &a, same[i], strlen(same[i]), &at, &t));
        assert_int_equal(t.kind, HW_NUMBER);
        assert_true(t.number == 2021);
        assert_string_equal(t.fold, "2021");
        if (!i) hash = t.hash;
        assert_true(t.hash == hash);
        assert_false(hw_next_token(kit_model, &a, same[i], strlen(same[i]), &at, &t));
        kit_assert_normal(same[i], same[i]);
    }
    hw_arena_free(&a);
}

static const char *fold_of(hw_arena *a, const char *word)
{
    return hw_orth_word(kit_model->orth, a, word, strlen(word)).fold;
}

static void words_that_are_searched_as_one(void **state)
{
    (void)state;
    static const struct { const char *a, *b; } same[] = {
        {"ڕووداو", "روداو"}, {"گەڵ", "گەل"}, {"بڕیار", "بریار"}, {"Rudaw", "RUDAW"}, {"Ârî", "âRÎ"}, {"كوردي", "کوردیی"},
        {"دوو", "دو"}, {"وڵات", "ولات"}, {"ھه\u200Cرێم", "هەرێم"}, {"ﮐﻮﺭﺩ", "کورد"}, {"ک‌ـو\u200Fرد", "کورد"},
    };
    static const struct { const char *a, *b; } apart[] = {{"کورد", "کرد"}, {"ەو", "ئەو"}, {"بەش", "باش"}, {"شێر", "شیر"}, {"کۆ", "کو"}, {"بان", "بانن"}};
    hw_arena a;
    hw_arena_init(&a);
    for (size_t i = 0; i < sizeof same / sizeof *same; i++) assert_string_equal(fold_of(&a, same[i].a), fold_of(&a, same[i].b));
    for (size_t i = 0; i < sizeof apart / sizeof *apart; i++) assert_string_not_equal(fold_of(&a, apart[i].a), fold_of(&a, apart[i].b));
    hw_arena_free(&a);
}

/* ---- properties ---------------------------------------------------------------------------------------------------- */

static void check(const char *s, size_t n, const char *what)
{
    hewal_string one = {0};
    hewal_offset *map;
    size_t n_map;
    assert_int_equal(hewal_normalize(kit_model, s, n, &one, &map, &n_map), HEWAL_OK);
    assert_non_null(map);
    assert_true(n_map >= 1);
    if (map[0].out || map[0].in) fail_msg("%s: the map begins at %u, %u", what, map[0].out, map[0].in);
    if (map[n_map - 1].out != one.len || map[n_map - 1].in != n)
        fail_msg("%s: the map ends at %u, %u, not at %zu, %zu", what, map[n_map - 1].out, map[n_map - 1].in, one.len, n);
    for (size_t i = 1; i < n_map; i++) {
        if (map[i].out < map[i - 1].out || map[i].in < map[i - 1].in || (map[i].out == map[i - 1].out && map[i].in == map[i - 1].in))
            fail_msg("%s: the map falls or stands at pair %zu", what, i);
        /* Between pairs the text was copied, or one word was replaced. */
        size_t k = map[i].out - map[i - 1].out, j = map[i].in - map[i - 1].in;
        if (k == j && !memcmp(one.s + map[i - 1].out, s + map[i - 1].in, k)) continue;
        if (memchr(s + map[i - 1].in, ' ', j) || memchr(s + map[i - 1].in, '\n', j)) fail_msg("%s: pair %zu covers more than a word", what, i);
    }
    if (kit_utf8(s, n)) assert_true(kit_utf8(one.s, one.len));
    hewal_string two = {0};
    assert_int_equal(hewal_normalize(kit_model, one.s, one.len, &two, NULL, NULL), HEWAL_OK);
    if (two.len != one.len || memcmp(two.s, one.s, one.len) != 0) {
        size_t at = 0;
        while (at < one.len && at < two.len && one.s[at] == two.s[at]) at++;
        fail_msg("%s: normalising again changes byte %zu: «%.*s»: «%.60s» is then «%.60s»", what, at, (int)(n < 120 ? n : 120), s,
                 one.s + (at > 20 ? at - 20 : 0), two.s + (at > 20 ? at - 20 : 0));
    }
    free(map);
    hewal_string_free(&one);
    hewal_string_free(&two);
}

static void samples_twice_is_once(void **state)
{
    (void)state;
    kit_read_samples();
    for (size_t i = 0; i < kit_n_samples; i++) check(kit_samples[i].s, kit_samples[i].n, kit_samples[i].name);
    kit_free_samples();
}

static const char *const pieces[] = {
    "ا", "ب", "ر", "ڕ", "ه", "ھ", "ە", "ۀ", "ة", "ي", "ى", "ی", "ێ", "ې", "ك", "ک", "و", "ۆ", "ؤ", "ۊ", "وو", "ل", "ڵ", "لل", "أ", "إ", "آ", "ء",
    "ئ", "ڒ", "ٚ", "ٛ", "ٕ", "ٔ", "ٓ", "َ", "ّ", "\u200C", "\u200D", "\u200E", "\u200F", "\u202A", "\u202C", "\u202D", "\u2067", "\u061C", "\uFEFF", "\u00AD", "ـ", "ﻻ",
    "ﺭ", "ﻪ", "ﻫ", "ﮐ", "ﻲ", "ﷲ", "ﷺ", "ﹱ", "ﹼ", "ﱞ", " ", "  ", "   ", "\n", ".", "،", "«", "»", "\"", "'", "1", "٢", "۳", "a", "Z", "é", "ê",
    "\xF0\x9F\x98\x80", "\xE2\x80", "\xFF", "\xD9", "\xED\xA0\x80", "كوردي", "رووداو", "هه\u200Cولێر",
};

static void random_mixes_twice_is_once(void **state)
{
    (void)state;
    for (int i = 0; i < 20000; i++) {
        size_t n;
        char *s = kit_mix(pieces, sizeof pieces / sizeof *pieces, 1 + kit_random(24), &n);
        check(s, n, "a mix");
        free(s);
    }
}

/* Any two, any three of the pieces in a word: what depends on neighbours. */
static void every_three_pieces(void **state)
{
    (void)state;
    const size_t n = sizeof pieces / sizeof *pieces;
    for (size_t i = 0; i < n; i++)
        for (size_t j = 0; j < n; j++)
            for (size_t k = 0; k < n; k += 1 + (size_t)KIT_SANITIZED) {
                char s[200];
                snprintf(s, sizeof s, "%s%s%s", pieces[i], pieces[j], pieces[k]);
                check(s, strlen(s), "three pieces");
            }
}

/* Words longer than any word is: letters do not become others because the tokenizer cuts there. */
static void endless_words_twice_is_once(void **state)
{
    (void)state;
    static const char *const letters[] = {"ر", "ه", "ە", "ا", "و", "ي", "ـ", "\u200C", "ک", "ﻻ", "آ", "َ"};
    for (int i = 0; i < 300; i++) {
        size_t n;
        char *s = kit_mix(letters, sizeof letters / sizeof *letters, 150 + kit_random(600), &n);
        check(s, n, "an endless word");
        free(s);
    }
}

static void what_is_right_stays(void **state)
{
    (void)state;
    static const char *const t[] = {
        "", " ", "\n\n", "سەرۆکوەزیرانی عێراق گەیشتە بەغدا.", "ڕۆژی ٢٦ی تەمموزی ٢٠٢١، «کۆبوونەوە»", "Rudaw (@Rudawkurdish) July 26, 2021",
        "\xFF\xFE\xC0 broken \xED\xA0\x80", "😀 🇮🇶 ٪٥٠ $3", "شاه و کۆه", "https://t.co/Abc?x=1", "د. فوئاد حوسێن",
    };
    for (size_t i = 0; i < sizeof t / sizeof *t; i++) {
        hewal_string out = {0};
        hewal_offset *map;
        size_t n_map, n = strlen(t[i]);
        assert_int_equal(hewal_normalize(kit_model, t[i], n, &out, &map, &n_map), HEWAL_OK);
        assert_int_equal(out.len, n);
        if (memcmp(out.s, t[i], n) != 0) fail_msg("«%s» became «%s»", t[i], out.s);
        for (size_t k = 0; k < n_map; k++) assert_int_equal(map[k].out, map[k].in);
        free(map);
        hewal_string_free(&out);
    }
}

static void appends_and_maps_from_there(void **state)
{
    (void)state;
    hewal_string out = {0};
    hewal_offset *map;
    size_t n_map;
    assert_int_equal(hewal_normalize(kit_model, "كورد", 8, &out, NULL, NULL), HEWAL_OK);
    assert_int_equal(hewal_normalize(kit_model, " - كـورد", strlen(" - كـورد"), &out, &map, &n_map), HEWAL_OK);
    assert_string_equal(out.s, "کورد - کورد");
    assert_int_equal(n_map, 3);
    assert_int_equal(map[1].out, 3);
    assert_int_equal(map[1].in, 3);
    assert_int_equal(map[2].out, 11);
    assert_int_equal(map[2].in, 13);
    free(map);
    hewal_string_free(&out);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(keyboards),
        cmocka_unit_test(the_vowel_ae),
        cmocka_unit_test(invisible_characters),
        cmocka_unit_test(initial_reh),
        cmocka_unit_test(letters_of_two_characters),
        cmocka_unit_test(presentation_forms),
        cmocka_unit_test(digits),
        cmocka_unit_test(words_that_are_searched_as_one),
        cmocka_unit_test(samples_twice_is_once),
        cmocka_unit_test(random_mixes_twice_is_once),
        cmocka_unit_test(every_three_pieces),
        cmocka_unit_test(endless_words_twice_is_once),
        cmocka_unit_test(what_is_right_stays),
        cmocka_unit_test(appends_and_maps_from_there),
    };
    return cmocka_run_group_tests(tests, kit_open, kit_close);
}
