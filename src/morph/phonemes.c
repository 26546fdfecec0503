/* Phonemes of words: the best sequence of sounds under a linear model, found over the states of the syllable being made
 * (Viterbi). A state: the consonants since the last vowel, what that vowel was, whether a glide still waits for its vowel.
 * train/phonemes learns the weights and reads words in the same way: change both together. */
#include "morph/phonemes.h"

#include "base/hash.h"
#include "base/utf8.h"
#include <stdlib.h>
#include <string.h>

enum { MAX_LETTERS = 60, MAX_CHOICES = 4, MAX_TEMPLATES = 56, N_ENDS = 8, N_LABELS = 31, N_STATES = 30, EDGE = 63, SOME_BITS = 19, NONE = 255 };

typedef struct { uint8_t at, len; bool vowel, glued; } phone;
typedef struct {
    char text[13];
    phone phones[3];
    uint8_t n, label; /* label 0: the weights say nothing of it */
    uint8_t next[N_STATES]; /* the state after it, NONE where it cannot stand */
    bool open;              /* begins with a vowel */
    bool ends;              /* a consonant and bizroke */
    bool closes, waits;     /* ends with a vowel; with a glide that waits for one */
} choice;

typedef struct {
    uint32_t cp[3];
    uint8_t n_cp, code; /* code: of the letter that it stands for */
    int8_t next;        /* another one that begins with the same character, shorter ones later; -1 none */
} spelling;

typedef struct {
    choice c[MAX_CHOICES];
    uint8_t n, class, fine;
    bool vowel, consonant; /* whatever it sounds like, a vowel, or a consonant, comes first */
} letter;
typedef struct { int8_t from, to; bool classes, state; char name[12]; } template;
typedef struct { uint64_t key; int32_t weight; } weight;
typedef struct { uint64_t hash; const char *phonemes; } exception;

struct hw_phonemes {
    letter letters[MAX_LETTERS + 1]; /* by code, from 1 */
    spelling spellings[2 * MAX_LETTERS];
    int8_t first[256]; /* by U+0600 + i: the longest spelling that begins with it */
    template templates[MAX_TEMPLATES];
    unsigned n_letters, n_spellings, n_templates, n_labels, n_words;
    const char *labels[N_LABELS + 1];
    exception words[64];
    uint8_t order[2][MAX_TEMPLATES], n_order[2]; /* templates without and with the state */
    weight *weights;
    uint64_t mask;
    uint64_t some[1u << (SOME_BITS - 6)]; /* a bit for each hash of a key: most features have no weight, this tells soon */
};

/* ---- keys: template, state, sound, letters ------------------------------------------------------------------------ */

static inline uint64_t feature_key(unsigned template_no, unsigned state, unsigned label, uint64_t letters)
{
    return ((((uint64_t)template_no + 1) << 9 | (uint64_t)state << 5 | label) << 48) | letters;
}

static inline uint64_t hash_of(uint64_t key)
{
    key = (key ^ key >> 31) * UINT64_C(0x9E3779B97F4A7C15);
    return key ^ key >> 29;
}

static inline int32_t weight_of(const hw_phonemes *p, uint64_t key)
{
    uint64_t h = hash_of(key), bit = h >> (64 - SOME_BITS);
    if (!(p->some[bit >> 6] >> (bit & 63) & 1)) return 0;
    for (uint64_t i = h >> 40 & p->mask;; i = (i + 1) & p->mask) {
        if (p->weights[i].key == key) return p->weights[i].weight;
        if (!p->weights[i].key) return 0;
    }
}

static inline unsigned pend_of(unsigned state) { return state % 15 / 3; }
static inline unsigned kind_of(unsigned state) { return state % 3; }
static inline unsigned glue_of(unsigned state) { return state / 15; }

/* ---- the tables --------------------------------------------------------------------------------------------------- */

static unsigned after(const choice *c, unsigned state)
{
    unsigned pend = pend_of(state), kind = kind_of(state), glue = glue_of(state);
    for (unsigned i = 0; i < c->n; i++) {
        const phone *ph = &c->phones[i];
        if (ph->vowel) {
            unsigned onset = pend - (glue ? 1 : 0);
            if ((!onset && kind) || onset > (kind ? 3u : 1u)) return NONE;
            pend = 0, glue = 0;
            kind = c->text[ph->at] == 'i' ? 2 : 1;
        } else {
            if (glue || (ph->glued && !pend) || pend == 4) return NONE;
            pend++;
            glue = ph->glued;
        }
    }
    return glue * 15 + pend * 3 + kind;
}

