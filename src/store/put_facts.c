/* In: an article's record. Out: its facts as rows: entities with their spellings, the lists of numbers that `records` holds,
 * quotes, events. */
#include "store/put.h"

#include "base/hash.h"
#include <math.h>
#include <string.h>

int64_t hw_hundredths(float c)
{
    return (int64_t)rint((double)c * 100); /* as printf rounds */
}

/* ---- entities --------------------------------------------------------------------------------------------------------------------- */

/* The key of what the gazetteer has no key for: its type and folded name; with the article's number for what it only describes. */
static const char *key_of(hw_writer *w, size_t i)
{
    const hewal_entity *e = &w->r->entities[i];
    hw_arena *a = &w->s->scratch;
    const char *word[16], *key = hewal_type_name(e->type), *sep = ":";
    if (e->known && *e->known) return e->known;
    unsigned n = hw_name_words(w->s->model, a, e->name_ckb && *e->name_ckb ? e->name_ckb : e->name ? e->name : "", word, 16);
    for (unsigned k = 0; k < n; k++, sep = " ") key = hw_sprintf(a, "%s%s%s", key, sep, word[k]);
    if (n && w->named[i]) return key;
    /* By number: what articles only describe is most of all entities, and so comes last in the index. */
    return hw_sprintf(a, "%s@%010lld%s", hewal_type_name(e->type), (long long)w->n, key + strlen(hewal_type_name(e->type)));
}

static uint64_t text_hash(const char *s)
{
    return s ? hw_hash(s, strlen(s)) : 7;
}

static int64_t new_entity(hw_writer *w, size_t i, const char *key)
{
    const hewal_entity *e = &w->r->entities[i];
    sqlite3_stmt *st = hw_sql(w->s, "INSERT INTO entities(key, type, name, name_ckb, known) VALUES(?1, ?2, ?3, ?4, ?5)");
    hw_bind_text(st, 1, key);
    hw_bind_text(st, 2, hewal_type_name(e->type));
    hw_bind_text(st, 3, e->name);
    hw_bind_text(st, 4, e->name_ckb);
    hw_bind_int(st, 5, e->known && *e->known);
    w->ok = hw_run(st);
    int64_t id = sqlite3_last_insert_rowid(w->s->db);
    hw_sums_total(w->s, HW_TOTAL_ENTITIES, 1);
    if (e->type == HEWAL_PER) hw_sums_total(w->s, HW_TOTAL_PEOPLE, 1);
    bool (*note)(hw_store *, int64_t, const char *) = strchr(key, '@') ? hw_names_note_described : hw_names_note;
    w->ok = w->ok && note(w->s, id, e->name) && note(w->s, id, e->name_ckb);
    return id;
}

/* Looks an entity up, or makes it: its id, and in *other which of its names the store has otherwise (1 name_ckb, 2 name). */
static int64_t find_entity(hw_writer *w, size_t i, unsigned *other)
{
    const hewal_entity *e = &w->r->entities[i];
    const char *key = key_of(w, i);
    int64_t id = 0;
    sqlite3_stmt *st = hw_sql(w->s, "SELECT id, (name IS NOT ?2) * 2 + (name_ckb IS NOT ?3) FROM entities WHERE key = ?1");
    hw_bind_text(st, 1, key);
    hw_bind_text(st, 2, e->name);
    hw_bind_text(st, 3, e->name_ckb);
    int rc = st ? sqlite3_step(st) : SQLITE_ERROR;
    if (rc == SQLITE_ROW) {
        id = sqlite3_column_int64(st, 0);
        *other = (unsigned)sqlite3_column_int(st, 1);
    }
    if (st) sqlite3_reset(st);
    w->ok = w->ok && (rc == SQLITE_ROW || rc == SQLITE_DONE);
    return w->ok && !id ? new_entity(w, i, key) : id;
}

