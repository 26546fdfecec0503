/* Building output in a hewal_string. When memory runs out the string stays as it was and later appends do nothing: check
 * once at the end with hw_buf_ok. */
#ifndef HW_BASE_BUF_H
#define HW_BASE_BUF_H
#include "hewal.h"

typedef struct { hewal_string *str; bool failed; } hw_buf;

static inline hw_buf hw_buf_on(hewal_string *s) { return (hw_buf){s, false}; }
static inline bool hw_buf_ok(const hw_buf *b) { return !b->failed; }
/* Takes back what was appended since the string was `len` long, when memory ran out half way. */
static inline void hw_buf_back(hewal_string *s, size_t len) { s->len = len; if (s->s) s->s[len] = 0; }
void hw_put(hw_buf *b, const char *s, size_t n);
void hw_puts(hw_buf *b, const char *s);
void hw_putc(hw_buf *b, char c);
void hw_putf(hw_buf *b, const char *fmt, ...) __attribute__((format(printf, 2, 3)));
/* A JSON string with its quotation marks. Broken UTF-8 becomes U+FFFD: JSON must be valid. */
void hw_put_json(hw_buf *b, const char *s, size_t n);
void hw_put_json_s(hw_buf *b, const char *s); /* NULL becomes null */
/* A CSV cell (RFC 4180), quoted where it must be. Text that a spreadsheet would run as a formula is kept as it is. */
void hw_put_csv(hw_buf *b, const char *s, size_t n);
/* Text for HTML content and for quoted attributes. Broken UTF-8 becomes U+FFFD. */
void hw_put_html(hw_buf *b, const char *s, size_t n);
#endif
