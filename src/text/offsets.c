/* In: what is put in the place of which bytes. Out: the new text, and the map from it to the old one. */
#include "text/fix.h"

/* Notes that output `out` comes from input `in`; what says nothing new is left out. */
static void mark(hw_arena *a, hw_offsets *m, size_t out, size_t in)
{
    if (!m || (m->n && m->v[m->n - 1].out == out && m->v[m->n - 1].in == in)) return;
    *hw_push(a, m) = (hewal_offset){(uint32_t)out, (uint32_t)in};
}

hw_edit hw_edit_begin(hw_arena *a, hw_buf *b, hw_offsets *map, const char *text, size_t len)
{
    mark(a, map, 0, 0);
    return (hw_edit){.arena = a, .b = b, .map = map, .text = text, .len = len, .start = b->str->len};
}

void hw_edit_put(hw_edit *e, size_t from, size_t to, const char *s, size_t n)
{
    hw_put(e->b, e->text + e->copied, from - e->copied);
    *hw_push(e->arena, &e->edited) = (uint32_t)(e->b->str->len - e->start);
    mark(e->arena, e->map, e->b->str->len - e->start, from);
    hw_put(e->b, s, n);
    mark(e->arena, e->map, e->b->str->len - e->start, to);
    e->copied = to;
}

void hw_edit_end(hw_edit *e)
{
    hw_put(e->b, e->text + e->copied, e->len - e->copied);
    mark(e->arena, e->map, e->b->str->len - e->start, e->len);
}

/* ---- two maps as one ------------------------------------------------------------------------------------------------ */

/* Between pairs of equal distance text was copied, or replaced byte by byte: there offsets are reckoned. A place inside of
 * what changed its length comes from all of it. */
static void mark_middle(hw_arena *a, const hw_offsets *first, uint32_t *i, size_t out, size_t middle, hw_offsets *map)
{
    while (*i + 1 < first->n && first->v[*i + 1].out < middle) ++*i;
    bool any = false;
    for (uint32_t k = *i; k < first->n && first->v[k].out <= middle; k++)
        if (first->v[k].out == middle) {
            mark(a, map, out, first->v[k].in);
            any = true;
        }
    if (any) return;
    hewal_offset p = first->v[*i], q = first->v[*i + 1 < first->n ? *i + 1 : *i];
    mark(a, map, out, q.out - p.out == q.in - p.in ? p.in + (middle - p.out) : q.in);
}

void hw_offsets_join(hw_arena *a, const hw_offsets *first, const hw_offsets *second, hw_offsets *out)
{
    uint32_t i = 0;
    for (uint32_t k = 0; k < second->n; k++) {
        hewal_offset q = second->v[k];
        if (k) {
            hewal_offset p = second->v[k - 1];
            bool copied = q.out - p.out == q.in - p.in;
            for (uint32_t j = i; copied && j < first->n && first->v[j].out < q.in; j++)
                if (first->v[j].out > p.in) mark(a, out, p.out + (first->v[j].out - p.in), first->v[j].in);
        }
        mark_middle(a, first, &i, q.out, q.in, out);
    }
}
