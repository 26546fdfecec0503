/* Readings in context, phrases found through inflection, and the two scripts. */
#include "kit.h"

#include "morph/morph.h"
#include "morph/translit.h"

typedef struct { hw_arena a; hw_text *x; hw_words *w; } reading;

static void read_text(reading *r, const char *s)
{
    hw_arena_init(&r->a);
    if (hw_arena_guard(&r->a)) fail_msg("out of memory");
    r->x = hw_text_read(kit_model, &r->a, s, strlen(s));
    r->w = hw_morph_read(r->x);
}

static void context(void **state)
{
    (void)state;
    reading r;
    read_text(&r, "حکومەتی هەرێمی کوردستان کۆبووەوە.");
    assert_string_equal(r.w->v[0].analyses->lemma, "حکوومەت");
    assert_string_equal(r.w->v[1].analyses->lemma, "هەرێم");
    assert_int_equal(r.w->v[2].analyses->upos, HW_PROPN);
    assert_int_equal(r.w->v[3].analyses->upos, HW_VERB);
    for (uint32_t i = 0; i < r.x->tokens.n; i++) /* forms still point at their readings */
        for (unsigned k = 0; k < r.w->v[i].n_forms; k++) {
            const hw_form *f = &r.w->v[i].forms[k];
            if (f->lemma) assert_true(r.w->v[i].analyses[f->lemma - 1].lemma_hash == f->hash);
        }
    hw_arena_free(&r.a);
}

static void phrases(void **state)
{
    (void)state;
    reading r;
    hw_match m[8];
    hw_index ix = hw_model_index(kit_model, "names");
    read_text(&r, "لە هەولێریش و کۆماری ئیسلامیی ئێراندا");
    assert_true(hw_match_at(r.w, &ix, 1, m, 8) >= 1);
    assert_true(m[0].last == 1 && (m[0].marks & HW_M_ISH) && !m[0].exact);
    assert_true(hw_match_at(r.w, &ix, 3, m, 8) >= 1);
    assert_true(m[0].last == 5 && (m[0].marks & HW_M_LOC));
    assert_int_equal(hw_match_at(r.w, &ix, 0, m, 8), 0);
    assert_int_equal(hw_match_at(r.w, &ix, 3, m, 0), 0);
    hw_arena_free(&r.a);
}

static void assert_latin(const char *arabic, const char *latin)
{
    hewal_string s = {0};
    assert_int_equal(hewal_to_latin(kit_model, arabic, strlen(arabic), &s), HEWAL_OK);
    assert_string_equal(s.s, latin);
    hewal_string_free(&s);
    assert_int_equal(hewal_to_arabic(kit_model, latin, strlen(latin), &s), HEWAL_OK);
    assert_string_equal(s.s, arabic);
    hewal_string_free(&s);
}

static void scripts(void **state)
{
    (void)state;
    assert_latin("کوردستان", "kurdistan");
    assert_latin("سلێمانی", "silêmanî");
    assert_latin("وەزیر، گرتن؟", "wezîr, girtin?");
    assert_latin("خوێندن", "xwêndin");
    assert_latin("ڕۆژنامەنووس", "rojnamenûs");
    reading r;
    read_text(&r, "");
    const char *name = "ستیڤن هۆکینگ";
    assert_string_equal(hw_latin(kit_model, &r.a, name, strlen(name)), "Stivin Hoking");
    hw_arena_free(&r.a);
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(context), cmocka_unit_test(phrases), cmocka_unit_test(scripts)};
    return cmocka_run_group_tests(tests, kit_open, kit_close);
}
