/* In: the content of a page. Out: the page: head, masthead with menu and search, foot. */
#include "serve/assets.h"
#include "serve/page.h"

#include <string.h>

static const struct { const char *path, *section; } menu[] = {
    {"/", "search"}, {"/quotes", "quotes"}, {"/events", "events"}, {"/entities", "names"}, {"/network", "network"}, {"/map", "map"}, {"/voices", "voices"}, {"/help", "help"}};

void hw_page_init(hw_page *p, hw_request *rq, hw_response *rs)
{
    *p = (hw_page){.rq = rq, .rs = rs, .b = hw_buf_on(&rs->body), .ckb = rq->language && !strcmp(rq->language, "ckb")};
    rs->type = "text/html; charset=utf-8";
}

const char *hw_page_lang(const hw_page *p)
{
    for (unsigned i = 0; i < p->rq->n_given; i++)
        if (!strcmp(p->rq->given[i].name, "lang") && p->rq->language && !strcmp(p->rq->given[i].value, p->rq->language)) return p->rq->language;
    return NULL;
}

static void put_file(hw_page *p, const char *before, const char *name, const char *behind)
{
    if (hw_asset_named(name)) hw_put_rawf(p, "%s%s%s%s\n", before, hw_assets_base, name, behind);
}

static void put_head(hw_page *p, const char *title)
{
    const char *lang = p->ckb ? "ckb" : "en";
    hw_put_rawf(p, "<!DOCTYPE html>\n<html lang=\"%s\" dir=\"%s\" data-words=\"%stexts.%s.js\">\n<head>\n<meta charset=\"utf-8\">\n", lang, p->ckb ? "rtl" : "ltr",
                hw_assets_base, lang);
    hw_put_raw(p, "<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n<meta name=\"color-scheme\" content=\"light dark\">\n<title>");
    hw_put_text(p, title);
    if (title && *title) hw_put_raw(p, " \xC2\xB7 ");
    hw_put_say(p, "site.name");
    hw_put_raw(p, "</title>\n");
    put_file(p, "<link rel=\"stylesheet\" href=\"", "hewal.css", "\">");
    put_file(p, "<link rel=\"preload\" as=\"font\" type=\"font/woff2\" crossorigin href=\"", "naskh.woff2", "\">");
    put_file(p, "<link rel=\"icon\" type=\"image/svg+xml\" href=\"", "hewal.svg", "\">");
    put_file(p, "<script src=\"", "theme.js", "\"></script>");
    put_file(p, "<script type=\"module\" src=\"", "app.js", "\"></script>");
    hw_put_raw(p, "</head>\n");
}

/* The link to this page in the other language. */
static void put_other_language(hw_page *p)
{
    const char *other = p->ckb ? "en" : "ckb";
    hw_put_rawf(p, "<a lang=\"%s\" hreflang=\"%s\" rel=\"alternate\" ", other, other);
    hw_put_href_with(p, "lang", other);
    hw_put_raw(p, ">");
    hw_put_say(p, "site.other-language");
    hw_put_raw(p, "</a>");
}

static void put_search(hw_page *p)
{
    bool here = !strcmp(p->section, "search");
    const char *q = here && p->rq->route ? hw_value(p->rq, "q") : NULL;
    hw_put_raw(p, "<form class=\"find\" role=\"search\" action=\"/\" method=\"get\">\n<label class=\"hidden\" for=\"q\">");
    hw_put_say(p, "search.label");
    hw_put_raw(p, "</label><input type=\"search\" id=\"q\" name=\"q\" dir=\"auto\" maxlength=\"900\" autocomplete=\"off\" spellcheck=\"false\" placeholder=\"");
    hw_put_say(p, "search.label");
    hw_put_raw(p, "\" value=\"");
    hw_put_text(p, q);
    hw_put_raw(p, "\">");
    static const char *const kept[] = {"outlet", "from", "to", "speaker", "type", "channel", "sort"};
    for (size_t i = 0; here && i < sizeof kept / sizeof *kept; i++) hw_form_hidden(p, kept[i]);
    if (hw_page_lang(p)) hw_put_rawf(p, "<input type=\"hidden\" name=\"lang\" value=\"%s\">", hw_page_lang(p));
    hw_put_raw(p, "<button type=\"submit\">");
    hw_put_say(p, "search.button");
    hw_put_raw(p, "</button>\n</form>\n");
}

