/* In: words, names, times, quotes. Out: events, in the order of their triggers. */
#include "events/judge.h"
#include "morph/translit.h"

#include <string.h>

static const int32_t *keep(hw_arena *a, const hw_parts *p)
{
    int32_t *v = HW_NEWS(a, int32_t, p->n + 1u);
    for (unsigned i = 0; i < p->n; i++) v[i] = p->v[i];
    return v;
}

/* The entity for somebody without a name, one a word. */
static int32_t unnamed_entity(hw_seeker *s, uint32_t token)
{
    const hw_word *w = &s->w->v[token];
    if (!w->n || !w->analyses[0].lemma) return HEWAL_NONE;
    const hw_analysis *a = &w->analyses[0];
    for (uint32_t i = 0; i < s->unnamed.n; i++)
        if (s->unnamed.v[i].lemma == a->lemma_hash) return s->unnamed.v[i].entity;
    const char *latin = hw_latin(s->x->model, s->a, a->lemma, strlen(a->lemma));
    int32_t e = hw_names_add_entity(s->n, HEWAL_PER, hw_sprintf(s->a, "%s (unnamed)", latin), a->lemma);
    if (s->unnamed.n < 256) *hw_push(s->a, &s->unnamed) = (hw_unnamed){a->lemma_hash, e};
    return e;
}

/* Named, or one of those who act for a state («nwêneranî 50 willat»). */
static bool counts(const hw_seeker *s, int32_t v) { return v >= 0 || (v <= -2 && (s->cue[-2 - v] & HW_Q_OFFICIAL)); }

/* An event that nobody named takes part in is not told. */
static bool anybody(const hw_seeker *s, const hw_cast *c)
{
    for (unsigned i = 0; i < c->actors.n; i++)
        if (counts(s, c->actors.v[i])) return true;
    for (unsigned i = 0; i < c->targets.n; i++)
        if (counts(s, c->targets.v[i])) return true;
    return c->unnamed != HW_NO_TOKEN && (s->cue[c->unnamed] & HW_Q_OFFICIAL);
}

static void name_people(hw_seeker *s, hw_parts *p)
{
    unsigned n = 0;
    for (unsigned i = 0; i < p->n; i++) {
        int32_t e = p->v[i] < 0 ? unnamed_entity(s, (uint32_t)(-2 - p->v[i])) : p->v[i];
        if (e >= 0) p->v[n++] = e;
    }
    p->n = (uint8_t)n;
}

static void put_unnamed(hw_seeker *s, hw_cast *c)
{
    hw_parts *p = c->unnamed_acts ? &c->actors : &c->targets;
    if (c->unnamed == HW_NO_TOKEN || p->n) return;
    int32_t e = unnamed_entity(s, c->unnamed);
    if (e >= 0) p->v[p->n++] = e;
}

/* How sure the rules are, by who is there. */
static float sure_by_rules(const hw_found *f, const hw_cast *c)
{
    return 0.5f + (c->actors.n ? 0.15f : 0) + (c->actors.own ? 0.1f : 0) + (c->targets.n ? 0.15f : 0) + (f->noun ? 0 : 0.05f);
}

static void emit(hw_seeker *s, const hw_candidate *told, const hw_trigger *row)
{
    const hw_found *f = &told->f;
    const hw_cast *c = &told->cast;
    hewal_event *e = hw_push(s->a, &s->out->events);
    *e = (hewal_event){.b = hw_et(s, f->first)->b, .e = hw_et(s, f->last)->e, .first = f->first, .last = f->last,
                       .type = f->neg && row->neg >= 0 ? (hewal_event_type)row->neg : row->type, .mode = row->mode,
                       .status = hw_standing_of(s, f, row), .actors = keep(s->a, &c->actors), .n_actors = c->actors.n,
                       .targets = keep(s->a, &c->targets), .n_targets = c->targets.n, .place = c->place,
                       .time = hw_time_of(s, f), .in_quote = hw_quote_at(s, f->first)};
    e->confidence = told->sure > 0 ? told->sure : sure_by_rules(f, c);
}