static int64_t entity_id(hw_writer *w, size_t i, unsigned *other)
{
    const hewal_entity *e = &w->r->entities[i];
    bool lasting = (e->known && *e->known) || w->named[i];
    uint64_t memo = hw_phrase(hw_phrase(text_hash(e->known), text_hash(e->name_ckb)), text_hash(e->name) + (uint64_t)e->type);
    int64_t seen = lasting ? hw_memo_get(&w->s->entities_seen, memo) : 0; /* id and `other` */
    *other = (unsigned)(seen & 3);
    if (seen) return seen >> 2;
    int64_t id = find_entity(w, i, other);
    if (w->ok && lasting) hw_memo_put(&w->s->entities_seen, memo, id << 2 | (int64_t)*other);
    return id;
}

static void put_number(hw_buf *b, uint64_t v)
{
    char digits[24], *p = digits + sizeof digits;
    do *--p = (char)('0' + v % 10);
    while (v /= 10);
    hw_put(b, p, (size_t)(digits + sizeof digits - p));
}

static void put_confidence(hw_buf *b, float c)
{
    put_number(b, (uint64_t)hw_hundredths(c));
}

/* [b, length; then what else there is */
static void begin_span(hw_buf *b, uint32_t from, uint32_t to)
{
    hw_putc(b, b->str->len > 1 ? ',' : '[');
    hw_putc(b, '[');
    put_number(b, from);
    hw_putc(b, ',');
    put_number(b, to - from);
    hw_putc(b, ',');
}

static void put_entity(hw_writer *w, size_t i, hw_buf *b)
{
    const hewal_entity *e = &w->r->entities[i];
    unsigned other;
    w->entity[i] = entity_id(w, i, &other);
    hw_puts(b, b->str->len ? ",[" : "[[");
    put_number(b, (uint64_t)w->entity[i]);
    hw_putc(b, ',');
    put_confidence(b, e->confidence);
    if (other) {
        hw_putc(b, ',');
        hw_put_json_s(b, other & 2 ? e->name : NULL);
    }
    if (other & 1) {
        hw_putc(b, ',');
        hw_put_json_s(b, e->name_ckb);
    }
    hw_putc(b, ']');
    sqlite3_stmt *st = hw_sql(w->s, "INSERT OR IGNORE INTO article_entities(entity, article) VALUES(?1, ?2)");
    hw_bind_int(st, 1, w->entity[i]);
    hw_bind_int(st, 2, w->n);
    w->ok = w->ok && hw_run(st);
    /* two of the article's may be one to the store */
    if (!w->copy_of && sqlite3_changes(w->s->db)) hw_sums_entity(w->s, w->entity[i], 1, 0, 0);
}

/* ---- mentions --------------------------------------------------------------------------------------------------------------------- */

/* The words of a span in standard orthography, one space between them. */
static const char *norm_of(hw_writer *w, const hewal_mention *m)
{
    const hewal_record *r = w->r;
    hw_buf b = hw_buf_on(&w->s->form);
    w->s->form.len = 0;
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
    w->ok = w->ok && hw_buf_ok(&b);
    return w->s->form.s ? w->s->form.s : "";
}

static int64_t spelling_id(hw_writer *w, const hewal_mention *m)
{
    const char *form = norm_of(w, m);
    int64_t id = 0, entity = w->entity[m->entity];
    uint64_t memo = hw_phrase((uint64_t)entity * 4 + m->type, text_hash(form));
    bool lasting = w->named[m->entity] || (w->r->entities[m->entity].known && *w->r->entities[m->entity].known);
    if (!w->ok || (lasting && (id = hw_memo_get(&w->s->spellings_seen, memo)))) return id;
    sqlite3_stmt *st = hw_sql(w->s, "SELECT id FROM spellings WHERE entity = ?1 AND type = ?2 AND form = ?3");
    for (int again = 0; again < 2; again++) {
        hw_bind_int(st, 1, entity);
        hw_bind_text(st, 2, hewal_type_name(m->type));
        hw_bind_text(st, 3, form);
        if (again) break;
        w->ok = hw_run_int(st, 0, &id);
        if (!w->ok || id) break;
        st = hw_sql(w->s, "INSERT INTO spellings(entity, type, form) VALUES(?1, ?2, ?3)");
    }
    if (w->ok && !id) {
        w->ok = hw_run(st);
        id = sqlite3_last_insert_rowid(w->s->db);
        if (w->ok && m->type != HEWAL_ROLE) w->ok = hw_names_note(w->s, entity, form);
    }
    if (w->ok && lasting) hw_memo_put(&w->s->spellings_seen, memo, id);
    return id;
}

