/* In: what mail encodes: base64, quoted-printable, encoded words in headers. Out: bytes, UTF-8. Nothing fails but for memory:
 * what is no code stands for itself, or for nothing. */
#include "base/buf.h"
#include "ingest/heads.h"
#include "ingest/mail.h"

#include <string.h>

static int sixbits(char c)
{
    if (c >= 'A' && c <= 'Z') return c - 'A';
    if (c >= 'a' && c <= 'z') return c - 'a' + 26;
    if (c >= '0' && c <= '9') return c - '0' + 52;
    return c == '+' || c == '-' ? 62 : c == '/' || c == '_' ? 63 : -1;
}

bool hw_mail_base64(const char *s, size_t n, hewal_string *out)
{
    hw_buf b = hw_buf_on(out);
    unsigned bits = 0, word = 0;
    char chunk[1024];
    size_t k = 0;
    for (size_t i = 0; i < n; i++) {
        int v = sixbits(s[i]);
        if (s[i] == '=') bits = 0; /* the end, or of one of several that follow one another */
        if (v < 0) continue;
        word = (word << 6 | (unsigned)v) & 0xFFFFFF;
        bits += 6;
        if (bits < 8) continue;
        bits -= 8;
        chunk[k++] = (char)(word >> bits & 0xFF);
        if (k < sizeof chunk) continue;
        hw_put(&b, chunk, k);
        k = 0;
    }
    hw_put(&b, chunk, k);
    return hw_buf_ok(&b);
}

static int hex(char c)
{
    if (c >= '0' && c <= '9') return c - '0';
    c |= 32;
    return c >= 'a' && c <= 'f' ? c - 'a' + 10 : -1;
}

bool hw_mail_quoted(const char *s, size_t n, bool header, hewal_string *out)
{
    hw_buf b = hw_buf_on(out);
    for (size_t i = 0; i < n; i++) {
        if (header && s[i] == '_') hw_putc(&b, ' ');
        else if (s[i] != '=') hw_putc(&b, s[i]);
        else if (i + 2 < n && hex(s[i + 1]) >= 0 && hex(s[i + 2]) >= 0) {
            hw_putc(&b, (char)(hex(s[i + 1]) * 16 + hex(s[i + 2])));
            i += 2;
        } else { /* a line that goes on; else a sign that somebody forgot to encode */
            size_t k = i + 1;
            while (k < n && (s[k] == ' ' || s[k] == '\t' || s[k] == '\r')) k++;
            if (k < n && s[k] != '\n') hw_putc(&b, '=');
            else i = k < n ? k : n - 1;
        }
    }
    return hw_buf_ok(&b);
}

static bool put_utf8(const char *charset, hewal_string *bytes, hewal_string *out)
{
    hw_buf b = hw_buf_on(out);
    hewal_string mended = {0};
    bool ok = true;
    if (hw_charset_known(charset) && !hw_charset_utf8(charset)) ok = hw_recode(charset, bytes->s ? bytes->s : "", bytes->len, "", out, NULL) == HEWAL_OK;
    else if (bytes->s && hw_mend_utf8(bytes->s, bytes->len, &mended)) hw_put(&b, mended.s, mended.len);
    else hw_put(&b, bytes->s, bytes->len);
    hewal_string_free(&mended);
    return ok && hw_buf_ok(&b);
}

/* An encoded word that begins at s: how many bytes it has; 0: it is none. */
static size_t encoded_word(const char *s, size_t n, char charset[24], char *code, hw_slice *text)
{
    if (n < 8 || s[0] != '=' || s[1] != '?') return 0;
    const char *q = memchr(s + 2, '?', n - 2 < 60 ? n - 2 : 60), *end = s + n;
    if (!q || end - q < 5 || q[2] != '?') return 0;
    *code = (char)(q[1] | 32);
    const char *close = NULL;
    for (const char *p = q + 3; (p = memchr(p, '?', (size_t)(end - p))) != NULL && !close; p++)
        if (p + 1 < end && p[1] == '=') close = p;
        else if (p - q > 4000) return 0;
    if (!close || (*code != 'b' && *code != 'q')) return 0;
    hw_slice_string((hw_slice){s + 2, (size_t)(q - s) - 2}, charset, 24);
    char *language = strchr(charset, '*');
    if (language) *language = 0;
    *text = (hw_slice){q + 3, (size_t)(close - q) - 3};
    return (size_t)(close - s) + 2;
}

/* Words that follow one another are put together before their charset is looked at: some mailers cut letters in two. */
bool hw_mail_words(hw_slice v, hewal_string *out)
{
    hewal_string bytes = {0};
    char charset[24] = "utf-8", next[24], code;
    bool ok = true, behind_word = false;
    if (v.n > 16384) v.n = 16384; /* a title is cut long before */
    for (size_t i = 0; ok && i < v.n;) {
        hw_slice text;
        size_t space = i;
        while (space < v.n && hw_is_space(v.s[space])) space++;
        size_t k = encoded_word(v.s + space, v.n - space, next, &code, &text);
        if (k) {
            if (!behind_word || strcmp(next, charset) != 0) {
                ok = put_utf8(charset, &bytes, out);
                bytes.len = 0;
                memcpy(charset, next, sizeof charset);
                hw_buf b = hw_buf_on(out);
                if (!behind_word && space > i) hw_putc(&b, ' ');
            }
            ok = ok && (code == 'b' ? hw_mail_base64(text.s, text.n, &bytes) : hw_mail_quoted(text.s, text.n, true, &bytes));
            i = space + k;
            behind_word = true;
            continue;
        }
        if (behind_word) {
            ok = put_utf8(charset, &bytes, out);
            bytes.len = 0;
            memcpy(charset, "utf-8", 6);
            behind_word = false;
        }
        hw_buf b = hw_buf_on(&bytes);
        if (space > i) hw_putc(&b, ' ');
        size_t end = space + (space < v.n);
        while (end < v.n && !hw_is_space(v.s[end]) && v.s[end] != '=') end++;
        hw_put(&b, v.s + space, end - space);
        i = end;
    }
    ok = ok && put_utf8(charset, &bytes, out);
    hewal_string_free(&bytes);
    return ok;
}
