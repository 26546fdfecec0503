/* Inside the events stage: a trigger with what is around it, while frame.c casts it. slots.c finds the phrases that stand where
 * a line of triggers.tsv looks for them, understood.c those who are meant and do not stand there. */
#ifndef HW_EVENTS_SCENE_H
#define HW_EVENTS_SCENE_H
#include "events/find.h"

typedef struct {
    hw_seeker *s;
    const hw_found *f;
    const hw_trigger *row;
    const hw_clause *clause; /* of the verb, else of the noun */
    uint32_t low, high;      /* tokens of the clause that are looked at */
    int32_t speaker;         /* entity that says «we» here, or HEWAL_NONE */
} hw_scene;

/* ---- slots.c ---- */
void hw_put_entity(hw_parts *p, int32_t entity);
/* Phrase k and all that are coordinated with it; nothing when k is -1. */
void hw_put_phrase(const hw_seeker *s, hw_parts *p, int32_t k, bool own);
bool hw_wants(const uint8_t *slots, hw_slot_kind kind);
/* Phrases, or -1. */
int32_t hw_by_preposition(const hw_scene *c, hw_slot_kind kind);
int32_t hw_by_izafe(const hw_scene *c);
int32_t hw_own_subject(const hw_scene *c);
int32_t hw_object_of(const hw_scene *c, int32_t subject);

/* ---- understood.c ---- */
/* «herdûla» at token `at`; as the subject. */
bool hw_put_both_at(const hw_scene *c, uint32_t at, hw_parts *out);
bool hw_put_both(const hw_scene *c, hw_parts *out);
void hw_put_fellows(const hw_scene *c, hw_parts *out);
void hw_put_last(const hw_scene *c, hw_parts *actors, hw_parts *targets);
void hw_put_understood(hw_scene *c, hw_cast *cast);
int32_t hw_homeland(const hw_scene *c, uint32_t token);
int32_t hw_nation(const hw_scene *c, uint32_t token);
bool hw_ours(const hw_seeker *s, uint32_t i);
/* Who «we» are, for an event of the line's type. */
int32_t hw_we(const hw_scene *c);
bool hw_may_act(const hw_seeker *s, int32_t k);
#endif
