/* Measures the stages.   bench FILE [THREADS]
 *
 * In: a file of articles, one a line (JSONL with "text", or plain lines, which are gathered into articles of about 3 kB).
 * Out: a Markdown table: for each stage and for the whole, MB/s and tokens/s on one thread; for the whole on all threads;
 * peak memory; start-up time. Every figure is the median of five rounds over the same articles. */
#include "events/events.h"
#include "quotes/quotes.h"
#include "times/times.h"

#include <jansson.h>
#include <pthread.h>
#include <stdatomic.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <time.h>
#include <unistd.h>

enum { ROUNDS = 5, STAGES = 7, ARTICLE = 3000 };
static const char *const stage_names[STAGES] = {"text", "morph", "names", "times", "quotes", "events", "record (JSON)"};

typedef struct { char *s; size_t n; } article;
static struct { article *v; size_t n, cap, bytes; } articles;

static double now(void)
{
    struct timespec t;
    clock_gettime(CLOCK_MONOTONIC, &t);
    return (double)t.tv_sec + (double)t.tv_nsec * 1e-9;
}

static void add(const char *s, size_t n)
{
    if (!n) return;
    if (articles.n == articles.cap) {
        articles.cap = articles.cap ? articles.cap * 2 : 1024;
        articles.v = realloc(articles.v, articles.cap * sizeof *articles.v);
        if (!articles.v) exit(1);
    }
    articles.v[articles.n++] = (article){strndup(s, n), n};
    articles.bytes += n;
}

static void load(const char *path)
{
    FILE *f = fopen(path, "r");
    if (!f) {
        perror(path);
        exit(1);
    }
    char *line = NULL;
    size_t cap = 0;
    ssize_t n;
    char *acc = malloc((size_t)ARTICLE * 64);
    size_t k = 0;
    if (!acc) exit(1);
    while ((n = getline(&line, &cap, f)) > 0) {
        if (line[0] == '{') {
            json_t *j = json_loads(line, 0, NULL);
            const char *text = json_string_value(json_object_get(j, "text"));
            if (text) add(text, strlen(text));
            json_decref(j);
            continue;
        }
        if (k + (size_t)n > (size_t)ARTICLE * 60) n = (ssize_t)((size_t)ARTICLE * 60 - k);
        memcpy(acc + k, line, (size_t)n);
        k += (size_t)n;
        if (k >= ARTICLE) {
            add(acc, k);
            k = 0;
        }
    }
    add(acc, k);
    free(acc);
    free(line);
    fclose(f);
}

static size_t run(const hewal_model *m, hw_arena *a, const article *t, double *spent)
{
    double t0 = now(), t1;
#define LAP(i) (t1 = now(), spent[i] += t1 - t0, t0 = t1)
    hw_text *x = hw_text_read(m, a, t->s, t->n);
    LAP(0);
    hw_words *w = hw_morph_read(x);
    LAP(1);
    hw_names *n = hw_names_read(w, NULL);
    LAP(2);
    hw_times *ti = hw_times_read(w, n, NULL);
    LAP(3);
    hw_quotes *q = hw_quotes_read(w, n, ti);
    LAP(4);
    hw_events_read(w, n, ti, q);
    LAP(5);
    return x->tokens.n;
}

static int by_value(const void *a, const void *b)
{
    double x = *(const double *)a, y = *(const double *)b;
    return x < y ? -1 : x > y;
}

static double median(double *v, int n)
{
    qsort(v, (size_t)n, sizeof *v, by_value);
    return v[n / 2];
}

static const hewal_model *shared_model;
static atomic_size_t next_article;

static void *worker(void *unused)
{
    (void)unused;
    for (size_t i; (i = atomic_fetch_add(&next_article, 1)) < articles.n;) {
        hewal_record *r;
        hewal_string s = {0};
        if (hewal_annotate(shared_model, articles.v[i].s, articles.v[i].n, NULL, &r, NULL) == HEWAL_OK) hewal_record_json(r, NULL, NULL, &s);
        hewal_record_free(r);
        hewal_string_free(&s);
    }
    return NULL;
}

static double whole(int threads)
{
    pthread_t t[64];
    if (threads > 64) threads = 64;
    atomic_store(&next_article, 0);
    double t0 = now();
    for (int i = 0; i < threads; i++)
        if (pthread_create(&t[i], NULL, worker, NULL)) exit(1);
    for (int i = 0; i < threads; i++) pthread_join(t[i], NULL);
    return now() - t0;
}

int main(int argc, char **argv)
{
    if (argc < 2) return 2;
    int threads = argc > 2 ? atoi(argv[2]) : (int)sysconf(_SC_NPROCESSORS_ONLN);
    hewal_error err;
    hewal_model *m;
    double t0 = now();
    if (hewal_model_open(&m, NULL, &err) != HEWAL_OK) {
        fprintf(stderr, "bench: %s\n", err.message);
        return 1;
    }
    double open_time = now() - t0;
    shared_model = m;
    load(argv[1]);
    double spent[STAGES][ROUNDS] = {{0}}, one[ROUNDS], all[ROUNDS];
    size_t tokens = 0;
    for (int r = 0; r < ROUNDS; r++) {
        double s[STAGES] = {0};
        hw_arena a;
        hw_arena_init(&a);
        tokens = 0;
        for (size_t i = 0; i < articles.n; i++) {
            if (hw_arena_guard(&a)) return 1;
            tokens += run(m, &a, &articles.v[i], s);
            hw_arena_reset(&a);
        }
        hw_arena_free(&a);
        for (int k = 0; k < STAGES - 1; k++) spent[k][r] = s[k];
        one[r] = whole(1);
        all[r] = whole(threads);
    }
    double mb = (double)articles.bytes / 1e6, sum = 0;
    printf("%zu articles, %.1f MB, %zu tokens; medians of %d rounds\n\n| stage | MB/s | tokens/s |\n|---|---|---|\n", articles.n, mb, tokens, ROUNDS);
    for (int k = 0; k < STAGES - 1; k++) {
        double t = median(spent[k], ROUNDS);
        sum += t;
        printf("| %s | %.1f | %.0f |\n", stage_names[k], mb / t, (double)tokens / t);
    }
    double t1 = median(one, ROUNDS), ta = median(all, ROUNDS);
    if (t1 > sum) printf("| %s | %.1f | %.0f |\n", stage_names[STAGES - 1], mb / (t1 - sum), (double)tokens / (t1 - sum));
    printf("| **whole, 1 thread** | **%.1f** | **%.0f** |\n| **whole, %d threads** | **%.1f** | **%.0f** |\n", mb / t1, (double)tokens / t1, threads, mb / ta,
           (double)tokens / ta);
    struct rusage u;
    getrusage(RUSAGE_SELF, &u);
    printf("\nOpening the model: %.2f ms. Peak memory of this run, all articles held in memory: %ld MB.\n", open_time * 1e3, u.ru_maxrss / 1024);
    for (size_t i = 0; i < articles.n; i++) free(articles.v[i].s);
    free(articles.v);
    hewal_model_close(m);
    return 0;
}
