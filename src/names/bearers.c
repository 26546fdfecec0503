/* In: a role. Out: the person whom it stands beside, whom it points back to, or who held the office on the article's day. */
#include "names/roles.h"

#include "base/hash.h"
#include <stdlib.h>
#include <string.h>

/* ---- whom it stands beside ---------------------------------------------------------------------------------------- */

static int32_t person_ending_at(const hw_finder *f, uint32_t i)
{
    int32_t s = f->span_at[i];
    return s >= 0 && f->spans.v[s].type == HEWAL_PER && f->spans.v[s].last == i ? f->spans.v[s].entity : HEWAL_NONE;
}

static int32_t person_beginning_at(const hw_finder *f, uint32_t i)
{
    if (i >= f->x->tokens.n) return HEWAL_NONE;
    int32_t s = f->span_at[i];
    return s >= 0 && f->spans.v[s].type == HEWAL_PER && f->spans.v[s].first == i ? f->spans.v[s].entity : HEWAL_NONE;
}

static bool is_mark(const hw_finder *f, uint32_t i, const char *const *marks)
{
    if (i >= f->x->tokens.n) return false;
    const hw_token *t = hw_tok(f, i);
    size_t n = t->e - t->b;
    for (; *marks; marks++)
        if (strlen(*marks) == n && !memcmp(f->x->raw + t->b, *marks, n)) return true;
    return false;
}

static const char *const quotation_marks[] = {"\"", "'", "''", "\xC2\xAB", "\xC2\xBB", "\xE2\x80\x9C", "\xE2\x80\x9D", NULL};
static const char *const dashes[] = {"-", "\xE2\x80\x93", "\xE2\x80\x94", NULL};

bool hw_is_quotation_mark(const hw_finder *f, uint32_t i) { return is_mark(f, i, quotation_marks); }

int32_t hw_role_person_before(const hw_finder *f, uint32_t i)
{
    uint32_t sentence = hw_tok(f, i)->sentence, k = i, first = f->x->sentences.v[sentence].first;
    if (k == first) return HEWAL_NONE;
    k--;
    if (k > first && hw_best_upos(f, k) == HW_SCONJ && hw_is_comma(f, k - 1)) k--; /* «X, ke serokî …» */
    if (k > first && (hw_is_comma(f, k) || hw_is_ascii(f, k, '(') || is_mark(f, k, dashes))) k--;
    if (k > first + 1 && hw_is_ascii(f, k, ')')) { /* «X (hewlêr)- hunermend» */
        uint32_t open = k;
        while (open > first && k - open < 6 && !hw_is_ascii(f, open, '(')) open--;
        if (hw_is_ascii(f, open, '(') && open > first) k = open - 1;
    }
    for (unsigned n = 0; n < 2 && k > first && is_mark(f, k, quotation_marks); n++) k--; /* «"X", wezîrî …» */
    int32_t e = person_ending_at(f, k);
    return e >= 0 && !(hw_best_marks(f, k) & HW_M_PLURAL) ? e : HEWAL_NONE;
}

int32_t hw_role_person_after(const hw_finder *f, uint32_t i)
{
    if (i >= f->x->tokens.n) return HEWAL_NONE;
    uint32_t end = hw_sentence_last(f, i), k = i, last;
    if (k + 2 <= end && hw_is_ascii(f, k, '(') && person_beginning_at(f, k + 1) < 0) { /* «gerîlay yekînekan (yeja sitar) X» */
        uint32_t close = k + 1;
        while (close < end && close - k < 5 && !hw_is_ascii(f, close, ')')) close++;
        if (hw_is_ascii(f, close, ')') && close < end && person_beginning_at(f, close + 1) >= 0) return person_beginning_at(f, close + 1);
    }
    if (k < end && (hw_is_ascii(f, k, '(') || is_mark(f, k, quotation_marks))) k++;
    for (unsigned n = 0; n < 2 && k < end && f->span_at[k] < 0 && !strcmp(hw_head_at(f, k, NULL, &last), "person"); n++) {
        k = last + 1;
        if (k < end && hw_is_ascii(f, k, '.')) k++;
    }
    if (k < end && k == i && is_mark(f, k, quotation_marks)) k++;
    return k <= end ? person_beginning_at(f, k) : HEWAL_NONE;
}

