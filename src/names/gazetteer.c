/* In: words. Out: spans of names that the gazetteers list, the longest at each place. */
#include "names/find.h"

#include "base/hash.h"
#include <string.h>

static hewal_type type_of(int table)
{
    return table == HW_PEOPLE ? HEWAL_PER : table == HW_PLACES ? HEWAL_LOC : HEWAL_ORG;
}

/* «be rûdawî rageyand»: between «be» and a verb of saying, its clitic the verb's subject. */
static bool told_to(const hw_finder *f, uint32_t i)
{
    hw_match m[1];
    uint32_t k = i, first = f->x->sentences.v[hw_tok(f, i)->sentence].first;
    if (i >= hw_sentence_last(f, i) || hw_best_upos(f, i + 1) != HW_VERB || !hw_speaks_at(f, i + 1, m)) return false;
    while (k > first && i - k < 2 && hw_links_on(f, k - 1) && hw_best_upos(f, k - 1) != HW_ADP) k--; /* «be kenallî rûdawî rageyand» */
    if (k < i && !hw_match_at(f->w, &f->heads_ix, k, m, 1)) return false;
    return k > first && hw_best_upos(f, k - 1) == HW_ADP;
}

/* A head, a title or a colon beside a word, or the # before it, says that an ordinary word is a name here: «kenallî êsta»,
 * «peyamnêrî rûdaw», «êsta: …». */
static bool supported(const hw_finder *f, uint32_t i)
{
    hw_match m[2];
    if ((hw_tok(f, i)->flags & HW_HASHTAG) || told_to(f, i)) return true;
    if (i > 0 && hw_tok(f, i - 1)->sentence == hw_tok(f, i)->sentence && hw_links_on(f, i - 1) &&
        (hw_match_at(f->w, &f->heads_ix, i - 1, m, 2) || hw_match_at(f->w, &f->titles, i - 1, m, 2)))
        return true;
    return hw_is_ascii(f, i + 1, ':') && i == f->x->sentences.v[hw_tok(f, i)->sentence].first;
}

/* Kinds whose names are commoner in news than the ordinary word they also are. */
static bool weighty(const hw_finder *f, const hw_post *p)
{
    const hw_table *t = &f->tables[p->table];
    const char *kind = hw_cell(t, p->row, hw_column(t, "kind"));
    static const char *const orgs[] = {"party", "army", "government", "police"};
    static const char *const places[] = {"country", "capital", "region", "city", "province", "continent"};
    for (unsigned i = 0; p->table == HW_ORGANISATIONS && i < sizeof orgs / sizeof *orgs; i++)
        if (!strcmp(kind, orgs[i])) return true;
    for (unsigned i = 0; p->table == HW_PLACES && i < sizeof places / sizeof *places; i++)
        if (!strcmp(kind, places[i])) return true;
    return false;
}

static bool is_country(const hw_finder *f, const hw_post *p)
{
    return p->table == HW_PLACES && !strcmp(hw_cell(&f->tables[HW_PLACES], p->row, hw_column(&f->tables[HW_PLACES], "kind")), "country");
}

/* The ordinary word goes on: «yekêtîy neteweyî kurd» is no mention of the party called union. */
static bool goes_on(const hw_finder *f, uint32_t i)
{
    if (!hw_links_on(f, i)) return false;
    hw_upos u = hw_best_upos(f, i + 1);
    return u == HW_NOUN || u == HW_ADJ || u == HW_PROPN;
}

/* Whether a name may carry these endings. «-yan» is a plural on a noun but a person on a name, «-e» a copula: it is enough
 * that one reading of the word as a name allows it. */
static bool may_end_name(const hw_finder *f, uint32_t i, const hw_match *m)
{
    uint32_t marks = m->marks;
    const uint32_t never = HW_M_INDEF | HW_M_PLURAL | HW_M_PAST | HW_M_SUBJUNCTIVE | HW_M_INFINITIVE | HW_M_DEF;
    if (!(marks & never) && (!(marks & HW_M_PRESENT) || (marks & HW_M_COPULA))) return true;
    const hw_word *w = &f->w->v[i];
    for (unsigned k = 0; k < w->n; k++)
        if (w->analyses[k].upos == HW_PROPN && !(w->analyses[k].marks & (never | HW_M_GUESS)) &&
            (m->last > i || hw_phrase(HW_PHRASE_START, w->analyses[k].lemma_hash) == m->slot->hash))
            return true;
    return false;
}

