/* In: a path. Out: an open store; its transactions, its errors as one line, its counts. */
#include "morph/spell.h"
#include "store/inside.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>

#define WAIT_MS 5000           /* a reader's, for another program to let go */
#define WRITER_WAIT_MS 60000   /* a writer's, for another's batch to end: it asks every LOOK_MS, */
#define LOOK_MS 10
#define GAP_MS 15              /* and so long one that has much to write waits between its batches */
#define BATCH_ARTICLES 8000
#define BATCH_BYTES (32u << 20)
#define BATCH_MS 4000 /* what is added shows as late; a page that many articles change is written once */
/* What a batch changes in a store of a million articles, some 60,000 pages, is kept until its end, and pages that several batches
 * change are written from the log to their places once. */
#define WRITER_CACHE "-256000" /* kB */
#define LOG_PAGES "64000"

/* ---- errors and statements -------------------------------------------------------------------------------------------- */

/* There is a limit on how large files get, other than the disk. */
static bool may_not_grow(void)
{
    struct rlimit l;
    return getrlimit(RLIMIT_FSIZE, &l) == 0 && l.rlim_cur != RLIM_INFINITY;
}

static hewal_status fault_of(sqlite3 *db, const char *path, hewal_error *err)
{
    int code = sqlite3_errcode(db), e = sqlite3_system_errno(db);
    if (e == ENOSPC || e == EDQUOT || e == EFBIG) code = SQLITE_FULL;
    switch (code & 0xFF) {
    case SQLITE_NOMEM: return hw_fail(err, HEWAL_ENOMEM, "%s: out of memory", path);
    case SQLITE_FULL: return hw_fail(err, HEWAL_EIO, "%s: the disk is full", path);
    case SQLITE_BUSY:
    case SQLITE_LOCKED: return hw_fail(err, HEWAL_EIO, "%s: in use by another program", path);
    case SQLITE_READONLY:
    case SQLITE_PERM: return hw_fail(err, HEWAL_EIO, "%s: cannot be written: it or its folder is read-only", path);
    case SQLITE_NOTADB: return hw_fail(err, HEWAL_EFORMAT, "%s: not a hewal store", path);
    case SQLITE_CORRUPT: return hw_fail(err, HEWAL_EFORMAT, "%s: the store is damaged (%s)", path, sqlite3_errmsg(db));
    case SQLITE_CANTOPEN: return hw_fail(err, HEWAL_EIO, "%s: cannot be opened: %s", path, e ? strerror(e) : sqlite3_errmsg(db));
    case SQLITE_IOERR:
        if (sqlite3_extended_errcode(db) == SQLITE_IOERR_WRITE && may_not_grow()) return hw_fail(err, HEWAL_EIO, "%s: the file may not grow further (a limit on file sizes)", path);
        return hw_fail(err, HEWAL_EIO, "%s: cannot be read or written: %s", path, e ? strerror(e) : sqlite3_errmsg(db));
    default: return hw_fail(err, HEWAL_EIO, "%s: %s", path, sqlite3_errmsg(db));
    }
}

hewal_status hw_store_fault(hw_store *s, hewal_error *err)
{
    return s->no_memory ? hw_fail(err, HEWAL_ENOMEM, "%s: out of memory", s->path) : fault_of(s->db, s->path, err);
}

bool hw_db_exec(sqlite3 *db, const char *sql)
{
    return sqlite3_exec(db, sql, NULL, NULL, NULL) == SQLITE_OK;
}

sqlite3_stmt *hw_sql(hw_store *s, const char *constant)
{
    for (unsigned i = 0; i < s->n_prepared; i++)
        if (s->prepared[i].sql == constant) {
            sqlite3_reset(s->prepared[i].st);
            sqlite3_clear_bindings(s->prepared[i].st);
            return s->prepared[i].st;
        }
    sqlite3_stmt *st = NULL;
    if (s->n_prepared == sizeof s->prepared / sizeof *s->prepared) return NULL; /* one a place in the source: cannot be */
    if (sqlite3_prepare_v3(s->db, constant, -1, SQLITE_PREPARE_PERSISTENT, &st, NULL) != SQLITE_OK) return NULL;
    s->prepared[s->n_prepared].sql = constant;
    s->prepared[s->n_prepared++].st = st;
    return st;
}

bool hw_run(sqlite3_stmt *st)
{
    if (!st) return false;
    int rc;
    while ((rc = sqlite3_step(st)) == SQLITE_ROW) {}
    sqlite3_reset(st);
    return rc == SQLITE_DONE;
}

bool hw_run_int(sqlite3_stmt *st, int64_t none, int64_t *out)
{
    *out = none;
    if (!st) return false;
    int rc = sqlite3_step(st);
    if (rc == SQLITE_ROW) *out = sqlite3_column_int64(st, 0);
    sqlite3_reset(st);
    return rc == SQLITE_ROW || rc == SQLITE_DONE;
}