/* The vowels among the phonemes: a e i u, and those with a circumflex, and o. */
static bool is_vowel(const char *s, size_t len)
{
    if (len == 1) return strchr("aeiuo", *s) != NULL;
    return len == 2 && (!memcmp(s, "\xC3\xAE", 2) || !memcmp(s, "\xC3\xAA", 2) || !memcmp(s, "\xC3\xBB", 2));
}

static bool add_choice(letter *l, const char *text, size_t n, bool group)
{
    choice *c = &l->c[l->n];
    bool glued = false;
    if (n >= sizeof c->text) return false;
    memcpy(c->text, text, n);
    for (size_t at = 0; at < n;) {
        uint32_t cp;
        size_t k = hw_utf8_decode(text + at, n - at, &cp);
        if (cp == '+') {
            glued = true;
        } else {
            if (c->n == 3 || k > 3) return false;
            c->phones[c->n++] = (phone){(uint8_t)at, (uint8_t)k, is_vowel(text + at, k), glued};
            glued = false;
        }
        at += k;
    }
    if (!c->n || glued) return false;
    c->open = c->phones[0].vowel;
    c->closes = c->phones[c->n - 1].vowel;
    c->waits = c->phones[c->n - 1].glued;
    c->ends = !group && c->n > 1 && text[c->phones[c->n - 1].at] == 'i';
    for (unsigned s = 0; s < N_STATES; s++) c->next[s] = (uint8_t)after(c, s);
    l->n++;
    return true;
}

static uint8_t label_of(hw_phonemes *p, const char *text, bool make)
{
    for (unsigned i = 1; i <= p->n_labels; i++)
        if (!strcmp(p->labels[i], text)) return (uint8_t)i;
    if (!make || p->n_labels == N_LABELS) return 0;
    p->labels[++p->n_labels] = text;
    return (uint8_t)p->n_labels;
}

static bool read_letter(hw_phonemes *p, const char *sounds, const char *class, const char *fine, bool group)
{
    letter *l = &p->letters[p->n_letters];
    l->class = (uint8_t)(*class & 63);
    l->fine = (uint8_t)(*fine & 63);
    for (const char *s = sounds; *s;) {
        size_t k = strcspn(s, " ");
        if (l->n == MAX_CHOICES || !add_choice(l, s, k, group)) return false;
        s += k + (s[k] == ' ');
    }
    l->vowel = l->consonant = true;
    for (unsigned i = 0; i < l->n; i++) {
        if (l->c[i].open) l->consonant = false;
        else l->vowel = false;
    }
    for (unsigned i = 0; i < l->n; i++) {
        bool one = !group && l->n == 2;
        if (l->n == 1 || (one && i == 0)) continue;
        l->c[i].label = label_of(p, one ? "i" : l->c[i].text, true);
        if (!l->c[i].label) return false;
    }
    return l->n > 0;
}

static bool read_spelling(hw_phonemes *p, const char *s)
{
    if (p->n_spellings == 2 * MAX_LETTERS) return false;
    spelling *x = &p->spellings[p->n_spellings];
    *x = (spelling){.next = -1};
    for (size_t n = strlen(s); n;) {
        if (x->n_cp == 3) return false;
        size_t k = hw_utf8_decode(s, n, &x->cp[x->n_cp++]);
        s += k, n -= k;
    }
    if (!x->n_cp || x->cp[0] < 0x600 || x->cp[0] > 0x6FF) return false;
    int8_t *at = &p->first[x->cp[0] - 0x600];
    while (*at >= 0 && p->spellings[*at].n_cp > x->n_cp) at = &p->spellings[*at].next;
    x->next = *at;
    *at = (int8_t)p->n_spellings++;
    return true;
}

/* The letter that s[0..n) begins with; *len its bytes. 0: none, and *len those of what is no letter. */
static unsigned next_letter(const hw_phonemes *p, const char *s, size_t n, size_t *len)
{
    uint32_t cp;
    size_t first = hw_utf8_decode(s, n, &cp);
    *len = first;
    if (cp < 0x600 || cp > 0x6FF) return 0;
    for (int i = p->first[cp - 0x600]; i >= 0; i = p->spellings[i].next) {
        const spelling *x = &p->spellings[i];
        size_t at = first;
        unsigned k = 1;
        for (; k < x->n_cp && at < n; k++) {
            at += hw_utf8_decode(s + at, n - at, &cp);
            if (cp != x->cp[k]) break;
        }
        if (k < x->n_cp) continue;
        *len = at;
        return x->code;
    }
    return 0;
}

