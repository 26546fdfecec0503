/* In: text in one script. Out: the same in the other.
 *
 * Arabic script writes u and w, î and y with one letter each, and the short i (bizroke) not at all. A glide is a consonant
 * beside a vowel, else a vowel; the short i is put where a run of consonants would not be a syllable. */
#include "morph/translit.h"

#include "base/buf.h"
#include "base/utf8.h"
#include "text/text.h"
#include <string.h>

enum { KIND_NONE, KIND_CONSONANT, KIND_VOWEL, KIND_GLIDE, KIND_BEARER, KIND_MARK };
typedef struct { uint8_t kind; const char *latin, *vowel; } letter;
typedef struct {
    letter at[256], pair; /* of U+0600 + i; pair: the vowel written with one letter twice */
    uint32_t pair_of;
    bool english;
} alphabet;

static uint32_t decode(const char *s, size_t n, size_t *i)
{
    uint32_t cp;
    *i += hw_utf8_decode(s + *i, n - *i, &cp);
    return cp;
}

static uint8_t kind_of(const char *s)
{
    return *s == 'c' ? KIND_CONSONANT : *s == 'v' ? KIND_VOWEL : *s == 'g' ? KIND_GLIDE : *s == 'h' ? KIND_BEARER : KIND_MARK;
}

static void read_alphabet(const hewal_model *m, bool english, alphabet *out)
{
    hw_table t = hw_model_table(m, "translit");
    int arabic = hw_column(&t, "arabic"), kind = hw_column(&t, "kind");
    int latin = hw_column(&t, english ? "english" : "latin"), vowel = hw_column(&t, english ? "english_vowel" : "latin_vowel");
    memset(out, 0, sizeof *out);
    out->english = english;
    for (uint32_t r = 0; r < t.n_rows; r++) {
        const char *s = hw_cell(&t, r, arabic);
        size_t n = strlen(s), i = 0;
        if (!n) continue;
        uint32_t cp = decode(s, n, &i);
        letter l = {kind_of(hw_cell(&t, r, kind)), hw_cell(&t, r, latin), hw_cell(&t, r, vowel)};
        if (i < n) {
            out->pair_of = cp;
            out->pair = l;
        } else if (cp >= 0x600 && cp <= 0x6FF) {
            out->at[cp - 0x600] = l;
        }
    }
}

/* ---- into Latin ---------------------------------------------------------------------------------------------------- */

typedef struct { const char *text; bool vowel, glide; } sound;
#define SOUNDS_MAX (HW_WORD_MAX + 2)

static bool is_vowel_letter(const alphabet *al, uint32_t cp)
{
    return cp >= 0x600 && cp <= 0x6FF && al->at[cp - 0x600].kind == KIND_VOWEL;
}

static unsigned sounds_of(const alphabet *al, const char *s, size_t n, sound *out)
{
    uint32_t cp[SOUNDS_MAX];
    unsigned k = 0, o = 0;
    for (size_t i = 0; i < n && k < SOUNDS_MAX;) cp[k++] = decode(s, n, &i);
    for (unsigned i = 0; i < k; i++) {
        const letter *l = cp[i] >= 0x600 && cp[i] <= 0x6FF ? &al->at[cp[i] - 0x600] : NULL;
        if (!l || !l->kind || l->kind == KIND_MARK || l->kind == KIND_BEARER) continue;
        bool after_vowel = o && out[o - 1].vowel, before_vowel = i + 1 < k && is_vowel_letter(al, cp[i + 1]);
        if (al->pair_of == cp[i] && i + 1 < k && cp[i + 1] == cp[i]) {
            bool next = i + 2 < k && is_vowel_letter(al, cp[i + 2]);
            if (!after_vowel && !(next && !o)) {
                out[o++] = (sound){al->pair.latin, true, false};
                i++;
                continue;
            }
        }
        if (l->kind == KIND_GLIDE) {
            bool consonant = after_vowel || before_vowel;
            /* a glide letter twice: vowel and consonant (iy), or consonant and vowel after a vowel (yî) */
            if (!after_vowel && i + 1 < k && cp[i + 1] == cp[i]) consonant = false;
            else if (!o && i + 1 < k && !before_vowel && k > 1) consonant = cp[0] == cp[i] && i == 0 && al->at[cp[i] - 0x600].kind == KIND_GLIDE;
            if (k == 1) consonant = false;
            out[o++] = (sound){consonant ? l->latin : l->vowel, !consonant, consonant};
        } else {
            out[o++] = (sound){l->latin, l->kind == KIND_VOWEL, false};
        }
    }
    return o;
}

