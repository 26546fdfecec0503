/* In: items, one after another. Out: the same items worked on by several threads and given out in the order they came.
 *
 * A ring holds what is in flight; submitting waits while the ring or the budget of bytes is full. The thread that finishes
 * the oldest item gives it out, and those behind it that are done; so nobody waits for the reader, and one thread at a
 * time gives out. With one thread everything happens in submit. */
#include "cli/cli.h"

#include <pthread.h>
#include <stdlib.h>

typedef enum { EMPTY, READY, BUSY, DONE } slot_state;

typedef struct {
    void *item;
    size_t bytes;
    slot_state state;
} slot;

struct cli_pool {
    cli_work work;
    cli_emit emit;
    void *ctx;
    size_t budget, in_flight;
    unsigned n_threads, n_slots;
    unsigned long head, next, tail; /* oldest in flight, next to be worked on, next to be filled */
    unsigned begun; /* threads that have taken their number */
    bool emitting, stopped, closed;
    pthread_mutex_t lock;
    pthread_cond_t space, ready;
    slot *slots;
    pthread_t *threads;
};

/* Gives out what is done, oldest first. Called with the lock held; lets go of it around emit. */
static void give_out(cli_pool *p)
{
    if (p->emitting) return;
    p->emitting = true;
    while (p->head < p->tail && !p->stopped) {
        slot *s = &p->slots[p->head % p->n_slots];
        if (s->state != DONE) break;
        bool idle = p->head + 1 == p->tail;
        pthread_mutex_unlock(&p->lock);
        bool on = p->emit(p->ctx, s->item, idle);
        pthread_mutex_lock(&p->lock);
        s->state = EMPTY;
        p->in_flight -= s->bytes;
        p->head++;
        if (!on) {
            p->stopped = true;
            pthread_cond_broadcast(&p->ready);
        }
        pthread_cond_signal(&p->space);
    }
    p->emitting = false;
}

static void *worker(void *arg)
{
    cli_pool *p = arg;
    pthread_mutex_lock(&p->lock);
    unsigned number = p->begun++;
    for (;;) {
        while (p->next == p->tail && !p->closed && !p->stopped) pthread_cond_wait(&p->ready, &p->lock);
        if (p->stopped || p->next == p->tail) break;
        slot *s = &p->slots[p->next++ % p->n_slots];
        s->state = BUSY;
        pthread_mutex_unlock(&p->lock);
        p->work(p->ctx, number, s->item);
        pthread_mutex_lock(&p->lock);
        s->state = DONE;
        give_out(p);
    }
    pthread_mutex_unlock(&p->lock);
    return NULL;
}

cli_pool *cli_pool_new(unsigned threads, unsigned depth, size_t budget, cli_work work, cli_emit emit, void *ctx)
{
    cli_pool *p = calloc(1, sizeof *p);
    if (!p) return NULL;
    p->work = work;
    p->emit = emit;
    p->ctx = ctx;
    p->budget = budget;
    if (threads <= 1) return p;
    p->n_slots = depth;
    p->slots = calloc(p->n_slots, sizeof *p->slots);
    p->threads = calloc(threads, sizeof *p->threads);
    if (!p->slots || !p->threads) {
        free(p->slots);
        free(p->threads);
        free(p);
        return NULL;
    }
    pthread_mutex_init(&p->lock, NULL);
    pthread_cond_init(&p->space, NULL);
    pthread_cond_init(&p->ready, NULL);
    while (p->n_threads < threads && !pthread_create(&p->threads[p->n_threads], NULL, worker, p)) p->n_threads++;
    if (p->n_threads) return p; /* fewer than asked for will do */
    cli_pool_finish(p, NULL);
    return NULL;
}

bool cli_pool_submit(cli_pool *p, void *item, size_t bytes)
{
    if (!p->slots) {
        if (p->stopped) return false;
        p->work(p->ctx, 0, item);
        if (!p->emit(p->ctx, item, true)) p->stopped = true;
        return true;
    }
    pthread_mutex_lock(&p->lock);
    while (!p->stopped && p->head < p->tail && (p->tail - p->head == p->n_slots || p->in_flight + bytes > p->budget))
        pthread_cond_wait(&p->space, &p->lock);
    bool on = !p->stopped;
    if (on) {
        p->slots[p->tail++ % p->n_slots] = (slot){item, bytes, READY};
        p->in_flight += bytes;
        pthread_cond_signal(&p->ready);
    }
    pthread_mutex_unlock(&p->lock);
    return on;
}

bool cli_pool_finish(cli_pool *p, void (*drop)(void *item))
{
    if (p->slots) {
        pthread_mutex_lock(&p->lock);
        p->closed = true;
        pthread_cond_broadcast(&p->ready);
        pthread_mutex_unlock(&p->lock);
        for (unsigned i = 0; i < p->n_threads; i++) pthread_join(p->threads[i], NULL);
        for (; drop && p->head < p->tail; p->head++) drop(p->slots[p->head % p->n_slots].item);
        pthread_cond_destroy(&p->ready);
        pthread_cond_destroy(&p->space);
        pthread_mutex_destroy(&p->lock);
        free(p->slots);
        free(p->threads);
    }
    bool on = !p->stopped;
    free(p);
    return on;
}
