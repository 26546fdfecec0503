/* Archives: what lies in them, in one another, and what is done with those that were made to do harm. */
#include "ingest_kit.h"

#include <archive.h>
#include <archive_entry.h>
#include <locale.h>

typedef struct { char *s; size_t n; } bytes;
typedef struct { const char *name; const void *s; size_t n; } member;

/* An archive in memory: format "zip", "tar" or "raw", filter "none", "gzip", "bzip2", "xz" or "zstd". */
static bytes pack(const char *format, const char *filter, const char *options, const member *v, size_t n)
{
    size_t room = 1u << 20;
    for (size_t i = 0; i < n; i++) room += v[i].n + 4096;
    bytes out = {malloc(room), 0};
    struct archive *a = archive_write_new();
    assert_int_equal(archive_write_set_format_by_name(a, !strcmp(format, "tar") ? "paxr" : format), ARCHIVE_OK);
    if (strcmp(filter, "none") != 0) assert_int_equal(archive_write_add_filter_by_name(a, filter), ARCHIVE_OK);
    if (options) {
        assert_int_equal(archive_write_set_options(a, options), ARCHIVE_OK);
        archive_write_set_passphrase(a, "secret");
    }
    archive_write_set_bytes_in_last_block(a, 1);
    assert_int_equal(archive_write_open_memory(a, out.s, room, &out.n), ARCHIVE_OK);
    for (size_t i = 0; i < n; i++) {
        struct archive_entry *e = archive_entry_new();
        archive_entry_set_pathname_utf8(e, v[i].name);
        bool folder = v[i].name[strlen(v[i].name) - 1] == '/';
        archive_entry_set_filetype(e, folder ? AE_IFDIR : AE_IFREG);
        archive_entry_set_perm(e, 0644);
        if (strcmp(format, "raw") != 0) archive_entry_set_size(e, (la_int64_t)v[i].n);
        assert_true(archive_write_header(a, e) >= ARCHIVE_WARN);
        if (v[i].n) assert_int_equal(archive_write_data(a, v[i].s, v[i].n), v[i].n);
        archive_entry_free(e);
    }
    assert_int_equal(archive_write_close(a), ARCHIVE_OK);
    archive_write_free(a);
    return out;
}

static bytes pack_one(const char *format, const char *filter, const char *name, const void *s, size_t n)
{
    return pack(format, filter, NULL, &(member){name, s, n}, 1);
}

#define TEXT(name, s) {name, s, sizeof(s) - 1}
static const member several[] = {TEXT("a/یەک.txt", "title: ت\n\n" P1), TEXT("a/", ""), TEXT("a/b/page.html", "<html><body><article><p>" P2 "</p></article></body></html>"),
                                 TEXT("lines.jsonl", "{\"id\":\"1\",\"text\":\"" P1 "\"}\nbroken\n{\"id\":\"2\",\"text\":\"" P3 "\"}\n"), TEXT("photo.png", "\x89PNG\0\1"),
                                 TEXT(".hidden/x.txt", P1), TEXT("__MACOSX/x.txt", P1), TEXT("empty.txt", ""), TEXT("../../up.txt", P3), TEXT("/etc/abs.csv", "text\n" P2 "\n")};

static void assert_several(outcome *o)
{
    ingest_must(o, 6, 2, 3);
    assert_string_equal(o->a[0]->text, P1);
    assert_string_equal(o->a[0]->title, "ت");
    if (!strstr(o->a[0]->origin, "!a/یەک.txt")) fail_msg("%s", o->a[0]->origin);
    assert_string_equal(o->a[1]->text, P2);
    assert_string_equal(o->a[2]->id, "1");
    assert_non_null(strstr(o->a[2]->origin, "!lines.jsonl:1"));
    assert_string_equal(o->a[3]->id, "2");
    assert_string_equal(o->a[4]->text, P3);
    assert_non_null(strstr(o->a[4]->origin, "up.txt"));
    assert_string_equal(o->a[5]->text, P2);
    ingest_said(o, 0, "!lines.jsonl:2: invalid JSON");
    ingest_said(o, 1, "!empty.txt: an empty file");
    ingest_free(o);
}

