/* In: an HTML page. Out: an article: its main text (maintext.c) and what the page says of itself: Open Graph and other
 * <meta>, JSON-LD, <time>, the canonical link, <title>. */
#include "base/buf.h"
#include "base/err.h"
#include "ingest/parts.h"

#include <ctype.h>
#include <jansson.h>
#include <libxml/HTMLparser.h>
#include <libxml/SAX2.h>
#include <libxml/parserInternals.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

#define MAX_DEPTH 800 /* of elements in elements; what lies deeper is left out */

/* How good a source is: lower wins. */
enum { BEST = 1, GOOD, FAIR, POOR, LAST = 50, NONE = 99 };
typedef struct { char *value; int rank; } fact;
typedef struct {
    fact title, published, outlet, url, body;
    bool ok; /* memory */
} page;

static void set(page *p, fact *f, int rank, const char *value, size_t n)
{
    hw_slice v = hw_trim((hw_slice){value, value ? n : 0});
    if (!v.n || f->rank <= rank) return;
    char *s = strndup(v.s, v.n);
    if (!s) p->ok = false;
    free(f->value);
    *f = (fact){s, rank};
}

static void set_s(page *p, fact *f, int rank, const char *value)
{
    if (value) set(p, f, rank, value, strlen(value));
}

static void set_date(page *p, int rank, const char *value)
{
    char date[40];
    if (value && hw_read_date(value, strlen(value), date)) set_s(p, &p->published, rank, date);
}

static void set_url(page *p, int rank, const char *value)
{
    if (value && (!strncasecmp(value, "http://", 7) || !strncasecmp(value, "https://", 8))) set_s(p, &p->url, rank, value);
}

/* ---- JSON-LD ------------------------------------------------------------------------------------------------------- */

static bool is_article_type(const json_t *t)
{
    static const char *const types[] = {"NewsArticle", "Article", "ReportageNewsArticle", "BlogPosting", "LiveBlogPosting", "OpinionNewsArticle",
                                        "AnalysisNewsArticle", "BackgroundNewsArticle", "Report", "SocialMediaPosting"};
    if (json_is_array(t)) {
        size_t i;
        json_t *v;
        json_array_foreach(t, i, v) if (is_article_type(v)) return true;
        return false;
    }
    const char *s = json_string_value(t);
    if (s && strrchr(s, '/')) s = strrchr(s, '/') + 1;
    for (size_t i = 0; s && i < sizeof types / sizeof *types; i++)
        if (!strcmp(s, types[i])) return true;
    return false;
}

static void take_json_ld(page *p, const json_t *o)
{
    const json_t *publisher = json_object_get(o, "publisher"), *entity = json_object_get(o, "mainEntityOfPage");
    if (json_is_array(publisher)) publisher = json_array_get(publisher, 0);
    set_s(p, &p->title, GOOD, json_string_value(json_object_get(o, "headline")));
    set_date(p, GOOD, json_string_value(json_object_get(o, "datePublished")));
    set_s(p, &p->outlet, GOOD, json_string_value(json_is_object(publisher) ? json_object_get(publisher, "name") : publisher));
    set_url(p, FAIR, json_string_value(json_object_get(o, "url")));
    set_url(p, FAIR, json_string_value(json_is_object(entity) ? json_object_get(entity, "@id") : entity));
    set_s(p, &p->body, GOOD, json_string_value(json_object_get(o, "articleBody")));
}

/* Looks for an article in the object, its @graph, or the array. */
static void search_json_ld(page *p, const json_t *v, int depth)
{
    size_t i;
    json_t *x;
    if (depth > 4) return;
    if (json_is_array(v)) {
        json_array_foreach(v, i, x) search_json_ld(p, x, depth + 1);
    } else if (json_is_object(v)) {
        if (is_article_type(json_object_get(v, "@type"))) take_json_ld(p, v);
        search_json_ld(p, json_object_get(v, "@graph"), depth + 1);
        search_json_ld(p, json_object_get(v, "mainEntity"), depth + 1);
    }
}

static void read_script(page *p, xmlNode *n)
{
    xmlChar *type = xmlGetProp(n, BAD_CAST "type");
    if (type && !strcasecmp((char *)type, "application/ld+json")) {
        xmlChar *s = xmlNodeGetContent(n);
        json_t *v = s ? json_loads((char *)s, 0, NULL) : NULL;
        search_json_ld(p, v, 0);
        json_decref(v);
        xmlFree(s);
    }
    xmlFree(type);
}

/* ---- elements of the head and the like ------------------------------------------------------------------------------ */

