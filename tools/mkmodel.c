/* Compiles the language files into the model.   mkmodel [--section NAME=FILE]... LANG_DIR OUT
 *
 * In: LANG_DIR/orthography.tsv, LANG_DIR/manifest.tsv and the tables it names, and files that other tools made, which
 * become sections as they are. Out: one model file as model/format.h describes it. Faults are told as `file:line: what`. */
#include "base/hash.h"
#include "base/utf8.h"
#include "text/text.h"

#include <errno.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>
#include <unicode/uchar.h>
#include <unicode/unorm2.h>
#include <unicode/uscript.h>

/* Everything lives until the program ends: the leak checker need not look. */
const char *__asan_default_options(void);
const char *__asan_default_options(void) { return "detect_leaks=0"; }

static _Noreturn void die(const char *fmt, ...) __attribute__((format(printf, 1, 2)));
static _Noreturn void die(const char *fmt, ...)
{
    va_list ap;
    va_start(ap, fmt);
    fputs("mkmodel: ", stderr);
    vfprintf(stderr, fmt, ap);
    fputc('\n', stderr);
    va_end(ap);
    exit(1);
}

/* ---- bytes and sections ------------------------------------------------------------------------------------------ */

typedef struct { unsigned char *p; size_t n, cap; } bytes;

static size_t put(bytes *b, const void *p, size_t n)
{
    size_t at = b->n;
    if (b->n + n > b->cap) {
        b->cap = (b->n + n) * 2 + 64;
        b->p = realloc(b->p, b->cap);
        if (!b->p) die("out of memory");
    }
    if (p) memcpy(b->p + b->n, p, n);
    else memset(b->p + b->n, 0, n);
    b->n += n;
    return at;
}

static void align(bytes *b, size_t to)
{
    while (b->n % to) put(b, NULL, 1);
}

typedef struct { char name[40]; bytes data; } section;
static struct { section s[256]; uint32_t n; } sections;

static bytes *new_section(const char *fmt, const char *name)
{
    if (sections.n == 256) die("too many sections");
    section *s = &sections.s[sections.n++];
    if (snprintf(s->name, sizeof s->name, fmt, name) >= (int)sizeof s->name) die("section name too long: %s", name);
    return &s->data;
}

static bytes link_model(void)
{
    bytes out = {0};
    hw_model_header h = {.magic = HW_MODEL_MAGIC, .version = HW_MODEL_VERSION, .n_sections = sections.n};
    put(&out, &h, sizeof h);
    size_t dir = put(&out, NULL, sections.n * sizeof(hw_model_entry));
    for (uint32_t i = 0; i < sections.n; i++) {
        align(&out, 16);
        hw_model_entry e = {.offset = out.n, .size = sections.s[i].data.n};
        memcpy(e.name, sections.s[i].name, sizeof e.name);
        put(&out, sections.s[i].data.p ? (const void *)sections.s[i].data.p : "", sections.s[i].data.n);
        memcpy(out.p + dir + i * sizeof e, &e, sizeof e);
    }
    h.size = out.n;
    h.checksum = hw_hash((const char *)out.p + sizeof h, out.n - sizeof h);
    snprintf(h.id, sizeof h.id, "ckb-%s-%016llx", HEWAL_VERSION, (unsigned long long)h.checksum);
    memcpy(out.p, &h, sizeof h);
    return out;
}

/* ---- reading .tsv ------------------------------------------------------------------------------------------------ */

typedef struct {
    char *text;    /* cut up in place */
    char **cell;   /* n_rows * n_cols */
    char **column; /* n_cols */
    unsigned *line;
    size_t n_rows, n_cols;
    char path[1024];
} tsv;

static char *slurp(const char *path, size_t *size)
{
    FILE *f = fopen(path, "rb");
    if (!f) die("%s: %s", path, strerror(errno));
    bytes b = {0};
    char buf[65536];
    size_t n;
    while ((n = fread(buf, 1, sizeof buf, f)) > 0) put(&b, buf, n);
    if (ferror(f)) die("%s: %s", path, strerror(errno));
    fclose(f);
    if (size) *size = b.n;
    put(&b, "", 1);
    return (char *)b.p;
}

