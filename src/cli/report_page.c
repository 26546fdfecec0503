/* In: the body of a page. Out: a file with its head, its style and its foot. */
#include "cli/report.h"
#include "base/utf8.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

const char report_css[] =
    ":root{--paper:#fdfcf9;--ink:#1d1c1a;--soft:#6a665e;--line:#dcd8cf;--card:#f4f2ec;--link:#7a3b12;--l:90%;--s:62%;--edge:52%}"
    "@media(prefers-color-scheme:dark){:root{--paper:#171614;--ink:#e9e6df;--soft:#a39e93;--line:#3a3732;--card:#211f1c;"
    "--link:#e8a878;--l:22%;--s:38%;--edge:58%}}"
    "*{box-sizing:border-box}"
    "body{margin:0;background:var(--paper);color:var(--ink);font:16px/1.5 system-ui,sans-serif}"
    "header,main,footer{max-width:76rem;margin:0 auto;padding:0 1.1rem}"
    "header{padding-top:1rem}header nav a{margin-inline-end:1rem}"
    "h1{font-size:1.5rem;line-height:1.35;margin:.7rem 0}h2{font-size:1.05rem;margin:1.6rem 0 .5rem;border-bottom:1px solid var(--line)}"
    "h3{font-size:1rem;margin:1.3rem 0 .2rem}a{color:var(--link);text-decoration:none}a:hover{text-decoration:underline}"
    ".soft,footer{color:var(--soft);font-size:.88rem}footer{padding-top:1.5rem;padding-bottom:2rem}"
    ".ckb{direction:rtl;unicode-bidi:isolate;font-family:'Noto Naskh Arabic','Vazirmatn','Noto Sans Arabic','Geeza Pro','Segoe UI',Tahoma,sans-serif}"
    ".two{display:grid;grid-template-columns:minmax(0,2fr) minmax(0,3fr);gap:2rem;align-items:start}"
    ".two>.text{grid-column:2;grid-row:1}.two>.record{grid-column:1;grid-row:1}"
    ".text{font-size:1.16rem;line-height:2.05}.text p{margin:0 0 1rem}"
    ".q{background:hsl(var(--h,40) var(--s) var(--l));border-bottom:2px solid hsl(var(--h,40) 55% var(--edge));border-radius:3px;padding:.12em 0;"
    "-webkit-box-decoration-break:clone;box-decoration-break:clone}"
    ".q:target,.ev:target{outline:3px solid var(--link)}"
    ".q0{--s:8%}.q1{--h:38}.q2{--h:205}.q3{--h:135}.q4{--h:335}.q5{--h:265}.q6{--h:85}.q7{--h:180}.q8{--h:10}"
    ".cue{font-style:italic}.per,.org,.loc{font-weight:600}.role{border-bottom:1px dotted var(--soft)}"
    ".text a{color:inherit;border-bottom:1px solid var(--soft)}.text time,.n{border-bottom:1px dashed var(--soft)}"
    ".ev{font-weight:600;text-decoration:underline wavy var(--link) 1px;text-underline-offset:.35em}"
    ".card{background:var(--card);border:1px solid var(--line);border-inline-start:4px solid hsl(var(--h,40) var(--s,50%) var(--edge));"
    "border-radius:5px;padding:.5rem .8rem;margin:.6rem 0;break-inside:avoid}"
    ".card .ckb a,td.ckb a{color:inherit}.record h2:first-child{margin-top:.2rem}"
    ".card p{margin:.25rem 0}.card .ckb{font-size:1.05rem;line-height:1.9}"
    ".bar{float:right;font-size:.78rem;color:var(--soft)}.unsure{text-decoration:underline dotted}"
    "table{border-collapse:collapse;width:100%}td,th{text-align:start;padding:.3rem .6rem .3rem 0;vertical-align:top;border-bottom:1px solid var(--line)}"
    "th{color:var(--soft);font-weight:500;font-size:.85rem}td.num{text-align:end;font-variant-numeric:tabular-nums}.date{white-space:nowrap}"
    ".counts{display:flex;flex-wrap:wrap;gap:.6rem 2rem;padding:0;list-style:none}.counts b{font-size:1.5rem;display:block}"
    "@media(max-width:48rem){.two{display:block}.text{font-size:1.08rem}.wide{display:none}h1{font-size:1.25rem}}"
    "@media print{:root{--paper:#fff;--ink:#000;--card:#fff;--link:#000;--l:94%}header nav{display:none}body{font-size:10.5pt}"
    ".two{grid-template-columns:2fr 3fr}.text{font-size:12pt;line-height:1.8}.q{print-color-adjust:exact;-webkit-print-color-adjust:exact}}";

