/* Queries in any inflection, spelling and script find what they mean, and show where. */
#include "store_kit.h"

#include "search/search.h"

static hw_store *store;

static int open_store(void **state)
{
    if (folder_make(state) != 0) return -1;
    store = store_open(in_folder("search.db"), HW_STORE_WRITE);
    static const struct { const char *id, *title, *text, *date; } all[] = {
        {"quake", "", "بوومەلەرزەیەکی بەهێز لە باکووری تورکیا ڕوویدا و چەندین خانوو ڕووخان.", "2020-10-30"},
        {"flood", "لافاو لە دهۆک", "بەهۆی بارانەوە لافاو هەستا و زیانی زۆری بە خەڵک گەیاند.", "2020-12-01"},
        {"pope", "", "پاپا فرانسیس لە نەجەف لەگەڵ عەلی سیستانی کۆبووەوە.\nدوای کۆبوونەوەکە پاپا گەیشتە هەولێر.", "2021-03-06"},
        {"kadhimi", "", "مستەفا کازمی، سەرۆکوەزیرانی عێراق، گوتی: «نەوتی هەرێم کێشەی نییە». کازمی دواتر سەردانی تارانی کرد.", "2021-02-01"},
        {"journalists", "", "ڕۆژنامەنووسە زیندانیکراوەکانی بادینان مانیان گرت.", "2021-02-20"},
        {"long", "", "یەکەم ڕستە هیچی تێدا نییە. دووەم ڕستە هیچی تێدا نییە. سێیەم ڕستە هیچی تێدا نییە. چوارەم ڕستە هیچی تێدا نییە. پێنجەم ڕستە هیچی تێدا نییە. "
                     "شەشەم ڕستە هیچی تێدا نییە. حەوتەم ڕستە باسی فڕۆکەخانەی نوێی کەرکووک دەکات. هەشتەم ڕستە هیچی تێدا نییە. نۆیەم ڕستە هیچی تێدا نییە.", "2019-05-05"},
        {"said", "", "بەرپرسەکە هیچی نەوت و ڕۆیشت.", "2018-01-01"}};
    for (size_t i = 0; i < sizeof all / sizeof *all; i++) {
        hw_article *a;
        char json[8192];
        snprintf(json, sizeof json, "{\"id\":\"%s\",\"title\":\"%s\",\"published\":\"%s\",\"text\":\"", all[i].id, all[i].title, all[i].date);
        for (const char *p = all[i].text; *p; p++) snprintf(json + strlen(json), 3, "%s", *p == '\n' ? "\\n" : (char[]){*p, 0});
        strcat(json, "\"}");
        if (hw_article_parse(&a, json, strlen(json), HW_JSONL, "t", NULL) != HEWAL_OK) return -1;
        store_put(store, a);
    }
    store_commit(store);
    return 0;
}

static int close_store(void **state)
{
    hw_store_close(store);
    return folder_remove(state);
}

static hw_results *ask(const char *query, const hw_search_options *o)
{
    hw_results *r;
    hewal_error err;
    if (hw_search(store, kit_model, query, o, &r, &err) != HEWAL_OK) fail_msg("%s: %s", query, err.message);
    for (size_t i = 0; i < r->n; i++) {
        const hw_hit *h = &r->hits[i];
        assert_true(kit_utf8(h->snippet, strlen(h->snippet)));
        assert_int_equal(strlen(h->snippet), h->snippet_e - h->snippet_b);
        hw_stored *x;
        assert_int_equal(hw_store_get(store, h->id, &x, NULL), HEWAL_OK);
        for (size_t k = 0; k < h->n_hits; k++) { /* the bytes of the snippet are those of the text */
            assert_true(h->hits[k].b < h->hits[k].e && h->snippet_b + h->hits[k].e <= h->snippet_e);
            assert_memory_equal(h->snippet + h->hits[k].b, x->article.text + h->snippet_b + h->hits[k].b, h->hits[k].e - h->hits[k].b);
        }
        hw_stored_free(x);
        if (i) assert_true(h->score <= r->hits[i - 1].score || !r->some_words_only);
    }
    return r;
}

