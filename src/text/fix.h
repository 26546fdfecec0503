/* The steps of normalising, each a text in, a text and a map out. normalize.c puts them one after another; a map says
 * which output comes from which input, and maps of two steps make one. */
#ifndef HW_TEXT_FIX_H
#define HW_TEXT_FIX_H
#include "base/buf.h"
#include "text/text.h"

typedef HW_VEC(hewal_offset) hw_offsets;

/* A step under way: the output so far, what was read and not yet copied, and the map (NULL: not wanted). */
typedef HW_VEC(uint32_t) hw_places;
typedef struct {
    hw_arena *arena;
    hw_buf *b;
    hw_offsets *map;
    const char *text;
    size_t len, start, copied; /* start: length of the output's string before this step */
    hw_places edited; /* where something was changed, as offsets in the output */
} hw_edit;

hw_edit hw_edit_begin(hw_arena *a, hw_buf *b, hw_offsets *map, const char *text, size_t len);
/* text[from..to), from >= what was edited before, becomes s[0..n). */
void hw_edit_put(hw_edit *e, size_t from, size_t to, const char *s, size_t n);
void hw_edit_end(hw_edit *e);

/* `second` maps to the output of `first`: *out maps to the input of `first`. */
void hw_offsets_join(hw_arena *a, const hw_offsets *first, const hw_offsets *second, hw_offsets *out);

/* A further step, of a later stage, over the whole of e->text. */
typedef void (*hw_fix_more)(const hewal_model *m, hw_edit *e);
/* normalize.c: all steps, one after another, and then `more` (NULL: none), until nothing changes; else as
 * hewal_normalize_with. */
hewal_status hw_normalize(const hewal_model *model, const char *text, size_t len, const hewal_normalizing *how, hw_fix_more more,
                          hewal_string *out, hewal_offset **map, size_t *n_map);
/* encodings.c: a text typed for old fonts; false when the model has no such encoding. */
bool hw_fix_encoding(const hewal_model *m, const char *name, hw_edit *e);
/* Both of these look at e->text[from..to), whole lines. spaces.c: words, digits and spaces. */
void hw_fix_words(const hw_orth *o, uint32_t rules, hw_edit *e, size_t from, size_t to);
/* particles.c: what is listed, made ready once; NULL when nothing is. */
typedef struct hw_particles hw_particles;
const hw_particles *hw_particles_read(const hewal_model *m, hw_arena *a);
void hw_fix_particles(const hw_orth *o, const hw_particles *ps, hw_edit *e, size_t from, size_t to);
#endif
