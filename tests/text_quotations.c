/* Quotation marks of every kind, paired or not. */
#include "kit.h"

#include "text/text.h"

/* What is quoted, in the order of the opening marks, with | between; ^ before a quotation inside another. */
static void assert_quoted(const char *s, const char *want)
{
    char got[8192] = "";
    size_t n = 0;
    hw_arena a;
    hw_arena_init(&a);
    hw_text *x = hw_text_read(kit_model, &a, s, strlen(s));
    for (uint32_t i = 0; i < x->quotations.n; i++) {
        const hw_quotation *q = &x->quotations.v[i];
        n += (size_t)snprintf(got + n, sizeof got - n, "%s%s%.*s", i ? "|" : "", q->outer ? "^" : "", (int)(q->e - q->b), s + q->b);
    }
    hw_arena_free(&a);
    if (strcmp(got, want) != 0) fail_msg("«%s»\n  gives «%s»\n  not   «%s»", s, got, want);
}

static void every_kind(void **state)
{
    (void)state;
    assert_quoted("وتی «ئێمە دێین» و چوو", "ئێمە دێین");
    assert_quoted("وتی \"ئێمە دێین\" و چوو", "ئێمە دێین");
    assert_quoted("وتی “ئێمە دێین” و چوو", "ئێمە دێین");
    assert_quoted("وتی ”ئێمە دێین“ و چوو", "ئێمە دێین");
    assert_quoted("وتی ”ئێمە دێین” و چوو", "ئێمە دێین");
    assert_quoted("وتی „ئێمە دێین“ و چوو", "ئێمە دێین");
    assert_quoted("وتی 'ئێمە دێین' و چوو", "ئێمە دێین");
    assert_quoted("وتی ‘ئێمە دێین’ و چوو", "ئێمە دێین");
    assert_quoted("وتی ''ئێمە دێین'' و چوو", "ئێمە دێین");
    assert_quoted("وتی ‹ئێمە دێین› و چوو", "ئێمە دێین");
    assert_quoted("وتی ＂ئێمە دێین＂ و چوو", "ئێمە دێین");
}

static void glued_and_spaced(void **state)
{
    (void)state;
    assert_quoted("وتی:«دێم»و چوو", "دێم");
    assert_quoted("وتی:\"دێم\"و چوو", "دێم");
    assert_quoted("وتی « دێم » و چوو", "دێم");
    assert_quoted("وتی \" دێم \" و چوو", "دێم");
    assert_quoted("وتی “ دێم ” و چوو", "دێم");
    assert_quoted("\"دێم\"", "دێم");
    assert_quoted("«دێم.»", "دێم.");
}

static void several(void **state)
{
    (void)state;
    assert_quoted("«یەک» و «دوو» و «سێ»", "یەک|دوو|سێ");
    assert_quoted("\"یەک\" و \"دوو\" و \"سێ\"", "یەک|دوو|سێ");
    assert_quoted("\"یەک\"، \"دوو\".\"سێ\"", "یەک|دوو|سێ");
    assert_quoted("«یەک»«دوو»", "یەک|دوو");
}

static void nested(void **state)
{
    (void)state;
    assert_quoted("«ئەو وتی “دێم” و چوو»", "ئەو وتی “دێم” و چوو|^دێم");
    assert_quoted("\"ئەو وتی «دێم» و چوو\"", "ئەو وتی «دێم» و چوو|^دێم");
    assert_quoted("«ئەو وتی «دێم» و چوو»", "ئەو وتی «دێم» و چوو|^دێم");
    assert_quoted("«ئەو 'دێم' و ‹چوو›»", "ئەو 'دێم' و ‹چوو›|^دێم|^چوو");
}

static void across_lines(void **state)
{
    (void)state;
    assert_quoted("وتی «دێم\nو دەڕۆم» بەڵێ", "دێم\nو دەڕۆم");
    assert_quoted("وتی \"دێم\nو دەڕۆم\" بەڵێ", "دێم\nو دەڕۆم");
    /* but not over an empty line: there the first was never closed */
    assert_quoted("وتی «دێم\n\nو دەڕۆم» بەڵێ", "دێم");
}

static void unbalanced(void **state)
{
    (void)state;
    assert_quoted("وتی «دێم و دەڕۆم", "دێم و دەڕۆم");
    assert_quoted("وتی دێم» و دەڕۆم", "");
    assert_quoted("وتی \"دێم و دەڕۆم", "دێم و دەڕۆم");
    assert_quoted("وتی \"دێم و دەڕۆم.\nوتی \"نا\".", "دێم و دەڕۆم.|نا");
    assert_quoted("وتی «دێم. وتی «نا».\nئەو «بەڵێ»", "دێم. وتی «نا».|^نا|بەڵێ");
    assert_quoted("«یەک 'دوو\nسێ' چوار", "یەک 'دوو\nسێ' چوار|^دوو\nسێ"); /* the end of the text cut it off */
    assert_quoted("«", "");
    assert_quoted("»", "");
    assert_quoted("\"", "");
    assert_quoted("'", "");
    assert_quoted("هات \"", "");
}

static void empty_ones(void **state)
{
    (void)state;
    assert_quoted("هات «» چوو", "");
    hw_arena a;
    hw_arena_init(&a);
    static const char *const t[] = {"«»", "« »", "\"\"", "''''", "'' ''", "“”", "‹›", "a '' '' b", "«\"\"»"};
    for (size_t i = 0; i < sizeof t / sizeof *t; i++) {
        hw_text *x = hw_text_read(kit_model, &a, t[i], strlen(t[i]));
        for (uint32_t k = 0; k < x->quotations.n; k++) {
            const hw_quotation *q = &x->quotations.v[k];
            if (q->close < q->open || q->b > q->e || q->e > strlen(t[i])) fail_msg("«%s»: %u-%u", t[i], q->b, q->e);
            if (q->first > q->last)
                for (uint32_t at = q->b; at < q->e; at++) if (t[i][at] != ' ') fail_msg("«%s»: empty, but %u-%u", t[i], q->b, q->e);
        }
    }
    hw_arena_free(&a);
}

/* An apostrophe or a minute sign in a word opens nothing. */
static void apostrophes(void **state)
{
    (void)state;
    assert_quoted("O'Neil وتی don't", "");
    assert_quoted("Qur’an و Sana’a", "");
    assert_quoted("سەنع'ا هات", "");
}

static void tokens_know_theirs(void **state)
{
    (void)state;
    const char *s = "ئەو «یەک “دوو” سێ» چوار";
    hw_arena a;
    hw_arena_init(&a);
    hw_text *x = hw_text_read(kit_model, &a, s, strlen(s));
    static const uint16_t want[] = {0, 0, 1, 1, 2, 1, 1, 0, 0};
    assert_int_equal(x->tokens.n, 9);
    for (uint32_t i = 0; i < 9; i++) assert_int_equal(x->tokens.v[i].quotation, want[i]);
    hw_arena_free(&a);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_kind),
        cmocka_unit_test(glued_and_spaced),
        cmocka_unit_test(several),
        cmocka_unit_test(nested),
        cmocka_unit_test(across_lines),
        cmocka_unit_test(unbalanced),
        cmocka_unit_test(empty_ones),
        cmocka_unit_test(apostrophes),
        cmocka_unit_test(tokens_know_theirs),
    };
    return cmocka_run_group_tests(tests, kit_open, kit_close);
}
