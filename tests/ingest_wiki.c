/* MediaWiki dumps and wikitext. */
#include "ingest_kit.h"

#define HEAD "<mediawiki xmlns=\"http://www.mediawiki.org/xml/export-0.11/\" version=\"0.11\" xml:lang=\"ckb\"><siteinfo><sitename>ویکیپیدیا</sitename><dbname>ckbwiki</dbname>" \
             "<base>https://ckb.example.org/wiki/%D8%AF</base><namespaces><namespace key=\"6\" case=\"first-letter\">پەڕگە</namespace><namespace key=\"10\">داڕێژە</namespace>" \
             "<namespace key=\"14\" case=\"first-letter\">پۆل</namespace></namespaces></siteinfo>\n"

static void pages(void **state)
{
    (void)state;
    outcome *o = ingest_text("dump.xml", HEAD
        "<page><title>هەولێر شار</title><ns>0</ns><id>12</id><revision><id>1</id><timestamp>2019-01-01T00:00:00Z</timestamp><contributor><id>3</id></contributor><text>کۆن</text></revision>\n"
        "<revision><id>2</id><timestamp>2021-07-26T10:00:00Z</timestamp><contributor><username>x</username><id>9</id></contributor><comment>c</comment><text bytes=\"5\" xml:space=\"preserve\">'''هەولێر''' [[پایتەخت]]ە.</text></revision></page>\n"
        "<page><title>ڕەوانە</title><ns>0</ns><id>13</id><redirect title=\"هەولێر\" /><revision><text>#REDIRECT [[هەولێر]]</text></revision></page>\n"
        "<page><title>وتووێژ:x</title><ns>1</ns><id>14</id><revision><text>قسە</text></revision></page>\n"
        "<page><title>تەنها قاڵب</title><ns>0</ns><id>15</id><revision><text>{{قاڵب}}</text></revision></page></mediawiki>");
    ingest_must(o, 1, 1, 2);
    assert_string_equal(o->a[0]->text, "هەولێر پایتەختە.");
    assert_string_equal(o->a[0]->title, "هەولێر شار");
    assert_string_equal(o->a[0]->id, "ckbwiki:12");
    assert_string_equal(o->a[0]->url, "https://ckb.example.org/wiki/هەولێر_شار");
    assert_string_equal(o->a[0]->outlet, "ویکیپیدیا");
    assert_string_equal(o->a[0]->extra, "\"revised\":\"2021-07-26T10:00:00Z\"");
    assert_string_equal(o->a[0]->origin, "dump.xml:2");
    assert_null(o->a[0]->published);
    ingest_said(o, 0, "dump.xml:6: no text");
    ingest_free(o);
    o = ingest_text("x", "<mediawiki><page><title>t</title><ns>0</ns><revision><text>" P1 "</text></revision></page><page><title>u</title><revision><text>a");
    ingest_must(o, 1, 1, 0);
    ingest_said(o, 0, "breaks off");
    ingest_free(o);
}

/* What stays of a piece of wikitext. */
static void assert_wiki(const char *markup, const char *want)
{
    static char xml[1 << 16];
    size_t n = (size_t)sprintf(xml, "%s<page><title>t</title><ns>0</ns><id>1</id><revision><text>", HEAD);
    for (const char *p = markup; *p; p++) n += (size_t)sprintf(xml + n, *p == '<' ? "&lt;" : *p == '&' ? "&amp;" : "%c", *p);
    sprintf(xml + n, "</text></revision></page></mediawiki>");
    outcome *o = ingest_text("d.xml", xml);
    if (o->n != 1) fail_msg("«%s»: %s", markup, o->said[0]);
    if (strcmp(o->a[0]->text, want) != 0) fail_msg("«%s»\nbecame «%s»\nnot    «%s»", markup, o->a[0]->text, want);
    ingest_free(o);
}

