/* In: a request. Out: an answer. This file is the table of all that may be asked; docs/openapi.json says the same to programs. */
#include "serve/handlers.h"

#include "base/hash.h"
#include "serve/forms.h"
#include <stdlib.h>
#include <string.h>

#define END {NULL, HW_PARAM_TEXT, NULL, NULL, 0, 0, false, NULL}
#define LANGUAGE {"lang", HW_PARAM_ONE_OF, NULL, "ckb|en", 0, 0, false, "the language of the page"}
#define TEXT(name, help) {name, HW_PARAM_TEXT, NULL, NULL, 0, 0, false, help}
#define WHO(name, help) {name, HW_PARAM_WHO, NULL, NULL, 0, 200, false, help}
#define ONE_OF(name, words, help) {name, HW_PARAM_ONE_OF, NULL, words, 0, 0, false, help}
#define CHOICE(name, words, otherwise, help) {name, HW_PARAM_ONE_OF, otherwise, words, 0, 0, false, help}

#define PERIOD(what)                                                                                                   \
    {"from", HW_PARAM_DATE, NULL, NULL, 0, 0, false, what " on that day or later"},                                     \
        {"to", HW_PARAM_DATE, NULL, NULL, 0, 0, false, what " on that day or earlier, the whole month or year"}
#define OUTLET TEXT("outlet", "published there")
#define LIMIT(most, help) {"limit", HW_PARAM_NUMBER, NULL, NULL, 1, most, false, help}
#define LIST PAGED, CHOICE("format", "json|jsonl|csv", "json", "a page of JSON, or a download with one a line")
#define PAGED                                                                                                          \
    ORDER, LIMIT(1000000000, "how many at most: 20 and no more than 500 in JSON, all in a download"), AFTER
#define AFTER {"after", HW_PARAM_MARK, NULL, NULL, 0, 0, false, "go on behind an earlier answer: its next"}
#define ORDER CHOICE("order", "newest|oldest", "newest", "which come first")
#define FEED ORDER, LIMIT(HW_MAX_LIST, "how many entries at most (30)")

#define ARTICLES PERIOD("published"), OUTLET, TEXT("about", "words that are all in it, in any inflection")
#define COPIES                                                                                                         \
    {"copies", HW_PARAM_NUMBER, NULL, NULL, 0, 1, false, "1: near-duplicates too, else each text once, by its first report"}
#define QUOTES                                                                                                         \
    PERIOD("published"), OUTLET, TEXT("about", "words that are all in the sentence, in any inflection"),                \
        TEXT("article", "the id of an article"), WHO("speaker", "who said it: a number or a name"),                     \
        WHO("named", "whom the words name: a number or a name"), ONE_OF("channel", CHANNELS, "through which channel"),  \
        ONE_OF("kind", "direct|indirect|mixed", "in whose words"), COPIES
#define EVENTS                                                                                                         \
    PERIOD("happened"), OUTLET, TEXT("about", "words that are all in the sentence, in any inflection"),                 \
        TEXT("article", "the id of an article"), WHO("actor", "who did it: a number or a name"),                        \
        WHO("target", "who received it: a number or a name"), WHO("who", "on either side: a number or a name"),         \
        WHO("place", "where: a number or a name"), ONE_OF("type", TYPES, "PLOVER's type"),                              \
        ONE_OF("mode", "meet|visit|phone", "how they consult"),                                                         \
        ONE_OF("status", "occurred|planned|requested|denied|hypothetical", "whether it happened"),                      \
        {"once", HW_PARAM_NUMBER, NULL, NULL, 0, 1, false, "1: only the first report of each event"}, COPIES
#define TALLY(words, otherwise, most)                                                                                  \
    CHOICE("by", words, otherwise, "what they are counted by"), ONE_OF("over", "day|week|month|year", "each also by time"), \
        LIMIT(10000, "how many keys at most, those with the most first: " most),                                        \
        CHOICE("format", "json|csv", "json", "JSON or CSV")
#define TIMES "day|week|month|year"
#define TYPES "AGREE|CONSULT|SUPPORT|CONCEDE|COOPERATE|AID|RETREAT|" \
              "REQUEST|ACCUSE|REJECT|THREATEN|PROTEST|SANCTION|MOBILIZE|COERCE|ASSAULT"
