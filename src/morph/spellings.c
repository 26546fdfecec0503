/* In: the model's spelling tables and the stems of its lexicon. Out: a trie of word forms, and rules by letter. */
#include "morph/spellings.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#define NO_COST 9.0f
#define PRIOR 0.2f        /* of the logarithm of a count */
#define PRIOR_TOP 11.0f   /* the logarithm of the commonest word's count, about */

float hw_prior_of(uint32_t count)
{
    return PRIOR * (PRIOR_TOP - log1pf((float)count));
}

bool hw_spelt_of(hw_spelt *w, const char *s, size_t n)
{
    w->n = 0;
    if (n % 2 || n / 2 > HW_SPELT_MAX) return false;
    for (size_t i = 0; i < n; i += 2) {
        unsigned char c = (unsigned char)s[i], d = (unsigned char)s[i + 1];
        if (c < 0xD8 || c > 0xDB || (d & 0xC0) != 0x80 || (c == 0xD8 && d == 0x80)) return false;
        w->v[w->n++] = (uint8_t)((c & 3u) << 6 | (d & 0x3Fu));
    }
    return true;
}

char *hw_spelt_string(hw_arena *a, const hw_spelt *w)
{
    char *s = hw_alloc(a, 2 * (size_t)w->n + 1);
    for (unsigned i = 0; i < w->n; i++) {
        s[2 * (size_t)i] = (char)(0xD8 | w->v[i] >> 6);
        s[2 * (size_t)i + 1] = (char)(0x80 | (w->v[i] & 0x3F));
    }
    s[2 * (size_t)w->n] = 0;
    return s;
}

/* ---- the trie ------------------------------------------------------------------------------------------------------ */

uint32_t hw_trie_find(const hw_spell *sp, const hw_spelt *w)
{
    uint32_t node = 0;
    for (unsigned i = 0; i < w->n; i++)
        if (!(node = hw_trie_child(sp->trie, node, w->v[i]))) return 0;
    return node;
}

static uint32_t new_node(hw_spell *sp, uint32_t parent, uint8_t letter)
{
    if (sp->n_nodes == sp->cap_nodes) {
        hw_trie_node *old = sp->trie;
        sp->trie = hw_alloc(&sp->arena, 2 * (size_t)sp->cap_nodes * sizeof *old);
        memcpy(sp->trie, old, sp->n_nodes * sizeof *old);
        sp->cap_nodes *= 2;
    }
    uint32_t i = sp->n_nodes++;
    sp->trie[i] = (hw_trie_node){.letter = letter, .next = sp->trie[parent].child};
    sp->trie[parent].child = i;
    return i;
}

static hw_trie_node *insert_at(hw_spell *sp, uint32_t node, const hw_spelt *w)
{
    for (unsigned i = 0; i < w->n; i++) {
        uint32_t next = hw_trie_child(sp->trie, node, w->v[i]);
        node = next ? next : new_node(sp, node, w->v[i]);
    }
    return &sp->trie[node];
}

static hw_trie_node *insert(hw_spell *sp, const hw_spelt *w)
{
    return insert_at(sp, 0, w);
}

static void read_forms(hw_spell *sp)
{
    hw_table t = hw_model_table(sp->model, "spelling-forms");
    int form = hw_column(&t, "form"), count = hw_column(&t, "count");
    hw_spelt w;
    for (uint32_t r = 0; r < t.n_rows; r++) {
        const char *s = hw_cell(&t, r, form);
        if (hw_spelt_of(&w, s, strlen(s)) && w.n) insert(sp, &w)->count = (uint32_t)strtoul(hw_cell(&t, r, count), NULL, 10);
    }
}

static void read_endings(hw_spell *sp)
{
    hw_table t = hw_model_table(sp->model, "spelling-endings");
    int ending = hw_column(&t, "ending"), forms = hw_column(&t, "forms");
    hw_spelt w;
    sp->endings = new_node(sp, 0, 0);
    for (uint32_t r = 0; r < t.n_rows; r++) {
        const char *s = hw_cell(&t, r, ending);
        if (hw_spelt_of(&w, s, strlen(s)) && w.n) insert_at(sp, sp->endings, &w)->count = (uint32_t)strtoul(hw_cell(&t, r, forms), NULL, 10);
    }
}

