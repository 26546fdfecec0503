/* Near-duplicates are grouped when they are added, other articles are not; each group counts once, whoever stands for it. */
#include "store_kit.h"
#include "base/buf.h"

#include <stdlib.h>

static hw_article *plain(const char *id, const char *outlet, const char *text)
{
    hewal_string s = {0};
    hw_buf b = hw_buf_on(&s);
    hw_article *a;
    hw_putf(&b, "{\"id\": \"%s\", \"outlet\": \"%s\", \"published\": \"2021-03-05\", \"text\": ", id, outlet);
    hw_put_json(&b, text, strlen(text));
    hw_puts(&b, "}");
    assert_int_equal(hw_article_parse(&a, s.s, s.len, HW_JSONL, "test", NULL), HEWAL_OK);
    hewal_string_free(&s);
    return a;
}

/* A sample's text, and its lines. */
static char *sample(size_t i, char **line, size_t *n)
{
    hw_article *a;
    assert_int_equal(hw_article_parse(&a, kit_samples[i].s, kit_samples[i].n, HW_AUTO, kit_samples[i].name, NULL), HEWAL_OK);
    char *text = strdup(a->text), *save = NULL;
    hw_article_free(a);
    *n = 0;
    for (char *l = strtok_r(text, "\n", &save); l && *n < 60; l = strtok_r(NULL, "\n", &save)) line[(*n)++] = l;
    return text;
}

static char *join(char *out, size_t size, char *const *line, size_t from, size_t to)
{
    size_t at = strlen(out);
    for (size_t i = from; i < to; i++) at += (size_t)snprintf(out + at, size - at, "%s%s", at ? "\n" : "", line[i]);
    return out;
}

static const char *group_of(hw_store *s, const char *id)
{
    static char first[64];
    hw_stored *x;
    assert_int_equal(hw_store_get(s, id, &x, NULL), HEWAL_OK);
    assert_non_null(x);
    snprintf(first, sizeof first, "%s", x->copy_of ? x->copy_of : "");
    hw_stored_free(x);
    return first;
}

static void edits(void **state)
{
    (void)state;
    char path[512], out[65536], id[32];
    snprintf(path, sizeof path, "%s", in_folder("near.db"));
    hw_store *s = store_open(path, HW_STORE_WRITE);
    size_t n_texts = 0, found = 0, tried = 0;
    kit_read_samples();
    for (size_t i = 0; i < kit_n_samples; i++) {
        char *line[60];
        size_t n;
        if (!strstr(kit_samples[i].name, ".txt")) continue;
        char *text = sample(i, line, &n);
        if (n >= 6) {
            static char other[] = "بەپێی ئەو زانیارییانەی بە دەست ئێمە گەیشتوون، ڕووداوەکە بەم جۆرە بووە.";
            snprintf(id, sizeof id, "o%zu", i);
            *out = 0;
            store_put(s, plain(id, "A", join(out, sizeof out, line, 0, n)));
            assert_string_equal(group_of(s, id), ""); /* no two samples are one article */
            n_texts++;
            for (int k = 0; k < 3; k++) { /* another first line; the end cut; another first line and some of the end cut */
                snprintf(id, sizeof id, "e%zu-%d", i, k);
                snprintf(out, sizeof out, "%s", k == 1 ? "" : other);
                join(out, sizeof out, line, k == 1 ? 0 : 1, k == 0 ? n : n - n / 4);
                store_put(s, plain(id, "B", out));
                char want[32];
                snprintf(want, sizeof want, "o%zu", i);
                tried++;
                found += !strcmp(group_of(s, id), want);
                assert_true(!*group_of(s, id) || !strcmp(group_of(s, id), want));
            }
            /* another article that repeats a third of it as background */
            snprintf(id, sizeof id, "b%zu", i);
            snprintf(out, sizeof out, "%s", store_own_text("", (unsigned)i));
            for (unsigned k = 1; k < n / 3; k++) strcat(strcat(out, "\n"), store_own_text("", (unsigned)i + 100 * k));
            join(out, sizeof out, line, n - n / 3, n);
            store_put(s, plain(id, "C", out));
            assert_string_equal(group_of(s, id), "");
        }
        free(text);
    }
    kit_free_samples();
    assert_true(n_texts >= 15);
    if (found * 100 < tried * 90) fail_msg("%zu of %zu near-duplicates found", found, tried);
    store_commit(s);
    store_assert_whole(path);
    hw_store_close(s);
}

