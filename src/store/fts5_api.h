/* FTS5's own functions, for whoever adds to them. In: a connection. Out: its fts5_api. Include sqlite3.h, or in an extension
 * sqlite3ext.h, before it. */
#ifndef HW_STORE_FTS5_API_H
#define HW_STORE_FTS5_API_H
#include <stddef.h>

/* NULL when SQLite has no FTS5 or one too old. */
static inline fts5_api *hw_fts5(sqlite3 *db)
{
    fts5_api *api = NULL;
    sqlite3_stmt *st = NULL;
    if (sqlite3_prepare_v2(db, "SELECT fts5(?1)", -1, &st, NULL) != SQLITE_OK) return NULL;
    sqlite3_bind_pointer(st, 1, (void *)&api, "fts5_api_ptr", NULL);
    sqlite3_step(st);
    sqlite3_finalize(st);
    return api && api->iVersion >= 2 ? api : NULL;
}
#endif
