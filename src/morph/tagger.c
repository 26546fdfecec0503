/* In: a reading of a word, and what stands beside it. Out: the features that speak for it. */
#include "morph/tagger.h"

enum { OWN_KIND = 1, OWN_LEMMA, OWN_FORM, OWN_END2, OWN_END3, OWN_MARKS, OWN_LEMMA_MARKS, OWN_BEGIN,
       NEAR_BEFORE, NEAR_AFTER, NEAR_KIND_BEFORE, NEAR_KIND_AFTER, NEAR_MARKS_AFTER, NEAR_LEMMA_AFTER, NEAR_LEMMA_BEFORE, NEAR_AFTER2, NEAR_BOTH,
       PAIR_KINDS, PAIR_LEMMA, PAIR_LEMMA_BEFORE, PAIR_MARKS };

static void add(const hw_lexicon *l, hw_features *f, unsigned template, uint64_t a, uint64_t b)
{
    uint64_t h = (a ^ (b * UINT64_C(0x9fb21c651e98df25)) ^ template * UINT64_C(0xff51afd7ed558ccd)) * UINT64_C(0xc4ceb9fe1a85ec53);
    f->id[f->n++] = (uint32_t)((h ^ (h >> 29)) * UINT64_C(0x9e3779b97f4a7c15) >> l->tagger_shift);
}

static uint64_t form_of_marks(const hw_analysis *r)
{
    return ((uint64_t)r->marks << 16) | (uint64_t)r->upos << 8 | (uint64_t)r->person << 4 | r->subject;
}

static uint64_t lemma_of(const hw_analysis *r)
{
    return r->lemma_hash ^ ((uint64_t)r->upos + 1);
}

/* The last (or first) `letters` letters of the fold, as a number; all letters are taken for two bytes. */
static uint64_t end_letters(const hw_token *t, unsigned letters)
{
    uint32_t n = t->fold_len < letters * 2 ? t->fold_len : letters * 2;
    uint64_t v = n;
    for (uint32_t i = t->fold_len - n; i < t->fold_len; i++) v = v << 8 | (unsigned char)t->fold[i];
    return v;
}

static uint64_t first_letters(const hw_token *t)
{
    uint64_t v = 0;
    for (uint32_t i = 0; i < 4 && i < t->fold_len; i++) v = v << 8 | (unsigned char)t->fold[i];
    return v;
}

void hw_own_features(const hw_lexicon *l, const hw_token *t, const hw_analysis *r, hw_features *f)
{
    uint64_t kind = r->kind, guess = (r->marks & HW_M_GUESS) != 0, marks = form_of_marks(r);
    f->n = 0;
    add(l, f, OWN_KIND, kind, guess);
    add(l, f, OWN_LEMMA, lemma_of(r), 0);
    add(l, f, OWN_FORM, t->hash, kind);
    add(l, f, OWN_END2, end_letters(t, 2), kind << 1 | guess);
    add(l, f, OWN_END3, end_letters(t, 3), kind << 1 | guess);
    add(l, f, OWN_MARKS, marks, 0);
    add(l, f, OWN_LEMMA_MARKS, lemma_of(r), r->marks);
    add(l, f, OWN_BEGIN, first_letters(t), (uint64_t)r->upos << 1 | guess);
}

void hw_context_features(const hw_lexicon *l, const hw_neighbours *n, const hw_analysis *r, hw_features *f)
{
    uint32_t kind = r->kind;
    f->n = 0;
    add(l, f, NEAR_BEFORE, n->before, kind);
    add(l, f, NEAR_AFTER, n->after, kind);
    add(l, f, NEAR_KIND_BEFORE, n->kind_before, kind);
    add(l, f, NEAR_KIND_AFTER, n->kind_after, kind);
    add(l, f, NEAR_MARKS_AFTER, form_of_marks(r), n->kind_after);
    add(l, f, NEAR_LEMMA_AFTER, lemma_of(r), n->kind_after);
    add(l, f, NEAR_LEMMA_BEFORE, lemma_of(r), n->kind_before);
    add(l, f, NEAR_AFTER2, n->after2, kind);
    add(l, f, NEAR_BOTH, (uint64_t)n->kind_before << 8 | n->kind_after, kind);
}

void hw_pair_features(const hw_lexicon *l, const hw_analysis *before, const hw_analysis *r, hw_features *f)
{
    uint32_t kind_before = before ? before->kind : 0, kind = r ? r->kind : 0; /* 0: the sentence's edge */
    f->n = 0;
    add(l, f, PAIR_KINDS, kind_before, kind);
    if (!r) return; /* the sentence's end */
    add(l, f, PAIR_LEMMA, lemma_of(r), kind_before);
    add(l, f, PAIR_MARKS, form_of_marks(r), kind_before);
    if (before) add(l, f, PAIR_LEMMA_BEFORE, lemma_of(before), kind);
}
