#include "quotes/quotes.h"
hw_quotes *hw_quotes_read(const hw_words *w, hw_names *n, const hw_times *t) { (void)n; (void)t; return HW_NEW(w->text->arena, hw_quotes); }
