/* In: a word. Out: right, or what may have been meant. A word is right when the lexicon reads it and the standard spelling
 * of that reading is what stands there. What may have been meant: that standard spelling; two words in place of one; and
 * forms that the rules of errors lead to, found by walking through the trie of forms and stems with a limit to the cost. */
#include "morph/spellings.h"

#include "base/hash.h"
#include <math.h>
#include <string.h>

#define STEPS_MAX 8000      /* of one walk */
#define FOUND_MAX 96
#define WALK_MAX 2.0f     /* what the errors of one word may cost; of a short one: */
#define WALK_SHORT 1.8f
#define FLUENT 1.3f       /* an error that costs more is any letter for any other */
#define USUAL 0.5f        /* a join that costs less is so common that the word beside it may be an unknown one */

/* Costs, in the units of errors.tsv. */
#define DIFFERENT 0.35f   /* a letter that the standard spelling has otherwise */
#define INEXACT 9.0f      /* a reading in other spelling, when one in this spelling could be taken */
#define READING 0.08f     /* of the weight of a reading */
#define INFINITIVE 0.5f   /* less for a verbal noun: it is written as one word */
#define APART 0.27f       /* how much worse a reading of parts that should stand apart may be, to be taken */
#define APART_SPLIT 0.80f /* less for two words where there is such a reading */
#define SPLIT_WORSE 0.3f  /* how much less likely than other suggestions they may be, to say that the word is wrong */
#define PRIOR 0.2f        /* of the logarithm of a count */
#define PRIOR_TOP 11.0f   /* the logarithm of the commonest word's count, about */
#define UNREAD 1.2f       /* a form that the lexicon cannot read */
#define GUESSED 0.9f      /* and that is not known as a form either */
#define SPLIT 2.4f        /* two words that are not usually glued */
#define SPLIT_VERB 0.8f   /* a word glued to a finite verb */
#define SPLIT_PRIOR 0.45f /* of the counts of these two words */
#define WALKED 0.3f       /* of the cost of a candidate's own reading */
#define DOUBT 0.8f        /* how much less a candidate says against the word when its errors are not fluent */
#define OWN_UNKNOWN 4.2f  /* what it costs to take an unread word for right */
#define OWN_LISTED 2.6f   /* one that texts have, less its prior */
#define SHORT 0.48f       /* less for each letter that it has less than SHORT_SIZE: short words are like too many others */
#define SHORT_SIZE 6
#define LONG 0.15f        /* more for each letter more than LONG_SIZE: long ones are seldom names */
#define LONG_SIZE 8
#define VARIANT 2         /* letters in which a variant may differ from the lemma */

/* ---- readings and their standard spelling --------------------------------------------------------------------------- */

typedef struct {
    hw_spelt spelt; /* of the likeliest reading */
    float cost;     /* of the way there, and of the reading */
    float choice;   /* by which it is chosen among the readings */
    bool read, exact, finite;
    bool compound;  /* what stands before its stem is an entry of its own */
    bool apart;     /* only as a finite verb with what should stand apart before it */
} known;

static hw_token token_of(const hw_spell *sp, hw_arena *a, const char *s, size_t n)
{
    hw_spelling p = hw_orth_word(sp->model->orth, a, s, n);
    return (hw_token){.e = (uint32_t)n, .kind = HW_WORD, .norm_len = p.norm_len, .fold_len = p.fold_len, .norm = p.norm, .fold = p.fold,
                      .hash = hw_hash(p.fold, p.fold_len)};
}

typedef struct { /* a reading being spelt */
    const hw_spell *sp;
    const hw_letters *w;
    const hw_spelt *norm;
    hw_spelt *out;
} speller;

static void put_letters(speller *x, uint8_t letter, unsigned n)
{
    for (; n && x->out->n < HW_SPELT_MAX; n--) x->out->v[x->out->n++] = letter;
}

static unsigned run_at(const speller *x, unsigned i)
{
    return (unsigned)(x->w->norm_at[i + 1] - x->w->norm_at[i]) / 2;
}

static void put_as_written(speller *x, unsigned from, unsigned to)
{
    for (unsigned i = from; i < to; i++)
        for (unsigned k = 0, at = x->w->norm_at[i] / 2u; k < run_at(x, i); k++) put_letters(x, x->norm->v[at + k], 1);
}

