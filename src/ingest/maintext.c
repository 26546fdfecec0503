/* In: the tree of a page. Out: its main text, a line a paragraph.
 *
 * Every text counts for the block around its paragraph (bytes outside links, in paragraphs of some length). The main block
 * is what the page marks as such (itemprop=articleBody, <article>, role=main, <main>), else the body; in it one goes down as
 * long as a single child holds nearly all that counts. What is navigation, by its element, role or class, is left out. */
#include "base/buf.h"
#include "ingest/parts.h"

#include <libxml/HTMLparser.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

#define PARAGRAPH 40 /* bytes that make a paragraph, not a label */

static bool in_list(const char *const *list, size_t n, const char *s, size_t len)
{
    for (size_t i = 0; i < n; i++)
        if (strlen(list[i]) == len && !strncasecmp(list[i], s, len)) return true;
    return false;
}
#define IN(list, s, len) in_list((list), sizeof(list) / sizeof *(list), (s), (len))

static bool is_element(const xmlNode *n, const char *name)
{
    return n->type == XML_ELEMENT_NODE && !strcasecmp((const char *)n->name, name);
}

static bool is_block(const xmlNode *n)
{
    static const char *const blocks[] = {"p", "div", "section", "article", "main", "body", "html", "header", "h1", "h2", "h3", "h4", "h5", "h6",
                                         "ul", "ol", "li", "dl", "dt", "dd", "blockquote", "pre", "table", "thead", "tbody", "tr", "td", "th",
                                         "figure", "hr", "address", "center", "fieldset", "details", "summary"};
    return n->type == XML_ELEMENT_NODE && IN(blocks, (const char *)n->name, strlen((const char *)n->name));
}

/* A block that holds text, not other blocks: it counts for its parent. */
static bool is_paragraph(const xmlNode *n)
{
    static const char *const names[] = {"p", "li", "blockquote", "pre", "h2", "h3", "h4", "h5", "h6", "dd", "dt", "td"};
    return IN(names, (const char *)n->name, strlen((const char *)n->name));
}

static bool is_structure(const xmlNode *n)
{
    static const char *const names[] = {"html", "body", "main", "article", "p"};
    return IN(names, (const char *)n->name, strlen((const char *)n->name));
}

/* How long the first word of a name is: "post-meta" is post and meta, "userComments" user and Comments. */
static size_t word_length(const char *s)
{
    size_t k = strcspn(s, " -_\t\r\n");
    for (size_t i = 1; i < k; i++)
        if (s[i] >= 'A' && s[i] <= 'Z' && s[i - 1] >= 'a' && s[i - 1] <= 'z') return i;
    return k;
}

/* One of the words that the attribute's names are made of is in the list. */
static bool names_one(xmlNode *n, const char *attribute, const char *const *list, size_t n_list)
{
    xmlChar *v = xmlGetProp(n, BAD_CAST attribute);
    bool yes = false;
    for (const char *s = (const char *)v; s && *s && !yes;) {
        size_t k = word_length(s);
        yes = k && in_list(list, n_list, s, k);
        s += k;
        s += strspn(s, " -_\t\r\n");
    }
    xmlFree(v);
    return yes;
}

#define IN_NAMES(n, list) (names_one((n), "class", (list), sizeof(list) / sizeof *(list)) || names_one((n), "id", (list), sizeof(list) / sizeof *(list)))

static bool attribute_is(xmlNode *n, const char *attribute, const char *value)
{
    xmlChar *v = xmlGetProp(n, BAD_CAST attribute);
    bool yes = v && !strcasecmp((const char *)v, value);
    xmlFree(v);
    return yes;
}

/* ---- what is left out ------------------------------------------------------------------------------------------------ */

