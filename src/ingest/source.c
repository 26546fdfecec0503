/* In: a file, standard input or bytes in memory. Out: its text as UTF-8: gzip unpacked, UTF-16 converted, the byte order
 * mark taken off. The bytes pass through a window, so that a file of any size needs little memory. */
#include "base/err.h"
#include "base/utf8.h"
#include "ingest/parts.h"

#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>
#include <zlib.h>

#define CHUNK ((size_t)65536)

typedef enum { UTF8, UTF16LE, UTF16BE } encoding;

struct hw_source {
    char *name;
    int fd; /* -1: memory */
    const unsigned char *mem;
    size_t mem_left;
    atomic_ullong *counter;
    unsigned char raw[CHUNK]; /* as the file has it */
    size_t raw_at, raw_len;
    bool raw_end, end;
    bool packed;
    z_stream z;
    bool z_open;
    encoding encoding;
    unsigned char odd[4]; /* an unfinished UTF-16 character */
    size_t n_odd;
    char *buf;
    size_t at, len, cap;
};

static hewal_status fill_raw(hw_source *s, hewal_error *err)
{
    if (s->raw_at > 0) {
        memmove(s->raw, s->raw + s->raw_at, s->raw_len - s->raw_at);
        s->raw_len -= s->raw_at;
        s->raw_at = 0;
    }
    if (s->raw_end || s->raw_len == CHUNK) return HEWAL_OK;
    size_t room = CHUNK - s->raw_len;
    ssize_t got;
    if (s->fd < 0) {
        got = (ssize_t)(s->mem_left < room ? s->mem_left : room);
        if (got) memcpy(s->raw + s->raw_len, s->mem, (size_t)got);
        s->mem += got;
        s->mem_left -= (size_t)got;
    } else {
        do got = read(s->fd, s->raw + s->raw_len, room);
        while (got < 0 && errno == EINTR);
        if (got < 0) return hw_fail(err, HEWAL_EIO, "%s: %s", s->name, strerror(errno));
    }
    if (got == 0) s->raw_end = true;
    s->raw_len += (size_t)got;
    if (s->counter) atomic_fetch_add_explicit(s->counter, (unsigned long long)got, memory_order_relaxed);
    return HEWAL_OK;
}

/* Up to `room` unpacked bytes; *n 0 at the end. */
static hewal_status pull(hw_source *s, unsigned char *out, size_t room, size_t *n, hewal_error *err)
{
    *n = 0;
    while (!*n) {
        if (s->raw_at == s->raw_len) {
            hewal_status st = fill_raw(s, err);
            if (st != HEWAL_OK) return st;
            if (s->raw_at == s->raw_len) {
                if (s->packed && s->z_open) return hw_fail(err, HEWAL_EFORMAT, "%s: the gzip file is cut off", s->name);
                return HEWAL_OK;
            }
        }
        if (!s->packed) {
            *n = s->raw_len - s->raw_at < room ? s->raw_len - s->raw_at : room;
            memcpy(out, s->raw + s->raw_at, *n);
            s->raw_at += *n;
            return HEWAL_OK;
        }
        if (!s->z_open) { /* the first member, or one that follows */
            memset(&s->z, 0, sizeof s->z);
            if (inflateInit2(&s->z, 15 + 16) != Z_OK) return hw_fail(err, HEWAL_ENOMEM, "%s: out of memory", s->name);
            s->z_open = true;
        }
        s->z.next_in = s->raw + s->raw_at;
        s->z.avail_in = (uInt)(s->raw_len - s->raw_at);
        s->z.next_out = out;
        s->z.avail_out = (uInt)room;
        int z = inflate(&s->z, Z_NO_FLUSH);
        s->raw_at = s->raw_len - s->z.avail_in;
        *n = room - s->z.avail_out;
        if (z == Z_STREAM_END) {
            inflateEnd(&s->z);
            s->z_open = false;
        } else if (z != Z_OK && z != Z_BUF_ERROR) {
            return hw_fail(err, HEWAL_EFORMAT, "%s: the gzip file is damaged", s->name);
        }
    }
    return HEWAL_OK;
}

