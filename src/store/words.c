/* In: the index terms of an article. Out: its row in the full-text index; and out of it again.
 *
 * The index does not hold its articles' words one article at a time: to take an article out FTS5 must be given the very terms that
 * went in, and another model would make others. So each article keeps which terms it has: numbers of the table index_terms, in
 * rising order, each as the distance from the one before, and before them how many terms each column has; all in groups of seven
 * bits, the lowest first. That is a sixth of the text; the terms themselves, deflated, were two thirds of it. */
#include "store/inside.h"

#include "base/buf.h"
#include <stdlib.h>
#include <string.h>

enum { COLUMNS = 4 };

static int by_number(const void *a, const void *b)
{
    int64_t x = *(const int64_t *)a, y = *(const int64_t *)b;
    return x < y ? -1 : x > y;
}

/* The number of a term, made when it is new; 0 on failure. */
static int64_t number_of(hw_store *s, const char *term, uint64_t hash)
{
    int64_t id = hw_memo_get(&s->terms_seen, hash);
    if (id) return id;
    sqlite3_stmt *st = hw_sql(s, "SELECT id FROM index_terms WHERE term = ?1");
    hw_bind_text(st, 1, term);
    if (!hw_run_int(st, 0, &id)) return 0;
    if (!id) {
        st = hw_sql(s, "INSERT INTO index_terms(term) VALUES(?1)");
        hw_bind_text(st, 1, term);
        if (!hw_run(st)) return 0;
        id = sqlite3_last_insert_rowid(s->db);
    }
    hw_memo_put(&s->terms_seen, hash, id);
    return id;
}

static unsigned char *put_number(unsigned char *w, uint64_t v)
{
    for (; v >= 0x80; v >>= 7) *w++ = (unsigned char)(v | 0x80);
    *w++ = (unsigned char)v;
    return w;
}

static bool get_number(const unsigned char **p, const unsigned char *end, uint64_t *v)
{
    *v = 0;
    for (unsigned shift = 0; *p < end && shift < 64; shift += 7) {
        unsigned char c = *(*p)++;
        *v |= (uint64_t)(c & 0x7F) << shift;
        if (!(c & 0x80)) return true;
    }
    return false;
}

void *hw_words_terms(hw_store *s, const hw_index_text *x, size_t *size)
{
    hw_arena *a = &s->scratch;
    size_t n = 0;
    int64_t *id = hw_alloc(a, (x->n_distinct + 1) * sizeof *id);
    for (const char *p = x->distinct.s, *end = p + x->distinct.len; p && p < end;) {
        uint64_t hash;
        memcpy(&hash, p, sizeof hash);
        p += sizeof hash;
        if (!(id[n++] = number_of(s, p, hash))) return NULL;
        p += strlen(p) + 1;
    }
    if (n) qsort(id, n, sizeof *id, by_number);
    unsigned char *out = hw_alloc(a, (n + COLUMNS) * 10), *w = out;
    for (int i = 0; i < COLUMNS; i++) w = put_number(w, x->counts[i]);
    int64_t last = 0;
    for (size_t i = 0; i < n; i++)
        if (id[i] != last) {
            w = put_number(w, (uint64_t)(id[i] - last));
            last = id[i];
        }
    *size = (size_t)(w - out);
    return out;
}

bool hw_words_put(hw_store *s, int64_t article, const hw_index_text *x)
{
    sqlite3_stmt *st = hw_sql(s, "INSERT INTO words(rowid, title, form, lemma, more) VALUES(?1, ?2, ?3, ?4, ?5)");
    const hewal_string *part[] = {&x->title, &x->forms, &x->lemmas, &x->more};
    hw_bind_int(st, 1, article);
    for (int i = 0; i < COLUMNS && st; i++) sqlite3_bind_text(st, i + 2, part[i]->s ? part[i]->s : "", (int)part[i]->len, SQLITE_STATIC);
    return hw_run(st);
}

bool hw_words_read(hw_store *s, int64_t article, hw_article_terms *out)
{
    sqlite3_stmt *st = hw_sql(s, "SELECT terms FROM texts WHERE article = ?1");
    hw_bind_int(st, 1, article);
    *out = (hw_article_terms){0};
    if (!st || sqlite3_step(st) != SQLITE_ROW) return false;
    size_t size = (size_t)sqlite3_column_bytes(st, 0);
    const unsigned char *p = (const unsigned char *)hw_strndup(&s->scratch, size ? sqlite3_column_blob(st, 0) : "", size), *end = p + size;
    sqlite3_reset(st);
    bool ok = true;
    for (int i = 0; i < COLUMNS && ok; i++) ok = get_number(&p, end, &out->counts[i]);
    out->id = hw_alloc(&s->scratch, (size + 1) * sizeof *out->id);
    for (uint64_t step, last = 0; ok && p < end;) {
        ok = get_number(&p, end, &step);
        out->id[out->n++] = (int64_t)(last += step);
    }
    return ok;
}

