/* In: an event that was just stored. Out: the event of another article that it tells of again, if there is one.
 *
 * Two reports are of one event when they are of one type and status, dated to the day and at most a day apart, share an actor
 * and share a target; or share an actor and the place, where one of them names no target. The first report stored stands for the
 * others, so that a chain of reports is one event. */
#include "store/inside.h"

bool hw_link_event(hw_store *s, int64_t event)
{
    int64_t first = 0;
    sqlite3_stmt *st = hw_sql(s,
        "SELECT coalesce(o.same, o.id) FROM events v JOIN events o ON o.type = v.type AND o.date BETWEEN date(v.date, '-1 day') AND date(v.date, '+1 day')"
        " WHERE v.id = ?1 AND length(v.date) = 10 AND o.article <> v.article AND o.status = v.status AND o.mode IS v.mode"
        " AND EXISTS (SELECT 1 FROM event_actors x JOIN event_actors y ON y.entity = x.entity WHERE x.event = v.id AND y.event = o.id)"
        " AND (EXISTS (SELECT 1 FROM event_targets x JOIN event_targets y ON y.entity = x.entity WHERE x.event = v.id AND y.event = o.id)"
        " OR (o.place = v.place AND (NOT EXISTS (SELECT 1 FROM event_targets x WHERE x.event = v.id)"
        " OR NOT EXISTS (SELECT 1 FROM event_targets x WHERE x.event = o.id))))"
        " ORDER BY o.id LIMIT 1");
    hw_bind_int(st, 1, event);
    if (!hw_run_int(st, 0, &first)) return false;
    if (!first) return true;
    st = hw_sql(s, "UPDATE events SET same = ?2 WHERE id = ?1");
    hw_bind_int(st, 1, event);
    hw_bind_int(st, 2, first);
    return hw_run(st);
}

bool hw_unlink_events(hw_store *s, int64_t article)
{
    for (;;) {
        int64_t first = 0, next = 0;
        sqlite3_stmt *st = hw_sql(s, "SELECT min(same) FROM events WHERE same IN (SELECT id FROM events WHERE article = ?1)");
        hw_bind_int(st, 1, article);
        if (!hw_run_int(st, 0, &first)) return false;
        if (!first) return true;
        st = hw_sql(s, "SELECT min(id) FROM events WHERE same = ?1");
        hw_bind_int(st, 1, first);
        if (!hw_run_int(st, 0, &next)) return false;
        st = hw_sql(s, "UPDATE events SET same = nullif(?2, id) WHERE same = ?1");
        hw_bind_int(st, 1, first);
        hw_bind_int(st, 2, next);
        if (!hw_run(st)) return false;
    }
}
