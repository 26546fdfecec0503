/* In: a mail. Out: an article. The parts of MIME are walked to a bounded depth; of the same text in several forms the plain
 * one is taken. Our own code, since the library there is for it brings GLib and GnuPG along for what these lines do. */
#include "ingest/mail.h"

#include "base/buf.h"
#include "base/err.h"
#include "ingest/heads.h"
#include <stdlib.h>
#include <string.h>
#include <strings.h>

enum { MAX_DEPTH = 12, MAX_PARTS = 2000 };

typedef struct {
    hewal_string plain, html; /* what was found */
    unsigned parts;
    bool ok;
} mail;

static void walk(mail *m, const char *s, size_t n, unsigned depth);

/* "format=flowed": a line that ends in a space goes on in the next. */
static void unflow(hewal_string *s)
{
    size_t k = 0, from = 0;
    for (size_t i = 0; i < s->len; i++) {
        if (s->s[i] == '\r' && i + 1 < s->len && s->s[i + 1] == '\n') continue;
        bool goes_on = s->s[i] == '\n' && k > from && s->s[k - 1] == ' ' && !(k - from == 3 && !memcmp(s->s + from, "-- ", 3));
        if (goes_on) continue;
        s->s[k++] = s->s[i];
        if (s->s[k - 1] == '\n') from = k;
    }
    s->len = k;
    if (s->s) s->s[k] = 0;
}

/* A part's bytes as they were before they were sent; *out is used only where *coded. */
static bool decode(hw_slice coding, const char *s, size_t n, hewal_string *out, bool *coded)
{
    *coded = true;
    if (hw_slice_is(coding, "base64")) return hw_mail_base64(s, n, out);
    if (hw_slice_is(coding, "quoted-printable")) return hw_mail_quoted(s, n, false, out);
    *coded = false;
    return true;
}

/* A text as UTF-8. */
static bool to_utf8(const char *charset, const char *s, size_t n, hewal_string *out)
{
    if (!hw_is_utf8(s, n) && hw_charset_known(charset) && !hw_charset_utf8(charset)) return hw_recode(charset, s, n, "", out, NULL) == HEWAL_OK;
    if (hw_mend_utf8(s, n, out)) return true;
    hw_buf b = hw_buf_on(out);
    hw_put(&b, s, n);
    return hw_buf_ok(&b);
}

static void add_line_end(hewal_string *s)
{
    hw_buf b = hw_buf_on(s);
    if (s->len && s->s[s->len - 1] != '\n') hw_putc(&b, '\n');
}

static void take_text(mail *m, hw_slice head, hw_slice type, const char *s, size_t n, bool html)
{
    char charset[24];
    hewal_string decoded = {0}, text = {0};
    bool coded;
    hw_slice_string(hw_head_parameter(type, "charset"), charset, sizeof charset);
    m->ok = m->ok && decode(hw_head_value(head, "Content-Transfer-Encoding"), s, n, &decoded, &coded);
    if (coded) s = decoded.s ? decoded.s : "", n = decoded.len;
    if (n > HW_MAX_FILE) n = HW_MAX_FILE + 1; /* too long: it will be refused */
    m->ok = m->ok && to_utf8(charset, s, n, &text);
    if (!html && hw_slice_is(hw_head_parameter(type, "format"), "flowed")) unflow(&text);
    hewal_string *to = html ? &m->html : &m->plain;
    add_line_end(to);
    if (html) m->ok = m->ok && hw_fragment_text(text.s ? text.s : "", text.len, to);
    else {
        hw_buf b = hw_buf_on(to);
        hw_put(&b, text.s, text.len);
        m->ok = m->ok && hw_buf_ok(&b);
    }
    hewal_string_free(&decoded);
    hewal_string_free(&text);
}

/* The parts between the lines --boundary. */
static void walk_parts(mail *m, hw_slice boundary, const char *s, size_t n, unsigned depth)
{
    const char *end = s + n, *part = NULL;
    for (const char *line = s; line < end && m->parts < MAX_PARTS;) {
        const char *nl = memchr(line, '\n', (size_t)(end - line)), *next = nl ? nl + 1 : end;
        bool is = (size_t)(end - line) >= boundary.n + 2 && line[0] == '-' && line[1] == '-' && !memcmp(line + 2, boundary.s, boundary.n);
        const char *behind = line + 2 + boundary.n;
        bool last = is && end - behind >= 2 && behind[0] == '-' && behind[1] == '-';
        is = is && (last || behind == end || hw_is_space(*behind));
        if (is && part) walk(m, part, (size_t)(line - part), depth + 1);
        if (is) part = last ? NULL : next;
        if (last) return;
        line = next;
    }
    if (part && m->parts < MAX_PARTS) walk(m, part, (size_t)(end - part), depth + 1); /* cut off */
}

/* A message or a part of one: its head, and what follows. */
static void walk(mail *m, const char *s, size_t n, unsigned depth)
{
    if (depth > MAX_DEPTH || m->parts++ >= MAX_PARTS || !m->ok) return;
    size_t body = n && (*s == '\n' || (n > 1 && *s == '\r' && s[1] == '\n')) ? (*s == '\n' ? 1 : 2) : hw_head_end(s, n);
    if (!body) return;
    hw_slice head = {s, body}, type = hw_head_value(head, "Content-Type"), name = hw_head_type(type);
    if (hw_slice_is(hw_head_type(hw_head_value(head, "Content-Disposition")), "attachment")) return;
    hw_slice boundary = hw_head_parameter(type, "boundary");
    if (name.n >= 10 && !strncasecmp(name.s, "multipart/", 10) && boundary.n) walk_parts(m, boundary, s + body, n - body, depth);
    else if (hw_slice_is(name, "message/rfc822")) walk(m, s + body, n - body, depth + 1);
    else if (!name.n || hw_slice_is(name, "text/plain")) take_text(m, head, type, s + body, n - body, false);
    else if (hw_slice_is(name, "text/html")) take_text(m, head, type, s + body, n - body, true);
}

hewal_status hw_mail_article(hw_file *f, hw_article **out, const char *s, size_t n, hewal_error *err)
{
    mail m = {.ok = true};
    hewal_string subject = {0}, from = {0};
    size_t end = hw_head_end(s, n);
    if (!end) return hw_file_fail(f, err, HEWAL_EFORMAT, "a mail whose head does not end");
    hw_slice head = {s, end}, id = hw_head_value(head, "Message-ID");
    walk(&m, s, n, 0);
    hw_slice text = hw_trim((hw_slice){m.plain.s, m.plain.len});
    if (!text.n) text = hw_trim((hw_slice){m.html.s, m.html.len});
    bool ok = m.ok && hw_mail_words(hw_head_value(head, "Subject"), &subject) && hw_mail_words(hw_head_value(head, "From"), &from);
    if (id.n > 2 && id.s[0] == '<' && id.s[id.n - 1] == '>') id = (hw_slice){id.s + 1, id.n - 2};
    hewal_string extra = {0};
    hw_parts p = {.path = f->name, .line = f->line, .extra = &extra, .id = id, .text = text, .title = {subject.s, subject.len},
                  .published = hw_head_value(head, "Date"), .source = {from.s, from.len}};
    hewal_status st = ok ? hw_article_make(out, &p, err) : hw_file_fail(f, err, HEWAL_ENOMEM, "out of memory");
    hewal_string_free(&extra);
    hewal_string_free(&subject);
    hewal_string_free(&from);
    hewal_string_free(&m.plain);
    hewal_string_free(&m.html);
    return st;
}
