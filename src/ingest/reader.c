/* In: paths. Out: articles, one a call: opens one file after another, tells what it is by its content, and hands its bytes
 * to the reader for that. */
#include "base/err.h"
#include "ingest/parts.h"

#include <libxml/parser.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

struct hw_reader {
    hw_walk *walk;
    hw_input input;
    atomic_ullong bytes;
    const char *path; /* being read; lives in the walk */
    hw_source *source; /* NULL: go to the next file */
    enum { LINES, LIST } mode;
    size_t line;      /* lines read */
    size_t articles;  /* given or refused of this file */
    hw_json_list list;
    char *refused_id;
    char refused_at[512];
};

hewal_status hw_reader_open(hw_reader **out, const char *const *paths, size_t n, hw_input input, hewal_error *err)
{
    xmlInitParser(); /* before threads are about; safe to call again */
    hw_reader *r = *out = calloc(1, sizeof *r);
    if (r && (r->walk = hw_walk_new(paths, n))) {
        r->input = input;
        return HEWAL_OK;
    }
    free(r);
    *out = NULL;
    return hw_fail(err, HEWAL_ENOMEM, "out of memory");
}

static void leave_file(hw_reader *r)
{
    hw_source_close(r->source);
    r->source = NULL;
    hw_json_close(&r->list);
}

void hw_reader_close(hw_reader *r)
{
    if (!r) return;
    leave_file(r);
    hw_walk_free(r->walk);
    free(r->refused_id);
    free(r);
}

uint64_t hw_reader_bytes(const hw_reader *r)
{
    return atomic_load_explicit((atomic_ullong *)(uintptr_t)&r->bytes, memory_order_relaxed);
}

const char *hw_reader_refused_id(const hw_reader *r)
{
    return r->refused_id;
}

const char *hw_reader_refused_origin(const hw_reader *r)
{
    return r->refused_at;
}

/* ---- what a file is ------------------------------------------------------------------------------------------------ */

static bool ends_with(const char *path, const char *end)
{
    size_t n = strlen(path), k = strlen(end);
    if (n > 3 && !strcasecmp(path + n - 3, ".gz")) n -= 3;
    return n > k && !strncasecmp(path + n - k, end, k);
}

typedef enum { IS_PLAIN, IS_LINES, IS_LIST, IS_HTML } kind;

static kind kind_of(const hw_reader *r, const char *s, size_t n)
{
    if (r->input == HW_JSONL) return IS_LINES;
    if (r->input == HW_HTML) return IS_HTML;
    if (r->input == HW_PLAIN) return IS_PLAIN;
    hw_slice t = hw_trim((hw_slice){s, n});
    if (t.n && t.s[0] == '<' && (hw_looks_like_html(t.s, t.n) || ends_with(r->path, ".html") || ends_with(r->path, ".htm"))) return IS_HTML;
    bool named = ends_with(r->path, ".jsonl") || ends_with(r->path, ".ndjson"), json = ends_with(r->path, ".json");
    if (t.n && t.s[0] == '[') {
        hw_slice in = hw_trim((hw_slice){t.s + 1, t.n - 1});
        if (json || (!named && in.n && in.s[0] == '{')) return IS_LIST;
    }
    if (t.n && t.s[0] == '{' && !named) {
        const char *nl = memchr(t.s, '\n', t.n);
        hw_slice rest = hw_trim((hw_slice){t.s + 1, t.n - 1}), line = hw_trim((hw_slice){t.s, nl ? (size_t)(nl - t.s) : t.n});
        if (line.n == 1) return IS_LIST; /* one object over several lines */
        if (json || !rest.n || rest.s[0] == '"' || rest.s[0] == '}') return IS_LINES;
    }
    return named || json ? IS_LINES : IS_PLAIN;
}

/* ---- one article a file ------------------------------------------------------------------------------------------- */

