/* In: an article with its record. Out: its events as rows of a table that lies beside POLECAT's (Halterman and others 2023): the same
 * columns in the same order, then columns of our own that say how sure a row is and what it rests on. A row is a pair of an actor and
 * a recipient; those who meet or agree without one are paired with each other.
 *
 * Countries are ISO 3166 codes of three letters, and sectors those of PLOVER, as far as the gazetteers tell: a country stands for
 * itself, an organisation for where it belongs, a person for the office held at the time. Intensity, contexts, Correlates of War codes,
 * Wikipedia and GeoNames are empty: a record does not know them. */
#include "formats/countries.h"
#include "formats/formats.h"
#include "model/model.h"
#include "text/text.h"

#include <stdio.h>
#include <string.h>

static const char columns[] =
    "Event ID,Event Date,Event Type,Event Mode,Intensity,Quad Code,Contexts,Actor Name,Actor Country,Actor COW,Primary Actor Sector,"
    "Actor Sectors,Actor Title,Actor Name Raw,Wikipedia Actor ID,Recipient Name,Recipient Country,Recipient COW,Primary Recipient Sector,"
    "Recipient Sectors,Recipient Title,Recipient Name Raw,Wikipedia Recipient ID,Placename,City,District,Province,Country,Latitude,"
    "Longitude,GeoNames ID,Raw Placename,Feature Type,Source,Publication Date,Story People,Story Organizations,Story Locations,Language,"
    "Version,Status,Confidence,In Quote,Article,Trigger,Sentence,Sentence Start,Sentence End\n";

static const char *const quads[] = {"VERBAL COOPERATION", "MATERIAL COOPERATION", "VERBAL CONFLICT", "MATERIAL CONFLICT"};

static const char *quad_of(hewal_event_type t)
{
    if (t <= HEWAL_CONCEDE) return quads[0];
    return quads[t <= HEWAL_RETREAT ? 1 : t <= HEWAL_THREATEN ? 2 : 3];
}

/* ---- what the gazetteers know ------------------------------------------------------------------------------------- */

typedef struct { char country[4]; const char *sector; const char *kind; } known;

typedef struct { const char *word, *sector; } pair;

static const pair kinds[] = {{"government", "GOV"}, {"ministry", "GOV"}, {"army", "MIL"}, {"police", "COP"}, {"party", "PTY"}, {"parliament", "LEG"},
                             {"court", "JUD"}, {"militia", "UAF"}, {"media", "MED"}, {"agency", "MED"}, {"ngo", "NGO"}, {"io", "IGO"},
                             {"company", "BUS"}, {"bank", "BUS"}, {"university", "EDU"}, {"union", "LAB"}, {"religious", "REL"}};
static const pair offices[] = {{"president", "GOV"}, {"vice-president", "GOV"}, {"prime-minister", "GOV"}, {"deputy-prime-minister", "GOV"}, {"minister", "GOV"},
                               {"chancellor", "GOV"}, {"king", "GOV"}, {"governor", "GOV"}, {"mayor", "GOV"}, {"ambassador", "GOV"}, {"special-envoy", "GOV"},
                               {"national-security-adviser", "GOV"}, {"mp", "LEG"}, {"senator", "LEG"}, {"speaker", "LEG"}, {"commander", "MIL"},
                               {"chief-of-general-staff", "MIL"}, {"journalist", "MED"}, {"politburo-member", "PTY"}};

/* A word counts for those with more behind it too: minister for minister-defence. */
static const char *sector_of(const pair *v, size_t n, const char *word, size_t len)
{
    for (size_t i = 0; i < n; i++) {
        size_t k = strlen(v[i].word);
        if (k <= len && !memcmp(v[i].word, word, k) && (k == len || word[k] == '-')) return v[i].sector;
    }
    return "";
}