void hw_bind_text(sqlite3_stmt *st, int i, const char *s)
{
    if (st && s) sqlite3_bind_text(st, i, s, -1, SQLITE_STATIC);
}

void hw_bind_int(sqlite3_stmt *st, int i, int64_t v)
{
    if (st) sqlite3_bind_int64(st, i, v);
}

const char *hw_column_text(hw_arena *a, sqlite3_stmt *st, int i)
{
    const char *s = (const char *)sqlite3_column_text(st, i);
    return s ? hw_strndup(a, s, (size_t)sqlite3_column_bytes(st, i)) : NULL;
}

void hw_store_lock(hw_store *s)
{
    pthread_mutex_lock(&s->lock);
}

void hw_store_unlock(hw_store *s)
{
    pthread_mutex_unlock(&s->lock);
}

/* ---- opening -------------------------------------------------------------------------------------------------------------- */

bool hw_store_default_path(char *buf, size_t size)
{
    const char *given = getenv("HEWAL_STORE"), *data = getenv("XDG_DATA_HOME"), *home = getenv("HOME");
    int n = -1;
    if (given && *given) n = snprintf(buf, size, "%s", given);
    else if (data && *data == '/') n = snprintf(buf, size, "%s/hewal/store.db", data); /* XDG: relative ones are ignored */
    else if (home && *home) n = snprintf(buf, size, "%s/.local/share/hewal/store.db", home);
    return n > 0 && (size_t)n < size;
}

/* Makes the folders above the file that are not there. */
static hewal_status make_folders(const char *path, hewal_error *err)
{
    char p[4096];
    if ((size_t)snprintf(p, sizeof p, "%s", path) >= sizeof p) return hw_fail(err, HEWAL_EINVAL, "%s: the path is too long", path);
    for (char *slash = strchr(p + 1, '/'); slash; slash = strchr(slash + 1, '/')) {
        struct stat st;
        *slash = 0;
        if (stat(p, &st) != 0 && mkdir(p, 0777) != 0 && errno != EEXIST)
            return hw_fail(err, HEWAL_EIO, "%s: its folder %s cannot be made: %s", path, p, strerror(errno));
        *slash = '/';
    }
    return HEWAL_OK;
}

/* Percent-encodes what a file: URI must not hold. */
static char *uri_of(const char *path, const char *options)
{
    size_t n = strlen(path);
    size_t k = strlen(options);
    char *uri = malloc(n * 3 + k + 16), *w = uri;
    if (!uri) return NULL;
    w += sprintf(w, path[0] == '/' ? "file://" : "file:");
    for (; *path; path++)
        if (*path == '%' || *path == '?' || *path == '#') w += sprintf(w, "%%%02X", (unsigned char)*path);
        else *w++ = *path;
    memcpy(w, options, k + 1);
    return uri;
}

static void pause_ms(long ms)
{
    nanosleep(&(struct timespec){0, ms * 1000000}, NULL);
}

/* SQLite's own handler looks ever more seldom, and would never see the gap between two batches. */
static int wait_for_writer(void *ctx, int times)
{
    (void)ctx;
    if (times > WRITER_WAIT_MS / LOOK_MS) return 0;
    pause_ms(LOOK_MS);
    return 1;
}

static int open_db(hw_store *s, const char *options, int flags)
{
    char *uri = uri_of(s->path, options);
    if (!uri) return SQLITE_NOMEM;
    sqlite3_close(s->db);
    int rc = sqlite3_open_v2(uri, &s->db, flags | SQLITE_OPEN_URI | SQLITE_OPEN_NOMUTEX, NULL);
    free(uri);
    if (rc == SQLITE_OK) {
        sqlite3_extended_result_codes(s->db, 1);
        if (s->write) sqlite3_busy_handler(s->db, wait_for_writer, NULL);
        else sqlite3_busy_timeout(s->db, WAIT_MS);
        hw_packed_functions(s->db);
        hw_db_exec(s->db, "PRAGMA cache_size=-64000; PRAGMA foreign_keys=OFF; PRAGMA temp_store=MEMORY; PRAGMA trusted_schema=OFF");
    }
    return rc;
}

/* Readers of a store whose folder they cannot write may find no place for SQLite's shared memory; without a write-ahead
 * log to heed they read the file as it is. */
static bool readable_as_is(const hw_store *s)
{
    char wal[4200];
    struct stat st;
    if ((size_t)snprintf(wal, sizeof wal, "%s-wal", s->path) >= sizeof wal) return false;
    return stat(wal, &st) != 0 || st.st_size == 0;
}

