/* Readings made beforehand. In: a token. Out: its readings and forms, if it is one of the commonest forms, as reading it would
 * give them, without reading it: nine words of ten in news are found here.
 *
 * The model's section "known", which tools/mkknown writes, holds this header, `n_slots` slots (a power of two, open
 * addressing by hash), the records they point at, and strings. A record is n readings, then n_forms hw_form. Offsets count
 * from the beginning of the section. */
#ifndef HW_MORPH_KNOWN_H
#define HW_MORPH_KNOWN_H
#include "morph/morph.h"

#define HW_KNOWN_MAGIC UINT32_C(0x6b6e6f32)

typedef struct {
    uint32_t magic, size;
    uint32_t n_slots, slots_at, strings_at;
    uint32_t lexicon; /* size of the section "morph" that made it: of another one it is not used */
} hw_known_header;

typedef struct {
    uint64_t hash; /* of the norm; 0: empty */
    uint32_t at;
    uint8_t n, n_forms;
    uint16_t reserved;
} hw_known_slot;

typedef struct {
    uint64_t lemma_hash;
    uint32_t lemma, feats; /* strings */
    uint32_t marks;
    float weight;
    uint8_t upos, person, subject, kind, reserved[4];
} hw_known_reading;

typedef struct {
    const unsigned char *base; /* NULL: the model has none */
    const hw_known_slot *slots;
    const char *strings;
    uint32_t mask;
} hw_known;

hw_known hw_known_of(const hewal_model *m);
/* False when the form is not there. What `out` points at lives as long as the arena and the model. */
bool hw_known_find(const hw_known *k, hw_arena *a, const hw_token *t, hw_word *out);
#endif
