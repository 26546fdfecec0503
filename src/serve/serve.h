/* Serving a store over HTTP. In: a store. Out: a server on this machine that answers questions about it: a JSON API under
 * /api/v1/ (docs/openapi.json), Atom feeds, pages. Read-only: GET and HEAD.
 *
 *     hw_server *s;
 *     if (hw_server_start(&s, model, &(hw_serve_options){.store = path, .host = "127.0.0.1", .threads = 4}, &err) != HEWAL_OK) ...
 *     printf("%s\n", hw_server_url(s));
 *     while (!asked_to_end) { sleep(1); hw_server_watch(s); }
 *     hw_server_stop(s);
 *
 * How. libmicrohttpd reads and writes the connections, a thread each. Every answer that has to be made takes one of a few handles on
 * the store for as long as it is made, in one read transaction: what it shows belongs together, whatever is being added meanwhile. Answers
 * carry an ETag made of the store's version and the question, so that a page that did not change is not made again.
 * Downloads are written as they are read from the store, in bounded memory, each with a handle of its own.
 *
 * Threads. A server may be stopped by another thread than the one that started it. It keeps no global state: several may run. */
#ifndef HW_SERVE_SERVE_H
#define HW_SERVE_SERVE_H
#include "hewal.h"

typedef struct hw_server hw_server;

typedef struct {
    const char *store;
    const char *host;  /* an address, or a name that has one; NULL: 127.0.0.1 */
    const char *names; /* further names by which browsers may call it ("archive.example,hewal"), or NULL */
    unsigned port;     /* 0: any that is free */
    unsigned threads;  /* how many answers are made at once; 0: 4 */
    bool verbose;      /* a line a request on standard error */
} hw_serve_options;

/* HEWAL_EIO when the store cannot be read or the port is taken; HEWAL_EINVAL for a host that is none. */
hewal_status hw_server_start(hw_server **out, const hewal_model *m, const hw_serve_options *o, hewal_error *err);
/* "http://127.0.0.1:8080/". Lives as long as the server. */
const char *hw_server_url(const hw_server *s);
/* To be called about once a second: ends connections that take too long over asking. */
void hw_server_watch(hw_server *s);
/* Takes no new connections, gives running requests some seconds, ends the rest, frees everything. */
void hw_server_stop(hw_server *s);
#endif
