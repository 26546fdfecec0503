/* Articles go in once, are replaced whole, and come out as they went in. */
#include "store_kit.h"

static void twice_and_changed(void **state)
{
    (void)state;
    char path[512];
    snprintf(path, sizeof path, "%s", in_folder("new/folder/a.db"));
    hw_store *s = store_open(path, HW_STORE_WRITE);
    assert_int_equal(store_put(s, store_article("a", STORE_TEXT, "t", STORE_DATE)), HW_ADDED);
    assert_int_equal(store_put(s, store_article("a", STORE_TEXT, "t", STORE_DATE)), HW_SKIPPED);
    assert_int_equal(store_put(s, store_article("b", store_own_text(STORE_TEXT, 1), "t", STORE_DATE)), HW_ADDED);
    store_commit(s);
    hw_store_counts before = store_counts(s);
    assert_int_equal(before.articles, 2);
    assert_true(before.quotes >= 2 && before.events >= 2 && before.people >= 2);
    assert_string_equal(before.first, STORE_DATE);
    /* new metadata, then new text, then back */
    assert_int_equal(store_put(s, store_article("a", STORE_TEXT, "t2", STORE_DATE)), HW_REPLACED);
    assert_int_equal(store_put(s, store_article("a", "ئەنگێلا مێرکڵ گەیشتە هەولێر.", "t2", "2021-07-27")), HW_REPLACED);
    store_commit(s);
    store_assert_whole(path);
    hw_stored *got;
    assert_int_equal(hw_store_get(s, "a", &got, NULL), HEWAL_OK);
    assert_string_equal(got->article.text, "ئەنگێلا مێرکڵ گەیشتە هەولێر.");
    assert_string_equal(got->record.published, "2021-07-27");
    hw_stored_free(got);
    assert_int_equal(store_put(s, store_article("a", STORE_TEXT, "t", STORE_DATE)), HW_REPLACED);
    bool found;
    assert_int_equal(hw_store_remove(s, "b", &found, NULL), HEWAL_OK);
    assert_true(found);
    assert_int_equal(hw_store_remove(s, "nothing", &found, NULL), HEWAL_OK);
    assert_false(found);
    store_commit(s);
    hw_store_close(s);
    store_assert_whole(path);
    s = store_open(path, HW_STORE_READ);
    hw_store_counts after = store_counts(s);
    assert_int_equal(after.articles, 1);
    assert_int_equal(after.people, before.people);
    assert_int_equal(after.quotes * 2, before.quotes);
    assert_int_equal(hw_store_get(s, "b", &got, NULL), HEWAL_OK);
    assert_null(got);
    hewal_error err;
    assert_int_equal(store_try(s, store_article("c", "x", "t", STORE_DATE), NULL, &err), HEWAL_EINVAL); /* opened for reading */
    hw_store_close(s);
}

/* The record that comes back is the one that went in, as JSON. */
static void comes_back(void **state)
{
    (void)state;
    hw_store *s = store_open(in_folder("back.db"), HW_STORE_WRITE);
    kit_read_samples();
    for (size_t i = 0; i < kit_n_samples; i++) {
        hw_article *a;
        if (!strstr(kit_samples[i].name, ".txt")) continue;
        assert_int_equal(hw_article_parse(&a, kit_samples[i].s, kit_samples[i].n, HW_AUTO, kit_samples[i].name, NULL), HEWAL_OK);
        hewal_record *r;
        hewal_string want = {0}, got = {0}, more = {0}, more2 = {0};
        assert_int_equal(hewal_annotate(kit_model, a->text, a->text_len, &a->meta, &r, NULL), HEWAL_OK);
        assert_int_equal(hw_store_put(s, a, r, NULL, NULL, NULL), HEWAL_OK);
        hw_stored *x;
        hewal_error err;
        if (hw_store_get(s, a->id, &x, &err) != HEWAL_OK) fail_msg("%s", err.message);
        hw_article_members(a, &more);
        hw_article_members(&x->article, &more2);
        hewal_record_json(r, a->id, more.s, &want);
        hewal_record_json(&x->record, x->article.id, more2.s, &got);
        assert_string_equal(got.s, want.s);
        assert_string_equal(x->model, hewal_model_id(kit_model));
        hw_stored_free(x);
        hewal_record_free(r);
        hw_article_free(a);
        hewal_string_free(&want);
        hewal_string_free(&got);
        hewal_string_free(&more);
        hewal_string_free(&more2);
    }
    store_commit(s);
    hw_cursor *c;
    hw_stored *x;
    int64_t n = 0;
    assert_int_equal(hw_store_all(s, &c, NULL), HEWAL_OK);
    for (; hw_next_stored(c, &x); n++) hw_stored_free(x);
    assert_int_equal(n, store_counts(s).articles);
    hw_cursor_close(c);
    hw_store_close(s);
    kit_free_samples();
}

