/* In: an id, or a sentence in English. Out: what it stands for. */
#include "serve/words.h"

#include <string.h>

const char *hw_words_say(bool kurdish, const char *id)
{
    for (size_t lo = 0, hi = hw_n_words; lo < hi;) {
        size_t mid = (lo + hi) / 2;
        int c = strcmp(id, hw_words[mid].id);
        if (!c) return hw_words[mid].say[kurdish];
        if (c < 0) hi = mid;
        else lo = mid + 1;
    }
    return id;
}

enum { HOLES = 9 };

typedef struct { const char *s; size_t n; } piece;

/* Whether a sentence is what a pattern says, with something in its holes {1} to {9}, each as short as may be. */
static bool fits(const char *pattern, const char *s, piece *holes)
{
    while (*pattern) {
        if (pattern[0] != '{' || pattern[1] < '1' || pattern[1] > '9' || pattern[2] != '}') {
            if (*pattern++ != *s++) return false;
            continue;
        }
        piece *hole = &holes[pattern[1] - '1'];
        pattern += 3;
        size_t next = strcspn(pattern, "{");
        const char *end = s + strlen(s);
        if (next) {
            for (end = s; *end && strncmp(end, pattern, next) != 0;) end++;
            if (!*end) return false;
        }
        *hole = (piece){s, (size_t)(end - s)};
        s = end;
    }
    return !*s;
}

static const char *filled(hw_arena *a, const char *say, const piece *holes)
{
    const char *out = "";
    for (const char *s = say; *s;) {
        size_t n = strcspn(s, "{");
        out = hw_sprintf(a, "%s%.*s", out, (int)n, s);
        s += n;
        if (!*s) break;
        const piece *hole = &holes[s[1] - '1']; /* tools/mkinterface.py sees to it that both languages have the same */
        out = hw_sprintf(a, "%s%.*s", out, (int)hole->n, hole->s);
        s += 3;
    }
    return out;
}

const char *hw_words_translate(hw_arena *a, const char *english)
{
    for (size_t i = 0; i < hw_n_words; i++) {
        piece holes[HOLES] = {{0}};
        if (!strncmp(hw_words[i].id, "says.", 5) && fits(hw_words[i].say[0], english, holes)) return filled(a, hw_words[i].say[1], holes);
    }
    return english;
}
