/* In: settled spans. Out: the entity each stands for: one entity a real thing, spelling variants and short forms too. */
#include "names/find.h"

#include "base/hash.h"
#include "morph/translit.h"
#include <string.h>

struct hw_entity_key {
    uint64_t key;             /* what identifies it: list and row, or its words */
    uint64_t parts[4];        /* a person's words, for short forms */
    uint32_t at[4];           /* the tokens they stand at */
    uint32_t n_parts;
    int32_t same_first;       /* another person with the same first word, or -1 */
};

static int32_t find_key(const hw_finder *f, uint64_t key)
{
    return hw_map_get(&f->by_key, key);
}

static int32_t add_entity(hw_finder *f, uint64_t key, hewal_type type, const char *name, const char *ckb, const char *known, float confidence)
{
    if (f->n_keys == f->cap_keys) {
        uint32_t cap = f->cap_keys ? f->cap_keys * 2 : 32;
        struct hw_entity_key *k = HW_NEWS(f->a, struct hw_entity_key, cap);
        if (f->n_keys) memcpy(k, f->keys, f->n_keys * sizeof *k);
        f->keys = k;
        f->cap_keys = cap;
    }
    hw_map_set(f->a, &f->by_key, key, (int32_t)f->n_keys);
    f->keys[f->n_keys++] = (struct hw_entity_key){.key = key};
    hewal_entity *e = hw_push(f->a, &f->out->entities);
    *e = (hewal_entity){type, name, ckb, known, confidence};
    *hw_push(f->a, &f->out->place_rows) = 0;
    return (int32_t)f->out->entities.n - 1;
}

static const char *const table_names[] = {"people", "places", "organisations"};

int32_t hw_entity_listed(hw_finder *f, int table, uint32_t row)
{
    const hw_table *t = &f->tables[table];
    const char *english = hw_cell(t, row, hw_column(t, "english"));
    uint64_t key = hw_phrase((uint64_t)table + 1, hw_hash(english, strlen(english)));
    int32_t e = find_key(f, key);
    if (e >= 0) return e;
    hewal_type type = table == HW_PEOPLE ? HEWAL_PER : table == HW_PLACES ? HEWAL_LOC : HEWAL_ORG;
    e = add_entity(f, key, type, english, hw_cell(t, row, hw_column(t, "name")), hw_sprintf(f->a, "%s:%s", table_names[table], english), 0.9f);
    if (table == HW_PLACES) f->out->place_rows.v[e] = row + 1;
    return e;
}

/* The word's hash without what may hang on it: the shortest form it can be looked up by, so that «dêlyoyt» and
 * «dêlyoytî» are one. */
static uint64_t bare(const hw_finder *f, uint32_t i)
{
    const hw_word *w = &f->w->v[i];
    uint64_t h = hw_tok(f, i)->hash;
    for (unsigned k = 0; k < w->n_forms; k++)
        if (!w->forms[k].lemma && w->forms[k].marks && !(w->forms[k].marks & ~(uint32_t)(HW_M_IZAFE | HW_M_LOC | HW_M_ABL | HW_M_ISH)))
            h = w->forms[k].hash;
    return h;
}

/* What the last word of a name is without its ending, where a reading says so; else the word. A lone -î stays: it is the
 * end of half the family names. */
static const char *bare_text(const hw_finder *f, uint32_t i)
{
    const hw_word *w = &f->w->v[i];
    uint64_t h = 0;
    for (unsigned k = 0; k < w->n_forms; k++)
        if (!w->forms[k].lemma && w->forms[k].marks && !(w->forms[k].marks & ~(uint32_t)(HW_M_LOC | HW_M_ABL | HW_M_ISH))) h = w->forms[k].hash;
    if (!h) return hw_tok(f, i)->norm;
    for (unsigned k = 0; k < w->n; k++)
        if (w->analyses[k].lemma_hash == h) return w->analyses[k].lemma;
    return hw_tok(f, i)->norm;
}

const char *hw_kurdish(hw_finder *f, uint32_t first, uint32_t last)
{
    const char *end = bare_text(f, last);
    size_t n = strlen(end) + 2;
    for (uint32_t i = first; i < last; i++) n += hw_tok(f, i)->norm_len + 1;
    char *s = hw_alloc(f->a, n), *p = s;
    for (uint32_t i = first; i <= last; i++) {
        const hw_token *t = hw_tok(f, i);
        const char *text = i == last ? end : t->norm;
        if (i > first && !(t->flags & HW_GLUED)) *p++ = ' ';
        size_t len = strlen(text);
        memcpy(p, text, len);
        p += len;
    }
    *p = 0;
    return s;
}

