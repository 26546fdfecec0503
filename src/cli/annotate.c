/* `hewal annotate`. In: articles: raw text, JSON lines, or whatever the ingest stage can read. Out: their records as JSON
 * lines or CoNLL-U, in the input's order, the same for any number of threads. A line of JSON that is no article gives a line
 * that says so, and the rest goes on. */
#include "cli/commands.h"
#include "ingest/ingest.h"

#include <stdlib.h>
#include <string.h>

const cli_option cli_annotate_options[] = {
    {"format", "json|conllu", "what to write (json)"},
    {"input", "text|jsonl|auto", "what to read: raw text, an article a line, or as it is (see above)"},
    CLI_MAP_OPTION,
    {"published", "YYYY-MM-DD", "when the articles were published that do not say so themselves"},
    {"id", "ID", "the id to give the record"},
    {"threads", "N", "how many threads work (one a core)"},
    {"again", NULL, "bring the records of the store that another model made up to this one"},
    {"store", "FILE", "with --again: the store ($HEWAL_STORE, else ~/.local/share/hewal/store.db)"},
    {NULL, NULL, NULL}};

#define BUDGET ((size_t)64 << 20) /* bytes of text in flight */

typedef struct { /* what the threads share: read-only but for the counts, which only emit touches */
    const hewal_model *model;
    bool conllu;
    const char *published;
    unsigned long n, bad;
    char first_bad[600];
} job;

typedef struct { /* an article on its way, or what was wrong with it */
    hw_article *article; /* NULL: it was refused */
    char *id;            /* NULL: none */
    bool line;           /* of JSON */
    bool failed;
    char error[600];     /* with its place before it */
    hewal_string out;
} item;

static void item_free(void *p)
{
    item *x = p;
    hw_article_free(x->article);
    free(x->id);
    hewal_string_free(&x->out);
    free(x);
}

static item *item_new(hw_article *a, const char *id, bool line)
{
    item *x = calloc(1, sizeof *x);
    if (!x || (id && !(x->id = strdup(id)))) {
        free(x);
        hw_article_free(a);
        cli_fail("out of memory");
        return NULL;
    }
    x->article = a;
    x->line = line;
    return x;
}

static void spoil(item *x, const char *why)
{
    const char *origin = x->article->origin;
    snprintf(x->error, sizeof x->error, "%s: %s", cli_called(origin ? origin : "-"), why);
    x->failed = true;
}

static void write_record(const job *j, item *x, const hewal_record *rec)
{
    hewal_string more = {0};
    hw_buf b = hw_buf_on(&x->out);
    hewal_status s;
    if (j->conllu) {
        if (x->id) hw_putf(&b, "# newdoc id = %s\n", x->id);
        s = hewal_record_conllu(rec, &x->out);
    } else {
        s = hw_article_members(x->article, &more);
        if (s == HEWAL_OK) s = hewal_record_json(rec, x->id, more.len ? more.s : NULL, &x->out);
        hw_putc(&b, '\n');
    }
    hewal_string_free(&more);
    if (s != HEWAL_OK || !hw_buf_ok(&b)) spoil(x, "out of memory");
}

static void work(void *ctx, unsigned thread, void *p)
{
    (void)thread;
    const job *j = ctx;
    item *x = p;
    if (!x->article) return;
    hewal_meta meta = x->article->meta;
    if (!meta.published) meta.published = j->published;
    hewal_record *rec;
    hewal_error err;
    if (hewal_annotate(j->model, x->article->text, x->article->text_len, &meta, &rec, &err) != HEWAL_OK) spoil(x, err.message);
    else write_record(j, x, rec);
    hewal_record_free(rec);
}

/* Only of lines there may be thousands that are bad: they are counted. */
static void note_bad(job *j, const item *x)
{
    if (!x->line) cli_fail("%s", x->error);
    else if (!j->bad++) snprintf(j->first_bad, sizeof j->first_bad, "%s", x->error);
}

static void put_error(item *x)
{
    hw_buf b = hw_buf_on(&x->out);
    x->out.len = 0;
    hw_puts(&b, "{\"id\":");
    hw_put_json_s(&b, x->id);
    hw_puts(&b, ",\"error\":");
    hw_put_json(&b, x->error, strlen(x->error));
    hw_puts(&b, "}\n");
}

static bool emit(void *ctx, void *p, bool idle)
{
    job *j = ctx;
    item *x = p;
    j->n++;
    if (x->failed) {
        note_bad(j, x);
        x->out.len = 0;
        if (x->line && !j->conllu) put_error(x);
    }
    bool on = cli_write(x->out.s, x->out.len) && (!idle || cli_flush());
    item_free(x);
    return on;
}

