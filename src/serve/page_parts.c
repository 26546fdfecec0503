/* In: numbers, dates, names, links. Out: their HTML in the language of the page. */
#include "serve/page.h"

#include <stdarg.h>
#include <string.h>

const char *hw_say(const hw_page *p, const char *id)
{
    return hw_words_say(p->ckb, id);
}

const char *hw_say_of(const hw_page *p, const char *group, const char *word)
{
    return hw_say(p, hw_sprintf(&p->rq->arena, "%s.%s", group, word));
}

void hw_put_raw(hw_page *p, const char *html)
{
    hw_puts(&p->b, html);
}

void hw_put_rawf(hw_page *p, const char *fmt, ...)
{
    char s[1024];
    va_list ap;
    va_start(ap, fmt);
    int n = vsnprintf(s, sizeof s, fmt, ap);
    va_end(ap);
    if (n < 0 || (size_t)n >= sizeof s) p->b.failed = true;
    else hw_put(&p->b, s, (size_t)n);
}

void hw_put_text_n(hw_page *p, const char *s, size_t n)
{
    hw_put_html(&p->b, s, n);
}

void hw_put_text(hw_page *p, const char *s)
{
    if (s) hw_put_text_n(p, s, strlen(s));
}

void hw_put_say(hw_page *p, const char *id)
{
    hw_put_text(p, hw_say(p, id));
}

void hw_put_say_of(hw_page *p, const char *group, const char *word)
{
    hw_put_text(p, hw_say_of(p, group, word));
}

void hw_put_say_with(hw_page *p, const char *id, const char *const *with, unsigned n)
{
    for (const char *s = hw_say(p, id); *s;) {
        size_t k = strcspn(s, "{");
        hw_put_text_n(p, s, k);
        s += k;
        if (!*s) break;
        if (s[1] >= '1' && s[1] < '1' + (int)n && s[2] == '}') {
            hw_put_text(p, with[s[1] - '1']);
            s += 3;
        } else hw_put_text_n(p, s++, 1);
    }
}

/* ---- numbers and dates ---------------------------------------------------------------------------------------------- */

/* The nth of words with spaces between. */
static const char *nth(const char *s, unsigned n, size_t *len)
{
    while (n-- && *s) {
        s += strcspn(s, " ");
        s += *s == ' ';
    }
    *len = strcspn(s, " ");
    return s;
}

const char *hw_figures_text(const hw_page *p, const char *ascii)
{
    hw_arena *a = &p->rq->arena;
    const char *digits = hw_say(p, "number.digits");
    char *out = hw_alloc(a, strlen(ascii) * 4 + 1), *o = out;
    for (const char *s = ascii; *s; s++) {
        size_t n = 1;
        const char *d = s;
        if (*s >= '0' && *s <= '9') d = nth(digits, (unsigned)(*s - '0'), &n);
        if (n > 4) n = 0;
        memcpy(o, d, n);
        o += n;
    }
    *o = 0;
    return out;
}

/* What is said, with {1} … {3} replaced; not escaped. */
static const char *filled(const hw_page *p, const char *id, const char *const *with, unsigned n)
{
    hw_arena *a = &p->rq->arena;
    const char *out = "";
    for (const char *s = hw_say(p, id); *s;) {
        size_t k = strcspn(s, "{");
        bool put_in = s[k] && s[k + 1] >= '1' && s[k + 1] < '1' + (int)n && s[k + 2] == '}';
        out = hw_sprintf(a, "%s%.*s%s", out, (int)k, s, put_in ? with[s[k + 1] - '1'] : "");
        s += k + (put_in ? 3 : s[k] != 0);
    }
    return out;
}

const char *hw_number_text(const hw_page *p, int64_t n)
{
    char plain[24], grouped[80];
    const char *between = hw_say(p, "number.thousands");
    size_t len = (size_t)snprintf(plain, sizeof plain, "%lld", (long long)n), at = 0;
    for (size_t i = 0; i < len && at + 8 < sizeof grouped; i++) {
        if (i && len > 4 && (len - i) % 3 == 0 && plain[i - 1] != '-') at += (size_t)snprintf(grouped + at, sizeof grouped - at, "%s", between);
        grouped[at++] = plain[i];
    }
    grouped[at] = 0;
    return hw_figures_text(p, grouped);
}

