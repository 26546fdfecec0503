/* The commands: a function and a list of options each, put together by the table in main.c. */
#ifndef HW_CLI_COMMANDS_H
#define HW_CLI_COMMANDS_H
#include "cli/cli.h"

extern const cli_option cli_annotate_options[], cli_words_options[], cli_tokens_options[], cli_transliterate_options[];
int cli_annotate(cli *c);
int cli_normalize(cli *c);
int cli_tokens(cli *c);
int cli_analyze(cli *c);
int cli_transliterate(cli *c);
#endif
