/* In: a word that no article has, or few. Out: the words of the articles that are most like it: mistyped letters, unusual
 * spellings.
 *
 * Of a small index all words are looked at. FTS5 can't list words without reading where they stand, so of a large one only
 * those that begin like the word are; what was mistyped in the first half is found by trying every letter there. */
#include "base/utf8.h"
#include "search/plan.h"

#include <stdlib.h>
#include <string.h>

enum { MAX_LETTERS = 40, SHORT = 4 /* letters: only one may differ */, MAX_ALPHABET = 48, LONG_WORD = 16, SMALL_INDEX = 3000 /* pages */, PAGES_TO_READ = 120 };

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

typedef struct {
    hw_store *s;
    hw_arena *a;
    uint32_t x[MAX_LETTERS + 1];
    unsigned n, most;
    HW_VEC(like) v;
} seeker;

static void take(seeker *k, const char *term, int64_t articles)
{
    uint32_t y[MAX_LETTERS + 1];
    unsigned m = letters_of(term, y), d = m <= MAX_LETTERS ? distance(k->x, k->n, y, m, k->most) : k->most + 1;
    if (!d || d > k->most || (d == k->most && k->n > SHORT && k->x[0] != y[0])) return;
    *(like *)hw_push(k->a, &k->v) = (like){hw_strdup(k->a, term), d, articles};
}

static void look_through(seeker *k, const char *from, const char *to)
{
    if (!hw_db_exec(k->s->db, "CREATE VIRTUAL TABLE IF NOT EXISTS temp.vocabulary USING fts5vocab('main', 'words', 'row')")) return;
    sqlite3_stmt *st = hw_sql(k->s, "SELECT term, doc FROM temp.vocabulary WHERE term >= ?1 AND term <= ?2");
    hw_bind_text(st, 1, from);
    hw_bind_text(st, 2, to);
    while (st && sqlite3_step(st) == SQLITE_ROW) take(k, (const char *)sqlite3_column_text(st, 0), sqlite3_column_int64(st, 1));
    if (st) sqlite3_reset(st);
}

/* The letters of which the words of the index are made. */
static unsigned alphabet(seeker *k, uint32_t *out)
{
    unsigned n = 0;
    sqlite3_stmt *st = hw_sql(k->s, "SELECT term FROM words_idx WHERE segid = (SELECT segid FROM words_idx ORDER BY pgno DESC LIMIT 1) ORDER BY random() LIMIT 400");
    while (st && sqlite3_step(st) == SQLITE_ROW) {
        const char *term = sqlite3_column_blob(st, 0);
        size_t len = (size_t)sqlite3_column_bytes(st, 0);
        for (size_t i = 1; i < len;) {
            uint32_t cp;
            unsigned at = 0;
            i += hw_utf8_decode(term + i, len - i, &cp);
            while (at < n && out[at] != cp) at++;
            if (at == n && n < MAX_ALPHABET && cp >= 0x600 && cp < 0x700) out[n++] = cp;
        }
    }
    if (st) sqlite3_reset(st);
    return n;
}

static void try_word(seeker *k, const uint32_t *y, unsigned n)
{
    char word[4 * (MAX_LETTERS + 2) + 3];
    size_t len = 1;
    word[0] = '"';
    for (unsigned i = 0; i < n; i++) len += hw_utf8_encode(y[i], word + len);
    word[len] = '"';
    word[len + 1] = 0;
    int64_t found = 0;
    sqlite3_stmt *st = hw_sql(k->s, "SELECT 1 FROM index_terms WHERE term = ?1"); /* a table that newer stores have */
    if (st) {
        word[len] = 0;
        hw_bind_text(st, 1, word + 1);
        if (!hw_run_int(st, 0, &found) || !found) return;
        word[len] = '"';
    }
    st = hw_sql(k->s, "SELECT count(*) FROM (SELECT 1 FROM words WHERE words MATCH ?1 LIMIT 100)");
    hw_bind_text(st, 1, word);
    if (!hw_run_int(st, 0, &found) || !found) return;
    word[len] = 0;
    take(k, word + 1, found);
}

/* One letter mistyped among the first `half`. */
static void try_letters(seeker *k, unsigned half)
{
    uint32_t letters[MAX_ALPHABET], y[MAX_LETTERS + 2];
    unsigned n_letters = alphabet(k, letters), n = k->n;
    for (unsigned i = 0; i <= half; i++) {
        memcpy(y, k->x, i * sizeof *y);
        memcpy(y + i, k->x + i + 1, (n - i - 1) * sizeof *y);
        try_word(k, y, n - 1);
        if (i + 1 < n) {
            memcpy(y, k->x, n * sizeof *y);
            y[i] = k->x[i + 1];
            y[i + 1] = k->x[i];
            try_word(k, y, n);
        }
        for (unsigned l = 0; l < n_letters; l++) {
            memcpy(y, k->x, n * sizeof *y);
            y[i] = letters[l];
            try_word(k, y, n);
            memcpy(y + i + 1, k->x + i, (n - i) * sizeof *y);
            try_word(k, y, n + 1);
        }
    }
}

unsigned hw_like(hw_store *s, hw_arena *a, const char *word, const char **out, unsigned max)
{
    seeker k = {.s = s, .a = a};
    unsigned found = 0, half = 0;
    k.n = letters_of(word, k.x);
    if (k.n < 3 || k.n > MAX_LETTERS) return 0;
    k.most = k.n <= SHORT ? 1 : 2;
    if (hw_index_pages(s, a, "", true) <= SMALL_INDEX) {
        look_through(&k, "", "\xF4\x8F\xBF\xBF");
    } else if ((unsigned char)*word >= 0x80) {
        size_t b = 0;
        for (half = 0; half < (k.n + 1) / 2; half++) b += hw_utf8_encode(k.x[half], (char[4]){0});
        const char *from = hw_strndup(a, word, b);
        if (hw_index_pages(s, a, from, true) <= PAGES_TO_READ) look_through(&k, from, hw_sprintf(a, "%s\xF4\x8F\xBF\xBF", from));
        if (k.n <= LONG_WORD) try_letters(&k, half < k.n ? half : k.n - 1);
    }
    if (k.v.n) qsort(k.v.v, k.v.n, sizeof *k.v.v, nearest_first);
    for (uint32_t i = 0; i < k.v.n && found < max && k.v.v[i].far == k.v.v[0].far; i++)
        if (!found || strcmp(out[found - 1], k.v.v[i].term) != 0) out[found++] = k.v.v[i].term;
    return found;
}
