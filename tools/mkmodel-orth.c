/* In: what Unicode knows of characters (ICU), LANG_DIR/orthography.tsv and orthography-words.tsv. Out: the section "orth" as
 * text/orth.h lays it out. */
#include "mkmodel.h"

#include "base/utf8.h"
#include <stdlib.h>
#include <string.h>
#include <unicode/uchar.h>
#include <unicode/unorm2.h>
#include <unicode/uscript.h>

static uint32_t cps_of(const tsv *t, size_t row, const char *s, uint32_t *out, uint32_t max)
{
    if (!strcmp(s, "-")) return 0;
    if (!strncmp(s, "U+", 2)) {
        char *end;
        unsigned long cp = strtoul(s + 2, &end, 16);
        if (*end || end == s + 2 || !cp || cp > 0x10FFFF || (cp >= 0xD800 && cp <= 0xDFFF))
            die("%s:%u: «%s» is not a character", t->path, t->line[row], s);
        out[0] = (uint32_t)cp;
        return 1;
    }
    uint32_t n = 0;
    for (size_t i = 0, len = strlen(s); i < len;) {
        if (n == max) die("%s:%u: «%s» is too long", t->path, t->line[row], s);
        i += hw_utf8_decode(s + i, len - i, &out[n++]);
    }
    return n;
}

static struct {
    hw_char c[0x110000];
    hw_replacement rep[4096];
    uint32_t n_rep;
    hw_orth_rule rule[256];
    uint32_t n_rule;
    hw_place place[255];
    uint32_t n_place;
} orth;

enum { FORMS = 0, LETTERS = 1, INVISIBLE = 6 }; /* groups (HEWAL_FIX_) of what is built in, and where none is said */

static uint8_t group_of(const tsv *t, size_t row)
{
    const char *g = cell(t, row, "group");
    if (!*g) return LETTERS;
    for (unsigned i = 0; hewal_fix_name(i); i++)
        if (!strcmp(hewal_fix_name(i), g)) return (uint8_t)i;
    die("%s:%u: there is no group «%s»", t->path, t->line[row], g);
}

static uint16_t add_replacement(const uint32_t *cp, uint32_t n)
{
    if (n == 0) return 1;
    hw_replacement r = {{cp[0], n > 1 ? cp[1] : 0}};
    for (uint32_t i = 2; i < orth.n_rep; i++)
        if (!memcmp(&orth.rep[i], &r, sizeof r)) return (uint16_t)i;
    if (orth.n_rep == 4096) die("too many replacements");
    orth.rep[orth.n_rep] = r;
    return (uint16_t)orth.n_rep++;
}

static hw_class class_of(uint32_t cp)
{
    if (cp == '\n' || cp == '\r' || cp == 0x85 || cp == 0x2028 || cp == 0x2029 || cp == '\v' || cp == '\f') return HW_C_NEWLINE;
    if (cp == '"' || cp == '\'' || cp == 0xAB || cp == 0xBB || (cp >= 0x2018 && cp <= 0x201F) || cp == 0x2039 || cp == 0x203A ||
        cp == 0x300C || cp == 0x300D || cp == 0xFF02 || cp == '`' || cp == 0xB4)
        return HW_C_QUOTE;
    switch (u_charType((UChar32)cp)) {
    case U_UPPERCASE_LETTER: case U_LOWERCASE_LETTER: case U_TITLECASE_LETTER: case U_MODIFIER_LETTER: case U_OTHER_LETTER:
        return u_getIntPropertyValue((UChar32)cp, UCHAR_SCRIPT) == USCRIPT_ARABIC || cp == 0x640 ? HW_C_ARABIC : HW_C_LATIN;
    case U_NON_SPACING_MARK: case U_ENCLOSING_MARK: case U_COMBINING_SPACING_MARK: return HW_C_MARK;
    case U_DECIMAL_DIGIT_NUMBER: return HW_C_DIGIT;
    case U_SPACE_SEPARATOR: return HW_C_SPACE;
    case U_DASH_PUNCTUATION: case U_START_PUNCTUATION: case U_END_PUNCTUATION: case U_CONNECTOR_PUNCTUATION:
    case U_OTHER_PUNCTUATION: case U_INITIAL_PUNCTUATION: case U_FINAL_PUNCTUATION: return HW_C_PUNCT;
    case U_MATH_SYMBOL: case U_CURRENCY_SYMBOL: case U_MODIFIER_SYMBOL: case U_OTHER_SYMBOL: return HW_C_SYMBOL;
    default: return cp == '\t' || cp == ' ' ? HW_C_SPACE : HW_C_OTHER;
    }
}

/* Joiners, direction marks, word joiner, soft hyphen. (Not the signs above Arabic numbers, which one sees.) */
static bool is_invisible(uint32_t cp)
{
    return u_charType((UChar32)cp) == U_FORMAT_CHAR && (cp == 0xAD || cp == 0x61C || cp == 0x180E || cp == 0xFEFF || (cp >= 0x200B && cp < 0x2070));
}

