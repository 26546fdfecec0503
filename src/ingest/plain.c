/* In: a plain text, with or without header lines. Out: an article. */
#include "base/buf.h"
#include "base/err.h"
#include "ingest/parts.h"

#include <stdio.h>
#include <string.h>

static bool is_key(char c)
{
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_' || c == '-';
}

static void keep(hewal_string *extra, hw_slice key, hw_slice value)
{
    char name[33];
    if (hw_is_own_member(key)) return;
    snprintf(name, sizeof name, "%.*s", (int)key.n, key.s);
    hw_carry(extra, name, value.s, value.n);
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
        hw_slice *part = hw_part_called(p, key);
        if (!part && !at) return 0;
        if (!part) keep(p->extra, key, value);
        else if (!part->n) *part = value;
        at = nl ? end + 1 : n;
    }
    return 0; /* a head and nothing else is a text */
}

static hewal_status next(hw_file *f, hw_article **out, hewal_error *err)
{
    const char *s;
    size_t n;
    if (f->articles) return HEWAL_OK;
    f->ended = true;
    hewal_status st = hw_file_text(f, "a text", &s, &n, err);
    if (st != HEWAL_OK) return st;
    hewal_string extra = {0};
    hw_parts p = {.path = f->name, .extra = &extra};
    size_t head = read_head(s, n, &p);
    if (!head) {
        hewal_string_free(&extra);
        p = (hw_parts){.path = f->name, .extra = &extra};
    }
    p.text = (hw_slice){s + head, n - head};
    while (p.text.n && hw_is_space(p.text.s[p.text.n - 1])) p.text.n--;
    if (head)
        while (p.text.n && hw_is_space(p.text.s[0])) p.text.s++, p.text.n--;
    st = hw_article_make(out, &p, err);
    hewal_string_free(&extra);
    return st;
}

static bool is(const hw_look *l)
{
    (void)l;
    return true;
}

const hw_format hw_plain = {.name = "plain text", .is = is, .next = next};
