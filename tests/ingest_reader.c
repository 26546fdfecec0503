/* Files, folders and lines: what is read, what is refused and with which words. */
#include "folder.h"

#include "ingest/ingest.h"
#include <sys/resource.h>
#include <zlib.h>

typedef struct {
    hw_article *a[64];
    size_t n, refused;
    char said[64][512];
    char *refused_id[64];
} outcome;

static outcome *read_paths(const char *const *paths, size_t n, hw_input input)
{
    static outcome o;
    hw_reader *r;
    hewal_error err;
    memset(&o, 0, sizeof o);
    assert_int_equal(hw_reader_open(&r, paths, n, input, &err), HEWAL_OK);
    for (;;) {
        hw_article *a = (hw_article *)(void *)&o;
        hw_read_result got = hw_reader_next(r, &a, &err);
        if (got == HW_READ_END) {
            assert_null(a);
            break;
        }
        assert_true(o.n < 64 && o.refused < 64);
        if (got == HW_READ_ARTICLE) {
            assert_int_equal(strlen(a->text), a->text_len);
            assert_true(a->text_len > 0 && a->id && *a->id && a->origin);
            o.a[o.n++] = a;
        } else {
            assert_null(a);
            assert_null(strchr(err.message, '\n'));
            assert_int_not_equal(err.status, HEWAL_OK);
            snprintf(o.said[o.refused], sizeof o.said[0], "%s", err.message);
            o.refused_id[o.refused++] = hw_reader_refused_id(r) ? strdup(hw_reader_refused_id(r)) : NULL;
        }
    }
    assert_int_equal(hw_reader_next(r, &o.a[63], &err), HW_READ_END); /* and stays there */
    hw_reader_close(r);
    return &o;
}

static void forget(outcome *o)
{
    for (size_t i = 0; i < o->n; i++) hw_article_free(o->a[i]);
    for (size_t i = 0; i < o->refused; i++) free(o->refused_id[i]);
}

static outcome *read_one(const char *path)
{
    return read_paths(&path, 1, HW_AUTO);
}

/* One file is refused, and the message names it and says why. */
static void assert_refused(const char *path, const char *why)
{
    outcome *o = read_one(path);
    if (o->n != 0 || o->refused != 1) fail_msg("%s: %zu articles, %zu refused", path, o->n, o->refused);
    if (!strstr(o->said[0], path)) fail_msg("«%s» does not name %s", o->said[0], path);
    if (!strstr(o->said[0], why)) fail_msg("«%s» does not say «%s»", o->said[0], why);
    forget(o);
}

static void plain_texts(void **state)
{
    (void)state;
    outcome *o = read_one(folder_text("a.txt", "title: سەردێڕ\nPublished: 2021-07-26\noutlet: ڕووداو\nauthor: Someone\n\n\nدەقێک.\nدێڕی دووەم.\n\n"));
    assert_int_equal(o->n, 1);
    assert_string_equal(o->a[0]->text, "دەقێک.\nدێڕی دووەم.");
    assert_string_equal(o->a[0]->title, "سەردێڕ");
    assert_string_equal(o->a[0]->published, "2021-07-26");
    assert_string_equal(o->a[0]->outlet, "ڕووداو");
    assert_string_equal(o->a[0]->extra, "\"author\":\"Someone\"");
    assert_string_equal(o->a[0]->meta.published, "2021-07-26");
    assert_int_equal(o->a[0]->id[0], 'h');
    assert_int_equal(strlen(o->a[0]->id), 17);
    assert_false(o->a[0]->id_given);
    char id[32];
    snprintf(id, sizeof id, "%s", o->a[0]->id);
    forget(o);
    /* the same text elsewhere is the same article; Windows line ends; Arabic digits in a date */
    o = read_one(folder_text("b.txt", "date: ٢٠٢١/٠٧/٢٦\r\n\r\nدەقێک.\nدێڕی دووەم."));
    assert_string_equal(o->a[0]->id, id);
    assert_string_equal(o->a[0]->published, "2021-07-26");
    forget(o);
    /* no head: all is text, from the first byte on */
    static const char *const headless[] = {" \n کازمی: دەقێک", "Rudaw: x\n\ny", "title: only a head", "title: x\nno colon here\n\ny", ":\n\nx", "https://a.b\n\nx"};
    for (size_t i = 0; i < sizeof headless / sizeof *headless; i++) {
        o = read_one(folder_text("c.txt", headless[i]));
        assert_int_equal(o->n, 1);
        assert_string_equal(o->a[0]->text, headless[i]);
        forget(o);
    }
}

