/* `hewal add`, and what adds for `hewal watch`. In: files, folders, standard input. Out: their articles and records in the store. One thread reads, some
 * annotate, and the one whose article is next puts it into the store, so that the store has the input's order. */
#include "cli/add.h"
#include "cli/commands.h"
#include "cli/progress.h"
#include "base/hash.h"
#include "language/language.h"

#include <stdatomic.h>
#include <stdlib.h>
#include <string.h>

const cli_option cli_add_options[] = {
    CLI_STORE_OPTION,
    {"language", "sorani|any", "annotate articles in Sorani only, or in any language (sorani)"},
    CLI_MAP_OPTION,
    {"threads", "N", "how many threads work (one a core)"},
    {NULL, NULL, NULL}};

#define BUDGET ((size_t)64 << 20) /* bytes of text in flight */
#define DEPTH 512 /* articles in flight: to be read, or read while the store commits what came before */

/* Ids that were given to the others since what they did was last there to be looked up: hashes, 0 for none. */
typedef struct { uint64_t *v; size_t n, mask; } id_set;

typedef struct cli_adder {
    cli_session session;
    hw_store *look; /* what the reading thread asks, so that it does not wait for the one that writes */
    id_set given;   /* of which that does not know yet */
    hw_terms **terms;  /* one a thread, made when it is first needed */
    hw_reader *reader;
    hw_map *map;
    cli_progress *progress;
    atomic_ulong added, replaced, skipped, refused;
    bool any;          /* every language is annotated */
    unsigned long languages[HW_N_LANGS], left[HW_N_LANGS]; /* of what was put; of these not annotated. Only emit touches them */
    atomic_bool failed; /* the store could not be written: what was said */
    bool (*go_on)(void *);
    void *ctx;
    unsigned threads;
} job;

typedef struct { /* an article on its way to the store */
    hw_article *article;
    hewal_record *record; /* NULL: err says why, or another language */
    hw_lang language;
    bool failed;
    hw_index_text index;
    hewal_error err;
} item;

static void item_free(void *p)
{
    item *x = p;
    hw_article_free(x->article);
    hewal_record_free(x->record);
    hw_index_text_free(&x->index);
    free(x);
}

static void work(void *ctx, unsigned thread, void *p)
{
    job *j = ctx;
    item *x = p;
    const hw_article *a = x->article;
    hw_language l = hw_language_of_text(j->session.model, a->text, a->text_len);
    x->language = l.lang;
    x->index.language = hw_lang_name(l.lang);
    bool annotate = j->any || !hw_language_is_other(l, a->text_len);
    x->failed = cli_read_article(&j->session, &j->terms[thread], a, annotate, &x->record, &x->index, &x->err) != HEWAL_OK;
}

static void step(job *j)
{
    cli_progress_step(j->progress, j->added + j->replaced + j->skipped + j->refused, hw_reader_bytes(j->reader));
}

static void refuse(job *j, const char *origin, const char *why)
{
    cli_progress_clear(j->progress);
    if (origin) cli_fail("%s: %s", cli_called(origin), why);
    else cli_fail("%s", why);
    j->refused++;
}

static bool emit(void *ctx, void *p, bool idle)
{
    (void)idle;
    job *j = ctx;
    item *x = p;
    hw_put_result did = HW_SKIPPED;
    bool left = !x->record;
    if (x->failed) refuse(j, x->article->origin, x->err.message);
    else if (hw_store_put(j->session.store, x->article, x->record, &x->index, &did, &x->err) != HEWAL_OK) {
        cli_progress_clear(j->progress);
        cli_fail("%s", x->err.message);
        j->failed = true;
    } else if (did == HW_ADDED) j->added++;
    else if (did == HW_REPLACED) j->replaced++;
    else j->skipped++;
    if (!x->failed && !j->failed && did != HW_SKIPPED) {
        j->languages[x->language]++;
        j->left[x->language] += left;
    }
    item_free(x);
    if (!j->failed) step(j);
    return !j->failed;
}

/* Whether the id is new to the set; false when memory runs out: then the store decides. */
static bool first_time(id_set *s, const char *id)
{
    uint64_t h = hw_hash(id, strlen(id)) | 1;
    if (!s->v || s->n > s->mask / 2) {
        size_t mask = s->v ? s->mask * 2 + 1 : 1023;
        uint64_t *v = calloc(mask + 1, sizeof *v);
        if (!v) return false;
        for (size_t i = 0; s->v && i <= s->mask; i++) {
            size_t k = (size_t)(s->v[i] >> 1) & mask;
            while (s->v[i] && v[k]) k = (k + 1) & mask;
            if (s->v[i]) v[k] = s->v[i];
        }
        free(s->v);
        s->v = v;
        s->mask = mask;
    }
    size_t k = (size_t)(h >> 1) & s->mask;
    while (s->v[k] && s->v[k] != h) k = (k + 1) & s->mask;
    if (s->v[k]) return false;
    s->v[k] = h;
    s->n++;
    return true;
}

static void forget_ids(id_set *s)
{
    free(s->v);
    *s = (id_set){0};
}

/* What an article is to the store: on its way, skipped, or the end of it all (false). */
static bool take(job *j, cli_pool *pool, hw_article *a)
{
    hw_put_result would;
    hewal_error err;
    if (first_time(&j->given, a->id) && hw_store_check(j->look, a, &would, &err) == HEWAL_OK && would == HW_SKIPPED) {
        j->skipped++;
        hw_article_free(a);
        step(j);
        return true;
    }
    item *x = calloc(1, sizeof *x); /* a store that cannot be asked will say so at the put */
    if (!x) {
        hw_article_free(a);
        cli_fail("out of memory");
        j->failed = true;
        return false;
    }
    x->article = a;
    if (cli_pool_submit(pool, x, a->text_len)) return true;
    item_free(x);
    return false;
}