int32_t hw_role_beside(const hw_roles *rs, const hw_role *r)
{
    const hw_finder *f = rs->f;
    uint32_t after = r->last + 1, end = hw_sentence_last(f, r->last), last;
    if (after < end && hw_is_comma(f, after) && !strcmp(hw_role_word(rs, after + 1, &last), "called")) after++;
    if (after <= end && !strcmp(hw_role_word(rs, after, &last), "called")) return hw_role_person_after(f, last + 1);
    int32_t e = hw_role_person_before(f, r->first);
    bool bare = r->alone && hw_role_of(rs, r, "none") && e >= 0 && person_ending_at(f, r->first - 1) >= 0;
    if (bare && after <= end && hw_best_upos(f, after) == HW_VERB) return HEWAL_NONE; /* «X şehîd bû» */
    if (r->first == r->last && hw_is_ascii(f, after, ':') && r->first > 0 && person_ending_at(f, r->first - 1) >= 0) return HEWAL_NONE; /* «X bawk: …»: a label */
    if (r->indefinite) return e >= 0 && hw_is_comma(f, r->first - 1) ? e : HEWAL_NONE;
    if (e >= 0 || after > end) return e;
    /* «kesayetîy X» is something of his, but for who is somebody's («daykî X» has taken X in). */
    if (r->alone && !r->definite && (hw_best_marks(f, r->last) & HW_M_IZAFE) && (hw_role_of(rs, r, "none") || hw_role_of(rs, r, "person"))) return HEWAL_NONE;
    e = hw_role_person_after(f, after);
    if (e < 0 && hw_is_comma(f, after) && !r->alone) e = hw_role_person_after(f, after + 1);
    return e;
}

static int32_t make_person(hw_finder *f, uint32_t from, uint32_t to)
{
    hw_span s = {.first = from, .last = to, .type = HEWAL_PER, .how = HW_BY_PARTS, .table = HW_NO_TABLE, .entity = HEWAL_NONE, .confidence = 0.6f};
    s.entity = hw_entity_for(f, &s);
    for (uint32_t i = from; i <= to; i++) f->span_at[i] = (int32_t)f->spans.n;
    *hw_push(f->a, &f->spans) = s;
    return s.entity;
}

/* «X Y- şanokar» as a line of its own: what stands before the dash is a person, if it is of two to four words. */
int32_t hw_role_listed_with(hw_finder *f, const hw_role *r)
{
    const hw_sentence *s = &f->x->sentences.v[hw_tok(f, r->first)->sentence];
    if (r->last == s->last && r->first >= s->first + 2 && hw_is_ascii(f, r->first - 1, ':')) return person_ending_at(f, r->first - 2); /* «X Y: twêjer» */
    if (r->last != s->last || r->first < s->first + 3 || r->first > s->first + 5 || !is_mark(f, r->first - 1, dashes)) return HEWAL_NONE;
    for (uint32_t i = s->first; i + 1 < r->first; i++)
        if (hw_tok(f, i)->kind != HW_WORD || f->span_at[i] >= 0 || hw_best_upos(f, i) == HW_VERB || hw_best_upos(f, i) == HW_ADP) return HEWAL_NONE;
    return make_person(f, s->first, r->first - 2);
}

