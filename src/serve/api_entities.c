/* In: a name, a kind, or the number of an entity. Out: people, organisations and places; all that is known of one. */
#include "serve/handlers.h"

#include <stdlib.h>
#include <string.h>

enum { MOST_FACTS = 200 }; /* spellings, offices, meetings of one */

static void put_entity(hw_buf *b, const hw_known *k, const hw_entity_row *e)
{
    hw_put_entity_json(b, e);
    if (!strcmp(e->type, "PER")) {
        const char *how = NULL, *sex = hw_known_sex(k, e->key, e->name_ckb, &how);
        hw_put_member(b, "sex", sex);
        hw_put_member(b, "sex_by", how);
    } else if (!strcmp(e->type, "LOC")) {
        hw_put_member(b, "place_kind", hw_known_place(k, e->key, "kind"));
        hw_put_member(b, "country", hw_known_place(k, e->key, "in"));
    }
}

static void put_list_end(hw_buf *b, const char *mark)
{
    hw_puts(b, "],\"next\":");
    hw_put_json_s(b, mark && *mark ? mark : NULL);
    hw_puts(b, "}\n");
}

/* ---- by name -------------------------------------------------------------------------------------------------------- */

static void find(hw_request *rq, hw_response *rs, size_t limit)
{
    hw_entity_row *v = NULL;
    hewal_error err;
    size_t n;
    if (hw_store_find(rq->store, hw_value(rq, "name"), hw_value(rq, "type"), limit, &v, &n, &err) != HEWAL_OK) {
        hw_refuse_error(rs, &err);
        return;
    }
    hw_buf b = hw_buf_on(&rs->body);
    hw_puts(&b, "{\"items\":[");
    for (size_t i = 0; i < n; i++) {
        hw_puts(&b, i ? ",\n" : "\n");
        put_entity(&b, hw_server_known(rq->server), &v[i]);
        hw_putc(&b, '}');
    }
    put_list_end(&b, NULL);
    free(v);
    if (!hw_buf_ok(&b)) hw_refuse(rs, 503, NULL, "out of memory");
}

/* ---- all, the most quoted first ------------------------------------------------------------------------------------- */

static void list(hw_request *rq, hw_response *rs, size_t limit)
{
    hw_filter f = {.type = hw_value(rq, "type"), .after = hw_value(rq, "after")};
    hewal_error err;
    hw_entity_row e;
    size_t n = 0;
    char mark[64] = "";
    if (hw_store_entities(rq->store, &f, &rq->cursor, &err) != HEWAL_OK) {
        hw_refuse_error(rs, &err);
        return;
    }
    hw_buf b = hw_buf_on(&rs->body);
    hw_puts(&b, "{\"items\":[");
    while (n < limit && hw_next_entity(rq->cursor, &e)) {
        hw_puts(&b, n++ ? ",\n" : "\n");
        put_entity(&b, hw_server_known(rq->server), &e);
        hw_putc(&b, '}');
    }
    if (n == limit) hw_cursor_mark(rq->cursor, mark, sizeof mark);
    put_list_end(&b, mark);
    if (hw_cursor_error(rq->cursor, &err) != HEWAL_OK) hw_refuse_error(rs, &err);
    else if (!hw_buf_ok(&b)) hw_refuse(rs, 503, NULL, "out of memory");
}

void hw_api_entities(hw_request *rq, hw_response *rs)
{
    size_t limit;
    if (!hw_page_size(rq, rs, &limit)) return;
    if (hw_value(rq, "name")) find(rq, rs, limit);
    else list(rq, rs, limit);
}

/* ---- one ------------------------------------------------------------------------------------------------------------ */

static bool put_spellings(hw_store *s, hw_buf *b, int64_t id, hewal_error *err)
{
    hw_spelling_row *v = NULL;
    size_t n;
    if (hw_store_spellings(s, id, &v, &n, err) != HEWAL_OK) return false;
    hw_puts(b, ",\"spellings\":[");
    for (size_t i = 0; i < n && i < MOST_FACTS; i++) {
        hw_puts(b, i ? ",{" : "{");
        hw_put_member(b, "form", v[i].form);
        hw_putf(b, ",\"n\":%lld}", (long long)v[i].n);
    }
    hw_putc(b, ']');
    free(v);
    return true;
}

