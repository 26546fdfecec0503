/* In: what is known of an article. Out: an entry of a bibliography. */
#include "formats/formats.h"

#include "base/hash.h"
#include <string.h>

/* Text inside braces: what BibTeX or TeX would take for its own is escaped; braces that do not match would end the field. */
static void put_text(hw_buf *b, const char *s)
{
    for (; *s; s++) {
        switch (*s) {
        case '\\': hw_puts(b, "\\textbackslash{}"); break;
        case '~': hw_puts(b, "\\textasciitilde{}"); break;
        case '^': hw_puts(b, "\\textasciicircum{}"); break;
        case '{': case '}': case '%': case '&': case '#': case '_': case '$':
            hw_putc(b, '\\');
            hw_putc(b, *s);
            break;
        case '\n': case '\r': case '\t': hw_putc(b, ' '); break;
        default: hw_putc(b, *s);
        }
    }
}

static void put_field(hw_buf *b, const char *name, const char *value, bool whole)
{
    if (!value || !*value) return;
    hw_putf(b, ",\n  %s = %s", name, whole ? "{{" : "{");
    put_text(b, value);
    hw_puts(b, whole ? "}}" : "}");
}

/* An address is taken as it stands (url.sty), but for what would end the field. */
static void put_url(hw_buf *b, const char *url)
{
    if (!url || !*url) return;
    hw_puts(b, ",\n  url = {");
    for (const char *p = url; *p; p++) {
        unsigned char c = (unsigned char)*p;
        if (c <= ' ' || c == '{' || c == '}' || c == '\\' || c == 0x7F) hw_putf(b, "%%%02X", c);
        else hw_putc(b, *p);
    }
    hw_putc(b, '}');
}

/* hewal-2021-07-26-h39abb2e888d0d1b8: letters that every BibTeX takes; an id with others is told apart by its hash. */
static void put_key(hw_buf *b, const char *id, const char *published)
{
    hw_puts(b, "hewal-");
    if (published && strlen(published) >= 10) hw_putf(b, "%.10s-", published);
    bool plain = true;
    for (const char *p = id; *p; p++) {
        bool letter = (*p >= 'a' && *p <= 'z') || (*p >= 'A' && *p <= 'Z') || (*p >= '0' && *p <= '9') || *p == '-' || *p == '.';
        if (letter) hw_putc(b, *p);
        plain = plain && letter;
    }
    if (!plain) hw_putf(b, "-%08x", (unsigned)(hw_hash(id, strlen(id)) >> 32));
}

/* The first line, where there is no title. */
static void put_first_line(hw_buf *b, const char *text)
{
    enum { MOST = 160 };
    char line[MOST + 8];
    size_t n = strcspn(text, "\r\n");
    bool cut = n > MOST;
    if (cut)
        for (n = MOST; n > 0 && ((unsigned char)text[n] & 0xC0) == 0x80;) n--;
    memcpy(line, text, n);
    memcpy(line + n, cut ? "…" : "", cut ? sizeof "…" : 1);
    put_field(b, "title", line, true);
}

bool hw_put_bibtex(hewal_string *out, const hw_article *a, const char *published)
{
    size_t before = out->len;
    hw_buf b = hw_buf_on(out);
    hw_puts(&b, "@online{");
    put_key(&b, a->id, published);
    if (a->title && *a->title) put_field(&b, "title", a->title, true);
    else put_first_line(&b, a->text);
    put_field(&b, "organization", a->outlet, true);
    if (published && strlen(published) >= 10) hw_putf(&b, ",\n  date = {%.10s},\n  year = {%.4s}", published, published);
    put_url(&b, a->url);
    put_field(&b, "note", a->id, false);
    hw_puts(&b, ",\n  langid = {kurdish}\n}\n");
    if (!hw_buf_ok(&b)) hw_buf_back(out, before);
    return hw_buf_ok(&b);
}
