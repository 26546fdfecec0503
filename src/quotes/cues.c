/* In: words. Out: cues: reporting verbs and phrases, according-to's, and colons after a name. */
#include "quotes/find.h"

#include "base/hash.h"
#include "base/utf8.h"
#include <string.h>

static uint32_t cp_at(const hw_reporter *r, uint32_t i)
{
    uint32_t cp = 0;
    if (i >= r->x->tokens.n) return 0;
    const hw_token *t = hw_rt(r, i);
    hw_utf8_decode(r->x->raw + t->b, t->e - t->b, &cp);
    return cp;
}

bool hw_ascii_at(const hw_reporter *r, uint32_t i, char c)
{
    return i < r->x->tokens.n && hw_rt(r, i)->e - hw_rt(r, i)->b == 1 && r->x->raw[hw_rt(r, i)->b] == c;
}

bool hw_comma_at(const hw_reporter *r, uint32_t i)
{
    uint32_t cp = cp_at(r, i);
    return cp == ',' || cp == 0x60C || cp == ';' || cp == 0x61B;
}

bool hw_colon_at(const hw_reporter *r, uint32_t i)
{
    uint32_t cp = cp_at(r, i);
    return cp == ':' || cp == 0xFF1A;
}

bool hw_that_at(const hw_reporter *r, uint32_t i)
{
    return i < r->x->tokens.n && hw_index_find(&r->links_ix, hw_phrase(HW_PHRASE_START, hw_rt(r, i)->hash)) != NULL;
}

bool hw_adp_at(const hw_reporter *r, uint32_t i)
{
    const hw_word *w = &r->w->v[i];
    return w->n && w->analyses[0].upos == HW_ADP;
}

bool hw_and_at(const hw_reporter *r, uint32_t i)
{
    const hw_word *w = &r->w->v[i];
    return w->n && w->analyses[0].upos == HW_CCONJ;
}

bool hw_sort_at(const hw_reporter *r, uint32_t i, const char *sort)
{
    hw_match m[2];
    unsigned n = hw_match_at(r->w, &r->words_ix, i, m, 2);
    for (unsigned k = 0; k < n; k++)
        if (!strcmp(hw_cell(&r->words, r->words_ix.posts[m[k].slot->first].row, hw_column(&r->words, "sort")), sort)) return true;
    return false;
}

const hw_quotation *hw_opens_at(const hw_reporter *r, uint32_t i)
{
    uint32_t lo = 0, hi = r->x->quotations.n;
    while (lo < hi) {
        uint32_t mid = (lo + hi) / 2;
        if (r->x->quotations.v[mid].open < i) lo = mid + 1;
        else hi = mid;
    }
    return lo < r->x->quotations.n && r->x->quotations.v[lo].open == i ? &r->x->quotations.v[lo] : NULL;
}

/* The verbs of a row of the cues, lemmas joined by |: their number and their hashes. */
static const uint64_t *verbs_of(hw_reporter *r, uint32_t row, const char *cell)
{
    if (r->verbs[row]) return r->verbs[row];
    size_t n = 1;
    for (const char *p = cell; *p; p++) n += *p == '|';
    uint64_t *out = HW_NEWS(r->a, uint64_t, n + 1);
    for (const char *p = cell; *p;) {
        size_t len = strcspn(p, "|");
        hw_spelling sp = hw_orth_word(r->x->model->orth, r->a, p, len);
        out[++out[0]] = hw_hash(sp.fold, sp.fold_len);
        p += len + (p[len] == '|');
    }
    return r->verbs[row] = out;
}

/* The finite verb reading of token i whose lemma `cell` of the row lists, or NULL. What is no verb in its
 * context («rageyandinî encam») and what did not happen (a subjunctive) is none; `alone`: neither a noun of a phrase nor a colon or
 * quotation mark stands by it to make a verb of it. */
