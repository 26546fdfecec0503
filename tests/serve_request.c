/* Requests: targets read and decoded, parameters checked by the route, headers with lists, names of this server. */
#include "kit.h"

#include "serve/http.h"

static hw_request rq;
static hw_response rs;

static bool reads(const char *target)
{
    hw_arena_free(&rq.arena);
    memset(&rq, 0, sizeof rq);
    memset(&rs, 0, sizeof rs);
    hw_arena_init(&rq.arena);
    return hw_request_read(&rq, target, &rs);
}

static const hw_route *route_called(const char *pattern)
{
    for (const hw_route *r = hw_routes; r->pattern; r++)
        if (!strcmp(r->pattern, pattern)) return r;
    fail_msg("no route %s", pattern);
    return NULL;
}

static void decodes(void **state)
{
    (void)state;
    assert_true(reads("/a%2Fb/%DA%95/?x=1+2&%79=%26%3D&empty=&flag"));
    assert_int_equal(rq.n_segments, 3);
    assert_string_equal(rq.segments[0], "a/b");
    assert_string_equal(rq.segments[1], "ڕ");
    assert_string_equal(rq.segments[2], "");
    assert_int_equal(rq.n_given, 2);
    assert_string_equal(rq.given[0].value, "1 2");
    assert_string_equal(rq.given[1].name, "y");
    assert_string_equal(rq.given[1].value, "&=");
    assert_true(reads("/a+b?c=d#e?f=g"));
    assert_string_equal(rq.segments[0], "a+b"); /* a plus is a space in queries only */
    assert_string_equal(rq.given[0].value, "d");
    assert_string_equal(hw_target_with(&rq, "c", "x&y"), "/a+b?c=x%26y");
    assert_string_equal(hw_target_with(&rq, "c", NULL), "/a+b");
    assert_string_equal(hw_target_with(&rq, "n", "ڕ"), "/a+b?c=d&n=%DA%95");
}

static void refuses(void **state)
{
    (void)state;
    static const struct { const char *target; unsigned status; } all[] = {
        {"", 400}, {"*", 400}, {"http://localhost/", 400}, {"/%", 400}, {"/%4", 400}, {"/%g0", 400}, {"/%00", 400}, {"/%0a", 400}, {"/%c3", 400}, {"/\xff", 400},
        {"/?a=%e2%80", 400}, {"/?a=1&a=2", 400}, {"/?%0d=1", 400}, {"/?a=%7f", 400}, {"/1/2/3/4/5/6/7", 404}};
    for (size_t i = 0; i < sizeof all / sizeof *all; i++) {
        assert_false(reads(all[i].target));
        assert_int_equal(rs.status, all[i].status);
        assert_true(rs.problem[0]);
    }
    char *longest = malloc(HW_MAX_TARGET + 2);
    memset(longest, 'a', HW_MAX_TARGET + 1);
    longest[0] = '/';
    longest[HW_MAX_TARGET + 1] = 0;
    assert_false(reads(longest));
    assert_int_equal(rs.status, 414);
    longest[HW_MAX_TARGET] = 0;
    assert_true(reads(longest));
    free(longest);
    char many[HW_MAX_GIVEN * 8 + 32] = "/?", *w = many + 2;
    for (int i = 0; i <= HW_MAX_GIVEN; i++) w += sprintf(w, "p%d=1&", i);
    assert_false(reads(many));
    assert_int_equal(rs.status, 400);
}

static bool passes(const char *pattern, const char *query)
{
    char target[2048];
    snprintf(target, sizeof target, "/x?%s", query);
    assert_true(reads(target));
    rq.route = route_called(pattern);
    return hw_request_check(&rq, &rs);
}

static void checks(void **state)
{
    (void)state;
    const char *quotes = "/api/v1/quotes";
    assert_true(passes(quotes, ""));
    assert_string_equal(hw_value(&rq, "format"), "json"); /* what stands when nothing is given */
    assert_null(hw_value(&rq, "channel"));
    assert_null(hw_value(&rq, "no such parameter"));
    assert_true(passes(quotes, "limit=12&from=2021-07&channel=tweet"));
    assert_int_equal(hw_value_number(&rq, "limit"), 12);
    assert_true(hw_value_is(&rq, "channel", "tweet"));
    static const char *const wrong[] = {"limit=0", "limit=-1", "limit=+1", "limit=1x", "limit=0x1", "limit=1000000001", "from=2021-7", "from=2021-00", "from=2021-01-32", "from=21",
                                        "channel=twee", "channel=tweet|speech", "channel=|", "unknown=1"};
    for (size_t i = 0; i < sizeof wrong / sizeof *wrong; i++) {
        assert_false(passes(quotes, wrong[i]));
        assert_int_equal(rs.status, 400);
        assert_memory_equal(rs.parameter, wrong[i], strlen(rs.parameter));
        assert_int_equal(wrong[i][strlen(rs.parameter)], '=');
    }
    assert_false(passes("/api/v1/search", "")); /* must be given */
    assert_string_equal(rs.parameter, "q");
    assert_true(passes("/", "utm=1")); /* pages pass over what they do not know */
}