/* What Unicode knows: classes, digit values, lower case, presentation forms and full-width letters. */
static void unicode_defaults(void)
{
    UErrorCode ec = U_ZERO_ERROR;
    const UNormalizer2 *nfkc = unorm2_getNFKCInstance(&ec);
    if (U_FAILURE(ec)) die("ICU: %s", u_errorName(ec));
    orth.n_rep = 2;
    for (uint32_t cp = 0; cp < 0x110000; cp++) {
        hw_char *c = &orth.c[cp];
        c->cls = (uint8_t)class_of(cp);
        if (c->cls == HW_C_DIGIT) {
            uint32_t ascii = '0' + (c->digit = (uint8_t)u_charDigitValue((UChar32)cp));
            if (ascii != cp) c->fold = add_replacement(&ascii, 1);
        }
        if (is_invisible(cp)) {
            c->cls = HW_C_JOINER;
            c->norm = 1;
            c->group = INVISIBLE;
        }
        uint32_t lower = (uint32_t)u_tolower((UChar32)cp);
        if (lower != cp && cp < 0x2000) c->fold = add_replacement(&lower, 1);
        if (lower != cp) c->flags |= HW_CF_UPPER;
        bool compat = (cp >= 0xFB50 && cp <= 0xFDFF) || (cp >= 0xFE70 && cp <= 0xFEFC) || (cp >= 0xFF21 && cp <= 0xFF5A);
        if (!compat || c->cls < HW_C_ARABIC || c->cls > HW_C_LATIN) continue;
        UChar u[20];
        int32_t n = unorm2_getDecomposition(nfkc, (UChar32)cp, u, 20, &ec);
        ec = U_ZERO_ERROR;
        uint32_t d[2] = {u[0], n > 1 ? u[1] : 0};
        if (n == 2 && d[0] == ' ') c->cls = HW_C_MARK; /* a vowel sign that stands apart */
        else if (n >= 1 && n <= 2) c->norm = add_replacement(d, (uint32_t)n);
    }
}

static hw_orth_rule *add_rule(uint32_t from, uint32_t flagged, uint32_t where, uint8_t group)
{
    if (orth.n_rule == 256) die("too many orthography rules");
    hw_orth_rule *r = &orth.rule[orth.n_rule++];
    r->from = from;
    r->where = where;
    r->group = group;
    orth.c[flagged].flags |= (uint16_t)where;
    return r;
}

/* The rules that hold at a place in the word, or for a character and the one before it; 0: another kind of row. */
static uint32_t where_of(const char *what, uint32_t n_from)
{
    static const struct { const char *what; uint32_t where, chars; } kinds[] = {
        {"initial", HW_CF_INITIAL, 0}, {"final", HW_CF_FINAL, 0}, {"joiner", HW_CF_JOINER, 0}, {"char", HW_CF_PAIR, 2},
        {"sign", HW_CF_SIGN, 2},       {"end", HW_CF_END, 2},     {"apart", HW_CF_APART, 1}};
    for (size_t i = 0; i < sizeof kinds / sizeof *kinds; i++)
        if (!strcmp(what, kinds[i].what) && (!kinds[i].chars || kinds[i].chars == n_from)) return kinds[i].where;
    return 0;
}

static void orth_row(const tsv *t, size_t i)
{
    char **c = t->cell + i * t->n_cols;
    uint32_t from[2] = {0}, to[2] = {0};
    uint32_t n_from = cps_of(t, i, c[1], from, 2), n_to = cps_of(t, i, c[2], to, 2);
    const char *what = c[0];
    uint8_t group = group_of(t, i);
    if (!n_from || from[0] > 0x10FFFF) die("%s:%u: nothing to replace", t->path, t->line[i]);
    uint32_t where = where_of(what, n_from);
    if (where) {
        if (where != HW_CF_APART && n_to != 1) die("%s:%u: needs one character to put there", t->path, t->line[i]);
        bool second = where == HW_CF_SIGN || where == HW_CF_END; /* is where one notices it */
        hw_orth_rule *r = add_rule(from[0], from[second], where, group);
        r->next = from[1];
        if (from[1]) orth.c[from[1]].flags |= HW_CF_SECOND;
        r->to = to[0];
        cps_of(t, i, c[3], r->unless, 7);
    } else if (!strcmp(what, "char")) {
        orth.c[from[0]].norm = add_replacement(to, n_to);
        orth.c[from[0]].group = group;
    } else if (!strcmp(what, "fold")) {
        orth.c[from[0]].fold = add_replacement(to, n_to);
    } else if (!strcmp(what, "drop")) {
        orth.c[from[0]].norm = 1;
        orth.c[from[0]].group = group;
        if (orth.c[from[0]].cls != HW_C_MARK) orth.c[from[0]].cls = HW_C_JOINER;
    } else if (!strcmp(what, "double")) {
        orth.c[from[0]].flags |= HW_CF_DOUBLE;
    } else {
        die("%s:%u: unknown rule «%s»", t->path, t->line[i], what);
    }
}