static const hw_analysis *verb_reading(hw_reporter *r, uint32_t i, uint32_t row, const char *cell, bool alone)
{
    const hw_word *w = &r->w->v[i];
    const bool leads = hw_colon_at(r, i + 1) || hw_opens_at(r, i + 1);
    const bool joined = i > 0 && hw_and_at(r, i - 1) && !leads; /* «… kird u gutî …», whatever the tagger made of it */
    const uint32_t never = HW_M_INFINITIVE | HW_M_PARTICIPLE | HW_M_GUESS | HW_M_SUBJUNCTIVE | HW_M_IMPERATIVE;
    if (!w->n || (alone && w->analyses[0].upos != HW_VERB && !joined && !leads) || (w->analyses[0].marks & (HW_M_INFINITIVE | HW_M_SUBJUNCTIVE))) return NULL;
    const uint64_t *verbs = NULL;
    for (unsigned k = 0; k < w->n; k++) {
        const hw_analysis *a = &w->analyses[k];
        if (a->upos != HW_VERB || (a->marks & never)) continue;
        if (!verbs) verbs = verbs_of(r, row, cell);
        if (alone && k && joined && !(a->marks & HW_M_AGENT)) continue;
        for (uint64_t v = 1; v <= verbs[0]; v++)
            if (verbs[v] == a->lemma_hash) return a;
    }
    return NULL;
}

/* What is published of something, in the passive, is that thing: «dîmenekan billawkiranewe, …». */
static bool published(const hw_reporter *r, uint32_t row, const hw_analysis *verb, uint32_t i)
{
    return verb->marks & HW_M_PASSIVE && !hw_colon_at(r, i + 1) && !hw_opens_at(r, i + 1) &&
           !strcmp(hw_cell(&r->cues, row, hw_column(&r->cues, "frame")), "publish");
}

static hw_frame frame_named(const char *s)
{
    static const char *const names[] = {"say", "point", "open", "topic", "stand", "pair", "name"};
    for (unsigned i = 0; i < sizeof names / sizeof *names; i++)
        if (!strcmp(s, names[i])) return (hw_frame)i;
    return HW_SAY;
}

static hewal_channel channel_named(const char *s)
{
    for (int c = HEWAL_UNSPECIFIED; c <= HEWAL_VIDEO; c++)
        if (!strcmp(s, hewal_channel_name((hewal_channel)c))) return (hewal_channel)c;
    return HEWAL_UNSPECIFIED;
}

/* A pointing word at token i: *fused is set when the verb is written with it. */
static bool pointer_at(const hw_reporter *r, uint32_t i, bool *fused, uint32_t *last)
{
    hw_match m[4];
    if (i >= r->x->tokens.n || !hw_match_at(r->w, &r->pointers_ix, i, m, 4)) return false;
    uint32_t row = r->pointers_ix.posts[m[0].slot->first].row;
    *fused = !strcmp(hw_cell(&r->pointers, row, hw_column(&r->pointers, "fused")), "verb");
    *last = m[0].last;
    return true;
}

/* What was not said reports nothing. */
static void add_cue(hw_reporter *r, hw_cue c)
{
    if (c.marks & HW_M_NEG) return;
    for (uint32_t i = c.first; i <= c.last; i++)
        if (r->is_cue[i]) return;
    for (uint32_t i = c.first; i <= c.last; i++) r->is_cue[i] = 1;
    *hw_push(r->a, &r->found) = c;
}

/* «le rageyendirawekeda hatuwe»: what is read in something needs that something before it in the sentence, with the
 * postposition of place somewhere behind it. */
static bool has_container(const hw_reporter *r, uint32_t i)
{
    hw_match m[2];
    uint32_t from = r->x->sentences.v[hw_rt(r, i)->sentence].first;
    if (i > from + 25) from = i - 25;
    bool placed = false;
    for (uint32_t k = i; k-- > from;) {
        const hw_word *w = &r->w->v[k];
        for (unsigned f = 0; f < w->n_forms; f++) placed |= (w->forms[f].marks & HW_M_LOC) != 0;
        for (unsigned f = 0; f < w->n; f++) placed |= (w->analyses[f].marks & HW_M_LOC) != 0 || w->analyses[f].upos == HW_ADP;
        if (placed && (hw_match_at(r->w, &r->channels_ix, k, m, 2) || hw_match_at(r->w, &r->containers_ix, k, m, 2))) return true;
    }
    return false;
}

static void fill_from_verb(hw_cue *c, const hw_analysis *a)
{
    c->marks = a->marks;
    c->person = (a->marks & HW_M_AGENT) || !a->subject ? a->person : a->subject;
}

/* «ewey baskirawe»: what was spoken of, not that somebody spoke. */
static bool relative_at(const hw_reporter *r, uint32_t pointer, const hw_analysis *verb)
{
    hw_match m[1];
    return verb->marks & HW_M_PASSIVE && hw_match_at(r->w, &r->pointers_ix, pointer, m, 1) &&
           !strcmp(hw_cell(&r->pointers, r->pointers_ix.posts[m[0].slot->first].row, hw_column(&r->pointers, "fused")), "agent");
}