static void members(void **state)
{
    (void)state;
    static const struct { const char *format, *filter; } all[] = {{"zip", "none"}, {"tar", "none"}, {"tar", "gzip"}, {"tar", "bzip2"}, {"tar", "xz"}, {"tar", "zstd"}};
    for (size_t i = 0; i < sizeof all / sizeof *all; i++) {
        bytes b = pack(all[i].format, all[i].filter, NULL, several, sizeof several / sizeof *several);
        assert_several(ingest_bytes("archive", b.s, b.n));
        free(b.s);
    }
    bytes b = pack("zip", "none", "zip:compression=store", several, sizeof several / sizeof *several);
    assert_several(ingest_bytes("stored.zip", b.s, b.n));
    free(b.s);
}

static void packed_files(void **state)
{
    (void)state;
    static const char *const filters[] = {"gzip", "bzip2", "xz", "zstd"};
    for (size_t i = 0; i < 4; i++) {
        static const char csv[] = "text,title\n" P1 ",ت\n";
        bytes b = pack_one("raw", filters[i], "x", csv, sizeof csv - 1);
        outcome *o = ingest_bytes(i == 0 ? "x.csv.gz" : i == 1 ? "x.csv.bz2" : i == 2 ? "x.csv.xz" : "x.csv.zst", b.s, b.n);
        ingest_must(o, 1, 0, 0);
        assert_string_equal(o->a[0]->text, P1);
        assert_non_null(strstr(o->a[0]->origin, ":2"));
        ingest_free(o);
        for (size_t cut = 12; cut < b.n; cut += 3) { /* cut off: refused, or the part that came was whole lines */
            o = ingest_bytes("x.csv.zz", b.s, cut);
            if (!o->refused) fail_msg("%s cut at %zu of %zu: %zu articles: %s", filters[i], cut, b.n, o->n, o->n ? o->a[0]->text : "");
            ingest_free(o);
        }
        free(b.s);
    }
}

static void in_one_another(void **state)
{
    (void)state;
    bytes gz = pack_one("raw", "gzip", "x", P1, sizeof P1 - 1), zip = pack_one("zip", "none", "in/x.txt.gz", gz.s, gz.n);
    member v[] = {{"zips/inner.zip", zip.s, zip.n}, TEXT("after.txt", P2)};
    bytes tar = pack("tar", "xz", NULL, v, 2);
    outcome *o = ingest_bytes("outer.tar.xz", tar.s, tar.n);
    ingest_must(o, 2, 0, 0);
    assert_string_equal(o->a[0]->origin, "outer.tar.xz!zips/inner.zip!in/x.txt.gz");
    assert_string_equal(o->a[0]->text, P1);
    assert_string_equal(o->a[1]->text, P2);
    ingest_free(o);
    hw_limits l = hw_usual_limits;
    l.depth = 3; /* xz, tar, zip; gzip is the fourth */
    o = ingest_bytes_as("outer.tar.xz", tar.s, tar.n, HW_AUTO, NULL, &l);
    ingest_must(o, 1, 1, 0);
    ingest_said(o, 0, "outer.tar.xz!zips/inner.zip!in/x.txt.gz: packed more than 3 times");
    assert_string_equal(o->a[0]->text, P2);
    ingest_free(o);
    free(gz.s);
    free(zip.s);
    /* zips in zips, forty deep */
    bytes deep = pack_one("zip", "none", "x.txt", P1, sizeof P1 - 1);
    for (int i = 0; i < 40; i++) {
        bytes next = pack_one("zip", "none", "x.zip", deep.s, deep.n);
        free(deep.s);
        deep = next;
    }
    o = ingest_bytes("deep.zip", deep.s, deep.n);
    ingest_must(o, 0, 1, 0);
    ingest_said(o, 0, "packed more than 8 times");
    free(deep.s);
    free(tar.s);
}

