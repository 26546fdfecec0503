/* In: context.tsv of a morphology folder. Out: the kinds of readings, as src/morph/net.h lays them out. */
#include "mkmorph.h"

#include <stdlib.h>
#include <string.h>

bytes kind_rules;
static uint32_t n_kinds;
static const char *names[HW_KINDS_MAX];

static uint32_t kind_named(const char *name, const tsv *t)
{
    for (uint32_t i = 0; i < n_kinds; i++)
        if (!strcmp(names[i], name)) return i;
    if (n_kinds == HW_KINDS_MAX) die("%s: too many kinds", t->path);
    names[n_kinds] = name;
    return n_kinds++;
}

static uint32_t upos_bits(const tsv *t, size_t row)
{
    const char *s = cell(t, row, "upos");
    uint32_t bits = 0;
    if (!strcmp(s, "*")) return UINT32_MAX;
    while (*s) {
        char name[16];
        size_t n = strcspn(s, "|");
        snprintf(name, sizeof name, "%.*s", (int)n, s);
        int u = upos_number(name);
        if (u < 0) die("%s:%u: unknown part of speech «%s»", t->path, t->line[row], name);
        bits |= UINT32_C(1) << u;
        s += n + (s[n] == '|');
    }
    return bits;
}

void read_context(const char *dir)
{
    static tsv kinds; /* names point into it */
    kinds = read_tsv_if_there(dir, "context.tsv");
    for (size_t r = 0; r < kinds.n_rows; r++) {
        hw_kind_rule k = {upos_bits(&kinds, r), read_marks(&kinds, r, "has"), kind_named(cell(&kinds, r, "kind"), &kinds)};
        put(&kind_rules, &k, sizeof k);
    }
    hw_kind_rule last = {UINT32_MAX, 0, n_kinds ? n_kinds - 1 : 0};
    put(&kind_rules, &last, sizeof last);
}