static bool read_letters(hw_phonemes *p, const hw_table *t)
{
    int name = hw_column(t, "letter"), sounds = hw_column(t, "sounds"), class = hw_column(t, "class"), fine = hw_column(t, "fine"),
        as = hw_column(t, "as");
    memset(p->first, -1, sizeof p->first);
    for (uint32_t r = 0; r < t->n_rows; r++) {
        const char *s = hw_cell(t, r, name), *other = hw_cell(t, r, as);
        unsigned code;
        size_t len;
        if (*other) {
            code = next_letter(p, other, strlen(other), &len);
        } else {
            if (p->n_letters == MAX_LETTERS) return false;
            code = ++p->n_letters;
        }
        if (!code || !read_spelling(p, s)) return false;
        spelling *x = &p->spellings[p->n_spellings - 1];
        x->code = (uint8_t)code;
        if (!*other && !read_letter(p, hw_cell(t, r, sounds), hw_cell(t, r, class), hw_cell(t, r, fine), x->n_cp > 1)) return false;
    }
    return p->n_letters > 0;
}

/* "l-1:2", "K3" */
static int template_named(hw_phonemes *p, const char *name)
{
    if (*name == 'K') return name[1] > '0' && name[1] < '0' + N_ENDS ? MAX_TEMPLATES + (name[1] - '0') - 1 : -1;
    for (unsigned i = 0; i < p->n_templates; i++)
        if (!strcmp(p->templates[i].name, name)) return (int)i;
    char *end;
    long from = strtol(name + 1, &end, 10), to = *end == ':' ? strtol(end + 1, &end, 10) : 99;
    if (p->n_templates == MAX_TEMPLATES || !strchr("lcLC", *name) || *end || from < -4 || to > 4 || to - from > 6 || strlen(name) > 11) return -1;
    template *x = &p->templates[p->n_templates];
    *x = (template){.from = (int8_t)from, .to = (int8_t)to, .classes = *name == 'c' || *name == 'C', .state = *name == 'L' || *name == 'C'};
    memcpy(x->name, name, strlen(name) + 1);
    p->order[x->state][p->n_order[x->state]++] = (uint8_t)p->n_templates;
    return (int)p->n_templates++;
}

/* The letters, or classes where `classes`, of a feature; false when one is unknown. The end of a syllable in K2, K3 and K7
 * is in fine classes, K3's and K7's last in the others: all are one character. */
static bool read_context(const hw_phonemes *p, const char *s, bool classes, uint64_t *out)
{
    *out = 0;
    for (unsigned k = 0; *s; k++) {
        size_t n = strcspn(s, " "), len;
        unsigned code = n == 1 && *s == '#' ? (classes ? '#' & 63u : (unsigned)EDGE) : classes ? (unsigned)*s & 63u : next_letter(p, s, n, &len);
        if (!code || k == 8) return false;
        *out = *out << 6 | code;
        s += n + (s[n] == ' ');
    }
    return true;
}

static bool read_weights(hw_phonemes *p, const hw_table *t)
{
    int name = hw_column(t, "feature"), letters = hw_column(t, "letters"), state = hw_column(t, "state"), sound = hw_column(t, "sound"),
        value = hw_column(t, "weight");
    const char *last_name = NULL;
    int no = -1;
    for (uint32_t r = 0; r < t->n_rows; r++) {
        const char *f = hw_cell(t, r, name), *l = hw_cell(t, r, sound);
        if (f != last_name) no = template_named(p, f);
        last_name = f;
        bool ends = no >= MAX_TEMPLATES;
        bool classes = ends ? strchr("237", f[1]) != NULL : no >= 0 && p->templates[no].classes;
        unsigned label = *l ? label_of(p, l, false) : 0;
        uint64_t context;
        if (no < 0 || !read_context(p, hw_cell(t, r, letters), classes, &context)) return false;
        if (!label && !ends) return false;
        uint64_t key = feature_key((unsigned)no, (unsigned)strtoul(hw_cell(t, r, state), NULL, 10) & 15, label, context);
        uint64_t h = hash_of(key), bit = h >> (64 - SOME_BITS), i = h >> 40 & p->mask;
        p->some[bit >> 6] |= UINT64_C(1) << (bit & 63);
        while (p->weights[i].key) i = (i + 1) & p->mask;
        p->weights[i] = (weight){key, (int32_t)strtol(hw_cell(t, r, value), NULL, 10)};
    }
    return true;
}

