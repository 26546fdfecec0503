/* In: a word. Out: the likeliest reading that the lexicon has of it, and how the standard spelling of that reading is. */
#include "morph/standard.h"

#include "base/hash.h"
#include <string.h>

/* Costs, in the units of errors.tsv. */
#define DIFFERENT 0.38f   /* a letter that the standard spelling has otherwise */
#define REPLACED 0.2f     /* another stem than the standard one */
#define INEXACT 0.25f     /* a reading in other spelling, when one in this spelling could be taken */
#define BY_TAG 0.06f      /* less for one in which a prefix or ending is written otherwise */
#define READING 0.1f      /* of the weight of a reading */
#define INFINITIVE 0.5f   /* less for a verbal noun: it is written as one word */
#define APART 0.27f       /* how much worse a reading of parts that should stand apart may be, to be taken */
#define JOINED 0.2f       /* how much better one of a word with a glued preposition must be */
#define PART 4            /* letters of a stem that is replaced where it is part of another */
#define BESIDE 2          /* letters from a tag at which what it stands for may begin */
#define LISTED 0.1f       /* a word of standard.tsv that the lexicon lacks */
#define ENDING_MOST 4.0f  /* and its ending, in the lexicon's weights */
#define ALWAYS 0.5f       /* a word before another that costs less is one that writers always glue */
#define VARIANT 2         /* letters in which a variant may differ from the lemma */

static hw_token token_of(const hw_spell *sp, hw_arena *a, const char *s, size_t n)
{
    hw_spelling p = hw_orth_word(sp->model->orth, a, s, n);
    return (hw_token){.e = (uint32_t)n, .kind = HW_WORD, .norm_len = p.norm_len, .fold_len = p.fold_len, .norm = p.norm, .fold = p.fold,
                      .hash = hw_hash(p.fold, p.fold_len)};
}

/* The letters of a word, and where each stands in its norm `spelt`: a letter of the fold may be two of the norm, and those
 * two may be of a kind that the fold has otherwise. */
static void letters_of(const hw_spell *sp, const hw_token *t, const hw_spelt *spelt, hw_letters *out)
{
    hw_letters_of(sp->model, &sp->lexicon, t, out);
    unsigned k = 0;
    for (unsigned j = 0; j < out->n && k < spelt->n; j++) {
        size_t f = out->fold_at[j];
        uint8_t folded = (uint8_t)(((unsigned char)t->fold[f] & 3u) << 6 | ((unsigned char)t->fold[f + 1] & 0x3Fu));
        bool twice = hw_char_of(sp->model->orth, 0x600u + folded)->flags & HW_CF_DOUBLE;
        out->norm_at[j] = (uint16_t)(2 * k++);
        while (twice && k < spelt->n && (spelt->v[k] == spelt->v[k - 1] || spelt->v[k] == folded)) k++;
    }
}

typedef enum { SAME_STEM, OTHER_STEM, VARIANT_STEM } spelling; /* what is spelt in place of a stem: itself, the standard one, its lemma */

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

/* Spells letters of the word from `at` on as `text` has them from its letter `from` on, as far as they are the same letters.
 * Gives where it stops. */
