/* In: JSON: an object a line, an array of them, or one over several lines. Out: articles; members that are not ours are
 * carried through. */
#include "base/buf.h"
#include "base/err.h"
#include "ingest/parts.h"

#include <jansson.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

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

/* What a part's member is called. */
static const char *member_of(const hw_map *map, int part)
{
    return map && map->of[part] ? map->of[part] : hw_part_names[part];
}

static char *id_of(const json_t *o, const hw_map *map)
{
    char number[32];
    const json_t *id = json_object_get(o, member_of(map, HW_ID));
    if (json_is_string(id)) return strdup(json_string_value(id));
    if (!json_is_integer(id)) return NULL;
    snprintf(number, sizeof number, "%lld", (long long)json_integer_value(id));
    return strdup(number);
}

/* Sorts the members into parts and the rest. */
static bool take_members(hw_parts *p, json_t *o, const hw_map *map)
{
    const char *key;
    char other[HW_MAX_EXTRA];
    json_t *v;
    bool ok = true;
    json_object_foreach(o, key, v)
    {
        hw_slice *part = NULL;
        for (int i = HW_TITLE; i < HW_N_PARTS; i++)
            if (!strcmp(key, member_of(map, i))) part = hw_part_at(p, i);
        if (part && json_is_string(v)) *part = string_of(v);
        else if (!strcmp(key, member_of(map, HW_TEXT)) || !strcmp(key, member_of(map, HW_ID))) continue;
        else if (part == &p->published && !json_is_null(v)) ok = ok && carry(p->extra, "published_given", v);
        else if (!hw_is_own_member((hw_slice){key, strlen(key)}) && !(part && json_is_null(v)))
            ok = ok && carry(p->extra, map && !part ? hw_extra_name(key, other) : key, v);
    }
    return ok;
}

static hewal_status from_object(hw_file *f, hw_article **out, json_t *o, hewal_error *err)
{
    if (!json_is_object(o)) return hw_file_fail(f, err, HEWAL_EFORMAT, "not a JSON object");
    char *id = f->refused_id = id_of(o, f->map);
    const char *called = member_of(f->map, HW_TEXT);
    const json_t *text = json_object_get(o, called);
    if (!text) return hw_file_fail(f, err, HEWAL_EFORMAT, "no member \"%.60s\"", called);
    if (!json_is_string(text)) return hw_file_fail(f, err, HEWAL_EFORMAT, "\"%.60s\" is not a string", called);
    hewal_string extra = {0};
    hw_parts p = {.path = f->name, .line = f->line, .extra = &extra, .text = string_of(text)};
    if (id) p.id = (hw_slice){id, strlen(id)};
    hewal_status st = take_members(&p, o, f->map) ? hw_article_make(out, &p, err) : hw_file_fail(f, err, HEWAL_ENOMEM, "out of memory");
    hewal_string_free(&extra);
    return st;
}

/* Parses; integers beyond 64 bits are read as reals rather than refused. */
static json_t *parse(const char *s, size_t n, json_error_t *e)
{
    hewal_string mended = {0};
    if (hw_mend_utf8(s, n, &mended)) {
        s = mended.s;
        n = mended.len;
    }
    json_t *v = json_loadb(s, n, JSON_DECODE_ANY, e);
    if (!v && json_error_code(e) == json_error_numeric_overflow) v = json_loadb(s, n, JSON_DECODE_ANY | JSON_DECODE_INT_AS_REAL, e);
    hewal_string_free(&mended);
    return v;
}

/* ---- lines ---------------------------------------------------------------------------------------------------------- */

static hewal_status from_line(hw_file *f, hw_article **out, const char *s, size_t n, hewal_error *err)
{
    json_error_t e;
    if (memchr(s, 0, n)) return hw_file_fail(f, err, HEWAL_EFORMAT, "a NUL byte in the line");
    json_t *o = parse(s, n, &e);
    hewal_status st;
    if (!o && json_error_code(&e) == json_error_out_of_memory) st = hw_file_fail(f, err, HEWAL_ENOMEM, "out of memory");
    else if (!o) st = hw_file_fail(f, err, HEWAL_EFORMAT, "invalid JSON at byte %d: %s", e.position, e.text);
    else st = from_object(f, out, o, err);
    json_decref(o);
    return st;
}

