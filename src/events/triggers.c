/* In: words, lexicon, clauses. Out: the words that tell of an event, each with its line of triggers.tsv and its verb. */
#include "events/find.h"

#include "base/utf8.h"

#include <string.h>

typedef struct {
    uint32_t row, last, marks;
    const hw_analysis *verb; /* it is a finite verb by itself */
    bool joined;             /* noun and light verb in one word */
} reading;

enum { MAX_READINGS = 48 };

static bool is_verbal(const hw_analysis *a)
{
    return (a->upos == HW_VERB || a->upos == HW_AUX) && !(a->marks & (HW_M_INFINITIVE | HW_M_PARTICIPLE));
}

static unsigned add(const hw_seeker *s, const hw_slot *slot, reading r, reading *out, unsigned n)
{
    for (uint32_t k = 0; k < slot->n && n < MAX_READINGS; k++) {
        const hw_post *p = &s->triggers.posts[slot->first + k];
        r.row = p->row;
        r.joined = (int)p->col == s->joined;
        bool there = false;
        for (unsigned j = 0; j < n; j++) there |= out[j].row == r.row && out[j].last == r.last && !out[j].verb == !r.verb;
        if (there) continue;
        unsigned at = n++;
        for (; at > 0 && out[at - 1].last == r.last && out[at - 1].row > r.row; at--) out[at] = out[at - 1];
        out[at] = r;
    }
    return n;
}

/* All lines that token i may begin a trigger of: longer phrases first, then by their order in the file. */
static unsigned readings_at(const hw_seeker *s, uint32_t i, reading *out)
{
    unsigned n = 0;
    hw_match m[6];
    unsigned n_matches = hw_match_at(s->w, &s->triggers, i, m, 6);
    for (unsigned k = 0; k < n_matches; k++)
        if (m[k].last > i) n = add(s, m[k].slot, (reading){.last = m[k].last, .marks = m[k].marks}, out, n);
    const hw_word *w = &s->w->v[i];
    for (unsigned k = 0; k < w->n; k++) {
        if (!is_verbal(&w->analyses[k])) continue;
        const hw_slot *slot = hw_index_find(&s->triggers, hw_phrase(HW_PHRASE_START, w->analyses[k].lemma_hash));
        if (slot && slot->n) n = add(s, slot, (reading){.last = i, .marks = w->analyses[k].marks, .verb = &w->analyses[k]}, out, n);
    }
    for (unsigned k = 0; k < w->n_forms; k++) {
        const hw_slot *slot = hw_index_find(&s->triggers, hw_phrase(HW_PHRASE_START, w->forms[k].hash));
        if (!slot || !slot->n) continue;
        reading r = {.last = i, .marks = w->forms[k].marks};
        if (w->forms[k].lemma) {
            const hw_analysis *a = &w->analyses[w->forms[k].lemma - 1];
            if (is_verbal(a) || (a->marks & HW_M_PARTICIPLE)) continue; /* a participle: who does it, not that it is done */
            r.marks |= a->marks;
        } else if (w->forms[k].marks && w->n && w->analyses[0].upos == HW_ADJ && !(w->analyses[0].marks & w->forms[k].marks) && i > hw_first_of(s, i) &&
                   hw_et(s, i - 1)->kind == HW_WORD && (i == hw_last_of(s, i) || !hw_finite(s, i + 1))) { /* but «retî dekatewe» */
            continue; /* «firrokey cengî»: an adjective of its own */
        }
        n = add(s, slot, r, out, n);
    }
    return n;
}

static hw_tense tense_of(uint32_t marks)
{
    if (marks & (HW_M_SUBJUNCTIVE | HW_M_IMPERATIVE)) return HW_T_SUBJUNCTIVE;
    if (marks & (HW_M_PAST | HW_M_PERFECT | HW_M_PLUPERFECT)) return HW_T_PAST;
    return marks & (HW_M_PRESENT | HW_M_COPULA) ? HW_T_PRESENT : HW_T_NONE;
}

static void take_verb(const hw_seeker *s, hw_found *f, const hw_analysis *a)
{
    f->tense = tense_of(a->marks);
    f->neg = (a->marks & HW_M_NEG) != 0;
    f->passive = (a->marks & HW_M_PASSIVE) || (hw_lemma_cue(s, a->lemma_hash) & HW_Q_BECOME);
    f->becomes = f->passive && !(a->marks & HW_M_PASSIVE);
    f->person = (a->marks & HW_M_AGENT) ? a->person : a->subject;
}

