/* The model file: what mkmodel writes and model.c maps. Little-endian; every section begins at a multiple of 16.
 *
 *   header    magic, format version, file size, checksum of all that follows the header, number of sections, an id
 *   directory per section: name (40 bytes, NUL-padded), offset, size
 *   sections
 *
 * A section named "t:NAME" is a table, "i:NAME" an index over phrases of tables; others belong to the stage whose name
 * they begin with ("orth", "morph", ...), which documents them in its own header. */
#ifndef HW_MODEL_FORMAT_H
#define HW_MODEL_FORMAT_H
#include <stdint.h>

#define HW_MODEL_MAGIC UINT32_C(0x4c574548) /* "HEWL" */
#define HW_MODEL_VERSION 3

typedef struct {
    uint32_t magic, version;
    uint64_t size, checksum;
    uint32_t n_sections, reserved;
    char id[64];
} hw_model_header;

typedef struct {
    char name[40];
    uint64_t offset, size;
} hw_model_entry;

/* A table: this header, n_cols offsets of column names, n_rows * n_cols offsets of cells, then the strings they point at
 * (offsets from the beginning of the section, NUL-terminated, each text stored once). */
typedef struct {
    uint32_t n_rows, n_cols;
} hw_table_header;

/* An index: this header, n_slots slots (a power of two, open addressing from hash & (n_slots - 1)), n_posts postings. */
typedef struct {
    uint32_t n_slots, n_posts;
    uint32_t number, reserved; /* its bit in "begins" */
} hw_index_header;

/* The section "begins": this header, n_slots slots (as above), by the hash of a folded word: in which indexes a phrase begins
 * with it. One look at it spares one into each index, most of which hold nothing of the word. Half of the hash is kept: that
 * two words share it costs a look in vain. */
typedef struct {
    uint32_t n_slots, reserved;
} hw_begins_header;

typedef struct {
    uint32_t hash;    /* its upper half */
    uint32_t indexes; /* bits; 0: empty */
} hw_begins_slot;

typedef struct {
    uint64_t hash;  /* of the phrase; 0: empty */
    uint32_t first; /* of its postings */
    uint16_t n;     /* postings; 0 where the phrase is only the beginning of longer ones */
    uint16_t longer;
} hw_slot;

typedef struct {
    uint32_t row;
    uint8_t table; /* number of the table in the index's own order of mention in the manifest */
    uint8_t col;
    uint8_t words; /* length of the phrase */
    uint8_t ambiguous; /* the row's `ambiguous` column lists this phrase */
} hw_post;
#endif
