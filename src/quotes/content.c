/* In: a cue. Out: the words it reports: what stands in quotation marks beside it, or the clause that follows it. */
#include "quotes/find.h"

#include <string.h>

#define STATEMENT_SENTENCES 8

static const hw_sentence *sentence_of(const hw_reporter *r, uint32_t i)
{
    return &r->x->sentences.v[hw_rt(r, i)->sentence];
}

/* Skips what connects a cue to its words: comma, colon, «ke», dash. *colon: a colon was among it. */
static uint32_t skip_links(const hw_reporter *r, uint32_t i, uint32_t end, bool *colon)
{
    *colon = false;
    for (unsigned k = 0; i <= end && k < 4; i++, k++) {
        if (hw_colon_at(r, i)) *colon = true;
        else if (!hw_comma_at(r, i) && !hw_that_at(r, i) && !hw_ascii_at(r, i, '-') && !hw_ascii_at(r, i, '.')) break;
        if (hw_ascii_at(r, i, '.') && !*colon && k) break;
    }
    return i;
}

static bool ends_clause_mark(const hw_reporter *r, uint32_t i)
{
    const hw_token *t = hw_rt(r, i);
    return t->kind == HW_PUNCT && (hw_ascii_at(r, i, '.') || hw_ascii_at(r, i, '!') || hw_comma_at(r, i) || hw_ascii_at(r, i, '-') || hw_colon_at(r, i));
}

/* What stands in the quotation that cue number c leads to; one that nobody closed ends where the reporter speaks again. */
static hw_content whole_pair(const hw_reporter *r, uint32_t c, const hw_quotation *q)
{
    uint32_t last = q->last;
    for (uint32_t k = c + 1; q->close == q->open && k < r->found.n && r->found.v[k].first <= q->last; k++) {
        const hw_cue *next = &r->found.v[k];
        if (!next->resumes || next->first <= q->first + 1) continue;
        last = hw_and_at(r, next->first - 1) ? next->first - 2 : sentence_of(r, next->first)->first - 1;
        while (last > q->first && ends_clause_mark(r, last)) last--;
        break;
    }
    return (hw_content){.first = q->first, .last = last, .kind = HEWAL_DIRECT, .found = q->first <= last, .is_pair = true};
}

static bool holds_pair(const hw_reporter *r, uint32_t first, uint32_t last)
{
    for (uint32_t i = first; i <= last; i++) {
        const hw_quotation *q = hw_rt(r, i)->kind == HW_QUOTE ? hw_opens_at(r, i) : NULL;
        if (q && q->last >= q->first + 1) return true; /* two words at least: not a name in quotation marks */
    }
    return false;
}

/* «hoşdarîy daye beẍda …», «dillnyayî dawete X, ke …»: behind whom it is said to. */
static uint32_t behind_goal(const hw_reporter *r, const hw_cue *cue)
{
    uint32_t next = cue->last + 1;
    if (!(cue->marks & HW_M_OBLIQUE) || next >= r->x->tokens.n) return next;
    int32_t m = r->n->role_at[next] >= 0 ? r->n->role_at[next] : r->n->mention_at[next];
    if (m < 0 || r->n->mentions.v[m].first != next || r->n->mentions.v[m].last >= sentence_of(r, next)->last) return next;
    return r->n->mentions.v[m].last + 1;
}

/* «ke» or a colon leads on from the cue. */
static bool linked(const hw_reporter *r, const hw_cue *cue)
{
    uint32_t next = behind_goal(r, cue);
    if (next > cue->last + 1 && next < r->x->tokens.n && hw_comma_at(r, next)) next++;
    return next < r->x->tokens.n && (hw_that_at(r, next) || hw_colon_at(r, next));
}

/* «… u dawaşî kird», «… u witîşî»: another thing that the same speaker said. */
static bool goes_on_telling(const hw_reporter *r, const hw_cue *next)
{
    if (next->first == 0 || !hw_and_at(r, next->first - 1) || next->frame == HW_ACCORDING || next->frame == HW_COLON || next->person == 1 || next->person == 4)
        return false;
    for (uint32_t i = next->first; i <= next->last; i++) {
        const hw_word *w = &r->w->v[i];
        if (i > next->first && i != next->verb) continue;
        for (unsigned k = 0; k < w->n; k++)
            if (w->analyses[k].marks & HW_M_ISH) return true;
        for (unsigned k = 0; k < w->n_forms; k++)
            if (w->forms[k].marks & HW_M_ISH) return true;
    }
    return false;
}