static void dates(void **state)
{
    (void)state;
    static const struct { const char *given, *read; } all[] = {
        {"2021-07-26", "2021-07-26"}, {"2021-07-26T21:40:00+03:00", "2021-07-26T21:40:00+03:00"}, {"2021-07-26 21:40", "2021-07-26 21:40"},
        {"2021/07/26", "2021-07-26"}, {"2021.7.6", "2021-07-06"}, {"20210726", "2021-07-26"}, {"26/07/2021", "2021-07-26"},
        {"Mon, 26 Jul 2021 10:00:00 GMT", "2021-07-26"}, {"26 July 2021", "2021-07-26"}, {"July 26, 2021", "2021-07-26"}, {"٢٠٢١-٠٧-٢٦", "2021-07-26"},
        {"06/07/2021", NULL}, {"2021-02-30", NULL}, {"yesterday", NULL}, {"2021", NULL}, {"", NULL}, {"2021-07-26 <script>", "2021-07-26"}};
    for (size_t i = 0; i < sizeof all / sizeof *all; i++) {
        char json[256];
        hw_article *a;
        hewal_error err;
        snprintf(json, sizeof json, "{\"text\": \"x\", \"published\": \"%s\"}", all[i].given);
        assert_int_equal(hw_article_parse(&a, json, strlen(json), HW_AUTO, "test", &err), HEWAL_OK);
        if (!all[i].read != !a->published || (a->published && strcmp(a->published, all[i].read) != 0)) fail_msg("%s was read as %s", all[i].given, a->published);
        if (!all[i].read && *all[i].given) assert_non_null(strstr(a->extra, "published_given"));
        hw_article_free(a);
    }
}

