/* Numbers on their own: a line that is a number, in figures or in words, and the other way of writing it. In: text, or a
 * value. Out: a value, or text. Words: lang/ckb/times/numbers.tsv and number-marks.tsv; the number within is read by
 * times/numbers.h. hewal_number_words and hewal_number_value of hewal.h are these two ways. */
#ifndef HW_TIMES_NUMERALS_H
#define HW_TIMES_NUMERALS_H
#include "hewal.h"

/* From here on doubles do not tell neighbours apart; a number times ten to its decimals stays below. */
#define HW_EXACT 9007199254740992.0
#define HW_MAX_DECIMALS 15

/* Appends the number in figures: "-1234.5", "25%", an ordinal with its ending. HEWAL_EINVAL as hewal_number_words. */
hewal_status hw_number_figures(const hewal_model *m, const hewal_number *n, hewal_string *out);
#endif
