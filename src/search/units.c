/* In: a word, a phrase or a NEAR of the query. Out: its units, each with the ways in which an article may have it. */
#include "search/plan.h"
#include "text/orth.h"

#include <string.h>

/* What a match is worth, by how it came about. */
static const double weight_of[] = {[HW_BY_FORM] = 1.0, [HW_BY_LEMMA] = 0.9, [HW_BY_PREFIX] = 0.5, [HW_BY_SOUND] = 0.8, [HW_BY_LIKENESS] = 0.7, [HW_BY_PHRASE] = 1.0};
static const double OTHER_LEMMA = 0.4 /* of a word that is a lemma itself */, PART = 0.6 /* «bombardment» of «to do a bombardment» */,
                    READ_OTHERWISE = 0.6 /* a name in Latin letters, read as a Kurdish word */;

enum { MIN_PREFIX = 6, /* bytes: three letters */ RARE = 3 /* articles: a word in fewer is asked for in other spellings too */,
       MAX_UNKNOWN = 4 /* words that no article has: of so many others like them are looked for */ };

static void add_way(hw_arena *a, hw_unit *u, hw_way_kind kind, const char *term, double weight)
{
    static const char *const columns[] = {[HW_BY_FORM] = "{title form}", [HW_BY_LEMMA] = "{title lemma more}", [HW_BY_PREFIX] = "{title form lemma}",
                                          [HW_BY_SOUND] = "{title form lemma more}", [HW_BY_LIKENESS] = "{title form lemma more}"};
    if (!*term || u->n == HW_MAX_WAYS) return;
    for (unsigned i = 0; i < u->n; i++)
        if (u->way[i].kind == kind && !strcmp(u->way[i].term, term)) return;
    u->way[u->n++] = (hw_way){.kind = kind, .term = hw_strdup(a, term), .weight = weight > 0 ? weight : weight_of[kind], .n_phrases = 1, .articles = -1,
                              .fts = hw_sprintf(a, "%s : \"%s\"%s", u->node->title ? "title" : columns[kind], term, kind == HW_BY_PREFIX ? " *" : "")};
}

/* The noun or adjective of a compound verb that is written as one word. */
static void add_part(const hewal_model *m, hw_arena *a, hw_unit *u, const char *lemma)
{
    hw_table t = hw_model_table(m, "light-verbs");
    int col = hw_column(&t, "lemma");
    size_t n = strlen(lemma), longest = 0;
    for (uint32_t i = 0; i < t.n_rows; i++) {
        const char *verb = hw_cell(&t, i, col);
        hw_spelling v = hw_orth_word(m->orth, a, verb, strlen(verb));
        if (v.fold_len > longest && n >= v.fold_len + MIN_PREFIX && !strcmp(lemma + n - v.fold_len, v.fold)) longest = v.fold_len;
    }
    if (!longest) return;
    const char *part = hw_strndup(a, lemma, n - longest);
    add_way(a, u, HW_BY_LEMMA, part, PART);
    add_way(a, u, HW_BY_PREFIX, part, 0);
}

static void add_word(const hewal_model *m, hw_arena *a, hw_unit *u, const hw_term *t)
{
    add_way(a, u, HW_BY_FORM, t->form, 0);
    add_way(a, u, HW_BY_LEMMA, t->form, 0);
    for (unsigned i = 0; i < t->n_lemmas; i++) add_way(a, u, HW_BY_LEMMA, t->lemmas[i], t->base ? OTHER_LEMMA : 0);
    const char *stem = t->n_lemmas && !t->base ? t->lemmas[0] : t->form;
    if (strlen(stem) >= MIN_PREFIX && !t->light) add_way(a, u, HW_BY_PREFIX, stem, 0);
    if (t->n_lemmas) add_part(m, a, u, stem);
}

/* ---- Latin script ------------------------------------------------------------------------------------------------------------- */

