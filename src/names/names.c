/* In: words. Out: mentions and entities. The order of the work: listed names, composed ones, people by their parts;
 * what the trained model believes of them; overlaps settled for the longer; entities; short forms; roles. */
#include "names/learnt.h"

#include <stdlib.h>
#include <string.h>

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
    f->role_words = hw_model_index(m, "role-words");
    f->times = hw_model_index(m, "times"); /* months are no names */
}

hw_finder *hw_finder_new(const hw_words *w, const hewal_meta *meta)
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
    return f;
}

void hw_find_by_rules(hw_finder *f)
{
    hw_find_listed(f);
    hw_find_composed(f);
    hw_find_people(f);
}

hw_names *hw_names_read(const hw_words *w, const hewal_meta *meta)
{
    hw_finder *f = hw_finder_new(w, meta);
    hw_find_by_rules(f);
    hw_learnt_names(f);
    settle(f);
    hw_people_behind_titles(f);
    for (unsigned pass = 0; pass < 2; pass++) /* listed people first: others may be spellings of theirs */
        for (uint32_t i = 0; i < f->spans.n; i++)
            if ((f->spans.v[i].how == HW_LISTED && f->spans.v[i].type == HEWAL_PER) == !pass) f->spans.v[i].entity = hw_entity_for(f, &f->spans.v[i]);
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
    *hw_push(n->words->text->arena, &n->place_rows) = 0;
    return (int32_t)n->entities.n - 1;
}
