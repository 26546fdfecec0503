/* Answers that took long to make, kept. In: a question and its answer. Out: the answer again; and the questions whose answers are of
 * an older state of the store and should be made again.
 *
 * Counting five million quotes takes seconds. While articles are being added, the store changes every second; so an answer that took
 * long is given again as it was, at most HW_CACHE_SECONDS old, while one thread makes it anew. Its ETag says which state it is of. */
#ifndef HW_SERVE_CACHE_H
#define HW_SERVE_CACHE_H
#include "hewal.h"

enum { HW_CACHE_SECONDS = 600, HW_CACHE_SLOW_MS = 50 };

typedef struct hw_cache hw_cache;

typedef struct {
    hewal_string body; /* a copy, the caller's */
    const char *type, *file_name; /* string constants or NULL */
    uint64_t version;  /* of the store that it is of */
} hw_cached;

hw_cache *hw_cache_new(void); /* NULL when memory runs out */
void hw_cache_free(hw_cache *c);
/* The answer kept for `key`, or false. When it is of another version than `version`, the key is noted as to be made again. */
bool hw_cache_get(hw_cache *c, const char *key, uint64_t version, hw_cached *out);
/* Keeps a copy of an answer that took `ms`; a quick one, or one too large, is not kept. */
void hw_cache_put(hw_cache *c, const char *key, const hw_cached *answer, int64_t ms);
/* Notes a key as to be made, unless it is already. */
void hw_cache_wish(hw_cache *c, const char *key);
/* Waits for a key to be made again: a copy, to be freed; NULL when the cache is to end. */
char *hw_cache_next(hw_cache *c);
/* Makes hw_cache_next return NULL from now on. */
void hw_cache_end(hw_cache *c);
#endif
