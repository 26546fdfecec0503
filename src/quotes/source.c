/* In: a cue and what it reports. Out: who speaks (the mention that stands for the speaker, or by the run of the text),
 * through which channel, and who passed it on. */
#include "quotes/find.h"

#include <string.h>

#define RESUMED 6   /* sentences after which a speaker's words are gone on with */
#define DATELINE 10 /* tokens that may stand before a report's first sentence: place and agency */

typedef struct { uint32_t first, last; } span; /* tokens; first > last: empty */

static const hewal_mention *mention(const hw_reporter *r, int32_t i)
{
    return &r->n->mentions.v[i];
}

static uint32_t marks_of(const hw_reporter *r, uint32_t i)
{
    const hw_word *w = &r->w->v[i];
    uint32_t m = 0;
    for (unsigned k = 0; k < w->n_forms; k++)
        if (!w->forms[k].lemma) m |= w->forms[k].marks;
    return m;
}

static bool best_is(const hw_reporter *r, uint32_t i, hw_upos u)
{
    return r->w->v[i].n && r->w->v[i].analyses[0].upos == u;
}

static bool finite_verb(const hw_reporter *r, uint32_t i)
{
    return best_is(r, i, HW_VERB) && !(r->w->v[i].analyses[0].marks & (HW_M_INFINITIVE | HW_M_PARTICIPLE));
}

static bool may_be_adp(const hw_reporter *r, uint32_t i)
{
    const hw_word *w = &r->w->v[i];
    for (unsigned k = 0; k < w->n; k++)
        if (w->analyses[k].upos == HW_ADP && !(w->analyses[k].marks & HW_M_GUESS)) return true;
    return false;
}

/* Governed by an adposition or hanging on a noun by izafe: no subject. */
static bool is_oblique(const hw_reporter *r, uint32_t first, uint32_t from)
{
    if (first > from && hw_rt(r, first - 1)->kind == HW_QUOTE) first--; /* «yekêk le nizîkekanî "X"» */
    if (first <= from) return false;
    uint32_t k = first - 1;
    if (best_is(r, k, HW_CCONJ) || best_is(r, k, HW_SCONJ)) return false;
    hw_match head[1]; /* «ajansî royterz»: what the head is, the name is */
    if (r->n->mention_at[k] < 0 && hw_match_at(r->w, &r->heads_ix, k, head, 1) && head[0].last == k) return is_oblique(r, k, from);
    if (may_be_adp(r, k)) return true;
    if (hw_rt(r, k)->kind != HW_WORD || r->n->mention_at[k] >= 0) return false;
    const hw_analysis *a = r->w->v[k].n ? &r->w->v[k].analyses[0] : NULL;
    return a && (a->upos == HW_NOUN || a->upos == HW_ADJ || a->upos == HW_X || (a->marks & HW_M_INFINITIVE)) &&
           (a->marks & HW_M_IZAFE || ((marks_of(r, k) & HW_M_IZAFE) && (marks_of(r, k) & HW_M_PLURAL)));
}

/* The mention at token i that may be a subject: a role before the names inside it. */
static int32_t subject_mention_at(const hw_reporter *r, uint32_t i, uint32_t from)
{
    int32_t role = r->n->role_at[i], name = r->n->mention_at[i];
    if (role >= 0 && mention(r, role)->first == i && !is_oblique(r, i, from)) return role;
    if (role >= 0 && mention(r, role)->first < i) return HEWAL_NONE;
    if (name >= 0 && mention(r, name)->first == i && !is_oblique(r, i, from)) return name;
    return HEWAL_NONE;
}

