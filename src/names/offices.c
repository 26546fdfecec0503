/* In: a title at its place in the text. Out: how far the role goes («endamî mektebî syasîy X le hewlêr»), what the office is over, and
 * whether whoever bears it says something. */
#include "names/roles.h"

#include <string.h>

enum { LONGEST = 14 }; /* words behind a title */

bool hw_role_of(const hw_roles *rs, const hw_role *r, const char *what)
{
    return strstr(hw_role_cell(rs, r, rs->col_of), what) != NULL;
}

const char *hw_role_word(const hw_roles *rs, uint32_t i, uint32_t *last)
{
    const hw_finder *f = rs->f;
    hw_match m[1];
    if (i >= f->x->tokens.n || !hw_match_at(f->w, &f->role_words, i, m, 1)) return "";
    const char *kind = hw_cell(&rs->words, f->role_words.posts[m[0].slot->first].row, rs->col_kind);
    if ((m[0].marks & (HW_M_ABL | HW_M_LOC)) && strcmp(kind, "itself") != 0) return ""; /* «hemwanewe» stands before no title */
    *last = m[0].last;
    return kind;
}

bool hw_role_word_before(const hw_roles *rs, uint32_t i, const char *kind, uint32_t *first)
{
    for (uint32_t n = 0; n < 2 && n <= i; n++) {
        uint32_t last = i;
        if (hw_tok(rs->f, i - n)->sentence != hw_tok(rs->f, i)->sentence) return false;
        if (strcmp(hw_role_word(rs, i - n, &last), kind) != 0 || last != i) continue;
        *first = i - n;
        return true;
    }
    return false;
}

/* An ordinary word that may stand in the chain behind a title. */
static bool may_go_on(const hw_finder *f, uint32_t k)
{
    hw_upos u = hw_best_upos(f, k);
    bool ordinal = u == HW_NUM && strstr(f->w->v[k].analyses[0].feats, "NumType=Ord");
    return hw_tok(f, k)->kind == HW_WORD && (u == HW_NOUN || u == HW_ADJ || u == HW_PROPN || u == HW_X || ordinal);
}

/* «endamî firakisyonî gorran le perlemanî kurdistan», «nwênerî yunîsîf le sûrya»: where the office is held belongs to it, unless
 * the place is where something happens («le beẍdada»). Over a country, only those who are sent go on so; beside a person's name
 * also those who are of nothing («çawdêrî syasî le hewlêr»). */
static bool held_where(const hw_roles *rs, const hw_role *r, uint32_t i, uint32_t end, uint32_t *last)
{
    const hw_finder *f = rs->f;
    uint32_t k, head_last;
    if (i >= end || (hw_best_marks(f, i) & HW_M_COPULA)) return false;
    const char *kind = hw_role_word(rs, i + 1, &k);
    bool at = !strcmp(kind, "at"), purpose = !strcmp(kind, "for") && hw_role_of(rs, r, "sent");
    if (!at && !purpose) return false;
    for (unsigned n = 0; purpose && n < 2 && k + 1 < end && f->span_at[k + 1] < 0 && may_go_on(f, k + 1) && hw_links_on(f, k + 1); n++) k++; /* «bo karubarî X» */
    if (++k <= end && !strcmp(hw_head_at(f, k, NULL, &head_last), "place") && f->span_at[k] < 0) k = head_last + 1;
    if (k > end || f->span_at[k] < 0) return false;
    const hw_span *to = &f->spans.v[f->span_at[k]];
    if (to->first != k || to->type == HEWAL_PER || (hw_best_marks(f, to->last) & (HW_M_LOC | HW_M_ABL))) return false;
    *last = to->last;
    if (purpose) return true;
    bool over_org = r->holder >= 0 && f->out->entities.v[r->holder].type == HEWAL_ORG;
    if (over_org && hw_role_of(rs, r, "org")) return true;
    if (hw_role_of(rs, r, "sent")) return true;
    if (to->type == HEWAL_ORG && hw_role_of(rs, r, "org") && hw_role_person_before(f, r->first) >= 0) return true;
    /* Where a comma or colon ends it: «X, çawdêrî syasî le hewlêr, …». */
    bool ends = *last < end && (hw_is_comma(f, *last + 1) || hw_is_ascii(f, *last + 1, ':') || hw_is_ascii(f, *last + 1, ')'));
    return r->holder < 0 && r->last > r->title_first && ends;
}

