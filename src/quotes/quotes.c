/* In: words, names, times. Out: quotes, in text order. Sentence by sentence: each cue's content and speaker; then what
 * stands in quotation marks alone and goes on with the speaker before it, or belongs to the one that follows. */
#include "quotes/find.h"

#include "base/hash.h"
#include <stdlib.h>
#include <string.h>

#define SIGNATURE 14 /* tokens of the line below a quotation that may say who speaks */

/* «bepêy X، Y bellên dedat …»: within other words, what only may be speaking is none; within somebody's own words
 * behind a colon nothing is. */
static bool told_within(const hw_reporter *r, const hw_cue *c, const hw_content *k)
{
    uint32_t n = r->out->quotes.n;
    bool own = n && r->out->quotes.v[n - 1].kind == HEWAL_DIRECT && hw_colon_at(r, r->out->quotes.v[n - 1].first - 1) && !hw_rt(r, c->first)->quotation && !k->is_pair && !k->colon;
    if (!own && (c->frame != HW_OPEN || c->pointed || k->is_pair || k->first != c->last + 1)) return false;
    return n && r->out->quotes.v[n - 1].first <= c->first && r->out->quotes.v[n - 1].last >= k->last;
}

/* «bepêy X، A u gutûyetî "B"»: what X passes on ends where somebody's words in marks are led in. */
static void end_before(hw_reporter *r, uint32_t c, const hw_content *k)
{
    const hw_cue *cue = &r->found.v[c];
    hewal_quote *o = r->out->quotes.n ? &r->out->quotes.v[r->out->quotes.n - 1] : NULL;
    if (!o || !k->is_pair || o->kind == HEWAL_DIRECT || cue->first < o->first + 4 || o->last < k->last || o->last > k->last + 1 || !hw_and_at(r, cue->first - 1)) return;
    for (uint32_t i = c; i-- > 0 && hw_rt(r, r->found.v[i].first)->sentence == hw_rt(r, cue->first)->sentence;)
        if (r->found.v[i].frame == HW_ACCORDING && hw_rt(r, r->found.v[i].first)->b == o->cue_b) {
            o->last = cue->first - 2;
            o->e = hw_rt(r, o->last)->e;
            o->kind = HEWAL_INDIRECT;
        }
}

/* Whether tokens first..last meet a quote already kept, other than by lying wholly inside its words (a quote in a quote). */
static bool clashes(const hw_reporter *r, uint32_t first, uint32_t last)
{
    for (uint32_t q = r->out->quotes.n; q-- > 0;) {
        const hewal_quote *o = &r->out->quotes.v[q];
        if (r->out->quotes.n - q > 64) break; /* kept nearly in order: what meets is near the end */
        if (o->last < first || o->first > last) continue;
        bool inside = first >= o->first && last <= o->last && (last - first) * 10 < (o->last - o->first) * 9;
        bool around = o->first >= first && o->last <= last && (o->last - o->first) * 10 < (last - first) * 9;
        if (!inside && !around) return true;
    }
    return false;
}

static void keep(hw_reporter *r, const hw_cue *cue, uint32_t first, uint32_t last, hewal_kind kind, const hw_speaker *sp)
{
    hewal_quote *q = hw_push(r->a, &r->out->quotes);
    *q = (hewal_quote){.b = hw_rt(r, first)->b, .e = hw_rt(r, last)->e, .first = first, .last = last, .kind = kind,
                       .channel = sp->channel, .source = sp->source, .source_entity = sp->entity, .addressee_entity = sp->addressee,
                       .confidence = sp->confidence};
    if (cue) {
        q->cue_b = hw_rt(r, cue->first)->b;
        q->cue_e = hw_rt(r, cue->last)->e;
    }
    if (sp->via >= 0) {
        int32_t *v = hw_alloc(r->a, sizeof *v);
        *v = sp->via;
        q->via = v;
        q->n_via = 1;
    }
    r->last_speaker = sp->entity;
    r->last_channel = sp->channel;
    if (sp->channel == HEWAL_STATEMENT || sp->channel == HEWAL_DOCUMENT || sp->channel == HEWAL_LETTER) r->text_speaker = sp->entity;
    r->last_sentence = hw_rt(r, last)->sentence;
    r->last_paragraph = r->x->sentences.v[r->last_sentence].paragraph;
}

