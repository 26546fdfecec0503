/* `hewal report`. In: a store. Out: a folder of HTML pages (an index, a page an article, pages of people, organisations and places), or
 * one file on a person, an event or a period. */
#include "cli/report.h"
#include "base/hash.h"
#include "cli/commands.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

const cli_option cli_report_options[] = {
    CLI_STORE_OPTION,
    {"out", "PATH", "the folder to write, made when it is not there (hewal-report); with --on, --event, --from or --to the file (report.html)"},
    {"on", "NAME", "one file: on a person, an organisation or a place"},
    {"event", "N", "one file: on an event, by its number (hewal events --format=csv)"},
    {"from", "DATE", "one file: on what was published then or later"},
    {"to", "DATE", "and then or earlier"},
    {"pdf", NULL, "one file: as PDF too, beside it (needs Chromium)"},
    {"limit", "N", "how many articles at most, the newest, or facts of a kind (1000)"},
    {NULL, NULL, NULL}};

enum { WORDS = 240 }; /* bytes of a quote that are shown with its speaker */

static bool make_folders(const char *dir)
{
    char path[4096];
    int n = snprintf(path, sizeof path, "%s", dir);
    if (n < 0 || (size_t)n >= sizeof path) return cli_fail("%s: the name is too long", dir), false;
    for (char *p = path + 1;; p++) {
        if (*p && *p != '/') continue;
        char c = *p;
        *p = 0;
        if (mkdir(path, 0777) != 0 && errno != EEXIST) return cli_fail("%s: %s", path, strerror(errno)), false;
        if (!c) break;
        *p = c;
    }
    struct stat s;
    if (stat(dir, &s) == 0 && S_ISDIR(s.st_mode)) return true;
    return cli_fail("%s: it is not a folder", dir), false;
}

static char *copy(const char *s)
{
    return s ? strdup(s) : NULL;
}

/* The newest articles of the store, without their records. */
static bool list_articles(report *r, size_t limit, hewal_error *err)
{
    hw_filter f = {0};
    hw_cursor *cur;
    if (hw_store_articles(r->store, &f, &cur, err) != HEWAL_OK) return false;
    hw_article_ref ref;
    size_t len, cap = 0;
    while (r->n_articles < limit && hw_next_article(cur, &ref, &len)) {
        if (r->n_articles == cap) {
            report_article *p = realloc(r->articles, (cap = cap ? cap * 2 : 64) * sizeof *p);
            if (!p) break;
            r->articles = p;
        }
        report_article *a = &r->articles[r->n_articles++];
        *a = (report_article){.id = copy(ref.id), .title = copy(ref.title), .published = copy(ref.published), .outlet = copy(ref.outlet)};
        snprintf(a->file, sizeof a->file, "article-%016llx.html", (unsigned long long)hw_hash(ref.id, strlen(ref.id)));
    }
    bool ok = hw_cursor_error(cur, err) == HEWAL_OK;
    hw_cursor_close(cur);
    return ok;
}

/* ---- entities ----------------------------------------------------------------------------------------------------- */

static bool rehash(report *r)
{
    size_t n = r->n_slots ? r->n_slots * 2 : 1024;
    uint32_t *slots = calloc(n, sizeof *slots);
    if (!slots) return false;
    for (size_t i = 0; i < r->n_entities; i++) {
        size_t h = (size_t)r->entities[i].id * 0x9E3779B97F4A7C15u;
        while (slots[h & (n - 1)]) h++;
        slots[h & (n - 1)] = (uint32_t)i + 1;
    }
    free(r->slots);
    r->slots = slots;
    r->n_slots = n;
    return true;
}