/* «… u be witey ewan, …» */
static bool joins_source(const hw_reporter *r, const hw_cue *next, uint32_t from)
{
    return next->frame == HW_ACCORDING && next->first > from + 1 && hw_and_at(r, next->first - 1);
}

/* Whether a quotation stands right behind the cue, over what links it. */
static bool to_marks(const hw_reporter *r, const hw_cue *cue)
{
    bool colon;
    uint32_t last = sentence_of(r, cue->last)->last, i = skip_links(r, cue->last + 1, last, &colon);
    return i <= last && hw_opens_at(r, i);
}

/* Where the clause that begins at `from` ends: the sentence's end, or before the next cue's own clause («… u witî»). */
static uint32_t clause_end(const hw_reporter *r, uint32_t c, uint32_t from, bool colon)
{
    const hw_sentence *s = sentence_of(r, from);
    uint32_t end = s->last;
    uint16_t around = hw_rt(r, from)->quotation;
    if (around) { /* inside a quotation the clause ends with it */
        const hw_quotation *q = &r->x->quotations.v[around - 1];
        if (q->last < end) end = q->last;
    }
    for (uint32_t k = c + 1; k < r->found.n && r->found.v[k].first <= end; k++) {
        const hw_cue *next = &r->found.v[k];
        if (next->first <= from || hw_rt(r, next->first)->quotation != around) continue;
        if (goes_on_telling(r, next) && next->first - 1 > from) {
            end = next->first - 2;
            break;
        }
        if (joins_source(r, next, from)) {
            end = next->first - 2;
            break;
        }
        if (next->frame == HW_PAIR && (next->marks & (HW_M_PAST | HW_M_PERFECT)) && next->person != 1 && next->person != 4 && to_marks(r, next)) {
            uint32_t i = next->first; /* «…, boye dawayan le X kirduwe, ke "…"» */
            while (i > from && !hw_comma_at(r, i) && !hw_and_at(r, i)) i--;
            if (i > from + 1) {
                end = i - 1;
                break;
            }
        }
        if (next->frame >= HW_PAIR) continue;
        bool that = next->last < s->last && hw_that_at(r, next->last + 1);
        if ((next->frame == HW_POINT || next->frame == HW_OPEN || next->frame == HW_TOPIC) && !next->pointed && !that) continue;
        bool leads = next->last < s->last && (hw_comma_at(r, next->last + 1) || hw_colon_at(r, next->last + 1) || hw_that_at(r, next->last + 1) ||
                                              hw_rt(r, next->last + 1)->kind == HW_QUOTE);
        if (!leads || (colon && next->person != 3 && next->person != 6)) continue;
        if (colon && !hw_and_at(r, next->first - 1) && !hw_comma_at(r, next->first - 1)) continue; /* «X: em hewalle dellêt ke …» */
        uint32_t cut = next->first;
        /* Back over «و», a comma and the next cue's own subject to where the clause parts. */
        for (uint32_t i = next->first; i > from; i--) {
            const hw_word *w = &r->w->v[i];
            bool and_word = w->n && w->analyses[0].upos == HW_CCONJ;
            if (and_word || hw_comma_at(r, i)) {
                cut = i;
                break;
            }
            if (next->first - i > 12) break;
        }
        if (cut > from) end = cut - 1;
        break;
    }
    while (end > from && (ends_clause_mark(r, end) || hw_rt(r, end)->kind == HW_QUOTE)) {
        if (hw_rt(r, end)->kind == HW_QUOTE && holds_pair(r, from, end)) break;
        end--;
    }
    return end;
}

static bool is_verb(const hw_reporter *r, uint32_t i)
{
    const hw_word *w = &r->w->v[i];
    return w->n && w->analyses[0].upos == HW_VERB && !(w->analyses[0].marks & (HW_M_INFINITIVE | HW_M_PARTICIPLE));
}

/* A finite verb, or a word with the copula. */
static bool predicates(const hw_reporter *r, uint32_t i)
{
    return is_verb(r, i) || (r->w->v[i].n && (r->w->v[i].analyses[0].marks & HW_M_COPULA));
}