static hewal_status too_long(const hw_reader *r, const char *what, size_t limit, hewal_error *err)
{
    char at[512];
    return hw_fail(err, HEWAL_ETOOBIG, "%s: %s longer than %zu bytes", hw_place(at, sizeof at, r->path, 0), what, limit);
}

static hewal_status whole_file(hw_reader *r, kind k, hw_article **out, hewal_error *err)
{
    bool whole;
    char at[512];
    size_t n, limit = k == IS_LIST ? HW_MAX_LINE : HW_MAX_FILE;
    hewal_status st = hw_source_all(r->source, limit, &whole, err);
    if (st != HEWAL_OK) return st;
    if (!whole) return too_long(r, k == IS_LIST ? "JSON over several lines," : k == IS_HTML ? "a page" : "a text", k == IS_LIST ? limit : HEWAL_MAX_TEXT, err);
    const char *s = hw_source_window(r->source, &n), *why = hw_not_text(s, n, true);
    if (why) return hw_fail(err, HEWAL_EFORMAT, "%s: %s", hw_place(at, sizeof at, r->path, 0), why);
    if (k == IS_HTML) return hw_html_article(out, s, n, r->path, err);
    if (k == IS_PLAIN) return hw_plain_article(out, s, n, r->path, err);
    r->mode = LIST;
    return hw_json_open(&r->list, s, n, r->path, err);
}

/* Opens the file at r->path. On HEWAL_OK either *out is its only article and the file is done, or r->source stays open for
 * lines or a list. */
static hewal_status begin_file(hw_reader *r, const void *bytes, size_t size, hw_article **out, hewal_error *err)
{
    char at[512];
    size_t n;
    bool grew = true;
    *out = NULL;
    r->mode = LINES;
    r->line = r->articles = 0;
    hewal_status st = hw_source_open(&r->source, r->path, bytes, size, &r->bytes, err);
    if (st != HEWAL_OK) return st;
    const char *s = hw_source_window(r->source, &n);
    while (st == HEWAL_OK && grew && !hw_trim((hw_slice){s, n}).n && n < HW_MAX_FILE) {
        st = hw_source_more(r->source, &grew, err);
        s = hw_source_window(r->source, &n);
    }
    if (st != HEWAL_OK) return st;
    hw_place(at, sizeof at, r->path, 0);
    if (!n) return hw_fail(err, HEWAL_EFORMAT, "%s: an empty file", at);
    const char *why = hw_not_text(s, n, false);
    if (why && r->input != HW_JSONL) return hw_fail(err, HEWAL_EFORMAT, "%s: %s", at, why);
    kind k = kind_of(r, s, n);
    return k == IS_LINES ? HEWAL_OK : whole_file(r, k, out, err);
}

/* ---- lines --------------------------------------------------------------------------------------------------------- */

static bool only_whitespace(const char *s, size_t n)
{
    return !hw_trim((hw_slice){s, n}).n;
}

/* Takes the window up to the end of the line, however long it is. */
static hewal_status skip_line(hw_reader *r, hewal_error *err)
{
    for (bool grew = true; grew;) {
        size_t n;
        const char *s = hw_source_window(r->source, &n), *nl = n ? memchr(s, '\n', n) : NULL;
        hw_source_take(r->source, nl ? (size_t)(nl - s) + 1 : n);
        if (nl) return HEWAL_OK;
        hewal_status st = hw_source_more(r->source, &grew, err);
        if (st != HEWAL_OK) return st;
    }
    return HEWAL_OK;
}

