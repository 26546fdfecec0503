/* What operators and fields of the query language find, in a store of our own articles. */
#include "store_kit.h"

#include "search/search.h"

static hw_store *store;

static int open_store(void **state)
{
    if (folder_make(state) != 0) return -1;
    store = store_open(in_folder("asks.db"), HW_STORE_WRITE);
    static const struct { const char *id, *title, *outlet, *date, *text; } all[] = {
        {"meet", "کۆبوونەوەی بەغدا", "ڕووداو", "2021-07-26", STORE_TEXT},
        {"oil", "نرخی نەوت", "Rudaw English", "2020-03-10", "نرخی نەوت لە بازاڕەکانی جیهان دابەزی. وەزیری نەوتی عێراق گوتی: «نرخەکان دەگۆڕێن»."},
        {"gas", "", "nrt.net", "2020-03-11", "کێڵگەی گازی کۆرمۆر نوێ کرایەوە. نرخی گاز نەگۆڕدرا."},
        {"raid", "هێرش بۆ سەر گوند", "ڕووداو", "2022-01-05", "تورکیا هێرشی کردە سەر گوندێکی سنووری دهۆک. فڕۆکەکانی تورکیا گوندەکەیان بۆردومان کرد."},
        {"flood", "لافاو لە دهۆک", "nrt.net", "2019-11-20", "بەهۆی بارانێکی زۆرەوە لافاو هەستا و زیانی بە خەڵک گەیاند."},
        {"flood2", "دهۆک و لافاوەکانی", "nrt.net", "2021-11-20", "بەهۆی بارانێکی زۆرەوە لافاو هەستا و زیانی بە خەڵک گەیاند."},
        {"court", "", "", "", "دادگای باڵای هەولێر بڕیاری خۆی دا. بڕیارەکە لە لایەن دادوەرانەوە درا."},
        {"council", "", "", "2015-01-01", "ئەنجوومەنی وەزیران کۆبووەوە و بڕیاری لەسەر دادگای نوێ دا."}};
    for (size_t i = 0; i < sizeof all / sizeof *all; i++) {
        hw_article *a;
        char json[8192];
        snprintf(json, sizeof json, "{\"id\":\"%s\",\"title\":\"%s\",\"outlet\":\"%s\",\"published\":\"%s\",\"url\":\"https://example.org/%s\",\"text\":\"%s\"}", all[i].id, all[i].title,
                 all[i].outlet, all[i].date, all[i].id, all[i].text);
        if (!*all[i].date) {
            char *date = strstr(json, "\"published\""), *rest = strstr(json, "\"url\"");
            memmove(date, rest, strlen(rest) + 1);
        }
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

/* The ids that have all that was asked, in the order of the alphabet. */
static const char *found(const char *query, const hw_search_options *o)
{
    static char out[512];
    hw_results *r;
    hewal_error err;
    const char *ids[64];
    size_t n = 0;
    if (hw_search(store, kit_model, query, o, &r, &err) != HEWAL_OK) {
        snprintf(out, sizeof out, "%s", err.message);
        return out;
    }
    for (size_t i = 0; i < r->n; i++) {
        size_t at = n;
        if (r->hits[i].some_words_only) continue;
        for (n++; at && strcmp(ids[at - 1], r->hits[i].id) > 0; at--) ids[at] = ids[at - 1];
        ids[at] = r->hits[i].id;
    }
    *out = 0;
    for (size_t i = 0; i < n; i++) snprintf(out + strlen(out), sizeof out - strlen(out), "%s%s", i ? " " : "", ids[i]);
    hw_results_free(r);
    return out;
}

static void finds(void **state)
{
    (void)state;
    static const struct { const char *query, *ids; } all[] = {
        {"نەوت", "oil"}, {"نرخ", "gas oil"}, {"نرخ -گاز", "oil"}, {"نرخ NOT نەوت", "gas"}, {"نرخ بێ:گاز", "oil"}, {"گاز OR لافاو", "flood flood2 gas"}, {"گاز یان لافاو", "flood flood2 gas"},
        {"زیان (گاز OR لافاو)", "flood flood2"}, {"(نەوت نرخ) OR (باران لافاو)", "flood flood2 oil"}, {"نرخ -(گاز OR لافاو)", "oil"}, {"نرخ -(گاز نەوت)", "gas oil"},
        /* phrases, in any form; in titles, too */
        {"\"نرخی نەوت\"", "oil"}, {"\"نرخەکانی نەوت\"", "oil"}, {"\"نەوت نرخ\"", ""}, {"\"لافاو لە دهۆک\"", "flood"}, {"\"دهۆک و لافاو\"", "flood2"}, {"لافاو -\"لافاو لە دهۆک\"", "flood2"},
        {"\"کێڵگەی گاز*\"", "gas"}, {"«ئەنجومەنی وەزیران»", "council"}, {"\"دادگای هەولێر\"", ""},
        /* this form only */
        {"=لافاو", "flood flood2"}, {"=لافاوەکانی", "flood2"}, {"=لافاوەکان", ""}, {"=\"نرخی نەوت\"", "oil"}, {"=\"نرخەکانی نەوت\"", ""}, {"=لافاو -=لافاوەکانی", "flood"}, {"=ئەنجومەنی", "council"},
        {"دادگا NEAR/1 هەولێر", "court"}, {"دادگا NEAR/0 هەولێر", "query:7: NEAR wants a number from 1 to 100"}, {"نوێ NEAR/1 گاز", "gas"}, {"نوێ NEAR/1 کێڵگە", ""}, {"نوێ NEAR/3 کێڵگە", "gas"}, {"کێڵگە نزیک/٣ نوێ", "gas"}, {"لافاو NEAR/2 دهۆک", "flood flood2"},
        {"کێڵ*", "gas"}, {"کۆرم* نرخ", "gas"}, {"ک*", "council gas meet raid"}, {"*", "query:1: no word to search for"},
        {"title:لافاو", "flood flood2"}, {"title:نەوت", "oil"}, {"title:گاز", ""}, {"سەردێڕ:«لافاو لە دهۆک»", "flood"}, {"title:=لافاو", "flood"},
        {"outlet:nrt", "flood flood2 gas"}, {"outlet:رووداو", "meet raid"}, {"outlet:rudaw", "oil"}, {"outlet:english", "oil"}, {"outlet:udaw", ""}, {"لافاو -outlet:nrt", ""}, {"outlet:nrt باران from:2020", "flood2"},
        {"لافاو to:2019", "flood"}, {"لافاو تا:٢٠١٩", "flood"}, {"from:2020-03-11 to:2021", "flood2 gas meet"}, {"لافاو from:2018 to:2020", "flood"},
        {"speaker:بایدن", "meet"}, {"speaker:Kadhimi", "meet"}, {"وتەبێژ:بایدن", "meet"}, {"speaker:بایدن channel:tweet", "meet"}, {"speaker:کازمی channel:tweet", ""}, {"speaker:بایدن نەوت", ""}, {"-speaker:بایدن نرخ", "gas oil"},
        {"actor:تورکیا", "raid"}, {"actor:تورکیا type:ASSAULT", "raid"}, {"target:تورکیا type:ASSAULT", ""}, {"بکەر:تورکیا جۆر:هێرش", "raid"}, {"type:CONSULT بایدن", "meet"}, {"place:دهۆک", "raid"}, {"place:بەغدا", "meet"},
        {"speaker:بایدن OR گاز", "gas meet"}, {"(speaker:بایدن OR outlet:nrt) -لافاو", "gas meet"}, {"نرخ (outlet:nrt OR outlet:rudaw)", "gas oil"}, {"-(outlet:nrt OR نەوت) type:CONSULT", "council meet"},
        {"https://example.org/oil", "oil"}, {"url:https://example.org/oil نرخ", "oil"}, {"speaker:هیچکەسێک", ""}, {"actor:تورکیا -بۆردومان", ""}, {"outlet:nrt -لافاو", "gas"},
        {"-لافاو", "query:1: no word to search for: something must be there, not only absent"}, {"نەوت (گاز OR -نرخ)", "query:7: what only must be absent can't stand under OR"}, {"نرخ type:X", "query:10: «type:» is one of"},
        {"'; DROP TABLE words; --", ""}, {"outlet:\"x' OR '1'='1\"", ""}, {"speaker:\"' OR 1=1 --\"", ""}, {"form:x) OR (lemma", ""}, {"نرخ AND نەوت", "oil"}};
    unsigned wrong = 0;
    for (size_t i = 0; i < sizeof all / sizeof *all; i++) {
        const char *ids = found(all[i].query, NULL);
        if (!strncmp(all[i].ids, "query", 5) ? strncmp(ids, all[i].ids, strlen(all[i].ids)) != 0 : strcmp(ids, all[i].ids) != 0) {
            fprintf(stderr, "%s: [%s], not [%s]\n", all[i].query, ids, all[i].ids);
            wrong++;
        }
    }
    assert_int_equal(wrong, 0);
}

static hw_results *ask(const char *query, const hw_search_options *o)
{
    hw_results *r;
    hewal_error err;
    if (hw_search(store, kit_model, query, o, &r, &err) != HEWAL_OK) fail_msg("%s: %s", query, err.message);
    return r;
}

static void shows(void **state)
{
    (void)state;
    static const struct { const char *query, *id, *hits; } all[] = {
        {"\"نرخەکانی نەوت\"", "oil", "نرخی نەوت"}, {"گاز کێڵ*", "gas", "کێڵگەی|گازی|گاز"}, {"=گاز", "gas", "گاز"}, {"نوێ NEAR/3 کێڵگە", "gas", "کێڵگەی|نوێ"}, {"Turkiya", "raid", "تورکیا|تورکیا"},
        {"کازمی -گاز", "meet", "کازمی|کازمی"}, {"speaker:بایدن", "meet", ""}};
    for (size_t i = 0; i < sizeof all / sizeof *all; i++) {
        hw_results *r = ask(all[i].query, NULL);
        char hits[512] = "";
        if (!r->n) fail_msg("%s: nothing", all[i].query);
        assert_string_equal(r->hits[0].id, all[i].id);
        for (size_t k = 0; k < r->hits[0].n_hits; k++)
            snprintf(hits + strlen(hits), sizeof hits - strlen(hits), "%s%.*s", k ? "|" : "", (int)(r->hits[0].hits[k].e - r->hits[0].hits[k].b), r->hits[0].snippet + r->hits[0].hits[k].b);
        if (strcmp(hits, all[i].hits) != 0) fail_msg("%s: [%s], not [%s]", all[i].query, hits, all[i].hits);
        hw_results_free(r);
    }
}

static void shows_titles(void **state)
{
    (void)state;
    hw_results *r = ask("title:لافاوەکانی", NULL);
    assert_true(r->n >= 1 && r->hits[0].n_title_hits == 1);
    const hw_hit *h = &r->hits[0];
    assert_memory_equal(h->title + h->title_hits[0].b, "لافاو", strlen("لافاو"));
    hewal_string s = {0};
    assert_int_equal(hw_results_json(r, &s), HEWAL_OK);
    assert_non_null(strstr(s.s, "\"title_hits\":[{\"b\":"));
    hewal_string_free(&s);
    hw_results_free(r);
}

static void order(void **state)
{
    (void)state;
    hw_results *r = ask("لافاو باران زیان", NULL); /* the same words: the newer first */
    assert_string_equal(r->hits[0].id, "flood2");
    hw_results_free(r);
    r = ask("بڕیار OR نرخ", &(hw_search_options){.order = HW_NEWEST_FIRST});
    assert_int_equal(r->n, 4);
    for (size_t i = 1; i < r->n; i++) assert_true(strcmp(r->hits[i - 1].published ? r->hits[i - 1].published : "", r->hits[i].published ? r->hits[i].published : "") >= 0);
    hw_results_free(r);
}

static void says_more(void **state)
{
    (void)state;
    hw_results *r = ask("بومەلەرزە لافاوو", NULL);
    assert_true(r->some_words_only && r->n >= 2 && r->hits[0].some_words_only);
    hw_results_free(r);
    r = ask("نرخ AND لافاو", NULL); /* AND is taken at its word */
    assert_int_equal(r->n, 0);
    assert_int_equal(r->total, 0);
    hw_results_free(r);
    r = ask("\"نرخی نەوت\" لافاو", NULL); /* a plain word may be missing, a phrase may not */
    assert_int_equal(r->n, 1);
    hw_results_free(r);
    r = ask("OR نرخ", NULL);
    assert_int_equal(r->n_notes, 1);
    assert_int_equal(r->notes[0].at, 1);
    hw_results_free(r);
    r = ask("language:ckb نرخ speaker:هیچکەسێک", NULL);
    assert_true(r->n_notes >= 1);
    hw_results_free(r);
}

/* Another word for the same, where the word itself is in none; it is shown, too. */
static void synonyms(void **state)
{
    (void)state;
    static const struct { const char *query, *id, *hit; } all[] = {{"سێڵاو", "flood", "لافاو"}, {"مەحکەمەکەی هەولێر", "court", "دادگای"}, {"تەیارە", "raid", "فڕۆکەکانی"}, {"ویلایەتە یەکگرتووەکان", "meet", "ئەمریکا"}};
    for (size_t i = 0; i < sizeof all / sizeof *all; i++) {
        hw_results *r = ask(all[i].query, NULL);
        if (!r->n || strcmp(r->hits[0].id, all[i].id) != 0) fail_msg("%s: %s", all[i].query, r->n ? r->hits[0].id : "nothing");
        bool marked = false;
        for (size_t k = 0; k < r->hits[0].n_hits; k++)
            marked = marked || !strncmp(r->hits[0].snippet + r->hits[0].hits[k].b, all[i].hit, strlen(all[i].hit));
        if (!marked) fail_msg("%s: «%s» is not marked", all[i].query, all[i].hit);
        hw_results_free(r);
    }
    hw_results *r = ask("=سێڵاو", NULL);
    assert_int_equal(r->n, 0);
    hw_results_free(r);
    r = ask("سێڵاو AND باران", NULL);
    assert_int_equal(r->n, 0);
    hw_results_free(r);
}

/* Names in English are those names, and no Kurdish words in Latin letters. */
static void english(void **state)
{
    (void)state;
    static const struct { const char *query, *ids; } all[] = {
        {"Biden", "meet"}, {"biden", "meet"}, {"Joe Biden", "meet"}, {"United States", "meet"}, {"US", "meet"}, {"Turkey", "raid"}, {"Turkey -Biden", "raid"}, {"Baghdad Kadhimi", "meet"}, {"lafaw", "flood flood2"},
        {"World Health Organization", "who"}, {"WHO", "who"}};
    store_put(store, store_article("who", "ڕێکخراوی تەندروستیی جیهانی ئامارێکی نوێی بڵاو کردەوە. خەڵک نان بدەن بە یەکتر.", "", "2013-01-01"));
    store_commit(store);
    unsigned wrong = 0;
    for (size_t i = 0; i < sizeof all / sizeof *all; i++) {
        const char *ids = found(all[i].query, NULL);
        if (!strcmp(ids, all[i].ids)) continue;
        fprintf(stderr, "%s: [%s], not [%s]\n", all[i].query, ids, all[i].ids);
        wrong++;
    }
    assert_int_equal(wrong, 0);
}

static void facets(void **state)
{
    (void)state;
    hw_results *r = ask("outlet:nrt OR بایدن", &(hw_search_options){.facets = true, .limit = 1});
    assert_int_equal(r->total, 4);
    assert_int_equal(r->counted, 4);
    assert_string_equal(r->facet[HW_FACET_OUTLET].row[0].value, "nrt.net");
    assert_int_equal(r->facet[HW_FACET_OUTLET].row[0].articles, 3);
    assert_string_equal(r->facet[HW_FACET_YEAR].row[0].value, "2021");
    assert_int_equal(r->facet[HW_FACET_YEAR].row[0].articles, 2);
    assert_int_equal(r->facet[HW_FACET_YEAR].n, 3);
    bool biden = false, tweet = false, consult = false;
    for (size_t i = 0; i < r->facet[HW_FACET_SPEAKER].n; i++) biden = biden || !strcmp(r->facet[HW_FACET_SPEAKER].row[i].value, "Joe Biden");
    for (size_t i = 0; i < r->facet[HW_FACET_CHANNEL].n; i++) tweet = tweet || !strcmp(r->facet[HW_FACET_CHANNEL].row[i].value, "tweet");
    for (size_t i = 0; i < r->facet[HW_FACET_TYPE].n; i++) consult = consult || !strcmp(r->facet[HW_FACET_TYPE].row[i].value, "CONSULT");
    assert_true(biden && tweet && consult);
    hewal_string s = {0};
    assert_int_equal(hw_results_json(r, &s), HEWAL_OK);
    assert_non_null(strstr(s.s, "\"facets\":{\"counted\":4,\"outlet\":[{\"value\":\"nrt.net\",\"articles\":3}"));
    hewal_string_free(&s);
    hw_results_free(r);
}

static void suggests(void **state)
{
    (void)state;
    /* Three articles at least must have what is proposed. */
    for (int i = 0; i < 4; i++) {
        char id[16];
        snprintf(id, sizeof id, "minister%d", i);
        store_put(store, store_article(id, "حکوومەتی هەرێم پەیامێکی بڵاو کردەوە.", "", "2014-01-01"));
    }
    store_commit(store);
    hw_results *r = ask("حکومت هەرێم", NULL);
    assert_non_null(r->meant);
    assert_string_equal(r->meant, "حکوومەت هەرێم");
    hw_results_free(r);
    r = ask("حکومەت هەرێم", NULL);
    assert_null(r->meant);
    hw_results_free(r);
}

/* Of near-duplicates the best is shown; `suggests` has made them. */
static void groups(void **state)
{
    (void)state;
    hw_results *r = ask("پەیامی حکوومەتی هەرێم", NULL);
    assert_int_equal(r->n, 4);
    hw_results_free(r);
    r = ask("پەیامی حکوومەتی هەرێم", &(hw_search_options){.groups = true});
    assert_int_equal(r->n, 1);
    assert_int_equal(r->total, 4);
    assert_int_equal(r->hits[0].copies, 3);
    hewal_string s = {0};
    assert_int_equal(hw_results_json(r, &s), HEWAL_OK);
    assert_non_null(strstr(s.s, ",\"copies\":3,\"outlets\":["));
    hewal_string_free(&s);
    hw_results_free(r);
    /* They are enough for an answer, but one group: what has some of the words follows, and facets count them all. */
    store_put(store, store_article("other", "حکوومەتی تازە دوێنێ سوێندی خوارد.", "", "2014-05-01"));
    store_commit(store);
    r = ask("پەیامی حکوومەت", &(hw_search_options){.groups = true, .facets = true, .limit = 2});
    assert_int_equal(r->n, 2);
    assert_true(!r->hits[0].some_words_only && r->hits[1].some_words_only);
    assert_int_equal(r->total, 4);
    assert_int_equal(r->counted, 4);
    hw_results_free(r);
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(finds), cmocka_unit_test(shows), cmocka_unit_test(shows_titles), cmocka_unit_test(order), cmocka_unit_test(says_more), cmocka_unit_test(synonyms), cmocka_unit_test(facets), cmocka_unit_test(suggests), cmocka_unit_test(groups), cmocka_unit_test(english)};
    return cmocka_run_group_tests_name("search_asks", tests, open_store, close_store);
}
