/* In: a status and a format. Out: a filled hewal_error, its message one line. */
#include "base/err.h"

#include <stdarg.h>
#include <stdio.h>

hewal_status hw_fail(hewal_error *err, hewal_status status, const char *fmt, ...)
{
    if (!err) return status;
    err->status = status;
    va_list ap;
    va_start(ap, fmt);
    vsnprintf(err->message, sizeof err->message, fmt, ap);
    va_end(ap);
    for (char *p = err->message; *p; p++)
        if (*p == '\n' || *p == '\r') *p = ' ';
    return status;
}
