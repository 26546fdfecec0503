/* In: an article with its record. Out: rows. An article goes in whole within the batch's transaction; when anything fails
 * the batch is taken back. What it replaces goes to the history. */
#include "store/put.h"

#include "base/sha256.h"
#include "language/language.h"
#include <string.h>
#include <time.h>

/* ---- what an article is ------------------------------------------------------------------------------------------------- */

static void add_field(hw_sha256 *h, const char *s)
{
    hw_sha256_add(h, s ? s : "", s ? strlen(s) : 0);
    hw_sha256_add(h, s ? "\1" : "\0", 1);
}

/* Of the text and what is known of it; of the text alone where that is also its id, so that one text found in two places
 * is one article. */
void hw_article_sum(const hw_article *a, const unsigned char text[32], unsigned char sum[32])
{
    hw_sha256 h;
    memcpy(sum, text, 32);
    if (!a->id_given) return;
    hw_sha256_begin(&h);
    const char *fields[] = {a->title, a->published, a->outlet, a->url, a->source, a->extra};
    for (size_t i = 0; i < sizeof fields / sizeof *fields; i++) add_field(&h, fields[i]);
    hw_sha256_add(&h, text, 32);
    hw_sha256_end(&h, sum);
}

static void sum_of_text(const hw_article *a, unsigned char sum[32])
{
    hw_sha256 h;
    hw_sha256_begin(&h);
    hw_sha256_add(&h, a->text, a->text_len);
    hw_sha256_end(&h, sum);
}

/* *n: the row of the article that has this id, 0 for none; *same: with the same text and metadata. */
static bool find_article(hw_store *s, const hw_article *a, int64_t *n, bool *same)
{
    unsigned char text[32], sum[32];
    sqlite3_stmt *st = hw_sql(s, "SELECT n, sha256 FROM articles WHERE id = ?1");
    *n = 0;
    *same = false;
    if (!st) return false;
    hw_bind_text(st, 1, a->id);
    int rc = sqlite3_step(st);
    if (rc == SQLITE_ROW) {
        sum_of_text(a, text);
        hw_article_sum(a, text, sum);
        *n = sqlite3_column_int64(st, 0);
        *same = sqlite3_column_bytes(st, 1) == 32 && !memcmp(sqlite3_column_blob(st, 1), sum, 32);
    }
    sqlite3_reset(st);
    return rc == SQLITE_ROW || rc == SQLITE_DONE;
}

hewal_status hw_store_check(hw_store *s, const hw_article *a, hw_put_result *would, hewal_error *err)
{
    int64_t n;
    bool same;
    hw_store_lock(s);
    hewal_status st = find_article(s, a, &n, &same) ? HEWAL_OK : hw_store_fault(s, err);
    hw_store_unlock(s);
    *would = !n ? HW_ADDED : same ? HW_SKIPPED : HW_REPLACED;
    return st;
}

/* ---- history ---------------------------------------------------------------------------------------------------------------------- */

static const char *now_text(hw_arena *a)
{
    char now[32];
    time_t t = time(NULL);
    struct tm utc;
    strftime(now, sizeof now, "%Y-%m-%dT%H:%M:%SZ", gmtime_r(&t, &utc));
    return hw_strdup(a, now);
}

/* Keeps what the article was: it is about to be replaced. */
static bool keep_version(hw_store *s, int64_t article)
{
    sqlite3_stmt *st = hw_sql(s, "INSERT INTO history(article, version, sha256, title, published, outlet, url, source, extra, origin, language, added, replaced, bytes,"
                                 " text) SELECT n, (SELECT coalesce(max(version), 0) + 1 FROM history h WHERE h.article = ?1), sha256, title, given, outlet, url, source,"
                                 " extra, origin, language, added, ?2, bytes, x.text FROM articles JOIN texts x ON x.article = n WHERE n = ?1");
    hw_bind_int(st, 1, article);
    hw_bind_text(st, 2, now_text(&s->scratch));
    return hw_run(st) && sqlite3_changes(s->db) == 1;
}

/* ---- the article -------------------------------------------------------------------------------------------------------------------- */

