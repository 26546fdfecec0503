/* Names of entities. In: what somebody calls a person, in either script. Out: the entities that may be meant, best first.
 *
 * A name is filed under its words, folded; under the consonants of each word, in every likely reading; and under those of
 * all words together, for names that are written together or apart. What articles only describe is filed under all its words in their
 * order: there is one in almost every article, and its words are few. What the keys find is then compared sound by sound. */
#include "store/inside.h"
#include "text/text.h"

#include <stdlib.h>
#include <string.h>

enum { KIND_WORD, KIND_SOUND, KIND_WHOLE, KIND_DESCRIBED, MAX_WORDS = 16, MAX_READINGS = 16, MAX_CANDIDATES = 2000, MAX_DESCRIBED = 200 };

/* Words of Arabic names in Latin letters that are no names themselves. */
static bool is_article(const char *fold)
{
    return !strcmp(fold, "al") || !strcmp(fold, "el") || !strcmp(fold, "ul");
}

unsigned hw_name_words(const hewal_model *m, hw_arena *a, const char *name, const char **out, unsigned max)
{
    hw_token t;
    unsigned n = 0;
    size_t len = strlen(name);
    for (size_t at = 0; n < max && hw_next_token(m, a, name, len, &at, &t);)
        if ((t.kind == HW_WORD || t.kind == HW_LATIN || t.kind == HW_NUMBER) && !is_article(t.fold)) out[n++] = t.fold;
    return n;
}

/* ---- filing ---------------------------------------------------------------------------------------------------------------- */

static bool file_under(hw_store *s, int64_t entity, const char *key, int kind)
{
    sqlite3_stmt *st = hw_sql(s, "INSERT OR IGNORE INTO names(key, kind, entity) VALUES(?1, ?2, ?3)");
    hw_bind_text(st, 1, key);
    hw_bind_int(st, 2, kind);
    hw_bind_int(st, 3, entity);
    return hw_run(st);
}

/* The consonants of all words together, each in its likeliest reading. */
static const char *whole(hw_store *s, hw_arena *a, const char *const *word, unsigned n)
{
    const char *all = "", *r[1];
    for (unsigned i = 0; i < n; i++)
        if (hw_sounds_of(s->sounds, a, word[i], r, 1)) all = hw_sprintf(a, "%s%s", all, hw_skeleton(a, r[0]));
    return all;
}

bool hw_names_note(hw_store *s, int64_t entity, const char *name)
{
    const char *word[MAX_WORDS], *reading[MAX_READINGS];
    if (!name || !*name) return true;
    unsigned n = hw_name_words(s->model, &s->scratch, name, word, MAX_WORDS);
    bool ok = true;
    for (unsigned i = 0; i < n && ok; i++) {
        ok = file_under(s, entity, word[i], KIND_WORD);
        unsigned m = hw_sounds_of(s->sounds, &s->scratch, word[i], reading, MAX_READINGS);
        for (unsigned k = 0; k < m && ok; k++) {
            const char *key = hw_skeleton(&s->scratch, reading[k]);
            if (*key) ok = file_under(s, entity, key, KIND_SOUND);
        }
    }
    const char *all = n > 1 || (n == 1 && strlen(word[0]) > 8) ? whole(s, &s->scratch, word, n) : "";
    return ok && (strlen(all) < 4 || file_under(s, entity, all, KIND_WHOLE));
}

/* "@word word": the @ keeps them apart from words. "" for none. */
static const char *described_key(hw_arena *a, const char *const *word, unsigned n)
{
    const char *key = "";
    for (unsigned i = 0; i < n; i++) key = hw_sprintf(a, "%s%c%s", key, i ? ' ' : '@', word[i]);
    return key;
}

bool hw_names_note_described(hw_store *s, int64_t entity, const char *words)
{
    const char *word[MAX_WORDS] = {NULL};
    const char *key = described_key(&s->scratch, word, words ? hw_name_words(s->model, &s->scratch, words, word, MAX_WORDS) : 0);
    return !*key || file_under(s, entity, key, KIND_DESCRIBED);
}

/* ---- asking ---------------------------------------------------------------------------------------------------------------- */

typedef struct {
    const char *fold;
    const char *lemma[4];
    unsigned n_lemmas;
    const char *reading[MAX_READINGS];
    unsigned n_readings;
} asked_word;

typedef struct {
    hw_store *s;
    hw_arena *a;
    const char *name, *type;
    asked_word word[MAX_WORDS];
    unsigned n;
    const char *known[8]; /* keys that the gazetteer has for the very name */
    unsigned n_known;
    HW_VEC(int64_t) found;
    hw_entity_row *rows;
    size_t n_rows;
} asked;

