/* In: the lexicon, the gazetteer's names and stems.tsv. Out: lexemes, and the trie of folded stems with their entries, as
 * src/morph/net.h lays them out. A lexicon file that is missing counts as empty. */
#include "mkmorph.h"

#include "base/hash.h"
#include "base/utf8.h"
#include <glob.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

/* cost of a lemma that was not counted; what each e-fold of its count takes off; and the least that it may come to */
#define FREQ_RARE 0.45f
#define FREQ_STEP 0.09f
#define FREQ_MOST (-0.35f)

bytes trie_nodes, trie_entries, lexemes;

typedef struct {
    uint8_t letters[64];
    uint8_t n;
    hw_entry e;
} stem;
static bytes stems;
static tsv rules;

/* ---- maps of strings ---------------------------------------------------------------------------------------------- */

typedef struct { uint64_t *key; uint32_t *value; size_t mask, used; } map;

static void map_free(map *m)
{
    free(m->key);
    free(m->value);
}

static uint32_t *map_at(map *m, uint64_t key)
{
    if (m->used * 2 >= m->mask) {
        map old = *m;
        m->mask = m->mask ? m->mask * 4 + 3 : 0xFFFF;
        m->key = calloc(m->mask + 1, sizeof *m->key);
        m->value = calloc(m->mask + 1, sizeof *m->value);
        if (!m->key || !m->value) die("out of memory");
        m->used = 0;
        for (size_t i = 0; old.key && i <= old.mask; i++)
            if (old.key[i]) *map_at(m, old.key[i]) = old.value[i];
        map_free(&old);
    }
    size_t i = key & m->mask;
    while (m->key[i] && m->key[i] != key) i = (i + 1) & m->mask;
    if (!m->key[i]) m->used++;
    m->key[i] = key;
    return &m->value[i]; /* 0 when new */
}

static uint64_t key_of(const char *a, const char *b, unsigned x, unsigned y)
{
    uint64_t h = hw_phrase(HW_PHRASE_START, hw_hash(a, strlen(a)));
    h = hw_phrase(h, hw_hash(b, strlen(b)));
    return hw_phrase(h, ((uint64_t)x << 32 | y) + 1);
}

/* ---- lexemes ------------------------------------------------------------------------------------------------------- */

static map lexeme_map, entry_map, first_map, seen_forms, words;
static unsigned n_firsts;

/* The number of a preverb or first part of a compound. */
static uint16_t first_number(const char *s)
{
    if (!*s) return 0;
    uint32_t *v = map_at(&first_map, hash_folded(s));
    if (!*v) *v = ++n_firsts;
    if (*v >= UINT16_MAX) die("too many preverbs and first parts");
    return (uint16_t)*v;
}

static uint32_t lexeme_of(const char *lemma, int upos, const char *feats, uint16_t preverb, uint8_t flags, float cost)
{
    uint32_t *v = map_at(&lexeme_map, key_of(lemma, feats, (unsigned)upos << 16 | preverb, flags));
    if (*v) {
        hw_lexeme *old = (hw_lexeme *)(void *)lexemes.p + *v - 1;
        if (cost < old->cost) old->cost = cost;
        return *v - 1;
    }
    hw_lexeme l = {.hash = hash_folded(lemma), .lemma = string_of(lemma, strlen(lemma)), .feats = string_of(feats, strlen(feats)),
                   .marks = marks_of_feats(feats), .preverb = preverb, .upos = (uint8_t)upos, .flags = flags, .cost = cost};
    put(&lexemes, &l, sizeof l);
    *v = (uint32_t)(lexemes.n / sizeof l);
    return *v - 1;
}

/* ---- stems --------------------------------------------------------------------------------------------------------- */

static bool fits(const char *pattern, const char *s)
{
    if (!strcmp(pattern, "*")) return true;
    size_t n = strlen(pattern);
    if (n && pattern[n - 1] == '*') return !strncmp(pattern, s, n - 1) && strlen(s) > n - 1;
    return !strcmp(pattern, s);
}

static unsigned slot_for(const char *kind, const char *class, const char *s)
{
    for (size_t r = 0; r < rules.n_rows; r++) {
        if (!fits(cell(&rules, r, "kind"), kind) || !fits(cell(&rules, r, "class"), class) || !fits(cell(&rules, r, "stem"), s)) continue;
        unsigned n = slot_number(cell(&rules, r, "slot"), false);
        if (n == HW_NET_SLOTS) die("%s:%u: the .lexc files have no slot {%s}", rules.path, rules.line[r], cell(&rules, r, "slot"));
        return n;
    }
    die("%s: no line for %s %s %s", rules.path, kind, class, s);
}

