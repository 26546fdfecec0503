/* In: a file of XML. Out: its elements, told one after another. */
#include "ingest/xml.h"

#include "base/buf.h"
#include "base/err.h"
#include <libxml/HTMLparser.h>
#include <libxml/parser.h>
#include <libxml/parserInternals.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

#define STEP ((size_t)8192)
enum { MAX_DEPTH = 200 };

typedef struct ready { /* what the calls gave and nobody has asked for yet: no more than lies in a step */
    struct ready *next;
    hw_article *article; /* NULL: err says why */
    hewal_error err;
    size_t line;
} ready;

struct hw_xml {
    hw_file *file;
    hw_source *in;
    const hw_xml_calls *calls;
    void *ctx;
    xmlParserCtxt *parser;
    unsigned depth;
    size_t lines_before; /* the parser saw its first */
    const xmlChar **attributes; /* of the element that starts: name, prefix, URI, value, end */
    int n_attributes;
    char value[256];
    xmlEntity entity; /* one of HTML's, lent to the parser */
    char entity_text[8];
    char fault[200];
    bool ended;
    ready *first, *last;
};

static void start_element(void *c, const xmlChar *name, const xmlChar *prefix, const xmlChar *uri, int n_ns, const xmlChar **ns, int n, int n_default,
                          const xmlChar **attributes)
{
    hw_xml *x = c;
    (void)prefix, (void)n_ns, (void)ns, (void)n_default;
    x->attributes = attributes;
    x->n_attributes = n;
    if (++x->depth > MAX_DEPTH) {
        if (!*x->fault) snprintf(x->fault, sizeof x->fault, "line %zu: elements in elements, more than %d deep", hw_xml_line(x), MAX_DEPTH);
        xmlStopParser(x->parser);
        return;
    }
    x->calls->start(x->ctx, x, uri ? (const char *)uri : prefix ? (const char *)prefix : "", (const char *)name);
    x->n_attributes = 0;
}

static void end_element(void *c, const xmlChar *name, const xmlChar *prefix, const xmlChar *uri)
{
    hw_xml *x = c;
    x->calls->end(x->ctx, x, uri ? (const char *)uri : prefix ? (const char *)prefix : "", (const char *)name);
    x->depth--;
}

static void characters(void *c, const xmlChar *s, int n)
{
    hw_xml *x = c;
    x->calls->text(x->ctx, (const char *)s, (size_t)n);
}

/* Feeds use HTML's names (&nbsp;) without saying what they are. No other entity is known, whatever the file declares. */
static xmlEntity *get_entity(void *c, const xmlChar *name)
{
    hw_xml *x = c;
    xmlEntity *known = xmlGetPredefinedEntity(name);
    const htmlEntityDesc *html = known ? NULL : htmlEntityLookup(name);
    if (known || !html) return known;
    int n = xmlCopyCharMultiByte((xmlChar *)x->entity_text, (int)html->value);
    x->entity_text[n] = 0;
    x->entity = (xmlEntity){.type = XML_ENTITY_DECL, .name = (const xmlChar *)html->name, .content = (xmlChar *)x->entity_text, .length = n,
                            .etype = XML_INTERNAL_PREDEFINED_ENTITY, .orig = (xmlChar *)x->entity_text};
    return &x->entity;
}

static void note_fault(void *c, xmlErrorPtr e)
{
    hw_xml *x = c;
    if (*x->fault || e->level < XML_ERR_FATAL) return;
    snprintf(x->fault, sizeof x->fault, "line %d: %s", e->line, e->message ? e->message : "not XML");
    size_t n = strlen(x->fault);
    while (n && (x->fault[n - 1] == '\n' || x->fault[n - 1] == ' ')) x->fault[--n] = 0;
}

/* The encoding that <?xml ...?> names; "" for none. */
static void declared(const char *s, size_t n, char out[24])
{
    const char *end = n > 5 && !memcmp(s, "<?xml", 5) ? memchr(s, '>', n) : NULL, *p = end ? memmem(s, (size_t)(end - s), "encoding", 8) : NULL;
    size_t k = 0;
    out[0] = 0;
    if (!p) return;
    for (p += 8; p < end && (hw_is_space(*p) || *p == '=' || *p == '"' || *p == '\'');) p++;
    while (p < end && k < 23 && *p != '"' && *p != '\'' && !hw_is_space(*p)) out[k++] = *p++;
    out[k] = 0;
}

