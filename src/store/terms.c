/* In: a text. Out: its index terms. Words seen are remembered with their terms, so that morphology is asked once a word. */
#include "store/terms.h"

#include "base/buf.h"
#include "base/hash.h"
#include "morph/morph.h"
#include "store/pieces.h"

#include <stdlib.h>
#include <string.h>

#define MAX_LEMMAS 4
#define UNLIKELY 1.5f  /* this much heavier than the best: not indexed */
#define AS_LIKELY 0.8f
#define SLOTS (1u << 15)

typedef struct {
    uint64_t hash; /* of the norm; 0: empty */
    hw_term term;  /* but for b, e */
} slot;

struct hw_terms {
    const hewal_model *model;
    const char *text;
    size_t len, at;
    hw_arena scratch; /* tokens of the text */
    hw_arena kept;    /* what the slots point at */
    uint32_t n;
    hw_pieces pieces; /* of hw_terms_lines */
    bool whole;       /* as kept there: with all terms */
    slot slots[SLOTS];
};

hw_terms *hw_terms_new(const hewal_model *m)
{
    hw_terms *t = calloc(1, sizeof *t);
    if (!t) return NULL;
    t->model = m;
    hw_arena_init(&t->scratch);
    hw_arena_init(&t->kept);
    return t;
}

void hw_terms_free(hw_terms *t)
{
    if (!t) return;
    hw_arena_free(&t->scratch);
    hw_arena_free(&t->kept);
    hw_pieces_free(&t->pieces);
    free(t);
}

void hw_terms_begin(hw_terms *t, const char *text, size_t len)
{
    t->text = text;
    t->len = len;
    t->at = 0;
    hw_arena_reset(&t->scratch);
    if (t->n > SLOTS / 2) {
        memset(t->slots, 0, sizeof t->slots);
        hw_arena_reset(&t->kept);
        t->n = 0;
    }
}

