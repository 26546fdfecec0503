/* Tokens: every byte in its place, whatever the bytes are. */
#include "kit.h"

#include "base/utf8.h"
#include "text/text.h"

typedef struct { hw_arena a; hw_text *x; char *raw; size_t len; } reading;

static reading read_n(const char *s, size_t n)
{
    reading r = {.len = n};
    r.raw = malloc(n ? n : 1); /* exactly as long: ASan sees a step too far */
    assert_non_null(r.raw);
    memcpy(r.raw, s, n);
    hw_arena_init(&r.a);
    if (hw_arena_guard(&r.a)) fail_msg("out of memory");
    r.x = hw_text_read(kit_model, &r.a, r.raw, n);
    return r;
}

static void done(reading *r)
{
    hw_arena_free(&r->a);
    free(r->raw);
}

/* "|a|b|" of the tokens, junk in brackets. */
static void assert_tokens(const char *s, const char *want)
{
    char got[4096] = "";
    size_t n = 0;
    reading r = read_n(s, strlen(s));
    for (uint32_t i = 0; i < r.x->tokens.n && n < sizeof got - 300; i++) {
        const hw_token *t = &r.x->tokens.v[i];
        n += (size_t)snprintf(got + n, sizeof got - n, t->flags & HW_JUNK ? "%s[%.*s]" : "%s%.*s", i ? "|" : "", (int)(t->e - t->b), s + t->b);
    }
    done(&r);
    if (strcmp(got, want) != 0) fail_msg("«%s»\n  gives %s\n  not   %s", s, got, want);
}

static bool blank(const char *s, size_t n)
{
    for (size_t i = 0; i < n;) {
        uint32_t cp;
        i += hw_utf8_decode(s + i, n - i, &cp);
        uint8_t c = hw_char_of(kit_model->orth, cp == HW_BROKEN ? 0x110000 : cp)->cls;
        if (cp == HW_BROKEN || (c != HW_C_SPACE && c != HW_C_NEWLINE && c != HW_C_JOINER)) return false;
    }
    return true;
}

static void check(const char *s, size_t n, const char *what)
{
    reading r = read_n(s, n);
    const hw_text *x = r.x;
    uint32_t at = 0;
    for (uint32_t i = 0; i < x->tokens.n; i++) {
        const hw_token *t = &x->tokens.v[i];
        if (t->b < at || t->e <= t->b || t->e > n) fail_msg("%s: token %u lies at %u-%u, after %u", what, i, t->b, t->e, at);
        if (!blank(s + at, t->b - at)) fail_msg("%s: %u-%u is in no token", what, at, t->b);
        if (blank(s + t->b, t->e - t->b)) fail_msg("%s: token %u is white space", what, i);
        bool space = false;
        for (uint32_t k = at; k < t->b; k++) space |= s[k] == ' ' || s[k] == '\n';
        if (i && (t->flags & HW_GLUED) && space) fail_msg("%s: token %u is said to be glued, over a space", what, i);
        if (i && !(t->flags & HW_GLUED) && t->b == at) fail_msg("%s: token %u is not said to be glued", what, i);
        assert_non_null(t->norm);
        assert_non_null(t->fold);
        assert_int_equal(t->norm[t->norm_len], 0);
        assert_int_equal(t->fold[t->fold_len], 0);
        assert_true(kit_utf8(t->norm, t->norm_len));
        assert_true(kit_utf8(t->fold, t->fold_len));
        assert_true(t->sentence < x->sentences.n);
        assert_true(t->quotation <= x->quotations.n);
        at = t->e;
    }
    if (!blank(s + at, n - at)) fail_msg("%s: the end from %u is in no token", what, at);
    /* Sentences cover all tokens, in order. */
    uint32_t next = 0;
    for (uint32_t i = 0; i < x->sentences.n; i++) {
        const hw_sentence *k = &x->sentences.v[i];
        assert_int_equal(k->first, next);
        assert_true(k->last >= k->first && k->last < x->tokens.n);
        assert_int_equal(k->b, x->tokens.v[k->first].b);
        assert_int_equal(k->e, x->tokens.v[k->last].e);
        for (uint32_t j = k->first; j <= k->last; j++) assert_int_equal(x->tokens.v[j].sentence, i);
        if (i) assert_true(k->paragraph >= x->sentences.v[i - 1].paragraph);
        next = k->last + 1;
    }
    assert_int_equal(next, x->tokens.n);
    /* Quotations: by their beginning, inside the text, nested or apart. */
    for (uint32_t i = 0; i < x->quotations.n; i++) {
        const hw_quotation *q = &x->quotations.v[i];
        assert_true(q->open < x->tokens.n && q->close < x->tokens.n && q->close >= q->open);
        assert_int_equal(x->tokens.v[q->open].kind, HW_QUOTE);
        assert_int_equal(x->tokens.v[q->close].kind, HW_QUOTE);
        if (q->b > q->e || q->b < x->tokens.v[q->open].e || q->e > n) fail_msg("%s: quotation %u is %u-%u", what, i, q->b, q->e);
        if (q->close > q->open && q->e > x->tokens.v[q->close].b) fail_msg("%s: quotation %u holds its own closing mark", what, i);
        if (i) assert_true(q->open >= x->quotations.v[i - 1].open);
        assert_true(q->outer <= i);
        if (q->outer) {
            const hw_quotation *o = &x->quotations.v[q->outer - 1];
            if (q->b < o->b || q->e > o->e) fail_msg("%s: quotation %u reaches out of the one around it", what, i);
        }
    }
    done(&r);
}