/* The number of the model that reads now. */
static int64_t model_number(hw_writer *w)
{
    int64_t id = 0;
    const char *name = hewal_model_id(w->s->model);
    sqlite3_stmt *st = hw_sql(w->s, "SELECT id FROM models WHERE name = ?1");
    for (int again = 0; again < 2; again++) {
        hw_bind_text(st, 1, name);
        if (again) break;
        w->ok = w->ok && hw_run_int(st, 0, &id);
        if (!w->ok || id) return id;
        st = hw_sql(w->s, "INSERT INTO models(name) VALUES(?1)");
    }
    w->ok = hw_run(st);
    return sqlite3_last_insert_rowid(w->s->db);
}

static void put_article(hw_writer *w, const char *language, const unsigned char text_sum[32])
{
    const hw_article *a = w->a;
    unsigned char sum[32];
    hw_article_sum(a, text_sum, sum);
    int64_t model = w->r ? model_number(w) : 0;
    sqlite3_stmt *st = hw_sql(w->s, "INSERT INTO articles(n, id, sha256, text_sha256, title, published, published_inferred, outlet, url, source, extra, origin, given,"
                                    " model, added, date, language, bytes, copy_of) VALUES(nullif(?1, 0), ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13,"
                                    " nullif(?14, 0), ?15, ?16, ?17, ?18, nullif(?19, 0))");
    if (!st || !w->ok) {
        w->ok = false;
        return;
    }
    hw_bind_int(st, 1, w->n); /* a replaced article keeps its place */
    hw_bind_text(st, 2, a->id);
    sqlite3_bind_blob(st, 3, sum, 32, SQLITE_STATIC);
    sqlite3_bind_blob(st, 4, text_sum, 32, SQLITE_STATIC);
    hw_bind_text(st, 5, a->title);
    hw_bind_text(st, 6, w->r && w->r->published ? w->r->published : a->published);
    hw_bind_int(st, 7, w->r && w->r->published_inferred);
    hw_bind_text(st, 8, a->outlet);
    hw_bind_text(st, 9, a->url);
    hw_bind_text(st, 10, a->source);
    hw_bind_text(st, 11, a->extra);
    hw_bind_text(st, 12, a->origin);
    hw_bind_text(st, 13, a->published);
    hw_bind_int(st, 14, model);
    hw_bind_text(st, 15, now_text(&w->s->scratch));
    hw_bind_text(st, 16, w->date);
    hw_bind_text(st, 17, language);
    hw_bind_int(st, 18, (int64_t)a->text_len);
    hw_bind_int(st, 19, w->copy_of);
    w->ok = hw_run(st);
    if (!w->n) w->n = sqlite3_last_insert_rowid(w->s->db);
    hw_sums_total(w->s, HW_TOTAL_ARTICLES, 1);
    hw_sums_total(w->s, HW_TOTAL_ANNOTATED, w->r != NULL);
    hw_sums_total(w->s, HW_TOTAL_COPIES, w->copy_of != 0);
    hw_sums_total(w->s, HW_TOTAL_BYTES, (int64_t)a->text_len);
    hw_sums_language(w->s, language, 1);
}

static void put_text(hw_writer *w, const hw_index_text *x)
{
    size_t size;
    void *terms = hw_words_terms(w->s, x, &size);
    sqlite3_stmt *st = hw_sql(w->s, "INSERT INTO texts(article, terms, bands, text) VALUES(?1, ?2, ?4, ?3)");
    hw_bind_int(st, 1, w->n);
    if (st && terms) sqlite3_bind_blob64(st, 2, terms, size, SQLITE_STATIC);
    if (st) sqlite3_bind_blob64(st, 3, x->packed.s, x->packed.len, SQLITE_STATIC);
    if (st) sqlite3_bind_blob64(st, 4, x->near.band, x->near.words ? sizeof x->near.band : 0, SQLITE_STATIC);
    w->ok = terms && hw_run(st) && hw_words_put(w->s, w->n, x);
}

