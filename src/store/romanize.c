/* How names sound. In: a folded word in Kurdish or Latin script. Out: its sounds, coarse enough that the usual ways to write
 * a name in either script meet. The letters are lang/ckb/romanization.tsv (model table "romanization"). */
#include "store/inside.h"

#include "base/utf8.h"
#include <stdlib.h>
#include <string.h>

enum { BUCKETS = 128, MAX_SOUNDS = 64 };

typedef struct {
    const char *letters, *where, *sounds;
    size_t len;
    uint32_t next; /* in the bucket, + 1; the longer letters come first */
} rule;

struct hw_sounds {
    rule *v;
    uint32_t n, first[BUCKETS];
};

static uint32_t bucket_of(const char *s, size_t n)
{
    uint32_t cp;
    hw_utf8_decode(s, n, &cp);
    return cp % BUCKETS;
}

static int longer_first(const void *a, const void *b)
{
    const rule *x = a, *y = b;
    if (x->len != y->len) return x->len > y->len ? -1 : 1;
    bool xa = *x->where != 0, ya = *y->where != 0; /* rules for a place before those for any */
    return xa != ya ? (xa ? -1 : 1) : strcmp(x->letters, y->letters);
}

hw_sounds *hw_sounds_new(const hewal_model *m)
{
    hw_table t = m ? hw_model_table(m, "romanization") : (hw_table){0};
    int letters = hw_column(&t, "letters"), where = hw_column(&t, "where"), sounds = hw_column(&t, "sounds");
    hw_sounds *s = calloc(1, sizeof *s);
    if (!s || !(s->v = calloc(t.n_rows + 1, sizeof *s->v))) {
        free(s);
        return NULL;
    }
    for (uint32_t i = 0; i < t.n_rows; i++) {
        rule r = {hw_cell(&t, i, letters), hw_cell(&t, i, where), hw_cell(&t, i, sounds), 0, 0};
        r.len = strlen(r.letters);
        if (r.len) s->v[s->n++] = r;
    }
    qsort(s->v, s->n, sizeof *s->v, longer_first);
    for (uint32_t i = s->n; i-- > 0;) { /* from the last, so that the first ends up first */
        uint32_t b = bucket_of(s->v[i].letters, s->v[i].len);
        s->v[i].next = s->first[b];
        s->first[b] = i + 1;
    }
    return s;
}

void hw_sounds_free(hw_sounds *s)
{
    if (s) free(s->v);
    free(s);
}

static const rule *rule_at(const hw_sounds *s, const char *w, size_t at, size_t n)
{
    for (uint32_t i = s->first[bucket_of(w + at, n - at)]; i; i = s->v[i - 1].next) {
        const rule *r = &s->v[i - 1];
        if (r->len > n - at || memcmp(r->letters, w + at, r->len) != 0) continue;
        if (!*r->where || (*r->where == 'i' && at == 0) || (*r->where == 'f' && at + r->len == n && at > 0)) return r;
    }
    return NULL;
}

typedef struct { char v[16][MAX_SOUNDS]; unsigned n; } readings;

/* Every reading with every alternative, the likeliest first, as many as there is room for. */
static void multiply(readings *r, const char *alternatives, unsigned max)
{
    readings out = {.n = 0};
    for (const char *p = alternatives; *p && out.n < max; p += *p == '|') {
        size_t k = strcspn(p, "|"), silent = k == 1 && *p == '0';
        for (unsigned i = 0; i < r->n && out.n < max; i++) {
            size_t n = strlen(r->v[i]);
            memcpy(out.v[out.n], r->v[i], n + 1);
            if (!silent && n + k < MAX_SOUNDS) {
                memcpy(out.v[out.n] + n, p, k);
                out.v[out.n][n + k] = 0;
            }
            out.n++;
        }
        p += k;
    }
    *r = out;
}

unsigned hw_sounds_of(const hw_sounds *s, hw_arena *a, const char *fold, const char **out, unsigned max)
{
    readings r = {.n = 1};
    size_t n = strlen(fold);
    if (max > 16) max = 16;
    for (size_t at = 0; at < n;) {
        const rule *u = rule_at(s, fold, at, n);
        uint32_t cp;
        if (u) {
            multiply(&r, u->sounds, max);
            at += u->len;
            continue;
        }
        size_t k = hw_utf8_decode(fold + at, n - at, &cp);
        if (k == 1 && cp >= '0' && cp <= '9') { /* digits sound as themselves, as consonants do */
            char digit[2] = {fold[at], 0};
            if (digit[0] != '0') multiply(&r, digit, max);
        }
        at += k;
    }
    unsigned m = 0;
    for (unsigned i = 0; i < r.n; i++) {
        bool twice = false;
        for (unsigned j = 0; j < m && !twice; j++) twice = !strcmp(out[j], r.v[i]);
        if (!twice) out[m++] = hw_strdup(a, r.v[i]);
    }
    return m;
}

static bool is_vowel(char c)
{
    return c == 'a' || c == 'i' || c == 'u';
}

const char *hw_skeleton(hw_arena *a, const char *sounds)
{
    char *out = hw_strdup(a, sounds), *w = out;
    for (const char *p = sounds; *p; p++)
        if (!is_vowel(*p) && (p == sounds || p[-1] != *p)) *w++ = *p;
    *w = 0;
    return out;
}

/* Half a letter is one: W is next to u, Y to i, vowels to one another. */
static unsigned cost(char x, char y)
{
    if (x == y) return 0;
    bool vx = is_vowel(x) || x == 'W' || x == 'Y', vy = is_vowel(y) || y == 'W' || y == 'Y';
    return vx && vy ? 1 : 2;
}

double hw_sound_distance(const char *x, const char *y)
{
    unsigned row[MAX_SOUNDS + 1];
    size_t n = strlen(x), m = strlen(y);
    if (n > MAX_SOUNDS || m > MAX_SOUNDS) return 1;
    if (!n || !m) return n == m ? 0 : 1;
    row[0] = 0;
    for (size_t j = 1; j <= m; j++) row[j] = row[j - 1] + (is_vowel(y[j - 1]) ? 1 : 2);
    for (size_t i = 1; i <= n; i++) {
        unsigned gap = is_vowel(x[i - 1]) ? 1 : 2, diagonal = row[0];
        row[0] += gap;
        for (size_t j = 1; j <= m; j++) {
            unsigned best = diagonal + cost(x[i - 1], y[j - 1]), up = row[j] + gap, left = row[j - 1] + (is_vowel(y[j - 1]) ? 1 : 2);
            diagonal = row[j];
            if (up < best) best = up;
            if (left < best) best = left;
            row[j] = best;
        }
    }
    return (double)row[m] / (2.0 * (double)(n > m ? n : m));
}
