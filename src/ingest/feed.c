/* In: a feed: RSS 0.9 to 2.0, RSS 1.0 (RDF), Atom, or a WordPress export (RSS with members of its own). Out: an article an
 * item. */
#include "base/buf.h"
#include "base/err.h"
#include "ingest/xml.h"

#include <stdlib.h>
#include <string.h>
#include <strings.h>

#define MAX_SMALL ((size_t)65536)

/* What an item's members are to us. Of the bodies, and the dates, the first that there is is taken. */
enum { FULL, CONTENT, SUMMARY, TITLE, LINK, ID, DATE, DATE_2, DATE_3, AUTHOR, STATUS, TYPE, N_PIECES, NONE = N_PIECES };

typedef enum { AS_HTML, AS_TEXT, AS_XHTML } form;

typedef struct {
    hw_xml *xml;
    hw_piece piece[N_PIECES], outlet;
    form forms[N_PIECES];
    size_t line;          /* where the item began */
    unsigned item, child; /* depths; 0: not in one */
    int target;           /* the piece that text goes to */
    bool in_author, in_outlet, export;
} feed;

/* ---- names --------------------------------------------------------------------------------------------------------- */

typedef enum { CORE, CONTENT_NS, DC, WP, OTHER } space;

static space space_of(const char *ns)
{
    size_t n = strlen(ns);
    if (!n || (n >= 8 && !strcmp(ns + n - 8, "rss/1.0/")) || strstr(ns, "netscape.com/rdf/simple") ||
        !strcmp(ns, "http://www.w3.org/2005/Atom") || strstr(ns, "purl.org/atom/ns"))
        return CORE;
    if (!strcmp(ns, "content") || strstr(ns, "rss/1.0/modules/content")) return CONTENT_NS;
    if (!strcmp(ns, "dc") || strstr(ns, "purl.org/dc/")) return DC;
    if (!strcmp(ns, "wp") || strstr(ns, "wordpress.org/export/")) return WP;
    return OTHER;
}

static int piece_of(space s, const char *name)
{
    static const struct { space in; const char *name; int piece; } known[] = {
        {CONTENT_NS, "encoded", FULL}, {CORE, "content", CONTENT}, {CORE, "description", SUMMARY}, {CORE, "summary", SUMMARY}, {CORE, "title", TITLE},
        {CORE, "link", LINK}, {CORE, "guid", ID}, {CORE, "id", ID}, {CORE, "pubDate", DATE}, {CORE, "published", DATE}, {CORE, "issued", DATE}, {DC, "date", DATE_2},
        {WP, "post_date", DATE_2}, {CORE, "updated", DATE_3}, {CORE, "modified", DATE_3}, {DC, "creator", AUTHOR},
        {CORE, "author", AUTHOR}, {WP, "status", STATUS}, {WP, "post_type", TYPE}};
    for (size_t i = 0; i < sizeof known / sizeof *known; i++)
        if (known[i].in == s && !strcmp(name, known[i].name)) return known[i].piece;
    return NONE;
}

/* ---- elements ------------------------------------------------------------------------------------------------------- */

static void begin_item(feed *f)
{
    f->item = hw_xml_depth(f->xml);
    f->line = hw_xml_line(f->xml);
    for (int i = 0; i < N_PIECES; i++) hw_piece_clear(&f->piece[i]);
    memset(f->forms, 0, sizeof f->forms);
    f->target = NONE;
}

static form form_of(const char *type)
{
    if (!strcasecmp(type, "text") || !strcasecmp(type, "text/plain")) return AS_TEXT;
    return strcasestr(type, "xhtml") ? AS_XHTML : AS_HTML;
}

static void begin_child(feed *f, space s, const char *name)
{
    int piece = piece_of(s, name);
    f->child = hw_xml_depth(f->xml);
    f->target = piece != NONE && !f->piece[piece].s.len ? piece : NONE; /* the first of its kind */
    f->in_author = piece == AUTHOR && f->target == AUTHOR;
    if (piece == NONE) return;
    const char *type = hw_xml_attribute(f->xml, "type");
    if (type && piece <= SUMMARY && s == CORE) f->forms[piece] = form_of(type);
    const char *rel = piece == LINK ? hw_xml_attribute(f->xml, "rel") : NULL;
    if (rel && strcmp(rel, "alternate") != 0) f->target = NONE;
    const char *href = piece == LINK && f->target == LINK ? hw_xml_attribute(f->xml, "href") : NULL;
    if (href) hw_piece_add(&f->piece[LINK], href, strlen(href), MAX_SMALL);
}

