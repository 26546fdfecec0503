/* The forms in which articles with their records are given, beside JSON: one, or many as a download. */
#ifndef HW_SERVE_FORMS_H
#define HW_SERVE_FORMS_H
#include "store/store.h"

typedef struct {
    const char *word;      /* of the parameter `format` */
    const char *type;      /* of the content */
    const char *file_name; /* of a download */
    bool (*head)(hewal_string *out); /* once, before the first; may be NULL */
    bool (*put)(hewal_string *out, const hewal_model *m, const hw_stored *a);
} hw_form;

#define HW_FORM_WORDS "jsonl|bibtex|turtle|polecat|conllu"

/* NULL when it is none of HW_FORM_WORDS, as for NULL. */
const hw_form *hw_form_named(const char *word);
#endif
