/* In: paths. Out: articles, one a call. A path leads to a file, that may be packed or an archive of others: so there is a
 * stack of layers, each a source, and on the uppermost its format gives articles. */
#include "base/err.h"
#include "ingest/parts.h"

#include <libxml/parser.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

enum { MAX_LAYERS = 64 };

const hw_limits hw_usual_limits = {.depth = 8, .members = 4000000, .member_bytes = (uint64_t)64 << 30, .bytes = (uint64_t)512 << 30,
                                   .free_bytes = (uint64_t)256 << 20, .ratio = 200};

typedef struct {
    hw_source *source;
    char *name;       /* of a member; NULL: that of the layer below */
    bool unpacked;    /* from the layer below */
    hw_pack *pack;    /* the layer is an archive: its members lie above it, one after another */
    uint64_t before;  /* what the reader had told of, as the archive was opened */
} layer;

struct hw_reader {
    hw_walk *walk;
    const void *bytes; /* or these alone, till they were read */
    size_t n_bytes;
    char *bytes_name;
    hw_input input;
    const hw_map *map;
    hw_limits limits;
    atomic_ullong read;
    const char *path; /* being read; lives in the walk */
    hw_budget budget;
    layer layers[MAX_LAYERS];
    unsigned n_layers;
    const hw_format *format; /* NULL: go to the next member, or file */
    hw_file file;
    uint64_t told, left_out;
    char *refused_id;
    char refused_at[512];
};

static hewal_status make_reader(hw_reader **out, hw_input input, hewal_error *err)
{
    xmlInitParser(); /* before threads are about; safe to call again */
    hw_reader *r = *out = calloc(1, sizeof *r);
    if (!r) return hw_fail(err, HEWAL_ENOMEM, "out of memory");
    r->input = input;
    hw_reader_limit(r, &hw_usual_limits);
    return HEWAL_OK;
}

hewal_status hw_reader_open(hw_reader **out, const char *const *paths, size_t n, hw_input input, hewal_error *err)
{
    hewal_status st = make_reader(out, input, err);
    if (!*out || ((*out)->walk = hw_walk_new(paths, n))) return st;
    hw_reader_close(*out);
    *out = NULL;
    return hw_fail(err, HEWAL_ENOMEM, "out of memory");
}

hewal_status hw_reader_open_bytes(hw_reader **out, const void *bytes, size_t n, const char *name, hw_input input, hewal_error *err)
{
    hewal_status st = make_reader(out, input, err);
    if (!*out) return st;
    (*out)->bytes = n ? bytes : "";
    (*out)->n_bytes = n;
    if (((*out)->bytes_name = strdup(name))) return HEWAL_OK;
    hw_reader_close(*out);
    *out = NULL;
    return hw_fail(err, HEWAL_ENOMEM, "out of memory");
}

void hw_reader_limit(hw_reader *r, const hw_limits *limits)
{
    r->limits = *limits;
    if (r->limits.depth > MAX_LAYERS - 3) r->limits.depth = MAX_LAYERS - 3; /* the file, a recoded text */
}

void hw_reader_name_parts(hw_reader *r, const hw_map *map)
{
    r->map = map;
}

/* ---- layers ------------------------------------------------------------------------------------------------------- */

static void leave_format(hw_reader *r)
{
    if (r->format && r->format->close) r->format->close(&r->file);
    hw_source_close(r->file.recoded);
    free(r->file.refused_id);
    r->left_out += r->file.left_out;
    r->file = (hw_file){0};
    r->format = NULL;
}

static void pop(hw_reader *r)
{
    layer *l = &r->layers[--r->n_layers];
    hw_pack_close(l->pack);
    hw_source_close(l->source);
    free(l->name);
}

/* Down to the archive whose member it was; to nothing, when there is none or no more may be read of the file. */
static void leave_member(hw_reader *r)
{
    leave_format(r);
    while (r->n_layers && (r->budget.spent || !r->layers[r->n_layers - 1].pack)) pop(r);
}

