/* In: a trigger and its line. Out: who acts, who is acted upon, and where, by the places of the line's case frame. */
#include "events/find.h"

#include <string.h>

typedef struct {
    hw_seeker *s;
    const hw_found *f;
    const hw_trigger *row;
    const hw_clause *clause; /* of the verb, else of the noun */
    uint32_t low, high;      /* tokens of the clause that are looked at */
    int32_t speaker;         /* entity that says «we» here, or HEWAL_NONE */
} scene;

static void put(hw_parts *p, int32_t entity)
{
    for (unsigned i = 0; i < p->n; i++)
        if (p->v[i] == entity) return;
    if (entity >= 0 && p->n < HW_MAX_PARTS) p->v[p->n++] = entity;
}

/* Somebody without a name takes part: entered as -2 less the token of the word for him. */
static void put_nameless(hw_parts *p, uint32_t token)
{
    if (p->n < HW_MAX_PARTS) p->v[p->n++] = -2 - (int32_t)token;
}

/* `head` is the first phrase of those that np is coordinated with: «سەرکردەکانی X و Y». */
static void put_one(const hw_seeker *s, hw_parts *p, const hw_np *head, const hw_np *np)
{
    if (!np->people && !(head->people && np->first == np->core && np->type != HEWAL_PER && np->type != HEWAL_ROLE)) {
        put(p, np->entity);
        return;
    }
    const hw_np *said = np->people ? np : head;
    uint32_t word = said->first;
    while (word < said->core && !(s->cue[word] & HW_Q_PEOPLE)) word++;
    uint8_t before = p->n;
    if (s->cue[word] & HW_Q_LEADER)
        for (uint32_t e = 0; e < s->n_home && e < HW_LOOKED_AT; e++)
            if (s->home[e] == np->entity && s->n->entities.v[e].type == HEWAL_PER) put(p, (int32_t)e);
    if (p->n == before && np == said) put_nameless(p, word);
}

/* A phrase and all that are coordinated with it. */
static void put_phrase(const hw_seeker *s, hw_parts *p, int32_t k, bool own)
{
    if (k < 0) return;
    uint32_t from = (uint32_t)k, to = from;
    while (from > 0 && s->nps.v[from].joined && from + HW_MAX_PARTS > (uint32_t)k) from--;
    while (to + 1 < s->nps.n && s->nps.v[to + 1].joined && to < (uint32_t)k + HW_MAX_PARTS) to++;
    for (uint32_t i = from; i <= to; i++) put_one(s, p, &s->nps.v[from], &s->nps.v[i]);
    p->own |= own;
}

static bool governed(const hw_np *p, hw_slot_kind kind)
{
    if (kind == HW_S_IN) return p->gov == HW_S_FROM && p->type == HEWAL_LOC;
    if (kind == HW_S_GOAL) return p->gov == HW_S_GOAL || (p->tail_of != HW_NO_TOKEN && p->gov == HW_S_ONTO);
    return p->gov == kind;
}

/* «نامەیەکی بۆ ئازادکردنی X بۆ Y نارد»: what it is for, not for whom. */
static bool purpose(const hw_np *p, hw_slot_kind kind) { return kind == HW_S_FOR && p->of_event; }

