/* In: words. Out: mentions and entities. The order of the work: listed names, composed ones, people by their parts;
 * overlaps settled for the longer; entities; short forms; roles. */
#include "names/find.h"

#include "base/hash.h"
#include <stdlib.h>
#include <string.h>

/* ---- looking at words -------------------------------------------------------------------------------------------- */

hw_upos hw_best_upos(const hw_finder *f, uint32_t i)
{
    const hw_word *w = &f->w->v[i];
    return w->n ? (hw_upos)w->analyses[0].upos : HW_X;
}

uint32_t hw_marks_of(const hw_finder *f, uint32_t i)
{
    const hw_word *w = &f->w->v[i];
    uint32_t m = 0;
    for (unsigned k = 0; k < w->n_forms; k++)
        if (!w->forms[k].lemma) m |= w->forms[k].marks;
    for (unsigned k = 0; k < w->n; k++) m |= w->analyses[k].marks;
    return m;
}

uint32_t hw_best_marks(const hw_finder *f, uint32_t i)
{
    const hw_word *w = &f->w->v[i];
    return w->n ? w->analyses[0].marks : 0;
}

bool hw_links_on(const hw_finder *f, uint32_t i)
{
    if (i + 1 > hw_sentence_last(f, i)) return false;
    const hw_token *next = hw_tok(f, i + 1);
    if ((next->kind != HW_WORD && next->kind != HW_LATIN) || (next->flags & HW_WIDE)) return false;
    if (hw_tok(f, i)->quotation != next->quotation) return false;
    uint32_t m = hw_marks_of(f, i);
    if (m & HW_M_IZAFE) return true;
    uint32_t open_izafe = HW_M_DEF | HW_M_COPULA | HW_M_OBLIQUE;
    return (m & open_izafe) && (hw_marks_of(f, i + 1) & HW_M_DEF) && (hw_marks_of(f, i + 1) & HW_M_PLURAL);
}

bool hw_is_common(const hw_finder *f, uint32_t i)
{
    const hw_word *w = &f->w->v[i];
    const float far = 0.9f; /* a reading so much less likely than the name does not count («پەکینی» as an adjective) */
    float name = 1e9f;
    for (unsigned k = 0; k < w->n; k++)
        if (w->analyses[k].upos == HW_PROPN && !(w->analyses[k].marks & HW_M_GUESS) && w->analyses[k].weight < name) name = w->analyses[k].weight;
    for (unsigned k = 0; k < w->n; k++) {
        const hw_analysis *a = &w->analyses[k];
        if (!(a->marks & HW_M_GUESS) && a->upos != HW_PROPN && a->upos != HW_X && a->weight <= name + far) return true;
    }
    return false;
}

bool hw_is_unknown(const hw_finder *f, uint32_t i)
{
    const hw_word *w = &f->w->v[i];
    if (hw_tok(f, i)->kind != HW_WORD) return false;
    for (unsigned k = 0; k < w->n; k++)
        if (!(w->analyses[k].marks & HW_M_GUESS)) return false;
    return true;
}

bool hw_word_row(const hw_finder *f, const hw_index *ix, uint32_t i, uint32_t *row, uint32_t *marks)
{
    const hw_word *w = &f->w->v[i];
    for (unsigned k = 0; k < w->n_forms; k++) {
        const hw_slot *s = hw_index_find(ix, hw_phrase(HW_PHRASE_START, w->forms[k].hash));
        if (!s || !s->n || w->forms[k].lemma) continue;
        if (row) *row = ix->posts[s->first].row;
        if (marks) *marks = w->forms[k].marks;
        return true;
    }
    return false;
}

bool hw_is_ascii(const hw_finder *f, uint32_t i, char c)
{
    if (i >= f->x->tokens.n) return false;
    const hw_token *t = hw_tok(f, i);
    return t->e - t->b == 1 && f->x->raw[t->b] == c;
}

bool hw_is_comma(const hw_finder *f, uint32_t i)
{
    static const char arabic_comma[] = "\xD8\x8C", arabic_semicolon[] = "\xD8\x9B";
    if (hw_is_ascii(f, i, ',')) return true;
    if (i >= f->x->tokens.n || hw_tok(f, i)->e - hw_tok(f, i)->b != 2) return false;
    const char *p = f->x->raw + hw_tok(f, i)->b;
    return !memcmp(p, arabic_comma, 2) || !memcmp(p, arabic_semicolon, 2);
}

/* ---- settling ---------------------------------------------------------------------------------------------------- */

static int longer_first(const void *pa, const void *pb)
{
    const hw_span *a = pa, *b = pb;
    uint32_t la = a->last - a->first, lb = b->last - b->first;
    if (la != lb) return la > lb ? -1 : 1;
    if (a->confidence > b->confidence) return -1;
    if (a->confidence < b->confidence) return 1;
    if (a->first != b->first) return a->first < b->first ? -1 : 1;
    return (int)a->how - (int)b->how;
}

static int by_place(const void *pa, const void *pb)
{
    const hw_span *a = pa, *b = pb;
    return a->first < b->first ? -1 : a->first > b->first;
}