static void finds(void **state)
{
    (void)state;
    static const struct { const char *query, *id, *shows; } all[] = {
        {"بوومەلەرزە", "quake", "بوومەلەرزەیەکی"}, {"بومەلەرزەکان", "quake", "بوومەلەرزەیەکی"}, {"بوومه‌له‌رزه‌كان", "quake", "بوومەلەرزەیەکی"}, {"لافاوەکان", "flood", "لافاو"},
        {"كۆبوونه‌وه‌", "pope", "کۆبوونەوەکە"}, {"سيستاني", "pope", "سیستانی"}, {"پاپاكان", "pope", "پاپا"}, {"Kadhimi", "kadhimi", "کازمی"}, {"kazimi", "kadhimi", "کازمی"},
        {"لە تاران", "kadhimi", "تارانی"}, {"فڕۆکەخانەکەی کەرکووک", "long", "فڕۆکەخانەی"}, {"فرۆكه‌خانه", "long", "فڕۆکەخانەی"},
        {"زیندانیکراو بادینان", "journalists", "زیندانیکراوەکانی"}, {"\"لە نەجەف\"", "pope", "لە نەجەف"}, {"پاپا -کازمی", "pope", "پاپا"}, {"سیستاننی", "pope", "سیستانی"},
        {"بوومەلەرزە ئەوروپا", "quake", "بوومەلەرزەیەکی"}, {"دهۆک", "flood", NULL}, {"هەولێرەوە", "pope", "هەولێر"}};
    unsigned wrong = 0;
    for (size_t i = 0; i < sizeof all / sizeof *all; i++) {
        hw_results *r = ask(all[i].query, NULL);
        bool shown = !all[i].shows || (r->n && strstr(r->hits[0].snippet, all[i].shows));
        if (!r->n || strcmp(r->hits[0].id, all[i].id) != 0 || !shown) {
            fprintf(stderr, "%s: %s «%s»\n", all[i].query, r->n ? r->hits[0].id : "nothing", r->n ? r->hits[0].snippet : "");
            wrong++;
        }
        bool marked = false;
        for (size_t k = 0; r->n && all[i].shows && k < r->hits[0].n_hits; k++)
            marked = marked || !strncmp(r->hits[0].snippet + r->hits[0].hits[k].b, all[i].shows, r->hits[0].hits[k].e - r->hits[0].hits[k].b);
        if (all[i].shows && !marked) {
            fprintf(stderr, "%s: not marked\n", all[i].query);
            wrong++;
        }
        hw_results_free(r);
    }
    assert_int_equal(wrong, 0);
}

static void words_and_their_absence(void **state)
{
    (void)state;
    hw_results *r = ask("هەولێر -سیستانی", NULL);
    for (size_t i = 0; i < r->n; i++) assert_string_not_equal(r->hits[i].id, "pope");
    hw_results_free(r);
    r = ask("\"نەجەف لە\"", NULL); /* not in this order */
    assert_int_equal(r->n, 0);
    hw_results_free(r);
    r = ask("پاپا کازمی", NULL); /* no article has both */
    assert_true(r->some_words_only);
    assert_true(r->n >= 2);
    hw_results_free(r);
    r = ask("نەوت", NULL); /* oil; «did not say» is written alike, but what people said is not meant */
    assert_int_equal(r->n, 2);
    hw_results_free(r);
    r = ask("ڕستە", &(hw_search_options){.from = "2020"});
    assert_int_equal(r->n, 0);
    hw_results_free(r);
    r = ask("لە", NULL); /* nothing but a light word */
    assert_true(r->n > 0);
    hw_results_free(r);
}

static void pages(void **state)
{
    (void)state;
    hw_results *all = ask("لە هەولێر کۆبووەوە ڕستە لافاو", &(hw_search_options){.limit = 50});
    assert_true(all->n >= 3);
    assert_string_equal(all->next, "");
    char next[32] = "";
    size_t n = 0;
    do {
        hw_results *r = ask("لە هەولێر کۆبووەوە ڕستە لافاو", &(hw_search_options){.limit = 2, .after = next});
        for (size_t i = 0; i < r->n; i++) assert_string_equal(r->hits[i].id, all->hits[n++].id);
        snprintf(next, sizeof next, "%s", r->next);
        hw_results_free(r);
    } while (*next);
    assert_int_equal(n, all->n);
    hewal_string s = {0};
    assert_int_equal(hw_results_json(all, &s), HEWAL_OK);
    assert_int_equal(strncmp(s.s, "{\"items\":[{\"id\":\"", 17), 0);
    assert_non_null(strstr(s.s, "],\"next\":null"));
    hewal_string_free(&s);
    hw_results_free(all);
}