static bool glide_follows(const speller *x, unsigned i, bool stem)
{
    const hw_letter_list *l = stem ? &x->sp->glide_of_stem : &x->sp->glide_of_ending;
    return i + 1 < x->w->n && memchr(l->v, x->norm->v[x->w->norm_at[i + 1] / 2], l->n);
}

static unsigned within(unsigned k, unsigned lo, unsigned hi)
{
    return k < lo ? lo : k > hi ? hi : k;
}

/* Spells letters of the word from `at` on as `text` has them, as far as they are the same letters. Gives where it stops. */
static unsigned put_stem(speller *x, hw_arena *a, unsigned at, const char *text, bool last)
{
    const hw_spell *sp = x->sp;
    hw_letters s;
    hw_spelt spelt;
    hw_token t = token_of(sp, a, text, strlen(text));
    hw_letters_of(sp->model, &sp->lexicon, &t, &s);
    if (!hw_spelt_of(&spelt, t.norm, t.norm_len)) return at;
    for (unsigned j = 0; j < s.n && at < x->w->n && s.v[j] == x->w->v[at]; j++, at++) {
        unsigned begin = s.norm_at[j] / 2u, n = s.norm_at[j + 1] / 2u - begin, k = n;
        uint8_t letter = spelt.v[begin];
        if (last && j + 1 == s.n && letter == sp->glide) {
            bool vowel = j && sp->lexicon.net->vowel[s.v[j - 1]];
            k = glide_follows(x, at, true) && (!vowel || n > 1) ? n + 1 : within(run_at(x, at), n, n + 1);
        }
        put_letters(x, letter, k);
    }
    return at;
}

static void put_ending(speller *x, unsigned at)
{
    const hw_spell *sp = x->sp;
    for (unsigned i = at; i < x->w->n; i++) {
        unsigned k = run_at(x, i);
        uint8_t letter = x->norm->v[x->w->norm_at[i] / 2];
        bool vowel = i && sp->lexicon.net->vowel[x->w->v[i - 1]];
        if (letter == sp->longer) k = vowel ? 1 : 2;
        if (letter == sp->glide) {
            bool before = glide_follows(x, i, false);
            if (before && !vowel) k = 2;
            else if (before && k > 1) k = 3;
            else k = within(k, 1, 2);
        }
        if (letter == sp->longer || letter == sp->glide) put_letters(x, letter, k);
        else put_as_written(x, i, i + 1);
    }
}

static unsigned differences(const hw_spelt *x, const hw_spelt *y)
{
    unsigned from = 0, to = 0, n = x->n < y->n ? x->n : y->n, m = x->n < y->n ? y->n : x->n, d = 0;
    while (from < n && x->v[from] == y->v[from]) from++;
    while (from + to < n && x->v[x->n - 1 - to] == y->v[y->n - 1 - to]) to++;
    if (x->n != y->n) return m - n + (n - from - to);
    for (unsigned i = from; i + to < n; i++) d += x->v[i] != y->v[i];
    return d;
}

static bool stays_joined(const hw_spell *sp, const char *text)
{
    hw_spelt w;
    if (!hw_spelt_of(&w, text, strlen(text))) return true;
    for (unsigned i = 0; i < sp->n_joined; i++)
        if (hw_spelt_same(&sp->joined[i].word, &w)) return true;
    return false;
}

/* Is the stem a noun's, adjective's or adverb's other spelling: neither its lemma nor more than a letter or two from it? */
static bool is_variant(const hw_spell *sp, const hw_entry *e, const hw_lexeme *x)
{
    hw_spelt stem, lemma;
    const char *s = sp->lexicon.strings + e->stem, *t = sp->lexicon.strings + x->lemma;
    if (x->upos != HW_NOUN && x->upos != HW_ADJ && x->upos != HW_ADV && x->upos != HW_PROPN) return false;
    if (!hw_spelt_of(&stem, s, strlen(s)) || !hw_spelt_of(&lemma, t, strlen(t)) || stem.n < 3 || lemma.n < 3) return false;
    unsigned d = differences(&stem, &lemma);
    uint32_t here = hw_trie_find(sp, &stem), there = hw_trie_find(sp, &lemma);
    if (here && there && sp->trie[there].count < 4 * sp->trie[here].count) return false;
    return d && d <= VARIANT && (stem.n >= lemma.n || memcmp(stem.v, lemma.v, stem.n) != 0) && (stem.n < lemma.n || memcmp(stem.v, lemma.v, lemma.n) != 0);
}

