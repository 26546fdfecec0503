/* What a trained model makes of what the rules found. In: a candidate: a trigger with its line, whom the rules cast, and whether
 * they believe it. Out: whether it is an event, and who takes part.
 *
 * Two linear models over hashed features in one table (section "judge"): label HW_J_EVENT of a candidate's features, HW_J_ACTOR and
 * HW_J_TARGET of the features of each who may take part in it (a contender). What the rules say is among the features, so the models
 * judge the rules first; without a model the rules decide. Learnt by logistic regression, train/events.c, from passages
 * annotated by reading. */
#ifndef HW_EVENTS_JUDGE_H
#define HW_EVENTS_JUDGE_H
#include "events/find.h"
#include "model/linear.h"

#define HW_JUDGE_MAGIC UINT32_C(0x6a756431)
enum { HW_J_EVENT, HW_J_ACTOR, HW_J_TARGET, HW_J_LABELS = 4 };
enum { HW_MAX_CONTENDERS = 24 };
typedef struct {
    int32_t entity;
    int32_t np;   /* its phrase nearest to the trigger, or -1: none in the sentence */
    uint8_t said; /* by the rules: 0 takes no part, 1 acts, 2 is acted upon */
} hw_contender;

/* Those who may take part: whom the rules cast, who is named in the sentence, its topic, the speaker, those of the last event. */
unsigned hw_contenders(const hw_seeker *s, const hw_candidate *c, hw_contender out[HW_MAX_CONTENDERS]);

void hw_event_features(const hw_seeker *s, const hw_candidate *c, hw_feature_set *out);
void hw_contender_features(const hw_seeker *s, const hw_candidate *c, const hw_contender *v, unsigned n, unsigned i, hw_feature_set *out);

/* Whether it is told, and by whom: casts anew. Without a model the rules' word, and nothing is changed. */
bool hw_judge(const hw_seeker *s, hw_candidate *c);

/* ---- from scores to a verdict; training reads it the same way ------------------------------------------------------ */

/* What the rules' word is worth before anything is learnt; by how much less than even chance is enough (what is missing costs as much
 * as what is too much); what the strongest participant is worth to the event. Chosen by cross-validation. */
#define HW_J_TRUST 1.5f
#define HW_J_LEAN_EVENT 1.0f
#define HW_J_LEAN_PART 0.4f
#define HW_J_STRONGEST 1.0f

static inline float hw_judge_prior(bool said) { return said ? HW_J_TRUST : -HW_J_TRUST; }

/* 0 takes no part, 1 acts, 2 is acted upon. `strongest` grows to what speaks for it. */
static inline uint8_t hw_judge_part(const float v[HW_J_LABELS], uint8_t said, float *strongest)
{
    float acts = v[HW_J_ACTOR] + hw_judge_prior(said == 1) + HW_J_LEAN_PART, suffers = v[HW_J_TARGET] + hw_judge_prior(said == 2) + HW_J_LEAN_PART;
    float best = acts > suffers ? acts : suffers;
    if (best > *strongest) *strongest = best < HW_J_STRONGEST ? best : HW_J_STRONGEST;
    return best <= 0 ? 0 : acts > suffers ? 1 : 2;
}

/* What speaks for the event: it is one when that is above 0. `strongest`: of the participants, at first -HW_J_STRONGEST. */
static inline float hw_judge_event(const float v[HW_J_LABELS], bool believed, float strongest)
{
    return v[HW_J_EVENT] + hw_judge_prior(believed) + HW_J_LEAN_EVENT + strongest;
}
#endif