static void put_masthead(hw_page *p)
{
    hw_put_raw(p, "<body>\n<a class=\"skip\" href=\"#main\">");
    hw_put_say(p, "site.skip");
    hw_put_raw(p, "</a>\n<header class=\"masthead\">\n<div class=\"top\">\n<p class=\"name\"><a ");
    hw_put_href(p, "/", NULL);
    hw_put_raw(p, ">");
    hw_put_say(p, "site.name");
    hw_put_raw(p, "</a></p>\n");
    put_search(p);
    hw_put_raw(p, "<p class=\"tools\">");
    put_other_language(p);
    hw_put_raw(p, "<button type=\"button\" id=\"theme\" hidden>");
    hw_put_say(p, "site.theme");
    hw_put_raw(p, "</button></p>\n</div>\n<nav aria-label=\"");
    hw_put_say(p, "site.menu");
    hw_put_raw(p, "\"><ul>");
    for (size_t i = 0; i < sizeof menu / sizeof *menu; i++) {
        hw_put_raw(p, "<li><a ");
        hw_put_href(p, menu[i].path, NULL);
        hw_put_raw(p, !strcmp(menu[i].section, p->section) ? " aria-current=\"page\">" : ">");
        hw_put_say_of(p, "nav", menu[i].section);
        hw_put_raw(p, "</a></li>");
    }
    hw_put_raw(p, "</ul></nav>\n</header>\n");
}

void hw_page_begin(hw_page *p, hw_request *rq, hw_response *rs, const char *section, const char *title)
{
    hw_page_init(p, rq, rs);
    p->section = section;
    put_head(p, title);
    put_masthead(p);
    hw_put_rawf(p, "<main id=\"main\" class=\"%s\">\n", section);
}

void hw_page_end(hw_page *p)
{
    hw_put_raw(p, "</main>\n<footer>\n<p>");
    hw_put_say(p, "site.foot");
    hw_put_raw(p, "</p>\n<p>");
    if (!hw_asset_named("app.js")) {
        hw_put_say(p, "site.no-scripts");
        hw_put_raw(p, " ");
    }
    hw_put_raw(p, "<bdi>hewal " HEWAL_VERSION "</bdi> \xC2\xB7 <a ");
    hw_put_href(p, "/help", NULL);
    hw_put_raw(p, ">");
    hw_put_say(p, "nav.help");
    hw_put_raw(p, "</a> \xC2\xB7 <a href=\"/api/v1/openapi.json\">");
    hw_put_say(p, "site.api");
    hw_put_raw(p, "</a>");
    if (hw_asset_named("licences.txt")) {
        hw_put_rawf(p, " \xC2\xB7 <a href=\"%slicences.txt\">", hw_assets_base);
        hw_put_say(p, "site.licences");
        hw_put_raw(p, "</a>");
    }
    hw_put_raw(p, "</p>\n</footer>\n</body>\n</html>\n");
    if (!hw_buf_ok(&p->b)) hw_refuse(p->rs, 503, NULL, "out of memory");
}

bool hw_page_failed(hw_page *p, const hewal_error *err)
{
    hw_refuse_error(p->rs, err);
    return true;
}

void hw_page_error(hw_request *rq, hw_response *rs)
{
    hw_page p;
    hw_page_begin(&p, rq, rs, "error", hw_words_say(rq->language && !strcmp(rq->language, "ckb"), "error.title"));
    hw_put_raw(&p, "<h1>");
    hw_put_say(&p, "error.title");
    hw_put_raw(&p, "</h1>\n<p>");
    if (rs->status == 404) hw_put_say(&p, "error.404");
    hw_put_raw(&p, "</p>\n<p class=\"soft\" lang=\"en\" dir=\"ltr\">");
    hw_put_rawf(&p, "%u %s: ", rs->status, hw_status_name(rs->status));
    hw_put_text(&p, rs->problem);
    hw_put_raw(&p, "</p>\n<p><a ");
    hw_put_href(&p, "/", NULL);
    hw_put_raw(&p, ">");
    hw_put_say(&p, "error.back");
    hw_put_raw(&p, "</a></p>\n");
    hw_page_end(&p);
}
