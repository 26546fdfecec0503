/* `hewal annotate --again`. In: a store. Out: the same, with the records that another model made brought up to this one. One thread
 * reads articles, some annotate, and the one whose article is next puts its record in the place of the old one. Batches are
 * committed as `hewal add` commits them: killed at any moment and run again, it goes on where it was; readers go on meanwhile. */
#include "cli/commands.h"
#include "cli/progress.h"
#include "cli/session.h"

#include <stdlib.h>
#include <string.h>

#define BUDGET ((size_t)64 << 20) /* bytes of text in flight */
#define DEPTH 512 /* articles in flight: to be read, or read while the store commits what came before */

typedef struct {
    cli_session session;
    hw_terms **terms; /* one a thread */
    cli_progress *progress;
    unsigned long renewed, kept;
    uint64_t bytes;
    bool failed;
} job;

typedef struct {
    hw_stored *old;
    hewal_record *record; /* NULL: err says why */
    hw_index_text index;
    hewal_error err;
} item;

static void item_free(void *p)
{
    item *x = p;
    hw_stored_free(x->old);
    hewal_record_free(x->record);
    hw_index_text_free(&x->index);
    free(x);
}

static void work(void *ctx, unsigned thread, void *p)
{
    job *j = ctx;
    item *x = p;
    cli_read_article(&j->session, &j->terms[thread], &x->old->article, true, &x->record, &x->index, &x->err);
}

static bool emit(void *ctx, void *p, bool idle)
{
    (void)idle;
    job *j = ctx;
    item *x = p;
    hw_put_result did = HW_SKIPPED;
    if (!x->record || hw_store_again(j->session.store, &x->old->article, x->record, &x->index, &did, &x->err) != HEWAL_OK) {
        cli_progress_clear(j->progress);
        if (!x->record) cli_fail("%s: article «%s»: %s", j->session.path, x->old->article.id, x->err.message);
        else cli_fail("%s", x->err.message);
        j->failed = true;
    } else if (did == HW_REPLACED) j->renewed++;
    else j->kept++;
    j->bytes += x->old->article.text_len;
    item_free(x);
    if (!j->failed) cli_progress_step(j->progress, j->renewed + j->kept, j->bytes);
    return !j->failed;
}

static void read_all(job *j, cli_pool *pool)
{
    hewal_error err;
    hw_stored *old;
    for (int64_t before = INT64_MAX;;) {
        if (hw_store_old(j->session.store, &before, &old, &err) != HEWAL_OK) {
            cli_progress_clear(j->progress);
            cli_fail("%s", err.message);
            j->failed = true;
            return;
        }
        item *x = old ? calloc(1, sizeof *x) : NULL;
        if (!old) return;
        if (!x) {
            hw_stored_free(old);
            cli_fail("out of memory");
            j->failed = true;
            return;
        }
        x->old = old;
        if (cli_pool_submit(pool, x, old->article.text_len)) continue;
        item_free(x);
        return;
    }
}

static int run(job *j, unsigned threads)
{
    hewal_error err;
    j->progress = cli_progress_new();
    cli_pool *pool = cli_pool_new(threads, DEPTH, BUDGET, work, emit, j);
    if (!pool) return cli_fail("out of memory");
    read_all(j, pool);
    if (!cli_pool_finish(pool, item_free)) j->failed = true;
    if (!j->failed && hw_store_commit(j->session.store, &err) != HEWAL_OK) {
        cli_fail("%s", err.message);
        j->failed = true;
    }
    cli_progress_free(j->progress);
    if (j->failed) return cli_fail("%s: not all was annotated again; run the same again to do the rest", j->session.path);
    printf("annotated again %lu\n", j->renewed);
    return CLI_OK;
}

int cli_again(cli *c)
{
    if (c->n_args) return cli_misuse(c, "--again takes no files: it annotates what is in the store");
    unsigned threads = cli_threads(c);
    job j = {.terms = calloc(threads, sizeof *j.terms)};
    if (!j.terms) return cli_fail("out of memory");
    int status = CLI_FAILED;
    if (cli_session_open(&j.session, c, HW_STORE_WRITE)) {
        status = run(&j, threads);
        for (unsigned i = 0; i < threads; i++)
            if (j.terms[i]) hw_terms_free(j.terms[i]);
        cli_session_close(&j.session);
    }
    free(j.terms);
    return cli_finish(status);
}
