/* libhewal_fts5.so: hewal's index terms for SQLite's FTS5, in any program that can load an extension.
 *
 *     SELECT load_extension('libhewal_fts5');
 *     CREATE VIRTUAL TABLE news USING fts5(title, text, tokenize = 'hewal');
 *     SELECT snippet(news, 1, '[', ']', '…', 12) FROM news WHERE news MATCH 'bumelerzekan' ORDER BY rank;
 *
 * In: a text or a query. Out: its tokens: a word is filed under its lemma, and at the same place under the other lemmas it
 * may have and under its form, so that any form and spelling finds any other; a query in Latin letters is asked for in
 * Arabic ones, too. Offsets are bytes of the text as it was given: highlight() and snippet() mark what stands there.
 * `tokenize = 'hewal exact'` files forms alone: keyboards and spellings meet, inflections do not.
 *
 * A connection has a model of its own (mapped: its pages are shared), a table a tokenizer of its own; nothing is shared
 * between threads. */
#include "store/terms.h"

#include <dlfcn.h>
#include <sqlite3ext.h>
#include <stdio.h>
#include <stdlib.h>
#include <pthread.h>
#include <string.h>
#include <unistd.h>
SQLITE_EXTENSION_INIT1
#include "store/fts5_api.h"

typedef struct {
    hewal_model *model;
    hw_terms *terms;
    bool exact;
} tokenizer;

typedef int (*token_fn)(void *ctx, int flags, const char *token, int n, int b, int e);

/* ---- tokens ------------------------------------------------------------------------------------------------------------------------- */

typedef struct {
    token_fn emit;
    void *ctx;
    const char *said[12];
    unsigned n;
    int b, e;
} place; /* the tokens at one place of the text */

static int say(place *p, const char *term)
{
    for (unsigned i = 0; i < p->n; i++)
        if (!strcmp(p->said[i], term)) return SQLITE_OK;
    if (p->n == sizeof p->said / sizeof *p->said) return SQLITE_OK;
    p->said[p->n] = term;
    return p->emit(p->ctx, p->n++ ? FTS5_TOKEN_COLOCATED : 0, term, (int)strlen(term), p->b, p->e);
}

/* A text is filed under the best lemma, then the others, then the form. A query whose word is a lemma itself means that
 * word; the beginning of a word has none. */
static int say_term(const tokenizer *t, place *p, const hw_term *w, int flags)
{
    bool query = (flags & FTS5_TOKENIZE_QUERY) != 0, alone = t->exact || (query && ((flags & FTS5_TOKENIZE_PREFIX) || w->base));
    int rc = SQLITE_OK;
    for (unsigned i = 0; i < w->n_lemmas && !alone && rc == SQLITE_OK; i++) rc = say(p, w->lemmas[i]);
    return rc == SQLITE_OK ? say(p, w->form) : rc;
}

/* A Latin word of a query is said in Arabic letters, too, at the same place. */
static int say_in_arabic(const tokenizer *t, hw_terms *other, place *p, const char *word, size_t n, int flags)
{
    hewal_string s = {0};
    hw_term w;
    int rc = SQLITE_OK;
    if (hewal_to_arabic(t->model, word, n, &s) == HEWAL_OK && s.s) {
        hw_terms_begin(other, s.s, s.len);
        int got = hw_terms_try(other, &w);
        if (got < 0) rc = SQLITE_NOMEM;
        else if (got && !w.foreign) rc = say_term(t, p, &w, flags);
    }
    hewal_string_free(&s);
    return rc;
}

static int tokenize(Fts5Tokenizer *me, void *ctx, int flags, const char *text, int len, token_fn emit)
{
    tokenizer *t = (tokenizer *)me;
    hw_terms *other = NULL;
    hw_term w;
    int got = 0, rc = SQLITE_OK;
    if (!text || len <= 0) return SQLITE_OK;
    hw_terms_begin(t->terms, text, (size_t)len);
    while (rc == SQLITE_OK && (got = hw_terms_try(t->terms, &w)) > 0) {
        place p = {.emit = emit, .ctx = ctx, .b = (int)w.b, .e = (int)w.e};
        rc = say_term(t, &p, &w, flags);
        if (rc != SQLITE_OK || !w.foreign || !(flags & FTS5_TOKENIZE_QUERY)) continue;
        if (!other && !(other = hw_terms_new(t->model))) rc = SQLITE_NOMEM;
        else rc = say_in_arabic(t, other, &p, text + w.b, w.e - w.b, flags);
    }
    hw_terms_free(other);
    return got < 0 ? SQLITE_NOMEM : rc;
}