static hewal_status open_read(hw_store *s, hewal_error *err)
{
    struct stat st;
    if (stat(s->path, &st) != 0)
        return hw_fail(err, HEWAL_EIO, errno == ENOENT ? "%s: there is no store yet; `hewal add` makes one" : "%s: cannot be opened: permission denied", s->path);
    if (S_ISDIR(st.st_mode)) return hw_fail(err, HEWAL_EFORMAT, "%s: a folder, not a store", s->path);
    if (open_db(s, "", SQLITE_OPEN_READONLY) != SQLITE_OK) return fault_of(s->db, s->path, err);
    hewal_status h = hw_schema_check(s->db, s->path, false, err);
    if (h == HEWAL_OK || err->message[0]) return h;
    int code = sqlite3_errcode(s->db) & 0xFF;
    if ((code == SQLITE_CANTOPEN || code == SQLITE_READONLY) && readable_as_is(s) && open_db(s, "?immutable=1", SQLITE_OPEN_READONLY) == SQLITE_OK) {
        h = hw_schema_check(s->db, s->path, false, err);
        if (h == HEWAL_OK || err->message[0]) return h;
    }
    return fault_of(s->db, s->path, err);
}

static hewal_status open_write(hw_store *s, hewal_error *err)
{
    struct stat st;
    if (stat(s->path, &st) == 0 && S_ISDIR(st.st_mode)) return hw_fail(err, HEWAL_EFORMAT, "%s: a folder, not a store", s->path);
    hewal_status h = make_folders(s->path, err);
    if (h != HEWAL_OK) return h;
    if (open_db(s, "", SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE) != SQLITE_OK) return fault_of(s->db, s->path, err);
    if (sqlite3_db_readonly(s->db, "main") == 1) return hw_fail(err, HEWAL_EIO, "%s: cannot be written: it or its folder is read-only", s->path);
    h = hw_schema_check(s->db, s->path, true, err);
    if (h != HEWAL_OK) return err->message[0] ? h : fault_of(s->db, s->path, err);
    /* Only once it is known to be ours: a foreign file is left as it is. */
    if (!hw_db_exec(s->db, "PRAGMA journal_mode=WAL; PRAGMA synchronous=NORMAL; PRAGMA wal_autocheckpoint=" LOG_PAGES "; PRAGMA cache_size=" WRITER_CACHE)) return fault_of(s->db, s->path, err);
    return HEWAL_OK;
}

hewal_status hw_store_open(hw_store **out, const hewal_model *m, const char *path, int mode, hewal_error *err)
{
    hewal_error spare;
    if (!err) err = &spare;
    err->message[0] = 0;
    *out = NULL;
    hw_store *s = calloc(1, sizeof *s);
    if (!s) return hw_fail(err, HEWAL_ENOMEM, "out of memory");
    pthread_mutexattr_t a;
    pthread_mutexattr_init(&a);
    pthread_mutexattr_settype(&a, PTHREAD_MUTEX_RECURSIVE);
    pthread_mutex_init(&s->lock, &a);
    pthread_mutexattr_destroy(&a);
    hw_arena_init(&s->scratch);
    s->model = m;
    s->write = mode & HW_STORE_WRITE;
    s->bands_new = -1;
    s->path = strdup(path);
    s->terms = hw_terms_new(m);
    s->sounds = hw_sounds_new(m);
    hewal_status st = HEWAL_ENOMEM;
    if (s->path && (mode & HW_STORE_THERE) && access(s->path, F_OK) != 0) st = hw_fail(err, HEWAL_EIO, "%s: there is no store yet; `hewal add` makes one", s->path);
    else if (s->path && s->terms && s->sounds) st = s->write ? open_write(s, err) : open_read(s, err);
    else hw_fail(err, st, "out of memory");
    if (st != HEWAL_OK) {
        hw_store_close(s);
        return st;
    }
    *out = s;
    return HEWAL_OK;
}

static void forget_seen(hw_store *s)
{
    hw_memo_clear(&s->entities_seen);
    hw_memo_clear(&s->spellings_seen);
    hw_memo_clear(&s->terms_seen);
    s->bands_new = -1;
}

void hw_store_close(hw_store *s)
{
    if (!s) return;
    for (unsigned i = 0; i < s->n_prepared; i++) sqlite3_finalize(s->prepared[i].st);
    if (s->in_batch) hw_db_exec(s->db, "ROLLBACK");
    sqlite3_close_v2(s->db);
    pthread_mutex_destroy(&s->lock);
    hw_terms_free(s->terms);
    hw_sounds_free(s->sounds);
    hw_spell_free(s->speller);
    hw_index_text_free(&s->index);
    for (int i = 0; i < 4; i++) hewal_string_free(&s->lists[i]);
    hewal_string_free(&s->form);
    forget_seen(s);
    hw_sums_drop(s);
    hw_words_forget_doubts(s);
    hw_arena_free(&s->scratch);
    free(s->path);
    free(s);
}

