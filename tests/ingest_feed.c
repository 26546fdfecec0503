/* Feeds and WordPress exports: an item is an article. */
#include "ingest_kit.h"

static void rss_2(void **state)
{
    (void)state;
    outcome *o = ingest_text("rudaw.xml",
        "\n<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<!-- a feed --><rss version=\"2.0\" xmlns:content=\"http://purl.org/rss/1.0/modules/content/\" xmlns:dc=\"http://purl.org/dc/elements/1.1/\" xmlns:media=\"http://search.yahoo.com/mrss/\">\n"
        "<channel><title>ماڵپەڕی هەواڵ</title><link>https://a.example</link><description>هەموو هەواڵەکان</description><image><title>لۆگۆ</title></image>\n"
        "<item><title>سەردێڕی &amp;quot;یەکەم&amp;quot;</title><link>https://a.example/1</link><guid isPermaLink=\"false\">a-1</guid><pubDate>Mon, 26 Jul 2021 10:00:00 +0300</pubDate><dc:creator>Someone</dc:creator>\n"
        "<description>کورتە</description><content:encoded><![CDATA[<p>" P1 "</p>\n<p>" P2 "</p><figure><img src='x'><figcaption>وێنە</figcaption></figure><p>کورت.</p><script>x()</script>]]></content:encoded><media:title>نا</media:title></item>\n"
        "<item><title>دووەم</title><guid>https://a.example/2</guid><description>&lt;p&gt;" P1 "&nbsp;&laquo;باشە&raquo;&lt;/p&gt;</description></item>\n"
        "<item><title>بێ دەق</title><link>https://a.example/3</link></item>\n"
        "<item><title>سێیەم</title><description>دەقێک &bogus; بێ مارکەپ\nدوو دێڕ</description></item>\n"
        "</channel></rss>");
    ingest_must(o, 3, 1, 0);
    assert_string_equal(o->a[0]->text, P1 "\n" P2 "\nکورت.");
    assert_string_equal(o->a[0]->title, "سەردێڕی \"یەکەم\"");
    assert_string_equal(o->a[0]->url, "https://a.example/1");
    assert_string_equal(o->a[0]->id, "a-1");
    assert_string_equal(o->a[0]->published, "2021-07-26");
    assert_string_equal(o->a[0]->outlet, "ماڵپەڕی هەواڵ");
    assert_string_equal(o->a[0]->extra, "\"author\":\"Someone\"");
    assert_string_equal(o->a[0]->origin, "rudaw.xml:5");
    assert_string_equal(o->a[1]->text, P1 " «باشە»");
    assert_string_equal(o->a[1]->url, "https://a.example/2");
    assert_string_equal(o->a[2]->text, "دەقێک  بێ مارکەپ\nدوو دێڕ");
    ingest_said(o, 0, "rudaw.xml:9: no text");
    ingest_free(o);
}

static void atom(void **state)
{
    (void)state;
    outcome *o = ingest_text("feed",
        "<feed xmlns=\"http://www.w3.org/2005/Atom\"><title type=\"text\">ئەتۆم</title><id>x</id><entry><title>ئا</title><link rel=\"edit\" href=\"https://b.example/edit\"/><link href=\"https://b.example/1\"/>"
        "<id>tag:b.example,2021:1</id><updated>2021-08-01T00:00:00Z</updated><published>2021-07-26T10:00:00+03:00</published><author><name>نووسەر</name><uri>https://b.example/me</uri></author>"
        "<source><title>نا</title><id>no</id></source><summary>کورتە</summary><content type=\"xhtml\"><div xmlns=\"http://www.w3.org/1999/xhtml\"><p>" P1 "</p><p>یەک &lt; دوو <b>" P2 "</b></p></div></content></entry>"
        "<entry><title>پ</title><id>3</id><content type=\"text\">یەک &lt; دوو</content></entry></feed>");
    ingest_must(o, 2, 0, 0);
    assert_string_equal(o->a[0]->text, P1 "\nیەک < دوو " P2);
    assert_string_equal(o->a[0]->url, "https://b.example/1");
    assert_string_equal(o->a[0]->id, "tag:b.example,2021:1");
    assert_string_equal(o->a[0]->published, "2021-07-26T10:00:00+03:00");
    assert_string_equal(o->a[0]->outlet, "ئەتۆم");
    assert_string_equal(o->a[0]->extra, "\"author\":\"نووسەر\"");
    assert_string_equal(o->a[1]->text, "یەک < دوو");
    ingest_free(o);
}