const char *hw_english(hw_finder *f, uint32_t first, uint32_t last)
{
    const char *s = hw_kurdish(f, first, last);
    return hw_latin(f->x->model, f->a, s, strlen(s));
}

static uint64_t words_key(const hw_finder *f, const hw_span *s)
{
    uint64_t h = hw_phrase(HW_PHRASE_START, (uint64_t)s->type + 100);
    for (uint32_t i = s->first; i <= s->last; i++) h = hw_phrase(h, bare(f, i));
    return h;
}

static int32_t short_for(const hw_finder *f, uint32_t i);

/* A person seen before whose words hold all of these, first and last agreeing: «fuad ḧusên» and «fuad miḧemed ḧusên». */
static int32_t same_person(const hw_finder *f, const uint64_t *parts, uint32_t n)
{
    unsigned looked = 0;
    for (int32_t i = n < 2 ? -1 : hw_map_get(&f->by_first, parts[0]); i >= 0 && looked < 64; i = f->keys[i].same_first, looked++) {
        const struct hw_entity_key *k = &f->keys[i];
        if (k->n_parts < 2) continue;
        if (k->parts[k->n_parts - 1] == parts[n - 1] || (n > 2 && k->n_parts == 2 && k->parts[1] == parts[1]) ||
            (k->n_parts > 2 && n == 2 && k->parts[1] == parts[1]))
            return i;
    }
    return HEWAL_NONE;
}

enum { PEOPLE_LOOKED_AT = 64 }; /* the time stays linear */

/* A person seen before whose name is spelt a little otherwise, each word of it. */
static int32_t spelt_otherwise(const hw_finder *f, const uint32_t *at, uint32_t n)
{
    if (n < 2) return HEWAL_NONE;
    for (uint32_t e = 0, looked = 0; e < f->n_keys && looked < PEOPLE_LOOKED_AT; e++) {
        const struct hw_entity_key *k = &f->keys[e];
        if (k->n_parts < 2) continue;
        looked++;
        bool same = k->n_parts == n;
        for (uint32_t i = 0; i < n && same; i++) same = hw_alike(hw_tok(f, at[i]), hw_tok(f, k->at[i]));
        if (same) return (int32_t)e;
    }
    return HEWAL_NONE;
}

/* The words a person may be called by later. The first who bears a word keeps it. */
static void note_parts(hw_finder *f, int32_t e, const hw_span *s)
{
    struct hw_entity_key *k = &f->keys[e];
    if (k->n_parts > s->last - s->first) return;
    bool fresh = k->n_parts == 0;
    k->n_parts = 0;
    for (uint32_t i = s->first; i <= s->last && k->n_parts < 4; i++) {
        if (hw_tok(f, i)->kind != HW_WORD) continue;
        uint64_t h = i < s->last ? hw_tok(f, i)->hash : bare(f, i);
        k->at[k->n_parts] = i;
        k->parts[k->n_parts++] = h;
    }
    if (!k->n_parts) return;
    if (fresh) {
        k->same_first = hw_map_get(&f->by_first, k->parts[0]);
        hw_map_set(f->a, &f->by_first, k->parts[0], e);
    }
    if (k->n_parts < 2) return;
    if (hw_map_get(&f->by_last, k->parts[k->n_parts - 1]) < 0) hw_map_set(f->a, &f->by_last, k->parts[k->n_parts - 1], e);
    if (k->n_parts > 2 && hw_map_get(&f->by_last, k->parts[1]) < 0) hw_map_set(f->a, &f->by_last, k->parts[1], e);
}

