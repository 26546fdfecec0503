/* In: words, and what is a time already. Out: the numbers that count something, with what they count. */
#include "times/dating.h"

#include <math.h>
#include <string.h>

static void push(hw_dating *d, uint32_t first, uint32_t last, double value, const char *unit)
{
    *hw_push(d->a, &d->out->quantities) = (hewal_quantity){
        .b = hw_dt_tok(d, first)->b, .e = hw_dt_tok(d, last)->e, .first = first, .last = last, .value = value, .unit = unit,
        .confidence = *unit ? 0.9f : 0.8f};
}

static bool is_free(const hw_dating *d, uint32_t i)
{
    return hw_dt_joined(d, i) && d->out->time_at[i] == HEWAL_NONE && !(hw_dt_tok(d, i)->flags & HW_JUNK);
}

static bool is_class(const hw_dating *d, uint32_t i, const char *c, uint32_t *last)
{
    return !strcmp(hw_dt_counting(d, i, last), c);
}

/* Whether the word can be what is counted. */
static bool is_noun(const hw_dating *d, uint32_t i)
{
    uint32_t last;
    if (!is_free(d, i) || (hw_dt_tok(d, i)->kind != HW_WORD && hw_dt_tok(d, i)->kind != HW_LATIN)) return false;
    if (is_class(d, i, "unit", &last)) return true;
    if (is_class(d, i, "no-unit", &last) || is_class(d, i, "never", &last) || hw_number_and(&d->numbers, d->w, i)) return false;
    if (hw_lex_is(d, i, HW_L_ENDING) && (hw_dt_tok(d, i)->flags & HW_GLUED)) return false;
    hw_number number;
    if (hw_number_at(&d->numbers, d->w, i, &number) && !number.marks) return false;
    if (hw_lex_is(d, i, HW_L_WEEKDAY) || hw_lex_is(d, i, HW_L_RANGE) || hw_lex_is(d, i, HW_L_AGO)) return false;
    if (!d->w->v[i].n) return true;
    const hw_analysis *best = &d->w->v[i].analyses[0];
    switch ((hw_upos)best->upos) {
    case HW_VERB: /* «tuşbû», «kujraw» are nouns too; «dekat» is none */
        return !(best->marks & (HW_M_PRESENT | HW_M_SUBJUNCTIVE | HW_M_NEG | HW_M_IMPERATIVE | HW_M_AGENT)) && best->subject <= 3;
    case HW_AUX: case HW_ADP: case HW_CCONJ: case HW_SCONJ: case HW_PRON: case HW_DET: case HW_PART: case HW_ADV:
        return (best->marks & HW_M_GUESS) != 0;
    default: return true;
    }
}

static const char *unit_of(const hw_dating *d, uint32_t i)
{
    const hw_word *w = &d->w->v[i];
    return w->n && w->analyses[0].lemma ? w->analyses[0].lemma : hw_dt_tok(d, i)->norm;
}

/* «365128 hewlêr»: a row of a table, nobody counts places by name. */
static bool is_place(const hw_dating *d, uint32_t i)
{
    int32_t m = d->names && d->names->mention_at ? d->names->mention_at[i] : HEWAL_NONE;
    return m != HEWAL_NONE && d->names->mentions.v[m].first == i && d->names->mentions.v[m].type != HEWAL_ORG;
}

/* A number that names or orders what it stands by («maddey 4», «birryarî 1325î», «yekêk»). */
static bool names_something(const hw_dating *d, uint32_t i, const int32_t *mention_at)
{
    uint32_t last;
    if (mention_at && mention_at[i] != HEWAL_NONE) return true;
    if (i > 0 && hw_dt_joined(d, i) && hw_lex_is(d, i - 1, HW_L_SEVERAL)) return true;
    uint32_t from = i > 2 ? i - 3 : 0;
    for (uint32_t k = from; k < i; k++)
        if (hw_dt_tok(d, k)->sentence == hw_dt_tok(d, i)->sentence && is_class(d, k, "label", &last) && last == i - 1) return true;
    return false;
}

/* «dû leser sê»: parts of a whole, to three places. */
static uint32_t read_fraction(hw_dating *d, uint32_t i, const hw_counted *c)
{
    uint32_t over;
    hw_counted of;
    if (!is_free(d, c->next) || !is_class(d, c->next, "over", &over) || !is_free(d, over + 1)) return 0;
    if (!hw_dt_number(d, over + 1, &of) || of.n.value <= c->n.value || of.rank) return 0;
    uint32_t last = of.next - 1;
    bool noun = is_noun(d, of.next);
    push(d, i, noun ? of.next : last, round(c->n.value / of.n.value * 1000) / 1000, noun ? unit_of(d, of.next) : "");
    return noun ? of.next + 1 : of.next;
}