static void json_lines(void **state)
{
    (void)state;
    static const char text[] =
        "{\"id\": \"1\", \"text\": \"یەک\", \"title\": \"t\", \"published\": \"2021-01-02\", \"outlet\": \"o\", \"url\": \"http://x\", \"n\": 5, \"big\": 123456789012345678901234567890, "
        "\"deep\": {\"a\": [1.5, null]}, \"entities\": [], \"title2\": \"\\u0626\"}\n"
        "\n"
        "not json\n"
        "{\"id\": \"4\"}\n"
        "{\"id\": 5, \"text\": 7}\n"
        "[1]\n"
        "{\"id\": \"7\", \"text\": \"   \"}\n"
        "{\"id\": \"8\", \"text\": \"a\\u0000b\"}\n"
        "{\"id\": 9, \"text\": \"نۆ\", \"published\": 12, \"title\": null}\r\n"
        "{\"id\": \"10\", \"text\": \"broken \xFF here\"}\n"
        "{\"id\": \"11\", \"text\": \"cut\n"
        "{\"text\": \"no newline at the end\"}";
    outcome *o = read_one(folder_text("lines.jsonl", text));
    assert_int_equal(o->n, 4);
    assert_string_equal(o->a[0]->id, "1"); /* an integer beyond 64 bits makes the line's numbers reals */
    assert_true(o->a[0]->id_given);
    assert_string_equal(o->a[0]->extra, "\"n\":5.0,\"big\":1.2345678901234568e29,\"deep\":{\"a\":[1.5,null]},\"title2\":\"ئ\"");
    assert_non_null(strstr(o->a[0]->origin, "lines.jsonl:1"));
    hewal_string s = {0};
    assert_int_equal(hw_article_members(o->a[0], &s), HEWAL_OK);
    assert_int_equal(strncmp(s.s, "\"title\":\"t\",\"outlet\":\"o\",\"url\":\"http://x\",\"n\":5.0,", 50), 0);
    hewal_string_free(&s);
    assert_string_equal(o->a[1]->id, "9");
    assert_string_equal(o->a[1]->extra, "\"published_given\":12");
    assert_string_equal(o->a[2]->text, "broken \xEF\xBF\xBD here");
    assert_false(o->a[3]->id_given);
    assert_int_equal(o->refused, 7);
    static const struct { const char *where, *why, *id; } refused[] = {
        {":3:", "invalid JSON", NULL}, {":4:", "no member \"text\"", "4"}, {":5:", "not a string", "5"}, {":6:", "not a JSON object", NULL},
        {":7:", "no text", "7"}, {":8:", "JSON", NULL}, {":11:", "invalid JSON", NULL}};
    for (size_t i = 0; i < 7; i++) {
        if (!strstr(o->said[i], refused[i].where) || !strstr(o->said[i], refused[i].why)) fail_msg("%s: not %s %s", o->said[i], refused[i].where, refused[i].why);
        assert_int_equal(o->refused_id[i] == NULL, refused[i].id == NULL);
        if (refused[i].id) assert_string_equal(o->refused_id[i], refused[i].id);
    }
    forget(o);
    /* an array, one object over several lines, and text that only begins with a brace */
    o = read_one(folder_text("list.json", " [ {\"id\":\"a\",\"text\":\"x\"}, {\"id\":\"b\"}, {\"id\":\"c\",\"text\":\"z\"} ]"));
    assert_int_equal(o->n, 2);
    assert_int_equal(o->refused, 1);
    assert_non_null(strstr(o->said[0], "list.json:2:"));
    forget(o);
    o = read_one(folder_text("one", "{\n  \"id\": \"a\",\n  \"text\": \"x\"\n}\n"));
    assert_int_equal(o->n, 1);
    assert_string_equal(o->a[0]->id, "a");
    forget(o);
    o = read_one(folder_text("brace.txt", "{کورت} دەقێک"));
    assert_int_equal(o->n, 1);
    assert_string_equal(o->a[0]->text, "{کورت} دەقێک");
    forget(o);
    assert_refused(folder_text("bad.json", "[{\"text\": "), "invalid JSON");
    assert_refused(folder_text("none.jsonl", "\n\n \n"), "no article");
}

static void refused_files(void **state)
{
    (void)state;
    assert_refused(folder_text("empty.txt", ""), "an empty file");
    assert_refused(folder_text("blank.txt", " \n\t\n"), "no text");
    assert_refused(folder_file("binary", "\x7F" "ELF\0\0\1\2\3", 9), "a binary file");
    assert_refused(folder_file("controls", "\1\2\3\4\5\6\7abc", 10), "a binary file");
    char latin[256];
    for (int i = 0; i < 256; i++) latin[i] = (char)(0xC0 + i % 64);
    assert_refused(folder_file("latin1.txt", latin, sizeof latin), "neither UTF-8 nor UTF-16");
    char *late = malloc(300000);
    assert_non_null(late);
    memset(late, 'a', 300000);
    late[299999] = 0;
    assert_refused(folder_file("late-nul.txt", late, 300000), "a binary file");
    free(late);
    assert_refused(folder_file("cut.gz", "\x1F\x8B\x08\0\0\0\0\0\0\3\4\xC0", 12), "gzip");
    assert_refused(in_folder("nothing-here"), "No such file");
    size_t n;
    char *s = kit_repeat("دەق ", HEWAL_MAX_TEXT + 100, &n);
    assert_refused(folder_file("long.txt", s, n), "longer than");
    free(s);
    s = kit_repeat("<p>دەق ", 20u << 20, &n);
    assert_refused(folder_file("long.html", s, n), "longer than");
    free(s);
}

