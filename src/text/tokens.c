/* In: bytes. Out: tokens one after another, each with its norm and fold. */
#include "text/text.h"

#include "base/hash.h"
#include "base/utf8.h"
#include <string.h>

typedef struct {
    uint32_t cp;
    size_t len;
    const hw_char *c;
} glyph;

static glyph look(const hw_orth *o, const char *s, size_t at, size_t len)
{
    glyph g;
    if (at >= len) return (glyph){0, 0, hw_char_of(o, 0)};
    g.len = hw_utf8_decode(s + at, len - at, &g.cp);
    g.c = hw_char_of(o, g.cp == HW_BROKEN ? 0x110000 : g.cp);
    return g;
}

/* The end of a word of one script that begins at `at`. Marks and joiners belong to it, but a joiner at its very end
 * only when it is glued to a letter (which it is, being here). */
static size_t word_end(const hw_orth *o, const char *s, size_t at, size_t len, uint8_t cls)
{
    size_t i = at, n = 0;
    while (i < len && n < HW_WORD_MAX) {
        glyph g = look(o, s, i, len);
        if (g.c->cls != cls && g.c->cls != HW_C_MARK && g.c->cls != HW_C_JOINER) {
            if (cls != HW_C_LATIN || (g.cp != '\'' && g.cp != 0x2019) || i == at) break;
            glyph next = look(o, s, i + g.len, len); /* O'Neil, don't */
            if (next.c->cls != HW_C_LATIN) break;
        }
        i += g.len;
        n++;
    }
    return i;
}

static size_t url_end(const hw_orth *o, const char *s, size_t at, size_t len)
{
    static const char marks[] = {'.', ',', ':', ';', '!', '?'};
    size_t rest = len - at;
    if (!((rest > 7 && !memcmp(s + at, "http://", 7)) || (rest > 8 && !memcmp(s + at, "https://", 8)) ||
          (rest > 4 && !memcmp(s + at, "www.", 4))))
        return at;
    size_t i = at, first = at + (s[at] == 'w' ? 4 : 7), open = 0;
    while (i < len) {
        glyph g = look(o, s, i, len);
        if (g.c->cls == HW_C_SPACE || g.c->cls == HW_C_NEWLINE || g.c->cls == HW_C_QUOTE || g.c->cls == HW_C_ARABIC ||
            g.c->cls == HW_C_OTHER || g.cp == '<' || g.cp == '>' || (g.c->cls == HW_C_PUNCT && g.cp >= 0x80))
            break;
        open += g.cp == '(';
        i += g.len;
    }
    /* The marks that follow it are the sentence's. */
    while (i > first && (memchr(marks, s[i - 1], sizeof marks) || (s[i - 1] == ')' && !open))) i--;
    return i;
}

static size_t number_end(const hw_orth *o, const char *s, size_t at, size_t len, double *value)
{
    size_t i = at;
    double v = 0;
    while (i < len) {
        glyph g = look(o, s, i, len);
        if (g.c->cls != HW_C_DIGIT || i - at > (size_t)4 * HW_WORD_MAX) break;
        if (v < 1e300) v = v * 10 + g.c->digit; /* never infinite */
        i += g.len;
    }
    *value = v;
    return i;
}

static void spell(const hw_orth *o, hw_arena *a, const char *raw, hw_token *t)
{
    hw_spelling sp = hw_orth_word(o, a, raw + t->b, t->e - t->b);
    t->norm = sp.norm;
    t->fold = sp.fold;
    t->norm_len = sp.norm_len;
    t->fold_len = sp.fold_len;
    t->hash = hw_hash(sp.fold, sp.fold_len);
}

bool hw_next_span(const hw_orth *o, const char *raw, size_t len, size_t *at, hw_token *t)
{
    size_t i = *at;
    unsigned spaces = 0, flags = i ? HW_GLUED : 0;
    glyph g;
    for (;; i += g.len) {
        g = look(o, raw, i, len);
        if (!g.len) {
            *at = len;
            return false;
        }
        if (g.c->cls == HW_C_NEWLINE) flags |= HW_NEWLINE;
        else if (g.c->cls == HW_C_SPACE) spaces++;
        else if (g.c->cls == HW_C_JOINER) continue; /* an invisible character on its own */
        else break;
        flags &= ~(unsigned)HW_GLUED;
    }
    memset(t, 0, sizeof *t);
    t->b = (uint32_t)i;
    if (spaces >= 3) flags |= HW_WIDE;
    size_t e = i + g.len;
    switch (g.c->cls) {
    case HW_C_ARABIC:
        t->kind = HW_WORD;
        e = word_end(o, raw, i, len, HW_C_ARABIC);
        break;
    case HW_C_LATIN:
        e = url_end(o, raw, i, len);
        t->kind = HW_URL;
        if (e > i) {
            flags |= HW_JUNK;
            break;
        }
        t->kind = HW_LATIN;
        e = word_end(o, raw, i, len, HW_C_LATIN);
        if (g.c->flags & HW_CF_UPPER) flags |= HW_CAPITAL;
        break;
    case HW_C_DIGIT:
        t->kind = HW_NUMBER;
        e = number_end(o, raw, i, len, &t->number);
        break;
    case HW_C_PUNCT: t->kind = HW_PUNCT; break;
    case HW_C_QUOTE: t->kind = HW_QUOTE; break;
    default: t->kind = HW_SYMBOL; break;
    }
    t->e = (uint32_t)e;
    t->flags = (uint8_t)flags;
    *at = e;
    return true;
}

bool hw_next_token(const hewal_model *m, hw_arena *a, const char *raw, size_t len, size_t *at, hw_token *t)
{
    if (!hw_next_span(m->orth, raw, len, at, t)) return false;
    spell(m->orth, a, raw, t);
    return true;
}

uint64_t hw_phrase_of(const hewal_model *m, hw_arena *a, const char *s, size_t len, unsigned *n_words)
{
    uint64_t h = HW_PHRASE_START;
    unsigned n = 0;
    hw_token t;
    for (size_t at = 0; hw_next_token(m, a, s, len, &at, &t); n++) h = hw_phrase(h, t.hash);
    if (n_words) *n_words = n;
    return h;
}
