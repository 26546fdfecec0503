/* Any bytes as the target of a request, and as its headers: it is read and checked, or refused with a reason; what is read is valid
 * text within bounds. The input is lines: the target, Accept-Encoding, Accept-Language, If-None-Match, Host. */
#include "fuzz.h"

#include "base/utf8.h"
#include "serve/http.h"
#include <stdarg.h>

static void must_be_text(const char *s)
{
    for (size_t n = strlen(s); n;) {
        uint32_t cp;
        size_t k = hw_utf8_decode(s, n, &cp);
        MUST(cp != HW_BROKEN && cp >= 0x20 && cp != 0x7F);
        s += k;
        n -= k;
    }
}

static void check(hw_request *rq, hw_response *rs)
{
    for (const hw_route *r = hw_routes; r->pattern; r++) {
        hw_response mine = {0};
        rq->route = r;
        memset(rq->values, 0, sizeof rq->values);
        if (hw_request_check(rq, &mine))
            for (int i = 0; r->params && r->params[i].name; i++) MUST(!rq->values[i] || strlen(rq->values[i]) <= 1000);
        else MUST(mine.status == 400 && mine.problem[0] && mine.parameter);
    }
    const char *again = hw_target_with(rq, "lang", "en");
    hw_response mine = {0};
    hw_request copy = {.arena = rq->arena};
    if (strlen(again) <= HW_MAX_TARGET) MUST(hw_request_read(&copy, again, &mine) || rq->n_given == HW_MAX_GIVEN);
    rq->arena = copy.arena;
    (void)rs;
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    char *text = malloc(size + 1), *line[5], *p = text;
    if (!text) return 0;
    memcpy(text, data, size);
    text[size] = 0;
    for (int i = 0; i < 5; i++) {
        line[i] = p;
        p += strcspn(p, "\n");
        if (*p) *p++ = 0;
    }
    hw_request rq = {0};
    hw_response rs = {0};
    hw_server server = {.names = (char *)(uintptr_t)"127.0.0.1,archive.example", .address = "127.0.0.1"};
    hw_arena_init(&rq.arena);
    if (hw_request_read(&rq, line[0], &rs)) {
        MUST(rq.n_segments >= 1 && rq.n_segments <= HW_MAX_SEGMENTS && rq.n_given <= HW_MAX_GIVEN);
        for (unsigned i = 0; i < rq.n_segments; i++) must_be_text(rq.segments[i]);
        for (unsigned i = 0; i < rq.n_given; i++) {
            must_be_text(rq.given[i].name);
            must_be_text(rq.given[i].value);
            MUST(rq.given[i].value[0]);
        }
        check(&rq, &rs);
    } else MUST(rs.problem[0] && (rs.status == 400 || rs.status == 404 || rs.status == 414));
    hw_header_has(line[1], "gzip");
    const char *language = hw_language_wanted(line[2], "ckb");
    MUST(!strcmp(language, "ckb") || !strcmp(language, "en"));
    hw_header_has(line[3], "\"x\"");
    if (hw_host_is_ours(&server, line[4])) MUST(!strpbrk(line[4], "\r\n \"<>/@"));
    hw_arena_free(&rq.arena);
    free(text);
    return 0;
}