static void read_query(asked *q)
{
    hw_term w;
    hw_terms_begin(q->s->terms, q->name, strlen(q->name));
    while (q->n < MAX_WORDS && hw_terms_next(q->s->terms, &w)) {
        if (is_article(w.form)) continue;
        asked_word *x = &q->word[q->n++];
        x->fold = hw_strdup(q->a, w.form);
        for (unsigned i = 0; i < w.n_lemmas && i < 4; i++) x->lemma[x->n_lemmas++] = hw_strdup(q->a, w.lemmas[i]);
        x->n_readings = hw_sounds_of(q->s->sounds, q->a, x->fold, x->reading, MAX_READINGS);
    }
}

/* Keys of the gazetteer's rows that have this name: "people:Mustafa al-Kadhimi". */
static void ask_gazetteer(asked *q)
{
    static const char *const tables[] = {"people", "places", "organisations"}; /* as the manifest orders those of index "names" */
    unsigned words;
    hw_index ix = hw_model_index(q->s->model, "names");
    const hw_slot *slot = hw_index_find(&ix, hw_phrase_of(q->s->model, q->a, q->name, strlen(q->name), &words));
    for (uint32_t i = 0; slot && i < slot->n && q->n_known < 8; i++) {
        const hw_post *p = &ix.posts[slot->first + i];
        if (p->table >= 3) continue;
        hw_table t = hw_model_table(q->s->model, tables[p->table]);
        q->known[q->n_known++] = hw_sprintf(q->a, "%s:%s", tables[p->table], hw_cell(&t, p->row, hw_column(&t, "english")));
    }
}

static int by_id(const void *a, const void *b)
{
    int64_t x = *(const int64_t *)a, y = *(const int64_t *)b;
    return x < y ? -1 : x > y;
}

typedef HW_VEC(int64_t) ids;

static bool gather(asked *q, const char *key, int kind, ids *out)
{
    sqlite3_stmt *st = hw_sql(q->s, "SELECT entity FROM names WHERE key = ?1 AND kind = ?2 LIMIT 20000");
    int rc = SQLITE_ERROR;
    hw_bind_text(st, 1, key);
    hw_bind_int(st, 2, kind);
    while (st && (rc = sqlite3_step(st)) == SQLITE_ROW) {
        int64_t *id = hw_push(q->a, out);
        *id = sqlite3_column_int64(st, 0);
    }
    if (st) sqlite3_reset(st);
    return rc == SQLITE_DONE;
}

/* What is described by these words, or by more that begin with them. */
static bool gather_described(asked *q, const char *const *word, ids *out)
{
    const char *key = described_key(q->a, word, q->n);
    sqlite3_stmt *st = hw_sql(q->s, "SELECT entity FROM names WHERE key >= ?1 AND key < ?2 LIMIT ?3");
    int rc = SQLITE_ERROR;
    hw_bind_text(st, 1, key);
    hw_bind_text(st, 2, hw_sprintf(q->a, "%s!", key)); /* a space comes before an exclamation mark, and letters behind it */
    hw_bind_int(st, 3, MAX_DESCRIBED);
    while (st && (rc = sqlite3_step(st)) == SQLITE_ROW) *(int64_t *)hw_push(q->a, out) = sqlite3_column_int64(st, 0);
    if (st) sqlite3_reset(st);
    return rc == SQLITE_DONE;
}

static void sort_unique(ids *v)
{
    uint32_t n = 0;
    if (v->n) qsort(v->v, v->n, sizeof *v->v, by_id);
    for (uint32_t i = 0; i < v->n; i++)
        if (!n || v->v[n - 1] != v->v[i]) v->v[n++] = v->v[i];
    v->n = n;
}

/* Entities that have a word for each word asked, or that sound like all of them together. */
static bool find_candidates(asked *q)
{
    ids all = {0};
    bool ok = true;
    const char *fold[MAX_WORDS] = {NULL};
    for (unsigned i = 0; i < q->n; i++) {
        const asked_word *w = &q->word[i];
        ids mine = {0};
        fold[i] = w->fold;
        ok = ok && gather(q, w->fold, KIND_WORD, &mine);
        for (unsigned k = 0; k < w->n_lemmas; k++) ok = ok && gather(q, w->lemma[k], KIND_WORD, &mine);
        for (unsigned k = 0; k < w->n_readings; k++) {
            const char *key = hw_skeleton(q->a, w->reading[k]);
            if (*key) ok = ok && gather(q, key, KIND_SOUND, &mine);
        }
        sort_unique(&mine);
        if (i == 0) {
            all = mine;
            continue;
        }
        uint32_t n = 0;
        for (uint32_t x = 0, y = 0; x < all.n && y < mine.n;)
            if (all.v[x] < mine.v[y]) x++;
            else if (all.v[x] > mine.v[y]) y++;
            else all.v[n++] = all.v[x++], y++;
        all.n = n;
    }
    const char *together = q->n ? whole(q->s, q->a, fold, q->n) : "";
    if (strlen(together) >= 4) ok = ok && gather(q, together, KIND_WHOLE, &all);
    ok = ok && gather_described(q, fold, &all);
    for (unsigned i = 0; i < q->n_known && ok; i++) {
        int64_t id;
        sqlite3_stmt *st = hw_sql(q->s, "SELECT id FROM entities WHERE key = ?1");
        hw_bind_text(st, 1, q->known[i]);
        ok = hw_run_int(st, 0, &id);
        if (ok && id) *(int64_t *)hw_push(q->a, &all) = id;
    }
    sort_unique(&all);
    q->found.v = all.v;
    q->found.n = all.n < MAX_CANDIDATES ? all.n : MAX_CANDIDATES;
    return ok;
}

