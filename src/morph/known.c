/* In: a token. Out: its readings, if they were made beforehand. */
#include "morph/known.h"

#include "base/hash.h"

hw_known hw_known_of(const hewal_model *m)
{
    size_t size, lexicon = 0;
    const unsigned char *p = hw_model_section(m, "known", &size);
    const hw_known_header *h = (const hw_known_header *)(const void *)p;
    hw_model_section(m, "morph", &lexicon);
    if (!p || size < sizeof *h || h->magic != HW_KNOWN_MAGIC || h->size > size || h->lexicon != lexicon) return (hw_known){0};
    return (hw_known){p, (const hw_known_slot *)(const void *)(p + h->slots_at), (const char *)p + h->strings_at, h->n_slots - 1};
}

bool hw_known_find(const hw_known *k, hw_arena *a, const hw_token *t, hw_word *out)
{
    if (!k->base) return false;
    uint64_t hash = hw_hash(t->norm, t->norm_len) | 1;
    uint32_t i = (uint32_t)(hash >> 1) & k->mask;
    while (k->slots[i].hash != hash) {
        if (!k->slots[i].hash) return false;
        i = (i + 1) & k->mask;
    }
    const hw_known_slot *s = &k->slots[i];
    const hw_known_reading *r = (const hw_known_reading *)(const void *)(k->base + s->at);
    hw_analysis *v = HW_NEWS(a, hw_analysis, s->n);
    for (unsigned j = 0; j < s->n; j++, r++)
        v[j] = (hw_analysis){.lemma = k->strings + r->lemma, .feats = k->strings + r->feats, .lemma_hash = r->lemma_hash, .marks = r->marks,
                             .upos = r->upos, .person = r->person, .subject = r->subject, .kind = r->kind, .weight = r->weight};
    *out = (hw_word){v, (const hw_form *)(const void *)r, s->n, s->n_forms, 0};
    return true;
}
