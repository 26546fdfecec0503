/* In: words and names. Out: the clauses of every sentence, the phrases around names with the word that governs each, and
 * the subject of every clause, its own or understood from what came before. */
#include "events/find.h"

#include "base/utf8.h"

/* ---- words ------------------------------------------------------------------------------------------------------- */

hw_upos hw_upos_at(const hw_seeker *s, uint32_t i)
{
    const hw_word *w = &s->w->v[i];
    uint8_t kind = hw_et(s, i)->kind;
    if (kind == HW_PUNCT || kind == HW_QUOTE) return HW_PUNCTUATION;
    if (kind == HW_NUMBER) return HW_NUM;
    return w->n ? (hw_upos)w->analyses[0].upos : HW_X;
}

uint32_t hw_may_carry(const hw_seeker *s, uint32_t i)
{
    const hw_word *w = &s->w->v[i];
    uint32_t m = 0;
    for (unsigned k = 0; k < w->n; k++) m |= w->analyses[k].marks;
    for (unsigned k = 0; k < w->n_forms; k++) m |= w->forms[k].marks;
    return m;
}

const hw_analysis *hw_finite(const hw_seeker *s, uint32_t i)
{
    const uint32_t tense = HW_M_PAST | HW_M_PRESENT | HW_M_SUBJUNCTIVE | HW_M_PERFECT | HW_M_PLUPERFECT | HW_M_IMPERATIVE;
    const hw_word *w = &s->w->v[i];
    if (hw_et(s, i)->kind != HW_WORD || !w->n || (w->analyses[0].upos != HW_VERB && w->analyses[0].upos != HW_AUX)) return NULL;
    if (i > hw_first_of(s, i) && (s->prep[i - 1] || (s->cue[i - 1] & HW_Q_DET))) { /* «lew rûdawe»: what follows is a noun if it can */
        for (unsigned k = 0; k < w->n; k++)
            if (w->analyses[k].upos == HW_NOUN || w->analyses[k].upos == HW_PROPN) return NULL;
    }
    if (i < hw_last_of(s, i) && s->prep[i + 1] && s->w->v[i + 1].n && s->w->v[i + 1].analyses[0].upos == HW_ADP) { /* «dan be … da na» */
        bool light = i > hw_first_of(s, i) && s->nominal[i - 1] && s->n->mention_at[i - 1] < 0; /* «razî bûn le …» */
        for (unsigned k = 1; k < w->n && !light; k++)
            if (w->analyses[k].upos == HW_NOUN && !w->analyses[k].marks) return NULL;
    }
    if (i < hw_last_of(s, i)) { /* «rêkxirawe nêwdewlletîyekan» */
        const hw_word *next = &s->w->v[i + 1];
        bool plural = next->n && next->analyses[0].upos == HW_ADJ && (next->analyses[0].marks & HW_M_PLURAL) && (next->analyses[0].marks & HW_M_DEF);
        for (unsigned k = 1; k < w->n && plural; k++)
            if (w->analyses[k].upos == HW_NOUN && (w->analyses[k].marks & HW_M_DEF)) return NULL;
    }
    for (unsigned k = 0; k < w->n; k++) {
        const hw_analysis *a = &w->analyses[k];
        if (a->upos != HW_VERB && a->upos != HW_AUX) continue;
        if (a->marks & (HW_M_INFINITIVE | HW_M_PARTICIPLE)) {
            if (k == 0) return NULL;
            continue;
        }
        if ((a->marks & tense) || a->upos == HW_AUX) return a;
    }
    return NULL;
}

static uint32_t cp_at(const hw_seeker *s, uint32_t i)
{
    uint32_t cp = 0;
    hw_utf8_decode(s->x->raw + hw_et(s, i)->b, hw_et(s, i)->e - hw_et(s, i)->b, &cp);
    return cp;
}

bool hw_soft_mark(const hw_seeker *s, uint32_t i)
{
    uint32_t cp = cp_at(s, i);
    return hw_et(s, i)->kind == HW_PUNCT && (cp == ',' || cp == 0x60C || cp == 0x61B);
}

static bool hard_mark(const hw_seeker *s, uint32_t i)
{
    if (hw_et(s, i)->kind != HW_PUNCT) return false;
    uint32_t cp = cp_at(s, i);
    return cp == '.' || cp == ':' || cp == ';' || cp == '!' || cp == '?' || cp == 0x61F || cp == 0x2026;
}

