/* In: a text. Out: the same in standard orthography, with a map back to the original bytes. The steps are other files' (see
 * fix.h); this one puts them one after another, until none changes anything. */
#include "text/fix.h"

#include <stdlib.h>

/* The text between two steps: kept outside of the function that an arena without memory jumps back to. */
typedef struct {
    hw_arena arena;
    hewal_string now, next;
    bool mapped;     /* whether a map is wanted */
    hw_offsets *map; /* from `now` to the input */
} work;

typedef struct {
    const hewal_model *model;
    const hewal_normalizing *how;
    const hw_particles *particles;
    hw_fix_more more;
} job;

typedef bool (*step)(const job *j, hw_edit *e, size_t from, size_t to);

static bool decode(const job *j, hw_edit *e, size_t from, size_t to)
{
    (void)from, (void)to;
    return hw_fix_encoding(j->model, j->how->from, e);
}

static bool words(const job *j, hw_edit *e, size_t from, size_t to)
{
    hw_fix_words(j->model->orth, j->how->fix, e, from, to);
    return true;
}

static bool particles(const job *j, hw_edit *e, size_t from, size_t to)
{
    hw_fix_particles(j->model->orth, j->particles, e, from, to);
    return true;
}

static bool more(const job *j, hw_edit *e, size_t from, size_t to)
{
    (void)from, (void)to;
    j->more(j->model, e);
    return true;
}

/* The step over the lines that an earlier one has changed; *lines: where these are in the output. */
static void over_lines(const job *j, step f, hw_edit *e, const hw_places *changed, hw_places *lines)
{
    size_t done = 0;
    for (uint32_t i = 0; i < changed->n; i++) {
        size_t at = changed->v[i];
        if (at < done) continue;
        const char *nl = at ? memrchr(e->text, '\n', at) : NULL, *end = at < e->len ? memchr(e->text + at, '\n', e->len - at) : NULL;
        size_t from = nl ? (size_t)(nl - e->text) + 1 : 0;
        if (from < done) from = done;
        *hw_push(e->arena, lines) = (uint32_t)(e->b->str->len - e->start + (from - e->copied));
        done = end ? (size_t)(end - e->text) + 1 : e->len;
        f(j, e, from, done);
    }
}

/* Runs a step from text[0..len) into w->next, then makes that w->now. places: in, where the text was changed (NULL: all of
 * it is new); out, the lines that were looked at. Whether anything was changed: *edited. */
static hewal_status run(const job *j, step f, const char *text, size_t len, work *w, hw_places *places, hw_places *edited)
{
    hw_places lines = {NULL, 0, 0};
    hw_offsets *map = w->mapped ? HW_NEW(&w->arena, hw_offsets) : NULL;
    if (w->next.s) hw_buf_back(&w->next, 0);
    hw_buf b = hw_buf_on(&w->next);
    hw_edit e = hw_edit_begin(&w->arena, &b, map, text, len);
    if (places) over_lines(j, f, &e, places, &lines);
    else if (!f(j, &e, 0, len)) return HEWAL_EINVAL;
    if (places) *places = lines;
    *edited = e.edited;
    if (!e.edited.n && w->now.s) return HEWAL_OK; /* as it was */
    hw_edit_end(&e);
    if (!hw_buf_ok(&b)) return HEWAL_ENOMEM;
    if (map && !w->map) {
        w->map = map;
    } else if (map) {
        hw_offsets *joined = HW_NEW(&w->arena, hw_offsets);
        hw_offsets_join(&w->arena, w->map, map, joined);
        w->map = joined;
    }
    hewal_string was = w->now;
    w->now = w->next;
    w->next = was;
    return HEWAL_OK;
}

/* Words and particles, by turns. */
static hewal_status settle(job *j, const char *text, size_t len, work *w)
{
    hw_places edited = {NULL, 0, 0};
    hewal_status status = run(j, words, text, len, w, NULL, &edited);
    if (status != HEWAL_OK || !(j->how->fix & HEWAL_FIX_PARTICLES)) return status;
    if (!j->particles) j->particles = hw_particles_read(j->model, &w->arena);
    if (!j->particles) return HEWAL_OK;
    status = run(j, particles, w->now.s, w->now.len, w, NULL, &edited);
    /* A joined word may be one for the rules of words, and the other way round. */
    for (int round = 0; round < 8 && status == HEWAL_OK && edited.n; round++) {
        hw_places places = edited;
        status = run(j, words, w->now.s, w->now.len, w, &places, &edited);
        if (status == HEWAL_OK) status = run(j, particles, w->now.s, w->now.len, w, &places, &edited);
    }
    return status;
}

static hewal_status steps(job *j, const char *text, size_t len, work *w)
{
    hw_places edited = {NULL, 0, 0};
    hewal_status status = HEWAL_OK;
    if (j->how->from) status = run(j, decode, text, len, w, NULL, &edited);
    for (int round = 0; status == HEWAL_OK; round++) {
        status = settle(j, w->now.s ? w->now.s : text, w->now.s ? w->now.len : len, w);
        if (status != HEWAL_OK || !j->more || round == 8) break;
        status = run(j, more, w->now.s, w->now.len, w, NULL, &edited);
        if (!edited.n) break;
    }
    return status;
}

static hewal_status normalize(job *j, const char *text, size_t len, work *w)
{
    if (hw_arena_guard(&w->arena)) return HEWAL_ENOMEM;
    return steps(j, text, len, w);
}

static hewal_status hand_over(work *w, hewal_string *out, hewal_offset **map, size_t *n_map)
{
    hewal_offset *copy = map ? malloc(w->map->n * sizeof *copy) : NULL;
    if (map && !copy) return HEWAL_ENOMEM;
    if (!out->s && !out->len && w->now.s) {
        *out = w->now;
        w->now = (hewal_string){0};
    } else {
        hw_buf b = hw_buf_on(out);
        hw_put(&b, w->now.s ? w->now.s : "", w->now.len);
        if (!hw_buf_ok(&b)) {
            free(copy);
            return HEWAL_ENOMEM;
        }
    }
    if (!map) return HEWAL_OK;
    memcpy(copy, w->map->v, w->map->n * sizeof *copy);
    *map = copy;
    if (n_map) *n_map = w->map->n;
    return HEWAL_OK;
}

hewal_status hw_normalize(const hewal_model *model, const char *text, size_t len, const hewal_normalizing *how, hw_fix_more more_steps,
                          hewal_string *out, hewal_offset **map, size_t *n_map)
{
    if (map) *map = NULL;
    if (n_map) *n_map = 0;
    if (len > HEWAL_MAX_TEXT) return HEWAL_ETOOBIG;
    if (!model->orth) return HEWAL_EFORMAT;
    work w = {.mapped = map != NULL};
    const size_t start = out->len;
    hw_arena_init(&w.arena);
    job j = {model, how, NULL, more_steps};
    hewal_status status = normalize(&j, len ? text : "", len, &w);
    if (status == HEWAL_OK) status = hand_over(&w, out, map, n_map);
    if (status != HEWAL_OK && out->s) hw_buf_back(out, start);
    hw_arena_free(&w.arena);
    hewal_string_free(&w.now);
    hewal_string_free(&w.next);
    return status;
}

hewal_status hewal_normalize(const hewal_model *model, const char *text, size_t len, hewal_string *out,
                             hewal_offset **map, size_t *n_map)
{
    static const hewal_normalizing words_only = {HEWAL_FIX_WORDS, NULL};
    return hw_normalize(model, text, len, &words_only, NULL, out, map, n_map);
}