static void bombs(void **state)
{
    (void)state;
    size_t n = 40u << 20;
    char *zeros = malloc(n);
    assert_non_null(zeros);
    memset(zeros, 'a', n);
    bytes zst = pack_one("raw", "zstd", "x", zeros, n);
    hw_limits l = hw_usual_limits;
    l.free_bytes = 1u << 20;
    outcome *o = ingest_bytes_as("bomb.jsonl.zst", zst.s, zst.n, HW_AUTO, NULL, &l);
    ingest_must(o, 0, 1, 0);
    assert_int_equal(o->status[0], HEWAL_ETOOBIG);
    ingest_said(o, 0, "bomb.jsonl.zst: more than 200 times its size comes out of it, not read on");
    /* in an archive the same; what follows in it is not read */
    member v[] = {TEXT("a.txt", P1), {"bomb.jsonl", zeros, n}, TEXT("b.txt", P2)};
    bytes zip = pack("zip", "none", NULL, v, 3);
    o = ingest_bytes_as("bomb.zip", zip.s, zip.n, HW_AUTO, NULL, &l);
    ingest_must(o, 1, 1, 0);
    ingest_said(o, 0, "bomb.zip!bomb.jsonl: more than 200 times");
    ingest_free(o);
    /* one member may be too long, and the rest goes on */
    l = hw_usual_limits;
    l.member_bytes = 1u << 20;
    o = ingest_bytes_as("big.zip", zip.s, zip.n, HW_AUTO, NULL, &l);
    ingest_must(o, 2, 1, 0);
    ingest_said(o, 0, "big.zip!bomb.jsonl: more than 1048576 bytes come out of it");
    ingest_free(o);
    l = hw_usual_limits;
    l.bytes = 1u << 20;
    o = ingest_bytes_as("big.zip", zip.s, zip.n, HW_AUTO, NULL, &l);
    ingest_must(o, 1, 1, 0);
    ingest_said(o, 0, "more than 1048576 bytes come out of it, not read on");
    ingest_free(o);
    free(zip.s);
    free(zst.s);
    free(zeros);
    member many[40];
    for (int i = 0; i < 40; i++) many[i] = (member)TEXT("x.png", "x");
    bytes tar = pack("tar", "gzip", NULL, many, 40);
    l = hw_usual_limits;
    l.members = 30;
    o = ingest_bytes_as("many.tgz", tar.s, tar.n, HW_AUTO, NULL, &l);
    ingest_must(o, 0, 1, 30);
    ingest_said(o, 0, "many.tgz: more than 30 members, not read on");
    o = ingest_bytes("many.tgz", tar.s, tar.n);
    ingest_must(o, 0, 0, 40);
    free(tar.s);
}

static void locked_and_damaged(void **state)
{
    (void)state;
    bytes b = pack("zip", "none", "zip:encryption=traditional", several, 1);
    outcome *o = ingest_bytes("locked.zip", b.s, b.n);
    ingest_must(o, 0, 1, 0);
    ingest_said(o, 0, "locked.zip!a/یەک.txt: encrypted");
    free(b.s);
    b = pack("zip", "none", NULL, NULL, 0);
    o = ingest_bytes("none.zip", b.s, b.n);
    ingest_must(o, 0, 1, 0);
    ingest_said(o, 0, "none.zip: no article in it");
    free(b.s);
    static const char *const formats[] = {"zip", "tar"};
    for (int k = 0; k < 2; k++) {
        b = pack(formats[k], k ? "gzip" : "none", NULL, several, sizeof several / sizeof *several);
        for (size_t i = 0; i < b.n; i += KIT_SANITIZED ? 7 : 1) { /* a byte is wrong; the end is missing: an answer, no crash */
            char was = b.s[i];
            b.s[i] = (char)(was ^ 0x55);
            ingest_free(ingest_bytes("damaged", b.s, b.n));
            b.s[i] = was;
            ingest_free(ingest_bytes("cut", b.s, i));
        }
        free(b.s);
    }
}

/* A member's name may be anything: messages stay one line of clean UTF-8. */
static void names(void **state)
{
    (void)state;
    char name[1001];
    memset(name, 'n', 1000);
    memcpy(name + 990, "\nx\x1b[1m.md", 10);
    name[1000] = 0;
    bytes b = pack_one("tar", "none", name, "", 0);
    outcome *o = ingest_bytes("a.tar", b.s, b.n);
    ingest_must(o, 0, 1, 0);
    assert_null(strchr(o->said[0], '\x1b'));
    assert_true(strlen(o->said[0]) < 300);
    free(b.s);
}

int main(void)
{
    setlocale(LC_CTYPE, "C.UTF-8"); /* for libarchive as it writes names */
    const struct CMUnitTest tests[] = {cmocka_unit_test(members), cmocka_unit_test(packed_files), cmocka_unit_test(in_one_another), cmocka_unit_test(bombs),
                                       cmocka_unit_test(locked_and_damaged), cmocka_unit_test(names)};
    return cmocka_run_group_tests_name("ingest_archives", tests, folder_make, folder_remove);
}