/* The word may be linked to the next by izafe, with nothing between. */
static bool links_on(const hw_seeker *s, uint32_t i)
{
    const hw_token *next = hw_et(s, i + 1);
    if (hw_et(s, i)->kind != HW_WORD && hw_et(s, i)->kind != HW_LATIN) return false;
    if (next->flags & (HW_NEWLINE | HW_WIDE)) return false;
    return (hw_may_carry(s, i) & HW_M_IZAFE) != 0;
}

bool hw_opens_clause(const hw_seeker *s, uint32_t i)
{
    return (s->cue[i] & HW_Q_THAT) && (i == hw_last_of(s, i) || !hw_finite(s, i + 1)); /* «herreşey ewey kird» */
}

/* ---- clauses ----------------------------------------------------------------------------------------------------- */

static void end_clause(hw_seeker *s, uint32_t first, uint32_t last, uint32_t verb, bool starts)
{
    if (first > last) return;
    hw_clause *c = hw_push(s->a, &s->clauses);
    *c = (hw_clause){.first = first, .last = last, .verb = verb, .starts = starts, .own = -1, .topic = -1};
    for (uint32_t i = first; i <= last && i < first + 3; i++) {
        if (s->cue[i] & HW_Q_THAT) c->that = true;
        if (hw_et(s, i)->kind == HW_WORD && !(s->cue[i] & HW_Q_AND)) break;
    }
    for (uint32_t i = first; i <= last; i++) s->clause_at[i] = s->clauses.n - 1;
}

/* A noun or adjective with the copula ends a clause when what follows opens another. */
static bool copula_ends(const hw_seeker *s, uint32_t i, uint32_t end)
{
    const hw_word *w = &s->w->v[i];
    if (!w->n || !(w->analyses[0].marks & HW_M_COPULA) || (s->n->mention_at[i] >= 0 && i != end)) return false;
    return i == end || hw_et(s, i + 1)->kind == HW_PUNCT || (s->cue[i + 1] & (HW_Q_AND | HW_Q_THAT));
}

void hw_read_clauses(hw_seeker *s)
{
    s->clause_at = HW_NEWS(s->a, uint32_t, s->x->tokens.n + 1);
    for (uint32_t k = 0; k < s->x->sentences.n; k++) {
        const hw_sentence *sen = &s->x->sentences.v[k];
        uint32_t from = sen->first;
        bool starts = true;
        for (uint32_t i = sen->first; i <= sen->last; i++) {
            bool verb = hw_finite(s, i) != NULL;
            if (hw_opens_clause(s, i) && i > from && !verb) {
                end_clause(s, from, i - 1, HW_NO_TOKEN, starts);
                from = i;
                starts = false;
            }
            if (verb || hard_mark(s, i) || copula_ends(s, i, sen->last)) {
                bool mark = hw_et(s, i)->kind == HW_PUNCT;
                end_clause(s, from, i, mark ? HW_NO_TOKEN : i, starts);
                from = i + 1;
                starts = false;
            }
        }
        end_clause(s, from, sen->last, HW_NO_TOKEN, starts);
    }
}

/* ---- phrases ----------------------------------------------------------------------------------------------------- */

static bool head_word(const hw_seeker *s, uint32_t i)
{
    if (hw_et(s, i)->kind != HW_WORD || s->prep[i] || (s->cue[i] & (HW_Q_AND | HW_Q_THAT))) return false;
    if (s->n->mention_at[i] >= 0) return false;
    hw_upos u = hw_upos_at(s, i);
    return u == HW_NOUN || u == HW_ADJ || u == HW_PROPN || u == HW_X || u == HW_NUM || u == HW_ADV || (u == HW_VERB && !hw_finite(s, i));
}

/* «şande serbazîyekanî»: a noun that its adjective makes definite. */
static bool leans_on(const hw_seeker *s, uint32_t i)
{
    const hw_word *next = &s->w->v[i + 1];
    if (hw_et(s, i + 1)->flags & (HW_NEWLINE | HW_WIDE) || !next->n || hw_upos_at(s, i) != HW_NOUN) return false;
    return next->analyses[0].upos == HW_ADJ && (next->analyses[0].marks & HW_M_PLURAL) && (next->analyses[0].marks & HW_M_DEF) &&
           (hw_may_carry(s, i) & HW_M_DEF);
}

