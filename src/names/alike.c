/* In: two words of names. Out: whether they may be two spellings of one («pompeyo» and «pempeyo», «sitolltinbêrg» and
 * «sitollnitbêrg»): the same consonants, or, in long words, one letter more, less, other, or two that changed places. */
#include "names/find.h"

#include "base/utf8.h"

enum { LETTERS = 24, LONG_WORD = 7, CONSONANTS = 2 };

typedef struct { uint32_t v[LETTERS]; unsigned n; } letters;

static bool is_vowel(uint32_t c)
{
    return c == 0x627 || c == 0x648 || c == 0x6C6 || c == 0x6CC || c == 0x6CE || c == 0x6D5 || c == 0x626;
}

/* The letters of the fold; without vowels when asked. False when there are too many. */
static bool letters_of(const hw_token *t, bool consonants, letters *out)
{
    out->n = 0;
    for (uint32_t at = 0; at < t->fold_len;) {
        uint32_t cp = 0;
        at += (uint32_t)hw_utf8_decode(t->fold + at, t->fold_len - at, &cp);
        if (consonants && is_vowel(cp)) continue;
        if (out->n == LETTERS) return false;
        out->v[out->n++] = cp;
    }
    return true;
}

static bool equal(const letters *a, const letters *b, unsigned from_a, unsigned from_b)
{
    if (a->n - from_a != b->n - from_b) return false;
    for (unsigned i = 0; from_a + i < a->n; i++)
        if (a->v[from_a + i] != b->v[from_b + i]) return false;
    return true;
}

/* At most one letter apart, in Damerau's sense. */
static bool one_apart(const letters *a, const letters *b)
{
    unsigned i = 0;
    while (i < a->n && i < b->n && a->v[i] == b->v[i]) i++;
    if (equal(a, b, i, i)) return true;
    if (i < a->n && equal(a, b, i + 1, i)) return true;
    if (i < b->n && equal(a, b, i, i + 1)) return true;
    if (i < a->n && i < b->n && equal(a, b, i + 1, i + 1)) return true;
    return i + 1 < a->n && i + 1 < b->n && a->v[i] == b->v[i + 1] && a->v[i + 1] == b->v[i] && equal(a, b, i + 2, i + 2);
}

bool hw_alike(const hw_token *s, const hw_token *t)
{
    letters a, b;
    if (s->hash == t->hash) return true;
    if (!letters_of(s, true, &a) || !letters_of(t, true, &b)) return false;
    if (a.n >= CONSONANTS && a.n == b.n && equal(&a, &b, 0, 0)) return true;
    return letters_of(s, false, &a) && letters_of(t, false, &b) && a.n >= LONG_WORD && b.n >= LONG_WORD && one_apart(&a, &b);
}
