/* In: a page's wikitext. Out: its text. One pass from left to right.
 *
 * Nested things ({{...}}, {|...|}, [[File:...]]) are passed over by counting. What is opened and never closed is text; when
 * that was so too often no more ends are looked for, so that a page of a million openings costs no more than any other. */
#include "ingest/wikitext.h"

#include "base/buf.h"
#include <libxml/HTMLparser.h>
#include <libxml/parserInternals.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

enum { PATIENCE = 50, N_WHOLE = 15 };

/* Elements that go with all that is in them. */
static const char *const whole[N_WHOLE] = {"ref", "gallery", "math", "timeline", "score", "imagemap", "syntaxhighlight", "source", "templatestyles", "style", "script", "mapframe",
                                           "graph", "references", "pagelist"};

typedef struct {
    const char *s;
    size_t n, i;
    const hw_wiki_names *hidden;
    hewal_string *out;
    hw_buf b;
    size_t line; /* where it begins in out */
    unsigned templates, tables, links, comments; /* searches for their ends that found none */
    bool no_end[N_WHOLE];                        /* from here on none of these has one */
} wiki;

static bool at(const wiki *w, size_t i, const char *word)
{
    size_t k = strlen(word);
    return w->n - i >= k && !strncasecmp(w->s + i, word, k);
}

static void end_line(wiki *w)
{
    while (w->out->len > w->line && w->out->s[w->out->len - 1] == ' ') w->out->len--;
    if (w->out->s) w->out->s[w->out->len] = 0;
    if (w->out->len > w->line) hw_putc(&w->b, '\n');
    w->line = w->out->len;
}

static void put(wiki *w, char c)
{
    bool space = c == ' ' || c == '\t' || c == '\r';
    if (space && (w->out->len == w->line || w->out->s[w->out->len - 1] == ' ')) return;
    hw_putc(&w->b, space ? ' ' : c);
}

/* ---- what is passed over ---------------------------------------------------------------------------------------------- */

/* Behind the end of what opens at i with two characters and may hold itself; 0: it has no end. */
static size_t balanced(const wiki *w, size_t i, const char *open, const char *close)
{
    size_t depth = 0;
    while (i + 1 < w->n) {
        if (w->s[i] == open[0] && w->s[i + 1] == open[1]) {
            depth++;
            i += 2;
        } else if (w->s[i] == close[0] && w->s[i + 1] == close[1]) {
            i += 2;
            if (--depth == 0) return i;
        } else i++;
    }
    return 0;
}

/* Passes over it, when it begins here and has an end. */
static bool skip(wiki *w, const char *open, const char *close, unsigned *failed)
{
    if (*failed >= PATIENCE || w->i + 1 >= w->n || w->s[w->i] != open[0] || w->s[w->i + 1] != open[1]) return false;
    size_t end = balanced(w, w->i, open, close);
    *failed += !end;
    if (end) w->i = end;
    return end != 0;
}

/* A table: from a line that begins with {| to one that begins with |}. */
static bool skip_table(wiki *w)
{
    if (w->tables >= PATIENCE || !at(w, w->i, "{|")) return false;
    size_t depth = 0;
    for (size_t i = w->i; i < w->n; i++) {
        while (i < w->n && (w->s[i] == ' ' || w->s[i] == ':' || w->s[i] == '\t')) i++;
        depth += at(w, i, "{|");
        if (at(w, i, "|}") && !at(w, i, "|}}") && --depth == 0) return w->i = i + 2, true;
        const char *nl = i < w->n ? memchr(w->s + i, '\n', w->n - i) : NULL;
        if (!nl) break;
        i = (size_t)(nl - w->s);
    }
    w->tables++;
    return false;
}

static bool skip_comment(wiki *w)
{
    if (w->comments || !at(w, w->i, "<!--")) return false;
    const char *end = memmem(w->s + w->i, w->n - w->i, "-->", 3);
    w->comments += !end;
    if (end) w->i = (size_t)(end - w->s) + 3;
    return end;
}

