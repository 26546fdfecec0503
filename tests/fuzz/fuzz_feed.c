/* Feeds and WordPress exports. */
#define FUZZ_NAME "x.xml"
#define FUZZ_HEAD "<rss><channel>"
#include "fuzz_ingest.h"
