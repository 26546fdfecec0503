/* In: the letters of a word. Out: the ways in which the lexicon's trie and the net of affixes read it, depth first. */
#include "morph/tagger.h"

#include <string.h>

#define STEPS_MAX 20000 /* a word that needs more is not of this language */
#define PRODUCTIVE UINT16_MAX
#define SLIPS_MAX 2

bool hw_lexicon_of(const hewal_model *m, hw_lexicon *l)
{
    size_t size;
    const unsigned char *p = hw_model_section(m, "morph", &size);
    if (!p || size < sizeof(hw_net)) return false;
    const hw_net *h = (const hw_net *)(const void *)p;
    if (h->magic != HW_NET_MAGIC || h->size > size) return false;
    l->model = m;
    l->net = h;
    l->nodes = (const hw_node *)(const void *)(p + h->nodes_at);
    l->entries = (const hw_entry *)(const void *)(p + h->entries_at);
    l->lexemes = (const hw_lexeme *)(const void *)(p + h->lexemes_at);
    l->states = (const hw_state *)(const void *)(p + h->states_at);
    l->arcs = (const hw_arc *)(const void *)(p + h->arcs_at);
    l->spelled_states = (const hw_state *)(const void *)(p + h->spelled_states_at);
    l->spelled_arcs = (const hw_arc *)(const void *)(p + h->spelled_arcs_at);
    l->tags = (const hw_tag *)(const void *)(p + h->tags_at);
    l->lists = p + h->lists_at;
    l->feats = (const hw_feat *)(const void *)(p + h->feats_at);
    l->guesses = (const hw_guess *)(const void *)(p + h->guesses_at);
    l->kinds = (const hw_kind_rule *)(const void *)(p + h->kinds_at);
    l->tables = (const uint16_t(*)[HW_NET_LABELS])(const void *)(p + h->tables_at);
    l->strings = (const char *)p + h->strings_at;
    l->tagger = NULL;
    const hw_linear_header *g = hw_model_section(m, "tagger", &size);
    if (g && size >= sizeof *g && g->magic == HW_TAGGER_MAGIC && g->bits < 30 && size >= sizeof *g + ((size_t)1 << g->bits)) {
        l->tagger = (const int8_t *)(g + 1);
        l->tagger_shift = 64 - g->bits;
        l->tagger_unit = g->unit;
    }
    return true;
}

static uint32_t next_char(const char *s, size_t *i)
{
    const unsigned char *p = (const unsigned char *)s + *i;
    if (p[0] < 0x80) {
        *i += 1;
        return p[0];
    }
    if (p[0] < 0xE0) {
        *i += 2;
        return ((uint32_t)(p[0] & 0x1F) << 6) | (p[1] & 0x3Fu);
    }
    *i += p[0] < 0xF0 ? 3 : 4;
    return 0; /* nothing the lexicon knows */
}

void hw_letters_of(const hewal_model *m, const hw_lexicon *l, const hw_token *t, hw_letters *out)
{
    size_t i = 0, k = 0;
    out->n = 0;
    if (t->fold_len >= UINT16_MAX || t->norm_len >= UINT16_MAX) return;
    unsigned n = 0;
    while (i < t->fold_len) {
        if (n == HW_MORPH_LETTERS) return;
        out->fold_at[n] = (uint16_t)i;
        uint32_t cp = next_char(t->fold, &i);
        out->v[n] = cp >= 0x600 && cp <= 0x6FF ? l->net->letter_of[cp - 0x600] : 0;
        n++;
    }
    out->fold_at[n] = (uint16_t)t->fold_len;
    /* the norm has the same letters, but that one of the fold may be two of it */
    for (unsigned j = 0; j < n; j++) {
        size_t f = out->fold_at[j];
        uint32_t folded = next_char(t->fold, &f);
        out->norm_at[j] = (uint16_t)(k < t->norm_len ? k : t->norm_len);
        if (k >= t->norm_len) continue;
        next_char(t->norm, &k);
        while (k < t->norm_len) {
            size_t after = k;
            uint32_t cp = next_char(t->norm, &after);
            if (!cp || !(hw_char_of(m->orth, folded)->flags & HW_CF_DOUBLE) || hw_folded_char(m->orth, cp) != folded) break;
            k = after;
        }
    }
    out->norm_at[n] = (uint16_t)t->norm_len;
    out->v[n] = 0;
    out->n = n;
}

