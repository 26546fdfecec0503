/* An article on its way into the tables: what put.c and put_facts.c share. */
#ifndef HW_STORE_PUT_H
#define HW_STORE_PUT_H
#include "store/inside.h"

typedef struct {
    hw_store *s;
    const hw_article *a;
    const hewal_record *r; /* NULL: not annotated */
    const hw_index_text *index;
    int64_t n;             /* rowid of the article */
    int64_t copy_of;       /* the first report of its group, 0: it is that itself */
    const char *date;      /* of the article, 10 letters, or "" */
    int64_t *entity;       /* store ids, one an entity of the record */
    int64_t *spelling;     /* ids, one a mention of the record; 0: none */
    bool *named;           /* those that some mention names, not only describes */
    bool ok;
} hw_writer;

/* Writes the rows of the record; w->ok tells how it went. */
void hw_put_facts(hw_writer *w);
/* A confidence in hundredths: what is shown of it. */
int64_t hw_hundredths(float c);
#endif