static void odd_queries(void **state)
{
    (void)state;
    static const char *const none[] = {"", "   ", "«»", "\"", "-", "!!!", "\xFF\xFE", "-کازمی"};
    for (size_t i = 0; i < sizeof none / sizeof *none; i++) {
        hw_results *r;
        hewal_error err;
        if (hw_search(store, kit_model, none[i], NULL, &r, &err) != HEWAL_EINVAL) fail_msg("query %zu", i);
        assert_null(r);
        assert_null(strchr(err.message, '\n'));
    }
    static const char *const odd[] = {"\"کازمی", "کازمی\" OR form:x", "title:کازمی", "abc* NEAR b c", "); DROP TABLE words;", "کازمی AND", "' OR 1=1", "x -y -z", "٢٠٢١", "\xFFکازمی", "^کازمی$ + {a}"};
    for (size_t i = 0; i < sizeof odd / sizeof *odd; i++) hw_results_free(ask(odd[i], NULL));
    size_t n;
    char *s = kit_repeat("کازمی بایدن ", 20000, &n);
    hw_results_free(ask(s, NULL));
    free(s);
    static const char *const pieces[] = {"\"", "-", " ", "کازمی", "پاپا", "«", "»", "*", "(", ")", "AND", "x", "٣", "\xC3", ":", "OR"};
    for (int k = 0; k < 300; k++) {
        char *q = kit_mix(pieces, sizeof pieces / sizeof *pieces, 1 + kit_random(12), &n), *z = strndup(q, n);
        hw_results *r;
        hewal_error err;
        hewal_status st = hw_search(store, kit_model, z, NULL, &r, &err);
        if (st != HEWAL_OK && st != HEWAL_EINVAL) fail_msg("«%s»: %s", z, err.message);
        hw_results_free(r);
        free(q);
        free(z);
    }
    hw_results *r;
    assert_int_equal(hw_search(store, kit_model, "x", &(hw_search_options){.after = "zzz"}, &r, NULL), HEWAL_EINVAL);
    assert_int_equal(hw_search(store, kit_model, "x", &(hw_search_options){.to = "zzz"}, &r, NULL), HEWAL_EINVAL);
}

static void index_terms(void **state)
{
    (void)state;
    hw_terms *t = hw_terms_new(kit_model);
    hewal_string a = {0}, b = {0};
    assert_int_equal(hw_terms_lines(t, "بوومەلەرزەکان، ٢٠٢١!", strlen("بوومەلەرزەکان، ٢٠٢١!"), false, &a), HEWAL_OK);
    assert_int_equal(hw_terms_lines(t, "بومه‌له‌رزه‌ 2021", strlen("بومه‌له‌رزه‌ 2021"), false, &b), HEWAL_OK);
    assert_string_equal(a.s, b.s);
    hewal_string_free(&a);
    hewal_string_free(&b);
    /* more words than it remembers */
    for (int round = 0; round < 3; round++) {
        hewal_string text = {0};
        size_t cap = 1u << 20;
        text.s = malloc(cap);
        for (int i = 0; i < 40000; i++) text.len += (size_t)snprintf(text.s + text.len, cap - text.len, "w%dx%d ", i, round);
        size_t n = 0;
        hw_term w;
        hw_terms_begin(t, text.s, text.len);
        while (hw_terms_next(t, &w)) n++;
        assert_true(n >= 40000);
        hewal_string_free(&text);
    }
    hw_terms_free(t);
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(finds), cmocka_unit_test(words_and_their_absence), cmocka_unit_test(pages), cmocka_unit_test(odd_queries),
                                       cmocka_unit_test(index_terms)};
    return cmocka_run_group_tests_name("search_query", tests, open_store, close_store);
}
