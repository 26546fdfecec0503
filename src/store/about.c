/* In: words that somebody asks for. Out: whether a text has them, in whatever form. */
#include "store/inside.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

const hw_words_asked *hw_words_ask(hw_store *s, hw_arena *a, const char *words)
{
    hw_words_asked *w = HW_NEW(a, hw_words_asked);
    hw_term t;
    bool heavy = false;
    hw_terms_begin(s->terms, words, strlen(words));
    while (w->n < 16 && hw_terms_next(s->terms, &t)) {
        unsigned n = 0;
        const char **term = w->word[w->n].term;
        term[n++] = hw_strdup(a, t.form);
        for (unsigned i = 0; i < t.n_lemmas && n < 5 && !t.base; i++)
            if (strcmp(t.lemmas[i], t.form) != 0) term[n++] = hw_strdup(a, t.lemmas[i]);
        w->word[w->n].n = n;
        w->word[w->n++].light = t.light;
        heavy = heavy || !t.light;
    }
    unsigned k = 0;
    for (unsigned i = 0; i < w->n; i++)
        if (!heavy || !w->word[i].light) w->word[k++] = w->word[i];
    w->n = k;
    return k ? w : NULL;
}

const char *hw_words_query(hw_arena *a, const hw_words_asked *w)
{
    const char *q = "";
    for (unsigned i = 0; i < w->n; i++) {
        q = hw_sprintf(a, "%s%s(", q, i ? " AND " : "");
        for (unsigned k = 0; k < w->word[i].n; k++) q = hw_sprintf(a, "%s%s\"%s\"", q, k ? " OR " : "", w->word[i].term[k]);
        q = hw_sprintf(a, "%s)", q);
    }
    return q;
}

static bool shares_term(const hw_term *t, const char *const *term, unsigned n)
{
    for (unsigned i = 0; i < n; i++) {
        if (!strcmp(term[i], t->form)) return true;
        for (unsigned k = 0; k < t->n_lemmas; k++)
            if (!strcmp(term[i], t->lemmas[k])) return true;
    }
    return false;
}

bool hw_words_in(hw_store *s, const hw_words_asked *w, const char *text, size_t len)
{
    bool seen[16] = {false};
    unsigned n = 0;
    hw_term t;
    hw_terms_begin(s->terms, text, len);
    while (n < w->n && hw_terms_next(s->terms, &t))
        for (unsigned i = 0; i < w->n; i++)
            if (!seen[i] && shares_term(&t, w->word[i].term, w->word[i].n)) {
                seen[i] = true;
                n++;
            }
    return n == w->n;
}

/* hw_has(article, b, e, words): whether bytes b..e of the article's text have them all. */
static void has(sqlite3_context *c, int n, sqlite3_value **v)
{
    hw_store *s = sqlite3_user_data(c);
    const hw_words_asked *w = sqlite3_value_pointer(v[3], HW_WORDS_POINTER);
    size_t len = 0, b = (size_t)sqlite3_value_int64(v[1]), e = (size_t)sqlite3_value_int64(v[2]);
    const char *text = w ? hw_cached_text(s, sqlite3_value_int64(v[0]), &len) : NULL;
    (void)n;
    sqlite3_result_int(c, text && b <= e && e <= len && hw_words_in(s, w, text + b, e - b));
}

/* The next number of a list of records (schema.c); null counts as -1. NULL at the end. */
static const char *next_number(const char *p, int64_t *out)
{
    while (*p && *p != '-' && (*p < '0' || *p > '9') && *p != 'n') p++;
    if (!*p) return NULL;
    *out = *p == 'n' ? -1 : strtoll(p, NULL, 10);
    if (*p == 'n') return p + (strncmp(p, "null", 4) ? 1 : 4);
    while (*p == '-' || (*p >= '0' && *p <= '9')) p++;
    return p;
}

/* The store's number of the record's ith entity, 0 for none: its lists may hold names too, so brackets and strings are heeded. */
static int64_t nth_entity(const char *p, int64_t i)
{
    unsigned depth = 0;
    bool quoted = false;
    for (; *p; p++) {
        if (quoted) {
            if (*p == '\\' && p[1]) p++;
            else quoted = *p != '"';
            continue;
        }
        if (*p == '"') quoted = true;
        else if (*p == ']' && depth) depth--;
        else if (*p == '[' && ++depth == 2 && !i--) return strtoll(p + 1, NULL, 10);
    }
    return 0;
}

/* hw_named(mentions, entities, b, e, " 12 345 "): whether between b and e one of the entities is named (records of schema.c). */
static void named(sqlite3_context *c, int n, sqlite3_value **v)
{
    const char *p = (const char *)sqlite3_value_text(v[0]), *entities = (const char *)sqlite3_value_text(v[1]), *wanted = (const char *)sqlite3_value_text(v[4]);
    int64_t b = sqlite3_value_int64(v[2]), e = sqlite3_value_int64(v[3]), m[6];
    bool found = false;
    (void)n;
    while (p && entities && wanted && !found) {
        for (int i = 0; i < 6 && p; i++) p = next_number(p, &m[i]);
        if (!p) break;
        if (m[0] < b) continue;
        if (m[0] >= e) break; /* they stand in the text's order */
        if (m[0] + m[1] > e || m[3] < 0) continue;
        char id[32];
        snprintf(id, sizeof id, " %lld ", (long long)nth_entity(entities, m[3]));
        found = strstr(wanted, id) != NULL;
    }
    sqlite3_result_int(c, found);
}

bool hw_words_register(hw_store *s)
{
    return sqlite3_create_function(s->db, "hw_has", 4, SQLITE_UTF8 | SQLITE_DIRECTONLY, s, has, NULL, NULL) == SQLITE_OK;
}

bool hw_named_register(hw_store *s)
{
    return sqlite3_create_function(s->db, "hw_named", 5, SQLITE_UTF8 | SQLITE_DIRECTONLY, s, named, NULL, NULL) == SQLITE_OK;
}

hewal_status hw_date_check(const char *date, hewal_error *err)
{
    unsigned y, m = 1, d = 1;
    int at = 0;
    if (!date || !*date) return HEWAL_OK;
    size_t n = strlen(date);
    int got = sscanf(date, "%4u%n-%2u%n-%2u%n", &y, &at, &m, &at, &d, &at);
    if ((n == 4 || n == 7 || n == 10) && got == (int)(n - 1) / 3 && (size_t)at == n && m >= 1 && m <= 12 && d >= 1 && d <= 31) return HEWAL_OK;
    return hw_fail(err, HEWAL_EINVAL, "«%.40s» is not a date (YYYY, YYYY-MM or YYYY-MM-DD)", date);
}
