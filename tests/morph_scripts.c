/* Latin and Arabic script: examples, the way there and back over the whole lexicon, anything at all. */
#include "language_folder.h"

typedef hewal_status (*conversion)(const hewal_model *, const char *, size_t, hewal_string *);

static hewal_string convert(conversion f, const char *s, size_t n)
{
    hewal_string out = {0};
    assert_int_equal(f(kit_model, s, n, &out), HEWAL_OK);
    return out;
}

static void becomes(conversion f, const char *in, const char *want)
{
    hewal_string out = convert(f, in, strlen(in));
    if (strcmp(out.s, want) != 0) fail_msg("«%s» became «%s», not «%s»", in, out.s, want);
    hewal_string_free(&out);
}

static void both_ways(void **state)
{
    (void)state;
    static const struct { const char *arabic, *latin; } e[] = {
        {"کوردستان", "kurdistan"}, {"خوێندن", "xwêndin"}, {"ڕۆژنامەنووس", "rojnamenûs"}, {"سەرڕاست", "serrrast"}, {"گوڵان", "gullan"}, {"عێراقی", "'êraqî"},
        {"باعەباع", "ba'eba'"}, {"تەماع", "tema'"}, {"مێژووە", "mêjuwe"}, {"دانیشتووان", "danîştuwan"}, {"بێئیمان", "bêîman"}, {"کردنەوە", "kirdinewe"},
        {"ڕاستییەکان", "rastîyekan"}, {"تۆ و من؟", "to u min?"}, {"غەم، حەز", "ẍem, ḧez"},
    };
    for (size_t i = 0; i < sizeof e / sizeof *e; i++) {
        becomes(hewal_to_latin, e[i].arabic, e[i].latin);
        becomes(hewal_to_arabic, e[i].latin, e[i].arabic);
    }
}

static void other_ways_to_write_latin(void **state)
{
    (void)state;
    static const struct { const char *latin, *arabic; } e[] = {
        {"Řêwî", "ڕێوی"}, {"GUŁAN", "گوڵان"}, {"ew û ême", "ئەو و ئێمە"}, {"'Ereb", "عەرەب"}, {"'kurd'", "'کورد'"}, {"'kurd û 'ereb'", "'کورد و عەرەب'"},
        {"îcma' bû", "ئیجماع بوو"}, {"\xE2\x80\x99" "eyn", "عەین"}, {"danîştûan", "دانیشتووان"}, {"12, a", "12، ئا"}, {"", ""}, {"کورد", "کورد"},
    };
    for (size_t i = 0; i < sizeof e / sizeof *e; i++) becomes(hewal_to_arabic, e[i].latin, e[i].arabic);
}

/* ---- the lexicon --------------------------------------------------------------------------------------------------- */

typedef struct {
    char *exceptions; /* a line a lemma */
    size_t listed, failed, n;
} round_trip;

static bool is_listed(const round_trip *r, const char *lemma)
{
    char line[512];
    snprintf(line, sizeof line, "\n%s\t", lemma);
    return strstr(r->exceptions, line) != NULL;
}

static void there_and_back(const char *lemma, void *ctx)
{
    round_trip *r = ctx;
    hewal_string latin = convert(hewal_to_latin, lemma, strlen(lemma)), arabic = convert(hewal_to_arabic, latin.s, latin.len),
                 again = convert(hewal_to_latin, arabic.s, arabic.len);
    bool same = !strcmp(latin.s, again.s), listed = is_listed(r, lemma);
    if (same == listed) {
        r->failed++;
        print_message("«%s»: %s, %s, %s%s\n", lemma, latin.s, arabic.s, again.s, listed ? " (listed as an exception)" : "");
    }
    r->listed += listed;
    r->n++;
    hewal_string_free(&latin);
    hewal_string_free(&arabic);
    hewal_string_free(&again);
}

/* A conversion to Latin sets itself up, which takes long: the lemmas go through together. */
static void collect(const char *lemma, void *ctx)
{
    hewal_string *all = ctx;
    size_t n = strlen(lemma);
    char *p = realloc(all->s, all->len + n + 2);
    assert_non_null(p);
    memcpy(p + all->len, lemma, n + 1);
    p[all->len + n] = '\n';
    p[all->len + n + 1] = 0;
    all->s = p;
    all->len += n + 1;
}

