/* `hewal normalize`, `transliterate`, `tokens` and `analyze`. In: texts, or words one a line. Out: the same in another
 * writing; index terms; analyses. All read their input as a stream, in pieces of whole lines: it may be of any length. */
#include "base/hash.h"
#include "cli/commands.h"
#include "morph/morph.h"
#include "store/terms.h"

#include <errno.h>
#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

const cli_option cli_words_options[] = {{NULL, NULL, NULL}};
const cli_option cli_tokens_options[] = {
    {"search", NULL, "the terms that search goes by, instead of the words"},
    {"all", NULL, "with --search: all terms of a word, tabs between; the form itself after ="},
    {"threads", "N", "how many threads work (one a core)"},
    {NULL, NULL, NULL}};
const cli_option cli_analyze_options[] = {
    {"all", NULL, "also the analyses that are unlikely"},
    {NULL, NULL, NULL}};
const cli_option cli_normalize_options[] = {
    {"only", "LIST", "do only these of the groups: forms,letters,arabic,vowels,fonts,zwnj,invisible,tatweel,signs,initial-r,double,digits,particles,spaces"},
    {"keep", "LIST", "leave alone what these groups are about"},
    {"lexicon", NULL, "also join and part words where only the lexicon tells"},
    {"from", "ali-k|ali-web|dylan|zarnegar", "the text was typed for these old fonts"},
    {"map", "FILE", "write there which byte of the output comes from which of the input"},
    {NULL, NULL, NULL}};
const cli_option cli_transliterate_options[] = {
    {"to", "latin|arabic", "the script to write (latin)"},
    {NULL, NULL, NULL}};

#define BUDGET ((size_t)64 << 20)

typedef struct job job;
typedef struct {
    char *in;
    size_t len;
    const char *file;
    hewal_status status;
    hewal_string out;
    hewal_offset *map;
    size_t n_map;
} piece;

/* What is done with a piece: appends to p->out. */
typedef hewal_status (*step)(const job *j, unsigned thread, piece *p);

struct job {
    const hewal_model *model;
    step step;
    bool latin;        /* transliterate: the script to write */
    bool all;          /* analyze: the unlikely ones too; tokens: all terms of a word */
    hewal_normalizing how; /* normalize */
    FILE *map;         /* normalize: where offsets go, or NULL */
    uint64_t read, written; /* bytes before the piece whose offsets come next */
    hw_terms **terms;  /* tokens: one a thread, made when it is first needed */
};

static void piece_free(void *item)
{
    piece *p = item;
    free(p->in);
    free(p->map);
    hewal_string_free(&p->out);
    free(p);
}

static piece *piece_new(const char *s, size_t n, const char *file)
{
    piece *p = calloc(1, sizeof *p);
    if (!p) return NULL;
    p->file = file;
    p->in = malloc(n);
    if (!p->in) {
        free(p);
        return NULL;
    }
    memcpy(p->in, s, n);
    p->len = n;
    return p;
}

static void work(void *ctx, unsigned thread, void *item)
{
    const job *j = ctx;
    piece *p = item;
    p->status = j->step(j, thread, p);
}

/* Offsets of a piece, as those of the whole; its first pair is the last of the piece before. */
static void put_map(job *j, const piece *p)
{
    for (size_t i = j->read ? 1 : 0; i < p->n_map; i++)
        fprintf(j->map, "%" PRIu64 "\t%" PRIu64 "\n", j->written + p->map[i].out, j->read + p->map[i].in);
    j->read += p->len;
    j->written += p->out.len;
}

static bool emit(void *ctx, void *item, bool idle)
{
    job *j = ctx;
    piece *p = item;
    bool ok = p->status == HEWAL_OK;
    if (ok && j->map) put_map(j, p);
    if (!ok) cli_fail("%s: %s", cli_called(p->file), p->status == HEWAL_ENOMEM ? "out of memory" : "the model lacks what this needs");
    ok = cli_write(p->out.s, p->out.len) && (!idle || cli_flush()) && ok;
    piece_free(p);
    return ok;
}

