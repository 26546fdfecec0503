/* In: an article and its record. Out: its text as HTML paragraphs, quotes shaded by who speaks, names linked, times and numbers
 * and triggers of events marked; for the pages of the server and for the report.
 *
 * What is found may overlap in any way, and HTML wants it nested: everything is cut at the ends of paragraphs, and what would
 * reach over the end of what it begins in is cut there and goes on behind it. */
#include "serve/marked.h"

#include <stdlib.h>
#include <string.h>

typedef enum { QUOTE, CUE, ROLE, NAME, TIME, NUMBER, TRIGGER } kind;

typedef struct {
    uint32_t b, e;
    uint8_t kind; /* of two on the same words the lower is outside */
    bool first;   /* of its pieces: carries the anchor */
    uint32_t i;   /* which one */
} span;

typedef struct {
    span *v;
    size_t n, cap;
    bool failed;
} spans;

static span *insert(spans *s, size_t at, span x)
{
    if (s->n == s->cap) {
        size_t cap = s->cap ? s->cap * 2 : 64;
        span *p = realloc(s->v, cap * sizeof *p);
        if (!p) {
            s->failed = true;
            return NULL;
        }
        s->v = p;
        s->cap = cap;
    }
    memmove(s->v + at + 1, s->v + at, (s->n - at) * sizeof *s->v);
    s->n++;
    s->v[at] = x;
    return &s->v[at];
}

/* Adds b..e, a piece for each line. */
static void add(spans *s, const hewal_record *r, uint32_t b, uint32_t e, kind k, size_t i)
{
    bool first = true;
    if (e > r->text_len) return;
    while (b < e) {
        const char *nl = memchr(r->text + b, '\n', e - b);
        uint32_t end = nl ? (uint32_t)(nl - r->text) : e;
        if (end > b) {
            insert(s, s->n, (span){b, end, (uint8_t)k, first, (uint32_t)i});
            first = false;
        }
        b = end + 1;
    }
}

static int by_place(const void *x, const void *y)
{
    const span *a = x, *b = y;
    if (a->b != b->b) return a->b < b->b ? -1 : 1;
    if (a->e != b->e) return a->e > b->e ? -1 : 1;
    return a->kind != b->kind ? (a->kind < b->kind ? -1 : 1) : a->i < b->i ? -1 : a->i > b->i;
}

static void gather(spans *s, const hewal_record *r)
{
    for (size_t i = 0; i < r->n_quotes; i++) {
        add(s, r, r->quotes[i].b, r->quotes[i].e, QUOTE, i);
        if (r->quotes[i].cue_e > r->quotes[i].cue_b) add(s, r, r->quotes[i].cue_b, r->quotes[i].cue_e, CUE, i);
    }
    for (size_t i = 0; i < r->n_mentions; i++)
        add(s, r, r->mentions[i].b, r->mentions[i].e, r->mentions[i].type == HEWAL_ROLE ? ROLE : NAME, i);
    for (size_t i = 0; i < r->n_times; i++) add(s, r, r->times[i].b, r->times[i].e, TIME, i);
    for (size_t i = 0; i < r->n_quantities; i++) add(s, r, r->quantities[i].b, r->quantities[i].e, NUMBER, i);
    for (size_t i = 0; i < r->n_events; i++) add(s, r, r->events[i].b, r->events[i].e, TRIGGER, i);
    if (s->n) qsort(s->v, s->n, sizeof *s->v, by_place);
    for (size_t i = 1; i < s->n; i++) /* an anchor stands once */
        if (s->v[i].b == s->v[i - 1].b && s->v[i].e == s->v[i - 1].e && s->v[i].kind == s->v[i - 1].kind) s->v[i].first = false;
}

uint8_t *hw_speaker_colours(const hewal_record *r)
{
    uint8_t *c = calloc(r->n_entities + 1, 1), next = 0;
    for (size_t i = 0; c && i < r->n_quotes; i++) {
        int32_t e = r->quotes[i].source_entity;
        if (e >= 0 && (size_t)e < r->n_entities && !c[e]) c[e] = (uint8_t)(next++ % 8 + 1);
    }
    return c;
}

/* ---- tags --------------------------------------------------------------------------------------------------------- */

static const hewal_entity *entity(const hewal_record *r, int32_t i)
{
    return i >= 0 && (size_t)i < r->n_entities ? &r->entities[i] : NULL;
}

static void put_text(hw_buf *b, const char *s)
{
    if (s) hw_put_html(b, s, strlen(s));
}

static void put_title(hw_buf *b, const hw_marking *m, const hewal_entity *e)
{
    if (e) put_text(b, m->name_of(m->ctx, e));
}

static void put_said(hw_buf *b, const hw_marking *m, const char *group, const char *word)
{
    put_text(b, m->say(m->ctx, group, word));
}

static void open_quote(hw_buf *b, const hw_stored *a, const span *s, const hw_marking *m)
{
    const hewal_quote *q = &a->record.quotes[s->i];
    const hewal_entity *e = entity(&a->record, q->source_entity);
    hw_putf(b, "<span class=\"q q%d\"", e ? m->colour_of[q->source_entity] : 0);
    if (s->first) hw_putf(b, " id=\"q%u-%u\"", q->b, q->e);
    hw_puts(b, " title=\"");
    put_title(b, m, e);
    hw_puts(b, e ? ": " : "");
    put_said(b, m, "kind", hewal_kind_name(q->kind));
    put_said(b, m, "list", "comma");
    put_said(b, m, "channel", hewal_channel_name(q->channel));
    hw_puts(b, "\">");
}

static const char *const type_class[] = {"per", "org", "loc", "role"};

