/* The forms in which articles with their records are given, beside JSON: JSON lines, and the formats of other programs. */
#ifndef HW_SERVE_FORMS_H
#define HW_SERVE_FORMS_H
#include "formats/formats.h"

#define HW_FORM_WORDS "jsonl|bibtex|turtle|polecat|conllu"

/* NULL when it is none of HW_FORM_WORDS, as for NULL. */
const hw_format *hw_form_named(const char *word);
#endif