#define CHANNELS "unspecified|statement|tweet|social-post|press-conference|" \
                 "interview|meeting|phone-call|speech|letter|document|media-report|video"

static const hw_param page_params[] = {LANGUAGE, END};
static const hw_param page_quotes[] = {QUOTES, ORDER, AFTER, LANGUAGE, END}, page_events[] = {EVENTS, ORDER, AFTER, LANGUAGE, END};
static const hw_param page_network[] = {EVENTS, ONE_OF("relation", "meets|supports|accuses|fights", "what is between them"), LANGUAGE, END};
static const hw_param page_map[] = {EVENTS, LANGUAGE, END};
static const hw_param page_voices[] = {QUOTES, CHOICE("by", "speaker|office|outlet|channel|sex", "speaker", "who is counted"), LANGUAGE, END};
static const hw_param page_entities[] = {TEXT("name", "called so"), ONE_OF("type", "PER|ORG|LOC", "people, organisations or places"), AFTER, LANGUAGE, END};
static const hw_param page_front[] = {{"q", HW_PARAM_TEXT, NULL, NULL, 0, 0, false, "what is searched for"}, PERIOD("published"), OUTLET,
                                      TEXT("speaker", "whom the article quotes: a name"), ONE_OF("type", TYPES, "of an event in it"),
                                      ONE_OF("channel", CHANNELS, "of a quote in it"), CHOICE("sort", "best|newest", "best", "which come first"), AFTER, LANGUAGE, END};
static const hw_param search[] = {{"q", HW_PARAM_TEXT, NULL, NULL, 0, 0, true, "what is searched for"}, PERIOD("published"), OUTLET,
                                  CHOICE("sort", "best|date|words", "best", "best first, the newer before the older among equals; newest first; or by the words alone"),
                                  {"facets", HW_PARAM_NUMBER, NULL, NULL, 0, 1, false, "1: count the answer by outlet, year, speaker, type of event and channel"},
                                  {"groups", HW_PARAM_NUMBER, NULL, NULL, 0, 1, false, "1: of near-duplicates only the best, with the others' outlets"},
                                  LIMIT(10000, "how many at most: 20 and no more than 500 in JSON, 10000 in a download"), AFTER,
                                  CHOICE("format", "json|jsonl|csv", "json", "a page of JSON, or a download with one a line"), END};
static const hw_param search_feed[] = {{"q", HW_PARAM_TEXT, NULL, NULL, 0, 0, true, "what is searched for"}, PERIOD("published"), OUTLET,
                                       LIMIT(HW_MAX_LIST, "how many entries at most (30)"), END};
static const hw_param articles[] = {ARTICLES, PAGED, CHOICE("format", "json|csv|" HW_FORM_WORDS, "json", "a page of JSON, or a download of all"), END},
                      article[] = {CHOICE("format", "json|" HW_FORM_WORDS, "json", "the form of the record"), END}, articles_feed[] = {ARTICLES, FEED, END};
static const hw_param quotes[] = {QUOTES, LIST, END}, quotes_feed[] = {QUOTES, FEED, END};
static const hw_param events[] = {EVENTS, LIST, END}, events_feed[] = {EVENTS, FEED, END};
static const hw_param article_counts[] = {ARTICLES, TALLY(TIMES "|outlet", "year", "50, of times all"), END};
static const hw_param quote_counts[] = {QUOTES, TALLY(TIMES "|outlet|channel|kind|speaker|office", "year", "50, of times all"), END};
static const hw_param event_counts[] = {EVENTS, TALLY(TIMES "|outlet|type|mode|status|place|actor|target", "year", "50, of times all"), END};
static const hw_param voices[] = {QUOTES, TALLY("speaker|office|outlet|channel|sex", "speaker", "50"), END};
static const hw_param places[] = {EVENTS, TALLY("place", "place", "50"), END};
static const hw_param entities[] = {TEXT("name", "called so, in any usual spelling or in Latin letters; a part of it is enough"),
                                    ONE_OF("type", "PER|ORG|LOC", "people, organisations or places"),
                                    LIMIT(HW_MAX_LIST, "how many at most (20)"), AFTER, END};
