/* In: a query. Out: an Atom feed (RFC 4287) of what answers it: articles found, quotes, events, articles; the newest first, but for
 * search the best first. */
#include "serve/handlers.h"

#include "base/sha256.h"
#include "base/utf8.h"
#include <string.h>

enum { ENTRIES = 30, TITLE_BYTES = 160 };

/* ---- XML ------------------------------------------------------------------------------------------------------------ */

/* Text and attributes. What XML cannot hold becomes U+FFFD. */
static void put_xml(hw_buf *b, const char *s)
{
    size_t n = s ? strlen(s) : 0;
    for (size_t i = 0; i < n;) {
        uint32_t cp;
        size_t k = hw_utf8_decode(s + i, n - i, &cp);
        if (cp == '&') hw_puts(b, "&amp;");
        else if (cp == '<') hw_puts(b, "&lt;");
        else if (cp == '>') hw_puts(b, "&gt;");
        else if (cp == '"') hw_puts(b, "&quot;");
        else if (cp == HW_BROKEN || (cp < 0x20 && cp != '\t' && cp != '\n' && cp != '\r') || cp == 0xFFFE || cp == 0xFFFF) hw_puts(b, "\xEF\xBF\xBD");
        else hw_put(b, s + i, k);
        i += k;
    }
}

static void put_element(hw_buf *b, const char *name, const char *text)
{
    hw_putf(b, "<%s>", name);
    put_xml(b, text);
    hw_putf(b, "</%s>\n", name);
}

/* The same for ever, wherever the store is served. */
static void put_id(hw_buf *b, const char *kind, const char *what)
{
    unsigned char h[32];
    hw_sha256 s;
    hw_sha256_begin(&s);
    hw_sha256_add(&s, kind, strlen(kind) + 1);
    hw_sha256_add(&s, what, strlen(what));
    hw_sha256_end(&s, h);
    h[6] = (unsigned char)((h[6] & 0x0F) | 0x80); /* RFC 9562, version 8 */
    h[8] = (unsigned char)((h[8] & 0x3F) | 0x80);
    hw_puts(b, "<id>urn:uuid:");
    for (int i = 0; i < 16; i++) hw_putf(b, "%s%02x", i == 4 || i == 6 || i == 8 || i == 10 ? "-" : "", h[i]);
    hw_puts(b, "</id>\n");
}

/* The article's day; of one without a date the beginning of time, for a feed must have something. */
static const char *day_of(const char *published)
{
    bool whole = published && strlen(published) >= 10;
    for (int i = 0; whole && i < 10; i++) whole = i == 4 || i == 7 ? published[i] == '-' : published[i] >= '0' && published[i] <= '9';
    return whole ? published : "1970-01-01";
}

/* The beginning of a text, cut between words. */
static const char *title_of(hw_arena *a, const char *s)
{
    size_t n = strlen(s);
    if (n <= TITLE_BYTES) return s;
    for (n = TITLE_BYTES; n && s[n] != ' ' && s[n] != '\n';) n--;
    if (!n)
        for (n = TITLE_BYTES; n && ((unsigned char)s[n] & 0xC0) == 0x80;) n--;
    return hw_sprintf(a, "%.*s\xE2\x80\xA6", (int)n, s);
}

/* ---- feeds ---------------------------------------------------------------------------------------------------------- */

typedef struct {
    hw_request *rq;
    hw_buf entries;
    hewal_string text;
    char latest[11];
    size_t n;
} feed;

/* One entry. `id` is what it is of its kind; `article` may be linked to. */
static void put_entry(feed *f, const char *kind, const char *id, const char *title, const char *summary, const hw_article_ref *a)
{
    hw_buf *b = &f->entries;
    const char *day = day_of(a->published);
    if (strncmp(day, f->latest, 10) > 0) memcpy(f->latest, day, 10);
    f->n++;
    hw_puts(b, "<entry>\n");
    put_id(b, kind, id);
    put_element(b, "title", title_of(&f->rq->arena, title && *title ? title : a->id));
    hw_putf(b, "<updated>%.10sT00:00:00Z</updated>\n", day);
    hw_putf(b, "<link rel=\"alternate\" type=\"text/html\" href=\"%s/articles/", f->rq->origin);
    hw_put_encoded(b, a->id);
    hw_puts(b, "\"/>\n");
    if (a->url && (!strncmp(a->url, "https://", 8) || !strncmp(a->url, "http://", 7)) && !a->url[strcspn(a->url, " \t\r\n\"<>\\^`{|}")]) {
        hw_puts(b, "<link rel=\"via\" href=\"");
        put_xml(b, a->url);
        hw_puts(b, "\"/>\n");
    }
    if (a->outlet) {
        hw_puts(b, "<author><name>");
        put_xml(b, a->outlet);
        hw_puts(b, "</name></author>\n");
    }
    hw_puts(b, "<summary>");
    put_xml(b, summary);
    hw_puts(b, "</summary>\n</entry>\n");
}

