/* In: settled names. Out: roles («سەرۆکوەزیرانی عێراق»), each with the person it is: the one it stands beside, one of the
 * same office in the article, whoever held the office on the article's date, or a person known by the office alone. */
#include "names/find.h"

#include "base/hash.h"
#include <stdlib.h>
#include <string.h>

typedef struct {
    uint32_t first, last, title_last;
    uint32_t row;        /* of offices */
    int32_t holder;      /* entity of the country or organisation it is over, or HEWAL_NONE */
    uint64_t key;        /* office and holder */
    int32_t entity;
    bool indefinite;     /* «پەرلەمانتارێکی عێراق»: somebody, not the one */
    bool alone;          /* nothing follows the title */
} role;

typedef struct {
    hw_finder *f;
    HW_VEC(role) v;
    int col_id, col_english, col_of;
} roles;

static const char *of_row(const roles *r, uint32_t row, int col)
{
    return hw_cell(&r->f->offices, row, col);
}

/* «ئەندامی فراکسیۆنی گۆڕان لە پەرلەمانی کوردستان», «نوێنەری یونیسیف لە سووریا»: where the office is held belongs to it, unless
 * the place is where something happens («لە بەغدادا»). Over a country, only those who are sent go on so. */
static bool held_where(const roles *rs, const role *r, uint32_t i, uint32_t end)
{
    const hw_finder *f = rs->f;
    if (i + 2 > end || f->span_at[i + 2] < 0 || hw_best_upos(f, i + 1) != HW_ADP || hw_is_comma(f, i + 1)) return false;
    const hw_span *to = &f->spans.v[f->span_at[i + 2]];
    if (to->first != i + 2 || (hw_best_marks(f, to->last) & (HW_M_LOC | HW_M_ABL))) return false;
    const char *of = of_row(rs, r->row, rs->col_of);
    bool of_org = r->holder >= 0 && f->out->entities.v[r->holder].type == HEWAL_ORG;
    return (of_org && strstr(of, "org") && (to->type == HEWAL_ORG || to->type == HEWAL_LOC)) ||
           (strstr(of, "sent") && to->type == HEWAL_LOC);
}

/* How far the title's izafe chain goes, and what the office is over: the last place or organisation in it. */
static bool extend(roles *rs, role *r)
{
    hw_finder *f = rs->f;
    uint32_t i = r->title_last, end = hw_sentence_last(f, i);
    const char *of = of_row(rs, r->row, rs->col_of);
    bool named = false, portfolio = false;
    unsigned plain = 0;
    int32_t begun = f->span_at[i]; /* «ئەندامی پەرلەمانی کوردستان»: the title's last word begins the organisation's name */
    if (begun >= 0 && f->spans.v[begun].last > i) {
        named = true;
        r->holder = f->spans.v[begun].entity;
        r->last = i = f->spans.v[begun].last;
    }
    while (i < end && i - r->title_last < 10 && hw_links_on(f, i)) {
        uint32_t k = i + 1;
        int32_t s = f->span_at[k];
        hw_match m[4];
        if (named && s < 0) break; /* nothing but a further name goes on behind a name */
        if (s >= 0 && f->spans.v[s].first > r->first && (f->spans.v[s].first == k || i == r->title_last)) { /* «ئەندامی مەکتەبی سیاسیی X» */
            const hw_span *sp = &f->spans.v[s];
            if (sp->type == HEWAL_PER && (named || plain)) break;
            bool izafe = (hw_best_marks(f, i) & HW_M_IZAFE) != 0; /* «چاودێری سیاسی» ends in a letter of its own */
            if (sp->type == HEWAL_PER && !strstr(of, "person") && !(strstr(of, "org") && izafe)) break;
            r->holder = sp->entity;
            named = true;
            i = sp->last;
        } else if (hw_match_at(f->w, &f->demonyms, k, m, 4)) {
            named = true;
            i = m[0].last;
        } else if (hw_match_at(f->w, &f->portfolio_ix, k, m, 4)) {
            portfolio = true;
            i = m[0].last;
        } else {
            hw_upos u = hw_best_upos(f, k);
            if ((u != HW_NOUN && u != HW_ADJ && u != HW_PROPN && u != HW_X) || hw_tok(f, k)->kind != HW_WORD || hw_word_row(f, &f->generic, k, NULL, NULL)) break;
            plain++;
            i = k;
        }
        r->last = i;
        if (named && held_where(rs, r, i, end)) r->last = i = f->spans.v[f->span_at[i + 2]].last;
    }
    if (named && r->last == i && begun >= 0 && held_where(rs, r, i, end)) r->last = f->spans.v[f->span_at[i + 2]].last;
    r->alone = r->last == r->title_last;
    /* «وتەبێژی حکومەت: …»: what it is over is no name, but somebody is meant. */
    bool begins = r->first == f->x->sentences.v[hw_tok(f, r->first)->sentence].first && (plain || r->title_last > r->first);
    bool speaks = (begins || r->indefinite) &&
                  (hw_is_ascii(f, r->last + 1, ':') || (r->last < end && hw_speaks_at(f, r->last + 1, (hw_match[1]){0})));
    return named || portfolio || speaks;
}