static const hw_param similar[] = {LIMIT(HW_MAX_LIST, "how many at most (20)"), END};
static const hw_param network[] = {EVENTS, ONE_OF("relation", "meets|supports|accuses|fights", "what is between them; without it: any event"),
                                   LIMIT(5000, "how many pairs at most, those with the most events first (200)"),
                                   CHOICE("format", "json|csv", "json", "JSON or CSV"), END};

const hw_route hw_routes[] = {
    {HW_PAGE, "/", page_front, hw_show_front, "the first page: search"},
    {HW_PAGE, "/articles/{id}", page_params, hw_show_article, "an article with what is found in it"},
    {HW_PAGE, "/quotes", page_quotes, hw_show_quotes, "who said what"},
    {HW_PAGE, "/events", page_events, hw_show_events, "who did what"},
    {HW_PAGE, "/events/{id}", page_params, hw_show_compare, "the reports of one event beside one another"},
    {HW_PAGE, "/network", page_network, hw_show_network, "who meets, supports, accuses, fights whom"},
    {HW_PAGE, "/map", page_map, hw_show_map, "where events happened"},
    {HW_PAGE, "/voices", page_voices, hw_show_voices, "how often each speaker, office and outlet is heard"},
    {HW_PAGE, "/help", page_params, hw_show_help, "how to ask, and what the program cannot do"},
    {HW_PAGE, "/entities", page_entities, hw_show_entities, "people, organisations and places"},
    {HW_PAGE, "/entities/{id}", page_params, hw_show_entity, "all that is known of one"},
    {HW_FILE, "/static/{hash}/{name*}", NULL, hw_get_asset, "a file that pages need"},
    {HW_FILE, "/api/v1/openapi.json", NULL, hw_api_openapi, "this description"},
    {HW_FILE, "/api/v1/routes", NULL, hw_api_routes, "all that may be asked, with parameters"},
    {HW_API, "/api/v1/counts", NULL, hw_api_counts, "how much the store has"},
    {HW_API, "/api/v1/search", search, hw_api_search, "articles by words, best first"},
    {HW_FEED, "/api/v1/search.atom", search_feed, hw_atom_search, "articles by words as an Atom feed"},
    {HW_API, "/api/v1/articles", articles, hw_api_articles, "articles; as JSON lines their whole records"},
    {HW_FEED, "/api/v1/articles.atom", articles_feed, hw_atom_articles, "articles as an Atom feed"},
    {HW_API, "/api/v1/counts/articles", article_counts, hw_api_article_counts, "how many articles, over time or by outlet"},
    {HW_API, "/api/v1/articles/{id}", article, hw_api_article, "an article with its record"},
    {HW_API, "/api/v1/articles/{id}/similar", similar, hw_api_similar, "articles that name the same people, organisations and places"},
    {HW_API, "/api/v1/quotes", quotes, hw_api_quotes, "who said what"},
    {HW_FEED, "/api/v1/quotes.atom", quotes_feed, hw_atom_quotes, "who said what as an Atom feed"},
    {HW_API, "/api/v1/counts/quotes", quote_counts, hw_api_quote_counts, "how many quotes, over time or by what they have in common"},
    {HW_API, "/api/v1/quotes/{id}", NULL, hw_api_quote, "one quote"},
    {HW_API, "/api/v1/events", events, hw_api_events, "who did what"},
    {HW_FEED, "/api/v1/events.atom", events_feed, hw_atom_events, "who did what as an Atom feed"},
    {HW_API, "/api/v1/counts/events", event_counts, hw_api_event_counts, "how many events, over time or by what they have in common"},
    {HW_API, "/api/v1/events/{id}", NULL, hw_api_event, "one event"},
    {HW_API, "/api/v1/events/{id}/compare", NULL, hw_api_compare, "the reports of one event: whom each outlet quotes"},
    {HW_API, "/api/v1/entities", entities, hw_api_entities, "people, organisations and places"},
    {HW_API, "/api/v1/entities/{id}", NULL, hw_api_entity, "all that is known of one"},
    {HW_API, "/api/v1/voices", voices, hw_api_voices, "how often each speaker, office and outlet is heard; women and men"},
    {HW_API, "/api/v1/places", places, hw_api_event_counts, "how many events happened where"},
    {HW_API, "/api/v1/network", network, hw_api_network, "who meets, supports, accuses, fights whom"},
    {HW_API, NULL, NULL, NULL, NULL}};

