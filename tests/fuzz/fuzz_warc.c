/* WARC. */
#define FUZZ_NAME "x.warc"
#define FUZZ_HEAD "WARC/1.0\r\n"
#include "fuzz_ingest.h"