static bool feed(cli_pool *pool, const char *path)
{
    cli_lines *l = cli_lines_open(path, HEWAL_MAX_TEXT);
    if (!l) return false;
    const char *s;
    size_t n, at = 0;
    int got;
    bool on = true;
    while (on && (got = cli_lines_piece(l, &s, &n)) == 1) {
        char why[80];
        const char *bad = cli_not_text(s, n, at, why, sizeof why);
        if (bad) cli_fail("%s: %s", cli_called(path), bad);
        piece *p = bad ? NULL : piece_new(s, n, path);
        if (!bad && !p) cli_fail("%s: out of memory", cli_called(path));
        on = p && cli_pool_submit(pool, p, n);
        if (p && !on) piece_free(p);
        at += n;
    }
    cli_lines_close(l);
    return on && got == 0;
}

static int run(const cli *c, unsigned threads, job *j)
{
    static char *standard_input[] = {"-"};
    char **files = c->n_args ? c->args : standard_input;
    unsigned n = c->n_args ? c->n_args : 1;
    hewal_model *model = cli_model();
    if (!model) return CLI_FAILED;
    j->model = model;
    j->terms = calloc(threads, sizeof *j->terms);
    cli_pool *pool = j->terms ? cli_pool_new(threads, 8 * threads, BUDGET, work, emit, j) : NULL;
    int status = pool ? CLI_OK : cli_fail("out of memory");
    for (unsigned i = 0; pool && i < n; i++)
        if (!feed(pool, files[i])) status = CLI_FAILED;
    if (pool && !cli_pool_finish(pool, piece_free)) status = CLI_FAILED;
    for (unsigned i = 0; j->terms && i < threads; i++) hw_terms_free(j->terms[i]);
    free(j->terms);
    hewal_model_close(model);
    return cli_finish(status);
}

/* ---- the steps ---------------------------------------------------------------------------------------------------- */

static hewal_status normalize(const job *j, unsigned thread, piece *p)
{
    (void)thread;
    return hewal_normalize_with(j->model, p->in, p->len, &j->how, &p->out, j->map ? &p->map : NULL, &p->n_map);
}

static hewal_status transliterate(const job *j, unsigned thread, piece *p)
{
    (void)thread;
    return (j->latin ? hewal_to_latin : hewal_to_arabic)(j->model, p->in, p->len, &p->out);
}

static hewal_status terms(const job *j, unsigned thread, piece *p)
{
    const char *s = p->in;
    size_t n = p->len;
    hewal_string *out = &p->out;
    if (!j->terms[thread]) j->terms[thread] = hw_terms_new(j->model);
    if (!j->terms[thread]) return HEWAL_ENOMEM;
    return hw_terms_lines(j->terms[thread], s, n, j->all, out);
}

/* A line at a time: `f` appends what comes of it. */
typedef void (*line_step)(const job *j, hw_arena *a, const char *s, size_t n, hw_buf *b);

static hewal_status lines(const job *j, const char *s, size_t n, hewal_string *out, line_step f)
{
    if (!j->model->orth) return HEWAL_EFORMAT;
    hw_arena a;
    hw_arena_init(&a);
    if (hw_arena_guard(&a)) {
        hw_arena_free(&a);
        return HEWAL_ENOMEM;
    }
    hw_buf b = hw_buf_on(out);
    const char *p = s, *end = s + n;
    while (p < end) {
        const char *nl = memchr(p, '\n', (size_t)(end - p));
        size_t len = nl ? (size_t)(nl - p) : (size_t)(end - p);
        f(j, &a, p, len && p[len - 1] == '\r' ? len - 1 : len, &b);
        hw_arena_reset(&a);
        p += len + (nl != NULL);
    }
    hw_arena_free(&a);
    return hw_buf_ok(&b) ? HEWAL_OK : HEWAL_ENOMEM;
}

static void words_of_line(const job *j, hw_arena *a, const char *s, size_t n, hw_buf *b)
{
    hw_token t;
    for (size_t at = 0; hw_next_token(j->model, a, s, n, &at, &t);) {
        hw_put(b, t.norm, t.norm_len);
        hw_putc(b, '\n');
    }
    hw_putc(b, '\n');
}

/* A line as one word, whatever the tokenizer would make of it. */
static hw_token token_of(const hewal_model *m, hw_arena *a, const char *s, size_t n)
{
    hw_token t;
    size_t at = 0;
    if (hw_next_token(m, a, s, n, &at, &t) && t.b == 0 && t.e == n) return t;
    hw_spelling p = hw_orth_word(m->orth, a, s, n);
    return (hw_token){.e = (uint32_t)n, .kind = HW_WORD, .norm_len = p.norm_len, .fold_len = p.fold_len, .norm = p.norm, .fold = p.fold,
                      .hash = hw_hash(p.fold, p.fold_len)};
}

