/* Triggers and cues read beforehand. The model's section "events", which tools/mkevents writes, holds this header, one hw_trigger
 * per line of triggers.tsv, then one hw_cue_line per line of cues.tsv. */
#ifndef HW_EVENTS_COMPILED_H
#define HW_EVENTS_COMPILED_H
#include "events/find.h"

#define HW_COMPILED_MAGIC UINT32_C(0x65766531)

typedef struct {
    uint32_t magic, line_size; /* sizeof(hw_trigger): of another build it is not used */
    uint32_t n_triggers, n_cues;
} hw_compiled;

/* Reads all lines of the model's tables; `out` has room for as many. */
void hw_compile_triggers(const hewal_model *m, hw_arena *a, hw_trigger *triggers, hw_cue_line *cues);
#endif