/* The verb alone: «witî», «raygeyand»; a pointing word before it belongs to it («eweşî rageyand»). */
static bool bare_verb(hw_reporter *r, uint32_t i, uint32_t row, const char *head)
{
    const hw_analysis *a = verb_reading(r, i, row, head, true);
    if (!a || published(r, row, a, i)) return false;
    hw_cue c = {.first = i, .last = i, .verb = i};
    c.frame = frame_named(hw_cell(&r->cues, row, hw_column(&r->cues, "frame")));
    c.channel = channel_named(hw_cell(&r->cues, row, hw_column(&r->cues, "channel")));
    fill_from_verb(&c, a);
    if (c.frame == HW_STAND && ((a->marks & HW_M_PRESENT && !(a->marks & HW_M_PERFECT)) || (a->subject && a->subject != 3) || !has_container(r, i))) return false;
    bool fused;
    uint32_t last;
    if (i > 0 && hw_rt(r, i - 1)->sentence == hw_rt(r, i)->sentence && pointer_at(r, i - 1, &fused, &last) && last == i - 1 && !fused) {
        if (relative_at(r, i - 1, a)) return false;
        c.first = i - 1;
        c.pointed = true;
    }
    add_cue(r, c);
    return true;
}

/* A noun and its verb, with pointing words and the like between: «amajey beweş kird», «bas lewe dekat». */
static bool phrase(hw_reporter *r, uint32_t i, uint32_t head_last, uint32_t row)
{
    const char *verbs = hw_cell(&r->cues, row, hw_column(&r->cues, "verb"));
    hw_cue c = {.first = i, .frame = frame_named(hw_cell(&r->cues, row, hw_column(&r->cues, "frame")))};
    c.channel = channel_named(hw_cell(&r->cues, row, hw_column(&r->cues, "channel")));
    uint32_t end = r->x->sentences.v[hw_rt(r, i)->sentence].last, limit = head_last + (c.frame == HW_TOPIC ? 40 : 6);
    for (uint32_t k = head_last + 1; k <= end && k <= limit; k++) {
        bool fused = false;
        uint32_t last;
        if (hw_rt(r, k)->kind == HW_QUOTE || hw_colon_at(r, k)) break;
        if (k <= head_last + 3 && pointer_at(r, k, &fused, &last)) {
            c.pointed = true;
            k = last;
            if (fused) {
                for (uint32_t j = k + 1; j <= k + 2 && j <= end && !c.verb; j++) {
                    const hw_analysis *later = verb_reading(r, j, row, verbs, false);
                    if (later) {
                        fill_from_verb(&c, later);
                        k = j;
                        break;
                    }
                }
                c.last = c.verb = k;
                add_cue(r, c);
                return true;
            }
            continue;
        }
        if (hw_comma_at(r, k) && (c.frame != HW_TOPIC || c.pointed)) break;
        const hw_analysis *a = verb_reading(r, k, row, verbs, false);
        if (!a) {
            if (c.frame != HW_TOPIC && r->w->v[k].n && r->w->v[k].analyses[0].upos == HW_VERB && !(r->w->v[k].analyses[0].marks & HW_M_INFINITIVE)) break;
            continue;
        }
        if ((c.frame == HW_STAND && !has_container(r, i)) || published(r, row, a, k)) return false;
        c.verb = k;
        if (c.frame == HW_TOPIC && !c.pointed && k == head_last + 1) c.frame = HW_OPEN, c.topic = true; /* «dûpatî kirdewe …» */
        c.last = c.frame == HW_TOPIC && !c.pointed ? head_last : k;
        fill_from_verb(&c, a);
        if (i > 0 && !c.pointed && hw_rt(r, i - 1)->sentence == hw_rt(r, i)->sentence && pointer_at(r, i - 1, &fused, &last) && last == i - 1) {
            c.pointed = true;
            c.first = i - 1;
        }
        add_cue(r, c);
        return true;
    }
    return false;
}