static void put_mention(hw_writer *w, size_t i, hw_buf *b)
{
    const hewal_mention *m = &w->r->mentions[i];
    bool has = m->entity >= 0 && (size_t)m->entity < w->r->n_entities;
    int64_t spelling = w->spelling[i] = has ? spelling_id(w, m) : 0;
    int n = !w->copy_of;
    hw_sums_total(w->s, HW_TOTAL_MENTIONS, n);
    if (has && w->ok) {
        hw_sums_spelling(w->s, spelling, n, 1);
        if (m->type != HEWAL_ROLE) hw_sums_entity(w->s, w->entity[m->entity], 0, n, 0);
        else if (n) w->ok = hw_count_office(w->s, spelling, w->date, 1);
    }
    begin_span(b, m->b, m->e);
    put_number(b, (uint64_t)m->type);
    hw_putc(b, ',');
    if (has) put_number(b, (uint64_t)m->entity);
    else hw_puts(b, "null");
    hw_putc(b, ',');
    if (has) put_number(b, (uint64_t)spelling);
    else hw_puts(b, "null");
    hw_putc(b, ',');
    put_confidence(b, m->confidence);
    hw_putc(b, ']');
}

static void put_time(hw_writer *w, size_t i, hw_buf *b)
{
    const hewal_time *t = &w->r->times[i];
    begin_span(b, t->b, t->e);
    put_number(b, (uint64_t)t->type);
    hw_putc(b, ',');
    hw_put_json_s(b, t->value);
    hw_putc(b, ',');
    put_confidence(b, t->confidence);
    hw_putc(b, ']');
}

static void put_quantity(hw_writer *w, size_t i, hw_buf *b)
{
    const hewal_quantity *q = &w->r->quantities[i];
    begin_span(b, q->b, q->e);
    hw_putf(b, "%.17g,", q->value);
    hw_put_json_s(b, q->unit);
    hw_putc(b, ',');
    put_confidence(b, q->confidence);
    hw_putc(b, ']');
}

/* The four lists of `records`. */
static void put_lists(hw_writer *w)
{
    static void (*const puts[])(hw_writer *, size_t, hw_buf *) = {put_entity, put_mention, put_time, put_quantity};
    const size_t n[] = {w->r->n_entities, w->r->n_mentions, w->r->n_times, w->r->n_quantities};
    for (unsigned k = 0; k < 4; k++) {
        hw_buf b = hw_buf_on(&w->s->lists[k]);
        w->s->lists[k].len = 0;
        for (size_t i = 0; i < n[k] && w->ok; i++) puts[k](w, i, &b);
        hw_puts(&b, w->s->lists[k].len ? "]" : "[]");
        w->ok = w->ok && hw_buf_ok(&b);
    }
    sqlite3_stmt *st = hw_sql(w->s, "INSERT INTO records(article, entities, mentions, times, quantities) VALUES(?1, ?2, ?3, ?4, ?5)");
    hw_bind_int(st, 1, w->n);
    for (int k = 0; k < 4 && st && w->ok; k++) sqlite3_bind_text(st, k + 2, w->s->lists[k].s, (int)w->s->lists[k].len, SQLITE_STATIC);
    w->ok = w->ok && hw_run(st);
}

/* ---- quotes and events -------------------------------------------------------------------------------------------------------------- */

static void bind_entity(hw_writer *w, sqlite3_stmt *st, int col, int32_t entity)
{
    if (entity >= 0 && (size_t)entity < w->r->n_entities) hw_bind_int(st, col, w->entity[entity]);
}

static void bind_index(sqlite3_stmt *st, int col, int32_t i)
{
    if (i >= 0) hw_bind_int(st, col, i);
}

