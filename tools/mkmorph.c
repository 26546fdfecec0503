/* Makes the model's section "morph" of the lexicon and the rules of word formation.   mkmorph LANG_DIR OUT
 *
 * In: LANG_DIR/morphology/, LANG_DIR/lexicon/, LANG_DIR/gazetteer/ and LANG_DIR/orthography.tsv. Out: a file laid out as
 * src/morph/net.h says. This file reads tables and writes the section; mkmorph-net.c compiles the rules with foma,
 * mkmorph-stems.c gathers the stems. */
#include "mkmorph.h"

#include "base/hash.h"
#include "base/utf8.h"
#include <errno.h>
#include <stdarg.h>
#include <stdlib.h>
#include <string.h>

const char tool_name[] = "mkmorph";

bytes strings;
uint32_t string_of(const char *s, size_t n)
{
    static uint32_t *table;
    static size_t mask, used;
    if (!strings.n) put(&strings, "", 1);
    if (!n) return 0;
    if (used * 2 >= mask) { /* a larger table; the strings are put in anew */
        uint32_t *old = table;
        size_t old_n = table ? mask + 1 : 0;
        mask = mask ? mask * 4 + 3 : 0xFFFF;
        table = calloc(mask + 1, sizeof *table);
        if (!table) die("out of memory");
        for (size_t i = 0; i < old_n; i++) {
            if (!old[i]) continue;
            const char *x = (char *)strings.p + old[i];
            size_t k = hw_hash(x, strlen(x)) & mask;
            while (table[k]) k = (k + 1) & mask;
            table[k] = old[i];
        }
        free(old);
    }
    size_t k = hw_hash(s, n) & mask;
    for (; table[k]; k = (k + 1) & mask) {
        const char *x = (char *)strings.p + table[k];
        if (!strncmp(x, s, n) && !x[n]) return table[k];
    }
    used++;
    table[k] = (uint32_t)put(&strings, s, n);
    put(&strings, "", 1);
    return table[k];
}

/* ---- letters ----------------------------------------------------------------------------------------------------- */

static struct { uint32_t from, to; } folds[64];
static uint32_t doubles[64];
static unsigned n_folds, n_doubles;
uint32_t letter_char[64];
static unsigned n_letters = 1;

int letter_number(uint32_t cp, bool make)
{
    for (unsigned i = 1; i < n_letters; i++)
        if (letter_char[i] == cp) return (int)i;
    if (!make || cp < 0x600 || cp > 0x6FF) return 0;
    if (n_letters == 64) die("more than 63 letters");
    letter_char[n_letters] = cp;
    return (int)n_letters++;
}

static uint32_t first_char(const char *s)
{
    uint32_t cp = 0;
    if (*s) hw_utf8_decode(s, strlen(s), &cp);
    return cp;
}

void read_letters(const char *dir)
{
    tsv t = read_tsv_if_there(dir, "orthography.tsv");
    for (size_t r = 0; r < t.n_rows; r++) {
        const char *what = cell(&t, r, "what");
        if (n_folds == 64 || n_doubles == 64) die("%s: too many rules", t.path);
        if (!strcmp(what, "fold")) {
            folds[n_folds].from = first_char(cell(&t, r, "from"));
            folds[n_folds++].to = first_char(cell(&t, r, "to"));
        } else if (!strcmp(what, "double")) {
            doubles[n_doubles++] = first_char(cell(&t, r, "from"));
        }
    }
}

size_t fold_word(const char *s, char *out, size_t max)
{
    uint32_t last = 0;
    size_t k = 0;
    for (size_t i = 0, n = strlen(s); i < n;) {
        uint32_t cp;
        i += hw_utf8_decode(s + i, n - i, &cp);
        if (cp == HW_BROKEN) die("broken text: %s", s);
        for (unsigned f = 0; f < n_folds; f++)
            if (folds[f].from == cp) {
                cp = folds[f].to;
                break;
            }
        bool again = false;
        for (unsigned d = 0; d < n_doubles; d++) again |= cp == last && cp == doubles[d];
        last = cp;
        if (again) continue;
        if (k + 5 > max) die("word too long: %s", s);
        k += hw_utf8_encode(cp, out + k);
    }
    out[k] = 0;
    return k;
}

