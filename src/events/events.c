#include "events/events.h"
hw_events *hw_events_read(const hw_words *w, hw_names *n, const hw_times *t, const hw_quotes *q) { (void)n; (void)t; (void)q; return HW_NEW(w->text->arena, hw_events); }
