/* What the tests of names and quotes share: a record as short strings to compare, and what every record must keep to. */
#ifndef HEWAL_TESTS_NAMES_QUOTES_H
#define HEWAL_TESTS_NAMES_QUOTES_H
#include "kit.h"
#include <stdarg.h>

typedef struct { const char *text, *want; } example;
typedef struct { const char *published, *text, *want; } dated_example;

KIT_UNUSED static void put(char *out, size_t size, const char *fmt, ...)
{
    size_t n = strlen(out);
    va_list ap;
    va_start(ap, fmt);
    vsnprintf(out + n, size - n, fmt, ap);
    va_end(ap);
}

static bool at_boundary(const hewal_record *r, uint32_t i)
{
    return i <= r->text_len && (i == r->text_len || ((unsigned char)r->text[i] & 0xC0) != 0x80);
}

/* What holds of every record: indexes and offsets point where they should, names do not overlap, a role is a person's. */
KIT_UNUSED static void check_record(const hewal_record *r)
{
    uint32_t behind = 0;
    for (size_t i = 0; i < r->n_mentions; i++) {
        const hewal_mention *m = &r->mentions[i];
        assert_true(m->b < m->e && at_boundary(r, m->b) && at_boundary(r, m->e));
        assert_true(m->first <= m->last && m->last < r->n_tokens);
        assert_true(r->tokens[m->first].b == m->b && r->tokens[m->last].b < m->e);
        assert_true(m->entity >= 0 && (size_t)m->entity < r->n_entities);
        assert_true(i == 0 || r->mentions[i - 1].b <= m->b);
        if (m->type == HEWAL_ROLE) {
            assert_int_equal(r->entities[m->entity].type, HEWAL_PER);
        } else {
            assert_true(m->b >= behind);
            behind = m->e;
        }
    }
    for (size_t i = 0; i < r->n_entities; i++) {
        assert_true(r->entities[i].type != HEWAL_ROLE);
        assert_true(r->entities[i].name && r->entities[i].name_ckb && kit_utf8(r->entities[i].name, strlen(r->entities[i].name)));
    }
    for (size_t i = 0; i < r->n_quotes; i++) {
        const hewal_quote *q = &r->quotes[i];
        assert_true(q->b < q->e && at_boundary(r, q->b) && at_boundary(r, q->e));
        assert_true(q->cue_b <= q->cue_e && at_boundary(r, q->cue_b) && at_boundary(r, q->cue_e));
        assert_true(r->tokens[q->first].b == q->b && r->tokens[q->last].e == q->e);
        assert_true(i == 0 || r->quotes[i - 1].b <= q->b);
        assert_true(q->source >= HEWAL_NONE && q->source < (int32_t)r->n_mentions);
        assert_true(q->source_entity >= HEWAL_NONE && q->source_entity < (int32_t)r->n_entities);
        assert_true(q->addressee_entity >= HEWAL_NONE && q->addressee_entity < (int32_t)r->n_entities);
        if (q->source >= 0) assert_int_equal(r->mentions[q->source].entity, q->source_entity);
        for (size_t k = 0; k < q->n_via; k++) assert_true(q->via[k] >= 0 && q->via[k] < (int32_t)r->n_entities && q->via[k] != q->source_entity);
    }
}

KIT_UNUSED static hewal_record *read_text(const char *published, const char *text)
{
    hewal_meta meta = {.published = published};
    hewal_record *r = NULL;
    assert_int_equal(hewal_annotate(kit_model, text, strlen(text), &meta, &r, NULL), HEWAL_OK);
    check_record(r);
    return r;
}

/* An entity: the gazetteer's name, or «» around how its first mention here stands in the text, or - for none. */
KIT_UNUSED static void put_entity(const hewal_record *r, int32_t e, char *out, size_t size)
{
    if (e < 0) {
        put(out, size, "-");
        return;
    }
    const char *known = r->entities[e].known;
    if (known) {
        put(out, size, "%s", strchr(known, ':') + 1);
        return;
    }
    const hewal_mention *m = NULL; /* a name before a role */
    for (size_t i = 0; i < r->n_mentions; i++)
        if (r->mentions[i].entity == e && (!m || (m->type == HEWAL_ROLE && r->mentions[i].type != HEWAL_ROLE))) m = &r->mentions[i];
    if (m) put(out, size, "«%.*s»", (int)(m->e - m->b), r->text + m->b);
    else put(out, size, "(%s)", r->entities[e].name_ckb);
}

/* All mentions in order: "PER Joe Biden; ORG «…»". */
KIT_UNUSED static void mentions_of(const char *published, const char *text, char *out, size_t size)
{
    hewal_record *r = read_text(published, text);
    *out = 0;
    for (size_t i = 0; i < r->n_mentions; i++) {
        put(out, size, "%s%s ", i ? "; " : "", hewal_type_name(r->mentions[i].type));
        put_entity(r, r->mentions[i].entity, out, size);
    }
    hewal_record_free(r);
}

