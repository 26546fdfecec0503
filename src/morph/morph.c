/* provisional: surface forms only */
#include "morph/morph.h"
#include "base/hash.h"
const char *hw_upos_name(hw_upos u)
{
    static const char *const t[] = {"NOUN", "PROPN", "ADJ", "ADV", "VERB", "AUX", "PRON", "DET", "ADP", "NUM", "CCONJ", "SCONJ", "PART", "INTJ", "PUNCT", "SYM", "X"};
    return u <= HW_X ? t[u] : "X";
}
hw_word hw_morph_word(const hewal_model *m, hw_arena *a, const hw_token *t)
{
    (void)m;
    hw_analysis *n = HW_NEW(a, hw_analysis);
    *n = (hw_analysis){.lemma = t->norm, .feats = "", .lemma_hash = t->hash, .marks = HW_M_GUESS, .upos = HW_X};
    hw_form *f = HW_NEW(a, hw_form);
    *f = (hw_form){.hash = t->hash, .len = (uint16_t)t->fold_len};
    return (hw_word){n, f, 1, 1};
}
hw_words *hw_morph_read(hw_text *x)
{
    hw_words *w = HW_NEW(x->arena, hw_words);
    w->text = x;
    w->v = HW_NEWS(x->arena, hw_word, x->tokens.n + 1);
    for (uint32_t i = 0; i < x->tokens.n; i++) w->v[i] = hw_morph_word(x->model, x->arena, &x->tokens.v[i]);
    return w;
}
unsigned hw_match_at(const hw_words *w, const hw_index *ix, uint32_t first, hw_match *out, unsigned max)
{
    uint64_t h = HW_PHRASE_START;
    unsigned n = 0;
    for (uint32_t i = first; i < w->text->tokens.n && n < max; i++) {
        h = hw_phrase(h, w->text->tokens.v[i].hash);
        const hw_slot *s = hw_index_find(ix, h);
        if (!s) break;
        if (s->n) out[n++] = (hw_match){s, i, 0, true};
        if (!s->longer) break;
    }
    return n;
}
#include "morph/translit.h"
const char *hw_latin(const hewal_model *m, hw_arena *a, const char *s, size_t n) { (void)m; return hw_strndup(a, s, n); }
