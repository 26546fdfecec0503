/* Folders and what happens in them, by inotify: which files are to be read now. */
#ifndef HW_CLI_WATCHES_H
#define HW_CLI_WATCHES_H
#include <stdbool.h>
#include <stddef.h>

typedef struct watches watches;

/* Looks after the folders and all below them; symbolic links to folders are not followed. All files that are there are due at
 * once. NULL after saying why. */
watches *watches_new(const char *const *folders, size_t n);
void watches_free(watches *w);
int watches_fd(const watches *w); /* to be polled: something has happened */
/* Takes in what has happened. False after saying why: none can be watched any more. */
bool watches_read(watches *w);
/* Files that are due, each once, closed by who wrote it: an array to be read; *n of them. They remain due until watches_done. */
const char *const *watches_due(watches *w, size_t *n);
void watches_done(watches *w);
#endif