enum { MAX_COLUMNS = 32 };

/* How many there are; more than max: too many. */
static size_t split_tabs(char *line, char **out, size_t max)
{
    size_t n = 0;
    for (;;) {
        if (n == max) return n + 1;
        out[n++] = line;
        char *tab = strchr(line, '\t');
        if (!tab) return n;
        *tab = 0;
        line = tab + 1;
    }
}

static void check_bytes(const tsv *t, size_t size)
{
    unsigned line = 1;
    for (size_t i = 0; i < size;) {
        uint32_t cp;
        i += hw_utf8_decode(t->text + i, size - i, &cp);
        if (cp == HW_BROKEN) die("%s:%u: not UTF-8", t->path, line);
        if (cp == 0) die("%s:%u: a NUL byte", t->path, line);
        line += cp == '\n';
    }
}

/* `from` is the file and line that names this one, or NULL. */
static tsv read_tsv(const char *dir, const char *file, const char *from)
{
    tsv t = {0};
    size_t cap = 0;
    unsigned n = 0;
    snprintf(t.path, sizeof t.path, "%s/%s", dir, file);
    if (from && access(t.path, R_OK) != 0) die("%s: %s: %s", from, t.path, strerror(errno));
    size_t size;
    t.text = slurp(t.path, &size);
    check_bytes(&t, size);
    char *start = t.text;
    if (!strncmp(start, "\xEF\xBB\xBF", 3)) start += 3;
    for (char *next, *line = start; line && *line; line = next) {
        n++;
        if ((next = strchr(line, '\n')) != NULL) *next++ = 0;
        size_t len = strlen(line);
        if (len && line[len - 1] == '\r') line[--len] = 0;
        if (!len || *line == '#') continue;
        char *cells[MAX_COLUMNS];
        size_t k = split_tabs(line, cells, MAX_COLUMNS);
        if (k > MAX_COLUMNS) die("%s:%u: more than %d columns", t.path, n, MAX_COLUMNS);
        if (!t.column) {
            t.n_cols = k;
            t.column = malloc(k * sizeof *t.column);
            if (!t.column) die("out of memory");
            memcpy(t.column, cells, k * sizeof *cells);
            continue;
        }
        if (k != t.n_cols) die("%s:%u: %zu columns, not %zu", t.path, n, k, t.n_cols);
        if (t.n_rows == cap) {
            cap = cap ? cap * 2 : 256;
            t.cell = realloc(t.cell, cap * t.n_cols * sizeof *t.cell);
            t.line = realloc(t.line, cap * sizeof *t.line);
            if (!t.cell || !t.line) die("out of memory");
        }
        memcpy(t.cell + t.n_rows * t.n_cols, cells, k * sizeof *cells);
        t.line[t.n_rows++] = n;
    }
    if (!t.column) die("%s: no line names the columns", t.path);
    return t;
}

static int column_of(const tsv *t, const char *name)
{
    for (size_t i = 0; i < t->n_cols; i++)
        if (!strcmp(t->column[i], name)) return (int)i;
    return -1;
}

/* Adds the rows of another file; its columns may be fewer or in another order. */
static void join_tsv(tsv *t, const tsv *more)
{
    t->cell = realloc(t->cell, (t->n_rows + more->n_rows + 1) * t->n_cols * sizeof *t->cell);
    if (!t->cell) die("out of memory");
    for (size_t r = 0; r < more->n_rows; r++)
        for (size_t c = 0; c < t->n_cols; c++) {
            int from = column_of(more, t->column[c]);
            t->cell[(t->n_rows + r) * t->n_cols + c] = from < 0 ? "-" : more->cell[r * more->n_cols + (size_t)from];
        }
    t->n_rows += more->n_rows;
}

