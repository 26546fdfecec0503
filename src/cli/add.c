/* `hewal add`. In: files, folders, standard input. Out: their articles and records in the store. One thread reads, some
 * annotate, and the one whose article is next puts it into the store, so that the store has the input's order. */
#include "cli/commands.h"
#include "cli/progress.h"
#include "cli/session.h"

#include <stdatomic.h>
#include <stdlib.h>
#include <string.h>

const cli_option cli_add_options[] = {
    CLI_STORE_OPTION,
    CLI_MAP_OPTION,
    {"threads", "N", "how many threads work (one a core)"},
    {NULL, NULL, NULL}};

#define BUDGET ((size_t)64 << 20) /* bytes of text in flight */

typedef struct {
    cli_session session;
    hw_terms **terms;  /* one a thread, made when it is first needed */
    hw_reader *reader;
    hw_map *map;
    cli_progress *progress;
    atomic_ulong added, replaced, skipped, refused;
    atomic_bool failed; /* the store could not be written: what was said */
} job;

typedef struct { /* an article on its way to the store */
    hw_article *article;
    hewal_record *record; /* NULL: err says why */
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
    if (!j->terms[thread]) j->terms[thread] = hw_terms_new(j->session.model);
    hewal_status s = HEWAL_ENOMEM;
    if (j->terms[thread]) s = hewal_annotate(j->session.model, a->text, a->text_len, &a->meta, &x->record, &x->err);
    if (s == HEWAL_OK) s = hw_terms_index(j->terms[thread], a->title, a->text, a->text_len, &x->index);
    if (s == HEWAL_OK) return;
    hewal_record_free(x->record);
    x->record = NULL;
    if (s == HEWAL_ENOMEM) hw_fail(&x->err, s, "out of memory");
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
    hw_put_result did;
    if (!x->record) refuse(j, x->article->origin, x->err.message);
    else if (hw_store_put(j->session.store, x->article, x->record, &x->index, &did, &x->err) != HEWAL_OK) {
        cli_progress_clear(j->progress);
        cli_fail("%s", x->err.message);
        j->failed = true;
    } else if (did == HW_ADDED) j->added++;
    else if (did == HW_REPLACED) j->replaced++;
    else j->skipped++;
    item_free(x);
    if (!j->failed) step(j);
    return !j->failed;
}

/* What an article is to the store: on its way, skipped, or the end of it all (false). */
static bool take(job *j, cli_pool *pool, hw_article *a)
{
    hw_put_result would;
    hewal_error err;
    if (hw_store_check(j->session.store, a, &would, &err) == HEWAL_OK && would == HW_SKIPPED) {
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
    for (bool on = true; on;) {
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

static int report(job *j)
{
    hewal_error err;
    if (!j->failed && hw_store_commit(j->session.store, &err) != HEWAL_OK) {
        cli_fail("%s", err.message);
        j->failed = true;
    }
    if (j->failed) return cli_fail("%s: not all was added; run the same again to add the rest", j->session.path);
    printf("added %lu, replaced %lu, skipped %lu (there already), refused %lu", (unsigned long)j->added, (unsigned long)j->replaced,
           (unsigned long)j->skipped, (unsigned long)j->refused);
    uint64_t left_out = hw_reader_left_out(j->reader);
    if (left_out) printf(", left out %lu (no articles)", (unsigned long)left_out);
    putchar('\n');
    return j->refused ? CLI_FAILED : CLI_OK;
}

static int run(job *j, const cli *c, unsigned threads)
{
    const char *const *paths = (const char *const *)(uintptr_t)c->args;
    hewal_error err;
    if (hw_reader_open(&j->reader, paths, c->n_args, HW_AUTO, &err) != HEWAL_OK) return cli_error(&err);
    hw_reader_name_parts(j->reader, j->map);
    j->progress = cli_progress_new();
    if (j->progress) cli_progress_total(j->progress, hw_reader_total(paths, c->n_args));
    cli_pool *pool = cli_pool_new(threads, BUDGET, work, emit, j);
    if (pool) {
        read_all(j, pool);
        cli_pool_finish(pool, item_free);
    }
    cli_progress_free(j->progress);
    int status = pool ? report(j) : cli_fail("out of memory");
    hw_reader_close(j->reader);
    return status;
}

int cli_add(cli *c)
{
    unsigned threads = cli_threads(c);
    job j = {.terms = calloc(threads, sizeof *j.terms)};
    if (!j.terms) return cli_fail("out of memory");
    if (!cli_map(c, &j.map)) return free(j.terms), CLI_USAGE;
    int status = CLI_FAILED;
    if (cli_session_open(&j.session, c, HW_STORE_WRITE)) {
        status = run(&j, c, threads);
        for (unsigned i = 0; i < threads; i++)
            if (j.terms[i]) hw_terms_free(j.terms[i]);
        cli_session_close(&j.session);
    }
    free(j.terms);
    hw_map_free(j.map);
    return cli_finish(status);
}
