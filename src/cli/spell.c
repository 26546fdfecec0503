/* `hewal spell`. In: words, one a line. Out: for each whether it is written as it should be, or what may have been meant. */
#include "base/buf.h"
#include "cli/commands.h"
#include "morph/spell.h"

#include <stdlib.h>
#include <string.h>

static void spell_line(const hw_spell *sp, hw_arena *a, const char *s, size_t n, hw_buf *b)
{
    while (n && (*s == ' ' || *s == '\t')) s++, n--;
    while (n && (s[n - 1] == ' ' || s[n - 1] == '\t' || s[n - 1] == '\r')) n--;
    if (!n) return;
    hw_verdict v = hw_spell_word(sp, a, s, n);
    hw_put(b, s, n);
    hw_puts(b, v.ok ? "\tok\t" : "\tunknown\t");
    for (unsigned i = 0; !v.ok && i < v.n; i++) {
        if (i) hw_putc(b, '|');
        hw_puts(b, v.v[i]);
    }
    hw_putc(b, '\n');
}

/* Appends the verdicts of the lines of a piece. */
static bool spell_piece(const hw_spell *sp, const char *s, size_t n, hewal_string *out)
{
    hw_arena a;
    hw_arena_init(&a);
    if (hw_arena_guard(&a)) {
        hw_arena_free(&a);
        return false;
    }
    hw_buf b = hw_buf_on(out);
    for (const char *p = s, *end = s + n; p < end;) {
        const char *nl = memchr(p, '\n', (size_t)(end - p));
        size_t len = nl ? (size_t)(nl - p) : (size_t)(end - p);
        spell_line(sp, &a, p, len, &b);
        hw_arena_reset(&a);
        p += len + (nl != NULL);
    }
    hw_arena_free(&a);
    return hw_buf_ok(&b);
}

static int spell_file(const hw_spell *sp, const char *path)
{
    cli_lines *l = cli_lines_open(path, HEWAL_MAX_TEXT);
    if (!l) return CLI_FAILED;
    const char *s;
    size_t n, at = 0;
    int got, status = CLI_OK;
    while (status == CLI_OK && (got = cli_lines_piece(l, &s, &n)) != 0) {
        char why[80];
        hewal_string out = {0};
        const char *bad = got == 1 ? cli_not_text(s, n, at, why, sizeof why) : NULL;
        if (got != 1) status = CLI_FAILED;
        else if (bad) status = cli_fail("%s: %s", cli_called(path), bad);
        else if (!spell_piece(sp, s, n, &out)) status = cli_fail("%s: out of memory", cli_called(path));
        else if (!cli_write(out.s ? out.s : "", out.len) || !cli_flush()) status = CLI_FAILED;
        hewal_string_free(&out);
        at += n;
    }
    cli_lines_close(l);
    return status;
}

int cli_spell(cli *c)
{
    static char *standard_input[] = {"-"};
    char **files = c->n_args ? c->args : standard_input;
    unsigned n = c->n_args ? c->n_args : 1;
    hewal_model *model = cli_model();
    if (!model) return CLI_FAILED;
    hw_spell *sp = hw_spell_new(model);
    int status = sp ? CLI_OK : cli_fail("the model lacks what this needs, or memory ran out");
    for (unsigned i = 0; sp && i < n; i++)
        if (spell_file(sp, files[i]) != CLI_OK) status = CLI_FAILED;
    hw_spell_free(sp);
    hewal_model_close(model);
    return cli_finish(status);
}
