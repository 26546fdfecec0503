/* In: "text=body,published=date". Out: which member or column each part of an article is. */
#include "base/err.h"
#include "ingest/parts.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

const char *const hw_part_names[HW_N_PARTS] = {"id", "text", "title", "published", "outlet", "url", "source"};

hw_slice *hw_part_at(hw_parts *p, int part)
{
    hw_slice *const all[HW_N_PARTS] = {&p->id, &p->text, &p->title, &p->published, &p->outlet, &p->url, &p->source};
    return all[part];
}

const char *hw_extra_name(const char *name, char other[HW_MAX_EXTRA])
{
    for (int i = 0; i < HW_N_PARTS; i++)
        if (!strcmp(name, hw_part_names[i])) return snprintf(other, HW_MAX_EXTRA, "%s_given", name), other;
    return name;
}

static int part_named(hw_slice s)
{
    for (int i = 0; i < HW_N_PARTS; i++)
        if (strlen(hw_part_names[i]) == s.n && !memcmp(hw_part_names[i], s.s, s.n)) return i;
    return -1;
}

static hewal_status read_one(hw_map *m, hw_slice pair, hewal_error *err)
{
    const char *eq = memchr(pair.s, '=', pair.n);
    hw_slice left = hw_trim((hw_slice){pair.s, eq ? (size_t)(eq - pair.s) : pair.n});
    hw_slice right = eq ? hw_trim((hw_slice){eq + 1, pair.n - (size_t)(eq - pair.s) - 1}) : (hw_slice){0};
    int part = part_named(left);
    if (!right.n) return hw_fail(err, HEWAL_EINVAL, "«%.*s» is not PART=NAME", (int)pair.n, pair.s);
    if (part < 0)
        return hw_fail(err, HEWAL_EINVAL, "an article has no part «%.*s», but id, text, title, published, outlet, url and source", (int)left.n, left.s);
    if (m->of[part]) return hw_fail(err, HEWAL_EINVAL, "%s is named twice", hw_part_names[part]);
    m->of[part] = strndup(right.s, right.n);
    return m->of[part] ? HEWAL_OK : hw_fail(err, HEWAL_ENOMEM, "out of memory");
}

hewal_status hw_map_new(hw_map **out, const char *spec, hewal_error *err)
{
    hw_map *m = *out = calloc(1, sizeof *m);
    hewal_status st = HEWAL_OK;
    if (!m) return hw_fail(err, HEWAL_ENOMEM, "out of memory");
    for (const char *s = spec; st == HEWAL_OK; s++) {
        size_t n = strcspn(s, ",");
        st = read_one(m, hw_trim((hw_slice){s, n}), err);
        s += n;
        if (!*s) break;
    }
    if (st == HEWAL_OK) return st;
    hw_map_free(m);
    *out = NULL;
    return st;
}

void hw_map_free(hw_map *m)
{
    if (!m) return;
    for (int i = 0; i < HW_N_PARTS; i++) free(m->of[i]);
    free(m);
}
