/* In: the parameters of a route. Out: the filter for the store that they mean. Pages and API read them here, so that the address of
 * a page and that of its data differ in the path only. */
#include "serve/handlers.h"

#include <string.h>

static int64_t number_or_0(const hw_request *rq, const char *name)
{
    return hw_value(rq, name) ? hw_value_number(rq, name) : 0;
}

bool hw_filter_read(hw_request *rq, hw_response *rs, hw_filter *f)
{
    *f = (hw_filter){.from = hw_value(rq, "from"), .to = hw_value(rq, "to"), .outlet = hw_value(rq, "outlet"), .about = hw_value(rq, "about"),
                     .article = hw_value(rq, "article"), .channel = hw_value(rq, "channel"), .kind = hw_value(rq, "kind"), .type = hw_value(rq, "type"),
                     .mode = hw_value(rq, "mode"), .status = hw_value(rq, "status"), .once = number_or_0(rq, "once") == 1, .copies = number_or_0(rq, "copies") == 1,
                     .oldest_first = hw_value_is(rq, "order", "oldest"), .after = hw_value(rq, "after")};
    return hw_value_who(rq, rs, "speaker", &f->speakers, &f->n_speakers) && hw_value_who(rq, rs, "named", &f->named, &f->n_named) &&
           hw_value_who(rq, rs, "actor", &f->actors, &f->n_actors) && hw_value_who(rq, rs, "target", &f->targets, &f->n_targets) &&
           hw_value_who(rq, rs, "who", &f->either, &f->n_either) && hw_value_who(rq, rs, "place", &f->places, &f->n_places);
}

bool hw_id_read(hw_request *rq, hw_response *rs, int64_t *id)
{
    const char *s = hw_segment(rq, 0);
    *id = 0;
    for (const char *p = s; *p && *id >= 0; p++) *id = *p >= '0' && *p <= '9' && p - s < 15 ? *id * 10 + (*p - '0') : -1;
    if (*id > 0) return true;
    hw_refuse(rs, 404, NULL, "«%.40s» is no number of anything here", s);
    return false;
}

bool hw_event_asked(hw_request *rq, hw_response *rs, int64_t *first)
{
    int64_t id;
    hewal_error err;
    if (!hw_id_read(rq, rs, &id)) return false;
    if (hw_store_first_report(rq->store, id, first, &err) != HEWAL_OK) hw_refuse_error(rs, &err);
    else if (!*first) hw_refuse(rs, 404, NULL, "there is no event of the number %lld", (long long)id);
    else return true;
    return false;
}

bool hw_entity_asked(hw_request *rq, hw_response *rs, hw_entity_row **e)
{
    int64_t id;
    hewal_error err;
    *e = NULL;
    if (!hw_id_read(rq, rs, &id)) return false;
    if (hw_store_entity(rq->store, id, e, &err) != HEWAL_OK) hw_refuse_error(rs, &err);
    else if (!*e) hw_refuse(rs, 404, NULL, "there is no entity of the number %lld", (long long)id);
    return *e != NULL;
}

size_t hw_limit_read(const hw_request *rq, size_t otherwise)
{
    return hw_value(rq, "limit") ? (size_t)hw_value_number(rq, "limit") : otherwise;
}
