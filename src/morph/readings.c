/* In: ways through a word. Out: readings: lemma, part of speech, features, marks, weight. */
#include "morph/lookup.h"

#include "base/hash.h"
#include <string.h>

#define SAME_MAX 2
#define UNLIKELY 2.9f /* readings that are so much worse than the best are dropped */
#define FIRST_UNLIKELY 4.2f /* the same of the first reading of a part of speech */

/* Classes that only we tell apart: determiners are ADJ with PronType, as Kurdish grammars have them, and the copula is the
 * verb of being in all but its clitic forms. */
const char *hw_upos_name(hw_upos u)
{
    static const char *const names[] = {"NOUN", "PROPN", "ADJ", "ADV", "VERB", "VERB", "PRON", "ADJ", "ADP",
                                        "NUM", "CCONJ", "SCONJ", "PART", "INTJ", "PUNCT", "SYM", "X"};
    return u <= HW_X ? names[u] : "X";
}

/* ---- features ------------------------------------------------------------------------------------------------------ */

typedef struct { const char *name, *value; size_t name_len, value_len; } feat;
#define FEATS_MAX 24
typedef struct { feat v[FEATS_MAX]; unsigned n; } feat_set;

static int compare(const feat *a, const char *name, size_t len)
{
    size_t n = a->name_len < len ? a->name_len : len;
    int c = memcmp(a->name, name, n);
    return c ? c : a->name_len < len ? -1 : a->name_len > len;
}

static void set_feat(feat_set *s, const char *name, size_t name_len, const char *value, size_t value_len)
{
    unsigned i = 0;
    while (i < s->n && compare(&s->v[i], name, name_len) < 0) i++;
    if (i < s->n && compare(&s->v[i], name, name_len) == 0) {
        s->v[i].value = value;
        s->v[i].value_len = value_len;
        return;
    }
    if (s->n == FEATS_MAX) return;
    memmove(&s->v[i + 1], &s->v[i], (s->n - i) * sizeof *s->v);
    s->v[i] = (feat){name, value, name_len, value_len};
    s->n++;
}

static void set_feats_of(feat_set *s, const char *text)
{
    while (*text) {
        size_t eq = strcspn(text, "="), n = strcspn(text, "|");
        if (eq < n) set_feat(s, text, eq, text + eq + 1, n - eq - 1);
        text += n + (text[n] == '|');
    }
}

/* The clitic that is the object of a present is the subject of a transitive past: Person[obj] becomes Person; and the personal
 * ending, if it is not that of the third person singular, which is none, is the object. */
static void object_to_subject(feat_set *s)
{
    static const char *const renamed[][2] = {{"Person[obj]", "Person"}, {"Number[obj]", "Number"}, {"Person", "Person[obj]"}, {"Number", "Number[obj]"}};
    feat_set old = *s;
    bool third = false, plural = false;
    for (unsigned i = 0; i < old.n; i++) {
        third |= !compare(&old.v[i], "Person", 6) && *old.v[i].value == '3';
        plural |= !compare(&old.v[i], "Number", 6) && *old.v[i].value == 'P';
    }
    s->n = 0;
    for (unsigned i = 0; i < old.n; i++) {
        unsigned k = 0;
        while (k < 4 && compare(&old.v[i], renamed[k][0], strlen(renamed[k][0]))) k++;
        if (k == 4) set_feat(s, old.v[i].name, old.v[i].name_len, old.v[i].value, old.v[i].value_len);
        else if (k < 2 || !third || plural) set_feat(s, renamed[k][1], strlen(renamed[k][1]), old.v[i].value, old.v[i].value_len);
    }
}

static const char *text_of(hw_arena *a, const feat_set *s)
{
    if (!s->n) return "";
    size_t len = 1;
    for (unsigned i = 0; i < s->n; i++) len += s->v[i].name_len + s->v[i].value_len + 2;
    char *out = hw_alloc(a, len), *q = out;
    for (unsigned i = 0; i < s->n; i++) {
        if (i) *q++ = '|';
        memcpy(q, s->v[i].name, s->v[i].name_len);
        q += s->v[i].name_len;
        *q++ = '=';
        memcpy(q, s->v[i].value, s->v[i].value_len);
        q += s->v[i].value_len;
    }
    *q = 0;
    return out;
}

