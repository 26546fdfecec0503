/* Widths of characters on a terminal, and how texts are cut and cleaned for it. */
#include "kit.h"

#include "cli/table.h"

static void widths(void **state)
{
    (void)state;
    static const struct { uint32_t cp; unsigned width; } cases[] = {
        {0x00, 0}, {0x09, 0}, {0x1B, 0}, {0x7F, 0}, {0x9F, 0}, {'a', 1}, {0xA0, 1}, {0xE9, 1},
        {0x627, 1}, {0x6CE, 1}, {0x6D5, 1}, {0x6F4, 1}, {0x664, 1}, {0x60C, 1}, /* letters, digits and marks of the script */
        {0x64B, 0}, {0x651, 0}, {0x670, 0}, {0x6D6, 0}, {0x300, 0}, {0x20DD, 0}, /* combining */
        {0x200B, 0}, {0x200C, 0}, {0x200D, 0}, {0x200E, 0}, {0x2067, 0}, {0x2069, 0}, {0xFEFF, 0}, /* invisible */
        {0x640, 1}, {0xFB90, 1}, {0xFEFB, 1}, /* tatweel, presentation forms */
        {0x4E00, 2}, {0x3042, 2}, {0xFF21, 2}, {0xAC00, 2}, {0x1160, 0}, {0x1F534, 2}, {0x1F1EE, 1}, {0x2026, 1}, {0xFFFD, 1}, {0x10FFFF, 1},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++)
        if (cli_width_of(cases[i].cp) != cases[i].width) fail_msg("U+%04X takes %u", cases[i].cp, cli_width_of(cases[i].cp));
}

static void texts(void **state)
{
    (void)state;
    assert_int_equal(cli_width("", 0), 0);
    assert_int_equal(cli_width("a\xCC\x81" "b", 4), 2);
    assert_int_equal(cli_width("\xD8\xA8\xE2\x80\x8C\xD8\xA8", 7), 2); /* a ZWNJ between */
    assert_int_equal(cli_width("\xFF\xFF", 2), 2);                      /* broken bytes: a U+FFFD each */
    assert_int_equal(cli_fit("abc", 3, 2), 2);
    assert_int_equal(cli_fit("a\xCC\x81" "b", 4, 1), 3);                /* the mark stays with its letter */
    assert_int_equal(cli_fit("\xE4\xB8\x80", 3, 1), 0);                 /* half a wide character does not fit */
    assert_int_equal(cli_fit("abc", 3, 99), 3);
}

static void directions(void **state)
{
    (void)state;
    assert_true(cli_rtl("\xD8\xA8", 2));
    assert_true(cli_rtl("12 \xC2\xAB\xD8\xA8 abc", 11));
    assert_true(cli_rtl("\xEF\xBB\xBB", 3)); /* a presentation form */
    assert_false(cli_rtl("abc \xD8\xA8", 6));
    assert_false(cli_rtl("2021-07-26", 10));
    assert_false(cli_rtl("", 0));
    assert_false(cli_rtl("\xDB\xB1\xDB\xB2", 4)); /* digits have no direction of their own */
}

static void check_clean(const char *in, size_t n, const char *want)
{
    hewal_string s = {0};
    hw_buf b = hw_buf_on(&s);
    hw_puts(&b, "");
    cli_clean(&b, in, n);
    assert_string_equal(s.s, want);
    hewal_string_free(&s);
}

static void cleaning(void **state)
{
    (void)state;
    check_clean("", 0, "");
    check_clean("  a \n\t b  ", 10, "a b");
    check_clean("a\x1B[31mb", 7, "a [31mb");                    /* no escape reaches the terminal */
    check_clean("a\xC2\x9B" "31mb", 7, "a 31mb");               /* nor the one-byte CSI */
    check_clean("a\xE2\x80\xAE" "b\xE2\x81\xA7", 8, "ab");      /* nor what turns the direction */
    check_clean("a\xFF" "b", 3, "a\xEF\xBF\xBD" "b");
    check_clean("a\0b", 3, "a b");
    check_clean("\xD8\xA8\xE2\x80\x8C\xD8\xA8", 7, "\xD8\xA8\xE2\x80\x8C\xD8\xA8");
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(widths), cmocka_unit_test(texts), cmocka_unit_test(directions), cmocka_unit_test(cleaning)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
