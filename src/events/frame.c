/* In: a trigger and its line. Out: who acts, who is acted upon, and where, by the places of the line's case frame. */
#include "events/scene.h"

/* «le herdûla», «legell herdû willat» */
static void fill_both(const hw_scene *c, hw_slot_kind kind, hw_parts *out)
{
    const hw_seeker *s = c->s;
    uint32_t end = c->f->verb != HW_NO_TOKEN ? c->f->verb : c->f->last + 4;
    for (uint32_t i = c->low; i < end && i + 1 <= c->high; i++)
        if (s->prep[i] == kind && (s->cue[i + 1] & HW_Q_EACH)) {
            hw_put_both_at(c, i + 1, out);
            return;
        }
}

static void fill(const hw_scene *c, const uint8_t *slots, hw_parts *out)
{
    for (unsigned i = 0; slots[i] != HW_S_NONE && !out->n; i++) {
        int32_t k = -1;
        switch ((hw_slot_kind)slots[i]) {
        case HW_S_SUBJ: case HW_S_OBJ: case HW_S_THING: break;
        case HW_S_GEN: k = hw_by_izafe(c); break;
        default: k = hw_by_preposition(c, (hw_slot_kind)slots[i]); break;
        }
        hw_put_phrase(c->s, out, k, true);
        if (!out->n) fill_both(c, (hw_slot_kind)slots[i], out);
    }
}

static void remove_shared(hw_parts *from, const hw_parts *those)
{
    uint8_t n = 0;
    for (unsigned i = 0; i < from->n; i++) {
        bool shared = false;
        for (unsigned k = 0; k < those->n; k++) shared |= those->v[k] == from->v[i];
        if (!shared) from->v[n++] = from->v[i];
    }
    from->n = n;
}

/* Who does what is told in the passive: «lelayen X», a court by «le», those who met or agreed. True when that is all. */
static bool cast_agent(hw_scene *c, hw_cast *out, int32_t subject)
{
    hw_seeker *s = c->s;
    const hw_found *f = c->f;
    hw_put_phrase(s, &out->actors, hw_by_preposition(c, HW_S_BY), true);
    for (uint32_t i = c->low; !out->actors.n && c->speaker >= 0 && i + 1 < f->first; i++)
        if (s->prep[i] == HW_S_BY && hw_ours(s, i + 1)) hw_put_entity(&out->actors, c->speaker); /* «lelayen hêzekanmanewe» */
    if (!out->actors.n && (c->row->type == HEWAL_COERCE || c->row->type == HEWAL_REJECT || c->row->type == HEWAL_ACCUSE)) { /* «le dadga dadgayî kira» */
        int32_t k = hw_by_preposition(c, HW_S_FROM);
        if (k >= 0 && s->nps.v[k].type == HEWAL_ORG) hw_put_phrase(s, &out->actors, k, true);
    }
    if (out->actors.n || !hw_wants(c->row->target, HW_S_THING)) return false;
    if ((c->row->type == HEWAL_MOBILIZE || c->row->type == HEWAL_AID) && subject >= 0) { /* «çawdêranî X cêgîr kiran» */
        hw_put_phrase(s, &out->actors, subject, true);
        return true;
    }
    if (hw_put_both(c, &out->actors)) return true;
    static const hewal_event_type before[] = {HEWAL_AGREE, HEWAL_CONSULT}; /* «rêkkewtineke wajo kira» */
    hw_put_last(c, &out->actors, NULL);
    for (unsigned i = 0; i < 2 && !out->actors.n; i++)
        if (hw_et(s, f->first)->sentence <= s->last_sentence[before[i]] + 2) out->actors = s->last[before[i]][0];
    out->actors.own = false;
    return false;
}

/* The subject of a passive whose active has an object: what it happens to. */
static void cast_sufferer(hw_scene *c, hw_cast *out, int32_t subject)
{
    hw_seeker *s = c->s;
    if (!out->actors.n) fill(c, c->row->actor, &out->actors);
    if (!out->targets.n && subject >= 0) hw_put_phrase(s, &out->targets, subject, true);
    if (!out->targets.n && (out->unnamed = hw_common_subject(s, c->clause, c->f->first)) == HW_NO_TOKEN) hw_put_phrase(s, &out->targets, c->clause->topic, false);
    if (!out->targets.n && (hw_put_entity(&out->targets, hw_nation(c, out->unnamed)), out->targets.n)) out->targets.own = true;
    if (c->row->type == HEWAL_ASSAULT) hw_put_last(c, &out->actors, out->targets.n ? NULL : &out->targets);
}

