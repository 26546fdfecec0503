/* In: how many articles and bytes are done. Out: a bar on the terminal, drawn anew at most ten times a second. */
#include "cli/progress.h"

#include <pthread.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <time.h>
#include <unistd.h>

enum { BAR = 24 };

struct cli_progress {
    uint64_t total;
    double begun, drawn; /* seconds; drawn 0: not on the screen */
    pthread_mutex_t lock;
};

static double now(void)
{
    struct timespec t;
    clock_gettime(CLOCK_MONOTONIC, &t);
    return (double)t.tv_sec + (double)t.tv_nsec * 1e-9;
}

cli_progress *cli_progress_new(void)
{
    if (!isatty(STDERR_FILENO)) return NULL;
    cli_progress *p = calloc(1, sizeof *p);
    if (!p) return NULL;
    p->begun = now();
    pthread_mutex_init(&p->lock, NULL);
    return p;
}

void cli_progress_total(cli_progress *p, uint64_t total)
{
    if (p) p->total = total;
}

static void draw(const cli_progress *p, uint64_t articles, uint64_t bytes, double t)
{
    double s = t - p->begun, rate = s > 0 ? (double)bytes / s : 0;
    fprintf(stderr, "\r\033[K%llu articles  %.1f MB/s", (unsigned long long)articles, rate / 1e6);
    if (p->total && bytes <= p->total) {
        double share = (double)bytes / (double)p->total;
        char bar[BAR + 1] = "";
        for (int i = 0; i < BAR; i++) bar[i] = (double)i < share * BAR ? '#' : '-';
        fprintf(stderr, "  [%s] %3.0f%%", bar, share * 100);
        unsigned left = rate > 0 ? (unsigned)((double)(p->total - bytes) / rate + 0.5) : 0;
        if (s > 1) fprintf(stderr, "  %u:%02u left", left / 60, left % 60);
    }
    fflush(stderr);
}

void cli_progress_step(cli_progress *p, uint64_t articles, uint64_t bytes)
{
    if (!p) return;
    pthread_mutex_lock(&p->lock);
    double t = now();
    if (t - p->drawn >= 0.1) {
        p->drawn = t;
        draw(p, articles, bytes, t);
    }
    pthread_mutex_unlock(&p->lock);
}

void cli_progress_clear(cli_progress *p)
{
    if (!p) return;
    pthread_mutex_lock(&p->lock);
    if (p->drawn > 0) fputs("\r\033[K", stderr);
    p->drawn = 0;
    pthread_mutex_unlock(&p->lock);
}

void cli_progress_free(cli_progress *p)
{
    if (!p) return;
    cli_progress_clear(p);
    pthread_mutex_destroy(&p->lock);
    free(p);
}