const char *hw_percent_text(const hw_page *p, double share)
{
    char s[32];
    snprintf(s, sizeof s, "%.0f", share * 100);
    return filled(p, "number.percent", (const char *const[]){hw_figures_text(p, s)}, 1);
}

static bool figures(const char *s, size_t n)
{
    for (size_t i = 0; i < n; i++)
        if (s[i] < '0' || s[i] > '9') return false;
    return true;
}

const char *hw_date_text(const hw_page *p, const char *iso)
{
    hw_arena *a = &p->rq->arena;
    size_t n = strlen(iso);
    if (n < 4 || !figures(iso, 4)) return iso;
    const char *year = hw_figures_text(p, hw_strndup(a, iso, 4));
    if (n == 4) return year;
    unsigned month = n >= 7 && iso[4] == '-' && figures(iso + 5, 2) ? (unsigned)(iso[5] - '0') * 10 + (unsigned)(iso[6] - '0') : 0;
    if (month < 1 || month > 12) return iso;
    char id[16];
    snprintf(id, sizeof id, "month.%u", month);
    if (n == 7) return filled(p, "date.month", (const char *const[]){hw_say(p, id), year}, 2);
    if (n < 10 || iso[7] != '-' || !figures(iso + 8, 2)) return iso;
    const char *day = hw_figures_text(p, hw_strndup(a, iso + 8 + (iso[8] == '0'), 2 - (iso[8] == '0')));
    return filled(p, "date.day", (const char *const[]){day, hw_say(p, id), year}, 3);
}

void hw_put_number(hw_page *p, int64_t n)
{
    hw_put_text(p, hw_number_text(p, n));
}

void hw_put_date(hw_page *p, const char *iso)
{
    if (!iso || !*iso) {
        hw_put_say(p, "article.undated");
        return;
    }
    const char *text = hw_date_text(p, iso);
    if (text == iso) {
        hw_put_raw(p, "<bdi>");
        hw_put_text(p, iso);
        hw_put_raw(p, "</bdi>");
        return;
    }
    hw_put_raw(p, "<time datetime=\"");
    hw_put_text_n(p, iso, strnlen(iso, 10));
    hw_put_raw(p, "\">");
    hw_put_text(p, text);
    hw_put_raw(p, "</time>");
}

/* ---- links ---------------------------------------------------------------------------------------------------------- */

static void put_pair(hw_page *p, char *between, const char *name, const char *value)
{
    hw_put_raw(p, *between == '?' ? "?" : "&amp;");
    *between = '&';
    hw_put_encoded(&p->b, name);
    hw_put_raw(p, "=");
    hw_put_encoded(&p->b, value);
}

void hw_put_href(hw_page *p, const char *path, ...)
{
    char between = '?';
    va_list ap;
    hw_put_raw(p, "href=\"");
    hw_put_text(p, path);
    va_start(ap, path);
    for (const char *name; (name = va_arg(ap, const char *));) {
        const char *value = va_arg(ap, const char *);
        if (value && *value) put_pair(p, &between, name, value);
    }
    va_end(ap);
    if (hw_page_lang(p)) put_pair(p, &between, "lang", hw_page_lang(p));
    hw_put_raw(p, "\"");
}

void hw_put_href_same(hw_page *p, const char *path, const char *name, const char *value)
{
    char between = '?';
    hw_put_raw(p, "href=\"");
    hw_put_text(p, path);
    for (unsigned i = 0; i < p->rq->n_given; i++) {
        const char *n = p->rq->given[i].name;
        if ((name && !strcmp(n, name)) || !strcmp(n, "after")) continue;
        if (p->rq->route && strcmp(n, "lang") != 0 && !hw_value(p->rq, n)) continue; /* no parameter of this page */
        put_pair(p, &between, n, p->rq->given[i].value);
    }
    if (name && value && *value) put_pair(p, &between, name, value);
    hw_put_raw(p, "\"");
}

void hw_put_href_with(hw_page *p, const char *name, const char *value)
{
    hw_put_href_same(p, p->rq->path ? p->rq->path : "/", name, value);
}