static void read_meta(page *p, xmlNode *n)
{
    static const struct { const char *name; char what; int rank; } known[] = {
        {"og:title", 't', BEST}, {"twitter:title", 't', FAIR}, {"dc.title", 't', FAIR}, {"headline", 't', FAIR},
        {"article:published_time", 'd', BEST}, {"og:published_time", 'd', BEST}, {"article:published", 'd', BEST},
        {"datepublished", 'd', FAIR}, {"pubdate", 'd', FAIR}, {"publishdate", 'd', FAIR}, {"publish-date", 'd', FAIR}, {"publish_date", 'd', FAIR},
        {"parsely-pub-date", 'd', FAIR}, {"sailthru.date", 'd', FAIR}, {"dc.date", 'd', FAIR}, {"dc.date.issued", 'd', FAIR}, {"date", 'd', FAIR},
        {"og:site_name", 'o', BEST}, {"application-name", 'o', FAIR}, {"dc.publisher", 'o', FAIR},
        {"og:url", 'u', GOOD}};
    static const char *const attributes[] = {"property", "name", "itemprop"};
    xmlChar *content = xmlGetProp(n, BAD_CAST "content");
    for (size_t a = 0; content && a < 3; a++) {
        xmlChar *key = xmlGetProp(n, BAD_CAST attributes[a]);
        for (size_t i = 0; key && i < sizeof known / sizeof *known; i++) {
            if (strcasecmp((char *)key, known[i].name)) continue;
            const char *v = (char *)content;
            if (known[i].what == 't') set_s(p, &p->title, known[i].rank, v);
            else if (known[i].what == 'd') set_date(p, known[i].rank, v);
            else if (known[i].what == 'o') set_s(p, &p->outlet, known[i].rank, v);
            else set_url(p, known[i].rank, v);
        }
        xmlFree(key);
    }
    xmlFree(content);
}

static bool has(xmlNode *n, const char *attribute, const char *value)
{
    xmlChar *v = xmlGetProp(n, BAD_CAST attribute);
    bool yes = v && !strcasecmp((char *)v, value);
    xmlFree(v);
    return yes;
}

/* A time beside the story is more likely its own than a clock in the head, or that of a teaser. */
static bool in_article(const xmlNode *n)
{
    for (const xmlNode *a = n->parent; a && a->type == XML_ELEMENT_NODE; a = a->parent)
        if (!strcasecmp((const char *)a->name, "article") || !strcasecmp((const char *)a->name, "main")) return true;
    return false;
}

static void read_element(page *p, xmlNode *n)
{
    const char *name = (const char *)n->name;
    if (!strcasecmp(name, "meta")) {
        read_meta(p, n);
    } else if (!strcasecmp(name, "script")) {
        read_script(p, n);
    } else if (!strcasecmp(name, "link") && has(n, "rel", "canonical")) {
        xmlChar *href = xmlGetProp(n, BAD_CAST "href");
        set_url(p, BEST, (char *)href);
        xmlFree(href);
    } else if (!strcasecmp(name, "time")) {
        xmlChar *when = xmlGetProp(n, BAD_CAST "datetime");
        set_date(p, has(n, "itemprop", "datePublished") ? FAIR : in_article(n) ? POOR : POOR + 1, (char *)when);
        xmlFree(when);
    } else if (n->properties && has(n, "itemprop", "datePublished")) {
        xmlChar *when = xmlGetProp(n, BAD_CAST "content");
        set_date(p, FAIR, (char *)when);
        xmlFree(when);
    } else if (!strcasecmp(name, "title") || !strcasecmp(name, "h1")) {
        if (!strcasecmp(name, "title") && n->parent && n->parent->name && !strcasecmp((const char *)n->parent->name, "svg")) return;
        xmlChar *s = xmlNodeGetContent(n);
        set_s(p, &p->title, name[0] == 'h' ? FAIR + 1 : POOR + 1, (char *)s);
        xmlFree(s);
    }
}

/* ---- the page ------------------------------------------------------------------------------------------------------- */

static bool looks_like_html(const char *s, size_t n)
{
    static const char *const first[] = {"<!doctype html", "<html", "<head", "<body", "<article", "<div", "<p>", "<p ", "<main", "<section", "<title", "<meta"};
    size_t at = 0;
    for (;;) { /* what may stand before the first element */
        while (at < n && hw_is_space(s[at])) at++;
        if (n - at > 4 && !memcmp(s + at, "<!--", 4)) {
            const char *e = memmem(s + at, n - at, "-->", 3);
            if (!e) return true;
            at = (size_t)(e - s) + 3;
        } else if (n - at > 5 && !memcmp(s + at, "<?xml", 5)) {
            const char *e = memchr(s + at, '>', n - at);
            if (!e) return false;
            at = (size_t)(e - s) + 1;
        } else {
            break;
        }
    }
    for (size_t i = 0; i < sizeof first / sizeof *first; i++)
        if (n - at >= strlen(first[i]) && !strncasecmp(s + at, first[i], strlen(first[i]))) return true;
    return false;
}