/* «lîjney berrêweberîy nawendî komelley X»: behind a name ordinary words go on only where they lead to another name. */
static bool leads_to_name(const hw_finder *f, uint32_t k)
{
    for (unsigned n = 0; n < 3 && f->span_at[k] < 0; n++, k++)
        if (!may_go_on(f, k) || !hw_links_on(f, k)) return false;
    return f->span_at[k] >= 0 && f->spans.v[f->span_at[k]].first == k && f->spans.v[f->span_at[k]].type != HEWAL_PER;
}

/* «serkirde kurdekan»: the title is linked to an adjective in the plural, so it stands for several. */
static bool several(const hw_finder *f, const hw_role *r)
{
    uint32_t i = r->title_last;
    return i == r->title_first && hw_links_on(f, i) && !(hw_marks_of(f, i) & HW_M_IZAFE) && f->span_at[i + 1] < 0 && (hw_best_marks(f, i + 1) & HW_M_PLURAL);
}

static bool izafe(const hw_finder *f, uint32_t i) { return (hw_best_marks(f, i) & HW_M_IZAFE) != 0; }

/* «partî»: the letter at the end may be the name's own, and no izafe. */
static bool ends_itself(const hw_finder *f, uint32_t i)
{
    const hw_word *w = &f->w->v[i];
    for (unsigned k = 0; k < w->n; k++)
        if (!w->analyses[k].marks && (w->analyses[k].upos == HW_NOUN || w->analyses[k].upos == HW_PROPN)) return true;
    return false;
}

/* One step of the chain from token i; returns the token it ends with, or i when it does not go on. */
static uint32_t step(hw_roles *rs, hw_role *r, uint32_t i, unsigned *plain)
{
    hw_finder *f = rs->f;
    uint32_t k = i + 1;
    int32_t s = f->span_at[k];
    hw_match m[4];
    uint32_t last;
    if (r->named && s < 0 && !(izafe(f, i) && leads_to_name(f, k))) return i;
    if (s >= 0 && r->named && f->spans.v[s].type == HEWAL_ORG && r->holder >= 0 && f->out->entities.v[r->holder].type == HEWAL_ORG && f->span_at[i] >= 0 && f->spans.v[f->span_at[i]].first == i && ends_itself(f, i)) return i;
    if (s >= 0 && f->spans.v[s].first > r->first && (f->spans.v[s].first == k || i == r->title_last)) { /* «endamî mektebî syasîy X» */
        const hw_span *sp = &f->spans.v[s];
        if (sp->type == HEWAL_PER && (r->named || *plain)) return i;
        /* «çawdêrî syasî» ends in a letter of its own */
        if (sp->type == HEWAL_PER && !hw_role_of(rs, r, "person") && !(hw_role_of(rs, r, "org") && !hw_role_of(rs, r, "none") && izafe(f, i))) return i;
        r->holder = sp->entity;
        r->named = true;
        return sp->last;
    }
    if (hw_match_at(f->w, &f->demonyms, k, m, 4)) {
        r->named = true;
        return m[0].last;
    }
    if (hw_match_at(f->w, &f->portfolio_ix, k, m, 4)) {
        r->portfolio = true;
        return m[0].last;
    }
    /* «zîndanîy hawwillatîyek»: another one's */
    if ((hw_best_marks(f, k) & HW_M_INDEF) && hw_best_upos(f, k) == HW_NOUN && !hw_role_of(rs, r, "person")) return i;
    /* «wezîrî tendirustî wellamî …»: the letter at the end is the word's own */
    if ((r->portfolio || i == r->title_last) && i > r->title_first && !izafe(f, i)) return i;
    if ((hw_best_upos(f, k) == HW_VERB && hw_speaks_at(f, k, m)) || !strcmp(hw_role_word(rs, k, &last), "acts")) return i;
    if (!may_go_on(f, k) || (hw_word_row(f, &f->generic, k, NULL, NULL) && !hw_links_on(f, k))) return i;
    ++*plain;
    r->strange |= hw_is_unknown(f, k);
    return k;
}

/* «berrêweberî daristan u pawanî silêmanî»: behind «و» another thing the office is of, which leads to a name. Returns its token,
 * or i when there is none. */
