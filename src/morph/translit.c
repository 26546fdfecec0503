/* In: text in Latin script. Out: the same in Arabic script; and the public functions of both ways.
 *
 * The short i is not written, but for its bearer at the beginning of a word; u and w are one letter, and so are î and y. */
#include "morph/translit.h"

#include "text/text.h"
#include <string.h>

static uint32_t decode(const char *s, size_t n, size_t *i)
{
    uint32_t cp;
    *i += hw_utf8_decode(s + *i, n - *i, &cp);
    return cp;
}

static uint32_t lower(uint32_t cp)
{
    if (cp >= 'A' && cp <= 'Z') return cp + 32;
    if (cp >= 0xC0 && cp <= 0xDE && cp != 0xD7) return cp + 32;
    if (cp >= 0x139 && cp <= 0x148) return cp + (cp & 1);
    if ((cp >= 0x100 && cp <= 0x177) || (cp >= 0x1E00 && cp <= 0x1E95)) return cp | 1;
    if (cp >= 0x179 && cp <= 0x17E) return cp + (cp & 1);
    return cp == 0x2019 ? '\'' : cp;
}

typedef struct {
    const char *arabic, *glide; /* glide: of a vowel, how its letter is written as a consonant */
    bool vowel, twofold; /* twofold: a vowel of two letters */
    size_t n;            /* bytes in Latin */
} spelling;

/* The longest row that s[0..n) (lower case) begins with. */
static spelling longest(const hw_table *t, const char *s, size_t n)
{
    int arabic = hw_column(t, "arabic"), kind = hw_column(t, "kind"), thrice = hw_column(t, "thrice");
    int latin = hw_column(t, "latin"), vowel = hw_column(t, "latin_vowel");
    spelling best = {"", "", false, false, 0};
    for (uint32_t r = 0; r < t->n_rows; r++)
        for (int v = 0; v < 2; v++) {
            const char *l = hw_cell(t, r, v ? vowel : latin);
            size_t k = strlen(l);
            if (!k || k <= best.n || k > n || memcmp(s, l, k) != 0) continue;
            /* a letter written twice, and once more: the single one is the first */
            if (k == 2 && l[0] == l[1] && n > 2 && s[2] == l[0] && (n == 3 || s[3] != l[0]) && *hw_cell(t, r, thrice)) continue;
            bool is_vowel = v || hw_letter_kind_of(hw_cell(t, r, kind)) == HW_VOWEL;
            const char *as = hw_cell(t, r, arabic);
            best = (spelling){as, v ? hw_cell(t, r, latin) : "", is_vowel, is_vowel && strlen(as) > 2, k};
        }
    return best;
}

static const char *bearer_of(const hw_table *t)
{
    const char *bearer = "";
    for (uint32_t r = 0; r < t->n_rows; r++)
        if (hw_letter_kind_of(hw_cell(t, r, hw_column(t, "kind"))) == HW_BEARER) bearer = hw_cell(t, r, hw_column(t, "arabic"));
    return bearer;
}

/* Whether a vowel behind a vowel is written with a bearer: not the long u, nor î before its own y (aîye is one of three). */
static bool needs_bearer(const spelling *sp, const char *next, size_t n)
{
    size_t k = strlen(sp->glide);
    return !sp->twofold && !(k && k <= n && !memcmp(next, sp->glide, k));
}

static void word_to_arabic(const hewal_model *m, hw_arena *a, const hw_table *t, const char *s, size_t n, hw_buf *b)
{
    char *low = hw_alloc(a, n * 2 + 8), *word = hw_alloc(a, n * 8 + 8), *w = word;
    size_t k = 0;
    for (size_t i = 0; i < n;) {
        uint32_t cp = decode(s, n, &i);
        k += hw_utf8_encode(cp == HW_BROKEN ? 0xFFFD : lower(cp), low + k);
    }
    const char *bearer = bearer_of(t);
    bool begin = true, after_vowel = false;
    for (size_t i = 0; i < k;) {
        spelling sp = longest(t, low + i, k - i);
        const char *as = sp.arabic;
        size_t len = sp.n, as_len = strlen(as);
        if (!len) {
            uint32_t cp;
            as_len = len = hw_utf8_decode(low + i, k - i, &cp);
            as = low + i;
            after_vowel = cp == 'i';
            if (cp == 'i') { /* the short i is not written, but for its bearer at the beginning */
                as = bearer;
                as_len = begin ? strlen(bearer) : 0;
            }
        } else {
            bool alone = begin && len == k && (sp.twofold || *sp.glide);
            if (alone && sp.twofold) as_len /= 2; /* the word «and» */
            if (sp.vowel && !alone && (begin || (after_vowel && needs_bearer(&sp, low + i + len, k - i - len))))
                w = mempcpy(w, bearer, strlen(bearer));
            after_vowel = sp.vowel && !sp.twofold;
        }
        w = mempcpy(w, as, as_len);
        begin = false;
        i += len;
    }
    if (w == word) return;
    hw_spelling norm = hw_orth_word(m->orth, a, word, (size_t)(w - word)); /* writes the trill at the beginning */
    hw_put(b, norm.norm, norm.norm_len);
}

