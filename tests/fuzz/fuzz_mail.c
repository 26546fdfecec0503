/* A mail. */
#define FUZZ_NAME "x.eml"
#define FUZZ_HEAD "From: a\r\n"
#include "fuzz_ingest.h"
