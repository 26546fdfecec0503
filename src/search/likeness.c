/* In: a word that no article has. Out: the words of the articles that are most like it: mistyped letters, unusual spellings. */
#include "base/utf8.h"
#include "search/plan.h"

#include <stdlib.h>
#include <string.h>

enum { MAX_LETTERS = 40, SHORT = 4 /* letters: only one may differ */ };

static unsigned letters_of(const char *s, uint32_t *out)
{
    unsigned n = 0;
    size_t len = strlen(s);
    for (size_t i = 0; i < len; n++) {
        if (n == MAX_LETTERS) return MAX_LETTERS + 1;
        i += hw_utf8_decode(s + i, len - i, &out[n]);
    }
    return n;
}

/* Letters to insert, drop, change, or swap with their neighbour; more than `most` is most + 1. */
static unsigned distance(const uint32_t *x, unsigned n, const uint32_t *y, unsigned m, unsigned most)
{
    unsigned rows[3][MAX_LETTERS + 1], *before = rows[0], *last = rows[1], *now = rows[2];
    if (n > m + most || m > n + most) return most + 1;
    for (unsigned j = 0; j <= m; j++) last[j] = j;
    for (unsigned i = 1; i <= n; i++) {
        unsigned least = now[0] = i;
        for (unsigned j = 1; j <= m; j++) {
            unsigned d = last[j - 1] + (x[i - 1] != y[j - 1]);
            if (last[j] + 1 < d) d = last[j] + 1;
            if (now[j - 1] + 1 < d) d = now[j - 1] + 1;
            if (i > 1 && j > 1 && x[i - 1] == y[j - 2] && x[i - 2] == y[j - 1] && before[j - 2] + 1 < d) d = before[j - 2] + 1;
            now[j] = d;
            if (d < least) least = d;
        }
        if (least > most) return most + 1;
        unsigned *t = before;
        before = last;
        last = now;
        now = t;
    }
    return last[m];
}

typedef struct { const char *term; unsigned far; int64_t articles; } like;

static int nearest_first(const void *a, const void *b)
{
    const like *x = a, *y = b;
    if (x->far != y->far) return x->far < y->far ? -1 : 1;
    if (x->articles != y->articles) return x->articles > y->articles ? -1 : 1;
    return strcmp(x->term, y->term);
}

unsigned hw_like(hw_store *s, hw_arena *a, const char *word, const char **out, unsigned max)
{
    uint32_t x[MAX_LETTERS + 1], y[MAX_LETTERS + 1];
    unsigned n = letters_of(word, x), found = 0;
    HW_VEC(like) v = {0};
    if (n < 3 || n > MAX_LETTERS) return 0;
    if (!hw_db_exec(s->db, "CREATE VIRTUAL TABLE IF NOT EXISTS temp.vocabulary USING fts5vocab('main', 'words', 'row')")) return 0;
    unsigned most = n <= SHORT ? 1 : 2;
    sqlite3_stmt *st = hw_sql(s, "SELECT term, doc FROM temp.vocabulary");
    while (st && sqlite3_step(st) == SQLITE_ROW) {
        const char *term = (const char *)sqlite3_column_text(st, 0);
        unsigned m = letters_of(term, y), d = m <= MAX_LETTERS ? distance(x, n, y, m, most) : most + 1;
        if (d <= most && (d < most || n <= SHORT || x[0] == y[0])) *(like *)hw_push(a, &v) = (like){hw_strdup(a, term), d, sqlite3_column_int64(st, 1)};
    }
    if (st) sqlite3_reset(st);
    if (v.n) qsort(v.v, v.n, sizeof *v.v, nearest_first);
    for (; found < v.n && found < max && v.v[found].far == v.v[0].far; found++) out[found] = v.v[found].term;
    return found;
}
