/* In: what articles add to the counts of entities, spellings and the whole, or an article that is there and is to be counted in or out. Out: the counts in the store, brought up to date once
 * a batch: what is named in every article is written once for hundreds of them. */
#include "store/inside.h"

#include "language/language.h"
#include <stdlib.h>
#include <string.h>

typedef struct hw_sums_row { uint64_t key; int64_t v[3]; } row; /* key 0: empty; an id, spellings with the top bit */

#define SPELLING (UINT64_C(1) << 63)

static row *row_of(row *rows, uint32_t mask, uint64_t key)
{
    uint64_t h = key * UINT64_C(0x9fb21c651e98df25);
    uint32_t i = (uint32_t)(h >> 32) & mask;
    while (rows[i].key && rows[i].key != key) i = (i + 1) & mask;
    return &rows[i];
}

/* NULL when memory runs out, which the batch's end will say. */
static row *counted(hw_store *s, uint64_t key)
{
    hw_sums *t = &s->sums;
    if (!t->rows || t->n >= t->mask / 4 * 3) {
        uint32_t mask = t->rows ? t->mask * 2 + 1 : 4095;
        row *bigger = calloc((size_t)mask + 1, sizeof *bigger);
        if (!bigger) {
            s->no_memory = true;
            return NULL;
        }
        for (uint32_t i = 0; t->rows && i <= t->mask; i++)
            if (t->rows[i].key) *row_of(bigger, mask, t->rows[i].key) = t->rows[i];
        free(t->rows);
        t->rows = bigger;
        t->mask = mask;
    }
    row *r = row_of(t->rows, t->mask, key);
    t->n += r->key == 0;
    r->key = key;
    return r;
}

void hw_sums_entity(hw_store *s, int64_t id, int64_t articles, int64_t mentions, int64_t quotes)
{
    row *r = counted(s, (uint64_t)id);
    if (!r) return;
    r->v[0] += articles;
    r->v[1] += mentions;
    r->v[2] += quotes;
}

void hw_sums_spelling(hw_store *s, int64_t id, int64_t n, int64_t uses)
{
    row *r = counted(s, (uint64_t)id | SPELLING);
    if (!r) return;
    r->v[0] += n;
    r->v[1] += uses;
}

void hw_sums_total(hw_store *s, hw_total what, int64_t n)
{
    s->sums.totals[what] += n;
}

void hw_sums_language(hw_store *s, const char *language, int64_t n)
{
    for (unsigned i = 0; i < HW_N_LANGS; i++)
        if (!strcmp(language, hw_lang_name((hw_lang)i))) s->sums.languages[i] += n;
}

void hw_sums_drop(hw_store *s)
{
    free(s->sums.rows);
    s->sums = (hw_sums){0};
}

static bool add_total(hw_store *s, const char *prefix, const char *what, int64_t n)
{
    if (!n) return true;
    sqlite3_stmt *st = hw_sql(s, "INSERT INTO totals(what, n) VALUES(?1 || ?2, ?3) ON CONFLICT(what) DO UPDATE SET n = n + ?3");
    hw_bind_text(st, 1, prefix);
    hw_bind_text(st, 2, what);
    hw_bind_int(st, 3, n);
    return hw_run(st);
}

static bool write_row(hw_store *s, const row *r)
{
    bool spelling = r->key & SPELLING;
    if (!r->v[0] && !r->v[1] && !r->v[2]) return true;
    sqlite3_stmt *st = spelling ? hw_sql(s, "UPDATE spellings SET n = n + ?2, uses = uses + ?3 WHERE id = ?1")
                                : hw_sql(s, "UPDATE entities SET articles = articles + ?2, mentions = mentions + ?3, quotes = quotes + ?4 WHERE id = ?1");
    hw_bind_int(st, 1, (int64_t)(r->key & ~SPELLING));
    for (int i = 0; i < (spelling ? 2 : 3); i++) hw_bind_int(st, i + 2, r->v[i]);
    return hw_run(st);
}

static int by_key(const void *a, const void *b)
{
    uint64_t x = ((const row *)a)->key, y = ((const row *)b)->key;
    return x < y ? -1 : x > y;
}

bool hw_sums_flush(hw_store *s)
{
    static const char *const names[] = {"articles", "annotated", "copies", "bytes", "entities", "people", "quotes", "events", "mentions"};
    hw_sums *t = &s->sums;
    bool ok = !s->no_memory;
    for (unsigned i = 0; i < HW_N_TOTALS && ok; i++) ok = add_total(s, "", names[i], t->totals[i]);
    for (unsigned i = 0; i < HW_N_LANGS && ok; i++) ok = add_total(s, "language:", hw_lang_name((hw_lang)i), t->languages[i]);
    uint32_t n = 0;
    for (uint32_t i = 0; t->rows && i <= t->mask; i++)
        if (t->rows[i].key) t->rows[n++] = t->rows[i];
    if (n) qsort(t->rows, n, sizeof *t->rows, by_key); /* neighbours lie on one page */
    for (uint32_t i = 0; i < n && ok; i++) ok = write_row(s, &t->rows[i]);
    hw_sums_drop(s);
    return ok;
}

