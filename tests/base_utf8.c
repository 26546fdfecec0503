/* UTF-8 decoding: every character there and back, every broken sequence for what it is. */
#include "kit.h"

#include "base/utf8.h"

static void every_character_comes_back(void **state)
{
    (void)state;
    for (uint32_t cp = 0; cp <= 0x10FFFF; cp++) {
        if (cp >= 0xD800 && cp <= 0xDFFF) continue;
        char s[4];
        size_t n = hw_utf8_encode(cp, s);
        uint32_t back;
        assert_true(kit_utf8(s, n));
        assert_int_equal(hw_utf8_decode(s, n, &back), n);
        assert_int_equal(back, cp);
    }
}

/* All sequences of one to three bytes, and all beginnings of four: the decoder and the table of the standard agree on
 * which are whole, and the decoder never says more bytes than there are. */
static void all_short_sequences(void **state)
{
    (void)state;
    char *s = malloc(4); /* on the heap, cut exactly, for ASan */
    assert_non_null(s);
    for (uint32_t v = 0; v < 1u << 24; v++) {
        s[0] = (char)(v >> 16);
        s[1] = (char)(v >> 8);
        s[2] = (char)v;
        uint32_t cp;
        size_t n = hw_utf8_decode(s, 3, &cp);
        if (n < 1 || n > 3) fail_msg("%06x: %zu bytes", v, n);
        bool whole = cp != HW_BROKEN;
        if (whole != kit_utf8(s, n)) fail_msg("%06x: %s, %zu bytes", v, whole ? "taken" : "refused", n);
        if (!whole)
            for (size_t k = 1; k <= 3; k++)
                if (kit_utf8(s, k)) fail_msg("%06x: refused, though %zu bytes are a character", v, k);
    }
    free(s);
}

static void length_of_broken_sequences(void **state)
{
    (void)state;
    static const struct { const char *s; size_t n, len; } t[] = {
        {"\x80", 1, 1},             /* a continuation on its own */
        {"\xBF\x80", 2, 1},
        {"\xC0\xAF", 2, 1},         /* overlong */
        {"\xC1\xBF", 2, 1},
        {"\xE0\x80\xAF", 3, 1},
        {"\xE0\x9F\xBF", 3, 1},
        {"\xF0\x80\x80\xAF", 4, 1},
        {"\xF0\x8F\xBF\xBF", 4, 1},
        {"\xED\xA0\x80", 3, 1},     /* surrogates */
        {"\xED\xBF\xBF", 3, 1},
        {"\xF4\x90\x80\x80", 4, 1}, /* beyond U+10FFFF */
        {"\xF5\x80\x80\x80", 4, 1},
        {"\xFE", 1, 1},
        {"\xFF", 1, 1},
        {"\xDA", 1, 1},             /* cut off */
        {"\xE2\x80", 2, 2},
        {"\xE2", 1, 1},
        {"\xF0\x9F\x98", 3, 3},
        {"\xF0\x9F", 2, 2},
        {"\xF0\x9F" "a", 3, 2},     /* cut off by a letter: the letter stays */
        {"\xE2\x80\xDA\xA9", 4, 2},
        {"\xDA" "a", 2, 1},
    };
    for (size_t i = 0; i < sizeof t / sizeof *t; i++) {
        char *s = malloc(t[i].n);
        assert_non_null(s);
        memcpy(s, t[i].s, t[i].n);
        uint32_t cp = 0;
        size_t n = hw_utf8_decode(s, t[i].n, &cp);
        if (cp != HW_BROKEN || n != t[i].len) fail_msg("sequence %zu: %zu bytes, U+%X", i, n, cp);
        free(s);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_character_comes_back),
        cmocka_unit_test(all_short_sequences),
        cmocka_unit_test(length_of_broken_sequences),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
