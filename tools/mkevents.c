/* Makes the model's section "events": the lines of events/triggers.tsv and events/cues.tsv as numbers.   mkevents MODEL OUT
 *
 * In: a model that has the tables. Out: a file laid out as src/events/compiled.h says. */
#include "tsv.h"

#include "events/compiled.h"

#include <stdio.h>

const char tool_name[] = "mkevents";

int main(int argc, char **argv)
{
    if (argc != 3) die("usage: mkevents MODEL OUT");
    hewal_model *m;
    hewal_error err;
    if (hewal_model_open(&m, argv[1], &err) != HEWAL_OK) die("%s", err.message);
    const hw_table triggers = hw_model_table(m, "triggers"), cues = hw_model_table(m, "event-cues");
    hw_compiled h = {HW_COMPILED_MAGIC, sizeof(hw_trigger), triggers.n_rows, cues.n_rows};
    hw_arena a;
    hw_arena_init(&a);
    if (hw_arena_guard(&a)) die("out of memory");
    hw_trigger *t = HW_NEWS(&a, hw_trigger, h.n_triggers + 1); /* zeroed, so that padding is the same in every build */
    hw_cue_line *c = HW_NEWS(&a, hw_cue_line, h.n_cues + 1);
    hw_compile_triggers(m, &a, t, c);
    bytes out = {0};
    put(&out, &h, sizeof h);
    put(&out, t, h.n_triggers * sizeof *t);
    put(&out, c, h.n_cues * sizeof *c);
    FILE *f = fopen(argv[2], "wb");
    if (!f || fwrite(out.p, 1, out.n, f) != out.n || fclose(f)) die("%s: cannot be written", argv[2]);
    return 0;
}