bool hw_is_web_address(const char *url)
{
    return url && (!strncmp(url, "https://", 8) || !strncmp(url, "http://", 7)) && !url[strcspn(url, " \t\r\n\"<>\\^`{|}")];
}

/* ---- names ---------------------------------------------------------------------------------------------------------- */

const char *hw_name_of(const hw_page *p, const char *name, const char *name_ckb)
{
    const char *first = p->ckb ? name_ckb : name, *second = p->ckb ? name : name_ckb;
    return first && *first ? first : second && *second ? second : "?";
}

void hw_put_name(hw_page *p, const char *name, const char *name_ckb)
{
    hw_put_raw(p, "<bdi>");
    hw_put_text(p, hw_name_of(p, name, name_ckb));
    hw_put_raw(p, "</bdi>");
}

void hw_put_entity_link(hw_page *p, const hw_entity_ref *e)
{
    if (!e->id) return;
    hw_put_raw(p, "<a ");
    hw_put_href(p, hw_sprintf(&p->rq->arena, "/entities/%lld", (long long)e->id), NULL);
    hw_put_raw(p, ">");
    hw_put_name(p, e->name, e->name_ckb);
    hw_put_raw(p, "</a>");
}

void hw_put_entity_links(hw_page *p, const hw_entity_ref *v, size_t n)
{
    for (size_t i = 0; i < n; i++) {
        if (i) hw_put_say(p, "list.comma");
        hw_put_entity_link(p, &v[i]);
    }
}

void hw_put_quoted(hw_page *p, const char *element, const char *class, const char *text)
{
    hw_put_rawf(p, "<%s class=\"k %s\" lang=\"ckb\" dir=\"auto\">", element, class);
    hw_put_text(p, text);
    hw_put_rawf(p, "</%s>", element);
}

void hw_put_article(hw_page *p, const hw_article_ref *a, const char *at)
{
    hewal_string path = {0};
    hw_buf b = hw_buf_on(&path);
    hw_puts(&b, "/articles/");
    hw_put_encoded(&b, a->id);
    const char *s = hw_buf_ok(&b) ? hw_strdup(&p->rq->arena, path.s) : "/";
    hewal_string_free(&path);
    hw_put_raw(p, "<a href=\"");
    hw_put_text(p, s);
    if (hw_page_lang(p)) hw_put_rawf(p, "?lang=%s", hw_page_lang(p));
    if (at) hw_put_rawf(p, "#%s", at);
    hw_put_raw(p, "\"><bdi>");
    hw_put_text(p, a->title && *a->title ? a->title : a->id);
    hw_put_raw(p, "</bdi></a>");
}

void hw_put_outlets(hw_page *p, const hw_article_ref *a)
{
    enum { NAMED = 3 };
    int n = 0;
    hw_put_raw(p, "<bdi>");
    hw_put_text(p, a->outlet);
    hw_put_raw(p, "</bdi>");
    for (const char *s = a->outlets; s && *s && n < NAMED; n++) {
        size_t k = strcspn(s, "\n");
        if (n || a->outlet) hw_put_say(p, "list.comma");
        hw_put_raw(p, "<bdi>");
        hw_put_text_n(p, s, k);
        hw_put_raw(p, "</bdi>");
        s += k + (s[k] == '\n');
    }
    if (a->copies <= n) return;
    hw_put_raw(p, " <span class=\"status\">");
    hw_put_says(p, "article.copies", hw_number_text(p, a->copies + 1));
    hw_put_raw(p, "</span>");
}

void hw_put_where(hw_page *p, const hw_article_ref *a)
{
    hw_put_date(p, a->published);
    if (!a->outlet && !a->copies) return;
    hw_put_raw(p, " \xC2\xB7 ");
    hw_put_outlets(p, a);
}

void hw_put_sure(hw_page *p, double confidence)
{
    hw_put_rawf(p, "<span class=\"sure %s\">", confidence >= 0.8 ? "high" : confidence >= 0.5 ? "middle" : "low");
    hw_put_says(p, "article.sure", hw_percent_text(p, confidence));
    hw_put_raw(p, "</span>");
}