/* Head nouns before a name: «firroke cengîyekanî supay turk». */
static uint32_t widen(const hw_seeker *s, uint32_t core)
{
    uint32_t first = core, low = hw_first_of(s, core);
    while (first > low && core - first < 8) {
        uint32_t k = first - 1;
        if (k > low && (hw_upos_at(s, k) == HW_NUM || (s->cue[k] & HW_Q_DET)) && s->np_at[k] < 0) k--; /* «azadkirdinî 5000 zîndanîy X» */
        if (!head_word(s, k) || (!links_on(s, k) && !leans_on(s, k))) break;
        first = k;
    }
    /* «hêze emnîyekanî», «çend gundêkî»: words of the head that izafe does not join */
    while (first > low && first < core && core - first < 10 &&
           ((s->cue[first - 1] & HW_Q_DET) || hw_upos_at(s, first - 1) == HW_NUM || hw_upos_at(s, first - 1) == HW_DET))
        first--;
    return first;
}

/* The preposition before a phrase, past determiners and numbers. */
static uint32_t governor(const hw_seeker *s, uint32_t first)
{
    uint32_t low = hw_first_of(s, first);
    for (uint32_t i = first; i > low && first - i < 4; i--) {
        if (s->prep[i - 1]) return i - 1;
        if ((s->cue[i - 1] & HW_Q_AND) && i >= low + 3 && head_word(s, i - 2) && s->prep[i - 3]) return i - 3; /* «le gel u ḧikumetî X» */
        hw_upos u = hw_upos_at(s, i - 1);
        if (!(s->cue[i - 1] & HW_Q_DET) && u != HW_DET && u != HW_NUM && hw_et(s, i - 1)->kind != HW_QUOTE) break;
    }
    return HW_NO_TOKEN;
}

static bool dash(uint32_t cp) { return cp == '-' || (cp >= 0x2010 && cp <= 0x2015) || cp == 0x640; }

/* Whether `after` is coordinated with `before`: 2 by a word («X و Y»), 1 by a comma alone, 0 not. */
static int joins(const hw_seeker *s, const hw_np *before, const hw_np *after)
{
    if (after->first <= before->last + 1 || after->first - before->last > 4) return 0;
    /* «hêrişekanî X u bêdengîy Y» */
    if (before->of_event && after->first < after->core && hw_upos_at(s, after->first) == HW_NOUN && !hw_somebody(s, after->first)) return 0;
    int link = 0;
    for (uint32_t i = before->last + 1; i < after->first; i++) {
        if (s->cue[i] & HW_Q_AND) link = 2;
        else if (dash(cp_at(s, i)) && before->type == HEWAL_ORG && after->type == HEWAL_ORG) link = 2; /* «akepe – mehepe» */
        else if (!hw_soft_mark(s, i)) return 0;
        else if (!link) link = 1;
    }
    return link;
}

static bool alike(const hw_np *a, const hw_np *b)
{
    bool person_a = a->type == HEWAL_PER || a->type == HEWAL_ROLE, person_b = b->type == HEWAL_PER || b->type == HEWAL_ROLE;
    return person_a == person_b;
}

/* A mark that the tokens leave out («mînsik ـ serkirdekanî»). */
static bool dash_between(const hw_seeker *s, uint32_t i)
{
    const char *p = s->x->raw + hw_et(s, i)->e, *end = s->x->raw + hw_et(s, i + 1)->b;
    if (end - p > 8) return false;
    while (p < end) {
        uint32_t cp = 0;
        size_t n = hw_utf8_decode(p, (size_t)(end - p), &cp);
        if (dash(cp)) return true;
        p += n ? n : 1;
    }
    return false;
}

/* «beẍda - …», «(ohayo)»: says where the news comes from, or explains. */
static bool aside(const hw_seeker *s, const hw_np *p)
{
    uint32_t low = hw_first_of(s, p->first), end = hw_last_of(s, p->last);
    if (p->first > low && cp_at(s, p->first - 1) == '(') return true;
    if (p->type != HEWAL_LOC || p->core > low + 1 || p->last == end) return false;
    uint32_t cp = cp_at(s, p->last + 1);
    if (dash_between(s, p->last)) return true;
    return dash(cp) || cp == ':' || (cp == 0x61B && p->core == low) || (cp == '(' && p->last + 4 <= end && (dash(cp_at(s, p->last + 4)) || cp_at(s, p->last + 4) == ':' || dash_between(s, p->last + 3)));
}

