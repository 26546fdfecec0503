/* What the tests share: the model, the samples, random mixes, a UTF-8 check that is not the library's own.
 * Programs find the model by $HEWAL_MODEL, the samples by $HEWAL_SAMPLES or beside this folder. */
#ifndef HEWAL_TESTS_KIT_H
#define HEWAL_TESTS_KIT_H
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "hewal.h"
#include <dirent.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#if defined(__SANITIZE_ADDRESS__) || defined(__SANITIZE_THREAD__)
#define KIT_SANITIZED 1
#elif defined(__has_feature)
#if __has_feature(address_sanitizer) || __has_feature(thread_sanitizer) || __has_feature(memory_sanitizer)
#define KIT_SANITIZED 1
#endif
#endif
#ifndef KIT_SANITIZED
#define KIT_SANITIZED 0
#endif

#define KIT_UNUSED __attribute__((unused))

static hewal_model *kit_model;

KIT_UNUSED static int kit_open(void **state)
{
    (void)state;
    hewal_error err = {0};
    if (hewal_model_open(&kit_model, NULL, &err) == HEWAL_OK) return 0;
    fprintf(stderr, "no model: %s\n", err.message);
    return -1;
}

KIT_UNUSED static int kit_close(void **state)
{
    (void)state;
    hewal_model_close(kit_model);
    kit_model = NULL;
    return 0;
}

/* ---- samples ----------------------------------------------------------------------------------------------------- */

typedef struct { char *s; size_t n; char name[256]; } kit_text;
static kit_text kit_samples[256];
static size_t kit_n_samples;

KIT_UNUSED static char *kit_slurp(const char *path, size_t *n)
{
    FILE *f = fopen(path, "rb");
    if (!f) return NULL;
    size_t cap = 4096, len = 0, k;
    char *s = malloc(cap);
    while (s && (k = fread(s + len, 1, cap - len - 1, f)) > 0)
        if ((len += k) + 1 == cap) s = realloc(s, cap *= 2);
    fclose(f);
    if (!s) return NULL;
    s[len] = 0;
    *n = len;
    return s;
}

/* All sample files as they are, header, HTML and JSONL included: for the text stages all of it is text. */
KIT_UNUSED static void kit_read_samples(void)
{
    char dir[4096];
    const char *env = getenv("HEWAL_SAMPLES"), *slash = strrchr(__FILE__, '/');
    if (env) snprintf(dir, sizeof dir, "%s", env);
    else snprintf(dir, sizeof dir, "%.*s/../samples", slash ? (int)(slash - __FILE__) : 1, slash ? __FILE__ : ".");
    DIR *d = opendir(dir);
    if (!d) fail_msg("no samples in %s (set HEWAL_SAMPLES)", dir);
    for (struct dirent *e; (e = readdir(d)) && kit_n_samples < 256;) {
        const char *dot = strrchr(e->d_name, '.');
        if (!dot || (strcmp(dot, ".txt") != 0 && strcmp(dot, ".html") != 0 && strcmp(dot, ".jsonl") != 0)) continue;
        kit_text *t = &kit_samples[kit_n_samples];
        char path[8192];
        snprintf(path, sizeof path, "%s/%s", dir, e->d_name);
        snprintf(t->name, sizeof t->name, "%s", e->d_name);
        if ((t->s = kit_slurp(path, &t->n)) != NULL) kit_n_samples++;
    }
    closedir(d);
    assert_true(kit_n_samples > 0);
}

KIT_UNUSED static void kit_free_samples(void)
{
    while (kit_n_samples) free(kit_samples[--kit_n_samples].s);
}

/* ---- random mixes, the same on every run --------------------------------------------------------------------------- */

static uint64_t kit_seed = 88172645463325252ull;

KIT_UNUSED static uint32_t kit_random(uint32_t below)
{
    kit_seed ^= kit_seed << 13;
    kit_seed ^= kit_seed >> 7;
    kit_seed ^= kit_seed << 17;
    return (uint32_t)((kit_seed >> 16) % below);
}

/* n pieces drawn from `pieces`, as one text on the heap without a byte behind it (so that ASan sees a step too far). */
KIT_UNUSED static char *kit_mix(const char *const *pieces, size_t n_pieces, size_t n, size_t *len)
{
    char *s = malloc(n * 64 + 1);
    size_t at = 0;
    assert_non_null(s);
    for (size_t i = 0; i < n; i++) {
        const char *p = pieces[kit_random((uint32_t)n_pieces)];
        size_t k = strlen(p);
        assert_true(k <= 64);
        memcpy(s + at, p, k);
        at += k;
    }
    char *exact = malloc(at ? at : 1);
    assert_non_null(exact);
    memcpy(exact, s, at);
    free(s);
    *len = at;
    return exact;
}

KIT_UNUSED static char *kit_repeat(const char *piece, size_t bytes, size_t *len)
{
    size_t k = strlen(piece), n = bytes / k;
    char *s = malloc(n * k + 1);
    assert_non_null(s);
    for (size_t i = 0; i < n; i++) memcpy(s + i * k, piece, k);
    s[*len = n * k] = 0;
    return s;
}

/* ---- checks -------------------------------------------------------------------------------------------------------- */

/* Table 3-7 of the Unicode standard, written anew: the library must not check itself. */
KIT_UNUSED static bool kit_utf8(const char *text, size_t n)
{
    const unsigned char *p = (const unsigned char *)text, *end = p + n;
    while (p < end) {
        int more;
        unsigned lo = 0x80, hi = 0xBF;
        if (*p < 0x80) more = 0;
        else if (*p >= 0xC2 && *p <= 0xDF) more = 1;
        else if (*p >= 0xE0 && *p <= 0xEF) more = 2;
        else if (*p >= 0xF0 && *p <= 0xF4) more = 3;
        else return false;
        if (*p == 0xE0) lo = 0xA0;
        if (*p == 0xED) hi = 0x9F;
        if (*p == 0xF0) lo = 0x90;
        if (*p == 0xF4) hi = 0x8F;
        p++;
        for (; more; more--, p++, lo = 0x80, hi = 0xBF)
            if (p >= end || *p < lo || *p > hi) return false;
    }
    return true;
}

KIT_UNUSED static double kit_cpu_seconds(void)
{
    struct timespec t;
    clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &t);
    return (double)t.tv_sec + (double)t.tv_nsec * 1e-9;
}

/* ---- normalising, for the tests that want a string back --------------------------------------------------------------- */

KIT_UNUSED static hewal_string kit_normal_n(const char *s, size_t n)
{
    hewal_string out = {0};
    assert_int_equal(hewal_normalize(kit_model, s, n, &out, NULL, NULL), HEWAL_OK);
    return out;
}

#define kit_assert_normal(in, want)                                                                                    \
    do {                                                                                                               \
        hewal_string kit_out = kit_normal_n((in), strlen(in));                                                         \
        if (!kit_out.s || strcmp(kit_out.s, (want)) != 0)                                                              \
            fail_msg("line %d: «%s» became «%s», not «%s»", __LINE__, (in), kit_out.s ? kit_out.s : "", (want));       \
        hewal_string_free(&kit_out);                                                                                   \
    } while (0)
#endif
