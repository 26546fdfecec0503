/* Any bytes normalise: the map is total and rises, twice is once. The first two bytes choose the groups of rules, the third
 * whether the text is taken for one of an old font. */
#include "fuzz.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    static const char *const fonts[] = {NULL, NULL, NULL, NULL, "ali-k", "ali-web", "dylan", "zarnegar"};
    if (size < 3) return 0;
    const hewal_model *m = fuzz_model();
    const char *text = (const char *)data + 3;
    size -= 3;
    hewal_normalizing how = {(data[0] | (unsigned)data[1] << 8) & HEWAL_FIX_ALL, fonts[data[2] & 7]}, again = {how.fix, NULL};
    if (data[2] & 8) again.fix = how.fix = HEWAL_FIX_ALL;
    hewal_string one = {0}, two = {0};
    hewal_offset *map = NULL;
    size_t n = 0;
    MUST(hewal_normalize_with(m, text, size, &how, &one, &map, &n) == HEWAL_OK);
    MUST(map && n >= 1 && !map[0].out && !map[0].in && map[n - 1].out == one.len && map[n - 1].in == size);
    for (size_t i = 1; i < n; i++) MUST(map[i].out >= map[i - 1].out && map[i].in >= map[i - 1].in && map[i].out - map[i - 1].out + map[i].in - map[i - 1].in > 0);
    MUST(hewal_normalize_with(m, one.s, one.len, &again, &two, NULL, NULL) == HEWAL_OK);
    MUST(two.len == one.len && !memcmp(one.s, two.s, one.len));
    free(map);
    hewal_string_free(&one);
    hewal_string_free(&two);
    return 0;
}