static void read_stems(hw_spell *sp)
{
    const hw_lexicon *l = &sp->lexicon;
    hw_spelt w;
    for (uint32_t i = 0; i < l->net->n_entries; i++) {
        const hw_entry *e = &l->entries[i];
        if (e->slot == l->net->preverb_slot || e->slot == l->net->preverb2_slot || e->slot / HW_NET_ENDS == l->net->goal) continue;
        const char *s = l->strings + e->stem;
        if (hw_spelt_of(&w, s, strlen(s)) && w.n > 1) insert(sp, &w)->stem = true;
    }
}

/* ---- rules --------------------------------------------------------------------------------------------------------- */

static uint8_t letters(uint8_t *out, unsigned max, const char *s)
{
    hw_spelt w;
    if (!hw_spelt_of(&w, s, strlen(s)) || w.n > max) return 0;
    memcpy(out, w.v, w.n);
    return w.n;
}

static void read_rules(hw_spell *sp)
{
    hw_table t = hw_model_table(sp->model, "spelling-errors");
    int written = hw_column(&t, "written"), meant = hw_column(&t, "meant"), cost = hw_column(&t, "cost");
    sp->insert = sp->drop = sp->change = sp->swap = NO_COST;
    sp->rules = HW_NEWS(&sp->arena, hw_error_rule, t.n_rows + 1);
    unsigned n = 0;
    for (unsigned first = 0; first < 256; first++) {
        sp->rule_at[first] = n;
        for (uint32_t r = 0; r < t.n_rows; r++) {
            const char *from = hw_cell(&t, r, written), *to = hw_cell(&t, r, meant);
            float c = strtof(hw_cell(&t, r, cost), NULL);
            if (*from == '*' || *to == '*') {
                float *any = from[0] == '*' && from[1] == '>' ? &sp->swap : *from != '*' ? &sp->insert : *to == '*' ? &sp->change : &sp->drop;
                *any = c;
                continue;
            }
            hw_error_rule x = {.cost = c};
            x.n_from = letters(x.from, sizeof x.from, from);
            x.n_to = letters(x.to, sizeof x.to, to);
            if ((x.n_from ? x.from[0] : 0) == first && x.n_from + x.n_to) sp->rules[n++] = x;
        }
    }
    sp->rule_at[256] = n;
}

static void add_join(hw_join *list, unsigned *n, const char *s, const char *cost)
{
    hw_join *j = &list[*n];
    if (*n < HW_JOINS && hw_spelt_of(&j->word, s, strlen(s))) {
        j->cost = strtof(cost, NULL);
        (*n)++;
    }
}

static void add_prefix(hw_spell *sp, const char *written, const char *meant, const char *cost)
{
    hw_prefix *x = &sp->prefix[sp->n_prefix];
    if (sp->n_prefix == HW_JOINS || !hw_spelt_of(&x->written, written, strlen(written))) return;
    if (!hw_spelt_of(&x->meant, meant, strlen(meant)) || !x->meant.n) x->meant = x->written;
    x->cost = strtof(cost, NULL);
    sp->n_prefix++;
}

/* 0 when there is none of this name. */
static uint8_t tag_named(const hw_spell *sp, const char *name)
{
    const hw_lexicon *l = &sp->lexicon;
    for (uint32_t i = 1; i < l->net->n_tags; i++)
        if (!strcmp(l->strings + l->tags[i].name, name)) return (uint8_t)i;
    return 0;
}

static void add_tag(const hw_spell *sp, uint8_t list[8], uint8_t *n, const char *name)
{
    uint8_t tag = tag_named(sp, name);
    if (tag && *n < 8) list[(*n)++] = tag;
}

static void read_letters(uint8_t *letter, hw_letter_list *l, const char *one, const char *list)
{
    letters(letter, 1, one);
    l->n = letters(l->v, sizeof l->v, list);
}

static void read_full(hw_spell *sp, const char *tag, const char *list)
{
    uint8_t v[2];
    if (letters(v, 2, list) != 2) return;
    sp->full.tag = tag_named(sp, tag);
    sp->full.letter = v[0];
    sp->full.add = v[1];
}