static void headers(void **state)
{
    (void)state;
    static const struct { const char *header, *word; bool has; } lists[] = {
        {"gzip", "gzip", true}, {"br, GZIP ;q=0.5", "gzip", true}, {"gzip;q=0", "gzip", false}, {"gzip;q=0.000", "gzip", false}, {"xgzip, gzipx", "gzip", false},
        {"gzip;q=x", "gzip", false}, {"gzip;q=1e99", "gzip", false}, {",,;q=1,", "gzip", false}, {NULL, "gzip", false}, {"\"a\", W/\"b\"", "W/\"b\"", true}};
    for (size_t i = 0; i < sizeof lists / sizeof *lists; i++) assert_int_equal(hw_header_has(lists[i].header, lists[i].word), lists[i].has);
    static const struct { const char *header, *language; } wishes[] = {
        {NULL, "x"}, {"", "x"}, {"de", "x"}, {"en", "en"}, {"en-GB,en;q=0.9", "en"}, {"ckb,en", "ckb"}, {"en;q=0.4,ku-Arab;q=0.5", "ckb"}, {"english", "x"}, {"ckb;q=0,en;q=0.1", "en"}};
    for (size_t i = 0; i < sizeof wishes / sizeof *wishes; i++) assert_string_equal(hw_language_wanted(wishes[i].header, "x"), wishes[i].language);
}

static void hosts(void **state)
{
    (void)state;
    hw_server s = {.names = (char *)(uintptr_t)"192.0.2.7,archive.example", .address = "192.0.2.7"};
    static const char *const ours[] = {"localhost", "LocalHost:80", "127.0.0.1:1", "[::1]", "[::1]:8080", "192.0.2.7", "archive.example:443"};
    static const char *const others[] = {"", ":80", "localhost.example", "xlocalhost", "127.0.0.2", "192.0.2.70", "[::2]", "[::1", "::1", "localhost:8o", "localhost:80:80", "archive", "example",
                                         "archive.example@evil.example", "10.0.0.1"};
    for (size_t i = 0; i < sizeof ours / sizeof *ours; i++) assert_true(hw_host_is_ours(&s, ours[i]));
    for (size_t i = 0; i < sizeof others / sizeof *others; i++) assert_false(hw_host_is_ours(&s, others[i]));
    s.any_address = true; /* at all addresses any number is ours, no name */
    assert_true(hw_host_is_ours(&s, "10.0.0.1:80"));
    assert_true(hw_host_is_ours(&s, "[fe80::1]"));
    assert_false(hw_host_is_ours(&s, "evil.example"));
}

/* The table itself: what a route names can be reached and has sound parameters. */
static void table(void **state)
{
    (void)state;
    for (const hw_route *r = hw_routes; r->pattern; r++) {
        unsigned n = 0;
        assert_true(r->pattern[0] == '/' && r->handler && r->help && *r->help);
        for (const hw_route *o = hw_routes; o != r; o++) assert_string_not_equal(o->pattern, r->pattern);
        for (const hw_param *p = r->params; p && p->name; p++, n++) {
            assert_true(p->help && *p->help);
            for (const hw_param *o = r->params; o != p; o++) assert_string_not_equal(o->name, p->name);
            if (p->kind == HW_PARAM_ONE_OF) assert_non_null(p->words);
            if (p->kind == HW_PARAM_NUMBER) assert_true(p->min <= p->max);
        }
        assert_true(n <= HW_MAX_PARAMS);
    }
}

static int end(void **state)
{
    (void)state;
    hw_arena_free(&rq.arena);
    return 0;
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(decodes), cmocka_unit_test(refuses), cmocka_unit_test(checks), cmocka_unit_test(headers), cmocka_unit_test(hosts), cmocka_unit_test(table)};
    return cmocka_run_group_tests_name("serve_request", tests, NULL, end);
}
