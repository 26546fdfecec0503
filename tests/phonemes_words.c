/* Phonemes: the notation, what stands outside of words, long and broken input, many threads on one model. */
#include "kit.h"

#include "morph/phonemes.h"
#include <pthread.h>

static hw_phonemes *phonemes;

static int open_all(void **state)
{
    return kit_open(state) || hw_phonemes_new(&phonemes, kit_model, NULL) != HEWAL_OK ? -1 : 0;
}

static int close_all(void **state)
{
    hw_phonemes_free(phonemes);
    return kit_close(state);
}

static unsigned sounds_like(const char *word, const char *want)
{
    hewal_string out = {0};
    hw_buf b = hw_buf_on(&out);
    unsigned n = hw_phonemes_write(phonemes, word, strlen(word), &b);
    assert_true(hw_buf_ok(&b));
    if (strcmp(out.s ? out.s : "", want) != 0) fail_msg("«%s» sounds like «%s», not «%s»", word, out.s ? out.s : "", want);
    hewal_string_free(&out);
    return n;
}

static void test_words(void **state)
{
    (void)state;
    assert_int_equal(sounds_like("کوردستان", ".kur.dis.tan"), 3);
    sounds_like("كوردستان", ".kur.dis.tan"); /* another keyboard's kaf */
    sounds_like("کتێب", ".ki.têb");
    sounds_like("خوێندن", ".xwên.din");
    sounds_like("بوو", ".bû");
    sounds_like("بووە", ".bu.we");
    sounds_like("ئابوورییەکە", ".ʔa.bû.rî.ye.ke");
    sounds_like("و", ".we");
    sounds_like("من و تۆ", ".min .we .to");
}

static void test_outside(void **state)
{
    (void)state;
    assert_int_equal(sounds_like("", ""), 0);
    assert_int_equal(sounds_like("abc 12", " "), 0);
    sounds_like("اا", ".a.a");
    sounds_like("باااش", ".ba.a.aş");
    sounds_like("\xD8", "");
    sounds_like("با\xFF\xD9ش", ".baş");
}

static void test_sounds(void **state)
{
    (void)state;
    hw_sound v[HW_MAX_SOUNDS];
    size_t used;
    const char *s = "کتێب";
    assert_int_equal(hw_sounds(phonemes, s, strlen(s), v, &used), 4);
    assert_int_equal(used, strlen(s));
    assert_string_equal(v[0].sound, "ki");
    assert_string_equal(v[1].sound, "t");
    assert_int_equal(v[1].b, 2);
    assert_int_equal(v[1].e, 4);
}

/* A word of 100 thousand letters, each of them, and random mixes: no crash, every written vowel is heard. */
static void test_any(void **state)
{
    (void)state;
    static char long_word[200001];
    for (size_t i = 0; i < 200000; i += 2) memcpy(long_word + i, i % 4 ? "ا" : "ب", 2);
    hewal_string out = {0};
    hw_buf b = hw_buf_on(&out);
    assert_int_equal(hw_phonemes_write(phonemes, long_word, 200000, &b), 50000);
    out.len = 0;
    unsigned seed = 7;
    for (int round = 0; round < 20000; round++) {
        char s[80];
        size_t n = 0;
        for (unsigned k = 0; k < 20; k++) {
            seed = seed * 1103515245u + 12345u;
            unsigned r = seed >> 16;
            if (r % 41 == 0) {
                s[n++] = (char)(r >> 8);
                continue;
            }
            unsigned cp = 0x620 + r % 0xC0;
            s[n++] = (char)(0xC0 | cp >> 6);
            s[n++] = (char)(0x80 | (cp & 0x3F));
        }
        hw_phonemes_write(phonemes, s, n, &b);
        assert_true(hw_buf_ok(&b));
        if (out.s) assert_true(kit_utf8(out.s, out.len));
        out.len = 0;
    }
    hewal_string_free(&out);
}

static void *read_all(void *arg)
{
    hewal_string *out = arg;
    hw_buf b = hw_buf_on(out);
    for (int i = 0; i < 2000; i++) hw_phonemes_write(phonemes, "پێشنیارەکانیان", strlen("پێشنیارەکانیان"), &b);
    return NULL;
}

static void test_threads(void **state)
{
    (void)state;
    pthread_t t[4];
    hewal_string out[4] = {{0}};
    for (int i = 0; i < 4; i++) assert_int_equal(pthread_create(&t[i], NULL, read_all, &out[i]), 0);
    for (int i = 0; i < 4; i++) assert_int_equal(pthread_join(t[i], NULL), 0);
    for (int i = 1; i < 4; i++) assert_string_equal(out[0].s, out[i].s);
    for (int i = 0; i < 4; i++) hewal_string_free(&out[i]);
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(test_words), cmocka_unit_test(test_outside), cmocka_unit_test(test_sounds),
                                       cmocka_unit_test(test_any), cmocka_unit_test(test_threads)};
    return cmocka_run_group_tests(tests, open_all, close_all);
}