/* The phrase that a preposition governs: behind the trigger first, then before it, the nearest. */
static int32_t by_preposition(const scene *c, hw_slot_kind kind)
{
    const hw_seeker *s = c->s;
    const hw_found *f = c->f;
    uint32_t from = hw_np_from(s, f->last + 1);
    uint32_t end = f->verb != HW_NO_TOKEN ? f->verb : c->high;
    if (f->noun && end > f->last + 14) end = f->last + 14;
    for (uint32_t k = from; k < s->nps.n && s->nps.v[k].first <= end && k < from + 8; k++)
        if (governed(&s->nps.v[k], kind) && !purpose(&s->nps.v[k], kind) && !s->nps.v[k].joined && !s->nps.v[k].inner && s->nps.v[k].tail_of == HW_NO_TOKEN &&
            (s->nps.v[k].first > f->first || f->verb != HW_NO_TOKEN)) /* «لە شەڕی X»: the preposition is the trigger's */
            return (int32_t)k;
    if (f->verb != HW_NO_TOKEN)
        for (uint32_t k = hw_np_from(s, f->verb + 1); k < s->nps.n && s->nps.v[k].first <= f->verb + 6 && s->nps.v[k].last <= hw_last_of(s, f->verb); k++)
            if (((s->nps.v[k].tail_of == f->verb || s->nps.v[k].after == f->verb) && governed(&s->nps.v[k], kind)) ||
                (kind == HW_S_GOAL && s->nps.v[k].first == f->verb + 1 && s->nps.v[k].gov == HW_S_NONE)) /* «دایە بەغدا» */
                return (int32_t)k;
    if (f->noun && c->clause->verb != HW_NO_TOKEN && c->clause->verb == f->last + 1) /* «هێرشێک بوو بۆ سەر X» */
        for (uint32_t k = hw_np_from(s, f->last + 2); k < s->nps.n && s->nps.v[k].first <= f->last + 6 && s->nps.v[k].last <= hw_last_of(s, f->last); k++)
            if (governed(&s->nps.v[k], kind) && (s->nps.v[k].tail_of == f->last + 1 || s->nps.v[k].after == f->last + 1)) return (int32_t)k;
    if (f->noun && f->verb == HW_NO_TOKEN && kind != HW_S_WITH && kind != HW_S_BY && kind != HW_S_BETWEEN) return -1;
    for (uint32_t k = hw_np_from(s, f->first), n = 0; k > 0 && s->nps.v[k - 1].first >= c->low && n < 10; k--, n++) {
        const hw_np *p = &s->nps.v[k - 1];
        if (p->last >= f->first || !governed(p, kind) || purpose(p, kind) || p->joined || p->tail_of != HW_NO_TOKEN) continue;
        if (kind == HW_S_FROM && p->type == HEWAL_LOC && f->verb != f->head) continue; /* a place, most often */
        return (int32_t)k - 1;
    }
    return -1;
}

/* The complement by izafe: the phrase whose heads hold the trigger. */
static int32_t by_izafe(const scene *c)
{
    const hw_seeker *s = c->s;
    int32_t k = s->np_at[c->f->head];
    if (k >= 0 && s->nps.v[k].core > c->f->last) return k;
    uint32_t i = c->f->last + 1, end = hw_last_of(s, c->f->last);
    while (i < end && (s->t->time_at[i] >= 0 || hw_upos_at(s, i) == HW_NUM)) i++; /* «چالاکیی ٣ی نیسانی X» */
    if (i > c->f->last + 1 && (k = s->np_at[i]) >= 0 && s->nps.v[k].gov == HW_S_NONE && s->nps.v[k].first == i) return k;
    k = s->np_at[c->f->last];
    return k >= 0 && s->nps.v[k].core > c->f->last ? k : -1;
}

static bool wants(const uint8_t *slots, hw_slot_kind kind)
{
    for (unsigned i = 0; slots[i] != HW_S_NONE; i++)
        if (slots[i] == kind) return true;
    return false;
}

static int32_t own_subject(const scene *c)
{
    const hw_seeker *s = c->s;
    int32_t k = c->clause->own;
    if (k < 0 || s->nps.v[k].first > c->f->first) return -1;
    if (!c->f->passive && wants(c->row->target, HW_S_OBJ)) { /* «کریستیانەکان ڕۆڵی X بەرز دەنرخێنن»: the name is the object */
        uint32_t common = hw_common_subject(s, c->clause, s->nps.v[k].first);
        if (common != HW_NO_TOKEN && hw_somebody(s, common)) return -1;
    }
    return k;
}