uint64_t hash_folded(const char *s)
{
    char f[1024];
    size_t n = fold_word(s, f, sizeof f);
    return hw_hash(f, n);
}

const char *fold_rules(void)
{
    static char out[8192];
    size_t k = 0;
    char a[5], b[5];
    for (unsigned i = 0; i < n_folds + n_doubles; i++) {
        uint32_t from = i < n_folds ? folds[i].from : doubles[i - n_folds], to = i < n_folds ? folds[i].to : from;
        a[hw_utf8_encode(from, a)] = 0;
        b[hw_utf8_encode(to, b)] = 0;
        if (i < n_folds) k += (size_t)snprintf(out + k, sizeof out - k, "%s[%s -> %s]", i ? " .o. " : "", a, b);
        else k += (size_t)snprintf(out + k, sizeof out - k, "%s[%s -> 0 || %s _ ]", i ? " .o. " : "", a, a);
        if (k >= sizeof out) die("too many orthography rules");
    }
    return out;
}

/* ---- ends of stems, slots, tags ----------------------------------------------------------------------------------- */

static tsv ends;

void read_ends(const char *dir)
{
    ends = read_tsv_if_there(dir, "ends.tsv");
    if (!ends.n_rows || ends.n_rows >= HW_NET_ENDS - 1) die("%s: 1 to %d lines wanted", ends.path, HW_NET_ENDS - 2);
}

const tsv *ends_table(void) { return &ends; }

static bool ends_in_vowel(const char *s, size_t n)
{
    if (n < 2) return false;
    for (size_t r = 0; r < ends.n_rows; r++) {
        const char *l = cell(&ends, r, "letters");
        size_t k = strlen(l);
        if (k > 2) k = 2; /* a double waw: each of its letters counts */
        if (n >= k && !memcmp(s + n - k, l, k)) return true;
    }
    return false;
}

unsigned end_of_stem(const char *stem, size_t *body)
{
    size_t n = strlen(stem);
    *body = n;
    for (size_t r = 0; r < ends.n_rows; r++) {
        const char *l = cell(&ends, r, "letters"), *after = cell(&ends, r, "after");
        size_t k = strlen(l);
        if (n < k || strcmp(stem + n - k, l)) continue;
        if (*after && (!strcmp(after, "vowel")) != ends_in_vowel(stem, n - k)) continue;
        *body = n - k;
        return end_number(cell(&ends, r, "marker"));
    }
    return 1;
}

unsigned end_number(const char *marker)
{
    if (!strcmp(marker, "{c}")) return 1;
    for (size_t r = 0; r < ends.n_rows; r++)
        if (!strcmp(cell(&ends, r, "marker"), marker)) return (unsigned)r + 2;
    return 0;
}

static char slots[HW_NET_SLOTS][24];
static unsigned n_slots;

unsigned slot_number(const char *name, bool make)
{
    for (unsigned i = 0; i < n_slots; i++)
        if (!strcmp(slots[i], name)) return i;
    if (!make) return HW_NET_SLOTS;
    if (n_slots == HW_NET_SLOTS) die("too many slots");
    snprintf(slots[n_slots], sizeof slots[0], "%s", name);
    return n_slots++;
}

static const char *const upos_names[] = {"NOUN", "PROPN", "ADJ", "ADV", "VERB", "AUX", "PRON", "DET", "ADP", "NUM", "CCONJ", "SCONJ", "PART", "INTJ", "PUNCT", "SYM", "X"};

int upos_number(const char *name)
{
    for (int i = 0; i <= HW_X; i++)
        if (!strcmp(upos_names[i], name)) return i;
    return -1;
}