/* What lies in another encoding is brought to UTF-8 before the parser sees it. */
static hewal_status open_text(hw_xml *x, hewal_error *err)
{
    char charset[24];
    size_t n;
    const char *s = hw_source_window(x->file->in, &n);
    while (n && hw_is_space(*s)) { /* some feeds begin with an empty line, which XML does not allow */
        x->lines_before += *s == '\n';
        hw_source_take(x->file->in, 1);
        s = hw_source_window(x->file->in, &n);
    }
    x->in = x->file->in;
    declared(s, n, charset);
    if (!*charset || hw_charset_utf8(charset) || !strncasecmp(charset, "utf-16", 6)) return HEWAL_OK; /* UTF-16 was seen to */
    hewal_status st = hw_source_recode(&x->file->recoded, x->in, charset, err);
    if (st == HEWAL_OK) x->in = x->file->recoded;
    return st;
}

hewal_status hw_xml_open(hw_xml **out, hw_file *f, const hw_xml_calls *calls, void *ctx, hewal_error *err)
{
    hw_xml *x = *out = calloc(1, sizeof *x);
    if (!x) return hw_file_fail(f, err, HEWAL_ENOMEM, "out of memory");
    *x = (hw_xml){.file = f, .calls = calls, .ctx = ctx};
    hewal_status st = open_text(x, err);
    if (st != HEWAL_OK) return st;
    xmlSAXHandler sax = {.initialized = XML_SAX2_MAGIC, .startElementNs = start_element, .endElementNs = end_element, .characters = characters,
                         .cdataBlock = characters, .ignorableWhitespace = characters, .getEntity = get_entity, .serror = note_fault};
    x->parser = xmlCreatePushParserCtxt(&sax, x, NULL, 0, NULL); /* with user data of ours, entities that the file declares stay unknown */
    if (!x->parser) return hw_file_fail(f, err, HEWAL_ENOMEM, "out of memory");
    xmlCtxtUseOptions(x->parser, XML_PARSE_NONET | XML_PARSE_RECOVER | XML_PARSE_IGNORE_ENC);
    xmlSwitchEncoding(x->parser, XML_CHAR_ENCODING_UTF8);
    return HEWAL_OK;
}

void hw_xml_close(hw_xml *x)
{
    if (!x) return;
    if (x->parser) {
        xmlFreeDoc(x->parser->myDoc);
        x->parser->myDoc = NULL;
        xmlFreeParserCtxt(x->parser);
    }
    for (ready *r = x->first, *n; r; r = n) {
        n = r->next;
        hw_article_free(r->article);
        free(r);
    }
    free(x);
}

/* How many of the first n bytes end with a character. */
static size_t whole_characters(const char *s, size_t n)
{
    size_t k = n;
    while (k && n - k < 3 && ((unsigned char)s[k - 1] & 0xC0) == 0x80) k--;
    if (!k || (unsigned char)s[k - 1] < 0xC0) return n;
    size_t need = (unsigned char)s[k - 1] < 0xE0 ? 2 : (unsigned char)s[k - 1] < 0xF0 ? 3 : 4;
    return n - (k - 1) < need ? k - 1 : n;
}

static void feed(hw_xml *x, const char *s, size_t n)
{
    hewal_string mended = {0};
    if (hw_mend_utf8(s, n, &mended)) {
        s = mended.s;
        n = mended.len;
    }
    if (n) xmlParseChunk(x->parser, s, (int)n, 0);
    hewal_string_free(&mended);
}

/* Reads on, some kilobytes; *more false: the end was reached. */
static hewal_status step(hw_xml *x, bool *more, hewal_error *err)
{
    size_t n;
    bool grew = true;
    *more = false;
    if (x->ended) return HEWAL_OK;
    const char *s = hw_source_window(x->in, &n);
    if (n < 4) {
        hewal_status st = hw_source_more(x->in, &grew, err);
        if (st != HEWAL_OK) return st;
        s = hw_source_window(x->in, &n);
    }
    size_t take = n < STEP ? n : STEP;
    if (grew && whole_characters(s, take)) take = whole_characters(s, take);
    feed(x, s, take);
    hw_source_take(x->in, take);
    if (!n || x->parser->disableSAX || x->parser->instate == XML_PARSER_EOF) {
        if (!n) xmlParseChunk(x->parser, "", 0, 1);
        x->ended = true;
    }
    *more = !x->ended;
    return HEWAL_OK;
}

