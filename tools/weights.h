/* Tables of weights as the .tsv files keep them: a column `at` and a column `value`; a row whose `at` is a number says in base64
 * which bytes lie from there on, others are settings. */
#ifndef TOOLS_WEIGHTS_H
#define TOOLS_WEIGHTS_H
#include "tsv.h"

#include <stdint.h>

/* The setting's value, a number above 0. */
double weights_setting(const tsv *t, const char *name);
/* The bytes of all rows; `at` counts units of `unit` bytes. What is not given is zero. The caller frees. */
unsigned char *weights_of(const tsv *t, size_t size, size_t unit);
/* Writes the rows of size bytes, 144 bytes each, without those that are zero. */
#include <stdio.h>
void weights_write(FILE *f, const unsigned char *w, size_t size, size_t unit);
/* Writes the table of a linear model (src/model/linear.h) of 2^bits signed bytes; `what` it is of and `by` what it was made stand at
 * its top. */
void weights_save(const char *path, const char *what, const char *by, int bits, double unit, const int8_t *w);
#endif
