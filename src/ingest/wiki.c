/* In: a dump of a MediaWiki (pages-articles.xml and the like). Out: an article a page of the main namespace, its last
 * revision; redirects, talk, templates and so on are left out and counted.
 *
 * The time of a revision is not when something was published: it is carried through as "revised". */
#include "base/buf.h"
#include "base/err.h"
#include "ingest/wikitext.h"
#include "ingest/xml.h"

#include <stdlib.h>
#include <string.h>

#define MAX_SMALL ((size_t)4096)
enum { MAX_NAMES = 64 };

enum { TITLE, NS, PAGE_ID, TIME, TEXT, SITE, BASE, DATABASE, NAMESPACE, N_PIECES, NONE = N_PIECES };

typedef struct {
    hw_xml *xml;
    hw_piece piece[N_PIECES];
    int target;
    size_t line;
    unsigned page; /* its depth; 0: not in one */
    bool in_revision, redirect, hidden_name;
    hw_wiki_names hidden;
} dump;

static int piece_of(const dump *d, const char *name)
{
    static const struct { const char *name; bool page, revision; int piece; } known[] = {
        {"title", true, false, TITLE}, {"ns", true, false, NS}, {"id", true, false, PAGE_ID}, {"timestamp", true, true, TIME}, {"text", true, true, TEXT},
        {"sitename", false, false, SITE}, {"base", false, false, BASE}, {"dbname", false, false, DATABASE}, {"namespace", false, false, NAMESPACE}};
    for (size_t i = 0; i < sizeof known / sizeof *known; i++)
        if (!strcmp(name, known[i].name) && known[i].page == (d->page != 0) && known[i].revision == d->in_revision) return known[i].piece;
    return NONE;
}

static void start(void *ctx, hw_xml *x, const char *ns, const char *name)
{
    dump *d = ctx;
    (void)ns;
    if (!d->page && !strcmp(name, "page")) {
        d->page = hw_xml_depth(x);
        d->line = hw_xml_line(x);
        d->redirect = d->in_revision = false;
        for (int i = TITLE; i <= TEXT; i++) hw_piece_clear(&d->piece[i]);
    } else if (d->page && !strcmp(name, "redirect")) {
        d->redirect = true;
    } else if (d->page && !strcmp(name, "revision") && hw_xml_depth(x) == d->page + 1) {
        d->in_revision = true;
        hw_piece_clear(&d->piece[TIME]);
        hw_piece_clear(&d->piece[TEXT]);
    }
    d->target = piece_of(d, name);
    if (d->in_revision && hw_xml_depth(x) != d->page + 2) d->target = NONE;
    if (d->page && !d->in_revision && hw_xml_depth(x) != d->page + 1) d->target = NONE;
    if (d->target == NAMESPACE) {
        const char *key = hw_xml_attribute(x, "key");
        d->hidden_name = key && (!strcmp(key, "6") || !strcmp(key, "14") || !strcmp(key, "-2")); /* pictures, categories, media */
        hw_piece_clear(&d->piece[NAMESPACE]);
    }
}

static void text(void *ctx, const char *s, size_t n)
{
    dump *d = ctx;
    if (d->target != NONE) hw_piece_add(&d->piece[d->target], s, n, d->target == TEXT ? HW_MAX_FILE : MAX_SMALL);
}

static void note_name(dump *d)
{
    hw_slice s = hw_piece_slice(&d->piece[NAMESPACE]);
    if (!d->hidden_name || !s.n || d->hidden.n == MAX_NAMES) return;
    char **v = realloc(d->hidden.v, (d->hidden.n + 1) * sizeof *v);
    if (!v) return;
    d->hidden.v = v;
    if ((v[d->hidden.n] = strndup(s.s, s.n))) d->hidden.n++;
}

/* ---- a page that is whole -------------------------------------------------------------------------------------------------- */

/* The page's address: that of the main page with another name; spaces are underscores there. */
static bool put_url(const dump *d, hw_slice title, hewal_string *out)
{
    hw_slice base = hw_piece_slice(&d->piece[BASE]);
    hw_buf b = hw_buf_on(out);
    while (base.n && base.s[base.n - 1] != '/') base.n--;
    if (!base.n) return true;
    hw_put(&b, base.s, base.n);
    for (size_t i = 0; i < title.n; i++) {
        char c = title.s[i] == ' ' ? '_' : title.s[i];
        if (c == '?' || c == '%' || c == '#' || c == '&' || c == '"') hw_putf(&b, "%%%02X", (unsigned)(unsigned char)c);
        else hw_putc(&b, c);
    }
    return hw_buf_ok(&b);
}