/* Bytes that are no UTF-8 come back as they were, and facts about them point right. */
static void odd_bytes(void **state)
{
    (void)state;
    char path[512];
    snprintf(path, sizeof path, "%s", in_folder("odd.db"));
    hw_store *s = store_open(path, HW_STORE_WRITE);
    static const char text[] = "\xFF کازمی گوتی: «سوپاس\xC3 بۆ ئێوە». \xF0\x9F مستەفا کازمی لە بەغدا کۆبووەوە لەگەڵ جۆ بایدن.";
    hw_article *a;
    assert_int_equal(hw_article_parse(&a, text, strlen(text), HW_PLAIN, "odd", NULL), HEWAL_OK);
    char id[32];
    snprintf(id, sizeof id, "%s", a->id);
    assert_int_equal(store_put(s, a), HW_ADDED);
    store_commit(s);
    hw_stored *x;
    assert_int_equal(hw_store_get(s, id, &x, NULL), HEWAL_OK);
    assert_memory_equal(x->article.text, text, sizeof text);
    hw_stored_free(x);
    bool found;
    assert_int_equal(hw_store_remove(s, id, &found, NULL), HEWAL_OK);
    store_commit(s);
    assert_int_equal(store_counts(s).articles, 0);
    hw_store_close(s);
    store_assert_whole(path);
    assert_int_equal(store_number(path, "SELECT count(*) FROM words WHERE words MATCH 'form : سوپاس'"), 0);
}

