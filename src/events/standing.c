/* In: a trigger. Out: whether it happened, is to happen, is asked for, did not happen, or may happen; the quote it stands
 * in; its time. */
#include "events/find.h"

int32_t hw_quote_at(const hw_seeker *s, uint32_t token)
{
    uint32_t lo = 0, hi = s->q->quotes.n, b = hw_et(s, token)->b;
    while (lo < hi) {
        uint32_t mid = (lo + hi) / 2;
        if (s->q->quotes.v[mid].b <= b) lo = mid + 1;
        else hi = mid;
    }
    for (uint32_t k = lo, n = 0; k > 0 && n < 4; k--, n++)
        if (s->q->quotes.v[k - 1].e > b) return (int32_t)k - 1;
    return HEWAL_NONE;
}

int32_t hw_time_of(const hw_seeker *s, const hw_found *f)
{
    const hw_clause *c = &s->clauses.v[s->clause_at[f->first]];
    uint32_t low = f->first > c->first + 40 ? f->first - 40 : c->first;
    for (uint32_t i = f->first; i-- > low;)
        if (s->t->time_at[i] >= 0) return s->t->time_at[i];
    uint32_t high = f->verb != HW_NO_TOKEN ? f->verb : f->last + 4;
    for (uint32_t i = f->last + 1; i <= high && i <= c->last; i++)
        if (s->t->time_at[i] >= 0) return s->t->time_at[i];
    return HEWAL_NONE;
}

/* The cues between two tokens, together. */
static uint32_t cues_in(const hw_seeker *s, uint32_t first, uint32_t end)
{
    uint32_t bits = 0;
    for (uint32_t i = first; i < end; i++) bits |= s->cue[i];
    return bits;
}

/* The verb that a noun depends on («kobûneweyek encam dedirêt»): the next finite one of the clause, when it lends its tense. */
static const hw_analysis *carrier(const hw_seeker *s, const hw_found *f)
{
    uint32_t end = hw_last_of(s, f->last);
    if (f->marks & (HW_M_LOC | HW_M_ABL)) return NULL;
    if (f->first > hw_first_of(s, f->first) && s->prep[f->first - 1] && s->prep[f->first - 1] != HW_S_TO) return NULL;
    for (uint32_t i = f->last + 1; i <= end && i <= f->last + 16; i++) {
        const hw_analysis *a = hw_finite(s, i);
        if (a) return (hw_lemma_cue(s, a->lemma_hash) & HW_Q_DO) ? a : NULL;
        if (s->cue[i] & HW_Q_THAT) return NULL;
    }
    return NULL;
}

static hewal_event_status noun_standing(const hw_seeker *s, const hw_found *f, const hw_trigger *row)
{
    uint32_t low = hw_first_of(s, f->first);
    if (f->first > low + 5) low = f->first - 5;
    const hw_clause *c = &s->clauses.v[s->clause_at[f->first]];
    if (c->first > low) low = c->first;
    uint32_t bits = cues_in(s, low, f->first);
    if (bits & (HW_Q_CHANCE | HW_Q_HINDER)) return HEWAL_HYPOTHETICAL;
    if (bits & HW_Q_ASK) return HEWAL_REQUESTED;
    if (bits & HW_Q_PLAN) return HEWAL_PLANNED;
    if (f->neg) return HEWAL_DENIED;
    const hw_analysis *a = carrier(s, f);
    if (a) {
        uint32_t clause = cues_in(s, c->first, f->first);
        if (a->marks & HW_M_NEG) return HEWAL_DENIED;
        if (a->marks & HW_M_SUBJUNCTIVE) return clause & HW_Q_IF ? HEWAL_HYPOTHETICAL : clause & HW_Q_ASK ? HEWAL_REQUESTED : HEWAL_PLANNED;
        if ((a->marks & HW_M_PRESENT) && row->will) return HEWAL_PLANNED;
    }
    /* «bo serdankirdinî»: a purpose */
    if (f->first > hw_first_of(s, f->first) && s->prep[f->first - 1] == HW_S_FOR && (f->marks & HW_M_INFINITIVE)) return HEWAL_PLANNED;
    return HEWAL_OCCURRED;
}

static hewal_event_status verb_standing(const hw_seeker *s, const hw_found *f, const hw_trigger *row)
{
    uint32_t at = s->clause_at[f->verb];
    const hw_clause *c = &s->clauses.v[at];
    uint32_t low = c->first, start = hw_first_of(s, f->first);
    uint32_t here = cues_in(s, low, f->first);
    if (at > 0 && !c->starts) { /* what the clause before demands or plans */
        const hw_clause *p = c - 1;
        here |= cues_in(s, p->first, p->last + 1) & (HW_Q_ASK | HW_Q_PLAN);
    }
    uint32_t far = f->first > start + 40 ? f->first - 40 : start;
    if ((cues_in(s, far, f->first) & HW_Q_IF) && (f->tense != HW_T_PAST || (here & HW_Q_IF))) return HEWAL_HYPOTHETICAL;
    if (f->tense == HW_T_SUBJUNCTIVE) {
        if (f->neg && row->neg < 0) return HEWAL_DENIED;
        if (here & HW_Q_CHANCE) return HEWAL_HYPOTHETICAL;
        return here & HW_Q_ASK ? HEWAL_REQUESTED : HEWAL_PLANNED;
    }
    if (f->neg && row->neg == -1) return HEWAL_DENIED;
    if (f->tense == HW_T_PRESENT && row->will) return HEWAL_PLANNED;
    return HEWAL_OCCURRED;
}

hewal_event_status hw_standing_of(const hw_seeker *s, const hw_found *f, const hw_trigger *row)
{
    return f->noun ? noun_standing(s, f, row) : verb_standing(s, f, row);
}
