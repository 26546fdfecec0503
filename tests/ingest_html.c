/* Pages: the main text and what the page says of itself. */
#include "folder.h"

#include "ingest/ingest.h"

#define P1 "سەرۆکی هەرێمی کوردستان ئەمڕۆ لە هەولێر لەگەڵ شاندێکی باڵا کۆبووەوە."
#define P2 "لە کۆبوونەوەکەدا باس لە پەیوەندییەکانی نێوان هەولێر و بەغدا کرا و گفتوگۆ بەردەوامە."
#define P3 "بڕیارە هەفتەی داهاتوو شاندێکی تر سەردانی بەغدا بکات بۆ تەواوکردنی گفتوگۆکان."

static hw_article *read_page(const char *html)
{
    hw_article *a;
    hewal_error err;
    if (hw_article_parse(&a, html, strlen(html), HW_AUTO, "page.html", &err) != HEWAL_OK) fail_msg("%s", err.message);
    return a;
}

static void assert_text(const char *html, const char *want)
{
    hw_article *a = read_page(html);
    if (strcmp(a->text, want) != 0) fail_msg("read «%s»\nnot  «%s»", a->text, want);
    hw_article_free(a);
}

static void the_sample(void **state)
{
    (void)state;
    kit_read_samples();
    const char *dir = getenv("HEWAL_SAMPLES");
    char path[4096];
    size_t n = 0;
    snprintf(path, sizeof path, "%s/gold/b13-south-sudan-2011.txt", dir ? dir : "samples");
    char *gold = kit_slurp(path, &n);
    assert_non_null(gold);
    for (size_t i = 0; i < kit_n_samples; i++) {
        if (strncmp(kit_samples[i].name, "b13", 3) != 0) continue;
        hw_article *a = read_page(kit_samples[i].s);
        assert_string_equal(a->text, gold);
        assert_string_equal(a->title, "باشووری سودان بە زۆرینەی ڕەها دەنگی بۆ سەربەخۆیی دا");
        assert_string_equal(a->published, "2011-02-07T21:40:00+03:00");
        assert_string_equal(a->outlet, "hewal-samples");
        assert_string_equal(a->url, "https://hewal-samples.example/2011/02/07/south-sudan-referendum");
        hw_article_free(a);
    }
    free(gold);
    kit_free_samples();
}

static void main_text(void **state)
{
    (void)state;
    static const char *const want = P1 "\n" P2 "\n" P3;
    assert_text("<html><body><nav><p>" P3 "</p></nav><article><h1>سەردێڕ</h1><p>" P1 "</p><p>" P2 "</p><aside><p>" P3 "</p></aside><p>" P3 "</p></article></body></html>", want);
    /* itemprop wins over the article around it */
    assert_text("<article><p>" P3 P3 "</p><div itemprop=articleBody><p>" P1 "</p>\n<p>" P2 "</p>  <p>" P3 "</p></div></article>", want);
    /* no mark at all: the densest block */
    assert_text("<div id=top><a href=/>سەرەتا</a> | <a href=/x>کوردستان</a></div><div><div class=side><ul><li><a href=1>هەواڵی یەکەم لە کوردستانەوە بخوێنەوە</a></li></ul></div>"
                "<div class=story><p>" P1 "</p><p>" P2 "</p><p>" P3 "</p></div></div><div class=footer><p>هەموو مافەکان پارێزراون</p></div>", want);
    /* lines parted by <br>, text right in a <div>, entities, no-break spaces, inline elements, comments */
    assert_text("<body><div role=main>" P1 "<br><br>" P2 "<br/> <b>بڕیارە</b> هەفتەی&nbsp;داهاتوو <i>شاندێکی</i> تر <!-- x -->سەردانی بەغدا\n بکات بۆ تەواوکردنی گفتوگۆکان&#46;</div></body>", want);
    /* teasers are articles too: the long one is meant */
    assert_text("<article><p>" P3 "</p></article><article><p>" P1 "</p><p>" P2 "</p><p>" P3 "</p></article><article><p>" P2 "</p></article>", want);
    /* comments, sharing, hidden, forms, scripts */
    assert_text("<main><div class='entry-content'><p>" P1 "</p><div class='share-box'><p>" P3 P3 "</p></div><p>" P2 "</p><form><p>" P3 "</p></form><p hidden>" P3 "</p>"
                "<p style='display:none'>" P3 "</p><script>var a = '<p>" P3 "</p>';</script><p>" P3 "</p></div><section class=comments><p>" P1 P2 P3 P1 "</p></section></main>", want);
    /* unclosed and wrongly closed elements */
    assert_text("<div><p>" P1 "<p>" P2 "</i></div></span><p><b>" P3, want);
    /* quotes and lists belong to the text, further reading does not */
    assert_text("<article><p>" P1 "</p><blockquote><p>" P2 "</p></blockquote><ul><li>" P3 "</li></ul><p><a href=x>زیاتر بخوێنەوە: " P1 "</a></p></article>", want);
    /* its class would say sidebar, but it is the page */
    assert_text("<body><div class='content with-sidebar'><p>" P1 "</p><p>" P2 "</p><p>" P3 "</p></div></body>", want);
}

