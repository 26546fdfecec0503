/* The command line: what its files share.
 *
 * A command is a row of the table in main.c: its name, its options and the function that runs it. The options are data, so
 * that parsing, --help, the man page's test and the completion agree. A command's function returns the exit status:
 * CLI_OK, CLI_FAILED (1) or CLI_USAGE (2). Results go to standard output, everything else to standard error, an error as
 * one line `hewal: FILE:LINE: what`. */
#ifndef HW_CLI_CLI_H
#define HW_CLI_CLI_H
#include "base/buf.h"
#include "base/err.h"
#include "hewal.h"

#include <stdio.h>

enum { CLI_OK = 0, CLI_FAILED = 1, CLI_USAGE = 2 };
enum { CLI_MAX_OPTIONS = 16 };

typedef struct {
    const char *name; /* without the dashes; NULL ends a list */
    const char *arg;  /* "FILE", "N" (a number), "A|B" (one of these), or NULL for a switch */
    const char *help; /* one line */
} cli_option;

typedef struct cli cli;

typedef struct {
    const char *name;
    const char *args;  /* "[FILE]...", "" */
    unsigned min_args, max_args; /* how many; max_args 0: any number where args says so */
    const char *brief; /* half a line */
    const char *about; /* a paragraph */
    const cli_option *options;
    int (*run)(cli *c);
} cli_command;

struct cli { /* a command line, read */
    const cli_command *command;
    const char *values[CLI_MAX_OPTIONS]; /* by the option's place; "" for a switch that is set; NULL: not given */
    char **args;
    unsigned n_args;
};

/* ---- main.c: the table ---- */
extern const cli_command cli_commands[]; /* ended by a row without a name */

/* ---- options.c ---- */
/* Reads argv[1..argc) for a command; CLI_OK, or CLI_USAGE after saying why, or -1 when --help was asked for. */
int cli_parse(cli *c, const cli_command *cmd, int argc, char **argv);
void cli_help(const cli_command *cmd, FILE *out);
/* The value of an option, NULL when not given ("" for a switch). */
const char *cli_value(const cli *c, const char *name);
/* The value, or what `otherwise` says. */
const char *cli_value_or(const cli *c, const char *name, const char *otherwise);
bool cli_is(const cli *c, const char *name, const char *value);
/* The value of an option that takes N (checked at parsing), or `otherwise`. */
unsigned long cli_number(const cli *c, const char *name, unsigned long otherwise);
/* --threads=N, else one a core. */
unsigned cli_threads(const cli *c);

/* ---- say.c ---- */
/* `hewal: ` and a line on standard error; returns CLI_FAILED or CLI_USAGE to be returned. */
int cli_fail(const char *fmt, ...) __attribute__((format(printf, 1, 2)));
/* The message of an error: CLI_USAGE when an argument was wrong, else CLI_FAILED. */
int cli_error(const hewal_error *err);
int cli_misuse(const cli *c, const char *fmt, ...) __attribute__((format(printf, 2, 3)));
/* Writes to standard output, and flushes it; false from the first time on that it failed. */
bool cli_write(const char *s, size_t n);
bool cli_flush(void);
/* Ends standard output: CLI_FAILED with a line when something could not be written, else `status`. */
int cli_finish(int status);
/* Opens the model, saying why when it cannot. */
hewal_model *cli_model(void);

/* ---- input.c ---- */
/* Reads a whole file ("-": standard input) of at most `max` bytes into *out. False after saying why. */
bool cli_read(const char *path, size_t max, hewal_string *out);
/* --map: which members and columns are the parts of an article. False after saying why; *map is NULL when it isn't given. */
typedef struct hw_map hw_map;
bool cli_map(const cli *c, hw_map **map);
#define CLI_MAP_OPTION {"map", "PART=NAME,...", "what JSON or a table calls the parts: text=body,published=date"}
/* How a path is called in messages. */
const char *cli_called(const char *path);

typedef struct cli_lines cli_lines;
/* Lines of a file, one after another, in bounded memory. NULL after saying why. */
cli_lines *cli_lines_open(const char *path, size_t max);
/* The next line without its end: 1; 0 at the end; -1 after saying why. *s is NULL when the line is longer than max: its
 * bytes are passed over. Valid until the next call. */
int cli_lines_next(cli_lines *l, const char **s, size_t *n);
/* The whole lines that have come, ends included; a line longer than max is cut between words. 1, 0 or -1 likewise. */
int cli_lines_piece(cli_lines *l, const char **s, size_t *n);
uint64_t cli_lines_number(const cli_lines *l); /* of the line last given, from 1 */
void cli_lines_close(cli_lines *l);

/* Makes `out` of the whole lines s; HEWAL_ENOMEM, or HEWAL_EFORMAT when the model lacks what it needs. */
typedef hewal_status (*cli_piece_fn)(const void *ctx, const char *s, size_t n, hewal_string *out);
/* Each file of the command line, or standard input, through `make`; errors are said, and the next file is read. */
int cli_through(const cli *c, cli_piece_fn make, const void *ctx);

/* Whether bytes that begin at `at` of a file may be text in UTF-8: NULL, or why not (perhaps written into buf). */
const char *cli_not_text(const char *s, size_t n, size_t at, char *buf, size_t size);

/* ---- pool.c: work on many threads, results in order ---- */
typedef struct cli_pool cli_pool;
typedef void (*cli_work)(void *ctx, unsigned thread, void *item); /* on thread 0, 1, ... below the number asked for */
typedef bool (*cli_emit)(void *ctx, void *item, bool idle);       /* in the order of submitting, one at a time; false: stop */
/* `depth`: the most items in flight, `budget`: the most bytes (one item may always be). NULL when memory or threads run out. */
cli_pool *cli_pool_new(unsigned threads, unsigned depth, size_t budget, cli_work work, cli_emit emit, void *ctx);
/* Hands over an item of about `bytes`; waits while too much is in flight. False when emit has stopped: the item is still
 * the caller's. */
bool cli_pool_submit(cli_pool *p, void *item, size_t bytes);
/* Waits for all that is in flight and frees the pool; false when emit has stopped. Items not emitted go to `drop`. */
bool cli_pool_finish(cli_pool *p, void (*drop)(void *item));

#endif
