/* Names in either script, in any usual spelling, find whom they mean. */
#include "store_kit.h"

static hw_store *store;

static int open_store(void **state)
{
    if (folder_make(state) != 0) return -1;
    store = store_open(in_folder("names.db"), HW_STORE_WRITE);
    static const char *const texts[] = {
        "مستەفا کازمی، سەرۆکوەزیرانی عێراق، لەگەڵ نێچیرڤان بارزانی و مەسرور بارزانی لە هەولێر کۆبووەوە.",
        "ڕەجەب تەیب ئەردۆغان، سەرۆکی تورکیا، و مەولود چاوشئۆغلو لەگەڵ جۆ بایدن گفتوگۆیان کرد.",
        "عادل عەبدولمەهدی و بەرهەم ساڵح و محەمەد حەلبووسی و ئیمانوێل ماکرۆن لە بەغدا کۆبوونەوە.",
        "سێرگی لاڤرۆڤ، وەزیری دەرەوەی ڕووسیا، لەگەڵ محەممەد جەواد زەریف و قاسم سولەیمانی کۆبووەوە.",
        "هێرش قادر ئاوڕەحمان گوتی: «باشە». هێرش قادر ئاوڕەحمان لە هەڵەبجە دەژی.",
        "وتەبێژی مستەفا کازمی گوتی: «کۆبوونەوەکە باش بوو»."};
    for (size_t i = 0; i < sizeof texts / sizeof *texts; i++) {
        char id[16];
        snprintf(id, sizeof id, "%zu", i);
        store_put(store, store_article(id, texts[i], "", STORE_DATE));
    }
    store_commit(store);
    return 0;
}

static int close_store(void **state)
{
    hw_store_close(store);
    return folder_remove(state);
}

static void any_spelling(void **state)
{
    (void)state;
    static const struct { const char *asked, *name_ckb; } all[] = {
        {"Kadhimi", "کازمی"}, {"kadhimi", "کازمی"}, {"Mustafa Al-Kadhimi", "کازمی"}, {"Mustafa al-Kazimi", "کازمی"}, {"Kazmi", "کازمی"}, {"Kathimi", "کازمی"},
        {"کازمی", "کازمی"}, {"كازمي", "کازمی"}, {"موستەفا کازمی", "کازمی"}, {"مسته‌فا كازمى", "کازمی"}, {"کازمییەوە", "کازمی"}, {"Mistefa Kazimî", "کازمی"},
        {"Erdogan", "ئەردۆغان"}, {"Erdoğan", "ئەردۆغان"}, {"ئەردۆگان", "ئەردۆغان"}, {"Recep Tayyip Erdoğan", "ئەردۆغان"},
        {"Çavuşoğlu", "چاوشئۆغلو"}, {"Biden", "بایدن"}, {"Joe Biden", "بایدن"}, {"Abdul Mahdi", "مەهدی"}, {"Abdul-Mahdi", "مەهدی"}, {"Abdulmahdi", "مەهدی"},
        {"Barham Salih", "بەرهەم"}, {"Saleh", "بەرهەم"}, {"Halbousi", "حەلبو"}, {"Halbusi", "حەلبو"}, {"Macron", "ماکرۆن"}, {"Lavrov", "لاڤرۆڤ"}, {"Zarif", "زەریف"},
        {"Soleimani", "سولەیمانی"}, {"Sulaimani Qasim", "سولەیمانی"}, {"Hersh Qadir", "هێرش"}, {"Hêrş Qadir", "هێرش"}, {"Awrahman", "هێرش"}, {"Nechirvan", "نێچیرڤان"},
        {"Nêçîrvan Barzanî", "نێچیرڤان"}, {"Masrour Barzani", "مەسرور"}, {"Mesrur Barzani", "مەسرور"}, {"Erbil", "هەولێر"}, {"Hewlêr", "هەولێر"}, {"Iraq", "عێراق"}};
    unsigned wrong = 0;
    for (size_t i = 0; i < sizeof all / sizeof *all; i++) {
        hw_entity_row *v;
        size_t n;
        hewal_error err;
        if (hw_store_find(store, all[i].asked, NULL, 5, &v, &n, &err) != HEWAL_OK) fail_msg("%s", err.message);
        if (!n || !strstr(v[0].name_ckb, all[i].name_ckb)) {
            fprintf(stderr, "%s: %s, not %s\n", all[i].asked, n ? v[0].name_ckb : "nothing", all[i].name_ckb);
            wrong++;
        }
        free(v);
    }
    assert_int_equal(wrong, 0);
}

static void not_just_anybody(void **state)
{
    (void)state;
    static const char *const nobody[] = {"Merkel", "Putin", "John Smith", "Kadhimi Merkel", "مێرکڵ", "", "  ", "«»", "q", "123", "al"};
    for (size_t i = 0; i < sizeof nobody / sizeof *nobody; i++) {
        hw_entity_row *v;
        size_t n;
        hewal_error err;
        if (hw_store_find(store, nobody[i], NULL, 5, &v, &n, &err) != HEWAL_OK) fail_msg("%s", err.message);
        if (n) fail_msg("%s: %s (%.2f)", nobody[i], v[0].name_ckb, v[0].match);
        free(v);
    }
}

static void several(void **state)
{
    (void)state;
    hw_entity_row *v;
    size_t n;
    assert_int_equal(hw_store_find(store, "Barzani", "PER", 10, &v, &n, NULL), HEWAL_OK);
    assert_int_equal(hw_store_best(v, n), 2); /* both, and nobody else */
    free(v);
    assert_int_equal(hw_store_find(store, "Kadhimi", NULL, 10, &v, &n, NULL), HEWAL_OK);
    assert_int_equal(hw_store_best(v, n), 1); /* not his spokesman */
    hw_entity_row *same;
    assert_int_equal(hw_store_entity(store, v[0].id, &same, NULL), HEWAL_OK);
    assert_string_equal(same->key, "people:Mustafa al-Kadhimi");
    free(same);
    free(v);
    assert_int_equal(hw_store_entity(store, 999999, &same, NULL), HEWAL_OK);
    assert_null(same);
    assert_int_equal(hw_store_find(store, "Iraq", "PER", 10, &v, &n, NULL), HEWAL_OK);
    assert_int_equal(n, 0);
    free(v);
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(any_spelling), cmocka_unit_test(not_just_anybody), cmocka_unit_test(several)};
    return cmocka_run_group_tests_name("store_names", tests, open_store, close_store);
}
