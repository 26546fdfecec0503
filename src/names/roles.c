/* In: settled names. Out: roles («serokwezîranî 'êraq»), each with the person it is: the one it stands beside, one of the
 * same office in the article, whoever held the office on the article's date, or a person known by the office alone. */
#include "names/roles.h"

#include "base/hash.h"
#include <string.h>

static uint64_t role_key(const hw_roles *rs, const hw_role *r)
{
    const hw_finder *f = rs->f;
    const char *id = hw_role_cell(rs, r, rs->col_id);
    uint64_t h = hw_phrase(UINT64_C(77), hw_hash(id, strlen(id)));
    h = hw_phrase(h, r->holder >= 0 ? (uint64_t)r->holder + 1 : 0);
    for (uint32_t i = r->title_last + 1; i <= r->last; i++)
        if (f->span_at[i] < 0 && hw_tok(f, i)->kind == HW_WORD) {
            hw_match m[2];
            if (hw_match_at(f->w, &f->portfolio_ix, i, m, 2)) h = hw_phrase(h, f->portfolio_ix.posts[m[0].slot->first].row + 1000);
        }
    if (r->indefinite) h = hw_phrase(h, r->first);
    return h;
}

static const char *role_name(hw_roles *rs, const hw_role *r)
{
    hw_finder *f = rs->f;
    const char *t = hw_role_cell(rs, r, rs->col_english), *at = strstr(t, "%s");
    const char *what = r->holder >= 0 ? f->out->entities.v[r->holder].name
                       : r->last > r->title_last ? hw_english(f, r->title_last + 1, r->last) : "";
    if (!at) return *what ? hw_sprintf(f->a, "%s (%s)", t, what) : t;
    if (!*what) { /* "President of %s" without its object */
        size_t n = (size_t)(at - t);
        while (n && t[n - 1] == ' ') n--;
        if (n > 3 && !strncmp(t + n - 3, " of", 3)) n -= 3;
        return hw_strndup(f->a, t, n);
    }
    return hw_sprintf(f->a, "%.*s%s%s", (int)(at - t), t, what, at + 2);
}

/* ---- titles --------------------------------------------------------------------------------------------------------- */

/* A title in the singular, or in the plural, begins at token i. */
static bool title_at(const hw_roles *rs, uint32_t i, bool plural, hw_role *r)
{
    hw_finder *f = rs->f;
    hw_match m[6];
    uint32_t head_last;
    if (i >= f->x->tokens.n || hw_tok(f, i)->kind != HW_WORD || f->span_at[i] >= 0) return false;
    bool address = !strcmp(hw_head_at(f, i, NULL, &head_last), "person");
    unsigned n = hw_match_at(f->w, &f->titles, i, m, 6);
    const uint32_t never = HW_M_PAST | HW_M_PRESENT | HW_M_SUBJUNCTIVE;
    for (unsigned k = 0; k < n; k++) {
        bool pointed = !(m[k].marks & HW_M_PLURAL) && i > 0 && hw_is_demonstrative(f, i - 1, true) && hw_is_demonstrative(f, m[k].last, false);
        bool several = (m[k].marks & HW_M_PLURAL) != 0;
        for (uint32_t j = i; j < m[k].last; j++) several |= (hw_best_marks(f, j) & HW_M_PLURAL) != 0; /* «çalakwananî medenî» */
        if (!pointed && ((m[k].marks & never) || plural != several)) continue;
        bool ended = (m[k].marks & HW_M_INDEF) != 0;
        ended |= (hw_best_marks(f, i) & HW_M_IZAFE) && hw_links_on(f, i) && f->span_at[i + 1] < 0 && hw_best_upos(f, i + 1) == HW_NOUN && hw_role_person_before(f, i) >= 0;
        if (address && m[k].last <= head_last && !ended) continue; /* «mamosta X», but «mamostay zanko», «mamostayek» */
        *r = (hw_role){.first = i, .last = m[k].last, .title_first = i, .title_last = m[k].last, .row = f->titles.posts[m[k].slot->first].row,
                       .holder = HEWAL_NONE, .entity = HEWAL_NONE, .indefinite = (m[k].marks & HW_M_INDEF) != 0,
                       .definite = (m[k].marks & HW_M_DEF) != 0 && !pointed};
        return true;
    }
    return false;
}

