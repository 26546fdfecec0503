/* In: pieces of text. Out: one growing string, plain or escaped for JSON, CSV or HTML. */
#include "base/buf.h"

#include "base/utf8.h"
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static bool reserve(hw_buf *b, size_t n)
{
    hewal_string *s = b->str;
    if (b->failed) return false;
    if (n < s->cap - s->len && s->cap) return true;
    size_t cap = s->cap ? s->cap : 256;
    while (cap - s->len <= n) {
        if (cap > SIZE_MAX / 2) {
            b->failed = true;
            return false;
        }
        cap *= 2;
    }
    char *p = realloc(s->s, cap);
    if (!p) {
        b->failed = true;
        return false;
    }
    s->s = p;
    s->cap = cap;
    return true;
}

void hw_put(hw_buf *b, const char *s, size_t n)
{
    if (!reserve(b, n)) return;
    if (n) memcpy(b->str->s + b->str->len, s, n);
    b->str->len += n;
    b->str->s[b->str->len] = 0;
}

void hw_puts(hw_buf *b, const char *s)
{
    hw_put(b, s, strlen(s));
}

void hw_putc(hw_buf *b, char c)
{
    hw_put(b, &c, 1);
}

void hw_putf(hw_buf *b, const char *fmt, ...)
{
    char small[256];
    va_list ap, ap2;
    va_start(ap, fmt);
    va_copy(ap2, ap);
    int n = vsnprintf(small, sizeof small, fmt, ap);
    va_end(ap);
    if (n >= 0 && (size_t)n < sizeof small) {
        hw_put(b, small, (size_t)n);
    } else if (n >= 0 && reserve(b, (size_t)n)) {
        vsnprintf(b->str->s + b->str->len, (size_t)n + 1, fmt, ap2);
        b->str->len += (size_t)n;
    }
    va_end(ap2);
}

typedef const char *(*escape_fn)(unsigned char c, char tmp[8]);

/* Copies runs that need no escape at once; broken bytes become U+FFFD. */
static void put_escaped(hw_buf *b, const char *s, size_t n, escape_fn escape)
{
    size_t run = 0, i = 0;
    char tmp[8];
    while (i < n) {
        unsigned char c = (unsigned char)s[i];
        if (c < 0x80) {
            const char *esc = escape(c, tmp);
            if (esc) {
                hw_put(b, s + run, i - run);
                hw_puts(b, esc);
                run = i + 1;
            }
            i++;
            continue;
        }
        uint32_t cp;
        size_t k = hw_utf8_decode(s + i, n - i, &cp);
        if (cp == HW_BROKEN) {
            hw_put(b, s + run, i - run);
            hw_puts(b, "\xEF\xBF\xBD");
            run = i + k;
        }
        i += k;
    }
    hw_put(b, s + run, n - run);
}

static const char *json_escape(unsigned char c, char tmp[8])
{
    switch (c) {
    case '"': return "\\\"";
    case '\\': return "\\\\";
    case '\n': return "\\n";
    case '\r': return "\\r";
    case '\t': return "\\t";
    default:
        if (c >= 0x20 && c != 0x7F) return NULL;
        snprintf(tmp, 8, "\\u%04x", c);
        return tmp;
    }
}

/* NOLINTNEXTLINE(readability-non-const-parameter): it is an escape_fn */
static const char *html_escape(unsigned char c, char tmp[8])
{
    (void)tmp;
    switch (c) {
    case '&': return "&amp;";
    case '<': return "&lt;";
    case '>': return "&gt;";
    case '"': return "&quot;";
    case '\'': return "&#39;";
    default: return c < 0x20 && c != '\n' && c != '\t' ? " " : NULL;
    }
}

void hw_put_json(hw_buf *b, const char *s, size_t n)
{
    hw_putc(b, '"');
    put_escaped(b, s, n, json_escape);
    hw_putc(b, '"');
}

void hw_put_json_s(hw_buf *b, const char *s)
{
    if (s) hw_put_json(b, s, strlen(s));
    else hw_puts(b, "null");
}

void hw_put_html(hw_buf *b, const char *s, size_t n)
{
    put_escaped(b, s, n, html_escape);
}

void hw_put_csv(hw_buf *b, const char *s, size_t n)
{
    bool quote = false;
    for (size_t i = 0; i < n && !quote; i++) quote = s[i] == '"' || s[i] == ',' || s[i] == '\n' || s[i] == '\r';
    if (!quote) {
        hw_put(b, s, n);
        return;
    }
    hw_putc(b, '"');
    for (size_t i = 0; i < n; i++) {
        if (s[i] == '"') hw_putc(b, '"');
        hw_putc(b, s[i]);
    }
    hw_putc(b, '"');
}

void hewal_string_free(hewal_string *s)
{
    if (!s) return;
    free(s->s);
    *s = (hewal_string){0};
}
