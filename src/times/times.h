/* The times stage. In: words and names. Out: times with TIMEX3 values, quantities, and the article's own date where it
 * was not given. */
#ifndef HW_TIMES_TIMES_H
#define HW_TIMES_TIMES_H
#include "names/names.h"

typedef struct hw_times {
    HW_VEC(hewal_time) times;
    HW_VEC(hewal_quantity) quantities;
    int32_t *time_at; /* per token: the time it belongs to, or HEWAL_NONE */
    const char *published; /* as given, else inferred (tweet lines, datelines), else NULL: YYYY-MM-DD */
    bool inferred;
} hw_times;

hw_times *hw_times_read(const hw_words *w, const hw_names *n, const hewal_meta *meta);
#endif
