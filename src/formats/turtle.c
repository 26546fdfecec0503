/* In: an article with its record. Out: RDF in Turtle.
 *
 * Things get addresses that stay: <urn:hewal:article:ID>, what is found in it <urn:hewal:article:ID#q1>, and what the gazetteer
 * knows <urn:hewal:entity:people:NAME>, the same in every article. An event is a schema:Event whose PLOVER type, mode and status, actors
 * and targets are properties of ours (urn:hewal:terms:), for schema.org has none. Every fact has a Web Annotation: its body is the
 * fact, its target bytes of the article (oa:DataPositionSelector) and the words that stand there (oa:TextQuoteSelector). */
#include "formats/formats.h"

#include <stdio.h>
#include <string.h>

static const char *const schema_types[] = {"Person", "Organization", "Place"};

/* ---- terms --------------------------------------------------------------------------------------------------------- */

static void put_literal(hw_buf *b, const char *s, size_t n, const char *language)
{
    hewal_string json = {0}; /* mends broken UTF-8; its escapes are Turtle's too, but for that of the solidus, which it never writes */
    hw_buf j = hw_buf_on(&json);
    hw_put_json(&j, s, n);
    if (!hw_buf_ok(&j)) b->failed = true;
    else hw_put(b, json.s, json.len);
    hewal_string_free(&json);
    if (language) hw_putf(b, "@%s", language);
}

static void put_escaped(hw_buf *b, const char *s)
{
    for (; *s; s++) {
        unsigned char c = (unsigned char)*s;
        bool plain = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || strchr("-._~", c);
        if (plain) hw_putc(b, *s);
        else hw_putf(b, "%%%02X", c);
    }
}

static void put_article(hw_buf *b, const hw_stored *a)
{
    hw_puts(b, "<urn:hewal:article:");
    put_escaped(b, a->article.id);
    hw_putc(b, '>');
}

/* <urn:hewal:article:ID#q1>, with `more` behind it. */
static void put_fact(hw_buf *b, const hw_stored *a, char letter, size_t i, const char *more)
{
    hw_puts(b, "<urn:hewal:article:");
    put_escaped(b, a->article.id);
    hw_putf(b, "#%c%zu%s>", letter, i + 1, more);
}

static void put_entity(hw_buf *b, const hw_stored *a, int32_t i)
{
    const char *known = a->record.entities[i].known, *colon = known ? strchr(known, ':') : NULL;
    if (!colon) {
        put_fact(b, a, 'e', (size_t)i, "");
        return;
    }
    hw_putf(b, "<urn:hewal:entity:%.*s:", (int)(colon - known), known);
    put_escaped(b, colon + 1);
    hw_putc(b, '>');
}

static void put_string(hw_buf *b, const char *property, const char *s, const char *language)
{
    if (!s || !*s) return;
    hw_putf(b, " ;\n  %s ", property);
    put_literal(b, s, strlen(s), language);
}

static bool whole_date(const char *s)
{
    if (!s || strlen(s) < 10) return false;
    for (int i = 0; i < 10; i++)
        if (i == 4 || i == 7 ? s[i] != '-' : s[i] < '0' || s[i] > '9') return false;
    return true;
}

static void put_date(hw_buf *b, const char *property, const char *date)
{
    if (whole_date(date)) hw_putf(b, " ;\n  %s \"%.10s\"^^xsd:date", property, date);
}

static void put_confidence(hw_buf *b, float c)
{
    int hundredths = (int)(c * 100 + 0.5f);
    hw_putf(b, " ;\n  hewal:confidence \"%d.%02d\"^^xsd:decimal", hundredths / 100, hundredths % 100);
}

static void put_entities(hw_buf *b, const hw_stored *a, const char *property, const int32_t *v, size_t n)
{
    for (size_t i = 0; i < n; i++) {
        hw_puts(b, i ? ", " : " ;\n  ");
        if (!i) hw_putf(b, "%s ", property);
        put_entity(b, a, v[i]);
    }
}

/* Where the fact stands: bytes, and the words there. */
static void put_evidence(hw_buf *b, const hw_stored *a, char letter, size_t i, uint32_t from, uint32_t to)
{
    put_fact(b, a, letter, i, "-evidence");
    hw_puts(b, " a oa:Annotation ;\n  oa:motivatedBy oa:identifying ;\n  oa:hasBody ");
    put_fact(b, a, letter, i, "");
    hw_puts(b, " ;\n  oa:hasTarget [ oa:hasSource ");
    put_article(b, a);
    hw_putf(b, " ;\n    oa:hasSelector [ a oa:DataPositionSelector ; oa:start %u ; oa:end %u ], [ a oa:TextQuoteSelector ; oa:exact ", from, to);
    put_literal(b, a->record.text + from, to - from, NULL);
    hw_puts(b, " ] ] .\n");
}

/* ---- things -------------------------------------------------------------------------------------------------------- */

static void put_about(hw_buf *b, const hw_stored *a)
{
    const hw_article *x = &a->article;
    const hewal_record *r = &a->record;
    put_article(b, a);
    hw_puts(b, " a schema:NewsArticle, prov:Entity ;\n  schema:identifier ");
    put_literal(b, x->id, strlen(x->id), NULL);
    put_string(b, "schema:headline", x->title, NULL);
    put_string(b, "schema:url", x->url, NULL);
    put_date(b, "schema:datePublished", r->published);
    if (x->outlet && *x->outlet) {
        hw_puts(b, " ;\n  schema:publisher [ a schema:Organization ; schema:name ");
        put_literal(b, x->outlet, strlen(x->outlet), NULL);
        hw_puts(b, " ]");
    }
    for (size_t i = 0; i < r->n_entities; i++) {
        hw_puts(b, i ? ", " : " ;\n  schema:mentions ");
        put_entity(b, a, (int32_t)i);
    }
    hw_puts(b, " ;\n  schema:inLanguage \"ckb\" .\n");
    put_article(b, a);
    hw_puts(b, " hewal:record [ a prov:Entity ; prov:wasDerivedFrom ");
    put_article(b, a);
    hw_puts(b, " ;\n    prov:wasGeneratedBy [ a prov:Activity ; prov:used ");
    put_article(b, a);
    hw_puts(b, " ; prov:wasAssociatedWith [ a prov:SoftwareAgent ; schema:name \"hewal " HEWAL_VERSION "\" ; hewal:model ");
    put_literal(b, a->model ? a->model : "", a->model ? strlen(a->model) : 0, NULL);
    hw_puts(b, " ] ] ] .\n");
}