/* «X Y, wezîrî …» with X and Y in no list: beside a role, unknown words are a person. */
int32_t hw_role_unknown_beside(hw_finder *f, const hw_role *r)
{
    uint32_t first = r->first, sentence = hw_tok(f, first)->sentence;
    uint32_t from = 0, to = 0, marks = 0;
    bool found = false;
    if (first > 1 && hw_tok(f, first - 1)->sentence == sentence) {
        uint32_t k = first - 1;
        bool comma = hw_is_comma(f, k);
        if (comma) k--;
        uint32_t i = k;
        while (hw_tok(f, i)->sentence == sentence && f->span_at[i] < 0 && hw_is_unknown(f, i) && k - i < 3) {
            found = true;
            from = i;
            to = k;
            if (i == 0) break;
            i--;
        }
        if (found && from > 0 && to - from < 3 && hw_tok(f, from - 1)->sentence == sentence && f->span_at[from - 1] < 0 &&
            hw_word_row(f, &f->given_ix, from - 1, NULL, &marks) && !marks)
            from--; /* «dîn açsin, wezîrî …»: a given name that is a word too */
        if (found && from == to && (hw_best_upos(f, from) != HW_PROPN || hw_tok(f, from)->fold_len < 8)) found = false;
        if (found && !comma && from == to) found = false; /* one unknown word right before a title is as often a noun */
    }
    uint32_t after = r->last + 1;
    if (!found && !r->alone && after < f->x->tokens.n && hw_tok(f, after)->sentence == sentence) {
        uint32_t i = after;
        while (i < f->x->tokens.n && hw_tok(f, i)->sentence == sentence && f->span_at[i] < 0 && hw_is_unknown(f, i) && i - after < 3) {
            from = after;
            to = i++;
        }
        found = to > from; /* two words at least */
    }
    if (!found) return HEWAL_NONE;
    return make_person(f, from, to);
}

/* ---- whom it points back to --------------------------------------------------------------------------------------- */

enum { LOOK_BACK = 64 };

bool hw_is_demonstrative(const hw_finder *f, uint32_t i, bool itself)
{
    const hw_word *w = &f->w->v[i];
    if (itself) return w->n && (w->analyses[0].upos == HW_DET || w->analyses[0].upos == HW_PRON) && strstr(w->analyses[0].feats, "PronType=Dem");
    for (unsigned k = 0; k < w->n; k++)
        if (strstr(w->analyses[k].feats, "PronType=Dem") && !(w->analyses[k].marks & (HW_M_PLURAL | HW_M_ABL))) return true;
    return false;
}

static bool same_office(const hw_roles *rs, const hw_role *a, const hw_role *b)
{
    return a->row == b->row || !strcmp(hw_role_cell(rs, a, rs->col_id), hw_role_cell(rs, b, rs->col_id));
}

int32_t hw_role_last_of(const hw_roles *rs, const hw_role *r)
{
    for (uint32_t k = rs->v.n, looked = 0; k-- > 0 && looked < LOOK_BACK; looked++)
        if (same_office(rs, &rs->v.v[k], r) && rs->v.v[k].entity >= 0) return rs->v.v[k].entity;
    return HEWAL_NONE;
}

/* The person named last, in this sentence or the two before. */
static int32_t named_last(const hw_finder *f, uint32_t i)
{
    uint32_t sentence = hw_tok(f, i)->sentence;
    for (unsigned looked = 0; i-- > 0 && looked < 200 && hw_tok(f, i)->sentence + 2 >= sentence; looked++)
        if (person_ending_at(f, i) >= 0) return person_ending_at(f, i);
    return HEWAL_NONE;
}

