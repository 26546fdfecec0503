/* hewal: a machine-readable record of Central Kurdish (Sorani) news.
 *
 * Text goes in, a record comes out: who is named, when and how many, who said what through which channel, who did what
 * to whom. Every fact carries the bytes of the text that it comes from.
 *
 *     hewal_model *model = NULL;
 *     hewal_error err;
 *     if (hewal_model_open(&model, NULL, &err) != HEWAL_OK) { fprintf(stderr, "%s\n", err.message); return 1; }
 *     hewal_record *rec = NULL;
 *     if (hewal_annotate(model, text, strlen(text), NULL, &rec, &err) == HEWAL_OK)
 *         for (size_t i = 0; i < rec->n_quotes; i++)
 *             printf("%.*s\n", (int)(rec->quotes[i].e - rec->quotes[i].b), rec->text + rec->quotes[i].b);
 *     hewal_record_free(rec);
 *     hewal_model_close(model);
 *
 * Conventions. Text is UTF-8; broken sequences are accepted and never break an offset. Offsets `b`, `e` are bytes into
 * the text as it was given, half-open: text[b] to text[e-1]. Indexes (`entity`, `source`, ...) count from 0 in the
 * record's own arrays; HEWAL_NONE (-1) is none. Dates are ISO 8601 or TIMEX3 strings. Strings are NUL-terminated UTF-8.
 * Confidences lie between 0 and 1.
 *
 * Threads. A model is read-only once open: any number of threads may annotate with it at once. A record belongs to
 * whoever asked for it and is not changed after hewal_annotate returns. There is no global state.
 *
 * Errors. Functions that can fail return a hewal_status and, when given one, fill a hewal_error with one line that names
 * the file and the place. On failure output pointers are NULL.
 */
