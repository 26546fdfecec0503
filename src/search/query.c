/* In: a query as people type it. Out: a tree of what is asked.
 *
 *     query  = either*                       all of them; AND between them changes nothing
 *     either = one (OR one)*
 *     one    = (- | NOT) one | close
 *     close  = piece (NEAR/n piece)*
 *     piece  = ( query ) | = piece | "words" | field:value | word | word*
 */
#include "search/query.h"
#include "base/utf8.h"
#include "search/query_words.h"

#include <stdlib.h>
#include <string.h>

typedef enum { NONE, AND, OR, NOT, NEAR } operator;

typedef struct {
    hw_query *q;
    hw_arena *a;
    hw_query_words words;
    const char *s;   /* the query */
    uint32_t at, end;
    bool plain;      /* operators are words */
    hewal_error *err;
    hewal_status status;
} parser;

typedef HW_VEC(hw_query_node *) nodes;

static hw_query_node *either(parser *p, unsigned depth);
static hw_query_node *one(parser *p, unsigned depth);

/* ---- places ---------------------------------------------------------------------------------------------------------------------- */

static unsigned character(const hw_query *q, uint32_t byte)
{
    unsigned n = 1;
    for (uint32_t i = 0; i < byte && q->text[i]; i++) n += ((unsigned char)q->text[i] & 0xC0) != 0x80;
    return n;
}

void hw_query_remark(hw_query *q, hw_arena *a, uint32_t byte, const char *text)
{
    if (q->notes.n >= 8) return; /* nobody reads more */
    unsigned at = character(q, byte);
    *(hw_query_note *)hw_push(a, &q->notes) = (hw_query_note){at, hw_strdup(a, text)};
}

hewal_status hw_query_fault(const hw_query *q, hewal_error *err, uint32_t byte, const char *text)
{
    return hw_fail(err, HEWAL_EINVAL, "query:%u: %s", character(q, byte), text);
}

static hw_query_node *fault(parser *p, uint32_t byte, const char *text)
{
    if (p->status == HEWAL_OK) p->status = hw_query_fault(p->q, p->err, byte, text);
    p->at = p->end;
    return NULL;
}

/* ---- letters ---------------------------------------------------------------------------------------------------------------------- */

static bool is_space(const parser *p, uint32_t i)
{
    unsigned char c = (unsigned char)p->s[i];
    return c == ' ' || (c >= '\t' && c <= '\r') || (c == 0xC2 && (unsigned char)p->s[i + 1] == 0xA0);
}

static void pass_space(parser *p)
{
    while (p->at < p->end && is_space(p, p->at)) p->at += (unsigned char)p->s[p->at] == 0xC2 ? 2 : 1;
}

/* Bytes of the quotation mark here. */
static uint32_t mark(const parser *p, uint32_t i)
{
    static const char *const marks[] = {"\"", "\xC2\xAB", "\xC2\xBB", "\xE2\x80\x9C", "\xE2\x80\x9D", "\xE2\x80\x9E", "\xEF\xBC\x82"};
    for (size_t k = 0; k < sizeof marks / sizeof *marks; k++) {
        size_t n = strlen(marks[k]);
        if (!strncmp(p->s + i, marks[k], n)) return (uint32_t)n;
    }
    return 0;
}

static bool is_paren(char c)
{
    return c == '(' || c == ')';
}

/* The end of what is written in one piece. */
static uint32_t chunk_end(const parser *p, uint32_t i)
{
    while (i < p->end && !is_space(p, i) && !is_paren(p->s[i]) && !mark(p, i)) i++;
    return i;
}

/* Whether there is anything to look for: a letter, a digit. */
static bool has_word(const char *s, size_t n)
{
    for (size_t i = 0; i < n; i++) {
        unsigned char c = (unsigned char)s[i];
        if ((c | 32) >= 'a' && (c | 32) <= 'z') return true;
        if ((c >= '0' && c <= '9') || c >= 0xC3) return true;
    }
    return false;
}