static void lists(void **state)
{
    (void)state;
    hw_store *s = store_open(in_folder("lists.db"), HW_STORE_WRITE);
    for (int i = 0; i < 40; i++) {
        char id[32], date[32];
        snprintf(id, sizeof id, "n%02d", i);
        snprintf(date, sizeof date, "2021-%02d-%02d", 1 + i / 10, 1 + i % 10);
        store_put(s, store_article(id, store_own_text(STORE_TEXT, (unsigned)i), "سەردێڕ", i % 8 == 7 ? "" : date));
    }
    store_commit(s);
    hewal_error err;
    hw_entity_row *kadhimi;
    size_t n;
    assert_int_equal(hw_store_find(s, "Kadhimi", NULL, 10, &kadhimi, &n, &err), HEWAL_OK);
    assert_true(n >= 1);
    assert_string_equal(kadhimi[0].name, "Mustafa al-Kadhimi");
    assert_int_equal(kadhimi[0].articles, 40);
    /* pages of seven come to the same as all at once, newest and oldest first */
    for (int oldest = 0; oldest < 2; oldest++) {
        char mark[64] = "", last[16] = "";
        int total = 0, pages = 0;
        do {
            hw_filter f = {.speakers = &kadhimi[0].id, .n_speakers = 1, .after = mark, .oldest_first = oldest, .from = "2021", .to = "2021-03"};
            hw_cursor *c;
            hw_quote_row q;
            if (hw_store_quotes(s, &f, &c, &err) != HEWAL_OK) fail_msg("%s", err.message);
            for (int k = 0; k < 7 && hw_next_quote(c, &q); k++, total++) {
                assert_non_null(strstr(q.text, "پەیوەندییەکانمان"));
                assert_string_equal(q.speaker.name, "Mustafa al-Kadhimi");
                assert_string_equal(q.source, "کازمی");
                assert_string_equal(q.kind, "direct");
                assert_string_equal(q.cue, "گوتی");
                assert_memory_equal(STORE_TEXT + q.b, q.text, q.e - q.b);
                assert_memory_equal(STORE_TEXT + q.sentence_b, q.sentence, q.sentence_e - q.sentence_b);
                if (*last) assert_true(oldest ? strcmp(q.article.published, last) >= 0 : strcmp(q.article.published, last) <= 0);
                assert_true(strcmp(q.article.published, "2021-04") < 0);
                snprintf(last, sizeof last, "%s", q.article.published);
            }
            hw_cursor_mark(c, mark, sizeof mark);
            assert_int_equal(hw_cursor_error(c, &err), HEWAL_OK);
            hw_cursor_close(c);
            pages++;
        } while (*mark);
        assert_int_equal(total, 27); /* 30 articles to the end of March, three of them undated */
        assert_int_equal(pages, 4);
    }
    static const struct { hw_filter f; int quotes; } about[] = {
        {{.about = "پەیوەندی"}, 40}, {{.about = "پەیوەندییەکان ئەمریکا"}, 40}, {{.about = "نەوت"}, 0}, {{.channel = "tweet"}, 40}, {{.kind = "direct"}, 40},
        {{.article = "n03"}, 2}, {{.outlet = "ڕووداو", .from = "2021-02-03", .to = "2021-02-04"}, 4}, {{.outlet = "کەس"}, 0}};
    for (size_t i = 0; i < sizeof about / sizeof *about; i++) {
        hw_cursor *c;
        hw_quote_row q;
        int k = 0;
        if (hw_store_quotes(s, &about[i].f, &c, &err) != HEWAL_OK) fail_msg("%s", err.message);
        while (hw_next_quote(c, &q)) k++;
        if (k != about[i].quotes) fail_msg("filter %zu: %d quotes", i, k);
        hw_cursor_close(c);
    }
    /* events: Kadhimi met Biden; «met» from either side */
    hw_filter f = {.type = "CONSULT", .actors = &kadhimi[0].id, .n_actors = 1, .from = "2021"};
    hw_cursor *c;
    hw_event_row v;
    int k = 0;
    assert_int_equal(hw_store_events(s, &f, &c, &err), HEWAL_OK);
    for (; hw_next_event(c, &v); k++) {
        assert_int_equal(v.n_targets, 1);
        assert_string_equal(v.targets[0].name, "Joe Biden");
        assert_non_null(strstr(v.sentence, v.trigger));
    }
    assert_int_equal(k, 35);
    hw_cursor_close(c);
    hw_filter either = {.either = &kadhimi[0].id, .n_either = 1, .type = "CONSULT"};
    assert_int_equal(hw_store_events(s, &either, &c, &err), HEWAL_OK);
    for (k = 0; hw_next_event(c, &v); k++) {}
    assert_int_equal(k, 40);
    hw_cursor_close(c);
    /* articles and entities by pages */
    char mark[64] = "";
    int articles = 0;
    do {
        hw_filter all = {.after = mark};
        hw_article_ref r;
        assert_int_equal(hw_store_articles(s, &all, &c, &err), HEWAL_OK);
        for (k = 0; k < 9 && hw_next_article(c, &r, NULL); k++) articles++;
        hw_cursor_mark(c, mark, sizeof mark);
        hw_cursor_close(c);
    } while (*mark);
    assert_int_equal(articles, 40);
    int64_t entities = 0;
    do {
        hw_filter all = {.after = mark};
        hw_entity_row r;
        assert_int_equal(hw_store_entities(s, &all, &c, &err), HEWAL_OK);
        for (k = 0; k < 2 && hw_next_entity(c, &r); k++) entities++;
        hw_cursor_mark(c, mark, sizeof mark);
        hw_cursor_close(c);
    } while (*mark);
    assert_int_equal(entities, store_counts(s).entities);
    /* what makes no sense is refused */
    static const hw_filter wrong[] = {{.from = "yesterday"}, {.to = "2021-13"}, {.from = "2021-1-1"}, {.after = "x"}, {.after = "2021-01-01,5; DROP"}, {.about = "»«"}};
    for (size_t i = 0; i < sizeof wrong / sizeof *wrong; i++) {
        assert_int_equal(hw_store_quotes(s, &wrong[i], &c, &err), HEWAL_EINVAL);
        assert_null(c);
        assert_int_equal(hw_store_events(s, &wrong[i], &c, &err), HEWAL_EINVAL);
    }
    /* one person */
    hw_spelling_row *sp;
    hw_office_row *of;
    hw_met_row *met;
    assert_int_equal(hw_store_spellings(s, kadhimi[0].id, &sp, &n, &err), HEWAL_OK);
    assert_true(n >= 2 && sp[0].n == 40);
    free(sp);
    assert_int_equal(hw_store_offices(s, kadhimi[0].id, &of, &n, &err), HEWAL_OK);
    assert_true(n >= 1 && strstr(of[0].role, "سەرۆکوەزیرانی") && of[0].n == 40);
    assert_string_equal(of[0].first, "2021-01-01");
    assert_string_equal(of[0].last, "2021-04-09");
    free(of);
    assert_int_equal(hw_store_met(s, kadhimi[0].id, &met, &n, &err), HEWAL_OK);
    assert_true(n >= 1 && !strcmp(met[0].with.name, "Joe Biden") && met[0].n == 40);
    free(met);
    free(kadhimi);
    hw_store_close(s);
}