/* Behind </name>, from i on; 0: it isn't there. */
static size_t behind_closing(const wiki *w, size_t i, const char *name)
{
    size_t k = strlen(name);
    for (const char *p = w->s + i, *stop = w->s + w->n; (p = memchr(p, '<', (size_t)(stop - p))) != NULL; p++) {
        if ((size_t)(stop - p) < k + 2 || p[1] != '/' || strncasecmp(p + 2, name, k) != 0) continue;
        const char *gt = memchr(p, '>', (size_t)(stop - p));
        return gt ? (size_t)(gt - w->s) + 1 : w->n;
    }
    return 0;
}

/* An element: its tags go, and with some all that is in them. */
static bool skip_element(wiki *w)
{
    size_t i = w->i;
    if (w->s[i] != '<' || i + 1 >= w->n) return false;
    size_t from = i + 1 + (w->s[i + 1] == '/'), k = from;
    while (k < w->n && ((w->s[k] | 32) >= 'a' && (w->s[k] | 32) <= 'z')) k++;
    const char *close = k > from ? memchr(w->s + k, '>', w->n - k < 2000 ? w->n - k : 2000) : NULL;
    if (!close || (w->s[k] != '>' && w->s[k] != ' ' && w->s[k] != '/' && w->s[k] != '\n')) return false;
    size_t end = (size_t)(close - w->s) + 1;
    bool opens = from == i + 1 && close[-1] != '/';
    for (size_t e = 0; opens && e < N_WHOLE; e++) {
        if (strlen(whole[e]) != k - from || strncasecmp(whole[e], w->s + from, k - from) != 0 || w->no_end[e]) continue;
        size_t behind = behind_closing(w, end, whole[e]);
        w->no_end[e] = !behind;
        if (behind) end = behind;
    }
    if (k - from == 2 && !strncasecmp(w->s + from, "br", 2)) end_line(w);
    w->i = end;
    return true;
}

/* ---- links ---------------------------------------------------------------------------------------------------------------- */

/* Whether a link to `target` shows nothing here: a picture, a category, the same page in another language. */
static bool is_hidden(const wiki *w, hw_slice target)
{
    static const char *const always[] = {"File", "Image", "Category", "Media"};
    const char *colon = target.n ? memchr(target.s, ':', target.n) : NULL;
    if (!colon || colon == target.s) return false;
    hw_slice space = hw_trim((hw_slice){target.s, (size_t)(colon - target.s)});
    for (size_t i = 0; i < sizeof always / sizeof *always; i++)
        if (strlen(always[i]) == space.n && !strncasecmp(always[i], space.s, space.n)) return true;
    for (size_t i = 0; i < w->hidden->n; i++)
        if (strlen(w->hidden->v[i]) == space.n && !memcmp(w->hidden->v[i], space.s, space.n)) return true;
    size_t k = 0;
    while (k < space.n && ((space.s[k] >= 'a' && space.s[k] <= 'z') || space.s[k] == '-')) k++;
    return k == space.n && k >= 2 && k <= 12;
}

/* [[target|shown]]: what is shown goes on being read as text. */
static bool read_link(wiki *w)
{
    if (!at(w, w->i, "[[")) return false;
    size_t from = w->i + 2, k = from;
    while (k < w->n && k - from < 400 && !strchr("|]\n[{", w->s[k])) k++;
    hw_slice target = hw_trim((hw_slice){w->s + from, k - from});
    if (is_hidden(w, target) && skip(w, "[[", "]]", &w->links)) return true;
    if (k < w->n && w->s[k] == '|') {
        w->i = k + 1; /* the brackets at the end go by themselves */
        return true;
    }
    w->i = from + (from < w->n && w->s[from] == ':');
    return true;
}

/* [https://... shown], or the bare address in brackets, which shows a number. */
static bool read_address(wiki *w)
{
    if (w->s[w->i] != '[' || (!at(w, w->i + 1, "http://") && !at(w, w->i + 1, "https://") && !at(w, w->i + 1, "//"))) return false;
    size_t k = w->i + 1;
    while (k < w->n && !hw_is_space(w->s[k]) && w->s[k] != ']') k++;
    w->i = k;
    return true;
}

/* ---- the start of a line, characters ---------------------------------------------------------------------------------- */

