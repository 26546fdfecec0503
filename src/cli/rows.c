/* In: a row of the store (a quote, an event, an entity). Out: the same as JSON or CSV, with its article and its evidence. */
#include "cli/session.h"

#include <stdlib.h>
#include <string.h>

void cli_put_member(hw_buf *b, const char *key, const char *value)
{
    bool first = b->str->len && b->str->s[b->str->len - 1] == '{';
    hw_putf(b, "%s\"%s\":", first ? "" : ",", key);
    hw_put_json_s(b, value);
}

void cli_put_csv(hw_buf *b, const char *s, bool first)
{
    if (!first) hw_putc(b, ',');
    if (s) hw_put_csv(b, s, strlen(s));
}

const char *cli_name(const hw_entity_ref *e)
{
    return !e->id ? NULL : e->name && *e->name ? e->name : e->name_ckb;
}

char *cli_names(const hw_entity_ref *v, size_t n, const char *between)
{
    hewal_string s = {0};
    hw_buf b = hw_buf_on(&s);
    hw_puts(&b, "");
    for (size_t i = 0; i < n; i++) {
        const char *name = cli_name(&v[i]);
        if (i) hw_puts(&b, between);
        if (name) hw_puts(&b, name);
    }
    if (hw_buf_ok(&b)) return s.s;
    hewal_string_free(&s);
    return NULL;
}

/* ---- JSON ---- */

static void put_ref(hw_buf *b, const hw_entity_ref *e)
{
    if (!e->id) {
        hw_puts(b, "null");
        return;
    }
    hw_putf(b, "{\"id\":%lld", (long long)e->id);
    cli_put_member(b, "type", e->type);
    cli_put_member(b, "name", e->name);
    cli_put_member(b, "name_ckb", e->name_ckb);
    hw_putc(b, '}');
}

static void put_refs(hw_buf *b, const char *key, const hw_entity_ref *v, size_t n)
{
    hw_putf(b, ",\"%s\":[", key);
    for (size_t i = 0; i < n; i++) {
        if (i) hw_putc(b, ',');
        put_ref(b, &v[i]);
    }
    hw_putc(b, ']');
}

static void put_article(hw_buf *b, const hw_article_ref *a)
{
    cli_put_member(b, "article", a->id);
    cli_put_member(b, "title", a->title);
    cli_put_member(b, "published", a->published);
    cli_put_member(b, "outlet", a->outlet);
    cli_put_member(b, "url", a->url);
    hw_putf(b, ",\"copies\":%lld,\"outlets\":[", (long long)a->copies);
    for (const char *s = a->outlets, *end; s; s = end ? end + 1 : NULL) { /* the other outlets' that have it too */
        end = strchr(s, '\n');
        if (s != a->outlets) hw_putc(b, ',');
        hw_put_json(b, s, end ? (size_t)(end - s) : strlen(s));
    }
    hw_putc(b, ']');
    cli_put_member(b, "copy_of", a->copy_of);
}

void cli_put_quote_json(hw_buf *b, const hw_quote_row *q)
{
    hw_putf(b, "{\"id\":%lld", (long long)q->id);
    put_article(b, &q->article);
    hw_putf(b, ",\"b\":%u,\"e\":%u", q->b, q->e);
    cli_put_member(b, "text", q->text);
    cli_put_member(b, "kind", q->kind);
    cli_put_member(b, "channel", q->channel);
    hw_puts(b, ",\"speaker\":");
    put_ref(b, &q->speaker);
    cli_put_member(b, "source", q->source && *q->source ? q->source : NULL);
    hw_puts(b, ",\"addressee\":");
    put_ref(b, &q->addressee);
    put_refs(b, "via", q->via, q->n_via);
    cli_put_member(b, "cue", q->cue && *q->cue ? q->cue : NULL);
    cli_put_member(b, "sentence", q->sentence);
    hw_putf(b, ",\"confidence\":%.2f}", q->confidence);
}