/* Takes the window up to the end of the line, however long it is. */
static hewal_status skip_line(hw_file *f, hewal_error *err)
{
    for (bool grew = true; grew;) {
        size_t n;
        const char *s = hw_source_window(f->in, &n), *nl = n ? memchr(s, '\n', n) : NULL;
        hw_source_take(f->in, nl ? (size_t)(nl - s) + 1 : n);
        if (nl) return HEWAL_OK;
        hewal_status st = hw_source_more(f->in, &grew, err);
        if (st != HEWAL_OK) return st;
    }
    return HEWAL_OK;
}

static hewal_status next_line(hw_file *f, hw_article **out, hewal_error *err)
{
    size_t seen = 0;
    for (bool grew = true;;) {
        size_t n;
        const char *s = hw_source_window(f->in, &n), *nl = n > seen ? memchr(s + seen, '\n', n - seen) : NULL;
        hewal_status st;
        if (!nl && n > HW_MAX_LINE) {
            f->line++;
            st = skip_line(f, err);
            f->ended = st != HEWAL_OK;
            return f->ended ? st : hw_file_fail(f, err, HEWAL_ETOOBIG, "a line longer than %zu bytes", HW_MAX_LINE);
        }
        if (!nl && grew) {
            seen = n;
            st = hw_source_more(f->in, &grew, err);
            if ((f->ended = st != HEWAL_OK)) return st;
            continue;
        }
        if (!nl && !n) return HEWAL_OK;
        size_t len = nl ? (size_t)(nl - s) : n;
        f->line++;
        if (hw_trim((hw_slice){s, len}).n) {
            st = from_line(f, out, s, len, err);
            hw_source_take(f->in, len + (nl != NULL));
            return st;
        }
        hw_source_take(f->in, len + (nl != NULL));
        seen = 0;
    }
}

static hewal_status next_of_lines(hw_file *f, hw_article **out, hewal_error *err)
{
    free(f->refused_id);
    f->refused_id = NULL;
    return next_line(f, out, err);
}

static bool is_lines(const hw_look *l)
{
    bool named = hw_has_suffix(l->path, "jsonl|ndjson"), json = hw_has_suffix(l->path, "json");
    if (named || json) return true;
    if (!l->n || l->s[0] != '{') return false;
    hw_slice rest = hw_trim((hw_slice){l->s + 1, l->n - 1});
    return !rest.n || rest.s[0] == '"' || rest.s[0] == '}';
}

const hw_format hw_json_lines = {.name = "JSON lines", .is = is_lines, .next = next_of_lines};

/* ---- an array, or one object over several lines ----------------------------------------------------------------------- */

static bool is_whole(const hw_look *l)
{
    bool named = hw_has_suffix(l->path, "jsonl|ndjson"), json = hw_has_suffix(l->path, "json");
    if (!l->n || named) return false;
    hw_slice in = hw_trim((hw_slice){l->s + 1, l->n - 1});
    if (l->s[0] == '[') return json || (in.n && in.s[0] == '{');
    const char *nl = memchr(l->s, '\n', l->n);
    return l->s[0] == '{' && hw_trim((hw_slice){l->s, nl ? (size_t)(nl - l->s) : l->n}).n == 1;
}

static hewal_status read_whole(hw_file *f, hewal_error *err)
{
    const char *s;
    size_t n;
    json_error_t e;
    hewal_status st = hw_file_all(f, "JSON over several lines,", HW_MAX_LINE, HW_MAX_LINE, &s, &n, err);
    const char *why = st == HEWAL_OK ? hw_not_text(s, n, true) : NULL;
    if (why) return hw_file_fail(f, err, HEWAL_EFORMAT, "%s", why);
    if (st != HEWAL_OK) return st;
    if ((f->state = parse(s, n, &e))) return HEWAL_OK;
    f->line = e.line > 0 ? (size_t)e.line : 0;
    return hw_file_fail(f, err, HEWAL_EFORMAT, "invalid JSON: %s", e.text);
}

static hewal_status next_of_whole(hw_file *f, hw_article **out, hewal_error *err)
{
    free(f->refused_id);
    f->refused_id = NULL;
    hewal_status st = f->state ? HEWAL_OK : read_whole(f, err);
    if ((f->ended = st != HEWAL_OK)) return st;
    json_t *root = f->state;
    if (f->articles == (json_is_array(root) ? json_array_size(root) : 1)) return HEWAL_OK;
    f->line = json_is_array(root) ? f->articles + 1 : 0;
    return from_object(f, out, json_is_array(root) ? json_array_get(root, f->articles) : root, err);
}

static void close_whole(hw_file *f)
{
    json_decref(f->state);
}

const hw_format hw_json_whole = {.name = "JSON", .is = is_whole, .next = next_of_whole, .close = close_whole};
