/* In: an article. Out: what is wrong with its text, its spans, the words that they stand for and its list of index terms. */
#include "store/verify.h"

#include "base/sha256.h"
#include "base/utf8.h"
#include "text/text.h"
#include <string.h>

typedef struct {
    hw_verifier *v;
    int64_t n, copy_of;
    const char *id, *text;
    size_t len;
    bool mine; /* its record is this model's */
} article;

/* Offset `at` is where a character begins, or the end. In broken UTF-8 every byte that belongs to no character is one itself. */
static bool is_boundary(const char *s, size_t len, size_t at)
{
    if (at > len) return false;
    for (size_t back = 1; back <= 3 && back <= at && at < len; back++) {
        uint32_t cp;
        unsigned char c = (unsigned char)s[at - back];
        if ((c & 0xC0) == 0x80) continue;
        size_t n = hw_utf8_decode(s + at - back, len - (at - back), &cp);
        return n <= back;
    }
    return true;
}

static void check_span(article *a, const char *what, int64_t i, int64_t b, int64_t e)
{
    a->v->counts->spans++;
    if (b < 0 || e < b || (uint64_t)e > a->len) hw_verify_wrong(a->v, a->id, "%s %lld lies outside the text (%lld to %lld of %zu bytes)", what, (long long)i, (long long)b, (long long)e, a->len);
    else if (!is_boundary(a->text, a->len, (size_t)b) || !is_boundary(a->text, a->len, (size_t)e))
        hw_verify_wrong(a->v, a->id, "%s %lld does not begin and end between characters (%lld to %lld)", what, (long long)i, (long long)b, (long long)e);
}

/* ---- the text and what is known of it -------------------------------------------------------------------------------------------------- */

static void check_sums(article *a, sqlite3_stmt *st, int sum_column, int text_sum_column)
{
    unsigned char text[32], sum[32];
    hw_sha256 h;
    hw_sha256_begin(&h);
    hw_sha256_add(&h, a->text, a->len);
    hw_sha256_end(&h, text);
    const void *text_sum = sqlite3_column_blob(st, text_sum_column);
    if (sqlite3_column_bytes(st, text_sum_column) != 32 || memcmp(text_sum, text, 32) != 0) hw_verify_wrong(a->v, a->id, "its text is not the one that was added (SHA-256)");
    const void *all = sqlite3_column_blob(st, sum_column);
    bool whole = sqlite3_column_bytes(st, sum_column) == 32;
    if (whole && !memcmp(all, text_sum ? text_sum : all, 32)) return; /* its id is made of the text */
    hw_article x = {.id_given = true};
    char **field[] = {&x.title, &x.published, &x.outlet, &x.url, &x.source, &x.extra};
    for (int i = 0; i < 6; i++) *field[i] = (char *)(uintptr_t)hw_column_text(&a->v->row, st, text_sum_column + 1 + i);
    hw_article_sum(&x, text_sum ? text_sum : text, sum);
    if (!whole || memcmp(all, sum, 32) != 0) hw_verify_wrong(a->v, a->id, "its title, date, outlet or other fields are not those that were added (SHA-256)");
}

static bool load(article *a)
{
    sqlite3_stmt *st = hw_sql(a->v->s, "SELECT a.id, coalesce(a.copy_of, 0), m.name, x.text, a.bytes, a.sha256, a.text_sha256, a.title, a.given, a.outlet, a.url, a.source, a.extra,"
                                       " x.article FROM articles a LEFT JOIN texts x ON x.article = a.n LEFT JOIN models m ON m.id = a.model WHERE a.n = ?1");
    hw_bind_int(st, 1, a->n);
    if (!st || sqlite3_step(st) != SQLITE_ROW) {
        a->v->failed = true;
        return false;
    }
    a->id = hw_column_text(&a->v->row, st, 0);
    a->copy_of = sqlite3_column_int64(st, 1);
    const char *model = (const char *)sqlite3_column_text(st, 2);
    a->mine = model && !strcmp(model, hewal_model_id(a->v->s->model));
    bool there = sqlite3_column_type(st, 13) != SQLITE_NULL;
    a->text = there ? hw_column_packed(&a->v->row, st, 3, 4, &a->len) : NULL;
    if (!there) hw_verify_wrong(a->v, a->id, "it has no text");
    else if (!a->text) hw_verify_wrong(a->v, a->id, "its text cannot be read: it is damaged");
    else check_sums(a, st, 5, 6);
    sqlite3_reset(st);
    return a->text != NULL;
}

/* ---- spans ------------------------------------------------------------------------------------------------------------------------------ */

/* The folds of a text's words, joined. */
static const char *folds(hw_verifier *v, const char *s, size_t len)
{
    hw_token t;
    const char *out = "";
    for (size_t at = 0; hw_next_token(v->s->model, &v->row, s, len, &at, &t);) out = hw_sprintf(&v->row, "%s%s", out, t.fold);
    return out;
}

