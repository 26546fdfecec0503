/* The page of help. In: nothing. Out: what the pages are for, the query language in short, keys, what the program cannot do. */
#include "serve/page.h"

/* Rows of the query language: what one writes, and the id of what one gets. The examples are words of the interface, too. */
static const char *const rows[] = {"words", "or", "not", "phrase", "near", "prefix", "exact", "speaker", "actor", "type", "place", "title", "outlet", "from"};
static const char *const limits[] = {"errs", "actors", "names", "same-name", "sex", "places"};
static const char *const pages[] = {"search", "quotes", "events", "names", "network", "map", "voices"};

static void put_list(hw_page *p, const char *title_id, const char *group, const char *const *ids, size_t n)
{
    hw_put_raw(p, "<h2>");
    hw_put_say(p, title_id);
    hw_put_raw(p, "</h2>\n<ul class=\"named\">\n");
    for (size_t i = 0; i < n; i++) {
        hw_put_raw(p, "<li>");
        hw_put_say_of(p, group, ids[i]);
        hw_put_raw(p, "</li>\n");
    }
    hw_put_raw(p, "</ul>\n");
}

void hw_show_help(hw_request *rq, hw_response *rs)
{
    static const char *const columns[] = {"help.write", "help.get", NULL};
    hw_page p;
    hw_page_init(&p, rq, rs);
    hw_page_begin(&p, rq, rs, "help", hw_say(&p, "help.title"));
    hw_put_raw(&p, "<h1>");
    hw_put_say(&p, "help.title");
    hw_put_raw(&p, "</h1>\n<p>");
    hw_put_say(&p, "help.lead");
    hw_put_raw(&p, "</p>\n<h2>");
    hw_put_say(&p, "help.pages");
    hw_put_raw(&p, "</h2>\n<ul class=\"named\">\n");
    for (size_t i = 0; i < sizeof pages / sizeof *pages; i++) {
        hw_put_raw(&p, "<li><b>");
        hw_put_say_of(&p, "nav", pages[i]);
        hw_put_raw(&p, "</b>: ");
        hw_put_say_of(&p, "help.page", pages[i]);
        hw_put_raw(&p, "</li>\n");
    }
    hw_put_raw(&p, "</ul>\n<h2>");
    hw_put_say(&p, "help.language");
    hw_put_raw(&p, "</h2>\n");
    hw_put_table_head(&p, "help.language", columns, 2);
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        const char *example = hw_say_of(&p, "help.example", rows[i]);
        hw_put_raw(&p, "<tr><td><a ");
        hw_put_href(&p, "/", "q", example, NULL);
        hw_put_raw(&p, "><code dir=\"auto\">");
        hw_put_text(&p, example);
        hw_put_raw(&p, "</code></a></td><td>");
        hw_put_say_of(&p, "help.query", rows[i]);
        hw_put_raw(&p, "</td></tr>\n");
    }
    hw_put_table_end(&p, 1);
    put_list(&p, "help.keys", "help.key", (const char *const[]){"slash", "escape"}, 2);
    put_list(&p, "help.limits", "help.limit", limits, sizeof limits / sizeof *limits);
    hw_page_end(&p);
}
