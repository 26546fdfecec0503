/* Arenas, vectors in them, hashes and checksums. */
#include "kit.h"

#include "base/hash.h"
#include "base/sha256.h"
#include "base/vec.h"

static void pieces_are_aligned_and_apart(void **state)
{
    (void)state;
    hw_arena a;
    hw_arena_init(&a);
    unsigned char *p[2000];
    size_t size[2000];
    for (size_t i = 0; i < 2000; i++) {
        size[i] = kit_random(i % 100 == 0 ? 300000 : 300);
        p[i] = hw_alloc(&a, size[i]);
        assert_int_equal((uintptr_t)p[i] % _Alignof(max_align_t), 0);
        memset(p[i], (int)(i & 0xFF), size[i]);
    }
    for (size_t i = 0; i < 2000; i++)
        for (size_t k = 0; k < size[i]; k++)
            if (p[i][k] != (i & 0xFF)) fail_msg("piece %zu was written over at %zu", i, k);
    hw_arena_free(&a);
    assert_null(a.head);
    hw_arena_free(&a);
}

static void reset_gives_room_again(void **state)
{
    (void)state;
    hw_arena a;
    hw_arena_init(&a);
    hw_arena_reset(&a);
    for (int round = 0; round < 50; round++) {
        for (int i = 0; i < 100; i++) memset(hw_alloc(&a, 5000), round, 5000);
        hw_block *kept = a.head;
        hw_arena_reset(&a);
        assert_int_equal(a.used, 0);
        if (round > 5) assert_ptr_equal(a.head, kept); /* all fits into the one block by now */
        unsigned char *z = hw_calloc(&a, 100, 7);
        for (int i = 0; i < 700; i++) assert_int_equal(z[i], 0);
    }
    hw_arena_free(&a);
}

static void sizes_that_overflow_are_out_of_memory(void **state)
{
    (void)state;
    static const struct { size_t n, size; } t[] = {{SIZE_MAX, 2}, {SIZE_MAX / 2 + 1, 2}, {SIZE_MAX, 1}, {1, SIZE_MAX}, {SIZE_MAX / 8, SIZE_MAX / 8}, {1, SIZE_MAX - 7}};
    for (volatile size_t i = 0; i < sizeof t / sizeof *t; i++) {
        hw_arena a;
        volatile bool came_back = false;
        hw_arena_init(&a);
        if (hw_arena_guard(&a)) came_back = true;
        else hw_calloc(&a, t[i].n, t[i].size);
        assert_true(came_back);
        hw_arena_free(&a);
    }
}

static void strings(void **state)
{
    (void)state;
    hw_arena a;
    hw_arena_init(&a);
    assert_string_equal(hw_strdup(&a, "کورد"), "کورد");
    assert_string_equal(hw_strndup(&a, "abc", 2), "ab");
    assert_string_equal(hw_strndup(&a, "", 0), "");
    assert_string_equal(hw_sprintf(&a, "%s/%d", "ا", 5), "ا/5");
    char *big = hw_sprintf(&a, "%0*d", 100000, 3);
    assert_int_equal(strlen(big), 100000);
    hw_arena_free(&a);
}

static void vectors_keep_what_was_pushed(void **state)
{
    (void)state;
    hw_arena a;
    hw_arena_init(&a);
    HW_VEC(uint64_t) v = {0};
    for (uint64_t i = 0; i < 100000; i++) {
        uint64_t *p = hw_push(&a, &v);
        assert_int_equal(*p, 0);
        *p = i * i;
    }
    assert_int_equal(v.n, 100000);
    for (uint64_t i = 0; i < v.n; i++) assert_true(v.v[i] == i * i);
    hw_arena_free(&a);
}

static void sha256_as_the_standard_has_it(void **state)
{
    (void)state;
    static char million[1000000];
    memset(million, 'a', sizeof million);
    const struct { const char *s; size_t n; const char *hex; } t[] = {
        {"", 0, "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"},
        {"abc", 3, "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"},
        {"abcdbcdecdefdefgefghfghighijhijkijkljklmklmnlmnomnopnopq", 56, "248d6a61d20638b8e5c026930c3e6039a33ce45964ff2167f6ecedd419db06c1"},
        {million, sizeof million, "cdc76e5c9914fb9281a1c7e284d73e67f1809a48a497200e046d39ccc7112cd0"},
    };
    for (size_t i = 0; i < sizeof t / sizeof *t; i++) {
        hw_sha256 s;
        unsigned char sum[32];
        char hex[65];
        hw_sha256_begin(&s);
        hw_sha256_add(&s, t[i].s, t[i].n);
        hw_sha256_end(&s, sum);
        hw_hex(sum, 32, hex);
        assert_string_equal(hex, t[i].hex);
    }
}

/* In pieces of any size, around the ends of blocks too, the sum is that of the whole. */
static void sha256_in_pieces(void **state)
{
    (void)state;
    char text[300];
    for (size_t i = 0; i < sizeof text; i++) text[i] = (char)(i * 7);
    for (size_t n = 0; n <= sizeof text; n++)
        for (size_t cut = 0; cut <= n; cut += 1 + cut / 3) {
            unsigned char one[32], two[32];
            hw_sha256 s;
            hw_sha256_begin(&s);
            hw_sha256_add(&s, text, n);
            hw_sha256_end(&s, one);
            hw_sha256_begin(&s);
            hw_sha256_add(&s, text, cut);
            hw_sha256_add(&s, text + cut, n - cut);
            hw_sha256_end(&s, two);
            assert_memory_equal(one, two, 32);
        }
}

static void hashes_never_are_the_empty_slot(void **state)
{
    (void)state;
    char s[8];
    for (unsigned i = 0; i < 200000; i++) {
        int n = snprintf(s, sizeof s, "%u", i);
        uint64_t h = hw_hash(s, (size_t)n);
        assert_true(h != 0);
        assert_true(hw_phrase(HW_PHRASE_START, h) != 0);
        assert_true(hw_phrase(h, h) != 0);
    }
    uint64_t a = hw_hash("سەرۆک", 10), b = hw_hash("وەزیران", 14);
    assert_true(hw_phrase(hw_phrase(HW_PHRASE_START, a), b) != hw_phrase(hw_phrase(HW_PHRASE_START, b), a));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(pieces_are_aligned_and_apart),
        cmocka_unit_test(reset_gives_room_again),
        cmocka_unit_test(sizes_that_overflow_are_out_of_memory),
        cmocka_unit_test(strings),
        cmocka_unit_test(vectors_keep_what_was_pushed),
        cmocka_unit_test(sha256_as_the_standard_has_it),
        cmocka_unit_test(sha256_in_pieces),
        cmocka_unit_test(hashes_never_are_the_empty_slot),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