/* «… raygeyand «be nîgeranîyewe» le birryareke derrwanin»: a few quoted words at the beginning of an indirect clause. */
static bool goes_on_after(const hw_reporter *r, const hw_quotation *q)
{
    if (q->close == q->open || q->last - q->first > 6 || q->close >= sentence_of(r, q->open)->last) return false;
    uint32_t next = q->close + 1;
    const hw_word *w = &r->w->v[next];
    if (hw_rt(r, next)->kind != HW_WORD || hw_rt(r, next)->sentence != hw_rt(r, q->open)->sentence || !w->n) return false;
    return w->analyses[0].upos == HW_ADP || w->analyses[0].upos == HW_NOUN || w->analyses[0].upos == HW_ADJ;
}

static bool empty_line_before(const hw_reporter *r, uint32_t i)
{
    const hw_token *before = hw_rt(r, i - 1);
    const char *gap = r->x->raw + before->e;
    size_t len = hw_rt(r, i)->b - before->e;
    const char *newline = memchr(gap, '\n', len);
    return newline && memchr(newline + 1, '\n', (size_t)(gap + len - newline - 1));
}

/* Whether a cue reports somebody's words whatever stands around it; the speaker's own «dellêyn» does not. */
static bool reports(const hw_cue *c)
{
    if (c->person == 1 || c->person == 4) return false;
    return c->frame == HW_SAY || c->frame == HW_STAND || c->frame == HW_COLON || c->pointed;
}

/* The next cue that reports behind cue number c, as far as words may go on, or r->found.n. */
static uint32_t next_report(const hw_reporter *r, uint32_t c)
{
    uint32_t sentence = hw_rt(r, r->found.v[c].last)->sentence;
    while (++c < r->found.n && hw_rt(r, r->found.v[c].first)->sentence <= sentence + 2 * STATEMENT_SENTENCES)
        if (reports(&r->found.v[c])) return c;
    return r->found.n;
}

/* «le rageyendirawekeda hatuwe: …»: the text read out goes on over the next sentences, as far as no line is left empty and nobody
 * else is reported. */
static uint32_t statement_end(const hw_reporter *r, uint32_t c, uint32_t end)
{
    uint32_t next = next_report(r, c);
    uint32_t stop = next < r->found.n ? hw_rt(r, r->found.v[next].first)->sentence : r->x->sentences.n;
    for (uint32_t k = hw_rt(r, end)->sentence + 1, n = 0; k < stop && n < STATEMENT_SENTENCES; k++, n++) {
        const hw_sentence *s = &r->x->sentences.v[k];
        const hw_token *first = hw_rt(r, s->first);
        if (empty_line_before(r, s->first) || first->kind == HW_QUOTE || first->flags & HW_WIDE) break;
        end = s->last;
        while (end > s->first && ends_clause_mark(r, end)) end--;
    }
    return end;
}

/* Nothing but marks stands behind token i in its sentence. */
static bool ends_sentence(const hw_reporter *r, uint32_t i)
{
    uint32_t last = sentence_of(r, i)->last;
    while (i < last && (hw_rt(r, i + 1)->kind == HW_PUNCT || (hw_rt(r, i + 1)->kind == HW_QUOTE && !hw_opens_at(r, i + 1)))) i++;
    return i == last;
}

/* A line ends behind token i, or the text. */
static bool ends_line(const hw_reporter *r, uint32_t i)
{
    return i + 1 >= r->x->tokens.n || (hw_rt(r, i + 1)->flags & (HW_NEWLINE | HW_WIDE));
}

bool hw_first_person(const hw_reporter *r, uint32_t first, uint32_t last)
{
    for (uint32_t i = first; i <= last; i++) {
        const hw_analysis *a = r->w->v[i].n ? &r->w->v[i].analyses[0] : NULL;
        if (!a || (a->marks & HW_M_GUESS)) continue;
        bool by_person = a->person == 1 || a->person == 4;
        if (by_person && (a->upos == HW_PRON || (a->marks & (HW_M_POSS | HW_M_AGENT)))) return true;
        if (a->upos == HW_VERB && (a->subject == 1 || a->subject == 4)) return true;
    }
    return false;
}