/* A single word is a listed name only when nothing speaks against it: what was taken off it must be able to follow a
 * name, what is left must be long enough, and an ordinary word needs to stand as it is listed. */
static bool word_is_name(const hw_finder *f, uint32_t i, const hw_match *m, const hw_post *p)
{
    const hw_token *t = hw_tok(f, i);
    if (t->kind == HW_NUMBER || (t->flags & HW_JUNK)) return false;
    if (!may_end_name(f, i, m)) return false;
    bool common = hw_is_common(f, i);
    if (m->marks && t->fold_len <= 6) return false; /* three letters with an ending: too little to go by */
    if ((p->ambiguous || common) && (m->marks & (HW_M_POSS | HW_M_IZAFE | HW_M_AGENT)) && !is_country(f, p) && !weighty(f, p) && !told_to(f, i)) return false;
    if (p->table == HW_PEOPLE && common && m->marks) return false;
    if (common && !supported(f, i) && !(p->table == HW_PEOPLE && !p->ambiguous)) {
        if (!weighty(f, p)) return false;
        if (p->table == HW_ORGANISATIONS && (goes_on(f, i) || hw_best_upos(f, i) == HW_ADJ)) return false;
        /* «bakûrî parêzga», «mallî xezûrim»: not the region, not the country */
        if (p->table == HW_PLACES && (hw_best_upos(f, i) != HW_PROPN || (m->marks & HW_M_IZAFE && !is_country(f, p)))) return false;
    }
    hw_upos u = hw_best_upos(f, i);
    if (common && (u == HW_VERB || u == HW_ADP || u == HW_CCONJ || u == HW_PRON || u == HW_DET || u == HW_AUX)) return false;
    return true;
}

/* «mîdyay 'êraqî», «serbazanî turkyan»: after izafe, before no name, the word for the nation, not the country with an
 * ending. */
static bool is_demonym(const hw_finder *f, uint32_t i, const hw_match *m)
{
    uint32_t marks;
    if (!m->marks || !hw_word_row(f, &f->demonyms, i, NULL, &marks) || (marks & HW_M_IZAFE)) return false;
    bool after_izafe = i > 0 && hw_tok(f, i)->sentence == hw_tok(f, i - 1)->sentence && hw_links_on(f, i - 1);
    if (!after_izafe) return false;
    if (i >= hw_sentence_last(f, i)) return true;
    hw_upos next = hw_best_upos(f, i + 1);
    if (next == HW_VERB && (hw_best_marks(f, i + 1) & (HW_M_PAST | HW_M_PERFECT)) && !marks) return false; /* «serdanî taranî kird»: the clitic is its subject */
    return !(next == HW_ADJ || next == HW_NOUN || next == HW_PROPN) || hw_tok(f, i + 1)->kind != HW_WORD;
}

/* Of several rows that a phrase may mean, the likeliest: a full name before a short form, a country or capital before
 * another place, and else the order of the files (the better known first). */
static const hw_post *best_post(const hw_finder *f, const hw_slot *s)
{
    const hw_post *best = NULL;
    int best_rank = 1 << 30;
    bool person = false;
    for (uint32_t k = 0; k < s->n; k++) person |= f->names.posts[s->first + k].table == HW_PEOPLE;
    for (uint32_t k = 0; k < s->n; k++) {
        const hw_post *p = &f->names.posts[s->first + k];
        int rank = p->col * 10;
        if (p->table == HW_PLACES) {
            const char *kind = hw_cell(&f->tables[HW_PLACES], p->row, hw_column(&f->tables[HW_PLACES], "kind"));
            rank += strcmp(kind, "country") == 0 ? -8 : strcmp(kind, "capital") == 0 ? -6 : strcmp(kind, "city") == 0 ? -4 : 0;
        }
        if (person && p->table == HW_PLACES && !weighty(f, p)) rank += 40; /* a village that bears a statesman's name */
        if (p->table == HW_PEOPLE) rank += 5;
        if (p->ambiguous) rank += 20;
        if (rank < best_rank) {
            best_rank = rank;
            best = p;
        }
    }
    return best;
}

