/* In: the name and the beginning of a file. Out: which format it has. */
#include "base/err.h"
#include "ingest/parts.h"

#include <stdarg.h>
#include <stdio.h>
#include <string.h>
#include <strings.h>

/* The first whose `is` says yes; plain text is what is left. */
static const hw_format *const formats[] = {&hw_warc, &hw_mbox, &hw_mail, &hw_json_whole, &hw_json_lines, &hw_html, &hw_feed, &hw_wiki, &hw_csv, &hw_markdown, &hw_plain};

const hw_format *hw_format_of(const hw_look *l, hw_input input)
{
    if (input == HW_JSONL) return &hw_json_lines;
    if (input == HW_HTML) return &hw_html;
    if (input == HW_PLAIN) return &hw_plain;
    for (size_t i = 0; i < sizeof formats / sizeof *formats; i++)
        if (formats[i]->is(l)) return formats[i];
    return &hw_plain;
}

static bool in_list(const char *suffix, size_t n, const char *list)
{
    for (const char *w = list; *w;) {
        size_t k = strcspn(w, "|");
        if (k == n && !strncasecmp(w, suffix, n)) return true;
        w += k + (w[k] != 0);
    }
    return false;
}

bool hw_has_suffix(const char *path, const char *suffixes)
{
    const char *name = strrchr(path, '/'), *dot = strrchr(name ? name : path, '.');
    return dot && in_list(dot + 1, strlen(dot + 1), suffixes);
}

bool hw_may_be_article(const char *path)
{
    const char *name = strrchr(path, '/'), *dot = strrchr(name ? name : path, '.');
    return !dot || in_list(dot + 1, strlen(dot + 1),
                           "txt|text|md|markdown|html|htm|xhtml|shtml|jsonl|ndjson|json|csv|tsv|xml|rss|atom|rdf|wxr|warc|mbox|eml|"
                           "gz|bz2|xz|zst|zip|tar|tgz|tbz2|txz|tzst");
}

hewal_status hw_file_fail(const hw_file *f, hewal_error *err, hewal_status status, const char *fmt, ...)
{
    char at[512], what[512];
    va_list ap;
    va_start(ap, fmt);
    vsnprintf(what, sizeof what, fmt, ap);
    va_end(ap);
    return hw_fail(err, status, "%s: %s", hw_place(at, sizeof at, f->name, f->line), what);
}

hewal_status hw_file_all(hw_file *f, const char *what, size_t limit, size_t told, const char **s, size_t *n, hewal_error *err)
{
    bool whole;
    hewal_status st = hw_source_all(f->in, limit, &whole, err);
    if (st != HEWAL_OK) return st;
    if (!whole) return hw_file_fail(f, err, HEWAL_ETOOBIG, "%s longer than %zu bytes", what, told);
    *s = hw_source_window(f->in, n);
    return HEWAL_OK;
}

hewal_status hw_file_text(hw_file *f, const char *what, const char **s, size_t *n, hewal_error *err)
{
    hewal_status st = hw_file_all(f, what, HW_MAX_FILE, HEWAL_MAX_TEXT, s, n, err);
    const char *why = st == HEWAL_OK ? hw_not_text(*s, *n, true) : NULL;
    return why ? hw_file_fail(f, err, HEWAL_EFORMAT, "%s", why) : st;
}