static void lexicon(void **state)
{
    (void)state;
    char path[4096];
    size_t size;
    beside_samples(path, sizeof path, "../tests/scripts-exceptions.tsv");
    round_trip r = {.exceptions = kit_slurp(path, &size)};
    if (!r.exceptions) fail_msg("no %s", path);
    hewal_string all = {0};
    size_t n = each_lemma(collect, &all);
    assert_true(n > 10000);
    hewal_string latin = convert(hewal_to_latin, all.s, all.len), arabic = convert(hewal_to_arabic, latin.s, latin.len),
                 again = convert(hewal_to_latin, arabic.s, arabic.len);
    for (char *w = all.s, *l = latin.s, *b = again.s; *w;) {
        char *we = strchr(w, '\n'), *le = strchr(l, '\n'), *be = strchr(b, '\n');
        assert_true(we && le && be);
        *we = *le = *be = 0;
        if (strcmp(l, b) != 0 || is_listed(&r, w)) there_and_back(w, &r);
        w = we + 1;
        l = le + 1;
        b = be + 1;
    }
    if (r.failed) fail_msg("%zu lemmas are not as %s has them", r.failed, path);
    hewal_string_free(&all);
    hewal_string_free(&latin);
    hewal_string_free(&arabic);
    hewal_string_free(&again);
    free(r.exceptions);
}

/* ---- anything ------------------------------------------------------------------------------------------------------ */

static const char *const pieces[] = {
    "a", "e", "ê", "i", "î", "o", "u", "û", "w", "y", "b", "c", "ç", "ḧ", "Ẍ", "r", "rr", "l", "ll", "Ř", "ł", "'", "\xE2\x80\x99", "ʿ", "s", "Ş", "x", "I", "İ", "ß", "Ω", "q",
    "ا", "ە", "ه", "ی", "یی", "و", "وو", "ڕ", "ر", "ئ", "ع", "ء", "ث", "ح", "\u200C", "ـ", "َ", "ﻻ", "ك", "ۆ", "ێ", "٢", "7", "،", "؟", ",", " ", " ", "\n", "\"",
    "\xF0\x9F\x98\x80", "\xE2\x80", "\xFF", "\xD9", "\xED\xA0\x80", "kurdistan", "هەولێر",
};

/* What comes out is text when text went in, and lines stay lines. */
static void any_text(void **state)
{
    (void)state;
    for (int i = 0; i < (KIT_SANITIZED ? 100 : 1000); i++) {
        size_t n;
        char *s = kit_mix(pieces, sizeof pieces / sizeof *pieces, 1 + kit_random(i % 20 ? 30 : 600), &n);
        for (int way = 0; way < 2; way++) {
            hewal_string out = convert(way ? hewal_to_latin : hewal_to_arabic, s, n);
            if (kit_utf8(s, n) && !kit_utf8(out.s, out.len)) fail_msg("«%.*s» became broken: «%s»", (int)n, s, out.s);
            size_t lines = 0;
            for (size_t k = 0; k < n; k++) lines += s[k] == '\n';
            for (size_t k = 0; k < out.len; k++) lines -= out.s[k] == '\n';
            assert_int_equal(lines, 0);
            hewal_string_free(&out);
        }
        free(s);
    }
}

/* Linear: apostrophes that never close, words without an end. */
static void long_texts(void **state)
{
    (void)state;
    static const char *const lines[] = {"'a ", "a' ", "'", "a'", "کورد", "kurd", "ئ", "rr", "'a'b "};
    for (size_t i = 0; i < sizeof lines / sizeof *lines; i++) {
        size_t n;
        char *s = kit_repeat(lines[i], KIT_SANITIZED ? 100000 : 1000000, &n);
        double began = kit_cpu_seconds();
        hewal_string latin = convert(hewal_to_latin, s, n), arabic = convert(hewal_to_arabic, s, n);
        if (kit_cpu_seconds() - began > 5) fail_msg("«%s» many times: %.1f s", lines[i], kit_cpu_seconds() - began);
        hewal_string_free(&latin);
        hewal_string_free(&arabic);
        free(s);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(both_ways), cmocka_unit_test(other_ways_to_write_latin), cmocka_unit_test(lexicon),
        cmocka_unit_test(any_text),  cmocka_unit_test(long_texts),
    };
    return cmocka_run_group_tests(tests, kit_open, kit_close);
}