/* The office held on the day, or else the first listed: "president/US/2017-01-20/2021-01-20|...". */
static void read_offices(const char *cell, const char *day, known *out)
{
    const char *best = NULL;
    for (const char *p = cell; *p;) {
        size_t n = strcspn(p, "|");
        const char *end = p + n, *f[4] = {p, NULL, NULL, NULL};
        for (int i = 1; i < 4; i++) {
            const char *slash = f[i - 1] ? memchr(f[i - 1], '/', (size_t)(end - f[i - 1])) : NULL;
            f[i] = slash ? slash + 1 : NULL;
        }
        size_t from = f[2] ? strcspn(f[2], "/|") : 0, to = f[3] ? strcspn(f[3], "/|") : 0;
        bool began = !day || !from || strncmp(day, f[2], from) >= 0, ended = day && to && strncmp(day, f[3], to) > 0;
        if (!best || (began && !ended)) best = p;
        if (day && from && began && !ended) break;
        p = end + (*end == '|');
    }
    if (!best || *best == '-') return;
    size_t word = strcspn(best, "/|");
    out->sector = sector_of(offices, sizeof offices / sizeof *offices, best, word);
    if (best[word] == '/') hw_country_code(best + word + 1, out->country);
}

static known look_up(const hewal_model *m, const char *key, const char *day)
{
    known out = {"", "", ""};
    const char *colon = key ? strchr(key, ':') : NULL;
    if (!colon || colon - key >= 32) return out;
    char name[32];
    memcpy(name, key, (size_t)(colon - key));
    name[colon - key] = 0;
    hw_table t = hw_model_table(m, name);
    int english = hw_column(&t, "english"), in = hw_column(&t, "in"), kind = hw_column(&t, "kind"), held = hw_column(&t, "offices");
    if (english < 0) return out;
    for (uint32_t i = 0; i < t.n_rows; i++) {
        if (strcmp(hw_cell(&t, i, english), colon + 1) != 0) continue;
        out.kind = hw_cell(&t, i, kind);
        hw_country_code(hw_cell(&t, i, in), out.country);
        if (held >= 0) read_offices(hw_cell(&t, i, held), day, &out);
        else if (!strcmp(out.kind, "country")) out.sector = "GOV";
        else out.sector = sector_of(kinds, sizeof kinds / sizeof *kinds, out.kind, strlen(out.kind));
        return out;
    }
    return out;
}

/* ---- a row ---------------------------------------------------------------------------------------------------------- */

static void put_cell(hw_buf *b, const char *s)
{
    hw_putc(b, ',');
    if (s) hw_put_csv(b, s, strlen(s));
}

static void put_cell_n(hw_buf *b, const char *s, size_t n)
{
    hw_putc(b, ',');
    hw_put_csv(b, s, n);
}

static void put_empty(hw_buf *b, unsigned n)
{
    while (n--) hw_putc(b, ',');
}

enum { NEAR = 256, NAMES = 100 }; /* mentions looked at on each side of an event; names of a kind: the time stays linear */

typedef struct { /* an article, and what is found once for all its rows */
    const hewal_model *m;
    const hw_stored *a;
    const hw_text *x;
    known *known;              /* per entity */
    const hewal_mention **first[2]; /* per entity: its first name, its first title */
    hewal_string names[3];     /* people, organisations, places: as a cell */
} writer;

/* The first mention that does not begin before byte `at`; they are in order. */
static size_t mention_from(const hewal_record *r, uint32_t at)
{
    size_t lo = 0, hi = r->n_mentions;
    while (lo < hi) {
        size_t mid = (lo + hi) / 2;
        if (r->mentions[mid].b < at) lo = mid + 1;
        else hi = mid;
    }
    return lo;
}

static void consider(const hewal_mention *m, const hewal_event *v, int32_t entity, bool role, uint32_t *far, const hewal_mention **best)
{
    uint32_t d = m->e <= v->b ? v->b - m->e : m->b >= v->e ? m->b - v->e : 0;
    if (m->entity != entity || (m->type == HEWAL_ROLE) != role || d > *far || (d == *far && *best && m > *best)) return;
    *best = m;
    *far = d;
}

/* The mention of the entity nearest to the event, of a name or of a title; else its first. */
static const hewal_mention *nearest(const writer *w, const hewal_event *v, int32_t entity, bool role)
{
    const hewal_record *r = &w->a->record;
    const hewal_mention *best = NULL;
    uint32_t far = UINT32_MAX;
    size_t at = mention_from(r, v->b);
    for (size_t k = at; k < r->n_mentions && k < at + NEAR; k++) consider(&r->mentions[k], v, entity, role, &far, &best);
    for (size_t k = at; k > 0 && at - k < NEAR; k--) consider(&r->mentions[k - 1], v, entity, role, &far, &best);
    return best ? best : w->first[role][entity];
}