/* «… "A" و "B"»: further quotations joined to the one just kept. */
static void joined_pairs(hw_reporter *r, const hw_cue *cue, const hw_quotation *q, hw_speaker sp)
{
    uint32_t i = q->close;
    if (q->close == q->open) return;
    for (;;) {
        uint32_t k = i + 1;
        while (k < r->x->tokens.n && hw_rt(r, k)->sentence == hw_rt(r, i)->sentence && (hw_and_at(r, k) || hw_comma_at(r, k)) && k < i + 4) k++;
        const hw_quotation *next = k > i + 1 && k < r->x->tokens.n && hw_rt(r, k)->kind == HW_QUOTE ? hw_opens_at(r, k) : NULL;
        if (!next || next->first >= next->last || next->close == next->open || clashes(r, next->first, next->last)) return;
        sp.source = HEWAL_NONE;
        keep(r, cue, next->first, next->last, HEWAL_DIRECT, &sp);
        i = next->close;
    }
}

static const hw_quotation *pair_holding(const hw_reporter *r, uint32_t first)
{
    uint16_t q = hw_rt(r, first)->quotation;
    return q ? &r->x->quotations.v[q - 1] : NULL;
}

/* What the discourse remembers of a sentence without quotes: its subject, and a channel it announces («rageyêndirawêkî
 * billawkirdewe»). */
static void pass_sentence(hw_reporter *r, uint32_t s)
{
    const hw_sentence *st = &r->x->sentences.v[s];
    for (uint32_t i = st->first; i <= st->last; i++) {
        int32_t m = r->n->role_at[i] >= 0 ? r->n->role_at[i] : r->n->mention_at[i];
        if (m < 0) continue;
        const hewal_mention *k = &r->n->mentions.v[m];
        bool oblique = k->first > st->first && hw_adp_at(r, k->first - 1);
        if (!oblique && k->type != HEWAL_LOC) {
            r->last_source_mention = m;
            hewal_channel c = HEWAL_UNSPECIFIED;
            for (uint32_t j = k->last + 1; j <= st->last && c == HEWAL_UNSPECIFIED; j++) {
                hw_match mm[2];
                if (!hw_match_at(r->w, &r->channels_ix, j, mm, 2) || !(mm[0].marks & HW_M_INDEF)) continue;
                const char *name = hw_cell(&r->channels, r->channels_ix.posts[mm[0].slot->first].row, hw_column(&r->channels, "channel"));
                for (int v = HEWAL_STATEMENT; v <= HEWAL_VIDEO; v++)
                    if (!strcmp(name, hewal_channel_name((hewal_channel)v))) c = (hewal_channel)v;
            }
            if (k->entity != r->last_speaker || c != HEWAL_UNSPECIFIED) {
                r->last_channel = c;
                r->last_speaker = c != HEWAL_UNSPECIFIED ? k->entity : r->last_speaker;
                r->last_sentence = s;
            }
            if (s - r->last_sentence > 1) r->last_speaker = k->entity; /* the talk has moved on */
            return;
        }
        i = k->last;
    }
}

/* A line that is nothing but a quotation. */
static const hw_quotation *lone_pair(const hw_reporter *r, uint32_t s)
{
    const hw_sentence *st = &r->x->sentences.v[s];
    const hw_quotation *q = hw_rt(r, st->first)->kind == HW_QUOTE ? hw_opens_at(r, st->first) : NULL;
    if (!q || q->close == q->open || q->last < q->first + 3) return NULL;
    uint32_t next = q->close + 1;
    while (next < r->x->tokens.n && !(hw_rt(r, next)->flags & (HW_NEWLINE | HW_WIDE)) && hw_rt(r, next)->kind != HW_WORD) next++;
    return next >= r->x->tokens.n || (hw_rt(r, next)->flags & (HW_NEWLINE | HW_WIDE)) ? q : NULL;
}

/* Where a line's first words are, behind «د.» and the like. */
static uint32_t line_text(const hw_reporter *r, uint32_t i)
{
    while (i + 2 < r->x->tokens.n && hw_rt(r, i)->kind == HW_WORD && hw_ascii_at(r, i + 1, '.') && (hw_rt(r, i + 1)->flags & HW_GLUED) && r->n->mention_at[i] < 0 &&
           hw_rt(r, i)->norm_len <= 4)
        i += 2;
    return i;
}

/* The person, organisation or office that a line begins with, or HEWAL_NONE. */
static int32_t line_head(const hw_reporter *r, uint32_t i)
{
    int32_t m = r->n->mention_at[i] >= 0 ? r->n->mention_at[i] : r->n->role_at[i];
    if (m < 0 || r->n->mentions.v[m].type == HEWAL_LOC) m = r->n->role_at[i];
    return m >= 0 && r->n->mentions.v[m].first == i ? m : HEWAL_NONE;
}

/* The person who stands in a line of token i.. that has no more: «şîrwan mîrza - perlemantar», a line that begins with a person and
 * has no finite verb, or goes on with a dash and an office. */