static const char *name_of(const hw_reader *r)
{
    for (unsigned i = r->n_layers; i-- > 0;)
        if (r->layers[i].name) return r->layers[i].name;
    return r->path;
}

/* There is room: the depth was asked before. */
static void push(hw_reader *r, hw_source *source, char *name, bool unpacked)
{
    r->layers[r->n_layers++] = (layer){.source = source, .name = name, .unpacked = unpacked};
}

static unsigned packings(const hw_reader *r)
{
    unsigned n = 0;
    for (unsigned i = 0; i < r->n_layers; i++) n += (unsigned)(r->layers[i].pack != NULL) + (unsigned)r->layers[i].unpacked;
    return n;
}

void hw_reader_close(hw_reader *r)
{
    if (!r) return;
    leave_format(r);
    while (r->n_layers) pop(r);
    hw_walk_free(r->walk);
    free(r->bytes_name);
    free(r->refused_id);
    free(r);
}

uint64_t hw_reader_bytes(const hw_reader *r)
{
    return atomic_load_explicit((atomic_ullong *)(uintptr_t)&r->read, memory_order_relaxed);
}

uint64_t hw_reader_left_out(const hw_reader *r)
{
    return r->left_out + r->file.left_out;
}

const char *hw_reader_refused_id(const hw_reader *r)
{
    return r->refused_id;
}

const char *hw_reader_refused_origin(const hw_reader *r)
{
    return r->refused_at;
}

/* ---- a file: unpacked, told what it is ----------------------------------------------------------------------------- */

/* The window of the uppermost source, at least `want` bytes of it where there are as many. */
static hewal_status head(hw_source *s, size_t want, const char **w, size_t *n, hewal_error *err)
{
    hewal_status st = HEWAL_OK;
    bool grew = true;
    *w = hw_source_window(s, n);
    while (st == HEWAL_OK && grew && *n < want) {
        st = hw_source_more(s, &grew, err);
        *w = hw_source_window(s, n);
    }
    return st;
}

/* The first bytes, as many as tell whether they are packed; never more, since a program may be waiting for its answer. */
static hewal_status first_bytes(hw_source *in, const char **s, size_t *n, hewal_error *err)
{
    hewal_status st = head(in, 4, s, n, err);
    if (st == HEWAL_OK && *n >= 3 && !memcmp(*s, "BZh", 3)) st = head(in, 10, s, n, err);
    if (st == HEWAL_OK && *n < 512 && memchr(*s, 0, *n)) st = head(in, 512, s, n, err); /* tar's names end in zeros */
    return st;
}

/* Unpacks what is packed, till there is something to be read, or an archive. */
static hewal_status unpack(hw_reader *r, hewal_error *err)
{
    for (;;) {
        layer *top = &r->layers[r->n_layers - 1];
        const char *s;
        size_t n;
        hewal_status st = first_bytes(top->source, &s, &n, err);
        hw_packing is = st == HEWAL_OK ? hw_packing_of(s, n) : HW_NOT_PACKED;
        if (st != HEWAL_OK || is == HW_NOT_PACKED) return st;
        if (packings(r) >= r->limits.depth) return hw_fail(err, HEWAL_ETOOBIG, "%s: packed more than %u times", hw_called(name_of(r)), r->limits.depth);
        if (is == HW_ARCHIVE) {
            top->before = r->told + hw_reader_left_out(r);
            return hw_pack_open(&top->pack, top->source, &r->budget, err);
        }
        hw_source *inner;
        st = is == HW_GZIP ? hw_source_gunzip(&inner, top->source, &r->budget, err) : hw_source_unpack(&inner, top->source, &r->budget, err);
        if (st != HEWAL_OK) return st;
        push(r, inner, NULL, true);
    }
}

/* The path without .gz and the like. NULL without memory. */
static char *bare_path(const char *path)
{
    size_t n = strlen(path);
    if (hw_has_suffix(path, "gz|bz2|xz|zst")) n = (size_t)(strrchr(path, '.') - path);
    return strndup(path, n);
}

