/* In: a trigger. Out: who is meant and does not stand in its frame: the subject of the sentences before, «both sides», «we», the
 * country of people, those of the last event. */
#include "events/scene.h"

static bool of_kind(const hw_seeker *s, int32_t e, uint32_t each)
{
    if (e < 0) return false;
    hewal_type t = s->n->entities.v[e].type;
    if (each & HW_Q_EACH_PERSON) return t == HEWAL_PER;
    if (each & HW_Q_EACH_LAND) return hw_is_country(s, e);
    return true;
}

/* Those of the last meeting or agreement, when they are of the kind. */
static bool put_last_two(const hw_seeker *s, hw_parts *out, uint32_t each)
{
    static const hewal_event_type joint[] = {HEWAL_AGREE, HEWAL_CONSULT};
    for (unsigned t = 0; t < 2; t++) {
        hw_parts both = {0};
        for (unsigned side = 0; side < 2; side++)
            for (unsigned i = 0; i < s->last[joint[t]][side].n; i++)
                if (of_kind(s, s->last[joint[t]][side].v[i], each)) hw_put_entity(&both, s->last[joint[t]][side].v[i]);
        if (both.n < 2) continue;
        for (unsigned i = 0; i < both.n; i++) hw_put_entity(out, both.v[i]);
        return true;
    }
    return false;
}

/* «herdûla», «herdû serok»: the two that were named last together, else the last two of one kind. */
bool hw_put_both_at(const hw_scene *c, uint32_t at, hw_parts *out)
{
    const hw_seeker *s = c->s;
    uint32_t each = s->cue[at] & (HW_Q_EACH_LAND | HW_Q_EACH_PERSON);
    out->own = true;
    uint32_t k = hw_np_from(s, at), low = k > 24 ? k - 24 : 0;
    for (uint32_t i = k; i > low; i--) {
        const hw_np *p = &s->nps.v[i - 1];
        if (!p->joined || p->people || !of_kind(s, p->entity, each)) continue;
        hw_put_phrase(s, out, (int32_t)i - 1, true);
        if (out->n > 1) return true;
        out->n = 0;
    }
    if (put_last_two(s, out, each)) return true;
    for (uint32_t i = k; i > low && out->n < 2; i--) {
        int32_t e = s->nps.v[i - 1].entity;
        if (of_kind(s, e, each) && (!out->n || s->n->entities.v[out->v[0]].type == s->n->entities.v[e].type)) hw_put_entity(out, e);
    }
    return out->n > 0;
}

/* «ême» of somebody in office: of acts of state, his state acts. */
static const uint32_t state_acts = 1u << HEWAL_AID | 1u << HEWAL_ASSAULT | 1u << HEWAL_RETREAT | 1u << HEWAL_MOBILIZE | 1u << HEWAL_SANCTION |
                          1u << HEWAL_COOPERATE | 1u << HEWAL_CONCEDE;

/* Two in office who agree, or give something up: as «both sides» their states do. */
static void sides(const hw_scene *c, hw_parts *p)
{
    const hw_seeker *s = c->s;
    if (!((state_acts | 1u << HEWAL_AGREE) >> c->row->type & 1) || p->n != 2) return;
    int32_t home[2];
    for (unsigned i = 0; i < 2; i++) {
        int32_t e = p->v[i];
        if (e < 0 || (uint32_t)e >= s->n_home || s->n->entities.v[e].type != HEWAL_PER || s->home[e] == HEWAL_NONE) return;
        home[i] = s->home[e];
    }
    if (home[0] == home[1]) return;
    p->v[0] = home[0];
    p->v[1] = home[1];
}

