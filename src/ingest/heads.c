/* In: a head of lines `Name: value`. Out: its values. */
#include "ingest/heads.h"

#include <string.h>
#include <strings.h>

size_t hw_head_end(const char *s, size_t n)
{
    for (const char *p = s, *end = s + n, *nl; (nl = memchr(p, '\n', (size_t)(end - p))) != NULL; p = nl + 1)
        if (nl == p || (nl == p + 1 && *p == '\r')) return (size_t)(nl + 1 - s);
    return 0;
}

hw_slice hw_head_value(hw_slice head, const char *name)
{
    size_t k = strlen(name);
    const char *end = head.s + head.n;
    for (const char *p = head.s; p < end;) {
        const char *nl = memchr(p, '\n', (size_t)(end - p)), *stop = nl ? nl : end;
        bool ours = (size_t)(stop - p) > k && p[k] == ':' && !strncasecmp(p, name, k);
        while (ours && nl && nl + 1 < end && (nl[1] == ' ' || nl[1] == '\t')) {
            nl = memchr(nl + 1, '\n', (size_t)(end - nl) - 1);
            stop = nl ? nl : end;
        }
        if (ours) return hw_trim((hw_slice){p + k + 1, (size_t)(stop - p) - k - 1});
        p = nl ? nl + 1 : end;
    }
    return (hw_slice){0};
}

hw_slice hw_head_type(hw_slice value)
{
    const char *semicolon = value.n ? memchr(value.s, ';', value.n) : NULL;
    return hw_trim((hw_slice){value.s, semicolon ? (size_t)(semicolon - value.s) : value.n});
}

hw_slice hw_head_parameter(hw_slice value, const char *name)
{
    size_t k = strlen(name), i = hw_head_type(value).n;
    while (i < value.n) {
        const char *semicolon = memchr(value.s + i, ';', value.n - i);
        if (!semicolon) break;
        i = (size_t)(semicolon - value.s) + 1;
        while (i < value.n && hw_is_space(value.s[i])) i++;
        if (value.n - i <= k || strncasecmp(value.s + i, name, k) != 0 || value.s[i + k] != '=') continue;
        i += k + 1;
        bool quoted = i < value.n && value.s[i] == '"';
        const char *from = value.s + i + quoted, *end = value.s + value.n;
        const char *to = quoted ? memchr(from, '"', (size_t)(end - from)) : from;
        if (!to) to = end;
        while (!quoted && to < end && *to != ';' && !hw_is_space(*to)) to++;
        return (hw_slice){from, (size_t)(to - from)};
    }
    return (hw_slice){0};
}

bool hw_slice_is(hw_slice s, const char *word)
{
    return s.n == strlen(word) && !strncasecmp(s.s, word, s.n);
}

const char *hw_slice_string(hw_slice s, char *buf, size_t size)
{
    size_t n = s.n < size - 1 ? s.n : size - 1;
    if (n) memcpy(buf, s.s, n);
    buf[n] = 0;
    return buf;
}
