/* In: the target of a request as it was sent ("/api/v1/articles/b05?from=1972"), headers. Out: its path and its parameters,
 * decoded and checked; or what is wrong with it. Nothing here knows of connections: it may be fed with anything. */
#include "serve/inside.h"

#include "base/utf8.h"
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

/* ---- decoding ------------------------------------------------------------------------------------------------------- */

static int hex(char c)
{
    return c >= '0' && c <= '9' ? c - '0' : c >= 'a' && c <= 'f' ? c - 'a' + 10 : c >= 'A' && c <= 'F' ? c - 'A' + 10 : -1;
}

/* Valid UTF-8 without control characters: NULL, or what is wrong. */
static const char *wrong_text(const char *s, size_t n)
{
    for (size_t i = 0; i < n;) {
        uint32_t cp;
        size_t k = hw_utf8_decode(s + i, n - i, &cp);
        if (cp == HW_BROKEN) return "broken UTF-8";
        if (cp < 0x20 || (cp >= 0x7F && cp < 0xA0)) return "a control character";
        i += k;
    }
    return NULL;
}

/* Decodes n bytes; NULL with *wrong set when they cannot be. In a query a plus is a space. */
static const char *decode(hw_arena *a, const char *s, size_t n, bool query, const char **wrong)
{
    char *out = hw_alloc(a, n + 1), *w = out;
    for (size_t i = 0; i < n; i++) {
        if (s[i] == '%') {
            int hi = i + 2 < n ? hex(s[i + 1]) : -1, lo = i + 2 < n ? hex(s[i + 2]) : -1;
            if (hi < 0 || lo < 0) {
                *wrong = "a percent sign without two hexadecimal digits behind it";
                return NULL;
            }
            *w++ = (char)(hi << 4 | lo);
            i += 2;
        } else *w++ = query && s[i] == '+' ? ' ' : s[i];
    }
    *w = 0;
    *wrong = wrong_text(out, (size_t)(w - out));
    return *wrong ? NULL : out;
}

