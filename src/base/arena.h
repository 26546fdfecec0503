/* Memory of one document: blocks that grow and are freed at once.
 *
 * Allocation never returns NULL. When memory runs out the arena jumps to the place that hw_arena_guard marked, which is
 * the one entry point of the library that made the arena; so the stages need no check at every allocation and nothing is
 * left half done. Sizes are bytes; everything is aligned for any type and not cleared unless said. */
#ifndef HW_BASE_ARENA_H
#define HW_BASE_ARENA_H
#include <setjmp.h>
#include <stddef.h>
#include <stdint.h>

typedef struct hw_block hw_block;
typedef struct hw_arena {
    hw_block *head; /* the block in use, then the older ones */
    size_t used;    /* bytes handed out in all */
    jmp_buf oom;    /* set by hw_arena_guard */
    int guarded;
} hw_arena;

void hw_arena_init(hw_arena *a);
/* Frees all blocks. */
void hw_arena_free(hw_arena *a);
/* Forgets everything but keeps the largest block for the next document. */
void hw_arena_reset(hw_arena *a);

/* if (hw_arena_guard(a)) { memory ran out somewhere below } */
#define hw_arena_guard(a) ((a)->guarded = 1, setjmp((a)->oom))

void *hw_alloc(hw_arena *a, size_t size);
void *hw_calloc(hw_arena *a, size_t n, size_t size); /* cleared */
char *hw_strndup(hw_arena *a, const char *s, size_t n);
char *hw_strdup(hw_arena *a, const char *s);
char *hw_sprintf(hw_arena *a, const char *fmt, ...) __attribute__((format(printf, 2, 3)));

#define HW_NEW(a, T) ((T *)hw_calloc((a), 1, sizeof(T)))
#define HW_NEWS(a, T, n) ((T *)hw_calloc((a), (n), sizeof(T)))
#endif
