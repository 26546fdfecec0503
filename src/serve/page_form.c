/* In: the parameters of a page's route. Out: the form that sets them, links to further rows and to downloads, places for charts. */
#include "serve/page.h"

#include <stdlib.h>
#include <string.h>

void hw_form_begin(hw_page *p, const char *path)
{
    hw_put_rawf(p, "<form class=\"filter\" method=\"get\" action=\"%s\" data-live=\"list\">\n", path);
    if (hw_page_lang(p)) hw_put_rawf(p, "<input type=\"hidden\" name=\"lang\" value=\"%s\">", hw_page_lang(p));
}

void hw_form_end(hw_page *p, const char *path)
{
    hw_put_raw(p, "<p class=\"buttons\"><button type=\"submit\">");
    hw_put_say(p, "filter.apply");
    hw_put_raw(p, "</button> <a ");
    hw_put_href(p, path, NULL);
    hw_put_raw(p, ">");
    hw_put_say(p, "filter.clear");
    hw_put_raw(p, "</a></p>\n</form>\n");
}

void hw_form_hidden(hw_page *p, const char *name)
{
    const char *v = p->rq->route ? hw_value(p->rq, name) : NULL;
    bool given = false;
    for (unsigned i = 0; i < p->rq->n_given; i++) given = given || !strcmp(p->rq->given[i].name, name);
    if (!v || !given) return;
    hw_put_rawf(p, "<input type=\"hidden\" name=\"%s\" value=\"", name);
    hw_put_text(p, v);
    hw_put_raw(p, "\">");
}

void hw_form_text(hw_page *p, const char *name, const char *label_id, const char *hint_id, unsigned size)
{
    hw_put_rawf(p, "<p><label for=\"f-%s\">", name);
    hw_put_say(p, label_id);
    hw_put_rawf(p, "</label><input type=\"text\" id=\"f-%s\" name=\"%s\" dir=\"auto\" autocomplete=\"off\" size=\"%u\" maxlength=\"190\" value=\"", name, name, size);
    hw_put_text(p, hw_value(p->rq, name));
    hw_put_raw(p, "\"");
    if (hint_id) {
        hw_put_raw(p, " title=\"");
        hw_put_say(p, hint_id);
        hw_put_raw(p, "\"");
    }
    hw_put_raw(p, "></p>\n");
}

void hw_form_who(hw_page *p, const char *name, const char *label_id)
{
    const char *v = hw_value(p->rq, name);
    hw_entity_row *e = NULL;
    if (!v || v[strspn(v, "0123456789")] || hw_store_entity(p->rq->store, strtoll(v, NULL, 10), &e, NULL) != HEWAL_OK || !e) {
        hw_form_text(p, name, label_id, "filter.name-hint", 16);
        return;
    }
    hw_put_raw(p, "<p class=\"given\"><span class=\"label\">");
    hw_put_say(p, label_id);
    hw_put_rawf(p, "</span><input type=\"hidden\" name=\"%s\" value=\"%s\"><b>", name, v);
    hw_put_name(p, e->name, e->name_ckb);
    hw_put_raw(p, "</b> <a ");
    hw_put_href_with(p, name, NULL);
    hw_put_raw(p, " aria-label=\"");
    hw_put_says(p, "filter.remove", hw_name_of(p, e->name, e->name_ckb));
    hw_put_raw(p, "\">\xC3\x97</a></p>\n");
    free(e);
}

void hw_form_dates(hw_page *p)
{
    static const char *const names[] = {"from", "to"};
    hw_put_raw(p, "<div class=\"pair\">");
    for (int i = 0; i < 2; i++) {
        hw_put_rawf(p, "<p><label for=\"f-%s\">", names[i]);
        hw_put_say_of(p, "filter", names[i]);
        hw_put_rawf(p, "</label><input type=\"text\" id=\"f-%s\" name=\"%s\" dir=\"ltr\" inputmode=\"numeric\" autocomplete=\"off\" size=\"10\" maxlength=\"10\" "
                       "pattern=\"\\d{4}(-\\d\\d(-\\d\\d)?)?\" placeholder=\"2021-03\" title=\"", names[i], names[i]);
        hw_put_say(p, "filter.date-hint");
        hw_put_raw(p, "\" value=\"");
        hw_put_text(p, hw_value(p->rq, names[i]));
        hw_put_raw(p, "\"></p>\n");
    }
    hw_put_raw(p, "</div>\n");
}

/* The words of a HW_PARAM_ONE_OF. */
static const char *words_of(const hw_page *p, const char *name)
{
    for (const hw_param *q = p->rq->route->params; q && q->name; q++)
        if (!strcmp(q->name, name)) return q->words ? q->words : "";
    return "";
}

