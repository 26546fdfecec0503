/* `hewal annotate`. In: texts, or articles as JSON lines. Out: their records as JSON lines or CoNLL-U, in the input's order,
 * the same for any number of threads. A line of JSON that is no article gives a line that says so, and the rest goes on. */
#include "cli/commands.h"

#include <jansson.h>
#include <stdlib.h>
#include <string.h>

const cli_option cli_annotate_options[] = {
    {"format", "json|conllu", "what to write (json)"},
    {"input", "text|jsonl", "what to read: a text a file, or an article a line (jsonl for *.jsonl)"},
    {"published", "DATE", "when the text was published, YYYY-MM-DD"},
    {"id", "ID", "the id to give the record"},
    {"threads", "N", "how many threads work (one a core)"},
    {NULL, NULL, NULL}};

/* A line of JSON may be longer than the text in it: a letter of two bytes can stand as six (\u06a9). */
#define MAX_LINE ((size_t)HEWAL_MAX_TEXT * 3 + (1u << 20))
#define BUDGET ((size_t)64 << 20)

typedef struct { /* what the threads share: read-only but for the counts, which only emit touches */
    const hewal_model *model;
    bool conllu;
    const char *published;
    unsigned long good, bad;
    char first_bad[600];
} job;

typedef struct { /* an article on its way */
    char *in;
    size_t len;
    const char *file;
    uint64_t line;  /* 0: a text */
    bool too_long;
    char *id;       /* NULL: none */
    char error[520]; /* empty: none */
    hewal_string out;
} article;

static void article_free(void *item)
{
    article *a = item;
    free(a->in);
    free(a->id);
    hewal_string_free(&a->out);
    free(a);
}

static article *article_new(const char *s, size_t n, const char *file, uint64_t line)
{
    article *a = calloc(1, sizeof *a);
    if (!a) return NULL;
    a->file = file;
    a->line = line;
    a->too_long = !s;
    if (!s) return a;
    a->in = malloc(n + 1);
    if (!a->in) {
        free(a);
        return NULL;
    }
    memcpy(a->in, s, n);
    a->in[n] = 0;
    a->len = n;
    return a;
}

static void write_record(const job *j, article *a, const char *text, size_t len, const hewal_meta *meta, const char *more)
{
    char why[80];
    const char *not_text = cli_not_text(text, len, 0, why, sizeof why);
    if (not_text) {
        snprintf(a->error, sizeof a->error, "%s", not_text);
        return;
    }
    hewal_record *rec;
    hewal_error err;
    if (hewal_annotate(j->model, text, len, meta, &rec, &err) != HEWAL_OK) {
        snprintf(a->error, sizeof a->error, "%s", err.message);
        return;
    }
    hw_buf b = hw_buf_on(&a->out);
    if (j->conllu && a->id) hw_putf(&b, "# newdoc id = %s\n", a->id);
    hewal_status s = j->conllu ? hewal_record_conllu(rec, &a->out) : hewal_record_json(rec, a->id, more, &a->out);
    if (!j->conllu) hw_putc(&b, '\n');
    if (s != HEWAL_OK || !hw_buf_ok(&b)) snprintf(a->error, sizeof a->error, "out of memory");
    hewal_record_free(rec);
}

/* The members of the record itself: an article's field of such a name is not carried through. */
static bool is_ours(const char *key)
{
    static const char *const ours[] = {"hewal", "id", "text", "published", "published_inferred", "entities", "mentions",
                                       "times", "quantities", "quotes", "events", "error"};
    for (size_t i = 0; i < sizeof ours / sizeof *ours; i++)
        if (!strcmp(key, ours[i])) return true;
    return false;
}

static bool put_more(json_t *o, hw_buf *b)
{
    const char *key;
    json_t *value;
    json_object_foreach(o, key, value) {
        if (is_ours(key)) continue;
        char *s = json_dumps(value, JSON_COMPACT | JSON_ENCODE_ANY);
        if (!s) return false;
        if (b->str->len) hw_putc(b, ',');
        hw_put_json(b, key, strlen(key));
        hw_putc(b, ':');
        hw_puts(b, s);
        free(s);
    }
    return hw_buf_ok(b);
}

static const char *string_of(json_t *o, const char *key)
{
    const char *s = json_string_value(json_object_get(o, key));
    return s && *s ? s : NULL;
}

/* The article's id: a string, or a number as one. */
static char *id_of(json_t *o)
{
    json_t *v = json_object_get(o, "id");
    if (json_is_string(v)) return strdup(json_string_value(v));
    return json_is_number(v) ? json_dumps(v, JSON_COMPACT | JSON_ENCODE_ANY) : NULL;
}

static void read_object(const job *j, article *a, json_t *o)
{
    a->id = id_of(o);
    json_t *text = json_object_get(o, "text");
    if (!json_is_string(text)) {
        snprintf(a->error, sizeof a->error, text ? "\"text\" is not a string" : "there is no \"text\"");
        return;
    }
    hewal_string more = {0};
    hw_buf b = hw_buf_on(&more);
    if (!put_more(o, &b)) snprintf(a->error, sizeof a->error, "out of memory");
    else {
        const char *published = string_of(o, "published");
        hewal_meta meta = {published ? published : j->published, string_of(o, "outlet"), string_of(o, "title")};
        write_record(j, a, json_string_value(text), json_string_length(text), &meta, more.s);
    }
    hewal_string_free(&more);
}

