/* In: words and the spans of lists and rules. Out: the features of each token, and the spans that the model believes. */
#include "names/learnt.h"

#include "base/hash.h"

#define NO_WAY (-1e9f)
#define LONG 3 /* words of a listed name that is believed to its end */
#define SURE 0.85f /* confidence of a listed name that is believed whatever the model says */

/* ---- what the rules say -------------------------------------------------------------------------------------------- */

static bool better(const hw_span *a, const hw_said *b)
{
    uint32_t n = a->last - a->first + 1;
    return n > b->length || (n == b->length && a->how == HW_LISTED && b->how != HW_LISTED);
}

/* Which lists have the word: given and family names, heads, titles, nationalities, portfolios, months. */
static uint32_t lists_of(const hw_finder *f, uint32_t i)
{
    const hw_index *const ix[] = {&f->given_ix, &f->family_ix, &f->titles, &f->demonyms, &f->portfolio_ix, &f->generic, &f->names, &f->times};
    uint32_t bits = 0;
    for (unsigned k = 0; k < sizeof ix / sizeof *ix; k++) bits |= (uint32_t)hw_word_row(f, ix[k], i, NULL, NULL) << k;
    return bits << 8 | (unsigned char)hw_head_at(f, i, NULL, NULL)[0];
}

static uint32_t readings_of(const hw_finder *f, uint32_t i)
{
    const hw_word *w = &f->w->v[i];
    uint32_t guess = w->n && w->analyses[0].marks & HW_M_GUESS;
    return (uint32_t)(w->n ? w->analyses[0].kind : 0) << 8 | (uint32_t)hw_tok(f, i)->kind << 1 | guess;
}

hw_said *hw_rules_say(const hw_finder *f)
{
    hw_said *said = HW_NEWS(f->a, hw_said, f->x->tokens.n + 1);
    for (uint32_t k = 0; k < f->spans.n; k++) {
        const hw_span *s = &f->spans.v[k];
        bool wins = true;
        for (uint32_t i = s->first; i <= s->last && wins; i++) wins = better(s, &said[i]);
        uint32_t n = s->last - s->first + 1;
        for (uint32_t i = s->first; i <= s->last && wins; i++) {
            said[i].label = (uint8_t)((i == s->first ? HW_BEGINS : HW_INSIDE) + (unsigned)s->type);
            said[i].how = (uint8_t)s->how;
            said[i].length = (uint8_t)(n > 9 ? 9 : n);
        }
    }
    for (uint32_t i = 0; i < f->x->tokens.n; i++) {
        said[i].readings = readings_of(f, i);
        if (hw_tok(f, i)->kind != HW_WORD && hw_tok(f, i)->kind != HW_LATIN) continue;
        said[i].lists = lists_of(f, i);
        said[i].common = hw_is_common(f, i);
        said[i].unknown = hw_is_unknown(f, i);
        said[i].links |= hw_links_on(f, i);
        if (said[i].links & 1) said[i + 1].links |= 2; /* never past the sentence */
    }
    return said;
}

/* ---- features ------------------------------------------------------------------------------------------------------- */

enum { F_BIAS = 1, F_WORD, F_LEMMA, F_KIND, F_UPOS, F_END2, F_END3, F_BEGIN, F_RULE, F_RULE_HOW, F_RULE_MARKS, F_LISTS, F_PLACE, F_QUOTE, F_SAME,
       F_NEAR = 100 /* and the offset */ };

static uint64_t end_of(const hw_token *t, uint32_t bytes)
{
    uint32_t n = t->fold_len < bytes ? t->fold_len : bytes;
    return hw_hash(t->fold + t->fold_len - n, n);
}

