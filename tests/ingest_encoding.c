/* UTF-16 in both orders, with a mark and without, as text, lines and pages: as their UTF-8 would be read. */
#include "folder.h"

#include "ingest/ingest.h"

/* The UTF-8 in s as UTF-16 in out; how many bytes. */
static size_t utf16(const char *s, bool big, bool mark, unsigned char *out)
{
    size_t n = 0;
    uint32_t unit[2];
    for (const unsigned char *p = (const unsigned char *)s; *p || mark;) {
        uint32_t cp = 0xFEFF;
        if (mark) mark = false;
        else if (*p < 0x80) cp = *p++;
        else if (*p < 0xE0) cp = (uint32_t)(p[0] & 31) << 6 | (p[1] & 63u), p += 2;
        else if (*p < 0xF0) cp = (uint32_t)(p[0] & 15) << 12 | (uint32_t)(p[1] & 63) << 6 | (p[2] & 63u), p += 3;
        else cp = (uint32_t)(p[0] & 7) << 18 | (uint32_t)(p[1] & 63) << 12 | (uint32_t)(p[2] & 63) << 6 | (p[3] & 63u), p += 4;
        unsigned k = 1;
        unit[0] = cp;
        if (cp > 0xFFFF) {
            unit[0] = 0xD800 + ((cp - 0x10000) >> 10);
            unit[1] = 0xDC00 + ((cp - 0x10000) & 0x3FF);
            k = 2;
        }
        for (unsigned i = 0; i < k; i++) {
            out[n++] = (unsigned char)(big ? unit[i] >> 8 : unit[i]);
            out[n++] = (unsigned char)(big ? unit[i] : unit[i] >> 8);
        }
    }
    return n;
}

static const char plain[] = "title: سەردێڕ 🔴\npublished: 2021-07-26\n\nسەرۆکی هەرێم لە هەولێر گوتی: «باشە» 🔴، ٥٠ کەس.";
static const char line[] = "{\"id\": \"u\", \"text\": \"دەقێکی 🔴 کورت\", \"title\": \"سەردێڕ 🔴\", \"published\": \"2021-07-26\"}\n";
static const char page[] = "<!DOCTYPE html><html><head><meta charset=\"utf-16\"><title>سەردێڕ 🔴</title><meta property=\"article:published_time\" content=\"2021-07-26\"></head>"
                           "<body><article><p>سەرۆکی هەرێم لە هەولێر گوتی کە دۆخەکە باشە 🔴 و گفتوگۆ بەردەوامە.</p></article></body></html>";

static void as_utf8(void **state)
{
    (void)state;
    const char *const sources[] = {plain, line, page};
    for (int k = 0; k < 3; k++) {
        hw_article *want, *got;
        hewal_error err;
        assert_int_equal(hw_article_parse(&want, sources[k], strlen(sources[k]), HW_AUTO, "utf8", &err), HEWAL_OK);
        assert_string_equal(want->title, "سەردێڕ 🔴");
        assert_string_equal(want->published, "2021-07-26");
        char marked[2048];
        snprintf(marked, sizeof marked, "\xEF\xBB\xBF%s", sources[k]);
        assert_int_equal(hw_article_parse(&got, marked, strlen(marked), HW_AUTO, "bom", &err), HEWAL_OK);
        assert_string_equal(got->text, want->text);
        hw_article_free(got);
        for (int how = 0; how < 4; how++) {
            unsigned char bytes[4096];
            size_t n = utf16(sources[k], how & 1, how & 2, bytes);
            if (hw_article_parse(&got, (const char *)bytes, n, HW_AUTO, "utf16", &err) != HEWAL_OK) fail_msg("source %d, way %d: %s", k, how, err.message);
            assert_string_equal(got->text, want->text);
            assert_string_equal(got->title, want->title);
            assert_string_equal(got->id, want->id);
            hw_article_free(got);
        }
        hw_article_free(want);
    }
}

static void broken_utf16(void **state)
{
    (void)state;
    unsigned char bytes[4096];
    size_t n = utf16("دەقێکی کورت کە درێژ نییە", false, true, bytes);
    for (size_t at = 2; at < n; at++) { /* cut at every byte; a lone surrogate at every unit */
        hw_article *a;
        hewal_error err;
        if (at > 4) {
            hewal_status st = hw_article_parse(&a, (const char *)bytes, at, HW_AUTO, "cut", &err);
            assert_int_equal(st, HEWAL_OK);
            assert_true(kit_utf8(a->text, a->text_len));
            hw_article_free(a);
        }
        unsigned char broken[4096];
        memcpy(broken, bytes, n);
        size_t unit = at & ~(size_t)1;
        broken[unit] = 0x01;
        broken[unit + 1] = at & 1 ? 0xD8 : 0xDC;
        assert_int_equal(hw_article_parse(&a, (const char *)broken, n, HW_AUTO, "lone", &err), HEWAL_OK);
        assert_true(kit_utf8(a->text, a->text_len));
        assert_non_null(strstr(a->text, "\xEF\xBF\xBD"));
        hw_article_free(a);
    }
}

static void long_utf16(void **state)
{
    (void)state;
    static const char piece[] = "دەقێکی درێژ 🔴 کە لە چەند پارچە پێکدێت. ";
    size_t n;
    char *s = kit_repeat(piece, 600000, &n);
    unsigned char *bytes = malloc(2 * n + 8);
    assert_non_null(bytes);
    size_t k = utf16(s, true, true, bytes);
    const char *path = folder_file("long16", bytes, k);
    hw_reader *r;
    hw_article *a;
    assert_int_equal(hw_reader_open(&r, &path, 1, HW_AUTO, NULL), HEWAL_OK);
    assert_int_equal(hw_reader_next(r, &a, NULL), HW_READ_ARTICLE);
    while (n && s[n - 1] == ' ') n--;
    assert_int_equal(a->text_len, n);
    assert_memory_equal(a->text, s, n);
    hw_article_free(a);
    hw_reader_close(r);
    free(bytes);
    free(s);
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(as_utf8), cmocka_unit_test(broken_utf16), cmocka_unit_test(long_utf16)};
    return cmocka_run_group_tests_name("ingest_encoding", tests, folder_make, folder_remove);
}
