/* The words of the query language: operators, fields, values. In: a word of a query. Out: what it stands for. English ones
 * are here, Kurdish ones in the table "query" of the model. */
#ifndef HW_SEARCH_QUERY_WORDS_H
#define HW_SEARCH_QUERY_WORDS_H
#include "search/query.h"

typedef struct {
    const hewal_model *m;
    hw_arena *a;
    hw_table table;
    int kind, name, words; /* columns */
} hw_query_words;

hw_query_words hw_query_words_of(const hewal_model *m, hw_arena *a);
/* Whether the word is listed for this kind and name. */
bool hw_query_word_is(const hw_query_words *w, const char *kind, const char *name, const char *s, size_t n);
/* HW_N_FIELDS when it names none. `english`: it is in Latin letters. */
hw_query_field hw_query_field_of(const hw_query_words *w, const char *s, size_t n, bool *english);
/* A value as the store has it; NULL when it can't be one, and why. */
const char *hw_query_value(const hw_query_words *w, hw_query_field f, const char *given, const char **why);
/* A whole number in digits of any kind; -1 when it is none. */
long hw_query_number(const char *s, size_t n);
#endif
