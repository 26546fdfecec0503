/* MediaWiki dumps. */
#define FUZZ_NAME "x.xml"
#define FUZZ_HEAD "<mediawiki>"
#include "fuzz_ingest.h"
