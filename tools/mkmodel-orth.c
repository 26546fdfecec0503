/* In: what Unicode knows of characters (ICU), and LANG_DIR/orthography.tsv. Out: the section "orth" as text/orth.h lays it
 * out. */
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
} orth;

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

static hw_orth_rule *add_rule(uint32_t from, uint32_t where)
{
    if (orth.n_rule == 256) die("too many orthography rules");
    hw_orth_rule *r = &orth.rule[orth.n_rule++];
    r->from = from;
    r->where = where;
    orth.c[from].flags |= (uint8_t)where;
    return r;
}

static void orth_row(const tsv *t, size_t i)
{
    char **c = t->cell + i * t->n_cols;
    uint32_t from[2] = {0}, to[2] = {0};
    uint32_t n_from = cps_of(t, i, c[1], from, 2), n_to = cps_of(t, i, c[2], to, 2);
    const char *what = c[0];
    if (!n_from || from[0] > 0x10FFFF) die("%s:%u: nothing to replace", t->path, t->line[i]);
    uint32_t where = !strcmp(what, "initial") ? HW_CF_INITIAL : !strcmp(what, "final") ? HW_CF_FINAL : !strcmp(what, "joiner") ? HW_CF_JOINER : 0;
    bool pair = !strcmp(what, "char") && n_from == 2;
    if ((where || pair) && n_to != 1) die("%s:%u: needs one character to put there", t->path, t->line[i]);
    if (where) {
        hw_orth_rule *r = add_rule(from[0], where);
        r->to = to[0];
        cps_of(t, i, c[3], r->unless, 7);
    } else if (pair) {
        hw_orth_rule *r = add_rule(from[0], HW_CF_PAIR);
        r->next = from[1];
        r->to = to[0];
    } else if (!strcmp(what, "char")) {
        orth.c[from[0]].norm = add_replacement(to, n_to);
    } else if (!strcmp(what, "fold")) {
        orth.c[from[0]].fold = add_replacement(to, n_to);
    } else if (!strcmp(what, "drop")) {
        orth.c[from[0]].norm = 1;
        if (orth.c[from[0]].cls != HW_C_MARK) orth.c[from[0]].cls = HW_C_JOINER;
    } else if (!strcmp(what, "double")) {
        orth.c[from[0]].flags |= HW_CF_DOUBLE;
    } else {
        die("%s:%u: unknown rule «%s»", t->path, t->line[i], what);
    }
}

/* Presentation forms of a letter that itself is replaced go where that goes. */
static void chain_replacements(void)
{
    for (uint32_t cp = 0xFB50; cp <= 0xFEFC; cp++) {
        hw_char *c = &orth.c[cp];
        if (c->norm < 2) continue;
        uint32_t out[4], n = 0;
        for (int k = 0; k < 2 && orth.rep[c->norm].cp[k]; k++) {
            uint32_t x = orth.rep[c->norm].cp[k];
            uint16_t again = orth.c[x].norm;
            if (again == 1) continue;
            if (again == 0) out[n++] = x;
            else for (int j = 0; j < 2 && orth.rep[again].cp[j]; j++) out[n++] = orth.rep[again].cp[j];
        }
        if (n <= 2) c->norm = add_replacement(out, n);
        if (n == 0) c->cls = HW_C_MARK; /* nothing of it is a letter */
    }
}

void build_orth(const char *dir)
{
    unicode_defaults();
    tsv t = read_tsv(dir, "orthography.tsv", NULL);
    if (t.n_cols < 4) die("%s: needs the columns what, from, to, unless_after", t.path);
    for (size_t i = 0; i < t.n_rows; i++) orth_row(&t, i);
    chain_replacements();
    bytes *b = new_section("%s", "orth");
    static hw_orth o;
    o.joiner = 0x200C;
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
    memcpy(b->p, &o, sizeof o);
}