/* Whether sentence k may be more words of the speaker of the sentence before: of the same block, without a quotation mark or a
 * person of its own. */
static bool may_go_on(const hw_reporter *r, uint32_t k)
{
    const hw_sentence *s = &r->x->sentences.v[k];
    if (hw_rt(r, s->first)->flags & HW_WIDE || empty_line_before(r, s->first)) return false;
    for (uint32_t i = s->first; i <= s->last; i++) {
        int32_t m = r->n->mention_at[i];
        if (hw_rt(r, i)->kind == HW_QUOTE || hw_rt(r, i)->kind == HW_URL || (m >= 0 && r->n->mentions.v[m].type == HEWAL_PER)) return false;
    }
    return true;
}

/* «witî, A.⏎B."»: the closing mark, at the end of a line, of a quotation that nobody opened; else 0. */
static uint32_t stray_close(const hw_reporter *r, uint32_t c, uint32_t end)
{
    if (r->found.v[c].frame != HW_SAY) return 0;
    uint32_t stop = r->x->tokens.n;
    for (uint32_t k = c + 1; k < r->found.n && stop == r->x->tokens.n; k++) {
        const hw_cue *next = &r->found.v[k];
        if (hw_rt(r, next->first)->sentence > hw_rt(r, end)->sentence + 2 * STATEMENT_SENTENCES) break;
        if (next->first > end && next->frame != HW_ACCORDING && next->frame != HW_NAME && next->person != 1 && next->person != 4) stop = next->first;
    }
    for (uint32_t i = end + 1; i < stop && hw_rt(r, i)->sentence <= hw_rt(r, end)->sentence + 2 * STATEMENT_SENTENCES; i++) {
        if (hw_rt(r, i)->flags & HW_WIDE || empty_line_before(r, i)) break;
        if (hw_rt(r, i)->kind == HW_QUOTE) return hw_rt(r, i)->flags & HW_GLUED && ends_line(r, i) && !hw_opens_at(r, i) ? i : 0;
    }
    return 0;
}

/* Words without marks go on: to the end of their line, where nobody else is told of in it; over lines in which the speaker
 * speaks of himself; to a closing mark that has no opening one. */
static uint32_t goes_on_to(const hw_reporter *r, uint32_t c, uint32_t end, bool direct)
{
    const hw_sentence *v = r->x->sentences.v;
    uint32_t begin = hw_rt(r, end)->sentence, reached = begin, line = begin, n = r->x->sentences.n, next = next_report(r, c);
    uint32_t stop = next < r->found.n ? r->found.v[next].first : r->x->tokens.n;
    uint32_t mark = stray_close(r, c, end);
    if (mark) return mark - 1;
    bool same_line = r->a_sentence_a_line;
    for (uint32_t k = begin + 1; k < n && k <= begin + STATEMENT_SENTENCES && v[k].last < stop && may_go_on(r, k); k++) {
        same_line &= !ends_line(r, v[k - 1].last);
        if (same_line) line = k;
        if (direct && hw_first_person(r, v[k].first, v[k].last)) reached = k;
        else if (k - reached > 2 && !same_line) break;
    }
    if (line > reached && ends_line(r, v[line].last)) reached = line;
    if (reached == begin) return end;
    end = v[reached].last;
    while (end > v[reached].first && ends_clause_mark(r, end)) end--;
    return end;
}