/* The subject in a stretch: the first mention that is not oblique in its last clause; a country only when nothing better. */
static int32_t subject_in(const hw_reporter *r, span s)
{
    int32_t best = HEWAL_NONE, country = HEWAL_NONE, oblique = HEWAL_NONE;
    if (s.first > s.last) return best;
    for (uint32_t i = s.first; i < s.last && i < s.first + DATELINE; i++) /* «hewlêr (rûdaw) - …» */
        if (hw_ascii_at(r, i, ')') && hw_ascii_at(r, i + 1, '-')) s.first = i + 2;
    if (s.first > s.last) return best;
    for (uint32_t i = s.first; i <= s.last; i++) {
        if (i > s.first && hw_that_at(r, i) && hw_comma_at(r, i - 1)) { /* «X, ke …, witî»: over the relative clause */
            uint32_t comma = i;
            while (comma <= s.last && !hw_comma_at(r, comma)) comma++;
            if (comma <= s.last) {
                i = comma;
                continue;
            }
        }
        if (finite_verb(r, i) && i + 1 <= s.last) {
            bool more = false;
            for (uint32_t k = i + 1; k <= s.last && !more; k++) {
                int32_t m = subject_mention_at(r, k, s.first);
                more = m >= 0 && mention(r, m)->type != HEWAL_LOC;
            }
            if (more) best = country = HEWAL_NONE;
        }
        int32_t m = subject_mention_at(r, i, s.first);
        int32_t any = r->n->role_at[i] >= 0 ? r->n->role_at[i] : r->n->mention_at[i];
        if (m < 0) {
            if (any >= 0 && is_oblique(r, mention(r, any)->first, s.first)) oblique = mention(r, any)->entity;
            continue;
        }
        if (mention(r, m)->entity == oblique) { /* «leberdem X, serokî …» */
            i = mention(r, m)->last;
            continue;
        }
        if (mention(r, m)->type == HEWAL_LOC) {
            bool begins = i == s.first || hw_comma_at(r, i - 1) || best_is(r, i - 1, HW_CCONJ);
            if (country < 0 && begins) country = m;
        } else if (best < 0) {
            best = m;
        }
        i = mention(r, m)->last;
    }
    if (best < 0) return country;
    /* «wezîrî derewe, X»: the person is the better mention. */
    if (mention(r, best)->type == HEWAL_ROLE)
        for (uint32_t i = mention(r, best)->last + 1; i <= s.last && i <= mention(r, best)->last + 2; i++) {
            int32_t m = r->n->mention_at[i];
            if (m >= 0 && mention(r, m)->type == HEWAL_PER && mention(r, m)->entity == mention(r, best)->entity) return m;
        }
    return best;
}

/* A subject that is no name: «berpirsan», «yekêk le …», «serçaweyek»: a noun, plural or indefinite, governed by nothing. */
static bool unnamed_subject(const hw_reporter *r, span s, uint32_t *at)
{
    for (uint32_t i = s.first; i <= s.last && s.first <= s.last; i++) {
        if (finite_verb(r, i)) return false;
        uint32_t m = r->w->v[i].n ? r->w->v[i].analyses[0].marks : 0;
        bool people = best_is(r, i, HW_ADJ) && (m & HW_M_PLURAL) && !(m & HW_M_DEF); /* «şarezayan» */
        if (!best_is(r, i, HW_NOUN) && !best_is(r, i, HW_PRON) && !people) continue;
        bool counted = i > s.first && (hw_rt(r, i - 1)->kind == HW_NUMBER || best_is(r, i - 1, HW_NUM)); /* «15 xwêndkar» */
        if (!((m & (HW_M_PLURAL | HW_M_INDEF)) || counted) || (m & HW_M_LOC) || is_oblique(r, i, s.first)) continue;
        if (r->n->mention_at[i] >= 0 || r->n->role_at[i] >= 0 || r->t->time_at[i] >= 0) continue;
        if (hw_index_find(&r->channels_ix, hw_phrase(HW_PHRASE_START, r->w->v[i].analyses[0].lemma_hash))) continue;
        *at = i;
        return true;
    }
    return false;
}

/* ---- channels ------------------------------------------------------------------------------------------------------ */

static hewal_channel channel_value(const char *s)
{
    for (int c = HEWAL_UNSPECIFIED; c <= HEWAL_VIDEO; c++)
        if (!strcmp(s, hewal_channel_name((hewal_channel)c))) return (hewal_channel)c;
    return HEWAL_UNSPECIFIED;
}

/* «le kobûnewey emrroy encûmenî wezîranda»: the postposition stands at the end of the phrase. */
static bool in_it(const hw_reporter *r, uint32_t i, uint32_t end)
{
    for (uint32_t k = i; k <= end && k < i + 8; k++) {
        uint32_t m = marks_of(r, k);
        if (m & HW_M_LOC) return true;
        if (!(m & HW_M_IZAFE) && hw_rt(r, k)->kind == HW_WORD && !(k < end && r->n->mention_at[k] >= 0 && r->n->mention_at[k] == r->n->mention_at[k + 1])) return false;
    }
    return false;
}

