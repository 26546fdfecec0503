/* In: a record. Out: one line of JSON (record-format: docs/record.md). */
#include "base/buf.h"

#include "base/utf8.h"
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static void comma(hw_buf *b, size_t i)
{
    if (i) hw_putc(b, ',');
}

static void put_ref(hw_buf *b, char letter, int32_t i)
{
    if (i < 0) hw_puts(b, "null");
    else hw_putf(b, "\"%c%d\"", letter, i + 1);
}

static void put_refs(hw_buf *b, char letter, const int32_t *v, size_t n)
{
    hw_putc(b, '[');
    for (size_t i = 0; i < n; i++) {
        comma(b, i);
        put_ref(b, letter, v[i]);
    }
    hw_putc(b, ']');
}

/* With a full stop in every locale; what is no number becomes the largest that JSON readers take. */
static void put_number(hw_buf *b, const char *fmt, double v)
{
    char s[400];
    if (!isfinite(v)) v = v < 0 ? -1e308 : 1e308;
    snprintf(s, sizeof s, fmt, v);
    for (const char *p = s; *p;) {
        size_t digits = strspn(p, "0123456789+-e");
        hw_put(b, p, digits);
        p += digits;
        if (!*p) return;
        hw_putc(b, '.');
        p += strcspn(p, "0123456789+-e");
    }
}

static void put_confidence(hw_buf *b, float c)
{
    hw_puts(b, ",\"confidence\":");
    put_number(b, "%.2f", (double)c);
}

static void put_entities(hw_buf *b, const hewal_record *r)
{
    hw_puts(b, ",\"entities\":[");
    for (size_t i = 0; i < r->n_entities; i++) {
        const hewal_entity *e = &r->entities[i];
        comma(b, i);
        hw_putf(b, "{\"id\":\"e%zu\",\"type\":\"%s\",\"name\":", i + 1, hewal_type_name(e->type));
        hw_put_json_s(b, e->name);
        hw_puts(b, ",\"name_ckb\":");
        hw_put_json_s(b, e->name_ckb);
        if (e->known) {
            hw_puts(b, ",\"known\":");
            hw_put_json_s(b, e->known);
        }
        put_confidence(b, e->confidence);
        hw_putc(b, '}');
    }
    hw_puts(b, "],\"mentions\":[");
    for (size_t i = 0; i < r->n_mentions; i++) {
        const hewal_mention *m = &r->mentions[i];
        comma(b, i);
        hw_putf(b, "{\"id\":\"m%zu\",\"b\":%u,\"e\":%u,\"type\":\"%s\",\"entity\":", i + 1, m->b, m->e, hewal_type_name(m->type));
        put_ref(b, 'e', m->entity);
        put_confidence(b, m->confidence);
        hw_putc(b, '}');
    }
    hw_putc(b, ']');
}

static void put_times(hw_buf *b, const hewal_record *r)
{
    hw_puts(b, ",\"times\":[");
    for (size_t i = 0; i < r->n_times; i++) {
        const hewal_time *t = &r->times[i];
        comma(b, i);
        hw_putf(b, "{\"id\":\"t%zu\",\"b\":%u,\"e\":%u,\"type\":\"%s\",\"value\":", i + 1, t->b, t->e, hewal_timex_name(t->type));
        hw_put_json_s(b, t->value);
        put_confidence(b, t->confidence);
        hw_putc(b, '}');
    }
    hw_puts(b, "],\"quantities\":[");
    for (size_t i = 0; i < r->n_quantities; i++) {
        const hewal_quantity *q = &r->quantities[i];
        comma(b, i);
        hw_putf(b, "{\"b\":%u,\"e\":%u,\"value\":", q->b, q->e);
        if (fabs(q->value) < 1e15 && q->value == floor(q->value)) put_number(b, "%.0f", q->value);
        else put_number(b, "%.10g", q->value);
        hw_puts(b, ",\"unit\":");
        hw_put_json_s(b, q->unit);
        put_confidence(b, q->confidence);
        hw_putc(b, '}');
    }
    hw_putc(b, ']');
}