static bool never_text(xmlNode *n)
{
    static const char *const elements[] = {"script", "style", "noscript", "template", "nav", "aside", "footer", "figcaption", "form", "button", "select",
                                           "iframe", "svg", "canvas", "video", "audio", "object", "head", "input", "textarea", "dialog", "menu", "time",
                                           "math", "map", "option", "label"};
    static const char *const roles[] = {"navigation", "complementary", "banner", "contentinfo", "search", "dialog", "menu", "alert"};
    static const char *const amp[] = {"amp-accordion", "amp-layout", "amp-list", "amp-fit-text"}; /* of AMP's elements, those that hold text */
    const char *name = (const char *)n->name;
    if (IN(elements, name, strlen(name))) return true;
    if (!strncasecmp(name, "amp-", 4) && !IN(amp, name, strlen(name))) return true;
    if (!n->properties) return false;
    if (xmlHasProp(n, BAD_CAST "hidden") || attribute_is(n, "aria-hidden", "true")) return true;
    if (names_one(n, "role", roles, sizeof roles / sizeof *roles)) return true;
    xmlChar *style = xmlGetProp(n, BAD_CAST "style");
    bool unseen = style && (strcasestr((char *)style, "display:none") || strcasestr((char *)style, "display: none"));
    xmlFree(style);
    return unseen;
}

/* By class or id: always, and when the element holds little of the page. */
static bool is_comments(xmlNode *n)
{
    static const char *const sure[] = {"comment", "comments", "commentlist", "commentform", "respond", "disqus", "related", "relatedposts", "sharedaddy", "addtoany",
                                       "share", "sharing", "breadcrumb", "breadcrumbs", "cookie", "cookies"};
    return n->properties && !is_structure(n) && IN_NAMES(n, sure);
}

static bool is_aside(xmlNode *n)
{
    static const char *const likely[] = {"sidebar", "widget", "widgets", "footer", "nav", "navbar", "navigation", "menu", "ad", "ads", "advert",
                                         "advertisement", "adsbygoogle", "rec", "promo", "sponsored", "tags", "tag", "tagcloud", "meta", "byline", "author",
                                         "caption", "newsletter", "subscribe", "recommended", "recommendations", "popular", "trending", "mostread",
                                         "copyright", "pagination", "pager", "print", "social", "toolbar", "readmore", "more", "date", "posted",
                                         "login", "search", "banner", "masthead", "dateline", "credit", "credits"};
    return n->properties && !is_structure(n) && IN_NAMES(n, likely);
}

/* ---- counting ----------------------------------------------------------------------------------------------------------- */

typedef struct { uint32_t own, all; bool out; } weight; /* bytes that count: of its own paragraphs, with all below */

typedef struct {
    weight *v; /* one an element, in document order; the element's number lies in its _private */
    size_t n;
} weights;

static weight *of(const weights *w, const xmlNode *n)
{
    return &w->v[(uintptr_t)n->_private];
}

static size_t text_bytes(const xmlNode *n)
{
    size_t k = 0;
    for (const char *s = (const char *)n->content; s && *s; s++) k += !hw_is_space(*s);
    return k;
}

/* Bytes of the inline content of a block, in links and outside; blocks inside it are not its own. */
static void inline_bytes(xmlNode *block, size_t *plain, size_t *linked)
{
    unsigned links = 0;
    *plain = *linked = 0;
    for (xmlNode *n = block->children; n;) {
        bool down = n->type == XML_ELEMENT_NODE && n->children && !is_block(n) && !never_text(n) && !is_comments(n);
        if (n->type == XML_TEXT_NODE || n->type == XML_CDATA_SECTION_NODE) *(links ? linked : plain) += text_bytes(n);
        if (down) {
            links += is_element(n, "a");
            n = n->children;
            continue;
        }
        while (!n->next && n->parent != block) {
            n = n->parent;
            links -= is_element(n, "a");
        }
        n = n->next;
    }
}

/* Goes over the tree in document order and back up; `leave` may be NULL. Children of what `enter` refuses are left out. */
static void walk(xmlNode *root, bool (*enter)(xmlNode *, void *), void (*leave)(xmlNode *, void *), void *ctx)
{
    for (xmlNode *n = root; n;) {
        if (enter(n, ctx) && n->type == XML_ELEMENT_NODE && n->children) {
            n = n->children;
            continue;
        }
        if (leave && n->type == XML_ELEMENT_NODE) leave(n, ctx);
        while (n != root && !n->next) {
            n = n->parent;
            if (leave) leave(n, ctx);
        }
        n = n == root ? NULL : n->next;
    }
}

static bool number_one(xmlNode *n, void *ctx)
{
    size_t *count = ctx;
    if (n->type == XML_ELEMENT_NODE) n->_private = (void *)(uintptr_t)(*count)++;
    return true;
}