static void rdf_and_old_rss(void **state)
{
    (void)state;
    outcome *o = ingest_text("x.rdf", "<?xml version='1.0'?><rdf:RDF xmlns:rdf='http://www.w3.org/1999/02/22-rdf-syntax-ns#' xmlns='http://purl.org/rss/1.0/' xmlns:dc='http://purl.org/dc/elements/1.1/'>"
                                      "<channel rdf:about='u'><title>کۆن</title></channel><item rdf:about='u1'><title>ت</title><link>https://c.example/1</link><description>" P1 "</description><dc:date>2003-03-20T10:00:00Z</dc:date></item></rdf:RDF>");
    ingest_must(o, 1, 0, 0);
    assert_string_equal(o->a[0]->published, "2003-03-20T10:00:00Z");
    assert_string_equal(o->a[0]->outlet, "کۆن");
    ingest_free(o);
    o = ingest_text("x", "<rss version='0.91'><channel><title>ک</title><item><title>ت</title><description><p>" P1 "</p><p>" P2 "</p></description></item></channel></rss>");
    ingest_must(o, 1, 0, 0);
    assert_string_equal(o->a[0]->text, P1 "\n" P2);
    ingest_free(o);
}

static void wordpress(void **state)
{
    (void)state;
    outcome *o = ingest_text("wp.xml",
        "<?xml version=\"1.0\"?><rss version=\"2.0\" xmlns:content=\"http://purl.org/rss/1.0/modules/content/\" xmlns:excerpt=\"http://wordpress.org/export/1.2/excerpt/\" xmlns:wp=\"http://wordpress.org/export/1.2/\"><channel><title>بلۆگ</title><wp:wxr_version>1.2</wp:wxr_version>"
        "<item><title>یەک</title><link>https://d.example/1</link><guid>https://d.example/?p=1</guid><content:encoded><![CDATA[" P1 "\r\n\r\n" P2 "\nدێڕی تر\n\n[caption id=\"a\" width=\"3\"]<img src='x' /> وێنە[/caption]\n" P3 "\n[gallery ids=\"1,2\"]]]></content:encoded>"
        "<excerpt:encoded><![CDATA[کورتە]]></excerpt:encoded><wp:post_id>1</wp:post_id><wp:post_date>2015-02-12 10:00:00</wp:post_date><wp:status>publish</wp:status><wp:post_type>post</wp:post_type>"
        "<wp:comment><wp:comment_content>" P3 "</wp:comment_content></wp:comment></item>"
        "<item><title>ڕەشنووس</title><content:encoded>" P1 "</content:encoded><wp:status>draft</wp:status><wp:post_type>post</wp:post_type></item>"
        "<item><title>وێنە</title><content:encoded>" P1 "</content:encoded><wp:status>publish</wp:status><wp:post_type>attachment</wp:post_type></item>"
        "<item><title>لاپەڕە</title><content:encoded><![CDATA[<!-- wp:paragraph --><p>" P1 "</p><!-- /wp:paragraph -->\n\n<!-- wp:paragraph -->\n<p>[ئەمە] " P2 "</p><!-- /wp:paragraph -->]]></content:encoded><wp:status>publish</wp:status><wp:post_type>page</wp:post_type></item>"
        "</channel></rss>");
    ingest_must(o, 2, 0, 2);
    assert_string_equal(o->a[0]->text, P1 "\n" P2 "\nدێڕی تر\n" P3);
    assert_string_equal(o->a[0]->published, "2015-02-12 10:00:00");
    assert_string_equal(o->a[0]->id, "https://d.example/?p=1");
    assert_string_equal(o->a[1]->text, P1 "\n[ئەمە] " P2);
    ingest_free(o);
}

