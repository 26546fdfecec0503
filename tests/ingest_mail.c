/* Mails: single ones and boxes of them. */
#include "ingest_kit.h"

/* "دهوک" in some encodings. */
#define HEAD "From: =?utf-8?B?2YbZiNmI2LPbldix?= <a@a.example>\r\nTo: b@b.example\r\nMessage-ID: <1@a.example>\r\nDate: Mon, 26 Jul 2021 10:00:00 +0300\r\nMIME-Version: 1.0\r\n"

static void one(const char *mail, const char *text, const char *title)
{
    outcome *o = ingest_text("a.eml", mail);
    if (o->n != 1) fail_msg("«%s»: %s", mail, o->said[0]);
    if (strcmp(o->a[0]->text, text) != 0) fail_msg("«%s»\nread «%s»\nnot  «%s»", mail, o->a[0]->text, text);
    assert_string_equal(o->a[0]->title, title);
    assert_string_equal(o->a[0]->id, "1@a.example");
    assert_string_equal(o->a[0]->published, "2021-07-26");
    assert_string_equal(o->a[0]->source, "نووسەر <a@a.example>");
    ingest_free(o);
}

static void parts(void **state)
{
    (void)state;
    one(HEAD "Subject: =?UTF-8?Q?=D8=B3=DB=95=D8=B1?= =?utf-8?q?=D8=AF=DB=8E_=DA=95?=\r\n\r\n" P1 "\r\n", P1, "سەردێ ڕ");
    /* letters cut in two between encoded words; folded */
    one(HEAD "Subject: =?utf-8?B?2K8=?=\r\n =?utf-8?B?2Yc=?= and =?windows-1256?Q?=CF=E5=E6=DF?=\r\n\r\n" P1, P1, "ده and دهوك");
    one(HEAD "Subject: x\r\nContent-Type: text/plain; charset=utf-8\r\nContent-Transfer-Encoding: quoted-printable\r\n\r\n=D8=AF=D9=87=\r\n=D9=88=DA=A9 a=3Db = c =zz\r\n", "دهوک a=b = c =zz", "x");
    one(HEAD "Subject: x\r\nContent-Type: text/plain; charset=\"utf-8\"\r\nContent-Transfer-Encoding: base64\r\n\r\n2K/Zh9mI\r\n2qk=\r\n", "دهوک", "x");
    one(HEAD "Subject: x\r\nContent-Type: text/plain; charset=windows-1256\r\nContent-Transfer-Encoding: 8bit\r\n\r\n\xCF\xE5\xE6\xDF\r\n", "دهوك", "x");
    one(HEAD "Subject: x\r\nContent-Type: text/plain; charset=utf-8; format=flowed\r\n\r\nیەک \r\nدوو\r\nسێ\r\n-- \r\nناو\r\n", "یەک دوو\nسێ\n-- \nناو", "x");
    one(HEAD "Subject: x\r\nContent-Type: multipart/alternative; boundary=\"b1\"\r\n\r\nپێشەکی\r\n--b1\r\nContent-Type: text/plain; charset=utf-8\r\n\r\n" P1 "\r\n--b1\r\nContent-Type: text/html; charset=utf-8\r\n\r\n<p>" P2 "</p>\r\n--b1--\r\nپاشەکی\r\n", P1, "x");
    one(HEAD "Subject: x\r\nContent-Type: multipart/mixed; boundary=b0\r\n\r\n--b0\r\nContent-Type: multipart/alternative; boundary=b1\r\n\r\n--b1\r\nContent-Type: text/html; charset=utf-8\r\n\r\n<html><head><style>p{}</style></head><body><p>" P1 "</p><p>" P2 "</p></body></html>\r\n--b1--\r\n"
             "--b0\r\nContent-Type: text/plain\r\nContent-Disposition: attachment; filename=x.txt\r\n\r\n" P3 "\r\n--b0\r\nContent-Type: image/png\r\nContent-Transfer-Encoding: base64\r\n\r\niVBORw0K\r\n--b0--\r\n", P1 "\n" P2, "x");
    one(HEAD "Subject: x\r\nContent-Type: multipart/mixed; boundary=b0\r\n\r\n--b0\r\n\r\n" P1 "\r\n--b0\r\nContent-Type: message/rfc822\r\n\r\nSubject: y\r\n\r\n" P2 "\r\n", P1 "\r\n" P2, "x");
}