/* «2 endamî X», «çend endamêkî X»: several. */
static bool of_many(const hw_roles *rs, uint32_t first)
{
    const hw_finder *f = rs->f;
    uint32_t begins;
    if (first == 0 || hw_tok(f, first - 1)->sentence != hw_tok(f, first)->sentence || f->span_at[first - 1] >= 0) return false;
    if (hw_role_word_before(rs, first - 1, "many", &begins)) return true;
    uint32_t before = first - 1;
    if (before > 0 && hw_is_ascii(f, before, ')') && hw_tok(f, before - 1)->kind == HW_NUMBER) before--; /* «(15) endamî X» */
    const hw_token *t = hw_tok(f, before);
    if (t->kind == HW_NUMBER) return t->e - t->b < 4; /* no year */
    const hw_word *w = &f->w->v[before];
    return hw_best_upos(f, before) == HW_NUM && !strstr(w->analyses[0].feats, "NumType=Ord");
}

/* «konifrransî rojnamenûsî», «ḧizbêkî desellatdar»: behind another noun the title is an adjective. */
static bool is_adjective(const hw_roles *rs, const hw_role *r)
{
    const hw_finder *f = rs->f;
    uint32_t last, before = r->title_first - 1;
    if (r->title_first == 0 || r->first < r->title_first || hw_tok(f, before)->sentence != hw_tok(f, r->first)->sentence) return false;
    if (f->span_at[before] >= 0 || !hw_links_on(f, before)) return false;
    const char *kind = hw_role_word(rs, before, &last);
    if (!strcmp(kind, "post") && r->entity < 0) return true;
    if (hw_role_of(rs, r, "beside") && (hw_best_marks(f, before) & HW_M_INDEF)) return true;
    if (!hw_role_of(rs, r, "none") || hw_role_of(rs, r, "alone")) return false;
    if (!strcmp(kind, "thing") && last == before) return true;
    if (hw_best_marks(f, before) & HW_M_INDEF) return true;
    bool over_org = r->holder >= 0 && f->out->entities.v[r->holder].type == HEWAL_ORG;
    return r->entity < 0 && !r->indefinite && !r->definite && !over_org && r->title_last == r->title_first;
}

/* «ekter u şanokar X», «hunermend (goranîbêj) X»: two callings of one person. */
static bool join(hw_roles *rs, hw_role *r)
{
    hw_finder *f = rs->f;
    uint32_t end = hw_sentence_last(f, r->last);
    bool joined = false;
    while (r->alone && hw_role_of(rs, r, "none") && !hw_role_of(rs, r, "alone") && r->last + 2 <= end) {
        bool bracket = hw_is_ascii(f, r->last + 1, '(');
        hw_role more;
        if (!bracket && hw_best_upos(f, r->last + 1) != HW_CCONJ) break;
        if (!title_at(rs, r->last + 2, false, &more) || !hw_role_of(rs, &more, "none") || more.indefinite) break;
        hw_role_extend(rs, &more);
        if (bracket && !hw_is_ascii(f, more.last + 1, ')')) break;
        r->last = more.last + bracket;
        r->alone = more.alone;
        joined = true;
    }
    return joined;
}

/* «wezîrî derewe» after «wezîrî derewey 'êraq»: the office named in full before. */
static bool named_before(const hw_roles *rs, const hw_role *r)
{
    for (uint32_t k = rs->v.n, looked = 0; r->alone && r->title_last > r->title_first && k-- > 0 && looked < 64; looked++)
        if (rs->v.v[k].row == r->row && rs->v.v[k].holder >= 0 && !rs->v.v[k].indefinite) return true;
    return false;
}

/* «le kotayîda serok sillawî nard»: the bare title begins a clause. */
static bool is_subject(const hw_finder *f, const hw_role *r)
{
    uint32_t first = f->x->sentences.v[hw_tok(f, r->first)->sentence].first, end = hw_sentence_last(f, r->last);
    if (r->title_last > r->title_first || r->first != r->title_first || (hw_best_marks(f, r->last) & ~(uint32_t)HW_M_GUESS) || r->last + 1 >= end) return false;
    hw_upos next = hw_best_upos(f, r->last + 1);
    uint32_t marks;
    if (!hw_word_row(f, &f->titles, r->first, NULL, &marks) || marks || (hw_best_marks(f, r->last + 1) & HW_M_PLURAL)) return false; /* «parêzgarî le … kird» protects */
    if (hw_tok(f, r->last + 1)->kind != HW_WORD || next == HW_CCONJ || next == HW_AUX) return false;
    if (r->first == first) return true;
    hw_upos before = hw_best_upos(f, r->first - 1);
    return hw_is_comma(f, r->first - 1) || before == HW_ADV || before == HW_SCONJ || (hw_best_marks(f, r->first - 1) & HW_M_LOC);
}