/* What follows the cue. */
static hw_content following(const hw_reporter *r, uint32_t c)
{
    const hw_cue *cue = &r->found.v[c];
    const hw_sentence *s = sentence_of(r, cue->last);
    hw_content none = {0};
    bool colon = cue->frame == HW_COLON;
    uint32_t limit = s->last;
    bool more;
    uint32_t from = skip_links(r, behind_goal(r, cue), limit, &more);
    colon |= more;
    hw_match points[1]; /* «hoşdarîy da lewey ke …» */
    if (from < limit && hw_match_at(r->w, &r->pointers_ix, from, points, 1) && hw_that_at(r, points[0].last + 1)) from = points[0].last + 2;
    if (from > limit + 1) from = limit + 1;
    hw_match in_it[2]; /* «… encamekey rageyand, ke têyda …»: about what was announced */
    if (from <= limit && from > cue->last + 1 && hw_that_at(r, from - 1) && hw_match_at(r->w, &r->containers_ix, from, in_it, 2)) return none;
    if (from > limit) { /* the words stand in the next line: after a colon, or at once in quotation marks */
        if (from >= r->x->tokens.n) return none;
        const hw_quotation *q = hw_rt(r, from)->kind == HW_QUOTE ? hw_opens_at(r, from) : NULL;
        if (q && q->first < q->last) return whole_pair(r, c, q);
        if (!colon || (c + 1 < r->found.n && reports(&r->found.v[c + 1]) && hw_rt(r, r->found.v[c + 1].first)->sentence == hw_rt(r, from)->sentence)) return none;
    }
    if (c + 1 < r->found.n && r->found.v[c + 1].first == from && (r->found.v[c + 1].frame == HW_SAY || r->found.v[c + 1].frame == HW_STAND)) return none; /* «… gêrrayewe ke dellêt: …»: the next cue's words */
    const hw_quotation *q = hw_rt(r, from)->kind == HW_QUOTE ? hw_opens_at(r, from) : NULL;
    if (q && q->first <= q->last && !goes_on_after(r, q)) return whole_pair(r, c, q);
    uint32_t end = clause_end(r, c, from, colon);
    if (cue->topic && from < end && hw_adp_at(r, from) && !predicates(r, end)) from++; /* «cextî kirdewe leser pêwîstîy …» */
    if (end < from || end == from || (end - from < 2 && !predicates(r, end))) return none; /* two words, when they are a clause */
    if (colon && cue->frame == HW_STAND) end = statement_end(r, c, end);
    bool direct = colon || hw_first_person(r, from, end);
    if ((!hw_rt(r, from)->quotation || cue->resumes) && ends_sentence(r, end) && cue->frame != HW_STAND) end = goes_on_to(r, c, end, direct);
    if (end + 1 < r->x->tokens.n && hw_rt(r, end + 1)->kind == HW_QUOTE && !hw_rt(r, end)->quotation && !hw_opens_at(r, end + 1)) direct = true; /* a stray closing mark */
    hw_content k = {.first = from, .last = end, .kind = direct ? HEWAL_DIRECT : HEWAL_INDIRECT, .found = true, .colon = colon};
    if (!direct && holds_pair(r, from, end)) k.kind = HEWAL_MIXED;
    return k;
}

/* «be nawî "le çyawe" billawî kirdewe», «birryarî xoy be "X" rageyand»: the name of a thing, or of somebody. */
static bool only_names(const hw_reporter *r, const hw_quotation *q)
{
    int32_t m = r->n->mention_at[q->first];
    if (m >= 0 && r->n->mentions.v[m].first == q->first && r->n->mentions.v[m].last >= q->last) return true;
    const hw_word *head = q->open ? &r->w->v[q->open - 1] : NULL;
    if (!head || !head->n || r->is_cue[q->open - 1] || head->analyses[0].upos != HW_NOUN || !(head->analyses[0].marks & HW_M_IZAFE)) return false;
    if (hw_rt(r, q->open - 1)->sentence != hw_rt(r, q->open)->sentence) return false;
    for (uint32_t i = q->first; i <= q->last; i++)
        if (predicates(r, i)) return false;
    return true;
}

/* A quotation right before the cue, its subject between: «…» X witî. */
static hw_content preceding_pair(const hw_reporter *r, uint32_t c)
{
    const hw_cue *cue = &r->found.v[c];
    const hw_sentence *s = sentence_of(r, cue->first);
    for (uint32_t i = cue->first; i-- > 0 && cue->first - i < 12;) {
        if (hw_rt(r, i)->kind == HW_QUOTE) {
            uint16_t inside = i > 0 ? hw_rt(r, i - 1)->quotation : 0;
            const hw_quotation *q = inside ? &r->x->quotations.v[inside - 1] : NULL;
            while (q && q->close != i && q->outer) q = &r->x->quotations.v[q->outer - 1];
            if (q && q->close == i && q->first <= q->last && (cue->frame == HW_NAME || (q->first < q->last && !only_names(r, q)))) return whole_pair(r, c, q);
            break;
        }
        if (i < s->first || hw_ascii_at(r, i, '.') || r->is_cue[i]) break;
    }
    return (hw_content){0};
}

