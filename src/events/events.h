/* The events stage. In: words, names, times, quotes. Out: events of PLOVER's sixteen types with actors, targets, place,
 * time and status. */
#ifndef HW_EVENTS_EVENTS_H
#define HW_EVENTS_EVENTS_H
#include "names/names.h"
#include "quotes/quotes.h"
#include "times/times.h"

typedef struct hw_events {
    HW_VEC(hewal_event) events; /* by b */
} hw_events;

hw_events *hw_events_read(const hw_words *w, hw_names *n, const hw_times *t, const hw_quotes *q);
#endif
