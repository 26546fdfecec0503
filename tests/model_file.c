/* Model files: what is no model is refused with a clear line; tables and indexes give what was put in. */
#include "kit.h"

#include "base/hash.h"
#include "text/text.h"
#include <errno.h>
#include <sys/stat.h>
#include <unistd.h>

static char *good;
static size_t good_size;
static char path[] = "/tmp/hewal-model-XXXXXX";

static int set_up(void **state)
{
    if (kit_open(state) != 0) return -1;
    int fd = mkstemp(path);
    if (fd < 0) return -1;
    close(fd);
    good_size = kit_model->size;
    good = malloc(good_size);
    if (!good) return -1;
    memcpy(good, kit_model->base, good_size);
    return 0;
}

static int tear_down(void **state)
{
    unlink(path);
    free(good);
    return kit_close(state);
}

static void write_model(const void *bytes, size_t n)
{
    FILE *f = fopen(path, "wb");
    assert_non_null(f);
    assert_int_equal(fwrite(bytes, 1, n, f), n);
    fclose(f);
}

static void assert_refused(hewal_status want, const char *why)
{
    hewal_model *m = (hewal_model *)(void *)good;
    hewal_error err = {0};
    hewal_status s = hewal_model_open(&m, path, &err);
    if (s != want) fail_msg("%s: status %d, not %d (%s)", why, s, want, err.message);
    assert_null(m);
    assert_int_equal(err.status, want);
    assert_non_null(strstr(err.message, path)); /* the line names the file */
    assert_null(strchr(err.message, '\n'));
    m = (hewal_model *)(void *)good;
    assert_int_equal(hewal_model_open(&m, path, NULL), want);
    assert_null(m);
}

static void opens_and_has_a_name(void **state)
{
    (void)state;
    write_model(good, good_size);
    hewal_model *m = NULL;
    assert_int_equal(hewal_model_open(&m, path, NULL), HEWAL_OK);
    assert_non_null(m);
    assert_string_equal(hewal_model_id(m), hewal_model_id(kit_model));
    assert_int_equal(strncmp(hewal_model_id(m), "ckb-" HEWAL_VERSION "-", strlen("ckb-" HEWAL_VERSION "-")), 0);
    hewal_model_close(m);
    hewal_model_close(NULL);
}

static void no_file(void **state)
{
    (void)state;
    hewal_model *m = (hewal_model *)(void *)good;
    hewal_error err = {0};
    assert_int_equal(hewal_model_open(&m, "/nonexistent/ckb.model", &err), HEWAL_EIO);
    assert_null(m);
    assert_non_null(strstr(err.message, "/nonexistent/ckb.model"));
    assert_int_equal(hewal_model_open(&m, "/tmp", &err), HEWAL_EIO); /* a folder */
    assert_non_null(strstr(err.message, "/tmp"));
    setenv("HEWAL_MODEL_BEFORE", getenv("HEWAL_MODEL") ? getenv("HEWAL_MODEL") : "", 1);
    setenv("HEWAL_MODEL", "/nonexistent/other.model", 1);
    hewal_status s = hewal_model_open(&m, NULL, &err);
    if (*getenv("HEWAL_MODEL_BEFORE")) setenv("HEWAL_MODEL", getenv("HEWAL_MODEL_BEFORE"), 1);
    else unsetenv("HEWAL_MODEL");
    assert_int_equal(s, HEWAL_EIO);
    assert_non_null(strstr(err.message, "other.model"));
}

static void cut_off(void **state)
{
    (void)state;
    const size_t head = sizeof(hw_model_header);
    for (size_t n = 0; n < head; n++) {
        write_model(good, n);
        assert_refused(HEWAL_EFORMAT, "less than a header");
    }
    for (size_t n = head; n < good_size; n += 1 + n / 2) {
        write_model(good, n);
        assert_refused(HEWAL_EFORMAT, "cut off");
    }
    write_model(good, good_size - 1);
    assert_refused(HEWAL_EFORMAT, "one byte short");
    char *longer = malloc(good_size + 1);
    assert_non_null(longer);
    memcpy(longer, good, good_size);
    longer[good_size] = 0;
    write_model(longer, good_size + 1);
    assert_refused(HEWAL_EFORMAT, "one byte long");
    free(longer);
}

static void something_else(void **state)
{
    (void)state;
    write_model("#!/bin/sh\n", 10);
    assert_refused(HEWAL_EFORMAT, "a script");
    char zeros[4096] = {0};
    write_model(zeros, sizeof zeros);
    assert_refused(HEWAL_EFORMAT, "zeros");
    memset(zeros, 0xFF, sizeof zeros);
    write_model(zeros, sizeof zeros);
    assert_refused(HEWAL_EFORMAT, "ones");
}