/* Spans that overlap a longer one (or an equal, surer one) go. */
static void settle(hw_finder *f)
{
    if (f->spans.n) qsort(f->spans.v, f->spans.n, sizeof *f->spans.v, longer_first);
    uint32_t kept = 0;
    for (uint32_t i = 0; i < f->spans.n; i++) {
        hw_span s = f->spans.v[i];
        bool taken = false;
        for (uint32_t k = s.first; k <= s.last && !taken; k++) taken = f->span_at[k] >= 0;
        if (taken) continue;
        for (uint32_t k = s.first; k <= s.last; k++) f->span_at[k] = 0;
        f->spans.v[kept++] = s;
    }
    f->spans.n = kept;
    if (kept) qsort(f->spans.v, kept, sizeof *f->spans.v, by_place);
    for (uint32_t i = 0; i < kept; i++)
        for (uint32_t k = f->spans.v[i].first; k <= f->spans.v[i].last; k++) f->span_at[k] = (int32_t)i;
}

static void add_mention(hw_finder *f, uint32_t first, uint32_t last, hewal_type type, int32_t entity, float confidence)
{
    hewal_mention *m = hw_push(f->a, &f->out->mentions);
    *m = (hewal_mention){.b = hw_tok(f, first)->b, .e = hw_bare_end(f, last), .first = first, .last = last, .type = type,
                         .entity = entity, .confidence = confidence};
}

uint32_t hw_bare_end(const hw_finder *f, uint32_t i)
{
    return hw_tok(f, i)->e;
}

static int mention_order(const void *pa, const void *pb)
{
    const hewal_mention *a = pa, *b = pb;
    if (a->b != b->b) return a->b < b->b ? -1 : 1;
    if (a->e != b->e) return a->e > b->e ? -1 : 1;
    return (int)b->type - (int)a->type;
}

static void index_mentions(hw_finder *f)
{
    hw_names *n = f->out;
    if (n->mentions.n) qsort(n->mentions.v, n->mentions.n, sizeof *n->mentions.v, mention_order);
    for (uint32_t i = 0; i < n->mentions.n; i++) {
        const hewal_mention *m = &n->mentions.v[i];
        for (uint32_t k = m->first; k <= m->last; k++) (m->type == HEWAL_ROLE ? n->role_at : n->mention_at)[k] = (int32_t)i;
    }
}

static void open_tables(hw_finder *f)
{
    const hewal_model *m = f->x->model;
    f->tables[HW_PEOPLE] = hw_model_table(m, "people");
    f->tables[HW_PLACES] = hw_model_table(m, "places");
    f->tables[HW_ORGANISATIONS] = hw_model_table(m, "organisations");
    f->heads = hw_model_table(m, "heads");
    f->offices = hw_model_table(m, "offices");
    f->portfolios = hw_model_table(m, "portfolios");
    f->given = hw_model_table(m, "given-names");
    f->family = hw_model_table(m, "family-names");
    f->held = hw_model_table(m, "people.offices");
    f->names = hw_model_index(m, "names");
    f->demonyms = hw_model_index(m, "demonyms");
    f->titles = hw_model_index(m, "titles");
    f->office_holders = hw_model_index(m, "people.offices");
    f->portfolio_ix = hw_model_index(m, "portfolios");
    f->given_ix = hw_model_index(m, "given");
    f->family_ix = hw_model_index(m, "family");
    f->heads_ix = hw_model_index(m, "heads");
    f->speaking = hw_model_index(m, "speaking");
    f->generic = hw_model_index(m, "generic");
}

hw_names *hw_names_read(const hw_words *w, const hewal_meta *meta)
{
    hw_arena *a = w->text->arena;
    hw_finder *f = HW_NEW(a, hw_finder);
    uint32_t n = w->text->tokens.n;
    f->w = w;
    f->x = w->text;
    f->a = a;
    f->meta = meta;
    f->out = HW_NEW(a, hw_names);
    f->out->words = w;
    f->out->mention_at = hw_alloc(a, (n + 1) * sizeof(int32_t));
    f->out->role_at = hw_alloc(a, (n + 1) * sizeof(int32_t));
    f->span_at = hw_alloc(a, (n + 1) * sizeof(int32_t));
    for (uint32_t i = 0; i <= n; i++) f->out->mention_at[i] = f->out->role_at[i] = f->span_at[i] = HEWAL_NONE;
    open_tables(f);
    hw_find_listed(f);
    hw_find_composed(f);
    hw_find_people(f);
    settle(f);
    for (uint32_t i = 0; i < f->spans.n; i++) f->spans.v[i].entity = hw_entity_for(f, &f->spans.v[i]);
    hw_entities_link_short(f);
    hw_find_roles(f);
    for (uint32_t i = 0; i < f->spans.n; i++) {
        const hw_span *s = &f->spans.v[i];
        add_mention(f, s->first, s->last, s->type, s->entity, s->confidence);
    }
    index_mentions(f);
    return f->out;
}

int32_t hw_names_add_entity(hw_names *n, hewal_type type, const char *name, const char *name_ckb)
{
    hewal_entity *e = hw_push(n->words->text->arena, &n->entities);
    *e = (hewal_entity){type, name, name_ckb, NULL, 0.5f};
    return (int32_t)n->entities.n - 1;
}
