/* In: text in Arabic script. Out: the same in Latin script.
 *
 * Arabic script writes u and w, î and y with one letter each, and the short i (bizroke) not at all. How a word sounds is
 * asked of phonemes.c, whose symbols are written as translit.tsv says. Names for English, and what has no sounds, go by
 * rules: a glide is a consonant beside a vowel, else a vowel; the short i is put where a run of consonants would not be a
 * syllable. */
#include "morph/translit.h"

#include "text/text.h"

static uint32_t decode(const char *s, size_t n, size_t *i)
{
    uint32_t cp;
    *i += hw_utf8_decode(s + *i, n - *i, &cp);
    return cp;
}

typedef struct { uint8_t kind; const char *latin, *vowel; } letter;
typedef struct {
    letter at[256], pair; /* of U+0600 + i; pair: the vowel written with one letter twice */
    uint32_t pair_of;
    bool english;
    struct { const char *symbol, *latin; size_t n; } sound[32]; /* phonemes that Latin script writes otherwise */
    unsigned n_sounds;
} alphabet;

static void read_alphabet(const hewal_model *m, bool english, alphabet *out)
{
    hw_table t = hw_model_table(m, "translit");
    int arabic = hw_column(&t, "arabic"), kind = hw_column(&t, "kind");
    int latin = hw_column(&t, english ? "english" : "latin"), vowel = hw_column(&t, english ? "english_vowel" : "latin_vowel");
    int symbol = hw_column(&t, "sound");
    memset(out, 0, sizeof *out);
    out->english = english;
    for (uint32_t r = 0; r < t.n_rows; r++) {
        const char *s = hw_cell(&t, r, arabic);
        size_t n = strlen(s), i = 0;
        if (!n) continue;
        uint32_t cp = decode(s, n, &i);
        letter l = {(uint8_t)hw_letter_kind_of(hw_cell(&t, r, kind)), hw_cell(&t, r, latin), hw_cell(&t, r, vowel)};
        if (l.kind == HW_ALSO) continue;
        const char *x = hw_cell(&t, r, symbol);
        if (*x && out->n_sounds < sizeof out->sound / sizeof *out->sound) {
            out->sound[out->n_sounds].symbol = x;
            out->sound[out->n_sounds].n = strlen(x);
            out->sound[out->n_sounds++].latin = l.latin;
        }
        if (i < n) {
            out->pair_of = cp;
            out->pair = l;
        } else if (cp >= 0x600 && cp <= 0x6FF) {
            out->at[cp - 0x600] = l;
        }
    }
}

typedef struct { const char *text; bool vowel, glide; } sound;
#define SOUNDS_MAX (HW_WORD_MAX + 2)

static bool is_vowel_letter(const alphabet *al, uint32_t cp)
{
    return cp >= 0x600 && cp <= 0x6FF && al->at[cp - 0x600].kind == HW_VOWEL;
}

static unsigned sounds_of(const alphabet *al, const char *s, size_t n, sound *out)
{
    uint32_t cp[SOUNDS_MAX];
    unsigned k = 0, o = 0;
    for (size_t i = 0; i < n && k < SOUNDS_MAX;) cp[k++] = decode(s, n, &i);
    for (unsigned i = 0; i < k; i++) {
        const letter *l = cp[i] >= 0x600 && cp[i] <= 0x6FF ? &al->at[cp[i] - 0x600] : NULL;
        if (!l || !l->kind || l->kind == HW_MARK_LETTER || l->kind == HW_BEARER) continue;
        bool after_vowel = o && out[o - 1].vowel, before_vowel = i + 1 < k && is_vowel_letter(al, cp[i + 1]);
        if (al->pair_of == cp[i] && i + 1 < k && cp[i + 1] == cp[i]) {
            bool next = i + 2 < k && is_vowel_letter(al, cp[i + 2]);
            if (!after_vowel && !(next && !o)) {
                out[o++] = (sound){al->pair.latin, true, false};
                i++;
                continue;
            }
        }
        if (l->kind == HW_GLIDE) {
            bool consonant = after_vowel || before_vowel;
            /* a glide letter twice: vowel and consonant (iy), or consonant and vowel after a vowel (yî) */
            if (!after_vowel && i + 1 < k && cp[i + 1] == cp[i]) consonant = false;
            else if (!o && i + 1 < k && !before_vowel && k > 1) consonant = cp[0] == cp[i] && i == 0 && al->at[cp[i] - 0x600].kind == HW_GLIDE;
            if (k == 1) consonant = false;
            out[o++] = (sound){consonant ? l->latin : l->vowel, !consonant, consonant};
        } else {
            out[o++] = (sound){l->latin, l->kind == HW_VOWEL, false};
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

/* One sound of phonemes.h, in Latin letters. */
static void put_sound(const alphabet *al, const char *s, bool first, hw_buf *b)
{
    if (*s == '+') s++; /* a glide in the onset of its syllable */
    while (*s) {
        size_t len = 1;
        const char *as = NULL;
        for (unsigned k = 0; k < al->n_sounds && !as; k++)
            if (!strncmp(s, al->sound[k].symbol, al->sound[k].n)) {
                as = al->sound[k].latin;
                len = al->sound[k].n;
            }
        if (as) hw_puts(b, first && as[0] && as[0] == as[1] ? as + 1 : as); /* rr at the beginning is r */
        else hw_put(b, s, len);
        first = false;
        s += len;
    }
}

/* A word as it sounds; false when it has no sounds. */
static bool put_spoken(const alphabet *al, const hw_phonemes *p, hw_buf *b, const char *s, size_t n)
{
    uint32_t cp;
    if (!p || hw_utf8_decode(s, n, &cp) >= n) return false; /* a letter alone is not read */
    bool any = false;
    for (size_t used; n; s += used, n -= used) {
        hw_sound sounds[HW_MAX_SOUNDS];
        unsigned k = hw_sounds(p, s, n, sounds, &used);
        for (unsigned i = 0; i < k; i++) put_sound(al, sounds[i].sound, !any && !i, b);
        any = any || k;
        if (!used) break;
    }
    return any;
}

static void put_other(const alphabet *al, hw_buf *b, const char *s, size_t n)
{
    for (size_t i = 0; i < n;) {
        size_t at = i;
        uint32_t cp = decode(s, n, &i);
        const letter *l = cp >= 0x600 && cp <= 0x6FF ? &al->at[cp - 0x600] : NULL;
        if (l && l->kind == HW_MARK_LETTER) hw_puts(b, l->latin);
        else hw_put(b, s + at, i - at);
    }
}

void hw_to_latin(const hewal_model *m, const hw_phonemes *p, hw_arena *a, const char *s, size_t n, bool english, hw_buf *b)
{
    alphabet al;
    read_alphabet(m, english, &al);
    hw_token t;
    size_t at = 0, done = 0;
    while (hw_next_token(m, a, s, n, &at, &t)) {
        hw_put(b, s + done, t.b - done);
        done = t.e;
        if (t.kind == HW_WORD && !english && put_spoken(&al, p, b, t.norm, t.norm_len)) continue;
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
    hw_to_latin(m, NULL, a, s, n, true, &b);
    const char *out = hw_strndup(a, str.s ? str.s : s, str.s ? str.len : n);
    hewal_string_free(&str);
    return out;
}