/* The model with one thing changed. */
#define WITH(change, status, why)                                                                                      \
    do {                                                                                                               \
        char *copy = malloc(good_size);                                                                                \
        assert_non_null(copy);                                                                                         \
        memcpy(copy, good, good_size);                                                                                 \
        hw_model_header *h = (hw_model_header *)(void *)copy;                                                          \
        hw_model_entry *d = (hw_model_entry *)(void *)(copy + sizeof *h);                                              \
        (void)d;                                                                                                       \
        change;                                                                                                        \
        write_model(copy, good_size);                                                                                  \
        free(copy);                                                                                                    \
        assert_refused(status, why);                                                                                   \
    } while (0)

static void changed_headers(void **state)
{
    (void)state;
    WITH(h->magic ^= 1, HEWAL_EFORMAT, "other magic");
    WITH(h->version++, HEWAL_EVERSION, "a later version");
    WITH(h->version = 0, HEWAL_EVERSION, "an earlier version");
    WITH(h->size++, HEWAL_EFORMAT, "another size");
    WITH(h->n_sections = UINT32_MAX, HEWAL_EFORMAT, "too many sections");
    WITH(h->n_sections = 9999, HEWAL_EFORMAT, "a directory that leads into the sections");
    WITH(d[0].offset = good_size + 16, HEWAL_EFORMAT, "a section behind the end");
    WITH(d[0].offset = UINT64_MAX & ~UINT64_C(15), HEWAL_EFORMAT, "a section far behind the end");
    WITH(d[0].size = good_size, HEWAL_EFORMAT, "a section that reaches over the end");
    WITH(d[h->n_sections - 1].size = UINT64_MAX, HEWAL_EFORMAT, "a section without end");
    WITH(d[0].offset += 4, HEWAL_EFORMAT, "a section that is not aligned");
}

/* A section that is there but too small to hold what it must. */
static void sections_too_small(void **state)
{
    (void)state;
    const hw_model_header *g = (const hw_model_header *)(const void *)good;
    const hw_model_entry *e = (const hw_model_entry *)(const void *)(good + sizeof *g);
    for (uint32_t i = 0; i < g->n_sections; i++) {
        bool orth = !strcmp(e[i].name, "orth"), table = !strncmp(e[i].name, "t:", 2), index = !strncmp(e[i].name, "i:", 2);
        if (!orth && !table && !index) continue;
        WITH(d[i].size = 0, HEWAL_EFORMAT, e[i].name);
        WITH(d[i].size = 7, HEWAL_EFORMAT, e[i].name);
        if (orth || index) WITH(d[i].size -= 16, HEWAL_EFORMAT, e[i].name);
        if (i > 12) i += g->n_sections / 4; /* not every table: each writes megabytes */
    }
}

static void a_model_without_orthography(void **state)
{
    (void)state;
    char *copy = malloc(good_size);
    assert_non_null(copy);
    memcpy(copy, good, good_size);
    hw_model_header *h = (hw_model_header *)(void *)copy;
    hw_model_entry *d = (hw_model_entry *)(void *)(copy + sizeof *h);
    for (uint32_t i = 0; i < h->n_sections; i++)
        if (!strcmp(d[i].name, "orth")) memcpy(d[i].name, "hrto", 4);
    write_model(copy, good_size);
    free(copy);
    hewal_model *m = NULL;
    hewal_error err = {0};
    if (hewal_model_open(&m, path, &err) != HEWAL_OK) {
        assert_int_equal(err.status, HEWAL_EFORMAT);
        return;
    }
    hewal_record *r = NULL;
    assert_int_equal(hewal_annotate(m, "x", 1, NULL, &r, &err), HEWAL_EFORMAT);
    assert_null(r);
    hewal_string out = {0};
    assert_int_equal(hewal_normalize(m, "x", 1, &out, NULL, NULL), HEWAL_EFORMAT);
    hewal_string_free(&out);
    hewal_model_close(m);
}

static void attached_in_memory(void **state)
{
    (void)state;
    hewal_model m;
    hewal_error err = {0};
    assert_int_equal(hw_model_attach(&m, good, good_size, "memory", &err), HEWAL_OK);
    size_t size = 99;
    assert_null(hw_model_section(&m, "no such section", &size));
    assert_int_equal(size, 0);
    assert_non_null(hw_model_section(&m, "orth", &size));
    assert_true(size > sizeof(hw_orth));
    assert_ptr_equal(m.orth, hw_model_section(&m, "orth", NULL));
    assert_int_equal(hw_model_attach(&m, good, 8, "memory", &err), HEWAL_EFORMAT);
    assert_non_null(strstr(err.message, "memory"));
}

/* ---- tables and indexes ---------------------------------------------------------------------------------------------- */

