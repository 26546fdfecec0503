/* The pool of threads: items come out in the order they went in, memory stays within its budget, stopping stops. */
#include "kit.h"

#include "cli/cli.h"
#include <stdatomic.h>

typedef struct { unsigned n; unsigned long result; } item;
typedef struct {
    atomic_long in_flight, most;
    unsigned long next, stop_at;
    unsigned threads;
    bool in_order;
} ctx;

static void work(void *c, unsigned thread, void *p)
{
    ctx *x = c;
    item *i = p;
    if (thread >= x->threads) abort();
    unsigned long h = i->n;
    for (unsigned k = 0; k < (i->n * 7919u) % 5000u; k++) h = h * 6364136223846793005ul + 1;
    i->result = h;
}

static bool emit(void *c, void *p, bool idle)
{
    (void)idle;
    ctx *x = c;
    item *i = p;
    if (i->n != x->next) x->in_order = false;
    x->next++;
    atomic_fetch_sub(&x->in_flight, 1);
    free(i);
    return x->next != x->stop_at;
}

static unsigned run(ctx *x, unsigned threads, unsigned n, size_t budget)
{
    x->threads = threads;
    x->in_order = true;
    cli_pool *p = cli_pool_new(threads, 8 * threads, budget, work, emit, x);
    assert_non_null(p);
    unsigned given = 0;
    for (; given < n; given++) {
        item *i = malloc(sizeof *i);
        assert_non_null(i);
        i->n = given;
        long now = atomic_fetch_add(&x->in_flight, 1) + 1;
        if (now > atomic_load(&x->most)) atomic_store(&x->most, now);
        if (cli_pool_submit(p, i, 10)) continue;
        free(i);
        break;
    }
    cli_pool_finish(p, free);
    return given;
}

static void in_order(void **state)
{
    (void)state;
    for (unsigned threads = 1; threads <= 9; threads++) {
        ctx x = {0};
        assert_int_equal(run(&x, threads, 3000, 1000000), 3000);
        assert_true(x.in_order);
        assert_int_equal(x.next, 3000);
    }
}

static void within_budget(void **state)
{
    (void)state;
    ctx x = {0};
    run(&x, 8, 2000, 50);
    assert_int_equal(x.next, 2000);
    assert_true(atomic_load(&x.most) <= 6); /* five of ten bytes in flight, and the one that waits */
    ctx y = {0};
    run(&y, 4, 100, 1); /* each is above it: one at a time */
    assert_int_equal(y.next, 100);
}

static void stops(void **state)
{
    (void)state;
    for (unsigned threads = 1; threads <= 8; threads += 7) {
        ctx x = {.stop_at = 100};
        assert_true(run(&x, threads, 5000, 1000000) < 5000);
        assert_int_equal(x.next, 100);
    }
}

static void nothing_at_all(void **state)
{
    (void)state;
    ctx x = {0};
    assert_int_equal(run(&x, 4, 0, 100), 0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(in_order), cmocka_unit_test(within_budget), cmocka_unit_test(stops), cmocka_unit_test(nothing_at_all)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