/* ---- a table's tokenizer ----------------------------------------------------------------------------------------------------------- */

static int create(void *model, const char **args, int n_args, Fts5Tokenizer **out)
{
    *out = NULL;
    if (n_args > 1 || (n_args == 1 && strcmp(args[0], "exact") != 0)) return SQLITE_ERROR;
    tokenizer *t = calloc(1, sizeof *t);
    if (t) t->terms = hw_terms_new(model);
    if (!t || !t->terms) {
        free(t);
        return SQLITE_NOMEM;
    }
    t->model = model;
    t->exact = n_args == 1;
    *out = (Fts5Tokenizer *)t;
    return SQLITE_OK;
}

static void destroy(Fts5Tokenizer *me)
{
    tokenizer *t = (tokenizer *)me;
    hw_terms_free(t->terms);
    free(t);
}

/* ---- a connection ------------------------------------------------------------------------------------------------------------------ */

static void close_model(void *model)
{
    hewal_model_close(model);
}

/* $HEWAL_MODEL, beside this library (a build folder), else where hewal looks: its data folder. */
static hewal_status open_model(hewal_model **out, hewal_error *err)
{
    Dl_info where;
    char path[4096];
    const char *env = getenv("HEWAL_MODEL"), *slash;
    if (!(env && *env) && dladdr((const void *)(uintptr_t)open_model, &where) && where.dli_fname && (slash = strrchr(where.dli_fname, '/'))) {
        static const char *const near[] = {"ckb.model", "../share/hewal/ckb.model", "../../share/hewal/ckb.model"};
        for (size_t i = 0; i < sizeof near / sizeof *near; i++) {
            int n = snprintf(path, sizeof path, "%.*s/%s", (int)(slash - where.dli_fname), where.dli_fname, near[i]);
            if (n > 0 && (size_t)n < sizeof path && access(path, R_OK) == 0) return hewal_model_open(out, path, err);
        }
    }
    return hewal_model_open(out, NULL, err);
}

#define EXPORTED __attribute__((visibility("default")))
EXPORTED int sqlite3_extension_init(sqlite3 *db, char **message, const sqlite3_api_routines *routines);
EXPORTED int sqlite3_hewalfts_init(sqlite3 *db, char **message, const sqlite3_api_routines *routines);

/* What every loadable extension keeps: SQLite's functions, the same for all connections. Written once, whoever is first. */
static void take_routines(const sqlite3_api_routines *routines)
{
    static pthread_mutex_t lock = PTHREAD_MUTEX_INITIALIZER;
    pthread_mutex_lock(&lock);
    if (sqlite3_api != routines) SQLITE_EXTENSION_INIT2(routines)
    pthread_mutex_unlock(&lock);
}

int sqlite3_extension_init(sqlite3 *db, char **message, const sqlite3_api_routines *routines)
{
    take_routines(routines);
    fts5_tokenizer functions = {create, destroy, tokenize};
    hewal_model *model;
    hewal_error err;
    fts5_api *api = hw_fts5(db);
    if (!api || api->iVersion < 2) {
        *message = sqlite3_mprintf("hewal: this SQLite has no FTS5");
        return SQLITE_ERROR;
    }
    if (open_model(&model, &err) != HEWAL_OK) {
        *message = sqlite3_mprintf("hewal: %s", err.message);
        return SQLITE_ERROR;
    }
    int rc = api->xCreateTokenizer(api, "hewal", model, &functions, close_model);
    if (rc != SQLITE_OK) hewal_model_close(model);
    return rc;
}

/* By the file's name, where a program has linked several extensions together. */
int sqlite3_hewalfts_init(sqlite3 *db, char **message, const sqlite3_api_routines *routines)
{
    return sqlite3_extension_init(db, message, routines);
}
