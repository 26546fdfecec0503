/* In: a store and an address. Out: a server that listens there: its connections, its handles on the store, its end. */
#include "serve/handlers.h"
#include "serve/http.h"

#include <arpa/inet.h>
#include <errno.h>
#include <netdb.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <time.h>
#include <unistd.h>

enum {
    MAX_THREADS = 256,
    MAX_CONNECTIONS = 512,
    MAX_DOWNLOADS = 16,
    BACKLOG = 128,
    CONNECTION_MEMORY = 24 * 1024, /* bounds the headers of a request */
    STACK = 1024 * 1024,           /* of a connection's thread */
    WAIT_SECONDS = 20,             /* for a handle */
    STOP_SECONDS = 5,
    BEHIND = 10                    /* how nice the thread is that makes answers again */
};

int64_t hw_now_ms(void)
{
    struct timespec t;
    clock_gettime(CLOCK_MONOTONIC, &t);
    return (int64_t)t.tv_sec * 1000 + t.tv_nsec / 1000000;
}

/* ---- handles on the store ------------------------------------------------------------------------------------------- */

/* Waits while all are in use; not for ever, for a crowd must not pile up. */
hw_store *hw_handle_take(hw_server *s)
{
    hw_store *h = NULL;
    struct timespec until;
    clock_gettime(CLOCK_REALTIME, &until);
    until.tv_sec += WAIT_SECONDS;
    pthread_mutex_lock(&s->lock);
    while (!s->n_idle && pthread_cond_timedwait(&s->given, &s->lock, &until) == 0) {}
    if (s->n_idle) h = s->idle[--s->n_idle];
    pthread_mutex_unlock(&s->lock);
    return h;
}

void hw_handle_give(hw_server *s, hw_store *h)
{
    pthread_mutex_lock(&s->lock);
    s->idle[s->n_idle++] = h;
    pthread_cond_signal(&s->given);
    pthread_mutex_unlock(&s->lock);
}

hw_store *hw_handle_open(hw_server *s, hw_response *rs)
{
    hw_store *h = NULL;
    hewal_error err;
    pthread_mutex_lock(&s->lock);
    bool may = s->n_downloads < MAX_DOWNLOADS;
    if (may) s->n_downloads++;
    pthread_mutex_unlock(&s->lock);
    if (!may) {
        hw_refuse(rs, 503, NULL, "too many downloads run: try again later");
        return NULL;
    }
    if (hw_store_open(&h, s->model, s->store, HW_STORE_READ, &err) == HEWAL_OK) {
        hw_store_limit(h, 0, &s->ending);
        return h;
    }
    hw_refuse_error(rs, &err);
    hw_handle_close(s, NULL);
    return NULL;
}

void hw_handle_close(hw_server *s, hw_store *h)
{
    hw_store_close(h);
    pthread_mutex_lock(&s->lock);
    s->n_downloads--;
    pthread_mutex_unlock(&s->lock);
}

uint64_t hw_server_version(hw_server *s)
{
    return s->boot ^ hw_store_version(s->watch) * UINT64_C(0x9E3779B97F4A7C15);
}

hw_cache *hw_server_cache(const hw_server *s)
{
    return s->cache;
}

const hw_known *hw_server_known(const hw_server *s)
{
    return s->known;
}

const atomic_bool *hw_server_ending(const hw_server *s)
{
    return &s->ending;
}

/* ---- connections: who takes too long over asking is cut off --------------------------------------------------------- */

/* The daemon tells of every connection's beginning and end; between requests `since` runs. */
void hw_connection_noted(void *ctx, struct MHD_Connection *c, void **mine, enum MHD_ConnectionNotificationCode what)
{
    hw_server *s = ctx;
    hw_connection *x = *mine;
    if (what == MHD_CONNECTION_NOTIFY_STARTED) {
        const union MHD_ConnectionInfo *i = MHD_get_connection_info(c, MHD_CONNECTION_INFO_CONNECTION_FD);
        x = calloc(1, sizeof *x);
        if (!x || !i) {
            free(x);
            return;
        }
        x->fd = i->connect_fd;
        x->since = hw_now_ms();
        pthread_mutex_lock(&s->lock);
        x->next = s->connections;
        if (x->next) x->next->before = &x->next;
        x->before = &s->connections;
        s->connections = x;
        pthread_mutex_unlock(&s->lock);
        *mine = x;
    } else if (x) {
        pthread_mutex_lock(&s->lock);
        *x->before = x->next;
        if (x->next) x->next->before = x->before;
        pthread_mutex_unlock(&s->lock);
        free(x);
        *mine = NULL;
    }
}

void hw_connection_busy(hw_server *s, hw_connection *x, bool busy)
{
    if (!x) return;
    pthread_mutex_lock(&s->lock);
    x->since = busy ? 0 : hw_now_ms();
    pthread_mutex_unlock(&s->lock);
}

