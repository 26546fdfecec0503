/* Tables (CSV, TSV) and JSON with other names for the parts; Markdown. */
#include "ingest_kit.h"

static outcome *with_map(const char *name, const char *text, const char *spec)
{
    hw_map *m;
    hewal_error err;
    if (hw_map_new(&m, spec, &err) != HEWAL_OK) fail_msg("%s", err.message);
    outcome *o = ingest_bytes_as(name, text, strlen(text), HW_AUTO, m, NULL);
    hw_map_free(m);
    return o;
}

static void tables(void **state)
{
    (void)state;
    outcome *o = ingest_text("a.csv", "\xEF\xBB\xBFID,Title,\"Body\",date,outlet,Link,section\r\n"
                                      "1,سەردێڕ,\"" P1 "\n\"\"باشە\"\", گوتی\",2021-07-26,ڕووداو,https://a.example/1,\"سیاسەت\"\r\n"
                                      "2,x,y\r\n"
                                      "3,ت,\"دەق\"هەڵە,,,,\n"
                                      "\r\n"
                                      "4,,\" " P2 " \",,,,\r\n"
                                      "5,بێ دەق,,,,,\n"
                                      "6,,یەک،\"دوو\",,,,");
    ingest_must(o, 3, 3, 0);
    assert_string_equal(o->a[0]->id, "1");
    assert_string_equal(o->a[0]->title, "سەردێڕ");
    assert_string_equal(o->a[0]->text, P1 "\n\"باشە\", گوتی");
    assert_string_equal(o->a[0]->published, "2021-07-26");
    assert_string_equal(o->a[0]->outlet, "ڕووداو");
    assert_string_equal(o->a[0]->url, "https://a.example/1");
    assert_string_equal(o->a[0]->extra, "\"section\":\"سیاسەت\"");
    assert_string_equal(o->a[0]->origin, "a.csv:2");
    assert_string_equal(o->a[1]->text, P2);
    assert_string_equal(o->a[1]->origin, "a.csv:7");
    assert_string_equal(o->a[2]->text, "یەک،\"دوو\"");
    ingest_said(o, 0, "a.csv:4: a row of 3 cells, the header has 7");
    ingest_said(o, 1, "a.csv:5: something stands behind a closing quotation mark");
    ingest_said(o, 2, "a.csv:8: no text");
    ingest_free(o);
    o = ingest_text("a.tsv", "text\ttitle\n\"یەک\" دوو, سێ; چوار\tت\n");
    ingest_must(o, 1, 0, 0);
    assert_string_equal(o->a[0]->text, "\"یەک\" دوو, سێ; چوار");
    ingest_free(o);
    o = ingest_text("a.tsv", "title\ttext\nت\t\"یەک\n\"\"دوو\"\"\tسێ\"\n\"چوار\tپێنج \"شەش\"\nحەوت\t\"هەشت\n");
    ingest_must(o, 3, 0, 0);
    assert_string_equal(o->a[0]->text, "یەک\n\"دوو\"\tسێ");
    assert_string_equal(o->a[1]->title, "\"چوار");
    assert_string_equal(o->a[1]->text, "پێنج \"شەش\"");
    assert_string_equal(o->a[2]->text, "\"هەشت");
    ingest_free(o);
    o = ingest_text("a.csv", "title;content\nت;\"یەک; دوو\"\n");
    ingest_must(o, 1, 0, 0);
    assert_string_equal(o->a[0]->text, "یەک; دوو");
    ingest_free(o);
}

