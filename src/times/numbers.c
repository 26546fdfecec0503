/* In: words. Out: the number that begins at a token. */
#include "times/numbers.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

typedef struct {
    double value;
    uint32_t last, marks;
    uint8_t figures, decimals;
    bool rank;
    char kind; /* f figures, or the first letter of a kind of numbers.tsv with H for hundreds; h or s for such ranks */
} piece;

hw_numbers hw_numbers_of(const hewal_model *m)
{
    hw_numbers ns = {.table = hw_model_table(m, "numbers"), .index = hw_model_index(m, "numbers")};
    ns.value = hw_column(&ns.table, "value");
    ns.kind = hw_column(&ns.table, "kind");
    return ns;
}

static const hw_token *tok(const hw_words *w, uint32_t i) { return &w->text->tokens.v[i]; }

/* Whether token i goes on the line of the one before it. */
static bool goes_on(const hw_words *w, uint32_t i)
{
    return i > 0 && i < w->text->tokens.n && tok(w, i)->sentence == tok(w, i - 1)->sentence &&
           !(tok(w, i)->flags & (HW_NEWLINE | HW_WIDE));
}

static bool is_mark(const hw_words *w, uint32_t i, const char *mark)
{
    return i < w->text->tokens.n && !strcmp(tok(w, i)->norm, mark);
}

static bool glued_number(const hw_words *w, uint32_t i)
{
    return i < w->text->tokens.n && tok(w, i)->kind == HW_NUMBER && (tok(w, i)->flags & HW_GLUED);
}

static bool is_thousands_mark(const hw_words *w, uint32_t i)
{
    return is_mark(w, i, ",") || is_mark(w, i, "\u066C") || is_mark(w, i, "\u060C") || is_mark(w, i, "'");
}

static uint32_t width(const hw_words *w, uint32_t i) { return tok(w, i)->fold_len; }

/* Figures with marks between: groups of three are thousands, one group more is a fraction. */
static void read_figures(const hw_words *w, uint32_t i, piece *p)
{
    *p = (piece){.value = tok(w, i)->number, .last = i, .kind = 'f', .figures = (uint8_t)(width(w, i) < 20 ? width(w, i) : 20)};
    uint32_t n = w->text->tokens.n;
    bool grouped = false;
    for (uint32_t k = i + 1; k + 1 < n && k < i + 16 && (tok(w, k)->flags & HW_GLUED) && glued_number(w, k + 1); k += 2) {
        bool dot = is_mark(w, k, "."), comma = is_thousands_mark(w, k), three = width(w, k + 1) == 3;
        bool more = k + 3 < n && (is_mark(w, k + 2, ".") || is_thousands_mark(w, k + 2)) && glued_number(w, k + 3);
        bool thousands = three && width(w, i) <= 3 && tok(w, i)->number > 0 && (comma || (dot && (more || grouped || tok(w, k + 1)->number == 0)));
        if (thousands) {
            p->value = p->value * 1000 + tok(w, k + 1)->number;
            grouped = true;
        } else if ((dot || is_mark(w, k, "\u066B") || (comma && !three && width(w, k + 1) <= 2)) && !more) {
            double unit = 1;
            for (uint32_t d = 0; d < width(w, k + 1) && d < 30; d++) unit *= 10;
            p->value = (p->value * unit + tok(w, k + 1)->number) / unit; /* as near as a double can be */
            p->decimals = (uint8_t)(width(w, k + 1) < 30 ? width(w, k + 1) : 30);
            p->last = k + 1;
            p->figures = 0;
            return;
        } else {
            return;
        }
        p->last = k + 1;
        p->figures = 0;
    }
}

static bool read_word(const hw_numbers *ns, const hw_words *w, uint32_t i, piece *p)
{
    hw_match m;
    if (tok(w, i)->kind != HW_WORD || !hw_match_at(w, &ns->index, i, &m, 1)) return false;
    /* «dem», «deda» are no tens: a short one may carry izafe alone */
    uint32_t may = HW_M_IZAFE | (tok(w, m.last)->fold_len > 8 ? HW_M_LOC | HW_M_ABL | HW_M_ISH : 0);
    if (m.marks & ~may) return false;
    const hw_post *post = &ns->index.posts[m.slot->first];
    const char *kind = hw_cell(&ns->table, post->row, ns->kind);
    *p = (piece){.value = (double)strtoull(hw_cell(&ns->table, post->row, ns->value), NULL, 10), .last = m.last, .marks = m.marks};
    p->kind = !strcmp(kind, "hundreds") ? 'H' : !strcmp(kind, "half") ? '/' : kind[0];
    p->rank = p->kind == 'r';
    if (p->rank && p->value == 100) p->kind = 'h';
    if (p->rank && p->value >= 1000) p->kind = 's';
    return p->kind != 'a';
}