/* Returns what closes it. */
static const char *open_name(hw_buf *b, const hw_stored *a, const span *s, bool in_link, const hw_marking *k)
{
    const hewal_mention *m = &a->record.mentions[s->i];
    const hewal_entity *e = entity(&a->record, m->entity);
    if (s->kind == ROLE || !e || in_link) {
        hw_putf(b, "<span class=\"%s\" title=\"", type_class[m->type]);
        put_title(b, k, e);
        hw_puts(b, "\">");
        return "</span>";
    }
    hw_putf(b, "<a class=\"%s\" href=\"", type_class[m->type]);
    k->put_href(b, k->ctx, e->type, a->entity_ids[m->entity]);
    hw_puts(b, "\" title=\"");
    put_title(b, k, e);
    hw_puts(b, "\">");
    return "</a>";
}

/* Whether HTML's datetime takes it: a day, a month, a year. */
static bool is_day(const char *s)
{
    size_t n = strlen(s);
    return (n == 4 || n == 7 || n == 10) && strspn(s, "0123456789-") == n;
}

static void open_time(hw_buf *b, const hewal_time *t)
{
    const char *value = t->value ? t->value : "";
    hw_puts(b, "<time");
    if (is_day(value)) {
        hw_puts(b, " datetime=\"");
        put_text(b, value);
        hw_putc(b, '"');
    }
    hw_puts(b, " title=\"");
    put_text(b, value);
    hw_puts(b, "\">");
}

static void open_trigger(hw_buf *b, const hewal_event *v, const span *s, const hw_marking *m)
{
    hw_puts(b, "<span class=\"ev\"");
    if (s->first) hw_putf(b, " id=\"v%u-%u\"", v->b, v->e);
    hw_puts(b, " title=\"");
    put_said(b, m, "event", hewal_event_type_name(v->type));
    put_said(b, m, "list", "comma");
    put_said(b, m, "status", hewal_event_status_name(v->status));
    hw_puts(b, "\">");
}

static const char *open_span(hw_buf *b, const hw_stored *a, const span *s, bool in_link, const hw_marking *m)
{
    const hewal_record *r = &a->record;
    switch ((kind)s->kind) {
    case QUOTE: open_quote(b, a, s, m); break;
    case CUE: hw_puts(b, "<span class=\"cue\">"); break;
    case ROLE:
    case NAME: return open_name(b, a, s, in_link, m);
    case TIME: open_time(b, &r->times[s->i]); return "</time>";
    case NUMBER: hw_putf(b, "<span class=\"n\" title=\"%.10g\">", r->quantities[s->i].value); break;
    case TRIGGER: open_trigger(b, &r->events[s->i], s, m); break;
    }
    return "</span>";
}

/* ---- the text ----------------------------------------------------------------------------------------------------- */

enum { DEPTH = 64 };
typedef struct {
    struct { uint32_t e; const char *close; } v[DEPTH]; /* what is open */
    unsigned n;
    uint32_t at; /* written up to here */
} opened;

/* Cuts the span at place i of the list at `end`: the rest of it goes on there. */
static void cut_at(spans *s, size_t i, uint32_t end)
{
    span rest = s->v[i];
    rest.b = end;
    rest.first = false;
    s->v[i].e = end;
    size_t at = i + 1;
    while (at < s->n && by_place(&s->v[at], &rest) < 0) at++;
    insert(s, at, rest);
}

static void write_to(hw_buf *b, const hewal_record *r, opened *o, uint32_t to)
{
    if (to > o->at) hw_put_html(b, r->text + o->at, to - o->at);
    o->at = to > o->at ? to : o->at;
}

static void close_before(hw_buf *b, const hewal_record *r, opened *o, uint32_t place)
{
    while (o->n && o->v[o->n - 1].e <= place) {
        o->n--;
        write_to(b, r, o, o->v[o->n].e);
        hw_puts(b, o->v[o->n].close);
    }
}

static bool link_open(const opened *o)
{
    for (unsigned i = 0; i < o->n; i++)
        if (!strcmp(o->v[i].close, "</a>")) return true;
    return false;
}

/* The line b..e with the spans from *next on that begin in it. */
static void put_line(hw_buf *b, const hw_stored *a, spans *s, size_t *next, uint32_t from, uint32_t to, const hw_marking *m)
{
    const hewal_record *r = &a->record;
    opened o = {.at = from};
    for (; *next < s->n && s->v[*next].b < to && !s->failed; ++*next) {
        close_before(b, r, &o, s->v[*next].b);
        if (o.n == DEPTH) continue;
        if (o.n && s->v[*next].e > o.v[o.n - 1].e) cut_at(s, *next, o.v[o.n - 1].e);
        const span *x = &s->v[*next];
        write_to(b, r, &o, x->b);
        o.v[o.n].close = open_span(b, a, x, link_open(&o), m);
        o.v[o.n++].e = x->e;
    }
    close_before(b, r, &o, to);
    write_to(b, r, &o, to);
}

bool hw_put_marked(hw_buf *b, const hw_stored *a, const hw_marking *m)
{
    const hewal_record *r = &a->record;
    spans s = {0};
    size_t next = 0;
    gather(&s, r);
    for (uint32_t from = 0; from < r->text_len;) {
        const char *nl = memchr(r->text + from, '\n', r->text_len - from);
        uint32_t to = nl ? (uint32_t)(nl - r->text) : (uint32_t)r->text_len;
        if (to > from) {
            if (m->before) m->before(b, m->ctx, from, to);
            hw_puts(b, "<p dir=\"auto\">");
            put_line(b, a, &s, &next, from, to, m);
            hw_puts(b, "</p>\n");
            if (m->behind) m->behind(b, m->ctx, from, to);
        }
        from = to + 1;
    }
    free(s.v);
    return !s.failed;
}
