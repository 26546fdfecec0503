/* In: the path of a model file. Out: the file mapped read-only and checked, with views on its sections. */
#include "model/model.h"

#include "text/orth.h"
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

const void *hw_model_section(const hewal_model *m, const char *name, size_t *size)
{
    size_t n = strlen(name);
    for (uint32_t i = 0; n < sizeof m->dir[i].name && i < m->header->n_sections; i++) {
        const char *s = m->dir[i].name; /* most differ in the last letter or the length */
        if (s[n] || (n && s[n - 1] != name[n - 1]) || memcmp(s, name, n) != 0) continue;
        if (size) *size = m->dir[i].size;
        return m->base + m->dir[i].offset;
    }
    if (size) *size = 0;
    return NULL;
}

static bool holds(uint64_t size, uint64_t at, uint64_t n, uint64_t each)
{
    return at <= size && n <= (size - at) / each;
}

/* Whether a section is large enough for what its own header says, so that no view on it reaches out of the file. */
static bool is_whole(const char *name, const unsigned char *p, size_t size)
{
    if (!strncmp(name, "t:", 2)) {
        const hw_table_header *h = (const hw_table_header *)p;
        return size > sizeof *h && h->n_cols && h->n_rows < UINT32_MAX && !p[size - 1] &&
               holds(size, sizeof *h, ((uint64_t)h->n_rows + 1) * h->n_cols, sizeof(uint32_t));
    }
    if (!strncmp(name, "i:", 2)) {
        const hw_index_header *h = (const hw_index_header *)p;
        return size >= 16 && h->n_slots && !(h->n_slots & (h->n_slots - 1)) && holds(size, 16, h->n_slots, sizeof(hw_slot)) &&
               holds(size, 16 + (uint64_t)h->n_slots * sizeof(hw_slot), h->n_posts, sizeof(hw_post));
    }
    if (!strcmp(name, "orth")) {
        const hw_orth *o = (const hw_orth *)p;
        if (size < sizeof *o || !holds(size, o->pages_at, o->n_pages, 256 * sizeof(hw_char)) ||
            !holds(size, o->replacements_at, o->n_replacements, sizeof(hw_replacement)) || !holds(size, o->rules_at, o->n_rules, sizeof(hw_orth_rule)) ||
            !holds(size, o->places_at, o->n_places, sizeof(hw_place)))
            return false;
        for (size_t i = 0; i < sizeof o->page_of / sizeof *o->page_of; i++)
            if (o->page_of[i] >= o->n_pages) return false;
    }
    return true;
}

hewal_status hw_model_attach(hewal_model *m, const void *bytes, size_t size, const char *what, hewal_error *err)
{
    memset(m, 0, sizeof *m);
    const hw_model_header *h = bytes;
    if (size < sizeof *h || h->magic != HW_MODEL_MAGIC) return hw_fail(err, HEWAL_EFORMAT, "%s: not a hewal model", what);
    if (h->version != HW_MODEL_VERSION)
        return hw_fail(err, HEWAL_EVERSION, "%s: model format %u, this program reads %u", what, h->version, HW_MODEL_VERSION);
    if (h->size != size || h->n_sections > 10000 || sizeof *h + h->n_sections * sizeof(hw_model_entry) > size)
        return hw_fail(err, HEWAL_EFORMAT, "%s: the model is cut off (%zu bytes of %llu)", what, size,
                       (unsigned long long)h->size);
    m->base = bytes;
    m->size = size;
    m->header = h;
    m->dir = (const hw_model_entry *)(m->base + sizeof *h);
    for (uint32_t i = 0; i < h->n_sections; i++)
        if (m->dir[i].offset > size || m->dir[i].size > size - m->dir[i].offset)
            return hw_fail(err, HEWAL_EFORMAT, "%s: section %u lies outside the file", what, i);
    for (uint32_t i = 0; i < h->n_sections; i++)
        if (m->dir[i].offset % 16 || m->dir[i].name[sizeof m->dir[i].name - 1] || !is_whole(m->dir[i].name, m->base + m->dir[i].offset, m->dir[i].size))
            return hw_fail(err, HEWAL_EFORMAT, "%s: section %u is broken", what, i);
    m->orth = hw_model_section(m, "orth", NULL);
    snprintf(m->id, sizeof m->id, "%.*s", (int)sizeof h->id, h->id);
    return HEWAL_OK;
}

