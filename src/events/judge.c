/* In: a candidate and what stands around it. Out: the features that the models weigh, and their verdict. */
#include "events/judge.h"

#include <math.h>

/* ---- what is the same for both models ---------------------------------------------------------------------------- */

static unsigned bucket(uint32_t n)
{
    return n < 4 ? n : n < 7 ? 4 : n < 12 ? 5 : n < 20 ? 6 : 7;
}

static uint64_t lemma_at(const hw_seeker *s, uint32_t i)
{
    const hw_word *w = &s->w->v[i];
    return w->n && w->analyses[0].lemma_hash ? w->analyses[0].lemma_hash : hw_et(s, i)->hash;
}

/* Part of speech and lemma of the word `by` places off, 0 beyond the sentence. */
static uint64_t lemma_near(const hw_seeker *s, uint32_t at, int by)
{
    int64_t i = (int64_t)at + by;
    if (i < (int64_t)hw_first_of(s, at) || i > (int64_t)hw_last_of(s, at)) return 0;
    return lemma_at(s, (uint32_t)i);
}

static uint64_t upos_near(const hw_seeker *s, uint32_t at, int by)
{
    int64_t i = (int64_t)at + by;
    if (i < (int64_t)hw_first_of(s, at) || i > (int64_t)hw_last_of(s, at)) return 0;
    return (uint64_t)hw_upos_at(s, (uint32_t)i) + 1;
}

static uint64_t marks_of(const hw_seeker *s, const hw_found *f)
{
    uint32_t m = f->marks | hw_may_carry(s, f->head), out = 0;
    static const uint32_t kinds[] = {HW_M_DEF, HW_M_INDEF, HW_M_PLURAL, HW_M_POSS, HW_M_IZAFE, HW_M_LOC, HW_M_ABL, HW_M_INFINITIVE, HW_M_COPULA};
    for (unsigned i = 0; i < sizeof kinds / sizeof *kinds; i++) out |= (uint32_t)((m & kinds[i]) != 0) << i;
    return out;
}

static uint64_t types_of(const hw_seeker *s, const hw_parts *p)
{
    uint64_t out = p->own;
    for (unsigned i = 0; i < p->n; i++) out |= UINT64_C(2) << (p->v[i] < 0 ? 4 : (unsigned)s->n->entities.v[p->v[i]].type);
    return out;
}

/* ---- events ------------------------------------------------------------------------------------------------------- */

enum { E_BIAS = 1, E_DOUBT, E_ROW, E_HEAD, E_FORM, E_TYPE, E_FRAME, E_MARKS, E_ACTORS, E_TARGETS, E_BOTH, E_NEEDS, E_PREP, E_BEFORE, E_AFTER,
       E_UPOS_BEFORE, E_UPOS_AFTER, E_VERB, E_VERB_CUE, E_QUOTE, E_STATUS, E_TENSE, E_UNNAMED, E_NAMES, E_AGAIN, E_PLACE, E_TIME,
       E_SENTENCE, E_ROW_MARKS, E_ROW_BOTH, E_TYPE_BOTH, E_LINK, E_CLAUSE, E_LENGTH };

static uint64_t verb_of_clause(const hw_seeker *s, const hw_found *f, uint32_t *at)
{
    uint32_t end = hw_last_of(s, f->last);
    for (uint32_t i = f->last + 1; i <= end && i <= f->last + 16; i++) {
        const hw_analysis *a = hw_finite(s, i);
        if (!a) continue;
        *at = i;
        return a->lemma_hash;
    }
    return 0;
}

/* How the trigger hangs together with what stands before it. */
static uint64_t link_before(const hw_seeker *s, const hw_found *f)
{
    if (f->first == hw_first_of(s, f->first)) return 1;
    uint32_t b = f->first - 1;
    return 2 | (uint64_t)(s->prep[b] != 0) << 2 | (uint64_t)((s->cue[b] & HW_Q_DET) != 0) << 3 | (uint64_t)((s->cue[b] & HW_Q_AND) != 0) << 4 |
           (uint64_t)(hw_et(s, b)->kind == HW_WORD && (hw_may_carry(s, b) & HW_M_IZAFE) != 0) << 5 | (uint64_t)(s->np_at[b] >= 0) << 6 |
           (uint64_t)(s->nominal[b] & 2) << 7;
}

