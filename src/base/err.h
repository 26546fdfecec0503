/* Errors: one clear line that names the file and the place. hw_fail fills `err` (which may be NULL) and returns the
 * status, so that `return hw_fail(err, HEWAL_EIO, "%s: %s", path, strerror(errno));` is the whole of it. */
#ifndef HW_BASE_ERR_H
#define HW_BASE_ERR_H
#include "hewal.h"

hewal_status hw_fail(hewal_error *err, hewal_status status, const char *fmt, ...) __attribute__((format(printf, 3, 4)));
#endif