/* The subject of a passive light verb is whom it is done to: «X rêgirîy lê kira». */
static void done_to(hw_scene *c, hw_cast *out, int32_t subject)
{
    hw_seeker *s = c->s;
    if (!c->f->passive || c->f->becomes || subject < 0 || out->targets.n || c->row->target[0] == HW_S_NONE || hw_wants(c->row->target, HW_S_THING)) return;
    if (!out->actors.n || s->nps.v[subject].entity != out->actors.v[0]) hw_put_phrase(s, &out->targets, subject, true);
}

/* A finite trigger: subject, object, prepositions. */
static void cast_verb(hw_scene *c, hw_cast *out)
{
    hw_seeker *s = c->s;
    const hw_found *f = c->f;
    bool has_object = hw_wants(c->row->target, HW_S_OBJ);
    fill(c, c->row->target, &out->targets);
    int32_t subject = hw_own_subject(c);
    bool first_person = f->person == 1 || f->person == 4;
    if (f->passive && cast_agent(c, out, subject)) return;
    if (f->passive && has_object) {
        cast_sufferer(c, out, subject);
        return;
    }
    if (has_object && !out->targets.n) {
        int32_t object = hw_object_of(c, subject);
        if (object < 0 && first_person && subject >= 0) {
            object = subject;
            subject = -1;
        }
        hw_put_phrase(s, &out->targets, object, true);
    }
    if (!out->actors.n) fill(c, c->row->actor, &out->actors);
    done_to(c, out, subject);
    if (out->actors.n) return;
    if (first_person && c->speaker >= 0) {
        hw_put_entity(&out->actors, hw_we(c));
        if (f->person == 4 && c->row->gen == HW_G_ALL && !out->targets.n) hw_put_fellows(c, &out->actors);
        out->actors.own = true;
    } else if (first_person && f->tense == HW_T_PRESENT) {
        return; /* «dawa dekeyn», and nobody known to say «we» */
    } else if (subject >= 0) {
        if (!f->passive || f->becomes) hw_put_phrase(s, &out->actors, subject, true);
    } else if (!f->passive || f->becomes) {
        hw_put_understood(c, out);
    }
}

/* A complement by izafe that is no name («hêrişî dagîrkeran»): its last noun, or HW_NO_TOKEN. */
static uint32_t unnamed_complement(const hw_seeker *s, uint32_t i)
{
    uint32_t end = hw_last_of(s, i), noun = HW_NO_TOKEN;
    for (uint32_t n = 0; n < 5 && i < end; n++) {
        const hw_word *w = &s->w->v[i];
        if (!w->n || !(w->analyses[0].marks & HW_M_IZAFE)) break;
        i++;
        if (hw_et(s, i)->kind != HW_WORD || s->prep[i] || s->t->time_at[i] >= 0 || (s->cue[i] & HW_Q_AND)) break;
        if (hw_upos_at(s, i) == HW_NOUN) noun = i;
    }
    return noun;
}

/* «hêrişeke», «lew şerreda»: of which the text told before. */
static bool spoken_of(const hw_seeker *s, const hw_found *f)
{
    uint32_t marks = f->marks | hw_may_carry(s, f->head);
    if (!(marks & HW_M_DEF)) return false;
    return (f->marks & HW_M_DEF) || (f->first > hw_first_of(s, f->first) && s->prep_words[f->first - 1] == 1);
}

/* And tells of it once more («lew şerreda …»), not only of its time, its place or a talk about it. */
static bool told_again(const hw_seeker *s, const hw_found *f)
{
    if (!spoken_of(s, f) || (f->marks & HW_M_PLURAL)) return false;
    if (f->first == hw_first_of(s, f->first)) return true;
    if (s->prep[f->first - 1] == HW_S_ABOUT) return (f->marks & HW_M_LOC) != 0;
    return s->prep[f->first - 1] || hw_upos_at(s, f->first - 1) != HW_NOUN || !(hw_may_carry(s, f->first - 1) & HW_M_IZAFE);
}

