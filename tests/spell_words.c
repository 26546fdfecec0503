/* Spelling: what is right must not be called wrong, and what writers get wrong must be set right. */
#include "kit.h"

#include "morph/spell.h"

static hw_spell *lists;

static int open_lists(void **state)
{
    if (kit_open(state)) return -1;
    lists = hw_spell_new(kit_model);
    return lists ? 0 : -1;
}

static int close_lists(void **state)
{
    hw_spell_free(lists);
    return kit_close(state);
}

static hw_verdict judge(hw_arena *a, const char *s, size_t n)
{
    if (hw_arena_guard(a)) fail_msg("out of memory");
    return hw_spell_word(lists, a, s, n);
}

static void assert_right(const char *s)
{
    hw_arena a;
    hw_arena_init(&a);
    hw_verdict v = judge(&a, s, strlen(s));
    if (!v.ok) fail_msg("«%s» is called wrong for «%s»", s, v.n ? v.v[0] : "");
    hw_arena_free(&a);
}

/* The word is called wrong, and `meant` is among the first `within` suggestions. */
static void assert_meant(const char *s, const char *meant, unsigned within)
{
    hw_arena a;
    hw_arena_init(&a);
    hw_verdict v = judge(&a, s, strlen(s));
    bool found = false;
    for (unsigned i = 0; i < v.n && i < within; i++) found |= !strcmp(v.v[i], meant);
    if (v.ok || !found) fail_msg("«%s»: %s, first «%s», not «%s»", s, v.ok ? "ok" : "unknown", v.n ? v.v[0] : "", meant);
    hw_arena_free(&a);
}

static void right(void **state)
{
    (void)state;
    static const char *const words[] = {"کتێبەکانیان", "وڵاتێکی", "حکومەتی", "لەسەر", "دەستی", "پێشمەرگە", "هەولێر", "کوردستانیش",
                                        "ڕاستییەکان", "کردووە", "دەکات", "بڵاوکردنەوەی", "ڕێکخراوی", "پێکەوە", "ئەوان",
                                        "دەگەڕێتەوە", "بەهێز", "سلێمانیدا", "کەرکووکەوە", "عەبدوڵڵا", "حیزبوڵڵا",
                                        "هەڵوێستی", "ڕێککەوتننامە", "لەگەڵ", "بەکار", "شەو", "ڕووسیاش", "گووگڵ",
                                        "نەوتی", "گەشتی"}; /* the last two might be verbs in another than the standard spelling */
    for (size_t i = 0; i < sizeof words / sizeof *words; i++) assert_right(words[i]);
}

static void no_words(void **state)
{
    (void)state;
    static const char *const words[] = {"", "و", "123", "CNN", "a,b", "\xD8", "\xFF\xFE", "٢٠٢٠", "ق1"};
    for (size_t i = 0; i < sizeof words / sizeof *words; i++) assert_right(words[i]);
}

static void letters(void **state)
{
    (void)state;
    assert_meant("سنوری", "سنووری", 1);
    assert_meant("ڕاستیەکان", "ڕاستییەکان", 1);
    assert_meant("کردوە", "کردووە", 1);
    assert_meant("نیە", "نییە", 1);
}

static void joins(void **state)
{
    (void)state;
    assert_meant("لەساڵی", "لە ساڵی", 1);
    assert_meant("بەشێوەیەکی", "بە شێوەیەکی", 1);
    assert_meant("ڕێکخراونەتەوە", "ڕێک خراونەتەوە", 1);
    assert_meant("بڵاوکردەوە", "بڵاو کردەوە", 2);
}

/* Another stem than the standard one, alone, with endings, in a compound, and behind a preposition. */
static void stems(void **state)
{
    (void)state;
    assert_meant("مناڵەکان", "منداڵەکان", 1);
    assert_meant("تەنها", "تەنیا", 1);
    assert_meant("وتارەکەم", "گوتارەکەم", 1);
    assert_meant("دەوت", "دەگوت", 1);
    assert_meant("مناڵبوونی", "منداڵبوونی", 1);
    assert_meant("لەپڕۆژەکاندا", "لە پرۆژەکاندا", 1);
    assert_meant("گەشتوون", "گەیشتوون", 1);
    assert_right("گەشتەکە"); /* only the verb's stem is meant */
    assert_meant("عەبدۆڵڵا", "عەبدوڵڵا", 1);
    assert_meant("ئینتەرپۆڵ", "ئینتەرپۆل", 1);
}

