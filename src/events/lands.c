/* In: entities that the names stage found in the table of places. Out: which are countries, and which country a place, a word
 * for people, or the name of an embassy belongs to. */
#include "events/find.h"

#include <string.h>

enum { HW_TABLE_PLACES = 1 }; /* as the manifest orders the tables of index "names" */

static uint32_t row_named(const hw_seeker *s, const char *english)
{
    int col = hw_column(&s->places, "english");
    for (uint32_t i = 0; i < s->places.n_rows; i++)
        if (!strcmp(hw_cell(&s->places, i, col), english)) return i;
    return UINT32_MAX;
}

static const char *known_place(const hw_seeker *s, int32_t entity)
{
    if (entity < 0 || (uint32_t)entity >= s->n_home) return NULL;
    const char *known = s->n->entities.v[entity].known;
    return known && !strncmp(known, "places:", 7) ? known + 7 : NULL;
}

static int32_t entity_of_row(const hw_seeker *s, uint32_t row)
{
    const char *name = hw_cell(&s->places, row, hw_column(&s->places, "english"));
    for (uint32_t e = 0; e < s->n_home && e < HW_LOOKED_AT; e++) {
        const char *known = known_place(s, (int32_t)e);
        if (known && !strcmp(known, name)) return (int32_t)e;
    }
    return HEWAL_NONE;
}

static bool country_row(const hw_seeker *s, uint32_t row) { return !strcmp(hw_cell(&s->places, row, hw_column(&s->places, "kind")), "country"); }

bool hw_is_country(const hw_seeker *s, int32_t entity)
{
    const char *name = known_place(s, entity);
    uint32_t row = name ? row_named(s, name) : UINT32_MAX;
    return row != UINT32_MAX && country_row(s, row);
}

bool hw_may_govern(const hw_seeker *s, int32_t entity)
{
    static const char *const kinds[] = {"country", "capital", "region"};
    const char *name = known_place(s, entity);
    uint32_t row = name ? row_named(s, name) : UINT32_MAX;
    const char *kind = row == UINT32_MAX ? "" : hw_cell(&s->places, row, hw_column(&s->places, "kind"));
    for (unsigned i = 0; i < sizeof kinds / sizeof *kinds; i++)
        if (!strcmp(kind, kinds[i])) return true;
    return false;
}

static int32_t country_of_row(const hw_seeker *s, uint32_t row)
{
    int in = hw_column(&s->places, "in");
    const char *code = hw_cell(&s->places, row, in);
    for (uint32_t i = 0; i < s->places.n_rows; i++)
        if (country_row(s, i) && !strcmp(hw_cell(&s->places, i, in), code)) return entity_of_row(s, i);
    return HEWAL_NONE;
}

int32_t hw_country_of(const hw_seeker *s, int32_t entity)
{
    const char *name = known_place(s, entity);
    uint32_t row = name ? row_named(s, name) : UINT32_MAX;
    if (row == UINT32_MAX) return HEWAL_NONE;
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