/* Whether a title stands for one particular person; finds whom, where he is beside it. */
static bool is_role(hw_roles *rs, hw_role *r)
{
    hw_finder *f = rs->f;
    hw_role joined = *r;
    bool more = !r->indefinite && join(rs, &joined);
    if (more) joined.entity = hw_role_beside(rs, &joined);
    if (more && joined.entity < 0) joined.entity = hw_role_listed_with(f, &joined);
    if (more && joined.entity >= 0) *r = joined;
    else r->entity = hw_role_beside(rs, r);
    if (r->entity < 0 && !r->indefinite) r->entity = hw_role_listed_with(f, r);
    if (is_adjective(rs, r)) return false;
    if (r->entity >= 0) return true;
    if (!r->indefinite && hw_role_pointed_at(rs, r)) {
        bool begins = r->first == f->x->sentences.v[hw_tok(f, r->first)->sentence].first && !(hw_best_marks(f, r->last) & HW_M_IZAFE);
        return r->entity >= 0 || r->named || begins || hw_role_speaks(f, r->last);
    }
    if (hw_role_of(rs, r, "person") && r->holder >= 0 && f->out->entities.v[r->holder].type == HEWAL_PER) return true; /* «daykî X» */
    if (r->portfolio) r->named = true;
    if (r->definite && !r->named) {
        r->entity = hw_role_last_of(rs, r);
        return r->entity >= 0 || r->speaks;
    }
    if (hw_role_of(rs, r, "beside")) { /* «zîndanî seqiz» is a prison */
        if (!r->indefinite && r->named) r->entity = hw_role_unknown_beside(f, r);
        bool over_org = r->holder >= 0 && f->out->entities.v[r->holder].type == HEWAL_ORG;
        return r->speaks || r->entity >= 0 || (r->indefinite && over_org);
    }
    bool calling = hw_role_of(rs, r, "none") && !hw_role_of(rs, r, "alone") && r->title_last == r->title_first;
    if (calling && !r->indefinite && r->holder < 0) return r->speaks; /* «dengbêjî kurd» is any of them */
    uint32_t end_marks = hw_best_marks(f, r->last);
    if (!r->indefinite && !r->alone && (end_marks & HW_M_DEF) && !(end_marks & HW_M_PLURAL)) return true; /* «serokî rêkxiraweke» */
    if (r->alone && !r->indefinite && !calling && is_subject(f, r)) return true;
    if (r->strange && !r->indefinite && !hw_role_of(rs, r, "none")) return true; /* «qaîmqamî X» */
    if (!r->named && !r->speaks && !hw_role_of(rs, r, "alone") && (r->indefinite || !named_before(rs, r))) return false;
    if (!r->indefinite && (r->named || r->speaks)) r->entity = hw_role_unknown_beside(f, r);
    return true;
}

/* «yekêk le damezrêneranî X» beside a name, or as the one who speaks. */
static bool one_of(hw_roles *rs, uint32_t i, uint32_t last, hw_role *r)
{
    if (!title_at(rs, last + 1, true, r)) return false;
    r->first = i;
    r->indefinite = true;
    hw_role_extend(rs, r);
    r->entity = hw_role_person_before(rs->f, i);
    if (r->entity < 0) r->entity = hw_role_person_after(rs->f, r->last + 1);
    return r->entity >= 0 || r->speaks;
}

/* «X berrêweberanî Y»: the title is written as of several, but one person stands before it. */
static bool after_one_person(const hw_finder *f, uint32_t i)
{
    uint32_t first = f->x->sentences.v[hw_tok(f, i)->sentence].first;
    if (i == first || f->span_at[i - 1] < 0 || hw_role_person_before(f, i) < 0) return false;
    uint32_t k = f->spans.v[f->span_at[i - 1]].first;
    while (k > first && !strcmp(hw_head_at(f, k - 1, NULL, NULL), "person")) k--;
    return k == first || (hw_best_upos(f, k - 1) != HW_CCONJ && !hw_is_comma(f, k - 1));
}