static void words_numbers_marks(void **state)
{
    (void)state;
    assert_tokens("", "");
    assert_tokens("  \n\t ", "");
    assert_tokens("12345", "12345");
    assert_tokens("سەرۆکوەزیرانی عێراق گەیشت.", "سەرۆکوەزیرانی|عێراق|گەیشت|.");
    assert_tokens("٢٦ی تەمموز", "٢٦|ی|تەمموز");
    assert_tokens("ناتۆ(NATO)یە", "ناتۆ|(|NATO|)|یە");
    assert_tokens("COVID-19ـە", "COVID|-|19|ە");
    assert_tokens("26ی", "26|ی");
    assert_tokens("%٥٠ و ٪50", "%|٥٠|و|٪|50");
    assert_tokens("O'Neil don’t 'x'", "O'Neil|don’t|'|x|'");
    assert_tokens("کورد😀ستان", "کورد|😀|ستان");
    assert_tokens("کورد\u200Cستان کـورد", "کورد\u200Cستان|کـورد");
    assert_tokens("a\u00A0b\u3000c", "a|b|c");
    assert_tokens("دەڵێت:«نا».ئەو", "دەڵێت|:|«|نا|»|.|ئەو");
    assert_tokens("https://t.co/a?b=c,d: x", "[https://t.co/a?b=c,d]|:|x");
    assert_tokens("لە www.rudaw.net، وت", "لە|[www.rudaw.net]|،|وت");
    assert_tokens("Рудау", "Рудау");
}

/* A mark at the end of a sentence is none of the address. */
static void addresses_end_before_marks(void **state)
{
    (void)state;
    assert_tokens("(https://a.b/c).", "(|[https://a.b/c]|)|.");
    assert_tokens("https://a.b/c. ئەو", "[https://a.b/c]|.|ئەو");
    assert_tokens("https://a.b/c،ئەو", "[https://a.b/c]|،|ئەو");
    assert_tokens("«https://a.b/c»", "«|[https://a.b/c]|»");
    assert_tokens("https://a.b/c(d)", "[https://a.b/c(d)]");
}

/* Direction marks stand around and inside words and split none. */
static void direction_marks(void **state)
{
    (void)state;
    assert_tokens("\u200Fکورد\u200E، \u202Bعێراق\u202C", "کورد\u200E|،|عێراق\u202C");
    assert_tokens("کو\u200Fرد", "کو\u200Fرد");
    assert_tokens("کو\u061Cرد", "کو\u061Cرد");
    assert_tokens("\u202Dکورد\u202E \u2060عێراق", "کورد\u202E|عێراق");
    assert_tokens("\u2067کورد\u2069 \uFEFFعێراق", "کورد\u2069|عێراق");
    assert_tokens("\u200B \u200F \u061C", "");
}

static void what_crawlers_leave(void **state)
{
    (void)state;
    assert_tokens("pic. twitter. com / x ٠ ZkGGPpkV", "[pic]|[.]|[twitter]|[.]|[com]|[/]|[x]|[٠]|[ZkGGPpkV]");
    assert_tokens("وت. pic.twitter.com/Ab12\nئەو", "وت|.|[pic]|[.]|[twitter]|[.]|[com]|[/]|[Ab]|[12]|ئەو");
    assert_tokens("pic. twitter. com / x   Photo", "[pic]|[.]|[twitter]|[.]|[com]|[/]|[x]|Photo");
    assert_tokens("pic", "pic");
    assert_tokens("pic.", "pic|.");
    assert_tokens("pic. twitter", "[pic]|[.]|[twitter]"); /* cut off by the end */
    assert_tokens("pic. 5", "pic|.|5");
    assert_tokens("twitter. com", "twitter|.|com");
}

static void hashtags(void **state)
{
    (void)state;
    reading r = read_n("#کورد_ستان و #2021 # نا", strlen("#کورد_ستان و #2021 # نا"));
    static const bool tag[] = {false, true, true, true, false, false, true, false, false};
    assert_int_equal(r.x->tokens.n, 9);
    for (uint32_t i = 0; i < 9; i++) assert_int_equal(!!(r.x->tokens.v[i].flags & HW_HASHTAG), tag[i]);
    done(&r);
}