/* Whether the row lists the verb at token j: by itself, or with the word before it («encam da»). */
static const hw_analysis *light_verb(hw_seeker *s, const hw_trigger *row, uint32_t j, uint32_t after, bool infinitive)
{
    const hw_word *w = &s->w->v[j];
    if (s->prep[j] && w->n && w->analyses[0].upos == HW_ADP && hw_et(s, j)->fold_len <= 4) return NULL; /* «be» is no verb */
    for (unsigned k = 0; k < w->n; k++) {
        const hw_analysis *a = &w->analyses[k];
        if (a->upos != HW_VERB && a->upos != HW_AUX) continue;
        if (infinitive != ((a->marks & HW_M_INFINITIVE) != 0)) continue;
        for (unsigned v = 0; v < row->n_verbs; v++)
            if (row->verbs[v] == a->lemma_hash) return a;
        if (j <= after + 1 || !a->lemma) continue;
        const hw_word *before = &s->w->v[j - 1];
        const char *fold = hw_et(s, j - 1)->fold;
        char both[128];
        hw_spelling sp = hw_orth_word(s->x->model->orth, s->a, a->lemma, strlen(a->lemma));
        for (unsigned i = 0; i < before->n_forms; i++) {
            uint32_t len = before->forms[i].len;
            if (!len || len + sp.fold_len > sizeof both) continue;
            memcpy(both, fold, len);
            memcpy(both + len, sp.fold, sp.fold_len);
            uint64_t h = hw_hash(both, len + sp.fold_len);
            for (unsigned v = 0; v < row->n_verbs; v++)
                if (row->verbs[v] == h) return a;
        }
    }
    return NULL;
}

/* The word stands in a phrase of its own («le kobûneweyekda»): no verb takes it. */
static bool sheltered(const hw_seeker *s, uint32_t first, uint32_t marks)
{
    if (marks & (HW_M_LOC | HW_M_ABL)) return true;
    uint32_t low = hw_first_of(s, first);
    if (first > low + 1 && (s->cue[first - 2] & HW_Q_BEGIN)) return false; /* «destî be mangirtin kird» */
    return first > low && s->prep[first - 1];
}

/* Another noun nearer to the verb that makes a phrase with it. */
static bool rival(hw_seeker *s, uint32_t last, uint32_t j)
{
    bool chained = true;
    for (uint32_t k = last + 1; k < j; k++) {
        chained = chained && ((s->w->v[k - 1].n && (s->w->v[k - 1].analyses[0].marks & HW_M_IZAFE)) || (k > last + 1 && (s->cue[k - 1] & HW_Q_DET)));
        if ((chained && k + 1 != j) || !s->nominal[k] || sheltered(s, k, s->w->v[k].n ? s->w->v[k].analyses[0].marks : 0)) continue;
        reading r[MAX_READINGS];
        unsigned n = readings_at(s, k, r);
        for (unsigned i = 0; i < n; i++)
            if (!r[i].verb && r[i].last < j && (hw_trigger_row(s, r[i].row)->tight ? r[i].last + 1 == j : !chained) && light_verb(s, hw_trigger_row(s, r[i].row), j, r[i].last, false)) return true;
    }
    return false;
}

/* The verb ends in the vowel that leads on to a goal («xiraye xwarewe»). */
static bool leads_on(const hw_seeker *s, uint32_t i, const hw_analysis *a)
{
    const hw_token *t = hw_et(s, i);
    if (a->marks & HW_M_OBLIQUE) return true;
    uint32_t cp = 0;
    if (t->fold_len >= 2) hw_utf8_decode(t->fold + t->fold_len - 2, 2, &cp);
    return cp == 0x6D5 && (a->marks & (HW_M_PAST | HW_M_PERFECT));
}

