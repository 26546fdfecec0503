/* Compiles the language files into the model.   mkmodel [--section NAME=FILE]... LANG_DIR OUT
 *
 * In: LANG_DIR/orthography.tsv, LANG_DIR/manifest.tsv and the tables it names, and files that other tools made, which
 * become sections as they are. Out: one model file as model/format.h describes it. Faults are told as `file:line: what`.
 * mkmodel-orth.c makes the orthography, tsv.c reads the tables. */
#include "mkmodel.h"

#include "base/hash.h"
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

const char tool_name[] = "mkmodel";


/* ---- sections ---------------------------------------------------------------------------------------------------- */

void align(bytes *b, size_t to)
{
    while (b->n % to) put(b, NULL, 1);
}

typedef struct { char name[40]; bytes data; } section;
static struct { section s[256]; uint32_t n; } sections;

bytes *new_section(const char *fmt, const char *name)
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

/* ---- tables and indexes ------------------------------------------------------------------------------------------ */

typedef struct { uint64_t hash; hw_post post; } pair_of;
typedef struct {
    char name[40];
    pair_of *p;
    size_t n, cap;
    uint64_t *prefix;
    size_t n_prefix, cap_prefix;
    uint64_t *begins; /* the first word of each phrase */
    size_t n_begins, cap_begins;
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

static void add_hash(uint64_t **v, size_t *n, size_t *cap, uint64_t h)
{
    if (*n == *cap) {
        *cap = *cap ? *cap * 2 : 1024;
        *v = realloc(*v, *cap * sizeof **v);
        if (!*v) die("out of memory");
    }
    (*v)[(*n)++] = h;
}

static void index_piece(index_build *x, const hewal_model *m, hw_arena *a, const char *s, size_t len, hw_post post)
{
    uint64_t h = HW_PHRASE_START;
    unsigned words = 0;
    hw_token t;
    for (size_t at = 0; hw_next_token(m, a, s, len, &at, &t); words++) {
        if (words) add_hash(&x->prefix, &x->n_prefix, &x->cap_prefix, h);
        else add_hash(&x->begins, &x->n_begins, &x->cap_begins, t.hash);
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
    hw_index_header h = {n_slots, (uint32_t)(posts.n / sizeof(hw_post)), (uint32_t)(x - indexes), 0};
    put(b, &h, sizeof h);
    align(b, 16);
    put(b, slots, n_slots * sizeof *slots);
    put(b, posts.p ? (const void *)posts.p : "", posts.n);
    free(slots);
    free(posts.p);
}

static void build_begins(void)
{
    uint32_t n_slots = 64;
    size_t n = 0;
    for (unsigned i = 0; i < n_indexes; i++) n += indexes[i].n_begins;
    while (n_slots < n + n / 4) n_slots *= 2; /* many words begin several phrases, so it is less than half full */
    hw_begins_slot *slots = calloc(n_slots, sizeof *slots);
    if (!slots) die("out of memory");
    for (unsigned i = 0; i < n_indexes; i++)
        for (size_t j = 0; j < indexes[i].n_begins; j++) {
            uint64_t word = indexes[i].begins[j];
            uint32_t hash = (uint32_t)(word >> 32), k = (uint32_t)word & (n_slots - 1);
            while (slots[k].indexes && slots[k].hash != hash) k = (k + 1) & (n_slots - 1);
            slots[k].hash = hash;
            slots[k].indexes |= UINT32_C(1) << i;
        }
    bytes *b = new_section("%s", "begins");
    hw_begins_header h = {n_slots, 0};
    put(b, &h, sizeof h);
    align(b, 16);
    put(b, slots, n_slots * sizeof *slots);
    free(slots);
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
    build_begins();
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
        if (!p) die("%s: %s", eq + 1, strerror(errno));
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
