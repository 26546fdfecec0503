/* The language model in memory: sections, tables and phrase indexes of the mapped file. In: a path. Out: views that live
 * as long as the model, never freed on their own, shared by all threads. */
#ifndef HW_MODEL_MODEL_H
#define HW_MODEL_MODEL_H
#include "base/err.h"
#include "model/format.h"

struct hewal_model {
    const unsigned char *base;
    size_t size;
    bool mapped; /* munmap at close; else the bytes belong to somebody else (mkmodel) */
    const hw_model_header *header;
    const hw_model_entry *dir;
    const struct hw_orth *orth; /* set up at opening by text/orth.c's section layout, NULL when absent */
    char id[80];
    bool rules_only; /* events as the rules have them, without what was learnt: for tests of rules */
};

/* NULL when there is no such section. */
const void *hw_model_section(const hewal_model *m, const char *name, size_t *size);
/* Looks a model over that lies in memory already (mkmodel's own, tests). */
hewal_status hw_model_attach(hewal_model *m, const void *bytes, size_t size, const char *what, hewal_error *err);

/* ---- tables: the .tsv files, cell by cell --------------------------------------------------------------------- */
typedef struct {
    const unsigned char *base;
    const uint32_t *names, *cells;
    uint32_t n_rows, n_cols;
} hw_table;

/* An absent table gives one without rows. */
hw_table hw_model_table(const hewal_model *m, const char *name);
/* Column number, or -1. */
int hw_column(const hw_table *t, const char *name);
/* The cell's text, "" for `-` and for column -1. */
const char *hw_cell(const hw_table *t, uint32_t row, int col);

/* ---- phrase indexes --------------------------------------------------------------------------------------------- */
typedef struct {
    const hw_slot *slots;
    const hw_post *posts;
    uint32_t mask; /* n_slots - 1; 0 with slots NULL: an empty index */
    uint32_t bit;  /* of hw_begins */
} hw_index;

hw_index hw_model_index(const hewal_model *m, const char *name);

/* The bits of the indexes that have a phrase beginning with the folded word of this hash. */
typedef struct {
    const hw_begins_slot *slots;
    uint32_t mask;
} hw_begins;

hw_begins hw_model_begins(const hewal_model *m);

static inline uint32_t hw_begins_with(const hw_begins *b, uint64_t word)
{
    if (!b->slots) return UINT32_MAX;
    for (uint32_t i = (uint32_t)word & b->mask;; i = (i + 1) & b->mask) {
        if (!b->slots[i].indexes) return 0;
        if (b->slots[i].hash == word >> 32) return b->slots[i].indexes;
    }
}

/* The slot of a phrase hash (hw_phrase over folded words from HW_PHRASE_START), NULL when no phrase begins so. */
static inline const hw_slot *hw_index_find(const hw_index *ix, uint64_t phrase)
{
    if (!ix->slots) return NULL;
    for (uint32_t i = (uint32_t)phrase & ix->mask;; i = (i + 1) & ix->mask) {
        const hw_slot *s = &ix->slots[i];
        if (s->hash == phrase) return s;
        if (!s->hash) return NULL;
    }
}
#endif
