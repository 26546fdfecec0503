/* Where sentences end, and where a full stop ends none. */
#include "kit.h"

#include "text/text.h"

/* The sentences, with | between. */
static void assert_sentences(const char *s, const char *want)
{
    char got[8192] = "";
    size_t n = 0;
    hw_arena a;
    hw_arena_init(&a);
    hw_text *x = hw_text_read(kit_model, &a, s, strlen(s));
    for (uint32_t i = 0; i < x->sentences.n; i++)
        n += (size_t)snprintf(got + n, sizeof got - n, "%s%.*s", i ? "|" : "", (int)(x->sentences.v[i].e - x->sentences.v[i].b), s + x->sentences.v[i].b);
    hw_arena_free(&a);
    if (strcmp(got, want) != 0) fail_msg("«%s»\n  gives %s\n  not   %s", s, got, want);
}

static void ends(void **state)
{
    (void)state;
    assert_sentences("", "");
    assert_sentences(" \n ", "");
    assert_sentences("ئەو هات. ئەم چوو؟ نا! بەڵێ", "ئەو هات.|ئەم چوو؟|نا!|بەڵێ");
    assert_sentences("ئەو هات.ئەم چوو.نەگەڕایەوە", "ئەو هات.|ئەم چوو.|نەگەڕایەوە"); /* no space after the stop */
    assert_sentences("هات۔ چوو", "هات۔|چوو");
    assert_sentences("وتی «دێم.» ئینجا ڕۆیشت.", "وتی «دێم.»|ئینجا ڕۆیشت.");
    assert_sentences("(ئەو هات.) ئەم چوو.", "(ئەو هات.)|ئەم چوو.");
    assert_sentences("بۆچی؟! نازانم.", "بۆچی؟!|نازانم.");
    assert_sentences("سەردێڕ بێ خاڵ\nئەو هات.", "سەردێڕ بێ خاڵ|ئەو هات.");
    assert_sentences("ئەو هات   وێنە: ئاژانسەکان", "ئەو هات|وێنە: ئاژانسەکان"); /* a caption behind a wide gap */
    assert_sentences("ئەو  هات", "ئەو  هات");
    assert_sentences("هات.\r\nچوو.", "هات.|چوو.");
}

static void stops_that_end_nothing(void **state)
{
    (void)state;
    assert_sentences("نرخەکە 3.5 ملیۆنە. باشە.", "نرخەکە 3.5 ملیۆنە.|باشە.");
    assert_sentences("نرخەکە ٣.٥ ملیۆنە.", "نرخەکە ٣.٥ ملیۆنە.");
    assert_sentences("٢٦.٧.٢٠٢١ هات.", "٢٦.٧.٢٠٢١ هات.");
    assert_sentences("د. فوئاد حوسێن هات. چوو.", "د. فوئاد حوسێن هات.|چوو.");
    assert_sentences("م. د. ئەحمەد هات.", "م. د. ئەحمەد هات.");
    assert_sentences("John F. Kennedy هات.", "John F. Kennedy هات.");
    assert_sentences("لە rudaw.net بڵاو بووەوە.", "لە rudaw.net بڵاو بووەوە.");
    assert_sentences("U.S. هات.", "U.S. هات.");
    assert_sentences("pic. twitter. com / x ٠ Zk", "pic. twitter. com / x ٠ Zk");
}

static void a_number_at_the_end_is_an_end(void **state)
{
    (void)state;
    assert_sentences("لە ساڵی 2021. ئەو هات.", "لە ساڵی 2021.|ئەو هات.");
    assert_sentences("لە ساڵی 2021.ئەو هات.", "لە ساڵی 2021.|ئەو هات.");
}

static void ellipsis(void **state)
{
    (void)state;
    assert_sentences("ئەو... هات.", "ئەو...|هات.");
    assert_sentences("ئەو… هات.", "ئەو…|هات.");
    assert_sentences("ئەو.... هات", "ئەو....|هات");
    assert_sentences("...", "...");
}

/* The line with which a tweet is signed ends its sentence and is not run into what follows. */
static void signatures(void **state)
{
    (void)state;
    assert_sentences("- Rudaw (@ Rudawkurdish) July ٢٦,٢٠٢١ ئەو هات.", "- Rudaw (@ Rudawkurdish) July ٢٦,٢٠٢١|ئەو هات.");
    assert_sentences("وتی — Rudaw (@Rudaw_k) July 26, 2021 پاشان چوو", "وتی — Rudaw (@Rudaw_k) July 26, 2021|پاشان چوو");
    assert_sentences("(@ x) بەڵێ. نا.", "(@ x) بەڵێ.|نا.");
    assert_sentences("(@", "(@");
    assert_sentences("(@ a) July", "(@ a) July");
    assert_sentences("(@ a) July 2", "(@ a) July 2");
}

/* What never ends is cut, so that no stage looks around in a sentence as long as the text; what a writer may still write
 * in one go is not. */
static void endless_sentences_are_cut(void **state)
{
    (void)state;
    hw_arena a;
    hw_arena_init(&a);
    size_t n;
    char *s = kit_repeat("کورد ", 3000 * strlen("کورد "), &n);
    hw_text *x = hw_text_read(kit_model, &a, s, n);
    assert_int_equal(x->tokens.n, 3000);
    uint32_t next = 0;
    for (uint32_t i = 0; i < x->sentences.n; i++) {
        assert_int_equal(x->sentences.v[i].first, next);
        next = x->sentences.v[i].last + 1;
        assert_true(next - x->sentences.v[i].first <= HW_SENTENCE_MAX);
    }
    assert_int_equal(next, 3000);
    assert_int_equal(hw_text_read(kit_model, &a, s, 300 * strlen("کورد "))->sentences.n, 1);
    hw_arena_free(&a);
    free(s);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(ends),
        cmocka_unit_test(stops_that_end_nothing),
        cmocka_unit_test(a_number_at_the_end_is_an_end),
        cmocka_unit_test(ellipsis),
        cmocka_unit_test(signatures),
        cmocka_unit_test(endless_sentences_are_cut),
    };
    return cmocka_run_group_tests(tests, kit_open, kit_close);
}
