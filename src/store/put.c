/* In: an article with its record. Out: rows. An article goes in whole within the batch's transaction; when anything fails
 * the batch is taken back. */
#include "store/inside.h"

#include "base/sha256.h"
#include <string.h>
#include <time.h>
#include <zlib.h>

typedef struct {
    hw_store *s;
    const hw_article *a;
    const hewal_record *r;
    int64_t n;          /* rowid of the article */
    const char *date;   /* of the article, 10 letters, or "" */
    int64_t *entity;    /* store ids, one an entity of the record */
    bool ok;
} writer;

/* ---- what an article is ------------------------------------------------------------------------------------------------- */

static void add_field(hw_sha256 *h, const char *s)
{
    hw_sha256_add(h, s ? s : "", s ? strlen(s) : 0);
    hw_sha256_add(h, s ? "\1" : "\0", 1);
}

/* Of the text and what is known of it; of the text alone where that is also its id, so that one text found in two places
 * is one article. */
static void fingerprint(const hw_article *a, unsigned char sum[32])
{
    hw_sha256 h;
    hw_sha256_begin(&h);
    const char *fields[] = {a->title, a->published, a->outlet, a->url, a->source, a->extra};
    for (size_t i = 0; a->id_given && i < sizeof fields / sizeof *fields; i++) add_field(&h, fields[i]);
    hw_sha256_add(&h, a->text, a->text_len);
    hw_sha256_end(&h, sum);
}

