/* Inside the ingest stage: heads of lines `Name: value`, as HTTP, WARC and mail have them, and what stands in their values. */
#ifndef HW_INGEST_HEADS_H
#define HW_INGEST_HEADS_H
#include "ingest/parts.h"

/* How many bytes the head takes, its empty line included; 0: no empty line in these bytes. */
size_t hw_head_end(const char *s, size_t n);
/* The value of the first line of that name (any case), trimmed; lines that go on are part of it, as they stand. n 0: none. */
hw_slice hw_head_value(hw_slice head, const char *name);
/* "text/html; charset=x": the type alone, and a parameter of it, without quotation marks. */
hw_slice hw_head_type(hw_slice value);
hw_slice hw_head_parameter(hw_slice value, const char *name);
bool hw_slice_is(hw_slice s, const char *word); /* in any case */
/* A slice as a string in a buffer; cut where it is too long. */
const char *hw_slice_string(hw_slice s, char *buf, size_t size);
#endif