static void flags(void **state)
{
    (void)state;
    const char *s = "Photo   هەولێر\nx, \n\n y";
    reading r = read_n(s, strlen(s));
    const hw_token *t = r.x->tokens.v;
    assert_int_equal(r.x->tokens.n, 5);
    assert_true(t[0].flags & HW_CAPITAL);
    assert_true(t[1].flags & HW_WIDE);
    assert_false(t[1].flags & (HW_GLUED | HW_NEWLINE));
    assert_true(t[2].flags & HW_NEWLINE);
    assert_false(t[2].flags & (HW_WIDE | HW_CAPITAL | HW_GLUED));
    assert_true(t[3].flags & HW_GLUED);
    assert_true(t[4].flags & HW_NEWLINE);
    done(&r);
}

static void values_of_numbers(void **state)
{
    (void)state;
    static const struct { const char *s; double v; } t[] = {{"0", 0}, {"٠٠٧", 7}, {"۱۲۳۴۵۶۷۸۹۰", 1234567890.0}, {"9007199254740992", 9007199254740992.0}};
    for (size_t i = 0; i < sizeof t / sizeof *t; i++) {
        reading r = read_n(t[i].s, strlen(t[i].s));
        assert_int_equal(r.x->tokens.n, 1);
        assert_true(r.x->tokens.v[0].number == t[i].v);
        done(&r);
    }
}

/* A row of a thousand digits is no number that one could write into JSON; it must not become infinite. */
static void endless_numbers_stay_finite(void **state)
{
    (void)state;
    for (size_t n = 290; n < 2000; n += 97) {
        char *s = malloc(n);
        assert_non_null(s);
        memset(s, '9', n);
        reading r = read_n(s, n);
        for (uint32_t i = 0; i < r.x->tokens.n; i++) assert_true(r.x->tokens.v[i].number < 1e308 && r.x->tokens.v[i].number > 0);
        check(s, n, "digits");
        done(&r);
        free(s);
    }
}

static void samples(void **state)
{
    (void)state;
    kit_read_samples();
    for (size_t i = 0; i < kit_n_samples; i++) {
        check(kit_samples[i].s, kit_samples[i].n, kit_samples[i].name);
        for (size_t k = 0; k < 200 && k < kit_samples[i].n; k++) { /* cut off anywhere */
            size_t b = kit_random((uint32_t)kit_samples[i].n), n = kit_random((uint32_t)(kit_samples[i].n - b) + 1);
            check(kit_samples[i].s + b, n, kit_samples[i].name);
        }
    }
    kit_free_samples();
}

static const char *const pieces[] = {
    "کورد", "ر", "ە", "ـ", "\u200C", "\u200F", "\u061C", "\uFEFF", " ", "  ", "   ", "\n", "\n\n", "\r\n", "\t", "\u00A0", "\u2028", ".", "..", "...", "…", "؟", "!", "،", ":", "(", ")",
    "@", "#", "_", "/", "«", "»", "\"", "“", "”", "„", "'", "''", "‘", "’", "‹", "›", "`", "pic", "twitter", "com", "x", "Rudaw", "July", "http://", "www.", "26", "٢", "۳", "😀", "🇮🇶", "%", "$", "\xCC\x81",
    "\x80", "\xBF", "\xC0\xAF", "\xE0\x80\xAF", "\xED\xA0\x80", "\xF4\x90\x80\x80", "\xFF", "\xFE", "\xD9", "\xE2\x80", "\xE2", "\xF0\x9F\x98", "\x01", "\x7F", "\xC2\x85",
};

static void random_mixes(void **state)
{
    (void)state;
    for (int i = 0; i < 20000; i++) {
        size_t n;
        char *s = kit_mix(pieces, sizeof pieces / sizeof *pieces, 1 + kit_random(60), &n);
        check(s, n, "a mix");
        free(s);
    }
}

static void random_bytes(void **state)
{
    (void)state;
    for (int i = 0; i < 20000; i++) {
        char s[64];
        size_t n = kit_random(64);
        for (size_t k = 0; k < n; k++) s[k] = (char)(kit_random(4) ? kit_random(256) : 0xD8 + kit_random(4));
        check(s, n, "bytes");
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(words_numbers_marks),
        cmocka_unit_test(addresses_end_before_marks),
        cmocka_unit_test(direction_marks),
        cmocka_unit_test(what_crawlers_leave),
        cmocka_unit_test(hashtags),
        cmocka_unit_test(flags),
        cmocka_unit_test(values_of_numbers),
        cmocka_unit_test(endless_numbers_stay_finite),
        cmocka_unit_test(samples),
        cmocka_unit_test(random_mixes),
        cmocka_unit_test(random_bytes),
    };
    return cmocka_run_group_tests(tests, kit_open, kit_close);
}
