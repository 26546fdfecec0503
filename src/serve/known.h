/* What the model's lists say of an entity beside its names: whether a person is a woman or a man, what a place is and where. */
#ifndef HW_SERVE_KNOWN_H
#define HW_SERVE_KNOWN_H
#include "model/model.h"

typedef struct hw_known hw_known;

hw_known *hw_known_new(const hewal_model *m); /* NULL when memory runs out */
void hw_known_free(hw_known *k);
/* "f", "m", or NULL where no list tells: a person's line in the list of people (`key`: "people:Shanaz Ibrahim Ahmed"), else the first
 * word of the name among given names, where all who bear it are of one sex. `*by` (may be NULL): "person" or "given-name". */
const char *hw_known_sex(const hw_known *k, const char *key, const char *name_ckb, const char **by);
/* Columns of the list of places: "kind" ("city"), "in" ("IQ"; of a country its own code). NULL where not known. */
const char *hw_known_place(const hw_known *k, const char *key, const char *column);
#endif
