/* In: a filter and what to count by. Out: counts as JSON or CSV: what the whole store has; quotes, events and articles over time and
 * by outlet, speaker, type, place; how often whom one hears. */
#include "serve/handlers.h"

#include <stdlib.h>
#include <string.h>

enum { MANY = 50 }; /* keys, when no limit is given */

void hw_api_counts(hw_request *rq, hw_response *rs)
{
    hw_store_counts n;
    hewal_error err;
    if (hw_store_count(rq->store, &n, &err) != HEWAL_OK) {
        hw_refuse_error(rs, &err);
        return;
    }
    hw_buf b = hw_buf_on(&rs->body);
    hw_putf(&b, "{\"articles\":%lld,\"entities\":%lld,\"people\":%lld,\"speakers\":%lld,\"quotes\":%lld,\"events\":%lld,\"mentions\":%lld,\"bytes\":%llu",
            (long long)n.articles, (long long)n.entities, (long long)n.people, (long long)n.speakers, (long long)n.quotes, (long long)n.events,
            (long long)n.mentions, (unsigned long long)n.bytes);
    hw_put_member(&b, "first", n.first[0] ? n.first : NULL);
    hw_put_member(&b, "last", n.last[0] ? n.last : NULL);
    hw_puts(&b, "}\n");
    if (!hw_buf_ok(&b)) hw_refuse(rs, 503, NULL, "out of memory");
}

/* ---- tallies -------------------------------------------------------------------------------------------------------- */

/* What the lists know beside the name: of a speaker the sex, of a place what it is and in which country. */
static void put_known(hw_buf *b, const hw_known *k, const hw_tally_row *r, const char *by)
{
    if (!strcmp(by, "speaker")) {
        const char *how = NULL, *sex = r->entity.id && !strcmp(r->entity.type, "PER") ? hw_known_sex(k, r->entity_key, r->entity.name_ckb, &how) : NULL;
        hw_put_member(b, "sex", sex);
        hw_put_member(b, "sex_by", how);
    } else if (!strcmp(by, "place")) {
        hw_put_member(b, "place_kind", hw_known_place(k, r->entity_key, "kind"));
        hw_put_member(b, "country", hw_known_place(k, r->entity_key, "in"));
    }
}

static void put_json(hw_buf *b, const hw_known *k, const hw_tally_row *v, size_t n, const char *by)
{
    hw_puts(b, "{\"items\":[");
    for (size_t i = 0; i < n; i++) {
        hw_puts(b, i ? ",\n{" : "\n{");
        hw_put_member(b, "key", v[i].key);
        hw_puts(b, ",\"entity\":");
        hw_put_ref_json(b, &v[i].entity);
        put_known(b, k, &v[i], by);
        hw_put_member(b, "period", v[i].period);
        hw_putf(b, ",\"n\":%lld,\"total\":%lld}", (long long)v[i].n, (long long)v[i].total);
    }
    hw_puts(b, "],\"next\":null}\n");
}

static void put_csv(hw_buf *b, const hw_known *k, const hw_tally_row *v, size_t n, const char *by)
{
    hw_puts(b, "key,name,name_ckb,sex,period,n,total\r\n");
    for (size_t i = 0; i < n; i++) {
        const hw_entity_ref *e = &v[i].entity;
        bool person = !strcmp(by, "speaker") && e->id && !strcmp(e->type, "PER");
        hw_put_cell(b, v[i].key, true);
        hw_put_cell(b, e->id ? e->name : NULL, false);
        hw_put_cell(b, e->id ? e->name_ckb : NULL, false);
        hw_put_cell(b, person ? hw_known_sex(k, v[i].entity_key, e->name_ckb, NULL) : NULL, false);
        hw_put_cell(b, v[i].period, false);
        hw_putf(b, ",%lld,%lld\r\n", (long long)v[i].n, (long long)v[i].total);
    }
}

static void put(hw_request *rq, hw_response *rs, const hw_tally_row *v, size_t n, const char *by)
{
    hw_buf b = hw_buf_on(&rs->body);
    if (hw_value_is(rq, "format", "csv")) {
        rs->type = "text/csv; charset=utf-8; header=present";
        rs->file_name = "counts.csv";
        put_csv(&b, hw_server_known(rq->server), v, n, by);
    } else put_json(&b, hw_server_known(rq->server), v, n, by);
    if (!hw_buf_ok(&b)) hw_refuse(rs, 503, NULL, "out of memory");
}

