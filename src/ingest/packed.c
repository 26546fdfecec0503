/* In: a source of zip, tar, bzip2, xz or zstd. Out: its members, or the one text that it packs, as sources. libarchive reads
 * them as streams: nothing is written to a disk, no seeking, and a member's path is only a name. */
#include "ingest/source.h"

#include "base/buf.h"
#include "base/err.h"
#include "base/utf8.h"
#include <archive.h>
#include <archive_entry.h>
#include <locale.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define MAX_NAME 200 /* bytes of a member's name that are kept: its end */

struct hw_pack {
    hw_source *in;
    size_t lent; /* bytes of the window that libarchive has */
    hw_budget *budget;
    struct archive *a;
    locale_t utf8;          /* names are brought to the locale's letters */
    hewal_status in_status; /* of the source below, with what it said */
    hewal_error in_error;
    uint64_t member_bytes;
    char *member;
    bool over; /* nothing is packed in it */
};

hw_packing hw_packing_of(const char *s, size_t n)
{
    static const struct { const char *magic; size_t n; hw_packing is; } known[] = {
        {"\x1F\x8B\x08", 3, HW_GZIP}, {"BZh", 3, HW_FILTER}, {"\xFD\x37zXZ\0", 6, HW_FILTER}, {"\x28\xB5\x2F\xFD", 4, HW_FILTER},
        {"PK\3\4", 4, HW_ARCHIVE}, {"PK\5\6", 4, HW_ARCHIVE}, {"PK\7\10PK\3\4", 8, HW_ARCHIVE}, {"PK00PK\3\4", 8, HW_ARCHIVE}};
    for (size_t i = 0; i < sizeof known / sizeof *known; i++)
        if (n >= known[i].n && !memcmp(s, known[i].magic, known[i].n) && (known[i].magic[0] != 'B' || (n >= 10 && !memcmp(s + 4, "\x31\x41\x59\x26\x53\x59", 6))))
            return known[i].is;
    return n >= 512 && !memcmp(s + 257, "ustar", 5) ? HW_ARCHIVE : HW_NOT_PACKED;
}

static la_ssize_t give(struct archive *a, void *ctx, const void **out)
{
    hw_pack *p = ctx;
    size_t n;
    bool grew = true;
    hw_source_take(p->in, p->lent);
    p->lent = 0;
    *out = hw_source_window(p->in, &n);
    if (!n) {
        p->in_status = hw_source_more(p->in, &grew, &p->in_error);
        *out = hw_source_window(p->in, &n);
    }
    if (p->in_status != HEWAL_OK) {
        archive_set_error(a, 5, "%s", p->in_error.message);
        return -1;
    }
    p->lent = n;
    return (la_ssize_t)n;
}

/* Why libarchive would not: what the source below said, or what libarchive says. */
static hewal_status fault(hw_pack *p, const char *name, hewal_error *err)
{
    if (p->in_status != HEWAL_OK) {
        if (err) *err = p->in_error;
        return p->in_status;
    }
    const char *why = archive_error_string(p->a);
    return hw_fail(err, HEWAL_EFORMAT, "%s: damaged: %s", name, why ? why : "it cannot be read");
}

static hewal_status open_pack(hw_pack **out, hw_source *in, hw_budget *b, bool archive, hewal_error *err)
{
    hw_pack *p = *out = calloc(1, sizeof *p);
    if (!p || !(p->a = archive_read_new()) || (p->utf8 = newlocale(LC_CTYPE_MASK, "C.UTF-8", (locale_t)0)) == (locale_t)0) {
        hw_pack_close(p);
        *out = NULL;
        return hw_fail(err, HEWAL_ENOMEM, "%s: out of memory", hw_source_name(in));
    }
    p->in = in;
    p->budget = b;
    if (archive) {
        archive_read_support_format_zip_streamable(p->a);
        archive_read_support_format_tar(p->a);
    } else {
        archive_read_support_filter_bzip2(p->a);
        archive_read_support_filter_xz(p->a);
        archive_read_support_filter_zstd(p->a);
        archive_read_support_format_raw(p->a);
    }
    if (archive_read_open(p->a, p, NULL, give, NULL) == ARCHIVE_OK) return HEWAL_OK;
    hewal_status st = fault(p, hw_source_name(in), err);
    hw_pack_close(p);
    *out = NULL;
    return st;
}

hewal_status hw_pack_open(hw_pack **out, hw_source *in, hw_budget *b, hewal_error *err)
{
    return open_pack(out, in, b, true, err);
}

void hw_pack_close(hw_pack *p)
{
    if (!p) return;
    if (p->a) archive_read_free(p->a);
    if (p->utf8) freelocale(p->utf8);
    free(p->member);
    free(p);
}