static uint64_t role_key(const roles *rs, const role *r)
{
    const hw_finder *f = rs->f;
    const char *id = of_row(rs, r->row, rs->col_id);
    uint64_t h = hw_phrase(UINT64_C(77), hw_hash(id, strlen(id)));
    h = hw_phrase(h, r->holder >= 0 ? (uint64_t)r->holder + 1 : 0);
    for (uint32_t i = r->title_last + 1; i <= r->last; i++)
        if (f->span_at[i] < 0 && hw_tok(f, i)->kind == HW_WORD) {
            hw_match m[2];
            if (hw_match_at(f->w, &f->portfolio_ix, i, m, 2)) h = hw_phrase(h, f->portfolio_ix.posts[m[0].slot->first].row + 1000);
        }
    if (r->indefinite) h = hw_phrase(h, r->first);
    return h;
}

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

static int32_t beside(const hw_finder *f, const role *r)
{
    uint32_t first = r->first, sentence = hw_tok(f, first)->sentence;
    if (first > 0 && hw_tok(f, first - 1)->sentence == sentence) {
        uint32_t k = first - 1;
        if (k > 0 && (hw_is_comma(f, k) || hw_is_ascii(f, k, '-') || hw_is_ascii(f, k, '('))) k--;
        if (k > 0 && hw_is_ascii(f, k, '"')) k--; /* «"X"، وەزیری …» */
        int32_t e = person_ending_at(f, k);
        if (e >= 0 && !(hw_best_marks(f, k) & HW_M_PLURAL)) return e;
    }
    uint32_t after = r->last + 1;
    if (after >= f->x->tokens.n || hw_tok(f, after)->sentence != sentence) return HEWAL_NONE;
    int32_t e = person_beginning_at(f, after);
    if (e < 0 && hw_is_comma(f, after) && !r->alone) e = person_beginning_at(f, after + 1);
    return e;
}

/* «X Y، وەزیری …» with X and Y in no list: beside a role, unknown words are a person. */
static int32_t unknown_beside(hw_finder *f, const role *r)
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
            from--; /* «دین ئاچسن، وەزیری …»: a given name that is a word too */
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
    hw_span s = {.first = from, .last = to, .type = HEWAL_PER, .how = HW_BY_PARTS, .table = HW_NO_TABLE, .entity = HEWAL_NONE, .confidence = 0.6f};
    s.entity = hw_entity_for(f, &s);
    for (uint32_t i = from; i <= to; i++) f->span_at[i] = (int32_t)f->spans.n;
    *hw_push(f->a, &f->spans) = s;
    return s.entity;
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