static hewal_status find_format(hw_reader *r, const hw_format **format, hewal_error *err)
{
    hw_source *in = r->layers[r->n_layers - 1].source;
    const char *s, *name = hw_called(name_of(r)), *why;
    size_t n, mark;
    hewal_status st = head(in, 4, &s, &n, err);
    if (st != HEWAL_OK) return st;
    hw_encoding e = hw_guess_encoding(s, n, &mark);
    hw_source_take(in, mark);
    if (e != HW_UTF8) {
        hw_source *text;
        if ((st = hw_source_utf16(&text, in, e, err)) != HEWAL_OK) return st;
        push(r, text, NULL, false);
        in = text;
    }
    bool grew = true;
    st = head(in, 1, &s, &n, err);
    while (st == HEWAL_OK && grew && !hw_trim((hw_slice){s, n}).n && n < HW_MAX_FILE) {
        st = hw_source_more(in, &grew, err);
        s = hw_source_window(in, &n);
    }
    if (st != HEWAL_OK) return st;
    if (!n) return hw_fail(err, HEWAL_EFORMAT, "%s: an empty file", name);
    char *path = bare_path(name_of(r));
    if (!path) return hw_fail(err, HEWAL_ENOMEM, "%s: out of memory", name);
    hw_slice t = hw_trim((hw_slice){s, n});
    *format = hw_format_of(&(hw_look){.path = path, .s = t.s, .n = t.n, .map = r->map}, r->input);
    free(path);
    if (!(*format)->any_encoding && r->input != HW_JSONL && (why = hw_not_text(s, n, false))) return hw_fail(err, HEWAL_EFORMAT, "%s: %s", name, why);
    return HEWAL_OK;
}

/* Takes the uppermost source for what it is: an archive, or a file whose format gives articles. */
static hewal_status begin(hw_reader *r, hewal_error *err)
{
    const hw_format *format = NULL;
    hewal_status st = unpack(r, err);
    if (st != HEWAL_OK || r->layers[r->n_layers - 1].pack) return st;
    if ((st = find_format(r, &format, err)) != HEWAL_OK || !format) return st;
    r->file = (hw_file){.name = name_of(r), .in = r->layers[r->n_layers - 1].source, .map = r->map};
    r->format = format;
    return format->open ? format->open(&r->file, err) : HEWAL_OK;
}

/* ---- the next ------------------------------------------------------------------------------------------------------- */

static hw_read_result refuse(hw_reader *r)
{
    hw_place(r->refused_at, sizeof r->refused_at, name_of(r), r->file.line);
    r->refused_id = r->file.refused_id;
    r->file.refused_id = NULL;
    r->file.articles++;
    r->told++;
    return HW_READ_REFUSED;
}

/* The next of the file that is open; HW_READ_END when it has no more. */
static hw_read_result next_in_file(hw_reader *r, hw_article **out, hewal_error *err)
{
    hewal_status st = r->format->next(&r->file, out, err);
    if (st == HEWAL_OK && *out) {
        r->file.articles++;
        r->told++;
        return HW_READ_ARTICLE;
    }
    if (st != HEWAL_OK) {
        hw_read_result res = refuse(r);
        if (r->file.ended || r->budget.spent) leave_member(r);
        return res;
    }
    bool none = !r->file.articles;
    if (none) {
        r->file.line = 0;
        if (r->file.left_out) hw_file_fail(&r->file, err, HEWAL_EFORMAT, "no article in it (%zu left out)", r->file.left_out);
        else hw_file_fail(&r->file, err, HEWAL_EFORMAT, "no article in it");
        refuse(r);
    }
    leave_member(r);
    return none ? HW_READ_REFUSED : HW_READ_END;
}

/* "archive.zip!inner"; NULL without memory. */
static char *member_name(const char *archive, const char *inner)
{
    archive = hw_called(archive);
    size_t n = strlen(archive) + strlen(inner) + 2;
    char *s = malloc(n);
    if (s) snprintf(s, n, "%s!%s", archive, inner);
    return s;
}

