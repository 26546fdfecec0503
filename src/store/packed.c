/* In: texts. Out: the same as the store keeps them: deflated, and as they are where that is no shorter. It is the form of SQLite's
 * archives (sqlar), so that the sqlite3 program reads them with its own function sqlar_uncompress(text, bytes); the views use it,
 * and it is defined here for connections of ours. */
#include "store/inside.h"

#include <stdlib.h>
#include <string.h>
#include <zlib.h>

bool hw_unpack(const void *packed, size_t size, char *out, size_t len)
{
    uLongf n = (uLongf)len;
    if (size == len) {
        if (len) memcpy(out, packed, len);
        return true;
    }
    return size && uncompress((Bytef *)out, &n, packed, (uLong)size) == Z_OK && n == len;
}

const char *hw_column_packed(hw_arena *a, sqlite3_stmt *st, int text, int bytes, size_t *len)
{
    int64_t n = sqlite3_column_int64(st, bytes);
    *len = 0;
    if (n < 0 || n > HEWAL_MAX_TEXT) return NULL;
    char *out = hw_alloc(a, (size_t)n + 1);
    const void *packed = sqlite3_column_blob(st, text);
    if (!hw_unpack(packed, (size_t)sqlite3_column_bytes(st, text), out, (size_t)n)) return NULL;
    out[n] = 0;
    *len = (size_t)n;
    return out;
}

const char *hw_text_of(hw_store *s, hw_arena *a, int64_t article, size_t *len)
{
    sqlite3_stmt *st = hw_sql(s, "SELECT x.text, a.bytes FROM articles a JOIN texts x ON x.article = a.n WHERE a.n = ?1");
    hw_bind_int(st, 1, article);
    const char *text = st && sqlite3_step(st) == SQLITE_ROW ? hw_column_packed(a, st, 0, 1, len) : NULL;
    if (st) sqlite3_reset(st);
    return text;
}

static void uncompress_function(sqlite3_context *c, int n, sqlite3_value **v)
{
    (void)n;
    int64_t len = sqlite3_value_int64(v[1]);
    size_t size = (size_t)sqlite3_value_bytes(v[0]);
    if (len <= 0 || (size_t)len == size || len > HEWAL_MAX_TEXT) {
        sqlite3_result_value(c, v[0]);
        return;
    }
    char *out = sqlite3_malloc64((sqlite3_uint64)len);
    if (!out) sqlite3_result_error_nomem(c);
    else if (hw_unpack(sqlite3_value_blob(v[0]), size, out, (size_t)len)) sqlite3_result_blob64(c, out, (sqlite3_uint64)len, sqlite3_free);
    else {
        sqlite3_free(out);
        sqlite3_result_error(c, "a text is damaged", -1);
    }
}

bool hw_packed_functions(sqlite3 *db)
{
    return sqlite3_create_function(db, "sqlar_uncompress", 2, SQLITE_UTF8 | SQLITE_DETERMINISTIC | SQLITE_INNOCUOUS, NULL, uncompress_function, NULL, NULL) == SQLITE_OK;
}
