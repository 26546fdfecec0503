/* JSON lines. */
#define FUZZ_NAME "x.jsonl"
#define FUZZ_HEAD ""
#include "fuzz_ingest.h"
