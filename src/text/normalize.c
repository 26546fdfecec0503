/* In: a text. Out: the same in standard orthography, with a map back to the original bytes. */
#include "base/buf.h"
#include "base/err.h"
#include "base/utf8.h"
#include "text/text.h"

#include <stdlib.h>

typedef HW_VEC(hewal_offset) offsets;

/* Notes that output `out` comes from input `in`; what says nothing new is left out. */
static void mark(hw_arena *a, offsets *m, size_t out, size_t in)
{
    if (m->n && m->v[m->n - 1].out == out && m->v[m->n - 1].in == in) return;
    *hw_push(a, m) = (hewal_offset){(uint32_t)out, (uint32_t)in};
}

/* The tokenizer cuts what is too long for a word. */
static bool goes_on(const hw_orth *o, const char *text, size_t len, size_t at)
{
    uint32_t cp;
    if (at >= len) return false;
    hw_utf8_decode(text + at, len - at, &cp);
    uint8_t cls = hw_char_of(o, cp == HW_BROKEN ? 0x110000 : cp)->cls;
    return cls == HW_C_ARABIC || cls == HW_C_MARK || cls == HW_C_JOINER;
}

static void run(const hewal_model *model, hw_arena *a, const char *text, size_t len, hw_buf *b, offsets *m)
{
    size_t start = b->str->len, copied = 0;
    bool cut = false; /* the token before was the piece of an endless word: such words are copied as they are */
    hw_token t;
    mark(a, m, 0, 0);
    for (size_t at = 0; hw_next_token(model, a, text, len, &at, &t);) {
        bool piece = cut && (t.flags & HW_GLUED);
        cut = t.kind == HW_WORD && goes_on(model->orth, text, len, t.e);
        if (t.kind != HW_WORD || cut || piece || (t.norm_len == t.e - t.b && !memcmp(t.norm, text + t.b, t.norm_len))) continue;
        hw_put(b, text + copied, t.b - copied);
        mark(a, m, b->str->len - start, t.b);
        hw_put(b, t.norm, t.norm_len);
        mark(a, m, b->str->len - start, t.e);
        copied = t.e;
    }
    hw_put(b, text + copied, len - copied);
    mark(a, m, b->str->len - start, len);
}

hewal_status hewal_normalize(const hewal_model *model, const char *text, size_t len, hewal_string *out, hewal_offset **map,
                             size_t *n_map)
{
    if (map) *map = NULL;
    if (n_map) *n_map = 0;
    if (len > HEWAL_MAX_TEXT) return HEWAL_ETOOBIG;
    if (!model->orth) return HEWAL_EFORMAT;
    const size_t start = out->len;
    hw_arena a;
    hw_arena_init(&a);
    if (!hw_arena_guard(&a)) {
        hw_buf b = hw_buf_on(out);
        offsets *m = HW_NEW(&a, offsets);
        run(model, &a, len ? text : "", len, &b, m);
        hewal_offset *copy = map ? malloc(m->n * sizeof *copy) : NULL;
        if (hw_buf_ok(&b) && (copy || !map)) {
            if (map) {
                memcpy(copy, m->v, m->n * sizeof *copy);
                *map = copy;
                if (n_map) *n_map = m->n;
            }
            hw_arena_free(&a);
            return HEWAL_OK;
        }
        free(copy);
    }
    hw_buf_back(out, start);
    hw_arena_free(&a);
    return HEWAL_ENOMEM;
}