static void govern(hw_seeker *s, hw_np *p)
{
    uint32_t g = governor(s, p->first);
    if (g == HW_NO_TOKEN) {
        const hw_analysis *a = p->first > hw_first_of(s, p->first) ? hw_finite(s, p->first - 1) : NULL;
        if (a && (a->marks & HW_M_OBLIQUE)) {
            p->gov = HW_S_GOAL;
            p->tail_of = p->first - 1;
        }
        return;
    }
    p->gov = s->prep[g];
    uint32_t before = g + 1 - s->prep_words[g];
    if (before > hw_first_of(s, before)) p->after = before - 1;
    if (before > hw_first_of(s, before) && hw_finite(s, before - 1) && p->gov != HW_S_ABOUT && p->gov != HW_S_BY) p->tail_of = before - 1;
    if (p->gov == HW_S_GOAL && p->tail_of == HW_NO_TOKEN) p->gov = HW_S_FROM;
}

/* A comma joins only in a list that ends with «و»: the phrases of a run of commas are joined when its end is. */
static void join(hw_seeker *s, hw_np *prev, hw_np *p)
{
    int how = prev && p->gov == HW_S_NONE ? joins(s, prev, p) : 0;
    if (how && !alike(prev, p) && (how == 1 || prev->gov != HW_S_NONE)) how = 0; /* «le kamp deyvîd, enwer sadat» */
    p->comma = how == 1;
    if (how != 2) return;
    uint32_t from = s->nps.n - 1; /* prev */
    while (from > 0 && s->nps.v[from].comma && s->nps.n - from < 24) from--;
    for (uint32_t k = from + 1; k < s->nps.n; k++) {
        s->nps.v[k].joined = true;
        s->nps.v[k].gov = s->nps.v[from].gov;
        s->nps.v[k].tail_of = s->nps.v[from].tail_of;
        s->nps.v[k].of_event |= s->nps.v[from].of_event;
    }
    p->joined = true;
    p->gov = prev->gov;
    p->tail_of = prev->tail_of;
    p->of_event |= prev->of_event;
}

/* The word ends in «yî»: a name that the lexicon does not know, with something behind it. */
static bool double_y(const hw_seeker *s, uint32_t i)
{
    const char *e = s->x->raw + hw_et(s, i)->e;
    if (hw_et(s, i)->e - hw_et(s, i)->b < 6) return false;
    uint32_t a = 0, b = 0;
    hw_utf8_decode(e - 4, 2, &a);
    hw_utf8_decode(e - 2, 2, &b);
    return (a == 0x6CC || a == 0x64A || a == 0x649) && (b == 0x6CC || b == 0x64A || b == 0x649);
}

/* The name carries the agent's clitic: «îdilbyan dagîr kird»; -î is one only where izafe leads to nothing. */
static bool has_clitic(const hw_seeker *s, uint32_t i)
{
    const hw_word *w = &s->w->v[i];
    if (!w->n) return false;
    uint32_t m = w->analyses[0].marks, end = hw_last_of(s, i);
    if (m & (HW_M_POSS | HW_M_AGENT)) return true;
    if ((!(m & HW_M_IZAFE) && !double_y(s, i)) || i >= end) return false;
    if (s->prep[i + 1] || hw_finite(s, i + 1)) return true;
    const hw_analysis *a = i + 2 <= end && s->nominal[i + 1] ? hw_finite(s, i + 2) : NULL; /* «emrîkay tometbar kird» */
    return a && (a->marks & (HW_M_PAST | HW_M_PERFECT | HW_M_PLUPERFECT)) && !(a->marks & HW_M_PASSIVE);
}

