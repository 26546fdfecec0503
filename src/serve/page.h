/* Pages: what their files share. A page is good HTML without scripts; scripts of web/ add charts and save clicks.
 *
 *     hw_page p;
 *     hw_page_begin(&p, rq, rs, "quotes", hw_say(&p, "quotes.title"));
 *     hw_put_say(&p, "quotes.words");
 *     hw_page_end(&p);
 *
 * Everything that comes from the store or the request is escaped: by hw_put_text and by whatever calls it. What is said comes from
 * lang/interface by its id. No style and no script stands in a page: the policy of http.c forbids both. */
#ifndef HW_SERVE_PAGE_H
#define HW_SERVE_PAGE_H
#include "serve/handlers.h"
#include "serve/words.h"

#include <stdio.h>

typedef struct {
    hw_request *rq;
    hw_response *rs;
    hw_buf b;
    bool ckb;            /* Kurdish, from right to left */
    const char *section; /* "quotes": marked in the menu */
} hw_page;

/* ---- page_frame.c ---- */
/* Begins a page; `title` is what the browser's window shows; the page itself puts its heading. */
void hw_page_begin(hw_page *p, hw_request *rq, hw_response *rs, const char *section, const char *title);
void hw_page_end(hw_page *p);
/* Begins a page whose answer may already be an error: language and buffer only, for who writes no frame. */
void hw_page_init(hw_page *p, hw_request *rq, hw_response *rs);
/* The language that links must carry: that of ?lang=, or NULL where the browser's wish decides. */
const char *hw_page_lang(const hw_page *p);
/* True after an error was made of it: the handler leaves. */
bool hw_page_failed(hw_page *p, const hewal_error *err);

/* ---- page_parts.c: words, numbers, names, links ---- */
const char *hw_say(const hw_page *p, const char *id);
/* Of a group: hw_say_of(p, "channel", "tweet"). */
const char *hw_say_of(const hw_page *p, const char *group, const char *word);
void hw_put_raw(hw_page *p, const char *html);
void hw_put_rawf(hw_page *p, const char *fmt, ...) __attribute__((format(printf, 2, 3)));
void hw_put_text(hw_page *p, const char *s); /* escaped; NULL is nothing */
void hw_put_text_n(hw_page *p, const char *s, size_t n);
void hw_put_say(hw_page *p, const char *id);
void hw_put_say_of(hw_page *p, const char *group, const char *word);
/* What is said with {1}, {2} … replaced by texts, which are escaped. */
void hw_put_say_with(hw_page *p, const char *id, const char *const *with, unsigned n);
#define hw_put_says(p, id, ...) hw_put_say_with(p, id, (const char *const[]){__VA_ARGS__}, sizeof((const char *const[]){__VA_ARGS__}) / sizeof(char *))
/* In the digits of the language; in the request's arena. */
const char *hw_number_text(const hw_page *p, int64_t n);
const char *hw_figures_text(const hw_page *p, const char *ascii);
const char *hw_percent_text(const hw_page *p, double share);
/* "2021-03-05" as the language writes it: «5 March 2021». What is no date stays as it is. */
const char *hw_date_text(const hw_page *p, const char *iso);
void hw_put_number(hw_page *p, int64_t n);
void hw_put_date(hw_page *p, const char *iso); /* <time>; NULL: "no date" */

/* href="…" of a path of ours; then names and values by turns, NULL behind the last. Values that are NULL are left out. */
void hw_put_href(hw_page *p, const char *path, ...) __attribute__((sentinel));
/* href="…" of this page with one parameter otherwise (NULL: without), from the first row on. */
void hw_put_href_with(hw_page *p, const char *name, const char *value);
/* href="…" of a path with the filters of this page. `name` (may be NULL) is set to `value`. */
void hw_put_href_same(hw_page *p, const char *path, const char *name, const char *value);

/* An entity's name as the page's language has it, in <bdi>. */
void hw_put_name(hw_page *p, const char *name, const char *name_ckb);
const char *hw_name_of(const hw_page *p, const char *name, const char *name_ckb);
/* The same as a link to its page. Nothing for id 0. */
void hw_put_entity_link(hw_page *p, const hw_entity_ref *e);
void hw_put_entity_links(hw_page *p, const hw_entity_ref *v, size_t n);
/* Kurdish text: what an article says. */
void hw_put_quoted(hw_page *p, const char *element, const char *class, const char *text);
/* A title, linked to the article's page; `at` (may be NULL) is a place in it: "q120-180". */
void hw_put_article(hw_page *p, const hw_article_ref *a, const char *at);
/* Its outlet, and the others' that have nearly the same text. */
void hw_put_outlets(hw_page *p, const hw_article_ref *a);
/* Date and outlets of an article. */
void hw_put_where(hw_page *p, const hw_article_ref *a);
/* Whether an address may be linked to: http or https, and nothing that could end the attribute. */
bool hw_is_web_address(const char *url);
/* How sure the program is: a number, and a class for unsure ones. */
void hw_put_sure(hw_page *p, double confidence);

/* ---- page_form.c: forms that filter ---- */
void hw_form_begin(hw_page *p, const char *path);
void hw_form_end(hw_page *p, const char *path);
void hw_form_hidden(hw_page *p, const char *name);
void hw_form_text(hw_page *p, const char *name, const char *label_id, const char *hint_id, unsigned size);
/* Somebody: a field for a name; where the number of one is given, that name, and a link that takes it back. */
void hw_form_who(hw_page *p, const char *name, const char *label_id);
void hw_form_dates(hw_page *p);
/* A choice of the words that the route takes for `name`, said by group ("channel.tweet"). */
void hw_form_choice(hw_page *p, const char *name, const char *label_id, const char *group, bool any);
void hw_form_check(hw_page *p, const char *name, const char *label_id);
/* Links to the rows further on and to the first. `mark` "" or NULL: none further. */
void hw_put_paging(hw_page *p, const char *mark);
/* Links to the same rows from the API: CSV, JSON lines, Atom. */
void hw_put_downloads(hw_page *p, const char *api);
/* A place for a chart that a script draws: `kind` says which; `api` is what it asks, with this page's filters but from and to where
 * the chart is what sets them ("time"). */
void hw_put_chart(hw_page *p, const char *kind, const char *api, const char *name, const char *value, const char *title);
/* The head of a table: columns by their ids, NULL behind the last; those from `numbers` on hold numbers. */
void hw_put_table_head(hw_page *p, const char *caption_id, const char *const *columns, unsigned numbers);
void hw_put_table_end(hw_page *p, size_t rows);
#endif