static int32_t object_of(const scene *c, int32_t subject)
{
    const hw_seeker *s = c->s;
    for (uint32_t k = hw_np_from(s, c->f->first), n = 0; k > 0 && s->nps.v[k - 1].first >= c->low && n < 10; k--, n++) {
        const hw_np *p = &s->nps.v[k - 1];
        if (p->last >= c->f->first || p->gov != HW_S_NONE || p->inner || (int32_t)k - 1 == subject) continue;
        if (p->joined && subject >= 0 && s->nps.v[subject].gov == HW_S_NONE) { /* «X و Y» may both be the subject */
            uint32_t j = k - 1;
            while (j > 0 && s->nps.v[j].joined) j--;
            if ((int32_t)j == subject) return -1;
        }
        return (int32_t)k - 1;
    }
    return -1;
}

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
                if (of_kind(s, s->last[joint[t]][side].v[i], each)) put(&both, s->last[joint[t]][side].v[i]);
        if (both.n < 2) continue;
        for (unsigned i = 0; i < both.n; i++) put(out, both.v[i]);
        return true;
    }
    return false;
}

/* «هەردوولا», «هەردوو سەرۆک»: the two that were named last together, else the last two of one kind. */
static bool put_both_at(const scene *c, uint32_t at, hw_parts *out)
{
    const hw_seeker *s = c->s;
    uint32_t each = s->cue[at] & (HW_Q_EACH_LAND | HW_Q_EACH_PERSON);
    out->own = true;
    uint32_t k = hw_np_from(s, at), low = k > 24 ? k - 24 : 0;
    for (uint32_t i = k; i > low; i--) {
        const hw_np *p = &s->nps.v[i - 1];
        if (!p->joined || p->people || !of_kind(s, p->entity, each)) continue;
        put_phrase(s, out, (int32_t)i - 1, true);
        if (out->n > 1) return true;
        out->n = 0;
    }
    if (put_last_two(s, out, each)) return true;
    for (uint32_t i = k; i > low && out->n < 2; i--) {
        int32_t e = s->nps.v[i - 1].entity;
        if (of_kind(s, e, each) && (!out->n || s->n->entities.v[out->v[0]].type == s->n->entities.v[e].type)) put(out, e);
    }
    return out->n > 0;
}

/* «ئێمە» of somebody in office: of acts of state, his state acts. */
static const uint32_t state_acts = 1u << HEWAL_AID | 1u << HEWAL_ASSAULT | 1u << HEWAL_RETREAT | 1u << HEWAL_MOBILIZE | 1u << HEWAL_SANCTION |
                          1u << HEWAL_COOPERATE | 1u << HEWAL_CONCEDE;

/* Two in office who agree, or give something up: as «both sides» their states do. */
static void sides(const scene *c, hw_parts *p)
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

/* «لە هەردوولا», «لەگەڵ هەردوو وڵات» */
static void fill_both(const scene *c, hw_slot_kind kind, hw_parts *out)
{
    const hw_seeker *s = c->s;
    uint32_t end = c->f->verb != HW_NO_TOKEN ? c->f->verb : c->f->last + 4;
    for (uint32_t i = c->low; i < end && i + 1 <= c->high; i++)
        if (s->prep[i] == kind && (s->cue[i + 1] & HW_Q_EACH)) {
            put_both_at(c, i + 1, out);
            return;
        }
}

static void fill(const scene *c, const uint8_t *slots, hw_parts *out)
{
    for (unsigned i = 0; slots[i] != HW_S_NONE && !out->n; i++) {
        int32_t k = -1;
        switch ((hw_slot_kind)slots[i]) {
        case HW_S_SUBJ: case HW_S_OBJ: case HW_S_THING: break;
        case HW_S_GEN: k = by_izafe(c); break;
        default: k = by_preposition(c, (hw_slot_kind)slots[i]); break;
        }
        put_phrase(c->s, out, k, true);
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

/* The subject is «هەردوولا». */
static bool put_both(const scene *c, hw_parts *out)
{
    const hw_seeker *s = c->s;
    uint32_t at = HW_NO_TOKEN, from = hw_first_of(s, c->f->first);
    if (c->f->first > from + 40) from = c->f->first - 40;
    for (uint32_t i = from; i < c->f->first; i++)
        if ((s->cue[i] & HW_Q_EACH) && (i == from || !s->prep[i - 1])) at = i;
    if (at == HW_NO_TOKEN) return false;
    for (uint32_t i = s->clause_at[at]; i <= s->clause_at[c->f->first]; i++)
        if (s->clauses.v[i].own >= 0 && s->nps.v[s->clauses.v[i].own].first > at) return false;
    if (!put_both_at(c, at, out)) return false;
    if (!(s->cue[at] & HW_Q_EACH_PERSON)) sides(c, out);
    return true;
}

/* «ڕێککەوتین»: the speaker, and with him those of the last agreement or meeting that he took part in. */
static void put_fellows(const scene *c, hw_parts *out)
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
            for (unsigned i = 0; i < both[side].n; i++) put(out, both[side].v[i]);
        return;
    }
}

