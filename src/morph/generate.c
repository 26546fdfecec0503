/* In: a lemma and features. Out: its forms. The net that is not folded (net.h) is walked from its root; only tags are followed
 * that the features allow, so that few ways are left. */
#include "morph/generate.h"

#include "base/hash.h"
#include "base/vec.h"
#include "morph/lookup.h"
#include <stdlib.h>
#include <string.h>

#define STEPS_MAX 400000
#define FORM_MAX 512
#define UNUSUAL 0.35f /* forms that are so much worse than the best are left out */

struct hw_maker {
    hw_lexicon l;
    hw_arena *a;
    HW_VEC(const hw_entry *) stems, preverbs;
    uint32_t upos;
};

/* ---- the lemma's stems ---------------------------------------------------------------------------------------------- */

static bool is_preverb(const hw_lexicon *l, const hw_entry *e) { return e->slot == l->net->preverb_slot; }
static bool names_lexeme(const hw_lexicon *l, const hw_entry *e)
{
    return !is_preverb(l, e) && e->slot != l->net->preverb2_slot && e->slot / HW_NET_ENDS != l->net->goal;
}

static bool wanted_preverb(const hw_maker *g, uint32_t number)
{
    for (size_t i = 0; i < g->stems.n; i++)
        if (g->l.lexemes[g->stems.v[i]->lexeme].preverb == number) return true;
    return false;
}

hw_maker *hw_maker_new(const hewal_model *m, hw_arena *a, const char *lemma, int upos)
{
    hw_maker *g = HW_NEW(a, hw_maker);
    g->a = a;
    if (!hw_lexicon_of(m, &g->l)) return NULL;
    const hw_net *net = g->l.net;
    hw_spelling s = hw_orth_word(m->orth, a, lemma, strlen(lemma));
    uint64_t hash = hw_hash(s.fold, s.fold_len);
    bool exact = false;
    for (uint32_t i = 0; i < net->n_lexemes; i++) exact |= g->l.lexemes[i].hash == hash && !strcmp(g->l.strings + g->l.lexemes[i].lemma, lemma);
    for (uint32_t i = 0; i < net->n_entries; i++) {
        const hw_entry *e = &g->l.entries[i];
        if (!names_lexeme(&g->l, e)) continue;
        const hw_lexeme *x = &g->l.lexemes[e->lexeme];
        if (x->hash != hash || (upos >= 0 && x->upos != upos) || (exact && strcmp(g->l.strings + x->lemma, lemma) != 0)) continue;
        *hw_push(a, &g->stems) = e;
        g->upos |= UINT32_C(1) << x->upos;
    }
    for (uint32_t i = 0; i < net->n_entries; i++)
        if (is_preverb(&g->l, &g->l.entries[i]) && wanted_preverb(g, g->l.entries[i].lexeme)) *hw_push(a, &g->preverbs) = &g->l.entries[i];
    return g->stems.n ? g : NULL;
}

uint32_t hw_maker_upos(const hw_maker *g) { return g->upos; }

/* ---- the walk -------------------------------------------------------------------------------------------------------- */

typedef struct {
    hw_maker *g;
    const char *feats; /* sorted */
    hw_made_list *out;
    hw_path p;
    char form[FORM_MAX];
    size_t n;
    unsigned steps;
} making;

/* Is Name=Value, or Name followed by `more`, among the features wanted? */
static bool wants(const making *k, const char *name, size_t name_len, const char *more, const char *value)
{
    for (const char *p = k->feats; *p;) {
        size_t n = strcspn(p, "|"), eq = strcspn(p, "="), more_len = strlen(more);
        if (eq == name_len + more_len && !strncmp(p, name, name_len) && !strncmp(p + name_len, more, more_len) && n - eq - 1 == strlen(value) &&
            !strncmp(p + eq + 1, value, n - eq - 1))
            return true;
        p += n + (p[n] == '|');
    }
    return false;
}

/* A person may be the subject's or the object's, which only the whole way tells; the third singular may be no ending at all. */
static bool allows(const making *k, const hw_tag *t)
{
    const hw_lexicon *l = &k->g->l;
    if (t->lemma) return false; /* what makes another lemma */
    for (unsigned i = 0; i < t->n_feats; i++) {
        const char *name = l->strings + l->feats[t->feats + i].name, *value = l->strings + l->feats[t->feats + i].value;
        size_t base = strcspn(name, "[");
        bool person = !strncmp(name, "Person", 6) || !strncmp(name, "Number", 6);
        if (wants(k, name, strlen(name), "", value)) continue;
        if (person && (wants(k, name, base, "", value) || wants(k, name, base, "[obj]", value))) continue;
        if (person && !name[base] && (!strcmp(value, "3") || !strcmp(value, "Sing"))) continue;
        return false;
    }
    return true;
}

