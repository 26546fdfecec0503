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
static hewal_status spell_piece(const void *sp, const char *s, size_t n, hewal_string *out)
{
    hw_arena a;
    hw_arena_init(&a);
    if (hw_arena_guard(&a)) {
        hw_arena_free(&a);
        return HEWAL_ENOMEM;
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
    return hw_buf_ok(&b) ? HEWAL_OK : HEWAL_ENOMEM;
}

int cli_spell(cli *c)
{
    hewal_model *model = cli_model();
    if (!model) return CLI_FAILED;
    hw_spell *sp = hw_spell_new(model);
    int status = sp ? cli_through(c, spell_piece, sp) : cli_fail("the model lacks what this needs, or memory ran out");
    hw_spell_free(sp);
    hewal_model_close(model);
    return cli_finish(status);
}
