/* In: bytes. Out: the text stage's whole result: tokens (through hw_next_token), what a crawler left marked as junk,
 * quotations paired, sentences. */
#include "text/text.h"

#include "base/utf8.h"
#include <string.h>

static bool is_mark(const hw_text *x, uint32_t i, char c)
{
    return i < x->tokens.n && x->tokens.v[i].e == x->tokens.v[i].b + 1 && x->raw[x->tokens.v[i].b] == c;
}

static bool is_fold(const hw_text *x, uint32_t i, const char *s)
{
    return i < x->tokens.n && !strcmp(x->tokens.v[i].fold, s);
}

/* "pic. twitter. com / x ٠ ZkGGPpkV": the address of a picture that a crawler took apart. Its path is Latin letters and
 * digits in pieces; it ends where anything else comes, or at a wide gap. */
static void mark_junk(hw_text *x)
{
    for (uint32_t i = 0; i + 2 < x->tokens.n; i++) {
        if (!is_fold(x, i, "pic") || !is_mark(x, i + 1, '.') || !is_fold(x, i + 2, "twitter")) continue;
        uint32_t k = i + 3;
        if (is_mark(x, k, '.')) k++;
        if (is_fold(x, k, "com")) k++;
        if (is_mark(x, k, '/')) k++;
        while (k < x->tokens.n) {
            const hw_token *t = &x->tokens.v[k];
            if ((t->kind != HW_LATIN && t->kind != HW_NUMBER && !is_mark(x, k, '_')) || (t->flags & (HW_WIDE | HW_NEWLINE))) break;
            k++;
        }
        for (uint32_t j = i; j < k; j++) x->tokens.v[j].flags |= HW_JUNK;
        i = k - 1;
    }
}

static void mark_hashtags(hw_text *x)
{
    for (uint32_t i = 0; i + 1 < x->tokens.n; i++) {
        if (!is_mark(x, i, '#')) continue;
        uint32_t k = i + 1;
        while (k < x->tokens.n && (x->tokens.v[k].flags & HW_GLUED) && (x->tokens.v[k].kind <= HW_NUMBER || is_mark(x, k, '_')))
            x->tokens.v[k++].flags |= HW_HASHTAG;
        i = k - 1;
    }
}

/* ---- quotations -------------------------------------------------------------------------------------------------- */

static bool is_final_mark(const hw_text *x, uint32_t i)
{
    uint32_t cp;
    const hw_token *t = &x->tokens.v[i];
    if (t->kind != HW_PUNCT) return false;
    hw_utf8_decode(x->raw + t->b, t->e - t->b, &cp);
    return cp == '.' || cp == '!' || cp == '?' || cp == 0x61F || cp == 0x2026 || cp == 0x6D4;
}

typedef enum { EITHER, OPENS, CLOSES } side;

/* What kind of mark, so that an opening one meets its own closing one; and which side it shows. */
static uint32_t family(const hw_text *x, uint32_t i, side *s)
{
    const hw_token *t = &x->tokens.v[i];
    uint32_t cp;
    hw_utf8_decode(x->raw + t->b, t->e - t->b, &cp);
    *s = EITHER;
    switch (cp) {
    case 0xAB: *s = OPENS; return 1;
    case 0xBB: *s = CLOSES; return 1;
    case 0x2039: *s = OPENS; return 2;
    case 0x203A: *s = CLOSES; return 2;
    case 0x201C: case 0x201D: case 0x201E: case 0x201F: case '"': case 0xFF02: return 3;
    case 0x300C: *s = OPENS; return 4;
    case 0x300D: *s = CLOSES; return 4;
    default: return 5; /* ' ‘ ’ ` and their like */
    }
}

/* Single marks are quotation marks only at the edge of a word; '' is a double mark typed as two. */
static bool stands_free(const hw_text *x, uint32_t i)
{
    const hw_token *t = x->tokens.v;
    bool glued_left = (t[i].flags & HW_GLUED) && i && t[i - 1].kind <= HW_NUMBER;
    bool glued_right = i + 1 < x->tokens.n && (t[i + 1].flags & HW_GLUED) && t[i + 1].kind <= HW_NUMBER;
    return !(glued_left && glued_right);
}

static bool looks_open(const hw_text *x, uint32_t i)
{
    const hw_token *t = x->tokens.v;
    if (i && is_mark(x, i - 1, ':')) return true; /* «witî:" …» */
    bool space_before = !(t[i].flags & HW_GLUED) || i == 0;
    bool space_after = i + 1 >= x->tokens.n || !(t[i + 1].flags & HW_GLUED);
    return space_before && !space_after;
}

typedef struct { uint32_t open, family; } open_mark;
enum { DEPTH = 8, CUT_OFF_LINES = 6 };

static void finish(hw_text *x, open_mark m, uint32_t close, uint32_t end_byte, uint32_t last)
{
    if (x->quotations.n >= 65534) return;
    uint32_t step = (m.family >> 8) & 1; /* '' is two tokens */
    hw_quotation *q = hw_push(x->arena, &x->quotations);
    q->open = m.open;
    q->close = close;
    q->first = m.open + 1 + step;
    q->last = last;
    q->b = q->first < x->tokens.n && q->first <= last ? x->tokens.v[q->first].b : x->tokens.v[m.open + step].e;
    q->e = end_byte > q->b ? end_byte : q->b;
}