void hw_server_watch(hw_server *s)
{
    int64_t now = hw_now_ms();
    pthread_mutex_lock(&s->lock);
    for (hw_connection *x = s->connections; x; x = x->next)
        if (x->since && now - x->since > INT64_C(1000) * HW_GIVE_UP_SECONDS) {
            shutdown(x->fd, SHUT_RDWR); /* the daemon sees it and closes it */
            x->since = 0;
        }
    pthread_mutex_unlock(&s->lock);
}

/* ---- answers made again, on a thread of its own ---------------------------------------------------------------------- */

static void make_again(hw_server *s, const char *key)
{
    hw_request rq = {.model = s->model, .server = s, .store = s->making, .language = !strncmp(key, "ckb", 3) ? "ckb" : "en", .origin = "", .again = true};
    hw_response rs = {0};
    hw_arena_init(&rq.arena);
    if (!hw_arena_guard(&rq.arena) && hw_request_read(&rq, key + strlen(rq.language), &rs)) hw_dispatch(&rq, &rs);
    hw_response_free(&rs);
    hw_arena_free(&rq.arena);
}

static void *keep_fresh(void *ctx)
{
    hw_server *s = ctx;
    setpriority(PRIO_PROCESS, 0, BEHIND); /* Linux: of this thread. Who asks now comes first */
    for (char *key; (key = hw_cache_next(s->cache)); free(key)) make_again(s, key);
    return NULL;
}

static hewal_status start_maker(hw_server *s, hewal_error *err)
{
    for (const char *const *key = hw_first_asked; *key; key++) hw_cache_wish(s->cache, *key);
    s->has_maker = pthread_create(&s->maker, NULL, keep_fresh, s) == 0;
    return s->has_maker ? HEWAL_OK : hw_fail(err, HEWAL_ENOMEM, "the server could not be started: no thread");
}

/* ---- listening ------------------------------------------------------------------------------------------------------ */

static hewal_status listen_at(hw_server *s, const char *host, unsigned port, hewal_error *err)
{
    char service[16];
    struct addrinfo hints = {.ai_socktype = SOCK_STREAM, .ai_flags = AI_PASSIVE | AI_NUMERICSERV}, *found = NULL;
    snprintf(service, sizeof service, "%u", port);
    int rc = port <= 65535 ? getaddrinfo(host, service, &hints, &found) : EAI_SERVICE;
    if (rc) return hw_fail(err, HEWAL_EINVAL, "%s:%u: %s", host, port, port > 65535 ? "ports go up to 65535" : gai_strerror(rc));
    int one = 1, fd = socket(found->ai_family, SOCK_STREAM | SOCK_CLOEXEC | SOCK_NONBLOCK, 0);
    if (fd >= 0) setsockopt(fd, SOL_SOCKET, SO_REUSEADDR, &one, sizeof one);
    bool ok = fd >= 0 && bind(fd, found->ai_addr, found->ai_addrlen) == 0 && listen(fd, BACKLOG) == 0;
    int why = errno;
    freeaddrinfo(found);
    if (!ok) {
        if (fd >= 0) close(fd);
        return hw_fail(err, HEWAL_EIO, "%s:%u: %s", host, port, strerror(why));
    }
    s->fd = fd;
    struct sockaddr_storage at;
    socklen_t n = sizeof at;
    char number[64] = "";
    getsockname(fd, (struct sockaddr *)&at, &n);
    getnameinfo((struct sockaddr *)&at, n, number, sizeof number, service, sizeof service, NI_NUMERICHOST | NI_NUMERICSERV);
    s->any_address = !strcmp(number, "0.0.0.0") || !strcmp(number, "::");
    snprintf(s->address, sizeof s->address, "%s", number);
    snprintf(s->url, sizeof s->url, strchr(number, ':') ? "http://[%s]:%s/" : "http://%s:%s/", number, service);
    return HEWAL_OK;
}

static hewal_status open_handles(hw_server *s, hewal_error *err)
{
    s->idle = calloc(s->threads, sizeof *s->idle);
    if (!s->idle) return hw_fail(err, HEWAL_ENOMEM, "out of memory");
    hewal_status st = hw_store_open(&s->watch, s->model, s->store, HW_STORE_READ, err);
    if (st == HEWAL_OK) st = hw_store_open(&s->making, s->model, s->store, HW_STORE_READ, err);
    while (st == HEWAL_OK && s->n_idle < s->threads) {
        st = hw_store_open(&s->idle[s->n_idle], s->model, s->store, HW_STORE_READ, err);
        if (st == HEWAL_OK) s->n_idle++;
    }
    return st;
}