static void bind_span(hw_writer *w, sqlite3_stmt *st, size_t i, uint32_t b, uint32_t e)
{
    hw_bind_int(st, 1, w->n);
    hw_bind_int(st, 2, (int64_t)i);
    hw_bind_int(st, 3, b);
    hw_bind_int(st, 4, e);
}

/* The first sentence that ends behind byte b. */
static size_t sentence_at(const hewal_record *r, uint32_t b)
{
    size_t from = 0, to = r->n_sentences;
    while (from < to) {
        size_t mid = from + (to - from) / 2;
        if (r->sentences[mid].e <= b) from = mid + 1;
        else to = mid;
    }
    return from;
}

/* The sentences from the one with byte b to the one with byte e - 1; the lines, when the record has no sentences. */
static void around(const hewal_record *r, uint32_t b, uint32_t e, uint32_t *sb, uint32_t *se)
{
    *sb = b;
    *se = e;
    bool any = false;
    for (size_t i = sentence_at(r, b); i < r->n_sentences && r->sentences[i].b < e; i++) {
        const hewal_sentence *s = &r->sentences[i];
        if (s->b < *sb) *sb = s->b;
        if (s->e > *se) *se = s->e;
        any = true;
    }
    if (any) return;
    while (*sb > 0 && r->text[*sb - 1] != '\n') --*sb;
    while (*se < r->text_len && r->text[*se] != '\n') ++*se;
}

/* How many words of the index column begin before a byte. */
static int64_t words_before(const hewal_string *starts, uint32_t at)
{
    size_t from = 0, to = starts->len / sizeof at;
    while (from < to) {
        size_t mid = from + (to - from) / 2;
        uint32_t start;
        memcpy(&start, starts->s + mid * sizeof start, sizeof start);
        if (start < at) from = mid + 1;
        else to = mid;
    }
    return (int64_t)from;
}

/* The words of a sentence, by number: of the index's column form from `col` on, then of its column more. */
static void bind_words(hw_writer *w, sqlite3_stmt *st, int col, uint32_t sb, uint32_t se)
{
    for (int k = 0; k < 2; k++) {
        hw_bind_int(st, col + 2 * k, words_before(&w->index->starts[k], sb));
        hw_bind_int(st, col + 2 * k + 1, words_before(&w->index->starts[k], se));
    }
}

/* Those who have to do with a fact, in their order. */
static void put_party(hw_writer *w, const char *sql, int64_t fact, const int32_t *v, size_t n)
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

/* Whom and what the words from b to e name. */
static void put_quote_names(hw_writer *w, int64_t quote, uint32_t b, uint32_t e)
{
    const hewal_record *r = w->r;
    size_t i = 0, to = r->n_mentions;
    while (i < to) { /* mentions stand in the text's order */
        size_t mid = i + (to - i) / 2;
        if (r->mentions[mid].b < b) i = mid + 1;
        else to = mid;
    }
    for (; i < r->n_mentions && r->mentions[i].b < e && w->ok; i++) {
        const hewal_mention *m = &r->mentions[i];
        if (m->e > e || m->entity < 0 || (size_t)m->entity >= r->n_entities) continue;
        sqlite3_stmt *st = hw_sql(w->s, "INSERT OR IGNORE INTO quote_names(entity, date, quote) VALUES(?1, ?2, ?3)");
        hw_bind_int(st, 1, w->entity[m->entity]);
        hw_bind_text(st, 2, w->date);
        hw_bind_int(st, 3, quote);
        w->ok = hw_run(st);
    }
}