static uint32_t another_thing(const hw_roles *rs, const hw_role *r, uint32_t i, uint32_t end)
{
    const hw_finder *f = rs->f;
    uint32_t k = i + 2, last;
    hw_match m[1];
    if (r->named || k + 1 > end || hw_best_upos(f, i + 1) != HW_CCONJ || !strcmp(hw_role_word(rs, k, &last), "acts")) return i;
    if (f->span_at[k] >= 0 || !may_go_on(f, k) || !hw_links_on(f, k) || hw_match_at(f->w, &f->titles, k, m, 1)) return i;
    if (hw_best_marks(f, k) & (HW_M_INDEF | HW_M_POSS)) return i;
    return leads_to_name(f, k + 1) ? k : i;
}

void hw_role_extend(hw_roles *rs, hw_role *r)
{
    hw_finder *f = rs->f;
    uint32_t i = r->title_last, end = hw_sentence_last(f, i), last;
    unsigned plain = 0;
    r->several = several(f, r);
    int32_t begun = f->span_at[i]; /* «endamî perlemanî kurdistan»: the title's last word begins the organisation's name */
    if (begun >= 0 && f->spans.v[begun].last > i) {
        r->named = true;
        r->holder = f->spans.v[begun].entity;
        r->last = i = f->spans.v[begun].last;
        if (held_where(rs, r, i, end, &last)) r->last = i = last;
    }
    int32_t org = i < end && i == r->title_last && !hw_links_on(f, i) ? f->span_at[i + 1] : -1;
    if (org >= 0 && f->spans.v[org].type == HEWAL_ORG && f->spans.v[org].first == i + 1 && hw_role_of(rs, r, "org") && !hw_role_of(rs, r, "beside")) {
        r->holder = f->spans.v[org].entity; /* «gutebêj wezaretî derewe», for gutebêjî */
        r->named = true;
        r->last = i = f->spans.v[org].last;
    }
    while (i < end && i - r->title_last < LONGEST && hw_links_on(f, i)) {
        uint32_t to = step(rs, r, i, &plain);
        if (to == i) break;
        r->last = i = to;
        if ((r->named || r->portfolio || !hw_links_on(f, i)) && held_where(rs, r, i, end, &last)) r->last = i = last;
    }
    if (i == r->title_last && i < end && f->span_at[i] < 0 && hw_role_person_before(f, r->first) >= 0 && held_where(rs, r, i, end, &last)) r->last = i = last; /* «parêzer le nûsîngey X» */
    uint32_t other = i > r->title_first ? another_thing(rs, r, i, end) : i;
    for (i = other; other > r->last && i < end && i - r->title_last < LONGEST && hw_links_on(f, i);) {
        uint32_t to = step(rs, r, i, &plain);
        if (to == i) break;
        i = to;
        if (r->named) r->last = i;
    }
    r->alone = r->last == r->title_last;
    const hw_word *end_word = &f->w->v[r->last];
    if (end_word->n && (end_word->analyses[0].marks & HW_M_COPULA) && end_word->analyses[0].subject >= 4) r->several = true; /* «endamî xêzanêkin» */
    if (r->last < end && !strcmp(hw_role_word(rs, r->last + 1, &last), "tail")) r->last = last;
    /* «witebêjî ḧikumet: …»: what it is over is no name, but somebody is meant. */
    bool begins = r->first == f->x->sentences.v[hw_tok(f, r->first)->sentence].first;
    bool bare = !(hw_best_marks(f, r->title_last) & (HW_M_IZAFE | HW_M_POSS));
    bool told = plain || r->named || r->title_last > r->title_first || (bare && !hw_role_of(rs, r, "none") && !hw_role_of(rs, r, "beside"));
    bool owned = r->first > 0 && hw_tok(f, r->first - 1)->sentence == hw_tok(f, r->first)->sentence && f->span_at[r->first - 1] < 0 && hw_links_on(f, r->first - 1);
    r->speaks = !owned && ((begins && told) || r->indefinite || r->definite) && hw_role_speaks(f, r->last);
}

bool hw_role_speaks(const hw_finder *f, uint32_t i)
{
    uint32_t k = i + 1, end = hw_sentence_last(f, i);
    hw_match m[1];
    for (unsigned n = 0; n < 2 && k < end && hw_best_upos(f, k) == HW_ADP && f->span_at[k + 1] >= 0; n++) k = f->spans.v[f->span_at[k + 1]].last + 1;
    if (k < end && hw_is_comma(f, k)) k++;
    return k <= end && (hw_is_ascii(f, k, ':') || hw_speaks_at(f, k, m));
}
