/* The quotes stage. In: words, names, times. Out: who said what, through which channel and passed on by whom. */
#ifndef HW_QUOTES_QUOTES_H
#define HW_QUOTES_QUOTES_H
#include "names/names.h"
#include "times/times.h"

typedef struct hw_quotes {
    HW_VEC(hewal_quote) quotes; /* by b */
} hw_quotes;

/* May add entities to `n` for speakers that are described, not named. */
hw_quotes *hw_quotes_read(const hw_words *w, hw_names *n, const hw_times *t);
#endif