bool hw_role_pointed_at(const hw_roles *rs, hw_role *r)
{
    const hw_finder *f = rs->f;
    if (r->first == 0 || hw_tok(f, r->first - 1)->sentence != hw_tok(f, r->first)->sentence) return false;
    uint32_t end = hw_sentence_last(f, r->first), last = r->title_last;
    if (!hw_is_demonstrative(f, r->first - 1, true)) return false;
    if (last < end && hw_best_upos(f, last + 1) == HW_ADJ && (hw_marks_of(f, last + 1) & HW_M_PLURAL)) return false;
    if (!hw_is_demonstrative(f, last, false) && !(last < end && hw_best_upos(f, last + 1) == HW_ADJ && hw_is_demonstrative(f, last + 1, false))) return false;
    r->entity = hw_role_last_of(rs, r);
    if (r->entity < 0) r->entity = named_last(f, r->first);
    if (r->entity < 0 && rs->v.n && hw_tok(f, rs->v.v[rs->v.n - 1].last)->sentence + 8 >= hw_tok(f, r->first)->sentence) r->entity = rs->v.v[rs->v.n - 1].entity;
    if (r->last < last || !r->named) r->last = last;
    while (r->last < end && r->last - r->first < 4 && hw_is_demonstrative(f, r->last + 1, false)) {
        hw_upos u = hw_best_upos(f, r->last + 1);
        if (u != HW_ADJ && (u != HW_NOUN || (hw_marks_of(f, r->last + 1) & HW_M_IZAFE))) break; /* not «ew zîndanîye mawey …» */
        r->last++;
    }
    r->first--;
    return true;
}

/* ---- who held the office ------------------------------------------------------------------------------------------ */

static int compare_date(const char *a, const char *b) /* as far as both go */
{
    size_t n = strlen(a) < strlen(b) ? strlen(a) : strlen(b);
    return strncmp(a, b, n > 10 ? 10 : n);
}

/* The holder as the people's list writes it: a country's code, else the English name. */
static const char *holder_name(const hw_finder *f, int32_t e)
{
    const char *known = f->out->entities.v[e].known;
    if (known && !strncmp(known, "places:", 7)) {
        const hw_table *t = &f->tables[HW_PLACES];
        int english = hw_column(t, "english"), kind = hw_column(t, "kind"), in = hw_column(t, "in");
        for (uint32_t i = 0; i < t->n_rows && i < 400; i++)
            if (!strcmp(hw_cell(t, i, english), known + 7)) return !strcmp(hw_cell(t, i, kind), "country") ? hw_cell(t, i, in) : known + 7;
    }
    return f->out->entities.v[e].name;
}

int32_t hw_role_held_by(hw_roles *rs, const hw_role *r)
{
    hw_finder *f = rs->f;
    const char *id = hw_role_cell(rs, r, rs->col_id);
    if (r->holder < 0) return HEWAL_NONE;
    const char *key = hw_sprintf(f->a, "%s %s", id, holder_name(f, r->holder));
    const hw_slot *s = hw_index_find(&f->office_holders, hw_phrase_of(f->x->model, f->a, key, strlen(key), NULL));
    if (!s || !s->n) return HEWAL_NONE;
    const char *date = f->meta ? f->meta->published : NULL;
    int32_t only = HEWAL_NONE, in_article = HEWAL_NONE;
    for (uint32_t k = 0; k < s->n; k++) {
        uint32_t row = f->office_holders.posts[s->first + k].row;
        const char *from = hw_cell(&f->held, row, 3), *to = hw_cell(&f->held, row, 4);
        uint32_t person = (uint32_t)strtoul(hw_cell(&f->held, row, 0), NULL, 10);
        if (date) {
            if (!*from || compare_date(date, from) < 0 || (*to && compare_date(date, to) > 0)) continue;
            only = (int32_t)person;
            break;
        }
        /* Without a date: one who is named in the article. */
        const char *english = hw_cell(&f->tables[HW_PEOPLE], person, hw_column(&f->tables[HW_PEOPLE], "english"));
        for (uint32_t e = 0; e < f->out->entities.n; e++)
            if (f->out->entities.v[e].type == HEWAL_PER && !strcmp(f->out->entities.v[e].name, english)) in_article = (int32_t)e;
    }
    if (only >= 0) return hw_entity_listed(f, HW_PEOPLE, (uint32_t)only);
    return in_article;
}
