/* In: a Markdown file, with or without front matter (`---`, lines `key: value`, `---`). Out: an article.
 *
 * The markup is taken out, as a page's is: stars around a name, or the address of a link, would stand between its letters and
 * hide it. A paragraph is one line, wherever the editor broke it. Offsets are those of this text. */
#include "base/buf.h"
#include "base/err.h"
#include "ingest/parts.h"

#include <cmark.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* ---- front matter --------------------------------------------------------------------------------------------------- */

/* The line that begins at s: without its end; *next is where the following begins. */
static hw_slice line_at(const char *s, const char *end, const char **next)
{
    const char *nl = memchr(s, '\n', (size_t)(end - s));
    *next = nl ? nl + 1 : end;
    hw_slice l = {s, (size_t)((nl ? nl : end) - s)};
    while (l.n && hw_is_space(l.s[l.n - 1])) l.n--;
    return l;
}

static hw_slice unquoted(hw_slice v)
{
    if (v.n >= 2 && (v.s[0] == '"' || v.s[0] == '\'') && v.s[v.n - 1] == v.s[0]) return (hw_slice){v.s + 1, v.n - 2};
    return v;
}

static void take_key(hw_parts *p, hw_slice line)
{
    const char *colon = memchr(line.s, ':', line.n);
    char name[64];
    if (!colon || hw_is_space(line.s[0]) || line.s[0] == '#' || line.s[0] == '-') return; /* what lies under another key, a remark */
    hw_slice key = hw_trim((hw_slice){line.s, (size_t)(colon - line.s)}), value = unquoted(hw_trim((hw_slice){colon + 1, line.n - (size_t)(colon - line.s) - 1}));
    hw_slice *part = hw_part_called(p, key);
    if (part) {
        if (!part->n) *part = value;
    } else if (value.n && key.n && key.n < sizeof name && !hw_is_own_member(key)) {
        snprintf(name, sizeof name, "%.*s", (int)key.n, key.s);
        hw_carry(p->extra, name, value.s, value.n);
    }
}

static bool is_fence(hw_slice l)
{
    return l.n == 3 && !memcmp(l.s, "---", 3);
}

/* How many bytes the front matter takes; 0 when there is none. */
static size_t front_matter(const char *s, size_t n, hw_parts *p)
{
    const char *end = s + n, *at, *next;
    if (!n || !is_fence(line_at(s, end, &at))) return 0;
    for (const char *l = at; l < end; l = next) {
        hw_slice line = line_at(l, end, &next);
        if (!is_fence(line) && !(line.n == 3 && !memcmp(line.s, "...", 3))) continue;
        for (const char *k = at, *after; k < l; k = after) {
            hw_slice one = line_at(k, end, &after);
            if (one.n) take_key(p, one);
        }
        return (size_t)(next - s);
    }
    return 0;
}

/* ---- text ----------------------------------------------------------------------------------------------------------- */

typedef struct {
    hewal_string *out;
    hw_buf b;
    unsigned images; /* we are inside of: their words are no text */
    bool ok;
} writer;

static void end_line(writer *w)
{
    while (w->out->len && w->out->s[w->out->len - 1] == ' ') w->out->s[--w->out->len] = 0;
    if (w->out->len && w->out->s[w->out->len - 1] != '\n') hw_putc(&w->b, '\n');
}

/* Not the spaces at the start of a line. */
static void put_text(writer *w, const char *s)
{
    if (!w->out->len || w->out->s[w->out->len - 1] == '\n')
        while (*s == ' ') s++;
    hw_puts(&w->b, s);
}

static void put_html(writer *w, const char *s)
{
    end_line(w);
    w->ok = w->ok && hw_fragment_text(s, strlen(s), w->out);
    end_line(w);
}

