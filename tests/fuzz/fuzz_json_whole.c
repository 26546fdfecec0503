/* An array of JSON, and whatever else a file without a suffix may be. */
#define FUZZ_NAME "x"
#define FUZZ_HEAD ""
#include "fuzz_ingest.h"
