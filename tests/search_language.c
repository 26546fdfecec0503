/* The query language: what is read, what is noted, what is refused and where. */
#include "folder.h"

#include "search/query.h"

static void reads(void **state)
{
    (void)state;
    static const struct { const char *query, *tree; } all[] = {
        {"سەرۆک", "سەرۆک"}, {"سەرۆک هەرێم", "(and سەرۆک هەرێم)"}, {"a AND b", "(and a b)"},
        {"a OR b c", "(and (or a b) c)"}, {"c a OR b OR d", "(and c (or a b d))"}, {"هەولێر یان دهۆک", "(or هەولێر دهۆک)"}, {"a | b", "(or a b)"},
        {"a -b", "(and a (not b))"}, {"a NOT b", "(and a (not b))"}, {"a بێ:b", "(and a (not b))"}, {"a -\"b c\"", "(and a (not \"b c\"))"}, {"a -(b OR c)", "(and a (not (or b c)))"},
        {"co-op a-b", "(and co-op a-b)"}, {"a - b", "(and a b)"},
        {"\"a b\"", "\"a b\""}, {"«a b» c", "(and \"a b\" c)"}, {"“a b”", "\"a b\""}, {"„a b“", "\"a b\""}, {"a\"b c\"d", "(and a \"b c\" d)"},
        {"=a", "=a"}, {"=\"a b\"", "=\"a b\""}, {"a* b", "(and a* b)"}, {"\"a b*\"", "\"a b*\"*"}, {"\"a b\"*", "\"a b\"*"},
        {"a NEAR/5 b", "(near/5 a b)"}, {"a NEAR b", "(near/10 a b)"}, {"a نزیک/٣ \"b c\" NEAR/7 d", "(near/7 a \"b c\" d)"}, {"x a NEAR/2 b OR c", "(and x (or (near/2 a b) c))"},
        {"(a b) OR (c d)", "(or (and a b) (and c d))"}, {"((a))", "a"}, {"() a", "a"},
        {"speaker:a", "speaker:a"}, {"Speaker:\"a b\" c", "(and speaker:a b c)"}, {"speaker: a b", "(and speaker:a b)"}, {"وتەبێژ:بارزانی", "speaker:بارزانی"}, {"بێژەر:«مسعود بارزانی»", "speaker:مسعود بارزانی"},
        {"type:assault", "type:ASSAULT"}, {"جۆر:هێرش", "type:ASSAULT"}, {"channel:Tweet", "channel:tweet"}, {"کەناڵ:تویت", "channel:tweet"}, {"from:2020-05", "from:2020-05"}, {"لە:٢٠٢٠", "from:2020"},
        {"تا:۲۰۲۱-۰۳", "to:2021-03"}, {"-outlet:x", "(not outlet:x)"}, {"title:a", "title:a"}, {"title:\"a b\"", "title:\"a b\""}, {"title:=a", "title:=a"}, {"زمان:سۆرانی", "language:ckb"},
        {"outlet:a OR outlet:b", "(or outlet:a outlet:b)"},
        /* written by people who do not know it */
        {"\"a b", "\"a b\""}, {"a b\"", "(and a b)"}, {"(a b", "(and a b)"}, {"a b)", "(and a b)"}, {"OR", "OR"}, {"OR a", "a"}, {"a OR", "a"}, {"a OR OR b", "(or a b)"}, {"AND AND", "(and AND AND)"},
        {"NOT", "NOT"}, {"یان", "یان"}, {"a NEAR/3", "a"}, {"a NEAR/x b", "(and a NEAR/x b)"}, {"کوردستان: هەواڵی نوێ", "(and کوردستان: هەواڵی نوێ)"}, {"شوێن: هەولێر", "(and شوێن: هەولێر)"},
        {"10:30 a", "(and 10:30 a)"}, {"foo:bar", "foo:bar"}, {"from: هەولێر", "(and from: هەولێر)"}, {"https://example.org/a?b=(c)", "url:https://example.org/a?b=(c)"}, {":) a", "(and a)"},
        {"*", NULL}, {"a ** b", "(and a b)"}, {"!!! a", "a"}, {"-- a", "a"}, {"--a", "--a"}, {"= a", "a"}, {"«» a", "a"}, {"a…", "a…"}, {"speaker", "speaker"}};
    unsigned wrong = 0;
    for (size_t i = 0; i < sizeof all / sizeof *all; i++) {
        hw_arena a;
        hw_query *q;
        hewal_error err = {0};
        hw_arena_init(&a);
        hewal_status st = hw_query_parse(&q, kit_model, &a, all[i].query, &err);
        const char *tree = st == HEWAL_OK ? hw_query_show(&a, q->root) : NULL, *want = all[i].tree;
        if (want && !strcmp(want, "(and a)")) want = "a";
        if (!tree != !want || (tree && strcmp(tree, want) != 0)) {
            fprintf(stderr, "%s: %s, not %s\n", all[i].query, tree ? tree : err.message, want ? want : "an error");
            wrong++;
        }
        hw_arena_free(&a);
    }
    assert_int_equal(wrong, 0);
}