static bool find_light(hw_seeker *s, const hw_trigger *row, const reading *r, uint32_t first, hw_found *f)
{
    uint32_t end = hw_last_of(s, first);
    bool inside = false; /* a subordinate clause */
    const hw_word *w = &s->w->v[first];
    if (row->tight && row->becomes && r->last == first && w->n && (w->analyses[0].marks & HW_M_COPULA) && s->clauses.v[s->clause_at[first]].verb == first &&
        first > hw_first_of(s, first) && !(s->cue[first - 1] & HW_Q_DET) && !(hw_may_carry(s, first - 1) & HW_M_IZAFE)) { /* «nîgerane», «pûçelle» */
        f->verb = first;
        f->tense = HW_T_PRESENT;
        f->neg = (w->analyses[0].marks & HW_M_NEG) != 0;
        f->person = w->analyses[0].subject;
        return true;
    }
    if (!row->tight && sheltered(s, first, r->marks)) return false;
    if (row->tight) {
        if (first > hw_first_of(s, first) && !s->taken[first - 1]) { /* «xiraye xwarewe» */
            const hw_analysis *a = light_verb(s, row, first - 1, first, false);
            if (a && leads_on(s, first - 1, a)) {
                f->verb = f->first = first - 1;
                take_verb(s, f, a);
                return true;
            }
        }
        if (r->last == end || (r->marks & (HW_M_PLURAL | HW_M_DEF | HW_M_INDEF))) return false;
        const hw_analysis *a = s->taken[r->last + 1] ? NULL : light_verb(s, row, r->last + 1, r->last, false);
        if (!a) return false;
        f->verb = f->last = r->last + 1;
        take_verb(s, f, a);
        return true;
    }
    for (uint32_t j = r->last + 1; j <= end && j <= r->last + 24; j++) {
        if (hw_opens_clause(s, j)) inside = true;
        const hw_analysis *a = s->taken[j] ? NULL : light_verb(s, row, j, r->last, false);
        if (a && !inside) {
            if (j > r->last + 1 && rival(s, r->last, j)) return false;
            f->verb = j;
            take_verb(s, f, a);
            f->last = j <= r->last + 1 ? j : r->last;
            if (row->by_verb) f->first = f->last = j;
            return true;
        }
        if (hw_finite(s, j)) {
            if (!inside) return false;
            inside = false;
        }
        uint8_t kind = hw_et(s, j)->kind;
        if (kind == HW_PUNCT && s->clause_at[j] != s->clause_at[j - 1 > first ? j - 1 : first] && !inside) return false;
    }
    return false;
}

static bool fits(const hw_seeker *s, const hw_trigger *row, const hw_found *f)
{
    if (row->neg == -2 && !f->neg) return false;
    if (row->near < 0) return true;
    const hw_clause *c = &s->clauses.v[s->clause_at[f->first]];
    uint32_t low = c->first, high = f->verb == HW_NO_TOKEN || f->verb < c->last ? c->last : f->verb, end = hw_last_of(s, f->first);
    if (!f->noun && c > s->clauses.v && !c->starts && c->that && ((c - 1)->verb == HW_NO_TOKEN)) low = (c - 1)->first; /* a relative clause: what it is about stands before it */
    if (!f->noun && c > s->clauses.v && !c->starts && !(c - 1)->that && f->first <= low + 1 && (f->first == low || hw_soft_mark(s, low))) low = (c - 1)->first;
    if (f->noun && c > s->clauses.v && !c->starts && (hw_may_carry(s, f->last) & HW_M_POSS)) low = (c - 1)->first; /* «gerrandineweyan» */
    if (f->first > low + 24) low = f->first - 24;
    if (f->verb != HW_NO_TOKEN && high < end) high = high + 3 < end ? high + 3 : end;
    if (high > f->first + 24) high = f->first + 24 < end ? f->first + 24 : end;
    if (f->noun && !row->near_not && (f->marks & HW_M_IZAFE) && high > f->last + 8) high = f->last + 8;
    if (row->near_not) return !hw_near(s, row->near, low, high);
    /* the trigger itself does not say what it is about */
    return (f->first > low && hw_near(s, row->near, low, f->first - 1)) || (f->last < high && hw_near(s, row->near, f->last + 1, high));
}

/* Whether what may be a verb or its infinitive («kobûnewe») is the verb here: it ends the clause, and nothing governs it. */
static bool clause_ends_at(const hw_seeker *s, uint32_t i)
{
    if (hw_finite(s, i)) return true;
    if (i == hw_first_of(s, i) || s->prep[i - 1]) return false;
    const hw_word *before = &s->w->v[i - 1];
    bool linked = hw_et(s, i - 1)->kind == HW_WORD && before->n && (before->analyses[0].marks & HW_M_IZAFE);
    if (i == hw_last_of(s, i) || hw_upos_at(s, i + 1) == HW_PUNCTUATION) return !linked || s->np_at[i - 1] >= 0;
    return !linked && (s->cue[i + 1] & (HW_Q_AND | HW_Q_THAT));
}

/* Very general verbs say something else with an adjective before them («berz kirdewe»). */
static bool other_compound(const hw_seeker *s, const hw_trigger *row, uint32_t i)
{
    if (row->near < 0 || row->near_not || i == hw_first_of(s, i)) return false;
    hw_upos u = hw_upos_at(s, i - 1);
    return s->np_at[i - 1] < 0 && (u == HW_ADJ || u == HW_ADV) && !(hw_may_carry(s, i - 1) & (HW_M_POSS | HW_M_AGENT | HW_M_IZAFE));
}