/* Hands an item to the pool; false when there is no use in going on. */
static bool submit(cli_pool *pool, item *x)
{
    if (!x) return false;
    if (cli_pool_submit(pool, x, x->article ? x->article->text_len : 0)) return true;
    item_free(x);
    return false;
}

/* ---- reading ------------------------------------------------------------------------------------------------------ */

/* The bytes of a file as one article, whatever they are, so that offsets are those of the file. */
static hw_article *raw_article(const char *path)
{
    hewal_string s = {0};
    char why[80];
    const char *bad = NULL;
    if (!cli_read(path, HEWAL_MAX_TEXT, &s)) return hewal_string_free(&s), NULL;
    if (!s.len) bad = "there is no text in it";
    else bad = cli_not_text(s.s, s.len, 0, why, sizeof why);
    hw_article *a = bad ? NULL : calloc(1, sizeof *a);
    if (a) {
        a->text = s.s;
        a->text_len = s.len;
        a->origin = strdup(path);
        return a;
    }
    cli_fail("%s: %s", cli_called(path), bad ? bad : "out of memory");
    hewal_string_free(&s);
    return NULL;
}

static bool feed_raw(cli_pool *pool, const char *path, const char *id)
{
    hw_article *a = raw_article(path);
    return a && submit(pool, item_new(a, id ? id : strcmp(path, "-") ? path : NULL, false));
}

static item *refused(const char *id, const char *message, bool line)
{
    item *x = item_new(NULL, id, line);
    if (!x) return NULL;
    x->failed = true;
    snprintf(x->error, sizeof x->error, "%s", message);
    return x;
}

/* The articles of a file, or of a folder. False when something could not be read that is not a line of JSON. */
static bool feed_articles(cli_pool *pool, const char *path, const char *id, hw_input input, const hw_map *map)
{
    hw_reader *r;
    hewal_error err;
    if (hw_reader_open(&r, &path, 1, input, &err) != HEWAL_OK) return cli_fail("%s", err.message), false;
    hw_reader_name_parts(r, map);
    bool lines = input == HW_JSONL, all = true, on = true;
    hw_article *a;
    hw_read_result got;
    while (on && (got = hw_reader_next(r, &a, &err)) != HW_READ_END) {
        if (got == HW_READ_REFUSED) {
            bool line = lines && strcmp(hw_reader_refused_origin(r), path) != 0;
            all = all && line;
            on = submit(pool, refused(hw_reader_refused_id(r), err.message, line));
        } else on = submit(pool, item_new(a, id ? id : a->id_given ? a->id : lines ? NULL : a->origin, lines));
    }
    hw_reader_close(r);
    return on && all;
}

static bool ends_in(const char *s, const char *end)
{
    size_t n = strlen(s), k = strlen(end);
    return n >= k && !strcmp(s + n - k, end);
}

static bool feed(cli_pool *pool, const cli *c, const char *path, const hw_map *map)
{
    const char *otherwise = !strcmp(path, "-") && !map ? "text" : ends_in(path, ".jsonl") ? "jsonl" : "auto";
    const char *input = cli_value_or(c, "input", otherwise), *id = cli_value(c, "id");
    if (!strcmp(input, "text")) return feed_raw(pool, path, id);
    return feed_articles(pool, path, id, !strcmp(input, "jsonl") ? HW_JSONL : HW_AUTO, map);
}

int cli_annotate(cli *c)
{
    static char *standard_input[] = {"-"};
    char **files = c->n_args ? c->args : standard_input;
    unsigned n = c->n_args ? c->n_args : 1;
    if (cli_value(c, "again")) return cli_again(c);
    if (cli_value(c, "store")) return cli_misuse(c, "--store is for --again");
    if (cli_value(c, "id") && (n > 1 || cli_is(c, "input", "jsonl"))) return cli_misuse(c, "--id is for a single text");
    hw_map *map;
    if (!cli_map(c, &map)) return CLI_USAGE;
    hewal_model *model = cli_model();
    if (!model) return hw_map_free(map), CLI_FAILED;
    job j = {.model = model, .conllu = cli_is(c, "format", "conllu"), .published = cli_value(c, "published")};
    cli_pool *pool = cli_pool_new(cli_threads(c), 8 * cli_threads(c), BUDGET, work, emit, &j);
    int status = pool ? CLI_OK : cli_fail("out of memory");
    for (unsigned i = 0; pool && i < n; i++)
        if (!feed(pool, c, files[i], map)) status = CLI_FAILED;
    if (pool && !cli_pool_finish(pool, item_free)) status = CLI_FAILED;
    if (j.bad) status = cli_fail("%s (%lu of %lu articles could not be read)", j.first_bad, j.bad, j.n);
    hewal_model_close(model);
    hw_map_free(map);
    return cli_finish(status);
}
