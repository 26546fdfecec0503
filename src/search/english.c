/* In: the words of a query that are in Latin letters. Out: the names that they mean, as Kurdish writes them.
 *
 * The gazetteer has the English names of people, places and organisations: a whole name («Joe Biden», «World Health
 * Organization»), the last word of a person's, what stands in parentheses behind one («PKK»), and the initials of an
 * organisation's or a country's, in capitals. Where a name is found the word is no Kurdish word in Latin letters: «Biden»
 * reads like «they give», and is not meant so. */
#include "search/plan.h"

#include <ctype.h>
#include <string.h>
#include <strings.h>

enum { MAX_WORDS = 6, MAX_NAMES = 3, MAX_TEXT = 160 };

static const double NAMED = 0.9, READ_OTHERWISE = 0.6;

typedef struct { const char *text; unsigned first, n; bool capitals, lower; } words; /* units first .. first + n - 1 */

static bool same(const char *s, size_t n, const char *t)
{
    return strlen(t) == n && !strncasecmp(s, t, n);
}

/* Whether the initials of the capitalised words are these. */
static bool initials(const char *s, size_t n, const char *t)
{
    size_t k = 0;
    for (size_t i = 0; i < n; i++) {
        bool begins = !i || s[i - 1] == ' ' || s[i - 1] == '-';
        if (begins && isupper((unsigned char)s[i]) && t[k++] != s[i]) return false;
    }
    return k > 1 && !t[k];
}

/* Whether the words mean this English name. */
static bool means(const char *english, const words *w, bool person, bool acronyms)
{
    size_t n = strcspn(english, "(");
    const char *inside = english + n;
    while (n && english[n - 1] == ' ') n--;
    if (same(english, n, w->text)) return true;
    if (*inside && same(inside + 1, strcspn(inside + 1, ")"), w->text)) return true;
    if (w->n > 1) return false;
    if (acronyms && w->capitals && initials(english, n, w->text)) return true;
    size_t last = n;
    while (last && english[last - 1] != ' ') last--;
    return person && last && same(english + last, n - last, w->text);
}

/* Ways that read the letters as Kurdish weigh less, or go. */
static void read_otherwise(hw_unit *u, bool go)
{
    unsigned n = 0;
    for (unsigned k = 0; k < u->n; k++) {
        bool kurdish = u->way[k].term && (unsigned char)u->way[k].term[0] >= 0xC0;
        if (kurdish && go) continue;
        if (kurdish && u->way[k].weight > READ_OTHERWISE) u->way[k].weight = READ_OTHERWISE;
        u->way[n++] = u->way[k];
    }
    u->n = n;
}

static void name_units(hw_plan *p, hw_arena *a, const words *w, const char *s, size_t n)
{
    for (unsigned i = w->first; i < w->first + w->n; i++) hw_add_synonym(p, a, &p->unit[i], s, n, NAMED);
}

static void name_cell(hw_plan *p, hw_arena *a, const words *w, const char *cell)
{
    for (unsigned k = 0; k < MAX_NAMES && *cell; k++) {
        size_t n = strcspn(cell, "|");
        if ((unsigned char)*cell >= 0xC0) name_units(p, a, w, cell, n);
        cell += n + (cell[n] != 0);
    }
}

/* Without a short form that is the person's alone: the last word of the name. */
static void name_person(hw_plan *p, hw_arena *a, const words *w, const char *name, const char *short_)
{
    const char *last = strrchr(name, ' ');
    if (*short_) name_cell(p, a, w, short_);
    else if (w->n == 1 && last) name_units(p, a, w, last + 1, strlen(last + 1));
    name_cell(p, a, w, name);
}

/* How many names the words have. */
static unsigned look_up(hw_plan *p, const hewal_model *m, hw_arena *a, const words *w)
{
    static const char *const tables[] = {"places", "organisations", "people"};
    unsigned found = 0;
    for (unsigned k = 0; k < 3 && !found; k++) {
        hw_table t = hw_model_table(m, tables[k]);
        int english = hw_column(&t, "english"), name = hw_column(&t, "name"), variants = hw_column(&t, "variants"), short_ = hw_column(&t, "short"), kind = hw_column(&t, "kind");
        for (uint32_t i = 0; i < t.n_rows && found < MAX_NAMES; i++) {
            bool acronyms = k == 1 || (k == 0 && !strcmp(hw_cell(&t, i, kind), "country"));
            if (!means(hw_cell(&t, i, english), w, k == 2, acronyms)) continue;
            for (unsigned u = w->first; !found && u < w->first + w->n; u++) read_otherwise(&p->unit[u], !w->lower);
            if (k == 2) name_person(p, a, w, hw_cell(&t, i, name), hw_cell(&t, i, short_));
            else name_cell(p, a, w, hw_cell(&t, i, name));
            if (k < 2) name_cell(p, a, w, hw_cell(&t, i, variants));
            found++;
        }
    }
    return found;
}

void hw_add_english(hw_plan *p, const hewal_model *m, hw_arena *a)
{
    for (unsigned i = 0; i < p->n;) {
        unsigned most = 0, taken = 0;
        while (i + most < p->n && most < MAX_WORDS && p->unit[i + most].latin && !p->unit[i + most].absent) most++;
        for (unsigned n = most; n && !taken; n--) {
            words w = {"", i, n, true, false};
            for (unsigned k = 0; k < n; k++) w.text = hw_sprintf(a, "%s%s%s", w.text, k ? " " : "", p->unit[i + k].latin);
            if (strlen(w.text) < 2 || strlen(w.text) > MAX_TEXT) continue;
            bool lower = true;
            for (const char *c = w.text; *c; c++) {
                w.capitals = w.capitals && isupper((unsigned char)*c);
                lower = lower && !isupper((unsigned char)*c);
            }
            w.lower = lower && n == 1;
            if (look_up(p, m, a, &w)) taken = n;
        }
        i += taken ? taken : 1;
    }
}
