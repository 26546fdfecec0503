/* In: a cursor. Out: quotes and events, row by row, with their words and all that take part. */
#include "store/inside.h"

#include <stdio.h>
#include <string.h>

/* Columns that both have, as lists.c selects them. */
enum { DATE, ID, A_ID, A_TITLE, A_PUBLISHED, A_OUTLET, A_URL, A_INFERRED, A_COPIES, A_OUTLETS, A_COPY_OF, B, E, SB, SE, ARTICLE, CONFIDENCE, OWN };

static hw_article_ref article_of(hw_cursor *c)
{
    hw_arena *a = &c->row;
    return (hw_article_ref){hw_column_text(a, c->st, A_ID), hw_column_text(a, c->st, A_TITLE), hw_column_text(a, c->st, A_PUBLISHED),
                            hw_column_text(a, c->st, A_OUTLET), hw_column_text(a, c->st, A_URL), sqlite3_column_int(c->st, A_INFERRED),
                            sqlite3_column_int64(c->st, A_COPIES), hw_column_text(a, c->st, A_OUTLETS), hw_column_text(a, c->st, A_COPY_OF)};
}

static hw_entity_ref entity_at(hw_cursor *c, sqlite3_stmt *st, int col)
{
    if (sqlite3_column_type(st, col) == SQLITE_NULL) return (hw_entity_ref){0};
    hw_arena *a = &c->row;
    return (hw_entity_ref){sqlite3_column_int64(st, col), hw_column_text(a, st, col + 1), hw_column_text(a, st, col + 2), hw_column_text(a, st, col + 3)};
}

static const hw_entity_ref *entities_of(hw_cursor *c, const char *sql, int64_t fact, size_t *n)
{
    HW_VEC(hw_entity_ref) v = {0};
    int rc = SQLITE_ERROR;
    sqlite3_stmt *st = hw_sql(c->s, sql);
    hw_bind_int(st, 1, fact);
    while (st && (rc = sqlite3_step(st)) == SQLITE_ROW) {
        hw_entity_ref *r = hw_push(&c->row, &v);
        *r = entity_at(c, st, 0);
    }
    if (st) sqlite3_reset(st);
    if (rc != SQLITE_DONE) {
        c->failed = true;
        hw_store_fault(c->s, &c->err);
    }
    *n = v.n;
    return v.v;
}

static const char *text_at(hw_cursor *c, int col)
{
    const char *s = hw_column_text(&c->row, c->st, col);
    return s ? s : "";
}

/* The text of the row's article: many rows in a row are of one. False on failure. */
static bool load_text(hw_cursor *c)
{
    int64_t article = sqlite3_column_int64(c->st, ARTICLE);
    if (c->text && c->text_of == article) return true;
    hw_arena_reset(&c->whole);
    c->text = hw_text_of(c->s, &c->whole, article, &c->text_len);
    c->text_of = article;
    if (c->text) return true;
    c->failed = true;
    hw_fail(&c->err, HEWAL_EFORMAT, "%s: the store is damaged: the text of article %lld cannot be read (hewal verify)", c->s->path, (long long)article);
    return false;
}

/* Bytes b..e of it; what a damaged store points to outside of it is nothing. */
static const char *words_at(hw_cursor *c, int b, int e)
{
    size_t from = (size_t)sqlite3_column_int64(c->st, b), to = (size_t)sqlite3_column_int64(c->st, e);
    if (to > c->text_len) to = c->text_len;
    return hw_strndup(&c->row, from < to ? c->text + from : "", from < to ? to - from : 0);
}

/* The next row that has what it is asked to be about in its sentence. */
static bool next_fact(hw_cursor *c)
{
    while (hw_cursor_step(c)) {
        if (!load_text(c)) return false;
        hw_arena_reset(&c->row);
        if (c->about) {
            const char *s = words_at(c, SB, SE);
            if (!hw_words_in(c->s, c->about, s, strlen(s))) continue;
        }
        const char *date = (const char *)sqlite3_column_text(c->st, DATE);
        snprintf(c->date, sizeof c->date, "%s", date ? date : "");
        c->id = sqlite3_column_int64(c->st, ID);
        c->passed++;
        return true;
    }
    return false;
}

