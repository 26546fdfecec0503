/* In: a trigger. Out: the phrases around it that stand in a place of its case frame: by izafe, with a preposition, as subject or
 * object; and the entities of a phrase with those it is coordinated with. */
#include "events/scene.h"

void hw_put_entity(hw_parts *p, int32_t entity)
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

/* `head` is the first phrase of those that np is coordinated with: «serkirdekanî X و Y». */
static void put_one(const hw_seeker *s, hw_parts *p, const hw_np *head, const hw_np *np)
{
    if (!np->people && !(head->people && np->first == np->core && np->type != HEWAL_PER && np->type != HEWAL_ROLE)) {
        hw_put_entity(p, np->entity);
        return;
    }
    const hw_np *said = np->people ? np : head;
    uint32_t word = said->first;
    while (word < said->core && !(s->cue[word] & HW_Q_PEOPLE)) word++;
    uint8_t before = p->n;
    if (s->cue[word] & HW_Q_LEADER)
        for (uint32_t e = 0; e < s->n_home && e < HW_LOOKED_AT; e++)
            if (s->home[e] == np->entity && s->n->entities.v[e].type == HEWAL_PER) hw_put_entity(p, (int32_t)e);
    if (p->n == before && np == said) put_nameless(p, word);
}

/* A phrase and all that are coordinated with it. */
void hw_put_phrase(const hw_seeker *s, hw_parts *p, int32_t k, bool own)
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

/* «nameyekî bo azadkirdinî X bo Y nard»: what it is for, not for whom. */
static bool purpose(const hw_np *p, hw_slot_kind kind) { return kind == HW_S_FOR && p->of_event; }

/* The phrase that a preposition governs: behind the trigger first, then before it, the nearest. */
int32_t hw_by_preposition(const hw_scene *c, hw_slot_kind kind)
{
    const hw_seeker *s = c->s;
    const hw_found *f = c->f;
    uint32_t from = hw_np_from(s, f->last + 1);
    uint32_t end = f->verb != HW_NO_TOKEN ? f->verb : c->high;
    if (f->noun && end > f->last + 14) end = f->last + 14;
    for (uint32_t k = from; k < s->nps.n && s->nps.v[k].first <= end && k < from + 8; k++)
        if (governed(&s->nps.v[k], kind) && !purpose(&s->nps.v[k], kind) && !s->nps.v[k].joined && !s->nps.v[k].inner && s->nps.v[k].tail_of == HW_NO_TOKEN &&
            (s->nps.v[k].first > f->first || f->verb != HW_NO_TOKEN)) /* «le şerrî X»: the preposition is the trigger's */
            return (int32_t)k;
    if (f->verb != HW_NO_TOKEN)
        for (uint32_t k = hw_np_from(s, f->verb + 1); k < s->nps.n && s->nps.v[k].first <= f->verb + 6 && s->nps.v[k].last <= hw_last_of(s, f->verb); k++)
            if (((s->nps.v[k].tail_of == f->verb || s->nps.v[k].after == f->verb) && governed(&s->nps.v[k], kind)) ||
                (kind == HW_S_GOAL && s->nps.v[k].first == f->verb + 1 && s->nps.v[k].gov == HW_S_NONE)) /* «daye beẍda» */
                return (int32_t)k;
    if (f->noun && c->clause->verb != HW_NO_TOKEN && c->clause->verb == f->last + 1) /* «hêrişêk bû bo ser X» */
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
int32_t hw_by_izafe(const hw_scene *c)
{
    const hw_seeker *s = c->s;
    int32_t k = s->np_at[c->f->head];
    if (k >= 0 && s->nps.v[k].core > c->f->last) return k;
    uint32_t i = c->f->last + 1, end = hw_last_of(s, c->f->last);
    while (i < end && (s->t->time_at[i] >= 0 || hw_upos_at(s, i) == HW_NUM)) i++; /* «çalakîy 3î nîsanî X» */
    if (i > c->f->last + 1 && (k = s->np_at[i]) >= 0 && s->nps.v[k].gov == HW_S_NONE && s->nps.v[k].first == i) return k;
    k = s->np_at[c->f->last];
    return k >= 0 && s->nps.v[k].core > c->f->last ? k : -1;
}

bool hw_wants(const uint8_t *slots, hw_slot_kind kind)
{
    for (unsigned i = 0; slots[i] != HW_S_NONE; i++)
        if (slots[i] == kind) return true;
    return false;
}

int32_t hw_own_subject(const hw_scene *c)
{
    const hw_seeker *s = c->s;
    int32_t k = c->clause->own;
    if (k < 0 || s->nps.v[k].first > c->f->first) return -1;
    if (!c->f->passive && hw_wants(c->row->target, HW_S_OBJ)) { /* «kirîstyanekan rollî X berz denirxênin»: the name is the object */
        uint32_t common = hw_common_subject(s, c->clause, s->nps.v[k].first);
        if (common != HW_NO_TOKEN && hw_somebody(s, common)) return -1;
    }
    return k;
}

int32_t hw_object_of(const hw_scene *c, int32_t subject)
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