/* What pages and charts ask for first, of the whole store. */
const char *const hw_first_asked[] = {"ckb/", "en/", "en/api/v1/counts", "en/api/v1/counts/quotes?by=month", "en/api/v1/counts/events?by=month", "en/api/v1/entities", "en/api/v1/voices",
                                      "en/api/v1/voices?by=speaker&over=year&limit=8", "en/api/v1/voices?by=sex&over=year&limit=8", "en/api/v1/places?limit=500", "en/api/v1/network?limit=120",
                                      "ckb/voices", "en/voices", "ckb/map", "en/map", "ckb/network", "en/network", "ckb/entities", "en/entities", NULL};

/* ---- the table, for programs ---------------------------------------------------------------------------------------- */

static void put_param(hw_buf *b, const hw_param *p)
{
    static const char *const kinds[] = {"text", "number", "date", "one-of", "who", "mark"};
    hw_putc(b, '{');
    hw_put_member(b, "name", p->name);
    hw_put_member(b, "kind", kinds[p->kind]);
    hw_put_member(b, "words", p->words);
    hw_put_member(b, "default", p->otherwise);
    if (p->kind == HW_PARAM_NUMBER) hw_putf(b, ",\"minimum\":%ld,\"maximum\":%ld", p->min, p->max);
    hw_putf(b, ",\"required\":%s", p->needed ? "true" : "false");
    hw_put_member(b, "help", p->help);
    hw_putc(b, '}');
}

void hw_api_routes(hw_request *rq, hw_response *rs)
{
    (void)rq;
    hw_buf b = hw_buf_on(&rs->body);
    hw_puts(&b, "{\"items\":[");
    for (const hw_route *r = hw_routes; r->pattern; r++) {
        hw_puts(&b, r == hw_routes ? "\n{" : ",\n{");
        hw_put_member(&b, "path", r->pattern);
        hw_put_member(&b, "help", r->help);
        hw_puts(&b, ",\"parameters\":[");
        for (const hw_param *p = r->params; p && p->name; p++) {
            if (p != r->params) hw_putc(&b, ',');
            put_param(&b, p);
        }
        hw_puts(&b, "]}");
    }
    hw_puts(&b, "],\"next\":null}\n");
    if (!hw_buf_ok(&b)) hw_refuse(rs, 503, NULL, "out of memory");
}

/* ---- finding the route ---------------------------------------------------------------------------------------------- */

static bool fits(const hw_request *rq, const char *pattern)
{
    unsigned at = 0;
    for (const char *p = pattern + 1;; p++, at++) {
        size_t k = strcspn(p, "/");
        if (at >= rq->n_segments) return false;
        const char *s = rq->segments[at];
        if (*p == '{' && p[k - 2] == '*') return *s != 0;
        if (*p == '{' ? !*s : strlen(s) != k || memcmp(s, p, k) != 0) return false;
        p += k;
        if (!*p) return at + 1 == rq->n_segments;
    }
}

static const hw_route *route_of(const hw_request *rq)
{
    for (const hw_route *r = hw_routes; r->pattern; r++)
        if (fits(rq, r->pattern)) return r;
    return NULL;
}

/* ---- answering ------------------------------------------------------------------------------------------------------ */

/* The store's version and the question: answers with the same tag are the same. */
static const char *etag_of(hw_request *rq, uint64_t version)
{
    uint64_t h = hw_hash(rq->target, strlen(rq->target));
    h = hw_phrase(h, hw_hash(rq->language, strlen(rq->language)));
    return hw_sprintf(&rq->arena, "W/\"%llx-%llx\"", (unsigned long long)version, (unsigned long long)h);
}

static bool has_tag(hw_request *rq, const char *tag)
{
    const char *header = rq->if_none_match, *bare = !strncmp(tag, "W/", 2) ? tag + 2 : tag;
    return header && (!strcmp(header, "*") || hw_header_has(header, bare) || hw_header_has(header, hw_sprintf(&rq->arena, "W/%s", bare)));
}