static void put_tag(feed *f, const char *open, const char *name)
{
    hw_piece *p = &f->piece[f->target];
    hw_piece_add(p, open, strlen(open), HW_MAX_FILE);
    hw_piece_add(p, name, strlen(name), HW_MAX_FILE);
    hw_piece_add(p, ">", 1, HW_MAX_FILE);
}

static void start(void *ctx, hw_xml *x, const char *ns, const char *name)
{
    feed *f = ctx;
    space s = space_of(ns);
    unsigned depth = hw_xml_depth(x);
    if (!f->item) {
        if (s == CORE && depth > 1 && (!strcmp(name, "item") || !strcmp(name, "entry"))) begin_item(f);
        f->in_outlet = !f->item && s == CORE && !strcmp(name, "title") && depth <= 3 && !f->outlet.s.len;
        f->export = f->export || s == WP;
        return;
    }
    if (depth == f->item + 1) begin_child(f, s, name);
    else if (f->in_author && depth == f->item + 2) { /* Atom's author has a name, an address, a page */
        if (!strcmp(name, "name")) hw_piece_clear(&f->piece[AUTHOR]);
        f->target = !strcmp(name, "name") ? AUTHOR : NONE;
    } else if (f->target <= SUMMARY) { /* XHTML, said or not */
        f->forms[f->target] = AS_XHTML;
        put_tag(f, "<", name);
    }
    else if (f->target > SUMMARY) f->target = NONE;
    f->export = f->export || s == WP;
}

static void text(void *ctx, const char *s, size_t n)
{
    feed *f = ctx;
    if (f->in_outlet) hw_piece_add(&f->outlet, s, n, MAX_SMALL);
    if (!f->item || f->target == NONE) return;
    hw_piece *p = &f->piece[f->target];
    if (f->target > SUMMARY || f->forms[f->target] != AS_XHTML) {
        hw_piece_add(p, s, n, f->target > SUMMARY ? MAX_SMALL : HW_MAX_FILE);
        return;
    }
    hewal_string escaped = {0};
    hw_buf b = hw_buf_on(&escaped);
    hw_put_html(&b, s, n);
    hw_piece_add(p, escaped.s ? escaped.s : "", escaped.len, HW_MAX_FILE);
    hewal_string_free(&escaped);
}

/* ---- an item that is whole ------------------------------------------------------------------------------------------ */

/* What a WordPress editor stores has no <p>: an empty line parts paragraphs, and [names in brackets] are the program's. */
static void as_wordpress(hw_slice in, hewal_string *out)
{
    hw_buf b = hw_buf_on(out);
    bool marked = memmem(in.s, in.n, "<p", 2) != NULL;
    for (size_t i = 0; i < in.n; i++) {
        const char *s = in.s + i;
        const char *close = *s == '[' ? memchr(s, ']', in.n - i < 400 ? in.n - i : 400) : NULL;
        size_t k = strspn(close ? s + 1 : "", "/abcdefghijklmnopqrstuvwxyz_-");
        if (close && k >= 3 && (s[1 + k] == ']' || s[1 + k] == ' ')) {
            const char *end = k == 7 && !memcmp(s + 1, "caption", 7) ? memmem(s, in.n - i < 8192 ? in.n - i : 8192, "[/caption]", 10) : NULL;
            i += (size_t)((end ? end + 9 : close) - s);
        } else if (*s == '\n' && !marked) {
            size_t lines = 1;
            while (i + 1 < in.n && hw_is_space(in.s[i + 1])) lines += in.s[++i] == '\n';
            hw_puts(&b, lines > 1 ? "\n<p>" : "\n<br>");
        } else {
            hw_putc(&b, *s);
        }
    }
}

static bool body_of(feed *f, hewal_string *out, bool *cut)
{
    *cut = false;
    for (int i = FULL; i <= SUMMARY; i++) {
        hw_slice s = hw_piece_slice(&f->piece[i]);
        *cut = *cut || f->piece[i].cut;
        if (!s.n) continue;
        bool ok = true;
        hewal_string post = {0};
        if (f->export) {
            as_wordpress(s, &post);
            ok = hw_fragment_text(post.s ? post.s : "", post.len, out);
            hewal_string_free(&post);
        } else if (f->forms[i] == AS_TEXT) {
            hw_buf b = hw_buf_on(out);
            hw_put(&b, s.s, s.n);
            ok = hw_buf_ok(&b);
        } else ok = hw_fragment_text(s.s, s.n, out);
        if (!ok || hw_trim((hw_slice){out->s, out->len}).n) return ok;
        out->len = 0;
    }
    return true;
}

