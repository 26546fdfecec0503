/* In: a record with the stages' own confidences, which only rank. Out: the same record with confidences that say how often such
 * facts were right in annotated texts (lang/ckb/confidence.tsv; train/confidence fits it). */
#ifndef HW_RECORD_CONFIDENCE_H
#define HW_RECORD_CONFIDENCE_H
#include "names/names.h"
#include "quotes/quotes.h"
#include "events/events.h"

void hw_calibrate(const hewal_model *m, hw_names *names, hw_times *times, hw_quotes *quotes, hw_events *events);
#endif
