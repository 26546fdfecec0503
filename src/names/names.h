/* The names stage. In: words. Out: mentions of people, organisations, places and roles, and the entities they stand for,
 * within one article. */
#ifndef HW_NAMES_NAMES_H
#define HW_NAMES_NAMES_H
#include "morph/morph.h"

typedef struct hw_names {
    const hw_words *words;
    HW_VEC(hewal_entity) entities;
    HW_VEC(uint32_t) place_rows; /* per entity: 1 and its line in the table of places; 0: it is not listed there */
    HW_VEC(hewal_mention) mentions; /* by b, the longer first; roles overlap the names inside them */
    int32_t *mention_at; /* per token: innermost PER/ORG/LOC mention, or HEWAL_NONE */
    int32_t *role_at;    /* per token: ROLE mention, or HEWAL_NONE */
} hw_names;

/* `meta` may be NULL; its published date decides who held an office, its outlet what «we» is. */
hw_names *hw_names_read(const hw_words *w, const hewal_meta *meta);

/* Adds an entity that the text does not name («berpirsêkî emrîkî», a group), for the stages after this one. */
int32_t hw_names_add_entity(hw_names *n, hewal_type type, const char *name, const char *name_ckb);
#endif
