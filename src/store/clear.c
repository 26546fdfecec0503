/* In: an article. Out: a store without it and without what only it had; the counts are right again. */
#include "store/inside.h"

#include <stdlib.h>
#include <string.h>

static int by_id(const void *a, const void *b)
{
    int64_t x = *(const int64_t *)a, y = *(const int64_t *)b;
    return x < y ? -1 : x > y;
}

/* The entities of an article's record, in its order. */
static bool read_entities(hw_store *s, int64_t article, int64_t **out, size_t *n)
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
    if (!read_entities(s, article, &entity, &n_entities) || !count_mentions(s, article, date, entity, n_entities, n, uses)) return false;
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

/* Entities and spellings that no article has any more. */
static bool drop_unused(hw_store *s, int64_t article, const int64_t *entity, size_t n)
{
    static const char *const steps[] = {
        "DELETE FROM offices WHERE spelling IN (SELECT id FROM spellings WHERE entity = ?1 AND uses <= 0)",
        "DELETE FROM spellings WHERE entity = ?1 AND uses <= 0",
        "DELETE FROM names WHERE entity = ?1 AND NOT EXISTS (SELECT 1 FROM article_entities WHERE entity = ?1)",
        "DELETE FROM entities WHERE id = ?1 AND NOT EXISTS (SELECT 1 FROM article_entities WHERE entity = ?1) RETURNING type = 'PER'"};
    for (size_t i = 0; i < n; i++) {
        int64_t lasting = 0, gone = 0; /* what only this article describes was not looked up for others */
        sqlite3_stmt *st = hw_sql(s, "SELECT instr(key, '@') = 0 FROM entities WHERE id = ?1");
        hw_bind_int(st, 1, entity[i]);
        if (!hw_run_int(st, 0, &lasting)) return false;
        st = hw_sql(s, "DELETE FROM article_entities WHERE entity = ?1 AND article = ?2");
        hw_bind_int(st, 1, entity[i]);
        hw_bind_int(st, 2, article);
        if (!hw_run(st)) return false;
        for (size_t k = 0; k + 1 < sizeof steps / sizeof *steps; k++) {
            st = hw_sql(s, steps[k]);
            hw_bind_int(st, 1, entity[i]);
            if (!hw_run(st)) return false;
            gone += sqlite3_changes(s->db);
        }
        int64_t person;
        st = hw_sql(s, steps[3]);
        hw_bind_int(st, 1, entity[i]);
        int rc = st ? sqlite3_step(st) : SQLITE_ERROR;
        person = rc == SQLITE_ROW ? sqlite3_column_int64(st, 0) : 0;
        if (rc == SQLITE_ROW) {
            hw_sums_total(s, HW_TOTAL_ENTITIES, -1);
            hw_sums_total(s, HW_TOTAL_PEOPLE, -person);
            rc = sqlite3_step(st);
        }
        if (st) sqlite3_reset(st);
        if (rc != SQLITE_DONE) return false;
        if (!lasting || !gone) continue;
        hw_memo_clear(&s->entities_seen);
        hw_memo_clear(&s->spellings_seen);
    }
    return true;
}

static bool run_all(hw_store *s, const char *const *steps, size_t n, int64_t article)
{
    for (size_t i = 0; i < n; i++) {
        sqlite3_stmt *st = hw_sql(s, steps[i]);
        hw_bind_int(st, 1, article);
        if (!hw_run(st)) return false;
    }
    return true;
}

static const char forget_names[] = "DELETE FROM quote_names WHERE (entity, date, quote) IN (SELECT j.value ->> 0, q.date, q.id FROM quotes q JOIN records r"
                                   " ON r.article = q.article, json_each(r.entities) j WHERE q.article = ?1)";
static const char forget_parties[] = "DELETE FROM parties WHERE (entity, date, event) IN (" HW_PARTIES_OF_ARTICLE ")";

bool hw_clear_record(hw_store *s, int64_t article)
{
    static const char *const steps[] = {
        forget_names, forget_parties,
        "DELETE FROM quote_via WHERE quote IN (SELECT id FROM quotes WHERE article = ?1)",
        "DELETE FROM event_actors WHERE event IN (SELECT id FROM events WHERE article = ?1)",
        "DELETE FROM event_targets WHERE event IN (SELECT id FROM events WHERE article = ?1)",
        "DELETE FROM quotes WHERE article = ?1", "DELETE FROM events WHERE article = ?1", "DELETE FROM event_sides WHERE article = ?1",
        "DELETE FROM records WHERE article = ?1", "DELETE FROM texts WHERE article = ?1"};
    int64_t *entity, counted = 0;
    size_t n;
    sqlite3_stmt *st = hw_sql(s, "SELECT copy_of IS NULL FROM articles WHERE n = ?1");
    hw_bind_int(st, 1, article);
    if (!hw_run_int(st, 0, &counted) || !hw_unlink_events(s, article) || !hw_count_article(s, article, counted ? -1 : 0, -1) ||
        !hw_words_take_out(s, article) || !hw_sums_flush(s) || !read_entities(s, article, &entity, &n) || !drop_unused(s, article, entity, n))
        return false;
    return run_all(s, steps, sizeof steps / sizeof *steps, article);
}

static bool count_out(hw_store *s, int64_t article)
{
    sqlite3_stmt *st = hw_sql(s, "SELECT model IS NOT NULL, bytes, language FROM articles WHERE n = ?1");
    hw_bind_int(st, 1, article);
    if (!st || sqlite3_step(st) != SQLITE_ROW) return false;
    hw_sums_total(s, HW_TOTAL_ARTICLES, -1);
    hw_sums_total(s, HW_TOTAL_ANNOTATED, -sqlite3_column_int64(st, 0));
    hw_sums_total(s, HW_TOTAL_BYTES, -sqlite3_column_int64(st, 1));
    hw_sums_language(s, (const char *)sqlite3_column_text(st, 2), -1);
    sqlite3_reset(st);
    return true;
}

bool hw_store_clear(hw_store *s, int64_t article)
{
    static const char *const steps[] = {"DELETE FROM articles WHERE n = ?1"};
    /* It leaves its group while its text and counts are there. */
    return count_out(s, article) && hw_near_leave(s, article) && hw_clear_record(s, article) && run_all(s, steps, 1, article);
}