/* The first report of its group. An article that stands for a group remains what it is. */
static void find_group(hw_writer *w, const hw_index_text *x)
{
    w->ok = w->ok && hw_near_find(w->s, &x->near, w->a->text, w->a->text_len, w->date, &w->copy_of);
}

static bool prepare(hw_writer *w, const hw_index_text **index)
{
    hw_store *s = w->s;
    if (*index) return true;
    *index = &s->index;
    s->index.language = hw_lang_name(hw_language_of_text(s->model, w->a->text, w->a->text_len).lang);
    return hw_terms_index(s->terms, w->a->title, w->a->text, w->a->text_len, w->r, &s->index) == HEWAL_OK;
}

/* The writer's date: of the article, else as the text tells it. */
static void set_date(hw_writer *w)
{
    const char *published = w->r && w->r->published ? w->r->published : w->a->published;
    w->date = published ? hw_strndup(&w->s->scratch, published, strnlen(published, 10)) : "";
}

static hewal_status put_all(hw_writer *w, const hw_index_text *index, hw_put_result *did, hewal_error *err)
{
    hw_store *s = w->s;
    bool same;
    unsigned char sum[32];
    hw_arena_reset(&s->scratch);
    hewal_status st = hw_batch_begin(s, err);
    if (st != HEWAL_OK) return st;
    if (!find_article(s, w->a, &w->n, &same)) return hw_batch_failed(s, err);
    *did = !w->n ? HW_ADDED : same ? HW_SKIPPED : HW_REPLACED;
    if (*did == HW_SKIPPED) return hw_batch_grown(s, 0, err);
    if (!prepare(w, &index)) {
        s->no_memory = true;
        return hw_batch_failed(s, err);
    }
    sum_of_text(w->a, sum);
    w->index = index;
    set_date(w);
    if (w->n) w->ok = w->ok && keep_version(s, w->n) && hw_store_clear(s, w->n);
    find_group(w, index);
    if (w->ok) put_article(w, index->language ? index->language : hw_lang_name(HW_LANG_UND), sum);
    if (w->ok) put_text(w, index);
    if (w->ok && !w->copy_of) w->ok = hw_bands_note(s, w->n, &index->near);
    if (w->ok && w->r) hw_put_facts(w);
    return w->ok ? hw_batch_grown(s, w->a->text_len, err) : hw_batch_failed(s, err);
}

/* ---- a record made again ------------------------------------------------------------------------------------------------------------ */

/* The article's row, when it still is the text that was annotated and another model's record. */
static bool find_old(hw_writer *w)
{
    unsigned char sum[32];
    sum_of_text(w->a, sum);
    sqlite3_stmt *st = hw_sql(w->s, "SELECT a.n, a.copy_of, a.text_sha256 FROM articles a JOIN models m ON m.id = a.model WHERE a.id = ?1 AND m.name <> ?2");
    hw_bind_text(st, 1, w->a->id);
    hw_bind_text(st, 2, hewal_model_id(w->s->model));
    int rc = st ? sqlite3_step(st) : SQLITE_ERROR;
    if (rc == SQLITE_ROW && sqlite3_column_bytes(st, 2) == 32 && !memcmp(sqlite3_column_blob(st, 2), sum, 32)) {
        w->n = sqlite3_column_int64(st, 0);
        w->copy_of = sqlite3_column_int64(st, 1);
    }
    if (st) sqlite3_reset(st);
    return rc == SQLITE_ROW || rc == SQLITE_DONE;
}

static void renew_article(hw_writer *w)
{
    int64_t model = model_number(w);
    sqlite3_stmt *st = hw_sql(w->s, "UPDATE articles SET model = ?2, published = ?3, published_inferred = ?4, date = ?5 WHERE n = ?1");
    hw_bind_int(st, 1, w->n);
    hw_bind_int(st, 2, model);
    hw_bind_text(st, 3, w->r->published ? w->r->published : w->a->published);
    hw_bind_int(st, 4, w->r->published_inferred);
    hw_bind_text(st, 5, w->date);
    w->ok = w->ok && hw_run(st);
}