static const struct { const char *name; uint32_t bit; } mark_names[] = {
    {"IZAFE", HW_M_IZAFE}, {"DEF", HW_M_DEF}, {"INDEF", HW_M_INDEF}, {"PLURAL", HW_M_PLURAL}, {"POSS", HW_M_POSS},
    {"ISH", HW_M_ISH}, {"LOC", HW_M_LOC}, {"ABL", HW_M_ABL}, {"COPULA", HW_M_COPULA}, {"PAST", HW_M_PAST},
    {"PRESENT", HW_M_PRESENT}, {"SUBJUNCTIVE", HW_M_SUBJUNCTIVE}, {"PERFECT", HW_M_PERFECT}, {"NEG", HW_M_NEG},
    {"PASSIVE", HW_M_PASSIVE}, {"IMPERATIVE", HW_M_IMPERATIVE}, {"INFINITIVE", HW_M_INFINITIVE},
    {"PARTICIPLE", HW_M_PARTICIPLE}, {"AGENT", HW_M_AGENT}, {"PLUPERFECT", HW_M_PLUPERFECT}, {"OBLIQUE", HW_M_OBLIQUE},
    {"AGAIN", HW_M_AGAIN}, {"GLUED", HW_M_GLUED}, {"JOINED", HW_M_JOINED}};

hw_tag tags[256];
bytes feat_list;
static const char *tag_names[256];
static unsigned n_tags = 1;

uint32_t read_marks(const tsv *t, size_t row, const char *column)
{
    uint32_t m = 0;
    for (const char *p = cell(t, row, column); *p;) {
        size_t n = strcspn(p, "|"), i = 0, all = sizeof mark_names / sizeof *mark_names;
        while (i < all && (strncmp(mark_names[i].name, p, n) || mark_names[i].name[n])) i++;
        if (i == all) die("%s:%u: unknown mark «%.*s»", t->path, t->line[row], (int)n, p);
        m |= mark_names[i].bit;
        p += n + (p[n] == '|');
    }
    return m;
}

static void read_becomes(const tsv *t, size_t row, hw_tag *tag)
{
    const char *b = cell(t, row, "becomes");
    if (!strcmp(b, "agent")) tag->agent = 1;
    else if (*b == 's' && b[1] >= '1' && b[1] <= '6') tag->subject = (uint8_t)(b[1] - '0');
    else if (*b >= '1' && *b <= '6') tag->person = (uint8_t)(*b - '0');
    else if (*b && upos_number(b) >= 0) tag->becomes = (uint8_t)(upos_number(b) + 1);
    else if (*b) die("%s:%u: «%s» is no part of speech, person or `agent`", t->path, t->line[row], b);
}

void read_tags(const char *dir)
{
    static tsv t;
    t = read_tsv_if_there(dir, "tags.tsv");
    for (size_t r = 0; r < t.n_rows; r++) {
        if (n_tags == 256) die("%s: too many tags", t.path);
        hw_tag *tag = &tags[n_tags];
        tag_names[n_tags++] = cell(&t, r, "tag");
        tag->name = string_of(cell(&t, r, "tag"), strlen(cell(&t, r, "tag")));
        tag->marks = read_marks(&t, r, "marks");
        tag->cost = strtof(cell(&t, r, "cost"), NULL);
        read_becomes(&t, r, tag);
        const char *adds = cell(&t, r, "lemma"), *bar = strchr(adds, '|');
        tag->lemma = string_of(adds, bar ? (size_t)(bar - adds) : strlen(adds));
        tag->lemma_v = bar ? string_of(bar + 1, strlen(bar + 1)) : tag->lemma;
        tag->feats = (uint16_t)(feat_list.n / sizeof(hw_feat));
        for (const char *p = cell(&t, r, "feats"); *p; tag->n_feats++) {
            size_t eq = strcspn(p, "="), n = strcspn(p, "|");
            if (eq >= n) die("%s:%u: features are Name=Value", t.path, t.line[r]);
            hw_feat f = {string_of(p, eq), string_of(p + eq + 1, n - eq - 1)};
            put(&feat_list, &f, sizeof f);
            p += n + (p[n] == '|');
        }
    }
}