/* The word in Arabic script, where the model can. */
static void add_transliterated(hw_store *s, const hewal_model *m, hw_arena *a, hw_unit *u, const char *word)
{
    hewal_string out = {0};
    hw_term t;
    if (hewal_to_arabic(m, word, strlen(word), &out) != HEWAL_OK || !out.s) {
        hewal_string_free(&out);
        return;
    }
    const char *arabic = hw_strndup(a, out.s, out.len);
    hewal_string_free(&out);
    hw_terms_begin(s->terms, arabic, strlen(arabic));
    if (hw_terms_next(s->terms, &t) && !t.foreign) add_word(m, a, u, &t);
}

/* Words of the names that sound like it: `Kadhimi` finds kazmî. */
static void add_names(hw_store *s, hw_arena *a, hw_unit *u, const char *form)
{
    const char *reading[16];
    unsigned n = hw_sounds_of(s->sounds, a, form, reading, 16), found = 0;
    for (unsigned i = 0; i < n; i++) {
        const char *key = hw_skeleton(a, reading[i]);
        if (strlen(key) < 2) continue;
        sqlite3_stmt *st = hw_sql(s, "SELECT DISTINCT w.key FROM names k JOIN names w ON w.entity = k.entity AND w.kind = 0 WHERE k.key = ?1 AND k.kind = 1 LIMIT 400");
        hw_bind_text(st, 1, key);
        while (st && sqlite3_step(st) == SQLITE_ROW && found < 6) {
            const char *word = (const char *)sqlite3_column_text(st, 0), *other[16];
            if ((unsigned char)word[0] < 0xD8) continue; /* Latin too */
            unsigned k = hw_sounds_of(s->sounds, a, word, other, 16);
            double best = 1;
            for (unsigned j = 0; j < k; j++)
                if (!strcmp(hw_skeleton(a, other[j]), key)) {
                    double d = hw_sound_distance(reading[i], other[j]);
                    if (d < best) best = d;
                }
            if (best > 0.34) continue;
            add_way(a, u, HW_BY_SOUND, word, 0);
            found++;
        }
        if (st) sqlite3_reset(st);
    }
}

/* ---- words that few articles have -------------------------------------------------------------------------------------------- */

static int64_t articles_with(hw_store *s, hw_arena *a, const hw_unit *u)
{
    int64_t n = 0;
    const char *q = "";
    for (unsigned i = 0; i < u->n; i++)
        if (u->way[i].kind != HW_BY_PREFIX) q = hw_sprintf(a, "%s%s\"%s\"", q, *q ? " OR " : "", u->way[i].term);
    sqlite3_stmt *st = hw_sql(s, "SELECT count(*) FROM (SELECT rowid FROM words WHERE words MATCH ?1 LIMIT 3)");
    hw_bind_text(st, 1, q);
    return *q && hw_run_int(st, 0, &n) ? n : 0;
}

/* ---- units ---------------------------------------------------------------------------------------------------------------------- */

typedef struct {
    hw_plan *p;
    const hewal_model *m;
    hw_arena *a;
    const hw_query_node *leaf;
    bool absent;
} maker;

static hw_unit *new_unit(maker *k)
{
    if (k->p->n == HW_MAX_UNITS) return NULL;
    hw_unit *u = &k->p->unit[k->p->n++];
    *u = (hw_unit){.node = k->leaf, .absent = k->absent};
    return u;
}

/* A word in Latin letters: Kurdish in that script, or a name. Letters that only Kurdish has tell the first, a capital the
 * second. */
static void add_latin(maker *k, hw_unit *u, const char *at, size_t len, const char *form)
{
    hw_store *s = k->p->s;
    bool ascii = true;
    for (size_t i = 0; i < len; i++) ascii = ascii && (unsigned char)at[i] < 0x80;
    u->latin = hw_strndup(k->a, at, len);
    add_transliterated(s, k->m, k->a, u, u->latin);
    if (!ascii && articles_with(s, k->a, u) >= RARE) return;
    unsigned before = u->n;
    add_names(s, k->a, u, form);
    if (!ascii || at[0] < 'A' || at[0] > 'Z' || u->n == before) return;
    for (unsigned i = 0; i < before; i++)
        if ((unsigned char)u->way[i].term[0] >= 0xC0 && u->way[i].weight > READ_OTHERWISE) u->way[i].weight = READ_OTHERWISE;
}