/* Whether the phrase of nouns that begins with token i reaches to token `end`. */
static bool adjoins(const hw_seeker *s, uint32_t i, uint32_t end)
{
    while (i + 1 < end && (hw_may_carry(s, i) & HW_M_IZAFE)) i++;
    return i + 1 >= end;
}

/* The country of whom the sentences speak («وڵاتەکەی»), for the word at `token`; HEWAL_NONE when it is another word. */
static int32_t homeland(const scene *c, uint32_t token)
{
    const hw_seeker *s = c->s;
    if (token == HW_NO_TOKEN || !(s->cue[token] & HW_Q_HOMELAND)) return HEWAL_NONE;
    for (uint32_t k = hw_np_from(s, token), n = 0; k > 0 && n < 6; k--, n++) {
        int32_t e = s->nps.v[k - 1].entity;
        if ((uint32_t)e < s->n_home && s->home[e] != HEWAL_NONE) return s->home[e];
    }
    return HEWAL_NONE;
}

/* The place whose people the phrase of nouns at `token` is of («سەربازانی ئەمریکی»), when the article names it. */
static int32_t nation(const scene *c, uint32_t token)
{
    const hw_seeker *s = c->s;
    if (token == HW_NO_TOKEN) return HEWAL_NONE;
    uint32_t end = hw_last_of(s, token);
    for (uint32_t i = token, n = 0; n < 9 && i <= end; i++, n++) {
        int32_t e = i > token ? hw_country_by_people(s, i) : HEWAL_NONE;
        if (e >= 0) return e;
        bool dashed = i < end && hw_upos_at(s, i + 1) == HW_PUNCTUATION && !hw_soft_mark(s, i + 1) && !(hw_et(s, i + 1)->flags & HW_WIDE);
        if (hw_et(s, i)->kind != HW_WORD || dashed || (i > token && hw_et(s, i - 1)->kind == HW_NUMBER)) continue; /* «یو-٢ی ئەمریکی» */
        if (!(hw_may_carry(s, i) & (HW_M_IZAFE | HW_M_DEF)) && i > token) break;
    }
    return HEWAL_NONE;
}

/* The noun at token i is the speakers' («هێزەکانمان»). */
static bool ours(const hw_seeker *s, uint32_t i)
{
    const hw_word *w = &s->w->v[i];
    return w->n && w->analyses[0].upos == HW_NOUN && (w->analyses[0].marks & HW_M_POSS) && w->analyses[0].person == 4;
}

static int32_t we(const scene *c)
{
    int32_t e = c->speaker;
    if (c->f->person != 1 && (state_acts >> c->row->type & 1) && (uint32_t)e < c->s->n_home && c->s->home[e] != HEWAL_NONE) return c->s->home[e];
    return e;
}

/* Of places spoken of before, only those that stand for who governs them are understood to act. */
static bool may_act(const hw_seeker *s, int32_t k) { return k < 0 || s->nps.v[k].type != HEWAL_LOC || hw_may_govern(s, s->nps.v[k].entity); }

/* The subject that is understood: of whom the clause before asked something, else what the sentences speak of; nobody when
 * the clause has a subject that is no name. */
