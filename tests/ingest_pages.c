/* Pages in the shapes that news sites have: the text whole, nothing else, and what the page says of itself. The texts and the
 * sites are made up. */
#include "ingest_kit.h"

#define MENU "<ul><li><a href='/'>سەرەتا</a></li><li><a href='/k'>کوردستان</a></li><li><a href='/i'>عێراق</a></li><li><a href='/w'>جیهان</a></li><li><a href='/s'>وەرزش</a></li></ul>"
#define TEASERS "<ul><li><a href='/1'>وەزارەتی پەروەردە کاتی دەستپێکردنی ساڵی نوێی خوێندنی ئاشکرا کرد</a></li><li><a href='/2'>بەرپرسێک دەڵێت نرخی سووتەمەنی لە بازاڕەکان دادەبەزێت</a></li><li><a href='/3'>یاریزانێکی لاو نازناوی باشترینی وەرزەکەی بەدەستهێنا</a></li></ul>"
#define ABOUT "<p>ئەم ماڵپەڕە دەزگایەکی ڕاگەیاندنی سەربەخۆیە و هەواڵەکانی کوردستان و جیهان بڵاودەکاتەوە، هەموو مافەکانی پارێزراوە بۆ دەزگاکە.</p>"
#define TITLE "شاندێک لە هەولێر گفتوگۆ دەکات"
#define TEXT3 P1 "\n" P2 "\n" P3

static void check(const char *shape, const char *html, size_t n, const char *text, const char *title, const char *published, const char *outlet)
{
    outcome *o = ingest_bytes("page.html", html, n);
    if (o->n != 1) fail_msg("%s: %s", shape, o->said[0]);
    const hw_article *a = o->a[0];
    if (strcmp(a->text, text) != 0) fail_msg("%s: read «%s»\nnot «%s»", shape, a->text, text);
    const struct { const char *is, *want; } rest[] = {{a->title, title}, {a->published, published}, {a->outlet, outlet}};
    for (size_t i = 0; i < 3; i++)
        if (!rest[i].is != !rest[i].want || (rest[i].is && strcmp(rest[i].is, rest[i].want) != 0)) fail_msg("%s: «%s», not «%s»", shape, rest[i].is, rest[i].want);
    ingest_free(o);
}

#define CHECK(shape, html, text, title, published, outlet) check(shape, html, sizeof(html) - 1, text, title, published, outlet)

static void wordpress_theme(void **state)
{
    (void)state;
    CHECK("a WordPress theme",
          "<!DOCTYPE html><html dir='rtl' lang='ckb'><head><meta charset='UTF-8'><title>" TITLE " - ماڵپەڕی نموونە</title><meta property='og:title' content='" TITLE "' />"
          "<meta property='og:site_name' content='ماڵپەڕی نموونە'><meta property='article:published_time' content='2021-07-26T10:00:00+03:00'><meta property='article:modified_time' content='2021-07-27T10:00:00+03:00'></head>"
          "<body class='post-template-default single single-post'><div class='td-header-menu-wrap'>" MENU "</div><div class='td-main-content-wrap'><div class='td-crumb-container'><div class='entry-crumbs'><a href='/'>سەرەتا</a> » <a href='/k'>کوردستان</a></div></div>"
          "<div class='td-pb-row'><div class='td-pb-span8 td-main-content' role='main'><div class='td-ss-main-content'><article id='post-12' class='post-12 post type-post status-publish format-standard has-post-thumbnail category-news'>"
          "<div class='td-post-header'><ul class='td-category'><li class='entry-category'><a href='/k'>کوردستان</a></li></ul><header class='td-post-title'><h1 class='entry-title'>" TITLE "</h1><div class='td-module-meta-info'><div class='td-post-author-name'>لەلایەن <a href='/a'>نووسەر</a> - </div><span class='td-post-date'><time class='entry-date updated' datetime='2021-07-26T10:00:00+03:00'>26/07/2021</time></span></div></header></div>"
          "<div class='td-post-sharing-top'><a class='td-social-sharing-button' href='https://x.example'>فەیسبووک</a></div><div class='td-post-content'><div class='td-post-featured-image'><figure><img src='a.jpg'><figcaption class='wp-caption-text'>وێنەیەک لە ئەرشیفەوە بۆ کۆبوونەوەکەی هەفتەی ڕابردوو</figcaption></figure></div>"
          "<p>" P1 "</p>\n<div class='td-a-rec td-a-rec-id-content_inline'><p>ڕیکلام: باشترین مۆبایل لە بازاڕەکان بە نرخێکی هەرزان بکڕە ئێستا.</p></div>\n<p>" P2 "</p>\n<div class='jp-relatedposts'><h3>بابەتی پەیوەندیدار</h3><p>هەواڵێکی تر کە پێشتر بڵاوکراوەتەوە و پەیوەندی بەم بابەتەوە هەیە</p></div>\n<p>" P3 "</p></div>"
          "<footer><div class='td-post-source-tags'><ul class='td-tags'><li><span>تاگەکان</span></li><li><a href='/t'>هەولێر</a></li></ul></div><div class='author-box-wrap'><div class='desc'><div class='td-author-description'>نووسەر و ڕۆژنامەنووسە، لە ساڵی ٢٠١٠ەوە لە بواری ڕاگەیاندن کار دەکات.</div></div></div></footer></article>"
          "<div class='td_block_wrap td_block_related_posts'>" TEASERS "</div><div class='comments' id='comments'><h4>سەرنجەکان</h4><ol class='comment-list'><li class='comment'><p>" P3 P3 P2 P1 "</p></li></ol></div></div></div>"
          "<div class='td-pb-span4 td-main-sidebar' role='complementary'><aside class='widget'>" TEASERS "</aside></div></div></div><div class='td-footer-wrapper'>" ABOUT "</div></body></html>",
          TEXT3, TITLE, "2021-07-26T10:00:00+03:00", "ماڵپەڕی نموونە");
}