static bool weigh_one(xmlNode *n, void *ctx)
{
    weights *w = ctx;
    if (n->type != XML_ELEMENT_NODE) return false;
    weight *me = of(w, n);
    if (never_text(n) || is_comments(n)) {
        me->out = true;
        return false;
    }
    if (is_block(n) && !is_element(n, "h1")) {
        size_t plain, linked;
        inline_bytes(n, &plain, &linked);
        if (plain >= PARAGRAPH && plain >= linked) {
            xmlNode *holder = is_paragraph(n) && n->parent && n->parent->type == XML_ELEMENT_NODE ? n->parent : n;
            of(w, holder)->own += (uint32_t)plain;
        }
    }
    return true;
}

static void sum_one(xmlNode *n, void *ctx)
{
    weights *w = ctx;
    weight *me = of(w, n);
    if (me->out) return;
    me->all += me->own;
    if (n->parent && n->parent->type == XML_ELEMENT_NODE) of(w, n->parent)->all += me->all;
}

/* What its class calls an aside and holds less than a third of what counts. */
static bool drop_aside(xmlNode *n, void *ctx)
{
    weights *w = ctx;
    if (n->type != XML_ELEMENT_NODE || of(w, n)->out) return false;
    if (is_aside(n) && of(w, n)->all * 3 < w->v[0].all + 1) of(w, n)->out = true;
    return !of(w, n)->out;
}

/* ---- choosing ------------------------------------------------------------------------------------------------------------ */

typedef struct {
    const weights *w;
    const char *title;
    xmlNode *best[4], *titled; /* the article that has the page's headline */
} choice;

static bool says(xmlNode *heading, const char *title)
{
    xmlChar *s = xmlNodeGetContent(heading);
    hw_slice t = hw_trim((hw_slice){(char *)s, s ? strlen((char *)s) : 0});
    bool yes = t.n && t.n == strlen(title) && !memcmp(t.s, title, t.n);
    xmlFree(s);
    return yes;
}

static void consider_heading(choice *c, xmlNode *n)
{
    if (c->titled || !c->title || (!is_element(n, "h1") && !is_element(n, "h2")) || !says(n, c->title)) return;
    xmlNode *p = n->parent;
    while (p && p->type == XML_ELEMENT_NODE && !is_element(p, "article")) p = p->parent;
    if (p && p->type == XML_ELEMENT_NODE) c->titled = p;
}

static bool consider(xmlNode *n, void *ctx)
{
    choice *c = ctx;
    if (n->type != XML_ELEMENT_NODE || of(c->w, n)->out) return false;
    consider_heading(c, n);
    int rank = attribute_is(n, "itemprop", "articleBody") ? 0 : is_element(n, "article") ? 1 : attribute_is(n, "role", "main") || is_element(n, "main") ? 2 : 3;
    if (rank == 3 && !is_element(n, "body")) return true;
    if (!c->best[rank] || of(c->w, n)->all > of(c->w, c->best[rank])->all) c->best[rank] = n;
    return true;
}

/* One of the reports of a live blog: those beside it belong to the text too. */
static bool is_update(xmlNode *n)
{
    static const char *const live[] = {"live", "liveblog", "update", "updates"};
    return IN_NAMES(n, live) || (n->parent && n->parent->type == XML_ELEMENT_NODE && IN_NAMES(n->parent, live));
}

static xmlNode *choose(xmlNode *root, const char *title, const weights *w)
{
    choice c = {.w = w, .title = title};
    walk(root, consider, NULL, &c);
    xmlNode *at = root;
    if (c.titled && of(w, c.titled)->all * 5 >= of(w, c.best[1])->all) c.best[1] = c.titled; /* the next story may be longer */
    for (int i = 0; i < 4; i++) {
        xmlNode *n = c.best[i];
        /* an article that holds next to nothing of the page is a teaser */
        if (n && of(w, n)->all && of(w, n)->all * 4 >= w->v[0].all) {
            if (i == 0) return n;
            at = i == 1 && n->parent && n->parent->type == XML_ELEMENT_NODE && is_update(n) ? n->parent : n;
            break;
        }
    }
    for (bool down = true; down;) {
        down = false;
        for (xmlNode *k = at->children; k; k = k->next)
            if (k->type == XML_ELEMENT_NODE && !of(w, k)->out && is_block(k) && !is_paragraph(k) && of(w, k)->all * 100 >= of(w, at)->all * 88 && of(w, k)->all) {
                at = k;
                down = true;
                break;
            }
    }
    return at;
}

