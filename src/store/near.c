/* In: an article's text and signature. Out: the first report of the group of near-duplicates that it belongs to: the same agency text
 * with another headline, another first line, a cut end.
 *
 * Only the first report of a group is noted by its bands (near.h), so that ten thousand copies of a text cost no more each than two.
 * What a band finds is compared word by word with it: shingles in both, and the numbers. Being wrong here hides an article, so it
 * must be sure: a report of the same form about another day (prices, counts of patients) has other numbers; another article on the
 * same topic shares its background paragraphs, which is less than half. */
#include "store/inside.h"

#include <stdlib.h>
#include <string.h>

enum {
    PER_BAND = 6,  /* articles looked at that share a band: a form that hundreds fill in shares some */
    COMPARED = 4,  /* articles compared, those with most bands first */
    FEW_WORDS = 12, /* a text as short must be the same */
    POST_WORDS = 30, /* in one as short a sentence more or less makes another post */
    SHORT_WORDS = 60, SHORT_DAYS = 2, DAYS = 14 /* how many days apart a report may be, where both are dated: what comes again in the
                                                   same words is news again, the sooner the shorter («the price of gold fell») */
};
#define SAME_SHINGLES 0.48 /* of all shingles of both, in both */
#define SHORT_SHINGLES 0.70 /* the same of a post */
#define CUT_SHINGLES 0.75  /* of the shorter one's, where the end is cut */
#define CUT_LENGTH 0.40    /* the shorter one's length at least */
#define SAME_NUMBERS 0.90  /* of the shorter one's numbers, in the other */

typedef HW_VEC(uint64_t) hashes;
typedef struct { hashes shingles, numbers; uint32_t words; } contents;

static int by_value(const void *a, const void *b)
{
    uint64_t x = *(const uint64_t *)a, y = *(const uint64_t *)b;
    return x < y ? -1 : x > y;
}

static void as_set(hashes *v)
{
    uint32_t n = 0;
    if (v->n) qsort(v->v, v->n, sizeof *v->v, by_value);
    for (uint32_t i = 0; i < v->n; i++)
        if (!n || v->v[n - 1] != v->v[i]) v->v[n++] = v->v[i];
    v->n = n;
}

static contents contents_of(hw_store *s, const char *text, size_t len)
{
    contents c = {0};
    hw_near_maker m;
    hw_term t;
    hw_near_begin(&m);
    hw_terms_begin(s->terms, text, len);
    while (hw_terms_next(s->terms, &t)) {
        uint64_t shingle = hw_near_shingle(&m, t.hash);
        if (shingle) *(uint64_t *)hw_push(&s->scratch, &c.shingles) = shingle;
        if (t.form[0] >= '0' && t.form[0] <= '9') *(uint64_t *)hw_push(&s->scratch, &c.numbers) = t.hash;
    }
    c.words = m.words;
    as_set(&c.shingles);
    as_set(&c.numbers);
    return c;
}

static uint32_t in_both(const hashes *a, const hashes *b)
{
    uint32_t n = 0;
    for (uint32_t i = 0, k = 0; i < a->n && k < b->n;)
        if (a->v[i] < b->v[k]) i++;
        else if (a->v[i] > b->v[k]) k++;
        else n++, i++, k++;
    return n;
}

static bool are_near(const contents *a, const contents *b)
{
    if (a->shingles.n > b->shingles.n) {
        const contents *c = a;
        a = b;
        b = c;
    }
    uint32_t both = in_both(&a->shingles, &b->shingles), all = a->shingles.n + b->shingles.n - both;
    const hashes *few = a->numbers.n <= b->numbers.n ? &a->numbers : &b->numbers;
    if (!both) return false;
    if (a->words < FEW_WORDS) return both == all && a->words == b->words && a->numbers.n == b->numbers.n && in_both(&a->numbers, &b->numbers) == a->numbers.n;
    if (in_both(&a->numbers, &b->numbers) < SAME_NUMBERS * few->n) return false;
    if (a->words < POST_WORDS) return both >= SHORT_SHINGLES * all;
    return both >= SAME_SHINGLES * all || (both >= CUT_SHINGLES * a->shingles.n && a->shingles.n >= CUT_LENGTH * b->shingles.n);
}

/* ---- candidates --------------------------------------------------------------------------------------------------------------------- */

typedef struct { int64_t article; unsigned bands; } candidate;

static int most_bands_first(const void *a, const void *b)
{
    const candidate *x = a, *y = b;
    return x->bands != y->bands ? (x->bands > y->bands ? -1 : 1) : x->article < y->article ? -1 : x->article > y->article;
}

static bool candidates(hw_store *s, const hw_near *near, candidate *v, unsigned *n)
{
    *n = 0;
    for (int i = 0; i < HW_NEAR_BANDS; i++) {
        int64_t article[PER_BAND];
        unsigned shared;
        if (!hw_bands_find(s, near->band[i], PER_BAND, article, &shared)) return false;
        for (unsigned j = 0, k; j < shared; j++) {
            for (k = 0; k < *n && v[k].article != article[j];) k++;
            if (k == *n) v[(*n)++] = (candidate){article[j], 0};
            v[k].bands++;
        }
    }
    if (*n) qsort(v, *n, sizeof *v, most_bands_first);
    return true;
}

