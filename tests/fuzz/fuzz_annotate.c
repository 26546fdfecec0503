/* Any bytes annotate; the record's indexes and spans hold, its JSON parses, its CoNLL-U is written. The first byte decides
 * whether a date is given. */
#include "fuzz.h"

#include <jansson.h>

#define SPAN(x) MUST((x)->b < (x)->e && (x)->e <= n && (x)->first <= (x)->last && (x)->last < r->n_tokens && \
                     r->tokens[(x)->first].b <= (x)->b && (x)->e <= r->tokens[(x)->last].e)
#define REF(v, count) MUST((v) == HEWAL_NONE || ((v) >= 0 && (size_t)(v) < (count)))

static void check(const hewal_record *r, size_t n)
{
    uint32_t at = 0;
    for (size_t i = 0; i < r->n_tokens; at = r->tokens[i++].e) {
        MUST(r->tokens[i].b >= at && r->tokens[i].e > r->tokens[i].b && r->tokens[i].e <= n);
        MUST(r->tokens[i].sentence < r->n_sentences && r->tokens[i].norm && r->tokens[i].upos);
    }
    for (size_t i = 0; i < r->n_sentences; i++) SPAN(&r->sentences[i]);
    for (size_t i = 0; i < r->n_mentions; i++) {
        SPAN(&r->mentions[i]);
        MUST(r->mentions[i].entity >= 0 && (size_t)r->mentions[i].entity < r->n_entities);
    }
    for (size_t i = 0; i < r->n_entities; i++) MUST(r->entities[i].name && r->entities[i].name_ckb);
    for (size_t i = 0; i < r->n_times; i++) SPAN(&r->times[i]);
    for (size_t i = 0; i < r->n_quantities; i++) SPAN(&r->quantities[i]);
    for (size_t i = 0; i < r->n_quotes; i++) {
        const hewal_quote *q = &r->quotes[i];
        SPAN(q);
        MUST(q->cue_b <= q->cue_e && q->cue_e <= n);
        REF(q->source, r->n_mentions);
        REF(q->source_entity, r->n_entities);
        REF(q->addressee_entity, r->n_entities);
        for (size_t k = 0; k < q->n_via; k++) MUST(q->via[k] >= 0 && (size_t)q->via[k] < r->n_entities);
    }
    for (size_t i = 0; i < r->n_events; i++) {
        const hewal_event *v = &r->events[i];
        SPAN(v);
        for (size_t k = 0; k < v->n_actors; k++) MUST(v->actors[k] >= 0 && (size_t)v->actors[k] < r->n_entities);
        for (size_t k = 0; k < v->n_targets; k++) MUST(v->targets[k] >= 0 && (size_t)v->targets[k] < r->n_entities);
        REF(v->place, r->n_entities);
        REF(v->time, r->n_times);
        REF(v->in_quote, r->n_quotes);
    }
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    const hewal_model *m = fuzz_model();
    const char *text = size ? (const char *)data + 1 : "";
    size_t n = size ? size - 1 : 0;
    hewal_meta meta = {.published = "2021-07-26", .outlet = "ڕووداو"};
    hewal_record *r = NULL;
    MUST(hewal_annotate(m, text, n, size && (data[0] & 1) ? &meta : NULL, &r, NULL) == HEWAL_OK);
    check(r, n);
    hewal_string s = {0};
    MUST(hewal_record_json(r, "x", NULL, &s) == HEWAL_OK);
    json_t *j = json_loadb(s.s, s.len, JSON_REJECT_DUPLICATES | JSON_ALLOW_NUL, NULL);
    MUST(j);
    MUST(json_string_length(json_object_get(j, "text")) == n);
    json_decref(j);
    MUST(hewal_record_conllu(r, &s) == HEWAL_OK);
    hewal_string_free(&s);
    hewal_record_free(r);
    return 0;
}
