/* Inside roles: what its files share. roles.c finds titles and says whom the roles stand for; offices.c says how far a role goes and
 * what it is over; bearers.c looks for the person beside it, and for who held the office. */
#ifndef HW_NAMES_ROLES_H
#define HW_NAMES_ROLES_H
#include "names/find.h"

typedef struct {
    uint32_t first, last;  /* the whole of it */
    uint32_t title_first, title_last;
    uint32_t row;          /* of offices */
    int32_t holder;        /* entity of the country or organisation it is over, or HEWAL_NONE */
    uint64_t key;          /* office and holder */
    int32_t entity;
    bool indefinite;       /* «perlemantarêkî 'êraq»: somebody, not the one */
    bool definite;         /* «parêzgareke»: the one told of before */
    bool several;          /* «serkirde kurdekan» */
    bool alone;            /* nothing follows the title */
    bool named, portfolio; /* a name, or a portfolio, says which office */
    bool strange;          /* ... and a word in no list, most likely a name */
    bool speaks;           /* somebody is meant, for he says something */
} hw_role;

typedef struct {
    hw_finder *f;
    HW_VEC(hw_role) v;
    hw_table words; /* role-words.tsv */
    int col_id, col_english, col_of, col_kind;
} hw_roles;

static inline const char *hw_role_cell(const hw_roles *rs, const hw_role *r, int col) { return hw_cell(&rs->f->offices, r->row, col); }
/* Whether the office may be of this: country, org, place, person, none, or stand alone, beside ... (offices.tsv). */
bool hw_role_of(const hw_roles *rs, const hw_role *r, const char *what);
/* The kind of the words beside titles (role-words.tsv) that begin at token i, and their last token; "" when there are none. */
const char *hw_role_word(const hw_roles *rs, uint32_t i, uint32_t *last);
/* The words of this kind that end with token i: sets *first. */
bool hw_role_word_before(const hw_roles *rs, uint32_t i, const char *kind, uint32_t *first);

/* ---- offices.c ---- */
/* How far the title's izafe chain goes, and what the office is over: the last place or organisation in it. */
void hw_role_extend(hw_roles *rs, hw_role *r);
/* Behind token i comes a colon or a verb of saying; «le hewlêr», «bo rûdaw» and a comma may stand between. */
bool hw_role_speaks(const hw_finder *f, uint32_t i);

/* ---- bearers.c ---- */
/* The person whom the role stands beside, or HEWAL_NONE. */
int32_t hw_role_beside(const hw_roles *rs, const hw_role *r);
/* The person whose name ends right before token i, but for a comma, a bracket and the like. */
int32_t hw_role_person_before(const hw_finder *f, uint32_t i);
/* The person whose name begins at token i, behind marks and forms of address. */
int32_t hw_role_person_after(const hw_finder *f, uint32_t i);
/* Where unknown words stand beside a role, they are made a person. */
int32_t hw_role_unknown_beside(hw_finder *f, const hw_role *r);
/* A quotation mark of any kind. */
bool hw_is_quotation_mark(const hw_finder *f, uint32_t i);
/* Who is listed with it in a line «X Y- şanokar», made a person where no list has him. */
int32_t hw_role_listed_with(hw_finder *f, const hw_role *r);
/* Who held the office on the article's day; without a day, who held it once and is named in the article. */
int32_t hw_role_held_by(hw_roles *rs, const hw_role *r);
/* «ew zîndanîye syasîye»: takes the words that the demonstrative holds, and finds who had the title last, or was named last. False
 * when there is no demonstrative. */
bool hw_role_pointed_at(const hw_roles *rs, hw_role *r);
/* Who had the office last in the text, or HEWAL_NONE. */
int32_t hw_role_last_of(const hw_roles *rs, const hw_role *r);
/* ew itself, or a word in the singular that it holds: zîndanîye. */
bool hw_is_demonstrative(const hw_finder *f, uint32_t i, bool itself);
#endif