/* «le hêrişekanî bo ser X»: where izafe leads to nothing, the letter is «his»; «hêrişekey ser X» goes on. */
static bool his(const hw_seeker *s, const hw_found *f)
{
    if (f->last == hw_last_of(s, f->last)) return false;
    uint8_t next = s->prep[f->last + 1];
    uint32_t marks = hw_may_carry(s, f->last);
    return (next == HW_S_FOR || next == HW_S_FROM || next == HW_S_WITH) && (marks & HW_M_IZAFE) && (marks & HW_M_DEF);
}

/* The clause says that its subject is in it. */
static bool lives_in(const hw_seeker *s, const hw_scene *c)
{
    return c->clause->own >= 0 && (c->f->marks & HW_M_LOC) && (hw_may_carry(s, c->f->last) & HW_M_COPULA);
}

/* What the complement by izafe is: «hêrişî X», «destgîrkirdinî X», «serdanî X». */
static hw_gen role_of_complement(const hw_scene *c, const hw_cast *out, int32_t gen)
{
    const hw_np *p = &c->s->nps.v[gen];
    hw_gen g = c->row->gen;
    if (g == HW_G_VISIT) g = p->type == HEWAL_PER || p->type == HEWAL_ROLE || p->first < c->f->first ? HW_G_ACTOR : HW_G_TARGET;
    if (g == HW_G_ACTOR && out->actors.n) g = HW_G_TARGET;
    if (g == HW_G_TARGET && !out->actors.n && c->row->type == HEWAL_SUPPORT && hw_wants(c->row->target, HW_S_FOR)) { /* «pîrozbayî X bo Y» */
        int32_t whom = hw_by_preposition(c, HW_S_FOR);
        if (whom >= 0 && whom != gen) g = HW_G_ACTOR;
    }
    if (g == HW_G_SIDE) {
        int32_t onto = hw_by_preposition(c, HW_S_ONTO);
        bool place = p->type == HEWAL_LOC && !out->actors.n;
        bool against = hw_by_preposition(c, HW_S_AGAINST) >= 0 || hw_by_preposition(c, HW_S_WITH) >= 0 || (onto >= 0 && onto != gen);
        g = !place || against ? HW_G_ACTOR : HW_G_NONE;
    }
    if (c->row->type == HEWAL_PROTEST && p->type == HEWAL_LOC) return HW_G_NONE;
    if (g == HW_G_ACTOR && c->row->type == HEWAL_ASSAULT && !hw_may_act(c->s, gen)) return HW_G_TARGET; /* «hêrişî hewlêr» */
    return g;
}

/* «serdanekey X»: whom he visited, when the text told of it. */
static void put_visited(const hw_scene *c, hw_cast *out)
{
    bool known = (c->f->marks | hw_may_carry(c->s, c->f->head)) & (HW_M_DEF | HW_M_POSS);
    if (!known || out->actors.n != 1 || out->targets.n || c->row->mode != HEWAL_VISIT) return;
    const hw_parts *last = c->s->last[hw_tale(c->row)];
    for (unsigned i = 0; i < last[0].n; i++)
        if (last[0].v[i] == out->actors.v[0]) out->targets = last[1];
    out->targets.own = false;
}

/* Somebody without a name by izafe («hêrişî dagîrkeran»), or the country of his («hêrişî supay willatekey»). */
static bool put_nameless_complement(const hw_scene *c, hw_cast *out)
{
    if (c->row->gen == HW_G_NONE || c->row->type == HEWAL_MOBILIZE) return false;
    out->unnamed = unnamed_complement(c->s, c->f->last);
    if (out->unnamed == HW_NO_TOKEN) return false;
    out->unnamed_acts = c->row->gen != HW_G_TARGET;
    int32_t home = hw_homeland(c, out->unnamed);
    if (home == HEWAL_NONE) home = hw_nation(c, c->f->last);
    if (home == HEWAL_NONE) return true;
    hw_put_entity(out->unnamed_acts ? &out->actors : &out->targets, home);
    out->actors.own = true;
    out->unnamed = HW_NO_TOKEN;
    return true;
}

