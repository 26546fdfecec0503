/* In: the parts of an article as a reader found them. Out: the article: checked, dated, with an id. */
#include "base/buf.h"
#include "base/err.h"
#include "base/sha256.h"
#include "base/utf8.h"
#include "ingest/parts.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

#define MAX_FIELD 4096 /* of id, title, ...: longer ones are cut */

hw_slice hw_trim(hw_slice s)
{
    while (s.n && hw_is_space(s.s[0])) s.s++, s.n--;
    while (s.n && hw_is_space(s.s[s.n - 1])) s.n--;
    return s;
}

const char *hw_called(const char *path)
{
    return strcmp(path, "-") ? path : "standard input";
}

const char *hw_place(char *buf, size_t size, const char *path, size_t line)
{
    path = hw_called(path);
    if (line) snprintf(buf, size, "%s:%zu", path, line);
    else snprintf(buf, size, "%s", path);
    return buf;
}

bool hw_mend_utf8(const char *s, size_t n, hewal_string *out)
{
    size_t i = 0;
    while (i < n) {
        uint32_t cp;
        size_t k = hw_utf8_decode(s + i, n - i, &cp);
        if (cp == HW_BROKEN || cp == 0) break;
        i += k;
    }
    if (i == n) return false;
    hw_buf b = hw_buf_on(out);
    size_t run = 0;
    while (i < n) {
        uint32_t cp;
        size_t k = hw_utf8_decode(s + i, n - i, &cp);
        if (cp == HW_BROKEN || cp == 0) {
            hw_put(&b, s + run, i - run);
            if (cp) hw_puts(&b, "\xEF\xBF\xBD");
            run = i + k;
        }
        i += k;
    }
    hw_put(&b, s + run, n - run);
    return hw_buf_ok(&b);
}

bool hw_is_own_member(hw_slice key)
{
    static const char *const own[] = {"hewal", "id", "text", "entities", "mentions", "times", "quantities", "quotes", "events", "published_inferred", "error"};
    for (size_t i = 0; i < sizeof own / sizeof *own; i++)
        if (strlen(own[i]) == key.n && !memcmp(own[i], key.s, key.n)) return true;
    return false;
}

bool hw_carry(hewal_string *extra, const char *key, const char *value, size_t n)
{
    hw_buf b = hw_buf_on(extra);
    if (extra->len) hw_putc(&b, ',');
    hw_put_json_s(&b, key);
    hw_putc(&b, ':');
    hw_put_json(&b, value, n);
    return hw_buf_ok(&b);
}

hw_slice *hw_part_called(hw_parts *p, hw_slice key)
{
    const struct { const char *name; hw_slice *at; } known[] = {
        {"id", &p->id}, {"title", &p->title}, {"published", &p->published}, {"date", &p->published}, {"outlet", &p->outlet},
        {"publisher", &p->outlet}, {"url", &p->url}, {"link", &p->url}, {"source", &p->source}};
    for (size_t i = 0; i < sizeof known / sizeof *known; i++)
        if (strlen(known[i].name) == key.n && !strncasecmp(known[i].name, key.s, key.n)) return known[i].at;
    return NULL;
}

/* ---- dates ------------------------------------------------------------------------------------------------------- */

static bool real_day(unsigned y, unsigned m, unsigned d)
{
    static const unsigned char days[] = {31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};
    if (y < 1000 || y > 9999 || m < 1 || m > 12 || d < 1) return false;
    bool leap = (y % 4 == 0 && y % 100 != 0) || y % 400 == 0;
    return d <= days[m - 1] + (m == 2 && leap ? 1u : 0u);
}

static unsigned month_of(const char *s)
{
    static const char names[] = "janfebmaraprmayjunjulaugsepoctnovdec";
    for (unsigned m = 0; m < 12; m++)
        if (!strncasecmp(s, names + (size_t)m * 3, 3)) return m + 1;
    return 0;
}

