/* In: words and the lists of given and family names. Out: spans of people that no list has, by their parts: given name,
 * father's name, family name, with no izafe between; and what stands behind a form of address. */
#include "names/find.h"

#include "base/hash.h"
#include <string.h>

enum { MAX_PARTS = 4 };

typedef enum { NO_PART, GIVEN, GIVEN_WORD, FAMILY, UNKNOWN } part;

/* The first form of the word that the list has and that may stand in a name. */
static bool part_row(const hw_finder *f, const hw_index *ix, uint32_t i, uint32_t bad, uint32_t *row, uint32_t *marks)
{
    const hw_word *w = &f->w->v[i];
    if (!(w->begins & ix->bit)) return false;
    for (unsigned k = 0; k < w->n_forms; k++) {
        const hw_slot *s = w->forms[k].lemma || (w->forms[k].marks & bad) ? NULL : hw_index_find(ix, hw_phrase(HW_PHRASE_START, w->forms[k].hash));
        if (!s || !s->n) continue;
        *row = ix->posts[s->first].row;
        *marks = w->forms[k].marks;
        return true;
    }
    return false;
}

static part part_of(const hw_finder *f, uint32_t i, uint32_t *marks)
{
    uint32_t row;
    const hw_token *t = hw_tok(f, i);
    *marks = 0;
    if (t->kind != HW_WORD || (t->flags & HW_JUNK)) return NO_PART;
    uint32_t bad = HW_M_PLURAL | HW_M_INDEF | HW_M_DEF | HW_M_PAST;
    if (part_row(f, &f->given_ix, i, bad, &row, marks)) {
        int also = hw_column(&f->given, "also");
        return hw_cell(&f->given, row, also)[0] || (*marks && hw_is_common(f, i)) ? GIVEN_WORD : GIVEN;
    }
    if (part_row(f, &f->family_ix, i, bad, &row, marks)) return FAMILY;
    *marks = 0;
    if (!hw_is_unknown(f, i) && !hw_is_common(f, i) && hw_best_upos(f, i) == HW_PROPN && !(hw_best_marks(f, i) & bad)) {
        *marks = hw_best_marks(f, i);
        return FAMILY; /* part of a name that some list has */
    }
    if (hw_is_unknown(f, i) && t->fold_len > 4 && t->fold_len <= 26) {
        hw_upos u = hw_best_upos(f, i);
        return u == HW_VERB ? NO_PART : UNKNOWN;
    }
    return NO_PART;
}

static bool is_address(const hw_finder *f, uint32_t i, uint32_t *last)
{
    const char *makes = hw_head_at(f, i, NULL, last);
    return !strcmp(makes, "person") || !strcmp(makes, "role");
}

/* Whether the parts from i on are one person, who is put into *out. Inner parts stand as listed: an izafe or clitic ends a
 * name. Parts that are ordinary words too need a sure one beside them, or the beginning of a sentence. */
static bool person_at(const hw_finder *f, uint32_t i, hw_span *out)
{
    uint32_t marks, end = hw_sentence_last(f, i), k = i;
    part first = part_of(f, i, &marks);
    hw_span s;
    if ((first != GIVEN && first != GIVEN_WORD) || marks) return false;
    if (hw_listed_at(f, i, &s) && s.last > i) return false;
    if (first == GIVEN_WORD && is_address(f, i, NULL)) return false;
    *out = (hw_span){.first = i, .type = HEWAL_PER, .how = HW_BY_PARTS, .table = HW_NO_TABLE, .entity = HEWAL_NONE, .confidence = 0.75f};
    bool begins = i == f->x->sentences.v[hw_tok(f, i)->sentence].first;
    unsigned sure = (first == GIVEN ? 1u : 0u) + (begins ? 1u : 0u), parts = 1;
    while (k < end && parts < MAX_PARTS) {
        const hw_token *next = hw_tok(f, k + 1);
        bool underscore = hw_is_ascii(f, k + 1, '_') && (next->flags & HW_GLUED) && k + 2 <= end;
        uint32_t n = underscore ? k + 2 : k + 1;
        if (!underscore && ((next->flags & (HW_WIDE | HW_NEWLINE)) || next->quotation != hw_tok(f, k)->quotation)) break;
        if (hw_listed_at(f, n, &s)) { /* «mayk pempeyo» where the list has only the family name so spelt */
            if (s.type != HEWAL_PER || s.last > n || (first == GIVEN_WORD && !begins)) break;
            out->how = HW_LISTED;
            out->table = s.table;
            out->row = s.row;
            k = n;
            parts++;
            sure++;
            break;
        }
        part p = part_of(f, n, &marks);
        if (p == NO_PART || (p == UNKNOWN && (parts >= 3 || (first == GIVEN_WORD && !begins)))) break;
        if (p == GIVEN_WORD && (marks & HW_M_IZAFE)) break; /* «… rêberî gel»: a title that goes on */
        k = n;
        parts++;
        sure += p == GIVEN || p == FAMILY;
        if (marks || (p == UNKNOWN && (hw_marks_of(f, k) & HW_M_IZAFE))) break;
    }
    out->last = k;
    return parts >= 2 && sure >= 1;
}