static uint64_t names_around(const hw_seeker *s, const hw_found *f)
{
    uint32_t n = 0, before = 0;
    for (uint32_t k = hw_np_from(s, hw_first_of(s, f->first)); k < s->nps.n && s->nps.v[k].first <= hw_last_of(s, f->first) && n < 6; k++) {
        n++;
        before += s->nps.v[k].last < f->first;
    }
    return (uint64_t)n << 4 | before;
}

void hw_event_features(const hw_seeker *s, const hw_candidate *c, hw_feature_set *o)
{
    const hw_found *f = &c->f;
    const hw_trigger *row = hw_trigger_row(s, f->row);
    uint32_t verb_at = HW_NO_TOKEN;
    uint64_t d = (uint64_t)c->doubt << 1 | f->noun, type = (uint64_t)row->type << 2 | row->mode, marks = marks_of(s, f), head = lemma_at(s, f->head);
    uint64_t actors = types_of(s, &c->cast.actors), targets = types_of(s, &c->cast.targets), both = actors << 8 | targets;
    uint64_t verb = f->verb != HW_NO_TOKEN ? 0 : verb_of_clause(s, f, &verb_at);
    uint64_t prep = f->first > hw_first_of(s, f->first) ? s->prep[f->first - 1] + 1u : 0;
    uint64_t named = (uint64_t)(c->cast.actors.n > 0) | (uint64_t)(c->cast.targets.n > 0) << 1 | (uint64_t)c->cast.actors.own << 2 | (uint64_t)c->cast.targets.own << 3;
    o->n = 0;
    hw_feature(o, E_BIAS, 0);
    hw_feature(o, E_DOUBT, d);
    hw_feature(o, E_ROW, (uint64_t)f->row << 8 | d);
    hw_feature(o, E_HEAD, head << 3 | f->noun);
    hw_feature(o, E_FORM, hw_et(s, f->head)->hash);
    hw_feature(o, E_TYPE, type << 8 | d);
    hw_feature(o, E_FRAME, (uint64_t)row->needs << 16 | (uint64_t)row->alone << 12 | (uint64_t)row->gen << 8 | d);
    hw_feature(o, E_MARKS, marks << 8 | d);
    hw_feature(o, E_ACTORS, actors << 8 | d);
    hw_feature(o, E_TARGETS, targets << 8 | d);
    hw_feature(o, E_BOTH, both << 8 | d);
    hw_feature(o, E_NEEDS, (uint64_t)row->needs << 16 | named << 8 | d);
    hw_feature(o, E_PREP, prep << 16 | marks << 4 | f->noun);
    hw_feature(o, E_BEFORE, lemma_near(s, f->first, -1) << 1 | f->noun);
    hw_feature(o, E_AFTER, lemma_near(s, f->last, 1) << 1 | f->noun);
    hw_feature(o, E_UPOS_BEFORE, upos_near(s, f->first, -1) << 8 | upos_near(s, f->first, -2) << 16 | d);
    hw_feature(o, E_UPOS_AFTER, upos_near(s, f->last, 1) << 8 | upos_near(s, f->last, 2) << 16 | d);
    hw_feature(o, E_VERB, verb);
    hw_feature(o, E_VERB_CUE, (verb ? (uint64_t)hw_lemma_cue(s, verb) : 0) << 8 | (uint64_t)(verb_at != HW_NO_TOKEN ? bucket(verb_at - f->last) : 8) << 4 | f->noun);
    hw_feature(o, E_QUOTE, (uint64_t)(hw_quote_at(s, f->first) >= 0) << 8 | d);
    hw_feature(o, E_STATUS, (uint64_t)hw_standing_of(s, f, row) << 8 | d);
    hw_feature(o, E_TENSE, (uint64_t)f->tense << 16 | (uint64_t)f->neg << 12 | (uint64_t)f->passive << 11 | (uint64_t)f->person << 4 | f->noun);
    hw_feature(o, E_UNNAMED, (c->cast.unnamed != HW_NO_TOKEN ? lemma_at(s, c->cast.unnamed) : 0) << 1 | c->cast.unnamed_acts);
    hw_feature(o, E_NAMES, names_around(s, f) << 8 | d);
    hw_feature(o, E_AGAIN, (uint64_t)(s->last[row->type][0].n + s->last[row->type][1].n ? 1 + bucket(hw_et(s, f->first)->sentence - s->last_sentence[row->type]) : 0) << 16 | marks << 4 | f->noun);
    hw_feature(o, E_PLACE, (uint64_t)(c->cast.place >= 0) << 8 | named << 4 | f->noun);
    hw_feature(o, E_TIME, (uint64_t)(hw_time_of(s, f) >= 0) << 8 | d);
    hw_feature(o, E_SENTENCE, (uint64_t)bucket(hw_et(s, f->first)->sentence) << 8 | (uint64_t)bucket(f->first - hw_first_of(s, f->first)) << 4 | f->noun);
    hw_feature(o, E_ROW_MARKS, (uint64_t)f->row << 20 | marks << 4 | f->noun);
    hw_feature(o, E_ROW_BOTH, (uint64_t)f->row << 20 | named);
    hw_feature(o, E_TYPE_BOTH, type << 20 | named << 4 | f->noun);
    hw_feature(o, E_LINK, link_before(s, f) << 8 | d);
    hw_feature(o, E_CLAUSE, (uint64_t)s->clauses.v[s->clause_at[f->first]].that << 8 | (uint64_t)(s->clauses.v[s->clause_at[f->first]].own >= 0) << 9 | d);
    hw_feature(o, E_LENGTH, (uint64_t)(f->last - f->first) << 8 | d);
}

