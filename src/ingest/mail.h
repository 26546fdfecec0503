/* Inside the ingest stage: a mail (RFC 5322, MIME). */
#ifndef HW_INGEST_MAIL_H
#define HW_INGEST_MAIL_H
#include "ingest/parts.h"

/* An article of a message: its text parts (plain text; HTML where there is none), Subject, Date, Message-ID; From is its
 * source. Attachments are left out. */
hewal_status hw_mail_article(hw_file *f, hw_article **out, const char *s, size_t n, hewal_error *err);
/* A header's value with its encoded words (=?charset?B?...?=) undone; appends UTF-8 on one line. False without memory. */
bool hw_mail_words(hw_slice value, hewal_string *out);
bool hw_mail_base64(const char *s, size_t n, hewal_string *out);
bool hw_mail_quoted(const char *s, size_t n, bool header, hewal_string *out);
#endif
