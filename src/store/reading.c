/* In: an open store. Out: reading as a server needs it: one state of the store for several calls, a version, a limit of time. */
#include "store/inside.h"

#include <time.h>

enum { STEPS = 2000 }; /* of SQLite's machine between two looks at the clock: well below a millisecond */

static int64_t now_ms(void)
{
    struct timespec t;
    clock_gettime(CLOCK_MONOTONIC, &t);
    return (int64_t)t.tv_sec * 1000 + t.tv_nsec / 1000000;
}

hewal_status hw_store_read_begin(hw_store *s, hewal_error *err)
{
    hw_store_lock(s);
    hewal_status st = hw_run(hw_sql(s, "BEGIN")) ? HEWAL_OK : hw_store_fault(s, err);
    hw_store_unlock(s);
    return st;
}

void hw_store_read_end(hw_store *s)
{
    hw_store_lock(s);
    if (!sqlite3_get_autocommit(s->db)) {
        s->until = 0; /* ending takes the time it takes */
        s->stop = NULL;
        hw_run(hw_sql(s, "COMMIT"));
    }
    hw_store_unlock(s);
}

uint64_t hw_store_version(hw_store *s)
{
    int64_t v = 0;
    hw_store_lock(s);
    hw_run_int(hw_sql(s, "PRAGMA data_version"), 0, &v);
    hw_store_unlock(s);
    return (uint64_t)v;
}

static int look(void *ctx)
{
    hw_store *s = ctx;
    if ((s->until && now_ms() > s->until) || (s->stop && atomic_load(s->stop))) s->passed = true;
    else return 0;
    return 1;
}

void hw_store_limit(hw_store *s, unsigned ms, const atomic_bool *stop)
{
    hw_store_lock(s);
    s->until = ms ? now_ms() + ms : 0;
    s->stop = stop;
    s->passed = false;
    sqlite3_progress_handler(s->db, STEPS, ms || stop ? look : NULL, s);
    hw_store_unlock(s);
}

bool hw_store_limit_passed(hw_store *s)
{
    return s->passed;
}