typedef struct {
    const hw_lexicon *l;
    const hw_letters *w;
    hw_paths *out;
    unsigned steps;
    float limit;
    bool productive, slips, glued;
    hw_path p; /* the way so far; whoever changes it puts it back */
} walk;

static bool add_tags(walk *k, hw_path *p, uint16_t list, unsigned at)
{
    for (const uint8_t *t = k->l->lists + list; *t; t++) {
        if (p->n == HW_PATH_TAGS || (k->l->tags[*t].marks & HW_M_GLUED && !k->glued)) return false;
        p->tag[p->n] = *t;
        p->at[p->n++] = (uint8_t)at;
        p->cost += k->l->tags[*t].cost;
    }
    return true;
}

static void from(walk *k, uint32_t state, unsigned at);

static void arrive(walk *k, const hw_state *s)
{
    const hw_arc *e = k->l->arcs + s->arcs + s->n_letters + s->n_slots;
    for (unsigned i = 0; i < s->n_ends && k->out->n < HW_PATHS_MAX; i++) {
        hw_path *o = &k->out->v[k->out->n];
        *o = k->p;
        if (!add_tags(k, o, e[i].tags, k->w->n) || o->cost > k->limit || (k->slips && !o->slips)) continue;
        if (o->stem && k->l->lexemes[o->stem->lexeme].flags & HW_LEX_AGAIN) {
            bool again = false;
            for (unsigned j = 0; j < o->n; j++) again |= (k->l->tags[o->tag[j]].marks & HW_M_AGAIN) != 0;
            if (!again) continue;
        }
        k->out->n++;
    }
}

/* May the entry stand here, after what was read? */
static bool fits(const walk *k, const hw_entry *e, bool preverb, bool second, bool goal)
{
    const hw_path *p = &k->p;
    if (preverb) return !p->preverb && !k->productive;
    if (second) return p->preverb == e->lexeme >> 16;
    if (goal) return true;
    const hw_lexeme *x = &k->l->lexemes[e->lexeme];
    if (k->productive && !p->preverb) return false;
    return p->preverb == PRODUCTIVE ? !x->preverb && x->flags & HW_LEX_LIGHT : x->preverb == p->preverb;
}

/* Behind a first part, a clitic that has its last letter again, which the fold has once: zanyarî + -î. */
static void once_more(walk *k, uint32_t state, unsigned at)
{
    const hw_state *s = &k->l->states[state];
    uint8_t last = k->w->v[at - 1];
    if (!k->l->net->doubled[last] || !(s->letters >> last & 1)) return;
    const hw_arc *a = k->l->arcs + s->arcs, *end = a + s->n_letters;
    for (; a < end; a++) {
        hw_path old = k->p;
        if (a->label == last && add_tags(k, &k->p, a->tags, at)) from(k, a->to, at);
        k->p = old;
    }
}

/* Takes an entry that the trie found between letters `at` and `end`. */
static void take(walk *k, const hw_state *s, const hw_entry *e, unsigned at, unsigned end)
{
    const hw_net *net = k->l->net;
    bool preverb = e->slot == net->preverb_slot, second = e->slot == net->preverb2_slot, goal = e->slot / HW_NET_ENDS == net->goal;
    const hw_arc *a = k->l->arcs + s->arcs + s->n_letters;
    unsigned lo = k->l->tables[s->table][e->slot];
    if (!lo-- || !fits(k, e, preverb, second, goal)) return;
    for (; lo < s->n_slots && a[lo].label == e->slot; lo++) {
        hw_path old = k->p, *q = &k->p;
        if (add_tags(k, q, a[lo].tags, at)) {
            q->cost += (float)e->cost / 16;
            if (preverb || second) {
                q->first = e;
                q->preverb = (uint16_t)e->lexeme;
            } else if (goal) {
                q->goal = e;
            } else {
                q->stem = e;
                q->stem_at = (uint8_t)at;
                q->stem_end = (uint8_t)(end + (net->end_letter[e->slot % HW_NET_ENDS] != 0));
                q->cost += k->l->lexemes[e->lexeme].cost;
            }
            from(k, a[lo].to, end);
            if (preverb || second) once_more(k, a[lo].to, end);
        }
        k->p = old;
    }
}