const char *hw_path_feats(const hw_lexicon *l, hw_arena *a, const hw_path *p, const char *own)
{
    feat_set s;
    bool agent = false;
    s.n = 0;
    set_feats_of(&s, own);
    for (unsigned i = 0; i < p->n; i++) {
        const hw_tag *t = &l->tags[p->tag[i]];
        agent |= t->agent;
        for (unsigned j = 0; j < t->n_feats; j++) {
            const hw_feat *f = &l->feats[t->feats + j];
            const char *name = l->strings + f->name, *value = l->strings + f->value;
            set_feat(&s, name, strlen(name), value, strlen(value));
        }
    }
    if (agent) object_to_subject(&s);
    return text_of(a, &s);
}

const char *hw_sorted_feats(hw_arena *a, const char *feats)
{
    feat_set s = {.n = 0};
    set_feats_of(&s, feats);
    return text_of(a, &s);
}

/* ---- readings ------------------------------------------------------------------------------------------------------ */

/* What the way costs beside its tags: spelling other than the lexicon's, letters that the stem leaves over, and endings
 * that the fold hides: an ending ی that was written must be taken, one that was not is likely not there. */
static float cost_of_spelling(const hw_lexicon *l, const hw_letters *w, const hw_token *t, const hw_path *p, uint8_t upos)
{
    const char *stem = l->strings + p->stem->stem, *norm = t->norm + w->norm_at[p->stem_at];
    size_t n = strlen(stem), k = 0;
    float cost = 0;
    while (k < n && norm[k] == stem[k]) k++;
    unsigned end = p->stem->slot % HW_NET_ENDS;
    bool whole = p->stem_end == w->n && !p->n; /* no suffix that could change its end */
    if (k + (end > 1 && !whole ? 4 : 0) < n) cost += 0.7f;
    if (upos == HW_VERB) return cost;
    if (p->stem_end < w->n) cost += 0.04f * (float)(w->n - p->stem_end);
    bool doubled = w->norm_at[w->n] - w->norm_at[w->n - 1] >= 4, hidden = p->n && p->at[p->n - 1] == w->n;
    if (hidden && !(l->tags[p->tag[p->n - 1]].marks & HW_M_PLURAL)) cost += doubled ? -0.2f : 0.4f;
    if (!hidden && doubled && p->stem_end == w->n && k == n && norm[n]) cost += 0.8f;
    return cost;
}

static bool ends_in_vowel(const hw_lexicon *l, const char *s)
{
    size_t n = strlen(s);
    if (n < 2) return false;
    uint32_t cp = ((uint32_t)((unsigned char)s[n - 2] & 0x1F) << 6) | ((unsigned char)s[n - 1] & 0x3Fu);
    return cp >= 0x600 && cp <= 0x6FF && l->net->vowel[l->net->letter_of[cp - 0x600]];
}

/* The lemma with what stands before it and what tags add. */
static void complete_lemma(const hw_lexicon *l, hw_arena *a, const hw_path *p, hw_analysis *r)
{
    const char *lemma = r->lemma;
    if (p->productive) lemma = hw_sprintf(a, "%s%s", l->strings + l->lexemes[p->first->lexeme].lemma, lemma);
    for (unsigned i = 0; i < p->n; i++) {
        const hw_tag *t = &l->tags[p->tag[i]];
        const char *more = l->strings + (t->lemma ? ends_in_vowel(l, lemma) ? t->lemma_v : t->lemma : 0);
        size_t n = strlen(more);
        if (n && more[n - 1] == '-') lemma = hw_sprintf(a, "%.*s%s", (int)n - 1, more, lemma);
        else if (n) lemma = hw_sprintf(a, "%s%s", lemma, more);
    }
    if (p->goal) lemma = hw_sprintf(a, "%s%s", lemma, l->strings + p->goal->stem);
    if (lemma == r->lemma) return;
    hw_spelling s = hw_orth_word(l->model->orth, a, lemma, strlen(lemma));
    r->lemma = lemma;
    r->lemma_hash = hw_hash(s.fold, s.fold_len);
}