static void put_understood(scene *c, hw_cast *cast)
{
    hw_seeker *s = c->s;
    const hw_found *f = c->f;
    hw_parts *out = &cast->actors;
    if (put_both(c, out)) return;
    if (c->speaker >= 0 && (state_acts >> c->row->type & 1) && c->clause->own < 0)
        for (uint32_t i = c->low; i < f->first; i++)
            if (ours(s, i)) { /* «هێزەکانمان زیاد دەبن» */
                put(out, we(c));
                out->own = true;
                return;
            }
    uint32_t clause = (uint32_t)(c->clause - s->clauses.v);
    cast->unnamed = hw_common_subject(s, c->clause, f->first);
    if (cast->unnamed != HW_NO_TOKEN && (wants(c->row->target, HW_S_OBJ) || wants(c->row->target, HW_S_THING)) && adjoins(s, cast->unnamed, f->first))
        cast->unnamed = HW_NO_TOKEN; /* it is the object */
    cast->unnamed_acts = true;
    int32_t home = homeland(c, cast->unnamed);
    if (home == HEWAL_NONE) home = nation(c, cast->unnamed);
    if (home != HEWAL_NONE) {
        cast->unnamed = HW_NO_TOKEN;
        put(out, home);
        out->own = true;
        return;
    }
    if (cast->unnamed != HW_NO_TOKEN && !hw_somebody(s, cast->unnamed) && (c->row->target[0] != HW_S_NONE && c->row->target[0] != HW_S_IN)) cast->unnamed = HW_NO_TOKEN; /* a thing: what it is done to, or by what */
    bool unnamed = cast->unnamed != HW_NO_TOKEN;
    if (f->tense == HW_T_SUBJUNCTIVE && s->asked.n && s->asked_clause != HW_NO_TOKEN && clause > s->asked_clause && clause <= s->asked_clause + 3 && !unnamed &&
        hw_et(s, f->first)->sentence == hw_et(s, s->clauses.v[s->asked_clause].first)->sentence) {
        for (unsigned i = 0; i < s->asked.n; i++) put(out, s->asked.v[i]);
        out->own = out->n > 0;
        return;
    }
    if (!unnamed && may_act(s, c->clause->topic)) put_phrase(s, out, c->clause->topic, false);
}