static bool read_words(hw_phonemes *p, const hw_table *t)
{
    int word = hw_column(t, "word"), phonemes = hw_column(t, "phonemes");
    if (t->n_rows > sizeof p->words / sizeof *p->words) return false;
    for (uint32_t r = 0; r < t->n_rows; r++) {
        const char *s = hw_cell(t, r, word);
        p->words[p->n_words++] = (exception){hw_hash(s, strlen(s)), hw_cell(t, r, phonemes)};
    }
    return true;
}

hewal_status hw_phonemes_new(hw_phonemes **out, const hewal_model *m, hewal_error *err)
{
    hw_table letters = hw_model_table(m, "phoneme-letters"), words = hw_model_table(m, "phoneme-words"),
             weights = hw_model_table(m, "phoneme-weights");
    *out = NULL;
    hw_phonemes *p = calloc(1, sizeof *p);
    if (!p) return hw_fail(err, HEWAL_ENOMEM, "out of memory");
    uint64_t size = 1024;
    while (size < (uint64_t)weights.n_rows * 2) size *= 2;
    p->mask = size - 1;
    p->weights = calloc(size, sizeof *p->weights);
    if (!p->weights) {
        free(p);
        return hw_fail(err, HEWAL_ENOMEM, "out of memory");
    }
    if (!read_letters(p, &letters) || !read_weights(p, &weights) || !read_words(p, &words)) {
        hw_phonemes_free(p);
        return hw_fail(err, HEWAL_EFORMAT, "the model's tables of phonemes are missing or broken");
    }
    *out = p;
    return HEWAL_OK;
}

void hw_phonemes_free(hw_phonemes *p)
{
    if (!p) return;
    free(p->weights);
    free(p);
}

/* ---- a word ------------------------------------------------------------------------------------------------------- */

typedef struct {
    const hw_phonemes *p;
    unsigned n;
    const uint8_t *code;
    const uint64_t *codes, *classes, *fine; /* of letters -1 to n, the ones before packed in: what lies outside is an edge */
    uint8_t from[HW_MAX_SOUNDS + 1][N_STATES], chosen[HW_MAX_SOUNDS + 1][N_STATES];
    uint64_t context[MAX_TEMPLATES]; /* of the letter at hand; UINT64_MAX where it reaches too far */
} word;

/* The last n of those packed in v. */
static inline uint64_t last(uint64_t v, unsigned n) { return v & ((UINT64_C(1) << 6 * n) - 1); }

/* The contexts of letter i, each template's letters packed. */
static void read_contexts(word *w, unsigned i)
{
    const hw_phonemes *p = w->p;
    for (unsigned k = 0; k < p->n_templates; k++) {
        const template *t = &p->templates[k];
        int a = (int)i + t->from, b = (int)i + t->to;
        bool far = a < -1 || b > (int)w->n;
        w->context[k] = far ? UINT64_MAX : last((t->classes ? w->classes : w->codes)[far ? 0 : b], (unsigned)(b - a + 1));
    }
}

static int32_t context_score(const word *w, unsigned label, bool by_state, unsigned state)
{
    int32_t sum = 0;
    for (unsigned o = 0; o < w->p->n_order[by_state]; o++) {
        unsigned k = w->p->order[by_state][o];
        if (w->context[k] != UINT64_MAX) sum += weight_of(w->p, feature_key(k, state, label, w->context[k]));
    }
    return sum;
}

/* What speaks for the end of a syllable that `c` of letter i brings to light; c NULL: the end of the word. */
static int32_t end_score(const word *w, unsigned i, unsigned state, const choice *c)
{
    unsigned n = pend_of(state), kind = kind_of(state), onset = 0;
    if (c && c->open) onset = glue_of(state) ? 2 : 1;
    else if (c && !c->ends) return 0;
    if (!kind || n <= onset) return 0;
    n -= onset;
    unsigned on = i - onset;
    uint64_t letters = last(w->codes[on - 1], n), next = last(w->codes[on], n + 1);
    uint64_t fine = last(w->fine[on - 1], n), next_class = fine << 6 | last(w->classes[on], 1);
    enum { K = MAX_TEMPLATES - 1 };
    if (n == 1) return weight_of(w->p, feature_key(K + 6, kind, 0, next)) + weight_of(w->p, feature_key(K + 7, kind, 0, next_class));
    return weight_of(w->p, feature_key(K + 1, 0, 0, letters)) + weight_of(w->p, feature_key(K + 2, 0, 0, fine)) +
           weight_of(w->p, feature_key(K + 3, kind, 0, next_class)) + weight_of(w->p, feature_key(K + 4, 0, 0, next)) +
           weight_of(w->p, feature_key(K + 5, n * 3 + kind, 0, 0));
}

