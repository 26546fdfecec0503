/* In: a source, or bytes, in another encoding. Out: the same as UTF-8; what is broken there becomes U+FFFD. Also what the
 * first bytes tell of the encoding. */
#include "ingest/source.h"

#include "base/buf.h"
#include "base/err.h"
#include "base/utf8.h"
#include "ingest/parts.h"
#include <errno.h>
#include <iconv.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

/* UTF-16 without a mark: what would be control characters in UTF-8 stands in every second place, as 00 and 06 do in
 * Latin and Arabic script. HW_UTF8 when it is not so. */
static hw_encoding guess_utf16(const unsigned char *p, size_t n)
{
    size_t units = n / 2, high[2] = {0}, good[2] = {0};
    if (units < 4) return HW_UTF8;
    for (size_t i = 0; i + 1 < n; i += 2)
        for (size_t be = 0; be < 2; be++) {
            unsigned hi = p[i + 1 - be], lo = p[i + be];
            if (hi == 0 || hi == 6) high[be]++;
            if ((hi == 0 && (lo >= 0x20 || lo == '\n' || lo == '\r' || lo == '\t')) || hi == 6 || hi == 7 || hi == 0x20 || (hi >= 0xD8 && hi < 0xE0) || hi >= 0xFB) good[be]++;
        }
    for (size_t be = 0; be < 2; be++)
        if (high[be] * 10 >= units * 7 && good[be] * 100 >= units * 97 && high[be] > 2 * high[!be]) return be ? HW_UTF16BE : HW_UTF16LE;
    return HW_UTF8;
}

hw_encoding hw_guess_encoding(const char *s, size_t n, size_t *mark)
{
    *mark = 0;
    if (n >= 2 && !memcmp(s, "\xFF\xFE", 2)) return *mark = 2, HW_UTF16LE;
    if (n >= 2 && !memcmp(s, "\xFE\xFF", 2)) return *mark = 2, HW_UTF16BE;
    if (n >= 3 && !memcmp(s, "\xEF\xBB\xBF", 3)) return *mark = 3, HW_UTF8;
    return guess_utf16((const unsigned char *)s, n < 65536 ? n : 65536);
}

/* The encodings that are read: those that a Kurdish page may have. Not all that iconv knows: some of its modules have state,
 * and had holes. */
bool hw_charset_known(const char *charset)
{
    static const char *const known[] = {"utf-8", "utf8", "us-ascii", "ascii", "utf-16", "utf-16le", "utf-16be", "utf-32", "latin1", "latin5", "iso-ir-100"};
    for (size_t i = 0; i < sizeof known / sizeof *known; i++)
        if (!strcasecmp(charset, known[i])) return true;
    size_t n = strlen(charset);
    if (n == 12 && !strncasecmp(charset, "windows-125", 11)) return charset[11] >= '0' && charset[11] <= '8';
    if (n == 6 && !strncasecmp(charset, "cp125", 5)) return charset[5] >= '0' && charset[5] <= '8';
    if (n > 12 || strncasecmp(charset, "iso-8859-", 9) != 0) return false;
    return n > 9 && strspn(charset + 9, "0123456789") == n - 9;
}

bool hw_charset_utf8(const char *charset)
{
    return !strcasecmp(charset, "utf-8") || !strcasecmp(charset, "utf8") || !strcasecmp(charset, "us-ascii") || !strcasecmp(charset, "ascii");
}

bool hw_is_utf8(const char *s, size_t n)
{
    for (size_t i = 0; i < n;) {
        uint32_t cp;
        i += hw_utf8_decode(s + i, n - i, &cp);
        if (cp == HW_BROKEN) return false;
    }
    return true;
}

/* What the encodings of the web's names are to iconv: a page that says Latin means Microsoft's. */
static const char *called(const char *charset)
{
    static const struct { const char *web, *is; } other[] = {{"iso-8859-1", "CP1252"}, {"latin1", "CP1252"},
                                                             {"us-ascii", "UTF-8"}, {"ascii", "UTF-8"}, {"utf8", "UTF-8"}, {"utf-16", "UTF-16LE"}};
    for (size_t i = 0; i < sizeof other / sizeof *other; i++)
        if (!strcasecmp(charset, other[i].web)) return other[i].is;
    return charset;
}

static iconv_t open_charset(const char *charset, const char *name, hewal_error *err)
{
    iconv_t cd = hw_charset_known(charset) ? iconv_open("UTF-8", called(charset)) : (iconv_t)-1;
    if (cd == (iconv_t)-1) hw_fail(err, HEWAL_EFORMAT, "%s: the encoding %.40s is not read", name, charset);
    return cd;
}

/* One step: from *s to *out as far as it goes. `last`: nothing follows *s. False: more input is needed. */
static bool convert(iconv_t cd, const char **s, size_t *n, char **out, size_t *room, bool last)
{
    while (*n && *room >= 3) {
        char *in = (char *)(uintptr_t)*s;
        size_t got = iconv(cd, &in, n, out, room);
        *s = in;
        if (got != (size_t)-1 || errno == E2BIG) return true;
        if (errno == EINVAL && !last) return false;
        if (*room < 3) return true;
        memcpy(*out, "\xEF\xBF\xBD", 3);
        *out += 3;
        *room -= 3;
        size_t skip = errno == EINVAL ? *n : 1;
        *s += skip;
        *n -= skip;
    }
    return true;
}