static void put_quotes(hw_buf *b, const hewal_record *r)
{
    hw_puts(b, ",\"quotes\":[");
    for (size_t i = 0; i < r->n_quotes; i++) {
        const hewal_quote *q = &r->quotes[i];
        comma(b, i);
        hw_putf(b, "{\"id\":\"q%zu\",\"b\":%u,\"e\":%u,\"kind\":\"%s\",", i + 1, q->b, q->e, hewal_kind_name(q->kind));
        if (q->cue_e > q->cue_b) hw_putf(b, "\"cue_b\":%u,\"cue_e\":%u,\"source\":", q->cue_b, q->cue_e);
        else hw_puts(b, "\"cue_b\":null,\"cue_e\":null,\"source\":");
        put_ref(b, 'm', q->source);
        hw_puts(b, ",\"source_entity\":");
        put_ref(b, 'e', q->source_entity);
        hw_puts(b, ",\"addressee_entity\":");
        put_ref(b, 'e', q->addressee_entity);
        hw_putf(b, ",\"channel\":\"%s\",\"via_entity\":", hewal_channel_name(q->channel));
        put_refs(b, 'e', q->via, q->n_via);
        put_confidence(b, q->confidence);
        hw_putc(b, '}');
    }
    hw_putc(b, ']');
}

static void put_events(hw_buf *b, const hewal_record *r)
{
    hw_puts(b, ",\"events\":[");
    for (size_t i = 0; i < r->n_events; i++) {
        const hewal_event *v = &r->events[i];
        comma(b, i);
        hw_putf(b, "{\"id\":\"v%zu\",\"b\":%u,\"e\":%u,\"type\":\"%s\",\"mode\":", i + 1, v->b, v->e, hewal_event_type_name(v->type));
        hw_put_json_s(b, v->mode ? hewal_mode_name(v->mode) : NULL);
        hw_puts(b, ",\"actors\":");
        put_refs(b, 'e', v->actors, v->n_actors);
        hw_puts(b, ",\"targets\":");
        put_refs(b, 'e', v->targets, v->n_targets);
        hw_puts(b, ",\"place\":");
        put_ref(b, 'e', v->place);
        hw_puts(b, ",\"time\":");
        put_ref(b, 't', v->time);
        hw_putf(b, ",\"status\":\"%s\",\"in_quote\":", hewal_event_status_name(v->status));
        put_ref(b, 'q', v->in_quote);
        put_confidence(b, v->confidence);
        hw_putc(b, '}');
    }
    hw_putc(b, ']');
}

/* The text, with `?` for every broken byte: JSON must be valid, and offsets must hold in what is written too. */
static void put_text(hw_buf *b, const char *s, size_t n)
{
    size_t bad = 0;
    uint32_t cp;
    while (bad < n) {
        size_t k = hw_utf8_decode(s + bad, n - bad, &cp);
        if (cp == HW_BROKEN) break;
        bad += k;
    }
    if (bad == n) {
        hw_put_json(b, s, n);
        return;
    }
    char *copy = malloc(n);
    if (!copy) {
        b->failed = true;
        return;
    }
    memcpy(copy, s, n);
    for (size_t i = bad; i < n;) {
        size_t k = hw_utf8_decode(s + i, n - i, &cp);
        if (cp == HW_BROKEN) memset(copy + i, '?', k);
        i += k;
    }
    hw_put_json(b, copy, n);
    free(copy);
}

hewal_status hewal_record_json(const hewal_record *r, const char *id, const char *more, hewal_string *out)
{
    const size_t start = out->len;
    hw_buf b = hw_buf_on(out);
    hw_puts(&b, "{\"hewal\":1,\"id\":");
    hw_put_json_s(&b, id);
    hw_puts(&b, ",\"published\":");
    hw_put_json_s(&b, r->published);
    if (r->published_inferred) hw_puts(&b, ",\"published_inferred\":true");
    if (more && *more) {
        hw_putc(&b, ',');
        hw_puts(&b, more);
    }
    hw_puts(&b, ",\"text\":");
    put_text(&b, r->text, r->text_len);
    put_entities(&b, r);
    put_times(&b, r);
    put_quotes(&b, r);
    put_events(&b, r);
    hw_putc(&b, '}');
    if (hw_buf_ok(&b)) return HEWAL_OK;
    hw_buf_back(out, start);
    return HEWAL_ENOMEM;
}