void hw_put_encoded(hw_buf *b, const char *s)
{
    static const char plain[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-._~";
    for (; *s; s++)
        if (strchr(plain, *s)) hw_putc(b, *s);
        else hw_putf(b, "%%%02X", (unsigned char)*s);
}

/* ---- the target ----------------------------------------------------------------------------------------------------- */

static bool read_path(hw_request *rq, const char *path, hw_response *rs)
{
    const char *wrong;
    for (const char *p = path + 1;;) {
        size_t n = strcspn(p, "/");
        if (rq->n_segments == HW_MAX_SEGMENTS) {
            hw_refuse(rs, 404, NULL, "there is nothing at this address");
            return false;
        }
        const char *s = decode(&rq->arena, p, n, false, &wrong);
        if (!s) {
            hw_refuse(rs, 400, NULL, "the path has %s", wrong);
            return false;
        }
        rq->segments[rq->n_segments++] = s;
        if (!p[n]) return true;
        p += n + 1;
    }
}

static bool read_given(hw_request *rq, const char *p, size_t n, hw_response *rs)
{
    const char *wrong = NULL, *eq = memchr(p, '=', n);
    size_t k = eq ? (size_t)(eq - p) : n;
    const char *name = decode(&rq->arena, p, k, true, &wrong), *value = NULL;
    if (name) value = eq ? decode(&rq->arena, eq + 1, n - k - 1, true, &wrong) : "";
    if (!value) {
        hw_refuse(rs, 400, name, "the %s of a parameter has %s", name ? "value" : "name", wrong);
        return false;
    }
    if (!*value) return true; /* as forms send fields that were left empty */
    for (unsigned i = 0; i < rq->n_given; i++)
        if (!strcmp(rq->given[i].name, name)) {
            hw_refuse(rs, 400, name, "the parameter is given twice");
            return false;
        }
    if (rq->n_given == HW_MAX_GIVEN) {
        hw_refuse(rs, 400, NULL, "there are more than %d parameters", HW_MAX_GIVEN);
        return false;
    }
    rq->given[rq->n_given].name = name;
    rq->given[rq->n_given++].value = value;
    return true;
}

bool hw_request_read(hw_request *rq, const char *target, hw_response *rs)
{
    rq->target = target;
    if (strlen(target) > HW_MAX_TARGET) {
        hw_refuse(rs, 414, NULL, "the address is longer than %d bytes", HW_MAX_TARGET);
        return false;
    }
    if (target[0] != '/') {
        hw_refuse(rs, 400, NULL, "the address does not begin with a slash");
        return false;
    }
    size_t n = strcspn(target, "?#");
    rq->path = hw_strndup(&rq->arena, target, n);
    if (!read_path(rq, rq->path, rs)) return false;
    const char *p = target[n] == '?' ? target + n + 1 : "";
    while (*p && *p != '#') {
        size_t k = strcspn(p, "&#");
        if (k && !read_given(rq, p, k, rs)) return false;
        p += k;
        if (*p == '&') p++;
    }
    return true;
}

/* ---- parameters ----------------------------------------------------------------------------------------------------- */

static bool one_of(const char *words, const char *value)
{
    size_t n = strlen(value);
    for (const char *w = words;; w++) {
        size_t k = strcspn(w, "|");
        if (k == n && !memcmp(w, value, n)) return true;
        w += k;
        if (!*w) return false;
    }
}

static bool is_number(const char *s, long min, long max)
{
    size_t n = strlen(s);
    return n <= 15 && !s[strspn(s, "0123456789")] && strtoll(s, NULL, 10) >= min && strtoll(s, NULL, 10) <= max;
}

static bool is_date(const char *s)
{
    static const char form[] = "dddd-dd-dd";
    size_t n = strlen(s);
    if (n != 4 && n != 7 && n != 10) return false;
    for (size_t i = 0; i < n; i++)
        if (form[i] == 'd' ? s[i] < '0' || s[i] > '9' : s[i] != form[i]) return false;
    int month = n > 4 ? atoi(s + 5) : 1, day = n > 7 ? atoi(s + 8) : 1;
    return month >= 1 && month <= 12 && day >= 1 && day <= 31;
}

static bool check_value(const hw_param *p, const char *value, hw_response *rs)
{
    size_t longest = p->max && (p->kind == HW_PARAM_TEXT || p->kind == HW_PARAM_WHO) ? (size_t)p->max : 1000;
    if (strlen(value) > longest) hw_refuse(rs, 400, p->name, "%s: longer than %zu bytes", p->name, longest);
    else if (p->kind == HW_PARAM_NUMBER && !is_number(value, p->min, p->max))
        hw_refuse(rs, 400, p->name, "%s: a number from %ld to %ld is wanted", p->name, p->min, p->max);
    else if (p->kind == HW_PARAM_DATE && !is_date(value)) hw_refuse(rs, 400, p->name, "%s: a date is wanted (YYYY, YYYY-MM or YYYY-MM-DD)", p->name);
    else if (p->kind == HW_PARAM_ONE_OF && !one_of(p->words, value)) hw_refuse(rs, 400, p->name, "%s: one of %s is wanted", p->name, p->words);
    return !rs->problem[0];
}

static int place_of(const hw_route *r, const char *name)
{
    for (int i = 0; r->params && r->params[i].name; i++)
        if (!strcmp(r->params[i].name, name)) return i;
    return -1;
}

bool hw_request_check(hw_request *rq, hw_response *rs)
{
    const hw_route *r = rq->route;
    for (unsigned i = 0; i < rq->n_given; i++) {
        int k = place_of(r, rq->given[i].name);
        if (k < 0 && r->kind == HW_PAGE) continue;
        if (k < 0) {
            hw_refuse(rs, 400, rq->given[i].name, "there is no such parameter here");
            return false;
        }
        if (!check_value(&r->params[k], rq->given[i].value, rs)) return false;
        rq->values[k] = rq->given[i].value;
    }
    for (int k = 0; r->params && r->params[k].name; k++) {
        if (!rq->values[k]) rq->values[k] = r->params[k].otherwise;
        if (!rq->values[k] && r->params[k].needed) {
            hw_refuse(rs, 400, r->params[k].name, "%s: must be given", r->params[k].name);
            return false;
        }
    }
    return true;
}

const char *hw_value(const hw_request *rq, const char *name)
{
    int k = place_of(rq->route, name);
    return k < 0 ? NULL : rq->values[k];
}

bool hw_value_is(const hw_request *rq, const char *name, const char *word)
{
    const char *v = hw_value(rq, name);
    return v && !strcmp(v, word);
}

int64_t hw_value_number(const hw_request *rq, const char *name)
{
    const char *v = hw_value(rq, name);
    return v ? strtoll(v, NULL, 10) : 0;
}

const char *hw_segment(const hw_request *rq, unsigned n)
{
    unsigned at = 0;
    for (const char *p = rq->route->pattern + 1;; p++, at++) {
        size_t k = strcspn(p, "/");
        if (*p == '{' && n-- == 0) return rq->segments[at];
        p += k;
        if (!*p) return NULL;
    }
}

bool hw_value_who(hw_request *rq, hw_response *rs, const char *name, const int64_t **ids, size_t *n)
{
    const char *v = hw_value(rq, name);
    *ids = NULL;
    *n = 0;
    if (!v) return true;
    if (is_number(v, 1, 999999999999999)) {
        int64_t *id = HW_NEW(&rq->arena, int64_t);
        *id = strtoll(v, NULL, 10);
        *ids = id;
        *n = 1;
        return true;
    }
    hw_entity_row *found = NULL;
    hewal_error err;
    size_t many;
    if (hw_store_find(rq->store, v, NULL, 20, &found, &many, &err) != HEWAL_OK) {
        hw_refuse_error(rs, &err);
        return false;
    }
    *n = hw_store_best(found, many);
    int64_t *out = HW_NEWS(&rq->arena, int64_t, *n + 1);
    for (size_t i = 0; i < *n; i++) out[i] = found[i].id;
    free(found);
    *ids = out;
    return true;
}

const char *hw_target_with(hw_request *rq, const char *name, const char *value)
{
    hewal_string s = {0};
    hw_buf b = hw_buf_on(&s);
    const char *between = "?";
    hw_puts(&b, rq->path);
    for (unsigned i = 0; i < rq->n_given; i++) {
        if (!strcmp(rq->given[i].name, name)) continue;
        hw_puts(&b, between);
        hw_put_encoded(&b, rq->given[i].name);
        hw_putc(&b, '=');
        hw_put_encoded(&b, rq->given[i].value);
        between = "&";
    }
    if (value) {
        hw_putf(&b, "%s%s=", between, name);
        hw_put_encoded(&b, value);
    }
    const char *target = hw_strdup(&rq->arena, hw_buf_ok(&b) ? s.s : rq->path);
    hewal_string_free(&s);
    return target;
}

/* ---- headers -------------------------------------------------------------------------------------------------------- */

/* The next element of a list with commas: its beginning, its length, its quality in thousandths. False at the end. */
static bool next_element(const char **p, const char **word, size_t *n, int *quality)
{
    *p += strspn(*p, " \t,");
    if (!**p) return false;
    size_t whole = strcspn(*p, ",");
    *word = *p;
    *n = strcspn(*p, ";, \t");
    *quality = 1000;
    const char *q = memchr(*p, ';', whole);
    if (q && (q = strcasestr(q, "q="), q && q < *p + whole)) {
        double v = strtod(q + 2, NULL);
        *quality = v >= 0 && v <= 1 ? (int)(v * 1000) : 0; /* what is no quality is none */
    }
    *p += whole;
    return true;
}

bool hw_header_has(const char *header, const char *word)
{
    const char *w;
    size_t n;
    int quality;
    while (header && next_element(&header, &w, &n, &quality))
        if (quality > 0 && n == strlen(word) && !strncasecmp(w, word, n)) return true;
    return false;
}

const char *hw_language_wanted(const char *header, const char *otherwise)
{
    static const struct { const char *tag, *language; } known[] = {{"ckb", "ckb"}, {"ku", "ckb"}, {"kmr", "ckb"}, {"en", "en"}};
    const char *w, *best = otherwise;
    size_t n;
    int quality, most = 0;
    while (header && next_element(&header, &w, &n, &quality))
        for (size_t i = 0; i < sizeof known / sizeof *known; i++) {
            size_t k = strlen(known[i].tag);
            if (quality > most && n >= k && !strncasecmp(w, known[i].tag, k) && (n == k || w[k] == '-')) {
                most = quality;
                best = known[i].language;
            }
        }
    return best;
}