static int32_t signature(const hw_reporter *r, uint32_t i)
{
    i = line_text(r, i);
    int32_t m = line_head(r, i);
    if (m < 0 || r->n->mentions.v[m].type == HEWAL_ORG) return HEWAL_NONE;
    const hw_sentence *s = &r->x->sentences.v[hw_rt(r, i)->sentence];
    uint32_t dash = r->n->mentions.v[m].last + 1;
    while (dash < s->last && hw_rt(r, dash)->kind == HW_WORD && dash < r->n->mentions.v[m].last + 3) dash++; /* a surname that no list has */
    bool office = dash < s->last && (hw_ascii_at(r, dash, '-') || hw_comma_at(r, dash)) && r->n->role_at[dash + 1] >= 0;
    for (uint32_t k = i; k <= s->last && k < i + SIGNATURE; k++) {
        const hw_word *w = &r->w->v[k];
        if (hw_colon_at(r, k)) return HEWAL_NONE;
        if (office || r->n->role_at[k] >= 0) continue;
        if (w->n && w->analyses[0].upos == HW_VERB && !(w->analyses[0].marks & (HW_M_INFINITIVE | HW_M_PARTICIPLE | HW_M_GUESS))) return HEWAL_NONE;
    }
    return m;
}

/* The first word of the line behind the quotation, or n. */
static uint32_t line_behind(const hw_reporter *r, const hw_quotation *q)
{
    uint32_t i = q->close + 1, n = r->x->tokens.n;
    while (i < n && hw_rt(r, i)->kind != HW_WORD && !(i > q->close + 1 && hw_rt(r, i)->flags & HW_NEWLINE)) i++;
    return i < n && (hw_rt(r, i)->flags & (HW_NEWLINE | HW_WIDE)) ? i : n;
}

/* Who signs a quotation in the next line, or stands alone in the line above. Where it speaks of «me» and «us», also who the next
 * line, or the one above, begins with, or whose message the next one calls it; but not when it `heads` a report of words. */
static int32_t signed_by(const hw_reporter *r, const hw_quotation *q, bool heads)
{
    uint32_t next = line_behind(r, q), s = hw_rt(r, q->open)->sentence;
    uint32_t above = s ? r->x->sentences.v[s - 1].first : r->x->tokens.n;
    int32_t m = next < r->x->tokens.n ? signature(r, next) : HEWAL_NONE;
    if (m < 0 && above < r->x->tokens.n) m = signature(r, above);
    if (m >= 0 || heads || !hw_first_person(r, q->first, q->last)) return m;
    if (next < r->x->tokens.n) m = line_head(r, line_text(r, next));
    if (m < 0 && next < r->x->tokens.n) m = hw_author_in(r, next, r->x->sentences.v[hw_rt(r, next)->sentence].last);
    if (m < 0 && above < r->x->tokens.n) m = line_head(r, line_text(r, above));
    return m;
}

/* «kilîkî wêneke bike»: the outlet speaks to its readers. */
static bool is_advert(const hw_reporter *r, const hw_quotation *q)
{
    for (uint32_t i = q->first; i <= q->last; i++)
        if (hw_sort_at(r, i, "advert")) return true;
    return false;
}

/* Whether the marks before tokens a and b are alike: a heading in 'single' ones stands among "words" in double ones. */
static bool same_marks(const hw_reporter *r, uint32_t a, uint32_t b)
{
    const hw_token *x = a ? hw_rt(r, a - 1) : NULL, *y = b ? hw_rt(r, b - 1) : NULL;
    if (!x || !y || x->kind != HW_QUOTE || y->kind != HW_QUOTE) return true;
    return x->e - x->b == y->e - y->b && !memcmp(r->x->raw + x->b, r->x->raw + y->b, x->e - x->b);
}