static void read_path(const hw_spell *sp, hw_arena *a, const hw_letters *w, const hw_spelt *norm, const hw_path *p, known *best)
{
    const hw_lexicon *l = &sp->lexicon;
    const hw_lexeme *lex = &l->lexemes[p->stem->lexeme];
    known k = {.read = true, .cost = READING * p->cost};
    speller x = {sp, w, norm, &k.spelt};
    uint8_t upos = lex->upos;
    uint32_t marks = lex->marks;
    for (unsigned i = 0; i < p->n; i++) {
        k.apart |= memchr(sp->apart, p->tag[i], sp->n_apart) != NULL;
        marks |= l->tags[p->tag[i]].marks;
        if (l->tags[p->tag[i]].becomes) upos = (uint8_t)(l->tags[p->tag[i]].becomes - 1);
    }
    k.finite = upos == HW_VERB && !(marks & (HW_M_INFINITIVE | HW_M_PARTICIPLE));
    unsigned at = 0;
    if (p->first) {
        const char *first = l->strings + p->first->stem;
        at = put_stem(&x, a, 0, first, false);
        k.apart |= k.finite && !stays_joined(sp, first);
    }
    k.compound = p->first != NULL;
    if (at > p->stem_at) return;
    put_as_written(&x, at, p->stem_at);
    bool variant = is_variant(sp, p->stem, lex);
    at = put_stem(&x, a, p->stem_at, l->strings + p->stem->stem, true);
    if (!variant && at < p->stem_end && at < w->n) { /* an end that the ending changes */
        put_as_written(&x, at, at + 1);
        at++;
    }
    if (variant) {
        hw_spelt lemma;
        if (hw_spelt_of(&lemma, l->strings + lex->lemma, strlen(l->strings + lex->lemma))) k.spelt = lemma;
    }
    if (p->goal) put_as_written(&x, at, w->n);
    else put_ending(&x, at);
    if (k.finite && p->n && p->tag[p->n - 1] == sp->full.tag && k.spelt.n && k.spelt.v[k.spelt.n - 1] == sp->full.letter)
        put_letters(&x, sp->full.add, 1);
    unsigned d = differences(&k.spelt, norm);
    k.exact = !d;
    if (marks & HW_M_INFINITIVE) k.cost -= INFINITIVE;
    if (variant) k.cost += DIFFERENT;
    k.cost += DIFFERENT * (float)d;
    known *b = &best[k.apart];
    k.choice = k.cost + (d ? INEXACT : 0);
    if (!b->read || k.choice < b->choice) *b = k;
}

/* What the lexicon knows of the word. */
static known look(const hw_spell *sp, hw_arena *a, const hw_spelt *word)
{
    known best[2] = {{.cost = 0}, {.cost = 0}};
    hw_letters w;
    hw_paths paths;
    hw_spelt norm;
    const char *s = hw_spelt_string(a, word);
    hw_token t = token_of(sp, a, s, 2 * (size_t)word->n);
    if (!word->n || !hw_spelt_of(&norm, t.norm, t.norm_len)) return best[0];
    hw_letters_of(sp->model, &sp->lexicon, &t, &w);
    hw_lexicon_read(&sp->lexicon, &w, false, &paths);
    if (!paths.n) hw_lexicon_read(&sp->lexicon, &w, true, &paths);
    for (unsigned i = 0; i < paths.n; i++) {
        read_path(sp, a, &w, &norm, &paths.v[i], best);
        if (best[0].exact && !best[0].compound) break; /* nothing can say more for it */
    }
    if (!best[1].read || (best[0].exact && !best[0].compound)) return best[0];
    return !best[0].read || best[1].cost < best[0].cost + APART ? best[1] : best[0];
}

static float prior(const hw_spell *sp, const hw_spelt *w, bool read)
{
    uint32_t node = hw_trie_find(sp, w);
    float n = node ? (float)sp->trie[node].count : 0;
    return PRIOR * (PRIOR_TOP - log1pf(n)) + (read ? 0 : UNREAD);
}

/* ---- suggestions ------------------------------------------------------------------------------------------------------ */