/* ---- the apostrophe: a consonant, or a quotation mark ---------------------------------------------------------------- */

static size_t apostrophe(const char *s, size_t n, size_t at)
{
    if (at < n && s[at] == '\'') return 1;
    return at + 3 <= n && !memcmp(s + at, "\xE2\x80\x99", 3) ? 3 : 0;
}

static bool is_latin(const hw_orth *o, const char *s, size_t n, size_t at)
{
    uint32_t cp;
    if (at >= n) return false;
    hw_utf8_decode(s + at, n - at, &cp);
    return cp != HW_BROKEN && hw_char_of(o, cp)->cls == HW_C_LATIN;
}

/* Whether a quotation that would begin before the letter at `at` is closed on its line. */
static bool closes(const hw_orth *o, const char *s, size_t n, size_t at)
{
    bool letter = false;
    while (at < n && s[at] != '\n') {
        size_t k = apostrophe(s, n, at);
        if (k && letter && !is_latin(o, s, n, at + k)) return true;
        uint32_t cp;
        letter = is_latin(o, s, n, at);
        at += k ? k : hw_utf8_decode(s + at, n - at, &cp);
    }
    return false;
}

static void put_mark(const hw_table *t, const char *s, size_t n, hw_buf *b)
{
    int arabic = hw_column(t, "arabic"), kind = hw_column(t, "kind"), latin = hw_column(t, "latin");
    for (uint32_t r = 0; r < t->n_rows; r++) {
        const char *l = hw_cell(t, r, latin);
        if (hw_letter_kind_of(hw_cell(t, r, kind)) != HW_MARK_LETTER || strlen(l) != n || memcmp(l, s, n) != 0) continue;
        hw_puts(b, hw_cell(t, r, arabic));
        return;
    }
    hw_put(b, s, n);
}

void hw_to_arabic(const hewal_model *m, hw_arena *a, const char *s, size_t n, hw_buf *b)
{
    const hw_orth *o = m->orth;
    hw_table table = hw_model_table(m, "translit");
    hw_token t;
    size_t at = 0, done = 0, quoted = 0; /* quoted: up to where no quotation closes, as was found out already */
    bool open = false;
    while (hw_next_span(o, s, n, &at, &t)) {
        size_t from = t.b, k;
        if (t.kind == HW_QUOTE && apostrophe(s, n, t.b) && is_latin(o, s, n, t.e)) {
            if (!open && t.b >= quoted && closes(o, s, n, t.e)) {
                open = true;
            } else {
                if (!open && t.b >= quoted) {
                    const char *nl = memchr(s + t.b, '\n', n - t.b);
                    quoted = nl ? (size_t)(nl - s) : n;
                }
                hw_next_span(o, s, n, &at, &t);
            }
        }
        hw_put(b, s + done, from - done);
        done = t.e;
        if (t.kind != HW_LATIN) {
            if (t.flags & HW_NEWLINE) open = false;
            if (t.kind == HW_PUNCT) put_mark(&table, s + from, t.e - from, b);
            else hw_put(b, s + from, t.e - from);
            continue;
        }
        if ((k = apostrophe(s, n, t.e)) > 0 && !is_latin(o, s, n, t.e + k)) {
            if (!open) at = done = t.e + k;
            open = false;
        }
        word_to_arabic(m, a, &table, s + from, done - from, b);
    }
    hw_put(b, s + done, n - done);
}

/* ---- the public functions ------------------------------------------------------------------------------------------ */

static hewal_status convert(const hewal_model *m, const hw_phonemes *p, const char *text, size_t len, hewal_string *out, bool latin)
{
    hw_arena a;
    hw_arena_init(&a);
    if (hw_arena_guard(&a)) {
        hw_arena_free(&a);
        return HEWAL_ENOMEM;
    }
    hw_buf b = hw_buf_on(out);
    if (latin) hw_to_latin(m, p, &a, text, len, false, &b);
    else hw_to_arabic(m, &a, text, len, &b);
    hw_arena_free(&a);
    return hw_buf_ok(&b) ? HEWAL_OK : HEWAL_ENOMEM;
}

hewal_status hewal_to_latin(const hewal_model *model, const char *text, size_t len, hewal_string *out)
{
    if (len > HEWAL_MAX_TEXT) return HEWAL_ETOOBIG;
    if (!model->orth) return HEWAL_EFORMAT;
    hw_phonemes *p;
    hewal_status status = hw_phonemes_new(&p, model, NULL);
    if (status == HEWAL_EFORMAT) p = NULL; /* a model without them: by rules */
    else if (status != HEWAL_OK) return status;
    status = convert(model, p, len ? text : "", len, out, true);
    hw_phonemes_free(p);
    return status;
}

hewal_status hewal_to_arabic(const hewal_model *model, const char *text, size_t len, hewal_string *out)
{
    if (len > HEWAL_MAX_TEXT) return HEWAL_ETOOBIG;
    if (!model->orth) return HEWAL_EFORMAT;
    return convert(model, NULL, len ? text : "", len, out, false);
}