static void put_quotes(hw_writer *w)
{
    for (size_t i = 0; i < w->r->n_quotes && w->ok; i++) {
        const hewal_quote *q = &w->r->quotes[i];
        uint32_t sb, se;
        bool cue = q->cue_e > q->cue_b;
        around(w->r, cue && q->cue_b < q->b ? q->cue_b : q->b, cue && q->cue_e > q->e ? q->cue_e : q->e, &sb, &se);
        sqlite3_stmt *st = hw_sql(w->s, "INSERT INTO quotes(article, i, b, e, cue_b, cue_e, sb, se, kind, channel, source, source_b, source_e, speaker, addressee, spelling, copy,"
                                        " confidence, date, outlet, w1, w2, m1, m2)"
                                        " VALUES(?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14, ?15, ?18, ?19, ?16 / 100.0, ?17, ?20, ?21, ?22, ?23, ?24)");
        bind_span(w, st, i, q->b, q->e);
        hw_bind_int(st, 5, q->cue_b);
        hw_bind_int(st, 6, q->cue_e);
        hw_bind_int(st, 7, sb);
        hw_bind_int(st, 8, se);
        hw_bind_text(st, 9, hewal_kind_name(q->kind));
        hw_bind_text(st, 10, hewal_channel_name(q->channel));
        bind_index(st, 11, q->source);
        if (q->source >= 0 && (size_t)q->source < w->r->n_mentions) {
            hw_bind_int(st, 12, w->r->mentions[q->source].b);
            hw_bind_int(st, 13, w->r->mentions[q->source].e);
        }
        bind_entity(w, st, 14, q->source_entity);
        bind_entity(w, st, 15, q->addressee_entity);
        hw_bind_int(st, 16, hw_hundredths(q->confidence));
        hw_bind_text(st, 17, w->date);
        if (q->source >= 0 && (size_t)q->source < w->r->n_mentions && w->spelling[q->source]) hw_bind_int(st, 18, w->spelling[q->source]);
        hw_bind_int(st, 19, w->copy_of != 0);
        hw_bind_text(st, 20, w->a->outlet);
        bind_words(w, st, 21, sb, se);
        w->ok = hw_run(st);
        if (!w->copy_of) hw_sums_total(w->s, HW_TOTAL_QUOTES, 1);
        if (!w->copy_of && q->source_entity >= 0 && (size_t)q->source_entity < w->r->n_entities) hw_sums_entity(w->s, w->entity[q->source_entity], 0, 0, 1);
        int64_t id = sqlite3_last_insert_rowid(w->s->db);
        put_party(w, "INSERT INTO quote_via(quote, i, entity) VALUES(?1, ?2, ?3)", id, q->via, q->n_via);
        put_quote_names(w, id, q->b, q->e);
    }
}

static const char *time_value(const hw_writer *w, int32_t time)
{
    return time >= 0 && (size_t)time < w->r->n_times ? w->r->times[time].value : NULL;
}

/* YYYY, YYYY-MM or YYYY-MM-DD at the beginning of a TIMEX3 value; else the article's date. */
static const char *event_date(hw_writer *w, int32_t time)
{
    const char *v = time_value(w, time);
    size_t n = 0;
    static const char shape[] = "dddd-dd-dd";
    while (v && n < 10 && (shape[n] == 'd' ? v[n] >= '0' && v[n] <= '9' : v[n] == '-')) n++;
    n = n == 10 ? 10 : n >= 7 ? 7 : n >= 4 ? 4 : 0;
    if (!n || (v[n] && v[n] != 'T' && v[n] != '-')) return w->date;
    return n == 4 && w->date[0] && !strncmp(v, w->date, 4) ? w->date : hw_strndup(&w->s->scratch, v, n);
}

static const int64_t *ids_of(hw_writer *w, const int32_t *v, size_t n, size_t *out)
{
    int64_t *ids = HW_NEWS(&w->s->scratch, int64_t, n + 1);
    *out = 0;
    for (size_t i = 0; i < n; i++)
        if (v[i] >= 0 && (size_t)v[i] < w->r->n_entities) ids[(*out)++] = w->entity[v[i]];
    return ids;
}

static int kind_of(const hewal_event *v)
{
    return HW_EVENT_KIND((int)v->type, (int)v->mode, (int)v->status);
}

static void link_event(hw_writer *w, const hewal_event *v, int64_t id, const char *date)
{
    hw_event_sides e = {.event = id, .article = w->n, .date = date, .kind = kind_of(v)};
    e.actors = ids_of(w, v->actors, v->n_actors, &e.n_actors);
    e.targets = ids_of(w, v->targets, v->n_targets, &e.n_targets);
    if (v->place >= 0 && (size_t)v->place < w->r->n_entities) e.place = w->entity[v->place];
    w->ok = w->ok && hw_link_event(w->s, &e);
}