static bool add_stem_at(const char *text, unsigned slot, bool with_end, uint32_t lexeme, uint8_t flags, float cost)
{
    char folded[1024], part[512];
    size_t body, n = strlen(text);
    if (!n || n >= sizeof part || strchr(text, ' ')) return false;
    unsigned end = with_end ? end_of_stem(text, &body) : 0;
    if (!with_end) body = n;
    memcpy(part, text, body);
    part[body] = 0;
    n = fold_word(part, folded, sizeof folded);
    bool first = slot == slot_number("preverb", false) || slot == slot_number("preverb2", false) || slot == slot_number("goal", false);
    stem s = {.e = {.lexeme = lexeme, .stem = string_of(text, strlen(text)), .slot = (uint16_t)(slot * HW_NET_ENDS + end), .flags = flags}};
    if (!first) s.e.behind = ((hw_lexeme *)(void *)lexemes.p)[lexeme].preverb;
    s.e.cost = cost > 15 ? 240 : (uint8_t)(cost * 16);
    for (size_t i = 0; i < n;) {
        uint32_t cp;
        i += hw_utf8_decode(folded + i, n - i, &cp);
        int letter = letter_number(cp, true);
        if (!letter || s.n == sizeof s.letters) return false; /* not of the Arabic script, or too long */
        s.letters[s.n++] = (uint8_t)letter;
    }
    uint32_t *v = map_at(&entry_map, hw_phrase(hw_hash((char *)s.letters, s.n), ((uint64_t)s.e.slot << 32 | lexeme) + 1));
    if (*v) return true;
    put(&stems, &s, sizeof s);
    *v = 1;
    return true;
}

static bool add_stem(const char *text, const char *kind, const char *class, uint32_t lexeme, uint8_t flags, float cost)
{
    unsigned slot = slot_for(kind, class, text);
    bool with_end = slot != slot_number("preverb", false) && slot != slot_number("preverb2", false);
    return add_stem_at(text, slot, with_end, lexeme, flags, cost);
}

/* Calls f for each piece of a cell of pieces with | between. */
typedef void piece_fn(const char *piece, void *with);
static void each_piece(const char *cell_text, piece_fn *f, void *with)
{
    char buf[4096];
    snprintf(buf, sizeof buf, "%s", cell_text);
    for (char *save, *p = strtok_r(buf, "|", &save); p; p = strtok_r(NULL, "|", &save)) f(p, with);
}

/* ---- words and closed classes -------------------------------------------------------------------------------------- */

typedef struct { uint32_t lexeme; const char *kind, *class; uint8_t flags; float cost; } adding;

static void add_piece(const char *piece, void *with)
{
    const adding *a = with;
    add_stem(piece, a->kind, a->class, a->lexeme, a->flags, a->cost);
}

/* How sure an entry is: a certain, b seldom met, c doubtful or hardly ever meant. */
static float cost_of_doubt(const char *sure)
{
    return *sure == 'c' ? 1.8f : *sure == 'b' ? 0.15f : 0;
}

static float cost_of_word(const char *upos)
{
    return !strcmp(upos, "PROPN") ? 0.6f : !strcmp(upos, "NOUN") ? 0.4f : 0.5f;
}

static void read_words_file(const char *dir, const char *file)
{
    tsv t = read_tsv_if_there(dir, file);
    for (size_t r = 0; r < t.n_rows; r++) {
        const char *lemma = cell(&t, r, "lemma"), *upos = cell(&t, r, "upos");
        int u = upos_number(upos);
        if (u < 0) die("%s:%u: unknown part of speech «%s»", t.path, t.line[r], upos);
        if (u != HW_PROPN) *map_at(&words, hash_folded(lemma)) = 1;
        uint8_t flags = u == HW_NOUN || u == HW_ADJ ? HW_ENTRY_FIRST : 0;
        bool also = u == HW_PROPN && *map_at(&words, hash_folded(lemma)); /* a common word that names somebody now and then */
        adding a = {lexeme_of(lemma, u, "", 0, 0, cost_of_word(upos) + cost_of_doubt(cell(&t, r, "sure")) + (also ? 0.8f : 0)), "word", upos, flags, 0};
        add_piece(lemma, &a);
        a.cost = 0.3f;
        each_piece(cell(&t, r, "variants"), add_piece, &a);
        a.kind = "plural";
        each_piece(cell(&t, r, "plural"), add_piece, &a);
    }
}