static bool is_known(const hw_analysis *x)
{
    return x->lemma && *x->lemma && x->upos != HW_X;
}

static bool same(const hw_analysis *x, const hw_analysis *y)
{
    return x->upos == y->upos && !strcmp(x->lemma, y->lemma) && !strcmp(x->feats, y->feats);
}

static void analyses_of_line(const job *j, hw_arena *a, const char *s, size_t n, hw_buf *b)
{
    while (n && (*s == ' ' || *s == '\t')) s++, n--;
    while (n && (s[n - 1] == ' ' || s[n - 1] == '\t')) n--;
    hw_word w = {0};
    if (n) {
        hw_token t = token_of(j->model, a, s, n);
        w = j->all ? hw_morph_all(j->model, a, &t) : hw_morph_word(j->model, a, &t);
    }
    bool any = false;
    for (unsigned i = 0; i < w.n; i++) {
        const hw_analysis *x = &w.analyses[i];
        bool again = !is_known(x);
        for (unsigned k = 0; k < i && !again; k++) again = is_known(&w.analyses[k]) && same(x, &w.analyses[k]);
        if (again) continue;
        any = true;
        hw_put(b, s, n);
        hw_putf(b, "\t%s\t%s\t%s\n", x->lemma, hw_upos_name(x->upos), x->feats);
    }
    if (!any && n) {
        hw_put(b, s, n);
        hw_puts(b, "\t\tX\t\n");
    }
    hw_putc(b, '\n');
}

static hewal_status words(const job *j, unsigned thread, piece *p)
{
    (void)thread;
    return lines(j, p->in, p->len, &p->out, words_of_line);
}

static hewal_status analyses(const job *j, unsigned thread, piece *p)
{
    (void)thread;
    return lines(j, p->in, p->len, &p->out, analyses_of_line);
}

/* ---- the commands ------------------------------------------------------------------------------------------------- */

/* The groups of rules that a list names, 0 after saying which name is none. */
static uint32_t groups(const cli *c, const char *option)
{
    uint32_t all = 0;
    for (const char *s = cli_value(c, option);; s++) {
        size_t n = strcspn(s, ",");
        unsigned i = 0;
        while (hewal_fix_name(i) && (strlen(hewal_fix_name(i)) != n || memcmp(hewal_fix_name(i), s, n) != 0)) i++;
        if (!hewal_fix_name(i)) {
            cli_misuse(c, "--%s: there is no group «%.*s»", option, (int)n, s);
            return 0;
        }
        all |= UINT32_C(1) << i;
        s += n;
        if (!*s) return all;
    }
}

int cli_normalize(cli *c)
{
    job j = {.step = normalize, .how = {HEWAL_FIX_ALL, cli_value(c, "from")}};
    uint32_t these;
    if (cli_value(c, "only")) {
        if (!(these = groups(c, "only"))) return CLI_USAGE;
        j.how.fix = these;
    }
    if (cli_value(c, "keep")) {
        if (!(these = groups(c, "keep"))) return CLI_USAGE;
        j.how.fix &= ~these;
    }
    if (cli_value(c, "lexicon")) j.how.fix |= HEWAL_FIX_LEXICON;
    const char *map = cli_value(c, "map");
    if (map && !(j.map = fopen(map, "w"))) return cli_fail("%s: %s", map, strerror(errno));
    int status = run(c, 1, &j);
    if (j.map && (ferror(j.map) | fclose(j.map))) status = cli_fail("%s: could not be written", map);
    return status;
}

int cli_transliterate(cli *c)
{
    return run(c, 1, &(job){.step = transliterate, .latin = !cli_is(c, "to", "arabic")});
}

int cli_tokens(cli *c)
{
    return run(c, cli_threads(c), &(job){.step = cli_value(c, "search") ? terms : words, .all = cli_value(c, "all") != NULL});
}

int cli_analyze(cli *c)
{
    return run(c, 1, &(job){.step = analyses, .all = cli_value(c, "all") != NULL});
}