/* Those of the last event of the type, when it is near. */
static void put_last(const scene *c, hw_parts *actors, hw_parts *targets)
{
    const hw_seeker *s = c->s;
    hewal_event_type t = c->row->type;
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

/* A finite trigger: subject, object, prepositions. */
static void cast_verb(scene *c, hw_cast *out)
{
    hw_seeker *s = c->s;
    const hw_found *f = c->f;
    bool has_object = wants(c->row->target, HW_S_OBJ);
    fill(c, c->row->target, &out->targets);
    int32_t subject = own_subject(c);
    bool first_person = f->person == 1 || f->person == 4;
    if (f->passive) put_phrase(s, &out->actors, by_preposition(c, HW_S_BY), true);
    for (uint32_t i = c->low; f->passive && !out->actors.n && c->speaker >= 0 && i + 1 < f->first; i++)
        if (s->prep[i] == HW_S_BY && ours(s, i + 1)) put(&out->actors, c->speaker); /* «لەلایەن هێزەکانمانەوە» */
    if (f->passive && !out->actors.n && (c->row->type == HEWAL_COERCE || c->row->type == HEWAL_REJECT)) { /* «لە دادگا دادگایی کرا» */
        int32_t k = by_preposition(c, HW_S_FROM);
        if (k >= 0 && s->nps.v[k].type == HEWAL_ORG) put_phrase(s, &out->actors, k, true);
    }
    if (f->passive && !out->actors.n && wants(c->row->target, HW_S_THING)) { /* «ڕێککەوتنەکە واژۆ کرا»: those who met or agreed */
        if ((c->row->type == HEWAL_MOBILIZE || c->row->type == HEWAL_AID) && subject >= 0) { /* «چاودێرانی X جێگیر کران» */
            put_phrase(s, &out->actors, subject, true);
            return;
        }
        if (put_both(c, &out->actors)) return;
        static const hewal_event_type before[] = {HEWAL_AGREE, HEWAL_CONSULT};
        put_last(c, &out->actors, NULL);
        for (unsigned i = 0; i < 2 && !out->actors.n; i++)
            if (hw_et(s, f->first)->sentence <= s->last_sentence[before[i]] + 2) out->actors = s->last[before[i]][0];
        out->actors.own = false;
    }
    if (f->passive && has_object) { /* its subject is what it happens to */
        if (!out->actors.n) fill(c, c->row->actor, &out->actors);
        if (!out->targets.n && subject >= 0) put_phrase(s, &out->targets, subject, true);
        if (!out->targets.n && (out->unnamed = hw_common_subject(s, c->clause, f->first)) == HW_NO_TOKEN) put_phrase(s, &out->targets, c->clause->topic, false);
        if (!out->targets.n && (put(&out->targets, nation(c, out->unnamed)), out->targets.n)) out->targets.own = true;
        if (c->row->type == HEWAL_ASSAULT) put_last(c, &out->actors, out->targets.n ? NULL : &out->targets);
        return;
    }
    if (has_object && !out->targets.n) {
        int32_t object = object_of(c, subject);
        if (object < 0 && first_person && subject >= 0) {
            object = subject;
            subject = -1;
        }
        put_phrase(s, &out->targets, object, true);
    }
    if (out->actors.n) return;
    fill(c, c->row->actor, &out->actors);
    if (out->actors.n) return;
    if (first_person && c->speaker >= 0) {
        put(&out->actors, we(c));
        if (f->person == 4 && c->row->gen == HW_G_ALL && !out->targets.n) put_fellows(c, &out->actors);
        out->actors.own = true;
    } else if (first_person && f->tense == HW_T_PRESENT) {
        return; /* «داوا دەکەین», and nobody known to say «we» */
    } else if (subject >= 0) {
        put_phrase(s, &out->actors, subject, true);
    } else if (!f->passive || f->becomes) {
        put_understood(c, out);
    }
}

/* A complement by izafe that is no name («هێرشی داگیرکەران»): its last noun, or HW_NO_TOKEN. */
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

/* «هێرشەکە», «لەو شەڕەدا»: of which the text told before. */
static bool spoken_of(const hw_seeker *s, const hw_found *f)
{
    uint32_t marks = f->marks | hw_may_carry(s, f->head);
    if (!(marks & HW_M_DEF)) return false;
    return (f->marks & HW_M_DEF) || (f->first > hw_first_of(s, f->first) && s->prep_words[f->first - 1] == 1);
}

/* And tells of it once more («لەو شەڕەدا …»), not only of its time, its place or a talk about it. */
static bool told_again(const hw_seeker *s, const hw_found *f)
{
    if (!spoken_of(s, f) || (f->marks & HW_M_PLURAL)) return false;
    if (f->first == hw_first_of(s, f->first)) return true;
    if (s->prep[f->first - 1] == HW_S_ABOUT) return (f->marks & HW_M_LOC) != 0;
    return s->prep[f->first - 1] || hw_upos_at(s, f->first - 1) != HW_NOUN || !(hw_may_carry(s, f->first - 1) & HW_M_IZAFE);
}

/* A trigger that stands as a noun. */
static void cast_noun(scene *c, hw_cast *out)
{
    hw_seeker *s = c->s;
    int32_t gen = by_izafe(c), between = by_preposition(c, HW_S_BETWEEN);
    put_phrase(s, &out->actors, by_preposition(c, HW_S_BY), true);
    if (between >= 0 && s->nps.v[between].first <= c->f->last + 8) {
        put_phrase(s, &out->actors, between, true);
        return;
    }
    if (gen >= 0) {
        const hw_np *p = &s->nps.v[gen];
        bool person = p->type == HEWAL_PER || p->type == HEWAL_ROLE;
        hw_gen g = c->row->gen;
        if (g == HW_G_VISIT) g = person || p->first < c->f->first ? HW_G_ACTOR : HW_G_TARGET;
        if (g == HW_G_ACTOR && out->actors.n) g = HW_G_TARGET;
        bool place = p->type == HEWAL_LOC && !out->actors.n;
        if (g == HW_G_SIDE) g = !place || by_preposition(c, HW_S_AGAINST) >= 0 || by_preposition(c, HW_S_WITH) >= 0 || (by_preposition(c, HW_S_ONTO) >= 0 && by_preposition(c, HW_S_ONTO) != gen) ? HW_G_ACTOR : HW_G_NONE;
        if (c->row->type == HEWAL_PROTEST && p->type == HEWAL_LOC) g = HW_G_NONE;
        if (g == HW_G_ACTOR && c->row->type == HEWAL_ASSAULT && !may_act(s, gen)) g = HW_G_TARGET; /* «هێرشی هەولێر» */
        if (g == HW_G_ACTOR || g == HW_G_ALL) put_phrase(s, &out->actors, gen, true);
        else if (g == HW_G_TARGET) put_phrase(s, &out->targets, gen, true);
    }
    uint8_t slots[HW_MAX_SLOTS];
    unsigned n = 0;
    for (unsigned i = 0; c->row->target[i] != HW_S_NONE; i++)
        if (c->row->target[i] != HW_S_GEN && c->row->target[i] != HW_S_OBJ) slots[n++] = c->row->target[i];
    slots[n] = HW_S_NONE;
    if (!out->targets.n) fill(c, slots, &out->targets);
    if (!out->actors.n) fill(c, c->row->actor, &out->actors);
    bool known = (c->f->marks | hw_may_carry(s, c->f->head)) & (HW_M_DEF | HW_M_POSS); /* «سەردانەکەی X» */
    if (known && out->actors.n == 1 && !out->targets.n && c->row->mode == HEWAL_VISIT) {
        const hw_parts *last = s->last[c->row->type];
        for (unsigned i = 0; i < last[0].n; i++)
            if (last[0].v[i] == out->actors.v[0]) out->targets = last[1];
        out->targets.own = false;
    }
    if (out->actors.n) return;
    if (gen < 0 && c->row->gen != HW_G_NONE && (out->unnamed = unnamed_complement(s, c->f->last)) != HW_NO_TOKEN) {
        out->unnamed_acts = c->row->gen != HW_G_TARGET;
        int32_t home = homeland(c, out->unnamed);
        if (home == HEWAL_NONE) home = nation(c, c->f->last);
        if (home == HEWAL_NONE) return;
        put(out->unnamed_acts ? &out->actors : &out->targets, home);
        out->actors.own = true;
        out->unnamed = HW_NO_TOKEN;
        return;
    }
    bool own = false;
    const hw_word *w = &s->w->v[c->f->head];
    for (unsigned i = 0; i < w->n; i++) own |= (w->analyses[i].marks & HW_M_POSS) && (w->analyses[i].person == 1 || w->analyses[i].person == 4);
    if (own && c->speaker < 0 && !out->targets.n) return;
    if (own && c->speaker >= 0) {
        put(&out->actors, we(c));
        if (c->row->gen == HW_G_ALL && !out->targets.n) put_fellows(c, &out->actors);
    }
    else if (spoken_of(s, c->f) && !out->targets.n && gen < 0 && s->last[c->row->type][0].n) put_last(c, &out->actors, &out->targets);
    if (!out->actors.n && c->row->gen != HW_G_TARGET && c->row->gen != HW_G_SIDE) {
        uint32_t common = c->clause->own < 0 && c->clause->verb == c->f->last ? hw_common_subject(s, c->clause, c->f->first) : HW_NO_TOKEN;
        bool crowd = common != HW_NO_TOKEN && (s->cue[common] & HW_Q_PEOPLE); /* «سەدان کەس کۆبوونەوە» */
        bool merely = c->row->type == HEWAL_ASSAULT && !(c->f->marks & HW_M_POSS) && (c->clause->verb == HW_NO_TOKEN || c->clause->verb > c->f->last + 1); /* «هێرشەکەی سەر X»: who speaks of it did not do it */
        if (!put_both(c, &out->actors) && !crowd && !merely && may_act(s, c->clause->topic)) put_phrase(s, &out->actors, c->clause->topic, false);
    }
}

/* Of whom it is asked, told by what he shall do: «داوا دەکات پەرلەمان کۆببێتەوە». */
static void put_asked(const scene *c, hw_parts *out)
{
    const hw_seeker *s = c->s;
    uint32_t at = s->clause_at[c->f->verb != HW_NO_TOKEN ? c->f->verb : c->f->first];
    if (c->f->verb == HW_NO_TOKEN) return;
    for (uint32_t k = at + 1; k < s->clauses.n && k <= at + 2; k++) {
        const hw_clause *n = &s->clauses.v[k];
        if (n->starts) return;
        if (n->verb == HW_NO_TOKEN && n->own < 0) continue;
        const hw_analysis *a = n->verb == HW_NO_TOKEN ? NULL : hw_finite(s, n->verb);
        if (n->own >= 0 && a && (a->marks & HW_M_SUBJUNCTIVE) && !(a->marks & HW_M_PASSIVE)) put_phrase(s, out, n->own, true);
        return;
    }
}

/* An embassy opened or closed: by the country whose it is, against the one where it stands. */
static void put_embassy(const scene *c, hw_cast *out)
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
            put(&out->actors, whose);
        }
        if (where >= 0 && where != whose) {
            out->targets.n = 0;
            put(&out->targets, where);
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
    /* «دوای واژۆکردن», «بەیاننامەی کۆبوونەوەکە»: spoken of already */
    if (f->noun && !c->actors.own && !c->targets.own && !((f->marks | hw_may_carry(s, f->last)) & HW_M_IZAFE) && !(f->marks & HW_M_INDEF) && f->first > hw_first_of(s, f->first)) {
        uint32_t before = hw_may_carry(s, f->first - 1);
        if (s->prep[f->first - 1] == HW_S_ABOUT && (hw_may_carry(s, f->last) & HW_M_INFINITIVE)) return false;
        if ((f->marks & HW_M_DEF) && hw_upos_at(s, f->first - 1) == HW_NOUN && (before & HW_M_IZAFE)) return false;
    }
    /* «دوای کۆبوونەوەکە» */
    if (f->noun && (f->marks & HW_M_DEF) && !c->actors.own && !c->targets.own && f->first > hw_first_of(s, f->first) &&
        s->prep[f->first - 1] == HW_S_ABOUT)
        return false;
    switch (row->needs) {
    case HW_N_ACTOR: return c->actors.n > 0;
    case HW_N_TARGET: return c->targets.n > 0;
    case HW_N_ANY: return c->actors.own || c->targets.own;
    case HW_N_PERSON: return person;
    case HW_N_COUNTRY: return country;
    case HW_N_TRAVELLER: return traveller && goal;
    case HW_N_SUFFERER: return c->targets.n > 0 || c->actors.own || (!f->passive && !f->noun && c->actors.n);
    case HW_N_NONE: break;
    }
    return true;
}

/* «ئێمە وەک X داوا دەکەین»: outside quotes, who speaks of himself. */
static void read_self(scene *c)
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
    scene c = {.s = s, .f = f, .row = row, .clause = &s->clauses.v[s->clause_at[at]], .speaker = HEWAL_NONE};
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
    remove_shared(&out.targets, &out.actors);
    /* where: a place in the clause that takes no part otherwise */
    for (uint32_t k = hw_np_from(s, c.low), n = 0; k < s->nps.n && s->nps.v[k].first <= c.high && n < 20; k++, n++) {
        const hw_np *p = &s->nps.v[k];
        if (p->type != HEWAL_LOC || p->gov != HW_S_FROM) continue;
        bool part = false;
        for (unsigned i = 0; i < out.targets.n; i++) part |= out.targets.v[i] == p->entity;
        if (!part) out.place = p->entity;
    }
    *cast = out;
    return enough(s, row, f, cast);
}
