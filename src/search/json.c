/* In: an answer. Out: the same as JSON. */
#include "base/buf.h"
#include "search/search.h"

#include <string.h>

static void put_facets(hw_buf *b, const hw_results *r)
{
    hw_putf(b, ",\"facets\":{\"counted\":%lld", (long long)r->counted);
    for (hw_facet_kind k = 0; k < HW_N_FACETS; k++) {
        hw_putf(b, ",\"%s\":[", hw_facet_name(k));
        for (size_t i = 0; i < r->facet[k].n; i++) {
            const hw_facet_row *row = &r->facet[k].row[i];
            hw_puts(b, i ? ",{\"value\":" : "{\"value\":");
            hw_put_json_s(b, row->value);
            if (k == HW_FACET_SPEAKER) {
                hw_puts(b, ",\"name_ckb\":");
                hw_put_json_s(b, row->name_ckb);
                hw_putf(b, ",\"id\":%lld", (long long)row->id);
            }
            hw_putf(b, ",\"articles\":%lld}", (long long)row->articles);
        }
        hw_putc(b, ']');
    }
    hw_putc(b, '}');
}

/* An answer that says nothing more has nothing more. */
static void put_remarks(hw_buf *b, const hw_results *r)
{
    if (r->total) hw_putf(b, ",\"total\":%lld", (long long)r->total);
    if (r->about) hw_puts(b, ",\"about\":true");
    if (r->cut) hw_puts(b, ",\"cut\":true");
    if (r->some_words_only) hw_puts(b, ",\"some_words_only\":true");
    if (r->meant) {
        hw_puts(b, ",\"meant\":");
        hw_put_json_s(b, r->meant);
    }
    for (size_t i = 0; i < r->n_notes; i++) {
        hw_putf(b, "%s{\"at\":%u,\"note\":", i ? "," : ",\"notes\":[", r->notes[i].at);
        hw_put_json_s(b, r->notes[i].text);
        hw_puts(b, i + 1 == r->n_notes ? "}]" : "}");
    }
    if (r->counted) put_facets(b, r);
}

static void put_copies(hw_buf *b, const hw_hit *h)
{
    hw_putf(b, ",\"copies\":%lld,\"outlets\":[", (long long)h->copies);
    for (const char *s = h->outlets; s && *s;) {
        size_t n = strcspn(s, "\n");
        if (s != h->outlets) hw_putc(b, ',');
        hw_put_json(b, s, n);
        s += n + (s[n] == '\n');
    }
    hw_putc(b, ']');
}

hewal_status hw_results_json(const hw_results *r, hewal_string *out)
{
    hw_buf b = hw_buf_on(out);
    hw_puts(&b, "{\"items\":[");
    for (size_t i = 0; i < r->n; i++) {
        const hw_hit *h = &r->hits[i];
        const struct { const char *name, *value; } text[] = {{"title", h->title}, {"published", h->published}, {"outlet", h->outlet}, {"url", h->url}, {"snippet", h->snippet}};
        hw_puts(&b, i ? ",{\"id\":" : "{\"id\":");
        hw_put_json_s(&b, h->id);
        hw_putf(&b, ",\"score\":%.4f", h->score);
        for (size_t k = 0; k < sizeof text / sizeof *text; k++) {
            hw_putf(&b, ",\"%s\":", text[k].name);
            hw_put_json_s(&b, text[k].value);
        }
        hw_puts(&b, ",\"hits\":[");
        for (size_t k = 0; k < h->n_hits; k++) hw_putf(&b, "%s{\"b\":%u,\"e\":%u}", k ? "," : "", h->snippet_b + h->hits[k].b, h->snippet_b + h->hits[k].e);
        hw_puts(&b, "],\"title_hits\":[");
        for (size_t k = 0; k < h->n_title_hits; k++) hw_putf(&b, "%s{\"b\":%u,\"e\":%u}", k ? "," : "", h->title_hits[k].b, h->title_hits[k].e);
        hw_putc(&b, ']');
        if (h->some_words_only) hw_puts(&b, ",\"some_words_only\":true");
        if (h->copies) put_copies(&b, h);
        hw_putc(&b, '}');
    }
    hw_puts(&b, "],\"next\":");
    hw_put_json_s(&b, r->next[0] ? r->next : NULL);
    put_remarks(&b, r);
    hw_putc(&b, '}');
    return hw_buf_ok(&b) ? HEWAL_OK : HEWAL_ENOMEM;
}
