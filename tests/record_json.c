/* The JSON of records: every sample's has the form that docs/record.md gives it. */
#include "record_form.h"

#include <locale.h>

static hewal_record *annotate(const char *s, const hewal_meta *meta)
{
    hewal_record *r = NULL;
    hewal_error err = {0};
    if (hewal_annotate(kit_model, s, strlen(s), meta, &r, &err) != HEWAL_OK) fail_msg("%s", err.message);
    return r;
}

static void samples(void **state)
{
    (void)state;
    kit_read_samples();
    const hewal_meta meta = {"2021-07-26", "ڕووداو", "سەردێڕ"};
    for (size_t i = 0; i < kit_n_samples; i++) {
        form_check(kit_samples[i].s, kit_samples[i].n, NULL, kit_samples[i].name);
        form_check(kit_samples[i].s, kit_samples[i].n, &meta, kit_samples[i].name);
    }
    kit_free_samples();
}

static void empty_texts(void **state)
{
    (void)state;
    static const char *const t[] = {"", " ", "\n\n\n", "\u200F\uFEFF", "1", ".", "«»", "\"", "😀", "\xFF"};
    for (size_t i = 0; i < sizeof t / sizeof *t; i++) form_check(t[i], strlen(t[i]), NULL, "a text of next to nothing");
    hewal_record *r = NULL;
    assert_int_equal(hewal_annotate(kit_model, NULL, 0, NULL, &r, NULL), HEWAL_OK);
    assert_int_equal(r->n_tokens, 0);
    assert_string_equal(r->text, "");
    hewal_record_free(r);
}

static void id_and_further_members(void **state)
{
    (void)state;
    hewal_record *r = annotate("ئەو هات.", &(hewal_meta){.published = "2021-07-26"});
    hewal_string s = {0};
    form_where = "members";
    assert_int_equal(hewal_record_json(r, NULL, NULL, &s), HEWAL_OK);
    json_t *j = form_check_json(s.s, s.len, "ئەو هات.", strlen("ئەو هات."));
    assert_true(json_is_null(json_object_get(j, "id")));
    assert_string_equal(json_string_value(json_object_get(j, "published")), "2021-07-26");
    assert_null(json_object_get(j, "published_inferred"));
    json_decref(j);
    size_t first = s.len; /* a second record is appended */
    assert_int_equal(hewal_record_json(r, "a\"\\\n\x01\xFF", "\"title\":\"x\",\"n\":[1,2]", &s), HEWAL_OK);
    j = form_check_json(s.s + first, s.len - first, "ئەو هات.", strlen("ئەو هات."));
    assert_string_equal(json_string_value(json_object_get(j, "id")), "a\"\\\n\x01\xEF\xBF\xBD");
    assert_string_equal(json_string_value(json_object_get(j, "title")), "x");
    assert_int_equal(json_array_size(json_object_get(j, "n")), 2);
    json_decref(j);
    s.len = 0;
    assert_int_equal(hewal_record_json(r, "x", "", &s), HEWAL_OK);
    json_decref(form_check_json(s.s, s.len, "ئەو هات.", strlen("ئەو هات.")));
    hewal_string_free(&s);
    hewal_record_free(r);
}

/* Where numbers are written with a comma, JSON still has its full stop; and what no double holds is still a number. The
 * record is made by hand: any value may stand in it. */
static void numbers_in_any_locale(void **state)
{
    (void)state;
    static const double values[] = {0, -1, 4000, 3.5, 1e15, 1.5e300, 1.0 / 3, INFINITY, -INFINITY, NAN, 123456789012345680.0};
    hewal_quantity q[sizeof values / sizeof *values];
    for (size_t i = 0; i < sizeof values / sizeof *values; i++) q[i] = (hewal_quantity){0, 1, 0, 0, values[i], "کەس", 0.9f};
    const hewal_record r = {.text = "x", .text_len = 1, .quantities = q, .n_quantities = sizeof q / sizeof *q};
    static const char *const locales[] = {"C", "de_DE.UTF-8", "fa_IR.UTF-8", "ckb_IQ.UTF-8", "ar_IQ.UTF-8"};
    char *plain = NULL;
    for (size_t k = 0; k < sizeof locales / sizeof *locales; k++) {
        if (!setlocale(LC_ALL, locales[k])) continue;
        hewal_string s = {0};
        form_where = locales[k];
        assert_int_equal(hewal_record_json(&r, "x", NULL, &s), HEWAL_OK);
        json_t *j = form_check_json(s.s, s.len, "x", 1);
        json_t *list = json_object_get(j, "quantities");
        for (size_t i = 0; i < 7; i++) {
            double got = json_number_value(json_object_get(json_array_get(list, i), "value"));
            assert_true(fabs(got - values[i]) <= fabs(values[i]) * 1e-9);
        }
        json_decref(j);
        if (plain) assert_string_equal(s.s, plain);
        else plain = strdup(s.s);
        hewal_string_free(&s);
    }
    free(plain);
    setlocale(LC_ALL, "C");
}

static void names_of_values(void **state)
{
    (void)state;
    assert_string_equal(hewal_type_name(HEWAL_ROLE), "ROLE");
    assert_string_equal(hewal_timex_name(HEWAL_SET), "SET");
    assert_string_equal(hewal_kind_name(HEWAL_MIXED), "mixed");
    assert_string_equal(hewal_event_status_name(HEWAL_HYPOTHETICAL), "hypothetical");
    assert_string_equal(hewal_mode_name(HEWAL_NO_MODE), "");
    assert_string_equal(hewal_mode_name(HEWAL_MEET), "meet");
    assert_string_equal(hewal_mode_name(HEWAL_VISIT), "visit");
    assert_string_equal(hewal_mode_name(HEWAL_PHONE), "phone");
    assert_string_equal(hewal_channel_name(HEWAL_UNSPECIFIED), "unspecified");
    assert_string_equal(hewal_channel_name(HEWAL_SOCIAL_POST), "social-post");
    assert_string_equal(hewal_channel_name(HEWAL_PRESS_CONFERENCE), "press-conference");
    assert_string_equal(hewal_channel_name(HEWAL_PHONE_CALL), "phone-call");
    assert_string_equal(hewal_channel_name(HEWAL_MEDIA_REPORT), "media-report");
    assert_string_equal(hewal_channel_name(HEWAL_VIDEO), "video");
    assert_string_equal(hewal_event_type_name(HEWAL_AGREE), "AGREE");
    assert_string_equal(hewal_event_type_name(HEWAL_RETREAT), "RETREAT");
    assert_string_equal(hewal_event_type_name(HEWAL_REQUEST), "REQUEST");
    assert_string_equal(hewal_event_type_name(HEWAL_ASSAULT), "ASSAULT");
    assert_string_equal(hewal_event_type_name((hewal_event_type)99), "");
    assert_string_equal(hewal_channel_name((hewal_channel)-1), "");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(samples),
        cmocka_unit_test(empty_texts),
        cmocka_unit_test(id_and_further_members),
        cmocka_unit_test(numbers_in_any_locale),
        cmocka_unit_test(names_of_values),
    };
    return cmocka_run_group_tests(tests, kit_open, kit_close);
}
