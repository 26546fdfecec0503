/* The pages. In: a request. Out: HTML. */
#include "serve/assets.h"
#include "serve/handlers.h"

#include <string.h>

static void head(hw_buf *b, const hw_request *rq, const char *title)
{
    bool kurdish = rq->language && !strcmp(rq->language, "ckb");
    hw_putf(b, "<!DOCTYPE html>\n<html lang=\"%s\" dir=\"%s\">\n<head>\n<meta charset=\"utf-8\">\n<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n<title>",
            kurdish ? "ckb" : "en", kurdish ? "rtl" : "ltr");
    hw_put_html(b, title, strlen(title));
    hw_putf(b, "</title>\n<link rel=\"stylesheet\" href=\"%shewal.css\">\n</head>\n<body>\n", hw_assets_base);
}

void hw_page_front(hw_request *rq, hw_response *rs)
{
    hw_buf b = hw_buf_on(&rs->body);
    rs->type = "text/html; charset=utf-8";
    head(&b, rq, "hewal");
    hw_puts(&b, "<h1>hewal</h1>\n</body>\n</html>\n");
}

void hw_page_error(hw_request *rq, hw_response *rs)
{
    hw_buf b = hw_buf_on(&rs->body);
    head(&b, rq, hw_status_name(rs->status));
    hw_putf(&b, "<h1>%s</h1>\n<p>", hw_status_name(rs->status));
    hw_put_html(&b, rs->problem, strlen(rs->problem));
    hw_puts(&b, "</p>\n</body>\n</html>\n");
}