static void announced_person(hw_finder *f, uint32_t head_last)
{
    uint32_t i = head_last + 1, end = hw_sentence_last(f, head_last);
    if (i < end && hw_is_ascii(f, i, '.')) i++;
    if (i > end) return;
    uint32_t marks, last = i;
    part p = part_of(f, i, &marks);
    hw_span s, found;
    if (p == NO_PART || hw_listed_at(f, i, &s) || hw_tok(f, head_last)->sentence != hw_tok(f, i)->sentence) return;
    if (hw_best_marks(f, head_last) & (HW_M_PLURAL | HW_M_INDEF | HW_M_DEF)) return;
    if (p != UNKNOWN && person_at(f, i, &found)) return; /* found on its own */
    if (!marks && i < end) {
        uint32_t behind;
        part next = part_of(f, i + 1, &behind);
        if (p == UNKNOWN ? next != NO_PART && !behind : next == GIVEN || next == FAMILY || (next == GIVEN_WORD && !behind && hw_best_upos(f, i + 1) == HW_PROPN)) last = i + 1;
    }
    *hw_push(f->a, &f->spans) = (hw_span){.first = i, .last = last, .type = HEWAL_PER, .how = HW_BY_PARTS, .table = HW_NO_TABLE,
                                          .entity = HEWAL_NONE, .confidence = 0.7f};
}

/* «gyurbuz raygeyand»: a word in no list, or a given name, between the beginning of a sentence and a verb of saying. */
static bool speaker_at(const hw_finder *f, uint32_t i, hw_span *out)
{
    const hw_sentence *s = &f->x->sentences.v[hw_tok(f, i)->sentence];
    uint32_t marks, last = i;
    if (i != s->first || i >= s->last || part_of(f, i, &marks) == NO_PART || (marks & ~(uint32_t)HW_M_ISH)) return false;
    if (!marks && i + 1 < s->last && part_of(f, i + 1, &marks) == UNKNOWN && !hw_word_row(f, &f->speaking, i + 1, NULL, NULL)) last = i + 1;
    hw_match m[2];
    uint32_t verb = last + 1;
    if (verb <= s->last && hw_best_upos(f, verb) == HW_ADP) /* «X le witarekeyda gutî» */
        while (verb <= s->last && verb < last + 6 && !hw_match_at(f->w, &f->speaking, verb, m, 2)) verb++;
    if (verb > s->last || !hw_match_at(f->w, &f->speaking, verb, m, 2) || (m[0].marks & (HW_M_PLURAL | HW_M_PASSIVE))) return false;
    if (verb > last + 1 && part_of(f, i, &marks) == GIVEN_WORD) return false;
    out->last = last;
    out->confidence = 0.6f;
    return true;
}

/* "SAUL LOEB / AFP": the photographer in Latin capitals before the agency. */
static bool latin_person(const hw_finder *f, uint32_t i, uint32_t *last)
{
    uint32_t end = hw_sentence_last(f, i), k = i;
    if (hw_tok(f, i)->kind != HW_LATIN || !(hw_tok(f, i)->flags & HW_CAPITAL) || (i && hw_is_ascii(f, i - 1, '@'))) return false;
    while (k < end && hw_tok(f, k + 1)->kind == HW_LATIN && (hw_tok(f, k + 1)->flags & HW_CAPITAL) &&
           !(hw_tok(f, k + 1)->flags & (HW_GLUED | HW_WIDE | HW_JUNK)))
        k++;
    *last = k;
    return k > i && k < end && hw_is_ascii(f, k + 1, '/');
}

void hw_find_people(hw_finder *f)
{
    for (uint32_t i = 0; i < f->x->tokens.n; i++) {
        uint8_t kind = hw_tok(f, i)->kind;
        hw_span s = {.first = i, .type = HEWAL_PER, .how = HW_BY_PARTS, .table = HW_NO_TABLE, .entity = HEWAL_NONE, .confidence = 0.75f};
        if (kind == HW_LATIN ? latin_person(f, i, &s.last) : kind == HW_WORD && (person_at(f, i, &s) || speaker_at(f, i, &s))) {
            *hw_push(f->a, &f->spans) = s;
            i = s.last;
            continue;
        }
        uint32_t head_last;
        if (kind == HW_WORD && is_address(f, i, &head_last)) announced_person(f, head_last);
    }
}

void hw_people_behind_titles(hw_finder *f)
{
    int of = hw_column(&f->offices, "of");
    for (uint32_t k = 0; k < f->spans.n; k++) {
        hw_span *s = &f->spans.v[k];
        uint32_t marks, row, i = s->first;
        if (s->type != HEWAL_LOC || s->last != i || i == 0 || hw_tok(f, i - 1)->sentence != hw_tok(f, i)->sentence || f->span_at[i - 1] >= 0) continue;
        if (!hw_word_row(f, &f->titles, i - 1, &row, &marks) || marks || (hw_best_marks(f, i - 1) & HW_M_IZAFE) || !hw_word_row(f, &f->family_ix, i, NULL, NULL)) continue;
        if (strstr(hw_cell(&f->offices, row, of), "none")) continue; /* «bazarrî silêmanî» is its market */
        s->type = HEWAL_PER;
        s->how = HW_BY_PARTS;
        s->table = HW_NO_TABLE;
        s->confidence = 0.7f;
    }
}
