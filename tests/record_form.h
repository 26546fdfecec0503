/* The form of a record, checked without the library: the JSON as record-format has it, the CoNLL-U as UD has it. */
#ifndef HEWAL_TESTS_RECORD_FORM_H
#define HEWAL_TESTS_RECORD_FORM_H
#include "kit.h"

#include <jansson.h>
#include <math.h>

static const char *form_where = "";

static json_t *form_member(json_t *o, const char *name, const char *what)
{
    json_t *v = json_object_get(o, name);
    if (!v) fail_msg("%s: %s has no member %s", form_where, what, name);
    return v;
}

static bool form_one_of(const char *s, const char *list)
{
    size_t n = strlen(s);
    for (const char *p = list; *p;) {
        size_t k = strcspn(p, " ");
        if (k == n && !memcmp(p, s, n)) return true;
        p += k + (p[k] == ' ');
    }
    return false;
}

static const char *form_value(json_t *o, const char *name, const char *list, const char *what)
{
    json_t *v = form_member(o, name, what);
    if (!json_is_string(v) || (list && !form_one_of(json_string_value(v), list)))
        fail_msg("%s: %s: %s is %s", form_where, what, name, json_is_string(v) ? json_string_value(v) : "no string");
    return json_string_value(v);
}

/* b and e: integers, inside the text, not empty, between characters where the text is UTF-8. */
static void form_span(json_t *o, const char *b_name, const char *e_name, const char *text, size_t n, const char *what)
{
    json_t *b = form_member(o, b_name, what), *e = form_member(o, e_name, what);
    if (!json_is_integer(b) || !json_is_integer(e)) fail_msg("%s: %s: %s, %s are no integers", form_where, what, b_name, e_name);
    json_int_t i = json_integer_value(b), k = json_integer_value(e);
    if (i < 0 || k <= i || k > (json_int_t)n) fail_msg("%s: %s: %s-%s is %lld-%lld in %zu bytes", form_where, what, b_name, e_name, (long long)i, (long long)k, n);
    if (!kit_utf8(text + i, (size_t)(k - i))) fail_msg("%s: %s: %lld-%lld cuts a character", form_where, what, (long long)i, (long long)k);
}

static void form_confidence(json_t *o, const char *what)
{
    json_t *c = json_object_get(o, "confidence");
    if (!c) return;
    if (!json_is_number(c) || json_number_value(c) < 0 || json_number_value(c) > 1) fail_msg("%s: %s: confidence %g", form_where, what, json_number_value(c));
}

/* A reference is null or the id of an element of the list. */
static void form_id(json_t *v, json_t *list, bool null_too, const char *what)
{
    if (json_is_null(v) && null_too) return;
    size_t i;
    json_t *x;
    if (json_is_string(v))
        json_array_foreach(list, i, x) if (!strcmp(json_string_value(json_object_get(x, "id")), json_string_value(v))) return;
    fail_msg("%s: %s refers to %s", form_where, what, json_is_string(v) ? json_string_value(v) : "nothing");
}

static json_t *form_list(json_t *o, const char *name, bool with_id)
{
    json_t *l = form_member(o, name, "the record"), *x;
    size_t i, k;
    if (!json_is_array(l)) fail_msg("%s: %s is no list", form_where, name);
    if (with_id)
        json_array_foreach(l, i, x) {
            const char *id = form_value(x, "id", NULL, name);
            for (k = 0; k < i && k < 50; k++)
                if (!strcmp(id, json_string_value(json_object_get(json_array_get(l, i - 1 - k), "id")))) fail_msg("%s: two %s are %s", form_where, name, id);
        }
    return l;
}

static void form_ids(json_t *o, const char *name, json_t *list, const char *what)
{
    json_t *v = form_member(o, name, what), *x;
    size_t i;
    if (!json_is_array(v)) fail_msg("%s: %s: %s is no list", form_where, what, name);
    json_array_foreach(v, i, x) form_id(x, list, false, name);
}