static bool add_plain(maker *k, const char *at, size_t len, const hw_term *t)
{
    hw_unit *u = new_unit(k);
    if (!u) return false;
    hw_store *s = k->p->s;
    const char *form = hw_strdup(k->a, t->form);
    bool foreign = t->foreign;
    u->at = (uint32_t)(at - k->leaf->text);
    u->light = t->light;
    u->plain = !k->leaf->title;
    add_word(k->m, k->a, u, t);
    if (k->absent) return true;
    if (foreign) add_latin(k, u, at, len, form);
    else if (articles_with(s, k->a, u) < RARE) add_names(s, k->a, u, form);
    if (articles_with(s, k->a, u) || k->p->unknown++ >= MAX_UNKNOWN) return true;
    const char *like[4];
    unsigned n = hw_like(s, k->a, form, like, 4);
    for (unsigned i = 0; i < n; i++) add_way(k->a, u, HW_BY_LIKENESS, like[i], 0);
    return true;
}

/* A word written in one piece may be several to the tokenizer. */
static bool add_words(maker *k)
{
    const char *s = k->leaf->text;
    size_t len = strlen(s);
    /* The terms of a word are used up (rare words ask the store, Latin ones are read again): one word at a time. */
    for (size_t at = 0; at < len;) {
        hw_term t;
        hw_terms_begin(k->p->s->terms, s + at, len - at);
        if (!hw_terms_next(k->p->s->terms, &t)) break;
        size_t b = at + t.b, e = at + t.e;
        if (!add_plain(k, s + b, e - b, &t)) return false;
        at = e;
    }
    return true;
}

/* ---- phrases ---------------------------------------------------------------------------------------------------------------------- */

typedef HW_VEC(hw_element) elements;

static void read_elements(maker *k, const hw_query_node *n, unsigned char part, bool exact, elements *out)
{
    hw_term t;
    unsigned first = out->n;
    for (hw_terms_begin(k->p->s->terms, n->text, strlen(n->text)); out->n < HW_MAX_ELEMENTS && hw_terms_next(k->p->s->terms, &t);) {
        hw_element *e = hw_push(k->a, out);
        e->form = hw_strdup(k->a, t.form);
        e->part = part;
        e->exact = exact;
        for (unsigned i = 0; i < t.n_lemmas && !(t.base && i) && e->n_lemmas < 4 && !exact; i++) e->lemma[e->n_lemmas++] = hw_strdup(k->a, t.lemmas[i]);
        if (t.base && !exact && e->n_lemmas) e->lemma[0] = e->form;
    }
    if (out->n > first && n->prefix) {
        out->v[out->n - 1].prefix = true;
        out->v[out->n - 1].n_lemmas = 0; /* of half a word there are none */
    }
}

/* The terms chosen by `pick` (0: the form, else a lemma) as FTS5 wants them. */
static const char *put_elements(hw_arena *a, const elements *v, const unsigned char *pick, unsigned near)
{
    const char *q = near ? "NEAR(" : "";
    for (uint32_t i = 0; i < v->n; i++) {
        const hw_element *e = &v->v[i];
        bool begins = !i || v->v[i - 1].part != e->part, ends = i + 1 == v->n || v->v[i + 1].part != e->part;
        const char *term = pick[i] && pick[i] <= e->n_lemmas ? e->lemma[pick[i] - 1] : e->form;
        q = hw_sprintf(a, "%s%s%s%s%s", q, begins ? (i ? " \"" : "\"") : " ", term, ends ? "\"" : "", ends && e->prefix ? " *" : "");
    }
    return near ? hw_sprintf(a, "%s, %u)", q, near) : q;
}

