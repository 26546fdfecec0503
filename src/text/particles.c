/* In: a text whose words are in standard orthography. Out: the same with what is no word of its own joined to its
 * neighbour, and words that were run together apart. The words are those of lang/ckb/particles.tsv; nothing else is known
 * of them, so only what is sure stands there. */
#include "text/fix.h"

#include "base/hash.h"
#include "base/utf8.h"
#include <string.h>

typedef enum { SUFFIX, PREFIX, MIDDLE, SPLIT } particle_kind;
typedef struct particle {
    const struct particle *next; /* of the same hash */
    const char *word, *as, *beside, *unless; /* as: how it is written, joined */
    size_t n;
    particle_kind kind;
} particle;

enum { SLOTS = 1024 };
struct hw_particles {
    const particle *slot[SLOTS];
    size_t longest;
};

const hw_particles *hw_particles_read(const hewal_model *m, hw_arena *a)
{
    hw_table t = hw_model_table(m, "particles");
    int what = hw_column(&t, "what"), word = hw_column(&t, "word"), as = hw_column(&t, "as");
    int beside = hw_column(&t, "beside"), unless = hw_column(&t, "unless_after");
    hw_particles *out = HW_NEW(a, hw_particles);
    for (uint32_t r = 0; r < t.n_rows; r++) {
        const char *w = hw_cell(&t, r, what);
        if (!strcmp(w, "verb") || !strcmp(w, "and")) continue; /* the lexicon's: morph/respace.c */
        particle *p = HW_NEW(a, particle);
        p->word = hw_cell(&t, r, word);
        p->as = hw_cell(&t, r, as);
        p->beside = hw_cell(&t, r, beside);
        p->unless = hw_cell(&t, r, unless);
        p->kind = !strcmp(w, "suffix") ? SUFFIX : !strcmp(w, "prefix") ? PREFIX : !strcmp(w, "middle") ? MIDDLE : SPLIT;
        p->n = strlen(p->word);
        const particle **slot = &out->slot[hw_hash(p->word, p->n) % SLOTS];
        p->next = *slot;
        *slot = p;
        if (p->n > out->longest) out->longest = p->n;
    }
    return t.n_rows ? out : NULL;
}

/* Whether s[0..n) is one of a|b|c*, where * stands for whatever follows. */
static bool is_one_of(const char *list, const char *s, size_t n)
{
    while (*list) {
        size_t k = strcspn(list, "|");
        bool begins = k && list[k - 1] == '*';
        size_t want = k - begins;
        if (begins ? n >= want && !memcmp(s, list, want) : n == want && !memcmp(s, list, n)) return true;
        list += k + (list[k] == '|');
    }
    return false;
}

/* Whether s[0..n) ends in one of the letters of a list. */
static bool ends_in(const char *letters, const char *s, size_t n)
{
    for (size_t i = 0, k, len = strlen(letters); i < len; i += k) {
        uint32_t cp;
        k = hw_utf8_decode(letters + i, len - i, &cp);
        if (k <= n && !memcmp(letters + i, s + n - k, k)) return true;
    }
    return false;
}

typedef struct {
    hw_token t;
    bool word;
    size_t letters; /* bytes of the word with what was joined to it before */
} place;

static bool space_between(const hw_edit *e, const hw_token *a, const hw_token *b)
{
    return b->b == a->e + 1 && e->text[a->e] == ' ';
}

enum { JOIN_BEFORE = 1, JOIN_AFTER = 2 };

/* What is to be done about `now`, which stands between two tokens, by the rule *which. */
static unsigned joins(const particle *p, const particle **which, const hw_edit *e, const place *before, const place *now,
                      const place *after)
{
    const char *s = e->text + now->t.b;
    size_t n = now->t.e - now->t.b;
    for (; p; p = p->next) {
        if (p->n != n || memcmp(p->word, s, n) != 0) continue;
        bool left = before->word && before->letters >= 4 && space_between(e, &before->t, &now->t) &&
                    !ends_in(p->unless, e->text + before->t.b, before->t.e - before->t.b);
        bool right = after->word && space_between(e, &now->t, &after->t) &&
                     is_one_of(p->beside, e->text + after->t.b, after->t.e - after->t.b);
        *which = p;
        if (p->kind == SUFFIX && left) return JOIN_BEFORE;
        if (p->kind == PREFIX && right) return JOIN_AFTER;
        if (p->kind == MIDDLE && left && right) return JOIN_BEFORE | JOIN_AFTER;
    }
    return 0;
}

/* Parts a word that a rule says is several: a space between its pieces, which are those of `beside`. */
static void split(const particle *p, const hw_token *t, hw_edit *e)
{
    size_t n = t->e - t->b;
    for (; p; p = p->next) {
        if (p->kind != SPLIT || p->n != n || memcmp(p->word, e->text + t->b, n) != 0) continue;
        size_t at = t->b;
        for (const char *s = p->beside; *s; s++)
            if (*s == ' ') hw_edit_put(e, at, at, " ", 1);
            else at++;
        return;
    }
}

static const particle *look(const hw_particles *ps, const hw_edit *e, const place *p)
{
    size_t n = p->t.e - p->t.b;
    return p->word && n <= ps->longest ? ps->slot[hw_hash(e->text + p->t.b, n) % SLOTS] : NULL;
}

void hw_fix_particles(const hw_orth *o, const hw_particles *ps, hw_edit *e, size_t from, size_t to)
{
    place before = {.word = false}, now = {.word = false}, after;
    bool open = false; /* now is joined to before */
    for (size_t at = from, more = 1; more; before = now, now = after) {
        after = (place){.word = false};
        more = hw_next_span(o, e->text, to, &at, &after.t);
        after.word = more && after.t.kind == HW_WORD;
        after.letters = after.t.e - after.t.b;
        bool joined = open;
        open = false;
        if (joined) now.letters += before.letters;
        const particle *p = look(ps, e, &now), *by = NULL;
        if (!p) continue;
        unsigned j = joined ? 0 : joins(p, &by, e, &before, &now, &after);
        if (j & JOIN_BEFORE) {
            hw_edit_put(e, before.t.e, now.t.b, "", 0);
            now.letters += before.letters;
        }
        if (j && *by->as) hw_edit_put(e, now.t.b, now.t.e, by->as, strlen(by->as));
        if (j & JOIN_AFTER) {
            hw_edit_put(e, now.t.e, after.t.b, "", 0);
            open = true;
        }
        if (!j && !joined) split(p, &now.t, e);
    }
}