static void bad_tables(void **state)
{
    (void)state;
    outcome *o = ingest_text("a.csv", "name,words\nx,y\n");
    ingest_must(o, 0, 1, 0);
    ingest_said(o, 0, "a.csv:1: no column is the text");
    o = ingest_text("a.csv", "title,text\n");
    ingest_must(o, 0, 1, 0);
    ingest_said(o, 0, "no article");
    /* a quotation mark that is never closed costs its row, not the file */
    o = ingest_text("a.csv", "title,text\nیەک,دوو\n\"سێ,چوار\nپێنج,شەش\nحەوت,هەشت\n");
    ingest_must(o, 3, 1, 0);
    ingest_said(o, 0, "a.csv:3: a quotation mark that is never closed");
    assert_string_equal(o->a[2]->text, "هەشت");
    ingest_free(o);
    /* and takes no quadratic time */
    static const struct { const char *name, *rows; } slow[] = {{"a.csv", "a,\"b\n"}, {"a.tsv", "text\t\"b\n"}, {"a.tsv", "\"text\t\"b\"c\n"}, {"a.csv", "text,\"b\"c\n"}, {"a.csv", "text\n\n"}};
    size_t n;
    char *s;
    for (size_t i = 0; i < sizeof slow / sizeof *slow; i++) {
        s = kit_repeat(slow[i].rows, 8u << 20, &n);
        double began = kit_cpu_seconds();
        hw_reader *r;
        hw_article *a;
        assert_int_equal(hw_reader_open_bytes(&r, s, n, slow[i].name, HW_AUTO, NULL), HEWAL_OK);
        for (hw_read_result g; (g = hw_reader_next(r, &a, NULL)) != HW_READ_END;) hw_article_free(a);
        hw_reader_close(r);
        if (kit_cpu_seconds() - began > (KIT_SANITIZED ? 60 : 12)) fail_msg("«%s» took %.1f s", slow[i].rows, kit_cpu_seconds() - began);
        free(s);
    }
    s = kit_repeat(",", 4u << 20, &n); /* a million cells */
    o = ingest_bytes("a.csv", s, n);
    assert_int_equal(o->n, 0);
    free(s);
}

/* A cell of 3 MB between small ones, through a window that grows. */
static void long_cell(void **state)
{
    (void)state;
    size_t n, k;
    char *s = kit_repeat("دەق \"\"و\"\"\n", 3u << 20, &n), *all = malloc(n + 200);
    assert_non_null(all);
    k = (size_t)sprintf(all, "id,text\n1,یەک\n2,\"");
    memcpy(all + k, s, n);
    k += n;
    k += (size_t)sprintf(all + k, "\"\n3,سێ\n");
    outcome *o = ingest_bytes("a.csv", all, k);
    ingest_must(o, 3, 0, 0);
    assert_true(o->a[1]->text_len > 2u << 20);
    assert_string_equal(o->a[2]->text, "سێ");
    ingest_free(o);
    free(s);
    free(all);
}

static void other_names(void **state)
{
    (void)state;
    outcome *o = with_map("x.csv", "t,words,text,day\nسەردێڕ,\"" P1 "\",نا,2021-07-26\n", "text=words, title=t,published=day");
    ingest_must(o, 1, 0, 0);
    assert_string_equal(o->a[0]->text, P1);
    assert_string_equal(o->a[0]->title, "سەردێڕ");
    assert_string_equal(o->a[0]->published, "2021-07-26");
    ingest_free(o);
    o = with_map("no-suffix", "t,words\nسەردێڕ,\"" P1 "\"\n", "text=words");
    ingest_must(o, 1, 0, 0);
    assert_string_equal(o->a[0]->text, P1);
    ingest_free(o);
    o = with_map("x.csv", "title,text\nت,د\n", "text=body");
    ingest_must(o, 0, 1, 0);
    ingest_said(o, 0, "x.csv:1: no column is called «body»");
    o = with_map("x.jsonl", "{\"key\": 7, \"body\": \"" P1 "\", \"headline\": \"ت\", \"title\": \"نا\", \"text\": \"نا\"}\n{\"text\": \"نا\"}\n", "text=body,title=headline,id=key");
    ingest_must(o, 1, 1, 0);
    assert_string_equal(o->a[0]->text, P1);
    assert_string_equal(o->a[0]->title, "ت");
    assert_string_equal(o->a[0]->id, "7");
    assert_string_equal(o->a[0]->extra, "\"title_given\":\"نا\"");
    ingest_said(o, 0, "x.jsonl:2: no member \"body\"");
    ingest_free(o);
    static const char *const wrong[] = {"", "text", "text=", "=x", "words=text", "text=a,text=b", "text=a,", ","};
    for (size_t i = 0; i < sizeof wrong / sizeof *wrong; i++) {
        hw_map *m;
        hewal_error err;
        assert_int_equal(hw_map_new(&m, wrong[i], &err), HEWAL_EINVAL);
        assert_null(m);
    }
}

