/* Tables. */
#define FUZZ_NAME "x.csv"
#define FUZZ_HEAD "id,text,date\n"
#include "fuzz_ingest.h"
