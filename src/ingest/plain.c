/* In: a plain text, with or without header lines. Out: an article. */
#include "base/buf.h"
#include "base/err.h"
#include "ingest/parts.h"

#include <string.h>
#include <strings.h>

static bool is_key(char c)
{
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_' || c == '-';
}

/* The part that a header key fills; NULL when it is none of ours. */
static hw_slice *part_of(hw_parts *p, hw_slice key)
{
    const struct { const char *name; hw_slice *at; } known[] = {
        {"id", &p->id}, {"title", &p->title}, {"published", &p->published}, {"date", &p->published}, {"outlet", &p->outlet},
        {"publisher", &p->outlet}, {"url", &p->url}, {"link", &p->url}, {"source", &p->source}};
    for (size_t i = 0; i < sizeof known / sizeof *known; i++)
        if (strlen(known[i].name) == key.n && !strncasecmp(known[i].name, key.s, key.n)) return known[i].at;
    return NULL;
}

static void keep(hewal_string *extra, hw_slice key, hw_slice value)
{
    static const char *const own[] = {"hewal", "text", "entities", "mentions", "times", "quantities", "quotes", "events", "published_inferred", "error"};
    for (size_t i = 0; i < sizeof own / sizeof *own; i++)
        if (strlen(own[i]) == key.n && !memcmp(own[i], key.s, key.n)) return;
    hw_buf b = hw_buf_on(extra);
    if (extra->len) hw_putc(&b, ',');
    hw_put_json(&b, key.s, key.n);
    hw_putc(&b, ':');
    hw_put_json(&b, value.s, value.n);
}

/* Reads the head: lines `key: value`, the first of them with a key of ours, up to an empty line. How many bytes it and the
 * empty line are; 0 when there is no head. */
static size_t read_head(const char *s, size_t n, hw_parts *p)
{
    size_t at = 0;
    while (at < n) {
        const char *nl = memchr(s + at, '\n', n - at);
        size_t end = nl ? (size_t)(nl - s) : n;
        hw_slice line = hw_trim((hw_slice){s + at, end - at});
        if (!line.n) return at ? (nl ? end + 1 : n) : 0;
        size_t k = 0;
        while (k < line.n && k < 32 && is_key(line.s[k])) k++;
        if (!k || k == line.n || line.s[k] != ':') return 0;
        hw_slice key = {line.s, k}, value = hw_trim((hw_slice){line.s + k + 1, line.n - k - 1});
        hw_slice *part = part_of(p, key);
        if (!part && !at) return 0;
        if (!part) keep(p->extra, key, value);
        else if (!part->n) *part = value;
        at = nl ? end + 1 : n;
    }
    return 0; /* a head and nothing else is a text */
}

hewal_status hw_plain_article(hw_article **out, const char *s, size_t n, const char *path, hewal_error *err)
{
    hewal_string extra = {0};
    hw_parts p = {.path = path, .extra = &extra};
    size_t head = read_head(s, n, &p);
    if (!head) {
        hewal_string_free(&extra);
        p = (hw_parts){.path = path, .extra = &extra};
    }
    p.text = (hw_slice){s + head, n - head};
    while (p.text.n && hw_is_space(p.text.s[p.text.n - 1])) p.text.n--;
    if (head)
        while (p.text.n && hw_is_space(p.text.s[0])) p.text.s++, p.text.n--;
    hewal_status st = hw_article_make(out, &p, err);
    hewal_string_free(&extra);
    return st;
}