/* ---- operators ---------------------------------------------------------------------------------------------------------------------- */

/* The operator here, and where it ends. `near`: its number, or -1 when it makes no sense. */
static operator operator_at(const parser *p, uint32_t *end, int *near)
{
    static const struct { const char *word; operator op; } all[] = {{"AND", AND}, {"&&", AND}, {"OR", OR}, {"|", OR}, {"||", OR}, {"NOT", NOT}, {"NEAR", NEAR}};
    if (p->plain) return NONE;
    uint32_t e = chunk_end(p, p->at), n = e - p->at;
    const char *s = p->s + p->at, *slash = memchr(s, '/', n);
    uint32_t name = slash ? (uint32_t)(slash - s) : n;
    *end = e;
    *near = HW_QUERY_NEAR;
    operator found = NONE;
    for (size_t i = 0; i < sizeof all / sizeof *all && !found; i++)
        if (strlen(all[i].word) == name && !memcmp(all[i].word, s, name)) found = all[i].op;
    if (!found && slash && hw_query_word_is(&p->words, "operator", "NEAR", s, name)) found = NEAR;
    if (!found && !slash && hw_query_word_is(&p->words, "operator", "OR", s, name)) found = OR;
    if (!slash) return found;
    if (found != NEAR) return NONE;
    long k = hw_query_number(slash + 1, n - name - 1);
    if (k < 0) return NONE;
    *near = k < 1 || k > HW_QUERY_MAX_NEAR ? -1 : (int)k;
    return NEAR;
}

static bool passes(parser *p, operator wanted, int *near)
{
    uint32_t end;
    int number;
    pass_space(p);
    if (p->at >= p->end || operator_at(p, &end, &number) != wanted) return false;
    p->at = end;
    if (near) *near = number;
    return true;
}

/* ---- pieces ---------------------------------------------------------------------------------------------------------------------- */

static hw_query_node *node(parser *p, hw_query_kind kind, uint32_t b)
{
    hw_query_node *n = HW_NEW(p->a, hw_query_node);
    *n = (hw_query_node){.kind = kind, .b = b, .e = p->at};
    return n;
}

static hw_query_node *join(parser *p, hw_query_kind kind, nodes *v)
{
    if (!v->n) return NULL;
    if (v->n == 1) return v->v[0];
    hw_query_node *n = node(p, kind, v->v[0]->b);
    n->kid = v->v;
    n->n = v->n;
    n->e = v->v[v->n - 1]->e;
    return n;
}

static void add(parser *p, nodes *v, hw_query_node *n)
{
    if (n) *(hw_query_node **)hw_push(p->a, v) = n;
}

static hw_query_node *negation(parser *p, uint32_t b, hw_query_node *kid)
{
    if (kid->kind == HW_Q_NOT) return kid->kid[0];
    hw_query_node *n = node(p, HW_Q_NOT, b);
    n->kid = HW_NEWS(p->a, hw_query_node *, 1);
    n->kid[n->n++] = kid;
    return n;
}

/* What stands between quotation marks; the end of the query closes one that nothing closes. */
static const char *quoted(parser *p, bool *prefix)
{
    uint32_t b = p->at, from = p->at += mark(p, p->at);
    while (p->at < p->end && !mark(p, p->at)) p->at++;
    uint32_t e = p->at;
    if (p->at < p->end) p->at += mark(p, p->at);
    else hw_query_remark(p->q, p->a, b, "a quotation mark that nothing closes: taken to the end");
    *prefix = (p->at < p->end && p->s[p->at] == '*') || (e > from && p->s[e - 1] == '*');
    if (p->at < p->end && p->s[p->at] == '*') p->at++;
    return hw_strndup(p->a, p->s + from, e - from);
}