/* One side of an event: in the text's order, and by whom it is. */
static void put_side(hw_writer *w, const hewal_event *v, int64_t id, const char *date, int side)
{
    const int32_t *who = side ? v->targets : v->actors;
    size_t n = side ? v->n_targets : v->n_actors;
    put_party(w, side ? "INSERT INTO event_targets(event, i, entity) VALUES(?1, ?2, ?3)" : "INSERT INTO event_actors(event, i, entity) VALUES(?1, ?2, ?3)", id, who, n);
    for (size_t i = 0; i < n && w->ok; i++) {
        if (who[i] < 0 || (size_t)who[i] >= w->r->n_entities) continue;
        sqlite3_stmt *st = hw_sql(w->s, "INSERT OR IGNORE INTO parties(entity, date, event, side, kind, copy) VALUES(?1, ?2, ?3, ?4, ?5, ?6)");
        hw_bind_int(st, 1, w->entity[who[i]]);
        hw_bind_text(st, 2, date);
        hw_bind_int(st, 3, id);
        hw_bind_int(st, 4, side);
        hw_bind_int(st, 5, kind_of(v));
        hw_bind_int(st, 6, w->copy_of != 0);
        w->ok = hw_run(st);
    }
}

static void put_events(hw_writer *w)
{
    for (size_t i = 0; i < w->r->n_events && w->ok; i++) {
        const hewal_event *v = &w->r->events[i];
        const char *date = event_date(w, v->time);
        uint32_t sb, se;
        around(w->r, v->b, v->e, &sb, &se);
        sqlite3_stmt *st = hw_sql(w->s, "INSERT INTO events(article, i, b, e, sb, se, type, mode, status, place, time, value, in_quote, copy, confidence, date, w1, w2, m1,"
                                        " m2) VALUES(?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?16, ?14 / 100.0, ?15, ?17, ?18, ?19, ?20)");
        bind_span(w, st, i, v->b, v->e);
        hw_bind_int(st, 5, sb);
        hw_bind_int(st, 6, se);
        hw_bind_text(st, 7, hewal_event_type_name(v->type));
        if (v->mode) hw_bind_text(st, 8, hewal_mode_name(v->mode));
        hw_bind_text(st, 9, hewal_event_status_name(v->status));
        bind_entity(w, st, 10, v->place);
        bind_index(st, 11, v->time);
        hw_bind_text(st, 12, time_value(w, v->time));
        bind_index(st, 13, v->in_quote);
        hw_bind_int(st, 14, hw_hundredths(v->confidence));
        hw_bind_text(st, 15, date);
        hw_bind_int(st, 16, w->copy_of != 0);
        bind_words(w, st, 17, sb, se);
        w->ok = hw_run(st);
        int64_t id = sqlite3_last_insert_rowid(w->s->db);
        if (!w->copy_of) hw_sums_total(w->s, HW_TOTAL_EVENTS, 1);
        for (int side = 0; side < 2; side++) put_side(w, v, id, date, side);
        if (v->n_actors && w->ok) link_event(w, v, id, date);
    }
}

void hw_put_facts(hw_writer *w)
{
    const hewal_record *r = w->r;
    hw_arena *a = &w->s->scratch;
    w->entity = HW_NEWS(a, int64_t, r->n_entities + 1);
    w->spelling = HW_NEWS(a, int64_t, r->n_mentions + 1);
    w->named = HW_NEWS(a, bool, r->n_entities + 1);
    for (size_t i = 0; i < r->n_mentions; i++) {
        const hewal_mention *m = &r->mentions[i];
        if (m->type != HEWAL_ROLE && m->entity >= 0 && (size_t)m->entity < r->n_entities) w->named[m->entity] = true;
    }
    put_lists(w);
    if (w->ok) put_quotes(w);
    if (w->ok) put_events(w);
}