static bool how_is(const hw_reporter *r, const hw_match *m, const char *how)
{
    return !strcmp(hw_cell(&r->channels, r->channels_ix.posts[m->slot->first].row, hw_column(&r->channels, "how")), how);
}

static hewal_channel channel_in(const hw_reporter *r, span s, bool any, uint32_t verb)
{
    hewal_channel found = HEWAL_UNSPECIFIED;
    bool part = false; /* what was found is only the part of a text */
    for (uint32_t i = s.first; i <= s.last && s.first <= s.last; i++) {
        if (i == verb) continue;
        hw_match m[4];
        if (!hw_match_at(r->w, &r->channels_ix, i, m, 4)) continue;
        uint32_t last = m[0].last;
        bool governed = i > 0 && (hw_adp_at(r, i - 1) || (i > 1 && hw_adp_at(r, i - 2)));
        bool placed = (marks_of(r, last) | m[0].marks) & (HW_M_LOC | HW_M_INDEF);
        if (!any && !placed && !governed) continue;
        if (any && how_is(r, &m[0], "to")) continue; /* «be witey rojnamenûsan» */
        const char *name = hw_cell(&r->channels, r->channels_ix.posts[m[0].slot->first].row, hw_column(&r->channels, "channel"));
        hewal_channel c = channel_value(name);
        if (r->n->mention_at[i] >= 0 && !any && c != HEWAL_TWEET && c != HEWAL_SOCIAL_POST) continue; /* a word of a name, but for «le feysbûk» */
        if (c == HEWAL_MEETING && !(governed && ((marks_of(r, last) & HW_M_POSS) || in_it(r, last, s.last)))) continue;
        if (c == HEWAL_DOCUMENT && !any && !in_it(r, last, s.last)) continue; /* «nîgeranî le birryarêk derbirrî» */
        if (found == HEWAL_UNSPECIFIED || found == HEWAL_MEDIA_REPORT || part) {
            found = c;
            part = how_is(r, &m[0], "part");
        }
        i = last;
    }
    return found;
}

static bool resumes_words(const hw_reporter *r, span s)
{
    hw_match m[2];
    for (uint32_t i = s.first; i <= s.last && s.first <= s.last; i++)
        if (hw_match_at(r->w, &r->channels_ix, i, m, 2) && how_is(r, &m[0], "resume")) return true;
    return false;
}

/* The channel of the last words of a speaker, a few sentences back at most. */
static hewal_channel channel_before(const hw_reporter *r, int32_t speaker, uint32_t sentence)
{
    for (uint32_t q = r->out->quotes.n; q-- > 0;) {
        const hewal_quote *o = &r->out->quotes.v[q];
        if (hw_rt(r, o->last)->sentence + RESUMED < sentence) break;
        if (o->source_entity == speaker && o->channel != HEWAL_UNSPECIFIED) return o->channel;
    }
    return HEWAL_UNSPECIFIED;
}

/* A text that nobody speaks in: a treaty, or the part of what is not told. */
static bool treaty_in(const hw_reporter *r, span s)
{
    hw_match m[2];
    bool part = false, other = false;
    for (uint32_t i = s.first; i <= s.last && s.first <= s.last; i++) {
        if (!hw_match_at(r->w, &r->channels_ix, i, m, 2)) continue;
        if (how_is(r, &m[0], "treaty")) return true;
        if (how_is(r, &m[0], "part")) part = true;
        else other = true;
    }
    return part && !other;
}

/* «rageyêndiraweke», «ew»: what was spoken of before, not «rageyêndirawêkî hawbeş». */
static bool definite_in(const hw_reporter *r, span s)
{
    hw_match m[2];
    bool text = false;
    for (uint32_t i = s.first; i <= s.last && s.first <= s.last; i++) {
        if (hw_match_at(r->w, &r->resumptives_ix, i, m, 2) && !(text && i < s.last && best_is(r, i + 1, HW_NOUN))) return true; /* not «rageyandirawî ew dewllete» */
        if (!hw_match_at(r->w, &r->channels_ix, i, m, 2)) continue;
        text = true;
        uint32_t marks = m[0].marks | r->w->v[m[0].last].analyses[0].marks;
        if ((marks & HW_M_DEF) && !(marks & HW_M_PLURAL)) return true;
    }
    return false;
}