/* One that nobody closed ends with its line; but at the end of the text its mark may have been cut off with what followed, and
 * it goes on to the last of a few lines. */
static void finish_open(hw_text *x, open_mark m, uint32_t limit)
{
    uint32_t k = m.open, lines = 0;
    bool others = false; /* the same mark again: then it was forgotten, not cut off */
    const hw_token *o = &x->tokens.v[m.open];
    for (uint32_t i = m.open; i < limit; i++) {
        lines += (x->tokens.v[i + 1].flags & HW_NEWLINE) != 0;
        const hw_token *t = &x->tokens.v[i + 1];
        others |= t->kind == HW_QUOTE && t->e - t->b == o->e - o->b && !memcmp(x->raw + t->b, x->raw + o->b, o->e - o->b);
    }
    bool cut_off = limit + 1 == x->tokens.n && lines && lines <= CUT_OFF_LINES && !others && (m.family & 0xFF) != 5;
    while (k < limit && (cut_off || !(x->tokens.v[k + 1].flags & HW_NEWLINE))) k++;
    if (k > m.open && (m.family & 0xFF) != 5) finish(x, m, m.open, x->tokens.v[k].e, k);
}

/* A block's marks in order: those that show a side pair by it; a straight one closes the same one if it is open, unless
 * it looks like opening: then the one before was never closed. */
static void pair_paragraph(hw_text *x, uint32_t first, uint32_t last)
{
    open_mark stack[DEPTH];
    unsigned depth = 0;
    for (uint32_t i = first; i <= last; i++) {
        if (x->tokens.v[i].kind != HW_QUOTE) continue;
        side s;
        uint32_t f = family(x, i, &s), step = 0;
        if (f == 5) {
            if (i < last && x->tokens.v[i + 1].kind == HW_QUOTE && (x->tokens.v[i + 1].flags & HW_GLUED)) {
                side s2;
                if (family(x, i + 1, &s2) == 5) step = 1;
            }
            if (!step && !stands_free(x, i)) continue;
        }
        int at = -1;
        for (unsigned d = depth; d-- > 0;)
            if ((stack[d].family & 0xFF) == f && ((stack[d].family >> 8) & 1) == step) {
                at = (int)d;
                break;
            }
        bool closes = s == CLOSES || (s == EITHER && at >= 0);
        if (closes && at < 0) continue; /* nothing open: a stray mark */
        bool behind_stop = i && (x->tokens.v[i].flags & HW_GLUED) && is_final_mark(x, i - 1) && (i + 1 >= x->tokens.n || !(x->tokens.v[i + 1].flags & HW_GLUED));
        if (at < 0 && f == 3 && behind_stop) continue; /* the same */
        if (closes && s == EITHER && looks_open(x, i)) {
            closes = false;
            if (f != 5 || step) {
                while (depth > (unsigned)at) finish_open(x, stack[--depth], i - 1);
            }
        }
        if (closes) {
            depth = (unsigned)at;
            uint32_t inner = i ? i - 1 : 0;
            finish(x, stack[at], i, x->tokens.v[inner].e > x->tokens.v[stack[at].open].e ? x->tokens.v[inner].e : x->tokens.v[i].b, inner);
        } else if (depth < DEPTH && (f != 5 || step || looks_open(x, i))) {
            stack[depth].open = i;
            stack[depth++].family = f | step << 8;
        }
        i += step;
    }
    while (depth > 0) finish_open(x, stack[--depth], last);
}

/* Tokens learn the innermost quotation; quotations the one around them. Quotations are few and nest at most DEPTH deep. */
static void link_quotations(hw_text *x)
{
    /* In order of their opening. Pairs were pushed at closing, so inner ones come first: an insertion sort moves each past
     * at most the ones inside it. */
    hw_quotation *q = x->quotations.v;
    for (uint32_t i = 1; i < x->quotations.n; i++) {
        hw_quotation key = q[i];
        uint32_t k = i;
        while (k > 0 && q[k - 1].open > key.open) {
            q[k] = q[k - 1];
            k--;
        }
        q[k] = key;
    }
    for (uint32_t i = 0; i < x->quotations.n; i++) {
        for (uint32_t k = q[i].first; k <= q[i].last && k < x->tokens.n; k++) {
            if (k == q[i].first) { /* one that ended with its line may end before this one does */
                q[i].outer = x->tokens.v[k].quotation;
                while (q[i].outer && q[q[i].outer - 1].last < q[i].last) q[i].outer = q[q[i].outer - 1].outer;
            }
            x->tokens.v[k].quotation = (uint16_t)(i + 1);
        }
    }
}

/* ---- sentences --------------------------------------------------------------------------------------------------- */