/* «le encamî hêrişekeda X birîndar bû»: the sentence told of the attack already. What it did to whom is added to it. */
static bool told_already(hw_seeker *s, const hw_found *f, const hw_trigger *row, const hw_trigger *before, const hw_cast *c)
{
    if (row->needs != HW_N_SUFFERER || !before || before->needs == HW_N_SUFFERER) return false;
    hewal_event *e = &s->out->events.v[s->out->events.n - 1];
    if (e->type != HEWAL_ASSAULT || hw_et(s, e->first)->sentence != hw_et(s, f->first)->sentence) return false;
    if (!e->n_targets || (c->targets.own && !s->last_own)) {
        e->targets = keep(s->a, &c->targets);
        e->n_targets = c->targets.n;
    }
    return true;
}

/* A trigger told by its verb may stand behind the next one («agirbest … rageyandin»): nearly sorted already. */
static void sort_events(hw_events *out)
{
    for (uint32_t i = 1; i < out->events.n; i++) {
        hewal_event e = out->events.v[i];
        uint32_t k = i;
        for (; k > 0 && out->events.v[k - 1].b > e.b; k--) out->events.v[k] = out->events.v[k - 1];
        out->events.v[k] = e;
    }
}

/* What later events refer back to. */
static void remember(hw_seeker *s, const hw_candidate *c, const hw_trigger *row)
{
    s->last_own = c->cast.targets.own;
    const unsigned tales[] = {row->type, hw_tale(row)}; /* a visit is a meeting too */
    for (unsigned i = 0; i < 2; i++) {
        s->last[tales[i]][0] = c->cast.actors;
        s->last[tales[i]][1] = c->cast.targets;
        s->last_sentence[tales[i]] = hw_et(s, c->f.first)->sentence;
    }
    if (row->type == HEWAL_REQUEST && c->f.verb != HW_NO_TOKEN) {
        s->asked = c->cast.targets;
        s->asked_clause = s->clause_at[c->f.verb];
    }
}

hw_events *hw_events_seek(const hw_words *w, hw_names *n, const hw_times *t, const hw_quotes *q, hw_on_candidate on, void *ctx)
{
    hw_arena *a = w->text->arena;
    hw_seeker s = {.w = w, .x = w->text, .a = a, .n = n, .t = t, .q = q, .out = HW_NEW(a, hw_events), .m = w->text->model};
    if (!w->text->tokens.n) return s.out;
    if (!on && !s.m->rules_only) s.judge = hw_linear_of(s.m, "judge", HW_JUDGE_MAGIC);
    hw_read_lexicon(&s);
    hw_mark_nominal(&s);
    hw_read_clauses(&s);
    hw_read_phrases(&s);
    hw_read_subjects(&s);
    s.asked_clause = HW_NO_TOKEN;
    s.self = HEWAL_NONE;
    const hw_trigger *before = NULL; /* line of the event told last, when a noun tells it */
    for (uint32_t i = 0; i < s.x->tokens.n; i++) {
        hw_candidate c;
        if (!hw_trigger_at(&s, i, &c)) continue;
        if (on) on(ctx, &s, &c);
        const hw_trigger *row = hw_trigger_row(&s, c.f.row);
        if (!hw_judge(&s, &c)) continue;
        for (uint32_t k = c.f.first; k <= c.f.last; k++) s.taken[k] = 1;
        if (c.f.verb != HW_NO_TOKEN) s.taken[c.f.verb] = 1;
        if (!anybody(&s, &c.cast)) continue;
        name_people(&s, &c.cast.actors);
        name_people(&s, &c.cast.targets);
        if (told_already(&s, &c.f, row, before, &c.cast)) continue;
        put_unnamed(&s, &c.cast);
        emit(&s, &c, row);
        before = c.f.noun ? row : NULL;
        remember(&s, &c, row);
    }
    sort_events(s.out);
    return s.out;
}

hw_events *hw_events_read(const hw_words *w, hw_names *n, const hw_times *t, const hw_quotes *q)
{
    return hw_events_seek(w, n, t, q, NULL, NULL);
}