static void tells_where(void **state)
{
    (void)state;
    static const struct { const char *query, *says; } all[] = {
        {"سەرۆک type:FOO", "query:12: «type:» is one of AGREE, "}, {"from:abc", "query:6: «from:» wants a date"}, {"from:2020-13", "query:6: «from:» wants a date"}, {"a channel:x", "query:11: «channel:» is one of unspecified, "},
        {"a speaker:", "query:3: «speaker:» wants a value"}, {"speaker:\"\"", "query:9: «speaker:» wants a value"}, {"speaker:(a b)", "query:9: «speaker:» a word, or words in quotation marks, must follow"}, {"title:", "query:1: «title:» wants"},
        {"title:!!", "query:1: «title:» wants"}, {"a NEAR/0 b", "query:3: NEAR wants a number from 1 to 100"}, {"هەولێر NEAR/101 b", "query:8: NEAR wants"}, {"a NEAR/2 (b c)", "query:3: NEAR stands between"},
        {"a NEAR/2 speaker:x", "query:3: NEAR stands between"}, {"((((((((((((((((((((((((a))))))))))))))))))))))))", "query:21: parentheses too deep"}, {"NOT NOT NOT NOT NOT NOT NOT NOT NOT NOT NOT NOT NOT NOT NOT NOT NOT NOT NOT NOT NOT NOT a", "too many one inside another"},
        {"", "query:1: no word"}, {"  «»  ", "query:1: no word"}, {"- ! ()", "query:1: no word"}};
    static const struct { const char *query; unsigned at; const char *says; } notes[] = {
        {"سەر \"a b", 5, "quotation mark"}, {"(a (b) c", 1, "parenthesis that nothing closes"}, {"هە) b", 3, "parenthesis that nothing opens"}, {"OR a", 1, "«OR» with no word before it"}, {"a OR", 3, "«OR» with no word behind it"},
        {"a foo:b", 3, "no field «foo»"}, {"a NOT", 3, "NOT with no word"}, {"a NEAR/3", 3, "NEAR with no word"}};
    hw_arena a;
    hw_arena_init(&a);
    for (size_t i = 0; i < sizeof all / sizeof *all; i++) {
        hw_query *q;
        hewal_error err = {0};
        if (hw_query_parse(&q, kit_model, &a, all[i].query, &err) != HEWAL_EINVAL || !strstr(err.message, all[i].says)) fail_msg("%s: %s", all[i].query, err.message);
        assert_null(q);
    }
    for (size_t i = 0; i < sizeof notes / sizeof *notes; i++) {
        hw_query *q;
        hewal_error err = {0};
        assert_int_equal(hw_query_parse(&q, kit_model, &a, notes[i].query, &err), HEWAL_OK);
        if (q->notes.n != 1 || q->notes.v[0].at != notes[i].at || !strstr(q->notes.v[0].text, notes[i].says)) fail_msg("%s: %s", notes[i].query, q->notes.n ? q->notes.v[0].text : "no note");
    }
    hw_arena_free(&a);
}

/* Long queries of every kind of piece end soon, with an answer or an error. */
static void long_ones(void **state)
{
    (void)state;
    static const char *const pieces[] = {"a ", "(", ")", "\"", "OR ", "-", "NOT ", "a NEAR/3 ", "speaker:a ", "x:", "*", "= ", "«", "title:", "a OR ", "(a ", "\xFF", "-(", "بێ:"};
    for (size_t i = 0; i < sizeof pieces / sizeof *pieces; i++) {
        char *s = calloc(1, HW_QUERY_BYTES + 64);
        while (strlen(s) + strlen(pieces[i]) <= HW_QUERY_BYTES) strcat(s + strlen(s), pieces[i]);
        hw_arena a;
        hw_query *q;
        hewal_error err;
        hw_arena_init(&a);
        hewal_status st = hw_query_parse(&q, kit_model, &a, s, &err);
        assert_true(st == HEWAL_OK || st == HEWAL_EINVAL);
        memset(s, 'a', HW_QUERY_BYTES + 1);
        s[HW_QUERY_BYTES + 1] = 0;
        assert_int_equal(hw_query_parse(&q, kit_model, &a, s, &err), HEWAL_OK);
        assert_string_equal(q->notes.v[0].text, "too long: the rest is left out");
        hw_arena_free(&a);
        free(s);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(reads), cmocka_unit_test(tells_where), cmocka_unit_test(long_ones)};
    return cmocka_run_group_tests(tests, kit_open, kit_close);
}