static void enter(writer *w, cmark_node *n)
{
    const char *s = cmark_node_get_literal(n);
    switch (cmark_node_get_type(n)) {
    case CMARK_NODE_TEXT: put_text(w, s); break;
    case CMARK_NODE_CODE:
    case CMARK_NODE_CODE_BLOCK: hw_puts(&w->b, s); break;
    case CMARK_NODE_SOFTBREAK: hw_putc(&w->b, ' '); break;
    case CMARK_NODE_LINEBREAK: end_line(w); break;
    case CMARK_NODE_HTML_BLOCK: put_html(w, s); break;
    case CMARK_NODE_HTML_INLINE:
        if (!strncmp(s, "<br", 3)) end_line(w);
        break;
    default: break;
    }
}

/* The headline: a heading of the first rank that stands before everything else. NULL when there is none. */
static cmark_node *headline(cmark_node *doc)
{
    cmark_node *first = cmark_node_first_child(doc);
    return first && cmark_node_get_type(first) == CMARK_NODE_HEADING && cmark_node_get_heading_level(first) == 1 ? first : NULL;
}

static bool write_text(cmark_node *root, cmark_node *but, hewal_string *out)
{
    writer w = {.out = out, .b = hw_buf_on(out), .ok = true};
    cmark_iter *it = cmark_iter_new(root);
    if (!it) return false;
    for (cmark_event_type e; (e = cmark_iter_next(it)) != CMARK_EVENT_DONE;) {
        cmark_node *n = cmark_iter_get_node(it);
        cmark_node_type t = cmark_node_get_type(n);
        if (n == but && e == CMARK_EVENT_ENTER) cmark_iter_reset(it, n, CMARK_EVENT_EXIT);
        else if (t == CMARK_NODE_IMAGE) w.images += e == CMARK_EVENT_ENTER ? 1u : -1u;
        else if (e == CMARK_EVENT_ENTER && !w.images) enter(&w, n);
        if (t == CMARK_NODE_PARAGRAPH || t == CMARK_NODE_HEADING || t == CMARK_NODE_CODE_BLOCK) end_line(&w);
    }
    cmark_iter_free(it);
    return w.ok && hw_buf_ok(&w.b);
}

static hewal_status article_of(hw_file *f, hw_article **out, const char *s, size_t n, hewal_error *err)
{
    hewal_string extra = {0}, text = {0}, title = {0};
    hw_parts p = {.path = f->name, .extra = &extra};
    size_t head = front_matter(s, n, &p);
    cmark_node *doc = cmark_parse_document(s + head, n - head, CMARK_OPT_VALIDATE_UTF8);
    cmark_node *first = doc ? headline(doc) : NULL;
    bool ok = doc && write_text(doc, first, &text);
    if (first && !p.title.n) {
        ok = ok && write_text(first, NULL, &title);
        p.title = (hw_slice){title.s, title.len};
    }
    if (doc) cmark_node_free(doc);
    p.text = hw_trim((hw_slice){text.s, text.len});
    hewal_status st = ok ? hw_article_make(out, &p, err) : hw_file_fail(f, err, HEWAL_ENOMEM, "out of memory");
    hewal_string_free(&extra);
    hewal_string_free(&text);
    hewal_string_free(&title);
    return st;
}

static hewal_status next(hw_file *f, hw_article **out, hewal_error *err)
{
    const char *s;
    size_t n;
    if (f->articles) return HEWAL_OK;
    f->ended = true;
    hewal_status st = hw_file_text(f, "a text", &s, &n, err);
    return st == HEWAL_OK ? article_of(f, out, s, n, err) : st;
}

/* By its name; or it begins with front matter, whose first line is a key. */
static bool is(const hw_look *l)
{
    if (hw_has_suffix(l->path, "md|markdown|mdown")) return true;
    if (l->n < 5 || memcmp(l->s, "---\n", 4) != 0) return false;
    const char *next;
    hw_slice line = line_at(l->s + 4, l->s + l->n, &next);
    const char *colon = memchr(line.s, ':', line.n);
    return colon && hw_part_called(&(hw_parts){0}, (hw_slice){line.s, (size_t)(colon - line.s)});
}

const hw_format hw_markdown = {.name = "Markdown", .is = is, .next = next};
