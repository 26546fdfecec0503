/* Killed with SIGKILL at ten random moments: what was committed is there, nothing is there in half, and going on adds the rest
 * once. */
#include "store_kit.h"

#include <signal.h>
#include <sys/mman.h>

enum { ARTICLES = KIT_SANITIZED ? 400 : 3000, KILLS = 10 };

typedef struct { _Atomic int committed, started, done; } shared;
static shared *told;

static const char *const sentences[] = {
    "مستەفا کازمی لە بەغدا لەگەڵ جۆ بایدن کۆبووەوە. ", "نێچیرڤان بارزانی گوتی: «پەیوەندییەکانمان باشن». ", "لە هەولێر دوو کەس بریندار بوون. ",
    "سەرۆکوەزیرانی عێراق سەردانی تارانی کرد. ", "ئەردۆغان ڕایگەیاند کە هێزەکانیان دەکشێننەوە. ", "وەزارەتی تەندروستی ٥٠ هەزار ژەمی وەرگرت. "};

static hw_article *nth(int i)
{
    char id[32], text[2048] = "", date[32];
    uint32_t x = (uint32_t)i * 2654435761u + 12345;
    for (int k = 0; k < 6; k++, x = x * 1664525u + 1013904223u) strcat(text, sentences[(x >> 16) % 6]);
    snprintf(id, sizeof id, "k%d", i);
    snprintf(date, sizeof date, "2021-%02u-%02u", 1 + (unsigned)i % 12, 1 + (unsigned)i % 28);
    return store_article(id, text, "سەردێڕ", date);
}

static void writer(const char *path)
{
    hw_store *s = store_open(path, HW_STORE_WRITE);
    for (int i = 0; i < ARTICLES; i++) {
        hw_put_result would;
        hw_article *a = nth(i);
        told->started = 1;
        if (hw_store_check(s, a, &would, NULL) != HEWAL_OK) _exit(1);
        if (would == HW_SKIPPED) hw_article_free(a);
        else if (store_try(s, a, NULL, NULL) != HEWAL_OK) _exit(1);
        if (i % 25 == 24) {
            if (hw_store_commit(s, NULL) != HEWAL_OK) _exit(1);
            told->committed = i + 1;
        }
    }
    if (hw_store_commit(s, NULL) != HEWAL_OK) _exit(1);
    hw_store_close(s);
    told->done = 1;
    _exit(0);
}

static void assert_record(hw_store *s, int i)
{
    hw_article *a = nth(i);
    hewal_record *r;
    hw_stored *x;
    hewal_string want = {0}, got = {0};
    assert_int_equal(hewal_annotate(kit_model, a->text, a->text_len, &a->meta, &r, NULL), HEWAL_OK);
    assert_int_equal(hw_store_get(s, a->id, &x, NULL), HEWAL_OK);
    assert_non_null(x);
    hewal_record_json(r, a->id, NULL, &want);
    hewal_record_json(&x->record, x->article.id, NULL, &got);
    assert_string_equal(got.s, want.s);
    hewal_string_free(&want);
    hewal_string_free(&got);
    hw_stored_free(x);
    hewal_record_free(r);
    hw_article_free(a);
}

static void killed(void **state)
{
    (void)state;
    char path[1024];
    snprintf(path, sizeof path, "%s", in_folder("killed.db"));
    told = mmap(NULL, sizeof *told, PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANONYMOUS, -1, 0);
    assert_true(told != MAP_FAILED);
    kit_seed ^= (uint64_t)time(NULL) * 2654435761u;
    int64_t before = 0;
    for (int k = 0; k < KILLS && !told->done; k++) {
        unsigned wait = kit_random(k == 0 ? 30000 : 150000); /* microseconds; the first may come while the tables are made */
        told->started = 0;
        fflush(NULL);
        pid_t pid = fork();
        assert_true(pid >= 0);
        if (pid == 0) writer(path);
        if (k > 0)
            for (int z = 0; z < 100000 && !told->started && !told->done; z++) usleep(100);
        usleep(wait);
        kill(pid, SIGKILL);
        int status;
        assert_int_equal(waitpid(pid, &status, 0), pid);
        assert_true(WIFSIGNALED(status) || (WIFEXITED(status) && WEXITSTATUS(status) == 0));
        hw_store *s = store_open(path, HW_STORE_WRITE);
        hw_store_counts c = store_counts(s);
        assert_true(c.articles >= told->committed);
        assert_true(c.articles >= before);
        before = c.articles;
        if (c.articles) assert_record(s, (int)c.articles - 1);
        if (c.articles) assert_record(s, (int)kit_random((uint32_t)c.articles));
        hw_store_close(s);
        store_assert_whole(path);
    }
    fflush(NULL);
    pid_t pid = fork();
    if (pid == 0) writer(path);
    int status;
    waitpid(pid, &status, 0);
    assert_true(WIFEXITED(status) && WEXITSTATUS(status) == 0);
    store_assert_whole(path);
    hw_store *s = store_open(path, HW_STORE_READ);
    assert_int_equal(store_counts(s).articles, ARTICLES);
    for (int i = 0; i < ARTICLES; i += ARTICLES / 40) assert_record(s, i);
    hw_store_close(s);
    assert_int_equal(store_number(path, "SELECT count(DISTINCT id) FROM articles"), ARTICLES);
    munmap(told, sizeof *told);
}

/* Readers go on while one writes, and see whole articles only. */
static void reading_while_writing(void **state)
{
    (void)state;
    char path[1024];
    snprintf(path, sizeof path, "%s", in_folder("both.db"));
    told = mmap(NULL, sizeof *told, PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANONYMOUS, -1, 0);
    fflush(NULL);
    pid_t pid = fork();
    if (pid == 0) writer(path);
    for (int z = 0; z < 100000 && told->committed == 0; z++) usleep(100);
    hw_store *s = store_open(path, HW_STORE_READ);
    int64_t last = 0;
    while (!told->done) {
        hw_store_counts c = store_counts(s);
        assert_true(c.articles >= last);
        last = c.articles;
        if (last) assert_record(s, (int)last - 1);
        int status;
        if (waitpid(pid, &status, WNOHANG) == pid) {
            assert_true(told->done);
            pid = 0;
        }
    }
    if (pid) waitpid(pid, NULL, 0);
    assert_int_equal(store_counts(s).articles, ARTICLES);
    hw_store_close(s);
    munmap(told, sizeof *told);
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(killed), cmocka_unit_test(reading_while_writing)};
    return cmocka_run_group_tests_name("store_kill", tests, folder_make, folder_remove);
}