unsigned tag_number(const char *name)
{
    for (unsigned i = 1; i < n_tags; i++)
        if (!strcmp(tag_names[i], name)) return i;
    die("tags.tsv does not know the tag +%s", name);
}

uint32_t marks_of_feats(const char *feats)
{
    uint32_t m = 0;
    for (const char *p = feats; *p;) {
        size_t n = strcspn(p, "|");
        for (unsigned i = 1; i < n_tags; i++)
            if (!strncmp(tag_names[i], p, n) && !tag_names[i][n]) m |= tags[i].marks;
        p += n + (p[n] == '|');
    }
    return m;
}

/* ---- endings of unknown words -------------------------------------------------------------------------------------- */

bytes guesses;

void read_guesses(const char *dir)
{
    static const char *const kinds[] = {"", "tag", "begin", "end", "word-end", "all"};
    static const char *const classes[HW_GUESS_CLASSES] = {"NOUN", "PROPN", "ADJ", "ADV", "VERB"};
    tsv t = read_tsv_if_there(dir, "endings.tsv");
    for (size_t r = 0; r < t.n_rows; r++) {
        hw_guess g = {.kind = 1};
        while (g.kind <= HW_GUESS_ALL && strcmp(kinds[g.kind], cell(&t, r, "what"))) g.kind++;
        if (g.kind > HW_GUESS_ALL) die("%s:%u: unknown kind «%s»", t.path, t.line[r], cell(&t, r, "what"));
        const char *value = cell(&t, r, "value");
        if (g.kind == HW_GUESS_TAG) g.tag = (uint8_t)tag_number(value);
        else if (g.kind != HW_GUESS_ALL) {
            char f[256];
            size_t n = fold_word(value, f, sizeof f);
            for (size_t i = 0; i < n && g.n < sizeof g.letters;) {
                uint32_t cp;
                i += hw_utf8_decode(f + i, n - i, &cp);
                g.letters[g.n++] = (uint8_t)letter_number(cp, true);
            }
        }
        for (int c = 0; c < HW_GUESS_CLASSES; c++) g.cost[c] = strtof(cell(&t, r, classes[c]), NULL);
        put(&guesses, &g, sizeof g);
    }
    put(&guesses, NULL, sizeof(hw_guess));
}

/* ---- what writers mean by a letter (slips.tsv) ----------------------------------------------------------------------- */

static void fill_slips(const char *dir, hw_net *h)
{
    tsv t = read_tsv_if_there(dir, "slips.tsv");
    h->slip = 1;
    for (size_t r = 0; r < t.n_rows; r++) {
        int written = letter_number(first_char(cell(&t, r, "written")), false), meant = letter_number(first_char(cell(&t, r, "meant")), false);
        if (!written || !meant) die("%s:%u: letters of no word", t.path, t.line[r]);
        h->meant[written] = (uint8_t)meant;
        h->slip = strtof(cell(&t, r, "cost"), NULL);
    }
}

/* ---- the section ------------------------------------------------------------------------------------------------- */

static uint32_t add_section(bytes *out, const bytes *b)
{
    while (out->n % 16) put(out, NULL, 1);
    return (uint32_t)put(out, b->p, b->n);
}

static void fill_letters(hw_net *h)
{
    for (unsigned i = 1; i < n_letters; i++) {
        h->letter_of[letter_char[i] - 0x600] = (uint8_t)i;
        h->char_of[i] = (uint16_t)letter_char[i];
    }
    for (unsigned i = 0; i < n_doubles; i++) h->doubled[letter_number(doubles[i], true)] = 1;
    for (int i = 0; i < 64; i++) h->end_of[i] = h->end_after_vowel[i] = 1;
    for (size_t r = ends.n_rows; r-- > 0;) {
        const char *l = cell(&ends, r, "letters"), *after = cell(&ends, r, "after");
        int n = letter_number(first_char(l), false);
        if (!n) continue;
        unsigned e = end_number(cell(&ends, r, "marker"));
        h->vowel[n] = 1;
        h->end_letter[e] = (uint8_t)n;
        if (!h->end_bytes[e]) h->end_bytes[e] = (uint8_t)strlen(l); /* of several lines the last says what the net spells */
        if (strcmp(after, "vowel")) h->end_of[n] = (uint8_t)e;
        if (strcmp(after, "consonant") && strlen(l) == 2) h->end_after_vowel[n] = (uint8_t)e;
    }
}