/* The verb is the reporting verb of a quote («cextî … kirdewe»). */
static bool in_cue(const hw_seeker *s, uint32_t i)
{
    uint32_t b = hw_et(s, i)->b, lo = 0, hi = s->q->quotes.n;
    while (lo < hi) {
        uint32_t mid = (lo + hi) / 2;
        if (s->q->quotes.v[mid].b <= b) lo = mid + 1;
        else hi = mid;
    }
    for (uint32_t k = lo > 2 ? lo - 2 : 0; k < s->q->quotes.n && k < lo + 2; k++)
        if (s->q->quotes.v[k].cue_b <= b && b < s->q->quotes.v[k].cue_e) return true;
    return false;
}

static bool try_verb(hw_seeker *s, const reading *r, uint32_t i, hw_found *f)
{
    const hw_trigger *row = hw_trigger_row(s, r->row);
    *f = (hw_found){.first = i, .last = r->last, .head = i, .verb = HW_NO_TOKEN, .row = r->row, .marks = r->marks};
    if (r->verb) {
        if (!row->n_verbs && in_cue(s, i)) return false;
        if (row->noun || row->none || (row->n_verbs && !r->joined) || !clause_ends_at(s, i) || other_compound(s, row, i)) return false;
        f->verb = i;
        take_verb(s, f, r->verb);
    } else if (!row->n_verbs || r->joined || !find_light(s, row, r, i, f)) {
        return false;
    }
    return fits(s, row, f);
}

static bool try_noun(hw_seeker *s, const reading *r, uint32_t i, hw_found *f, hw_doubt *doubt)
{
    const hw_trigger *row = hw_trigger_row(s, r->row);
    if (r->verb) return false;
    bool infinitive = row->n_verbs && !r->joined && r->last < hw_last_of(s, i) && light_verb(s, row, r->last + 1, r->last, true);
    if (row->tight && !infinitive && !r->joined) return false;
    *doubt = row->alone == HW_A_NO && !infinitive ? HW_NOT_ALONE : HW_BELIEVED;
    *f = (hw_found){.first = i, .last = r->last + infinitive, .head = i, .verb = HW_NO_TOKEN, .row = r->row, .marks = r->marks, .noun = true};
    if (infinitive) f->marks |= hw_may_carry(s, r->last + 1);
    f->neg = (f->marks & HW_M_NEG) != 0;
    return fits(s, row, f);
}

/* Whether token i may be the noun of some trigger: marked before phrases are cut. */
static void mark_nominal(hw_seeker *s, uint32_t i)
{
    reading r[MAX_READINGS];
    unsigned n = readings_at(s, i, r);
    s->listed[i] = n > 0;
    for (unsigned k = 0; k < n; k++)
        if (!r[k].verb && r[k].last == i) s->nominal[i] |= hw_trigger_row(s, r[k].row)->alone != HW_A_NO && !hw_trigger_row(s, r[k].row)->tight ? 3 : 1;
}

void hw_mark_nominal(hw_seeker *s)
{
    for (uint32_t i = 0; i < s->x->tokens.n; i++)
        if (hw_et(s, i)->kind == HW_WORD) mark_nominal(s, i);
}

/* Casts what holds. True when the rules believe it; else it is kept in *out, if it is the first. */
static bool believe(hw_seeker *s, const hw_found *f, hw_doubt doubt, bool *any, hw_candidate *out)
{
    hw_candidate c = {.f = *f, .doubt = doubt};
    bool enough = hw_cast_of(s, f, hw_trigger_row(s, f->row), &c.cast);
    if (!enough && !doubt) c.doubt = HW_NOT_ENOUGH;
    if (!c.doubt || !*any) *out = c;
    *any = true;
    return !c.doubt;
}

bool hw_trigger_at(hw_seeker *s, uint32_t i, hw_candidate *out)
{
    const hw_token *t = hw_et(s, i);
    if (!s->listed[i] || t->kind != HW_WORD || (t->flags & HW_JUNK) || s->taken[i] || s->n->mention_at[i] >= 0) return false;
    reading r[MAX_READINGS];
    unsigned n = readings_at(s, i, r);
    for (unsigned k = 0; k < n; k++)
        if (r[k].last > i && hw_trigger_row(s, r[k].row)->none) {
            for (uint32_t j = i; j <= r[k].last; j++) s->taken[j] = 1;
            return false;
        }
    bool any = false;
    hw_found f;
    hw_doubt doubt = HW_BELIEVED;
    for (unsigned k = 0; k < n; k++)
        if (try_verb(s, &r[k], i, &f) && believe(s, &f, HW_BELIEVED, &any, out)) return true;
    for (unsigned k = 0; k < n; k++)
        if (!r[k].verb && hw_trigger_row(s, r[k].row)->none) return any;
    for (unsigned k = 0; k < n; k++)
        if (try_noun(s, &r[k], i, &f, &doubt) && believe(s, &f, doubt, &any, out)) return true;
    return any;
}