/* ---- who takes part ----------------------------------------------------------------------------------------------- */

static uint32_t distance(const hw_np *p, const hw_found *f)
{
    return p->last < f->first ? f->first - p->last : p->first > f->last ? p->first - f->last : 0;
}

/* Adds an entity, or brings a nearer phrase of one that is there. */
static void contend(const hw_seeker *s, const hw_found *f, hw_contender *v, unsigned *n, int32_t entity, int32_t np, uint8_t said)
{
    if (entity < 0) return;
    for (unsigned i = 0; i < *n; i++) {
        if (v[i].entity != entity) continue;
        if (said && !v[i].said) v[i].said = said;
        if (np >= 0 && (v[i].np < 0 || distance(&s->nps.v[np], f) < distance(&s->nps.v[v[i].np], f))) v[i].np = np;
        return;
    }
    if (*n < HW_MAX_CONTENDERS) v[(*n)++] = (hw_contender){entity, np, said};
}

static int32_t speaker_of(const hw_seeker *s, const hw_found *f)
{
    int32_t q = hw_quote_at(s, f->first);
    return q >= 0 ? s->q->quotes.v[q].source_entity : s->self;
}

unsigned hw_contenders(const hw_seeker *s, const hw_candidate *c, hw_contender v[HW_MAX_CONTENDERS])
{
    const hw_found *f = &c->f;
    const hw_trigger *row = hw_trigger_row(s, f->row);
    unsigned n = 0;
    for (unsigned i = 0; i < c->cast.actors.n; i++) contend(s, f, v, &n, c->cast.actors.v[i], -1, 1);
    for (unsigned i = 0; i < c->cast.targets.n; i++) contend(s, f, v, &n, c->cast.targets.v[i], -1, 2);
    uint32_t low = hw_first_of(s, f->first), high = hw_last_of(s, f->last);
    if (f->first > low + 40) low = f->first - 40;
    if (high > f->last + 40) high = f->last + 40;
    for (uint32_t k = hw_np_from(s, low); k < s->nps.n && s->nps.v[k].first <= high; k++) contend(s, f, v, &n, s->nps.v[k].entity, (int32_t)k, 0);
    uint32_t back = hw_et(s, low)->sentence > 1 ? s->x->sentences.v[hw_et(s, low)->sentence - 2].first : 0;
    for (uint32_t k = hw_np_from(s, low); k > 0 && s->nps.v[k - 1].first >= back && n < HW_MAX_CONTENDERS; k--) contend(s, f, v, &n, s->nps.v[k - 1].entity, (int32_t)k - 1, 0);
    const hw_clause *cl = &s->clauses.v[s->clause_at[f->first]];
    if (cl->topic >= 0) contend(s, f, v, &n, s->nps.v[cl->topic].entity, -1, 0);
    contend(s, f, v, &n, speaker_of(s, f), -1, 0);
    for (unsigned side = 0; side < 2; side++)
        for (unsigned i = 0; i < s->last[row->type][side].n; i++) contend(s, f, v, &n, s->last[row->type][side].v[i], -1, 0);
    return n;
}

