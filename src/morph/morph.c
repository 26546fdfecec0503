/* In: tokens. Out: their readings and forms. What is not a word gets a reading by its kind. */
#include "morph/morph.h"

#include "base/hash.h"
#include "morph/context.h"
#include "morph/known.h"
#include "morph/tagger.h"
#include <string.h>

#define FORMS_MAX 24
#define SLIP_LETTERS 4 /* shorter words are too like others to be read as meant */

static hw_word fixed(const hw_lexicon *l, hw_arena *a, const hw_token *t, hw_upos upos)
{
    hw_analysis *r = HW_NEW(a, hw_analysis);
    *r = (hw_analysis){.lemma = t->norm, .feats = "", .lemma_hash = t->hash, .upos = (uint8_t)upos};
    if (l->net) r->kind = (uint8_t)hw_morph_kind(l, r);
    hw_form *f = HW_NEW(a, hw_form);
    *f = (hw_form){.hash = t->hash, .len = (uint16_t)(t->fold_len > UINT16_MAX ? UINT16_MAX : t->fold_len)};
    return (hw_word){r, f, 1, 1, 0};
}

/* ---- forms --------------------------------------------------------------------------------------------------------- */

typedef struct { hw_form v[FORMS_MAX]; unsigned n; } form_list;

static void add_form(form_list *l, uint64_t hash, uint32_t marks, size_t len, unsigned lemma)
{
    for (unsigned i = 0; i < l->n; i++)
        if (l->v[i].hash == hash) return;
    if (l->n < FORMS_MAX) l->v[l->n++] = (hw_form){hash, marks, (uint16_t)len, (uint8_t)lemma};
}

#define ENDING_LETTERS 12
#define ENDING_COST 2.6f

static void add_forms(const hw_lexicon *l, const hw_letters *w, const hw_token *t, const hw_readings *r, form_list *out)
{
    add_form(out, t->hash, 0, t->fold_len, 0);
    hw_paths paths;
    for (unsigned len = w->n ? w->n - 1 : 0; len >= 2 && len + ENDING_LETTERS >= w->n; len--) {
        hw_lexicon_endings(l, w, len, ENDING_COST, &paths);
        const hw_path *best = NULL;
        for (unsigned i = 0; i < paths.n; i++)
            if (!best || paths.v[i].cost < best->cost) best = &paths.v[i];
        if (!best || !best->n) continue;
        uint32_t marks = 0;
        for (unsigned i = 0; i < best->n; i++) marks |= l->tags[best->tag[i]].marks & ~HW_M_OWN;
        if (marks) add_form(out, hw_hash(t->fold, w->fold_at[len]), marks, w->fold_at[len], 0);
    }
    for (unsigned i = 0; i < r->n; i++) add_form(out, r->v[i].lemma_hash, r->v[i].marks, 0, i + 1);
}

hw_word hw_read_word(const hw_lexicon *l, hw_arena *a, const hw_token *t, unsigned how)
{
    hw_letters w;
    hw_readings r;
    hw_paths paths;
    r.n = 0;
    hw_letters_of(l->model, l, t, &w);
    for (hw_read_mode mode = HW_READ_PLAIN; mode <= HW_READ_SLIPS && !r.n && !(how & HW_READ_GUESSES); mode++) {
        if (mode == HW_READ_SLIPS && w.n < SLIP_LETTERS) break;
        hw_lexicon_read(l, &w, mode, &paths);
        for (unsigned i = 0; i < paths.n; i++) hw_add_reading(l, a, &w, t, &paths.v[i], &r);
    }
    if (!r.n) hw_guess_readings(l, a, &w, t, &r);
    for (unsigned i = 0; i < r.n; i++) r.v[i].kind = (uint8_t)hw_morph_kind(l, &r.v[i]);
    for (unsigned i = 0; l->tagger && i < r.n; i++) {
        hw_features own;
        hw_own_features(l, t, &r.v[i], &own);
        r.v[i].weight -= hw_tagger_sum(l, &own);
    }
    hw_sort_readings(&r, !(how & HW_READ_ALL));
    if (!r.n) {
        hw_word x = fixed(l, a, t, HW_X);
        ((hw_analysis *)(uintptr_t)x.analyses)->marks = HW_M_GUESS;
        return x;
    }
    form_list forms;
    forms.n = 0;
    add_forms(l, &w, t, &r, &forms);
    hw_word out = {.n = (uint16_t)r.n, .n_forms = (uint16_t)forms.n};
    hw_analysis *v = hw_alloc(a, r.n * sizeof *v);
    memcpy(v, r.v, r.n * sizeof *v);
    hw_form *f = hw_alloc(a, forms.n * sizeof *f);
    memcpy(f, forms.v, forms.n * sizeof *f);
    out.analyses = v;
    out.forms = f;
    return out;
}