/* What a person's title is over («serokî emrîka»): the first place or organisation inside it. */
static void read_homes(hw_seeker *s)
{
    s->n_home = s->n->entities.n;
    s->home = hw_alloc(s->a, ((size_t)s->n_home + 1) * sizeof *s->home);
    for (uint32_t i = 0; i <= s->n_home; i++) s->home[i] = HEWAL_NONE;
    const hewal_mention *title = NULL;
    for (uint32_t k = 0; k < s->n->mentions.n; k++) {
        const hewal_mention *m = &s->n->mentions.v[k];
        if (m->type == HEWAL_ROLE) title = m;
        else if (title && title->entity >= 0 && m->first >= title->first && m->last <= title->last && m->type != HEWAL_PER && m->entity != title->entity &&
                 s->home[title->entity] == HEWAL_NONE)
            s->home[title->entity] = m->entity;
    }
}

/* «wezîranî X», «sê perlemantarî X»: several people, or one of them, of a country or organisation. */
static bool of_people(const hw_seeker *s, const hw_np *p)
{
    if (p->type == HEWAL_PER || p->type == HEWAL_ROLE) return false;
    for (uint32_t i = p->first; i < p->core; i++) {
        if (!(s->cue[i] & HW_Q_PEOPLE)) continue;
        return (hw_may_carry(s, i) & (HW_M_PLURAL | HW_M_INDEF)) || i > p->first || (i > hw_first_of(s, i) && hw_upos_at(s, i - 1) == HW_NUM);
    }
    return false;
}

/* «hawwillatîyek be nawî X»: the name stands where the noun before stands. */
static bool called(hw_seeker *s, hw_np *p)
{
    uint32_t g = governor(s, p->first), low = hw_first_of(s, p->first);
    if (g == HW_NO_TOKEN || p->type == HEWAL_LOC) return false;
    uint32_t start = g + 1 - s->prep_words[g];
    if (!(s->cue[start] & HW_Q_CALLED) || start <= low || s->np_at[start - 1] >= 0 || !head_word(s, start - 1)) return false;
    uint32_t k = start - 1;
    while (k > low && start - k < 6 && links_on(s, k - 1) && s->np_at[k - 1] < 0 && head_word(s, k - 1)) k--;
    p->first = k;
    p->gov = HW_S_NONE;
    govern(s, p);
    return (hw_may_carry(s, start - 1) & HW_M_POSS) != 0;
}

static void add_phrase(hw_seeker *s, uint32_t first, uint32_t last, int32_t entity, hewal_type type)
{
    hw_np p = {.core = first, .last = last, .entity = entity, .type = type, .tail_of = HW_NO_TOKEN, .after = HW_NO_TOKEN};
    hw_np *prev = s->nps.n ? &s->nps.v[s->nps.n - 1] : NULL;
    bool near = prev && prev->last < p.core && p.core - prev->last <= 2 && hw_et(s, prev->last)->sentence == hw_et(s, p.core)->sentence &&
                (p.core - prev->last == 1 || hw_soft_mark(s, p.core - 1));
    if (near && prev->entity == p.entity) { /* «co baydin, serokî emrîka» */
        if (p.type == HEWAL_PER) prev->type = HEWAL_PER;
        prev->last = p.last;
        for (uint32_t i = p.core; i <= p.last; i++) s->np_at[i] = (int32_t)s->nps.n - 1;
        return;
    }
    p.first = widen(s, p.core);
    if (prev && p.first <= prev->last) p.first = prev->last + 1;
    govern(s, &p);
    bool object = called(s, &p);
    if (aside(s, &p)) p.gov = HW_S_ABOUT;
    if (prev && p.first == prev->last + 1 && prev->type != HEWAL_PER && p.type != HEWAL_PER && (hw_may_carry(s, prev->last) & HW_M_IZAFE) &&
        !(hw_et(s, p.first)->flags & HW_NEWLINE)) {
        p.inner = true;
        p.gov = HW_S_ABOUT;
    }
    join(s, prev, &p);
    p.clitic = object || (!(s->cue[p.last] & HW_Q_HOMELAND) && has_clitic(s, p.last));
    p.people = of_people(s, &p);
    for (uint32_t i = p.first; i <= p.last; i++) {
        s->np_at[i] = (int32_t)s->nps.n;
        if (i < p.core && (s->nominal[i] & 2) && hw_upos_at(s, i) != HW_ADJ) p.of_event = true; /* «firroke cengîyekanî X» do act */
    }
    /* NOLINTNEXTLINE(clang-analyzer-core.NonNullParamChecker): it supposes `prev` null where nps.n is not 0 */
    *hw_push(s->a, &s->nps) = p;
}