static void boxes(void **state)
{
    (void)state;
    outcome *o = ingest_text("box", "From a@a.example Mon Jul 26 10:00:00 2021\n" HEAD "Subject: y\r\n\r\n" P1 "\n>From now\n>>From x\n\nFrom me to you\n\n"
                                    "From b@b.example Mon Jul 26 10:00:00 2021\nSubject: z\n\n" P2 "\n\n\nFrom c Mon Jul 26 10:00:00 2021\nSubject: empty\n\n\n\nFrom d Mon Jul 26 10:00:00 2021\nno head\n");
    /* «From me» behind an empty line is taken for a mail: so mboxes are */
    assert_string_equal(o->a[0]->text, P1 "\nFrom now\n>From x");
    assert_string_equal(o->a[0]->origin, "box:1");
    assert_string_equal(o->a[0]->id, "1@a.example");
    assert_string_equal(o->a[o->n - 1]->text, P2);
    assert_string_equal(o->a[o->n - 1]->title, "z");
    assert_true(o->refused >= 2);
    ingest_free(o);
    assert_int_equal(o->n, 0);
}

static void what_is_no_mail(void **state)
{
    (void)state;
    static const char *const texts[] = {"From here on\n" P1, "title: x\ndate: 2021-07-26\n\n" P1, "From: x\n\n" P1, "Subject: a\nFrom: b\n\n" P1};
    for (size_t i = 0; i < sizeof texts / sizeof *texts; i++) {
        outcome *o = ingest_text("a.txt", texts[i]);
        ingest_must(o, 1, 0, 0);
        assert_null(o->a[0]->source);
        ingest_free(o);
    }
    outcome *o = ingest_text("a.eml", HEAD "Subject: x\r\n");
    ingest_must(o, 0, 1, 0);
    ingest_said(o, 0, "head does not end");
    o = ingest_text("a.eml", HEAD "Subject: x\r\nContent-Type: image/png\r\n\r\nabc\r\n");
    ingest_must(o, 0, 1, 0);
    ingest_said(o, 0, "no text");
}

static void hostile(void **state)
{
    (void)state;
    static const char *const pieces[] = {"--b\r\n\r\n", "--b\r\nContent-Type: multipart/mixed; boundary=b\r\n\r\n", "--b\r\nContent-Type: message/rfc822\r\n\r\n", "=?utf-8?q?", "=", "\n\nFrom x\nA:b\n", "\nFrom ", ">From "};
    for (size_t i = 0; i < sizeof pieces / sizeof *pieces; i++)
        for (int k = 0; k < 3; k++) {
            static const char *const heads[] = {"Content-Type: multipart/mixed; boundary=b\r\n\r\n", "Content-Transfer-Encoding: quoted-printable\r\n\r\n", ""};
            size_t n, m;
            char *s = kit_repeat(pieces[i], 2u << 20, &n), *all = malloc(n + 2000);
            assert_non_null(all);
            m = (size_t)sprintf(all, "From x\n" HEAD "%sSubject: ", heads[k]);
            memcpy(all + m, s, n);
            double began = kit_cpu_seconds();
            hw_reader *r;
            hw_article *a;
            assert_int_equal(hw_reader_open_bytes(&r, all, n + m, "box", HW_AUTO, NULL), HEWAL_OK);
            for (hw_read_result g; (g = hw_reader_next(r, &a, NULL)) != HW_READ_END;) hw_article_free(a);
            hw_reader_close(r);
            if (kit_cpu_seconds() - began > (KIT_SANITIZED ? 60 : 6)) fail_msg("«%s» took %.1f s", pieces[i], kit_cpu_seconds() - began);
            free(s);
            free(all);
        }
}

/* A mail of 60 MB, most of it an attachment, is refused, and the next is read. */
static void long_mail(void **state)
{
    (void)state;
    size_t n, k;
    char *s = kit_repeat("AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA\n", 60u << 20, &n), *all = malloc(n + 4096);
    assert_non_null(all);
    k = (size_t)sprintf(all, "From a\n" HEAD "Subject: x\r\n\r\n");
    memcpy(all + k, s, n);
    k += n;
    k += (size_t)sprintf(all + k, "\n\nFrom b\nSubject: z\n\n" P2 "\n");
    outcome *o = ingest_bytes("box", all, k);
    ingest_must(o, 1, 1, 0);
    ingest_said(o, 0, "box:1: a "); /* the mail or its text, as it came */
    ingest_said(o, 0, "longer than");
    assert_string_equal(o->a[0]->text, P2);
    ingest_free(o);
    free(s);
    free(all);
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(parts), cmocka_unit_test(boxes), cmocka_unit_test(what_is_no_mail), cmocka_unit_test(hostile), cmocka_unit_test(long_mail)};
    return cmocka_run_group_tests_name("ingest_mail", tests, folder_make, folder_remove);
}
