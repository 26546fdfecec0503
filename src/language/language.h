/* The language stage. In: a text, as a rule one line. Out: the language and script it is in, and how sure that is.
 *
 * A linear model over character n-grams (features.h), one for each script. It needs nothing but the model's section
 * "language", keeps no state and is safe on any number of threads. Linear in the length of the text. */
#ifndef HW_LANGUAGE_LANGUAGE_H
#define HW_LANGUAGE_LANGUAGE_H
#include "model/model.h"

typedef enum {
    HW_LANG_UND, /* none of these, or nothing to go by */
    HW_LANG_CKB,
    HW_LANG_CKB_LATN,
    HW_LANG_KMR,
    HW_LANG_KMR_ARAB,
    HW_LANG_SDH,
    HW_LANG_HAC,
    HW_LANG_FA,
    HW_LANG_AR,
    HW_LANG_TR,
    HW_N_LANGS
} hw_lang;

typedef struct {
    hw_lang lang;
    double confidence; /* about the probability that `lang` is right; 0 where there are no letters */
} hw_language;

/* The language of s[0..n). Broken bytes count as spaces. HW_LANG_UND with confidence 0 when the model has no section. */
hw_language hw_language_of(const hewal_model *m, const char *s, size_t n);
/* The language of an article: of most of what some pieces of its lines say, from all over it (at most about 2 kB are read). A text
 * of several languages with none in the majority is HW_LANG_UND; confidence is the share of that language. */
hw_language hw_language_of_text(const hewal_model *m, const char *s, size_t n);
/* Whether such a text is surely not for an annotator of Sorani: another language, clearly, and no Sorani lines among it. What is
 * undecided may be a short post in Sorani. */
bool hw_language_is_other(hw_language l, size_t text_len);
/* Whether the model has the section. */
bool hw_language_is_known(const hewal_model *m);
/* "ckb", "ckb-Latn", ... */
const char *hw_lang_name(hw_lang lang);

/* ---- the section "language" ---- */
#define HW_LANGUAGE_VERSION 2
#define HW_LANGUAGE_SLOTS 8 /* weights a feature: one for each language of its script */

typedef struct { /* the section: this, then 1 << bits rows of HW_LANGUAGE_SLOTS signed bytes */
    uint32_t version, bits;
    float scale[2]; /* by script: what one unit of weight is worth in the softmax */
    float least[2]; /* by script: with less confidence it is HW_LANG_UND */
    uint32_t reserved[2];
} hw_language_header;

/* The language of a slot of script HW_SCRIPT_ARABIC or _LATIN; HW_N_LANGS past the last. */
hw_lang hw_language_slot(unsigned script, unsigned slot);
#endif