static hw_word read_token(const hw_lexicon *l, const hw_known *k, hw_arena *a, const hw_token *t)
{
    hw_word w;
    switch (t->kind) {
    case HW_WORD: return !l->net ? fixed(l, a, t, HW_X) : hw_known_find(k, a, t, &w) ? w : hw_read_word(l, a, t, 0);
    case HW_LATIN: return fixed(l, a, t, HW_X);
    case HW_NUMBER: return fixed(l, a, t, HW_NUM);
    case HW_PUNCT: case HW_QUOTE: return fixed(l, a, t, HW_PUNCTUATION);
    case HW_SYMBOL: return fixed(l, a, t, HW_SYM);
    default: return fixed(l, a, t, HW_X);
    }
}

hw_word hw_morph_word(const hewal_model *m, hw_arena *a, const hw_token *t)
{
    hw_lexicon l = {0};
    hw_known k = hw_known_of(m);
    hw_lexicon_of(m, &l);
    return read_token(&l, &k, a, t);
}

hw_word hw_morph_all(const hewal_model *m, hw_arena *a, const hw_token *t)
{
    hw_lexicon l = {0};
    return t->kind == HW_WORD && hw_lexicon_of(m, &l) ? hw_read_word(&l, a, t, HW_READ_ALL) : hw_morph_word(m, a, t);
}

/* ---- a document: words seen before are not read again -------------------------------------------------------------- */

typedef struct { uint32_t *slot; uint32_t mask, used; } seen; /* token + 1 */

static void grow(seen *s, hw_arena *a, const hw_token *t)
{
    seen old = *s;
    uint32_t size = old.slot ? (old.mask + 1) * 4 : 256;
    *s = (seen){hw_calloc(a, size, sizeof(uint32_t)), size - 1, old.used};
    for (uint32_t i = 0; old.slot && i <= old.mask; i++) {
        if (!old.slot[i]) continue;
        uint32_t k = (uint32_t)t[old.slot[i] - 1].hash & s->mask;
        while (s->slot[k]) k = (k + 1) & s->mask;
        s->slot[k] = old.slot[i];
    }
}

/* Where the same word (in norm and kind) was seen, or where to note it. */
static uint32_t *look_up(seen *s, const hw_token *t, uint32_t i)
{
    const hw_token *x = &t[i];
    uint32_t k = (uint32_t)x->hash & s->mask;
    for (; s->slot[k]; k = (k + 1) & s->mask) {
        const hw_token *y = &t[s->slot[k] - 1];
        if (y->hash == x->hash && y->kind == x->kind && y->norm_len == x->norm_len && !memcmp(y->norm, x->norm, x->norm_len)) break;
    }
    return &s->slot[k];
}

hw_words *hw_morph_read(hw_text *x)
{
    hw_lexicon l = {0};
    hw_known k = hw_known_of(x->model);
    hw_begins begins = hw_model_begins(x->model);
    seen s = {0};
    hw_words *w = HW_NEW(x->arena, hw_words);
    hw_lexicon_of(x->model, &l);
    w->text = x;
    w->v = HW_NEWS(x->arena, hw_word, x->tokens.n + 1);
    for (uint32_t i = 0; i < x->tokens.n; i++) {
        if (s.used * 2 >= s.mask) grow(&s, x->arena, x->tokens.v);
        uint32_t *at = look_up(&s, x->tokens.v, i);
        if (*at) {
            w->v[i] = w->v[*at - 1];
            continue;
        }
        *at = i + 1;
        s.used++;
        w->v[i] = read_token(&l, &k, x->arena, &x->tokens.v[i]);
        for (unsigned j = 0; j < w->v[i].n_forms; j++) w->v[i].begins |= hw_begins_with(&begins, w->v[i].forms[j].hash);
    }
    hw_morph_context(&l, w);
    return w;
}
