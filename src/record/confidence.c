/* In: facts with the stages' own confidences. Out: calibrated ones, on a line through the points of lang/ckb/confidence.tsv
 * (isotonic regression with straight lines between its steps: Zadrozny and Elkan 2002). */
#include "record/confidence.h"

#include "model/model.h"
#include <stdlib.h>
#include <string.h>

#define POINTS 32

typedef struct {
    unsigned n;
    float said[POINTS], right[POINTS]; /* rising */
} curve;

static curve read_curve(const hw_table *t, const char *kind)
{
    curve c = {0};
    int of = hw_column(t, "kind"), said = hw_column(t, "said"), right = hw_column(t, "right");
    for (uint32_t i = 0; i < t->n_rows && c.n < POINTS; i++) {
        if (strcmp(hw_cell(t, i, of), kind) != 0) continue;
        c.said[c.n] = strtof(hw_cell(t, i, said), NULL);
        c.right[c.n++] = strtof(hw_cell(t, i, right), NULL);
    }
    return c;
}

static float on(const curve *c, float said)
{
    if (!c->n) return said;
    if (said <= c->said[0]) return c->right[0];
    for (unsigned k = 1; k < c->n; k++)
        if (said <= c->said[k]) {
            float part = (said - c->said[k - 1]) / (c->said[k] - c->said[k - 1]);
            return c->right[k - 1] + part * (c->right[k] - c->right[k - 1]);
        }
    return c->right[c->n - 1];
}

void hw_calibrate(const hewal_model *m, hw_names *names, hw_times *times, hw_quotes *quotes, hw_events *events)
{
    const hw_table t = hw_model_table(m, "confidence");
    const curve name = read_curve(&t, "name"), role = read_curve(&t, "role"), time = read_curve(&t, "time"),
                quantity = read_curve(&t, "quantity"), quote = read_curve(&t, "quote"), event = read_curve(&t, "event");
    for (uint32_t i = 0; i < names->mentions.n; i++) {
        hewal_mention *f = &names->mentions.v[i];
        f->confidence = on(f->type == HEWAL_ROLE ? &role : &name, f->confidence);
    }
    for (uint32_t i = 0; i < names->entities.n; i++) names->entities.v[i].confidence = on(&name, names->entities.v[i].confidence);
    for (uint32_t i = 0; i < times->times.n; i++) times->times.v[i].confidence = on(&time, times->times.v[i].confidence);
    for (uint32_t i = 0; i < times->quantities.n; i++) times->quantities.v[i].confidence = on(&quantity, times->quantities.v[i].confidence);
    for (uint32_t i = 0; i < quotes->quotes.n; i++) quotes->quotes.v[i].confidence = on(&quote, quotes->quotes.v[i].confidence);
    for (uint32_t i = 0; i < events->events.n; i++) events->events.v[i].confidence = on(&event, events->events.v[i].confidence);
}