static bool put_id(const dump *d, hewal_string *out)
{
    hw_slice wiki = hw_piece_slice(&d->piece[DATABASE]), id = hw_piece_slice(&d->piece[PAGE_ID]);
    if (!wiki.n) wiki = hw_piece_slice(&d->piece[SITE]);
    if (!id.n) return true;
    hw_buf b = hw_buf_on(out);
    hw_put(&b, wiki.s, wiki.n);
    if (wiki.n) hw_putc(&b, ':');
    hw_put(&b, id.s, id.n);
    return hw_buf_ok(&b);
}

static hewal_status make_page(dump *d, hw_article **out, hewal_error *err)
{
    hewal_string body = {0}, url = {0}, id = {0}, extra = {0};
    hw_file *file = hw_xml_file(d->xml);
    hw_slice title = hw_piece_slice(&d->piece[TITLE]), source = hw_piece_slice(&d->piece[TEXT]), time = hw_piece_slice(&d->piece[TIME]);
    bool ok = hw_wikitext(source.s, source.n, &d->hidden, &body) && put_url(d, title, &url) && put_id(d, &id);
    if (time.n) ok = ok && hw_carry(&extra, "revised", time.s, time.n);
    for (int i = 0; i < N_PIECES; i++) ok = ok && !d->piece[i].failed;
    hw_parts p = {.path = file->name, .line = d->line, .extra = &extra, .text = hw_trim((hw_slice){body.s, body.len}), .title = title, .id = {id.s, id.len}, .url = {url.s, url.len},
                  .outlet = hw_piece_slice(&d->piece[SITE])};
    hewal_status st;
    file->line = d->line;
    if (!ok) st = hw_file_fail(file, err, HEWAL_ENOMEM, "out of memory");
    else if (d->piece[TEXT].cut) st = hw_file_fail(file, err, HEWAL_ETOOBIG, "a text longer than %u bytes", HEWAL_MAX_TEXT);
    else st = hw_article_make(out, &p, err);
    hewal_string_free(&body);
    hewal_string_free(&url);
    hewal_string_free(&id);
    hewal_string_free(&extra);
    return st;
}

static void end(void *ctx, hw_xml *x, const char *ns, const char *name)
{
    dump *d = ctx;
    (void)ns;
    if (d->target == NAMESPACE) note_name(d);
    d->target = NONE;
    if (!d->page) return;
    if (!strcmp(name, "revision") && hw_xml_depth(x) == d->page + 1) d->in_revision = false;
    if (hw_xml_depth(x) != d->page) return;
    hw_slice space = hw_piece_slice(&d->piece[NS]);
    d->page = 0;
    d->in_revision = false;
    if (d->redirect || (space.n && !(space.n == 1 && space.s[0] == '0'))) {
        hw_xml_file(x)->left_out++;
        return;
    }
    hw_article *a = NULL;
    hewal_error err;
    make_page(d, &a, &err);
    hw_xml_give(x, a, &err, d->line);
}

/* ---- the format ----------------------------------------------------------------------------------------------------------- */

static const hw_xml_calls calls = {start, end, text};

static hewal_status open_dump(hw_file *file, hewal_error *err)
{
    dump *d = file->state = calloc(1, sizeof *d);
    if (!d) return hw_file_fail(file, err, HEWAL_ENOMEM, "out of memory");
    d->target = NONE;
    return hw_xml_open(&d->xml, file, &calls, d, err);
}

static hewal_status next(hw_file *file, hw_article **out, hewal_error *err)
{
    dump *d = file->state;
    return hw_xml_next(d->xml, out, err);
}

static void close_dump(hw_file *file)
{
    dump *d = file->state;
    if (!d) return;
    hw_xml_close(d->xml);
    for (int i = 0; i < N_PIECES; i++) hw_piece_free(&d->piece[i]);
    for (size_t i = 0; i < d->hidden.n; i++) free(d->hidden.v[i]);
    free(d->hidden.v);
    free(d);
}

static bool is(const hw_look *l)
{
    char root[32];
    return hw_xml_root(l->s, l->n, root) && !strcmp(root, "mediawiki");
}

const hw_format hw_wiki = {.name = "MediaWiki dump", .is = is, .any_encoding = true, .open = open_dump, .next = next, .close = close_dump};
