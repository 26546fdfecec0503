/* What the parts of mkmodel share. */
#ifndef MKMODEL_H
#define MKMODEL_H
#include "tsv.h"

#include "text/text.h"

void align(bytes *b, size_t to);
/* A new section of the model, named by fmt and name. */
bytes *new_section(const char *fmt, const char *name);
/* mkmodel-orth.c: the section "orth" of LANG_DIR/orthography.tsv. */
void build_orth(const char *dir);
#endif