/* ---- writing ------------------------------------------------------------------------------------------------------------- */

typedef struct {
    const weights *w;
    const char *title;
    hewal_string *out;
    hw_buf b;
    size_t line; /* where the line begins in out */
    bool space;  /* one is due */
    char *date;  /* that of a line above the text; NULL: not asked for */
} writer;

static void end_line(writer *w)
{
    size_t n = w->out->len - w->line;
    w->space = false;
    if (!n) return;
    if (w->title && strlen(w->title) == n && !memcmp(w->out->s + w->line, w->title, n)) {
        w->out->len = w->line; /* the headline again */
        w->out->s[w->line] = 0;
        return;
    }
    if (w->date && !*w->date && !w->line && n < 40 && hw_read_date(w->out->s, n, w->date)) {
        w->out->len = 0;
        w->out->s[0] = 0;
        return;
    }
    hw_putc(&w->b, '\n');
    w->line = w->out->len;
}

static void put_text(writer *w, const char *s)
{
    for (size_t i = 0; s && s[i];) {
        size_t space = hw_is_space(s[i]) ? 1 : !strncmp(s + i, "\xC2\xA0", 2) ? 2 : 0, k = i;
        if (space) {
            w->space = true;
            i += space;
            continue;
        }
        while (s[k] && !hw_is_space(s[k]) && strncmp(s + k, "\xC2\xA0", 2) != 0) k++;
        if (w->space && w->out->len > w->line) hw_putc(&w->b, ' ');
        w->space = false;
        hw_put(&w->b, s + i, k - i);
        i = k;
    }
}

/* A block in it, also within what is no block itself. */
static bool holds_block(xmlNode *block)
{
    for (xmlNode *n = block->children; n;) {
        if (is_block(n)) return true;
        if (n->type == XML_ELEMENT_NODE && n->children) {
            n = n->children;
            continue;
        }
        while (!n->next && n->parent != block) n = n->parent;
        n = n->next;
    }
    return false;
}

static bool write_one(xmlNode *n, void *ctx)
{
    writer *w = ctx;
    if (n->type == XML_TEXT_NODE || n->type == XML_CDATA_SECTION_NODE || n->type == XML_ENTITY_REF_NODE) {
        put_text(w, (const char *)n->content);
        return false;
    }
    if (n->type != XML_ELEMENT_NODE || of(w->w, n)->out || is_element(n, "h1")) return false;
    if (is_element(n, "br")) end_line(w);
    if (!is_block(n)) return true;
    end_line(w);
    size_t plain, linked;
    inline_bytes(n, &plain, &linked);
    return !(linked > 4 * plain && (is_paragraph(n) || !holds_block(n))); /* nothing but a link: further reading, a tag */
}

static void wrote_one(xmlNode *n, void *ctx)
{
    writer *w = ctx;
    if (n->type == XML_ELEMENT_NODE && is_block(n)) end_line(w);
}

void hw_main_text(void *doc, const char *title, bool all, hewal_string *out, char date[40])
{
    xmlNode *root = xmlDocGetRootElement(doc);
    weights w = {0};
    if (!root) return;
    walk(root, number_one, NULL, &w.n);
    if (!w.n || !(w.v = calloc(w.n, sizeof *w.v))) return;
    walk(root, weigh_one, sum_one, &w);
    if (!all) walk(root, drop_aside, NULL, &w);
    xmlNode *main = all ? root : choose(root, title, &w);
    if (all || of(&w, main)->all) {
        writer wr = {.w = &w, .title = title, .out = out, .b = hw_buf_on(out), .line = out->len, .date = out->len ? NULL : date};
        hw_put(&wr.b, "", 0);
        walk(main, write_one, wrote_one, &wr);
        end_line(&wr);
        while (out->len && hw_is_space(out->s[out->len - 1])) out->s[--out->len] = 0;
    }
    free(w.v);
}