bool hw_listed_at(const hw_finder *f, uint32_t i, hw_span *s)
{
    hw_match m[8];
    unsigned n = hw_match_at(f->w, &f->names, i, m, 8);
    for (unsigned k = 0; k < n; k++) {
        const hw_post *p = best_post(f, m[k].slot);
        if (!p) continue;
        if (m[k].last == i && (!word_is_name(f, i, &m[k], p) || (p->table == HW_PLACES && is_demonym(f, i, &m[k])))) continue;
        if (m[k].last > i && (m[k].marks & (HW_M_INDEF | HW_M_PAST)) && !may_end_name(f, m[k].last, &m[k])) continue;
        *s = (hw_span){.first = i, .last = m[k].last, .type = type_of(p->table), .how = HW_LISTED, .table = p->table, .row = p->row,
                       .entity = HEWAL_NONE, .confidence = p->ambiguous ? 0.6f : m[k].marks ? 0.9f : 0.95f};
        if (m[k].last == i && (p->ambiguous || (hw_is_common(f, i) && hw_best_upos(f, i) != HW_PROPN))) s->confidence = supported(f, i) ? 0.88f : 0.6f;
        return true;
    }
    return false;
}

bool hw_listed_as(const hw_finder *f, uint32_t first, uint32_t last, hewal_type type, hw_span *s)
{
    hw_match m[8];
    unsigned n = hw_match_at(f->w, &f->names, first, m, 8);
    for (unsigned k = 0; k < n; k++) {
        const hw_post *p = m[k].last == last ? best_post(f, m[k].slot) : NULL;
        if (!p || type_of(p->table) != type) continue;
        s->how = HW_LISTED;
        s->table = p->table;
        s->row = p->row;
        return true;
    }
    return false;
}

/* «ajansî royterz» listed so: the name begins behind a head that stays outside, when what is left is listed too. */
static void skip_head(const hw_finder *f, hw_span *s)
{
    hw_match m[2];
    hw_span rest;
    if (s->type != HEWAL_ORG || s->last == s->first || !hw_match_at(f->w, &f->heads_ix, s->first, m, 2) || m[0].last >= s->last) return;
    uint32_t row = f->heads_ix.posts[m[0].slot->first].row;
    if (strcmp(hw_cell(&f->heads, row, hw_column(&f->heads, "keeps")), "rest") != 0) return;
    for (uint32_t i = m[0].last + 1; i <= s->last; i++)
        if (hw_listed_at(f, i, &rest) && rest.type == HEWAL_ORG && rest.last == s->last) {
            *s = rest;
            return;
        }
}

void hw_find_listed(hw_finder *f)
{
    uint32_t title_end = 0; /* behind the title that began before: «serok komarî turkya» holds no «komarî turkya» */
    for (uint32_t i = 0; i < f->x->tokens.n; i++) {
        hw_span s;
        hw_match t[2];
        if (hw_tok(f, i)->kind == HW_WORD && hw_match_at(f->w, &f->titles, i, t, 2) && t[0].last >= title_end) title_end = t[0].last + 1;
        uint8_t kind = hw_tok(f, i)->kind;
        if ((kind != HW_WORD && kind != HW_LATIN && kind != HW_NUMBER) || !hw_listed_at(f, i, &s)) continue;
        skip_head(f, &s);
        if (s.type == HEWAL_LOC && i > 0 && i < title_end && s.last >= title_end && s.last > i && hw_match_at(f->w, &f->titles, i - 1, t, 2) && t[0].last >= i) continue;
        *hw_push(f->a, &f->spans) = s;
    }
}
