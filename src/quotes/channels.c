/* In: a text's quotes. Out: the same, with a channel for those that tell none where the text tells it elsewhere: «X bo ajansî Y dwa.
 * X gutî …», «X: … ⏎ rageyêndirawêk le X ewe», or another of the same speaker's quotes. */
#include "quotes/find.h"

#include <string.h>

#define TURN 8   /* sentences after which an interview is told of again before it is taken to go on */
#define CALL 4   /* likewise a telephone call */
#define BEHIND 3 /* sentences behind the words in which their statement may be told of */
#define LEAD 2   /* sentences that make up a headline and what stands below it, */
#define BODY 6   /* and those in which the text comes back to what it tells */

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

/* «X peywendîyekî telefonî le Y pêgeyşti»: those who stand in the sentence are on the telephone. */
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

typedef struct {
    uint32_t sentence;
    int32_t entity;
    hewal_channel channel;
    bool caption; /* a line that says nothing else */
} telling;

typedef HW_VEC(telling) tellings;

static hewal_channel channel_of(const hw_reporter *r, const hw_match *m)
{
    const char *name = hw_cell(&r->channels, r->channels_ix.posts[m->slot->first].row, hw_column(&r->channels, "channel"));
    for (int v = HEWAL_STATEMENT; v <= HEWAL_VIDEO; v++)
        if (!strcmp(name, hewal_channel_name((hewal_channel)v))) return (hewal_channel)v;
    return HEWAL_UNSPECIFIED;
}

static bool has_finite(const hw_reporter *r, const hw_sentence *s)
{
    for (uint32_t i = s->first; i <= s->last; i++) {
        if (r->n->mention_at[i] >= 0 || r->n->role_at[i] >= 0 || !r->w->v[i].n) continue;
        const hw_analysis *a = &r->w->v[i].analyses[0];
        if (a->upos == HW_VERB && !(a->marks & (HW_M_INFINITIVE | HW_M_PARTICIPLE | HW_M_GUESS))) return true;
    }
    return false;
}

/* The mention that may speak and begins at token i, a role before the names in it. */
static int32_t speaker_at(const hw_reporter *r, uint32_t i)
{
    int32_t m = r->n->role_at[i] >= 0 ? r->n->role_at[i] : r->n->mention_at[i];
    return m >= 0 && r->n->mentions.v[m].first == i && r->n->mentions.v[m].type != HEWAL_LOC ? m : HEWAL_NONE;
}

static int32_t first_speaker(const hw_reporter *r, uint32_t from, uint32_t end, bool oblique)
{
    for (uint32_t i = from; i <= end; i++) {
        int32_t m = speaker_at(r, i);
        if (m >= 0 && (oblique || i == from || !hw_adp_at(r, i - 1))) return m;
    }
    return HEWAL_NONE;
}

/* «rageyêndirawî X», «rageyêndirawêk le X ewe», «X … rageyêndirawêkî billaw kirdewe», «X le çawpêkewtinêkda». */
static void tell(const hw_reporter *r, uint32_t number, tellings *out)
{
    const hw_sentence *s = &r->x->sentences.v[number];
    hw_match m[2];
    int verbs = -1;
    for (uint32_t i = s->first; i <= s->last; i++) {
        if (r->n->mention_at[i] >= 0 || r->n->role_at[i] >= 0 || hw_rt(r, i)->quotation || !hw_match_at(r->w, &r->channels_ix, i, m, 2)) continue;
        hewal_channel c = channel_of(r, &m[0]);
        if (c != HEWAL_STATEMENT && c != HEWAL_PRESS_CONFERENCE && c != HEWAL_INTERVIEW && c != HEWAL_TWEET && c != HEWAL_LETTER) continue;
        if (verbs < 0) verbs = has_finite(r, s);
        uint32_t next = m[0].last + 1;
        bool indef = ((m[0].marks | r->w->v[m[0].last].analyses[0].marks) & HW_M_INDEF) != 0;
        int32_t who = next <= s->last ? speaker_at(r, next) : HEWAL_NONE;
        if (who >= 0 && c == HEWAL_INTERVIEW && !is_person(r, r->n->mentions.v[who].entity)) who = HEWAL_NONE; /* «le çawpêkewtinî rûdawda» */
        if (who < 0 && !verbs) who = first_speaker(r, s->first, s->last, true);
        else if (who < 0 && indef) who = first_speaker(r, s->first, i, false);
        int32_t entity = who >= 0 ? r->n->mentions.v[who].entity : HEWAL_NONE;
        if ((who < 0 && !indef) || (c == HEWAL_INTERVIEW && !is_person(r, entity))) continue;
        telling t = {number, entity, c, !verbs};
        *hw_push(r->a, out) = t;
        return;
    }
}

/* What is told nearest of the channel of a quote in sentence s. */
static hewal_channel told_of(const tellings *all, uint32_t from, int32_t entity, uint32_t s, bool colon)
{
    for (uint32_t k = from; k < all->n && all->v[k].sentence <= s + TURN; k++) {
        const telling *t = &all->v[k];
        if (t->entity < 0 && colon && t->sentence + 1 == s) return t->channel; /* «rageyêndirawêk billaw dekatewe⏎X: …» */
        if (t->entity != entity) continue;
        if (t->caption) return t->channel;
        if (t->sentence <= s) {
            if (s - t->sentence <= BEHIND) return t->channel;
        } else if ((t->channel == HEWAL_STATEMENT && t->sentence - s <= BEHIND) || (s < LEAD && t->sentence < BODY)) {
            return t->channel;
        }
    }
    return HEWAL_UNSPECIFIED;
}

/* Statements, press conferences and the like that are told of apart from the words, and those of the speaker's other quotes. */
static void settle_told(hw_reporter *r)
{
    tellings all = {0};
    uint32_t q = 0, from = 0;
    for (uint32_t s = 0; s < r->x->sentences.n; s++) {
        tell(r, s, &all);
        for (; q < r->out->quotes.n && hw_rt(r, r->out->quotes.v[q].first)->sentence <= s; q++) {
            const hewal_quote *o = &r->out->quotes.v[q];
            if (o->channel != HEWAL_STATEMENT && o->channel != HEWAL_PRESS_CONFERENCE) continue;
            telling t = {s, o->source_entity, o->channel, false};
            if (o->source_entity >= 0) *hw_push(r->a, &all) = t;
        }
    }
    for (q = 0; q < r->out->quotes.n && all.n; q++) {
        hewal_quote *o = &r->out->quotes.v[q];
        if (o->channel != HEWAL_UNSPECIFIED || o->source_entity < 0) continue;
        uint32_t s = hw_rt(r, o->first)->sentence;
        while (from < all.n && all.v[from].sentence + TURN < s) from++;
        o->channel = told_of(&all, from, o->source_entity, s, o->cue_e == o->cue_b + 1);
    }
}

/* Quotes are in text order. A headline's quotes stand before the sentence that tells of the interview. */
void hw_settle_channels(hw_reporter *r)
{
    uint32_t n = r->x->sentences.n;
    bool open = false;
    for (size_t k = 0; k < r->out->quotes.n && !open; k++) open = r->out->quotes.v[k].channel == HEWAL_UNSPECIFIED && r->out->quotes.v[k].source_entity >= 0;
    if (!open) return;
    uint32_t *told = HW_NEWS(r->a, uint32_t, r->n->entities.n + 1); /* per entity: 1 + the sentence that its interview was last told of in */
    uint32_t *called = HW_NEWS(r->a, uint32_t, r->n->entities.n + 1);
    settle_told(r);
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