static void put_mention(hw_buf *b, const hewal_record *r, const hewal_mention *m)
{
    if (m) put_cell_n(b, r->text + m->b, m->e - m->b);
    else put_empty(b, 1);
}

/* Name, country, COW, sector, sectors, title, raw name, Wikipedia: for one side; -1: nobody. */
static void put_side(hw_buf *b, const writer *w, const hewal_event *v, int32_t e)
{
    if (e < 0) {
        put_empty(b, 8);
        return;
    }
    const hewal_record *r = &w->a->record;
    known k = w->known[e];
    const hewal_mention *name = nearest(w, v, e, false), *title = nearest(w, v, e, true);
    put_cell(b, r->entities[e].name);
    put_cell(b, k.country);
    put_empty(b, 1);
    put_cell(b, k.sector);
    put_cell(b, k.sector);
    put_mention(b, r, title);
    put_mention(b, r, name ? name : title);
    put_empty(b, 1);
}

static void put_place(hw_buf *b, const writer *w, const hewal_event *v)
{
    if (v->place < 0) {
        put_empty(b, 10);
        return;
    }
    const hewal_record *r = &w->a->record;
    const char *name = r->entities[v->place].name;
    known k = w->known[v->place];
    bool city = !strcmp(k.kind, "city") || !strcmp(k.kind, "capital") || !strcmp(k.kind, "town"), province = !strcmp(k.kind, "province");
    put_cell(b, name);
    put_cell(b, city ? name : "");
    put_empty(b, 1);
    put_cell(b, province ? name : "");
    put_cell(b, k.country);
    put_empty(b, 3);
    put_mention(b, r, nearest(w, v, v->place, false));
    put_cell(b, k.kind);
}

static bool list_names(hewal_string *all, const hewal_record *r, hewal_type type)
{
    hw_buf names = hw_buf_on(all);
    for (size_t i = 0, n = 0; i < r->n_entities && n < NAMES; i++) {
        if (r->entities[i].type != type || !r->entities[i].name) continue;
        if (n++) hw_puts(&names, "; ");
        hw_puts(&names, r->entities[i].name);
    }
    return hw_buf_ok(&names);
}

static bool whole_date(const char *s) { return s && strlen(s) >= 10 && s[4] == '-' && s[7] == '-' && !strchr(s, 'X') && !strchr(s, 'W'); }

/* The first that does not end before the byte, or NULL. */
static const hw_sentence *sentence_at(const hw_text *x, uint32_t at)
{
    uint32_t lo = 0, hi = x->sentences.n;
    while (lo < hi) {
        uint32_t mid = (lo + hi) / 2;
        if (x->sentences.v[mid].e <= at) lo = mid + 1;
        else hi = mid;
    }
    return lo < x->sentences.n ? &x->sentences.v[lo] : NULL;
}

