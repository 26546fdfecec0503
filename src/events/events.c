/* In: words, names, times, quotes. Out: events, in the order of their triggers. */
#include "events/find.h"

static bool enough(const hw_seeker *s, const hw_trigger *row, const hw_found *f, const hw_cast *c)
{
    bool person = false, country = false, traveller = false, goal = false;
    for (unsigned i = 0; i < c->targets.n; i++) {
        hewal_type t = s->n->entities.v[c->targets.v[i]].type;
        person |= t == HEWAL_PER;
        country |= t != HEWAL_PER;
        goal |= t == HEWAL_LOC;
    }
    for (unsigned i = 0; i < c->actors.n; i++) traveller |= s->n->entities.v[c->actors.v[i]].type == HEWAL_PER;
    if (!c->actors.n && !c->targets.n) return false;
    if (f->noun && row->alone == HW_A_NAMED && !c->actors.own && !c->targets.own && !(f->marks & HW_M_POSS)) return false;
    switch (row->needs) {
    case HW_N_ACTOR: return c->actors.n > 0;
    case HW_N_TARGET: return c->targets.n > 0;
    case HW_N_ANY: return c->actors.own || c->targets.own;
    case HW_N_PERSON: return person;
    case HW_N_COUNTRY: return country;
    case HW_N_TRAVELLER: return traveller && goal;
    case HW_N_NONE: break;
    }
    return true;
}

static const int32_t *keep(hw_arena *a, const hw_parts *p)
{
    int32_t *v = HW_NEWS(a, int32_t, p->n + 1u);
    for (unsigned i = 0; i < p->n; i++) v[i] = p->v[i];
    return v;
}

static void emit(hw_seeker *s, const hw_found *f, const hw_trigger *row, const hw_cast *c)
{
    hewal_event *e = hw_push(s->a, &s->out->events);
    *e = (hewal_event){.b = hw_et(s, f->first)->b, .e = hw_et(s, f->last)->e, .first = f->first, .last = f->last,
                       .type = f->neg && row->neg >= 0 ? (hewal_event_type)row->neg : row->type, .mode = row->mode,
                       .status = hw_standing_of(s, f, row), .actors = keep(s->a, &c->actors), .n_actors = c->actors.n,
                       .targets = keep(s->a, &c->targets), .n_targets = c->targets.n, .place = c->place,
                       .time = hw_time_of(s, f), .in_quote = hw_quote_at(s, f->first)};
    e->confidence = 0.5f + (c->actors.n ? 0.15f : 0) + (c->actors.own ? 0.1f : 0) + (c->targets.n ? 0.15f : 0) + (f->noun ? 0 : 0.05f);
}

hw_events *hw_events_read(const hw_words *w, hw_names *n, const hw_times *t, const hw_quotes *q)
{
    hw_arena *a = w->text->arena;
    hw_seeker s = {.w = w, .x = w->text, .a = a, .n = n, .t = t, .q = q, .out = HW_NEW(a, hw_events)};
    if (!w->text->tokens.n) return s.out;
    hw_read_lexicon(&s);
    hw_mark_nominal(&s);
    hw_read_clauses(&s);
    hw_read_phrases(&s);
    hw_read_subjects(&s);
    hw_find_triggers(&s);
    for (uint32_t i = 0; i < s.found.n; i++) {
        const hw_found *f = &s.found.v[i];
        const hw_trigger *row = hw_trigger_row(&s, f->row);
        hw_cast c = hw_cast_of(&s, f, row);
        if (enough(&s, row, f, &c)) emit(&s, f, row, &c);
    }
    return s.out;
}