void cli_put_event_json(hw_buf *b, const hw_event_row *v)
{
    hw_putf(b, "{\"id\":%lld", (long long)v->id);
    put_article(b, &v->article);
    hw_putf(b, ",\"b\":%u,\"e\":%u", v->b, v->e);
    cli_put_member(b, "trigger", v->trigger);
    cli_put_member(b, "type", v->type);
    cli_put_member(b, "mode", v->mode && *v->mode ? v->mode : NULL);
    cli_put_member(b, "status", v->status);
    cli_put_member(b, "date", v->date);
    cli_put_member(b, "time", v->time);
    put_refs(b, "actors", v->actors, v->n_actors);
    put_refs(b, "targets", v->targets, v->n_targets);
    hw_puts(b, ",\"place\":");
    put_ref(b, &v->place);
    if (v->in_quote) hw_putf(b, ",\"in_quote\":%lld", (long long)v->in_quote);
    else hw_puts(b, ",\"in_quote\":null");
    cli_put_member(b, "sentence", v->sentence);
    hw_putf(b, ",\"confidence\":%.2f,\"same\":%lld,\"reports\":%lld}", v->confidence, (long long)(v->same ? v->same : v->id), (long long)v->reports);
}

void cli_put_entity_json(hw_buf *b, const hw_entity_row *e)
{
    hw_putf(b, "{\"id\":%lld", (long long)e->id);
    cli_put_member(b, "key", e->key);
    cli_put_member(b, "type", e->type);
    cli_put_member(b, "name", e->name);
    cli_put_member(b, "name_ckb", e->name_ckb);
    hw_putf(b, ",\"known\":%s,\"articles\":%lld,\"mentions\":%lld,\"quotes\":%lld", e->known ? "true" : "false",
            (long long)e->articles, (long long)e->mentions, (long long)e->quotes);
    hw_putf(b, ",\"match\":%.2f", e->match);
}

/* ---- CSV ---- */

const char cli_quote_csv_head[] =
    "article,title,published,outlet,url,speaker,speaker_ckb,channel,kind,via,text,source,cue,b,e,confidence,copies,outlets,copy_of";

static void put_article_csv(hw_buf *b, const hw_article_ref *a)
{
    cli_put_csv(b, a->id, true);
    cli_put_csv(b, a->title, false);
    cli_put_csv(b, a->published, false);
    cli_put_csv(b, a->outlet, false);
    cli_put_csv(b, a->url, false);
}

static void put_copies_csv(hw_buf *b, const hw_article_ref *a)
{
    hw_putf(b, ",%lld", (long long)a->copies);
    cli_put_csv(b, a->outlets, false);
    cli_put_csv(b, a->copy_of, false);
}

static void put_names_csv(hw_buf *b, const hw_entity_ref *v, size_t n)
{
    char *names = cli_names(v, n, "; ");
    if (!names) b->failed = true;
    cli_put_csv(b, names, false);
    free(names);
}

void cli_put_quote_csv(hw_buf *b, const hw_quote_row *q)
{
    put_article_csv(b, &q->article);
    cli_put_csv(b, q->speaker.id ? q->speaker.name : NULL, false);
    cli_put_csv(b, q->speaker.id ? q->speaker.name_ckb : NULL, false);
    cli_put_csv(b, q->channel, false);
    cli_put_csv(b, q->kind, false);
    put_names_csv(b, q->via, q->n_via);
    cli_put_csv(b, q->text, false);
    cli_put_csv(b, q->source, false);
    cli_put_csv(b, q->cue, false);
    hw_putf(b, ",%u,%u,%.2f", q->b, q->e, q->confidence);
    put_copies_csv(b, &q->article);
}

const char cli_event_csv_head[] =
    "article,title,published,outlet,url,date,type,mode,status,actors,targets,place,trigger,sentence,b,e,confidence,event,same,reports,copies,outlets,copy_of";

void cli_put_event_csv(hw_buf *b, const hw_event_row *v)
{
    put_article_csv(b, &v->article);
    cli_put_csv(b, v->date, false);
    cli_put_csv(b, v->type, false);
    cli_put_csv(b, v->mode, false);
    cli_put_csv(b, v->status, false);
    put_names_csv(b, v->actors, v->n_actors);
    put_names_csv(b, v->targets, v->n_targets);
    cli_put_csv(b, cli_name(&v->place), false);
    cli_put_csv(b, v->trigger, false);
    cli_put_csv(b, v->sentence, false);
    hw_putf(b, ",%u,%u,%.2f,%lld,%lld,%lld", v->b, v->e, v->confidence, (long long)v->id, (long long)(v->same ? v->same : v->id), (long long)v->reports);
    put_copies_csv(b, &v->article);
}