static void drupal(void **state)
{
    (void)state;
    CHECK("Drupal",
          "<html><head><title>" TITLE " | دەزگای نموونە</title><script type='application/ld+json'>{\"@context\":\"https://schema.org\",\"@graph\":[{\"@type\":\"NewsArticle\",\"headline\":\"" TITLE "\",\"datePublished\":\"2021-07-26T12:30:00+0300\",\"publisher\":{\"@type\":\"Organization\",\"name\":\"دەزگای نموونە\"}}]}</script></head>"
          "<body><div id='page-wrapper'><div id='page'><header id='header'><div class='section'><nav>" MENU "</nav></div></header><div id='main'><main id='content' class='column main-content' role='main'><section class='section'><div class='region region-content'><div id='block-content' class='block block-system'>"
          "<article data-history-node-id='7' class='node node--type-article node--view-mode-full'><header><div class='node__meta'><span>دوو، 07/26/2021 - 12:30</span></div></header><div class='node__content clearfix'><div class='field field--name-field-image'><img src='x'></div>"
          "<div class='clearfix text-formatted field field--name-body field--type-text-with-summary field__item'><p>" P1 "</p><p>&nbsp;</p><p>" P2 "</p><p dir='rtl'><span style='font-size:16px'><span>" P3 "</span></span></p></div>"
          "<div class='field field--name-field-tags'><h3 class='field__label'>تاگ</h3><ul class='links field__items'><li><a href='/t/1'>هەولێر</a></li></ul></div><div class='node__links'><ul class='links inline'><li class='comment-forbidden'><a href='/login'>بچۆ ژوورەوە</a> بۆ ئەوەی سەرنج بنووسیت لەسەر ئەم بابەتە</li></ul></div></div></article></div></div></section></main>"
          "<div id='sidebar-first' class='column sidebar'><aside class='section'>" TEASERS "</aside></div></div><footer class='site-footer'>" ABOUT "</footer></div></div></body></html>",
          TEXT3, TITLE, "2021-07-26T12:30:00+0300", "دەزگای نموونە");
}