static bool is_percent(const hw_dating *d, uint32_t i, uint32_t *last)
{
    return is_free(d, i) && (is_class(d, i, "percent-sign", last) || is_class(d, i, "percent-after", last));
}

/* «500 bo pênc hezar kîlometir», «150-200 mindall»: the unit of a number that is followed by another. */
static uint32_t noun_after_range(const hw_dating *d, uint32_t next, bool *percent)
{
    hw_counted c;
    bool dash = hw_dt_mark(d, next, "-") || hw_dt_mark(d, next, "–");
    if (!is_free(d, next) || (!dash && !hw_lex_is(d, next, HW_L_RANGE)) || !is_free(d, next + 1)) return 0;
    if (!hw_dt_number(d, next + 1, &c) || c.rank || c.link) return 0;
    uint32_t last;
    *percent = is_percent(d, c.next, &last);
    return *percent || is_noun(d, c.next) ? c.next : 0;
}

/* «tuşbû (2114)»: a count behind its label, where nothing follows that it could count. */
static bool is_labelled(const hw_dating *d, uint32_t i, const hw_counted *c, const int32_t *mention_at)
{
    if (!c->n.bracket || c->link || !is_free(d, i) || hw_dt_tok(d, i - 1)->kind != HW_WORD) return false;
    if (mention_at && mention_at[i - 1] != HEWAL_NONE) return false;
    if (!d->w->v[i - 1].n || i == 1 || !hw_dt_joined(d, i - 1)) return true;
    hw_upos u = (hw_upos)d->w->v[i - 1].analyses[0].upos;
    return is_noun(d, i - 1) || u == HW_NOUN || u == HW_ADJ;
}

static uint32_t read_number(hw_dating *d, uint32_t i, const int32_t *mention_at)
{
    hw_counted c;
    uint32_t last;
    if (!hw_dt_number(d, i, &c)) return 0;
    uint32_t over = d->out->time_at[i] != HEWAL_NONE ? i + 1 : c.next;
    if (c.rank || d->out->time_at[i] != HEWAL_NONE || names_something(d, i, mention_at)) return over;
    if (is_percent(d, c.next, &last) && !c.link) {
        push(d, i, last, c.n.value, "%");
        return last + 1;
    }
    uint32_t fraction = read_fraction(d, i, &c);
    if (fraction) return fraction;
    if (c.ended || c.link || (c.n.word && c.n.marks)) return over;
    if (is_free(d, c.next) && is_class(d, c.next, "sign", &last) && hw_dt_tok(d, c.next)->kind == HW_SYMBOL) {
        push(d, i, last, c.n.value, hw_dt_tok(d, c.next)->norm);
        return last + 1;
    }
    if (is_noun(d, c.next) && !(c.n.figures && is_place(d, c.next))) {
        push(d, i, c.next, c.n.value, unit_of(d, c.next));
        return c.next + 1;
    }
    bool percent = false;
    uint32_t noun = noun_after_range(d, c.next, &percent);
    if (noun) push(d, i, c.next - 1, c.n.value, percent ? "%" : unit_of(d, noun));
    else if (i > 0 && is_labelled(d, i, &c, mention_at)) push(d, i - 1, c.next - 1, c.n.value, unit_of(d, i - 1));
    return over;
}

/* «le seda 20», «٪51», «$500». */
static uint32_t read_before(hw_dating *d, uint32_t i)
{
    uint32_t last;
    hw_counted c;
    const char *k = hw_dt_counting(d, i, &last);
    bool sign = !strcmp(k, "sign") && hw_dt_tok(d, i)->kind == HW_SYMBOL;
    if (hw_lex_is(d, i, HW_L_SEVERAL)) return 0; /* «sedan hezar» */
    if (!sign && strcmp(k, "percent-before") && strcmp(k, "percent-sign")) return 0;
    if (!is_free(d, last + 1) || !hw_dt_number(d, last + 1, &c) || c.rank) return 0;
    push(d, i, c.n.last, c.n.value, sign ? hw_dt_tok(d, i)->norm : "%");
    return c.next;
}

void hw_dt_quantities(hw_dating *d)
{
    const int32_t *mention_at = d->names ? d->names->mention_at : NULL;
    for (uint32_t i = 0; i < d->x->tokens.n;) {
        uint32_t last, next = 0;
        if (d->out->time_at[i] != HEWAL_NONE || (hw_dt_tok(d, i)->flags & HW_JUNK)) {
            i++;
            continue;
        }
        if (is_class(d, i, "never", &last)) next = last + 1;
        if (!next) next = read_before(d, i);
        if (!next) next = read_number(d, i, mention_at);
        i = next > i ? next : i + 1;
    }
}
