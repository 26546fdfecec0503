/* Inside the ingest stage: bytes on their way.
 *
 * A source is a window over something that gives bytes: a file, memory, the unpacked form of another source, a member of an
 * archive, another source as UTF-8. The window shows what was read and not yet taken, and grows when asked; so a file of any
 * size needs no more memory than what is looked at in one piece. Sources lie one over another; none owns what is below it:
 * close them from the top. */
#ifndef HW_INGEST_SOURCE_H
#define HW_INGEST_SOURCE_H
#include "ingest/ingest.h"

#include <stdatomic.h>

typedef struct hw_source hw_source;

/* ---- source.c ---------------------------------------------------------------------------------------------------- */
/* Gives up to `room` bytes (at least 16 are asked for); *n 0 at the end. */
typedef hewal_status (*hw_pull)(void *ctx, char *out, size_t room, size_t *n, hewal_error *err);
/* `name` stands in messages. `close` is called with ctx when the source is closed, and when it can't be made. */
hewal_status hw_source_new(hw_source **out, const char *name, hw_pull pull, void (*close)(void *ctx), void *ctx, hewal_error *err);
void hw_source_close(hw_source *s);
const char *hw_source_name(const hw_source *s);
/* What was read and not yet taken: *n bytes. It lives until the next call of more or take. */
const char *hw_source_window(const hw_source *s, size_t *n);
/* Reads on: the window grows. *grew is false at the end. */
hewal_status hw_source_more(hw_source *s, bool *grew, hewal_error *err);
void hw_source_take(hw_source *s, size_t n);
/* Reads until the window has more than `limit` bytes, or to the end; *whole tells which. */
hewal_status hw_source_all(hw_source *s, size_t limit, bool *whole, hewal_error *err);
/* Takes the next `n` bytes without keeping them; *all is false when the source ended before. */
hewal_status hw_source_skip(hw_source *s, uint64_t n, bool *all, hewal_error *err);

/* ---- limits: what an archive may unpack to ---------------------------------------------------------------------- */
typedef struct {
    const hw_limits *limits;
    uint64_t packed;   /* bytes read of the file itself */
    uint64_t unpacked; /* bytes that came out, of all that lies in it together */
    uint64_t members;
    bool spent;        /* a limit was passed: nothing more is read of the file */
} hw_budget;
/* `n` more bytes were unpacked; HEWAL_ETOOBIG when that is too much. */
hewal_status hw_budget_spend(hw_budget *b, uint64_t n, const char *name, hewal_error *err);

/* ---- openers: a file ("-" is standard input), memory, gzip, UTF-16, any encoding --------------------------------- */
hewal_status hw_source_file(hw_source **out, const char *path, atomic_ullong *counter, hw_budget *b, hewal_error *err);
hewal_status hw_source_memory(hw_source **out, const void *bytes, size_t n, const char *name, hw_budget *b, hewal_error *err);
/* gunzip.c: members that follow one another are one text. */
hewal_status hw_source_gunzip(hw_source **out, hw_source *in, hw_budget *b, hewal_error *err);
/* charset.c: how the window's text is encoded, as far as it shows: a mark, or zeros in every second place. *mark: bytes to
 * be taken first. */
typedef enum { HW_UTF8, HW_UTF16LE, HW_UTF16BE } hw_encoding;
hw_encoding hw_guess_encoding(const char *s, size_t n, size_t *mark);
hewal_status hw_source_utf16(hw_source **out, hw_source *in, hw_encoding e, hewal_error *err);
/* HEWAL_EFORMAT when the name is not that of an encoding that is read: UTF-8, -16, -32, windows-125x, ISO 8859. */
hewal_status hw_source_recode(hw_source **out, hw_source *in, const char *charset, hewal_error *err);
/* The same for bytes in memory; appends to *out. */
hewal_status hw_recode(const char *charset, const char *s, size_t n, const char *name, hewal_string *out, hewal_error *err);
/* Whether the name of an encoding is read here; and whether it is one of UTF-8 (ASCII is). */
bool hw_charset_known(const char *charset);
bool hw_charset_utf8(const char *charset);
bool hw_is_utf8(const char *s, size_t n);
/* Why the window is no text («a binary file», ...), or NULL when it is. */
const char *hw_not_text(const char *s, size_t n, bool whole);

/* ---- packed.c: archives, and what is packed otherwise, by libarchive ---------------------------------------------- */
typedef enum { HW_NOT_PACKED, HW_GZIP, HW_FILTER /* bzip2, xz, zstd: one text */, HW_ARCHIVE /* zip, tar: members */ } hw_packing;
hw_packing hw_packing_of(const char *s, size_t n);
typedef struct hw_pack hw_pack;
hewal_status hw_source_unpack(hw_source **out, hw_source *in, hw_budget *b, hewal_error *err);
hewal_status hw_pack_open(hw_pack **out, hw_source *in, hw_budget *b, hewal_error *err);
void hw_pack_close(hw_pack *p);
/* The next member that is a file: its name (clean UTF-8, malloc'ed). HEWAL_OK with *name NULL: there is no more. After
 * another status the archive cannot be read on when *dead is true. */
hewal_status hw_pack_next(hw_pack *p, char **name, bool *dead, hewal_error *err);
/* The bytes of that member; close it before the next is asked for. */
hewal_status hw_pack_member(hw_source **out, hw_pack *p, const char *name, hewal_error *err);
#endif