/* A report of the same form with other numbers is another report; so is one in the same words weeks later. */
static void not_the_same(void **state)
{
    (void)state;
    hw_store *s = store_open(in_folder("forms.db"), HW_STORE_WRITE);
    static const char form[] =
        "وەزارەتی تەندروستی ڕایگەیاند لە ماوەی بیست و چوار کاتژمێری ڕابردوودا %d کەس تووشی نەخۆشییەکە بوون و %d کەس چاکبوونەتەوە. هەروەها %d کەس گیانیان لەدەست داوە و "
        "ژمارەی گشتیی تووشبووان گەیشتە %d کەس و نەخۆشخانەکان ئامادەن.";
    char text[2048];
    snprintf(text, sizeof text, form, 120, 80, 3, 4500);
    store_put(s, plain("f1", "A", text));
    snprintf(text, sizeof text, form, 131, 92, 5, 4631);
    store_put(s, plain("f2", "A", text));
    assert_string_equal(group_of(s, "f2"), "");
    store_put(s, store_article("g1", store_own_text(STORE_TEXT, 3), "t", "2021-01-10"));
    store_put(s, store_article("g2", store_own_text(STORE_TEXT, 3), "t", "2021-03-10"));
    assert_string_equal(group_of(s, "g2"), "");
    store_put(s, store_article("g3", store_own_text(STORE_TEXT, 3), "t", "2021-03-12"));
    assert_true(!strcmp(group_of(s, "g3"), "g2") || !strcmp(group_of(s, "g3"), "g1"));
    hw_store_close(s);
}

