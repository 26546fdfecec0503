/* In: an mbox file: mails, each behind a line that begins with «From ». Or a file that is one mail. Out: an article a mail. */
#include "base/buf.h"
#include "base/err.h"
#include "ingest/heads.h"
#include "ingest/mail.h"

#include <stdlib.h>
#include <string.h>

#define MAX_MAIL HW_MAX_LINE /* with its attachments; a longer one is refused */

/* Where the next mail begins, at or behind `from`: a line «From » behind an empty one. NULL: not in these bytes. */
static const char *next_mail(const char *s, size_t n, size_t from)
{
    for (const char *p = s + from, *end = s + n; (p = memmem(p, (size_t)(end - p), "\nFrom ", 6)) != NULL; p++)
        if (p > s && (p[-1] == '\n' || (p - s > 1 && p[-1] == '\r' && p[-2] == '\n'))) return p + 1;
    return NULL;
}

static size_t lines_in(const char *s, size_t n)
{
    size_t k = 0;
    for (const char *p = s; (p = memchr(p, '\n', n - (size_t)(p - s))) != NULL; p++) k++;
    return k;
}

/* The mail without its first line, and without the marks before lines «>From ». */
static bool unmark(const char *s, size_t n, hewal_string *out)
{
    hw_buf b = hw_buf_on(out);
    const char *end = s + n, *nl = memchr(s, '\n', n);
    for (const char *p = nl ? nl + 1 : end; p < end;) {
        const char *q = p, *next;
        while (q < end && *q == '>') q++;
        nl = memchr(p, '\n', (size_t)(end - p));
        next = nl ? nl + 1 : end;
        if (q > p && end - q >= 5 && !memcmp(q, "From ", 5)) p++;
        hw_put(&b, p, (size_t)(next - p));
        p = next;
    }
    return hw_buf_ok(&b);
}

/* Passes over a mail that is too long. */
static hewal_status skip_mail(hw_file *f, size_t *lines, hewal_error *err)
{
    bool grew = true;
    for (;;) {
        size_t n;
        const char *s = hw_source_window(f->in, &n), *p = next_mail(s, n, 0);
        size_t take = p ? (size_t)(p - s) : n > 8 && grew ? n - 8 : grew ? 0 : n;
        *lines += lines_in(s, take);
        hw_source_take(f->in, take);
        if (p || !grew) return HEWAL_OK;
        hewal_status st = hw_source_more(f->in, &grew, err);
        if (st != HEWAL_OK) return st;
    }
}

typedef struct { size_t lines; } box; /* read so far */

static hewal_status read_mail(hw_file *f, box *b, hw_article **out, const char *s, size_t n, hewal_error *err)
{
    hewal_string plain = {0};
    f->line = b->lines + 1;
    b->lines += lines_in(s, n);
    hewal_status st = unmark(s, n, &plain) ? hw_mail_article(f, out, plain.s ? plain.s : "", plain.len, err) : hw_file_fail(f, err, HEWAL_ENOMEM, "out of memory");
    hewal_string_free(&plain);
    return st;
}

static hewal_status next(hw_file *f, hw_article **out, hewal_error *err)
{
    box *b = f->state;
    size_t seen = 1;
    for (bool grew = true;;) {
        size_t n;
        const char *s = hw_source_window(f->in, &n), *p = n > seen ? next_mail(s, n, seen) : NULL;
        hewal_status st;
        if (p || (!grew && n)) {
            size_t len = p ? (size_t)(p - s) : n;
            if (!hw_trim((hw_slice){s, len}).n) return hw_source_take(f->in, len), HEWAL_OK;
            st = read_mail(f, b, out, s, len, err);
            hw_source_take(f->in, len);
            return st;
        }
        if (!grew) return HEWAL_OK;
        if (n > MAX_MAIL) {
            f->line = b->lines + 1;
            hw_source_take(f->in, 1);
            st = skip_mail(f, &b->lines, err);
            f->ended = st != HEWAL_OK;
            return f->ended ? st : hw_file_fail(f, err, HEWAL_ETOOBIG, "a mail longer than %zu bytes", MAX_MAIL);
        }
        seen = n > 8 ? n - 8 : 1;
        if ((st = hw_source_more(f->in, &grew, err)) != HEWAL_OK) return f->ended = true, st;
    }
}

static hewal_status open_box(hw_file *f, hewal_error *err)
{
    f->state = calloc(1, sizeof(box));
    return f->state ? HEWAL_OK : hw_file_fail(f, err, HEWAL_ENOMEM, "out of memory");
}

static void close_box(hw_file *f)
{
    free(f->state);
}

/* A field's name and a colon. */
static bool is_field(const char *s, size_t n)
{
    size_t k = 0;
    while (k < n && k < 60 && s[k] > ' ' && s[k] < 0x7F && s[k] != ':') k++;
    return k && k < n && s[k] == ':';
}

static bool is_box(const hw_look *l)
{
    const char *nl = l->n > 5 && !memcmp(l->s, "From ", 5) ? memchr(l->s, '\n', l->n) : NULL;
    return nl && is_field(nl + 1, l->n - (size_t)(nl - l->s) - 1);
}

const hw_format hw_mbox = {.name = "mbox", .is = is_box, .any_encoding = true, .open = open_box, .next = next, .close = close_box};

/* ---- one mail -------------------------------------------------------------------------------------------------------- */

static hewal_status next_single(hw_file *f, hw_article **out, hewal_error *err)
{
    const char *s;
    size_t n;
    if (f->articles) return HEWAL_OK;
    f->ended = true;
    hewal_status st = hw_file_all(f, "a mail", MAX_MAIL, MAX_MAIL, &s, &n, err);
    while (n && hw_is_space(*s) && st == HEWAL_OK) s++, n--;
    return st == HEWAL_OK ? hw_mail_article(f, out, s, n, err) : st;
}

/* By its name; or its head has a sender and what only mails have. */
static bool is_mail(const hw_look *l)
{
    if (!is_field(l->s, l->n)) return false;
    if (hw_has_suffix(l->path, "eml")) return true;
    size_t end = hw_head_end(l->s, l->n < 65536 ? l->n : 65536);
    hw_slice head = {l->s, end};
    return end && hw_head_value(head, "From").n && (hw_head_value(head, "Message-ID").n || hw_head_value(head, "MIME-Version").n || hw_head_value(head, "Received").n);
}

const hw_format hw_mail = {.name = "mail", .is = is_mail, .any_encoding = true, .next = next_single};