static void read_all(job *j, cli_pool *pool)
{
    for (bool on = true; on && (!j->go_on || j->go_on(j->ctx));) {
        hw_article *a;
        hewal_error err;
        hw_read_result got = hw_reader_next(j->reader, &a, &err);
        if (got == HW_READ_END) return;
        if (got == HW_READ_REFUSED) {
            refuse(j, NULL, err.message);
            step(j);
        } else on = take(j, pool, a);
    }
}

/* What was put, by language. */
static void say_languages(const job *j, char *out, size_t size)
{
    size_t at = 0;
    *out = 0;
    for (int left = 0; left < 2; left++)
        for (unsigned i = 0; i < HW_N_LANGS && at < size; i++) {
            unsigned long n = left ? j->left[i] : j->languages[i] - j->left[i];
            if (n) at += (size_t)snprintf(out + at, size - at, "%s%s %lu%s", at ? ", " : "", hw_lang_name((hw_lang)i), n, left ? " (not annotated)" : "");
        }
}

static void begin_count(job *j)
{
    j->added = j->replaced = j->skipped = j->refused = 0;
    j->failed = false;
    memset(j->languages, 0, sizeof j->languages);
    memset(j->left, 0, sizeof j->left);
}

static void fail(job *j, const char *why)
{
    cli_fail("%s", why);
    j->failed = true;
}

void cli_adder_add(cli_adder *j, const char *const *paths, size_t n, bool progress, bool (*go_on)(void *), void *ctx, cli_added *out)
{
    hewal_error err;
    hw_store_counts before = {0}, after = {0};
    begin_count(j);
    j->go_on = go_on;
    j->ctx = ctx;
    if (hw_store_count(j->session.store, &before, &err) != HEWAL_OK || hw_reader_open(&j->reader, paths, n, HW_AUTO, &err) != HEWAL_OK) {
        fail(j, err.message);
        *out = (cli_added){.failed = true};
        return;
    }
    hw_reader_name_parts(j->reader, j->map);
    j->progress = progress ? cli_progress_new() : NULL;
    if (j->progress) cli_progress_total(j->progress, hw_reader_total(paths, n));
    cli_pool *pool = cli_pool_new(j->threads, DEPTH, BUDGET, work, emit, j);
    if (pool) {
        read_all(j, pool);
        cli_pool_finish(pool, item_free);
    }
    cli_progress_free(j->progress);
    j->progress = NULL;
    if (!pool) fail(j, "out of memory");
    if (!j->failed && hw_store_commit(j->session.store, &err) != HEWAL_OK) fail(j, err.message);
    forget_ids(&j->given);
    if (!j->failed && hw_store_count(j->session.store, &after, &err) != HEWAL_OK) fail(j, err.message);
    uint64_t left_out = hw_reader_left_out(j->reader);
    hw_reader_close(j->reader);
    *out = (cli_added){j->added, j->replaced, j->skipped, j->refused, after.copies - before.copies, (unsigned long)left_out, "", j->failed};
    say_languages(j, out->languages, sizeof out->languages);
}

cli_adder *cli_adder_open(const cli *c, int *status)
{
    *status = CLI_FAILED;
    unsigned threads = cli_threads(c);
    job *j = calloc(1, sizeof *j);
    if (j) j->terms = calloc(threads, sizeof *j->terms);
    if (!j || !j->terms) {
        free(j);
        cli_fail("out of memory");
        return NULL;
    }
    if (!cli_map(c, &j->map)) {
        *status = CLI_USAGE;
        free(j->terms);
        free(j);
        return NULL;
    }
    j->any = cli_is(c, "language", "any");
    j->threads = threads;
    hewal_error err;
    if (cli_session_open(&j->session, c, HW_STORE_WRITE)) {
        if (hw_store_open(&j->look, j->session.model, j->session.path, HW_STORE_READ, &err) == HEWAL_OK) return j;
        cli_fail("%s", err.message);
        cli_session_close(&j->session);
    }
    hw_map_free(j->map);
    free(j->terms);
    free(j);
    return NULL;
}

void cli_adder_close(cli_adder *j)
{
    for (unsigned i = 0; i < j->threads; i++)
        if (j->terms[i]) hw_terms_free(j->terms[i]);
    hw_store_close(j->look);
    cli_session_close(&j->session);
    hw_map_free(j->map);
    free(j->terms);
    free(j);
}

static int report(const job *j, const cli_added *x)
{
    if (x->failed) return cli_fail("%s: not all was added; run the same again to add the rest", j->session.path);
    printf("added %lu, replaced %lu, skipped %lu (there already), refused %lu", x->added, x->replaced, x->skipped, x->refused);
    if (x->left_out) printf(", left out %lu (no articles)", x->left_out);
    putchar('\n');
    if (*x->languages) printf("language %s\n", x->languages);
    if (x->copies > 0) printf("near-duplicates %lld (counted with the first report)\n", (long long)x->copies);
    return x->refused ? CLI_FAILED : CLI_OK;
}

int cli_add(cli *c)
{
    int status;
    cli_adder *j = cli_adder_open(c, &status);
    if (!j) return cli_finish(status);
    cli_added did;
    cli_adder_add(j, (const char *const *)(uintptr_t)c->args, c->n_args, true, NULL, NULL, &did);
    status = report(j, &did);
    cli_adder_close(j);
    return cli_finish(status);
}
