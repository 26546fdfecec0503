/* Markdown. */
#define FUZZ_NAME "x.md"
#define FUZZ_HEAD ""
#include "fuzz_ingest.h"