typedef struct { const hw_near *near; const char *text, *date; size_t len; contents c; bool read; } asked;

/* Whether the other may be a report of these days: most that share a band with a text are years away. */
static bool of_these_days(hw_store *s, const asked *mine, int64_t article, bool *is)
{
    int64_t n;
    sqlite3_stmt *st = hw_sql(s, "SELECT n FROM articles WHERE n = ?1 AND copy_of IS NULL AND coalesce(abs(julianday(date) - julianday(?2)) <= ?3, 1)");
    hw_bind_int(st, 1, article);
    hw_bind_text(st, 2, mine->date);
    hw_bind_int(st, 3, mine->near->words < SHORT_WORDS ? SHORT_DAYS : DAYS);
    bool ok = hw_run_int(st, 0, &n);
    *is = n != 0;
    return ok;
}

static bool compare(hw_store *s, asked *mine, int64_t article, bool *near)
{
    size_t len;
    if (!of_these_days(s, mine, article, near)) return false;
    if (!*near) return true;
    const char *text = hw_text_of(s, &s->scratch, article, &len);
    if (!mine->read) mine->c = contents_of(s, mine->text, mine->len);
    mine->read = true;
    contents other = text ? contents_of(s, text, len) : (contents){0};
    *near = text && are_near(&mine->c, &other);
    return text || sqlite3_errcode(s->db) == SQLITE_OK; /* a damaged one is like none */
}

bool hw_near_find(hw_store *s, const hw_near *near, const char *text, size_t len, const char *date, int64_t *first)
{
    candidate v[HW_NEAR_BANDS * PER_BAND];
    asked mine = {.near = near, .text = text, .date = date, .len = len};
    unsigned n;
    *first = 0;
    if (!near->words) return true;
    if (!candidates(s, near, v, &n)) return false;
    for (unsigned i = 0; i < n && i < COMPARED; i++) {
        bool same;
        if (!compare(s, &mine, v[i].article, &same)) return false;
        if (!same) continue;
        *first = v[i].article;
        return true;
    }
    return true;
}

/* ---- leaving a group ------------------------------------------------------------------------------------------------------------------ */

/* The bands that an article was given. */
static bool bands_of(hw_store *s, int64_t article, hw_near *out)
{
    sqlite3_stmt *st = hw_sql(s, "SELECT bands FROM texts WHERE article = ?1");
    hw_bind_int(st, 1, article);
    if (!st || sqlite3_step(st) != SQLITE_ROW) return false;
    out->words = sqlite3_column_bytes(st, 0) == (int)sizeof out->band;
    if (out->words) memcpy(out->band, sqlite3_column_blob(st, 0), sizeof out->band);
    sqlite3_reset(st);
    return true;
}

bool hw_near_unnote(hw_store *s, int64_t article)
{
    hw_near near;
    return bands_of(s, article, &near) && hw_bands_forget(s, article, &near);
}

static bool stands_for_itself(hw_store *s, int64_t article)
{
    sqlite3_stmt *st = hw_sql(s, "UPDATE quotes SET copy = 0 WHERE article = ?1");
    hw_bind_int(st, 1, article);
    if (!hw_run(st)) return false;
    st = hw_sql(s, "UPDATE events SET copy = 0 WHERE article = ?1");
    hw_bind_int(st, 1, article);
    if (!hw_run(st)) return false;
    st = hw_sql(s, "UPDATE parties SET copy = 0 WHERE (entity, date, event) IN (" HW_PARTIES_OF_ARTICLE ")");
    hw_bind_int(st, 1, article);
    return hw_run(st);
}

bool hw_near_leave(hw_store *s, int64_t article)
{
    int64_t first = 0, next = 0;
    hw_near near;
    sqlite3_stmt *st = hw_sql(s, "SELECT copy_of FROM articles WHERE n = ?1");
    hw_bind_int(st, 1, article);
    if (!hw_run_int(st, 0, &first)) return false;
    if (first) {
        hw_sums_total(s, HW_TOTAL_COPIES, -1);
        return true;
    }
    st = hw_sql(s, "SELECT min(n) FROM articles WHERE copy_of = ?1");
    hw_bind_int(st, 1, article);
    if (!hw_near_unnote(s, article) || !hw_run_int(st, 0, &next)) return false;
    if (!next) return true;
    st = hw_sql(s, "UPDATE articles SET copy_of = nullif(?2, n) WHERE copy_of = ?1");
    hw_bind_int(st, 1, article);
    hw_bind_int(st, 2, next);
    hw_sums_total(s, HW_TOTAL_COPIES, -1);
    return hw_run(st) && stands_for_itself(s, next) && hw_count_article(s, next, 1, 0) && bands_of(s, next, &near) && hw_bands_note(s, next, &near);
}
