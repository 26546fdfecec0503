/* In: a JSON object, or an array of them. Out: articles; members that are not ours are carried through. */
#include "base/buf.h"
#include "base/err.h"
#include "ingest/parts.h"

#include <jansson.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* Members that the record writes itself: what an earlier run wrote there is not carried through. */
static bool is_own(const char *key)
{
    static const char *const own[] = {"hewal", "id", "text", "entities", "mentions", "times", "quantities", "quotes", "events",
                                      "published_inferred", "error"};
    for (size_t i = 0; i < sizeof own / sizeof *own; i++)
        if (!strcmp(key, own[i])) return true;
    return false;
}

static hw_slice string_of(const json_t *v)
{
    return (hw_slice){json_string_value(v), json_string_length(v)};
}

static int add_bytes(const char *s, size_t n, void *b)
{
    hw_put(b, s, n);
    return 0;
}

static bool carry(hewal_string *extra, const char *key, json_t *v)
{
    hw_buf b = hw_buf_on(extra);
    if (extra->len) hw_putc(&b, ',');
    hw_put_json_s(&b, key);
    hw_putc(&b, ':');
    json_dump_callback(v, add_bytes, &b, JSON_COMPACT | JSON_ENCODE_ANY);
    return hw_buf_ok(&b);
}

static char *id_of(const json_t *o, char number[32])
{
    const json_t *id = json_object_get(o, "id");
    if (json_is_string(id)) return strdup(json_string_value(id));
    if (!json_is_integer(id)) return NULL;
    snprintf(number, 32, "%lld", (long long)json_integer_value(id));
    return strdup(number);
}

static hewal_status from_object(hw_article **out, json_t *o, const char *path, size_t line, char **id, hewal_error *err)
{
    char at[512], number[32];
    hw_place(at, sizeof at, path, line);
    if (!json_is_object(o)) return hw_fail(err, HEWAL_EFORMAT, "%s: not a JSON object", at);
    *id = id_of(o, number);
    const json_t *text = json_object_get(o, "text");
    if (!text) return hw_fail(err, HEWAL_EFORMAT, "%s: no member \"text\"", at);
    if (!json_is_string(text)) return hw_fail(err, HEWAL_EFORMAT, "%s: \"text\" is not a string", at);
    hewal_string extra = {0};
    hw_parts p = {.path = path, .line = line, .extra = &extra, .text = string_of(text)};
    if (*id) p.id = (hw_slice){*id, strlen(*id)};
    const struct { const char *name; hw_slice *at; } ours[] = {{"title", &p.title}, {"published", &p.published}, {"outlet", &p.outlet},
                                                               {"url", &p.url}, {"source", &p.source}};
    const char *key;
    json_t *v;
    bool ok = true;
    json_object_foreach(o, key, v)
    {
        hw_slice *part = NULL;
        for (size_t i = 0; i < sizeof ours / sizeof *ours; i++)
            if (!strcmp(key, ours[i].name)) part = ours[i].at;
        if (part && json_is_string(v)) *part = string_of(v);
        else if (part == &p.published && !json_is_null(v)) ok = ok && carry(&extra, "published_given", v);
        else if (!is_own(key) && !(part && json_is_null(v))) ok = ok && carry(&extra, key, v);
    }
    hewal_status st = ok ? hw_article_make(out, &p, err) : hw_fail(err, HEWAL_ENOMEM, "%s: out of memory", at);
    hewal_string_free(&extra);
    return st;
}

/* Parses; integers beyond 64 bits are read as reals rather than refused. */
static json_t *parse(const char *s, size_t n, json_error_t *e)
{
    json_t *v = json_loadb(s, n, JSON_DECODE_ANY, e);
    if (!v && json_error_code(e) == json_error_numeric_overflow) v = json_loadb(s, n, JSON_DECODE_ANY | JSON_DECODE_INT_AS_REAL, e);
    return v;
}

hewal_status hw_json_article(hw_article **out, const char *s, size_t n, const char *path, size_t line, char **id,
                             hewal_error *err)
{
    char at[512];
    json_error_t e;
    hewal_string mended = {0};
    *out = NULL;
    *id = NULL;
    hw_place(at, sizeof at, path, line);
    if (memchr(s, 0, n)) return hw_fail(err, HEWAL_EFORMAT, "%s: a NUL byte in the line", at);
    if (hw_mend_utf8(s, n, &mended)) {
        s = mended.s;
        n = mended.len;
    }
    json_t *o = parse(s, n, &e);
    hewal_status st;
    if (!o && json_error_code(&e) == json_error_out_of_memory) st = hw_fail(err, HEWAL_ENOMEM, "%s: out of memory", at);
    else if (!o) st = hw_fail(err, HEWAL_EFORMAT, "%s: invalid JSON at byte %d: %s", at, e.position, e.text);
    else st = from_object(out, o, path, line, id, err);
    json_decref(o);
    hewal_string_free(&mended);
    return st;
}

hewal_status hw_json_open(hw_json_list *l, const char *s, size_t n, const char *path, hewal_error *err)
{
    char at[512];
    json_error_t e;
    hewal_string mended = {0};
    bool broken = hw_mend_utf8(s, n, &mended);
    *l = (hw_json_list){0};
    l->root = broken ? parse(mended.s, mended.len, &e) : parse(s, n, &e);
    hewal_string_free(&mended);
    if (!l->root) return hw_fail(err, HEWAL_EFORMAT, "%s: invalid JSON: %s", hw_place(at, sizeof at, path, e.line > 0 ? (size_t)e.line : 0), e.text);
    l->n = json_is_array((json_t *)l->root) ? json_array_size(l->root) : 1;
    return HEWAL_OK;
}

hewal_status hw_json_next(hw_json_list *l, hw_article **out, const char *path, char **id, hewal_error *err)
{
    *out = NULL;
    *id = NULL;
    if (l->i == l->n) return HEWAL_OK;
    size_t i = l->i++;
    json_t *root = l->root;
    return from_object(out, json_is_array(root) ? json_array_get(root, i) : root, path, json_is_array(root) ? i + 1 : 0, id, err);
}

void hw_json_close(hw_json_list *l)
{
    json_decref(l->root);
    *l = (hw_json_list){0};
}