/* ---- orthography ------------------------------------------------------------------------------------------------- */

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

static void build_orth(const char *dir)
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
        while (same < o.n_pages && memcmp(b->p + o.pages_at + same * 256 * sizeof(hw_char), &orth.c[p << 8], 256 * sizeof(hw_char))) same++;
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

/* ---- tables and indexes ------------------------------------------------------------------------------------------ */

typedef struct { uint64_t hash; hw_post post; } pair_of;
typedef struct {
    char name[40];
    pair_of *p;
    size_t n, cap;
    uint64_t *prefix;
    size_t n_prefix, cap_prefix;
    uint8_t n_tables;
} index_build;
static index_build indexes[32];
static unsigned n_indexes;

static index_build *index_named(const char *name)
{
    for (unsigned i = 0; i < n_indexes; i++)
        if (!strcmp(indexes[i].name, name)) return &indexes[i];
    if (n_indexes == 32) die("too many indexes");
    index_build *x = &indexes[n_indexes++];
    snprintf(x->name, sizeof x->name, "%s", name);
    return x;
}

static uint32_t intern(bytes *pool, uint32_t *table, size_t mask, const char *s)
{
    size_t len = strlen(s);
    for (size_t i = hw_hash(s, len) & mask;; i = (i + 1) & mask) {
        if (!table[i]) {
            table[i] = (uint32_t)put(pool, s, len + 1);
            return table[i];
        }
        if (!strcmp((char *)pool->p + table[i], s)) return table[i];
    }
}

static void build_table(const char *name, const tsv *t)
{
    bytes *b = new_section("t:%s", name);
    hw_table_header h = {(uint32_t)t->n_rows, (uint32_t)t->n_cols};
    size_t n = t->n_cols * (t->n_rows + 1), slots = 64;
    while (slots < n * 2) slots *= 2;
    uint32_t *seen = calloc(slots, sizeof *seen), *at = malloc(n * sizeof *at);
    if (!seen || !at) die("out of memory");
    put(b, &h, sizeof h);
    size_t offsets = put(b, NULL, n * sizeof *at);
    for (size_t c = 0; c < t->n_cols; c++) at[c] = intern(b, seen, slots - 1, t->column[c]);
    for (size_t i = 0; i < t->n_rows * t->n_cols; i++) at[t->n_cols + i] = intern(b, seen, slots - 1, t->cell[i]);
    memcpy(b->p + offsets, at, n * sizeof *at);
    free(seen);
    free(at);
}

static bool listed(const char *cell, const char *piece, size_t len)
{
    for (const char *p = cell; p; p = strchr(p, '|')) {
        if (*p == '|') p++;
        size_t k = strcspn(p, "|");
        if (k == len && !memcmp(p, piece, len)) return true;
        if (!p[k]) break;
    }
    return false;
}

static void index_piece(index_build *x, const hewal_model *m, hw_arena *a, const char *s, size_t len, hw_post post)
{
    uint64_t h = HW_PHRASE_START;
    unsigned words = 0;
    hw_token t;
    for (size_t at = 0; hw_next_token(m, a, s, len, &at, &t); words++) {
        if (words) {
            if (x->n_prefix == x->cap_prefix) {
                x->cap_prefix = x->cap_prefix ? x->cap_prefix * 2 : 1024;
                x->prefix = realloc(x->prefix, x->cap_prefix * sizeof *x->prefix);
                if (!x->prefix) die("out of memory");
            }
            x->prefix[x->n_prefix++] = h;
        }
        h = hw_phrase(h, t.hash);
    }
    if (!words) return;
    if (x->n == x->cap) {
        x->cap = x->cap ? x->cap * 2 : 1024;
        x->p = realloc(x->p, x->cap * sizeof *x->p);
        if (!x->p) die("out of memory");
    }
    post.words = (uint8_t)(words > 255 ? 255 : words);
    x->p[x->n++] = (pair_of){h, post};
}

