/* In: answers that took long. Out: the same again (cache.h). A table of some hundred answers, the longest unused one given up first. */
#include "serve/cache.h"

#include "base/hash.h"
#include <pthread.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

enum { ENTRIES = 512, LARGEST = 4 << 20, MOST = 64 << 20, WISHES = 64, PAUSE_MS = 1000, SHARE = 8 };

typedef struct {
    char *key; /* NULL: free */
    uint64_t hash;
    hw_cached answer;
    int64_t made, ms; /* when, and how long it took */
    uint64_t used;
    bool wished;
} entry;

struct hw_cache {
    pthread_mutex_t lock;
    pthread_cond_t wake;
    entry v[ENTRIES];
    size_t bytes;
    uint64_t clock;
    char *wishes[WISHES];
    unsigned n_wishes;
    char *making; /* the wish that was given out last */
    bool end;
};

static int64_t now_ms(void)
{
    struct timespec t;
    clock_gettime(CLOCK_MONOTONIC, &t);
    return (int64_t)t.tv_sec * 1000 + t.tv_nsec / 1000000;
}

hw_cache *hw_cache_new(void)
{
    hw_cache *c = calloc(1, sizeof *c);
    if (!c) return NULL;
    pthread_mutex_init(&c->lock, NULL);
    pthread_cond_init(&c->wake, NULL);
    return c;
}

static void drop(hw_cache *c, entry *e)
{
    c->bytes -= e->answer.body.len;
    free(e->key);
    hewal_string_free(&e->answer.body);
    *e = (entry){0};
}

void hw_cache_free(hw_cache *c)
{
    if (!c) return;
    for (int i = 0; i < ENTRIES; i++)
        if (c->v[i].key) drop(c, &c->v[i]);
    for (unsigned i = 0; i < c->n_wishes; i++) free(c->wishes[i]);
    free(c->making);
    pthread_cond_destroy(&c->wake);
    pthread_mutex_destroy(&c->lock);
    free(c);
}

static entry *find(hw_cache *c, const char *key)
{
    uint64_t h = hw_hash(key, strlen(key));
    for (int i = 0; i < ENTRIES; i++)
        if (c->v[i].key && c->v[i].hash == h && !strcmp(c->v[i].key, key)) return &c->v[i];
    return NULL;
}

static bool copy(hewal_string *to, const hewal_string *from)
{
    *to = (hewal_string){malloc(from->len + 1), from->len, from->len + 1};
    if (!to->s) return false;
    if (from->len) memcpy(to->s, from->s, from->len);
    to->s[from->len] = 0;
    return true;
}

/* With the lock held. Once is enough. */
static bool wish(hw_cache *c, const char *key)
{
    for (unsigned i = 0; i < c->n_wishes; i++)
        if (!strcmp(c->wishes[i], key)) return true;
    if (c->making && !strcmp(c->making, key)) return true;
    char *mine = c->n_wishes < WISHES ? strdup(key) : NULL;
    if (!mine) return false;
    c->wishes[c->n_wishes++] = mine;
    pthread_cond_signal(&c->wake);
    return true;
}

void hw_cache_wish(hw_cache *c, const char *key)
{
    pthread_mutex_lock(&c->lock);
    wish(c, key);
    pthread_mutex_unlock(&c->lock);
}

bool hw_cache_get(hw_cache *c, const char *key, uint64_t version, hw_cached *out)
{
    bool got = false;
    int64_t now = now_ms();
    pthread_mutex_lock(&c->lock);
    entry *e = find(c, key);
    if (e && e->answer.version != version && now - e->made > INT64_C(1000) * HW_CACHE_SECONDS) {
        drop(c, e);
        e = NULL;
    }
    if (e) {
        *out = e->answer;
        got = copy(&out->body, &e->answer.body);
        e->used = ++c->clock;
        /* Made again at most for a share of the time, however fast the store changes. */
        if (e->answer.version != version && !e->wished && now - e->made > PAUSE_MS + e->ms * SHARE) e->wished = wish(c, key);
    }
    pthread_mutex_unlock(&c->lock);
    return got;
}

/* The entry that goes when room is needed. */
static entry *oldest(hw_cache *c)
{
    entry *old = NULL;
    for (int i = 0; i < ENTRIES; i++)
        if (c->v[i].key && (!old || c->v[i].used < old->used)) old = &c->v[i];
    return old;
}

static entry *room(hw_cache *c, size_t bytes)
{
    while (c->bytes + bytes > MOST) drop(c, oldest(c));
    for (int i = 0; i < ENTRIES; i++)
        if (!c->v[i].key) return &c->v[i];
    entry *e = oldest(c);
    drop(c, e);
    return e;
}

void hw_cache_put(hw_cache *c, const char *key, const hw_cached *answer, int64_t ms)
{
    hewal_string body = {0};
    pthread_mutex_lock(&c->lock);
    entry *e = find(c, key);
    if (e) e->wished = false;
    bool newer = e && e->made > now_ms() - ms; /* somebody began later and was faster */
    bool keep = ms >= HW_CACHE_SLOW_MS && answer->body.len <= LARGEST && !newer;
    if (e && !newer && (!keep || e->answer.version != answer->version)) {
        drop(c, e);
        e = NULL;
    }
    char *mine = keep && !e ? strdup(key) : NULL;
    if (mine && copy(&body, &answer->body)) {
        e = room(c, body.len);
        *e = (entry){.key = mine, .hash = hw_hash(key, strlen(key)), .answer = *answer, .made = now_ms(), .ms = ms, .used = ++c->clock};
        e->answer.body = body;
        c->bytes += body.len;
    } else free(mine);
    pthread_mutex_unlock(&c->lock);
}

char *hw_cache_next(hw_cache *c)
{
    char *key = NULL;
    pthread_mutex_lock(&c->lock);
    free(c->making);
    c->making = NULL;
    while (!c->end && !c->n_wishes) pthread_cond_wait(&c->wake, &c->lock);
    if (!c->end) {
        key = c->wishes[0];
        memmove(c->wishes, c->wishes + 1, --c->n_wishes * sizeof *c->wishes);
        c->making = strdup(key);
    }
    pthread_mutex_unlock(&c->lock);
    return key;
}

void hw_cache_end(hw_cache *c)
{
    pthread_mutex_lock(&c->lock);
    c->end = true;
    pthread_cond_broadcast(&c->wake);
    pthread_mutex_unlock(&c->lock);
}