static void near(const hw_finder *f, const hw_said *said, int64_t i, int offset, hw_feature_set *out)
{
    unsigned t = F_NEAR + 10 * (unsigned)(offset + 3);
    uint32_t at = (uint32_t)(i + offset);
    if (i + offset < 0 || at >= f->x->tokens.n || hw_tok(f, at)->sentence != hw_tok(f, (uint32_t)i)->sentence) {
        hw_feature(out, t, 0);
        return;
    }
    hw_feature(out, t + 1, hw_tok(f, at)->hash);
    hw_feature(out, t + 2, said[at].readings);
    hw_feature(out, t + 3, said[at].label);
    hw_feature(out, t + 4, said[at].lists);
    if (f->w->v[at].n) hw_feature(out, t + 5, f->w->v[at].analyses[0].lemma_hash);
}

void hw_name_features_of(const hw_finder *f, const hw_said *said, uint32_t i, hw_feature_set *out)
{
    const hw_token *t = hw_tok(f, i);
    const hw_word *w = &f->w->v[i];
    const hw_sentence *s = &f->x->sentences.v[t->sentence];
    const hw_said r = said[i];
    uint64_t kind = r.readings, upos = w->n ? w->analyses[0].upos : HW_X, lists = r.lists, links = r.links;
    out->n = 0;
    hw_feature(out, F_BIAS, 0);
    hw_feature(out, F_WORD, t->hash);
    if (w->n) hw_feature(out, F_LEMMA, w->analyses[0].lemma_hash ^ upos);
    hw_feature(out, F_KIND, kind << 2 | links);
    hw_feature(out, F_UPOS, upos << 8 | (uint64_t)r.common << 1 | r.unknown);
    hw_feature(out, F_END2, end_of(t, 4) ^ upos);
    hw_feature(out, F_END3, end_of(t, 6) ^ upos);
    hw_feature(out, F_BEGIN, hw_hash(t->fold, t->fold_len < 4 ? t->fold_len : 4) ^ upos);
    hw_feature(out, F_RULE, r.label);
    hw_feature(out, F_RULE_HOW, (uint64_t)r.label << 16 | (uint64_t)r.how << 8 | r.length);
    hw_feature(out, F_RULE_MARKS, (uint64_t)r.label << 8 | kind);
    hw_feature(out, F_LISTS, lists << 4 | r.label);
    hw_feature(out, F_PLACE, (uint64_t)(i == s->first) << 2 | (uint64_t)(i == s->last) << 1 | (t->quotation != 0));
    near(f, said, i, -2, out);
    near(f, said, i, -1, out);
    near(f, said, i, 1, out);
    near(f, said, i, 2, out);
    if (i > s->first) {
        hw_feature(out, F_SAME, (uint64_t)said[i - 1].label << 24 | (uint64_t)r.label << 16 | kind);
        hw_feature(out, F_QUOTE, (uint64_t)said[i - 1].readings << 16 | kind);
    }
}

/* ---- the best sequence ---------------------------------------------------------------------------------------------- */

/* The features of a token, and their weights on their way from memory while the token before it is weighed. */
static void get_ready(const hw_finder *f, const hw_linear *m, const hw_said *said, uint32_t i, hw_feature_set *x)
{
    hw_name_features_of(f, said, i, x);
    for (unsigned k = 0; k < x->n; k++) __builtin_prefetch(m->w + hw_name_row(x->v[k], m->shift));
}