typedef struct { const char *s; float cost, doubt; } suggestion; /* doubt: how much less it says against the word */
typedef struct { suggestion v[64]; unsigned n; } suggestions;

static void suggest(suggestions *l, const char *s, float cost, float doubt)
{
    unsigned i = 0;
    while (i < l->n && strcmp(l->v[i].s, s) != 0) i++;
    if (i < l->n) {
        if (cost >= l->v[i].cost) return;
    } else if (l->n < 64) {
        l->n++;
    } else {
        for (unsigned j = i = 0; j < l->n; j++)
            if (l->v[j].cost > l->v[i].cost) i = j;
        if (l->v[i].cost <= cost) return;
    }
    l->v[i] = (suggestion){s, cost, doubt};
}

/* ---- two words in one --------------------------------------------------------------------------------------------------- */

typedef struct { const char *s; float cost; bool good; } part;

static const hw_join *join_of(const hw_join *list, unsigned n, const hw_spelt *w)
{
    for (unsigned i = 0; i < n; i++)
        if (hw_spelt_same(&list[i].word, w)) return &list[i];
    return NULL;
}

static part split(const hw_spell *sp, hw_arena *a, const hw_spelt *w, int depth, suggestions *all);

/* A word that is part of what was split: as it stands, in standard spelling, or split again. */
static part whole(const hw_spell *sp, hw_arena *a, const hw_spelt *w, int depth, bool guess)
{
    known k = look(sp, a, w);
    part p = {NULL, 0, false};
    if (k.read && !k.apart) {
        const hw_spelt *best = k.exact ? w : &k.spelt;
        p = (part){hw_spelt_string(a, best), (k.exact ? 0.1f : k.cost) + prior(sp, best, true), true};
    } else if (!k.read) {
        uint32_t node = hw_trie_find(sp, w);
        if (node && sp->trie[node].count > 4 && w->n > 2) p = (part){hw_spelt_string(a, w), prior(sp, w, false), true};
        else if (guess && w->n > 1) p = (part){hw_spelt_string(a, w), prior(sp, w, false) + GUESSED, true};
    }
    if (depth > 0 && (!k.exact || k.apart)) {
        part q = split(sp, a, k.apart ? &k.spelt : w, depth - 1, NULL);
        if (k.apart) q.cost -= APART_SPLIT;
        if (q.good && (!p.good || q.cost < p.cost)) p = q;
    }
    return p;
}

static part split(const hw_spell *sp, hw_arena *a, const hw_spelt *w, int depth, suggestions *all)
{
    part best = {NULL, 0, false};
    for (unsigned i = 1; i < w->n; i++) {
        hw_spelt x = {.n = (uint8_t)i}, y = {.n = (uint8_t)(w->n - i)};
        memcpy(x.v, w->v, i);
        memcpy(y.v, w->v + i, y.n);
        const hw_join *before = join_of(sp->before, sp->n_before, &x), *after = join_of(sp->after, sp->n_after, &y);
        if (!before && !after && (x.n < 2 || y.n < 3)) continue;
        part p, q;
        float cost = SPLIT;
        if (before) {
            if (y.n < 2) continue;
            cost = before->cost;
            p = (part){hw_spelt_string(a, &before->word), 0, true};
            q = whole(sp, a, &y, depth, before->cost < USUAL);
        } else if (after) {
            cost = after->cost;
            q = (part){hw_spelt_string(a, &after->word), 0, true};
            p = whole(sp, a, &x, depth, after->cost < USUAL);
        } else {
            known v = look(sp, a, &y);
            if (!v.read || v.apart) continue;
            q = (part){hw_spelt_string(a, v.exact ? &y : &v.spelt), (v.exact ? 0.1f : v.cost) + SPLIT_PRIOR * prior(sp, v.exact ? &y : &v.spelt, true), true};
            if (v.finite) cost = SPLIT_VERB;
            p = whole(sp, a, &x, 0, v.finite && y.n > 4);
            p.cost *= SPLIT_PRIOR;
        }
        if (!p.good || !q.good) continue;
        part r = {hw_sprintf(a, "%s %s", p.s, q.s), cost + p.cost + q.cost, true};
        if (all) suggest(all, r.s, r.cost, 0);
        if (!best.good || r.cost < best.cost) best = r;
    }
    return best;
}

/* ---- the walk through the trie ------------------------------------------------------------------------------------------ */