static void put_row(hw_buf *b, const writer *w, size_t i, unsigned nth, int32_t actor, int32_t target)
{
    const hewal_record *r = &w->a->record;
    const hw_article *a = &w->a->article;
    const hewal_event *v = &r->events[i];
    const char *day = v->time >= 0 && whole_date(r->times[v->time].value) ? r->times[v->time].value : r->published;
    char cell[64];
    hewal_string id = {0};
    hw_buf ib = hw_buf_on(&id);
    hw_putf(&ib, "%s#v%zu-%u", a->id, i + 1, nth);
    if (!hw_buf_ok(&ib)) b->failed = true;
    hw_put_csv(b, id.s ? id.s : "", id.len);
    hewal_string_free(&id);
    put_cell_n(b, day ? day : "", day ? strnlen(day, 10) : 0);
    put_cell(b, hewal_event_type_name(v->type));
    put_cell(b, hewal_mode_name(v->mode));
    put_empty(b, 1);
    put_cell(b, quad_of(v->type));
    put_empty(b, 1);
    put_side(b, w, v, actor);
    put_side(b, w, v, target);
    put_place(b, w, v);
    put_cell(b, a->outlet);
    put_cell_n(b, r->published ? r->published : "", r->published ? strnlen(r->published, 10) : 0);
    for (unsigned k = 0; k < 3; k++) put_cell_n(b, w->names[k].s ? w->names[k].s : "", w->names[k].len);
    put_cell(b, "ckb");
    put_cell(b, "hewal " HEWAL_VERSION);
    put_cell(b, hewal_event_status_name(v->status));
    int hundredths = (int)(v->confidence * 100 + 0.5f);
    snprintf(cell, sizeof cell, "%d.%02d", hundredths / 100, hundredths % 100);
    put_cell(b, cell);
    put_cell(b, v->in_quote >= 0 ? "1" : "0");
    put_cell(b, a->id);
    put_cell_n(b, r->text + v->b, v->e - v->b);
    const hw_sentence *s = sentence_at(w->x, v->b);
    if (s) put_cell_n(b, r->text + s->b, s->e - s->b);
    hw_putf(b, s ? ",%u,%u\n" : ",,,\n", s ? s->b : 0, s ? s->e : 0);
}

/* Several who do together what has no target: each with each. */
static bool is_joint(const hewal_event *v)
{
    return v->n_actors > 1 && !v->n_targets && (v->type == HEWAL_CONSULT || v->type == HEWAL_AGREE || v->type == HEWAL_COOPERATE);
}

static void put_event(hw_buf *b, const writer *w, size_t i)
{
    const hewal_event *v = &w->a->record.events[i];
    unsigned nth = 0;
    if (is_joint(v)) {
        for (size_t k = 0; k < v->n_actors; k++)
            for (size_t j = k + 1; j < v->n_actors; j++) put_row(b, w, i, ++nth, v->actors[k], v->actors[j]);
        return;
    }
    for (size_t k = 0; k < v->n_actors || k == 0; k++) /* a row also where one side is not told */
        for (size_t j = 0; j < v->n_targets || j == 0; j++)
            put_row(b, w, i, ++nth, v->n_actors ? v->actors[k] : -1, v->n_targets ? v->targets[j] : -1);
}

bool hw_put_polecat_head(hewal_string *out)
{
    hw_buf b = hw_buf_on(out);
    hw_puts(&b, columns);
    return hw_buf_ok(&b);
}

/* What all rows of the article need, in the arena. */
static void prepare(writer *w, hw_arena *arena)
{
    const hewal_record *r = &w->a->record;
    w->x = hw_text_read(w->m, arena, r->text, r->text_len);
    w->known = HW_NEWS(arena, known, r->n_entities + 1);
    for (unsigned role = 0; role < 2; role++) w->first[role] = HW_NEWS(arena, const hewal_mention *, r->n_entities + 1);
    for (size_t i = 0; i < r->n_entities; i++) w->known[i] = look_up(w->m, r->entities[i].known, r->published);
    for (size_t i = r->n_mentions; i-- > 0;)
        if (r->mentions[i].entity >= 0) w->first[r->mentions[i].type == HEWAL_ROLE][r->mentions[i].entity] = &r->mentions[i];
}

bool hw_put_polecat(hewal_string *out, const hewal_model *m, const hw_stored *a)
{
    if (!a->record.n_events) return true;
    size_t before = out->len;
    hw_arena arena;
    writer w = {.m = m, .a = a};
    hw_buf b = hw_buf_on(out);
    for (unsigned k = 0; k < 3; k++) b.failed |= !list_names(&w.names[k], &a->record, (hewal_type)k);
    hw_arena_init(&arena);
    if (hw_arena_guard(&arena)) b.failed = true;
    else {
        prepare(&w, &arena);
        for (size_t i = 0; i < a->record.n_events; i++) put_event(&b, &w, i);
    }
    hw_arena_free(&arena);
    for (unsigned k = 0; k < 3; k++) hewal_string_free(&w.names[k]);
    if (!hw_buf_ok(&b)) hw_buf_back(out, before);
    return hw_buf_ok(&b);
}