hw_content hw_content_before(const hw_reporter *r, uint32_t c)
{
    const hw_cue *cue = &r->found.v[c];
    hw_content k = cue->frame == HW_SAY ? preceding_pair(r, c) : (hw_content){0};
    if (!k.found || k.first != sentence_of(r, cue->first)->first + 1 || hw_colon_at(r, cue->last + 1)) return (hw_content){0};
    const hw_analysis *end = r->w->v[k.last].n ? &r->w->v[k.last].analyses[0] : NULL; /* a clause, not a name */
    return is_verb(r, k.last) || (end && end->marks & HW_M_COPULA) || hw_rt(r, k.last)->kind == HW_PUNCT ? k : (hw_content){0};
}

/* «cextî le … kirdewe»: between the adposition and the verb. */
static hw_content topic(const hw_reporter *r, const hw_cue *cue)
{
    uint32_t from = cue->last + 1;
    if (from >= cue->verb) return (hw_content){0};
    if (hw_adp_at(r, from)) from++;
    uint32_t end = cue->verb - 1;
    if (end < from || end - from < 1) return (hw_content){0};
    return (hw_content){.first = from, .last = end, .kind = holds_pair(r, from, end) ? HEWAL_MIXED : HEWAL_INDIRECT, .found = true};
}

/* «bepêy zanyarîyekan …» without a comma: behind the noun phrase that names the source. */
static uint32_t behind_noun_phrase(const hw_reporter *r, uint32_t from, uint32_t end)
{
    uint32_t i = from;
    while (i < end) {
        const hw_word *w = &r->w->v[i], *next = &r->w->v[i + 1];
        if (hw_rt(r, i)->kind != HW_WORD || !w->n || !next->n) return 0;
        if (w->analyses[0].upos != HW_NOUN && w->analyses[0].upos != HW_ADJ) return 0;
        bool attribute = next->analyses[0].upos == HW_ADJ && (next->analyses[0].marks & HW_M_PLURAL);
        if (!(w->analyses[0].marks & HW_M_IZAFE) && !attribute) return w->analyses[0].marks & HW_M_PLURAL ? i + 1 : 0;
        i++;
    }
    return 0;
}

static bool says_only(const hw_reporter *r, uint32_t from, const hw_cue *next)
{
    if (next->frame >= HW_PAIR || (next->frame == HW_TOPIC && !next->pointed) || next->first < from) return false;
    if ((next->frame == HW_POINT || next->frame == HW_OPEN) && !next->pointed && !linked(r, next)) return false;
    for (uint32_t i = from; i < next->first; i++) {
        const hw_word *w = &r->w->v[i];
        if (w->n && w->analyses[0].upos == HW_VERB && !(w->analyses[0].marks & (HW_M_INFINITIVE | HW_M_PARTICIPLE))) return false;
    }
    return true;
}

/* The comma of «si'ûdye, êran u çîn». */
static bool lists_names(const hw_reporter *r, uint32_t comma)
{
    if (comma + 2 >= r->x->tokens.n) return false;
    int32_t a = r->n->mention_at[comma - 1], b = r->n->mention_at[comma + 1];
    if (a < 0 || b < 0 || r->n->mentions.v[a].type != r->n->mentions.v[b].type) return false;
    uint32_t next = r->n->mentions.v[b].last + 1;
    return next < r->x->tokens.n && (hw_comma_at(r, next) || hw_and_at(r, next));
}