static void index_columns(index_build *x, const hewal_model *m, hw_arena *a, const tsv *t, char *columns, const char *where)
{
    int amb = column_of(t, "ambiguous");
    uint8_t table = x->n_tables++;
    for (char *save, *c = strtok_r(columns, ",", &save); c; c = strtok_r(NULL, ",", &save)) {
        int col = column_of(t, c);
        if (col < 0) die("%s: no column «%s» in %s", where, c, t->path);
        for (size_t r = 0; r < t->n_rows; r++) {
            const char *cell = t->cell[r * t->n_cols + (size_t)col];
            if (!strcmp(cell, "-")) continue;
            for (const char *p = cell;;) {
                size_t k = strcspn(p, "|");
                hw_post post = {.row = (uint32_t)r, .table = table, .col = (uint8_t)col};
                post.ambiguous = amb >= 0 && listed(t->cell[r * t->n_cols + (size_t)amb], p, k);
                index_piece(x, m, a, p, k, post);
                if (!p[k]) break;
                p += k + 1;
            }
        }
    }
}

static int by_hash(const void *a, const void *b)
{
    const pair_of *x = a, *y = b;
    if (x->hash != y->hash) return x->hash < y->hash ? -1 : 1;
    if (x->post.table != y->post.table) return x->post.table - y->post.table;
    if (x->post.row != y->post.row) return x->post.row < y->post.row ? -1 : 1;
    return x->post.col - y->post.col;
}

static hw_slot *slot_for(hw_slot *slots, uint32_t mask, uint64_t hash)
{
    uint32_t i = (uint32_t)hash & mask;
    while (slots[i].hash && slots[i].hash != hash) i = (i + 1) & mask;
    slots[i].hash = hash;
    return &slots[i];
}

static void build_index(index_build *x)
{
    qsort(x->p, x->n, sizeof *x->p, by_hash);
    uint32_t n_slots = 64;
    while (n_slots < (x->n + x->n_prefix) * 2) n_slots *= 2;
    hw_slot *slots = calloc(n_slots, sizeof *slots);
    bytes posts = {0};
    if (!slots) die("out of memory");
    for (size_t i = 0; i < x->n; i++) {
        const pair_of *p = &x->p[i];
        if (i && p->hash == p[-1].hash && p->post.table == p[-1].post.table && p->post.row == p[-1].post.row) continue;
        hw_slot *s = slot_for(slots, n_slots - 1, p->hash);
        if (!s->n) s->first = (uint32_t)(posts.n / sizeof(hw_post));
        if (s->n < UINT16_MAX) {
            put(&posts, &p->post, sizeof p->post);
            s->n++;
        }
    }
    for (size_t i = 0; i < x->n_prefix; i++) slot_for(slots, n_slots - 1, x->prefix[i])->longer = 1;
    bytes *b = new_section("i:%s", x->name);
    hw_index_header h = {n_slots, (uint32_t)(posts.n / sizeof(hw_post))};
    put(b, &h, sizeof h);
    align(b, 16);
    put(b, slots, n_slots * sizeof *slots);
    put(b, posts.p ? (const void *)posts.p : "", posts.n);
    free(slots);
    free(posts.p);
}

/* A column that holds small records ("office/holder/from/to|...") becomes a table NAME.COLUMN of its own: `row`, the row
 * it stands in, then its fields; and an index NAME.COLUMN over the phrase of its first two. */
