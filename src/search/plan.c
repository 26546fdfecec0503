/* In: a query as people type it. Out: units, each with the ways in which an article may have it. */
#include "search/plan.h"
#include "text/orth.h"

#include <string.h>

/* What a match is worth, by how it came about. */
static const double weight_of[] = {[HW_BY_FORM] = 1.0, [HW_BY_LEMMA] = 0.9, [HW_BY_PREFIX] = 0.5, [HW_BY_SOUND] = 0.8, [HW_BY_LIKENESS] = 0.7};
static const double OTHER_LEMMA = 0.4 /* of a word that is a lemma itself */, PART = 0.6 /* «bombardment» of «to do a bombardment» */;

enum { MIN_PREFIX = 6, /* bytes: three letters */ RARE = 3 /* articles: a word in fewer is asked for in other spellings too */ };

static void add_way(hw_arena *a, hw_unit *u, hw_way_kind kind, const char *term, double weight)
{
    if (!*term || u->n == HW_MAX_WAYS) return;
    for (unsigned i = 0; i < u->n; i++)
        if (u->way[i].kind == kind && !strcmp(u->way[i].term, term)) return;
    u->way[u->n++] = (hw_way){.kind = kind, .term = hw_strdup(a, term), .weight = weight > 0 ? weight : weight_of[kind]};
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

/* Words of the names that sound like it: `Kadhimi` finds کازمی. */
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

/* ---- reading the query --------------------------------------------------------------------------------------------------------- */

typedef struct {
    hw_store *s;
    const hewal_model *m;
    hw_arena *a;
    hw_plan *p;
} reader;

static void read_word(reader *r, const char *at, size_t len, const hw_term *t, bool absent)
{
    if (r->p->n == HW_MAX_UNITS) return;
    hw_unit *u = &r->p->unit[r->p->n++];
    const char *form = hw_strdup(r->a, t->form);
    *u = (hw_unit){.absent = absent, .light = t->light};
    add_word(r->m, r->a, u, t);
    if (absent) return;
    bool foreign = t->foreign;
    if (foreign) {
        add_transliterated(r->s, r->m, r->a, u, hw_strndup(r->a, at, len));
        add_names(r->s, r->a, u, form);
    } else if (articles_with(r->s, r->a, u) < RARE) {
        add_names(r->s, r->a, u, form);
    }
    if (articles_with(r->s, r->a, u)) return;
    const char *like[4];
    unsigned n = hw_like(r->s, r->a, form, like, 4);
    for (unsigned i = 0; i < n; i++) add_way(r->a, u, HW_BY_LIKENESS, like[i], 0);
}

/* The words between quotation marks, one after another: by form, or by lemma. */
static void read_phrase(reader *r, const char *s, size_t len, bool absent)
{
    const char *forms = "", *lemmas = "";
    unsigned n = 0;
    hw_term t;
    if (r->p->n == HW_MAX_UNITS) return;
    for (hw_terms_begin(r->s->terms, s, len); hw_terms_next(r->s->terms, &t); n++) {
        forms = hw_sprintf(r->a, "%s%s%s", forms, n ? " " : "", t.form);
        lemmas = hw_sprintf(r->a, "%s%s%s", lemmas, n ? " " : "", t.n_lemmas ? t.lemmas[0] : t.form);
    }
    if (!n) return;
    hw_unit *u = &r->p->unit[r->p->n++];
    *u = (hw_unit){.absent = absent};
    add_way(r->a, u, HW_BY_FORM, forms, 0);
    add_way(r->a, u, HW_BY_LEMMA, lemmas, 0);
}

static size_t mark_at(const char *s)
{
    static const char *const marks[] = {"\"", "«", "»", "“", "”", "„"};
    for (size_t i = 0; i < sizeof marks / sizeof *marks; i++)
        if (!strncmp(s, marks[i], strlen(marks[i]))) return strlen(marks[i]);
    return 0;
}

static void read_words(reader *r, const char *s, size_t len, bool absent)
{
    /* The terms of a word are used up (rare words ask the store, Latin ones are read again): one word at a time. */
    for (size_t at = 0; at < len;) {
        hw_term t;
        hw_terms_begin(r->s->terms, s + at, len - at);
        if (!hw_terms_next(r->s->terms, &t)) return;
        size_t b = at + t.b, e = at + t.e;
        read_word(r, s + b, e - b, &t, absent);
        at = e;
    }
}

static void read_query(reader *r, const char *q)
{
    while (*q) {
        while (*q == ' ' || *q == '\t' || *q == '\n' || *q == '\r') q++;
        bool absent = *q == '-' && q[1] && q[1] != ' ';
        q += absent;
        size_t mark = mark_at(q);
        if (mark) {
            const char *e = q += mark;
            while (*e && !mark_at(e)) e++;
            read_phrase(r, q, (size_t)(e - q), absent);
            q = e + mark_at(e);
            continue;
        }
        size_t n = strcspn(q, " \t\r\n");
        for (size_t i = 1; i < n; i++)
            if (mark_at(q + i)) n = i;
        read_words(r, q, n, absent);
        q += n;
    }
}

hw_plan *hw_plan_make(hw_store *s, const hewal_model *m, hw_arena *a, const char *query)
{
    hw_plan *p = HW_NEW(a, hw_plan);
    reader r = {s, m, a, p};
    read_query(&r, query);
    bool wanted = false, heavy = false;
    for (unsigned i = 0; i < p->n; i++) {
        wanted = wanted || !p->unit[i].absent;
        heavy = heavy || (!p->unit[i].absent && !p->unit[i].light);
    }
    unsigned n = 0;
    for (unsigned i = 0; i < p->n; i++)
        if (p->unit[i].absent || !heavy || !p->unit[i].light) p->unit[n++] = p->unit[i];
    p->n = n;
    return wanted ? p : NULL;
}

/* ---- the FTS5 query ------------------------------------------------------------------------------------------------------------- */

static const char *put_unit(hw_plan *p, hw_arena *a, unsigned i, bool sure, const char *q)
{
    static const char *const columns[] = {[HW_BY_FORM] = "{title form}", [HW_BY_LEMMA] = "{title lemma more}", [HW_BY_PREFIX] = "{title form lemma}", [HW_BY_SOUND] = "{title form lemma more}",
                                          [HW_BY_LIKENESS] = "{title form lemma more}"};
    const hw_unit *u = &p->unit[i];
    q = hw_sprintf(a, "%s(", q);
    bool first = true;
    for (unsigned k = 0; k < u->n; k++) {
        if (p->n_phrases == HW_MAX_PHRASES || (sure && u->way[k].weight < HW_SURE)) continue;
        p->phrase[p->n_phrases].unit = (unsigned char)i;
        p->phrase[p->n_phrases++].way = (unsigned char)k;
        q = hw_sprintf(a, "%s%s%s : \"%s\"%s", q, first ? "" : " OR ", columns[u->way[k].kind], u->way[k].term, u->way[k].kind == HW_BY_PREFIX ? " *" : "");
        first = false;
    }
    return hw_sprintf(a, "%s)", q);
}

const char *hw_plan_query(hw_plan *p, hw_arena *a, bool all)
{
    const char *q = "(";
    unsigned n = 0;
    p->n_phrases = 0;
    p->ready = false;
    for (unsigned i = 0; i < p->n; i++) {
        if (p->unit[i].absent || p->n_phrases + p->unit[i].n > HW_MAX_PHRASES) continue;
        q = hw_sprintf(a, "%s%s", q, !n++ ? "" : all ? " AND " : " OR ");
        q = put_unit(p, a, i, all, q);
    }
    q = hw_sprintf(a, "%s)", q);
    for (unsigned i = 0; i < p->n; i++)
        if (p->unit[i].absent && p->n_phrases + p->unit[i].n <= HW_MAX_PHRASES) q = put_unit(p, a, i, true, hw_sprintf(a, "%s NOT ", q));
    return q;
}