typedef struct { hw_spelt w; float cost, rank; } found;
typedef struct {
    const hw_spell *sp;
    const hw_spelt *in;
    unsigned steps;
    float limit;
    hw_spelt at;
    found v[FOUND_MAX];
    unsigned n;
} walk;

static void find(walk *k, const hw_spelt *w, float cost, float rank)
{
    unsigned i = 0, worst = 0;
    for (; i < k->n; i++) {
        if (hw_spelt_same(&k->v[i].w, w)) {
            if (rank < k->v[i].rank) k->v[i] = (found){*w, cost, rank};
            return;
        }
        if (k->v[i].rank > k->v[worst].rank) worst = i;
    }
    if (i < FOUND_MAX) k->n++;
    else if (k->v[worst].rank <= rank) return;
    else i = worst;
    k->v[i] = (found){*w, cost, rank};
}

static void arrive(walk *k, uint32_t node, unsigned i, float cost)
{
    const hw_trie_node *t = &k->sp->trie[node];
    const hw_spelt *in = k->in;
    if (i == in->n && (t->count || t->stem)) find(k, &k->at, cost, cost + PRIOR * (PRIOR_TOP - log1pf((float)t->count)));
    if (t->stem && cost > 0 && i < in->n && k->at.n > 1 && in->n - i < 14 && k->at.n + in->n - i <= HW_SPELT_MAX) {
        hw_spelt w = k->at;
        memcpy(w.v + w.n, in->v + i, in->n - i);
        w.n = (uint8_t)(w.n + in->n - i);
        find(k, &w, cost, cost + PRIOR * (PRIOR_TOP - log1pf((float)t->count)) + 0.1f * (float)(in->n - i) - 0.1f * (float)k->at.n);
    }
}

static void from(walk *k, uint32_t node, unsigned i, float cost);

static void go(walk *k, uint32_t node, const uint8_t *letters, unsigned n, unsigned i, float cost)
{
    unsigned old = k->at.n;
    if (cost > k->limit || old + n > HW_SPELT_MAX) return;
    for (unsigned j = 0; j < n; j++) {
        if (!(node = hw_trie_child(k->sp->trie, node, letters[j]))) return;
        k->at.v[old + j] = letters[j];
    }
    k->at.n = (uint8_t)(old + n);
    from(k, node, i, cost);
    k->at.n = (uint8_t)old;
}

static void rules_of(walk *k, uint8_t first, uint32_t node, unsigned i, float cost)
{
    const hw_spell *sp = k->sp;
    for (unsigned r = sp->rule_at[first]; r < sp->rule_at[first + 1u]; r++) {
        const hw_error_rule *x = &sp->rules[r];
        if (i + x->n_from > k->in->n || memcmp(k->in->v + i, x->from, x->n_from) != 0) continue;
        go(k, node, x->to, x->n_to, i + x->n_from, cost + x->cost);
    }
}

static void from(walk *k, uint32_t node, unsigned i, float cost)
{
    const hw_spell *sp = k->sp;
    const hw_spelt *in = k->in;
    if (++k->steps > STEPS_MAX) return;
    arrive(k, node, i, cost);
    if (i < in->n) go(k, node, in->v + i, 1, i + 1, cost);
    if (cost + 0.3f > k->limit) return;
    if (i < in->n) rules_of(k, in->v[i], node, i, cost);
    rules_of(k, 0, node, i, cost);
    if (i < in->n && cost + sp->drop <= k->limit) go(k, node, NULL, 0, i + 1, cost + sp->drop);
    if (i + 1 < in->n && in->v[i] != in->v[i + 1]) go(k, node, (const uint8_t[]){in->v[i + 1], in->v[i]}, 2, i + 2, cost + sp->swap);
    if (cost + sp->insert > k->limit && cost + sp->change > k->limit) return;
    for (uint32_t c = sp->trie[node].child; c; c = sp->trie[c].next) {
        if (k->at.n == HW_SPELT_MAX) break;
        k->at.v[k->at.n++] = sp->trie[c].letter;
        if (cost + sp->insert <= k->limit) from(k, c, i, cost + sp->insert);
        if (cost + sp->change <= k->limit && i < in->n && in->v[i] != sp->trie[c].letter) from(k, c, i + 1, cost + sp->change);
        k->at.n--;
    }
}

