/* Words: what their readings and forms must hold, out of context. */
#include "kit.h"

#include "base/hash.h"
#include "morph/morph.h"

typedef struct { hw_arena a; hw_token t; hw_word w; } reading;

static void read_word(reading *r, const char *s)
{
    size_t at = 0;
    hw_arena_init(&r->a);
    if (hw_arena_guard(&r->a)) fail_msg("out of memory");
    assert_true(hw_next_token(kit_model, &r->a, s, strlen(s), &at, &r->t));
    r->w = hw_morph_word(kit_model, &r->a, &r->t);
    assert_true(r->w.n >= 1 && r->w.n_forms >= 1);
}

static uint64_t hash_of(hw_arena *a, const char *s)
{
    hw_spelling sp = hw_orth_word(kit_model->orth, a, s, strlen(s));
    return hw_hash(sp.fold, sp.fold_len);
}

/* The word has a reading with this lemma, part of speech, and these marks among its own. */
static void assert_reading(const char *s, const char *lemma, hw_upos upos, uint32_t marks)
{
    reading r;
    bool found = false;
    read_word(&r, s);
    for (unsigned i = 0; i < r.w.n; i++) {
        const hw_analysis *x = &r.w.analyses[i];
        found |= !strcmp(x->lemma, lemma) && x->upos == upos && (x->marks & marks) == marks && x->lemma_hash == hash_of(&r.a, lemma);
    }
    if (!found) fail_msg("«%s» is not read as %s %s %x, but first as %s %s %x", s, lemma, hw_upos_name(upos), marks, r.w.analyses->lemma,
                         hw_upos_name((hw_upos)r.w.analyses->upos), r.w.analyses->marks);
    hw_arena_free(&r.a);
}

/* The word may be looked up as `form`, with at least these marks taken off. */
static void assert_form(const char *s, const char *form, uint32_t marks)
{
    reading r;
    bool found = false;
    read_word(&r, s);
    uint64_t hash = hash_of(&r.a, form);
    for (unsigned i = 0; i < r.w.n_forms; i++) found |= r.w.forms[i].hash == hash && (r.w.forms[i].marks & marks) == marks;
    if (!found) fail_msg("«%s» has no form «%s» with marks %x", s, form, marks);
    hw_arena_free(&r.a);
}

static void nouns(void **state)
{
    (void)state;
    assert_reading("وڵاتەکان", "وڵات", HW_NOUN, HW_M_DEF | HW_M_PLURAL);
    assert_reading("وڵاتێکی", "وڵات", HW_NOUN, HW_M_INDEF | HW_M_IZAFE);
    assert_reading("شێوەیەکی", "شێوە", HW_NOUN, HW_M_INDEF | HW_M_IZAFE);
    assert_reading("کێشەکانیشیان", "کێشە", HW_NOUN, HW_M_DEF | HW_M_PLURAL | HW_M_ISH | HW_M_POSS);
    assert_reading("یەکێتیی", "یەکێتی", HW_NOUN, HW_M_IZAFE);
    assert_reading("وڵاتدا", "وڵات", HW_NOUN, HW_M_LOC);
    assert_reading("گرنگە", "گرنگ", HW_ADJ, HW_M_COPULA);
    assert_reading("عێراقیشدا", "عێراق", HW_PROPN, HW_M_ISH | HW_M_LOC);
    assert_reading("كێشه‌كان", "کێشە", HW_NOUN, HW_M_DEF | HW_M_PLURAL); /* Arabic keyboard */
}

