/* Growing strings and what is escaped in them. */
#include "kit.h"

#include "base/buf.h"
#include "base/err.h"
#include <jansson.h>

static void grows_and_stays_terminated(void **state)
{
    (void)state;
    hewal_string s = {0};
    hw_buf b = hw_buf_on(&s);
    for (size_t i = 0; i < 5000; i++) {
        hw_putc(&b, (char)('a' + i % 26));
        assert_int_equal(s.len, i + 1);
        assert_true(s.cap > s.len);
        assert_int_equal(s.s[s.len], 0);
    }
    for (size_t i = 0; i < 5000; i++) assert_int_equal(s.s[i], 'a' + (int)(i % 26));
    assert_true(hw_buf_ok(&b));
    hewal_string_free(&s);
    assert_null(s.s);
    assert_int_equal(s.len, 0);
    hewal_string_free(&s);
    hewal_string_free(NULL);
}

/* Pieces whose length just meets the room there is. */
static void every_length_fits(void **state)
{
    (void)state;
    char piece[600];
    memset(piece, 'x', sizeof piece);
    for (size_t n = 0; n < sizeof piece; n++) {
        hewal_string s = {0};
        hw_buf b = hw_buf_on(&s);
        hw_put(&b, piece, n);
        assert_int_equal(s.len, n);
        assert_non_null(s.s);
        assert_int_equal(s.s[n], 0);
        hw_put(&b, piece, n);
        assert_int_equal(s.len, 2 * n);
        assert_int_equal(s.s[2 * n], 0);
        hewal_string_free(&s);
    }
}

static void formats_of_any_length(void **state)
{
    (void)state;
    char piece[700];
    for (size_t n = 0; n < sizeof piece - 1; n++) {
        memset(piece, 'y', n);
        piece[n] = 0;
        hewal_string s = {0};
        hw_buf b = hw_buf_on(&s);
        hw_putf(&b, "%s-%d", piece, 7);
        assert_int_equal(s.len, n + 2);
        assert_memory_equal(s.s, piece, n);
        assert_string_equal(s.s + n, "-7");
        hewal_string_free(&s);
    }
}

static void json_strings_are_valid_and_mean_the_same(void **state)
{
    (void)state;
    for (unsigned c = 0; c < 0x80; c++) {
        char in[4] = {'a', (char)c, 'b', 0};
        hewal_string s = {0};
        hw_buf b = hw_buf_on(&s);
        hw_put_json(&b, in, 3);
        for (size_t i = 0; i < s.len; i++) assert_true((unsigned char)s.s[i] >= 0x20);
        json_t *j = json_loadb(s.s, s.len, JSON_DECODE_ANY | JSON_ALLOW_NUL, NULL);
        assert_non_null(j);
        assert_int_equal(json_string_length(j), 3);
        assert_memory_equal(json_string_value(j), in, 3);
        json_decref(j);
        hewal_string_free(&s);
    }
    hewal_string s = {0};
    hw_buf b = hw_buf_on(&s);
    hw_put_json(&b, "هـ\xED\xA0\x80«\xF0\x9F\"\xC0", strlen("هـ\xED\xA0\x80«\xF0\x9F\"\xC0"));
    assert_string_equal(s.s, "\"هـ\xEF\xBF\xBD\xEF\xBF\xBD\xEF\xBF\xBD«\xEF\xBF\xBD\\\"\xEF\xBF\xBD\"");
    s.len = 0;
    hw_put_json_s(&b, NULL);
    assert_string_equal(s.s, "null");
    hewal_string_free(&s);
}

static void html_cannot_break_out(void **state)
{
    (void)state;
    hewal_string s = {0};
    hw_buf b = hw_buf_on(&s);
    const char *in = "<a href=\"x\" t='y'>& \x01\xFFک";
    hw_put_html(&b, in, strlen(in));
    assert_string_equal(s.s, "&lt;a href=&quot;x&quot; t=&#39;y&#39;&gt;&amp;  \xEF\xBF\xBDک");
    hewal_string_free(&s);
}

static void csv_cells(void **state)
{
    (void)state;
    static const struct { const char *in, *out; } t[] = {
        {"", ""}, {"کازمی", "کازمی"}, {"a,b", "\"a,b\""}, {"a\"b", "\"a\"\"b\""}, {"a\nb", "\"a\nb\""}, {"a\rb", "\"a\rb\""}, {"=1+1", "=1+1"},
    };
    for (size_t i = 0; i < sizeof t / sizeof *t; i++) {
        hewal_string s = {0};
        hw_buf b = hw_buf_on(&s);
        hw_put_csv(&b, t[i].in, strlen(t[i].in));
        assert_string_equal(s.s, t[i].out);
        hewal_string_free(&s);
    }
}

static void errors_are_one_line(void **state)
{
    (void)state;
    hewal_error e = {0};
    assert_int_equal(hw_fail(&e, HEWAL_EIO, "a\nb\r%s", "c"), HEWAL_EIO);
    assert_int_equal(e.status, HEWAL_EIO);
    assert_string_equal(e.message, "a b c");
    assert_int_equal(hw_fail(NULL, HEWAL_EFORMAT, "x"), HEWAL_EFORMAT);
    char long_name[2000];
    memset(long_name, 'z', sizeof long_name - 1);
    long_name[sizeof long_name - 1] = 0;
    hw_fail(&e, HEWAL_EIO, "%s", long_name);
    assert_int_equal(strlen(e.message), sizeof e.message - 1);
}

/* A name in Kurdish that does not fit is cut between characters: the message is shown to people. */
static void long_errors_are_cut_between_characters(void **state)
{
    (void)state;
    for (int shift = 0; shift < 2; shift++) {
        char name[2000] = "";
        if (shift) strcat(name, "x");
        for (int i = 0; i < 600; i++) strcat(name, "ک");
        hewal_error e = {0};
        hw_fail(&e, HEWAL_EIO, "%s", name);
        assert_true(kit_utf8(e.message, strlen(e.message)));
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(grows_and_stays_terminated),
        cmocka_unit_test(every_length_fits),
        cmocka_unit_test(formats_of_any_length),
        cmocka_unit_test(json_strings_are_valid_and_mean_the_same),
        cmocka_unit_test(html_cannot_break_out),
        cmocka_unit_test(csv_cells),
        cmocka_unit_test(errors_are_one_line),
        cmocka_unit_test(long_errors_are_cut_between_characters),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