/* Labels of the tokens first to last of one sentence; `from` has room for as many rows. */
static void label_sentence(const hw_finder *f, const hw_linear *m, const hw_said *said, uint32_t first, uint32_t last, uint8_t *labels, uint8_t (*from)[HW_LABELS])
{
    float before[HW_LABELS], now[HW_LABELS], own[HW_LABELS_A_ROW], step[HW_LABELS][HW_LABELS];
    for (unsigned a = 0; a < HW_LABELS; a++)
        for (unsigned b = 0; b < HW_LABELS; b++)
            step[a][b] = hw_label_follows(a, b) ? (float)m->w[hw_name_row(hw_name_step(a), m->shift) + b] * m->unit : NO_WAY;
    for (unsigned a = 0; a < HW_LABELS; a++) before[a] = a == HW_OUTSIDE ? 0 : NO_WAY;
    hw_feature_set x[2];
    get_ready(f, m, said, first, &x[first & 1]);
    for (uint32_t i = first; i <= last; i++) {
        if (i < last) get_ready(f, m, said, i + 1, &x[(i + 1) & 1]);
        hw_linear_scores(m, &x[i & 1], HW_LABELS_A_ROW, own);
        own[said[i].label] += HW_TRUST;
        for (unsigned b = 0; b < HW_LABELS; b++) {
            float best = 2 * NO_WAY;
            for (unsigned a = 0; a < HW_LABELS; a++) {
                float v = before[a] + step[a][b];
                if (v <= best) continue;
                best = v;
                from[i - first][b] = (uint8_t)a;
            }
            now[b] = best + own[b];
        }
        memcpy(before, now, sizeof before);
    }
    unsigned best = 0;
    for (unsigned a = 1; a < HW_LABELS; a++)
        if (before[a] > before[best]) best = a;
    for (uint32_t i = last + 1; i-- > first;) {
        labels[i] = (uint8_t)best;
        best = from[i - first][best];
    }
}

/* The rules' spans by the token they begin with. */
typedef struct { int32_t *head, *next; } by_first;

static by_first spans_by_first(const hw_finder *f)
{
    by_first x = {hw_alloc(f->a, f->x->tokens.n * sizeof(int32_t)), hw_alloc(f->a, (f->spans.n + 1) * sizeof(int32_t))};
    for (uint32_t i = 0; i < f->x->tokens.n; i++) x.head[i] = -1;
    for (uint32_t k = 0; k < f->spans.n; k++) {
        x.next[k] = x.head[f->spans.v[k].first];
        x.head[f->spans.v[k].first] = (int32_t)k;
    }
    return x;
}

/* An ordinary word that a name hardly ends with. */
static bool ends_too_late(const hw_finder *f, uint32_t i)
{
    return hw_is_common(f, i) && hw_best_upos(f, i) == HW_NOUN;
}

/* The span that the rules found at these tokens, of this type, a listed one first; else what a list has of it behind a head
 * («bizûtinewey gorran» where it has «gorran»), or, where a long listed name begins, that; else one of the model's own. */
static hw_span span_for(const hw_finder *f, const by_first *x, uint32_t first, uint32_t last, hewal_type type)
{
    const hw_span *best = NULL, *whole = NULL;
    for (int32_t k = x->head[first]; k >= 0; k = x->next[k]) {
        const hw_span *s = &f->spans.v[k];
        if (s->type == type && s->how == HW_LISTED && s->last >= first + LONG - 1) whole = s;
        if (s->type == type && s->how == HW_BY_PARTS && s->last > last) whole = s;
        if (s->type == type && s->how == HW_COMPOSED && s->confidence >= SURE && (s->last > last || (s->last + 1 == last && ends_too_late(f, last)))) whole = s;
        if (s->last != last || s->type != type) continue;
        if (!best || (s->how == HW_LISTED) > (best->how == HW_LISTED) || (s->how == best->how && s->confidence >= best->confidence)) best = s;
    }
    if (best || whole) return best ? *best : *whole;
    hw_span own = {.first = first, .last = last, .type = type, .how = HW_LEARNT, .table = HW_NO_TABLE, .entity = HEWAL_NONE, .confidence = 0.6f};
    uint32_t head_last;
    if (hw_listed_as(f, first, last, type, &own)) return own;
    if (first == last || !*hw_head_at(f, first, NULL, &head_last)) return own;
    for (uint32_t i = first + 1; i <= last && i <= head_last + 2; i++)
        for (int32_t k = x->head[i]; k >= 0; k = x->next[k]) {
            const hw_span *s = &f->spans.v[k];
            if (s->how != HW_LISTED || s->last != last || s->type != type) continue;
            own.how = HW_LISTED;
            own.table = s->table;
            own.row = s->row;
        }
    return own;
}