static void same_string(const hewal_string *a, const hewal_string *b)
{
    assert_int_equal(a->len, b->len);
    if (a->len) assert_memory_equal(a->s, b->s, a->len);
}

/* Index text made of a record's tokens is that made of the text. */
static void index_of_record(void **state)
{
    (void)state;
    hw_terms *t = hw_terms_new(kit_model);
    kit_read_samples();
    for (size_t i = 0; i < kit_n_samples; i++) {
        hewal_record *r;
        hw_index_text a = {0}, b = {0};
        assert_int_equal(hewal_annotate(kit_model, kit_samples[i].s, kit_samples[i].n, NULL, &r, NULL), HEWAL_OK);
        assert_int_equal(hw_terms_index(t, "سەردێڕێک", r->text, r->text_len, NULL, &a), HEWAL_OK);
        assert_int_equal(hw_terms_index(t, "سەردێڕێک", r->text, r->text_len, r, &b), HEWAL_OK);
        same_string(&a.title, &b.title);
        same_string(&a.forms, &b.forms);
        same_string(&a.lemmas, &b.lemmas);
        same_string(&a.more, &b.more);
        same_string(&a.packed, &b.packed);
        assert_memory_equal(a.counts, b.counts, sizeof a.counts);
        assert_memory_equal(a.near.band, b.near.band, sizeof a.near.band);
        hw_index_text_free(&a);
        hw_index_text_free(&b);
        hewal_record_free(r);
    }
    hw_terms_free(t);
    kit_free_samples();
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(index_of_record), cmocka_unit_test(twice_and_changed), cmocka_unit_test(comes_back), cmocka_unit_test(odd_bytes), cmocka_unit_test(lists)};
    return cmocka_run_group_tests_name("store_put", tests, folder_make, folder_remove);
}
