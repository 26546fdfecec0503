/* Forms that are made are read back: of 500 lemmas of all classes, every form of the paradigm has an analysis with its lemma and
 * its features. */
#include "kit.h"

#include "base/hash.h"
#include "morph/generate.h"
#include "morph/lookup.h"

enum { LEMMAS = 500 };

/* Does the form have an analysis with this lemma and these features? */
static bool reads(hw_arena *a, const char *form, uint64_t lemma, uint8_t upos, const char *feats)
{
    hw_token t;
    size_t at = 0, n = strlen(form);
    if (!hw_next_token(kit_model, a, form, n, &at, &t) || at != n) return false;
    hw_word w = hw_morph_all(kit_model, a, &t);
    for (unsigned i = 0; i < w.n; i++)
        if (w.analyses[i].upos == upos && w.analyses[i].lemma_hash == lemma && !strcmp(w.analyses[i].feats, feats)) return true;
    return false;
}

static bool is_word(hw_arena *a, const char *lemma) /* not several, nor one with digits */
{
    hw_token t;
    size_t at = 0, n = strlen(lemma);
    return hw_next_token(kit_model, a, lemma, n, &at, &t) && at == n && t.kind == HW_WORD;
}

static void one_lemma(hw_arena *a, const hw_table *t, const char *lemma, int upos, size_t *forms, size_t *lost)
{
    hw_maker *g = hw_maker_new(kit_model, a, lemma, upos);
    hw_spelling folded = hw_orth_word(kit_model->orth, a, lemma, strlen(lemma)); /* of two lemmas that fold alike one is read */
    if (!g && !is_word(a, lemma)) return;
    if (!g) fail_msg("%s has no forms", lemma);
    for (uint32_t r = 0; r < t->n_rows; r++) {
        if (strcmp(hw_cell(t, r, hw_column(t, "upos")), hw_upos_name((hw_upos)upos)) != 0) continue;
        const char *feats = hw_sorted_feats(a, hw_cell(t, r, hw_column(t, "feats")));
        hw_made_list made = hw_make(g, feats);
        for (uint32_t i = 0; i < made.n; i++) {
            ++*forms;
            if (reads(a, made.v[i].form, hw_hash(folded.fold, folded.fold_len), made.v[i].upos, feats)) continue;
            if (++*lost <= 20) print_message("%s %s %s: %s is not read back\n", lemma, hw_upos_name((hw_upos)upos), feats, made.v[i].form);
        }
    }
}

static void one_lemma_alone(const hw_table *t, const char *lemma, uint8_t upos, size_t *forms, size_t *lost)
{
    hw_arena a;
    hw_arena_init(&a);
    if (hw_arena_guard(&a)) fail_msg("out of memory");
    one_lemma(&a, t, lemma, upos, forms, lost);
    hw_arena_free(&a);
}

/* Lemmas of a class, evenly from the whole lexicon. */
static unsigned some_lemmas(const hw_lexicon *l, const hw_table *t, uint8_t upos, unsigned share, size_t *forms, size_t *lost)
{
    uint32_t total = 0, seen = 0;
    unsigned taken = 0;
    for (uint32_t i = 0; i < l->net->n_lexemes; i++) total += l->lexemes[i].upos == upos;
    uint32_t step = total / share ? total / share : 1;
    for (uint32_t i = 0; i < l->net->n_lexemes && taken < share; i++) {
        if (l->lexemes[i].upos != upos || seen++ % step || (unsigned char)l->strings[l->lexemes[i].lemma] < 0x80) continue; /* not OECD */
        one_lemma_alone(t, l->strings + l->lexemes[i].lemma, upos, forms, lost);
        taken++;
    }
    return taken;
}

static void round_trip(void **state)
{
    (void)state;
    hw_lexicon l;
    assert_true(hw_lexicon_of(kit_model, &l));
    hw_table t = hw_model_table(kit_model, "paradigm");
    assert_true(t.n_rows > 100);
    static const uint8_t classes[] = {HW_NOUN, HW_ADJ, HW_VERB, HW_PROPN, HW_ADV, HW_NUM};
    static const unsigned share[] = {130, 80, 160, 60, 40, 30};
    size_t forms = 0, lost = 0, lemmas = 0;
    for (size_t c = 0; c < sizeof classes; c++) lemmas += some_lemmas(&l, &t, classes[c], share[c], &forms, &lost);
    print_message("%zu lemmas, %zu forms, %zu not read back\n", lemmas, forms, lost);
    assert_true(lemmas >= LEMMAS - 10);
    assert_int_equal(lost, 0);
}

static void making(void **state)
{
    (void)state;
    hw_arena a;
    hw_arena_init(&a);
    if (hw_arena_guard(&a)) fail_msg("out of memory");
    hw_maker *g = hw_maker_new(kit_model, &a, "کتێب", HW_NOUN);
    assert_string_equal(hw_make(g, "").v[0].form, "کتێب");
    assert_string_equal(hw_make(g, "Number=Plur|Definite=Def|Case=Loc").v[0].form, "کتێبەکاندا"); /* in any order */
    assert_int_equal(hw_make(g, "Tense=Past").n, 0);
    g = hw_maker_new(kit_model, &a, "گەڕانەوە", HW_VERB);
    assert_string_equal(hw_make(g, "Again=Yes|Mood=Ind|Number=Plur|Person=3|Polarity=Neg|Tense=Pres|VerbForm=Fin").v[0].form, "ناگەڕێنەوە");
    g = hw_maker_new(kit_model, &a, "ڕاگەیاندن", HW_VERB);
    hw_made_list said = hw_make(g, "Mood=Ind|Number=Sing|Person=3|Tense=Past|VerbForm=Fin"); /* the agent on it, or elsewhere */
    assert_true(said.n >= 2 && !strcmp(said.v[0].form, "ڕاگەیاند"));
    g = hw_maker_new(kit_model, &a, "چوون", HW_VERB);
    assert_string_equal(hw_make(g, "Aspect=Perf|Mood=Ind|Number=Sing|Person=3|Tense=Pres|VerbForm=Fin").v[0].form, "چووە");
    assert_null(hw_maker_new(kit_model, &a, "ژژژ", -1));
    hw_arena_free(&a);
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(making), cmocka_unit_test(round_trip)};
    return cmocka_run_group_tests(tests, kit_open, kit_close);
}
