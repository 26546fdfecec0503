/* In: a text's quotes. Out: the same, with a channel for those that tell none where the text says elsewhere that their speaker
 * gave an interview or made a call: «X بۆ ئاژانسی Y دوا. X گوتی …», or another of his quotes. */
#include "quotes/find.h"

#define TURN 8 /* sentences after which an interview is told of again before it is taken to go on */
#define CALL 4 /* likewise a telephone call */

/* Who stands in a sentence that has a verb of speaking and a media outlet that is spoken to. */
static int32_t interviewed(const hw_reporter *r, const hw_sentence *s, const hw_index *speaking)
{
    hw_match m[1];
    bool speaks = false;
    for (uint32_t i = s->last + 1; i-- > s->first && !speaks;) speaks = hw_match_at(r->w, speaking, i, m, 1) != 0;
    if (!speaks || hw_told_to_media(r, s->first, s->last) < 0) return HEWAL_NONE;
    for (uint32_t i = s->first; i <= s->last; i++) {
        int32_t k = r->n->mention_at[i];
        if (k >= 0 && r->n->mentions.v[k].type == HEWAL_PER) return r->n->mentions.v[k].entity;
    }
    return HEWAL_NONE;
}

static bool is_person(const hw_reporter *r, int32_t e) { return e >= 0 && r->n->entities.v[e].type == HEWAL_PER; }

/* «X پەیوەندییەکی تەلەفۆنی لە Y پێگەیشت»: those who stand in the sentence are on the telephone. */
static void call_in(const hw_reporter *r, const hw_sentence *s, uint32_t number, uint32_t *called)
{
    hw_match m[2];
    bool call = false;
    int channel = hw_column(&r->channels, "channel");
    for (uint32_t i = s->first; i <= s->last && !call; i++)
        call = hw_match_at(r->w, &r->channels_ix, i, m, 2) && m[0].last > i &&
               !strcmp(hw_cell(&r->channels, r->channels_ix.posts[m[0].slot->first].row, channel), hewal_channel_name(HEWAL_PHONE_CALL));
    for (uint32_t i = s->first; call && i <= s->last; i++) {
        int32_t k = r->n->mention_at[i] >= 0 ? r->n->mention_at[i] : r->n->role_at[i];
        if (k >= 0 && is_person(r, r->n->mentions.v[k].entity)) called[r->n->mentions.v[k].entity] = number + 1;
    }
}

/* Quotes are in text order. A headline's quotes stand before the sentence that tells of the interview. */
void hw_settle_channels(hw_reporter *r)
{
    uint32_t n = r->x->sentences.n;
    uint32_t *told = HW_NEWS(r->a, uint32_t, r->n->entities.n + 1); /* per entity: 1 + the sentence that its interview was last told of in */
    uint32_t *called = HW_NEWS(r->a, uint32_t, r->n->entities.n + 1);
    const hw_index speaking = hw_model_index(r->x->model, "speaking");
    for (uint32_t s = 0, i = 0; s < n; s++) {
        call_in(r, &r->x->sentences.v[s], s, called);
        int32_t e = interviewed(r, &r->x->sentences.v[s], &speaking);
        if (is_person(r, e)) {
            if (!told[e] && s < TURN)
                for (uint32_t k = 0; k < i; k++)
                    if (r->out->quotes.v[k].source_entity == e && r->out->quotes.v[k].channel == HEWAL_UNSPECIFIED) r->out->quotes.v[k].channel = HEWAL_INTERVIEW;
            told[e] = s + 1;
        }
        for (; i < r->out->quotes.n && hw_rt(r, r->out->quotes.v[i].first)->sentence <= s; i++) {
            hewal_quote *q = &r->out->quotes.v[i];
            if (!is_person(r, q->source_entity)) continue;
            uint32_t *t = &told[q->source_entity];
            if (q->channel == HEWAL_UNSPECIFIED && *t && s + 1 - *t <= TURN) q->channel = HEWAL_INTERVIEW;
            if (q->channel == HEWAL_INTERVIEW) *t = s + 1;
            uint32_t c = called[q->source_entity];
            if (q->channel == HEWAL_UNSPECIFIED && c && s + 1 - c <= CALL) q->channel = HEWAL_PHONE_CALL;
        }
    }
}