static void put_things(hw_buf *b, const hw_stored *a)
{
    const hewal_record *r = &a->record;
    for (size_t i = 0; i < r->n_entities; i++) {
        const hewal_entity *e = &r->entities[i];
        put_entity(b, a, (int32_t)i);
        hw_putf(b, " a schema:%s", schema_types[e->type <= HEWAL_LOC ? e->type : HEWAL_PER]);
        put_string(b, "schema:name", e->name, "en");
        put_string(b, "schema:name", e->name_ckb, "ckb");
        hw_puts(b, " .\n");
    }
    for (size_t i = 0; i < r->n_mentions; i++) {
        const hewal_mention *m = &r->mentions[i];
        if (m->entity < 0) continue;
        put_fact(b, a, 'm', i, "");
        hw_putf(b, " a hewal:Mention ;\n  hewal:type \"%s\" ;\n  hewal:of ", hewal_type_name(m->type));
        put_entity(b, a, m->entity);
        put_confidence(b, m->confidence);
        hw_puts(b, " .\n");
        put_evidence(b, a, 'm', i, m->b, m->e);
    }
}

static void put_quotes(hw_buf *b, const hw_stored *a)
{
    const hewal_record *r = &a->record;
    for (size_t i = 0; i < r->n_quotes; i++) {
        const hewal_quote *q = &r->quotes[i];
        put_fact(b, a, 'q', i, "");
        hw_puts(b, " a schema:Quotation, prov:Entity ;\n  schema:text ");
        put_literal(b, r->text + q->b, q->e - q->b, NULL);
        hw_puts(b, " ;\n  schema:isPartOf ");
        put_article(b, a);
        hw_puts(b, " ;\n  prov:wasQuotedFrom ");
        put_article(b, a);
        hw_putf(b, " ;\n  hewal:kind \"%s\" ;\n  hewal:channel \"%s\"", hewal_kind_name(q->kind), hewal_channel_name(q->channel));
        if (q->source_entity >= 0) {
            put_entities(b, a, "schema:creator", &q->source_entity, 1);
            put_entities(b, a, "prov:wasAttributedTo", &q->source_entity, 1);
        }
        if (q->addressee_entity >= 0) put_entities(b, a, "schema:recipient", &q->addressee_entity, 1);
        put_entities(b, a, "hewal:passedOnBy", q->via, q->n_via);
        put_confidence(b, q->confidence);
        hw_puts(b, " .\n");
        put_evidence(b, a, 'q', i, q->b, q->e);
    }
}

static void put_events(hw_buf *b, const hw_stored *a)
{
    const hewal_record *r = &a->record;
    for (size_t i = 0; i < r->n_events; i++) {
        const hewal_event *v = &r->events[i];
        put_fact(b, a, 'v', i, "");
        hw_putf(b, " a schema:Event ;\n  hewal:ploverType \"%s\" ;\n  hewal:status \"%s\"", hewal_event_type_name(v->type), hewal_event_status_name(v->status));
        if (v->mode != HEWAL_NO_MODE) hw_putf(b, " ;\n  hewal:ploverMode \"%s\"", hewal_mode_name(v->mode));
        put_entities(b, a, "hewal:actor", v->actors, v->n_actors);
        put_entities(b, a, "hewal:target", v->targets, v->n_targets);
        if (v->place >= 0) put_entities(b, a, "schema:location", &v->place, 1);
        if (v->time >= 0) {
            put_date(b, "schema:startDate", r->times[v->time].value);
            put_string(b, "hewal:timex3", r->times[v->time].value, NULL);
        }
        if (v->in_quote >= 0) {
            hw_puts(b, " ;\n  schema:recordedIn ");
            put_fact(b, a, 'q', (size_t)v->in_quote, "");
        }
        hw_puts(b, " ;\n  schema:subjectOf ");
        put_article(b, a);
        put_confidence(b, v->confidence);
        hw_puts(b, " .\n");
        put_evidence(b, a, 'v', i, v->b, v->e);
    }
}

bool hw_put_turtle_head(hewal_string *out)
{
    hw_buf b = hw_buf_on(out);
    hw_puts(&b, "@prefix schema: <https://schema.org/> .\n@prefix prov: <http://www.w3.org/ns/prov#> .\n@prefix oa: <http://www.w3.org/ns/oa#> .\n"
                "@prefix xsd: <http://www.w3.org/2001/XMLSchema#> .\n@prefix hewal: <urn:hewal:terms:> .\n");
    return hw_buf_ok(&b);
}

bool hw_put_turtle(hewal_string *out, const hw_stored *a)
{
    size_t before = out->len;
    hw_buf b = hw_buf_on(out);
    hw_putc(&b, '\n');
    put_about(&b, a);
    put_things(&b, a);
    put_quotes(&b, a);
    put_events(&b, a);
    if (!hw_buf_ok(&b)) hw_buf_back(out, before);
    return hw_buf_ok(&b);
}