#define DEAD INT32_MIN
#define MARGIN 1000 /* a state so much worse than the best is given up */

/* Whether `c` can stand before the letter that follows. */
static bool may_stand(const choice *c, const letter *next)
{
    return !next || !((c->closes && next->vowel) || (c->waits && next->consonant));
}

/* One letter further. False when no sound of it can follow. */
static bool advance(word *w, unsigned i, const int32_t *now, int32_t *then)
{
    const letter *l = &w->p->letters[w->code[i]];
    const letter *following = i + 1 < w->n ? &w->p->letters[w->code[i + 1]] : NULL;
    unsigned ways = 0;
    bool can[MAX_CHOICES];
    for (unsigned c = 0; c < l->n; c++) can[c] = may_stand(&l->c[c], following);
    for (unsigned s = 0; s < N_STATES; s++) then[s] = DEAD;
    for (unsigned s = 0; s < N_STATES && ways < 2; s++)
        for (unsigned c = 0; now[s] != DEAD && c < l->n; c++) ways += can[c] && l->c[c].next[s] != NONE;
    if (!ways) return false;
    bool score = ways > 1; /* a single way needs no weighing */
    if (score && l->n > 1) read_contexts(w, i);
    for (unsigned c = 0; c < l->n; c++) {
        const choice *x = &l->c[c];
        if (!can[c]) continue;
        bool based = false;
        int32_t base = 0;
        for (unsigned s = 0; s < N_STATES; s++) {
            unsigned to = x->next[s];
            if (now[s] == DEAD || to == NONE) continue;
            int32_t z = now[s];
            if (score && x->label) {
                if (!based) base = context_score(w, x->label, false, 0);
                based = true;
                z += base + context_score(w, x->label, true, s % 15);
            }
            if (score) z += end_score(w, i, s, x);
            if (then[to] != DEAD && then[to] >= z) continue;
            then[to] = z;
            w->from[i + 1][to] = (uint8_t)s;
            w->chosen[i + 1][to] = (uint8_t)c;
        }
    }
    return true;
}

/* A vowel after a vowel: the best state goes on, and a new syllable begins. */
static void force(word *w, unsigned i, const int32_t *now, int32_t *then)
{
    const letter *l = &w->p->letters[w->code[i]];
    unsigned best = 0, last = l->c[0].n - 1u;
    for (unsigned s = 1; s < N_STATES; s++)
        if (now[s] > now[best]) best = s;
    unsigned to = l->c[0].phones[last].vowel ? 1 : 4;
    then[to] = now[best];
    w->from[i + 1][to] = (uint8_t)best;
    w->chosen[i + 1][to] = 0;
}

static void decide(word *w, const choice **out)
{
    int32_t scores[2][N_STATES], *now = scores[0], *then = scores[1];
    for (unsigned s = 0; s < N_STATES; s++) now[s] = s ? DEAD : 0;
    for (unsigned i = 0; i < w->n; i++) {
        if (!advance(w, i, now, then)) force(w, i, now, then);
        int32_t *other = now, most = DEAD;
        now = then;
        then = other;
        for (unsigned s = 0; s < N_STATES; s++)
            if (now[s] > most) most = now[s];
        for (unsigned s = 0; s < N_STATES; s++)
            if (now[s] != DEAD && now[s] < most - MARGIN) now[s] = DEAD;
    }
    unsigned best = N_STATES;
    int32_t most = DEAD;
    for (int strict = 1; strict >= 0 && best == N_STATES; strict--)
        for (unsigned s = 0; s < N_STATES; s++) {
            if (now[s] == DEAD || (strict && (glue_of(s) || pend_of(s) > 2 || !kind_of(s)))) continue;
            int32_t z = now[s] + end_score(w, w->n, s, NULL);
            if (best != N_STATES && z <= most) continue;
            best = s;
            most = z;
        }
    for (unsigned i = w->n; i; i--) {
        out[i - 1] = &w->p->letters[w->code[i - 1]].c[w->chosen[i][best]];
        best = w->from[i][best];
    }
}