static void begin(feed *f, hw_request *rq)
{
    *f = (feed){.rq = rq, .latest = "1970-01-01"};
    f->entries = hw_buf_on(&f->text);
}

/* Puts the head before the entries. */
static void end(feed *f, hw_response *rs, const char *title)
{
    hw_buf b = hw_buf_on(&rs->body);
    rs->type = "application/atom+xml; charset=utf-8";
    hw_puts(&b, "<?xml version=\"1.0\" encoding=\"utf-8\"?>\n<feed xmlns=\"http://www.w3.org/2005/Atom\">\n");
    put_id(&b, "feed", hw_target_with(f->rq, "", NULL));
    hw_puts(&b, "<title>");
    put_xml(&b, title);
    for (unsigned i = 0; i < f->rq->n_given; i++) {
        hw_puts(&b, i ? ", " : ": ");
        put_xml(&b, f->rq->given[i].name);
        hw_putc(&b, ' ');
        put_xml(&b, f->rq->given[i].value);
    }
    hw_putf(&b, "</title>\n<updated>%.10sT00:00:00Z</updated>\n<author><name>hewal</name></author>\n<generator version=\"%s\">hewal</generator>\n", f->latest, HEWAL_VERSION);
    hw_putf(&b, "<link rel=\"self\" type=\"application/atom+xml\" href=\"%s", f->rq->origin);
    put_xml(&b, hw_target_with(f->rq, "", NULL));
    hw_puts(&b, "\"/>\n");
    if (hw_buf_ok(&f->entries)) hw_put(&b, f->text.s ? f->text.s : "", f->text.len);
    hw_puts(&b, "</feed>\n");
    if (!hw_buf_ok(&b) || !hw_buf_ok(&f->entries)) hw_refuse(rs, 503, NULL, "out of memory");
}

/* ---- what they are of ----------------------------------------------------------------------------------------------- */

void hw_atom_search(hw_request *rq, hw_response *rs)
{
    feed f;
    hw_results *r = hw_search_run(rq, rs, hw_limit_read(rq, ENTRIES));
    if (!r) return;
    begin(&f, rq);
    for (size_t i = 0; i < r->n; i++) {
        const hw_hit *h = &r->hits[i];
        put_entry(&f, "article", h->id, h->title, h->snippet, &(hw_article_ref){.id = h->id, .title = h->title, .published = h->published, .outlet = h->outlet, .url = h->url});
    }
    end(&f, rs, "hewal: search");
    hw_results_free(r);
    hewal_string_free(&f.text);
}

typedef hewal_status (*open_fn)(hw_store *s, const hw_filter *f, hw_cursor **out, hewal_error *err);
typedef bool (*entry_fn)(feed *f, hw_cursor *c);

static bool quote_entry(feed *f, hw_cursor *c)
{
    hw_quote_row q;
    if (!hw_next_quote(c, &q)) return false;
    const char *who = hw_ref_name(&q.speaker);
    hw_arena *a = &f->rq->arena;
    /* By what it is, not by its number: that changes when the article is read again. */
    put_entry(f, "quote", hw_sprintf(a, "%s %u %u", q.article.id, q.b, q.e), who ? hw_sprintf(a, "%s: %s", who, q.text) : q.text, q.sentence, &q.article);
    return true;
}

static bool event_entry(feed *f, hw_cursor *c)
{
    hw_event_row v;
    if (!hw_next_event(c, &v)) return false;
    hw_arena *a = &f->rq->arena;
    put_entry(f, "event", hw_sprintf(a, "%s %u %u", v.article.id, v.b, v.e), hw_sprintf(a, "%s %s", v.date, v.type), v.sentence, &v.article);
    return true;
}

static bool article_entry(feed *f, hw_cursor *c)
{
    hw_article_ref r;
    if (!hw_next_article(c, &r, NULL)) return false;
    put_entry(f, "article", r.id, r.title, r.title ? r.title : "", &r);
    return true;
}

static void list(hw_request *rq, hw_response *rs, open_fn open, entry_fn entry, const char *title)
{
    feed f;
    hw_filter filter;
    hewal_error err;
    size_t most = hw_limit_read(rq, ENTRIES);
    if (!hw_filter_read(rq, rs, &filter)) return;
    if (open(rq->store, &filter, &rq->cursor, &err) != HEWAL_OK) {
        hw_refuse_error(rs, &err);
        return;
    }
    begin(&f, rq);
    while (f.n < most && entry(&f, rq->cursor)) {}
    if (hw_cursor_error(rq->cursor, &err) != HEWAL_OK) hw_refuse_error(rs, &err);
    else end(&f, rs, title);
    hewal_string_free(&f.text);
}

void hw_atom_quotes(hw_request *rq, hw_response *rs) { list(rq, rs, hw_store_quotes, quote_entry, "hewal: quotes"); }
void hw_atom_events(hw_request *rq, hw_response *rs) { list(rq, rs, hw_store_events, event_entry, "hewal: events"); }
void hw_atom_articles(hw_request *rq, hw_response *rs) { list(rq, rs, hw_store_articles, article_entry, "hewal: articles"); }