/* «bepêy X، …»: what follows the source's comma, else what follows the source. */
static hw_content according(const hw_reporter *r, uint32_t c)
{
    const hw_cue *cue = &r->found.v[c];
    const hw_sentence *s = sentence_of(r, cue->last);
    uint32_t from = 0;
    hw_match text[1]; /* «begwêrey rageyêndiraweke …», «bepêy rapirsîyek …»: the noun phrase is at its end */
    if (cue->last < s->last && hw_match_at(r->w, &r->channels_ix, cue->last + 1, text, 1)) {
        uint32_t marks = text[0].marks | r->w->v[text[0].last].analyses[0].marks;
        uint32_t next = text[0].last + 1;
        bool more = next <= s->last && r->w->v[next].n && (r->w->v[next].analyses[0].upos == HW_ADJ || r->w->v[next].analyses[0].upos == HW_CCONJ);
        if ((marks & (HW_M_DEF | HW_M_INDEF)) && !(marks & (HW_M_IZAFE | HW_M_PLURAL)) && !more) from = next;
    }
    bool relative = false;
    for (uint32_t i = cue->last + 1; !from && i <= s->last && i < cue->last + 30; i++) {
        relative |= hw_that_at(r, i);
        if (is_verb(r, i) && !relative && !(r->w->v[i].analyses[0].marks & HW_M_GUESS) && r->n->mention_at[i] < 0) break; /* no comma before its verb */
        bool noun_phrase_ends = !(r->w->v[i - 1].n && (r->w->v[i - 1].analyses[0].marks & HW_M_IZAFE));
        if (i > cue->last + 1 && i < s->last && hw_adp_at(r, i) && r->t->time_at[i + 1] >= 0 && noun_phrase_ends && !relative) { /* «bepêy amarekan le sallî 2016da …» */
            from = i;
            break;
        }
        if (hw_comma_at(r, i) && !(i < s->last && hw_that_at(r, i + 1)) && !lists_names(r, i)) { /* not the comma of «X, ke …،» */
            from = i + 1;
            break;
        }
    }
    if (!from) {
        for (uint32_t i = cue->last + 1; i <= s->last; i++) {
            int32_t m = r->n->mention_at[i];
            if (m >= 0) {
                from = r->n->mentions.v[m].last + 1;
                break;
            }
            if (i > cue->last + 6) break;
        }
    }
    if (!from) from = behind_noun_phrase(r, cue->last + 1, s->last);
    if (!from || from > s->last) return (hw_content){0};
    while (from < s->last && (hw_that_at(r, from) || hw_comma_at(r, from))) from++;
    /* Where the clause itself only says that somebody said something, that is the quote, passed on by this source. */
    if (c + 1 < r->found.n && r->found.v[c + 1].first <= s->last && says_only(r, from, &r->found.v[c + 1])) return (hw_content){0};
    uint32_t end = s->last;
    for (uint32_t k = c + 1; k < r->found.n && r->found.v[k].first <= end; k++)
        if (joins_source(r, &r->found.v[k], from)) end = r->found.v[k].first - 2;
    while (end > from && ends_clause_mark(r, end)) end--;
    if (end < from || end - from < 3) return (hw_content){0};
    return (hw_content){.first = from, .last = end, .kind = holds_pair(r, from, end) ? HEWAL_MIXED : HEWAL_INDIRECT, .found = true};
}

/* «emrîka: 132 hezar tûşbûn», «encamekan: …»: what stands behind the colon says nothing. */
static bool is_list(const hw_reporter *r, const hw_cue *cue, const hw_content *k)
{
    bool number = false;
    for (uint32_t i = k->first; i <= k->last; i++) {
        if (predicates(r, i)) return false;
        number |= hw_rt(r, i)->kind == HW_NUMBER;
    }
    int32_t who = r->n->mention_at[cue->first - 1];
    return number || (who >= 0 && r->n->mentions.v[who].type == HEWAL_LOC && r->n->role_at[cue->first - 1] < 0);
}

/* «dway ewey X raygeyand, …» */
static bool subordinate(const hw_reporter *r, const hw_cue *cue)
{
    uint32_t begin = sentence_of(r, cue->first)->first;
    for (uint32_t i = cue->first; i > begin && cue->first - i < 25; i--) {
        if (hw_sort_at(r, i - 1, "subordinate")) return true;
        if (hw_comma_at(r, i - 1) || is_verb(r, i - 1)) return false;
    }
    return false;
}

/* «qedeẍey hatuço rageyenra bo …»: what was announced stands before the cue. */
static bool behind_noun(const hw_reporter *r, const hw_cue *cue)
{
    if (cue->first == sentence_of(r, cue->first)->first) return false;
    const hw_word *w = &r->w->v[cue->first - 1];
    return w->n && w->analyses[0].upos == HW_NOUN && !(w->analyses[0].marks & HW_M_LOC) && r->t->time_at[cue->first - 1] < 0;
}

static bool carries_clitic(const hw_reporter *r, uint32_t i)
{
    const hw_word *w = &r->w->v[i];
    for (unsigned k = 0; k < w->n; k++)
        if (w->analyses[k].marks & (HW_M_POSS | HW_M_AGENT | HW_M_IZAFE)) return true;
    return false;
}

