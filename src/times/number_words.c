/* In: a number's value. Out: the number in words, or in figures. See numerals.h. */
#include "times/numerals.h"

#include "base/buf.h"
#include "model/model.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { MAX_PARTS = 64, SAID_AS_ONE = 3 };

/* A number as it is said: parts that are words of numbers.tsv, with `and` before those that are added. */
typedef struct {
    uint64_t value[MAX_PARTS];
    bool added[MAX_PARTS];
    unsigned n;
} parts;

static void part(parts *p, uint64_t value, bool added)
{
    p->value[p->n] = value;
    p->added[p->n] = added && p->n > 0;
    p->n++;
}

static void parts_below_1000(parts *p, uint64_t v)
{
    if (v >= 100) part(p, v / 100 * 100, true);
    v %= 100;
    if (v >= 20) part(p, v / 10 * 10, true), v %= 10;
    if (v) part(p, v, true);
}

static void parts_of(parts *p, uint64_t v)
{
    if (!v) part(p, 0, false);
    for (uint64_t scale = UINT64_C(1000000000000); scale >= 1000; scale /= 1000) {
        uint64_t many = v / scale;
        if (many >= 1000) parts_of(p, many); /* thousands of the largest */
        else if (many > 1 || scale > 1000) parts_below_1000(p, many);
        if (many) part(p, scale, many == 1 && scale == 1000);
        v %= scale;
    }
    parts_below_1000(p, v);
}

/* The word of a value: the first line with it, as an ordinal or not. NULL when there is none. */
static const char *word_of(const hw_table *t, uint64_t value, bool ordinal)
{
    static const char *const kinds[] = {"unit", "ten", "hundred", "hundreds", "scale"};
    char v[24];
    snprintf(v, sizeof v, "%llu", (unsigned long long)value);
    int words = hw_column(t, "word"), values = hw_column(t, "value"), column = hw_column(t, "kind");
    for (uint32_t r = 0; r < t->n_rows; r++) {
        if (strcmp(hw_cell(t, r, values), v) != 0) continue;
        const char *kind = hw_cell(t, r, column);
        bool fits = ordinal && !strcmp(kind, "rank");
        for (unsigned k = 0; k < sizeof kinds / sizeof *kinds && !ordinal; k++) fits |= !strcmp(kind, kinds[k]);
        if (fits) return hw_cell(t, r, words);
    }
    return NULL;
}

/* The first word of a table in a column of such a kind, "" when there is none. */
static const char *first_of(const hw_table *t, const char *column, const char *kind)
{
    int c = hw_column(t, column), words = hw_column(t, "word");
    for (uint32_t r = 0; r < t->n_rows; r++)
        if (!strcmp(hw_cell(t, r, c), kind)) return hw_cell(t, r, words);
    return "";
}

static bool put_integer(hw_buf *b, const hw_table *numbers, uint64_t v, bool ordinal)
{
    parts p = {.n = 0};
    parts_of(&p, v);
    for (unsigned i = 0; i < p.n; i++) {
        const char *word = word_of(numbers, p.value[i], ordinal && i + 1 == p.n);
        if (!word) return false;
        if (i) hw_putc(b, ' ');
        if (p.added[i]) hw_putf(b, "%s ", first_of(numbers, "kind", "and"));
        hw_puts(b, word);
    }
    return true;
}

/* Figures behind the point: zeros at their beginning one by one, then as one number when it is short, else one by one. */
static bool put_behind_point(hw_buf *b, const hw_table *numbers, const char *digits)
{
    size_t zeros = strspn(digits, "0"), rest = strlen(digits) - zeros;
    bool ok = true;
    for (size_t i = 0; ok && digits[i] && (i < zeros || rest > SAID_AS_ONE); i++) {
        hw_putc(b, ' ');
        ok = put_integer(b, numbers, (uint64_t)(digits[i] - '0'), false);
    }
    if (!rest || rest > SAID_AS_ONE) return ok;
    uint64_t v = 0;
    for (const char *d = digits + zeros; *d; d++) v = v * 10 + (uint64_t)(*d - '0');
    hw_putc(b, ' ');
    return ok && put_integer(b, numbers, v, false);
}

/* Its figures without a sign, into s; false when it is no number that can be said. */
static bool figures_of(const hewal_number *n, char *s, size_t size)
{
    if (n->decimals > HW_MAX_DECIMALS || !(fabs(n->value) * pow(10, n->decimals) < HW_EXACT)) return false;
    if (n->ordinal && (n->decimals || n->percent || n->value < 0 || n->value != floor(n->value))) return false;
    snprintf(s, size, "%.*f", (int)n->decimals, fabs(n->value));
    return true;
}

hewal_status hewal_number_words(const hewal_model *m, const hewal_number *n, hewal_string *out)
{
    const size_t start = out->len;
    hw_table numbers = hw_model_table(m, "numbers"), marks = hw_model_table(m, "number-marks"), counting = hw_model_table(m, "quantities");
    hw_buf b = hw_buf_on(out);
    char s[64];
    if (!figures_of(n, s, sizeof s)) return HEWAL_EINVAL;
    if (n->percent) hw_putf(&b, "%s ", first_of(&counting, "class", "percent-before"));
    if (n->value < 0) hw_putf(&b, "%s ", first_of(&marks, "kind", "minus"));
    bool known = put_integer(&b, &numbers, (uint64_t)strtod(s, NULL), n->ordinal);
    if (n->decimals) {
        hw_putf(&b, " %s", first_of(&marks, "kind", "point"));
        known = known && put_behind_point(&b, &numbers, strchr(s, '.') + 1);
    }
    if (known && hw_buf_ok(&b)) return HEWAL_OK;
    hw_buf_back(out, start);
    return known ? HEWAL_ENOMEM : HEWAL_EFORMAT;
}

hewal_status hw_number_figures(const hewal_model *m, const hewal_number *n, hewal_string *out)
{
    const size_t start = out->len;
    hw_table marks = hw_model_table(m, "number-marks");
    hw_buf b = hw_buf_on(out);
    char s[64];
    if (!figures_of(n, s, sizeof s)) return HEWAL_EINVAL;
    hw_putf(&b, "%s%s%s%s", n->value < 0 ? "-" : "", s, n->percent ? "%" : "", n->ordinal ? first_of(&marks, "kind", "nth") : "");
    if (hw_buf_ok(&b)) return HEWAL_OK;
    hw_buf_back(out, start);
    return HEWAL_ENOMEM;
}
