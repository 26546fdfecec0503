/* The terms under which words are found. In: a text. Out: for each of its words the folded form it has and the folded
 * lemmas it may have, so that any inflection and any spelling of a word meets any other.
 *
 *     hw_terms *t = hw_terms_new(model);                 // one a thread: it remembers the words it has seen
 *     hw_terms_begin(t, text, len);
 *     for (hw_term w; hw_terms_next(t, &w);) ... w.form, w.lemmas[0] ... text[w.b .. w.e) ...
 *     hw_terms_free(t);
 *
 * `hewal tokens --search` prints hw_terms_lines. */
#ifndef HW_STORE_TERMS_H
#define HW_STORE_TERMS_H
#include "model/model.h"
#include "store/near.h"

typedef struct {
    uint32_t b, e;             /* bytes of the text */
    uint64_t hash;             /* of the form */
    const char *form;          /* folded as it stands */
    const char *const *lemmas; /* folded, best first; may be empty (numbers, foreign words) */
    uint16_t n_lemmas;
    bool light;                /* a closed-class word that says nothing by itself: و, le, ewe */
    bool foreign;              /* in Latin script */
    bool base;                 /* the form is one of its lemmas: who asks for it means that word («newt» is oil, not «didn't say») */
} hw_term;

typedef struct hw_terms hw_terms;

/* NULL when memory runs out. */
hw_terms *hw_terms_new(const hewal_model *m);
void hw_terms_free(hw_terms *t);
/* Begins with a text, which must live until its last term is read. Strings of the terms live until the next begin. */
void hw_terms_begin(hw_terms *t, const char *text, size_t len);
bool hw_terms_next(hw_terms *t, hw_term *out);
/* The same where nobody stands ready for a jump when memory runs out: 1 with a term, 0 at the end, -1 without memory. */
int hw_terms_try(hw_terms *t, hw_term *out);

/* What the store needs of an article beside its record, ready for hw_store_put: space-separated terms, a word a place; which terms
 * there are; by what near-duplicates are told. Made by the annotating threads. */
typedef struct {
    hewal_string title; /* forms and lemmas of the title */
    hewal_string forms; /* a word of the text: its form */
    hewal_string lemmas; /* a word of the text: its best lemma, or its form */
    hewal_string more;  /* the other lemmas, in no order */
    uint64_t counts[4];    /* terms in each of them */
    hewal_string starts[2]; /* where in the text each word of forms, of more, begins: uint32_t, rising */
    hewal_string distinct; /* each term at least once: its hash (8 bytes), itself, a NUL */
    size_t n_distinct;
    hw_near near;
    hewal_string packed;   /* the text as the store keeps it (packed.c) */
    const char *language;  /* as hw_lang_name has it; NULL: the store asks */
} hw_index_text;
/* `record`: of the text, whose tokens spare tokenizing it again; or NULL. Leaves `language` alone. */
hewal_status hw_terms_index(hw_terms *t, const char *title, const char *text, size_t len, const hewal_record *record, hw_index_text *out);
void hw_index_text_free(hw_index_text *x);

/* Appends the terms of lines of text, one a line, in text order, and an empty line behind each line of the text: for each
 * word the lemma under which it is filed (its form when it has none); `whole`: behind it, after tabs, the other lemmas that it
 * may be found by, and its form after =. */
hewal_status hw_terms_lines(hw_terms *t, const char *text, size_t len, bool whole, hewal_string *out);
#endif