static bool is_media(const hw_reporter *r, int32_t entity)
{
    if (entity < 0) return false;
    const char *known = r->n->entities.v[entity].known;
    if (!known || strncmp(known, "organisations:", 14) != 0) return false;
    hw_table t = hw_model_table(r->x->model, "organisations");
    int english = hw_column(&t, "english"), kind = hw_column(&t, "kind");
    for (uint32_t i = 0; i < t.n_rows; i++)
        if (!strcmp(hw_cell(&t, i, english), known + 14)) return !strcmp(hw_cell(&t, i, kind), "media");
    return false;
}

/* «be rûdawî rageyand»: said to a media outlet. */
int32_t hw_told_to_media(const hw_reporter *r, uint32_t first, uint32_t last)
{
    span s = {first, last};
    for (uint32_t i = s.first; i <= s.last && s.first <= s.last; i++) {
        int32_t m = r->n->mention_at[i];
        if (m < 0 || mention(r, m)->first != i || mention(r, m)->type != HEWAL_ORG || i == 0) continue;
        uint32_t k = i - 1;
        while (k > s.first && (hw_ascii_at(r, k, '(') || hw_rt(r, k)->kind == HW_QUOTE || (best_is(r, k, HW_NOUN) && i - k < 4))) k--;
        if (may_be_adp(r, k) && is_media(r, mention(r, m)->entity)) return mention(r, m)->entity;
    }
    return HEWAL_NONE;
}

/* ---- the speaker ---------------------------------------------------------------------------------------------------- */

static void take_mention(const hw_reporter *r, hw_speaker *sp, int32_t m, float confidence)
{
    sp->source = m;
    sp->entity = mention(r, m)->entity;
    sp->confidence = confidence;
}

static void take_unnamed(hw_reporter *r, hw_speaker *sp, uint32_t at)
{
    const char *word = hw_rt(r, at)->norm;
    sp->source = HEWAL_NONE;
    sp->entity = hw_names_add_entity(r->n, HEWAL_PER, hw_sprintf(r->a, "%s (unnamed)", word), word);
    sp->confidence = 0.6f;
}

static void take_last(const hw_reporter *r, hw_speaker *sp)
{
    sp->source = HEWAL_NONE;
    sp->entity = r->last_speaker;
    sp->confidence = 0.6f;
}

static hw_speaker according(hw_reporter *r, const hw_cue *cue, const hw_content *content)
{
    hw_speaker sp = {HEWAL_NONE, HEWAL_NONE, HEWAL_UNSPECIFIED, HEWAL_NONE, HEWAL_NONE, 0.7f};
    uint32_t end = content->first > cue->last + 1 ? content->first - 1 : cue->last + 1;
    span s = {cue->last + 1, end};
    sp.channel = channel_in(r, s, true, cue->verb);
    for (uint32_t i = s.first; i <= s.last; i++) {
        if (hw_that_at(r, i) && i > s.first && hw_comma_at(r, i - 1)) break; /* «bepêy rêkkewtinnameke, ke X …» */
        bool people = best_is(r, i, HW_NOUN) && (r->w->v[i].analyses[0].marks & HW_M_PLURAL) && r->n->role_at[i] < 0 && r->n->mention_at[i] < 0 &&
                      !hw_index_find(&r->channels_ix, hw_phrase(HW_PHRASE_START, r->w->v[i].analyses[0].lemma_hash));
        int32_t role = r->n->role_at[i], m = r->n->mention_at[i];
        if (role >= 0) {
            take_mention(r, &sp, role, 0.85f);
            return sp;
        }
        if (m >= 0) {
            take_mention(r, &sp, m, 0.85f);
            if (sp.channel == HEWAL_UNSPECIFIED && is_media(r, sp.entity)) sp.channel = HEWAL_MEDIA_REPORT;
            return sp;
        }
        if (people) {
            take_unnamed(r, &sp, i);
            return sp;
        }
    }
    /* «bepêy rageyêndiraweke»: the one just spoken of. */
    if (r->last_speaker >= 0 && !treaty_in(r, s) && definite_in(r, s)) take_last(r, &sp);
    if (sp.channel == HEWAL_UNSPECIFIED) sp.channel = r->last_channel;
    return sp;
}

