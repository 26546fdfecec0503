/* In: a plan whose words few articles have. Out: the query as it may have been meant.
 *
 * What the speller proposes goes before words of the articles that are only like it: it is spelt as it should be. Only a
 * word that many more articles have is proposed. */
#include "search/find.h"
#include "morph/spell.h"

#include <stdio.h>
#include <string.h>

enum { FEW = 3 /* articles: a word in fewer may be mistyped */, MORE = 10 /* times as many must have what is proposed */, MAX_WORDS = 3 };

/* About how many articles have all the words in some form. */
static double articles_with(hw_plan *p, hw_arena *a, const char *words)
{
    double least = -1;
    size_t len = strlen(words);
    for (size_t at = 0; at < len;) {
        hw_term t;
        hw_terms_begin(p->s->terms, words + at, len - at);
        if (!hw_terms_next(p->s->terms, &t)) break;
        at += t.e;
        double n = hw_words_articles(p->s, hw_sprintf(a, "{form lemma} : \"%s\"", t.n_lemmas ? t.lemmas[0] : t.form));
        if (least < 0 || n < least) least = n;
    }
    return least;
}

/* The first word of a text that has the term as its form. */
static const char *word_in(hw_plan *p, hw_arena *a, const char *text, size_t len, const char *term)
{
    hw_term t;
    for (hw_terms_begin(p->s->terms, text, len); hw_terms_next(p->s->terms, &t);)
        if (!strcmp(t.form, term)) return hw_strndup(a, text + t.b, t.e - t.b);
    return NULL;
}

/* A term of the index as articles write it. */
static const char *as_written(hw_plan *p, const hewal_model *m, hw_arena *a, const char *term)
{
    const char *out = NULL;
    int64_t article = 0;
    size_t len;
    sqlite3_stmt *st = hw_sql(p->s, "SELECT rowid FROM words WHERE words MATCH ?1 LIMIT 1");
    hw_bind_text(st, 1, hw_sprintf(a, "form : \"%s\"", term));
    if (hw_run_int(st, 0, &article) && article) {
        const char *text = hw_article_text(p->s, a, article, &len);
        out = word_in(p, a, text, len, term);
    }
    hewal_string s = {0};
    if (out && hewal_normalize(m, out, strlen(out), &s, NULL, NULL) == HEWAL_OK && s.s) out = hw_strdup(a, s.s);
    hewal_string_free(&s);
    return out ? out : term;
}

static const char *better(hw_plan *p, const hewal_model *m, const hw_spell *sp, hw_arena *a, const char *word, double articles, bool few)
{
    double wanted = articles < 1 ? FEW : articles * MORE;
    hw_verdict v = hw_spell_word(sp, a, word, strlen(word));
    for (unsigned i = 0; !v.ok && i < v.n; i++)
        if (articles_with(p, a, v.v[i]) >= wanted) return v.v[i];
    hw_term t;
    if (!few) return NULL; /* what sounds like it has found enough */
    hw_terms_begin(p->s->terms, word, strlen(word));
    if (!hw_terms_next(p->s->terms, &t) || t.foreign) return NULL;
    const char *form = hw_strdup(a, t.form), *like[4];
    unsigned n = hw_like(p->s, a, form, like, 4);
    for (unsigned i = 0; i < n; i++)
        if (hw_words_articles(p->s, hw_sprintf(a, "\"%s\"", like[i])) >= (articles < 1 ? 1 : wanted)) return as_written(p, m, a, like[i]);
    return NULL;
}

/* How many articles have the word itself, and not one that sounds like it. */
static double own_articles(const hw_unit *u)
{
    double n = 0;
    for (unsigned i = 0; i < u->n; i++)
        if (u->way[i].kind <= HW_BY_LEMMA && u->way[i].articles > n) n = u->way[i].articles;
    return n;
}

/* The only unit of a word that stands alone. */
static bool alone(const hw_plan *p, unsigned i)
{
    const hw_query_node *n = p->unit[i].node;
    return p->unit[i].plain && !p->unit[i].absent && !p->unit[i].light && n->kind == HW_Q_WORDS && (!i || p->unit[i - 1].node != n) && (i + 1 == p->n || p->unit[i + 1].node != n);
}

const char *hw_suggest(hw_plan *p, const hewal_model *m, hw_arena *a, bool few)
{
    const char *q = p->query->text, *out = "";
    uint32_t at = 0;
    unsigned found = 0, tried = 0;
    for (unsigned i = 0; i < p->n && tried < MAX_WORDS; i++) {
        const hw_query_node *n = p->unit[i].node;
        if (!alone(p, i) || own_articles(&p->unit[i]) >= FEW || n->b < at) continue;
        if (!p->s->speller && !(p->s->speller = hw_spell_new(m))) return NULL;
        tried++;
        const char *word = better(p, m, p->s->speller, a, n->text, own_articles(&p->unit[i]), few);
        if (!word || !strcmp(word, n->text)) continue;
        out = hw_sprintf(a, "%s%.*s%s", out, (int)(n->b - at), q + at, word);
        at = n->e;
        found++;
    }
    return found ? hw_sprintf(a, "%s%s", out, q + at) : NULL;
}