static hw_query_node *phrase(parser *p, uint32_t b)
{
    bool prefix;
    const char *text = quoted(p, &prefix);
    if (!has_word(text, strlen(text))) return NULL;
    hw_query_node *n = node(p, HW_Q_PHRASE, b);
    n->text = text;
    n->prefix = prefix;
    return n;
}

static hw_query_node *words(parser *p, uint32_t b, uint32_t from)
{
    uint32_t e = chunk_end(p, from), last = e;
    p->at = e;
    while (last > from && p->s[last - 1] == '*') last--;
    if (!has_word(p->s + from, last - from)) return NULL;
    hw_query_node *n = node(p, HW_Q_WORDS, b);
    n->prefix = last < e;
    n->text = hw_strndup(p->a, p->s + from, last - from);
    return n;
}

static hw_query_node *group(parser *p, unsigned depth)
{
    uint32_t b = p->at++;
    nodes v = {0};
    if (depth >= HW_QUERY_DEPTH) return fault(p, b, "parentheses too deep");
    for (pass_space(p); p->at < p->end && p->s[p->at] != ')'; pass_space(p)) add(p, &v, either(p, depth + 1));
    if (p->at < p->end) p->at++;
    else if (p->status == HEWAL_OK) hw_query_remark(p->q, p->a, b, "a parenthesis that nothing closes: taken to the end");
    return join(p, HW_Q_AND, &v);
}

/* ---- fields ---------------------------------------------------------------------------------------------------------------------- */

static hw_query_node *in_title(parser *p, uint32_t b)
{
    bool exact = p->s[p->at] == '=';
    p->at += exact;
    hw_query_node *n = p->at < p->end && mark(p, p->at) ? phrase(p, b) : words(p, b, p->at);
    if (!n) return fault(p, b, "«title:» wants words behind it");
    n->title = true;
    n->exact = exact;
    return n;
}

/* The value of a field, behind its colon. NULL: there is none. */
static const char *value(parser *p)
{
    bool prefix;
    if (p->at < p->end && mark(p, p->at)) return quoted(p, &prefix);
    uint32_t b = p->at;
    p->at = chunk_end(p, b);
    return hw_strndup(p->a, p->s + b, p->at - b);
}

/* A field whose name ends at the colon. Behind a space (`apart`) only a value that can be one counts. */
static hw_query_node *field(parser *p, uint32_t b, hw_query_field f, uint32_t colon)
{
    const char *why;
    p->at = colon + 1;
    bool apart = p->at < p->end && is_space(p, p->at);
    if (apart) pass_space(p);
    uint32_t from = p->at;
    if (p->at >= p->end) return fault(p, b, hw_sprintf(p->a, "«%s:» wants a value behind it", hw_query_field_name(f)));
    if (f == HW_F_TITLE) return in_title(p, b);
    const char *given = value(p), *meant = hw_query_value(&p->words, f, given, &why);
    if (meant) {
        hw_query_node *n = node(p, HW_Q_FIELD, b);
        n->field = f;
        n->text = meant;
        return n;
    }
    if (apart) return words(p, b, b);
    if (from < p->end && p->at == from) why = "a word, or words in quotation marks, must follow";
    return fault(p, from, hw_sprintf(p->a, "«%s:» %s", hw_query_field_name(f), why));
}

static bool is_address(const char *s)
{
    return !strncmp(s, "http://", 7) || !strncmp(s, "https://", 8);
}

static hw_query_node *address(parser *p)
{
    uint32_t b = p->at;
    while (p->at < p->end && !is_space(p, p->at) && !mark(p, p->at)) p->at++;
    hw_query_node *n = node(p, HW_Q_FIELD, b);
    n->field = HW_F_URL;
    n->text = hw_strndup(p->a, p->s + b, p->at - b);
    return n;
}