/* ---- what was named before: «encûmeneke», «polîs» --------------------------------------------------------------- */

enum { HEADS = 256 };
typedef struct { uint64_t lemma[HEADS]; int32_t entity[HEADS]; } heads; /* the first nouns of organisations named so far */

static void remember(const hw_seeker *s, heads *h, const hewal_mention *m)
{
    const hw_word *w = &s->w->v[m->first];
    if (m->type != HEWAL_ORG || m->first == m->last || !w->n) return;
    for (unsigned k = 0; k < w->n; k++) {
        if (w->analyses[k].upos != HW_NOUN || !w->analyses[k].lemma_hash) continue;
        unsigned at = (unsigned)(w->analyses[k].lemma_hash % HEADS);
        h->lemma[at] = w->analyses[k].lemma_hash;
        h->entity[at] = m->entity;
        return;
    }
}

static int32_t echoed(const hw_seeker *s, const heads *h, uint32_t i)
{
    const hw_word *w = &s->w->v[i];
    if ((s->cue[i] & HW_Q_HOMELAND) && s->nps.n) { /* «willatekey» */
        for (uint32_t k = s->nps.n, n = 0; k > 0 && n < 4; k--, n++) {
            int32_t e = s->nps.v[k - 1].entity;
            if ((uint32_t)e < s->n_home && s->home[e] != HEWAL_NONE) return s->home[e];
        }
        return HEWAL_NONE;
    }
    if (hw_et(s, i)->kind != HW_WORD || !w->n || s->n->role_at[i] >= 0 || s->prep[i] || w->analyses[0].upos != HW_NOUN) return HEWAL_NONE;
    const hw_analysis *a = &w->analyses[0];
    unsigned at = (unsigned)(a->lemma_hash % HEADS);
    if (!a->lemma_hash || h->lemma[at] != a->lemma_hash || (a->marks & (HW_M_PLURAL | HW_M_INDEF | HW_M_POSS | HW_M_INFINITIVE))) return HEWAL_NONE;
    bool follows = i > hw_first_of(s, i) && hw_et(s, i - 1)->kind == HW_WORD && (hw_may_carry(s, i - 1) & HW_M_IZAFE) && !s->prep[i - 1];
    if (a->marks & HW_M_DEF) return h->entity[at];
    return (a->marks & HW_M_IZAFE) || follows || s->nominal[i] ? HEWAL_NONE : h->entity[at];
}

void hw_read_phrases(hw_seeker *s)
{
    s->np_at = hw_alloc(s->a, ((size_t)s->x->tokens.n + 1) * sizeof *s->np_at);
    for (uint32_t i = 0; i <= s->x->tokens.n; i++) s->np_at[i] = -1;
    read_homes(s);
    heads *h = HW_NEW(s->a, heads);
    uint32_t done = 0; /* tokens before it are in a phrase already */
    for (uint32_t k = 0; k <= s->n->mentions.n; k++) {
        const hewal_mention *m = k < s->n->mentions.n ? &s->n->mentions.v[k] : NULL;
        if (m && (m->entity < 0 || m->first < done)) continue;
        uint32_t end = m ? m->first : s->x->tokens.n;
        for (uint32_t i = done; i < end; i++) {
            int32_t e = echoed(s, h, i);
            if (e >= 0) add_phrase(s, i, i, e, s->n->entities.v[e].type);
        }
        if (!m) break;
        add_phrase(s, m->first, m->last, m->entity, m->type);
        remember(s, h, m);
        done = m->last + 1;
    }
}

uint32_t hw_np_from(const hw_seeker *s, uint32_t i)
{
    uint32_t lo = 0, hi = s->nps.n;
    while (lo < hi) {
        uint32_t mid = (lo + hi) / 2;
        if (s->nps.v[mid].last < i) lo = mid + 1;
        else hi = mid;
    }
    return lo;
}

/* ---- subjects ---------------------------------------------------------------------------------------------------- */

static int32_t first_free(const hw_seeker *s, const hw_clause *c)
{
    uint32_t end = c->verb == HW_NO_TOKEN ? c->last + 1 : c->verb;
    for (uint32_t k = hw_np_from(s, c->first); k < s->nps.n && s->nps.v[k].first < end; k++) {
        const hw_np *p = &s->nps.v[k];
        if (p->gov == HW_S_NONE && !p->clitic && !p->of_event && !p->inner && p->tail_of == HW_NO_TOKEN && p->first >= c->first) return (int32_t)k;
    }
    return -1;
}

