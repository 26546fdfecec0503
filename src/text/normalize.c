/* In: a text. Out: the same in standard orthography, with a map back to the original bytes. */
#include "base/buf.h"
#include "base/err.h"
#include "text/text.h"

#include <stdlib.h>

typedef struct {
    hewal_offset *v;
    size_t n, cap;
    bool failed;
} offsets;

/* Notes that output `out` comes from input `in`; what says nothing new is left out. */
static void mark(offsets *m, size_t out, size_t in)
{
    if (m->n && m->v[m->n - 1].out == out && m->v[m->n - 1].in == in) return;
    if (m->n == m->cap) {
        size_t cap = m->cap ? m->cap * 2 : 64;
        hewal_offset *p = realloc(m->v, cap * sizeof *p);
        if (!p) {
            m->failed = true;
            return;
        }
        m->v = p;
        m->cap = cap;
    }
    m->v[m->n++] = (hewal_offset){(uint32_t)out, (uint32_t)in};
}

hewal_status hewal_normalize(const hewal_model *model, const char *text, size_t len, hewal_string *out, hewal_offset **map,
                             size_t *n_map)
{
    if (map) *map = NULL;
    if (n_map) *n_map = 0;
    if (len > HEWAL_MAX_TEXT) return HEWAL_ETOOBIG;
    hw_arena a;
    hw_arena_init(&a);
    if (hw_arena_guard(&a)) {
        hw_arena_free(&a);
        return HEWAL_ENOMEM;
    }
    hw_buf b = hw_buf_on(out);
    offsets *m = HW_NEW(&a, offsets);
    size_t start = out->len, copied = 0;
    hw_token t;
    mark(m, 0, 0);
    for (size_t at = 0; hw_next_token(model, &a, text, len, &at, &t);) {
        if (t.kind != HW_WORD || (t.norm_len == t.e - t.b && !memcmp(t.norm, text + t.b, t.norm_len))) continue;
        hw_put(&b, text + copied, t.b - copied);
        mark(m, out->len - start, t.b);
        hw_put(&b, t.norm, t.norm_len);
        mark(m, out->len - start, t.e);
        copied = t.e;
    }
    hw_put(&b, text + copied, len - copied);
    mark(m, out->len - start, len);
    hewal_status s = hw_buf_ok(&b) && !m->failed ? HEWAL_OK : HEWAL_ENOMEM;
    if (map && s == HEWAL_OK) {
        *map = m->v;
        *n_map = m->n;
    } else {
        free(m->v);
    }
    hw_arena_free(&a);
    return s;
}