/* "Thu, 25 Feb 2021 10:00", "25 February 2021", "February 25, 2021". */
static bool worded_date(const char *s, unsigned *y, unsigned *m, unsigned *d)
{
    char word[16];
    const char *comma = strchr(s, ',');
    if (comma && comma - s <= 9 && !month_of(s)) s = comma + 1;
    if (sscanf(s, " %2u %15[A-Za-z]%*[,. ]%4u", d, word, y) == 3) return (*m = month_of(word)) != 0;
    if (sscanf(s, " %15[A-Za-z]%*[. ]%2u%*[, ]%4u", word, d, y) == 3) return (*m = month_of(word)) != 0;
    return false;
}

/* Whether s is a time as ISO 8601 has it: 21:40, 21:40:00.5, with Z or +03:00. */
static bool is_time(const char *s)
{
    unsigned h, m;
    return strlen(s) < 26 && sscanf(s, "%2u:%2u", &h, &m) == 2 && h < 24 && m < 60 && s[strspn(s, "0123456789:.+-Z")] == 0;
}

bool hw_read_date(const char *s, size_t n, char out[40])
{
    char t[64];
    unsigned y = 0, m = 0, d = 0;
    int at = 0;
    hw_slice in = hw_trim((hw_slice){s, n});
    if (!hw_ascii_digits(in.s, in.n, t, sizeof t)) return false;
    bool dashes = sscanf(t, "%4u-%2u-%2u%n", &y, &m, &d, &at) == 3 || (strlen(t) == 8 && sscanf(t, "%4u%2u%2u%n", &y, &m, &d, &at) == 3);
    if ((dashes || sscanf(t, "%4u/%2u/%2u%n", &y, &m, &d, &at) == 3 || sscanf(t, "%4u.%2u.%2u%n", &y, &m, &d, &at) == 3) && y >= 1000) {
        if (!real_day(y, m, d) || (t[at] >= '0' && t[at] <= '9')) return false;
        int k = snprintf(out, 40, "%04u-%02u-%02u", y, m, d);
        if ((t[at] == 'T' || t[at] == ' ') && is_time(t + at + 1)) snprintf(out + k, 40 - (size_t)k, "%.29s", t + at);
        return true;
    }
    if (sscanf(t, "%2u%*[-/.]%2u%*[-/.]%4u", &d, &m, &y) == 3 && d > 12 && real_day(y, m, d)) { /* else day or month? */
        snprintf(out, 40, "%04u-%02u-%02u", y, m, d);
        return true;
    }
    if (!worded_date(t, &y, &m, &d) || !real_day(y, m, d)) return false;
    snprintf(out, 40, "%04u-%02u-%02u", y, m, d);
    return true;
}

/* ---- the article ------------------------------------------------------------------------------------------------- */

/* One line: runs of white space and controls become one space, ends trimmed, broken bytes U+FFFD; cut at MAX_FIELD. NULL
 * when nothing is left. `*ok` false without memory. */
static char *field(hw_slice s, bool *ok)
{
    s = hw_trim(s);
    if (!s.n) return NULL;
    char *out = malloc((s.n < MAX_FIELD ? s.n : MAX_FIELD) * 3 + 4);
    if (!out) {
        *ok = false;
        return NULL;
    }
    size_t n = 0;
    for (size_t i = 0; i < s.n && n < MAX_FIELD;) {
        uint32_t cp;
        size_t k = hw_utf8_decode(s.s + i, s.n - i, &cp);
        if (cp == HW_BROKEN) n += hw_utf8_encode(0xFFFD, out + n);
        else if (cp <= 0x20 || cp == 0x7F) {
            if (n && out[n - 1] != ' ') out[n++] = ' ';
        } else {
            memcpy(out + n, s.s + i, k);
            n += k;
        }
        i += k;
    }
    while (n && out[n - 1] == ' ') n--;
    out[n] = 0;
    if (n) return out;
    free(out);
    return NULL;
}