/* Everything that record-format.md says of one record. Returns it parsed. */
KIT_UNUSED static json_t *form_check_json(const char *json, size_t json_len, const char *original, size_t original_len)
{
    json_error_t err;
    if (!kit_utf8(json, json_len)) fail_msg("%s: the JSON is not UTF-8", form_where);
    if (memchr(json, '\n', json_len)) fail_msg("%s: the JSON is more than a line", form_where);
    json_t *r = json_loadb(json, json_len, JSON_REJECT_DUPLICATES | JSON_ALLOW_NUL, &err), *x;
    if (!r) fail_msg("%s: JSON: %s at byte %d: %.80s", form_where, err.text, err.position, json + (err.position > 40 ? err.position - 40 : 0));
    assert_true(json_is_integer(form_member(r, "hewal", "the record")));
    assert_int_equal(json_integer_value(json_object_get(r, "hewal")), 1);
    json_t *id = form_member(r, "id", "the record"), *published = form_member(r, "published", "the record");
    assert_true(json_is_null(id) || json_is_string(id));
    assert_true(json_is_null(published) || (json_is_string(published) && json_string_length(published) >= 10));
    json_t *t = form_member(r, "text", "the record");
    assert_true(json_is_string(t));
    const char *text = json_string_value(t);
    size_t n = json_string_length(t), i;
    if (n != original_len) fail_msg("%s: the text has %zu bytes in JSON, not %zu: offsets do not hold", form_where, n, original_len);
    if (kit_utf8(original, original_len)) assert_memory_equal(text, original, n);
    json_t *entities = form_list(r, "entities", true), *mentions = form_list(r, "mentions", true), *times = form_list(r, "times", true),
           *quantities = form_list(r, "quantities", false), *quotes = form_list(r, "quotes", true), *events = form_list(r, "events", true);
    json_array_foreach(entities, i, x) {
        form_value(x, "type", "PER ORG LOC", "an entity");
        if (!*form_value(x, "name", NULL, "an entity")) fail_msg("%s: an entity without a name", form_where);
        form_confidence(x, "an entity");
    }
    json_array_foreach(mentions, i, x) {
        form_span(x, "b", "e", text, n, "a mention");
        form_value(x, "type", "PER ORG LOC ROLE", "a mention");
        form_id(form_member(x, "entity", "a mention"), entities, false, "a mention");
        form_confidence(x, "a mention");
    }
    json_array_foreach(times, i, x) {
        form_span(x, "b", "e", text, n, "a time");
        form_value(x, "type", "DATE TIME DURATION SET", "a time");
        if (!*form_value(x, "value", NULL, "a time")) fail_msg("%s: a time without a value", form_where);
        form_confidence(x, "a time");
    }
    json_array_foreach(quantities, i, x) {
        form_span(x, "b", "e", text, n, "a quantity");
        assert_true(json_is_number(form_member(x, "value", "a quantity")));
        assert_true(isfinite(json_number_value(json_object_get(x, "value"))));
        form_value(x, "unit", NULL, "a quantity");
    }
    json_array_foreach(quotes, i, x) {
        form_span(x, "b", "e", text, n, "a quote");
        form_value(x, "kind", "direct indirect mixed", "a quote");
        form_value(x, "channel", "statement tweet social-post press-conference interview meeting phone-call speech letter document media-report video unspecified", "a quote");
        bool none = json_is_null(form_member(x, "cue_b", "a quote")) && json_is_null(form_member(x, "cue_e", "a quote"));
        if (!none) form_span(x, "cue_b", "cue_e", text, n, "a cue");
        form_id(form_member(x, "source", "a quote"), mentions, true, "a quote's source");
        form_id(form_member(x, "source_entity", "a quote"), entities, true, "a quote's speaker");
        form_id(form_member(x, "addressee_entity", "a quote"), entities, true, "a quote's addressee");
        form_ids(x, "via_entity", entities, "a quote");
        form_confidence(x, "a quote");
    }
    json_array_foreach(events, i, x) {
        form_span(x, "b", "e", text, n, "an event");
        form_value(x, "type", "AGREE CONSULT SUPPORT CONCEDE COOPERATE AID RETREAT REQUEST ACCUSE REJECT THREATEN PROTEST SANCTION MOBILIZE COERCE ASSAULT", "an event");
        if (!json_is_null(form_member(x, "mode", "an event"))) form_value(x, "mode", "phone visit meet", "an event");
        form_value(x, "status", "occurred planned requested denied hypothetical", "an event");
        form_ids(x, "actors", entities, "an event");
        form_ids(x, "targets", entities, "an event");
        form_id(form_member(x, "place", "an event"), entities, true, "an event's place");
        form_id(form_member(x, "time", "an event"), times, true, "an event's time");
        form_id(form_member(x, "in_quote", "an event"), quotes, true, "an event's quote");
        form_confidence(x, "an event");
    }
    return r;
}