/* An according-to in the same sentence whose words these lie in: who passed them on. */
static int32_t passed_on_by(const hw_reporter *r, uint32_t c, int32_t speaker)
{
    uint32_t sentence = hw_rt(r, r->found.v[c].first)->sentence;
    for (uint32_t q = r->out->quotes.n; q-- > 0;) {
        const hewal_quote *o = &r->out->quotes.v[q];
        if (hw_rt(r, o->last)->sentence < sentence) break;
        if (o->cue_e > o->cue_b && o->source_entity >= 0 && o->source_entity != speaker && o->first <= r->found.v[c].first && o->last >= r->found.v[c].first)
            return o->source_entity;
    }
    for (uint32_t k = c; k-- > 0;) {
        if (hw_rt(r, r->found.v[k].first)->sentence != sentence) break;
        if (r->found.v[k].frame != HW_ACCORDING) continue;
        for (uint32_t i = r->found.v[k].last + 1; i < r->found.v[c].first; i++) {
            int32_t m = r->n->role_at[i] >= 0 ? r->n->role_at[i] : r->n->mention_at[i];
            if (m >= 0) return mention(r, m)->entity != speaker ? mention(r, m)->entity : HEWAL_NONE;
            if (hw_comma_at(r, i)) break;
        }
    }
    return HEWAL_NONE;
}

/* Where the cue's own clause begins: behind what another cue in the sentence reported before, and inside the quotation the
 * cue stands in. */
static span clause_before(const hw_reporter *r, uint32_t c, const hw_content *content, bool *behind_quote)
{
    *behind_quote = false;
    const hw_cue *cue = &r->found.v[c];
    const hw_sentence *s = &r->x->sentences.v[hw_rt(r, cue->first)->sentence];
    span out = {s->first, cue->first};
    uint16_t around = hw_rt(r, cue->first)->quotation;
    if (around && r->x->quotations.v[around - 1].first > out.first) out.first = r->x->quotations.v[around - 1].first;
    for (uint32_t q = r->out->quotes.n; q-- > 0;) {
        const hewal_quote *o = &r->out->quotes.v[q];
        if (o->last < out.first) break;
        if (o->last < cue->first && o->last + 1 > out.first) {
            out.first = o->last + 1;
            *behind_quote = true;
        }
    }
    for (uint32_t k = c; k-- > 0 && r->found.v[k].first >= out.first;) /* behind «bepêy …،» */
        if (r->found.v[k].frame == HW_ACCORDING) {
            uint32_t comma = r->found.v[k].last + 1;
            while (comma < cue->first && !hw_comma_at(r, comma)) comma++;
            if (comma + 1 < cue->first) out.first = comma + 1;
            break;
        }
    if (content->found && content->last < cue->first && content->last >= out.first) {
        span between = {content->last + 1, cue->first};
        if (subject_in(r, (span){between.first, cue->first ? cue->first - 1 : 0}) >= 0) out = between;
    }
    if (cue->first == out.first) return (span){1, 0};
    out.last = cue->first - 1;
    return out;
}

/* «ajansî X le zarî Y ewe»: the mention behind the word, whose words they are. */
static int32_t mouth_in(const hw_reporter *r, span s)
{
    hw_match m[2];
    for (uint32_t i = s.first; i <= s.last && s.first <= s.last; i++) {
        if (!hw_match_at(r->w, &r->mouths_ix, i, m, 2)) continue;
        for (uint32_t k = m[0].last + 1; k <= s.last && k <= m[0].last + 4; k++) {
            int32_t found = r->n->role_at[k] >= 0 ? r->n->role_at[k] : r->n->mention_at[k];
            if (found >= 0) return found;
        }
    }
    return HEWAL_NONE;
}

/* «nawbiraw …»: the speaker just named, before any other mention. */
static bool resumed(const hw_reporter *r, span s, uint32_t before)
{
    hw_match m[2];
    for (uint32_t i = s.first; i <= s.last && i < before && s.first <= s.last; i++) {
        if (!hw_match_at(r->w, &r->resumptives_ix, i, m, 2) || (i > s.first && hw_adp_at(r, i - 1))) continue;
        const hw_word *next = &r->w->v[i + 1 < r->x->tokens.n ? i + 1 : i]; /* «ew willate» is a demonstrative */
        if (next->n && (next->analyses[0].upos == HW_NOUN || next->analyses[0].upos == HW_ADJ) && (next->analyses[0].marks & (HW_M_DEF | HW_M_INDEF))) continue;
        return true;
    }
    return false;
}

