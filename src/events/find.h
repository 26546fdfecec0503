/* Inside the events stage: what its files share while an article is read. lexicon.c reads the tables and marks the small
 * words, clauses.c cuts sentences into clauses and finds the phrases that may take part, triggers.c finds the words that
 * tell of an event, frame.c who takes part (with slots.c and understood.c), standing.c whether it happened; events.c puts the events together. */
#ifndef HW_EVENTS_FIND_H
#define HW_EVENTS_FIND_H
#include "base/hash.h"
#include "events/events.h"
#include "model/linear.h"

#define HW_NO_TOKEN UINT32_MAX

/* Where a participant stands; the places of triggers.tsv, and what governs a phrase. */
typedef enum {
    HW_S_NONE, HW_S_SUBJ, HW_S_OBJ, HW_S_GEN, HW_S_WITH, HW_S_FROM, HW_S_TO, HW_S_FOR, HW_S_ONTO, HW_S_AGAINST, HW_S_BY,
    HW_S_BETWEEN, HW_S_GOAL, HW_S_IN, HW_S_ABOUT, HW_S_THING
} hw_slot_kind;

/* The kinds of cues.tsv that are no places, as bits. */
enum {
    HW_Q_IF = 1u << 0, HW_Q_CHANCE = 1u << 1, HW_Q_PLAN = 1u << 2, HW_Q_ASK = 1u << 3, HW_Q_HINDER = 1u << 4,
    HW_Q_WE = 1u << 5, HW_Q_EACH = 1u << 6, HW_Q_THAT = 1u << 7, HW_Q_AND = 1u << 8, HW_Q_DET = 1u << 9, HW_Q_DO = 1u << 10,
    HW_Q_BECOME = 1u << 11, HW_Q_HOMELAND = 1u << 12, HW_Q_NOBODY = 1u << 13, HW_Q_EACH_LAND = 1u << 14,
    HW_Q_EACH_PERSON = 1u << 15, HW_Q_BEGIN = 1u << 16, HW_Q_PEOPLE = 1u << 17, HW_Q_LEADER = 1u << 18,
    HW_Q_SOMEBODY = 1u << 19, HW_Q_OFFICIAL = 1u << 20, HW_Q_CALLED = 1u << 21
};

typedef enum { HW_T_NONE, HW_T_PAST, HW_T_PRESENT, HW_T_SUBJUNCTIVE } hw_tense;
typedef enum { HW_G_NONE, HW_G_ACTOR, HW_G_TARGET, HW_G_ALL, HW_G_VISIT, HW_G_SIDE } hw_gen;
typedef enum { HW_N_NONE, HW_N_ACTOR, HW_N_TARGET, HW_N_ANY, HW_N_PERSON, HW_N_COUNTRY, HW_N_TRAVELLER, HW_N_SUFFERER, HW_N_PAIR } hw_needs;
typedef enum { HW_A_NO, HW_A_NAMED, HW_A_YES } hw_alone;

#define HW_TALES (HEWAL_ASSAULT + 2)
#define HW_LOOKED_AT 2000 /* entities, where one is sought by its kind: the time stays linear */
#define HW_MAX_VERBS 20
#define HW_MAX_SLOTS 6

typedef struct { /* a line of triggers.tsv */
    hewal_event_type type;
    hewal_mode mode;
    int8_t neg; /* type under negation, -1 none, -2: only under negation */
    uint8_t actor[HW_MAX_SLOTS], target[HW_MAX_SLOTS]; /* hw_slot_kind, ended by HW_S_NONE */
    hw_gen gen;
    hw_needs needs;
    hw_alone alone;
    bool will;          /* the present tense is to come */
    bool tight;         /* the light verb stands beside it */
    bool by_verb;       /* told by the verb («agirbest rageyandin») */
    bool noun;          /* only as a noun */
    bool becomes;       /* «bûn» is one of its verbs */
    bool none;          /* no event: keeps its words from others */
    int16_t near;       /* class, or -1 */
    bool near_not;
    bool embassy;       /* what is near is an embassy or its people */
    uint8_t n_verbs;
    uint64_t verbs[HW_MAX_VERBS]; /* hashes of the light verbs */
} hw_trigger;

typedef struct { /* a line of cues.tsv */
    uint32_t bits;  /* HW_Q_ */
    uint32_t place; /* hw_slot_kind, or HW_S_NONE */
} hw_cue_line;