/* The subject is «herdûla». */
bool hw_put_both(const hw_scene *c, hw_parts *out)
{
    const hw_seeker *s = c->s;
    uint32_t at = HW_NO_TOKEN, from = hw_first_of(s, c->f->first);
    if (c->f->first > from + 40) from = c->f->first - 40;
    for (uint32_t i = from; i < c->f->first; i++)
        if ((s->cue[i] & HW_Q_EACH) && (i == from || !s->prep[i - 1])) at = i;
    if (at == HW_NO_TOKEN) return false;
    for (uint32_t i = s->clause_at[at]; i <= s->clause_at[c->f->first]; i++)
        if (s->clauses.v[i].own >= 0 && s->nps.v[s->clauses.v[i].own].first > at) return false;
    if (!hw_put_both_at(c, at, out)) return false;
    if (!(s->cue[at] & HW_Q_EACH_PERSON)) sides(c, out);
    return true;
}

/* «rêkkewtîn»: the speaker, and with him those of the last agreement or meeting that he took part in. */
void hw_put_fellows(const hw_scene *c, hw_parts *out)
{
    static const hewal_event_type joint[] = {HEWAL_AGREE, HEWAL_CONSULT};
    const hw_seeker *s = c->s;
    for (unsigned t = 0; t < 2; t++) {
        const hw_parts *both = s->last[joint[t]];
        bool there = false;
        for (unsigned side = 0; side < 2; side++)
            for (unsigned i = 0; i < both[side].n; i++) there |= both[side].v[i] == c->speaker;
        if (!there && (both[0].n + both[1].n < 2 || !of_kind(s, both[0].n ? both[0].v[0] : HEWAL_NONE, HW_Q_EACH_PERSON))) continue;
        for (unsigned side = 0; side < 2; side++)
            for (unsigned i = 0; i < both[side].n; i++) hw_put_entity(out, both[side].v[i]);
        return;
    }
}

/* Whether the phrase of nouns that begins with token i reaches to token `end`. */
static bool adjoins(const hw_seeker *s, uint32_t i, uint32_t end)
{
    while (i + 1 < end && (hw_may_carry(s, i) & HW_M_IZAFE)) i++;
    return i + 1 >= end;
}

/* The country of whom the sentences speak («willatekey»), for the word at `token`; HEWAL_NONE when it is another word. */
int32_t hw_homeland(const hw_scene *c, uint32_t token)
{
    const hw_seeker *s = c->s;
    if (token == HW_NO_TOKEN || !(s->cue[token] & HW_Q_HOMELAND)) return HEWAL_NONE;
    for (uint32_t k = hw_np_from(s, token), n = 0; k > 0 && n < 6; k--, n++) {
        int32_t e = s->nps.v[k - 1].entity;
        if ((uint32_t)e < s->n_home && s->home[e] != HEWAL_NONE) return s->home[e];
    }
    return HEWAL_NONE;
}

/* The place whose people the phrase of nouns at `token` is of («serbazanî emrîkî»), when the article names it. */
int32_t hw_nation(const hw_scene *c, uint32_t token)
{
    const hw_seeker *s = c->s;
    if (token == HW_NO_TOKEN) return HEWAL_NONE;
    uint32_t end = hw_last_of(s, token);
    for (uint32_t i = token, n = 0; n < 9 && i <= end; i++, n++) {
        int32_t e = i > token ? hw_country_by_people(s, i) : HEWAL_NONE;
        if (e >= 0) return e;
        bool dashed = i < end && hw_upos_at(s, i + 1) == HW_PUNCTUATION && !hw_soft_mark(s, i + 1) && !(hw_et(s, i + 1)->flags & HW_WIDE);
        if (hw_et(s, i)->kind != HW_WORD || dashed || (i > token && hw_et(s, i - 1)->kind == HW_NUMBER)) continue; /* «yu-2î emrîkî» */
        if (!(hw_may_carry(s, i) & (HW_M_IZAFE | HW_M_DEF)) && i > token) break;
    }
    return HEWAL_NONE;
}