/* Elements nested deeper than any page needs would make every walk over the tree slow: the page ends there. */
static void start_element(void *c, const xmlChar *name, const xmlChar **attributes)
{
    htmlParserCtxt *ctxt = c;
    if (ctxt->nodeNr >= MAX_DEPTH) xmlStopParser(ctxt);
    else xmlSAX2StartElement(c, name, attributes);
}

static xmlDoc *parse_page(const char *s, size_t n)
{
    htmlParserCtxt *c = htmlCreateMemoryParserCtxt(s, (int)n);
    if (!c) return NULL;
    htmlCtxtUseOptions(c, HTML_PARSE_RECOVER | HTML_PARSE_NOERROR | HTML_PARSE_NOWARNING | HTML_PARSE_NONET | HTML_PARSE_COMPACT);
    c->options |= XML_PARSE_HUGE; /* for the depth, which start_element bounds */
    xmlCharEncodingHandler *utf8 = xmlFindCharEncodingHandler("UTF-8");
    if (utf8) xmlSwitchToEncoding(c, utf8);
    if (c->input) c->input->encoding = xmlStrdup(BAD_CAST "UTF-8"); /* whatever a <meta> claims: the bytes are UTF-8 by now */
    c->sax->startElement = start_element;
    htmlParseDocument(c);
    xmlDoc *doc = c->myDoc;
    c->myDoc = NULL;
    htmlFreeParserCtxt(c);
    return doc;
}

static void read_page(page *p, xmlDoc *doc)
{
    xmlNode *root = xmlDocGetRootElement(doc);
    for (xmlNode *n = root; n;) {
        if (n->type == XML_ELEMENT_NODE) read_element(p, n);
        if (n->type == XML_ELEMENT_NODE && n->children) {
            n = n->children;
            continue;
        }
        while (n && n != root && !n->next) n = n->parent;
        n = n && n != root ? n->next : NULL;
    }
}

/* How long a title is without the marks at its end that part it from the outlet. */
static size_t without_marks(const char *s, size_t n)
{
    static const char *const marks[] = {" ", "-", "|", ":", "\xE2\x80\x93", "\xE2\x80\x94", "\xC2\xBB", "\xC2\xAB"};
    for (bool more = true; more;) {
        more = false;
        for (size_t i = 0; i < sizeof marks / sizeof *marks; i++) {
            size_t k = strlen(marks[i]);
            if (n < k || memcmp(s + n - k, marks[i], k) != 0) continue;
            n -= k;
            more = true;
        }
    }
    return n;
}

/* "Headline | Outlet", as <title> has it: the outlet goes where it is known, whatever parts it; else the last part after a
 * bar. */
static void cut_title(page *p)
{
    if (!p->title.value || p->title.rank <= FAIR) return;
    size_t n = strlen(p->title.value), k = p->outlet.value ? strlen(p->outlet.value) : 0;
    if (k && n > k + 8 && !memcmp(p->title.value + n - k, p->outlet.value, k)) {
        p->title.value[without_marks(p->title.value, n - k)] = 0;
        return;
    }
    char *bar = strrchr(p->title.value, '|');
    if (bar && bar > p->title.value + 8) *bar = 0;
}

/* The encoding that the page's own head names; "" for none. */
static void charset_of_page(const char *s, size_t n, char out[24])
{
    size_t k = 0;
    const char *end = s + (n < 4096 ? n : 4096);
    out[0] = 0;
    for (const char *p = s; end - p > 8 && !k; p++) {
        if (strncasecmp(p, "charset", 7) != 0) continue;
        for (p += 7; p < end && (hw_is_space(*p) || *p == '=' || *p == '"' || *p == '\'');) p++;
        while (p < end && k < 23 && (isalnum((unsigned char)*p) || *p == '-' || *p == '_')) out[k++] = *p++;
        out[k] = 0;
    }
}