static void add_phrase_way(maker *k, hw_unit *u, const char *column, const char *q, unsigned phrases, double weight)
{
    if (u->n == HW_MAX_WAYS) return;
    const char *fts = hw_sprintf(k->a, "%s : %s", column, q);
    for (unsigned i = 0; i < u->n; i++)
        if (!strcmp(u->way[i].fts, fts)) return;
    u->way[u->n++] = (hw_way){.kind = HW_BY_PHRASE, .fts = fts, .n_phrases = phrases, .weight = weight, .articles = -1, .more = u->checked && !strcmp(column, "title")};
}

/* The column `lemma` has the best lemma of a word at the word's place: every choice among those that the words of the
 * phrase may have is asked for, as long as they are few. */
static void add_choices(maker *k, hw_unit *u, const elements *v, unsigned phrases)
{
    unsigned char pick[HW_MAX_ELEMENTS];
    for (uint32_t i = 0; i < v->n; i++) pick[i] = v->v[i].n_lemmas ? 1 : 0;
    for (unsigned n = 0; n < HW_MAX_WAYS - 4; n++) {
        add_phrase_way(k, u, "lemma", put_elements(k->a, v, pick, u->near), phrases, 0.9);
        uint32_t i = 0;
        for (; i < v->n; i++) {
            if (pick[i] && pick[i] < v->v[i].n_lemmas) {
                pick[i]++;
                break;
            }
            pick[i] = v->v[i].n_lemmas ? 1 : 0;
        }
        if (i == v->n) return;
    }
}

static bool add_phrase(maker *k)
{
    elements v = {0};
    unsigned parts = 1;
    const hw_query_node *n = k->leaf;
    if (n->kind == HW_Q_NEAR) {
        bool exact = false;
        for (unsigned i = 0; i < n->n; i++) exact = exact || n->kid[i]->exact;
        parts = 0;
        for (unsigned i = 0; i < n->n; i++) {
            uint32_t before = v.n;
            read_elements(k, n->kid[i], (unsigned char)parts, exact, &v);
            parts += v.n > before;
        }
    } else {
        read_elements(k, n, 0, n->exact, &v);
    }
    if (!v.n) return true;
    hw_unit *u = new_unit(k);
    if (!u) return false;
    u->element = v.v;
    u->n_elements = v.n;
    u->near = parts > 1 ? n->near : 0;
    bool one = v.n == 1;
    u->checked = !one || v.v[0].exact;
    unsigned char forms[HW_MAX_ELEMENTS] = {0}, best[HW_MAX_ELEMENTS];
    for (uint32_t i = 0; i < v.n; i++) best[i] = 1;
    if (!n->title) {
        add_phrase_way(k, u, "form", put_elements(k->a, &v, forms, u->near), parts, 1);
        if (!v.v[0].exact) add_choices(k, u, &v, parts);
    }
    /* In titles forms and lemmas stand among one another: up to five terms a word. */
    unsigned room = one ? 0 : (v.n + u->near) * 5;
    elements apart = {0};
    for (uint32_t i = 0; i < v.n; i++) {
        hw_element *e = hw_push(k->a, &apart);
        *e = v.v[i];
        e->part = (unsigned char)i;
    }
    add_phrase_way(k, u, "title", put_elements(k->a, &apart, forms, room), v.n, 1);
    if (!v.v[0].exact) add_phrase_way(k, u, "title", put_elements(k->a, &apart, best, room), v.n, 0.9);
    return true;
}

bool hw_is_leaf(const hw_query_node *n)
{
    return n->kind == HW_Q_WORDS || n->kind == HW_Q_PHRASE || n->kind == HW_Q_NEAR;
}

bool hw_units_add(hw_plan *p, const hewal_model *m, hw_arena *a, const hw_query_node *leaf, bool absent)
{
    maker k = {p, m, a, leaf, absent};
    return leaf->kind == HW_Q_WORDS && !leaf->exact && !leaf->prefix ? add_words(&k) : add_phrase(&k);
}