/* ---- batches ---------------------------------------------------------------------------------------------------------------- */

static int64_t now_ms(void)
{
    struct timespec t;
    clock_gettime(CLOCK_MONOTONIC, &t);
    return (int64_t)t.tv_sec * 1000 + t.tv_nsec / 1000000;
}

hewal_status hw_batch_begin(hw_store *s, hewal_error *err)
{
    if (!s->write) return hw_fail(err, HEWAL_EINVAL, "%s: the store was opened for reading", s->path);
    if (s->in_batch) return HEWAL_OK;
    if (!hw_run(hw_sql(s, "BEGIN IMMEDIATE"))) return hw_store_fault(s, err);
    int64_t version;
    if (!hw_run_int(hw_sql(s, "PRAGMA data_version"), 0, &version)) return hw_batch_failed(s, err);
    if (version != s->data_version) forget_seen(s); /* another program wrote: what was looked up may be gone */
    s->data_version = version;
    s->in_batch = true;
    s->batch_n = 0;
    s->batch_bytes = 0;
    s->batch_since = now_ms();
    return HEWAL_OK;
}

/* Takes the batch back after a failure, which it tells. */
hewal_status hw_batch_failed(hw_store *s, hewal_error *err)
{
    hewal_status st = hw_store_fault(s, err);
    if (s->in_batch && !sqlite3_get_autocommit(s->db)) hw_db_exec(s->db, "ROLLBACK");
    s->in_batch = s->no_memory = false;
    hw_sums_drop(s);
    hw_words_forget_doubts(s);
    forget_seen(s);
    return st;
}

hewal_status hw_batch_grown(hw_store *s, size_t bytes, hewal_error *err)
{
    s->batch_n++;
    s->batch_bytes += bytes;
    int64_t took = now_ms() - s->batch_since;
    if (s->batch_n < BATCH_ARTICLES && s->batch_bytes < BATCH_BYTES && took < BATCH_MS) return HEWAL_OK;
    hewal_status st = hw_store_commit(s, err);
    if (took >= BATCH_MS / 4) pause_ms(GAP_MS);
    return st;
}

hewal_status hw_store_commit(hw_store *s, hewal_error *err)
{
    hewal_status st = HEWAL_OK;
    hw_store_lock(s);
    if (s->in_batch) {
        if (hw_words_tidy(s) && hw_bands_tidy(s) && hw_sums_flush(s) && hw_run(hw_sql(s, "COMMIT"))) s->in_batch = false;
        else st = hw_batch_failed(s, err);
    }
    hw_store_unlock(s);
    return st;
}

/* ---- counts ------------------------------------------------------------------------------------------------------------------- */

#define TOTAL(what) "coalesce(sum(n) FILTER (WHERE what = '" what "'), 0) AS " what

hewal_status hw_store_count(hw_store *s, hw_store_counts *out, hewal_error *err)
{
    memset(out, 0, sizeof *out);
    hw_store_lock(s);
    if (s->in_batch && !hw_sums_flush(s)) { /* the writer sees what it added */
        hewal_status failed = hw_batch_failed(s, err);
        hw_store_unlock(s);
        return failed;
    }
    sqlite3_stmt *st = hw_sql(s, "SELECT t.articles, t.entities, t.people, (SELECT count(*) FROM entities WHERE quotes > 0), t.quotes, t.events, t.mentions, t.bytes,"
                                 " (SELECT min(date) FROM articles WHERE date > ''), (SELECT max(date) FROM articles), t.annotated, t.copies FROM (SELECT "
                                 TOTAL("articles") "," TOTAL("entities") "," TOTAL("people") "," TOTAL("quotes") "," TOTAL("events") "," TOTAL("mentions") ","
                                 TOTAL("bytes") "," TOTAL("annotated") "," TOTAL("copies") " FROM totals) t");
    bool ok = st && sqlite3_step(st) == SQLITE_ROW;
    if (ok) {
        int64_t *v[] = {&out->articles, &out->entities, &out->people, &out->speakers, &out->quotes, &out->events, &out->mentions};
        for (int i = 0; i < 7; i++) *v[i] = sqlite3_column_int64(st, i);
        out->annotated = sqlite3_column_int64(st, 10);
        out->copies = sqlite3_column_int64(st, 11);
        out->bytes = (uint64_t)sqlite3_column_int64(st, 7);
        const char *first = (const char *)sqlite3_column_text(st, 8), *last = (const char *)sqlite3_column_text(st, 9);
        snprintf(out->first, sizeof out->first, "%s", first ? first : "");
        snprintf(out->last, sizeof out->last, "%s", last ? last : "");
    }
    hewal_status res = ok ? HEWAL_OK : hw_store_fault(s, err);
    if (st) sqlite3_reset(st);
    hw_store_unlock(s);
    return res;
}