const char *hw_words_term(hw_store *s, int64_t id)
{
    sqlite3_stmt *st = hw_sql(s, "SELECT term FROM index_terms WHERE id = ?1");
    hw_bind_int(st, 1, id);
    const char *term = st && sqlite3_step(st) == SQLITE_ROW ? hw_column_text(&s->scratch, st, 0) : NULL;
    if (st) sqlite3_reset(st);
    return term;
}

/* FTS5 wants every term that an article has, once or more, in any column, and subtracts as many from each column's length as it is
 * given there. Terms go to the first column that still has room. */
static bool give_back(hw_store *s, const hw_article_terms *t, hewal_string parts[COLUMNS])
{
    hw_buf b[COLUMNS];
    uint64_t left[COLUMNS];
    const char *common = NULL;
    unsigned column = COLUMNS - 1;
    memcpy(left, t->counts, sizeof left);
    for (unsigned i = 0; i < COLUMNS; i++) b[i] = hw_buf_on(&parts[i]);
    for (size_t i = 0; i < t->n; i++) {
        const char *term = hw_words_term(s, t->id[i]);
        if (!term) return false;
        while (column && !left[column]) column--;
        if (!left[column]) return false;
        hw_putf(&b[column], "%s ", term);
        left[column]--;
        if (!common || strlen(term) < strlen(common)) common = term;
    }
    for (unsigned i = 0; i < COLUMNS && common; i++)
        for (; left[i]; left[i]--) hw_putf(&b[i], "%s ", common);
    return hw_buf_ok(&b[0]) && hw_buf_ok(&b[1]) && hw_buf_ok(&b[2]) && hw_buf_ok(&b[3]);
}

bool hw_words_take_out(hw_store *s, int64_t article)
{
    hw_article_terms t;
    hewal_string parts[COLUMNS] = {{0}};
    if (!hw_words_read(s, article, &t)) return false;
    bool ok = give_back(s, &t, parts);
    if (ok) {
        sqlite3_stmt *st = hw_sql(s, "INSERT INTO words(words, rowid, title, form, lemma, more) VALUES('delete', ?1, ?2, ?3, ?4, ?5)");
        hw_bind_int(st, 1, article);
        for (int i = 0; i < COLUMNS; i++) hw_bind_text(st, i + 2, parts[i].s ? parts[i].s : "");
        ok = hw_run(st);
    }
    for (int i = 0; i < COLUMNS; i++) hewal_string_free(&parts[i]);
    int64_t *more = ok && t.n ? realloc(s->doubtful, (s->n_doubtful + t.n) * sizeof *more) : NULL;
    if (more) {
        memcpy(more + s->n_doubtful, t.id, t.n * sizeof *more);
        s->doubtful = more;
        s->n_doubtful += t.n;
    } else if (ok && t.n) {
        s->no_memory = true;
    }
    return ok && !s->no_memory;
}

bool hw_words_tidy(hw_store *s)
{
    bool ok = true;
    if (s->n_doubtful) qsort(s->doubtful, s->n_doubtful, sizeof *s->doubtful, by_number);
    for (size_t i = 0; i < s->n_doubtful && ok; i++) {
        int64_t there;
        if (i && s->doubtful[i] == s->doubtful[i - 1]) continue;
        sqlite3_stmt *st = hw_sql(s, "SELECT rowid FROM words WHERE words MATCH (SELECT '\"' || term || '\"' FROM index_terms WHERE id = ?1) LIMIT 1");
        hw_bind_int(st, 1, s->doubtful[i]);
        if (!(ok = hw_run_int(st, 0, &there)) || there) continue;
        st = hw_sql(s, "DELETE FROM index_terms WHERE id = ?1");
        hw_bind_int(st, 1, s->doubtful[i]);
        ok = hw_run(st);
        hw_memo_clear(&s->terms_seen);
    }
    hw_words_forget_doubts(s);
    return ok;
}

void hw_words_forget_doubts(hw_store *s)
{
    free(s->doubtful);
    s->doubtful = NULL;
    s->n_doubtful = 0;
}