/* Every lexicon/words*.tsv, in the order of their names. */
static void read_words(const char *dir)
{
    char pattern[1024];
    snprintf(pattern, sizeof pattern, "%s/lexicon/words*.tsv", dir);
    glob_t g;
    if (glob(pattern, 0, NULL, &g) != 0) return;
    for (size_t i = 0; i < g.gl_pathc; i++) read_words_file(dir, g.gl_pathv[i] + strlen(dir) + 1);
    globfree(&g);
}

static void read_closed(const char *dir, const char *file)
{
    tsv t = read_tsv_if_there(dir, file);
    for (size_t r = 0; r < t.n_rows; r++) {
        const char *form = cell(&t, r, "form"), *lemma = cell(&t, r, "lemma"), *upos = cell(&t, r, "upos");
        int u = upos_number(upos);
        if (u < 0) die("%s:%u: unknown part of speech «%s»", t.path, t.line[r], upos);
        uint32_t *seen = map_at(&seen_forms, hash_folded(form));
        float cost = (u == HW_AUX ? 0.9f : 0) + 0.2f * (float)(*seen)++;
        uint32_t l = lexeme_of(lemma, u, cell(&t, r, "feats"), 0, 0, 0);
        add_stem(form, "closed", upos, l, 0, cost);
    }
}

/* Words of other languages: a form that means nothing here. */
static void read_foreign(const char *dir)
{
    tsv t = read_tsv_if_there(dir, "lexicon/foreign.tsv");
    for (size_t r = 0; r < t.n_rows; r++) {
        const char *form = cell(&t, r, "form");
        add_stem(form, "closed", "X", lexeme_of(form, HW_X, "Foreign=Yes", 0, 0, 1.2f), 0, 0);
    }
}

/* ---- verbs --------------------------------------------------------------------------------------------------------- */

static tsv verbs;
static map light;

static void add_passive(const char *piece, void *with)
{
    const adding *a = with;
    size_t body;
    char s[256];
    snprintf(s, sizeof s, "%s", piece);
    end_of_stem(s, &body); /* kirê: kir */
    s[body] = 0;
    add_stem(s, "passive", a->class, a->lexeme, a->flags, a->cost);
}

static void add_variant(const char *piece, void *with)
{
    adding a = *(adding *)with;
    const char *colon = strchr(piece, ':');
    if (!colon) die("%s: variant «%s» is not past:STEM or present:STEM", verbs.path, piece);
    a.kind = !strncmp(piece, "past", 4) ? "past" : !strncmp(piece, "present", 7) ? "present" : NULL;
    if (!a.kind) {
        if (!strncmp(piece, "passive", 7)) add_passive(colon + 1, &a);
        else die("%s: variant «%s» is not past:STEM or present:STEM", verbs.path, piece);
        return;
    }
    a.cost = 0.1f;
    add_piece(colon + 1, &a);
}

/* The stems of row r, for its own lemma or that of a compound. */
static void add_verb(size_t r, const char *lemma, const char *first, const char *trans, float cost)
{
    uint16_t number = first_number(first);
    uint8_t flags = (uint8_t)((*cell(&verbs, r, "again") ? HW_LEX_AGAIN : 0) | (!*first && *map_at(&light, hash_folded(lemma)) ? HW_LEX_LIGHT : 0));
    uint32_t l = lexeme_of(lemma, HW_VERB, "", number, flags, cost);
    if (number) add_stem(first, "preverb", "*", number, 0, 0);
    adding a = {l, "past", trans, 0, 0};
    each_piece(cell(&verbs, r, "past"), add_piece, &a);
    a.kind = "present";
    each_piece(cell(&verbs, r, "present"), add_piece, &a);
    each_piece(cell(&verbs, r, "passive"), add_passive, &a);
    each_piece(cell(&verbs, r, "variants"), add_variant, &a);
}

