/* In: the tables and the words. Out: lines of triggers.tsv and cues.tsv as numbers; per token the small words (cues.tsv) and the
 * classes of objects (objects.tsv) that it belongs to. */
#include "events/compiled.h"

#include <string.h>

/* ---- lines of triggers.tsv --------------------------------------------------------------------------------------- */

static int named(const char *s, size_t n, const char *const *names, int count)
{
    for (int i = 0; i < count; i++)
        if (strlen(names[i]) == n && !memcmp(names[i], s, n)) return i;
    return -1;
}
#define NAMED(s, list) named((s), strlen(s), (list), (int)(sizeof(list) / sizeof *(list)))

static const char *const slot_names[] = {"none", "subj", "obj", "gen", "with", "from", "to", "for", "onto", "against", "by",
                                         "between", "goal", "in", "about", "thing"};

static void read_slots(const char *cell, uint8_t *out)
{
    unsigned n = 0;
    for (const char *p = cell; *p && n + 1 < HW_MAX_SLOTS;) {
        size_t k = strcspn(p, "|");
        int slot = named(p, k, slot_names, (int)(sizeof slot_names / sizeof *slot_names));
        if (slot > 0) out[n++] = (uint8_t)slot;
        p += k + (p[k] == '|');
    }
    out[n] = HW_S_NONE;
}

static int event_type(const char *s)
{
    for (int i = 0; i <= HEWAL_ASSAULT; i++)
        if (!strcmp(s, hewal_event_type_name((hewal_event_type)i))) return i;
    return -1;
}

static const char *cell_named(const hw_table *t, uint32_t row, const char *col) { return hw_cell(t, row, hw_column(t, col)); }

static void read_trigger(hw_seeker *s, uint32_t row, hw_trigger *r)
{
    static const char *const modes[] = {"", "meet", "visit", "phone"}, *const gens[] = {"none", "actor", "target", "all", "visit", "side"},
                      *const needs[] = {"", "actor", "target", "any", "person", "country", "traveller", "sufferer", "pair"},
                      *const alones[] = {"no", "named", "yes"};
    const hw_table *t = &s->rows;
    int k = event_type(cell_named(t, row, "type"));
    r->type = k < 0 ? HEWAL_CONSULT : (hewal_event_type)k; /* field by field: padding stays zero in the model */
    r->near = -1;
    r->none = k < 0;
    if ((k = NAMED(cell_named(t, row, "mode"), modes)) > 0) r->mode = (hewal_mode)k;
    const char *neg = cell_named(t, row, "neg");
    r->neg = (int8_t)(!strcmp(neg, "only") ? -2 : event_type(neg));
    read_slots(cell_named(t, row, "actor"), r->actor);
    read_slots(cell_named(t, row, "target"), r->target);
    if ((k = NAMED(cell_named(t, row, "gen"), gens)) > 0) r->gen = (hw_gen)k;
    if ((k = NAMED(cell_named(t, row, "needs"), needs)) > 0) r->needs = (hw_needs)k;
    if ((k = NAMED(cell_named(t, row, "alone"), alones)) > 0) r->alone = (hw_alone)k;
    r->noun = !strcmp(cell_named(t, row, "join"), "noun");
    r->by_verb = !strcmp(cell_named(t, row, "join"), "verb");
    r->tight = !strcmp(cell_named(t, row, "join"), "tight");
    r->will = !strcmp(cell_named(t, row, "present"), "will");
    const char *near = cell_named(t, row, "near");
    r->near_not = *near == '!';
    near += r->near_not;
    r->embassy = !strcmp(near, "embassy") || !strcmp(near, "ambassador");
    int col = hw_column(&s->objects, "class");
    for (uint32_t i = 0; *near && i < s->objects.n_rows && i < 128; i++)
        if (!strcmp(near, hw_cell(&s->objects, i, col))) r->near = (int16_t)i;
    for (const char *p = cell_named(t, row, "verb"); *p && r->n_verbs < HW_MAX_VERBS;) {
        size_t n = strcspn(p, "|");
        hw_spelling sp = hw_orth_word(s->m->orth, s->a, p, n);
        uint64_t h = hw_hash(sp.fold, sp.fold_len);
        r->verbs[r->n_verbs++] = h;
        r->becomes |= (hw_lemma_cue(s, h) & HW_Q_BECOME) != 0;
        p += n + (p[n] == '|');
    }
}

/* ---- small words ------------------------------------------------------------------------------------------------- */

static hw_cue_line read_cue_line(const hw_seeker *s, uint32_t row)
{
    static const char *const kinds[] = {"if", "chance", "plan", "ask", "hinder", "we", "each", "that", "and", "det", "do", "become", "homeland", "nobody", "each-land", "each-person", "begin", "people", "leader", "somebody", "official", "called"};
    const char *kind = hw_cell(&s->cue_table, row, hw_column(&s->cue_table, "kind"));
    int k = NAMED(kind, slot_names);
    if (k > 0) return (hw_cue_line){0, (uint32_t)k};
    k = NAMED(kind, kinds);
    return (hw_cue_line){k < 0 ? 0 : 1u << k, 0};
}

static void read_slot_of(const hw_seeker *s, const hw_slot *slot, uint8_t *place, uint32_t *bits)
{
    for (uint32_t k = 0; k < slot->n; k++) {
        const hw_cue_line *c = &s->cue_lines[s->cue_ix.posts[slot->first + k].row];
        *bits |= c->bits;
        if (c->place) *place = (uint8_t)c->place;
    }
}

uint32_t hw_lemma_cue(const hw_seeker *s, uint64_t lemma_hash)
{
    const hw_slot *slot = hw_index_find(&s->cue_ix, hw_phrase(HW_PHRASE_START, lemma_hash));
    uint8_t place = 0;
    uint32_t bits = 0;
    if (slot) read_slot_of(s, slot, &place, &bits);
    return bits;
}