#ifndef HEWAL_H
#define HEWAL_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#ifdef __cplusplus
extern "C" {
#endif

#define HEWAL_VERSION "0.1.0"
#define HEWAL_NONE (-1)
/* The longest text that one call annotates, in bytes. A longer one is refused with HEWAL_ETOOBIG. */
#define HEWAL_MAX_TEXT (16u << 20)

typedef enum {
    HEWAL_OK = 0,
    HEWAL_ENOMEM,   /* memory ran out; nothing was kept */
    HEWAL_EIO,      /* a file could not be read or written */
    HEWAL_EFORMAT,  /* a file is not what it should be (a model, a store, JSON) */
    HEWAL_EVERSION, /* a model or store of another version */
    HEWAL_ETOOBIG,  /* a text longer than HEWAL_MAX_TEXT */
    HEWAL_EINVAL    /* an argument that makes no sense */
} hewal_status;

typedef struct {
    hewal_status status;
    char message[512]; /* one line, without a newline at its end */
} hewal_error;

/* ---- the model: all that hewal knows of the language, one file mapped read-only -------------------------------- */

typedef struct hewal_model hewal_model;

/* Opens the model at `path`, or where it was installed when `path` is NULL ($HEWAL_MODEL, beside the program, then the
 * data folder). The caller closes it after the last record made with it. */
hewal_status hewal_model_open(hewal_model **out, const char *path, hewal_error *err);
void hewal_model_close(hewal_model *model);
/* Which model this is: a version and a checksum, as records and stores note it. Lives as long as the model. */
const char *hewal_model_id(const hewal_model *model);

/* ---- the record ------------------------------------------------------------------------------------------------- */

typedef enum { HEWAL_PER, HEWAL_ORG, HEWAL_LOC, HEWAL_ROLE } hewal_type;
typedef enum { HEWAL_DATE, HEWAL_TIME, HEWAL_DURATION, HEWAL_SET } hewal_timex;
typedef enum { HEWAL_DIRECT, HEWAL_INDIRECT, HEWAL_MIXED } hewal_kind;
typedef enum { HEWAL_OCCURRED, HEWAL_PLANNED, HEWAL_REQUESTED, HEWAL_DENIED, HEWAL_HYPOTHETICAL } hewal_event_status;
typedef enum { HEWAL_NO_MODE, HEWAL_MEET, HEWAL_VISIT, HEWAL_PHONE } hewal_mode;
typedef enum {
    HEWAL_UNSPECIFIED, HEWAL_STATEMENT, HEWAL_TWEET, HEWAL_SOCIAL_POST, HEWAL_PRESS_CONFERENCE, HEWAL_INTERVIEW,
    HEWAL_MEETING, HEWAL_PHONE_CALL, HEWAL_SPEECH, HEWAL_LETTER, HEWAL_DOCUMENT, HEWAL_MEDIA_REPORT, HEWAL_VIDEO
} hewal_channel;
/* PLOVER's sixteen types of events. */
typedef enum {
    HEWAL_AGREE, HEWAL_CONSULT, HEWAL_SUPPORT, HEWAL_CONCEDE, HEWAL_COOPERATE, HEWAL_AID, HEWAL_RETREAT, HEWAL_REQUEST,
    HEWAL_ACCUSE, HEWAL_REJECT, HEWAL_THREATEN, HEWAL_PROTEST, HEWAL_SANCTION, HEWAL_MOBILIZE, HEWAL_COERCE, HEWAL_ASSAULT
} hewal_event_type;

/* The names of these values as the JSON writes them ("PER", "press-conference", "CONSULT", ...; "" for HEWAL_NO_MODE). */
const char *hewal_type_name(hewal_type);
const char *hewal_timex_name(hewal_timex);
const char *hewal_kind_name(hewal_kind);
const char *hewal_event_status_name(hewal_event_status);
const char *hewal_mode_name(hewal_mode);
const char *hewal_channel_name(hewal_channel);
const char *hewal_event_type_name(hewal_event_type);

typedef struct { /* one person, organisation or place of the article */
    hewal_type type;      /* PER, ORG or LOC */
    const char *name;     /* usual English name where known, else transliterated */
    const char *name_ckb; /* as the gazetteer, or the article's fullest mention, writes it */
    const char *known;    /* key in the gazetteer ("people:Mustafa al-Kadhimi"), or NULL: a stable identity across articles */
    float confidence;
} hewal_entity;

typedef struct { /* a place in the text that names or describes an entity */
    uint32_t b, e;
    uint32_t first, last; /* tokens, inclusive */
    hewal_type type;
    int32_t entity;
    float confidence;
} hewal_mention;

typedef struct {
    uint32_t b, e, first, last;
    hewal_timex type;
    const char *value; /* TIMEX3: 2021-07-26, XXXX-05-15, PT2H, 2020-05-18T10:00 */
    float confidence;
} hewal_time;

typedef struct {
    uint32_t b, e, first, last;
    double value;
    const char *unit; /* as the text has it, in standard orthography; "%" for percent */
    float confidence;
} hewal_quantity;

typedef struct {
    uint32_t b, e, first, last; /* the reported words, without quotation marks */
    uint32_t cue_b, cue_e;      /* the reporting words; equal when there are none */
    hewal_kind kind;
    hewal_channel channel;
    int32_t source;        /* mention that stands for the speaker, or HEWAL_NONE */
    int32_t source_entity; /* who speaks */
    int32_t addressee_entity;
    const int32_t *via; /* entities that passed the words on */
    size_t n_via;
    float confidence;
} hewal_quote;

typedef struct {
    uint32_t b, e, first, last; /* the trigger */
    hewal_event_type type;
    hewal_mode mode;
    hewal_event_status status;
    const int32_t *actors, *targets; /* entities */
    size_t n_actors, n_targets;
    int32_t place;    /* entity */
    int32_t time;     /* index of a time */
    int32_t in_quote; /* index of a quote */
    float confidence;
} hewal_event;

typedef struct { /* a token: a word, a number, a mark */
    uint32_t b, e;
    uint32_t sentence;
    const char *norm;  /* in standard orthography */
    const char *lemma; /* NULL for what is no word */
    const char *upos;  /* universal part of speech, "PUNCT", "NUM", "X" too */
    const char *feats; /* UD features "Case=Loc|Number=Plur", or "" */
    bool guessed;      /* the lexicon does not have it: read by its shape */
} hewal_token;

typedef struct { uint32_t b, e, first, last; } hewal_sentence; /* first, last: tokens, inclusive */

typedef struct hewal_record {
    const char *text; /* the text annotated: the record's own copy, NUL-terminated */
    size_t text_len;
    const char *published; /* YYYY-MM-DD as given, else as inferred from the text, else NULL */
    bool published_inferred;
    const hewal_token *tokens;
    const hewal_sentence *sentences;
    const hewal_entity *entities;
    const hewal_mention *mentions;
    const hewal_time *times;
    const hewal_quantity *quantities;
    const hewal_quote *quotes;
    const hewal_event *events;
    size_t n_tokens, n_sentences, n_entities, n_mentions, n_times, n_quantities, n_quotes, n_events;
} hewal_record;

typedef struct { /* what is known of the article beside its text; all may be NULL */
    const char *published; /* YYYY-MM-DD, optionally with a time behind it */
    const char *outlet;
    const char *title;
} hewal_meta;

/* Annotates a text. `meta` may be NULL. The record is freed with hewal_record_free and holds its own copy of the text.
 * Fails with HEWAL_ENOMEM, HEWAL_ETOOBIG, or HEWAL_EINVAL (a published date that is none). */
hewal_status hewal_annotate(const hewal_model *model, const char *text, size_t len, const hewal_meta *meta,
                            hewal_record **out, hewal_error *err);
void hewal_record_free(hewal_record *rec);

/* ---- writing -------------------------------------------------------------------------------------------------- */

/* A growing string that the library fills: free `s` with hewal_string_free. Zero it before the first use; every call
 * appends, and keeps it NUL-terminated. */
typedef struct { char *s; size_t len, cap; } hewal_string;
void hewal_string_free(hewal_string *s);

/* Appends the record as one line of JSON without a newline. `id` may be NULL. `more` may be NULL or hold further
 * members ("\"title\":\"...\"") to be carried through. */
hewal_status hewal_record_json(const hewal_record *rec, const char *id, const char *more, hewal_string *out);
/* Appends CoNLL-U: a block a sentence, byte offsets in MISC. */
hewal_status hewal_record_conllu(const hewal_record *rec, hewal_string *out);

/* ---- words ---------------------------------------------------------------------------------------------------- */

/* What normalising does, in groups of rules that may be wanted or not. */
typedef enum {
    HEWAL_FIX_FORMS = 1 << 0,      /* presentation forms and full-width letters */
    HEWAL_FIX_LETTERS = 1 << 1,    /* the same letter by another keyboard: Arabic yeh and kaf, letters typed as two */
    HEWAL_FIX_ARABIC = 1 << 2,     /* letters that Kurdish writes otherwise: alef and waw with hamza, madda, wasla */
    HEWAL_FIX_VOWELS = 1 << 3,     /* ae written as heh with a non-joiner, as heh at the end of a word, as teh marbuta */
    HEWAL_FIX_FONTS = 1 << 4,      /* what converters from old fonts left: lam with hamza, letters with a vowel sign */
    HEWAL_FIX_ZWNJ = 1 << 5,       /* non-joiners and joiners; an `and` behind one stands apart */
    HEWAL_FIX_INVISIBLE = 1 << 6,  /* direction marks, soft hyphens, byte order marks inside words */
    HEWAL_FIX_TATWEEL = 1 << 7,    /* the stretching of letters */
    HEWAL_FIX_SIGNS = 1 << 8,      /* Arabic vowel signs */
    HEWAL_FIX_INITIAL_R = 1 << 9,  /* the trill at the beginning of words */
    HEWAL_FIX_DOUBLE = 1 << 10,    /* waw and yeh doubled, or not, where spelling rules say so without knowing the word */
    HEWAL_FIX_DIGITS = 1 << 11,    /* Persian digits as the Arabic ones that Kurdish uses; full-width ones */
    HEWAL_FIX_PARTICLES = 1 << 12, /* what is no word of its own is joined, words run together are parted, where it is sure */
    HEWAL_FIX_SPACES = 1 << 13,    /* several spaces, or other than plain ones, between words of a line */
    HEWAL_FIX_WORDS = (1 << 10) - 1, /* all before: those that change letters, not spelling */
    HEWAL_FIX_ALL = (1 << 14) - 1,
    HEWAL_FIX_LEXICON = 1 << 14 /* beside ALL: an `and` run together with a word, a verb apart from its beginning, where the
                                   lexicon knows the one spelling and not the other; a name may look like either */
} hewal_fix;
/* The name of the group 1 << i as the command line has it ("letters", "initial-r"); NULL past the last. */
const char *hewal_fix_name(unsigned i);

typedef struct {
    uint32_t fix;     /* groups of rules (HEWAL_FIX_), or 0 for none */
    const char *from; /* an old font encoding to be read first ("ali-k", "ali-web", "dylan", "zarnegar"), or NULL: Unicode */
} hewal_normalizing;

/* Appends the text in standard orthography. When `map` is not NULL it is set to an array of *n_map pairs (offset in the
 * output, offset in the input), rising in both, the first (0, 0) and the last (end, end): output between two pairs comes
 * from input between them. Free it with free(). Normalising again what was normalised changes nothing.
 * hewal_normalize changes letters of words only (HEWAL_FIX_WORDS): spelling, spaces, digits and marks stay as they are. */
typedef struct { uint32_t out, in; } hewal_offset;
hewal_status hewal_normalize(const hewal_model *model, const char *text, size_t len, hewal_string *out,
                             hewal_offset **map, size_t *n_map);
/* The same as `how` says; NULL: HEWAL_FIX_ALL, from Unicode. HEWAL_EINVAL when the model does not know the encoding. */
hewal_status hewal_normalize_with(const hewal_model *model, const char *text, size_t len, const hewal_normalizing *how,
                                  hewal_string *out, hewal_offset **map, size_t *n_map);
/* Appends the text in the other script: Hawar Latin (the short i and what و and ی stand for as the word is spoken), or
 * Arabic. To Latin takes some milliseconds before it begins: give it whole texts. */
hewal_status hewal_to_latin(const hewal_model *model, const char *text, size_t len, hewal_string *out);
hewal_status hewal_to_arabic(const hewal_model *model, const char *text, size_t len, hewal_string *out);

typedef struct { /* a number that stands alone */
    double value;      /* of 5% it is 5 */
    unsigned decimals; /* figures behind the point that are written: 2.50 has two */
    bool percent;
    bool ordinal;      /* third, 3rd; a whole number from 0 on */
} hewal_number;
/* Reads a text that is a number and nothing else: in figures of any kind, with marks between thousands and before
 * decimals, in words, or both ("2 million" in Kurdish); negative, in percent, or an ordinal. Fails with HEWAL_EINVAL when
 * it is none, or has more figures than a double tells apart (about 15). */
hewal_status hewal_number_value(const hewal_model *model, const char *text, size_t len, hewal_number *out);
/* Appends the number in words; hewal_number_value reads them back to the same number. Fails with HEWAL_EINVAL for an
 * ordinal that is not whole, negative or in percent, and for more figures than a double tells apart. */
hewal_status hewal_number_words(const hewal_model *model, const hewal_number *number, hewal_string *out);

#ifdef __cplusplus
}
#endif
#endif