/* Broken UTF-8 at every place of a text: always read, and plain text keeps its bytes. */
static void broken_in_every_place(void **state)
{
    (void)state;
    static const char good[] = "سەرۆکی هەرێم لە هەولێر کۆبووەوە و گوتی «باشە».";
    static const char *const bad[] = {"\xFF", "\xC3", "\xE2\x82", "\xF0\x9F\x98", "\xED\xA0\x80", "\xC0\x80"};
    for (size_t at = 0; at <= strlen(good); at++)
        for (size_t k = 0; k < sizeof bad / sizeof *bad; k++) {
            char text[256], json[512];
            hw_article *a;
            hewal_error err;
            snprintf(text, sizeof text, "%.*s%s%s", (int)at, good, bad[k], good + at);
            assert_int_equal(hw_article_parse(&a, text, strlen(text), HW_AUTO, "t", &err), HEWAL_OK);
            assert_string_equal(a->text, text);
            hw_article_free(a);
            snprintf(json, sizeof json, "{\"text\": \"%s\"}", text);
            assert_int_equal(hw_article_parse(&a, json, strlen(json), HW_AUTO, "t", &err), HEWAL_OK);
            assert_true(kit_utf8(a->text, a->text_len));
            hw_article_free(a);
            snprintf(json, sizeof json, "<html><body><article><p>%s</p></article></body></html>", text);
            assert_int_equal(hw_article_parse(&a, json, strlen(json), HW_AUTO, "t", &err), HEWAL_OK);
            assert_true(kit_utf8(a->text, a->text_len));
            hw_article_free(a);
        }
}

static void folders(void **state)
{
    (void)state;
    mkdir(in_folder("tree"), 0755);
    mkdir(in_folder("tree/b"), 0755);
    mkdir(in_folder("tree/b/deep"), 0755);
    mkdir(in_folder("tree/empty"), 0755);
    folder_text("tree/c.txt", "سێ");
    folder_text("tree/a.txt", "یەک");
    folder_text("tree/b/deep/x.txt", "دوو");
    folder_text("tree/.hidden", "نا");
    folder_file("tree/bin", "\0\1\2", 3);
    assert_int_equal(symlink("..", in_folder("tree/b/loop")), 0);
    assert_int_equal(symlink("nowhere", in_folder("tree/dangling")), 0);
    assert_int_equal(mkfifo(in_folder("tree/pipe"), 0644), 0);
    const char *const paths[] = {in_folder("tree")};
    outcome *o = read_paths(paths, 1, HW_AUTO);
    assert_int_equal(o->n, 3);
    assert_string_equal(o->a[0]->text, "یەک");
    assert_string_equal(o->a[1]->text, "دوو");
    assert_string_equal(o->a[2]->text, "سێ");
    assert_int_equal(o->refused, 2);
    assert_non_null(strstr(o->said[0], "/bin: a binary file"));
    assert_non_null(strstr(o->said[1], "/dangling: No such file"));
    forget(o);
    assert_int_equal(hw_reader_total(paths, 1), strlen("یەک") + strlen("دوو") + strlen("سێ") + 3); /* a walk that meets a fault goes on */
}

static int read_closed_folder(void *path)
{
    const char *p = path;
    outcome *o = read_paths(&p, 1, HW_AUTO);
    bool ok = o->n == 1 && o->refused == 2 && strstr(o->said[0], "/closed: the folder cannot be read: Permission denied") && strstr(o->said[1], "/secret.txt: Permission denied");
    forget(o);
    return ok ? 0 : 1;
}

static void folder_that_cannot_be_read(void **state)
{
    (void)state;
    mkdir(in_folder("part"), 0755);
    mkdir(in_folder("part/closed"), 0);
    folder_text("part/open.txt", "دەق");
    chmod(folder_text("part/secret.txt", "دەق"), 0);
    char path[1024];
    snprintf(path, sizeof path, "%s", in_folder("part"));
    assert_int_equal(in_child(read_closed_folder, path, true), 0);
    chmod(in_folder("part/closed"), 0755);
}

static void gzip(void **state)
{
    (void)state;
    gzFile z = gzopen(in_folder("a.jsonl.gz"), "wb");
    assert_non_null(z);
    for (int i = 0; i < 3000; i++) gzprintf(z, "{\"id\": \"%d\", \"text\": \"دەقی ژمارە %d کە درێژە\"}\n", i, i);
    gzclose(z);
    hw_reader *r;
    const char *path = in_folder("a.jsonl.gz");
    struct stat st;
    stat(path, &st);
    assert_int_equal(hw_reader_open(&r, &path, 1, HW_AUTO, NULL), HEWAL_OK);
    hw_article *a;
    int n = 0;
    while (hw_reader_next(r, &a, NULL) == HW_READ_ARTICLE) {
        assert_int_equal(atoi(a->id), n++);
        hw_article_free(a);
    }
    assert_int_equal(n, 3000);
    assert_int_equal(hw_reader_bytes(r), st.st_size);
    hw_reader_close(r);
}