static void tables(void **state)
{
    (void)state;
    hw_table t = hw_model_table(kit_model, "places");
    assert_true(t.n_rows > 50);
    int name = hw_column(&t, "name"), english = hw_column(&t, "english");
    assert_true(name >= 0 && english >= 0);
    assert_int_equal(hw_column(&t, "no such column"), -1);
    assert_string_equal(hw_cell(&t, 0, -1), "");
    assert_string_equal(hw_cell(&t, t.n_rows, name), "");
    assert_string_equal(hw_cell(&t, UINT32_MAX, name), "");
    assert_string_equal(hw_cell(&t, 0, (int)t.n_cols), "");
    bool baghdad = false;
    for (uint32_t i = 0; i < t.n_rows; i++) {
        assert_true(*hw_cell(&t, i, name));
        for (int c = 0; c < (int)t.n_cols; c++) {
            const char *s = hw_cell(&t, i, c);
            assert_true(kit_utf8(s, strlen(s)));
            assert_string_not_equal(s, "-"); /* read as empty */
        }
        if (!strcmp(hw_cell(&t, i, name), "بەغدا")) baghdad = !strcmp(hw_cell(&t, i, english), "Baghdad");
    }
    assert_true(baghdad);
    hw_table none = hw_model_table(kit_model, "no such table");
    assert_int_equal(none.n_rows, 0);
    assert_int_equal(hw_column(&none, "name"), -1);
    assert_string_equal(hw_cell(&none, 0, 0), "");
    none = hw_model_table(kit_model, "a name that is far longer than any name of a section can be");
    assert_int_equal(none.n_rows, 0);
}

static uint64_t phrase(hw_arena *a, const char *s)
{
    return hw_phrase_of(kit_model, a, s, strlen(s), NULL);
}

/* Every name of every table is found in its index, with the row it stands in, however it is spelt; and every beginning
 * of it leads on. */
static void indexes(void **state)
{
    (void)state;
    static const struct { const char *table, *index; uint8_t number; } t[] = {{"people", "names", 0}, {"places", "names", 1}, {"organisations", "names", 2}, {"offices", "titles", 0}};
    hw_arena a;
    hw_arena_init(&a);
    for (size_t i = 0; i < sizeof t / sizeof *t; i++) {
        hw_table rows = hw_model_table(kit_model, t[i].table);
        hw_index ix = hw_model_index(kit_model, t[i].index);
        assert_non_null(ix.slots);
        int col = hw_column(&rows, !strcmp(t[i].table, "offices") ? "title" : "name");
        assert_true(rows.n_rows > 0 && col >= 0);
        for (uint32_t r = 0; r < rows.n_rows; r++) {
            for (char *save, *piece = strtok_r(hw_strdup(&a, hw_cell(&rows, r, col)), "|", &save); piece; piece = strtok_r(NULL, "|", &save)) {
                uint64_t h = HW_PHRASE_START;
                size_t at = 0, n = strlen(piece);
                hw_token k;
                unsigned words = 0;
                while (hw_next_token(kit_model, &a, piece, n, &at, &k)) {
                    h = hw_phrase(h, k.hash);
                    words++;
                    const hw_slot *s = hw_index_find(&ix, h);
                    if (!s) fail_msg("%s: «%s» is not found after %u words", t[i].table, piece, words);
                    if (at < n) assert_true(s->longer);
                }
                if (!words) continue;
                const hw_slot *s = hw_index_find(&ix, h);
                bool found = false;
                for (uint16_t p = 0; p < s->n; p++) {
                    const hw_post *q = &ix.posts[s->first + p];
                    found |= q->row == r && q->table == t[i].number && (q->words == words);
                }
                if (!found) fail_msg("%s: «%s» leads elsewhere", t[i].table, piece);
            }
        }
        assert_null(hw_index_find(&ix, phrase(&a, "ئەمە هیچ ناوێک نییە")));
        assert_null(hw_index_find(&ix, phrase(&a, "")));
    }
    hw_index none = hw_model_index(kit_model, "no such index");
    assert_null(none.slots);
    assert_null(hw_index_find(&none, phrase(&a, "بەغدا")));
    hw_arena_free(&a);
}

static void phrases_by_any_spelling(void **state)
{
    (void)state;
    hw_arena a;
    hw_arena_init(&a);
    unsigned words = 0;
    assert_true(hw_phrase_of(kit_model, &a, "هەرێمی کوردستان", strlen("هەرێمی کوردستان"), &words) == phrase(&a, "  ھه\u200Cرێمي\n كوردستان "));
    assert_int_equal(words, 2);
    assert_true(phrase(&a, "کوردستان هەرێمی") != phrase(&a, "هەرێمی کوردستان"));
    hw_index ix = hw_model_index(kit_model, "names");
    assert_non_null(hw_index_find(&ix, phrase(&a, "بەغدا")));
    assert_ptr_equal(hw_index_find(&ix, phrase(&a, "بەغدا")), hw_index_find(&ix, phrase(&a, "به\u200Cغدا")));
    hw_arena_free(&a);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(opens_and_has_a_name),
        cmocka_unit_test(no_file),
        cmocka_unit_test(cut_off),
        cmocka_unit_test(something_else),
        cmocka_unit_test(changed_headers),
        cmocka_unit_test(sections_too_small),
        cmocka_unit_test(a_model_without_orthography),
        cmocka_unit_test(attached_in_memory),
        cmocka_unit_test(tables),
        cmocka_unit_test(indexes),
        cmocka_unit_test(phrases_by_any_spelling),
    };
    return cmocka_run_group_tests(tests, set_up, tear_down);
}