static void fold_path(const hw_lexicon *l, const hw_path *p, hw_analysis *r)
{
    bool agent = false;
    for (unsigned i = 0; i < p->n; i++) {
        const hw_tag *t = &l->tags[p->tag[i]];
        r->marks |= t->marks;
        if (t->becomes) r->upos = (uint8_t)(t->becomes - 1);
        if (t->person) r->person = t->person;
        if (t->subject) r->subject = t->subject;
        agent |= t->agent;
    }
    if (r->person && !agent && !(r->marks & (HW_M_AGENT | HW_M_POSS)) && r->upos == HW_VERB) r->person = 0; /* an object */
}

void hw_add_reading(const hw_lexicon *l, hw_arena *a, const hw_letters *w, const hw_token *t, const hw_path *p, hw_readings *out)
{
    const hw_lexeme *x = &l->lexemes[p->stem->lexeme];
    hw_analysis r = {.lemma = l->strings + x->lemma, .lemma_hash = x->hash, .marks = x->marks, .upos = x->upos, .weight = p->cost};
    fold_path(l, p, &r);
    bool again = (r.marks & HW_M_AGAIN) != 0;
    r.marks &= ~HW_M_OWN;
    if (again && !(x->flags & HW_LEX_AGAIN) && (r.marks & HW_M_INFINITIVE)) return; /* its twin in -ewe is the lemma */
    complete_lemma(l, a, p, &r);
    r.weight += cost_of_spelling(l, w, t, p, r.upos);
    const char *own = l->strings + x->feats;
    if (p->slips) own = *own ? hw_sprintf(a, "%s|Typo=Yes", own) : "Typo=Yes";
    r.feats = hw_path_feats(l, a, p, own);
    unsigned i = 0;
    for (; i < out->n; i++) {
        hw_analysis *o = &out->v[i];
        if (o->lemma_hash == r.lemma_hash && o->upos == r.upos && o->marks == r.marks && !strcmp(o->feats, r.feats)) {
            if (o->weight <= r.weight) return;
            break;
        }
    }
    if (i == out->n) {
        if (out->n == HW_READINGS_MAX) { /* the worst goes */
            i = 0;
            for (unsigned j = 1; j < out->n; j++)
                if (out->v[j].weight > out->v[i].weight) i = j;
            if (out->v[i].weight <= r.weight) return;
        } else {
            out->n++;
        }
    }
    out->v[i] = r;
}

/* What is much less likely than the best goes; but the first of a part of speech may be further behind, since context decides
 * between these. */
static void drop_unlikely(hw_readings *r)
{
    uint32_t seen = 0;
    unsigned n = 0;
    for (unsigned i = 0; i < r->n; i++) {
        bool first = !(seen >> r->v[i].upos & 1);
        if (r->v[i].weight > r->v[0].weight + (first ? FIRST_UNLIKELY : UNLIKELY)) continue;
        seen |= UINT32_C(1) << r->v[i].upos;
        r->v[n++] = r->v[i];
    }
    r->n = n;
}

void hw_sort_readings(hw_readings *r, bool prune)
{
    for (unsigned i = 1; i < r->n; i++) {
        hw_analysis x = r->v[i];
        unsigned j = i;
        for (; j && r->v[j - 1].weight > x.weight; j--) r->v[j] = r->v[j - 1];
        r->v[j] = x;
    }
    if (!prune) return;
    drop_unlikely(r);
    unsigned n = 0; /* of one lemma and part of speech the two best */
    for (unsigned i = 0; i < r->n; i++) {
        unsigned same = 0;
        for (unsigned j = 0; j < n; j++) same += r->v[j].lemma_hash == r->v[i].lemma_hash && r->v[j].upos == r->v[i].upos;
        if (same < SAME_MAX) r->v[n++] = r->v[i];
    }
    r->n = n;
}