static void write_section(const char *dir, const char *path)
{
    static hw_net h;
    bytes out = {0}, tag_table = {0};
    put(&tag_table, tags, n_tags * sizeof *tags);
    h.magic = HW_NET_MAGIC;
    put(&out, &h, sizeof h);
    const struct { uint32_t *at, *n; const bytes *b; size_t size; } parts[] = {
        {&h.nodes_at, &h.n_nodes, &trie_nodes, sizeof(hw_node)}, {&h.entries_at, &h.n_entries, &trie_entries, sizeof(hw_entry)},
        {&h.lexemes_at, &h.n_lexemes, &lexemes, sizeof(hw_lexeme)}, {&h.states_at, &h.n_states, &net_states, sizeof(hw_state)},
        {&h.arcs_at, &h.n_arcs, &net_arcs, sizeof(hw_arc)}, {&h.spelled_states_at, &h.n_spelled_states, &spelled_states, sizeof(hw_state)},
        {&h.spelled_arcs_at, &h.n_spelled_arcs, &spelled_arcs, sizeof(hw_arc)}, {&h.tags_at, &h.n_tags, &tag_table, sizeof(hw_tag)},
        {&h.lists_at, &h.n_lists, &net_lists, 1}, {&h.feats_at, &h.n_feats, &feat_list, sizeof(hw_feat)},
        {&h.guesses_at, &h.n_guesses, &guesses, sizeof(hw_guess)},
        {&h.kinds_at, &h.n_kinds, &kind_rules, sizeof(hw_kind_rule)},
        {&h.tables_at, &h.n_tables, &net_tables, sizeof(uint16_t[HW_NET_LABELS])},
        {&h.strings_at, &h.n_strings, &strings, 1}};
    for (size_t i = 0; i < sizeof parts / sizeof *parts; i++) {
        *parts[i].at = add_section(&out, parts[i].b);
        *parts[i].n = (uint32_t)(parts[i].b->n / parts[i].size);
    }
    h.size = (uint32_t)out.n;
    h.root = net_root;
    h.spelled_root = spelled_root;
    unsigned name = slot_number("name", false), preverb = slot_number("preverb", false);
    if (name == HW_NET_SLOTS || preverb == HW_NET_SLOTS) die("the .lexc files have no {name} or {preverb}");
    for (unsigned e = 0; e < HW_NET_ENDS; e++) h.guess[e] = net_slot(net_root, name * HW_NET_ENDS + e);
    h.preverb_slot = preverb * HW_NET_ENDS;
    h.after_preverb = net_slot(net_root, h.preverb_slot);
    h.preverb2_slot = slot_number("preverb2", true) * HW_NET_ENDS;
    h.goal = slot_number("goal", true);
    fill_letters(&h);
    fill_slips(dir, &h);
    memcpy(out.p, &h, sizeof h);
    FILE *f = fopen(path, "wb");
    if (!f || fwrite(out.p, 1, out.n, f) != out.n || fclose(f) != 0) die("%s: %s", path, strerror(errno));
    free(out.p);
    free(tag_table.p);
}

int main(int argc, char **argv)
{
    char dir[1024];
    if (argc != 3) die("usage: mkmorph LANG_DIR OUT");
    snprintf(dir, sizeof dir, "%s/morphology", argv[1]);
    read_letters(argv[1]);
    read_ends(dir);
    read_tags(dir);
    read_guesses(dir);
    read_context(dir);
    build_net(dir);
    build_lexicon(argv[1]);
    write_section(dir, argv[2]);
    return 0;
}
