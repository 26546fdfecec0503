/* In: a text typed for an old font, whose code points stand for other letters. Out: the text in Unicode. The tables are
 * in lang/ckb/encodings, in the model `encoding-NAME`: of what fits at a place the longest row is taken. */
#include "text/fix.h"

#include "base/utf8.h"
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { ANYWHERE, INSIDE, FINAL }; /* in a word: behind a letter, before none */
typedef struct entry {
    const struct entry *next; /* of the same first letter, the longer ones first */
    const char *from, *to;
    size_t n, k;
    unsigned where;
} entry;

typedef struct { const entry *of[256]; } table; /* by U+0600 + i */

/* A cell that begins with U+XXXX, for a character that one does not see. */
static const char *written(hw_arena *a, const char *s)
{
    if (strncmp(s, "U+", 2) != 0 || strlen(s) < 6) return s;
    char *out = hw_alloc(a, strlen(s) + 1), hex[5] = {s[2], s[3], s[4], s[5], 0};
    size_t k = hw_utf8_encode((uint32_t)strtoul(hex, NULL, 16), out);
    memcpy(out + k, s + 6, strlen(s + 6) + 1);
    return out;
}

static bool read_table(const hewal_model *m, hw_arena *a, const char *name, table *out)
{
    char section[64];
    if (snprintf(section, sizeof section, "encoding-%s", name) >= (int)sizeof section) return false;
    hw_table t = hw_model_table(m, section);
    int from = hw_column(&t, "from"), to = hw_column(&t, "to"), where = hw_column(&t, "where");
    memset(out, 0, sizeof *out);
    for (uint32_t r = 0; r < t.n_rows; r++) {
        const char *s = hw_cell(&t, r, from), *w = hw_cell(&t, r, where);
        uint32_t cp = 0;
        if (*s) hw_utf8_decode(s, strlen(s), &cp);
        if (cp < 0x600 || cp > 0x6FF) continue;
        entry *e = HW_NEW(a, entry);
        e->from = s;
        e->n = strlen(s);
        e->to = written(a, hw_cell(&t, r, to));
        e->k = strlen(e->to);
        e->where = *w == 'i' ? INSIDE : *w == 'f' ? FINAL : ANYWHERE;
        const entry **p = &out->of[cp - 0x600];
        while (*p && ((*p)->n > e->n || ((*p)->n == e->n && (*p)->where))) p = (const entry **)&(*p)->next;
        e->next = *p;
        *p = e;
    }
    return t.n_rows > 0;
}

static bool is_letter(const hw_orth *o, const char *s, size_t n)
{
    uint32_t cp;
    if (!n) return false;
    hw_utf8_decode(s, n, &cp);
    uint8_t cls = hw_char_of(o, cp == HW_BROKEN ? 0x110000 : cp)->cls;
    return cls == HW_C_ARABIC || cls == HW_C_MARK || cls == HW_C_JOINER;
}

bool hw_fix_encoding(const hewal_model *m, const char *name, hw_edit *e)
{
    table *t = hw_alloc(e->arena, sizeof *t);
    if (!read_table(m, e->arena, name, t)) return false;
    bool inside = false; /* a letter stands before */
    for (size_t i = 0; i < e->len;) {
        uint32_t cp;
        size_t n = hw_utf8_decode(e->text + i, e->len - i, &cp);
        const entry *x = cp >= 0x600 && cp <= 0x6FF ? t->of[cp - 0x600] : NULL;
        for (; x; x = x->next) {
            if (x->n > e->len - i || memcmp(x->from, e->text + i, x->n) != 0 || (x->where == INSIDE && !inside)) continue;
            if (x->where == FINAL && is_letter(m->orth, e->text + i + x->n, e->len - i - x->n)) continue;
            break;
        }
        if (x) {
            hw_edit_put(e, i, i + x->n, x->to, x->k);
            n = x->n;
        }
        inside = x || is_letter(m->orth, e->text + i, n);
        i += n;
    }
    return true;
}