/* As in a folder: hidden files, and what has a suffix that nobody reads, were not meant. */
static bool is_meant(const char *name)
{
    for (const char *p = name; p; p = strchr(p, '/')) {
        p += *p == '/';
        if ((*p == '.' && p[1] != '/' && strncmp(p, "../", 3) != 0) || !strncmp(p, "__MACOSX/", 9)) return false;
    }
    return hw_may_be_article(name);
}

/* The next member of the archive on top, begun; or the archive is at its end and left. */
static hewal_status next_member(hw_reader *r, hewal_error *err)
{
    layer *top = &r->layers[r->n_layers - 1];
    char *inner;
    bool dead;
    hewal_status st = hw_pack_next(top->pack, &inner, &dead, err);
    if (st != HEWAL_OK || !inner) {
        bool none = st == HEWAL_OK && r->told + hw_reader_left_out(r) == top->before;
        if (none) st = hw_fail(err, HEWAL_EFORMAT, "%s: no article in it", hw_called(name_of(r)));
        if (st != HEWAL_OK) refuse(r);
        if (dead || st == HEWAL_OK || none) {
            pop(r);
            leave_member(r);
        }
        return st;
    }
    if (!is_meant(inner)) {
        free(inner);
        r->left_out++;
        return HEWAL_OK;
    }
    char *name = member_name(name_of(r), inner);
    free(inner);
    hw_source *source = NULL;
    st = name ? hw_pack_member(&source, top->pack, name, err) : hw_fail(err, HEWAL_ENOMEM, "%s: out of memory", hw_called(name_of(r)));
    if (st == HEWAL_OK) {
        push(r, source, name, false);
        st = begin(r, err);
    } else free(name);
    if (st == HEWAL_OK) return st;
    refuse(r);
    leave_member(r);
    return st;
}

/* Opens what comes next on the way: a path, or the bytes. HW_READ_ARTICLE: it is open. */
static hw_read_result next_file(hw_reader *r, hewal_error *err)
{
    hw_source *source;
    hewal_status st;
    r->budget = (hw_budget){.limits = &r->limits};
    if (r->bytes) {
        r->path = r->bytes_name;
        st = hw_source_memory(&source, r->bytes, r->n_bytes, r->path, &r->budget, err);
        r->bytes = NULL;
    } else {
        hw_walk_result w = r->walk ? hw_walk_next(r->walk, &r->path, err) : HW_WALK_END;
        if (w == HW_WALK_END) return HW_READ_END;
        if (w == HW_WALK_FAULT) return refuse(r);
        st = hw_source_file(&source, r->path, &r->read, &r->budget, err);
    }
    if (st == HEWAL_OK) {
        push(r, source, NULL, false);
        st = begin(r, err);
    }
    if (st == HEWAL_OK) return HW_READ_ARTICLE;
    refuse(r);
    leave_member(r);
    return HW_READ_REFUSED;
}

hw_read_result hw_reader_next(hw_reader *r, hw_article **out, hewal_error *err)
{
    hewal_error spare;
    if (!err) err = &spare;
    *out = NULL;
    free(r->refused_id);
    r->refused_id = NULL;
    for (;;) {
        if (r->format) {
            hw_read_result got = next_in_file(r, out, err);
            if (got != HW_READ_END) return got;
        } else if (r->n_layers) {
            if (next_member(r, err) != HEWAL_OK) return HW_READ_REFUSED;
        } else {
            hw_read_result got = next_file(r, err);
            if (got != HW_READ_ARTICLE) return got;
        }
    }
}

hewal_status hw_article_parse(hw_article **out, const char *bytes, size_t len, hw_input input, const char *name, hewal_error *err)
{
    hw_reader *r;
    hewal_error spare;
    if (!err) err = &spare;
    *out = NULL;
    hewal_status st = hw_reader_open_bytes(&r, bytes, len, name, input, err);
    if (!r) return st;
    hw_read_result got = hw_reader_next(r, out, err);
    st = got == HW_READ_ARTICLE ? HEWAL_OK : got == HW_READ_REFUSED ? err->status : hw_fail(err, HEWAL_EFORMAT, "%s: no article in it", name);
    hw_reader_close(r);
    return st;
}