static void read_verbs(const char *dir, const char *morphology)
{
    tsv t = read_tsv_if_there(morphology, "light.tsv");
    for (size_t r = 0; r < t.n_rows; r++) *map_at(&light, hash_folded(cell(&t, r, "lemma"))) = 1;
    verbs = read_tsv_if_there(dir, "lexicon/verbs.tsv");
    map rows = {0};
    for (size_t r = 0; r < verbs.n_rows; r++) {
        *map_at(&rows, hash_folded(cell(&verbs, r, "lemma"))) = (uint32_t)r + 1;
        add_verb(r, cell(&verbs, r, "lemma"), cell(&verbs, r, "preverb"), cell(&verbs, r, "trans"), 0.4f + cost_of_doubt(cell(&verbs, r, "sure")));
    }
    t = read_tsv_if_there(morphology, "goals.tsv");
    for (size_t r = 0; r < t.n_rows; r++) add_stem(cell(&t, r, "goal"), "goal", "*", 0, 0, 0);
    t = read_tsv_if_there(dir, "lexicon/compounds.tsv");
    for (size_t r = 0; r < t.n_rows; r++) {
        uint32_t v = *map_at(&rows, hash_folded(cell(&t, r, "verb")));
        char first[512];
        if (!v || strchr(cell(&t, r, "lemma"), ' ')) continue; /* its verb is not listed: tools/check-lang tells */
        snprintf(first, sizeof first, "%s%s", cell(&t, r, "first"), cell(&verbs, v - 1, "preverb"));
        const char *trans = *cell(&t, r, "trans") ? cell(&t, r, "trans") : cell(&verbs, v - 1, "trans");
        add_verb(v - 1, cell(&t, r, "lemma"), first, trans, 0.4f + cost_of_doubt(cell(&t, r, "sure")));
        if (*cell(&verbs, v - 1, "preverb")) { /* a clitic may stand between the two: destîpêkird */
            char between[512];
            snprintf(between, sizeof between, "%s+%s", cell(&t, r, "first"), cell(&verbs, v - 1, "preverb"));
            uint32_t half = first_number(between);
            add_stem(cell(&t, r, "first"), "preverb", "*", half, 0, 0);
            add_stem(cell(&verbs, v - 1, "preverb"), "preverb2", "*", half << 16 | first_number(first), 0, 0);
        }
    }
    map_free(&rows);
}

/* ---- names ---------------------------------------------------------------------------------------------------------- */

typedef struct { const char *lemma; float cost; bool parts; } naming;

static void add_name(const char *piece, void *with)
{
    const naming *n = with;
    if (!strchr(piece, ' ')) {
        const char *lemma = n->lemma && !strchr(n->lemma, ' ') ? n->lemma : piece;
        float cost = n->cost + (*map_at(&words, hash_folded(piece)) ? 1.0f : 0);
        add_stem(piece, "name", "PROPN", lexeme_of(lemma, HW_PROPN, "", 0, 0, cost), 0, 0);
    } else if (n->parts) {
        char buf[1024];
        snprintf(buf, sizeof buf, "%s", piece);
        for (char *save, *p = strtok_r(buf, " ", &save); p; p = strtok_r(NULL, " ", &save))
            if (strlen(p) >= 6 && !*map_at(&words, hash_folded(p))) add_stem(p, "name", "PROPN", lexeme_of(p, HW_PROPN, "", 0, 0, n->cost + 0.4f), 0, 0);
    }
}

static void read_name_file(const char *dir, const char *file, bool parts, float cost)
{
    tsv t = read_tsv_if_there(dir, file);
    for (size_t r = 0; r < t.n_rows; r++) {
        bool also = *cell(&t, r, "also") || *cell(&t, r, "ambiguous");
        naming n = {cell(&t, r, "name"), cost + (also ? 0.5f : 0), parts};
        add_name(n.lemma, &n);
        each_piece(cell(&t, r, "variants"), add_name, &n);
        n.lemma = NULL;
        each_piece(cell(&t, r, "short"), add_name, &n);
    }
}

/* The files of these tables, as manifest.tsv lists them. */
static void read_names(const char *dir)
{
    static const struct { const char *table; bool parts; float cost; } tables[] = {
        {"places", false, 0.5f}, {"organisations", false, 0.6f}, {"given-names", false, 0.7f}, {"family-names", false, 0.8f}, {"people", true, 0.8f}};
    tsv list = read_tsv_if_there(dir, "manifest.tsv");
    read_name_file(dir, "lexicon/names.tsv", false, 0.9f);
    for (size_t r = 0; r < list.n_rows; r++)
        for (size_t k = 0; k < sizeof tables / sizeof *tables; k++) {
            if (strcmp(cell(&list, r, "table"), tables[k].table)) continue;
            char buf[1024];
            snprintf(buf, sizeof buf, "%s", cell(&list, r, "file"));
            for (char *save, *f = strtok_r(buf, "|", &save); f; f = strtok_r(NULL, "|", &save)) read_name_file(dir, f, tables[k].parts, tables[k].cost);
        }
}