static void lone_pairs(hw_reporter *r)
{
    uint32_t had = r->out->quotes.n, n = r->x->sentences.n;
    uint32_t *ends = HW_NEWS(r->a, uint32_t, n + 4), *begins = HW_NEWS(r->a, uint32_t, n + 4); /* per sentence: 1 + the last quote that ends in it, the first that begins */
    for (uint32_t k = 0; k < had; k++) ends[hw_rt(r, r->out->quotes.v[k].last)->sentence] = k + 1;
    for (uint32_t k = had; k-- > 0;) begins[hw_rt(r, r->out->quotes.v[k].first)->sentence] = k + 1;
    uint8_t *taken = HW_NEWS(r->a, uint8_t, r->x->tokens.n + 1);
    for (uint32_t k = 0; k < had; k++) taken[r->out->quotes.v[k].first] = 1;
    for (uint32_t s = 0; s < n; s++) {
        const hw_quotation *q = lone_pair(r, s);
        if (!q || taken[q->first] || clashes(r, q->first, q->last) || is_advert(r, q)) continue;
        uint32_t k = s > 0 ? ends[s - 1] : 0; /* the quote just before, else the one that comes next */
        for (uint32_t later = s + 1; !k && later <= s + 3; later++) k = begins[later];
        const hewal_quote *near = k ? &r->out->quotes.v[k - 1] : NULL;
        if (near && !same_marks(r, q->first, near->first)) continue;
        const hewal_quote *next = s + 1 < n && begins[s + 1] ? &r->out->quotes.v[begins[s + 1] - 1] : NULL;
        int32_t signer = signed_by(r, q, next && next->cue_e - next->cue_b > 1);
        if (signer >= 0) {
            hw_speaker sp = {signer, r->n->mentions.v[signer].entity, HEWAL_UNSPECIFIED, HEWAL_NONE, HEWAL_NONE, 0.7f};
            keep(r, NULL, q->first, q->last, HEWAL_DIRECT, &sp);
            continue;
        }
        if (!near || near->kind != HEWAL_DIRECT) continue;
        hw_speaker sp = {HEWAL_NONE, near->source_entity, near->channel, HEWAL_NONE, near->addressee_entity, near->confidence * 0.8f};
        uint32_t cue_b = near->cue_b, cue_e = near->cue_e;
        keep(r, NULL, q->first, q->last, HEWAL_DIRECT, &sp);
        hewal_quote *mine = &r->out->quotes.v[r->out->quotes.n - 1];
        mine->cue_b = cue_b;
        mine->cue_e = cue_e;
    }
}

static int by_place(const void *pa, const void *pb)
{
    const hewal_quote *a = pa, *b = pb;
    if (a->b != b->b) return a->b < b->b ? -1 : 1;
    return a->e > b->e ? -1 : a->e < b->e;
}

static void open_tables(hw_reporter *r)
{
    const hewal_model *m = r->x->model;
    r->cues = hw_model_table(m, "cues");
    r->verbs = HW_NEWS(r->a, const uint64_t *, r->cues.n_rows + 1);
    r->pointers = hw_model_table(m, "pointers");
    r->channels = hw_model_table(m, "channels");
    r->cues_ix = hw_model_index(m, "cues");
    r->pointers_ix = hw_model_index(m, "pointers");
    r->accordings_ix = hw_model_index(m, "accordings");
    r->channels_ix = hw_model_index(m, "channels");
    r->containers_ix = hw_model_index(m, "containers");
    r->resumptives_ix = hw_model_index(m, "resumptives");
    r->mouths_ix = hw_model_index(m, "mouths");
    r->heads_ix = hw_model_index(m, "heads");
    r->words = hw_model_table(m, "quote-words");
    r->words_ix = hw_model_index(m, "quote-words");
    r->links_ix = hw_model_index(m, "links");
}

hw_quotes *hw_quotes_read(const hw_words *w, hw_names *n, const hw_times *t)
{
    hw_arena *a = w->text->arena;
    hw_reporter *r = HW_NEW(a, hw_reporter);
    r->w = w;
    r->x = w->text;
    r->n = n;
    r->t = t;
    r->a = a;
    r->out = HW_NEW(a, hw_quotes);
    r->is_cue = HW_NEWS(a, uint8_t, w->text->tokens.n + 1);
    r->last_speaker = r->last_source_mention = r->text_speaker = HEWAL_NONE;
    open_tables(r);
    uint32_t lines = r->x->sentences.n ? r->x->sentences.v[r->x->sentences.n - 1].paragraph + 1 : 0;
    r->a_sentence_a_line = lines > 2 && r->x->sentences.n * 2 <= lines * 3;
    hw_find_cues(r);
    uint32_t c = 0;
    for (uint32_t s = 0; s < r->x->sentences.n; s++) {
        bool any = false;
        for (; c < r->found.n && hw_rt(r, r->found.v[c].first)->sentence == s; c++) {
            hw_content k = hw_content_of(r, c);
            if (!k.found || clashes(r, k.first, k.last) || told_within(r, &r->found.v[c], &k)) continue;
            hw_speaker sp = hw_speaker_of(r, c, &k);
            end_before(r, c, &k);
            hw_content before = k.is_pair && k.first > r->found.v[c].last ? hw_content_before(r, c) : (hw_content){0};
            if (before.found && !clashes(r, before.first, before.last)) keep(r, &r->found.v[c], before.first, before.last, before.kind, &sp);
            keep(r, &r->found.v[c], k.first, k.last, k.kind, &sp);
            if (k.is_pair) joined_pairs(r, &r->found.v[c], pair_holding(r, k.first), sp);
            any = true;
        }
        if (!any) pass_sentence(r, s);
    }
    lone_pairs(r);
    if (r->out->quotes.n) qsort(r->out->quotes.v, r->out->quotes.n, sizeof *r->out->quotes.v, by_place);
    if (r->out->quotes.n) hw_settle_channels(r);
    return r->out;
}
