/* In: a period and a filter. Out: who does what with whom, how often. */
#include "serve/handlers.h"

#include <stdlib.h>
#include <string.h>

enum { PAIRS = 200 };

/* What the words of the page mean in PLOVER's types. */
static const struct { const char *word, *types; } relations[] = {
    {"meets", "CONSULT"}, {"supports", "SUPPORT,AGREE,COOPERATE,AID"}, {"accuses", "ACCUSE,REJECT,THREATEN"}, {"fights", "ASSAULT,COERCE,SANCTION,MOBILIZE"}};

static void put_csv(hw_buf *b, const hw_pair_row *v, size_t n)
{
    hw_puts(b, "a,a_name,a_name_ckb,b,b_name,b_name_ckb,type,first,last,n\r\n");
    for (size_t i = 0; i < n; i++) {
        const hw_entity_ref *side[] = {&v[i].a, &v[i].b};
        for (int k = 0; k < 2; k++) {
            hw_putf(b, "%s%lld", k ? "," : "", (long long)side[k]->id);
            hw_put_cell(b, side[k]->name, false);
            hw_put_cell(b, side[k]->name_ckb, false);
        }
        hw_put_cell(b, v[i].type, false);
        hw_put_cell(b, v[i].first, false);
        hw_put_cell(b, v[i].last, false);
        hw_putf(b, ",%lld\r\n", (long long)v[i].n);
    }
}

static void put_json(hw_buf *b, const hw_pair_row *v, size_t n)
{
    hw_puts(b, "{\"items\":[");
    for (size_t i = 0; i < n; i++) {
        hw_puts(b, i ? ",\n{\"a\":" : "\n{\"a\":");
        hw_put_ref_json(b, &v[i].a);
        hw_puts(b, ",\"b\":");
        hw_put_ref_json(b, &v[i].b);
        hw_put_member(b, "type", v[i].type);
        hw_put_member(b, "first", v[i].first);
        hw_put_member(b, "last", v[i].last);
        hw_putf(b, ",\"n\":%lld}", (long long)v[i].n);
    }
    hw_puts(b, "],\"next\":null}\n");
}

const char *hw_relation_types(const hw_request *rq)
{
    for (size_t i = 0; i < sizeof relations / sizeof *relations; i++)
        if (hw_value_is(rq, "relation", relations[i].word)) return relations[i].types;
    return NULL;
}

void hw_api_network(hw_request *rq, hw_response *rs)
{
    hw_filter f;
    hw_pair_row *v = NULL;
    hewal_error err;
    size_t n;
    if (!hw_filter_read(rq, rs, &f)) return;
    if (hw_store_pairs(rq->store, &f, hw_relation_types(rq), hw_limit_read(rq, PAIRS), &v, &n, &err) != HEWAL_OK) {
        hw_refuse_error(rs, &err);
        return;
    }
    hw_buf b = hw_buf_on(&rs->body);
    if (hw_value_is(rq, "format", "csv")) {
        rs->type = "text/csv; charset=utf-8; header=present";
        rs->file_name = "network.csv";
        put_csv(&b, v, n);
    } else put_json(&b, v, n);
    free(v);
    if (!hw_buf_ok(&b)) hw_refuse(rs, 503, NULL, "out of memory");
}
