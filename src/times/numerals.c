/* In: a text that is nothing but a number. Out: its value. See numerals.h; number_words.c is the way back. */
#include "times/numerals.h"

#include "times/numbers.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

typedef struct { /* where a line is read */
    const hw_words *w;
    hw_numbers numbers;
    hw_table marks, counting;
    hw_index marks_index, counting_index;
    uint32_t i; /* the next token */
} reading;

static uint32_t n_tokens(const reading *r) { return r->w->text->tokens.n; }

/* Whether a phrase of the table with such a kind stands next; it is passed over. */
static bool take(reading *r, const hw_table *t, const hw_index *ix, const char *column, const char *kind)
{
    hw_match m[4];
    if (r->i >= n_tokens(r)) return false;
    unsigned n = hw_match_at(r->w, ix, r->i, m, 4);
    for (unsigned k = 0; k < n; k++)
        for (uint32_t p = m[k].slot->first; p < m[k].slot->first + m[k].slot->n; p++)
            if (!m[k].marks && !strcmp(hw_cell(t, ix->posts[p].row, hw_column(t, column)), kind)) {
                r->i = m[k].last + 1;
                return true;
            }
    return false;
}

static bool take_mark(reading *r, const char *kind) { return take(r, &r->marks, &r->marks_index, "kind", kind); }
static bool take_percent(reading *r, const char *cls) { return take(r, &r->counting, &r->counting_index, "class", cls); }

static bool take_sign(reading *r, const char *sign)
{
    if (r->i >= n_tokens(r) || strcmp(r->w->text->tokens.v[r->i].norm, sign) != 0) return false;
    r->i++;
    return true;
}

static bool take_percent_sign(reading *r)
{
    return take_sign(r, "%") || take_sign(r, "\u066A") || take_percent(r, "percent-sign");
}

/* The signs and words before a number, each at most once, in any order. */
static void read_before(reading *r, bool *minus, bool *percent)
{
    for (uint32_t at = n_tokens(r) + 1; at != r->i;) {
        at = r->i;
        if (!*minus && (take_sign(r, "-") || take_sign(r, "\u2212") || take_mark(r, "minus"))) *minus = true;
        if (!*percent && (take_percent(r, "percent-before") || take_percent_sign(r))) *percent = true;
    }
}

static bool read_number(reading *r, hw_number *n)
{
    if (r->i >= n_tokens(r) || !hw_number_at(&r->numbers, r->w, r->i, n) || n->bracket || n->marks) return false;
    r->i = n->last + 1;
    return true;
}

/* What is said behind the point: number after number, each as its figures («sifir pênc», «çwarde», «yek çwar yek»). A scale in
 * the last one is of the whole («sê poynit pênc milyon»). The figures go to digits[0..HW_MAX_DECIMALS]. */
static bool read_behind_point(reading *r, char *digits, double *scale)
{
    size_t len = 0;
    hw_number n;
    while (*scale == 1 && read_number(r, &n)) {
        double v = n.value;
        static const double scales[] = {1e12, 1e9, 1e6, 1e3};
        for (unsigned i = 0; n.scaled && i < 4 && *scale == 1; i++)
            if (v >= scales[i]) v /= scales[i], *scale = scales[i];
        if (v != floor(v) || v >= 1000 || n.rank || len + 3 > HW_MAX_DECIMALS) return false;
        len += (size_t)snprintf(digits + len, 4, "%.0f", v);
    }
    return len > 0;
}

/* How many figures a value needs behind the point. */
static unsigned decimals_of(double v)
{
    char s[64];
    for (unsigned k = 0; k < HW_MAX_DECIMALS; k++) {
        snprintf(s, sizeof s, "%.*f", (int)k, v);
        if (strtod(s, NULL) == v) return k;
    }
    return HW_MAX_DECIMALS;
}

static bool read_value(reading *r, hewal_number *out)
{
    hw_number n;
    bool pointed = false;
    if (!read_number(r, &n)) return false;
    out->value = n.value;
    out->ordinal = n.rank;
    out->decimals = n.decimals ? n.decimals : decimals_of(n.value);
    if (n.value == floor(n.value) && n.value < HW_EXACT && !n.rank && take_mark(r, "point")) {
        char s[64], digits[HW_MAX_DECIMALS + 1] = "";
        double scale = 1;
        if (!read_behind_point(r, digits, &scale)) return false;
        snprintf(s, sizeof s, "%.0f.%s", n.value, digits);
        out->value = strtod(s, NULL) * scale;
        out->decimals = scale == 1 ? (unsigned)strlen(digits) : decimals_of(out->value);
        pointed = true;
    }
    bool figures = !n.word && !pointed && r->w->text->tokens.v[n.last].kind == HW_NUMBER;
    if (figures && !out->decimals && take_mark(r, "nth")) out->ordinal = true;
    return true;
}

static bool read_line(reading *r, hewal_number *out)
{
    bool minus = false, percent = false;
    read_before(r, &minus, &percent);
    if (!read_value(r, out)) return false;
    if (!percent && (take_percent_sign(r) || take_percent(r, "percent-after"))) percent = true;
    if (r->i != n_tokens(r) || (out->ordinal && (minus || percent))) return false;
    if (minus) out->value = -out->value;
    out->percent = percent;
    return out->decimals <= HW_MAX_DECIMALS && fabs(out->value) * pow(10, out->decimals) < HW_EXACT;
}

hewal_status hewal_number_value(const hewal_model *m, const char *text, size_t len, hewal_number *out)
{
    *out = (hewal_number){0};
    if (len > HEWAL_MAX_TEXT) return HEWAL_ETOOBIG;
    if (!m->orth) return HEWAL_EFORMAT;
    hw_arena a;
    hw_arena_init(&a);
    if (hw_arena_guard(&a)) {
        hw_arena_free(&a);
        return HEWAL_ENOMEM;
    }
    hw_text *x = hw_text_read(m, &a, len ? text : "", len);
    reading r = {.w = hw_morph_read(x), .numbers = hw_numbers_of(m), .marks = hw_model_table(m, "number-marks"),
                 .counting = hw_model_table(m, "quantities"), .marks_index = hw_model_index(m, "number-marks"),
                 .counting_index = hw_model_index(m, "counting")};
    hewal_number n = {0};
    bool read = read_line(&r, &n);
    hw_arena_free(&a);
    if (read) *out = n;
    return read ? HEWAL_OK : HEWAL_EINVAL;
}