static bool reserve(hw_source *s, size_t n)
{
    if (s->at) {
        memmove(s->buf, s->buf + s->at, s->len - s->at);
        s->len -= s->at;
        s->at = 0;
    }
    size_t cap = s->cap ? s->cap : 2 * CHUNK;
    if (cap > 64 * CHUNK && s->len + n < CHUNK * 4) cap = 8 * CHUNK; /* after a giant, small again */
    while (cap < s->len + n + 1) cap *= 2;
    if (cap == s->cap) return true;
    char *p = realloc(s->buf, cap);
    if (!p) return false;
    s->buf = p;
    s->cap = cap;
    return true;
}

static void put(hw_source *s, uint32_t cp)
{
    s->len += hw_utf8_encode(cp, s->buf + s->len);
}

static uint32_t unit(const hw_source *s, const unsigned char *p)
{
    return s->encoding == UTF16LE ? (uint32_t)p[0] | (uint32_t)p[1] << 8 : (uint32_t)p[1] | (uint32_t)p[0] << 8;
}

/* Appends n bytes of UTF-16; what is unfinished stays in s->odd. Lone surrogates become U+FFFD. */
static void convert(hw_source *s, const unsigned char *p, size_t n, bool last)
{
    unsigned char *c = s->odd;
    for (size_t i = 0; i < n; i++) {
        c[s->n_odd++] = p[i];
        if (s->n_odd == 2) {
            uint32_t u = unit(s, c);
            if (u >= 0xD800 && u < 0xDC00) continue; /* wait for the second half */
            put(s, u >= 0xDC00 && u < 0xE000 ? 0xFFFD : u);
            s->n_odd = 0;
        } else if (s->n_odd == 4) {
            uint32_t hi = unit(s, c), lo = unit(s, c + 2);
            if (lo >= 0xDC00 && lo < 0xE000) {
                put(s, 0x10000 + ((hi - 0xD800) << 10) + (lo - 0xDC00));
                s->n_odd = 0;
                continue;
            }
            put(s, 0xFFFD);
            c[0] = c[2];
            c[1] = c[3];
            s->n_odd = 2;
            if (lo >= 0xD800 && lo < 0xDC00) continue;
            put(s, lo);
            s->n_odd = 0;
        }
    }
    if (last && s->n_odd) {
        put(s, 0xFFFD);
        s->n_odd = 0;
    }
}

hewal_status hw_source_more(hw_source *s, bool *grew, hewal_error *err)
{
    *grew = false;
    if (s->end) return HEWAL_OK;
    if (!reserve(s, 2 * CHUNK + 16)) return hw_fail(err, HEWAL_ENOMEM, "%s: out of memory", s->name);
    size_t n, before = s->len;
    hewal_status st;
    if (s->encoding == UTF8) {
        st = pull(s, (unsigned char *)s->buf + s->len, CHUNK, &n, err);
        if (st == HEWAL_OK) s->len += n;
    } else {
        unsigned char tmp[CHUNK];
        do {
            st = pull(s, tmp, CHUNK, &n, err);
            if (st == HEWAL_OK) convert(s, tmp, n, n == 0);
        } while (st == HEWAL_OK && n && s->len == before);
    }
    if (st != HEWAL_OK) {
        s->end = true;
        return st;
    }
    if (!n) s->end = true;
    *grew = s->len > before;
    return HEWAL_OK;
}

/* UTF-16 without a mark: what would be control characters in UTF-8 stands in every second place, as 00 and 06 do in
 * Latin and Arabic script. UTF8 when it is not so. */