/* «nasnamey şehîdêkî aşkira kird ke …», «ew nawçane aşkira dekat ke …»: there is an object, and the clause tells of it. */
static bool of_object(const hw_reporter *r, const hw_cue *cue)
{
    if (cue->pointed || cue->marks & HW_M_PASSIVE || hw_colon_at(r, cue->last + 1) || !cue->first) return false;
    if (!linked(r, cue) && !(cue->frame == HW_SAY && cue->last + 1 < r->x->tokens.n && hw_comma_at(r, cue->last + 1))) return false;
    uint32_t object = cue->first - 1, begin = sentence_of(r, cue->first)->first;
    if (object < begin || !r->w->v[object].n) return false;
    hw_match text[1];
    if (hw_match_at(r->w, &r->channels_ix, object, text, 1)) return false; /* «rageyêndirawêkî billaw kirdewe, …»: what it says */
    unsigned pos = r->w->v[object].analyses[0].upos;
    if (pos != HW_NOUN && pos != HW_ADJ && pos != HW_PROPN) return false;
    bool bare = (cue->marks & HW_M_PAST) != 0;
    for (uint32_t i = cue->first; i <= cue->last; i++) bare &= !carries_clitic(r, i);
    for (uint32_t i = object; i > begin && object - i < 8; i--) {
        const hw_analysis *w = r->w->v[i - 1].n ? &r->w->v[i - 1].analyses[0] : NULL;
        if (hw_adp_at(r, i - 1) && object - i < 3) return false; /* «be layengiranî gut ke» */
        if (is_verb(r, i - 1)) break;
        if (w && w->upos == HW_DET && (r->w->v[object].analyses[0].marks & (HW_M_DEF | HW_M_PLURAL))) return true;
    }
    return cue->frame != HW_POINT && bare && carries_clitic(r, object); /* but «emrîkay tometbar kird ke …» */
}

hw_content hw_content_of(const hw_reporter *r, uint32_t c)
{
    const hw_cue *cue = &r->found.v[c];
    hw_content none = {0}, k;
    switch (cue->frame) {
    case HW_ACCORDING: return according(r, c);
    case HW_COLON:
        k = following(r, c);
        return k.found && !k.is_pair && is_list(r, cue, &k) ? none : k;
    case HW_NAME: return preceding_pair(r, c);
    case HW_PAIR:
        k = following(r, c);
        return k.found && (k.is_pair || k.colon) ? k : none;
    case HW_TOPIC:
        if (!cue->pointed) return topic(r, cue);
        break;
    case HW_POINT:
        if (!cue->pointed) {
            if (cue->verb > cue->first + 1 && !hw_colon_at(r, cue->last + 1) && !to_marks(r, cue) && hw_sort_at(r, cue->first + 1, "about")) return none;
            k = following(r, c);
            return k.found && (k.is_pair || (linked(r, cue) && !of_object(r, cue))) ? k : none;
        }
        break;
    default: break;
    }
    k = following(r, c);
    if (k.found && k.is_pair) return k;
    if (of_object(r, cue)) return none;
    if (k.found && !k.colon && !cue->pointed && !linked(r, cue) && subordinate(r, cue)) return none;
    if (cue->frame == HW_SAY && cue->marks & HW_M_PASSIVE && !cue->pointed && k.found && k.first == cue->last + 1 && hw_adp_at(r, k.first) && behind_noun(r, cue)) return none;
    hw_content before = preceding_pair(r, c);
    if (before.found && !(k.found && k.last - k.first > 4)) return before;
    if (cue->frame == HW_OPEN && !cue->pointed && !cue->topic && k.found && !k.colon && k.first == cue->last + 1 && k.kind != HEWAL_MIXED && !predicates(r, k.last)) return none; /* «aşkiray kird bo …» */
    if (cue->frame == HW_SAY && !cue->pointed && k.found && !k.colon && k.last - k.first < 4 && k.kind == HEWAL_INDIRECT && !predicates(r, k.last)) return none; /* «pêy dellên X» */
    if ((cue->frame == HW_SAY || cue->frame == HW_OPEN) && !cue->pointed && k.found && cue->last + 1 < r->x->tokens.n && hw_and_at(r, cue->last + 1)) return none;
    return k;
}
