/* Inside the server: what its files share. server.c runs the daemon, the connections and the handles on the store; request.c
 * reads what is asked, routes.c finds who answers it (the table of all that may be asked), response.c makes the answer of what a
 * handler gives; assets.c has the files that pages need; api_*.c, atom.c and the pages are the handlers. */
#ifndef HW_SERVE_INSIDE_H
#define HW_SERVE_INSIDE_H
#include "base/arena.h"
#include "base/buf.h"
#include "base/err.h"
#include "search/search.h"
#include "serve/cache.h"
#include "serve/serve.h"
#include "store/rows.h"

#include <stdatomic.h>

enum {
    HW_MAX_PARAMS = 24,    /* of a route */
    HW_MAX_SEGMENTS = 6,   /* of a path, between slashes */
    HW_MAX_GIVEN = 40,     /* parameters in a query */
    HW_MAX_TARGET = 8192,  /* bytes of a path with its query, as sent */
    HW_MAX_LIST = 500,     /* items of one answer */
    HW_QUERY_SECONDS = 20, /* the longest that one answer may take */
    HW_MAKE_SECONDS = 600, /* the same, for one that is kept and nobody waits for */
    HW_GIVE_UP_SECONDS = 30 /* the longest that a client may take to ask */
};

typedef struct hw_request hw_request;
typedef struct hw_response hw_response;
typedef void (*hw_handler)(hw_request *rq, hw_response *rs);

/* ---- what may be asked ---------------------------------------------------------------------------------------------- */

typedef enum {
    HW_PARAM_TEXT,   /* up to `max` bytes (0: 1000) of UTF-8 without control characters */
    HW_PARAM_NUMBER, /* a whole number from `min` to `max` */
    HW_PARAM_DATE,   /* YYYY, YYYY-MM or YYYY-MM-DD */
    HW_PARAM_ONE_OF, /* one of the words of `words`: "a|b|c" */
    HW_PARAM_WHO,    /* the number of an entity, or a name */
    HW_PARAM_MARK    /* `next` of an earlier answer */
} hw_param_kind;

typedef struct {
    const char *name; /* NULL ends a list */
    hw_param_kind kind;
    const char *otherwise; /* what stands when it is not given, or NULL */
    const char *words;
    long min, max;
    bool needed;
    const char *help; /* half a line, as in docs/openapi.json */
} hw_param;

typedef enum {
    HW_API,  /* errors as JSON, unknown parameters are refused */
    HW_FEED, /* the same, Atom */
    HW_PAGE, /* errors as pages, unknown parameters are passed over */
    HW_FILE  /* needs no store */
} hw_route_kind;

typedef struct {
    hw_route_kind kind;
    const char *pattern; /* "/api/v1/articles/{id}": what stands for {…} is any segment; NULL ends the table */
    const hw_param *params; /* NULL: none */
    hw_handler handler;
    const char *help;
} hw_route;

extern const hw_route hw_routes[];
/* Keys of the cache, to be made when the server starts; ended by NULL. A key is a language and a target. */
extern const char *const hw_first_asked[];

/* ---- a request ------------------------------------------------------------------------------------------------------ */

struct hw_request {
    const hw_route *route;
    const char *target;                     /* path and query as sent */
    const char *path;                       /* as sent, without the query */
    const char *segments[HW_MAX_SEGMENTS];  /* decoded, of the whole path */
    unsigned n_segments;
    struct { const char *name, *value; } given[HW_MAX_GIVEN]; /* decoded; empty ones count as not given */
    unsigned n_given;
    const char *values[HW_MAX_PARAMS];      /* by the parameter's place in its route; NULL: not given and nothing otherwise */
    const char *language;                   /* "ckb" or "en": ?lang=, else the browser's wish */
    const char *accept, *if_none_match;     /* headers, or NULL */
    const char *origin;                     /* "http://127.0.0.1:8080": how the client calls this server */
    bool head, gzip;
    const char *key;                        /* in the cache; NULL: it is not to be kept */
    bool again;                             /* made for the cache: what is kept is of no use, nobody waits */
    const hewal_model *model;
    hw_store *store;                        /* in a read transaction for as long as the handler runs; else NULL */
    bool taken;                             /* the store is to be given back */
    hw_server *server;
    hw_arena arena;                         /* of this request */
    hw_cursor *cursor;                      /* closed when the handler is done */
};

