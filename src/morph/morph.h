/* The morphology stage. In: tokens. Out: for each token its analyses (lemma, part of speech, features, clitics), best
 * first, and the forms under which it may be looked up in a phrase index. */
#ifndef HW_MORPH_MORPH_H
#define HW_MORPH_MORPH_H
#include "text/text.h"

typedef enum {
    HW_NOUN, HW_PROPN, HW_ADJ, HW_ADV, HW_VERB, HW_AUX, HW_PRON, HW_DET, HW_ADP, HW_NUM, HW_CCONJ, HW_SCONJ, HW_PART,
    HW_INTJ, HW_PUNCTUATION, HW_SYM, HW_X
} hw_upos;
const char *hw_upos_name(hw_upos);

/* What a form carries, for the stages after this one; hw_analysis.feats spells it out as UD features. */
enum {
    HW_M_IZAFE = 1u << 0,   /* -î that links to what follows */
    HW_M_DEF = 1u << 1,     /* -eke, -e with a demonstrative */
    HW_M_INDEF = 1u << 2,   /* -êk */
    HW_M_PLURAL = 1u << 3,
    HW_M_POSS = 1u << 4,    /* a person clitic on a noun; its person in `person` */
    HW_M_ISH = 1u << 5,     /* -îş, -ş */
    HW_M_LOC = 1u << 6,     /* -da */
    HW_M_ABL = 1u << 7,     /* -ewe as a postposition */
    HW_M_COPULA = 1u << 8,  /* -e, -n, ... after a noun or adjective */
    HW_M_PAST = 1u << 9,
    HW_M_PRESENT = 1u << 10,
    HW_M_SUBJUNCTIVE = 1u << 11,
    HW_M_PERFECT = 1u << 12,
    HW_M_NEG = 1u << 13,
    HW_M_PASSIVE = 1u << 14,
    HW_M_IMPERATIVE = 1u << 15,
    HW_M_INFINITIVE = 1u << 16, /* a verbal noun: kirdin, kirdinewey */
    HW_M_PARTICIPLE = 1u << 17,
    HW_M_AGENT = 1u << 18,  /* the clitic that is the subject of a transitive past; its person in `person` */
    HW_M_GUESS = 1u << 19,  /* not from the lexicon: by its endings */
    HW_M_PLUPERFECT = 1u << 20,
    HW_M_JOINED = 1u << 22, /* another word is written together with it: jyan and u behind a non-joiner, bebaştirîn */
    HW_M_OBLIQUE = 1u << 21 /* -e on a goal: daye beẍda, çuwe */
};

typedef struct {
    const char *lemma;    /* standard orthography */
    const char *feats;    /* UD features sorted by name, "" for none */
    uint64_t lemma_hash;  /* hw_hash of the folded lemma */
    uint32_t marks;       /* HW_M_ */
    uint8_t upos;         /* hw_upos */
    uint8_t person;       /* of the subject (verbs), possessor or agent: 1-3 singular, 4-6 plural, 0 none */
    uint8_t subject;      /* of a verb's personal ending: likewise */
    uint8_t kind;         /* as the tagger tells readings apart (context.tsv) */
    float weight;         /* lower is better */
} hw_analysis;

/* A way to look the token up: as it stands (marks 0), less what its ending carries, or by its lemma. */
typedef struct {
    uint64_t hash;
    uint32_t marks;  /* what was taken off */
    uint16_t len;    /* bytes of the token's fold that remain; 0 for a lemma */
    uint8_t lemma;   /* it is the lemma of analysis number lemma-1 */
} hw_form;

typedef struct {
    const hw_analysis *analyses; /* n of them, at least one for a word; best first (by context once hw_morph has run) */
    const hw_form *forms;        /* the longest first, lemmas last */
    uint16_t n, n_forms;
    uint32_t begins; /* bits of the phrase indexes that have a phrase beginning with one of the forms (hw_morph_read sets it) */
} hw_word;



typedef struct hw_words {
    const hw_text *text;
    hw_word *v; /* one a token of the text */
} hw_words;

/* Analyses every token of x. */
hw_words *hw_morph_read(hw_text *x);

/* A single word out of context, as `hewal analyze` shows it; with `all` also the readings that are unlikely. */
hw_word hw_morph_word(const hewal_model *m, hw_arena *a, const hw_token *t);
hw_word hw_morph_all(const hewal_model *m, hw_arena *a, const hw_token *t);

/* ---- finding phrases of an index in a text ------------------------------------------------------------------------ */

typedef struct {
    const hw_slot *slot;  /* the phrase's slot: its postings are index->posts[slot->first] ... */
    uint32_t last;        /* the token it ends with */
    uint32_t marks;       /* what was taken off its last word */
    bool exact;           /* every word but the last stood as listed or with izafe, the last as listed */
} hw_match;

/* All phrases of the index that begin with token `first` and lie within its sentence, longest first; at most `max`.
 * Inner words may carry izafe, definiteness or plural; the last one anything. */
unsigned hw_match_at(const hw_words *w, const hw_index *ix, uint32_t first, hw_match *out, unsigned max);
#endif