/* Runs the handler on one state of the store, for a limited time. */
static void make(hw_request *rq, hw_response *rs)
{
    hewal_error err;
    if (!rq->store) {
        rq->store = hw_handle_take(rq->server);
        rq->taken = rq->store != NULL;
    }
    if (!rq->store) {
        hw_refuse(rs, 503, NULL, "too much is asked at once: try again later");
        return;
    }
    hw_store_limit(rq->store, (rq->again ? HW_MAKE_SECONDS : HW_QUERY_SECONDS) * 1000u, hw_server_ending(rq->server));
    if (hw_store_read_begin(rq->store, &err) != HEWAL_OK) hw_refuse_error(rs, &err);
    else rq->route->handler(rq, rs);
}

/* A file, or a description: the same for as long as the server runs. */
static void answer_fixed(hw_request *rq, hw_response *rs)
{
    rq->route->handler(rq, rs);
    if (!rs->problem[0] && rs->etag && has_tag(rq, rs->etag)) rs->status = 304;
}

/* What the store says: as it was kept where that took long to make (cache.h), else made now, and kept. */
static void answer_stored(hw_request *rq, hw_response *rs)
{
    uint64_t version = hw_server_version(rq->server);
    if (rq->route->kind == HW_API || rq->route->kind == HW_PAGE) rq->key = hw_sprintf(&rq->arena, "%s%s", rq->language, hw_target_with(rq, "", NULL));
    hw_cache *cache = hw_server_cache(rq->server);
    hw_cached kept = {.version = version};
    if (rq->key && !rq->again && hw_cache_get(cache, rq->key, version, &kept)) {
        rs->etag = etag_of(rq, kept.version);
        rs->body = kept.body;
        rs->type = kept.type;
        rs->file_name = kept.file_name;
        if (has_tag(rq, rs->etag)) rs->status = 304;
        return;
    }
    rs->etag = etag_of(rq, version);
    if (has_tag(rq, rs->etag)) {
        rs->status = 304;
        return;
    }
    int64_t begun = hw_now_ms();
    make(rq, rs);
    if (rq->key && !rs->problem[0] && !rs->status && !rs->stream && !rs->fixed)
        hw_cache_put(cache, rq->key, &(hw_cached){rs->body, rs->type, rs->file_name, version}, hw_now_ms() - begun);
}

static void answer(hw_request *rq, hw_response *rs)
{
    rq->route = route_of(rq);
    if (!rq->route) {
        hw_refuse(rs, 404, NULL, "there is nothing at this address");
        return;
    }
    if (!hw_request_check(rq, rs)) return;
    const char *language = hw_value(rq, "lang");
    if (language) rq->language = language;
    if (rq->route->kind != HW_PAGE) rq->language = "en"; /* for programs it is all one */
    if (rq->route->kind == HW_FILE) answer_fixed(rq, rs);
    else answer_stored(rq, rs);
}

/* After an answer, also one that memory ran out over. */
static void tidy(hw_request *rq, hw_response *rs)
{
    hw_cursor_close(rq->cursor);
    rq->cursor = NULL;
    if (!rq->store) return;
    if (rs->problem[0] && hw_store_limit_passed(rq->store)) {
        hw_refuse(rs, 503, NULL, rq->key ? "this takes long: it is being made, ask again in a minute" : "the answer takes too long: ask for less");
        if (rq->key && !rq->again) hw_cache_wish(hw_server_cache(rq->server), rq->key);
    }
    hw_store_read_end(rq->store);
    hw_store_limit(rq->store, 0, NULL);
    if (rq->taken) hw_handle_give(rq->server, rq->store);
    rq->store = NULL;
}

void hw_dispatch(hw_request *rq, hw_response *rs)
{
    if (hw_arena_guard(&rq->arena)) hw_refuse(rs, 503, NULL, "out of memory");
    else if (!rs->problem[0]) answer(rq, rs);
    rq->arena.guarded = 0;
    tidy(rq, rs);
    if (!rs->status) rs->status = 200;
    if (rs->problem[0]) hw_response_error(rq, rs);
}