hewal_status hw_recode(const char *charset, const char *s, size_t n, const char *name, hewal_string *out, hewal_error *err)
{
    iconv_t cd = open_charset(charset, name, err);
    if (cd == (iconv_t)-1) return HEWAL_EFORMAT;
    hw_buf b = hw_buf_on(out);
    while (n && hw_buf_ok(&b)) {
        char chunk[4096], *to = chunk;
        size_t room = sizeof chunk;
        convert(cd, &s, &n, &to, &room, true);
        hw_put(&b, chunk, (size_t)(to - chunk));
    }
    iconv_close(cd);
    return hw_buf_ok(&b) ? HEWAL_OK : hw_fail(err, HEWAL_ENOMEM, "%s: out of memory", name);
}

/* ---- as sources ------------------------------------------------------------------------------------------------------ */

typedef struct {
    hw_source *in;
    iconv_t cd;
    hw_encoding utf16; /* or this, where it is not HW_UTF8 */
} recoder;

static uint32_t unit(hw_encoding e, const unsigned char *p)
{
    return e == HW_UTF16LE ? (uint32_t)p[0] | (uint32_t)p[1] << 8 : (uint32_t)p[1] | (uint32_t)p[0] << 8;
}

/* UTF-16 by our own hand, since iconv stops at every half of a pair. How many bytes of s were read. */
static size_t from_utf16(hw_encoding e, const char *s, size_t n, char *out, size_t room, size_t *len, bool last)
{
    const unsigned char *p = (const unsigned char *)s;
    size_t i = 0;
    *len = 0;
    while (i < n && room - *len >= 4) {
        uint32_t cp = 0xFFFD, u, v;
        size_t k = 2;
        if (n - i < 2) {
            if (!last) break;
            k = 1;
        } else if ((u = unit(e, p + i)) >= 0xD800 && u < 0xDC00) {
            if (n - i < 4 && !last) break;
            if (n - i >= 4 && (v = unit(e, p + i + 2)) >= 0xDC00 && v < 0xE000) {
                cp = 0x10000 + ((u - 0xD800) << 10) + (v - 0xDC00);
                k = 4;
            }
        } else if (u < 0xDC00 || u >= 0xE000) {
            cp = u;
        }
        *len += hw_utf8_encode(cp, out + *len);
        i += k;
    }
    return i;
}

static hewal_status pull(void *ctx, char *out, size_t room, size_t *n, hewal_error *err)
{
    recoder *r = ctx;
    bool grew = true, asked = false;
    *n = 0;
    while (!*n) {
        size_t k;
        const char *s = hw_source_window(r->in, &k);
        if (!k || asked) {
            hewal_status st = hw_source_more(r->in, &grew, err);
            if (st != HEWAL_OK) return st;
            s = hw_source_window(r->in, &k);
            if (!k) return HEWAL_OK;
        }
        size_t left = k, space = room;
        if (r->utf16 != HW_UTF8) {
            left -= from_utf16(r->utf16, s, k, out, room, n, !grew);
        } else {
            char *to = out;
            convert(r->cd, &s, &left, &to, &space, !grew);
            *n = room - space;
        }
        asked = true;
        hw_source_take(r->in, k - left);
    }
    return HEWAL_OK;
}

static void close_recoder(void *ctx)
{
    recoder *r = ctx;
    if (r->utf16 == HW_UTF8) iconv_close(r->cd);
    free(r);
}

static hewal_status begin(hw_source **out, recoder from, hewal_error *err)
{
    recoder *r = malloc(sizeof *r);
    *out = NULL;
    if (r) {
        *r = from;
        return hw_source_new(out, hw_source_name(from.in), pull, close_recoder, r, err);
    }
    if (from.utf16 == HW_UTF8) iconv_close(from.cd);
    return hw_fail(err, HEWAL_ENOMEM, "%s: out of memory", hw_source_name(from.in));
}

hewal_status hw_source_utf16(hw_source **out, hw_source *in, hw_encoding e, hewal_error *err)
{
    return begin(out, (recoder){.in = in, .utf16 = e}, err);
}

hewal_status hw_source_recode(hw_source **out, hw_source *in, const char *charset, hewal_error *err)
{
    iconv_t cd = open_charset(charset, hw_source_name(in), err);
    *out = NULL;
    return cd == (iconv_t)-1 ? HEWAL_EFORMAT : begin(out, (recoder){.in = in, .cd = cd}, err);
}

const char *hw_not_text(const char *s, size_t n, bool whole)
{
    size_t controls = 0, broken = 0, chars = 0;
    for (size_t i = 0; i < n;) {
        uint32_t cp;
        size_t k = hw_utf8_decode(s + i, n - i, &cp);
        if (cp == HW_BROKEN && !whole && n - i < 4) break; /* cut by the window */
        if (cp == 0) return "a binary file";
        broken += cp == HW_BROKEN;
        controls += cp < 0x20 && !hw_is_space((char)cp) && cp != 0x1B;
        chars++;
        i += k;
    }
    if (controls * 20 > chars) return "a binary file";
    if (chars >= 8 && broken * 10 > chars * 3) return "neither UTF-8 nor UTF-16";
    return NULL;
}