/* Who acts when nobody stands at the noun: «we», those of the event told before, the subject of the clause. */
static void put_noun_actor(hw_scene *c, hw_cast *out, bool complement)
{
    hw_seeker *s = c->s;
    const hw_found *f = c->f;
    bool own = false;
    const hw_word *w = &s->w->v[f->head];
    for (unsigned i = 0; i < w->n; i++) own |= (w->analyses[i].marks & HW_M_POSS) && (w->analyses[i].person == 1 || w->analyses[i].person == 4);
    if (own && c->speaker < 0 && !out->targets.n) return;
    if (own && c->speaker >= 0) {
        hw_put_entity(&out->actors, hw_we(c));
        if (c->row->gen == HW_G_ALL && !out->targets.n) hw_put_fellows(c, &out->actors);
    } else if (spoken_of(s, f) && !out->targets.n && !complement && s->last[hw_tale(c->row)][0].n) {
        hw_put_last(c, &out->actors, &out->targets);
        out->retold = out->actors.n || out->targets.n;
    }
    if (out->actors.n || c->row->gen == HW_G_TARGET || c->row->gen == HW_G_SIDE) return;
    uint32_t common = c->clause->own < 0 && c->clause->verb == f->last ? hw_common_subject(s, c->clause, f->first) : HW_NO_TOKEN;
    bool crowd = common != HW_NO_TOKEN && (s->cue[common] & HW_Q_PEOPLE); /* «sedan kes kobûnewe» */
    bool far = c->clause->verb == HW_NO_TOKEN || c->clause->verb > f->last + 1;
    bool merely = c->row->type == HEWAL_ASSAULT && far && !(f->marks & HW_M_POSS) && !his(s, f); /* «hêrişekey ser X»: who speaks of it did not do it */
    if (!hw_put_both(c, &out->actors) && !crowd && !merely && hw_may_act(s, c->clause->topic)) hw_put_phrase(s, &out->actors, c->clause->topic, false);
}

/* A trigger that stands as a noun. */
static void cast_noun(hw_scene *c, hw_cast *out)
{
    hw_seeker *s = c->s;
    int32_t gen = hw_by_izafe(c), between = hw_by_preposition(c, HW_S_BETWEEN);
    hw_put_phrase(s, &out->actors, hw_by_preposition(c, HW_S_BY), true);
    if (between >= 0 && s->nps.v[between].first <= c->f->last + 8) {
        hw_put_phrase(s, &out->actors, between, true);
        return;
    }
    hw_gen g = gen >= 0 ? role_of_complement(c, out, gen) : HW_G_NONE;
    if (g == HW_G_ACTOR || g == HW_G_ALL) hw_put_phrase(s, &out->actors, gen, true);
    else if (g == HW_G_TARGET) hw_put_phrase(s, &out->targets, gen, true);
    uint8_t slots[HW_MAX_SLOTS];
    unsigned n = 0;
    for (unsigned i = 0; c->row->target[i] != HW_S_NONE; i++)
        if (c->row->target[i] != HW_S_GEN && c->row->target[i] != HW_S_OBJ) slots[n++] = c->row->target[i];
    slots[n] = HW_S_NONE;
    if (!out->targets.n) fill(c, slots, &out->targets);
    if (!out->actors.n) fill(c, c->row->actor, &out->actors);
    put_visited(c, out);
    if (!out->targets.n && c->row->gen == HW_G_TARGET && lives_in(s, c)) { /* «X le goşegîrîdaye» */
        hw_put_phrase(s, &out->targets, c->clause->own, true);
        return;
    }
    if (out->actors.n || (gen < 0 && put_nameless_complement(c, out))) return;
    put_noun_actor(c, out, gen >= 0);
}