/* How open a consonant is: sequences that close may end a syllable (ng, rd, st). By its first Latin letter. */
static int openness(const sound *s)
{
    if (s->glide) return 4;
    switch (s->text[0]) {
    case 'r': case 'l': return 3;
    case 'm': case 'n': return 2;
    case 's': case 'z': case 'x': case 'f': case 'v': case 'h': case 'j': case '\'': case (char)0xC5: case (char)0xE1: return 1;
    default: return 0;
    }
}

/* Marks in `gap` where a short i is spoken before a sound. From the right: a vowel takes one consonant before it; what is
 * left must close behind the vowel before, at most two consonants that get less open; else the last of them is given an i. */
static void find_gaps(const sound *s, unsigned n, bool *gap)
{
    for (unsigned end = n; end;) {
        unsigned first = end; /* consonants s[first..end) before a vowel or the end */
        while (first && !s[first - 1].vowel) first--;
        unsigned left = end - first;
        bool vowel_after = end < n, vowel_before = first > 0;
        if (vowel_after && left) left--;
        if (!vowel_before && vowel_after && left == 1 &&
            (s[first + 1].glide || (openness(&s[first]) == 1 && openness(&s[first + 1]) == 0)))
            left = 0; /* xwa-, sta- */
        while (left) {
            unsigned last = first + left - 1;
            if (vowel_before && left == 1) break;
            if (vowel_before && left == 2 && openness(&s[last - 1]) >= openness(&s[last]) && openness(&s[last]) < 2) break;
            if (left == 1) { /* alone before the first vowel's consonant: an i behind it */
                gap[last + 1] = true;
                break;
            }
            if (vowel_before && left == 2 && vowel_after) { /* V c c C V: the second opens a syllable of its own */
                gap[last + 1] = true;
                left -= 1;
                continue;
            }
            gap[last] = true;
            left -= 2;
        }
        end = first;
        while (end && s[end - 1].vowel) end--;
    }
}

static void put_word(const alphabet *al, hw_buf *b, const char *s, size_t n, bool capital)
{
    sound sounds[SOUNDS_MAX];
    bool gap[SOUNDS_MAX + 1] = {false};
    unsigned k = sounds_of(al, s, n, sounds);
    find_gaps(sounds, k, gap);
    bool begun = false;
    for (unsigned i = 0; i < k; i++) {
        if (gap[i]) hw_putc(b, 'i');
        const char *t = sounds[i].text;
        if (!*t) continue;
        if (!begun && t[0] == t[1] && t[0]) t++; /* rr at the beginning is r */
        if (!begun && capital && *t >= 'a' && *t <= 'z') {
            hw_putc(b, (char)(*t - 'a' + 'A'));
            t++;
        }
        begun = true;
        hw_puts(b, t);
    }
}

static void put_other(const alphabet *al, hw_buf *b, const char *s, size_t n)
{
    for (size_t i = 0; i < n;) {
        size_t at = i;
        uint32_t cp = decode(s, n, &i);
        const letter *l = cp >= 0x600 && cp <= 0x6FF ? &al->at[cp - 0x600] : NULL;
        if (l && l->kind == KIND_MARK) hw_puts(b, l->latin);
        else hw_put(b, s + at, i - at);
    }
}

static void to_latin(const hewal_model *m, hw_arena *a, const char *s, size_t n, bool english, hw_buf *b)
{
    alphabet al;
    read_alphabet(m, english, &al);
    hw_token t;
    size_t at = 0, done = 0;
    while (hw_next_token(m, a, s, n, &at, &t)) {
        hw_put(b, s + done, t.b - done);
        done = t.e;
        if (t.kind == HW_WORD) put_word(&al, b, t.norm, t.norm_len, english);
        else if (t.kind == HW_NUMBER) hw_put(b, t.fold, t.fold_len);
        else put_other(&al, b, s + t.b, t.e - t.b);
    }
    hw_put(b, s + done, n - done);
}

const char *hw_latin(const hewal_model *m, hw_arena *a, const char *s, size_t n)
{
    hewal_string str = {0};
    hw_buf b = hw_buf_on(&str);
    to_latin(m, a, s, n, true, &b);
    const char *out = hw_strndup(a, str.s ? str.s : s, str.s ? str.len : n);
    hewal_string_free(&str);
    return out;
}

/* ---- into Arabic --------------------------------------------------------------------------------------------------- */

static uint32_t lower(uint32_t cp)
{
    if (cp >= 'A' && cp <= 'Z') return cp + 32;
    if (cp >= 0xC0 && cp <= 0xDE && cp != 0xD7) return cp + 32;
    if ((cp >= 0x15A && cp <= 0x17E) || (cp >= 0x1E00 && cp <= 0x1E95)) return cp | 1;
    return cp;
}

typedef struct { const char *arabic, *latin; uint8_t kind; bool vowel; } spelling;

