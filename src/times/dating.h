/* Inside the times stage: what its files share while an article is read. lexicon.c looks words up, read.c reads the
 * parts of a date, lengths.c lengths of time and repetitions, spans.c finds whole expressions in running text, published.c settles the article's
 * own date, resolve.c gives every expression its value, quantities.c takes the numbers that are left. */
#ifndef HW_TIMES_DATING_H
#define HW_TIMES_DATING_H
#include "times/calendar.h"
#include "times/numbers.h"
#include "times/times.h"

/* The classes of lang/ckb/times/words.tsv. */
typedef enum {
    HW_L_NONE, HW_L_MONTH, HW_L_WEEKDAY, HW_L_FESTIVAL, HW_L_PART, HW_L_AMPM, HW_L_DAY, HW_L_YEAR, HW_L_UNIT, HW_L_WHICH, HW_L_THIS,
    HW_L_LEAD, HW_L_EDGE, HW_L_OF, HW_L_ERA, HW_L_SEASON, HW_L_DECADE, HW_L_SET, HW_L_EVERY, HW_L_SEVERAL, HW_L_HALF, HW_L_AGO,
    HW_L_BEFORE, HW_L_RANGE, HW_L_AND, HW_L_AHEAD, HW_L_PROGRAMME, HW_L_ENDING
} hw_lex_class;

typedef struct {
    const char *value; /* NULL: no word of time begins here */
    uint32_t last, marks;
    uint8_t cls;
    bool ambiguous;
} hw_lexeme;

enum { HW_REL_NONE = INT8_MIN }; /* of the distances below */

typedef struct { /* one expression of time, as read */
    uint32_t first, last;
    const char *fixed;      /* a value that nothing changes: durations, repetitions */
    hewal_timex fixed_type;
    int year, month, day;   /* 0: not said; as written, in `calendar` and `era` */
    int8_t calendar;        /* g, s, h; e: an English month name; 0 */
    int8_t era;             /* of the year: g, s, k, h, b; 0 when not said */
    int8_t rel_day, rel_week, rel_month, rel_year; /* distance from the article's date */
    int8_t back;            /* t that, s same, b the one before: the day, month or year last spoken of, per `back_unit` */
    int8_t back_unit;       /* D M Y C W */
    int8_t weekday;
    int8_t which;           /* of weekday or part of day: p past, n next */
    int8_t hour, minute;    /* -1: none */
    int8_t ampm;            /* A, P */
    int8_t decade;          /* 2 ... 9 */
    int16_t century;        /* 21; 0 none; rel_year counts hundreds with `centuries` */
    bool centuries;
    bool repeated;          /* «rojanî heynî» */
    bool to;                /* «ta» stands before it */
    bool news;              /* «hewallekanî» does */
    bool loose_year;        /* a bare number that looks like a year */
    const char *part;       /* MO AF EV NI 12:00 24:00 */
    const char *season;     /* SP SU FA WI */
    const char *festival;   /* mm-dd, XX */
    int count;              /* units from `count_from` on: with ago and later */
    char count_unit, count_from; /* Y M W D H; a ago, l later */
    const char *value;      /* resolved */
    hewal_timex type;
} hw_expr;

typedef HW_VEC(hw_expr) hw_exprs;

typedef struct {
    const hw_words *w;
    const hw_text *x;
    hw_arena *a;
    hw_table table;
    hw_index index, counting;
    hw_table counts;
    int counts_class;
    int word, variants, cls, value; /* columns of table */
    hw_numbers numbers;
    hw_lexeme *lex; /* per token, last of them empty */
    hw_exprs exprs;
    bool solar;        /* the article counts by the solar calendar */
    bool known;        /* its date is known: */
    int32_t today;
    hw_times *out;
    const hw_names *names;
} hw_dating;

static inline const hw_token *hw_dt_tok(const hw_dating *d, uint32_t i) { return &d->x->tokens.v[i]; }
static inline const hw_lexeme *hw_lex(const hw_dating *d, uint32_t i) { return &d->lex[i < d->x->tokens.n ? i : d->x->tokens.n]; }
static inline bool hw_lex_is(const hw_dating *d, uint32_t i, hw_lex_class c) { return hw_lex(d, i)->cls == c; }

/* ---- lexicon.c ---- */
void hw_dt_look_up(hw_dating *d);
/* Whether token i stands on one line with the token before it, in one sentence. */
bool hw_dt_joined(const hw_dating *d, uint32_t i);
bool hw_dt_mark(const hw_dating *d, uint32_t i, const char *mark);
/* All that the forms of the word at token i may carry, taken together. */
uint32_t hw_dt_marks(const hw_dating *d, uint32_t i);
bool hw_dt_comma(const hw_dating *d, uint32_t i);
/* The class of quantities.tsv that begins at token i, or ""; *last its last token. */
const char *hw_dt_counting(const hw_dating *d, uint32_t i, uint32_t *last);

/* A number with what is glued to it in figures: «26ی», «5em», «2015da». */
typedef struct {
    hw_number n;
    uint32_t next; /* the token after all of it */
    bool link, rank, ended;
} hw_counted;
bool hw_dt_number(const hw_dating *d, uint32_t i, hw_counted *c);

/* ---- read.c ---- */
void hw_expr_begin(hw_expr *e, uint32_t i);
/* Reads one part that begins at token i into e, where it agrees with what e has; returns the token after it, 0 for none. */
uint32_t hw_dt_part(const hw_dating *d, uint32_t i, hw_expr *e);
/* Whether token i is one of these units ("Y M"). */
bool hw_dt_unit(const hw_dating *d, uint32_t i, const char *units);
/* «8:33», «10» as a time of day; *minutes tells which of the two. 0 for none. */
uint32_t hw_dt_hour(const hw_dating *d, uint32_t i, hw_expr *t, bool *minutes);

/* ---- lengths.c ---- */
/* Likewise a length of time or a repetition, with a fixed or counted value. */
uint32_t hw_dt_length(const hw_dating *d, uint32_t i, hw_expr *e);

/* ---- spans.c, published.c, resolve.c, quantities.c ---- */
void hw_dt_find(hw_dating *d);
/* Sets known, today and the inferred date. */
void hw_dt_publish(hw_dating *d, const hewal_meta *meta);
/* The full date an expression gives by itself; false when it gives none. */
bool hw_dt_full_date(const hw_dating *d, const hw_expr *e, int32_t *day);
void hw_dt_resolve(hw_dating *d);
void hw_dt_quantities(hw_dating *d);
#endif