/* The name that a relative clause hangs on: the last before it. */
static int32_t last_before(const hw_seeker *s, const hw_clause *c)
{
    uint32_t k = hw_np_from(s, c->first);
    return k > 0 && s->nps.v[k - 1].last < c->first && hw_et(s, s->nps.v[k - 1].last)->sentence == hw_et(s, c->first)->sentence &&
                   c->first - s->nps.v[k - 1].last <= 3
               ? (int32_t)k - 1
               : -1;
}

static bool opens_condition(const hw_seeker *s, const hw_clause *c)
{
    for (uint32_t i = c->first; i <= c->last && i < c->first + 3; i++)
        if (s->cue[i] & HW_Q_IF) return true;
    return false;
}

void hw_read_subjects(hw_seeker *s)
{
    int32_t main = -1, before = -1; /* first subject of this sentence, and of the one before */
    for (uint32_t k = 0; k < s->clauses.n; k++) {
        hw_clause *c = &s->clauses.v[k];
        const hw_clause *prev = c->starts || !k ? NULL : c - 1;
        if (c->starts) {
            before = main >= 0 ? main : before;
            main = -1;
        }
        c->own = first_free(s, c);
        if (c->own >= 0) {
            c->topic = c->own;
        } else if (!prev) {
            c->topic = before;
        } else if (k >= 2 && !prev->starts && opens_condition(s, prev)) { /* «çîn dellêt eger emrîka … bikat, …» */
            c->topic = (c - 2)->topic;
        } else if (c->that && prev->verb == HW_NO_TOKEN) {
            int32_t head = last_before(s, c);
            c->topic = head >= 0 ? head : prev->topic;
        } else if (prev->that && k >= 2 && !prev->starts && (c - 2)->verb == HW_NO_TOKEN && (c - 2)->own >= 0) {
            c->topic = (c - 2)->own;
        } else {
            c->topic = prev->topic;
        }
        if (main < 0 && c->own >= 0 && !c->that) main = c->own;
    }
}

uint32_t hw_common_subject(const hw_seeker *s, const hw_clause *c, uint32_t end)
{
    uint32_t from = end > c->first + 40 ? end - 40 : c->first;
    for (uint32_t i = from; i < end; i++) {
        if (s->np_at[i] >= 0) {
            const hw_np *p = &s->nps.v[s->np_at[i]];
            if (p->last >= i) i = p->last;
            continue;
        }
        bool by_prep = s->prep[i] != HW_S_NONE;
        if (by_prep && i + 1 < end) i++;
        uint32_t first = i;
        while (i + 1 < end && links_on(s, i) && s->np_at[i + 1] < 0 && !s->prep[i + 1]) i++;
        if (by_prep || s->t->time_at[first] >= 0 || s->np_at[first] >= 0 || (s->cue[first] & ~(uint32_t)(HW_Q_PLAN | HW_Q_ASK | HW_Q_CHANCE | HW_Q_PEOPLE | HW_Q_LEADER | HW_Q_SOMEBODY | HW_Q_OFFICIAL))) continue;
        if (hw_et(s, first)->kind != HW_WORD || (hw_upos_at(s, first) != HW_NOUN && !(s->cue[first] & HW_Q_SOMEBODY))) continue;
        uint32_t m = s->w->v[i].n ? s->w->v[i].analyses[0].marks : 0;
        if (m & (HW_M_LOC | HW_M_ABL | HW_M_POSS | HW_M_AGENT | HW_M_INFINITIVE)) continue;
        if (s->w->v[first].n && (s->w->v[first].analyses[0].marks & HW_M_INFINITIVE)) continue;
        if (i + 1 < c->last && s->np_at[i + 1] >= 0 && links_on(s, i)) continue; /* the head of a name's phrase */
        int32_t next = i + 2 < c->last && (s->cue[i + 1] & HW_Q_AND) ? s->np_at[i + 2] : -1; /* «endam u berrêweberanî X» */
        if (next >= 0 && s->nps.v[next].first < s->nps.v[next].core) continue;
        return first;
    }
    return HW_NO_TOKEN;
}