enum { P_BIAS = 1, P_SAID, P_ROW, P_GOV, P_GOV_ROW, P_WHERE, P_TYPE, P_SUBJECT, P_TOPIC, P_GEN, P_SLOT, P_SPEAKER, P_LAST, P_FLAGS, P_COUNTS, P_DOUBT, P_BEFORE,
       P_AFTER, P_HEAD, P_KIND, P_BETWEEN, P_PLACE, P_HEAD_GOV, P_CLAUSES, P_QUOTE, P_HEAD_KIND, P_JOINED, P_FAR, P_SENTENCES, P_VERB_GOV, P_BACK, P_BACK_KIND, P_RANK };

static bool in_parts(const hw_parts *p, int32_t entity)
{
    for (unsigned i = 0; i < p->n; i++)
        if (p->v[i] == entity) return true;
    return false;
}

/* What kind of thing it is: a person, an organisation, a country, another place. */
static uint64_t kind_of(const hw_seeker *s, int32_t entity)
{
    hewal_type t = s->n->entities.v[entity].type;
    return t != HEWAL_LOC ? (uint64_t)t : hw_is_country(s, entity) ? 4 : hw_may_govern(s, entity) ? 5 : 6;
}

/* How many others of its kind, or any, stand between it and the trigger. */
static uint64_t between(const hw_seeker *s, const hw_found *f, const hw_contender *v, unsigned n, unsigned i)
{
    uint32_t alike = 0, any = 0, own = distance(&s->nps.v[v[i].np], f);
    bool before = s->nps.v[v[i].np].last < f->first;
    for (unsigned k = 0; k < n; k++) {
        if (k == i || v[k].np < 0 || (s->nps.v[v[k].np].last < f->first) != before || distance(&s->nps.v[v[k].np], f) >= own) continue;
        any++;
        alike += s->n->entities.v[v[k].entity].type == s->n->entities.v[v[i].entity].type;
    }
    return (uint64_t)(any > 3 ? 3 : any) << 4 | (alike > 3 ? 3 : alike);
}