/* «… rageyêndirawêkî billaw kirdewe ke bem şêweyeye: …»: a cue as it stands. What is read in something needs a text before it. */
static bool whole_cue(hw_reporter *r, uint32_t i, uint32_t last, uint32_t row)
{
    hw_cue c = {.first = i, .last = last, .verb = last, .person = 3};
    c.frame = frame_named(hw_cell(&r->cues, row, hw_column(&r->cues, "frame")));
    c.channel = channel_named(hw_cell(&r->cues, row, hw_column(&r->cues, "channel")));
    if (c.frame == HW_STAND) {
        uint32_t next = last + 1 < r->x->tokens.n && hw_comma_at(r, last + 1) ? last + 2 : last + 1;
        if (!hw_colon_at(r, next) && !(next < r->x->tokens.n && hw_rt(r, next)->kind == HW_QUOTE)) return false;
        hw_match m[1];
        bool text = false;
        for (uint32_t k = r->x->sentences.v[hw_rt(r, i)->sentence].first; k < i && !text; k++) text = hw_match_at(r->w, &r->channels_ix, k, m, 1) != 0;
        if (!text) return false;
    }
    add_cue(r, c);
    return true;
}

static void verb_cues(hw_reporter *r, uint32_t i)
{
    hw_match m[8];
    unsigned n = hw_match_at(r->w, &r->cues_ix, i, m, 8);
    if (!n) return;
    int verb = hw_column(&r->cues, "verb"), head = hw_column(&r->cues, "head");
    for (unsigned k = 0; k < n; k++)
        for (uint32_t p = 0; p < m[k].slot->n; p++) {
            uint32_t row = r->cues_ix.posts[m[k].slot->first + p].row;
            bool alone = !hw_cell(&r->cues, row, verb)[0], whole = !strcmp(hw_cell(&r->cues, row, verb), "=");
            if (whole ? whole_cue(r, i, m[k].last, row) : alone ? m[k].last == i && bare_verb(r, i, row, hw_cell(&r->cues, row, head)) : phrase(r, i, m[k].last, row)) return;
        }
}

/* Forms that several words of a cue make are looked up by every form of the token, so nouns too: «rageyandinî» is none. */
static void according_cue(hw_reporter *r, uint32_t i)
{
    hw_match m[4];
    if (!hw_match_at(r->w, &r->accordings_ix, i, m, 4)) return;
    uint32_t of = m[0].last + 1;
    if (of < r->x->tokens.n && hw_match_at(r->w, &r->resumptives_ix, of, m + 1, 1)) of++; /* «bepêy ew helumerce» */
    if (of < r->x->tokens.n && hw_sort_at(r, of, "measure")) return;
    const hw_analysis *own = of < r->x->tokens.n && r->w->v[of].n ? &r->w->v[of].analyses[0] : NULL; /* «bepêy zanyarîyekanyan»: the speaker's own */
    if (own && own->upos == HW_NOUN && (own->marks & HW_M_POSS) && own->person == 6) return;
    add_cue(r, (hw_cue){.first = i, .last = m[0].last, .verb = m[0].last, .frame = HW_ACCORDING});
}

/* «emrîka: …» is a government that speaks, «hewlêr: …» a dateline. */
static bool is_country(const hw_reporter *r, int32_t entity)
{
    const char *known = entity >= 0 ? r->n->entities.v[entity].known : NULL;
    if (!known || strncmp(known, "places:", 7)) return false;
    hw_table t = hw_model_table(r->x->model, "places");
    int english = hw_column(&t, "english"), kind = hw_column(&t, "kind");
    for (uint32_t i = 0; i < t.n_rows; i++)
        if (!strcmp(hw_cell(&t, i, english), known + 7)) return !strcmp(hw_cell(&t, i, kind), "country");
    return false;
}

/* «karmendêkî hatûço: …», «beşêk le hawwillatîyan: …», «şarezayan: …»: an indefinite or plural noun and what hangs on it. */
static bool somebody(const hw_reporter *r, uint32_t first, uint32_t colon)
{
    const hw_word *w = &r->w->v[first];
    if (colon - first > 6 || !w->n || hw_sort_at(r, first, "label")) return false;
    for (uint32_t i = first; i < colon; i++)
        if (hw_rt(r, i)->kind != HW_WORD || (r->w->v[i].n && r->w->v[i].analyses[0].upos == HW_VERB)) return false;
    bool noun = w->analyses[0].upos == HW_NOUN || w->analyses[0].upos == HW_PRON, single = colon == first + 1;
    uint32_t marks = w->analyses[0].marks;
    if (marks & HW_M_PLURAL) return (noun || w->analyses[0].upos == HW_ADJ) && (single ? !(marks & (HW_M_DEF | HW_M_POSS)) : marks & HW_M_IZAFE || hw_adp_at(r, first + 1));
    for (unsigned k = 0; k < w->n && noun; k++)
        if ((w->analyses[k].marks & HW_M_INDEF) && (w->analyses[k].marks & HW_M_IZAFE || single || hw_adp_at(r, first + 1))) return true;
    return false;
}