typedef struct { /* a phrase around a name that may take part in an event */
    uint32_t first, core, last; /* with its head nouns; the name itself */
    int32_t entity;
    hewal_type type;
    uint8_t gov;       /* hw_slot_kind of the word before it */
    bool clitic;       /* carries the agent's clitic: it is no subject */
    bool of_event;     /* hangs on a word that may be a trigger */
    uint32_t tail_of;  /* the finite verb it follows as its goal, or HW_NO_TOKEN */
    uint32_t after;    /* the word before its preposition, or HW_NO_TOKEN */
    bool joined;       /* coordinated with the phrase before it */
    bool comma;        /* a comma stands between it and the phrase before it */
    bool inner;        /* part of the phrase before it: a place in a place */
    bool people;       /* «wezîranî X», «perlemantarêkî X»: people of it, not itself */
} hw_np;

typedef struct {
    uint32_t first, last;
    uint32_t verb;  /* its finite verb, or HW_NO_TOKEN */
    bool that;      /* opened by a subordinator */
    bool starts;    /* first of its sentence */
    int32_t own;    /* phrase that is its subject, or -1 */
    int32_t topic;  /* phrase that is its subject, or is understood */
} hw_clause;

typedef struct { /* a trigger found */
    uint32_t first, last; /* its span */
    uint32_t head;        /* the word listed (of a phrase its first) */
    uint32_t verb;        /* light or finite verb, or HW_NO_TOKEN when it stands as a noun */
    uint32_t row;
    uint32_t marks;       /* of the noun, or of the verb when it is one word */
    hw_tense tense;
    bool neg, passive, noun;
    bool becomes;         /* passive by its light verb only («birîndar bûn») */
    uint8_t person;       /* of the subject, 0 unknown */
} hw_found;

#define HW_MAX_PARTS 24
typedef struct { int32_t v[HW_MAX_PARTS]; uint8_t n; bool own; } hw_parts; /* own: stands at the trigger, not understood */
typedef struct {
    hw_parts actors, targets;
    int32_t place;
    uint32_t unnamed; /* first word of somebody who takes part and has no name, or HW_NO_TOKEN */
    bool unnamed_acts;
    bool retold;    /* an event told before, by its noun: those who took part then do */
    bool delegates; /* the subject is people sent by the one named */
} hw_cast;

/* Why the rules do not believe a candidate. */
typedef enum { HW_BELIEVED, HW_NOT_ALONE /* a noun that hardly tells it by itself */, HW_NOT_ENOUGH /* those are missing whom its line asks for */ } hw_doubt;

typedef struct { /* a trigger with whom the rules cast */
    hw_found f;
    hw_cast cast;
    hw_doubt doubt;
    float sure; /* by the judge; 0: it was not asked */
} hw_candidate;

typedef struct { uint64_t lemma; int32_t entity; } hw_unnamed; /* somebody without a name, by the word for them */

typedef struct {
    const hewal_model *m;
    const hw_words *w;
    const hw_text *x;
    hw_arena *a;
    hw_names *n;
    const hw_times *t;
    const hw_quotes *q;
    hw_events *out;
    hw_table rows, objects;
    int joined;            /* column of triggers.tsv */
    hw_index triggers, object_ix, cue_ix;
    hw_table cue_table, places;
    int place_kind;        /* column of places */
    hw_index demonyms, place_ix;
    const hw_trigger *row; /* per line of triggers.tsv */
    const hw_cue_line *cue_lines; /* per line of cues.tsv */
    uint64_t (*near)[2];   /* per token: classes of objects.tsv */
    uint32_t *cue;         /* per token: HW_Q_ bits of the cues that begin there */
    uint8_t *prep;         /* per token: hw_slot_kind of the preposition that ends there */
    uint8_t *prep_words;   /* and its words */
    uint8_t *taken;        /* per token: belongs to an event already */
    uint8_t *listed;       /* per token: some line of triggers.tsv begins with it */
    uint8_t *nominal;      /* per token: 1 may be the noun of a trigger, 2 may be an event by itself */
    uint32_t *clause_at;   /* per token */
    int32_t *home;         /* per entity: the country or organisation in its title, or HEWAL_NONE */
    uint32_t n_home;
    int32_t *np_at;        /* per token: phrase whose span holds it, or -1 */
    HW_VEC(hw_clause) clauses;
    HW_VEC(hw_np) nps;     /* in order */
    HW_VEC(hw_unnamed) unnamed;
    int32_t self;          /* who says «we» outside quotes, or HEWAL_NONE */
    hw_parts asked;        /* of whom the last request was made */
    uint32_t asked_clause; /* and the clause of its verb */
    hw_parts last[HW_TALES][2]; /* who took part in the last event of each type, and in the last visit (hw_tale) */
    uint32_t last_sentence[HW_TALES];
    bool last_own; /* the targets of the last event stood at its trigger */
    hw_linear judge;
} hw_seeker;

