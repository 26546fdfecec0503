/* What the parts of mkmorph share: letters, and the net while it is being made. */
#ifndef MKMORPH_H
#define MKMORPH_H
#include "morph/morph.h"
#include "morph/net.h"
#include "tsv.h"

#include <stdio.h>

/* The strings of the section, each stored once. */
uint32_t string_of(const char *s, size_t n);
extern bytes strings;

/* Letters: folding as orthography.tsv has it, and a number below 64 for each folded letter. */
void read_letters(const char *dir);
size_t fold_word(const char *s, char *out, size_t max);    /* length in bytes; `max` holds it and its NUL */
uint64_t hash_folded(const char *s);
int letter_number(uint32_t cp, bool make);                 /* 0 when there is none */
extern uint32_t letter_char[64];
const char *fold_rules(void);                              /* the same as a regular expression for foma */

/* Ends of stems (ends.tsv). */
void read_ends(const char *dir);
unsigned end_of_stem(const char *stem, size_t *body);      /* number of the end; *body bytes lie before its letters */
unsigned end_number(const char *marker);                   /* 0 when it is none */
const tsv *ends_table(void);

/* Slots, numbered by the nets' symbols. */
unsigned slot_number(const char *name, bool make);         /* "noun"; HW_NET_SLOTS when there is none */

/* Tags (tags.tsv). */
void read_tags(const char *dir);
unsigned tag_number(const char *name);                     /* dies when there is none; 0 is no tag */
uint32_t marks_of_feats(const char *feats);
int upos_number(const char *name);                         /* -1 when it is none */
extern hw_tag tags[256];
extern bytes feat_list, guesses;
void read_guesses(const char *dir);

/* mkmorph-context.c: context.tsv. */
extern bytes kind_rules;
void read_context(const char *dir);
uint32_t read_marks(const tsv *t, size_t row, const char *column);

/* The net, made by foma: arrays as net.h has them. */
extern bytes net_states, net_arcs, net_lists, net_tables, spelled_states, spelled_arcs;
extern uint32_t net_root, spelled_root;
void build_net(const char *dir);
uint32_t net_slot(uint32_t state, unsigned slot);          /* the state behind a slot, HW_NET_NONE if there is no way */

/* The stems. */
extern bytes trie_nodes, trie_entries, lexemes;
void build_lexicon(const char *dir);
#endif