static void markup(void **state)
{
    (void)state;
    static const struct { const char *wiki, *text; } all[] = {
        {"''یەک'' '''دوو''' '''''سێ'''''", "یەک دوو سێ"},
        {"[[هەولێر|شاری هەولێر]]ی [[کوردستان]] [[:پۆل:شار]]", "شاری هەولێری کوردستان پۆل:شار"},
        {"یەک{{قاڵب|{{ناوەوە}}|x=[[y]]}} دوو", "یەک دوو"},
        {"یەک<ref name=\"x\">سەرچاوە [[z]]</ref> دوو<ref name=x /> سێ", "یەک دوو سێ"},
        {"[[پەڕگە:x.jpg|thumb|وێنەی [[هەولێر]] لە شەودا]]یەک\n[[File:y.png]]دوو\n[[پۆل:شارەکان]]\n[[Category:Cities]]\n[[en:Erbil]]", "یەک\nدوو"},
        {"== سەردێڕ ==\nدەق\n=== یەک = دوو ===\n* خاڵ\n** خاڵی تر\n# ژمارە\n; زاراوە\n: شیکردنەوە\n----\nکۆتایی", "سەردێڕ\nدەق\nیەک = دوو\nخاڵ\nخاڵی تر\nژمارە\nزاراوە\nشیکردنەوە\nکۆتایی"},
        {"پێش\n{| class=\"wikitable\"\n|-\n| {{x|}} || b\n{|\n|c\n|}\n|}\nدوای", "پێش\nدوای"},
        {"[https://a.example/x سەرچاوەکە] و [https://b.example] و https://c.example", "سەرچاوەکە و و https://c.example"},
        {"<!-- نا -->یەک&nbsp;دوو &lt; سێ &bogus; &#1740;<br />چوار <small>پێنج</small> <nowiki>شەش</nowiki>", "یەک دوو < سێ &bogus; ی\nچوار پێنج شەش"},
        {"__NOTOC__\nیەک < دوو > سێ\n\n\n  چوار", "یەک < دوو > سێ\nچوار"},
        {"یەک {{نەبەستراو\nدوو {{بەستراو}} سێ", "یەک {{نەبەستراو\nدوو سێ"},
        {"[[پەڕگە:نەبەستراو یەک\nدوو", "پەڕگە:نەبەستراو یەک\nدوو"},
        {"<gallery>\nپەڕگە:x.jpg\n</gallery>یەک<math>x^2</math> دوو<ref>نەبەستراو", "یەک دوونەبەستراو"}};
    for (size_t i = 0; i < sizeof all / sizeof *all; i++) assert_wiki(all[i].wiki, all[i].text);
}

static void hostile(void **state)
{
    (void)state;
    static const char *const pieces[] = {"{{", "}}", "[[", "[[File:", "[[x|", "{|\n", "|}\n", "=", "= x", "''", "&lt;ref>", "&lt;!--", "&lt;math>x", "[http://a ", "&amp;#x41;", ": ", "__A", "{{{|", "[[en:x"};
    for (size_t i = 0; i < sizeof pieces / sizeof *pieces; i++) {
        size_t n, k;
        char *s = kit_repeat(pieces[i], 2u << 20, &n), *all = malloc(n + 200);
        assert_non_null(all);
        k = (size_t)sprintf(all, "<mediawiki><page><title>t</title><ns>0</ns><id>1</id><revision><text>");
        memcpy(all + k, s, n);
        k += n;
        k += (size_t)sprintf(all + k, "</text></revision></page></mediawiki>");
        double began = kit_cpu_seconds();
        ingest_free(ingest_bytes("d.xml", all, k));
        if (kit_cpu_seconds() - began > (KIT_SANITIZED ? 60 : 6)) fail_msg("«%s» took %.1f s", pieces[i], kit_cpu_seconds() - began);
        free(s);
        free(all);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(pages), cmocka_unit_test(markup), cmocka_unit_test(hostile)};
    return cmocka_run_group_tests_name("ingest_wiki", tests, folder_make, folder_remove);
}