/* request.c: reads a target as sent. False when it cannot be read: rs says why. Strings are in rq->arena. */
bool hw_request_read(hw_request *rq, const char *target, hw_response *rs);
/* Checks what is given against the parameters of rq->route. */
bool hw_request_check(hw_request *rq, hw_response *rs);
/* "ckb" or "en" by Accept-Language; `otherwise` when it tells neither. */
const char *hw_language_wanted(const char *header, const char *otherwise);
/* Whether the list of a header (If-None-Match, Accept-Encoding) has `word`; behind ;q=0 it does not count. */
bool hw_header_has(const char *header, const char *word);

/* What stands for the nth {…} of the route's pattern. */
const char *hw_segment(const hw_request *rq, unsigned n);
/* The value of a parameter of the route, checked; NULL when not given. */
const char *hw_value(const hw_request *rq, const char *name);
bool hw_value_is(const hw_request *rq, const char *name, const char *word);
int64_t hw_value_number(const hw_request *rq, const char *name);
/* The entities that a HW_PARAM_WHO stands for: *ids is NULL when it is not given; *n is 0 when nobody is called so. In the
 * request's arena. False when the store failed: rs says how. */
bool hw_value_who(hw_request *rq, hw_response *rs, const char *name, const int64_t **ids, size_t *n);
/* The path and query of this request with one parameter changed (NULL: left out), for links. In the arena. */
const char *hw_target_with(hw_request *rq, const char *name, const char *value);
/* Percent-encodes a segment of a path or a value of a query. */
void hw_put_encoded(hw_buf *b, const char *s);

/* ---- an answer ------------------------------------------------------------------------------------------------------ */

/* Appends some more of an answer that is written as it is made; false at its end. `*failed` is set when it could not be
 * made to its end: the connection is broken off, so that nobody takes a part for the whole. */
typedef bool (*hw_stream_fn)(void *ctx, hewal_string *out, bool *failed);

struct hw_response {
    unsigned status;    /* 200 when the handler sets nothing */
    const char *type;   /* a string constant; NULL: JSON */
    hewal_string body;  /* or: */
    const void *fixed;  /* bytes that outlive the server, */
    size_t n_fixed;
    bool fixed_gzip;    /* which are gzip already */
    hw_stream_fn stream; /* or a stream, */
    void (*stream_free)(void *ctx);
    void *stream_ctx;
    const char *file_name; /* download under this name: a string constant */
    const char *location;  /* of a redirection: already encoded, in the request's arena */
    const char *etag;      /* set by the dispatcher; NULL: none */
    bool immutable;        /* may be kept for ever */
    /* An error, when `problem` is not empty: `status` says which. */
    char problem[512];
    const char *parameter; /* that is wrong, or NULL */
    char detail[512];      /* for the log: what strangers need not know */
};

/* Makes the answer an error. `parameter` may be NULL; the text is a whole line without a full stop at its end. */
void hw_refuse(hw_response *rs, unsigned status, const char *parameter, const char *fmt, ...) __attribute__((format(printf, 4, 5)));
/* By what a function of the store said: 400 for what makes no sense, else 500 or 503. */
void hw_refuse_error(hw_response *rs, const hewal_error *err);
/* The name of a status: "Not Found". */
const char *hw_status_name(unsigned status);
/* The body of an error, by the kind of the route (`rq->route` may be NULL: by the path). */
void hw_response_error(hw_request *rq, hw_response *rs);
void hw_response_free(hw_response *rs);

/* ---- routes.c ---- */
/* Finds the route of rq, runs its handler, and leaves the whole answer in rs: errors too. */
void hw_dispatch(hw_request *rq, hw_response *rs);

/* ---- server.c: the handles ---- */
/* One of the handles that answers are made with, --threads of them; NULL when all are in use for too long. */
hw_store *hw_handle_take(hw_server *s);
void hw_handle_give(hw_server *s, hw_store *h);
/* A handle of its own for a download, or NULL when there are too many: then rs says so. Given back with hw_handle_close. */
hw_store *hw_handle_open(hw_server *s, hw_response *rs);
void hw_handle_close(hw_server *s, hw_store *h);
/* A number that changes whenever the store does; the same for as long as it does not. */
uint64_t hw_server_version(hw_server *s);
/* Answers that took long. */
hw_cache *hw_server_cache(const hw_server *s);
int64_t hw_now_ms(void); /* of a clock that only goes forward */
/* Becomes true when the server is to end: long queries are broken off. */
const atomic_bool *hw_server_ending(const hw_server *s);

/* ---- pages: how they show an error (rs->problem); appends the whole page to rs->body ---- */
void hw_page_error(hw_request *rq, hw_response *rs);
#endif