/* The longest row that s[0..n) (lower case) begins with. */
static spelling longest(const hw_table *t, const char *s, size_t n, size_t *len)
{
    int arabic = hw_column(t, "arabic"), kind = hw_column(t, "kind"), latin = hw_column(t, "latin"), vowel = hw_column(t, "latin_vowel");
    spelling best = {NULL, NULL, 0, false};
    *len = 0;
    for (uint32_t r = 0; r < t->n_rows; r++)
        for (int v = 0; v < 2; v++) {
            const char *l = hw_cell(t, r, v ? vowel : latin);
            size_t k = strlen(l);
            if (!k || k <= *len || k > n || memcmp(s, l, k)) continue;
            *len = k;
            uint8_t kd = kind_of(hw_cell(t, r, kind));
            best = (spelling){hw_cell(t, r, arabic), l, kd, v || kd == KIND_VOWEL};
        }
    return best;
}

static void word_to_arabic(const hewal_model *m, hw_arena *a, const hw_table *t, const char *s, size_t n, hw_buf *b)
{
    char *low = hw_alloc(a, n * 2 + 8);
    size_t k = 0;
    hw_buf word;
    hewal_string str = {0};
    for (size_t i = 0; i < n;) {
        uint32_t cp = decode(s, n, &i);
        k += hw_utf8_encode(cp == HW_BROKEN ? 0xFFFD : lower(cp), low + k);
    }
    word = hw_buf_on(&str);
    const char *bearer = "";
    for (uint32_t r = 0; r < t->n_rows; r++)
        if (kind_of(hw_cell(t, r, hw_column(t, "kind"))) == KIND_BEARER) bearer = hw_cell(t, r, hw_column(t, "arabic"));
    bool begin = true, after_vowel = false;
    for (size_t i = 0; i < k;) {
        size_t len;
        spelling sp = longest(t, low + i, k - i, &len);
        if (!len) {
            uint32_t cp;
            len = hw_utf8_decode(low + i, k - i, &cp);
            if (cp == 'i') { /* the short i is not written, but for its bearer at the beginning */
                if (begin) hw_puts(&word, bearer);
            } else {
                hw_put(&word, low + i, len);
            }
            after_vowel = false;
        } else {
            if (sp.vowel && (begin || after_vowel)) hw_puts(&word, bearer);
            hw_puts(&word, sp.arabic);
            after_vowel = sp.vowel;
        }
        begin = false;
        i += len;
    }
    if (str.len) {
        hw_spelling norm = hw_orth_word(m->orth, a, str.s, str.len); /* writes the trill at the beginning */
        hw_put(b, norm.norm, norm.norm_len);
    }
    hewal_string_free(&str);
}

static void to_arabic(const hewal_model *m, hw_arena *a, const char *s, size_t n, hw_buf *b)
{
    hw_table table = hw_model_table(m, "translit");
    int arabic = hw_column(&table, "arabic"), kind = hw_column(&table, "kind"), latin = hw_column(&table, "latin");
    hw_token t;
    size_t at = 0, done = 0;
    while (hw_next_token(m, a, s, n, &at, &t)) {
        hw_put(b, s + done, t.b - done);
        done = t.e;
        if (t.kind == HW_LATIN) {
            word_to_arabic(m, a, &table, s + t.b, t.e - t.b, b);
            continue;
        }
        const char *as = NULL;
        for (uint32_t r = 0; t.kind == HW_PUNCT && r < table.n_rows; r++) {
            const char *l = hw_cell(&table, r, latin);
            if (kind_of(hw_cell(&table, r, kind)) == KIND_MARK && strlen(l) == t.e - t.b && !memcmp(l, s + t.b, t.e - t.b)) as = hw_cell(&table, r, arabic);
        }
        if (as) hw_puts(b, as);
        else hw_put(b, s + t.b, t.e - t.b);
    }
    hw_put(b, s + done, n - done);
}

/* ---- the public functions ------------------------------------------------------------------------------------------ */

static hewal_status convert(const hewal_model *m, const char *text, size_t len, hewal_string *out, bool latin)
{
    if (len > HEWAL_MAX_TEXT) return HEWAL_ETOOBIG;
    hw_arena a;
    hw_arena_init(&a);
    if (hw_arena_guard(&a)) {
        hw_arena_free(&a);
        return HEWAL_ENOMEM;
    }
    hw_buf b = hw_buf_on(out);
    if (latin) to_latin(m, &a, text, len, false, &b);
    else to_arabic(m, &a, text, len, &b);
    hw_arena_free(&a);
    return hw_buf_ok(&b) ? HEWAL_OK : HEWAL_ENOMEM;
}

hewal_status hewal_to_latin(const hewal_model *model, const char *text, size_t len, hewal_string *out)
{
    return convert(model, text, len, out, true);
}

hewal_status hewal_to_arabic(const hewal_model *model, const char *text, size_t len, hewal_string *out)
{
    return convert(model, text, len, out, false);
}
