/* Between libmicrohttpd and the server: what server.c and http.c share; nobody else knows of libmicrohttpd. */
#ifndef HW_SERVE_HTTP_H
#define HW_SERVE_HTTP_H
#include "serve/inside.h"
#include "serve/cache.h"
#include "serve/known.h"

#include <microhttpd.h>
#include <pthread.h>
#include <stdatomic.h>

typedef struct hw_connection {
    int fd;
    int64_t since; /* milliseconds: when it last began to ask; 0 while it is answered */
    struct hw_connection *next, **before;
} hw_connection;

struct hw_server {
    const hewal_model *model;
    char *store;
    char *names;              /* "127.0.0.1,archive.example": by which it may be called */
    char address[64], url[96];
    bool verbose, any_address;
    unsigned threads;
    int fd;                   /* listening, before the daemon has it */
    struct MHD_Daemon *daemon;
    uint64_t boot;            /* this start of the server, in its ETags */
    hw_known *known;
    hw_cache *cache;
    pthread_t maker;          /* makes its answers again */
    bool has_maker;
    hw_store *making;         /* the maker's handle */
    hw_store *watch;          /* asked for the store's version; locks itself */
    atomic_uint active;       /* requests that are being answered */
    atomic_bool ending;
    pthread_mutex_t lock;     /* over what follows */
    pthread_cond_t given;     /* a handle was */
    hw_store **idle;
    unsigned n_idle, n_downloads;
    hw_connection *connections;
};

/* ---- server.c ---- */
void hw_connection_noted(void *ctx, struct MHD_Connection *c, void **mine, enum MHD_ConnectionNotificationCode what);
void hw_connection_busy(hw_server *s, hw_connection *x, bool busy);

/* ---- http.c: callbacks of the daemon ---- */
void *hw_http_target(void *ctx, const char *target, struct MHD_Connection *c);
enum MHD_Result hw_http_handle(void *ctx, struct MHD_Connection *c, const char *url, const char *method, const char *version, const char *upload,
                               size_t *n_upload, void **mine);
void hw_http_completed(void *ctx, struct MHD_Connection *c, void **mine, enum MHD_RequestTerminationCode how);
size_t hw_http_leave(void *ctx, struct MHD_Connection *c, char *s);
void hw_http_log(void *ctx, const char *fmt, va_list ap);
/* Whether a Host header names this server ("localhost:8080"): others may come from a page that only pretends to be here. */
bool hw_host_is_ours(const hw_server *s, const char *host);
#endif
