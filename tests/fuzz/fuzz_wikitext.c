/* The markup of MediaWiki. */
#define FUZZ_NAME "x.xml"
#define FUZZ_HEAD "<mediawiki><page><title>t</title><ns>0</ns><id>1</id><revision><text>"
#include "fuzz_ingest.h"