/* The page as UTF-8 without a break: mended, or brought over from its encoding. False: *out was not needed. */
static hewal_status to_utf8(const char *s, size_t n, const char *charset, const char *name, hewal_string *out, bool *used, hewal_error *err)
{
    char said[24];
    *used = false;
    if (hw_is_utf8(s, n) && !memchr(s, 0, n)) return HEWAL_OK;
    *used = true;
    charset_of_page(s, n, said);
    if (!charset || !hw_charset_known(charset)) charset = said;
    if (hw_charset_known(charset) && !hw_charset_utf8(charset) && !hw_is_utf8(s, n)) return hw_recode(charset, s, n, name, out, err);
    const char *why = hw_not_text(s, n, true);
    if (why && *charset && !hw_charset_known(charset)) return hw_fail(err, HEWAL_EFORMAT, "%s: the encoding %s is not read", name, charset);
    if (why) return hw_fail(err, HEWAL_EFORMAT, "%s: %s", name, why);
    *used = hw_mend_utf8(s, n, out);
    return HEWAL_OK;
}

#define SLICE(f) ((hw_slice){(f).value, (f).value ? strlen((f).value) : 0})

static hewal_status article_of(hw_article **out, page *p, const char *text, size_t n, const hw_parts *known, const char *at, hewal_error *err)
{
    hw_slice body = hw_trim((hw_slice){text, n});
    if (!body.n && p->body.value) body = hw_trim(SLICE(p->body));
    if (!p->ok) return hw_fail(err, HEWAL_ENOMEM, "%s: out of memory", at);
    if (!body.n) return hw_fail(err, HEWAL_EFORMAT, "%s: a page with no text", at);
    hw_parts parts = *known;
    parts.text = body;
    if (p->title.value) parts.title = SLICE(p->title);
    if (p->published.value) parts.published = SLICE(p->published);
    else if (parts.published.n && parts.published_from && parts.extra) hw_carry(parts.extra, "published_from", parts.published_from, strlen(parts.published_from));
    if (p->outlet.value) parts.outlet = SLICE(p->outlet);
    if (p->url.value && !parts.url.n) parts.url = SLICE(p->url);
    return hw_article_make(out, &parts, err);
}

hewal_status hw_page_article(hw_article **out, const char *s, size_t n, const char *charset, const hw_parts *known, hewal_error *err)
{
    char at[512], date[40] = "";
    hewal_string mended = {0}, text = {0};
    page p = {{0, NONE}, {0, NONE}, {0, NONE}, {0, NONE}, {0, NONE}, true};
    bool used;
    *out = NULL;
    if (!n) s = "";
    hw_place(at, sizeof at, known->path, known->line);
    hewal_status st = to_utf8(s, n, charset, at, &mended, &used, err);
    xmlDoc *doc = st == HEWAL_OK ? parse_page(used ? mended.s : s, used ? mended.len : n) : NULL;
    hewal_string_free(&mended);
    if (st != HEWAL_OK) return st;
    if (!doc) return hw_fail(err, HEWAL_EFORMAT, "%s: a page that cannot be read", at);
    read_page(&p, doc);
    cut_title(&p);
    hw_main_text(doc, p.title.value, false, &text, date);
    set_date(&p, LAST, date);
    xmlFreeDoc(doc);
    st = article_of(out, &p, text.s, text.len, known, at, err);
    fact *all[] = {&p.title, &p.published, &p.outlet, &p.url, &p.body};
    for (size_t i = 0; i < sizeof all / sizeof *all; i++) free(all[i]->value);
    hewal_string_free(&text);
    return st;
}

bool hw_fragment_text(const char *s, size_t n, hewal_string *out)
{
    hewal_string mended = {0};
    if (!n) s = "";
    if (hw_mend_utf8(s, n, &mended)) {
        s = mended.s;
        n = mended.len;
    }
    bool marked = memchr(s, '<', n) || memchr(s, '&', n);
    xmlDoc *doc = marked ? parse_page(s, n) : NULL;
    if (doc) hw_main_text(doc, NULL, true, out, NULL);
    xmlFreeDoc(doc);
    bool ok = true;
    if (!marked) {
        hw_buf b = hw_buf_on(out);
        hw_slice t = hw_trim((hw_slice){s, n});
        hw_put(&b, t.s, t.n);
        ok = hw_buf_ok(&b);
    }
    hewal_string_free(&mended);
    return ok;
}

static hewal_status next(hw_file *f, hw_article **out, hewal_error *err)
{
    const char *s;
    size_t n;
    if (f->articles) return HEWAL_OK;
    f->ended = true;
    hewal_status st = hw_file_all(f, "a page", HW_MAX_FILE, HEWAL_MAX_TEXT, &s, &n, err);
    if (st != HEWAL_OK) return st;
    return hw_page_article(out, s, n, NULL, &(hw_parts){.path = f->name}, err);
}

static bool is(const hw_look *l)
{
    return l->n && l->s[0] == '<' && (looks_like_html(l->s, l->n) || hw_has_suffix(l->path, "html|htm|xhtml|shtml"));
}

const hw_format hw_html = {.name = "HTML", .is = is, .any_encoding = true, .next = next};