static void find_titles(hw_roles *rs)
{
    hw_finder *f = rs->f;
    for (uint32_t i = 0; i < f->x->tokens.n; i++) {
        uint32_t last;
        hw_role r;
        const char *kind = hw_role_word(rs, i, &last);
        if (!strcmp(kind, "none")) {
            i = last;
            continue;
        }
        bool one = !strcmp(kind, "one") && one_of(rs, i, last, &r);
        if (!one) {
            if (!title_at(rs, i, false, &r) && !(after_one_person(f, i) && title_at(rs, i, true, &r))) continue;
            uint32_t fore;
            if (i > 0 && hw_tok(f, i - 1)->sentence == hw_tok(f, i)->sentence && hw_role_word_before(rs, i - 1, "fore", &fore)) r.first = fore;
            hw_role_extend(rs, &r);
            bool plural = (hw_best_marks(f, r.title_first) & HW_M_PLURAL) != 0;
            if (r.several || (plural && r.alone) || of_many(rs, r.first)) {
                i = r.title_last;
                continue;
            }
            if (!is_role(rs, &r)) continue;
        }
        r.key = role_key(rs, &r);
        if (r.first < r.title_first && !one) r.key = hw_phrase(r.key, UINT64_C(79) + (uint64_t)r.entity); /* another «ew zîndanîye» may be another's */
        *hw_push(f->a, &rs->v) = r;
        i = r.last;
    }
}

static void resolve(hw_roles *rs)
{
    hw_finder *f = rs->f;
    hw_map by_key = {0}, by_row = {0}; /* the entity of the first role with a key, of the last one of an office */
    for (uint32_t i = 0; i < rs->v.n; i++)
        if (rs->v.v[i].entity >= 0 && hw_map_get(&by_key, rs->v.v[i].key) < 0) hw_map_set(f->a, &by_key, rs->v.v[i].key, rs->v.v[i].entity);
    for (uint32_t i = 0; i < rs->v.n; i++) {
        hw_role *r = &rs->v.v[i];
        const char *id = hw_role_cell(rs, r, rs->col_id);
        uint64_t row = hw_phrase(UINT64_C(78), hw_hash(id, strlen(id)));
        if (r->entity < 0) r->entity = hw_map_get(&by_key, r->key); /* the same office elsewhere in the article */
        if (r->entity < 0 && r->holder < 0) r->entity = hw_map_get(&by_row, row); /* «wezîrî derewe» after «wezîrî derewey 'êraq» */
        if (r->entity < 0 && !r->indefinite) r->entity = hw_role_held_by(rs, r);
        if (r->entity < 0) r->entity = hw_entity_for_role(f, r->key, role_name(rs, r), hw_kurdish(f, r->first, r->last));
        if (hw_map_get(&by_key, r->key) < 0) hw_map_set(f->a, &by_key, r->key, r->entity);
        if (!r->indefinite) hw_map_set(f->a, &by_row, row, r->entity);
    }
}

/* ---- people whom no title names ------------------------------------------------------------------------------------ */

static void add(hw_finder *f, uint32_t first, uint32_t last, int32_t entity, float confidence)
{
    *hw_push(f->a, &f->out->mentions) = (hewal_mention){.b = hw_tok(f, first)->b, .e = hw_bare_end(f, last), .first = first, .last = last,
                                                        .type = HEWAL_ROLE, .entity = entity, .confidence = confidence};
}

/* «gencêkî kurd»: somebody, a person as far as the heads of names tell. */
static bool is_somebody(const hw_finder *f, uint32_t i)
{
    hw_upos u = hw_best_upos(f, i);
    return f->span_at[i] < 0 && hw_tok(f, i)->kind == HW_WORD && (u == HW_NOUN || u == HW_ADJ) && (hw_best_marks(f, i) & HW_M_INDEF);
}

/* «mamostayekî ayînî: …», «karmendêkî hatûço witî», «yekêk le kirêkarekan: …»: somebody not named who speaks at the beginning of a
 * sentence. */
static void find_somebody(hw_roles *rs, const hw_sentence *st)
{
    hw_finder *f = rs->f;
    uint32_t first = st->first, i = first, last;
    hw_match m[1];
    const char *head = hw_head_at(f, first, NULL, NULL);
    if (!strcmp(hw_role_word(rs, first, &last), "one")) {
        i = last + 1;
        if (i > st->last || f->span_at[i] >= 0 || hw_best_upos(f, i) != HW_NOUN || !(hw_best_marks(f, i) & HW_M_PLURAL) || *hw_head_at(f, i, NULL, NULL)) return;
    } else if (!is_somebody(f, first) || !strcmp(head, "org") || !strcmp(head, "place")) {
        return;
    }
    while (i < st->last && i - first < 6 && hw_links_on(f, i) && !hw_speaks_at(f, i + 1, m) && !(hw_best_marks(f, i + 1) & HW_M_INDEF)) i++;
    if (i == st->last || !(hw_is_ascii(f, i + 1, ':') || hw_speaks_at(f, i + 1, m))) return;
    int32_t e = hw_entity_for_role(f, hw_phrase(UINT64_C(99), first), hw_sprintf(f->a, "%s (unnamed)", hw_english(f, first, i)), hw_kurdish(f, first, i));
    add(f, first, i, e, 0.6f);
}