/* ---- the trie ------------------------------------------------------------------------------------------------------- */

static int by_letters(const void *a, const void *b)
{
    const stem *x = a, *y = b;
    int c = memcmp(x->letters, y->letters, x->n < y->n ? x->n : y->n);
    if (c) return c;
    if (x->n != y->n) return x->n < y->n ? -1 : 1;
    if (x->e.behind != y->e.behind) return x->e.behind < y->e.behind ? -1 : 1;
    if (x->e.slot != y->e.slot) return x->e.slot < y->e.slot ? -1 : 1;
    return x->e.lexeme < y->e.lexeme ? -1 : x->e.lexeme > y->e.lexeme;
}

typedef struct { size_t lo, hi; uint32_t node; uint8_t depth; } job;

static void put_entries(const stem *s, size_t lo, size_t hi, uint32_t node)
{
    for (size_t i = lo; i < hi; i++) {
        hw_entry e = s[i].e;
        if (i + 1 == hi) e.flags |= HW_ENTRY_LAST;
        put(&trie_entries, &e, sizeof e);
    }
    ((hw_node *)(void *)trie_nodes.p + node)->entry = (uint32_t)(trie_entries.n / sizeof(hw_entry) - (hi - lo)) + 1;
}

static void build_trie(void)
{
    stem *s = (stem *)(void *)stems.p;
    size_t n = stems.n / sizeof *s;
    if (n) qsort(s, n, sizeof *s, by_letters);
    bytes queue = {0};
    job j = {0, n, 0, 0};
    put(&trie_nodes, NULL, sizeof(hw_node));
    put(&queue, &j, sizeof j);
    for (size_t q = 0; q < queue.n; q += sizeof j) {
        memcpy(&j, queue.p + q, sizeof j);
        size_t i = j.lo;
        while (i < j.hi && s[i].n == j.depth) i++;
        if (i > j.lo) put_entries(s, j.lo, i, j.node);
        uint32_t child = (uint32_t)(trie_nodes.n / sizeof(hw_node));
        uint64_t mask = 0;
        for (size_t k; i < j.hi; i = k) {
            uint8_t letter = s[i].letters[j.depth];
            for (k = i; k < j.hi && s[k].letters[j.depth] == letter;) k++;
            mask |= UINT64_C(1) << letter;
            job next = {i, k, (uint32_t)(trie_nodes.n / sizeof(hw_node)), (uint8_t)(j.depth + 1)};
            put(&trie_nodes, NULL, sizeof(hw_node));
            put(&queue, &next, sizeof next);
        }
        hw_node *node = (hw_node *)(void *)trie_nodes.p + j.node;
        node->letters = mask;
        node->child = child;
    }
    free(queue.p);
}

/* Frequent lemmas cost less, those that news never has cost more. */
static void weigh(const char *morphology)
{
    tsv t = read_tsv_if_there(morphology, "frequencies.tsv");
    map counts = {0};
    for (size_t r = 0; r < t.n_rows; r++)
        *map_at(&counts, key_of(cell(&t, r, "lemma"), "", (unsigned)upos_number(cell(&t, r, "upos")), 0)) = (uint32_t)strtoul(cell(&t, r, "count"), NULL, 10);
    hw_lexeme *x = (hw_lexeme *)(void *)lexemes.p;
    for (size_t i = 0; t.n_rows && i < lexemes.n / sizeof *x; i++) {
        unsigned shown = x[i].upos == HW_DET ? HW_ADJ : x[i].upos == HW_AUX ? HW_VERB : x[i].upos; /* as they are printed and counted */
        float count = (float)*map_at(&counts, key_of((char *)strings.p + x[i].lemma, "", shown, 0));
        float more = FREQ_RARE - FREQ_STEP * logf(1 + count);
        x[i].cost += more > FREQ_MOST ? more : FREQ_MOST;
    }
    map_free(&counts);
}

void build_lexicon(const char *dir)
{
    char morphology[1024];
    snprintf(morphology, sizeof morphology, "%s/morphology", dir);
    rules = read_tsv_if_there(morphology, "stems.tsv");
    read_closed(dir, "lexicon/closed.tsv");
    read_closed(dir, "morphology/irregular.tsv");
    read_foreign(dir);
    read_words(dir);
    read_verbs(dir, morphology);
    read_names(dir);
    weigh(morphology);
    build_trie();
}
