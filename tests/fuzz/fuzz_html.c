/* Pages. */
#define FUZZ_NAME "x.html"
#define FUZZ_HEAD "<html>"
#include "fuzz_ingest.h"
