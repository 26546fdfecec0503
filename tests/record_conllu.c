/* CoNLL-U: columns, comments, offsets. The form itself is checked in record_form.h, over the samples in record_json.c. */
#include "record_form.h"

static void one_sentence(void **state)
{
    (void)state;
    const char *s = "رووداو،  «هات».";
    hewal_record *r = NULL;
    assert_int_equal(hewal_annotate(kit_model, s, strlen(s), NULL, &r, NULL), HEWAL_OK);
    hewal_string out = {0};
    assert_int_equal(hewal_record_conllu(r, &out), HEWAL_OK);
    form_where = "one sentence";
    form_check_conllu(out.s, out.len, r);
    assert_non_null(strstr(out.s, "# sent_id = 1\n# text = رووداو،  «هات».\n1\tرووداو\t"));
    assert_non_null(strstr(out.s, "\tSpaceAfter=No|Bytes=0-12\n2\t،\t،\tPUNCT\t_\t_\t_\t_\t_\tBytes=12-14\n3\t«\t«\tPUNCT\t"));
    assert_non_null(strstr(out.s, "\n6\t.\t.\tPUNCT\t_\t_\t_\t_\t_\tBytes=26-27\n\n"));
    hewal_string_free(&out);
    hewal_record_free(r);
}

/* A quotation over two lines and a gap of tabs stand in one comment line. */
static void nothing_breaks_a_line(void **state)
{
    (void)state;
    static const char *const t[] = {
        "a\tb\t\tc", "a\x0B" "b\x0C" "c", "a\r\nb\rc", "a\xC2\x85" "b\u2028c\u2029d", "\x01 \x1F \x7F", "a\x01" "b", "_ # # _", "# sent_id = 5", "1\t2",
        "\xFF \xE2\x80 \xED\xA0\x80 x\xC0y", "\u00A0\u3000", "|=|", "‏\u200F«a\u200F»", "ﹱ ـ َ",
    };
    for (size_t i = 0; i < sizeof t / sizeof *t; i++) form_check(t[i], strlen(t[i]), NULL, t[i]);
    form_check("a\0b \0\0 c", 8, NULL, "NUL bytes");
}

static void several_blocks_and_appending(void **state)
{
    (void)state;
    const char *s = "یەک. دوو. سێ.\nچوار";
    hewal_record *r = NULL;
    assert_int_equal(hewal_annotate(kit_model, s, strlen(s), NULL, &r, NULL), HEWAL_OK);
    assert_int_equal(r->n_sentences, 4);
    hewal_string out = {0};
    assert_int_equal(hewal_record_conllu(r, &out), HEWAL_OK);
    size_t n = out.len;
    assert_non_null(strstr(out.s, "# sent_id = 4\n# text = چوار\n1\tچوار\t"));
    assert_int_equal(hewal_record_conllu(r, &out), HEWAL_OK);
    assert_int_equal(out.len, 2 * n);
    assert_memory_equal(out.s, out.s + n, n);
    hewal_string_free(&out);
    hewal_record_free(r);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(one_sentence),
        cmocka_unit_test(nothing_breaks_a_line),
        cmocka_unit_test(several_blocks_and_appending),
    };
    return cmocka_run_group_tests(tests, kit_open, kit_close);
}