/* A full stop that ends no sentence: in a number, after an initial or a one-letter abbreviation, inside an address. */
static bool is_inner_stop(const hw_text *x, uint32_t i)
{
    const hw_token *t = x->tokens.v;
    if (!is_mark(x, i, '.') || i == 0) return false;
    if (t[i].flags & HW_JUNK) return true;
    bool glued = i + 1 < x->tokens.n && (t[i + 1].flags & HW_GLUED);
    if (glued && t[i + 1].kind == HW_NUMBER && t[i - 1].kind == HW_NUMBER) return true;
    if (!(t[i].flags & HW_GLUED)) return false;
    if (t[i - 1].kind == HW_WORD && t[i - 1].norm_len <= 2) return true; /* one letter */
    if (t[i - 1].kind == HW_LATIN && (t[i - 1].e - t[i - 1].b == 1 || (glued && t[i + 1].kind == HW_LATIN))) return true;
    return false;
}

static bool ends_with_sentence(const hw_text *x, uint32_t i) /* marks that still belong to the sentence just ended */
{
    const hw_token *t = &x->tokens.v[i];
    if (!(t->flags & HW_GLUED)) return false;
    if (is_final_mark(x, i)) return true;
    if (t->kind == HW_QUOTE) {
        side s;
        family(x, i, &s);
        return s == CLOSES || (s == EITHER && !looks_open(x, i));
    }
    return is_mark(x, i, ')') || is_mark(x, i, ']');
}

/* The last token of a tweet's signature that begins with the mark at i: "(@ name) July 26, 2021"; i when it is none. */
static uint32_t signature_end(const hw_text *x, uint32_t i, uint32_t last)
{
    const hw_token *t = x->tokens.v;
    if (!is_mark(x, i, '(') || !is_mark(x, i + 1, '@')) return i;
    uint32_t k = i + 2;
    while (k < last && k < i + 8 && !is_mark(x, k, ')')) k++;
    if (k + 2 > last || !is_mark(x, k, ')') || t[k + 1].kind != HW_LATIN || t[k + 2].kind != HW_NUMBER) return i;
    k += 2;
    if (k + 2 <= last && t[k + 1].kind == HW_PUNCT && t[k + 2].kind == HW_NUMBER) k += 2;
    else if (k + 1 <= last && t[k + 1].kind == HW_NUMBER) k += 1;
    return k;
}

static void add_sentence(hw_text *x, uint32_t first, uint32_t last, uint32_t paragraph)
{
    hw_sentence *s = hw_push(x->arena, &x->sentences);
    *s = (hw_sentence){x->tokens.v[first].b, x->tokens.v[last].e, first, last, paragraph};
    for (uint32_t i = first; i <= last; i++) x->tokens.v[i].sentence = x->sentences.n - 1;
}

static void split_paragraph(hw_text *x, uint32_t first, uint32_t last, uint32_t paragraph)
{
    uint32_t begin = first;
    for (uint32_t i = first; i <= last; i++) {
        uint32_t signature = signature_end(x, i, last);
        if (signature > i) {
            i = signature;
            add_sentence(x, begin, i, paragraph);
            begin = i + 1;
            continue;
        }
        bool endless = i - begin + 1 >= HW_SENTENCE_MAX;
        if (!endless && (!is_final_mark(x, i) || is_inner_stop(x, i))) continue;
        while (!endless && i < last && ends_with_sentence(x, i + 1)) i++;
        add_sentence(x, begin, i, paragraph);
        begin = i + 1;
    }
    if (begin <= last) add_sentence(x, begin, last, paragraph);
}

hw_text *hw_text_read(const hewal_model *m, hw_arena *a, const char *raw, size_t len)
{
    hw_text *x = HW_NEW(a, hw_text);
    x->model = m;
    x->arena = a;
    x->raw = raw;
    x->len = (uint32_t)len;
    hw_token t;
    for (size_t at = 0; hw_next_token(m, a, raw, len, &at, &t);) *hw_push(a, &x->tokens) = t;
    mark_junk(x);
    mark_hashtags(x);
    uint32_t paragraph = 0;
    for (uint32_t i = 0; i < x->tokens.n; paragraph++) {
        uint32_t k = i + 1;
        while (k < x->tokens.n && !(x->tokens.v[k].flags & (HW_NEWLINE | HW_WIDE))) k++;
        split_paragraph(x, i, k - 1, paragraph);
        i = k;
    }
    /* Quotations may run over lines, but not over an empty one; agency text puts a sentence on each line. */
    for (uint32_t i = 0; i < x->tokens.n;) {
        uint32_t k = i + 1;
        while (k < x->tokens.n && !(x->tokens.v[k].flags & HW_WIDE) &&
               !((x->tokens.v[k].flags & HW_NEWLINE) &&
                 memchr(x->raw + x->tokens.v[k - 1].e, '\n', x->tokens.v[k].b - x->tokens.v[k - 1].e) !=
                     memrchr(x->raw + x->tokens.v[k - 1].e, '\n', x->tokens.v[k].b - x->tokens.v[k - 1].e)))
            k++;
        pair_paragraph(x, i, k - 1);
        i = k;
    }
    link_quotations(x);
    return x;
}
