/* A progress bar on standard error: articles, MB/s, time left. On anything but a terminal it does nothing. Any thread may
 * call cli_progress_step. */
#ifndef HW_CLI_PROGRESS_H
#define HW_CLI_PROGRESS_H
#include <stdint.h>

typedef struct cli_progress cli_progress;
/* NULL when there is no terminal: every function takes that. */
cli_progress *cli_progress_new(void);
/* So many bytes are to be read; 0, as at first, when that is not known. */
void cli_progress_total(cli_progress *p, uint64_t total);
/* So many articles and bytes are done. */
void cli_progress_step(cli_progress *p, uint64_t articles, uint64_t bytes);
/* Takes the bar away, so that a line may be written; the next step draws it again. */
void cli_progress_clear(cli_progress *p);
void cli_progress_free(cli_progress *p);
#endif
