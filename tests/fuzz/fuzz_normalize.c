/* Any bytes normalise: the map is total and rises, twice is once, and no word changes where words of the map end. */
#include "fuzz.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    const hewal_model *m = fuzz_model();
    const char *text = (const char *)data;
    hewal_string one = {0}, two = {0};
    hewal_offset *map = NULL;
    size_t n = 0;
    MUST(hewal_normalize(m, text, size, &one, &map, &n) == HEWAL_OK);
    MUST(map && n >= 1 && !map[0].out && !map[0].in && map[n - 1].out == one.len && map[n - 1].in == size);
    for (size_t i = 1; i < n; i++) MUST(map[i].out >= map[i - 1].out && map[i].in >= map[i - 1].in && map[i].out - map[i - 1].out + map[i].in - map[i - 1].in > 0);
    MUST(hewal_normalize(m, one.s, one.len, &two, NULL, NULL) == HEWAL_OK);
    MUST(two.len == one.len && !memcmp(one.s, two.s, one.len));
    free(map);
    hewal_string_free(&one);
    hewal_string_free(&two);
    return 0;
}
