/* What the fuzz targets of the readers share. A target says under which name the bytes come (FUZZ_NAME) and what stands before
 * them (FUZZ_HEAD), so that they are taken for its format whatever they are. Any bytes: articles that hold, or refusals on one
 * line; and an end. */
#include "fuzz.h"

#include "base/utf8.h"
#include "ingest/ingest.h"

static void hold(const hw_article *a)
{
    MUST(a && a->text && a->text_len && !a->text[a->text_len] && strlen(a->text) == a->text_len && a->id && *a->id && a->origin);
    const char *const strings[] = {a->id, a->title, a->outlet, a->url, a->source, a->published};
    for (size_t i = 0; i < sizeof strings / sizeof *strings; i++) {
        size_t n = strings[i] ? strlen(strings[i]) : 0;
        for (size_t k = 0; k < n;) {
            uint32_t cp;
            k += hw_utf8_decode(strings[i] + k, n - k, &cp);
            MUST(cp != HW_BROKEN && cp >= 0x20);
        }
    }
    hewal_string s = {0};
    MUST(hw_article_members(a, &s) == HEWAL_OK);
    hewal_string_free(&s);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    static const hw_limits limits = {.depth = 4, .members = 200, .member_bytes = 1u << 20, .bytes = 4u << 20, .free_bytes = 1u << 20, .ratio = 100};
    static const char head[] = FUZZ_HEAD;
    size_t n = sizeof head - 1;
    char *all = malloc(n + size + 1);
    if (!all) return 0;
    memcpy(all, head, n);
    if (size) memcpy(all + n, data, size);
    hw_reader *r;
    hewal_error err;
    MUST(hw_reader_open_bytes(&r, all, n + size, FUZZ_NAME, HW_AUTO, &err) == HEWAL_OK);
    hw_reader_limit(r, &limits);
    hw_article *a;
    size_t told = 0;
    for (hw_read_result got; (got = hw_reader_next(r, &a, &err)) != HW_READ_END; told++) {
        MUST(told <= n + size + 300);
        if (got == HW_READ_ARTICLE) hold(a);
        else MUST(!a && err.status != HEWAL_OK && *err.message && !strchr(err.message, '\n'));
        hw_article_free(a);
    }
    MUST(hw_reader_next(r, &a, &err) == HW_READ_END);
    hw_reader_close(r);
    free(all);
    return 0;
}