static unsigned put_stem(speller *x, hw_arena *a, unsigned at, const char *text, unsigned from, bool last)
{
    const hw_spell *sp = x->sp;
    hw_letters s;
    hw_spelt spelt;
    hw_token t = token_of(sp, a, text, strlen(text));
    if (!hw_spelt_of(&spelt, t.norm, t.norm_len)) return at;
    letters_of(sp, &t, &spelt, &s);
    for (unsigned j = from; j < s.n && at < x->w->n && s.v[j] == x->w->v[at]; j++, at++) {
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

/* The same where another stem stands for the one that is written: what differs is put as the other has it. */
static unsigned put_other(speller *x, hw_arena *a, unsigned at, const hw_spelt *stem, const hw_spelt *other)
{
    const hw_spell *sp = x->sp;
    hw_letters s, o;
    hw_spelt spelt;
    const char *from = hw_spelt_string(a, stem), *to = hw_spelt_string(a, other);
    hw_token t = token_of(sp, a, from, 2 * (size_t)stem->n), m = token_of(sp, a, to, 2 * (size_t)other->n);
    if (!hw_spelt_of(&spelt, t.norm, t.norm_len)) return at;
    letters_of(sp, &t, &spelt, &s);
    if (!hw_spelt_of(&spelt, m.norm, m.norm_len)) return at;
    letters_of(sp, &m, &spelt, &o);
    unsigned same = 0;
    while (same < s.n && same < o.n && s.v[s.n - 1 - same] == o.v[o.n - 1 - same]) same++;
    for (unsigned j = 0, end = o.norm_at[o.n - same] / 2u; j < end; j++) put_letters(x, spelt.v[j], 1);
    return put_stem(x, a, at + s.n - same, to, o.n - same, true);
}

/* What stands for the longest beginning of the word that has something that does, unless more of it is right as it is. A part
 * of the word counts only when it is long. */
static const hw_standard *standard_of(const hw_spell *sp, const hw_spelt *w, bool begins)
{
    const hw_standard *best = NULL;
    uint32_t node = 0;
    for (unsigned i = 0; i < w->n && (node = hw_trie_child(sp->trie, node, w->v[i])) != 0; i++) {
        const hw_standard *x = sp->trie[node].standard ? &sp->standards[sp->trie[node].standard - 1] : NULL;
        if (sp->trie[node].right) best = NULL;
        if (x && x->begins == begins && (begins || i + 1 >= PART || i + 1 == w->n)) best = x;
    }
    return best;
}

/* Puts what is meant in place of what is written, where that first stands from `at` to `most`. */
static bool replace(hw_spelt *w, const hw_standard *x, unsigned at, unsigned most)
{
    for (unsigned i = at; i <= most && i + x->written.n <= w->n && w->n - x->written.n + x->meant.n <= HW_SPELT_MAX; i++) {
        if (memcmp(w->v + i, x->written.v, x->written.n) != 0) continue;
        memmove(w->v + i + x->meant.n, w->v + i + x->written.n, w->n - i - x->written.n);
        memcpy(w->v + i, x->meant.v, x->meant.n);
        w->n = (uint8_t)(w->n - x->written.n + x->meant.n);
        return true;
    }
    return false;
}

/* The same where the reading has the tag: there, or a letter or two beside it, since those before it may be more or fewer. */
static bool replace_at_tag(hw_spelt *spelt, const hw_letters *w, const hw_path *p, const hw_standard *x)
{
    const uint8_t *tag = memchr(p->tag, x->tag, p->n);
    if (!tag) return false;
    unsigned at = w->norm_at[p->at[tag - p->tag]] / 2u;
    return replace(spelt, x, at > BESIDE ? at - BESIDE : 0, at + BESIDE);
}

/* Is what the stem has behind its first n letters a word or an ending? */
static bool rest_known(const hw_spell *sp, const hw_spelt *stem, unsigned n)
{
    if (n >= stem->n) return true;
    hw_spelt rest = {.n = (uint8_t)(stem->n - n)};
    memcpy(rest.v, stem->v + n, rest.n);
    uint32_t word = hw_trie_find(sp, &rest), ending = n > PART ? sp->endings : 0;
    for (unsigned i = 0; i < rest.n && ending; i++) ending = hw_trie_child(sp->trie, ending, rest.v[i]);
    return (word && rest.n > 2 && (sp->trie[word].stem || sp->trie[word].count)) || (ending && sp->trie[ending].count);
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

static bool listed(const hw_join *list, unsigned n, const hw_spelt *w)
{
    for (unsigned i = 0; i < n; i++)
        if (hw_spelt_same(&list[i].word, w)) return true;
    return false;
}

static bool stays_joined(const hw_spell *sp, const char *text)
{
    hw_spelt w;
    return !hw_spelt_of(&w, text, strlen(text)) || listed(sp->joined, sp->n_joined, &w);
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

/* The letters of a preverb with a person behind it, which stand apart from their verb; 0: there are none. */
static unsigned behind_clitic(const hw_spell *sp, const hw_path *p)
{
    unsigned i = 0;
    while (p->first && i < p->n && memchr(sp->clitic, p->tag[i], sp->n_clitic)) i++;
    if (!i) return 0;
    return i < p->n && p->at[i] < p->stem_at ? p->at[i] : p->stem_at;
}

/* The letters of a preposition that an adverb or pronoun begins with and that is no part of it; 0: it has none. */
static unsigned preposition_of(const hw_spell *sp, const hw_spelt *stem)
{
    if (listed(sp->kept, sp->n_kept, stem)) return 0;
    for (unsigned i = 0; i < sp->n_before; i++) {
        const hw_spelt *p = &sp->before[i].word;
        if (sp->before[i].cost >= ALWAYS || stem->n < p->n + 2u || memcmp(p->v, stem->v, p->n) != 0) continue;
        hw_spelt rest = {.n = (uint8_t)(stem->n - p->n)};
        memcpy(rest.v, stem->v + p->n, rest.n);
        uint32_t node = hw_trie_find(sp, &rest);
        if (node && (sp->trie[node].stem || sp->trie[node].count)) return p->n;
    }
    return 0;
}

/* Spells what stands before the stem: the first part of a compound or a preverb, with a person behind it, and prefixes. False
 * when the word does not begin so. */
static bool put_front(speller *x, hw_arena *a, const hw_path *p, hw_known *k)
{
    const hw_spell *sp = x->sp;
    unsigned at = 0;
    if (p->first) {
        const char *first = sp->lexicon.strings + p->first->stem;
        hw_spelt one;
        const hw_standard *other = hw_spelt_of(&one, first, strlen(first)) ? standard_of(sp, &one, false) : NULL;
        bool whole = other && !other->verb && other->written.n == one.n;
        at = whole ? put_other(x, a, 0, &one, &other->meant) : put_stem(x, a, 0, first, 0, false);
        k->compound = true;
        k->part = x->out->n;
        k->apart |= k->finite && !stays_joined(sp, first);
    }
    unsigned clitic = k->finite ? behind_clitic(sp, p) : 0;
    if (clitic > at && clitic <= p->stem_at) {
        put_as_written(x, at, clitic);
        at = clitic;
        k->part = x->out->n;
        k->apart = true;
    }
    if (at > p->stem_at) return false;
    put_as_written(x, at, p->stem_at);
    return true;
}

/* Spells the stem and what stands behind it. */
static spelling put_rest(speller *x, hw_arena *a, const hw_path *p, const hw_spelt *stem)
{
    const hw_spell *sp = x->sp;
    const hw_lexicon *l = &sp->lexicon;
    const hw_lexeme *lex = &l->lexemes[p->stem->lexeme];
    const hw_standard *other = standard_of(sp, stem, false);
    uint32_t node = other ? 0 : hw_trie_find(sp, stem);
    hw_spelt meant = *stem;
    if (other && ((other->verb && lex->upos != HW_VERB) || !rest_known(sp, stem, other->written.n) || !replace(&meant, other, 0, 0))) other = NULL;
    spelling how = other ? OTHER_STEM : !(node && sp->trie[node].right) && is_variant(sp, p->stem, lex) ? VARIANT_STEM : SAME_STEM;
    unsigned at = other ? put_other(x, a, p->stem_at, stem, &meant) : put_stem(x, a, p->stem_at, l->strings + p->stem->stem, 0, true);
    if (how == VARIANT_STEM) {
        hw_spelt lemma;
        if (hw_spelt_of(&lemma, l->strings + lex->lemma, strlen(l->strings + lex->lemma))) *x->out = lemma;
    } else if (at < p->stem_end && at < x->w->n) { /* an end that the ending changes */
        put_as_written(x, at, at + 1);
        at++;
    }
    if (p->goal) put_as_written(x, at, x->w->n);
    else put_ending(x, at);
    return how;
}

static void read_path(const hw_spell *sp, hw_arena *a, const hw_letters *w, const hw_spelt *norm, const hw_path *p, hw_known *best)
{
    const hw_lexicon *l = &sp->lexicon;
    hw_known k = {.read = true, .cost = READING * p->cost};
    speller x = {sp, w, norm, &k.spelt};
    uint8_t upos = l->lexemes[p->stem->lexeme].upos;
    uint32_t marks = l->lexemes[p->stem->lexeme].marks;
    for (unsigned i = 0; i < p->n; i++) {
        k.apart |= memchr(sp->apart, p->tag[i], sp->n_apart) != NULL;
        marks |= l->tags[p->tag[i]].marks;
        if (l->tags[p->tag[i]].becomes) upos = (uint8_t)(l->tags[p->tag[i]].becomes - 1);
    }
    k.finite = upos == HW_VERB && !(marks & (HW_M_INFINITIVE | HW_M_PARTICIPLE));
    k.open = upos == HW_NOUN || upos == HW_ADJ || upos == HW_PROPN || upos == HW_VERB;
    if (!put_front(&x, a, p, &k)) return;
    hw_spelt stem;
    const char *s = l->strings + p->stem->stem;
    if (!hw_spelt_of(&stem, s, strlen(s))) stem.n = 0;
    spelling how = put_rest(&x, a, p, &stem);
    if (k.finite && p->n && p->tag[p->n - 1] == sp->full.tag && k.spelt.n && k.spelt.v[k.spelt.n - 1] == sp->full.letter)
        put_letters(&x, sp->full.add, 1);
    unsigned preposition = k.open || p->stem_at ? 0 : preposition_of(sp, &stem);
    if (preposition) {
        k.apart = true;
        k.part = (uint8_t)preposition;
    }
    bool by_tag = false;
    for (unsigned i = 0; i < sp->n_of_tags; i++) by_tag |= replace_at_tag(&k.spelt, w, p, &sp->standards[i]);
    bool replaced = how == OTHER_STEM || by_tag;
    k.exact = hw_spelt_same(&k.spelt, norm);
    if (marks & HW_M_INFINITIVE) k.cost -= INFINITIVE;
    if (how == VARIANT_STEM) k.cost += DIFFERENT;
    k.cost += replaced ? REPLACED : DIFFERENT * (float)differences(&k.spelt, norm);
    hw_known *b = &best[k.apart];
    k.choice = k.cost + (by_tag ? -BY_TAG : k.exact || replaced ? 0 : INEXACT);
    if (!b->read || k.choice < b->choice) *b = k;
}

static hw_known look(const hw_spell *sp, hw_arena *a, const hw_spelt *word)
{
    hw_known best[2] = {{.cost = 0}, {.cost = 0}};
    hw_letters w;
    hw_paths paths;
    hw_spelt norm;
    const char *s = hw_spelt_string(a, word);
    hw_token t = token_of(sp, a, s, 2 * (size_t)word->n);
    if (!word->n || !hw_spelt_of(&norm, t.norm, t.norm_len)) return best[0];
    letters_of(sp, &t, &norm, &w);
    hw_lexicon_read(&sp->lexicon, &w, HW_READ_PLAIN, &paths);
    if (!paths.n) hw_lexicon_read(&sp->lexicon, &w, HW_READ_PRODUCTIVE, &paths);
    for (unsigned i = 0; i < paths.n; i++) {
        read_path(sp, a, &w, &norm, &paths.v[i], best);
    }
    if (best[1].exact && listed(sp->kept, sp->n_kept, word)) best[1].apart = false;
    if (!best[1].read || (best[0].exact && !best[0].compound)) return best[0];
    return !best[0].read || best[1].cost < best[0].cost + (best[1].finite ? APART : -JOINED) ? best[1] : best[0];
}

/* Is the word one that standard.tsv says is right, or such a one with an ending? */
static bool is_right(const hw_spell *sp, hw_arena *a, const hw_spelt *word, bool ending)
{
    hw_letters w;
    hw_paths paths;
    uint32_t node = 0;
    unsigned n = 0;
    for (unsigned i = 0; i < word->n && (node = hw_trie_child(sp->trie, node, word->v[i])) != 0; i++)
        if (sp->trie[node].right) n = i + 1;
    if (!n || n == word->n || !ending) return n == word->n;
    hw_token t = token_of(sp, a, hw_spelt_string(a, word), 2 * (size_t)word->n);
    hw_spelt norm;
    if (!hw_spelt_of(&norm, t.norm, t.norm_len)) return false;
    letters_of(sp, &t, &norm, &w);
    unsigned at = 0;
    while (at < w.n && w.norm_at[at] < 2 * n) at++;
    hw_lexicon_endings(&sp->lexicon, &w, at, ENDING_MOST, &paths);
    return paths.n != 0;
}

/* What the lexicon knows of the word, or of the one that it is in standard spelling from its beginning. */
hw_known hw_spell_look(const hw_spell *sp, hw_arena *a, const hw_spelt *word)
{
    hw_spelt other = *word;
    const hw_standard *x = standard_of(sp, word, true);
    hw_known k = {.read = false};
    uint32_t node = hw_trie_find(sp, word);
    if (node && sp->trie[node].standard && !sp->standards[sp->trie[node].standard - 1].verb)
        return (hw_known){.spelt = sp->standards[sp->trie[node].standard - 1].meant, .cost = REPLACED, .read = true, .open = true};
    if (!x) {
        k = look(sp, a, word);
        if (!k.exact && is_right(sp, a, word, !k.read)) return (hw_known){.spelt = *word, .cost = LISTED, .read = true, .exact = true};
        if (k.read) return k;
        x = standard_of(sp, word, false);
    }
    if (!x || !replace(&other, x, 0, 0)) return k;
    k = look(sp, a, &other);
    if (!k.read && is_right(sp, a, &other, true)) k = (hw_known){.cost = LISTED, .read = true, .exact = true};
    if (k.exact) k.spelt = other;
    k.exact = false;
    k.cost += REPLACED;
    return k;
}

static bool among(const hw_letter_list *l, uint8_t letter)
{
    return memchr(l->v, letter, l->n) != NULL;
}

bool hw_spell_odd_end(const hw_spell *sp, const hw_spelt *w, const hw_known *k)
{
    if (w->n < 4 || !sp->final || w->v[w->n - 1] != sp->final || (k->read && !k->open)) return false;
    uint8_t before = w->v[w->n - 2];
    return before != sp->final && !among(k->read ? &sp->before_final : &sp->before_final_unread, before);
}

bool hw_spell_odd(const hw_spell *sp, const hw_spelt *w, const hw_known *k)
{
    for (unsigned i = 0; i < w->n; i++)
        if (among(&sp->vowels, w->v[i]) && (!i || among(&sp->vowels, w->v[i - 1]))) return true;
    return hw_spell_odd_end(sp, w, k);
}