/* ---- an article by its rows ---------------------------------------------------------------------------------------------------------- */

static int by_id(const void *a, const void *b)
{
    int64_t x = *(const int64_t *)a, y = *(const int64_t *)b;
    return x < y ? -1 : x > y;
}

bool hw_article_entities(hw_store *s, int64_t article, int64_t **out, size_t *n)
{
    HW_VEC(int64_t) v = {0};
    int rc = SQLITE_ERROR;
    sqlite3_stmt *st = hw_sql(s, "SELECT j.value ->> 0 FROM records r, json_each(r.entities) j WHERE r.article = ?1");
    hw_bind_int(st, 1, article);
    while (st && (rc = sqlite3_step(st)) == SQLITE_ROW) *(int64_t *)hw_push(&s->scratch, &v) = sqlite3_column_int64(st, 0);
    if (st) sqlite3_reset(st);
    *out = v.v;
    *n = v.n;
    return rc == SQLITE_DONE;
}

bool hw_count_office(hw_store *s, int64_t spelling, const char *date, int n)
{
    sqlite3_stmt *st = hw_sql(s, "INSERT INTO offices(spelling, date, n) VALUES(?1, ?2, ?3) ON CONFLICT(spelling, date) DO UPDATE SET n = n + ?3");
    hw_bind_int(st, 1, spelling);
    hw_bind_text(st, 2, date);
    hw_bind_int(st, 3, n);
    if (!hw_run(st)) return false;
    st = hw_sql(s, "DELETE FROM offices WHERE spelling = ?1 AND date = ?2 AND n <= 0");
    hw_bind_int(st, 1, spelling);
    hw_bind_text(st, 2, date);
    return n > 0 || hw_run(st);
}

static bool count_mentions(hw_store *s, int64_t article, const char *date, const int64_t *entity, size_t n_entities, int n, int uses)
{
    int rc = SQLITE_ERROR;
    bool ok = true;
    sqlite3_stmt *st = hw_sql(s, "SELECT j.value ->> 2, j.value ->> 3, j.value ->> 4 FROM records r, json_each(r.mentions) j WHERE r.article = ?1");
    hw_bind_int(st, 1, article);
    while (st && ok && (rc = sqlite3_step(st)) == SQLITE_ROW) {
        bool role = sqlite3_column_int(st, 0) == HEWAL_ROLE;
        int64_t i = sqlite3_column_int64(st, 1), spelling = sqlite3_column_int64(st, 2);
        hw_sums_total(s, HW_TOTAL_MENTIONS, n);
        if (sqlite3_column_type(st, 1) == SQLITE_NULL || (size_t)i >= n_entities) continue;
        hw_sums_spelling(s, spelling, n, uses);
        if (!role) hw_sums_entity(s, entity[i], 0, n, 0);
        else if (n) ok = hw_count_office(s, spelling, date, n);
    }
    if (st) sqlite3_reset(st);
    return ok && rc == SQLITE_DONE;
}

static bool count_quotes(hw_store *s, int64_t article, int n)
{
    int rc = SQLITE_ERROR;
    sqlite3_stmt *st = hw_sql(s, "SELECT speaker FROM quotes WHERE article = ?1");
    hw_bind_int(st, 1, article);
    while (st && (rc = sqlite3_step(st)) == SQLITE_ROW) {
        if (sqlite3_column_type(st, 0) != SQLITE_NULL) hw_sums_entity(s, sqlite3_column_int64(st, 0), 0, 0, n);
        hw_sums_total(s, HW_TOTAL_QUOTES, n);
    }
    if (st) sqlite3_reset(st);
    return rc == SQLITE_DONE;
}

bool hw_count_article(hw_store *s, int64_t article, int n, int uses)
{
    int64_t *entity, events = 0;
    size_t n_entities;
    sqlite3_stmt *st = hw_sql(s, "SELECT date FROM articles WHERE n = ?1");
    hw_bind_int(st, 1, article);
    if (!st || sqlite3_step(st) != SQLITE_ROW) return false;
    const char *date = hw_column_text(&s->scratch, st, 0);
    sqlite3_reset(st);
    if (!hw_article_entities(s, article, &entity, &n_entities) || !count_mentions(s, article, date, entity, n_entities, n, uses)) return false;
    if (!n) return true;
    if (n_entities) qsort(entity, n_entities, sizeof *entity, by_id);
    for (size_t i = 0; i < n_entities; i++) /* two of the article's may be one to the store */
        if (!i || entity[i] != entity[i - 1]) hw_sums_entity(s, entity[i], n, 0, 0);
    st = hw_sql(s, "SELECT count(*) FROM events WHERE article = ?1");
    hw_bind_int(st, 1, article);
    if (!hw_run_int(st, 0, &events)) return false;
    hw_sums_total(s, HW_TOTAL_EVENTS, n * events);
    return count_quotes(s, article, n);
}
