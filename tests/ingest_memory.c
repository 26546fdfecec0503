/* Memory is bounded by the longest article, in every format: files of 30 MB, plain and packed, are read with no more at their
 * end than at their beginning. */
#include "ingest_kit.h"

#include <zlib.h>

static size_t resident(void)
{
    size_t pages = 0, rss = 0;
    FILE *f = fopen("/proc/self/statm", "r");
    if (f && fscanf(f, "%zu %zu", &pages, &rss) != 2) rss = 0;
    if (f) fclose(f);
    return rss * 4096;
}

#define BODY P1 " " P2 " " P3 "\n" P2 " " P1 " " P3

static const struct { const char *name, *head, *item, *tail; } all[] = {
    {"wiki.xml", "<mediawiki><siteinfo><sitename>w</sitename></siteinfo>", "<page><title>t%d</title><ns>0</ns><id>%d</id><revision><text>[[a|b]] {{c}} " BODY "</text></revision></page>\n", "</mediawiki>"},
    {"feed.xml", "<rss><channel><title>t</title>", "<item><title>t%d</title><guid>%d</guid><description>&lt;p&gt;" BODY "&lt;/p&gt;</description></item>\n", "</channel></rss>"},
    {"table.csv", "title,id,text\n", "t%d,%d,\"" BODY "\"\n", ""},
    {"mails.mbox", "", "From a Mon Jul 26 10:00:00 2021\nSubject: t%d\nMessage-ID: <%d>\n\n" BODY "\n\n", ""},
    {"lines.jsonl", "", "{\"title\":\"t%d\",\"id\":\"%d\",\"text\":\"" P1 P2 P3 P1 P2 P3 P1 P2 "\"}\n", ""}};

/* Reads it; how many articles came. */
static int read_through(const char *path)
{
    hw_reader *r;
    hw_article *a;
    hewal_error err;
    size_t early = 0, most = 0;
    int n = 0;
    assert_int_equal(hw_reader_open(&r, &path, 1, HW_AUTO, NULL), HEWAL_OK);
    for (hw_read_result got; (got = hw_reader_next(r, &a, &err)) != HW_READ_END;) {
        if (got == HW_READ_REFUSED) fail_msg("%s", err.message);
        hw_article_free(a);
        if (++n == 2000) early = resident();
        if (n > 2000 && n % 500 == 0 && resident() > most) most = resident();
    }
    assert_int_equal(hw_reader_bytes(r), hw_reader_total(&path, 1));
    hw_reader_close(r);
    if (!KIT_SANITIZED && most > early + (3u << 20)) fail_msg("%s: %zu kB more at the end", path, (most - early) >> 10);
    return n;
}

static void formats(void **state)
{
    (void)state;
    for (size_t i = 0; i < sizeof all / sizeof *all; i++)
        for (int packed = 0; packed < 2; packed++) {
            char name[64];
            snprintf(name, sizeof name, "%s%s", all[i].name, packed ? ".gz" : "");
            const char *path = in_folder(name);
            gzFile f = gzopen(path, packed ? "wb1" : "wbT");
            assert_non_null(f);
            gzputs(f, all[i].head);
            size_t bytes = 0;
            int n = 0;
            for (; bytes < (KIT_SANITIZED ? 6u : 30u) << 20; n++) {
                static char item[8192];
                int k = sprintf(item, all[i].item, n, n); // NOLINT: one of the formats above
                gzwrite(f, item, (unsigned)k);
                bytes += (size_t)k;
            }
            gzputs(f, all[i].tail);
            gzclose(f);
            assert_int_equal(read_through(path), n);
            remove(path);
        }
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(formats)};
    return cmocka_run_group_tests_name("ingest_memory", tests, folder_make, folder_remove);
}
