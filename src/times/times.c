/* In: words and names. Out: times and quantities: the stage's parts, one after another. */
#include "times/dating.h"

/* «pilatformî jinanî 8î adar»: a day in the name of an organisation. */
static bool in_a_name(const hw_dating *d, const hw_expr *e)
{
    int32_t m = d->names && d->names->mention_at ? d->names->mention_at[e->first] : HEWAL_NONE;
    if (m == HEWAL_NONE || !e->day) return false;
    const hewal_mention *n = &d->names->mentions.v[m];
    return n->type == HEWAL_ORG && n->first < e->first && n->last >= e->last;
}

static void export_times(hw_dating *d)
{
    hw_times *out = d->out;
    for (uint32_t i = 0; i < d->exprs.n; i++) {
        const hw_expr *e = &d->exprs.v[i];
        if (!e->value || in_a_name(d, e)) continue;
        for (uint32_t k = e->first; k <= e->last; k++) out->time_at[k] = (int32_t)out->times.n;
        *hw_push(d->a, &out->times) = (hewal_time){
            .b = hw_dt_tok(d, e->first)->b, .e = hw_dt_tok(d, e->last)->e, .first = e->first, .last = e->last,
            .type = e->type, .value = e->value, .confidence = e->loose_year ? 0.6f : e->year || e->fixed ? 0.95f : 0.85f};
    }
}

hw_times *hw_times_read(const hw_words *w, const hw_names *n, const hewal_meta *meta)
{
    hw_text *x = (hw_text *)(uintptr_t)w->text;
    hw_arena *a = x->arena;
    const hewal_model *m = x->model;
    hw_dating *d = HW_NEW(a, hw_dating);
    *d = (hw_dating){.w = w, .x = x, .a = a, .table = hw_model_table(m, "times"), .index = hw_model_index(m, "times"),
                     .counting = hw_model_index(m, "counting"), .counts = hw_model_table(m, "quantities"),
                     .numbers = hw_numbers_of(m), .out = HW_NEW(a, hw_times), .names = n};
    d->cls = hw_column(&d->table, "class");
    d->value = hw_column(&d->table, "value");
    d->counts_class = hw_column(&d->counts, "class");
    d->out->time_at = HW_NEWS(a, int32_t, x->tokens.n + 1);
    for (uint32_t i = 0; i <= x->tokens.n; i++) d->out->time_at[i] = HEWAL_NONE;
    hw_dt_look_up(d);
    hw_dt_find(d);
    hw_dt_publish(d, meta);
    hw_dt_resolve(d);
    export_times(d);
    hw_dt_quantities(d);
    return d->out;
}
