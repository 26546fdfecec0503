/* `hewal inflect` and `hewal paradigm`. In: a lemma. Out: its forms. */
#include "cli/commands.h"
#include "morph/generate.h"

#include <string.h>

const cli_option cli_inflect_options[] = {
    {"upos", "UPOS", "the part of speech of the lemma, where it has several: NOUN, VERB ..."},
    {NULL, NULL, NULL}};

/* -1: any; -2 after a message: no such part of speech. */
static int upos_asked(const cli *c)
{
    const char *s = cli_value(c, "upos");
    if (!s) return -1;
    int u = 0;
    while (u <= HW_X && strcmp(hw_upos_name((hw_upos)u), s) != 0) u++;
    if (u <= HW_X) return u;
    cli_fail("--upos=%s: there is no such part of speech", s);
    return -2;
}

static void put_forms(hw_buf *b, hw_made_list forms, const char *between)
{
    for (uint32_t i = 0; i < forms.n; i++) {
        if (i) hw_puts(b, between);
        hw_puts(b, forms.v[i].form);
    }
}

static int inflect(const cli *c, hw_maker *g, hw_arena *a, const hewal_model *m, hw_buf *b)
{
    (void)a;
    (void)m;
    hw_made_list forms = hw_make(g, c->args[1]);
    if (!forms.n) return cli_fail("%s: no form has exactly the features %s", c->args[0], *c->args[1] ? c->args[1] : "(none)");
    put_forms(b, forms, "\n");
    hw_putc(b, '\n');
    return CLI_OK;
}

/* The cells that paradigm.tsv lists for the lemma's parts of speech; those without a form are left out. */
static bool put_paradigm(hw_maker *g, int upos, const hw_table *t, hw_buf *b)
{
    int class = hw_column(t, "upos"), name = hw_column(t, "form"), feats = hw_column(t, "feats");
    bool any = false;
    for (uint32_t r = 0; r < t->n_rows; r++) {
        if (strcmp(hw_cell(t, r, class), hw_upos_name((hw_upos)upos)) != 0) continue;
        hw_made_list forms = hw_make(g, hw_cell(t, r, feats));
        if (!forms.n) continue;
        any = true;
        hw_putf(b, "%s\t%s\t%s\t", hw_upos_name((hw_upos)upos), hw_cell(t, r, name), hw_cell(t, r, feats));
        put_forms(b, forms, "|");
        hw_putc(b, '\n');
    }
    return any;
}

static int paradigm(const cli *c, hw_maker *g, hw_arena *a, const hewal_model *m, hw_buf *b)
{
    hw_table t = hw_model_table(m, "paradigm");
    bool any = false;
    for (int u = 0; u <= HW_X; u++) {
        hw_maker *one = hw_maker_upos(g) >> u & 1 ? hw_maker_new(m, a, c->args[0], u) : NULL;
        if (one) any |= put_paradigm(one, u, &t, b);
    }
    return any ? CLI_OK : cli_fail("%s: words of this class have no paradigm", c->args[0]);
}

typedef int making(const cli *c, hw_maker *g, hw_arena *a, const hewal_model *m, hw_buf *b);

static int run(const cli *c, int upos, making *make)
{
    hewal_model *m = upos == -2 ? NULL : cli_model();
    if (!m) return CLI_FAILED;
    hewal_string out = {0};
    hw_buf b = hw_buf_on(&out);
    hw_arena a;
    hw_arena_init(&a);
    int status;
    if (hw_arena_guard(&a)) {
        status = cli_fail("out of memory");
    } else {
        hw_maker *g = hw_maker_new(m, &a, c->args[0], upos);
        status = g ? make(c, g, &a, m, &b) : cli_fail("%s: the lexicon has no such lemma", c->args[0]);
        if (status == CLI_OK && (!hw_buf_ok(&b) || !cli_write(out.s, out.len))) status = CLI_FAILED;
    }
    hw_arena_free(&a);
    hewal_string_free(&out);
    hewal_model_close(m);
    return cli_finish(status);
}

int cli_inflect(cli *c) { return run(c, upos_asked(c), inflect); }
int cli_paradigm(cli *c) { return run(c, upos_asked(c), paradigm); }