/* Words as they stand, the longest phrase; inflected, only words that tell the standing. */
static void read_cues_at(hw_seeker *s, uint32_t i)
{
    const uint32_t inflected = HW_Q_CHANCE | HW_Q_PLAN | HW_Q_ASK | HW_Q_HINDER | HW_Q_NOBODY | HW_Q_PEOPLE | HW_Q_LEADER | HW_Q_SOMEBODY | HW_Q_OFFICIAL;
    uint32_t last = hw_last_of(s, i), bits = 0;
    uint64_t h = HW_PHRASE_START;
    for (uint32_t k = i; k <= last && k < i + 4; k++) {
        h = hw_phrase(h, hw_et(s, k)->hash);
        const hw_slot *slot = hw_index_find(&s->cue_ix, h);
        if (!slot) break;
        uint8_t place = 0;
        read_slot_of(s, slot, &place, &bits);
        if (place && k - i + 1 >= s->prep_words[k]) {
            s->prep[k] = place;
            s->prep_words[k] = (uint8_t)(k - i + 1);
        }
        if (!slot->longer) break;
    }
    const hw_word *w = &s->w->v[i];
    for (unsigned k = 0; k < w->n_forms; k++) {
        if (w->forms[k].hash == hw_et(s, i)->hash) continue;
        bits |= hw_lemma_cue(s, w->forms[k].hash) & inflected;
    }
    s->cue[i] |= bits & ~(uint32_t)(HW_Q_DO | HW_Q_BECOME);
}

static void read_objects_at(hw_seeker *s, uint32_t i)
{
    hw_match m[6];
    unsigned n = hw_match_at(s->w, &s->object_ix, i, m, 6);
    for (unsigned k = 0; k < n; k++)
        for (uint32_t p = 0; p < m[k].slot->n; p++) {
            uint32_t class_no = s->object_ix.posts[m[k].slot->first + p].row;
            if (class_no < 128) s->near[i][class_no >> 6] |= UINT64_C(1) << (class_no & 63);
        }
}

bool hw_near(const hw_seeker *s, int class_no, uint32_t first, uint32_t last)
{
    for (uint32_t i = first; i <= last; i++)
        if (s->near[i][class_no >> 6] >> (class_no & 63) & 1) return true;
    return false;
}

static void open_tables(hw_seeker *s, const hewal_model *m)
{
    s->places = hw_model_table(m, "places");
    s->place_kind = hw_column(&s->places, "kind");
    s->place_ix = hw_model_index(m, "names");
    s->demonyms = hw_model_index(m, "demonyms");
    s->rows = hw_model_table(m, "triggers");
    s->objects = hw_model_table(m, "event-objects");
    s->joined = hw_column(&s->rows, "joined");
    s->cue_table = hw_model_table(m, "event-cues");
    s->triggers = hw_model_index(m, "triggers");
    s->object_ix = hw_model_index(m, "event-objects");
    s->cue_ix = hw_model_index(m, "event-cues");
}

void hw_compile_triggers(const hewal_model *m, hw_arena *a, hw_trigger *triggers, hw_cue_line *cues)
{
    hw_seeker s = {.m = m, .a = a};
    open_tables(&s, m);
    for (uint32_t i = 0; i < s.cue_table.n_rows; i++) cues[i] = read_cue_line(&s, i);
    s.cue_lines = cues;
    for (uint32_t i = 0; i < s.rows.n_rows; i++) read_trigger(&s, i, &triggers[i]);
}

/* The lines as the model has them, else read now: a model without them, or of another build. */
static void open_lines(hw_seeker *s, const hewal_model *m)
{
    size_t size = 0;
    const hw_compiled *h = hw_model_section(m, "events", &size);
    size_t want = sizeof *h + s->rows.n_rows * sizeof(hw_trigger) + s->cue_table.n_rows * sizeof(hw_cue_line);
    if (h && size >= want && h->magic == HW_COMPILED_MAGIC && h->line_size == sizeof(hw_trigger) && h->n_triggers == s->rows.n_rows && h->n_cues == s->cue_table.n_rows) {
        s->row = (const hw_trigger *)(const void *)(h + 1);
        s->cue_lines = (const hw_cue_line *)(const void *)(s->row + h->n_triggers);
        return;
    }
    hw_trigger *t = HW_NEWS(s->a, hw_trigger, s->rows.n_rows + 1);
    hw_cue_line *c = HW_NEWS(s->a, hw_cue_line, s->cue_table.n_rows + 1);
    hw_compile_triggers(m, s->a, t, c);
    s->row = t;
    s->cue_lines = c;
}

void hw_read_lexicon(hw_seeker *s)
{
    const hewal_model *m = s->m = s->x->model;
    uint32_t n = s->x->tokens.n + 1;
    open_tables(s, m);
    open_lines(s, m);
    s->near = hw_calloc(s->a, n, sizeof *s->near);
    s->cue = HW_NEWS(s->a, uint32_t, n);
    s->prep = HW_NEWS(s->a, uint8_t, n);
    s->prep_words = HW_NEWS(s->a, uint8_t, n);
    s->taken = HW_NEWS(s->a, uint8_t, n);
    s->listed = HW_NEWS(s->a, uint8_t, n);
    s->nominal = HW_NEWS(s->a, uint8_t, n);
    for (uint32_t i = 0; i + 1 < n; i++) {
        if (hw_et(s, i)->kind != HW_WORD && hw_et(s, i)->kind != HW_LATIN) continue;
        read_cues_at(s, i);
        read_objects_at(s, i);
    }
}
