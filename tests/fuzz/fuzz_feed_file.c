/* Feeds from their first byte on: declarations, document types, encodings. */
#define FUZZ_NAME "x.rss"
#define FUZZ_HEAD "<?xml version=\"1.0\""
#include "fuzz_ingest.h"