void hw_contender_features(const hw_seeker *s, const hw_candidate *c, const hw_contender *v, unsigned n, unsigned i, hw_feature_set *o)
{
    const hw_found *f = &c->f;
    const hw_trigger *row = hw_trigger_row(s, f->row);
    const hw_np *p = v[i].np >= 0 ? &s->nps.v[v[i].np] : NULL;
    const hw_clause *cl = &s->clauses.v[s->clause_at[f->verb != HW_NO_TOKEN ? f->verb : f->first]];
    bool own = v[i].said == 1 ? c->cast.actors.own : v[i].said == 2 && c->cast.targets.own;
    uint64_t said = (uint64_t)v[i].said << 2 | (uint64_t)own << 1 | f->noun, kind = kind_of(s, v[i].entity), type = row->type;
    uint32_t back = p ? hw_et(s, f->first)->sentence - hw_et(s, p->core)->sentence : 0; /* sentences before the trigger's */
    uint64_t gov = p && !back ? p->gov + 1u : 0, side = !p ? 0 : back ? 3 + (back > 2 ? 2 : back) : p->last < f->first ? 1 : p->first > f->last ? 2 : 3;
    uint64_t form = (uint64_t)f->noun | (uint64_t)f->passive << 1;
    o->n = 0;
    hw_feature(o, P_BIAS, form);
    hw_feature(o, P_SAID, said << 8 | type);
    hw_feature(o, P_ROW, (uint64_t)f->row << 8 | said);
    hw_feature(o, P_GOV, gov << 8 | side << 4 | said);
    hw_feature(o, P_GOV_ROW, (uint64_t)f->row << 12 | gov << 4 | side);
    hw_feature(o, P_TYPE, kind << 16 | type << 8 | said);
    hw_feature(o, P_KIND, kind << 16 | gov << 8 | side << 4 | form);
    hw_feature(o, P_DOUBT, (uint64_t)c->doubt << 8 | said);
    hw_feature(o, P_COUNTS, (uint64_t)(c->cast.actors.n > 2 ? 2 : c->cast.actors.n) << 12 | (uint64_t)(c->cast.targets.n > 2 ? 2 : c->cast.targets.n) << 8 | said);
    bool topic = cl->topic >= 0 && s->nps.v[cl->topic].entity == v[i].entity, subject = cl->own >= 0 && s->nps.v[cl->own].entity == v[i].entity;
    hw_feature(o, P_TOPIC, (uint64_t)topic << 13 | (uint64_t)subject << 12 | form << 8 | said);
    hw_feature(o, P_SUBJECT, (uint64_t)topic << 13 | (uint64_t)subject << 12 | form << 10 | type << 4 | (uint64_t)(row->target[0] == HW_S_OBJ) << 1 | f->becomes);
    hw_feature(o, P_SPEAKER, (uint64_t)(speaker_of(s, f) == v[i].entity) << 20 | (uint64_t)f->person << 12 | type << 4 | said);
    hw_feature(o, P_LAST, (uint64_t)in_parts(&s->last[type][0], v[i].entity) << 21 | (uint64_t)in_parts(&s->last[type][1], v[i].entity) << 20 | marks_of(s, f) << 4 | form);
    hw_feature(o, P_FAR, (uint64_t)in_parts(&s->last[type][0], v[i].entity) << 21 | (uint64_t)in_parts(&s->last[type][1], v[i].entity) << 20 | said << 4 | (uint64_t)(p != NULL));
    hw_feature(o, P_PLACE, (uint64_t)(c->cast.place == v[i].entity) << 8 | said);
    hw_feature(o, P_SENTENCES, side << 12 | kind << 8 | said);
    hw_feature(o, P_RANK, (uint64_t)(i > 5 ? 5 : i) << 12 | (uint64_t)(n > 8 ? 8 : n) << 8 | said);
    bool quoted = hw_quote_at(s, f->first) >= 0;
    hw_feature(o, P_QUOTE, (uint64_t)quoted << 9 | (uint64_t)(p && quoted && hw_quote_at(s, p->core) < 0) << 8 | said);
    if (!p) return;
    if (back) {
        bool subject_there = s->clauses.v[s->clause_at[p->core]].own == v[i].np;
        hw_feature(o, P_BACK, (uint64_t)subject_there << 20 | (uint64_t)(p->gov == HW_S_NONE) << 21 | (uint64_t)(hw_et(s, p->core)->sentence == 0) << 22 | type << 8 | side << 4 | form);
        hw_feature(o, P_BACK_KIND, (uint64_t)subject_there << 20 | kind << 8 | side << 4 | (uint64_t)(cl->own >= 0) << 1 | f->noun);
        return;
    }
    uint32_t clauses = (uint32_t)(s->clause_at[p->core] > s->clause_at[f->first] ? s->clause_at[p->core] - s->clause_at[f->first] : s->clause_at[f->first] - s->clause_at[p->core]);
    hw_feature(o, P_CLAUSES, (uint64_t)bucket(clauses) << 16 | side << 12 | gov << 4 | form);
    hw_feature(o, P_WHERE, (uint64_t)bucket(distance(p, f)) << 16 | side << 12 | gov << 4 | form);
    hw_feature(o, P_GEN, (uint64_t)(s->np_at[f->head] == v[i].np && p->core > f->last) << 16 | (uint64_t)row->gen << 12 | kind << 4 | form);
    bool for_actor = false, for_target = false;
    for (unsigned k = 0; row->actor[k]; k++) for_actor |= row->actor[k] == p->gov;
    for (unsigned k = 0; row->target[k]; k++) for_target |= row->target[k] == p->gov;
    hw_feature(o, P_SLOT, (uint64_t)for_actor << 17 | (uint64_t)for_target << 16 | side << 8 | said);
    uint64_t flags = (uint64_t)p->clitic | (uint64_t)p->of_event << 1 | (uint64_t)p->people << 2 | (uint64_t)p->inner << 3 | (uint64_t)p->joined << 4 | (uint64_t)p->comma << 5 |
                     (uint64_t)(p->tail_of != HW_NO_TOKEN && p->tail_of == f->verb) << 6 | (uint64_t)(p->type == HEWAL_ROLE) << 7;
    hw_feature(o, P_FLAGS, flags << 8 | side << 4 | form);
    hw_feature(o, P_JOINED, flags << 8 | said);
    hw_feature(o, P_BEFORE, lemma_near(s, p->first, -1) << 3 | side);
    hw_feature(o, P_AFTER, lemma_near(s, p->last, 1) << 3 | side);
    hw_feature(o, P_HEAD_KIND, (p->first < p->core ? lemma_at(s, p->first) : 1) << 3 | side);
    hw_feature(o, P_BETWEEN, between(s, f, v, n, i) << 12 | side << 8 | said);
    hw_feature(o, P_HEAD_GOV, lemma_at(s, f->head) << 8 | gov << 3 | side);
    hw_feature(o, P_VERB_GOV, type << 20 | gov << 12 | side << 8 | kind << 4 | form);
}

