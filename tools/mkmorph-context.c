/* In: context.tsv and transitions.tsv of a morphology folder. Out: the kinds of readings and the costs of one before another,
 * as src/morph/net.h lays them out. */
#include "mkmorph.h"

#include <stdlib.h>
#include <string.h>

bytes kind_rules, kind_costs;
uint32_t n_kinds;
static const char *names[HW_KINDS_MAX];

static uint32_t kind_named(const char *name, bool make, const tsv *t, size_t row)
{
    for (uint32_t i = 0; i < n_kinds; i++)
        if (!strcmp(names[i], name)) return i;
    if (!make) die("%s:%u: context.tsv has no kind «%s»", t->path, t->line[row], name);
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
    static tsv kinds, costs; /* names point into them */
    kinds = read_tsv_if_there(dir, "context.tsv");
    costs = read_tsv_if_there(dir, "transitions.tsv");
    for (size_t r = 0; r < kinds.n_rows; r++) {
        hw_kind_rule k = {upos_bits(&kinds, r), read_marks(&kinds, r, "has"), kind_named(cell(&kinds, r, "kind"), true, &kinds, r)};
        put(&kind_rules, &k, sizeof k);
    }
    hw_kind_rule last = {UINT32_MAX, 0, n_kinds ? n_kinds - 1 : 0};
    put(&kind_rules, &last, sizeof last);
    put(&kind_costs, NULL, ((size_t)n_kinds * n_kinds + 1) * sizeof(float));
    for (size_t r = 0; r < costs.n_rows; r++) {
        uint32_t a = kind_named(cell(&costs, r, "left"), false, &costs, r), b = kind_named(cell(&costs, r, "right"), false, &costs, r);
        ((float *)(void *)kind_costs.p)[a * n_kinds + b] = strtof(cell(&costs, r, "cost"), NULL);
    }
}