static encoding guess_utf16(const unsigned char *p, size_t n)
{
    size_t units = n / 2, high[2] = {0}, good[2] = {0};
    if (units < 4) return UTF8;
    for (size_t i = 0; i + 1 < n; i += 2)
        for (size_t be = 0; be < 2; be++) {
            unsigned hi = p[i + 1 - be], lo = p[i + be];
            if (hi == 0 || hi == 6) high[be]++;
            if ((hi == 0 && (lo >= 0x20 || lo == '\n' || lo == '\r' || lo == '\t')) || hi == 6 || hi == 7 || hi == 0x20 || (hi >= 0xD8 && hi < 0xE0) || hi >= 0xFB) good[be]++;
        }
    for (size_t be = 0; be < 2; be++)
        if (high[be] * 10 >= units * 7 && good[be] * 100 >= units * 97 && high[be] > 2 * high[!be]) return be ? UTF16BE : UTF16LE;
    return UTF8;
}

/* Looks at the first bytes: packed, UTF-16, a byte order mark. */
static hewal_status begin(hw_source *s, hewal_error *err)
{
    hewal_status st = HEWAL_OK;
    while (st == HEWAL_OK && s->raw_len < 4 && !s->raw_end) st = fill_raw(s, err);
    if (st != HEWAL_OK) return st;
    s->packed = s->raw_len >= 3 && s->raw[0] == 0x1F && s->raw[1] == 0x8B && s->raw[2] == 8;
    unsigned char head[CHUNK];
    size_t n = 0, got = 1;
    while (n < 4 && got) {
        if ((st = pull(s, head + n, CHUNK - n, &got, err)) != HEWAL_OK) return st;
        n += got;
    }
    size_t skip = 0;
    if (n >= 2 && head[0] == 0xFF && head[1] == 0xFE) s->encoding = UTF16LE, skip = 2;
    else if (n >= 2 && head[0] == 0xFE && head[1] == 0xFF) s->encoding = UTF16BE, skip = 2;
    else if (n >= 3 && !memcmp(head, "\xEF\xBB\xBF", 3)) skip = 3;
    else s->encoding = guess_utf16(head, n);
    if (!reserve(s, 2 * n + 16)) return hw_fail(err, HEWAL_ENOMEM, "%s: out of memory", s->name);
    if (s->encoding == UTF8) {
        memcpy(s->buf, head + skip, n - skip);
        s->len = n - skip;
    } else {
        convert(s, head + skip, n - skip, false);
    }
    return HEWAL_OK;
}

hewal_status hw_source_open(hw_source **out, const char *path, const void *bytes, size_t n, atomic_ullong *counter,
                            hewal_error *err)
{
    *out = NULL;
    hw_source *s = calloc(1, sizeof *s);
    if (!s || !(s->name = strdup(!bytes && !strcmp(path, "-") ? "standard input" : path))) {
        free(s);
        return hw_fail(err, HEWAL_ENOMEM, "%s: out of memory", path);
    }
    s->fd = -1;
    s->mem = bytes;
    s->mem_left = n;
    s->counter = counter;
    hewal_status st = HEWAL_OK;
    if (!bytes) {
        s->fd = strcmp(path, "-") ? open(path, O_RDONLY | O_CLOEXEC | O_NOCTTY) : dup(STDIN_FILENO);
        if (s->fd < 0) st = hw_fail(err, HEWAL_EIO, "%s: %s", s->name, strerror(errno));
    }
    if (st == HEWAL_OK) st = begin(s, err);
    if (st != HEWAL_OK) {
        hw_source_close(s);
        return st;
    }
    *out = s;
    return HEWAL_OK;
}

void hw_source_close(hw_source *s)
{
    if (!s) return;
    if (s->fd >= 0) close(s->fd);
    if (s->z_open) inflateEnd(&s->z);
    free(s->buf);
    free(s->name);
    free(s);
}

const char *hw_source_window(const hw_source *s, size_t *n)
{
    *n = s->len - s->at;
    return s->buf + s->at;
}

void hw_source_take(hw_source *s, size_t n)
{
    s->at += n;
}

hewal_status hw_source_all(hw_source *s, size_t limit, bool *whole, hewal_error *err)
{
    bool grew = true;
    while (grew && s->len - s->at <= limit) {
        hewal_status st = hw_source_more(s, &grew, err);
        if (st != HEWAL_OK) return st;
    }
    *whole = s->len - s->at <= limit;
    return HEWAL_OK;
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
