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

bool hw_words_register(hw_store *s)
{
    return sqlite3_create_function(s->db, "hw_has", 4, SQLITE_UTF8 | SQLITE_DIRECTONLY, s, has, NULL, NULL) == SQLITE_OK;
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
