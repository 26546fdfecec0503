/* Gold records with their texts, one a line (train/passages joins ours with the texts), as the trainers here read them. */
#ifndef TRAIN_RECORDS_H
#define TRAIN_RECORDS_H
#include "../tools/tsv.h"
#include "hewal.h"

#include <jansson.h>
#include <stdlib.h>
#include <string.h>

/* Gives every record of a file to `take`; ends the program with a line about what cannot be read. */
static inline void read_records(const hewal_model *m, const char *path, void (*take)(const hewal_model *m, const json_t *record))
{
    char *text = slurp(path, NULL);
    if (!text) die("%s: cannot be read", path);
    unsigned line = 1;
    for (char *p = text, *e; *p; p = e, line++) {
        e = p + strcspn(p, "\n");
        if (*e) *e++ = 0;
        json_error_t err;
        json_t *record = json_loads(p, 0, &err);
        if (!record) die("%s:%u: %s", path, line, err.text);
        take(m, record);
        json_decref(record);
    }
    free(text);
}
#endif
