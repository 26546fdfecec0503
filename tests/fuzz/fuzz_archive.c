/* Archives and what is packed. */
#define FUZZ_NAME "x"
#define FUZZ_HEAD ""
#include "fuzz_ingest.h"