/* The next article of a file of lines; *out NULL with HEWAL_OK at its end. *fatal: the file cannot be read on. */
static hewal_status next_line(hw_reader *r, hw_article **out, bool *fatal, hewal_error *err)
{
    size_t seen = 0;
    for (bool grew = true;;) {
        size_t n;
        const char *s = hw_source_window(r->source, &n), *nl = n > seen ? memchr(s + seen, '\n', n - seen) : NULL;
        if (!nl && n > HW_MAX_LINE) {
            char at[512];
            r->line++;
            hewal_status st = skip_line(r, err);
            if ((*fatal = st != HEWAL_OK)) return st;
            return hw_fail(err, HEWAL_ETOOBIG, "%s: a line longer than %zu bytes", hw_place(at, sizeof at, r->path, r->line), HW_MAX_LINE);
        }
        if (!nl && grew) {
            seen = n;
            hewal_status st = hw_source_more(r->source, &grew, err);
            if ((*fatal = st != HEWAL_OK)) return st;
            continue;
        }
        if (!nl && !n) return HEWAL_OK;
        size_t len = nl ? (size_t)(nl - s) : n;
        r->line++;
        if (only_whitespace(s, len)) {
            hw_source_take(r->source, len + (nl != NULL));
            seen = 0;
            continue;
        }
        hewal_status st = hw_json_article(out, s, len, r->path, r->line, &r->refused_id, err);
        hw_source_take(r->source, len + (nl != NULL));
        return st;
    }
}

/* ---- the reader ----------------------------------------------------------------------------------------------------- */

static hw_read_result refuse(hw_reader *r)
{
    bool lines = r->source && r->mode == LINES && r->line;
    hw_place(r->refused_at, sizeof r->refused_at, r->path, lines ? r->line : r->mode == LIST ? r->list.i : 0);
    r->articles++;
    return HW_READ_REFUSED;
}

static hw_read_result give(hw_reader *r)
{
    r->articles++;
    free(r->refused_id);
    r->refused_id = NULL;
    return HW_READ_ARTICLE;
}

/* The next of the file that is open; HW_READ_END when it has no more. */
static hw_read_result next_in_file(hw_reader *r, hw_article **out, hewal_error *err)
{
    bool fatal = false;
    hewal_status st = r->mode == LIST ? hw_json_next(&r->list, out, r->path, &r->refused_id, err) : next_line(r, out, &fatal, err);
    if (st == HEWAL_OK && *out) return give(r);
    if (st != HEWAL_OK) {
        hw_read_result res = refuse(r);
        if (fatal) leave_file(r);
        return res;
    }
    bool none = !r->articles;
    if (none) {
        char at[512];
        hw_fail(err, HEWAL_EFORMAT, "%s: no article in it", hw_place(at, sizeof at, r->path, 0));
        refuse(r);
    }
    leave_file(r);
    return none ? HW_READ_REFUSED : HW_READ_END;
}

hw_read_result hw_reader_next(hw_reader *r, hw_article **out, hewal_error *err)
{
    hewal_error spare;
    if (!err) err = &spare;
    *out = NULL;
    free(r->refused_id);
    r->refused_id = NULL;
    for (;;) {
        if (r->source) {
            hw_read_result got = next_in_file(r, out, err);
            if (got != HW_READ_END) return got;
        }
        hw_walk_result w = hw_walk_next(r->walk, &r->path, err);
        if (w == HW_WALK_END) return HW_READ_END;
        r->line = 0;
        r->mode = LINES;
        if (w == HW_WALK_FAULT) return refuse(r);
        hewal_status st = begin_file(r, NULL, 0, out, err);
        if (st == HEWAL_OK && !*out) continue;
        leave_file(r);
        return st == HEWAL_OK ? give(r) : refuse(r);
    }
}

hewal_status hw_article_parse(hw_article **out, const char *bytes, size_t len, hw_input input, const char *name, hewal_error *err)
{
    xmlInitParser();
    hw_reader r = {.input = input, .path = name};
    hewal_error spare;
    if (!err) err = &spare;
    hewal_status st = begin_file(&r, len ? bytes : "", len, out, err);
    if (st == HEWAL_OK && !*out) {
        hw_read_result got = next_in_file(&r, out, err);
        st = got == HW_READ_ARTICLE ? HEWAL_OK : got == HW_READ_REFUSED ? err->status : hw_fail(err, HEWAL_EFORMAT, "%s: no article in it", name);
    }
    leave_file(&r);
    free(r.refused_id);
    return st;
}