static void tally(hw_request *rq, hw_response *rs, hw_tallied what)
{
    hw_filter f;
    hw_tally_row *v = NULL;
    hewal_error err;
    size_t n;
    const char *by = hw_value(rq, "by");
    bool time = !strcmp(by, "day") || !strcmp(by, "week") || !strcmp(by, "month") || !strcmp(by, "year");
    if (!hw_filter_read(rq, rs, &f)) return;
    /* A line over time has all its points. */
    if (hw_store_tally(rq->store, what, &f, by, hw_value(rq, "over"), hw_limit_read(rq, time ? 0 : MANY), &v, &n, &err) != HEWAL_OK) hw_refuse_error(rs, &err);
    else put(rq, rs, v, n, by);
    free(v);
}

void hw_api_quote_counts(hw_request *rq, hw_response *rs) { tally(rq, rs, HW_TALLY_QUOTES); }
void hw_api_event_counts(hw_request *rq, hw_response *rs) { tally(rq, rs, HW_TALLY_EVENTS); }
void hw_api_article_counts(hw_request *rq, hw_response *rs) { tally(rq, rs, HW_TALLY_ARTICLES); }

/* ---- voices: women and men ------------------------------------------------------------------------------------------ */

static const char *sex_of(const hw_known *k, const hw_tally_row *r)
{
    if (!r->entity.id) return NULL;
    if (strcmp(r->entity.type, "PER") != 0) return "organisation";
    const char *sex = hw_known_sex(k, r->entity_key, r->entity.name_ckb, NULL);
    return sex ? sex : "unknown";
}

static int same_text(const char *a, const char *b)
{
    return a && b ? !strcmp(a, b) : a == b;
}

static int by_key_and_period(const void *x, const void *y)
{
    const hw_tally_row *a = x, *b = y;
    int c = strcmp(a->key ? a->key : "~", b->key ? b->key : "~");
    return c ? c : strcmp(a->period ? a->period : "", b->period ? b->period : "");
}

/* Rows by speaker become rows by the speakers' sex. Returns how many. */
size_t hw_tally_by_sex(const hw_known *k, hw_tally_row *v, size_t n)
{
    size_t m = 0;
    for (size_t i = 0; i < n; i++) {
        v[i].key = sex_of(k, &v[i]);
        v[i].entity = (hw_entity_ref){0};
        v[i].entity_key = NULL;
    }
    qsort(v, n, sizeof *v, by_key_and_period);
    for (size_t i = 0; i < n; i++) {
        if (m && same_text(v[m - 1].key, v[i].key) && same_text(v[m - 1].period, v[i].period)) v[m - 1].n += v[i].n;
        else v[m++] = v[i];
    }
    for (size_t i = 0, from = 0; i < m; i++) {
        int64_t sum = 0;
        if (i && same_text(v[i].key, v[i - 1].key)) continue;
        for (from = i; from < m && same_text(v[from].key, v[i].key); from++) sum += v[from].n;
        for (from = i; from < m && same_text(v[from].key, v[i].key); from++) v[from].total = sum;
    }
    return m;
}

void hw_api_voices(hw_request *rq, hw_response *rs)
{
    hw_filter f;
    hw_tally_row *v = NULL;
    hewal_error err;
    size_t n;
    bool sex = hw_value_is(rq, "by", "sex");
    const char *by = sex ? "speaker" : hw_value(rq, "by");
    if (!hw_filter_read(rq, rs, &f)) return;
    if (hw_store_tally(rq->store, HW_TALLY_QUOTES, &f, by, hw_value(rq, "over"), sex ? 0 : hw_limit_read(rq, MANY), &v, &n, &err) != HEWAL_OK)
        hw_refuse_error(rs, &err);
    else {
        if (sex) n = hw_tally_by_sex(hw_server_known(rq->server), v, n);
        put(rq, rs, v, n, sex ? "sex" : by);
    }
    free(v);
}