/* A presentation form nothing of which is a letter is a mark. */
static void forms_of_marks(void)
{
    for (uint32_t cp = 0xFB50; cp <= 0xFEFC; cp++) {
        hw_char *c = &orth.c[cp];
        if (c->norm < 2) continue;
        bool letter = false;
        for (int k = 0; k < 2 && orth.rep[c->norm].cp[k]; k++) letter |= orth.c[orth.rep[c->norm].cp[k]].norm != 1;
        if (!letter) c->cls = HW_C_MARK;
    }
}

/* ---- letters beside others ------------------------------------------------------------------------------------------ */

static void place_row(const tsv *t, size_t i)
{
    static const char *const wheres[] = {"word", "begin", "inside", "end"};
    if (orth.n_place == 255) die("%s: too many rules", t->path);
    hw_place *p = &orth.place[orth.n_place++];
    memset(p, 0, sizeof *p);
    const char *where = cell(t, i, "where"), *s = cell(t, i, "unless");
    while (p->where < 4 && strcmp(where, wheres[p->where])) p->where++;
    if (p->where == 4) die("%s:%u: unknown place «%s»", t->path, t->line[i], where);
    if (!cps_of(t, i, cell(t, i, "from"), p->from, 15) || !cps_of(t, i, cell(t, i, "to"), p->to, 15))
        die("%s:%u: nothing to replace", t->path, t->line[i]);
    if (p->from[0] < 0x600 || p->from[0] > 0x6FF)
        die("%s:%u: «%s» does not begin with an Arabic letter", t->path, t->line[i], cell(t, i, "from"));
    cps_of(t, i, cell(t, i, "before"), p->before, 47);
    cps_of(t, i, cell(t, i, "after"), p->after, 47);
    for (int k = 0; *s; k++) {
        char one[64];
        size_t n = strcspn(s, "|");
        if (k == 24 || n >= sizeof one) die("%s:%u: too many beginnings", t->path, t->line[i]);
        memcpy(one, s, n);
        one[n] = 0;
        cps_of(t, i, one, p->unless[k], 11);
        s += n + (s[n] == '|');
    }
    p->group = group_of(t, i);
    if (!p->from[1]) die("%s:%u: «%s» is one letter: that is for orthography.tsv", t->path, t->line[i], cell(t, i, "from"));
    orth.c[p->from[0]].flags |= p->where <= HW_PLACE_BEGIN ? HW_CF_PLACE_FIRST : HW_CF_PLACE;
    orth.c[p->from[1]].flags |= HW_CF_PLACE_NEXT;
}

/* Those of one first letter together, in the order of the file. */
static void sort_places(hw_orth *o)
{
    static hw_place sorted[255];
    uint32_t n = 0;
    memset(o->place_of, 0xFF, sizeof o->place_of);
    for (uint32_t i = 0; i < orth.n_place; i++) o->place_groups |= UINT32_C(1) << orth.place[i].group;
    for (uint32_t cp = 0x600; cp < 0x700; cp++)
        for (uint32_t i = 0; i < orth.n_place; i++)
            if (orth.place[i].from[0] == cp) {
                if (o->place_of[cp - 0x600] == 0xFF) o->place_of[cp - 0x600] = (uint8_t)n;
                sorted[n++] = orth.place[i];
            }
    memcpy(orth.place, sorted, sizeof sorted);
}

void build_orth(const char *dir)
{
    unicode_defaults();
    tsv t = read_tsv(dir, "orthography.tsv", NULL);
    if (t.n_cols < 4) die("%s: needs the columns what, from, to, unless_after", t.path);
    for (size_t i = 0; i < t.n_rows; i++) orth_row(&t, i);
    forms_of_marks();
    tsv words = read_tsv_if_there(dir, "orthography-words.tsv");
    for (size_t i = 0; i < words.n_rows; i++) place_row(&words, i);
    bytes *b = new_section("%s", "orth");
    static hw_orth o;
    o.joiner = 0x200C;
    sort_places(&o);
    put(b, &o, sizeof o);
    align(b, 16);
    o.pages_at = (uint32_t)b->n;
    for (uint32_t p = 0; p < 0x1100; p++) {
        uint32_t same = 0;
        while (same < o.n_pages && memcmp(b->p + o.pages_at + (size_t)same * 256 * sizeof(hw_char), &orth.c[p << 8], 256 * sizeof(hw_char))) same++;
        if (same == o.n_pages) {
            put(b, &orth.c[p << 8], 256 * sizeof(hw_char));
            o.n_pages++;
        }
        o.page_of[p] = (uint16_t)same;
    }
    o.replacements_at = (uint32_t)put(b, orth.rep, orth.n_rep * sizeof *orth.rep);
    o.n_replacements = orth.n_rep;
    o.rules_at = (uint32_t)put(b, orth.rule, orth.n_rule * sizeof *orth.rule);
    o.n_rules = orth.n_rule;
    o.places_at = (uint32_t)put(b, orth.place, orth.n_place * sizeof *orth.place);
    o.n_places = orth.n_place;
    memcpy(b->p, &o, sizeof o);
}