static bool add_tags(making *k, uint16_t list)
{
    for (const uint8_t *t = k->g->l.lists + list; *t; t++) {
        const hw_tag *tag = &k->g->l.tags[*t];
        if (k->p.n == HW_PATH_TAGS || !allows(k, tag)) return false;
        k->p.tag[k->p.n++] = *t;
        k->p.cost += tag->cost;
    }
    return true;
}

static void emit(making *k, const char *s, size_t n)
{
    if (k->n + n >= FORM_MAX) return;
    memcpy(k->form + k->n, s, n);
    k->n += n;
}

static void arrive(making *k)
{
    hw_maker *g = k->g;
    const hw_lexeme *x = &g->l.lexemes[k->p.stem->lexeme];
    bool again = false, infinitive = false;
    uint8_t upos = x->upos;
    for (unsigned i = 0; i < k->p.n; i++) {
        const hw_tag *t = &g->l.tags[k->p.tag[i]];
        again |= (t->marks & HW_M_AGAIN) != 0;
        infinitive |= (t->marks & HW_M_INFINITIVE) != 0;
        if (t->becomes) upos = (uint8_t)(t->becomes - 1);
    }
    if (x->flags & HW_LEX_AGAIN ? !again : again && infinitive) return; /* an infinitive in -ewe is of another lemma */
    const char *feats = hw_path_feats(&g->l, g->a, &k->p, g->l.strings + x->feats);
    if (strcmp(feats, k->feats) != 0) return;
    k->form[k->n] = 0;
    for (size_t i = 0; i < k->out->n; i++) {
        hw_made *m = &k->out->v[i];
        if (m->upos != upos || strcmp(m->form, k->form) != 0) continue;
        if (k->p.cost < m->cost) m->cost = k->p.cost;
        return;
    }
    *hw_push(g->a, k->out) = (hw_made){hw_strndup(g->a, k->form, k->n), upos, k->p.cost};
}

static void from(making *k, uint32_t state);

/* Goes over an arc with what it spells, and puts everything back. */
static void over(making *k, const hw_arc *arc, const char *s, size_t n, const hw_entry *stem, const hw_entry *preverb)
{
    hw_path old = k->p;
    size_t len = k->n;
    if (add_tags(k, arc->tags)) {
        emit(k, s, n);
        if (stem) {
            k->p.stem = stem;
            k->p.cost += (float)stem->cost / 16 + k->g->l.lexemes[stem->lexeme].cost;
        }
        if (preverb) k->p.preverb = (uint16_t)preverb->lexeme;
        from(k, arc->to);
    }
    k->p = old;
    k->n = len;
}

static void over_slot(making *k, const hw_arc *arc)
{
    const hw_maker *g = k->g;
    const hw_lexicon *l = &g->l;
    if (arc->label == l->net->preverb_slot) {
        for (size_t i = 0; i < g->preverbs.n; i++) {
            const char *s = l->strings + g->preverbs.v[i]->stem;
            over(k, arc, s, strlen(s), NULL, g->preverbs.v[i]);
        }
        return;
    }
    for (size_t i = 0; i < g->stems.n && !k->p.stem; i++) {
        const hw_entry *e = g->stems.v[i];
        if (e->slot != arc->label || l->lexemes[e->lexeme].preverb != k->p.preverb) continue;
        const char *s = l->strings + e->stem;
        size_t n = strlen(s), end = l->net->end_bytes[e->slot % HW_NET_ENDS];
        over(k, arc, s, n < end ? 0 : n - end, e, NULL);
    }
}

static void from(making *k, uint32_t state)
{
    const hw_lexicon *l = &k->g->l;
    const hw_state *s = &l->spelled_states[state];
    if (++k->steps > STEPS_MAX) return;
    const hw_arc *a = l->spelled_arcs + s->arcs;
    for (unsigned i = 0; i < s->n_letters; i++, a++) {
        uint32_t cp = l->net->char_of[a->label]; /* U+0600 to U+06FF: two bytes */
        char c[2] = {(char)(0xC0 | cp >> 6), (char)(0x80 | (cp & 0x3F))};
        over(k, a, c, 2, NULL, NULL);
    }
    for (unsigned i = 0; i < s->n_slots; i++, a++) over_slot(k, a);
    for (unsigned i = 0; i < s->n_ends && k->p.stem; i++, a++) {
        hw_path old = k->p;
        if (add_tags(k, a->tags)) arrive(k);
        k->p = old;
    }
}

static int by_cost(const void *a, const void *b)
{
    const hw_made *x = a, *y = b;
    return x->cost != y->cost ? (x->cost < y->cost ? -1 : 1) : strcmp(x->form, y->form);
}

hw_made_list hw_make(hw_maker *g, const char *feats)
{
    hw_made_list out = {0};
    making *k = HW_NEW(g->a, making);
    k->g = g;
    k->feats = hw_sorted_feats(g->a, feats);
    k->out = &out;
    from(k, g->l.net->spelled_root);
    if (out.n) qsort(out.v, out.n, sizeof *out.v, by_cost);
    while (out.n > 1 && out.v[out.n - 1].cost > out.v[0].cost + UNUSUAL) out.n--;
    return out;
}
