/* In: a status and a format. Out: a filled hewal_error, its message one line. */
#include "base/err.h"

#include "base/utf8.h"
#include <stdarg.h>
#include <stdio.h>

hewal_status hw_fail(hewal_error *err, hewal_status status, const char *fmt, ...)
{
    if (!err) return status;
    err->status = status;
    va_list ap;
    va_start(ap, fmt);
    int n = vsnprintf(err->message, sizeof err->message, fmt, ap);
    va_end(ap);
    if (n >= (int)sizeof err->message) { /* cut between characters */
        size_t end = sizeof err->message - 1, first = end;
        while (first > 0 && ((unsigned char)err->message[first - 1] & 0xC0) == 0x80) first--;
        uint32_t cp;
        if (first > 0 && (unsigned char)err->message[first - 1] >= 0x80 &&
            (hw_utf8_decode(err->message + first - 1, end - first + 1, &cp), cp == HW_BROKEN))
            err->message[first - 1] = 0;
    }
    for (char *p = err->message; *p; p++)
        if (*p == '\n' || *p == '\r') *p = ' ';
    return status;
}