static report_entity *entity_for(report *r, int64_t id, const hewal_entity *e)
{
    if (r->n_entities * 2 >= r->n_slots && !rehash(r)) return NULL;
    size_t h = (size_t)id * 0x9E3779B97F4A7C15u;
    for (uint32_t k; (k = r->slots[h & (r->n_slots - 1)]); h++)
        if (r->entities[k - 1].id == id) return &r->entities[k - 1];
    if (r->n_entities == r->cap_entities) {
        size_t cap = r->cap_entities ? r->cap_entities * 2 : 256;
        report_entity *p = realloc(r->entities, cap * sizeof *p);
        if (!p) return NULL;
        r->entities = p;
        r->cap_entities = cap;
    }
    r->slots[h & (r->n_slots - 1)] = (uint32_t)r->n_entities + 1;
    report_entity *x = &r->entities[r->n_entities++];
    *x = (report_entity){.id = id, .type = e->type, .name = copy(e->name), .name_ckb = copy(e->name_ckb)};
    return x;
}

static bool note(report_entity *x, uint32_t article, int32_t quote)
{
    if (x->n_notes == x->cap) {
        uint32_t cap = x->cap ? x->cap * 2 : 4;
        report_note *p = realloc(x->notes, cap * sizeof *p);
        if (!p) return false;
        x->notes = p;
        x->cap = cap;
    }
    if (!x->n_notes || x->notes[x->n_notes - 1].article != article) x->articles++;
    if (quote >= 0) x->quotes++;
    x->notes[x->n_notes++] = (report_note){article, quote};
    return true;
}

/* Keeps of an article what the lists need. */
static bool remember(report *r, uint32_t k, const hw_stored *s)
{
    report_article *a = &r->articles[k];
    const hewal_record *rec = &s->record;
    a->quotes = (uint32_t)rec->n_quotes;
    a->events = (uint32_t)rec->n_events;
    a->words = calloc(rec->n_quotes + 1, sizeof *a->words);
    a->at = calloc(rec->n_quotes + 1, 2 * sizeof *a->at);
    if (!a->words || !a->at) return false;
    for (size_t i = 0; i < rec->n_quotes; i++) {
        const hewal_quote *q = &rec->quotes[i];
        size_t n = q->e - q->b;
        a->at[2 * i] = q->b;
        a->at[2 * i + 1] = q->e;
        bool cut = n > WORDS;
        for (n = cut ? WORDS : n; cut && n && ((unsigned char)rec->text[q->b + n] & 0xC0) == 0x80;) n--;
        if (asprintf(&a->words[i], "%.*s%s", (int)n, rec->text + q->b, cut ? "\xE2\x80\xA6" : "") < 0) return a->words[i] = NULL, false;
        if (q->source_entity < 0) continue;
        report_entity *e = entity_for(r, s->entity_ids[q->source_entity], &rec->entities[q->source_entity]);
        if (!e || !note(e, k, (int32_t)i)) return false;
    }
    for (size_t i = 0; i < rec->n_entities; i++) {
        report_entity *e = entity_for(r, s->entity_ids[i], &rec->entities[i]);
        if (!e || !note(e, k, -1)) return false;
    }
    return true;
}

/* ---- pages -------------------------------------------------------------------------------------------------------- */

static bool write_article(report *r, uint32_t k)
{
    hw_stored *s = NULL;
    hewal_error err;
    if (hw_store_get(r->store, r->articles[k].id, &s, &err) != HEWAL_OK) return cli_fail("%s", err.message), false;
    if (!s) return true; /* taken out meanwhile */
    hw_buf b = hw_buf_on(&r->page);
    bool ok = remember(r, k, s) && report_article_page(&b, s);
    if (!ok) cli_fail("out of memory");
    ok = ok && report_write(r, &b, r->articles[k].file);
    hw_stored_free(s);
    return ok;
}