bool hw_number_and(const hw_numbers *ns, const hw_words *w, uint32_t i)
{
    hw_match m;
    if (i >= w->text->tokens.n || tok(w, i)->kind != HW_WORD || !hw_match_at(w, &ns->index, i, &m, 1) || m.marks || m.last != i) return false;
    return hw_cell(&ns->table, ns->index.posts[m.slot->first].row, ns->kind)[0] == 'a';
}

/* Figures that are part of a name («M4», «F-16») are no number. */
static bool in_a_name(const hw_words *w, uint32_t i)
{
    if (i == 0 || !(tok(w, i)->flags & HW_GLUED)) return false;
    if (tok(w, i - 1)->kind == HW_LATIN) return true;
    return i > 1 && is_mark(w, i - 1, "-") && (tok(w, i - 1)->flags & HW_GLUED) && tok(w, i - 2)->kind == HW_LATIN;
}

static bool read_piece(const hw_numbers *ns, const hw_words *w, uint32_t i, piece *p)
{
    if (i >= w->text->tokens.n || (tok(w, i)->flags & HW_JUNK)) return false;
    if (tok(w, i)->kind == HW_NUMBER) {
        if (in_a_name(w, i)) return false;
        read_figures(w, i, p);
        return true;
    }
    return read_word(ns, w, i, p);
}

typedef struct {
    double total, cur; /* what is closed by a scale, and what is being read */
    double scale;      /* the last one, 0 before any */
    double room;       /* what is added next must be smaller */
    bool any, over;
} sum;

/* Adds a piece; false when it does not belong to the number. */
static bool add(sum *s, const piece *p, bool joined)
{
    double v = p->value;
    switch (p->kind) {
    case 'f': case 'u': case 't': case 'H': case 'r':
        if (s->any && (v >= s->room || (!joined && (p->kind != 'f' || s->room < 1000)))) return false;
        s->cur += v;
        s->room = p->kind == 't' && v >= 20 ? 10 : p->kind == 'H' ? 100 : 0;
        break;
    case 'h':
        if (s->any && !joined && s->cur >= 2 && s->cur <= 9 && s->room == 0) s->cur *= v;
        else if (!s->any || (joined && s->room > v)) s->cur += v;
        else return false;
        s->room = 100;
        break;
    case 's':
        if (s->any && joined) {
            if (s->room <= v) return false;
            s->cur = 1;
        }
        if (!s->any) s->cur = 1;
        if (s->scale && v > s->scale && s->cur) s->total = (s->total + s->cur) * v;
        else if (s->scale && v > s->scale) s->total *= v;
        else if (s->cur == 0) return false;
        else s->total += s->cur * v;
        s->cur = 0;
        s->scale = s->room = v;
        break;
    case 'o':
        if (s->any && (!joined || s->room <= v)) return false;
        s->total += v;
        s->scale = s->room = v;
        break;
    case '/':
        if (s->any != joined) return false;
        if (!s->any) s->cur = v / 100; /* «nîw milyon» */
        else if (s->cur > 0) s->cur += v / 100;
        else s->total += v / 100 * s->scale;
        s->over = joined;
        break;
    default: return false;
    }
    s->any = true;
    s->over |= p->rank;
    return true;
}

/* «(24)»: figures alone in brackets. */
static bool read_bracket(const hw_numbers *ns, const hw_words *w, uint32_t i, piece *p)
{
    return is_mark(w, i, "(") && read_piece(ns, w, i + 1, p) && p->kind == 'f' && is_mark(w, p->last + 1, ")") &&
           tok(w, p->last + 1)->sentence == tok(w, i)->sentence;
}

bool hw_number_at(const hw_numbers *ns, const hw_words *w, uint32_t i, hw_number *out)
{
    piece p;
    sum s = {0};
    *out = (hw_number){.first = i};
    out->bracket = read_bracket(ns, w, i, &p);
    if (!out->bracket && !read_piece(ns, w, i, &p)) return false;
    if (!add(&s, &p, false)) return false;
    out->word = p.kind != 'f';
    out->last = out->bracket ? p.last + 1 : p.last;
    out->figures = p.figures;
    out->decimals = p.decimals;
    while (!p.marks && !s.over) {
        piece more;
        uint32_t next = out->last + 1;
        bool joined = hw_number_and(ns, w, next);
        if (!goes_on(w, next) || (joined && !goes_on(w, ++next))) break;
        if (!read_piece(ns, w, next, &more) || !add(&s, &more, joined)) break;
        p = more;
        out->last = p.last;
        out->figures = out->decimals = 0;
    }
    out->marks = p.marks;
    out->rank = p.rank;
    out->value = s.total + s.cur;
    out->scaled = s.scale > 0 || out->value != floor(out->value);
    return true;
}
