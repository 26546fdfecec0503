/* In: words that somebody asks for. Out: whether a text has them, in whatever form. */
#include "store/inside.h"

#include "store/fts5_api.h"
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

double hw_words_articles(hw_store *s, const char *query)
{
    enum { COUNTED = 1000 };
    double n = 0, at = 0;
    int64_t last = 0;
    sqlite3_stmt *st = hw_sql(s, "SELECT rowid FROM words WHERE words MATCH ?1 LIMIT 1000");
    hw_bind_text(st, 1, query);
    while (st && sqlite3_step(st) == SQLITE_ROW) {
        n++;
        at = (double)sqlite3_column_int64(st, 0);
    }
    if (st) sqlite3_reset(st);
    if (n < COUNTED || at <= 0 || !hw_run_int(hw_sql(s, "SELECT max(n) FROM articles"), 0, &last)) return n;
    return n * (double)last / at;
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

/* hw_within(words, asked, w1, w2, m1, m2): whether the article has them all among its words w1..w2 or, as lemmas that these may also
 * have, m1..m2 (schema.c). The phrases of hw_words_query are the terms of the words asked for, in order. */
static void within(const Fts5ExtensionApi *api, Fts5Context *c, sqlite3_context *out, int n_values, sqlite3_value **v)
{
    enum { FORM = 1, LEMMA, MORE };
    const hw_words_asked *w = n_values == 5 ? sqlite3_value_pointer(v[0], HW_WORDS_POINTER) : NULL;
    bool seen[16] = {false};
    unsigned found = 0;
    int64_t at[4] = {0};
    int n = 0, rc = w ? api->xInstCount(c, &n) : SQLITE_MISUSE;
    for (int i = 0; i < 4 && w; i++) at[i] = sqlite3_value_int64(v[i + 1]);
    for (int i = 0, phrase, col, place; i < n && rc == SQLITE_OK && found < w->n; i++) {
        rc = api->xInst(c, i, &phrase, &col, &place);
        bool there = (col == FORM || col == LEMMA) ? place >= at[0] && place < at[1] : col == MORE && place >= at[2] && place < at[3];
        unsigned k = 0;
        for (unsigned terms = 0; k < w->n && (unsigned)phrase >= (terms += w->word[k].n);) k++;
        if (rc != SQLITE_OK || !there || k == w->n || seen[k]) continue;
        seen[k] = true;
        found++;
    }
    if (rc != SQLITE_OK) sqlite3_result_error_code(out, rc);
    else sqlite3_result_int(out, found == w->n);
}

bool hw_words_register(hw_store *s)
{
    fts5_api *api = s->within ? NULL : hw_fts5(s->db); /* FTS5 keeps each that it is given */
    s->within = s->within || (api && api->xCreateFunction(api, "hw_within", NULL, within, NULL) == SQLITE_OK);
    return s->within;
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
