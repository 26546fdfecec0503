/* In: a row of the store (a quote, an event, an entity). Out: the same as JSON or CSV, with its article and its evidence. */
#include "store/rows.h"

#include <stdlib.h>
#include <string.h>

void hw_put_member(hw_buf *b, const char *key, const char *value)
{
    bool first = b->str->len && b->str->s[b->str->len - 1] == '{';
    hw_putf(b, "%s\"%s\":", first ? "" : ",", key);
    hw_put_json_s(b, value);
}

void hw_put_cell(hw_buf *b, const char *s, bool first)
{
    if (!first) hw_putc(b, ',');
    if (s) hw_put_csv(b, s, strlen(s));
}

const char *hw_ref_name(const hw_entity_ref *e)
{
    return !e->id ? NULL : e->name && *e->name ? e->name : e->name_ckb;
}

char *hw_ref_names(const hw_entity_ref *v, size_t n, const char *between)
{
    hewal_string s = {0};
    hw_buf b = hw_buf_on(&s);
    hw_puts(&b, "");
    for (size_t i = 0; i < n; i++) {
        const char *name = hw_ref_name(&v[i]);
        if (i) hw_puts(&b, between);
        if (name) hw_puts(&b, name);
    }
    if (hw_buf_ok(&b)) return s.s;
    hewal_string_free(&s);
    return NULL;
}

/* ---- JSON ---- */

void hw_put_ref_json(hw_buf *b, const hw_entity_ref *e)
{
    if (!e->id) {
        hw_puts(b, "null");
        return;
    }
    hw_putf(b, "{\"id\":%lld", (long long)e->id);
    hw_put_member(b, "type", e->type);
    hw_put_member(b, "name", e->name);
    hw_put_member(b, "name_ckb", e->name_ckb);
    hw_putc(b, '}');
}

static void put_refs(hw_buf *b, const char *key, const hw_entity_ref *v, size_t n)
{
    hw_putf(b, ",\"%s\":[", key);
    for (size_t i = 0; i < n; i++) {
        if (i) hw_putc(b, ',');
        hw_put_ref_json(b, &v[i]);
    }
    hw_putc(b, ']');
}

static void put_article(hw_buf *b, const hw_article_ref *a)
{
    hw_put_member(b, "article", a->id);
    hw_put_member(b, "title", a->title);
    hw_put_member(b, "published", a->published);
    hw_put_member(b, "outlet", a->outlet);
    hw_put_member(b, "url", a->url);
    hw_putf(b, ",\"copies\":%lld,\"outlets\":[", (long long)a->copies);
    for (const char *s = a->outlets, *end; s; s = end ? end + 1 : NULL) { /* the other outlets' that have it too */
        end = strchr(s, '\n');
        if (s != a->outlets) hw_putc(b, ',');
        hw_put_json(b, s, end ? (size_t)(end - s) : strlen(s));
    }
    hw_putc(b, ']');
    hw_put_member(b, "copy_of", a->copy_of);
}

void hw_put_quote_json(hw_buf *b, const hw_quote_row *q)
{
    hw_putf(b, "{\"id\":%lld", (long long)q->id);
    put_article(b, &q->article);
    hw_putf(b, ",\"b\":%u,\"e\":%u", q->b, q->e);
    hw_put_member(b, "text", q->text);
    hw_put_member(b, "kind", q->kind);
    hw_put_member(b, "channel", q->channel);
    hw_puts(b, ",\"speaker\":");
    hw_put_ref_json(b, &q->speaker);
    hw_put_member(b, "source", q->source && *q->source ? q->source : NULL);
    hw_puts(b, ",\"addressee\":");
    hw_put_ref_json(b, &q->addressee);
    put_refs(b, "via", q->via, q->n_via);
    hw_put_member(b, "cue", q->cue && *q->cue ? q->cue : NULL);
    hw_put_member(b, "sentence", q->sentence);
    hw_putf(b, ",\"confidence\":%.2f}", q->confidence);
}

void hw_put_event_json(hw_buf *b, const hw_event_row *v)
{
    hw_putf(b, "{\"id\":%lld", (long long)v->id);
    put_article(b, &v->article);
    hw_putf(b, ",\"b\":%u,\"e\":%u", v->b, v->e);
    hw_put_member(b, "trigger", v->trigger);
    hw_put_member(b, "type", v->type);
    hw_put_member(b, "mode", v->mode && *v->mode ? v->mode : NULL);
    hw_put_member(b, "status", v->status);
    hw_put_member(b, "date", v->date);
    hw_put_member(b, "time", v->time);
    put_refs(b, "actors", v->actors, v->n_actors);
    put_refs(b, "targets", v->targets, v->n_targets);
    hw_puts(b, ",\"place\":");
    hw_put_ref_json(b, &v->place);
    if (v->in_quote) hw_putf(b, ",\"in_quote\":%lld", (long long)v->in_quote);
    else hw_puts(b, ",\"in_quote\":null");
    hw_put_member(b, "sentence", v->sentence);
    hw_putf(b, ",\"confidence\":%.2f,\"same\":%lld,\"reports\":%lld}", v->confidence, (long long)(v->same ? v->same : v->id), (long long)v->reports);
}