/* A word, unless it is the name of a field. */
static hw_query_node *word(parser *p, unsigned depth)
{
    uint32_t b = p->at, e = chunk_end(p, b);
    const char *colon = memchr(p->s + b, ':', e - b);
    if (p->plain || !colon) return words(p, b, b);
    if (is_address(p->s + b)) return address(p);
    uint32_t c = (uint32_t)(colon - p->s);
    bool apart = c + 1 == e && !mark(p, e) && !(e < p->end && p->s[e] == '(');
    if (!apart && hw_query_word_is(&p->words, "operator", "NOT", p->s + b, c - b)) {
        p->at = c + 1;
        hw_query_node *kid = one(p, depth + 1);
        return kid ? negation(p, b, kid) : NULL;
    }
    bool english;
    hw_query_field f = hw_query_field_of(&p->words, p->s + b, c - b, &english);
    if (f != HW_N_FIELDS && (english || !apart)) return field(p, b, f, c);
    if (f == HW_N_FIELDS && !apart && english)
        hw_query_remark(p->q, p->a, b, hw_sprintf(p->a, "there is no field «%.*s»; taken as words", (int)(c - b), p->s + b));
    return words(p, b, b);
}

static hw_query_node *piece(parser *p, unsigned depth)
{
    uint32_t b = p->at;
    if (p->s[b] == '(') return group(p, depth);
    if (mark(p, b)) return phrase(p, b);
    if (p->s[b] != '=') return word(p, depth);
    p->at++;
    hw_query_node *n = p->at < p->end && mark(p, p->at) ? phrase(p, b) : words(p, b, p->at);
    if (n) n->exact = true;
    return n;
}

/* ---- between them ------------------------------------------------------------------------------------------------------------------ */

static bool nears(const hw_query_node *n)
{
    return n && (n->kind == HW_Q_WORDS || n->kind == HW_Q_PHRASE) && !n->title;
}

static hw_query_node *close_ones(parser *p, unsigned depth)
{
    nodes v = {0};
    int near = 0, k;
    hw_query_node *first = piece(p, depth);
    add(p, &v, first);
    for (uint32_t at; pass_space(p), at = p->at, passes(p, NEAR, &k);) {
        if (k < 0) return fault(p, at, hw_sprintf(p->a, "NEAR wants a number from 1 to %d", HW_QUERY_MAX_NEAR));
        pass_space(p);
        hw_query_node *next = p->at < p->end && p->s[p->at] != ')' ? piece(p, depth) : NULL;
        if (p->status != HEWAL_OK) return NULL;
        if (!nears(next) || !nears(v.n ? v.v[0] : NULL)) {
            if (next && first) return fault(p, at, "NEAR stands between words or phrases");
            hw_query_remark(p->q, p->a, at, "NEAR with no word on one side: left out");
            add(p, &v, next);
            continue;
        }
        if (k > near) near = k;
        add(p, &v, next);
    }
    hw_query_node *n = join(p, HW_Q_NEAR, &v);
    if (n && n->kind == HW_Q_NEAR && n->n > 1) n->near = (unsigned)near;
    return n;
}

static hw_query_node *one(parser *p, unsigned depth)
{
    uint32_t b = p->at;
    bool minus = !p->plain && p->s[b] == '-' && b + 1 < p->end && !is_space(p, b + 1) && p->s[b + 1] != '-';
    if (depth > HW_QUERY_DEPTH) return fault(p, b, "too many one inside another");
    if (minus) p->at++;
    else if (!passes(p, NOT, NULL)) return close_ones(p, depth);
    pass_space(p);
    hw_query_node *kid = p->at < p->end && p->s[p->at] != ')' ? one(p, depth + 1) : NULL;
    if (!kid) {
        if (p->status == HEWAL_OK && !minus) hw_query_remark(p->q, p->a, b, "NOT with no word behind it: left out");
        return NULL;
    }
    return negation(p, b, kid);
}