static size_t resident(void)
{
    size_t pages = 0, rss = 0;
    FILE *f = fopen("/proc/self/statm", "r");
    if (f && fscanf(f, "%zu %zu", &pages, &rss) != 2) rss = 0;
    if (f) fclose(f);
    return rss * 4096;
}

/* A line of 200 MB comes through a pipe: skipped in bounded memory, and the lines around it are read. */
static int read_giant(void *arg)
{
    (void)arg;
    int fd[2];
    if (pipe(fd) != 0) return 2;
    pid_t pid = fork();
    if (pid == 0) {
        close(fd[0]);
        FILE *f = fdopen(fd[1], "w");
        static char block[1 << 16];
        memset(block, 'x', sizeof block);
        fputs("{\"id\":\"a\",\"text\":\"x\"}\n{\"id\":\"giant\",\"text\":\"", f);
        for (int i = 0; i < 3200; i++) fwrite(block, 1, sizeof block, f);
        fputs("\"}\n{\"id\":\"b\",\"text\":\"y\"}\n", f);
        fclose(f);
        _exit(0);
    }
    close(fd[1]);
    dup2(fd[0], 0);
    close(fd[0]);
    size_t before = resident();
    const char *path = "-";
    hw_reader *r;
    hw_article *a;
    hewal_error err;
    int ok = 0;
    size_t most = 0;
    if (hw_reader_open(&r, &path, 1, HW_AUTO, &err) != HEWAL_OK) return 3;
    for (hw_read_result g; (g = hw_reader_next(r, &a, &err)) != HW_READ_END;) {
        if (resident() > most) most = resident();
        if (g == HW_READ_ARTICLE) ok += !strcmp(a->id, ok == 0 ? "a" : "b");
        else ok += !strncmp(err.message, "standard input:2: a line longer than ", 37) && err.status == HEWAL_ETOOBIG ? 10 : 100;
        hw_article_free(a);
    }
    hw_reader_close(r);
    waitpid(pid, NULL, 0);
    if (!KIT_SANITIZED && most - before > (size_t)120 << 20) return 4;
    return ok == 12 ? 0 : 5;
}

static void line_of_200_megabytes(void **state)
{
    (void)state;
    assert_int_equal(in_child(read_giant, NULL, false), 0);
}

static void hundred_thousand_articles(void **state)
{
    (void)state;
    FILE *f = fopen(in_folder("many.jsonl"), "w");
    assert_non_null(f);
    for (int i = 0; i < 100000; i++) fprintf(f, "{\"id\": \"%d\", \"text\": \"دەقی ژمارە %d، کە لە هەولێر نووسراوە.\", \"n\": %d}\n", i, i, i);
    fclose(f);
    const char *path = in_folder("many.jsonl");
    hw_reader *r;
    assert_int_equal(hw_reader_open(&r, &path, 1, HW_AUTO, NULL), HEWAL_OK);
    hw_article *a;
    size_t early = 0;
    int n = 0;
    while (hw_reader_next(r, &a, NULL) == HW_READ_ARTICLE) {
        if (++n == 5000) early = resident();
        hw_article_free(a);
    }
    assert_int_equal(n, 100000);
    if (!KIT_SANITIZED) assert_true(resident() < early + (2u << 20));
    assert_int_equal(hw_reader_bytes(r), hw_reader_total(&path, 1));
    hw_reader_close(r);
    remove(path);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(plain_texts), cmocka_unit_test(dates), cmocka_unit_test(json_lines), cmocka_unit_test(refused_files),
        cmocka_unit_test(broken_in_every_place), cmocka_unit_test(folders), cmocka_unit_test(folder_that_cannot_be_read), cmocka_unit_test(gzip),
        cmocka_unit_test(line_of_200_megabytes), cmocka_unit_test(hundred_thousand_articles)};
    return cmocka_run_group_tests_name("ingest_reader", tests, folder_make, folder_remove);
}
