/* The commands: a function and a list of options each, put together by the table in main.c. */
#ifndef HW_CLI_COMMANDS_H
#define HW_CLI_COMMANDS_H
#include "cli/cli.h"

extern const cli_option cli_annotate_options[], cli_words_options[], cli_normalize_options[], cli_language_options[], cli_tokens_options[], cli_analyze_options[], cli_inflect_options[], cli_number_options[], cli_transliterate_options[];
extern const cli_option cli_verify_options[], cli_backup_options[], cli_forget_options[], cli_watch_options[];
extern const cli_option cli_add_options[], cli_search_options[], cli_quotes_options[], cli_events_options[], cli_who_options[],
    cli_show_options[], cli_export_options[], cli_report_options[], cli_serve_options[];
int cli_annotate(cli *c);
int cli_add(cli *c);
int cli_again(cli *c); /* annotate --again */
int cli_watch(cli *c);
int cli_verify(cli *c);
int cli_backup(cli *c);
int cli_forget(cli *c);
int cli_search(cli *c);
int cli_quotes(cli *c);
int cli_events(cli *c);
int cli_who(cli *c);
int cli_show(cli *c);
int cli_export(cli *c);
int cli_report(cli *c);
int cli_serve(cli *c);
int cli_normalize(cli *c);
int cli_tokens(cli *c);
int cli_analyze(cli *c);
int cli_inflect(cli *c);
int cli_paradigm(cli *c);
int cli_language(cli *c);
int cli_spell(cli *c);
int cli_phonemes(cli *c);
int cli_number_lines(cli *c);
int cli_transliterate(cli *c);
#endif