/* ---- comparing ---------------------------------------------------------------------------------------------------------------- */

/* How well a word of a name answers a word asked: 1 the same, 0 not at all. */
static double word_match(asked *q, const asked_word *w, const char *fold)
{
    const char *reading[MAX_READINGS];
    double best = 0;
    if (!strcmp(w->fold, fold)) return 1;
    for (unsigned i = 0; i < w->n_lemmas; i++)
        if (!strcmp(w->lemma[i], fold)) return 0.97;
    unsigned n = hw_sounds_of(q->s->sounds, q->a, fold, reading, MAX_READINGS);
    for (unsigned i = 0; i < w->n_readings; i++)
        for (unsigned k = 0; k < n; k++) {
            const char *x = hw_skeleton(q->a, w->reading[i]), *y = hw_skeleton(q->a, reading[k]);
            if (strcmp(x, y) != 0 || !*x) continue;
            double d = hw_sound_distance(w->reading[i], reading[k]);
            if (d > (strlen(x) > 2 ? 0.4 : strlen(x) > 1 ? 0.34 : 0.2)) continue;
            if (0.9 - 0.4 * d > best) best = 0.9 - 0.4 * d;
        }
    return best;
}

static double name_match(asked *q, const char *name)
{
    const char *word[MAX_WORDS], *fold[MAX_WORDS] = {NULL};
    bool taken[MAX_WORDS] = {false};
    if (!name || !*name) return 0;
    unsigned n = hw_name_words(q->s->model, q->a, name, word, MAX_WORDS);
    double sum = 0;
    bool all = n > 0;
    for (unsigned i = 0; i < q->n && all; i++) {
        double best = 0;
        unsigned at = 0;
        for (unsigned k = 0; k < n; k++) {
            double m = taken[k] ? 0 : word_match(q, &q->word[i], word[k]);
            if (m > best) best = m, at = k;
        }
        all = best > 0;
        taken[at] = true;
        sum += best;
    }
    if (all) return sum / q->n * (0.85 + 0.15 * q->n / n);
    for (unsigned i = 0; i < q->n; i++) fold[i] = q->word[i].fold;
    const char *x = whole(q->s, q->a, fold, q->n);
    return n && strlen(x) >= 4 && !strcmp(x, whole(q->s, q->a, word, n)) ? 0.8 : 0; /* together or apart */
}

static double entity_match(asked *q, const char *key, const char *name, const char *name_ckb, int64_t id, bool *ok)
{
    for (unsigned i = 0; i < q->n_known; i++)
        if (!strcmp(key, q->known[i])) return 1;
    double best = name_match(q, name), m = name_match(q, name_ckb);
    if (m > best) best = m;
    sqlite3_stmt *st = hw_sql(q->s, "SELECT form FROM spellings WHERE entity = ?1 AND type <> 'ROLE' LIMIT 60");
    hw_bind_int(st, 1, id);
    int rc = SQLITE_ERROR;
    while (st && (rc = sqlite3_step(st)) == SQLITE_ROW)
        if ((m = name_match(q, (const char *)sqlite3_column_text(st, 0))) > best) best = m;
    if (st) sqlite3_reset(st);
    *ok = *ok && rc == SQLITE_DONE;
    return strchr(key, '@') ? 0.85 * best : best; /* what is only described: «the spokesman of Kadhimi» */
}

static const char entity_sql[] = "SELECT id, key, type, name, name_ckb, known, articles, mentions, quotes FROM entities e WHERE id = ?1";

