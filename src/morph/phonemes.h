/* How words sound: phonemes, syllables, the unwritten vowel (bizroke). In: words in Arabic script. Out: the sound of each
 * letter. What the letters leave open is decided over the whole word, by weights that train/phonemes made. The tables are
 * lang/ckb/phonemes; read-only once made, shared by any number of threads. */
#ifndef HW_MORPH_PHONEMES_H
#define HW_MORPH_PHONEMES_H
#include "base/buf.h"
#include "model/model.h"

typedef struct hw_phonemes hw_phonemes;

/* Fails when memory runs out or the model has no such tables. Freed by the caller, before the model is closed. */
hewal_status hw_phonemes_new(hw_phonemes **out, const hewal_model *m, hewal_error *err);
void hw_phonemes_free(hw_phonemes *p);

typedef struct {
    uint32_t b, e;     /* the bytes of a letter, or of letters read together */
    const char *sound; /* its phonemes, the bizroke behind it among them ("bi"); + before a glide in the onset ("+w") */
} hw_sound;

#define HW_MAX_SOUNDS 64u
/* The sounds of the word s[0..n), at most HW_MAX_SOUNDS; *used is set to the bytes read (less than n: call again for the
 * rest). What is no letter has no sound. */
unsigned hw_sounds(const hw_phonemes *p, const char *s, size_t n, hw_sound out[HW_MAX_SOUNDS], size_t *used);

/* Appends the phonemes of s[0..n) with a full stop before each syllable; words at spaces. Returns the number of syllables. */
unsigned hw_phonemes_write(const hw_phonemes *p, const char *s, size_t n, hw_buf *b);
#endif