static hewal_status start_daemon(hw_server *s, hewal_error *err)
{
    /* A thread a connection, so that a quick answer never waits for a slow one of somebody else; how many are made at once is bounded
     * by the handles. Not epoll: version 0.9.75 aborts when it is to stop listening while a connection comes in. */
    unsigned flags = MHD_USE_INTERNAL_POLLING_THREAD | MHD_USE_THREAD_PER_CONNECTION | MHD_USE_POLL | MHD_USE_ITC | MHD_USE_ERROR_LOG;
    s->daemon = MHD_start_daemon(flags, 0, NULL, NULL, hw_http_handle, s, MHD_OPTION_EXTERNAL_LOGGER, hw_http_log, s, MHD_OPTION_LISTEN_SOCKET, s->fd,
                                 MHD_OPTION_THREAD_STACK_SIZE, (size_t)STACK, MHD_OPTION_CONNECTION_LIMIT, (unsigned)MAX_CONNECTIONS,
                                 MHD_OPTION_CONNECTION_TIMEOUT, (unsigned)HW_GIVE_UP_SECONDS, MHD_OPTION_CONNECTION_MEMORY_LIMIT, (size_t)CONNECTION_MEMORY,
                                 MHD_OPTION_STRICT_FOR_CLIENT, 1, MHD_OPTION_URI_LOG_CALLBACK, hw_http_target, s, MHD_OPTION_UNESCAPE_CALLBACK,
                                 hw_http_leave, s, MHD_OPTION_NOTIFY_COMPLETED, hw_http_completed, s, MHD_OPTION_NOTIFY_CONNECTION, hw_connection_noted, s,
                                 MHD_OPTION_END);
    if (!s->daemon) return hw_fail(err, HEWAL_EIO, "%s: the server could not be started: %s", s->url, strerror(errno));
    s->fd = -1; /* the daemon's now */
    return HEWAL_OK;
}

static void free_all(hw_server *s)
{
    atomic_store(&s->ending, true);
    if (s->cache) hw_cache_end(s->cache);
    if (s->has_maker) pthread_join(s->maker, NULL);
    if (s->fd >= 0) close(s->fd);
    for (unsigned i = 0; i < s->n_idle; i++) hw_store_close(s->idle[i]);
    hw_store_close(s->watch);
    hw_store_close(s->making);
    hw_cache_free(s->cache);
    hw_known_free(s->known);
    pthread_cond_destroy(&s->given);
    pthread_mutex_destroy(&s->lock);
    free(s->idle);
    free(s->store);
    free(s->names);
    free(s);
}

hewal_status hw_server_start(hw_server **out, const hewal_model *m, const hw_serve_options *o, hewal_error *err)
{
    const char *host = o->host ? o->host : "127.0.0.1";
    *out = NULL;
    hw_server *s = calloc(1, sizeof *s);
    if (!s) return hw_fail(err, HEWAL_ENOMEM, "out of memory");
    pthread_mutex_init(&s->lock, NULL);
    pthread_cond_init(&s->given, NULL);
    s->fd = -1;
    s->model = m;
    s->verbose = o->verbose;
    s->threads = !o->threads ? 4 : o->threads > MAX_THREADS ? MAX_THREADS : o->threads;
    s->boot = (uint64_t)time(NULL) << 20 ^ (uint64_t)hw_now_ms() << 8 ^ (uint64_t)getpid();
    s->store = strdup(o->store);
    hewal_string names = {0};
    hw_buf b = hw_buf_on(&names);
    hw_putf(&b, "%s,%s", host, o->names ? o->names : "");
    s->names = names.s;
    s->known = hw_known_new(m);
    s->cache = hw_cache_new();
    hewal_status st = s->store && s->known && s->cache && hw_buf_ok(&b) ? HEWAL_OK : hw_fail(err, HEWAL_ENOMEM, "out of memory");
    if (st == HEWAL_OK) st = open_handles(s, err);
    if (st == HEWAL_OK) st = listen_at(s, host, o->port, err);
    if (st == HEWAL_OK) st = start_maker(s, err);
    if (st == HEWAL_OK) st = start_daemon(s, err);
    if (st == HEWAL_OK) *out = s;
    else free_all(s);
    return st;
}

const char *hw_server_url(const hw_server *s)
{
    return s->url;
}

void hw_server_stop(hw_server *s)
{
    if (!s) return;
    MHD_socket fd = MHD_quiesce_daemon(s->daemon);
    int64_t end = hw_now_ms() + INT64_C(1000) * STOP_SECONDS;
    while (atomic_load(&s->active) && hw_now_ms() < end) nanosleep(&(struct timespec){0, 10000000}, NULL);
    atomic_store(&s->ending, true);
    MHD_stop_daemon(s->daemon);
    if (fd != MHD_INVALID_SOCKET) close(fd);
    free_all(s);
}
