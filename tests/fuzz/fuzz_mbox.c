/* A box of mails. */
#define FUZZ_NAME "x"
#define FUZZ_HEAD "From a Mon Jul 26 10:00:00 2021\nA: b\n"
#include "fuzz_ingest.h"
