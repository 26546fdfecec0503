/* The language files and, where it is there, the shared text: for tests over all words. */
#ifndef HEWAL_TESTS_LANGUAGE_FOLDER_H
#define HEWAL_TESTS_LANGUAGE_FOLDER_H
#include "kit.h"

/* A path beside the samples: "../lang/ckb", "../../shared/data/text". */
KIT_UNUSED static void beside_samples(char *out, size_t size, const char *path)
{
    const char *env = getenv("HEWAL_SAMPLES"), *slash = strrchr(__FILE__, '/');
    if (env) snprintf(out, size, "%s/%s", env, path);
    else snprintf(out, size, "%.*s/../samples/%s", slash ? (int)(slash - __FILE__) : 1, slash ? __FILE__ : ".", path);
}

/* Calls f with every cell of the column `lemma` of every lexicon file; how many there were. */
KIT_UNUSED static size_t each_lemma(void (*f)(const char *lemma, void *ctx), void *ctx)
{
    char dir[4096];
    beside_samples(dir, sizeof dir, "../lang/ckb/lexicon");
    DIR *d = opendir(dir);
    if (!d) fail_msg("no lexicon in %s", dir);
    size_t count = 0;
    for (struct dirent *e; (e = readdir(d)) != NULL;) {
        const char *dot = strrchr(e->d_name, '.');
        if (!dot || strcmp(dot, ".tsv") != 0) continue;
        char path[8192];
        snprintf(path, sizeof path, "%s/%s", dir, e->d_name);
        size_t n;
        char *text = kit_slurp(path, &n), *save, *cells;
        assert_non_null(text);
        int column = -1;
        for (char *line = strtok_r(text, "\n", &save); line; line = strtok_r(NULL, "\n", &save)) {
            if (*line == '#') continue;
            int i = 0;
            bool names = column < 0;
            for (char *c = strtok_r(line, "\t", &cells); c; c = strtok_r(NULL, "\t", &cells), i++) {
                if (names && !strcmp(c, "lemma")) column = i;
                if (names || i != column) continue;
                f(c, ctx);
                count++;
            }
        }
        free(text);
    }
    closedir(d);
    return count;
}

/* Calls f with every line of the shared text files, of which one in `step` is taken. 0: they are not there. */
KIT_UNUSED static size_t each_shared_line(unsigned step, void (*f)(const char *s, size_t n, void *ctx), void *ctx)
{
    static const char *const files[] = {"agency-news.txt", "posts.jsonl", "textbooks.txt"};
    size_t count = 0;
    for (size_t i = 0; i < sizeof files / sizeof *files; i++) {
        char dir[4096], path[8192];
        size_t n, no = 0;
        beside_samples(dir, sizeof dir, "../../shared/data/text");
        snprintf(path, sizeof path, "%s/%s", dir, files[i]);
        char *text = kit_slurp(path, &n);
        if (!text) continue;
        for (char *s = text, *end; s < text + n; s = end + 1, no++) {
            end = memchr(s, '\n', (size_t)(text + n - s));
            if (!end) end = text + n;
            if (no % step) continue;
            f(s, (size_t)(end - s), ctx);
            count++;
        }
        free(text);
    }
    return count;
}
#endif