static void amp(void **state)
{
    (void)state;
    CHECK("AMP",
          "<!doctype html><html amp lang='ckb'><head><meta charset='utf-8'><link rel='canonical' href='https://a.example/1'><title>" TITLE " - نموونە</title><script type='application/ld+json'>{\"@type\":\"NewsArticle\",\"headline\":\"" TITLE "\",\"datePublished\":\"2021-07-26\",\"publisher\":[{\"name\":\"نموونە\"}]}</script><style amp-custom>p{color:red}</style></head>"
          "<body><amp-sidebar id='sidebar' layout='nodisplay' side='right'>" MENU "<p>" P3 P3 "</p></amp-sidebar><header class='amp-wp-header'><a href='/'>نموونە</a></header><article class='amp-wp-article'><header class='amp-wp-article-header'><h1 class='amp-wp-title'>" TITLE "</h1><div class='amp-wp-meta amp-wp-byline'>نووسەر</div><div class='amp-wp-meta amp-wp-posted-on'><time datetime='2021-07-26'>پێش ٣ ڕۆژ</time></div></header>"
          "<amp-img src='x' width='1' height='1'><noscript><img src='x'></noscript></amp-img><div class='amp-wp-article-content'><p>" P1 "</p><amp-ad type='x' data-ad='1'><div placeholder>ڕیکلامێکی درێژ کە هیچ پەیوەندییەکی بە هەواڵەکەوە نییە و نابێت بخوێنرێتەوە</div></amp-ad><p>" P2 "</p><amp-iframe><p placeholder>چاوەڕێ بکە تا ڤیدیۆکە دەکرێتەوە و دواتر سەیری بکە</p></amp-iframe><p>" P3 "</p></div>"
          "<footer class='amp-wp-article-footer'><div class='amp-wp-meta amp-wp-tax-category'>کوردستان</div></footer></article><amp-social-share type='x'></amp-social-share><footer class='amp-wp-footer'>" ABOUT "</footer></body></html>",
          TEXT3, TITLE, "2021-07-26", "نموونە");
}

static void tables_of_2005(void **state)
{
    (void)state;
    CHECK("a table layout of 2005",
          "<HTML><HEAD><META http-equiv=Content-Type content='text/html; charset=utf-8'><TITLE>" TITLE "</TITLE></HEAD><BODY bgcolor=#ffffff><TABLE width=780 border=0><TR><TD colspan=3><IMG src=logo.gif></TD></TR><TR><TD width=150 valign=top><TABLE><TR><TD><A href=1>سەرەتا</A></TD></TR><TR><TD><A href=2>هەواڵەکانی کوردستان و عێراق و جیهان</A></TD></TR><TR><TD><A href=3>وتار و لێکۆڵینەوە و چاوپێکەوتنەکان</A></TD></TR></TABLE></TD>"
          "<TD width=480 valign=top><TABLE width=100%><TR><TD><FONT size=5 color=red><B>" TITLE "</B></FONT></TD></TR><TR><TD align=right>2005-10-15</TD></TR><TR><TD dir=rtl><FONT face='Ali_K_Alwand' size=3>" P1 "<BR><BR>" P2 "<BR>\n<BR>" P3 "</FONT></TD></TR></TABLE></TD><TD width=150 valign=top><FONT size=2><A href=9>وەزارەتی پەروەردە کاتی دەستپێکردنی ساڵی نوێی خوێندنی ئاشکرا کرد</A></FONT></TD></TR><TR><TD colspan=3 align=center><FONT size=1>Copyright 2005</FONT></TD></TR></TABLE></BODY></HTML>",
          TEXT3, TITLE, "2005-10-15", NULL);
}

static void half_a_page(void **state)
{
    (void)state;
    CHECK("half a page", "<html><head><meta property=og:title content='" TITLE "'><meta name=date content=2021-07-26></head><body><div class=menu>" MENU "</div><div class=article-body><p>" P1 "</p><p>" P2 "</p><p>" P3 "</p><div class='rel", TEXT3, TITLE, "2021-07-26", NULL);
    CHECK("a page cut in a script", "<html><head><meta property=og:title content='" TITLE "'></head><body><div class=article-body><p>" P1 "</p><p>" P2 "</p><p>" P3 "</p></div><script>var a = \"<p>" P3 P3, TEXT3, TITLE, NULL, NULL);
}