static void what_is_dangerous_or_broken(void **state)
{
    (void)state;
    /* entities that the file declares are unknown: no file, no billion laughs */
    char laughs[8192], *at = laughs;
    at += sprintf(at, "<?xml version=\"1.0\"?><!DOCTYPE rss [<!ENTITY f SYSTEM \"file:///etc/passwd\"><!ENTITY a0 \"دەق\">");
    for (int i = 1; i < 20; i++) at += sprintf(at, "<!ENTITY a%d \"&a%d;&a%d;&a%d;&a%d;&a%d;&a%d;\">", i, i - 1, i - 1, i - 1, i - 1, i - 1, i - 1);
    sprintf(at, "]><rss><channel><item><title>&a19;</title><description>" P1 "&a19;&f;</description></item></channel></rss>");
    outcome *o = ingest_text("x.xml", laughs);
    ingest_must(o, 1, 0, 0);
    assert_string_equal(o->a[0]->text, P1);
    ingest_free(o);
    /* broken off: what came before is there */
    o = ingest_text("x.xml", "<rss><channel><title>t</title><item><description>" P1 "</description></item><item><description>" P2);
    ingest_must(o, 1, 1, 0);
    ingest_said(o, 0, "x.xml: the XML breaks off");
    ingest_free(o);
    o = ingest_text("x.xml", "<rss><channel></channel></rss>");
    ingest_must(o, 0, 1, 0);
    ingest_said(o, 0, "no article");
    /* broken bytes, loose ampersands, wrongly closed elements */
    o = ingest_text("x.xml", "<rss><channel><item><description>ا\xFF & b " P1 "</b></description></item><item><description>" P2 "</description></item></channel></rss>");
    assert_true(o->n >= 1);
    for (size_t i = 0; i < o->n; i++) assert_true(kit_utf8(o->a[i]->text, o->a[i]->text_len));
    ingest_free(o);
    /* windows-1256 */
    o = ingest_text("x.xml", "<?xml version=\"1.0\" encoding=\"windows-1256\"?><rss><channel><item><description>\xCF\xE5\xE6\xDF</description></item></channel></rss>");
    ingest_must(o, 1, 0, 0);
    assert_string_equal(o->a[0]->text, "دهوك");
    ingest_free(o);
    o = ingest_text("x.xml", "<?xml version=\"1.0\" encoding=\"big5\"?><rss><channel><item><description>\xCF\xE5\xE6\xDF</description></item></channel></rss>");
    ingest_must(o, 0, 1, 0);
    ingest_said(o, 0, "the encoding big5 is not read");
}

static void deep_elements(void **state)
{
    (void)state;
    size_t n, m;
    char *deep = kit_repeat("<a>", 3u << 20, &n), *all = malloc(n + 100);
    assert_non_null(all);
    m = (size_t)sprintf(all, "<rss><channel><item><description>");
    memcpy(all + m, deep, n);
    outcome *o = ingest_bytes("x.xml", all, n + m);
    ingest_must(o, 0, 1, 0);
    ingest_said(o, 0, "deep");
    free(deep);
    free(all);
}

/* An item that is too long is refused, and the next is read. */
static void long_item(void **state)
{
    (void)state;
    size_t n, m;
    char *text = kit_repeat("دەق ", HEWAL_MAX_TEXT + 200000, &n), *all = malloc(n + 300);
    assert_non_null(all);
    m = (size_t)sprintf(all, "<rss><channel><item><description>");
    memcpy(all + m, text, n);
    m += n;
    m += (size_t)sprintf(all + m, "</description></item><item><description>" P1 "</description></item></channel></rss>");
    outcome *o = ingest_bytes("x.xml", all, m);
    ingest_must(o, 1, 1, 0);
    ingest_said(o, 0, "longer than");
    ingest_free(o);
    free(text);
    free(all);
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(rss_2), cmocka_unit_test(atom), cmocka_unit_test(rdf_and_old_rss), cmocka_unit_test(wordpress),
                                       cmocka_unit_test(what_is_dangerous_or_broken), cmocka_unit_test(deep_elements), cmocka_unit_test(long_item)};
    return cmocka_run_group_tests_name("ingest_feed", tests, folder_make, folder_remove);
}