static char *id_of_text(const char *s, size_t n)
{
    hw_sha256 h;
    unsigned char sum[32];
    char *id = malloc(18);
    if (!id) return NULL;
    hw_sha256_begin(&h);
    hw_sha256_add(&h, s, n);
    hw_sha256_end(&h, sum);
    id[0] = 'h';
    hw_hex(sum, 8, id + 1);
    return id;
}

/* A date that is none is kept as the member "published_given". */
static bool set_date(hw_article *a, hw_slice given, hewal_string *extra)
{
    char date[40];
    given = hw_trim(given);
    if (!given.n) return true;
    if (hw_read_date(given.s, given.n, date)) return (a->published = strdup(date)) != NULL;
    return hw_carry(extra, "published_given", given.s, given.n);
}

hewal_status hw_article_make(hw_article **out, const hw_parts *p, hewal_error *err)
{
    char at[512];
    *out = NULL;
    hw_place(at, sizeof at, p->path, p->line);
    if (p->text.n > HEWAL_MAX_TEXT)
        return hw_fail(err, HEWAL_ETOOBIG, "%s: a text of %zu bytes, longer than an article may be (%u)", at, p->text.n, HEWAL_MAX_TEXT);
    if (!hw_trim(p->text).n) return hw_fail(err, HEWAL_EFORMAT, "%s: no text in it", at);
    if (memchr(p->text.s, 0, p->text.n)) return hw_fail(err, HEWAL_EFORMAT, "%s: a binary file", at);
    hw_article *a = calloc(1, sizeof *a);
    bool ok = a != NULL;
    if (ok) {
        a->id = field(p->id, &ok);
        a->id_given = a->id != NULL;
        if (!a->id) ok = ok && (a->id = id_of_text(p->text.s, p->text.n)) != NULL;
        a->title = field(p->title, &ok);
        a->outlet = field(p->outlet, &ok);
        a->url = field(p->url, &ok);
        a->source = field(p->source, &ok);
        hewal_string none = {0};
        hewal_string *extra = p->extra ? p->extra : &none;
        ok = ok && set_date(a, p->published, extra);
        if (extra->len) ok = ok && (a->extra = strndup(extra->s, extra->len)) != NULL;
        hewal_string_free(&none);
        ok = ok && (a->text = malloc(p->text.n + 1)) != NULL;
        ok = ok && (a->origin = p->line ? strdup(at) : strdup(p->path)) != NULL;
    }
    if (!ok) {
        hw_article_free(a);
        return hw_fail(err, HEWAL_ENOMEM, "%s: out of memory", at);
    }
    memcpy(a->text, p->text.s, p->text.n);
    a->text[p->text.n] = 0;
    a->text_len = p->text.n;
    a->meta = (hewal_meta){.published = a->published, .outlet = a->outlet, .title = a->title};
    *out = a;
    return HEWAL_OK;
}

void hw_article_free(hw_article *a)
{
    if (!a) return;
    char *all[] = {a->id, a->text, a->title, a->outlet, a->url, a->source, a->published, a->extra, a->origin};
    for (size_t i = 0; i < sizeof all / sizeof *all; i++) free(all[i]);
    free(a);
}

hewal_status hw_article_members(const hw_article *a, hewal_string *out)
{
    const struct { const char *name, *value; } m[] = {{"title", a->title}, {"outlet", a->outlet}, {"url", a->url}, {"source", a->source}};
    hw_buf b = hw_buf_on(out);
    size_t start = out->len;
    for (size_t i = 0; i < sizeof m / sizeof *m; i++) {
        if (!m[i].value) continue;
        hw_putf(&b, "%s\"%s\":", out->len > start ? "," : "", m[i].name);
        hw_put_json_s(&b, m[i].value);
    }
    if (a->extra) {
        if (out->len > start) hw_putc(&b, ',');
        hw_puts(&b, a->extra);
    }
    return hw_buf_ok(&b) ? HEWAL_OK : HEWAL_ENOMEM;
}