static bool load_row(hw_store *s, hw_arena *a, int64_t id, hw_entity_row *r, bool *there)
{
    sqlite3_stmt *st = hw_sql(s, entity_sql);
    hw_bind_int(st, 1, id);
    int rc = st ? sqlite3_step(st) : SQLITE_ERROR;
    *there = rc == SQLITE_ROW;
    if (*there)
        *r = (hw_entity_row){.id = id, .key = hw_column_text(a, st, 1), .type = hw_column_text(a, st, 2), .name = hw_column_text(a, st, 3),
                             .name_ckb = hw_column_text(a, st, 4), .known = sqlite3_column_int(st, 5), .articles = sqlite3_column_int64(st, 6),
                             .mentions = sqlite3_column_int64(st, 7), .quotes = sqlite3_column_int64(st, 8)};
    if (st) sqlite3_reset(st);
    return rc == SQLITE_ROW || rc == SQLITE_DONE;
}

static int best_first(const void *a, const void *b)
{
    const hw_entity_row *x = a, *y = b;
    if (x->match != y->match) return x->match > y->match ? -1 : 1;
    if (x->mentions != y->mentions) return x->mentions > y->mentions ? -1 : 1;
    return x->id < y->id ? -1 : x->id > y->id;
}

/* Rows and their strings as one block. */
static hw_entity_row *as_block(const hw_entity_row *rows, size_t n)
{
    size_t size = n * sizeof *rows;
    for (size_t i = 0; i < n; i++) {
        const char *v[] = {rows[i].key, rows[i].type, rows[i].name, rows[i].name_ckb};
        for (int k = 0; k < 4; k++) size += v[k] ? strlen(v[k]) + 1 : 0;
    }
    hw_entity_row *out = malloc(size ? size : 1);
    if (!out) return NULL;
    char *w = (char *)(out + n);
    for (size_t i = 0; i < n; i++) {
        out[i] = rows[i];
        const char **v[] = {&out[i].key, &out[i].type, &out[i].name, &out[i].name_ckb};
        for (int k = 0; k < 4; k++)
            if (*v[k]) {
                size_t len = strlen(*v[k]) + 1;
                memcpy(w, *v[k], len);
                *v[k] = w;
                w += len;
            }
    }
    return out;
}

static bool compare(asked *q)
{
    bool ok = true, there;
    q->rows = HW_NEWS(q->a, hw_entity_row, q->found.n + 1);
    for (uint32_t i = 0; i < q->found.n && ok; i++) {
        hw_entity_row r;
        ok = load_row(q->s, q->a, q->found.v[i], &r, &there);
        if (!ok || !there || (q->type && strcmp(q->type, r.type) != 0)) continue;
        r.match = entity_match(q, r.key, r.name, r.name_ckb, r.id, &ok);
        if (r.match > 0) q->rows[q->n_rows++] = r;
    }
    if (q->n_rows) qsort(q->rows, q->n_rows, sizeof *q->rows, best_first);
    return ok;
}

static hewal_status find(hw_store *s, const char *name, const char *type, size_t max, hw_entity_row **out, size_t *n, hewal_error *err)
{
    hw_arena_reset(&s->scratch);
    asked *q = HW_NEW(&s->scratch, asked);
    q->s = s;
    q->a = &s->scratch;
    q->name = name;
    q->type = type;
    read_query(q);
    if (!q->n) return HEWAL_OK;
    ask_gazetteer(q);
    if (!find_candidates(q) || !compare(q)) return hw_store_fault(s, err);
    size_t k = q->n_rows < max ? q->n_rows : max;
    if (!(*out = as_block(q->rows, k))) return hw_fail(err, HEWAL_ENOMEM, "out of memory");
    *n = k;
    return HEWAL_OK;
}

hewal_status hw_store_find(hw_store *s, const char *name, const char *type, size_t max, hw_entity_row **out, size_t *n, hewal_error *err)
{
    *out = NULL;
    *n = 0;
    hw_store_lock(s);
    hewal_status st = hw_arena_guard(&s->scratch) ? hw_fail(err, HEWAL_ENOMEM, "out of memory") : find(s, name, type, max, out, n, err);
    s->scratch.guarded = 0;
    hw_store_unlock(s);
    return st;
}

size_t hw_store_best(const hw_entity_row *v, size_t n)
{
    size_t k = 0;
    while (k < n && v[k].match >= v[0].match - 0.05) k++;
    return k;
}

hewal_status hw_store_entity(hw_store *s, int64_t id, hw_entity_row **out, hewal_error *err)
{
    hw_entity_row r;
    bool there = false;
    *out = NULL;
    hw_store_lock(s);
    hw_arena_reset(&s->scratch);
    hewal_status st = load_row(s, &s->scratch, id, &r, &there) ? HEWAL_OK : hw_store_fault(s, err);
    if (st == HEWAL_OK && there && !(*out = as_block(&r, 1))) st = hw_fail(err, HEWAL_ENOMEM, "out of memory");
    hw_store_unlock(s);
    return st;
}