static void what_it_says_of_itself(void **state)
{
    (void)state;
    static const char ld[] = "<html><head><title>سەردێڕ | ماڵپەڕ</title><script type='application/ld+json'>{\"@context\":\"https://schema.org\",\"@graph\":[{\"@type\":\"WebSite\",\"name\":\"x\"},"
                             "{\"@type\":[\"Thing\",\"NewsArticle\"],\"headline\":\"سەردێڕی ڕاست\",\"datePublished\":\"2021-07-26T10:00:00Z\",\"url\":\"https://a.example/1\","
                             "\"publisher\":{\"name\":\"ماڵپەڕ\"}}]}</script></head><body><p>" P1 "</p></body></html>";
    hw_article *a = read_page(ld);
    assert_string_equal(a->title, "سەردێڕی ڕاست");
    assert_string_equal(a->published, "2021-07-26T10:00:00Z");
    assert_string_equal(a->url, "https://a.example/1");
    assert_string_equal(a->outlet, "ماڵپەڕ");
    hw_article_free(a);
    a = read_page("<title>سەردێڕی هەواڵەکە | ماڵپەڕ</title><link rel=canonical href='/relative'><meta property=og:url content='https://b.example/2'>"
                  "<body><time datetime='2020-01-02'>دوێنێ</time><p>" P1 "</p>");
    assert_string_equal(a->title, "سەردێڕی هەواڵەکە");
    assert_string_equal(a->published, "2020-01-02");
    assert_string_equal(a->url, "https://b.example/2");
    assert_null(a->outlet);
    hw_article_free(a);
    /* text only in JSON-LD; broken JSON-LD beside it */
    a = read_page("<html><script type=application/ld+json>{broken</script><script type=application/ld+json>{\"@type\":\"NewsArticle\",\"articleBody\":\"" P1 "\"}</script><body><div id=app></div></body></html>");
    assert_string_equal(a->text, P1);
    hw_article_free(a);
}

static void pages_without_text(void **state)
{
    (void)state;
    static const char *const pages[] = {"<html></html>", "<!DOCTYPE html><html><head><title>x</title></head><body><nav><a href=1>یەک</a></nav></body></html>",
                                        "<html><body><script>var x = 'زۆر دەق لێرەدا هەیە بەڵام دەق نییە، تەنها سکریپتە';</script></body></html>", "<html", "<!-- never closed"};
    for (size_t i = 0; i < sizeof pages / sizeof *pages; i++) {
        hw_article *a;
        hewal_error err;
        if (hw_article_parse(&a, pages[i], strlen(pages[i]), HW_AUTO, "empty.html", &err) == HEWAL_OK) fail_msg("page %zu gave «%s»", i, a->text);
        assert_null(a);
        assert_int_equal(strncmp(err.message, "empty.html: ", 12), 0);
    }
}

static void deep_and_mixed_pages(void **state)
{
    (void)state;
    size_t n;
    static const char *const open[] = {"<div>", "<b>", "<div><p>x", "<table><tr><td>", "<a href=x>", "</i>", "<ul><li>"};
    double began = kit_cpu_seconds();
    for (size_t i = 0; i < sizeof open / sizeof *open; i++) { /* a million unclosed elements */
        char *s = kit_repeat(open[i], 1u << 20, &n);
        hw_article *a;
        if (hw_article_parse(&a, s, n, HW_HTML, "deep", NULL) == HEWAL_OK) hw_article_free(a);
        free(s);
    }
    static const char *const pieces[] = {"<p>", "</p>", "<div class=meta>", "</div>", "<article>", "</article>", P1, "<br>", "&amp;", "&#x6F7;", "<!--", "-->", "<a href='x'>", "</a>",
                                         "<h1>", "</h1>", "<li>", "\xFF", "<script>", "</script>", "<", ">", "\"", "<body>", "</html>", "<table>", "<td>", " ", "\n", "<time datetime=2020-01-01>"};
    for (int k = 0; k < 400; k++) {
        char *s = NULL;
        const char *short_pieces[32];
        size_t m = 0;
        for (size_t i = 0; i < sizeof pieces / sizeof *pieces; i++) short_pieces[m++] = strlen(pieces[i]) > 64 ? "دەقێکی درێژ" : pieces[i];
        s = kit_mix(short_pieces, m, 1 + kit_random(120), &n);
        hw_article *a;
        if (hw_article_parse(&a, s, n, HW_HTML, "mix", NULL) == HEWAL_OK) {
            assert_true(kit_utf8(a->text, a->text_len));
            hw_article_free(a);
        }
        free(s);
    }
    assert_true(kit_cpu_seconds() - began < (KIT_SANITIZED ? 120 : 20));
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(the_sample), cmocka_unit_test(main_text), cmocka_unit_test(what_it_says_of_itself), cmocka_unit_test(pages_without_text),
                                       cmocka_unit_test(deep_and_mixed_pages)};
    return cmocka_run_group_tests_name("ingest_html", tests, folder_make, folder_remove);
}