/* The forms to which errors of at most `most` lead. */
static void near_forms(const hw_spell *sp, hw_arena *a, const hw_spelt *w, float most, suggestions *out)
{
    walk *k = hw_alloc(a, sizeof *k);
    k->sp = sp;
    k->in = w;
    k->steps = k->n = k->at.n = 0;
    k->limit = fminf(most, w->n < 4 ? WALK_SHORT : WALK_MAX);
    from(k, 0, 0, 0);
    for (unsigned i = 0; i < sp->n_prefix; i++) {
        const hw_spelt *p = &sp->prefix[i].word;
        if (w->n < p->n + 3u || memcmp(w->v, p->v, p->n) != 0) continue;
        k->at = *p;
        k->steps = 0;
        k->limit = fminf(most, WALK_SHORT);
        from(k, 0, p->n, 0);
    }
    for (unsigned i = 0; i < k->n; i++) {
        const found *f = &k->v[i];
        known x = look(sp, a, &f->w);
        uint32_t node = hw_trie_find(sp, &f->w);
        if (x.apart || hw_spelt_same(&f->w, w)) continue;
        if (!x.read && !(node && sp->trie[node].count > 2)) continue;
        const hw_spelt *best = x.read && !x.exact ? &x.spelt : &f->w;
        suggest(out, hw_spelt_string(a, best), f->cost + (x.read ? WALKED * x.cost : 0) + prior(sp, best, x.read), f->cost > FLUENT ? DOUBT : 0);
    }
}

static bool seems_right(const suggestions *l, float own)
{
    bool right = true;
    for (unsigned i = 0; i < l->n; i++) right &= l->v[i].cost + l->v[i].doubt > own;
    return right;
}

/* Are two words about as likely as the likeliest suggestion, the first one? */
static bool splits_well(const suggestions *l)
{
    for (unsigned i = 0; i < l->n && l->v[i].cost < l->v[0].cost + SPLIT_WORSE; i++)
        if (strchr(l->v[i].s, ' ')) return true;
    return false;
}

hw_verdict hw_spell_word(const hw_spell *sp, hw_arena *a, const char *s, size_t n)
{
    hw_verdict out = {.ok = true};
    hw_spelt w;
    hw_spelling norm = hw_orth_word(sp->model->orth, a, s, n);
    if (!hw_spelt_of(&w, norm.norm, norm.norm_len) || w.n < 2) return out;
    known k = look(sp, a, &w);
    if (k.exact && !k.apart) return out;
    suggestions *all = hw_alloc(a, sizeof *all);
    all->n = 0;
    if (k.read && !k.apart) suggest(all, hw_spelt_string(a, &k.spelt), k.cost + prior(sp, &k.spelt, true), 0);
    uint32_t node = hw_trie_find(sp, &w);
    uint32_t count = node ? sp->trie[node].count : 0;
    float size = w.n < SHORT_SIZE ? SHORT * (float)(SHORT_SIZE - w.n) : w.n > LONG_SIZE ? -LONG * (float)(w.n - LONG_SIZE) : 0;
    float own = k.read && !k.apart ? 99 : (count ? OWN_LISTED - PRIOR * logf((float)count) : OWN_UNKNOWN) - size;
    split(sp, a, &w, 2, all);
    if (k.apart) {
        if (!k.exact) split(sp, a, &k.spelt, 2, all);
        for (unsigned i = 0; i < all->n; i++) all->v[i].cost -= APART_SPLIT;
    }
    if (own < WALK_MAX) { /* first those alone that could say that the word is wrong: it is likely right */
        near_forms(sp, a, &w, own, all);
        if (!k.apart && seems_right(all, own)) return out;
    }
    near_forms(sp, a, &w, WALK_MAX, all);
    for (unsigned i = 1; i < all->n; i++) {
        suggestion x = all->v[i];
        unsigned j = i;
        for (; j && all->v[j - 1].cost > x.cost; j--) all->v[j] = all->v[j - 1];
        all->v[j] = x;
    }
    const char *self = hw_spelt_string(a, &w);
    for (unsigned i = 0; i < all->n && out.n < HW_SUGGESTIONS; i++) {
        if (strcmp(all->v[i].s, self) != 0) out.v[out.n++] = all->v[i].s;
    }
    out.ok = !(k.apart && splits_well(all)) && seems_right(all, own);
    return out;
}