/* Any noun or adjective may be the first part of a compound with a light verb. */
static void take_first(walk *k, const hw_entry *e, unsigned at, unsigned end)
{
    uint8_t letter = k->l->net->end_letter[e->slot % HW_NET_ENDS];
    if (at || k->p.preverb || !(e->flags & HW_ENTRY_FIRST) || k->l->net->after_preverb == HW_NET_NONE) return;
    if (letter && k->w->v[end++] != letter) return;
    if (end < 2 || end >= k->w->n) return;
    hw_path old = k->p;
    k->p.first = e;
    k->p.preverb = PRODUCTIVE;
    k->p.productive = true;
    k->p.cost += k->l->lexemes[e->lexeme].cost + 1.0f;
    from(k, k->l->net->after_preverb, end);
    k->p = old;
}

static const hw_node *child(const walk *k, const hw_node *node, uint8_t letter)
{
    if (!letter || !(node->letters >> letter & 1)) return NULL;
    uint64_t before = node->letters & ((UINT64_C(1) << letter) - 1);
    return &k->l->nodes[node->child + (uint32_t)__builtin_popcountll(before)];
}

/* The stems below a node that was reached at letter i. */
static void stems(walk *k, const hw_state *s, const hw_node *node, unsigned at, unsigned i)
{
    const uint16_t before = k->p.preverb;
    while (node) {
        if (node->entry) {
            const hw_entry *e = &k->l->entries[node->entry - 1];
            for (;; e++) {
                if (e->behind && (e->behind > before || before == PRODUCTIVE)) break;
                if (k->productive && !before) take_first(k, e, at, i);
                else if (!e->behind || e->behind == before) take(k, s, e, at, i);
                if (e->flags & HW_ENTRY_LAST) break;
            }
        }
        if (i >= k->w->n) return;
        uint8_t letter = k->w->v[i++], meant = k->slips ? k->l->net->meant[letter] : 0;
        const hw_node *other = meant && k->p.slips < SLIPS_MAX ? child(k, node, meant) : NULL;
        if (other) {
            k->p.slips++;
            k->p.cost += k->l->net->slip;
            stems(k, s, other, at, i);
            k->p.cost -= k->l->net->slip;
            k->p.slips--;
        }
        node = child(k, node, letter);
    }
}

static void slots(walk *k, const hw_state *s, unsigned at)
{
    stems(k, s, k->l->nodes, at, at);
    uint8_t last = at ? k->w->v[at - 1] : 0; /* a clitic's letter and the stem's first, which the fold has once */
    if (last && k->l->net->doubled[last] && (k->p.n || k->p.preverb)) stems(k, s, child(k, k->l->nodes, last), at, at);
}

static void from(walk *k, uint32_t state, unsigned at)
{
    const hw_state *s = &k->l->states[state];
    if (++k->steps > STEPS_MAX || k->p.cost > k->limit) return;
    if (at == k->w->n) {
        arrive(k, s);
    } else if (k->w->v[at] && s->letters >> k->w->v[at] & 1) {
        const hw_arc *a = k->l->arcs + s->arcs, *end = a + s->n_letters;
        while (a->label < k->w->v[at]) a++;
        uint8_t n = k->p.n;
        float cost = k->p.cost;
        for (; a < end && a->label == k->w->v[at]; a++) {
            if (add_tags(k, &k->p, a->tags, at)) from(k, a->to, at + 1);
            k->p.n = n;
            k->p.cost = cost;
        }
    }
    if (s->n_slots) slots(k, s, at);
}

void hw_lexicon_read(const hw_lexicon *l, const hw_letters *w, hw_read_mode mode, hw_paths *out)
{
    walk k = {.l = l, .w = w, .out = out, .limit = 1000, .productive = mode == HW_READ_PRODUCTIVE, .slips = mode == HW_READ_SLIPS,
              .glued = mode == HW_READ_GLUED};
    out->n = 0;
    if (w->n) from(&k, l->net->root, 0);
}

void hw_lexicon_endings(const hw_lexicon *l, const hw_letters *w, unsigned at, float limit, hw_paths *out)
{
    out->n = 0;
    if (at < 2 || at > w->n || !w->v[at - 1]) return;
    uint8_t last = w->v[at - 1], before = w->v[at - 2];
    unsigned end = l->net->vowel[before] ? l->net->end_after_vowel[last] : l->net->end_of[last];
    uint32_t state = l->net->guess[end];
    if (state == HW_NET_NONE) return;
    walk k = {.l = l, .w = w, .out = out, .limit = limit};
    from(&k, state, l->net->end_letter[end] ? at - 1 : at);
}
