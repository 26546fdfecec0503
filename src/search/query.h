/* The query language (docs/search.md). In: a query as people type it. Out: a tree of what is asked.
 *
 *     hw_query *q;
 *     if (hw_query_parse(&q, model, arena, "speaker:barzanî (newt OR gaz) -benzîn", &err) != HEWAL_OK) ... err.message
 *
 * Whatever may be plain text is taken as such, with a note where it looks like something else; what can only be meant as
 * the language and makes no sense is an error. Both tell the place: "query:7: …", characters from 1. */
#ifndef HW_SEARCH_QUERY_H
#define HW_SEARCH_QUERY_H
#include "base/vec.h"
#include "model/model.h"

enum { HW_QUERY_BYTES = 8192 /* of a query */, HW_QUERY_DEPTH = 20 /* of parentheses */, HW_QUERY_NEAR = 10 /* words, when no number is given */, HW_QUERY_MAX_NEAR = 100 };

typedef enum { HW_Q_WORDS, HW_Q_PHRASE, HW_Q_NEAR, HW_Q_FIELD, HW_Q_AND, HW_Q_OR, HW_Q_NOT } hw_query_kind;

typedef enum {
    HW_F_SPEAKER, HW_F_OUTLET, HW_F_ACTOR, HW_F_TARGET, HW_F_TYPE, HW_F_CHANNEL, HW_F_FROM, HW_F_TO, HW_F_TITLE, HW_F_PLACE,
    HW_F_LANGUAGE, HW_F_URL, HW_N_FIELDS
} hw_query_field;

typedef struct hw_query_node {
    hw_query_kind kind;
    uint32_t b, e;    /* bytes of the query */
    const char *text; /* words, phrase: as they stand; field: its value, as the store has it where it is one of a list */
    bool exact;       /* in this very form */
    bool prefix;      /* the last word may go on */
    bool title;       /* in the title */
    unsigned near;    /* how many words may stand between */
    hw_query_field field;
    struct hw_query_node **kid; /* near: words and phrases; not: one */
    unsigned n;
} hw_query_node;

typedef struct { unsigned at; const char *text; } hw_query_note; /* at: characters from 1 */

typedef struct {
    const char *text;
    const hw_query_node *root;
    bool strict; /* AND was written: no word may be missing */
    HW_VEC(hw_query_note) notes;
} hw_query;

/* Everything is in the arena, a copy of the query too. HEWAL_EINVAL: a value that is none, too deep, nothing in it. */
hewal_status hw_query_parse(hw_query **out, const hewal_model *m, hw_arena *a, const char *text, hewal_error *err);
/* Notes and errors of those who read on. */
void hw_query_remark(hw_query *q, hw_arena *a, uint32_t byte, const char *text);
hewal_status hw_query_fault(const hw_query *q, hewal_error *err, uint32_t byte, const char *text);
const char *hw_query_field_name(hw_query_field f);
/* The tree as one line, `(and serok (or "a b" type:ASSAULT))`: for tests, and for who wonders. */
const char *hw_query_show(hw_arena *a, const hw_query_node *n);
#endif