static void verbs(void **state)
{
    (void)state;
    assert_reading("دەکات", "کردن", HW_VERB, HW_M_PRESENT);
    assert_reading("نایکات", "کردن", HW_VERB, HW_M_PRESENT | HW_M_NEG);
    assert_reading("بکرێت", "کردن", HW_VERB, HW_M_SUBJUNCTIVE | HW_M_PASSIVE);
    assert_reading("نەیکرد", "کردن", HW_VERB, HW_M_PAST | HW_M_NEG | HW_M_AGENT);
    assert_reading("کردی", "کردن", HW_VERB, HW_M_PAST | HW_M_AGENT);
    assert_reading("کردوویەتی", "کردن", HW_VERB, HW_M_PERFECT | HW_M_AGENT);
    assert_reading("کردبووی", "کردن", HW_VERB, HW_M_PLUPERFECT | HW_M_AGENT);
    assert_reading("ڕایگەیاند", "ڕاگەیاندن", HW_VERB, HW_M_PAST | HW_M_AGENT);
    assert_reading("رایشیگەیاندووە", "ڕاگەیاندن", HW_VERB, HW_M_PERFECT | HW_M_AGENT | HW_M_ISH);
    assert_reading("کۆدەبێتەوە", "کۆبوونەوە", HW_VERB, HW_M_PRESENT);
    assert_reading("بڵاویکردەوە", "بڵاوکردنەوە", HW_VERB, HW_M_PAST | HW_M_AGENT);
    assert_reading("دەستیپێکرد", "دەستپێکردن", HW_VERB, HW_M_PAST);
    assert_reading("بوونەتەوە", "بوونەوە", HW_VERB, HW_M_PERFECT);
    assert_reading("کردنی", "کردن", HW_NOUN, HW_M_INFINITIVE | HW_M_IZAFE);
    assert_reading("خستیەڕوو", "خستنەڕوو", HW_VERB, HW_M_PAST | HW_M_AGENT);
    assert_reading("دێت", "هاتن", HW_VERB, HW_M_PRESENT);
    assert_reading("نایەت", "هاتن", HW_VERB, HW_M_PRESENT | HW_M_NEG);
}

static void agents(void **state)
{
    (void)state;
    reading r;
    read_word(&r, "ڕایانگەیاند");
    assert_int_equal(r.w.analyses->person, 6);
    hw_arena_free(&r.a);
    read_word(&r, "نووسیم");
    assert_int_equal(r.w.analyses->person, 1);
    hw_arena_free(&r.a);
    read_word(&r, "هاتین");
    assert_int_equal(r.w.analyses->subject, 4);
    hw_arena_free(&r.a);
}

static void forms(void **state)
{
    (void)state;
    assert_form("عێراقدا", "عێراق", HW_M_LOC);
    assert_form("بەغداش", "بەغدا", HW_M_ISH);
    assert_form("کازمیش", "کازمی", HW_M_ISH);
    assert_form("ئەمریکای", "ئەمریکا", HW_M_IZAFE);
    assert_form("ڕووداوە", "ڕووداو", 0);
    assert_form("ترەمپەوە", "ترەمپ", HW_M_ABL);
    assert_form("ستۆڵتنبێرگیش", "ستۆڵتنبێرگ", HW_M_ISH); /* in no lexicon */
    assert_form("ڕایانگەیاندووە", "ڕاگەیاندن", HW_M_PERFECT);
    assert_form("کۆدەبێتەوە", "کۆبوونەوە", 0);
}

/* Whatever the word: readings sorted by weight, surface first, lemmas last, features sorted. */
static void anything(void **state)
{
    (void)state;
    static const char *const letters[] = {"ا", "ە", "ی", "و", "ن", "د", "ک", "ر", "ێ", "ت", "م", "ش", "ب", "\xE2\x80\x8C", "ڕ", "ه", "ـ", "گ", "a"};
    unsigned seed = 7;
    for (int i = 0; i < 20000; i++) {
        char s[400] = "ک";
        reading r;
        for (unsigned k = 0, n = (unsigned)rand_r(&seed) % (i % 50 ? 14 : 90); k < n; k++) strcat(s, letters[(unsigned)rand_r(&seed) % (sizeof letters / sizeof *letters)]);
        read_word(&r, s);
        for (unsigned k = 1; k < r.w.n; k++) assert_true(r.w.analyses[k - 1].weight <= r.w.analyses[k].weight);
        assert_true(r.w.forms[0].hash == r.t.hash && !r.w.forms[0].marks);
        for (unsigned k = 1; k < r.w.n_forms; k++) assert_true(r.w.forms[k - 1].lemma <= r.w.forms[k].lemma);
        for (unsigned k = 0; k < r.w.n_forms; k++) assert_true(r.w.forms[k].lemma <= r.w.n);
        hw_arena_free(&r.a);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(nouns), cmocka_unit_test(verbs), cmocka_unit_test(agents), cmocka_unit_test(forms),
                                       cmocka_unit_test(anything)};
    return cmocka_run_group_tests(tests, kit_open, kit_close);
}