/* Prefixes and endings that are written in another way. */
static void endings(void **state)
{
    (void)state;
    assert_meant("ئەکات", "دەکات", 1);
    assert_meant("هەڵئەگرێت", "هەڵدەگرێت", 1);
    assert_meant("کردۆتەوە", "کردووەتەوە", 1);
    assert_meant("دەنووسێ", "دەنووسێت", 1);
    assert_meant("منداڵیکە", "منداڵێکە", 3);
}

/* What stands apart: a preverb with a person behind it, and a preposition that an adverb begins with. */
static void apart(void **state)
{
    (void)state;
    assert_meant("ڕایدەگەیەنین", "ڕای دەگەیەنین", 1);
    assert_meant("ئەنجامیداون", "ئەنجامی داون", 1);
    assert_meant("بەئاسانی", "بە ئاسانی", 1);
    assert_meant("لەهەموو", "لە هەموو", 1);
    assert_right("لەسەرەوە");
    assert_meant("دەستیپێکرد", "دەستی پێ کرد", 1);
    assert_meant("لێوەردەگرن", "لێ وەردەگرن", 1);
    assert_meant("بەهێزدەکەین", "بەهێز دەکەین", 1);
}

/* An error beside a word that was glued, and one of a preverb. */
static void two_errors(void **state)
{
    (void)state;
    assert_meant("لەنیوان", "لەنێوان", 1);
    assert_meant("کۆبونەوەمانو", "کۆبوونەوەمان و", 1);
    assert_meant("هەلدەگرێت", "هەڵدەگرێت", 1);
}

/* Letters that stand where they never do: the word is wrong even when nothing is near it. */
static void odd_letters(void **state)
{
    (void)state;
    static const char *const words[] = {"قپێۆژخ", "ژخپقو"};
    for (size_t i = 0; i < sizeof words / sizeof *words; i++) {
        hw_arena a;
        hw_arena_init(&a);
        if (judge(&a, words[i], strlen(words[i])).ok) fail_msg("«%s» is called right", words[i]);
        hw_arena_free(&a);
    }
    assert_meant("زەنوبیەو", "زەنوبیە و", 1);
}

/* Whatever comes: at most ten suggestions, none of them the word itself, none twice, all of them text. */
static void any_word(void **state)
{
    (void)state;
    static const char *const pieces[] = {"ا", "ە", "و", "وو", "ی", "ێ", "ۆ", "ر", "ڕ", "ل", "ڵ", "لە", "بە", "دە", "کان", "کرد", "وە",
                                         "ه", "ئ", "گەل", "دا", "\xE2\x80\x8C", "ـ", "a", "\xDB", "ساڵ", "یان"};
    for (int i = 0; i < (KIT_SANITIZED ? 400 : 3000); i++) {
        size_t n;
        char *s = kit_mix(pieces, sizeof pieces / sizeof *pieces, 1 + kit_random(i % 50 ? 9 : 60), &n);
        hw_arena a;
        hw_arena_init(&a);
        hw_verdict v = judge(&a, s, n);
        assert_true(v.n <= HW_SUGGESTIONS);
        for (unsigned k = 0; k < v.n; k++) {
            assert_true(kit_utf8(v.v[k], strlen(v.v[k])));
            assert_true(strlen(v.v[k]) != n || memcmp(v.v[k], s, n) != 0);
            for (unsigned j = 0; j < k; j++) assert_string_not_equal(v.v[j], v.v[k]);
        }
        hw_arena_free(&a);
        free(s);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(right), cmocka_unit_test(no_words), cmocka_unit_test(letters),
                                       cmocka_unit_test(joins), cmocka_unit_test(stems), cmocka_unit_test(endings), cmocka_unit_test(apart),
                                       cmocka_unit_test(two_errors), cmocka_unit_test(odd_letters), cmocka_unit_test(any_word)};
    return cmocka_run_group_tests(tests, open_lists, close_lists);
}
