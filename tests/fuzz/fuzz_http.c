/* What lies in a record of WARC. */
#define FUZZ_NAME "x.warc"
#define FUZZ_HEAD "WARC/1.0\r\nWARC-Type: response\r\nContent-Type: application/http\r\nContent-Length: 400\r\n\r\nHTTP/1.1 200 OK\r\nContent-Type: text/html\r\n"
#include "fuzz_ingest.h"
