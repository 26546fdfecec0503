/* ISO 3166: a country's code of three letters for that of two ("IQ": "IRQ"); XKX is Kosovo, as most data sets have it. */
#ifndef HW_FORMATS_COUNTRIES_H
#define HW_FORMATS_COUNTRIES_H
#include <stdbool.h>

/* False, and "", for a code that there is not. */
bool hw_country_code(const char *two, char three[4]);
#endif