static void check_mentions(article *a)
{
    hw_store *s = a->v->s;
    int rc = SQLITE_ERROR;
    sqlite3_stmt *st = hw_sql(s, "SELECT j.key, j.value ->> 0, j.value ->> 0 + j.value ->> 1, j.value ->> 3, j.value ->> 4, f.form, f.id, json_array_length(r.entities)"
                                 " FROM records r, json_each(r.mentions) j LEFT JOIN spellings f ON f.id = j.value ->> 4 WHERE r.article = ?1");
    hw_bind_int(st, 1, a->n);
    while (st && (rc = sqlite3_step(st)) == SQLITE_ROW) {
        int64_t i = sqlite3_column_int64(st, 0), b = sqlite3_column_int64(st, 1), e = sqlite3_column_int64(st, 2);
        check_span(a, "name", i, b, e);
        if (sqlite3_column_type(st, 3) != SQLITE_NULL && (sqlite3_column_int64(st, 3) < 0 || sqlite3_column_int64(st, 3) >= sqlite3_column_int64(st, 7)))
            hw_verify_wrong(a->v, a->id, "name %lld is of an entity that the record has not", (long long)i);
        if (sqlite3_column_type(st, 4) == SQLITE_NULL) continue;
        if (sqlite3_column_type(st, 6) == SQLITE_NULL) hw_verify_wrong(a->v, a->id, "name %lld has a spelling that is not there", (long long)i);
        else if (a->mine && b >= 0 && e >= b && (uint64_t)e <= a->len) {
            const char *form = (const char *)sqlite3_column_text(st, 5);
            if (strcmp(folds(a->v, a->text + b, (size_t)(e - b)), folds(a->v, form, strlen(form))) != 0)
                hw_verify_wrong(a->v, a->id, "name %lld: the text has other words than its spelling «%.100s»", (long long)i, form);
        }
    }
    if (st) sqlite3_reset(st);
    if (rc != SQLITE_DONE) a->v->failed = true;
}

/* Spans of `sql`: number, then pairs of columns b and e; NULL: none. */
static void check_spans(article *a, const char *what, const char *sql)
{
    int rc = SQLITE_ERROR;
    sqlite3_stmt *st = hw_sql(a->v->s, sql);
    hw_bind_int(st, 1, a->n);
    while (st && (rc = sqlite3_step(st)) == SQLITE_ROW)
        for (int k = 1; k + 1 < sqlite3_column_count(st); k += 2)
            if (sqlite3_column_type(st, k) != SQLITE_NULL) check_span(a, what, sqlite3_column_int64(st, 0), sqlite3_column_int64(st, k), sqlite3_column_int64(st, k + 1));
    if (st) sqlite3_reset(st);
    if (rc != SQLITE_DONE) a->v->failed = true;
}

/* Numbers of the record that are not in it: rows of `sql` are wrong. */
static void check_numbers(article *a, const char *what, const char *sql)
{
    int rc = SQLITE_ERROR;
    sqlite3_stmt *st = hw_sql(a->v->s, sql);
    hw_bind_int(st, 1, a->n);
    while (st && (rc = sqlite3_step(st)) == SQLITE_ROW) hw_verify_wrong(a->v, a->id, "%s %lld %s", what, (long long)sqlite3_column_int64(st, 0), sqlite3_column_text(st, 1));
    if (st) sqlite3_reset(st);
    if (rc != SQLITE_DONE) a->v->failed = true;
}

static void check_record(article *a)
{
    static const char bad_lists[] = "SELECT 0 FROM records r WHERE r.article = ?1 AND NOT (json_valid(entities) AND json_valid(mentions) AND json_valid(times) AND json_valid(quantities))";
    int64_t bad;
    sqlite3_stmt *st = hw_sql(a->v->s, bad_lists);
    hw_bind_int(st, 1, a->n);
    if (!hw_run_int(st, -1, &bad)) a->v->failed = true;
    if (bad == 0) {
        hw_verify_wrong(a->v, a->id, "its record is not as it was written");
        return;
    }
    check_mentions(a);
    check_spans(a, "time", "SELECT j.key, j.value ->> 0, j.value ->> 0 + j.value ->> 1 FROM records r, json_each(r.times) j WHERE r.article = ?1");
    check_spans(a, "quantity", "SELECT j.key, j.value ->> 0, j.value ->> 0 + j.value ->> 1 FROM records r, json_each(r.quantities) j WHERE r.article = ?1");
    check_spans(a, "quote", "SELECT i, b, e, cue_b, cue_e, sb, se, source_b, source_e FROM quotes WHERE article = ?1");
    check_spans(a, "event", "SELECT i, b, e, sb, se FROM events WHERE article = ?1");
    check_numbers(a, "quote", "SELECT q.i, 'has another source than the name it points to' FROM quotes q JOIN records r ON r.article = q.article WHERE q.article = ?1"
                              " AND q.source IS NOT NULL AND (q.source_b IS NOT json_extract(r.mentions, '$[' || q.source || '][0]')"
                              " OR q.source_e - q.source_b IS NOT json_extract(r.mentions, '$[' || q.source || '][1]'))");
    check_numbers(a, "event", "SELECT v.i, 'has another time than the one it points to' FROM events v JOIN records r ON r.article = v.article WHERE v.article = ?1"
                              " AND v.time IS NOT NULL AND v.value IS NOT json_extract(r.times, '$[' || v.time || '][3]')");
    check_numbers(a, "event", "SELECT v.i, 'is in a quote that is not there' FROM events v WHERE v.article = ?1 AND v.in_quote IS NOT NULL"
                              " AND NOT EXISTS (SELECT 1 FROM quotes q WHERE q.article = v.article AND q.i = v.in_quote)");
}

static void count_terms(article *a)
{
    hw_article_terms t;
    if (!hw_words_read(a->v->s, a->n, &t)) hw_verify_wrong(a->v, a->id, "the list of its index terms cannot be read");
    for (size_t i = 0; i < t.n; i++) {
        if (t.id[i] > 0 && t.id[i] <= a->v->n_terms) a->v->with_term[t.id[i]]++;
        else hw_verify_wrong(a->v, a->id, "it has an index term that is not in the vocabulary");
    }
}

void hw_verify_article(hw_verifier *v, int64_t n)
{
    article a = {.v = v, .n = n};
    hw_arena_reset(&v->row);
    hw_arena_reset(&v->s->scratch);
    v->counts->articles++;
    if (load(&a)) check_record(&a);
    count_terms(&a);
}
