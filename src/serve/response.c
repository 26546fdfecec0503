/* In: what went wrong. Out: an error as the route's kind shows it; the rest of an answer's life. */
#include "serve/inside.h"

#include <stdarg.h>
#include <stdio.h>
#include <string.h>

void hw_refuse(hw_response *rs, unsigned status, const char *parameter, const char *fmt, ...)
{
    va_list ap;
    va_start(ap, fmt);
    vsnprintf(rs->problem, sizeof rs->problem, fmt, ap);
    va_end(ap);
    rs->status = status;
    rs->parameter = parameter;
}

void hw_refuse_error(hw_response *rs, const hewal_error *err)
{
    switch (err->status) {
    case HEWAL_EINVAL: hw_refuse(rs, 400, NULL, "%s", err->message); break;
    case HEWAL_ENOMEM: hw_refuse(rs, 503, NULL, "out of memory"); break;
    /* The message would tell a stranger where the store lies. */
    default:
        hw_refuse(rs, 500, NULL, "the store could not be read");
        snprintf(rs->detail, sizeof rs->detail, "%s", err->message);
        break;
    }
}

const char *hw_status_name(unsigned status)
{
    switch (status) {
    case 200: return "OK";
    case 304: return "Not Modified";
    case 400: return "Bad Request";
    case 404: return "Not Found";
    case 405: return "Method Not Allowed";
    case 413: return "Content Too Large";
    case 414: return "URI Too Long";
    case 421: return "Misdirected Request";
    case 503: return "Service Unavailable";
    default: return "Internal Server Error";
    }
}

void hw_response_error(hw_request *rq, hw_response *rs)
{
    rs->body.len = 0;
    rs->fixed = NULL;
    rs->etag = NULL;
    rs->file_name = rs->location = NULL;
    rs->immutable = false;
    bool page = rq->route ? rq->route->kind == HW_PAGE : rq->path && strncmp(rq->path, "/api/", 5) != 0 && strncmp(rq->path, "/static/", 8) != 0;
    if (page) {
        rs->type = "text/html; charset=utf-8";
        hw_page_error(rq, rs);
        return;
    }
    rs->type = NULL;
    hw_buf b = hw_buf_on(&rs->body);
    hw_puts(&b, "{\"error\":");
    hw_put_json_s(&b, rs->problem);
    hw_puts(&b, ",\"parameter\":");
    hw_put_json_s(&b, rs->parameter);
    hw_puts(&b, "}\n");
}

void hw_response_free(hw_response *rs)
{
    hewal_string_free(&rs->body);
    if (rs->stream_free) rs->stream_free(rs->stream_ctx);
    *rs = (hw_response){0};
}