static bool put_offices(hw_store *s, hw_buf *b, int64_t id, hewal_error *err)
{
    hw_office_row *v = NULL;
    size_t n;
    if (hw_store_offices(s, id, &v, &n, err) != HEWAL_OK) return false;
    hw_puts(b, ",\"offices\":[");
    for (size_t i = 0; i < n && i < MOST_FACTS; i++) {
        hw_puts(b, i ? ",{" : "{");
        hw_put_member(b, "role", v[i].role);
        hw_put_member(b, "first", v[i].first);
        hw_put_member(b, "last", v[i].last);
        hw_putf(b, ",\"n\":%lld}", (long long)v[i].n);
    }
    hw_putc(b, ']');
    free(v);
    return true;
}

static bool put_met(hw_store *s, hw_buf *b, int64_t id, hewal_error *err)
{
    hw_met_row *v = NULL;
    size_t n;
    if (hw_store_met(s, id, &v, &n, err) != HEWAL_OK) return false;
    hw_puts(b, ",\"met\":[");
    for (size_t i = 0; i < n && i < MOST_FACTS; i++) {
        hw_puts(b, i ? ",{\"with\":" : "{\"with\":");
        hw_put_ref_json(b, &v[i].with);
        hw_put_member(b, "type", v[i].type);
        hw_put_member(b, "mode", v[i].mode && *v[i].mode ? v[i].mode : NULL);
        hw_put_member(b, "first", v[i].first);
        hw_put_member(b, "last", v[i].last);
        hw_putf(b, ",\"n\":%lld}", (long long)v[i].n);
    }
    hw_putc(b, ']');
    free(v);
    return true;
}

static void put_item(hw_buf *b, bool first, const char *key, int64_t n)
{
    hw_puts(b, first ? "{" : ",{");
    hw_put_member(b, "key", key);
    hw_putf(b, ",\"n\":%lld}", (long long)n);
}

/* A member that counts quotes: {"statement":3,…} as an array of {"key","n"}. */
static bool put_counts(hw_store *s, hw_buf *b, const char *member, const hw_filter *f, const char *by, hewal_error *err)
{
    hw_tally_row *v = NULL;
    size_t n;
    if (hw_store_tally(s, HW_TALLY_QUOTES, f, by, NULL, 0, &v, &n, err) != HEWAL_OK) return false;
    hw_putf(b, ",\"%s\":[", member);
    for (size_t i = 0; i < n; i++) put_item(b, !i, v[i].key, v[i].n);
    hw_putc(b, ']');
    free(v);
    return true;
}

static void put_side(hw_buf *b, const char *member, const hw_act_row *v, size_t n, bool suffered)
{
    bool first = true;
    hw_putf(b, ",\"%s\":[", member);
    for (size_t i = 0; i < n; i++) {
        if (v[i].suffered != suffered) continue;
        put_item(b, first, v[i].type, v[i].n);
        first = false;
    }
    hw_putc(b, ']');
}

static bool put_acts(hw_store *s, hw_buf *b, int64_t entity, hewal_error *err)
{
    hw_act_row *v = NULL;
    size_t n;
    if (hw_store_acts(s, entity, &v, &n, err) != HEWAL_OK) return false;
    put_side(b, "acts", v, n, false);
    put_side(b, "is_target_of", v, n, true);
    free(v);
    return true;
}

static bool put_all(hw_request *rq, hw_buf *b, const hw_entity_row *e, hewal_error *err)
{
    hw_store *s = rq->store;
    hw_filter said = {.speakers = &e->id, .n_speakers = 1};
    put_entity(b, hw_server_known(rq->server), e);
    bool ok = put_spellings(s, b, e->id, err) && put_offices(s, b, e->id, err) && put_met(s, b, e->id, err) &&
              put_counts(s, b, "quotes_by_channel", &said, "channel", err) &&
              put_counts(s, b, "quotes_by_month", &said, "month", err) &&
              put_counts(s, b, "quotes_by_outlet", &said, "outlet", err) &&
              put_acts(s, b, e->id, err);
    hw_puts(b, "}\n");
    return ok;
}

void hw_api_entity(hw_request *rq, hw_response *rs)
{
    hw_entity_row *e;
    hewal_error err;
    if (!hw_entity_asked(rq, rs, &e)) return;
    hw_buf b = hw_buf_on(&rs->body);
    e->match = 1;
    if (!put_all(rq, &b, e, &err)) hw_refuse_error(rs, &err);
    else if (!hw_buf_ok(&b)) hw_refuse(rs, 503, NULL, "out of memory");
    free(e);
}