void report_head(hw_buf *b, const char *title)
{
    hw_puts(b, "<!DOCTYPE html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n"
               "<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n"
               "<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; style-src 'unsafe-inline'\">\n"
               "<meta name=\"referrer\" content=\"no-referrer\">\n<meta name=\"color-scheme\" content=\"light dark\">\n<title>");
    report_text(b, title);
    hw_puts(b, "</title>\n<style>");
    hw_puts(b, report_css);
    hw_puts(b, "</style>\n</head>\n<body>\n");
}

void report_begin(hw_buf *b, const char *title)
{
    report_head(b, title);
    hw_puts(b, "<header><nav><a href=\"index.html\">Articles</a><a href=\"people.html\">People</a>"
               "<a href=\"organisations.html\">Organisations</a><a href=\"places.html\">Places</a></nav></header>\n<main>\n");
}

void report_end(hw_buf *b)
{
    hw_puts(b, "</main>\n<footer>Written by hewal " HEWAL_VERSION ". What it found was found by a program: the words of the article are the "
               "evidence.</footer>\n</body>\n</html>\n");
}

static bool write_file(const char *path, const char *s, size_t n)
{
    FILE *f = fopen(path, "wbe");
    if (!f) return false;
    bool ok = fwrite(s, 1, n, f) == n;
    return fclose(f) == 0 && ok;
}

bool report_write_file(const char *path, const char *s, size_t n)
{
    char tmp[4410];
    if (snprintf(tmp, sizeof tmp, "%s.tmp", path) >= (int)sizeof tmp) return cli_fail("%s: the name is too long", path), false;
    if (write_file(tmp, s, n) && rename(tmp, path) == 0) return true;
    cli_fail("%s: %s", path, strerror(errno));
    unlink(tmp);
    return false;
}

bool report_write(report *r, const hw_buf *b, const char *file)
{
    char path[4400];
    snprintf(path, sizeof path, "%s/%s", r->dir, file);
    if (!hw_buf_ok(b)) return cli_fail("%s: out of memory", path), false;
    bool ok = report_write_file(path, r->page.s, r->page.len);
    r->page.len = 0;
    return ok;
}

void report_text(hw_buf *b, const char *s)
{
    if (s) hw_put_html(b, s, strlen(s));
}

void report_cut(hw_buf *b, const char *s, size_t n, size_t max)
{
    size_t k = n;
    if (n > max) {
        k = max;
        while (k && ((unsigned char)s[k] & 0xC0) == 0x80) k--;
    }
    hw_put_html(b, s, k);
    if (k < n) hw_puts(b, "\xE2\x80\xA6");
}

void report_entity_link(hw_buf *b, hewal_type type, int64_t id)
{
    static const char *const files[] = {"people.html", "organisations.html", "places.html", "people.html"};
    hw_putf(b, "%s#e%lld", files[type], (long long)id);
}

void report_name(hw_buf *b, hewal_type type, int64_t id, const char *name, const char *name_ckb)
{
    hw_puts(b, "<a dir=\"auto\" href=\"");
    report_entity_link(b, type, id);
    hw_puts(b, "\" title=\"");
    report_text(b, name_ckb);
    hw_puts(b, "\">");
    report_text(b, name && *name ? name : name_ckb);
    hw_puts(b, "</a>");
}

const char *report_confidence(float c)
{
    return c >= 0.8F ? "sure" : c >= 0.5F ? "likely" : "unsure";
}
