/* In: a text. Out: its index terms. Words seen are remembered with their terms, so that morphology is asked once a word. */
#include "store/terms.h"

#include "base/buf.h"
#include "base/hash.h"
#include "morph/morph.h"
#include "store/pieces.h"

#include <stdlib.h>
#include <string.h>
#include <zlib.h>

#define MAX_LEMMAS 4
#define UNLIKELY 1.5f  /* this much heavier than the best: not indexed */
#define AS_LIKELY 0.8f
#define SLOTS (1u << 17)

typedef struct {
    uint64_t hash; /* of the norm; 0: empty */
    hw_term term;  /* but for b, e */
    uint64_t lemma_hash[MAX_LEMMAS];
    uint32_t text; /* the last one in which it was seen */
} slot;

struct hw_terms {
    const hewal_model *model;
    const char *text;
    size_t len, at;
    hw_arena scratch; /* tokens of the text */
    hw_arena kept;    /* what the slots point at */
    uint32_t n, texts;
    slot spare;       /* when no slot is free */
    hw_pieces pieces; /* of hw_terms_lines */
    bool whole;       /* as kept there: with all terms */
    z_stream deflate; /* reused: making one costs as much as using it */
    bool deflates;
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
    if (t->deflates) deflateEnd(&t->deflate);
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

static bool is_term(const hw_token *k)
{
    return k->kind == HW_WORD || k->kind == HW_LATIN || k->kind == HW_NUMBER;
}

static slot *slot_of(hw_terms *t, uint64_t h)
{
    uint32_t i = (uint32_t)h & (SLOTS - 1);
    while (t->slots[i].hash && t->slots[i].hash != h) i = (i + 1) & (SLOTS - 1);
    return &t->slots[i];
}

/* The slot of a word, filled. */
static slot *look_up(hw_terms *t, const hw_token *k, uint64_t h)
{
    slot *s = slot_of(t, h);
    if (s->hash) return s;
    if (t->n < SLOTS - SLOTS / 8) t->n++; /* one long text may fill it: then words are looked up again */
    else s = &t->spare;
    *s = (slot){.hash = h};
    if (is_term(k)) s->term = make(t, k);
    if (s->term.form) s->term.hash = hw_hash(s->term.form, strlen(s->term.form));
    for (uint16_t i = 0; i < s->term.n_lemmas; i++) s->lemma_hash[i] = hw_hash(s->term.lemmas[i], strlen(s->term.lemmas[i]));
    return s;
}

bool hw_terms_next(hw_terms *t, hw_term *out)
{
    hw_token k;
    while (hw_next_token(t->model, &t->scratch, t->text, t->len, &t->at, &k)) {
        if (!is_term(&k)) continue;
        *out = look_up(t, &k, hw_hash(k.norm, k.norm_len) | 1)->term;
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

typedef struct {
    hw_terms *t;
    hw_index_text *out;
    hw_buf title, forms, lemmas, more, distinct, starts[2];
    hw_near_maker near;
    uint32_t at; /* where the word begins */
} indexer;

static void put_term(hw_buf *b, const char *term, uint64_t *count)
{
    if (b->str->len) hw_putc(b, ' ');
    hw_puts(b, term);
    ++*count;
}

static void note_term(indexer *x, const char *term, uint64_t hash)
{
    hw_put(&x->distinct, (const char *)&hash, sizeof hash);
    hw_put(&x->distinct, term, strlen(term) + 1);
    x->out->n_distinct++;
}

/* The first time that the text has the word. */
static void note_terms(indexer *x, slot *s)
{
    if (s->text == x->t->texts && s != &x->t->spare) return;
    s->text = x->t->texts;
    note_term(x, s->term.form, s->term.hash);
    for (uint16_t i = 0; i < s->term.n_lemmas; i++)
        if (s->lemma_hash[i] != s->term.hash) note_term(x, s->term.lemmas[i], s->lemma_hash[i]);
}

static void index_word(indexer *x, slot *s)
{
    const hw_term *w = &s->term;
    if (!w->form) return;
    note_terms(x, s);
    hw_near_word(&x->near, w->hash);
    put_term(&x->forms, w->form, &x->out->counts[1]);
    put_term(&x->lemmas, w->n_lemmas ? w->lemmas[0] : w->form, &x->out->counts[2]);
    hw_put(&x->starts[0], (const char *)&x->at, sizeof x->at);
    for (uint16_t i = 1; i < w->n_lemmas; i++) {
        put_term(&x->more, w->lemmas[i], &x->out->counts[3]);
        hw_put(&x->starts[1], (const char *)&x->at, sizeof x->at);
    }
}

static void index_title_word(indexer *x, slot *s)
{
    const hw_term *w = &s->term;
    if (!w->form) return;
    note_terms(x, s);
    put_term(&x->title, w->form, &x->out->counts[0]);
    for (uint16_t i = 0; i < w->n_lemmas; i++)
        if (s->lemma_hash[i] != w->hash) put_term(&x->title, w->lemmas[i], &x->out->counts[0]);
}

static void index_text(indexer *x, const char *text, size_t len, void (*take)(indexer *, slot *))
{
    hw_terms *t = x->t;
    hw_token k;
    hw_terms_begin(t, text, len);
    if (!++t->texts) t->texts = 1;
    while (hw_next_token(t->model, &t->scratch, t->text, t->len, &t->at, &k))
        if (is_term(&k)) {
            x->at = k.b;
            take(x, look_up(t, &k, hw_hash(k.norm, k.norm_len) | 1));
        }
}

/* The same by the tokens of the record. A word not seen before is read from its bytes. */
static void index_record(indexer *x, const hewal_record *r)
{
    hw_terms *t = x->t;
    hw_terms_begin(t, r->text, r->text_len);
    if (!++t->texts) t->texts = 1;
    for (size_t i = 0; i < r->n_tokens; i++) {
        const hewal_token *k = &r->tokens[i];
        hw_token own;
        size_t at = 0;
        x->at = k->b;
        uint64_t h = hw_hash(k->norm, strlen(k->norm)) | 1;
        slot *s = slot_of(t, h);
        if (!s->hash && hw_next_token(t->model, &t->scratch, r->text + k->b, k->e - k->b, &at, &own)) s = look_up(t, &own, h);
        if (s->hash) index_word(x, s);
    }
}

/* The text deflated, or as it is when that is no shorter. */
static bool pack(hw_terms *t, const char *text, size_t len, hewal_string *out)
{
    hw_buf b = hw_buf_on(out);
    out->len = 0;
    if (!t->deflates) t->deflates = deflateInit(&t->deflate, 1) == Z_OK;
    hw_put(&b, text, len); /* its room */
    if (!t->deflates || !hw_buf_ok(&b) || deflateReset(&t->deflate) != Z_OK) return false;
    t->deflate.next_in = (Bytef *)(uintptr_t)text;
    t->deflate.avail_in = (uInt)len;
    t->deflate.next_out = (Bytef *)out->s;
    t->deflate.avail_out = (uInt)len;
    if (!len || deflate(&t->deflate, Z_FINISH) != Z_STREAM_END || t->deflate.avail_out == 0) {
        out->len = 0;
        hw_put(&b, text, len);
    } else {
        out->len = len - t->deflate.avail_out;
    }
    return hw_buf_ok(&b);
}

static bool index_all(indexer *x, const char *title, const char *text, size_t len, const hewal_record *record)
{
    hw_near_begin(&x->near);
    index_text(x, title ? title : "", title ? strlen(title) : 0, index_title_word);
    if (record && record->n_tokens) index_record(x, record);
    else index_text(x, text, len, index_word);
    hw_near_end(&x->near, &x->out->near);
    return pack(x->t, text, len, &x->out->packed) && hw_buf_ok(&x->title) && hw_buf_ok(&x->forms) && hw_buf_ok(&x->lemmas) && hw_buf_ok(&x->more) && hw_buf_ok(&x->distinct)
           && hw_buf_ok(&x->starts[0]) && hw_buf_ok(&x->starts[1]);
}

hewal_status hw_terms_index(hw_terms *t, const char *title, const char *text, size_t len, const hewal_record *record, hw_index_text *out)
{
    hewal_string *parts[] = {&out->title, &out->forms, &out->lemmas, &out->more, &out->distinct, &out->starts[0], &out->starts[1]};
    for (int i = 0; i < 7; i++) hw_buf_back(parts[i], 0); /* with its NUL: what stood there is not seen again when nothing is written */
    memset(out->counts, 0, sizeof out->counts);
    out->n_distinct = 0;
    indexer x = {.t = t, .out = out, .title = hw_buf_on(&out->title), .forms = hw_buf_on(&out->forms), .lemmas = hw_buf_on(&out->lemmas),
                 .more = hw_buf_on(&out->more), .distinct = hw_buf_on(&out->distinct), .starts = {hw_buf_on(&out->starts[0]), hw_buf_on(&out->starts[1])}};
    bool ok = !hw_arena_guard(&t->scratch) && !hw_arena_guard(&t->kept) && index_all(&x, title, text, len, record);
    t->scratch.guarded = t->kept.guarded = 0;
    return ok ? HEWAL_OK : HEWAL_ENOMEM;
}

void hw_index_text_free(hw_index_text *x)
{
    hewal_string_free(&x->title);
    hewal_string_free(&x->forms);
    hewal_string_free(&x->lemmas);
    hewal_string_free(&x->more);
    hewal_string_free(&x->distinct);
    hewal_string_free(&x->starts[0]);
    hewal_string_free(&x->starts[1]);
    hewal_string_free(&x->packed);
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
