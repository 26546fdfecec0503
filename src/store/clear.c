/* In: an article. Out: a store without it and without what only it had; the counts are right again. */
#include "store/inside.h"

/* Files an entity, when it is still there, under what articles still call it. */
static bool refile(hw_store *s, int64_t entity)
{
    int rc = SQLITE_ERROR;
    bool ok;
    sqlite3_stmt *st = hw_sql(s, "DELETE FROM names WHERE entity = ?1");
    hw_bind_int(st, 1, entity);
    ok = hw_run(st);
    st = hw_sql(s, "SELECT instr(key, '@') > 0, name FROM entities WHERE id = ?1 UNION ALL SELECT instr(key, '@') > 0, name_ckb FROM entities WHERE id = ?1"
                   " UNION ALL SELECT 0, form FROM spellings WHERE entity = ?1 AND type <> 'ROLE' AND EXISTS (SELECT 1 FROM entities WHERE id = ?1)");
    hw_bind_int(st, 1, entity);
    while (ok && st && (rc = sqlite3_step(st)) == SQLITE_ROW) {
        const char *name = (const char *)sqlite3_column_text(st, 1);
        ok = sqlite3_column_int(st, 0) ? hw_names_note_described(s, entity, name) : hw_names_note(s, entity, name);
    }
    if (st) sqlite3_reset(st);
    return ok && rc == SQLITE_DONE;
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
        int64_t lasting = 0, gone = 0, spellings = 0; /* what only this article describes was not looked up for others */
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
            spellings += k == 1 ? sqlite3_changes(s->db) : 0;
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
        if (spellings && !refile(s, entity[i])) return false;
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
        !hw_words_take_out(s, article) || !hw_sums_flush(s) || !hw_article_entities(s, article, &entity, &n) || !drop_unused(s, article, entity, n))
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