/* What a noun that tells of it once more refers to: the last event of the type, «serdaneke» the last visit. */
static inline unsigned hw_tale(const hw_trigger *row) { return row->mode == HEWAL_VISIT ? HEWAL_ASSAULT + 1 : (unsigned)row->type; }
static inline const hw_token *hw_et(const hw_seeker *s, uint32_t i) { return &s->x->tokens.v[i]; }
static inline uint32_t hw_last_of(const hw_seeker *s, uint32_t i) { return s->x->sentences.v[hw_et(s, i)->sentence].last; }
static inline uint32_t hw_first_of(const hw_seeker *s, uint32_t i) { return s->x->sentences.v[hw_et(s, i)->sentence].first; }

/* ---- lexicon.c ---- */
void hw_read_lexicon(hw_seeker *s);
static inline const hw_trigger *hw_trigger_row(const hw_seeker *s, uint32_t row) { return &s->row[row]; }
/* Whether a word of the class stands in tokens first..last. */
bool hw_near(const hw_seeker *s, int class_no, uint32_t first, uint32_t last);
/* HW_Q_ bits of a verb's lemma. */
uint32_t hw_lemma_cue(const hw_seeker *s, uint64_t lemma_hash);

/* ---- clauses.c ---- */
/* The finite verb reading of token i, NULL when it is not taken for a verb. */
const hw_analysis *hw_finite(const hw_seeker *s, uint32_t i);
/* What the readings of token i may carry, together. */
uint32_t hw_may_carry(const hw_seeker *s, uint32_t i);
hw_upos hw_upos_at(const hw_seeker *s, uint32_t i);
bool hw_soft_mark(const hw_seeker *s, uint32_t i); /* a comma */
bool hw_opens_clause(const hw_seeker *s, uint32_t i); /* a subordinator */
void hw_read_clauses(hw_seeker *s);
void hw_read_phrases(hw_seeker *s);
void hw_read_subjects(hw_seeker *s);
/* The first phrase that does not end before token i. */
uint32_t hw_np_from(const hw_seeker *s, uint32_t i);
/* A subject that is no name between the beginning of the clause and token `end`: its first word, or
 * HW_NO_TOKEN. */
uint32_t hw_common_subject(const hw_seeker *s, const hw_clause *c, uint32_t end);
/* Whether the noun at token i is one for people or forces, who can act. */
static inline bool hw_somebody(const hw_seeker *s, uint32_t i) { return (s->cue[i] & (HW_Q_PEOPLE | HW_Q_LEADER | HW_Q_SOMEBODY)) != 0; }

/* ---- triggers.c ---- */
void hw_mark_nominal(hw_seeker *s); /* before the phrases */
/* The trigger that begins at token i, when one of its lines holds: the first that the rules believe, else the first. */
bool hw_trigger_at(hw_seeker *s, uint32_t i, hw_candidate *out);

/* ---- frame.c ---- */
/* Fills *out; false when the line asks for participants that are not there. */
bool hw_cast_of(hw_seeker *s, const hw_found *f, const hw_trigger *row, hw_cast *out);

/* ---- lands.c ---- */
bool hw_is_country(const hw_seeker *s, int32_t entity);
/* A country, its capital, or a region: the name of a place that may stand for who governs it. */
bool hw_may_govern(const hw_seeker *s, int32_t entity);
/* The country that a place lies in, when the article names it; the entity itself when it is a country, else HEWAL_NONE. */
int32_t hw_country_of(const hw_seeker *s, int32_t entity);
/* The country that tokens first..last name, when it is an entity of the article («ballyozxaney emrîka»). */
int32_t hw_country_inside(const hw_seeker *s, uint32_t first, uint32_t last);
/* The country of the town that they name («ballyozxaney beẍda»), likewise. */
int32_t hw_land_of_town(const hw_seeker *s, uint32_t first, uint32_t last);
/* The country whose people token i tells of («emrîkî»), likewise. */
int32_t hw_country_by_people(const hw_seeker *s, uint32_t i);

/* ---- events.c ---- */
/* Whom it is told of each candidate before it is judged; for training. */
typedef void (*hw_on_candidate)(void *ctx, const hw_seeker *s, const hw_candidate *c);
hw_events *hw_events_seek(const hw_words *w, hw_names *n, const hw_times *t, const hw_quotes *q, hw_on_candidate on, void *ctx);

/* ---- standing.c ---- */
hewal_event_status hw_standing_of(const hw_seeker *s, const hw_found *f, const hw_trigger *row);
int32_t hw_quote_at(const hw_seeker *s, uint32_t token);
int32_t hw_time_of(const hw_seeker *s, const hw_found *f);
#endif