static void read_line(const job *j, article *a)
{
    json_error_t e;
    json_t *o = a->too_long ? NULL : json_loadb(a->in, a->len, 0, &e);
    if (a->too_long) snprintf(a->error, sizeof a->error, "the line is longer than %zu bytes", MAX_LINE);
    else if (!o) snprintf(a->error, sizeof a->error, "not JSON: %s (byte %d)", e.text, e.position);
    else if (!json_is_object(o)) snprintf(a->error, sizeof a->error, "not a JSON object");
    else read_object(j, a, o);
    json_decref(o);
}

static void work(void *ctx, void *item)
{
    const job *j = ctx;
    article *a = item;
    if (a->line) read_line(j, a);
    else {
        hewal_meta meta = {.published = j->published};
        write_record(j, a, a->in, a->len, &meta, NULL);
    }
}

static void note_bad(job *j, const article *a)
{
    if (!a->line) cli_fail("%s: %s", cli_called(a->file), a->error);
    else if (!j->bad)
        snprintf(j->first_bad, sizeof j->first_bad, "%s:%llu: %s", cli_called(a->file), (unsigned long long)a->line, a->error);
    j->bad++;
}

static bool emit(void *ctx, void *item, bool idle)
{
    job *j = ctx;
    article *a = item;
    if (a->error[0]) {
        note_bad(j, a);
        a->out.len = 0;
        hw_buf b = hw_buf_on(&a->out);
        if (a->line && !j->conllu) {
            hw_puts(&b, "{\"id\":");
            hw_put_json_s(&b, a->id);
            hw_puts(&b, ",\"error\":");
            hw_put_json(&b, a->error, strlen(a->error));
            hw_puts(&b, "}\n");
        }
    } else j->good++;
    if (a->out.len) fwrite(a->out.s, 1, a->out.len, stdout);
    if (idle) fflush(stdout);
    article_free(a);
    return !ferror(stdout);
}

/* Hands an article to the pool; false when there is no use in going on. */
static bool submit(cli_pool *pool, article *a)
{
    if (!a) {
        cli_fail("out of memory");
        return false;
    }
    if (cli_pool_submit(pool, a, a->len)) return true;
    article_free(a);
    return false;
}

static bool is_blank(const char *s, size_t n)
{
    while (n && (*s == ' ' || *s == '\t')) s++, n--;
    return !n;
}

static bool feed_lines(cli_pool *pool, const char *path)
{
    cli_lines *l = cli_lines_open(path, MAX_LINE);
    if (!l) return false;
    const char *s;
    size_t n;
    int got;
    bool on = true;
    while (on && (got = cli_lines_next(l, &s, &n)) == 1) {
        if (cli_lines_number(l) == 1 && s && n >= 3 && !memcmp(s, "\xEF\xBB\xBF", 3)) s += 3, n -= 3;
        if (!s || !is_blank(s, n)) on = submit(pool, article_new(s, n, path, cli_lines_number(l)));
    }
    cli_lines_close(l);
    return on && got == 0;
}

static bool feed_text(cli_pool *pool, const char *path, const char *id)
{
    hewal_string s = {0};
    bool ok = cli_read(path, HEWAL_MAX_TEXT, &s);
    article *a = ok ? article_new(s.s, s.len, path, 0) : NULL;
    hewal_string_free(&s);
    if (!ok) return false;
    if (a && (id || strcmp(path, "-"))) a->id = strdup(id ? id : path);
    return submit(pool, a);
}

static bool ends_in(const char *s, const char *end)
{
    size_t n = strlen(s), k = strlen(end);
    return n >= k && !strcmp(s + n - k, end);
}

int cli_annotate(cli *c)
{
    static char *standard_input[] = {"-"};
    char **files = c->n_args ? c->args : standard_input;
    unsigned n = c->n_args ? c->n_args : 1;
    const char *id = cli_value(c, "id"), *input = cli_value(c, "input");
    if (id && (n > 1 || cli_is(c, "input", "jsonl"))) return cli_misuse(c, "--id is for a single text");
    hewal_model *model = cli_model();
    if (!model) return CLI_FAILED;
    job j = {.model = model, .conllu = cli_is(c, "format", "conllu"), .published = cli_value(c, "published")};
    cli_pool *pool = cli_pool_new(cli_threads(c), BUDGET, work, emit, &j);
    int status = pool ? CLI_OK : cli_fail("out of memory");
    for (unsigned i = 0; pool && i < n; i++) {
        bool lines = input ? !strcmp(input, "jsonl") : ends_in(files[i], ".jsonl");
        if (!(lines ? feed_lines(pool, files[i]) : feed_text(pool, files[i], id))) status = CLI_FAILED;
    }
    if (pool && !cli_pool_finish(pool, article_free)) status = CLI_FAILED;
    if (j.first_bad[0])
        cli_fail("%s (%lu of %lu articles could not be read)", j.first_bad, j.bad, j.bad + j.good);
    hewal_model_close(model);
    return cli_finish(j.bad ? CLI_FAILED : status);
}