static int32_t held_by(roles *rs, const role *r)
{
    hw_finder *f = rs->f;
    const char *id = of_row(rs, r->row, rs->col_id);
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

static const char *role_name(roles *rs, const role *r)
{
    hw_finder *f = rs->f;
    const char *t = of_row(rs, r->row, rs->col_english), *at = strstr(t, "%s");
    const char *what = r->holder >= 0 ? f->out->entities.v[r->holder].name
                       : r->last > r->title_last ? hw_english(f, r->title_last + 1, r->last) : "";
    if (!at) return *what ? hw_sprintf(f->a, "%s (%s)", t, what) : t;
    if (!*what) { /* "President of %s" without its object */
        size_t n = (size_t)(at - t);
        while (n && t[n - 1] == ' ') n--;
        if (n > 3 && !strncmp(t + n - 3, " of", 3)) n -= 3;
        return hw_strndup(f->a, t, n);
    }
    return hw_sprintf(f->a, "%.*s%s%s", (int)(at - t), t, what, at + 2);
}

/* ---- the stage ------------------------------------------------------------------------------------------------------ */

/* «مامۆستایەکی ئایینی: …», «کارمەندێکی هاتووچۆ وتی»: somebody not named who speaks at the beginning of a sentence. */
static void find_somebody(roles *rs, const hw_sentence *st)
{
    hw_finder *f = rs->f;
    uint32_t first = st->first, i = first;
    if (f->span_at[first] >= 0 || hw_tok(f, first)->kind != HW_WORD || hw_best_upos(f, first) != HW_NOUN || !(hw_best_marks(f, first) & HW_M_INDEF)) return;
    hw_match m[1];
    while (i < st->last && i - first < 4 && hw_links_on(f, i) && !hw_speaks_at(f, i + 1, m)) i++;
    if (i >= st->last || !(hw_is_ascii(f, i + 1, ':') || hw_speaks_at(f, i + 1, m))) return;
    int32_t e = hw_entity_for_role(f, hw_phrase(UINT64_C(99), first), hw_sprintf(f->a, "%s (unnamed)", hw_english(f, first, i)), hw_kurdish(f, first, i));
    *hw_push(f->a, &f->out->mentions) = (hewal_mention){.b = hw_tok(f, first)->b, .e = hw_bare_end(f, i), .first = first, .last = i,
                                                        .type = HEWAL_ROLE, .entity = e, .confidence = 0.6f};
}

static bool demonstrative(const hw_finder *f, uint32_t i) /* ئەو, and what stands with it: زیندانییە */
{
    const hw_word *w = &f->w->v[i];
    for (unsigned k = 0; k < w->n; k++)
        if (strstr(w->analyses[k].feats, "PronType=Dem")) return true;
    return false;
}

/* «ئەو زیندانییە سیاسییە» after «X، زیندانیی سیاسی»: who had the title last, and the words that the demonstrative holds. */
static bool pointed_at(const roles *rs, role *r)
{
    const hw_finder *f = rs->f;
    if (r->first == 0 || hw_tok(f, r->first - 1)->sentence != hw_tok(f, r->first)->sentence) return false;
    if (!demonstrative(f, r->first - 1) || !demonstrative(f, r->title_last)) return false;
    for (uint32_t k = rs->v.n, looked = 0; k-- > 0 && looked < 64; looked++)
        if (rs->v.v[k].row == r->row && rs->v.v[k].entity >= 0) {
            r->entity = rs->v.v[k].entity;
            break;
        }
    if (r->entity < 0) return false;
    uint32_t end = hw_sentence_last(f, r->first);
    while (r->last < end && r->last - r->first < 4 && demonstrative(f, r->last + 1)) r->last++;
    r->first--;
    return true;
}

/* «وەزیری دەرەوە» after «وەزیری دەرەوەی عێراق»: the office named in full before. */
static bool named_before(const roles *rs, const role *r)
{
    for (uint32_t k = rs->v.n, looked = 0; r->alone && r->title_last > r->first && k-- > 0 && looked < 64; looked++)
        if (rs->v.v[k].row == r->row && rs->v.v[k].holder >= 0 && !rs->v.v[k].indefinite) return true;
    return false;
}

static void find_titles(roles *rs)
{
    hw_finder *f = rs->f;
    for (uint32_t i = 0; i < f->x->tokens.n; i++) {
        hw_match m[6];
        if (hw_tok(f, i)->kind != HW_WORD || f->span_at[i] >= 0 || !strcmp(hw_head_at(f, i, NULL, NULL), "person")) continue;
        unsigned n = hw_match_at(f->w, &f->titles, i, m, 6);
        const uint32_t never = HW_M_PLURAL | HW_M_PAST | HW_M_PRESENT | HW_M_SUBJUNCTIVE;
        unsigned k = 0;
        while (k < n && (m[k].marks & never) && !(i > 0 && !(m[k].marks & HW_M_PLURAL) && demonstrative(f, i - 1) && demonstrative(f, m[k].last))) k++;
        if (k == n) continue;
        role r = {.first = i, .last = m[k].last, .title_last = m[k].last, .row = f->titles.posts[m[k].slot->first].row,
                  .holder = HEWAL_NONE, .entity = HEWAL_NONE, .indefinite = (m[k].marks & HW_M_INDEF) != 0};
        bool named = extend(rs, &r);
        r.entity = r.indefinite ? HEWAL_NONE : beside(f, &r);
        if (r.entity < 0 && !r.indefinite && pointed_at(rs, &r)) {
            r.key = hw_phrase(role_key(rs, &r), UINT64_C(79) + (uint64_t)r.entity); /* another «ئەو زیندانییە» may be another's */
            *hw_push(f->a, &rs->v) = r;
            i = r.last;
            continue;
        }
        if (r.entity < 0 && strstr(of_row(rs, r.row, rs->col_of), "beside")) continue; /* «زیندانی سەقز» is a prison */
        if (!named && r.entity < 0 && !strstr(of_row(rs, r.row, rs->col_of), "alone") && (r.indefinite || !named_before(rs, &r))) continue;
        if (r.entity < 0 && !r.indefinite && named) r.entity = unknown_beside(f, &r);
        r.key = role_key(rs, &r);
        *hw_push(f->a, &rs->v) = r;
        i = r.last;
    }
}

static void resolve(roles *rs)
{
    hw_finder *f = rs->f;
    hw_map by_key = {0}, by_row = {0}; /* the entity of the first role with a key, of the last one of an office */
    for (uint32_t i = 0; i < rs->v.n; i++)
        if (rs->v.v[i].entity >= 0 && hw_map_get(&by_key, rs->v.v[i].key) < 0) hw_map_set(f->a, &by_key, rs->v.v[i].key, rs->v.v[i].entity);
    for (uint32_t i = 0; i < rs->v.n; i++) {
        role *r = &rs->v.v[i];
        uint64_t row = hw_phrase(UINT64_C(78), r->row);
        if (r->entity < 0) r->entity = hw_map_get(&by_key, r->key); /* the same office elsewhere in the article */
        if (r->entity < 0 && r->holder < 0) r->entity = hw_map_get(&by_row, row); /* «وەزیری دەرەوە» after «وەزیری دەرەوەی عێراق» */
        if (r->entity < 0 && !r->indefinite) r->entity = held_by(rs, r);
        if (r->entity < 0) r->entity = hw_entity_for_role(f, r->key, role_name(rs, r), hw_kurdish(f, r->first, r->last));
        if (hw_map_get(&by_key, r->key) < 0) hw_map_set(f->a, &by_key, r->key, r->entity);
        if (!r->indefinite) hw_map_set(f->a, &by_row, row, r->entity);
    }
}

void hw_find_roles(hw_finder *f)
{
    roles rs = {.f = f};
    rs.col_id = hw_column(&f->offices, "id");
    rs.col_english = hw_column(&f->offices, "english");
    rs.col_of = hw_column(&f->offices, "of");
    find_titles(&rs);
    resolve(&rs);
    for (uint32_t s = 0, i = 0; s < f->x->sentences.n; s++) {
        uint32_t first = f->x->sentences.v[s].first;
        while (i < rs.v.n && rs.v.v[i].first < first) i++;
        if (i == rs.v.n || rs.v.v[i].first != first) find_somebody(&rs, &f->x->sentences.v[s]);
    }
    for (uint32_t i = 0; i < rs.v.n; i++) {
        const role *r = &rs.v.v[i];
        hewal_mention *m = hw_push(f->a, &f->out->mentions);
        *m = (hewal_mention){.b = hw_tok(f, r->first)->b, .e = hw_bare_end(f, r->last), .first = r->first, .last = r->last,
                             .type = HEWAL_ROLE, .entity = r->entity, .confidence = 0.8f};
    }
}