/* The noun at token i is the speakers' («hêzekanman»). */
bool hw_ours(const hw_seeker *s, uint32_t i)
{
    const hw_word *w = &s->w->v[i];
    return w->n && w->analyses[0].upos == HW_NOUN && (w->analyses[0].marks & HW_M_POSS) && w->analyses[0].person == 4;
}

int32_t hw_we(const hw_scene *c)
{
    int32_t e = c->speaker;
    if (c->f->person != 1 && (state_acts >> c->row->type & 1) && (uint32_t)e < c->s->n_home && c->s->home[e] != HEWAL_NONE) return c->s->home[e];
    return e;
}

/* Of places spoken of before, only those that stand for who governs them are understood to act. */
bool hw_may_act(const hw_seeker *s, int32_t k) { return k < 0 || s->nps.v[k].type != HEWAL_LOC || hw_may_govern(s, s->nps.v[k].entity); }

/* The subject that is understood: of whom the clause before asked something, else what the sentences speak of; nobody when
 * the clause has a subject that is no name. */
void hw_put_understood(hw_scene *c, hw_cast *cast)
{
    hw_seeker *s = c->s;
    const hw_found *f = c->f;
    hw_parts *out = &cast->actors;
    if (hw_put_both(c, out)) return;
    if (c->speaker >= 0 && (state_acts >> c->row->type & 1) && c->clause->own < 0)
        for (uint32_t i = c->low; i < f->first; i++)
            if (hw_ours(s, i)) { /* «hêzekanman zyad debin» */
                hw_put_entity(out, hw_we(c));
                out->own = true;
                return;
            }
    uint32_t clause = (uint32_t)(c->clause - s->clauses.v);
    cast->unnamed = hw_common_subject(s, c->clause, f->first);
    if (cast->unnamed != HW_NO_TOKEN && (hw_wants(c->row->target, HW_S_OBJ) || hw_wants(c->row->target, HW_S_THING)) && adjoins(s, cast->unnamed, f->first))
        cast->unnamed = HW_NO_TOKEN; /* it is the object */
    cast->unnamed_acts = true;
    int32_t home = hw_homeland(c, cast->unnamed);
    if (home == HEWAL_NONE) home = hw_nation(c, cast->unnamed);
    if (home != HEWAL_NONE) {
        cast->unnamed = HW_NO_TOKEN;
        hw_put_entity(out, home);
        out->own = true;
        return;
    }
    if (cast->unnamed != HW_NO_TOKEN && !hw_somebody(s, cast->unnamed) && (c->row->target[0] != HW_S_NONE && c->row->target[0] != HW_S_IN)) cast->unnamed = HW_NO_TOKEN; /* a thing: what it is done to, or by what */
    bool unnamed = cast->unnamed != HW_NO_TOKEN;
    if (f->tense == HW_T_SUBJUNCTIVE && s->asked.n && s->asked_clause != HW_NO_TOKEN && clause > s->asked_clause && clause <= s->asked_clause + 3 && !unnamed &&
        hw_et(s, f->first)->sentence == hw_et(s, s->clauses.v[s->asked_clause].first)->sentence) {
        for (unsigned i = 0; i < s->asked.n; i++) hw_put_entity(out, s->asked.v[i]);
        out->own = out->n > 0;
        return;
    }
    if (!unnamed && hw_may_act(s, c->clause->topic)) hw_put_phrase(s, out, c->clause->topic, false);
}

/* Those of the last event of the type, when it is near. */
void hw_put_last(const hw_scene *c, hw_parts *actors, hw_parts *targets)
{
    const hw_seeker *s = c->s;
    unsigned t = hw_tale(c->row);
    if (hw_et(s, c->f->first)->sentence > s->last_sentence[t] + (c->f->noun ? 8 : 1)) return;
    if (actors && !actors->n) {
        *actors = s->last[t][0];
        actors->own = false;
    }
    if (targets && !targets->n) {
        *targets = s->last[t][1];
        targets->own = false;
    }
}
