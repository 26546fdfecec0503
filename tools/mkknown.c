/* Makes the model's section "known": readings of common forms.   mkknown MODEL OUT
 *
 * In: a model that has the lexicon and the table "spelling-forms". Out: a file laid out as src/morph/known.h says. */
#include "tsv.h"

#include "base/hash.h"
#include "morph/known.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

const char tool_name[] = "mkknown";

static bytes slots, records, strings;
static struct { uint64_t *hash; uint32_t *at; size_t mask, used; } seen;

static uint32_t string_of(const char *s)
{
    if (seen.used * 2 >= seen.mask) { /* strings are put in anew by their hashes */
        size_t mask = seen.mask ? seen.mask * 4 + 3 : 0xFFFF;
        uint64_t *hash = calloc(mask + 1, sizeof *hash);
        uint32_t *at = calloc(mask + 1, sizeof *at);
        if (!hash || !at) die("out of memory");
        for (size_t i = 0; seen.hash && i <= seen.mask; i++) {
            if (!seen.hash[i]) continue;
            size_t k = seen.hash[i] & mask;
            while (hash[k]) k = (k + 1) & mask;
            hash[k] = seen.hash[i];
            at[k] = seen.at[i];
        }
        free(seen.hash);
        free(seen.at);
        seen.hash = hash;
        seen.at = at;
        seen.mask = mask;
    }
    size_t n = strlen(s);
    uint64_t h = hw_hash(s, n) | 1;
    size_t k = h & seen.mask;
    while (seen.hash[k] && (seen.hash[k] != h || strcmp((char *)strings.p + seen.at[k], s) != 0)) k = (k + 1) & seen.mask;
    if (!seen.hash[k]) {
        seen.used++;
        seen.hash[k] = h;
        seen.at[k] = (uint32_t)put(&strings, s, n + 1);
    }
    return seen.at[k];
}

static void add_form(const hewal_model *m, hw_arena *a, const char *form, uint32_t mask)
{
    size_t at = 0, n = strlen(form);
    hw_token t;
    if (!hw_next_token(m, a, form, n, &at, &t) || at != n || t.kind != HW_WORD) return;
    hw_word w = hw_morph_word(m, a, &t);
    if (!w.n || w.n > UINT8_MAX || w.n_forms > UINT8_MAX) return;
    hw_known_slot s = {.hash = hw_hash(t.norm, t.norm_len) | 1, .n = (uint8_t)w.n, .n_forms = (uint8_t)w.n_forms};
    hw_known_slot *v = (hw_known_slot *)(void *)slots.p;
    uint32_t i = (uint32_t)(s.hash >> 1) & mask;
    for (; v[i].hash; i = (i + 1) & mask)
        if (v[i].hash == s.hash) return;
    s.at = (uint32_t)records.n;
    for (unsigned k = 0; k < w.n; k++) {
        const hw_analysis *x = &w.analyses[k];
        hw_known_reading r = {.lemma_hash = x->lemma_hash, .lemma = string_of(x->lemma), .feats = string_of(x->feats), .marks = x->marks,
                              .weight = x->weight, .upos = x->upos, .person = x->person, .subject = x->subject, .kind = x->kind};
        put(&records, &r, sizeof r);
    }
    for (unsigned k = 0; k < w.n_forms; k++) { /* field by field: padding is zero in the file */
        hw_form f;
        memset(&f, 0, sizeof f);
        f.hash = w.forms[k].hash;
        f.marks = w.forms[k].marks;
        f.len = w.forms[k].len;
        f.lemma = w.forms[k].lemma;
        put(&records, &f, sizeof f);
    }
    v[i] = s;
}

int main(int argc, char **argv)
{
    if (argc != 3) die("usage: mkknown MODEL OUT");
    hewal_model *m;
    hewal_error err;
    if (hewal_model_open(&m, argv[1], &err) != HEWAL_OK) die("%s", err.message);
    hw_table t = hw_model_table(m, "spelling-forms");
    int col = hw_column(&t, "form");
    uint32_t n_slots = 1024;
    while (n_slots < t.n_rows * 2) n_slots *= 2;
    put(&slots, NULL, n_slots * sizeof(hw_known_slot));
    hw_arena a;
    hw_arena_init(&a);
    if (hw_arena_guard(&a)) die("out of memory");
    for (uint32_t r = 0; r < t.n_rows; r++) {
        add_form(m, &a, hw_cell(&t, r, col), n_slots - 1);
        hw_arena_reset(&a);
    }
    size_t lexicon = 0;
    hw_model_section(m, "morph", &lexicon);
    hw_known_header h = {.magic = HW_KNOWN_MAGIC, .n_slots = n_slots, .slots_at = (sizeof h + 15) / 16 * 16, .lexicon = (uint32_t)lexicon};
    uint32_t records_at = h.slots_at + (uint32_t)slots.n;
    h.strings_at = records_at + (uint32_t)records.n;
    h.size = h.strings_at + (uint32_t)strings.n;
    for (uint32_t i = 0; i < n_slots; i++) {
        hw_known_slot *s = (hw_known_slot *)(void *)slots.p + i;
        if (s->hash) s->at += records_at;
    }
    bytes out = {0};
    put(&out, &h, sizeof h);
    put(&out, NULL, h.slots_at - sizeof h);
    put(&out, slots.p, slots.n);
    put(&out, records.p, records.n);
    put(&out, strings.p, strings.n);
    FILE *f = fopen(argv[2], "wb");
    if (!f || fwrite(out.p, 1, out.n, f) != out.n || fclose(f)) die("%s: cannot be written", argv[2]);
    return 0;
}