/* «X و Y rayangeyand»: people joined as the subject of a plural verb. */
static bool several_people(const hw_reporter *r, span s)
{
    int32_t first = HEWAL_NONE;
    for (uint32_t i = s.first; i <= s.last && s.first <= s.last; i++) {
        int32_t m = r->n->mention_at[i];
        if (m < 0 || mention(r, m)->first != i || mention(r, m)->type != HEWAL_PER || is_oblique(r, i, s.first)) continue;
        if (first < 0) first = mention(r, m)->entity;
        else if (mention(r, m)->entity != first) return true;
    }
    return false;
}

/* «rageyêndiraweke dellêt»: the text just spoken of is the subject. */
static bool text_speaks(const hw_reporter *r, span s)
{
    hw_match m[2];
    for (uint32_t i = s.first; i <= s.last && s.first <= s.last; i++) {
        if (!hw_match_at(r->w, &r->channels_ix, i, m, 2) || (i > s.first && is_oblique(r, i, s.first))) continue;
        uint32_t marks = m[0].marks | r->w->v[m[0].last].analyses[0].marks;
        if ((marks & HW_M_DEF) && !(marks & (HW_M_LOC | HW_M_PLURAL))) return true;
    }
    return false;
}

/* «le namekey X da …»: whose the text is. */
int32_t hw_author_in(const hw_reporter *r, uint32_t first, uint32_t last)
{
    span s = {first, last};
    hw_match m[2];
    for (uint32_t i = s.first; i <= s.last && s.first <= s.last; i++) {
        if (r->n->mention_at[i] >= 0 || !hw_match_at(r->w, &r->channels_ix, i, m, 2)) continue;
        uint32_t next = m[0].last + 1;
        if (next > s.last || !(r->w->v[m[0].last].n && (r->w->v[m[0].last].analyses[0].marks | m[0].marks) & HW_M_IZAFE)) continue;
        int32_t who = r->n->role_at[next] >= 0 ? r->n->role_at[next] : r->n->mention_at[next];
        if (who >= 0 && mention(r, who)->first == next && mention(r, who)->type != HEWAL_LOC) return who;
    }
    return HEWAL_NONE;
}

/* «dewtirêt …», «rageyenra ke …»: nobody is named, and nothing is gone on with. */
static bool hearsay(const hw_reporter *r, const hw_cue *cue, bool channel)
{
    if (!(cue->marks & HW_M_PASSIVE) || channel) return false;
    bool now = cue->marks & HW_M_PRESENT && !(cue->marks & HW_M_PERFECT); /* «bas lewe dekirêt» */
    if ((cue->frame != HW_SAY || cue->pointed) && !now) return false;
    for (uint32_t i = cue->first; i <= cue->last; i++)
        if ((marks_of(r, i) | (r->w->v[i].n ? r->w->v[i].analyses[0].marks : 0)) & HW_M_ISH) return false;
    return true;
}

