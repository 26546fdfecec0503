/* In: words of a query. Out: the operators, fields and values they stand for. */
#include "search/query_words.h"
#include "base/utf8.h"
#include "store/inside.h"
#include "text/orth.h"

#include <string.h>
#include <strings.h>

static const char *const fields[HW_N_FIELDS] = {
    [HW_F_SPEAKER] = "speaker", [HW_F_OUTLET] = "outlet", [HW_F_ACTOR] = "actor", [HW_F_TARGET] = "target", [HW_F_TYPE] = "type",
    [HW_F_CHANNEL] = "channel", [HW_F_FROM] = "from", [HW_F_TO] = "to", [HW_F_TITLE] = "title", [HW_F_PLACE] = "place",
    [HW_F_LANGUAGE] = "language", [HW_F_URL] = "url"};

const char *hw_query_field_name(hw_query_field f)
{
    return fields[f];
}

hw_query_words hw_query_words_of(const hewal_model *m, hw_arena *a)
{
    hw_query_words w = {.m = m, .a = a, .table = hw_model_table(m, "query")};
    w.kind = hw_column(&w.table, "kind");
    w.name = hw_column(&w.table, "name");
    w.words = hw_column(&w.table, "words");
    return w;
}

static const char *fold(const hw_query_words *w, const char *s, size_t n)
{
    return n <= HW_WORD_MAX ? hw_orth_word(w->m->orth, w->a, s, n).fold : "";
}

/* Whether one of the pieces of "a|b|c" is the folded word. */
static bool lists(const hw_query_words *w, const char *cell, const char *folded)
{
    for (;; cell++) {
        size_t n = strcspn(cell, "|");
        if (n && !strcmp(fold(w, cell, n), folded)) return true;
        cell += n;
        if (!*cell) return false;
    }
}

/* The name for which the word is listed, NULL when there is none. */
static const char *name_of(const hw_query_words *w, const char *kind, const char *name, const char *s, size_t n)
{
    if (!n || (unsigned char)*s < 0x80) return NULL;
    const char *folded = fold(w, s, n);
    if (!*folded) return NULL;
    for (uint32_t i = 0; i < w->table.n_rows; i++) {
        const char *row = hw_cell(&w->table, i, w->name);
        if (!strcmp(hw_cell(&w->table, i, w->kind), kind) && (!name || !strcmp(row, name)) && lists(w, hw_cell(&w->table, i, w->words), folded)) return row;
    }
    return NULL;
}

bool hw_query_word_is(const hw_query_words *w, const char *kind, const char *name, const char *s, size_t n)
{
    return name_of(w, kind, name, s, n) != NULL;
}

hw_query_field hw_query_field_of(const hw_query_words *w, const char *s, size_t n, bool *english)
{
    *english = n > 0;
    for (size_t i = 0; i < n; i++) *english = *english && (s[i] | 32) >= 'a' && (s[i] | 32) <= 'z';
    const char *name = *english ? NULL : name_of(w, "field", NULL, s, n);
    for (hw_query_field f = 0; f < HW_N_FIELDS; f++)
        if (name ? !strcmp(fields[f], name) : strlen(fields[f]) == n && !strncasecmp(fields[f], s, n)) return f;
    return HW_N_FIELDS;
}

/* ---- values ---------------------------------------------------------------------------------------------------------------------- */

/* Digits of any kind as 0 to 9; what else there is stays. */
static const char *plain_digits(hw_arena *a, const char *s)
{
    size_t n = strlen(s);
    char *out = hw_alloc(a, n + 1);
    hw_ascii_digits(s, n, out, n + 1);
    return out;
}

long hw_query_number(const char *s, size_t n)
{
    long v = 0;
    bool any = false;
    for (size_t i = 0; i < n; any = true) {
        uint32_t cp;
        i += hw_utf8_decode(s + i, n - i, &cp);
        uint32_t digit = cp >= 0x6F0 && cp <= 0x6F9 ? cp - 0x6F0 : cp >= 0x660 && cp <= 0x669 ? cp - 0x660 : cp - '0';
        if (digit > 9) return -1;
        if (v < 1000000) v = v * 10 + (long)digit;
    }
    return any ? v : -1;
}

static const char *name_in_list(const hw_query_words *w, hw_query_field f, unsigned n, const char *(*name)(unsigned), const char *given, const char **why)
{
    for (unsigned i = 0; i < n; i++)
        if (!strcasecmp(name(i), given)) return name(i);
    const char *meant = name_of(w, fields[f], NULL, given, strlen(given));
    if (meant) return meant;
    *why = "is one of";
    for (unsigned i = 0; i < n; i++) *why = hw_sprintf(w->a, "%s%s%s", *why, i ? ", " : " ", name(i));
    return NULL;
}

static const char *type_name(unsigned i)
{
    return hewal_event_type_name((hewal_event_type)i);
}

static const char *channel_name(unsigned i)
{
    return hewal_channel_name((hewal_channel)i);
}

const char *hw_query_value(const hw_query_words *w, hw_query_field f, const char *given, const char **why)
{
    hewal_error err;
    const char *date;
    *why = "wants a value behind it";
    while (*given == ' ') given++;
    if (!*given) return NULL;
    switch (f) {
    case HW_F_TYPE: return name_in_list(w, f, HEWAL_ASSAULT + 1, type_name, given, why);
    case HW_F_CHANNEL: return name_in_list(w, f, HEWAL_VIDEO + 1, channel_name, given, why);
    case HW_F_FROM:
    case HW_F_TO:
        date = plain_digits(w->a, given);
        if (hw_date_check(date, &err) == HEWAL_OK) return date;
        *why = "wants a date: YYYY, YYYY-MM or YYYY-MM-DD";
        return NULL;
    case HW_F_LANGUAGE: {
        const char *meant = name_of(w, "language", NULL, given, strlen(given));
        return meant ? meant : given;
    }
    default: return given;
    }
}
