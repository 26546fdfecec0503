/* Any bytes but the first are a query: it is read to its end, every place told lies in it, and a store answers it or says why not. */
#include "fuzz.h"

#include "search/search.h"
#include "search/query.h"

#include <unistd.h>

/* A small store, made once. */
static hw_store *fuzz_store(void)
{
    static hw_store *s;
    static const char *const articles[] = {
        "{\"id\":\"a\",\"title\":\"لافاو لە دهۆک\",\"outlet\":\"nrt.net\",\"published\":\"2020-01-02\",\"text\":\"مستەفا کازمی لە بەغدا گوتی: «نەوتی هەرێم کێشەی نییە».\"}",
        "{\"id\":\"b\",\"title\":\"\",\"published\":\"2021-05-06\",\"text\":\"تورکیا هێرشی کردە سەر گوندێکی دهۆک. ئەمریکا ئیدانەی کرد.\"}",
        "{\"id\":\"c\",\"text\":\"بوومەلەرزەیەکی بەهێز ڕوویدا. 10:30 Kurdish news\"}"};
    char path[] = "/tmp/fuzz_queryXXXXXX";
    hewal_error err = {0};
    if (s) return s;
    int fd = mkstemp(path);
    MUST(fd >= 0);
    close(fd);
    MUST(hw_store_open(&s, fuzz_model(), path, HW_STORE_WRITE, &err) == HEWAL_OK);
    for (size_t i = 0; i < sizeof articles / sizeof *articles; i++) {
        hw_article *a;
        hewal_record *r;
        hw_put_result did;
        MUST(hw_article_parse(&a, articles[i], strlen(articles[i]), HW_JSONL, "fuzz", &err) == HEWAL_OK);
        MUST(hewal_annotate(fuzz_model(), a->text, a->text_len, &a->meta, &r, &err) == HEWAL_OK);
        MUST(hw_store_put(s, a, r, NULL, &did, &err) == HEWAL_OK);
        hewal_record_free(r);
        hw_article_free(a);
    }
    MUST(hw_store_commit(s, &err) == HEWAL_OK);
    unlink(path); /* what is open stays */
    return s;
}

static void parse(const char *q)
{
    hw_arena a;
    hw_query *out;
    hewal_error err = {0};
    unsigned characters = 1;
    for (const char *c = q; *c; c++) characters += ((unsigned char)*c & 0xC0) != 0x80;
    hw_arena_init(&a);
    hewal_status st = hw_query_parse(&out, fuzz_model(), &a, q, &err);
    MUST(st == HEWAL_OK || st == HEWAL_EINVAL);
    if (st == HEWAL_OK) {
        MUST(out->root && *hw_query_show(&a, out->root));
        for (uint32_t i = 0; i < out->notes.n; i++) MUST(out->notes.v[i].at >= 1 && out->notes.v[i].at <= characters && *out->notes.v[i].text);
    } else {
        unsigned at = 0;
        MUST(!out && sscanf(err.message, "query:%u: ", &at) == 1 && at >= 1 && at <= characters && !strchr(err.message, '\n'));
    }
    hw_arena_free(&a);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    if (size < 1) return 0;
    char *q = malloc(size);
    if (!q) return 0;
    memcpy(q, data + 1, size - 1);
    q[size - 1] = 0;
    parse(q);
    uint32_t hash = 0;
    for (size_t i = 0; i < size; i++) hash = hash * 31 + data[i];
    if (hash % 61) { /* the store is asked now and then: it takes a thousand times as long */
        free(q);
        return 0;
    }
    hw_results *r;
    hewal_error err = {0};
    hw_search_options o = {.limit = 5, .facets = data[0] & 1, .order = data[0] & 2 ? HW_NEWEST_FIRST : HW_BEST_FIRST};
    hewal_status st = hw_search(fuzz_store(), fuzz_model(), q, &o, &r, &err);
    if (st != HEWAL_OK && st != HEWAL_EINVAL) fprintf(stderr, "%s\n", err.message);
    MUST(st == HEWAL_OK || st == HEWAL_EINVAL);
    for (size_t i = 0; r && i < r->n; i++)
        for (size_t k = 0; k < r->hits[i].n_hits; k++) MUST(r->hits[i].hits[k].b < r->hits[i].hits[k].e && r->hits[i].hits[k].e <= strlen(r->hits[i].snippet));
    hewal_string s = {0};
    if (r) MUST(hw_results_json(r, &s) == HEWAL_OK);
    hewal_string_free(&s);
    hw_results_free(r);
    free(q);
    return 0;
}