/* Groups are counted once, shown by filter, and go on when their first goes. */
static void counted_once(void **state)
{
    (void)state;
    char path[512];
    snprintf(path, sizeof path, "%s", in_folder("group.db"));
    hw_store *s = store_open(path, HW_STORE_WRITE);
    const char *text = store_own_text(STORE_TEXT, 1);
    store_put(s, plain("a", "A", text));
    store_commit(s);
    hw_store_counts one = store_counts(s);
    store_put(s, plain("b", "B", text));
    store_put(s, plain("c", "B", text));
    store_put(s, plain("d", "D", text));
    store_commit(s);
    store_assert_whole(path);
    hw_store_counts all = store_counts(s);
    assert_int_equal(all.articles, 4);
    assert_int_equal(all.copies, 3);
    assert_int_equal(all.quotes, one.quotes);
    assert_int_equal(all.events, one.events);
    assert_int_equal(all.mentions, one.mentions);
    assert_int_equal(all.entities, one.entities);
    const struct { hw_filter f; int64_t times; } filters[] = {{{0}, 1}, {{.copies = true}, 4}, {{.outlet = "B"}, 1}, {{.outlet = "D"}, 1}, {{.article = "c"}, 1}, {{.outlet = "X"}, 0}};
    for (size_t i = 0; i < sizeof filters / sizeof *filters; i++) {
        hw_cursor *c;
        hw_quote_row q;
        int64_t n = 0;
        assert_int_equal(hw_store_quotes(s, &filters[i].f, &c, NULL), HEWAL_OK);
        for (; hw_next_quote(c, &q); n++) {
            assert_int_equal(q.article.copies, strcmp(q.article.id, "a") ? 0 : 3);
            assert_true(strcmp(q.article.id, "a") ? !strcmp(q.article.copy_of, "a") : !q.article.copy_of && !strcmp(q.article.outlets, "B\nD"));
        }
        hw_cursor_close(c);
        if (n != filters[i].times * one.quotes) fail_msg("filter %zu: %lld quotes", i, (long long)n);
    }
    /* the first goes: the next stands for the others; the last but one goes: it stands alone */
    bool found;
    hw_versions *v;
    assert_int_equal(hw_store_remove(s, "a", &found, NULL), HEWAL_OK);
    store_commit(s);
    store_assert_whole(path);
    assert_string_equal(group_of(s, "c"), "b");
    assert_string_equal(group_of(s, "b"), "");
    assert_int_equal(store_counts(s).quotes, one.quotes);
    assert_int_equal(hw_store_reports(s, "d", &v, NULL), HEWAL_OK);
    assert_int_equal(v->n_reports, 3);
    assert_string_equal(v->reports[0].id, "b");
    hw_versions_free(v);
    store_put(s, plain("e", "E", text)); /* found by the one that stands for them now */
    assert_string_equal(group_of(s, "e"), "b");
    /* one of them becomes another article, and comes back */
    store_put(s, plain("b", "B", "ئەنگێلا مێرکڵ لە هەولێر گوتی: «سوپاس بۆ میوانداری».")); 
    store_commit(s);
    store_assert_whole(path);
    assert_string_equal(group_of(s, "b"), "");
    assert_string_equal(group_of(s, "d"), "c");
    store_put(s, plain("b", "B", text));
    store_commit(s);
    store_assert_whole(path);
    assert_string_equal(group_of(s, "b"), "c");
    assert_int_equal(hw_store_history(s, "b", &v, NULL), HEWAL_OK);
    assert_int_equal(v->n_versions, 2);
    assert_string_equal(v->versions[0].text, text);
    hw_versions_free(v);
    hw_store_close(s);
}

/* Ten thousand copies of one text cost no more each than a hundred. */
static void many_copies(void **state)
{
    (void)state;
    enum { MANY = KIT_SANITIZED ? 600 : 10000 };
    char path[512], id[32];
    snprintf(path, sizeof path, "%s", in_folder("many.db"));
    hw_store *s = store_open(path, HW_STORE_WRITE);
    double first = 0, last = 0;
    hw_article *a = plain("x", "A", store_own_text(STORE_TEXT, 5));
    hewal_record *r;
    assert_int_equal(hewal_annotate(kit_model, a->text, a->text_len, &a->meta, &r, NULL), HEWAL_OK);
    for (int i = 0; i < MANY; i++) {
        struct timespec t0, t1;
        snprintf(id, sizeof id, "x%d", i);
        free(a->id);
        a->id = strdup(id);
        clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &t0);
        assert_int_equal(hw_store_put(s, a, r, NULL, NULL, NULL), HEWAL_OK);
        clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &t1);
        double took = (double)(t1.tv_sec - t0.tv_sec) + (double)(t1.tv_nsec - t0.tv_nsec) * 1e-9;
        if (i >= MANY / 10 && i < MANY / 5) first += took;
        if (i >= MANY - MANY / 10) last += took;
    }
    store_commit(s);
    assert_int_equal(store_counts(s).copies, MANY - 1);
    if (last > 6 * first + 0.5) fail_msg("the second tenth took %.2f s, the last %.2f s", first, last);
    bool found;
    assert_int_equal(hw_store_remove(s, "x0", &found, NULL), HEWAL_OK);
    store_commit(s);
    assert_int_equal(store_counts(s).copies, MANY - 2);
    hewal_record_free(r);
    hw_article_free(a);
    hw_store_close(s);
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(edits), cmocka_unit_test(not_the_same), cmocka_unit_test(counted_once), cmocka_unit_test(many_copies)};
    return cmocka_run_group_tests_name("store_near", tests, folder_make, folder_remove);
}