/* The name on one line, in clean UTF-8, the end of it where it is long. */
static char *clean_name(const char *s)
{
    size_t n = strlen(s);
    hewal_string out = {0};
    hw_buf b = hw_buf_on(&out);
    if (n > MAX_NAME) {
        hw_puts(&b, "\xE2\x80\xA6");
        for (s += n - MAX_NAME, n = MAX_NAME; n && ((unsigned char)*s & 0xC0) == 0x80; s++) n--;
    }
    for (size_t i = 0; i < n;) {
        uint32_t cp;
        size_t k = hw_utf8_decode(s + i, n - i, &cp);
        if (cp == HW_BROKEN || cp < 0x20 || (cp >= 0x7F && cp < 0xA0)) hw_puts(&b, "\xEF\xBF\xBD");
        else hw_put(&b, s + i, k);
        i += k;
    }
    if (hw_buf_ok(&b) && out.s) return out.s;
    hewal_string_free(&out);
    return NULL;
}

static int next_header(hw_pack *p, struct archive_entry **e)
{
    locale_t before = uselocale(p->utf8);
    int got = archive_read_next_header(p->a, e);
    uselocale(before);
    return got;
}

static const char *name_of(hw_pack *p, struct archive_entry *e)
{
    locale_t before = uselocale(p->utf8);
    const char *name = archive_entry_pathname_utf8(e);
    if (!name || !*name) name = archive_entry_pathname(e);
    uselocale(before);
    return name && *name ? name : "(without a name)";
}

hewal_status hw_pack_next(hw_pack *p, char **name, bool *dead, hewal_error *err)
{
    *name = NULL;
    *dead = true;
    for (;;) {
        struct archive_entry *e;
        int got = next_header(p, &e);
        if (got == ARCHIVE_EOF) return HEWAL_OK;
        if (got != ARCHIVE_OK && got != ARCHIVE_WARN) return fault(p, hw_source_name(p->in), err);
        if (++p->budget->members > p->budget->limits->members) {
            p->budget->spent = true;
            return hw_fail(err, HEWAL_ETOOBIG, "%s: more than %llu members, not read on", hw_source_name(p->in), (unsigned long long)p->budget->limits->members);
        }
        hewal_status st = hw_budget_spend(p->budget, 64, hw_source_name(p->in), err); /* members cost something, also empty ones */
        if (st != HEWAL_OK) return st;
        if (archive_entry_hardlink(e) || archive_entry_symlink(e) || archive_entry_filetype(e) != AE_IFREG) continue;
        *dead = false;
        if (!(*name = clean_name(name_of(p, e)))) return hw_fail(err, HEWAL_ENOMEM, "%s: out of memory", hw_source_name(p->in));
        if (!archive_entry_is_encrypted(e)) return HEWAL_OK;
        st = hw_fail(err, HEWAL_EFORMAT, "%s!%s: encrypted", hw_source_name(p->in), *name);
        free(*name);
        *name = NULL;
        return st;
    }
}

static hewal_status pull(void *ctx, char *out, size_t room, size_t *n, hewal_error *err)
{
    hw_pack *p = ctx;
    *n = 0;
    la_ssize_t got = p->over ? 0 : archive_read_data(p->a, out, room < 1u << 20 ? room : 1u << 20);
    if (got < 0) return fault(p, p->member, err);
    *n = (size_t)got;
    p->member_bytes += *n;
    if (p->member_bytes > p->budget->limits->member_bytes)
        return hw_fail(err, HEWAL_ETOOBIG, "%s: more than %llu bytes come out of it, not read on", p->member, (unsigned long long)p->budget->limits->member_bytes);
    return hw_budget_spend(p->budget, *n, p->member, err);
}

static void close_member(void *ctx)
{
    (void)ctx; /* libarchive passes over the rest by itself */
}

hewal_status hw_pack_member(hw_source **out, hw_pack *p, const char *name, hewal_error *err)
{
    free(p->member);
    p->member_bytes = 0;
    *out = NULL;
    if (!(p->member = strdup(name))) return hw_fail(err, HEWAL_ENOMEM, "%s: out of memory", name);
    return hw_source_new(out, name, pull, close_member, p, err);
}

static void close_filter(void *ctx)
{
    hw_pack_close(ctx);
}

hewal_status hw_source_unpack(hw_source **out, hw_source *in, hw_budget *b, hewal_error *err)
{
    hw_pack *p;
    struct archive_entry *e;
    *out = NULL;
    hewal_status st = open_pack(&p, in, b, false, err);
    if (!p) return st;
    int got = next_header(p, &e);
    if (got != ARCHIVE_OK && got != ARCHIVE_WARN && got != ARCHIVE_EOF) {
        st = fault(p, hw_source_name(in), err);
        hw_pack_close(p);
        return st;
    }
    p->over = got == ARCHIVE_EOF;
    if (!(p->member = strdup(hw_source_name(in)))) {
        hw_pack_close(p);
        return hw_fail(err, HEWAL_ENOMEM, "%s: out of memory", hw_source_name(in));
    }
    return hw_source_new(out, p->member, pull, close_filter, p, err);
}