static void explode(const char *name, const char *column, const tsv *t, const hewal_model *m, hw_arena *a, const char *where)
{
    char full[40];
    int col = column_of(t, column);
    if (col < 0) die("%s: no column «%s» in %s", where, column, t->path);
    static char *names[] = {"row", "first", "second", "third", "fourth"};
    tsv out = {.column = names, .n_cols = 5};
    size_t cap = 0;
    snprintf(full, sizeof full, "%s.%s", name, column);
    index_build *x = index_named(full);
    for (size_t r = 0; r < t->n_rows; r++) {
        const char *cell = t->cell[r * t->n_cols + (size_t)col];
        if (!strcmp(cell, "-")) continue;
        for (char *save, *one = strtok_r(hw_strdup(a, cell), "|", &save); one; one = strtok_r(NULL, "|", &save)) {
            if (out.n_rows == cap) {
                cap = cap ? cap * 2 : 1024;
                out.cell = realloc(out.cell, cap * 5 * sizeof *out.cell);
                if (!out.cell) die("out of memory");
            }
            char **c = out.cell + out.n_rows * 5, *field = one;
            c[0] = hw_sprintf(a, "%zu", r);
            for (int k = 1; k < 5; k++) {
                c[k] = field ? field : "-";
                char *slash = field ? strchr(field, '/') : NULL;
                if (slash) *slash++ = 0;
                field = slash;
            }
            const char *key = hw_sprintf(a, "%s %s", c[1], c[2]);
            index_piece(x, m, a, key, strlen(key), (hw_post){.row = (uint32_t)out.n_rows});
            out.n_rows++;
        }
    }
    build_table(full, &out);
    free(out.cell);
}

static void build_tables(const char *dir, const hewal_model *m, hw_arena *a)
{
    tsv list = read_tsv(dir, "manifest.tsv", NULL);
    int name = column_of(&list, "table"), file = column_of(&list, "file"), index = column_of(&list, "index"), records = column_of(&list, "records");
    if (name < 0 || file < 0 || index < 0 || records < 0) die("%s: needs the columns table, file, index, records", list.path);
    for (size_t r = 0; r < list.n_rows; r++) {
        char **row = list.cell + r * list.n_cols, *save;
        char *f = strtok_r(row[file], "|", &save);
        const char *where = hw_sprintf(a, "%s:%u", list.path, list.line[r]);
        if (!f) die("%s: no file", where);
        tsv t = read_tsv(dir, f, where);
        while ((f = strtok_r(NULL, "|", &save)) != NULL) {
            tsv more = read_tsv(dir, f, where);
            join_tsv(&t, &more);
        }
        build_table(row[name], &t);
        if (strcmp(row[records], "-")) explode(row[name], row[records], &t, m, a, where);
        if (!strcmp(row[index], "-")) continue;
        for (char *save2, *spec = strtok_r(row[index], " ", &save2); spec; spec = strtok_r(NULL, " ", &save2)) {
            char *colon = strchr(spec, ':');
            if (!colon) die("%s: index «%s» is not INDEX:COLUMNS", where, spec);
            *colon = 0;
            index_columns(index_named(spec), m, a, &t, colon + 1, where);
        }
    }
    for (unsigned i = 0; i < n_indexes; i++) build_index(&indexes[i]);
}

int main(int argc, char **argv)
{
    int i = 1;
    for (; i + 1 < argc && !strcmp(argv[i], "--section"); i += 2) {
        char *eq = strchr(argv[i + 1], '=');
        if (!eq) die("--section takes NAME=FILE");
        *eq = 0;
        size_t n;
        char *p = slurp(eq + 1, &n);
        put(new_section("%s", argv[i + 1]), p, n);
        free(p);
    }
    if (argc - i != 2) die("usage: mkmodel [--section NAME=FILE]... LANG_DIR OUT");
    build_orth(argv[i]);
    hewal_model m;
    hewal_error err;
    bytes first = link_model(); /* enough for the tokenizer, which reads the tables' phrases */
    if (hw_model_attach(&m, first.p, first.n, "the model so far", &err) != HEWAL_OK) die("%s", err.message);
    hw_arena a;
    hw_arena_init(&a);
    build_tables(argv[i], &m, &a);
    hw_arena_free(&a);
    bytes out = link_model();
    FILE *f = fopen(argv[i + 1], "wb");
    if (!f || fwrite(out.p, 1, out.n, f) != out.n || fclose(f) != 0) die("%s: %s", argv[i + 1], strerror(errno));
    free(first.p);
    free(out.p);
    return 0;
}