void hw_xml_give(hw_xml *x, hw_article *a, const hewal_error *err, size_t line)
{
    ready *r = calloc(1, sizeof *r);
    if (!r) { /* the next call will say so itself */
        hw_article_free(a);
        return;
    }
    r->article = a;
    if (!a) r->err = *err;
    r->line = line;
    if (x->last) x->last->next = r;
    else x->first = r;
    x->last = r;
}

static hewal_status take_ready(hw_xml *x, hw_article **out, hewal_error *err)
{
    ready *r = x->first;
    if (!(x->first = r->next)) x->last = NULL;
    x->file->line = r->line;
    *out = r->article;
    hewal_status st = r->article ? HEWAL_OK : r->err.status;
    if (!r->article && err) *err = r->err;
    free(r);
    return st;
}

hewal_status hw_xml_next(hw_xml *x, hw_article **out, hewal_error *err)
{
    for (bool more = true; !x->first && more;) {
        hewal_status st = step(x, &more, err);
        if (st != HEWAL_OK) return x->file->ended = true, st;
    }
    if (x->first) return take_ready(x, out, err);
    if (!x->depth && x->parser->instate != XML_PARSER_START) return HEWAL_OK;
    x->file->line = 0;
    x->file->ended = true;
    return hw_file_fail(x->file, err, HEWAL_EFORMAT, "the XML breaks off (%s)", *x->fault ? x->fault : "its end is missing");
}

hw_file *hw_xml_file(hw_xml *x)
{
    return x->file;
}

const char *hw_xml_attribute(hw_xml *x, const char *name)
{
    for (int i = 0; i < x->n_attributes; i++) {
        const xmlChar **a = x->attributes + (ptrdiff_t)i * 5;
        if (strcmp((const char *)a[0], name) != 0) continue;
        snprintf(x->value, sizeof x->value, "%.*s", (int)(a[4] - a[3]), (const char *)a[3]);
        return x->value;
    }
    return NULL;
}

size_t hw_xml_line(const hw_xml *x)
{
    return x->parser->input && x->parser->input->line > 0 ? (size_t)x->parser->input->line + x->lines_before : 0;
}

unsigned hw_xml_depth(const hw_xml *x)
{
    return x->depth;
}

bool hw_xml_root(const char *s, size_t n, char name[32])
{
    const char *end = s + n;
    while (s < end) {
        while (s < end && hw_is_space(*s)) s++;
        if (end - s < 2 || *s != '<') return false;
        if (s[1] == '?' || s[1] == '!') { /* a declaration, a comment, a document type */
            bool comment = end - s > 4 && !memcmp(s, "<!--", 4);
            const char *close = comment ? memmem(s, (size_t)(end - s), "-->", 3) : memchr(s, '>', (size_t)(end - s));
            if (!comment && close && s[1] == '!' && memchr(s, '[', (size_t)(close - s))) close = memmem(s, (size_t)(end - s), "]>", 2);
            if (!close) return false;
            s = close + (comment ? 3 : *close == ']' ? 2 : 1);
            continue;
        }
        size_t k = 0;
        for (s++; s < end && k < 31 && !hw_is_space(*s) && *s != '>' && *s != '/'; s++) {
            name[k++] = *s;
            if (*s == ':') k = 0;
        }
        name[k] = 0;
        return k > 0;
    }
    return false;
}

void hw_piece_add(hw_piece *p, const char *s, size_t n, size_t max)
{
    if (p->cut) return;
    if (p->s.len + n > max) {
        p->cut = true;
        return;
    }
    hw_buf b = hw_buf_on(&p->s);
    hw_put(&b, s, n);
    p->failed = p->failed || !hw_buf_ok(&b);
}

void hw_piece_clear(hw_piece *p)
{
    if (p->s.cap > 1u << 20) hewal_string_free(&p->s);
    p->s.len = 0;
    p->cut = false;
}

void hw_piece_free(hw_piece *p)
{
    hewal_string_free(&p->s);
    *p = (hw_piece){0};
}