/* Of whom it is asked, told by what he shall do: «dawa dekat perleman kobbêtewe». */
static void put_asked(const hw_scene *c, hw_parts *out)
{
    const hw_seeker *s = c->s;
    uint32_t at = s->clause_at[c->f->verb != HW_NO_TOKEN ? c->f->verb : c->f->first];
    if (c->f->verb == HW_NO_TOKEN) return;
    for (uint32_t k = at + 1; k < s->clauses.n && k <= at + 2; k++) {
        const hw_clause *n = &s->clauses.v[k];
        if (n->starts) return;
        if (n->verb == HW_NO_TOKEN && n->own < 0) continue;
        const hw_analysis *a = n->verb == HW_NO_TOKEN ? NULL : hw_finite(s, n->verb);
        if (n->own >= 0 && a && (a->marks & HW_M_SUBJUNCTIVE) && !(a->marks & HW_M_PASSIVE)) hw_put_phrase(s, out, n->own, true);
        return;
    }
}

/* An embassy opened or closed: by the country whose it is, against the one where it stands. */
static void put_embassy(const hw_scene *c, hw_cast *out)
{
    const hw_seeker *s = c->s;
    if (c->row->near < 0 || c->row->near_not || !c->row->embassy) return;
    for (uint32_t k = hw_np_from(s, c->low), n = 0; k < s->nps.n && s->nps.v[k].first <= c->high && n < 12; k++, n++) {
        const hw_np *p = &s->nps.v[k];
        if (!hw_near(s, c->row->near, p->first, p->last)) continue;
        int32_t whose = HEWAL_NONE, where = HEWAL_NONE;
        if (p->type == HEWAL_ORG) {
            whose = hw_country_inside(s, p->core, p->last);
            if (whose < 0) where = hw_land_of_town(s, p->core, p->last);
        } else if (hw_is_country(s, p->entity)) whose = p->entity;
        else if (p->type == HEWAL_LOC) where = hw_country_of(s, p->entity);
        if (k + 1 < s->nps.n && s->nps.v[k + 1].type == HEWAL_LOC && s->nps.v[k + 1].first <= p->last + 4 && s->nps.v[k + 1].gov == HW_S_FROM)
            where = hw_country_of(s, s->nps.v[k + 1].entity);
        if (whose >= 0) {
            out->actors.n = 0;
            hw_put_entity(&out->actors, whose);
        }
        if (where >= 0 && where != whose) {
            out->targets.n = 0;
            hw_put_entity(&out->targets, where);
        }
        return;
    }
}

/* Whether those are there by name whom the line asks for. */
static bool enough(const hw_seeker *s, const hw_trigger *row, const hw_found *f, const hw_cast *c)
{
    bool person = false, country = false, traveller = false, goal = false;
    for (unsigned i = 0; i < c->targets.n; i++) {
        hewal_type t = c->targets.v[i] < 0 ? HEWAL_PER : s->n->entities.v[c->targets.v[i]].type;
        person |= t == HEWAL_PER;
        country |= t != HEWAL_PER;
        goal |= t == HEWAL_LOC;
    }
    for (unsigned i = 0; i < c->actors.n; i++) traveller |= c->actors.v[i] < 0 || s->n->entities.v[c->actors.v[i]].type == HEWAL_PER;
    if (!c->actors.n && !c->targets.n && (c->unnamed == HW_NO_TOKEN || !c->unnamed_acts)) return false;
    if (row->needs == HW_N_TRAVELLER && (f->person == 1 || f->person == 2 || f->person > 3)) return false;
    bool again = row->type == HEWAL_ASSAULT && f->noun && told_again(s, f) && (c->actors.n || c->targets.n);
    if (f->noun && row->alone == HW_A_NAMED && !c->actors.own && !c->targets.own && !(f->marks & HW_M_POSS) && !again) return false;
    if (again) return true;
    /* «dway wajokirdin», «beyannamey kobûneweke»: spoken of already */
    if (f->noun && !c->actors.own && !c->targets.own && !((f->marks | hw_may_carry(s, f->last)) & HW_M_IZAFE) && !(f->marks & HW_M_INDEF) && f->first > hw_first_of(s, f->first)) {
        uint32_t before = hw_may_carry(s, f->first - 1);
        if (s->prep[f->first - 1] == HW_S_ABOUT && (hw_may_carry(s, f->last) & HW_M_INFINITIVE)) return false;
        if ((f->marks & HW_M_DEF) && hw_upos_at(s, f->first - 1) == HW_NOUN && (before & HW_M_IZAFE)) return false;
    }
    /* «dway kobûneweke» */
    if (f->noun && (f->marks & HW_M_DEF) && !c->actors.own && !c->targets.own && f->first > hw_first_of(s, f->first) &&
        s->prep[f->first - 1] == HW_S_ABOUT)
        return false;
    switch (row->needs) {
    case HW_N_ACTOR: return c->actors.n > 0;
    case HW_N_TARGET: return c->targets.n > 0;
    case HW_N_ANY: return c->actors.own || c->targets.own;
    case HW_N_PERSON: return person;
    case HW_N_COUNTRY: return country;
    case HW_N_TRAVELLER: return (traveller || c->delegates) && goal;
    case HW_N_SUFFERER: return c->targets.n > 0 || c->actors.own || (!f->passive && !f->noun && c->actors.n);
    case HW_N_PAIR: return c->actors.own && c->actors.n > 1 && !c->targets.n && f->verb != HW_NO_TOKEN && f->verb <= f->head + 1;
    case HW_N_NONE: break;
    }
    return true;
}