static unsigned choices(const hw_phonemes *p, const char *s, size_t n, hw_sound *out, const choice **chosen, size_t *used)
{
    uint8_t code[HW_MAX_SOUNDS + 2];
    uint64_t codes[HW_MAX_SOUNDS + 2], classes[HW_MAX_SOUNDS + 2], fine[HW_MAX_SOUNDS + 2];
    codes[0] = EDGE;
    classes[0] = fine[0] = '#' & 63;
    unsigned k = 0;
    size_t at = 0, len;
    for (; at < n && k < HW_MAX_SOUNDS; at += len) {
        unsigned c = next_letter(p, s + at, n - at, &len);
        if (!c) continue;
        out[k] = (hw_sound){(uint32_t)at, (uint32_t)(at + len), ""};
        code[++k] = (uint8_t)c;
        codes[k] = codes[k - 1] << 6 | c;
        classes[k] = classes[k - 1] << 6 | p->letters[c].class;
        fine[k] = fine[k - 1] << 6 | p->letters[c].fine;
    }
    *used = at;
    if (!k) return 0;
    codes[k + 1] = codes[k] << 6 | EDGE;
    classes[k + 1] = classes[k] << 6 | ('#' & 63);
    word w;
    w.p = p;
    w.n = k;
    w.code = code + 1;
    w.codes = codes + 1;
    w.classes = classes + 1;
    w.fine = fine + 1;
    decide(&w, chosen);
    for (unsigned i = 0; i < k; i++) out[i].sound = chosen[i]->text;
    return k;
}

unsigned hw_sounds(const hw_phonemes *p, const char *s, size_t n, hw_sound out[HW_MAX_SOUNDS], size_t *used)
{
    const choice *chosen[HW_MAX_SOUNDS];
    return choices(p, s, n, out, chosen, used);
}

/* ---- writing ------------------------------------------------------------------------------------------------------ */

static const char *exceptional(const hw_phonemes *p, const char *s, size_t n)
{
    uint64_t h = n <= 16 && p->n_words ? hw_hash(s, n) : 0;
    for (unsigned i = 0; h && i < p->n_words; i++)
        if (p->words[i].hash == h) return p->words[i].phonemes;
    return NULL;
}

/* Where syllables begin: at a vowel's consonant, or the two of which the second is a glide in the onset. */
static unsigned write_syllables(const choice *const *chosen, unsigned n, hw_buf *b)
{
    const choice *of[HW_MAX_SOUNDS * 3];
    const phone *phones[HW_MAX_SOUNDS * 3];
    bool begins[HW_MAX_SOUNDS * 3] = {false};
    unsigned k = 0, syllables = 0, last = 0;
    for (unsigned i = 0; i < n; i++)
        for (unsigned j = 0; j < chosen[i]->n; j++, k++) {
            of[k] = chosen[i];
            phones[k] = &chosen[i]->phones[j];
            if (!phones[k]->vowel) continue;
            unsigned at = k;
            if (syllables) {
                if (at > last + 1) at--;
                if (at > last + 1 && at < k && phones[at]->glued) at--;
                begins[at] = true;
            }
            last = k;
            syllables++;
        }
    begins[0] = true;
    char text[HW_MAX_SOUNDS * 3 * 4];
    size_t len = 0;
    for (unsigned i = 0; i < k; i++) {
        if (begins[i]) text[len++] = '.';
        memcpy(text + len, of[i]->text + phones[i]->at, phones[i]->len);
        len += phones[i]->len;
    }
    hw_put(b, text, len);
    return syllables;
}

static unsigned write_word(const hw_phonemes *p, const char *s, size_t n, hw_buf *b)
{
    const char *known = exceptional(p, s, n);
    unsigned syllables = 0;
    if (known) {
        hw_puts(b, known);
        for (; *known; known++) syllables += *known == '.';
        return syllables;
    }
    hw_sound sounds[HW_MAX_SOUNDS];
    const choice *chosen[HW_MAX_SOUNDS];
    for (size_t used; n; s += used, n -= used) {
        unsigned k = choices(p, s, n, sounds, chosen, &used);
        if (k) syllables += write_syllables(chosen, k, b);
    }
    return syllables;
}

unsigned hw_phonemes_write(const hw_phonemes *p, const char *s, size_t n, hw_buf *b)
{
    unsigned syllables = 0;
    bool before = false;
    for (size_t at = 0; at < n;) {
        size_t k = 0;
        while (at + k < n && s[at + k] != ' ') k++;
        if (k && before) hw_putc(b, ' ');
        if (k) syllables += write_word(p, s + at, k, b);
        before = before || k;
        at += k + 1;
    }
    return syllables;
}