static hw_query_node *either(parser *p, unsigned depth)
{
    nodes v = {0};
    uint32_t at = p->at;
    if (passes(p, AND, NULL)) {
        p->q->strict = true;
        return NULL;
    }
    if (passes(p, OR, NULL) || passes(p, NEAR, NULL)) {
        hw_query_remark(p->q, p->a, at, hw_sprintf(p->a, "«%.*s» with no word before it: left out", (int)(p->at - at), p->s + at));
        return NULL;
    }
    add(p, &v, one(p, depth));
    for (; pass_space(p), at = p->at, passes(p, OR, NULL);) {
        while (passes(p, OR, NULL)) {}
        if (p->at < p->end && p->s[p->at] != ')') add(p, &v, one(p, depth));
        else hw_query_remark(p->q, p->a, at, hw_sprintf(p->a, "«%.*s» with no word behind it: left out", (int)(chunk_end(p, at) - at), p->s + at));
    }
    return join(p, HW_Q_OR, &v);
}

static const hw_query_node *all(parser *p)
{
    nodes v = {0};
    for (pass_space(p); p->at < p->end; pass_space(p)) {
        if (p->s[p->at] == ')' && !p->plain) {
            hw_query_remark(p->q, p->a, p->at++, "a parenthesis that nothing opens: left out");
            continue;
        }
        if (p->plain && is_paren(p->s[p->at])) p->at++;
        else add(p, &v, either(p, 0));
    }
    return join(p, HW_Q_AND, &v);
}

hewal_status hw_query_parse(hw_query **out, const hewal_model *m, hw_arena *a, const char *text, hewal_error *err)
{
    hw_query *q = HW_NEW(a, hw_query);
    size_t n = strlen(text);
    *out = NULL;
    *q = (hw_query){.text = hw_strdup(a, text)};
    if (n > HW_QUERY_BYTES) {
        for (n = HW_QUERY_BYTES; ((unsigned char)text[n] & 0xC0) == 0x80; n--) {}
        q->text = hw_strndup(a, text, n);
        hw_query_remark(q, a, (uint32_t)n, "too long: the rest is left out");
    }
    parser p = {.q = q, .a = a, .words = hw_query_words_of(m, a), .s = q->text, .end = (uint32_t)n, .err = err};
    q->root = all(&p);
    if (p.status != HEWAL_OK) return p.status;
    if (!q->root) { /* perhaps a lone OR: then the word is meant */
        q->notes.n = 0;
        q->strict = false;
        p.plain = true;
        p.at = 0;
        q->root = all(&p);
    }
    if (!q->root) return hw_query_fault(q, err, 0, "no word to search for");
    *out = q;
    return HEWAL_OK;
}

/* ---- showing ---------------------------------------------------------------------------------------------------------------------- */

static const char *show_kids(hw_arena *a, const char *head, const hw_query_node *n)
{
    for (unsigned i = 0; i < n->n; i++) head = hw_sprintf(a, "%s %s", head, hw_query_show(a, n->kid[i]));
    return hw_sprintf(a, "%s)", head);
}

const char *hw_query_show(hw_arena *a, const hw_query_node *n)
{
    const char *title = n->title ? "title:" : "", *exact = n->exact ? "=" : "", *star = n->prefix ? "*" : "";
    switch (n->kind) {
    case HW_Q_WORDS: return hw_sprintf(a, "%s%s%s%s", title, exact, n->text, star);
    case HW_Q_PHRASE: return hw_sprintf(a, "%s%s\"%s\"%s", title, exact, n->text, star);
    case HW_Q_FIELD: return hw_sprintf(a, "%s:%s", hw_query_field_name(n->field), n->text);
    case HW_Q_NEAR: return show_kids(a, hw_sprintf(a, "(near/%u", n->near), n);
    case HW_Q_AND: return show_kids(a, "(and", n);
    case HW_Q_OR: return show_kids(a, "(or", n);
    case HW_Q_NOT: return show_kids(a, "(not", n);
    }
    return "";
}