static hewal_status open_file(hewal_model *m, const char *path, hewal_error *err)
{
    int fd = open(path, O_RDONLY | O_CLOEXEC);
    if (fd < 0) return hw_fail(err, HEWAL_EIO, "%s: %s", path, strerror(errno));
    struct stat st;
    if (fstat(fd, &st) != 0 || st.st_size <= 0) {
        close(fd);
        return hw_fail(err, HEWAL_EFORMAT, "%s: not a hewal model", path);
    }
    size_t size = (size_t)st.st_size;
    void *p = mmap(NULL, size, PROT_READ, MAP_SHARED, fd, 0);
    int e = errno;
    close(fd);
    if (p == MAP_FAILED) return hw_fail(err, HEWAL_EIO, "%s: %s", path, strerror(e));
    hewal_status s = hw_model_attach(m, p, size, path, err);
    if (s != HEWAL_OK) munmap(p, size);
    else m->mapped = true;
    return s;
}

/* Beside the program (a build folder), then where it was installed. */
static const char *find_model(char *buf, size_t size)
{
    const char *env = getenv("HEWAL_MODEL");
    if (env && *env) return env;
    char exe[4096];
    ssize_t n = readlink("/proc/self/exe", exe, sizeof exe - 1);
    if (n > 0) {
        exe[n] = 0;
        char *slash = strrchr(exe, '/');
        if (slash) *slash = 0;
        static const char *const near[] = {"", "/..", "/../share/hewal"};
        for (size_t i = 0; i < sizeof near / sizeof *near; i++) {
            int k = snprintf(buf, size, "%s%s/ckb.model", exe, near[i]);
            if (k > 0 && (size_t)k < size && access(buf, R_OK) == 0) return buf;
        }
    }
    snprintf(buf, size, "%s/ckb.model", HEWAL_DATADIR);
    return buf;
}

hewal_status hewal_model_open(hewal_model **out, const char *path, hewal_error *err)
{
    *out = NULL;
    char buf[5000];
    if (!path) path = find_model(buf, sizeof buf);
    hewal_model *m = calloc(1, sizeof *m);
    if (!m) return hw_fail(err, HEWAL_ENOMEM, "out of memory");
    hewal_status s = open_file(m, path, err);
    if (s != HEWAL_OK) {
        free(m);
        return s;
    }
    *out = m;
    return HEWAL_OK;
}

void hewal_model_close(hewal_model *m)
{
    if (!m) return;
    if (m->mapped) munmap((void *)(uintptr_t)m->base, m->size);
    free(m);
}

const char *hewal_model_id(const hewal_model *m)
{
    return m->id;
}

hw_table hw_model_table(const hewal_model *m, const char *name)
{
    char full[40];
    hw_table t = {0};
    snprintf(full, sizeof full, "t:%s", name);
    t.base = hw_model_section(m, full, NULL);
    if (!t.base) return t;
    const hw_table_header *h = (const hw_table_header *)t.base;
    t.n_rows = h->n_rows;
    t.n_cols = h->n_cols;
    t.names = (const uint32_t *)(t.base + sizeof *h);
    t.cells = t.names + t.n_cols;
    return t;
}

int hw_column(const hw_table *t, const char *name)
{
    for (uint32_t i = 0; i < t->n_cols; i++)
        if (!strcmp((const char *)t->base + t->names[i], name)) return (int)i;
    return -1;
}

const char *hw_cell(const hw_table *t, uint32_t row, int col)
{
    if (col < 0 || row >= t->n_rows || (uint32_t)col >= t->n_cols) return "";
    const char *s = (const char *)t->base + t->cells[(size_t)row * t->n_cols + (uint32_t)col];
    return s[0] == '-' && !s[1] ? "" : s;
}

hw_index hw_model_index(const hewal_model *m, const char *name)
{
    char full[40];
    hw_index ix = {0};
    snprintf(full, sizeof full, "i:%s", name);
    const unsigned char *p = hw_model_section(m, full, NULL);
    if (!p) return ix;
    const hw_index_header *h = (const hw_index_header *)p;
    ix.slots = (const hw_slot *)(p + 16);
    ix.posts = (const hw_post *)(ix.slots + h->n_slots);
    ix.mask = h->n_slots - 1;
    ix.bit = UINT32_C(1) << h->number;
    return ix;
}

hw_begins hw_model_begins(const hewal_model *m)
{
    const unsigned char *p = hw_model_section(m, "begins", NULL);
    if (!p) return (hw_begins){0};
    const hw_begins_header *h = (const hw_begins_header *)p;
    return (hw_begins){(const hw_begins_slot *)(p + 16), h->n_slots - 1};
}