/* A withdrawal is from a country; a smaller place is only where it happens. */
static void keep_states(const hw_seeker *s, hw_parts *p)
{
    uint8_t n = 0;
    for (unsigned i = 0; i < p->n; i++)
        if (p->v[i] < 0 || s->n->entities.v[p->v[i]].type != HEWAL_LOC || hw_is_country(s, p->v[i])) p->v[n++] = p->v[i];
    p->n = n;
}

/* «ême wek X dawa dekeyn»: outside quotes, who speaks of himself. */
static void read_self(hw_scene *c)
{
    hw_seeker *s = c->s;
    for (uint32_t i = c->low; i + 2 < c->f->first; i++)
        if ((s->cue[i] & HW_Q_WE) && s->prep[i + 1] == HW_S_ABOUT && s->np_at[i + 2] >= 0) s->self = s->nps.v[s->np_at[i + 2]].entity;
    c->speaker = s->self;
}

bool hw_cast_of(hw_seeker *s, const hw_found *f, const hw_trigger *row, hw_cast *cast)
{
    hw_cast out = {.place = HEWAL_NONE, .unnamed = HW_NO_TOKEN};
    uint32_t at = f->verb != HW_NO_TOKEN ? f->verb : f->first;
    hw_scene c = {.s = s, .f = f, .row = row, .clause = &s->clauses.v[s->clause_at[at]], .speaker = HEWAL_NONE};
    c.low = c.clause->first;
    if (f->first > c.low + 60) c.low = f->first - 60;
    if (f->first < c.low) c.low = s->clauses.v[s->clause_at[f->first]].first;
    c.high = c.clause->last;
    int32_t q = hw_quote_at(s, f->first);
    if (q >= 0) c.speaker = s->q->quotes.v[q].source_entity;
    else read_self(&c);
    if (f->noun) cast_noun(&c, &out);
    else cast_verb(&c, &out);
    if (row->type == HEWAL_REQUEST && !out.targets.n) put_asked(&c, &out.targets);
    put_embassy(&c, &out);
    if (row->type == HEWAL_RETREAT && row->needs != HW_N_COUNTRY) keep_states(s, &out.targets);
    remove_shared(&out.targets, &out.actors);
    /* where: a place in the clause that takes no part otherwise */
    for (uint32_t k = hw_np_from(s, c.low), n = 0; k < s->nps.n && s->nps.v[k].first <= c.high && n < 20; k++, n++) {
        const hw_np *p = &s->nps.v[k];
        if (p->type != HEWAL_LOC || p->gov != HW_S_FROM) continue;
        bool part = false;
        for (unsigned i = 0; i < out.targets.n; i++) part |= out.targets.v[i] == p->entity;
        if (!part) out.place = p->entity;
    }
    for (uint32_t i = 0; c.clause->own >= 0 && i < 4; i++) { /* «şandêkî ballay X» */
        const hw_np *p = &s->nps.v[c.clause->own];
        if (p->first + i < p->core && (s->cue[p->first + i] & HW_Q_OFFICIAL)) out.delegates = true;
    }
    *cast = out;
    return enough(s, row, f, cast);
}