void hw_form_choice(hw_page *p, const char *name, const char *label_id, const char *group, bool any)
{
    hw_put_rawf(p, "<p><label for=\"f-%s\">", name);
    hw_put_say(p, label_id);
    hw_put_rawf(p, "</label><select id=\"f-%s\" name=\"%s\">", name, name);
    if (any) {
        hw_put_raw(p, "<option value=\"\">");
        hw_put_say(p, "filter.any");
        hw_put_raw(p, "</option>");
    }
    for (const char *w = words_of(p, name); *w;) {
        size_t k = strcspn(w, "|");
        const char *word = hw_strndup(&p->rq->arena, w, k);
        hw_put_rawf(p, "<option value=\"%s\"%s>", word, hw_value_is(p->rq, name, word) ? " selected" : "");
        hw_put_say_of(p, group, word);
        hw_put_raw(p, "</option>");
        w += k + (w[k] == '|');
    }
    hw_put_raw(p, "</select></p>\n");
}

void hw_form_check(hw_page *p, const char *name, const char *label_id)
{
    hw_put_rawf(p, "<p class=\"check\"><input type=\"checkbox\" id=\"f-%s\" name=\"%s\" value=\"1\"%s> <label for=\"f-%s\">", name, name,
                hw_value_is(p->rq, name, "1") ? " checked" : "", name);
    hw_put_say(p, label_id);
    hw_put_raw(p, "</label></p>\n");
}

void hw_put_paging(hw_page *p, const char *mark)
{
    bool inside = hw_value(p->rq, "after") != NULL, more = mark && *mark;
    if (!inside && !more) return;
    hw_put_raw(p, "<p class=\"paging\">");
    if (inside) {
        hw_put_raw(p, "<a ");
        hw_put_href_with(p, "after", NULL);
        hw_put_raw(p, ">");
        hw_put_say(p, "list.first");
        hw_put_raw(p, "</a> ");
    }
    if (more) {
        hw_put_raw(p, "<a rel=\"next\" ");
        hw_put_href_with(p, "after", mark);
        hw_put_raw(p, ">");
        hw_put_say(p, "list.next");
        hw_put_raw(p, "</a>");
    }
    hw_put_raw(p, "</p>\n");
}

/* The address of the API with the filters of this page that it takes, without `but` (a list: "|from|to|"). */
static void put_api(hw_page *p, const char *api, const char *but, const char *name, const char *value)
{
    const char *between = "?";
    hw_put_rawf(p, "/api/v1/%s", api);
    for (unsigned i = 0; i < p->rq->n_given; i++) {
        const char *n = p->rq->given[i].name;
        if (strstr("|after|lang|limit|format|by|over|", hw_sprintf(&p->rq->arena, "|%s|", n)) || strstr(but, hw_sprintf(&p->rq->arena, "|%s|", n)) || !hw_value(p->rq, n)) continue;
        hw_put_rawf(p, "%s%s=", between, n);
        hw_put_encoded(&p->b, p->rq->given[i].value);
        between = "&amp;";
    }
    if (name && value) hw_put_rawf(p, "%s%s=%s", between, name, value);
}

void hw_put_downloads(hw_page *p, const char *api)
{
    hw_put_raw(p, "<p class=\"downloads\">");
    hw_put_say(p, "list.download");
    hw_put_raw(p, ": <a href=\"");
    put_api(p, api, "", "format", "csv");
    hw_put_raw(p, "\">");
    hw_put_say(p, "list.csv");
    hw_put_raw(p, "</a> <a href=\"");
    put_api(p, api, "", "format", "jsonl");
    hw_put_raw(p, "\">");
    hw_put_say(p, "list.jsonl");
    hw_put_raw(p, "</a> <a type=\"application/atom+xml\" href=\"");
    put_api(p, hw_sprintf(&p->rq->arena, "%s.atom", api), "", NULL, NULL);
    hw_put_raw(p, "\">");
    hw_put_say(p, "search.feed");
    hw_put_raw(p, "</a></p>\n");
}

void hw_put_chart(hw_page *p, const char *kind, const char *api, const char *name, const char *value, const char *title)
{
    hw_put_rawf(p, "<figure class=\"chart\" data-chart=\"%s\" data-src=\"", kind);
    put_api(p, api, !strcmp(kind, "time") ? "|from|to|order|relation|" : "|order|", name, value);
    hw_put_raw(p, "\" data-title=\"");
    hw_put_text(p, title);
    hw_put_raw(p, "\" hidden></figure>\n");
}

void hw_put_table_head(hw_page *p, const char *caption_id, const char *const *columns, unsigned numbers)
{
    hw_put_raw(p, "<div class=\"scroll\"><table>\n<caption class=\"hidden\">");
    hw_put_say(p, caption_id);
    hw_put_raw(p, "</caption>\n<thead><tr>");
    for (unsigned i = 0; columns[i]; i++) {
        hw_put_raw(p, i < numbers ? "<th scope=\"col\">" : "<th scope=\"col\" class=\"num\">");
        hw_put_say(p, columns[i]);
        hw_put_raw(p, "</th>");
    }
    hw_put_raw(p, "</tr></thead>\n<tbody>\n");
}

void hw_put_table_end(hw_page *p, size_t rows)
{
    hw_put_raw(p, "</tbody></table></div>\n");
    if (rows) return;
    hw_put_raw(p, "<p class=\"none\">");
    hw_put_say(p, "list.none");
    hw_put_raw(p, "</p>\n");
}