void hw_put_entity_json(hw_buf *b, const hw_entity_row *e)
{
    hw_putf(b, "{\"id\":%lld", (long long)e->id);
    hw_put_member(b, "key", e->key);
    hw_put_member(b, "type", e->type);
    hw_put_member(b, "name", e->name);
    hw_put_member(b, "name_ckb", e->name_ckb);
    hw_putf(b, ",\"known\":%s,\"articles\":%lld,\"mentions\":%lld,\"quotes\":%lld", e->known ? "true" : "false",
            (long long)e->articles, (long long)e->mentions, (long long)e->quotes);
    hw_putf(b, ",\"match\":%.2f", e->match);
}

/* ---- CSV ---- */

const char hw_quote_csv_head[] =
    "article,title,published,outlet,url,speaker,speaker_ckb,channel,kind,via,text,source,cue,b,e,confidence,copies,outlets,copy_of";

static void put_article_csv(hw_buf *b, const hw_article_ref *a)
{
    hw_put_cell(b, a->id, true);
    hw_put_cell(b, a->title, false);
    hw_put_cell(b, a->published, false);
    hw_put_cell(b, a->outlet, false);
    hw_put_cell(b, a->url, false);
}

static void put_copies_csv(hw_buf *b, const hw_article_ref *a)
{
    hw_putf(b, ",%lld", (long long)a->copies);
    hw_put_cell(b, a->outlets, false);
    hw_put_cell(b, a->copy_of, false);
}

static void put_names_csv(hw_buf *b, const hw_entity_ref *v, size_t n)
{
    char *names = hw_ref_names(v, n, "; ");
    if (!names) b->failed = true;
    hw_put_cell(b, names, false);
    free(names);
}

void hw_put_quote_csv(hw_buf *b, const hw_quote_row *q)
{
    put_article_csv(b, &q->article);
    hw_put_cell(b, q->speaker.id ? q->speaker.name : NULL, false);
    hw_put_cell(b, q->speaker.id ? q->speaker.name_ckb : NULL, false);
    hw_put_cell(b, q->channel, false);
    hw_put_cell(b, q->kind, false);
    put_names_csv(b, q->via, q->n_via);
    hw_put_cell(b, q->text, false);
    hw_put_cell(b, q->source, false);
    hw_put_cell(b, q->cue, false);
    hw_putf(b, ",%u,%u,%.2f", q->b, q->e, q->confidence);
    put_copies_csv(b, &q->article);
}

const char hw_event_csv_head[] =
    "article,title,published,outlet,url,date,type,mode,status,actors,targets,place,trigger,sentence,b,e,confidence,event,same,reports,copies,outlets,copy_of";

void hw_put_event_csv(hw_buf *b, const hw_event_row *v)
{
    put_article_csv(b, &v->article);
    hw_put_cell(b, v->date, false);
    hw_put_cell(b, v->type, false);
    hw_put_cell(b, v->mode, false);
    hw_put_cell(b, v->status, false);
    put_names_csv(b, v->actors, v->n_actors);
    put_names_csv(b, v->targets, v->n_targets);
    hw_put_cell(b, hw_ref_name(&v->place), false);
    hw_put_cell(b, v->trigger, false);
    hw_put_cell(b, v->sentence, false);
    hw_putf(b, ",%u,%u,%.2f,%lld,%lld,%lld", v->b, v->e, v->confidence, (long long)v->id, (long long)(v->same ? v->same : v->id), (long long)v->reports);
    put_copies_csv(b, &v->article);
}

bool hw_put_record(hw_buf *b, const hw_stored *a, bool ids)
{
    hewal_string more = {0};
    hw_buf m = hw_buf_on(&more);
    bool ok = hw_article_members(&a->article, &more) == HEWAL_OK;
    if (more.len) hw_putc(&m, ',');
    hw_puts(&m, "\"model\":");
    hw_put_json_s(&m, a->model);
    if (ids) hw_puts(&m, ",\"entity_ids\":[");
    for (size_t i = 0; ids && i < a->record.n_entities; i++) hw_putf(&m, "%s%lld", i ? "," : "", (long long)a->entity_ids[i]);
    if (ids) hw_putc(&m, ']');
    ok = ok && hw_buf_ok(&m) && hewal_record_json(&a->record, a->article.id, more.s, b->str) == HEWAL_OK;
    hewal_string_free(&more);
    return ok;
}