bool hw_next_quote(hw_cursor *c, hw_quote_row *r)
{
    enum { CUE_B = OWN, CUE_E, KIND, CHANNEL, SPEAKER, ADDRESSEE = SPEAKER + 4, SOURCE_B = ADDRESSEE + 4, SOURCE_E };
    hw_store_lock(c->s);
    bool got = next_fact(c);
    if (got) {
        sqlite3_stmt *st = c->st;
        *r = (hw_quote_row){.id = c->id, .article = article_of(c), .b = (uint32_t)sqlite3_column_int64(st, B), .e = (uint32_t)sqlite3_column_int64(st, E),
                            .text = words_at(c, B, E), .cue_b = (uint32_t)sqlite3_column_int64(st, CUE_B), .cue_e = (uint32_t)sqlite3_column_int64(st, CUE_E),
                            .cue = words_at(c, CUE_B, CUE_E), .kind = text_at(c, KIND), .channel = text_at(c, CHANNEL), .speaker = entity_at(c, st, SPEAKER),
                            .addressee = entity_at(c, st, ADDRESSEE), .source = sqlite3_column_type(st, SOURCE_B) == SQLITE_NULL ? NULL : words_at(c, SOURCE_B, SOURCE_E),
                            .source_b = (uint32_t)sqlite3_column_int64(st, SOURCE_B), .source_e = (uint32_t)sqlite3_column_int64(st, SOURCE_E),
                            .sentence_b = (uint32_t)sqlite3_column_int64(st, SB), .sentence_e = (uint32_t)sqlite3_column_int64(st, SE),
                            .sentence = words_at(c, SB, SE), .confidence = sqlite3_column_double(st, CONFIDENCE)};
        r->via = entities_of(c, "SELECT e.id, e.name, e.name_ckb, e.type FROM quote_via v JOIN entities e ON e.id = v.entity WHERE v.quote = ?1 ORDER BY v.i", r->id,
                             &r->n_via);
    }
    hw_store_unlock(c->s);
    return got && !c->failed;
}

bool hw_next_event(hw_cursor *c, hw_event_row *r)
{
    enum { TYPE = OWN, MODE, STATUS, PLACE, TIME = PLACE + 4, IN_QUOTE, SAME, REPORTS };
    hw_store_lock(c->s);
    bool got = next_fact(c);
    if (got) {
        sqlite3_stmt *st = c->st;
        *r = (hw_event_row){.id = c->id, .article = article_of(c), .b = (uint32_t)sqlite3_column_int64(st, B), .e = (uint32_t)sqlite3_column_int64(st, E),
                            .trigger = words_at(c, B, E), .type = text_at(c, TYPE), .mode = hw_column_text(&c->row, st, MODE), .status = text_at(c, STATUS),
                            .date = text_at(c, DATE), .time = hw_column_text(&c->row, st, TIME), .place = entity_at(c, st, PLACE),
                            .in_quote = sqlite3_column_int64(st, IN_QUOTE), .sentence_b = (uint32_t)sqlite3_column_int64(st, SB),
                            .sentence_e = (uint32_t)sqlite3_column_int64(st, SE), .sentence = words_at(c, SB, SE),
                            .confidence = sqlite3_column_double(st, CONFIDENCE), .same = sqlite3_column_int64(st, SAME),
                            .reports = sqlite3_column_int64(st, REPORTS)};
        r->actors = entities_of(c, "SELECT e.id, e.name, e.name_ckb, e.type FROM event_actors v JOIN entities e ON e.id = v.entity WHERE v.event = ?1 ORDER BY v.i", r->id,
                                &r->n_actors);
        r->targets = entities_of(c, "SELECT e.id, e.name, e.name_ckb, e.type FROM event_targets v JOIN entities e ON e.id = v.entity WHERE v.event = ?1 ORDER BY v.i",
                                 r->id, &r->n_targets);
    }
    hw_store_unlock(c->s);
    return got && !c->failed;
}

hewal_status hw_store_first_report(hw_store *s, int64_t event, int64_t *first, hewal_error *err)
{
    hw_filter one = {.id = event};
    hw_cursor *c;
    hw_event_row v;
    hewal_status st = hw_store_events(s, &one, &c, err);
    if (st != HEWAL_OK) return st;
    *first = hw_next_event(c, &v) ? v.same ? v.same : v.id : 0;
    st = hw_cursor_error(c, err);
    hw_cursor_close(c);
    return st;
}
