/* In: the bytes of an article. Out: its record: the stages run one after another in one arena. */
#include "base/err.h"
#include "events/events.h"
#include "names/names.h"
#include "quotes/quotes.h"
#include "record/confidence.h"
#include "times/times.h"

#include <stdlib.h>
#include <string.h>

/* The record and what it lies in; the public part comes first. */
typedef struct {
    hewal_record pub;
    hw_arena arena;
} whole;

static const char *upos_of(const hw_token *t, const hw_word *w)
{
    if (t->kind == HW_PUNCT || t->kind == HW_QUOTE) return hw_upos_name(HW_PUNCTUATION);
    if (t->kind == HW_SYMBOL) return hw_upos_name(HW_SYM);
    if (w->n) return hw_upos_name(w->analyses[0].upos);
    return hw_upos_name(t->kind == HW_NUMBER ? HW_NUM : HW_X);
}

static void export_tokens(hewal_record *r, const hw_words *w, hw_arena *a)
{
    const hw_text *x = w->text;
    hewal_token *t = HW_NEWS(a, hewal_token, x->tokens.n + 1);
    hewal_sentence *s = HW_NEWS(a, hewal_sentence, x->sentences.n + 1);
    for (uint32_t i = 0; i < x->tokens.n; i++) {
        const hw_token *k = &x->tokens.v[i];
        const hw_word *word = &w->v[i];
        t[i] = (hewal_token){k->b, k->e, k->sentence, k->norm, word->n ? word->analyses[0].lemma : NULL, upos_of(k, word),
                             word->n ? word->analyses[0].feats : "", word->n && word->analyses[0].marks & HW_M_GUESS};
    }
    for (uint32_t i = 0; i < x->sentences.n; i++) {
        const hw_sentence *k = &x->sentences.v[i];
        s[i] = (hewal_sentence){k->b, k->e, k->first, k->last};
    }
    r->tokens = t;
    r->n_tokens = x->tokens.n;
    r->sentences = s;
    r->n_sentences = x->sentences.n;
}

static void run_stages(const hewal_model *m, whole *w, const char *text, size_t len, const hewal_meta *meta)
{
    hw_arena *a = &w->arena;
    hewal_record *r = &w->pub;
    r->text = hw_strndup(a, len ? text : "", len);
    r->text_len = len;
    hw_text *x = hw_text_read(m, a, r->text, len);
    hw_words *words = hw_morph_read(x);
    hw_names *names = hw_names_read(words, meta);
    hw_times *times = hw_times_read(words, names, meta);
    hw_quotes *quotes = hw_quotes_read(words, names, times);
    hw_events *events = hw_events_read(words, names, times, quotes);
    hw_calibrate(m, names, times, quotes, events);
    export_tokens(r, words, a);
#define TAKE(field, from) (r->field = (from).v, r->n_##field = (from).n)
    TAKE(entities, names->entities);
    TAKE(mentions, names->mentions);
    TAKE(times, times->times);
    TAKE(quantities, times->quantities);
    TAKE(quotes, quotes->quotes);
    TAKE(events, events->events);
#undef TAKE
    r->published = times->published;
    r->published_inferred = times->inferred;
}

static bool is_date(const char *s)
{
    for (int i = 0; i < 10; i++)
        if (i == 4 || i == 7 ? s[i] != '-' : s[i] < '0' || s[i] > '9') return false;
    int month = (s[5] - '0') * 10 + s[6] - '0', day = (s[8] - '0') * 10 + s[9] - '0';
    int year = atoi((const char[]){s[0], s[1], s[2], s[3], 0});
    static const int days[] = {31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};
    if (month < 1 || month > 12 || day < 1) return false;
    bool leap = month == 2 && year % 4 == 0 && (year % 100 != 0 || year % 400 == 0);
    return day <= days[month - 1] + leap && (!s[10] || s[10] == 'T' || s[10] == ' ');
}

hewal_status hewal_annotate(const hewal_model *m, const char *text, size_t len, const hewal_meta *meta,
                            hewal_record **out, hewal_error *err)
{
    *out = NULL;
    if (len > HEWAL_MAX_TEXT)
        return hw_fail(err, HEWAL_ETOOBIG, "a text of %zu bytes is longer than an article may be (%u)", len, HEWAL_MAX_TEXT);
    if (meta && meta->published && !is_date(meta->published))
        return hw_fail(err, HEWAL_EINVAL, "«%.40s» is not a date (YYYY-MM-DD)", meta->published);
    if (!m->orth) return hw_fail(err, HEWAL_EFORMAT, "the model has no orthography");
    whole *w = calloc(1, sizeof *w);
    if (!w) return hw_fail(err, HEWAL_ENOMEM, "out of memory");
    hw_arena_init(&w->arena);
    if (hw_arena_guard(&w->arena)) {
        hewal_record_free(&w->pub);
        return hw_fail(err, HEWAL_ENOMEM, "out of memory at a text of %zu bytes", len);
    }
    run_stages(m, w, text, len, meta);
    w->arena.guarded = 0;
    *out = &w->pub;
    return HEWAL_OK;
}

void hewal_record_free(hewal_record *rec)
{
    if (!rec) return;
    whole *w = (whole *)rec;
    hw_arena_free(&w->arena);
    free(w);
}