static void two_articles(void **state)
{
    (void)state;
    /* the next story is loaded below: that whose headline the page has is meant, though the other is longer */
    CHECK("two articles",
          "<html><head><meta property=og:title content='" TITLE "'></head><body><main><article><h1>" TITLE "</h1><p>" P1 "</p><p>" P2 "</p><p>" P3 "</p></article>"
          "<article><h1>هەواڵێکی تر کە دواتر دێت</h1><p>" P3 "</p><p>" P1 "</p><p>" P1 "</p><p>" P3 "</p><p>" P2 "</p></article></main></body></html>",
          TEXT3, TITLE, NULL, NULL);
    CHECK("an article and long teasers",
          "<html><head><title>" TITLE "</title></head><body><article class='main-story'><h2>" TITLE "</h2><p>" P1 "</p><p>" P2 "</p><p>" P3 "</p></article><section><article class='card'><h3><a href=1>یەک</a></h3><p>" P1 "</p></article><article class='card'><h3><a href=2>دوو</a></h3><p>" P3 "</p></article></section></body></html>",
          TEXT3, TITLE, NULL, NULL);
}

static void comments(void **state)
{
    (void)state;
    CHECK("comments",
          "<html><head><title>" TITLE "</title></head><body><div id='wrap'><div class='news-detail'><h1>" TITLE "</h1><div class='txt'><p>" P1 "</p><p>" P2 "</p><p>" P3 "</p></div></div>"
          "<div id='respond' class='comment-respond'><p>ناونیشانی ئیمەیلەکەت بڵاوناکرێتەوە. خانە پێویستەکان دیاریکراون بە هێمای *</p></div><ul class='commentlist'><li><b>ئازاد</b><p>" P1 P2 P3 P3 "</p></li><li><b>شیرین</b><p>" P2 P2 P1 "</p></li></ul></div></body></html>",
          TEXT3, TITLE, NULL, NULL);
    CHECK("comments of another kind",
          "<html><head><title>" TITLE "</title></head><body><div class='content'><p>" P1 "</p><p>" P2 "</p><p>" P3 "</p></div><div class='userComments'><div class='c'><p>" P1 P2 P3 P3 "</p></div><div class='c'><p>" P2 P2 P1 P3 P2 "</p></div></div></body></html>",
          TEXT3, TITLE, NULL, NULL);
}

static void live_blog(void **state)
{
    (void)state;
    CHECK("a live blog",
          "<html><head><meta property=og:title content='" TITLE "'><script type='application/ld+json'>{\"@type\":\"LiveBlogPosting\",\"headline\":\"" TITLE "\",\"datePublished\":\"2021-07-26\",\"liveBlogUpdate\":[{\"@type\":\"BlogPosting\",\"headline\":\"نا\",\"datePublished\":\"2020-01-01\"}]}</script></head>"
          "<body><main><h1>" TITLE "</h1><div class='live-feed'><article class='live-post'><time datetime='2021-07-26T12:00'>12:00</time><h3>شاند گەیشت</h3><p>" P1 "</p></article><article class='live-post'><time datetime='2021-07-26T11:00'>11:00</time><p>" P2 "</p></article><article class='live-post'><time datetime='2021-07-26T10:00'>10:00</time><p>" P3 "</p></article></div></main><footer>" ABOUT "</footer></body></html>",
          "شاند گەیشت\n" TEXT3, TITLE, "2021-07-26", NULL);
}

static void divs_and_spans(void **state)
{
    (void)state;
    CHECK("paragraphs that are <div>",
          "<html><head><title>" TITLE " :: نموونە</title><meta name='twitter:title' content='" TITLE "'></head><body><div id='__next'><div class='sc-1'><div class='sc-nav'>" MENU "</div><div class='sc-2'><h1>" TITLE "</h1><div class='sc-3'><div><span>" P1 "</span></div><div><a href='/x'>هەروەها بخوێنەرەوە: بەرپرسێک دەڵێت نرخی سووتەمەنی دادەبەزێت</a></div><div><span>" P2 "</span></div><div><span><b>" P3 "</b></span></div></div></div><div class='sc-4'>" TEASERS "</div></div></div>"
          "<script id='__NEXT_DATA__' type='application/json'>{\"body\":\"<p>" P3 P3 "</p>\"}</script></body></html>",
          TEXT3, TITLE, NULL, NULL);
}