/* «kollberêkî kurd be nawî X»: whoever is so called, whatever he is. */
static void find_called(hw_roles *rs, uint32_t i, uint32_t from)
{
    hw_finder *f = rs->f;
    uint32_t last, first = i;
    if (i <= from || strcmp(hw_role_word(rs, i, &last), "called") != 0) return;
    int32_t e = hw_role_person_after(f, last + 1);
    if (e < 0) return;
    while (first > from && i - first < 12) { /* «mindallêkî 8 salle be nawî X» */
        hw_upos u = hw_best_upos(f, --first);
        if (hw_is_quotation_mark(f, first)) continue; /* «hawwillatîyekî gundî "X" be nawî Y» */
        if (hw_tok(f, first)->kind != HW_WORD && hw_tok(f, first)->kind != HW_NUMBER) return;
        if (u == HW_VERB || u == HW_ADP || u == HW_CCONJ || u == HW_SCONJ || (first + 1 < i && (hw_best_marks(f, first) & (HW_M_LOC | HW_M_ABL)))) return;
        if (is_somebody(f, first)) break;
    }
    if (!is_somebody(f, first) || *hw_head_at(f, first, NULL, NULL) || of_many(rs, first)) return;
    add(f, first, i - 1, e, 0.6f);
}

/* «rêberayetî dellêt»: the office stands for its bearer where nothing says of what, nor who has it. */
static void find_bearer(hw_roles *rs, uint32_t i)
{
    hw_finder *f = rs->f;
    uint32_t first = f->x->sentences.v[hw_tok(f, i)->sentence].first, end = hw_sentence_last(f, i), last, at;
    const uint32_t never = HW_M_INDEF | HW_M_DEF | HW_M_PLURAL | HW_M_PAST | HW_M_PRESENT;
    if (f->span_at[i] >= 0 || strcmp(hw_role_word(rs, i, &last), "itself") != 0 || last != i || (hw_best_marks(f, i) & never)) return;
    hw_upos next = i < end ? hw_best_upos(f, i + 1) : HW_PUNCTUATION;
    if (hw_links_on(f, i) && (next == HW_NOUN || next == HW_ADJ || next == HW_PROPN || next == HW_X)) return;
    if (i < end && (f->span_at[i + 1] >= 0 || hw_links_on(f, i + 1) || !strcmp(hw_head_at(f, i + 1, NULL, NULL), "person"))) return;
    if (i + 2 <= end && hw_best_upos(f, i + 1) == HW_CCONJ && f->span_at[i + 2] >= 0) return; /* «… u ḧikumetî X» */
    const char *kind = i > first ? hw_role_word(rs, i - 1, &at) : "";
    if (!strcmp(kind, "under") || !strcmp(kind, "post")) return;
    add(f, i, i, hw_entity_for_role(f, UINT64_C(101), hw_english(f, i, i), hw_kurdish(f, i, i)), 0.6f);
}

void hw_find_roles(hw_finder *f)
{
    hw_roles rs = {.f = f};
    rs.col_id = hw_column(&f->offices, "id");
    rs.col_english = hw_column(&f->offices, "english");
    rs.col_of = hw_column(&f->offices, "of");
    rs.words = hw_model_table(f->x->model, "role-words");
    rs.col_kind = hw_column(&rs.words, "kind");
    find_titles(&rs);
    resolve(&rs);
    for (uint32_t s = 0, i = 0; s < f->x->sentences.n; s++) {
        const hw_sentence *st = &f->x->sentences.v[s];
        while (i < rs.v.n && rs.v.v[i].first < st->first) i++;
        if (i == rs.v.n || rs.v.v[i].first != st->first) find_somebody(&rs, st);
        uint32_t from = st->first;
        for (uint32_t k = st->first, at = i; k <= st->last; k++) {
            for (; at < rs.v.n && rs.v.v[at].last < k; at++) from = rs.v.v[at].last + 1;
            find_called(&rs, k, from);
            if (at == rs.v.n || rs.v.v[at].first > k) find_bearer(&rs, k);
        }
    }
    for (uint32_t i = 0; i < rs.v.n; i++) add(f, rs.v.v[i].first, rs.v.v[i].last, rs.v.v[i].entity, 0.8f);
}