/* Who takes part, by the model; returns what speaks for the strongest. Those without a name stay the rules'. */
static float cast_anew(const hw_seeker *s, hw_candidate *c)
{
    hw_contender v[HW_MAX_CONTENDERS];
    unsigned n = hw_contenders(s, c, v);
    hw_parts parts[2] = {{.own = c->cast.actors.own}, {.own = c->cast.targets.own}};
    float strongest = -HW_J_STRONGEST;
    for (unsigned i = 0; i < n; i++) {
        hw_feature_set x;
        float w[HW_J_LABELS];
        hw_contender_features(s, c, v, n, i, &x);
        hw_linear_scores(&s->judge, &x, HW_J_LABELS, w);
        uint8_t part = c->cast.retold ? v[i].said : hw_judge_part(w, v[i].said, &strongest);
        if (part && parts[part - 1].n < HW_MAX_PARTS) parts[part - 1].v[parts[part - 1].n++] = v[i].entity;
    }
    const hw_parts *ruled[2] = {&c->cast.actors, &c->cast.targets};
    for (unsigned side = 0; side < 2; side++)
        for (unsigned i = 0; i < ruled[side]->n; i++)
            if (ruled[side]->v[i] < 0 && parts[side].n < HW_MAX_PARTS) parts[side].v[parts[side].n++] = ruled[side]->v[i];
    c->cast.actors = parts[0];
    c->cast.targets = parts[1];
    return strongest;
}

bool hw_judge(const hw_seeker *s, hw_candidate *c)
{
    if (!s->judge.w) return c->doubt == HW_BELIEVED;
    hw_feature_set x;
    float v[HW_J_LABELS];
    hw_event_features(s, c, &x);
    hw_linear_scores(&s->judge, &x, HW_J_LABELS, v);
    if (hw_judge_event(v, !c->doubt, HW_J_STRONGEST) <= 0) return false; /* whoever takes part */
    float speaks = hw_judge_event(v, !c->doubt, cast_anew(s, c));
    c->sure = 1 / (1 + expf(-speaks));
    return speaks > 0;
}