static void short_paragraphs(void **state)
{
    (void)state;
    /* what is said in three words belongs to the text too; so do a poem's lines, and a list */
    CHECK("short paragraphs",
          "<html><head><title>" TITLE "</title></head><body><article><p>" P1 "</p><p>«نەخێر».</p><p>" P2 "</p><ul><li>یەکەم</li><li>دووەم</li></ul><p>بەم جۆرە:</p><blockquote>" P3 "</blockquote></article></body></html>",
          P1 "\n«نەخێر».\n" P2 "\nیەکەم\nدووەم\nبەم جۆرە:\n" P3, TITLE, NULL, NULL);
}

static void dates_and_titles(void **state)
{
    (void)state;
    CHECK("a clock in the head", "<html><head><title>" TITLE " – نموونە</title><meta property='og:site_name' content='نموونە'></head><body><header><time datetime='2024-01-01'>ئەمڕۆ</time></header><article><time datetime='2021-07-26'>x</time><p>" P1 "</p><p>" P2 "</p><p>" P3 "</p></article></body></html>", TEXT3, TITLE, "2021-07-26", "نموونە");
    CHECK("itemprop on a span", "<html><head><title>" TITLE " » نموونە</title><meta property='og:site_name' content='نموونە'></head><body><div itemscope><time datetime='2024-01-01'>x</time><span itemprop='datePublished' content='2021-07-26T10:00:00Z'>x</span><div itemprop='articleBody'><p>" P1 "</p><p>" P2 "</p><p>" P3 "</p></div></div></body></html>", TEXT3, TITLE, "2021-07-26T10:00:00Z", "نموونە");
    CHECK("the title is the outlet's name", "<html><head><title>نموونە</title><meta property='og:site_name' content='نموونە'></head><body><p>" P1 "</p><p>" P2 "</p><p>" P3 "</p></body></html>", TEXT3, "نموونە", NULL, "نموونە");
}

static void arabic_windows(void **state)
{
    (void)state;
    static const char words[] = "<p>\xCF\xE5\xE6\xDF \xE5\xE6\xE1\xED\xD1 \xCF\xE5\xE6\xDF \xE5\xE6\xE1\xED\xD1 \xCF\xE5\xE6\xDF&#1749; \xE5\xE6\xE1\xED\xD1 \xCF\xE5\xE6\xDF \xE5\xE6\xE1\xED\xD1</p>";
    static const char want[] = "دهوك هولير دهوك هولير دهوكە هولير دهوك هولير";
    static const char *const heads[] = {"<meta charset=windows-1256>", "<META HTTP-EQUIV=\"Content-Type\" CONTENT=\"text/html; charset=Windows-1256\">", "<?xml version='1.0'?><!-- x --><meta charset='cp1256'>"};
    for (size_t i = 0; i < 3; i++) {
        char page[1024];
        snprintf(page, sizeof page, "<html><head>%s<title>\xCF\xE5\xE6\xDF</title></head><body>%s</body></html>", heads[i], words);
        check(heads[i], page, strlen(page), want, "دهوك", NULL, NULL);
    }
    char page[1024];
    snprintf(page, sizeof page, "<html><head><title>\xCF\xE5\xE6\xDF</title></head><body>%s</body></html>", words);
    outcome *o = ingest_text("page.html", page);
    ingest_must(o, 0, 1, 0);
    ingest_said(o, 0, "page.html: neither UTF-8 nor UTF-16");
    /* UTF-8, whatever the page claims */
    snprintf(page, sizeof page, "<html><head><meta charset=windows-1256></head><body><p>%s</p></body></html>", P1);
    check("claims", page, strlen(page), P1, NULL, NULL, NULL);
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(wordpress_theme), cmocka_unit_test(drupal), cmocka_unit_test(amp), cmocka_unit_test(tables_of_2005), cmocka_unit_test(half_a_page), cmocka_unit_test(two_articles),
                                       cmocka_unit_test(comments), cmocka_unit_test(live_blog), cmocka_unit_test(divs_and_spans), cmocka_unit_test(short_paragraphs), cmocka_unit_test(dates_and_titles), cmocka_unit_test(arabic_windows)};
    return cmocka_run_group_tests_name("ingest_pages", tests, folder_make, folder_remove);
}
