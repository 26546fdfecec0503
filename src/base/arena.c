/* In: sizes. Out: memory that lives until the arena is freed or reset. */
#include "base/arena.h"

#include <stdalign.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

struct hw_block {
    hw_block *next;
    size_t cap, used;
    alignas(max_align_t) unsigned char data[];
};

enum { FIRST_BLOCK = 64 * 1024 };

void hw_arena_init(hw_arena *a)
{
    memset(a, 0, sizeof *a);
}

void hw_arena_free(hw_arena *a)
{
    for (hw_block *b = a->head; b;) {
        hw_block *next = b->next;
        free(b);
        b = next;
    }
    a->head = NULL;
    a->used = 0;
}

void hw_arena_reset(hw_arena *a)
{
    hw_block *keep = NULL;
    for (hw_block *b = a->head; b;) {
        hw_block *next = b->next;
        if (!keep || b->cap > keep->cap) {
            free(keep);
            keep = b;
        } else {
            free(b);
        }
        b = next;
    }
    if (keep) {
        keep->next = NULL;
        keep->used = 0;
    }
    a->head = keep;
    a->used = 0;
}

static _Noreturn void out_of_memory(hw_arena *a)
{
    if (a->guarded) longjmp(a->oom, 1);
    fputs("hewal: out of memory\n", stderr);
    abort();
}

void *hw_alloc(hw_arena *a, size_t size)
{
    const size_t align = alignof(max_align_t);
    if (size > SIZE_MAX / 4) out_of_memory(a);
    size = (size + align - 1) & ~(align - 1);
    hw_block *b = a->head;
    if (!b || b->cap - b->used < size) {
        size_t cap = b ? b->cap * 2 : FIRST_BLOCK;
        if (cap < size) cap = size;
        b = malloc(sizeof *b + cap);
        if (!b) out_of_memory(a);
        b->next = a->head;
        b->cap = cap;
        b->used = 0;
        a->head = b;
    }
    void *p = b->data + b->used;
    b->used += size;
    a->used += size;
    return p;
}

void *hw_calloc(hw_arena *a, size_t n, size_t size)
{
    if (size && n > SIZE_MAX / 4 / size) out_of_memory(a);
    void *p = hw_alloc(a, n * size);
    return memset(p, 0, n * size);
}

char *hw_strndup(hw_arena *a, const char *s, size_t n)
{
    char *p = hw_alloc(a, n + 1);
    memcpy(p, s, n);
    p[n] = 0;
    return p;
}

char *hw_strdup(hw_arena *a, const char *s)
{
    return hw_strndup(a, s, strlen(s));
}

char *hw_sprintf(hw_arena *a, const char *fmt, ...)
{
    va_list ap, ap2;
    va_start(ap, fmt);
    va_copy(ap2, ap);
    int n = vsnprintf(NULL, 0, fmt, ap);
    va_end(ap);
    char *p = hw_alloc(a, (size_t)(n < 0 ? 0 : n) + 1);
    if (n >= 0) vsnprintf(p, (size_t)n + 1, fmt, ap2);
    else *p = 0;
    va_end(ap2);
    return p;
}
