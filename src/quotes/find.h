/* Inside the quotes stage: a cue is found (cues.c), what it reports is cut out (content.c), who speaks through which
 * channel is settled (source.c, channels.c); quotes.c goes through the sentences and puts the quotes together. */
#ifndef HW_QUOTES_FIND_H
#define HW_QUOTES_FIND_H
#include "base/hash.h"
#include "quotes/quotes.h"

typedef enum { HW_SAY, HW_POINT, HW_OPEN, HW_TOPIC, HW_STAND, HW_PAIR, HW_NAME, HW_ACCORDING, HW_COLON } hw_frame;

typedef struct {
    uint32_t first, last; /* tokens of the cue */
    uint32_t verb;        /* its verb; last of an according-to or a colon */
    hw_frame frame;
    hewal_channel channel; /* that the verb tells, else HEWAL_UNSPECIFIED */
    uint32_t marks;       /* HW_M_ of the verb */
    uint8_t person;       /* who speaks by the verb's form: 1-6, 0 unknown */
    bool pointed;         /* a pointing word stands beside it */
    bool topic;           /* «cextî kirdewe leser …»: open, but what it stresses may be a noun phrase */
    bool resumes;         /* the reporter's own, behind a quotation that nobody closed: it ends the words before it */
} hw_cue;

typedef struct {
    uint32_t first, last;
    hewal_kind kind;
    bool found;
    bool is_pair; /* it stands in quotation marks */
    bool colon;   /* a colon leads to it */
} hw_content;

typedef struct {
    const hw_words *w;
    const hw_text *x;
    hw_names *n;
    const hw_times *t;
    hw_arena *a;
    hw_quotes *out;
    hw_table cues, pointers, channels, words;
    hw_index cues_ix, pointers_ix, accordings_ix, channels_ix, links_ix, containers_ix, mouths_ix, resumptives_ix, heads_ix, words_ix;
    HW_VEC(hw_cue) found; /* in order */
    uint8_t *is_cue;      /* per token */
    const uint64_t **verbs; /* per row of the cues: how many verbs, and their hashes; NULL until asked for */
    bool a_sentence_a_line; /* as agencies write: two in one line belong together */
    /* discourse: who spoke last, and through what */
    int32_t last_speaker, last_source;
    uint32_t last_sentence, last_paragraph;
    hewal_channel last_channel;
    int32_t last_source_mention;
    int32_t text_speaker; /* whose the statement, letter or document is that was last quoted */
} hw_reporter;

static inline const hw_token *hw_rt(const hw_reporter *r, uint32_t i) { return &r->x->tokens.v[i]; }
bool hw_ascii_at(const hw_reporter *r, uint32_t i, char c);
bool hw_comma_at(const hw_reporter *r, uint32_t i);
bool hw_colon_at(const hw_reporter *r, uint32_t i);
bool hw_that_at(const hw_reporter *r, uint32_t i); /* the word that introduces a clause */
bool hw_adp_at(const hw_reporter *r, uint32_t i);
bool hw_and_at(const hw_reporter *r, uint32_t i);
/* Whether a word listed as of this sort stands at token i (words.tsv). */
bool hw_sort_at(const hw_reporter *r, uint32_t i, const char *sort);
/* The quotation that opens with token i, or NULL. */
const hw_quotation *hw_opens_at(const hw_reporter *r, uint32_t i);

/* A word of somebody who speaks of himself: «ême», «dekeyn», «hawrrêkanman». */
bool hw_first_person(const hw_reporter *r, uint32_t first, uint32_t last);

void hw_find_cues(hw_reporter *r);
/* What cue number c reports, within its sentence or the quotation it leads to. */
hw_content hw_content_of(const hw_reporter *r, uint32_t c);
/* What a cue with a quotation behind it reports before it too: «…» X witî, «…». */
hw_content hw_content_before(const hw_reporter *r, uint32_t c);

typedef struct {
    int32_t source;  /* mention, or HEWAL_NONE */
    int32_t entity;
    hewal_channel channel;
    int32_t via;     /* entity, or HEWAL_NONE */
    int32_t addressee;
    float confidence;
} hw_speaker;
/* The media outlet that is spoken to between two tokens («be rûdawî rageyand»), or HEWAL_NONE. */
int32_t hw_told_to_media(const hw_reporter *r, uint32_t first, uint32_t last);
/* «peyamî X»: whose the text is that is told of between two tokens, or HEWAL_NONE. */
int32_t hw_author_in(const hw_reporter *r, uint32_t first, uint32_t last);
hw_speaker hw_speaker_of(hw_reporter *r, uint32_t c, const hw_content *content);
/* Channels of quotes that tell none, from what the text says elsewhere of the same speaker. */
void hw_settle_channels(hw_reporter *r);
#endif
