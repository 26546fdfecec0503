/* In: a command's row and the words of the command line. Out: its options and arguments, checked; or its help. */
#include "cli/cli.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

/* Whether `value` is one of the words of "a|b|c". */
static bool one_of(const char *words, const char *value)
{
    size_t n = strlen(value);
    for (const char *w = words;; w++) {
        size_t k = strcspn(w, "|");
        if (k == n && !memcmp(w, value, n)) return true;
        w += k;
        if (!*w) return false;
    }
}

static bool is_number(const char *s)
{
    return *s && strlen(s) <= 9 && !s[strspn(s, "0123456789")] && strtoul(s, NULL, 10) > 0;
}

/* A port may be 0. */
static bool is_port(const char *s)
{
    return *s && strlen(s) <= 5 && !s[strspn(s, "0123456789")] && strtoul(s, NULL, 10) <= 65535;
}

static bool is_date(const char *s)
{
    static const char form[] = "dddd-dd-dd";
    size_t n = strlen(s);
    if (n != 4 && n != 7 && n != 10) return false;
    for (size_t i = 0; i < n; i++)
        if (form[i] == 'd' ? s[i] < '0' || s[i] > '9' : s[i] != form[i]) return false;
    int month = n > 4 ? atoi(s + 5) : 1, day = n > 7 ? atoi(s + 8) : 1;
    return month >= 1 && month <= 12 && day >= 1 && day <= 31;
}

static int check(const cli *c, const cli_option *o, const char *value)
{
    if (!strcmp(o->arg, "N") && !is_number(value)) return cli_misuse(c, "--%s wants a number from 1 on, not «%s»", o->name, value);
    if (!strcmp(o->arg, "PORT") && !is_port(value)) return cli_misuse(c, "--%s wants a number from 0 to 65535, not «%s»", o->name, value);
    if (!strcmp(o->arg, "YYYY-MM-DD") && (strlen(value) != 10 || !is_date(value)))
        return cli_misuse(c, "--%s wants a date (YYYY-MM-DD), not «%s»", o->name, value);
    if (!strcmp(o->arg, "DATE") && !is_date(value))
        return cli_misuse(c, "--%s wants a date (YYYY, YYYY-MM or YYYY-MM-DD), not «%s»", o->name, value);
    if (strchr(o->arg, '|') && !one_of(o->arg, value)) return cli_misuse(c, "--%s is %s, not «%s»", o->name, o->arg, value);
    if (!*value) return cli_misuse(c, "--%s wants %s", o->name, o->arg);
    return CLI_OK;
}

/* The option written at `word` (behind its dashes): its place, or -1. */
static int find(const cli_command *cmd, const char *word, size_t n)
{
    for (int i = 0; cmd->options && cmd->options[i].name; i++)
        if (strlen(cmd->options[i].name) == n && !memcmp(cmd->options[i].name, word, n)) return i;
    return -1;
}

/* Reads the option argv[*i], and its value from the next word where it is not behind a `=`. */
static int read_option(cli *c, int argc, char **argv, int *i)
{
    const char *word = argv[*i] + 2;
    size_t n = strcspn(word, "=");
    int k = find(c->command, word, n);
    if (k < 0) return cli_misuse(c, "unknown option --%.*s", (int)n, word);
    const cli_option *o = &c->command->options[k];
    if (!o->arg) {
        if (word[n]) return cli_misuse(c, "--%s takes no value", o->name);
        c->values[k] = "";
        return CLI_OK;
    }
    const char *value = word[n] ? word + n + 1 : *i + 1 < argc ? argv[++*i] : NULL;
    if (!value) return cli_misuse(c, "--%s wants %s", o->name, o->arg);
    c->values[k] = value;
    return check(c, o, value);
}

int cli_parse(cli *c, const cli_command *cmd, int argc, char **argv)
{
    *c = (cli){.command = cmd, .args = argv};
    bool options = true;
    for (int i = 1; i < argc; i++) {
        char *w = argv[i];
        if (options && !strcmp(w, "--")) options = false;
        else if (options && (!strcmp(w, "--help") || !strcmp(w, "-h"))) return -1;
        else if (options && !strncmp(w, "--", 2)) {
            int status = read_option(c, argc, argv, &i);
            if (status) return status;
        } else if (options && w[0] == '-' && w[1]) return cli_misuse(c, "unknown option %s", w);
        else argv[c->n_args++] = w; /* never before it was read */
    }
    if (c->n_args < cmd->min_args) return cli_misuse(c, "wants %s", cmd->args);
    unsigned max = cmd->max_args ? cmd->max_args : *cmd->args ? (unsigned)argc : 0;
    if (c->n_args > max) return cli_misuse(c, "does not know what to do with «%s»", argv[max]);
    return CLI_OK;
}

const char *cli_value(const cli *c, const char *name)
{
    int k = find(c->command, name, strlen(name));
    return k < 0 ? NULL : c->values[k];
}

const char *cli_value_or(const cli *c, const char *name, const char *otherwise)
{
    const char *v = cli_value(c, name);
    return v ? v : otherwise;
}

bool cli_is(const cli *c, const char *name, const char *value)
{
    const char *v = cli_value(c, name);
    return v && !strcmp(v, value);
}

unsigned long cli_number(const cli *c, const char *name, unsigned long otherwise)
{
    const char *v = cli_value(c, name);
    return v ? strtoul(v, NULL, 10) : otherwise;
}

unsigned cli_threads(const cli *c)
{
    long cores = sysconf(_SC_NPROCESSORS_ONLN);
    unsigned long n = cli_number(c, "threads", cores > 0 ? (unsigned long)cores : 1);
    return n < 1 ? 1 : n > 256 ? 256 : (unsigned)n;
}

/* Text broken into lines of at most 78 columns (it is ASCII or nearly so). */
static void put_paragraph(const char *s, FILE *out)
{
    size_t col = 0;
    while (*s) {
        size_t n = strcspn(s, " \n");
        if (col && col + 1 + n > 78) {
            fputc('\n', out);
            col = 0;
        }
        if (col) fputc(' ', out);
        fwrite(s, 1, n, out);
        col += n + (col > 0);
        s += n;
        if (*s == '\n') {
            fputc('\n', out);
            col = 0;
        }
        if (*s) s++;
    }
    fputc('\n', out);
}

void cli_help(const cli_command *cmd, FILE *out)
{
    fprintf(out, "usage: hewal %s%s%s%s\n\n", cmd->name, cmd->options && cmd->options[0].name ? " [OPTION]..." : "",
            *cmd->args ? " " : "", cmd->args);
    put_paragraph(cmd->about, out);
    fputs("\nOptions:\n", out);
    for (const cli_option *o = cmd->options; o && o->name; o++) {
        char left[80];
        snprintf(left, sizeof left, "--%s%s%s", o->name, o->arg ? "=" : "", o->arg ? o->arg : "");
        fprintf(out, strlen(left) > 24 ? "  %s\n  %24s  %s\n" : "  %-24s%s  %s\n", left, "", o->help);
    }
    fprintf(out, "  %-24s  this text\n", "--help");
}