static hewal_status again_all(hw_writer *w, const hw_index_text *index, hw_put_result *did, hewal_error *err)
{
    hw_store *s = w->s;
    hw_arena_reset(&s->scratch);
    hewal_status st = hw_batch_begin(s, err);
    if (st != HEWAL_OK) return st;
    if (!find_old(w)) return hw_batch_failed(s, err);
    *did = w->n ? HW_REPLACED : HW_SKIPPED;
    if (!w->n) return hw_batch_grown(s, 0, err);
    if (!prepare(w, &index)) {
        s->no_memory = true;
        return hw_batch_failed(s, err);
    }
    w->index = index;
    set_date(w);
    w->ok = hw_near_unnote(s, w->n) && hw_clear_record(s, w->n);
    if (w->ok) renew_article(w);
    if (w->ok) put_text(w, index);
    if (w->ok && !w->copy_of) w->ok = hw_bands_note(s, w->n, &index->near);
    if (w->ok) hw_put_facts(w);
    return w->ok ? hw_batch_grown(s, w->a->text_len, err) : hw_batch_failed(s, err);
}

typedef hewal_status (*put_way)(hw_writer *w, const hw_index_text *index, hw_put_result *did, hewal_error *err);

static hewal_status put_guarded(hw_store *s, put_way way, const hw_article *a, const hewal_record *r, const hw_index_text *index, hw_put_result *did,
                                hewal_error *err)
{
    hw_put_result spare;
    hewal_status st;
    hw_store_lock(s);
    if (hw_arena_guard(&s->scratch)) {
        hw_batch_failed(s, NULL);
        st = hw_fail(err, HEWAL_ENOMEM, "%s: out of memory", s->path);
    } else {
        hw_writer w = {.s = s, .a = a, .r = r, .ok = true};
        st = way(&w, index, did ? did : &spare, err);
    }
    s->scratch.guarded = 0;
    hw_store_unlock(s);
    return st;
}

hewal_status hw_store_put(hw_store *s, const hw_article *a, const hewal_record *r, const hw_index_text *index, hw_put_result *did,
                          hewal_error *err)
{
    return put_guarded(s, put_all, a, r, index, did, err);
}

hewal_status hw_store_again(hw_store *s, const hw_article *a, const hewal_record *r, const hw_index_text *index, hw_put_result *did,
                            hewal_error *err)
{
    return put_guarded(s, again_all, a, r, index, did, err);
}

hewal_status hw_store_old(hw_store *s, int64_t *before, hw_stored **out, hewal_error *err)
{
    int64_t n;
    *out = NULL;
    hw_store_lock(s);
    sqlite3_stmt *st = hw_sql(s, "SELECT max((SELECT max(n) FROM articles a WHERE a.model = m.id AND a.n < ?1)) FROM models m WHERE m.name <> ?2");
    hw_bind_int(st, 1, *before);
    hw_bind_text(st, 2, hewal_model_id(s->model));
    hewal_status res = hw_run_int(st, 0, &n) ? HEWAL_OK : hw_store_fault(s, err);
    if (res == HEWAL_OK && n) res = hw_load_article(s, n, out, err);
    if (n) *before = n;
    hw_store_unlock(s);
    return res;
}

/* ---- taking out --------------------------------------------------------------------------------------------------------------------- */

static bool remove_all(hw_store *s, int64_t article)
{
    sqlite3_stmt *st = hw_sql(s, "DELETE FROM history WHERE article = ?1");
    hw_bind_int(st, 1, article);
    return hw_run(st) && hw_store_clear(s, article);
}

hewal_status hw_store_remove(hw_store *s, const char *id, bool *found, hewal_error *err)
{
    int64_t n = 0;
    hw_store_lock(s);
    hewal_status res = hw_batch_begin(s, err);
    if (res == HEWAL_OK) {
        sqlite3_stmt *st = hw_sql(s, "SELECT n FROM articles WHERE id = ?1");
        hw_bind_text(st, 1, id);
        hw_arena_reset(&s->scratch);
        if (!hw_run_int(st, 0, &n) || (n && !remove_all(s, n))) res = hw_batch_failed(s, err);
    }
    if (found) *found = n != 0;
    hw_store_unlock(s);
    return res;
}