/* Titles are text with entities escaped once more than they should be, often. */
static bool plain_title(feed *f, hewal_string *out)
{
    hw_slice t = hw_piece_slice(&f->piece[TITLE]);
    return t.n ? hw_fragment_text(t.s, t.n, out) : true;
}

static bool is_url(hw_slice s)
{
    return s.n > 8 && (!strncasecmp(s.s, "http://", 7) || !strncasecmp(s.s, "https://", 8));
}

static bool slice_is(hw_slice s, const char *word)
{
    return s.n == strlen(word) && !memcmp(s.s, word, s.n);
}

static hewal_status make_item(feed *f, hw_article **out, hewal_error *err)
{
    hewal_string body = {0}, title = {0}, extra = {0};
    hw_file *file = hw_xml_file(f->xml);
    hw_piece *p = f->piece;
    bool cut, ok = body_of(f, &body, &cut) && plain_title(f, &title);
    hw_slice author = hw_piece_slice(&p[AUTHOR]);
    if (author.n) ok = ok && hw_carry(&extra, "author", author.s, author.n);
    for (int i = 0; i < N_PIECES; i++) ok = ok && !p[i].failed;
    hw_parts parts = {.path = file->name, .line = f->line, .extra = &extra, .text = hw_trim((hw_slice){body.s, body.len}), .title = {title.s, title.len},
                      .url = hw_piece_slice(&p[LINK]), .id = hw_piece_slice(&p[ID]), .outlet = hw_piece_slice(&f->outlet)};
    for (int i = DATE; i <= DATE_3 && !parts.published.n; i++) parts.published = hw_piece_slice(&p[i]);
    if (!parts.url.n && is_url(parts.id)) parts.url = parts.id;
    hewal_status st;
    file->line = f->line;
    if (!ok) st = hw_file_fail(file, err, HEWAL_ENOMEM, "out of memory");
    else if (cut) st = hw_file_fail(file, err, HEWAL_ETOOBIG, "a text longer than %zu bytes", (size_t)HEWAL_MAX_TEXT);
    else st = hw_article_make(out, &parts, err);
    hewal_string_free(&body);
    hewal_string_free(&title);
    hewal_string_free(&extra);
    return st;
}

/* Of an export, what was published and is a post or a page; not attachments, menus and drafts. */
static bool is_wanted(const feed *f)
{
    hw_slice status = hw_piece_slice(&f->piece[STATUS]), type = hw_piece_slice(&f->piece[TYPE]);
    if (status.n && !slice_is(status, "publish")) return false;
    return !type.n || slice_is(type, "post") || slice_is(type, "page");
}

static void end(void *ctx, hw_xml *x, const char *ns, const char *name)
{
    feed *f = ctx;
    unsigned depth = hw_xml_depth(x);
    (void)ns;
    f->in_outlet = false;
    if (!f->item) return;
    if (depth == f->item) {
        hw_article *a = NULL;
        hewal_error err;
        f->item = f->child = 0;
        f->target = NONE;
        if (!is_wanted(f)) {
            hw_xml_file(x)->left_out++;
            return;
        }
        make_item(f, &a, &err);
        hw_xml_give(x, a, &err, f->line);
    } else if (depth == f->item + 1) {
        f->target = NONE;
        f->in_author = false;
    } else if (f->target <= SUMMARY && f->forms[f->target] == AS_XHTML) {
        put_tag(f, "</", name);
    }
}

/* ---- the format ------------------------------------------------------------------------------------------------------ */

static const hw_xml_calls calls = {start, end, text};

static hewal_status open_feed(hw_file *file, hewal_error *err)
{
    feed *f = file->state = calloc(1, sizeof *f);
    if (!f) return hw_file_fail(file, err, HEWAL_ENOMEM, "out of memory");
    f->target = NONE;
    return hw_xml_open(&f->xml, file, &calls, f, err);
}

static hewal_status next(hw_file *file, hw_article **out, hewal_error *err)
{
    feed *f = file->state;
    return hw_xml_next(f->xml, out, err);
}

static void close_feed(hw_file *file)
{
    feed *f = file->state;
    if (!f) return;
    hw_xml_close(f->xml);
    for (int i = 0; i < N_PIECES; i++) hw_piece_free(&f->piece[i]);
    hw_piece_free(&f->outlet);
    free(f);
}

static bool is(const hw_look *l)
{
    char root[32];
    return hw_xml_root(l->s, l->n, root) && (!strcmp(root, "rss") || !strcmp(root, "feed") || !strcmp(root, "RDF"));
}

const hw_format hw_feed = {.name = "feed", .is = is, .any_encoding = true, .open = open_feed, .next = next, .close = close_feed};
