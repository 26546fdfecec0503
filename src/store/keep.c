/* In: a store. Out: a checked copy of it; or the store without a trace of what was taken out. */
#include "store/inside.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

enum { PAGES = 2048, PAUSE_MS = 5 }; /* copied at a time; a writer's turn between */

static hewal_status cannot(hewal_error *err, const char *path, const char *why)
{
    return hw_fail(err, HEWAL_EIO, "%s: the copy cannot be written: %s", path, why);
}

static hewal_status copy(hw_store *s, sqlite3 *to, const char *path, hewal_error *err)
{
    sqlite3_backup *b = sqlite3_backup_init(to, "main", s->db, "main");
    int rc;
    if (!b) return cannot(err, path, sqlite3_errmsg(to));
    while ((rc = sqlite3_backup_step(b, PAGES)) == SQLITE_OK || rc == SQLITE_BUSY || rc == SQLITE_LOCKED) {
        hw_store_unlock(s); /* others may use the handle */
        if (rc != SQLITE_OK) sqlite3_sleep(PAUSE_MS);
        hw_store_lock(s);
    }
    sqlite3_backup_finish(b);
    return rc == SQLITE_DONE ? HEWAL_OK : cannot(err, path, sqlite3_errstr(rc));
}

/* A copy that is whole by SQLite's own check, in one file (no write-ahead log beside it). */
static hewal_status check_copy(sqlite3 *to, const char *path, hewal_error *err)
{
    sqlite3_stmt *st = NULL;
    if (!hw_db_exec(to, "PRAGMA journal_mode=DELETE")) return cannot(err, path, sqlite3_errmsg(to));
    bool ok = sqlite3_prepare_v2(to, "PRAGMA integrity_check(1)", -1, &st, NULL) == SQLITE_OK && sqlite3_step(st) == SQLITE_ROW &&
              !strcmp((const char *)sqlite3_column_text(st, 0), "ok");
    sqlite3_finalize(st);
    return ok ? HEWAL_OK : cannot(err, path, "it is not whole (is the store? hewal verify)");
}

static bool sync_path(const char *path, int flags)
{
    int fd = open(path, flags | O_CLOEXEC);
    if (fd < 0) return false;
    bool ok = fsync(fd) == 0;
    close(fd);
    return ok;
}

/* Puts the copy in its place, for good. */
static hewal_status settle(const char *temporary, const char *path, hewal_error *err)
{
    char folder[4096];
    snprintf(folder, sizeof folder, "%s", path);
    char *slash = strrchr(folder, '/');
    if (slash) slash[slash == folder] = 0;
    else snprintf(folder, sizeof folder, ".");
    if (!sync_path(temporary, O_RDONLY) || rename(temporary, path) != 0) return cannot(err, path, strerror(errno));
    sync_path(folder, O_RDONLY | O_DIRECTORY); /* the name lasts too, where the file system can say so */
    return HEWAL_OK;
}

/* The same file as the store's by another name would be lost. */
static bool is_the_store(const hw_store *s, const char *path)
{
    struct stat a, b;
    return stat(s->path, &a) == 0 && stat(path, &b) == 0 && a.st_dev == b.st_dev && a.st_ino == b.st_ino;
}

hewal_status hw_store_backup(hw_store *s, const char *path, hewal_error *err)
{
    char temporary[4096];
    struct stat st;
    sqlite3 *to = NULL;
    if ((size_t)snprintf(temporary, sizeof temporary, "%s.part%ld", path, (long)getpid()) >= sizeof temporary) return hw_fail(err, HEWAL_EINVAL, "%s: the path is too long", path);
    if (is_the_store(s, path)) return hw_fail(err, HEWAL_EINVAL, "%s: this is the store itself", path);
    if (stat(path, &st) == 0 && !S_ISREG(st.st_mode)) return hw_fail(err, HEWAL_EINVAL, "%s: there is something that is no file", path);
    unlink(temporary);
    hw_store_lock(s);
    hewal_status res = HEWAL_OK;
    if (sqlite3_open_v2(temporary, &to, SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE | SQLITE_OPEN_NOMUTEX, NULL) != SQLITE_OK)
        res = cannot(err, path, sqlite3_system_errno(to) ? strerror(sqlite3_system_errno(to)) : sqlite3_errmsg(to));
    if (res == HEWAL_OK) res = copy(s, to, path, err);
    if (res == HEWAL_OK) res = check_copy(to, path, err);
    sqlite3_close(to);
    hw_store_unlock(s);
    if (res == HEWAL_OK) res = settle(temporary, path, err);
    if (res != HEWAL_OK) unlink(temporary);
    return res;
}

/* ---- leaving no trace ------------------------------------------------------------------------------------------------------------------- */

/* What was deleted may still stand in free pages, in the index's older segments, and in the write-ahead log. All is written anew. */
static bool wipe(hw_store *s, int64_t *busy)
{
    return hw_run(hw_sql(s, "INSERT INTO words(words) VALUES('optimize')")) && hw_db_exec(s->db, "VACUUM") &&
           hw_run_int(hw_sql(s, "PRAGMA wal_checkpoint(TRUNCATE)"), 1, busy);
}

hewal_status hw_store_wipe(hw_store *s, hewal_error *err)
{
    hewal_status st = hw_store_commit(s, err);
    hw_store_lock(s);
    int64_t busy = 0;
    if (st == HEWAL_OK && !wipe(s, &busy)) st = hw_store_fault(s, err);
    if (st == HEWAL_OK && busy)
        st = hw_fail(err, HEWAL_EIO, "%s: taken out, but another program is reading the store: until it ends, the words are still in the file; run the same again then", s->path);
    hw_store_unlock(s);
    return st;
}