/* The record itself: tokens in order, indexes in range, spans that meet the tokens they name. */
KIT_UNUSED static void form_check_record(const hewal_record *r, const char *text, size_t n)
{
#define FORM(ok, what, i) do { if (!(ok)) fail_msg("%s: %s %zu: %s", form_where, what, (size_t)(i), #ok); } while (0)
#define FORM_SPAN(x, what, i)                                                                                          \
    do {                                                                                                               \
        FORM((x)->b < (x)->e && (x)->e <= n, what, i);                                                                 \
        FORM((x)->first <= (x)->last && (x)->last < r->n_tokens, what, i);                                             \
        FORM(r->tokens[(x)->first].b <= (x)->b && (x)->b < r->tokens[(x)->first].e, what, i);                          \
        FORM(r->tokens[(x)->last].b < (x)->e && (x)->e <= r->tokens[(x)->last].e, what, i);                            \
    } while (0)
#define FORM_REF(v, count, what, i) FORM((v) == HEWAL_NONE || ((v) >= 0 && (size_t)(v) < (count)), what, i)
    assert_int_equal(r->text_len, n);
    assert_memory_equal(r->text, text, n);
    assert_int_equal(r->text[n], 0);
    uint32_t at = 0;
    for (size_t i = 0; i < r->n_tokens; i++) {
        const hewal_token *t = &r->tokens[i];
        FORM(t->b >= at && t->e > t->b && t->e <= n, "token", i);
        FORM(t->sentence < r->n_sentences, "token", i);
        FORM(t->norm && kit_utf8(t->norm, strlen(t->norm)), "token", i);
        FORM(!t->lemma || kit_utf8(t->lemma, strlen(t->lemma)), "token", i);
        FORM(t->upos && form_one_of(t->upos, "NOUN PROPN ADJ ADV VERB AUX PRON DET ADP NUM CCONJ SCONJ PART INTJ PUNCT SYM X"), "token", i);
        FORM(t->feats && !strpbrk(t->feats, " \t\n"), "token", i);
        at = t->e;
    }
    for (size_t i = 0; i < r->n_sentences; i++) {
        FORM_SPAN(&r->sentences[i], "sentence", i);
        FORM(r->sentences[i].first == (i ? r->sentences[i - 1].last + 1 : 0), "sentence", i);
    }
    if (r->n_sentences) assert_int_equal(r->sentences[r->n_sentences - 1].last + 1, r->n_tokens);
    else assert_int_equal(r->n_tokens, 0);
    for (size_t i = 0; i < r->n_entities; i++) {
        FORM(r->entities[i].type <= HEWAL_LOC && r->entities[i].name && r->entities[i].name_ckb, "entity", i);
        FORM(r->entities[i].confidence >= 0 && r->entities[i].confidence <= 1, "entity", i);
    }
    for (size_t i = 0; i < r->n_mentions; i++) {
        FORM_SPAN(&r->mentions[i], "mention", i);
        FORM(r->mentions[i].entity >= 0 && (size_t)r->mentions[i].entity < r->n_entities, "mention", i);
        FORM(!i || r->mentions[i].b >= r->mentions[i - 1].b, "mention", i);
        for (size_t k = i; k-- > 0 && i - k < 12;) /* PER, ORG, LOC never overlap each other */
            FORM(r->mentions[i].type == HEWAL_ROLE || r->mentions[k].type == HEWAL_ROLE || r->mentions[k].e <= r->mentions[i].b, "mention", i);
    }
    for (size_t i = 0; i < r->n_times; i++) {
        FORM_SPAN(&r->times[i], "time", i);
        FORM(r->times[i].value && *r->times[i].value, "time", i);
    }
    for (size_t i = 0; i < r->n_quantities; i++) {
        FORM_SPAN(&r->quantities[i], "quantity", i);
        FORM(r->quantities[i].unit != NULL && isfinite(r->quantities[i].value), "quantity", i);
    }
    for (size_t i = 0; i < r->n_quotes; i++) {
        const hewal_quote *q = &r->quotes[i];
        FORM_SPAN(q, "quote", i);
        FORM(q->cue_b <= q->cue_e && q->cue_e <= n, "quote", i);
        FORM_REF(q->source, r->n_mentions, "quote", i);
        FORM_REF(q->source_entity, r->n_entities, "quote", i);
        FORM_REF(q->addressee_entity, r->n_entities, "quote", i);
        for (size_t k = 0; k < q->n_via; k++) FORM(q->via[k] >= 0 && (size_t)q->via[k] < r->n_entities, "quote", i);
        FORM(q->source == HEWAL_NONE || r->mentions[q->source].entity == q->source_entity, "quote", i);
    }
    for (size_t i = 0; i < r->n_events; i++) {
        const hewal_event *v = &r->events[i];
        FORM_SPAN(v, "event", i);
        for (size_t k = 0; k < v->n_actors; k++) FORM(v->actors[k] >= 0 && (size_t)v->actors[k] < r->n_entities, "event", i);
        for (size_t k = 0; k < v->n_targets; k++) FORM(v->targets[k] >= 0 && (size_t)v->targets[k] < r->n_entities, "event", i);
        FORM_REF(v->place, r->n_entities, "event", i);
        FORM_REF(v->time, r->n_times, "event", i);
        FORM_REF(v->in_quote, r->n_quotes, "event", i);
    }
}