static void markdown(void **state)
{
    (void)state;
    outcome *o = ingest_text("a.md", "---\ntitle: \"سەردێڕی هەواڵ\"\ndate: 2021-07-26\noutlet: ڕووداو\nurl: https://a.example/1\nauthor: کەسێک\ntags:\n  - یەک\n---\n\n# سەردێڕ\n\n"
                                     "**سەرۆک** [مەسعود بارزانی](https://a.example/p \"x\") لە *هەولێر* گوتی:\n«دۆخەکە باشە».\n\n![وێنە](x.png)\n\n> وەرگیراو\n> لە دوو دێڕدا\n\n- یەک\n- دوو  \nسێ\n\n## ناونیشان\n\n"
                                     "<div><p>HTML <b>لێرە</b></p></div>\n\nکۆتایی <br> دێڕ &amp; `code`\\*\n");
    ingest_must(o, 1, 0, 0);
    assert_string_equal(o->a[0]->text, "سەرۆک مەسعود بارزانی لە هەولێر گوتی: «دۆخەکە باشە».\nوەرگیراو لە دوو دێڕدا\nیەک\nدوو\nسێ\nناونیشان\nHTML لێرە\nکۆتایی\nدێڕ & code*");
    assert_string_equal(o->a[0]->title, "سەردێڕی هەواڵ");
    assert_string_equal(o->a[0]->published, "2021-07-26");
    assert_string_equal(o->a[0]->outlet, "ڕووداو");
    assert_string_equal(o->a[0]->url, "https://a.example/1");
    assert_string_equal(o->a[0]->extra, "\"author\":\"کەسێک\"");
    ingest_free(o);
    o = ingest_text("a.md", "# سەردێڕی *یەکەم*\n\n" P1 "\n");
    assert_string_equal(o->a[0]->title, "سەردێڕی یەکەم");
    assert_string_equal(o->a[0]->text, P1);
    ingest_free(o);
    o = ingest_text("none", "---\ndate: 2021-07-26\n---\n" P1 "\n\n---\n" P2 "\n");
    assert_string_equal(o->a[0]->published, "2021-07-26");
    assert_string_equal(o->a[0]->text, P1 "\n" P2);
    ingest_free(o);
    o = ingest_text("a.md", "---\ntitle: x\nnever closed\n\n" P1);
    ingest_must(o, 1, 0, 0);
    ingest_free(o);
    o = ingest_text("a.md", "# تەنها سەردێڕ\n");
    ingest_must(o, 0, 1, 0);
    ingest_said(o, 0, "a.md: no text");
}

static void hostile_markdown(void **state)
{
    (void)state;
    static const char *const pieces[] = {"> ", "* ", "[", "![", "**a ", "`", "<a ", "&#x41;", "- a\n ", "[a](b", "\\", "_a", "<!--", "[x]: y\n"};
    for (size_t i = 0; i < sizeof pieces / sizeof *pieces; i++) {
        size_t n;
        char *s = kit_repeat(pieces[i], 200000, &n);
        double began = kit_cpu_seconds();
        outcome *o = ingest_bytes("a.md", s, n);
        if (kit_cpu_seconds() - began > (KIT_SANITIZED ? 40 : 5)) fail_msg("«%s» again and again took %.1f s", pieces[i], kit_cpu_seconds() - began);
        ingest_free(o);
        free(s);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(tables), cmocka_unit_test(bad_tables), cmocka_unit_test(long_cell), cmocka_unit_test(other_names),
                                       cmocka_unit_test(markdown), cmocka_unit_test(hostile_markdown)};
    return cmocka_run_group_tests_name("ingest_tables", tests, folder_make, folder_remove);
}
