/* In: entities that the names stage found in the table of places. Out: which are countries, and which country a place, a word
 * for people, or the name of an embassy belongs to. */
#include "events/find.h"

#include <string.h>

enum { HW_TABLE_PLACES = 1 }; /* as the manifest orders the tables of index "names" */
#define NO_ROW UINT32_MAX

/* The entity's line in the table of places, or NO_ROW. */
static uint32_t row_of(const hw_seeker *s, int32_t entity)
{
    return entity >= 0 && (uint32_t)entity < s->n->place_rows.n ? s->n->place_rows.v[entity] - 1 : NO_ROW;
}

static int32_t entity_of_row(const hw_seeker *s, uint32_t row)
{
    for (uint32_t e = 0; e < s->n_home && e < HW_LOOKED_AT; e++)
        if (row_of(s, (int32_t)e) == row) return (int32_t)e;
    return HEWAL_NONE;
}

static bool country_row(const hw_seeker *s, uint32_t row) { return !strcmp(hw_cell(&s->places, row, s->place_kind), "country"); }

bool hw_is_country(const hw_seeker *s, int32_t entity)
{
    uint32_t row = row_of(s, entity);
    return row != NO_ROW && country_row(s, row);
}

bool hw_may_govern(const hw_seeker *s, int32_t entity)
{
    static const char *const kinds[] = {"country", "capital", "region"};
    uint32_t row = row_of(s, entity);
    const char *kind = row == NO_ROW ? "" : hw_cell(&s->places, row, s->place_kind);
    for (unsigned i = 0; i < sizeof kinds / sizeof *kinds; i++)
        if (!strcmp(kind, kinds[i])) return true;
    return false;
}

static int32_t country_of_row(const hw_seeker *s, uint32_t row)
{
    int in = hw_column(&s->places, "in");
    const char *code = hw_cell(&s->places, row, in);
    for (uint32_t e = 0; e < s->n_home && e < HW_LOOKED_AT; e++) {
        uint32_t r = row_of(s, (int32_t)e);
        if (r != NO_ROW && country_row(s, r) && !strcmp(hw_cell(&s->places, r, in), code)) return (int32_t)e;
    }
    return HEWAL_NONE;
}

int32_t hw_country_of(const hw_seeker *s, int32_t entity)
{
    uint32_t row = row_of(s, entity);
    if (row == NO_ROW) return HEWAL_NONE;
    return country_row(s, row) ? entity : country_of_row(s, row);
}

static int32_t by_index(const hw_seeker *s, const hw_index *ix, uint32_t i, bool countries)
{
    const hw_word *w = &s->w->v[i];
    for (unsigned k = 0; k < w->n_forms; k++) {
        const hw_slot *slot = hw_index_find(ix, hw_phrase(HW_PHRASE_START, w->forms[k].hash));
        for (uint32_t p = 0; slot && p < slot->n; p++) {
            uint32_t row = ix->posts[slot->first + p].row;
            if (countries && ix->posts[slot->first + p].table != HW_TABLE_PLACES) continue;
            int32_t e = !countries || country_row(s, row) ? entity_of_row(s, row) : HEWAL_NONE;
            if (e >= 0) return e;
        }
    }
    return HEWAL_NONE;
}

int32_t hw_country_by_people(const hw_seeker *s, uint32_t i) { return by_index(s, &s->demonyms, i, false); }

int32_t hw_land_of_town(const hw_seeker *s, uint32_t first, uint32_t last)
{
    for (uint32_t i = first; i <= last; i++) {
        const hw_word *w = &s->w->v[i];
        for (unsigned k = 0; k < w->n_forms; k++) {
            const hw_slot *slot = hw_index_find(&s->place_ix, hw_phrase(HW_PHRASE_START, w->forms[k].hash));
            for (uint32_t p = 0; slot && p < slot->n; p++) {
                const hw_post *post = &s->place_ix.posts[slot->first + p];
                int32_t e = post->table == HW_TABLE_PLACES && !country_row(s, post->row) ? country_of_row(s, post->row) : HEWAL_NONE;
                if (e >= 0) return e;
            }
        }
    }
    return HEWAL_NONE;
}

int32_t hw_country_inside(const hw_seeker *s, uint32_t first, uint32_t last)
{
    for (uint32_t i = first; i <= last; i++) {
        int32_t e = by_index(s, &s->place_ix, i, true);
        if (e >= 0) return e;
    }
    return HEWAL_NONE;
}