/* CoNLL-U: blocks of comments and ten-column lines; tokens as the record has them. */
KIT_UNUSED static void form_check_conllu(const char *s, size_t len, const hewal_record *r)
{
    if (!kit_utf8(s, len)) fail_msg("%s: the CoNLL-U is not UTF-8", form_where);
    size_t token = 0, sentence = 0;
    unsigned in_block = 0;
    bool id = false, text = false;
    for (const char *line = s, *end; line < s + len; line = end + 1) {
        end = memchr(line, '\n', (size_t)(s + len - line));
        if (!end) fail_msg("%s: the last line has no end", form_where);
        if (end == line) { /* a block ends */
            if (!in_block || !id || !text) fail_msg("%s: a block without tokens, sent_id or text", form_where);
            if (r->sentences[sentence].last + 1 != token) fail_msg("%s: sentence %zu ends at token %zu", form_where, sentence, token);
            sentence++;
            in_block = 0;
            id = text = false;
            continue;
        }
        if (*line == '#' && !in_block && (size_t)(end - line) > 2 && line[1] == ' ') {
            id |= !strncmp(line, "# sent_id = ", 12);
            text |= !strncmp(line, "# text = ", 9);
            continue;
        }
        const char *col[10], *col_end[10], *p = line;
        for (int c = 0; c < 10; c++) {
            col[c] = p;
            const char *tab = memchr(p, '\t', (size_t)(end - p));
            if (c < 9 && !tab) fail_msg("%s: %d columns: %.*s", form_where, c + 1, (int)(end - line), line);
            if (c == 9 && tab) fail_msg("%s: more than ten columns: %.*s", form_where, (int)(end - line), line);
            col_end[c] = tab ? tab : end;
            if (col_end[c] == p) fail_msg("%s: column %d is empty: %.*s", form_where, c + 1, (int)(end - line), line);
            if (*p == ' ' || col_end[c][-1] == ' ') fail_msg("%s: column %d begins or ends with a space: %.*s", form_where, c + 1, (int)(end - line), line);
            p = col_end[c] + 1;
        }
        assert_true(token < r->n_tokens);
        const hewal_token *t = &r->tokens[token];
        if (strtoul(col[0], NULL, 10) != ++in_block) fail_msg("%s: token %u of a block is number %.*s: %.*s", form_where, in_block, (int)(col_end[0] - col[0]), col[0], 300, line - 200 < s ? s : line - 200);
        if (kit_utf8(r->text + t->b, t->e - t->b) && (unsigned char)r->text[t->b] >= 0x20 && r->text[t->b] != 0x7F) {
            assert_int_equal(col_end[1] - col[1], t->e - t->b);
            assert_memory_equal(col[1], r->text + t->b, t->e - t->b);
        }
        char want[100];
        bool glued = token + 1 < r->n_tokens && r->tokens[token + 1].b == t->e;
        snprintf(want, sizeof want, "%s%sBytes=%u-%u", t->guessed ? "Guess=Yes|" : "", glued ? "SpaceAfter=No|" : "", t->b, t->e);
        if ((size_t)(col_end[9] - col[9]) != strlen(want) || strncmp(col[9], want, strlen(want)) != 0)
            fail_msg("%s: token %zu: MISC %.*s, not %s", form_where, token, (int)(col_end[9] - col[9]), col[9], want);
        token++;
    }
    if (in_block) fail_msg("%s: the last block has no empty line behind it", form_where);
    assert_int_equal(token, r->n_tokens);
    assert_int_equal(sentence, r->n_sentences);
}

/* Annotates, checks everything, frees. */
KIT_UNUSED static void form_check(const char *s, size_t n, const hewal_meta *meta, const char *where)
{
    hewal_record *r = NULL;
    hewal_error err = {0};
    form_where = where;
    char *exact = malloc(n ? n : 1);
    assert_non_null(exact);
    memcpy(exact, s, n);
    if (hewal_annotate(kit_model, exact, n, meta, &r, &err) != HEWAL_OK) fail_msg("%s: %s", where, err.message);
    memset(exact, 'x', n); /* the record has its own copy */
    free(exact);
    form_check_record(r, s, n);
    hewal_string j = {0}, c = {0};
    assert_int_equal(hewal_record_json(r, where, NULL, &j), HEWAL_OK);
    json_decref(form_check_json(j.s, j.len, s, n));
    assert_int_equal(hewal_record_conllu(r, &c), HEWAL_OK);
    form_check_conllu(c.s ? c.s : "", c.len, r);
    hewal_string_free(&j);
    hewal_string_free(&c);
    hewal_record_free(r);
}
#endif
