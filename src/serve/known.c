/* In: the model's lists of people, given names and places. Out: look-ups in them by an entity's key, or by a name. */
#include "serve/known.h"

#include "base/hash.h"
#include <stdlib.h>
#include <string.h>

typedef struct { uint64_t hash; uint32_t row; } slot;
typedef struct { slot *v; uint32_t mask; } map;

struct hw_known {
    const hewal_model *model;
    hw_table people, places, given;
    map by_person, by_place, by_given;
};

static uint64_t hash_of(const char *s, size_t n)
{
    return hw_hash(s, n);
}

static void put(map *m, const char *s, size_t n, uint32_t row)
{
    uint64_t h = hash_of(s, n);
    for (uint32_t i = (uint32_t)h & m->mask;; i = (i + 1) & m->mask) {
        if (m->v[i].hash == h) return; /* the first line stands */
        if (m->v[i].hash) continue;
        m->v[i] = (slot){h, row};
        return;
    }
}

/* The row, or -1. */
static int64_t get(const map *m, const char *s, size_t n)
{
    uint64_t h = hash_of(s, n);
    for (uint32_t i = (uint32_t)h & m->mask; m->v[i].hash; i = (i + 1) & m->mask)
        if (m->v[i].hash == h) return m->v[i].row;
    return -1;
}

/* All words of the columns; several in a cell have | between them. */
static bool fill(map *m, const hw_table *t, const char *const *columns, unsigned n_columns)
{
    uint32_t n = 16;
    while (n < t->n_rows * 10) n *= 2;
    *m = (map){calloc(n, sizeof(slot)), n - 1};
    if (!m->v) return false;
    for (uint32_t r = 0; r < t->n_rows; r++)
        for (unsigned c = 0; c < n_columns; c++) {
            const char *cell = hw_cell(t, r, hw_column(t, columns[c]));
            for (unsigned words = 0; *cell && words < 4;) { /* four a column: the map has room for ten a row */
                size_t k = strcspn(cell, "|");
                put(m, cell, k, r);
                words++;
                cell += k + (cell[k] == '|');
            }
        }
    return true;
}

hw_known *hw_known_new(const hewal_model *m)
{
    static const char *const english[] = {"english"}, *const names[] = {"name", "variants"};
    hw_known *k = calloc(1, sizeof *k);
    if (!k) return NULL;
    k->model = m;
    k->people = hw_model_table(m, "people");
    k->places = hw_model_table(m, "places");
    k->given = hw_model_table(m, "given-names");
    if (fill(&k->by_person, &k->people, english, 1) && fill(&k->by_place, &k->places, english, 1) && fill(&k->by_given, &k->given, names, 2)) return k;
    hw_known_free(k);
    return NULL;
}

void hw_known_free(hw_known *k)
{
    if (!k) return;
    free(k->by_person.v);
    free(k->by_place.v);
    free(k->by_given.v);
    free(k);
}

static const char *sex_in(const hw_table *t, int64_t row)
{
    const char *sex = row < 0 ? "" : hw_cell(t, (uint32_t)row, hw_column(t, "sex"));
    return !strcmp(sex, "f") ? "f" : !strcmp(sex, "m") ? "m" : NULL;
}

const char *hw_known_sex(const hw_known *k, const char *key, const char *name_ckb, const char **by)
{
    static const char people[] = "people:";
    const char *sex = NULL, *how = "person";
    if (key && !strncmp(key, people, sizeof people - 1)) sex = sex_in(&k->people, get(&k->by_person, key + sizeof people - 1, strlen(key) - sizeof people + 1));
    if (!sex && name_ckb) {
        size_t first = strcspn(name_ckb, " ");
        how = "given-name";
        /* A family or a tribe alone names no person by a given name. */
        if (name_ckb[first]) sex = sex_in(&k->given, get(&k->by_given, name_ckb, first));
    }
    if (by) *by = sex ? how : NULL;
    return sex;
}

const char *hw_known_place(const hw_known *k, const char *key, const char *column)
{
    static const char places[] = "places:";
    if (!key || strncmp(key, places, sizeof places - 1) != 0) return NULL;
    int64_t row = get(&k->by_place, key + sizeof places - 1, strlen(key) - sizeof places + 1);
    const char *cell = row < 0 ? "" : hw_cell(&k->places, (uint32_t)row, hw_column(&k->places, column));
    return *cell ? cell : NULL;
}