static bool write_all(report *r, size_t limit, hw_store_counts *n)
{
    hewal_error err;
    if (hw_store_count(r->store, n, &err) != HEWAL_OK || !list_articles(r, limit, &err)) return cli_fail("%s", err.message), false;
    for (uint32_t k = 0; k < r->n_articles; k++)
        if (!write_article(r, k)) return false;
    return report_names(r, HEWAL_PER, "people.html", "People") && report_names(r, HEWAL_ORG, "organisations.html", "Organisations") &&
           report_names(r, HEWAL_LOC, "places.html", "Places") && report_index(r, n);
}

static void report_free(report *r)
{
    for (size_t i = 0; i < r->n_articles; i++) {
        report_article *a = &r->articles[i];
        for (uint32_t k = 0; a->words && k < a->quotes; k++) free(a->words[k]);
        free(a->words);
        free(a->at);
        free(a->id);
        free(a->title);
        free(a->published);
        free(a->outlet);
    }
    for (size_t i = 0; i < r->n_entities; i++) {
        free(r->entities[i].name);
        free(r->entities[i].name_ckb);
        free(r->entities[i].notes);
    }
    free(r->articles);
    free(r->entities);
    free(r->slots);
    hewal_string_free(&r->page);
}

/* "report.pdf" for "report.html". */
static char *pdf_name(const char *html)
{
    const char *dot = strrchr(html, '.'), *slash = strrchr(html, '/');
    int n = dot && (!slash || dot > slash) ? (int)(dot - html) : (int)strlen(html);
    char *out = NULL;
    return asprintf(&out, "%.*s.pdf", n, html) < 0 ? NULL : out;
}

static bool write_brief(cli_session *s, cli *c)
{
    const char *name = cli_value(c, "on"), *out = cli_value_or(c, "out", "report.html");
    report_brief on = {.title = name ? name : cli_value(c, "event") ? "Event" : "Record of the news", .event = (int64_t)cli_number(c, "event", 0),
                       .from = cli_value(c, "from"), .to = cli_value(c, "to"), .limit = cli_number(c, "limit", 1000)};
    int64_t *ids = name ? cli_entities_called(s, name, &on.n_entities) : NULL;
    if (name && !ids) return false;
    if (name && !on.n_entities) return free(ids), false;
    on.entities = ids;
    hewal_string page = {0};
    hewal_error err;
    bool ok = report_brief_page(&page, s->store, &on, &err);
    if (!ok) cli_error(&err);
    ok = ok && report_write_file(out, page.s, page.len);
    hewal_string_free(&page);
    free(ids);
    char *pdf = ok && cli_value(c, "pdf") ? pdf_name(out) : NULL;
    if (pdf) ok = report_pdf(out, pdf);
    if (ok) printf("%s%s%s\n", out, pdf ? " " : "", pdf ? pdf : "");
    free(pdf);
    return ok;
}

static bool write_folder(cli_session *s, cli *c)
{
    report r = {.dir = cli_value_or(c, "out", "hewal-report"), .store = s->store};
    hw_store_counts n;
    bool ok = make_folders(r.dir) && write_all(&r, cli_number(c, "limit", 1000), &n);
    if (ok)
        printf("%s/index.html: %lld articles, %lld speakers, %lld quotes, %lld events\n", r.dir, (long long)n.articles, (long long)n.speakers,
               (long long)n.quotes, (long long)n.events);
    report_free(&r);
    return ok;
}

int cli_report(cli *c)
{
    cli_session s;
    bool one = cli_value(c, "on") || cli_value(c, "event") || cli_value(c, "from") || cli_value(c, "to");
    if (cli_value(c, "on") && cli_value(c, "event")) return cli_misuse(c, "--on and --event are two reports");
    if (cli_value(c, "pdf") && !one) return cli_misuse(c, "--pdf goes with --on, --event, --from or --to");
    if (!cli_session_open(&s, c, HW_STORE_READ)) return CLI_FAILED;
    bool ok = one ? write_brief(&s, c) : write_folder(&s, c);
    cli_session_close(&s);
    return cli_finish(ok ? CLI_OK : CLI_FAILED);
}
