/* `hewal normalize`, `transliterate`, `tokens` and `analyze`. In: texts, or words one a line. Out: the same in another
 * writing; index terms; analyses. All of them read as a stream: a text may be of any length. */
#include "cli/commands.h"
#include "morph/morph.h"

#include <string.h>

const cli_option cli_words_options[] = {{NULL, NULL, NULL}};
const cli_option cli_tokens_options[] = {
    {"search", NULL, "the terms that search goes by, instead of the words"},
    {"threads", "N", "how many threads work (one a core)"},
    {NULL, NULL, NULL}};
const cli_option cli_transliterate_options[] = {
    {"to", "latin|arabic", "the script to write (latin)"},
    {NULL, NULL, NULL}};

#define MAX_LINE ((size_t)HEWAL_MAX_TEXT)

/* What is done with a piece of the input: appends to *out. */
typedef hewal_status (*step)(const hewal_model *m, const char *s, size_t n, hewal_string *out);
typedef int (*reader)(cli_lines *l, const char **s, size_t *n);

static bool put(hewal_string *out)
{
    if (out->len) fwrite(out->s, 1, out->len, stdout);
    out->len = 0;
    return !ferror(stdout);
}

static bool run_file(const hewal_model *m, const char *path, reader next, step f)
{
    cli_lines *l = cli_lines_open(path, MAX_LINE);
    if (!l) return false;
    hewal_string out = {0};
    const char *s;
    size_t n;
    int got;
    bool ok = true;
    while (ok && (got = next(l, &s, &n)) == 1) {
        char why[80];
        const char *bad = s ? cli_not_text(s, n, why, sizeof why) : "the line is too long";
        unsigned long long line = cli_lines_number(l);
        hewal_status status = bad ? HEWAL_EFORMAT : f(m, s, n, &out);
        if (!bad && status != HEWAL_OK) bad = status == HEWAL_EFORMAT ? "the model lacks what this needs" : "out of memory";
        if (bad && line) cli_fail("%s:%llu: %s", cli_called(path), line, bad);
        else if (bad) cli_fail("%s: %s", cli_called(path), bad);
        ok = !bad && put(&out);
        if (next == cli_lines_next && ok && strcmp(path, "-") == 0 && !cli_lines_waiting(l)) fflush(stdout);
    }
    hewal_string_free(&out);
    cli_lines_close(l);
    return ok && got == 0;
}