/* What a list has and is no ordinary word, and people of two known parts, stay names where the model sees none. */
static void keep_sure(const hw_finder *f, const hw_said *said, const uint8_t *labels, hw_finder *believed)
{
    for (uint32_t k = 0; k < f->spans.n; k++) {
        const hw_span *s = &f->spans.v[k];
        bool sure = s->how == HW_LISTED ? s->confidence >= SURE : s->how == HW_BY_PARTS && s->last > s->first;
        for (uint32_t i = s->first; i <= s->last && sure; i++) sure = labels[i] == HW_OUTSIDE && said[i].how == s->how;
        if (sure) *hw_push(f->a, &believed->spans) = *s;
    }
}

/* A form of address, or a title, which is no part of the name behind it; one that is a given name too only before somebody listed. */
static bool stands_before(const hw_finder *f, uint32_t i)
{
    uint32_t marks;
    hw_span listed;
    const char *head = hw_head_at(f, i, NULL, NULL);
    if (!strcmp(head, "person")) return true;
    if (!hw_word_row(f, &f->titles, i, NULL, &marks) || marks) return false;
    bool name = hw_word_row(f, &f->given_ix, i, NULL, NULL) || hw_word_row(f, &f->family_ix, i, NULL, NULL);
    return !name || (!strcmp(head, "role") && hw_listed_at(f, i + 1, &listed) && listed.type == HEWAL_PER);
}

void hw_learnt_names(hw_finder *f)
{
    hw_linear m = hw_linear_of(f->x->model, "names", HW_LEARNT_MAGIC);
    uint32_t n = f->x->tokens.n;
    if (!m.w || !n) return;
    hw_said *said = hw_rules_say(f);
    uint8_t *labels = hw_alloc(f->a, n), (*from)[HW_LABELS] = hw_alloc(f->a, HW_SENTENCE_MAX * sizeof *from);
    for (uint32_t k = 0; k < f->x->sentences.n; k++) {
        const hw_sentence *s = &f->x->sentences.v[k];
        for (uint32_t first = s->first; first <= s->last; first += HW_SENTENCE_MAX) {
            uint32_t last = s->last - first < HW_SENTENCE_MAX ? s->last : first + HW_SENTENCE_MAX - 1;
            label_sentence(f, &m, said, first, last, labels, from);
        }
    }
    by_first found = spans_by_first(f);
    hw_finder believed = *f; /* its spans are gathered beside the old ones, which are still asked */
    believed.spans.v = NULL;
    believed.spans.n = believed.spans.cap = 0;
    for (uint32_t i = 0; i < n; i++) {
        if (labels[i] < HW_BEGINS || labels[i] >= HW_INSIDE) continue;
        uint32_t last = i;
        while (last + 1 < n && labels[last + 1] == labels[i] + 3 && hw_tok(f, last + 1)->sentence == hw_tok(f, i)->sentence) last++;
        while (last > i && (hw_is_comma(f, last) || hw_is_ascii(f, last, ':') || hw_is_ascii(f, last, '.'))) last--;
        if (last > i && hw_is_ascii(f, last + 1, ':') && ends_too_late(f, last)) last--; /* «nesrîn bawk: eḧmed»: a label begins */
        uint32_t first = i;
        while (first < last && labels[i] == HW_BEGINS + HEWAL_PER && stands_before(f, first)) first++; /* «kak aso», «rêber apo» */
        hw_span s = span_for(f, &found, first, last, (hewal_type)(labels[i] - HW_BEGINS));
        *hw_push(f->a, &believed.spans) = s;
        i = last;
    }
    keep_sure(f, said, labels, &believed);
    f->spans.v = believed.spans.v;
    f->spans.n = believed.spans.n;
    f->spans.cap = believed.spans.cap;
}