static const char *composed_name(hw_finder *f, const hw_span *s)
{
    const char *head = hw_cell(&f->heads, s->row, hw_column(&f->heads, "english"));
    hw_match m[4];
    uint32_t i = s->first;
    if (hw_match_at(f->w, &f->heads_ix, i, m, 4)) i = m[0].last + 1;
    const char *name = *head ? head : "";
    while (i <= s->last) {
        hw_span in;
        const char *part;
        uint32_t last = i;
        if (hw_listed_at(f, i, &in) && in.last <= s->last) {
            const hw_table *t = &f->tables[in.table];
            part = hw_cell(t, in.row, hw_column(t, "english"));
            if (i > s->first + 1 && !strstr(name + (strlen(name) > 3 ? strlen(name) - 3 : 0), "of")) part = hw_sprintf(f->a, "of %s", part);
            last = in.last;
        } else if (hw_match_at(f->w, &f->portfolio_ix, i, m, 4) && m[0].last <= s->last) {
            part = hw_cell(&f->portfolios, f->portfolio_ix.posts[m[0].slot->first].row, hw_column(&f->portfolios, "english"));
            last = m[0].last;
        } else {
            part = hw_english(f, i, i);
        }
        name = *name ? hw_sprintf(f->a, "%s %s", name, part) : part;
        i = last + 1;
    }
    return name;
}

int32_t hw_entity_for(hw_finder *f, const hw_span *s)
{
    int32_t e;
    if (s->how == HW_SHORT) return s->entity;
    if (s->how == HW_LISTED) {
        e = hw_entity_listed(f, s->table, s->row);
        if (s->table == HW_PEOPLE) note_parts(f, e, s);
        return e;
    }
    /* «karter gutî» behind «cîmî karter»: found by its place in the sentence, but a short form all the same. */
    if (s->type == HEWAL_PER && s->first == s->last && (e = short_for(f, s->first)) >= 0) return e;
    uint64_t key = words_key(f, s);
    if ((e = find_key(f, key)) >= 0) return e;
    if (s->type == HEWAL_PER) {
        uint64_t parts[4];
        uint32_t n = 0, at[4];
        for (uint32_t i = s->first; i <= s->last && n < 4; i++) {
            if (hw_tok(f, i)->kind != HW_WORD) continue;
            at[n] = i;
            parts[n++] = i < s->last ? hw_tok(f, i)->hash : bare(f, i);
        }
        e = same_person(f, parts, n);
        if (e < 0) e = spelt_otherwise(f, at, n);
        if (e < 0) e = add_entity(f, key, HEWAL_PER, hw_english(f, s->first, s->last), hw_kurdish(f, s->first, s->last), NULL, 0.7f);
        note_parts(f, e, s);
        return e;
    }
    const char *name = s->how == HW_COMPOSED ? composed_name(f, s) : hw_english(f, s->first, s->last);
    return add_entity(f, key, s->type, name, hw_kurdish(f, s->first, s->last), NULL, 0.7f);
}

int32_t hw_entity_for_role(hw_finder *f, uint64_t key, const char *name, const char *name_ckb)
{
    int32_t e = find_key(f, key);
    return e >= 0 ? e : add_entity(f, key, HEWAL_PER, name, name_ckb, NULL, 0.6f);
}

/* ---- short forms ------------------------------------------------------------------------------------------------- */

/* Whom the word alone may mean: somebody named in full in the article whose last word it is, or whose first when that
 * is no ordinary word. */
static int32_t short_for(const hw_finder *f, uint32_t i)
{
    const hw_word *w = &f->w->v[i];
    bool common = hw_is_common(f, i);
    const uint32_t never = HW_M_INDEF | HW_M_PLURAL | HW_M_DEF | HW_M_PAST;
    for (unsigned k = 0; k < w->n_forms; k++) {
        if (w->forms[k].lemma || (w->forms[k].marks & never) || (common && w->forms[k].marks)) continue;
        int32_t e = hw_map_get(&f->by_last, w->forms[k].hash);
        if (e >= 0) return e;
        e = common ? HEWAL_NONE : hw_map_get(&f->by_first, w->forms[k].hash);
        if (e >= 0 && f->keys[e].n_parts >= 2) return e;
    }
    return HEWAL_NONE;
}

void hw_entities_link_short(hw_finder *f)
{
    if (!f->by_last.n) return;
    for (uint32_t i = 0; i < f->x->tokens.n; i++) {
        if (f->span_at[i] >= 0 || hw_tok(f, i)->kind != HW_WORD || (hw_tok(f, i)->flags & HW_JUNK)) continue;
        int32_t e = short_for(f, i);
        if (e < 0) continue;
        f->span_at[i] = (int32_t)f->spans.n;
        *hw_push(f->a, &f->spans) = (hw_span){.first = i, .last = i, .type = HEWAL_PER, .how = HW_SHORT, .table = HW_NO_TABLE, .entity = e, .confidence = 0.8f};
    }
}