/* *n: the row of the article that has this id, 0 for none; *same: with the same text and metadata. */
static bool find_article(hw_store *s, const hw_article *a, int64_t *n, bool *same)
{
    unsigned char sum[32];
    sqlite3_stmt *st = hw_sql(s, "SELECT n, sha256 FROM articles WHERE id = ?1");
    *n = 0;
    *same = false;
    if (!st) return false;
    hw_bind_text(st, 1, a->id);
    int rc = sqlite3_step(st);
    if (rc == SQLITE_ROW) {
        fingerprint(a, sum);
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

/* ---- index text ------------------------------------------------------------------------------------------------------------ */

/* The four strings, each with its NUL, deflated; the first four bytes are their length. */
static void *pack(hw_arena *a, const hw_index_text *x, size_t *size)
{
    const hewal_string *parts[] = {&x->title, &x->forms, &x->lemmas, &x->more};
    size_t n = 0;
    for (int i = 0; i < 4; i++) n += parts[i]->len + 1;
    char *plain = hw_alloc(a, n), *w = plain;
    for (int i = 0; i < 4; i++) {
        if (parts[i]->len) memcpy(w, parts[i]->s, parts[i]->len);
        w += parts[i]->len;
        *w++ = 0;
    }
    uLongf len = compressBound((uLong)n);
    unsigned char *out = hw_alloc(a, len + 4);
    for (int i = 0; i < 4; i++) out[i] = (unsigned char)(n >> (8 * i));
    if (compress2(out + 4, &len, (const Bytef *)plain, (uLong)n, 1) != Z_OK) return NULL;
    *size = len + 4;
    return out;
}

static bool unpack(hw_arena *a, const void *packed, size_t size, const char *parts[4])
{
    const unsigned char *p = packed;
    if (size < 4) return false;
    uLongf n = (uLongf)p[0] | (uLongf)p[1] << 8 | (uLongf)p[2] << 16 | (uLongf)p[3] << 24, len = n;
    char *plain = hw_alloc(a, n + 4);
    memset(plain + n, 0, 4);
    if (uncompress((Bytef *)plain, &len, p + 4, (uLong)(size - 4)) != Z_OK || len != n) return false;
    for (int i = 0; i < 4; i++) {
        parts[i] = plain;
        plain += strlen(plain) + 1;
    }
    return true;
}

/* ---- taking out ------------------------------------------------------------------------------------------------------------- */

static bool unindex(hw_store *s, int64_t article)
{
    const char *part[4];
    sqlite3_stmt *st = hw_sql(s, "SELECT terms FROM articles WHERE n = ?1");
    hw_bind_int(st, 1, article);
    if (!st || sqlite3_step(st) != SQLITE_ROW) return false;
    bool ok = unpack(&s->scratch, sqlite3_column_blob(st, 0), (size_t)sqlite3_column_bytes(st, 0), part);
    sqlite3_reset(st);
    if (!ok) return false;
    st = hw_sql(s, "INSERT INTO words(words, rowid, title, form, lemma, more) VALUES('delete', ?1, ?2, ?3, ?4, ?5)");
    hw_bind_int(st, 1, article);
    for (int i = 0; i < 4; i++) hw_bind_text(st, i + 2, part[i]);
    return hw_run(st);
}

bool hw_store_clear(hw_store *s, int64_t article)
{
    if (!unindex(s, article)) return false;
    /* What only this article has, while it is still known. */
    static const char *const steps[] = {
        "DELETE FROM quote_via WHERE quote IN (SELECT id FROM quotes WHERE article = ?1)",
        "DELETE FROM event_actors WHERE event IN (SELECT id FROM events WHERE article = ?1)",
        "DELETE FROM event_targets WHERE event IN (SELECT id FROM events WHERE article = ?1)",
        "DELETE FROM spellings WHERE id IN (SELECT spelling FROM mentions WHERE article = ?1)"
        " AND NOT EXISTS (SELECT 1 FROM mentions m WHERE m.entity = spellings.entity AND m.spelling = spellings.id AND m.article <> ?1)",
        "DELETE FROM names WHERE entity IN (SELECT x.entity FROM article_entities x WHERE x.article = ?1"
        " AND NOT EXISTS (SELECT 1 FROM article_entities y WHERE y.entity = x.entity AND y.article <> ?1))",
        "DELETE FROM entities WHERE id IN (SELECT x.entity FROM article_entities x WHERE x.article = ?1"
        " AND NOT EXISTS (SELECT 1 FROM article_entities y WHERE y.entity = x.entity AND y.article <> ?1))",
        "DELETE FROM article_entities WHERE article = ?1", "DELETE FROM mentions WHERE article = ?1", "DELETE FROM times WHERE article = ?1",
        "DELETE FROM quantities WHERE article = ?1", "DELETE FROM quotes WHERE article = ?1", "DELETE FROM events WHERE article = ?1",
        "DELETE FROM event_sides WHERE article = ?1",
        "DELETE FROM articles WHERE n = ?1"};
    if (!hw_unlink_events(s, article)) return false;
    for (size_t i = 0; i < sizeof steps / sizeof *steps; i++) {
        sqlite3_stmt *st = hw_sql(s, steps[i]);
        hw_bind_int(st, 1, article);
        if (!hw_run(st)) return false;
    }
    return true;
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
        if (!hw_run_int(st, 0, &n) || (n && !hw_store_clear(s, n))) res = hw_batch_failed(s, err);
    }
    if (found) *found = n != 0;
    hw_store_unlock(s);
    return res;
}

/* ---- entities and their spellings --------------------------------------------------------------------------------------------- */

static bool is_named(const hewal_record *r, int32_t e)
{
    for (size_t i = 0; i < r->n_mentions; i++)
        if (r->mentions[i].entity == e && r->mentions[i].type != HEWAL_ROLE) return true;
    return false;
}

/* The key of what the gazetteer has no key for: its type and folded name; with the article for what it only describes. */
static const char *key_of(writer *w, size_t i)
{
    const hewal_entity *e = &w->r->entities[i];
    hw_arena *a = &w->s->scratch;
    const char *word[16], *key = hewal_type_name(e->type), *sep = ":";
    if (e->known && *e->known) return e->known;
    unsigned n = hw_name_words(w->s->model, a, e->name_ckb && *e->name_ckb ? e->name_ckb : e->name ? e->name : "", word, 16);
    for (unsigned k = 0; k < n; k++, sep = " ") key = hw_sprintf(a, "%s%s%s", key, sep, word[k]);
    if (n && is_named(w->r, (int32_t)i)) return key;
    return hw_sprintf(a, "%s@%s", key, w->a->id);
}

static int64_t entity_id(writer *w, size_t i)
{
    const hewal_entity *e = &w->r->entities[i];
    const char *key = key_of(w, i);
    int64_t id = 0;
    sqlite3_stmt *st = hw_sql(w->s, "SELECT id FROM entities WHERE key = ?1");
    hw_bind_text(st, 1, key);
    w->ok = w->ok && hw_run_int(st, 0, &id);
    if (!w->ok || id) return id;
    st = hw_sql(w->s, "INSERT INTO entities(key, type, name, name_ckb, known) VALUES(?1, ?2, ?3, ?4, ?5)");
    hw_bind_text(st, 1, key);
    hw_bind_text(st, 2, hewal_type_name(e->type));
    hw_bind_text(st, 3, e->name);
    hw_bind_text(st, 4, e->name_ckb);
    hw_bind_int(st, 5, e->known && *e->known);
    w->ok = hw_run(st);
    id = sqlite3_last_insert_rowid(w->s->db);
    w->ok = w->ok && hw_names_note(w->s, id, e->name) && hw_names_note(w->s, id, e->name_ckb);
    return id;
}

static void put_entities(writer *w)
{
    const hewal_record *r = w->r;
    w->entity = HW_NEWS(&w->s->scratch, int64_t, r->n_entities + 1);
    for (size_t i = 0; i < r->n_entities && w->ok; i++) {
        w->entity[i] = entity_id(w, i);
        sqlite3_stmt *st = hw_sql(w->s, "INSERT INTO article_entities(article, i, entity, name, name_ckb, confidence)"
                                        " SELECT ?1, ?2, id, nullif(?4, name), nullif(?5, name_ckb), ?6 FROM entities WHERE id = ?3");
        hw_bind_int(st, 1, w->n);
        hw_bind_int(st, 2, (int64_t)i);
        hw_bind_int(st, 3, w->entity[i]);
        hw_bind_text(st, 4, r->entities[i].name);
        hw_bind_text(st, 5, r->entities[i].name_ckb);
        if (st) sqlite3_bind_double(st, 6, (double)r->entities[i].confidence);
        w->ok = w->ok && hw_run(st);
    }
}

/* The words of a span in standard orthography, one space between them. */
static const char *norm_of(writer *w, const hewal_mention *m)
{
    const hewal_record *r = w->r;
    hewal_string out = {0};
    hw_buf b = hw_buf_on(&out);
    if (m->last < r->n_tokens && m->first <= m->last) {
        for (uint32_t i = m->first; i <= m->last; i++) {
            const hewal_token *t = &r->tokens[i];
            if (i > m->first && t->b > r->tokens[i - 1].e) hw_putc(&b, ' ');
            if (t->e <= m->e && t->b >= m->b && t->norm) hw_puts(&b, t->norm);
            else if (t->b < m->e) hw_put(&b, r->text + (t->b > m->b ? t->b : m->b), (t->e < m->e ? t->e : m->e) - (t->b > m->b ? t->b : m->b));
        }
    } else {
        hw_put(&b, r->text + m->b, m->e - m->b);
    }
    const char *s = hw_strndup(&w->s->scratch, out.s ? out.s : "", out.len);
    hewal_string_free(&out);
    return s;
}

static int64_t spelling_id(writer *w, const hewal_mention *m)
{
    const char *form = norm_of(w, m);
    int64_t id = 0, entity = w->entity[m->entity];
    sqlite3_stmt *st = hw_sql(w->s, "SELECT id FROM spellings WHERE entity = ?1 AND type = ?2 AND form = ?3");
    for (int again = 0; again < 2; again++) {
        hw_bind_int(st, 1, entity);
        hw_bind_text(st, 2, hewal_type_name(m->type));
        hw_bind_text(st, 3, form);
        if (again) break;
        w->ok = w->ok && hw_run_int(st, 0, &id);
        if (!w->ok || id) return id;
        st = hw_sql(w->s, "INSERT INTO spellings(entity, type, form) VALUES(?1, ?2, ?3)");
    }
    w->ok = hw_run(st);
    id = sqlite3_last_insert_rowid(w->s->db);
    if (w->ok && m->type != HEWAL_ROLE) w->ok = hw_names_note(w->s, entity, form);
    return id;
}

/* ---- facts ------------------------------------------------------------------------------------------------------------------------ */

static void bind_entity(writer *w, sqlite3_stmt *st, int col, int32_t entity)
{
    if (entity >= 0 && (size_t)entity < w->r->n_entities) hw_bind_int(st, col, w->entity[entity]);
}

static void bind_index(sqlite3_stmt *st, int col, int32_t i)
{
    if (i >= 0) hw_bind_int(st, col, i);
}

static void bind_span(writer *w, sqlite3_stmt *st, size_t i, uint32_t b, uint32_t e)
{
    hw_bind_int(st, 1, w->n);
    hw_bind_int(st, 2, (int64_t)i);
    hw_bind_int(st, 3, b);
    hw_bind_int(st, 4, e);
}

static void bind_real(sqlite3_stmt *st, int col, double v)
{
    if (st) sqlite3_bind_double(st, col, v);
}

static void put_mentions(writer *w)
{
    for (size_t i = 0; i < w->r->n_mentions && w->ok; i++) {
        const hewal_mention *m = &w->r->mentions[i];
        bool has = m->entity >= 0 && (size_t)m->entity < w->r->n_entities;
        int64_t spelling = has ? spelling_id(w, m) : 0;
        sqlite3_stmt *st = hw_sql(w->s, "INSERT INTO mentions(article, i, b, e, type, entity, spelling, confidence) VALUES(?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8)");
        bind_span(w, st, i, m->b, m->e);
        hw_bind_text(st, 5, hewal_type_name(m->type));
        bind_entity(w, st, 6, m->entity);
        if (has) hw_bind_int(st, 7, spelling);
        bind_real(st, 8, (double)m->confidence);
        w->ok = w->ok && hw_run(st);
    }
}

static void put_times(writer *w)
{
    for (size_t i = 0; i < w->r->n_times && w->ok; i++) {
        const hewal_time *t = &w->r->times[i];
        sqlite3_stmt *st = hw_sql(w->s, "INSERT INTO times(article, i, b, e, type, value, confidence) VALUES(?1, ?2, ?3, ?4, ?5, ?6, ?7)");
        bind_span(w, st, i, t->b, t->e);
        hw_bind_text(st, 5, hewal_timex_name(t->type));
        hw_bind_text(st, 6, t->value);
        bind_real(st, 7, (double)t->confidence);
        w->ok = hw_run(st);
    }
    for (size_t i = 0; i < w->r->n_quantities && w->ok; i++) {
        const hewal_quantity *q = &w->r->quantities[i];
        sqlite3_stmt *st = hw_sql(w->s, "INSERT INTO quantities(article, i, b, e, value, unit, confidence) VALUES(?1, ?2, ?3, ?4, ?5, ?6, ?7)");
        bind_span(w, st, i, q->b, q->e);
        bind_real(st, 5, q->value);
        hw_bind_text(st, 6, q->unit);
        bind_real(st, 7, (double)q->confidence);
        w->ok = hw_run(st);
    }
}

/* The sentences from the one with byte b to the one with byte e - 1; the lines, when the record has no sentences. */
static void around(const hewal_record *r, uint32_t b, uint32_t e, uint32_t *sb, uint32_t *se)
{
    *sb = b;
    *se = e;
    bool any = false;
    for (size_t i = 0; i < r->n_sentences; i++) {
        const hewal_sentence *s = &r->sentences[i];
        if (s->e <= b || s->b >= e) continue;
        if (s->b < *sb) *sb = s->b;
        if (s->e > *se) *se = s->e;
        any = true;
    }
    if (any) return;
    while (*sb > 0 && r->text[*sb - 1] != '\n') --*sb;
    while (*se < r->text_len && r->text[*se] != '\n') ++*se;
}

static void put_list(writer *w, const char *sql, int64_t fact, const int32_t *v, size_t n)
{
    for (size_t i = 0; i < n && w->ok; i++) {
        if (v[i] < 0 || (size_t)v[i] >= w->r->n_entities) continue;
        sqlite3_stmt *st = hw_sql(w->s, sql);
        hw_bind_int(st, 1, fact);
        hw_bind_int(st, 2, (int64_t)i);
        hw_bind_int(st, 3, w->entity[v[i]]);
        w->ok = hw_run(st);
    }
}

static void put_quotes(writer *w)
{
    for (size_t i = 0; i < w->r->n_quotes && w->ok; i++) {
        const hewal_quote *q = &w->r->quotes[i];
        uint32_t sb, se;
        bool cue = q->cue_e > q->cue_b;
        around(w->r, cue && q->cue_b < q->b ? q->cue_b : q->b, cue && q->cue_e > q->e ? q->cue_e : q->e, &sb, &se);
        sqlite3_stmt *st = hw_sql(w->s, "INSERT INTO quotes(article, i, b, e, cue_b, cue_e, sb, se, kind, channel, source, speaker, addressee, confidence, date, text)"
                                        " VALUES(?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14, ?15, ?16)");
        bind_span(w, st, i, q->b, q->e);
        hw_bind_int(st, 5, q->cue_b);
        hw_bind_int(st, 6, q->cue_e);
        hw_bind_int(st, 7, sb);
        hw_bind_int(st, 8, se);
        hw_bind_text(st, 9, hewal_kind_name(q->kind));
        hw_bind_text(st, 10, hewal_channel_name(q->channel));
        bind_index(st, 11, q->source);
        bind_entity(w, st, 12, q->source_entity);
        bind_entity(w, st, 13, q->addressee_entity);
        bind_real(st, 14, (double)q->confidence);
        hw_bind_text(st, 15, w->date);
        if (st) sqlite3_bind_text(st, 16, w->r->text + q->b, (int)(q->e - q->b), SQLITE_STATIC);
        w->ok = hw_run(st);
        put_list(w, "INSERT INTO quote_via(quote, i, entity) VALUES(?1, ?2, ?3)", sqlite3_last_insert_rowid(w->s->db), q->via, q->n_via);
    }
}

/* YYYY, YYYY-MM or YYYY-MM-DD at the beginning of a TIMEX3 value; else the article's date. */
static const char *event_date(writer *w, int32_t time)
{
    const char *v = time >= 0 && (size_t)time < w->r->n_times ? w->r->times[time].value : NULL;
    size_t n = 0;
    static const char shape[] = "dddd-dd-dd";
    while (v && n < 10 && (shape[n] == 'd' ? v[n] >= '0' && v[n] <= '9' : v[n] == '-')) n++;
    n = n == 10 ? 10 : n >= 7 ? 7 : n >= 4 ? 4 : 0;
    if (!n || (v[n] && v[n] != 'T' && v[n] != '-')) return w->date;
    return n == 4 && w->date[0] && !strncmp(v, w->date, 4) ? w->date : hw_strndup(&w->s->scratch, v, n);
}

static void put_events(writer *w)
{
    for (size_t i = 0; i < w->r->n_events && w->ok; i++) {
        const hewal_event *v = &w->r->events[i];
        uint32_t sb, se;
        around(w->r, v->b, v->e, &sb, &se);
        sqlite3_stmt *st = hw_sql(w->s, "INSERT INTO events(article, i, b, e, sb, se, type, mode, status, place, time, in_quote, confidence, date)"
                                        " VALUES(?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14)");
        bind_span(w, st, i, v->b, v->e);
        hw_bind_int(st, 5, sb);
        hw_bind_int(st, 6, se);
        hw_bind_text(st, 7, hewal_event_type_name(v->type));
        if (v->mode) hw_bind_text(st, 8, hewal_mode_name(v->mode));
        hw_bind_text(st, 9, hewal_event_status_name(v->status));
        bind_entity(w, st, 10, v->place);
        bind_index(st, 11, v->time);
        bind_index(st, 12, v->in_quote);
        bind_real(st, 13, (double)v->confidence);
        hw_bind_text(st, 14, event_date(w, v->time));
        w->ok = hw_run(st);
        int64_t id = sqlite3_last_insert_rowid(w->s->db);
        put_list(w, "INSERT INTO event_actors(event, i, entity) VALUES(?1, ?2, ?3)", id, v->actors, v->n_actors);
        put_list(w, "INSERT INTO event_targets(event, i, entity) VALUES(?1, ?2, ?3)", id, v->targets, v->n_targets);
        if (v->n_actors) w->ok = w->ok && hw_link_event(w->s, id);
    }
}

/* ---- the article -------------------------------------------------------------------------------------------------------------------- */

static void put_article(writer *w, const hw_index_text *x)
{
    const hw_article *a = w->a;
    unsigned char sum[32];
    char now[32];
    time_t t = time(NULL);
    struct tm utc;
    size_t size = 0;
    void *terms = pack(&w->s->scratch, x, &size);
    fingerprint(a, sum);
    strftime(now, sizeof now, "%Y-%m-%dT%H:%M:%SZ", gmtime_r(&t, &utc));
    sqlite3_stmt *st = hw_sql(w->s, "INSERT INTO articles(n, id, sha256, title, published, published_inferred, outlet, url, source, extra, origin, given, model, added,"
                                    " bytes, text, terms, date) VALUES(nullif(?17, 0), ?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14, ?15, ?16, ?18)");
    if (!st || !terms) {
        w->ok = false;
        return;
    }
    hw_bind_text(st, 1, a->id);
    sqlite3_bind_blob(st, 2, sum, 32, SQLITE_STATIC);
    hw_bind_text(st, 3, a->title);
    hw_bind_text(st, 4, w->r->published ? w->r->published : a->published);
    hw_bind_int(st, 5, w->r->published_inferred);
    hw_bind_text(st, 6, a->outlet);
    hw_bind_text(st, 7, a->url);
    hw_bind_text(st, 8, a->source);
    hw_bind_text(st, 9, a->extra);
    hw_bind_text(st, 10, a->origin);
    hw_bind_text(st, 11, a->published);
    hw_bind_text(st, 12, hewal_model_id(w->s->model));
    hw_bind_text(st, 13, now);
    hw_bind_int(st, 14, (int64_t)a->text_len);
    sqlite3_bind_blob(st, 15, a->text, (int)a->text_len, SQLITE_STATIC);
    sqlite3_bind_blob(st, 16, terms, (int)size, SQLITE_STATIC);
    hw_bind_text(st, 18, w->date);
    hw_bind_int(st, 17, w->n); /* a replaced article keeps its place */
    w->ok = hw_run(st);
    if (!w->n) w->n = sqlite3_last_insert_rowid(w->s->db);
    st = hw_sql(w->s, "INSERT INTO words(rowid, title, form, lemma, more) VALUES(?1, ?2, ?3, ?4, ?5)");
    hw_bind_int(st, 1, w->n);
    const hewal_string *part[] = {&x->title, &x->forms, &x->lemmas, &x->more};
    for (int i = 0; i < 4; i++) hw_bind_text(st, i + 2, part[i]->s ? part[i]->s : "");
    w->ok = w->ok && hw_run(st);
}

static hewal_status put_all(writer *w, const hw_index_text *index, hw_put_result *did, hewal_error *err)
{
    hw_store *s = w->s;
    bool same;
    hw_arena_reset(&s->scratch);
    hewal_status st = hw_batch_begin(s, err);
    if (st != HEWAL_OK) return st;
    if (!find_article(s, w->a, &w->n, &same)) return hw_batch_failed(s, err);
    *did = !w->n ? HW_ADDED : same ? HW_SKIPPED : HW_REPLACED;
    if (*did == HW_SKIPPED) return hw_batch_grown(s, 0, err);
    if (!index) {
        if (hw_terms_index(s->terms, w->a->title, w->a->text, w->a->text_len, &s->index) != HEWAL_OK) w->ok = false;
        index = &s->index;
    }
    const char *published = w->r->published ? w->r->published : w->a->published;
    w->date = published ? hw_strndup(&s->scratch, published, strnlen(published, 10)) : "";
    if (w->n) w->ok = w->ok && hw_store_clear(s, w->n);
    if (w->ok) put_article(w, index);
    if (w->ok) put_entities(w);
    if (w->ok) put_mentions(w);
    if (w->ok) put_times(w);
    if (w->ok) put_quotes(w);
    if (w->ok) put_events(w);
    return w->ok ? hw_batch_grown(s, w->a->text_len, err) : hw_batch_failed(s, err);
}

hewal_status hw_store_put(hw_store *s, const hw_article *a, const hewal_record *r, const hw_index_text *index, hw_put_result *did,
                          hewal_error *err)
{
    hw_put_result spare;
    hewal_status st;
    hw_store_lock(s);
    if (hw_arena_guard(&s->scratch)) {
        hw_batch_failed(s, NULL);
        st = hw_fail(err, HEWAL_ENOMEM, "%s: out of memory", s->path);
    } else {
        writer w = {.s = s, .a = a, .r = r, .ok = true};
        st = put_all(&w, index, did ? did : &spare, err);
    }
    s->scratch.guarded = 0;
    hw_store_unlock(s);
    return st;
}