KIT_UNUSED static void check_mentions(const dated_example *e, size_t n)
{
    char got[4000];
    for (size_t i = 0; i < n; i++) {
        mentions_of(e[i].published, e[i].text, got, sizeof got);
        if (strcmp(got, e[i].want) != 0) fail_msg("«%s» (%s): %s, not %s", e[i].text, e[i].published ? e[i].published : "-", got, e[i].want);
    }
}
#define CHECK_MENTIONS(list) check_mentions(list, sizeof(list) / sizeof *(list))

/* Which mentions are one thing: the entity's number, in the order of the mentions; "1 1 2". */
KIT_UNUSED static void check_same(const example *e, size_t n)
{
    for (size_t i = 0; i < n; i++) {
        hewal_record *r = read_text(NULL, e[i].text);
        char got[1000] = "";
        int32_t seen[64];
        size_t n_seen = 0;
        assert_true(r->n_mentions <= 64);
        for (size_t k = 0; k < r->n_mentions; k++) {
            size_t at = 0;
            while (at < n_seen && seen[at] != r->mentions[k].entity) at++;
            if (at == n_seen) seen[n_seen++] = r->mentions[k].entity;
            put(got, sizeof got, "%s%zu", k ? " " : "", at + 1);
        }
        hewal_record_free(r);
        if (strcmp(got, e[i].want) != 0) fail_msg("«%s»: %s, not %s", e[i].text, got, e[i].want);
    }
}
#define CHECK_SAME(list) check_same(list, sizeof(list) / sizeof *(list))

enum { Q_WORDS = 1, Q_KIND = 2, Q_CUE = 4, Q_SOURCE = 8, Q_SPEAKER = 16, Q_CHANNEL = 32, Q_ADDRESSEE = 64, Q_VIA = 128 };

static void put_field(char *out, size_t size, bool *first, const char *s, size_t n)
{
    put(out, size, "%s%.*s", *first ? "" : "|", (int)n, s);
    *first = false;
}

/* All quotes in order, "; " between them and "|" between the fields asked for. */
KIT_UNUSED static void quotes_of(const char *text, unsigned fields, char *out, size_t size)
{
    hewal_record *r = read_text(NULL, text);
    *out = 0;
    for (size_t i = 0; i < r->n_quotes; i++) {
        const hewal_quote *q = &r->quotes[i];
        bool first = true;
        char who[500];
        if (i) put(out, size, "; ");
        if (fields & Q_KIND) put_field(out, size, &first, hewal_kind_name(q->kind), 20);
        if (fields & Q_CUE) put_field(out, size, &first, r->text + q->cue_b, q->cue_e - q->cue_b);
        if (fields & Q_SOURCE) {
            const hewal_mention *m = q->source >= 0 ? &r->mentions[q->source] : NULL;
            put_field(out, size, &first, m ? r->text + m->b : "-", m ? m->e - m->b : 1);
        }
        if (fields & Q_CHANNEL) put_field(out, size, &first, hewal_channel_name(q->channel), 30);
        if (fields & Q_SPEAKER) {
            *who = 0;
            put_entity(r, q->source_entity, who, sizeof who);
            put_field(out, size, &first, who, sizeof who);
        }
        if (fields & Q_ADDRESSEE) {
            *who = 0;
            put_entity(r, q->addressee_entity, who, sizeof who);
            put_field(out, size, &first, who, sizeof who);
        }
        if (fields & Q_VIA) {
            *who = 0;
            for (size_t k = 0; k < q->n_via; k++) put_entity(r, q->via[k], who, sizeof who);
            if (!q->n_via) put(who, sizeof who, "-");
            put_field(out, size, &first, who, sizeof who);
        }
        if (fields & Q_WORDS) put_field(out, size, &first, r->text + q->b, q->e - q->b);
    }
    hewal_record_free(r);
}

KIT_UNUSED static void check_quotes(const example *e, size_t n, unsigned fields)
{
    char got[8000];
    for (size_t i = 0; i < n; i++) {
        quotes_of(e[i].text, fields, got, sizeof got);
        if (strcmp(got, e[i].want) != 0) fail_msg("«%s»: %s, not %s", e[i].text, got, e[i].want);
    }
}
#define CHECK_QUOTES(fields, list) check_quotes(list, sizeof(list) / sizeof *(list), fields)

/* A megabyte of each piece: a sound record, and twice the text in no more than about three times the time. */
KIT_UNUSED static void check_linear(const char *const *pieces, size_t n_pieces)
{
    const size_t full = 1 << 20;
    for (size_t k = 0; k < n_pieces; k++) {
        double took[2];
        for (int half = 1; half >= 0; half--) {
            size_t n;
            char *s = kit_repeat(pieces[k], full >> half, &n);
            hewal_record *r = NULL;
            double from = kit_cpu_seconds();
            assert_int_equal(hewal_annotate(kit_model, s, n, NULL, &r, NULL), HEWAL_OK);
            took[half] = kit_cpu_seconds() - from;
            check_record(r);
            hewal_record_free(r);
            free(s);
        }
        if (took[0] > 3.2 * took[1] + 0.3) fail_msg("«%s»: %.2f s, and %.2f s for half of it", pieces[k], took[0], took[1]);
    }
}
#define CHECK_LINEAR(list) check_linear(list, sizeof(list) / sizeof *(list))
#endif