static void read_joins(hw_spell *sp)
{
    hw_table t = hw_model_table(sp->model, "spelling-joins");
    int what = hw_column(&t, "what"), word = hw_column(&t, "word"), cost = hw_column(&t, "cost"), list = hw_column(&t, "letters");
    for (uint32_t r = 0; r < t.n_rows; r++) {
        const char *k = hw_cell(&t, r, what), *s = hw_cell(&t, r, word), *c = hw_cell(&t, r, cost);
        if (!strcmp(k, "before")) add_join(sp->before, &sp->n_before, s, c);
        else if (!strcmp(k, "after")) add_join(sp->after, &sp->n_after, s, c);
        else if (!strcmp(k, "joined")) add_join(sp->joined, &sp->n_joined, s, c);
        else if (!strcmp(k, "kept")) add_join(sp->kept, &sp->n_kept, s, c);
        else if (!strcmp(k, "prefix")) add_prefix(sp, s, hw_cell(&t, r, list), c);
        else if (!strcmp(k, "apart")) add_tag(sp, sp->apart, &sp->n_apart, s);
        else if (!strcmp(k, "clitic")) add_tag(sp, sp->clitic, &sp->n_clitic, s);
        else if (!strcmp(k, "long")) letters(&sp->longer, 1, s);
        else if (!strcmp(k, "stem-glide")) read_letters(&sp->glide, &sp->glide_of_stem, s, hw_cell(&t, r, list));
        else if (!strcmp(k, "glide")) read_letters(&sp->glide, &sp->glide_of_ending, s, hw_cell(&t, r, list));
        else if (!strcmp(k, "vowel")) sp->vowels.n = letters(sp->vowels.v, sizeof sp->vowels.v, hw_cell(&t, r, list));
        else if (!strcmp(k, "final")) read_letters(&sp->final, &sp->before_final, s, hw_cell(&t, r, list));
        else if (!strcmp(k, "final-unread")) read_letters(&sp->final, &sp->before_final_unread, s, hw_cell(&t, r, list));
        else if (!strcmp(k, "full")) read_full(sp, s, hw_cell(&t, r, list));
    }
}

/* The rows for tags come first, so that a reading tries these alone. */
static void read_standards(hw_spell *sp)
{
    hw_table t = hw_model_table(sp->model, "spelling-standard");
    int written = hw_column(&t, "written"), meant = hw_column(&t, "meant"), where = hw_column(&t, "where");
    sp->standards = HW_NEWS(&sp->arena, hw_standard, t.n_rows + 1);
    for (int pass = 0; pass < 2; pass++) {
        for (uint32_t r = 0; r < t.n_rows && sp->n_standards < UINT16_MAX; r++) {
            const char *w = hw_cell(&t, r, written), *m = hw_cell(&t, r, meant), *at = hw_cell(&t, r, where);
            hw_standard x = {.begins = !strcmp(at, "begin"), .verb = !strcmp(at, "verb")};
            if (!x.begins && !x.verb && strcmp(at, "stem") != 0) x.tag = tag_named(sp, at);
            if ((x.tag != 0) != (pass == 0) || !hw_spelt_of(&x.meant, m, strlen(m))) continue;
            if (!x.tag && !x.verb && x.meant.n > 2) insert(sp, &x.meant)->right = true;
            if (!hw_spelt_of(&x.written, w, strlen(w)) || !x.written.n) continue;
            sp->standards[sp->n_standards++] = x;
            if (x.tag) sp->n_of_tags++;
            else insert(sp, &x.written)->standard = (uint16_t)sp->n_standards;
        }
    }
}

/* False when memory runs out. */
static bool fill(hw_spell *sp)
{
    if (hw_arena_guard(&sp->arena)) return false;
    sp->cap_nodes = 1u << 18;
    sp->trie = hw_alloc(&sp->arena, sp->cap_nodes * sizeof *sp->trie);
    sp->trie[0] = (hw_trie_node){0};
    sp->n_nodes = 1;
    read_forms(sp);
    read_endings(sp);
    read_stems(sp);
    read_rules(sp);
    read_joins(sp);
    read_standards(sp);
    return true;
}

hw_spell *hw_spell_new(const hewal_model *m)
{
    hw_spell *sp = calloc(1, sizeof *sp);
    if (!sp) return NULL;
    sp->model = m;
    hw_arena_init(&sp->arena);
    if (m->orth && hw_lexicon_of(m, &sp->lexicon) && fill(sp)) return sp;
    hw_spell_free(sp);
    return NULL;
}

void hw_spell_free(hw_spell *s)
{
    if (!s) return;
    hw_arena_free(&s->arena);
    free(s);
}