/* «X: …» at the beginning of a line: all before the colon is a name or a role, or ends with one. */
static void colon_cue(hw_reporter *r, uint32_t i)
{
    const hw_sentence *s = &r->x->sentences.v[hw_rt(r, i)->sentence];
    if (i == s->first || i - s->first > 14) return;
    for (uint32_t k = s->first; k < i; k++)
        if (r->is_cue[k] || hw_rt(r, k)->kind == HW_URL || (hw_rt(r, k)->flags & HW_JUNK)) return;
    if (hw_rt(r, i - 1)->kind == HW_NUMBER && r->n->mention_at[i - 1] < 0) return; /* a time of day, not «firans 24:» */
    bool named = false; /* a place alone is a dateline */
    for (uint32_t k = s->first; k < i; k++)
        named |= r->n->role_at[k] >= 0 || somebody(r, s->first, i) || (r->n->mention_at[k] >= 0 && r->n->mentions.v[r->n->mention_at[k]].type != HEWAL_LOC);
    int32_t place = r->n->mention_at[s->first];
    if (!named && place >= 0 && r->n->mentions.v[place].last + 1 == i) named = is_country(r, r->n->mentions.v[place].entity);
    if (!named) return;
    /* The end of the text or line right behind the colon: the words stand in the next line. */
    add_cue(r, (hw_cue){.first = i, .last = i, .verb = i, .frame = HW_COLON});
}

/* «witî, "…⏎X raygeyand, …»: the mark was forgotten, and in a later sentence, or before another mark, the reporter goes on. */
static bool reporter_resumes(const hw_reporter *r, const hw_cue *c, const hw_quotation *q)
{
    if (q->close != q->open || c->frame == HW_ACCORDING || c->frame >= HW_PAIR) return false;
    bool marks = hw_colon_at(r, c->last + 1) && hw_opens_at(r, c->last + 2);
    if (hw_rt(r, c->first)->sentence == hw_rt(r, q->open)->sentence && !marks) return false;
    if (c->person != 3 && c->person != 6) return false;
    return (c->frame == HW_SAY || c->pointed) && (hw_comma_at(r, c->last + 1) || hw_colon_at(r, c->last + 1));
}

/* Inside a direct quotation the speaker's own «dellêm» and «radegeyênim» report nothing; somebody else's words in quotation
 * marks or behind a colon do. */
static bool own_words(const hw_reporter *r, hw_cue *c)
{
    uint16_t q = hw_rt(r, c->first)->quotation;
    if (!q || c->frame == HW_NAME) return false;
    const hw_quotation *around = &r->x->quotations.v[q - 1];
    if (around->last - around->first < 4) return true;
    if ((c->resumes = reporter_resumes(r, c, around))) return false;
    if (c->person == 1 || c->person == 2 || c->person == 4 || c->person == 5) return true;
    uint32_t next = c->last + 1;
    if (next < r->x->tokens.n && (hw_colon_at(r, next) || hw_comma_at(r, next))) next++;
    return !(next < r->x->tokens.n && hw_rt(r, next)->kind == HW_QUOTE && next < around->close);
}

static void drop_own_words(hw_reporter *r)
{
    uint32_t n = 0;
    for (uint32_t i = 0; i < r->found.n; i++)
        if (!own_words(r, &r->found.v[i])) r->found.v[n++] = r->found.v[i];
    r->found.n = n;
}

void hw_find_cues(hw_reporter *r)
{
    for (uint32_t i = 0; i < r->x->tokens.n; i++) {
        uint8_t kind = hw_rt(r, i)->kind;
        if (r->is_cue[i]) continue;
        int32_t m = r->n->mention_at[i];
        if (m >= 0 && r->n->mentions.v[m].last > r->n->mentions.v[m].first) continue; /* a word of a name */
        if (kind == HW_WORD) {
            verb_cues(r, i);
            if (!r->is_cue[i]) according_cue(r, i);
        } else if (hw_colon_at(r, i)) {
            colon_cue(r, i);
        }
    }
    drop_own_words(r);
    for (uint32_t i = 1; i < r->found.n; i++) { /* nearly sorted: a phrase may reach back by a word */
        hw_cue c = r->found.v[i];
        uint32_t k = i;
        while (k > 0 && r->found.v[k - 1].first > c.first) {
            r->found.v[k] = r->found.v[k - 1];
            k--;
        }
        r->found.v[k] = c;
    }
}