hw_speaker hw_speaker_of(hw_reporter *r, uint32_t c, const hw_content *content)
{
    const hw_cue *cue = &r->found.v[c];
    if (cue->frame == HW_ACCORDING) return according(r, cue, content);
    bool anywhere = cue->pointed && cue->channel == HEWAL_SPEECH; /* «qisey lewe kird» */
    hw_speaker sp = {HEWAL_NONE, HEWAL_NONE, anywhere ? HEWAL_UNSPECIFIED : cue->channel, HEWAL_NONE, HEWAL_NONE, 0.7f};
    bool behind_quote;
    span before = clause_before(r, c, content, &behind_quote);
    uint32_t at = 0;
    int32_t m = subject_in(r, before);
    if (m >= 0 && behind_quote && mention(r, m)->type == HEWAL_LOC) m = HEWAL_NONE; /* the speaker goes on */
    if (m >= 0 && r->last_speaker >= 0 && resumed(r, before, mention(r, m)->first)) m = HEWAL_NONE;
    bool own_channel = false;
    if (sp.channel == HEWAL_UNSPECIFIED && cue->frame != HW_COLON) {
        span all = {before.first <= before.last ? before.first : cue->first, content->first > cue->last ? content->first - 1 : cue->last};
        sp.channel = channel_in(r, all, cue->frame == HW_STAND, cue->verb);
        own_channel = sp.channel != HEWAL_UNSPECIFIED;
    }
    if (cue->marks & HW_M_PASSIVE && cue->frame != HW_STAND) {
        int32_t author = hw_author_in(r, before.first, before.last);
        if (author >= 0) m = author;
        if (m < 0 && hearsay(r, cue, own_channel)) return sp;
    }
    if (sp.channel == HEWAL_UNSPECIFIED && c > 0) { /* «qisey kird u raygeyand»: how, by the verb before */
        const hw_cue *led = &r->found.v[c - 1];
        if (led->channel != HEWAL_UNSPECIFIED && led->verb < cue->first && cue->first - led->verb <= 3 && hw_and_at(r, led->verb + 1)) sp.channel = led->channel;
        own_channel |= sp.channel != HEWAL_UNSPECIFIED;
    }
    if (m >= 0 && cue->person == 6 && several_people(r, before)) {
        sp.entity = hw_names_add_entity(r->n, HEWAL_PER, "Several people together", mention(r, m)->entity >= 0 ? r->n->entities.v[mention(r, m)->entity].name_ckb : "");
        sp.confidence = 0.5f;
    } else if (m >= 0 && cue->frame != HW_STAND) {
        take_mention(r, &sp, m, mention(r, m)->type == HEWAL_LOC ? 0.6f : 0.85f);
    } else if (cue->frame == HW_STAND) {
        int32_t in = HEWAL_NONE;
        for (uint32_t i = before.first; i <= before.last && before.first <= before.last && in < 0; i++) {
            in = r->n->role_at[i] >= 0 ? r->n->role_at[i] : r->n->mention_at[i];
            if (in >= 0 && mention(r, in)->type == HEWAL_LOC) in = HEWAL_NONE;
        }
        bool treaty = treaty_in(r, before); /* it has no speaker */
        if (!treaty && in >= 0) take_mention(r, &sp, in, 0.75f);
        else if (!treaty) {
            take_last(r, &sp);
            if (sp.entity < 0 && r->last_source_mention >= 0) sp.entity = mention(r, r->last_source_mention)->entity;
        }
    } else if (text_speaks(r, before)) {
        sp.entity = r->text_speaker;
    } else if (unnamed_subject(r, before, &at) && (cue->person == 6 || cue->person == 0 || (r->w->v[at].analyses[0].marks & HW_M_INDEF))) {
        take_unnamed(r, &sp, at);
    } else if (r->last_speaker >= 0) {
        take_last(r, &sp);
    } else if (r->last_source_mention >= 0) {
        sp.entity = mention(r, r->last_source_mention)->entity;
        sp.confidence = 0.5f;
    }
    int32_t mouth = mouth_in(r, before);
    if (mouth >= 0 && mention(r, mouth)->entity != sp.entity) {
        sp.via = sp.entity;
        sp.source = mouth;
        sp.entity = mention(r, mouth)->entity;
        if (sp.channel == HEWAL_UNSPECIFIED) sp.channel = HEWAL_MEDIA_REPORT;
    }
    int32_t outlet = hw_told_to_media(r, before.first, before.last);
    if (outlet >= 0) {
        sp.addressee = outlet;
        if (sp.channel == HEWAL_UNSPECIFIED || sp.channel == HEWAL_MEDIA_REPORT) sp.channel = HEWAL_INTERVIEW;
        own_channel = true;
    }
    if (sp.channel == HEWAL_SPEECH && sp.entity >= 0 && resumes_words(r, before)) { /* «le beşêkî dîkey qisekanîda» */
        hewal_channel had = channel_before(r, sp.entity, hw_rt(r, cue->first)->sentence);
        if (had != HEWAL_UNSPECIFIED) sp.channel = had;
    }
    if (sp.via < 0) sp.via = passed_on_by(r, c, sp.entity);
    if (sp.channel == HEWAL_UNSPECIFIED && sp.entity >= 0 && sp.entity == r->last_speaker && (r->last_channel != HEWAL_MEETING || sp.source < 0) && /* who is named afresh need not speak in the meeting any more */
        hw_rt(r, cue->first)->sentence - r->last_sentence <= 4)
        sp.channel = r->last_channel;
    if (sp.channel == HEWAL_UNSPECIFIED && !own_channel && is_media(r, sp.entity)) sp.channel = HEWAL_MEDIA_REPORT;
    return sp;
}