/* A term is one word to any tokenizer: ASCII that is neither letter nor digit goes. NULL when nothing is left. */
static const char *as_term(hw_arena *a, const char *fold)
{
    char *out = hw_strdup(a, fold), *w = out;
    for (const char *r = out; *r; r++) {
        unsigned char c = (unsigned char)*r;
        if (c >= 0x80 || (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z')) *w++ = *r;
        else if (c >= 'A' && c <= 'Z') *w++ = (char)(c + 32);
    }
    *w = 0;
    return *out ? out : NULL;
}

static bool says_nothing(uint8_t upos)
{
    return upos == HW_ADP || upos == HW_CCONJ || upos == HW_SCONJ || upos == HW_PART || upos == HW_PRON || upos == HW_DET || upos == HW_AUX;
}

static void add_lemma(hw_terms *t, const char **v, uint16_t *n, const char *lemma)
{
    if (!lemma || !*lemma || *n == MAX_LEMMAS) return;
    const char *term = as_term(&t->kept, hw_orth_word(t->model->orth, &t->kept, lemma, strlen(lemma)).fold);
    for (uint16_t i = 0; term && i < *n; i++)
        if (!strcmp(v[i], term)) return;
    if (term) v[(*n)++] = term;
}

static bool same_fold(hw_terms *t, const char *lemma, const hw_token *k)
{
    hw_spelling s = hw_orth_word(t->model->orth, &t->scratch, lemma, strlen(lemma));
    return s.fold_len == k->fold_len && !memcmp(s.fold, k->fold, s.fold_len);
}

static hw_term make(hw_terms *t, const hw_token *k)
{
    hw_term x = {.foreign = k->kind == HW_LATIN};
    x.form = as_term(&t->kept, k->fold);
    if (!x.form || k->kind != HW_WORD) return x;
    hw_word w = hw_morph_word(t->model, &t->scratch, k);
    const char **v = HW_NEWS(&t->kept, const char *, MAX_LEMMAS);
    uint16_t near = 0;
    for (uint16_t i = 0; i < w.n; i++) {
        if (w.analyses[i].weight > w.analyses[0].weight + UNLIKELY) continue;
        if (w.analyses[i].weight <= w.analyses[0].weight + AS_LIKELY) near = (uint16_t)(i + 1);
        add_lemma(t, v, &x.n_lemmas, w.analyses[i].lemma);
    }
    x.lemmas = v;
    for (uint16_t i = 0; i < near && !x.base; i++) x.base = w.analyses[i].lemma && same_fold(t, w.analyses[i].lemma, k);
    x.light = w.n && says_nothing(w.analyses[0].upos);
    return x;
}

bool hw_terms_next(hw_terms *t, hw_term *out)
{
    hw_token k;
    while (hw_next_token(t->model, &t->scratch, t->text, t->len, &t->at, &k)) {
        if (k.kind != HW_WORD && k.kind != HW_LATIN && k.kind != HW_NUMBER) continue;
        uint64_t h = hw_hash(k.norm, k.norm_len) | 1;
        uint32_t i = (uint32_t)h & (SLOTS - 1);
        while (t->slots[i].hash && t->slots[i].hash != h) i = (i + 1) & (SLOTS - 1);
        if (t->slots[i].hash) *out = t->slots[i].term;
        else {
            *out = make(t, &k);
            if (t->n < SLOTS - SLOTS / 8) { /* one long text may fill it: then words are looked up again */
                t->slots[i] = (slot){h, *out};
                t->n++;
            }
        }
        if (!out->form) continue;
        out->b = k.b;
        out->e = k.e;
        return true;
    }
    return false;
}

int hw_terms_try(hw_terms *t, hw_term *out)
{
    int got = hw_arena_guard(&t->scratch) || hw_arena_guard(&t->kept) ? -1 : hw_terms_next(t, out);
    t->scratch.guarded = t->kept.guarded = 0;
    return got;
}

/* ---- index text --------------------------------------------------------------------------------------------------- */

static void put_term(hw_buf *b, const char *term)
{
    if (b->str->len) hw_putc(b, ' ');
    hw_puts(b, term);
}

static bool index_all(hw_terms *t, const char *title, const char *text, size_t len, hw_index_text *out)
{
    hw_term w;
    hw_buf head = hw_buf_on(&out->title), forms = hw_buf_on(&out->forms), lemmas = hw_buf_on(&out->lemmas), more = hw_buf_on(&out->more);
    hw_terms_begin(t, title ? title : "", title ? strlen(title) : 0);
    while (hw_terms_next(t, &w)) {
        put_term(&head, w.form);
        for (uint16_t i = 0; i < w.n_lemmas; i++)
            if (strcmp(w.lemmas[i], w.form) != 0) put_term(&head, w.lemmas[i]);
    }
    hw_terms_begin(t, text, len);
    while (hw_terms_next(t, &w)) {
        put_term(&forms, w.form);
        put_term(&lemmas, w.n_lemmas ? w.lemmas[0] : w.form);
        for (uint16_t i = 1; i < w.n_lemmas; i++) put_term(&more, w.lemmas[i]);
    }
    return hw_buf_ok(&head) && hw_buf_ok(&forms) && hw_buf_ok(&lemmas) && hw_buf_ok(&more);
}

hewal_status hw_terms_index(hw_terms *t, const char *title, const char *text, size_t len, hw_index_text *out)
{
    hw_buf_back(&out->title, 0); /* with its NUL: what stood there is not seen again when nothing is written */
    hw_buf_back(&out->forms, 0);
    hw_buf_back(&out->lemmas, 0);
    hw_buf_back(&out->more, 0);
    bool ok = !hw_arena_guard(&t->scratch) && !hw_arena_guard(&t->kept) && index_all(t, title, text, len, out);
    t->scratch.guarded = t->kept.guarded = 0;
    return ok ? HEWAL_OK : HEWAL_ENOMEM;
}

void hw_index_text_free(hw_index_text *x)
{
    hewal_string_free(&x->title);
    hewal_string_free(&x->forms);
    hewal_string_free(&x->lemmas);
    hewal_string_free(&x->more);
}

/* ---- terms as lines ------------------------------------------------------------------------------------------------ */

/* The terms of a piece without white space, read by the tokenizer and kept. */
static void read_piece(hw_terms *t, const char *s, size_t n, uint64_t hash, hw_buf *b)
{
    size_t from = b->str->len;
    hw_term w;
    for (hw_terms_begin(t, s, n); hw_terms_next(t, &w);) {
        hw_puts(b, w.n_lemmas ? w.lemmas[0] : w.form);
        for (unsigned i = 1; t->whole && i < w.n_lemmas; i++) hw_putf(b, "\t%s", w.lemmas[i]);
        if (t->whole) hw_putf(b, "\t=%s", w.form);
        hw_putc(b, '\n');
    }
    if (!b->failed) hw_pieces_keep(&t->pieces, s, n, hash, b->str->s ? b->str->s + from : "", b->str->len - from);
}

static void put_pieces(hw_terms *t, const char *s, const char *end, hw_buf *b)
{
    while (s < end) {
        uint64_t hash;
        size_t n = hw_piece_length(s, end, &hash), kept;
        if (!n) { /* one of the bytes up to the space: all are white space or no part of a word */
            if (*s++ == '\n') hw_putc(b, '\n');
            continue;
        }
        const char *out = hw_pieces_find(&t->pieces, s, n, hash, &kept);
        if (!out) read_piece(t, s, n, hash, b);
        else if (b->str->cap - b->str->len > HW_PIECE_OUT && b->str->cap) {
            memcpy(b->str->s + b->str->len, out, kept);
            b->str->len += kept;
        } else {
            hw_put(b, out, kept);
        }
        s += n;
    }
    if (b->str->s) b->str->s[b->str->len] = 0;
}

hewal_status hw_terms_lines(hw_terms *t, const char *text, size_t len, bool whole, hewal_string *out)
{
    hw_buf b = hw_buf_on(out);
    if (t->whole != whole) hw_pieces_free(&t->pieces);
    t->whole = whole;
    bool ok = !hw_arena_guard(&t->scratch) && !hw_arena_guard(&t->kept);
    if (ok) {
        put_pieces(t, text, text + len, &b);
        if (len && text[len - 1] != '\n') hw_putc(&b, '\n');
    }
    t->scratch.guarded = t->kept.guarded = 0;
    return ok && hw_buf_ok(&b) ? HEWAL_OK : HEWAL_ENOMEM;
}