static void start_line(wiki *w)
{
    while (w->i < w->n && strchr("*#:; \t", w->s[w->i]) && w->s[w->i]) w->i++;
    size_t rank = 0;
    while (w->i < w->n && w->s[w->i] == '=') w->i++, rank++;
    if (!rank && at(w, w->i, "----"))
        while (w->i < w->n && w->s[w->i] == '-') w->i++;
    if (!rank && (at(w, w->i, "#redirect") || (at(w, w->i, "__") && w->n - w->i > 4 && w->s[w->i + 2] >= 'A' && w->s[w->i + 2] <= 'Z')))
        while (w->i < w->n && w->s[w->i] != '\n') w->i++;
}

/* &nbsp; and the like. */
static bool read_entity(wiki *w)
{
    char name[12];
    size_t k = w->i + 1, m = 0;
    if (w->s[w->i] != '&') return false;
    while (k < w->n && m < 11 && w->s[k] != ';' && w->s[k] != '&' && !hw_is_space(w->s[k])) name[m++] = w->s[k++];
    name[m] = 0;
    if (!m || k == w->n || w->s[k] != ';') return false;
    unsigned long cp = 0;
    if (name[0] == '#') cp = strtoul(name + (name[1] == 'x' ? 2 : 1), NULL, name[1] == 'x' ? 16 : 10);
    else {
        const htmlEntityDesc *e = htmlEntityLookup((const xmlChar *)name);
        if (e) cp = e->value;
    }
    if (!cp || cp > 0x10FFFF || (cp >= 0xD800 && cp < 0xE000)) return false;
    char utf8[8];
    int len = xmlCopyCharMultiByte((xmlChar *)utf8, (int)cp);
    if (cp == 0xA0 || cp <= 0x20) put(w, ' ');
    else hw_put(&w->b, utf8, (size_t)len);
    w->i = k + 1;
    return true;
}

/* Marks that are no text: ''' around what is bold, brackets of links, = behind a heading. */
static bool skip_mark(wiki *w)
{
    if (at(w, w->i, "''")) {
        while (w->i < w->n && w->s[w->i] == '\'') w->i++;
        return true;
    }
    if (at(w, w->i, "]]")) return w->i += 2, true;
    if (w->s[w->i] == '=') { /* only up to the end of the line */
        size_t k = w->i;
        while (k < w->n && w->s[k] == '=') k++;
        size_t run = k;
        while (k < w->n && (w->s[k] == ' ' || w->s[k] == '\r')) k++;
        if (k == w->n || w->s[k] == '\n') return w->i = k, true;
        for (; w->i < run; w->i++) put(w, '=');
        return true;
    }
    return false;
}

/* How many bytes from here on are letters, that no markup begins with. */
static size_t plain_run(const wiki *w)
{
    size_t k = w->i;
    while (k < w->n && ((unsigned char)w->s[k] >= 0x80 || ((w->s[k] | 32) >= 'a' && (w->s[k] | 32) <= 'z'))) k++;
    return k - w->i;
}

bool hw_wikitext(const char *s, size_t n, const hw_wiki_names *hidden, hewal_string *out)
{
    wiki w = {.s = s, .n = n, .hidden = hidden, .out = out, .b = hw_buf_on(out), .line = out->len};
    bool fresh = true, address = false;
    while (w.i < w.n) {
        char c = w.s[w.i];
        if (c == '\n') {
            end_line(&w);
            w.i++;
            fresh = true;
            address = false;
            continue;
        }
        if (fresh && skip_table(&w)) continue;
        if (skip(&w, "{{", "}}", &w.templates) || skip_comment(&w)) continue;
        if (fresh) {
            size_t before = w.i;
            fresh = false;
            start_line(&w);
            if (w.i > before) continue;
        }
        if (c == '<' && skip_element(&w)) continue;
        if (c == '[' && read_link(&w)) continue;
        if (c == '[' && read_address(&w)) {
            address = true;
            continue;
        }
        if (c == ']' && address && !at(&w, w.i, "]]")) {
            address = false;
            w.i++;
            continue;
        }
        if (skip_mark(&w) || read_entity(&w)) continue;
        size_t run = plain_run(&w);
        if (run) hw_put(&w.b, w.s + w.i, run);
        else put(&w, c);
        w.i += run ? run : 1;
    }
    end_line(&w);
    return hw_buf_ok(&w.b);
}
